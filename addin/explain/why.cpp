#include "addin/explain/why.hpp"

#include "addin/explain/document_values.hpp"
#include "addin/functions/cell_ranges.hpp"
#include "addin/functions/conversion.hpp"
#include "addin/functions/error_value.hpp"
#include "addin/functions/range_table.hpp"
#include "core/explain/results.hpp"
#include "core/explain/unknown_names.hpp"
#include "core/kpis/catalog.hpp"
#include "core/values/calc_errors.hpp"

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/lang/XMultiServiceFactory.hpp>
#include <com/sun/star/sheet/FormulaResult.hpp>
#include <com/sun/star/sheet/XArrayFormulaTokens.hpp>
#include <com/sun/star/sheet/XCellAddressable.hpp>
#include <com/sun/star/sheet/XCellRangesQuery.hpp>
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
using css::uno::UNO_QUERY;
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

bool isBlankRow(const Grid& grid, std::size_t row) {
    for (std::size_t column = 0; column < grid.columns; ++column)
        if (!isEmpty(grid.at(row, column))) return false;
    return true;
}

// Origin is where an error in a formula comes from.
struct Origin {
    std::optional<CellAddress> cell{};  // none: the formula itself
    std::optional<explain::UnknownName> unknown{};
};

// Errors that a formula of ours shows without its function having been called.
bool isRefusal(std::uint16_t error) {
    constexpr std::uint16_t refusals[] = {501, 504, 508, 509, 510, 511, 512, 513, 514, 516, 517, 518, 520, 521, 522, 533, 539};
    return std::find(std::begin(refusals), std::end(refusals), error) != std::end(refusals);
}

bool hasDigit(const std::string& text) { return text.find_first_of("0123456789") != std::string::npos; }

// isMisspelt tells whether a formula calls what may be one of our functions misspelt.
bool isMisspelt(const std::string& formula) {
    for (std::size_t open = formula.find('('); open != std::string::npos; open = formula.find('(', open + 1)) {
        const std::size_t before = formula.find_last_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", open - 1);
        const std::string word = formula.substr(before + 1, open - before - 1);
        if (!word.empty() && explain::nearFunction(word)) return true;
    }
    return false;
}

// CellExplainer explains the calls of one formula.
class CellExplainer {
public:
    CellExplainer(const Reference<css::table::XCell>& cell, const Reference<css::uno::XInterface>& document,
                  const Reference<css::uno::XComponentContext>& context, const panel::Texts& texts, const Receivers& receivers)
        : document_(document),
          context_(context),
          texts_(texts),
          words_(document),
          formula_(formulaOf(cell)),
          error_(static_cast<std::uint16_t>(cell->getError())),
          references_(Reference<css::sheet::XSpreadsheetDocument>(document, UNO_QUERY_THROW), formula_.position, words_),
          scratch_(references_, receivers, context) {
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
        explainUnknown();
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
        explain::Call call{.function = tokens.function, .nullDate = nullDateOf(document_), .isArray = formula_.isArray};
        call.position = {static_cast<std::size_t>(formula_.position.Row), static_cast<std::size_t>(formula_.position.Column)};
        const std::size_t last = tokens.function->parameters().size() - 1;
        for (std::size_t index = 0; index < tokens.arguments.size(); ++index)
            call.arguments.push_back(givenAt(tokens.arguments[index], tokens.function->parameters()[std::min(index, last)]));
        Grid results = resultsOf(call);
        call.cell = cellOf(tokens, results);
        if (isWhole(tokens)) call.block = formula_.block;
        if (isWhole(tokens) && isRefused(call, results)) call.refusal = error_;
        results_.emplace(tokens.all.begin, std::pair(tokens.all.end, std::move(results)));
        explained_.push_back(explain::explain(call, texts_));
    }

