// Models of lifetime value: against published figures, against a program that computes them another way with many digits
// (tests/oracles/lifetime_oracle.py), and by what must hold whatever the customers.
#include "core/kpis/lifetime.hpp"

#include "core/statistics/quadrature.hpp"
#include "tests/support/cdnow.hpp"
#include "tests/support/expect.hpp"
#include "tests/support/formula.hpp"
#include "tests/support/gamma.hpp"
#include "tests/support/random.hpp"
#include "tests/support/tables.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <fstream>
#include <functional>
#include <limits>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace calckpi {
namespace {

using support::cdnowHistories;
using support::Dice;
using support::gammaOf;
using support::gridOf;
using support::near;
using support::numberAt;
using support::range;
using support::refuses;
using support::shows;
using support::valueOf;

const std::vector<PurchaseModel> models = {PurchaseModel::MbgNbd, PurchaseModel::BgNbd, PurchaseModel::ParetoNbd};
const PurchaseParameters bgOfPaper = {0.243, 4.414, 0.793, 2.426};  // Fader, Hardie and Lee 2005, table 2

PurchaseModel modelNamed(std::string_view word) { return *PurchaseModelChoice::fromText(word); }

Grid parameterRow(const PurchaseParameters& parameters) {
    return support::row({parameters[0], parameters[1], parameters[2], parameters[3]});
}

// The figures that published tables have, with the last digit they print.
struct Printed {
    const char* formula;
    double value;
    double tolerance;
};

TEST(LifetimeScalars, ValuesPublished) {
    for (const auto& [formula, value, tolerance] : std::vector<Printed>{
             // BTYD 2.4.3, walkthrough, page 22 (BG/NBD) and 9 to 10 (Pareto/NBD; their parameters there have fewer digits).
             {"=EXPECTEDPURCHASES(0;0;0;52;{0.2425982;4.4136842;0.7929899;2.4261667};\"bgnbd\")", 1.444004, 2e-5},
             {"=EXPECTEDPURCHASES(26;30.857142857;31;52;{0.2425982;4.4136842;0.7929899;2.4261667};\"bgnbd\")", 25.75659, 2e-4},
             {"=PALIVE(26;30.857142857;31;{0.2425982;4.4136842;0.7929899;2.4261667};\"bgnbd\")", 0.9688523, 2e-6},
             {"=EXPECTEDPURCHASES(10;20;39;52;{0.2425982;4.4136842;0.7929899;2.4261667};\"bgnbd\")", 0.3474606, 7e-6},
             {"=EXPECTEDPURCHASES(15;20;39;52;{0.2425982;4.4136842;0.7929899;2.4261667};\"bgnbd\")", 0.04283391, 8e-7},
             {"=EXPECTEDPURCHASES(20;20;39;52;{0.2425982;4.4136842;0.7929899;2.4261667};\"bgnbd\")", 0.004158973, 8e-8},
             {"=EXPECTEDPURCHASES(25;20;39;52;{0.2425982;4.4136842;0.7929899;2.4261667};\"bgnbd\")", 0.0003583685, 7e-9},
             {"=EXPECTEDPURCHASES(0;0;0;52;{0.5532770;10.5776835;0.6062400;11.6687353};\"pnbd\")", 1.473434, 2e-4},
             {"=EXPECTEDPURCHASES(26;30.857142857;31;52;{0.5532770;10.5776835;0.6062400;11.6687353};\"pnbd\")", 25.45647, 2e-3},
             {"=PALIVE(26;30.857142857;31;{0.5533971;10.5801985;0.6060625;11.6562237};\"pnbd\")", 0.997874, 1e-6},
             {"=EXPECTEDPURCHASES(10;20;39;52;{0.5532770;10.5776835;0.6062400;11.6687353};\"pnbd\")", 0.7062289, 7e-4},
             {"=EXPECTEDPURCHASES(15;20;39;52;{0.5532770;10.5776835;0.6062400;11.6687353};\"pnbd\")", 0.1442396, 1.4e-4},
             {"=EXPECTEDPURCHASES(20;20;39;52;{0.5532770;10.5776835;0.6062400;11.6687353};\"pnbd\")", 0.02250658, 2.2e-5},
             {"=EXPECTEDPURCHASES(25;20;39;52;{0.5532770;10.5776835;0.6062400;11.6687353};\"pnbd\")", 0.00309267, 3e-6},
             // BTYD, manual of pnbd.PAlive.
             {"=PALIVE(0;0;39;{0.5534;10.5802;0.6061;11.6562};\"pnbd\")", 0.2941633, 5e-5},
             // Hardie's sheet of BG/NBD, as in the tests of the Python package lifetimes.
             {"=EXPECTEDPURCHASES(0;0;0;0.1429;{0.2425929;4.4135315;0.7928861;2.4257534};\"bgnbd\")", 0.0078, 5e-4},
             {"=EXPECTEDPURCHASES(0;0;0;1;{0.2425929;4.4135315;0.7928861;2.4257534};\"bgnbd\")", 0.0532, 5e-4},
             {"=EXPECTEDPURCHASES(0;0;0;3;{0.2425929;4.4135315;0.7928861;2.4257534};\"bgnbd\")", 0.1506, 5e-4},
             {"=EXPECTEDPURCHASES(0;0;0;31.8571;{0.2425929;4.4135315;0.7928861;2.4257534};\"bgnbd\")", 1.0405, 5e-4},
             {"=EXPECTEDPURCHASES(0;0;0;32;{0.2425929;4.4135315;0.7928861;2.4257534};\"bgnbd\")", 1.0437, 5e-4},
             {"=EXPECTEDPURCHASES(0;0;0;78;{0.2425929;4.4135315;0.7928861;2.4257534};\"bgnbd\")", 1.8576, 5e-4},
             {"=EXPECTEDPURCHASES(2;30.43;38.86;39;{0.243;4.414;0.793;2.426};\"bgnbd\")", 1.226, 5e-4},
             // The same tests: probabilities and powers that no number can hold, and no dropout before a repeat.
             {"=PALIVE(1000;10;100;{0.243;4.414;0.793;2.426};\"bgnbd\")", 0, 1e-300},
             {"=PALIVE(0;1;1;{0.243;4.414;0.793;2.426};\"bgnbd\")", 1, 0},
             {"=EXPECTEDPURCHASES(132;200;200;10;{0.55;10.58;0.61;11.67};\"pnbd\")", 6.206051788963242, 6e-12},
             {"=EXPECTEDPURCHASES(133;200;200;10;{0.55;10.58;0.61;11.67};\"pnbd\")", 6.252872247574811, 6e-12},
             // BTYD, manual of pnbd.Expectation, whose parameters differ in the fourth digit.
             {"=EXPECTEDPURCHASES(0;0;0;1;{0.5533971;10.5801985;0.6060625;11.6562237};\"pnbd\")", 0.05077821, 2.5e-3},
             {"=EXPECTEDPURCHASES(0;0;0;2;{0.5533971;10.5801985;0.6060625;11.6562237};\"pnbd\")", 0.09916088, 2.5e-3},
             {"=EXPECTEDPURCHASES(0;0;0;3;{0.5533971;10.5801985;0.6060625;11.6562237};\"pnbd\")", 0.14542507, 2.5e-3},
             {"=EXPECTEDPURCHASES(0;0;0;4;{0.5533971;10.5801985;0.6060625;11.6562237};\"pnbd\")", 0.1897993, 2.5e-3},
             {"=EXPECTEDPURCHASES(0;0;0;5;{0.5533971;10.5801985;0.6060625;11.6562237};\"pnbd\")", 0.23247466, 2.5e-3},
             {"=EXPECTEDPURCHASES(0;0;0;6;{0.5533971;10.5801985;0.6060625;11.6562237};\"pnbd\")", 0.27361274, 2.5e-3},
             {"=EXPECTEDPURCHASES(0;0;0;7;{0.5533971;10.5801985;0.6060625;11.6562237};\"pnbd\")", 0.31335159, 2.5e-3},
             {"=EXPECTEDPURCHASES(0;0;0;8;{0.5533971;10.5801985;0.6060625;11.6562237};\"pnbd\")", 0.35181024, 2.5e-3},
             {"=EXPECTEDPURCHASES(0;0;0;9;{0.5533971;10.5801985;0.6060625;11.6562237};\"pnbd\")", 0.38909211, 2.5e-3},
             // Hardie's sheet of Gamma-Gamma (note 025), whose parameters have more digits.
             {"=EXPECTEDSPEND(2;22.35;{6.25;3.74;15.44})", 24.65, 0.06},
             {"=EXPECTEDSPEND(1;11.77;{6.25;3.74;15.44})", 18.91, 0.06},
             {"=EXPECTEDSPEND(0;0;{6.25;3.74;15.44})", 35.17, 0.06},
             {"=EXPECTEDSPEND(7;73.74;{6.25;3.74;15.44})", 71.46, 0.06},
             // The contract of the functions.
             {"=PALIVE(2;30.43;38.86;{0.243;4.414;0.793;2.426};\"bgnbd\")", 0.726578570, 1e-9},
             {"=EXPECTEDPURCHASES(2;30.43;38.86;39;{0.243;4.414;0.793;2.426};\"bgnbd\")", 1.22602817, 1e-8},
             {"=EXPECTEDSPEND(2;22.35;{6.25;3.74;15.44})", 24.6637, 5e-5}})
        EXPECT_NEAR(std::get<double>(*support::evaluate(formula)), value, tolerance) << formula;
}

TEST(LifetimeLikelihood, ValueOfOneCustomer) {
    // pymc-marketing, tests of BetaGeoModel and ModifiedBetaGeoModel; Fader and Hardie, note 027 (overflow).
    const PurchaseParameters parameters = {0.25, 4, 0.8, 2.5};
    const auto of = [&parameters](PurchaseModel model, PurchaseHistory history) {
        return logLikelihood(model, parameters, std::array{history}).value;
    };
    EXPECT_NEAR(of(PurchaseModel::BgNbd, {0, 0, 40}), -0.59947382, 1e-7);
    EXPECT_NEAR(of(PurchaseModel::BgNbd, {200, 38, 40}), 100.7957, 1e-4);
    EXPECT_NEAR(of(PurchaseModel::MbgNbd, {0, 0, 40}), -0.41792826, 1e-7);
    EXPECT_NEAR(of(PurchaseModel::MbgNbd, {200, 38, 40}), 100.7869, 1e-4);
    // JD Maturen, sbg.py: high end, per customer, cut off after three decimals.
    const CohortSurvivors highEnd = {1000, 869, 743, 653, 593, 551, 517, 491};
    EXPECT_NEAR(retentionLogLikelihood({1, 1}, std::array{highEnd}).value / 1000, -2.115, 6e-4);
}

// meansByRepeats are what the parameters, in weeks, expect of CDNOW's customers in the next 39 weeks, by repeats 0 to 6 and 7+.
std::array<double, 8> meansByRepeats(PurchaseModel model, const PurchaseParameters& parameters) {
    std::array<double, 8> sums{};
    std::array<double, 8> customers{};
    for (const PurchaseHistory& each : cdnowHistories()) {
        const auto group = static_cast<std::size_t>(std::min(each.repeats, 7.0));
        sums[group] += *Future(model, parameters, each).purchases(39);
        customers[group] += 1;
    }
    for (std::size_t group = 0; group < sums.size(); ++group) sums[group] /= customers[group];
    return sums;
}

TEST(LifetimeScalars, ValuesPublishedOfTheWholeSample) {
    // BTYD 2.4.3, walkthrough, pages 11 and 24, with the parameters that are printed there.
    const auto bg = meansByRepeats(PurchaseModel::BgNbd, {0.2425982, 4.4136842, 0.7929899, 2.4261667});
    const double bgPublished[] = {0.2250893, 0.5231364, 1.044126, 1.520256, 2.163824, 2.653789, 3.503957, 6.157036};
    const auto pareto = meansByRepeats(PurchaseModel::ParetoNbd, {0.5532770, 10.5776835, 0.6062400, 11.6687353});
    const double paretoPublished[] = {0.138, 0.6, 1.196, 1.714, 2.399, 2.907, 3.819, 6.403};
    for (std::size_t group = 0; group < 8; ++group) {
        EXPECT_NEAR(bg[group] / bgPublished[group], 1, 2e-5) << group;
        EXPECT_NEAR(pareto[group], paretoPublished[group], 0.0007) << group;  // those printed there are of another fit
    }
}

struct PublishedFit {
    std::array<double, 4> parameters;
    double tolerance;  // relative
    double logLikelihood;
};

// fitOf is the fit in the customers' unit of time.
PurchaseFit fitOf(PurchaseModel model) {
    static std::map<PurchaseModel, PurchaseFit> known;
    const auto [place, isNew] = known.try_emplace(model);
    if (isNew) place->second = fitPurchases(model, cdnowHistories());
    return place->second;
}

TEST(LifetimeFit, ValuesPublished) {
    const auto agrees = [](PurchaseModel model, const PublishedFit& published) {
        const PurchaseFit fit = fitOf(model);
        ASSERT_EQ(fit.verdict, FitVerdict::Ok);
        for (std::size_t index = 0; index < 4; ++index)
            EXPECT_NEAR(fit.parameters()[index] / published.parameters[index], 1, published.tolerance) << index;
        EXPECT_NEAR(fit.logLikelihood(), published.logLikelihood, 0.0005);
    };
    // CLVTools, tests/test_correctness_bgnbd.R and _pnbd.R.
    agrees(PurchaseModel::BgNbd, {{0.2425945, 4.4136019, 0.7929199, 2.4258881}, 2e-5, -9582.429});
    agrees(PurchaseModel::ParetoNbd, {{0.55315, 10.57633, 0.60625, 11.6715}, 1e-3, -9594.976});
    const std::array<double, 4> errors = {0.0476264, 0.8427222, 0.1872594, 6.2105448};
    for (std::size_t index = 0; index < 4; ++index)
        EXPECT_NEAR(fitOf(PurchaseModel::ParetoNbd).maximum.standardError(index) / errors[index], 1, 1e-3) << index;
}

TEST(LifetimeFit, ValuesPublishedForTimesOfTwoDecimals) {
    std::vector<PurchaseHistory> rounded;
    for (PurchaseHistory each : cdnowHistories())
        rounded.push_back({each.repeats, std::round(each.recency * 100) / 100, std::round(each.age * 100) / 100});
    const auto agrees = [&rounded](PurchaseModel model, const std::array<double, 4>& published, double tolerance) {
        const PurchaseFit fit = fitPurchases(model, rounded);
        for (std::size_t index = 0; index < 4; ++index) EXPECT_NEAR(fit.parameters()[index], published[index], tolerance) << index;
        return fit;
    };
    // Fader, Hardie and Lee 2005, table 2; for MBG/NBD BTYDplus, as in the tests of the Python package lifetimes.
    const PurchaseFit bg = agrees(PurchaseModel::BgNbd, {0.243, 4.414, 0.793, 2.426}, 0.0005);
    EXPECT_NEAR(bg.logLikelihood(), -9582.4, 0.05);
    agrees(PurchaseModel::ParetoNbd, {0.553, 10.578, 0.606, 11.669}, 0.0015);
    agrees(PurchaseModel::MbgNbd, {0.525, 6.183, 0.891, 1.614}, 0.0005);
    // lifetimes, Quickstart: standard errors.
    const std::array<double, 4> errors = {0.012557, 0.378221, 0.185719, 0.705345};
    for (std::size_t index = 0; index < 4; ++index) EXPECT_NEAR(bg.maximum.standardError(index), errors[index], 1e-6) << index;
}

std::vector<Spender> cdnowSpenders() {
    std::vector<Spender> spenders;
    for (const support::CdnowCustomer& each : support::cdnowCustomers())
        if (each.history.repeats > 0) spenders.push_back({each.history.repeats, each.mean});
    return spenders;
}

TEST(SpendFit, ValuesPublished) {
    // Fader and Hardie 2013, note 025; log likelihood of CLVTools, tests/test_correctness_gg.R.
    const std::vector<Spender> spenders = cdnowSpenders();
    ASSERT_EQ(spenders.size(), 946U);
    const SpendFit fit = fitSpend(spenders);
    ASSERT_TRUE(fit.found());
    EXPECT_NEAR(fit.maximum.parameters[0], 6.25, 0.01);
    EXPECT_NEAR(fit.maximum.parameters[1], 3.74, 0.01);
    EXPECT_NEAR(fit.maximum.parameters[2], 15.44, 0.01);
    EXPECT_NEAR(fit.maximum.value, -4055.9177, 0.0005);
}

TEST(RetentionFit, ValuesPublished) {
    const auto of = [](const Grid& survivors) {
        const OutputGrid grid = gridOf(support::call("RETENTIONFIT", {survivors, 0.0}));
        return std::array{numberAt(grid, 0, 1), numberAt(grid, 1, 1)};
    };
    // Fader and Hardie 2007, How to Project Customer Retention: high end and regular customers.
    const auto highEnd = of(range({1000, 869, 743, 653, 593, 551, 517, 491}));
    EXPECT_NEAR(highEnd[0], 0.668, 0.0005);
    EXPECT_NEAR(highEnd[1], 3.806, 0.0005);
    const auto regular = of(range({1000, 631, 468, 382, 326, 289, 262, 241}));
    EXPECT_NEAR(regular[0], 0.704, 0.0005);
    EXPECT_NEAR(regular[1], 1.182, 0.0005);
    // Fader and Hardie 2010, Perils of Ignoring Heterogeneity, as in JD Maturen's sbg.py: a triangle of four cohorts.
    const Grid triangle{
        .rows = 4, .columns = 5, .cells = {10000.0, 8000.0, 6480.0, 5307.0,  4391.0,  10000.0, 8000.0, 6480.0,  5307.0,  Blank{},
                                           10000.0, 8000.0, 6480.0, Blank{}, Blank{}, 10000.0, 8000.0, Blank{}, Blank{}, Blank{}}};
    const auto many = of(triangle);
    EXPECT_NEAR(many[0] / 3.80, 1, 1e-2);
    EXPECT_NEAR(many[1] / 15.19, 1, 1e-2);
}

// A row of the reference table: function, model, case, value, error.
struct Reference {
    std::string line, function, model, which;
    double value = 0;
    double error = 0;
};

std::vector<Reference> readReferences() {
    std::ifstream file(CALCKPI_ORACLES "/lifetime_reference.csv");
    std::vector<Reference> references;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        Reference reference;
        reference.line = line;
        std::istringstream stream(line);
        std::string value, error;
        std::getline(stream, reference.function, ',');
        std::getline(stream, reference.model, ',');
        std::getline(stream, reference.which, ',');
        std::getline(stream, value, ',');
        std::getline(stream, error, ',');
        reference.value = std::stod(value);
        reference.error = error.empty() ? 0 : std::stod(error);
        references.push_back(reference);
    }
    if (references.size() < 100) throw std::runtime_error("no table of references");
    return references;
}

