// Integrals of smooth functions: over a bounded interval, and over a beta distribution.
//
//   gaussLegendre<32>(0, 1, [](double x) { return std::exp(x); })    // e - 1
//   betaMean(0.8, 2.4, 1, [](double p) { return 1 - p; })            // 0.75
#pragma once

#include "core/values/result.hpp"
#include "core/statistics/dual.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace calckpi {

// Nodes and weights of Gauss and Legendre on −1 to 1, of which the positive ones are kept; `count` is even.
template <std::size_t count>
struct LegendreNodes {
    static_assert(count % 2 == 0);
    std::array<double, count / 2> node{};
    std::array<double, count / 2> weight{};

    LegendreNodes() {
        for (std::size_t index = 0; index < count / 2; ++index) {
            double x = std::cos(std::numbers::pi * (static_cast<double>(index) + 0.75) / (static_cast<double>(count) + 0.5));
            for (int step = 0; step < 8; ++step) x -= polynomial(x).value / polynomial(x).slope;
            const double slope = polynomial(x).slope;
            node[index] = x;
            weight[index] = 2 / ((1 - x * x) * slope * slope);
        }
    }

private:
    struct Polynomial {
        double value;
        double slope;
    };
    // polynomial is Legendre's of degree `count` at x, by the recurrence of three terms.
    static Polynomial polynomial(double x) {
        double before = 1;
        double now = x;
        for (std::size_t degree = 2; degree <= count; ++degree) {
            const auto k = static_cast<double>(degree);
            const double next = ((2 * k - 1) * x * now - (k - 1) * before) / k;
            before = now;
            now = next;
        }
        return {now, static_cast<double>(count) * (x * now - before) / (x * x - 1)};
    }
};

template <std::size_t count>
const LegendreNodes<count>& legendreNodes() {
    static const LegendreNodes<count> nodes;
    return nodes;
}

// forLegendreNodes calls `visit` with each node between low and high and its weight.
template <std::size_t count, class Visit>
void forLegendreNodes(double low, double high, Visit visit) {
    const LegendreNodes<count>& nodes = legendreNodes<count>();
    const double middle = (low + high) / 2;
    const double half = (high - low) / 2;
    for (std::size_t index = 0; index < count / 2; ++index) {
        visit(middle - half * nodes.node[index], half * nodes.weight[index]);
        visit(middle + half * nodes.node[index], half * nodes.weight[index]);
    }
}

template <std::size_t count, class Integrand>
double gaussLegendre(double low, double high, Integrand integrand) {
    double sum = 0;
    forLegendreNodes<count>(low, high, [&](double at, double weight) { sum += weight * integrand(at); });
    return sum;
}

// betaMean is the mean of f(p), p having the beta distribution of a and b. f must be positive, smooth and fall with p, from the
// bound `atZero`. The trapezoidal rule on the scale of the logit converges exponentially for such a function, and the borders, at
// which the density may be infinite, lie at infinity.
template <class Function>
Result<double> betaMean(double a, double b, double atZero, Function f) {
    constexpr double negligible = 1e-18;
    constexpr double farOut = 40;  // from here on the density falls by the same factor with each step, to the last digit
    constexpr std::size_t mostNodes = 100'000;
    const double mode = std::log(a / b);
    const double step = std::min(0.25, 0.6 * std::sqrt(1 / a + 1 / b));
    const auto logDensity = [a, b](double y) { return -a * log1pExp(-y) - b * log1pExp(y); };
    const double top = logDensity(mode);
    double mass = 0;
    double total = 0;
    std::size_t nodes = 0;
    // From the mode to either side, until all that is left is negligible, or f no longer changes and the rest is a geometric
    // series.
    const auto sumUp = [&](double from, double direction, double slope, double limit) {
        const double apart = -std::expm1(-slope * step);
        for (double y = from; nodes < mostNodes; y += direction * step, ++nodes) {
            const double density = std::exp(logDensity(y) - top);
            const double value = f(std::max(1e-300, 1 / (1 + std::exp(-y))));
            mass += density;
            total += density * value;
            if (density < negligible * apart * mass && density * std::max(limit, value) < negligible * apart * total) return true;
            if (std::abs(y) < farOut || !(std::abs(value - limit) <= 1e-15 * limit)) continue;
            const double rest = density * (1 - apart) / apart;
            mass += rest;
            total += rest * limit;
            return true;
        }
        return false;
    };
    if (!sumUp(mode, -1, a, atZero) || !sumUp(mode + step, 1, b, f(1.0)) || !std::isfinite(total)) return Fault::NoConvergence;
    return total / mass;
}

}  // namespace calckpi
