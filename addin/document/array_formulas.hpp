// Array formulas that come back after undo and redo. Calc 7.4 itself notes only their text and, on redo, reads it as if the user
// had typed it: with local names and separators. Ours are in Calc's own notation, so this writes them once more.
#pragma once

#include "addin/document/obstacles.hpp"

#include <utility>
#include <vector>

namespace calckpi::sidebar {

using ArrayFormulas = std::vector<std::pair<Area, rtl::OUString>>;

// writeArrayFormulas fills the ranges, as a part of the undo step that is open.
void writeArrayFormulas(const css::uno::Reference<css::uno::XInterface>& document, const ArrayFormulas& formulas);

}  // namespace calckpi::sidebar
