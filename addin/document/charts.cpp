#include "addin/document/charts.hpp"

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

namespace colours = panel::colours;

Reference<css::table::XTableCharts> tableCharts(const Reference<css::sheet::XSpreadsheet>& sheet) {
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
        if (tableCharts(sheetOf(document, static_cast<sal_Int16>(index)))->hasByName(name)) return true;
    return false;
}

// Drawing is a chart that is being made.
class Drawing {
public:
    Drawing(const Reference<css::chart::XChartDocument>& chart, const panel::PlannedChart& plan)
        : chart_(chart), plan_(plan), series_(plan.data.cells.columns - 1) {}

    void draw() {
        switch (plan_.kind) {
            case panel::ChartKind::FunnelBars: return funnelBars();
            case panel::ChartKind::IntervalBars:
            case panel::ChartKind::TargetLine:
            case panel::ChartKind::BoundedCurves:
            case panel::ChartKind::Waterfall: break;
        }
    }

private:
    // begin makes a diagram of columns of cells, with nothing around it: no legend, no frame, no grid.
    void begin(const char* service, std::initializer_list<Setting> settings) {
        const Reference<css::lang::XMultiServiceFactory> factory(chart_, UNO_QUERY_THROW);
        chart_->setDiagram(
            Reference<css::chart::XDiagram>(factory->createInstance(rtl::OUString::createFromAscii(service)), UNO_QUERY_THROW));
        diagram_ = chart_->getDiagram();
        const bool titled = !plan_.title.empty();
        set(Properties(chart_, UNO_QUERY_THROW), {{"HasLegend", Any(false)}, {"HasMainTitle", Any(titled)}});
        if (titled)
            set(Properties(chart_->getTitle(), UNO_QUERY_THROW),
                {{"String", Any(fromUtf8(plan_.title))}, {"CharHeight", Any(10.0F)}});
        set(chart_->getArea(), {{"LineStyle", noLine_}});
        const Properties diagram(diagram_, UNO_QUERY_THROW);
        set(diagram, settings);
        set(diagram, {{"DataRowSource", Any(css::chart::ChartDataRowSource_COLUMNS)},
                      {"HasYAxisGrid", Any(false)},
                      {"HasXAxisGrid", Any(false)}});
        if (const Reference<css::chart::X3DDisplay> walls(diagram_, UNO_QUERY); walls.is())
            set(walls->getWall(), {{"FillStyle", noFill_}, {"LineStyle", noLine_}});
    }
    Properties xAxis() const { return Reference<css::chart::XAxisXSupplier>(diagram_, UNO_QUERY_THROW)->getXAxis(); }
    Properties yAxis() const { return Reference<css::chart::XAxisYSupplier>(diagram_, UNO_QUERY_THROW)->getYAxis(); }
    Properties series(std::int32_t index) const { return diagram_->getDataRowProperties(index); }
    void fill(std::int32_t index, std::int32_t colour) const {
        set(series(index), {{"FillStyle", solid_}, {"FillColor", Any(colour)}, {"LineStyle", noLine_}});
    }
    void unfilled(std::int32_t index) const { set(series(index), {{"FillStyle", noFill_}, {"LineStyle", noLine_}}); }

    void funnelBars() {
        // For a diagram, vertical means that its bars lie.
        begin("com.sun.star.chart.BarDiagram", {{"Vertical", Any(true)}, {"Stacked", Any(true)}, {"HasYAxis", Any(false)}});
        // The first stage on top; the axis of the stages is x, even in bars that lie.
        set(xAxis(), {{"ReverseDirection", Any(true)}, {"Marks", Any(sal_Int32(0))}, {"LineStyle", noLine_}});
        set(yAxis(), {{"GapWidth", Any(sal_Int32(15))}, {"Overlap", Any(sal_Int32(100))}});
        unfilled(0);
        fill(1, colours::blue);
        if (series_ > 2) fill(2, colours::tint);
    }

    const Any noLine_{css::drawing::LineStyle_NONE};
    const Any noFill_{css::drawing::FillStyle_NONE};
    const Any solid_{css::drawing::FillStyle_SOLID};
    Reference<css::chart::XChartDocument> chart_;
    const panel::PlannedChart& plan_;
    std::int32_t series_ = 0;
    Reference<css::chart::XDiagram> diagram_;
};

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
    const Reference<css::table::XTableCharts> charts = tableCharts(sheetOf(document, sheet));
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

}  // namespace

css::awt::Rectangle rectangleOf(const Reference<css::sheet::XSpreadsheet>& sheet, const Area& cells) {
    const Properties properties(cellsOf(sheet, cells), UNO_QUERY_THROW);
    css::awt::Point position;
    css::awt::Size size;
    properties->getPropertyValue("Position") >>= position;
    properties->getPropertyValue("Size") >>= size;
    return {position.X, position.Y, size.Width, size.Height};
}

void addChart(const Reference<css::uno::XInterface>& document, sal_Int16 sheet, const panel::PlannedChart& plan,
              const Area& drawnFrom, const css::awt::Rectangle& place) {
    const Reference<css::table::XTableCharts> charts = tableCharts(sheetOf(document, sheet));
    rtl::OUString name;
    for (sal_Int32 number = 1; name.isEmpty() || isTaken(document, name); ++number)
        name = "CalcKpi Funnel " + rtl::OUString::number(number);
    charts->addNewByName(name, place, Sequence<Area>(&drawnFrom, 1), true, true);
    Drawing(drawingOf(Reference<css::table::XTableChart>(charts->getByName(name), UNO_QUERY_THROW)), plan).draw();
}

std::vector<ChartOf> chartsOf(const Reference<css::uno::XInterface>& document, const Area& table, sal_Int32 columns) {
    const Reference<css::sheet::XSpreadsheet> sheet = sheetOf(document, table.Sheet);
    const Reference<css::table::XTableCharts> charts = tableCharts(sheet);
    std::vector<ChartOf> found;
    for (const rtl::OUString& name : charts->getElementNames()) {
        const Reference<css::table::XTableChart> chart(charts->getByName(name), UNO_QUERY_THROW);
        const std::optional<Area> drawnFrom = rangeOf(chart);
        if (!drawnFrom || drawnFrom->StartColumn != table.EndColumn + 1 - columns) continue;
        // That of a copied sheet is still drawn from the cells of the other one.
        Area here = *drawnFrom;
        here.Sheet = table.Sheet;
        if (!contains(table, here)) continue;
        const css::awt::Rectangle place = placeOf(shapeOf(document, table.Sheet, name));
        const panel::CellArea covered = panel::pictureOver(
            {here.StartRow, here.StartColumn, here.EndRow - here.StartRow + 1, here.EndColumn - here.StartColumn + 1},
            table.EndColumn + 1);
        const Area cells(table.Sheet, covered.column, covered.row, covered.endColumn() - 1, covered.endRow() - 1);
        found.push_back({name, *drawnFrom, place, titleOf(drawingOf(chart)), !same(place, rectangleOf(sheet, cells))});
    }
    return found;
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
    tableCharts(sheet)->removeByName(name);
}

}  // namespace calckpi::sidebar
