#include "addin/document/typed_cells.hpp"

#include "addin/functions/cell_ranges.hpp"
#include "addin/functions/conversion.hpp"

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/sheet/XCellRangeReferrer.hpp>
#include <com/sun/star/sheet/XNamedRanges.hpp>
#include <com/sun/star/sheet/XSheetCellCursor.hpp>
#include <com/sun/star/sheet/XUsedAreaCursor.hpp>
#include <com/sun/star/table/XCell.hpp>
#include <com/sun/star/text/XTextRange.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <string>

using css::uno::Reference;
using css::uno::UNO_QUERY;
using css::uno::UNO_QUERY_THROW;

namespace calckpi::sidebar {
namespace {

using addin::fromUtf8;
using addin::toUtf8;
using Sheet = Reference<css::sheet::XSpreadsheet>;
using Names = Reference<css::sheet::XNamedRanges>;

std::optional<Area> cellsNamed(const Names& names, const rtl::OUString& name) {
    if (!names->hasByName(name)) return std::nullopt;
    const Reference<css::sheet::XCellRangeReferrer> referrer(names->getByName(name), UNO_QUERY);
    if (!referrer.is()) return std::nullopt;
    const Reference<css::sheet::XCellRangeAddressable> cells(referrer->getReferredCells(), UNO_QUERY);
    return cells.is() ? std::optional(cells->getRangeAddress()) : std::nullopt;
}

sal_Int32 lastUsedRow(const Sheet& sheet) {
    const Reference<css::sheet::XUsedAreaCursor> used(sheet->createCursor(), UNO_QUERY_THROW);
    used->gotoEndOfUsedArea(false);
    return addin::addressOf(used).EndRow;
}

std::optional<panel::Content> contentOf(const Reference<css::table::XCell>& cell) {
    switch (cell->getType()) {
        case css::table::CellContentType_VALUE: return panel::Content(cell->getValue());
        case css::table::CellContentType_TEXT:
            return panel::Content(toUtf8(Reference<css::text::XTextRange>(cell, UNO_QUERY_THROW)->getString()));
        case css::table::CellContentType_FORMULA: {
            const std::string formula = toUtf8(cell->getFormula());
            return panel::Content(panel::Formula(formula.substr(std::min<std::size_t>(1, formula.size()))));
        }
        default: return std::nullopt;
    }
}

// Reader reads one sheet of inputs.
class Reader {
public:
    Reader(const Sheet& sheet, const Names& names, const Area& periods) : sheet_(sheet), names_(names), periods_(periods) {}

    TypedCells read() && {
        found_.sheet = periods_.Sheet;
        if (const auto asOf = cellsNamed(names_, fromUtf8(std::string(panel::asOfName)))) readAsOf(*asOf);
        std::map<sal_Int32, std::string> columns;  // from left to right
        for (const rtl::OUString& name : names_->getElementNames())
            if (const auto key = panel::inputKeyOf(toUtf8(name)))
                if (const auto cells = cellsNamed(names_, name)) columns.emplace(cells->StartColumn, *key);
        for (const auto& [column, key] : columns) found_.figures.columns.push_back(key);
        const sal_Int32 last = std::max(periods_.EndRow, lastUsedRow(sheet_));
        for (sal_Int32 row = periods_.StartRow; row <= last; ++row) readRow(row, columns);
        return std::move(found_);
    }

private:
    void readAsOf(const Area& cells) {
        const Reference<css::table::XCell> cell = sheet_->getCellByPosition(cells.StartColumn, cells.StartRow);
        if (cell->getType() == css::table::CellContentType_EMPTY) return;
        if (cell->getType() == css::table::CellContentType_TEXT) return;  // no date
        found_.figures.asOf = cell->getValue();
        found_.cells.emplace(cells.StartRow, cells.StartColumn);
    }
    void readRow(sal_Int32 row, const std::map<sal_Int32, std::string>& columns) {
        const Reference<css::table::XCell> day = sheet_->getCellByPosition(periods_.StartColumn, row);
        if (day->getType() == css::table::CellContentType_EMPTY || day->getType() == css::table::CellContentType_TEXT) return;
        const double period = day->getValue();
        auto& periods = found_.figures.periods;
        if (day->getError() != 0 || std::find(periods.begin(), periods.end(), period) != periods.end()) return;
        periods.push_back(period);
        found_.cells.emplace(row, periods_.StartColumn);
        for (const auto& [column, key] : columns)
            if (std::optional<panel::Content> content = contentOf(sheet_->getCellByPosition(column, row))) {
                found_.figures.figures.emplace(panel::InputKey(key, period), *std::move(content));
                found_.cells.emplace(row, column);
            }
    }

    Sheet sheet_;
    Names names_;
    Area periods_;
    TypedCells found_;
};

}  // namespace

TypedCells typedCells(const Reference<css::uno::XInterface>& document, const TableParts& table) {
    for (const std::optional<DocumentTable>& part : table.parts) {
        if (!part) continue;
        const Sheet sheet = sheetOf(document, part->range.Sheet);
        const Names names(Reference<css::beans::XPropertySet>(sheet, UNO_QUERY_THROW)->getPropertyValue("NamedRanges"),
                          UNO_QUERY_THROW);
        const auto periods = cellsNamed(names, fromUtf8(std::string(panel::periodsName)));
        if (periods && periods->Sheet == part->range.Sheet) return Reader(sheet, names, *periods).read();
    }
    return {};
}

}  // namespace calckpi::sidebar
