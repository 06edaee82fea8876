#include "addin/document/document_writer.hpp"

#include "addin/functions/cell_ranges.hpp"
#include "addin/functions/conversion.hpp"
#include "addin/document/array_formulas.hpp"
#include "addin/document/cell_styles.hpp"
#include "addin/document/charts.hpp"
#include "addin/document/name_changes.hpp"
#include "addin/document/page_breaks.hpp"

#include <com/sun/star/beans/PropertyValue.hpp>
#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/container/XNamed.hpp>
#include <com/sun/star/frame/XModel.hpp>
#include <com/sun/star/lang/IllegalArgumentException.hpp>
#include <com/sun/star/lang/XMultiServiceFactory.hpp>
#include <com/sun/star/sheet/CellFlags.hpp>
#include <com/sun/star/sheet/CellInsertMode.hpp>
#include <com/sun/star/sheet/ConditionOperator.hpp>
#include <com/sun/star/sheet/ValidationType.hpp>
#include <com/sun/star/sheet/XCellRangeData.hpp>
#include <com/sun/star/sheet/XCellRangeFormula.hpp>
#include <com/sun/star/sheet/XCellRangeReferrer.hpp>
#include <com/sun/star/sheet/XCellRangeMovement.hpp>
#include <com/sun/star/sheet/XNamedRange.hpp>
#include <com/sun/star/sheet/XNamedRanges.hpp>
#include <com/sun/star/sheet/XPrintAreas.hpp>
#include <com/sun/star/sheet/XSheetCellCursor.hpp>
#include <com/sun/star/sheet/XSheetCellRangeContainer.hpp>
#include <com/sun/star/sheet/XSheetCondition.hpp>
#include <com/sun/star/sheet/XSheetConditionalEntries.hpp>
#include <com/sun/star/sheet/XSheetOperation.hpp>
#include <com/sun/star/sheet/XSpreadsheetDocument.hpp>
#include <com/sun/star/sheet/XSpreadsheetView.hpp>
#include <com/sun/star/sheet/XUsedAreaCursor.hpp>
#include <com/sun/star/sheet/XViewFreezable.hpp>
#include <com/sun/star/table/XColumnRowRange.hpp>
#include <com/sun/star/util/XMergeable.hpp>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <variant>
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

// areaAt is what a plan of one sheet takes from a cell on.
Area areaAt(const CellAddress& corner, const panel::DocumentPlan& plan) {
    const panel::CellArea area = plan.sheets.at(0).area();
    return {corner.Sheet, corner.Column, corner.Row, corner.Column + area.columns - 1, corner.Row + area.rows - 1};
}

CellAddress cornerOf(const Area& range) { return {range.Sheet, range.StartColumn, range.StartRow}; }

Properties propertiesOf(const Sheet& sheet, const Area& range) { return {cellsOf(sheet, range), UNO_QUERY_THROW}; }

void clear(const Sheet& sheet, const Area& range) {
    Reference<css::sheet::XSheetOperation>(cellsOf(sheet, range), UNO_QUERY_THROW)->clearContents(anyContent);
}

// Placed is a sheet of a plan that is being written: where it is, and what its formulas look like there.
struct Placed {
    const panel::PlannedSheet& plan;
    const panel::Addresses& addresses;
    std::size_t index = 0;  // in the plan
    Sheet sheet;
    Area area;

    rtl::OUString text(const panel::Formula& formula) const { return fromUtf8(addresses.text(formula, index)); }
    Area cells(const panel::CellArea& cells) const {
        return {area.Sheet, area.StartColumn + cells.column, area.StartRow + cells.row, area.StartColumn + cells.endColumn() - 1,
                area.StartRow + cells.endRow() - 1};
    }
    Area cells(const panel::Block& block, panel::CellArea inBlock) const {
        inBlock.row += block.row;
        inBlock.column += block.column;
        return cells(inBlock);
    }
};

// PlacedCell is a planned cell and where it is.
struct PlacedCell {
    sal_Int32 column = 0;
    sal_Int32 row = 0;
    const panel::PlannedCell* cell = nullptr;
};

std::vector<PlacedCell> cellsOn(const Placed& placed) {
    std::vector<PlacedCell> cells;
    for (const panel::Block& block : placed.plan.blocks)
        for (const panel::PlannedCell& cell : block.content)
            cells.push_back(
                {placed.area.StartColumn + block.column + cell.column, placed.area.StartRow + block.row + cell.row, &cell});
    return cells;
}

std::set<panel::CellRole> rolesOf(const panel::DocumentPlan& plan) {
    std::set<panel::CellRole> roles;
    for (const panel::PlannedSheet& sheet : plan.sheets)
        for (const panel::Block& block : sheet.blocks) {
            for (const panel::PlannedCell& cell : block.content) roles.insert(cell.role);
            for (const panel::ConditionalFormat& format : block.formats)
                for (const panel::Condition& condition : format.conditions) roles.insert(condition.look);
        }
    return roles;
}

// stylesMissing tells whether the document has to have cell styles added for a plan.
bool stylesMissing(const Reference<css::uno::XInterface>& document, const panel::DocumentPlan& plan) {
    const std::set<panel::CellRole> roles = rolesOf(plan);
    return std::any_of(roles.begin(), roles.end(), [&](panel::CellRole role) { return !hasStyle(document, role); });
}

rtl::OUString styleName(panel::CellRole role) { return rtl::OUString::createFromAscii(panel::lookOf(role).style); }

