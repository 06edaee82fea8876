// Array formulas that come back after undo and redo. Calc 7.4 itself notes only their text and, on redo, reads it as if the user
// had typed it: with local names and separators. Ours are in Calc's own notation, so this writes them once more.
#pragma once

#include "addin/document/obstacles.hpp"

#include <com/sun/star/table/XCell.hpp>

#include <optional>
#include <utility>
#include <vector>

namespace calckpi::sidebar {

using ArrayFormulas = std::vector<std::pair<Area, rtl::OUString>>;

// writeArrayFormulas fills the ranges, as a part of the undo step that is open.
void writeArrayFormulas(const css::uno::Reference<css::uno::XInterface>& document, const ArrayFormulas& formulas);

// formulaAreaOf is the cells that the formula of a cell fills: those of its array, or the cell alone.
Area formulaAreaOf(const css::uno::Reference<css::table::XCell>& cell);

// obstacleToResizing tells what stands in the way of a formula that is to fill more cells.
std::optional<Obstacle> obstacleToResizing(const css::uno::Reference<css::uno::XInterface>& document, const Area& from,
                                           const Area& to);
// resizeFormula lets the formula of some cells fill others, with the same first one, in one undo step.
void resizeFormula(const css::uno::Reference<css::uno::XInterface>& document, const Area& from, const Area& to,
                   const rtl::OUString& title);

}  // namespace calckpi::sidebar
