#include "core/kpis/cohorts.hpp"

#include "core/kpis/customers.hpp"
#include "core/dates/moment.hpp"
#include "core/catalog/output.hpp"
#include "core/values/series.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <tuple>

namespace calckpi {
namespace {

// A sheet has 1,024 columns; the first two of a cohort table are the first period and the number of customers.
constexpr std::int64_t mostCohortPeriods = 1024 - 2;
// More periods than this are a typing error in a date, and nobody would read their rows.
constexpr std::int64_t mostMovementPeriods = 10'000;

// An invoice and its credit notes leave 0, not the rounding of their decimals: what is this small beside the amounts that it was
// computed from is none. Amounts whose size is no number any more leave nothing that is one: beside infinity all is small.
double withoutRounding(double difference, double size) {
    if (!finite(size)) return size;
    return std::abs(difference) <= 1e-12 * size ? 0 : difference;
}

// Activity is what one customer did in one period.
struct Activity {
    std::uint32_t customer = 0;
    std::int64_t period = 0;
    double amount = 0;
    double size = 0;  // of all amounts that are in `amount`, without their signs
};

struct History {
    std::vector<std::string> customers;
    std::vector<Activity> activities;  // by customer, then by period; one for each customer and period
    std::int64_t lastPeriod = 0;       // of the table, whoever bought in it
    std::chrono::sys_days nullDate;

    double startDay(std::int64_t number, Period period) const { return startOf(number, period, nullDate); }
};

struct HistoryColumns {
    ColumnRef customer;
    ColumnRef when;
    std::optional<ColumnRef> amount;
};

// historyOf reads who did what when. `until` leaves later rows out.
Result<History> historyOf(const TableHandle& table, const HistoryColumns& columns, Period period,
                          const std::optional<double>& until, const Filters& filters) {
    const Result<Frame> frame = Frame::of(table, filters);
    if (!frame) return frame.failure();
    Result<Labels> labels = frame->labels(columns.customer);
    if (!labels) return labels.failure();
    const Result<std::vector<double>> when = frame->numbers(columns.when, Wanted::Date);
    if (!when) return when.failure();
    std::vector<double> amounts(columns.amount ? 0 : frame->rows());
    if (columns.amount) {
        Result<std::vector<double>> read = frame->numbers(*columns.amount);
        if (!read) return read.failure();
        amounts = *std::move(read);
    }

    History history;
    history.nullDate = table->nullDate();
    history.customers = labels->names;
    std::vector<Activity>& activities = history.activities;
    for (std::size_t row = 0; row < frame->rows(); ++row) {
        const double moment = (*when)[row];
        if (labels->ofRow[row] == Labels::none || isMissing(moment) || (until && isAfter(moment, *until))) continue;
        if (!(std::abs(moment) <= mostDays)) return frame->failureAt(Fault::OutsideDomain, columns.when, frame->tableRow(row));
        const double amount = isMissing(amounts[row]) ? 0 : amounts[row];
        activities.push_back({labels->ofRow[row], periodOf(moment, period, history.nullDate), amount, std::abs(amount)});
    }
    if (activities.empty()) return Fault::NothingToCompute;

    // The amount orders equal places too, so that their sum does not hang on the order of the rows.
    std::sort(activities.begin(), activities.end(), [](const Activity& a, const Activity& b) {
        return std::tie(a.customer, a.period, a.amount) < std::tie(b.customer, b.period, b.amount);
    });
    std::size_t kept = 0;
    for (std::size_t index = 1; index < activities.size(); ++index) {
        Activity& before = activities[kept];
        if (activities[index].customer == before.customer && activities[index].period == before.period) {
            before.amount += activities[index].amount;
            before.size += activities[index].size;
        } else {
            activities[++kept] = activities[index];
        }
    }
    activities.resize(kept + 1);
    for (Activity& each : activities) each.amount = withoutRounding(each.amount, each.size);
    history.lastPeriod = std::max_element(activities.begin(), activities.end(), [](const Activity& a, const Activity& b) {
                             return a.period < b.period;
                         })->period;
    return history;
}

// forEachCustomer calls `visit` with each customer's activities, oldest first.
template <class Visit>
void forEachCustomer(const std::vector<Activity>& activities, Visit visit) {
    for (auto first = activities.begin(); first != activities.end();) {
        const auto last =
            std::find_if(first, activities.end(), [&](const Activity& one) { return one.customer != first->customer; });
        visit(std::span<const Activity>(first, last));
        first = last;
    }
}

struct Cohort {
    double customers = 0;
    std::vector<double> active;   // customers by periods since the first
    std::vector<double> revenue;  // likewise
};

OutputCell cohortCell(const Cohort& cohort, std::size_t since, CohortMeasure measure) {
    switch (measure) {
        case CohortMeasureWords::Customers: return cohort.active[since];
        case CohortMeasureWords::Retention: return shown(ratio(cohort.active[since], cohort.customers));
        case CohortMeasureWords::Revenue: return shown(Result<double>(cohort.revenue[since]));
        case CohortMeasureWords::RevenueRetention: return shown(ratio(cohort.revenue[since], cohort.revenue[0]));
    }
    return Blank{};
}

// Movements of one period.
struct Movements {
    double start = 0;
    double added = 0;
    double expansion = 0;
    double contraction = 0;
    double churned = 0;
    double reactivated = 0;
    double end = 0;
    double customers = 0;
};

// MovementBook enters each customer's changes under the period in which they happen.
class MovementBook {
public:
    MovementBook(std::int64_t first, std::int64_t last, const std::optional<Periods>& gap)
        : first_(first), last_(last), gap_(gap), periods_(static_cast<std::size_t>(last - first + 1)) {}