    // isRefused is true where Calc shows an error of its own for arguments that nothing is wrong with.
    bool isRefused(const explain::Call& call, const Grid& results) const {
        if (!isRefusal(error_)) return false;
        const bool hasTable = !call.function->takesTable() || std::holds_alternative<TableHandle>(call.arguments.front().value);
        if (!hasTable) return false;  // that is the reason
        for (const explain::GivenArgument& given : call.arguments) {
            const Grid* grid = std::get_if<Grid>(&given.value);
            if (grid == nullptr) continue;
            const bool fails = std::any_of(grid->cells.begin(), grid->cells.end(), isError);
            if (fails) return !given.place && !given.origin && !given.unknown && given.valuesAsArray == 1;
        }
        return std::none_of(results.cells.begin(), results.cells.end(), isError);
    }

    static bool isError(const Cell& cell) { return std::holds_alternative<CellError>(cell); }

    // explainUnknown says of a name that Calc does not know, unless it is in an argument of ours.
    void explainUnknown() {
        if (error_ != explain::errorOfNames) return;
        const std::optional<explain::UnknownName> name = unknownNameIn(words_, formula_.tokens, {0, formula_.tokens.size()});
        const bool said = std::any_of(explained_.begin(), explained_.end(), [](const explain::Explanation& why) {
            return why.failure && why.failure->cellError == explain::errorOfNames;
        });
        if (!name || said || (explained_.empty() && !(name->isFunction && explain::nearFunction(name->word)))) return;
        explained_.insert(explained_.begin(), explain::explainUnknown(*name, std::nullopt, texts_));
    }

    // resultsOf is what outer calls compute with.
    static Grid resultsOf(const explain::Call& call) {
        const explain::Call::Block size = explain::resultsOf(call);
        if (size.rows == 1 && size.columns == 1) return resultOf(explain::resultAt(call, {}));
        Grid all{size.rows, size.columns, {}};
        for (std::size_t row = 0; row < size.rows; ++row)
            for (std::size_t column = 0; column < size.columns; ++column)
                all.cells.push_back(resultOf(explain::resultAt(call, {row, column})).cells.front());
        return all;
    }