// The value and, of a parameter, the standard error that the core has for a reference.
struct Found {
    double value = 0;
    double error = 0;
};

template <std::size_t n>
Found foundIn(const Maximum<n>& fit, const std::array<const char*, n>& names, const std::string& wanted) {
    for (std::size_t index = 0; index < n; ++index)
        if (wanted == names[index]) return {fit.parameters[index], fit.standardError(index)};
    return {fit.value, 0};
}

std::vector<PurchaseHistory> everyFourth(const std::vector<PurchaseHistory>& all) {
    std::vector<PurchaseHistory> some;
    for (std::size_t index = 0; index < all.size(); index += 4) some.push_back(all[index]);
    return some;
}

Found computed(const Reference& reference) {
    static const PurchaseFit ofFourth = fitPurchases(PurchaseModel::ParetoNbd, everyFourth(cdnowHistories()));
    static const SpendFit spend = fitSpend(cdnowSpenders());
    static const Maximum<2> retention = fitRetention(std::array{CohortSurvivors{1000, 869, 743, 653, 593, 551, 517, 491}});
    if (reference.function == "CLVFIT") {
        const PurchaseModel model = modelNamed(reference.model);
        return foundIn((model == PurchaseModel::ParetoNbd ? ofFourth : fitOf(model)).maximum, namesOf(model), reference.which);
    }
    if (reference.function == "SPENDFIT") return foundIn(spend.maximum, spendNames, reference.which);
    if (reference.function == "RETENTIONFIT") return foundIn(retention, std::array<const char*, 2>{"a", "b"}, reference.which);
    std::istringstream stream(reference.which);
    std::vector<Argument> arguments;
    const std::size_t scalars = reference.function == "PALIVE" ? 3 : 4;
    double number = 0;
    while (arguments.size() < scalars && stream >> number) arguments.emplace_back(number);
    PurchaseParameters parameters{};
    for (double& each : parameters) stream >> each;
    arguments.emplace_back(parameterRow(parameters));
    arguments.emplace_back(reference.model);
    return {valueOf(reference.function, arguments), 0};
}

