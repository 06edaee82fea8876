#include "core/panel/typed_number.hpp"

#include "core/values/text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace calckpi::panel {
namespace {

// withoutGroups takes the marks between thousands out of "1,000", where they are as they should: "7,5" stays.
void withoutGroups(std::string& number, char mark) {
    const std::size_t first = number.find(mark);
    if (first == 0 || first > 3) return;
    std::size_t at = first;
    const auto isDigit = [&](std::size_t place) { return place < number.size() && number[place] >= '0' && number[place] <= '9'; };
    for (; at < number.size() && number[at] == mark; at += 4)
        if (!isDigit(at + 1) || !isDigit(at + 2) || !isDigit(at + 3) || isDigit(at + 4)) return;
    if (number.find(mark, at) == std::string::npos) std::erase(number, mark);
}

}  // namespace

std::optional<double> typedNumber(std::string_view text, Language language) {
    std::string digits(trimmed(text));
    for (const std::string_view space : {"\u00A0", "\u202F"})
        for (std::size_t at = 0; (at = digits.find(space, at)) != std::string::npos;) digits.replace(at, space.size(), " ");
    withoutGroups(digits, ' ');
    if (language == Language::English) withoutGroups(digits, ',');
    if (language == Language::Romanian) withoutGroups(digits, '.');
    std::replace(digits.begin(), digits.end(), ',', '.');
    double number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size() || !std::isfinite(number)) return std::nullopt;
    return number;
}

std::string numberToType(double number, Language language) {
    char digits[32];
    std::string text(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
    if (language != Language::English) std::replace(text.begin(), text.end(), '.', ',');
    return text;
}

}  // namespace calckpi::panel
