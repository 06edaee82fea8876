// The customers family: what it must give for known figures, what must hold whatever the figures are, and what it must refuse.
#include "core/customers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace calckpi {
namespace {

constexpr double huge = 1e308;
constexpr double tiny = std::numeric_limits<double>::denorm_min();
constexpr double noNumber = std::numeric_limits<double>::quiet_NaN();

Argument cells(std::vector<Cell> content) {
    const std::size_t rows = content.size();
    return Grid{.rows = rows, .columns = 1, .cells = std::move(content)};
}

// range is what Calc hands over for a range of numbers.
Argument range(const std::vector<double>& numbers) { return cells({numbers.begin(), numbers.end()}); }

Result<Outcome> call(std::string_view name, const std::vector<Argument>& arguments) {
    for (const Function& function : customersFunctions)
        if (function.name() == name) return function.call(arguments);
    ADD_FAILURE() << name << " is not there";
    return Fault::NoConvergence;
}

// value is what the function shows, NaN for an error: NaN equals nothing, so an error fails every expectation.
double value(std::string_view name, const std::vector<Argument>& arguments) {
    const Result<Outcome> outcome = call(name, arguments);
    return outcome ? std::get<double>(*outcome) : noNumber;
}

testing::AssertionResult refuses(Fault fault, std::string_view name, const std::vector<Argument>& arguments) {
    const Result<Outcome> outcome = call(name, arguments);
    if (outcome) return testing::AssertionFailure() << name << " gave " << std::get<double>(*outcome);
    if (outcome.failure().fault == fault) return testing::AssertionSuccess();
    return testing::AssertionFailure() << name << " gave fault " << static_cast<int>(outcome.failure().fault);
}

// near compares relative to the larger of the expected value and 1.
testing::AssertionResult near(double got, double expected, double tolerance = 1e-12) {
    if (std::abs(got - expected) <= tolerance * std::max(1.0, std::abs(expected))) return testing::AssertionSuccess();
    return testing::AssertionFailure() << "got " << got << ", expected " << expected << ", off by " << got - expected;
}

// Figures draws test data. Each test seeds its own, so that a failure comes back.
class Figures {
public:
    explicit Figures(unsigned seed) : engine_(seed) {}
    double between(double least, double most) { return std::uniform_real_distribution<double>(least, most)(engine_); }
    double whole(int least, int most) { return std::uniform_int_distribution<int>(least, most)(engine_); }
    // answers draws 1 to 100 answers on a scale.
    std::vector<double> answers(int least, int most) {
        std::vector<double> drawn(static_cast<std::size_t>(whole(1, 100)));
        for (double& answer : drawn) answer = whole(least, most);
        return drawn;
    }
    template <class T>
    void shuffle(std::vector<T>& items) {
        std::shuffle(items.begin(), items.end(), engine_);
    }

private:
    std::mt19937 engine_;
};

constexpr int draws = 2000;
constexpr int surveys = 300;

// Movement of recurring revenue in which not more is lost than there was at the start.
struct Movement {
    double starting, expansion, contraction, churned, reactivation;
};

Movement movement(Figures& figures) {
    const double starting = figures.between(1, 1e6);
    const double contraction = figures.between(0, starting / 2);
    return {starting, figures.between(0, starting), contraction, figures.between(0, starting - contraction),
            figures.between(0, starting / 4)};
}

// Tomasz Tunguz, The Innovator's Dilemma for SaaS Startups: monthly churn of 3 to 7 %, 1 to 2 % and from 0.5 % is, in a year,
// 31 to 58 %, 11 to 22 % and from 6 %, in whole percents.
TEST(AnnualRate, valueOfPublishedMonthlyChurn) {
    const auto percent = [](double monthly) { return std::round(100 * value("ANNUALRATE", {monthly, 12.0})); };
    EXPECT_EQ(percent(0.03), 31);
    EXPECT_EQ(percent(0.07), 58);
    EXPECT_EQ(percent(0.01), 11);
    EXPECT_EQ(percent(0.02), 22);
    EXPECT_EQ(percent(0.005), 6);
}

// Python's decimal: 1 - Decimal("0.98")**12.
TEST(AnnualRate, valueToTheLastDigits) { EXPECT_TRUE(near(value("ANNUALRATE", {0.02, 12.0}), 0.215283276265199966613504, 1e-15)); }

// The Internet provider of Marketing Metrics, as taught at Darden with the formula that counts the first margin: 19.95 a month
// less 1.50 of cost and 0.50 of marketing, 0.5 % attrition and 1 % interest a month give 1,209.
TEST(Clv, valueOfThePublishedInternetProvider) { EXPECT_EQ(std::round(value("CLV", {17.95, 1.0, 0.005, 0.01})), 1209); }

// The first margin comes at once, each later one from those who are left, discounted: summed up one by one.
TEST(Clv, valueIsTheSumOfAllMargins) {
    for (const double discount : {0.0, 0.01, 0.2}) {
        double sumOfMargins = 0;
        for (int period = 0; period < 4000; ++period) sumOfMargins += 80 * std::pow(0.97 / (1 + discount), period);
        EXPECT_TRUE(near(value("CLV", {100.0, 0.8, 0.03, discount}), sumOfMargins, 1e-11)) << discount;
    }
}

// Reichheld 2003: 9 and 10 promote, 7 and 8 are passive, 0 to 6 detract.
TEST(Nps, valueAtEachAnswer) {
    for (int answer = 0; answer <= 10; ++answer) {
        const double expected = answer >= 9 ? 100 : answer >= 7 ? 0 : -100;
        EXPECT_EQ(value("NPS", {range({static_cast<double>(answer)})}), expected) << answer;
        EXPECT_EQ(value("NPS", {static_cast<double>(answer)}), expected) << "a single cell with " << answer;
    }
}

TEST(Nps, valueInWholePointsIsExact) {
    ASSERT_NE(100 * (29.0 / 100), 29) << "the order of the factors matters";
    EXPECT_EQ(value("NPSCOUNTS", {29.0, 71.0, 0.0}), 29);
}

TEST(Csat, valueWithItsDefaultAndWithout) {
    EXPECT_EQ(value("CSAT", {range({1, 2, 3, 4, 5})}), 0.4);
    EXPECT_EQ(value("CSAT", {range({1, 2, 3, 4, 5}), Absent{}}), 0.4);
    EXPECT_EQ(value("CSAT", {range({1, 2, 3, 4, 5}), 5.0}), 0.2);
    EXPECT_EQ(value("CSAT", {range({0, 1, 1, 1}), 1.0}), 0.75) << "thumbs down is 0, up is 1";
}

TEST(AnnualRate, edgeOfNoLossAndOfAll) {
    EXPECT_EQ(value("ANNUALRATE", {0.0, 12.0}), 0);
    EXPECT_EQ(value("ANNUALRATE", {1.0, 12.0}), 1);
    EXPECT_EQ(value("ANNUALRATE", {1.0, 0.25}), 1);
}

// 1 - (1 - rate) would be 0; twelve periods of a tiny rate are 12 times as much (the next term is 66 rate^2).
TEST(AnnualRate, edgeOfATinyRateKeepsItsDigits) {
    EXPECT_NEAR(value("ANNUALRATE", {1e-20, 12.0}) / 12e-20, 1, 1e-14);
    EXPECT_NEAR(value("ANNUALRATE", {1e-300, 12.0}) / 12e-300, 1, 1e-14);
}

TEST(RevenueChurn, edgeOfASmallChurnKeepsItsDigits) { EXPECT_NEAR(value("REVENUECHURN", {1e9, 0.0, 1e-9}) / 1e-18, 1, 1e-14); }

// In binary 201.2 + 798.7 is above 999.9 and 0.8 - 0.1 above 0.7: a strict comparison would refuse right figures.
TEST(Customers, edgeOfDecimalsThatMissTheirSum) {
    ASSERT_GT(201.2 + 798.7, 999.9);
    EXPECT_EQ(value("GRR", {999.9, 201.2, 798.7}), 0);
    EXPECT_EQ(value("NRR", {999.9, 0.0, 201.2, 798.7}), 0);
    EXPECT_EQ(value("REVENUECHURN", {999.9, 201.2, 798.7}), 1);
    ASSERT_GT(0.8 - 0.1, 0.7);
    EXPECT_EQ(value("RETENTIONRATE", {0.8, 0.1, 0.7}), 1);
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "GRR", {999.9, 201.2, 798.71})) << "a cent too much is too much";
}

