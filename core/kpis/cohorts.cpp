#include "core/kpis/cohorts.hpp"

#include "core/catalog/output.hpp"
#include "core/dates/moment.hpp"
#include "core/kpis/movements.hpp"
#include "core/values/series.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <span>
#include <tuple>
#include <utility>

namespace calckpi {
namespace {

// A sheet has 1,024 columns; the first two of a cohort table are the first period and the number of customers.
constexpr std::int64_t mostCohortPeriods = 1024 - 2;

// Entry is one row: who, in which period, how much.
struct Entry {
    std::uint32_t customer = 0;
    std::int64_t period = 0;
    double amount = 0;
};

// Activity is what one customer did in one period.
struct Activity {
    std::uint32_t customer = 0;
    std::int64_t period = 0;
    double amount = 0;
    bool bought = false;  // in a row with an amount above 0, or in any row where no amounts are read
};

struct History {
    std::vector<Name> customers;
    std::vector<Activity> activities;  // by customer, then by period; one for each customer and period
    std::int64_t lastPeriod = 0;       // of the table before the filters, whoever bought in it
    PeriodNames names;
};

struct HistoryColumns {
    ColumnRef customer;
    ColumnRef when;
    std::optional<ColumnRef> amount;
};

// activitiesOf puts the rows of each customer and period together. The amount orders equal places too, so that their sum does not
// hang on the order of the rows.
std::vector<Activity> activitiesOf(std::vector<Entry> entries, bool withAmounts) {
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
        return std::tie(a.customer, a.period, a.amount) < std::tie(b.customer, b.period, b.amount);
    });
    std::vector<Activity> activities;
    for (auto entry = entries.begin(); entry != entries.end();) {
        const Entry& first = *entry;
        Amounts amounts;
        for (; entry != entries.end() && entry->customer == first.customer && entry->period == first.period; ++entry)
            amounts.add(entry->amount);
        const bool bought = !withAmounts || std::prev(entry)->amount > 0;
        activities.push_back({first.customer, first.period, amounts.value(), bought});
    }
    return activities;
}

// historyOf reads who did what when. `until` leaves later rows out.
Result<History> historyOf(const TableHandle& table, const HistoryColumns& columns, Period period,
                          const std::optional<double>& until, const Filters& filters) {
    const Result<Frame> frame = Frame::of(table, filters);
    if (!frame) return frame.failure();
    Result<Labels> labels = frame->labels(columns.customer, Identity::Unit);
    if (!labels) return labels.failure();
    const Result<std::vector<double>> when = frame->numbers(columns.when, Wanted::Date);
    if (!when) return when.failure();
    std::vector<double> amounts(columns.amount ? 0 : frame->rows());
    if (columns.amount) {
        Result<std::vector<double>> read = frame->numbers(*columns.amount);
        if (!read) return read.failure();
        amounts = *std::move(read);
    }

    History history{labels->names, {}, 0, {period, table->culture().nullDate()}};
    std::vector<Entry> entries;
    for (std::size_t row = 0; row < frame->rows(); ++row) {
        const double moment = (*when)[row];
        if (labels->ofRow[row] == Labels::none || isMissing(moment) || (until && isAfter(moment, *until))) continue;
        const double amount = isMissing(amounts[row]) ? 0 : amounts[row];
        entries.push_back({labels->ofRow[row], periodOf(moment, period, history.names.nullDate), amount});
    }
    if (entries.empty()) return Fault::NothingToCompute;
    const Result<std::optional<double>> last = frame->lastTimeIn(columns.when);
    if (!last) return last.failure();
    history.lastPeriod = periodOf(**last, period, history.names.nullDate);
    history.activities = activitiesOf(std::move(entries), columns.amount.has_value());
    return history;
}

