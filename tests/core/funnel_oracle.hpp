// What the tests of all funnels share: calling a function of the family, and its table laid out the slow way from a list of units.
#pragma once

#include "core/kpis/funnel.hpp"
#include "core/statistics/proportions.hpp"
#include "core/values/text.hpp"
#include "tests/support/expect.hpp"
#include "tests/support/memory_table.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace calckpi::funnel_oracle {

using OutputRow = std::vector<OutputCell>;
using OutputRows = std::vector<OutputRow>;

inline Result<Outcome> call(std::string_view name, const std::vector<Argument>& arguments) {
    for (const Function& function : funnelFunctions)
        if (function.name() == name) return function.call(arguments);
    throw std::invalid_argument("no such funnel");
}

inline TableHandle tableOf(const support::Rows& rows) { return std::make_shared<const support::MemoryTable>(rows); }

inline Grid listOf(std::vector<Cell> cells) {
    const std::size_t rows = cells.size();
    return {.rows = rows, .columns = 1, .cells = std::move(cells)};
}

inline OutputGrid gridOf(const Result<Outcome>& outcome) {
    if (!outcome) throw std::invalid_argument("no table: " + support::spoken(outcome.failure()));
    return std::get<OutputGrid>(*outcome);
}

inline std::string spoken(const OutputCell& cell) {
    if (std::holds_alternative<Blank>(cell)) return "empty";
    if (const double* number = std::get_if<double>(&cell)) return support::spoken(*number);
    if (const std::string* text = std::get_if<std::string>(&cell)) return '"' + *text + '"';
    return support::spoken(std::get<Failure>(cell));
}

inline bool alike(const OutputCell& got, const OutputCell& expected) {
    if (got.index() != expected.index()) return false;
    if (const double* number = std::get_if<double>(&got)) return support::near(*number, std::get<double>(expected));
    if (const Failure* failure = std::get_if<Failure>(&got)) return failure->fault == std::get<Failure>(expected).fault;
    return got == expected;
}

inline testing::AssertionResult holds(const OutputGrid& got, const OutputRows& expected) {
    if (got.rows != expected.size()) return testing::AssertionFailure() << got.rows << " rows, expected " << expected.size();
    if (got.cells.size() != got.rows * got.columns) return testing::AssertionFailure() << "cells do not fill the table";
    for (std::size_t row = 0; row < got.rows; ++row) {
        if (got.columns != expected[row].size())
            return testing::AssertionFailure() << got.columns << " columns, expected " << expected[row].size();
        for (std::size_t column = 0; column < got.columns; ++column)
            if (!alike(got.at(row, column), expected[row][column]))
                return testing::AssertionFailure() << "row " << row + 1 << ", column " << column + 1 << ": got "
                                                   << spoken(got.at(row, column)) << ", expected " << spoken(expected[row][column]);
    }
    return testing::AssertionSuccess();
}

// Both the same table, or both the same fault.
inline testing::AssertionResult sameTables(const Result<Outcome>& left, const Result<Outcome>& right) {
    if (!left || !right) {
        if (!left && !right && left.failure().fault == right.failure().fault) return testing::AssertionSuccess();
        return testing::AssertionFailure() << support::spoken(left) << " and " << support::spoken(right);
    }
    const OutputGrid& grid = std::get<OutputGrid>(*right);
    OutputRows rows;
    for (std::size_t row = 0; row < grid.rows; ++row)
        rows.emplace_back(grid.cells.begin() + static_cast<std::ptrdiff_t>(row * grid.columns),
                          grid.cells.begin() + static_cast<std::ptrdiff_t>((row + 1) * grid.columns));
    return holds(std::get<OutputGrid>(*left), rows);
}

// Unit is a deal or person as the funnel counts it.
struct Unit {
    std::string segment;  // folded; empty for an empty cell
    std::vector<bool> reached;
    std::vector<std::vector<double>> gaps;  // for each stage the days from the one before: one or none
    bool open = false;                      // at the last stage reached
    std::optional<double> amount;
};

struct Shape {
    bool split = false;
    bool open = false;
    bool days = false;
    bool value = false;
};

