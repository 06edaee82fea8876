#include "core/values/text.hpp"

#include <algorithm>
#include <array>
#include <boost/spirit/home/support/char_encoding/unicode/query.hpp>
#include <charconv>
#include <cstdint>
#include <optional>

namespace calckpi {
namespace {

constexpr char32_t replacement = 0xFFFD;

// nextCodePoint takes one code point off the front of `text`; a byte that is not UTF-8 counts as U+FFFD.
char32_t nextCodePoint(std::string_view& text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0x80 ? 1 : lead >> 5U == 0x6 ? 2 : lead >> 4U == 0xE ? 3 : lead >> 3U == 0x1E ? 4 : 0;
    if (length == 1) {
        text.remove_prefix(1);
        return lead;
    }
    const bool whole = length != 0 && text.size() >= length &&
                       std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(length),
                                   [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; });
    if (!whole) {
        text.remove_prefix(1);
        return replacement;
    }
    char32_t point = lead & (0x7FU >> length);
    for (std::size_t index = 1; index < length; ++index) point = point << 6U | (static_cast<unsigned char>(text[index]) & 0x3FU);
    text.remove_prefix(length);
    return point <= 0x10FFFF ? point : replacement;
}

void append(std::string& text, char32_t point) {
    const auto byte = [&text](char32_t bits) { text.push_back(static_cast<char>(bits)); };
    if (point < 0x80) {
        byte(point);
    } else if (point < 0x800) {
        byte(0xC0U | point >> 6U);
        byte(0x80U | (point & 0x3FU));
    } else if (point < 0x10000) {
        byte(0xE0U | point >> 12U);
        byte(0x80U | (point >> 6U & 0x3FU));
        byte(0x80U | (point & 0x3FU));
    } else {
        byte(0xF0U | point >> 18U);
        byte(0x80U | (point >> 12U & 0x3FU));
        byte(0x80U | (point >> 6U & 0x3FU));
        byte(0x80U | (point & 0x3FU));
    }
}

char32_t lower(char32_t point) {
    if (point < 0x80) return point >= U'A' && point <= U'Z' ? point + (U'a' - U'A') : point;
    return boost::spirit::ucd::to_lowercase(point);
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    constexpr std::array<std::string_view, 7> blanks = {" ", "\t", "\n", "\r", "\xC2\xA0", "\xE2\x80\xAF", "\xEF\xBB\xBF"};
    const auto strip = [&](auto has, auto drop) {
        for (bool again = true; again;) {
            again = false;
            for (const std::string_view blank : blanks)
                if (has(blank)) {
                    drop(blank.size());
                    again = true;
                }
        }
    };
    strip([&](std::string_view blank) { return text.starts_with(blank); }, [&](std::size_t size) { text.remove_prefix(size); });
    strip([&](std::string_view blank) { return text.ends_with(blank); }, [&](std::size_t size) { text.remove_suffix(size); });
    return text;
}

bool isBlank(std::string_view text) { return trimmed(text).empty(); }

std::u32string lowered(std::string_view text) {
    std::u32string result;
    result.reserve(text.size());
    while (!text.empty()) result.push_back(lower(nextCodePoint(text)));
    return result;
}

std::string folded(std::string_view text) {
    std::string result;
    const auto plain = [](char letter) { return letter >= ' ' && letter <= '~'; };
    // Most texts are of plain letters and digits, without outer blanks.
    if (!text.empty() && text.front() != ' ' && text.back() != ' ' && std::all_of(text.begin(), text.end(), plain)) {
        result = text;
        for (char& letter : result)
            if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
        return result;
    }
    text = trimmed(text);
    result.reserve(text.size());
    while (!text.empty()) append(result, lower(nextCodePoint(text)));
    return result;
}

std::string digitsOf(double number) {
    std::array<char, 32> text{};
    constexpr int significant = 15;
    const auto written = std::to_chars(text.begin(), text.end(), number, std::chars_format::general, significant);
    return {text.begin(), written.ptr};
}

}  // namespace calckpi
