#include "core/kpis/funnel.hpp"

#include "core/dates/moment.hpp"
#include "core/catalog/output.hpp"
#include "core/statistics/proportions.hpp"
#include "core/tables/grouping.hpp"
#include "core/values/sum.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

namespace calckpi {
namespace {

// Rates of a funnel: what its counts alone tell.
class Rates {
public:
    explicit Rates(std::span<const double> counts) : counts_(counts), z_(*normalQuantile(0.95)) {}

    OutputCell ofPrevious(std::size_t stage) const {
        if (stage == 0) return Blank{};
        return shown(ratio(counts_[stage], counts_[stage - 1]));
    }
    OutputCell ofFirst(std::size_t stage) const { return shown(ratio(counts_[stage], counts_[0])); }
    // lost counts those that have not moved on and will not; who reached the last stage is done.
    OutputCell lost(std::size_t stage, double open) const {
        if (stage + 1 == counts_.size()) return 0.0;
        return counts_[stage] - counts_[stage + 1] - open;
    }
    OutputCell low(std::size_t stage) const { return bound(stage, &Interval::low); }
    OutputCell high(std::size_t stage) const { return bound(stage, &Interval::high); }

private:
    OutputCell bound(std::size_t stage, double Interval::*side) const {
        if (stage == 0) return Blank{};
        const Sample step{counts_[stage], counts_[stage - 1]};
        if (step.trials == 0) return Failure(Fault::DivideByZero);
        if (!(step.successes <= step.trials)) return Failure(Fault::OutsideDomain);
        return shown<double>(wilson(step, z_).*side);
    }

    std::span<const double> counts_;
    double z_;
};

// Tally counts the units of one block: of all, or of one segment.
struct Tally {
    explicit Tally(std::size_t stages) : counts(stages), open(stages), days(stages), amounts(stages) {}

    std::vector<double> counts;
    std::vector<double> open;                  // units at the stage that may still move on
    std::vector<std::vector<double>> days;     // from the stage before
    std::vector<std::vector<double>> amounts;  // of the units that have reached no later stage

    void reach(std::size_t depth) {
        for (std::size_t stage = 0; stage < depth; ++stage) ++counts[stage];
    }
};

// Known says which columns the shape of the table tells.
struct Known {
    bool open = false;
    bool days = false;
    bool value = false;
};

// Blocks hold the tallies of a funnel: of all units and, with `by`, of each segment.
class Blocks {
public:
    static Result<Blocks> of(const Frame& frame, const std::optional<ColumnRef>& by, std::size_t stages) {
        Blocks blocks(frame, by.has_value(), stages);
        if (!by) return blocks;
        const Result<LabelFinder> finder = groupsOf(frame, *by);
        if (!finder) return finder.failure();
        blocks.setSegments(frame.labels(*finder));
        return blocks;
    }

    bool split() const { return split_; }
    // segmentOf gives the segment of a row; the smaller of two is first in text order or time, and empty cells come last.
    std::uint32_t segmentOf(std::size_t row) const { return split_ ? segmentOfRow_[row] : 0; }
    std::uint32_t blank() const { return static_cast<std::uint32_t>(names_.size()) - 1; }

    // count calls `add` with the tally of all units and with that of the unit's segment.
    template <class Add>
    void count(std::uint32_t segment, Add add) {
        add(all_);
        if (!split_ || tooLarge_) return;
        if (place_[segment] == none) start(segment);
        if (!tooLarge_) add(tallies_[place_[segment]]);
    }

