// Why a call fails: the reason, the cell to look at, and what to do, in words.
//
//   reasonOf(words, result.failure()).text      // No column “phase” in Deals.A1:G13
//                                    .remedy    // Did you mean “stage”?
#pragma once

#include "core/explain/words.hpp"

#include <optional>
#include <string>

namespace calckpi::explain {

struct Reason {
    std::string text{};
    std::string remedy{};  // empty where there is nothing to advise
    std::optional<RangeAddress> cell{};
    bool general = false;  // nothing is known but the kind of the fault
};

// reasonOf a failure of the call itself.
Reason reasonOf(const CallWords& words, const Failure& failure);

// reasonOfCell is that of a fault which is in one cell of a result table: in the column of this name, in the row that starts
// with this.
Reason reasonOfCell(const CallWords& words, const Failure& failure, const std::string& column, const std::string& row);

// generalReason is what can be said of any call with this fault.
panel::Message generalReason(Fault fault);

}  // namespace calckpi::explain
