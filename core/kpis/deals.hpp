// One number from a deal table: the export as it is, its columns named by their headers.
//
//   =DWINRATE(Deals.A:H; "stage"; "Won"; "Lost"; "closed"; "channel"; "Partner")
#pragma once

#include "core/values/choice.hpp"
#include "core/tables/frame.hpp"
#include "core/catalog/function.hpp"
#include "core/kpis/sales.hpp"
#include "core/statistics/statistic.hpp"

#include <optional>

namespace calckpi {

struct BasisWords {
    enum Value { Closed, Created };
    static constexpr Word<Value> words[] = {{"closed", Closed}, {"created", Created}};
};
using Basis = Choice<BasisWords>;

struct SalesWords {
    enum Value { Sum, Mean, Median, Count };
    static constexpr Word<Value> words[] = {{"sum", Sum}, {"mean", Mean}, {"median", Median}, {"count", Count}};
};
using SalesStatistic = Choice<SalesWords>;

Result<Share> dWinRate(const TableHandle& table, const ColumnRef& status, const Values& won, const Values& lost,
                       Optional<Basis> basis, const Filters& filters);
Result<Share> dWinValue(const TableHandle& table, const ColumnRef& status, const Values& won, const Values& lost,
                        const ColumnRef& amount, const Filters& filters);
Result<Days> dSalesCycle(const TableHandle& table, const ColumnRef& opened, const ColumnRef& closed, Optional<Statistic> statistic,
                         const Filters& filters);
Result<Money> dSales(const TableHandle& table, const ColumnRef& status, const Values& won, const ColumnRef& amount,
                     Optional<SalesStatistic> statistic, const Filters& filters);
Result<Money> dPipeline(const TableHandle& table, const ColumnRef& status, const Values& won, const Values& lost,
                        const ColumnRef& amount, const std::optional<ColumnRef>& probability, const Filters& filters);
Result<MoneyPerDay> dSalesVelocity(const TableHandle& table, const ColumnRef& status, const Values& won, const Values& lost,
                                   const ColumnRef& amount, const ColumnRef& opened, const ColumnRef& closed,
                                   const Filters& filters);
Result<Days> dResponseTime(const TableHandle& table, const ColumnRef& received, const ColumnRef& contacted,
                           Optional<Statistic> statistic, const Filters& filters);

// Notes and meanings that the deal table functions share are here, once.
namespace notes {
inline constexpr std::string_view tableMeaning = "Range whose first row holds the headers; whole columns are welcome";
inline constexpr std::string_view statusMeaning = "Column of the deal's state: its header or its number in the range";
inline constexpr std::string_view wonMeaning = "Text that means won, or a list of such texts";
inline constexpr std::string_view lostMeaning = "Text that means lost, or a list of such texts";
inline constexpr std::string_view filtersMeaning =
    "Pairs of a column and a criterion as in SUMIFS, such as \"Partner\", \">=1000\", \"<>\" or \"Ent*\"; all must hold";
inline constexpr std::string_view states =
    "A deal is won or lost by the texts given, open with any other text: a misspelt text counts nothing. Rows without a state are "
    "not counted. Case and blanks do not matter, and a text finds cells as in SUMIFS: \"TRUE\" a true cell. What means both won "
    "and "
    "lost is Err:502";
inline constexpr std::string_view criteria =
    "Criteria are read as SUMIFS reads them with wildcards enabled and whole cells matched, whatever the document's settings";
inline constexpr std::string_view amountColumnMeaning = "Column of the deal's amount";
inline constexpr std::string_view openedColumnMeaning = "Column of the date of the first contact";
inline constexpr std::string_view closedColumnMeaning = "Column of the date of the close";
inline constexpr std::string_view howToSumUp = "How to sum up";
inline constexpr std::string_view errorCells = "An error in a column that is used is passed on; other columns are not read";
inline constexpr std::string_view textCells =
    "A text in a column of amounts or dates is #VALUE!, and a number among dates that is none from 1582-10-15 to 9999-12-31 is "
    "Err:502; an empty cell there is skipped. An error in a column that is used is passed on; other columns are not read";
inline constexpr std::string_view periodsOfBy =
    "With a period, as in \"opened/month\" or \"opened/year/4\", the segments are the periods' first days in time, none left out "
    "between, \"(blank)\" last; a text in that column is #VALUE!, and more than 10,000 periods are Err:538. A header that is "
    "written so goes first";
inline constexpr std::string_view daysOfNoRows =
    "No row left by the filters is #N/A, and so are rows without both dates, whose \"count\" is 0";
}  // namespace notes

inline constexpr Function dealFunctions[] = {
    describe<&dWinRate>({
        .name = "DWINRATE",
        .family = Family::DealTable,
        .title = "Win rate from a deal table",
        .summary = "Share of the closed deals of a table that were won, or of all its deals",
        .formula = "{won} / ({won} + {lost}); of all deals with \"created\"",
        .parameters = {{"table", notes::tableMeaning},
                       {"status", notes::statusMeaning},
                       {"won", notes::wonMeaning},
                       {"lost", notes::lostMeaning},
                       {"basis", "Share of the closed deals, or of all created ones", "closed"},
                       {"filters", notes::filtersMeaning}},
        .notes = {notes::states, notes::errorCells, notes::criteria,
                  "No row left by the filters is #N/A; rows but none closed is #DIV/0!"},
        .caution = notes::fewDeals,
        .benchmark = notes::averageWinRate,
        .source = notes::winRateSource,
        .related = {"WINRATE", "CLOSERATIO"},
        .examples = {{"=DWINRATE(Deals.A1:G13;\"stage\";\"Won\";\"Lost\")", 0.5, "4 won, 4 lost"},
                     {"=DWINRATE(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"created\")", 1.0 / 3, "4 won of 12 created"},
                     {"=DWINRATE(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"closed\";\"channel\";\"Partner\")", 2.0 / 3},
                     {"=DWINRATE(Deals.A:G;4;\"won\";{\"lost\";\"proposal\"};;\"amount\";\">=1000\")", 0.5,
                      "By the column's number; proposals count as lost"},
                     {"=DWINRATE(Deals.A:G;\"phase\";\"Won\";\"Lost\")", Fault::OutsideDomain, "No such header"},
                     {"=DWINRATE(Deals.A:G;\"stage\";\"Won\";\"Lost\";;\"channel\";\"Fair\")", Fault::NothingToCompute,
                      "No such channel"},
                     {"=DWINRATE(Deals.A:G;\"stage\";\"Won\";\"Lost\";;\"owner\";\"Cleo\")", Fault::DivideByZero,
                      "None of Cleo's deals has closed"}},
    }),
    describe<&dWinValue>({
        .name = "DWINVALUE",
        .family = Family::DealTable,
        .title = "Win rate by value from a deal table",
        .summary = "Share of the amount of the closed deals of a table that was won",
        .formula = "{amount} of the deals {won} / {amount} of the deals {won} or {lost}",
        .parameters = {{"table", notes::tableMeaning},
                       {"status", notes::statusMeaning},
                       {"won", notes::wonMeaning},
                       {"lost", notes::lostMeaning},
                       {"amount", notes::amountColumnMeaning},
                       {"filters", notes::filtersMeaning}},
        .notes = {notes::states, notes::textCells,
                  "No row left by the filters is #N/A, and so are won or lost deals of which none has an amount; closed deals "
                  "worth 0 are "
                  "#DIV/0!; won or lost deals worth less than 0 in all are Err:502"},
        .caution =
            "A few large deals rule it: when it is far from DWINRATE, look at which deals those are. Lost deals often carry a "
            "wishful amount",
        .source = "Definition",
        .related = {"DWINRATE", "DSALES", "WINRATE"},
        .examples = {{"=DWINVALUE(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"amount\")", 6350.0 / 9950, "6350 won, 3600 lost"},
                     {"=DWINVALUE(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"amount\";\"channel\";\"Partner\")", 3600.0 / 5100},
                     {"=DWINVALUE(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"amount\";\"owner\";\"Cleo\")", Fault::DivideByZero,
                      "None of Cleo's deals has closed"},
                     {"=DWINVALUE(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"owner\")", Fault::NotANumber, "A name is not an amount"}},
    }),
    describe<&dSalesCycle>({
        .name = "DSALESCYCLE",
        .family = Family::DealTable,
        .title = "Sales cycle from a deal table",
        .summary = "Days from first contact to close, over the rows that have both dates",
        .formula = "{statistic} of ({closed} - {opened})",
        .parameters = {{"table", notes::tableMeaning},
                       {"opened", notes::openedColumnMeaning},
                       {"closed", notes::closedColumnMeaning},
                       {"statistic", notes::howToSumUp, "mean"},
                       {"filters", notes::filtersMeaning}},
        .notes = {"Won and lost deals both count; a filter on the state leaves the won ones", notes::closeBeforeOpening,
                  notes::daysOfNoRows, notes::textCells},
        .caution = "Deals still open are missing, and they are the slow ones: a growing team looks faster than it is",
        .source = "Definition; percentiles as in Calc's PERCENTILE",
        .related = {"SALESCYCLE", "DSALESVELOCITY"},
        .examples = {{"=DSALESCYCLE(Deals.A:G;\"opened\";\"closed\")", 30.0, "8 deals have closed"},
                     {"=DSALESCYCLE(Deals.A:G;\"opened\";\"closed\";;\"stage\";\"Won\")", 40.0, "The won deals took longer"},
                     {"=DSALESCYCLE(Deals.A:G;6;7;\"median\")", 25.0, "By the columns' numbers"},
                     {"=DSALESCYCLE(Deals.A:G;\"opened\";\"closed\";\"count\";\"owner\";\"Cleo\")", 0.0,
                      "None of Cleo's deals has closed"},
                     {"=DSALESCYCLE(Deals.A:G;\"opened\";\"closed\";\"p90\";\"owner\";\"Cleo\")", Fault::NothingToCompute},
                     {"=DSALESCYCLE(Deals.A:G;\"closed\";\"opened\")", Fault::OutsideDomain, "Closed before it was opened"},
                     {"=DSALESCYCLE(Deals.A:G;\"opened\";\"stage\")", Fault::NotANumber, "A state is not a date"}},
    }),
    describe<&dSales>({
        .name = "DSALES",
        .family = Family::DealTable,
        .title = "Sales from a deal table",
        .summary = "Amount of the won deals of a table: in all, on average, or how many",
        .formula = "{statistic} of {amount} over the deals {won}",
        .parameters = {{"table", notes::tableMeaning},
                       {"status", notes::statusMeaning},
                       {"won", notes::wonMeaning},
                       {"amount", notes::amountColumnMeaning},
                       {"statistic", notes::howToSumUp, "sum"},
                       {"filters", notes::filtersMeaning}},
        .notes = {"A deal is won by the texts given, whatever their case and blanks; rows without a state are not counted",
                  "\"sum\" adds the amounts up, \"mean\" is the average sale, \"median\" the one in the middle; \"count\" is the "
                  "number of won deals that have an amount",
                  "No row left by the filters is #N/A; where none is won, \"sum\" and \"count\" are 0 and the others #N/A; where "
                  "won deals have "
                  "no amount, all but \"count\" are #N/A",
                  notes::textCells},
        .caution = "One very large sale lifts the mean; compare it with the median",
        .source = "Definition",
        .related = {"AVERAGESALE", "DWINVALUE", "DPIPELINE"},
        .examples = {{"=DSALES(Deals.A:G;\"stage\";\"Won\";\"amount\")", 6350.0},
                     {"=DSALES(Deals.A:G;\"stage\";\"Won\";\"amount\";\"mean\")", 1587.5, "The average sale"},
                     {"=DSALES(Deals.A:G;\"stage\";\"Won\";\"amount\";\"median\";\"closed\";\"<2026-04-01\")", 1200.0,
                      "Of the first quarter"},
                     {"=DSALES(Deals.A:G;\"stage\";\"Won\";\"amount\";\"count\";\"channel\";\"Web\")", 2.0},
                     {"=DSALES(Deals.A:G;\"stage\";\"Won\";\"amount\";;\"owner\";\"Cleo\")", 0.0, "Cleo has not won yet"},
                     {"=DSALES(Deals.A:G;\"stage\";\"Won\";\"amount\";\"mean\";\"owner\";\"Cleo\")", Fault::NothingToCompute},
                     {"=DSALES(Deals.A:G;\"stage\";\"Won\";\"amount\";\"max\")", Fault::OutsideDomain, "No such option"}},
    }),
    describe<&dPipeline>({
        .name = "DPIPELINE",
        .family = Family::DealTable,
        .title = "Pipeline from a deal table",
        .summary = "Amount of the open deals of a table, weighted when their probabilities are given",
        .formula = "sum of {amount} over the open deals; with {probability} sum of {amount} * {probability}",
        .parameters = {{"table", notes::tableMeaning},
                       {"status", notes::statusMeaning},
                       {"won", notes::wonMeaning},
                       {"lost", notes::lostMeaning},
                       {"amount", notes::amountColumnMeaning},
                       {"probability", "Column of the probability to win the deal, from 0 to 1; without it all count in full"},
                       {"filters", notes::filtersMeaning}},
        .notes = {notes::states,
                  "An open deal without a probability is skipped when {probability} is given; one above 1 is Err:502",
                  "No row left by the filters is #N/A, and so are open deals of which none has an amount; rows but none open is 0",
                  notes::textCells},
        .caution = "Old deals that nobody will win fill a pipeline: filter by the date of the last activity",
        .source = "Definition",
        .related = {"WEIGHTEDPIPELINE", "PIPELINECOVERAGE", "DSALES"},
        .examples = {{"=DPIPELINE(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"amount\")", 5800.0, "4 open deals, one without an amount"},
                     {"=DPIPELINE(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"amount\";;\"stage\";\"Proposal\")", 5300.0},
                     {"=DPIPELINE(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"amount\";;\"owner\";\"Ben\")", 0.0,
                      "Ben has no open deal"},
                     {"=DPIPELINE(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"amount\";\"amount\")", Fault::OutsideDomain,
                      "An amount is not a probability"},
                     {"=DPIPELINE(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"amount\";;\"owner\";\"Dan\")", Fault::NothingToCompute,
                      "No such owner"}},
    }),
    describe<&dSalesVelocity>({
        .name = "DSALESVELOCITY",
        .family = Family::DealTable,
        .title = "Sales velocity from a deal table",
        .summary = "Money the deals of a table bring in per day, all figures from the same rows",
        .formula =
            "deals * mean {amount} of the deals {won} * {won} / ({won} + {lost}) / mean of ({closed} - {opened}) of the deals "
            "{won}",
        .parameters = {{"table", notes::tableMeaning},
                       {"status", notes::statusMeaning},
                       {"won", notes::wonMeaning},
                       {"lost", notes::lostMeaning},
                       {"amount", notes::amountColumnMeaning},
                       {"opened", notes::openedColumnMeaning},
                       {"closed", notes::closedColumnMeaning},
                       {"filters", notes::filtersMeaning}},
        .notes =
            {notes::states, "All deals count, won, lost and open",
             "No row left by the filters, or no deal won with an amount and both dates, is #N/A; none closed, or all won on the "
             "day they were opened, is #DIV/0!; a close before its opening is Err:502",
             notes::textCells},
        .caution = "Big slow deals mixed with small quick ones mislead: look at them apart, by filters",
        .source = "Definition; as in HubSpot's and Salesforce's glossaries",
        .related = {"SALESVELOCITY", "DWINRATE", "DSALES", "DSALESCYCLE"},
        .examples = {{"=DSALESVELOCITY(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"amount\";\"opened\";\"closed\")", 238.125,
                      "12 deals of 1587.50, half of them won, in 40 days"},
                     {"=DSALESVELOCITY(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"amount\";\"opened\";\"closed\";\"channel\";\"Web\")",
                      110.0, "7 deals of 1375, 2 of 5 won, in 35 days"},
                     {"=DSALESVELOCITY(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"amount\";\"opened\";\"closed\";\"owner\";\"Cleo\")",
                      Fault::DivideByZero, "None of Cleo's deals has closed"},
                     {"=DSALESVELOCITY(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"amount\";\"opened\";\"opened\")", Fault::DivideByZero,
                      "A cycle of 0 days"}},
    }),
    describe<&dResponseTime>({
        .name = "DRESPONSETIME",
        .family = Family::DealTable,
        .title = "Lead response time from a lead table",
        .summary = "Days from a lead's arrival to the first contact with it, over the rows that have both times",
        .formula = "{statistic} of ({contacted} - {received})",
        .parameters = {{"table", notes::tableMeaning},
                       {"received", "Column of the time when the lead came in"},
                       {"contacted", "Column of the time when it was first contacted"},
                       {"statistic", notes::howToSumUp, "mean"},
                       {"filters", notes::filtersMeaning}},
        .notes = {"A contact before the lead came in is Err:502, never a negative time; one without a time of day is not before a "
                  "lead of "
                  "that day: 0 days",
                  notes::daysOfNoRows, notes::textCells},
        .caution = "Leads that nobody answered are missing, and one forgotten lead outweighs many quick answers in the mean: look "
                   "at the median and at RESPONSESLA",
        .benchmark = "Within 5 minutes is widely quoted (Oldroyd, Lead Response Management Study, MIT and InsideSales.com, 2007)",
        .source = "Definition; percentiles as in Calc's PERCENTILE",
        .related = {"LEADRESPONSETIME", "RESPONSESLA"},
        .examples = {{"=DRESPONSETIME(Deals.A:G;\"opened\";\"closed\";\"min\")", 10.0,
                      "Here the dates of the deals serve as those of leads"},
                     {"=DRESPONSETIME(Deals.A:G;\"opened\";\"closed\";\"count\";\"channel\";\"Web\")", 5.0, "5 of 7 were answered"},
                     {"=DRESPONSETIME(Deals.A:G;\"opened\";\"closed\";;\"channel\";\"Web\")", 24.0},
                     {"=DRESPONSETIME(Deals.A:G;\"closed\";\"opened\")", Fault::OutsideDomain, "Contacted before it came in"},
                     {"=DRESPONSETIME(Deals.A:G;\"opened\";\"closed\";;\"channel\";\"Fair\")", Fault::NothingToCompute,
                      "No such channel"}},
    }),
};

}  // namespace calckpi
