#include "addin/document/funnel_chart.hpp"

#include "addin/functions/conversion.hpp"
#include "addin/document/undo_step.hpp"

#include <com/sun/star/awt/Point.hpp>
#include <com/sun/star/awt/Size.hpp>
#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/chart/ChartDataRowSource.hpp>
#include <com/sun/star/chart/XAxisXSupplier.hpp>
#include <com/sun/star/chart/XAxisYSupplier.hpp>
#include <com/sun/star/chart/XChartDocument.hpp>
#include <com/sun/star/chart/XDiagram.hpp>
#include <com/sun/star/chart/X3DDisplay.hpp>
#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/document/XEmbeddedObjectSupplier.hpp>
#include <com/sun/star/drawing/FillStyle.hpp>
#include <com/sun/star/drawing/LineStyle.hpp>
#include <com/sun/star/drawing/XDrawPagesSupplier.hpp>
#include <com/sun/star/drawing/XShape.hpp>
#include <com/sun/star/lang/XMultiServiceFactory.hpp>
#include <com/sun/star/sheet/XSpreadsheetDocument.hpp>
#include <com/sun/star/table/XTableChart.hpp>
#include <com/sun/star/table/XTableCharts.hpp>
#include <com/sun/star/table/XTableChartsSupplier.hpp>

#include <algorithm>
#include <cstdlib>
#include <initializer_list>

using css::uno::Any;
using css::uno::Reference;
using css::uno::Sequence;
using css::uno::UNO_QUERY;
using css::uno::UNO_QUERY_THROW;
using Properties = css::uno::Reference<css::beans::XPropertySet>;

