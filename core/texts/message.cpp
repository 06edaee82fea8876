#include "core/texts/message.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace calckpi::panel {
namespace {

constexpr std::string_view noBreakSpace = "\xC2\xA0";
constexpr std::string_view narrowNoBreakSpace = "\xE2\x80\xAF";

struct Separators {
    std::string_view thousands;
    std::string_view decimals;
};

constexpr Separators separatorsOf(Language language) {
    switch (language) {
        case Language::French: return {narrowNoBreakSpace, ","};
        case Language::Romanian: return {".", ","};
        case Language::English: break;
    }
    return {",", "."};
}

// pluralForm is gettext's rule of the language, the one that the headers of the .po files state.
constexpr std::size_t pluralForm(Language language, std::uint64_t n) {
    switch (language) {
        case Language::French: return n > 1 ? 1 : 0;
        case Language::Romanian: return n == 1 ? 0 : n == 0 || (n % 100 > 0 && n % 100 < 20) ? 1 : 2;
        case Language::English: break;
    }
    return n == 1 ? 0 : 1;
}

// primaryOf is the language of a tag, in lower case.
std::string primaryOf(std::string_view tag) {
    std::string primary(tag.substr(0, tag.find_first_of("-_.@")));
    for (char& letter : primary)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    return primary;
}

// filled goes through the text once: what a slot puts in is not searched for slots.
std::string filled(std::string_view text, std::span<const Slot> slots, const Slot& number) {
    std::string result;
    while (!text.empty()) {
        const std::size_t brace = std::min(text.find('{'), text.size());
        result += text.substr(0, brace);
        text.remove_prefix(brace);
        const std::size_t end = text.find('}');
        if (text.empty() || end == std::string_view::npos) break;
        const std::string_view name = text.substr(1, end - 1);
        const auto slot = std::find_if(slots.begin(), slots.end(), [name](const Slot& each) { return each.name == name; });
        if (slot != slots.end()) {
            result += slot->text;
            text.remove_prefix(end + 1);
        } else if (!number.name.empty() && number.name == name) {
            result += number.text;
            text.remove_prefix(end + 1);
        } else {
            result += text.front();
            text.remove_prefix(1);
        }
    }
    return result.append(text);
}

}  // namespace

bool isRightToLeft(std::string_view tag) {
    constexpr std::array<std::string_view, 12> languages = {"ar", "ckb", "dv", "fa", "he", "iw",
                                                            "ks", "ps",  "sd", "ug", "ur", "yi"};
    return std::find(languages.begin(), languages.end(), primaryOf(tag)) != languages.end();
}

Language languageOf(std::string_view tag) {
    const std::string primary = primaryOf(tag);
    if (primary == "fr") return Language::French;
    if (primary == "ro") return Language::Romanian;
    return Language::English;
}

std::string_view Texts::form(Message message, std::int64_t n) const {
    const std::uint64_t size = n < 0 ? 0 - static_cast<std::uint64_t>(n) : static_cast<std::uint64_t>(n);
    const auto found = std::lower_bound(translations_.begin(), translations_.end(), message.one,
                                        [](const Translation& each, std::string_view english) { return each.english < english; });
    if (found != translations_.end() && found->english == message.one) {
        const std::string_view translated = found->forms[message.many.empty() ? 0 : pluralForm(language_, size)];
        if (!translated.empty()) return translated;
    }
    return message.many.empty() || pluralForm(Language::English, size) == 0 ? message.one : message.many;
}

std::string Texts::say(Message message, std::initializer_list<Slot> slots) const { return filled(form(message, 1), slots, {}); }

std::string Texts::say(Message message, std::int64_t n, std::initializer_list<Slot> slots) const {
    return filled(form(message, n), slots, {"n", number(n)});
}

// digits puts the separators of the language into a number like -1234.5.
std::string Texts::digits(std::string_view plain) const {
    const auto [thousands, decimals] = separatorsOf(language_);
    std::string result;
    if (plain.starts_with('-')) {
        result = "-";
        plain.remove_prefix(1);
    }
    const std::size_t point = std::min(plain.find('.'), plain.size());
    for (std::size_t place = 0; place < point; ++place) {
        if (place > 0 && (point - place) % 3 == 0) result += thousands;
        result += plain[place];
    }
    if (point < plain.size()) result.append(decimals).append(plain.substr(point + 1));
    return result;
}

std::string Texts::number(std::int64_t value) const {
    std::array<char, 24> text{};
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
    return digits({text.data(), static_cast<std::size_t>(end - text.data())});
}

std::string Texts::number(double value, int decimals) const {
    if (!std::isfinite(value)) return "\xE2\x80\x93";
    const int places = std::clamp(decimals, 0, 15);
    // to_chars alone would write 2.5 as 2. Beyond 2^52 a double has no decimals left to round.
    const double scale = std::pow(10.0, places);
    if (std::abs(value) * scale < 0x1p52) value = std::round(value * scale) / scale;
    if (value == 0) value = 0;     // no -0
    std::array<char, 344> text{};  // the largest double has 309 digits
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, places);
    return digits({text.data(), static_cast<std::size_t>(end - text.data())});
}

std::string Texts::percent(double share) const {
    const double percents = share * 100;
    // What one decimal would write as 10.0 is 10.
    const std::string digits = number(percents, std::abs(percents) < 9.95 ? 1 : 0);
    if (!std::isfinite(percents)) return digits;
    return digits + (language_ == Language::French ? std::string(noBreakSpace) : "") + "%";
}

}  // namespace calckpi::panel
