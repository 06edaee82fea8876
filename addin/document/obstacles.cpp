#include "addin/document/obstacles.hpp"

#include "addin/functions/cell_ranges.hpp"
#include "addin/functions/conversion.hpp"
#include "core/values/address.hpp"

#include <com/sun/star/container/XEnumerationAccess.hpp>
#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/container/XNamed.hpp>
#include <com/sun/star/frame/XStorable.hpp>
#include <com/sun/star/sheet/CellFlags.hpp>
#include <com/sun/star/sheet/XArrayFormulaRange.hpp>
#include <com/sun/star/sheet/XCellRangesQuery.hpp>
#include <com/sun/star/sheet/XSheetCellCursor.hpp>
#include <com/sun/star/sheet/XSheetCellRange.hpp>
#include <com/sun/star/sheet/XSheetCellRanges.hpp>
#include <com/sun/star/sheet/XSpreadsheetDocument.hpp>
#include <com/sun/star/sheet/XUsedAreaCursor.hpp>
#include <com/sun/star/table/XColumnRowRange.hpp>
#include <com/sun/star/util/XMergeable.hpp>
#include <com/sun/star/util/XProtectable.hpp>

#include <algorithm>
#include <string>
#include <vector>

using css::uno::Reference;
using css::uno::UNO_QUERY;
using css::uno::UNO_QUERY_THROW;

