// The formula of a catalog row, worked out with the numbers of a call: to find the denominator that is 0, the part that is greater
// than its whole, the sum that is negative. Formulas that are prose say nothing here.
//
//   for (const Division& division : workedOut(words).divisions) if (division.denominator.value == 0) …
#pragma once

#include "core/explain/words.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace calckpi::explain {

// Term is a part of the formula: "won + lost + open", which is 0.
struct Term {
    std::string text;  // with the names of the reader's language
    double value = 0;
    std::vector<std::size_t> arguments{};  // that it is made of
};

struct Division {
    Term numerator;
    Term denominator;
};

struct WorkedOut {
    std::vector<Division> divisions;  // in the formula's order
    std::vector<Term> sums;           // of series: "sum of deductions"
};

// workedOut is empty if the formula is no arithmetic or an argument is no number.
WorkedOut workedOut(const CallWords& words);

}  // namespace calckpi::explain
