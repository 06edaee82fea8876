#include "core/kpis/certainty.hpp"

#include "core/statistics/proportions.hpp"

#include <cmath>

namespace calckpi {
namespace {

// sampleOf refuses more successes than trials, and no trials.
Result<Sample> sampleOf(Count successes, Count trials) {
    const Result<Share> rate = shareOf(successes, trials);
    if (!rate) return rate.failure();
    return Sample{successes, trials};
}

Result<Interval> intervalOf(Count successes, Count trials, Share confidence, IntervalMethod method) {
    const Result<Sample> sample = sampleOf(successes, trials);
    if (!sample) return sample.failure();
    const Result<double> z = normalQuantile(confidence);
    if (!z) return z.failure();
    switch (method) {
        case IntervalWords::Wilson: return wilson(*sample, *z);
        case IntervalWords::WilsonCorrected: return wilsonCorrected(*sample, *z);
        case IntervalWords::Exact: return clopperPearson(*sample, confidence);
    }
    return Fault::OutsideDomain;
}

Result<Interval> differenceOf(Count successesA, Count trialsA, Count successesB, Count trialsB, Share confidence) {
    const Result<Sample> a = sampleOf(successesA, trialsA);
    if (!a) return a.failure();
    const Result<Sample> b = sampleOf(successesB, trialsB);
    if (!b) return b.failure();
    const Result<double> z = normalQuantile(confidence);
    if (!z) return z.failure();
    return newcombe(*a, *b, *z);
}

}  // namespace

Result<Share> rateLow(Count successes, Count trials, Optional<Share> confidence, Optional<IntervalMethod> method) {
    const Result<Interval> interval = intervalOf(successes, trials, confidence, method);
    if (!interval) return interval.failure();
    return interval->low;
}

Result<Share> rateHigh(Count successes, Count trials, Optional<Share> confidence, Optional<IntervalMethod> method) {
    const Result<Interval> interval = intervalOf(successes, trials, confidence, method);
    if (!interval) return interval.failure();
    return interval->high;
}

Result<Probability> rateTest(Count successesA, Count trialsA, Count successesB, Count trialsB, Optional<TestMethod> method) {
    const Result<Sample> a = sampleOf(successesA, trialsA);
    if (!a) return a.failure();
    const Result<Sample> b = sampleOf(successesB, trialsB);
    if (!b) return b.failure();
    switch (method.value) {
        case TestWords::Pooled: return pooledTest(*a, *b);
        case TestWords::Yates: return yatesTest(*a, *b);
        case TestWords::Fisher: return fisherTest(*a, *b);
    }
    return Fault::OutsideDomain;
}

Result<Rate> rateDiffLow(Count successesA, Count trialsA, Count successesB, Count trialsB, Optional<Share> confidence) {
    const Result<Interval> interval = differenceOf(successesA, trialsA, successesB, trialsB, confidence);
    if (!interval) return interval.failure();
    return interval->low;
}

Result<Rate> rateDiffHigh(Count successesA, Count trialsA, Count successesB, Count trialsB, Optional<Share> confidence) {
    const Result<Interval> interval = differenceOf(successesA, trialsA, successesB, trialsB, confidence);
    if (!interval) return interval.failure();
    return interval->high;
}

Result<Points> npsMargin(const Series<NpsScore>& scores, Optional<Share> confidence) {
    const Result<double> z = normalQuantile(confidence);
    if (!z) return z.failure();
    const Result<NpsGroups> groups = npsGroups(scores);
    if (!groups) return groups.failure();
    const double answers = groups->promoters + groups->passives + groups->detractors;
    const double p = groups->promoters / answers;
    const double d = groups->detractors / answers;
    // p + d − (p − d)² as a sum of terms that are not negative: exactly 0 when all answers are of one kind, never below.
    const double variance = p * (1 - p) + d * (1 - d) + 2 * p * d;
    return *z * 100 * std::sqrt(variance / answers);
}

}  // namespace calckpi
