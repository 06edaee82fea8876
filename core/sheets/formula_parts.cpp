#include "core/sheets/formula_parts.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <iterator>
#include <utility>

namespace calckpi::panel {
namespace {

// Calc's constants of text end at 1,022 characters; this is in bytes, which are never fewer.
constexpr std::size_t longestConstant = 1000;

std::string withDoubledQuotes(std::string_view text) {
    std::string doubled;
    for (const char character : text) {
        doubled += character;
        if (character == '"') doubled += '"';
    }
    return doubled;
}

// isNumberOfAColumn tells digits that are a column's number, and not the header of another column: a year.
bool isNumberOfAColumn(const std::string& name, const std::vector<std::string>& columns) {
    if (!allDigits(name) || name.size() > 5) return false;
    const auto position = static_cast<std::size_t>(std::stoul(name));
    return columns.empty() || (position >= 1 && position <= columns.size() && columns[position - 1] == name);
}

}  // namespace

FunctionCall& FunctionCall::operator<<(const std::string& argument) {
    if (!first_) waiting_ += ';';
    first_ = false;
    if (!argument.empty()) (text_ += std::exchange(waiting_, {})) += argument;
    return *this;
}

bool allDigits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

std::string asConstant(std::string_view text) {
    std::string constant = "\"";
    std::size_t length = 0;
    for (const char each : text) {
        const bool newLetter = (each & 0xC0) != 0x80;
        if (newLetter && length + 8 > longestConstant) {
            constant += "\"&\"";
            length = 0;
        }
        constant += each;
        ++length;
        if (each == '"') {
            constant += '"';
            ++length;
        }
    }
    return constant + '"';
}

bool fitsAConstant(std::string_view text) { return withDoubledQuotes(text).size() <= longestConstant; }

std::string listConstant(const std::vector<std::string>& texts) {
    std::string rows;
    for (const std::string& text : texts) {
        if (!rows.empty()) rows += '|';
        rows += '"' + withDoubledQuotes(text) + '"';
    }
    return rows.empty() ? std::string() : '{' + rows + '}';
}

std::string numberConstant(double number) {
    char digits[32];
    const auto [end, error] = std::to_chars(std::begin(digits), std::end(digits), number);
    std::string text(digits, error == std::errc() ? end : digits);
    std::replace(text.begin(), text.end(), 'e', 'E');
    return text;
}

std::string columnConstant(const std::string& name, const std::vector<std::string>& columns) {
    if (name.empty()) return {};
    return isNumberOfAColumn(name, columns) ? name : asConstant(name);
}

}  // namespace calckpi::panel
