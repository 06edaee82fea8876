// What may mislead although the result is right: few deals, a percentage given twice, rows that the range leaves out.
#pragma once

#include "core/explain/explanation.hpp"
#include "core/explain/rows.hpp"

#include <optional>
#include <vector>

namespace calckpi::explain {

// doubtsOf are lines of the kind Doubt. `facts` are those of the call's table, if it has one.
std::vector<Line> doubtsOf(const CallWords& words, const std::optional<RowFacts>& facts);

}  // namespace calckpi::explain