    static Grid resultOf(const explain::Call& call) {
        const auto error = [](const Failure& failure) {
            return Grid{1, 1, {CellError{errorCode(static_cast<std::int64_t>(errorIn(errorValue(failure))))}}};
        };
        for (const explain::GivenArgument& given : call.arguments)
            if (const Grid* grid = std::get_if<Grid>(&given.value))
                for (const Cell& cell : grid->cells)
                    if (isError(cell)) return {1, 1, {cell}};
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

    // cellOf is the cell of a table that the formula shows: the one of the array, the one that INDEX takes, or the first. Of
    // results within another formula it is the first that fails.
    std::optional<explain::Call::Cell> cellOf(const CallTokens& call, const Grid& results) {
        if (isWhole(call)) return formula_.cell;
        if (!call.function->givesTable) {
            const auto& [row, column] = formula_.cell;
            const bool has = formula_.isArray && row < results.rows && column < results.columns;
            if (has && (error_ == 0 || isError(results.at(row, column)))) return formula_.cell;
            const auto failing = std::find_if(results.cells.begin(), results.cells.end(), isError);
            if (failing == results.cells.end()) return std::nullopt;
            const auto place = static_cast<std::size_t>(failing - results.cells.begin());
            return explain::Call::Cell{place / results.columns, place % results.columns};
        }
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
        const Grid value = scratch_.valueOf(computable(trimmed(words_, formula_.tokens, part)), false);
        const double* number = std::get_if<double>(&value.cells.front());
        if (number == nullptr) return std::nullopt;
        return *number;
    }

    explain::GivenArgument givenAt(Span part, const Parameter& parameter) {
        const Span inner = trimmed(words_, formula_.tokens, part);
        if (inner.empty() || formula_.tokens[inner.begin].OpCode == words_.missing) return {};
        explain::GivenArgument given{.written = written(inner)};
        const auto known = results_.find(inner.begin);
        if (known != results_.end() && known->second.first == inner.end)
            given.value = argumentOf(known->second.second);
        else
            readExpression(computable(inner), parameter, given);
        if (parameter.kind == Kind::Number) given.value = asNumbers(std::move(given.value));
        if (hasError(given.value)) trace(inner, given);
        return given;
    }

    void readExpression(const Tokens& tokens, const Parameter& parameter, explain::GivenArgument& given) {
        std::optional<CellRangeAddress> range = tokens.size() == 1 ? references_.addressOf(tokens[0]) : std::nullopt;
        if (!range && tokens.size() > 1) range = scratch_.referenceOf(tokens, formula_.isArray);
        if (range) return read(*range, parameter, given);
        if (tokens.size() == 1)
            if (const std::optional<Argument> constant = constantOf(words_, tokens[0])) {
                given.value = *constant;
                return;
            }
        given.value = argumentOf(scratch_.valueOf(tokens, formula_.isArray));
        const bool isMany = std::holds_alternative<Grid>(given.value) && !hasError(given.value);
        if (formula_.isArray || isMany) return;
        const bool ofRanges = std::any_of(tokens.begin(), tokens.end(), [this](const css::sheet::FormulaToken& token) {
            const std::optional<CellRangeAddress> at = references_.addressOf(token);
            return at && (at->StartRow != at->EndRow || at->StartColumn != at->EndColumn);
        });
        if (ofRanges) given.valuesAsArray = scratch_.sizeAsArray(tokens);
    }

    static bool hasError(const Argument& value) {
        const Grid* grid = std::get_if<Grid>(&value);
        return grid != nullptr && std::any_of(grid->cells.begin(), grid->cells.end(), isError);
    }

    // asNumbers reads texts as Calc does where a number is asked for, after the document's settings: "12%" may be 0.12.
    Argument asNumbers(Argument value) {
        if (const std::string* text = std::get_if<std::string>(&value)) {
            const Cell read = asNumber(*text);
            if (const double* number = std::get_if<double>(&read)) return *number;
        }
        constexpr int most = 200;  // an array that somebody types
        int texts = 0;
        if (Grid* grid = std::get_if<Grid>(&value))
            for (Cell& cell : grid->cells)
                if (const std::string* text = std::get_if<std::string>(&cell); text != nullptr && hasDigit(*text) && ++texts < most)
                    cell = asNumber(*text);
        return value;
    }

    Cell asNumber(const std::string& text) {
        css::sheet::FormulaToken times;
        times.OpCode = words_.times;
        const Grid read = scratch_.valueOf({tokenOf(text), times, tokenOf(1.0)}, false);
        return std::holds_alternative<double>(read.cells.front()) ? read.cells.front() : Cell(text);
    }

    void read(CellRangeAddress range, const Parameter& parameter, explain::GivenArgument& given) {
        if (parameter.kind == Kind::Table) return readTable(range, given);
        Reference<css::table::XCellRange> cells = references_.rangeAt(range);
        // The formula's own row counts, for it is the one that may be taken.
        const sal_Int32 used = std::max({lastUsedRow(cells), range.StartRow, formula_.position.Row});
        if (range.EndRow == lastSheetRow && used < range.EndRow) {
            range.EndRow = used;
            cells = references_.rangeAt(range);
        }
        const Grid grid = gridOf(cells);
        given.place = placeOf(cells);
        given.emptyCell = grid.cells.size() == 1 && std::holds_alternative<Blank>(grid.cells.front());
        given.value = given.emptyCell ? Argument(0.0) : argumentOf(grid);
    }

    // trace says where the first error of an argument comes from.
    void trace(Span part, explain::GivenArgument& given) {
        const Tokens tokens(formula_.tokens.begin() + static_cast<std::ptrdiff_t>(part.begin),
                            formula_.tokens.begin() + static_cast<std::ptrdiff_t>(part.end));
        const Origin origin = originOf(tokens, references_, 0);
        given.unknown = origin.unknown;
        if (!origin.cell) return;
        const std::optional<RangeAddress> at = placeOf(references_.rangeAt(
            {origin.cell->Sheet, origin.cell->Column, origin.cell->Row, origin.cell->Column, origin.cell->Row}));
        if (!given.place || !shownIn(*given.place, *at)) given.origin = at;
    }

    // shownIn is true for a cell of the range: nobody has to be told where it is.
    static bool shownIn(const RangeAddress& range, const RangeAddress& cell) {
        return range.sheet == cell.sheet && range.column <= cell.column && cell.column <= range.lastColumn &&
               range.row <= cell.row && cell.row <= range.lastRow;
    }

    // originOf follows an error from cell to cell, as far as formulas refer to another that shows one.
    Origin originOf(const Tokens& tokens, const References& references, int depth) const {
        constexpr int deepest = 50;
        if (auto unknown = unknownNameIn(words_, tokens, {0, tokens.size()})) return {.unknown = std::move(unknown)};
        for (const css::sheet::FormulaToken& token : references.expanded(tokens, {0, tokens.size()})) {
            const std::optional<CellRangeAddress> at = references.addressOf(token);
            const Reference<css::table::XCell> cell = at && depth < deepest ? errorCellIn(references.rangeAt(*at)) : nullptr;
            if (!cell.is()) continue;
            const Formula formula = formulaOf(cell);
            Origin origin = originOf(formula.tokens, References(references.document(), formula.position, words_), depth + 1);
            if (!origin.cell) origin.cell = Reference<css::sheet::XCellAddressable>(cell, UNO_QUERY_THROW)->getCellAddress();
            return origin;
        }
        return {};
    }

    static Reference<css::table::XCell> errorCellIn(const Reference<css::table::XCellRange>& range) {
        const Reference<css::sheet::XCellRangesQuery> query(range, UNO_QUERY_THROW);
        const Reference<css::sheet::XSheetCellRanges> cells = query->queryFormulaCells(css::sheet::FormulaResult::ERROR);
        const Reference<css::container::XEnumeration> each = cells->getCells()->createEnumeration();
        if (!each->hasMoreElements()) return nullptr;
        return {each->nextElement(), UNO_QUERY};
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

    // computable is an expression with values in place of our calls, and ranges in place of names and of functions that refer.
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
            const Grid& results = known->second.second;
            tokens.push_back(results.cells.size() > 1 ? scratch_.blockToken(results) : tokenOf(results.cells.front()));
            place = known->second.first;
        }
        return referring(tokens);
    }