TEST(Lifetime, ValuesOfTheOracle) {
    std::map<std::string, double> worst;
    for (const Reference& reference : readReferences()) {
        const Found found = computed(reference);
        const bool isFit = reference.function.ends_with("FIT");
        // The search ends where the decrement is 1e-10: about a millionth of a standard error.
        const double apart = std::abs(found.value - reference.value) / std::max(std::abs(reference.value), 1e-300);
        EXPECT_LT(apart, isFit ? 1e-8 : 2e-12) << reference.line << " got " << found.value;
        if (reference.error > 0) {
            EXPECT_NEAR(found.error / reference.error, 1, 1e-6) << reference.line << " got " << found.error;
        }
        double& most = worst[reference.function];
        most = std::max(most, apart);
    }
    EXPECT_EQ(worst.size(), 5U) << "a function has no reference";
    for (const auto& [function, apart] : worst) RecordProperty("largest_relative_difference_" + function, std::to_string(apart));
}

// Simulated customers, of whom all is known.
struct Simulated {
    PurchaseModel model;
    PurchaseParameters parameters;
};

PurchaseHistory simulatedCustomer(Dice& dice, const Simulated& of) {
    const auto [r, alpha, a, b] = of.parameters;
    PurchaseHistory history{0, 0, 30 + 10 * dice.count(3)};
    const double rate = gammaOf(dice, r) / alpha;
    const bool geometric = of.model != PurchaseModel::ParetoNbd;
    const double x = geometric ? gammaOf(dice, a) : 0;
    const double dropout = geometric ? x / (x + gammaOf(dice, b)) : 0;
    const double end = geometric ? history.age : -std::log(1 - dice.share()) / (gammaOf(dice, a) / b);
    bool there = of.model != PurchaseModel::MbgNbd || dice.share() >= dropout;
    double now = 0;
    while (there) {
        now += -std::log(1 - dice.share()) / rate;
        if (now > std::min(history.age, end)) break;
        ++history.repeats;
        history.recency = now;
        there = dice.share() >= dropout;
    }
    return history;
}

