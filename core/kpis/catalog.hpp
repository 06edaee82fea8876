// The catalog: every function there is, family by family. All that users see of a function derives from here.
#pragma once

#include "core/catalog/function.hpp"

#include <span>
#include <string_view>

namespace calckpi {

// The service that the functions belong to, and what formulas in files and in the office's own language put before their names:
// ORG.CALCKPI.KPI.WINRATE(3;7). Users see and type the name alone.
inline constexpr std::string_view serviceName = "org.calckpi.Kpi";
inline constexpr std::string_view formulaPrefix = "ORG.CALCKPI.KPI.";

std::span<const Function> catalog();

// find gives the function of this name, in capitals; nullptr if there is none.
const Function* find(std::string_view name);

}  // namespace calckpi
