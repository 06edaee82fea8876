// The finance and growth family: what it must give for known figures, what must hold whatever they are, and what it must refuse.
#include "core/kpis/finance.hpp"
#include "tests/support/expect.hpp"
#include "tests/support/formula.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

namespace calckpi {
namespace {

using support::agree;
using support::column;
using support::range;
using support::refuses;
using support::valueOf;

constexpr double huge = 1e308;
constexpr double tiny = std::numeric_limits<double>::denorm_min();
constexpr double noNumber = std::numeric_limits<double>::quiet_NaN();

constexpr int draws = 2000;
constexpr int ledgers = 300;

// ledgerOf draws 1 to 50 amounts in cents.
std::vector<double> ledgerOf(support::Dice& dice) {
    return dice.times(1 + dice.below(50), [&dice] { return dice.count(10'000'000) / 100; });
}

std::vector<double> times(double k, std::vector<double> amounts) {
    for (double& amount : amounts) amount *= k;
    return amounts;
}

// exactTotal adds whole cents: an independent figure to compare with.
double exactTotal(const std::vector<double>& amounts) {
    long long cents = 0;
    for (const double amount : amounts) cents += std::llround(100 * amount);
    return static_cast<double>(cents) / 100;
}

// Python's decimal: 100000 - 50000 * Decimal("0.95")**12.
TEST(GrowthPath, ValueToTheLastDigits) {
    EXPECT_TRUE(agree(valueOf("GROWTHPATH", {50000.0, 5000.0, 0.05, 12.0}), 72981.99561686815185546875, 1e-15));
}

// David Sacks explaining the burn multiple: 3 million burned in a quarter for 1 million of new yearly revenue is 3.
TEST(BurnMultiple, ValueOfItsAuthor) { EXPECT_EQ(valueOf("BURNMULTIPLE", {3e6, 1e6}), 3); }

// Ten cents ten times are one unit, and one unit beside 1e16 is not lost; plain addition gives 0.9999999999999999 and 0.
TEST(GrossRevenue, ValueIsExactToTheCent) {
    EXPECT_EQ(valueOf("GROSSREVENUE", {range(std::vector<double>(10, 0.1))}), 1);
    EXPECT_EQ(valueOf("GROSSREVENUE", {range({1e16, 1, -1e16})}), 1);
}

TEST(Finance, ValueOfASingleNumberInPlaceOfAList) {
    EXPECT_EQ(valueOf("GROSSREVENUE", {12.5}), 12.5);
    EXPECT_EQ(valueOf("NETREVENUE", {100.0, 15.0}), 85);
    EXPECT_EQ(valueOf("CASHFLOW", {100.0, 15.0}), 85);
    EXPECT_EQ(valueOf("NETMARGIN", {100.0, 75.0}), 0.25);
}

TEST(GrowthPath, EdgeOfNoChurnIsAStraightLine) {
    EXPECT_EQ(valueOf("GROWTHPATH", {50000.0, 5000.0, 0.0, 12.0}), 110000);
    EXPECT_EQ(valueOf("GROWTHPATH", {0.0, 0.0, 0.0, 0.0}), 0);
}

// Around the place where the curve becomes a straight line nothing jumps: start + new * t - churn * (start * t + new * t(t-1)/2).
TEST(GrowthPath, EdgeOfTinyChurnKeepsItsDigits) {
    for (double churn = 1e-10; churn > 0; churn /= 3) {
        const double straight = 50000 + 5000 * 12.0;
        const double bend = churn * (50000 * 12.0 + 5000 * 66.0);
        EXPECT_TRUE(agree(valueOf("GROWTHPATH", {50000.0, 5000.0, churn, 12.0}), straight - bend, 1e-15)) << churn;
    }
    EXPECT_TRUE(agree(valueOf("GROWTHPATH", {0.0, 1.0, tiny, 1.5}), 1.5, 1e-15));
}

// Python's decimal: (1 - Decimal("1e-10"))**1000000. A rounded 1 - churn would be wrong in the tenth digit.
TEST(GrowthPath, EdgeOfALongWayKeepsItsDigits) {
    EXPECT_TRUE(agree(valueOf("GROWTHPATH", {1.0, 0.0, 1e-10, 1e6}), 0.9999000049998283379998, 1e-15));
}

TEST(GrowthPath, EdgeOfAllChurningIsWhatIsNew) {
    EXPECT_EQ(valueOf("GROWTHPATH", {50000.0, 5000.0, 1.0, 0.0}), 50000);
    EXPECT_EQ(valueOf("GROWTHPATH", {50000.0, 5000.0, 1.0, 1.0}), 5000);
    EXPECT_EQ(valueOf("GROWTHPATH", {50000.0, 5000.0, 1.0, 12.0}), 5000);
}

TEST(GrowthRate, EdgeOfSmallGrowthKeepsItsDigits) {
    // 1 + 2^-40 against 1 is 2^-40 exactly.
    EXPECT_EQ(valueOf("GROWTHRATE", {1 + std::ldexp(1, -40), 1.0}), std::ldexp(1, -40));
}

TEST(Finance, EdgeOfLargeFiguresIsNeverAPlausibleNumber) {
    const Argument overflowing = range({huge, huge});
    EXPECT_TRUE(refuses("GROSSREVENUE", {overflowing}, Fault::NotFinite));
    EXPECT_TRUE(refuses("GROSSREVENUE", {range({huge, huge, -huge, -huge})}, Fault::NotFinite));
    EXPECT_TRUE(refuses("NETREVENUE", {huge, overflowing}, Fault::NotFinite));
    EXPECT_TRUE(refuses("CASHFLOW", {overflowing, overflowing}, Fault::NotFinite));
    EXPECT_TRUE(refuses("GROSSMARGIN", {huge, overflowing}, Fault::NotFinite));
    EXPECT_TRUE(refuses("NETMARGIN", {1.0, overflowing}, Fault::NotFinite));
    EXPECT_TRUE(refuses("AVERAGEREVENUE", {huge, 0.5}, Fault::NotFinite));
    EXPECT_TRUE(refuses("MARGINALREVENUE", {huge, -huge, huge}, Fault::NotFinite));
    EXPECT_TRUE(refuses("ARR", {huge}, Fault::NotFinite));
    EXPECT_TRUE(refuses("GROWTHRATE", {-huge, huge}, Fault::NotFinite));
    EXPECT_TRUE(refuses("TRAILINGGROWTH", {huge, -huge, 0.0}, Fault::NotFinite));
    EXPECT_TRUE(refuses("GROWTHCEILING", {huge, 0.01}, Fault::NotFinite));
    EXPECT_TRUE(refuses("GROWTHCEILING", {1.0, tiny}, Fault::NotFinite));
    EXPECT_TRUE(refuses("GROWTHPATH", {huge, huge, 0.0, 12.0}, Fault::NotFinite));
    EXPECT_TRUE(refuses("RULEOFFORTY", {-huge, -huge}, Fault::NotFinite));
    EXPECT_EQ(valueOf("GROSSREVENUE", {range({huge, -huge, huge})}), huge);
    EXPECT_EQ(valueOf("GROSSMARGIN", {huge, huge}), 0);
    EXPECT_EQ(valueOf("GROWTHPATH", {50000.0, 5000.0, 0.05, huge}), 100000) << "the ceiling at the end of time";
}

TEST(Finance, PropertyOrderAndEmptyCellsDoNotMatter) {
    support::Dice dice(1);
    for (int ledger = 0; ledger < ledgers; ++ledger) {
        const std::vector<double> amounts = ledgerOf(dice);
        std::vector<Cell> mixed(amounts.begin(), amounts.end());
        mixed.insert(mixed.end(), 5, Blank{});
        dice.shuffle(mixed);
        // Compensated summing makes sums of cents equal to the last digit, whatever the order.
        EXPECT_EQ(valueOf("GROSSREVENUE", {column(mixed)}), valueOf("GROSSREVENUE", {range(amounts)}));
        EXPECT_EQ(valueOf("NETREVENUE", {1e6, column(mixed)}), valueOf("NETREVENUE", {1e6, range(amounts)}));
        EXPECT_EQ(valueOf("CASHFLOW", {range({1, 2}), column(mixed)}), valueOf("CASHFLOW", {range({2, 1}), range(amounts)}));
        EXPECT_EQ(valueOf("GROSSMARGIN", {1e6, column(mixed)}), valueOf("GROSSMARGIN", {1e6, range(amounts)}));
        EXPECT_EQ(valueOf("NETMARGIN", {1e6, column(mixed)}), valueOf("NETMARGIN", {1e6, range(amounts)}));
    }
}

TEST(Finance, PropertySumsAreThoseOfWholeCents) {
    support::Dice dice(2);
    for (int ledger = 0; ledger < ledgers; ++ledger) {
        const std::vector<double> in = ledgerOf(dice);
        const std::vector<double> out = ledgerOf(dice);
        EXPECT_TRUE(agree(valueOf("GROSSREVENUE", {range(in)}), exactTotal(in), 1e-15));
        EXPECT_TRUE(agree(valueOf("CASHFLOW", {range(in), range(out)}), exactTotal(in) - exactTotal(out)));
        EXPECT_EQ(valueOf("CASHFLOW", {range(in), range(out)}), -valueOf("CASHFLOW", {range(out), range(in)})) << "swapped";
        EXPECT_EQ(valueOf("CASHFLOW", {range(in), range(in)}), 0);
    }
}

TEST(Finance, PropertyPartsMakeTheWhole) {
    support::Dice dice(3);
    for (int ledger = 0; ledger < ledgers; ++ledger) {
        const std::vector<double> costs = ledgerOf(dice);
        const double revenue = valueOf("GROSSREVENUE", {range(ledgerOf(dice))}) + 1;
        const double net = valueOf("NETREVENUE", {revenue, range(costs)});
        EXPECT_TRUE(agree(net + valueOf("GROSSREVENUE", {range(costs)}), revenue));
        EXPECT_TRUE(agree(valueOf("NETMARGIN", {revenue, range(costs)}), net / revenue));
        EXPECT_EQ(valueOf("NETMARGIN", {revenue, range(costs)}), valueOf("GROSSMARGIN", {revenue, range(costs)}));
        EXPECT_LE(valueOf("NETMARGIN", {revenue, range(costs)}), 1);
    }
}

TEST(Finance, PropertyMoneyScalesAndSharesDoNot) {
    support::Dice dice(4);
    for (int ledger = 0; ledger < ledgers; ++ledger) {
        const std::vector<double> amounts = ledgerOf(dice);
        const double k = std::pow(10, dice.between(-6, 6));
        const double a = dice.between(1, 1e6);
        const double b = dice.between(1, 1e6);
        const double c = dice.between(1, 1e6);
        EXPECT_TRUE(agree(valueOf("GROSSREVENUE", {range(times(k, amounts))}), k * valueOf("GROSSREVENUE", {range(amounts)})));
        EXPECT_TRUE(
            agree(valueOf("NETREVENUE", {k * 1e8, range(times(k, amounts))}), k * valueOf("NETREVENUE", {1e8, range(amounts)})));
        EXPECT_TRUE(agree(valueOf("GROSSMARGIN", {k * a, range(times(k, amounts))}), valueOf("GROSSMARGIN", {a, range(amounts)})));
        EXPECT_TRUE(agree(valueOf("ARPA", {k * a, c}), k * valueOf("ARPA", {a, c})));
        EXPECT_TRUE(agree(valueOf("AVERAGEREVENUE", {k * a, k * c}), valueOf("AVERAGEREVENUE", {a, c})));
        EXPECT_TRUE(agree(valueOf("ACV", {k * (a + b), k * b, 3.0}), k * valueOf("ACV", {a + b, b, 3.0})));
        EXPECT_TRUE(agree(valueOf("ARR", {k * a}), k * valueOf("ARR", {a})));
        EXPECT_TRUE(agree(valueOf("GROWTHRATE", {k * a, k * b}), valueOf("GROWTHRATE", {a, b})));
        EXPECT_TRUE(agree(valueOf("BURNMULTIPLE", {k * a, k * b}), valueOf("BURNMULTIPLE", {a, b})));
        EXPECT_TRUE(agree(valueOf("GROWTHCEILING", {k * a, 0.07}), k * valueOf("GROWTHCEILING", {a, 0.07})));
        EXPECT_TRUE(agree(valueOf("GROWTHPATH", {k * a, k * b, 0.07, 9.0}), k * valueOf("GROWTHPATH", {a, b, 0.07, 9.0})));
    }
}

TEST(GrowthRate, PropertyComposesAndTurnsBack) {
    support::Dice dice(5);
    for (int draw = 0; draw < draws; ++draw) {
        const double first = dice.between(1, 1e6);
        const double second = dice.between(1, 1e6);
        const double third = dice.between(1, 1e6);
        const double up = 1 + valueOf("GROWTHRATE", {second, first});
        EXPECT_TRUE(agree(up * (1 + valueOf("GROWTHRATE", {third, second})), 1 + valueOf("GROWTHRATE", {third, first})));
        EXPECT_TRUE(agree(up * (1 + valueOf("GROWTHRATE", {first, second})), 1));
        EXPECT_EQ(valueOf("GROWTHRATE", {first, first}), 0);
    }
}

// The last twelve months, added up month by month, are what the function makes of the three totals.
TEST(TrailingGrowth, PropertyIsTheSumOfTheLastTwelveMonths) {
    support::Dice dice(6);
    for (int draw = 0; draw < draws; ++draw) {
        std::vector<double> months(24);
        for (double& month : months) month = dice.whole(-100000, 1000000);
        const auto sumOf = [&months](std::ptrdiff_t from, std::ptrdiff_t to) {
            return std::accumulate(months.begin() + from, months.begin() + to, 0.0);
        };
        const int passed = dice.whole(0, 12);
        EXPECT_EQ(valueOf("TRAILINGGROWTH", {sumOf(12, 12 + passed), sumOf(0, passed), sumOf(0, 12)}), sumOf(passed, passed + 12));
    }
}

TEST(GrowthPath, PropertyEqualsTheSimulation) {
    support::Dice dice(7);
    for (int draw = 0; draw < draws; ++draw) {
        const double starting = dice.between(0, 1e6);
        const double newRevenue = dice.between(0, 1e5);
        const double churn = std::pow(10, dice.between(-9, 0));
        double revenue = starting;
        for (int period = 0; period <= 60; ++period) {
            EXPECT_TRUE(agree(valueOf("GROWTHPATH", {starting, newRevenue, churn, static_cast<double>(period)}), revenue)) << churn;
            revenue += newRevenue - churn * revenue;
        }
    }
}

TEST(GrowthPath, PropertyTendsToTheCeiling) {
    support::Dice dice(8);
    for (int draw = 0; draw < draws; ++draw) {
        const double starting = dice.between(0, 1e6);
        const double newRevenue = dice.between(1, 1e5);
        const double churn = dice.between(0.001, 1);
        const double ceiling = valueOf("GROWTHCEILING", {newRevenue, churn});
        double before = std::abs(starting - ceiling);
        for (double periods = 1; periods < 1e6; periods *= 4) {
            const double distance = std::abs(valueOf("GROWTHPATH", {starting, newRevenue, churn, periods}) - ceiling);
            EXPECT_LE(distance, before + 1e-12 * ceiling) << "never farther away";
            before = distance;
        }
        EXPECT_LE(before, 1e-12 * ceiling);
        EXPECT_TRUE(agree(valueOf("GROWTHPATH", {ceiling, newRevenue, churn, 7.0}), ceiling)) << "once there, it stays";
    }
}

TEST(GrowthPath, PropertyGoesOnWhereItStopped) {
    support::Dice dice(9);
    for (int draw = 0; draw < draws; ++draw) {
        const double starting = dice.between(0, 1e6);
        const double newRevenue = dice.between(0, 1e5);
        const double churn = std::pow(10, dice.between(-18, 0));
        const double first = dice.between(0, 40);
        const double second = dice.between(0, 40);
        const double halfway = valueOf("GROWTHPATH", {starting, newRevenue, churn, first});
        EXPECT_TRUE(agree(valueOf("GROWTHPATH", {halfway, newRevenue, churn, second}),
                          valueOf("GROWTHPATH", {starting, newRevenue, churn, first + second})))
            << churn << ", " << first << ", " << second;
    }
}

TEST(Arr, PropertyIsTheAnnualValueOfTwoSuchYears) {
    support::Dice dice(13);
    for (int draw = 0; draw < draws; ++draw) {
        const double month = dice.between(0, 1e6);
        EXPECT_TRUE(agree(valueOf("ARR", {month}), valueOf("ACV", {24 * month, 0.0, 2.0})));
    }
}

TEST(Acv, PropertyTimesYearsAndFeesIsTheContract) {
    support::Dice dice(10);
    for (int draw = 0; draw < draws; ++draw) {
        const double contract = dice.between(1, 1e6);
        const double oneTime = dice.between(0, contract);
        const double years = dice.between(0.1, 10);
        EXPECT_TRUE(agree(valueOf("ACV", {contract, oneTime, years}) * years + oneTime, contract));
    }
}

TEST(MarginalRevenue, PropertyOfAConstantPriceIsThePrice) {
    support::Dice dice(11);
    for (int draw = 0; draw < draws; ++draw) {
        const double price = dice.between(1, 1000);
        const double before = dice.whole(1, 1000);
        const double added = dice.whole(1, 1000);
        EXPECT_TRUE(agree(valueOf("MARGINALREVENUE", {price * (before + added), price * before, added}), price, 1e-11));
        EXPECT_TRUE(agree(valueOf("AVERAGEREVENUE", {price * before, before}), price));
    }
}

TEST(RuleOfForty, PropertyOfAnySignIsTheSum) {
    support::Dice dice(12);
    for (int draw = 0; draw < draws; ++draw) {
        const double growth = dice.between(-1, 3);
        const double margin = dice.between(-3, 1);
        EXPECT_TRUE(agree(valueOf("RULEOFFORTY", {growth, margin}) - margin, growth));
        if (growth > 1) continue;  // no margin
        EXPECT_EQ(valueOf("RULEOFFORTY", {growth, margin}), valueOf("RULEOFFORTY", {margin, growth}));
    }
}

TEST(Finance, RefusalOfDividingByNothing) {
    EXPECT_TRUE(refuses("GROSSMARGIN", {0.0, 60.0}, Fault::DivideByZero));
    EXPECT_TRUE(refuses("NETMARGIN", {0.0, 0.0}, Fault::DivideByZero));
    EXPECT_TRUE(refuses("AVERAGEREVENUE", {1.0, 0.0}, Fault::DivideByZero));
    EXPECT_TRUE(refuses("ARPA", {0.0, 0.0}, Fault::DivideByZero));
    EXPECT_TRUE(refuses("MARGINALREVENUE", {2.0, 1.0, 0.0}, Fault::DivideByZero));
    EXPECT_TRUE(refuses("ACV", {2.0, 1.0, 0.0}, Fault::DivideByZero));
    EXPECT_TRUE(refuses("GROWTHRATE", {2.0, 0.0}, Fault::DivideByZero));
    EXPECT_TRUE(refuses("GROWTHCEILING", {2.0, 0.0}, Fault::DivideByZero));
    EXPECT_TRUE(refuses("BURNMULTIPLE", {2.0, 0.0}, Fault::DivideByZero));
}

// A negative divisor would give a plausible number of the wrong sign.
TEST(Finance, RefusalOfDividingByLessThanNothing) {
    EXPECT_TRUE(refuses("GROSSMARGIN", {-100.0, 60.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("NETMARGIN", {-100.0, 60.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("AVERAGEREVENUE", {1.0, -1.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("ARPA", {1.0, -1.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("MARGINALREVENUE", {90.0, 100.0, -10.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("ACV", {2.0, 1.0, -3.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("GROWTHRATE", {110.0, -100.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("BURNMULTIPLE", {2.4, -3.0}, Fault::OutsideDomain));
}

TEST(Finance, RefusalOfCostsWithAMinus) {
    EXPECT_TRUE(refuses("NETREVENUE", {100.0, range({-10, -5})}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("GROSSMARGIN", {100.0, -60.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("NETMARGIN", {100.0, -60.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("CASHFLOW", {500.0, -800.0}, Fault::OutsideDomain));
    EXPECT_EQ(valueOf("NETREVENUE", {100.0, range({10, -5})}), 95) << "a single credit is no slip";
    EXPECT_EQ(valueOf("CASHFLOW", {range({-20, 5}), 0.0}), -15) << "money may be paid back to customers";
}

TEST(Finance, RefusalOfFiguresOutsideTheirDomain) {
    EXPECT_TRUE(refuses("ACV", {20000.0, 380000.0, 3.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("ARR", {-1.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("GROWTHCEILING", {5000.0, 5.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("GROWTHCEILING", {5000.0, -0.05}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("GROWTHPATH", {50000.0, 5000.0, 1.05, 12.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("GROWTHPATH", {50000.0, 5000.0, 0.05, -1.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("GROWTHPATH", {-50000.0, 5000.0, 0.05, 12.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("RULEOFFORTY", {30.0, 15.0}, Fault::OutsideDomain));
}

TEST(Finance, RefusalOfTextAndOfNothingInLists) {
    const std::pair<Argument, Fault> lists[] = {{column({10.0, std::string("5 EUR")}), Fault::NotANumber},
                                                {column({Blank{}, Blank{}}), Fault::NothingToCompute},
                                                {column({}), Fault::NothingToCompute}};
    for (const auto& [list, fault] : lists) {
        EXPECT_TRUE(refuses("GROSSREVENUE", {list}, fault));
        EXPECT_TRUE(refuses("NETREVENUE", {100.0, list}, fault));
        EXPECT_TRUE(refuses("GROSSMARGIN", {100.0, list}, fault));
        EXPECT_TRUE(refuses("NETMARGIN", {100.0, list}, fault));
        EXPECT_TRUE(refuses("CASHFLOW", {100.0, list}, fault));
        EXPECT_TRUE(refuses("CASHFLOW", {list, 100.0}, fault));
    }
}

// What is no number, or is not there, is refused in every place of every function.
TEST(Finance, RefusalOfNoNumberInAnyPlace) {
    for (const Function& function : financeFunctions) {
        std::vector<Argument> usual;
        for (const Parameter& parameter : function.parameters())
            usual.push_back(parameter.kind == Kind::Series ? range({1, 2}) : Argument(1.0));
        ASSERT_TRUE(function.call(usual)) << function.name();
        for (std::size_t place = 0; place < usual.size(); ++place) {
            std::vector<Argument> arguments = usual;
            arguments[place] = noNumber;
            EXPECT_TRUE(refuses(function.name(), arguments, Fault::OutsideDomain)) << "NaN in place " << place;
            arguments[place] = std::string("two");
            EXPECT_TRUE(refuses(function.name(), arguments, Fault::NotANumber)) << "text in place " << place;
            arguments[place] = Absent{};
            EXPECT_TRUE(refuses(function.name(), arguments, Fault::OutsideDomain)) << "nothing in place " << place;
        }
        usual.push_back(1.0);
        EXPECT_TRUE(refuses(function.name(), usual, Fault::OutsideDomain)) << "one argument too many";
    }
}

}  // namespace
}  // namespace calckpi
