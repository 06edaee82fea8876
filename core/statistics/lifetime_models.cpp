#include "core/statistics/lifetime_models.hpp"

#include "core/statistics/quadrature.hpp"

#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <tuple>

namespace calckpi {
namespace {

using Dual4 = Dual<4>;

// The sign that it leaves in a variable of the C library is read by nobody.
double lnGamma(double x) { return std::lgamma(x); }  // NOLINT(concurrency-mt-unsafe)

template <std::size_t n>
Dual<n> logGamma(const Dual<n>& x) {
    return x.through(lnGamma(x.value), boost::math::digamma(x.value), boost::math::trigamma(x.value));
}

bool comesFirst(const PurchaseHistory& a, const PurchaseHistory& b) {
    return std::tie(a.repeats, a.recency, a.age) < std::tie(b.repeats, b.recency, b.age);
}

// Histories are the customers, equal ones together, and the different times among them: the logarithm of a time, or the gamma
// function of a number of repeats, is computed once.
struct Histories {
    struct Group {
        double repeats;
        std::size_t recency;  // places in `times`
        std::size_t age;
        double customers;
    };
    std::vector<double> times;
    std::vector<Group> groups;  // by repeats
    double customers = 0;

    explicit Histories(std::span<const PurchaseHistory> of) : customers(static_cast<double>(of.size())) {
        for (const PurchaseHistory& each : of) {
            times.push_back(each.recency);
            times.push_back(each.age);
        }
        std::sort(times.begin(), times.end());
        times.erase(std::unique(times.begin(), times.end()), times.end());
        std::vector<PurchaseHistory> sorted(of.begin(), of.end());
        std::sort(sorted.begin(), sorted.end(), comesFirst);
        for (std::size_t index = 0; index < sorted.size(); ++index) {
            if (index > 0 && sorted[index] == sorted[index - 1])
                groups.back().customers += 1;
            else
                groups.push_back({sorted[index].repeats, placeOf(sorted[index].recency), placeOf(sorted[index].age), 1});
        }
    }

    // forEachCount calls `visit` with each different number of repeats, its groups and its customers.
    template <class Visit>
    void forEachCount(Visit visit) const {
        for (auto first = groups.begin(); first != groups.end();) {
            double customersOfCount = 0;
            auto last = first;
            for (; last != groups.end() && last->repeats == first->repeats; ++last) customersOfCount += last->customers;
            visit(std::span<const Group>(first, last), customersOfCount);
            first = last;
        }
    }

private:
    std::size_t placeOf(double time) const {
        return static_cast<std::size_t>(std::lower_bound(times.begin(), times.end(), time) - times.begin());
    }
};

// What the beta distribution of leaving sees of x repeats: how often the customer may have left so far and did not.
double stays(PurchaseModel model, double repeats) { return model == PurchaseModel::MbgNbd ? repeats + 1 : repeats; }

// BG/NBD and MBG/NBD: the likelihood of a customer is that of being there still, times 1 + e^d, with e^d the odds that he left
// right after his last purchase.
Dual4 betaGeometric(PurchaseModel model, const PurchaseParameters& at, const Histories& histories) {
    const Dual4 r = Dual4::variable(at[0], 0);
    const Dual4 alpha = Dual4::variable(at[1], 1);
    const Dual4 a = Dual4::variable(at[2], 2);
    const Dual4 b = Dual4::variable(at[3], 3);
    std::vector<Dual4> logs;  // log(alpha + t)
    logs.reserve(histories.times.size());
    for (const double time : histories.times) logs.push_back(log(alpha + time));

    Dual4 total = histories.customers * (r * log(alpha) - logGamma(r) + logGamma(a + b) - logGamma(b));
    std::vector<double> customersOfAge(logs.size());
    std::vector<double> repeatsOfAge(logs.size());
    const Dual4 logA = log(a);
    histories.forEachCount([&](std::span<const Histories::Group> groups, double customers) {
        const double x = groups.front().repeats;
        const double stayed = stays(model, x);
        total += customers * (logGamma(r + x) + logGamma(b + stayed) - logGamma(a + b + stayed));
        const bool mayHaveLeft = stayed > 0;
        const Dual4 odds = mayHaveLeft ? logA - log(b + (stayed - 1)) : Dual4();
        const Dual4 shape = r + x;
        for (const Histories::Group& group : groups) {
            customersOfAge[group.age] += group.customers;
            repeatsOfAge[group.age] += group.customers * x;
            if (mayHaveLeft) total += group.customers * log1pExp(odds + shape * (logs[group.age] - logs[group.recency]));
        }
    });
    for (std::size_t age = 0; age < logs.size(); ++age)
        if (customersOfAge[age] > 0) total += -((customersOfAge[age] * r + repeatsOfAge[age]) * logs[age]);
    return total;
}

// Absence is what Pareto/NBD needs of a customer: how likely it is that he left at each time u since his last purchase. The
// density, relative to that at the last purchase, is e^−fall(u) with
//   fall(u) = (r + x)·ln((alpha + u)/(alpha + tx)) + (s + 1)·ln((beta + u)/(beta + tx)).
class Absence {
public:
    Absence(const PurchaseParameters& at, double repeats, double recency, double age)
        : at_(at), shape_(at[0] + repeats), recency_(recency), age_(age), least_(std::min(at[1], at[3])) {}

