// The funnel picture: stacked bars lying, the first series without a fill, so that the bars are centred.
#pragma once

#include "addin/document/obstacles.hpp"
#include "core/sheets/sheet_plan.hpp"

#include <com/sun/star/awt/Rectangle.hpp>

namespace calckpi::sidebar {

// placeOfChart is the rectangle of the cells that a planned chart covers, in hundredths of a millimetre.
css::awt::Rectangle placeOfChart(const css::uno::Reference<css::sheet::XSpreadsheet>& sheet, const panel::PlannedChart& plan,
                                 const Area& block);

// addChart draws the chart of a block that is already written.
void addChart(const css::uno::Reference<css::uno::XInterface>& document, const panel::PlannedChart& plan, const Area& block,
              const css::awt::Rectangle& place);

// rectangleOf is the place of cells on their sheet, in hundredths of a millimetre.
css::awt::Rectangle rectangleOf(const css::uno::Reference<css::sheet::XSpreadsheet>& sheet, const Area& cells);

// chartRange is the range that a planned chart is drawn from.
Area chartRange(const panel::PlannedChart& plan, const Area& block);

// ChartOf is the funnel picture of a block. The office gives charts new names as it likes, so it is known by the cells that it is
// drawn from: the last columns of the block. A user's own chart of the table is another one.
struct ChartOf {
    rtl::OUString name;
    Area drawnFrom;
    css::awt::Rectangle place;
    rtl::OUString title;
    bool moved = false;  // the user has put it elsewhere, or made it larger or smaller
};
std::optional<ChartOf> chartOf(const css::uno::Reference<css::uno::XInterface>& document, const Area& block);

// changeChart makes a chart one that is drawn from other cells, stands at another place or has another title, as a part of the undo
// step that is open; all else that the user made of it stays. It must have as many series as before.
void changeChart(const css::uno::Reference<css::uno::XInterface>& document, const ChartOf& chart, const ChartOf& wanted);

void removeChart(const css::uno::Reference<css::sheet::XSpreadsheet>& sheet, const rtl::OUString& name);

}  // namespace calckpi::sidebar
