#include "core/recognition/across.hpp"

#include "core/recognition/recognition.hpp"
#include "core/recognition/vocabulary.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace calckpi::panel {
namespace {

// labelAt is what a row of counts is called: often a month.
std::string labelAt(const Column& cells, std::size_t row, bool days, std::chrono::sys_days nullDate) {
    if (cells.kind(row) == CellKind::Number)
        return days && cells.number(row) > 4000 && isDay(cells.number(row)) ? isoDate(cells.number(row), nullDate)
                                                                            : digitsOf(cells.number(row));
    if (cells.kind(row) == CellKind::Text) return std::string(trimmed(cells.texts()[cells.textIndex(row)]));
    return {};
}

}  // namespace

AcrossTable::AcrossTable(const Table& source, std::vector<std::size_t> stages, std::optional<std::size_t> labels)
    : source_(source), stages_(std::move(stages)), cells_(stages_.size()) {
    headers_.resize(1 + std::min(source.rows(), mostAcross));
    if (!labels) return;
    headers_[0] = source.headers()[*labels];
    const ColumnHandle cells = source.look(*labels);
    const bool days = headerMeaning(headers_[0]).meaning == Meaning::Date;  // and no year
    for (std::size_t row = 0; row + 1 < headers_.size(); ++row)
        headers_[row + 1] = labelAt(*cells, row, days, source.culture().nullDate());
}

Place AcrossTable::inSource(Place place) const {
    if (!place.known()) return place;
    // Row 1 of this table holds the labels of the source's rows, which are not looked at one by one.
    const auto stage = static_cast<std::size_t>(std::max(place.row - 2, 0));
    return {static_cast<std::int32_t>(stages_[std::min(stage, stages_.size() - 1)]) + 1, place.column};
}

const Column& AcrossTable::cellsOf(std::size_t stage) const {
    if (!cells_[stage]) cells_[stage] = source_.look(stages_[stage]);
    return *cells_[stage];
}

ColumnHandle AcrossTable::read(std::size_t index) const {
    auto column = std::make_shared<Column>();
    column->reserve(stages_.size());
    for (std::size_t stage = 0; stage < stages_.size(); ++stage) {
        if (index == 0) {
            column->addText(source_.headers()[stages_[stage]]);
            continue;
        }
        const Column& cells = cellsOf(stage);
        const std::size_t row = index - 1;
        switch (cells.kind(row)) {
            case CellKind::Blank: column->addBlank(); break;
            case CellKind::Number: column->addNumber(cells.number(row)); break;
            case CellKind::Text: column->addText(cells.texts()[cells.textIndex(row)]); break;
            case CellKind::Error: column->addError(502); break;
        }
    }
    return column;
}

std::shared_ptr<const AcrossTable> turned(const Table& source, const Choices& choices) {
    if (choices.shape != Shape::Counts || !choices.across || choices.stages.empty()) return nullptr;
    const std::optional<std::size_t> first = columnIndex(choices.stages.front().name, source);
    const std::optional<std::size_t> last = columnIndex(choices.stages.back().name, source);
    std::optional<std::size_t> labels;
    if (!choices.stage.empty() && !(labels = columnIndex(choices.stage, source))) return nullptr;
    if (!first || !last || *last < *first) return nullptr;
    // The formula refers to the cells from the first stage to the last.
    std::vector<std::size_t> stages;
    for (std::size_t column = *first; column <= *last; ++column) stages.push_back(column);
    return std::make_shared<AcrossTable>(source, std::move(stages), labels);
}

Choices turned(const Choices& choices) {
    Choices down = choices;
    down.across = false;
    down.stage = "1";
    down.stages.clear();
    return down;
}

std::vector<std::string> rowNames(const Table& source, const Choices& choices) {
    const auto table = turned(source, choices);
    return table ? columnNames(*table) : std::vector<std::string>();
}

}  // namespace calckpi::panel