std::vector<PurchaseHistory> simulatedCustomers(Dice& dice, const Simulated& of, int count) {
    std::vector<PurchaseHistory> customers;
    for (int customer = 0; customer < count; ++customer) customers.push_back(simulatedCustomer(dice, of));
    return customers;
}

const Simulated paretoShop = {PurchaseModel::ParetoNbd, {0.6, 8, 0.9, 12}};

TEST(LifetimeFit, PropertyTwoHundredStartsReachOneMaximum) {
    Dice dice(61);
    for (const PurchaseModel model : models) {
        const bool pareto = model == PurchaseModel::ParetoNbd;
        const auto some = pareto ? simulatedCustomers(dice, paretoShop, 400) : everyFourth(cdnowHistories());
        const PurchaseFit fit = fitPurchases(model, some);
        ASSERT_TRUE(fit.found());
        for (int start = 0; start < 200; ++start) {
            PurchaseParameters from{};
            for (double& each : from) each = std::exp(dice.between(-4, 4));
            const PurchaseFit other = fitPurchases(model, some, from);
            ASSERT_TRUE(other.found()) << start;
            EXPECT_LE(other.maximum.steps, 40U);
            for (std::size_t index = 0; index < 4; ++index)
                EXPECT_NEAR(other.parameters()[index] / fit.parameters()[index], 1, 1e-7) << start;
        }
    }
}

// Of many customers of Pareto/NBD some are fitted first. What counts is where the fit of all ends: at the summit of their own
// likelihood, after fewer steps over all of them, whatever the order of the rows.
TEST(LifetimeFit, PropertyManyCustomersAreFittedToTheirOwnSummit) {
    Dice dice(66);
    for (const PurchaseModel model : models) {
        const bool pareto = model == PurchaseModel::ParetoNbd;
        std::vector<PurchaseHistory> customers =
            simulatedCustomers(dice, pareto ? paretoShop : Simulated{model, {0.6, 5, 1.2, 2.5}}, 4500);
        const PurchaseFit fit = fitPurchases(model, customers);
        ASSERT_TRUE(fit.found());
        EXPECT_LE(fit.maximum.steps, pareto ? 5U : 20U);
        const Dual<4> here = logLikelihood(model, fit.parameters(), customers);
        // The slopes by the logarithms are 0 beside the curvature: less than a millionth of a standard error away from the summit.
        for (std::size_t index = 0; index < 4; ++index) {
            const double slope = fit.parameters()[index] * here.slope(index);
            EXPECT_LT(std::abs(slope) * fit.maximum.errorOfLog(index), 1e-5) << index;
        }
        dice.shuffle(customers);
        const PurchaseFit again = fitPurchases(model, customers);
        for (std::size_t index = 0; index < 4; ++index) EXPECT_NEAR(again.parameters()[index] / fit.parameters()[index], 1, 1e-9);
    }
}

