#include "addin/functions/error_value.hpp"

#include "core/values/calc_errors.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace calckpi::addin {
double errorValue(const Failure& failure) {
    constexpr std::uint64_t quietNaN = 0x7ff8'0000'0000'0000;
    return std::bit_cast<double>(quietNaN | errorNumber(failure));
}

std::uint16_t errorCode(std::int64_t number) {
    const bool isOne = number > 0 && number <= std::numeric_limits<std::uint16_t>::max();
    return isOne ? static_cast<std::uint16_t>(number) : errorNumber(Fault::NotANumber);
}

std::uint16_t errorIn(double notFinite) {
    if (std::isinf(notFinite)) return errorNumber(Fault::NotFinite);
    return errorCode(static_cast<std::uint32_t>(std::bit_cast<std::uint64_t>(notFinite)));
}

}  // namespace calckpi::addin
