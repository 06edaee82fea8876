#include "core/kpis/lifetime_tables.hpp"

#include "core/dates/moment.hpp"
#include "core/tables/purchase_days.hpp"
#include "core/statistics/proportions.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <unordered_map>

namespace calckpi {
namespace {

constexpr double daysPerYear = 365;  // as XNPV has it
constexpr double daysPerWeek = 7;
constexpr double mostWeeks = 10'000;  // a longer time is a typing error in a date, and nobody would read its rows

const char* spoken(FitVerdict verdict) {
    switch (verdict) {
        case FitVerdict::Ok: return "ok";
        case FitVerdict::Weak: return "weak: few repeat buyers";
        case FitVerdict::OneRate: return "customers buy at one rate";
        case FitVerdict::NobodyLeaves: return "nobody leaves";
        case FitVerdict::LeaveAlike: return "customers leave alike";
        case FitVerdict::NotFound: break;
    }
    return "not found";
}

// Seen is what a customer had done by some day.
struct Seen {
    PurchaseHistory history;
    double spent = 0;  // in all repeats
    double mean() const { return history.repeats > 0 ? spent / history.repeats : 0; }
    Spender spender() const { return {history.repeats, mean()}; }
};

// seenBy looks at a customer's days up to `now`; the first of them must not be later.
Seen seenBy(std::span<const PurchaseDay> days, double now) {
    Seen seen;
    Sum spent;
    const double first = days.front().day;
    for (const PurchaseDay& each : days.subspan(1)) {
        if (each.day > now) break;
        seen.history.repeats += 1;
        seen.history.recency = each.day - first;
        spent.add(each.amount);
    }
    seen.history.age = now - first;
    seen.spent = spent.value();
    return seen;
}

// Customers are those who had come by some day, in the order of the names.
struct Customers {
    std::vector<const Purchaser*> who;
    std::vector<Seen> seen;  // of each

    Customers(const PurchaseDays& purchases, double now) {
        for (const Purchaser& each : purchases.customers) {
            if (each.days.front().day > now) continue;
            who.push_back(&each);
            seen.push_back(seenBy(each.days, now));
        }
    }

    double total(double PurchaseHistory::*figure) const {
        double sum = 0;
        for (const Seen& each : seen) sum += each.history.*figure;
        return sum;
    }
    double repeatBuyers() const {
        return static_cast<double>(
            std::count_if(seen.begin(), seen.end(), [](const Seen& each) { return each.history.repeats > 0; }));
    }
    std::vector<PurchaseHistory> histories() const {
        std::vector<PurchaseHistory> histories;
        histories.reserve(seen.size());
        for (const Seen& each : seen) histories.push_back(each.history);
        return histories;
    }
    // spenders are the repeat buyers who spent anything.
    std::vector<Spender> spenders() const {
        std::vector<Spender> spenders;
        for (const Seen& each : seen)
            if (each.spent > 0) spenders.push_back(each.spender());
        return spenders;
    }
};

// Fitted is a model of both: how customers buy and leave, and, with amounts, what they spend.
struct Fitted {
    PurchaseFit purchases;
    std::optional<SpendFit> spend;

