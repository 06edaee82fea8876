#include "core/kpis/cohorts.hpp"
#include "tests/core/movements_oracle.hpp"
#include "tests/core/period_oracle.hpp"
#include "tests/support/memory_table.hpp"
#include "tests/support/random.hpp"
#include "tests/support/random_deals.hpp"
#include "tests/support/tables.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <set>
#include <string>

namespace calckpi {
namespace {

using support::Dice;
using support::everyPeriod;
using support::gridOf;
using support::MemoryTable;
using support::numberAt;
using support::quotient;
using support::refuses;
using support::Rows;
using support::sameOutcome;
using support::sameTable;
using support::serialOfIsoDate;
using support::toGrid;
using support::unitByHand;
using support::usualNullDate;
using support::WalkedCalendar;

double date(std::string_view iso) { return serialOfIsoDate(iso).value(); }

TableHandle tableOf(const Rows& rows, std::chrono::sys_days nullDate = usualNullDate) {
    return std::make_shared<const MemoryTable>(rows, nullDate);
}

Result<Outcome> callOf(std::string_view name, const std::vector<Argument>& arguments) {
    for (const Function& function : cohortFunctions)
        if (function.name() == name) return function.call(arguments);
    throw std::invalid_argument("no such function");
}

std::vector<Argument> with(const TableHandle& table, std::vector<Argument> columns, const std::vector<Argument>& more) {
    columns.insert(columns.begin(), table);
    columns.insert(columns.end(), more.begin(), more.end());
    return columns;
}
Result<Outcome> cohortsOf(const TableHandle& table, const std::vector<Argument>& more = {}) {
    return callOf("COHORTS", with(table, {"customer", "when"}, more));
}
Result<Outcome> movementsOf(const TableHandle& table, const std::vector<Argument>& more = {}) {
    return callOf("MRRMOVEMENTS", with(table, {"customer", "when", "amount"}, more));
}
Result<Outcome> rfmOf(const TableHandle& table, const std::vector<Argument>& more = {}) {
    return callOf("RFM", with(table, {"customer", "when", "amount"}, more));
}

// Random invoices, as messy as real exports.
enum InvoiceColumn : std::size_t { Customer, When, Money, Group };

struct Document {
    const WalkedCalendar& calendar;
    std::chrono::sys_days nullDate;
};
Document randomDocument(Dice& dice) {
    if (dice.oneIn(3)) return {support::macCalendar(), support::macNullDate};
    return {support::usualCalendar(), usualNullDate};
}

// As usual as not.
std::size_t randomPeriod(Dice& dice) { return dice.below(dice.oneIn(2) ? 5 : everyPeriod.size()); }

Rows randomInvoices(Dice& dice, bool negative) {
    static const std::vector<Cell> customers = {"Ana",
                                                "ana",
                                                "ANA ",
                                                " Ana",
                                                "Ben",
                                                "BEN\u00A0",
                                                "ben",
                                                "Cleo",
                                                "Dan",
                                                "Eva",
                                                7.0,
                                                "7",
                                                12.0,
                                                "  ",
                                                Blank{},
                                                "0015000000GvAAa",
                                                "0015000000GvAAA"};
    // Around the first day of the document, the end of a leap year, the 53rd week of 2026 and long before 1900.
    const double base = dice.pick(std::vector<double>{-60000, -20, 44150, 46375});
    const std::size_t span = dice.pick(std::vector<std::size_t>{6, 40, 200, 900});
    Rows rows = {{"customer", "when", "amount", "group"}};
    for (std::size_t left = dice.below(40); left > 0; --left) {
        rows.push_back({dice.pick(customers), base + dice.count(span),
                        dice.count(6) * 25 + (dice.oneIn(2) ? dice.count(99) / 100 : 0), dice.oneIn(2) ? "A" : "B"});
        if (dice.oneIn(3)) rows.back()[When] = std::get<double>(rows.back()[When]) + dice.share();
        // Refunds, some of them of all that another row brought.
        if (negative && dice.oneIn(4)) rows.back()[Money] = -dice.count(12'500) / 100;
        if (const double* other = std::get_if<double>(&rows[dice.below(rows.size())][Money]);
            negative && other != nullptr && dice.oneIn(6))
            rows.back()[Money] = -*other;
        if (dice.oneIn(8)) rows.back()[When] = dice.oneIn(2) ? Cell(" ") : Cell(Blank{});
        if (dice.oneIn(8)) rows.back()[Money] = dice.oneIn(2) ? Cell(" ") : Cell(Blank{});
        if (dice.oneIn(4) && rows.size() > 2) rows.push_back(dice.pick(Rows(rows.begin() + 1, rows.end())));
    }
    return rows;
}

Rows shuffled(Dice& dice, const Rows& rows) {
    Rows body(rows.begin() + 1, rows.end());
    dice.shuffle(body);
    body.insert(body.begin(), rows.front());
    return body;
}

const double* numberIn(const std::vector<Cell>& row, InvoiceColumn column) { return std::get_if<double>(&row[column]); }
bool counts(const std::vector<Cell>& row) { return !unitByHand(row[Customer]).empty() && numberIn(row, When) != nullptr; }

// What each customer paid in each period, as one would note it by hand.
struct Ledger {
    std::map<std::string, std::map<long, double>> paid;
    std::map<std::string, std::set<long>> purchases;  // the periods with a row above 0, or with any row without amounts
    std::map<long, double> starts;                    // of the periods from the first to the last
    long first = 0;
    long last = 0;

    Ledger(const Rows& rows, std::size_t period, const WalkedCalendar& calendar, bool withAmounts = true) {
        double earliest = 0;
        double latest = -1e9;  // of all rows, with a customer or without
        for (const auto& row : rows) {
            if (&row == &rows.front() || numberIn(row, When) == nullptr) continue;
            const double when = *numberIn(row, When);
            latest = std::max(latest, when);
            if (!counts(row)) continue;
            earliest = paid.empty() ? when : std::min(earliest, when);
            const double* amount = numberIn(row, Money);
            double& sum = paid[unitByHand(row[Customer])][calendar.numberOf(when, period)];
            sum = std::round((sum + (amount == nullptr ? 0 : *amount)) * 100) / 100;  // in cents
            if (!withAmounts || (amount != nullptr && *amount > 0))
                purchases[unitByHand(row[Customer])].insert(calendar.numberOf(when, period));
        }
        if (paid.empty()) return;
        first = calendar.numberOf(earliest, period);
        last = calendar.numberOf(latest, period);
        for (double day = std::floor(earliest); day <= latest; ++day)
            if (!starts.contains(calendar.numberOf(day, period)))
                starts[calendar.numberOf(day, period)] = calendar.startOf(day, period);
    }
    double amount(const std::string& customer, long period) const {
        const auto& of = paid.at(customer);
        return of.contains(period) ? of.at(period) : 0;
    }
    bool bought(const std::string& customer, long period) const { return purchases.at(customer).contains(period); }
};

constexpr std::array<const char*, 4> measures = {"customers", "retention", "revenue", "revenue retention"};

// A cell of the cohort table, from those customers that are old enough for it: their first purchases lie in `from` to `until`.
OutputCell cohortCellByHand(const Ledger& ledger, const std::map<std::string, long>& firstBought, std::string_view measure,
                            long from, long until, long since) {
    double customers = 0, active = 0, revenue = 0, firstRevenue = 0;
    for (const auto& [customer, first] : firstBought) {
        if (first < from || first > until) continue;
        customers += 1;
        active += ledger.bought(customer, first + since) ? 1 : 0;
        revenue += ledger.amount(customer, first + since);
        firstRevenue += ledger.amount(customer, first);
    }
    if (measure == "customers") return active;
    if (measure == "revenue") return revenue;
    return measure == "retention" ? quotient(active, customers) : quotient(revenue, firstRevenue);
}

Result<Outcome> cohortsByHand(const Rows& rows, std::size_t period, std::string_view measure, bool withAmounts,
                              const WalkedCalendar& calendar) {
    const Ledger ledger(rows, period, calendar, withAmounts);
    std::map<std::string, long> firstBought;
    for (const auto& [customer, bought] : ledger.purchases) firstBought[customer] = *bought.begin();
    if (firstBought.empty()) return Fault::NothingToCompute;
    std::vector<std::vector<OutputCell>> table = {{"cohort", "customers"}};
    const auto sizeOf = [&](long from, long until) {
        return static_cast<double>(std::count_if(firstBought.begin(), firstBought.end(),
                                                 [&](const auto& each) { return each.second >= from && each.second <= until; }));
    };
    const auto addRow = [&](OutputCell name, long from, long until) {
        table.push_back({std::move(name), sizeOf(from, until)});
        for (long since = 0; from + since <= ledger.last; ++since)
            table.back().push_back(
                cohortCellByHand(ledger, firstBought, measure, from, std::min(until, ledger.last - since), since));
    };
    long oldest = ledger.last;
    for (const auto& [customer, first] : firstBought) oldest = std::min(oldest, first);
    addRow("All", oldest, ledger.last);
    for (long first = oldest; first <= ledger.last; ++first)
        if (sizeOf(first, first) > 0) addRow(ledger.starts.at(first), first, first);
    for (long since = 0; oldest + since <= ledger.last; ++since) table.front().push_back(std::to_string(since));
    return Outcome(toGrid(table));
}

Result<Outcome> movementsByHand(const Rows& rows, std::size_t period, std::optional<double> gap, const WalkedCalendar& calendar) {
    const Ledger ledger(rows, period, calendar);
    if (ledger.paid.empty()) return Fault::NothingToCompute;
    for (const auto& [customer, paid] : ledger.paid)
        for (const auto& [number, amount] : paid)
            if (amount < 0) return Fault::OutsideDomain;
    std::vector<std::string> customers;
    for (const auto& [customer, paid] : ledger.paid) customers.push_back(customer);
    const auto amountIn = [&](const std::string& customer, long number) { return ledger.amount(customer, number); };
    return Outcome(support::movementsOf(customers, ledger.starts, amountIn, gap));
}

// A date without a time of day stands for its whole day.
bool happenedAsOf(double when, double asOf) { return asOf == std::floor(asOf) ? std::floor(when) <= asOf : when <= asOf; }

Result<Outcome> rfmByHand(const Rows& rows, std::size_t period, std::optional<double> asOf, const WalkedCalendar& calendar) {
    Rows seen = {rows.front()};
    for (const auto& row : rows)
        if (&row != &rows.front() && counts(row) && (!asOf || happenedAsOf(*numberIn(row, When), *asOf))) seen.push_back(row);
    const Ledger ledger(seen, period, calendar);
    if (ledger.paid.empty()) return Fault::NothingToCompute;
    const long now = asOf ? calendar.numberOf(*asOf, period) : Ledger(rows, period, calendar).last;
    std::vector<std::vector<OutputCell>> table = {{"customer", "repeats", "recency", "age", "mean repeat value"}};
    // A map sorts lower-case words by code points, as the table in memory does; customers that are numbers come before them.
    std::map<double, std::vector<OutputCell>> numbered;
    for (const auto& [customer, all] : ledger.paid) {
        bool isNumber = true;         // in all of its cells
        std::map<long, double> paid;  // only what was bought
        for (const auto& [number, amount] : all)
            if (amount > 0) paid[number] = amount;
        if (paid.empty()) continue;
        // The usual spelling: counted over all rows, without the blanks around it.
        std::map<std::string, int> spellings;
        for (const auto& row : rows) {
            if (&row == &rows.front() || unitByHand(row[Customer]) != customer) continue;
            std::string name = std::holds_alternative<double>(row[Customer]) ? customer : std::get<std::string>(row[Customer]);
            for (const std::string blank : {" ", "\u00A0"})
                for (std::size_t at = name.find(blank); at != std::string::npos; at = name.find(blank))
                    name.erase(at, blank.size());
            ++spellings[name];
            isNumber = isNumber && std::holds_alternative<double>(row[Customer]);
        }
        const auto usual =
            std::max_element(spellings.begin(), spellings.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
        const double repeats = static_cast<double>(paid.size()) - 1;
        double total = 0;
        for (const auto& [number, amount] : paid)
            if (number != paid.begin()->first) total += amount;
        const OutputCell name = isNumber ? OutputCell(std::stod(customer)) : OutputCell(usual->first);
        std::vector<OutputCell> line = {name, repeats, static_cast<double>(paid.rbegin()->first - paid.begin()->first),
                                        static_cast<double>(now - paid.begin()->first),
                                        repeats == 0 ? OutputCell(Failure(Fault::NothingToCompute)) : OutputCell(total / repeats)};
        if (isNumber)
            numbered[std::stod(customer)] = std::move(line);
        else
            table.push_back(std::move(line));
    }
    std::vector<std::vector<OutputCell>> first;
    for (auto& [number, line] : numbered) first.push_back(std::move(line));
    table.insert(table.begin() + 1, first.begin(), first.end());
    if (table.size() == 1) return Fault::NothingToCompute;
    return Outcome(toGrid(table));
}

constexpr int trials = 1500;

TEST(Cohorts, PropertyEveryCellAgreesWithTheTableByHand) {
    Dice dice(41);
    for (int trial = 0; trial < trials; ++trial) {
        const Document document = randomDocument(dice);
        const Rows rows = randomInvoices(dice, true);
        const std::size_t period = randomPeriod(dice);
        const std::string measure = dice.pick(std::vector<std::string>(measures.begin(), measures.end()));
        const bool withAmounts = measure.starts_with("revenue") || dice.oneIn(2);
        const Argument amount = withAmounts ? Argument("amount") : Absent{};
        ASSERT_TRUE(sameOutcome(cohortsOf(tableOf(rows, document.nullDate), {everyPeriod[period].word, measure, amount}),
                                cohortsByHand(rows, period, measure, withAmounts, document.calendar)))
            << "trial " << trial << ", " << measure << " by " << everyPeriod[period].word;
    }
}

TEST(Movements, PropertyEveryCellAgreesWithTheTableByHand) {
    Dice dice(42);
    for (int trial = 0; trial < trials; ++trial) {
        const Document document = randomDocument(dice);
        const Rows rows = randomInvoices(dice, dice.oneIn(6));
        const std::size_t period = randomPeriod(dice);
        std::optional<double> gap;
        if (!dice.oneIn(3)) gap = dice.count(4) + (dice.oneIn(4) ? 0.5 : 0);
        ASSERT_TRUE(
            sameOutcome(movementsOf(tableOf(rows, document.nullDate), {everyPeriod[period].word, gap ? Argument(*gap) : Absent{}}),
                        movementsByHand(rows, period, gap, document.calendar)))
            << "trial " << trial << " by " << everyPeriod[period].word;
    }
}

TEST(Rfm, PropertyEveryCellAgreesWithTheTableByHand) {
    Dice dice(43);
    for (int trial = 0; trial < trials; ++trial) {
        const Document document = randomDocument(dice);
        const Rows rows = randomInvoices(dice, true);
        const std::size_t unit = randomPeriod(dice);
        std::optional<double> asOf;
        if (const double* some = rows.size() > 1 ? numberIn(rows[1 + dice.below(rows.size() - 1)], When) : nullptr;
            some && dice.oneIn(2))
            asOf = (dice.oneIn(2) ? *some : std::floor(*some)) + dice.count(dice.oneIn(2) ? 300 : 3) - (dice.oneIn(2) ? 100 : 1);
        const Argument argument = asOf ? Argument(*asOf) : dice.oneIn(2) ? Argument(0.0) : Argument(Absent{});
        if (asOf && *asOf == 0) asOf.reset();
        ASSERT_TRUE(sameOutcome(rfmOf(tableOf(rows, document.nullDate), {everyPeriod[unit].word, argument}),
                                rfmByHand(rows, unit, asOf, document.calendar)))
            << "trial " << trial << " by " << everyPeriod[unit].word;
    }
}

TEST(Cohorts, PropertyTheOrderOfTheRowsDoesNotMatter) {
    Dice dice(44);
    for (int trial = 0; trial < 300; ++trial) {
        const Rows rows = randomInvoices(dice, trial % 2 == 0);
        const TableHandle one = tableOf(rows);
        const TableHandle other = tableOf(shuffled(dice, rows));
        const std::string period = everyPeriod[randomPeriod(dice)].word;
        for (const std::string measure : measures)
            ASSERT_TRUE(sameOutcome(cohortsOf(one, {period, measure, "amount"}), cohortsOf(other, {period, measure, "amount"})))
                << trial;
        ASSERT_TRUE(sameOutcome(movementsOf(one, {period, 2.0}), movementsOf(other, {period, 2.0}))) << trial;
        ASSERT_TRUE(sameOutcome(rfmOf(one, {period}), rfmOf(other, {period}))) << trial;
    }
}

TEST(Cohorts, PropertyColumnsSumUpAndTheTriangleHolds) {
    Dice dice(45);
    for (int trial = 0; trial < 300; ++trial) {
        const Rows rows = randomInvoices(dice, true);
        std::set<std::string> customers;
        for (std::size_t row = 1; row < rows.size(); ++row)
            if (counts(rows[row])) customers.insert(unitByHand(rows[row][Customer]));
        if (customers.empty()) continue;
        const std::size_t period = randomPeriod(dice);
        const OutputGrid grid = gridOf(cohortsOf(tableOf(rows), {everyPeriod[period].word}));
        EXPECT_EQ(grid.at(1, 0), OutputCell("All"));
        double total = 0;
        for (std::size_t row = 1; row < grid.rows; ++row) {
            if (row > 1) total += numberAt(grid, row, 1);
            EXPECT_EQ(numberAt(grid, row, 2), 1) << "all buy in period 0";
            bool over = false;
            for (std::size_t column = 2; column < grid.columns; ++column) {
                const bool blank = std::holds_alternative<Blank>(grid.at(row, column));
                EXPECT_TRUE(blank || !over) << "a cell after the last period";
                over = blank;
                if (!blank) {
                    EXPECT_LE(numberAt(grid, row, column), 1);
                }
            }
        }
        EXPECT_EQ(total, static_cast<double>(customers.size()));
        EXPECT_EQ(total, numberAt(grid, 1, 1));
        // The first cohort is seen in every period, each later one in as many fewer as it came later.
        EXPECT_FALSE(std::holds_alternative<Blank>(grid.at(2, grid.columns - 1)));
        for (std::size_t row = 3; row < grid.rows; ++row) {
            const long later = support::usualCalendar().numberOf(numberAt(grid, row, 0), period) -
                               support::usualCalendar().numberOf(numberAt(grid, 2, 0), period);
            const std::size_t seen = grid.columns - static_cast<std::size_t>(later);
            EXPECT_FALSE(std::holds_alternative<Blank>(grid.at(row, seen - 1)));
            EXPECT_TRUE(std::holds_alternative<Blank>(grid.at(row, seen)));
        }
    }
}

// Amounts with cents, whose sums are rounded: start plus movements is still end, in every period and over a split of the customers.
TEST(Movements, PropertyStartPlusMovementsIsEndAndSplitsAddUp) {
    Dice dice(46);
    for (int trial = 0; trial < 300; ++trial) {
        Rows rows = {{"customer", "when", "amount", "group"}};
        for (const std::string group : {"A", "B"}) {
            // One customer of each group pays on the first and the last day, so that both tables have all periods.
            for (const char* when : {"2025-01-01", "2025-12-31"}) rows.push_back({"anchor " + group, date(when), 10.1, group});
            for (std::size_t left = dice.below(40); left > 0; --left)
                rows.push_back(
                    {group + std::to_string(dice.below(6)), date("2025-01-01") + dice.count(364), dice.count(5000) / 100, group});
        }
        const TableHandle table = tableOf(rows);
        const std::string period = dice.pick(std::vector<std::string>{"week", "month", "quarter"});
        const Argument gap = dice.oneIn(2) ? Argument(Absent{}) : Argument(dice.count(3));
        const OutputGrid all = gridOf(movementsOf(table, {period, gap}));
        const OutputGrid a = gridOf(movementsOf(table, {period, gap, Absent{}, "group", "A"}));
        const OutputGrid b = gridOf(movementsOf(table, {period, gap, Absent{}, "group", "B"}));
        ASSERT_EQ(all.rows, a.rows);
        ASSERT_EQ(all.rows, b.rows);
        double before = 0;
        for (std::size_t row = 1; row < all.rows; ++row) {
            EXPECT_NEAR(numberAt(all, row, 1), before, 1e-9);
            double movements = 0;
            for (std::size_t column = 1; column <= 6; ++column) movements += numberAt(all, row, column);
            EXPECT_NEAR(movements, numberAt(all, row, 7), 1e-9) << "row " << row;
            before = numberAt(all, row, 7);
            EXPECT_EQ(numberAt(all, row, 0), numberAt(a, row, 0));
            for (std::size_t column = 1; column <= 8; ++column)
                EXPECT_NEAR(numberAt(a, row, column) + numberAt(b, row, column), numberAt(all, row, column), 1e-9) << "row " << row;
        }
    }
}

TEST(Movements, PropertyCustomersAreNewOnceWithoutAGap) {
    Dice dice(47);
    for (int trial = 0; trial < 300; ++trial) {
        const Rows rows = randomInvoices(dice, false);
        const std::size_t period = randomPeriod(dice);
        const Ledger ledger(rows, period, support::usualCalendar());
        if (ledger.paid.empty()) continue;
        double first = 0;
        for (const auto& [customer, paid] : ledger.paid)
            for (const auto& [number, amount] : paid)
                if (amount > 0) {
                    first += amount;
                    break;
                }
        double added = 0;
        const OutputGrid grid = gridOf(movementsOf(tableOf(rows), {everyPeriod[period].word}));
        for (std::size_t row = 1; row < grid.rows; ++row) added += numberAt(grid, row, 2);
        EXPECT_NEAR(added, first, 1e-6);
    }
}

// One customer: 100 in January, nothing in February and March, 80 in April. A gap of 0 is what an empty cell gives: none.
TEST(Movements, EdgeReactivationGap) {
    const TableHandle table =
        tableOf({{"customer", "when", "amount"}, {"Ana", date("2026-04-30"), 80.0}, {"ana", date("2026-01-31"), 100.0}});
    for (const auto& [gap, back] : std::vector<std::pair<Argument, bool>>{
             {Absent{}, true}, {0.0, true}, {0.5, false}, {1.0, false}, {1.5, false}, {2.0, true}, {3.0, true}}) {
        const OutputGrid grid = gridOf(movementsOf(table, {"month", gap}));
        ASSERT_EQ(grid.rows, 5U);
        EXPECT_EQ(numberAt(grid, 4, 6), back ? 80 : 0);
        EXPECT_EQ(numberAt(grid, 4, 2), back ? 0 : 80);
        EXPECT_EQ(numberAt(grid, 2, 5), -100);
        EXPECT_EQ(numberAt(grid, 3, 5), 0) << "churned once";
    }
    EXPECT_TRUE(refuses(movementsOf(table, {"month", -1.0}), Fault::OutsideDomain));
}

// An absence may be rows of 0 as well as no rows; a customer with nothing but 0 is none.
TEST(Movements, EdgeRowsOfZeroAreAbsence) {
    const TableHandle table = tableOf({{"customer", "when", "amount"},
                                       {"Ana", date("2026-01-01"), 0.0},
                                       {"Ana", date("2026-02-01"), 50.0},
                                       {"Ana", date("2026-03-01"), 0.0},
                                       {"Ana", date("2026-04-01"), 50.0},
                                       {"Ben", date("2026-02-01"), 0.0}});
    const OutputGrid grid = gridOf(movementsOf(table, {Absent{}, Absent{}, 0.0}));
    const OutputGrid expected = toGrid({
        {date("2026-01-01"), 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, Failure(Fault::DivideByZero), Failure(Fault::DivideByZero),
         Failure(Fault::DivideByZero), Failure(Fault::DivideByZero), Failure(Fault::DivideByZero)},
        {date("2026-02-01"), 0.0, 50.0, 0.0, 0.0, 0.0, 0.0, 50.0, 1.0, Failure(Fault::DivideByZero), Failure(Fault::DivideByZero),
         Failure(Fault::DivideByZero), Failure(Fault::DivideByZero), Failure(Fault::DivideByZero)},
        {date("2026-03-01"), 50.0, 0.0, 0.0, 0.0, -50.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0},
        {date("2026-04-01"), 0.0, 0.0, 0.0, 0.0, 0.0, 50.0, 50.0, 1.0, Failure(Fault::DivideByZero), Failure(Fault::DivideByZero),
         Failure(Fault::DivideByZero), Failure(Fault::DivideByZero), Failure(Fault::DivideByZero)},
    });
    EXPECT_TRUE(sameTable(grid, expected));
}

// 0.3 - 0.1 - 0.2 is -5.5e-17 in floating point, and 0.1 + 0.2 is not 0.3: neither is a debt, a payment or an expansion.
TEST(Movements, EdgeRoundingIsNoMovement) {
    const TableHandle table = tableOf({{"customer", "when", "amount"},
                                       {"Ana", date("2026-01-01"), 0.1},
                                       {"Ana", date("2026-01-02"), 0.2},
                                       {"Ana", date("2026-02-01"), 0.3},
                                       {"Ana", date("2026-03-01"), 0.3},
                                       {"Ana", date("2026-03-02"), -0.1},
                                       {"Ana", date("2026-03-03"), -0.2}});
    const OutputGrid grid = gridOf(movementsOf(table));
    EXPECT_EQ(numberAt(grid, 2, 3), 0);
    EXPECT_EQ(numberAt(grid, 2, 4), 0);
    EXPECT_EQ(grid.at(2, 13), OutputCell(Failure(Fault::DivideByZero)));
    EXPECT_EQ(numberAt(grid, 3, 5), -0.3);
    EXPECT_EQ(numberAt(grid, 3, 7), 0);
    EXPECT_EQ(numberAt(grid, 3, 8), 0);
}

// Many customers with cents come one after another and leave one after another: nothing is left, and nothing is not 1e-16.
TEST(Movements, EdgeWhenAllHaveLeftNothingIsLeft) {
    Dice dice(48);
    for (int trial = 0; trial < 100; ++trial) {
        Rows rows = {{"customer", "when", "amount"}, {"free", date("2026-01-01"), 0.0}, {"free", date("2026-12-31"), 0.0}};
        for (int customer = 0; customer < 20; ++customer) {
            const double amount = dice.count(999) / 100 + 0.01;
            const double from = 46023 + dice.count(60);
            const double stay = dice.count(5);
            for (double paid = 0; paid <= stay; ++paid) rows.push_back({"c" + std::to_string(customer), from + 7 * paid, amount});
        }
        const OutputGrid grid = gridOf(movementsOf(tableOf(rows), {"week"}));
        for (std::size_t row = 1; row < grid.rows; ++row) {
            const bool noStart = numberAt(grid, row, 1) == 0;
            if (numberAt(grid, row, 8) == 0) {
                EXPECT_EQ(numberAt(grid, row, 7), 0);
            }
            for (std::size_t column = 9; column <= 12; ++column) {
                ASSERT_EQ(std::holds_alternative<double>(grid.at(row, column)), !noStart) << "row " << row << ", column " << column;
                if (!noStart && column == 9) {
                    EXPECT_GE(numberAt(grid, row, column), 0);
                    EXPECT_LE(numberAt(grid, row, column), 1);
                }
            }
        }
        EXPECT_EQ(numberAt(grid, grid.rows - 1, 7), 0);
    }
}

// A sum that is too large for a number is said to be, and is neither an infinity nor the 0 of "nothing beside it". Found by
// fuzzing.
TEST(Movements, EdgeAmountsTooLargeTogether) {
    const OutputCell tooLarge = Failure(Fault::NotFinite);
    const Rows two = {{"customer", "when", "amount"},
                      {"Ana", date("2026-01-01"), 1e308},
                      {"Ben", date("2026-01-01"), 1e308},
                      {"Ana", date("2026-02-01"), 1e308}};
    const OutputGrid apart = gridOf(movementsOf(tableOf(two), {"month"}));
    EXPECT_EQ(apart.at(1, 2), tooLarge) << "new of January";
    EXPECT_EQ(apart.at(1, 7), tooLarge) << "its end";
    EXPECT_EQ(apart.at(2, 1), tooLarge) << "start of February";
    EXPECT_EQ(apart.at(2, 5), OutputCell(-1e308)) << "Ben, who left";
    EXPECT_EQ(apart.at(2, 7), OutputCell(1e308));
    EXPECT_EQ(apart.at(2, 9), tooLarge) << "GRR of a start that is no number";

    const Rows twice = {{"customer", "when", "amount"}, {"Ana", date("2026-01-01"), 1e308}, {"Ana", date("2026-01-02"), 1e308}};
    const OutputGrid together = gridOf(movementsOf(tableOf(twice), {"month"}));
    EXPECT_EQ(together.at(1, 2), tooLarge);
    EXPECT_EQ(together.at(1, 7), tooLarge);
    EXPECT_EQ(together.at(1, 8), OutputCell(1.0)) << "customers";
}

// A subscription business by hand, in the terms of ChartMogul's "MRR movements": new business, expansion, contraction, churn,
// reactivation. February: Ana grows by 50, Ben shrinks by 40, Cleo leaves, Dan comes: 100 + 80 + 60 + (200 + 50 - 40 - 60) = 390.
TEST(Movements, ValueSubscriptionsByHand) {
    const TableHandle table = tableOf({{"customer", "when", "amount"},
                                       {"Ana", date("2026-01-03"), 100.0},
                                       {"Ben", date("2026-01-05"), 80.0},
                                       {"Cleo", date("2026-01-31"), 60.0},
                                       {"ana", date("2026-02-03"), 100.0},
                                       {"Ana", date("2026-02-20"), 50.0},
                                       {"Ben", date("2026-02-05"), 40.0},
                                       {"Dan", date("2026-02-28"), 200.0},
                                       {"Ana", date("2026-03-03"), 150.0},
                                       {"Ben", date("2026-03-05"), 40.0},
                                       {"Cleo", date("2026-03-01"), 70.0},
                                       {"Dan", date("2026-03-28"), 200.0}});
    const OutputGrid grid = gridOf(movementsOf(table, {"month", Absent{}, 0.0}));
    const OutputGrid expected = toGrid({
        {date("2026-01-01"), 0.0, 240.0, 0.0, 0.0, 0.0, 0.0, 240.0, 3.0, Failure(Fault::DivideByZero), Failure(Fault::DivideByZero),
         Failure(Fault::DivideByZero), Failure(Fault::DivideByZero), Failure(Fault::DivideByZero)},
        {date("2026-02-01"), 240.0, 200.0, 50.0, -40.0, -60.0, 0.0, 390.0, 3.0, 140.0 / 240, 190.0 / 240, 100.0 / 240, 50.0 / 240,
         2.5},
        {date("2026-03-01"), 390.0, 0.0, 0.0, 0.0, 0.0, 70.0, 460.0, 4.0, 1.0, 1.0, 0.0, -70.0 / 390, Failure(Fault::DivideByZero)},
    });
    EXPECT_TRUE(sameTable(grid, expected));
}

// Two cohorts by hand: Ana and Ben come in January, Cleo in March.
TEST(Cohorts, ValueTwoCohortsByHand) {
    const TableHandle table = tableOf({{"customer", "when", "amount"},
                                       {"Cleo", date("2026-03-31"), 30.0},
                                       {"ANA", date("2026-03-01"), 50.0},
                                       {"Ana", date("2026-01-01"), 100.0},
                                       {"Ben", date("2026-01-31"), 60.0},
                                       {"Ben", date("2026-01-31"), 40.0},
                                       {"Ben", date("2026-02-28"), 20.0}});
    const double january = date("2026-01-01");
    const double march = date("2026-03-01");
    const auto body = [&](const char* measure) { return gridOf(cohortsOf(table, {"month", measure, "amount", 0.0})); };
    const auto shows = [&](const char* measure, const std::vector<std::vector<OutputCell>>& rows) {
        return sameTable(body(measure), toGrid(rows));
    };
    EXPECT_TRUE(shows("customers", {{"All", 3.0, 3.0, 1.0, 1.0}, {january, 2.0, 2.0, 1.0, 1.0}, {march, 1.0, 1.0}}));
    EXPECT_TRUE(shows("retention", {{"All", 3.0, 1.0, 0.5, 0.5}, {january, 2.0, 1.0, 0.5, 0.5}, {march, 1.0, 1.0}}));
    EXPECT_TRUE(shows("revenue", {{"All", 3.0, 230.0, 20.0, 50.0}, {january, 2.0, 200.0, 20.0, 50.0}, {march, 1.0, 30.0}}));
    EXPECT_TRUE(shows("revenue retention", {{"All", 3.0, 1.0, 0.1, 0.25}, {january, 2.0, 1.0, 0.1, 0.25}, {march, 1.0, 1.0}}));
    EXPECT_TRUE(sameTable(gridOf(cohortsOf(table)), toGrid({{"cohort", "customers", "0", "1", "2"},
                                                            {"All", 3.0, 1.0, 0.5, 0.5},
                                                            {january, 2.0, 1.0, 0.5, 0.5},
                                                            {march, 1.0, 1.0}})));
}

// "All" by hand: of a large cohort half is back after a month and a tenth after two, of a small one all after a month. The month
// after is seen of both, 100 of 200 and 20 of 20: 120/220, not the mean of the two shares; the second of the large one alone.
TEST(Cohorts, ValueAllIsWeightedAndOfThoseOldEnough) {
    Rows rows = {{"customer", "when", "amount"}};
    const auto buy = [&](double customers, double from, const char* when, double amount) {
        for (double customer = from; customer < from + customers; ++customer) rows.push_back({customer, date(when), amount});
    };
    buy(200, 0, "2026-01-10", 1);
    buy(100, 0, "2026-02-10", 2);
    buy(20, 0, "2026-03-10", 3);
    buy(20, 1000, "2026-02-01", 10);
    buy(20, 1000, "2026-03-01", 5);
    const auto all = [&](const char* measure) {
        const OutputGrid grid = gridOf(cohortsOf(tableOf(rows), {"month", measure, "amount", 0.0}));
        return std::vector<OutputCell>(grid.cells.begin(), grid.cells.begin() + static_cast<std::ptrdiff_t>(grid.columns));
    };
    EXPECT_EQ(all("customers"), (std::vector<OutputCell>{"All", 220.0, 220.0, 120.0, 20.0}));
    EXPECT_EQ(all("retention"), (std::vector<OutputCell>{"All", 220.0, 1.0, 120.0 / 220, 20.0 / 200}));
    EXPECT_EQ(all("revenue"), (std::vector<OutputCell>{"All", 220.0, 400.0, 300.0, 60.0}));
    EXPECT_EQ(all("revenue retention"), (std::vector<OutputCell>{"All", 220.0, 1.0, 300.0 / 400, 60.0 / 200}));
}

// A refund, a free trial and a row without an amount make nobody active. What came before the first purchase belongs to no cohort;
// what else came in its month does. "later" buys in February what it was given in January; "never" only hands back.
TEST(Cohorts, ValueRefundsAreNoPurchases) {
    const Rows rows = {
        {"customer", "when", "amount"},       {"kept", date("2026-01-05"), 100.0},    {"kept", date("2026-02-05"), 100.0},
        {"kept", date("2026-02-09"), -30.0},  {"refunded", date("2026-01-03"), 50.0}, {"refunded", date("2026-02-02"), -50.0},
        {"later", date("2026-01-20"), 0.0},   {"later", date("2026-01-21"), -5.0},    {"later", date("2026-02-01"), -7.0},
        {"later", date("2026-02-03"), 40.0},  {"unknown", date("2026-01-07"), 8.0},   {"unknown", date("2026-02-07"), Blank{}},
        {"never", date("2026-01-08"), -20.0}, {"never", date("2026-03-08"), 0.0}};
    const double january = date("2026-01-01");
    const double february = date("2026-02-01");
    const auto body = [&](const char* measure, const Argument& amount) {
        return gridOf(cohortsOf(tableOf(rows), {"month", measure, amount, 0.0}));
    };
    EXPECT_TRUE(sameTable(body("customers", "amount"),
                          toGrid({{"All", 4.0, 4.0, 1.0, 0.0}, {january, 3.0, 3.0, 1.0, 0.0}, {february, 1.0, 1.0, 0.0}})));
    EXPECT_TRUE(sameTable(body("retention", "amount"),
                          toGrid({{"All", 4.0, 1.0, 0.25, 0.0}, {january, 3.0, 1.0, 1.0 / 3, 0.0}, {february, 1.0, 1.0, 0.0}})));
    EXPECT_TRUE(sameTable(body("revenue", "amount"),
                          toGrid({{"All", 4.0, 191.0, 20.0, 0.0}, {january, 3.0, 158.0, 20.0, 0.0}, {february, 1.0, 33.0, 0.0}})));
    // Without amounts every row is a visit.
    EXPECT_TRUE(sameTable(body("customers", Absent{}), toGrid({{"All", 5.0, 5.0, 4.0, 1.0}, {january, 5.0, 5.0, 4.0, 1.0}})));
    const Rows nothing = {rows.front(), {"never", date("2026-01-08"), -20.0}, {"free", date("2026-01-08"), 0.0}};
    EXPECT_TRUE(refuses(cohortsOf(tableOf(nothing), {"month", "customers", "amount"}), Fault::NothingToCompute));
    EXPECT_TRUE(refuses(rfmOf(tableOf(nothing)), Fault::NothingToCompute));
}

// A unit whose amounts come to 0 or less is no purchase, whatever is in its rows: not the first one, no repeat, not the last.
TEST(Rfm, ValueAUnitThatComesToNothingIsNoPurchase) {
    const TableHandle table = tableOf({{"customer", "when", "amount"},
                                       {"Ana", date("2026-01-01"), 10.0},
                                       {"Ana", date("2026-01-01"), -10.0},
                                       {"Ana", date("2026-01-03"), 10.0},
                                       {"Ana", date("2026-01-05"), 30.0},
                                       {"Ana", date("2026-01-05"), -10.0},
                                       {"Ana", date("2026-01-07"), -10.0},
                                       {"Ana", date("2026-01-08"), 0.1},
                                       {"Ana", date("2026-01-08"), 0.2},
                                       {"Ana", date("2026-01-08"), -0.3},
                                       {"Ben", date("2026-01-09"), -1.0}});
    EXPECT_TRUE(sameTable(gridOf(rfmOf(table, {"day", Absent{}, 0.0})), toGrid({{"Ana", 1.0, 2.0, 6.0, 20.0}})));
}

// The purchases and the expected values of the Python package lifetimes, tests/test_utils.py, fixture
// large_transaction_level_data_with_monetary_value, observed to 2015-02-07, by day and by week. It gives 0 where nobody bought
// again and there is no mean; we give #N/A.
Rows lifetimesPurchases() {
    return {{"customer", "when", "amount"}, {1.0, date("2015-01-01"), 1.0}, {1.0, date("2015-02-06"), 2.0},
            {2.0, date("2015-01-01"), 2.0}, {3.0, date("2015-01-01"), 3.0}, {3.0, date("2015-01-02"), 1.0},
            {3.0, date("2015-01-05"), 5.0}, {4.0, date("2015-01-16"), 6.0}, {4.0, date("2015-02-02"), 3.0},
            {4.0, date("2015-02-05"), 3.0}, {5.0, date("2015-01-16"), 3.0}, {5.0, date("2015-01-17"), 1.0},
            {5.0, date("2015-01-18"), 8.0}, {6.0, date("2015-02-02"), 5.0}};
}

TEST(Rfm, ValueLifetimesByDay) {
    const Failure none(Fault::NothingToCompute);
    EXPECT_TRUE(sameTable(gridOf(rfmOf(tableOf(lifetimesPurchases()), {"day", date("2015-02-07"), 0.0})),
                          toGrid({{1.0, 1.0, 36.0, 37.0, 2.0},
                                  {2.0, 0.0, 0.0, 37.0, none},
                                  {3.0, 2.0, 4.0, 37.0, 3.0},
                                  {4.0, 2.0, 20.0, 22.0, 3.0},
                                  {5.0, 2.0, 2.0, 22.0, 4.5},
                                  {6.0, 0.0, 0.0, 5.0, none}})));
}

// By week lifetimes tells frequency, recency and age, and the amounts of each week: 4 spends 6 in its first week and 3 + 3 in
// another.
TEST(Rfm, ValueLifetimesByWeek) {
    const Failure none(Fault::NothingToCompute);
    EXPECT_TRUE(sameTable(gridOf(rfmOf(tableOf(lifetimesPurchases()), {"week", date("2015-02-07"), 0.0})),
                          toGrid({{1.0, 1.0, 5.0, 5.0, 2.0},
                                  {2.0, 0.0, 0.0, 5.0, none},
                                  {3.0, 1.0, 1.0, 5.0, 5.0},
                                  {4.0, 1.0, 3.0, 3.0, 6.0},
                                  {5.0, 0.0, 0.0, 3.0, none},
                                  {6.0, 0.0, 0.0, 0.0, none}})));
}

double dateOfDigits(int digits) {
    const std::string text = std::to_string(digits);
    return date(text.substr(0, 4) + '-' + text.substr(4, 2) + '-' + text.substr(6));
}

// Purchases at CDNOW, and what Fader and Hardie make of them: x, recency and age in weeks and mean value of the repeat purchases
// in the 39 weeks to 1997-09-30. Customers as numbered in their file CDNOW_sample.txt (brucehardie.com/datasets); their summary as
// in the workbook of Fader, Hardie and Lee, RFM and CLV, 2005, which the Python package lifetimes brings along
// (datasets/cdnow_customers_summary_with_transactions.csv). 26 and 46 bought twice on one day; 8 and 9 came back later.
TEST(Rfm, ValueCdnow) {
    const struct {
        int customer, day;
        double spent;
    } purchases[] = {
        {1, 19970101, 29.33},   {1, 19970118, 29.73},  {1, 19970802, 14.96},  {1, 19971212, 26.48},  {2, 19970101, 63.34},
        {2, 19970113, 11.77},   {3, 19970101, 6.79},   {6, 19970101, 35.99},  {6, 19970111, 32.99},  {6, 19970315, 77.96},
        {6, 19970416, 59.30},   {6, 19970424, 134.98}, {6, 19970623, 91.92},  {6, 19970722, 47.08},  {6, 19970726, 71.96},
        {6, 19971025, 78.47},   {6, 19971206, 83.47},  {6, 19980118, 84.46},  {8, 19970101, 32.91},  {8, 19980304, 15.27},
        {9, 19970101, 16.36},   {9, 19970501, 28.13},  {9, 19970908, 22.97},  {9, 19980210, 28.49},  {26, 19970102, 3.99},
        {26, 19970113, 166.89}, {26, 19970113, 60.25}, {46, 19970103, 40.70}, {46, 19970114, 14.96}, {46, 19970121, 43.13},
        {46, 19970127, 14.96},  {46, 19970204, 39.33}, {46, 19970411, 29.92}, {46, 19970627, 37.93}, {46, 19970710, 26.73},
        {46, 19970714, 29.58},  {46, 19970729, 14.96}, {46, 19970731, 21.97}, {46, 19970828, 29.73}, {46, 19970828, 27.74},
        {46, 19970901, 23.54},  {46, 19971013, 32.48}, {59, 19970104, 44.71}, {59, 19970930, 6.49},  {59, 19971124, 12.99}};
    const struct {
        double customer, x, recency, age, mean;  // a mean of 0 stands for none
    } published[] = {{1, 2, 30.43, 38.86, 22.35},  {2, 1, 1.71, 38.86, 11.77},    {3, 0, 0.00, 38.86, 0.00},
                     {6, 7, 29.43, 38.86, 73.74},  {8, 0, 0.00, 38.86, 0.00},     {9, 2, 35.71, 38.86, 25.55},
                     {26, 1, 1.57, 38.71, 227.14}, {46, 12, 34.43, 38.57, 29.54}, {59, 1, 38.43, 38.43, 6.49}};
    Rows rows = {{"customer", "when", "amount"}};
    for (const auto& [customer, day, spent] : purchases) rows.push_back({static_cast<double>(customer), dateOfDigits(day), spent});
    const OutputGrid grid = gridOf(rfmOf(tableOf(rows), {"day", date("1997-09-30"), 0.0}));
    ASSERT_EQ(grid.rows, std::size(published));
    for (std::size_t row = 0; row < grid.rows; ++row) {
        const auto& expected = published[row];
        EXPECT_EQ(grid.at(row, 0), OutputCell(expected.customer));
        EXPECT_EQ(numberAt(grid, row, 1), expected.x) << expected.customer;
        EXPECT_NEAR(numberAt(grid, row, 2) / 7, expected.recency, 0.00501) << expected.customer;
        EXPECT_NEAR(numberAt(grid, row, 3) / 7, expected.age, 0.00501) << expected.customer;
        if (expected.mean == 0)
            EXPECT_EQ(grid.at(row, 4), OutputCell(Failure(Fault::NothingToCompute))) << expected.customer;
        else
            EXPECT_NEAR(numberAt(grid, row, 4), expected.mean, 0.00501) << expected.customer;
    }
}

// subscribe adds a row a year for each of as many customers as `active` has in its first year, the last ones leaving first.
void subscribe(Rows& rows, double& nextCustomer, int firstYear, const std::vector<double>& active, const char* group) {
    for (std::size_t year = 0; year < active.size(); ++year)
        for (double customer = 0; customer < active[year]; ++customer)
            rows.push_back(
                {nextCustomer + customer, date(std::to_string(firstYear + static_cast<int>(year)) + "-03-01"), 1.0, group});
    nextCustomer += active[0];
}

// Fader and Hardie, How to Project Customer Retention, Journal of Interactive Marketing 21, 2007: customers of 1,000 who are left
// after each year, by segment.
TEST(Cohorts, ValueFaderHardieRetention) {
    const std::vector<double> regular = {1000, 631, 468, 382, 326, 289, 262, 241};
    const std::vector<double> highEnd = {1000, 869, 743, 653, 593, 551, 517, 491};
    Rows rows = {{"customer", "when", "amount", "group"}};
    double next = 1;
    subscribe(rows, next, 2001, regular, "Regular");
    subscribe(rows, next, 2001, highEnd, "High End");
    const TableHandle table = tableOf(rows);
    for (const auto& [group, active] : {std::pair("Regular", regular), std::pair("High End", highEnd)}) {
        const OutputGrid grid = gridOf(cohortsOf(table, {"year", "retention", Absent{}, 0.0, "group", group}));
        ASSERT_EQ(grid.rows, 2U);
        ASSERT_EQ(grid.columns, 10U);
        for (std::size_t year = 0; year < active.size(); ++year)
            for (const std::size_t row : {0U, 1U}) EXPECT_NEAR(numberAt(grid, row, 2 + year), active[year] / 1000, 1e-12);
    }
}

// Five cohorts of 10,000, the triangle of Fader and Hardie, Fitting the sBG Model to Multi-Cohort Data, 2007
// (brucehardie.com/notes/017), here of one customer in ten: each n is a tenth of theirs, rounded.
TEST(Cohorts, ValueFaderHardieTriangle) {
    const std::vector<double> left = {1000, 633, 437, 326, 260};  // 10000, 6334, 4367, 3264, 2604
    Rows rows = {{"customer", "when", "amount", "group"}};
    double next = 1;
    for (int cohort = 0; cohort < 5; ++cohort)
        subscribe(rows, next, 2003 + cohort, std::vector<double>(left.begin(), left.end() - cohort), "all");
    const OutputGrid grid = gridOf(cohortsOf(tableOf(rows), {"year", "customers", Absent{}, 0.0}));
    ASSERT_EQ(grid.rows, 6U);
    ASSERT_EQ(grid.columns, 7U);
    for (std::size_t cohort = 0; cohort < 5; ++cohort) {
        EXPECT_EQ(numberAt(grid, cohort + 1, 0), date(std::to_string(2003 + cohort) + "-01-01"));
        EXPECT_EQ(numberAt(grid, cohort + 1, 1), 1000);
        for (std::size_t year = 0; year < 5; ++year)
            EXPECT_EQ(grid.at(cohort + 1, 2 + year), year + cohort < 5 ? OutputCell(left[year]) : OutputCell(Blank{}));
    }
}

// A subscriber of ChartMogul's help, "MRR movements" (help.chartmogul.com, article 201244842): four Gold plans for 2,000 a year,
// two Silver plans for 60 a month, which are cancelled again, Gold cancelled for the end of its year, three Gold plans at 50 a
// month later. Its movements: New Business 166.67, Expansion 60, Contraction 60, Churn 166.67, Reactivation 150. There they happen
// within days; here each has a month, since a month knows only its sum.
TEST(Movements, ValueChartMogulsSubscriber) {
    Rows rows = {{"customer", "when", "amount"}};
    const auto pays = [&rows](const char* when, double amount) { rows.push_back({"Syncalytics", date(when), amount}); };
    const std::vector<std::string> months = {"01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"};
    for (const std::string& month : months) pays(("2025-" + month + "-01").c_str(), 2000.0 / 12);
    pays("2025-02-05", 60);
    pays("2026-03-01", 150);
    const OutputGrid grid = gridOf(movementsOf(tableOf(rows), {"month", Absent{}, 0.0}));
    ASSERT_EQ(grid.rows, 15U);
    enum { New = 2, Expansion, Contraction, Churned, Reactivated, End };
    for (std::size_t row = 0; row < grid.rows; ++row) {
        EXPECT_NEAR(numberAt(grid, row, New), row == 0 ? 166.67 : 0, 0.00501) << row;
        EXPECT_NEAR(numberAt(grid, row, Expansion), row == 1 ? 60 : 0, 1e-9) << row;
        EXPECT_NEAR(numberAt(grid, row, Contraction), row == 2 ? -60 : 0, 1e-9) << row;
        EXPECT_NEAR(numberAt(grid, row, Churned), row == 12 ? -166.67 : 0, 0.00501) << row;
        EXPECT_NEAR(numberAt(grid, row, Reactivated), row == 14 ? 150 : 0, 1e-9) << row;
    }
}

// Who came back as what, by the vendors' documentation (Paddle's "ProfitWell vs. Maxio" and Recurly's "How can I calculate
// Reactivation MRR?"): ProfitWell and Recurly call any return after a month without revenue a reactivation, Maxio one within 90
// days and new after that. Three months for 90 days.
TEST(Movements, ValueReturnsAsVendorsBookThem) {
    Rows rows = {{"customer", "when", "amount"}, {"soon", date("2026-01-01"), 10.0}, {"late", date("2026-01-01"), 20.0}};
    rows.push_back({"soon", date("2026-05-01"), 10.0});  // three months away
    rows.push_back({"late", date("2026-06-01"), 20.0});  // four
    const auto movedIn = [&rows](const Argument& gap, std::size_t month, std::size_t column) {
        return numberAt(gridOf(movementsOf(tableOf(rows), {"month", gap})), month, column);
    };
    for (const Argument& recurly : {Argument(Absent{}), Argument(0.0)}) {
        EXPECT_EQ(movedIn(recurly, 5, 6), 10);
        EXPECT_EQ(movedIn(recurly, 6, 6), 20);
    }
    EXPECT_EQ(movedIn(3.0, 5, 6), 10);
    EXPECT_EQ(movedIn(3.0, 6, 6), 0);
    EXPECT_EQ(movedIn(3.0, 6, 2), 20) << "new, as Maxio books it";
}

// Sign-up and churn in one month, by the same page: ProfitWell leaves the customer out of new and churn, which is what a month's
// sum gives where the invoice was credited; Maxio shows both. Paid for a month and not credited, it is new then and churned after.
TEST(Movements, ValueSignUpAndChurnInOneMonth) {
    const TableHandle table = tableOf({{"customer", "when", "amount"},
                                       {"anchor", date("2026-01-01"), 5.0},
                                       {"anchor", date("2026-02-01"), 5.0},
                                       {"credited", date("2026-01-10"), 30.0},
                                       {"credited", date("2026-01-20"), -30.0},
                                       {"kept", date("2026-01-10"), 70.0}});
    const OutputGrid grid = gridOf(movementsOf(table, {"month", Absent{}, 0.0}));
    EXPECT_EQ(numberAt(grid, 0, 2), 75);
    EXPECT_EQ(numberAt(grid, 0, 5), 0);
    EXPECT_EQ(numberAt(grid, 1, 5), -70);
}

TEST(Rfm, EdgeAsOf) {
    const TableHandle table = tableOf(lifetimesPurchases());
    const OutputGrid atLast = gridOf(rfmOf(table, {"day", date("2015-02-06")}));
    EXPECT_TRUE(sameTable(gridOf(rfmOf(table)), atLast));
    EXPECT_TRUE(sameTable(gridOf(rfmOf(table, {"day", 0.0})), atLast)) << "0 is what an empty cell gives";
    const OutputGrid later = gridOf(rfmOf(table, {"day", date("2015-02-16")}));
    for (std::size_t row = 1; row < later.rows; ++row) EXPECT_EQ(numberAt(later, row, 3), numberAt(atLast, row, 3) + 10);
    EXPECT_EQ(gridOf(rfmOf(table, {"day", date("2015-01-20")})).rows, 6U) << "customer 6 came later";
    EXPECT_EQ(numberAt(gridOf(rfmOf(table, {"day", date("2015-01-20")})), 1, 1), 0) << "customer 1 bought again later";
    EXPECT_TRUE(refuses(rfmOf(table, {"day", date("2014-12-31")}), Fault::NothingToCompute));
    EXPECT_TRUE(refuses(rfmOf(table, {"day", 1e9}), Fault::OutsideDomain));
}

struct NamedCall {
    const char* name;
    std::vector<Argument> columns;
};
const std::vector<NamedCall> everyCall = {{"COHORTS", {"customer", "when", "month", "revenue", "amount"}},
                                          {"MRRMOVEMENTS", {"customer", "when", "amount"}},
                                          {"RFM", {"customer", "when", "amount"}}};

Rows threeInvoices() {
    return {{"customer", "when", "amount", "note"},
            {"Ana", 46000.0, 10.0, "x"},
            {"Ben", 46001.0, 20.0, "y"},
            {"Ana", 46040.0, 30.0, CellError{532}}};
}

TEST(Cohorts, RefusalTextSaysWhereItStands) {
    for (const auto& [name, columns] : everyCall)
        for (const std::size_t column : {When, Money}) {
            Rows rows = threeInvoices();
            rows[2][column] = "2026-01-05?";
            const Result<Outcome> result = callOf(name, with(tableOf(rows), columns, {}));
            ASSERT_FALSE(result) << name;
            const Wrong wrong = column == When ? Wrong::TextForDate : Wrong::TextForNumber;
            EXPECT_EQ(result.failure(), Failure(Fault::NotANumber, wrong).at(static_cast<std::int32_t>(column) + 1, 3)) << name;
        }
}

TEST(Cohorts, RefusalErrorCellsArePassedOnFromUsedColumnsOnly) {
    for (const auto& [name, columns] : everyCall) {
        EXPECT_TRUE(callOf(name, with(tableOf(threeInvoices()), columns, {}))) << "the note is not read";
        for (const std::size_t column : {Customer, When, Money}) {
            Rows rows = threeInvoices();
            rows[3][column] = CellError{503};
            Failure expected = Failure(Fault::ErrorInCell, Wrong::Error).at(static_cast<std::int32_t>(column) + 1, 4);
            expected.cellError = 503;
            const Result<Outcome> result = callOf(name, with(tableOf(rows), columns, {}));
            ASSERT_FALSE(result) << name;
            EXPECT_EQ(result.failure(), expected) << name;
        }
    }
}

TEST(Cohorts, PropertyOnlyNamedColumnsAreReadAndOnce) {
    for (const auto& [name, columns] : everyCall) {
        const auto table = std::make_shared<const MemoryTable>(threeInvoices());
        EXPECT_TRUE(callOf(name, with(table, columns, {})));
        EXPECT_EQ(table->timesRead(), (std::vector<int>{1, 1, 1, 0})) << name;
    }
    const auto table = std::make_shared<const MemoryTable>(threeInvoices());
    EXPECT_TRUE(cohortsOf(table, {"month", "retention"}));
    EXPECT_EQ(table->timesRead(), (std::vector<int>{1, 1, 0, 0})) << "without amounts every row is a purchase";
}

TEST(Cohorts, RefusalUnknownHeaderAndNoRows) {
    for (const auto& [name, columns] : everyCall) {
        for (std::size_t column = 0; column < columns.size(); ++column) {
            std::vector<Argument> wrong = columns;
            wrong[column] = "nonesuch";
            EXPECT_TRUE(refuses(callOf(name, with(tableOf(threeInvoices()), wrong, {})), Fault::OutsideDomain)) << name << column;
        }
        EXPECT_TRUE(refuses(callOf(name, with(tableOf({threeInvoices().front()}), columns, {})), Fault::NothingToCompute)) << name;
        const Rows blanks = {{"customer", "when", "amount"}, {Blank{}, 46000.0, 1.0}, {"Ana", Blank{}, 1.0}, {" ", " ", " "}};
        EXPECT_TRUE(refuses(callOf(name, with(tableOf(blanks), columns, {})), Fault::NothingToCompute)) << name;
        Rows far = threeInvoices();
        far[1][When] = 20260105e3;
        EXPECT_TRUE(refuses(callOf(name, with(tableOf(far), columns, {})), Fault::OutsideDomain)) << name;
    }
    EXPECT_TRUE(refuses(cohortsOf(tableOf(threeInvoices()), {"month", "revenue"}), Fault::OutsideDomain)) << "revenue of what?";
    EXPECT_TRUE(refuses(cohortsOf(tableOf(threeInvoices()), {"fortnight"}), Fault::OutsideDomain));
}

// A sheet has 1,024 columns; two of them are the cohort and its customers.
TEST(Cohorts, RefusalOfATableThatNoSheetCanShow) {
    const auto boughtAgainAfter = [](double days) {
        return tableOf({{"customer", "when", "amount"}, {"Ana", 46000.0, 1.0}, {"Ben", 46000 + days, 1.0}, {"Ana", 46000.0, 1.0}});
    };
    EXPECT_EQ(gridOf(cohortsOf(boughtAgainAfter(1021), {"day"})).columns, 1024U);
    EXPECT_TRUE(refuses(cohortsOf(boughtAgainAfter(1022), {"day"}), Fault::TooLarge));
    EXPECT_EQ(gridOf(cohortsOf(boughtAgainAfter(1022), {"week"})).columns, 149U);
    EXPECT_EQ(gridOf(movementsOf(boughtAgainAfter(9999), {"day"})).rows, 10'001U);
    EXPECT_TRUE(refuses(movementsOf(boughtAgainAfter(10'000), {"day"}), Fault::TooLarge));
}

TEST(Rfm, ValueAsOfADateIsAllOfThatDay) {
    const TableHandle table = tableOf({{"customer", "when", "amount"}, {"Ana", 46000.0, 1.0}, {"Ana", 46010.6, 3.0}});
    EXPECT_EQ(numberAt(gridOf(rfmOf(table, {"day", 46010.0, 0.0})), 0, 1), 1);
    EXPECT_EQ(numberAt(gridOf(rfmOf(table, {"day", 46010.5, 0.0})), 0, 1), 0);
    EXPECT_EQ(numberAt(gridOf(rfmOf(table, {"day", 46010.5, 0.0})), 0, 3), 10);
}

TEST(Cohorts, EdgeFiltersLeaveRowsOut) {
    Rows rows = threeInvoices();
    rows[2][Money] = "a text in a row that does not pass";
    const TableHandle table = tableOf(rows);
    EXPECT_EQ(gridOf(rfmOf(table, {Absent{}, Absent{}, 0.0, "customer", "ana"})).rows, 1U);
    EXPECT_TRUE(refuses(rfmOf(table, {Absent{}, Absent{}, 0.0, "customer", "nobody"}), Fault::NothingToCompute));
}

TEST(Cohorts, PropertyWithoutHeadersOnlyTheFirstRowIsGone) {
    const TableHandle table = tableOf(lifetimesPurchases());
    const auto check = [](const OutputGrid& with, const OutputGrid& without) {
        ASSERT_EQ(with.rows, without.rows + 1);
        ASSERT_EQ(with.columns, without.columns);
        for (std::size_t row = 0; row < without.rows; ++row)
            for (std::size_t column = 0; column < without.columns; ++column)
                EXPECT_EQ(without.at(row, column), with.at(row + 1, column));
    };
    check(gridOf(cohortsOf(table, {"week", "customers", Absent{}, 1.0})),
          gridOf(cohortsOf(table, {"week", "customers", Absent{}, 0.0})));
    check(gridOf(movementsOf(table, {"week", Absent{}, 1.0})), gridOf(movementsOf(table, {"week", Absent{}, 0.0})));
    check(gridOf(rfmOf(table, {"week", Absent{}, 1.0})), gridOf(rfmOf(table, {"week", Absent{}, 0.0})));
}

}  // namespace
}  // namespace calckpi
