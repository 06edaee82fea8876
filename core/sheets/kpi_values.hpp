// The present values of KPIs, computed here without a document: what the panel shows beside each of them.
//
//   KpiValues values(choices, sources);
//   values.of("win-rate")      // of the last complete period; a fault where there is none
#pragma once

#include "core/sheets/kpi_calls.hpp"
#include "core/sheets/kpi_sheet_plan.hpp"

#include <map>
#include <string>
#include <string_view>

namespace calckpi::panel {

class KpiValues {
public:
    KpiValues(const KpiSheetChoices& choices, const std::map<std::string, KpiSheetContext::Source>& sources);

    // of is a KPI's value in the last complete period, or in the latest where none is complete. What waits for typed figures has
    // nothing to compute on.
    Result<double> of(std::string_view id);
    // period is the first day of that period, none for sources without a date.
    const std::optional<double>& period() const { return period_; }
    // cellFault is a cell of a source that keeps the last value, or all of them, from being computed: a text for a date, say.
    struct CellFault {
        std::string source;  // its address
        Failure failure;
    };
    std::optional<CellFault> cellFault() const { return dayFault_ ? dayFault_ : fault_; }

private:
    friend class KpiReader;
    Result<double> measure(const MeasureUse& use);
    Result<double> ofOwn(const OwnKpi& own);
    Result<double> inArray(const std::string& id, const KpiCall& call, const KpiSource& source, std::int32_t column, double day);
    const Result<OutputGrid>& array(const std::string& id, const KpiCall& call, const KpiSource& source);
    double shifted(std::int64_t periods) const;

    const KpiSheetChoices& choices_;
    const std::map<std::string, KpiSheetContext::Source>& sources_;
    CallTimes times_;
    std::optional<double> period_;
    std::chrono::sys_days nullDate_ = std::chrono::year(1899) / 12 / 30;
    std::map<std::string, Result<OutputGrid>> arrays_;
    std::optional<CellFault> dayFault_;  // of the dates that all depends on
    std::optional<CellFault> fault_;     // of the last value
};

}  // namespace calckpi::panel
