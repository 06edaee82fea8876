#include "core/catalog/catalog_json.hpp"

#include "core/catalog/samples.hpp"
#include "core/values/enum_table.hpp"
#include "core/values/calc_errors.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>

namespace calckpi {
namespace {

std::string quoted(std::string_view text) {
    std::string result = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\') {
            result += '\\';
            result += letter;
        } else if (static_cast<unsigned char>(letter) < 0x20) {
            constexpr std::string_view digits = "0123456789abcdef";
            result += "\\u00";
            result += digits[static_cast<unsigned char>(letter) / 16];
            result += digits[static_cast<unsigned char>(letter) % 16];
        } else {
            result += letter;
        }
    }
    return result + '"';
}

std::string number(double value) {
    if (!std::isfinite(value)) return "null";
    std::array<char, 32> text{};
    const std::to_chars_result written = std::to_chars(text.begin(), text.end(), value, std::chars_format::general, 17);
    return {text.begin(), written.ptr};
}

constexpr auto kindNames = enumTable<Kind, std::string_view>({{Kind::Number, "number"},
                                                              {Kind::Text, "text"},
                                                              {Kind::Value, "value"},
                                                              {Kind::Series, "series"},
                                                              {Kind::Table, "table"},
                                                              {Kind::Column, "column"},
                                                              {Kind::Values, "values"},
                                                              {Kind::Filters, "filters"}});

// A JSON array of whatever `each` gives for the items.
template <class Items, class Each>
std::string list(const Items& items, Each each) {
    std::string result = "[";
    for (const auto& item : items) {
        if (result.size() > 1) result += ", ";
        result += each(item);
    }
    return result + "]";
}

// The texts of a fixed-size list that are there.
template <std::size_t size>
std::string texts(const std::string_view (&items)[size]) {
    std::string result = "[";
    for (const std::string_view item : items)
        if (!item.empty()) result += (result.size() > 1 ? ", " : "") + quoted(item);
    return result + "]";
}

std::string fallbackText(const Fallback& fallback) {
    if (const double* value = std::get_if<double>(&fallback)) return number(*value);
    if (const auto* text = std::get_if<std::string_view>(&fallback)) return quoted(*text);
    return "null";
}

// What is a date is the same for all parameters; its bounds are no two numbers that a reader knows.
std::string boundText(const Parameter& parameter, double bound) { return parameter.unit == Unit::Moment ? "null" : number(bound); }

// argumentText is one argument as a spreadsheet names it. The word is what is translated; several of one word are counted.
std::string argumentText(std::string_view word, std::string_view meaning, std::string_view count = "") {
    return "{\"name\": " + quoted(std::string(word) + std::string(count)) + ", \"word\": " + quoted(word) +
           ", \"count\": " + quoted(count) + ", \"meaning\": " + quoted(meaning) + "}";
}

std::string argumentsText(const Parameter& parameter) {
    if (parameter.kind != Kind::Filters) return "[" + argumentText(parameter.name, parameter.meaning) + "]";
    std::string result;
    for (std::size_t pair = 1; pair <= mostFilters; ++pair)
        result += (result.empty() ? "[" : ", ") + argumentText("column", filterColumnMeaning, std::to_string(pair)) + ", " +
                  argumentText("criterion", filterCriterionMeaning, std::to_string(pair));
    return result + "]";
}

std::string parameterText(const Parameter& parameter) {
    return "{\"name\": " + quoted(parameter.name) + ", \"meaning\": " + quoted(parameter.meaning) +
           ", \"arguments\": " + argumentsText(parameter) + ", \"kind\": " + quoted(kindNames[parameter.kind]) +
           ", \"optional\": " + (parameter.optional ? "true" : "false") + ", \"unit\": " + quoted(unitName(parameter.unit)) +
           ", \"least\": " + boundText(parameter, parameter.domain.least) +
           ", \"most\": " + boundText(parameter, parameter.domain.most) + ", \"fallback\": " + fallbackText(parameter.fallback) +
           ", \"options\": " + quoted(parameter.options) + "}";
}

std::string exampleText(const Example& example) {
    std::string expected;
    if (const double* value = std::get_if<double>(&example.expected)) expected = "\"value\": " + number(*value);
    if (const auto* text = std::get_if<std::string_view>(&example.expected)) expected = "\"value\": " + quoted(*text);
    if (const auto* fault = std::get_if<Fault>(&example.expected))
        expected = "\"error\": " + quoted(shownError(errorNumber(*fault)));
    return "{\"formula\": " + quoted(example.formula) + ", " + expected + ", \"remark\": " + quoted(example.remark) + "}";
}

std::string functionText(const Function& function) {
    const Row& row = function.row;
    return "{\"name\": " + quoted(row.name) + ", \"family\": " + quoted(familyTitle(row.family)) +
           ", \"title\": " + quoted(row.title) + ", \"summary\": " + quoted(row.summary) + ", \"formula\": " + quoted(row.formula) +
           ", \"plain\": " + quoted(row.plain) + ",\n  \"parameters\": " + list(function.parameters(), parameterText) +
           ",\n  \"notes\": " + texts(row.notes) + ", \"caution\": " + quoted(row.caution) +
           ", \"benchmark\": " + quoted(row.benchmark) + ", \"source\": " + quoted(row.source) +
           ", \"related\": " + texts(row.related) + ", \"unit\": " + quoted(unitName(function.resultUnit)) +
           ", \"givesTable\": " + (function.givesTable ? "true" : "false") +
           ", \"takesDocument\": " + (function.takesDocument() ? "true" : "false") +
           ",\n  \"examples\": " + list(function.examples(), exampleText) + "}";
}

}  // namespace

void writeCatalog(std::ostream& out, std::span<const Function> functions) {
    const auto rowText = [](const auto& row) { return "\n " + list(row, quoted); };
    out << "{\"functions\": " << list(functions, [](const Function& function) { return "\n " + functionText(function); })
        << ",\n\"samples\": {" << quoted(samples::dealsSheet) << ": " << list(samples::deals, rowText) << ",\n"
        << quoted(samples::ordersSheet) << ": " << list(samples::orders(), rowText) << "}}\n";
}

}  // namespace calckpi
