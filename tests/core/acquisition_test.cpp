#include "core/kpis/acquisition.hpp"
#include "tests/support/expect.hpp"
#include "tests/support/formula.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>

namespace calckpi {
namespace {

using support::call;
using support::gives;
using support::numberOf;
using support::row;
using support::same;
using support::shows;

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

// A part of a whole, and how many of them there are: (part; whole).
class PartOfWhole : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(, PartOfWhole,
                         testing::Values("CONVERSIONRATE", "LEADTOOPPORTUNITY", "CLOSERATIO", "CLICKTHROUGHRATE", "USAGERATE"),
                         [](const auto& test) { return std::string(test.param); });

TEST_P(PartOfWhole, PropertyOfPartAndRestIsOne) {
    support::Dice dice(21);
    for (int round = 0; round < 200; ++round) {
        const double whole = 1 + dice.count(5000);
        const double part = dice.count(static_cast<std::size_t>(whole));
        const double share = numberOf(call(GetParam(), {part, whole}));
        EXPECT_TRUE(support::near(share + numberOf(call(GetParam(), {whole - part, whole})), 1));
        EXPECT_TRUE(support::near(share * whole, part));
        // The same share in a group ten times as large.
        EXPECT_TRUE(gives(call(GetParam(), {part * 10, whole * 10}), share));
    }
}

TEST_P(PartOfWhole, EdgeAllAndNone) {
    EXPECT_TRUE(gives(call(GetParam(), {40.0, 40.0}), 1.0));
    EXPECT_TRUE(gives(call(GetParam(), {0.0, 40.0}), 0.0));
}

TEST_P(PartOfWhole, EdgeHugeCounts) {
    EXPECT_TRUE(gives(call(GetParam(), {1e308, 1e308}), 1.0));
    EXPECT_TRUE(gives(call(GetParam(), {1e-300, 1e308}), 0.0));
}

TEST_P(PartOfWhole, Refusals) {
    EXPECT_TRUE(gives(call(GetParam(), {5.0, 0.0}), Fault::DivideByZero));
    EXPECT_TRUE(gives(call(GetParam(), {0.0, 0.0}), Fault::DivideByZero));
    EXPECT_TRUE(gives(call(GetParam(), {41.0, 40.0}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(call(GetParam(), {-1.0, 40.0}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(call(GetParam(), {1.0, -40.0}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(call(GetParam(), {notANumber, 40.0}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(call(GetParam(), {1.0, notANumber}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(call(GetParam(), {"one", 40.0}), Fault::NotANumber));
    EXPECT_TRUE(gives(call(GetParam(), {1.0, 40.0, 2.0}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(call(GetParam(), {1.0}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(call(GetParam(), {}), Fault::OutsideDomain));
}

// So much per one of something: (amount; number).
class PerOne : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(, PerOne,
                         testing::Values("COSTPERLEAD", "CONTENTROI", "ROI", "TOUCHPOINTS", "AVERAGESALE", "SALESPRODUCTIVITY",
                                         "QUOTAATTAINMENT", "REVENUETOPAY", "SALESEFFICIENCY", "CLVTOCAC", "CAC"),
                         [](const auto& test) { return std::string(test.param); });

TEST_P(PerOne, PropertyOfAmountTimesNumber) {
    support::Dice dice(22);
    for (int round = 0; round < 200; ++round) {
        const double amount = dice.between(0, 1e6);
        const double number = dice.between(0.1, 1e4);
        const double each = numberOf(call(GetParam(), {amount, number}));
        EXPECT_TRUE(support::near(each * number, amount));
        EXPECT_TRUE(gives(call(GetParam(), {amount * 3, number}), each * 3));
    }
}

TEST_P(PerOne, EdgeNothingSpentOrEarned) { EXPECT_TRUE(gives(call(GetParam(), {0.0, 5.0}), 0.0)); }

TEST_P(PerOne, Refusals) {
    EXPECT_TRUE(gives(call(GetParam(), {100.0, 0.0}), Fault::DivideByZero));
    EXPECT_TRUE(gives(call(GetParam(), {100.0, -5.0}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(call(GetParam(), {notANumber, 5.0}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(call(GetParam(), {100.0, "five"}), Fault::NotANumber));
    EXPECT_TRUE(gives(call(GetParam(), {"hundred", 5.0}), Fault::NotANumber));
    EXPECT_TRUE(gives(call(GetParam(), {100.0, 5.0, 1.0, 1.0}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(call(GetParam(), {100.0}), Fault::OutsideDomain));
}

TEST_P(PerOne, RefusalOfAQuotientTooLargeForANumber) { EXPECT_TRUE(gives(call(GetParam(), {1e308, 1e-10}), Fault::NotFinite)); }

TEST(Roi, EdgeALossIsNegative) {
    EXPECT_TRUE(shows("=ROI(-1525000;1525000)", -1.0));
    EXPECT_TRUE(shows("=ROI(1E308;1E308)", 1.0));
}

TEST(Cac, PropertyOfCostsGivenAloneOrTogether) {
    support::Dice dice(23);
    for (int round = 0; round < 200; ++round) {
        std::vector<Cell> costs;
        double spent = 0;
        for (std::size_t left = 1 + dice.below(8); left > 0; --left) {
            const double cost = dice.count(100000);
            spent += cost;
            costs.emplace_back(cost);
            if (dice.oneIn(3)) costs.emplace_back(Blank{});
        }
        const double customers = 1 + dice.count(500);
        const Result<Outcome> together = call("CAC", {spent, customers});
        EXPECT_TRUE(same(call("CAC", {row(costs), customers}), together));
        dice.shuffle(costs);
        EXPECT_TRUE(same(call("CAC", {row(costs), customers}), together));
    }
}

TEST(Cac, PropertyOfScaledCostsAndCustomers) {
    support::Dice dice(28);
    for (int round = 0; round < 200; ++round) {
        std::vector<double> costs = dice.times(1 + dice.below(8), [&dice] { return dice.between(-1000, 100000); });
        const double customers = 1 + dice.count(500);
        const double scale = dice.between(0.001, 1000);
        const double cac = support::valueOf("CAC", {support::range(costs), customers});
        EXPECT_TRUE(gives(call("CAC", {support::range(costs), customers * scale}), cac / scale));
        for (double& cost : costs) cost *= scale;
        EXPECT_TRUE(gives(call("CAC", {support::range(costs), customers}), cac * scale));
        EXPECT_TRUE(gives(call("CAC", {support::range(costs), customers * scale}), cac));
    }
}

TEST(Cac, ValueOfABlockOfRows) { EXPECT_TRUE(shows("=CAC({10;20|30;40};10)", 10.0)); }

TEST(Cac, EdgeACreditNoteIsNegative) { EXPECT_TRUE(shows("=CAC({100;-20};4)", 20.0)); }

TEST(Cac, RefusalOfEmptyAndTextualCosts) {
    EXPECT_TRUE(shows("=CAC({\"\";\"\"};400)", Fault::NothingToCompute));
    EXPECT_TRUE(shows("=CAC({100;\"200\"};400)", Fault::NotANumber));
    EXPECT_TRUE(shows("=CAC(\"\";400)", Fault::NothingToCompute));
    EXPECT_TRUE(shows("=CAC(\"200\";400)", Fault::NotANumber));
    EXPECT_TRUE(shows("=CAC(;400)", Fault::OutsideDomain));
}

TEST(Cac, RefusalOfCostsWhoseSumOverflows) {
    EXPECT_TRUE(shows("=CAC({1E308;1E308};400)", Fault::NotFinite));
    EXPECT_TRUE(shows("=CAC({-1E308;-1E308};400)", Fault::NotFinite));
    EXPECT_TRUE(shows("=CAC({1E308;1E308;-1E308;-1E308};400)", Fault::NotFinite));
}

TEST(CacPayback, PropertyOfTheMarginStretchesTheTime) {
    support::Dice dice(24);
    for (int round = 0; round < 200; ++round) {
        const double cac = dice.between(1, 1e5);
        const double arpa = dice.between(1, 1e4);
        const double margin = dice.between(0.01, 1);
        const double periods = numberOf(call("CACPAYBACK", {cac, arpa, margin}));
        EXPECT_TRUE(support::near(periods * arpa * margin, cac));
        EXPECT_TRUE(same(call("CACPAYBACK", {cac, arpa * margin}), call("CACPAYBACK", {cac, arpa, margin})));
        // CLV to CAC of a customer who stays that long is 1.
        EXPECT_TRUE(gives(call("CLVTOCAC", {numberOf(call("CLV", {arpa, margin, std::min(1.0, 1 / periods)})), cac}),
                          std::max(1.0, arpa * margin / cac)));
    }
}

TEST(CacPayback, PropertyOfMoneyInAnotherCurrencyIsTheSameTime) {
    support::Dice dice(29);
    for (int round = 0; round < 200; ++round) {
        const double cac = dice.between(1, 1e5);
        const double arpa = dice.between(1, 1e4);
        const double margin = dice.between(0.01, 1);
        const double scale = dice.between(0.001, 1000);
        EXPECT_TRUE(same(call("CACPAYBACK", {cac * scale, arpa * scale, margin}), call("CACPAYBACK", {cac, arpa, margin})));
        EXPECT_LE(numberOf(call("CACPAYBACK", {cac, arpa})), numberOf(call("CACPAYBACK", {cac, arpa, margin})));
    }
}

TEST(CacPayback, EdgeTheMarginLeftOutOrEmptyIsOne) {
    EXPECT_TRUE(same(call("CACPAYBACK", {1200.0, 100.0}), call("CACPAYBACK", {1200.0, 100.0, 1.0})));
    EXPECT_TRUE(shows("=CACPAYBACK(1200;100;)", 12.0));
}

TEST(CacPayback, Refusals) {
    EXPECT_TRUE(shows("=CACPAYBACK(1200;100;0)", Fault::DivideByZero));
    EXPECT_TRUE(shows("=CACPAYBACK(-1;100)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=CACPAYBACK(1200;100;-0.1)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=CACPAYBACK(1200;100;\"80 %\")", Fault::NotANumber));
    EXPECT_TRUE(shows("=CACPAYBACK(1200;100;0.8;1)", Fault::OutsideDomain));
}

TEST(RequiredVolume, PropertyOfExpectedVolumeOfItIsTheTarget) {
    support::Dice dice(25);
    for (int round = 0; round < 500; ++round) {
        std::vector<Cell> rates;
        for (std::size_t left = 1 + dice.below(6); left > 0; --left) rates.emplace_back(dice.between(0.01, 1));
        const double target = dice.between(0, 1000);
        const double required = numberOf(call("REQUIREDVOLUME", {target, row(rates)}));
        EXPECT_TRUE(gives(call("EXPECTEDVOLUME", {required, row(rates)}), target));
        EXPECT_GE(required, target);
        dice.shuffle(rates);
        EXPECT_TRUE(gives(call("REQUIREDVOLUME", {target, row(rates)}), required));
    }
}

TEST(RequiredVolume, EdgeOneRateAsANumberAsAnArrayAndBesideBlanks) {
    EXPECT_TRUE(shows("=REQUIREDVOLUME(10;0.25)", 40.0));
    EXPECT_TRUE(shows("=REQUIREDVOLUME(10;{0.25})", 40.0));
    EXPECT_TRUE(shows("=REQUIREDVOLUME(10;{\"\";0.25;\"\"})", 40.0));
    EXPECT_TRUE(shows("=REQUIREDVOLUME(0;{0.25})", 0.0));
}

TEST(RequiredVolume, Refusals) {
    EXPECT_TRUE(shows("=REQUIREDVOLUME(10;{\"\"})", Fault::NothingToCompute));
    EXPECT_TRUE(shows("=REQUIREDVOLUME(-1;0.5)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=REQUIREDVOLUME(10;{0.5;\"33%\"})", Fault::NotANumber));
    EXPECT_TRUE(shows("=REQUIREDVOLUME(1E308;{0.01;0.01})", Fault::NotFinite));
    EXPECT_TRUE(shows("=REQUIREDVOLUME(10)", Fault::OutsideDomain));
}

TEST(RequiredVolume, PropertyOfALargerTargetOrABetterRate) {
    support::Dice dice(26);
    for (int round = 0; round < 200; ++round) {
        const double target = dice.between(1, 1000);
        const double rate = dice.between(0.01, 0.9);
        const double other = dice.between(0.01, 1);
        const double required = numberOf(call("REQUIREDVOLUME", {target, row({rate, other})}));
        EXPECT_TRUE(gives(call("REQUIREDVOLUME", {target * 7, row({rate, other})}), required * 7));
        EXPECT_LT(numberOf(call("REQUIREDVOLUME", {target, row({rate * 1.1, other})})), required);
        // A step that never fails may be left out, and two steps are one of both rates together.
        EXPECT_TRUE(gives(call("REQUIREDVOLUME", {target, row({1.0, rate, 1.0, other})}), required));
        EXPECT_TRUE(gives(call("REQUIREDVOLUME", {target, rate * other}), required));
    }
}

TEST(ExpectedVolume, PropertyOfRequiredVolumeOfItIsTheVolume) {
    support::Dice dice(27);
    for (int round = 0; round < 500; ++round) {
        std::vector<Cell> rates;
        for (std::size_t left = 1 + dice.below(6); left > 0; --left) rates.emplace_back(dice.between(0.01, 1));
        if (dice.oneIn(3)) rates.emplace_back(Blank{});
        const double volume = dice.between(0, 100000);
        const double expected = numberOf(call("EXPECTEDVOLUME", {volume, row(rates)}));
        EXPECT_TRUE(gives(call("REQUIREDVOLUME", {expected, row(rates)}), volume));
        EXPECT_LE(expected, volume);
        EXPECT_TRUE(gives(call("EXPECTEDVOLUME", {volume * 7, row(rates)}), expected * 7));
        dice.shuffle(rates);
        EXPECT_TRUE(gives(call("EXPECTEDVOLUME", {volume, row(rates)}), expected));
    }
}

TEST(RequiredVolume, EdgeAStepThatAlwaysFails) { EXPECT_TRUE(shows("=REQUIREDVOLUME(10;{0.5;0})", Fault::DivideByZero)); }

TEST(ExpectedVolume, PropertyOfCertainStepsIsTheVolumeItself) {
    EXPECT_TRUE(shows("=EXPECTEDVOLUME(123;{1;1;1})", 123.0));
    EXPECT_TRUE(shows("=EXPECTEDVOLUME(123;{0.5;0;1})", 0.0));
}

TEST(ExpectedVolume, Refusals) {
    EXPECT_TRUE(shows("=EXPECTEDVOLUME(100;{0.5;1.01})", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=EXPECTEDVOLUME(100;{\"\";\"\"})", Fault::NothingToCompute));
    EXPECT_TRUE(shows("=EXPECTEDVOLUME(100;\"half\")", Fault::NotANumber));
    EXPECT_TRUE(shows("=EXPECTEDVOLUME(100;0.5;0.5)", Fault::OutsideDomain));
}

}  // namespace
}  // namespace calckpi
