// Input turns the fuzzer's bytes into what users have: cells, tables, the arguments of a function. Most of it is ordinary, so that
// the functions get to work; the rest is what a table should not hold.
//
//   Input input({data, size});
//   const Function& function = input.function();
//   std::vector<Given> arguments = input.arguments(function);
#pragma once

#include "core/kpis/catalog.hpp"
#include "tests/support/memory_table.hpp"

#include <fuzzer/FuzzedDataProvider.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace calckpi::fuzz {

using support::Rows;

// Given is an argument before it is told how the caller passes it: a table is its rows.
using Given = std::variant<Absent, double, std::string, Grid, Rows>;

class Input {
public:
    explicit Input(std::span<const std::uint8_t> bytes) : bytes_(bytes.data(), bytes.size()) {}

    FuzzedDataProvider& bytes() { return bytes_; }
    bool empty() { return bytes_.remaining_bytes() == 0; }
    // below gives a whole number from 0 to limit - 1.
    std::size_t below(std::size_t limit) { return bytes_.ConsumeIntegralInRange<std::size_t>(0, limit - 1); }
    // oneIn is false when the bytes have run out, so that a short input is an ordinary one.
    bool oneIn(std::size_t times) { return below(times) == times - 1; }
    template <class List>
    const auto& pick(const List& list) {
        return list[below(std::size(list))];
    }

    double number() {
        static constexpr double numbers[] = {0,           1,
                                             2,           3,
                                             10,          100,
                                             0.5,         0.95,
                                             0.1,         9,
                                             45,          1e-9,
                                             -1,          46000,
                                             46031.75,    46000.5,
                                             -0.0,        1e15,
                                             2958465,     -700000,
                                             4.0e9,       1e17,
                                             1e300,       1e308,
                                             -1e308,      1.7976931348623157e308,
                                             5e-324,      0.1 + 0.2,
                                             1 - 0x1p-53, 9007199254740993.0};
        return oneIn(8) ? strangeNumber() : pick(numbers);
    }
    // strangeNumber is any finite number.
    double strangeNumber() {
        const auto number = bytes_.ConsumeFloatingPoint<double>();
        return std::isfinite(number) ? number : 0;
    }

    std::string text() {
        static constexpr std::string_view texts[] = {
            "Won", "Lost",    "Demo", "Proposal",   "lost ", "WON",  " won", "\u00A0Won", "Ana",     "ana ",  "Ben",
            "Web", "(blank)", "All",  "7",          "0",     "2026", "<>",   ">=10",      "=",       "<",     "*",
            "W*",  "?on",     "~*",   "2026-01-05", "mean",  "p90",  "p999", "day",       "month",   "Total", "ß",
            "Ș",   "🏆",       "ربح",  "1e999",      "nan",   "0x10", "",     "  ",        "\xFF\xFE"};
        if (!oneIn(8)) return std::string(pick(texts));
        std::string text = bytes_.ConsumeRandomLengthString(64);
        if (oneIn(16)) text = longText(std::move(text));
        return text;
    }

    Cell cell() {
        switch (below(8)) {
            case 0: return Blank{};
            case 1: return error();
            case 2:
            case 3: return text();
            default: return number();
        }
    }

    Cell error() {
        static constexpr std::uint16_t codes[] = {532, 524, 525, 519, 502, 503, 0x7fff, 0, 0xffff};
        return CellError{pick(codes)};
    }

    // table makes rows under the headers of a deal table, in any order and number; some columns are none of them.
    Rows table(std::size_t mostRows = 48) {
        static constexpr std::string_view names[] = {"owner",    "stage", "amount",     "opened",      "closed",
                                                     "customer", "when",  "lost stage", "probability", "channel"};
        Rows rows(1);
        const bool usual = !oneIn(4);
        for (const std::string_view name : names) {
            if (usual)
                rows.front().emplace_back(std::string(name));
            else if (!oneIn(3))
                rows.front().push_back(oneIn(4) ? header() : Cell(std::string(pick(names))));
        }
        const std::size_t count = below(mostRows + 1);
        for (std::size_t row = 0; row < count; ++row) {
            std::vector<Cell>& cells = rows.emplace_back();
            for (std::size_t column = 0; column < rows.front().size(); ++column) cells.push_back(cellOf(column));
        }
        return rows;
    }

    const Function& function() { return pick(catalog()); }

    std::vector<Given> arguments(const Function& function) {
        std::vector<Given> given;
        std::vector<std::string> headers;
        // Now and then one too few or too many.
        std::size_t count = function.parameters().size();
        if (oneIn(16)) count = below(count + 3);
        for (std::size_t index = 0; index < count; ++index) {
            if (index >= function.parameters().size()) {
                given.push_back(any());
                continue;
            }
            const Parameter& parameter = function.parameters()[index];
            if (parameter.kind == Kind::Filters) {
                for (std::size_t left = below(4); left > 0; --left) {
                    given.push_back(columnRef(headers, ""));
                    given.push_back(oneIn(2) ? Given(text()) : any());
                }
                if (oneIn(32)) given.push_back(any());
                continue;
            }
            given.push_back(argument(parameter, headers));
            if (const Rows* rows = std::get_if<Rows>(&given.back()))
                for (const Cell& cell : rows->front())
                    headers.push_back(std::holds_alternative<std::string>(cell) ? std::get<std::string>(cell) : std::string());
        }
        return given;
    }

