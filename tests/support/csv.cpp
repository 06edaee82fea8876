#include "tests/support/csv.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace calckpi::support {
namespace {

// The fields of a line; a quoted one may hold commas, line ends and doubled quotes. Takes the line off the front of `text`.
std::vector<std::string> takeLine(std::string_view& text) {
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (std::size_t place = 0; place < text.size(); ++place) {
        const char letter = text[place];
        if (quoted && letter == '"' && text.substr(place + 1).starts_with('"')) {
            fields.back() += text[++place];
        } else if (letter == '"') {
            quoted = !quoted;
        } else if (!quoted && letter == ',') {
            fields.emplace_back();
        } else if (!quoted && letter == '\n') {
            text.remove_prefix(place + 1);
            return fields;
        } else if (quoted || letter != '\r') {
            fields.back() += letter;
        }
    }
    text = {};
    return fields;
}

// timeOfDay reads "10:30" or "10:30:15" as a part of the day.
std::optional<double> timeOfDay(std::string_view text) {
    if ((text.size() != 5 && text.size() != 8) || text[2] != ':' || (text.size() == 8 && text[5] != ':')) return std::nullopt;
    double seconds = 0;
    for (std::size_t from = 0; from < 9; from += 3) {
        int part = 0;
        const std::string_view digits = from < text.size() ? text.substr(from, 2) : "00";
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + 2, part);
        if (error != std::errc() || end != digits.data() + 2) return std::nullopt;
        seconds = seconds * 60 + part;
    }
    return seconds / (24 * 60 * 60);
}

std::optional<double> importedMoment(std::string_view field) {
    const std::optional<double> day = serialOfIsoDate(field.substr(0, 10));
    if (!day || field.size() == 10) return day;
    if (field[10] != ' ' && field[10] != 'T') return std::nullopt;
    const std::optional<double> time = timeOfDay(field.substr(11));
    if (!time) return std::nullopt;
    return *day + *time;
}

}  // namespace

Cell importedCell(std::string_view field) {
    if (field.empty()) return Blank{};
    if (field == "TRUE" || field == "FALSE") return field == "TRUE" ? 1.0 : 0.0;
    if (const std::optional<double> moment = importedMoment(field)) return *moment;
    if (const std::optional<double> number = plainNumber(field)) return *number;
    return std::string(field);
}

Rows readCsv(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) throw std::runtime_error("cannot read " + file.string());
    const std::string all{std::istreambuf_iterator<char>(stream), {}};
    std::string_view rest = all;
    const std::vector<std::string> headers = takeLine(rest);
    Rows rows = {{headers.begin(), headers.end()}};
    while (!rest.empty()) {
        rows.emplace_back();
        for (const std::string& field : takeLine(rest)) rows.back().push_back(importedCell(field));
        rows.back().resize(headers.size());
    }
    return rows;
}

}  // namespace calckpi::support
