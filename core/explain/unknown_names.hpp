// Words of a formula that Calc does not know, and what may have been meant: #NAME?.
#pragma once

#include "core/explain/call.hpp"
#include "core/texts/message.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace calckpi::explain {

// Calc's number of #NAME?.
inline constexpr std::uint16_t errorOfNames = 525;

// shownName is the word as a user writes it: functions in capitals.
std::string shownName(const UnknownName& name);

// nearFunction is the function of ours that a misspelt name means: WINRTE is WINRATE.
std::optional<std::string> nearFunction(const std::string& word);

// nameRemedy says what may have been meant, or how texts and names are written.
std::string nameRemedy(const UnknownName& name, const panel::Texts& texts);

}  // namespace calckpi::explain
