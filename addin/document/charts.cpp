#include "addin/document/charts.hpp"

#include "addin/document/undo_step.hpp"
#include "addin/functions/conversion.hpp"
#include "core/values/address.hpp"

#include <com/sun/star/awt/Point.hpp>
#include <com/sun/star/awt/Size.hpp>
#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/chart/ChartAxisLabelPosition.hpp>
#include <com/sun/star/chart/ChartDataRowSource.hpp>
#include <com/sun/star/chart/ChartErrorIndicatorType.hpp>
#include <com/sun/star/chart/DataLabelPlacement.hpp>
#include <com/sun/star/chart/ErrorBarStyle.hpp>
#include <com/sun/star/chart/X3DDisplay.hpp>
#include <com/sun/star/chart/XAxisXSupplier.hpp>
#include <com/sun/star/chart/XAxisYSupplier.hpp>
#include <com/sun/star/chart/XChartDocument.hpp>
#include <com/sun/star/chart/XDiagram.hpp>
#include <com/sun/star/chart2/DataPointLabel.hpp>
#include <com/sun/star/chart2/Symbol.hpp>
#include <com/sun/star/chart2/SymbolStyle.hpp>
#include <com/sun/star/chart2/XChartDocument.hpp>
#include <com/sun/star/chart2/XChartTypeContainer.hpp>
#include <com/sun/star/chart2/XCoordinateSystemContainer.hpp>
#include <com/sun/star/chart2/XDataSeriesContainer.hpp>
#include <com/sun/star/chart2/data/XDataSource.hpp>
#include <com/sun/star/chart2/data/XNumericalDataSequence.hpp>
#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/container/XNameContainer.hpp>
#include <com/sun/star/container/XNamed.hpp>
#include <com/sun/star/document/XEmbeddedObjectSupplier.hpp>
#include <com/sun/star/drawing/DashStyle.hpp>
#include <com/sun/star/drawing/FillStyle.hpp>
#include <com/sun/star/drawing/LineDash.hpp>
#include <com/sun/star/drawing/LineStyle.hpp>
#include <com/sun/star/drawing/XDrawPagesSupplier.hpp>
#include <com/sun/star/drawing/XShape.hpp>
#include <com/sun/star/lang/XMultiServiceFactory.hpp>
#include <com/sun/star/sheet/XSpreadsheetDocument.hpp>
#include <com/sun/star/table/XTableChart.hpp>
#include <com/sun/star/table/XTableCharts.hpp>
#include <com/sun/star/table/XTableChartsSupplier.hpp>
#include <com/sun/star/util/XNumberFormatTypes.hpp>
#include <com/sun/star/util/XNumberFormatsSupplier.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <initializer_list>
#include <limits>

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
    Drawing(const Reference<css::chart::XChartDocument>& chart, const panel::PlannedChart& plan, const Area& data,
            const rtl::OUString& sheet)
        : chart_(chart), plan_(plan), data_(data), sheet_(sheet), series_(plan.data.cells.columns - 1) {}

    void draw() {
        switch (plan_.kind) {
            case panel::ChartKind::FunnelBars: return funnelBars();
            case panel::ChartKind::IntervalBars: return intervalBars();
            case panel::ChartKind::TargetLine: return targetLine();
            case panel::ChartKind::BoundedCurves: return boundedCurves();
            case panel::ChartKind::Waterfall: return waterfall();
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

    // The part that an unfilled series adds makes room for the whiskers, which the office does not count when it scales the axis.
    // Bars begin at 0: of long ones that differ little the office would show the ends.
    void intervalBars() {
        begin("com.sun.star.chart.BarDiagram", {{"Vertical", Any(true)}, {"Stacked", Any(true)}, {"HasYAxis", Any(false)}});
        set(xAxis(), {{"ReverseDirection", Any(true)}, {"Marks", Any(sal_Int32(0))}, {"LineStyle", noLine_}, smallLetters_});
        set(yAxis(), {{"GapWidth", Any(sal_Int32(40))}, {"Overlap", Any(sal_Int32(100))}, {"Min", Any(0.0)}});
        fill(0, colours::soft);
        fill(1, colours::faint);
        unfilled(2);
        for (const std::int32_t each : {0, 1}) {
            set(series(each), {{"ErrorBarStyle", Any(css::chart::ErrorBarStyle::FROM_DATA)},
                               {"ErrorIndicator", Any(css::chart::ChartErrorIndicatorType_TOP_AND_BOTTOM)},
                               {"ErrorBarRangePositive", Any(cellsOfColumn(3))},
                               {"ErrorBarRangeNegative", Any(cellsOfColumn(4))}});
            Properties whiskers;
            series(each)->getPropertyValue("DataErrorProperties") >>= whiskers;
            set(whiskers, {{"LineColor", Any(whiskerColour)}, {"LineWidth", Any(sal_Int32(35))}});
        }
    }

    void targetLine() {
        beginLines();
        line(0, colours::blue, 80);
        line(1, colours::blue, 60, 120);
        line(2, colours::grey, 35, 50);
        line(3, colours::grey, 0);
        set(Properties(seriesOf2(3), UNO_QUERY_THROW), {{"LineStyle", noLine_}});
        // The labels stay below the figures where these are below 0.
        set(xAxis(),
            {{"LabelPosition", Any(css::chart::ChartAxisLabelPosition_OUTSIDE_START)}, {"TextRotation", Any(sal_Int32(0))}});
        nameTarget();
    }

    // nameTarget writes "Target" where there is most room between its line and that of the figures; not while there is no target.
    void nameTarget() const {
        const double none = -std::numeric_limits<double>::infinity();
        const std::vector<double> target = valuesOf(2);
        const std::vector<double> figures[] = {valuesOf(0), valuesOf(1)};
        // roomAt is how far the figures stay below the target around a point or, with the other sign, above it.
        const auto roomAt = [&](std::int32_t point, double sign) {
            double room = std::numeric_limits<double>::infinity();
            for (std::int32_t near = std::max(0, point - 1); near <= std::min(rows() - 1, point + 1); ++near)
                for (const std::vector<double>& figure : figures) {
                    const auto index = static_cast<std::size_t>(near);
                    const double apart =
                        index < figure.size() && index < target.size() ? sign * (target[index] - figure[index]) : NAN;
                    if (std::isfinite(apart)) room = std::min(room, apart);
                }
            if (!std::isfinite(room)) return none;
            return room;
        };
        std::int32_t best = 0;
        bool above = true;
        for (std::int32_t point = 1; point + 1 < rows(); ++point)
            for (const bool side : {true, false})
                if (roomAt(point, side ? 1 : -1) > (best > 0 ? roomAt(best, above ? 1 : -1) : none)) {
                    best = point;
                    above = side;
                }
        if (best > 0) nameAt(2, best, colours::grey, above);
    }
    // valuesOf are the numbers that a series is drawn from; what is none is no finite one.
    std::vector<double> valuesOf(std::int32_t index) const {
        const Reference<css::chart2::data::XDataSource> source(seriesOf2(index), UNO_QUERY);
        if (!source.is() || source->getDataSequences().getLength() == 0) return {};
        const Reference<css::chart2::data::XNumericalDataSequence> values(source->getDataSequences()[0]->getValues(), UNO_QUERY);
        if (!values.is()) return {};
        const Sequence<double> numbers = values->getNumericalData();
        return {numbers.begin(), numbers.end()};
    }

    // Bounds are thin and dashed; a second curve is grey, so that both can be told apart in grey print too.
    void boundedCurves() {
        beginLines();
        set(yAxis(), {{"Min", Any(0.0)}});
        for (std::int32_t index = 0; index < series_; ++index) {
            const std::int32_t colour = index < 3 ? colours::blue : colours::grey;
            if (index % 3 == 0) {
                line(index, colour, 80);
                // Two curves that end near each other are named on their outer sides, as far as that can be told. What a single one
                // shows, its title says.
                if (series_ > 3) nameAt(index, rows() - 1, colour, index == 0);
            } else {
                line(index, colour, 25, 50);
            }
        }
    }

    void waterfall() {
        begin("com.sun.star.chart.BarDiagram", {{"Stacked", Any(true)}, {"HasYAxis", Any(false)}});
        set(xAxis(), {{"Marks", Any(sal_Int32(0))}, {"LineColor", Any(colours::lineGrey)}, smallLetters_});
        set(yAxis(), {{"GapWidth", Any(sal_Int32(25))}, {"Overlap", Any(sal_Int32(100))}});
        unfilled(0);
        fill(1, colours::blue);
        fill(2, colours::better);
        fill(3, colours::worse);
    }

    void beginLines() {
        begin("com.sun.star.chart.LineDiagram", {{"HasYAxis", Any(true)}});
        const Setting letters{"CharColor", Any(colours::grey)};
        set(xAxis(), {{"Marks", Any(sal_Int32(0))}, {"LineColor", Any(colours::lineGrey)}, smallLetters_, letters});
        set(yAxis(), {{"Marks", Any(sal_Int32(0))}, {"LineStyle", noLine_}, smallLetters_, letters});
        axisInRoundNumbers();
    }

    // axisInRoundNumbers: an axis has the format of its cells, which would write 40.0 days and 0.0 % beside 10 %.
    void axisInRoundNumbers() const {
        const Reference<css::util::XNumberFormatsSupplier> supplier(chart_, UNO_QUERY);
        if (!supplier.is()) return;
        const Reference<css::util::XNumberFormats> formats = supplier->getNumberFormats();
        sal_Int32 key = 0;
        yAxis()->getPropertyValue("NumberFormat") >>= key;
        const Properties format = formats->getByKey(key);
        if (!format.is()) return;
        rtl::OUString code;
        css::lang::Locale locale;
        format->getPropertyValue("FormatString") >>= code;
        format->getPropertyValue("Locale") >>= locale;
        // Negative numbers have to be in the first condition: in the second one they lose their sign.
        if (code.startsWith("[<"))
            code = "[<=0]" + code.copy(code.lastIndexOf(';') + 1) + ";" + code;
        else if (code.endsWith("0.0") || code.endsWith("0,0") || code.endsWith("0.00") || code.endsWith("0,00"))
            code = "General";  // decimals where there are any
        else
            return;
        if (code == "General") {
            const Reference<css::util::XNumberFormatTypes> types(formats, UNO_QUERY_THROW);
            return set(yAxis(), {{"LinkNumberFormatToSource", Any(false)}, {"NumberFormat", Any(types->getStandardIndex(locale))}});
        }
        const sal_Int32 known = formats->queryKey(code, locale, false);
        set(yAxis(),
            {{"LinkNumberFormatToSource", Any(false)}, {"NumberFormat", Any(known >= 0 ? known : formats->addNew(code, locale))}});
    }

    // seriesOf2 is a series by the newer interface: the older one forgets the colours of lines and cannot dash them.
    Reference<css::chart2::XDataSeries> seriesOf2(std::int32_t index) const {
        const Reference<css::chart2::XChartDocument> chart(chart_, UNO_QUERY_THROW);
        const Reference<css::chart2::XCoordinateSystemContainer> systems(chart->getFirstDiagram(), UNO_QUERY_THROW);
        const Reference<css::chart2::XChartTypeContainer> types(systems->getCoordinateSystems()[0], UNO_QUERY_THROW);
        const Reference<css::chart2::XDataSeriesContainer> all(types->getChartTypes()[0], UNO_QUERY_THROW);
        return all->getDataSeries()[index];
    }

    // line draws a series as a line without symbols; width and dash in hundredths of a millimetre.
    void line(std::int32_t index, std::int32_t colour, sal_Int32 width, sal_Int32 dash = 0) const {
        const Properties properties(seriesOf2(index), UNO_QUERY_THROW);
        css::chart2::Symbol symbol;
        symbol.Style = css::chart2::SymbolStyle_NONE;
        set(properties, {{"Color", Any(colour)},
                         {"LineWidth", Any(width)},
                         {"LineStyle", Any(css::drawing::LineStyle_SOLID)},
                         {"Symbol", Any(symbol)}});
        if (dash == 0) return;
        set(properties, {{"LineDashName", Any(dashNamed(dash))}, {"LineStyle", Any(css::drawing::LineStyle_DASH)}});
    }
    // dashNamed is the name of a dash of the chart's own table.
    rtl::OUString dashNamed(sal_Int32 length) const {
        const Reference<css::lang::XMultiServiceFactory> factory(chart_, UNO_QUERY_THROW);
        const Reference<css::container::XNameContainer> dashes(factory->createInstance("com.sun.star.drawing.DashTable"),
                                                               UNO_QUERY_THROW);
        const rtl::OUString name = "CalcKpi " + rtl::OUString::number(length);
        if (!dashes->hasByName(name))
            dashes->insertByName(name, Any(css::drawing::LineDash(css::drawing::DashStyle_RECT, 0, 0, 1, length, length)));
        return name;
    }

    // nameAt writes the name of a series at one of its points, in place of a legend.
    void nameAt(std::int32_t index, std::int32_t point, std::int32_t colour, bool above = true) const {
        const Properties properties(seriesOf2(index)->getDataPointByIndex(point), UNO_QUERY_THROW);
        css::chart2::DataPointLabel label;
        properties->getPropertyValue("Label") >>= label;
        label.ShowNumber = false;
        label.ShowSeriesName = true;
        set(properties,
            {{"Label", Any(label)},
             {"LabelPlacement", Any(above ? css::chart::DataLabelPlacement::TOP : css::chart::DataLabelPlacement::BOTTOM)},
             {"CharHeight", Any(8.0F)},
             {"CharColor", Any(colour)}});
    }

    std::int32_t rows() const { return data_.EndRow - data_.StartRow; }
    // cellsOfColumn is the address of a column's numbers; the labels are column 0.
    rtl::OUString cellsOfColumn(sal_Int32 column) const {
        const auto cell = [&](sal_Int32 row) {
            return fromUtf8("$" + lettersOf(data_.StartColumn + column) + "$" + std::to_string(row + 1));
        };
        return "$'" + sheet_.replaceAll("'", "''") + "'." + cell(data_.StartRow + 1) + ":" + cell(data_.EndRow);
    }

    static constexpr std::int32_t whiskerColour = 0x333333;
    const Any noLine_{css::drawing::LineStyle_NONE};
    const Any noFill_{css::drawing::FillStyle_NONE};
    const Any solid_{css::drawing::FillStyle_SOLID};
    const Setting smallLetters_{"CharHeight", Any(8.0F)};
    Reference<css::chart::XChartDocument> chart_;
    const panel::PlannedChart& plan_;
    Area data_;
    rtl::OUString sheet_;
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

// coveredBy is what the chart of some cells covers if nobody has moved it: all to the end of the table or, of small ones side by
// side, the columns of its cells.
Area coveredBy(const Area& data, const std::vector<ChartOf>& all, const Area& table) {
    const bool small = std::any_of(all.begin(), all.end(), [&](const ChartOf& other) {
        return other.drawnFrom.StartColumn == data.EndColumn + 1 || other.drawnFrom.EndColumn + 1 == data.StartColumn;
    });
    const sal_Int32 endColumn = small ? data.EndColumn + 1 : table.EndColumn + 1;
    const panel::CellArea covered = panel::pictureOver(
        {data.StartRow, data.StartColumn, data.EndRow - data.StartRow + 1, data.EndColumn - data.StartColumn + 1}, endColumn);
    return {table.Sheet, covered.column, covered.row, covered.endColumn() - 1, covered.endRow() - 1};
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

void addChart(const Reference<css::uno::XInterface>& document, sal_Int16 sheet, const panel::PlannedChart& plan, const Area& data,
              const css::awt::Rectangle& place) {
    const Reference<css::table::XTableCharts> charts = tableCharts(sheetOf(document, sheet));
    const Area cells = drawnFrom(plan, data);
    rtl::OUString name;
    for (sal_Int32 number = 1; name.isEmpty() || isTaken(document, name); ++number)
        name = "CalcKpi Chart " + rtl::OUString::number(number);
    charts->addNewByName(name, place, Sequence<Area>(&cells, 1), true, true);
    const rtl::OUString dataSheet = Reference<css::container::XNamed>(sheetOf(document, data.Sheet), UNO_QUERY_THROW)->getName();
    Drawing(drawingOf(Reference<css::table::XTableChart>(charts->getByName(name), UNO_QUERY_THROW)), plan, data, dataSheet).draw();
}

Area drawnFrom(const panel::PlannedChart& plan, const Area& data) {
    Area cells = data;
    if (plan.kind == panel::ChartKind::IntervalBars) --cells.EndColumn;  // the last one is that of whiskers alone
    return cells;
}

std::vector<ChartOf> chartsOf(const Reference<css::uno::XInterface>& document, const Area& table, sal_Int32 columns) {
    const Reference<css::sheet::XSpreadsheet> sheet = sheetOf(document, table.Sheet);
    const Reference<css::table::XTableCharts> charts = tableCharts(sheet);
    std::vector<ChartOf> found;
    for (const rtl::OUString& name : charts->getElementNames()) {
        const Reference<css::table::XTableChart> chart(charts->getByName(name), UNO_QUERY_THROW);
        const std::optional<Area> drawnFrom = rangeOf(chart);
        if (!drawnFrom || drawnFrom->StartColumn < table.EndColumn + 1 - columns) continue;
        // That of a copied sheet is still drawn from the cells of the other one.
        Area here = *drawnFrom;
        here.Sheet = table.Sheet;
        if (!contains(table, here)) continue;
        found.push_back({name, *drawnFrom, placeOf(shapeOf(document, table.Sheet, name)), titleOf(drawingOf(chart))});
    }
    for (ChartOf& chart : found) chart.moved = !same(chart.place, rectangleOf(sheet, coveredBy(chart.drawnFrom, found, table)));
    return found;
}

std::vector<ChartOf> chartsFrom(const Reference<css::uno::XInterface>& document, sal_Int16 sheet,
                                const std::vector<sal_Int16>& data) {
    const Reference<css::table::XTableCharts> charts = tableCharts(sheetOf(document, sheet));
    std::vector<ChartOf> found;
    for (const rtl::OUString& name : charts->getElementNames()) {
        const Reference<css::table::XTableChart> chart(charts->getByName(name), UNO_QUERY_THROW);
        const std::optional<Area> from = rangeOf(chart);
        if (from && std::find(data.begin(), data.end(), from->Sheet) != data.end())
            found.push_back({name, *from, placeOf(shapeOf(document, sheet, name)), titleOf(drawingOf(chart))});
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