TEST(Customers, edgeOfLargeFiguresIsNeverAPlausibleNumber) {
    EXPECT_TRUE(refuses(Fault::NotFinite, "NRR", {huge, huge, 0.0, 0.0}));
    EXPECT_TRUE(refuses(Fault::NotFinite, "GRR", {huge, huge, huge}));
    EXPECT_TRUE(refuses(Fault::NotFinite, "REVENUECHURN", {huge, huge, huge, huge, huge}));
    EXPECT_TRUE(refuses(Fault::NotFinite, "QUICKRATIO", {1.0, 1.0, huge, huge}));
    EXPECT_TRUE(refuses(Fault::NotFinite, "QUICKRATIO", {huge, huge, 1.0, 1.0}));
    EXPECT_TRUE(refuses(Fault::NotFinite, "NPSCOUNTS", {huge, 0.0, huge}));
    EXPECT_TRUE(refuses(Fault::NotFinite, "CLV", {huge, 1.0, 0.01}));
    EXPECT_TRUE(refuses(Fault::NotFinite, "CLVORDERS", {huge, 10.0, 1.0}));
    EXPECT_TRUE(refuses(Fault::NotFinite, "CLVHISTORIC", {huge, -huge, 1.0}));
    EXPECT_TRUE(refuses(Fault::NotFinite, "CLVTOCAC", {huge, 0.5}));
    EXPECT_TRUE(refuses(Fault::NotFinite, "CUSTOMERLIFESPAN", {tiny}));
    EXPECT_EQ(value("GRR", {huge, 0.0, 0.0}), 1);
    EXPECT_EQ(value("RETENTIONRATE", {huge, 0.0, huge}), 1);
    EXPECT_EQ(value("CHURNRATE", {huge, huge}), 1);
}

