// The formulas of a document that call our functions, and what is left of them without the extension: plain formulas where these
// are exact (core/sheets/plain_formula.hpp), and values. Errors stay the errors that they are; a table that one array formula gives
// becomes the cells that it showed.
//
//   const OurFormulas found = ourFormulas(document, {});                                           // of the whole document
//   leaveWithout(document, found, WhatIsLeft::PlainFormulas, "Turn KPI formulas into plain ones");  // one undo step
#pragma once

#include "addin/document/obstacles.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace calckpi::sidebar {

// OurFormula is a formula, and what it is without our functions, if that is exact.
struct OurFormula {
    Area cells;  // that it fills
    std::vector<std::string> functions;
    std::optional<std::string> plain;
    bool table() const { return cells.StartRow != cells.EndRow || cells.StartColumn != cells.EndColumn; }
};

struct OurFormulas {
    // OnSheet are those of a sheet, from left to right and from above.
    struct OnSheet {
        rtl::OUString name;
        std::vector<OurFormula> formulas;
    };
    std::vector<OnSheet> sheets;
    bool empty() const { return sheets.empty(); }
};

// ourFormulas looks through areas, or the whole document where there are none. An array formula is found by any of its cells.
OurFormulas ourFormulas(const css::uno::Reference<css::uno::XInterface>& document, const std::vector<Area>& areas);

std::optional<Obstacle> obstacleToLeaving(const css::uno::Reference<css::uno::XInterface>& document, const OurFormulas& formulas);

// WhatIsLeft of our formulas: values alone, or plain formulas where there are some, and values elsewhere.
enum class WhatIsLeft : std::uint8_t { Values, PlainFormulas };

// leaveWithout computes first what has not been computed yet.
void leaveWithout(const css::uno::Reference<css::uno::XInterface>& document, const OurFormulas& formulas, WhatIsLeft left,
                  const rtl::OUString& title);

}  // namespace calckpi::sidebar