    // hasValue says that there is a forecast in money.
    bool hasValue() const { return purchases.found() && spend && spend->hasMean(); }
    FitVerdict verdict() const {
        const bool spendLost = spend && !spend->found();
        return purchases.found() && spendLost ? FitVerdict::NotFound : purchases.verdict;
    }
    Future future(const PurchaseHistory& history) const { return {purchases.model, purchases.parameters(), history}; }
};

Result<Fitted> fitted(const Customers& customers, PurchaseModel model, bool withSpend) {
    if (!(customers.repeatBuyers() > 0)) return Fault::NothingToCompute;
    Fitted fit;
    fit.purchases = fitPurchases(model, customers.histories());
    if (!withSpend) return fit;
    const std::vector<Spender> spenders = customers.spenders();
    fit.spend = spenders.empty() ? SpendFit() : fitSpend(spenders);
    return fit;
}

// correlation is Pearson's, of repeats and mean spend; where either is the same for all there is none.
Result<double> correlation(const std::vector<Spender>& spenders) {
    Sum repeats;
    Sum means;
    for (const Spender& each : spenders) {
        repeats.add(each.repeats);
        means.add(each.mean);
    }
    const auto size = static_cast<double>(spenders.size());
    Sum both;
    Sum ofRepeats;
    Sum ofMeans;
    for (const Spender& each : spenders) {
        const double x = difference(each.repeats, repeats.value() / size);
        const double mean = difference(each.mean, means.value() / size);
        both.add(x * mean);
        ofRepeats.add(x * x);
        ofMeans.add(mean * mean);
    }
    const double spread = std::sqrt(ofRepeats.value()) * std::sqrt(ofMeans.value());
    if (!(spread > 0)) return Fault::NothingToCompute;
    return std::clamp(both.value() / spread, -1.0, 1.0);
}

// addParameters adds a row for each parameter; of a model that was not found, its fault.
template <std::size_t n>
void addParameters(OutputTable& out, const std::array<const char*, n>& names, const Maximum<n>* fit, Fault fault, double z) {
    for (std::size_t index = 0; index < n; ++index) {
        if (fit == nullptr) {
            out.add({names[index], fault, fault, fault, fault});
            continue;
        }
        const double value = fit->parameters[index];
        const double factor = std::exp(z * fit->errorOfLog(index));
        out.add({names[index], value, fit->standardError(index), value / factor, value * factor});
    }
}

// Terms are what turns purchases into money of today.
struct Terms {
    double horizon;
    double dailyRate;  // (1 + yearlyRate)^(1/365) − 1
    double margin;
};

// slopes are the derivatives of `f` by the logarithms of the parameters, by central differences.
template <std::size_t n, class Function>
Result<std::array<double, n>> slopes(const std::array<double, n>& at, Function f) {
    constexpr double step = 1e-4;
    std::array<double, n> result{};
    for (std::size_t index = 0; index < n; ++index) {
        std::array<double, n> moved = at;
        moved[index] = at[index] * std::exp(step);
        const Result<double> above = f(moved);
        if (!above) return above.failure();
        moved[index] = at[index] * std::exp(-step);
        const Result<double> below = f(moved);
        if (!below) return below.failure();
        result[index] = (*above - *below) / (2 * step);
    }
    return result;
}

template <std::size_t n>
double varianceOf(const std::array<double, n>& slopes, const Maximum<n>& fit) {
    double variance = 0;
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j) variance += slopes[i] * fit.covariance[i][j] * slopes[j];
    return std::max(0.0, variance);
}

// Total sums up cells; one without a number leaves none.
class Total {
public:
    void add(const Result<double>& value) {
        if (value)
            sum_.add(*value);
        else if (!failure_)
            failure_ = value.failure();
    }
    Result<double> value() const { return failure_ ? Result<double>(*failure_) : Result<double>(sum_.value()); }

private:
    Sum sum_;
    std::optional<Failure> failure_;
};

// Outlook is what the models expect of all customers with the same history.
struct Outlook {
    Result<double> alive = Fault::NoConvergence;
    Result<double> purchases = Fault::NoConvergence;
    Result<double> discounted = Fault::NoConvergence;
};

Outlook outlookOf(const PurchaseHistory& history, const Fitted& fit, const Terms& terms) {
    if (!fit.purchases.found()) return {};
    const Future future = fit.future(history);
    const Result<double> purchases = future.purchases(terms.horizon);
    return {future.alive(), purchases,
            terms.dailyRate > 0 ? future.discountedPurchases(terms.horizon, terms.dailyRate) : purchases};
}

// Prediction is a forecast for each customer. Many have the same history, above all those who bought once: what the models expect
// of them is computed once.
class Prediction {
public:
    Prediction(const Customers& customers, const Fitted& fit, const Terms& terms)
        : customers_(customers), fit_(fit), terms_(terms) {
        std::map<std::tuple<double, double, double>, std::size_t> places;
        for (const Seen& each : customers.seen) {
            const auto [repeats, recency, age] = each.history;
            const auto [place, isNew] = places.try_emplace({repeats, recency, age}, histories_.size());
            if (isNew) {
                histories_.push_back(each.history);
                outlooks_.push_back(outlookOf(each.history, fit, terms));
            }
            placeOf_.push_back(place->second);
        }
    }