TEST(AnnualRate, propertyOnePeriodIsTheRate) {
    Figures figures(1);
    for (int draw = 0; draw < draws; ++draw) {
        const double rate = figures.between(0, 1);
        EXPECT_TRUE(near(value("ANNUALRATE", {rate, 1.0}), rate));
    }
}

TEST(AnnualRate, propertyPeriodsCompose) {
    Figures figures(2);
    for (int draw = 0; draw < draws; ++draw) {
        const double rate = figures.between(0, 0.9);
        const double first = figures.between(0.1, 24);
        const double second = figures.between(0.1, 24);
        const double staying = (1 - value("ANNUALRATE", {rate, first})) * (1 - value("ANNUALRATE", {rate, second}));
        EXPECT_TRUE(near(value("ANNUALRATE", {rate, first + second}), 1 - staying)) << rate << ", " << first << ", " << second;
        const double year = value("ANNUALRATE", {rate, first});
        if (year > 0.999) continue;  // so near to 1 its digits are gone, and there is no way back
        EXPECT_TRUE(near(value("ANNUALRATE", {year, 1 / first}), rate, 1e-10)) << "there and back";
    }
}

TEST(AnnualRate, propertyGrowsWithTheRateAndStaysAShare) {
    Figures figures(3);
    for (int draw = 0; draw < draws; ++draw) {
        const double rate = figures.between(0, 0.99);
        const double periods = figures.between(0.1, 52);
        const double year = value("ANNUALRATE", {rate, periods});
        EXPECT_GE(year, 0);
        EXPECT_LE(year, 1);
        EXPECT_LE(year, value("ANNUALRATE", {rate + 0.01, periods}));
    }
}

