// Sales: winning deals, how long it takes, what sellers bring, how good the forecast was.
#pragma once

#include "core/values/choice.hpp"
#include "core/catalog/function.hpp"
#include "core/statistics/statistic.hpp"

namespace calckpi {

struct StreakWords {
    enum Value { Current, Longest };
    static constexpr Word<Value> words[] = {{"current", Current}, {"longest", Longest}};
};
using Streak = Choice<StreakWords>;

struct AccuracyWords {
    enum Value { Wape, Mape, Total };
    static constexpr Word<Value> words[] = {{"wape", Wape}, {"mape", Mape}, {"total", Total}};
};
using AccuracyMeasure = Choice<AccuracyWords>;

struct ErrorWords {
    enum Value {
        MeanError,
        MeanAbsolute,
        RootMeanSquare,
        MeanPercent,
        MeanAbsolutePercent,
        SymmetricPercent,
        WeightedPercent,
        Bias,
        Scaled
    };
    static constexpr Word<Value> words[] = {{"me", MeanError},
                                            {"mae", MeanAbsolute},
                                            {"rmse", RootMeanSquare},
                                            {"mpe", MeanPercent},
                                            {"mape", MeanAbsolutePercent},
                                            {"smape", SymmetricPercent},
                                            {"wape", WeightedPercent},
                                            {"bias", Bias},
                                            {"mase", Scaled}};
};
using ErrorMeasure = Choice<ErrorWords>;

Result<Share> winRate(Count won, Count lost, Optional<Count> open);
Result<Money> averageSale(Money revenue, Count sales);
Result<Days> salesCycle(const Series<Moment>& opened, const Series<Moment>& closed, Optional<Statistic> statistic);
Result<MoneyPerDay> salesVelocity(Count opportunities, Money averageSale, Share winRate, Days cycleDays);
Result<Money> salesProductivity(Money revenue, Count sellers);
Result<Ratio> salesEfficiency(Money newRevenue, Spending spend, Optional<Spending> lostRevenue);
Result<Ratio> magicNumber(Money revenue, Money priorRevenue, Spending priorSpend);
Result<Rate> quotaAttainment(Money actual, Spending quota);
Result<Count> quotaStreak(const Series<Money>& actuals, const Series<Spending>& quotas, Optional<Streak> streak);
Result<Ratio> revenueToPay(Money revenue, Spending pay);
Result<Ratio> pipelineCoverage(Spending pipeline, Spending target, Optional<Spending> won);
Result<Money> weightedPipeline(const Series<Money>& amounts, const Series<Share>& probabilities);
Result<Rate> discountRate(const Series<Spending>& listPrices, const Series<Spending>& soldPrices);
Result<Money> salesCapacity(Count sellers, Spending quota, Optional<Multiple> attainment, Optional<Count> ramping,
                            Optional<Share> rampShare);
Result<Rate> winRateLift(Count wonWith, Count lostWith, Count wonWithout, Count lostWithout);
Result<Share> forecastAccuracy(const Series<Money>& actuals, const Series<Money>& forecasts, Optional<AccuracyMeasure> measure);
Result<Number> forecastError(const Series<Money>& actuals, const Series<Money>& forecasts, ErrorMeasure measure,
                             const std::optional<Series<Money>>& training);

// Notes that several rows share are here, once.
namespace notes {
inline constexpr std::string_view closeBeforeOpening =
    "A close before its opening is Err:502, never a negative number of days; one without a time of day is not before an opening on "
    "that day: 0 days";
inline constexpr std::string_view pairsInStep =
    "Empty cells are skipped together with their partner; a single number stands for every pair";
inline constexpr std::string_view fewDeals =
    "On few deals chance decides: with 10 deals a true rate of 30 % often shows as 10 % or 50 %";
inline constexpr std::string_view averageWinRate =
    "47 % of forecast deals is a widely quoted average (CSO Insights, Sales Enablement Report, 2019)";
inline constexpr std::string_view winRateSource =
    "Definition; closed and created basis as in the reports of HubSpot and Salesforce";
inline constexpr std::string_view zeroActual = "An actual value of 0 gives #DIV/0! with \"mape\" and \"mpe\"; \"wape\" bears it";
}  // namespace notes

inline constexpr Function salesFunctions[] = {
    describe<&winRate>({
        .name = "WINRATE",
        .family = Family::Sales,
        .title = "Win rate",
        .summary = "Share of the closed deals that were won, or of all created deals when the open ones are given",
        .formula = "{won} / ({won} + {lost} + {open})",
        .plain = "{won}/({won}+{lost}[+{open}])",
        .parameters = {{"won", "Number of deals won"},
                       {"lost", "Number of deals lost"},
                       {"open", "Number of deals still open; with it the rate is that of all created deals", 0.0}},
        .caution = notes::fewDeals,
        .benchmark = notes::averageWinRate,
        .source = notes::winRateSource,
        .related = {"CLOSERATIO", "WINRATELIFT", "DWINRATE"},
        .examples = {{"=WINRATE(3;7)", 0.3, "Of the closed deals"},
                     {"=WINRATE(3;7;90)", 0.03, "Of all created deals"},
                     {"=WINRATE(0;0)", Fault::DivideByZero, "Nothing has closed yet"},
                     {"=WINRATE(-1;7)", Fault::OutsideDomain},
                     {"=WINRATE(\"three\";7)", Fault::NotANumber}},
    }),
    describe<&averageSale>({
        .name = "AVERAGESALE",
        .family = Family::Sales,
        .title = "Average sale",
        .summary = "Revenue of one sale on average",
        .formula = "{revenue} / {sales}",
        .plain = "{revenue}/{sales}",
        .parameters = {{"revenue", "Revenue of all sales"}, {"sales", "Number of sales"}},
        .caution = "One very large sale lifts the mean; compare it with the median",
        .source = "Definition",
        .related = {"SALESVELOCITY", "SALESPRODUCTIVITY"},
        .examples = {{"=AVERAGESALE(100000;10)", 10000.0}, {"=AVERAGESALE(0;0)", Fault::DivideByZero}},
    }),
    describe<&salesCycle>({
        .name = "SALESCYCLE",
        .family = Family::Sales,
        .title = "Sales cycle",
        .summary = "Days from first contact to close",
        .formula = "{statistic} of ({closed} - {opened})",
        .parameters = {{"opened", "Dates of the first contacts"},
                       {"closed", "Dates of the closes, in the same order"},
                       {"statistic", "How to sum up", "mean"}},
        .notes = {notes::pairsInStep, notes::closeBeforeOpening},
        .caution = "Deals still open are missing, and they are the slow ones: a growing team looks faster than it is",
        .source = "Definition; percentiles as in Calc's PERCENTILE",
        .related = {"SALESVELOCITY", "WINRATE"},
        .examples = {{"=SALESCYCLE({46000;46010};{46010;46030})", 15.0},
                     {"=SALESCYCLE({46000;46010;46000};{46010;46030;46060};\"median\")", 20.0},
                     {"=SALESCYCLE({46000;46010;46000};{46010;46030;46060};\"count\")", 3.0},
                     {"=SALESCYCLE({46010};{46000})", Fault::OutsideDomain, "Closed before it was opened"},
                     {"=SALESCYCLE({46000;46001};{46010;\"\"};\"p90\")", 10.0, "A deal without a close is left out"}},
    }),
    describe<&salesVelocity>({
        .name = "SALESVELOCITY",
        .family = Family::Sales,
        .title = "Sales velocity",
        .summary = "Money the pipeline brings in per day",
        .formula = "{opportunities} * {averageSale} * {winRate} / {cycleDays}",
        .plain = "{opportunities}*{averageSale}*{winRate}/{cycleDays}",
        .parameters = {{"opportunities", "Number of open deals"},
                       {"averageSale", "Average revenue of a sale"},
                       {"winRate", "Share of deals won"},
                       {"cycleDays", "Days from first contact to close"}},
        .caution = "All four figures must be of the same deals; big slow deals mixed with small quick ones mislead",
        .source = "Definition; as in HubSpot's and Salesforce's glossaries",
        .related = {"SALESCYCLE", "AVERAGESALE", "WINRATE", "PIPELINECOVERAGE"},
        .examples = {{"=SALESVELOCITY(50;10000;0.2;30)", 3333.33333333333},
                     {"=SALESVELOCITY(50;10000;0.2;0)", Fault::DivideByZero},
                     {"=SALESVELOCITY(50;10000;20;30)", Fault::OutsideDomain, "20 % is 0.2"}},
    }),
    describe<&salesProductivity>({
        .name = "SALESPRODUCTIVITY",
        .family = Family::Sales,
        .title = "Sales productivity",
        .summary = "Revenue one seller brings on average",
        .formula = "{revenue} / {sellers}",
        .plain = "{revenue}/{sellers}",
        .parameters = {{"revenue", "Revenue of the period"}, {"sellers", "Number of sellers"}},
        .caution = "Sellers who are still ramping up lower it for reasons that will pass",
        .source = "Definition",
        .related = {"QUOTAATTAINMENT", "REVENUETOPAY", "SALESCAPACITY"},
        .examples = {{"=SALESPRODUCTIVITY(100000;10)", 10000.0}, {"=SALESPRODUCTIVITY(100000;0)", Fault::DivideByZero}},
    }),
    describe<&salesEfficiency>({
        .name = "SALESEFFICIENCY",
        .family = Family::Sales,
        .title = "Sales efficiency",
        .summary = "New revenue for each unit spent on sales and marketing, gross or net of lost revenue",
        .formula = "({newRevenue} - {lostRevenue}) / {spend}",
        .plain = "({newRevenue}[-{lostRevenue}])/{spend}",
        .parameters = {{"newRevenue", "New revenue of the period"},
                       {"spend", "Spending on sales and marketing"},
                       {"lostRevenue", "Revenue lost in the period; with it the efficiency is net", 0.0}},
        .caution = "Spending pays off later than it is booked; look at several periods",
        .source = "Definition",
        .related = {"MAGICNUMBER", "CAC"},
        .examples = {{"=SALESEFFICIENCY(10;1)", 10.0},
                     {"=SALESEFFICIENCY(10;4;2)", 2.0, "Net of 2 lost"},
                     {"=SALESEFFICIENCY(10;0)", Fault::DivideByZero}},
    }),
    describe<&magicNumber>({
        .name = "MAGICNUMBER",
        .family = Family::Sales,
        .title = "Magic number",
        .summary = "Growth of yearly revenue for each unit spent on sales and marketing the quarter before",
        .formula = "4 * ({revenue} - {priorRevenue}) / {priorSpend}",
        .plain = "4*({revenue}-{priorRevenue})/{priorSpend}",
        .parameters = {{"revenue", "Revenue of the quarter"},
                       {"priorRevenue", "Revenue of the quarter before"},
                       {"priorSpend", "Spending on sales and marketing in the quarter before"}},
        .caution = "Seasonal revenue moves it more than selling does",
        .benchmark = "Above 0.75 invest more, below 0.5 look at the business first (Lars Leckie, Scale Venture Partners, 2008)",
        .source = "Lars Leckie, Scale Venture Partners, Magic Number for SaaS Companies, 2008",
        .related = {"SALESEFFICIENCY", "CACPAYBACK", "BURNMULTIPLE", "GROWTHRATE"},
        .examples = {{"=MAGICNUMBER(5.5;5;1.6)", 1.25}, {"=MAGICNUMBER(5.5;5;0)", Fault::DivideByZero}},
    }),
    describe<&quotaAttainment>({
        .name = "QUOTAATTAINMENT",
        .family = Family::Sales,
        .title = "Quota attainment",
        .summary = "Share of the quota that was reached",
        .formula = "{actual} / {quota}",
        .plain = "{actual}/{quota}",
        .parameters = {{"actual", "What was sold"}, {"quota", "What was to be sold"}},
        .caution = "A mean over sellers hides that a few carry the rest",
        .benchmark = "58 % is a widely quoted average (Salesforce, State of Sales)",
        .source = "Definition",
        .related = {"QUOTASTREAK", "SALESCAPACITY"},
        .examples = {{"=QUOTAATTAINMENT(58;100)", 0.58},
                     {"=QUOTAATTAINMENT(120;100)", 1.2},
                     {"=QUOTAATTAINMENT(58;0)", Fault::DivideByZero}},
    }),
    describe<&quotaStreak>({
        .name = "QUOTASTREAK",
        .family = Family::Sales,
        .title = "Quota streak",
        .summary = "Consecutive periods at or above quota",
        .formula = "length of the {streak} run of {actuals} >= {quotas}",
        .parameters = {{"actuals", "What was sold in each period, oldest first"},
                       {"quotas", "Quota of each period, or one for all"},
                       {"streak", "The run up to the last period, or the longest one", "current"}},
        .notes = {notes::pairsInStep},
        .caution = "It says nothing of how far the quota was passed or missed, and a lowered quota lengthens it",
        .source = "Definition",
        .related = {"QUOTAATTAINMENT"},
        .examples = {{"=QUOTASTREAK({9;11;12;8;10;10};10)", 2.0},
                     {"=QUOTASTREAK({9;11;12;13;8;10};10;\"longest\")", 3.0},
                     {"=QUOTASTREAK({9;11};{10;10;10})", Fault::OutsideDomain, "Two periods, three quotas"}},
    }),
    describe<&revenueToPay>({
        .name = "REVENUETOPAY",
        .family = Family::Sales,
        .title = "Revenue to pay",
        .summary = "Revenue for each unit of the seller's pay package",
        .formula = "{revenue} / {pay}",
        .plain = "{revenue}/{pay}",
        .parameters = {{"revenue", "Revenue the seller brought"}, {"pay", "Pay package: fixed and variable pay"}},
        .caution = "Compare like with like: a seller of renewals and one of new business are paid for different work",
        .benchmark = "Three times the pay package is a common rule of thumb",
        .source = "Definition",
        .related = {"SALESPRODUCTIVITY"},
        .examples = {{"=REVENUETOPAY(300000;100000)", 3.0}, {"=REVENUETOPAY(300000;0)", Fault::DivideByZero}},
    }),
    describe<&pipelineCoverage>({
        .name = "PIPELINECOVERAGE",
        .family = Family::Sales,
        .title = "Pipeline coverage",
        .summary = "How many times the open pipeline covers what is missing to the target",
        .formula = "{pipeline} / ({target} - {won})",
        .plain = "IF(SIGN({target}[-{won}])<0;SQRT(-1);{pipeline}/({target}[-{won}]))",
        .parameters = {{"pipeline", "Amount of the open deals"},
                       {"target", "Target of the period"},
                       {"won", "Amount already won", 0.0}},
        .notes = {"A target that is already reached needs no cover: #DIV/0! when it is met exactly, Err:502 when it is passed"},
        .caution = "What cover is enough depends on the win rate: 3 times covers a win rate of a third, no less",
        .benchmark = "Three times the target is a common rule of thumb",
        .source = "Definition",
        .related = {"WEIGHTEDPIPELINE", "WINRATE", "QUOTAATTAINMENT"},
        .examples = {{"=PIPELINECOVERAGE(900;400;100)", 3.0},
                     {"=PIPELINECOVERAGE(900;300)", 3.0},
                     {"=PIPELINECOVERAGE(900;400;400)", Fault::DivideByZero},
                     {"=PIPELINECOVERAGE(900;400;500)", Fault::OutsideDomain}},
    }),
    describe<&weightedPipeline>({
        .name = "WEIGHTEDPIPELINE",
        .family = Family::Sales,
        .title = "Weighted pipeline",
        .summary = "Amount expected from the open deals, each weighted with its probability",
        .formula = "sum of {amounts} * {probabilities}",
        .parameters = {{"amounts", "Amount of each open deal"}, {"probabilities", "Probability of winning each deal"}},
        .notes = {notes::pairsInStep},
        .caution = "It is a mean over many deals; a single deal brings all or nothing",
        .source = "Definition",
        .related = {"PIPELINECOVERAGE", "FORECASTACCURACY"},
        .examples = {{"=WEIGHTEDPIPELINE({100;200};{0.5;0.25})", 100.0},
                     {"=WEIGHTEDPIPELINE({100;200};{50;25})", Fault::OutsideDomain, "50 % is 0.5"}},
    }),
    describe<&discountRate>({
        .name = "DISCOUNTRATE",
        .family = Family::Sales,
        .title = "Discount rate",
        .summary = "Share of the list price that was given away",
        .formula = "sum of ({listPrices} - {soldPrices}) / sum of {listPrices}",
        .parameters = {{"listPrices", "List price of each sale"}, {"soldPrices", "Price each was sold at"}},
        .notes = {notes::pairsInStep, "A sale above its list price lowers the rate"},
        .caution = "It is weighted by price: a deep discount on a small sale hardly shows",
        .source = "Definition",
        .related = {"AVERAGESALE"},
        .examples = {{"=DISCOUNTRATE({100;200};{90;180})", 0.1}, {"=DISCOUNTRATE(0;0)", Fault::DivideByZero}},
    }),
    describe<&salesCapacity>({
        .name = "SALESCAPACITY",
        .family = Family::Sales,
        .title = "Sales capacity",
        .summary = "Amount the team can sell in the period",
        .formula = "({sellers} + {ramping} * {rampShare}) * {quota} * {attainment}",
        .plain = "({sellers}[+{ramping}*{rampShare}])*{quota}[*{attainment}]",
        .parameters = {{"sellers", "Number of fully productive sellers"},
                       {"quota", "Quota of one seller"},
                       {"attainment", "Share of the quota that sellers reach", 1.0},
                       {"ramping", "Number of sellers who are still ramping up", 0.0},
                       {"rampShare", "Share of a full seller's work that a ramping one does", 0.5}},
        .caution = "Sellers who leave in the period are not in it",
        .source = "Definition",
        .related = {"QUOTAATTAINMENT", "SALESPRODUCTIVITY"},
        .examples = {{"=SALESCAPACITY(8;100;0.9;2;0.5)", 810.0},
                     {"=SALESCAPACITY(8;100)", 800.0},
                     {"=SALESCAPACITY(8;100;0.9;2;1.5)", Fault::OutsideDomain}},
    }),
    describe<&winRateLift>({
        .name = "WINRATELIFT",
        .family = Family::Sales,
        .title = "Win rate lift",
        .summary = "Win rate with something, such as pre-sales or content, minus the win rate without it",
        .formula = "{wonWith} / ({wonWith} + {lostWith}) - {wonWithout} / ({wonWithout} + {lostWithout})",
        .plain = "{wonWith}/({wonWith}+{lostWith})-{wonWithout}/({wonWithout}+{lostWithout})",
        .parameters = {{"wonWith", "Number of deals won with it"},
                       {"lostWith", "Number of deals lost with it"},
                       {"wonWithout", "Number of deals won without it"},
                       {"lostWithout", "Number of deals lost without it"}},
        .caution = "It is given to the deals that looked best, so the lift is not all its own doing",
        .source = "Definition",
        .related = {"WINRATE", "USAGERATE"},
        .examples = {{"=WINRATELIFT(30;20;40;60)", 0.2},
                     {"=WINRATELIFT(0;10;10;0)", -1.0},
                     {"=WINRATELIFT(30;20;0;0)", Fault::DivideByZero}},
    }),
    describe<&forecastAccuracy>({
        .name = "FORECASTACCURACY",
        .family = Family::Sales,
        .title = "Forecast accuracy",
        .summary = "One minus the forecast's relative error, never below 0",
        .formula = "1 - {measure} of {actuals} and {forecasts}",
        .parameters = {{"actuals", "What came in"},
                       {"forecasts", "What was forecast"},
                       {"measure", "Relative error: of each period weighted by size, unweighted, or of the totals", "wape"}},
        .notes = {"\"wape\" is the sum of the absolute errors over that of the absolute actuals, \"mape\" the mean of the absolute "
                  "errors "
                  "over their actuals, \"total\" the error of the totals over the sum of the actuals, both without their signs",
                  notes::pairsInStep, notes::zeroActual},
        .caution = "With \"total\" errors up and down cancel; with \"mape\" periods with small actuals dominate",
        .source = "Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., 2021, section 5.8",
        .related = {"FORECASTERROR", "WEIGHTEDPIPELINE"},
        .examples = {{"=FORECASTACCURACY({1000;10};{950;25})", 0.93564356435644},
                     {"=FORECASTACCURACY({1000;10};{950;25};\"mape\")", 0.225},
                     {"=FORECASTACCURACY({1000;10};{950;25};\"total\")", 0.96534653465347},
                     {"=FORECASTACCURACY({-5;20};{5;20})", 0.6, "Credit notes of 5: an error of 10 over amounts of 25"},
                     {"=FORECASTACCURACY({10;10};{90;90})", 0.0, "An error above 100 % is an accuracy of 0"},
                     {"=FORECASTACCURACY({0;0};{1;2})", Fault::DivideByZero}},
    }),
    describe<&forecastError>({
        .name = "FORECASTERROR",
        .family = Family::Sales,
        .title = "Forecast error",
        .summary = "How far forecasts were from what came in, by the measure asked for",
        .formula = "{measure} of e = {actuals} - {forecasts}",
        .parameters = {{"actuals", "What came in"},
                       {"forecasts", "What was forecast"},
                       {"measure", "Which error"},
                       {"training", "Earlier actuals, oldest first, whose naive error scales \"mase\""}},
        .notes =
            {"\"me\" mean of e, \"mae\" mean of |e|, \"rmse\" root of the mean of e squared, \"mpe\" mean of e / actual, \"mape\" "
             "mean of |e / actual|, \"smape\" mean of 2 |e| / (|actual| + |forecast|), \"wape\" sum of |e| / sum of |actual|, "
             "\"bias\" sum of (forecast - actual) / sum of actuals",
             "\"smape\" is 0 where both are 0",
             "\"mase\" is \"mae\" over the mean step between neighbours in {training}; without {training} it is #N/A",
             notes::pairsInStep, notes::zeroActual},
        .caution = "\"mpe\", \"me\" and \"bias\" let errors cancel; \"mape\" is ruled by periods with small actuals",
        .source =
            "Hyndman and Koehler, Another look at measures of forecast accuracy, International Journal of Forecasting 22, 2006",
        .related = {"FORECASTACCURACY"},
        .examples = {{"=FORECASTERROR({1000;10};{950;25};\"mape\")", 0.775},
                     {"=FORECASTERROR({1000;10};{950;25};\"smape\")", 0.454212454212454},
                     {"=FORECASTERROR({1000;10};{950;25};\"me\")", 17.5},
                     {"=FORECASTERROR({1000;10};{950;25};\"mae\")", 32.5},
                     {"=FORECASTERROR({1000;10};{950;25};\"bias\")", -0.0346534653465347},
                     {"=FORECASTERROR({12;14};{11;16};\"mase\";{10;12;11;13})", 0.9, "Mean |e| 1.5 over mean step 5/3"},
                     {"=FORECASTERROR({12;14};{11;16};\"mase\")", Fault::NothingToCompute},
                     {"=FORECASTERROR({0;10};{1;10};\"mape\")", Fault::DivideByZero},
                     {"=FORECASTERROR({12;14};{11;16};\"error\")", Fault::OutsideDomain}},
    }),
};

}  // namespace calckpi
