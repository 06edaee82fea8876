#include "addin/explain/why.hpp"

#include "addin/explain/document_values.hpp"
#include "addin/functions/cell_ranges.hpp"
#include "addin/functions/conversion.hpp"
#include "addin/functions/error_value.hpp"
#include "addin/functions/range_table.hpp"
#include "core/kpis/catalog.hpp"

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/lang/XMultiServiceFactory.hpp>
#include <com/sun/star/sheet/XArrayFormulaTokens.hpp>
#include <com/sun/star/sheet/XCellAddressable.hpp>
#include <com/sun/star/sheet/XFormulaParser.hpp>
#include <com/sun/star/sheet/XFormulaTokens.hpp>
#include <com/sun/star/sheet/XSheetCellCursor.hpp>
#include <com/sun/star/sheet/XSheetCellRange.hpp>
#include <com/sun/star/sheet/XSpreadsheet.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>

using css::table::CellAddress;
using css::table::CellRangeAddress;
using css::uno::Reference;
using css::uno::Sequence;
using css::uno::UNO_QUERY_THROW;

namespace calckpi::addin {
namespace {

// Formula is that of a cell, or of the array that the cell is part of.
struct Formula {
    Tokens tokens{};
    CellAddress position{};  // which its relative references are counted from
    bool isArray = false;
    explain::Call::Block block{};
    explain::Call::Cell cell{};  // where in the array the cell is
};

Formula formulaOf(const Reference<css::table::XCell>& cell) {
    Formula formula{.position = Reference<css::sheet::XCellAddressable>(cell, UNO_QUERY_THROW)->getCellAddress()};
    if (!cell->getFormula().startsWith("{")) {
        const Sequence<css::sheet::FormulaToken> tokens = Reference<css::sheet::XFormulaTokens>(cell, UNO_QUERY_THROW)->getTokens();
        formula.tokens = {tokens.begin(), tokens.end()};
        return formula;
    }
    const Reference<css::sheet::XSheetCellRange> range(cell, UNO_QUERY_THROW);
    const Reference<css::sheet::XSheetCellCursor> cursor = range->getSpreadsheet()->createCursorByRange(range);
    cursor->collapseToCurrentArray();
    const CellRangeAddress array = addressOf(cursor);
    const Sequence<css::sheet::FormulaToken> tokens =
        Reference<css::sheet::XArrayFormulaTokens>(cursor, UNO_QUERY_THROW)->getArrayTokens();
    formula.tokens = {tokens.begin(), tokens.end()};
    formula.isArray = true;
    formula.cell = {static_cast<std::size_t>(formula.position.Row - array.StartRow),
                    static_cast<std::size_t>(formula.position.Column - array.StartColumn)};
    formula.block = {static_cast<std::size_t>(array.EndRow - array.StartRow) + 1,
                     static_cast<std::size_t>(array.EndColumn - array.StartColumn) + 1};
    formula.position = CellAddress(array.Sheet, array.StartColumn, array.StartRow);
    return formula;
}

// constantOf is what a token holds if it is a constant; a newer office hands an inline array over piece by piece.
std::optional<Argument> constantOf(const FormulaWords& words, const css::sheet::FormulaToken& token) {
    if (token.OpCode != words.push) return std::nullopt;
    if (double number = 0; token.Data >>= number) return Argument(number);
    if (rtl::OUString text; token.Data >>= text) return Argument(toUtf8(text));
    Sequence<Sequence<css::uno::Any>> rows;
    if (!(token.Data >>= rows)) return std::nullopt;
    Grid grid{.rows = static_cast<std::size_t>(rows.getLength()), .columns = 0, .cells = {}};
    for (const Sequence<css::uno::Any>& row : rows) {
        grid.columns = static_cast<std::size_t>(row.getLength());
        for (const css::uno::Any& value : row) {
            double number = 0;
            rtl::OUString text;
            if (value >>= number)
                grid.cells.emplace_back(number);
            else if ((value >>= text) && !text.isEmpty())
                grid.cells.emplace_back(toUtf8(text));
            else
                grid.cells.emplace_back(Blank{});
        }
    }
    return Argument(std::move(grid));
}

Argument argumentOf(Grid grid) {
    if (grid.cells.size() != 1) return grid;
    if (const double* number = std::get_if<double>(&grid.cells.front())) return *number;
    if (const std::string* text = std::get_if<std::string>(&grid.cells.front())) return *text;
    if (std::holds_alternative<Blank>(grid.cells.front())) return std::string();
    return grid;
}

// Whether a parameter takes one value and no array.
bool takesOne(const Parameter& parameter) { return parameter.kind == Kind::Number || parameter.kind == Kind::Text; }

// oneOf is the cell of a range that stands for it where one value is asked for: the one in the formula's row or column.
std::optional<CellRangeAddress> oneOf(const CellRangeAddress& range, const CellAddress& position) {
    const bool oneColumn = range.StartColumn == range.EndColumn;
    const bool oneRow = range.StartRow == range.EndRow;
    if (oneColumn && oneRow) return range;
    CellRangeAddress one = range;
    if (oneColumn && position.Row >= range.StartRow && position.Row <= range.EndRow) {
        one.StartRow = one.EndRow = position.Row;
        return one;
    }
    if (oneRow && position.Column >= range.StartColumn && position.Column <= range.EndColumn) {
        one.StartColumn = one.EndColumn = position.Column;
        return one;
    }
    return std::nullopt;
}

bool isBlankRow(const Grid& grid, std::size_t row) {
    for (std::size_t column = 0; column < grid.columns; ++column)
        if (!isEmpty(grid.at(row, column))) return false;
    return true;
}

// CellExplainer explains the calls of one formula.
class CellExplainer {
public:
    CellExplainer(const Reference<css::table::XCell>& cell, const Reference<css::uno::XInterface>& document,
                  const Reference<css::uno::XComponentContext>& context, const panel::Texts& texts)
        : document_(document),
          context_(context),
          texts_(texts),
          words_(document),
          formula_(formulaOf(cell)),
          references_(Reference<css::sheet::XSpreadsheetDocument>(document, UNO_QUERY_THROW), formula_.position, words_),
          scratch_(references_, context) {
        const Reference<css::lang::XMultiServiceFactory> factory(document, UNO_QUERY_THROW);
        parser_.set(factory->createInstance("com.sun.star.sheet.FormulaParser"), UNO_QUERY_THROW);
        Reference<css::beans::XPropertySet>(parser_, UNO_QUERY_THROW)->setPropertyValue("CompileEnglish", css::uno::Any(false));
    }

