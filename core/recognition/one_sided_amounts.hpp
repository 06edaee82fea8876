// Amounts that only won or only lost deals have: what they say of won and lost by value is no rate.
#pragma once

#include "core/tables/query.hpp"
#include "core/tables/frame.hpp"
#include "core/texts/message.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace calckpi::panel {

// OneSidedAmounts are the deals of the side that lacks amounts.
struct OneSidedAmounts {
    State side{};
    std::int64_t deals = 0;   // without an amount, or with 0
    std::uint32_t first = 0;  // the table row of the first of them, counted from 0
    // message says so of {n} deals and the {column} of amounts.
    Message message() const;
};

// oneSidedAmounts finds them where most of the won or most of the lost deals have no amount, or 0, and the others have one.
std::optional<OneSidedAmounts> oneSidedAmounts(const Frame& frame, const std::vector<State>& states,
                                               const std::vector<double>& amounts);

}  // namespace calckpi::panel