    // write gives the table with the notes that it adds the number of segments to.
    Result<FunnelReport> write(const Stages& stages, Known known, bool headers, FunnelNotes notes) && {
        if (tooLarge_) return Fault::TooLarge;
        std::vector<std::string> names = {"stage",       "count",     "of previous", "of first", "lost", "open",
                                          "median days", "mean days", "value",       "low",      "high"};
        if (split_) names.insert(names.begin(), "segment");
        const std::vector<std::size_t> order = segmentOrder();
        Result<OutputTable> made = OutputTable::of(std::move(names), headers, (order.size() + 1) * stages.size());
        if (!made) return made.failure();
        OutputTable out = *std::move(made);
        writeBlock(out, "All", all_, stages, known);
        for (const std::size_t segment : order) writeBlock(out, names_[segment].cell(), tallyOf(segment), stages, known);
        notes.segments = order.size();
        return FunnelReport{std::move(out).grid(), notes};
    }

private:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    Blocks(const Frame& frame, bool split, std::size_t stages)
        : table_(&frame.table()), stages_(stages), split_(split), all_(stages), empty_(stages) {}

    void setSegments(Labels labels) {
        const auto count = static_cast<std::uint32_t>(labels.names.size());
        inTime_ = labels.inTime;
        std::vector<std::uint32_t> sorted(count);
        std::iota(sorted.begin(), sorted.end(), 0U);
        if (!inTime_)
            std::sort(sorted.begin(), sorted.end(), [&](std::uint32_t left, std::uint32_t right) {
                return comesBefore(labels.names[left], labels.names[right], table_->culture());
            });
        std::vector<std::uint32_t> place(count);
        for (std::uint32_t rank = 0; rank < count; ++rank) place[sorted[rank]] = rank;
        for (const std::uint32_t label : sorted) names_.push_back(std::move(labels.names[label]));
        names_.push_back({"(blank)"});
        for (std::uint32_t& label : labels.ofRow) label = label == Labels::none ? blank() : place[label];
        segmentOfRow_ = std::move(labels.ofRow);
        place_.assign(names_.size(), none);
    }

    // start gives a segment with its first unit a tally. A table that no sheet can show is not counted on: ids in `by` are as many
    // segments as rows.
    void start(std::uint32_t segment) {
        tooLarge_ = !fitsASheet((tallies_.size() + 2) * stages_, 1);
        if (tooLarge_) return;
        place_[segment] = static_cast<std::uint32_t>(tallies_.size());
        tallies_.emplace_back(stages_);
    }
    Tally& tallyOf(std::size_t segment) { return place_[segment] == none ? empty_ : tallies_[place_[segment]]; }

    // segmentOrder is that of time, none left out between, or of the counts of the first stage; segments without a unit have no
    // block.
    std::vector<std::size_t> segmentOrder() {
        std::vector<std::size_t> order;
        for (std::size_t segment = 0; segment < place_.size(); ++segment) {
            if (place_[segment] == none) continue;
            while (inTime_ && segment != blank() && !order.empty() && order.back() + 1 < segment) order.push_back(order.back() + 1);
            order.push_back(segment);
        }
        if (inTime_) return order;
        std::stable_sort(order.begin(), order.end(), [this](std::size_t left, std::size_t right) {
            const double leftCount = tallyOf(left).counts[0];
            const double rightCount = tallyOf(right).counts[0];
            if (leftCount != rightCount) return leftCount > rightCount;
            return comesBefore(names_[left], names_[right], table_->culture());
        });
        return order;
    }

    void writeBlock(OutputTable& out, const OutputCell& name, Tally& tally, const Stages& stages, Known known) const {
        const Rates rates(tally.counts);
        const auto knownOr = [](bool isKnown, const Result<double>& value) { return isKnown ? shown(value) : OutputCell(Blank{}); };
        const std::vector<Result<double>> values = valuesOf(tally);
        for (std::size_t stage = 0; stage < stages.size(); ++stage) {
            std::vector<double>& days = tally.days[stage];
            const bool daysKnown = known.days && stage > 0;
            const OutputCell mean = knownOr(daysKnown, Statistic::fromText("mean")->of(days));
            const OutputCell median = knownOr(daysKnown, Statistic::fromText("median")->of(std::move(days)));
            std::vector<OutputCell> row = {stages.names[stage],
                                           tally.counts[stage],
                                           rates.ofPrevious(stage),
                                           rates.ofFirst(stage),
                                           rates.lost(stage, tally.open[stage]),
                                           knownOr(known.open, tally.open[stage]),
                                           median,
                                           mean,
                                           knownOr(known.value, values[stage]),
                                           rates.low(stage),
                                           rates.high(stage)};
            if (split_) row.insert(row.begin(), name);
            out.add(std::move(row));
        }
    }

