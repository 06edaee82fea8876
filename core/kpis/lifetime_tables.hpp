// Predictive lifetime value from a table of purchases: the model and whether it may be believed, the forecast for every customer,
// and what the model would have said of a time that is over.
//
//   =CLVMODEL(Orders.A:C; "customer"; "date"; "amount")
//   =CLVPREDICT(Orders.A:C; "customer"; "date"; "amount"; 365; 0.1; 0.4)
//   =CLVHOLDOUT(Orders.A:C; "customer"; "date"; DATE(2025;12;31))
#pragma once

#include "core/kpis/cohorts.hpp"
#include "core/kpis/lifetime.hpp"

namespace calckpi {

struct HoldoutWords {
    enum Value { Errors, Frequency, Tracking };
    static constexpr Word<Value> words[] = {{"errors", Errors}, {"frequency", Frequency}, {"tracking", Tracking}};
};
using HoldoutView = Choice<HoldoutWords>;

Result<OutputGrid> clvModel(const TableHandle& table, const ColumnRef& customer, const ColumnRef& when,
                            const std::optional<ColumnRef>& amount, Optional<PurchaseModelChoice> model,
                            const std::optional<Moment>& asOf, Optional<Share> confidence, Optional<Number> headers,
                            const Filters& filters);
Result<OutputGrid> clvPredict(const TableHandle& table, const ColumnRef& customer, const ColumnRef& when, const ColumnRef& amount,
                              Optional<Days> horizon, Optional<Multiple> yearlyRate, Optional<Margin> grossMargin,
                              Optional<PurchaseModelChoice> model, const std::optional<Moment>& asOf, Optional<Number> headers,
                              const Filters& filters);
Result<OutputGrid> clvHoldout(const TableHandle& table, const ColumnRef& customer, const ColumnRef& when, Moment until,
                              Optional<HoldoutView> view, Optional<PurchaseModelChoice> model,
                              const std::optional<ColumnRef>& amount, const std::optional<Moment>& asOf, Optional<Number> headers,
                              const Filters& filters);

namespace notes {
inline constexpr std::string_view wholeHistory =
    "The table must hold every customer's first purchase. Purchases of one day are one; an empty amount counts as 0, one below 0 "
    "is "
    "Err:502. Rows without a customer or a date are skipped";
inline constexpr std::string_view believeIt =
    "Look at CLVHOLDOUT first. The model knows no season, no trend and no change of prices; bounds are what the parameters leave "
    "open, "
    "not what the world does; spend must not rise with the number of purchases (CLVMODEL shows the correlation)";
}  // namespace notes

inline constexpr Function lifetimeTableFunctions[] = {
    describe<&clvModel>({
        .name = "CLVMODEL",
        .family = Family::WholeTable,
        .title = "Model of lifetime value",
        .summary = "Parameters of how customers buy, leave and spend, with a verdict whether to believe them",
        .formula = "the parameters under which the customers' repeats, recency and age, and their mean {amount}, are likeliest",
        .parameters =
            {{"table", notes::tableMeaning},
             {"customer", notes::customerMeaning},
             {"when", "Column of the date of each purchase"},
             {"amount", "Column of the amount of each purchase; without it p, q and gamma are #N/A"},
             {"model", notes::modelMeaning, "mbgnbd"},
             {"asOf", "Date up to which purchases count; the last date of the whole table, before the filters, if left out"},
             {"confidence", "How often such bounds hold the parameter, if the model does; strictly between 0 and 1", 0.95},
             {"headers", notes::headersMeaning, 1.0},
             {"filters", notes::filtersMeaning}},
        .notes =
            {"Columns: quantity, value, standard error, low, high. Rows: the four parameters in days, p, q, gamma, verdict, "
             "customers, repeat buyers, repeats, log likelihood, worst relative error (of the four), frequency-spend correlation, "
             "left out of spend (repeat buyers who spent nothing)",
             "The verdict is \"ok\"; \"weak: few repeat buyers\" (fewer than 100, or a relative error above 1); \"customers buy at "
             "one rate\"; \"nobody leaves\"; \"customers leave alike\"; or \"not found\". With the last four the parameters are "
             "Err:523; where only the spend has none, p, q and gamma are, and the verdict is \"not found\"",
             notes::models, notes::wholeHistory, notes::asOfDay, notes::nobodyTwice,
             "Bounds are on the logarithm of the parameter: none falls below 0", notes::arrayFormula},
        .caution = notes::believeIt,
        .source = notes::purchaseSource,
        .related = {"CLVHOLDOUT", "CLVPREDICT", "CLVFIT", "RFM"},
        .examples = {{"=INDEX(CLVMODEL(Orders.A:C;\"customer\";\"date\";\"amount\");9;2)", "ok", "The verdict: look at it first"},
                     {"=INDEX(CLVMODEL(Orders.A:C;\"customer\";\"date\";\"amount\");10;2)", 180.0, "Customers"},
                     {"=INDEX(CLVMODEL(Orders.A:C;\"customer\";\"date\";\"amount\");2;2)", 1.2815094137, "Their r"},
                     {"=INDEX(CLVMODEL(Orders.A:C;\"customer\";\"date\";\"amount\");15;2)", 0.04982352048,
                      "Correlation of frequency and spend: near 0, as the model wants it"},
                     {"=INDEX(CLVMODEL(Deals.A:G;\"owner\";\"opened\");6;2)", Fault::NothingToCompute, "No spend without amounts"},
                     {"=INDEX(CLVMODEL(Deals.A:G;\"owner\";\"opened\";\"amount\");2;2)", Fault::NoConvergence,
                      "Three customers are too few for a model"},
                     {"=CLVMODEL(Deals.A:G;\"buyer\";\"opened\")", Fault::OutsideDomain, "No such header"}},
    }),
    describe<&clvPredict>({
        .name = "CLVPREDICT",
        .family = Family::WholeTable,
        .title = "Forecast of customer value",
        .summary = "What every customer is expected to buy and to be worth, and all of them together",
        .formula = "value = {grossMargin} * spend * purchases within {horizon} days, each counted (1 + {yearlyRate})^(-days / 365)",
        .parameters = {{"table", notes::tableMeaning},
                       {"customer", notes::customerMeaning},
                       {"when", "Column of the date of each purchase"},
                       {"amount", "Column of the amount of each purchase"},
                       {"horizon", "Days from {asOf} on to forecast", 365.0},
                       {"yearlyRate", "Interest rate per year, as in XNPV", 0.0},
                       {"grossMargin", "Share of the revenue that is gross margin", 1.0},
                       {"model", notes::modelMeaning, "mbgnbd"},
                       {"asOf",
                        "Date up to which purchases count; the last date of the whole table, before the filters, if left out"},
                       {"headers", notes::headersMeaning, 1.0},
                       {"filters", notes::filtersMeaning}},
        .notes =
            {"First the row All with sums, then the customers, numbers first, texts in their order. Columns: customer, repeats, "
             "recency and "
             "age in days, alive (probability), purchases, spend (expected mean purchase), value, low, high",
             "Low and high are in the row All only: 95 % bounds of its value, what the parameters leave open (delta method)",
             "Err:523 in a column says that its model was not found: CLVMODEL says why. A spend model without a mean (a q of 1 or "
             "less) leaves purchases and alive",
             notes::models, notes::wholeHistory, notes::asOfDay, notes::nobodyTwice, notes::arrayFormula},
        .caution = notes::believeIt,
        .source = notes::purchaseSource,
        .related = {"CLVMODEL", "CLVHOLDOUT", "RFM", "CLV"},
        .examples = {{"=INDEX(CLVPREDICT(Orders.A:C;\"customer\";\"date\";\"amount\");2;8)", 14969.1101864,
                      "What all will buy within a year"},
                     {"=INDEX(CLVPREDICT(Orders.A:C;\"customer\";\"date\";\"amount\";365;0.1;0.4);2;8)", 5731.94786030,
                      "The margin of 40 % in it, in money of today at 10 %"},
                     {"=INDEX(CLVPREDICT(Orders.A:C;\"customer\";\"date\";\"amount\");3;5)", 0.123079100382,
                      "The first customer is still one: so likely"},
                     {"=INDEX(CLVPREDICT(Deals.A:G;\"owner\";\"opened\";\"amount\");2;1)", "All", "The first row"},
                     {"=INDEX(CLVPREDICT(Deals.A:G;\"owner\";\"opened\";\"amount\");2;2)", 9.0, "Repeats of all three"},
                     {"=INDEX(CLVPREDICT(Deals.A:G;\"owner\";\"opened\";\"amount\");2;8)", Fault::NoConvergence,
                      "Three customers are too few for a model"},
                     {"=CLVPREDICT(Deals.A:G;\"owner\";\"stage\";\"amount\")", Fault::NotANumber, "The stage is not a date"}},
    }),
    describe<&clvHoldout>({
        .name = "CLVHOLDOUT",
        .family = Family::WholeTable,
        .title = "Forecast against what came",
        .summary = "The model as it would have been at an earlier date, against what its customers bought since",
        .formula = "forecast = purchases expected from {until} to {asOf}; error = actual - forecast; MAE and RMSE over customers",
        .parameters = {{"table", notes::tableMeaning},
                       {"customer", notes::customerMeaning},
                       {"when", "Column of the date of each purchase"},
                       {"until", "Date up to whose end the model may look"},
                       {"view", "What to show", "errors"},
                       {"model", notes::modelMeaning, "mbgnbd"},
                       {"amount", "Column of the amount of each purchase; with it all figures are money instead of purchases"},
                       {"asOf",
                        "Date up to which purchases count; the last date of the whole table, before the filters, if left out"},
                       {"headers", notes::headersMeaning, 1.0},
                       {"filters", notes::filtersMeaning}},
        .notes =
            {"With \"errors\": rows model, naive (so far per day, carried on) and nothing; columns forecast, actual, error (actual "
             "minus "
             "forecast, as in FORECASTERROR), MAE and RMSE. Customers who came after {until} are left out",
             "With \"frequency\": rows by repeats until then, 0 to 6 and 7+; columns customers, actual and expected, both per "
             "customer",
             "With \"tracking\": weeks from the first purchase to {asOf}, the last may be shorter; columns until, actual, "
             "expected, "
             "actual "
             "so far, expected so far, all of repeats. Expected is what the model says of new customers, those who came by {until}",
             "Err:523 says that the model was not found: CLVMODEL with {until} as asOf says why. An {until} that is not before "
             "{asOf} "
             "is Err:502",
             notes::models, notes::wholeHistory, notes::asOfDay, notes::arrayFormula},
        .caution = "One time that is over is one test: a model that fits it may miss the next, and one that fails it is not to be "
                   "believed. Beat the row naive before using the model",
        .source =
            "Fader, Hardie and Lee, Counting Your Customers the Easy Way, Marketing Science 24, 2005 (tracking and conditional "
            "expectations)",
        .related = {"CLVMODEL", "CLVPREDICT", "FORECASTERROR", "RFM"},
        .examples = {{"=INDEX(CLVHOLDOUT(Orders.A:C;\"customer\";\"date\";DATE(2025;11;30));2;2)", 99.3102314657,
                      "The model's forecast for three months"},
                     {"=INDEX(CLVHOLDOUT(Orders.A:C;\"customer\";\"date\";DATE(2025;11;30));3;2)", 171.257502612, "The naive one"},
                     {"=INDEX(CLVHOLDOUT(Orders.A:C;\"customer\";\"date\";DATE(2025;11;30));2;3)", 96.0, "Purchases that came"},
                     {"=INDEX(CLVHOLDOUT(Deals.A:G;\"owner\";\"opened\";DATE(2026;2;12));4;4)", 5.0,
                      "The error of expecting nothing"},
                     {"=INDEX(CLVHOLDOUT(Deals.A:G;\"owner\";\"opened\";DATE(2026;2;12));2;2)", Fault::NoConvergence,
                      "Three customers are too few for a model"},
                     {"=CLVHOLDOUT(Deals.A:G;\"owner\";\"opened\";DATE(2026;12;31))", Fault::OutsideDomain, "Nothing came later"}},
    }),
};

}  // namespace calckpi
