#include "core/kpis/segments.hpp"

#include "core/catalog/output.hpp"
#include "core/statistics/proportions.hpp"
#include "core/tables/query.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace calckpi {
namespace {

// Questions asked of each segment.
struct Questions {
    FigureId won{}, lost{}, open{}, revenue{}, averageSale{};
    std::optional<FigureId> medianCycle;
};

constexpr std::string_view blankName = "(blank)";

// Segment is one row of the table.
struct Segment {
    Segment(const Answer::Group& answer, const Questions& questions)
        : group(&answer),
          won(*answer[questions.won]),
          lost(*answer[questions.lost]),
          open(*answer[questions.open]),
          deals(won + lost + open) {}

    const Answer::Group* group;
    double won;
    double lost;
    double open;
    double deals;

    Sample closed() const { return {won, won + lost}; }

    Name name() const { return group->blank ? Name{std::string(blankName)} : group->name; }

    // comesBeforeInTime brings the oldest period first, and "(blank)" last.
    bool comesBeforeInTime(const Segment& other) const {
        const std::optional<double>& number = group->name.number;
        const std::optional<double>& otherNumber = other.group->name.number;
        if (!number || !otherNumber) return number && !otherNumber;
        return *number < *otherNumber;
    }

    // comesBefore brings most deals first; of equal ones numbers before texts, and "(blank)" in its place among the texts.
    bool comesBefore(const Segment& other, const Culture& culture) const {
        if (deals != other.deals) return deals > other.deals;
        const Name left = name();
        const Name right = other.name();
        return left == right ? group->blank < other.group->blank : calckpi::comesBefore(left, right, culture);
    }
};

void addCounts(const Segment& segment, std::vector<OutputCell>& cells) {
    static const double z = *normalQuantile(0.95);
    const Sample closed = segment.closed();
    const auto put = [&cells](auto... values) { (cells.emplace_back(values), ...); };
    put(segment.deals, segment.won, segment.lost, segment.open);
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

Result<double> shareOf(const Result<double>& revenue, const Result<double>& all) {
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
    const Measure sale = amount ? cells(*amount) : rows();
    Questions asked{.won = query.ask({.of = {State::Won}}),
                    .lost = query.ask({.of = {State::Lost}}),
                    .open = query.ask({.of = {State::Open}}),
                    .revenue = query.ask({.measure = sale, .of = {State::Won}}),
                    .averageSale = query.ask({.measure = sale, .of = {State::Won}, .summary = Aggregate::Mean{}}),
                    .medianCycle = std::nullopt};
    if (hasCycle)
        asked.medianCycle =
            query.ask({.measure = days(*opened, *closed), .of = {State::Won}, .summary = *Statistic::fromText("median")});
    const Result<Answer> answer = run(query, table);
    if (!answer) return answer.failure();

    const Segment total(answer->total, asked);
    std::vector<Segment> rows = {total};
    rows.reserve(answer->groups.size() + 1);
    for (const Answer::Group& group : answer->groups) rows.emplace_back(group, asked);
    std::sort(rows.begin() + 1, rows.end(), [&](const Segment& left, const Segment& right) {
        return answer->inTime ? left.comesBeforeInTime(right) : left.comesBefore(right, table->culture());
    });

    Result<OutputTable> made = OutputTable::of({"segment", "deals", "won", "lost", "open", "win rate", "low", "high", "p-value",
                                                "revenue", "share of revenue", "average sale", "median cycle"},
                                               headers.value != 0, rows.size());
    if (!made) return made.failure();
    OutputTable out = *std::move(made);
    for (const Segment& segment : rows) {
        const bool isTotal = segment.group == total.group;
        out.addRow([&](std::vector<OutputCell>& cells) {
            cells.push_back(isTotal ? OutputCell("All") : segment.name().cell());
            addCounts(segment, cells);
            cells.push_back(isTotal ? OutputCell(Blank{}) : againstTheRest(segment, total));
            const Answer::Group& answered = *segment.group;
            cells.push_back(amount ? shown(answered[asked.revenue]) : Blank{});
            cells.push_back(amount ? shown(shareOf(answered[asked.revenue], answer->total[asked.revenue])) : Blank{});
            cells.push_back(amount ? shown(answered[asked.averageSale]) : Blank{});
            cells.push_back(asked.medianCycle ? shown(answered[*asked.medianCycle]) : Blank{});
        });
    }
    return std::move(out).grid();
}

}  // namespace calckpi