    void enter(std::span<const Activity> customer) {
        double before = 0;
        std::optional<std::int64_t> lastPaid;
        for (const Activity& now : customer) {
            if (lastPaid && before > 0 && now.period > *lastPaid + 1) before = leave(*lastPaid + 1, before);
            if (now.amount > 0) {
                if (before > 0)
                    change(now.period, before, now.amount);
                else
                    come(now, lastPaid);
                at(now.period).end += now.amount;
                at(now.period).customers += 1;
                lastPaid = now.period;
            } else if (before > 0) {
                leave(now.period, before);
            }
            before = now.amount;
        }
        if (before > 0 && *lastPaid < last_) leave(*lastPaid + 1, before);
    }

    // The end is summed up from the customers, not carried forward: so it is 0 when none is left, and no start is a rounding beside
    // which GRR would be any number.
    std::vector<Movements> periods() && {
        for (std::size_t index = 1; index < periods_.size(); ++index) periods_[index].start = periods_[index - 1].end;
        return std::move(periods_);
    }

private:
    Movements& at(std::int64_t period) { return periods_[static_cast<std::size_t>(period - first_)]; }
    double leave(std::int64_t period, double amount) {
        at(period).churned += amount;
        return 0;
    }
    void change(std::int64_t period, double from, double to) {
        const double by = withoutRounding(to - from, from);
        (by > 0 ? at(period).expansion : at(period).contraction) += std::abs(by);
    }
    void come(const Activity& now, const std::optional<std::int64_t>& lastPaid) {
        // Away from the period after the last paid one to the one before this.
        const bool back = lastPaid && (!gap_ || static_cast<double>(now.period - *lastPaid - 1) <= *gap_);
        (back ? at(now.period).reactivated : at(now.period).added) += now.amount;
    }

