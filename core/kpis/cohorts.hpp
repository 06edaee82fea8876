// Customers over time, from a table of purchases or invoices: cohorts, movements of recurring revenue, purchase histories.
#pragma once

#include "core/values/choice.hpp"
#include "core/kpis/deals.hpp"
#include "core/tables/frame.hpp"
#include "core/catalog/function.hpp"
#include "core/catalog/output.hpp"
#include "core/dates/period.hpp"

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
inline constexpr std::string_view customerMeaning =
    "Column of the customer: its header or its number in the range; case matters only in ids such as 0015000000GvAAa";
inline constexpr std::string_view whenMeaning = "Column of the date of each purchase or invoice";
inline constexpr std::string_view periodMeaning =
    "Length of a period, with its start if that is not Monday or January: \"week/sun\" begins on Sunday, \"quarter/4\" and "
    "\"year/4\" "
    "in April";
inline constexpr std::string_view skippedRows = "Rows without a customer or a date are skipped";
inline constexpr std::string_view textAmongNumbers =
    "A text in a column of dates or amounts is #VALUE!, and a number among dates that is none from 1582-10-15 to 9999-12-31 is "
    "Err:502; an empty amount counts as 0. An error in a column that is used is passed on; other columns are not read";
inline constexpr std::string_view gapMeaning =
    "Longest absence, in periods, after which a customer counts as reactivated; after a longer one as new. Empty or 0: every "
    "return "
    "is a reactivation";
}  // namespace notes