// Constants are texts and numbers in a rectangle of cells.
struct Constants {
    Area area;
    std::vector<css::uno::Sequence<Any>> rows{};
};

// constantsOf are the texts and numbers of the cells, in as few rectangles as rows of the same width below each other make.
std::vector<Constants> constantsOf(const Placed& placed, std::vector<PlacedCell> cells) {
    std::erase_if(cells, [](const PlacedCell& each) {
        return !each.cell->content || std::holds_alternative<panel::Formula>(*each.cell->content);
    });
    std::sort(cells.begin(), cells.end(), [](const PlacedCell& left, const PlacedCell& right) {
        return std::pair(left.row, left.column) < std::pair(right.row, right.column);
    });
    std::vector<Constants> all;
    std::map<std::tuple<sal_Int32, sal_Int32, sal_Int32>, std::size_t> open;  // by the row that would follow, and the columns
    for (std::size_t from = 0, to = 0; from < cells.size(); from = to) {
        const PlacedCell& first = cells[from];
        std::vector<Any> row;
        for (to = from; to < cells.size() && cells[to].row == first.row &&
                        cells[to].column == first.column + static_cast<sal_Int32>(to - from);
             ++to) {
            const panel::Content& content = *cells[to].cell->content;
            const std::string* text = std::get_if<std::string>(&content);
            row.push_back(text != nullptr ? Any(fromUtf8(*text)) : Any(std::get<double>(content)));
        }
        const sal_Int32 last = cells[to - 1].column;
        const auto found = open.find({first.row, first.column, last});
        const std::size_t place = found == open.end() ? all.size() : found->second;
        if (found != open.end())
            open.erase(found);
        else
            all.push_back({Area(placed.area.Sheet, first.column, first.row, last, first.row)});
        all[place].area.EndRow = first.row;
        all[place].rows.emplace_back(row.data(), static_cast<sal_Int32>(row.size()));
        open.emplace(std::tuple(first.row + 1, first.column, last), place);
    }
    return all;
}

// Texts put one by one cost as much as the height of the row does, for each of them. A text named "=1" stays one. What the office
// notes itself of many cells at once does not bring back what was there.
void writeConstants(const Reference<css::uno::XInterface>& document, const Placed& placed) {
    for (const Constants& each : constantsOf(placed, cellsOn(placed))) {
        if (!filledCells(placed.sheet, each.area).isEmpty()) clear(placed.sheet, each.area);
        const Change empty = [area = each.area](const Reference<css::uno::XInterface>& there) {
            clear(sheetOf(there, area.Sheet), area);
        };
        const Change fill = [each](const Reference<css::uno::XInterface>& there) {
            Reference<css::sheet::XCellRangeData>(cellsOf(sheetOf(there, each.area.Sheet), each.area), UNO_QUERY_THROW)
                ->setDataArray({each.rows.data(), static_cast<sal_Int32>(each.rows.size())});
        };
        noteChange(document, empty, fill);
        const WithoutNotes silence(document);
        fill(document);
    }
}

void writeContents(const Reference<css::uno::XInterface>& document, const Placed& placed) {
    ArrayFormulas arrays;
    for (const panel::Block& block : placed.plan.blocks)
        for (const panel::PlannedArray& array : block.arrays)
            arrays.emplace_back(placed.cells(block, array.cells), "=" + placed.text(array.formula));
    writeArrayFormulas(document, arrays);
    writeConstants(document, placed);
    for (const PlacedCell& each : cellsOn(placed))
        if (const panel::Formula* formula = each.cell->content ? std::get_if<panel::Formula>(&*each.cell->content) : nullptr)
            placed.sheet->getCellByPosition(each.column, each.row)->setFormula("=" + placed.text(*formula));
}

using Values = css::uno::Sequence<css::beans::PropertyValue>;

css::beans::PropertyValue entry(const char* name, const Any& value) {
    return {rtl::OUString::createFromAscii(name), 0, value, css::beans::PropertyState_DIRECT_VALUE};
}

// ofCells makes a change of the cells of an area, now and when it is redone: what the office notes itself of a change refers to
// sheets that were not there again when it was redone.
void ofCells(const Reference<css::uno::XInterface>& document, const Area& area,
             const std::function<void(const Properties&)>& make) {
    const Change change = [=](const Reference<css::uno::XInterface>& there) {
        make(propertiesOf(sheetOf(there, area.Sheet), area));
    };
    change(document);
    noteChange(document, {}, change);
}

// writeConditions sets them as a property of the cells: those made by XConditionalFormats are not undone.
void writeConditions(const Reference<css::uno::XInterface>& document, const Placed& placed) {
    for (const panel::Block& block : placed.plan.blocks)
        for (const panel::ConditionalFormat& format : block.formats) {
            const Area area = placed.cells(block, format.cells);
            std::vector<Values> conditions;
            for (const panel::Condition& condition : format.conditions) {
                const css::beans::PropertyValue values[] = {entry("Operator", Any(css::sheet::ConditionOperator_FORMULA)),
                                                            entry("Formula1", Any(placed.text(condition.when))),
                                                            entry("SourcePosition", Any(cornerOf(area))),
                                                            entry("StyleName", Any(styleName(condition.look)))};
                conditions.emplace_back(values, static_cast<sal_Int32>(std::size(values)));
            }
            ofCells(document, area, [conditions](const Properties& cells) {
                const Reference<css::sheet::XSheetConditionalEntries> entries(cells->getPropertyValue("ConditionalFormat"),
                                                                              UNO_QUERY_THROW);
                entries->clear();
                for (const auto& condition : conditions) entries->addNew(condition);
                cells->setPropertyValue("ConditionalFormat", Any(entries));
            });
        }
}