    std::int64_t first_;
    std::int64_t last_;
    std::optional<Periods> gap_;
    std::vector<Movements> periods_;
};

}  // namespace

Result<OutputGrid> cohorts(const TableHandle& table, const ColumnRef& customer, const ColumnRef& when, Optional<Period> period,
                           Optional<CohortMeasure> measure, const std::optional<ColumnRef>& amount, Optional<Number> headers,
                           const Filters& filters) {
    const bool ofRevenue = measure.value == CohortMeasureWords::Revenue || measure.value == CohortMeasureWords::RevenueRetention;
    if (ofRevenue && !amount) return Fault::OutsideDomain;
    const Result<History> history =
        historyOf(table, {customer, when, ofRevenue ? amount : std::nullopt}, period.value, std::nullopt, filters);
    if (!history) return history.failure();

    std::map<std::int64_t, Cohort> byFirstPeriod;
    const std::int64_t last = history->lastPeriod;
    bool tooLong = false;
    forEachCustomer(history->activities, [&](std::span<const Activity> activities) {
        const std::int64_t first = activities.front().period;
        tooLong = tooLong || last - first >= mostCohortPeriods;
        if (tooLong) return;
        Cohort& cohort = byFirstPeriod[first];
        cohort.active.resize(static_cast<std::size_t>(last - first + 1));
        cohort.revenue.resize(cohort.active.size());
        cohort.customers += 1;
        for (const Activity& each : activities) {
            cohort.active[static_cast<std::size_t>(each.period - first)] += 1;
            cohort.revenue[static_cast<std::size_t>(each.period - first)] += each.amount;
        }
    });
    if (tooLong) return Fault::TooLarge;

    std::vector<std::string> names = {"cohort", "customers"};
    for (std::int64_t since = 0; since <= last - byFirstPeriod.begin()->first; ++since) names.push_back(std::to_string(since));
    OutputTable out(std::move(names), headers.value != 0);
    for (const auto& [first, cohort] : byFirstPeriod) {
        std::vector<OutputCell> row = {history->startDay(first, period.value), cohort.customers};
        for (std::size_t since = 0; since < cohort.active.size(); ++since) row.push_back(cohortCell(cohort, since, measure.value));
        out.add(std::move(row));
    }
    return std::move(out).grid();
}

Result<OutputGrid> mrrMovements(const TableHandle& table, const ColumnRef& customer, const ColumnRef& when, const ColumnRef& amount,
                                Optional<Period> period, const std::optional<Periods>& reactivationGap, Optional<Number> headers,
                                const Filters& filters) {
    const Result<History> history = historyOf(table, {customer, when, amount}, period.value, std::nullopt, filters);
    if (!history) return history.failure();
    std::int64_t first = history->lastPeriod;
    for (const Activity& each : history->activities) {
        first = std::min(first, each.period);
        if (!(each.amount >= 0)) return Fault::OutsideDomain;
    }
    if (history->lastPeriod - first >= mostMovementPeriods) return Fault::TooLarge;
    // Calc hands an empty cell over as 0. A gap of 0 would make every return new, and reactivated a column without a use.
    const std::optional<Periods> gap = reactivationGap && *reactivationGap > 0 ? reactivationGap : std::nullopt;
    MovementBook book(first, history->lastPeriod, gap);
    forEachCustomer(history->activities, [&book](std::span<const Activity> activities) { book.enter(activities); });

    OutputTable out({"period", "start", "new", "expansion", "contraction", "churned", "reactivated", "end", "customers", "GRR",
                     "NRR", "gross churn", "net churn", "quick ratio"},
                    headers.value != 0);
    std::int64_t number = first;
    for (const Movements& m : std::move(book).periods())
        out.add({history->startDay(number++, period.value), m.start, m.added, m.expansion, 0.0 - m.contraction, 0.0 - m.churned,
                 m.reactivated, m.end, m.customers, shown(grr(m.start, m.contraction, m.churned)),
                 shown(nrr(m.start, m.expansion, m.contraction, m.churned)),
                 shown(revenueChurn(m.start, m.contraction, m.churned, {0.0}, {0.0})),
                 shown(revenueChurn(m.start, m.contraction, m.churned, {m.expansion}, {m.reactivated})),
                 shown(quickRatio(m.added, m.expansion, m.contraction, m.churned, {m.reactivated}))});
    return std::move(out).grid();
}

Result<OutputGrid> rfm(const TableHandle& table, const ColumnRef& customer, const ColumnRef& when, const ColumnRef& amount,
                       Optional<Period> unit, const std::optional<Moment>& asOf, Optional<Number> headers, const Filters& filters) {
    std::optional<double> until;
    if (asOf) {
        if (!(std::abs(*asOf) <= mostDays)) return Fault::OutsideDomain;
        until = lastMomentOf(*asOf);
    }
    const Result<History> history = historyOf(table, {customer, when, amount}, unit.value, until, filters);
    if (!history) return history.failure();
    const std::int64_t now = asOf ? periodOf(*asOf, unit.value, history->nullDate) : history->lastPeriod;

    struct Line {
        const std::string* customer;
        std::vector<OutputCell> cells;
    };
    std::vector<Line> lines;
    forEachCustomer(history->activities, [&](std::span<const Activity> activities) {
        const auto repeats = static_cast<double>(activities.size() - 1);
        std::vector<double> amounts;
        for (const Activity& each : activities.subspan(1)) amounts.push_back(each.amount);
        const std::int64_t first = activities.front().period;
        const std::string& name = history->customers[activities.front().customer];
        const OutputCell mean =
            amounts.empty() ? OutputCell(Failure(Fault::NothingToCompute)) : shown(Result<double>(sum(amounts) / repeats));
        lines.push_back(
            {&name,
             {name, repeats, static_cast<double>(activities.back().period - first), static_cast<double>(now - first), mean}});
    });
    std::sort(lines.begin(), lines.end(), [&table](const Line& a, const Line& b) {
        const int order = table->compareTexts(*a.customer, *b.customer);
        return order != 0 ? order < 0 : *a.customer < *b.customer;
    });
    OutputTable out({"customer", "repeats", "recency", "age", "mean repeat value"}, headers.value != 0);
    for (Line& line : lines) out.add(std::move(line.cells));
    return std::move(out).grid();
}

}  // namespace calckpi