    // valuesOf gives for each stage the amount of the units that reached it. Nothing known is not 0: of units of which none has an
    // amount there is none.
    static std::vector<Result<double>> valuesOf(const Tally& tally) {
        std::vector<Result<double>> values(tally.counts.size(), Fault::NothingToCompute);
        Sum later;
        std::size_t known = 0;
        for (std::size_t stage = values.size(); stage-- > 0;) {
            for (const double amount : tally.amounts[stage]) later.add(amount);
            known += tally.amounts[stage].size();
            if (known > 0 || tally.counts[stage] == 0) values[stage] = later.value();
        }
        return values;
    }

    const Table* table_;
    std::size_t stages_;
    bool split_;
    bool inTime_ = false;
    bool tooLarge_ = false;
    Tally all_;
    Tally empty_;                       // of a period between without a unit
    std::vector<std::uint32_t> place_;  // of each segment's tally; segments are in text order or time, that of empty cells last
    std::vector<Tally> tallies_;
    std::vector<Name> names_;
    std::vector<std::uint32_t> segmentOfRow_;
};

// note counts a cell, given its column in the table and its row in the frame; the topmost one is kept.
void note(CellCount& cells, const Frame& frame, std::size_t column, std::size_t row) {
    const auto sheetRow = static_cast<std::int32_t>(frame.tableRow(row)) + 2;
    ++cells.count;
    if (cells.row != 0 && cells.row <= sheetRow) return;
    cells.column = static_cast<std::int32_t>(column) + 1;
    cells.row = sheetRow;
}

bool isEmpty(const Column& column, std::size_t row) {
    switch (column.kind(row)) {
        case CellKind::Blank: return true;
        case CellKind::Text: return isBlank(column.texts()[column.textIndex(row)]);
        case CellKind::Number:
        case CellKind::Error: return false;
    }
    return false;
}

Result<OutputGrid> tableOf(Result<FunnelReport> report) {
    if (!report) return report.failure();
    return (*std::move(report)).table;
}

// noteRowsWithoutEvent looks for the rows of a frame that are no event of its log.
void noteRowsWithoutEvent(FunnelNotes& notes, const Frame& frame, EventLog& log, const LogColumns& columns) {
    std::size_t events = 0;
    for (std::size_t unit = 0; unit < log.units(); ++unit) events += log.eventsOf(unit).size();
    if (events == frame.rows()) return;
    std::vector<std::uint8_t> isEvent(frame.rows());
    for (std::size_t unit = 0; unit < log.units(); ++unit)
        for (const Event& event : log.eventsOf(unit)) isEvent[event.row] = 1;
    const ColumnRef refs[] = {columns.id, columns.stage, columns.when};
    const ColumnHandle cells[] = {*frame.column(refs[0]), *frame.column(refs[1]), *frame.column(refs[2])};
    for (std::size_t row = 0; row < frame.rows(); ++row) {
        if (isEvent[row] != 0) continue;
        const auto* const empty = std::find_if(std::begin(cells), std::end(cells),
                                               [&](const ColumnHandle& column) { return isEmpty(*column, frame.tableRow(row)); });
        // A row that lacks nothing is no event because it has not happened yet.
        CellCount& reason = empty == std::end(cells) ? notes.tooLate : notes.blank;
        const auto place = empty == std::end(cells) ? 2 : empty - std::begin(cells);
        note(reason, frame, *frame.table().find(refs[place]), row);
    }
}

// StageDepths tells for each label of a column the number of stages that a deal standing there has reached.
class StageDepths {
public:
    static constexpr auto lost = static_cast<std::size_t>(-1);

