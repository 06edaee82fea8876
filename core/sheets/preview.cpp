#include "core/sheets/preview.hpp"

#include "core/catalog/argument.hpp"
#include "core/recognition/across.hpp"
#include "core/sheets/distinct.hpp"
#include "core/sheets/figures.hpp"
#include "core/recognition/outcomes.hpp"
#include "core/sheets/formula.hpp"
#include "core/tables/kept_table.hpp"
#include "core/recognition/recognition.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace calckpi::panel {
namespace {

Argument listOf(std::vector<Cell> cells) {
    const std::size_t size = cells.size();
    return Grid{size, 1, std::move(cells)};
}

// stepBlock has a row for each step: its name and its other spellings.
Argument stepBlock(const Choices& choices) {
    std::size_t columns = 1;
    std::vector<const ChosenStage*> rows;
    for (const ChosenStage& stage : choices.stages)
        if (isStep(stage)) {
            rows.push_back(&stage);
            columns = std::max(columns, 1 + stage.spellings.size());
        }
    std::vector<Cell> cells;
    for (const ChosenStage* stage : rows) {
        cells.emplace_back(stage->name);
        cells.insert(cells.end(), stage->spellings.begin(), stage->spellings.end());
        cells.resize(cells.size() + columns - 1 - stage->spellings.size(), Blank{});
    }
    return Grid{rows.size(), columns, std::move(cells)};
}

// Call makes a function's arguments of the choices, and reads them as those of a formula are read.
class Call {
public:
    Call(const TableHandle& table, const Choices& choices) : table_(table), choices_(choices) {}

    Result<FunnelReport> report() const {
        if (choices_.shape == Shape::Counts) return counts();
        const Result<StageBlock> stages = Reader<StageBlock>::read(stepBlock(choices_));
        if (!stages) return stages.failure();
        const std::optional<ColumnRef> by = optionalColumn(choices_.by);
        const Filters filters = filtersOf(choices_, *table_);
        switch (choices_.shape) {
            case Shape::Dates:
                return calckpi::report(
                    DatesFunnel{static_cast<const Stages&>(*stages), fillOf(choices_.fill), by, asOf(), false, filters}, table_);
            case Shape::Events:
                return calckpi::report(EventsFunnel{{column(choices_.id), column(choices_.stage), column(choices_.when)},
                                                    *stages,
                                                    orderOf(choices_.order),
                                                    window(),
                                                    by,
                                                    asOf(),
                                                    false,
                                                    filters},
                                       table_);
            case Shape::Counts:
            case Shape::Stages: break;
        }
        const std::vector<std::string> lostNames = lost(choices_);
        std::optional<Values> lostValues;
        if (!lostNames.empty()) lostValues.emplace(std::vector<Cell>(lostNames.begin(), lostNames.end()));
        const bool status = choices_.statusDecides;
        return calckpi::report(StagesFunnel{.stage = column(status ? choices_.status : choices_.stage),
                                            .stages = *stages,
                                            .lost = lostValues,
                                            .lostStage = optionalColumn(status ? choices_.stage : choices_.lostStage),
                                            .amount = optionalColumn(choices_.amount),
                                            .by = by,
                                            .headers = false,
                                            .filters = filters},
                               table_);
    }

private:
    static constexpr Optional<Number> withoutHeaders{0.0};

    Result<FunnelReport> counts() const {
        Result<StageCounts> figures = stageCounts(table_, choices_);
        if (!figures) return figures.failure();
        const Result<StageNames> names = Reader<StageNames>::read(listOf(figures->names));
        const Result<Series<Count>> series = Reader<Series<Count>>::read(listOf(figures->counts));
        if (!names) return names.failure();
        if (!series) return series.failure();
        std::optional<Series<Money>> values;
        if (!figures->amounts.empty()) {
            Result<Series<Money>> amounts = Reader<Series<Money>>::read(listOf(figures->amounts));
            if (!amounts) return amounts.failure();
            values = *std::move(amounts);
        }
        Result<OutputGrid> table = funnel(*names, *series, values, withoutHeaders);
        if (!table) return table.failure();
        return FunnelReport{.table = *std::move(table), .notes = {}};
    }

    ColumnRef column(const std::string& name) const { return columnRef(name, *table_); }
    std::optional<ColumnRef> optionalColumn(const std::string& name) const {
        return name.empty() ? std::nullopt : std::optional(column(name));
    }
    // Day 0 is no date, as in a formula.
    std::optional<Moment> asOf() const {
        return choices_.asOf && *choices_.asOf != 0 ? std::optional<Moment>(*choices_.asOf) : std::nullopt;
    }
    std::optional<Days> window() const { return choices_.window ? std::optional<Days>(*choices_.window) : std::nullopt; }

    const TableHandle& table_;
    const Choices& choices_;
};

// FunnelColumns are the positions of a funnel's columns in its table, from 0. What a function does not tell has none.
struct FunnelColumns {
    std::size_t stage = 0;
    std::size_t count = 1;
    std::size_t ofPrevious = 2;
    std::size_t ofFirst = 3;
    std::optional<std::size_t> open{};
    std::optional<std::size_t> medianDays{};

