// Calc's errors: the number of each, what a cell shows for it, and how a formula says it. One place knows them.
#pragma once

#include "core/values/result.hpp"

#include <cstdint>
#include <string>

namespace calckpi {

// errorNumber is Calc's number (formula/errorcodes.hxx) of the error that a user sees for a failure.
constexpr std::uint16_t errorNumber(const Failure& failure) {
    switch (failure.fault) {
        case Fault::DivideByZero: return 532;
        case Fault::NothingToCompute: return 32767;
        case Fault::OutsideDomain: return 502;
        case Fault::NotANumber: return 519;
        case Fault::NotFinite: return 503;
        case Fault::NoConvergence: return 523;
        case Fault::TooLarge: return 538;
        case Fault::ErrorInCell: break;
    }
    return failure.cellError;
}

// shownError is what Calc shows for an error's number: "#DIV/0!" for 532, "Err:502" for 502.
std::string shownError(std::uint16_t number);

// errorConstant is how a formula in Calc's own words has an error as a constant: "#DIV/0!", "#ERR502!". No other program reads the
// second kind.
std::string errorConstant(std::uint16_t number);

}  // namespace calckpi
