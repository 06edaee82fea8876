// Lifetime value from a table of purchases: against published figures of CDNOW, against the functions from columns, and by what
// must hold whatever the table.
#include "core/kpis/lifetime_tables.hpp"

#include "tests/support/cdnow.hpp"
#include "tests/support/expect.hpp"
#include "tests/support/formula.hpp"
#include "tests/support/gamma.hpp"
#include "tests/support/random.hpp"
#include "tests/support/random_deals.hpp"
#include "tests/support/tables.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace calckpi {
namespace {

using support::cdnowAsOf;
using support::cdnowTable;
using support::cdnowUntil;
using support::Dice;
using support::gridOf;
using support::MemoryTable;
using support::near;
using support::numberAt;
using support::refuses;
using support::Rows;
using support::sameOutcome;

const std::vector<std::string> models = {"mbgnbd", "bgnbd", "pnbd"};

TableHandle tableOf(const Rows& rows) { return std::make_shared<const MemoryTable>(rows); }

std::vector<Argument> with(const TableHandle& table, const std::vector<Argument>& more) {
    std::vector<Argument> arguments = {table, "customer", "when"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}
Result<Outcome> modelOf(const TableHandle& table, const std::vector<Argument>& more = {}) {
    return support::call("CLVMODEL", with(table, more));
}
Result<Outcome> predictionOf(const TableHandle& table, const std::vector<Argument>& more = {}) {
    std::vector<Argument> arguments = {"amount"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return support::call("CLVPREDICT", with(table, arguments));
}
Result<Outcome> holdoutOf(const TableHandle& table, const std::vector<Argument>& more) {
    return support::call("CLVHOLDOUT", with(table, more));
}

// rowNamed is the row of a quantity.
std::size_t rowNamed(const OutputGrid& grid, std::string_view name) {
    for (std::size_t row = 0; row < grid.rows; ++row)
        if (const std::string* text = std::get_if<std::string>(&grid.at(row, 0)); text != nullptr && *text == name) return row;
    throw std::runtime_error("no row " + std::string(name));
}
double figure(const OutputGrid& model, std::string_view name) { return numberAt(model, rowNamed(model, name), 1); }
std::string verdictOf(const OutputGrid& model) { return std::get<std::string>(model.at(rowNamed(model, "verdict"), 1)); }
Fault faultAt(const OutputGrid& grid, std::size_t row, std::size_t column) { return std::get<Failure>(grid.at(row, column)).fault; }

TEST(ClvModel, ValuesOfCdnow) {
    const OutputGrid grid = gridOf(modelOf(cdnowTable(), {"amount", "bgnbd", cdnowUntil}));
    EXPECT_EQ(verdictOf(grid), "ok");
    EXPECT_EQ(figure(grid, "customers"), 2357);  // BTYD, walkthrough
    EXPECT_EQ(figure(grid, "repeat buyers"), 946);
    EXPECT_EQ(figure(grid, "repeats"), 2457);
    EXPECT_EQ(figure(grid, "left out of spend"), 0);
    // CLVTools, tests/test_correctness_bgnbd.R, in weeks.
    EXPECT_NEAR(figure(grid, "r") / 0.2425945, 1, 2e-5);
    EXPECT_NEAR(figure(grid, "alpha") / 7 / 4.4136019, 1, 2e-5);
    EXPECT_NEAR(figure(grid, "a") / 0.7929199, 1, 2e-5);
    EXPECT_NEAR(figure(grid, "b") / 2.4258881, 1, 2e-5);
    EXPECT_NEAR(figure(grid, "log likelihood"), -9582.429 - std::log(7.0) * 2457, 0.0005);
    // Fader and Hardie 2013, note 025, and the correlation their data have (lifetimes, documentation: 0.11).
    EXPECT_NEAR(figure(grid, "p"), 6.25, 0.01);
    EXPECT_NEAR(figure(grid, "q"), 3.74, 0.01);
    EXPECT_NEAR(figure(grid, "gamma"), 15.44, 0.01);
    EXPECT_NEAR(figure(grid, "frequency-spend correlation"), 0.1139, 5e-5);
    for (std::size_t row = 1; row <= 7; ++row) {
        const double value = numberAt(grid, row, 1);
        EXPECT_TRUE(near(numberAt(grid, row, 3) * numberAt(grid, row, 4), value * value)) << row;  // symmetric on the logarithm
        EXPECT_NEAR(std::log(numberAt(grid, row, 4) / value), 1.959963984540054 * numberAt(grid, row, 2) / value, 1e-9) << row;
    }
}

TEST(ClvModel, PropertyIsTheFitFromColumns) {
    std::vector<double> repeats, recency, age;
    for (const support::CdnowCustomer& each : support::cdnowCustomers()) {
        repeats.push_back(each.history.repeats);
        recency.push_back(std::round(7 * each.history.recency));
        age.push_back(std::round(7 * each.history.age));
    }
    for (const std::string& model : models) {
        const OutputGrid table = gridOf(modelOf(cdnowTable(), {Absent{}, model, cdnowUntil}));
        const OutputGrid columns =
            gridOf(support::call("CLVFIT", {support::range(repeats), support::range(recency), support::range(age), model}));
        for (std::size_t row = 1; row <= 4; ++row)
            for (std::size_t column = 0; column < 3; ++column)
                EXPECT_TRUE(support::sameCell(table.at(row, column), columns.at(row, column))) << model << row << column;
        EXPECT_TRUE(near(figure(table, "log likelihood"), numberAt(columns, 5, 1)));
        EXPECT_EQ(faultAt(table, 5, 1), Fault::NothingToCompute) << "no spend without amounts";
    }
}

TEST(ClvHoldout, ValuesOfCdnow) {
    // BTYD 2.4.3, walkthrough, pages 11 and 24: by repeats 0 to 6 and 7+. Their fits stopped a little before the maximum; with
    // the parameters that they print the figures agree to the digit (LifetimeScalars.ValuesPublishedOfTheWholeSample).
    const double customers[] = {1411, 439, 214, 100, 62, 38, 29, 64};
    const double actual[] = {0.237, 0.697, 1.393, 1.56, 2.532, 2.947, 3.862, 6.359};
    const double pareto[] = {0.138, 0.6, 1.196, 1.714, 2.399, 2.907, 3.819, 6.403};
    const double bg[] = {0.2250893, 0.5231364, 1.044126, 1.520256, 2.163824, 2.653789, 3.503957, 6.157036};
    const OutputGrid ofPareto = gridOf(holdoutOf(cdnowTable(), {cdnowUntil, "frequency", "pnbd", Absent{}, Absent{}, 0.0}));
    const OutputGrid ofBg = gridOf(holdoutOf(cdnowTable(), {cdnowUntil, "frequency", "bgnbd", Absent{}, Absent{}, 0.0}));
    ASSERT_EQ(ofBg.rows, 8U);
    for (std::size_t row = 0; row < 8; ++row) {
        EXPECT_EQ(numberAt(ofBg, row, 1), customers[row]) << row;
        EXPECT_NEAR(numberAt(ofBg, row, 2), actual[row], 0.0005) << row;
        EXPECT_NEAR(numberAt(ofPareto, row, 3), pareto[row], 0.0007) << row;
        EXPECT_NEAR(numberAt(ofBg, row, 3) / bg[row], 1, 3e-5) << row;
    }
    EXPECT_EQ(std::get<std::string>(ofBg.at(7, 0)), "7+");
}

TEST(ClvHoldout, ValuesOfCdnowsErrors) {
    // Forecast 1,653, naive 2,930, came 1,882: the issue this function was made for.
    const OutputGrid grid = gridOf(holdoutOf(cdnowTable(), {cdnowUntil, Absent{}, "bgnbd"}));
    EXPECT_NEAR(numberAt(grid, 1, 1), 1653, 0.5);
    EXPECT_NEAR(numberAt(grid, 2, 1), 2930, 0.5);
    EXPECT_EQ(numberAt(grid, 3, 1), 0);
    for (std::size_t row = 1; row <= 3; ++row) {
        EXPECT_EQ(numberAt(grid, row, 2), 1882);
        EXPECT_TRUE(near(numberAt(grid, row, 3), 1882 - numberAt(grid, row, 1)));
    }
    EXPECT_LT(numberAt(grid, 1, 5), numberAt(grid, 3, 5)) << "the model beats expecting nothing";
}

TEST(ClvHoldout, ValuesOfCdnowsTracking) {
    // BTYD 2.4.3, walkthrough, pages 13, 26 and 27.
    const double soFar[] = {1359, 1414, 1484, 1517, 1573, 1672};
    const double expectedSoFar[] = {1312.458, 1387.346, 1460.392, 1531.713, 1601.418, 1669.6};
    const double inWeek[] = {76.86531, 74.88843, 73.04554, 71.32166, 69.70412, 68.18213};
    const double paretoInWeek[] = {78.308, 76.419, 74.648, 72.983, 71.414, 69.933};  // their fit stopped early
    const OutputGrid bg = gridOf(holdoutOf(cdnowTable(), {cdnowUntil, "tracking", "bgnbd"}));
    const OutputGrid pareto = gridOf(holdoutOf(cdnowTable(), {cdnowUntil, "tracking", "pnbd"}));
    ASSERT_EQ(bg.rows, 1U + 78);
    for (std::size_t index = 0; index < 6; ++index) {
        const std::size_t row = 20 + index;
        EXPECT_EQ(numberAt(bg, row, 3), soFar[index]) << row;
        EXPECT_NEAR(numberAt(bg, row, 4) / expectedSoFar[index], 1, 5e-5) << row;
        EXPECT_NEAR(numberAt(bg, row, 2) / inWeek[index], 1, 5e-5) << row;
        EXPECT_NEAR(numberAt(pareto, row, 2), paretoInWeek[index], 0.02) << row;
        EXPECT_EQ(numberAt(bg, row, 0), support::cdnowStart + 7 * static_cast<double>(row) - 1);
    }
    EXPECT_EQ(numberAt(bg, 78, 0), cdnowAsOf);
    EXPECT_EQ(numberAt(bg, 78, 3), 2457 + 1882);
}

TEST(ClvPredict, PropertyIsTheFunctionsOfOneNumber) {
    const OutputGrid model = gridOf(modelOf(cdnowTable(), {"amount", "bgnbd", cdnowUntil}));
    const OutputGrid grid = gridOf(predictionOf(cdnowTable(), {273.0, 0.12, 0.3, "bgnbd", cdnowUntil}));
    ASSERT_EQ(grid.rows, 2U + 2357);
    const Grid purchase = support::row({figure(model, "r"), figure(model, "alpha"), figure(model, "a"), figure(model, "b")});
    const Grid spend = support::row({figure(model, "p"), figure(model, "q"), figure(model, "gamma")});
    const double daily = std::pow(1.12, 1.0 / 365) - 1;
    // Customers are numbers, and stay so.
    EXPECT_EQ(numberAt(grid, 2, 0), 1);
    EXPECT_EQ(numberAt(grid, 11, 0), 10);
    Sum alive, purchases, value;
    for (std::size_t row = 2; row < grid.rows; ++row) {
        alive.add(numberAt(grid, row, 4));
        purchases.add(numberAt(grid, row, 5));
        value.add(numberAt(grid, row, 7));
        if (row % 97 != 0) continue;
        const double x = numberAt(grid, row, 1), recency = numberAt(grid, row, 2), age = numberAt(grid, row, 3);
        EXPECT_TRUE(near(numberAt(grid, row, 4), support::valueOf("PALIVE", {x, recency, age, purchase, "bgnbd"})));
        EXPECT_TRUE(
            near(numberAt(grid, row, 5), support::valueOf("EXPECTEDPURCHASES", {x, recency, age, 273.0, purchase, "bgnbd"})));
        const double discounted = support::valueOf("EXPECTEDPURCHASES", {x, recency, age, 273.0, purchase, "bgnbd", daily});
        EXPECT_TRUE(near(numberAt(grid, row, 7), 0.3 * numberAt(grid, row, 6) * discounted)) << row;
        if (x == 0) {
            EXPECT_TRUE(near(numberAt(grid, row, 6), support::valueOf("EXPECTEDSPEND", {0.0, 0.0, spend})));
        }
    }
    EXPECT_EQ(std::get<std::string>(grid.at(1, 0)), "All");
    EXPECT_EQ(numberAt(grid, 1, 1), 2457);
    EXPECT_EQ(faultAt(grid, 1, 2), Fault::NothingToCompute);
    EXPECT_TRUE(near(numberAt(grid, 1, 4), alive.value()));
    EXPECT_TRUE(near(numberAt(grid, 1, 5), purchases.value()));
    EXPECT_TRUE(near(numberAt(grid, 1, 7), value.value()));
    EXPECT_LT(numberAt(grid, 1, 8), numberAt(grid, 1, 7));
    EXPECT_TRUE(near(numberAt(grid, 1, 8) + numberAt(grid, 1, 9), 2 * numberAt(grid, 1, 7)));
    EXPECT_TRUE(std::holds_alternative<Blank>(grid.at(2, 8)));
}

// A shop in which customers buy, leave and spend as the models say, with the mess of real exports.
Rows simulatedShop(Dice& dice, std::size_t customers) {
    Rows rows = {{"customer", "when", "amount", "channel"}};
    for (std::size_t customer = 0; customer < customers; ++customer) {
        const std::string name = "Customer " + std::to_string(customer);
        const double rate = -std::log(1 - dice.share()) / 30;
        const double dropout = dice.share() * dice.share();
        const double usual = 20 + 30 * dice.share();
        double now = 45000 + dice.between(0, 120);
        do {
            const double day = dice.oneIn(3) ? std::floor(now) : now;
            rows.push_back({dice.oneIn(5) ? ' ' + name : name, day, std::round(100 * usual * (0.5 + dice.share())) / 100,
                            customer % 2 == 0 ? "Web" : "Shop"});
            now += -std::log(1 - dice.share()) / rate;
        } while (now < 45360 && dice.share() >= dropout);
    }
    rows.push_back({Blank{}, 45100.0, 10.0, "Web"});
    rows.push_back({"Customer 1", Blank{}, 10.0, "Web"});
    return rows;
}

TEST(LifetimeTables, PropertyTheOrderOfTheRowsDoesNotMatter) {
    Dice dice(81);
    for (int trial = 0; trial < 5; ++trial) {
        const Rows rows = simulatedShop(dice, 150);
        Rows body(rows.begin() + 1, rows.end());
        dice.shuffle(body);
        body.insert(body.begin(), rows.front());
        const std::string& model = dice.pick(models);
        EXPECT_TRUE(sameOutcome(modelOf(tableOf(body), {"amount", model}), modelOf(tableOf(rows), {"amount", model})));
        EXPECT_TRUE(sameOutcome(predictionOf(tableOf(body), {90.0, 0.1, 1.0, model}),
                                predictionOf(tableOf(rows), {90.0, 0.1, 1.0, model})));
        for (const char* view : {"errors", "frequency", "tracking"})
            EXPECT_TRUE(
                sameOutcome(holdoutOf(tableOf(body), {45240.0, view, model}), holdoutOf(tableOf(rows), {45240.0, view, model})));
    }
}

// A customer's history by hand: the days of purchases, each once.
std::map<std::string, std::set<double>> daysByHand(const Rows& rows) {
    std::map<std::string, std::set<double>> days;
    for (std::size_t row = 1; row < rows.size(); ++row) {
        const std::string customer = support::unitByHand(rows[row][0]);
        const double* when = std::get_if<double>(&rows[row][1]);
        if (!customer.empty() && when != nullptr) days[customer].insert(std::floor(*when));
    }
    return days;
}

// Ids as exports have them: other capitals, no-break blanks, numbers as text, -0, and two that differ in capitals and are two.
Rows withMessyIds(Dice& dice, Rows rows) {
    static const std::vector<Cell> ids = {"Ana", "ANA ", "\u00A0ana", 7.0, "7", 0.0, -0.0, "0015000000GvAAa", "0015000000gvAAA",
                                          " "};
    for (std::size_t left = 60; left > 0; --left)
        rows.push_back(
            {dice.pick(ids), 45000 + dice.count(300) + (dice.oneIn(2) ? dice.share() : 0), dice.whole(100, 9999) / 100.0, "Web"});
    return rows;
}

TEST(ClvPredict, PropertyHistoriesAreThoseByHand) {
    Dice dice(90);
    for (int trial = 0; trial < 10; ++trial) {
        const Rows rows = withMessyIds(dice, simulatedShop(dice, 150));
        const double asOf = 45400;
        const OutputGrid grid = gridOf(predictionOf(tableOf(rows), {90.0, 0.1, 1.0, Absent{}, asOf}));
        const std::map<std::string, std::set<double>> expected = daysByHand(rows);
        ASSERT_EQ(grid.rows, 2 + expected.size());
        for (std::size_t row = 2; row < grid.rows; ++row) {
            const std::string* name = std::get_if<std::string>(&grid.at(row, 0));
            const std::string customer = support::unitByHand(name != nullptr ? Cell(*name) : Cell(numberAt(grid, row, 0)));
            const std::set<double>& days = expected.at(customer);
            EXPECT_EQ(numberAt(grid, row, 1), static_cast<double>(days.size() - 1)) << customer;
            EXPECT_EQ(numberAt(grid, row, 2), *days.rbegin() - *days.begin()) << customer;
            EXPECT_EQ(numberAt(grid, row, 3), asOf - *days.begin()) << customer;
        }
    }
}

TEST(LifetimeTables, PropertyPurchasesOfOneDayAreOne) {
    Dice dice(82);
    Rows rows = simulatedShop(dice, 150);
    Rows twice = {rows.front()};
    for (std::size_t row = 1; row < rows.size(); ++row) {
        twice.push_back(rows[row]);
        const double* when = std::get_if<double>(&rows[row][1]);
        if (when == nullptr) continue;
        twice.back()[2] = std::get<double>(rows[row][2]) / 4;
        twice.push_back(rows[row]);
        twice.back()[1] = std::floor(*when) + dice.share();
        twice.back()[2] = std::get<double>(rows[row][2]) * 3 / 4;
    }
    const double asOf = 45400;
    EXPECT_TRUE(sameOutcome(predictionOf(tableOf(twice), {365.0, 0.0, 1.0, Absent{}, asOf}),
                            predictionOf(tableOf(rows), {365.0, 0.0, 1.0, Absent{}, asOf})));
}

TEST(ClvPredict, PropertyMoneyAndMarginScale) {
    Dice dice(83);
    const Rows rows = simulatedShop(dice, 200);
    Rows cents = rows;
    for (std::size_t row = 1; row < cents.size(); ++row) cents[row][2] = std::get<double>(rows[row][2]) * 100;
    const OutputGrid units = gridOf(predictionOf(tableOf(rows)));
    const OutputGrid scaled = gridOf(predictionOf(tableOf(cents), {Absent{}, Absent{}, 0.25}));
    for (std::size_t row = 1; row < units.rows; ++row)
        EXPECT_NEAR(numberAt(scaled, row, 7) / numberAt(units, row, 7), 25, 1e-6) << row;
    EXPECT_NEAR(numberAt(scaled, 1, 8) / numberAt(units, 1, 8), 25, 1e-5);
}

// The standard error of the sum, from how far the sum moves with the parameters in simulated data: it shrinks with the root of the
// number of customers.
TEST(ClvPredict, PropertyMoreCustomersAreMoreCertain) {
    Dice dice(84);
    const auto width = [](const OutputGrid& grid) { return (numberAt(grid, 1, 9) - numberAt(grid, 1, 8)) / numberAt(grid, 1, 7); };
    const double few = width(gridOf(predictionOf(tableOf(simulatedShop(dice, 300)))));
    const double many = width(gridOf(predictionOf(tableOf(simulatedShop(dice, 2700)))));
    EXPECT_NEAR(few / many, 3, 1);
}

TEST(LifetimeTables, PropertyTheClockIsTheWholeTables) {
    Dice dice(85);
    Rows rows = simulatedShop(dice, 150);
    rows.push_back({"Somebody else", 45500.0, 10.0, "Elsewhere"});
    const std::vector<Argument> web = {Absent{}, Absent{}, Absent{}, Absent{}, Absent{}, Absent{}, "channel", "Web"};
    const std::vector<Argument> then = {Absent{}, Absent{}, Absent{}, Absent{}, 45500.0, Absent{}, "channel", "Web"};
    EXPECT_TRUE(sameOutcome(predictionOf(tableOf(rows), web), predictionOf(tableOf(rows), then)));
    const OutputGrid grid = gridOf(predictionOf(tableOf(rows), web));
    EXPECT_EQ(grid.rows, 2U + 75);
}

TEST(LifetimeTables, PropertyWhatCameLaterHasNotHappened) {
    Dice dice(86);
    const Rows rows = simulatedShop(dice, 150);
    Rows until = {rows.front()};
    for (const auto& row : rows)
        if (const double* when = std::get_if<double>(&row[1]); when != nullptr && *when < 45241) until.push_back(row);
    EXPECT_TRUE(
        sameOutcome(modelOf(tableOf(rows), {"amount", Absent{}, 45240.0}), modelOf(tableOf(until), {"amount", Absent{}, 45240.0})));
}

TEST(ClvHoldout, PropertyTheModelIsThatOfTheDayUntil) {
    Dice dice(87);
    const TableHandle table = tableOf(simulatedShop(dice, 250));
    const OutputGrid prediction = gridOf(predictionOf(table, {120.0, 0.0, 1.0, Absent{}, 45240.0}));
    const OutputGrid purchases = gridOf(holdoutOf(table, {45240.0, Absent{}, Absent{}, Absent{}, 45360.0}));
    const OutputGrid money = gridOf(holdoutOf(table, {45240.0, Absent{}, Absent{}, "amount", 45360.0}));
    EXPECT_TRUE(near(numberAt(purchases, 1, 1), numberAt(prediction, 1, 5)));
    EXPECT_TRUE(near(numberAt(money, 1, 1), numberAt(prediction, 1, 7)));
    // The views agree on what came.
    const OutputGrid frequency = gridOf(holdoutOf(table, {45240.0, "frequency", Absent{}, Absent{}, 45360.0}));
    double actual = 0, expected = 0;
    for (std::size_t row = 1; row < frequency.rows; ++row)
        if (const double customers = numberAt(frequency, row, 1); customers > 0) {
            actual += customers * numberAt(frequency, row, 2);
            expected += customers * numberAt(frequency, row, 3);
        }
    EXPECT_TRUE(near(actual, numberAt(purchases, 1, 2)));
    EXPECT_TRUE(near(expected, numberAt(purchases, 1, 1)));
    const OutputGrid tracking = gridOf(holdoutOf(table, {45240.0, "tracking", Absent{}, Absent{}, 45360.0}));
    EXPECT_TRUE(near(numberAt(tracking, tracking.rows - 1, 3), numberAt(prediction, 1, 1) + actual));
    double sum = 0;
    for (std::size_t row = 1; row < tracking.rows; ++row) {
        sum += numberAt(tracking, row, 2);
        EXPECT_TRUE(near(sum, numberAt(tracking, row, 4))) << row;
    }
}

Rows shopOf(const std::vector<std::vector<double>>& days, double amount = 10) {
    Rows rows = {{"customer", "when", "amount"}};
    for (std::size_t customer = 0; customer < days.size(); ++customer)
        for (const double day : days[customer]) rows.push_back({static_cast<double>(customer + 1), 45000 + day, amount});
    return rows;
}

TEST(LifetimeTables, EdgeRunawaysAreErrorsWithTheirVerdict) {
    Dice dice(88);
    const auto regularly = [&dice](int customers, double least, double most, double fewest, double purchases) {
        std::vector<std::vector<double>> days;
        for (int customer = 0; customer < customers; ++customer) {
            days.emplace_back();
            const double gap = dice.between(least, most);
            const double last = fewest + dice.count(static_cast<std::size_t>(purchases - fewest));
            double day = std::floor(dice.between(0, gap));
            for (double number = 0; number < last && day <= 300; ++number, day += gap) days.back().push_back(std::floor(day));
        }
        return shopOf(days);
    };
    struct Case {
        const char* name;
        const char* verdict;  // none: any but "ok" and "weak"
        Rows rows;
    };
    const std::vector<Case> cases = {
        {"nobody leaves", "nobody leaves", regularly(300, 5, 60, 1000, 1000)},
        {"all at one rate", "customers buy at one rate", regularly(300, 20, 20, 1000, 1000)},
        {"all leave after four to nine purchases", "customers leave alike", regularly(300, 2, 30, 4, 9)},
        {"one customer", nullptr, shopOf({{0, 20, 40, 200}})},
        {"two customers", nullptr, shopOf({{0, 20, 40, 200}, {0, 7}})},
        {"all bought twice", nullptr, shopOf(std::vector<std::vector<double>>(200, {0, 30}))},
        {"all bought twice, at any time", nullptr, regularly(300, 5, 60, 2, 2)},
    };
    for (const auto& [name, verdict, rows] : cases)
        for (const std::string& model : models) {
            const double asOf = 45300;
            const OutputGrid grid = gridOf(modelOf(tableOf(rows), {"amount", model, asOf}));
            for (std::size_t row = 1; row <= 4; ++row)
                for (std::size_t column = 1; column < 5; ++column)
                    EXPECT_EQ(faultAt(grid, row, column), Fault::NoConvergence) << name;
            for (std::size_t row = 5; row <= 7; ++row)  // all spend the same
                EXPECT_EQ(faultAt(grid, row, 1), Fault::NoConvergence) << name;
            if (verdict != nullptr) {
                EXPECT_EQ(verdictOf(grid), verdict) << name << ' ' << model;
            }
            EXPECT_NE(verdictOf(grid), "ok") << name;
            EXPECT_FALSE(verdictOf(grid).starts_with("weak")) << name;
            EXPECT_GT(figure(grid, "customers"), 0) << name;
            EXPECT_EQ(faultAt(grid, rowNamed(grid, "log likelihood"), 1), Fault::NoConvergence) << name;
            EXPECT_EQ(faultAt(grid, rowNamed(grid, "worst relative error"), 1), Fault::NoConvergence) << name;
            const OutputGrid prediction = gridOf(predictionOf(tableOf(rows), {Absent{}, Absent{}, Absent{}, model, asOf}));
            for (const std::size_t column : {4U, 5U, 6U, 7U}) {
                EXPECT_EQ(faultAt(prediction, 1, column), column == 6 ? Fault::NothingToCompute : Fault::NoConvergence) << name;
                EXPECT_EQ(faultAt(prediction, 2, column), Fault::NoConvergence) << name << column;
            }
            EXPECT_GT(numberAt(prediction, 2, 1), 0) << name;
            const OutputGrid holdout = gridOf(holdoutOf(tableOf(rows), {45250.0, Absent{}, model, Absent{}, asOf}));
            EXPECT_EQ(faultAt(holdout, 1, 1), Fault::NoConvergence) << name;
            EXPECT_GE(numberAt(holdout, 2, 1), 0) << name;
        }
}

TEST(LifetimeTables, EdgeWithoutARepeatThereIsNothing) {
    const TableHandle table = tableOf(shopOf({{0}, {3}, {8}, {8}, {200}}));
    for (const std::string& model : models) {
        EXPECT_TRUE(refuses("CLVMODEL", {table, "customer", "when", "amount", model}, Fault::NothingToCompute));
        EXPECT_TRUE(refuses("CLVPREDICT", {table, "customer", "when", "amount", 90.0, 0.0, 1.0, model}, Fault::NothingToCompute));
        EXPECT_TRUE(refuses("CLVHOLDOUT", {table, "customer", "when", 45100.0, Absent{}, model}, Fault::NothingToCompute));
    }
}

TEST(LifetimeTables, EdgeOneSpendForAllLeavesThePurchases) {
    Rows rows = {{"customer", "when", "amount"}};
    double number = 0;
    for (const auto& purchases : support::cdnow()) {
        ++number;
        for (const support::CdnowPurchase& each : purchases) rows.push_back({number, support::cdnowStart + each.day, Blank{}});
    }
    // One purchase a day, of 10: the amounts of a day would add up.
    Rows merged = {rows.front()};
    for (const auto& row : rows)
        if (&row != &rows.front() && (merged.back()[0] != row[0] || merged.back()[1] != row[1]))
            merged.push_back({row[0], row[1], 10.0});
    const OutputGrid grid = gridOf(modelOf(tableOf(merged), {"amount", "bgnbd", cdnowUntil}));
    EXPECT_NEAR(figure(grid, "r"), 0.2426, 1e-4);
    EXPECT_EQ(faultAt(grid, rowNamed(grid, "p"), 1), Fault::NoConvergence);
    EXPECT_EQ(verdictOf(grid), "not found");
    EXPECT_EQ(faultAt(grid, rowNamed(grid, "frequency-spend correlation"), 1), Fault::NothingToCompute);
    const OutputGrid prediction = gridOf(predictionOf(tableOf(merged), {365.0, 0.0, 1.0, "bgnbd", cdnowUntil}));
    EXPECT_GT(numberAt(prediction, 1, 5), 0);
    EXPECT_EQ(faultAt(prediction, 1, 7), Fault::NoConvergence);
    EXPECT_EQ(faultAt(prediction, 2, 6), Fault::NoConvergence);
    // Nobody spent anything: all repeat buyers are left out.
    const OutputGrid free = gridOf(modelOf(tableOf(rows), {"amount", "bgnbd", cdnowUntil}));
    EXPECT_EQ(figure(free, "left out of spend"), 946);
    EXPECT_EQ(faultAt(free, rowNamed(free, "p"), 1), Fault::NoConvergence);
}

// A few spend so much that the mean of all has no end: the spend model is found, with a q below 1.
TEST(LifetimeTables, EdgeSpendWithoutAMeanLeavesThePurchases) {
    Dice dice(90);
    Rows rows = simulatedShop(dice, 400);
    std::map<std::string, double> usual;
    for (std::size_t row = 1; row < rows.size(); ++row) {
        const std::string* name = std::get_if<std::string>(&rows[row][0]);
        if (name == nullptr) continue;
        const std::string trimmed = name->substr(name->find_first_not_of(' '));
        const auto place = usual.try_emplace(trimmed, 15 / support::gammaOf(dice, 0.6)).first;
        rows[row][2] = std::ceil(100 * place->second * support::gammaOf(dice, 1.5)) / 100;
    }
    const OutputGrid grid = gridOf(modelOf(tableOf(rows), {"amount"}));
    EXPECT_EQ(verdictOf(grid), "ok");
    EXPECT_LT(figure(grid, "q"), 1);
    const OutputGrid prediction = gridOf(predictionOf(tableOf(rows)));
    for (const std::size_t row : {1U, 2U, 100U}) {
        EXPECT_GT(numberAt(prediction, row, 4), 0);
        EXPECT_GT(numberAt(prediction, row, 5), 0);
        EXPECT_EQ(faultAt(prediction, row, 6), row == 1 ? Fault::NothingToCompute : Fault::NoConvergence);
        EXPECT_EQ(faultAt(prediction, row, 7), Fault::NoConvergence);
    }
    EXPECT_EQ(faultAt(prediction, 1, 8), Fault::NoConvergence);
}

TEST(LifetimeTables, EdgeFewRepeatBuyersAreWeak) {
    Rows rows = {{"customer", "when", "amount"}};
    for (std::size_t customer = 0; customer < 230; ++customer) {
        const auto& purchases = support::cdnow()[customer];
        for (const support::CdnowPurchase& each : purchases)
            rows.push_back({"C" + std::to_string(customer), support::cdnowStart + each.day, each.amount});
    }
    const OutputGrid grid = gridOf(modelOf(tableOf(rows), {"amount", "bgnbd", cdnowUntil}));
    EXPECT_LT(figure(grid, "repeat buyers"), 100);
    EXPECT_EQ(verdictOf(grid), "weak: few repeat buyers");
}

// Any table in: numbers that are some, or faults.
TEST(LifetimeTables, PropertyWhateverStandsInTheTableNoCellIsNoNumber) {
    Dice dice(89);
    const std::vector<double> amounts = {0, 1, 10, 19.99, 5e-324, 1e-9, 1e15, 1e300, 1.7e308};
    const std::vector<double> horizons = {0, 1e-9, 1, 365, 1e5, 1e9, 1e300};
    const std::vector<double> rates = {0, 1e-12, 0.1, 5, 1e9};
    const auto sound = [](const Result<Outcome>& result) {
        if (!result) return true;
        const OutputGrid grid = gridOf(result);
        return std::all_of(grid.cells.begin(), grid.cells.end(), [](const OutputCell& cell) {
            const double* number = std::get_if<double>(&cell);
            return number == nullptr || std::isfinite(*number);
        });
    };
    for (int trial = 0; trial < 120; ++trial) {
        Rows rows = {{"customer", "when", "amount"}};
        const std::size_t customers = 1 + dice.below(30);
        const double span = dice.pick(std::vector<double>{1, 30, 400, 20000, 1e6});
        for (std::size_t left = dice.below(120); left > 0; --left) {
            rows.push_back({dice.count(customers), 45000 + std::floor(span * dice.share()) + (dice.oneIn(3) ? dice.share() : 0),
                            dice.oneIn(3) ? Cell(dice.pick(amounts)) : Cell(dice.between(5, 90))});
            if (dice.oneIn(20)) rows.back()[2] = Blank{};
            if (dice.oneIn(30)) rows.back()[1] = Blank{};
        }
        const TableHandle table = tableOf(rows);
        const std::string& model = dice.pick(models);
        EXPECT_TRUE(sound(modelOf(table, {"amount", model}))) << trial;
        EXPECT_TRUE(sound(predictionOf(table, {dice.pick(horizons), dice.pick(rates), dice.between(-1, 1), model}))) << trial;
        for (const char* view : {"errors", "frequency", "tracking"})
            EXPECT_TRUE(sound(holdoutOf(table, {45000 + std::floor(span * dice.share()), view, model,
                                                dice.oneIn(2) ? Argument("amount") : Argument(Absent{})})))
                << trial << view;
    }
}

TEST(LifetimeTables, Refusals) {
    const TableHandle table = tableOf(shopOf({{0, 20}, {0}}));
    EXPECT_TRUE(refuses("CLVMODEL", {table, "buyer", "when"}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("CLVMODEL", {table, "customer", "when", Absent{}, "nbd"}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("CLVMODEL", {table, "customer", "when", Absent{}, Absent{}, Absent{}, 1.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("CLVMODEL", {table, "customer", "when", Absent{}, Absent{}, 44000.0}, Fault::NothingToCompute));
    EXPECT_TRUE(
        refuses("CLVMODEL", {table, "customer", "when", Absent{}, Absent{}, 45010.0}, Fault::NothingToCompute));  // no repeat yet
    EXPECT_TRUE(refuses("CLVMODEL", {tableOf({{"customer", "when"}}), "customer", "when"}, Fault::NothingToCompute));
    EXPECT_TRUE(refuses("CLVPREDICT", {table, "customer", "when", "amount", -1.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("CLVPREDICT", {table, "customer", "when", "amount", 365.0, -0.1}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("CLVPREDICT", {table, "customer", "when", "amount", 365.0, 0.1, 40.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("CLVHOLDOUT", {table, "customer", "when", 45020.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("CLVHOLDOUT", {table, "customer", "when", 45010.0}, Fault::NothingToCompute));
    EXPECT_TRUE(refuses("CLVHOLDOUT", {table, "customer", "when", 45010.0, "weeks"}, Fault::OutsideDomain));
    const auto bad = [](Cell when, Cell amount) {
        Rows rows = shopOf({{0, 20}, {0}});
        rows.push_back({1.0, std::move(when), std::move(amount)});
        return tableOf(rows);
    };
    const auto failureOf = [](const TableHandle& of) { return modelOf(of, {"amount"}).failure(); };
    EXPECT_EQ(failureOf(bad(45030.0, -1.0)), Failure(Fault::OutsideDomain, Wrong::BelowZero).at(3, 5));
    EXPECT_EQ(failureOf(bad(20240131.0, 1.0)), Failure(Fault::OutsideDomain, Wrong::NoDate).at(2, 5));
    EXPECT_EQ(failureOf(bad("soon", 1.0)), Failure(Fault::NotANumber, Wrong::TextForDate).at(2, 5));
    EXPECT_EQ(failureOf(bad(45030.0, "much")), Failure(Fault::NotANumber, Wrong::TextForNumber).at(3, 5));
}

}  // namespace
}  // namespace calckpi
