// Movements of recurring revenue from plans: a row for each subscription, with its start and its end.
//
//   =MRRPLANS(Plans.A:F; "customer"; "start"; "end"; "price"; "billed every")
#pragma once

#include "core/kpis/cohorts.hpp"
#include "core/tables/table.hpp"

#include <cmath>
#include <variant>

namespace calckpi {

// BillingInterval is for how many months an amount is paid: the same for all plans, or the header of the column that tells each
// plan's.
struct BillingInterval {
    std::variant<double, std::string> months;
};

template <>
inline constexpr bool neverZero<BillingInterval> = true;

template <>
struct Reader<BillingInterval> : ReaderDefaults {
    static constexpr Kind kind = Kind::Column;
    static Result<BillingInterval> read(const Argument& argument) {
        if (const std::string* header = std::get_if<std::string>(&argument)) return BillingInterval{*header};
        const double* months = std::get_if<double>(&argument);
        if (months == nullptr || !(*months > 0) || !std::isfinite(*months)) return Fault::OutsideDomain;
        return BillingInterval{*months};
    }
};

// monthsOf reads a word for an interval: "month", "yearly", "trimestre", "anual"; nothing for any other text.
std::optional<double> monthsOf(std::string_view word);

Result<OutputGrid> mrrPlans(const TableHandle& table, const ColumnRef& customer, const ColumnRef& start, const ColumnRef& end,
                            const ColumnRef& amount, const Optional<BillingInterval>& interval, Optional<Period> period,
                            const std::optional<Periods>& reactivationGap, const std::optional<Moment>& asOf,
                            Optional<Number> headers, const Filters& filters);

inline constexpr Function planFunctions[] = {
    describe<&mrrPlans>({
        .name = "MRRPLANS",
        .family = Family::WholeTable,
        .title = "Movements of recurring revenue from plans",
        .summary = "Recurring revenue per month from period to period, from one row for each plan or subscription: what came new, "
                   "grew, shrank, left and came back",
        .formula = "revenue of a period = sum of {amount} / {interval} over the plans that run at its end",
        .parameters =
            {{"table", notes::tableMeaning},
             {"customer", notes::customerMeaning},
             {"start", "Column of the first day of each plan"},
             {"end", "Column of the day from which the plan does not run any more; empty while it runs"},
             {"amount", "Column of the amount that is paid every {interval}"},
             {"interval",
              "Months that an amount pays for, 12 for a yearly one, or the header of the column that holds them: numbers, or words "
              "such as \"month\", \"quarter\", \"year\"",
              1.0},
             {"period", notes::periodMeaning, "month"},
             {"reactivationGap", notes::gapMeaning},
             {"asOf", "Day up to which plans were seen; the last start or end in the whole table, before the filters, if left out"},
             {"headers", notes::headersMeaning, 1.0},
             {"filters", notes::filtersMeaning}},
        .notes =
            {"Rows: every period from the first start to {asOf}, oldest first. Columns, reactivations, GRR, NRR, churn and "
             "quick ratio are those of MRRMOVEMENTS. Revenue is per month whatever the {period}: a plan of 1200 a year is 100 in "
             "each month, quarter and year",
             "A plan runs from its {start} until the day before its {end}. A period counts the plans that run at the end of its "
             "last day, the running one those that run at {asOf}: a plan that comes and goes within a period is in none",
             "Plans of one customer at the same time add up; the next plan from the day the last one ends is an expansion or a "
             "contraction, after a pause over the end of a period a reactivation",
             "Words for an interval: month, quarter, half-year, year and their adjectives (\"monthly\", \"annual\"), in English, "
             "French and Romanian; any other text is #VALUE!, a number that is not above 0 Err:502, an empty cell 1 month",
             "Rows without a customer or a {start} are skipped. An {end} before its {start} is Err:502, and so are plans of a "
             "customer "
             "that come to less than 0; on the same day the plan never ran. No row left up to {asOf} is #N/A, more than 10,000 "
             "periods are Err:538",
             notes::textAmongNumbers, notes::asOfDay, notes::arrayFormula},
        .caution = "Planned ends in the future move the last period there: give TODAY() as {asOf}",
        .source = "Definition",
        .related = {"MRRMOVEMENTS", "COHORTS", "GRR", "NRR"},
        .examples = {{"=INDEX(MRRPLANS(Deals.A:G;\"owner\";\"opened\";\"closed\";\"amount\";12);2;3)", 300.0,
                      "3600 a year from the two that ran at the end of January"},
                     {"=INDEX(MRRPLANS(Deals.A:G;\"owner\";\"opened\";\"closed\";\"amount\";12);3;8)", 8800.0 / 12,
                      "End of February"},
                     {"=INDEX(MRRPLANS(Deals.A:G;\"owner\";\"opened\";\"closed\";\"amount\";\"channel\");2;3)", Fault::NotANumber,
                      "Partner is not an interval"},
                     {"=INDEX(MRRPLANS(Deals.A:G;\"owner\";\"closed\";\"opened\";\"amount\");2;3)", Fault::OutsideDomain,
                      "They end before they start"}},
    }),
};

}  // namespace calckpi
