// One rule for every table function with `by`: a column of dates with a period behind a slash. The slow reading of it: a column of
// its own holds the first day of each row's period, as a calendar walked day by day tells it, and the table is split by that.
#include "core/kpis/catalog.hpp"
#include "core/tables/grouping.hpp"
#include "tests/core/period_oracle.hpp"
#include "tests/support/memory_table.hpp"
#include "tests/support/random.hpp"
#include "tests/support/tables.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace calckpi {
namespace {

using support::Dice;
using support::everyPeriod;
using support::gridOf;
using support::MemoryTable;
using support::refuses;
using support::Rows;

TableHandle tableOf(const Rows& rows) { return std::make_shared<const MemoryTable>(rows); }

Grid listOf(std::vector<Cell> cells) { return {.rows = cells.size(), .columns = 1, .cells = std::move(cells)}; }

// Each function that takes `by`, without headers, and how many rows a segment has.
struct Split {
    const char* name;
    std::vector<Argument> before;  // between the table and `by`
    std::vector<Argument> after;
    std::size_t height;
};
const std::vector<Split> splits = {
    {"SEGMENTS", {}, {"stage", "Won", "Lost", "amount", "opened", "closed", 0.0}, 1},
    {"FUNNELSTAGES", {"stage", listOf({"Demo", "Won"}), "Lost", Absent{}, "amount"}, {0.0}, 2},
    {"FUNNELDATES", {listOf({"opened", "closed"}), Absent{}}, {Absent{}, 0.0}, 2},
    {"FUNNELEVENTS", {"id", "stage", "opened", listOf({"Demo", "Won"}), Absent{}, Absent{}}, {Absent{}, 0.0}, 2},
};

Result<Outcome> call(const Split& split, const Rows& rows, const Argument& by) {
    std::vector<Argument> arguments = {tableOf(rows)};
    arguments.insert(arguments.end(), split.before.begin(), split.before.end());
    arguments.push_back(by);
    arguments.insert(arguments.end(), split.after.begin(), split.after.end());
    return find(split.name)->call(arguments);
}

// PERIODVALUES has a period of its own: there `by` makes columns.
TEST(RulesOfGrouping, EachFunctionThatTakesAColumnToSplitByIsAsked) {
    for (const Function& function : catalog()) {
        if (function.name() == "PERIODVALUES") continue;
        const auto isBy = [](const Parameter& parameter) { return parameter.name == "by" && parameter.kind == Kind::Column; };
        if (std::none_of(function.parameters().begin(), function.parameters().end(), isBy)) continue;
        const auto isAsked = [&](const Split& split) { return function.name() == split.name; };
        EXPECT_TRUE(std::any_of(splits.begin(), splits.end(), isAsked)) << function.name();
    }
}

enum DealColumn : std::size_t { Id, Stage, Amount, Opened, Closed, FirstDay };

// Deals around a leap day and the turn of a year, opened at any time of the day, some without a date or an amount.
Rows randomDeals(Dice& dice, std::size_t period) {
    static const std::vector<Cell> stages = {"Demo", "demo ", "Won", "WON", "Lost", "Other", Blank{}};
    static const std::vector<Cell> ids = {"a", "b", "c", "d", 7.0};
    const double base = dice.pick(std::vector<double>{45340, 45640, 100});
    const std::size_t span = dice.pick(std::vector<std::size_t>{3, 40, 400});
    Rows rows = {{"id", "stage", "amount", "opened", "closed", "first day"}};
    for (std::size_t left = 1 + dice.below(30); left > 0; --left) {
        double opened = base + dice.count(span);
        if (dice.oneIn(2)) opened += dice.oneIn(2) ? 86399.0 / 86400 : dice.share();  // one second to midnight
        rows.push_back({dice.pick(ids), dice.pick(stages), dice.count(9999) / 100, opened, opened + dice.count(50) + 1,
                        support::usualCalendar().startOf(opened, period)});
        if (dice.oneIn(6)) rows.back()[Amount] = Blank{};
        if (dice.oneIn(6)) rows.back()[Closed] = Blank{};
        if (dice.oneIn(6)) rows.back()[Opened] = rows.back()[FirstDay] = dice.oneIn(2) ? Cell("  ") : Cell(Blank{});
    }
    return rows;
}

using Block = std::vector<OutputCell>;  // of one segment, without its name

struct Segments {
    std::vector<OutputCell> names;
    std::map<std::string, Block> blocks;  // by the name as it is spoken
};

std::string key(const OutputCell& name) {
    const double* number = std::get_if<double>(&name);
    return number != nullptr ? digitsOf(*number) : std::get<std::string>(name);
}

Segments segmentsOf(const OutputGrid& grid, std::size_t height) {
    Segments segments;
    for (std::size_t row = 0; row < grid.rows; row += height) {
        segments.names.push_back(grid.at(row, 0));
        Block& block = segments.blocks[key(grid.at(row, 0))];
        for (std::size_t line = row; line < row + height; ++line)
            for (std::size_t column = 1; column < grid.columns; ++column) block.push_back(grid.at(line, column));
    }
    return segments;
}

bool sameBlocks(const Block& got, const Block& expected) {
    return std::equal(got.begin(), got.end(), expected.begin(), expected.end(), support::sameCell);
}

// All first, then dates one period apart, then "(blank)".
testing::AssertionResult inTimeWithoutGaps(const std::vector<OutputCell>& names, std::size_t period) {
    const bool blank = names.back() == OutputCell("(blank)");
    if (names.front() != OutputCell("All")) return testing::AssertionFailure() << "All is not first";
    for (std::size_t index = 1; index + (blank ? 1 : 0) < names.size(); ++index) {
        const double* day = std::get_if<double>(&names[index]);
        if (day == nullptr) return testing::AssertionFailure() << support::spoken(names[index]) << " is no date";
        if (*day != support::usualCalendar().startOf(*day, period))
            return testing::AssertionFailure() << *day << " is no first day";
        if (index == 1) continue;
        const double before = std::get<double>(names[index - 1]);
        if (support::usualCalendar().numberOf(*day, period) != support::usualCalendar().numberOf(before, period) + 1)
            return testing::AssertionFailure() << *day << " after " << before;
    }
    return testing::AssertionSuccess();
}

TEST(RulesOfGrouping, PropertyOfAPeriodIsAColumnOfItsFirstDays) {
    Dice dice(91);
    for (int round = 0; round < 300; ++round) {
        const std::size_t period = dice.below(everyPeriod.size());
        const Rows rows = randomDeals(dice, period);
        for (const Split& split : splits) {
            const testing::ScopedTrace trace(__FILE__, __LINE__, std::string(split.name) + " by " + everyPeriod[period].word);
            const Result<Outcome> byPeriod = call(split, rows, "opened/" + everyPeriod[period].word);
            const Result<Outcome> byHand = call(split, rows, "first day");
            ASSERT_EQ(static_cast<bool>(byPeriod), static_cast<bool>(byHand)) << round;
            if (!byHand) continue;
            const Segments got = segmentsOf(gridOf(byPeriod), split.height);
            const Segments expected = segmentsOf(gridOf(byHand), split.height);
            ASSERT_TRUE(inTimeWithoutGaps(got.names, period)) << round;
            for (const auto& [name, block] : expected.blocks) {
                ASSERT_TRUE(got.blocks.contains(name)) << name;
                ASSERT_TRUE(sameBlocks(got.blocks.at(name), block)) << name << ", round " << round;
            }
            // A period between has no units; the first and the last one have.
            for (const auto& [name, block] : got.blocks) {
                if (expected.blocks.contains(name)) continue;
                ASSERT_EQ(block[split.height == 1 ? 0 : 1], OutputCell(0.0)) << name;
                ASSERT_NE(name, key(got.names[1]));
                ASSERT_NE(name, key(got.names.back()));
            }
        }
    }
}

TEST(RulesOfGrouping, AHeaderThatIsWrittenSoGoesFirst) {
    const Rows rows = {{"id", "stage", "amount", "opened", "closed", "Opened/Month"},
                       {"a", "Demo", 1.0, 45340.0, 45341.0, "x"},
                       {"b", "Won", 2.0, 45370.0, 45371.0, "y"}};
    for (const Split& split : splits) {
        EXPECT_TRUE(support::sameOutcome(call(split, rows, " OPENED/month "), call(split, rows, 6.0))) << split.name;
        EXPECT_FALSE(support::sameOutcome(call(split, rows, "opened/year"), call(split, rows, 6.0))) << split.name;
    }
}

TEST(RulesOfGrouping, ASlashInTheHeaderItself) {
    const Rows rows = {{"id", "stage", "amount", "opened", "closed", "new/old/year"},
                       {"a", "Demo", 1.0, 45340.0, 45341.0, 45340.0}};
    const auto table = tableOf(rows);
    const Grouping grouping = groupingOf(*table, "new/old/year/year/4");
    EXPECT_EQ(grouping.column, ColumnRef("new/old/year"));
    EXPECT_EQ(grouping.period, Period(PeriodWords::Year, 3));
    for (const Split& split : splits) EXPECT_TRUE(call(split, rows, "new/old/year / Quarter / 4 ")) << split.name;
}

TEST(RulesOfGrouping, WhatIsNoColumnOfDatesWithAPeriodIsRefused) {
    const Rows rows = {{"id", "stage", "amount", "opened", "closed", "signed"},
                       {"a", "Demo", 1.0, 45340.0, 45341.0, 45342.0},
                       {"b", "Won", 2.0, 45370.0, 45371.0, "soon"}};
    for (const Split& split : splits) {
        for (const char* by :
             {"opened/month/3", "opened/quarter/13", "opened/week/xyz", "opened/", "opened/months", "due/month", "/month"})
            EXPECT_TRUE(refuses(call(split, rows, by), Fault::OutsideDomain)) << split.name << " by " << by;
        EXPECT_TRUE(refuses(call(split, rows, "stage/month"), Fault::NotANumber)) << split.name;
        EXPECT_TRUE(refuses(call(split, rows, "signed/month"), Fault::NotANumber)) << split.name;
    }
}

// 10,000 days and one more.
TEST(RulesOfGrouping, MorePeriodsThanAnybodyReadsAreTooLarge) {
    Rows rows = {
        {"id", "stage", "amount", "opened", "closed"}, {"a", "Won", 1.0, 40000.0, 40001.0}, {"b", "Won", 1.0, 49999.0, 50000.0}};
    for (const Split& split : splits) EXPECT_TRUE(call(split, rows, "opened/day")) << split.name;
    rows[2][3] = 50000.0;
    for (const Split& split : splits) EXPECT_TRUE(refuses(call(split, rows, "opened/day"), Fault::TooLarge)) << split.name;
}

}  // namespace
}  // namespace calckpi
