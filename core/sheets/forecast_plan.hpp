// What a forecast of customer values looks like in a sheet: first whether to believe it, then the test against what came, the
// totals, the most valuable customers, the curve of the test, and at last all customers.
#pragma once

#include "core/sheets/table_plan.hpp"

namespace calckpi::panel {

DocumentPlan planForecast(const TableChoices& choices, const TablePreview& preview, const TableContext& context,
                          const Texts& texts);

}  // namespace calckpi::panel
