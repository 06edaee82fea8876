#include "addin/document/convert_cells.hpp"

#include "addin/document/undo_step.hpp"

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/lang/Locale.hpp>
#include <com/sun/star/sheet/CellFlags.hpp>
#include <com/sun/star/sheet/XCellRangeData.hpp>
#include <com/sun/star/sheet/XCellRangesQuery.hpp>
#include <com/sun/star/sheet/XSheetCellRanges.hpp>
#include <com/sun/star/sheet/XSpreadsheet.hpp>
#include <com/sun/star/util/XNumberFormatsSupplier.hpp>

#include <algorithm>
#include <vector>

using css::uno::Any;
using css::uno::Reference;
using css::uno::Sequence;
using css::uno::UNO_QUERY_THROW;
using rtl::OUString;

namespace calckpi::sidebar {
namespace {

// NewCell is a cell of the column and what it becomes: a number, or empty.
struct NewCell {
    sal_Int32 row = 0;  // of the sheet
    std::optional<double> value{};
};

std::vector<bool> formulaRows(const Reference<css::sheet::XSpreadsheet>& sheet, const Area& column) {
    std::vector<bool> formulas(static_cast<std::size_t>(column.EndRow - column.StartRow) + 1, false);
    const Reference<css::sheet::XCellRangesQuery> query(cellsOf(sheet, column), UNO_QUERY_THROW);
    for (const Area& found : query->queryContentCells(css::sheet::CellFlags::FORMULA)->getRangeAddresses()) {
        if (!intersect(found, column)) continue;
        for (sal_Int32 row = std::max(found.StartRow, column.StartRow); row <= std::min(found.EndRow, column.EndRow); ++row)
            formulas[static_cast<std::size_t>(row - column.StartRow)] = true;
    }
    return formulas;
}

std::vector<NewCell> newCells(const Area& column, const panel::ColumnConversion& plan, const std::vector<bool>& formulas) {
    std::vector<NewCell> cells;
    const auto add = [&](std::size_t row, std::optional<double> value) {
        if (row < formulas.size() && !formulas[row]) cells.push_back({column.StartRow + static_cast<sal_Int32>(row), value});
    };
    for (const panel::ConvertedCell& cell : plan.cells) add(cell.row, cell.value);
    for (const std::size_t row : plan.emptied) add(row, std::nullopt);
    std::sort(cells.begin(), cells.end(), [](const NewCell& one, const NewCell& other) { return one.row < other.row; });
    return cells;
}

sal_Int32 formatKey(const Reference<css::uno::XInterface>& document, const std::string& code) {
    const Reference<css::util::XNumberFormats> formats =
        Reference<css::util::XNumberFormatsSupplier>(document, UNO_QUERY_THROW)->getNumberFormats();
    const css::lang::Locale english("en", "US", "");
    const OUString text = OUString::fromUtf8(rtl::OString(code.data(), static_cast<sal_Int32>(code.size())));
    const sal_Int32 known = formats->queryKey(text, english, false);
    return known >= 0 ? known : formats->addNew(text, english);
}

// write puts cells that are below one another without a gap into the sheet.
void write(const Reference<css::sheet::XSpreadsheet>& sheet, Area place, const std::vector<NewCell>& cells, std::size_t first,
           std::size_t last, sal_Int32 format) {
    place.StartRow = cells[first].row;
    place.EndRow = cells[last].row;
    Sequence<Sequence<Any>> rows(static_cast<sal_Int32>(last - first) + 1);
    auto* row = rows.getArray();
    for (std::size_t index = first; index <= last; ++index) {
        const Any value = cells[index].value ? Any(*cells[index].value) : Any(OUString());
        *row++ = Sequence<Any>(&value, 1);
    }
    const Reference<css::table::XCellRange> range = cellsOf(sheet, place);
    // The format first: a number that comes into a cell with the format of texts would stay one.
    Reference<css::beans::XPropertySet>(range, UNO_QUERY_THROW)->setPropertyValue("NumberFormat", Any(format));
    Reference<css::sheet::XCellRangeData>(range, UNO_QUERY_THROW)->setDataArray(rows);
}

}  // namespace

std::optional<Obstacle> obstacleToConverting(const Reference<css::uno::XInterface>& document, const Area& column) {
    return obstacleToChanging(document, column.Sheet);
}

std::size_t convertCells(const Reference<css::uno::XInterface>& document, const Area& column, const panel::ColumnConversion& plan,
                         const OUString& title) {
    const Reference<css::sheet::XSpreadsheet> sheet = sheetOf(document, column.Sheet);
    const std::vector<NewCell> cells = newCells(column, plan, formulaRows(sheet, column));
    UndoStep step(document, title);
    const sal_Int32 format = formatKey(document, plan.formatCode);
    for (std::size_t first = 0; first < cells.size();) {
        std::size_t last = first;
        while (last + 1 < cells.size() && cells[last + 1].row == cells[last].row + 1) ++last;
        write(sheet, column, cells, first, last, format);
        first = last + 1;
    }
    step.commit();
    return plan.cells.size() + plan.emptied.size() - cells.size();
}

}  // namespace calckpi::sidebar
