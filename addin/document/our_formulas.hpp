// The formulas of a document that call our functions, and what leaves of them without the extension: their values. Errors stay the
// errors that they are; a table that one array formula gives becomes the cells that it showed.
//
//   const OurFormulas found = ourFormulas(document, {});            // of the whole document
//   becomeValues(document, found, "Turn KPI formulas into values"); // one undo step
#pragma once

#include "addin/document/obstacles.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace calckpi::sidebar {

struct OurFormulas {
    // OnSheet are those of a sheet, from left to right and from above.
    struct OnSheet {
        rtl::OUString name;
        std::vector<Area> formulas;  // each the cells that it fills
        std::size_t tables = 0;      // how many of them fill several
    };
    std::vector<OnSheet> sheets;
    bool empty() const { return sheets.empty(); }
};

// ourFormulas looks through areas, or the whole document where there are none. An array formula is found by any of its cells.
OurFormulas ourFormulas(const css::uno::Reference<css::uno::XInterface>& document, const std::vector<Area>& areas);

std::optional<Obstacle> obstacleToValues(const css::uno::Reference<css::uno::XInterface>& document, const OurFormulas& formulas);
// becomeValues computes first what has not been computed yet.
void becomeValues(const css::uno::Reference<css::uno::XInterface>& document, const OurFormulas& formulas,
                  const rtl::OUString& title);

}  // namespace calckpi::sidebar