    const Outlook& outlook(std::size_t customer) const { return outlooks_[placeOf_[customer]]; }
    Result<double> spend(std::size_t customer) const {
        if (!fit_.spend || !fit_.spend->hasMean()) return Fault::NoConvergence;
        return meanSpend(fit_.spend->maximum.parameters, customers_.seen[customer].spender());
    }
    Result<double> value(std::size_t customer) const {
        const Result<double> mean = spend(customer);
        const Result<double>& purchases = outlook(customer).discounted;
        if (!mean || !purchases) return mean ? purchases : mean;
        return terms_.margin * *mean * *purchases;
    }
    // errorOfTotal is the standard error of the value of all customers, where they have one, by the delta method.
    Result<double> errorOfTotal() const {
        const Result<double> ofPurchases = varianceByPurchases();
        const Result<double> ofSpend = varianceBySpend();
        if (!ofPurchases || !ofSpend) return ofPurchases ? ofSpend : ofPurchases;
        return std::abs(terms_.margin) * std::sqrt(*ofPurchases + *ofSpend);
    }

private:
    Result<double> varianceByPurchases() const {
        std::vector<Sum> spends(histories_.size());
        for (std::size_t customer = 0; customer < placeOf_.size(); ++customer) spends[placeOf_[customer]].add(*spend(customer));
        const auto byParameter = slopes(fit_.purchases.parameters(), [&](const PurchaseParameters& at) {
            Total total;
            for (std::size_t place = 0; place < histories_.size(); ++place) {
                const Future future(fit_.purchases.model, at, histories_[place]);
                const Result<double> purchases = future.discountedPurchases(terms_.horizon, terms_.dailyRate);
                total.add(purchases ? Result<double>(*purchases * spends[place].value()) : purchases);
            }
            return total.value();
        });
        if (!byParameter) return byParameter.failure();
        return varianceOf(*byParameter, fit_.purchases.maximum);
    }
    Result<double> varianceBySpend() const {
        const auto byParameter = slopes(fit_.spend->maximum.parameters, [&](const SpendParameters& at) {
            Total total;
            for (std::size_t customer = 0; customer < placeOf_.size(); ++customer) {
                const Result<double> mean = meanSpend(at, customers_.seen[customer].spender());
                total.add(mean ? Result<double>(*mean * *outlook(customer).discounted) : mean);
            }
            return total.value();
        });
        if (!byParameter) return byParameter.failure();
        return varianceOf(*byParameter, fit_.spend->maximum);
    }

    const Customers& customers_;
    const Fitted& fit_;
    const Terms& terms_;
    std::vector<PurchaseHistory> histories_;  // each once
    std::vector<Outlook> outlooks_;           // of each
    std::vector<std::size_t> placeOf_;        // of each customer's history
};

// Errors of forecasts, one for each customer, of which the actual figures are known.
class Errors {
public:
    void add(double forecast, double actual) {
        const double error = actual - forecast;
        forecast_.add(forecast);
        error_.add(error);
        absolute_.add(std::abs(error));
        squared_.add(error * error);
        customers_ += 1;
    }
    std::vector<OutputCell> row(const char* name, double actual) const {
        return {name,
                forecast_.value(),
                actual,
                error_.value(),
                absolute_.value() / customers_,
                std::sqrt(squared_.value() / customers_)};
    }

private:
    Sum forecast_;
    Sum error_;
    Sum absolute_;
    Sum squared_;
    double customers_ = 0;
};

// Holdout is a model as of a day, and what came after it.
struct Holdout {
    const PurchaseDays& purchases;
    Customers customers;  // as of `until`
    Fitted fit;
    double until = 0;
    bool inMoney = false;

