// The finance and growth family: what it must give for known figures, what must hold whatever they are, and what it must refuse.
#include "core/finance.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
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
    for (const Function& function : financeFunctions)
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
    int whole(int least, int most) { return std::uniform_int_distribution<int>(least, most)(engine_); }
    // amounts draws 1 to 50 amounts in cents.
    std::vector<double> amounts() {
        std::vector<double> drawn(static_cast<std::size_t>(whole(1, 50)));
        for (double& amount : drawn) amount = whole(0, 10000000) / 100.0;
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
constexpr int ledgers = 300;

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
TEST(GrowthPath, valueToTheLastDigits) {
    EXPECT_TRUE(near(value("GROWTHPATH", {50000.0, 5000.0, 0.05, 12.0}), 72981.99561686815185546875, 1e-15));
}

// David Sacks explaining the burn multiple: 3 million burned in a quarter for 1 million of new yearly revenue is 3.
TEST(BurnMultiple, valueOfItsAuthor) { EXPECT_EQ(value("BURNMULTIPLE", {3e6, 1e6}), 3); }

// Ten cents ten times are one unit, and one unit beside 1e16 is not lost; plain addition gives 0.9999999999999999 and 0.
TEST(GrossRevenue, valueIsExactToTheCent) {
    EXPECT_EQ(value("GROSSREVENUE", {range(std::vector<double>(10, 0.1))}), 1);
    EXPECT_EQ(value("GROSSREVENUE", {range({1e16, 1, -1e16})}), 1);
}

TEST(Finance, valueOfASingleNumberInPlaceOfAList) {
    EXPECT_EQ(value("GROSSREVENUE", {12.5}), 12.5);
    EXPECT_EQ(value("NETREVENUE", {100.0, 15.0}), 85);
    EXPECT_EQ(value("CASHFLOW", {100.0, 15.0}), 85);
    EXPECT_EQ(value("NETMARGIN", {100.0, 75.0}), 0.25);
}

TEST(GrowthPath, edgeOfNoChurnIsAStraightLine) {
    EXPECT_EQ(value("GROWTHPATH", {50000.0, 5000.0, 0.0, 12.0}), 110000);
    EXPECT_EQ(value("GROWTHPATH", {0.0, 0.0, 0.0, 0.0}), 0);
}

// Around the place where the curve becomes a straight line nothing jumps: start + new * t - churn * (start * t + new * t(t-1)/2).
TEST(GrowthPath, edgeOfTinyChurnKeepsItsDigits) {
    for (double churn = 1e-10; churn > 0; churn /= 3) {
        const double straight = 50000 + 5000 * 12.0;
        const double bend = churn * (50000 * 12.0 + 5000 * 66.0);
        EXPECT_TRUE(near(value("GROWTHPATH", {50000.0, 5000.0, churn, 12.0}), straight - bend, 1e-15)) << churn;
    }
    EXPECT_TRUE(near(value("GROWTHPATH", {0.0, 1.0, tiny, 1.5}), 1.5, 1e-15));
}

// Python's decimal: (1 - Decimal("1e-10"))**1000000. A rounded 1 - churn would be wrong in the tenth digit.
TEST(GrowthPath, edgeOfALongWayKeepsItsDigits) {
    EXPECT_TRUE(near(value("GROWTHPATH", {1.0, 0.0, 1e-10, 1e6}), 0.9999000049998283379998, 1e-15));
}

TEST(GrowthPath, edgeOfAllChurningIsWhatIsNew) {
    EXPECT_EQ(value("GROWTHPATH", {50000.0, 5000.0, 1.0, 0.0}), 50000);
    EXPECT_EQ(value("GROWTHPATH", {50000.0, 5000.0, 1.0, 1.0}), 5000);
    EXPECT_EQ(value("GROWTHPATH", {50000.0, 5000.0, 1.0, 12.0}), 5000);
}

TEST(GrowthRate, edgeOfSmallGrowthKeepsItsDigits) {
    // 1 + 2^-40 against 1 is 2^-40 exactly.
    EXPECT_EQ(value("GROWTHRATE", {1 + std::ldexp(1, -40), 1.0}), std::ldexp(1, -40));
}

TEST(Finance, edgeOfLargeFiguresIsNeverAPlausibleNumber) {
    const Argument overflowing = range({huge, huge});
    EXPECT_TRUE(refuses(Fault::NotFinite, "GROSSREVENUE", {overflowing}));
    EXPECT_TRUE(refuses(Fault::NotFinite, "GROSSREVENUE", {range({huge, huge, -huge, -huge})}));
    EXPECT_TRUE(refuses(Fault::NotFinite, "NETREVENUE", {huge, overflowing}));
    EXPECT_TRUE(refuses(Fault::NotFinite, "CASHFLOW", {overflowing, overflowing}));
    EXPECT_TRUE(refuses(Fault::NotFinite, "GROSSMARGIN", {huge, overflowing}));
    EXPECT_TRUE(refuses(Fault::NotFinite, "NETMARGIN", {1.0, overflowing}));
    EXPECT_TRUE(refuses(Fault::NotFinite, "AVERAGEREVENUE", {huge, 0.5}));
    EXPECT_TRUE(refuses(Fault::NotFinite, "MARGINALREVENUE", {huge, -huge, huge}));
    EXPECT_TRUE(refuses(Fault::NotFinite, "ARR", {huge}));
    EXPECT_TRUE(refuses(Fault::NotFinite, "GROWTHRATE", {-huge, huge}));
    EXPECT_TRUE(refuses(Fault::NotFinite, "TRAILINGGROWTH", {huge, -huge, 0.0}));
    EXPECT_TRUE(refuses(Fault::NotFinite, "GROWTHCEILING", {huge, 0.01}));
    EXPECT_TRUE(refuses(Fault::NotFinite, "GROWTHCEILING", {1.0, tiny}));
    EXPECT_TRUE(refuses(Fault::NotFinite, "GROWTHPATH", {huge, huge, 0.0, 12.0}));
    EXPECT_TRUE(refuses(Fault::NotFinite, "RULEOFFORTY", {-huge, -huge}));
    EXPECT_EQ(value("GROSSREVENUE", {range({huge, -huge, huge})}), huge);
    EXPECT_EQ(value("GROSSMARGIN", {huge, huge}), 0);
    EXPECT_EQ(value("GROWTHPATH", {50000.0, 5000.0, 0.05, huge}), 100000) << "the ceiling at the end of time";
}

TEST(Finance, propertyOrderAndEmptyCellsDoNotMatter) {
    Figures figures(1);
    for (int ledger = 0; ledger < ledgers; ++ledger) {
        const std::vector<double> amounts = figures.amounts();
        std::vector<Cell> mixed(amounts.begin(), amounts.end());
        mixed.insert(mixed.end(), 5, Blank{});
        figures.shuffle(mixed);
        // Compensated summing makes sums of cents equal to the last digit, whatever the order.
        EXPECT_EQ(value("GROSSREVENUE", {cells(mixed)}), value("GROSSREVENUE", {range(amounts)}));
        EXPECT_EQ(value("NETREVENUE", {1e6, cells(mixed)}), value("NETREVENUE", {1e6, range(amounts)}));
        EXPECT_EQ(value("CASHFLOW", {range({1, 2}), cells(mixed)}), value("CASHFLOW", {range({2, 1}), range(amounts)}));
        EXPECT_EQ(value("GROSSMARGIN", {1e6, cells(mixed)}), value("GROSSMARGIN", {1e6, range(amounts)}));
        EXPECT_EQ(value("NETMARGIN", {1e6, cells(mixed)}), value("NETMARGIN", {1e6, range(amounts)}));
    }
}

TEST(Finance, propertySumsAreThoseOfWholeCents) {
    Figures figures(2);
    for (int ledger = 0; ledger < ledgers; ++ledger) {
        const std::vector<double> in = figures.amounts();
        const std::vector<double> out = figures.amounts();
        EXPECT_TRUE(near(value("GROSSREVENUE", {range(in)}), exactTotal(in), 1e-15));
        EXPECT_TRUE(near(value("CASHFLOW", {range(in), range(out)}), exactTotal(in) - exactTotal(out)));
        EXPECT_EQ(value("CASHFLOW", {range(in), range(out)}), -value("CASHFLOW", {range(out), range(in)})) << "swapped";
        EXPECT_EQ(value("CASHFLOW", {range(in), range(in)}), 0);
    }
}

TEST(Finance, propertyPartsMakeTheWhole) {
    Figures figures(3);
    for (int ledger = 0; ledger < ledgers; ++ledger) {
        const std::vector<double> costs = figures.amounts();
        const double revenue = value("GROSSREVENUE", {range(figures.amounts())}) + 1;
        const double net = value("NETREVENUE", {revenue, range(costs)});
        EXPECT_TRUE(near(net + value("GROSSREVENUE", {range(costs)}), revenue));
        EXPECT_TRUE(near(value("NETMARGIN", {revenue, range(costs)}), net / revenue));
        EXPECT_EQ(value("NETMARGIN", {revenue, range(costs)}), value("GROSSMARGIN", {revenue, range(costs)}));
        EXPECT_LE(value("NETMARGIN", {revenue, range(costs)}), 1);
    }
}

TEST(Finance, propertyMoneyScalesAndSharesDoNot) {
    Figures figures(4);
    for (int ledger = 0; ledger < ledgers; ++ledger) {
        const std::vector<double> amounts = figures.amounts();
        const double k = std::pow(10, figures.between(-6, 6));
        const double a = figures.between(1, 1e6);
        const double b = figures.between(1, 1e6);
        const double c = figures.between(1, 1e6);
        EXPECT_TRUE(near(value("GROSSREVENUE", {range(times(k, amounts))}), k * value("GROSSREVENUE", {range(amounts)})));
        EXPECT_TRUE(near(value("NETREVENUE", {k * 1e8, range(times(k, amounts))}), k * value("NETREVENUE", {1e8, range(amounts)})));
        EXPECT_TRUE(near(value("GROSSMARGIN", {k * a, range(times(k, amounts))}), value("GROSSMARGIN", {a, range(amounts)})));
        EXPECT_TRUE(near(value("ARPA", {k * a, c}), k * value("ARPA", {a, c})));
        EXPECT_TRUE(near(value("AVERAGEREVENUE", {k * a, k * c}), value("AVERAGEREVENUE", {a, c})));
        EXPECT_TRUE(near(value("ACV", {k * (a + b), k * b, 3.0}), k * value("ACV", {a + b, b, 3.0})));
        EXPECT_TRUE(near(value("ARR", {k * a}), k * value("ARR", {a})));
        EXPECT_TRUE(near(value("GROWTHRATE", {k * a, k * b}), value("GROWTHRATE", {a, b})));
        EXPECT_TRUE(near(value("BURNMULTIPLE", {k * a, k * b}), value("BURNMULTIPLE", {a, b})));
        EXPECT_TRUE(near(value("GROWTHCEILING", {k * a, 0.07}), k * value("GROWTHCEILING", {a, 0.07})));
        EXPECT_TRUE(near(value("GROWTHPATH", {k * a, k * b, 0.07, 9.0}), k * value("GROWTHPATH", {a, b, 0.07, 9.0})));
    }
}

TEST(GrowthRate, propertyComposesAndTurnsBack) {
    Figures figures(5);
    for (int draw = 0; draw < draws; ++draw) {
        const double first = figures.between(1, 1e6);
        const double second = figures.between(1, 1e6);
        const double third = figures.between(1, 1e6);
        const double up = 1 + value("GROWTHRATE", {second, first});
        EXPECT_TRUE(near(up * (1 + value("GROWTHRATE", {third, second})), 1 + value("GROWTHRATE", {third, first})));
        EXPECT_TRUE(near(up * (1 + value("GROWTHRATE", {first, second})), 1));
        EXPECT_EQ(value("GROWTHRATE", {first, first}), 0);
    }
}

// The last twelve months, added up month by month, are what the function makes of the three totals.
TEST(TrailingGrowth, propertyIsTheSumOfTheLastTwelveMonths) {
    Figures figures(6);
    for (int draw = 0; draw < draws; ++draw) {
        std::vector<double> months(24);
        for (double& month : months) month = figures.whole(-100000, 1000000);
        const auto sumOf = [&months](std::ptrdiff_t from, std::ptrdiff_t to) {
            return std::accumulate(months.begin() + from, months.begin() + to, 0.0);
        };
        const int passed = figures.whole(0, 12);
        EXPECT_EQ(value("TRAILINGGROWTH", {sumOf(12, 12 + passed), sumOf(0, passed), sumOf(0, 12)}), sumOf(passed, passed + 12));
    }
}

TEST(GrowthPath, propertyEqualsTheSimulation) {
    Figures figures(7);
    for (int draw = 0; draw < draws; ++draw) {
        const double starting = figures.between(0, 1e6);
        const double newRevenue = figures.between(0, 1e5);
        const double churn = std::pow(10, figures.between(-9, 0));
        double revenue = starting;
        for (int period = 0; period <= 60; ++period) {
            EXPECT_TRUE(near(value("GROWTHPATH", {starting, newRevenue, churn, static_cast<double>(period)}), revenue)) << churn;
            revenue += newRevenue - churn * revenue;
        }
    }
}

TEST(GrowthPath, propertyTendsToTheCeiling) {
    Figures figures(8);
    for (int draw = 0; draw < draws; ++draw) {
        const double starting = figures.between(0, 1e6);
        const double newRevenue = figures.between(1, 1e5);
        const double churn = figures.between(0.001, 1);
        const double ceiling = value("GROWTHCEILING", {newRevenue, churn});
        double before = std::abs(starting - ceiling);
        for (double periods = 1; periods < 1e6; periods *= 4) {
            const double distance = std::abs(value("GROWTHPATH", {starting, newRevenue, churn, periods}) - ceiling);
            EXPECT_LE(distance, before + 1e-12 * ceiling) << "never farther away";
            before = distance;
        }
        EXPECT_LE(before, 1e-12 * ceiling);
        EXPECT_TRUE(near(value("GROWTHPATH", {ceiling, newRevenue, churn, 7.0}), ceiling)) << "once there, it stays";
    }
}

TEST(GrowthPath, propertyGoesOnWhereItStopped) {
    Figures figures(9);
    for (int draw = 0; draw < draws; ++draw) {
        const double starting = figures.between(0, 1e6);
        const double newRevenue = figures.between(0, 1e5);
        const double churn = std::pow(10, figures.between(-18, 0));
        const double first = figures.between(0, 40);
        const double second = figures.between(0, 40);
        const double halfway = value("GROWTHPATH", {starting, newRevenue, churn, first});
        EXPECT_TRUE(near(value("GROWTHPATH", {halfway, newRevenue, churn, second}),
                         value("GROWTHPATH", {starting, newRevenue, churn, first + second})))
            << churn << ", " << first << ", " << second;
    }
}

TEST(Arr, propertyIsTheAnnualValueOfTwoSuchYears) {
    Figures figures(13);
    for (int draw = 0; draw < draws; ++draw) {
        const double month = figures.between(0, 1e6);
        EXPECT_TRUE(near(value("ARR", {month}), value("ACV", {24 * month, 0.0, 2.0})));
    }
}

TEST(Acv, propertyTimesYearsAndFeesIsTheContract) {
    Figures figures(10);
    for (int draw = 0; draw < draws; ++draw) {
        const double contract = figures.between(1, 1e6);
        const double oneTime = figures.between(0, contract);
        const double years = figures.between(0.1, 10);
        EXPECT_TRUE(near(value("ACV", {contract, oneTime, years}) * years + oneTime, contract));
    }
}

TEST(MarginalRevenue, propertyOfAConstantPriceIsThePrice) {
    Figures figures(11);
    for (int draw = 0; draw < draws; ++draw) {
        const double price = figures.between(1, 1000);
        const double before = figures.whole(1, 1000);
        const double added = figures.whole(1, 1000);
        EXPECT_TRUE(near(value("MARGINALREVENUE", {price * (before + added), price * before, added}), price, 1e-11));
        EXPECT_TRUE(near(value("AVERAGEREVENUE", {price * before, before}), price));
    }
}

TEST(RuleOfForty, propertyOfAnySignIsTheSum) {
    Figures figures(12);
    for (int draw = 0; draw < draws; ++draw) {
        const double growth = figures.between(-1, 3);
        const double margin = figures.between(-3, 1);
        EXPECT_TRUE(near(value("RULEOFFORTY", {growth, margin}) - margin, growth));
        if (growth > 1) continue;  // no margin
        EXPECT_EQ(value("RULEOFFORTY", {growth, margin}), value("RULEOFFORTY", {margin, growth}));
    }
}

TEST(Finance, refusalOfDividingByNothing) {
    EXPECT_TRUE(refuses(Fault::DivideByZero, "GROSSMARGIN", {0.0, 60.0}));
    EXPECT_TRUE(refuses(Fault::DivideByZero, "NETMARGIN", {0.0, 0.0}));
    EXPECT_TRUE(refuses(Fault::DivideByZero, "AVERAGEREVENUE", {1.0, 0.0}));
    EXPECT_TRUE(refuses(Fault::DivideByZero, "ARPA", {0.0, 0.0}));
    EXPECT_TRUE(refuses(Fault::DivideByZero, "MARGINALREVENUE", {2.0, 1.0, 0.0}));
    EXPECT_TRUE(refuses(Fault::DivideByZero, "ACV", {2.0, 1.0, 0.0}));
    EXPECT_TRUE(refuses(Fault::DivideByZero, "GROWTHRATE", {2.0, 0.0}));
    EXPECT_TRUE(refuses(Fault::DivideByZero, "GROWTHCEILING", {2.0, 0.0}));
    EXPECT_TRUE(refuses(Fault::DivideByZero, "BURNMULTIPLE", {2.0, 0.0}));
}

// A negative divisor would give a plausible number of the wrong sign.
TEST(Finance, refusalOfDividingByLessThanNothing) {
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "GROSSMARGIN", {-100.0, 60.0}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "NETMARGIN", {-100.0, 60.0}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "AVERAGEREVENUE", {1.0, -1.0}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "ARPA", {1.0, -1.0}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "MARGINALREVENUE", {90.0, 100.0, -10.0}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "ACV", {2.0, 1.0, -3.0}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "GROWTHRATE", {110.0, -100.0}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "BURNMULTIPLE", {2.4, -3.0}));
}