    static Result<StageDepths> of(const Frame& frame, const ColumnRef& column, const StageBlock& stages,
                                  const std::optional<Values>& lostValues) {
        const Result<Labels> labels = frame.labels(column);
        if (!labels) return labels.failure();
        const Column& cells = **frame.column(column);
        const Words steps = wordsFor(stages.texts(), cells, frame.table().culture());
        Words lostWords = lostValues ? Words(*lostValues) : Words();
        if (cells.hasNumbers()) lostWords = lostWords.readIn(frame.table().culture());
        if (steps.overlaps(lostWords)) return Failure(Fault::OutsideDomain, Wrong::WonAndLost);
        StageDepths depths;
        for (const Name& name : labels->names) {
            const std::size_t step = stages.stageOf(wordOf(name, steps));
            depths.ofLabel_.push_back(step < stages.size() ? step + 1 : wordOf(name, lostWords) < lostWords.size() ? lost : 0);
        }
        depths.labels_ = *labels;
        return depths;
    }

    bool isBlank(std::size_t row) const { return labels_.ofRow[row] == Labels::none; }
    std::size_t at(std::size_t row) const { return isBlank(row) ? 0 : ofLabel_[labels_.ofRow[row]]; }

private:
    static std::size_t wordOf(const Name& name, const Words& words) {
        return name.number ? words.ofNumber(*name.number) : words.ofText(name.text);
    }

