// The stages of a source and their first order.
#pragma once

#include "core/tables/frame.hpp"
#include "core/recognition/choices.hpp"
#include "core/values/result.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace calckpi::panel {

// FoundStage is a text that is in the stage column, and in how many rows; in the shape Dates it is a date column and the number
// of its filled cells, in the shape Counts the count is that of the table.
struct FoundStage {
    std::string name;
    std::size_t rows = 0;
    Outcome outcome = Outcome::Step;
    std::vector<std::string> spellings{};  // other texts that differ in hyphens, slashes, underscores or dots between words
    friend bool operator==(const FoundStage&, const FoundStage&) = default;
};

// findStages lists all stages of the source, whatever the filters, in the order of the first guess: that of numbers in front ("1 -
// Qualification"), of the common CRM vocabularies, otherwise what the data tell (place in the units' histories, typical date,
// falling counts). Won ones come last of the steps, lost ones at the very end. In the shape Dates the stages are those date columns
// that the choices hold as stages, or all date columns if they hold none.
Result<std::vector<FoundStage>> findStages(const TableHandle& table, const Choices& choices);

// openedColumn is the column that tells since when a deal has been open: findStages asks it for the order in the shape Stages.
std::optional<std::size_t> openedColumn(const Table& table);

// mostChosen: a funnel of more stages cannot be read.
inline constexpr std::size_t mostChosen = 20;

// chosen makes the stage list of the choices from what was found. Of more than mostChosen stages it keeps those of the most rows.
// Words for empty stay away (NULL, n/a), and of events those that a tracker sends by itself, such as page views: who wants one as
// a stage can add it.
std::vector<ChosenStage> chosen(const std::vector<FoundStage>& found, Shape shape = Shape::Stages);

// mostFrequent keeps the stages of the most rows, in the order of the list.
std::vector<FoundStage> mostFrequent(std::vector<FoundStage> stages, std::size_t most);

// addState adds a text that means won, or lost, to a list that has none which the functions take for the same.
void addState(std::vector<std::string>& states, const std::string& text);

// outcomeOf tells what a stage's name means in English, French and Romanian CRMs: "Closed Won", "Gagnée", "Pierdut".
Outcome outcomeOf(std::string_view stage);

}  // namespace calckpi::panel
