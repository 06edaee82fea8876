// Options that are asked for by their names, as a macro does it that sees no panel: "By" is "owner", "Periods" are 24.
//
//   model.ask("By", "owner")                   // Asked::Taken
//   columnAsked("owner", facts)                // "Sales agent": a header, or what a column is
#pragma once

#include "core/recognition/facts.hpp"
#include "core/sheets/table_choices.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace calckpi::panel {

// Asked says what has become of an option: there is none of this name, or it cannot have this value.
enum class Asked : std::uint8_t { Taken, NoOption, NoValue };

// sameName compares the names of options, whatever their capitals: "yearStart" is "YearStart".
bool sameName(std::string_view one, std::string_view other);

// textAsked is a value that is a text, textsAsked one or more of them, answerAsked a yes or no.
std::optional<std::string> textAsked(const ChosenValue& value);
std::vector<std::string> textsAsked(const ChosenValue& value);
std::optional<bool> answerAsked(const ChosenValue& value);
// shownAsked is a value as a sentence shows it.
std::string shownAsked(const ChosenValue& value);

// columnAsked is the column of this header or of this role ("owner", "product"), as columnNames calls it.
std::optional<std::string> columnAsked(const ChosenValue& value, const TableFacts& facts);

}  // namespace calckpi::panel
