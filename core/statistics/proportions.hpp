// Proportions and chance: intervals around a rate, and tests whether two rates differ by more than chance. 20 wins of 80 deals:
//
//   wilson(20, 80, *normalQuantile(0.95))  // {0.168062…, 0.354847…}
//
// Successes must lie between 0 and the trials, and there must be trials; who calls has seen to that.
#pragma once

#include "core/values/result.hpp"

namespace calckpi {

struct Interval {
    double low;
    double high;
};

// Sample is a number of trials and how many of them succeeded.
struct Sample {
    double successes;
    double trials;
    constexpr double failures() const { return trials - successes; }
    constexpr double rate() const { return successes / trials; }
};

// normalQuantile is the z of which a normal value lies between -z and z with this probability: 1.959963… for 0.95. A confidence
// that is not strictly between 0 and 1 is outside the domain.
Result<double> normalQuantile(double confidence);

// wilson is the score interval. It takes successes with decimals (weighted counts) and never leaves 0 to 1.
Interval wilson(Sample sample, double z);

// wilsonCorrected is the score interval with continuity correction: a little wider, close to the exact one.
Interval wilsonCorrected(Sample sample, double z);

// Exact methods take whole counts only, and no more trials than this (of both samples together); others are outside the domain.
// Beyond it they would take long to give what the other methods give at once.
inline constexpr double mostExactTrials = 1e9;

// clopperPearson is the exact interval: it holds the true rate at least as often as the confidence says.
Result<Interval> clopperPearson(Sample sample, double confidence);

// newcombe is the hybrid score interval of the rate of `a` minus the rate of `b`, from the Wilson intervals of both.
Interval newcombe(Sample a, Sample b, double z);

// The tests give the two-sided p-value: how often chance alone makes two equal rates differ at least as much as these. When
// nothing or everything succeeded in both samples there is no difference to explain and the value is 1.
double pooledTest(Sample a, Sample b);
double yatesTest(Sample a, Sample b);

// fisherTest is exact: it sums up the probabilities of all tables with the same margins that are no likelier than the one seen.
Result<double> fisherTest(Sample a, Sample b);

}  // namespace calckpi
