#include "core/statistics/proportions.hpp"

#include <boost/math/policies/policy.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/tools/toms748_solve.hpp>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>

namespace calckpi {
namespace {

namespace policies = boost::math::policies;

// Faults are values in the core: Boost.Math reports what goes wrong in errno instead of throwing.
using Quiet =
    policies::policy<policies::domain_error<policies::errno_on_error>, policies::pole_error<policies::errno_on_error>,
                     policies::overflow_error<policies::errno_on_error>, policies::evaluation_error<policies::errno_on_error>,
                     policies::rounding_error<policies::errno_on_error>>;

// rateWith finds the rate at which `probability` is `wanted`, by bracketing from a guess and TOMS 748 (Alefeld, Potra and Shi
// 1995). Logarithms make the curve nearly straight, however small the probability.
template <class Probability>
Result<double> rateWith(Probability probability, double wanted, double guess, bool rising) {
    constexpr double smallest = std::numeric_limits<double>::min();
    constexpr std::uintmax_t mostSteps = 300;
    const auto excess = [&](double rate) { return std::log(std::max(probability(std::min(rate, 1.0)), smallest) / wanted); };
    const boost::math::tools::eps_tolerance<double> closeEnough(50);
    std::uintmax_t steps = mostSteps;
    errno = 0;
    const auto [below, above] = boost::math::tools::bracket_and_solve_root(excess, guess, 2.0, rising, closeEnough, steps, Quiet());
    // An iteration that ended without an answer sets EDOM. (Underflow sets ERANGE and does no harm.)
    if (errno == EDOM || steps >= mostSteps || !std::isfinite(below + above)) return Fault::NoConvergence;
    return std::min(1.0, below + (above - below) / 2);
}

bool whole(double value) { return value == std::floor(value); }
bool exactlyComputable(Sample sample) {
    return whole(sample.successes) && whole(sample.trials) && sample.trials <= mostExactTrials;
}

// differenceOfProducts is a·b − c·d without the rounding that would spoil the difference of two nearly equal products (Kahan).
double differenceOfProducts(double a, double b, double c, double d) {
    const double product = c * d;
    const double rounding = std::fma(-c, d, product);
    return std::fma(a, b, -product) + rounding;
}

// The score interval's bounds solve (n + z²)·P² − (2s + z²)·P + s²/n = 0. Each is written without a difference of nearly equal
// terms, so that the bound of a very small rate is as exact as any other.
double scoreLow(double successes, double trials, double z) {
    if (!(successes > 0)) return 0;
    const double root = std::sqrt(z * z + 4 * successes * ((trials - successes) / trials));
    return 2 * successes * (successes / trials) / (2 * successes + z * z + z * root);
}

double scoreHigh(double successes, double trials, double z) {
    if (!(successes < trials)) return 1;
    const double root = std::sqrt(z * z + 4 * successes * ((trials - successes) / trials));
    return (2 * successes + z * z + z * root) / (2 * (trials + z * z));
}

// twoSided is the probability that a normal value is at least as far from 0 as `z`, on either side.
double twoSided(double z) { return std::erfc(std::abs(z) / std::numbers::sqrt2); }

// deviation is the difference of two rates in standard errors of their pooled rate. `correction` is taken off the difference
// of the cross products sA·fB − sB·fA, which must not change its sign by that.
double deviation(Sample a, Sample b, double correction) {
    const double cross = std::abs(differenceOfProducts(a.successes, b.failures(), b.successes, a.failures()));
    const double excess = cross - correction;
    if (excess <= 0) return 0;  // a removable singularity when nothing or everything succeeded: 0 / 0
    const double successes = a.successes + b.successes;
    const double failures = a.failures() + b.failures();
    return excess / std::sqrt(a.trials * b.trials) * std::sqrt((a.trials + b.trials) / (successes * failures));
}

// Tables are all 2×2 tables with the margins of the one seen, told apart by the successes in the first sample. Probabilities are
// relative to that of the likeliest table; neighbours follow from each other by a factor.
class Tables {
public:
    Tables(Sample a, Sample b)
        : trialsA_(a.trials),
          failuresB_(b.trials - (a.successes + b.successes)),
          successes_(a.successes + b.successes),
          least_(std::max(0.0, -failuresB_)),
          most_(std::min(successes_, trialsA_)),
          likeliest_(std::clamp(std::floor((trialsA_ + 1) * ((successes_ + 1) / (a.trials + b.trials + 2))), least_, most_)) {}

