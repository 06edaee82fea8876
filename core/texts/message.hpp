// Sentences that users read, in their language. The code holds the English ones; the translations come from the gettext files.
//
//   constexpr Message notCounted = msg("{n} deal at a stage not listed", "{n} deals at stages not listed");
//   texts.say(notCounted, 37)                              // 37 affaires à des étapes non listées
//   texts.say(msg("Rows {first} to {last}"), {{"first", "2"}, {"last", "17"}})
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace calckpi::panel {

// Message is an English sentence that can be said in every language; with {n} in it, there is one form for 1 and one for more.
struct Message {
    std::string_view one;
    std::string_view many{};
    friend constexpr bool operator==(Message, Message) = default;
};

// msg marks a text for translation: the literals in its parentheses get into the translation template.
constexpr Message msg(std::string_view text) { return {text}; }
constexpr Message msg(std::string_view one, std::string_view many) { return {one, many}; }

// Translation is one message of a language: the English text and its forms (two in French, three in Romanian).
struct Translation {
    std::string_view english;
    std::string_view forms[3];
};

// Language is what Calc KPI can speak; every other language of the office is answered in English.
enum class Language : std::uint8_t { English, French, Romanian };
// languageOf reads a tag like "fr", "fr-CA" or "ro_RO".
Language languageOf(std::string_view tag);
// isRightToLeft is true for the languages whose offices are laid out from right to left.
bool isRightToLeft(std::string_view tag);

// Slot is what is in place of {name}.
struct Slot {
    std::string_view name;
    std::string text;
};

class Texts {
public:
    Texts() = default;  // English
    // translations are sorted by their English text; one that is missing is said in English.
    // `mirrored` says that they are among texts from right to left.
    Texts(Language language, std::span<const Translation> translations, bool mirrored = false)
        : language_(language), translations_(translations), mirrored_(mirrored) {}

    Language language() const { return language_; }
    bool mirrored() const { return mirrored_; }
    // say puts each slot's text in place of its {name}; a name without a slot stays as it is.
    std::string say(Message message, std::initializer_list<Slot> slots = {}) const;
    // say takes the form that n asks for, and writes n with the separators of the language.
    std::string say(Message message, std::int64_t n, std::initializer_list<Slot> slots = {}) const;
    // number writes a number as Calc does in the language: 1,234.5, in French 1 234,5 with a narrow no-break space, in Romanian
    // 1.234,5. Halves are rounded away from 0. What is no finite number is a dash.
    std::string number(double value, int decimals = 0) const;
    std::string number(std::int64_t value) const;
    // percent writes a share: 42%, in French with a no-break space; below 10% with one decimal.
    std::string percent(double share) const;

private:
    std::string_view form(Message message, std::int64_t n) const;
    std::string digits(std::string_view plain) const;

    Language language_ = Language::English;
    std::span<const Translation> translations_{};
    bool mirrored_ = false;
};

}  // namespace calckpi::panel
