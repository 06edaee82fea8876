// Dice of gamma distributed numbers.
#pragma once

#include "tests/support/random.hpp"

#include <cmath>

namespace calckpi::support {

// gammaOf is gamma distributed with this shape and a scale of 1: Marsaglia and Tsang, A Simple Method for Generating Gamma
// Variables, 2000.
inline double gammaOf(Dice& dice, double shape) {
    if (shape < 1) return gammaOf(dice, shape + 1) * std::pow(1 - dice.share(), 1 / shape);
    const double d = shape - 1.0 / 3;
    for (;;) {
        const double normal = std::sqrt(-2 * std::log(1 - dice.share())) * std::cos(2 * 3.14159265358979323846 * dice.share());
        const double cube = std::pow(1 + normal / std::sqrt(9 * d), 3);
        if (cube > 0 && std::log(1 - dice.share()) < normal * normal / 2 + d - d * cube + d * std::log(cube)) return d * cube;
    }
}

}  // namespace calckpi::support
