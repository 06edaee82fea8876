// Choice is an option given as one of a few words.
//
//   struct BasisWords {
//       enum Value { Closed, Created };
//       static constexpr Word<Value> words[] = {{"closed", Closed}, {"created", Created}};
//   };
//   using Basis = Choice<BasisWords>;
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace calckpi {

template <class Value>
struct Word {
    std::string_view text;  // in lower case
    Value value;
};

template <class Words>
class Choice {
public:
    using Value = typename Words::Value;

    constexpr Choice(Value value) : value_(value) {}     // NOLINT(google-explicit-constructor): it is its value
    constexpr operator Value() const { return value_; }  // NOLINT(google-explicit-constructor): so that switch takes it

    static constexpr std::optional<Choice> fromText(std::string_view text) {
        for (const Word<Value>& word : Words::words)
            if (word.text == text) return Choice(word.value);
        return std::nullopt;
    }

private:
    // The words in quotes, separated by commas: "closed", "created".
    static constexpr std::size_t listedSize = [] {
        std::size_t size = 0;
        for (const Word<Value>& word : Words::words) size += word.text.size() + 4;
        return size - 2;
    }();
    static constexpr std::array<char, listedSize> listed = [] {
        std::array<char, listedSize> text{};
        std::size_t place = 0;
        const auto put = [&](std::string_view part) {
            for (const char letter : part) text[place++] = letter;
        };
        for (const Word<Value>& word : Words::words) {
            if (place > 0) put(", ");
            put("\"");
            put(word.text);
            put("\"");
        }
        return text;
    }();

    Value value_;

public:
    static constexpr std::string_view options{listed.data(), listed.size()};
};

}  // namespace calckpi
