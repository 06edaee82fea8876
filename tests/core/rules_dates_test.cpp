// One rule for dates and times in every function: what is a date, what a date without a time of day means, how times are compared,
// and what the table's own clock is. The functions are found in the catalog, so that a new one cannot be forgotten.
#include "core/dates/calendar.hpp"
#include "core/kpis/catalog.hpp"
#include "tests/support/expect.hpp"
#include "tests/support/formula.hpp"
#include "tests/support/random.hpp"
#include "tests/support/table_calls.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <set>

namespace calckpi {
namespace {

using support::call;
using support::columnOf;
using support::dealRows;
using support::Dice;
using support::MemoryTable;
using support::range;
using support::Rows;
using support::TableCall;
using support::tableCalls;

constexpr long msADay = 86'400'000;
constexpr double someDay = 46'000;

TableHandle tableOf(const Rows& rows) { return std::make_shared<const MemoryTable>(rows); }

const Function& functionNamed(std::string_view name) { return *find(name); }

std::size_t parameterNamed(const Function& function, std::string_view name) {
    std::size_t index = 0;
    while (index < function.parameters().size() && function.parameters()[index].name != name) ++index;
    return index;
}

// ------- what is a date

// By the standard library's calendar: Calc shows 1582-10-15 to 9999-12-31 as we count them, see core/values/quantity.hpp.
double numberOf(int year, unsigned month, unsigned day, std::chrono::sys_days nullDate = std::chrono::year(1899) / 12 / 30) {
    const std::chrono::sys_days date = std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(day);
    return static_cast<double>((date - nullDate).count());
}

const double first = numberOf(1582, 10, 15);
const double last = numberOf(9999, 12, 31);

const std::vector<double> noDates = {20240131, 1706659200, 1706659200123, -20240131, first - 1, last + 1, first - 1e-3, 1e300};

// A call of a function of numbers in which every date is given, two of each series.
std::vector<Argument> callWithDates(const Function& function) {
    std::vector<Argument> arguments;
    double date = someDay;
    for (const Parameter& parameter : function.parameters()) {
        date += 10;
        if (parameter.name == "opening" || parameter.name == "closing")
            arguments.emplace_back(parameter.name == "opening" ? 0.375 : 0.75);
        else if (parameter.unit == Unit::Moment && parameter.kind == Kind::Series)
            arguments.emplace_back(range({date, date + 1}));
        else if (parameter.unit == Unit::Moment)
            arguments.emplace_back(date + 2);
        else if (parameter.optional)
            arguments.emplace_back(Absent{});
        else
            arguments.emplace_back(1.0);
    }
    return arguments;
}

TEST(RulesOfDates, NoOtherNumberIsADateInAnArgument) {
    std::set<std::string_view> tried;
    for (const Function& function : catalog()) {
        if (function.takesTable()) continue;
        const std::vector<Argument> plain = callWithDates(function);
        for (std::size_t index = 0; index < plain.size(); ++index) {
            if (function.parameters()[index].unit != Unit::Moment) continue;
            tried.insert(function.name());
            ASSERT_TRUE(function.call(plain)) << function.name();
            const auto with = [&](double date) {
                std::vector<Argument> arguments = plain;
                if (Grid* dates = std::get_if<Grid>(&arguments[index]))
                    dates->cells[1] = date;
                else
                    arguments[index] = date;
                return function.call(arguments);
            };
            for (const double number : noDates) {
                const Result<Outcome> result = with(number);
                ASSERT_FALSE(result) << function.name() << ' ' << index << ' ' << number;
                Failure expected = Failure(Fault::OutsideDomain, Wrong::NoDate).of(index);
                if (std::holds_alternative<Grid>(plain[index])) expected = expected.in(1, 1);
                EXPECT_EQ(result.failure(), expected) << function.name();
            }
            for (const double date : {first, last + 0.99999, -1.0, someDay}) {
                const Result<Outcome> result = with(date);
                EXPECT_TRUE(result || result.failure().wrong != Wrong::NoDate) << function.name() << ' ' << date;
            }
        }
    }
    EXPECT_GE(tried.size(), 8U);
}

// The numbers that are dates move with the day that the calling document counts from.
TEST(RulesOfDates, TheFirstAndTheLastDateAreTheDocumentsOwn) {
    for (const auto& nullDate :
         {std::chrono::year(1899) / 12 / 30, std::chrono::year(1900) / 1 / 1, std::chrono::year(1904) / 1 / 1}) {
        const NullDate counted{nullDate};
        const double most = numberOf(9999, 12, 31, nullDate) + 0.99999;
        const double least = numberOf(1582, 10, 15, nullDate);
        for (const Function& function : catalog()) {
            if (function.takesTable()) continue;
            const std::vector<Argument> plain = callWithDates(function);
            for (std::size_t index = 0; index < plain.size(); ++index) {
                if (function.parameters()[index].unit != Unit::Moment) continue;
                EXPECT_TRUE(function.takesDocument()) << function.name();
                const auto isDate = [&](double number) {
                    std::vector<Argument> arguments = plain;
                    if (Grid* dates = std::get_if<Grid>(&arguments[index]))
                        dates->cells[1] = number;
                    else
                        arguments[index] = number;
                    const Result<Outcome> result = function.call(arguments, counted);
                    return result || result.failure().wrong != Wrong::NoDate;
                };
                EXPECT_TRUE(isDate(least) && isDate(most)) << function.name() << ' ' << index;
                EXPECT_FALSE(isDate(least - 1e-3) || isDate(most + 1e-3)) << function.name() << ' ' << index;
            }
        }
        // By the catalog's own rule such an instant is none for the opening hours either.
        const Result<Calendar> calendar = Calendar::of(0.25, 0.75, Weekend(), std::nullopt, counted);
        EXPECT_TRUE(calendar->openTime(most - 3, most) && calendar->openTime(least, least + 3));
        EXPECT_FALSE(calendar->openTime(most, most + 1e-3) || calendar->openTime(least - 1e-3, least));
        EXPECT_FALSE(Calendar::of(0.25, 0.75, Weekend(), Series<Moment>({most + 1e-3}), counted));
    }
}

TEST(RulesOfDates, TheFirstAndTheLastAsOfAreThoseOfTheTablesDocument) {
    constexpr std::chrono::sys_days mac = std::chrono::year(1904) / 1 / 1;
    std::size_t tried = 0;
    for (const TableCall& each : tableCalls()) {
        const std::size_t place = parameterNamed(functionNamed(each.name), "asOf");
        if (place == functionNamed(each.name).parameters().size()) continue;
        ++tried;
        const auto isDate = [&](double asOf) {
            TableCall asked = each;
            asked.arguments.resize(place - 1, Absent{});
            asked.arguments.emplace_back(asOf);
            const Result<Outcome> result = support::outcomeOf(asked, std::make_shared<const MemoryTable>(dealRows(), mac));
            return result || result.failure().wrong != Wrong::NoDate;
        };
        EXPECT_TRUE(isDate(numberOf(9999, 12, 31, mac) + 0.99999)) << each.name;
        EXPECT_TRUE(isDate(numberOf(1582, 10, 15, mac))) << each.name;
        EXPECT_FALSE(isDate(numberOf(10000, 1, 1, mac))) << each.name;
        EXPECT_FALSE(isDate(numberOf(1582, 10, 14, mac))) << each.name;
    }
    EXPECT_GE(tried, 8U);
}

TEST(RulesOfDates, NoOtherNumberIsADateInAsOf) {
    std::size_t tried = 0;
    for (const TableCall& each : tableCalls()) {
        const Function& function = functionNamed(each.name);
        const std::size_t place = parameterNamed(function, "asOf");
        if (place == function.parameters().size()) continue;
        ++tried;
        TableCall asked = each;
        asked.arguments.resize(place - 1, Absent{});
        for (const double number : noDates) {
            asked.arguments.resize(place - 1);
            asked.arguments.emplace_back(number);
            const Result<Outcome> result = support::outcomeOf(asked, tableOf(dealRows()));
            ASSERT_FALSE(result) << each.name << ' ' << number;
            EXPECT_EQ(result.failure(), Failure(Fault::OutsideDomain, Wrong::NoDate).of(place)) << each.name;
        }
    }
    EXPECT_GE(tried, 4U);
}

TEST(RulesOfDates, NoOtherNumberIsADateInAColumn) {
    // The numbers that are dates move with the day that a document counts from.
    constexpr std::chrono::sys_days mac = std::chrono::year(1904) / 1 / 1;
    for (const TableCall& each : tableCalls())
        for (const auto& [header, use] : each.uses) {
            if (use != "date") continue;
            const std::size_t column = columnOf(header);
            const auto with = [&](double number, std::chrono::sys_days nullDate) {
                Rows rows = dealRows();
                rows[9][column] = number;
                rows[13][column] = number;
                return support::outcomeOf(each, std::make_shared<const MemoryTable>(rows, nullDate));
            };
            for (const double number : noDates) {
                const Result<Outcome> result = with(number, std::chrono::year(1899) / 12 / 30);
                ASSERT_FALSE(result) << each.name << ' ' << header << ' ' << number;
                EXPECT_EQ(result.failure(),
                          Failure(Fault::OutsideDomain, Wrong::NoDate).at(static_cast<std::int32_t>(column) + 1, 10, 2))
                    << each.name << ' ' << number;
            }
            EXPECT_EQ(with(numberOf(10000, 1, 1, mac), mac).failure().wrong, Wrong::NoDate) << each.name << ' ' << header;
            EXPECT_EQ(with(numberOf(1582, 10, 14, mac), mac).failure().wrong, Wrong::NoDate) << each.name << ' ' << header;
            for (const double date : {numberOf(1582, 10, 15, mac), numberOf(9999, 12, 31, mac) + 0.99999}) {
                const Result<Outcome> result = with(date, mac);
                EXPECT_TRUE(result || result.failure().wrong != Wrong::NoDate) << each.name << ' ' << header << ' ' << date;
            }
        }
}

TEST(RulesOfDates, WhatFiltersLeaveOutNeedsNoDates) {
    std::size_t tried = 0;
    for (const TableCall& each : tableCalls()) {
        for (const auto& [header, use] : each.uses) {
            if (use != "date") continue;
            ++tried;
            Rows rows = dealRows();
            TableCall filtered = each;
            filtered.arguments.resize(functionNamed(each.name).parameters().size() - 2, Absent{});
            filtered.arguments.insert(filtered.arguments.end(), {"note", "x"});
            const Result<Outcome> without = support::outcomeOf(filtered, tableOf(rows));
            ASSERT_TRUE(without) << each.name;
            rows.push_back(rows.back());
            rows.back()[columnOf(header)] = 20240131.0;
            rows.back()[columnOf("note")] = "y";
            // Nor does it move the table's clock.
            EXPECT_TRUE(support::outcomeOf(filtered, tableOf(rows))) << each.name << ' ' << header;
        }
    }
    EXPECT_GE(tried, 10U);
}

// ------- days between two times

// Milliseconds since some day, as a cell holds them: near enough, as formulas leave it.
double cellOf(long ms, Dice& dice) {
    return someDay + static_cast<double>(ms) / msADay + (dice.share() - 0.5) * 0.8 / static_cast<double>(msADay);
}

// The rule in whole milliseconds; nothing for an end before its start.
std::optional<double> daysByHand(long start, long end) {
    const bool noTimeOfDay = end % msADay == 0;
    if (noTimeOfDay && start / msADay == end / msADay) return 0;
    if (end < start) return std::nullopt;
    return static_cast<double>(end - start) / msADay;
}

// A function asked for the days from one start to one end. Nothing where it refuses or leaves them out; any other fault throws.
using DaysOf = std::function<std::optional<double>(double start, double end)>;

std::optional<double> daysIn(const Result<Outcome>& result) {
    if (result) return std::get<double>(*result);
    if (result.failure().wrong != Wrong::EndBeforeStart) throw std::invalid_argument(support::spoken(result.failure()));
    return std::nullopt;
}

Rows oneDeal(double start, double end) { return {{"a", "b", "state", "amount"}, {start, end, "Won", 1.0}}; }

// The cell of a table of results, under its header, in the last row.
std::optional<double> lastCell(const Result<Outcome>& result, std::string_view header) {
    if (!result) return daysIn(result);
    const OutputGrid& grid = std::get<OutputGrid>(*result);
    for (std::size_t column = 0; column < grid.columns; ++column) {
        if (grid.at(0, column) != OutputCell(std::string(header))) continue;
        const double* number = std::get_if<double>(&grid.at(grid.rows - 1, column));
        return number == nullptr ? std::nullopt : std::optional(*number);
    }
    throw std::invalid_argument("no such column");
}

std::map<std::string_view, DaysOf> durations() {
    const auto plain = [](std::string_view name) {
        return DaysOf([name](double start, double end) { return daysIn(call(name, {range({start}), range({end}), "max"})); });
    };
    const auto ofTable = [](std::string_view name) {
        return DaysOf([name](double start, double end) { return daysIn(call(name, {tableOf(oneDeal(start, end)), "a", "b"})); });
    };
    std::map<std::string_view, DaysOf> functions;
    for (const std::string_view name : {"SALESCYCLE", "LEADRESPONSETIME", "RAMPTIME", "TIMETOVALUE", "RESOLUTIONTIME"})
        functions[name] = plain(name);
    for (const std::string_view name : {"DSALESCYCLE", "DRESPONSETIME"}) functions[name] = ofTable(name);
    functions["CONTENTAGE"] = [](double start, double end) { return daysIn(call("CONTENTAGE", {range({start}), end})); };
    functions["BUSINESSTIME"] = [](double start, double end) {
        return daysIn(call("BUSINESSTIME", {start, end, 0.0, 1.0, Absent{}, "0000000"}));
    };
    // The least limit within which the answer came, found by halving.
    functions["RESPONSESLA"] = [](double start, double end) -> std::optional<double> {
        const auto inTime = [&](long limit) {
            return daysIn(call("RESPONSESLA", {range({start}), range({end}), static_cast<double>(limit) / msADay}));
        };
        long least = -1;
        long most = 20 * msADay;
        while (most - least > 1) {
            const long limit = (least + most) / 2;
            const std::optional<double> share = inTime(limit);
            if (!share) return std::nullopt;
            (*share == 1 ? most : least) = limit;
        }
        return static_cast<double>(most) / msADay;
    };
    functions["DSALESVELOCITY"] = [](double start, double end) -> std::optional<double> {
        const Result<Outcome> result =
            call("DSALESVELOCITY", {tableOf(oneDeal(start, end)), "state", "Won", "Lost", "amount", "a", "b"});
        if (!result && result.failure().fault == Fault::DivideByZero) return 0;
        const std::optional<double> perDay = daysIn(result);
        return perDay ? std::optional(1 / *perDay) : std::nullopt;
    };
    functions["SEGMENTS"] = [](double start, double end) {
        return lastCell(call("SEGMENTS", {tableOf(oneDeal(start, end)), "state", "state", "Won", "Lost", Absent{}, "a", "b"}),
                        "median cycle");
    };
    functions["WINCURVE"] = [](double start, double end) {
        return lastCell(call("WINCURVE", {tableOf(oneDeal(start, end)), "a", "b", "state", "Won", "Lost"}), "days");
    };
    functions["KPIPERIODS"] = [](double start, double end) {
        return lastCell(call("KPIPERIODS", {tableOf(oneDeal(start, end)), "state", "Won", "Lost", "a", "b", Absent{}, "year"}),
                        "mean cycle");
    };
    // The limit of a deal that is much older.
    functions["STUCKDEALS"] = [](double start, double end) {
        Rows rows = oneDeal(start, end);
        rows.push_back({start - 1000, Blank{}, "Demo", 1.0});
        return lastCell(call("STUCKDEALS", {tableOf(rows), "state", "Won", "Lost", "a", "b", Absent{}, Absent{}, "max"}), "limit");
    };
    // A funnel leaves negative days out.
    functions["FUNNELDATES"] = [](double start, double end) {
        return lastCell(call("FUNNELDATES", {tableOf(oneDeal(start, end)), support::stages({"a", "b"})}), "median days");
    };
    return functions;
}

TEST(RulesOfDates, EveryFunctionOfTwoDatesIsTried) {
    const std::map<std::string_view, DaysOf> tried = durations();
    for (const Function& function : catalog()) {
        std::size_t dates = 0;
        for (const Parameter& parameter : function.parameters())
            dates += parameter.unit == Unit::Moment && parameter.name != "holidays" && !function.takesTable() ? 1U : 0U;
        for (const TableCall& each : tableCalls())
            for (const auto& [header, use] : each.uses) dates += each.name == function.name() && use == "date" ? 1U : 0U;
        if (function.name() == "MRRPLANS") continue;  // counts no days, see below
        EXPECT_EQ(dates >= 2, tried.contains(function.name())) << function.name();
    }
}

TEST(RulesOfDates, DaysAreCountedAlikeInEveryFunction) {
    Dice dice(1201);
    const std::map<std::string_view, DaysOf> functions = durations();
    int sameDay = 0;
    int refused = 0;
    for (int round = 0; round < 1500; ++round) {
        const auto time = [&] {
            const long day = static_cast<long>(dice.below(4)) * msADay;
            return dice.oneIn(3) ? day : day + static_cast<long>(dice.below(dice.oneIn(3) ? 3 : msADay));
        };
        const long start = time();
        const long end = dice.oneIn(8) ? start : time();
        const double startCell = cellOf(start, dice);
        const double endCell = cellOf(end, dice);
        const std::optional<double> expected = daysByHand(start, end);
        sameDay += end < start && expected ? 1 : 0;
        refused += expected ? 0 : 1;
        const Result<Outcome> plans = call("MRRPLANS", {tableOf(oneDeal(startCell, endCell)), "state", "a", "b", "amount"});
        ASSERT_EQ(plans || plans.failure().wrong != Wrong::EndBeforeStart, expected.has_value())
            << "MRRPLANS " << start << ' ' << end;
        for (const auto& [name, daysOf] : functions) {
            const std::optional<double> got = daysOf(startCell, endCell);
            ASSERT_EQ(got.has_value(), expected.has_value()) << name << ' ' << start << ' ' << end;
            if (!got) continue;
            ASSERT_NEAR(*got, *expected, name == "DSALESVELOCITY" ? 1e-12 : 0) << name << ' ' << start << ' ' << end;
        }
    }
    EXPECT_GT(sameDay, 50);
    EXPECT_GT(refused, 200);
}

// Ten o'clock is nine and an hour, which their doubles are not; a day in which one works begins with the time that rounds to it.
TEST(RulesOfDates, TimesThatRoundToOneMillisecondAreOne) {
    const double ten = someDay + 10.0 / 24;
    const double nineAndAnHour = someDay + 9.0 / 24 + 1.0 / 24 - 0x1p-37;
    ASSERT_LT(nineAndAnHour, ten);
    for (const auto& [name, daysOf] : durations()) EXPECT_EQ(daysOf(ten, nineAndAnHour), 0.0) << name;
    const double midnight = 46034 - 0x1p-37;  // Monday
    EXPECT_TRUE(support::gives(call("BUSINESSTIME", {midnight, 46034 + 10.0 / 24}), 1.0 / 24));
    const Rows rows = {{"c", "t", "a"}, {"x", midnight, 1.0}, {"x", 46034.5, 1.0}, {"y", 46035.0, 1.0}};
    EXPECT_EQ(lastCell(call("RFM", {tableOf({rows[0], rows[1], rows[2]}), "c", "t", "a"}), "repeats"), 0.0)
        << "one day, one purchase";
    EXPECT_EQ(lastCell(call("COHORTS", {tableOf(rows), "c", "t", "week", "customers"}), "customers"), 2.0);
}

// ------- as of a day

TEST(RulesOfDates, AsOfADayAllOfItHasHappened) {
    const Rows deals = {{"c", "a", "b", "state", "amount"},
                        {"x", someDay, someDay + 1 + 10.5 / 24, "Won", 1.0},
                        {"y", someDay + 1 + 23.0 / 24, Blank{}, "Demo", 1.0},
                        {"z", someDay + 2, Blank{}, "Demo", 1.0}};
    const TableHandle table = tableOf(deals);
    const double day = someDay + 1;
    const double nine = day + 9.0 / 24;
    const auto rowsOf = [](const Result<Outcome>& result) { return std::get<OutputGrid>(*result).rows - 1; };
    const auto cell = [](const Result<Outcome>& result, std::size_t row, std::size_t column) {
        return std::get<double>(std::get<OutputGrid>(*result).at(row, column));
    };
    // One customer has come back before that day, and again on it, with another one.
    const TableHandle returns = tableOf({{"c", "a", "amount"},
                                         {"x", someDay - 3, 1.0},
                                         {"x", someDay - 1, 1.0},
                                         {"x", day + 23.0 / 24, 1.0},
                                         {"y", day + 23.0 / 24, 1.0}});
    const std::map<std::string_view, std::function<double(double)>> counted = {
        {"CLVMODEL",
         [&](double asOf) {
             return cell(call("CLVMODEL", {returns, "c", "a", Absent{}, Absent{}, asOf}), 9, 1);
         }},
        {"CLVPREDICT",
         [&](double asOf) {
             return static_cast<double>(
                 rowsOf(call("CLVPREDICT", {returns, "c", "a", "amount", Absent{}, Absent{}, Absent{}, Absent{}, asOf})) - 1);
         }},
        {"CLVHOLDOUT",
         [&](double asOf) {
             return 1 + cell(call("CLVHOLDOUT", {returns, "c", "a", someDay, Absent{}, Absent{}, Absent{}, asOf}), 3, 2);
         }},
        {"RFM",
         [&](double asOf) {
             return static_cast<double>(rowsOf(call("RFM", {table, "c", "a", "amount", Absent{}, asOf})));
         }},
        {"MRRPLANS",
         [&](double asOf) {
             const Result<Outcome> plans = call("MRRPLANS", {table, "c", "a", "b", "amount", Absent{}, "day", Absent{}, asOf});
             double added = 0;
             for (std::size_t row = 1; row <= rowsOf(plans); ++row) added += cell(plans, row, 2);
             return added;
         }},
        {"KPIPERIODS",
         [&](double asOf) {
             return cell(call("KPIPERIODS", {table, "state", "Won", "Lost", "a", "b", Absent{}, "year", asOf}), 1, 2);
         }},
        {"PERIODVALUES",
         [&](double asOf) {
             return cell(call("PERIODVALUES", {table, "a", Absent{}, Absent{}, Absent{}, "year", asOf}), 1, 2);
         }},
        // By the day the first deal is won, at nine it is open.
        {"STUCKDEALS",
         [&](double asOf) {
             return call("STUCKDEALS", {table, "state", "Won", "Lost", "a", "b", Absent{}, Absent{}, 0.0, asOf}) ? 1 : 2;
         }},
        {"WINCURVE",
         [&](double asOf) {
             const Result<Outcome> curve = call("WINCURVE", {table, "a", "b", "state", "Won", "Lost", asOf});
             return curve ? 1 + cell(curve, 1, 2) : 1;
         }},
        {"FUNNELDATES",
         [&](double asOf) {
             const Result<Outcome> funnel = call("FUNNELDATES", {table, support::stages({"a", "b"}), Absent{}, Absent{}, asOf});
             return cell(funnel, 1, 1);
         }},
        {"FUNNELEVENTS", [&](double asOf) {
             return cell(call("FUNNELEVENTS", {table, "c", "c", "a", support::stages({"y"}), Absent{}, Absent{}, Absent{}, asOf}),
                         1, 1) +
                    1;
         }}};
    for (const Function& function : catalog())
        if (function.takesTable() && parameterNamed(function, "asOf") < function.parameters().size()) {
            EXPECT_TRUE(counted.contains(function.name())) << function.name();
        }
    for (const auto& [name, units] : counted) {
        EXPECT_EQ(units(day), 2) << name << " by the day";
        EXPECT_EQ(units(nine), 1) << name << " by the hour";
    }
}

// ------- the table's clock

TEST(RulesOfDates, FiltersDoNotMoveTheTablesClock) {
    Dice dice(1202);
    std::map<std::string_view, int> moved;
    for (int round = 0; round < 150; ++round) {
        Rows rows = dealRows();
        double latest = 0;
        for (std::size_t row = 1; row < rows.size(); ++row) {
            const bool early = dice.oneIn(2);
            rows[row][columnOf("note")] = early ? "x" : "y";
            const double opened = someDay + dice.count(early ? 20 : 60) + (dice.oneIn(3) ? 0.25 : 0);
            rows[row][columnOf("opened")] = opened;
            rows[row][columnOf("close_date")] = opened + dice.count(30) + 0.5;
            latest = std::max(latest, opened);
            if (rows[row][columnOf("stage")] != Cell("Demo"))
                latest = std::max(latest, std::get<double>(rows[row][columnOf("close_date")]));
        }
        for (const TableCall& each : tableCalls()) {
            const Function& function = functionNamed(each.name);
            const std::size_t place = parameterNamed(function, "asOf");
            if (place == function.parameters().size() || each.name == "FUNNELDATES") continue;  // which has no clock
            // Of a table whose only dates are openings the last of these.
            double clock = 0;
            for (std::size_t row = 1; row < rows.size(); ++row)
                clock = std::max(clock, std::get<double>(rows[row][columnOf("opened")]));
            if (each.uses.contains("close_date")) clock = latest;
            for (std::size_t row = 1; row < rows.size(); ++row)  // the end of a plan has no state
                if (each.name == "MRRPLANS") clock = std::max(clock, std::get<double>(rows[row][columnOf("close_date")]));
            TableCall filtered = each;
            if (each.name == "FUNNELEVENTS") filtered.arguments.insert(filtered.arguments.end(), {Absent{}, 7.0});
            filtered.arguments.resize(function.parameters().size() - 2, Absent{});
            filtered.arguments.insert(filtered.arguments.end(), {"note", "x"});
            const Result<Outcome> byItself = support::outcomeOf(filtered, tableOf(rows));
            filtered.arguments[place - 1] = clock;
            const Result<Outcome> asked = support::outcomeOf(filtered, tableOf(rows));
            ASSERT_EQ(static_cast<bool>(byItself), static_cast<bool>(asked)) << each.name;
            if (!asked) continue;
            ASSERT_EQ(std::get<OutputGrid>(*byItself).cells, std::get<OutputGrid>(*asked).cells) << each.name << ' ' << clock;
            filtered.arguments[place - 1] = clock - 25;
            const Result<Outcome> earlier = support::outcomeOf(filtered, tableOf(rows));
            if (earlier && std::get<OutputGrid>(*earlier).cells != std::get<OutputGrid>(*asked).cells) ++moved[each.name];
        }
    }
    for (const auto& [name, times] : moved) EXPECT_GT(times, 5) << name << " hangs on its clock";
    EXPECT_GE(moved.size(), 3U);
}

// Periods after the last row that passes the filters, but not after the last of the table, are there: with nobody in them.
TEST(RulesOfDates, FiltersDoNotEndATableOfPeriods) {
    const Rows rows = {{"c", "d", "a", "plan"},
                       {"x", numberOf(2024, 1, 1), 10.0, "Basic"},
                       {"y", numberOf(2024, 1, 1), 20.0, "Pro"},
                       {"y", numberOf(2024, 3, 1), 20.0, "Pro"}};
    const Result<Outcome> movements =
        call("MRRMOVEMENTS", {tableOf(rows), "c", "d", "a", Absent{}, Absent{}, Absent{}, "plan", "Basic"});
    ASSERT_TRUE(movements);
    const OutputGrid& grid = std::get<OutputGrid>(*movements);
    ASSERT_EQ(grid.rows, 4U);
    EXPECT_EQ(grid.at(2, 5), OutputCell(-10.0)) << "churned in February";
    const Result<Outcome> cohorts =
        call("COHORTS", {tableOf(rows), "c", "d", Absent{}, "customers", Absent{}, 0.0, "plan", "Basic"});
    ASSERT_TRUE(cohorts);
    EXPECT_EQ(std::get<OutputGrid>(*cohorts).columns, 5U) << "January to March";
}

// ------- events of a day

// "1A" is an event on day 1, "1.5B" one at noon.
double stepsReached(const std::vector<std::pair<double, std::string>>& events, const std::string& order,
                    std::optional<double> window) {
    Rows rows = {{"id", "stage", "when"}};
    for (const auto& [time, stage] : events) rows.push_back({"u", stage, someDay + time});
    const Result<Outcome> result = call("FUNNELEVENTS", {tableOf(rows), "id", "stage", "when", support::stages({"A", "B", "C"}),
                                                         order, window ? Argument(*window) : Argument(Absent{})});
    double steps = 0;
    for (std::size_t row = 1; row <= 3; ++row) steps += std::get<double>(std::get<OutputGrid>(*result).at(row, 1));
    return steps;
}

// By hand from the rule: a day that holds a bare date is one moment, in step order.
TEST(RulesOfDates, ADayThatHoldsABareDateIsOneMomentAmongEvents) {
    struct Case {
        std::vector<std::pair<double, std::string>> events;
        std::optional<double> window;
        std::map<std::string, double> steps;
    };
    const std::vector<Case> cases = {
        // A at 10:30, B with the day alone: the step was not counted before.
        {{{0.4375, "A"}, {0, "B"}}, {}, {{"ordered", 2}, {"strict", 2}, {"increasing", 1}, {"any", 2}}},
        // All three on a day of which only one is bare, in the wrong order of the hours.
        {{{0.75, "A"}, {0.5, "B"}, {0, "C"}}, {}, {{"ordered", 3}, {"strict", 3}, {"increasing", 1}, {"any", 3}}},
        // No bare date: the hours count.
        {{{0.75, "A"}, {0.5, "B"}, {1, "C"}}, {}, {{"ordered", 1}, {"strict", 1}, {"increasing", 1}, {"any", 3}}},
        // A foreign event with the day alone is last among them.
        {{{0.75, "A"}, {0.5, "B"}, {0, "X"}}, {}, {{"ordered", 2}, {"strict", 2}, {"increasing", 1}, {"any", 2}}},
        // The window runs from the day.
        {{{0.4375, "A"}, {0, "X"}, {1, "B"}}, 1, {{"ordered", 2}, {"strict", 1}, {"increasing", 2}, {"any", 2}}},
        {{{0.4375, "A"}, {0, "X"}, {1.25, "B"}}, 1, {{"ordered", 1}, {"strict", 1}, {"increasing", 1}, {"any", 1}}},
        {{{0.4375, "A"}, {1.25, "B"}}, 1, {{"ordered", 2}, {"strict", 2}, {"increasing", 2}, {"any", 2}}}};
    for (const Case& each : cases)
        for (const auto& [order, steps] : each.steps) EXPECT_EQ(stepsReached(each.events, order, each.window), steps) << order;
}

}  // namespace
}  // namespace calckpi