    struct Node {
        double weight;    // with the density in it
        double logAlpha;  // ln(alpha + u), less that at the last purchase
        double logBeta;   // likewise
        double alpha;     // 1/(alpha + u)
        double beta;      // 1/(beta + u)
    };
    // forEachNode visits the nodes of an integral over u in v = ln((c + u)/(c + tx)), c the lesser of alpha and beta: there the
    // density is nearly exponential. What is e^−45 of its first value and less is left out.
    template <class Visit>
    void forEachNode(Visit visit) const {
        if (!(age_ > recency_)) return;
        const double from = least_ + recency_;
        const double apart = std::abs(at_[1] - at_[3]);
        const bool alphaIsLess = at_[1] <= at_[3];
        forLegendreNodes<32>(0, end(std::log((least_ + age_) / from)), [&](double v, double weight) {
            const double less = from * std::exp(v);
            const double more = less + apart;
            const double logMore = std::log(more / (from + apart));
            const double logAlpha = alphaIsLess ? v : logMore;
            const double logBeta = alphaIsLess ? logMore : v;
            const double density = std::exp(-shape_ * logAlpha - (at_[2] + 1) * logBeta);
            visit(
                Node{weight * less * density, logAlpha, logBeta, 1 / (alphaIsLess ? less : more), 1 / (alphaIsLess ? more : less)});
        });
    }
    // left is the integral of the density from the last purchase to now.
    double left() const {
        double sum = 0;
        forEachNode([&sum](const Node& node) { sum += node.weight; });
        return sum;
    }

private:
    double fall(double v) const {
        const double since = (least_ + recency_) * std::expm1(v);
        return shape_ * std::log1p(since / (at_[1] + recency_)) + (at_[2] + 1) * std::log1p(since / (at_[3] + recency_));
    }
    // end is where the density has fallen to e^−45, or now.
    double end(double now) const {
        constexpr double deep = 45;
        if (fall(now) <= deep) return now;
        double low = 0;
        double high = now;
        for (int halving = 0; halving < 60 && high - low > 0.01 * high; ++halving) {
            const double middle = (low + high) / 2;
            (fall(middle) > deep ? high : low) = middle;
        }
        return high;
    }

