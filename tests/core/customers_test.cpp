// The customers family: what it must give for known figures, what must hold whatever the figures are, and what it must refuse.
#include "core/kpis/customers.hpp"
#include "tests/support/expect.hpp"
#include "tests/support/formula.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace calckpi {
namespace {

using support::agree;
using support::call;
using support::column;
using support::gives;
using support::numberOf;
using support::range;
using support::refuses;
using support::same;
using support::shows;
using support::valueOf;

constexpr double huge = 1e308;
constexpr double tiny = std::numeric_limits<double>::denorm_min();
constexpr double noNumber = std::numeric_limits<double>::quiet_NaN();

constexpr int draws = 2000;
constexpr int surveys = 300;

// answersOn draws 1 to 100 answers on a scale.
std::vector<double> answersOn(support::Dice& dice, int least, int most) {
    return dice.times(1 + dice.below(100), [&] { return dice.whole(least, most); });
}

// Movement of recurring revenue in which not more is lost than there was at the start.
struct Movement {
    double starting, expansion, contraction, churned, reactivation;
};

Movement movement(support::Dice& dice) {
    const double starting = dice.between(1, 1e6);
    const double contraction = dice.between(0, starting / 2);
    return {starting, dice.between(0, starting), contraction, dice.between(0, starting - contraction),
            dice.between(0, starting / 4)};
}

// Tomasz Tunguz, The Innovator's Dilemma for SaaS Startups: monthly churn of 3 to 7 %, 1 to 2 % and from 0.5 % is, in a year,
// 31 to 58 %, 11 to 22 % and from 6 %, in whole percents.
TEST(AnnualRate, ValueOfPublishedMonthlyChurn) {
    const auto percent = [](double monthly) { return std::round(100 * valueOf("ANNUALRATE", {monthly, 12.0})); };
    EXPECT_EQ(percent(0.03), 31);
    EXPECT_EQ(percent(0.07), 58);
    EXPECT_EQ(percent(0.01), 11);
    EXPECT_EQ(percent(0.02), 22);
    EXPECT_EQ(percent(0.005), 6);
}

// Python's decimal: 1 - Decimal("0.98")**12.
TEST(AnnualRate, ValueToTheLastDigits) {
    EXPECT_TRUE(agree(valueOf("ANNUALRATE", {0.02, 12.0}), 0.215283276265199966613504, 1e-15));
}

// The Internet provider of Marketing Metrics, as taught at Darden with the formula that counts the first margin: 19.95 a month
// less 1.50 of cost and 0.50 of marketing, 0.5 % attrition and 1 % interest a month give 1,209.
TEST(Clv, ValueOfThePublishedInternetProvider) { EXPECT_EQ(std::round(valueOf("CLV", {17.95, 1.0, 0.005, 0.01})), 1209); }

// Reichheld 2003: 9 and 10 promote, 7 and 8 are passive, 0 to 6 detract.
TEST(Nps, ValueAtEachAnswer) {
    for (int answer = 0; answer <= 10; ++answer) {
        const double expected = answer >= 9 ? 100 : answer >= 7 ? 0 : -100;
        EXPECT_EQ(valueOf("NPS", {range({static_cast<double>(answer)})}), expected) << answer;
        EXPECT_EQ(valueOf("NPS", {static_cast<double>(answer)}), expected) << "a single cell with " << answer;
    }
}

TEST(Nps, ValueInWholePointsIsExact) {
    ASSERT_NE(100 * (29.0 / 100), 29) << "the order of the factors matters";
    EXPECT_EQ(valueOf("NPSCOUNTS", {29.0, 71.0, 0.0}), 29);
}

TEST(Csat, ValueWithItsDefaultAndWithout) {
    EXPECT_EQ(valueOf("CSAT", {range({1, 2, 3, 4, 5})}), 0.4);
    EXPECT_EQ(valueOf("CSAT", {range({1, 2, 3, 4, 5}), Absent{}}), 0.4);
    EXPECT_EQ(valueOf("CSAT", {range({1, 2, 3, 4, 5}), 5.0}), 0.2);
    EXPECT_EQ(valueOf("CSAT", {range({0, 1, 1, 1}), 1.0}), 0.75) << "thumbs down is 0, up is 1";
}

TEST(AnnualRate, EdgeOfNoLossAndOfAll) {
    EXPECT_EQ(valueOf("ANNUALRATE", {0.0, 12.0}), 0);
    EXPECT_EQ(valueOf("ANNUALRATE", {1.0, 12.0}), 1);
    EXPECT_EQ(valueOf("ANNUALRATE", {1.0, 0.25}), 1);
}

// 1 - (1 - rate) would be 0; twelve periods of a tiny rate are 12 times as much (the next term is 66 rate^2).
TEST(AnnualRate, EdgeOfATinyRateKeepsItsDigits) {
    EXPECT_NEAR(valueOf("ANNUALRATE", {1e-20, 12.0}) / 12e-20, 1, 1e-14);
    EXPECT_NEAR(valueOf("ANNUALRATE", {1e-300, 12.0}) / 12e-300, 1, 1e-14);
}

TEST(RevenueChurn, EdgeOfASmallChurnKeepsItsDigits) { EXPECT_NEAR(valueOf("REVENUECHURN", {1e9, 0.0, 1e-9}) / 1e-18, 1, 1e-14); }

// In binary 201.2 + 798.7 is above 999.9 and 0.8 - 0.1 above 0.7: a strict comparison would refuse right dice.
TEST(Customers, EdgeOfDecimalsThatMissTheirSum) {
    ASSERT_GT(201.2 + 798.7, 999.9);
    EXPECT_EQ(valueOf("GRR", {999.9, 201.2, 798.7}), 0);
    EXPECT_EQ(valueOf("NRR", {999.9, 0.0, 201.2, 798.7}), 0);
    EXPECT_EQ(valueOf("REVENUECHURN", {999.9, 201.2, 798.7}), 1);
    ASSERT_GT(0.8 - 0.1, 0.7);
    EXPECT_EQ(valueOf("RETENTIONRATE", {0.8, 0.1, 0.7}), 1);
    EXPECT_TRUE(refuses("GRR", {999.9, 201.2, 798.71}, Fault::OutsideDomain)) << "a cent too much is too much";
}

TEST(Customers, EdgeOfLargeFiguresIsNeverAPlausibleNumber) {
    EXPECT_TRUE(refuses("NRR", {huge, huge, 0.0, 0.0}, Fault::NotFinite));
    EXPECT_TRUE(refuses("GRR", {huge, huge, huge}, Fault::NotFinite));
    EXPECT_TRUE(refuses("REVENUECHURN", {huge, huge, huge, huge, huge}, Fault::NotFinite));
    EXPECT_TRUE(refuses("QUICKRATIO", {1.0, 1.0, huge, huge}, Fault::NotFinite));
    EXPECT_TRUE(refuses("QUICKRATIO", {huge, huge, 1.0, 1.0}, Fault::NotFinite));
    EXPECT_TRUE(refuses("NPSCOUNTS", {huge, 0.0, huge}, Fault::NotFinite));
    EXPECT_TRUE(refuses("CLV", {huge, 1.0, 0.01}, Fault::NotFinite));
    EXPECT_TRUE(refuses("CLVORDERS", {huge, 10.0, 1.0}, Fault::NotFinite));
    EXPECT_TRUE(refuses("CLVHISTORIC", {huge, -huge, 1.0}, Fault::NotFinite));
    EXPECT_TRUE(refuses("CLVTOCAC", {huge, 0.5}, Fault::NotFinite));
    EXPECT_TRUE(refuses("CUSTOMERLIFESPAN", {tiny}, Fault::NotFinite));
    EXPECT_EQ(valueOf("GRR", {huge, 0.0, 0.0}), 1);
    EXPECT_EQ(valueOf("RETENTIONRATE", {huge, 0.0, huge}), 1);
    EXPECT_EQ(valueOf("CHURNRATE", {huge, huge}), 1);
}

TEST(AnnualRate, PropertyOnePeriodIsTheRate) {
    support::Dice dice(1);
    for (int draw = 0; draw < draws; ++draw) {
        const double rate = dice.between(0, 1);
        EXPECT_TRUE(agree(valueOf("ANNUALRATE", {rate, 1.0}), rate));
    }
}

TEST(AnnualRate, PropertyPeriodsCompose) {
    support::Dice dice(2);
    for (int draw = 0; draw < draws; ++draw) {
        const double rate = dice.between(0, 0.9);
        const double first = dice.between(0.1, 24);
        const double second = dice.between(0.1, 24);
        const double staying = (1 - valueOf("ANNUALRATE", {rate, first})) * (1 - valueOf("ANNUALRATE", {rate, second}));
        EXPECT_TRUE(agree(valueOf("ANNUALRATE", {rate, first + second}), 1 - staying)) << rate << ", " << first << ", " << second;
        const double year = valueOf("ANNUALRATE", {rate, first});
        if (year > 0.999) continue;  // so near to 1 its digits are gone, and there is no way back
        EXPECT_TRUE(agree(valueOf("ANNUALRATE", {year, 1 / first}), rate, 1e-10)) << "there and back";
    }
}

TEST(AnnualRate, PropertyGrowsWithTheRateAndStaysAShare) {
    support::Dice dice(3);
    for (int draw = 0; draw < draws; ++draw) {
        const double rate = dice.between(0, 0.99);
        const double periods = dice.between(0.1, 52);
        const double year = valueOf("ANNUALRATE", {rate, periods});
        EXPECT_GE(year, 0);
        EXPECT_LE(year, 1);
        EXPECT_LE(year, valueOf("ANNUALRATE", {rate + 0.01, periods}));
    }
}

TEST(Grr, PropertyIsAShareAndNotAboveNrr) {
    support::Dice dice(4);
    for (int draw = 0; draw < draws; ++draw) {
        const Movement m = movement(dice);
        const double gross = valueOf("GRR", {m.starting, m.contraction, m.churned});
        EXPECT_GE(gross, 0);
        EXPECT_LE(gross, 1);
        EXPECT_LE(gross, valueOf("NRR", {m.starting, m.expansion, m.contraction, m.churned}));
        EXPECT_EQ(gross, valueOf("NRR", {m.starting, 0.0, m.contraction, m.churned})) << "without expansion they are one";
    }
}

TEST(RevenueChurn, PropertyIsTheComplementOfRetention) {
    support::Dice dice(5);
    for (int draw = 0; draw < draws; ++draw) {
        const Movement m = movement(dice);
        EXPECT_TRUE(agree(valueOf("REVENUECHURN", {m.starting, m.contraction, m.churned}),
                          1 - valueOf("GRR", {m.starting, m.contraction, m.churned})));
        EXPECT_TRUE(agree(valueOf("REVENUECHURN", {m.starting, m.contraction, m.churned, m.expansion}),
                          1 - valueOf("NRR", {m.starting, m.expansion, m.contraction, m.churned})));
        EXPECT_TRUE(agree(valueOf("REVENUECHURN", {m.starting, m.contraction, m.churned, m.expansion, m.reactivation}),
                          1 - valueOf("NRR", {m.starting, m.expansion + m.reactivation, m.contraction, m.churned})));
    }
}

TEST(RetentionRate, PropertyIsTheComplementOfChurn) {
    support::Dice dice(6);
    for (int draw = 0; draw < draws; ++draw) {
        const double atStart = dice.whole(1, 100000);
        const double lost = dice.whole(0, static_cast<int>(atStart));
        const double acquired = dice.whole(0, 100000);
        EXPECT_TRUE(agree(valueOf("RETENTIONRATE", {atStart - lost + acquired, acquired, atStart}),
                          1 - valueOf("CHURNRATE", {lost, atStart})));
    }
}

TEST(Customers, PropertyScaleDoesNotMatter) {
    support::Dice dice(7);
    for (int draw = 0; draw < draws; ++draw) {
        const Movement m = movement(dice);
        const double k = std::pow(10, dice.between(-6, 6));
        EXPECT_TRUE(agree(valueOf("GRR", {k * m.starting, k * m.contraction, k * m.churned}),
                          valueOf("GRR", {m.starting, m.contraction, m.churned})));
        EXPECT_TRUE(agree(valueOf("NRR", {k * m.starting, k * m.expansion, k * m.contraction, k * m.churned}),
                          valueOf("NRR", {m.starting, m.expansion, m.contraction, m.churned})));
        EXPECT_TRUE(agree(valueOf("REVENUECHURN", {k * m.starting, k * m.contraction, k * m.churned, k * m.expansion}),
                          valueOf("REVENUECHURN", {m.starting, m.contraction, m.churned, m.expansion})));
        EXPECT_TRUE(agree(valueOf("QUICKRATIO", {k * m.starting, k * m.expansion, k * m.contraction, k * m.churned}),
                          valueOf("QUICKRATIO", {m.starting, m.expansion, m.contraction, m.churned})));
        EXPECT_TRUE(agree(valueOf("NPSCOUNTS", {k * m.starting, k * m.expansion, k * m.churned}),
                          valueOf("NPSCOUNTS", {m.starting, m.expansion, m.churned})));
        EXPECT_TRUE(agree(valueOf("CLV", {k * m.starting, 0.8, 0.03, 0.01}), k * valueOf("CLV", {m.starting, 0.8, 0.03, 0.01})));
        EXPECT_TRUE(agree(valueOf("CLVHISTORIC", {k * m.starting, k * m.churned, 7.0}),
                          k * valueOf("CLVHISTORIC", {m.starting, m.churned, 7.0})));
    }
}

TEST(CustomerLifespan, PropertyTimesChurnIsOne) {
    support::Dice dice(8);
    for (int draw = 0; draw < draws; ++draw) {
        const double churn = std::pow(10, dice.between(-300, 0));
        EXPECT_TRUE(agree(valueOf("CUSTOMERLIFESPAN", {churn}) * churn, 1));
    }
}

TEST(Clv, PropertyWithoutInterestIsMarginTimesLifespan) {
    support::Dice dice(9);
    for (int draw = 0; draw < draws; ++draw) {
        const double arpa = dice.between(1, 1e4);
        const double margin = dice.between(-0.5, 1);
        const double churn = dice.between(0.001, 1);
        const double lifespan = valueOf("CUSTOMERLIFESPAN", {churn});
        EXPECT_TRUE(agree(valueOf("CLV", {arpa, margin, churn}), valueOf("CLVORDERS", {arpa, 1.0, lifespan, margin})));
    }
}

TEST(Clv, PropertyFallsWithChurnAndInterest) {
    support::Dice dice(10);
    for (int draw = 0; draw < draws; ++draw) {
        const double churn = dice.between(0.001, 0.9);
        const double interest = dice.between(0, 0.5);
        const double worth = valueOf("CLV", {100.0, 0.8, churn, interest});
        EXPECT_GT(worth, valueOf("CLV", {100.0, 0.8, churn + 0.05, interest}));
        EXPECT_GT(worth, valueOf("CLV", {100.0, 0.8, churn, interest + 0.05}));
        EXPECT_GE(worth, 80) << "the first margin is certain";
    }
}

TEST(QuickRatio, PropertyGainsAndLossesSwappedTurnItOver) {
    support::Dice dice(11);
    for (int draw = 0; draw < draws; ++draw) {
        const double a = dice.between(1, 1e6);
        const double b = dice.between(1, 1e6);
        const double c = dice.between(1, 1e6);
        const double d = dice.between(1, 1e6);
        EXPECT_TRUE(agree(valueOf("QUICKRATIO", {a, b, c, d}) * valueOf("QUICKRATIO", {c, d, a, b}), 1));
        EXPECT_TRUE(agree(valueOf("QUICKRATIO", {a, b, c, d, 1e5}), valueOf("QUICKRATIO", {a, b + 1e5, c, d})));
    }
}

TEST(Nps, PropertyEqualsNpsCountsOfTheGroups) {
    support::Dice dice(12);
    for (int survey = 0; survey < surveys; ++survey) {
        const std::vector<double> answers = answersOn(dice, 0, 10);
        const auto counted = [&answers](double least, double most) {
            return static_cast<double>(
                std::count_if(answers.begin(), answers.end(), [=](double answer) { return answer >= least && answer <= most; }));
        };
        const double score = valueOf("NPS", {range(answers)});
        EXPECT_EQ(score, valueOf("NPSCOUNTS", {counted(9, 10), counted(7, 8), counted(0, 6)}));
        EXPECT_EQ(score, -valueOf("NPSCOUNTS", {counted(0, 6), counted(7, 8), counted(9, 10)})) << "swapped sides swap the sign";
        EXPECT_GE(score, -100);
        EXPECT_LE(score, 100);
    }
}

TEST(Customers, PropertyOrderAndEmptyCellsDoNotMatter) {
    support::Dice dice(13);
    for (int survey = 0; survey < surveys; ++survey) {
        const std::vector<double> answers = answersOn(dice, 0, 10);
        std::vector<Cell> mixed(answers.begin(), answers.end());
        mixed.insert(mixed.end(), 7, Blank{});
        dice.shuffle(mixed);
        for (const std::string_view name : {"NPS", "CSAT", "CES"})
            EXPECT_TRUE(agree(valueOf(name, {column(mixed)}), valueOf(name, {range(answers)}))) << name;
    }
}

// On a scale from 1 to 5 read backwards, 6 - answer, satisfied from n is the complement of satisfied from 7 - n.
TEST(Csat, PropertyReadBackwardsIsTheComplement) {
    support::Dice dice(14);
    for (int survey = 0; survey < surveys; ++survey) {
        const std::vector<double> answers = answersOn(dice, 1, 5);
        std::vector<double> backwards = answers;
        for (double& answer : backwards) answer = 6 - answer;
        double before = valueOf("CSAT", {range(answers), 1.0});
        EXPECT_EQ(before, 1);
        for (double from = 2; from <= 5; ++from) {
            const double satisfied = valueOf("CSAT", {range(answers), from});
            EXPECT_LE(satisfied, before) << "a stricter threshold satisfies no more";
            EXPECT_TRUE(agree(satisfied, 1 - valueOf("CSAT", {range(backwards), 7 - from})));
            before = satisfied;
        }
        EXPECT_TRUE(agree(valueOf("CES", {range(answers)}), 6 - valueOf("CES", {range(backwards)})));
    }
}

TEST(Customers, RefusalOfAPartAboveItsWhole) {
    for (const std::string_view name : {"CHURNRATE", "RENEWALRATE", "EMPLOYEERETENTION", "REFERRALRATE"}) {
        EXPECT_EQ(valueOf(name, {100.0, 100.0}), 1) << name;
        EXPECT_EQ(valueOf(name, {25.0, 100.0}), 0.25) << name;
        EXPECT_TRUE(refuses(name, {101.0, 100.0}, Fault::OutsideDomain));
        EXPECT_TRUE(refuses(name, {-1.0, 100.0}, Fault::OutsideDomain));
        EXPECT_TRUE(refuses(name, {1.0, -100.0}, Fault::OutsideDomain));
        EXPECT_TRUE(refuses(name, {0.0, 0.0}, Fault::DivideByZero));
    }
    EXPECT_TRUE(refuses("RETENTIONRATE", {120.0, 15.0, 100.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("RETENTIONRATE", {10.0, 15.0, 100.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("RETENTIONRATE", {15.0, 15.0, 0.0}, Fault::DivideByZero));
}

TEST(Customers, RefusalOfMoreLostThanThereWas) {
    EXPECT_TRUE(refuses("GRR", {100.0, 60.0, 50.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("REVENUECHURN", {100.0, 60.0, 50.0}, Fault::OutsideDomain));
    EXPECT_TRUE(agree(valueOf("NRR", {100.0, 30.0, 60.0, 50.0}), 0.2)) << "what was gained in the year may be lost in it";
    EXPECT_TRUE(agree(valueOf("REVENUECHURN", {100.0, 60.0, 50.0, 30.0}), 0.8));
    EXPECT_TRUE(refuses("NRR", {100.0, 5.0, 6.0, 100.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("REVENUECHURN", {100.0, 6.0, 100.0, 3.0, 1.0}, Fault::OutsideDomain));
}

TEST(Customers, RefusalOfNegativeMovements) {
    EXPECT_TRUE(refuses("GRR", {100.0, -10.0, 10.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("GRR", {-100.0, 0.0, 0.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("NRR", {100.0, -10.0, 0.0, 10.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("REVENUECHURN", {100.0, 10.0, -10.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("QUICKRATIO", {8.0, 5.0, 2.0, -3.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("QUICKRATIO", {8.0, 5.0, 2.0, 3.0, -1.0}, Fault::OutsideDomain));
}

TEST(Customers, RefusalOfDividingByNothing) {
    EXPECT_TRUE(refuses("GRR", {0.0, 0.0, 0.0}, Fault::DivideByZero));
    EXPECT_TRUE(refuses("GRR", {0.0, 1.0, 0.0}, Fault::DivideByZero)) << "as CHURNRATE(1;0)";
    EXPECT_TRUE(refuses("NRR", {0.0, 5.0, 0.0, 0.0}, Fault::DivideByZero));
    EXPECT_TRUE(refuses("REVENUECHURN", {0.0, 0.0, 0.0}, Fault::DivideByZero));
    EXPECT_TRUE(refuses("QUICKRATIO", {8.0, 5.0, 0.0, 0.0}, Fault::DivideByZero));
    EXPECT_TRUE(refuses("CUSTOMERLIFESPAN", {0.0}, Fault::DivideByZero));
    EXPECT_TRUE(refuses("CLV", {100.0, 0.8, 0.0}, Fault::DivideByZero));
    EXPECT_TRUE(refuses("CLVHISTORIC", {100.0, 10.0, 0.0}, Fault::DivideByZero));
    EXPECT_TRUE(refuses("CLVTOCAC", {100.0, 0.0}, Fault::DivideByZero));
    EXPECT_TRUE(refuses("NPSCOUNTS", {0.0, 0.0, 0.0}, Fault::DivideByZero));
}

TEST(Customers, RefusalOfRatesTypedAsPercents) {
    EXPECT_TRUE(refuses("ANNUALRATE", {2.0, 12.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("CUSTOMERLIFESPAN", {5.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("CLV", {100.0, 80.0, 0.03}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("CLV", {100.0, 0.8, 3.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("CLVORDERS", {50.0, 4.0, 3.0, 40.0}, Fault::OutsideDomain));
}

TEST(AnnualRate, RefusalOfAYearWithoutPeriodsAndOfNegativeRates) {
    EXPECT_TRUE(refuses("ANNUALRATE", {0.02, 0.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("ANNUALRATE", {0.02, -12.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("ANNUALRATE", {-0.02, 12.0}, Fault::OutsideDomain));
}

TEST(Nps, RefusalOfWhatNobodyCanAnswer) {
    for (const double answer : {-1.0, 10.5, 11.0, 8.5, 6.999999, huge, noNumber})
        EXPECT_TRUE(refuses("NPS", {column({9.0, answer, 7.0})}, Fault::OutsideDomain)) << answer;
}

TEST(Customers, RefusalOfScoresOutsideEveryScale) {
    for (const std::string_view name : {"CSAT", "CES"})
        for (const double answer : {-1.0, 10.5, 44.0, huge, noNumber})
            EXPECT_TRUE(refuses(name, {column({4.0, answer})}, Fault::OutsideDomain)) << answer;
    EXPECT_TRUE(refuses("CSAT", {range({4}), 0.0}, Fault::OutsideDomain)) << "an empty cell as threshold would satisfy everyone";
    EXPECT_TRUE(refuses("CSAT", {range({4}), 11.0}, Fault::OutsideDomain));
}

TEST(Customers, RefusalOfTextAndOfNothing) {
    for (const std::string_view name : {"NPS", "CSAT", "CES"}) {
        EXPECT_TRUE(refuses(name, {column({9.0, std::string("10")})}, Fault::NotANumber)) << "text never counts as a number";
        EXPECT_TRUE(refuses(name, {std::string("good")}, Fault::NotANumber));
        EXPECT_TRUE(refuses(name, {column({Blank{}, Blank{}})}, Fault::NothingToCompute));
        EXPECT_TRUE(refuses(name, {column({})}, Fault::NothingToCompute));
    }
}

// What is no number, or is not there, is refused in every place of every function.
TEST(Customers, RefusalOfNoNumberInAnyPlace) {
    for (const Function& function : customersFunctions) {
        std::vector<Argument> usual;
        for (const Parameter& parameter : function.parameters())
            usual.push_back(parameter.kind == Kind::Series ? range({5, 4}) : Argument(parameter.name == "starting" ? 4.0 : 1.0));
        ASSERT_TRUE(function.call(usual)) << function.name();
        for (std::size_t place = 0; place < usual.size(); ++place) {
            std::vector<Argument> arguments = usual;
            arguments[place] = noNumber;
            EXPECT_TRUE(refuses(function.name(), arguments, Fault::OutsideDomain)) << "NaN in place " << place;
            arguments[place] = std::string("two");
            EXPECT_TRUE(refuses(function.name(), arguments, Fault::NotANumber)) << "text in place " << place;
            if (function.parameters()[place].optional) continue;
            arguments[place] = Absent{};
            EXPECT_TRUE(refuses(function.name(), arguments, Fault::OutsideDomain)) << "nothing in place " << place;
        }
        usual.push_back(1.0);
        EXPECT_TRUE(refuses(function.name(), usual, Fault::OutsideDomain)) << "one argument too many";
    }
}

TEST(ChurnRate, PropertyOfLeftAndStayedIsOne) {
    support::Dice dice(31);
    for (int round = 0; round < 200; ++round) {
        const double atStart = 1 + dice.count(1000);
        const double lost = dice.count(static_cast<std::size_t>(atStart));
        EXPECT_TRUE(support::near(
            numberOf(call("CHURNRATE", {lost, atStart})) + numberOf(call("CHURNRATE", {atStart - lost, atStart})), 1));
    }
}

TEST(ChurnRate, EdgeEverybodyAndNobodyLeft) {
    EXPECT_TRUE(shows("=CHURNRATE(100;100)", 1.0));
    EXPECT_TRUE(shows("=CHURNRATE(0;100)", 0.0));
}

TEST(ChurnRate, Refusals) {
    EXPECT_TRUE(shows("=CHURNRATE(0;0)", Fault::DivideByZero));
    EXPECT_TRUE(shows("=CHURNRATE(-1;100)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=CHURNRATE(5;-100)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=CHURNRATE(\"five\";100)", Fault::NotANumber));
    EXPECT_TRUE(shows("=CHURNRATE(5)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=CHURNRATE(5;100;1)", Fault::OutsideDomain));
}

TEST(Clv, PropertyOfRandomCustomersAgreesWithAddingUpTheirMargins) {
    // The definition: the first margin at once, each later one kept with the chance that the customer is still there.
    support::Dice dice(32);
    for (int round = 0; round < 100; ++round) {
        const double arpa = dice.between(1, 1000);
        const double margin = dice.between(-0.5, 1);
        const double churn = dice.between(0.02, 1);
        const double discount = dice.oneIn(3) ? 0 : dice.between(0, 0.5);
        double expected = 0;
        double present = arpa * margin;
        for (int period = 0; period < 5000; ++period) {
            expected += present;
            present *= (1 - churn) / (1 + discount);
        }
        EXPECT_TRUE(gives(call("CLV", {arpa, margin, churn, discount}), expected)) << churn << ' ' << discount;
    }
}

TEST(Clv, PropertyOfNoDiscountIsTheMarginOverTheChurn) {
    EXPECT_TRUE(same(call("CLV", {100.0, 0.8, 0.03}), call("CLV", {100.0, 0.8, 0.03, 0.0})));
    EXPECT_TRUE(same(call("CLV", {100.0, 0.8, 0.03, Absent{}}), call("CLV", {100.0, 0.8, 0.03})));
    EXPECT_TRUE(shows("=CLV(100;0.8;0.03)", 80 / 0.03));
}

TEST(Clv, EdgeEverybodyLeavesAfterTheFirstMargin) {
    EXPECT_TRUE(shows("=CLV(100;0.8;1)", 80.0));
    EXPECT_TRUE(shows("=CLV(100;0.8;1;0.25)", 80.0));
}

TEST(Clv, EdgeNobodyLeavesButInterestBoundsTheValue) { EXPECT_TRUE(shows("=CLV(100;0.8;0;0.01)", 8080.0)); }

TEST(Clv, EdgeATinyChurnKeepsItsDigits) {
    // 1 + d - (1 - churn) computed as it is written would leave three digits of a churn of 1e-13.
    EXPECT_TRUE(shows("=CLV(1;1;1E-13)", 1e13));
    EXPECT_TRUE(shows("=CLV(1;1;1E-13;1E-13)", 5e12 * (1 + 1e-13)));
}

TEST(Clv, EdgeALossPerCustomerIsNegative) { EXPECT_TRUE(shows("=CLV(100;-0.5;0.5)", -100.0)); }

TEST(Clv, Refusals) {
    EXPECT_TRUE(shows("=CLV(100;1.1;0.03)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=CLV(100;0.8;1.5)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=CLV(100;0.8;-0.1)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=CLV(100;0.8;0.03;-0.01)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=CLV(100;0.8;0;0)", Fault::DivideByZero));
    EXPECT_TRUE(shows("=CLV(1E308;1;0.01)", Fault::NotFinite));
    EXPECT_TRUE(shows("=CLV(1E308;1;0.5;1E308)", Fault::NotFinite));
    EXPECT_TRUE(shows("=CLV(100;\"80 %\";0.03)", Fault::NotANumber));
    EXPECT_TRUE(shows("=CLV(100;0.8)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=CLV(100;0.8;0.03;0;1)", Fault::OutsideDomain));
}

TEST(ClvHistoric, PropertyOfRevenueAndCostByThemselves) {
    support::Dice dice(33);
    for (int round = 0; round < 100; ++round) {
        const double revenue = dice.count(1'000'000);
        const double cost = dice.count(1'000'000);
        const double customers = 1 + dice.count(100);
        const double expected =
            numberOf(call("AVERAGESALE", {revenue, customers})) - numberOf(call("AVERAGESALE", {cost, customers}));
        EXPECT_NEAR(numberOf(call("CLVHISTORIC", {revenue, cost, customers})), expected, 1e-6);
    }
}

TEST(ClvHistoric, EdgeCustomersWhoCostMoreThanTheyBring) { EXPECT_TRUE(shows("=CLVHISTORIC(100;300;4)", -50.0)); }

TEST(ClvHistoric, Refusals) {
    EXPECT_TRUE(shows("=CLVHISTORIC(1;1;-1)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=CLVHISTORIC(1E308;-1E308;10)", Fault::NotFinite));
    EXPECT_TRUE(shows("=CLVHISTORIC(1;1)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=CLVHISTORIC(\"a\";1;1)", Fault::NotANumber));
}

TEST(ClvToCac, EdgeANegativeValueStaysNegative) { EXPECT_TRUE(shows("=CLVTOCAC(-300;100)", -3.0)); }

TEST(ClvToCac, RefusalOfANegativeCost) { EXPECT_TRUE(shows("=CLVTOCAC(300;-100)", Fault::OutsideDomain)); }

}  // namespace
}  // namespace calckpi