// amountsBelow0 blames the amounts that bring a customer's sum of a period below 0.
Failure amountsBelow0(const History& history, const TableHandle& table, const HistoryColumns& columns, const Filters& filters) {
    const Frame frame = *Frame::of(table, filters);
    const Labels labels = *frame.labels(columns.customer, Identity::Unit);
    const std::vector<double> when = *frame.numbers(columns.when, Wanted::Date);
    const std::vector<double> amounts = *frame.numbers(*columns.amount);
    std::set<std::pair<std::uint32_t, std::int64_t>> below0;
    for (const Activity& each : history.activities)
        if (!(each.amount >= 0)) below0.emplace(each.customer, each.period);
    WrongRows wrong;
    for (std::size_t row = 0; row < frame.rows(); ++row)
        if (amounts[row] < 0 && !isMissing(when[row]) &&
            below0.contains({labels.ofRow[row], periodOf(when[row], history.names.period, history.names.nullDate)}))
            wrong.add(frame.tableRow(row));
    return frame.blame({Fault::OutsideDomain, Wrong::BelowZero}, *columns.amount, wrong);
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

// sinceFirstPurchase leaves out what a customer did before: a refund of a purchase that the table does not show belongs to no
// cohort. Of a customer who never bought nothing is left.
std::span<const Activity> sinceFirstPurchase(std::span<const Activity> activities) {
    const auto first = std::find_if(activities.begin(), activities.end(), [](const Activity& each) { return each.bought; });
    return {first, activities.end()};
}

// Age is a cohort, or several together, so many periods after the first.
struct Age {
    double active = 0;     // customers who bought
    Amounts revenue;       // of all rows
    double customers = 0;  // of the cohorts that are old enough
    Amounts firstRevenue;  // theirs in period 0

    void add(const Age& other) {
        active += other.active;
        revenue.add(other.revenue);
        customers += other.customers;
        firstRevenue.add(other.firstRevenue);
    }
};

// Cohort holds an age for each period that has begun since the first.
using Cohort = std::vector<Age>;

OutputCell cohortCell(const Age& age, CohortMeasure measure) {
    switch (measure) {
        case CohortMeasureWords::Customers: return age.active;
        case CohortMeasureWords::Retention: return shown(ratio(age.active, age.customers));
        case CohortMeasureWords::Revenue: return shown(Result<double>(age.revenue.value()));
        case CohortMeasureWords::RevenueRetention: return shown(ratio(age.revenue.value(), age.firstRevenue.value()));
    }
    return Blank{};
}

using Cohorts = std::map<std::int64_t, Cohort>;  // by first period

Result<Cohorts> cohortsOf(const History& history) {
    Cohorts cohorts;
    bool tooLong = false;
    forEachCustomer(history.activities, [&](std::span<const Activity> all) {
        const std::span<const Activity> activities = sinceFirstPurchase(all);
        if (activities.empty()) return;
        const std::int64_t first = activities.front().period;
        tooLong = tooLong || history.lastPeriod - first >= mostCohortPeriods;
        if (tooLong) return;
        Cohort& cohort = cohorts[first];
        cohort.resize(static_cast<std::size_t>(history.lastPeriod - first + 1));
        cohort.front().customers += 1;
        for (const Activity& each : activities) {
            Age& age = cohort[static_cast<std::size_t>(each.period - first)];
            age.active += each.bought ? 1 : 0;
            age.revenue.add(each.amount);
        }
    });
    if (tooLong) return Fault::TooLarge;
    if (cohorts.empty()) return Fault::NothingToCompute;
    for (auto& [first, cohort] : cohorts)
        for (Age& age : cohort) {
            age.customers = cohort.front().customers;
            age.firstRevenue = cohort.front().revenue;
        }
    return cohorts;
}

// together puts all cohorts into one: each age is of the cohorts that are old enough for it.
Cohort together(const Cohorts& cohorts) {
    Cohort all(cohorts.begin()->second.size());
    for (const auto& [first, cohort] : cohorts)
        for (std::size_t since = 0; since < cohort.size(); ++since) all[since].add(cohort[since]);
    return all;
}

std::vector<OutputCell> cohortRow(OutputCell name, const Cohort& cohort, CohortMeasure measure) {
    std::vector<OutputCell> row = {std::move(name), cohort.front().customers};
    for (const Age& age : cohort) row.push_back(cohortCell(age, measure));
    return row;
}

// A purchase is a unit whose amounts come to more than 0; what else happened in the others tells nothing about buying.
std::vector<Activity> purchasesOf(std::span<const Activity> activities) {
    std::vector<Activity> purchases;
    for (const Activity& each : activities)
        if (each.amount > 0) purchases.push_back(each);
    return purchases;
}

}  // namespace

