#include "core/kpis/periods.hpp"

#include "core/dates/moment.hpp"
#include "core/statistics/proportions.hpp"
#include "core/tables/query.hpp"
#include "core/values/sum.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

namespace calckpi {
namespace {

constexpr double mostShift = 4e6;  // more days than there are dates
constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

// Clock numbers periods, and knows what has happened as of a moment.
class Clock {
public:
    Clock(Period period, std::chrono::sys_days nullDate, double asOf)
        : period_(period), nullDate_(nullDate), today_(dayOf(asOf)), until_(lastMomentOf(asOf)) {}

    bool happened(double moment) const { return !isAfter(moment, until_); }
    std::int64_t periodOf(double moment) const { return calckpi::periodOf(moment, period_, nullDate_); }
    std::int64_t now() const { return periodOf(today_); }
    double firstDay(std::int64_t number) const { return startOf(number, period_, nullDate_); }
    double complete(std::int64_t number) const { return today_ >= firstDay(number + 1) - 1 ? 1 : 0; }

private:
    Period period_;
    std::chrono::sys_days nullDate_;
    double today_;
    double until_;
};

// Deal is a row as far as it had happened.
struct Deal {
    State state = State::Open;    // an open one may close later
    std::int64_t opened = never;  // the period
    std::int64_t closed = never;  // that of a won or lost deal
    double days = missing;        // from opening to close
    double amount = missing;
};

struct DealColumns {
    const StatusRule& status;
    const ColumnRef& opened;
    const ColumnRef& closed;
    const std::optional<ColumnRef>& amount;
};

// dealsOf reads the deals that have opened or closed, in one pass over the columns.
Result<std::vector<Deal>> dealsOf(const Frame& frame, const DealColumns& columns, const Clock& clock) {
    const Result<std::vector<State>> states = statesOf(frame, columns.status);
    if (!states) return states.failure();
    const Result<std::vector<double>> openings = frame.numbers(columns.opened, Wanted::Date);
    if (!openings) return openings.failure();
    const Result<std::vector<double>> closes = frame.numbers(columns.closed, Wanted::Date);
    if (!closes) return closes.failure();
    const Result<std::vector<double>> amounts = columns.amount ? frame.numbers(*columns.amount) : std::vector<double>();
    if (!amounts) return amounts.failure();

    std::vector<Deal> deals;
    deals.reserve(frame.rows());
    WrongRows backwards;
    for (std::size_t row = 0; row < frame.rows(); ++row) {
        const State state = (*states)[row];
        if (state == State::None) continue;
        const double opened = (*openings)[row];
        const double closed = state == State::Open ? missing : (*closes)[row];
        Deal deal{.state = state, .amount = columns.amount ? (*amounts)[row] : missing};
        if (!isMissing(opened) && clock.happened(opened)) deal.opened = clock.periodOf(opened);
        if (!isMissing(closed)) {
            deal.days = daysFrom(opened, closed);
            if (deal.days < 0) backwards.add(frame.tableRow(row));
            if (clock.happened(closed))
                deal.closed = clock.periodOf(closed);
            else
                deal.state = State::Open;
        }
        if (deal.opened != never || deal.closed != never) deals.push_back(deal);
    }
    if (!backwards.none()) return frame.blame({Fault::OutsideDomain, Wrong::EndBeforeStart}, columns.closed, backwards);
    if (deals.empty()) return Fault::NothingToCompute;
    return deals;
}

// Takings are a sum of amounts over deals of which some may have none: of deals without any amount nothing is known.
struct Takings {
    Sum total;
    double amounts = 0;
    double deals = 0;

    void add(double amount) {
        deals += 1;
        if (isMissing(amount)) return;
        total.add(amount);
        amounts += 1;
    }
    void add(const Takings& other) {
        total.add(other.total);
        amounts += other.amounts;
        deals += other.deals;
    }
    void remove(double amount) {
        deals -= 1;
        if (isMissing(amount)) return;
        total.add(-amount);
        amounts -= 1;
    }
    OutputCell sum() const {
        if (deals == 0) return 0.0;
        if (amounts == 0) return Failure(Fault::NothingToCompute);
        return shown(Result<double>(total.value()));
    }
    OutputCell mean() const {
        if (amounts == 0) return Failure(Fault::NothingToCompute);
        return shown(Result<double>(total.value() / amounts));
    }
};

// Figures of one period.
struct Figures {
    double created = 0;
    double createdAndWon = 0;
    double won = 0;
    double lost = 0;
    Takings revenue;
    std::vector<double> cycles;
    Takings pipeline;  // by how much it grows in the period