    std::vector<explain::Explanation> all() {
        explainCalls({0, formula_.tokens.size()});
        // Inner calls were explained before outer ones.
        const auto fails = [](const explain::Explanation& why) { return why.failure.has_value(); };
        const auto sound = std::stable_partition(explained_.begin(), explained_.end(), fails);
        std::reverse(sound, explained_.end());
        return std::move(explained_);
    }

private:
    void explainCalls(Span part) {
        for (const CallTokens& call : callsIn(words_, formula_.tokens, part)) {
            for (const Span& argument : call.arguments) explainCalls(argument);
            explainCall(call);
        }
    }

    void explainCall(const CallTokens& tokens) {
        explain::Call call{.function = tokens.function, .nullDate = nullDateOf(document_)};
        const std::size_t last = tokens.function->parameters().size() - 1;
        for (std::size_t index = 0; index < tokens.arguments.size(); ++index)
            call.arguments.push_back(givenAt(tokens.arguments[index], tokens.function->parameters()[std::min(index, last)]));
        call.cell = cellOf(tokens);
        if (call.function->givesTable && isWhole(tokens)) call.block = formula_.block;
        results_.emplace(tokens.all.begin, std::pair(tokens.all.end, resultOf(call)));
        explained_.push_back(explain::explain(call, texts_));
    }

    // resultOf is what outer calls compute with.
    static Grid resultOf(const explain::Call& call) {
        const auto error = [](const Failure& failure) {
            return Grid{1, 1, {CellError{errorCode(static_cast<std::int64_t>(errorIn(errorValue(failure))))}}};
        };
        for (const explain::GivenArgument& given : call.arguments)
            if (const Grid* grid = std::get_if<Grid>(&given.value))
                for (const Cell& cell : grid->cells)
                    if (std::holds_alternative<CellError>(cell)) return {1, 1, {cell}};
        const Result<Outcome> outcome = call.function->call(call.values(), call.nullDate);
        if (!outcome) return error(outcome.failure());
        if (const double* number = std::get_if<double>(&*outcome)) return {1, 1, {*number}};
        if (const std::string* text = std::get_if<std::string>(&*outcome)) return {1, 1, {*text}};
        const auto& table = std::get<OutputGrid>(*outcome);
        Grid grid{table.rows, table.columns, {}};
        for (const OutputCell& cell : table.cells) {
            if (const double* number = std::get_if<double>(&cell))
                grid.cells.emplace_back(*number);
            else if (const std::string* text = std::get_if<std::string>(&cell))
                grid.cells.emplace_back(*text);
            else if (const Failure* failure = std::get_if<Failure>(&cell))
                grid.cells.push_back(error(*failure).cells.front());
            else
                grid.cells.emplace_back(Blank{});
        }
        return grid;
    }