inline constexpr Function cohortFunctions[] = {
    describe<&cohorts>({
        .name = "COHORTS",
        .family = Family::WholeTable,
        .title = "Cohort table",
        .summary = "Customers grouped by the period of their first purchase, and how many of them, or how much revenue, are left "
                   "in each period after",
        .formula = "for each first period: customers, then the {measure} in period 0, 1, 2 …",
        .parameters = {{"table", notes::tableMeaning},
                       {"customer", notes::customerMeaning},
                       {"when", notes::whenMeaning},
                       {"period", notes::periodMeaning, "month"},
                       {"measure", "What the cells show; the revenue ones need {amount}", "retention"},
                       {"amount", "Column of the amount of each purchase; a row of 0 or less is then no purchase"},
                       {"headers", notes::headersMeaning, 1.0},
                       {"filters", notes::filtersMeaning}},
        .notes =
            {"Rows: \"All\", then the periods in which customers bought first, oldest first. Columns: the period's first day, "
             "the number of customers, then one for each period since, 0 being the first",
             "The row \"All\" is, in each column, all cohorts that are old enough as if they were one: customers and revenue are "
             "their sums, retention is weighted by the cohorts' customers, revenue retention by their revenue of period 0",
             "Retention is the share of the cohort that bought in the period, so it may rise again. Revenue retention is the "
             "cohort's revenue over that of period 0: #DIV/0! where that is 0, Err:502 where it is below",
             "Periods after the last date of the whole table, before the filters, are empty, never 0; a period without a "
             "purchase is "
             "0. No purchase left is #N/A, a revenue measure without {amount} Err:502; more than 1,022 periods, which no sheet can "
             "show, are Err:538",
             "The first purchase is looked for in the rows that pass the filters. With {amount} a row of 0 or less, such as a "
             "refund, or without an amount makes nobody active but counts in revenue; before the period of a customer's first "
             "purchase nothing counts",
             notes::skippedRows, notes::textAmongNumbers, notes::arrayFormula},
        .caution = "The last period may still be running: its figures are not final",
        .source = "Fader and Hardie, Customer-Base Analysis in a Discrete-Time Noncontractual Setting, Marketing Science 29, 2010 "
                  "(retention by cohort)",
        .related = {"MRRMOVEMENTS", "RFM", "RETENTIONRATE"},
        .examples = {{"=INDEX(COHORTS(Deals.A:G;\"owner\";\"opened\";\"month\";\"customers\");3;2)", 2.0,
                      "Ana and Ben came in January"},
                     {"=INDEX(COHORTS(Deals.A:G;\"owner\";\"opened\");2;2)", 3.0, "All customers: Cleo came in February"},
                     {"=INDEX(COHORTS(Deals.A:G;\"owner\";\"opened\");3;4)", 1.0, "Both were back in February"},
                     {"=INDEX(COHORTS(Deals.A:G;\"owner\";\"opened\";\"year/4\");3;1)", 45748.0,
                      "2025-04-01: the first day of the fiscal year of January 2026"},
                     {"=INDEX(COHORTS(Deals.A:G;\"owner\";\"opened\";\"quarter/13\");2;1)", Fault::OutsideDomain, "No month 13"},
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
                       {"reactivationGap", notes::gapMeaning},
                       {"headers", notes::headersMeaning, 1.0},
                       {"filters", notes::filtersMeaning}},
        .notes =
            {"Rows: every period from the first date of the rows to the last of the whole table, before the filters, oldest "
             "first. Columns: its first day, start, new, expansion, contraction, churned, reactivated, end, customers who pay, "
             "GRR, "
             "NRR, gross churn, net churn, quick ratio. Contraction and churned are negative, so that start plus movements is end",
             "A customer's amount is the sum of its rows dated in the period: spread a yearly invoice over its months first. "
             "Movements within a period show as their sum only, so a sign-up that is credited in the same month is neither new nor "
             "churned, as in ProfitWell; Chargebee, Maxio and ReCharge show both",
             "Churn is booked in the first period without an amount, after the last paid one, as in ProfitWell; ChartMogul lets "
             "you choose, Stripe and Maxio book it at the cancellation",
             "A customer is new once; a return is reactivated, however late, as in ChartMogul, ProfitWell and Recurly. With "
             "{reactivationGap} a longer absence makes it new again, as in Maxio after 90 days",
             "GRR, NRR, churn and quick ratio are those of the functions GRR, NRR, REVENUECHURN and QUICKRATIO; reactivated "
             "revenue is in net churn and quick ratio (Baremetrics leaves it out of the latter), not in NRR. They are #DIV/0! "
             "where start is 0, the quick ratio where nothing was lost",
             "Rows without a customer or a date are skipped. A customer whose sum in a period is below 0 is Err:502, no row left "
             "is #N/A, more than 10,000 periods are Err:538",
             notes::textAmongNumbers, notes::arrayFormula},
        .caution = "Customers without a row yet in the last period show as churned; leave a period out until it is complete",
        .source = "Definition; vendors' rules by their documentation: ChartMogul, MRR movements and Churn recognition; Paddle, "
                  "ProfitWell vs. Chargebee, Maxio and ReCharge; Recurly, Reactivation MRR; Stripe, Billing metric definitions; "
                  "Baremetrics, changelog (quick ratio)",
        .related = {"COHORTS", "GRR", "NRR", "QUICKRATIO"},
        .examples = {{"=INDEX(MRRMOVEMENTS(Deals.A:G;\"owner\";\"opened\";\"amount\");2;3)", 5350.0, "New in January"},
                     {"=INDEX(MRRMOVEMENTS(Deals.A:G;\"owner\";\"opened\";\"amount\");3;8)", 7000.0, "End of February"},
                     {"=INDEX(MRRMOVEMENTS(Deals.A:G;\"owner\";\"closed\";\"stage\");2;3)", Fault::NotANumber,
                      "The stage is not an amount"}},
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
                       {"asOf",
                        "Date up to which purchases count; the last date of the whole table, before the filters, if left out"},
                       {"headers", notes::headersMeaning, 1.0},
                       {"filters", notes::filtersMeaning}},
        .notes = {"Rows: the customers with a purchase, in the order of their names. Columns: customer, repeats x, recency tx, "
                  "age T, mean value of the repeat purchases; recency and age count units from the first purchase",
                  "The first purchase makes the customer and does not count as a repeat. Purchases in one {unit} count once, with "
                  "the sum of their amounts; where that is 0 or less, as after a refund, the {unit} does not count as a purchase. "
                  "Without repeats the mean value is #N/A, never 0",
                  "Units are those of the calendar: from Sunday to Monday is one week. For the weeks of the literature take days "
                  "and divide by 7",
                  notes::asOfDay, "No purchase left, or none up to {asOf}, is #N/A", notes::skippedRows, notes::textAmongNumbers,
                  notes::arrayFormula},
        .caution = "With few units since the first purchase, silence means nothing: compare tx with T",
        .source = "Fader, Hardie and Lee, RFM and CLV: Using Iso-Value Curves for Customer Base Analysis, Journal of Marketing "
                  "Research 42, 2005 (x, tx, T)",
        .related = {"COHORTS", "CLV"},
        .examples = {{"=INDEX(RFM(Deals.A:G;\"owner\";\"opened\";\"amount\");2;2)", 4.0, "Ana bought again on 4 days"},
                     {"=INDEX(RFM(Deals.A:G;\"owner\";\"opened\";\"amount\");2;5)", 1150.0,
                      "Mean of 800, 1500, 1800 and 500 after her first 1200"},
                     {"=INDEX(RFM(Deals.A:G;\"owner\";\"stage\";\"amount\");2;2)", Fault::NotANumber, "The stage is not a date"}},
    }),
};

}  // namespace calckpi
