// What a funnel table says about itself: of whom, as of when, and the rules by which it counts.
#pragma once

#include "core/recognition/choices.hpp"
#include "core/texts/message.hpp"
#include "core/sheets/funnel_plan.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace calckpi::panel {

// newRowsBelow is true where rows stand right below the source of a table, beyond those that stood there when it was written.
Formula newRowsBelow(const std::string& source, std::size_t columns, std::int32_t filledBelow);
std::string newRowsSentence(const Texts& texts);
// newRowsNote is a formula that says so when rows are written right below the source of a table, which do not count in it, also
// while no panel is open. `filledBelow` cells there belong to something else.
Formula newRowsNote(const std::string& source, std::size_t columns, std::int32_t filledBelow, const Texts& texts);

std::string subtitleOf(const Choices& choices, const PlanContext& context, const Texts& texts);
// rulesOf are sentences without full stops. `openKnown` is that of the preview.
std::vector<std::string> rulesOf(const Choices& choices, const PlanContext& context, const Texts& texts, bool openKnown = true);

// lettersIn is how many characters a text has.
std::size_t lettersIn(std::string_view text);
std::size_t longestWord(std::string_view text);
// inLines sets sentences in lines of so many letters; a longer word has a line of its own.
std::vector<std::string> inLines(const std::vector<std::string>& sentences, std::size_t letters);

}  // namespace calckpi::panel
