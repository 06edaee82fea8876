// The KPI sheet: three sheets that are written together.
//
//   KPIs         the period that is shown, to be picked from a list; scorecard; KPI by period; small pictures; segments, win curve,
//                stuck deals, waterfall, retention; what counts by which date
//   KPI data     the dates that all depends on, and the live arrays: one row for each period
//   KPI inputs   targets and typed figures, one row for each period
//
// Each cell shown looks its figure up in the arrays by the first day of its period. The shown period is compared with the one
// before and with the same a year earlier. While it is running, both are counted up to the same day, by arrays of their own.
#pragma once

#include "core/sheets/data_check.hpp"
#include "core/sheets/document_plan.hpp"
#include "core/sheets/kpi_sheet_choices.hpp"
#include "core/sheets/typed_figures.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace calckpi::panel {

// KpiSheetContext is what the choices do not say.
struct KpiSheetContext {
    struct Source {
        TableHandle table;
        std::vector<std::string> columns;  // columnNames
        std::int32_t filledBelow = 0;      // cells right below it that are filled, and no data
        std::vector<CurrencyFormat> currencies{};
        std::string currency{};  // of its amounts, as the data write it; empty where it is not known
    };
    std::map<std::string, Source> sources{};  // by their addresses
    std::string title{};                      // what a reader calls the source
    TypedFigures typed{};                     // what was typed into the sheet that is updated
    std::vector<std::string> leftOut{};       // names of KPIs that the data do not allow any more
    double today = 0;                         // for a sheet without any data
    std::chrono::sys_days nullDate = std::chrono::year(1899) / 12 / 30;
};

// planKpiSheet lays out the three sheets. Of the KPIs it takes those that the sources allow.
DocumentPlan planKpiSheet(const KpiSheetChoices& choices, const KpiSheetContext& context, const Texts& texts);

// InputColumn is a figure that is typed in on the sheet of inputs. The first days of the periods are in column 0.
struct InputColumn {
    std::string key;  // "target win-rate", "forecast"
    std::int32_t column = 0;
};
struct InputLayout {
    std::int32_t firstRow = 0;
    std::int32_t rows = 0;          // of periods in a row; below them stand those of other units that something was typed for
    std::vector<double> periods{};  // their first days
    std::vector<InputColumn> columns{};
};
// inputsOf is the layout of the sheet of inputs of a plan.
InputLayout inputsOf(const KpiSheetChoices& choices, const KpiSheetContext& context);

}  // namespace calckpi::panel