    Grid grid(std::size_t mostRows = 24) {
        Grid grid;
        grid.rows = 1 + below(mostRows);
        grid.columns = oneIn(4) ? 1 + below(3) : 1;
        if (oneIn(64)) grid.rows = 0;
        const std::size_t sort = below(4);
        for (std::size_t left = grid.rows * grid.columns; left > 0; --left) {
            if (oneIn(8) || sort == 3)
                grid.cells.push_back(cell());
            else if (sort == 2)
                grid.cells.emplace_back(text());
            else if (sort == 1)
                grid.cells.emplace_back(46000 + static_cast<double>(below(256)) / 4);
            else
                grid.cells.emplace_back(static_cast<double>(below(256)));
        }
        return grid;
    }

private:
    // What is in a column of a deal table, by the column's place.
    Cell cellOf(std::size_t column) {
        static constexpr std::string_view stages[] = {"Won", "Lost", "Demo", "Proposal", "won ", "Qualified", "LOST", "Demo"};
        static constexpr std::string_view people[] = {"Ana", "ana ", "Ben", "Cleo", "Ben", "Dan", "7", " Ana"};
        static constexpr double amounts[] = {100, 250, 0, 1200, -50, 0.1, 1e9, 99.99};
        const std::size_t byte = below(256);
        if (byte >= 240) return cell();
        if (byte >= 224) return Blank{};
        switch (column) {
            case 1:
            case 7: return std::string(stages[byte % std::size(stages)]);
            case 2: return amounts[byte % std::size(amounts)];
            case 3:
            case 6: return 46000.0 + static_cast<double>(byte % 64);
            case 4: return 46030.0 + static_cast<double>(byte) / 4;
            case 8: return static_cast<double>(byte % 5) / 4;
            default: break;
        }
        if (byte % 16 == 15) return static_cast<double>(byte % 4);
        return std::string(people[byte % std::size(people)]);
    }

    Cell header() {
        if (oneIn(2)) return Blank{};
        return text();
    }

    static std::string longText(std::string text) {
        constexpr std::size_t longest = 3'000;
        if (text.empty()) text = "x";
        while (text.size() < longest) text += text;
        text.resize(longest);
        return text;
    }

    Given any() {
        switch (below(5)) {
            case 0: return Absent{};
            case 1: return number();
            case 2: return text();
            case 3: return grid();
            default: return table(4);
        }
    }

    Given columnRef(const std::vector<std::string>& headers, std::string_view parameter) {
        // The columns of a table are usually what the parameter is called.
        static constexpr std::pair<std::string_view, std::string_view> usual[] = {
            {"status", "stage"},         {"by", "channel"},      {"id", "customer"},
            {"lostStage", "lost stage"}, {"received", "opened"}, {"contacted", "closed"}};
        if (headers.empty() || oneIn(16)) return any();
        const std::size_t choice = below(4);
        if (choice == 3) return static_cast<double>(below(headers.size() + 2));
        if (choice == 2 || parameter.empty()) return headers[below(headers.size())];
        for (const auto& [name, header] : usual)
            if (name == parameter) return std::string(header);
        return std::string(parameter);
    }

    Given argument(const Parameter& parameter, const std::vector<std::string>& headers) {
        if (oneIn(32)) return any();
        if (parameter.optional && oneIn(2)) return Absent{};
        switch (parameter.kind) {
            case Kind::Table: return table();
            case Kind::Column: return columnRef(headers, parameter.name);
            case Kind::Series: return oneIn(4) ? Given(number()) : Given(grid());
            case Kind::Values: return values(parameter.name);
            case Kind::Number: return number();
            case Kind::Text:
            case Kind::Value: break;
            case Kind::Filters: break;
        }
        if (!parameter.options.empty()) return option(parameter.options);
        return oneIn(8) ? Given(text()) : Given(number());
    }

    Given values(std::string_view parameter) {
        static constexpr std::string_view steps[] = {"Demo", "Proposal", "Qualified", "Won", "opened", "closed", "when", "Lost"};
        if (parameter == "stages") {
            Grid list;
            list.columns = 1;
            list.rows = 1 + below(5);
            while (list.cells.size() < list.rows) list.cells.push_back(oneIn(8) ? cell() : Cell(std::string(pick(steps))));
            return list;
        }
        if (oneIn(8)) return grid(4);
        if (oneIn(8)) return any();
        return std::string(parameter == "lost" ? "Lost" : parameter == "won" ? "Won" : pick(steps));
    }

    // option is one of the words that are in quotes in a list: "closed", "created".
    Given option(std::string_view listed) {
        std::vector<std::string> words;
        for (std::size_t open = listed.find('"'); open != std::string_view::npos; open = listed.find('"', open)) {
            const std::size_t close = listed.find('"', open + 1);
            if (close == std::string_view::npos) break;
            words.emplace_back(listed.substr(open + 1, close - open - 1));
            open = close + 1;
        }
        if (words.empty() || oneIn(8)) return text();
        return pick(words);
    }

    FuzzedDataProvider bytes_;
};

}  // namespace calckpi::fuzz
