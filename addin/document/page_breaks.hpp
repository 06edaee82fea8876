// Where the pages of a printed sheet begin: before sections that the end of a page would tear.
#pragma once

#include "addin/document/obstacles.hpp"

#include <vector>

namespace calckpi::sidebar {

// breakPages gives the rows of cells the page breaks that keep their sections whole, as a part of the undo step that is open, and
// takes away those that there were down to the row `lastBefore`. `sections` are the rows that they begin with; the rows above the
// first are printed on each page. The cells are as wide as a page.
void breakPages(const css::uno::Reference<css::uno::XInterface>& document, const Area& cells,
                const std::vector<sal_Int32>& sections, sal_Int32 lastBefore);

}  // namespace calckpi::sidebar
