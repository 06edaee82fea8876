// The results of a call of which an argument takes one value and is given several: Calc takes the one in line with the formula, or
// computes the call for each of them.
//
//   resultsOf(call)            // 1 × 2 for WINRATE({3;4};7)
//   resultAt(call, {0, 1})     // WINRATE(4;7)
#pragma once

#include "core/explain/call.hpp"

#include <cstddef>

namespace calckpi::explain {

// takesOne tells whether Calc passes a parameter one value only, whatever is given.
bool takesOne(const Parameter& parameter);

// resultsOf is the size of the block of results; 1 × 1 unless the call is computed for each of several values.
Call::Block resultsOf(const Call& call);

// resultAt is the call that one of the results comes from: where one value is taken, there is one. A row or a column of results
// stands for all rows or columns.
Call resultAt(const Call& call, Call::Cell result);

}  // namespace calckpi::explain