    const PurchaseParameters& at_;
    double shape_;
    double recency_;
    double age_;
    double least_;
};

// leftBehind is the integral of (alpha + u)^−(r + x)·(beta + u)^−(s + 1) with its derivatives by r, alpha, s and beta. All is
// relative to (alpha + tx)^−(r + x)·(beta + tx)^−(s + 1), taken for a constant.
Dual4 leftBehind(const PurchaseParameters& at, double repeats, double recency, double age) {
    const double shape = at[0] + repeats;
    const double next = at[2] + 1;
    const double logAlpha = std::log(at[1] + recency);
    const double logBeta = std::log(at[3] + recency);
    Dual4 sum;
    Absence(at, repeats, recency, age).forEachNode([&](const Absence::Node& node) {
        // Slopes of the logarithm of the integrand; the second derivative of e^f is e^f·(f′f′ + f″).
        const double r = -(logAlpha + node.logAlpha);
        const double alpha = -shape * node.alpha;
        const double s = -(logBeta + node.logBeta);
        const double beta = -next * node.beta;
        const double weight = node.weight;
        sum.value += weight;
        sum.first[0] += weight * r;
        sum.first[1] += weight * alpha;
        sum.first[2] += weight * s;
        sum.first[3] += weight * beta;
        sum.second[0] += weight * r * r;
        sum.second[1] += weight * (r * alpha - node.alpha);
        sum.second[2] += weight * (alpha * alpha + shape * node.alpha * node.alpha);
        sum.second[3] += weight * s * r;
        sum.second[4] += weight * s * alpha;
        sum.second[5] += weight * s * s;
        sum.second[6] += weight * beta * r;
        sum.second[7] += weight * beta * alpha;
        sum.second[8] += weight * (beta * s - node.beta);
        sum.second[9] += weight * (beta * beta + next * node.beta * node.beta);
    });
    return sum;
}

Dual4 pareto(const PurchaseParameters& at, const Histories& histories) {
    const Dual4 r = Dual4::variable(at[0], 0);
    const Dual4 alpha = Dual4::variable(at[1], 1);
    const Dual4 s = Dual4::variable(at[2], 2);
    const Dual4 beta = Dual4::variable(at[3], 3);
    Dual4 total = histories.customers * (r * log(alpha) - logGamma(r) + s * log(beta));
    histories.forEachCount([&](std::span<const Histories::Group> groups, double customers) {
        const double x = groups.front().repeats;
        total += customers * logGamma(r + x);
        for (const Histories::Group& group : groups) {
            const double recency = histories.times[group.recency];
            const double age = histories.times[group.age];
            // All terms are relative to their size at the last purchase, so that none of them is lost however many repeats there
            // are.
            const double size = -(at[0] + x) * std::log(at[1] + recency) - at[2] * std::log(at[3] + recency);
            const Dual4 here = exp(-((r + x) * log(alpha + age)) - s * log(beta + age) - size);
            const Dual4 left = s * leftBehind(at, x, recency, age) * (1 / (at[3] + recency));
            total += group.customers * (log(here + left) + size);
        }
    });
    return total;
}

Dual4 logLikelihoodOf(PurchaseModel model, const PurchaseParameters& parameters, const Histories& histories) {
    return model == PurchaseModel::ParetoNbd ? pareto(parameters, histories) : betaGeometric(model, parameters, histories);
}

// whyNot says why there is no fit, from where the search ended. Times there are in units of the mean age.
FitVerdict whyNot(PurchaseModel model, const Maximum<4>& end) {
    // A search that only ran out of steps was on its way all the same, if it had come far.
    constexpr double far = 400;
    const auto isFar = [](double parameter) { return parameter > far || parameter < 1 / far; };
    if (end.end == MaximumEnd::NoSummit && std::none_of(end.parameters.begin(), end.parameters.end(), isFar))
        return FitVerdict::NotFound;
    // A parameter is lost by as much as its logarithm ran away, or by the error of its logarithm.
    const auto lost = [&end](std::size_t index) {
        const double variance = end.covariance[index][index];
        return variance > 0 ? variance : std::abs(std::log(end.parameters[index]));
    };
    const auto [r, alpha, a, b] = end.parameters;
    if (std::max(lost(0), lost(1)) > std::max(lost(2), lost(3))) return r > 1 ? FitVerdict::OneRate : FitVerdict::NotFound;
    const double leaving = model == PurchaseModel::ParetoNbd ? -std::expm1(-a * std::log1p(1 / b)) : a / (a + b);
    if (leaving < 0.05) return FitVerdict::NobodyLeaves;
    return a > 1 ? FitVerdict::LeaveAlike : FitVerdict::NotFound;
}

Maximum<4> mostLikely(PurchaseModel model, const Histories& histories, const PurchaseParameters& start) {
    return maximumOf<4>([&](const PurchaseParameters& at) { return logLikelihoodOf(model, at, histories); }, start);
}

// startFor gives a start for the fit of many customers: the fit of an eighth of them, in whose vicinity that of all lies. A step
// over the eighth takes an eighth of the time, and from there on two or three over all of them will do. Which ones are taken does
// not depend on the order of the rows. It pays for Pareto/NBD, whose steps take ten times as long as the others'.
PurchaseParameters startFor(PurchaseModel model, const std::vector<PurchaseHistory>& customers, const PurchaseParameters& start) {
    constexpr std::size_t many = 4000;
    constexpr std::size_t share = 8;
    if (model != PurchaseModel::ParetoNbd || customers.size() < many) return start;
    std::vector<PurchaseHistory> sorted = customers;
    std::sort(sorted.begin(), sorted.end(), comesFirst);
    std::vector<PurchaseHistory> some;
    for (std::size_t index = share / 2; index < sorted.size(); index += share) some.push_back(sorted[index]);
    const Maximum<4> found = mostLikely(model, Histories(some), start);
    return found.end == MaximumEnd::Found ? found.parameters : start;
}

double meanAge(std::span<const PurchaseHistory> customers) {
    double sum = 0;
    for (const PurchaseHistory& each : customers) sum += each.age;
    return sum / static_cast<double>(customers.size());
}

// Below so many terms the sum over the number of purchases is the faster way.
constexpr double mostTerms = 2000;

}  // namespace

bool isPossible(const PurchaseHistory& history) {
    const auto [repeats, recency, age] = history;
    return repeats >= 0 && repeats == std::floor(repeats) && std::isfinite(repeats) && recency >= 0 && recency <= age &&
           std::isfinite(age) && (repeats > 0) == (recency > 0);
}

Dual<4> logLikelihood(PurchaseModel model, const PurchaseParameters& parameters, std::span<const PurchaseHistory> customers) {
    return logLikelihoodOf(model, parameters, Histories(customers));
}

PurchaseFit fitPurchases(PurchaseModel model, std::span<const PurchaseHistory> customers, const PurchaseParameters& start) {
    const double scale = meanAge(customers);
    std::vector<PurchaseHistory> scaled;
    scaled.reserve(customers.size());
    double repeats = 0;
    double repeatBuyers = 0;
    for (const PurchaseHistory& each : customers) {
        scaled.push_back({each.repeats, each.recency / scale, each.age / scale});
        repeats += each.repeats;
        repeatBuyers += each.repeats > 0 ? 1 : 0;
    }
    const Histories histories(scaled);
    PurchaseFit fit;
    fit.model = model;
    fit.maximum = mostLikely(model, histories, startFor(model, scaled, start));
    if (!fit.found())
        fit.verdict = whyNot(model, fit.maximum);
    else
        fit.verdict =
            repeatBuyers < fewRepeatBuyers || fit.maximum.worstErrorOfALog() > weakErrorOfALog ? FitVerdict::Weak : FitVerdict::Ok;
    fit.maximum.parameters[1] *= scale;
    if (model == PurchaseModel::ParetoNbd) fit.maximum.parameters[3] *= scale;
    fit.maximum.value -= repeats * std::log(scale);
    return fit;
}

Future::Future(PurchaseModel model, const PurchaseParameters& parameters, const PurchaseHistory& history)
    : model_(model), shape_(parameters[0] + history.repeats), scale_(parameters[1] + history.age), a_(parameters[2]) {
    const auto [r, alpha, a, b] = parameters;
    const auto [repeats, recency, age] = history;
    // e^logOdds are the odds that he has left.
    double logOdds = -std::numeric_limits<double>::infinity();
    const double silence = age - recency;
    if (model == PurchaseModel::ParetoNbd) {
        b_ = b + age;
        const double left = a / (b + recency) * Absence(parameters, repeats, recency, age).left();
        logOdds = std::log(left) + shape_ * std::log1p(silence / (alpha + recency)) + a * std::log1p(silence / (b + recency));
    } else {
        const double stayed = stays(model, repeats);
        b_ = b + stayed;
        if (stayed > 0) logOdds = std::log(a / (b + stayed - 1)) + shape_ * std::log1p(silence / (alpha + recency));
    }
    alive_ = 1 / (1 + std::exp(logOdds));
}

// untilDropout is the expected number of purchases of a customer who may leave after each: the sum over n of the negative binomial
// probability of n purchases, were he to stay, times the number of them that he is still there for.
Result<double> Future::untilDropout(double horizon) const {
    const double odds = horizon / scale_;
    const double z = odds / (1 + odds);
    const double mean = shape_ * odds;
    const double terms = mean + 12 * std::sqrt(mean * (1 + odds)) + 60 / std::log1p(1 / odds);
    if (!(terms <= mostTerms)) {
        // The same as an integral over the probability of leaving, which needs no more time for more purchases.
        return betaMean(a_, b_, mean, [&](double p) { return -std::expm1(-shape_ * std::log1p(p * odds)) / p; });
    }
    constexpr double huge = 1e200;
    double logSize = -shape_ * std::log1p(odds);  // the probability of n purchases is probability·e^logSize
    double size = std::exp(logSize);
    double probability = 1;
    double present = 1;  // that he is there for purchase n
    double purchases = 0;
    double sum = 0;
    for (double n = 1; n <= terms; ++n) {
        probability *= z * (shape_ + n - 1) / n;
        if (probability > huge) {
            probability /= huge;
            logSize += std::log(huge);
            size = std::exp(logSize);
        }
        purchases += present;
        sum += probability * size * purchases;
        present *= (b_ + n - 1) / (a_ + b_ + n - 1);
        // From here on the terms fall by at least this factor.
        const double factor = z * (shape_ + n) / (n + 1);
        if (factor < 1 && probability * size * (purchases + 1 / (1 - factor)) < 1e-17 * sum * (1 - factor)) break;
    }
    return sum;
}

Result<double> Future::whileAlive(double horizon) const {
    if (!(horizon > 0)) return 0.0;
    if (model_ != PurchaseModel::ParetoNbd) return untilDropout(horizon);
    // A removable singularity at s = 1: (1 − e^−(s−1)L)/(s − 1) is L there.
    const double length = std::log1p(horizon / b_);
    const double excess = a_ - 1;
    const double time = std::abs(excess * length) < 1e-300 ? length : -std::expm1(-excess * length) / excess;
    return shape_ / scale_ * b_ * time;
}

Result<double> Future::purchases(double horizon) const {
    const Result<double> expected = whileAlive(horizon);
    if (!expected) return expected.failure();
    return alive_ * *expected;
}

// worthOf is the integral of e^−dt·C(t), with C(t) the purchases until t, up to `end`. In v = ln(1 + t/c) it is smooth on all
// scales. Over short times few nodes will do; over long ones there are five units of v to each set of nodes.
Result<double> Future::worthOf(double d, double end) const {
    const double c = model_ == PurchaseModel::ParetoNbd ? std::min(scale_, b_) : scale_;
    const double length = std::log1p(end / c);
    Result<double> sum = 0.0;
    const auto add = [&](double v, double weight) {
        if (!sum) return;
        const double t = c * std::expm1(v);
        const Result<double> until = purchases(t);
        sum = until ? Result<double>(*sum + weight * (c + t) * std::exp(-d * t) * *until) : until;
    };
    if (length < 1.5 && shape_ * length < 10 && d * end < 2) {
        forLegendreNodes<24>(0, length, add);
        return sum;
    }
    const double panels = std::ceil(length / 5);
    for (double panel = 0; panel < panels; ++panel)
        forLegendreNodes<40>(length * panel / panels, length * (panel + 1) / panels, add);
    return sum;
}

// Summed up by parts: e^−dH·C(H) + d·∫ e^−dt·C(t) dt, with d = ln(1 + rate).
Result<double> Future::discountedPurchases(double horizon, double rate) const {
    const double d = std::log1p(rate);
    if (!(d > 0)) return purchases(horizon);
    const double end = std::min(horizon, 45 / d);  // what comes later is worth nothing
    const Result<double> last = purchases(end);
    if (!last) return last.failure();
    const Result<double> before = worthOf(d, end);
    if (!before) return before.failure();
    return std::exp(-d * end) * *last + d * *before;
}

namespace {

// Spenders are the customers by their repeats.
class Spenders {
public:
    explicit Spenders(std::span<const Spender> of) : spenders_(of.begin(), of.end()) {
        std::sort(spenders_.begin(), spenders_.end(),
                  [](const Spender& a, const Spender& b) { return std::tie(a.repeats, a.mean) < std::tie(b.repeats, b.mean); });
        for (const Spender& each : spenders_) {
            logMeans_ += std::log(each.mean);
            if (groups_.empty() || groups_.back().repeats != each.repeats) groups_.push_back({each.repeats, 0, 0});
            groups_.back().customers += 1;
            groups_.back().logTotals += std::log(each.repeats * each.mean);
        }
    }

