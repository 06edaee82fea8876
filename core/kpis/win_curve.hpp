// How deals are won over time, open deals included: the win curve.
#pragma once

#include "core/kpis/cohorts.hpp"
#include "core/kpis/deals.hpp"
#include "core/tables/frame.hpp"
#include "core/catalog/function.hpp"

namespace calckpi {

Result<OutputGrid> winCurve(const TableHandle& table, const ColumnRef& opened, const ColumnRef& closed, const ColumnRef& status,
                            const Values& won, const Values& lost, const std::optional<Moment>& asOf, Optional<Number> headers,
                            const Filters& filters);

inline constexpr Function winCurveFunctions[] = {
    describe<&winCurve>({
        .name = "WINCURVE",
        .family = Family::WholeTable,
        .title = "Win curve",
        .summary = "Share of deals won and lost by their age in days, with the open deals counted for as long as they have been "
                   "seen",
        .formula = "share won by day t = sum over days up to t of S * won / at risk, with S the share still open before that day",
        .parameters =
            {{"table", notes::tableMeaning},
             {"opened", "Column of the date each deal was opened"},
             {"closed", "Column of the date each deal was closed"},
             {"status", notes::statusMeaning},
             {"won", notes::wonMeaning},
             {"lost", notes::lostMeaning},
             {"asOf",
              "Date up to which the deals were seen; if left out, the last date in {opened} and of the closes in the whole "
              "table, before the filters"},
             {"headers", notes::headersMeaning, 1.0},
             {"filters", notes::filtersMeaning}},
        .notes = {"Rows: the ages at which a deal was won or lost, youngest first. Columns: days, deals at risk, won, lost, "
                  "cumulative share won and lost, and the 95 % bounds of the share won",
                  "Lost competes with won (Aalen-Johansen); open deals leave at their age on {asOf}, and what closed later is "
                  "still open then. Without lost deals the share won is 1 minus Kaplan and Meier's survival",
                  "The bounds are on the scale log(-log(1 - share)), as for Kaplan and Meier; SAS takes log(-log(share)) where "
                  "ends compete. At a share of 0 or 1 they are #N/A",
                  "A deal is open with any text but those of {won} and {lost}; its expected close does not count. Rows without a "
                  "state or an opening date, and closed deals without a closing date, are skipped",
                  notes::asOfDay,
                  "No deal closed up to {asOf}, or no row left, is #N/A. A close before its opening (never so without a time of "
                  "day on the same day), a number that is not a date from 1582-10-15 to 9999-12-31 and a text that means both won "
                  "and lost are Err:502; a text in a column of dates is #VALUE!",
                  notes::errorCells, notes::arrayFormula},
        .caution = "At great ages few deals are left and the curve jumps: look at the deals at risk",
        .source = "Aalen and Johansen, An empirical transition matrix, Scandinavian Journal of Statistics 5, 1978; Marubini and "
                  "Valsecchi, Analysing Survival Data from Clinical Trials, 1995 (variance)",
        .related = {"DWINRATE", "SALESCYCLE", "WINRATE"},
        .examples = {{"=INDEX(WINCURVE(Deals.A:G;\"opened\";\"closed\";\"stage\";\"Won\";\"Lost\");2;1)", 10.0,
                      "The first closes came after 10 days"},
                     {"=INDEX(WINCURVE(Deals.A:G;\"opened\";\"closed\";\"stage\";\"Won\";\"Lost\");2;5)", 1.0 / 12,
                      "1 of 12 deals at risk was won"},
                     {"=INDEX(WINCURVE(Deals.A:G;\"closed\";\"opened\";\"stage\";\"Won\";\"Lost\");2;1)", Fault::OutsideDomain,
                      "Opened after it was closed"},
                     {"=WINCURVE(Deals.A:G;\"opened\";\"closed\";\"stage\";\"Won\";\"Lost\";;;\"owner\";\"Cleo\")",
                      Fault::NothingToCompute, "None of Cleo's deals has closed"}},
    }),
};

}  // namespace calckpi
