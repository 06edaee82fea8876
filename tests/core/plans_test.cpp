#include "core/kpis/plans.hpp"
#include "tests/core/movements_oracle.hpp"
#include "tests/core/period_oracle.hpp"
#include "tests/support/memory_table.hpp"
#include "tests/support/random.hpp"
#include "tests/support/random_deals.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <set>

namespace calckpi {
namespace {

using support::Dice;
using support::everyPeriod;
using support::gridOf;
using support::MemoryTable;
using support::numberAt;
using support::plainWord;
using support::refuses;
using support::Rows;
using support::sameOutcome;
using support::sameTable;
using support::serialOfIsoDate;
using support::unitByHand;
using support::usualNullDate;
using support::WalkedCalendar;

double date(std::string_view iso) { return serialOfIsoDate(iso).value(); }

enum PlanColumn : std::size_t { Customer, Start, End, Price, Every, Group };
const std::vector<Cell> headers = {"customer", "start", "end", "price", "every", "group"};

TableHandle tableOf(const Rows& rows, std::chrono::sys_days nullDate = usualNullDate) {
    return std::make_shared<const MemoryTable>(rows, nullDate);
}
Result<Outcome> plansOf(const TableHandle& table, const std::vector<Argument>& more = {}) {
    std::vector<Argument> arguments = {table, "customer", "start", "end", "price"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return planFunctions[0].call(arguments);
}

std::optional<double> numberIn(const std::vector<Cell>& row, PlanColumn column) {
    const double* number = std::get_if<double>(&row[column]);
    return number == nullptr ? std::nullopt : std::optional(*number);
}

// Plans whose price is 300 times a whole number, so that their months come out whole.
Rows randomPlans(Dice& dice) {
    static const std::vector<Cell> customers = {"Ana", "ana", "ANA ", "Ben",   "ben\u00A0",       "Cleo",
                                                7.0,   8.0,   "  ",   Blank{}, "0015000000GvAAa", "0015000000GvAAA"};
    static const std::vector<Cell> intervals = {1.0, 3.0, 12.0, "month", "Yearly", "trimestre ", "anuală", Blank{}, " "};
    const double base = dice.pick(std::vector<double>{-20, 44150, 45300});
    const std::size_t span = dice.pick(std::vector<std::size_t>{6, 70, 400});
    Rows rows = {headers};
    for (std::size_t left = dice.below(25); left > 0; --left) {
        const double start = base + dice.count(span);
        rows.push_back({dice.pick(customers), start, start + dice.count(span / 2 + 1), dice.count(10'000) * 0.12,
                        dice.pick(intervals), dice.oneIn(2) ? "A" : "B"});
        std::vector<Cell>& row = rows.back();
        // From now on a time of day in one of them, or in both; an end without one is not before a start on its day.
        if (dice.oneIn(3)) row[Start] = start + dice.share();
        if (dice.oneIn(4)) row[End] = std::get<double>(row[End]) + 1 + dice.share();
        if (dice.oneIn(3)) row[End] = dice.oneIn(3) ? Cell(" ") : Cell(Blank{});
        if (dice.oneIn(10)) row[Start] = Blank{};
        if (dice.oneIn(10)) row[Price] = Blank{};
        if (dice.oneIn(80)) row[Price] = -300.0;
    }
    return rows;
}

double monthsByHand(const std::vector<Cell>& row) {
    static const std::map<std::string, double> words = {{"month", 1}, {"yearly", 12}, {"trimestre", 3}, {"anuală", 12}};
    if (const auto number = numberIn(row, Every)) return *number;
    const std::string word = plainWord(row[Every]);
    return word.empty() ? 1 : words.at(word);
}

// A date without a time of day stands for all of its day.
bool happened(double when, double asOf) { return asOf == std::floor(asOf) ? std::floor(when) <= asOf : when <= asOf; }

// Each period's last day, or the day of `asOf` if that comes first: which plans run on it?
Result<Outcome> plansByHand(const Rows& all, std::string_view group, std::size_t period, std::optional<double> gap,
                            std::optional<double> asOf, const WalkedCalendar& calendar) {
    double clock = -1e9;
    for (const auto& row : all)
        for (const PlanColumn column : {Start, End}) clock = std::max(clock, numberIn(row, column).value_or(-1e9));
    if (asOf) clock = *asOf;
    Rows rows;
    std::set<std::string> customers;
    double first = 1e9;
    for (const auto& row : all) {
        const auto start = numberIn(row, Start);
        if (!start || unitByHand(row[Customer]).empty() || !happened(*start, clock)) continue;
        if (!group.empty() && std::get<std::string>(row[Group]) != group) continue;
        rows.push_back(row);
        customers.insert(unitByHand(row[Customer]));
        first = std::min(first, *start);
    }
    if (rows.empty()) return Fault::NothingToCompute;
    std::map<long, double> lastDays;
    std::map<long, double> starts;
    for (double day = std::floor(first); day <= std::floor(clock); ++day) {
        const long number = calendar.numberOf(day, period);
        lastDays[number] = day;
        if (!starts.contains(number)) starts[number] = calendar.startOf(day, period);
    }
    const auto amountIn = [&](const std::string& customer, long number) {
        const double day = lastDays.at(number);
        double total = 0;
        for (const auto& row : rows) {
            const auto end = numberIn(row, End);
            const bool ended = end && happened(*end, clock) && std::floor(*end) <= day;
            if (unitByHand(row[Customer]) == customer && std::floor(*numberIn(row, Start)) <= day && !ended)
                total += numberIn(row, Price).value_or(0) / monthsByHand(row);
        }
        return std::round(total * 100) / 100;  // amounts are of whole cents a month, whatever the interval
    };
    for (const std::string& customer : customers)
        for (const auto& [number, day] : lastDays)
            if (amountIn(customer, number) < 0) return Fault::OutsideDomain;
    return Outcome(support::movementsOf({customers.begin(), customers.end()}, starts, amountIn, gap));
}

TEST(Plans, PropertyEveryCellAgreesWithTheMonthsByHand) {
    Dice dice(61);
    int refused = 0;
    for (int trial = 0; trial < 600; ++trial) {
        const bool mac = dice.oneIn(3);
        const WalkedCalendar& calendar = mac ? support::macCalendar() : support::usualCalendar();
        const Rows rows = randomPlans(dice);
        const std::size_t period = dice.below(dice.oneIn(2) ? 5 : everyPeriod.size());
        std::optional<double> gap;
        if (dice.oneIn(2)) gap = dice.count(3);
        std::optional<double> asOf;
        if (const auto some = rows.size() > 1 ? numberIn(rows[1], Start) : std::nullopt; some && dice.oneIn(2))
            asOf = (dice.oneIn(2) ? *some : std::floor(*some)) + dice.count(120) + 1;
        if (asOf && *asOf == 0) asOf.reset();
        const std::string group = dice.oneIn(3) ? "A" : "";
        std::vector<Argument> more = {"every", everyPeriod[period].word, gap ? Argument(*gap) : Absent{},
                                      asOf ? Argument(*asOf) : Absent{}, Absent{}};
        if (!group.empty()) more.insert(more.end(), {"group", group});
        const Result<Outcome> got = plansOf(tableOf(rows, mac ? support::macNullDate : usualNullDate), more);
        const Result<Outcome> expected = plansByHand(rows, group, period, gap, asOf, calendar);
        if (expected)
            ASSERT_TRUE(sameOutcome(got, expected)) << "trial " << trial << " by " << everyPeriod[period].word;
        else
            ASSERT_TRUE(refuses(got, expected.failure().fault)) << "trial " << trial;
        refused += expected ? 0 : 1;
    }
    EXPECT_GT(refused, 10);
    EXPECT_LT(refused, 200);
}

// With cents and thirds: start plus movements is still end, and whoever is gone has left nothing.
TEST(Plans, PropertyStartPlusMovementsIsEndAndNothingIsLeft) {
    Dice dice(62);
    for (int trial = 0; trial < 200; ++trial) {
        Rows rows = {headers};
        for (int plan = 0; plan < 30; ++plan) {
            const double start = 46000 + dice.count(200);
            rows.push_back({dice.count(5), start, start + dice.count(100), dice.count(99999) / 100,
                            dice.pick(std::vector<Cell>{1.0, 7.0, 12.0}), Blank{}});
        }
        const OutputGrid grid = gridOf(plansOf(tableOf(rows), {"every", "week", Absent{}, 46400.0, 0.0}));
        for (std::size_t row = 0; row < grid.rows; ++row) {
            double movements = 0;
            for (std::size_t column = 1; column <= 6; ++column) movements += numberAt(grid, row, column);
            ASSERT_NEAR(movements, numberAt(grid, row, 7), 1e-9);
            if (row > 0) {
                ASSERT_EQ(numberAt(grid, row, 1), numberAt(grid, row - 1, 7));
            }
        }
        EXPECT_EQ(numberAt(grid, grid.rows - 1, 7), 0);
        EXPECT_EQ(numberAt(grid, grid.rows - 1, 8), 0);
    }
}

// The customers of the input f11: as invoices the yearly one churns after a month and the one billed every 30 days comes back; as
// plans neither does.
TEST(Plans, ValueYearlyAndThirtyDayPlans) {
    const double january = date("2024-01-01");
    const TableHandle table = tableOf({headers,
                                       {"yr", january, Blank{}, 1200.0, "year", Blank{}},
                                       {"mo", january, Blank{}, 100.0, "month", Blank{}},
                                       {"k", january, Blank{}, 10.0, Blank{}, Blank{}}});
    const OutputGrid grid = gridOf(plansOf(table, {"every", "month", Absent{}, date("2024-03-01"), 0.0}));
    ASSERT_EQ(grid.rows, 3U);
    for (std::size_t row = 0; row < 3; ++row) {
        EXPECT_EQ(numberAt(grid, row, 2), row == 0 ? 210 : 0);
        EXPECT_EQ(numberAt(grid, row, 5), 0) << "churned";
        EXPECT_EQ(numberAt(grid, row, 6), 0) << "reactivated";
        EXPECT_EQ(numberAt(grid, row, 7), 210);
    }
}

OutputCell cellOf(const Rows& rows, std::vector<Argument> more, std::size_t row, std::size_t column) {
    return gridOf(plansOf(tableOf(rows), more)).at(row, column);
}

// One plan that is upgraded, one that starts and ends on a day, one that comes and goes within a month, one that is away over the
// end of a month: by hand, asked for 30 June.
TEST(Plans, ValueByHand) {
    const Rows rows = {headers,
                       {"up", date("2026-01-15"), date("2026-03-01"), 100.0, 1.0, Blank{}},
                       {"up", date("2026-03-01"), Blank{}, 150.0, 1.0, Blank{}},
                       {"up", date("2026-04-01"), date("2026-05-01"), 60.0, 3.0, Blank{}},
                       {"never", date("2026-02-10") + 0.4, date("2026-02-10"), 500.0, 1.0, Blank{}},
                       {"within", date("2026-02-02"), date("2026-02-28"), 500.0, 1.0, Blank{}},
                       {"away", date("2026-01-01"), date("2026-03-31"), 70.0, 1.0, Blank{}},
                       {"away", date("2026-04-01"), Blank{}, 70.0, 1.0, Blank{}}};
    const OutputGrid grid = gridOf(plansOf(tableOf(rows), {"every", "month", Absent{}, date("2026-06-30"), 0.0}));
    const std::vector<std::vector<double>> expected = {{0, 170, 0, 0, 0, 0, 170, 2},    {170, 0, 0, 0, 0, 0, 170, 2},
                                                       {170, 0, 50, 0, -70, 0, 150, 1}, {150, 0, 20, 0, 0, 70, 240, 2},
                                                       {240, 0, 0, -20, 0, 0, 220, 2},  {220, 0, 0, 0, 0, 0, 220, 2}};
    ASSERT_EQ(grid.rows, expected.size());
    for (std::size_t row = 0; row < grid.rows; ++row)
        for (std::size_t column = 0; column < 8; ++column)
            EXPECT_EQ(numberAt(grid, row, column + 1), expected[row][column]) << row << ' ' << column;
}

// A plan runs until the day before its end, and an end that is still to come has not happened.
TEST(Plans, EdgeTheDayOfTheEndAndWhatIsToCome) {
    const auto endOf = [](const char* end, const Argument& asOf, std::size_t month) {
        const Rows rows = {headers,
                           {"a", date("2026-01-01"), date(end), 10.0, 1.0, Blank{}},
                           {"b", date("2026-01-01"), Blank{}, 1.0, 1.0, Blank{}}};
        return cellOf(rows, {1.0, "month", Absent{}, asOf, 0.0}, month, 7);
    };
    EXPECT_EQ(endOf("2026-01-31", Absent{}, 0), OutputCell(1.0)) << "not on the last day any more";
    EXPECT_EQ(endOf("2026-02-01", Absent{}, 0), OutputCell(11.0));
    EXPECT_EQ(endOf("2026-02-01", Absent{}, 1), OutputCell(1.0)) << "the table's clock is the end itself";
    EXPECT_EQ(endOf("2026-02-20", date("2026-02-19"), 1), OutputCell(11.0));
    EXPECT_EQ(endOf("2026-02-20", date("2026-02-20"), 1), OutputCell(1.0));
    const Rows early = {headers, {"a", date("2026-02-01"), Blank{}, 10.0, 1.0, Blank{}}};
    EXPECT_TRUE(refuses(plansOf(tableOf(early), {1.0, "month", Absent{}, date("2026-01-31")}), Fault::NothingToCompute));
}

// The clock is the table's, before the filters: a customer who left is seen to have left.
TEST(Plans, EdgeFiltersDoNotMoveTheClock) {
    const Rows rows = {headers,
                       {"gone", date("2026-01-01"), date("2026-02-01"), 10.0, 1.0, "A"},
                       {"here", date("2026-04-01"), Blank{}, 20.0, 1.0, "B"}};
    const OutputGrid grid = gridOf(plansOf(tableOf(rows), {1.0, "month", Absent{}, Absent{}, 0.0, "group", "A"}));
    ASSERT_EQ(grid.rows, 4U);
    EXPECT_EQ(numberAt(grid, 1, 5), -10);
    EXPECT_EQ(numberAt(grid, 3, 7), 0);
}

// The words that are promised, in three languages, whatever their case; and no others.
TEST(Plans, ValueWordsForIntervals) {
    const std::map<double, std::vector<std::string>> words = {
        {1, {"month", "Monthly", "mois", "mensuel", "MENSUELLE", "lună", "lunar", "lunară"}},
        {3, {"quarter", "quarterly", "trimestre", "trimestriel", "trimestru", "trimestrial"}},
        {6, {"half-year", "semestre", "semestriel", "semestru", "semestrial"}},
        {12, {"year", "Yearly", "annual", "an", "année", "ANNÉE", "annuel", "annuelle", "anual", "anuală", "ani"}}};
    for (const auto& [months, list] : words)
        for (const std::string& word : list) {
            const Rows rows = {headers, {"a", date("2026-01-01"), Blank{}, 1200.0, " " + word, Blank{}}};
            EXPECT_EQ(cellOf(rows, {"every", "month", Absent{}, Absent{}, 0.0}, 0, 7), OutputCell(1200 / months)) << word;
        }
    for (const std::string word : {"week", "fortnight", "12", "12 months", "monthy"}) EXPECT_FALSE(monthsOf(word)) << word;
}

TEST(Plans, RefusalSaysWhichCell) {
    const Rows good = {headers,
                       {"a", date("2026-01-01"), date("2026-03-01"), 10.0, 1.0, Blank{}},
                       {"a", date("2026-01-01"), Blank{}, 10.0, "month", Blank{}}};
    const auto with = [&](std::size_t row, PlanColumn column, Cell cell) {
        Rows rows = good;
        rows[row][column] = std::move(cell);
        const Result<Outcome> result = plansOf(tableOf(rows), {"every"});
        return result ? Failure() : result.failure();
    };
    const auto at = [](Failure failure, std::size_t row, PlanColumn column) {
        return failure.at(static_cast<std::int32_t>(column) + 1, static_cast<std::int32_t>(row) + 1);
    };
    EXPECT_EQ(with(2, Every, "weekly"), at({Fault::NotANumber, Wrong::TextForNumber}, 2, Every));
    EXPECT_EQ(with(1, Every, 0.0), at({Fault::OutsideDomain, Wrong::OutsideBounds}, 1, Every));
    EXPECT_EQ(with(1, End, date("2025-12-31")), at({Fault::OutsideDomain, Wrong::EndBeforeStart}, 1, End));
    EXPECT_EQ(with(1, Price, -11.0), at({Fault::OutsideDomain, Wrong::BelowZero}, 1, Price));
    EXPECT_EQ(with(1, Price, "ten"), at({Fault::NotANumber, Wrong::TextForNumber}, 1, Price));
    EXPECT_EQ(with(2, Start, "soon"), at({Fault::NotANumber, Wrong::TextForDate}, 2, Start));
    for (const Argument& interval : {Argument(-1.0), Argument("no header"), Argument(HUGE_VAL)})
        EXPECT_TRUE(refuses(plansOf(tableOf(good), {interval}), Fault::OutsideDomain));
    EXPECT_TRUE(sameTable(gridOf(plansOf(tableOf(good), {0.0})), gridOf(plansOf(tableOf(good)))))
        << "0 is what an empty cell gives";
    EXPECT_TRUE(refuses(plansOf(tableOf({headers})), Fault::NothingToCompute));
    const Rows far = {headers, {"a", 0.0, Blank{}, 1.0, 1.0, Blank{}}, {"b", 10'000.0, Blank{}, 1.0, 1.0, Blank{}}};
    EXPECT_TRUE(refuses(plansOf(tableOf(far), {1.0, "day"}), Fault::TooLarge));
    EXPECT_EQ(gridOf(plansOf(tableOf(far), {1.0, "day", Absent{}, 9999.0})).rows, 10'001U);
}

}  // namespace
}  // namespace calckpi
