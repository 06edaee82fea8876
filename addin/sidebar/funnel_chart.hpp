// The funnel picture: stacked bars lying, the first series without a fill, so that the bars are centred.
#pragma once

#include "addin/sidebar/obstacles.hpp"
#include "core/panel/sheet_plan.hpp"

#include <com/sun/star/awt/Rectangle.hpp>

namespace calckpi::sidebar {

// placeOfChart is the rectangle of the cells that a planned chart covers, in hundredths of a millimetre.
css::awt::Rectangle placeOfChart(const css::uno::Reference<css::sheet::XSpreadsheet>& sheet, const panel::PlannedChart& plan,
                                 const Area& block);

// addChart draws the chart of a block that is already written.
void addChart(const css::uno::Reference<css::uno::XInterface>& document, const panel::PlannedChart& plan, const Area& block,
              const css::awt::Rectangle& place);

// chartRange is the range that a planned chart is drawn from.
Area chartRange(const panel::PlannedChart& plan, const Area& block);

// ChartOf is the chart that is drawn from cells of a block. The office gives charts new names as it likes, so they are known by
// these.
struct ChartOf {
    rtl::OUString name;
    Area drawnFrom;
    css::awt::Rectangle place;
};
std::optional<ChartOf> chartOf(const css::uno::Reference<css::uno::XInterface>& document, const Area& block);
void removeChart(const css::uno::Reference<css::sheet::XSpreadsheet>& sheet, const rtl::OUString& name);

}  // namespace calckpi::sidebar