void writeDropDowns(const Reference<css::uno::XInterface>& document, const Placed& placed) {
    for (const panel::Block& block : placed.plan.blocks)
        for (const panel::DropDown& dropDown : block.dropDowns) {
            const rtl::OUString choices = fromUtf8(placed.addresses.of(dropDown.choices, placed.index));
            ofCells(document, placed.cells(block, dropDown.cells), [choices](const Properties& cells) {
                const Properties validation(cells->getPropertyValue("Validation"), UNO_QUERY_THROW);
                validation->setPropertyValue("Type", Any(css::sheet::ValidationType_LIST));
                Reference<css::sheet::XSheetCondition>(validation, UNO_QUERY_THROW)->setFormula1(choices);
                cells->setPropertyValue("Validation", Any(validation));
            });
        }
}

// Each name that is added makes Calc look through all formulas of the document, and copy all names for its undo. What is not to be
// undone does without.
void spareNotes(const Reference<css::sheet::XNamedRanges>& names, const Reference<css::uno::XInterface>& document) {
    if (!notesAreOff(document)) return;
    const Properties properties(names, UNO_QUERY);
    if (properties.is()) properties->setPropertyValue("ModifyAndBroadcast", Any(false));
}

// standsFor is true for a name that means these cells already.
bool standsFor(const Any& name, const rtl::OUString& address) {
    const Reference<css::sheet::XCellRangeReferrer> referrer(name, UNO_QUERY);
    const Reference<css::table::XCellRange> cells = referrer.is() ? referrer->getReferredCells() : nullptr;
    return cells.is() && addin::absoluteName(cells) == address;
}

// A name that means other cells than before makes Calc compile all formulas of the document again, so one that does not is left
// alone.
void writeNames(const Placed& placed, const Reference<css::uno::XInterface>& document, NameChanges& changes) {
    const Reference<css::sheet::XNamedRanges> names(Properties(placed.sheet, UNO_QUERY_THROW)->getPropertyValue("NamedRanges"),
                                                    UNO_QUERY_THROW);
    spareNotes(names, document);
    for (const panel::Block& block : placed.plan.blocks)
        for (const panel::PlannedName& planned : block.names) {
            const Area cells = placed.cells(block, planned.cells);
            const rtl::OUString address = addin::absoluteName(cellsOf(placed.sheet, cells));
            const rtl::OUString name = fromUtf8(planned.name);
            if (!names->hasByName(name))
                changes.add(names, name, address, cornerOf(cells));
            else if (const Any present = names->getByName(name); !standsFor(present, address))
                changes.change({present, UNO_QUERY_THROW}, address);
        }
}

void setUpPrinting(const Placed& placed) {
    const std::int32_t rows = placed.plan.page.repeatedRows;
    if (rows == 0) return;
    const Reference<css::sheet::XPrintAreas> print(placed.sheet, UNO_QUERY_THROW);
    print->setTitleRows(placed.cells({0, 0, rows, 1}));
    print->setPrintTitleRows(true);
}