    // probability of one table; 0 when it is too small for a double.
    double probability(double seen) const {
        double result = 1;
        for (double at = likeliest_; at < seen && result >= smallest; ++at) result *= up(at);
        for (double at = likeliest_; at > seen && result >= smallest; --at) result *= down(at);
        return result >= smallest ? result : 0;
    }

    // each calls `take` with the probability of every table that is not too small for a double.
    template <class Take>
    void each(Take take) const {
        take(1.0);
        double probability = 1;
        for (double at = likeliest_; at < most_; ++at) {
            probability *= up(at);
            if (probability < smallest) break;
            take(probability);
        }
        probability = 1;
        for (double at = likeliest_; at > least_; --at) {
            probability *= down(at);
            if (probability < smallest) break;
            take(probability);
        }
    }

private:
    // Below it doubles lose digits, and a product no longer shrinks.
    static constexpr double smallest = std::numeric_limits<double>::min();

    double up(double at) const { return (trialsA_ - at) * (successes_ - at) / ((at + 1) * (failuresB_ + at + 1)); }
    double down(double at) const { return at * (failuresB_ + at) / ((trialsA_ - at + 1) * (successes_ - at + 1)); }

    double trialsA_;
    double failuresB_;  // failures in the second sample if the first had no success; may be negative
    double successes_;
    double least_;
    double most_;
    double likeliest_;
};

}  // namespace

Result<double> normalQuantile(double confidence) {
    if (!(confidence > 0 && confidence < 1)) return Fault::OutsideDomain;
    return std::numbers::sqrt2 * boost::math::erf_inv(confidence, Quiet());
}

Interval wilson(Sample sample, double z) {
    return {scoreLow(sample.successes, sample.trials, z), scoreHigh(sample.successes, sample.trials, z)};
}

Interval wilsonCorrected(Sample sample, double z) {
    // The same equation, with the rate half a success further in for the low bound and further out for the high one.
    constexpr double half = 0.5;
    return {scoreLow(sample.successes - half, sample.trials, z), scoreHigh(sample.successes + half, sample.trials, z)};
}

Result<Interval> clopperPearson(Sample sample, double confidence) {
    const Result<double> z = normalQuantile(confidence);
    if (!z) return z.failure();
    if (!exactlyComputable(sample)) return Fault::OutsideDomain;
    const double tail = (1 - confidence) / 2;
    const double successes = sample.successes;
    const double failures = sample.failures();
    const Interval near = wilsonCorrected(sample, *z);
    const auto asManySuccesses = [&](double rate) { return boost::math::ibeta(successes, failures + 1, rate, Quiet()); };
    const auto asFewSuccesses = [&](double rate) { return boost::math::ibetac(successes + 1, failures, rate, Quiet()); };
    // Where all or none succeeded the probability is a power of the rate, or of what is missing to 1.
    const Result<double> low = successes == 0  ? 0.0
                               : failures == 0 ? std::pow(tail, 1 / successes)
                                               : rateWith(asManySuccesses, tail, near.low, true);
    const Result<double> high = failures == 0    ? 1.0
                                : successes == 0 ? -std::expm1(std::log(tail) / failures)
                                                 : rateWith(asFewSuccesses, tail, near.high, false);
    if (!low) return low.failure();
    if (!high) return high.failure();
    return Interval{*low, *high};
}

Interval newcombe(Sample a, Sample b, double z) {
    const Interval ofA = wilson(a, z);
    const Interval ofB = wilson(b, z);
    const double difference = a.rate() - b.rate();
    return {difference - std::hypot(a.rate() - ofA.low, ofB.high - b.rate()),
            difference + std::hypot(ofA.high - a.rate(), b.rate() - ofB.low)};
}

double pooledTest(Sample a, Sample b) { return twoSided(deviation(a, b, 0)); }

double yatesTest(Sample a, Sample b) { return twoSided(deviation(a, b, (a.trials + b.trials) / 2)); }

Result<double> fisherTest(Sample a, Sample b) {
    if (!exactlyComputable(a) || !exactlyComputable(b) || !(a.trials + b.trials <= mostExactTrials)) return Fault::OutsideDomain;
    // Tables as likely as the one seen count; their probabilities may differ from it by rounding. R allows the same.
    constexpr double rounding = 1e-7;
    const Tables tables(a, b);
    const double limit = tables.probability(a.successes) * (1 + rounding);
    double all = 0;
    double unlikely = 0;
    tables.each([&](double probability) {
        all += probability;
        if (probability <= limit) unlikely += probability;
    });
    return unlikely / all;
}

}  // namespace calckpi
