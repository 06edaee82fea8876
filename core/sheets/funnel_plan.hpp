// What a funnel table looks like in a sheet:
//
//   title
//   what is counted, as of when, of which rows
//
//   headers          | picture beside the table, over the columns of numbers that it is drawn from
//   stages …         |
//   the rules, small
#pragma once

#include "core/recognition/choices.hpp"
#include "core/sheets/document_plan.hpp"
#include "core/sheets/preview.hpp"
#include "core/texts/message.hpp"

#include <optional>
#include <string>
#include <vector>

namespace calckpi::panel {

// PlanContext is what the choices do not say.
struct PlanContext {
    std::string sourceName{};            // what a reader calls the source: the sheet or the database range
    std::vector<std::string> columns{};  // columnNames of the source (recognition.hpp)
    std::vector<std::string> rows{};     // rowNames of the source (across.hpp)
    std::string date{};                  // asOf as the user's locale writes it
    std::int32_t filledBelow = 0;        // cells right below the source that are filled, and no data
    std::string severalCurrencies{};     // the column that shows several currencies, if amounts of several are added
    std::optional<Choices> before{};     // what the table was made from, where it is one that is updated
};

// planFunnel lays out the funnel table of the choices, on one sheet; the preview, which must have no problem, tells how many rows
// it has. Its blocks are "title", "table", "notes", "comparison" of segments and, below the picture, "picture".
DocumentPlan planFunnel(const Choices& choices, const Preview& preview, const PlanContext& context, const Texts& texts);

}  // namespace calckpi::panel
