// Reasons that no cell and no argument alone is to blame for: arguments that contradict each other, denominators of 0, conditions
// that leave no row. Each rule looks at a call for one of them.
#pragma once

#include "core/explain/reasons.hpp"

#include <optional>

namespace calckpi::explain {

// ruledReason is the reason that the first of the rules finds.
std::optional<Reason> ruledReason(const CallWords& words, const Failure& failure);

// strayWord is a word for won, lost or a stage that is nowhere in its column, and what may have been meant.
std::optional<Reason> strayWord(const CallWords& words);

// Rules of calls with a table, of calls that compute with series, and of what the formula itself divides.
std::optional<Reason> reasonOfRows(const CallWords& words, const Failure& failure);
std::optional<Reason> reasonOfSeries(const CallWords& words, const Failure& failure);
std::optional<Reason> reasonOfFormula(const CallWords& words, const Failure& failure);

}  // namespace calckpi::explain
