#include "addin/document/our_formulas.hpp"

#include "addin/document/undo_step.hpp"
#include "addin/functions/cell_ranges.hpp"
#include "addin/functions/conversion.hpp"
#include "core/sheets/plain_formula.hpp"
#include "core/values/calc_errors.hpp"

#include <com/sun/star/container/XNamed.hpp>
#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/sheet/CellFlags.hpp>
#include <com/sun/star/sheet/FormulaResult.hpp>
#include <com/sun/star/sheet/XCalculatable.hpp>
#include <com/sun/star/sheet/XCellRangeFormula.hpp>
#include <com/sun/star/sheet/XCellRangesQuery.hpp>
#include <com/sun/star/sheet/XSheetCellCursor.hpp>
#include <com/sun/star/sheet/XSheetCellRange.hpp>
#include <com/sun/star/sheet/XSheetCellRanges.hpp>
#include <com/sun/star/sheet/XSheetOperation.hpp>
#include <com/sun/star/sheet/XSpreadsheetDocument.hpp>
#include <com/sun/star/table/XCell.hpp>
#include <com/sun/star/text/XTextRange.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <variant>

using css::uno::Reference;
using css::uno::UNO_QUERY_THROW;

namespace calckpi::sidebar {
namespace {

using Sheet = Reference<css::sheet::XSpreadsheet>;

// Value is what a cell shows: nothing, a number, a text, or a formula that is nothing but an error.
struct ErrorFormula {
    rtl::OUString formula;
};
using Value = std::variant<std::monostate, double, rtl::OUString, ErrorFormula>;

Area arrayAround(const Sheet& sheet, const Area& cell) {
    const Reference<css::sheet::XSheetCellCursor> cursor =
        sheet->createCursorByRange(Reference<css::sheet::XSheetCellRange>(cellsOf(sheet, cell), UNO_QUERY_THROW));
    cursor->collapseToCurrentArray();
    return addin::addressOf(cursor);
}

// Search collects the formulas of one sheet.
class Search {
public:
    explicit Search(const Sheet& sheet) : sheet_(sheet) {
        found_.name = Reference<css::container::XNamed>(sheet_, UNO_QUERY_THROW)->getName();
    }
    void in(const Area& area) {
        const Reference<css::sheet::XCellRangesQuery> query(cellsOf(sheet_, area), UNO_QUERY_THROW);
        for (const Area& part : query->queryContentCells(css::sheet::CellFlags::FORMULA)->getRangeAddresses())
            if (intersect(part, area)) inFormulas(part);
    }
    const OurFormulas::OnSheet& found() const { return found_; }

private:
    void inFormulas(const Area& part) {
        const auto texts = Reference<css::sheet::XCellRangeFormula>(cellsOf(sheet_, part), UNO_QUERY_THROW)->getFormulaArray();
        for (sal_Int32 row = part.StartRow; row <= part.EndRow; ++row)
            for (sal_Int32 column = part.StartColumn; column <= part.EndColumn; ++column) {
                if (seen_.contains({row, column})) continue;
                const std::string text = addin::toUtf8(texts[row - part.StartRow][column - part.StartColumn]);
                std::vector<std::string> functions = panel::functionsIn(text);
                if (functions.empty()) continue;
                const Area cell(part.Sheet, column, row, column, row);
                const bool array = text.starts_with('{');
                take({array ? arrayAround(sheet_, cell) : cell, std::move(functions), panel::plainFormula(text)});
            }
    }
    void take(OurFormula formula) {
        const Area& cells = formula.cells;
        for (sal_Int32 row = cells.StartRow; row <= cells.EndRow; ++row)
            for (sal_Int32 column = cells.StartColumn; column <= cells.EndColumn; ++column) seen_.emplace(row, column);
        found_.formulas.push_back(std::move(formula));
    }

