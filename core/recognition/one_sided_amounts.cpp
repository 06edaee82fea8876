#include "core/recognition/one_sided_amounts.hpp"

namespace calckpi::panel {
namespace {

// Side is the deals of one state, and those of them without an amount.
struct Side {
    std::int64_t deals = 0;
    OneSidedAmounts without{};
    bool mostAreWithout() const { return 2 * without.deals > deals; }
};

Side sideOf(State state, const std::vector<State>& states, const std::vector<double>& amounts, const Frame& frame) {
    Side side{.without = {.side = state}};
    for (std::size_t row = 0; row < frame.rows(); ++row) {
        if (states[row] != state) continue;
        ++side.deals;
        if (!isMissing(amounts[row]) && amounts[row] != 0) continue;
        if (side.without.deals++ == 0) side.without.first = static_cast<std::uint32_t>(frame.tableRow(row));
    }
    return side;
}

}  // namespace

Message OneSidedAmounts::message() const {
    if (side == State::Won)
        return msg("{n} won deal has no {column} or 0 in it: a win rate by value counts it as nothing, and is too low",
                   "{n} won deals have no {column} or 0 in it: a win rate by value counts them as nothing, and is too low");
    return msg("{n} lost deal has no {column} or 0 in it: a win rate by value counts it as nothing, and is too high",
               "{n} lost deals have no {column} or 0 in it: a win rate by value counts them as nothing, and is too high");
}

std::optional<OneSidedAmounts> oneSidedAmounts(const Frame& frame, const std::vector<State>& states,
                                               const std::vector<double>& amounts) {
    const Side won = sideOf(State::Won, states, amounts, frame);
    const Side lost = sideOf(State::Lost, states, amounts, frame);
    if (won.deals == 0 || lost.deals == 0 || won.mostAreWithout() == lost.mostAreWithout()) return std::nullopt;
    return won.mostAreWithout() ? won.without : lost.without;
}

}  // namespace calckpi::panel
