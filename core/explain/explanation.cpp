#include "core/explain/explanation.hpp"

#include "core/explain/doubts.hpp"
#include "core/explain/reasons.hpp"
#include "core/explain/results.hpp"
#include "core/explain/rows.hpp"
#include "core/explain/unknown_names.hpp"
#include "core/tables/cell_fault.hpp"
#include "core/values/calc_errors.hpp"

#include <utility>

namespace calckpi::explain {
namespace {

using panel::msg;

std::int64_t counted(std::size_t rows) { return static_cast<std::int64_t>(rows); }

// Teller writes the lines of an explanation.
class Teller {
public:
    Teller(const Call& call, Call::Block results, const panel::Texts& texts) : words_(call, texts), results_(results) {
        why_.function = call.function->name();
    }

    Explanation tell() && {
        const Row& row = words_.function().row;
        add(LineKind::Meaning, words_.texts().say(msg("{title}: {summary}"), {{"title", words_.translated(row.title)},
                                                                              {"summary", words_.translated(row.summary)}}));
        add(LineKind::Formula, words_.translated(row.formula));
        for (std::size_t index = 0; index < argumentCount(); ++index) addArgument(index);
        const std::optional<RowFacts> facts = rowFactsOf(words_);
        addResult();
        if (facts) addRows(*facts);
        for (Line& doubt : doubtsOf(words_, facts)) why_.lines.push_back(std::move(doubt));
        return std::move(why_);
    }

private:
    void add(LineKind kind, std::string text, std::optional<RangeAddress> cell = std::nullopt) {
        why_.lines.push_back({kind, std::move(text), std::move(cell)});
    }

    // Filters that are not given are not listed.
    std::size_t argumentCount() const {
        const std::size_t parameters = words_.function().parameters().size() - (words_.function().takesFilters() ? 1 : 0);
        std::size_t count = words_.count();
        while (count > parameters && words_.isAbsent(count - 1)) --count;
        return std::max(count, parameters);
    }

    void addArgument(std::size_t index) {
        const std::string worth = worthOf(index);
        const std::string& written = words_.given(index).written;
        const bool isTable = words_.parameterOf(index).kind == Kind::Table;
        const std::string name = words_.name(index);
        const std::optional<RangeAddress> cell = words_.given(index).place;
        if (words_.isAbsent(index))
            add(LineKind::Argument,
                worth.empty() ? words_.texts().say(msg("{name}: left out"), {{"name", name}})
                              : words_.texts().say(msg("{name}: left out, so {value}"), {{"name", name}, {"value", worth}}));
        else if (isTable || isConstant(written) || written == worth)
            add(LineKind::Argument, words_.texts().say(msg("{name}: {value}"), {{"name", name}, {"value", worth}}), cell);
        else
            add(LineKind::Argument,
                words_.texts().say(msg("{name}: {written} = {value}"), {{"name", name}, {"written", written}, {"value", worth}}),
                cell);
    }

    // isConstant is true for a number or a text that is typed in the formula, and says of itself what it is worth.
    static bool isConstant(std::string_view written) {
        const bool text = written.starts_with('"') && written.find('"', 1) + 1 == written.size();
        return text || written.find_first_not_of("0123456789.,-") == std::string_view::npos;
    }

    // worthOf is the present value of an argument, of a range what it holds; of several values also the one that counts here.
    std::string worthOf(std::size_t index) const {
        const Parameter& parameter = words_.parameterOf(index);
        if (const std::optional<Several>& several = words_.given(index).several)
            return words_.texts().say(msg("{values}; here {value}"), {{"values", cellsSaid(several->all.cells, parameter.unit)},
                                                                      {"value", words_.shownValue(index)}});
        if (words_.isAbsent(index)) return fallbackOf(parameter);
        if (words_.given(index).emptyCell) return words_.shownValue(index);
        if (parameter.kind == Kind::Table && words_.table())
            return words_.texts().say(msg("{range}, {n} row below the headers", "{range}, {n} rows below the headers"),
                                      counted(words_.table()->rows()), {{"range", words_.whereOf(index)}});
        const bool isColumn = parameter.kind == Kind::Column || (words_.isFilter(index) && isColumnOfFilter(index));
        if (isColumn && words_.columnOf(index)) return columnSaid(*words_.columnOf(index));
        if (words_.cells(index).size() == 1) return words_.shownValue(index);
        return cellsSaid(words_.cells(index), parameter.unit);
    }

    bool isColumnOfFilter(std::size_t index) const { return (index + 1 - words_.function().parameters().size()) % 2 == 0; }

    std::string columnSaid(std::size_t column) const {
        const std::int32_t first = words_.given(0).place ? words_.given(0).place->column : 0;
        return words_.texts().say(
            msg("column {letters}, “{header}”"),
            {{"letters", lettersOf(first + static_cast<std::int32_t>(column))}, {"header", words_.header(column)}});
    }

