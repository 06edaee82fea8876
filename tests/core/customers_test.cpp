#include "core/customers.hpp"
#include "tests/support/expect.hpp"
#include "tests/support/formula.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

namespace calckpi {
namespace {

using support::call;
using support::gives;
using support::numberOf;
using support::same;
using support::shows;

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