    double horizon() const { return purchases.asOf - until; }
    bool found() const { return inMoney ? fit.hasValue() : fit.purchases.found(); }
    double worthOf(const PurchaseDay& day) const { return inMoney ? day.amount : 1; }
    double actual(std::size_t customer) const {
        Sum came;
        for (const PurchaseDay& each : customers.who[customer]->days)
            if (each.day > until) came.add(worthOf(each));
        return came.value();
    }
    Result<double> expected(std::size_t customer) const {
        const Seen& seen = customers.seen[customer];
        const Result<double> purchases = fit.future(seen.history).purchases(horizon());
        if (!purchases || !inMoney) return purchases;
        return *purchases * *meanSpend(fit.spend->maximum.parameters, seen.spender());
    }
    // naive carries on what a customer has bought so far.
    double naive(std::size_t customer) const {
        const Seen& seen = customers.seen[customer];
        if (!(seen.history.age > 0)) return 0;
        return (inMoney ? seen.spent : seen.history.repeats) / seen.history.age * horizon();
    }
};

Result<OutputGrid> errorsOf(const Holdout& holdout, bool withHeaders) {
    Errors model;
    Errors naive;
    Errors nothing;
    Sum actual;
    for (std::size_t index = 0; index < holdout.customers.seen.size(); ++index) {
        const double came = holdout.actual(index);
        actual.add(came);
        naive.add(holdout.naive(index), came);
        nothing.add(0, came);
        if (!holdout.found()) continue;
        const Result<double> expected = holdout.expected(index);
        if (!expected) return expected.failure();
        model.add(*expected, came);
    }
    OutputTable out({"method", "forecast", "actual", "error", "MAE", "RMSE"}, withHeaders);
    const Failure none(Fault::NoConvergence);
    out.add(holdout.found() ? model.row("model", actual.value())
                            : std::vector<OutputCell>{"model", none, actual.value(), none, none, none});
    out.add(naive.row("naive", actual.value()));
    out.add(nothing.row("nothing", actual.value()));
    return std::move(out).grid();
}

Result<OutputGrid> frequencyOf(const Holdout& holdout, bool withHeaders) {
    constexpr std::size_t most = 7;  // and more
    struct Group {
        double customers = 0;
        Sum actual;
        Total expected;
    };
    std::array<Group, most + 1> groups;
    for (std::size_t index = 0; index < holdout.customers.seen.size(); ++index) {
        const double repeats = holdout.customers.seen[index].history.repeats;
        Group& group = groups[static_cast<std::size_t>(std::min(repeats, static_cast<double>(most)))];
        group.customers += 1;
        group.actual.add(holdout.actual(index));
        group.expected.add(holdout.found() ? holdout.expected(index) : Fault::NoConvergence);
    }
    OutputTable out({"repeats", "customers", "actual", "expected"}, withHeaders);
    for (std::size_t repeats = 0; repeats <= most; ++repeats) {
        const Group& group = groups[repeats];
        const OutputCell name = repeats == most ? OutputCell("7+") : OutputCell(static_cast<double>(repeats));
        const Result<double> expected = group.expected.value();
        const auto mean = [&group](double sum) {
            return group.customers > 0 ? Result<double>(sum / group.customers) : Result<double>(Fault::NothingToCompute);
        };
        out.add({name, group.customers, shown(mean(group.actual.value())), shown(expected ? mean(*expected) : expected)});
    }
    return std::move(out).grid();
}

// Newcomers are those of the model's customers by the day they came.
class Newcomers {
public:
    explicit Newcomers(const Holdout& holdout) : holdout_(holdout) {
        for (const Purchaser* each : holdout.customers.who) cameOn_[each->days.front().day] += 1;
    }
    double firstDay() const { return cameOn_.begin()->first; }

