// A list of texts in one field, as a user types it: Won; Closed won.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace calckpi::panel {

std::string textsToType(const std::vector<std::string>& texts);
// typedTexts are the texts that a field holds, without the blanks around them; empty ones are none.
std::vector<std::string> typedTexts(std::string_view field);

}  // namespace calckpi::panel
