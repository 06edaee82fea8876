#include "addin/document/document_writer.hpp"

#include "addin/functions/cell_ranges.hpp"
#include "addin/functions/conversion.hpp"
#include "addin/document/array_formulas.hpp"
#include "addin/document/cell_styles.hpp"
#include "addin/document/funnel_chart.hpp"
#include "addin/document/undo_step.hpp"
#include "core/sheets/figures.hpp"
#include "core/sheets/settings.hpp"

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/container/XNamed.hpp>
#include <com/sun/star/frame/XModel.hpp>
#include <com/sun/star/sheet/CellFlags.hpp>
#include <com/sun/star/sheet/CellInsertMode.hpp>
#include <com/sun/star/sheet/XCellRangeMovement.hpp>
#include <com/sun/star/sheet/XSheetCellCursor.hpp>
#include <com/sun/star/sheet/XSheetOperation.hpp>
#include <com/sun/star/sheet/XSpreadsheetDocument.hpp>
#include <com/sun/star/sheet/XSpreadsheetView.hpp>
#include <com/sun/star/sheet/XUsedAreaCursor.hpp>
#include <com/sun/star/sheet/XViewFreezable.hpp>
#include <com/sun/star/table/XColumnRowRange.hpp>
#include <com/sun/star/text/XTextRange.hpp>
#include <com/sun/star/util/XMergeable.hpp>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <utility>
#include <vector>

using css::table::CellAddress;
using css::uno::Any;
using css::uno::Reference;
using css::uno::UNO_QUERY;
using css::uno::UNO_QUERY_THROW;
using Sheet = css::uno::Reference<css::sheet::XSpreadsheet>;
using Properties = css::uno::Reference<css::beans::XPropertySet>;