// Derivatives as differences of the function itself.
TEST(LifetimeLikelihood, PropertyTheDerivativesAreThoseOfTheFunction) {
    Dice dice(62);
    const std::vector<PurchaseHistory> customers = {{0, 0, 40},  {0, 0, 1},   {3, 12, 40}, {200, 38, 40},
                                                    {1, 40, 40}, {7, 2, 900}, {0, 0, 0}};
    for (const PurchaseModel model : models)
        for (int trial = 0; trial < 20; ++trial) {
            PurchaseParameters at{};
            for (double& each : at) each = std::exp(dice.between(-2, 3));
            const Dual<4> here = logLikelihood(model, at, customers);
            for (std::size_t index = 0; index < 4; ++index) {
                const double step = 1e-5 * at[index];
                PurchaseParameters above = at;
                PurchaseParameters below = at;
                above[index] += step;
                below[index] -= step;
                const Dual<4> high = logLikelihood(model, above, customers);
                const Dual<4> low = logLikelihood(model, below, customers);
                const double size = 1e-5 * (1 + std::abs(here.value)) / at[index];
                EXPECT_NEAR(here.slope(index), (high.value - low.value) / (2 * step), size);
                for (std::size_t other = 0; other < 4; ++other)
                    EXPECT_NEAR(here.curvature(index, other), (high.slope(other) - low.slope(other)) / (2 * step),
                                size / at[other]);
            }
        }
}

TEST(LifetimeFit, PropertyTheUnitOfTimeAndTheOrderDoNotMatter) {
    Dice dice(63);
    std::vector<PurchaseHistory> weeks = everyFourth(cdnowHistories());
    double repeats = 0;
    for (const PurchaseHistory& each : weeks) repeats += each.repeats;
    for (const PurchaseModel model : models) {
        const PurchaseFit fit = fitPurchases(model, weeks);
        std::vector<PurchaseHistory> days;
        for (const PurchaseHistory& each : weeks) days.push_back({each.repeats, 7 * each.recency, 7 * each.age});
        dice.shuffle(days);
        const PurchaseFit inDays = fitPurchases(model, days);
        const std::array<double, 4> unit = {1, 7, 1, model == PurchaseModel::ParetoNbd ? 7.0 : 1.0};
        for (std::size_t index = 0; index < 4; ++index) {
            EXPECT_NEAR(inDays.parameters()[index] / unit[index] / fit.parameters()[index], 1, 1e-9) << index;
            EXPECT_NEAR(inDays.maximum.errorOfLog(index) / fit.maximum.errorOfLog(index), 1, 1e-6) << index;
        }
        EXPECT_NEAR(inDays.logLikelihood(), fit.logLikelihood() - repeats * std::log(7.0), 1e-6);
    }
}

TEST(SpendFit, PropertyMoneyScales) {
    std::vector<Spender> cents = cdnowSpenders();
    for (Spender& each : cents) each.mean *= 100;
    const SpendFit units = fitSpend(cdnowSpenders());
    const SpendFit scaled = fitSpend(cents);
    EXPECT_NEAR(scaled.maximum.parameters[0] / units.maximum.parameters[0], 1, 1e-8);
    EXPECT_NEAR(scaled.maximum.parameters[1] / units.maximum.parameters[1], 1, 1e-8);
    EXPECT_NEAR(scaled.maximum.parameters[2] / units.maximum.parameters[2], 100, 1e-6);
}

PurchaseParameters someParameters(Dice& dice) {
    PurchaseParameters parameters{};
    for (double& each : parameters) each = std::exp(dice.between(-3, 4));
    return parameters;
}
PurchaseHistory someHistory(Dice& dice) {
    PurchaseHistory history{dice.oneIn(3) ? 0.0 : 1 + dice.count(dice.oneIn(4) ? 300 : 8), 0, dice.between(0, 400)};
    if (history.repeats > 0) history.recency = dice.oneIn(5) ? history.age : dice.between(1e-3, history.age + 1e-3);
    history.age = std::max(history.age, history.recency);
    return history;
}

TEST(LifetimeScalars, PropertyAliveFallsWithAbsence) {
    Dice dice(64);
    for (int trial = 0; trial < 3000; ++trial) {
        const PurchaseModel model = dice.pick(models);
        const PurchaseParameters parameters = someParameters(dice);
        PurchaseHistory history = someHistory(dice);
        double before = 1;
        for (int step = 0; step < 5; ++step) {
            const double alive = Future(model, parameters, history).alive();
            ASSERT_TRUE(alive >= 0 && alive <= before) << trial;
            before = alive;
            history.age += dice.between(0, 100);
        }
    }
}

TEST(LifetimeScalars, PropertyExpectedPurchasesRiseWithTheHorizonAndFallWithTheRate) {
    Dice dice(65);
    for (int trial = 0; trial < 1000; ++trial) {
        const Future future(dice.pick(models), someParameters(dice), someHistory(dice));
        double before = 0;
        double horizon = 0;
        for (int step = 0; step < 4; ++step) {
            horizon += dice.between(0.1, 300);
            const double purchases = *future.purchases(horizon);
            ASSERT_TRUE(purchases >= before * (1 - 1e-13)) << trial;
            const double discounted = *future.discountedPurchases(horizon, 0.01);
            ASSERT_TRUE(discounted <= purchases * (1 + 1e-12) && discounted >= purchases * std::pow(1.01, -horizon) * (1 - 1e-12))
                << trial;
            before = purchases;
        }
    }
}

// What is expected of a time is what is expected of its parts, discounted one by one.
TEST(LifetimeScalars, PropertyDiscountedPurchasesAreTheSumOfTheirParts) {
    Dice dice(66);
    for (int trial = 0; trial < 60; ++trial) {
        const Future future(dice.pick(models), someParameters(dice), someHistory(dice));
        const double rate = std::exp(dice.between(-8, -1));
        const double horizon = dice.between(1, 500);
        double sum = 0;
        constexpr int parts = 4000;
        double before = 0;
        for (int part = 0; part < parts; ++part) {
            const double until = *future.purchases(horizon * (part + 1) / parts);
            sum += (until - before) * std::pow(1 + rate, -horizon * (part + 0.5) / parts);
            before = until;
        }
        EXPECT_NEAR(*future.discountedPurchases(horizon, rate), sum, 1e-4 * sum + 1e-300) << trial;
    }
}

TEST(LifetimeScalars, PropertyThoseWhoBoughtOnceAreLessLikelyAliveUnderMbg) {
    Dice dice(67);
    for (int trial = 0; trial < 1000; ++trial) {
        const PurchaseParameters parameters = someParameters(dice);
        const PurchaseHistory once{0, 0, dice.between(0, 400)};
        EXPECT_LE(Future(PurchaseModel::MbgNbd, parameters, once).alive(), Future(PurchaseModel::BgNbd, parameters, once).alive());
    }
}