TEST(Grr, propertyIsAShareAndNotAboveNrr) {
    Figures figures(4);
    for (int draw = 0; draw < draws; ++draw) {
        const Movement m = movement(figures);
        const double gross = value("GRR", {m.starting, m.contraction, m.churned});
        EXPECT_GE(gross, 0);
        EXPECT_LE(gross, 1);
        EXPECT_LE(gross, value("NRR", {m.starting, m.expansion, m.contraction, m.churned}));
        EXPECT_EQ(gross, value("NRR", {m.starting, 0.0, m.contraction, m.churned})) << "without expansion they are one";
    }
}

TEST(RevenueChurn, propertyIsTheComplementOfRetention) {
    Figures figures(5);
    for (int draw = 0; draw < draws; ++draw) {
        const Movement m = movement(figures);
        EXPECT_TRUE(near(value("REVENUECHURN", {m.starting, m.contraction, m.churned}),
                         1 - value("GRR", {m.starting, m.contraction, m.churned})));
        EXPECT_TRUE(near(value("REVENUECHURN", {m.starting, m.contraction, m.churned, m.expansion}),
                         1 - value("NRR", {m.starting, m.expansion, m.contraction, m.churned})));
        EXPECT_TRUE(near(value("REVENUECHURN", {m.starting, m.contraction, m.churned, m.expansion, m.reactivation}),
                         1 - value("NRR", {m.starting, m.expansion + m.reactivation, m.contraction, m.churned})));
    }
}

TEST(RetentionRate, propertyIsTheComplementOfChurn) {
    Figures figures(6);
    for (int draw = 0; draw < draws; ++draw) {
        const double atStart = figures.whole(1, 100000);
        const double lost = figures.whole(0, static_cast<int>(atStart));
        const double acquired = figures.whole(0, 100000);
        EXPECT_TRUE(
            near(value("RETENTIONRATE", {atStart - lost + acquired, acquired, atStart}), 1 - value("CHURNRATE", {lost, atStart})));
    }
}

TEST(Customers, propertyScaleDoesNotMatter) {
    Figures figures(7);
    for (int draw = 0; draw < draws; ++draw) {
        const Movement m = movement(figures);
        const double k = std::pow(10, figures.between(-6, 6));
        EXPECT_TRUE(near(value("GRR", {k * m.starting, k * m.contraction, k * m.churned}),
                         value("GRR", {m.starting, m.contraction, m.churned})));
        EXPECT_TRUE(near(value("NRR", {k * m.starting, k * m.expansion, k * m.contraction, k * m.churned}),
                         value("NRR", {m.starting, m.expansion, m.contraction, m.churned})));
        EXPECT_TRUE(near(value("REVENUECHURN", {k * m.starting, k * m.contraction, k * m.churned, k * m.expansion}),
                         value("REVENUECHURN", {m.starting, m.contraction, m.churned, m.expansion})));
        EXPECT_TRUE(near(value("QUICKRATIO", {k * m.starting, k * m.expansion, k * m.contraction, k * m.churned}),
                         value("QUICKRATIO", {m.starting, m.expansion, m.contraction, m.churned})));
        EXPECT_TRUE(near(value("NPSCOUNTS", {k * m.starting, k * m.expansion, k * m.churned}),
                         value("NPSCOUNTS", {m.starting, m.expansion, m.churned})));
        EXPECT_TRUE(near(value("CLV", {k * m.starting, 0.8, 0.03, 0.01}), k * value("CLV", {m.starting, 0.8, 0.03, 0.01})));
        EXPECT_TRUE(near(value("CLVHISTORIC", {k * m.starting, k * m.churned, 7.0}),
                         k * value("CLVHISTORIC", {m.starting, m.churned, 7.0})));
    }
}

