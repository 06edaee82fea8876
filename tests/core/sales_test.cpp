#include "core/kpis/sales.hpp"
#include "tests/support/expect.hpp"
#include "tests/support/formula.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace calckpi {
namespace {

using support::call;
using support::gives;
using support::near;
using support::numberOf;
using support::row;
using support::same;
using support::shows;

std::vector<double> someNumbers(support::Dice& dice, std::size_t length, double least, double most) {
    std::vector<double> numbers;
    for (std::size_t left = length; left > 0; --left) numbers.push_back(dice.between(least, most));
    return numbers;
}

Grid array(const std::vector<double>& numbers) { return row({numbers.begin(), numbers.end()}); }

// The winners and losers

TEST(WinRate, PropertyOfWonAndLostSwappedIsTheComplement) {
    support::Dice dice(41);
    for (int round = 0; round < 500; ++round) {
        const double won = dice.count(500);
        const double lost = 1 + dice.count(500);
        EXPECT_TRUE(near(numberOf(call("WINRATE", {won, lost})) + numberOf(call("WINRATE", {lost, won})), 1));
    }
}

TEST(WinRate, PropertyOfOpenDealsOnlyLowersIt) {
    support::Dice dice(42);
    for (int round = 0; round < 500; ++round) {
        const double won = dice.count(500);
        const double lost = 1 + dice.count(500);
        const double open = dice.count(500);
        const double closedBasis = numberOf(call("WINRATE", {won, lost}));
        const double createdBasis = numberOf(call("WINRATE", {won, lost, open}));
        EXPECT_LE(createdBasis, closedBasis);
        EXPECT_TRUE(near(createdBasis * (won + lost + open), won));
        // Open deals count as lost ones do.
        EXPECT_TRUE(gives(call("WINRATE", {won, lost + open}), createdBasis));
    }
}

TEST(WinRate, EdgeOpenLeftOutIsZero) {
    EXPECT_TRUE(same(call("WINRATE", {3.0, 7.0}), call("WINRATE", {3.0, 7.0, 0.0})));
    EXPECT_TRUE(shows("=WINRATE(3;7;)", 0.3));
    EXPECT_TRUE(shows("= WINRATE( 3 ; 7 )", 0.3));
}

TEST(WinRate, EdgeWeightedCountsMayHaveDecimals) { EXPECT_TRUE(shows("=WINRATE(0.5;1.5)", 0.25)); }

TEST(WinRate, RefusalOfATotalThatOverflows) { EXPECT_TRUE(shows("=WINRATE(1E308;1E308)", Fault::NotFinite)); }

TEST(WinRate, Refusals) {
    EXPECT_TRUE(shows("=WINRATE(0;0;0)", Fault::DivideByZero));
    EXPECT_TRUE(shows("=WINRATE(3;-7)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=WINRATE(3;7;-1)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=WINRATE(3;7;\"many\")", Fault::NotANumber));
    EXPECT_TRUE(shows("=WINRATE(3;7;{1;2})", Fault::NotANumber));
    EXPECT_TRUE(shows("=WINRATE(3;7;90;1)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=WINRATE(3)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=WINRATE()", Fault::OutsideDomain));
    EXPECT_TRUE(gives(call("WINRATE", {std::numeric_limits<double>::quiet_NaN(), 7.0}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(call("WINRATE", {3.0, std::numeric_limits<double>::infinity()}), Fault::NotFinite));
}

TEST(WinRateLift, PropertyOfTheTwoRates) {
    support::Dice dice(43);
    for (int round = 0; round < 300; ++round) {
        const double counts[] = {dice.count(50), 1 + dice.count(50), dice.count(50), 1 + dice.count(50)};
        const double lift = numberOf(call("WINRATELIFT", {counts[0], counts[1], counts[2], counts[3]}));
        EXPECT_NEAR(lift, numberOf(call("WINRATE", {counts[0], counts[1]})) - numberOf(call("WINRATE", {counts[2], counts[3]})),
                    1e-12);
        EXPECT_NEAR(numberOf(call("WINRATELIFT", {counts[2], counts[3], counts[0], counts[1]})), -lift, 1e-12);
        EXPECT_NEAR(numberOf(call("WINRATELIFT", {counts[0], counts[1], counts[0], counts[1]})), 0, 1e-12);
    }
}

TEST(WinRateLift, Refusals) {
    EXPECT_TRUE(shows("=WINRATELIFT(0;0;1;1)", Fault::DivideByZero));
    EXPECT_TRUE(shows("=WINRATELIFT(1;1;0;0)", Fault::DivideByZero));
    EXPECT_TRUE(shows("=WINRATELIFT(1;1;1;-1)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=WINRATELIFT(1;1;1E308;1E308)", Fault::NotFinite));
    EXPECT_TRUE(shows("=WINRATELIFT(1;1;1)", Fault::OutsideDomain));
}

// Time and speed

TEST(SalesCycle, PropertyOfRandomDatesAgreesWithTheListOfDays) {
    support::Dice dice(44);
    for (int round = 0; round < 300; ++round) {
        std::vector<Cell> opened;
        std::vector<Cell> closed;
        std::vector<double> days;
        for (std::size_t left = 1 + dice.below(20); left > 0; --left) {
            const double start = 40000 + dice.count(5000);
            const double length = dice.count(200);
            const bool isOpen = dice.oneIn(4);
            opened.emplace_back(start);
            if (isOpen)
                closed.emplace_back(Blank{});
            else
                closed.emplace_back(start + length);
            if (!isOpen) days.push_back(length);
        }
        EXPECT_TRUE(gives(call("SALESCYCLE", {row(opened), row(closed), "count"}), static_cast<double>(days.size())));
        if (days.empty()) {
            EXPECT_TRUE(gives(call("SALESCYCLE", {row(opened), row(closed)}), Fault::NothingToCompute));
            continue;
        }
        const double mean = std::accumulate(days.begin(), days.end(), 0.0) / static_cast<double>(days.size());
        EXPECT_TRUE(gives(call("SALESCYCLE", {row(opened), row(closed)}), mean));
        EXPECT_TRUE(gives(call("SALESCYCLE", {row(opened), row(closed), "max"}), *std::max_element(days.begin(), days.end())));
        EXPECT_TRUE(gives(call("SALESCYCLE", {row(opened), row(closed), "p0"}), *std::min_element(days.begin(), days.end())));
    }
}

TEST(SalesCycle, ValueOfDatesAndTimes) {
    EXPECT_TRUE(shows("=SALESCYCLE(DATE(2026;1;5);DATE(2026;2;4))", 30.0));
    EXPECT_TRUE(shows("=SALESCYCLE(DATE(2026;1;5)+TIME(18;0;0);DATE(2026;1;6)+TIME(6;0;0))", 0.5));
}

TEST(SalesCycle, ValueOfColumnsOfTheSampleSheet) {
    // D-01 and D-02 took 30 and 20 days.
    EXPECT_TRUE(shows("=SALESCYCLE(Deals.F2:F3;Deals.G2:G3)", 25.0));
    EXPECT_TRUE(shows("=SALESCYCLE(Deals.F2:F13;Deals.G2:G13;\"count\")", 8.0));
    EXPECT_TRUE(shows("=SALESCYCLE(Deals.F:F;Deals.G:G)", Fault::NotANumber));  // the headers are text
}

TEST(SalesCycle, EdgeOneOpeningStandsForAllCloses) {
    EXPECT_TRUE(shows("=SALESCYCLE(46000;{46010;46020})", 15.0));
    EXPECT_TRUE(shows("=SALESCYCLE({46000};{46010;46020})", Fault::OutsideDomain));
}

TEST(SalesCycle, EdgeStatisticInAnyCaseAndWithOuterBlanks) {
    for (const char* statistic : {"\"Median\"", "\" MEDIAN \"", "\"median\"", "\"P50\""})
        EXPECT_TRUE(shows("=SALESCYCLE({0;0;0};{10;20;60};" + std::string(statistic) + ")", 20.0)) << statistic;
    EXPECT_TRUE(shows("=SALESCYCLE({0;0;0};{10;20;60};)", 30.0));
    EXPECT_TRUE(shows("=SALESCYCLE({0;0;0};{10;20;60};\"\")", 30.0));
    EXPECT_TRUE(shows("=SALESCYCLE({0;0;0};{10;20;60};0)", 30.0));  // how Calc passes an empty cell
}

TEST(SalesCycle, EdgeClosedTheSameDay) { EXPECT_TRUE(shows("=SALESCYCLE(46000;46000)", 0.0)); }

TEST(SalesCycle, EdgeNoClosedDealHasACountOfZero) {
    EXPECT_TRUE(shows("=SALESCYCLE({46000;46001};{\"\";\"\"};\"count\")", 0.0));
    EXPECT_TRUE(shows("=SALESCYCLE({46000;46001};{\"\";\"\"})", Fault::NothingToCompute));
}

TEST(SalesCycle, Refusals) {
    EXPECT_TRUE(shows("=SALESCYCLE({46000;46010};{46010;46009})", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=SALESCYCLE({46000;46010};{46010})", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=SALESCYCLE({46000;46010};{46010};\"count\")", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=SALESCYCLE(46000;46010;\"average\")", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=SALESCYCLE(46000;46010;\"p101\")", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=SALESCYCLE(46000;46010;50)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=SALESCYCLE({\"2026-01-05\"};{46040})", Fault::NotANumber));
    EXPECT_TRUE(shows("=SALESCYCLE(-1E308;1E308)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=SALESCYCLE({0;0};{1E308;1E308})", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=SALESCYCLE(46000)", Fault::OutsideDomain));
}

TEST(SalesVelocity, PropertyOfEachFigure) {
    support::Dice dice(45);
    for (int round = 0; round < 200; ++round) {
        const double opportunities = dice.count(500);
        const double sale = dice.between(-10, 1e5);
        const double rate = dice.share();
        const double days = dice.between(1, 400);
        const double velocity = numberOf(call("SALESVELOCITY", {opportunities, sale, rate, days}));
        EXPECT_TRUE(gives(call("SALESVELOCITY", {2 * opportunities, sale, rate, days}), 2 * velocity));
        EXPECT_TRUE(gives(call("SALESVELOCITY", {opportunities, sale, rate, 2 * days}), velocity / 2));
        EXPECT_TRUE(near(velocity * days, opportunities * sale * rate));
    }
}

TEST(SalesVelocity, Refusals) {
    EXPECT_TRUE(shows("=SALESVELOCITY(-1;1;0.5;30)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=SALESVELOCITY(1;1;0.5;-30)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=SALESVELOCITY(1E200;1E200;0.5;30)", Fault::NotFinite));
    EXPECT_TRUE(shows("=SALESVELOCITY(1E200;1E200;0;30)", Fault::NotFinite));
    EXPECT_TRUE(shows("=SALESVELOCITY(1;1;0.5)", Fault::OutsideDomain));
}

// Money per something (see PerOne in acquisition_test.cpp for the plain quotients)

TEST(AverageSale, EdgeRefundsMakeItNegative) { EXPECT_TRUE(shows("=AVERAGESALE(-500;10)", -50.0)); }

TEST(SalesEfficiency, PropertyOfLostRevenueIsNewRevenueLess) {
    support::Dice dice(46);
    for (int round = 0; round < 100; ++round) {
        const double revenue = dice.count(1000);
        const double lost = dice.count(1000);
        const double spend = 1 + dice.count(100);
        EXPECT_TRUE(same(call("SALESEFFICIENCY", {revenue, spend, lost}), call("SALESEFFICIENCY", {revenue - lost, spend})));
    }
    EXPECT_TRUE(shows("=SALESEFFICIENCY(10;4;)", 2.5));
    EXPECT_TRUE(shows("=SALESEFFICIENCY(10;4;-1)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=SALESEFFICIENCY(-1E308;1;1E308)", Fault::NotFinite));
}

TEST(MagicNumber, PropertyOfNoGrowthIsZeroAndOfShrinkingNegative) {
    EXPECT_TRUE(shows("=MAGICNUMBER(5;5;1.6)", 0.0));
    EXPECT_TRUE(shows("=MAGICNUMBER(5;5.5;1.6)", -1.25));
    EXPECT_TRUE(shows("=MAGICNUMBER(5;5;-1)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=MAGICNUMBER(1E308;-1E308;1)", Fault::NotFinite));
    EXPECT_TRUE(shows("=MAGICNUMBER(5;5)", Fault::OutsideDomain));
}

TEST(QuotaAttainment, EdgeAboveTheQuotaAndBelowZero) {
    EXPECT_TRUE(shows("=QUOTAATTAINMENT(250;100)", 2.5));
    EXPECT_TRUE(shows("=QUOTAATTAINMENT(-10;100)", -0.1));
}

// Streaks

TEST(QuotaStreak, PropertyOfRandomPeriodsAgreesWithLookingAtEveryRun) {
    support::Dice dice(47);
    for (int round = 0; round < 1000; ++round) {
        const std::size_t length = 1 + dice.below(12);
        std::vector<Cell> actuals;
        std::vector<Cell> quotas;
        std::vector<bool> reached;
        for (std::size_t left = length; left > 0; --left) {
            const double actual = dice.count(4);
            const double quota = dice.count(4);
            const bool blankActual = dice.oneIn(6);
            actuals.push_back(blankActual ? Cell(Blank{}) : Cell(actual));
            quotas.emplace_back(quota);
            if (!blankActual) reached.push_back(actual >= quota);
        }
        if (reached.empty()) continue;
        std::size_t longest = 0;
        std::size_t current = 0;
        for (std::size_t from = 0; from < reached.size(); ++from)
            for (std::size_t to = from; to < reached.size() && reached[to]; ++to) {
                longest = std::max(longest, to - from + 1);
                if (to + 1 == reached.size()) current = std::max(current, to - from + 1);
            }
        EXPECT_TRUE(gives(call("QUOTASTREAK", {row(actuals), row(quotas)}), static_cast<double>(current)));
        EXPECT_TRUE(gives(call("QUOTASTREAK", {row(actuals), row(quotas), "longest"}), static_cast<double>(longest)));
    }
}

TEST(QuotaStreak, ValueOfTheContractsExample) {
    EXPECT_TRUE(shows("=QUOTASTREAK({9;11;12;8;10;10};10)", 2.0));
    EXPECT_TRUE(shows("=QUOTASTREAK({9;11;12;8;10;10};10;\"longest\")", 2.0));
    EXPECT_TRUE(shows("=QUOTASTREAK({9;11|12;8};10;\" Longest\")", 2.0));
}

TEST(QuotaStreak, EdgeOnePeriodAndNone) {
    EXPECT_TRUE(shows("=QUOTASTREAK(10;10)", 1.0));
    EXPECT_TRUE(shows("=QUOTASTREAK(9;10;\"longest\")", 0.0));
    EXPECT_TRUE(shows("=QUOTASTREAK({\"\"};10)", Fault::NothingToCompute));
}

TEST(QuotaStreak, Refusals) {
    EXPECT_TRUE(shows("=QUOTASTREAK({9;\"n/a\"};10)", Fault::NotANumber));
    EXPECT_TRUE(shows("=QUOTASTREAK({9;11};-10)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=QUOTASTREAK({9;11};10;\"best\")", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=QUOTASTREAK({9;11};10;1)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=QUOTASTREAK({9;11})", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=QUOTASTREAK({9;11};10;\"longest\";1)", Fault::OutsideDomain));
}

// Pipeline and capacity

TEST(PipelineCoverage, PropertyOfWonLowersTheTarget) {
    support::Dice dice(48);
    for (int round = 0; round < 200; ++round) {
        const double pipeline = dice.count(10000);
        const double won = dice.count(500);
        const double missing = 1 + dice.count(500);
        EXPECT_TRUE(same(call("PIPELINECOVERAGE", {pipeline, missing + won, won}), call("PIPELINECOVERAGE", {pipeline, missing})));
    }
}

TEST(PipelineCoverage, Refusals) {
    EXPECT_TRUE(shows("=PIPELINECOVERAGE(900;0)", Fault::DivideByZero));
    EXPECT_TRUE(shows("=PIPELINECOVERAGE(-900;400)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=PIPELINECOVERAGE(900;400;-1)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=PIPELINECOVERAGE(900;400;\"won\")", Fault::NotANumber));
}

TEST(WeightedPipeline, PropertyOfRandomDealsAgreesWithAddingThemUp) {
    support::Dice dice(49);
    for (int round = 0; round < 200; ++round) {
        const std::size_t length = 1 + dice.below(20);
        const std::vector<double> amounts = someNumbers(dice, length, 0, 10000);
        const std::vector<double> probabilities = someNumbers(dice, length, 0, 1);
        double expected = 0;
        for (std::size_t index = 0; index < length; ++index) expected += amounts[index] * probabilities[index];
        EXPECT_TRUE(gives(call("WEIGHTEDPIPELINE", {array(amounts), array(probabilities)}), expected));
        EXPECT_TRUE(gives(call("WEIGHTEDPIPELINE", {array(amounts), 1.0}), std::accumulate(amounts.begin(), amounts.end(), 0.0)));
    }
}

TEST(WeightedPipeline, EdgeBlanksOneNumberAndAnOverflow) {
    EXPECT_TRUE(shows("=WEIGHTEDPIPELINE({100;\"\";300};{0.5;0.5;\"\"})", 50.0));
    EXPECT_TRUE(shows("=WEIGHTEDPIPELINE(100;{0.5;0.25})", 75.0));
    EXPECT_TRUE(shows("=WEIGHTEDPIPELINE({100;\"\"};{\"\";0.5})", Fault::NothingToCompute));
    EXPECT_TRUE(shows("=WEIGHTEDPIPELINE({1E308;1E308};1)", Fault::NotFinite));
}

TEST(WeightedPipeline, Refusals) {
    EXPECT_TRUE(shows("=WEIGHTEDPIPELINE({100;200;300};{0.5;0.25})", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=WEIGHTEDPIPELINE({100;\"200\"};{0.5;0.25})", Fault::NotANumber));
    EXPECT_TRUE(shows("=WEIGHTEDPIPELINE({100;200};-0.1)", Fault::OutsideDomain));
}

TEST(DiscountRate, PropertyOfOneDiscountForAllIsThatDiscount) {
    support::Dice dice(50);
    for (int round = 0; round < 200; ++round) {
        const std::vector<double> list = someNumbers(dice, 1 + dice.below(10), 1, 1000);
        const double discount = dice.between(0.01, 1);
        std::vector<double> sold = list;
        for (double& price : sold) price *= 1 - discount;
        EXPECT_TRUE(gives(call("DISCOUNTRATE", {array(list), array(sold)}), discount));
        // It is weighted by price: the same as one large sale.
        const double listSum = std::accumulate(list.begin(), list.end(), 0.0);
        const std::vector<double> other = someNumbers(dice, list.size(), 0, 1);
        const double soldSum = std::accumulate(other.begin(), other.end(), 0.0);
        EXPECT_TRUE(same(call("DISCOUNTRATE", {array(list), array(other)}), call("DISCOUNTRATE", {listSum, soldSum})));
    }
}

TEST(DiscountRate, EdgeASurchargeIsNegative) { EXPECT_TRUE(shows("=DISCOUNTRATE(100;150)", -0.5)); }

TEST(DiscountRate, Refusals) {
    EXPECT_TRUE(shows("=DISCOUNTRATE({100;-1};{90;1})", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=DISCOUNTRATE({100;200};{90;180;270})", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=DISCOUNTRATE({1E308;1E308};{9E307;9E307})", Fault::NotFinite));
    EXPECT_TRUE(shows("=DISCOUNTRATE({\"\"};{90})", Fault::NothingToCompute));
}

TEST(SalesCapacity, PropertyOfARampingSellerWithAFullShareIsASeller) {
    support::Dice dice(51);
    for (int round = 0; round < 100; ++round) {
        const double sellers = dice.count(50);
        const double ramping = dice.count(20);
        const double quota = dice.count(1000);
        const double attainment = dice.between(0, 1.5);
        EXPECT_TRUE(same(call("SALESCAPACITY", {sellers, quota, attainment, ramping, 1.0}),
                         call("SALESCAPACITY", {sellers + ramping, quota, attainment})));
        EXPECT_TRUE(same(call("SALESCAPACITY", {sellers, quota, attainment, ramping}),
                         call("SALESCAPACITY", {sellers + ramping / 2, quota, attainment})));
    }
}

TEST(SalesCapacity, EdgeEmptyArgumentsInTheMiddleHaveTheirDefaults) {
    EXPECT_TRUE(shows("=SALESCAPACITY(8;100;;2)", 900.0));
    EXPECT_TRUE(shows("=SALESCAPACITY(8;100;;;)", 800.0));
    EXPECT_TRUE(shows("=SALESCAPACITY(0;100)", 0.0));
}

TEST(SalesCapacity, Refusals) {
    EXPECT_TRUE(shows("=SALESCAPACITY(-1;100)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=SALESCAPACITY(8;100;-1)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=SALESCAPACITY(1E200;1E200)", Fault::NotFinite));
    EXPECT_TRUE(shows("=SALESCAPACITY(1E200;1E200;0)", Fault::NotFinite));
    EXPECT_TRUE(shows("=SALESCAPACITY(8;100;\"full\")", Fault::NotANumber));
    EXPECT_TRUE(shows("=SALESCAPACITY(8)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=SALESCAPACITY(8;100;0.9;2;0.5;1)", Fault::OutsideDomain));
}

// Forecasts

// The measures as the textbook writes them, one loop each.
struct Textbook {
    std::vector<double> actuals;
    std::vector<double> forecasts;

    template <class Term>
    double over(Term term) const {
        double total = 0;
        for (std::size_t index = 0; index < actuals.size(); ++index) total += term(actuals[index], forecasts[index]);
        return total;
    }
    double size() const { return static_cast<double>(actuals.size()); }
    double absoluteActual() const {
        return over([](double actual, double) { return std::abs(actual); });
    }
    double symmetricPercent() const {
        return over([](double actual, double forecast) {
            if (actual == 0 && forecast == 0) return 0.0;
            return std::abs(actual - forecast) / ((std::abs(actual) + std::abs(forecast)) / 2);
        });
    }
    double totalActual() const {
        return over([](double actual, double) { return actual; });
    }
    double absolute() const {
        return over([](double actual, double forecast) { return std::abs(actual - forecast); });
    }
    double error() const {
        return over([](double actual, double forecast) { return actual - forecast; });
    }
    double absolutePercent() const {
        return over([](double actual, double forecast) { return std::abs((actual - forecast) / actual); });
    }
    double percent() const {
        return over([](double actual, double forecast) { return (actual - forecast) / actual; });
    }
    double square() const {
        return over([](double actual, double forecast) { return (actual - forecast) * (actual - forecast); });
    }
};

Textbook someForecast(support::Dice& dice) {
    const std::size_t length = 1 + dice.below(12);
    return {someNumbers(dice, length, 1, 1000), someNumbers(dice, length, 0, 1000)};
}

TEST(ForecastError, PropertyOfRandomForecastsAgreesWithTheTextbook) {
    support::Dice dice(52);
    for (int round = 0; round < 300; ++round) {
        const Textbook book = someForecast(dice);
        const auto error = [&book](const char* measure) {
            return call("FORECASTERROR", {array(book.actuals), array(book.forecasts), measure});
        };
        EXPECT_NEAR(numberOf(error("me")), book.error() / book.size(), 1e-9);
        EXPECT_TRUE(gives(error("mae"), book.absolute() / book.size()));
        EXPECT_TRUE(gives(error("rmse"), std::sqrt(book.square() / book.size())));
        EXPECT_NEAR(numberOf(error("mpe")), book.percent() / book.size(), 1e-9);
        EXPECT_TRUE(gives(error("mape"), book.absolutePercent() / book.size()));
        EXPECT_TRUE(gives(error("wape"), book.absolute() / book.totalActual()));
        EXPECT_NEAR(numberOf(error("bias")), -book.error() / book.totalActual(), 1e-12);

        EXPECT_LE(std::abs(numberOf(error("me"))), numberOf(error("mae")) * (1 + 1e-12));
        EXPECT_LE(numberOf(error("mae")), numberOf(error("rmse")) * (1 + 1e-12));
    }
}

// Credit notes make amounts below 0, and quiet periods amounts of 0, in both or in one.
TEST(ForecastError, PropertyOfSignedAmountsAgreesWithTheTextbook) {
    support::Dice dice(55);
    for (int round = 0; round < 300; ++round) {
        Textbook book = someForecast(dice);
        for (std::size_t index = 0; index < book.actuals.size(); ++index) {
            if (dice.oneIn(4)) book.actuals[index] *= -1;
            if (dice.oneIn(4)) book.forecasts[index] *= -1;
            if (dice.oneIn(5)) book.actuals[index] = 0;
            if (dice.oneIn(5)) book.forecasts[index] = dice.oneIn(2) ? -0.0 : 0.0;
        }
        const std::vector<Argument> pair = {array(book.actuals), array(book.forecasts)};
        EXPECT_TRUE(gives(call("FORECASTERROR", {pair[0], pair[1], "smape"}), book.symmetricPercent() / book.size()));
        const Result<Outcome> wape = call("FORECASTERROR", {pair[0], pair[1], "wape"});
        const Result<Outcome> total = call("FORECASTACCURACY", {pair[0], pair[1], "total"});
        if (book.absoluteActual() == 0) {
            EXPECT_TRUE(gives(wape, Fault::DivideByZero));
            EXPECT_TRUE(gives(total, Fault::DivideByZero));
            continue;
        }
        EXPECT_TRUE(gives(wape, book.absolute() / book.absoluteActual()));
        EXPECT_TRUE(gives(call("FORECASTACCURACY", pair), std::max(0.0, 1 - book.absolute() / book.absoluteActual())));
        if (std::abs(book.totalActual()) < 1) continue;  // a sum of nearly nothing magnifies the order of adding up
        EXPECT_NEAR(numberOf(total), std::max(0.0, 1 - std::abs(book.error()) / std::abs(book.totalActual())), 1e-9);
    }
}

TEST(ForecastError, PropertyOfMaseIsMaeOverTheMeanStep) {
    support::Dice dice(53);
    for (int round = 0; round < 200; ++round) {
        const Textbook book = someForecast(dice);
        const std::vector<double> training = someNumbers(dice, 2 + dice.below(10), 0, 1000);
        double steps = 0;
        for (std::size_t index = 1; index < training.size(); ++index) steps += std::abs(training[index] - training[index - 1]);
        const double scale = steps / static_cast<double>(training.size() - 1);
        EXPECT_TRUE(gives(call("FORECASTERROR", {array(book.actuals), array(book.forecasts), "mase", array(training)}),
                          book.absolute() / book.size() / scale));
    }
}

TEST(ForecastError, PropertyOfAPerfectForecastIsZeroByEveryMeasure) {
    for (const char* measure : {"me", "mae", "rmse", "mpe", "mape", "smape", "wape", "bias", "mase"})
        EXPECT_TRUE(gives(call("FORECASTERROR", {row({3.0, 5.0}), row({3.0, 5.0}), measure, row({1.0, 2.0})}), 0.0)) << measure;
}

TEST(ForecastError, PropertyOfTheOrderOfPeriodsDoesNotMatter) {
    support::Dice dice(54);
    for (int round = 0; round < 100; ++round) {
        Textbook book = someForecast(dice);
        Textbook reversed = book;
        std::reverse(reversed.actuals.begin(), reversed.actuals.end());
        std::reverse(reversed.forecasts.begin(), reversed.forecasts.end());
        for (const char* measure : {"mae", "rmse", "mape", "smape", "wape"})
            EXPECT_TRUE(same(call("FORECASTERROR", {array(book.actuals), array(book.forecasts), measure}),
                             call("FORECASTERROR", {array(reversed.actuals), array(reversed.forecasts), measure})))
                << measure;
    }
}

TEST(ForecastError, EdgeMeasureInAnyCaseAndWithOuterBlanks) {
    EXPECT_TRUE(shows("=FORECASTERROR({1000;10};{950;25};\" MAPE \")", 0.775));
}

TEST(ForecastError, EdgeZeroActualsAndTheirMeasures) {
    EXPECT_TRUE(shows("=FORECASTERROR({0;10};{1;10};\"mpe\")", Fault::DivideByZero));
    EXPECT_TRUE(shows("=FORECASTERROR({0;10};{1;10};\"wape\")", 0.1));
    EXPECT_TRUE(shows("=FORECASTERROR({0;0};{1;10};\"wape\")", Fault::DivideByZero));
    EXPECT_TRUE(shows("=FORECASTERROR({-5;5};{1;10};\"bias\")", Fault::DivideByZero));
    EXPECT_TRUE(shows("=FORECASTERROR({-5;-5};{1;10};\"wape\")", 2.1));
    EXPECT_TRUE(shows("=FORECASTERROR({-5;-5};{1;10};\"bias\")", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=FORECASTERROR({0;0;7};{0;3;7};\"smape\")", 2.0 / 3));
}

TEST(ForecastError, EdgeHugeErrorsDoNotOverflowWhenSquared) {
    EXPECT_TRUE(shows("=FORECASTERROR({3E200;4E200};0;\"rmse\")", std::sqrt(12.5) * 1e200));
}

TEST(ForecastError, RefusalOfWhatOverflows) {
    for (const char* measure : {"me", "mae", "wape", "smape", "bias", "mape", "mpe", "rmse"})
        EXPECT_TRUE(gives(call("FORECASTERROR", {row({1e308, 1e308}), row({-1e308, -1e308}), measure}), Fault::NotFinite))
            << measure;
    EXPECT_TRUE(shows("=FORECASTERROR({1E308;1E308};{1;1};\"wape\")", Fault::NotFinite));
    EXPECT_TRUE(shows("=FORECASTERROR({1;2};{1;3};\"mase\";{1E308;-1E308})", Fault::NotFinite));
}

TEST(ForecastError, EdgeTrainingOfOneFlatAndEmpty) {
    EXPECT_TRUE(shows("=FORECASTERROR({1;2};{1;3};\"mase\";5)", Fault::NothingToCompute));
    EXPECT_TRUE(shows("=FORECASTERROR({1;2};{1;3};\"mase\";{5;5;5})", Fault::DivideByZero));
    EXPECT_TRUE(shows("=FORECASTERROR({1;2};{1;3};\"mase\";)", Fault::NothingToCompute));
    EXPECT_TRUE(shows("=FORECASTERROR({1;2};{1;3};\"mase\";{\"\";\"\"})", Fault::NothingToCompute));
    EXPECT_TRUE(shows("=FORECASTERROR({1;2};{1;3};\"mae\";{5;5;5})", 0.5));  // only "mase" asks for it
}

TEST(ForecastError, Refusals) {
    EXPECT_TRUE(shows("=FORECASTERROR({1;2};{1;3})", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=FORECASTERROR({1;2};{1;3};)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=FORECASTERROR({1;2};{1;3};\"\")", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=FORECASTERROR({1;2};{1;3};1)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=FORECASTERROR({1;2};{1;3;4};\"mae\")", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=FORECASTERROR({1;\"2\"};{1;3};\"mae\")", Fault::NotANumber));
    EXPECT_TRUE(shows("=FORECASTERROR({1;2};{1;3};\"mase\";{1;\"x\"})", Fault::NotANumber));
    EXPECT_TRUE(shows("=FORECASTERROR({1;\"\"};{\"\";3};\"mae\")", Fault::NothingToCompute));
    EXPECT_TRUE(shows("=FORECASTERROR({1;2};{1;3};\"mae\";{1;2};1)", Fault::OutsideDomain));
}

TEST(ForecastAccuracy, PropertyOfItIsOneMinusTheErrorButNeverBelowZero) {
    support::Dice dice(55);
    int cut = 0;
    for (int round = 0; round < 300; ++round) {
        const Textbook book = someForecast(dice);
        const auto accuracy = [&book](const std::vector<Argument>& measure) {
            std::vector<Argument> arguments = {array(book.actuals), array(book.forecasts)};
            arguments.insert(arguments.end(), measure.begin(), measure.end());
            return numberOf(call("FORECASTACCURACY", arguments));
        };
        const double wape = book.absolute() / book.totalActual();
        const double mape = book.absolutePercent() / book.size();
        const double total = std::abs(book.error()) / book.totalActual();
        EXPECT_NEAR(accuracy({}), std::max(0.0, 1 - wape), 1e-9);
        EXPECT_NEAR(accuracy({"wape"}), std::max(0.0, 1 - wape), 1e-9);
        EXPECT_NEAR(accuracy({"MAPE"}), std::max(0.0, 1 - mape), 1e-9);
        EXPECT_NEAR(accuracy({" total "}), std::max(0.0, 1 - total), 1e-9);
        EXPECT_GE(accuracy({"total"}), accuracy({"wape"}) - 1e-12);
        cut += mape > 1 ? 1 : 0;
    }
    EXPECT_GT(cut, 10);  // else nothing was cut off at 0
}

TEST(ForecastAccuracy, EdgeErrorsThatCancelAreSeenByWapeOnly) {
    EXPECT_TRUE(shows("=FORECASTACCURACY({100;100};{50;150};\"total\")", 1.0));
    EXPECT_TRUE(shows("=FORECASTACCURACY({100;100};{50;150})", 0.5));
}

TEST(ForecastAccuracy, RefusalOfWhatOverflowsWhichWouldShowZero) {
    for (const char* measure : {"wape", "mape", "total"})
        EXPECT_TRUE(gives(call("FORECASTACCURACY", {row({1e308, 1e308}), row({-1e308, -1e308}), measure}), Fault::NotFinite))
            << measure;
    EXPECT_TRUE(shows("=FORECASTACCURACY({1E-300;1};{1E300;1};\"mape\")", Fault::NotFinite));
}

TEST(ForecastAccuracy, Refusals) {
    EXPECT_TRUE(shows("=FORECASTACCURACY({1;2};{1;2};\"rmse\")", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=FORECASTACCURACY({0;2};{1;2};\"mape\")", Fault::DivideByZero));
    EXPECT_TRUE(shows("=FORECASTACCURACY({1;2};{1;2;3})", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=FORECASTACCURACY({\"\"};{\"\"})", Fault::NothingToCompute));
    EXPECT_TRUE(shows("=FORECASTACCURACY({-1;-2};{1;2})", 0.0));
    EXPECT_TRUE(shows("=FORECASTACCURACY({1;2};{1;2};\"wape\";1)", Fault::OutsideDomain));
}

// What holds for the whole family: the unit of money, the order of rows

std::vector<double> scaled(std::vector<double> numbers, double scale) {
    for (double& number : numbers) number *= scale;
    return numbers;
}

TEST(Sales, PropertyOfMoneyInAnotherCurrency) {
    support::Dice dice(56);
    for (int round = 0; round < 300; ++round) {
        const double scale = dice.between(0.001, 1000);
        const double a = dice.between(1, 1e6);
        const double b = dice.between(1, 1e6);
        const double c = dice.between(1, 1e6);
        const std::size_t length = 1 + dice.below(12);
        const std::vector<double> first = someNumbers(dice, length, 1, 1000);
        const std::vector<double> second = someNumbers(dice, length, 1, 1000);
        const std::vector<double> shares = someNumbers(dice, length, 0, 1);

        // Money stays money.
        EXPECT_TRUE(gives(call("AVERAGESALE", {a * scale, 7.0}), scale * numberOf(call("AVERAGESALE", {a, 7.0}))));
        EXPECT_TRUE(gives(call("SALESVELOCITY", {50.0, a * scale, 0.2, 30.0}),
                          scale * numberOf(call("SALESVELOCITY", {50.0, a, 0.2, 30.0}))));
        EXPECT_TRUE(
            gives(call("SALESCAPACITY", {8.0, a * scale, 0.9, 2.0}), scale * numberOf(call("SALESCAPACITY", {8.0, a, 0.9, 2.0}))));
        EXPECT_TRUE(gives(call("WEIGHTEDPIPELINE", {array(scaled(first, scale)), array(shares)}),
                          scale * numberOf(call("WEIGHTEDPIPELINE", {array(first), array(shares)}))));
        for (const char* measure : {"me", "mae", "rmse"})
            EXPECT_NEAR(numberOf(call("FORECASTERROR", {array(scaled(first, scale)), array(scaled(second, scale)), measure})),
                        scale * numberOf(call("FORECASTERROR", {array(first), array(second), measure})), 1e-9 * scale * 1000)
                << measure;

        // Ratios do not see the unit.
        EXPECT_TRUE(same(call("SALESEFFICIENCY", {a * scale, b * scale}), call("SALESEFFICIENCY", {a, b})));
        EXPECT_NEAR(numberOf(call("SALESEFFICIENCY", {a * scale, b * scale, c * scale})),
                    numberOf(call("SALESEFFICIENCY", {a, b, c})), 1e-12 * (a + c) / b);
        EXPECT_NEAR(numberOf(call("MAGICNUMBER", {a * scale, b * scale, c * scale})), numberOf(call("MAGICNUMBER", {a, b, c})),
                    1e-12 * (a + b) / c);
        EXPECT_TRUE(same(call("QUOTAATTAINMENT", {a * scale, b * scale}), call("QUOTAATTAINMENT", {a, b})));
        EXPECT_TRUE(same(call("REVENUETOPAY", {a * scale, b * scale}), call("REVENUETOPAY", {a, b})));
        EXPECT_TRUE(
            same(call("PIPELINECOVERAGE", {a * scale, (b + c) * scale, c * scale}), call("PIPELINECOVERAGE", {a, b + c, c})));
        EXPECT_TRUE(support::agree(numberOf(call("DISCOUNTRATE", {array(scaled(first, scale)), array(scaled(second, scale))})),
                                   numberOf(call("DISCOUNTRATE", {array(first), array(second)}))));
        for (const char* measure : {"mpe", "mape", "smape", "wape", "bias", "mase"})
            EXPECT_TRUE(
                support::agree(numberOf(call("FORECASTERROR", {array(scaled(first, scale)), array(scaled(second, scale)), measure,
                                                               row({3 * scale, 5 * scale, 4 * scale})})),
                               numberOf(call("FORECASTERROR", {array(first), array(second), measure, row({3.0, 5.0, 4.0})})), 1e-9))
                << measure;
        for (const char* measure : {"wape", "mape", "total"})
            EXPECT_TRUE(support::agree(
                numberOf(call("FORECASTACCURACY", {array(scaled(first, scale)), array(scaled(second, scale)), measure})),
                numberOf(call("FORECASTACCURACY", {array(first), array(second), measure}))))
                << measure;
    }
}

// Powers of two change no digit, so that even reaching a quota exactly stays reaching it.
TEST(QuotaStreak, PropertyOfMoneyInAnotherUnit) {
    support::Dice dice(57);
    for (int round = 0; round < 200; ++round) {
        const std::size_t length = 1 + dice.below(12);
        const std::vector<double> actuals = dice.times(length, [&dice] { return dice.count(4); });
        const std::vector<double> quotas = dice.times(length, [&dice] { return dice.count(4); });
        for (const char* streak : {"current", "longest"})
            EXPECT_TRUE(same(call("QUOTASTREAK", {array(scaled(actuals, 0x1p-7)), array(scaled(quotas, 0x1p-7)), streak}),
                             call("QUOTASTREAK", {array(actuals), array(quotas), streak})));
    }
}

TEST(Sales, PropertyOfTheOrderOfRowsDoesNotMatter) {
    support::Dice dice(58);
    for (int round = 0; round < 200; ++round) {
        struct Row {
            Cell first, second;
        };
        std::vector<Row> rows;
        for (std::size_t left = 1 + dice.below(30); left > 0; --left) {
            const double first = dice.share();
            rows.push_back({first, dice.oneIn(5) ? Cell(Blank{}) : Cell(first + (1 - first) * dice.share())});
        }
        rows.push_back({0.25, 0.5});  // at least one pair
        const auto side = [&rows](Cell Row::*member) {
            std::vector<Cell> cells;
            for (const Row& each : rows) cells.push_back(each.*member);
            return row(cells);
        };
        const auto all = [&] {
            const Grid first = side(&Row::first);
            const Grid second = side(&Row::second);
            std::vector<Result<Outcome>> results = {call("WEIGHTEDPIPELINE", {first, second}),
                                                    call("DISCOUNTRATE", {second, first})};
            for (const char* statistic : {"mean", "median", "p37.5", "p90", "min", "max", "count"})
                results.push_back(call("SALESCYCLE", {first, second, statistic}));
            for (const char* measure : {"wape", "mape", "total"})
                results.push_back(call("FORECASTACCURACY", {second, first, measure}));
            for (const char* measure : {"me", "mae", "rmse", "mpe", "mape", "smape", "wape", "bias", "mase"})
                results.push_back(call("FORECASTERROR", {second, first, measure, row({1.0, 2.0, 4.0})}));
            return results;
        };
        const std::vector<Result<Outcome>> before = all();
        dice.shuffle(rows);
        const std::vector<Result<Outcome>> after = all();
        for (std::size_t index = 0; index < before.size(); ++index)
            EXPECT_TRUE(support::agree(numberOf(after[index]), numberOf(before[index]), 1e-9)) << "call " << index;
    }
}

TEST(QuotaStreak, PropertyOfTheOrderOfPeriodsMatters) {
    EXPECT_TRUE(shows("=QUOTASTREAK({11;11;9;11};10)", 1.0));
    EXPECT_TRUE(shows("=QUOTASTREAK({11;9;11;11};10)", 2.0));
    EXPECT_TRUE(shows("=QUOTASTREAK({11;11;11;9};10)", 0.0));
    EXPECT_TRUE(shows("=QUOTASTREAK({11;11;9;11};10;\"longest\")", 2.0));
    EXPECT_TRUE(shows("=QUOTASTREAK({11;9;11;9};10;\"longest\")", 1.0));
    // Backwards the longest streak is as long.
    support::Dice dice(59);
    for (int round = 0; round < 200; ++round) {
        std::vector<double> actuals = dice.times(1 + dice.below(12), [&dice] { return dice.count(4); });
        const Result<Outcome> forwards = call("QUOTASTREAK", {array(actuals), 2.0, "longest"});
        EXPECT_GE(numberOf(forwards), numberOf(call("QUOTASTREAK", {array(actuals), 2.0})));
        std::reverse(actuals.begin(), actuals.end());
        EXPECT_TRUE(same(call("QUOTASTREAK", {array(actuals), 2.0, "longest"}), forwards));
    }
}

TEST(ForecastError, PropertyOfTheOrderOfTrainingMattersToMase) {
    // Errors of 1 each; the mean step of 1, 2, 3, 4 is 1, of 1, 3, 2, 4 it is 5/3.
    EXPECT_TRUE(shows("=FORECASTERROR({5;6};{4;7};\"mase\";{1;2;3;4})", 1.0));
    EXPECT_TRUE(shows("=FORECASTERROR({5;6};{4;7};\"mase\";{1;3;2;4})", 0.6));
    EXPECT_TRUE(shows("=FORECASTERROR({6;5};{7;4};\"mase\";{1;3;2;4})", 0.6));
    // Backwards the steps are as large.
    EXPECT_TRUE(shows("=FORECASTERROR({5;6};{4;7};\"mase\";{4;2;3;1})", 0.6));
}

// A forecast of the last value is the naive one: measured on the periods it was made for, its MASE is 1.
TEST(ForecastError, PropertyOfTheNaiveForecastIsAMaseOfOne) {
    support::Dice dice(60);
    for (int round = 0; round < 200; ++round) {
        const std::vector<double> series = someNumbers(dice, 2 + dice.below(20), 0, 1000);
        const std::vector<double> actuals(series.begin() + 1, series.end());
        const std::vector<double> naive(series.begin(), series.end() - 1);
        EXPECT_TRUE(gives(call("FORECASTERROR", {array(actuals), array(naive), "mase", array(series)}), 1.0));
    }
}

TEST(WinRateLift, PropertyOfWonAndLostSwappedTurnsTheSign) {
    support::Dice dice(61);
    for (int round = 0; round < 300; ++round) {
        const double counts[] = {dice.count(50), 1 + dice.count(50), dice.count(50), 1 + dice.count(50)};
        EXPECT_NEAR(numberOf(call("WINRATELIFT", {counts[0], counts[1], counts[2], counts[3]})),
                    -numberOf(call("WINRATELIFT", {counts[1], counts[0], counts[3], counts[2]})), 1e-12);
    }
}

TEST(WinRate, PropertyOfItsLimits) {
    support::Dice dice(62);
    for (int round = 0; round < 200; ++round) {
        const double won = 1 + dice.count(500);
        const double lost = 1 + dice.count(500);
        const double rate = numberOf(call("WINRATE", {won, lost}));
        EXPECT_GT(rate, 0);
        EXPECT_LT(rate, 1);
        EXPECT_GT(numberOf(call("WINRATE", {won + 1, lost})), rate);
        EXPECT_LT(numberOf(call("WINRATE", {won, lost + 1})), rate);
        EXPECT_TRUE(gives(call("WINRATE", {won, 0.0}), 1.0));
        EXPECT_TRUE(gives(call("WINRATE", {0.0, lost}), 0.0));
        EXPECT_TRUE(gives(call("WINRATE", {won * 1e9, lost}), won * 1e9 / (won * 1e9 + lost)));
        EXPECT_TRUE(gives(call("WINRATE", {won * 3, lost * 3}), rate));
    }
}

}  // namespace
}  // namespace calckpi
