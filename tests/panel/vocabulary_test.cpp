#include "core/recognition/vocabulary_file.hpp"

#include "core/recognition/vocabulary.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

namespace calckpi::panel {
namespace {

// How many words a heading of each kind has behind it: a name of a meaning and its weight, a place, a process's name.
TEST(VocabularyFile, PropertyEverySectionIsOfAKindThatIsRead) {
    std::map<std::string_view, std::size_t> sections;
    for (const VocabularySection& section : vocabulary()) {
        ++sections[section.kind];
        EXPECT_FALSE(section.phrases.empty()) << section.kind;
        EXPECT_FALSE(section.words.empty() && section.kind != "total") << section.kind;
    }
    std::set<std::string_view> kinds;
    for (const auto& [kind, count] : sections) kinds.insert(kind);
    EXPECT_EQ(kinds, (std::set<std::string_view>{"date", "header", "outcome", "place", "process", "role", "rows", "total"}));
}

// A phrase that is no plain words can be in no text.
TEST(VocabularyFile, PropertyPhrasesArePlainWords) {
    for (const VocabularySection& section : vocabulary())
        for (std::string_view phrase : section.phrases) {
            std::string plain(phrase);
            std::erase(plain, '*');
            if (plain.starts_with('^')) plain.erase(0, 1);
            EXPECT_EQ(plainWords(plain), plain) << section.kind;
        }
}

TEST(VocabularyFile, PropertyNoOutcomeIsListedTwice) {
    std::set<std::string_view> seen;
    for (const VocabularySection* section : sectionsOf("outcome"))
        for (const std::string_view phrase : section->phrases) EXPECT_TRUE(seen.insert(phrase).second) << phrase;
}

TEST(VocabularyFile, PropertyEveryHeaderSectionIsUnderstood) {
    for (const VocabularySection* section : sectionsOf("header")) {
        std::string phrase(section->phrases.front());
        std::erase(phrase, '*');
        EXPECT_NE(headerMeaning(phrase.starts_with('^') ? phrase.substr(1) : phrase).meaning, Meaning::None) << phrase;
    }
}

}  // namespace
}  // namespace calckpi::panel
