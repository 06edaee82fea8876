// Numbers as people type them into a field of the panel.
#pragma once

#include "core/texts/message.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace calckpi::panel {

// typedNumber reads 30, 7.5 or 7,5, and 1,000 as the language writes it.
std::optional<double> typedNumber(std::string_view text, Language language);
// numberToType is a number as typedNumber reads it.
std::string numberToType(double number, Language language);

}  // namespace calckpi::panel