    Labels labels_;
    std::vector<std::size_t> ofLabel_;
};

// segmentOf gives the segment of a unit: that of the row which made step 1 or, if that is empty, of the unit's first row with one.
// Of rows at the same time the first segment in text order is taken, so that the order of the rows does not show.
std::uint32_t segmentOf(const Blocks& blocks, std::span<const Event> events, const Event& first) {
    if (!blocks.split()) return 0;
    std::uint32_t segment = blocks.blank();
    for (const Event& event : events)
        if (event.time == first.time && event.kind == first.kind) segment = std::min(segment, blocks.segmentOf(event.row));
    for (std::size_t index = 0; index < events.size() && segment == blocks.blank(); ++index)
        for (std::size_t same = index; same < events.size() && events[same].time == events[index].time; ++same)
            segment = std::min(segment, blocks.segmentOf(events[same].row));
    return segment;
}

// evened makes counts that Calc's = calls equal the same, as 0.3 and 0.1 + 0.2; false if a count is above the one before.
bool evened(std::vector<double>& counts) {
    double before = counts.front();
    for (std::size_t stage = 1; stage < counts.size(); ++stage) {
        const double fallen = difference(before, counts[stage]);
        if (fallen < 0) return false;
        before = counts[stage];
        if (fallen == 0) counts[stage] = counts[stage - 1];
    }
    return true;
}

}  // namespace

Result<StageNames> Reader<StageNames>::read(const Argument& argument) {
    std::vector<Cell> cells;
    if (const Grid* grid = std::get_if<Grid>(&argument)) cells = grid->cells;
    if (const double* number = std::get_if<double>(&argument)) cells = {*number};
    if (const std::string* text = std::get_if<std::string>(&argument)) cells = {*text};
    StageNames stages;
    for (const Cell& cell : cells) {
        std::string name;
        if (const std::string* text = std::get_if<std::string>(&cell)) name = trimmed(*text);
        if (const double* number = std::get_if<double>(&cell)) name = digitsOf(*number);
        stages.places.push_back(std::move(name));
    }
    if (stages.places.empty()) return Fault::OutsideDomain;
    return stages;
}

Result<OutputGrid> funnel(const StageNames& stages, const Series<Count>& counts, const std::optional<Series<Money>>& values,
                          Optional<Number> headers) {
    const std::size_t places = stages.places.size();
    const auto inStep = [places](const auto& series) { return series.single() || series.places().size() == places; };
    if (!inStep(counts) || (values && !inStep(*values))) return Fault::OutsideDomain;
    std::vector<std::size_t> given;
    std::vector<double> reached;
    for (std::size_t place = 0; place < places; ++place) {
        const double count = counts.places()[counts.single() ? 0 : place];
        if (stages.places[place].empty() || std::isnan(count)) continue;
        given.push_back(place);
        reached.push_back(count);
    }
    if (given.empty()) return Fault::NothingToCompute;
    if (!evened(reached)) return Fault::OutsideDomain;

    const Rates rates(reached);
    Result<OutputTable> made =
        OutputTable::of({"stage", "count", "of previous", "of first", "lost", "low", "high", "value"}, headers != 0, given.size());
    if (!made) return made.failure();
    OutputTable out = *std::move(made);
    for (std::size_t stage = 0; stage < given.size(); ++stage) {
        const double value = values ? values->places()[values->single() ? 0 : given[stage]] : Series<Money>::blank;
        out.add({stages.places[given[stage]], shown<double>(reached[stage]), rates.ofPrevious(stage), rates.ofFirst(stage),
                 rates.lost(stage, 0), rates.low(stage), rates.high(stage),
                 std::isnan(value) ? OutputCell(Blank{}) : OutputCell(value)});
    }
    return std::move(out).grid();
}

Result<OutputGrid> funnelStages(const TableHandle& table, const ColumnRef& stage, const StageBlock& stages,
                                const std::optional<Values>& lost, const std::optional<ColumnRef>& lostStage,
                                const std::optional<ColumnRef>& amount, const std::optional<ColumnRef>& by,
                                Optional<Number> headers, const Filters& filters) {
    return tableOf(report(StagesFunnel{stage, stages, lost, lostStage, amount, by, headers != 0, filters}, table));
}

Result<FunnelReport> report(const StagesFunnel& funnel, const TableHandle& table) {
    Words steps;
    for (const std::string& text : funnel.stages.texts()) steps.add(text);
    if (funnel.lost && steps.overlaps(*funnel.lost)) return Failure(Fault::OutsideDomain, Wrong::WonAndLost);
    const Result<Frame> frame = Frame::of(table, funnel.filters);
    if (!frame) return frame.failure();

    const std::optional<ColumnRef>& lostStage = funnel.lostStage;
    const Result<StageDepths> present = StageDepths::of(*frame, funnel.stage, funnel.stages, funnel.lost);
    if (!present) return present.failure();
    const Result<StageDepths> lostAt = lostStage ? StageDepths::of(*frame, *lostStage, funnel.stages, funnel.lost) : StageDepths();
    if (!lostAt) return lostAt.failure();
    const Result<std::vector<double>> amounts = funnel.amount ? frame->numbers(*funnel.amount) : std::vector<double>();
    if (!amounts) return amounts.failure();
    Result<Blocks> blocks = Blocks::of(*frame, funnel.by, funnel.stages.size());
    if (!blocks) return blocks.failure();
    if (frame->empty()) return Fault::NothingToCompute;

    Blocks tallies = *std::move(blocks);
    const std::size_t stageColumn = *table->find(funnel.stage);
    FunnelNotes notes;
    notes.rows = frame->rows();
    for (std::size_t row = 0; row < frame->rows(); ++row) {
        std::size_t depth = present->at(row);
        // Where the stage is a status, the deals that are open are at their other column's stage.
        if (depth == 0 && lostStage && !present->isBlank(row) && lostAt->at(row) != StageDepths::lost) depth = lostAt->at(row);
        if (depth == 0) {
            note(present->isBlank(row) ? notes.blank : notes.notListed, *frame, stageColumn, row);
            continue;
        }
        ++notes.units;
        const bool open = depth < funnel.stages.size();
        const bool gone = depth == StageDepths::lost;
        if (gone) {
            const std::size_t reached = lostStage ? lostAt->at(row) : 0;
            const bool anywhere = reached == 0 || reached == StageDepths::lost;
            if (anywhere) note(notes.lostAnywhere, *frame, lostStage ? *table->find(*lostStage) : stageColumn, row);
            depth = anywhere ? 1 : reached;
        }
        tallies.count(tallies.segmentOf(row), [&](Tally& tally) {
            tally.reach(depth);
            if (open && !gone) ++tally.open[depth - 1];
            if (funnel.amount && !isMissing((*amounts)[row])) tally.amounts[depth - 1].push_back((*amounts)[row]);
        });
    }
    return std::move(tallies).write(funnel.stages, {.open = true, .value = funnel.amount.has_value()}, funnel.headers, notes);
}

Result<OutputGrid> funnelDates(const TableHandle& table, const Stages& stages, Optional<Fill> fill,
                               const std::optional<ColumnRef>& by, std::optional<Moment> asOf, Optional<Number> headers,
                               const Filters& filters) {
    return tableOf(report(DatesFunnel{stages, fill.value, by, asOf, headers != 0, filters}, table));
}

Result<FunnelReport> report(const DatesFunnel& funnel, const TableHandle& table) {
    const Stages& stages = funnel.stages;
    const Result<Frame> frame = Frame::of(table, funnel.filters);
    if (!frame) return frame.failure();
    std::vector<std::vector<double>> dates;
    std::vector<std::size_t> columns;
    for (const std::string& name : stages.names) {
        Result<std::vector<double>> column = frame->numbers(name, Wanted::Date);
        if (!column) return column.failure();
        dates.push_back(*std::move(column));
        columns.push_back(*table->find(name));
    }
    Result<Blocks> blocks = Blocks::of(*frame, funnel.by, stages.size());
    if (!blocks) return blocks.failure();
    if (frame->empty()) return Fault::NothingToCompute;

    const std::optional<double> until = funnel.asOf ? std::optional<double>(lastMomentOf(*funnel.asOf)) : std::nullopt;
    const auto isTooLate = [&](std::size_t stage, std::size_t row) { return until && isAfter(dates[stage][row], *until); };
    const auto happened = [&](std::size_t stage, std::size_t row) {
        return !isMissing(dates[stage][row]) && !isTooLate(stage, row);
    };
    // The days from the stage before, if both dates are there.
    const auto gapAt = [&](std::size_t stage, std::size_t row) {
        if (stage == 0 || !happened(stage, row) || !happened(stage - 1, row)) return missing;
        return daysFrom(dates[stage - 1][row], dates[stage][row]);
    };
    Blocks tallies = *std::move(blocks);
    FunnelNotes notes;
    notes.rows = frame->rows();
    std::vector<char> reached(stages.size());
    for (std::size_t row = 0; row < frame->rows(); ++row) {
        bool someDate = false;
        for (std::size_t stage = 0; stage < stages.size(); ++stage) {
            reached[stage] = happened(stage, row) ? 1 : 0;
            someDate = someDate || !isMissing(dates[stage][row]);
            if (isTooLate(stage, row)) note(notes.tooLate, *frame, columns[stage], row);
        }
        if (!someDate) note(notes.blank, *frame, columns[0], row);
        if (reached[0] == 0 && std::find(reached.begin(), reached.end(), 1) != reached.end())
            note(notes.withoutFirst, *frame, columns[0], row);
        if (funnel.fill == FillWords::None) std::fill(std::find(reached.begin(), reached.end(), 0), reached.end(), 0);
        if (funnel.fill == FillWords::Later) std::fill(std::find(reached.rbegin(), reached.rend(), 1), reached.rend(), 1);
        if (std::find(reached.begin(), reached.end(), 1) == reached.end()) continue;
        ++notes.units;
        const std::size_t backwardsBefore = notes.backwards.count;
        for (std::size_t stage = 0; stage < stages.size(); ++stage)
            if (reached[stage] != 0 && gapAt(stage, row) < 0) note(notes.backwards, *frame, columns[stage], row);
        if (notes.backwards.count > backwardsBefore) ++notes.backwardUnits;
        tallies.count(tallies.segmentOf(row), [&](Tally& tally) {
            for (std::size_t stage = 0; stage < stages.size(); ++stage) {
                if (reached[stage] == 0) continue;
                ++tally.counts[stage];
                const double gap = gapAt(stage, row);
                if (gap >= 0) tally.days[stage].push_back(gap);
            }
        });
    }
    return std::move(tallies).write(stages, {.days = true}, funnel.headers, notes);
}

Result<OutputGrid> funnelEvents(const TableHandle& table, const ColumnRef& id, const ColumnRef& stage, const ColumnRef& when,
                                const StageBlock& stages, Optional<Order> order, std::optional<Days> window,
                                const std::optional<ColumnRef>& by, std::optional<Moment> asOf, Optional<Number> headers,
                                const Filters& filters) {
    return tableOf(report(EventsFunnel{{id, stage, when}, stages, order.value, window, by, asOf, headers != 0, filters}, table));
}

Result<FunnelReport> report(const EventsFunnel& funnel, const TableHandle& table) {
    const StageBlock& stages = funnel.stages;
    if (funnel.window && !(*funnel.window > 0)) return Failure(Fault::OutsideDomain, Wrong::OutsideBounds);
    const Result<Frame> frame = Frame::of(table, funnel.filters);
    if (!frame) return frame.failure();
    StepMatcher matcher(stages, funnel.order, funnel.window ? std::optional<double>(*funnel.window) : std::nullopt);
    const std::optional<double> until = funnel.asOf ? std::optional<double>(lastMomentOf(*funnel.asOf)) : std::nullopt;
    Result<EventLog> read = EventLog::read(*frame, funnel.columns, matcher.steps().kinds(), until);
    if (!read) return read.failure();
    Result<Blocks> blocks = Blocks::of(*frame, funnel.by, stages.size());
    if (!blocks) return blocks.failure();
    EventLog log = *std::move(read);
    if (log.empty()) return Fault::NothingToCompute;

    // As of a date alone all of that day has happened, and a window that ends on it still runs.
    const double now = funnel.asOf ? milliseconds(*funnel.asOf) : log.asOf();
    const std::size_t stageColumn = *table->find(funnel.columns.stage);
    FunnelNotes notes;
    notes.rows = frame->rows();
    noteRowsWithoutEvent(notes, *frame, log, funnel.columns);
    Blocks tallies = *std::move(blocks);
    for (std::size_t unit = 0; unit < log.units(); ++unit) {
        const std::span<Event> events = log.eventsOf(unit);
        if (events.empty()) continue;
        for (const Event& event : events)
            if (event.kind == matcher.steps().foreign()) note(notes.notListed, *frame, stageColumn, event.row);
        const std::vector<Event>& best = matcher.bestTry(events);
        if (best.empty()) {
            const auto top = std::min_element(events.begin(), events.end(),
                                              [](const Event& left, const Event& right) { return left.row < right.row; });
            note(notes.withoutFirst, *frame, stageColumn, top->row);
            continue;
        }
        ++notes.units;
        const bool open = best.size() < stages.size() && matcher.stillRuns(events, now);
        tallies.count(segmentOf(tallies, events, best.front()), [&](Tally& tally) {
            tally.reach(best.size());
            if (open) ++tally.open[best.size() - 1];
            for (std::size_t step = 1; step < best.size(); ++step)
                tally.days[step].push_back((best[step].time - best[step - 1].time) / millisecondsADay);
        });
    }
    return std::move(tallies).write(stages, {.open = true, .days = true}, funnel.headers, notes);
}

}  // namespace calckpi
