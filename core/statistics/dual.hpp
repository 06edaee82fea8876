// Dual numbers of the second order: a value with its exact gradient and Hessian, carried through any formula.
//
//   const auto r = Dual<2>::variable(0.5, 0);
//   const auto a = Dual<2>::variable(2.0, 1);
//   const Dual<2> f = r * log(a);        // f.value, f.slope(1), f.curvature(0, 1)
#pragma once

#include <array>
#include <cmath>
#include <cstddef>

namespace calckpi {

// Dual holds the lower triangle of its Hessian: the entries (0,0), (1,0), (1,1), (2,0) …
template <std::size_t n>
struct Dual {
    static constexpr std::size_t pairs = n * (n + 1) / 2;

    double value = 0;
    std::array<double, n> first{};
    std::array<double, pairs> second{};

    constexpr Dual() = default;
    constexpr Dual(double constant) : value(constant) {}  // NOLINT(google-explicit-constructor): formulas mix both

    static constexpr Dual variable(double value, std::size_t index) {
        Dual result(value);
        result.first[index] = 1;
        return result;
    }

    static constexpr std::size_t place(std::size_t i, std::size_t j) { return i >= j ? i * (i + 1) / 2 + j : j * (j + 1) / 2 + i; }
    constexpr double slope(std::size_t i) const { return first[i]; }
    constexpr double curvature(std::size_t i, std::size_t j) const { return second[place(i, j)]; }

    // through gives f(this), from the value of f and of its first two derivatives there (the chain rule).
    constexpr Dual through(double f, double f1, double f2) const {
        Dual result(f);
        for (std::size_t i = 0, at = 0; i < n; ++i) {
            result.first[i] = f1 * first[i];
            for (std::size_t j = 0; j <= i; ++j, ++at) result.second[at] = f1 * second[at] + f2 * first[i] * first[j];
        }
        return result;
    }

    constexpr Dual& operator+=(const Dual& other) {
        value += other.value;
        for (std::size_t i = 0; i < n; ++i) first[i] += other.first[i];
        for (std::size_t at = 0; at < pairs; ++at) second[at] += other.second[at];
        return *this;
    }
    constexpr Dual& operator*=(double factor) {
        value *= factor;
        for (double& slope : first) slope *= factor;
        for (double& curvature : second) curvature *= factor;
        return *this;
    }
    friend constexpr Dual operator-(Dual a) { return a *= -1; }
    friend constexpr Dual operator+(Dual a, const Dual& b) { return a += b; }
    friend constexpr Dual operator-(Dual a, const Dual& b) {
        a.value -= b.value;
        for (std::size_t i = 0; i < n; ++i) a.first[i] -= b.first[i];
        for (std::size_t at = 0; at < pairs; ++at) a.second[at] -= b.second[at];
        return a;
    }
    friend constexpr Dual operator*(const Dual& a, const Dual& b) {
        Dual result(a.value * b.value);
        for (std::size_t i = 0, at = 0; i < n; ++i) {
            result.first[i] = a.value * b.first[i] + b.value * a.first[i];
            for (std::size_t j = 0; j <= i; ++j, ++at)
                result.second[at] =
                    a.value * b.second[at] + b.value * a.second[at] + a.first[i] * b.first[j] + a.first[j] * b.first[i];
        }
        return result;
    }
    friend constexpr Dual operator*(double factor, Dual a) { return a *= factor; }
    friend constexpr Dual operator*(Dual a, double factor) { return a *= factor; }
};

template <std::size_t n>
Dual<n> log(const Dual<n>& x) {
    return x.through(std::log(x.value), 1 / x.value, -1 / (x.value * x.value));
}
template <std::size_t n>
Dual<n> exp(const Dual<n>& x) {
    const double e = std::exp(x.value);
    return x.through(e, e, e);
}

// log1pExp is log(1 + e^x), which neither overflows nor loses a small e^x.
inline double log1pExp(double x) { return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x)); }
template <std::size_t n>
Dual<n> log1pExp(const Dual<n>& x) {
    const double share = 1 / (1 + std::exp(-x.value));
    return x.through(log1pExp(x.value), share, share * (1 - share));
}

}  // namespace calckpi
