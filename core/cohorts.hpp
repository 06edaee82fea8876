// Customers over time, from a table of purchases or invoices: cohorts, movements of recurring revenue, purchase histories.
#pragma once

#include "core/choice.hpp"
#include "core/deals.hpp"
#include "core/frame.hpp"
#include "core/function.hpp"
#include "core/output.hpp"
#include "core/period.hpp"

namespace calckpi {

struct CohortMeasureWords {
    enum Value { Customers, Retention, Revenue, RevenueRetention };
    static constexpr Word<Value> words[] = {
        {"customers", Customers}, {"retention", Retention}, {"revenue", Revenue}, {"revenue retention", RevenueRetention}};
};
using CohortMeasure = Choice<CohortMeasureWords>;

Result<OutputGrid> cohorts(const TableHandle& table, const ColumnRef& customer, const ColumnRef& when, Optional<Period> period,
                           Optional<CohortMeasure> measure, const std::optional<ColumnRef>& amount, Optional<Number> headers,
                           const Filters& filters);
Result<OutputGrid> mrrMovements(const TableHandle& table, const ColumnRef& customer, const ColumnRef& when, const ColumnRef& amount,
                                Optional<Period> period, const std::optional<Periods>& reactivationGap, Optional<Number> headers,
                                const Filters& filters);
Result<OutputGrid> rfm(const TableHandle& table, const ColumnRef& customer, const ColumnRef& when, const ColumnRef& amount,
                       Optional<Period> unit, const std::optional<Moment>& asOf, Optional<Number> headers, const Filters& filters);

namespace notes {
inline constexpr std::string_view customerMeaning = "Column of the customer: its header or its number in the range";
inline constexpr std::string_view whenMeaning = "Column of the date of each purchase or invoice";
inline constexpr std::string_view periodMeaning = "Length of a period; weeks begin on Monday";
inline constexpr std::string_view skippedRows = "Rows without a customer or a date are skipped";
}  // namespace notes

inline constexpr Function cohortFunctions[] = {
    describe<&cohorts>({
        .name = "COHORTS",
        .family = Family::WholeTable,
        .title = "Cohort table",
        .summary = "Customers grouped by the period of their first purchase, and how many of them, or how much revenue, are left in "
                   "each period after",
        .formula = "for each first period: customers, then the {measure} in period 0, 1, 2 …",
        .parameters = {{"table", notes::tableMeaning},
                       {"customer", notes::customerMeaning},
                       {"when", notes::whenMeaning},
                       {"period", notes::periodMeaning, "month"},
                       {"measure", "What the cells show; the revenue ones need {amount}", "retention"},
                       {"amount", "Column of the amount of each purchase"},
                       {"headers", notes::headersMeaning, 1.0},
                       {"filters", notes::filtersMeaning}},
        .notes = {"A row for each period in which customers bought first, oldest first: the period's first day, the number of customers, "
                  "then a column for each period since, 0 being the first",
                  "Retention is the share of the cohort that bought in the period, revenue retention its revenue over that of period 0; "
                  "periods after the last date of the table are empty, never 0",
                  notes::skippedRows, notes::arrayFormula},
        .caution = "The last period may still be running: its figures are not final",
        .source = "Fader and Hardie, Customer-Base Analysis in a Discrete-Time Noncontractual Setting, Marketing Science 29, 2010 "
                  "(retention by cohort)",
        .related = {"MRRMOVEMENTS", "RFM", "RETENTIONRATE"},
        .examples = {{"=INDEX(COHORTS(Deals.A:G;\"owner\";\"opened\";\"month\";\"customers\");2;2)", 2.0,
                      "Ana and Ben came in January"},
                     {"=INDEX(COHORTS(Deals.A:G;\"owner\";\"opened\");2;4)", 1.0, "Both were back in February"},
                     {"=INDEX(COHORTS(Deals.A:G;\"owner\";\"opened\";;\"revenue\");2;2)", Fault::OutsideDomain,
                      "Revenue needs the amount's column"},
                     {"=INDEX(COHORTS(Deals.A:G;\"buyer\";\"opened\");2;2)", Fault::OutsideDomain, "No such header"}},
    }),
    describe<&mrrMovements>({
        .name = "MRRMOVEMENTS",
        .family = Family::WholeTable,
        .title = "Movements of recurring revenue",
        .summary = "Recurring revenue from period to period: what came new, grew, shrank, left and came back",
        .formula = "end = start + new + expansion + contraction + churned + reactivated",
        .parameters = {{"table", notes::tableMeaning},
                       {"customer", notes::customerMeaning},
                       {"when", notes::whenMeaning},
                       {"amount", "Column of the recurring amount"},
                       {"period", notes::periodMeaning, "month"},
                       {"reactivationGap", "Longest absence, in periods, after which a customer counts as reactivated; after a longer "
                                           "one as new. Without it every return is a reactivation"},
                       {"headers", notes::headersMeaning, 1.0},
                       {"filters", notes::filtersMeaning}},
        .notes = {"A row for each period from the first to the last date, oldest first; contraction and churned are negative, so that "
                  "start plus movements is end",
                  "A customer's amount is the sum of its rows in the period; it is new once, in its first period above 0, and churned in the "
                  "first period with 0. Vendors differ: some book churn at the end of the last paid period. A sum below 0 is Err:502",
                  "GRR, NRR, churn and quick ratio are those of the functions GRR, NRR, REVENUECHURN and QUICKRATIO; reactivated "
                  "revenue is in net churn and quick ratio, not in NRR. Rows without a customer or a date are skipped",
                  notes::arrayFormula},
        .caution = "Customers without a row yet in the last period show as churned; leave a period out until it is complete",
        .source = "Definition; movements as in the documentation of subscription-metrics vendors such as ChartMogul and Baremetrics",
        .related = {"COHORTS", "GRR", "NRR", "QUICKRATIO"},
        .examples = {{"=INDEX(MRRMOVEMENTS(Deals.A:G;\"owner\";\"opened\";\"amount\");2;3)", 5350.0, "New in January"},
                     {"=INDEX(MRRMOVEMENTS(Deals.A:G;\"owner\";\"opened\";\"amount\");3;8)", 7000.0, "End of February"},
                     {"=INDEX(MRRMOVEMENTS(Deals.A:G;\"owner\";\"closed\";\"stage\");2;3)", Fault::NotANumber,
                      "The stage is no amount"}},
    }),
    describe<&rfm>({
        .name = "RFM",
        .family = Family::WholeTable,
        .title = "Purchase history (RFM)",
        .summary = "How often each customer bought again, how recently, since when, and for how much",
        .formula = "x = units with a purchase - 1, tx = last - first, T = {asOf} - first, mean of the repeat purchases",
        .parameters = {{"table", notes::tableMeaning},
                       {"customer", notes::customerMeaning},
                       {"when", notes::whenMeaning},
                       {"amount", "Column of the amount of each purchase"},
                       {"unit", "Unit of time; purchases in one unit count once", "day"},
                       {"asOf", "Date up to which purchases count; the last date of the table if left out"},
                       {"headers", notes::headersMeaning, 1.0},
                       {"filters", notes::filtersMeaning}},
        .notes = {"A row for each customer, in the order of their names: customer, repeats x, recency tx, age T, mean value of the repeat "
                  "purchases. Times are in units",
                  "The first purchase makes the customer and is no repeat; without repeats the mean value is #N/A, never 0",
                  notes::skippedRows, notes::arrayFormula},
        .caution = "With few units since the first purchase, silence tells nothing: compare tx with T",
        .source = "Fader, Hardie and Lee, RFM and CLV: Using Iso-Value Curves for Customer Base Analysis, Journal of Marketing Research "
                  "42, 2005 (x, tx, T)",
        .related = {"COHORTS", "CLV"},
        .examples = {{"=INDEX(RFM(Deals.A:G;\"owner\";\"opened\";\"amount\");2;2)", 4.0, "Ana bought again on 4 days"},
                     {"=INDEX(RFM(Deals.A:G;\"owner\";\"opened\";\"amount\");2;5)", 1150.0,
                      "Mean of 800, 1500, 1800 and 500 after her first 1200"},
                     {"=INDEX(RFM(Deals.A:G;\"owner\";\"stage\";\"amount\");2;2)", Fault::NotANumber, "The stage is no date"}},
    }),
};

}  // namespace calckpi
