#include "core/kpis/cohorts.hpp"

#include "core/catalog/output.hpp"
#include "core/dates/moment.hpp"
#include "core/kpis/movements.hpp"
#include "core/tables/histories.hpp"
#include "core/values/series.hpp"
#include "core/values/sum.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <utility>

namespace calckpi {
namespace {

// A sheet has 1,024 columns; the first two of a cohort table are the first period and the number of customers.
constexpr std::int64_t mostCohortPeriods = 1024 - 2;

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

// sinceFirstPurchase leaves out what a customer did before: a refund of a purchase that the table does not show belongs to no
// cohort. Of a customer who never bought nothing is left.
std::span<const Activity> sinceFirstPurchase(std::span<const Activity> activities) {
    const auto first = std::find_if(activities.begin(), activities.end(), [](const Activity& each) { return each.bought; });
    return {first, activities.end()};
}

Result<Cohorts> cohortsOf(const Histories& histories) {
    Cohorts cohorts;
    bool tooLong = false;
    histories.forEachCustomer([&](std::span<const Activity> all) {
        const std::span<const Activity> activities = sinceFirstPurchase(all);
        if (activities.empty()) return;
        const std::int64_t first = activities.front().period;
        tooLong = tooLong || histories.lastPeriod - first >= mostCohortPeriods;
        if (tooLong) return;
        Cohort& cohort = cohorts[first];
        cohort.resize(static_cast<std::size_t>(histories.lastPeriod - first + 1));
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
    const Result<Histories> histories = run(HistoryQuestion{customer, when, amount, period.value, std::nullopt, filters}, table);
    if (!histories) return histories.failure();
    const Result<Cohorts> cohorts = cohortsOf(*histories);
    if (!cohorts) return cohorts.failure();

    const Cohort all = together(*cohorts);
    std::vector<std::string> names = {"cohort", "customers"};
    for (std::size_t since = 0; since < all.size(); ++since) names.push_back(std::to_string(since));
    OutputTable out(std::move(names), headers.value != 0);
    out.add(cohortRow("All", all, measure.value));
    for (const auto& [first, cohort] : *cohorts) out.add(cohortRow(histories->names.startDay(first), cohort, measure.value));
    return std::move(out).grid();
}

Result<OutputGrid> mrrMovements(const TableHandle& table, const ColumnRef& customer, const ColumnRef& when, const ColumnRef& amount,
                                Optional<Period> period, const std::optional<Periods>& reactivationGap, Optional<Number> headers,
                                const Filters& filters) {
    const HistoryQuestion question{customer, when, amount, period.value, std::nullopt, filters};
    const Result<Histories> histories = run(question, table);
    if (!histories) return histories.failure();
    std::int64_t first = histories->lastPeriod;
    for (const Activity& each : histories->activities) {
        first = std::min(first, each.period);
        if (!(each.amount >= 0)) return amountsBelow0(*histories, question, table);
    }
    if (histories->lastPeriod - first >= mostPeriods) return Fault::TooLarge;
    MovementBook book(first, histories->lastPeriod, gapOf(reactivationGap));
    std::vector<Stretch> stretches;
    histories->forEachCustomer([&](std::span<const Activity> activities) {
        stretches.clear();
        for (const Activity& each : activities) stretches.push_back({each.period, each.period, each.amount});
        book.enter(stretches);
    });
    return std::move(book).table(histories->names, headers.value != 0);
}

Result<OutputGrid> rfm(const TableHandle& table, const ColumnRef& customer, const ColumnRef& when, const ColumnRef& amount,
                       Optional<Period> unit, const std::optional<Moment>& asOf, Optional<Number> headers, const Filters& filters) {
    std::optional<double> until;
    if (asOf) until = lastMomentOf(*asOf);
    const Result<Histories> histories = run(HistoryQuestion{customer, when, amount, unit.value, until, filters}, table);
    if (!histories) return histories.failure();
    const std::int64_t now = asOf ? periodOf(*asOf, unit.value, histories->names.nullDate) : histories->lastPeriod;

    struct Line {
        const Name* customer;
        std::vector<OutputCell> cells;
    };
    std::vector<Line> lines;
    histories->forEachCustomer([&](std::span<const Activity> activities) {
        const std::vector<Activity> purchases = purchasesOf(activities);
        if (purchases.empty()) return;
        const auto repeats = static_cast<double>(purchases.size() - 1);
        std::vector<double> amounts;
        for (const Activity& each : std::span(purchases).subspan(1)) amounts.push_back(each.amount);
        const std::int64_t first = purchases.front().period;
        const Name& name = histories->customers[purchases.front().customer];
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
