#include "core/kpis/segments.hpp"
#include "tests/support/expect.hpp"
#include "tests/support/formula.hpp"
#include "tests/support/memory_table.hpp"
#include "tests/support/random.hpp"
#include "tests/support/random_deals.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <string>

namespace calckpi {
namespace {

using support::call;
using support::gives;
using support::MemoryTable;
using support::Rows;
using support::shows;

TableHandle tableOf(const Rows& rows) { return std::make_shared<const MemoryTable>(rows); }

const std::vector<Argument> everyColumn = {"amount", "opened", "closed"};

Result<Outcome> segmentsOf(const Rows& rows, const std::vector<Argument>& more = everyColumn) {
    std::vector<Argument> arguments = {tableOf(rows), "owner", "stage", "won", "lost"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return call("SEGMENTS", arguments);
}

OutputGrid gridOf(const Result<Outcome>& result) {
    if (!result) throw std::runtime_error("a table was expected, but got " + support::spoken(result));
    return std::get<OutputGrid>(*result);
}

std::string spoken(const OutputCell& cell) {
    if (std::holds_alternative<Blank>(cell)) return "nothing";
    if (const Failure* failure = std::get_if<Failure>(&cell)) return support::spoken(*failure);
    if (const double* number = std::get_if<double>(&cell)) return support::spoken(*number);
    return '"' + std::get<std::string>(cell) + '"';
}

bool sameCell(const OutputCell& got, const OutputCell& expected) {
    const double* left = std::get_if<double>(&got);
    const double* right = std::get_if<double>(&expected);
    if (left != nullptr && right != nullptr) return std::abs(*left - *right) <= 1e-12 + 1e-9 * std::abs(*right);
    return got == expected;
}

testing::AssertionResult sameTable(const OutputGrid& got, const OutputGrid& expected) {
    if (got.rows != expected.rows || got.columns != expected.columns)
        return testing::AssertionFailure() << "got " << got.rows << " by " << got.columns << ", expected " << expected.rows
                                           << " by " << expected.columns;
    for (std::size_t row = 0; row < got.rows; ++row)
        for (std::size_t column = 0; column < got.columns; ++column)
            if (!sameCell(got.at(row, column), expected.at(row, column)))
                return testing::AssertionFailure()
                       << "row " << row + 1 << ", column " << column + 1 << ": got " << spoken(got.at(row, column)) << ", expected "
                       << spoken(expected.at(row, column));
    return testing::AssertionSuccess();
}

// The table as one would work it out by hand, segment by segment.

OutputCell quotient(double numerator, double denominator) {
    if (denominator == 0) return Failure(Fault::DivideByZero);
    if (denominator < 0) return Failure(Fault::OutsideDomain);
    return numerator / denominator;
}

// Wilson's interval as in Newcombe 1998, method 3; 1.959963984540054 is R's qnorm(0.975).
OutputCell wilsonByHand(double won, double closed, double side) {
    if (closed == 0) return Failure(Fault::DivideByZero);
    const double z = 1.959963984540054;
    const double rate = won / closed;
    return (rate + z * z / (2 * closed) + side * z * std::sqrt(rate * (1 - rate) / closed + z * z / (4 * closed * closed))) /
           (1 + z * z / closed);
}

OutputCell testByHand(double won, double closed, double restWon, double rest) {
    if (closed == 0 || rest == 0) return Failure(Fault::DivideByZero);
    const double pooled = (won + restWon) / (closed + rest);
    if (pooled == 0 || pooled == 1) return 1.0;
    const double z = (won / closed - restWon / rest) / std::sqrt(pooled * (1 - pooled) * (1 / closed + 1 / rest));
    return std::erfc(std::abs(z) / std::sqrt(2.0));
}

std::vector<OutputCell> rowByHand(OutputCell name, const Rows& deals, const Rows& all, bool isTotal) {
    const double won = support::countByHand(deals, 'w');
    const double lost = support::countByHand(deals, 'l');
    const double open = support::countByHand(deals, 'o');
    const double allWon = support::countByHand(all, 'w');
    const double allClosed = allWon + support::countByHand(all, 'l');
    const std::vector<double> sales = support::amountsByHand(deals, 'w');
    const std::vector<double> days = support::daysByHand(deals, 'w');
    const std::vector<double> allSales = support::amountsByHand(all, 'w');
    const double revenue = support::sumByHand(sales);
    const OutputCell nothing = Failure(Fault::NothingToCompute);
    const bool known = won == 0 || !sales.empty();  // won deals of which none has an amount have no revenue, not one of 0
    const bool allKnown = allWon == 0 || !allSales.empty();
    return {std::move(name),
            won + lost + open,
            won,
            lost,
            open,
            quotient(won, won + lost),
            wilsonByHand(won, won + lost, -1),
            wilsonByHand(won, won + lost, 1),
            isTotal ? OutputCell(Blank{}) : testByHand(won, won + lost, allWon - won, allClosed - won - lost),
            known ? OutputCell(revenue) : nothing,
            known && allKnown ? quotient(revenue, support::sumByHand(allSales)) : nothing,
            sales.empty() ? nothing : OutputCell(revenue / static_cast<double>(sales.size())),
            days.empty() ? nothing : OutputCell(support::medianByHand(days))};
}

// The name of a segment: the most frequent spelling, of equally frequent ones the first; a number if all its cells are.
OutputCell nameByHand(const Rows& deals, const Rows& all) {
    const std::string word = support::plainWord(deals.front()[support::Owner]);
    if (word.empty()) return "(blank)";
    std::map<std::string, int> spellings;
    bool onlyNumbers = true;
    double number = 0;
    for (const std::vector<Cell>& deal : all) {
        const Cell& cell = deal[support::Owner];
        if (support::plainWord(cell) != word) continue;
        if (const std::string* text = std::get_if<std::string>(&cell)) {
            onlyNumbers = false;
            std::string trimmed = *text;
            while (trimmed.starts_with(' ')) trimmed.erase(0, 1);
            while (trimmed.ends_with(' ') || trimmed.ends_with("\u00A0"))
                trimmed.erase(trimmed.size() - (trimmed.ends_with(' ') ? 1 : 2));
            ++spellings[trimmed];
        } else {
            number = std::get<double>(cell);
            ++spellings[word];
        }
    }
    if (onlyNumbers) return number;
    const auto rarer = [](const auto& left, const auto& right) { return left.second < right.second; };
    return std::max_element(spellings.begin(), spellings.end(), rarer)->first;
}

OutputGrid byHand(const Rows& rows) {
    Rows counted;
    for (const std::vector<Cell>& deal : support::dealsOf(rows))
        if (support::stateByHand(deal) != ' ') counted.push_back(deal);
    std::map<std::string, Rows> parts;
    for (const std::vector<Cell>& deal : counted) parts[support::plainWord(deal[support::Owner])].push_back(deal);

    struct Segment {
        OutputCell name;
        Rows deals;
        bool blank;
    };
    std::vector<Segment> segments;
    for (const auto& [word, deals] : parts) segments.push_back({nameByHand(deals, support::dealsOf(rows)), deals, word.empty()});
    const auto inLowerCase = [](const OutputCell& name) { return support::plainWord(Cell(std::get<std::string>(name))); };
    std::sort(segments.begin(), segments.end(), [&](const Segment& left, const Segment& right) {
        if (left.deals.size() != right.deals.size()) return left.deals.size() > right.deals.size();
        if (left.name.index() != right.name.index()) return std::holds_alternative<double>(left.name);
        if (std::holds_alternative<double>(left.name)) return std::get<double>(left.name) < std::get<double>(right.name);
        if (inLowerCase(left.name) != inLowerCase(right.name)) return inLowerCase(left.name) < inLowerCase(right.name);
        return left.blank < right.blank;
    });
    OutputGrid grid{.rows = 1, .columns = 13, .cells = {}};
    for (const char* header : {"segment", "deals", "won", "lost", "open", "win rate", "low", "high", "p-value", "revenue",
                               "share of revenue", "average sale", "median cycle"})
        grid.cells.emplace_back(header);
    segments.insert(segments.begin(), {"All", counted, false});
    for (std::size_t index = 0; index < segments.size(); ++index) {
        const bool isTotal = index == 0;
        for (OutputCell& cell : rowByHand(segments[index].name, segments[index].deals, counted, isTotal))
            grid.cells.push_back(std::move(cell));
        ++grid.rows;
    }
    return grid;
}

bool anyCounted(const Rows& rows) {
    return std::any_of(rows.begin() + 1, rows.end(),
                       [](const std::vector<Cell>& deal) { return support::stateByHand(deal) != ' '; });
}

TEST(Segments, PropertyOfRandomTablesAgreesWithWorkingThemOutByHand) {
    support::Dice dice(71);
    for (int round = 0; round < 1000; ++round) {
        const Rows rows = support::randomDeals(dice, round % 10 == 0 ? 3 : 60);
        if (anyCounted(rows))
            ASSERT_TRUE(sameTable(gridOf(segmentsOf(rows)), byHand(rows))) << "round " << round;
        else
            ASSERT_TRUE(gives(segmentsOf(rows), Fault::NothingToCompute)) << "round " << round;
    }
}

TEST(Segments, PropertyOfTablesOfManyBlocksAgreesWithWorkingThemOutByHand) {
    support::Dice dice(72);
    for (const std::size_t size : {Frame::blockRows - 1, Frame::blockRows, Frame::blockRows + 1, 3 * Frame::blockRows + 5}) {
        Rows rows = support::randomDeals(dice, 0);
        while (rows.size() <= size)
            for (std::vector<Cell>& deal : support::dealsOf(support::randomDeals(dice, 100))) rows.push_back(std::move(deal));
        rows.resize(size + 1);
        EXPECT_TRUE(sameTable(gridOf(segmentsOf(rows)), byHand(rows))) << size;
    }
}

TEST(Segments, PropertyOfFiltersIsTheTableOfTheRowsThatPass) {
    support::Dice dice(73);
    for (int round = 0; round < 300; ++round) {
        const Rows rows = support::randomDeals(dice, 60);
        Rows kept = {rows.front()};
        for (const std::vector<Cell>& deal : support::dealsOf(rows))
            if (const auto amount = support::numberIn(deal, support::Amount); amount && *amount >= 300) kept.push_back(deal);
        const Result<Outcome> filtered = segmentsOf(rows, {"amount", "opened", "closed", Absent{}, "amount", ">=300"});
        if (anyCounted(kept))
            ASSERT_TRUE(sameTable(gridOf(filtered), byHand(kept)));
        else
            ASSERT_TRUE(gives(filtered, Fault::NothingToCompute));
    }
}

TEST(Segments, PropertyOfTheOrderOfRowsDoesNotMatter) {
    support::Dice dice(74);
    for (int round = 0; round < 300; ++round) {
        const Rows rows = support::randomDeals(dice, 60);
        if (!anyCounted(rows)) continue;
        Rows deals = support::dealsOf(rows);
        dice.shuffle(deals);
        EXPECT_TRUE(sameTable(gridOf(segmentsOf(support::withHeaders(rows, deals))), gridOf(segmentsOf(rows))));
    }
}

TEST(Segments, PropertyOfTheSegmentsAddUpToTheTotal) {
    support::Dice dice(75);
    for (int round = 0; round < 300; ++round) {
        const Rows rows = support::randomDeals(dice, 60);
        if (!anyCounted(rows)) continue;
        const OutputGrid grid = gridOf(segmentsOf(rows));
        for (const std::size_t column : {1U, 2U, 3U, 4U, 9U}) {
            double total = 0;
            for (std::size_t row = 2; row < grid.rows; ++row)
                if (const double* number = std::get_if<double>(&grid.at(row, column))) total += *number;
            if (const double* all = std::get_if<double>(&grid.at(1, column)))
                EXPECT_TRUE(support::near(total, *all)) << "column " << column + 1;
            else
                EXPECT_EQ(total, 0) << "column " << column + 1;
        }
    }
}

TEST(Segments, PropertyOfTheTotalIsWhatTheFunctionsOfOneNumberGive) {
    support::Dice dice(76);
    for (int round = 0; round < 300; ++round) {
        Rows rows = support::randomDeals(dice, 60);
        for (std::size_t row = 1; row < rows.size(); ++row)  // a filter does not overlook blanks around a word, as `won` does
            if (support::stateByHand(rows[row]) == 'w') rows[row][support::Stage] = dice.oneIn(2) ? "Won" : "won";
        const auto total = [&rows](std::size_t column) -> Result<Outcome> {
            const Result<Outcome> result = segmentsOf(rows);
            if (!result) return result;
            const OutputCell& cell = std::get<OutputGrid>(*result).at(1, column);
            if (const Failure* failure = std::get_if<Failure>(&cell)) return *failure;
            return std::get<double>(cell);
        };
        const auto one = [&rows](const char* name, std::vector<Argument> arguments) {
            arguments.insert(arguments.begin(), tableOf(rows));
            return call(name, arguments);
        };
        EXPECT_TRUE(support::same(total(5), one("DWINRATE", {"stage", "won", "lost"})));
        EXPECT_TRUE(support::same(total(9), one("DSALES", {"stage", "won", "amount"})));
        EXPECT_TRUE(support::same(total(11), one("DSALES", {"stage", "won", "amount", "mean"})));
        if (support::countByHand(support::dealsOf(rows), 'w') > 0) {
            EXPECT_TRUE(support::same(total(12), one("DSALESCYCLE", {"opened", "closed", "median", "stage", "won"})));
        }
    }
}

TEST(Segments, PropertyOfASegmentIsTheTotalOfItsRowsAlone) {
    support::Dice dice(77);
    for (int round = 0; round < 100; ++round) {
        const Rows rows = support::randomDeals(dice, 60);
        if (!anyCounted(rows)) continue;
        const OutputGrid grid = gridOf(segmentsOf(rows));
        for (std::size_t row = 2; row < grid.rows; ++row) {
            if (grid.at(row, 0) != OutputCell("Cleo")) continue;
            const OutputGrid alone = gridOf(segmentsOf(rows, {"amount", "opened", "closed", 0.0, "owner", "Cleo"}));
            ASSERT_EQ(alone.rows, 2U);
            for (const std::size_t column : {1U, 2U, 3U, 4U, 5U, 6U, 7U, 9U, 11U, 12U})
                EXPECT_TRUE(sameCell(grid.at(row, column), alone.at(0, column)));
            EXPECT_EQ(alone.at(1, 8), OutputCell(Failure(Fault::DivideByZero)));  // no rest to compare it with
        }
    }
}

TEST(Segments, PropertyOfHeadersIsOneRowMore) {
    support::Dice dice(78);
    const Rows rows = support::randomDeals(dice, 60);
    const OutputGrid with = gridOf(segmentsOf(rows));
    const OutputGrid without = gridOf(segmentsOf(rows, {"amount", "opened", "closed", 0.0}));
    ASSERT_EQ(with.rows, without.rows + 1);
    EXPECT_TRUE(std::equal(without.cells.begin(), without.cells.end(), with.cells.begin() + 13));
    EXPECT_EQ(gridOf(segmentsOf(rows, {"amount", "opened", "closed", 1.0})).cells, with.cells);
}

TEST(Segments, PropertyOfColumnsThatAreNotNamedAreNotRead) {
    const Rows rows = {{"owner", "stage", "amount", "opened", "closed", "note"},
                       {"Ana", "won", CellError{519}, "soon", "late", CellError{532}},
                       {"Ben", "lost", 5.0, 46000.0, 46010.0, "x"}};
    const auto table = std::make_shared<const MemoryTable>(rows);
    EXPECT_TRUE(call("SEGMENTS", {table, "owner", "stage", "won", "lost"}));
    EXPECT_EQ(table->timesRead(), (std::vector<int>{1, 1, 0, 0, 0, 0}));
    const auto half = std::make_shared<const MemoryTable>(rows);
    EXPECT_TRUE(call("SEGMENTS", {half, "owner", "stage", "won", "lost", Absent{}, "opened"}));
    EXPECT_EQ(half->timesRead(), (std::vector<int>{1, 1, 0, 0, 0, 0}));
}

TEST(Segments, PropertyOfEachColumnIsReadOnce) {
    const auto table = std::make_shared<const MemoryTable>(
        Rows{{"owner", "stage", "amount", "opened", "closed"}, {"Ana", "won", 5.0, 46000.0, 46010.0}});
    EXPECT_TRUE(call("SEGMENTS", {table, "owner", "stage", "won", "lost", "amount", "opened", "closed"}));
    EXPECT_EQ(table->timesRead(), (std::vector<int>{1, 1, 1, 1, 1}));
}

TEST(Segments, ValueOfColumnsWithoutInputIsEmpty) {
    const Rows rows = {{"owner", "stage", "amount", "opened", "closed"}, {"Ana", "won", 5.0, 46000.0, 46010.0}};
    const auto cellOf = [&rows](const std::vector<Argument>& more, std::size_t column) {
        return gridOf(segmentsOf(rows, more)).at(2, column);
    };
    for (const std::size_t column : {9U, 10U, 11U, 12U}) EXPECT_EQ(cellOf({}, column), OutputCell(Blank{}));
    EXPECT_EQ(cellOf({"amount"}, 9), OutputCell(5.0));
    EXPECT_EQ(cellOf({"amount"}, 12), OutputCell(Blank{}));
    EXPECT_EQ(cellOf({Absent{}, "opened", "closed"}, 9), OutputCell(Blank{}));
    EXPECT_EQ(cellOf({0.0, "opened", "closed"}, 12), OutputCell(10.0));  // a reference to an empty cell
    EXPECT_EQ(cellOf({"amount", "opened"}, 12), OutputCell(Blank{}));
}

TEST(Segments, ValueOfTheSampleTable) {
    // Web: 2 of 5 won. RATELOW and RATEHIGH say the same.
    const char* start = "=INDEX(SEGMENTS(Deals.A:G;\"channel\";\"stage\";\"Won\";\"Lost\");3;";
    EXPECT_TRUE(support::same(support::evaluate(std::string(start) + "7)"), support::evaluate("=RATELOW(2;5)")));
    EXPECT_TRUE(support::same(support::evaluate(std::string(start) + "8)"), support::evaluate("=RATEHIGH(2;5)")));
    EXPECT_TRUE(support::same(support::evaluate(std::string(start) + "9)"), support::evaluate("=RATETEST(2;5;2;3)")));
}

TEST(Segments, EdgeARowWithoutAStateMakesNoSegment) {
    const OutputGrid grid = gridOf(segmentsOf({{"owner", "stage"}, {"Ana", "won"}, {"Ben", Blank{}}}, {}));
    EXPECT_EQ(grid.rows, 3U);
}

TEST(Segments, RefusalOfATextSaysWhere) {
    const Rows rows = {{"owner", "stage", "amount", "opened", "closed"},
                       {"Ana", "won", 5.0, 46000.0, 46010.0},
                       {"Ben", "lost", "n/a", 46000.0, 46010.0},
                       {"Ben", "won", 5.0, 46000.0, "soon"}};
    const Result<Outcome> amount = segmentsOf(rows);
    ASSERT_TRUE(gives(amount, Fault::NotANumber));
    EXPECT_EQ(amount.failure(), Failure(Fault::NotANumber, Wrong::TextForNumber).at(3, 3));
    const Result<Outcome> date = segmentsOf(rows, {Absent{}, "opened", "closed"});
    EXPECT_EQ(date.failure(), Failure(Fault::NotANumber, Wrong::TextForDate).at(5, 4));
    EXPECT_TRUE(segmentsOf(rows, {"amount", Absent{}, Absent{}, Absent{}, "owner", "Ana"}));  // the text is in another row
}

TEST(Segments, RefusalOfAWonDealClosedBeforeItWasOpened) {
    Rows rows = {{"owner", "stage", "amount", "opened", "closed"},
                 {"Ana", "lost", 5.0, 46010.0, 46000.0},
                 {"Ana", "won", 5.0, 46000.0, 46000.0}};
    EXPECT_TRUE(segmentsOf(rows));  // the lost deal is not measured
    rows.push_back({"Ana", "won", 5.0, 46001.0, 46000.0});
    ASSERT_TRUE(gives(segmentsOf(rows), Fault::OutsideDomain));
    EXPECT_EQ(segmentsOf(rows).failure(), Failure(Fault::OutsideDomain, Wrong::EndBeforeStart).at(5, 4));
}

TEST(Segments, Refusals) {
    const Rows rows = {{"owner", "stage", "amount"}, {"Ana", "won", 5.0}, {CellError{519}, "lost", 5.0}};
    EXPECT_TRUE(gives(segmentsOf(rows, {}), Fault::ErrorInCell));
    EXPECT_EQ(segmentsOf(rows, {}).failure().row, 3);
    EXPECT_TRUE(gives(segmentsOf({rows[0], rows[1]}, {"revenue"}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(segmentsOf({rows[0], rows[1]}, {"amount", "opened", "closed"}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(segmentsOf({rows[0]}, {}), Fault::NothingToCompute));
    EXPECT_TRUE(gives(segmentsOf({rows[0], rows[1]}, {"amount", Absent{}, Absent{}, "yes"}), Fault::NotANumber));
    EXPECT_TRUE(gives(call("SEGMENTS", {tableOf({rows[0], rows[1]}), "owner", "stage", "won", "won"}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(call("SEGMENTS", {tableOf({rows[0], rows[1]}), Absent{}, "stage", "won", "lost"}), Fault::OutsideDomain));
}

}  // namespace
}  // namespace calckpi
