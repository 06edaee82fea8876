// How a fault reaches the cell.
#pragma once

#include "core/values/result.hpp"

#include <cstdint>

namespace calckpi::addin {

// errorValue is the number that Calc shows as the error of `failure`.
//
// Calc keeps the error of a formula inside the number itself: a NaN whose low 32 bits are the error's number. That is its own
// encoding and no documented interface, so it lives here alone, and an office test watches it on single cells and on arrays.
double errorValue(const Failure& failure);

// errorIn is Calc's number of the error that a value stands for which is no finite number: an array that a formula has computed
// hands its errors over like this.
std::uint16_t errorIn(double notFinite);

// errorCode is the number of an error as it may be in a cell. What is none is #VALUE!: passed on, the number 0 would be a NaN
// that is no error in the cell of the formula.
std::uint16_t errorCode(std::int64_t number);

}  // namespace calckpi::addin
