#include "addin/sidebar/sheet_view.hpp"

#include "addin/document/obstacles.hpp"
#include "addin/functions/cell_ranges.hpp"
#include "addin/functions/conversion.hpp"

#include <com/sun/star/sheet/XCellRangeData.hpp>
#include <com/sun/star/sheet/XSheetCellCursor.hpp>
#include <com/sun/star/sheet/XSheetCellRange.hpp>
#include <com/sun/star/sheet/XUsedAreaCursor.hpp>

#include <algorithm>
#include <cmath>

using css::uno::Any;
using css::uno::Reference;
using css::uno::Sequence;
using css::uno::UNO_QUERY_THROW;

namespace calckpi::sidebar {
namespace {

using addin::addressOf;

panel::DataBlock blockOf(const css::table::CellRangeAddress& address) {
    return {address.StartRow, address.StartColumn, address.EndRow, address.EndColumn};
}

// Which error a cell has does not matter here.
constexpr std::uint16_t someError = 0;

Cell cellOf(const Any& value) {
    if (double number = 0; value >>= number) return std::isfinite(number) ? Cell(number) : Cell(CellError{someError});
    if (rtl::OUString text; value >>= text) return text.isEmpty() ? Cell(Blank{}) : Cell(addin::toUtf8(text));
    return CellError{someError};
}

// endAbove is the first row of a table that is below a source, and shares columns with it.
std::optional<std::int32_t> endAbove(const css::table::CellRangeAddress& source,
                                     const std::optional<css::table::CellRangeAddress>& own) {
    const bool below = own && own->Sheet == source.Sheet && own->StartRow > source.EndRow && own->StartColumn <= source.EndColumn &&
                       source.StartColumn <= own->EndColumn;
    return below ? std::optional<std::int32_t>(own->StartRow) : std::nullopt;
}

}  // namespace

SheetView SheetView::of(const Range& range) {
    return SheetView(Reference<css::sheet::XSheetCellRange>(range, UNO_QUERY_THROW)->getSpreadsheet());
}

Range SheetView::rangeOf(const panel::DataBlock& block) const {
    return sheet_->getCellRangeByPosition(block.firstColumn, block.firstRow, block.lastColumn, block.lastRow);
}

Grid SheetView::cells(const panel::DataBlock& block) const {
    Grid grid{static_cast<std::size_t>(block.rows()), static_cast<std::size_t>(block.columns()), {}};
    grid.cells.reserve(grid.rows * grid.columns);
    const Reference<css::sheet::XCellRangeData> data(rangeOf(block), UNO_QUERY_THROW);
    for (const Sequence<Any>& row : data->getDataArray())
        for (const Any& value : row) grid.cells.push_back(cellOf(value));
    return grid;
}

std::vector<panel::MergedCells> SheetView::merged(const panel::DataBlock& block) const {
    std::vector<panel::MergedCells> merged;
    const auto within = [](sal_Int32 place, std::int32_t first) { return static_cast<std::size_t>(std::max(place - first, 0)); };
    for (const Area& area : mergedAreasIn(sheet_, addressOf(rangeOf(block))))
        merged.push_back({within(area.StartRow, block.firstRow), within(area.StartColumn, block.firstColumn),
                          within(area.EndRow, block.firstRow), within(area.EndColumn, block.firstColumn)});
    return merged;
}

panel::DataBlock SheetView::used() const {
    const Reference<css::sheet::XUsedAreaCursor> cursor(sheet_->createCursor(), UNO_QUERY_THROW);
    cursor->gotoStartOfUsedArea(false);
    cursor->gotoEndOfUsedArea(true);
    return blockOf(addressOf(cursor));
}

panel::DataBlock SheetView::region(panel::CellPlace cell) const {
    const Range place = sheet_->getCellRangeByPosition(cell.column, cell.row, cell.column, cell.row);
    const Reference<css::sheet::XSheetCellCursor> cursor =
        sheet_->createCursorByRange(Reference<css::sheet::XSheetCellRange>(place, UNO_QUERY_THROW));
    cursor->collapseToCurrentRegion();
    return blockOf(addressOf(cursor));
}

Range dataAround(const Range& cell) {
    const SheetView sheet = SheetView::of(cell);
    const css::table::CellRangeAddress place = addressOf(cell);
    return sheet.rangeOf(blockAround(sheet, {place.StartRow, place.StartColumn}));
}

panel::RowsBelow rowsBelow(const Range& source, const std::optional<css::table::CellRangeAddress>& own) {
    const css::table::CellRangeAddress place = addressOf(source);
    return panel::rowsBelow(SheetView::of(source), blockOf(place), endAbove(place, own));
}

std::int32_t filledBelow(const Range& source) {
    panel::DataBlock row = blockOf(addressOf(source));
    const SheetView sheet = SheetView::of(source);
    if (row.lastRow >= sheet.used().lastRow) return 0;
    row.firstRow = ++row.lastRow;
    const Grid grid = sheet.cells(row);
    return static_cast<std::int32_t>(
        std::count_if(grid.cells.begin(), grid.cells.end(), [](const Cell& cell) { return !isEmpty(cell); }));
}

Range withRowsBelow(const Range& source, const std::optional<css::table::CellRangeAddress>& own) {
    const panel::RowsBelow below = rowsBelow(source, own);
    panel::DataBlock block = blockOf(addressOf(source));
    if (below.rows > 0) block.lastRow = below.lastRow;
    return SheetView::of(source).rangeOf(block);
}

std::vector<std::string> headersOf(const Range& source) {
    return panel::headersOf(SheetView::of(source), blockOf(addressOf(source)));
}

}  // namespace calckpi::sidebar
