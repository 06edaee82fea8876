// Outcomes that are in a column of their own: the status, won or lost, of deals whose stage does not say so.
#pragma once

#include "core/tables/frame.hpp"
#include "core/recognition/choices.hpp"
#include "core/tables/table.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace calckpi::panel {

// OutcomeColumn reads "Won", "Perdue" under "Status", or "yes" and 1 under "Is won". Step stands for what is neither won nor lost.
class OutcomeColumn {
public:
    OutcomeColumn(std::string_view header, ColumnHandle cells);

    Outcome at(std::size_t row) const;
    // says tells whether any deal is won or lost.
    bool says() const;

private:
    Outcome ofYes_ = Outcome::Step;  // of a flag: what its header says
    ColumnHandle cells_;
    std::vector<Outcome> ofText_;
};

// outcomesIn lists the texts of a status that mean won or lost, with their rows: "won", "Lost". That of a flag is named as its
// header is: "Is won".
struct FoundStage;
std::vector<FoundStage> outcomesIn(std::string_view header, const ColumnHandle& cells);

// statusDecides tells whether the chosen stages are none of them won or lost while the status beside them says who has won, and not
// each stage the same: see Choices.
bool statusDecides(const Table& table, const Choices& choices);

// isYesOrNo is true for the texts of flags.
bool isYesOrNo(std::string_view text);

// closedAtSteps counts the deals that the status calls won or lost and that are at a step which is not the last one: the funnel
// takes them for open.
struct ClosedAtSteps {
    std::size_t count = 0;
    std::size_t firstRow = 0;  // of the table, from 0
};
ClosedAtSteps closedAtSteps(const Frame& frame, const Choices& choices);

}  // namespace calckpi::panel
