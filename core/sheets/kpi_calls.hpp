// Calls of functions that KPI sheets are made of, for Calc and for the core alike: the same arguments as a formula and as values.
//
//   const KpiCall call = kpiCall(*findKpiArray("deals"), source, choices, times);
//   call.formula                  // ORG.CALCKPI.KPI.KPIPERIODS($Deals.$A$1:$G$13;"stage";…)
//   compute(call, table)          // the same table of KPIs, computed here
#pragma once

#include "core/catalog/function.hpp"
#include "core/sheets/document_plan.hpp"
#include "core/sheets/kpi_sheet_choices.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace calckpi::panel {

// Instant is a date, as the cell that holds it and as its number.
struct Instant {
    Formula cell{};
    double value = 0;
};

// CallTimes are the dates that a call depends on: the data up to asOf, of them the rows from a day to another.
struct CallTimes {
    std::string period = "month";
    Instant asOf{};
    Instant from{};
    Instant to{};
};

// KpiArgument is one argument in both spellings. The table itself has no value yet.
struct KpiArgument {
    Formula text{};
    Argument value{};
    bool isTable = false;
};

struct KpiCall {
    std::string function;
    std::vector<KpiArgument> arguments;
    Formula formula() const;
};

// kpiCall is the call that a text like "KPIPERIODS({table};{state};…)" stands for; a call that is left open ("DWINRATE({table}")
// goes on with the measure's filters and its period by `when`.
KpiCall kpiCall(std::string_view text, const KpiSource& source, const CallTimes& times);
KpiCall kpiCall(const Measure& measure, const KpiSource& source, const CallTimes& times);
// ownCall counts what the user's own KPI counts.
KpiCall ownCall(const OwnKpi& own, const KpiSource& source, const CallTimes& times);

Result<calckpi::Outcome> compute(const KpiCall& call, const TableHandle& table);

// columnText is a column in a formula: its header, or its number where it has no header of its own.
std::string columnText(const std::string& name);
// columnCells is the reference to the cells of a column below its header, in a formula.
std::string columnCells(const KpiSource& source, const std::string& column, const std::vector<std::string>& columns);

}  // namespace calckpi::panel
