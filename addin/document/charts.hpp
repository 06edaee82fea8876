// Pictures drawn from cells: new ones of each kind, and those of tables that are updated.
#pragma once

#include "addin/document/obstacles.hpp"
#include "core/sheets/document_plan.hpp"

#include <com/sun/star/awt/Rectangle.hpp>

#include <vector>

namespace calckpi::sidebar {

// addChart draws a picture from cells that are already written.
void addChart(const css::uno::Reference<css::uno::XInterface>& document, sal_Int16 sheet, const panel::PlannedChart& plan,
              const Area& data, const css::awt::Rectangle& place);

// rectangleOf is the place of cells on their sheet, in hundredths of a millimetre.
css::awt::Rectangle rectangleOf(const css::uno::Reference<css::sheet::XSpreadsheet>& sheet, const Area& cells);

// drawnFrom is what the office takes the series of a picture from, of the cells that it is planned with.
Area drawnFrom(const panel::PlannedChart& plan, const Area& data);

// ChartOf is the picture of a table. The office gives charts new names as it likes, so it is known by the cells that it is drawn
// from: among the last columns of the table, as many as it has for pictures. A user's own chart of the table is another one.
struct ChartOf {
    rtl::OUString name;
    Area drawnFrom;
    css::awt::Rectangle place;
    rtl::OUString title;
    bool moved = false;  // the user has put it elsewhere, or made it larger or smaller
};
std::vector<ChartOf> chartsOf(const css::uno::Reference<css::uno::XInterface>& document, const Area& table, sal_Int32 columns);

// chartsFrom are the charts of a sheet that are drawn from cells of one of these sheets; where the user moved them is not told.
std::vector<ChartOf> chartsFrom(const css::uno::Reference<css::uno::XInterface>& document, sal_Int16 sheet,
                                const std::vector<sal_Int16>& data);

// changeChart makes a chart one that is drawn from other cells, is at another place or has another title, as a part of the undo
// step that is open; all else that the user made of it stays. It must have as many series as before.
void changeChart(const css::uno::Reference<css::uno::XInterface>& document, const ChartOf& chart, const ChartOf& wanted);

void removeChart(const css::uno::Reference<css::sheet::XSpreadsheet>& sheet, const rtl::OUString& name);

}  // namespace calckpi::sidebar
