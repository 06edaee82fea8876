// Spells: how long each deal was seen and what ended it, the fourth question to a table.
//
//   Result<std::vector<Spell>> spells = run(SpellQuestion{.opened = opened, .closed = closed, .status = {status, won, lost}},
//   table);
#pragma once

#include "core/tables/query.hpp"

#include <optional>
#include <vector>

namespace calckpi {

struct SpellQuestion {
    ColumnRef opened{};
    ColumnRef closed{};
    StatusRule status;
    std::optional<double> asOf{};  // without it, deals were seen up to the last thing that happened in the whole table
    Filters filters{};
};

// Spell is one deal: how long it was seen, and what ended it; Open is censored.
struct Spell {
    double days = 0;
    State end = State::Open;
};

// run answers it, in the order of the rows. A deal without a state or an opening is none, nor is a closed one without a close; one
// that is closed before it is opened is outside the domain, no deal left NothingToCompute.
Result<std::vector<Spell>> run(const SpellQuestion& question, const TableHandle& table);

}  // namespace calckpi
