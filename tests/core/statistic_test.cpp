#include "core/statistics/statistic.hpp"
#include "tests/support/expect.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

namespace calckpi {
namespace {

using support::near;
using support::refuses;

double statistic(std::string_view name, std::vector<double> values) {
    return *Statistic::fromText(name).value().of(std::move(values));
}

std::vector<double> someValues(support::Dice& dice) {
    std::vector<double> values;
    for (std::size_t left = 1 + dice.below(30); left > 0; --left)
        values.push_back(dice.oneIn(3) ? dice.count(5) : dice.between(-100, 100));
    return values;
}

TEST(Statistic, ValueOfQuartilesAsInR) {
    // R 4.2: quantile(1:4, c(.25, .5, .75, .9)), its default type 7, which is PERCENTILE's.
    EXPECT_DOUBLE_EQ(statistic("p25", {4, 2, 1, 3}), 1.75);
    EXPECT_DOUBLE_EQ(statistic("median", {4, 2, 1, 3}), 2.5);
    EXPECT_DOUBLE_EQ(statistic("p75", {4, 2, 1, 3}), 3.25);
    EXPECT_DOUBLE_EQ(statistic("p90", {4, 2, 1, 3}), 3.7);
}

// A half is a half, to the last bit: of whole days it is shown rounded, and a file holds 15 digits of it.
TEST(Statistic, PropertyOfPercentilesAtTenths) {
    for (int count = 2; count < 400; ++count) {
        std::vector<double> values;
        for (int value = 0; value < count; ++value) values.push_back(5 * value);
        for (int percent = 0; percent <= 100; ++percent) {
            const int tenths = percent * (count - 1) / 10;
            if (tenths * 10 != percent * (count - 1)) continue;
            EXPECT_EQ(statistic("p" + std::to_string(percent), values), tenths / 2.0) << count << ", " << percent;
        }
    }
}

TEST(Statistic, ValueOfMeanAndCount) {
    EXPECT_DOUBLE_EQ(statistic("mean", {10, 20, 60}), 30);
    EXPECT_EQ(statistic("count", {10, 20, 60}), 3);
}

TEST(Statistic, PropertyOfPercentilesAgreesWithSortingAndInterpolating) {
    support::Dice dice(5);
    for (int round = 0; round < 1000; ++round) {
        const std::vector<double> values = someValues(dice);
        const double percent = dice.count(100);
        std::vector<double> sorted = values;
        std::sort(sorted.begin(), sorted.end());
        const double place = percent * static_cast<double>(sorted.size() - 1) / 100;
        const auto below = static_cast<std::size_t>(place);
        const std::size_t above = std::min(below + 1, sorted.size() - 1);
        const double expected = sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
        EXPECT_NEAR(statistic("p" + std::to_string(static_cast<int>(percent)), values), expected, 1e-9);
    }
}

TEST(Statistic, PropertyOfSpecialCasesAndOrder) {
    support::Dice dice(6);
    for (int round = 0; round < 300; ++round) {
        std::vector<double> values = someValues(dice);
        EXPECT_EQ(statistic("min", values), *std::min_element(values.begin(), values.end()));
        EXPECT_EQ(statistic("max", values), *std::max_element(values.begin(), values.end()));
        EXPECT_EQ(statistic("p0", values), statistic("min", values));
        EXPECT_EQ(statistic("p50", values), statistic("median", values));
        EXPECT_EQ(statistic("p100", values), statistic("max", values));
        EXPECT_LE(statistic("p25", values), statistic("p75", values));
        for (const std::string_view name : {"mean", "median", "p33.3", "p90"}) {
            const double before = statistic(name, values);
            EXPECT_GE(before, statistic("min", values) - 1e-9);
            EXPECT_LE(before, statistic("max", values) + 1e-9);
            dice.shuffle(values);
            EXPECT_NEAR(statistic(name, values), before, 1e-9) << name;
        }
    }
}

TEST(Statistic, EdgeOneValueIsEveryStatisticButTheCount) {
    for (const std::string_view name : {"mean", "median", "min", "max", "p0", "p37", "p90", "p99.9", "p100"})
        EXPECT_EQ(statistic(name, {-7.5}), -7.5) << name;
    EXPECT_EQ(statistic("count", {-7.5}), 1);
}

TEST(Statistic, EdgePercentWithDecimals) { EXPECT_TRUE(near(statistic("p99.5", {0, 1000}), 995)); }

TEST(Statistic, EdgeNoValuesHaveACountOnly) {
    EXPECT_EQ(statistic("count", {}), 0);
    for (const std::string_view name : {"mean", "median", "min", "max", "p90"})
        EXPECT_TRUE(refuses(Statistic::fromText(name).value().of({}), Fault::NothingToCompute)) << name;
}

TEST(Statistic, EdgeHugeValuesOverflowToInfinityAndNeverToZero) {
    EXPECT_FALSE(std::isfinite(statistic("mean", {1e308, 1e308})));
    EXPECT_EQ(statistic("median", {1e308, 1e308}), 1e308);
}

TEST(Statistic, RefusalOfWhatIsNoPercentile) {
    for (const std::string_view text :
         {"", "p", "p.", "p101", "p100.1", "p-1", "p+1", "p5e1", "p5,5", "p 50", "p5..5", "p90%", "50", "q90"})
        EXPECT_FALSE(Statistic::fromText(text)) << '"' << text << '"';
}

TEST(Statistic, RefusalOfUnknownWords) {
    for (const std::string_view text : {"average", "means", "mea", "sum", "Mean"}) EXPECT_FALSE(Statistic::fromText(text)) << text;
}

}  // namespace
}  // namespace calckpi