namespace calckpi::sidebar {

using addin::addressOf;
using addin::fromUtf8;

namespace {

constexpr sal_Int32 anyContent =
    css::sheet::CellFlags::VALUE | css::sheet::CellFlags::DATETIME | css::sheet::CellFlags::STRING | css::sheet::CellFlags::FORMULA;

Area blockAt(const CellAddress& corner, const panel::SheetPlan& plan) {
    return {corner.Sheet, corner.Column, corner.Row, corner.Column + plan.columns - 1, corner.Row + plan.rows - 1};
}

CellAddress cornerOf(const Area& range) { return {range.Sheet, range.StartColumn, range.StartRow}; }

Properties propertiesOf(const Sheet& sheet, const Area& range) { return {cellsOf(sheet, range), UNO_QUERY_THROW}; }

void clear(const Sheet& sheet, const Area& range) {
    Reference<css::sheet::XSheetOperation>(cellsOf(sheet, range), UNO_QUERY_THROW)->clearContents(anyContent);
}

// Places turns the plan's rows and columns into those of the sheet.
class Places {
public:
    explicit Places(const Area& block) : block_(block) {}
    Area cells(std::int32_t row, std::int32_t column, std::int32_t rows = 1, std::int32_t columns = 1) const {
        return {block_.Sheet, block_.StartColumn + column, block_.StartRow + row, block_.StartColumn + column + columns - 1,
                block_.StartRow + row + rows - 1};
    }

private:
    Area block_;
};

struct Put {
    Reference<css::table::XCell> cell;
    void operator()(const std::string& text) const {
        // Not setFormula, which would take a stage named "=1" for one.
        Reference<css::text::XTextRange>(cell, UNO_QUERY_THROW)->setString(fromUtf8(text));
    }
    void operator()(double number) const { cell->setValue(number); }
    void operator()(const panel::Formula& formula) const { cell->setFormula(fromUtf8('=' + formula.text)); }
};

void writeContents(const Reference<css::uno::XInterface>& document, const Sheet& sheet, const panel::SheetPlan& plan,
                   const Area& block) {
    const Places places(block);
    ArrayFormulas arrays;
    for (const panel::PlannedArray& array : plan.arrays)
        arrays.emplace_back(places.cells(array.row, array.column, array.rows, array.columns), fromUtf8('=' + array.formula.text));
    writeArrayFormulas(document, arrays);
    for (const panel::PlannedCell& cell : plan.cells)
        if (cell.content)
            std::visit(Put{sheet->getCellByPosition(block.StartColumn + cell.column, block.StartRow + cell.row)}, *cell.content);
}

// writeStyles gives the cells their styles, those of one kind below each other at once. Cells of `before`, the table that was here,
// keep what the user made of them.
void writeStyles(const Sheet& sheet, const panel::SheetPlan& plan, const Area& block, const std::optional<Area>& before) {
    std::vector<const panel::PlannedCell*> cells;
    for (const panel::PlannedCell& cell : plan.cells) cells.push_back(&cell);
    std::sort(cells.begin(), cells.end(), [](const panel::PlannedCell* left, const panel::PlannedCell* right) {
        return std::pair(left->column, left->row) < std::pair(right->column, right->row);
    });
    const Places places(block);
    for (std::size_t from = 0, to = 0; from < cells.size(); from = to) {
        const panel::PlannedCell& first = *cells[from];
        const rtl::OUString style = styleName(first.role);
        const bool kept = before && contains(*before, places.cells(first.row, first.column));
        for (to = from + 1; to < cells.size(); ++to) {
            const panel::PlannedCell& next = *cells[to];
            if (kept || next.column != first.column || next.row != cells[to - 1]->row + 1 || next.role != first.role ||
                (before && contains(*before, places.cells(next.row, next.column))))
                break;
        }
        const Properties run = propertiesOf(sheet, places.cells(first.row, first.column, static_cast<std::int32_t>(to - from)));
        if (kept) {
            rtl::OUString present;
            run->getPropertyValue("CellStyle") >>= present;
            // A cell that changed its part in the table; a style of the user's own stays in any case.
            const bool ours = isOurStyle(present) || present == "Default";
            if (present == style || !ours) continue;
        }
        run->setPropertyValue("CellStyle", Any(style));
    }
}

// widthFor is the width of a column, in hundredths of a millimetre, that this many characters need.
sal_Int32 widthFor(std::int32_t characters) { return 400 + 190 * characters; }

sal_Int32 widthOf(const Reference<css::container::XIndexAccess>& columns, sal_Int32 index) {
    sal_Int32 width = 0;
    Properties(columns->getByIndex(index), UNO_QUERY_THROW)->getPropertyValue("Width") >>= width;
    return width;
}

// widenColumns makes the columns wide enough, and no wider if the table is alone on its sheet. Columns of `before`, the table that
// was here, keep a width that the user has given them: one that no table would.
void widenColumns(const Sheet& sheet, const panel::SheetPlan& plan, const Area& block, bool narrowToo,
                  const std::optional<Area>& before = std::nullopt) {
    const Reference<css::container::XIndexAccess> columns(
        Reference<css::table::XColumnRowRange>(sheet, UNO_QUERY_THROW)->getColumns(), UNO_QUERY_THROW);
    const sal_Int32 untouched = widthOf(columns, columns->getCount() - 1);
    // The office keeps widths in units of its own.
    const auto near = [](sal_Int32 one, sal_Int32 other) { return std::abs(one - other) <= 3; };
    const auto fromTable = [&](sal_Int32 width) {
        return near(width, untouched) || near(width, widthFor((width - widthFor(0) + 95) / 190));
    };
    for (std::size_t index = 0; index < plan.columnWidths.size(); ++index) {
        const sal_Int32 column = block.StartColumn + static_cast<sal_Int32>(index);
        const sal_Int32 present = widthOf(columns, column);
        const sal_Int32 wanted = widthFor(plan.columnWidths[index]);
        if (before && column <= before->EndColumn && !fromTable(present)) continue;
        if (present < wanted || narrowToo)
            Properties(columns->getByIndex(column), UNO_QUERY_THROW)->setPropertyValue("Width", Any(wanted));
    }
}

Area usedArea(const Sheet& sheet) {
    const Reference<css::sheet::XSheetCellCursor> cursor = sheet->createCursor();
    const Reference<css::sheet::XUsedAreaCursor> used(cursor, UNO_QUERY_THROW);
    used->gotoStartOfUsedArea(false);
    used->gotoEndOfUsedArea(true);
    return addressOf(cursor);
}

// makeColumns makes the office set up the columns of a block, which it does when a cell is first filled. Calc 7.4 neither
// undoes nor redoes styles in columns that it had not set up before.
void makeColumns(const Sheet& sheet, const Area& block) {
    const Reference<css::table::XCell> last = sheet->getCellByPosition(block.EndColumn, block.StartRow);
    if (last->getType() != css::table::CellContentType_EMPTY) return;
    last->setValue(1);
    last->setFormula(rtl::OUString());
}

FunnelTable write(const Reference<css::uno::XInterface>& document, const Sheet& sheet, const panel::SheetPlan& plan,
                  FunnelTable table, bool newSheet) {
    makeColumns(sheet, table.range);
    clear(sheet, table.range);
    writeStyles(sheet, plan, table.range, std::nullopt);
    widenColumns(sheet, plan, table.range, newSheet);
    writeContents(document, sheet, plan, table.range);
    keepTable(sheet, table);
    if (plan.chart) addChart(document, *plan.chart, table.range, placeOfChart(sheet, *plan.chart, table.range));
    return table;
}

rtl::OUString freeSheetName(const Reference<css::sheet::XSpreadsheets>& sheets, const rtl::OUString& wish) {
    if (!sheets->hasByName(wish)) return wish;
    for (sal_Int32 number = 2;; ++number) {
        const rtl::OUString name = wish + " " + rtl::OUString::number(number);
        if (!sheets->hasByName(name)) return name;
    }
}

Reference<css::sheet::XSpreadsheetView> viewOf(const Reference<css::uno::XInterface>& document) {
    return {Reference<css::frame::XModel>(document, UNO_QUERY_THROW)->getCurrentController(), UNO_QUERY};
}

// show brings a sheet to the front and keeps its rows down to the header in sight. No view, nothing to show.
void show(const Reference<css::uno::XInterface>& document, const Sheet& sheet, sal_Int32 rows) {
    const Reference<css::sheet::XSpreadsheetView> view = viewOf(document);
    if (!view.is()) return;
    view->setActiveSheet(sheet);
    if (const Reference<css::sheet::XViewFreezable> freezable(view, UNO_QUERY); freezable.is())
        freezable->freezeAtPosition(0, rows);
}

// backToSheet brings the sheet to the front that is there now. Calc 7.4 shows the next one when Undo takes a sheet away.
Change backToSheet(const Reference<css::uno::XInterface>& document) {
    const Reference<css::sheet::XSpreadsheetView> view = viewOf(document);
    if (!view.is()) return {};
    const rtl::OUString name = Reference<css::container::XNamed>(view->getActiveSheet(), UNO_QUERY_THROW)->getName();
    return [=](const Reference<css::uno::XInterface>& there) {
        const Reference<css::sheet::XSpreadsheets> sheets =
            Reference<css::sheet::XSpreadsheetDocument>(there, UNO_QUERY_THROW)->getSheets();
        const Reference<css::sheet::XSpreadsheetView> shown = viewOf(there);
        if (shown.is() && sheets->hasByName(name)) shown->setActiveSheet(Sheet(sheets->getByName(name), UNO_QUERY_THROW));
    };
}

// Growth says what a changed table takes beyond its old cells.
struct Growth {
    std::optional<Area> right{};
    std::optional<Area> below{};
};

Growth growthOf(const Area& old, const Area& now) {
    Growth growth;
    if (now.EndColumn > old.EndColumn)
        growth.right = Area(now.Sheet, old.EndColumn + 1, now.StartRow, now.EndColumn, std::min(old.EndRow, now.EndRow));
    if (now.EndRow > old.EndRow) growth.below = Area(now.Sheet, now.StartColumn, old.EndRow + 1, now.EndColumn, now.EndRow);
    return growth;
}

// releaseUnused takes our styles from the cells of the old table that hold nothing of the new one.
void releaseUnused(const Sheet& sheet, const panel::SheetPlan& plan, const Area& old) {
    std::set<std::pair<sal_Int32, sal_Int32>> used;
    for (const panel::PlannedCell& cell : plan.cells) used.emplace(old.StartRow + cell.row, old.StartColumn + cell.column);
    for (sal_Int32 row = old.StartRow; row <= old.EndRow; ++row)
        for (sal_Int32 column = old.StartColumn; column <= old.EndColumn; ++column) {
            if (used.contains({row, column})) continue;
            const Properties cell = propertiesOf(sheet, Area(old.Sheet, column, row, column, row));
            rtl::OUString style;
            cell->getPropertyValue("CellStyle") >>= style;
            if (isOurStyle(style)) cell->setPropertyValue("CellStyle", Any(rtl::OUString("Default")));
        }
}

bool isSplit(const std::string& settings) {
    const std::optional<panel::Choices> choices = panel::readSettings(settings);
    return choices && panel::isSplit(*choices);
}

bool overlap(const css::awt::Rectangle& one, const css::awt::Rectangle& other) {
    return one.X < other.X + other.Width && other.X < one.X + one.Width && one.Y < other.Y + other.Height &&
           other.Y < one.Y + one.Height;
}

// placeBeside is where the chart of a changed table goes: it keeps its side of the table, and where the user has put it, it stays,
// unless it would cover the numbers.
css::awt::Rectangle placeBeside(const Sheet& sheet, const panel::PlannedChart& plan, const Area& block, const ChartOf& present) {
    css::awt::Rectangle place = placeOfChart(sheet, plan, block);
    if (!present.moved) return place;
    const Area numbers(block.Sheet, block.StartColumn, block.StartRow, block.StartColumn + plan.labelColumn - 1, block.EndRow);
    if (!overlap(present.place, rectangleOf(sheet, numbers))) return present.place;
    return {place.X, present.place.Y, present.place.Width, present.place.Height};
}

// splitMerged splits merged cells of the table that was here, where they would hide something of the changed one.
void splitMerged(const Sheet& sheet, const panel::SheetPlan& plan, const Area& before, const Area& now) {
    if (before == now) return;
    const Places places(now);
    for (const Area& merged : mergedAreasIn(sheet, before)) {
        const bool hides = std::any_of(plan.cells.begin(), plan.cells.end(), [&](const panel::PlannedCell& cell) {
            const Area place = places.cells(cell.row, cell.column);
            const bool corner = place.StartRow == merged.StartRow && place.StartColumn == merged.StartColumn;
            return !corner && contains(merged, place);
        });
        if (hides) Reference<css::util::XMergeable>(cellsOf(sheet, merged), UNO_QUERY_THROW)->merge(false);
    }
}

void updateChart(const Reference<css::uno::XInterface>& document, const Sheet& sheet, const panel::SheetPlan& plan,
                 const FunnelTable& before, const FunnelTable& now, const std::optional<ChartOf>& present) {
    const auto series = [](const Area& drawnFrom) { return drawnFrom.EndColumn - drawnFrom.StartColumn; };
    if (present && plan.chart) {
        ChartOf wanted = *present;
        wanted.drawnFrom = chartRange(*plan.chart, now.range);
        if (present->drawnFrom == wanted.drawnFrom && isSplit(before.settings) == isSplit(now.settings)) return;
        if (series(present->drawnFrom) == series(wanted.drawnFrom)) {
            wanted.place = placeBeside(sheet, *plan.chart, now.range, *present);
            // That of a split table shows all of its segments together, and says so. A title of the user's own stays.
            const rtl::OUString splitTitle = fromUtf8(plan.chart->splitTitle);
            if (wanted.title.isEmpty() || wanted.title == splitTitle)
                if (isSplit(before.settings) != isSplit(now.settings)) wanted.title = fromUtf8(plan.chart->title);
            return changeChart(document, *present, wanted);
        }
    }
    if (present) removeChart(sheet, present->name);
    if (!plan.chart) return;
    addChart(document, *plan.chart, now.range,
             present ? placeBeside(sheet, *plan.chart, now.range, *present) : placeOfChart(sheet, *plan.chart, now.range));
}

}  // namespace

std::optional<Obstacle> DocumentWriter::obstacleAt(const CellAddress& target, const panel::SheetPlan& plan,
                                                   const std::optional<Area>& source) const {
    return obstacleIn(document_, blockAt(target, plan), source);
}

std::optional<Obstacle> DocumentWriter::obstacleToUpdate(const FunnelTable& table, const panel::SheetPlan& plan,
                                                         const std::optional<Area>& source) const {
    const Area now = blockAt(cornerOf(table.range), plan);
    std::optional<Obstacle> filled;
    const auto filledOnly = [&](const std::optional<Obstacle>& obstacle) {
        if (!obstacle || obstacle->kind != ObstacleKind::FilledCells) return false;
        filled = obstacle;
        return true;
    };
    // The table's own cells are filled, and an array formula that ends with the old table reaches beyond a smaller new one.
    Area both = now;
    both.EndColumn = std::max(both.EndColumn, table.range.EndColumn);
    both.EndRow = std::max(both.EndRow, table.range.EndRow);
    if (const auto obstacle = obstacleIn(document_, both, source, table.range); obstacle && !filledOnly(obstacle)) return obstacle;
    filled.reset();
    const Sheet sheet = sheetOf(document_, now.Sheet);
    const Growth growth = growthOf(table.range, now);
    if (growth.below && !filledCells(sheet, *growth.below).isEmpty()) {
        if (const rtl::OUString torn = tornBelow(sheet, *growth.below); !torn.isEmpty())
            return Obstacle{ObstacleKind::NoRoomBelow, torn};
        const Area whole = addressOf(sheet);
        const sal_Int32 added = growth.below->EndRow - growth.below->StartRow + 1;
        const Area end(now.Sheet, now.StartColumn, whole.EndRow - added + 1, now.EndColumn, whole.EndRow);
        if (const rtl::OUString last = filledCells(sheet, end); !last.isEmpty()) return Obstacle{ObstacleKind::BeyondSheet, last};
        Area moving = *growth.below;
        moving.EndRow = whole.EndRow;
        // The formulas of the new table name the source where it is now.
        if (source && intersect(*source, moving)) return Obstacle{ObstacleKind::NoRoomBelow, addressText(*source)};
    }
    if (growth.right)
        if (const rtl::OUString cells = filledCells(sheet, *growth.right); !cells.isEmpty())
            return Obstacle{ObstacleKind::FilledCells, cells};
    return std::nullopt;
}

FunnelTable DocumentWriter::insertOnNewSheet(sal_Int16 position, const panel::SheetPlan& plan, const std::string& settings,
                                             const rtl::OUString& title) const {
    const Reference<css::sheet::XSpreadsheets> sheets =
        Reference<css::sheet::XSpreadsheetDocument>(document_, UNO_QUERY_THROW)->getSheets();
    UndoStep step(document_, title);
    noteChange(document_, backToSheet(document_), {});
    makeStyles(document_);
    const rtl::OUString page = makePageStyle(document_);
    const rtl::OUString name = freeSheetName(sheets, fromUtf8(plan.sheetName));
    sheets->insertNewByName(name, position);
    const Sheet sheet(sheets->getByName(name), UNO_QUERY_THROW);
    const Area whole = addressOf(sheet);
    const Change usePage = [=](const Reference<css::uno::XInterface>& there) {
        const Reference<css::sheet::XSpreadsheetDocument> sheetsThere(there, UNO_QUERY_THROW);
        Properties(sheetsThere->getSheets()->getByName(name), UNO_QUERY_THROW)->setPropertyValue("PageStyle", Any(page));
    };
    usePage(document_);
    noteChange(document_, {}, usePage);  // the office forgets it with the sheet
    FunnelTable table = write(document_, sheet, plan,
                              {freshName(sheet), blockAt(CellAddress(whole.Sheet, 0, 0), plan), settings, plan.source}, true);
    step.commit();
    show(document_, sheet, plan.headerRow + 1);
    return table;
}

FunnelTable DocumentWriter::insertAt(const CellAddress& target, const panel::SheetPlan& plan, const std::string& settings,
                                     const rtl::OUString& title) const {
    const Sheet sheet = sheetOf(document_, target.Sheet);
    UndoStep step(document_, title);
    makeStyles(document_);
    FunnelTable table = write(document_, sheet, plan, {freshName(sheet), blockAt(target, plan), settings, plan.source}, false);
    step.commit();
    return table;
}

FunnelTable DocumentWriter::update(const FunnelTable& table, const panel::SheetPlan& plan, const std::string& settings,
                                   const rtl::OUString& title) const {
    const Sheet sheet = sheetOf(document_, table.range.Sheet);
    const FunnelTable changed{table.name, blockAt(cornerOf(table.range), plan), settings, plan.source};
    const Growth growth = growthOf(table.range, changed.range);
    const std::optional<ChartOf> chart = chartOf(document_, table.range);
    const bool alone = contains(table.range, usedArea(sheet));
    UndoStep step(document_, title);
    makeStyles(document_);
    makeColumns(sheet, changed.range);
    clear(sheet, table.range);
    if (growth.right) clear(sheet, *growth.right);
    if (growth.below && !filledCells(sheet, *growth.below).isEmpty())
        Reference<css::sheet::XCellRangeMovement>(sheet, UNO_QUERY_THROW)
            ->insertCells(*growth.below, css::sheet::CellInsertMode_DOWN);
    splitMerged(sheet, plan, table.range, changed.range);
    releaseUnused(sheet, plan, table.range);
    writeStyles(sheet, plan, changed.range, table.range);
    widenColumns(sheet, plan, changed.range, alone, table.range);
    writeContents(document_, sheet, plan, changed.range);
    keepTable(sheet, changed);
    updateChart(document_, sheet, plan, table, changed, chart);
    step.commit();
    return changed;
}

}  // namespace calckpi::sidebar