TEST(CustomerLifespan, propertyTimesChurnIsOne) {
    Figures figures(8);
    for (int draw = 0; draw < draws; ++draw) {
        const double churn = std::pow(10, figures.between(-300, 0));
        EXPECT_TRUE(near(value("CUSTOMERLIFESPAN", {churn}) * churn, 1));
    }
}

TEST(Clv, propertyWithoutInterestIsMarginTimesLifespan) {
    Figures figures(9);
    for (int draw = 0; draw < draws; ++draw) {
        const double arpa = figures.between(1, 1e4);
        const double margin = figures.between(-0.5, 1);
        const double churn = figures.between(0.001, 1);
        const double lifespan = value("CUSTOMERLIFESPAN", {churn});
        EXPECT_TRUE(near(value("CLV", {arpa, margin, churn}), value("CLVORDERS", {arpa, 1.0, lifespan, margin})));
    }
}

TEST(Clv, propertyFallsWithChurnAndInterest) {
    Figures figures(10);
    for (int draw = 0; draw < draws; ++draw) {
        const double churn = figures.between(0.001, 0.9);
        const double interest = figures.between(0, 0.5);
        const double worth = value("CLV", {100.0, 0.8, churn, interest});
        EXPECT_GT(worth, value("CLV", {100.0, 0.8, churn + 0.05, interest}));
        EXPECT_GT(worth, value("CLV", {100.0, 0.8, churn, interest + 0.05}));
        EXPECT_GE(worth, 80) << "the first margin is certain";
    }
}

TEST(QuickRatio, propertyGainsAndLossesSwappedTurnItOver) {
    Figures figures(11);
    for (int draw = 0; draw < draws; ++draw) {
        const double a = figures.between(1, 1e6);
        const double b = figures.between(1, 1e6);
        const double c = figures.between(1, 1e6);
        const double d = figures.between(1, 1e6);
        EXPECT_TRUE(near(value("QUICKRATIO", {a, b, c, d}) * value("QUICKRATIO", {c, d, a, b}), 1));
        EXPECT_TRUE(near(value("QUICKRATIO", {a, b, c, d, 1e5}), value("QUICKRATIO", {a, b + 1e5, c, d})));
    }
}

TEST(Nps, propertyEqualsNpsCountsOfTheGroups) {
    Figures figures(12);
    for (int survey = 0; survey < surveys; ++survey) {
        const std::vector<double> answers = figures.answers(0, 10);
        const auto counted = [&answers](double least, double most) {
            return static_cast<double>(
                std::count_if(answers.begin(), answers.end(), [=](double answer) { return answer >= least && answer <= most; }));
        };
        const double score = value("NPS", {range(answers)});
        EXPECT_EQ(score, value("NPSCOUNTS", {counted(9, 10), counted(7, 8), counted(0, 6)}));
        EXPECT_EQ(score, -value("NPSCOUNTS", {counted(0, 6), counted(7, 8), counted(9, 10)})) << "swapped sides swap the sign";
        EXPECT_GE(score, -100);
        EXPECT_LE(score, 100);
    }
}

TEST(Customers, propertyOrderAndEmptyCellsDoNotMatter) {
    Figures figures(13);
    for (int survey = 0; survey < surveys; ++survey) {
        const std::vector<double> answers = figures.answers(0, 10);
        std::vector<Cell> mixed(answers.begin(), answers.end());
        mixed.insert(mixed.end(), 7, Blank{});
        figures.shuffle(mixed);
        for (const std::string_view name : {"NPS", "CSAT", "CES"})
            EXPECT_TRUE(near(value(name, {cells(mixed)}), value(name, {range(answers)}))) << name;
    }
}