TEST(Finance, refusalOfCostsWithAMinus) {
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "NETREVENUE", {100.0, range({-10, -5})}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "GROSSMARGIN", {100.0, -60.0}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "NETMARGIN", {100.0, -60.0}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "CASHFLOW", {500.0, -800.0}));
    EXPECT_EQ(value("NETREVENUE", {100.0, range({10, -5})}), 95) << "a single credit is no slip";
    EXPECT_EQ(value("CASHFLOW", {range({-20, 5}), 0.0}), -15) << "money may be paid back to customers";
}

TEST(Finance, refusalOfFiguresOutsideTheirDomain) {
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "ACV", {20000.0, 380000.0, 3.0}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "ARR", {-1.0}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "GROWTHCEILING", {5000.0, 5.0}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "GROWTHCEILING", {5000.0, -0.05}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "GROWTHPATH", {50000.0, 5000.0, 1.05, 12.0}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "GROWTHPATH", {50000.0, 5000.0, 0.05, -1.0}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "GROWTHPATH", {-50000.0, 5000.0, 0.05, 12.0}));
    EXPECT_TRUE(refuses(Fault::OutsideDomain, "RULEOFFORTY", {30.0, 15.0}));
}

TEST(Finance, refusalOfTextAndOfNothingInLists) {
    const std::pair<Argument, Fault> lists[] = {{cells({10.0, std::string("5 EUR")}), Fault::NotANumber},
                                                {cells({Blank{}, Blank{}}), Fault::NothingToCompute},
                                                {cells({}), Fault::NothingToCompute}};
    for (const auto& [list, fault] : lists) {
        EXPECT_TRUE(refuses(fault, "GROSSREVENUE", {list}));
        EXPECT_TRUE(refuses(fault, "NETREVENUE", {100.0, list}));
        EXPECT_TRUE(refuses(fault, "GROSSMARGIN", {100.0, list}));
        EXPECT_TRUE(refuses(fault, "NETMARGIN", {100.0, list}));
        EXPECT_TRUE(refuses(fault, "CASHFLOW", {100.0, list}));
        EXPECT_TRUE(refuses(fault, "CASHFLOW", {list, 100.0}));
    }
}

// What is no number, or is not there, is refused in every place of every function.
TEST(Finance, refusalOfNoNumberInAnyPlace) {
    for (const Function& function : financeFunctions) {
        std::vector<Argument> usual;
        for (const Parameter& parameter : function.parameters())
            usual.push_back(parameter.kind == Kind::Series ? range({1, 2}) : Argument(1.0));
        ASSERT_TRUE(function.call(usual)) << function.name();
        for (std::size_t place = 0; place < usual.size(); ++place) {
            std::vector<Argument> arguments = usual;
            arguments[place] = noNumber;
            EXPECT_TRUE(refuses(Fault::OutsideDomain, function.name(), arguments)) << "NaN in place " << place;
            arguments[place] = std::string("two");
            EXPECT_TRUE(refuses(Fault::NotANumber, function.name(), arguments)) << "text in place " << place;
            arguments[place] = Absent{};
            EXPECT_TRUE(refuses(Fault::OutsideDomain, function.name(), arguments)) << "nothing in place " << place;
        }
        usual.push_back(1.0);
        EXPECT_TRUE(refuses(Fault::OutsideDomain, function.name(), usual)) << "one argument too many";
    }
}

}  // namespace
}  // namespace calckpi