    Sheet sheet_;
    OurFormulas::OnSheet found_;
    std::set<std::pair<sal_Int32, sal_Int32>> seen_;
};

Value valueOf(const Reference<css::table::XCell>& cell) {
    if (const sal_Int32 error = cell->getError(); error != 0)
        return ErrorFormula{addin::fromUtf8("=" + errorConstant(static_cast<std::uint16_t>(error)))};
    const Reference<css::text::XTextRange> text(cell, UNO_QUERY_THROW);
    if (cell->getType() == css::table::CellContentType_FORMULA && Reference<css::sheet::XCellRangesQuery>(cell, UNO_QUERY_THROW)
                                                                      ->queryFormulaCells(css::sheet::FormulaResult::VALUE)
                                                                      ->getRangeAddresses()
                                                                      .hasElements())
        return cell->getValue();
    const rtl::OUString shown = text->getString();
    return shown.isEmpty() ? Value() : Value(shown);
}

struct Write {
    Reference<css::table::XCell> cell;
    void operator()(std::monostate) const {}
    void operator()(double number) const { cell->setValue(number); }
    void operator()(const rtl::OUString& text) const { Reference<css::text::XTextRange>(cell, UNO_QUERY_THROW)->setString(text); }
    void operator()(const ErrorFormula& error) const { cell->setFormula(error.formula); }
};

void becomeValues(const Sheet& sheet, const Area& area) {
    std::vector<Value> values;
    const auto each = [&](const auto& what) {
        for (sal_Int32 row = area.StartRow; row <= area.EndRow; ++row)
            for (sal_Int32 column = area.StartColumn; column <= area.EndColumn; ++column)
                what(sheet->getCellByPosition(column, row));
    };
    each([&](const Reference<css::table::XCell>& cell) { values.push_back(valueOf(cell)); });
    Reference<css::sheet::XSheetOperation>(cellsOf(sheet, area), UNO_QUERY_THROW)->clearContents(css::sheet::CellFlags::FORMULA);
    auto value = values.begin();
    each([&](const Reference<css::table::XCell>& cell) { std::visit(Write{cell}, *value++); });
}

}  // namespace

OurFormulas ourFormulas(const Reference<css::uno::XInterface>& document, const std::vector<Area>& areas) {
    const Reference<css::container::XIndexAccess> sheets(
        Reference<css::sheet::XSpreadsheetDocument>(document, UNO_QUERY_THROW)->getSheets(), UNO_QUERY_THROW);
    OurFormulas all;
    for (sal_Int32 index = 0; index < sheets->getCount(); ++index) {
        const Sheet sheet = sheetOf(document, static_cast<sal_Int16>(index));
        Search search(sheet);
        if (areas.empty()) search.in(addin::addressOf(sheet));
        for (const Area& area : areas)
            if (area.Sheet == index) search.in(area);
        if (!search.found().formulas.empty()) all.sheets.push_back(search.found());
    }
    return all;
}

std::optional<Obstacle> obstacleToLeaving(const Reference<css::uno::XInterface>& document, const OurFormulas& formulas) {
    if (auto obstacle = obstacleToWriting(document)) return obstacle;
    for (const OurFormulas::OnSheet& on : formulas.sheets)
        if (auto obstacle = obstacleToChanging(document, on.formulas.front().cells.Sheet)) return obstacle;
    return std::nullopt;
}

void leaveWithout(const Reference<css::uno::XInterface>& document, const OurFormulas& formulas, WhatIsLeft left,
                  const rtl::OUString& title) {
    Reference<css::sheet::XCalculatable>(document, UNO_QUERY_THROW)->calculate();
    UndoStep step(document, title);
    for (const OurFormulas::OnSheet& on : formulas.sheets)
        for (const OurFormula& formula : on.formulas) {
            const Sheet sheet = sheetOf(document, formula.cells.Sheet);
            if (left == WhatIsLeft::PlainFormulas && formula.plain)
                sheet->getCellByPosition(formula.cells.StartColumn, formula.cells.StartRow)
                    ->setFormula(addin::fromUtf8(*formula.plain));
            else
                becomeValues(sheet, formula.cells);
        }
    step.commit();
}

}  // namespace calckpi::sidebar