namespace calckpi::sidebar {

using addin::fromUtf8;

namespace {

constexpr std::int32_t reachedColour = 0x1F5C99;
constexpr std::int32_t openColour = 0xA9C4E0;  // lighter, also in grey print

Reference<css::table::XTableCharts> chartsOf(const Reference<css::sheet::XSpreadsheet>& sheet) {
    return Reference<css::table::XTableChartsSupplier>(sheet, UNO_QUERY_THROW)->getCharts();
}

struct Setting {
    const char* property;
    Any value;
};

void set(const Properties& properties, std::initializer_list<Setting> settings) {
    for (const Setting& setting : settings)
        properties->setPropertyValue(rtl::OUString::createFromAscii(setting.property), setting.value);
}

// A chart's name is that of its place in the document's package, so that all sheets share them.
bool isTaken(const Reference<css::uno::XInterface>& document, const rtl::OUString& name) {
    const Reference<css::container::XIndexAccess> sheets(
        Reference<css::sheet::XSpreadsheetDocument>(document, UNO_QUERY_THROW)->getSheets(), UNO_QUERY_THROW);
    for (sal_Int32 index = 0; index < sheets->getCount(); ++index)
        if (chartsOf(sheetOf(document, static_cast<sal_Int16>(index)))->hasByName(name)) return true;
    return false;
}

void draw(const Reference<css::chart::XChartDocument>& chart, const panel::PlannedChart& plan) {
    const Reference<css::lang::XMultiServiceFactory> factory(chart, UNO_QUERY_THROW);
    chart->setDiagram(Reference<css::chart::XDiagram>(factory->createInstance("com.sun.star.chart.BarDiagram"), UNO_QUERY_THROW));
    const Reference<css::chart::XDiagram> diagram = chart->getDiagram();
    const Any noLine(css::drawing::LineStyle_NONE);
    const Any noFill(css::drawing::FillStyle_NONE);
    set(Properties(chart, UNO_QUERY_THROW), {{"HasLegend", Any(false)}, {"HasMainTitle", Any(!plan.title.empty())}});
    if (!plan.title.empty())
        set(Properties(chart->getTitle(), UNO_QUERY_THROW), {{"String", Any(fromUtf8(plan.title))}, {"CharHeight", Any(10.0F)}});
    set(chart->getArea(), {{"LineStyle", noLine}});
    // For a diagram, vertical means that its bars lie.
    set(Properties(diagram, UNO_QUERY_THROW), {{"Vertical", Any(true)},
                                               {"Stacked", Any(true)},
                                               {"DataRowSource", Any(css::chart::ChartDataRowSource_COLUMNS)},
                                               {"HasYAxis", Any(false)},
                                               {"HasYAxisGrid", Any(false)},
                                               {"HasXAxisGrid", Any(false)}});
    if (const Reference<css::chart::X3DDisplay> walls(diagram, UNO_QUERY); walls.is())
        set(walls->getWall(), {{"FillStyle", noFill}, {"LineStyle", noLine}});
    // The first stage on top; the axis of the stages is x, even in bars that lie.
    set(Reference<css::chart::XAxisXSupplier>(diagram, UNO_QUERY_THROW)->getXAxis(),
        {{"ReverseDirection", Any(true)}, {"Marks", Any(sal_Int32(0))}, {"LineStyle", noLine}});
    set(Reference<css::chart::XAxisYSupplier>(diagram, UNO_QUERY_THROW)->getYAxis(),
        {{"GapWidth", Any(sal_Int32(15))}, {"Overlap", Any(sal_Int32(100))}});
    set(diagram->getDataRowProperties(0), {{"FillStyle", noFill}, {"LineStyle", noLine}});
    const Any solid(css::drawing::FillStyle_SOLID);
    set(diagram->getDataRowProperties(1), {{"FillStyle", solid}, {"FillColor", Any(reachedColour)}, {"LineStyle", noLine}});
    if (plan.open)
        set(diagram->getDataRowProperties(2), {{"FillStyle", solid}, {"FillColor", Any(openColour)}, {"LineStyle", noLine}});
}

// shapeOf is the chart of this name on the sheet's drawing page.
Reference<css::drawing::XShape> shapeOf(const Reference<css::uno::XInterface>& document, sal_Int16 sheet,
                                        const rtl::OUString& name) {
    const Reference<css::container::XIndexAccess> pages(
        Reference<css::drawing::XDrawPagesSupplier>(document, UNO_QUERY_THROW)->getDrawPages(), UNO_QUERY_THROW);
    const Reference<css::container::XIndexAccess> shapes(pages->getByIndex(sheet), UNO_QUERY_THROW);
    for (sal_Int32 index = 0; index < shapes->getCount(); ++index) {
        const Reference<css::drawing::XShape> shape(shapes->getByIndex(index), UNO_QUERY);
        const Properties properties(shape, UNO_QUERY);
        if (!properties.is() || !properties->getPropertySetInfo()->hasPropertyByName("PersistName")) continue;
        rtl::OUString persistName;
        properties->getPropertyValue("PersistName") >>= persistName;
        if (persistName == name) return shape;
    }
    return {};
}

css::awt::Rectangle placeOf(const Reference<css::drawing::XShape>& shape) {
    if (!shape.is()) return {};
    const css::awt::Point position = shape->getPosition();
    const css::awt::Size size = shape->getSize();
    return {position.X, position.Y, size.Width, size.Height};
}

// same leaves room for the rounding of a saved place.
bool same(const css::awt::Rectangle& one, const css::awt::Rectangle& other) {
    const auto near = [](sal_Int32 left, sal_Int32 right) { return std::abs(left - right) <= 100; };
    return near(one.X, other.X) && near(one.Y, other.Y) && near(one.Width, other.Width) && near(one.Height, other.Height);
}

Reference<css::chart::XChartDocument> drawingOf(const Reference<css::table::XTableChart>& chart) {
    const Reference<css::document::XEmbeddedObjectSupplier> supplier(chart, UNO_QUERY_THROW);
    return {supplier->getEmbeddedObject(), UNO_QUERY_THROW};
}

rtl::OUString titleOf(const Reference<css::chart::XChartDocument>& chart) {
    bool shown = false;
    rtl::OUString title;
    Properties(chart, UNO_QUERY_THROW)->getPropertyValue("HasMainTitle") >>= shown;
    if (shown) Properties(chart->getTitle(), UNO_QUERY_THROW)->getPropertyValue("String") >>= title;
    return title;
}

void setTitle(const Reference<css::chart::XChartDocument>& chart, const rtl::OUString& title) {
    if (titleOf(chart) == title) return;
    set(Properties(chart, UNO_QUERY_THROW), {{"HasMainTitle", Any(!title.isEmpty())}});
    if (!title.isEmpty()) set(Properties(chart->getTitle(), UNO_QUERY_THROW), {{"String", Any(title)}, {"CharHeight", Any(10.0F)}});
}

// rangeOf is what a chart of the sheet is drawn from. A copied chart tells it column by column.
std::optional<Area> rangeOf(const Reference<css::table::XTableChart>& chart) {
    const Sequence<Area> ranges = chart->getRanges();
    if (ranges.getLength() == 0) return std::nullopt;
    Area all = ranges[0];
    for (const Area& range : ranges) {
        if (range.Sheet != all.Sheet) return std::nullopt;
        all = Area(all.Sheet, std::min(all.StartColumn, range.StartColumn), std::min(all.StartRow, range.StartRow),
                   std::max(all.EndColumn, range.EndColumn), std::max(all.EndRow, range.EndRow));
    }
    return all;
}

// redraw finds the chart by the cells that it is drawn from now.
void redraw(const Reference<css::uno::XInterface>& document, sal_Int16 sheet, const Area& now, const ChartOf& wanted) {
    const Reference<css::table::XTableCharts> charts = chartsOf(sheetOf(document, sheet));
    for (const rtl::OUString& name : charts->getElementNames()) {
        const Reference<css::table::XTableChart> chart(charts->getByName(name), UNO_QUERY_THROW);
        if (rangeOf(chart) != now) continue;
        const WithoutNotes silence(document);
        if (!(now == wanted.drawnFrom)) chart->setRanges(Sequence<Area>(&wanted.drawnFrom, 1));
        setTitle(drawingOf(chart), wanted.title);
        const Reference<css::drawing::XShape> shape = shapeOf(document, sheet, name);
        if (!shape.is() || placeOf(shape) == wanted.place) return;
        shape->setSize({wanted.place.Width, wanted.place.Height});
        shape->setPosition({wanted.place.X, wanted.place.Y});
        return;
    }
}

// The plan's last columns are those of the picture; four of them, whether the last is used or not.
constexpr sal_Int32 columnsOfChart = 4;
constexpr sal_Int32 fewestRows = 14;

}  // namespace

Area chartRange(const panel::PlannedChart& plan, const Area& block) {
    const sal_Int32 firstColumn = block.StartColumn + plan.labelColumn;
    return {block.Sheet, firstColumn, block.StartRow + plan.headerRow, firstColumn + (plan.open ? 3 : 2),
            block.StartRow + plan.lastRow};
}

css::awt::Rectangle rectangleOf(const Reference<css::sheet::XSpreadsheet>& sheet, const Area& cells) {
    const Properties properties(cellsOf(sheet, cells), UNO_QUERY_THROW);
    css::awt::Point position;
    css::awt::Size size;
    properties->getPropertyValue("Position") >>= position;
    properties->getPropertyValue("Size") >>= size;
    return {position.X, position.Y, size.Width, size.Height};
}

css::awt::Rectangle placeOfChart(const Reference<css::sheet::XSpreadsheet>& sheet, const panel::PlannedChart& plan,
                                 const Area& block) {
    return rectangleOf(sheet, Area(block.Sheet, block.StartColumn + plan.left, block.StartRow + plan.top,
                                   block.StartColumn + plan.right, block.StartRow + plan.bottom));
}

void addChart(const Reference<css::uno::XInterface>& document, const panel::PlannedChart& plan, const Area& block,
              const css::awt::Rectangle& place) {
    const Reference<css::table::XTableCharts> charts = chartsOf(sheetOf(document, block.Sheet));
    const Area drawnFrom = chartRange(plan, block);
    rtl::OUString name;
    for (sal_Int32 number = 1; name.isEmpty() || isTaken(document, name); ++number)
        name = "CalcKpi Funnel " + rtl::OUString::number(number);
    charts->addNewByName(name, place, Sequence<Area>(&drawnFrom, 1), true, true);
    draw(drawingOf(Reference<css::table::XTableChart>(charts->getByName(name), UNO_QUERY_THROW)), plan);
}

std::optional<ChartOf> chartOf(const Reference<css::uno::XInterface>& document, const Area& block) {
    const Reference<css::sheet::XSpreadsheet> sheet = sheetOf(document, block.Sheet);
    const Reference<css::table::XTableCharts> charts = chartsOf(sheet);
    for (const rtl::OUString& name : charts->getElementNames()) {
        const Reference<css::table::XTableChart> chart(charts->getByName(name), UNO_QUERY_THROW);
        const std::optional<Area> drawnFrom = rangeOf(chart);
        if (!drawnFrom || drawnFrom->StartColumn != block.EndColumn + 1 - columnsOfChart) continue;
        // That of a copied sheet is still drawn from the cells of the other one.
        Area here = *drawnFrom;
        here.Sheet = block.Sheet;
        if (!contains(block, here)) continue;
        const css::awt::Rectangle place = placeOf(shapeOf(document, block.Sheet, name));
        const Area covered(block.Sheet, here.StartColumn, here.StartRow + 1, block.EndColumn,
                           std::max(here.EndRow, here.StartRow + fewestRows));
        return ChartOf{name, *drawnFrom, place, titleOf(drawingOf(chart)), !same(place, rectangleOf(sheet, covered))};
    }
    return std::nullopt;
}

void changeChart(const Reference<css::uno::XInterface>& document, const ChartOf& chart, const ChartOf& wanted) {
    const sal_Int16 sheet = wanted.drawnFrom.Sheet;
    redraw(document, sheet, chart.drawnFrom, wanted);
    // What Calc notes itself of such changes does not bring them all back.
    noteChange(
        document, [=](const Reference<css::uno::XInterface>& there) { redraw(there, sheet, wanted.drawnFrom, chart); },
        [=](const Reference<css::uno::XInterface>& there) { redraw(there, sheet, chart.drawnFrom, wanted); });
}

void removeChart(const Reference<css::sheet::XSpreadsheet>& sheet, const rtl::OUString& name) {
    chartsOf(sheet)->removeByName(name);
}

}  // namespace calckpi::sidebar