TEST(LifetimeScalars, PropertySpendLiesBetweenTheCustomersMeanAndThatOfAll) {
    Dice dice(68);
    for (int trial = 0; trial < 3000; ++trial) {
        const SpendParameters parameters = {std::exp(dice.between(-2, 3)), 1 + std::exp(dice.between(-3, 3)),
                                            dice.between(0.01, 500)};
        const double all = *meanSpend(parameters, {0, 0});
        const Spender spender{1 + dice.count(30), dice.between(0.01, 500)};
        const double expected = *meanSpend(parameters, spender);
        EXPECT_GE(expected, std::min(all, spender.mean) * (1 - 1e-12));
        EXPECT_LE(expected, std::max(all, spender.mean) * (1 + 1e-12));
    }
}

// The sum over purchases and the integral over the probability of leaving are two ways to the same.
TEST(LifetimeScalars, PropertyLongHorizonsGoOnWhereTheSumEnds) {
    const Future future(PurchaseModel::BgNbd, bgOfPaper, {2, 30.43, 38.86});
    double before = 0;
    double growth = 2;
    for (double horizon = 10; horizon < 1e9; horizon *= 1.1) {
        const double purchases = *future.purchases(horizon);
        if (before > 0) {
            EXPECT_GT(purchases, before);
            EXPECT_LE(purchases / before, growth * (1 + 1e-10)) << horizon;  // ever flatter on both logarithmic scales
            growth = purchases / before;
        }
        before = purchases;
    }
}

TEST(LifetimeScalars, PropertyALifetimeIsTheSumOfItsPayments) {
    Dice dice(69);
    for (int trial = 0; trial < 200; ++trial) {
        const RetentionParameters parameters = {std::exp(dice.between(-1, 2)), std::exp(dice.between(-2, 3))};
        const double rate = dice.between(0.05, 0.5);
        const double renewals = dice.count(5);
        double sum = 0;
        for (double t = 0; t < 1200; ++t)
            sum += shareLeft(parameters, renewals + t) / shareLeft(parameters, renewals) * std::pow(1 + rate, -t);
        EXPECT_NEAR(*expectedLifetime(parameters, rate, renewals, std::nullopt) / sum, 1, 1e-10) << trial;
        EXPECT_NEAR(*expectedLifetime(parameters, rate, renewals, 5000) / sum, 1, 1e-10) << trial;
        EXPECT_NEAR(*expectedLifetime(parameters, rate, renewals, 1200) / sum, 1, 1e-10) << trial;
    }
    EXPECT_NEAR(*expectedLifetime({2, 3}, 0, 0, std::nullopt), 4, 1e-12);
    EXPECT_NEAR(*expectedLifetime({2, 3}, 1e-9, 0, std::nullopt), 4, 1e-5);
    EXPECT_TRUE(refuses(expectedLifetime({1, 3}, 0, 0, std::nullopt), Fault::NotFinite));
}

TEST(Quadrature, ValuesOfMeansInClosedForm) {
    for (const auto& [a, b] : std::vector<std::array<double, 2>>{
             {0.01, 2}, {1e-9, 3}, {1e-9, 1e-8}, {0.8, 2.4}, {1, 1}, {300, 5}, {2, 1e6}, {1e6, 1e6}, {0.3, 0.05}}) {
        const double mean = a / (a + b);
        EXPECT_NEAR(*betaMean(a, b, 1, [](double p) { return 1 - p; }), 1 - mean, 1e-11) << a << ' ' << b;
        EXPECT_NEAR(*betaMean(a, b, 1, [](double p) { return (1 - p) * (1 - p); }), b * (b + 1) / (a + b) / (a + b + 1), 1e-11)
            << a << ' ' << b;
    }
    EXPECT_NEAR(gaussLegendre<32>(0, 3, [](double x) { return std::exp(x); }), std::expm1(3), 1e-12);
    EXPECT_NEAR(gaussLegendre<40>(-1, 1, [](double x) { return std::pow(x, 78); }), 2.0 / 79, 1e-14);
}

// The parameters from which customers were simulated lie within 3 standard errors: nearly always, as normal errors do.
TEST(LifetimeFit, PropertyParametersOfSimulatedCustomersAreRecovered) {
    Dice dice(70);
    const std::vector<Simulated> sets = {
        {PurchaseModel::BgNbd, {0.6, 5, 1.2, 2.5}}, {PurchaseModel::MbgNbd, {0.6, 5, 1.2, 2.5}}, paretoShop};
    for (const Simulated& set : sets) {
        int recovered = 0;
        for (int run = 0; run < 100; ++run) {
            const PurchaseFit fit = fitPurchases(set.model, simulatedCustomers(dice, set, 700));
            bool within = fit.found();
            for (std::size_t index = 0; index < 4 && within; ++index)
                within = std::abs(std::log(fit.parameters()[index] / set.parameters[index])) < 3 * fit.maximum.errorOfLog(index);
            recovered += within ? 1 : 0;
        }
        EXPECT_GE(recovered, 95) << namesOf(set.model)[2];
    }
}

TEST(SpendFit, PropertyParametersOfSimulatedSpendersAreRecovered) {
    Dice dice(71);
    const SpendParameters parameters = {6, 4, 15};
    int recovered = 0;
    for (int run = 0; run < 100; ++run) {
        std::vector<Spender> spenders;
        for (int customer = 0; customer < 600; ++customer) {
            const double x = 1 + dice.count(6);
            const double scale = gammaOf(dice, parameters[1]) / parameters[2];
            spenders.push_back({x, gammaOf(dice, parameters[0] * x) / scale / x});
        }
        const SpendFit fit = fitSpend(spenders);
        bool within = fit.found();
        for (std::size_t index = 0; index < 3 && within; ++index)
            within = std::abs(std::log(fit.maximum.parameters[index] / parameters[index])) < 3 * fit.maximum.errorOfLog(index);
        recovered += within ? 1 : 0;
    }
    EXPECT_GE(recovered, 95);
}

// A customer who buys about every `gap` days, more regularly than chance would have it, until he has bought again `most` times or
// `until` has come.
PurchaseHistory regular(Dice& dice, double gap, double most, double until, double age) {
    PurchaseHistory history{0, 0, age};
    double now = 0;
    while (history.repeats < most) {
        now += gap * dice.between(0.7, 1.3);
        if (now > std::min(age, until)) break;
        ++history.repeats;
        history.recency = now;
    }
    return history;
}

struct Runaway {
    const char* name;
    FitVerdict verdict;
    std::function<PurchaseHistory(Dice&, PurchaseModel)> customer;
};

