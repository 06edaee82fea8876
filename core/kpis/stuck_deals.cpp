#include "core/kpis/stuck_deals.hpp"

#include "core/dates/moment.hpp"
#include "core/tables/query.hpp"

#include <algorithm>
#include <limits>

namespace calckpi {
namespace {

// Ages of the deals that are open, and the days that the won ones took.
struct Ages {
    struct Open {
        std::size_t tableRow = 0;
        double days = 0;
    };
    std::vector<Open> open;
    std::vector<double> won;
};

struct DealDates {
    const StatusRule& status;
    const ColumnRef& opened;
    const std::optional<ColumnRef>& closed;
};

Result<double> clockOf(const Frame& frame, const DealDates& columns) {
    const Result<std::optional<double>> last =
        lastTimeOfDeals(frame, columns.opened, columns.closed ? *columns.closed : columns.opened, columns.status,
                        std::numeric_limits<double>::infinity());
    if (!last) return last.failure();
    if (!*last) return Fault::NothingToCompute;
    return **last;
}

Result<Ages> agesOf(const Frame& frame, const DealDates& columns, double asOf) {
    const Result<std::vector<State>> states = statesOf(frame, columns.status);
    if (!states) return states.failure();
    const Result<std::vector<double>> openings = frame.numbers(columns.opened, Wanted::Date);
    if (!openings) return openings.failure();
    const Result<std::vector<double>> closes =
        columns.closed ? frame.numbers(*columns.closed, Wanted::Date) : std::vector<double>(frame.rows(), missing);
    if (!closes) return closes.failure();

    const double until = lastMomentOf(asOf);
    Ages ages;
    WrongRows backwards;
    for (std::size_t row = 0; row < frame.rows(); ++row) {
        const State state = (*states)[row];
        const double opened = (*openings)[row];
        const double closed = state == State::Open ? missing : (*closes)[row];
        if (state == State::None || isMissing(opened)) continue;
        const double days = daysFrom(opened, closed);
        if (days < 0) backwards.add(frame.tableRow(row));
        if (state == State::Open || isAfter(closed, until)) {
            if (!isAfter(opened, until)) ages.open.push_back({frame.tableRow(row), daysFrom(opened, asOf)});
        } else if (state == State::Won && !isMissing(closed)) {
            ages.won.push_back(days);
        }
    }
    if (!backwards.none()) return frame.blame({Fault::OutsideDomain, Wrong::EndBeforeStart}, *columns.closed, backwards);
    return ages;
}

// Shown is a column that is only shown.
Result<std::optional<ColumnHandle>> shownColumn(const Frame& frame, const std::optional<ColumnRef>& column, bool ofNumbers) {
    if (!column) return std::optional<ColumnHandle>();
    const Result<ColumnHandle> used = ofNumbers ? frame.numberColumn(*column) : frame.column(*column);
    if (!used) return used.failure();
    return std::optional(*used);
}

OutputCell cellOf(const std::optional<ColumnHandle>& column, std::size_t row) {
    if (!column) return Blank{};
    const Column& cells = **column;
    if (cells.kind(row) == CellKind::Number) return cells.number(row);
    const std::string_view text = cells.kind(row) == CellKind::Text ? trimmed(cells.texts()[cells.textIndex(row)]) : "";
    return text.empty() ? OutputCell(Blank{}) : OutputCell(std::string(text));
}

}  // namespace

Result<OutputGrid> stuckDeals(const TableHandle& table, const ColumnRef& status, const Values& won, const Values& lost,
                              const ColumnRef& opened, const std::optional<ColumnRef>& closed,
                              const std::optional<ColumnRef>& stage, const std::optional<ColumnRef>& amount,
                              Optional<AgeLimit> limit, const std::optional<Moment>& asOf, Optional<Number> headers,
                              const Filters& filters) {
    const Statistic* const statistic = limit.value.statistic();
    if (statistic != nullptr && !closed) return Failure(Fault::OutsideDomain, Wrong::Missing);
    const Result<Frame> frame = Frame::of(table, filters);
    if (!frame) return frame.failure();
    const StatusRule rule{status, won, lost};
    const DealDates columns{rule, opened, closed};
    const Result<double> now = asOf ? Result<double>(*asOf) : clockOf(*frame, columns);
    if (!now) return now.failure();
    const Result<Ages> ages = agesOf(*frame, columns, *now);
    if (!ages) return ages.failure();
    const Result<std::optional<ColumnHandle>> stages = shownColumn(*frame, stage, false);
    if (!stages) return stages.failure();
    const Result<std::optional<ColumnHandle>> amounts = shownColumn(*frame, amount, true);
    if (!amounts) return amounts.failure();
    const Result<double> days = statistic != nullptr ? statistic->of(ages->won) : *limit.value.days();
    if (!days) return days.failure();

    std::vector<Ages::Open> open = ages->open;
    std::erase_if(open, [&](const Ages::Open& deal) { return !isAfter(deal.days, *days); });
    if (open.empty()) return Fault::NothingToCompute;
    std::stable_sort(open.begin(), open.end(), [](const Ages::Open& a, const Ages::Open& b) { return a.days > b.days; });
    if (open.size() > limit.value.most()) open.resize(limit.value.most());
    OutputTable out({"row", "age", "limit", "stage", "amount"}, headers.value != 0);
    out.reserve(open.size());
    for (const Ages::Open& deal : open)
        out.add({static_cast<double>(deal.tableRow + 1), deal.days, *days, cellOf(*stages, deal.tableRow),
                 cellOf(*amounts, deal.tableRow)});
    return std::move(out).grid();
}

}  // namespace calckpi