    Dual<3> logLikelihood(const SpendParameters& parameters) const {
        const auto p = Dual<3>::variable(parameters[0], 0);
        const auto q = Dual<3>::variable(parameters[1], 1);
        const auto gamma = Dual<3>::variable(parameters[2], 2);
        Dual<3> total = static_cast<double>(spenders_.size()) * (q * log(gamma) - logGamma(q)) - logMeans_;
        auto each = spenders_.begin();
        for (const Group& group : groups_) {
            const Dual<3> shape = group.repeats * p;
            Dual<3> logs;
            for (auto left = static_cast<std::size_t>(group.customers); left > 0; --left, ++each)
                logs += log(gamma + each->repeats * each->mean);
            total += group.customers * (logGamma(shape + q) - logGamma(shape)) + group.logTotals * shape - (shape + q) * logs;
        }
        return total;
    }

private:
    struct Group {
        double repeats;
        double customers;
        double logTotals;  // of repeats·mean
    };
    std::vector<Spender> spenders_;
    std::vector<Group> groups_;
    double logMeans_ = 0;
};

}  // namespace

Dual<3> spendLogLikelihood(const SpendParameters& parameters, std::span<const Spender> spenders) {
    return Spenders(spenders).logLikelihood(parameters);
}

SpendFit fitSpend(std::span<const Spender> spenders, const SpendParameters& start) {
    double sum = 0;
    for (const Spender& each : spenders) sum += each.mean;
    const auto size = static_cast<double>(spenders.size());
    const double scale = sum / size;
    std::vector<Spender> scaled;
    scaled.reserve(spenders.size());
    for (const Spender& each : spenders) scaled.push_back({each.repeats, each.mean / scale});
    const Spenders ofScale(scaled);
    SpendFit fit;
    fit.maximum = maximumOf<3>([&](const SpendParameters& at) { return ofScale.logLikelihood(at); }, start);
    fit.maximum.parameters[2] *= scale;
    fit.maximum.value -= size * std::log(scale);
    return fit;
}

Result<double> meanSpend(const SpendParameters& parameters, const Spender& spender) {
    const auto [p, q, gamma] = parameters;
    if (!(q > 1)) return Fault::NoConvergence;
    return p * (gamma + spender.repeats * spender.mean) / (p * spender.repeats + q - 1);
}

Dual<2> retentionLogLikelihood(const RetentionParameters& parameters, std::span<const CohortSurvivors> cohorts) {
    const auto a = Dual<2>::variable(parameters[0], 0);
    const auto b = Dual<2>::variable(parameters[1], 1);
    std::size_t longest = 0;
    for (const CohortSurvivors& cohort : cohorts) longest = std::max(longest, cohort.size());
    Dual<2> total;
    double leavers = 0;
    for (std::size_t period = 1; period < longest; ++period) {
        double atRisk = 0;
        double stayed = 0;
        for (const CohortSurvivors& cohort : cohorts)
            if (period < cohort.size()) {
                atRisk += cohort[period - 1];
                stayed += cohort[period];
            }
        leavers += atRisk - stayed;
        const double before = static_cast<double>(period) - 1;
        total += stayed * log(b + before) - atRisk * log(a + b + before);
    }
    return total + leavers * log(a);
}

Maximum<2> fitRetention(std::span<const CohortSurvivors> cohorts, const RetentionParameters& start) {
    return maximumOf<2>([&](const RetentionParameters& at) { return retentionLogLikelihood(at, cohorts); }, start);
}

double shareLeft(const RetentionParameters& parameters, double periods) {
    const auto [a, b] = parameters;
    return std::exp(lnGamma(b + periods) - lnGamma(b) + lnGamma(a + b) - lnGamma(a + b + periods));
}

double rateOfRetention(const RetentionParameters& parameters, double period) {
    const auto [a, b] = parameters;
    return (b + period - 1) / (a + b + period - 1);
}

Result<double> expectedLifetime(const RetentionParameters& parameters, double rate, double renewals,
                                const std::optional<double>& payments) {
    const double a = parameters[0];
    const double b = parameters[1] + renewals;  // who has renewed is one of those who do
    if (!payments) {
        if (rate > 0) return betaMean(a, b, (1 + rate) / rate, [rate](double p) { return (1 + rate) / (p + rate); });
        if (!(a > 1)) return Fault::NotFinite;
        return (a + b - 1) / (a - 1);
    }
    if (*payments > mostTerms) {
        const double d = std::log1p(rate);
        const auto all = [&](double p) {
            const double times = *payments * (std::log1p(-p) - d);
            return -std::expm1(times) * (1 + rate) / (p + rate);
        };
        return betaMean(a, b, std::min(*payments, rate > 0 ? (1 + rate) / rate : *payments), all);
    }
    double sum = 0;
    double present = 1;
    for (double t = 0; t < *payments; ++t) {
        sum += present;
        present *= (b + t) / (a + b + t) / (1 + rate);
    }
    return sum;
}

}  // namespace calckpi