Result<OutputGrid> cohorts(const TableHandle& table, const ColumnRef& customer, const ColumnRef& when, Optional<Period> period,
                           Optional<CohortMeasure> measure, const std::optional<ColumnRef>& amount, Optional<Number> headers,
                           const Filters& filters) {
    const bool ofRevenue = measure.value == CohortMeasureWords::Revenue || measure.value == CohortMeasureWords::RevenueRetention;
    if (ofRevenue && !amount) return Failure(Fault::OutsideDomain, Wrong::Missing);
    const Result<History> history = historyOf(table, {customer, when, amount}, period.value, std::nullopt, filters);
    if (!history) return history.failure();
    const Result<Cohorts> cohorts = cohortsOf(*history);
    if (!cohorts) return cohorts.failure();

    const Cohort all = together(*cohorts);
    std::vector<std::string> names = {"cohort", "customers"};
    for (std::size_t since = 0; since < all.size(); ++since) names.push_back(std::to_string(since));
    OutputTable out(std::move(names), headers.value != 0);
    out.add(cohortRow("All", all, measure.value));
    for (const auto& [first, cohort] : *cohorts) out.add(cohortRow(history->names.startDay(first), cohort, measure.value));
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
        if (!(each.amount >= 0)) return amountsBelow0(*history, table, {customer, when, amount}, filters);
    }
    if (history->lastPeriod - first >= mostPeriods) return Fault::TooLarge;
    MovementBook book(first, history->lastPeriod, gapOf(reactivationGap));
    std::vector<Stretch> stretches;
    forEachCustomer(history->activities, [&](std::span<const Activity> activities) {
        stretches.clear();
        for (const Activity& each : activities) stretches.push_back({each.period, each.period, each.amount});
        book.enter(stretches);
    });
    return std::move(book).table(history->names, headers.value != 0);
}

Result<OutputGrid> rfm(const TableHandle& table, const ColumnRef& customer, const ColumnRef& when, const ColumnRef& amount,
                       Optional<Period> unit, const std::optional<Moment>& asOf, Optional<Number> headers, const Filters& filters) {
    std::optional<double> until;
    if (asOf) until = lastMomentOf(*asOf);
    const Result<History> history = historyOf(table, {customer, when, amount}, unit.value, until, filters);
    if (!history) return history.failure();
    const std::int64_t now = asOf ? periodOf(*asOf, unit.value, history->names.nullDate) : history->lastPeriod;

    struct Line {
        const Name* customer;
        std::vector<OutputCell> cells;
    };
    std::vector<Line> lines;
    forEachCustomer(history->activities, [&](std::span<const Activity> activities) {
        const std::vector<Activity> purchases = purchasesOf(activities);
        if (purchases.empty()) return;
        const auto repeats = static_cast<double>(purchases.size() - 1);
        std::vector<double> amounts;
        for (const Activity& each : std::span(purchases).subspan(1)) amounts.push_back(each.amount);
        const std::int64_t first = purchases.front().period;
        const Name& name = history->customers[purchases.front().customer];
        const OutputCell mean =
            amounts.empty() ? OutputCell(Failure(Fault::NothingToCompute)) : shown(Result<double>(sum(amounts) / repeats));
        lines.push_back(
            {&name,
             {name.cell(), repeats, static_cast<double>(purchases.back().period - first), static_cast<double>(now - first), mean}});
    });
    if (lines.empty()) return Fault::NothingToCompute;
    std::sort(lines.begin(), lines.end(),
              [&table](const Line& a, const Line& b) { return comesBefore(*a.customer, *b.customer, table->culture()); });
    OutputTable out({"customer", "repeats", "recency", "age", "mean repeat value"}, headers.value != 0);
    for (Line& line : lines) out.add(std::move(line.cells));
    return std::move(out).grid();
}

}  // namespace calckpi
