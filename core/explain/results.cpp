#include "core/explain/results.hpp"

#include "core/values/calc_errors.hpp"

#include <algorithm>
#include <utility>

namespace calckpi::explain {
namespace {

const Parameter& parameterOf(const Call& call, std::size_t index) {
    const std::span<const Parameter> parameters = call.function->parameters();
    return parameters[std::min(index, parameters.size() - 1)];
}

// severalAt is what an argument holds if it takes one value and holds more.
const Grid* severalAt(const Call& call, std::size_t index) {
    const Grid* grid = std::get_if<Grid>(&call.arguments[index].value);
    return grid != nullptr && grid->cells.size() > 1 && takesOne(parameterOf(call, index)) ? grid : nullptr;
}

// isForEach is true in an array formula, and where an array and no range stands for one value.
bool isForEach(const Call& call) {
    for (std::size_t index = 0; index < call.arguments.size(); ++index)
        if (severalAt(call, index) != nullptr && (call.isArray || !call.arguments[index].place)) return true;
    return false;
}

// inLine is the place, in a range of one column or one row, of the cell in the formula's row or column.
std::optional<Call::Cell> inLine(const RangeAddress& range, const Call::Cell& position) {
    const auto within = [](std::size_t place, std::int32_t first, std::int32_t last) {
        return static_cast<std::int32_t>(place) >= first && static_cast<std::int32_t>(place) <= last;
    };
    if (range.column == range.lastColumn && within(position.row, range.row, range.lastRow))
        return Call::Cell{position.row - static_cast<std::size_t>(range.row), 0};
    if (range.row == range.lastRow && within(position.column, range.column, range.lastColumn))
        return Call::Cell{0, position.column - static_cast<std::size_t>(range.column)};
    return std::nullopt;
}

Argument noValue() { return Grid{1, 1, {CellError{errorNumber(Fault::NotANumber)}}}; }

// take makes one cell of a block the value of the argument. Calc passes an empty cell as 0.
void take(GivenArgument& given, Several& several, Call::Cell at) {
    several.taken = at.row * several.all.columns + at.column;
    const Cell& cell = several.all.cells[several.taken];
    if (const double* number = std::get_if<double>(&cell)) given.value = *number;
    if (const std::string* text = std::get_if<std::string>(&cell)) given.value = *text;
    if (std::holds_alternative<CellError>(cell)) given.value = Grid{1, 1, {cell}};
    if (std::holds_alternative<Blank>(cell)) given.value = 0.0;
    if (!given.place) return;
    given.emptyCell = std::holds_alternative<Blank>(cell);
    given.place->column = given.place->lastColumn = given.place->column + static_cast<std::int32_t>(at.column);
    given.place->row = given.place->lastRow = given.place->row + static_cast<std::int32_t>(at.row);
}

void takeInLine(GivenArgument& given, Several several, const Call::Cell& position) {
    const std::optional<Call::Cell> at = inLine(*given.place, position);
    several.way = at ? Several::Way::InLine : Several::Way::NotInLine;
    if (at)
        take(given, several, *at);
    else
        given.value = noValue();
    given.several = std::move(several);
}

void takeFor(GivenArgument& given, Several several, const Call::Cell& result) {
    const Call::Cell at{several.all.rows == 1 ? 0 : result.row, several.all.columns == 1 ? 0 : result.column};
    const bool paired = at.row < several.all.rows && at.column < several.all.columns;
    several.way = paired ? Several::Way::Each : Several::Way::Unpaired;
    if (paired)
        take(given, several, at);
    else
        given.value = noValue();
    given.several = std::move(several);
}

}  // namespace

bool takesOne(const Parameter& parameter) { return parameter.kind == Kind::Number || parameter.kind == Kind::Text; }

Call::Block resultsOf(const Call& call) {
    Call::Block block;
    if (!isForEach(call)) return block;
    for (std::size_t index = 0; index < call.arguments.size(); ++index)
        if (const Grid* several = severalAt(call, index)) {
            block.rows = std::max(block.rows, several->rows);
            block.columns = std::max(block.columns, several->columns);
        }
    return block;
}

Call resultAt(const Call& call, Call::Cell result) {
    const bool forEach = isForEach(call);
    Call one = call;
    for (std::size_t index = 0; index < call.arguments.size(); ++index) {
        const Grid* all = severalAt(call, index);
        if (all == nullptr) continue;
        Several several{.all = *all, .place = call.arguments[index].place};
        if (forEach)
            takeFor(one.arguments[index], std::move(several), result);
        else
            takeInLine(one.arguments[index], std::move(several), call.position);
    }
    return one;
}

}  // namespace calckpi::explain
