#include "addin/functions/range_table.hpp"

#include "addin/functions/cell_ranges.hpp"
#include "addin/functions/conversion.hpp"
#include "addin/functions/error_value.hpp"
#include "core/values/address.hpp"
#include "core/values/text.hpp"

#include <com/sun/star/lang/IllegalArgumentException.hpp>
#include <com/sun/star/sheet/FormulaResult.hpp>
#include <com/sun/star/sheet/XCellRangeData.hpp>
#include <com/sun/star/sheet/XCellRangesQuery.hpp>
#include <com/sun/star/sheet/XSheetCellRanges.hpp>
#include <com/sun/star/sheet/XSheetCellRange.hpp>
#include <com/sun/star/sheet/XSpreadsheet.hpp>
#include <com/sun/star/sheet/XUsedAreaCursor.hpp>
#include <com/sun/star/table/CellRangeAddress.hpp>
#include <com/sun/star/table/XCell.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <numeric>
#include <vector>

using css::uno::Any;
using css::uno::Reference;
using css::uno::Sequence;
using css::uno::UNO_QUERY_THROW;

namespace calckpi::addin {
namespace {

// lastUsedCell is the lower right corner of what the sheet holds. (Asking the range itself, queryContentCells, takes seconds where
// filled and empty cells alternate.)
css::table::CellRangeAddress lastUsedCell(const Reference<css::table::XCellRange>& range) {
    const Reference<css::sheet::XSheetCellRange> inSheet(range, UNO_QUERY_THROW);
    const Reference<css::sheet::XUsedAreaCursor> cursor(inSheet->getSpreadsheet()->createCursor(), UNO_QUERY_THROW);
    cursor->gotoEndOfUsedArea(false);
    return addressOf(cursor);
}

// A range over several sheets shows itself as that of its first sheet; only its name, $First.$A$1:$Last.$C$4, has a second one.
bool spansSheets(const Reference<css::table::XCellRange>& range) {
    const std::optional<RangeAddress> address = readAddress(toUtf8(absoluteName(range)));
    return address && address->spansSheets();
}

Sequence<Sequence<Any>> dataOf(const Reference<css::table::XCellRange>& range, sal_Int32 left, sal_Int32 top, sal_Int32 right,
                               sal_Int32 bottom) {
    return Reference<css::sheet::XCellRangeData>(range->getCellRangeByPosition(left, top, right, bottom), UNO_QUERY_THROW)
        ->getDataArray();
}

// How many rows are read at a time: few enough for what Calc passes to stay in the processor's cache.
constexpr sal_Int32 rowsAtATime = 1024;
constexpr sal_Int32 fewestRowsAtATime = 64;  // of many columns

// TextAdder adds texts to a column. Calc keeps equal texts once, so that most cells of a status or a seller give the same
// string: it is known by its address, without a look at what it says.
class TextAdder {
public:
    // `rows` is how many texts there may be.
    TextAdder(Column& column, std::size_t rows)
        : column_(column), mostKnown_(std::bit_ceil(std::min(rows, mostWorthKnowing))), known_(2 * mostKnown_) {}

    void add(const rtl::OUString& text) {
        if (text.isEmpty()) return column_.addBlank();
        Known& known = placeOf(text.pData);
        if (known.text.pData == text.pData) return column_.addTextAgain(known.index);
        column_.addText(toUtf8(text));
        if (count_ == mostKnown_ || column_.kind(column_.rows() - 1) == CellKind::Blank) return;
        known = {text, column_.textIndex(column_.rows() - 1)};
        ++count_;
    }

private:
    struct Known {
        rtl::OUString text;  // held, so that no other string is given its address
        std::size_t index = 0;
    };
    // A column with more is one of names or ids: looking each of them up in so large a list gains nothing.
    static constexpr std::size_t mostWorthKnowing = 1024;

    // placeOf is where the string is, or where it is to be put.
    Known& placeOf(const rtl_uString* text) {
        // Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4): the low bits of an address tell little.
        const std::uint64_t address = std::hash<const rtl_uString*>()(text);
        std::size_t place = address * 0x9E3779B97F4A7C15 >> 32U & (known_.size() - 1);
        while (known_[place].text.pData != text && !known_[place].text.isEmpty()) place = (place + 1) & (known_.size() - 1);
        return known_[place];
    }

