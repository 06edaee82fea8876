// Comparisons whose failures say what was asked, what came and what should have come.
//
//   EXPECT_TRUE(shows("=WINRATE(3;7)", 0.3));
//   EXPECT_TRUE(shows("=WINRATE(0;0)", Fault::DivideByZero));
#pragma once

#include "core/catalog/function.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

namespace calckpi::support {

std::string_view nameOf(Fault fault);
std::string spoken(double number);
std::string spoken(const Failure& failure);
std::string spoken(const Result<Outcome>& result);
std::string spoken(const Expected& expected);

// near compares numbers to a relative 1e-9, far finer than any KPI is read; near 0 is what is at most 1e-15 away.
testing::AssertionResult near(double got, double expected);

// agree compares two ways to compute the same: relative to the larger of the expected value and 1, so that differences near 0
// may carry the rounding of what they were made from.
testing::AssertionResult agree(double got, double expected, double tolerance = 1e-12);

// gives compares what a call gave with what it should give: a number, a text or a fault.
testing::AssertionResult gives(const Result<Outcome>& got, const Expected& expected);
inline testing::AssertionResult gives(const Result<Outcome>& got, double expected) { return gives(got, Expected(expected)); }
inline testing::AssertionResult gives(const Result<Outcome>& got, Fault expected) { return gives(got, Expected(expected)); }

// same compares two calls: both the same number or both the same fault, whichever cell is to blame.
testing::AssertionResult same(const Result<Outcome>& left, const Result<Outcome>& right);

// shows compares what a formula gives with what it should show.
testing::AssertionResult shows(std::string_view formula, const Expected& expected);
inline testing::AssertionResult shows(std::string_view formula, double expected) { return shows(formula, Expected(expected)); }
inline testing::AssertionResult shows(std::string_view formula, Fault expected) { return shows(formula, Expected(expected)); }

// numberOf is the number of a call that must have one; it throws, and so fails the test, if there is none.
double numberOf(const Result<Outcome>& result);

// valueOf is what a function shows, NaN for an error: NaN equals nothing, so an error fails every comparison.
double valueOf(std::string_view name, const std::vector<Argument>& arguments);

// refuses asks a function for a fault.
testing::AssertionResult refuses(std::string_view name, const std::vector<Argument>& arguments, Fault expected);

// The faults of results inside the core, where the type is not an Outcome.
template <class T>
testing::AssertionResult refuses(const Result<T>& got, Fault expected) {
    if (got) return testing::AssertionFailure() << "got a value, expected " << nameOf(expected);
    if (got.failure().fault != expected)
        return testing::AssertionFailure() << "got " << spoken(got.failure()) << ", expected " << nameOf(expected);
    return testing::AssertionSuccess();
}

}  // namespace calckpi::support
