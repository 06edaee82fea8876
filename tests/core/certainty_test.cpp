// Intervals and tests of proportions: against published tables, and against a program that computes them another way with many
// digits (tests/oracles/certainty_oracle.py).
#include "core/kpis/certainty.hpp"

#include "core/statistics/proportions.hpp"
#include "tests/support/expect.hpp"
#include "tests/support/formula.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <fstream>
#include <limits>
#include <random>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace calckpi {
namespace {

using support::near;
using support::refuses;
using support::valueOf;

const Argument none = Absent{};
const std::vector<std::string> intervalMethods = {"wilson", "wilsoncc", "exact"};
const std::vector<std::string> testMethods = {"z", "yates", "fisher"};

Argument answers(double promoters, double passives, double detractors) {
    Grid grid{.rows = 0, .columns = 1, .cells = {}};
    const auto add = [&grid](double count, double answer) {
        for (; count > 0; --count, ++grid.rows) grid.cells.emplace_back(answer);
    };
    add(promoters, 9);
    add(passives, 8);
    add(detractors, 6);
    return grid;
}

// A row of the reference table: function, method, a, b, c, d, confidence, value.
struct Reference {
    std::string line;
    std::string function;
    std::string method;
    std::array<double, 4> figures{};  // NaN where there is none
    double confidence = 0;
    double value = 0;
};

std::vector<Reference> readReferences() {
    std::ifstream file(CALCKPI_ORACLES "/certainty_reference.csv");
    std::vector<Reference> references;
    std::string line;
    std::getline(file, line);
    if (line != "function,method,a,b,c,d,confidence,value") throw std::runtime_error("no table of references");
    while (std::getline(file, line)) {
        std::istringstream stream(line);
        const auto field = [&stream] {
            std::string text;
            std::getline(stream, text, ',');
            return text;
        };
        const auto number = [&field] {
            const std::string text = field();
            return text.empty() ? std::nan("") : std::stod(text);
        };
        Reference reference;
        reference.line = line;
        reference.function = field();
        reference.method = field();
        for (double& figure : reference.figures) figure = number();
        reference.confidence = number();
        reference.value = number();
        references.push_back(reference);
    }
    return references;
}

double computed(const Reference& reference) {
    const auto& [a, b, c, d] = reference.figures;
    if (reference.function == "quantile") return *normalQuantile(reference.confidence);
    if (reference.function == "NPSMARGIN") return valueOf("NPSMARGIN", {answers(a, b, c), reference.confidence});
    if (reference.function == "RATETEST") return valueOf("RATETEST", {a, b, c, d, reference.method});
    if (reference.function == "RATELOW" || reference.function == "RATEHIGH")
        return valueOf(reference.function, {a, b, reference.confidence, reference.method});
    return valueOf(reference.function, {a, b, c, d, reference.confidence});
}

TEST(Certainty, ValueOfTheOracle) {
    std::set<std::string> functions;
    double worst = 0;
    for (const Reference& reference : readReferences()) {
        const double got = computed(reference);
        EXPECT_TRUE(near(got, reference.value)) << reference.line;
        functions.insert(reference.function);
        if (reference.value != 0) worst = std::max(worst, std::abs(got / reference.value - 1));
    }
    EXPECT_EQ(functions.size(), 7U) << "a function has no reference";
    RecordProperty("largest_relative_difference", std::to_string(worst * 1e15) + "e-15");
}

TEST(RateInterval, ValueOfNewcombesTable) {
    // Newcombe, Statistics in Medicine 17 (1998), pages 857-872, table I: methods 3, 4 and 5, 95 %.
    struct Printed {
        double successes, trials;
        const char* method;
        double low, high;
    };
    for (const auto& [successes, trials, method, low, high] : std::vector<Printed>{{81, 263, "wilson", 0.2553, 0.3662},
                                                                                   {81, 263, "wilsoncc", 0.2535, 0.3682},
                                                                                   {81, 263, "exact", 0.2527, 0.3676},
                                                                                   {15, 148, "wilson", 0.0624, 0.1605},
                                                                                   {15, 148, "wilsoncc", 0.0598, 0.1644},
                                                                                   {15, 148, "exact", 0.0578, 0.1617},
                                                                                   {0, 20, "wilson", 0, 0.1611},
                                                                                   {0, 20, "wilsoncc", 0, 0.2005},
                                                                                   {0, 20, "exact", 0, 0.1684},
                                                                                   {1, 29, "wilson", 0.0061, 0.1718},
                                                                                   {1, 29, "wilsoncc", 0.0018, 0.1963},
                                                                                   {1, 29, "exact", 0.0009, 0.1776}}) {
        const std::vector<Argument> arguments = {successes, trials, 0.95, std::string(method)};
        EXPECT_NEAR(valueOf("RATELOW", arguments), low, 0.00005) << successes << ' ' << trials << ' ' << method;
        EXPECT_NEAR(valueOf("RATEHIGH", arguments), high, 0.00005) << successes << ' ' << trials << ' ' << method;
    }
}

TEST(RateInterval, EdgeTheBordersAreExact) {
    for (const std::string& method : intervalMethods)
        for (const double trials : {1.0, 2.0, 3.0, 7.0, 10.0, 49.0, 1000.0, 123457.0, 1e9})
            for (const double confidence : {0.001, 0.5, 0.95, 0.999999999}) {
                EXPECT_EQ(valueOf("RATELOW", {0.0, trials, confidence, method}), 0) << method << ' ' << trials;
                EXPECT_EQ(valueOf("RATEHIGH", {trials, trials, confidence, method}), 1) << method << ' ' << trials;
                EXPECT_GT(valueOf("RATEHIGH", {0.0, trials, confidence, method}), 0) << method << ' ' << trials;
                EXPECT_LT(valueOf("RATELOW", {trials, trials, confidence, method}), 1) << method << ' ' << trials;
            }
}

TEST(RateInterval, ValueOfOneTrialAndOfNoSuccessInClosedForm) {
    for (const double confidence : {0.5, 0.9, 0.95, 0.99}) {
        const double tail = (1 - confidence) / 2;
        EXPECT_TRUE(near(valueOf("RATELOW", {1.0, 1.0, confidence, std::string("exact")}), tail));
        EXPECT_TRUE(near(valueOf("RATEHIGH", {0.0, 1.0, confidence, std::string("exact")}), 1 - tail));
        for (const double trials : {2.0, 12.0, 300.0})
            EXPECT_TRUE(near(valueOf("RATEHIGH", {0.0, trials, confidence, std::string("exact")}), 1 - std::pow(tail, 1 / trials)));
        // Of 10^9 trials 1 − tail^(1/n) is −ln(tail)/n but for the second term of the series.
        const double first = -std::log(tail) / 1e9;
        const double high = valueOf("RATEHIGH", {0.0, 1e9, confidence, std::string("exact")});
        EXPECT_NEAR(high / (first - first * first / 2), 1, 1e-12);
        const double z = *normalQuantile(confidence);
        EXPECT_TRUE(near(valueOf("RATEHIGH", {0.0, 50.0, confidence}), z * z / (50 + z * z)));
    }
}

TEST(RateInterval, PropertyOfSuccessesAndFailuresSwappedIsTheMirror) {
    std::mt19937_64 engine(29);
    for (int round = 0; round < 3000; ++round) {
        const auto trials = static_cast<double>(1 + engine() % (round % 3 == 0 ? 10 : 100000));
        const auto successes = static_cast<double>(engine() % static_cast<std::uint64_t>(trials + 1));
        const double confidence = static_cast<double>(1 + engine() % 998) / 1000;
        const std::string& method = intervalMethods[round % intervalMethods.size()];
        EXPECT_NEAR(valueOf("RATELOW", {successes, trials, confidence, method}),
                    1 - valueOf("RATEHIGH", {trials - successes, trials, confidence, method}), 1e-12)
            << successes << ' ' << trials << ' ' << confidence << ' ' << method;
    }
}

TEST(RateInterval, PropertyOfMoreSuccessesIsAHigherInterval) {
    for (const std::string& method : intervalMethods)
        for (const double trials : {1.0, 2.0, 10.0, 137.0}) {
            double low = -1;
            double high = -1;
            for (double successes = 0; successes <= trials; ++successes) {
                const double nextLow = valueOf("RATELOW", {successes, trials, 0.95, method});
                const double nextHigh = valueOf("RATEHIGH", {successes, trials, 0.95, method});
                EXPECT_GT(nextLow, low) << method << ' ' << successes << ' ' << trials;
                EXPECT_GT(nextHigh, high) << method << ' ' << successes << ' ' << trials;
                EXPECT_LE(nextLow, successes / trials) << method << ' ' << successes << ' ' << trials;
                EXPECT_GE(nextHigh, successes / trials) << method << ' ' << successes << ' ' << trials;
                low = nextLow;
                high = nextHigh;
            }
        }
}

TEST(RateInterval, PropertyOfMoreFailuresIsALowerInterval) {
    for (const std::string& method : intervalMethods)
        for (const double successes : {1.0, 5.0, 40.0}) {
            double low = 2;
            double high = 2;
            for (double trials = successes; trials < successes + 60; ++trials) {
                const double nextLow = valueOf("RATELOW", {successes, trials, 0.9, method});
                const double nextHigh = valueOf("RATEHIGH", {successes, trials, 0.9, method});
                EXPECT_LT(nextLow, low) << method << ' ' << successes << ' ' << trials;
                EXPECT_LT(nextHigh, high) << method << ' ' << successes << ' ' << trials;
                low = nextLow;
                high = nextHigh;
            }
        }
}

TEST(RateInterval, PropertyOfMoreConfidenceOrFewerTrialsIsAWiderInterval) {
    const auto width = [](double successes, double trials, double confidence, const std::string& method) {
        return valueOf("RATEHIGH", {successes, trials, confidence, method}) -
               valueOf("RATELOW", {successes, trials, confidence, method});
    };
    for (const std::string& method : intervalMethods) {
        EXPECT_LT(width(20, 80, 0.9, method), width(20, 80, 0.95, method));
        EXPECT_LT(width(20, 80, 0.95, method), width(20, 80, 0.99, method));
        EXPECT_LT(width(200, 800, 0.95, method), width(20, 80, 0.95, method));
    }
    for (double successes = 0; successes <= 80; ++successes)
        EXPECT_LT(width(successes, 80, 0.95, "wilson"), width(successes, 80, 0.95, "wilsoncc")) << successes;
}

// The exact interval keeps its promise: whatever the true rate, it is missed no more often than the confidence allows.
TEST(RateInterval, PropertyOfTheExactIntervalIsItsCoverage) {
    for (const double trials : {1.0, 5.0, 30.0})
        for (double rate = 0.01; rate < 1; rate += 0.01) {
            double covered = 0;
            double probability = std::pow(1 - rate, trials);  // of 0 successes
            for (double successes = 0; successes <= trials; ++successes) {
                const std::vector<Argument> arguments = {successes, trials, 0.9, std::string("exact")};
                if (valueOf("RATELOW", arguments) <= rate && rate <= valueOf("RATEHIGH", arguments)) covered += probability;
                probability *= (trials - successes) / (successes + 1) * rate / (1 - rate);
            }
            EXPECT_GE(covered, 0.9 - 1e-9) << trials << ' ' << rate;
        }
}

TEST(RateInterval, EdgeLargeAndUnusualFigures) {
    for (const double trials : {1e6, 1e9, 1e12, 1e15})
        for (const std::string& method : intervalMethods) {
            if (method == "exact" && trials > mostExactTrials) continue;
            const double low = valueOf("RATELOW", {std::floor(trials / 4), trials, 0.95, method});
            const double high = valueOf("RATEHIGH", {std::floor(trials / 4), trials, 0.95, method});
            // At this size all three are the normal interval.
            const double half = 1.959963984540054 * std::sqrt(0.25 * 0.75 / trials);
            EXPECT_NEAR(low, 0.25 - half, 0.01 * half) << method << ' ' << trials;
            EXPECT_NEAR(high, 0.25 + half, 0.01 * half) << method << ' ' << trials;
        }
    EXPECT_NEAR(valueOf("RATELOW", {1.0, 4.0, 1e-300}), 0.25, 1e-12);  // no confidence at all: the rate itself
    EXPECT_NEAR(valueOf("RATELOW", {2.5e199, 1e200}), 0.25, 1e-12);
    EXPECT_NEAR(valueOf("RATEHIGH", {2.5e199, 1e200}), 0.25, 1e-12);
    EXPECT_GT(valueOf("RATEHIGH", {1.0, 4.0, std::nextafter(1.0, 0.0)}), 0.9);
    EXPECT_EQ(valueOf("RATELOW", {0.25, 8.0, 0.95, std::string("wilsoncc")}), 0);  // less than half a weighted success
    EXPECT_EQ(valueOf("RATELOW", {20.0, 80.0, none, none}), valueOf("RATELOW", {20.0, 80.0, 0.95, std::string(" Wilson ")}));
}

TEST(RateInterval, Refusals) {
    for (const char* name : {"RATELOW", "RATEHIGH"}) {
        EXPECT_TRUE(refuses(name, {0.0, 0.0}, Fault::DivideByZero));
        EXPECT_TRUE(refuses(name, {81.0, 80.0}, Fault::OutsideDomain));
        EXPECT_TRUE(refuses(name, {-1.0, 80.0}, Fault::OutsideDomain));
        for (const double confidence : {0.0, 1.0, 95.0, -0.5, std::nan("")})
            EXPECT_TRUE(refuses(name, {20.0, 80.0, confidence}, Fault::OutsideDomain)) << confidence;
        EXPECT_TRUE(refuses(name, {20.5, 80.0, 0.95, std::string("exact")}, Fault::OutsideDomain));
        EXPECT_TRUE(refuses(name, {20.0, 80.5, 0.95, std::string("exact")}, Fault::OutsideDomain));
        EXPECT_TRUE(refuses(name, {20.0, 1e9 + 1, 0.95, std::string("exact")}, Fault::OutsideDomain));
        EXPECT_TRUE(refuses(name, {20.0, 80.0, 0.95, std::string("wald")}, Fault::OutsideDomain));
        EXPECT_TRUE(refuses(name, {std::string("twenty"), 80.0}, Fault::NotANumber));
    }
}

TEST(RateTest, ValueOfPublishedTables) {
    const auto fisher = [](double sA, double nA, double sB, double nB) {
        return valueOf("RATETEST", {sA, nA, sB, nB, std::string("fisher")});
    };
    // Fisher, The Design of Experiments, 1935: the lady tasting tea. Of the 70 ways to choose four cups, 1 + 16 on either side have
    // three right or more: 34 / 70.
    EXPECT_TRUE(near(fisher(3, 4, 1, 4), 34.0 / 70));
    EXPECT_TRUE(near(fisher(4, 4, 0, 4), 2.0 / 70));
    EXPECT_TRUE(near(fisher(2, 4, 2, 4), 1));
    // Fisher, Statistical Methods for Research Workers: convictions of twins of criminals, 2 of 12 and 15 of 18. One-sided
    // 0.0004652; two-sided 0.0005367 (the example of R's fisher.test).
    EXPECT_NEAR(fisher(2, 12, 15, 18), 0.0005367, 0.00000005);
    // Pearson's chi-squared of 15 of 50 against 25 of 50 is 100·(15·25 − 35·25)²/(40·60·50·50) = 4.1667, with Yates' correction
    // 100·(500 − 50)²/(40·60·50·50) = 3.375: p = 0.0412 and 0.0662.
    EXPECT_TRUE(near(valueOf("RATETEST", {15.0, 50.0, 25.0, 50.0}), std::erfc(std::sqrt(25.0 / 6 / 2))));
    EXPECT_TRUE(near(valueOf("RATETEST", {15.0, 50.0, 25.0, 50.0, std::string("yates")}), std::erfc(std::sqrt(3.375 / 2))));
}

TEST(RateTest, PropertyOfExchangedGroupsAndOutcomesIsTheSameValue) {
    std::mt19937_64 engine(31);
    const auto upTo = [&engine](double most) { return static_cast<double>(engine() % static_cast<std::uint64_t>(most + 1)); };
    for (int round = 0; round < 1500; ++round) {
        const std::string& method = testMethods[round % testMethods.size()];
        const double trialsA = 1 + upTo(round % 2 == 0 ? 8 : 3000);
        const double trialsB = 1 + upTo(round % 2 == 0 ? 8 : 3000);
        const double successesA = upTo(trialsA);
        const double successesB = upTo(trialsB);
        const double value = valueOf("RATETEST", {successesA, trialsA, successesB, trialsB, method});
        EXPECT_GE(value, 0);
        EXPECT_LE(value, 1);
        EXPECT_TRUE(near(valueOf("RATETEST", {successesB, trialsB, successesA, trialsA, method}), value)) << method;
        EXPECT_TRUE(near(valueOf("RATETEST", {trialsA - successesA, trialsA, trialsB - successesB, trialsB, method}), value))
            << method;
    }
}

// A plain count of all tables, for samples so small that the binomial coefficients are exact in a double.
TEST(RateTest, PropertyOfFisherAgreesWithCountingAllSmallTables) {
    const auto choose = [](double n, double k) {
        double ways = 1;
        for (double step = 1; step <= k; ++step) ways = ways * (n - k + step) / step;
        return std::round(ways);
    };
    for (double trialsA = 1; trialsA <= 12; ++trialsA)
        for (double trialsB = 1; trialsB <= 12; ++trialsB)
            for (double successesA = 0; successesA <= trialsA; ++successesA)
                for (double successesB = 0; successesB <= trialsB; ++successesB) {
                    const double successes = successesA + successesB;
                    double all = 0;
                    double unlikely = 0;
                    for (double inA = std::max(0.0, successes - trialsB); inA <= std::min(successes, trialsA); ++inA) {
                        const double ways = choose(trialsA, inA) * choose(trialsB, successes - inA);
                        all += ways;
                        if (ways <= choose(trialsA, successesA) * choose(trialsB, successesB)) unlikely += ways;
                    }
                    ASSERT_TRUE(near(valueOf("RATETEST", {successesA, trialsA, successesB, trialsB, std::string("fisher")}),
                                     unlikely / all))
                        << successesA << '/' << trialsA << ' ' << successesB << '/' << trialsB;
                }
}

TEST(RateTest, PropertyOfALargerDifferenceIsASmallerValue) {
    for (const std::string& method : testMethods) {
        double before = 2;
        for (double successesB = 50; successesB <= 100; ++successesB) {
            const double value = valueOf("RATETEST", {50.0, 100.0, successesB, 100.0, method});
            EXPECT_LE(value, before) << method << ' ' << successesB;
            before = value;
        }
        EXPECT_LT(before, 1e-10);
    }
    // The corrected test is the more careful one.
    for (double successesB = 0; successesB <= 60; ++successesB)
        EXPECT_GE(valueOf("RATETEST", {30.0, 90.0, successesB, 60.0, std::string("yates")}),
                  valueOf("RATETEST", {30.0, 90.0, successesB, 60.0, std::string("z")}));
}

TEST(RateTest, PropertyOfLargeSamplesIsThatAllTestsAgree) {
    std::vector<double> values;
    for (const std::string& method : testMethods)
        values.push_back(valueOf("RATETEST", {100'000'000.0, 400'000'000.0, 100'050'000.0, 400'000'000.0, method}));
    EXPECT_NEAR(values[1], values[0], 1e-4);
    EXPECT_NEAR(values[2], values[1], 1e-6);
}

// With equal trials z is |sA − sB| / √(2n·p·q). The products of such counts have more digits than a double.
TEST(RateTest, ValueOfVeryLargeSamples) {
    constexpr double trials = 1e14;
    constexpr double fewer = 25'000'000'000'007;
    constexpr double more = 25'000'180'000'020;
    const double rate = (fewer + more) / (2 * trials);
    const double z = (more - fewer) / std::sqrt(2 * trials * rate * (1 - rate));
    EXPECT_GT(z, 29);
    EXPECT_TRUE(near(valueOf("RATETEST", {fewer, trials, more, trials}) / std::erfc(z / std::sqrt(2.0)), 1));
}

TEST(RateTest, EdgeNoDifferenceToExplain) {
    for (const std::string& method : testMethods) {
        EXPECT_EQ(valueOf("RATETEST", {0.0, 10.0, 0.0, 20.0, method}), 1);
        EXPECT_EQ(valueOf("RATETEST", {10.0, 10.0, 20.0, 20.0, method}), 1);
        EXPECT_EQ(valueOf("RATETEST", {1.0, 3.0, 2.0, 6.0, method}), 1);
        EXPECT_TRUE(near(valueOf("RATETEST", {1.0, 1.0, 0.0, 1.0, method}), method == "z" ? std::erfc(1.0) : 1)) << method;
    }
}

TEST(RateTest, EdgeTooUnlikelyForANumberIsZero) {
    EXPECT_EQ(valueOf("RATETEST", {0.0, 100000.0, 100000.0, 100000.0}), 0);
    EXPECT_EQ(valueOf("RATETEST", {0.0, 100000.0, 100000.0, 100000.0, std::string("fisher")}), 0);
}

TEST(RateTest, Refusals) {
    for (const std::string& method : testMethods) {
        EXPECT_TRUE(refuses("RATETEST", {0.0, 0.0, 1.0, 10.0, method}, Fault::DivideByZero));
        EXPECT_TRUE(refuses("RATETEST", {1.0, 10.0, 0.0, 0.0, method}, Fault::DivideByZero));
        EXPECT_TRUE(refuses("RATETEST", {11.0, 10.0, 1.0, 10.0, method}, Fault::OutsideDomain));
        EXPECT_TRUE(refuses("RATETEST", {1.0, 10.0, 11.0, 10.0, method}, Fault::OutsideDomain));
        EXPECT_TRUE(refuses("RATETEST", {-1.0, 10.0, 1.0, 10.0, method}, Fault::OutsideDomain));
    }
    EXPECT_TRUE(refuses("RATETEST", {1.5, 10.0, 1.0, 10.0, std::string("fisher")}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("RATETEST", {1.0, 10.0, 1.0, 10.5, std::string("fisher")}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("RATETEST", {1.0, 1e9, 1.0, 1.0, std::string("fisher")}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("RATETEST", {1e200, 4e200, 2e200, 4e200}, Fault::NotFinite));
    EXPECT_TRUE(refuses("RATETEST", {1.0, 10.0, 1.0, 10.0, std::string("t")}, Fault::OutsideDomain));
}

TEST(RateDifference, ValueOfNewcombesTable) {
    // Newcombe, Statistics in Medicine 17 (1998), pages 873-890, table II: method 10, 95 %.
    const std::vector<std::array<double, 6>> printed = {{56, 70, 48, 80, 0.0524, 0.3339}, {9, 10, 3, 10, 0.1705, 0.8090},
                                                        {6, 7, 2, 7, 0.0582, 0.8062},     {5, 56, 0, 29, -0.0381, 0.1926},
                                                        {0, 10, 0, 20, -0.1611, 0.2775},  {0, 10, 0, 10, -0.2775, 0.2775},
                                                        {10, 10, 0, 20, 0.6791, 1},       {10, 10, 0, 10, 0.6075, 1}};
    for (const auto& [successesA, trialsA, successesB, trialsB, low, high] : printed) {
        const std::vector<Argument> arguments = {successesA, trialsA, successesB, trialsB};
        EXPECT_NEAR(valueOf("RATEDIFFLOW", arguments), low, 0.00005) << successesA << '/' << trialsA;
        EXPECT_NEAR(valueOf("RATEDIFFHIGH", arguments), high, 0.00005) << successesA << '/' << trialsA;
    }
}

TEST(RateDifference, PropertyOfExchangedGroupsIsTheMirror) {
    std::mt19937_64 engine(37);
    const auto upTo = [&engine](double most) { return static_cast<double>(engine() % static_cast<std::uint64_t>(most + 1)); };
    for (int round = 0; round < 1000; ++round) {
        const double trialsA = 1 + upTo(200);
        const double trialsB = 1 + upTo(200);
        const double successesA = upTo(trialsA);
        const double successesB = upTo(trialsB);
        const double low = valueOf("RATEDIFFLOW", {successesA, trialsA, successesB, trialsB});
        const double high = valueOf("RATEDIFFHIGH", {successesA, trialsA, successesB, trialsB});
        const double difference = successesA / trialsA - successesB / trialsB;
        EXPECT_EQ(low, -valueOf("RATEDIFFHIGH", {successesB, trialsB, successesA, trialsA}));
        EXPECT_NEAR(low, -valueOf("RATEDIFFHIGH", {trialsA - successesA, trialsA, trialsB - successesB, trialsB}), 1e-12);
        EXPECT_LE(low, difference);
        EXPECT_GE(high, difference);
        EXPECT_GE(low, -1);
        EXPECT_LE(high, 1);
        if (successesA < trialsA) {
            EXPECT_GT(valueOf("RATEDIFFLOW", {successesA + 1, trialsA, successesB, trialsB}), low);
            EXPECT_GE(valueOf("RATEDIFFHIGH", {successesA + 1, trialsA, successesB, trialsB}), high);
        }
    }
}

TEST(RateDifference, Refusals) {
    for (const char* name : {"RATEDIFFLOW", "RATEDIFFHIGH"}) {
        EXPECT_TRUE(refuses(name, {0.0, 0.0, 1.0, 10.0}, Fault::DivideByZero));
        EXPECT_TRUE(refuses(name, {1.0, 10.0, 0.0, 0.0}, Fault::DivideByZero));
        EXPECT_TRUE(refuses(name, {11.0, 10.0, 1.0, 10.0}, Fault::OutsideDomain));
        EXPECT_TRUE(refuses(name, {1.0, 10.0, 11.0, 10.0}, Fault::OutsideDomain));
        EXPECT_TRUE(refuses(name, {1.0, 10.0, 1.0, 10.0, 1.0}, Fault::OutsideDomain));
        EXPECT_TRUE(refuses(name, {1.0, 10.0, 1.0, 10.0, 0.0}, Fault::OutsideDomain));
    }
}

TEST(NpsMargin, PropertyOfFourTimesTheAnswersIsHalfTheMargin) {
    EXPECT_TRUE(near(valueOf("NPSMARGIN", {answers(20, 12, 8)}), valueOf("NPSMARGIN", {answers(5, 3, 2)}) / 2));
    EXPECT_TRUE(near(valueOf("NPSMARGIN", {answers(2, 3, 5)}), valueOf("NPSMARGIN", {answers(5, 3, 2)})));  // mirrored
}

TEST(NpsMargin, EdgeAnswersOfOneKindHaveNone) {
    EXPECT_EQ(valueOf("NPSMARGIN", {answers(7, 0, 0)}), 0);
    EXPECT_EQ(valueOf("NPSMARGIN", {answers(0, 7, 0)}), 0);
    EXPECT_EQ(valueOf("NPSMARGIN", {answers(0, 0, 7)}), 0);
    EXPECT_EQ(valueOf("NPSMARGIN", {10.0}), 0);
}

TEST(NpsMargin, Refusals) {
    const Grid blanks{.rows = 2, .columns = 1, .cells = {Blank{}, Blank{}}};
    EXPECT_TRUE(refuses("NPSMARGIN", {blanks}, Fault::NothingToCompute));
    EXPECT_TRUE(refuses("NPSMARGIN", {11.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("NPSMARGIN", {-1.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("NPSMARGIN", {8.5}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("NPSMARGIN", {9.0, 95.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("NPSMARGIN", {std::string("ten")}, Fault::NotANumber));
}

}  // namespace
}  // namespace calckpi