    // expectedBy is what the model expects of new customers from the day they came until `day` begins.
    Result<double> expectedBy(double day) {
        if (!holdout_.found()) return Fault::NoConvergence;
        Sum sum;
        for (const auto& [came, customers] : cameOn_) {
            if (came >= day) break;
            const Result<double> each = withinDays(day - came);
            if (!each) return each.failure();
            sum.add(customers * *each);
        }
        return sum.value();
    }

private:
    Result<double> withinDays(double days) {
        const auto known = withinDays_.find(days);
        if (known != withinDays_.end()) return known->second;
        Result<double> expected = holdout_.fit.future({}).purchases(days);
        if (!expected) return expected;
        if (holdout_.inMoney) expected = *expected * *meanSpend(holdout_.fit.spend->maximum.parameters, {});
        withinDays_.emplace(days, *expected);
        return expected;
    }

    const Holdout& holdout_;
    std::map<double, double> cameOn_;
    std::unordered_map<double, double> withinDays_;
};

Result<OutputGrid> trackingOf(const Holdout& holdout, bool withHeaders) {
    Newcomers newcomers(holdout);
    const double first = newcomers.firstDay();
    const double end = holdout.purchases.asOf;
    const auto weekOf = [first](double day) { return std::floor((day - first) / daysPerWeek); };
    if (!(weekOf(end) < mostWeeks)) return Fault::TooLarge;
    std::vector<Sum> actual(static_cast<std::size_t>(weekOf(end)) + 1);
    for (const Purchaser* each : holdout.customers.who)
        for (const PurchaseDay& day : each->days.subspan(1))
            actual[static_cast<std::size_t>(weekOf(day.day))].add(holdout.worthOf(day));
    OutputTable out({"until", "actual", "expected", "actual so far", "expected so far"}, withHeaders);
    double expectedBefore = 0;
    Sum actualSoFar;
    for (std::size_t week = 0; week < actual.size(); ++week) {
        const double until = std::min(end, first + daysPerWeek * static_cast<double>(week + 1) - 1);
        actualSoFar.add(actual[week]);
        const Result<double> soFar = newcomers.expectedBy(until + 1);
        const Result<double> inWeek = soFar ? Result<double>(*soFar - expectedBefore) : soFar;
        if (soFar) expectedBefore = *soFar;
        out.add({until, actual[week].value(), shown(inWeek), actualSoFar.value(), shown(soFar)});
    }
    return std::move(out).grid();
}

}  // namespace

Result<OutputGrid> clvModel(const TableHandle& table, const ColumnRef& customer, const ColumnRef& when,
                            const std::optional<ColumnRef>& amount, Optional<PurchaseModelChoice> model,
                            const std::optional<Moment>& asOf, Optional<Share> confidence, Optional<Number> headers,
                            const Filters& filters) {
    const Result<double> z = normalQuantile(confidence);
    if (!z) return z.failure();
    const Result<PurchaseDays> purchases = purchaseDaysOf(table, {customer, when, amount}, asOf, filters);
    if (!purchases) return purchases.failure();
    const Customers customers(*purchases, purchases->asOf);
    const Result<Fitted> fit = fitted(customers, model.value, amount.has_value());
    if (!fit) return fit.failure();

    OutputTable out({"quantity", "value", "standard error", "low", "high"}, headers.value != 0);
    const PurchaseFit& bought = fit->purchases;
    addParameters(out, namesOf(bought.model), bought.found() ? &bought.maximum : nullptr, Fault::NoConvergence, *z);
    const bool spendFound = fit->spend && fit->spend->found();
    addParameters(out, spendNames, spendFound ? &fit->spend->maximum : nullptr,
                  amount ? Fault::NoConvergence : Fault::NothingToCompute, *z);
    const auto orFault = [&bought](double value) { return bought.found() ? OutputCell(value) : OutputCell(Fault::NoConvergence); };
    const std::vector<Spender> spenders = customers.spenders();
    out.add({"verdict", spoken(fit->verdict())});
    out.add({"customers", static_cast<double>(customers.seen.size())});
    out.add({"repeat buyers", customers.repeatBuyers()});
    out.add({"repeats", customers.total(&PurchaseHistory::repeats)});
    out.add({"log likelihood", orFault(bought.logLikelihood())});
    out.add({"worst relative error", orFault(bought.maximum.worstErrorOfALog())});
    out.add({"frequency-spend correlation", shown(amount ? correlation(spenders) : Fault::NothingToCompute)});
    out.add({"left out of spend", amount ? OutputCell(customers.repeatBuyers() - static_cast<double>(spenders.size()))
                                         : OutputCell(Fault::NothingToCompute)});
    return std::move(out).grid();
}

