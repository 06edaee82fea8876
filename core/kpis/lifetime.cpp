#include "core/kpis/lifetime.hpp"

#include "core/statistics/proportions.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <cmath>

namespace calckpi {
namespace {

// parametersOf reads as many parameters as there must be, all above 0.
template <std::size_t n>
Result<std::array<double, n>> parametersOf(const Series<Number>& series) {
    const std::vector<double> values = series.values();
    if (values.size() != n) return Fault::OutsideDomain;
    std::array<double, n> parameters{};
    for (std::size_t index = 0; index < n; ++index) {
        if (!(values[index] > 0) || !finite(values[index])) return Fault::OutsideDomain;
        parameters[index] = values[index];
    }
    return parameters;
}

bool whole(double value) { return value == std::floor(value) && finite(value); }

// historyOf is a history if it is a possible one. Times that Calc calls equal are. Without repeats there is no last purchase but
// the first: who writes the age there, as the time of silence, says the same as with 0.
Result<PurchaseHistory> historyOf(double repeats, double recency, double age) {
    PurchaseHistory history{repeats, recency, age};
    if (nearlyEqual(recency, age)) history.recency = repeats == 0 ? 0 : age;
    if (!isPossible(history)) return Fault::OutsideDomain;
    return history;
}

Result<Future> futureOf(PurchaseModel model, const Series<Number>& parameters, const Result<PurchaseHistory>& history) {
    if (!history) return history.failure();
    const Result<PurchaseParameters> read = parametersOf<4>(parameters);
    if (!read) return read.failure();
    return Future(model, *read, *history);
}

// The table of a fit: a row for each parameter, then the log likelihood.
template <std::size_t n>
Result<OutputGrid> fitTable(const Maximum<n>& fit, const std::array<const char*, n>& names, bool withHeaders) {
    if (fit.end != MaximumEnd::Found) return Fault::NoConvergence;
    OutputTable out({"parameter", "value", "standard error"}, withHeaders);
    for (std::size_t index = 0; index < n; ++index) out.add({names[index], fit.parameters[index], fit.standardError(index)});
    out.add({"log likelihood", fit.value});
    return std::move(out).grid();
}

// cellAt is a place of a series; a lone number stands for every place.
template <class Q>
double cellAt(const Series<Q>& series, std::size_t row) {
    return series.places()[series.single() ? 0 : row];
}

// rowsOf is the number of rows of series in step.
template <class... Q>
Result<std::size_t> rowsOf(const Series<Q>&... series) {
    const std::size_t longest = std::max({series.places().size()...});
    if (((!series.single() && series.places().size() != longest) || ...)) return Fault::OutsideDomain;
    return longest;
}

Result<std::vector<PurchaseHistory>> historiesOf(const Series<Count>& repeats, const Series<Periods>& recency,
                                                 const Series<Periods>& age) {
    const Result<std::size_t> rows = rowsOf(repeats, recency, age);
    if (!rows) return rows.failure();
    std::vector<PurchaseHistory> histories;
    bool anyRepeat = false;
    for (std::size_t row = 0; row < *rows; ++row) {
        const double x = cellAt(repeats, row);
        const double tx = cellAt(recency, row);
        const double t = cellAt(age, row);
        if (std::isnan(x) || std::isnan(tx) || std::isnan(t)) continue;
        const PurchaseHistory history{x, nearlyEqual(tx, t) ? t : tx, t};
        if (!isPossible(history)) return Fault::OutsideDomain;
        histories.push_back(history);
        anyRepeat = anyRepeat || x > 0;
    }
    if (!anyRepeat) return Fault::NothingToCompute;
    return histories;
}

Result<std::vector<Spender>> spendersOf(const Series<Count>& repeats, const Series<Spending>& means) {
    const Result<Pairs> pairs = paired(repeats, means);
    if (!pairs) return pairs.failure();
    std::vector<Spender> spenders;
    for (std::size_t row = 0; row < pairs->size(); ++row) {
        const Spender spender{pairs->first[row], pairs->second[row]};
        if (!whole(spender.repeats) || !finite(spender.mean)) return Fault::OutsideDomain;
        if (spender.repeats > 0 && spender.mean > 0) spenders.push_back(spender);
    }
    if (spenders.empty()) return Fault::NothingToCompute;
    return spenders;
}

// refusedCells blames the cells of a block that are no sizes of a cohort: texts before numbers below 0.
std::optional<Failure> refusedCells(const Grid& grid, Domain domain) {
    WrongRows texts;
    WrongRows outside;
    for (std::size_t place = 0; place < grid.cells.size(); ++place) {
        const double* number = std::get_if<double>(&grid.cells[place]);
        if (number == nullptr && !isEmpty(grid.cells[place])) texts.add(place);
        if (number != nullptr && !domain.holds(*number)) outside.add(place);
    }
    if (!texts.none()) return Failure(Fault::NotANumber).in(grid.columns, texts.first, texts.count);
    if (!outside.none()) return Failure(Fault::OutsideDomain).in(grid.columns, outside.first, outside.count);
    return std::nullopt;
}

// cohortOf reads a cohort from cells in their order, which are sizes or empty.
Result<CohortSurvivors> cohortOf(const std::vector<Cell>& cells) {
    CohortSurvivors cohort;
    bool ended = false;
    for (const Cell& cell : cells) {
        const double* number = std::get_if<double>(&cell);
        if (number == nullptr) {
            ended = true;
            continue;
        }
        const double before = cohort.empty() ? *number : cohort.back();
        const double now = nearlyEqual(*number, before) ? before : *number;
        if (ended || !(now >= 0 && now <= before) || !finite(now)) return Fault::OutsideDomain;
        cohort.push_back(now);
    }
    return cohort;
}

std::size_t longestOf(const std::vector<CohortSurvivors>& cohorts) {
    std::size_t longest = 0;
    for (const CohortSurvivors& cohort : cohorts) longest = std::max(longest, cohort.size());
    return longest;
}

// Cohorts of which one has a first period at least.
Result<std::vector<CohortSurvivors>> tellingCohorts(const Survivors& survivors) {
    if (longestOf(survivors.cohorts) < 2) return Fault::NothingToCompute;
    return survivors.cohorts;
}

Result<Maximum<2>> retentionOf(const std::vector<CohortSurvivors>& cohorts) {
    const Maximum<2> fit = fitRetention(cohorts);
    if (fit.end != MaximumEnd::Found) return Fault::NoConvergence;
    return fit;
}

// rateBounds are those of the retention rate, by the delta method on its logit, ln(b + t - 1) - ln(a).
Interval rateBounds(const Maximum<2>& fit, double period, double z) {
    const auto [a, b] = fit.parameters;
    const double share = b / (b + period - 1);  // slope by ln(b); that by ln(a) is -1
    const auto& c = fit.covariance;
    const double error = std::sqrt(std::max(0.0, c[0][0] - 2 * share * c[0][1] + share * share * c[1][1]));
    const double logit = std::log((b + period - 1) / a);
    return {1 / (1 + std::exp(-(logit - z * error))), 1 / (1 + std::exp(-(logit + z * error)))};
}

}  // namespace

Result<Survivors> Reader<Survivors>::read(const Argument& argument) {
    if (std::holds_alternative<Absent>(argument)) return Fault::OutsideDomain;
    if (const double* number = std::get_if<double>(&argument)) {
        if (!domain.holds(*number)) return Fault::OutsideDomain;
        return Survivors{{{*number}}};
    }
    const Grid* grid = std::get_if<Grid>(&argument);
    if (grid == nullptr) return Fault::NotANumber;
    if (const std::optional<Failure> refused = refusedCells(*grid, domain)) return *refused;
    const bool oneCohort = grid->rows == 1 || grid->columns == 1;
    const std::size_t length = oneCohort ? grid->cells.size() : grid->columns;
    Survivors survivors;
    for (std::size_t first = 0; first + length <= grid->cells.size() && length > 0; first += length) {
        const auto begin = grid->cells.begin() + static_cast<std::ptrdiff_t>(first);
        Result<CohortSurvivors> cohort = cohortOf({begin, begin + static_cast<std::ptrdiff_t>(length)});
        if (!cohort) return cohort.failure();
        if (!cohort->empty() && cohort->front() > 0) survivors.cohorts.push_back(*std::move(cohort));
    }
    return survivors;
}

std::array<const char*, 4> namesOf(PurchaseModel model) {
    if (model == PurchaseModel::ParetoNbd) return {"r", "alpha", "s", "beta"};
    return {"r", "alpha", "a", "b"};
}

Result<Share> pAlive(Count repeats, Periods recency, Periods age, const Series<Number>& parameters,
                     Optional<PurchaseModelChoice> model) {
    const Result<Future> future = futureOf(model.value, parameters, historyOf(repeats, recency, age));
    if (!future) return future.failure();
    return future->alive();
}

Result<Count> expectedPurchases(Count repeats, Periods recency, Periods age, Periods horizon, const Series<Number>& parameters,
                                Optional<PurchaseModelChoice> model, Optional<Multiple> discountRate) {
    const Result<Future> future = futureOf(model.value, parameters, historyOf(repeats, recency, age));
    if (!future) return future.failure();
    return future->discountedPurchases(horizon, discountRate);
}

Result<Spending> expectedSpend(Count repeats, Spending mean, const Series<Number>& parameters) {
    const Result<SpendParameters> read = parametersOf<3>(parameters);
    if (!read) return read.failure();
    if (!whole(repeats)) return Fault::OutsideDomain;
    return meanSpend(*read, Spender{repeats, mean});
}

Result<Money> retentionValue(Money value, const Series<Number>& parameters, Optional<Multiple> discountRate,
                             Optional<Count> renewals, const std::optional<Periods>& periods) {
    const Result<RetentionParameters> read = parametersOf<2>(parameters);
    if (!read) return read.failure();
    // Calc hands an empty cell over as 0, and no payment is worth asking for.
    const std::optional<double> payments = periods && *periods > 0 ? std::optional<double>(*periods) : std::nullopt;
    if (!whole(renewals) || (payments && !whole(*payments))) return Fault::OutsideDomain;
    const Result<double> lifetime = expectedLifetime(*read, discountRate, renewals, payments);
    if (!lifetime) return lifetime.failure();
    return value * *lifetime;
}

Result<OutputGrid> clvFit(const Series<Count>& repeats, const Series<Periods>& recency, const Series<Periods>& age,
                          Optional<PurchaseModelChoice> model, Optional<Number> headers) {
    const Result<std::vector<PurchaseHistory>> histories = historiesOf(repeats, recency, age);
    if (!histories) return histories.failure();
    return fitTable(fitPurchases(model.value, *histories).maximum, namesOf(model.value), headers.value != 0);
}

Result<OutputGrid> spendFit(const Series<Count>& repeats, const Series<Spending>& means, Optional<Number> headers) {
    const Result<std::vector<Spender>> spenders = spendersOf(repeats, means);
    if (!spenders) return spenders.failure();
    return fitTable(fitSpend(*spenders).maximum, spendNames, headers.value != 0);
}

Result<OutputGrid> retentionFit(const Survivors& survivors, Optional<Number> headers) {
    const Result<std::vector<CohortSurvivors>> cohorts = tellingCohorts(survivors);
    if (!cohorts) return cohorts.failure();
    return fitTable(fitRetention(*cohorts), std::array<const char*, 2>{"a", "b"}, headers.value != 0);
}

Result<OutputGrid> retentionCurve(const Survivors& survivors, Optional<Periods> periods, Optional<Share> confidence,
                                  Optional<Number> headers) {
    const Result<double> z = normalQuantile(confidence);
    if (!z) return z.failure();
    if (!whole(periods)) return Fault::OutsideDomain;
    const Result<std::vector<CohortSurvivors>> cohorts = tellingCohorts(survivors);
    if (!cohorts) return cohorts.failure();
    const std::size_t seen = longestOf(*cohorts);
    if (static_cast<double>(seen) + periods + 1 > mostTableRows) return Fault::TooLarge;
    const Result<Maximum<2>> fit = retentionOf(*cohorts);
    if (!fit) return fit.failure();

    OutputTable out({"period", "survivors", "model", "retention rate", "low", "high"}, headers.value != 0);
    for (std::size_t t = 0; t < seen + static_cast<std::size_t>(periods); ++t) {
        Sum left;
        Sum size;
        for (const CohortSurvivors& cohort : *cohorts) {
            if (std::min(t, seen - 1) >= cohort.size()) continue;  // not old enough
            size.add(cohort.front());
            if (t < seen) left.add(cohort[t]);
        }
        const auto period = static_cast<double>(t);
        const double model = size.value() * shareLeft(fit->parameters, period);
        const OutputCell survived = t < seen ? OutputCell(left.value()) : OutputCell(Blank{});
        const Interval bounds = t == 0 ? Interval{} : rateBounds(*fit, period, *z);
        if (t == 0)
            out.add({period, survived, model});
        else
            out.add({period, survived, model, rateOfRetention(fit->parameters, period), bounds.low, bounds.high});
    }
    return std::move(out).grid();
}

}  // namespace calckpi
