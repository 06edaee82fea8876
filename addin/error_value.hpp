// How a fault reaches the cell.
#pragma once

#include "core/result.hpp"

namespace calckpi::addin {

// errorValue is the number that Calc shows as the error of `failure`.
//
// Calc keeps the error of a formula inside the number itself: a NaN whose low 32 bits are the error's number. That is its own
// encoding and no documented interface, so it lives here alone, and an office test watches it on single cells and on arrays.
double errorValue(const Failure& failure);

}  // namespace calckpi::addin
