// What tables can be made of a source, and what their likeliest choices are, told from its facts.
//
//   for (const TableKind* kind : likeliestTables(facts))
//       if (const auto missing = whyNot(*find(kind->function), facts)) say(missing->sentence);   // "needs a column with the
//       customer"
//   TableChoices choices = defaultTableChoices(*find("SEGMENTS"), facts, sample);
#pragma once

#include "core/recognition/facts.hpp"
#include "core/sheets/table_choices.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace calckpi::panel {

// MissingRole is a column that a table needs and the source does not seem to have.
struct MissingRole {
    std::string_view parameter;
    Message sentence;  // "needs a column with the customer"
};
std::optional<MissingRole> whyNot(const Function& function, const TableFacts& facts);

// defaultTableChoices proposes columns by their roles, and texts for won and lost from the sample. What cannot be told is left out.
// The source is left to the caller.
TableChoices defaultTableChoices(const Function& function, const TableFacts& facts, const Table& sample);

// likeliestTables are all tables, those that the source suits best first; those that it cannot give come last.
std::vector<const TableKind*> likeliestTables(const TableFacts& facts);

}  // namespace calckpi::panel
