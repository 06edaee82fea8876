#include "core/kpis/periods.hpp"
#include "core/statistics/proportions.hpp"
#include "tests/core/period_oracle.hpp"
#include "tests/support/deals_in_time.hpp"
#include "tests/support/formula.hpp"
#include "tests/support/memory_table.hpp"
#include "tests/support/tables.hpp"
#include "tests/support/rounds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

namespace calckpi {
namespace {

using namespace support::deals_in_time;
using support::Dice;
using support::everyPeriod;
using support::gridOf;
using support::MemoryTable;
using support::numberAt;
using support::plainWord;
using support::refuses;
using support::Rows;
using support::sameCell;
using support::sameOutcome;
using support::sameTable;
using support::serialOfIsoDate;
using support::toGrid;
using support::usualNullDate;
using support::WalkedCalendar;

const Failure noData(Fault::NothingToCompute);
const Failure zero(Fault::DivideByZero);

double date(std::string_view iso) { return serialOfIsoDate(iso).value(); }

TableHandle tableOf(const Rows& rows, std::chrono::sys_days nullDate = usualNullDate) {
    return std::make_shared<const MemoryTable>(rows, nullDate);
}

Result<Outcome> callOf(std::string_view name, const TableHandle& table, std::vector<Argument> arguments,
                       const std::vector<Argument>& more) {
    arguments.insert(arguments.begin(), table);
    arguments.insert(arguments.end(), more.begin(), more.end());
    return support::call(name, arguments);
}
Result<Outcome> kpisOf(const TableHandle& table, const std::vector<Argument>& more = {}) {
    return callOf("KPIPERIODS", table, {"stage", "Won", "Lost", "opened", "closed"}, more);
}
Result<Outcome> valuesOf(const TableHandle& table, const std::vector<Argument>& more = {}) {
    return callOf("PERIODVALUES", table, {"opened"}, more);
}

struct Document {
    const WalkedCalendar& calendar;
    std::chrono::sys_days nullDate;
};
Document randomDocument(Dice& dice) {
    if (dice.oneIn(3)) return {support::macCalendar(), support::macNullDate};
    return {support::usualCalendar(), usualNullDate};
}
std::size_t randomPeriod(Dice& dice) { return dice.below(dice.oneIn(2) ? 5 : everyPeriod.size()); }

// The first days of the periods from one day to another, by their numbers.
std::map<long, double> periodsBetween(double first, double last, std::size_t period, const WalkedCalendar& calendar) {
    std::map<long, double> starts;
    for (double day = std::floor(first); day <= last; ++day)
        if (const long number = calendar.numberOf(day, period); !starts.contains(number))
            starts[number] = calendar.startOf(day, period);
    return starts;
}

// The day after asOf must lie in another period.
double completeByHand(long number, double asOf, std::size_t period, const WalkedCalendar& calendar) {
    return calendar.numberOf(std::floor(asOf) + 1, period) > number ? 1 : 0;
}

OutputCell summary(std::vector<double> values, std::string_view statistic) {
    const double count = static_cast<double>(values.size());
    if (statistic == "count") return count;
    if (statistic == "sum") return support::sumByHand(values);
    if (statistic == "distinct") return static_cast<double>(std::set<double>(values.begin(), values.end()).size());
    if (values.empty()) return noData;
    if (statistic == "mean") return support::sumByHand(values) / count;
    return support::medianByHand(values);
}

// What is known of the money of some deals: nothing if none of them has an amount.
OutputCell moneyOf(const std::vector<double>& amounts, double deals) {
    if (deals > 0 && amounts.empty()) return noData;
    return support::sumByHand(amounts);
}

// One period of the table, by going through all deals for each of its figures.
std::vector<OutputCell> kpisByHand(const Rows& deals, long number, double asOf, std::size_t period, const WalkedCalendar& calendar,
                                   bool withMoney) {
    double created = 0, createdAndWon = 0, won = 0, lost = 0, open = 0;
    std::vector<double> revenue, pipeline, cycles;
    for (const auto& deal : deals) {
        char state = stateByHand(deal);
        if (state == ' ') continue;
        const auto opened = numberIn(deal, Opened);
        auto closed = state == 'o' ? std::nullopt : numberIn(deal, Closed);
        const bool undated = state != 'o' && !closed;
        if (closed && !happened(*closed, asOf)) state = 'o';
        if (state == 'o') closed.reset();
        const bool isThere = opened && happened(*opened, asOf);
        const auto amount = numberIn(deal, Amount);
        if (isThere && calendar.numberOf(*opened, period) == number) {
            ++created;
            createdAndWon += state == 'w' ? 1 : 0;
        }
        if (closed && calendar.numberOf(*closed, period) == number) {
            ++(state == 'w' ? won : lost);
            if (state == 'w' && amount) revenue.push_back(*amount);
            if (state == 'w' && opened) cycles.push_back(daysByHand(*opened, *closed));
        }
        const bool gone = undated || (closed && calendar.numberOf(*closed, period) <= number);
        if (isThere && calendar.numberOf(*opened, period) <= number && !gone) {
            ++open;
            if (amount) pipeline.push_back(*amount);
        }
    }
    const bool hasDeals = created + won + lost > 0;
    const auto share = [&](double part, double whole) {
        return !hasDeals ? OutputCell(noData) : whole == 0 ? OutputCell(zero) : OutputCell(part / whole);
    };
    std::vector<OutputCell> row = {created,
                                   won,
                                   lost,
                                   open,
                                   share(won, won + lost),
                                   share(won, won + lost),
                                   share(won, won + lost),
                                   share(createdAndWon, created)};
    if (won + lost > 0) {
        const Interval interval = wilson({won, won + lost}, *normalQuantile(0.95));
        row[5] = interval.low;
        row[6] = interval.high;
    }
    row.insert(row.end(), {moneyOf(revenue, won), summary(revenue, "mean"), summary(cycles, "median"), summary(cycles, "mean"),
                           moneyOf(pipeline, open)});
    for (const std::size_t money : {8U, 9U, 12U})
        if (!withMoney) row[money] = Blank{};
    return row;
}

Result<Outcome> kpisByHand(const Rows& rows, std::string_view group, std::size_t period, std::optional<double> asked,
                           const WalkedCalendar& calendar, bool withMoney) {
    const double asOf = asked.value_or(clockByHand(rows));
    const Rows deals = dealsOf(rows, group);
    double first = 1e9;
    for (const auto& deal : deals) {
        const char state = stateByHand(deal);
        const auto opened = numberIn(deal, Opened);
        const auto closed = numberIn(deal, Closed);
        if (state == ' ') continue;
        if (state != 'o' && opened && closed && daysByHand(*opened, *closed) < 0) return Fault::OutsideDomain;
        if (opened && happened(*opened, asOf)) first = std::min(first, *opened);
        if (state != 'o' && closed && happened(*closed, asOf)) first = std::min(first, *closed);
    }
    if (first == 1e9) return Fault::NothingToCompute;
    std::vector<std::vector<OutputCell>> table = {{"period", "complete", "created", "won", "lost", "open at end", "win rate", "low",
                                                   "high", "win rate of created", "revenue", "average sale", "median cycle",
                                                   "mean cycle", "pipeline at end"}};
    for (const auto& [number, start] : periodsBetween(first, asOf, period, calendar)) {
        table.push_back(kpisByHand(deals, number, asOf, period, calendar, withMoney));
        table.back().insert(table.back().begin(), {start, completeByHand(number, asOf, period, calendar)});
    }
    return Outcome(toGrid(table));
}

testing::AssertionResult sameTableOrFault(const Result<Outcome>& got, const Result<Outcome>& expected) {
    return expected ? sameOutcome(got, expected) : refuses(got, expected.failure().fault);
}

TEST(KpiPeriods, PropertyEveryCellAgreesWithTheDealsByHand) {
    Dice dice(71);
    int refused = 0;
    for (int trial = 0; trial < 500; ++trial) {
        const Document document = randomDocument(dice);
        const Rows rows = randomDealsInTime(dice, 40);
        const std::size_t period = randomPeriod(dice);
        const std::optional<double> asOf = randomAsOf(dice, rows);
        const bool withMoney = !dice.oneIn(4);
        const std::string group = dice.oneIn(3) ? "A" : "";
        std::vector<Argument> more = {withMoney ? Argument("amount") : Absent{}, everyPeriod[period].word,
                                      asOf ? Argument(*asOf) : Absent{}, Absent{}};
        if (!group.empty()) more.insert(more.end(), {"group", group});
        const Result<Outcome> expected = kpisByHand(rows, group, period, asOf, document.calendar, withMoney);
        ASSERT_TRUE(sameTableOrFault(kpisOf(tableOf(rows, document.nullDate), more), expected))
            << "trial " << trial << " by " << everyPeriod[period].word;
        refused += expected ? 0 : 1;
    }
    EXPECT_LT(refused, 150);
}

// A cell as its D function gives it. Where no row passes its filters a count or a sum is 0.
OutputCell shownBy(std::string_view name, const TableHandle& table, std::vector<Argument> arguments,
                   const std::vector<Argument>& filters, bool isTotal) {
    const Result<Outcome> result = callOf(name, table, std::move(arguments), filters);
    if (!result && isTotal && result.failure().fault == Fault::NothingToCompute) return 0.0;
    return result ? OutputCell(std::get<double>(*result)) : OutputCell(result.failure());
}

Grid states(std::vector<Cell> cells) { return support::row(std::move(cells)); }

// Every column by the D functions with date criteria, as one would have to write them in each cell.
TEST(KpiPeriods, PropertyEveryCellIsThatOfTheDFunctionWithDateCriteria) {
    Dice dice(72);
    int compared = 0;
    for (int trial = 0; trial < support::rounds(60); ++trial) {
        Rows rows = randomDealsInTime(dice, 60);
        for (std::size_t row = 1; row < rows.size(); ++row) {
            rows[row][Stage] = dice.pick(std::vector<Cell>{"Won", "Lost", "Demo"});
            rows[row][Amount] = dice.count(9999) / 100 + 0.01;
            rows[row][Opened] = 45300 + dice.count(200) + (dice.oneIn(2) ? dice.share() : 0);
            rows[row][Closed] = std::floor(std::get<double>(rows[row][Opened])) + 1 + dice.count(90);
        }
        const TableHandle table = tableOf(rows);
        const std::size_t period = randomPeriod(dice);
        const Result<Outcome> result = kpisOf(table, {"amount", everyPeriod[period].word, Absent{}, 0.0, "group", "A"});
        if (!result) continue;
        const OutputGrid grid = gridOf(result);
        for (std::size_t row = 0; row < grid.rows; ++row) {
            const double start = numberAt(grid, row, 0);
            const double next = row + 1 < grid.rows ? numberAt(grid, row + 1, 0) : 99999;
            const std::string from = ">=" + std::to_string(static_cast<long>(start));
            const std::string to = "<" + std::to_string(static_cast<long>(next));
            const std::string later = ">=" + std::to_string(static_cast<long>(next));
            const std::vector<Argument> opened = {"group", "A", "opened", from, "opened", to};
            const std::vector<Argument> closed = {"group", "A", "closed", from, "closed", to};
            const std::vector<Argument> atEnd = {"group", "A", "opened", to};
            const std::vector<Argument> closedLater = {"group", "A", "opened", to, "closed", later};
            const auto sales = [&](const Argument& of, const char* statistic, const std::vector<Argument>& filters, bool isTotal) {
                return shownBy("DSALES", table, {"stage", of, "amount", statistic}, filters, isTotal);
            };
            const auto total = [&](const Argument& of, const char* statistic, const std::vector<Argument>& filters) {
                return std::get<double>(sales(of, statistic, filters, true));
            };
            const auto cycle = [&](const char* statistic) {
                std::vector<Argument> filters = closed;
                filters.insert(filters.end(), {"stage", "Won"});
                return shownBy("DSALESCYCLE", table, {"opened", "closed", statistic}, filters, false);
            };
            const auto winRate = [&](const char* basis, const std::vector<Argument>& filters) {
                return shownBy("DWINRATE", table, {"stage", "Won", "Lost", basis}, filters, false);
            };
            const Argument all = states({"Won", "Lost", "Demo"});
            const Argument over = states({"Won", "Lost"});
            const std::vector<OutputCell> expected = {
                total(all, "count", opened),
                total("Won", "count", closed),
                total("Lost", "count", closed),
                total("Demo", "count", atEnd) + total(over, "count", closedLater),
                winRate("closed", closed),
                Blank{},
                Blank{},
                winRate("created", opened),
                sales("Won", "sum", closed, true),
                sales("Won", "mean", closed, false),
                cycle("median"),
                cycle("mean"),
                std::get<double>(shownBy("DPIPELINE", table, {"stage", "Won", "Lost", "amount", Absent{}}, atEnd, true)) +
                    total(over, "sum", closedLater)};
            for (std::size_t column = 0; column < expected.size(); ++column) {
                if (std::holds_alternative<Blank>(expected[column])) continue;
                const OutputCell& got = grid.at(row, column + 2);
                // "No rows" and "none closed" are told apart by all rows of the period here, by the filters there.
                const bool bothNone = std::holds_alternative<Failure>(got) && std::holds_alternative<Failure>(expected[column]);
                ASSERT_TRUE(bothNone || sameCell(got, expected[column]))
                    << "row " << row << ", column " << column + 2 << ": " << support::spoken(got) << " and "
                    << support::spoken(expected[column]);
                compared += bothNone ? 0 : 1;
            }
        }
    }
    EXPECT_GT(compared, support::rounds(2000));
}

TEST(KpiPeriods, PropertyTheOrderOfTheRowsDoesNotMatter) {
    Dice dice(73);
    for (int trial = 0; trial < 150; ++trial) {
        const Rows rows = randomDealsInTime(dice, 60);
        Rows body(rows.begin() + 1, rows.end());
        dice.shuffle(body);
        body.insert(body.begin(), rows.front());
        const std::string period = everyPeriod[randomPeriod(dice)].word;
        const Result<Outcome> one = kpisOf(tableOf(rows), {"amount", period});
        ASSERT_TRUE(sameTableOrFault(kpisOf(tableOf(body), {"amount", period}), one)) << trial;
    }
}

// By hand: a gap in February, a deal that closes at 23:59 of the last day of a month and of a leap day, one that is open with an
// expected close, one that was won without a date and one without an opening.
TEST(KpiPeriods, ValueByHand) {
    const Rows rows = {headers,
                       {"Won", 100.0, date("2024-01-31") + 0.99931, date("2024-02-29") + 0.99931, "A"},
                       {"Lost", 50.0, date("2024-01-10"), date("2024-01-31") + 0.99931, "A"},
                       {"Demo", 70.0, date("2024-01-20"), date("2030-01-01"), "A"},
                       {"Won", 30.0, date("2024-01-20"), Blank{}, "A"},
                       {"Won", 20.0, Blank{}, date("2024-04-02"), "A"},
                       {"Lost", Blank{}, date("2024-04-01"), date("2024-04-30"), "A"}};
    const OutputGrid grid = gridOf(kpisOf(tableOf(rows), {"amount", "month", Absent{}, 0.0}));
    const Interval noneOfOne = wilson({0, 1}, *normalQuantile(0.95));
    const Interval oneOfOne = wilson({1, 1}, *normalQuantile(0.95));
    const Interval oneOfTwo = wilson({1, 2}, *normalQuantile(0.95));
    EXPECT_TRUE(sameTable(
        grid,
        toGrid(
            {{date("2024-01-01"), 1.0, 4.0, 0.0, 1.0, 2.0, 0.0, noneOfOne.low, noneOfOne.high, 0.5, 0.0, noData, noData, noData,
              170.0},
             {date("2024-02-01"), 1.0, 0.0, 1.0, 0.0, 1.0, 1.0, oneOfOne.low, oneOfOne.high, zero, 100.0, 100.0, 29.0, 29.0, 70.0},
             {date("2024-03-01"), 1.0, 0.0, 0.0, 0.0, 1.0, noData, noData, noData, noData, 0.0, noData, noData, noData, 70.0},
             {date("2024-04-01"), 1.0, 1.0, 1.0, 1.0, 1.0, 0.5, oneOfTwo.low, oneOfTwo.high, 0.0, 20.0, 20.0, noData, noData,
              70.0}})));
    // As of the day before the leap day the first deal is open, and February not over.
    const OutputGrid before = gridOf(kpisOf(tableOf(rows), {"amount", "month", date("2024-02-28"), 0.0}));
    ASSERT_EQ(before.rows, 2U);
    EXPECT_EQ(numberAt(before, 1, 1), 0);
    EXPECT_EQ(numberAt(before, 1, 5), 2);
    EXPECT_EQ(numberAt(before, 1, 14), 170);
    // A fiscal year from April: complete on 31 March, not on the day before.
    for (const auto& [day, complete] : {std::pair("2024-03-30", 0.0), {"2024-03-31", 1.0}}) {
        const OutputGrid year = gridOf(kpisOf(tableOf(rows), {"amount", "year/4", date(day), 0.0}));
        ASSERT_EQ(year.rows, 1U);
        EXPECT_EQ(numberAt(year, 0, 0), date("2023-04-01"));
        EXPECT_EQ(numberAt(year, 0, 1), complete) << day;
    }
}

// Of deals without any amount nothing is known; it is not 0.
TEST(KpiPeriods, EdgeNothingKnownIsNot0) {
    const Rows rows = {
        headers, {"Won", Blank{}, date("2026-01-05"), date("2026-01-06"), "A"}, {"Demo", " ", date("2026-01-05"), Blank{}, "A"}};
    const OutputGrid grid = gridOf(kpisOf(tableOf(rows), {"amount", "month", Absent{}, 0.0}));
    EXPECT_EQ(grid.at(0, 10), OutputCell(noData));
    EXPECT_EQ(grid.at(0, 14), OutputCell(noData));
    const OutputGrid without = gridOf(kpisOf(tableOf(rows), {Absent{}, "month", Absent{}, 0.0}));
    for (const std::size_t money : {10U, 11U, 14U}) EXPECT_EQ(without.at(0, money), OutputCell(Blank{}));
}

TEST(KpiPeriods, Refusals) {
    const Rows rows = {headers,
                       {"Won", 1.0, date("2026-01-05"), date("2026-01-06"), "A"},
                       {"Lost", 1.0, date("2026-01-05"), date("2026-01-04"), "B"}};
    const Result<Outcome> backwards = kpisOf(tableOf(rows));
    ASSERT_FALSE(backwards);
    EXPECT_EQ(backwards.failure(), Failure(Fault::OutsideDomain, Wrong::EndBeforeStart).at(4, 3));
    EXPECT_TRUE(kpisOf(tableOf(rows), {Absent{}, Absent{}, Absent{}, Absent{}, "group", "A"}));
    EXPECT_TRUE(refuses(kpisOf(tableOf(rows), {Absent{}, "fortnight"}), Fault::OutsideDomain));
    EXPECT_TRUE(refuses(kpisOf(tableOf({rows[0], rows[1]}), {Absent{}, Absent{}, date("2026-01-04")}), Fault::NothingToCompute));
    EXPECT_TRUE(refuses(kpisOf(tableOf({headers})), Fault::NothingToCompute));
    EXPECT_TRUE(refuses(kpisOf(tableOf({rows[0], rows[1]}), {Absent{}, "day", date("2026-01-05") + 10'000}), Fault::TooLarge));
    EXPECT_EQ(gridOf(kpisOf(tableOf({rows[0], rows[1]}), {Absent{}, "day", date("2026-01-05") + 9999})).rows, 10'001U);
}

// ------- PERIODVALUES

Result<Outcome> valuesByHand(const Rows& rows, std::string_view only, std::size_t period, std::string_view statistic,
                             bool withValue, bool byGroup, std::optional<double> asked, const WalkedCalendar& calendar) {
    double asOf = -1e9;
    for (const auto& row : rows) asOf = std::max(asOf, numberIn(row, Opened).value_or(-1e9));
    asOf = asked.value_or(asOf);
    Rows seen;
    double first = 1e9;
    std::set<std::string> groups;
    for (const auto& row : dealsOf(rows, only)) {
        const auto when = numberIn(row, Opened);
        if (!when || !happened(*when, asOf)) continue;
        first = std::min(first, *when);
        seen.push_back(row);
        const std::string word = plainWord(row[Stage]);
        groups.insert(word.empty() ? "(blank)" : word);
    }
    if (seen.empty()) return Fault::NothingToCompute;
    std::vector<std::vector<OutputCell>> table;
    for (const auto& [numberOfPeriod, start] : periodsBetween(first, asOf, period, calendar)) {
        const auto number = numberOfPeriod;  // clang takes no structured binding into a lambda
        const auto summaryIn = [&](std::string_view group) -> OutputCell {
            std::vector<double> values;
            bool someRows = false;
            for (const auto& row : seen) {
                const std::string word = plainWord(row[Stage]).empty() ? "(blank)" : plainWord(row[Stage]);
                if (calendar.numberOf(*numberIn(row, Opened), period) != number || (!group.empty() && word != group)) continue;
                someRows = true;
                if (!withValue)
                    values.push_back(1);
                else if (const auto amount = numberIn(row, Amount))
                    values.push_back(*amount);
            }
            if (statistic == "sum" && someRows && values.empty()) return noData;
            return summary(values, statistic);
        };
        table.push_back({start, completeByHand(number, asOf, period, calendar)});
        // A number before the texts, which the table in memory sorts by their code points.
        if (byGroup && groups.contains("1")) table.back().push_back(summaryIn("1"));
        for (const std::string& group : groups)
            if (byGroup && group != "1") table.back().push_back(summaryIn(group));
        table.back().push_back(summaryIn(""));
    }
    return Outcome(toGrid(table));
}

TEST(PeriodValues, PropertyEveryCellAgreesWithTheRowsByHand) {
    Dice dice(74);
    for (int trial = 0; trial < 500; ++trial) {
        const Document document = randomDocument(dice);
        const Rows rows = randomDealsInTime(dice, 40);
        const std::size_t period = randomPeriod(dice);
        const std::optional<double> asOf = randomAsOf(dice, rows);
        const std::string statistic = dice.pick(std::vector<std::string>{"count", "sum", "distinct", "mean", "median"});
        const bool withValue = statistic != "count" || dice.oneIn(2);
        const bool byGroup = dice.oneIn(2);
        const std::string group = dice.oneIn(3) ? "A" : "";
        std::vector<Argument> more = {withValue ? Argument("amount") : Absent{}, statistic,
                                      byGroup ? Argument("stage") : Absent{},    everyPeriod[period].word,
                                      asOf ? Argument(*asOf) : Absent{},         0.0};
        if (!group.empty()) more.insert(more.end(), {"group", group});
        ASSERT_TRUE(sameTableOrFault(valuesOf(tableOf(rows, document.nullDate), more),
                                     valuesByHand(rows, group, period, statistic, withValue, byGroup, asOf, document.calendar)))
            << "trial " << trial << ", " << statistic << " by " << everyPeriod[period].word;
    }
}

TEST(PeriodValues, ValueHeadersAndGroups) {
    const Rows rows = {headers,
                       {"won", 3.0, date("2026-01-05"), Blank{}, "A"},
                       {"Won ", 4.0, date("2026-03-05"), Blank{}, "A"},
                       {"won", Blank{}, date("2026-03-05"), Blank{}, "A"},
                       {7.0, 5.0, date("2026-03-31") + 0.99, Blank{}, "B"},
                       {" ", 5.0, date("2026-03-31"), Blank{}, "B"}};
    const auto table = [&](const Argument& value, const char* statistic) {
        return gridOf(valuesOf(tableOf(rows), {value, statistic, "stage"}));
    };
    EXPECT_TRUE(sameTable(table(Absent{}, "count"), toGrid({{"period", "complete", 7.0, "(blank)", "won", "total"},
                                                            {date("2026-01-01"), 1.0, 0.0, 0.0, 1.0, 1.0},
                                                            {date("2026-02-01"), 1.0, 0.0, 0.0, 0.0, 0.0},
                                                            {date("2026-03-01"), 1.0, 1.0, 1.0, 2.0, 4.0}})));
    EXPECT_TRUE(sameTable(table("amount", "p90"), toGrid({{"period", "complete", 7.0, "(blank)", "won", "total"},
                                                          {date("2026-01-01"), 1.0, noData, noData, 3.0, 3.0},
                                                          {date("2026-02-01"), 1.0, noData, noData, noData, noData},
                                                          {date("2026-03-01"), 1.0, 5.0, 5.0, 4.0, 5.0}})));
    // Texts are counted too, and told apart whatever their case.
    const OutputGrid stages = gridOf(valuesOf(tableOf(rows), {"stage", "distinct", Absent{}, "quarter", Absent{}, 0.0}));
    EXPECT_TRUE(sameTable(stages, toGrid({{date("2026-01-01"), 1.0, 2.0}})));
    EXPECT_TRUE(sameTable(gridOf(valuesOf(tableOf(rows), {"stage", "count", Absent{}, "quarter", Absent{}, 0.0})),
                          toGrid({{date("2026-01-01"), 1.0, 4.0}})));
}

TEST(PeriodValues, Refusals) {
    const Rows rows = {headers, {"won", 3.0, date("2026-01-05"), Blank{}, "A"}};
    for (const char* statistic : {"sum", "distinct", "mean"})
        EXPECT_TRUE(refuses(valuesOf(tableOf(rows), {Absent{}, statistic}), Fault::OutsideDomain)) << statistic;
    for (const char* statistic : {"min", "max", "total", "p101"})
        EXPECT_TRUE(refuses(valuesOf(tableOf(rows), {"amount", statistic}), Fault::OutsideDomain)) << statistic;
    EXPECT_TRUE(refuses(valuesOf(tableOf(rows), {"stage", "sum"}), Fault::NotANumber));
    EXPECT_TRUE(refuses(valuesOf(tableOf({headers})), Fault::NothingToCompute));
    EXPECT_TRUE(
        refuses(valuesOf(tableOf(rows), {Absent{}, Absent{}, Absent{}, "day", date("2026-01-05") + 10'000}), Fault::TooLarge));
    Rows many = {headers};
    for (double group = 0; group < 1022; ++group) many.push_back({group, 1.0, date("2026-01-05"), Blank{}, "A"});
    EXPECT_TRUE(refuses(valuesOf(tableOf(many), {Absent{}, Absent{}, "stage"}), Fault::TooLarge));
    many.pop_back();
    EXPECT_EQ(gridOf(valuesOf(tableOf(many), {Absent{}, Absent{}, "stage"})).columns, 1024U);
}

// ------- PERIODSTART

TEST(PeriodStart, PropertyWalkedByHand) {
    Dice dice(75);
    const WalkedCalendar& calendar = support::usualCalendar();
    for (int trial = 0; trial < 3000; ++trial) {
        const std::size_t period = dice.below(everyPeriod.size());
        const double day = dice.oneIn(2) ? 45300 + dice.count(1500) : 2000 + dice.count(90'000);
        const double shift = dice.count(10) - 5;
        double expected = calendar.startOf(day, period);
        for (double left = shift; left > 0; --left) {
            const long number = calendar.numberOf(expected, period);
            while (calendar.numberOf(expected, period) == number) ++expected;
        }
        for (double left = shift; left < 0; ++left) expected = calendar.startOf(expected - 1, period);
        const double moment = day + (dice.oneIn(2) ? dice.pick(std::vector<double>{0.5, 0.99931}) : 0);
        ASSERT_TRUE(support::gives(support::call("PERIODSTART", {moment, everyPeriod[period].word, shift}), expected))
            << everyPeriod[period].word << ' ' << day << ' ' << shift;
    }
}

// 1904-01-01 is day 1462 of the usual documents, and day 0 of its own.
TEST(PeriodStart, PropertyADocumentMayCountFromAnotherDay) {
    constexpr double later = 1462;
    const NullDate other{std::chrono::year(1904) / 1 / 1};
    Dice dice(77);
    for (int trial = 0; trial < 300; ++trial) {
        const double day = 2000 + dice.count(60'000);
        const auto& period = dice.pick(everyPeriod);
        const Result<Outcome> usual = find("PERIODSTART")->call(std::vector<Argument>{day, period.word});
        const Result<Outcome> shifted = find("PERIODSTART")->call(std::vector<Argument>{day - later, period.word}, other);
        ASSERT_TRUE(usual && shifted);
        EXPECT_EQ(std::get<double>(*shifted), std::get<double>(*usual) - later) << period.word << ' ' << day;
    }
}

TEST(PeriodStart, Refusals) {
    for (const double shift : {0.5, 1e7, -1e300, 150'000.0, -10'000.0})
        EXPECT_TRUE(refuses(support::call("PERIODSTART", {46000.0, "month", shift}), Fault::OutsideDomain)) << shift;
    for (const double day : {20260105.0, -200'000.0})
        EXPECT_TRUE(refuses(support::call("PERIODSTART", {day}), Fault::OutsideDomain));
    EXPECT_TRUE(support::gives(support::call("PERIODSTART", {46000.7}), 45992));
}

}  // namespace
}  // namespace calckpi