Result<OutputGrid> clvPredict(const TableHandle& table, const ColumnRef& customer, const ColumnRef& when, const ColumnRef& amount,
                              Optional<Days> horizon, Optional<Multiple> yearlyRate, Optional<Margin> grossMargin,
                              Optional<PurchaseModelChoice> model, const std::optional<Moment>& asOf, Optional<Number> headers,
                              const Filters& filters) {
    const Result<PurchaseDays> purchases = purchaseDaysOf(table, {customer, when, amount}, asOf, filters);
    if (!purchases) return purchases.failure();
    const Customers customers(*purchases, purchases->asOf);
    if (static_cast<double>(customers.who.size()) + 2 > mostTableRows) return Fault::TooLarge;
    const Result<Fitted> fit = fitted(customers, model.value, true);
    if (!fit) return fit.failure();
    const Terms terms{horizon, std::expm1(std::log1p(yearlyRate) / daysPerYear), grossMargin};
    const Prediction prediction(customers, *fit, terms);

    Total alive;
    Total expected;
    Total value;
    std::vector<std::vector<OutputCell>> rows;
    rows.reserve(customers.seen.size());
    for (std::size_t index = 0; index < customers.seen.size(); ++index) {
        const auto [repeats, recency, age] = customers.seen[index].history;
        const Outlook& outlook = prediction.outlook(index);
        const Result<double> worth = prediction.value(index);
        alive.add(outlook.alive);
        expected.add(outlook.purchases);
        value.add(worth);
        rows.push_back({customers.who[index]->name.cell(), repeats, recency, age, shown(outlook.alive), shown(outlook.purchases),
                        shown(prediction.spend(index)), shown(worth)});
    }
    const Result<double> total = value.value();
    const Result<double> error = total ? prediction.errorOfTotal() : total;
    const auto bound = [&](double z) { return error ? shown(Result<double>(*total + z * *error)) : OutputCell(error.failure()); };
    const double z = *normalQuantile(0.95);
    const Failure none(Fault::NothingToCompute);
    OutputTable out({"customer", "repeats", "recency", "age", "alive", "purchases", "spend", "value", "low", "high"},
                    headers.value != 0);
    out.reserve(rows.size() + 1);
    out.add({"All", customers.total(&PurchaseHistory::repeats), none, none, shown(alive.value()), shown(expected.value()), none,
             shown(total), bound(-z), bound(z)});
    for (std::vector<OutputCell>& row : rows) out.add(std::move(row));
    return std::move(out).grid();
}

Result<OutputGrid> clvHoldout(const TableHandle& table, const ColumnRef& customer, const ColumnRef& when, Moment until,
                              Optional<HoldoutView> view, Optional<PurchaseModelChoice> model,
                              const std::optional<ColumnRef>& amount, const std::optional<Moment>& asOf, Optional<Number> headers,
                              const Filters& filters) {
    const Result<PurchaseDays> purchases = purchaseDaysOf(table, {customer, when, amount}, asOf, filters);
    if (!purchases) return purchases.failure();
    const double cut = dayOf(until);
    if (!(cut < purchases->asOf)) return Fault::OutsideDomain;
    Customers customers(*purchases, cut);
    Result<Fitted> fit = fitted(customers, model.value, amount.has_value());
    if (!fit) return fit.failure();
    const Holdout holdout{*purchases, std::move(customers), *fit, cut, amount.has_value()};
    switch (view.value) {
        case HoldoutWords::Errors: return errorsOf(holdout, headers.value != 0);
        case HoldoutWords::Frequency: return frequencyOf(holdout, headers.value != 0);
        case HoldoutWords::Tracking: return trackingOf(holdout, headers.value != 0);
    }
    return Fault::OutsideDomain;
}

}  // namespace calckpi
