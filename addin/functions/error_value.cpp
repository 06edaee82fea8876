#include "addin/functions/error_value.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace calckpi::addin {
namespace {

// Calc's numbers of its errors (formula/errorcodes.hxx); #N/A is the odd one.
std::uint32_t errorNumber(const Failure& failure) {
    switch (failure.fault) {
        case Fault::DivideByZero: return 532;
        case Fault::NothingToCompute: return 0x7fff;
        case Fault::OutsideDomain: return 502;
        case Fault::NotANumber: return 519;
        case Fault::NotFinite: return 503;
        case Fault::NoConvergence: return 523;
        case Fault::TooLarge: return 538;
        case Fault::ErrorInCell: return failure.cellError;
    }
    return 502;
}

}  // namespace

double errorValue(const Failure& failure) {
    constexpr std::uint64_t quietNaN = 0x7ff8'0000'0000'0000;
    return std::bit_cast<double>(quietNaN | errorNumber(failure));
}

std::uint16_t errorCode(std::int64_t number) {
    constexpr std::uint16_t noValue = 519;
    return number > 0 && number <= std::numeric_limits<std::uint16_t>::max() ? static_cast<std::uint16_t>(number) : noValue;
}

std::uint16_t errorIn(double notFinite) {
    constexpr std::uint16_t illegalOperation = 503;  // #NUM!
    if (std::isinf(notFinite)) return illegalOperation;
    return errorCode(static_cast<std::uint32_t>(std::bit_cast<std::uint64_t>(notFinite)));
}

}  // namespace calckpi::addin
