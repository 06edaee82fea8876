#include "core/recognition/vocabulary_file.hpp"

#include "core/values/text.hpp"

namespace calckpi::panel {

// vocabularyText is the file as it is; the build writes it down (core/recognition/vocabulary_text.cpp.in).
std::string_view vocabularyText();

namespace {

std::string_view takeLine(std::string_view& rest) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return trimmed(line);
}

void addPhrases(std::string_view line, std::vector<std::string_view>& phrases) {
    while (!line.empty()) {
        const std::size_t comma = line.find(',');
        if (const std::string_view phrase = trimmed(line.substr(0, comma)); !phrase.empty()) phrases.push_back(phrase);
        if (comma == std::string_view::npos) return;
        line.remove_prefix(comma + 1);
    }
}

std::vector<VocabularySection> read(std::string_view text) {
    std::vector<VocabularySection> sections;
    while (!text.empty()) {
        const std::string_view line = takeLine(text);
        if (line.empty() || line.starts_with('#')) continue;
        if (line.starts_with('[') && line.ends_with(']')) {
            std::vector<std::string_view> words = splitWords(line.substr(1, line.size() - 2));
            const std::string_view kind = words.front();
            words.erase(words.begin());
            sections.push_back({kind, std::move(words), {}});
        } else {
            addPhrases(line, sections.back().phrases);
        }
    }
    return sections;
}

}  // namespace

std::vector<std::string_view> splitWords(std::string_view text) {
    std::vector<std::string_view> words;
    while (!text.empty()) {
        const std::size_t blank = text.find(' ');
        if (blank != 0) words.push_back(text.substr(0, blank));
        if (blank == std::string_view::npos) break;
        text.remove_prefix(blank + 1);
    }
    return words;
}

const std::vector<VocabularySection>& vocabulary() {
    static const std::vector<VocabularySection> sections = read(vocabularyText());
    return sections;
}

std::vector<const VocabularySection*> sectionsOf(std::string_view kind) {
    std::vector<const VocabularySection*> sections;
    for (const VocabularySection& section : vocabulary())
        if (section.kind == kind) sections.push_back(&section);
    return sections;
}

}  // namespace calckpi::panel