// Customers of whom some parameter has no finite value, whatever the dice: they differ less than the most alike that a model knows.
const std::vector<Runaway>& runaways() {
    constexpr double never = 1e9;
    static const std::vector<Runaway> all = {
        {"nobody leaves", FitVerdict::NobodyLeaves,
         [](Dice& dice, PurchaseModel) {
             return regular(dice, std::exp(dice.between(1, 4)), never, never, dice.between(50, 100));
         }},
        {"one rate for all, and they leave", FitVerdict::OneRate,
         [](Dice& dice, PurchaseModel model) {
             const double x = gammaOf(dice, 0.8);
             const double dropout = x / (x + gammaOf(dice, 2.4));
             double most = model == PurchaseModel::BgNbd ? 1 : 0;
             while (most < 100 && dice.share() >= dropout) ++most;
             const double until = -std::log(1 - dice.share()) / (gammaOf(dice, 0.9) / 30);
             const bool pareto = model == PurchaseModel::ParetoNbd;
             return regular(dice, 8, pareto ? never : most, pareto ? until : never, dice.between(50, 100));
         }},
        {"all leave after a few purchases", FitVerdict::LeaveAlike,
         [](Dice& dice, PurchaseModel) {
             return regular(dice, std::exp(dice.between(0, 2)), 2 + dice.count(5), never, dice.between(50, 100));
         }},
        {"all leave after a month", FitVerdict::LeaveAlike,
         [](Dice& dice, PurchaseModel) {
             return regular(dice, std::exp(dice.between(0, 3)), never, dice.between(20, 50), dice.between(60, 100));
         }},
    };
    return all;
}

TEST(LifetimeFit, EdgeRunawaysEndWithTheirVerdict) {
    Dice dice(72);
    for (const Runaway& each : runaways())
        for (const PurchaseModel model : models)
            for (int trial = 0; trial < (model == PurchaseModel::ParetoNbd ? 3 : 10); ++trial) {
                std::vector<PurchaseHistory> customers(150 + dice.below(250));
                for (PurchaseHistory& customer : customers) customer = each.customer(dice, model);
                const PurchaseFit fit = fitPurchases(model, customers);
                EXPECT_FALSE(fit.found()) << each.name << ' ' << namesOf(model)[2];
                EXPECT_EQ(fit.verdict, each.verdict) << each.name << ' ' << namesOf(model)[2];
            }
}

// The rule of the verdicts, where numbers are certain, weak, and none: from a score of customers to all of them.
TEST(LifetimeFit, PropertyTheVerdictIsThatOfTheErrors) {
    Dice dice(74);
    std::map<FitVerdict, int> times;
    for (int trial = 0; trial < 60; ++trial) {
        std::vector<PurchaseHistory> all = cdnowHistories();
        dice.shuffle(all);
        all.resize(20 + dice.below(trial % 3 == 0 ? 900 : 150));
        const auto repeatBuyers =
            std::count_if(all.begin(), all.end(), [](const PurchaseHistory& each) { return each.repeats > 0; });
        if (repeatBuyers == 0) continue;
        const PurchaseFit fit = fitPurchases(trial % 2 == 0 ? PurchaseModel::BgNbd : PurchaseModel::MbgNbd, all);
        ++times[fit.verdict];
        const bool numbers = fit.verdict == FitVerdict::Ok || fit.verdict == FitVerdict::Weak;
        ASSERT_EQ(fit.found(), numbers);
        if (!numbers) continue;
        EXPECT_LE(fit.maximum.worstErrorOfALog(), 2);
        EXPECT_EQ(fit.verdict == FitVerdict::Ok, repeatBuyers >= 100 && fit.maximum.worstErrorOfALog() <= 1);
    }
    EXPECT_GT(times[FitVerdict::Ok], 0);
    EXPECT_GT(times[FitVerdict::Weak], 0);
    EXPECT_LT(times[FitVerdict::Ok] + times[FitVerdict::Weak], 60) << "some are too few for numbers";
}

TEST(LifetimeFit, EdgeTooFewOrAllAlikeIsNoConvergence) {
    const std::vector<std::vector<PurchaseHistory>> cases = {
        {{1, 5, 20}},                                    // one customer
        {{2, 15, 20}},                                   // likewise
        {{1, 5, 20}, {0, 0, 20}},                        // two
        {{3, 20, 20}, {1, 5, 30}},                       // likewise
        std::vector<PurchaseHistory>(300, {1, 10, 39}),  // all bought twice
        std::vector<PurchaseHistory>(300, {4, 39, 39}),
    };
    for (const auto& customers : cases)
        for (const PurchaseModel model : models) {
            const PurchaseFit fit = fitPurchases(model, customers);
            EXPECT_FALSE(fit.found()) << customers.size() << ' ' << customers.front().repeats;
            EXPECT_NE(fit.verdict, FitVerdict::Ok);
            EXPECT_NE(fit.verdict, FitVerdict::Weak);
        }
    EXPECT_FALSE(fitSpend(std::vector<Spender>(200, {3, 20})).found());
    EXPECT_FALSE(fitSpend(std::array{Spender{3, 20}}).found());
    EXPECT_NE(fitRetention(std::array{CohortSurvivors{100, 100, 100}}).end, MaximumEnd::Found);
    EXPECT_NE(fitRetention(std::array{CohortSurvivors{100, 0, 0}}).end, MaximumEnd::Found);
    EXPECT_NE(fitRetention(std::array{CohortSurvivors{100000, 80000, 64000, 51200}}).end, MaximumEnd::Found);
    EXPECT_NE(fitRetention(std::array{CohortSurvivors{1000, 800}}).end, MaximumEnd::Found);
}

// Any parameters and histories in: numbers that are some, in little time, or faults.
TEST(LifetimeScalars, PropertyWhateverIsGivenNoValueIsNoNumber) {
    Dice dice(73);
    const std::vector<double> figures = {1e-300, 1e-9, 1e-3, 0.3, 1, 1 + 1e-15, 2, 7, 1e3, 1e6, 1e12, 1e300};
    const auto sound = [](const Result<Outcome>& result) { return !result || std::isfinite(std::get<double>(*result)); };
    for (int trial = 0; trial < 3000; ++trial) {
        const auto some = [&] { return dice.pick(figures); };
        const double repeats = dice.oneIn(3) ? 0 : std::ceil(some());
        const double age = some();
        const double recency = repeats > 0 ? age * dice.share() : 0;
        const Grid four = support::row({some(), some(), some(), some()});
        const std::string model = dice.pick(std::vector<std::string>{"mbgnbd", "bgnbd", "pnbd"});
        EXPECT_TRUE(sound(support::call("PALIVE", {repeats, recency, age, four, model}))) << trial;
        EXPECT_TRUE(sound(support::call("EXPECTEDPURCHASES", {repeats, recency, age, some(), four, model}))) << trial;
        if (trial % 10 == 0) {
            EXPECT_TRUE(sound(support::call("EXPECTEDPURCHASES", {repeats, recency, age, some(), four, model, some()}))) << trial;
        }
        EXPECT_TRUE(sound(support::call("EXPECTEDSPEND", {repeats, some(), support::row({some(), some(), some()})}))) << trial;
        const Argument payments = dice.oneIn(2) ? Argument(Absent{}) : Argument(std::ceil(some()));
        EXPECT_TRUE(
            sound(support::call("RETENTIONVALUE", {some(), support::row({some(), some()}), some(), std::ceil(some()), payments})))
            << trial;
    }
}

