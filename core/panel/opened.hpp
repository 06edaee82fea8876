// What an action has opened: the rows that a view has and the one before it had not.
#pragma once

#include "core/panel/view.hpp"

#include <cstdint>
#include <optional>

namespace calckpi::panel {

// Opened is a piece of a view, from the first widget of its first row to that of its last.
struct Opened {
    ControlKey first{};
    ControlKey last{};
    friend bool operator==(const Opened&, const Opened&) = default;
};

// openedBetween finds what came between two views, from the control on that brought it, where that is still shown above. Rows that
// stay in sight anyway are none of it; nor is anything where the tick of a box was taken away.
std::optional<Opened> openedBetween(const View& before, const View& after, ControlKey by = {});

}  // namespace calckpi::panel
