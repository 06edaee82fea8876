// Phrases of the vocabulary and the texts that they are in.
#pragma once

#include "core/recognition/vocabulary_file.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace calckpi::panel {

// Phrase is a few plain words that are side by side in a text; a word that ends with * is the beginning of one, and a phrase that
// starts with ^ is the whole text.
class Phrase {
public:
    explicit Phrase(std::string_view pattern) : whole_(pattern.starts_with('^')) {
        if (whole_) pattern.remove_prefix(1);
        words_ = splitWords(pattern);
    }
    std::size_t size() const { return words_.size(); }
    bool in(std::span<const std::string_view> text) const {
        if (text.size() < words_.size() || (whole_ && text.size() != words_.size())) return false;
        for (std::size_t at = 0; at + words_.size() <= text.size(); ++at)
            if (standsAt(text.subspan(at))) return true;
        return false;
    }

    // at tells whether it is at a place of the text, from which on a word is one of its own.
    bool at(std::span<const std::string_view> text, std::size_t place) const {
        if (whole_) return place == 0 && in(text);
        return place + words_.size() <= text.size() && standsAt(text.subspan(place));
    }

private:
    bool standsAt(std::span<const std::string_view> text) const {
        for (std::size_t index = 0; index < words_.size(); ++index) {
            const std::string_view word = words_[index];
            const bool same = word.ends_with('*') ? text[index].starts_with(word.substr(0, word.size() - 1)) : text[index] == word;
            if (!same) return false;
        }
        return true;
    }
    std::vector<std::string_view> words_;
    bool whole_ = false;
};

// PhraseBook is a list of phrases with a value each.
template <class Value>
class PhraseBook {
public:
    // A book of all sections of a kind; `valueOf` makes the value of the words of a section's heading.
    template <class ValueOf>
    PhraseBook(std::string_view kind, ValueOf valueOf) {
        for (const VocabularySection* section : sectionsOf(kind))
            for (const std::string_view phrase : section->phrases) entries_.emplace_back(Phrase(phrase), valueOf(section->words));
    }
    // visit passes each phrase that is in the text, with its number of words.
    template <class Visit>
    void visit(std::span<const std::string_view> text, Visit visitor) const {
        for (const auto& [phrase, value] : entries_)
            if (phrase.in(text)) visitor(phrase.size(), value);
    }
    // longestAt is the longest phrase that is at a place of the text, and its value; 0 words if none does.
    std::pair<std::size_t, Value> longestAt(std::span<const std::string_view> text, std::size_t place) const {
        std::pair<std::size_t, Value> longest{};
        for (const auto& [phrase, value] : entries_)
            if (phrase.size() > longest.first && phrase.at(text, place)) longest = {phrase.size(), value};
        return longest;
    }
    bool finds(std::span<const std::string_view> text) const {
        return std::any_of(entries_.begin(), entries_.end(), [text](const auto& entry) { return entry.first.in(text); });
    }

private:
    std::vector<std::pair<Phrase, Value>> entries_;
};

}  // namespace calckpi::panel