    bool isWhole(const CallTokens& call) const {
        const Span whole = trimmed(words_, formula_.tokens, {0, formula_.tokens.size()});
        return whole.begin == call.all.begin && whole.end == call.all.end;
    }

    // cellOf is the cell of a table that the formula shows: the one of the array, the one that INDEX takes, or the first.
    std::optional<explain::Call::Cell> cellOf(const CallTokens& call) {
        if (!call.function->givesTable) return std::nullopt;
        if (isWhole(call)) return formula_.cell;
        const Span whole = trimmed(words_, formula_.tokens, {0, formula_.tokens.size()});
        const Tokens& tokens = formula_.tokens;
        if (whole.end - whole.begin < 2 || tokens[whole.begin].OpCode != words_.index) return std::nullopt;
        std::size_t end = 0;
        const std::vector<Span> parts = argumentsAt(words_, tokens, whole.begin + 1, end);
        if (parts.size() < 3 || trimmed(words_, tokens, parts[0]).begin != call.all.begin) return std::nullopt;
        const auto row = numberAt(parts[1]);
        const auto column = numberAt(parts[2]);
        if (!row || !column || !(*row >= 1) || !(*column >= 1)) return std::nullopt;
        return explain::Call::Cell{static_cast<std::size_t>(*row) - 1, static_cast<std::size_t>(*column) - 1};
    }

    std::optional<double> numberAt(Span part) {
        const Argument value = valueAt(part, false);
        const double* number = std::get_if<double>(&value);
        if (number == nullptr) return std::nullopt;
        return *number;
    }

    explain::GivenArgument givenAt(Span part, const Parameter& parameter) {
        const Span inner = trimmed(words_, formula_.tokens, part);
        if (inner.empty() || formula_.tokens[inner.begin].OpCode == words_.missing) return {};
        explain::GivenArgument given{.written = written(inner)};
        const Tokens tokens = references_.expanded(formula_.tokens, inner);
        const std::optional<CellRangeAddress> range = tokens.size() == 1 ? references_.addressOf(tokens[0]) : std::nullopt;
        if (range)
            read(*range, parameter, given);
        else
            given.value = valueAt(inner, !takesOne(parameter));
        if (parameter.kind == Kind::Number) given.value = asNumber(std::move(given.value));
        return given;
    }

    // asNumber is a text as Calc reads it where a number is asked for, after the document's settings: "12%" may be 0.12.
    Argument asNumber(Argument value) {
        const std::string* text = std::get_if<std::string>(&value);
        if (text == nullptr) return value;
        css::sheet::FormulaToken times;
        times.OpCode = words_.times;
        const Grid read = scratch_.valueOf({tokenOf(*text), times, tokenOf(1.0)}, false);
        const double* number = std::get_if<double>(&read.cells.front());
        return number != nullptr ? Argument(*number) : value;
    }

    void read(CellRangeAddress range, const Parameter& parameter, explain::GivenArgument& given) {
        if (parameter.kind == Kind::Table) return readTable(range, given);
        if (takesOne(parameter)) {
            const std::optional<CellRangeAddress> one = oneOf(range, formula_.position);
            if (!one) {
                given.value = Grid{1, 1, {CellError{519}}};  // #VALUE!, as Calc has it
                return;
            }
            range = *one;
        }
        Reference<css::table::XCellRange> cells = references_.rangeAt(range);
        const sal_Int32 used = std::max(lastUsedRow(cells), range.StartRow);
        if (range.EndRow == lastSheetRow && used < range.EndRow) {
            range.EndRow = used;
            cells = references_.rangeAt(range);
        }
        const Grid grid = gridOf(cells);
        given.place = placeOf(cells);
        given.emptyCell = grid.cells.size() == 1 && std::holds_alternative<Blank>(grid.cells.front());
        given.value = given.emptyCell ? Argument(0.0) : argumentOf(grid);
    }

    void readTable(const CellRangeAddress& range, explain::GivenArgument& given) {
        const Reference<css::table::XCellRange> cells = references_.rangeAt(range);
        const auto table = std::make_shared<const RangeTable>(cells, document_, context_);
        given.value = TableHandle(table);
        given.place = placeOf(cells);
        given.place->lastRow = std::min(given.place->lastRow, given.place->row + static_cast<std::int32_t>(table->rows()));
        given.rowsBelow = rowsBelow(range);
    }

