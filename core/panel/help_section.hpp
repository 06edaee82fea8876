// Help from inside: the reference and the sample documents that the extension carries.
#pragma once

#include "core/panel/model.hpp"

namespace calckpi::panel {

void showHelp(View& view, const Texts& texts);
// actOnHelp does what the user did to the section; Next::Nothing if it was another control.
Reaction actOnHelp(const Action& action);

}  // namespace calckpi::panel