TEST(LifetimeScalars, Refusals) {
    const Grid four = parameterRow(bgOfPaper);
    EXPECT_TRUE(refuses("PALIVE", {2.0, 40.0, 38.86, four}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("PALIVE", {1.5, 30.0, 38.86, four}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("PALIVE", {0.0, 30.0, 38.86, four}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("PALIVE", {2.0, 0.0, 38.86, four}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("PALIVE", {-1.0, 30.0, 38.86, four}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("PALIVE", {2.0, -1.0, 38.86, four}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("PALIVE", {2.0, 30.0, 38.86, support::row({0.2, 4.0, 0.8})}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("PALIVE", {2.0, 30.0, 38.86, support::row({0.2, 4.0, 0.0, 2.4})}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("PALIVE", {2.0, 30.0, 38.86, four, std::string("nbd")}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("PALIVE", {2.0, 30.0, 38.86, support::row({0.2, 4.0, "a", 2.4})}, Fault::NotANumber));
    EXPECT_TRUE(refuses("EXPECTEDPURCHASES", {2.0, 30.0, 38.86, -1.0, four}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("EXPECTEDPURCHASES", {2.0, 30.0, 38.86, 39.0, four, Absent{}, -0.1}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("EXPECTEDSPEND", {2.5, 30.0, support::row({6.25, 3.74, 15.44})}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("EXPECTEDSPEND", {2.0, -30.0, support::row({6.25, 3.74, 15.44})}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("EXPECTEDSPEND", {2.0, 30.0, support::row({6.25, 1.0, 15.44})}, Fault::NoConvergence));
    EXPECT_TRUE(refuses("RETENTIONVALUE", {100.0, support::row({0.7, 3.8})}, Fault::NotFinite));
    EXPECT_TRUE(refuses("RETENTIONVALUE", {100.0, support::row({0.7, 3.8}), 0.1, 1.5}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("RETENTIONVALUE", {100.0, support::row({0.7, 3.8}), 0.1, 1.0, 2.5}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("RETENTIONVALUE", {100.0, support::row({0.7}), 0.1}, Fault::OutsideDomain));
}

TEST(LifetimeFit, Refusals) {
    const double blank = std::nan("");
    EXPECT_TRUE(refuses("CLVFIT", {range({0, 0}), range({0, 0}), range({9, 9})}, Fault::NothingToCompute));
    EXPECT_TRUE(refuses("CLVFIT", {range({blank}), range({blank}), range({blank})}, Fault::NothingToCompute));
    EXPECT_TRUE(refuses("CLVFIT", {range({1, 2}), range({3, 10}), range({9, 9})}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("CLVFIT", {range({1, 0}), range({3, 2}), range({9, 9})}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("CLVFIT", {range({1, 2}), range({3, 0}), range({9, 9})}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("CLVFIT", {range({1.5, 2}), range({3, 3}), range({9, 9})}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("CLVFIT", {range({1, 2}), range({3, 3, 3}), range({9, 9})}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("SPENDFIT", {range({1, 2}), range({3, -3})}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("SPENDFIT", {range({0, 2}), range({3, 0})}, Fault::NothingToCompute));
    EXPECT_TRUE(refuses("RETENTIONFIT", {range({100, 110})}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("RETENTIONFIT", {range({100, blank, 90})}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("RETENTIONFIT", {range({100})}, Fault::NothingToCompute));
    EXPECT_TRUE(refuses("RETENTIONFIT", {100.0}, Fault::NothingToCompute));
    EXPECT_TRUE(refuses("RETENTIONFIT", {support::column({100.0, "x"})}, Fault::NotANumber));
    const Grid highEnd = range({1000, 869, 743, 653, 593, 551, 517, 491});
    EXPECT_TRUE(refuses("RETENTIONCURVE", {highEnd, 2.5}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("RETENTIONCURVE", {highEnd, 2e6}, Fault::TooLarge));
    EXPECT_TRUE(refuses("RETENTIONCURVE", {highEnd, 12.0, 1.0}, Fault::OutsideDomain));
}

TEST(LifetimeFit, EdgeABlankSideSkipsTheRowAndOneAgeStandsForAll) {
    const Grid repeats = range({0, 2, 1, 2, 0, 4, 1, 0, 1, 1, 1, 1, 0, 3, 0, 18});
    const Grid recency = range({0, 6, 21, 23, 0, 34, 14, 0, 1, 4, 6, 1, 0, 11, 0, 38});
    const OutputGrid plain = gridOf(support::call("CLVFIT", {repeats, recency, 40.0}));
    EXPECT_EQ(plain.rows, 6U);
    EXPECT_EQ(std::get<std::string>(plain.at(5, 0)), "log likelihood");
    Grid more = repeats;
    more.cells.emplace_back(7.0);
    ++more.rows;
    Grid moreRecency = recency;
    moreRecency.cells.emplace_back(Blank{});
    ++moreRecency.rows;
    EXPECT_TRUE(support::sameTable(gridOf(support::call("CLVFIT", {more, moreRecency, 40.0})), plain));
}

TEST(RetentionCurve, PropertyTheCurveIsTheProductOfItsRates) {
    const OutputGrid curve = gridOf(support::call("RETENTIONCURVE", {range({1000, 869, 743, 653, 593, 551, 517, 491})}));
    ASSERT_EQ(curve.rows, 1U + 8 + 12);
    for (std::size_t row = 2; row < curve.rows; ++row) {
        EXPECT_TRUE(near(numberAt(curve, row, 2), numberAt(curve, row - 1, 2) * numberAt(curve, row, 3)));
        EXPECT_LT(numberAt(curve, row, 4), numberAt(curve, row, 3));
        EXPECT_GT(numberAt(curve, row, 5), numberAt(curve, row, 3));
        EXPECT_LT(numberAt(curve, row, 5), 1);
        EXPECT_EQ(std::holds_alternative<double>(curve.at(row, 1)), row < 9);
    }
}

}  // namespace
}  // namespace calckpi