    std::string fallbackOf(const Parameter& parameter) const {
        if (const double* number = std::get_if<double>(&parameter.fallback)) return words_.shown(*number, parameter.unit);
        if (const auto* text = std::get_if<std::string_view>(&parameter.fallback))
            return words_.shown(Cell(std::string(*text)), Unit::Number);
        return {};
    }

    // A few cells are listed, of many it is said how many there are of each sort.
    std::string cellsSaid(const std::vector<Cell>& cells, Unit unitOfOne) const {
        const Unit unit = unitOfOne == Unit::Moment ? Unit::Moment : Unit::Number;
        constexpr std::size_t few = 6;
        std::string list;
        const auto append = [&list](const std::string& text) { list.append(list.empty() ? "" : ", ").append(text); };
        if (cells.size() <= few) {
            for (const Cell& cell : cells) append(isEmpty(cell) ? words_.texts().say(msg("empty")) : words_.shown(cell, unit));
            return list;
        }
        std::size_t numbers = 0;
        std::size_t texts = 0;
        std::size_t empty = 0;
        std::size_t errors = 0;
        for (const Cell& cell : cells)
            ++(isEmpty(cell)                             ? empty
               : std::holds_alternative<double>(cell)    ? numbers
               : std::holds_alternative<CellError>(cell) ? errors
                                                         : texts);
        if (numbers > 0) append(words_.texts().say(msg("{n} number", "{n} numbers"), counted(numbers)));
        if (texts > 0) append(words_.texts().say(msg("{n} text", "{n} texts"), counted(texts)));
        if (errors > 0) append(words_.texts().say(msg("{n} error", "{n} errors"), counted(errors)));
        if (empty > 0) append(words_.texts().say(msg("{n} empty cell", "{n} empty cells"), counted(empty)));
        return list;
    }

    void addReason(const Failure& failure, const Reason& reason) {
        why_.failure = failure;
        why_.general = reason.general;
        add(LineKind::Reason, reason.text, reason.cell);
        if (!reason.remedy.empty()) add(LineKind::Remedy, reason.remedy, reason.cell);
    }

    void addRefusal() {
        Failure failure(Fault::ErrorInCell, Wrong::Error);
        failure.cellError = words_.call().refusal;
        addReason(failure,
                  {.text = words_.texts().say(msg("Calc refuses the formula with {error} before the function is called"),
                                              {{"error", shownError(failure.cellError)}}),
                   .remedy = words_.texts().say(msg("Look at its arrays in braces, its lists of ranges and its parentheses")),
                   .cell = {}});
    }

    void addResult() {
        if (words_.call().refusal != 0) return addRefusal();
        const std::vector<Argument> values = words_.call().values();
        for (const Argument& value : values)
            if (const Grid* grid = std::get_if<Grid>(&value))
                for (const Cell& cell : grid->cells)
                    if (const CellError* error = std::get_if<CellError>(&cell)) {
                        Failure failure(Fault::ErrorInCell, Wrong::Error);
                        failure.cellError = error->code;
                        return addReason(failure, reasonOf(words_, failure));
                    }
        const Result<Outcome> outcome = words_.function().call(values, words_.call().nullDate);
        if (!outcome) return addReason(outcome.failure(), reasonOf(words_, outcome.failure()));
        if (const double* number = std::get_if<double>(&*outcome)) {
            addSize(results_.rows, results_.columns,
                    msg("The formula fills {filledRows} × {filledColumns} cells, and has {rows} × {columns} results: "
                        "the others are not shown"));
            return add(LineKind::Result, words_.texts().say(msg("Result: {value}"),
                                                            {{"value", words_.shown(*number, words_.function().resultUnit)}}));
        }
        if (const OutputGrid* grid = std::get_if<OutputGrid>(&*outcome)) addTable(*grid);
    }

    std::string cellText(const OutputCell& cell) const {
        if (const double* number = std::get_if<double>(&cell)) return words_.shown(*number, Unit::Number);
        if (const std::string* text = std::get_if<std::string>(&cell)) return *text;
        return {};
    }

    // rowName is what the first cell of a row says; of periods it is their first day.
    std::string rowName(const OutputCell& cell) const {
        const double* number = std::get_if<double>(&cell);
        return number != nullptr && words_.indexOf("period") ? words_.shown(*number, Unit::Moment) : cellText(cell);
    }

    bool hasHeaders() const {
        const std::optional<std::size_t> headers = words_.indexOf("headers");
        return !headers || words_.number(*headers) != 0.0;
    }

