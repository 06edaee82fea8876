#include "addin/document/array_formulas.hpp"

#include "addin/document/undo_step.hpp"
#include "addin/functions/cell_ranges.hpp"

#include <com/sun/star/sheet/CellFlags.hpp>
#include <com/sun/star/sheet/XArrayFormulaRange.hpp>
#include <com/sun/star/sheet/XSheetCellCursor.hpp>
#include <com/sun/star/sheet/XSheetOperation.hpp>

#include <algorithm>

using css::uno::Reference;
using css::uno::UNO_QUERY_THROW;
using rtl::OUString;

namespace calckpi::sidebar {

void writeArrayFormulas(const Reference<css::uno::XInterface>& document, const ArrayFormulas& formulas) {
    if (formulas.empty()) return;
    const Change write = [formulas](const Reference<css::uno::XInterface>& there) {
        for (const auto& [range, formula] : formulas)
            Reference<css::sheet::XArrayFormulaRange>(cellsOf(sheetOf(there, range.Sheet), range), UNO_QUERY_THROW)
                ->setArrayFormula(formula);
    };
    write(document);
    noteChange(document, {}, write);
}

Area formulaAreaOf(const Reference<css::table::XCell>& cell) {
    const Reference<css::sheet::XSheetCellRange> range(cell, UNO_QUERY_THROW);
    if (!cell->getFormula().startsWith("{")) return addin::addressOf(range);
    const Reference<css::sheet::XSheetCellCursor> cursor = range->getSpreadsheet()->createCursorByRange(range);
    cursor->collapseToCurrentArray();
    return addin::addressOf(cursor);
}

std::optional<Obstacle> obstacleToResizing(const Reference<css::uno::XInterface>& document, const Area& from, const Area& to) {
    if (const auto obstacle = obstacleToChanging(document, from.Sheet)) return obstacle;
    Area right = to;
    right.StartColumn = from.EndColumn + 1;
    Area below = to;
    below.StartRow = from.EndRow + 1;
    below.EndColumn = std::min(from.EndColumn, to.EndColumn);
    for (const Area& more : {right, below})
        if (more.StartColumn <= more.EndColumn && more.StartRow <= more.EndRow)
            if (const auto obstacle = obstacleIn(document, more, std::nullopt)) return obstacle;
    return std::nullopt;
}

void resizeFormula(const Reference<css::uno::XInterface>& document, const Area& from, const Area& to, const OUString& title) {
    const Reference<css::table::XCellRange> cells = cellsOf(sheetOf(document, from.Sheet), from);
    OUString formula = Reference<css::sheet::XArrayFormulaRange>(cells, UNO_QUERY_THROW)->getArrayFormula();
    if (formula.isEmpty()) formula = cells->getCellByPosition(0, 0)->getFormula();
    if (formula.startsWith("{")) formula = formula.copy(1, formula.getLength() - 2);
    UndoStep step(document, title);
    Reference<css::sheet::XSheetOperation>(cells, UNO_QUERY_THROW)->clearContents(css::sheet::CellFlags::FORMULA);
    writeArrayFormulas(document, {{to, formula}});
    step.commit();
}

}  // namespace calckpi::sidebar