    Column& column_;
    std::size_t mostKnown_;
    std::vector<Known> known_;  // twice as many places, a power of two, so that a search ends soon
    std::size_t count_ = 0;
};

// What an Any holds if it is a number or a text, in place: >>= would copy a string, and ask the types for their names.
const double* numberIn(const Any& any) {
    return any.getValueTypeClass() == css::uno::TypeClass_DOUBLE ? static_cast<const double*>(any.getValue()) : nullptr;
}
const rtl::OUString* textIn(const Any& any) {
    return any.getValueTypeClass() == css::uno::TypeClass_STRING ? static_cast<const rtl::OUString*>(any.getValue()) : nullptr;
}

// Run is rows that are read in one go.
struct Run {
    std::size_t first;
    std::size_t rows;
};

// As many cells as are read in the time that asking for another range takes.
constexpr std::size_t cellsOfAnotherRange = 32;

// runsOf joins rows, which rise, where reading what lies between takes no longer than asking again.
std::vector<Run> runsOf(std::span<const std::uint32_t> rows) {
    std::vector<Run> runs;
    for (const std::size_t row : rows) {
        if (!runs.empty() && row - (runs.back().first + runs.back().rows) < cellsOfAnotherRange)
            runs.back().rows = row + 1 - runs.back().first;
        else
            runs.push_back({row, 1});
    }
    return runs;
}

// cellsRead tells how long reading the runs takes, in cells of a column.
std::size_t cellsRead(const std::vector<Run>& runs) {
    return std::accumulate(runs.begin(), runs.end(), runs.size() * cellsOfAnotherRange,
                           [](std::size_t cells, const Run& run) { return cells + run.rows; });
}

// NewColumns are columns that are being filled, side by side.
class NewColumns {
public:
    NewColumns(std::size_t count, std::size_t rows) {
        for (std::size_t left = count; left > 0; --left) {
            columns_.push_back(std::make_shared<Column>());
            columns_.back()->reserve(rows);
            all_.push_back(columns_.back().get());
        }
    }
    std::span<Column* const> all() const { return all_; }
    ColumnHandle operator[](std::size_t place) const { return columns_[place]; }
    // addBlanksTo leaves the rows before this one out.
    void addBlanksTo(std::size_t row) const {
        for (Column* const column : all_) column->addBlanks(row - column->rows());
    }
    bool haveErrors() const {
        return std::any_of(all_.begin(), all_.end(), [](const Column* column) { return column->firstError().has_value(); });
    }

private:
    std::vector<std::shared_ptr<Column>> columns_;
    std::vector<Column*> all_;
};

// A header that is a number (a year) is named by its digits.
std::string headerText(const Any& value) {
    if (rtl::OUString text; value >>= text) return toUtf8(text);
    if (double number = 0; value >>= number) return digitsOf(number);
    return {};
}

}  // namespace

RangeTable::RangeTable(const Reference<css::table::XCellRange>& range, const Reference<css::uno::XInterface>& document,
                       const Reference<css::uno::XComponentContext>& context)
    : range_(range), culture_(document, context) {
    const css::table::CellRangeAddress asked = addressOf(range_);
    if (spansSheets(range_)) throw css::lang::IllegalArgumentException("a table lies on one sheet", nullptr, 0);
    const css::table::CellRangeAddress used = lastUsedCell(range_);
    const sal_Int32 lastRow = std::min(asked.EndRow, used.EndRow) - asked.StartRow;
    const sal_Int32 lastColumn = std::min(asked.EndColumn, used.EndColumn) - asked.StartColumn;
    if (lastRow < 0 || lastColumn < 0) return;
    rows_ = static_cast<std::size_t>(lastRow);
    const Sequence<Sequence<Any>> header = dataOf(range_, 0, 0, lastColumn, 0);
    for (const Any& value : header[0]) headers_.push_back(headerText(value));
}

void RangeTable::readTogether(std::vector<std::size_t> columns) {
    std::sort(columns.begin(), columns.end());
    columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
    together_ = std::move(columns);
}

// neighboursOf are the columns asked for that are side by side with this one.
RangeTable::Neighbours RangeTable::neighboursOf(std::size_t index) const {
    const auto isAsked = [this](std::size_t column) { return std::binary_search(together_.begin(), together_.end(), column); };
    Neighbours columns{index, index};
    while (isAsked(index) && columns.first > 0 && isAsked(columns.first - 1)) --columns.first;
    while (isAsked(index) && isAsked(columns.last + 1)) ++columns.last;
    return columns;
}

ColumnHandle RangeTable::read(std::size_t index) const {
    if (const auto known = kept_.find(index); known != kept_.end() && !known->second.rows) return known->second.cells;
    const Neighbours columns = neighboursOf(index);
    const NewColumns read(columns.size(), rows_);
    appendAll(read.all(), columns.first, 0, rows_);
    if (columns.size() > 1)
        for (std::size_t place = 0; place < columns.size(); ++place) kept_[columns.first + place] = {read[place], std::nullopt};
    return read[index - columns.first];
}

ColumnHandle RangeTable::readRows(std::size_t index, std::span<const std::uint32_t> rows) const {
    if (const auto known = kept_.find(index); known != kept_.end())
        if (const auto& has = known->second.rows; !has || std::equal(has->begin(), has->end(), rows.begin(), rows.end()))
            return known->second.cells;
    const std::vector<Run> runs = runsOf(rows);
    if (cellsRead(runs) >= rows_ / 2) return read(index);
    const Neighbours columns = neighboursOf(index);
    const NewColumns read(columns.size(), rows_);
    for (const Run& run : runs) {
        read.addBlanksTo(run.first);
        appendAll(read.all(), columns.first, run.first, run.rows);
    }
    read.addBlanksTo(rows_);
    if (read.haveErrors() || hasErrors(columns)) return this->read(index);
    if (columns.size() > 1)
        for (std::size_t place = 0; place < columns.size(); ++place)
            kept_[columns.first + place] = {read[place], std::vector<std::uint32_t>(rows.begin(), rows.end())};
    return read[index - columns.first];
}

// hasErrors looks at the formulas alone: a fraction of what reading takes.
bool RangeTable::hasErrors(const Neighbours& columns) const {
    const Reference<css::sheet::XCellRangesQuery> cells(
        range_->getCellRangeByPosition(static_cast<sal_Int32>(columns.first), 1, static_cast<sal_Int32>(columns.last),
                                       static_cast<sal_Int32>(rows_)),
        UNO_QUERY_THROW);
    return cells->queryFormulaCells(css::sheet::FormulaResult::ERROR)->getCount() > 0;
}

void RangeTable::append(Column& column, std::size_t index, std::size_t first, std::size_t count) const {
    Column* const one[] = {&column};
    appendAll(one, index, first, count);
}

// appendAll adds rows of columns that are side by side, the first of them at `index`.
void RangeTable::appendAll(std::span<Column* const> columns, std::size_t index, std::size_t first, std::size_t count) const {
    const std::size_t end = std::min(rows_, first + count);
    if (first >= end) return;
    const auto left = static_cast<sal_Int32>(index);
    const auto width = static_cast<sal_Int32>(columns.size());
    const auto lastRow = static_cast<sal_Int32>(end);
    std::vector<TextAdder> texts;
    texts.reserve(columns.size());
    for (Column* column : columns) texts.emplace_back(*column, end - first);
    const sal_Int32 step = std::max(rowsAtATime / width, fewestRowsAtATime);
    for (sal_Int32 top = static_cast<sal_Int32>(first) + 1; top <= lastRow; top += step) {  // row 0 holds the header
        const sal_Int32 last = std::min(top + step - 1, lastRow);
        const Sequence<Sequence<Any>> rows = dataOf(range_, left, top, left + width - 1, last);
        for (sal_Int32 row = top; row <= last; ++row)
            for (sal_Int32 place = 0; place < width; ++place) {
                Column& column = *columns[static_cast<std::size_t>(place)];
                const Any& value = rows[row - top][place];
                const auto* number = numberIn(value);
                if (number != nullptr && std::isfinite(*number))
                    column.addNumber(*number);
                else if (number != nullptr)
                    column.addError(errorIn(*number));
                else if (const auto* text = textIn(value))
                    texts[static_cast<std::size_t>(place)].add(*text);
                else
                    column.addError(errorCode(range_->getCellByPosition(left + place, row)->getError()));
            }
    }
}

}  // namespace calckpi::addin