    void addTable(const OutputGrid& grid) {
        add(LineKind::Result, words_.texts().say(msg("Result: a table of {rows} rows and {columns} columns"),
                                                 {{"rows", words_.texts().number(counted(grid.rows))},
                                                  {"columns", words_.texts().number(counted(grid.columns))}}));
        addSize(grid.rows, grid.columns,
                msg("The formula fills {filledRows} × {filledColumns} cells, and its table has {rows} rows and {columns} columns: "
                    "the others are not shown"));
        if (!words_.call().cell) return;
        const auto [row, column] = *words_.call().cell;
        if (row >= grid.rows || column >= grid.columns)
            return add(LineKind::Reason, words_.texts().say(msg("This cell lies beyond the table, and shows #N/A")));
        const OutputCell& cell = grid.at(row, column);
        const bool headers = hasHeaders();
        const std::string header = headers ? cellText(grid.at(0, column)) : words_.texts().number(counted(column + 1));
        const std::string name = rowName(grid.at(row, 0));
        if (const Failure* failure = std::get_if<Failure>(&cell))
            return addReason(*failure, reasonOfCell(words_, *failure, header, name));
        if (row > 0 || !headers)
            add(LineKind::Result, words_.texts().say(msg("“{column}” of “{row}”: {value}"),
                                                     {{"column", header}, {"row", name}, {"value", cellText(cell)}}));
    }

    // addSize says when the formula fills fewer cells than its table has.
    void addSize(std::size_t rows, std::size_t columns, panel::Message message) {
        const std::optional<Call::Block>& block = words_.call().block;
        if (!block || (block->rows >= rows && block->columns >= columns)) return;
        why_.needs = Call::Block{rows, columns};
        const panel::Texts& texts = words_.texts();
        add(LineKind::Doubt, texts.say(message, {{"filledRows", texts.number(counted(block->rows))},
                                                 {"filledColumns", texts.number(counted(block->columns))},
                                                 {"rows", texts.number(counted(rows))},
                                                 {"columns", texts.number(counted(columns))}}));
    }

    void addRows(const RowFacts& facts) {
        const panel::Texts& texts = words_.texts();
        for (const RowFacts::Condition& condition : facts.conditions)
            add(LineKind::Rows,
                texts.say(msg("{n} row has “{criterion}” in “{column}”", "{n} rows have “{criterion}” in “{column}”"),
                          counted(condition.rows),
                          {{"criterion", words_.text(condition.argument + 1)},
                           {"column", words_.header(*words_.columnOf(condition.argument))}}));
        if (facts.conditions.size() > 1)
            add(LineKind::Rows,
                texts.say(msg("{n} row meets all conditions", "{n} rows meet all conditions"), counted(facts.passing)));
        if (facts.states) addStates(*facts.states);
        for (const RowFacts::Empty& empty : facts.empty)
            add(LineKind::Rows, texts.say(msg("“{column}” is empty in {n} row", "“{column}” is empty in {n} rows"),
                                          counted(empty.rows), {{"column", words_.header(empty.column)}}));
        if (why_.failure) return;  // nothing came of them
        add(LineKind::Rows, texts.say(msg("{n} row is used, {others} left out", "{n} rows are used, {others} left out"),
                                      counted(facts.used.size()), {{"others", texts.number(counted(facts.leftOut.size()))}}));
        why_.used = addressesOf(words_, facts.used);
        why_.leftOut = addressesOf(words_, facts.leftOut);
    }

    void addStates(const RowFacts::States& states) {
        const panel::Texts& texts = words_.texts();
        std::string list;
        const auto append = [&](std::size_t rows, panel::Message message) {
            if (rows > 0) list.append(list.empty() ? "" : ", ").append(texts.say(message, counted(rows)));
        };
        append(states.won, msg("{n} deal won", "{n} deals won"));
        append(states.lost, msg("{n} lost", "{n} lost"));
        append(states.open, msg("{n} open", "{n} open"));
        append(states.none, msg("{n} without a status", "{n} without a status"));
        if (!list.empty()) add(LineKind::Rows, list);
    }

    CallWords words_;
    Call::Block results_;
    Explanation why_;
};

// isBeyond is true for a cell of an array formula that none of the results is for.
bool isBeyond(const Call::Cell& cell, const Call::Block& results) {
    return (results.rows > 1 && cell.row >= results.rows) || (results.columns > 1 && cell.column >= results.columns);
}

}  // namespace

Explanation explain(const Call& call, const panel::Texts& texts) {
    const Call::Block results = resultsOf(call);
    const Call::Cell cell = call.function->givesTable ? Call::Cell{} : call.cell.value_or(Call::Cell{});
    if (!isBeyond(cell, results)) return Teller(resultAt(call, cell), results, texts).tell();
    Explanation why{.function = std::string(call.function->name())};
    why.failure = Failure(Fault::NothingToCompute);
    why.lines = {{LineKind::Reason, texts.say(msg("This cell lies beyond the table, and shows #N/A"))}};
    return why;
}

Explanation explainUnknown(const UnknownName& name, const std::optional<RangeAddress>& cell, const panel::Texts& texts) {
    Explanation why{.function = shownName(name)};
    why.failure = Failure(Fault::ErrorInCell, Wrong::Error);
    why.failure->cellError = errorOfNames;
    why.lines = {{LineKind::Reason, texts.say(msg("Calc does not know “{word}”"), {{"word", shownName(name)}}), cell},
                 {LineKind::Remedy, nameRemedy(name, texts), cell}};
    return why;
}

}  // namespace calckpi::explain
