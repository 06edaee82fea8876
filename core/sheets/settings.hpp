// Settings: the choices as a text that the document keeps, and back.
//
//   funnel 1
//   source $Deals.$A$1:$G$8801
//   shape stages
//   stage-column deal_stage
//   step Prospecting
//   won Won
//   lost Lost
//   filter-column channel
//   filter-test <>Partner
//   picture chart
//   end
//
// One line says one thing. What would break a line, or get lost at its ends in a document, is written as %0A; a % is %25. What is
// not chosen has no line.
#pragma once

#include "core/recognition/choices.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace calckpi::panel {

// written gives a text that readSettings turns into the same choices. A window or date that is no finite number is left out.
std::string written(const Choices& choices);
// readSettings refuses what it does not know: a text that is damaged or cut off, or of a later version.
std::optional<Choices> readSettings(std::string_view text);

}  // namespace calckpi::panel