namespace calckpi::sidebar {

using addin::addressOf;
using addin::fromUtf8;

namespace {

constexpr sal_Int16 anyContent =
    css::sheet::CellFlags::VALUE | css::sheet::CellFlags::DATETIME | css::sheet::CellFlags::STRING | css::sheet::CellFlags::FORMULA;

// Right of the last column that it has any use for, Calc 7.4 gives that column's cells instead of none: hence the test.
std::vector<Area> filledRanges(const Reference<css::sheet::XSpreadsheet>& sheet, const Area& range,
                               sal_Int16 content = anyContent) {
    const Reference<css::sheet::XCellRangesQuery> query(cellsOf(sheet, range), UNO_QUERY_THROW);
    std::vector<Area> filled;
    for (const Area& found : query->queryContentCells(content)->getRangeAddresses())
        if (intersect(found, range)) filled.push_back(found);
    return filled;
}

Reference<css::container::XIndexAccess> sheetsOf(const Reference<css::uno::XInterface>& document) {
    return {Reference<css::sheet::XSpreadsheetDocument>(document, UNO_QUERY_THROW)->getSheets(), UNO_QUERY_THROW};
}

bool isProtected(const Reference<css::uno::XInterface>& what) {
    const Reference<css::util::XProtectable> protectable(what, UNO_QUERY);
    return protectable.is() && protectable->isProtected();
}

Reference<css::sheet::XSheetCellCursor> cursorOver(const Reference<css::sheet::XSpreadsheet>& sheet, const Area& range) {
    return sheet->createCursorByRange(Reference<css::sheet::XSheetCellRange>(cellsOf(sheet, range), UNO_QUERY_THROW));
}

// arrayAcross gives an array formula that has cells both in the range and outside.
std::optional<Area> arrayAcross(const Reference<css::sheet::XSpreadsheet>& sheet, const Area& range) {
    for (const Area& filled : filledRanges(sheet, range, css::sheet::CellFlags::FORMULA))
        for (sal_Int32 row = filled.StartRow; row <= filled.EndRow; ++row)
            for (sal_Int32 column = filled.StartColumn; column <= filled.EndColumn; ++column) {
                const Reference<css::sheet::XSheetCellCursor> cursor =
                    cursorOver(sheet, Area(range.Sheet, column, row, column, row));
                cursor->collapseToCurrentArray();
                const Area array = addressOf(cursor);
                if (!contains(range, array)) return array;
            }
    return std::nullopt;
}

}  // namespace

Reference<css::sheet::XSpreadsheet> sheetOf(const Reference<css::uno::XInterface>& document, sal_Int16 sheet) {
    return {sheetsOf(document)->getByIndex(sheet), UNO_QUERY_THROW};
}

Reference<css::table::XCellRange> cellsOf(const Reference<css::sheet::XSpreadsheet>& sheet, const Area& range) {
    return sheet->getCellRangeByPosition(range.StartColumn, range.StartRow, range.EndColumn, range.EndRow);
}

rtl::OUString addressText(const Area& range) {
    const std::string first = cellName(range.StartColumn, range.StartRow);
    const std::string last = cellName(range.EndColumn, range.EndRow);
    return fromUtf8(first == last ? first : first + ':' + last);
}

rtl::OUString addressTexts(const std::vector<Area>& ranges) {
    constexpr std::size_t most = 3;
    rtl::OUString text;
    for (std::size_t index = 0; index < std::min(ranges.size(), most); ++index) {
        if (index > 0) text += ", ";
        text += addressText(ranges[index]);
    }
    if (ranges.size() > most) text += ", ...";
    return text;
}

bool intersect(const Area& one, const Area& other) {
    return one.Sheet == other.Sheet && one.StartColumn <= other.EndColumn && other.StartColumn <= one.EndColumn &&
           one.StartRow <= other.EndRow && other.StartRow <= one.EndRow;
}

bool contains(const Area& outer, const Area& inner) {
    return outer.Sheet == inner.Sheet && outer.StartColumn <= inner.StartColumn && inner.EndColumn <= outer.EndColumn &&
           outer.StartRow <= inner.StartRow && inner.EndRow <= outer.EndRow;
}

std::optional<Obstacle> obstacleToWriting(const Reference<css::uno::XInterface>& document) {
    const Reference<css::frame::XStorable> storable(document, UNO_QUERY);
    if (storable.is() && storable->isReadonly()) return Obstacle{ObstacleKind::ReadOnlyDocument};
    return std::nullopt;
}

std::optional<Obstacle> obstacleToChanging(const Reference<css::uno::XInterface>& document, sal_Int16 index) {
    if (auto obstacle = obstacleToWriting(document)) return obstacle;
    const Reference<css::sheet::XSpreadsheet> sheet = sheetOf(document, index);
    if (!isProtected(sheet)) return std::nullopt;
    return Obstacle{.kind = ObstacleKind::ProtectedSheet,
                    .sheet = Reference<css::container::XNamed>(sheet, UNO_QUERY_THROW)->getName()};
}

std::optional<Obstacle> obstacleToNewSheets(const Reference<css::uno::XInterface>& document, std::size_t count) {
    constexpr std::size_t mostSheets = 10'000;  // of a document in every version of Calc
    if (auto obstacle = obstacleToWriting(document)) return obstacle;
    if (isProtected(document)) return Obstacle{ObstacleKind::ProtectedDocument};
    if (static_cast<std::size_t>(sheetsOf(document)->getCount()) + count > mostSheets) return Obstacle{ObstacleKind::FullDocument};
    return std::nullopt;
}

std::optional<Obstacle> obstacleToStyles(const Reference<css::uno::XInterface>& document) {
    const Reference<css::container::XIndexAccess> sheets = sheetsOf(document);
    for (sal_Int32 index = 0; index < sheets->getCount(); ++index)
        if (const Reference<css::container::XNamed> sheet(sheets->getByIndex(index), UNO_QUERY_THROW); isProtected(sheet))
            return Obstacle{.kind = ObstacleKind::ProtectedStyles, .sheet = sheet->getName()};
    return std::nullopt;
}

std::optional<Obstacle> obstacleIn(const Reference<css::uno::XInterface>& document, const Area& range,
                                   const std::optional<Area>& source, const std::optional<Area>& own) {
    if (auto obstacle = obstacleToChanging(document, range.Sheet)) return obstacle;
    const Reference<css::sheet::XSpreadsheet> sheet = sheetOf(document, range.Sheet);
    const Area whole = addressOf(sheet);
    if (!contains(whole, range)) return Obstacle{ObstacleKind::BeyondSheet, addressText(range)};
    if (source && intersect(*source, range)) return Obstacle{ObstacleKind::InSource, addressText(range)};
    for (const Area& merged : mergedAreasIn(sheet, range))
        if (!own || !contains(*own, merged)) return Obstacle{ObstacleKind::MergedCells, addressText(merged)};
    if (const auto array = arrayAcross(sheet, range)) return Obstacle{ObstacleKind::ArrayFormula, addressText(*array)};
    if (rtl::OUString filled = filledCells(sheet, range); !filled.isEmpty()) return Obstacle{ObstacleKind::FilledCells, filled};
    return std::nullopt;
}

std::vector<Area> mergedAreasIn(const Reference<css::sheet::XSpreadsheet>& sheet, const Area& range) {
    const Reference<css::sheet::XSheetCellCursor> cursor = cursorOver(sheet, range);
    cursor->collapseToMergedArea();
    const Area grown = addressOf(cursor);
    const bool reachesOut = !contains(range, grown);
    std::vector<Area> areas;
    if (!reachesOut && !Reference<css::util::XMergeable>(cellsOf(sheet, range), UNO_QUERY_THROW)->getIsMerged()) return areas;
    for (sal_Int32 row = grown.StartRow; row <= grown.EndRow; ++row)
        for (sal_Int32 column = grown.StartColumn; column <= grown.EndColumn; ++column) {
            const Area cell(range.Sheet, column, row, column, row);
            if (!Reference<css::util::XMergeable>(cellsOf(sheet, cell), UNO_QUERY_THROW)->getIsMerged()) continue;
            const Reference<css::sheet::XSheetCellCursor> merged = cursorOver(sheet, cell);
            merged->collapseToMergedArea();
            if (const Area area = addressOf(merged); intersect(area, range)) areas.push_back(area);
        }
    return areas;
}

rtl::OUString filledCells(const Reference<css::sheet::XSpreadsheet>& sheet, const Area& range) {
    return addressTexts(filledRanges(sheet, range));
}

rtl::OUString tornBelow(const Reference<css::sheet::XSpreadsheet>& sheet, const Area& range) {
    const Area whole = addressOf(sheet);
    const Reference<css::sheet::XUsedAreaCursor> used(sheet->createCursor(), UNO_QUERY_THROW);
    used->gotoEndOfUsedArea(false);
    Area moving = range;
    moving.EndRow = std::max(range.EndRow, addressOf(used).EndRow);
    const Reference<css::sheet::XSheetCellCursor> cursor = cursorOver(sheet, moving);
    cursor->collapseToMergedArea();
    if (const Area grown = addressOf(cursor); !contains(moving, grown)) {
        const std::vector<Area> merged = mergedAreasIn(sheet, moving);
        return addressText(merged.empty() ? grown : merged.front());
    }
    for (const Area& filled : filledRanges(sheet, moving)) {
        for (const sal_Int32 beside : {filled.StartColumn == moving.StartColumn ? moving.StartColumn - 1 : -1,
                                       filled.EndColumn == moving.EndColumn ? moving.EndColumn + 1 : -1}) {
            if (beside < 0 || beside > whole.EndColumn) continue;
            const rtl::OUString torn = filledCells(sheet, Area(range.Sheet, beside, filled.StartRow, beside, filled.EndRow));
            if (!torn.isEmpty()) return torn;
        }
    }
    return {};
}

}  // namespace calckpi::sidebar