// writeStyles gives the cells their styles, those of one kind below each other at once. Cells of `before`, the table that was here,
// keep what the user made of them.
void writeStyles(const Placed& placed, const std::optional<Area>& before) {
    std::vector<PlacedCell> cells = cellsOn(placed);
    std::sort(cells.begin(), cells.end(), [](const PlacedCell& left, const PlacedCell& right) {
        return std::pair(left.column, left.row) < std::pair(right.column, right.row);
    });
    const auto areaOf = [&](const PlacedCell& from, const PlacedCell& to) {
        return Area(placed.area.Sheet, from.column, from.row, to.column, to.row);
    };
    for (std::size_t from = 0, to = 0; from < cells.size(); from = to) {
        const PlacedCell& first = cells[from];
        const rtl::OUString style = styleName(first.cell->role);
        const bool kept = before && contains(*before, areaOf(first, first));
        for (to = from + 1; to < cells.size(); ++to) {
            const PlacedCell& next = cells[to];
            if (kept || next.column != first.column || next.row != cells[to - 1].row + 1 || next.cell->role != first.cell->role ||
                (before && contains(*before, areaOf(next, next))))
                break;
        }
        const Properties run = propertiesOf(placed.sheet, areaOf(first, cells[to - 1]));
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

void setWidth(const Sheet& sheet, sal_Int32 first, sal_Int32 last, sal_Int32 width) {
    const Reference<css::table::XColumnRowRange> range(cellsOf(sheet, Area(0, first, 0, last, 0)), UNO_QUERY_THROW);
    Properties(range->getColumns(), UNO_QUERY_THROW)->setPropertyValue("Width", Any(width));
}

// widenColumns makes the columns wide enough, and no wider if the table is alone on its sheet. Columns of `before`, the table that
// was here, keep a width that the user has given them: one that no table would.
void widenColumns(const Placed& placed, bool narrowToo, const std::optional<Area>& before = std::nullopt) {
    const Reference<css::container::XIndexAccess> columns(
        Reference<css::table::XColumnRowRange>(placed.sheet, UNO_QUERY_THROW)->getColumns(), UNO_QUERY_THROW);
    const sal_Int32 untouched = widthOf(columns, columns->getCount() - 1);
    // The office keeps widths in units of its own.
    const auto near = [](sal_Int32 one, sal_Int32 other) { return std::abs(one - other) <= 3; };
    const auto fromTable = [&](sal_Int32 width) {
        return near(width, untouched) || near(width, widthFor((width - widthFor(0) + 95) / 190));
    };
    const auto wantedAt = [&](std::size_t index) { return widthFor(placed.plan.columnWidths[index]); };
    const auto columnAt = [&](std::size_t index) { return placed.area.StartColumn + static_cast<sal_Int32>(index); };
    const auto isTooWideOrNarrow = [&](std::size_t index) {
        const sal_Int32 present = widthOf(columns, columnAt(index));
        if (before && columnAt(index) <= before->EndColumn && !fromTable(present)) return false;
        return present < wantedAt(index) || (narrowToo && present != wantedAt(index));
    };
    // Of columns side by side that are to be alike all at once: with each change the office lays its pictures out again.
    for (std::size_t from = 0, to = 0; from < placed.plan.columnWidths.size(); from = to) {
        for (to = from; to < placed.plan.columnWidths.size() && wantedAt(to) == wantedAt(from) && isTooWideOrNarrow(to);) ++to;
        if (to == from)
            ++to;
        else
            setWidth(placed.sheet, columnAt(from), columnAt(to - 1), wantedAt(from));
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
void releaseUnused(const Placed& placed, const Area& old) {
    std::set<std::pair<sal_Int32, sal_Int32>> used;
    for (const PlacedCell& each : cellsOn(placed)) used.emplace(each.row, each.column);
    for (sal_Int32 row = old.StartRow; row <= old.EndRow; ++row)
        for (sal_Int32 column = old.StartColumn; column <= old.EndColumn; ++column) {
            if (used.contains({row, column})) continue;
            const Properties cell = propertiesOf(placed.sheet, Area(old.Sheet, column, row, column, row));
            rtl::OUString style;
            cell->getPropertyValue("CellStyle") >>= style;
            if (isOurStyle(style)) cell->setPropertyValue("CellStyle", Any(rtl::OUString("Default")));
        }
}

bool overlap(const css::awt::Rectangle& one, const css::awt::Rectangle& other) {
    return one.X < other.X + other.Width && other.X < one.X + one.Width && one.Y < other.Y + other.Height &&
           other.Y < one.Y + one.Height;
}

// placeBeside is where the chart of a changed table goes: it keeps its side of the table, and where the user has put it, it stays,
// unless it would cover the numbers.
css::awt::Rectangle placeBeside(const Placed& placed, const panel::PlannedChart& chart, const ChartOf& present) {
    const css::awt::Rectangle place = rectangleOf(placed.sheet, placed.cells(chart.covers));
    if (!present.moved) return place;
    Area numbers = placed.area;
    numbers.EndColumn -= placed.plan.pictureColumns;
    if (!overlap(present.place, rectangleOf(placed.sheet, numbers))) return present.place;
    return {place.X, present.place.Y, present.place.Width, present.place.Height};
}

// splitMerged splits merged cells of the table that was here, where they would hide something of the changed one.
void splitMerged(const Placed& placed, const Area& before) {
    if (before == placed.area) return;
    const std::vector<PlacedCell> cells = cellsOn(placed);
    for (const Area& merged : mergedAreasIn(placed.sheet, before)) {
        const bool hides = std::any_of(cells.begin(), cells.end(), [&](const PlacedCell& each) {
            const bool corner = each.row == merged.StartRow && each.column == merged.StartColumn;
            return !corner && contains(merged, Area(merged.Sheet, each.column, each.row, each.column, each.row));
        });
        if (hides) Reference<css::util::XMergeable>(cellsOf(placed.sheet, merged), UNO_QUERY_THROW)->merge(false);
    }
}

// updateChart keeps a picture that can show the changed table, and all that the user made of it.
void updateChart(const Reference<css::uno::XInterface>& document, const Placed& placed, const panel::PlannedChart* chart,
                 const Area& data, const std::optional<ChartOf>& present) {
    const auto series = [](const Area& from) { return from.EndColumn - from.StartColumn; };
    if (present && chart != nullptr) {
        const bool sameTitle = chart->title == chart->titleBefore;
        const Area cells = drawnFrom(*chart, data);
        if (present->drawnFrom == cells && sameTitle) return;
        if (series(present->drawnFrom) == series(cells)) {
            ChartOf wanted = *present;
            wanted.drawnFrom = cells;
            wanted.place = placeBeside(placed, *chart, *present);
            // A title of the user's own stays.
            const bool ours =
                wanted.title.isEmpty() || wanted.title == fromUtf8(chart->title) || wanted.title == fromUtf8(chart->titleBefore);
            if (ours && !sameTitle) wanted.title = fromUtf8(chart->title);
            return changeChart(document, *present, wanted);
        }
    }
    if (present) removeChart(placed.sheet, present->name);
    if (chart == nullptr) return;
    addChart(document, placed.area.Sheet, *chart, data,
             present ? placeBeside(placed, *chart, *present) : rectangleOf(placed.sheet, placed.cells(chart->covers)));
}

sal_Int16 countOfSheets(const Reference<css::uno::XInterface>& document) {
    const Reference<css::container::XIndexAccess> sheets(
        Reference<css::sheet::XSpreadsheetDocument>(document, UNO_QUERY_THROW)->getSheets(), UNO_QUERY_THROW);
    return static_cast<sal_Int16>(sheets->getCount());
}

// cellTexts are the cells of an area as they are typed, row by row.
css::uno::Sequence<css::uno::Sequence<rtl::OUString>> cellTexts(const Sheet& sheet, const Area& area) {
    return Reference<css::sheet::XCellRangeFormula>(cellsOf(sheet, area), UNO_QUERY_THROW)->getFormulaArray();
}

// isPicked is true for cells that a user changes without anything being lost: the next update writes them again.
bool isPicked(panel::CellRole role) { return role == panel::CellRole::PickedMonth || role == panel::CellRole::PickedDate; }

// plannedCells are all that a plan writes on a sheet, those of array formulas too.
std::set<SheetCell> plannedCells(const Placed& placed, bool picked) {
    std::set<SheetCell> cells;
    for (const PlacedCell& each : cellsOn(placed))
        if (picked || !isPicked(each.cell->role)) cells.emplace(each.row, each.column);
    for (const panel::Block& block : placed.plan.blocks)
        for (const panel::PlannedArray& array : block.arrays) {
            const Area area = placed.cells(block, array.cells);
            for (sal_Int32 row = area.StartRow; row <= area.EndRow; ++row)
                for (sal_Int32 column = area.StartColumn; column <= area.EndColumn; ++column) cells.emplace(row, column);
        }
    return cells;
}

// printsOf are the fingerprints of all that has been written on a sheet, without the cells that users type into.
panel::Fingerprints printsOf(const Placed& placed) {
    panel::Fingerprints prints;
    const auto texts = cellTexts(placed.sheet, placed.area);
    std::set<SheetCell> cells = plannedCells(placed, true);
    for (const PlacedCell& each : cellsOn(placed))
        if (each.cell->role == panel::CellRole::Input) cells.erase({each.row, each.column});
    for (const auto& [row, column] : cells)
        if (const rtl::OUString& text = texts[row - placed.area.StartRow][column - placed.area.StartColumn]; !text.isEmpty())
            prints.add(addin::toUtf8(text));
    return prints;
}

// userCells are the cells of an area that hold something which we did not write there.
std::vector<Area> userCells(const Placed& placed, const DocumentTable& part, const TypedCells& typed) {
    Area area = part.range;
    area.StartRow = std::min(area.StartRow, placed.area.StartRow);
    area.StartColumn = std::min(area.StartColumn, placed.area.StartColumn);
    area.EndRow = std::max(area.EndRow, placed.area.EndRow);
    area.EndColumn = std::max(area.EndColumn, placed.area.EndColumn);
    std::vector<Area> found;
    const auto texts = cellTexts(placed.sheet, area);
    for (sal_Int32 row = area.StartRow; row <= area.EndRow; ++row)
        for (sal_Int32 column = area.StartColumn; column <= area.EndColumn; ++column) {
            const rtl::OUString& text = texts[row - area.StartRow][column - area.StartColumn];
            if (text.isEmpty() || part.written.has(addin::toUtf8(text))) continue;
            if (typed.sheet == area.Sheet && typed.cells.contains({row, column})) continue;
            found.emplace_back(area.Sheet, column, row, column, row);
        }
    return found;
}

// clearBeside empties an area without some of its cells.
void clearBeside(const Reference<css::uno::XInterface>& document, const Sheet& sheet, const Area& area,
                 const std::vector<Area>& kept) {
    if (kept.empty()) return clear(sheet, area);
    const Reference<css::sheet::XSheetCellRangeContainer> ranges(
        Reference<css::lang::XMultiServiceFactory>(document, UNO_QUERY_THROW)->createInstance("com.sun.star.sheet.SheetCellRanges"),
        UNO_QUERY_THROW);
    ranges->addRangeAddress(area, false);
    for (const Area& each : kept)
        if (contains(area, each)) ranges->removeRangeAddress(each);
    Reference<css::sheet::XSheetOperation>(ranges, UNO_QUERY_THROW)->clearContents(anyContent);
}

void refuseMisfits(const panel::DocumentPlan& plan, const panel::Placement& placement) {
    if (const std::vector<std::string> problems = panel::misfits(plan, placement); !problems.empty())
        throw css::lang::IllegalArgumentException(fromUtf8(problems.front()), nullptr, 1);
}

// Writing is a plan being written into a document.
class Writing {
public:
    Writing(const Reference<css::uno::XInterface>& document, const panel::DocumentPlan& plan, const panel::Placement& placement)
        : document_(document), plan_(plan), addresses_(plan, placement) {
        refuseMisfits(plan, placement);
        const Reference<css::sheet::XSpreadsheets> sheets =
            Reference<css::sheet::XSpreadsheetDocument>(document, UNO_QUERY_THROW)->getSheets();
        for (std::size_t index = 0; index < plan.sheets.size(); ++index) {
            const panel::SheetPlace& place = placement[index];
            const Sheet sheet(sheets->getByName(fromUtf8(place.name)), UNO_QUERY_THROW);
            const sal_Int16 number = addressOf(sheet).Sheet;
            const panel::CellArea area = plan.sheets[index].area();
            placed_.push_back({plan.sheets[index], addresses_, index, sheet,
                               Area(number, place.column, place.row, place.column + area.columns - 1, place.row + area.rows - 1)});
        }
    }

    const std::vector<Placed>& placed() const { return placed_; }

    void write(bool newSheets) const {
        makeStyles(document_, rolesOf(plan_));
        for (const Placed& placed : placed_) {
            makeColumns(placed.sheet, placed.area);
            clear(placed.sheet, placed.area);
            writeStyles(placed, std::nullopt);
            widenColumns(placed, newSheets);
        }
        writeAllContents();
        for (const Placed& placed : placed_)
            for (const panel::PlannedChart& chart : placed.plan.charts)
                addChart(document_, placed.area.Sheet, chart, dataOf(placed, chart),
                         rectangleOf(placed.sheet, placed.cells(chart.covers)));
        for (const Placed& placed : placed_) breakPagesOf(placed, placed.area.EndRow);
    }

    void rewrite(const DocumentTable& table, const Growth& growth) const {
        const Placed& placed = placed_.at(0);
        const std::vector<ChartOf> charts = chartsOf(document_, table.range, placed.plan.pictureColumns);
        const bool alone = contains(table.range, usedArea(placed.sheet));
        makeStyles(document_, rolesOf(plan_));
        makeColumns(placed.sheet, placed.area);
        clear(placed.sheet, table.range);
        if (growth.right) clear(placed.sheet, *growth.right);
        if (growth.below && !filledCells(placed.sheet, *growth.below).isEmpty())
            Reference<css::sheet::XCellRangeMovement>(placed.sheet, UNO_QUERY_THROW)
                ->insertCells(*growth.below, css::sheet::CellInsertMode_DOWN);
        splitMerged(placed, table.range);
        releaseUnused(placed, table.range);
        writeStyles(placed, table.range);
        widenColumns(placed, alone, table.range);
        writeAllContents();
        const auto& planned = placed.plan.charts;
        for (std::size_t index = 0; index < std::max(planned.size(), charts.size()); ++index) {
            const panel::PlannedChart* chart = index < planned.size() ? &planned[index] : nullptr;
            updateChart(document_, placed, chart, chart == nullptr ? Area() : dataOf(placed, *chart),
                        index < charts.size() ? std::optional(charts[index]) : std::nullopt);
        }
    }

    // rewriteSheets writes over a table on sheets of its own, as far as they are there.
    void rewriteSheets(const TableParts& table, const TypedCells& typed) const {
        makeStyles(document_, rolesOf(plan_));
        for (const Placed& placed : placed_) {
            const std::optional<DocumentTable>& part = table.parts.at(placed.index);
            makeColumns(placed.sheet, placed.area);
            if (part) release(placed, *part, typed);
            writeStyles(placed, part ? std::optional(part->range) : std::nullopt);
            widenColumns(placed, !part, part ? std::optional(part->range) : std::nullopt);
        }
        writeAllContents();
        for (const Placed& placed : placed_) {
            const std::optional<DocumentTable>& part = table.parts.at(placed.index);
            const bool sameLayout = part && part->range == placed.area;
            updateCharts(placed, sameLayout);
            if (sameLayout) continue;  // so are the breaks, and what the user made of them
            breakPagesOf(placed, part ? part->range.EndRow : placed.area.EndRow);
        }
    }

    // keep writes the names by which the document knows the table again, on each of its sheets.
    DocumentTable keep(const Keep& keep, const rtl::OUString& name) const {
        NameChanges changes(document_);
        for (const Placed& placed : placed_) {
            DocumentTable table{keep.kind, name, placed.area, keep.settings, keep.source, keep.moreSources};
            if (placed_.size() > 1) {
                table.part = static_cast<sal_Int32>(placed.index);
                table.written = printsOf(placed);
            }
            keepTable(placed.sheet, table, changes);
        }
        return {keep.kind, name, placed_.at(0).area, keep.settings, keep.source, keep.moreSources};
    }
    // freshName is free on the sheets of the table; that of one on several sheets is, in the whole document.
    rtl::OUString freshName(panel::KeptKind kind) const {
        std::vector<Sheet> sheets;
        for (const Placed& placed : placed_) sheets.push_back(placed.sheet);
        for (sal_Int16 index = 0; placed_.size() > 1 && index < countOfSheets(document_); ++index)
            sheets.push_back(sheetOf(document_, index));
        return sidebar::freshName(kind, sheets);
    }

private:
    // release empties the cells of a table that is written again, without what the user typed into other cells, and takes from them
    // what conditions and lists of choices they had.
    void release(const Placed& placed, const DocumentTable& part, const TypedCells& typed) const {
        clearBeside(document_, placed.sheet, part.range, userCells(placed, part, typed));
        ofCells(document_, part.range, [](const Properties& cells) {
            const Reference<css::sheet::XSheetConditionalEntries> entries(cells->getPropertyValue("ConditionalFormat"),
                                                                          UNO_QUERY_THROW);
            entries->clear();
            cells->setPropertyValue("ConditionalFormat", Any(entries));
            const Properties validation(cells->getPropertyValue("Validation"), UNO_QUERY_THROW);
            validation->setPropertyValue("Type", Any(css::sheet::ValidationType_ANY));
            cells->setPropertyValue("Validation", Any(validation));
        });
        splitMerged(placed, part.range);
        releaseUnused(placed, part.range);
    }

    // updateCharts keeps the pictures that are drawn from the same cells; on a sheet that is laid out as before, wherever they are.
    void updateCharts(const Placed& placed, bool sameLayout) const {
        std::vector<ChartOf> present = chartsFrom(document_, placed.area.Sheet, sheetsBut(placed));
        std::vector<const panel::PlannedChart*> missing;
        for (const panel::PlannedChart& chart : placed.plan.charts) {
            const Area data = dataOf(placed, chart);
            const css::awt::Rectangle place = rectangleOf(placed.sheet, placed.cells(chart.covers));
            const auto same = std::find_if(present.begin(), present.end(), [&](const ChartOf& each) {
                return each.drawnFrom == drawnFrom(chart, data) && each.title == fromUtf8(chart.title) &&
                       (sameLayout || near(each.place, place));
            });
            if (same != present.end()) {
                present.erase(same);
                continue;
            }
            missing.push_back(&chart);
        }
        for (const ChartOf& each : present) removeChart(placed.sheet, each.name);
        for (const panel::PlannedChart* chart : missing)
            addChart(document_, placed.area.Sheet, *chart, dataOf(placed, *chart),
                     rectangleOf(placed.sheet, placed.cells(chart->covers)));
    }
    // sheetsBut are the other sheets of the table: charts drawn from the same sheet are the user's own.
    std::vector<sal_Int16> sheetsBut(const Placed& one) const {
        std::vector<sal_Int16> sheets;
        for (const Placed& placed : placed_)
            if (placed.index != one.index) sheets.push_back(placed.area.Sheet);
        return sheets;
    }
    void breakPagesOf(const Placed& placed, sal_Int32 lastBefore) const {
        std::vector<sal_Int32> sections;
        for (const std::int32_t row : placed.plan.page.sections) sections.push_back(placed.area.StartRow + row);
        breakPages(document_, placed.area, sections, lastBefore);
    }
    static bool near(const css::awt::Rectangle& one, const css::awt::Rectangle& other) {
        const auto close = [](sal_Int32 left, sal_Int32 right) { return std::abs(left - right) <= 100; };
        return close(one.X, other.X) && close(one.Y, other.Y) && close(one.Width, other.Width) && close(one.Height, other.Height);
    }

    void writeAllContents() const {
        for (const Placed& placed : placed_) {
            writeContents(document_, placed);
            writeConditions(document_, placed);
            writeDropDowns(document_, placed);
            setUpPrinting(placed);
        }
        NameChanges changes(document_);
        for (const Placed& placed : placed_) writeNames(placed, document_, changes);
    }
    Area dataOf(const Placed& placed, const panel::PlannedChart& chart) const {
        const auto place = placed.addresses.place(chart.data);  // it is there: the plan fits
        const panel::CellArea& cells = place->second;
        return {placed_.at(place->first).area.Sheet, cells.column, cells.row, cells.endColumn() - 1, cells.endRow() - 1};
    }

    Reference<css::uno::XInterface> document_;
    const panel::DocumentPlan& plan_;
    panel::Addresses addresses_;
    std::vector<Placed> placed_;
};

// newSheet adds a sheet with our page, by the name that it is to have or one like it.
rtl::OUString newSheet(const Reference<css::uno::XInterface>& document, const rtl::OUString& wish, sal_Int16 position,
                       const rtl::OUString& page) {
    const Reference<css::sheet::XSpreadsheets> sheets =
        Reference<css::sheet::XSpreadsheetDocument>(document, UNO_QUERY_THROW)->getSheets();
    const rtl::OUString name = freeSheetName(sheets, wish);
    sheets->insertNewByName(name, position);
    const Change usePage = [=](const Reference<css::uno::XInterface>& there) {
        const Reference<css::sheet::XSpreadsheetDocument> sheetsThere(there, UNO_QUERY_THROW);
        Properties(sheetsThere->getSheets()->getByName(name), UNO_QUERY_THROW)->setPropertyValue("PageStyle", Any(page));
    };
    usePage(document);
    noteChange(document, {}, usePage);  // the office forgets it with the sheet
    return name;
}

std::string nameOf(const Sheet& sheet) {
    return addin::toUtf8(Reference<css::container::XNamed>(sheet, UNO_QUERY_THROW)->getName());
}

panel::Placement placementAt(const Reference<css::uno::XInterface>& document, const CellAddress& corner) {
    return {{nameOf(sheetOf(document, corner.Sheet)), corner.Row, corner.Column}};
}

// placementOf is where the sheets of a table are; those that are not there any more have the names that they are planned with.
panel::Placement placementOf(const Reference<css::uno::XInterface>& document, const TableParts& table,
                             const panel::DocumentPlan& plan) {
    panel::Placement placement = panel::defaultPlacement(plan);
    for (std::size_t index = 0; index < placement.size(); ++index)
        if (const std::optional<DocumentTable>& part = table.parts.at(index))
            placement[index] = {nameOf(sheetOf(document, part->range.Sheet)), part->range.StartRow, part->range.StartColumn};
    return placement;
}

}  // namespace

std::optional<Obstacle> DocumentWriter::obstacleToNewSheets(const panel::DocumentPlan& plan) const {
    if (auto obstacle = sidebar::obstacleToNewSheets(document_, plan.sheets.size())) return obstacle;
    return stylesMissing(document_, plan) ? obstacleToStyles(document_) : std::nullopt;
}

std::optional<Obstacle> DocumentWriter::obstacleAt(const CellAddress& target, const panel::DocumentPlan& plan,
                                                   const std::optional<Area>& source) const {
    if (plan.sheets.size() > 1) return obstacleToNewSheets(plan);
    const std::optional<Obstacle> obstacle = obstacleIn(document_, areaAt(target, plan), source);
    // What is filled may be written over, and then a style is missing all the same.
    if (obstacle && obstacle->kind != ObstacleKind::FilledCells) return obstacle;
    const std::optional<Obstacle> styles = stylesMissing(document_, plan) ? obstacleToStyles(document_) : std::nullopt;
    return styles ? styles : obstacle;
}

std::optional<Obstacle> DocumentWriter::obstacleToUpdate(const DocumentTable& table, const panel::DocumentPlan& plan,
                                                         const std::optional<Area>& source) const {
    const Area now = areaAt(cornerOf(table.range), plan);
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
    if (stylesMissing(document_, plan))
        if (const auto obstacle = obstacleToStyles(document_)) return obstacle;
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

DocumentTable DocumentWriter::insertSheets(const UndoStep&, sal_Int16 position, const panel::DocumentPlan& plan,
                                           const Keep& keep) const {
    refuseMisfits(plan, panel::defaultPlacement(plan));
    noteChange(document_, backToSheet(document_), {});
    const rtl::OUString page = makePageStyle(document_);
    panel::Placement placement;
    // A chart in sight that is drawn from another sheet is redrawn while a second sheet is inserted before that one, and Calc 7.4
    // crashes: several sheets go behind all others, where none moves.
    if (plan.sheets.size() > 1) position = countOfSheets(document_);
    for (const panel::PlannedSheet& sheet : plan.sheets)
        placement.push_back({.name = addin::toUtf8(newSheet(document_, fromUtf8(sheet.name), position++, page))});
    const Writing writing(document_, plan, placement);
    writing.write(true);
    return writing.keep(keep, writing.freshName(keep.kind));
}

DocumentTable DocumentWriter::insertAt(const UndoStep& step, const CellAddress& target, const panel::DocumentPlan& plan,
                                       const Keep& keep) const {
    // Sheets of their own are at no cell.
    if (plan.sheets.size() > 1) return insertSheets(step, target.Sheet, plan, keep);
    const Writing writing(document_, plan, placementAt(document_, target));
    writing.write(false);
    return writing.keep(keep, writing.freshName(keep.kind));
}

DocumentTable DocumentWriter::update(const UndoStep&, const DocumentTable& table, const panel::DocumentPlan& plan,
                                     const Keep& keep) const {
    const Writing writing(document_, plan, placementAt(document_, cornerOf(table.range)));
    writing.rewrite(table, growthOf(table.range, writing.placed().at(0).area));
    return writing.keep(keep, table.name);
}

std::optional<Obstacle> DocumentWriter::obstacleToUpdateSheets(const TableParts& table, const TypedCells& typed,
                                                               const panel::DocumentPlan& plan) const {
    if (auto obstacle = obstacleToWriting(document_)) return obstacle;
    if (table.copied) return Obstacle{ObstacleKind::CopiedSheet};
    for (const std::optional<DocumentTable>& part : table.parts)
        if (auto obstacle = part ? obstacleToChanging(document_, part->range.Sheet) : sidebar::obstacleToNewSheets(document_, 1))
            return obstacle;
    if (stylesMissing(document_, plan))
        if (const auto obstacle = obstacleToStyles(document_)) return obstacle;
    const panel::Placement placement = placementOf(document_, table, plan);
    const panel::Addresses addresses(plan, placement);
    for (std::size_t index = 0; index < plan.sheets.size(); ++index) {
        const std::optional<DocumentTable>& part = table.parts.at(index);
        if (!part) continue;
        const panel::CellArea area = plan.sheets[index].area();
        const CellAddress corner = cornerOf(part->range);
        const Placed placed{
            plan.sheets[index], addresses, index, sheetOf(document_, corner.Sheet),
            Area(corner.Sheet, corner.Column, corner.Row, corner.Column + area.columns - 1, corner.Row + area.rows - 1)};
        if (!contains(addressOf(placed.sheet), placed.area)) return Obstacle{ObstacleKind::BeyondSheet, addressText(placed.area)};
        const std::set<SheetCell> planned = plannedCells(placed, false);
        std::vector<Area> cells = userCells(placed, *part, typed);
        std::erase_if(cells, [&](const Area& cell) { return !planned.contains({cell.StartRow, cell.StartColumn}); });
        if (!cells.empty()) return Obstacle{ObstacleKind::UserCells, addressTexts(cells), fromUtf8(nameOf(placed.sheet))};
    }
    return std::nullopt;
}

DocumentTable DocumentWriter::updateSheets(const UndoStep&, const TableParts& table, const TypedCells& typed,
                                           const panel::DocumentPlan& plan, const Keep& keep) const {
    panel::Placement placement = placementOf(document_, table, plan);
    refuseMisfits(plan, placement);
    rtl::OUString name;
    for (std::size_t index = 0; index < plan.sheets.size(); ++index) {
        const std::optional<DocumentTable>& part = table.parts.at(index);
        if (part)
            name = part->name;
        else
            placement[index].name = addin::toUtf8(
                newSheet(document_, fromUtf8(plan.sheets[index].name), countOfSheets(document_), makePageStyle(document_)));
    }
    const Writing writing(document_, plan, placement);
    writing.rewriteSheets(table, typed);
    return writing.keep(keep, name);
}

void DocumentWriter::write(const UndoStep&, const panel::DocumentPlan& plan, const panel::Placement& placement) const {
    Writing(document_, plan, placement).write(false);
}

void DocumentWriter::show(const DocumentTable& table, const panel::DocumentPlan& plan) const {
    const Reference<css::sheet::XSpreadsheetView> view = viewOf(document_);
    if (!view.is()) return;  // nothing to show it in
    for (std::size_t left = plan.sheets.size(); left > 0; --left) {
        const panel::PlannedSheet& sheet = plan.sheets[left - 1];
        view->setActiveSheet(sheetOf(document_, static_cast<sal_Int16>(table.range.Sheet + static_cast<sal_Int16>(left - 1))));
        if (const Reference<css::sheet::XViewFreezable> freezable(view, UNO_QUERY); freezable.is())
            freezable->freezeAtPosition(sheet.frozenColumns, sheet.frozenRows);
    }
}

}  // namespace calckpi::sidebar
