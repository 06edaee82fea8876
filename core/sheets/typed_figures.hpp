// TypedFigures are what the user typed into a sheet of inputs, by figure and period, wherever it stands: a KPI sheet that is
// written again takes them over. The document knows the cells of each figure by a name of the sheet, which follows them as they
// move.
//
//   inputName("target win-rate")            // KpiTarget_win_rate
//   inputKeyOf("KpiTyped_forecast")         // forecast
#pragma once

#include "core/sheets/document_plan.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace calckpi::panel {

// InputKey is what a typed figure is kept by: "target win-rate" or the measure's id, and the first day of the period.
using InputKey = std::pair<std::string, double>;

struct TypedFigures {
    std::map<InputKey, Content> figures{};
    std::vector<std::string> columns{};  // their keys from left to right, of those without any figure too
    std::vector<double> periods{};       // first days, likewise
    std::optional<double> asOf{};        // data up to this day
};

// The names of a sheet of inputs: of the cells with the periods' first days, of the day up to which data count, and of each figure.
inline constexpr std::string_view periodsName = "KpiInputs_Periods";
inline constexpr std::string_view asOfName = "KpiInputs_AsOf";
std::string inputName(std::string_view key);
// inputKeyOf is the key of a figure's cells, nothing for another name.
std::optional<std::string> inputKeyOf(std::string_view name);

}  // namespace calckpi::panel
