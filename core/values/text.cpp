#include "core/values/text.hpp"

#include "core/values/composition.hpp"
#include "core/values/quantity.hpp"

#include <algorithm>
#include <array>
#include <boost/spirit/home/support/char_encoding/unicode/query.hpp>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <utility>

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

// The blanks of Unicode, and what shows nothing and takes no room: CRM exports and web pages are full of them.
constexpr bool isBlankPoint(char32_t point) {
    if (point < 0x80) return point == U' ' || (point >= U'\t' && point <= U'\r');
    return point == 0x85 || point == 0xA0 || point == 0x1680 || (point >= 0x2000 && point <= 0x200B) || point == 0x2028 ||
           point == 0x2029 || point == 0x202F || point == 0x205F || point == 0x2060 || point == 0x3000 || point == 0xFEFF;
}

constexpr bool isPlain(char letter) { return letter > ' ' && letter <= '~'; }

// isTidy is true for the usual text: of plain letters and digits, with single spaces between.
bool isTidy(std::string_view text) {
    bool blankBefore = true;
    for (const char letter : text) {
        if (!isPlain(letter) && (letter != ' ' || blankBefore)) return false;
        blankBefore = letter == ' ';
    }
    return !blankBefore;
}

bool isOpaque(std::string_view id) {
    constexpr std::size_t least = 10;
    if (id.size() < least) return false;
    bool digit = false;
    bool capital = false;
    bool small = false;
    for (const char letter : id) {
        const bool isDigit = letter >= '0' && letter <= '9';
        const bool isCapital = letter >= 'A' && letter <= 'Z';
        const bool isSmall = letter >= 'a' && letter <= 'z';
        if (!isDigit && !isCapital && !isSmall && letter != '_' && letter != '-') return false;
        digit |= isDigit;
        capital |= isCapital;
        small |= isSmall;
    }
    return digit && capital && small;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    if (!text.empty() && isPlain(text.front()) && isPlain(text.back())) return text;
    std::string_view rest = text;
    std::size_t begin = text.size();
    std::size_t end = text.size();
    while (!rest.empty()) {
        const std::size_t place = text.size() - rest.size();
        if (isBlankPoint(nextCodePoint(rest))) continue;
        begin = std::min(begin, place);
        end = text.size() - rest.size();
    }
    return text.substr(begin, end - begin);
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
    if (isTidy(text)) {
        result = text;
        for (char& letter : result)
            if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
        return result;
    }
    std::u32string points;
    bool blankBefore = false;
    while (!text.empty()) {
        const char32_t point = nextCodePoint(text);
        if (isBlankPoint(point)) {
            blankBefore = !points.empty();
            continue;
        }
        if (std::exchange(blankBefore, false)) points.push_back(U' ');
        points.push_back(lower(point));
    }
    compose(points);
    result.reserve(points.size());
    for (const char32_t point : points) append(result, point);
    return result;
}

std::string unitKey(std::string_view text) {
    const std::string_view id = trimmed(text);
    return isOpaque(id) ? std::string(id) : folded(id);
}

std::string digitsOf(double number) {
    if (isWholeNumber(number)) return allDigitsOf(number);
    std::array<char, 32> text{};
    constexpr int significant = 15;
    const auto written = std::to_chars(text.begin(), text.end(), number, std::chars_format::general, significant);
    return {text.begin(), written.ptr};
}

std::string allDigitsOf(double number) {
    std::array<char, 64> text{};
    const double size = std::abs(number);
    const bool usual = size == 0 || (size >= 1e-5 && size < 1e21);
    const auto written =
        std::to_chars(text.begin(), text.end(), number + 0.0, usual ? std::chars_format::fixed : std::chars_format::scientific);
    return {text.begin(), written.ptr};
}

}  // namespace calckpi