    // rowsBelow counts the rows below a range that are filled without a gap.
    std::int32_t rowsBelow(CellRangeAddress range) const {
        constexpr std::int32_t most = 10'000;
        const sal_Int32 used = lastUsedRow(references_.rangeAt(range));
        if (range.EndRow >= used) return 0;
        range.StartRow = range.EndRow + 1;
        range.EndRow = std::min(used, range.EndRow + most);
        const Grid grid = gridOf(references_.rangeAt(range));
        std::size_t row = 0;
        while (row < grid.rows && !isBlankRow(grid, row)) ++row;
        return static_cast<std::int32_t>(row);
    }

    // placeOf names the sheet only where it is not that of the formula.
    std::optional<RangeAddress> placeOf(const Reference<css::table::XCellRange>& range) const {
        std::optional<RangeAddress> place = readAddress(toUtf8(absoluteName(range)));
        if (place && addressOf(range).Sheet == formula_.position.Sheet) {
            place->sheetPart.clear();
            place->sheet.reset();
            place->toSheet.reset();
        }
        return place;
    }

    // valueAt is what an expression is worth. Our own calls in it are known already.
    Argument valueAt(Span part, bool mayBeArray) {
        const Span inner = trimmed(words_, formula_.tokens, part);
        if (inner.empty()) return Absent{};
        const auto known = results_.find(inner.begin);
        if (known != results_.end() && known->second.first == inner.end) return argumentOf(known->second.second);
        const Tokens tokens = computable(inner);
        if (tokens.size() == 1)
            if (const std::optional<Argument> constant = constantOf(words_, tokens[0])) return *constant;
        const bool inlineArray = std::any_of(tokens.begin(), tokens.end(), [this](const css::sheet::FormulaToken& token) {
            return token.OpCode == words_.arrayOpen;
        });
        return argumentOf(scratch_.valueOf(tokens, mayBeArray && (formula_.isArray || inlineArray)));
    }

    // computable is an expression with values in place of our calls, and ranges in place of names.
    Tokens computable(Span part) {
        Tokens tokens;
        for (std::size_t place = part.begin; place < part.end;) {
            const auto known = results_.find(place);
            if (known == results_.end()) {
                const Tokens one = references_.expanded(formula_.tokens, {place, place + 1});
                tokens.insert(tokens.end(), one.begin(), one.end());
                ++place;
                continue;
            }
            tokens.push_back(tokenOf(known->second.second.cells.front()));
            place = known->second.first;
        }
        return tokens;
    }

    css::sheet::FormulaToken tokenOf(const Cell& cell) {
        if (const CellError* error = std::get_if<CellError>(&cell)) return scratch_.errorToken(error->code);
        css::sheet::FormulaToken token;
        token.OpCode = words_.push;
        if (const double* number = std::get_if<double>(&cell))
            token.Data <<= *number;
        else if (const std::string* text = std::get_if<std::string>(&cell))
            token.Data <<= fromUtf8(*text);
        else
            token.Data <<= rtl::OUString();
        return token;
    }

    std::string written(Span part) const {
        const Sequence<css::sheet::FormulaToken> tokens(formula_.tokens.data() + part.begin,
                                                        static_cast<sal_Int32>(part.end - part.begin));
        return toUtf8(parser_->printFormula(tokens, formula_.position));
    }

    Reference<css::uno::XInterface> document_;
    Reference<css::uno::XComponentContext> context_;
    const panel::Texts& texts_;
    FormulaWords words_;
    Formula formula_;
    References references_;
    Scratch scratch_;
    Reference<css::sheet::XFormulaParser> parser_{};
    std::map<std::size_t, std::pair<std::size_t, Grid>>
        results_{};  // of the calls so far, by where they begin: their end, the value
    std::vector<explain::Explanation> explained_{};
};

}  // namespace

std::vector<explain::Explanation> whyThisValue(const Reference<css::table::XCell>& cell,
                                               const Reference<css::uno::XInterface>& document,
                                               const Reference<css::uno::XComponentContext>& context, const panel::Texts& texts) {
    if (!hasOurFunction(cell)) return {};
    return CellExplainer(cell, document, context, texts).all();
}

bool hasOurFunction(const Reference<css::table::XCell>& cell) {
    return cell.is() && cell->getType() == css::table::CellContentType_FORMULA &&
           cell->getFormula().toAsciiUpperCase().indexOf(fromUtf8(formulaPrefix)) >= 0;
}

}  // namespace calckpi::addin
