// Preview: the funnel of the choices, computed by the functions that the sheet will hold, and what is to be said of the data.
//
//   const auto kept = std::make_shared<KeptTable>(table);     // while the cells stay as they are
//   const Preview shown = preview(kept, choices);
//   for (const Finding& finding : shown.findings) list(said(finding, texts));
#pragma once

#include "core/values/cell.hpp"
#include "core/tables/frame.hpp"
#include "core/recognition/across.hpp"
#include "core/recognition/choices.hpp"
#include "core/sheets/data_check.hpp"
#include "core/texts/message.hpp"

#include <optional>
#include <string>
#include <vector>

namespace calckpi::panel {

// StageFigures is a row of the preview; what is not known is empty.
struct StageFigures {
    std::string stage;
    double count = 0;
    std::optional<double> ofPrevious{};
    std::optional<double> ofFirst{};
    std::optional<double> open{};
    std::optional<double> medianDays{};
};

struct Preview {
    std::vector<StageFigures> stages;  // of all units together, when they are split by segments
    std::size_t segments = 0;          // blocks besides "All"
    bool openKnown = true;             // false where deals that count as open are won or lost by their status
    OutputGrid table;                  // what the function gives with headers = 0
    std::vector<Finding> findings;
    std::optional<Finding> lostAnywhere;  // lost deals in the count of the first stage that nobody knows the stage of
    std::optional<Finding> problem;       // why there is no table
};

// mostTableRows is how many rows the panel writes at most: who splits by an id gets a list that nobody reads and Calc takes minutes
// to be given.
inline constexpr std::size_t mostTableRows = 50'000;
// mostCountedStages is how many rows of counts make a funnel at most: a longer table is a list.
inline constexpr std::size_t mostCountedStages = mostAcross;

// preview computes the funnel of the choices. What is wrong with them is its problem, never a fault or an exception.
Preview preview(const TableHandle& source, const Choices& choices);

}  // namespace calckpi::panel
