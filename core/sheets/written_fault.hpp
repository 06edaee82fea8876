// Cells of results as the content of planned cells: values, and errors as formulas that show them.
#pragma once

#include "core/sheets/document_plan.hpp"
#include "core/values/cell.hpp"
#include "core/values/result.hpp"

#include <optional>

namespace calckpi::panel {

// errorFormula shows the error of a value that cannot be computed, as its formula would.
Formula errorFormula(const Failure& failure);

// contentOf is nothing for an empty cell.
std::optional<Content> contentOf(const OutputCell& cell);

}  // namespace calckpi::panel