    static FunnelColumns of(Shape shape, bool split) {
        if (shape == Shape::Counts) return {};
        const std::size_t first = split ? 1 : 0;  // the segment is before them
        return {first, first + 1, first + 2, first + 3, first + 5, first + 6};
    }
};

std::optional<double> numberAt(const OutputGrid& table, std::size_t row, std::optional<std::size_t> column) {
    if (!column || *column >= table.columns) return std::nullopt;
    const double* number = std::get_if<double>(&table.at(row, *column));
    return number == nullptr ? std::nullopt : std::optional<double>(*number);
}

// figuresOf reads the first block, that of all units.
std::vector<StageFigures> figuresOf(const OutputGrid& table, const FunnelColumns& columns, std::size_t stages) {
    std::vector<StageFigures> figures;
    for (std::size_t row = 0; row < std::min(stages, table.rows); ++row) {
        const std::string* name = std::get_if<std::string>(&table.at(row, columns.stage));
        figures.push_back({.stage = name == nullptr ? std::string() : *name,
                           .count = numberAt(table, row, columns.count).value_or(0),
                           .ofPrevious = numberAt(table, row, columns.ofPrevious),
                           .ofFirst = numberAt(table, row, columns.ofFirst),
                           .open = numberAt(table, row, columns.open),
                           .medianDays = numberAt(table, row, columns.medianDays)});
    }
    return figures;
}

bool noneIsOpen(const std::vector<StageFigures>& stages) {
    return !stages.empty() && stages.front().count > 0 &&
           std::all_of(stages.begin(), stages.end(), [](const StageFigures& stage) { return stage.open == 0.0; });
}

// tooLarge says why a table would be too large, before any of it is computed.
std::optional<Finding> tooLarge(const TableHandle& table, const Choices& choices) {
    if (choices.shape == Shape::Counts) {
        if (table->rows() <= mostCountedStages) return std::nullopt;
        return Finding{.message =
                           msg("These are more rows than the stages of a funnel, which has 400 at most: select fewer rows, or "
                               "choose what each row is")};
    }
    const std::optional<std::size_t> by = columnIndex(choices.by, *table);
    const Result<Frame> frame = Frame::of(table, filtersOf(choices, *table));
    const std::size_t stages = steps(choices).size();
    if (!by || !frame || stages == 0) return std::nullopt;
    const std::size_t mostBlocks = mostTableRows / stages;  // that of all units together among them
    if (Distinct(mostBlocks).in(*frame, *table->look(*by)) < mostBlocks) return std::nullopt;
    return Finding{
        .message = msg("The split by {column} makes more rows than the panel writes, which is 50,000: choose a column with "
                       "fewer values, or add a filter"),
        .column = choices.by};
}

// previewAcross is that of the same counts in a column.
Preview previewAcross(const TableHandle& source, const Choices& choices) {
    const auto table = turned(*source, choices);
    if (!table) {
        Preview result;
        result.problem =
            choices.stages.empty()
                ? Finding{.message = msg("There are no columns of counts side by side")}
                : Finding{.message = msg("The columns of the stages are not there any more: choose again what each row is")};
        return result;
    }
    Preview result = preview(table, turned(choices));
    for (Finding& finding : result.findings) finding.first = table->inSource(finding.first);
    if (result.problem) result.problem->first = table->inSource(result.problem->first);
    return result;
}

}  // namespace

Preview preview(const TableHandle& source, const Choices& choices) {
    if (isAcross(choices)) return previewAcross(source, choices);
    const TableHandle table = std::make_shared<KeptTable>(source);
    Preview result;
    result.problem = tooLarge(table, choices);
    if (result.problem) return result;
    result.findings = checkCells(table, choices);
    result.problem = problemOf(choices, *table);
    if (result.problem) return result;
    Result<FunnelReport> report = Call(table, choices).report();
    if (!report) {
        result.problem = problemOf(report.failure(), choices, table);
        return result;
    }
    FunnelReport made = *std::move(report);
    const bool split = !choices.by.empty() && choices.shape != Shape::Counts;
    result.segments = made.notes.segments;
    result.table = std::move(made.table);
    const std::size_t stages = split ? steps(choices).size() : result.table.rows;
    result.openKnown =
        choices.shape != Shape::Stages || closedAtSteps(*Frame::of(table, filtersOf(choices, *table)), choices).count == 0;
    FunnelColumns columns = FunnelColumns::of(choices.shape, split);
    if (!result.openKnown) columns.open.reset();
    result.stages = figuresOf(result.table, columns, stages);
    result.lostAnywhere = lostAnywhere(made.notes, choices, *table);
    for (Finding& finding : findingsOf(made.notes, choices, *table)) result.findings.push_back(std::move(finding));
    if (choices.shape == Shape::Stages && noneIsOpen(result.stages))
        result.findings.push_back({.message = msg("No deal is open: all are done or lost")});
    if (split)
        result.findings.push_back({.message = msg("{n} segment in {column}", "{n} segments in {column}"),
                                   .n = static_cast<std::int64_t>(result.segments),
                                   .column = choices.by});
    return result;
}

}  // namespace calckpi::panel
