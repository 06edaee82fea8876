#include "core/catalog/argument.hpp"
#include "core/values/series.hpp"
#include "tests/support/expect.hpp"
#include "tests/support/formula.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <utility>

namespace calckpi {
namespace {

using support::refuses;
using support::row;

constexpr double blank = Series<Money>::blank;

TEST(Sum, ValueOfNeumaiersExample) {
    // Neumaier 1974: plain addition gives 0, Kahan's compensation too.
    EXPECT_EQ(sum(std::vector<double>{1, 1e100, 1, -1e100}), 2);
}

TEST(Sum, EdgeNothingAndOneNumber) {
    EXPECT_EQ(sum({}), 0);
    EXPECT_EQ(sum(std::vector<double>{0.1}), 0.1);
}

TEST(Sum, PropertyOfLargeNumbersThatCancelIsTheSumOfTheSmallOnes) {
    // Whole numbers, so the oracle is exact; plain addition is off by hundreds here.
    support::Dice dice(3);
    for (int round = 0; round < 100; ++round) {
        std::vector<double> numbers;
        double smallOnes = 0;
        for (std::size_t left = 1 + dice.below(1000); left > 0; --left) {
            const double small = dice.count(1000) - 500;
            const double large = dice.count(1'000'000) * 0x1p40;
            smallOnes += small;
            numbers.insert(numbers.end(), {small, large, -large});
        }
        dice.shuffle(numbers);
        EXPECT_NEAR(sum(numbers), smallOnes, 1e-3);
    }
}

TEST(Sum, EdgeAnOverflowIsNotFiniteAndNeverZero) {
    const double huge = 1e308;
    EXPECT_FALSE(std::isfinite(sum(std::vector<double>{huge, huge})));
    EXPECT_FALSE(std::isfinite(sum(std::vector<double>{-huge, -huge})));
    EXPECT_FALSE(std::isfinite(sum(std::vector<double>{huge, huge, -huge, -huge})));
    EXPECT_EQ(sum(std::vector<double>{huge, -huge}), 0);
}

TEST(Series, ValueWithoutItsEmptyPlaces) {
    const Series<Money> series({blank, 3, blank, -4});
    EXPECT_EQ(series.values(), (std::vector<double>{3, -4}));
    EXPECT_EQ(series.places().size(), 4U);
}

TEST(Total, RefusalOfASeriesWithoutNumbers) {
    EXPECT_TRUE(refuses(total(Series<Money>({})), Fault::NothingToCompute));
    EXPECT_TRUE(refuses(total(Series<Money>({blank, blank})), Fault::NothingToCompute));
}

TEST(Total, EdgeOneElement) { EXPECT_EQ(*total(Series<Money>({blank, 5})), 5); }

TEST(Paired, PropertyOfRandomSeriesAgreesWithATableOfPairs) {
    support::Dice dice(4);
    const auto someSeries = [&dice](std::size_t length) {
        std::vector<double> places;
        for (std::size_t left = length; left > 0; --left) places.push_back(dice.oneIn(3) ? blank : dice.count(9));
        return places;
    };
    for (int round = 0; round < 2000; ++round) {
        const std::size_t length = 1 + dice.below(6);
        const bool firstSingle = dice.oneIn(4);
        const std::vector<double> first = firstSingle ? std::vector<double>{dice.count(9)} : someSeries(length);
        const std::vector<double> second = someSeries(length);

        std::vector<std::pair<double, double>> expected;
        for (std::size_t index = 0; index < length; ++index) {
            const std::pair<double, double> pair(firstSingle ? first.front() : first[index], second[index]);
            if (!std::isnan(pair.first) && !std::isnan(pair.second)) expected.push_back(pair);
        }
        const Result<Pairs> pairs = paired(Series<Money>(first, firstSingle), Series<Count>(second));
        const Result<Pairs> swapped = paired(Series<Count>(second), Series<Money>(first, firstSingle));
        if (expected.empty()) {
            EXPECT_TRUE(refuses(pairs, Fault::NothingToCompute));
            EXPECT_TRUE(refuses(swapped, Fault::NothingToCompute));
            continue;
        }
        ASSERT_TRUE(pairs && swapped);
        ASSERT_EQ(pairs->size(), expected.size());
        for (std::size_t index = 0; index < expected.size(); ++index) {
            EXPECT_EQ(pairs->first[index], expected[index].first);
            EXPECT_EQ(pairs->second[index], expected[index].second);
        }
        EXPECT_EQ(swapped->first, pairs->second);
        EXPECT_EQ(swapped->second, pairs->first);
    }
}

TEST(Paired, EdgeTwoSingleNumbersAreOnePair) {
    const Result<Pairs> pairs = paired(Series<Money>({3}, true), Series<Money>({4}, true));
    ASSERT_TRUE(pairs);
    EXPECT_EQ(pairs->size(), 1U);
}

TEST(Paired, RefusalOfDifferentLengths) {
    EXPECT_TRUE(refuses(paired(Series<Money>({1, 2}), Series<Money>({1, 2, 3})), Fault::OutsideDomain));
}

TEST(Paired, RefusalOfAnArrayOfOneForMany) {
    // Only a number that stands alone stands for every pair; an array of one is a series of another length.
    EXPECT_TRUE(refuses(paired(Series<Money>({1}), Series<Money>({1, 2, 3})), Fault::OutsideDomain));
}

// What a user may give as a series.

Result<Series<Share>> readShares(const Argument& argument) { return Reader<Series<Share>>::read(argument); }

TEST(SeriesArgument, ValueOfANumberIsSingleAndOfAnArrayIsNot) {
    EXPECT_TRUE(readShares(0.5)->single());
    EXPECT_FALSE(readShares(row({0.5}))->single());
}

TEST(SeriesArgument, EdgeBlankCellsKeepTheirPlace) {
    const Result<Series<Share>> series = readShares(row({Blank{}, 0.5, Blank{}}));
    ASSERT_TRUE(series);
    EXPECT_EQ(series->places().size(), 3U);
    EXPECT_EQ(series->values(), std::vector<double>{0.5});
}

TEST(SeriesArgument, RefusalOfText) {
    EXPECT_TRUE(refuses(readShares("0.5"), Fault::NotANumber));
    EXPECT_TRUE(refuses(readShares(row({0.5, "2026-01-05"})), Fault::NotANumber));
}

TEST(SeriesArgument, ValueOfTextsOfBlanksAloneIsEmpty) {
    for (const char* blank : {"", " ", "\u00A0\t", "\n"}) {
        EXPECT_EQ(readShares(row({0.5, blank}))->values(), std::vector<double>{0.5});
        EXPECT_TRUE(readShares(blank)->values().empty());
    }
}

TEST(SeriesArgument, RefusalOfTextComesBeforeThatOfTheDomain) {
    EXPECT_TRUE(refuses(readShares(row({50.0, "n/a"})), Fault::NotANumber));
    EXPECT_TRUE(refuses(readShares(row({"n/a", 50.0})), Fault::NotANumber));
}

TEST(SeriesArgument, RefusalOutsideTheDomain) {
    EXPECT_TRUE(refuses(readShares(1.5), Fault::OutsideDomain));
    EXPECT_TRUE(refuses(readShares(row({0.5, -0.5})), Fault::OutsideDomain));
    EXPECT_TRUE(refuses(readShares(std::numeric_limits<double>::quiet_NaN()), Fault::OutsideDomain));
    // NaN marks a blank place inside the core; one that came from a cell must not pass for it.
    EXPECT_TRUE(refuses(readShares(row({0.5, std::numeric_limits<double>::quiet_NaN()})), Fault::OutsideDomain));
}

TEST(SeriesArgument, RefusalOfAMissingOne) { EXPECT_TRUE(refuses(readShares(Absent{}), Fault::OutsideDomain)); }

}  // namespace
}  // namespace calckpi