// On a scale from 1 to 5 read backwards, 6 - answer, satisfied from n is the complement of satisfied from 7 - n.
TEST(Csat, propertyReadBackwardsIsTheComplement) {
    Figures figures(14);
    for (int survey = 0; survey < surveys; ++survey) {
        const std::vector<double> answers = figures.answers(1, 5);
        std::vector<double> backwards = answers;
        for (double& answer : backwards) answer = 6 - answer;
        double before = value("CSAT", {range(answers), 1.0});
        EXPECT_EQ(before, 1);
        for (double from = 2; from <= 5; ++from) {
            const double satisfied = value("CSAT", {range(answers), from});
            EXPECT_LE(satisfied, before) << "a stricter threshold satisfies no more";
            EXPECT_TRUE(near(satisfied, 1 - value("CSAT", {range(backwards), 7 - from})));
            before = satisfied;
        }
        EXPECT_TRUE(near(value("CES", {range(answers)}), 6 - value("CES", {range(backwards)})));
    }
}

TEST(Customers, refusalOfAPartAboveItsWhole) {
    for (const std::string_view name : {"CHURNRATE", "RENEWALRATE", "EMPLOYEERETENTION", "REFERRALRATE"}) {
        EXPECT_EQ(value(name, {100.0, 100.0}), 1) << name;
        EXPECT_EQ(value(name, {25.0, 100.0}), 0.25) << name;
        EXPECT_TRUE(refuses(Fault::OutsideDomain, name, {101.0, 100.0}));
        EXPECT_TRUE(refuses(Fault::OutsideDomain, name, {-1.0, 100.0}));
        EXPECT_TRUE(refuses(Fault::OutsideDomain, name, {1.0, -100.0}));
        EXPECT_TRUE(refuses(Fault::DivideByZero, name, {0.0, 0.0}));
    }
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "RETENTIONRATE", {120.0, 15.0, 100.0}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "RETENTIONRATE", {10.0, 15.0, 100.0}));
    EXPECT_TRUE(refuses(Fault::DivideByZero, "RETENTIONRATE", {15.0, 15.0, 0.0}));
}

TEST(Customers, refusalOfMoreLostThanThereWas) {
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "GRR", {100.0, 60.0, 50.0}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "REVENUECHURN", {100.0, 60.0, 50.0}));
    EXPECT_TRUE(near(value("NRR", {100.0, 30.0, 60.0, 50.0}), 0.2)) << "what was gained in the year may be lost in it";
    EXPECT_TRUE(near(value("REVENUECHURN", {100.0, 60.0, 50.0, 30.0}), 0.8));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "NRR", {100.0, 5.0, 6.0, 100.0}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "REVENUECHURN", {100.0, 6.0, 100.0, 3.0, 1.0}));
}

TEST(Customers, refusalOfNegativeMovements) {
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "GRR", {100.0, -10.0, 10.0}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "GRR", {-100.0, 0.0, 0.0}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "NRR", {100.0, -10.0, 0.0, 10.0}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "REVENUECHURN", {100.0, 10.0, -10.0}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "QUICKRATIO", {8.0, 5.0, 2.0, -3.0}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "QUICKRATIO", {8.0, 5.0, 2.0, 3.0, -1.0}));
}

TEST(Customers, refusalOfDividingByNothing) {
    EXPECT_TRUE(refuses(Fault::DivideByZero, "GRR", {0.0, 0.0, 0.0}));
    EXPECT_TRUE(refuses(Fault::DivideByZero, "GRR", {0.0, 1.0, 0.0})) << "as CHURNRATE(1;0)";
    EXPECT_TRUE(refuses(Fault::DivideByZero, "NRR", {0.0, 5.0, 0.0, 0.0}));
    EXPECT_TRUE(refuses(Fault::DivideByZero, "REVENUECHURN", {0.0, 0.0, 0.0}));
    EXPECT_TRUE(refuses(Fault::DivideByZero, "QUICKRATIO", {8.0, 5.0, 0.0, 0.0}));
    EXPECT_TRUE(refuses(Fault::DivideByZero, "CUSTOMERLIFESPAN", {0.0}));
    EXPECT_TRUE(refuses(Fault::DivideByZero, "CLV", {100.0, 0.8, 0.0}));
    EXPECT_TRUE(refuses(Fault::DivideByZero, "CLVHISTORIC", {100.0, 10.0, 0.0}));
    EXPECT_TRUE(refuses(Fault::DivideByZero, "CLVTOCAC", {100.0, 0.0}));
    EXPECT_TRUE(refuses(Fault::DivideByZero, "NPSCOUNTS", {0.0, 0.0, 0.0}));
}

