#include "core/kpis/plans.hpp"

#include "core/dates/moment.hpp"
#include "core/kpis/movements.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace calckpi {
namespace {

struct IntervalWord {
    std::string_view word;  // folded
    double months;
};
constexpr IntervalWord intervalWords[] = {
    // English
    {"month", 1},
    {"months", 1},
    {"monthly", 1},
    {"per month", 1},
    {"quarter", 3},
    {"quarters", 3},
    {"quarterly", 3},
    {"per quarter", 3},
    {"half-year", 6},
    {"half year", 6},
    {"half-yearly", 6},
    {"semi-annual", 6},
    {"semiannual", 6},
    {"semi-annually", 6},
    {"semiannually", 6},
    {"year", 12},
    {"years", 12},
    {"yearly", 12},
    {"annual", 12},
    {"annually", 12},
    {"per year", 12},
    // French
    {"mois", 1},
    {"mensuel", 1},
    {"mensuelle", 1},
    {"mensuellement", 1},
    {"par mois", 1},
    {"trimestre", 3},
    {"trimestriel", 3},
    {"trimestrielle", 3},
    {"trimestriellement", 3},
    {"par trimestre", 3},
    {"semestre", 6},
    {"semestriel", 6},
    {"semestrielle", 6},
    {"par semestre", 6},
    {"an", 12},
    {"ans", 12},
    {"année", 12},
    {"annee", 12},
    {"annuel", 12},
    {"annuelle", 12},
    {"annuellement", 12},
    {"par an", 12},
    // Romanian
    {"lună", 1},
    {"luna", 1},
    {"luni", 1},
    {"lunar", 1},
    {"lunară", 1},
    {"lunara", 1},
    {"pe lună", 1},
    {"pe luna", 1},
    {"trimestru", 3},
    {"trimestrial", 3},
    {"trimestrială", 3},
    {"trimestriala", 3},
    {"pe trimestru", 3},
    {"semestru", 6},
    {"semestrial", 6},
    {"semestrială", 6},
    {"semestriala", 6},
    {"pe semestru", 6},
    {"ani", 12},
    {"anual", 12},
    {"anuală", 12},
    {"anuala", 12},
    {"pe an", 12}};

struct PlanColumns {
    const ColumnRef& customer;
    const ColumnRef& start;
    const ColumnRef& end;
    const ColumnRef& amount;
    const BillingInterval& interval;
};

// Plan is a row: in which periods it runs at the end, and what it brings in a month.
struct Plan {
    std::uint32_t customer = 0;
    std::int64_t first = 0;
    std::int64_t last = 0;  // before the first for a plan that runs at the end of none
    double perMonth = 0;
    std::size_t tableRow = 0;
};

// intervalsOf gives the months of each row of the frame.
Result<std::vector<double>> intervalsOf(const Frame& frame, const BillingInterval& interval) {
    if (const double* months = std::get_if<double>(&interval.months)) return std::vector<double>(frame.rows(), *months);
    const ColumnRef header = std::get<std::string>(interval.months);
    const Result<ColumnHandle> used = frame.column(header);
    if (!used) return used.failure();
    const Column& cells = **used;
    std::vector<double> ofText;  // missing for a text that is no word
    for (const std::string& text : cells.texts()) ofText.push_back(isBlank(text) ? 1 : monthsOf(text).value_or(missing));
    std::vector<double> months;
    WrongRows noWords;
    WrongRows notAbove0;
    for (std::size_t row = 0; row < frame.rows(); ++row) {
        const std::size_t at = frame.tableRow(row);
        const CellKind kind = cells.kind(at);
        months.push_back(kind == CellKind::Number ? cells.number(at) : kind == CellKind::Text ? ofText[cells.textIndex(at)] : 1);
        if (isMissing(months.back())) noWords.add(at);
        if (months.back() <= 0) notAbove0.add(at);
    }
    if (!noWords.none()) return frame.blame({Fault::NotANumber, Wrong::TextForNumber}, header, noWords);
    if (!notAbove0.none()) return frame.blame({Fault::OutsideDomain, Wrong::OutsideBounds}, header, notAbove0);
    return months;
}

// lastTimeOfPlans is the table's own clock: the last start or end in it, whatever the filters.
Result<double> lastTimeOfPlans(const Frame& frame, const PlanColumns& columns) {
    std::optional<double> last;
    for (const ColumnRef* const column : {&columns.start, &columns.end}) {
        const Result<std::optional<double>> time = frame.lastTimeIn(*column);
        if (!time) return time.failure();
        if (*time && !(last && *last >= **time)) last = **time;
    }
    if (!last) return Fault::NothingToCompute;
    return *last;
}

struct Clock {
    PeriodNames names;
    double until = 0;  // the last moment that has happened
    std::int64_t of(double moment) const { return periodOf(moment, names.period, names.nullDate); }
    std::int64_t now() const { return of(until); }
    bool happened(double moment) const { return !isAfter(moment, until); }
};

// plansOf reads the plans that have started. A plan that ends is gone at the end of the period that holds its end; what has not
// ended runs now.
Result<std::vector<Plan>> plansOf(const Frame& frame, const PlanColumns& columns, const Clock& clock) {
    const Result<Labels> customers = frame.labels(columns.customer, Identity::Unit);
    if (!customers) return customers.failure();
    const Result<std::vector<double>> starts = frame.numbers(columns.start, Wanted::Date);
    if (!starts) return starts.failure();
    const Result<std::vector<double>> ends = frame.numbers(columns.end, Wanted::Date);
    if (!ends) return ends.failure();
    const Result<std::vector<double>> amounts = frame.numbers(columns.amount);
    if (!amounts) return amounts.failure();
    const Result<std::vector<double>> months = intervalsOf(frame, columns.interval);
    if (!months) return months.failure();

    std::vector<Plan> plans;
    WrongRows backwards;
    for (std::size_t row = 0; row < frame.rows(); ++row) {
        const double start = (*starts)[row];
        const double end = (*ends)[row];
        if (customers->ofRow[row] == Labels::none || isMissing(start)) continue;
        if (!isMissing(end) && daysFrom(start, end) < 0) backwards.add(frame.tableRow(row));
        if (!clock.happened(start)) continue;
        const bool ended = !isMissing(end) && clock.happened(end);
        const double amount = isMissing((*amounts)[row]) ? 0 : (*amounts)[row];
        plans.push_back({customers->ofRow[row], clock.of(start), ended ? clock.of(end) - 1 : clock.now(), amount / (*months)[row],
                         frame.tableRow(row)});
    }
    if (!backwards.none()) return frame.blame({Fault::OutsideDomain, Wrong::EndBeforeStart}, columns.end, backwards);
    if (plans.empty()) return Fault::NothingToCompute;
    std::sort(plans.begin(), plans.end(), [](const Plan& a, const Plan& b) {
        return std::tie(a.customer, a.first, a.last, a.perMonth) < std::tie(b.customer, b.first, b.last, b.perMonth);
    });
    return plans;
}

// Turn is where one plan begins or ends to count.
struct Turn {
    std::int64_t period = 0;
    double perMonth = 0;  // what comes, or less what goes
    int plans = 0;        // 1 or -1
};

std::vector<Turn> turnsOf(std::span<const Plan> plans) {
    std::vector<Turn> turns;
    for (const Plan& plan : plans) {
        if (plan.first > plan.last) continue;
        turns.push_back({plan.first, plan.perMonth, 1});
        turns.push_back({plan.last + 1, -plan.perMonth, -1});
    }
    std::sort(turns.begin(), turns.end(),
              [](const Turn& a, const Turn& b) { return std::tie(a.period, a.perMonth) < std::tie(b.period, b.perMonth); });
    return turns;
}

// stretchesOf adds up one customer's plans.
std::vector<Stretch> stretchesOf(std::span<const Plan> plans) {
    const std::vector<Turn> turns = turnsOf(plans);
    std::vector<Stretch> stretches;
    Amounts running;
    int count = 0;
    for (auto turn = turns.begin(); turn != turns.end();) {
        const std::int64_t period = turn->period;
        for (; turn != turns.end() && turn->period == period; ++turn) {
            running.add(turn->perMonth);
            count += turn->plans;
        }
        if (count > 0)
            stretches.push_back({period, turn->period - 1, running.value()});  // what runs now ends by a later turn
        else
            running = {};
    }
    return stretches;
}

WrongRows below0(std::span<const Plan> plans) {
    WrongRows rows;
    for (const Plan& plan : plans)
        if (plan.perMonth < 0) rows.add(plan.tableRow);
    return rows;
}

}  // namespace

