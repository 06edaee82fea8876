#include "core/values/quantity.hpp"
#include "tests/support/expect.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <type_traits>

namespace calckpi {
namespace {

using support::near;
using support::refuses;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

// A formula written in quantities reads like one in numbers, but money never turns into a count unseen.
static_assert(std::is_convertible_v<double, Count> && std::is_convertible_v<Count, double>);
static_assert(!std::is_convertible_v<Money, Count> && !std::is_convertible_v<Share, Rate> && !std::is_convertible_v<Days, Moment>);
static_assert(!std::is_convertible_v<Spending, Money>);

TEST(Domain, EdgeItsBoundsBelongToIt) {
    EXPECT_TRUE(Share::domain.holds(0));
    EXPECT_TRUE(Share::domain.holds(1));
    EXPECT_FALSE(Share::domain.holds(-std::numeric_limits<double>::denorm_min()));
    EXPECT_FALSE(Share::domain.holds(1 + std::numeric_limits<double>::epsilon()));
    EXPECT_TRUE(Count::domain.holds(-0.0));
    EXPECT_TRUE(Margin::domain.holds(-0.5));
    EXPECT_FALSE(Margin::domain.holds(1.01));
}

TEST(Domain, RefusalOfNanEverywhere) {
    EXPECT_FALSE(Domain{}.holds(notANumber));
    EXPECT_FALSE(Share::domain.holds(notANumber));
    EXPECT_FALSE(Money::domain.holds(notANumber));
}

TEST(Unit, ValueOfEachName) {
    EXPECT_EQ(unitName(Unit::Number), "number");
    EXPECT_EQ(unitName(Unit::Money), "money");
    EXPECT_EQ(unitName(Unit::MoneyPerDay), "money per day");
    EXPECT_EQ(unitName(Unit::Moment), "date");
    EXPECT_EQ(unitName(Unit::Points), "points");
}

TEST(Finite, EdgeTheLargestNumberIsFinite) {
    EXPECT_TRUE(finite(std::numeric_limits<double>::max()));
    EXPECT_TRUE(finite(std::numeric_limits<double>::lowest()));
    EXPECT_FALSE(finite(infinity));
    EXPECT_FALSE(finite(-infinity));
    EXPECT_FALSE(finite(notANumber));
}

TEST(Ratio, PropertyOfRandomNumbersTimesTheDenominatorGivesTheNumerator) {
    support::Dice dice(1);
    for (int round = 0; round < 1000; ++round) {
        const double numerator = dice.between(-1e6, 1e6);
        const double denominator = dice.between(1e-3, 1e6);
        const Result<double> quotient = ratio(numerator, denominator);
        ASSERT_TRUE(quotient);
        EXPECT_TRUE(near(*quotient * denominator, numerator)) << numerator << " / " << denominator;
    }
}

TEST(Ratio, RefusalOfAZeroDenominator) {
    EXPECT_TRUE(refuses(ratio(5, 0), Fault::DivideByZero));
    EXPECT_TRUE(refuses(ratio(0, 0), Fault::DivideByZero));
    EXPECT_TRUE(refuses(ratio(5, -0.0), Fault::DivideByZero));
    EXPECT_TRUE(refuses(ratio(infinity, 0), Fault::DivideByZero));
}

TEST(Ratio, RefusalOfANegativeDenominator) {
    EXPECT_TRUE(refuses(ratio(5, -1), Fault::OutsideDomain));
    EXPECT_TRUE(refuses(ratio(-5, -1), Fault::OutsideDomain));
}

TEST(Ratio, RefusalOfAnOverflownSumWhichWouldShowZero) {
    EXPECT_TRUE(refuses(ratio(5, infinity), Fault::NotFinite));
    EXPECT_TRUE(refuses(ratio(infinity, 5), Fault::NotFinite));
    EXPECT_TRUE(refuses(ratio(infinity, infinity), Fault::NotFinite));
    EXPECT_TRUE(refuses(ratio(5, -infinity), Fault::NotFinite));
}

TEST(Ratio, RefusalOfNan) {
    EXPECT_TRUE(refuses(ratio(notANumber, 5), Fault::NotFinite));
    EXPECT_TRUE(refuses(ratio(5, notANumber), Fault::NotFinite));
}

TEST(ShareOf, PropertyOfPartAndRestIsOne) {
    support::Dice dice(2);
    for (int round = 0; round < 1000; ++round) {
        const double whole = 1 + dice.count(10000);
        const double part = dice.count(static_cast<std::size_t>(whole));
        const Result<Share> share = shareOf(part, whole);
        const Result<Share> rest = shareOf(whole - part, whole);
        ASSERT_TRUE(share && rest);
        EXPECT_TRUE(Share::domain.holds(*share));
        EXPECT_TRUE(near(*share + *rest, 1));
    }
}

TEST(ShareOf, EdgeAllAndNone) {
    EXPECT_EQ(*shareOf(7, 7), 1);
    EXPECT_EQ(*shareOf(0, 7), 0);
}

TEST(ShareOf, RefusalOfAPartAboveTheWhole) {
    EXPECT_TRUE(refuses(shareOf(8, 7), Fault::OutsideDomain));
    EXPECT_TRUE(refuses(shareOf(notANumber, 7), Fault::NotFinite));
}

TEST(ShareOf, EdgeSumsOfDecimalsThatMissEachOtherByTheirLastBitsAreEqual) {
    EXPECT_EQ(*shareOf(0.8, 0.7 + 0.1), 1.0);
    EXPECT_EQ(*shareOf(1.1 + 2.2, 3.3), 1.0);
    EXPECT_TRUE(refuses(shareOf(0.8000001, 0.8), Fault::OutsideDomain));
    EXPECT_EQ(difference(0.8, 0.7 + 0.1), 0);
    EXPECT_NE(difference(0.8, 0.8000001), 0);
    EXPECT_TRUE(nearlyEqual(-0.3, -(0.1 + 0.2)));
    EXPECT_FALSE(nearlyEqual(0, 1e-300));
}

TEST(ShareOf, RefusalOfAnEmptyWholeComesFirst) {
    EXPECT_TRUE(refuses(shareOf(0, 0), Fault::DivideByZero));
    EXPECT_TRUE(refuses(shareOf(5, 0), Fault::DivideByZero));
}

TEST(EnumTable, PropertyEveryValueHasItsEntry) {
    static_assert(isEnumerator<Unit::Points>() && !isEnumerator<static_cast<Unit>(static_cast<int>(Unit::Points) + 1)>());
    static_assert(unitNames.all().size() == 10);
    for (const std::string_view name : unitNames.all()) EXPECT_FALSE(name.empty());
}

}  // namespace
}  // namespace calckpi
