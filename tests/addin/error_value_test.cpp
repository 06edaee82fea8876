#include "addin/functions/error_value.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>

namespace calckpi::addin {
namespace {

std::uint32_t lowBits(double value) { return static_cast<std::uint32_t>(std::bit_cast<std::uint64_t>(value)); }

// The numbers are those that a real Calc showed; the office tests watch that it still does.
TEST(ErrorValue, ValueCarriesTheNumberOfTheErrorInANaN) {
    const std::pair<Fault, std::uint32_t> numbers[] = {
        {Fault::DivideByZero, 532}, {Fault::NothingToCompute, 0x7fff}, {Fault::OutsideDomain, 502}, {Fault::NotANumber, 519},
        {Fault::NotFinite, 503},    {Fault::NoConvergence, 523},       {Fault::TooLarge, 538}};
    for (const auto& [fault, number] : numbers) {
        EXPECT_TRUE(std::isnan(errorValue(fault)));
        EXPECT_EQ(lowBits(errorValue(fault)), number);
    }
}

TEST(ErrorValue, ValueOfAnErrorFoundInACellIsThatError) {
    Failure found(Fault::ErrorInCell);
    found.cellError = 524;  // #REF!
    EXPECT_EQ(lowBits(errorValue(found)), 524U);
}

}  // namespace
}  // namespace calckpi::addin