    // referring has the ranges in place of OFFSET and INDIRECT, the innermost first.
    Tokens referring(const Tokens& tokens) {
        Tokens all;
        for (std::size_t place = 0; place < tokens.size(); ++place) {
            const bool refers = tokens[place].OpCode == words_.offset || tokens[place].OpCode == words_.indirect;
            const std::optional<std::size_t> end = refers ? callEnd(words_, tokens, place) : std::nullopt;
            if (!end) {
                all.push_back(tokens[place]);
                continue;
            }
            Tokens call = {tokens[place]};
            const Tokens arguments = referring(
                {tokens.begin() + static_cast<std::ptrdiff_t>(place) + 1, tokens.begin() + static_cast<std::ptrdiff_t>(*end)});
            call.insert(call.end(), arguments.begin(), arguments.end());
            if (const auto range = scratch_.referenceOf(call, formula_.isArray))
                all.push_back(references_.tokenOf(*range));
            else
                all.insert(all.end(), call.begin(), call.end());
            place = *end - 1;
        }
        return all;
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
    std::uint16_t error_;  // that the cell shows; 0 without one
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
                                               const Reference<css::uno::XComponentContext>& context, const panel::Texts& texts,
                                               const Receivers& receivers) {
    if (!hasOurFunction(cell)) return {};
    return CellExplainer(cell, document, context, texts, receivers).all();
}

bool hasOurFunction(const Reference<css::table::XCell>& cell) {
    if (!cell.is() || cell->getType() != css::table::CellContentType_FORMULA) return false;
    const rtl::OUString formula = cell->getFormula();
    if (formula.toAsciiUpperCase().indexOf(fromUtf8(formulaPrefix)) >= 0) return true;
    return cell->getError() == explain::errorOfNames && isMisspelt(toUtf8(formula));
}

}  // namespace calckpi::addin
