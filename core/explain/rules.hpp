// Reasons that no cell and no argument alone is to blame for: arguments that contradict each other, denominators of 0, conditions
// that leave no row. Each rule looks at a call for one of them.
#pragma once

#include "core/explain/reasons.hpp"

#include <optional>

namespace calckpi::explain {

// ruledReason is the reason that the first of the rules finds.
std::optional<Reason> ruledReason(const CallWords& words, const Failure& failure);

// reasonOfErrors says of the first error among the arguments what it comes from; reasonOfSeveral of the first argument that takes
// one value and has several, or a range and has none.
std::optional<Reason> reasonOfErrors(const CallWords& words);
std::optional<Reason> reasonOfSeveral(const CallWords& words);

// namedCell calls a cell of an argument by the argument's name, and by its address or number where there are several.
std::string namedCell(const CallWords& words, std::size_t index, std::size_t cell);

// strayWord is a word for won, lost or a stage that is nowhere in its column, and what may have been meant.
std::optional<Reason> strayWord(const CallWords& words);

// Rules of calls with a table, of calls that compute with series, and of what the formula itself divides.
std::optional<Reason> reasonOfRows(const CallWords& words, const Failure& failure);
std::optional<Reason> reasonOfSeries(const CallWords& words, const Failure& failure);
std::optional<Reason> reasonOfFormula(const CallWords& words, const Failure& failure);

}  // namespace calckpi::explain
