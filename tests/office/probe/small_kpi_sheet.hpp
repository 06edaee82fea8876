// A KPI sheet in small: three sheets that refer to each other, with all that a plan can hold. It is made up of numbers that are
// typed in, so that nothing but the writing is tested.
#pragma once

#include "core/sheets/document_plan.hpp"

namespace calckpi::probe {

panel::DocumentPlan smallKpiSheet();

}  // namespace calckpi::probe
