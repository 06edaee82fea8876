#include "core/kpis/segments.hpp"

#include "core/catalog/output.hpp"
#include "core/statistics/proportions.hpp"
#include "core/tables/query.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace calckpi {
namespace {

// The question, and where its answers stand.
enum Asked : std::size_t { Won, Lost, Open, Revenue, AverageSale, MedianCycle };

constexpr std::string_view blankName = "(blank)";

// Segment is one row of the table.
struct Segment {
    explicit Segment(const Answer::Group& answer) : group(&answer), deals(count(Won) + count(Lost) + count(Open)) {}

    const Answer::Group* group;
    double deals;

    double count(Asked asked) const { return *group->values[asked]; }
    Sample closed() const { return {count(Won), count(Won) + count(Lost)}; }

    Name name() const { return group->blank ? Name{std::string(blankName)} : group->name; }

    // comesBeforeInTime brings the oldest period first, and "(blank)" last.
    bool comesBeforeInTime(const Segment& other) const {
        const std::optional<double>& number = group->name.number;
        const std::optional<double>& otherNumber = other.group->name.number;
        if (!number || !otherNumber) return number && !otherNumber;
        return *number < *otherNumber;
    }

    // comesBefore brings most deals first; of equal ones numbers before texts, and "(blank)" in its place among the texts.
    bool comesBefore(const Segment& other, const Table& table) const {
        if (deals != other.deals) return deals > other.deals;
        const Name left = name();
        const Name right = other.name();
        return left == right ? group->blank < other.group->blank : calckpi::comesBefore(left, right, table);
    }
};

void addCounts(const Segment& segment, std::vector<OutputCell>& cells) {
    static const double z = *normalQuantile(0.95);
    const Sample closed = segment.closed();
    const auto put = [&cells](auto... values) { (cells.emplace_back(values), ...); };
    put(segment.deals, segment.count(Won), segment.count(Lost), segment.count(Open));
    if (closed.trials > 0) {
        const Interval interval = wilson(closed, z);
        put(closed.rate(), interval.low, interval.high);
    } else {
        cells.insert(cells.end(), 3, Failure(Fault::DivideByZero));
    }
}

// againstTheRest is the p-value of a segment's win rate against that of all others.
OutputCell againstTheRest(const Segment& segment, const Segment& total) {
    const Sample closed = segment.closed();
    const Sample rest = {total.closed().successes - closed.successes, total.closed().trials - closed.trials};
    if (closed.trials == 0 || rest.trials == 0) return Failure(Fault::DivideByZero);
    return pooledTest(closed, rest);
}

Result<double> shareOfRevenue(const Segment& segment, const Segment& total) {
    const Result<double>& revenue = segment.group->values[Revenue];
    const Result<double>& all = total.group->values[Revenue];
    if (!revenue) return revenue;
    if (!all) return all;
    return ratio(*revenue, *all);
}

}  // namespace

Result<OutputGrid> segments(const TableHandle& table, const ColumnRef& by, const ColumnRef& status, const Values& won,
                            const Values& lost, const std::optional<ColumnRef>& amount, const std::optional<ColumnRef>& opened,
                            const std::optional<ColumnRef>& closed, Optional<Number> headers, const Filters& filters) {
    const bool hasCycle = opened && closed;
    Query query;
    query.status = StatusRule{status, won, lost};
    query.by = by;
    query.filters = filters;
    query.aggregates = {{.of = {State::Won}}, {.of = {State::Lost}}, {.of = {State::Open}}};
    const Measure sale = amount ? cells(*amount) : rows();
    query.aggregates.push_back({.measure = sale, .of = {State::Won}});
    query.aggregates.push_back({.measure = sale, .of = {State::Won}, .summary = Aggregate::Mean{}});
    if (hasCycle)
        query.aggregates.push_back(
            {.measure = days(*opened, *closed), .of = {State::Won}, .summary = *Statistic::fromText("median")});
    const Result<Answer> answer = run(query, table);
    if (!answer) return answer.failure();

    const Segment total(answer->total);
    std::vector<Segment> rows = {total};
    rows.reserve(answer->groups.size() + 1);
    for (const Answer::Group& group : answer->groups) rows.emplace_back(group);
    std::sort(rows.begin() + 1, rows.end(), [&](const Segment& left, const Segment& right) {
        return answer->inTime ? left.comesBeforeInTime(right) : left.comesBefore(right, *table);
    });

    Result<OutputTable> made = OutputTable::of({"segment", "deals", "won", "lost", "open", "win rate", "low", "high", "p-value",
                                                "revenue", "share of revenue", "average sale", "median cycle"},
                                               headers.value != 0, rows.size());
    if (!made) return made.failure();
    OutputTable out = *std::move(made);
    for (const Segment& segment : rows) {
        const bool isTotal = segment.group == total.group;
        std::vector<OutputCell> cells;
        cells.reserve(13);
        cells.push_back(isTotal ? OutputCell("All") : segment.name().cell());
        addCounts(segment, cells);
        cells.push_back(isTotal ? OutputCell(Blank{}) : againstTheRest(segment, total));
        cells.push_back(amount ? shown(segment.group->values[Revenue]) : Blank{});
        cells.push_back(amount ? shown(shareOfRevenue(segment, total)) : Blank{});
        cells.push_back(amount ? shown(segment.group->values[AverageSale]) : Blank{});
        cells.push_back(hasCycle ? shown(segment.group->values[MedianCycle]) : Blank{});
        out.add(std::move(cells));
    }
    return std::move(out).grid();
}

}  // namespace calckpi