inline OutputRows block(const std::vector<Unit>& units, const std::vector<std::string>& stages, const Shape& shape) {
    const auto countAt = [&](std::size_t stage) {
        return static_cast<double>(
            std::count_if(units.begin(), units.end(), [stage](const Unit& unit) { return unit.reached[stage]; }));
    };
    const auto divided = [](double part, double whole) -> OutputCell {
        if (whole == 0) return Failure(Fault::DivideByZero);
        return part / whole;
    };
    OutputRows rows;
    for (std::size_t stage = 0; stage < stages.size(); ++stage) {
        const bool first = stage == 0;
        const bool last = stage + 1 == stages.size();
        const double count = countAt(stage);
        const double before = first ? 0 : countAt(stage - 1);
        double open = 0;
        double value = 0;
        bool anyAmount = count == 0;  // units of which none has an amount have no value, not one of 0
        std::vector<double> days;
        for (const Unit& unit : units) {
            if (!unit.reached[stage]) continue;
            if (unit.open && (last || !unit.reached[stage + 1])) ++open;
            value += unit.amount.value_or(0);
            anyAmount = anyAmount || unit.amount;
            days.insert(days.end(), unit.gaps[stage].begin(), unit.gaps[stage].end());
        }
        std::sort(days.begin(), days.end());
        double total = 0;
        for (const double day : days) total += day;
        const double size = static_cast<double>(days.size());
        OutputCell median = Failure(Fault::NothingToCompute);
        OutputCell mean = median;
        if (!days.empty()) {
            median = days.size() % 2 == 1 ? days[days.size() / 2] : (days[days.size() / 2 - 1] + days[days.size() / 2]) / 2;
            mean = total / size;
        }
        OutputCell low = Blank{};
        OutputCell high = Blank{};
        if (!first) {
            if (before == 0)
                low = high = Failure(Fault::DivideByZero);
            else if (count > before)
                low = high = Failure(Fault::OutsideDomain);
            else {
                const Interval interval = wilson({count, before}, *normalQuantile(0.95));
                low = interval.low;
                high = interval.high;
            }
        }
        rows.push_back({stages[stage], count, first ? OutputCell(Blank{}) : divided(count, before), divided(count, countAt(0)),
                        last ? OutputCell(0.0) : OutputCell(count - countAt(stage + 1) - open),
                        shape.open ? OutputCell(open) : OutputCell(Blank{}), shape.days && !first ? median : OutputCell(Blank{}),
                        shape.days && !first ? mean : OutputCell(Blank{}),
                        !shape.value ? OutputCell(Blank{})
                        : anyAmount  ? OutputCell(value)
                                     : OutputCell(Failure(Fault::NothingToCompute)),
                        low, high});
    }
    return rows;
}

// names gives the spelling of each segment; units that reached nothing are not given.
inline OutputRows slowTable(const std::vector<Unit>& units, const std::vector<std::string>& stages, const Shape& shape,
                            const std::map<std::string, std::string>& names) {
    OutputRows rows = {{std::string("stage"), std::string("count"), std::string("of previous"), std::string("of first"),
                        std::string("lost"), std::string("open"), std::string("median days"), std::string("mean days"),
                        std::string("value"), std::string("low"), std::string("high")}};
    const auto add = [&](const std::string& name, const std::vector<Unit>& some) {
        for (OutputRow& row : block(some, stages, shape)) {
            if (shape.split) row.insert(row.begin(), name);
            rows.push_back(std::move(row));
        }
    };
    if (shape.split) rows[0].insert(rows[0].begin(), std::string("segment"));
    add("All", units);
    if (!shape.split) return rows;
    std::map<std::string, std::vector<Unit>> segments;
    for (const Unit& unit : units) segments[unit.segment].push_back(unit);
    struct Block {
        double count;
        std::string order;
        std::string name;
        std::string key;
    };
    std::vector<Block> blocks;
    for (const auto& [key, members] : segments) {
        const double count = static_cast<double>(
            std::count_if(members.begin(), members.end(), [](const Unit& unit) { return bool(unit.reached[0]); }));
        const std::string name = key.empty() ? "(blank)" : names.at(key);
        blocks.push_back({count, folded(name), name, key});
    }
    std::sort(blocks.begin(), blocks.end(), [](const Block& left, const Block& right) {
        return left.count != right.count ? left.count > right.count : left.order < right.order;
    });
    for (const Block& one : blocks) add(one.name, segments[one.key]);
    return rows;
}

// The most frequent spelling of each text in a column, of equally frequent ones the first by code points.
inline std::map<std::string, std::string> spellings(const support::Rows& rows, std::size_t column) {
    std::map<std::string, std::map<std::string, int>> times;
    for (std::size_t row = 1; row < rows.size(); ++row)
        if (const std::string* text = std::get_if<std::string>(&rows[row][column]))
            if (!folded(*text).empty()) ++times[folded(*text)][std::string(trimmed(*text))];
    std::map<std::string, std::string> names;
    for (const auto& [key, spelled] : times) {
        int most = 0;
        for (const auto& [spelling, count] : spelled)
            if (count > most) {
                most = count;
                names[key] = spelling;
            }
    }
    return names;
}

inline std::string keyOf(const Cell& cell) {
    const std::string* text = std::get_if<std::string>(&cell);
    return text == nullptr ? "" : folded(*text);
}

inline Stages stagesNamed(const std::vector<std::string>& names) {
    Stages stages;
    for (const std::string& name : names) {
        stages.names.push_back(name);
        stages.keys.push_back(folded(name));
    }
    return stages;
}

// SlowCount counts cells one by one, from the top: the first one is where it began.
struct SlowCount {
    CellCount cells;
    void add(std::size_t column, std::size_t row) {
        if (cells.count++ == 0) cells = {1, static_cast<std::int32_t>(column) + 1, static_cast<std::int32_t>(row) + 1};
    }
};

inline testing::AssertionResult alike(const char* what, const CellCount& got, const SlowCount& expected) {
    if (got == expected.cells) return testing::AssertionSuccess();
    return testing::AssertionFailure() << what << ": got " << got.count << " from " << got.column << ", " << got.row
                                       << ", expected " << expected.cells.count << " from " << expected.cells.column << ", "
                                       << expected.cells.row;
}

inline std::size_t blocksBelowAll(const OutputGrid& grid, std::size_t stages) { return (grid.rows - 1) / stages - 1; }

inline support::Rows shuffledRows(support::Rows rows, support::Dice& dice) {
    std::vector<std::vector<Cell>> data(rows.begin() + 1, rows.end());
    dice.shuffle(data);
    std::copy(data.begin(), data.end(), rows.begin() + 1);
    return rows;
}

}  // namespace calckpi::funnel_oracle
