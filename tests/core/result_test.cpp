#include "core/values/quantity.hpp"
#include "core/values/result.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace calckpi {
namespace {

TEST(Result, ValueIsKept) {
    const Result<std::string> result = "won";
    ASSERT_TRUE(result);
    EXPECT_EQ(*result, "won");
    EXPECT_EQ(result->size(), 3U);
}

TEST(Result, ValueCanBeMovedOut) {
    Result<std::unique_ptr<int>> result = std::make_unique<int>(7);
    const std::unique_ptr<int> taken = *std::move(result);
    EXPECT_EQ(*taken, 7);
}

TEST(Result, RefusalKeepsItsFault) {
    const Result<double> result = Fault::NothingToCompute;
    ASSERT_FALSE(result);
    EXPECT_EQ(result.failure(), Failure(Fault::NothingToCompute));
}

TEST(Result, RefusalKeepsTheCellToBlame) {
    Failure failure = Failure(Fault::ErrorInCell).at(3, 14);
    failure.cellError = 532;
    const Result<double> inner = failure;
    const Result<Share> outer = inner;
    ASSERT_FALSE(outer);
    EXPECT_EQ(outer.failure(), failure);
    EXPECT_EQ(outer.failure().column, 3);
    EXPECT_EQ(outer.failure().row, 14);
    EXPECT_EQ(outer.failure().cellError, 532);
}

TEST(Result, EdgeFalseAndZeroAreValues) {
    EXPECT_TRUE(Result<double>(0.0));
    EXPECT_TRUE(Result<bool>(false));
}

TEST(Result, ValueBecomesTheQuantityPromised) {
    const Result<double> number = 0.25;
    const Result<Share> share = number;
    ASSERT_TRUE(share);
    EXPECT_EQ(*share, 0.25);
}

TEST(Failure, EdgeNoSingleCellIsToBlame) {
    constexpr Failure failure = Fault::DivideByZero;
    EXPECT_EQ(failure.column, 0);
    EXPECT_EQ(failure.row, 0);
    EXPECT_EQ(failure.cellError, 0);
}

TEST(Failure, ValueOfAtLeavesTheOriginalAlone) {
    constexpr Failure failure = Fault::NotANumber;
    constexpr Failure placed = failure.at(2, 5);
    EXPECT_EQ(failure.row, 0);
    EXPECT_EQ(placed.row, 5);
    EXPECT_EQ(placed.fault, Fault::NotANumber);
}

}  // namespace
}  // namespace calckpi
