#include "core/statistics/newton.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace calckpi {
namespace {

constexpr double enough = 1e-10;     // of the Newton decrement: twice the height that is left
constexpr double longestStep = 1.5;  // in the logarithm of any parameter
constexpr int mostHalvings = 40;
constexpr int mostDampings = 60;

template <std::size_t n>
using Vector = std::array<double, n>;
template <std::size_t n>
using Matrix = std::array<std::array<double, n>, n>;

// Hill is the function around a point in the logarithms of its parameters.
template <std::size_t n>
struct Hill {
    double height = 0;
    Vector<n> slope{};
    Matrix<n> bend{};  // the negative Hessian
    bool finite() const {
        double all = height;
        for (const double each : slope) all += each;
        for (const auto& line : bend)
            for (const double each : line) all += each;
        return std::isfinite(all);
    }
};

template <std::size_t n>
Vector<n> exponentials(const Vector<n>& logs) {
    Vector<n> result{};
    for (std::size_t i = 0; i < n; ++i) result[i] = std::exp(logs[i]);
    return result;
}

template <std::size_t n>
Hill<n> hillAt(const PositiveFunction<n>& function, const Vector<n>& logs) {
    const Vector<n> parameters = exponentials(logs);
    const Dual<n> dual = function(parameters);
    Hill<n> hill;
    hill.height = dual.value;
    for (std::size_t i = 0; i < n; ++i) {
        hill.slope[i] = parameters[i] * dual.slope(i);
        for (std::size_t j = 0; j < n; ++j) hill.bend[i][j] = -parameters[i] * parameters[j] * dual.curvature(i, j);
        hill.bend[i][i] -= hill.slope[i];
    }
    return hill;
}

// Cholesky is the lower triangular L of a positive definite matrix L·Lᵀ; nothing for any other. A pivot that is but rounding is
// none.
template <std::size_t n>
std::optional<Matrix<n>> cholesky(const Matrix<n>& matrix) {
    Matrix<n> lower{};
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j <= i; ++j) {
            double rest = matrix[i][j];
            for (std::size_t k = 0; k < j; ++k) rest -= lower[i][k] * lower[j][k];
            if (i != j)
                lower[i][j] = rest / lower[j][j];
            else if (rest > 1e-13 * matrix[i][i] && matrix[i][i] > 0)
                lower[i][i] = std::sqrt(rest);
            else
                return std::nullopt;
        }
    return lower;
}

// solved gives x of L·Lᵀ·x = right.
template <std::size_t n>
Vector<n> solved(const Matrix<n>& lower, Vector<n> right) {
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < i; ++k) right[i] -= lower[i][k] * right[k];
        right[i] /= lower[i][i];
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t k = i + 1; k < n; ++k) right[i] -= lower[k][i] * right[k];
        right[i] /= lower[i][i];
    }
    return right;
}

template <std::size_t n>
double product(const Vector<n>& a, const Vector<n>& b) {
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) sum += a[i] * b[i];
    return sum;
}

// Step leads uphill. It is Newton's own where the function bends down in all directions, and a shorter one, turned towards the
// steepest slope, where it does not.
template <std::size_t n>
struct Step {
    Vector<n> by{};
    bool newtons = false;
};

template <std::size_t n>
std::optional<Step<n>> stepFrom(const Hill<n>& hill) {
    double largest = 0;
    for (std::size_t i = 0; i < n; ++i) largest = std::max(largest, std::abs(hill.bend[i][i]));
    if (!(largest > 0)) largest = 1;
    double damping = 0;
    for (int tries = 0; tries < mostDampings; ++tries) {
        Matrix<n> bend = hill.bend;
        for (std::size_t i = 0; i < n; ++i) bend[i][i] += damping;
        if (const auto lower = cholesky(bend)) return Step<n>{solved(*lower, hill.slope), damping == 0};
        damping = damping == 0 ? 1e-6 * largest : 4 * damping;
    }
    return std::nullopt;
}

template <std::size_t n>
double longest(const Vector<n>& step) {
    double most = 0;
    for (const double each : step) most = std::max(most, std::abs(each));
    return most;
}

// Climb is the state of a search.
template <std::size_t n>
struct Climb {
    const PositiveFunction<n>& function;
    Vector<n> logs;
    Hill<n> hill;
    std::size_t evaluations = 1;

    // go takes a step, halved until it leads up or, but for rounding, not down.
    bool go(const Vector<n>& by, double share) {
        const double rounding = 1e-12 * (1 + std::abs(hill.height));
        for (int halvings = 0; halvings < mostHalvings && evaluations < mostNewtonEvaluations; ++halvings, share /= 2) {
            Vector<n> next = logs;
            for (std::size_t i = 0; i < n; ++i) next[i] += share * by[i];
            const Hill<n> there = hillAt(function, next);
            ++evaluations;
            if (!there.finite() || !(there.height >= hill.height - rounding)) continue;
            logs = next;
            hill = there;
            return true;
        }
        return false;
    }
};

// measured writes what the end of the climb looks like into the result.
template <std::size_t n>
void measure(const Climb<n>& climb, Maximum<n>& result) {
    result.end = MaximumEnd::Flat;
    const auto lower = cholesky(climb.hill.bend);
    if (!lower) return;
    for (std::size_t i = 0; i < n; ++i) {
        Vector<n> unit{};
        unit[i] = 1;
        result.covariance[i] = solved(*lower, unit);
    }
    if (result.worstErrorOfALog() <= mostErrorOfALog) result.end = MaximumEnd::Found;
}

template <std::size_t n>
MaximumEnd climbed(Climb<n>& climb, std::size_t& steps) {
    if (!climb.hill.finite()) return MaximumEnd::NoSummit;
    for (steps = 0; steps < mostNewtonSteps; ++steps) {
        const std::optional<Step<n>> step = stepFrom(climb.hill);
        if (!step) return MaximumEnd::NoSummit;
        const bool last = step->newtons && product(step->by, climb.hill.slope) < enough;
        const double length = longest(step->by);
        if (!climb.go(step->by, length > longestStep ? longestStep / length : 1))
            return last ? MaximumEnd::Found : MaximumEnd::NoSummit;
        if (longest(climb.logs) > mostLog) return MaximumEnd::RanAway;
        if (last) return MaximumEnd::Found;
    }
    return MaximumEnd::NoSummit;
}

}  // namespace

template <std::size_t n>
Maximum<n> maximumOf(const PositiveFunction<n>& function, const std::array<double, n>& start) {
    Vector<n> logs{};
    for (std::size_t i = 0; i < n; ++i) logs[i] = std::log(start[i]);
    Climb<n> climb{function, logs, hillAt(function, logs)};
    Maximum<n> result;
    result.end = climbed(climb, result.steps);
    result.parameters = exponentials(climb.logs);
    result.value = climb.hill.height;
    if (result.end == MaximumEnd::Found) measure(climb, result);
    return result;
}

template Maximum<2> maximumOf<2>(const PositiveFunction<2>&, const std::array<double, 2>&);
template Maximum<3> maximumOf<3>(const PositiveFunction<3>&, const std::array<double, 3>&);
template Maximum<4> maximumOf<4>(const PositiveFunction<4>&, const std::array<double, 4>&);

}  // namespace calckpi