std::optional<double> monthsOf(std::string_view word) {
    const std::string wanted = folded(word);
    for (const IntervalWord& each : intervalWords)
        if (each.word == wanted) return each.months;
    return std::nullopt;
}

Result<OutputGrid> mrrPlans(const TableHandle& table, const ColumnRef& customer, const ColumnRef& start, const ColumnRef& end,
                            const ColumnRef& amount, const Optional<BillingInterval>& interval, Optional<Period> period,
                            const std::optional<Periods>& reactivationGap, const std::optional<Moment>& asOf,
                            Optional<Number> headers, const Filters& filters) {
    const Result<Frame> frame = Frame::of(table, filters);
    if (!frame) return frame.failure();
    const PlanColumns columns{customer, start, end, amount, interval.value};
    const Result<double> now = asOf ? Result<double>(*asOf) : lastTimeOfPlans(*frame, columns);
    if (!now) return now.failure();
    const Clock clock{{period.value, table->culture().nullDate()}, lastMomentOf(*now)};
    const Result<std::vector<Plan>> plans = plansOf(*frame, columns, clock);
    if (!plans) return plans.failure();

    const std::int64_t first =
        std::min_element(plans->begin(), plans->end(), [](const Plan& a, const Plan& b) { return a.first < b.first; })->first;
    if (clock.now() - first >= mostPeriods) return Fault::TooLarge;
    MovementBook book(first, clock.now(), gapOf(reactivationGap));
    for (auto plan = plans->begin(); plan != plans->end();) {
        const auto next = std::find_if(plan, plans->end(), [&](const Plan& other) { return other.customer != plan->customer; });
        const std::span<const Plan> ofCustomer(plan, next);
        const std::vector<Stretch> stretches = stretchesOf(ofCustomer);
        if (std::any_of(stretches.begin(), stretches.end(), [](const Stretch& each) { return !(each.amount >= 0); }))
            return frame->blame({Fault::OutsideDomain, Wrong::BelowZero}, amount, below0(ofCustomer));
        book.enter(stretches);
        plan = next;
    }
    return std::move(book).table(clock.names, headers.value != 0);
}

}  // namespace calckpi