TEST(Customers, refusalOfRatesTypedAsPercents) {
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "ANNUALRATE", {2.0, 12.0}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "CUSTOMERLIFESPAN", {5.0}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "CLV", {100.0, 80.0, 0.03}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "CLV", {100.0, 0.8, 3.0}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "CLVORDERS", {50.0, 4.0, 3.0, 40.0}));
}

TEST(AnnualRate, refusalOfAYearWithoutPeriodsAndOfNegativeRates) {
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "ANNUALRATE", {0.02, 0.0}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "ANNUALRATE", {0.02, -12.0}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "ANNUALRATE", {-0.02, 12.0}));
}

TEST(Nps, refusalOfWhatNobodyCanAnswer) {
    for (const double answer : {-1.0, 10.5, 11.0, 8.5, 6.999999, huge, noNumber})
        EXPECT_TRUE(refuses(Fault::OutsideDomain, "NPS", {range({9, answer, 7})})) << answer;
}

TEST(Customers, refusalOfScoresOutsideEveryScale) {
    for (const std::string_view name : {"CSAT", "CES"})
        for (const double answer : {-1.0, 10.5, 44.0, huge, noNumber})
            EXPECT_TRUE(refuses(Fault::OutsideDomain, name, {range({4, answer})})) << answer;
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "CSAT", {range({4}), 0.0})) << "an empty cell as threshold would satisfy everyone";
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "CSAT", {range({4}), 11.0}));
}

TEST(Customers, refusalOfTextAndOfNothing) {
    for (const std::string_view name : {"NPS", "CSAT", "CES"}) {
        EXPECT_TRUE(refuses(Fault::NotANumber, name, {cells({9.0, std::string("10")})})) << "text never counts as a number";
        EXPECT_TRUE(refuses(Fault::NotANumber, name, {std::string("good")}));
        EXPECT_TRUE(refuses(Fault::NothingToCompute, name, {cells({Blank{}, Blank{}})}));
        EXPECT_TRUE(refuses(Fault::NothingToCompute, name, {cells({})}));
    }
}

// What is no number, or is not there, is refused in every place of every function.
TEST(Customers, refusalOfNoNumberInAnyPlace) {
    for (const Function& function : customersFunctions) {
        std::vector<Argument> usual;
        for (const Parameter& parameter : function.parameters())
            usual.push_back(parameter.kind == Kind::Series ? range({5, 4}) : Argument(parameter.name == "starting" ? 4.0 : 1.0));
        ASSERT_TRUE(function.call(usual)) << function.name();
        for (std::size_t place = 0; place < usual.size(); ++place) {
            std::vector<Argument> arguments = usual;
            arguments[place] = noNumber;
            EXPECT_TRUE(refuses(Fault::OutsideDomain, function.name(), arguments)) << "NaN in place " << place;
            arguments[place] = std::string("two");
            EXPECT_TRUE(refuses(Fault::NotANumber, function.name(), arguments)) << "text in place " << place;
            if (function.parameters()[place].optional) continue;
            arguments[place] = Absent{};
            EXPECT_TRUE(refuses(Fault::OutsideDomain, function.name(), arguments)) << "nothing in place " << place;
        }
        usual.push_back(1.0);
        EXPECT_TRUE(refuses(Fault::OutsideDomain, function.name(), usual)) << "one argument too many";
    }
}

}  // namespace
}  // namespace calckpi
