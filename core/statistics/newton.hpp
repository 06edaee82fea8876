// The maximum of a smooth function of positive parameters, such as a log-likelihood, with the errors of the parameters.
//
//   const Maximum<2> found = maximumOf<2>([](const std::array<double, 2>& at) { return ...Dual<2>...; }, {1, 1});
//   if (found.end == MaximumEnd::Found) ... found.parameters[0], found.standardError(0)
#pragma once

#include "core/statistics/dual.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace calckpi {

// MaximumEnd says how a search ended. Only Found has parameters that mean something.
enum class MaximumEnd : std::uint8_t {
    Found,
    RanAway,   // the logarithm of a parameter went beyond mostLog: the function rises without end
    Flat,      // at the end the function is no hill in all directions, or such a flat one that a parameter may be anything
    NoSummit,  // the cap of steps was reached, or no step led uphill
};

inline constexpr double mostLog = 14;                      // e^14 is 1.2 million
inline constexpr double mostErrorOfALog = 2;               // a parameter known to a factor of e^2 is not known
inline constexpr std::size_t mostNewtonSteps = 60;         // from anywhere near, 20 will do
inline constexpr std::size_t mostNewtonEvaluations = 120;  // of the function, halved steps included

template <std::size_t n>
struct Maximum {
    MaximumEnd end = MaximumEnd::NoSummit;
    std::array<double, n> parameters{};
    double value = 0;  // of the function there
    // Covariance of the logarithms of the parameters: the inverse of the negative Hessian. Only where a maximum was found.
    std::array<std::array<double, n>, n> covariance{};
    std::size_t steps = 0;

    double errorOfLog(std::size_t index) const { return std::sqrt(covariance[index][index]); }
    double standardError(std::size_t index) const { return parameters[index] * errorOfLog(index); }
    double worstErrorOfALog() const {
        double worst = 0;
        for (std::size_t index = 0; index < n; ++index) worst = std::max(worst, errorOfLog(index));
        return worst;
    }
};

// PositiveFunction gives the function at some parameters, with its derivatives by the parameters themselves.
template <std::size_t n>
using PositiveFunction = std::function<Dual<n>(const std::array<double, n>&)>;

// maximumOf climbs by damped Newton steps in the logarithms of the parameters with the exact Hessian, at most 1.5 in any of them,
// until the Newton decrement says that the summit is less than 1e-10 above. There is one for 2, 3 and 4 parameters.
template <std::size_t n>
Maximum<n> maximumOf(const PositiveFunction<n>& function, const std::array<double, n>& start);

extern template Maximum<2> maximumOf<2>(const PositiveFunction<2>&, const std::array<double, 2>&);
extern template Maximum<3> maximumOf<3>(const PositiveFunction<3>&, const std::array<double, 3>&);
extern template Maximum<4> maximumOf<4>(const PositiveFunction<4>&, const std::array<double, 4>&);

}  // namespace calckpi
