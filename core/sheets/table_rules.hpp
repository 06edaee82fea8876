// What a table says about itself: of what, as of when, and the rules by which it counts.
#pragma once

#include "core/sheets/table_plan.hpp"

#include <string>
#include <vector>

namespace calckpi::panel {

std::string tableTitle(const TableChoices& choices, const TableContext& context, const Texts& texts);
std::string tableSubtitle(const TableChoices& choices, const TablePreview& preview, const TableContext& context,
                          const Texts& texts);
// tableRules are sentences without full stops.
std::vector<std::string> tableRules(const TableChoices& choices, const TableContext& context, const Texts& texts);

}  // namespace calckpi::panel