    void add(const Deal& deal, std::int64_t period);
    bool hasDeals() const { return created + won + lost > 0; }
};

void Figures::add(const Deal& deal, std::int64_t period) {
    if (deal.opened == period) {
        created += 1;
        createdAndWon += deal.state == State::Won ? 1 : 0;
    }
    if (deal.closed == period) {
        (deal.state == State::Won ? won : lost) += 1;
        if (deal.state == State::Won) revenue.add(deal.amount);
        if (deal.state == State::Won && !isMissing(deal.days)) cycles.push_back(deal.days);
    }
    // Of a closed deal without a date of its close nobody knows when it was open.
    const bool wasOpen = deal.opened != never && (deal.state == State::Open || deal.closed != never) && deal.opened != deal.closed;
    if (wasOpen && deal.opened == period) pipeline.add(deal.amount);
    if (wasOpen && deal.closed == period) pipeline.remove(deal.amount);
}

OutputCell shareCell(double part, double whole, bool hasDeals) {
    if (!hasDeals) return Failure(Fault::NothingToCompute);
    return shown(shareOf(part, whole));
}

void addWinRate(std::vector<OutputCell>& row, const Figures& figures) {
    static const double z = *normalQuantile(0.95);
    const double closed = figures.won + figures.lost;
    row.push_back(shareCell(figures.won, closed, figures.hasDeals()));
    if (closed == 0) {
        row.insert(row.end(), 2, row.back());
        return;
    }
    const Interval interval = wilson({figures.won, closed}, z);
    row.insert(row.end(), {interval.low, interval.high});
}

OutputCell cycleCell(const Figures& figures, std::string_view statistic) {
    return shown(Statistic::fromText(statistic)->of(figures.cycles));
}

std::vector<OutputCell> rowOf(const Figures& figures, const Takings& openAtEnd, bool withMoney) {
    std::vector<OutputCell> row = {figures.created, figures.won, figures.lost, openAtEnd.deals};
    const auto money = [&](OutputCell cell) { row.push_back(withMoney ? std::move(cell) : Blank{}); };
    addWinRate(row, figures);
    row.push_back(shareCell(figures.createdAndWon, figures.created, figures.hasDeals()));
    money(figures.revenue.sum());
    money(figures.revenue.mean());
    row.push_back(cycleCell(figures, "median"));
    row.push_back(cycleCell(figures, "mean"));
    money(openAtEnd.sum());
    return row;
}

std::int64_t firstPeriodOf(const std::vector<Deal>& deals) {
    std::int64_t first = never;
    for (const Deal& deal : deals) first = std::min({first, deal.opened, deal.closed});
    return first;
}

// figuresOf has the figures of each period from the first on.
std::vector<Figures> figuresOf(const std::vector<Deal>& deals, std::int64_t first, std::int64_t last) {
    std::vector<Figures> figures(static_cast<std::size_t>(last - first + 1));
    const auto add = [&](const Deal& deal, std::int64_t period) {
        figures[static_cast<std::size_t>(period - first)].add(deal, period);
    };
    for (const Deal& deal : deals) {
        if (deal.opened != never) add(deal, deal.opened);
        if (deal.closed != never && deal.closed != deal.opened) add(deal, deal.closed);
    }
    return figures;
}

// Entry is a row that counts: its period and group, and what is summed up of it.
struct Entry {
    std::int64_t period = 0;
    std::uint32_t group = 0;
    double value = 0;  // missing for none; the number of a different value where these are counted
};

struct ValueColumns {
    const ColumnRef& when;
    const std::optional<ColumnRef>& value;
    const std::optional<ColumnRef>& by;
};

// valuesOf gives what is summed up of each row of the frame.
Result<std::vector<double>> valuesOf(const Frame& frame, const std::optional<ColumnRef>& column, const ValueStatistic& statistic) {
    if (!column) return std::vector<double>(frame.rows(), 1);
    if (statistic.ofNumbers()) return frame.numbers(*column);
    const Result<Labels> labels = frame.labels(*column, Identity::Unit);
    if (!labels) return labels.failure();
    std::vector<double> values;
    for (const std::uint32_t label : labels->ofRow) values.push_back(label == Labels::none ? missing : label);
    return values;
}

// Group is a column of the table.
struct Group {
    Name name;
    std::uint32_t label = Labels::none;
};

// groupsOf gives the groups of the labels that are in some row, in their order.
std::vector<Group> groupsOf(const std::vector<Entry>& entries, const LabelFinder& finder, const Table& table) {
    std::vector<std::uint8_t> stands(finder.count());
    bool blank = false;
    for (const Entry& entry : entries) {
        if (entry.group == Labels::none)
            blank = true;
        else
            stands[entry.group] = 1;
    }
    std::vector<Group> groups;
    for (std::uint32_t label = 0; label < stands.size(); ++label)
        if (stands[label] != 0) groups.push_back({finder.nameOf(label), label});
    if (blank) groups.push_back({{"(blank)"}, Labels::none});
    std::sort(groups.begin(), groups.end(), [&](const Group& a, const Group& b) {
        // A text "(blank)" of the user's own comes first of the two.
        if (a.name == b.name) return a.label < b.label;
        return comesBefore(a.name, b.name, table.culture());
    });
    return groups;
}

// entriesOf reads the rows that have a date and have happened.
Result<std::vector<Entry>> entriesOf(const Frame& frame, const ValueColumns& columns, const ValueStatistic& statistic,
                                     const LabelFinder* groups, const Clock& clock) {
    const Result<std::vector<double>> when = frame.numbers(columns.when, Wanted::Date);
    if (!when) return when.failure();
    const Result<std::vector<double>> values = valuesOf(frame, columns.value, statistic);
    if (!values) return values.failure();
    std::vector<std::uint32_t> labels(frame.rows(), Labels::none);
    std::size_t done = 0;
    frame.inBlocks([&](const auto& block) {
        if (groups != nullptr) groups->find(block, [&](std::size_t place, std::uint32_t label) { labels[done + place] = label; });
        done += block.size();
    });
    std::vector<Entry> entries;
    for (std::size_t row = 0; row < frame.rows(); ++row)
        if (!isMissing((*when)[row]) && clock.happened((*when)[row]))
            entries.push_back({clock.periodOf((*when)[row]), labels[row], (*values)[row]});
    if (entries.empty()) return Fault::NothingToCompute;
    return entries;
}

// The table's own clock; a table without a time has none, and no deals either.
Result<double> clockOfDeals(const Frame& frame, const ColumnRef& opened, const ColumnRef& closed, const StatusRule& rule) {
    const Result<std::optional<double>> last =
        lastTimeOfDeals(frame, opened, closed, rule, std::numeric_limits<double>::infinity());
    if (!last) return last.failure();
    if (!*last) return Fault::NothingToCompute;
    return **last;
}

// Gathered is what is summed up of some rows; a row may have no value.
struct Gathered {
    std::vector<double> values;
    bool rows = false;

