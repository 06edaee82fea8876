#include "core/kpis/sales.hpp"

#include "core/dates/durations.hpp"

#include <algorithm>
#include <cmath>

namespace calckpi {
namespace {

// meanOver is the mean over all pairs of term(actual, forecast).
template <class Term>
double meanOver(const Pairs& pairs, Term term) {
    Sum total;
    for (std::size_t index = 0; index < pairs.size(); ++index) total.add(term(pairs.first[index], pairs.second[index]));
    return total.value() / static_cast<double>(pairs.size());
}

double errorOf(double actual, double forecast) { return actual - forecast; }
double excess(double actual, double forecast) { return forecast - actual; }
double absoluteError(double actual, double forecast) { return std::abs(actual - forecast); }
double percentError(double actual, double forecast) { return (actual - forecast) / actual; }
double absolutePercentError(double actual, double forecast) { return std::abs(percentError(actual, forecast)); }

// meanOfPercents has no value where an actual is 0.
template <class Term>
Result<double> meanOfPercents(const Pairs& pairs, Term term) {
    if (std::find(pairs.first.begin(), pairs.first.end(), 0.0) != pairs.first.end()) return Fault::DivideByZero;
    return meanOver(pairs, term);
}

// symmetricError is the error over the mean of both sizes: 2 where one of them is 0, and 0 where both are.
double symmetricError(double actual, double forecast) {
    const double size = std::abs(actual) + std::abs(forecast);
    return size == 0 ? 0 : 2 * (std::abs(actual - forecast) / size);
}

// overActuals is the sum of `term` over the sum of the actuals.
template <class Term>
Result<double> overActuals(const Pairs& pairs, Term term) {
    return ratio(meanOver(pairs, term), sum(pairs.first) / static_cast<double>(pairs.size()));
}

// weightedError is the sum of the absolute errors over that of the absolute actuals.
Result<double> weightedError(const Pairs& pairs) {
    return ratio(meanOver(pairs, absoluteError), meanOver(pairs, [](double actual, double) { return std::abs(actual); }));
}

// naiveError is the mean step between neighbours: the error of forecasting each value by the one before.
Result<double> naiveError(const Series<Money>& training) {
    const std::vector<double> values = training.values();
    if (values.size() < 2) return Fault::NothingToCompute;
    std::vector<double> steps;
    for (std::size_t index = 1; index < values.size(); ++index) steps.push_back(std::abs(values[index] - values[index - 1]));
    return sum(steps) / static_cast<double>(steps.size());
}

Result<double> scaledError(const Pairs& pairs, const std::optional<Series<Money>>& training) {
    if (!training) return Fault::NothingToCompute;
    const Result<double> scale = naiveError(*training);
    if (!scale) return scale.failure();
    return ratio(meanOver(pairs, absoluteError), *scale);
}

Result<double> rootMeanSquare(const Pairs& pairs) {
    // Scaled by the largest error, so that large figures do not overflow when they are squared.
    double largest = 0;
    for (std::size_t index = 0; index < pairs.size(); ++index)
        largest = std::max(largest, std::abs(pairs.first[index] - pairs.second[index]));
    if (largest == 0 || !std::isfinite(largest)) return largest;
    const double square = meanOver(pairs, [largest](double actual, double forecast) {
        const double scaled = (actual - forecast) / largest;
        return scaled * scaled;
    });
    return largest * std::sqrt(square);
}

Result<double> relativeError(const Pairs& pairs, AccuracyMeasure measure) {
    switch (measure) {
        case AccuracyWords::Wape: return weightedError(pairs);
        case AccuracyWords::Mape: return meanOfPercents(pairs, absolutePercentError);
        case AccuracyWords::Total: {
            const double actual = sum(pairs.first) / static_cast<double>(pairs.size());
            return ratio(std::abs(meanOver(pairs, errorOf)), std::abs(actual));
        }
    }
    return Fault::OutsideDomain;
}

}  // namespace

Result<Share> winRate(Count won, Count lost, Optional<Count> open) { return shareOf(won, won + lost + open); }

Result<Money> averageSale(Money revenue, Count sales) { return ratio(revenue, sales); }

Result<Days> salesCycle(const Series<Moment>& opened, const Series<Moment>& closed, Optional<Statistic> statistic) {
    return daysBetween(opened, closed, statistic);
}

Result<MoneyPerDay> salesVelocity(Count opportunities, Money averageSale, Share winRate, Days cycleDays) {
    return ratio(opportunities * averageSale * winRate, cycleDays);
}

Result<Money> salesProductivity(Money revenue, Count sellers) { return ratio(revenue, sellers); }

Result<Ratio> salesEfficiency(Money newRevenue, Spending spend, Optional<Spending> lostRevenue) {
    return ratio(newRevenue - lostRevenue, spend);
}

Result<Ratio> magicNumber(Money revenue, Money priorRevenue, Spending priorSpend) {
    constexpr double quartersPerYear = 4;
    return ratio(quartersPerYear * (revenue - priorRevenue), priorSpend);
}

Result<Rate> quotaAttainment(Money actual, Spending quota) { return ratio(actual, quota); }

Result<Count> quotaStreak(const Series<Money>& actuals, const Series<Spending>& quotas, Optional<Streak> streak) {
    const Result<Pairs> periods = paired(actuals, quotas);
    if (!periods) return periods.failure();
    double current = 0;
    double longest = 0;
    for (std::size_t index = 0; index < periods->size(); ++index) {
        current = difference(periods->first[index], periods->second[index]) >= 0 ? current + 1 : 0;
        longest = std::max(longest, current);
    }
    return streak.value == StreakWords::Longest ? longest : current;
}

Result<Ratio> revenueToPay(Money revenue, Spending pay) { return ratio(revenue, pay); }

Result<Ratio> pipelineCoverage(Spending pipeline, Spending target, Optional<Spending> won) {
    return ratio(pipeline, difference(target, won));
}

Result<Money> weightedPipeline(const Series<Money>& amounts, const Series<Share>& probabilities) {
    const Result<Pairs> deals = paired(amounts, probabilities);
    if (!deals) return deals.failure();
    Sum expected;
    for (std::size_t index = 0; index < deals->size(); ++index) expected.add(deals->first[index] * deals->second[index]);
    return expected.value();
}

Result<Rate> discountRate(const Series<Spending>& listPrices, const Series<Spending>& soldPrices) {
    const Result<Pairs> prices = paired(listPrices, soldPrices);
    if (!prices) return prices.failure();
    return overActuals(*prices, errorOf);
}

Result<Money> salesCapacity(Count sellers, Spending quota, Optional<Multiple> attainment, Optional<Count> ramping,
                            Optional<Share> rampShare) {
    return (sellers + ramping * rampShare) * quota * attainment;
}

Result<Rate> winRateLift(Count wonWith, Count lostWith, Count wonWithout, Count lostWithout) {
    const Result<Share> with = shareOf(wonWith, wonWith + lostWith);
    const Result<Share> without = shareOf(wonWithout, wonWithout + lostWithout);
    if (!with) return with.failure();
    if (!without) return without.failure();
    return *with - *without;
}

Result<Share> forecastAccuracy(const Series<Money>& actuals, const Series<Money>& forecasts, Optional<AccuracyMeasure> measure) {
    const Result<Pairs> pairs = paired(actuals, forecasts);
    if (!pairs) return pairs.failure();
    const Result<double> error = relativeError(*pairs, measure);
    if (!error) return error.failure();
    if (!finite(*error)) return Fault::NotFinite;
    return std::max(0.0, 1 - *error);
}

Result<Number> forecastError(const Series<Money>& actuals, const Series<Money>& forecasts, ErrorMeasure measure,
                             const std::optional<Series<Money>>& training) {
    const Result<Pairs> pairs = paired(actuals, forecasts);
    if (!pairs) return pairs.failure();
    switch (measure) {
        case ErrorWords::MeanError: return meanOver(*pairs, errorOf);
        case ErrorWords::MeanAbsolute: return meanOver(*pairs, absoluteError);
        case ErrorWords::RootMeanSquare: return rootMeanSquare(*pairs);
        case ErrorWords::MeanPercent: return meanOfPercents(*pairs, percentError);
        case ErrorWords::MeanAbsolutePercent: return meanOfPercents(*pairs, absolutePercentError);
        case ErrorWords::SymmetricPercent: return meanOver(*pairs, symmetricError);
        case ErrorWords::WeightedPercent: return weightedError(*pairs);
        case ErrorWords::Bias: return overActuals(*pairs, excess);
        case ErrorWords::Scaled: return scaledError(*pairs, training);
    }
    return Fault::OutsideDomain;
}

}  // namespace calckpi