    void add(double value) {
        rows = true;
        if (!isMissing(value)) values.push_back(value);
    }
};

OutputCell summaryOf(Gathered gathered, const ValueStatistic& statistic) {
    std::vector<double>& values = gathered.values;
    switch (statistic.kind()) {
        case ValueStatistic::Kind::Count: return static_cast<double>(values.size());
        case ValueStatistic::Kind::Sum:
            if (gathered.rows && values.empty()) return Failure(Fault::NothingToCompute);  // nothing known is not 0
            return shown(Result<double>(sum(values)));
        case ValueStatistic::Kind::Distinct:
            std::sort(values.begin(), values.end());
            return static_cast<double>(std::unique(values.begin(), values.end()) - values.begin());
        case ValueStatistic::Kind::Other: return shown(statistic.other().of(std::move(values)));
    }
    return Blank{};
}

// ValueTable writes the summaries of each period's groups and of all its rows.
class ValueTable {
public:
    // The entries are in the order of their periods.
    ValueTable(std::vector<Entry> entries, std::vector<Group> groups, ValueStatistic statistic)
        : entries_(std::move(entries)), groups_(std::move(groups)), statistic_(statistic) {}

    std::vector<OutputCell> headers() const {
        std::vector<OutputCell> names = {"period", "complete"};
        for (const Group& group : groups_) names.push_back(group.name.cell());
        names.emplace_back("total");
        return names;
    }
    // row takes the periods in turn.
    std::vector<OutputCell> row(std::int64_t period, const Clock& clock) {
        std::vector<OutputCell> cells = {clock.firstDay(period), clock.complete(period)};
        std::map<std::uint32_t, Gathered> ofGroup;
        Gathered all;
        for (; next_ < entries_.size() && entries_[next_].period == period; ++next_) {
            const Entry& entry = entries_[next_];
            all.add(entry.value);
            if (!groups_.empty()) ofGroup[entry.group].add(entry.value);
        }
        for (const Group& group : groups_) cells.push_back(summaryOf(std::move(ofGroup[group.label]), statistic_));
        cells.push_back(summaryOf(std::move(all), statistic_));
        return cells;
    }

private:
    std::vector<Entry> entries_;
    std::vector<Group> groups_;
    ValueStatistic statistic_;
    std::size_t next_ = 0;
};

}  // namespace

Result<OutputGrid> kpiPeriods(const TableHandle& table, const ColumnRef& status, const Values& won, const Values& lost,
                              const ColumnRef& opened, const ColumnRef& closed, const std::optional<ColumnRef>& amount,
                              Optional<Period> period, const std::optional<Moment>& asOf, Optional<Number> headers,
                              const Filters& filters) {
    const Result<Frame> frame = Frame::of(table, filters);
    if (!frame) return frame.failure();
    const StatusRule rule{status, won, lost};
    const Result<double> now = asOf ? Result<double>(*asOf) : clockOfDeals(*frame, opened, closed, rule);
    if (!now) return now.failure();
    const Clock clock(period.value, table->culture().nullDate(), *now);
    const Result<std::vector<Deal>> deals = dealsOf(*frame, {rule, opened, closed, amount}, clock);
    if (!deals) return deals.failure();
    const std::int64_t first = firstPeriodOf(*deals);
    if (clock.now() - first >= mostPeriods) return Fault::TooLarge;

    OutputTable out({"period", "complete", "created", "won", "lost", "open at end", "win rate", "low", "high",
                     "win rate of created", "revenue", "average sale", "median cycle", "mean cycle", "pipeline at end"},
                    headers.value != 0);
    Takings openAtEnd;
    std::int64_t number = first;
    for (const Figures& figures : figuresOf(*deals, first, clock.now())) {
        openAtEnd.add(figures.pipeline);
        std::vector<OutputCell> row = rowOf(figures, openAtEnd, amount.has_value());
        row.insert(row.begin(), {clock.firstDay(number), clock.complete(number)});
        out.add(std::move(row));
        ++number;
    }
    return std::move(out).grid();
}

Result<OutputGrid> periodValues(const TableHandle& table, const ColumnRef& when, const std::optional<ColumnRef>& value,
                                Optional<ValueStatistic> statistic, const std::optional<ColumnRef>& by, Optional<Period> period,
                                const std::optional<Moment>& asOf, Optional<Number> headers, const Filters& filters) {
    if (statistic.value.kind() != ValueStatistic::Kind::Count && !value) return Failure(Fault::OutsideDomain, Wrong::Missing);
    const Result<Frame> frame = Frame::of(table, filters);
    if (!frame) return frame.failure();
    const Result<std::optional<double>> last = frame->lastTimeIn(when);
    if (!last) return last.failure();
    const std::optional<double> now = asOf ? std::optional<double>(*asOf) : *last;
    const Clock clock(period.value, table->culture().nullDate(), now.value_or(0));
    std::optional<LabelFinder> finder;
    if (by) {
        const Result<ColumnHandle> column = frame->column(*by);
        if (!column) return column.failure();
        finder.emplace(*frame, *column);
    }
    Result<std::vector<Entry>> read = entriesOf(*frame, {when, value, by}, statistic.value, finder ? &*finder : nullptr, clock);
    if (!read) return read.failure();
    std::vector<Entry> entries = *std::move(read);
    std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.period < b.period; });
    const std::int64_t first = entries.front().period;
    if (clock.now() - first >= mostPeriods) return Fault::TooLarge;

    std::vector<Group> groups = finder ? groupsOf(entries, *finder, *table) : std::vector<Group>();
    if (!fitsASheet(1, groups.size() + 3)) return Fault::TooLarge;
    ValueTable values(std::move(entries), std::move(groups), statistic.value);
    OutputTable out(std::vector<std::string>(values.headers().size()), false);
    if (headers.value != 0) out.add(values.headers());
    for (std::int64_t number = first; number <= clock.now(); ++number) out.add(values.row(number, clock));
    return std::move(out).grid();
}

Result<Moment> periodStart(NullDate nullDate, Moment date, Optional<Period> period, Optional<Number> shift) {
    if (shift != std::floor(shift) || !(std::abs(shift) <= mostShift))
        return Failure(Fault::OutsideDomain, Wrong::OutsideBounds).of(2);
    const double first =
        startOf(periodOf(date, period.value, nullDate.day) + static_cast<std::int64_t>(shift), period.value, nullDate.day);
    if (!datesFrom(nullDate.day).holds(first)) return Failure(Fault::OutsideDomain, Wrong::OutsideBounds);
    return first;
}

}  // namespace calckpi
