#include "core/sheets/table_rules.hpp"

#include "core/sheets/data_check.hpp"
#include "core/sheets/table_text.hpp"

#include <algorithm>
#include <iterator>

namespace calckpi::panel {
namespace {

// A sentence of a function's rules; the slots are the columns that the choices name. One that speaks of an argument is only
// where that is chosen.
struct Rule {
    std::string_view function;
    Message sentence;
    std::string_view needs{};
};

constexpr Rule rules[] = {
    {"SEGMENTS", msg("Win rate is won / (won + lost); open deals do not count in it ({status}: {won} is won, {lost} is lost)")},
    {"SEGMENTS", msg("Low and high bound the win rate with 95 % confidence (Wilson)")},
    {"SEGMENTS", msg("The p-value is how often chance alone would make such a difference from all others; of 20 equal segments one "
                     "is below 0.05")},
    {"SEGMENTS", msg("Revenue and average sale are the {amount} of won deals"), "amount"},
    {"SEGMENTS", msg("Days to win are from {opened} to {closed}, of won deals"), "closed"},
    {"KPIPERIODS", msg("Created counts by {opened}; won, lost, win rate, revenue, average sale and days to win by {closed}")},
    {"KPIPERIODS", msg("Win rate is won / (won + lost) ({status}: {won} is won, {lost} is lost)")},
    {"KPIPERIODS",
     msg("Open and pipeline are those at the end of the period, from today's amounts; the win rate of created deals "
         "rises with their age"),
     "amount"},
    {"KPIPERIODS", msg("A period marked … is still running: its figures are not final")},
    {"STUCKDEALS", msg("Age is counted from {opened} ({status}: all but {won} and {lost} is open)")},
    {"STUCKDEALS", msg("A row is counted from 1 below the headers of the source")},
    {"WINCURVE",
     msg("Age is counted from {opened} to {closed}; an open deal counts as long as it has been open ({status}: {won} is "
         "won, {lost} is lost)")},
    {"WINCURVE", msg("Shares are of all deals, won and lost competing (Aalen and Johansen); low and high bound the share won with "
                     "95 % confidence")},
    {"COHORTS", msg("Each row is the customers who bought first in that period, by {when}; columns count the periods since")},
    {"COHORTS",
     msg("All is weighted by the size of the cohorts that are old enough; what is not over is empty, and the last one may "
         "still be running")},
    {"COHORTS", msg("An {amount} of 0 or less does not count as a purchase, but counts in revenue"), "amount"},
    {"MRRMOVEMENTS", msg("A customer's revenue in a period is the sum of {amount} dated in it: spread yearly invoices over their "
                         "months first")},
    {"MRRPLANS", msg("Revenue is per month, from the plans that run at the end of the period, from {start} until the day before "
                     "{end}")},
    {"MRRMOVEMENTS", msg("Start plus movements is end; a customer is new once, and reactivated after a return")},
    {"MRRPLANS", msg("Start plus movements is end; a customer is new once, and reactivated after a return")},
    {"MRRMOVEMENTS",
     msg("GRR is (start - contraction - churned) / start, NRR adds expansion; the last period may still be running")},
    {"MRRPLANS", msg("GRR is (start - contraction - churned) / start, NRR adds expansion; the last period may still be running")},
    {"RFM", msg("Repeats are days with a purchase after the first one, amounts of one day together; days whose amount is 0 or less "
                "do not count")},
    {"RFM", msg("With few days since the first purchase, silence means nothing yet")},
    {"CLVPREDICT", msg("Value is purchases times amount times margin within {horizon} days, discounted by {yearlyRate} a year")},
    {"CLVPREDICT", msg("The table must hold every customer's first purchase; no season, trend or price change is in the model")},
    {"CLVPREDICT",
     msg("Low and high are what the parameters leave open, not what the world does; spend must not rise with frequency")},
    {"PERIODVALUES", msg("Rows count by {when}; a period marked … is still running")},
};

struct TitleOf {
    std::string_view function;
    Message title;
    Message shows;  // below it
};
constexpr TitleOf titles[] = {
    {"SEGMENTS", msg("Win rate by {by}: {source}"), msg("Deals, most first")},
    {"KPIPERIODS", msg("KPIs by period: {source}"), msg("Deals, oldest period first")},
    {"STUCKDEALS", msg("Stuck deals: {source}"), msg("Open deals that are older than the limit, oldest first")},
    {"WINCURVE", msg("Win curve: {source}"), msg("Share of deals won and lost by their age in days")},
    {"COHORTS", msg("Cohorts: {source}"), msg("Customers by their first purchase")},
    {"MRRMOVEMENTS", msg("Recurring revenue: {source}"), msg("From invoices, in the unit of {amount}")},
    {"MRRPLANS", msg("Recurring revenue: {source}"), msg("From plans, per month, in the unit of {amount}")},
    {"RFM", msg("Customers: {source}"), msg("Purchases of each customer")},
    {"CLVPREDICT", msg("Customer value forecast: {source}"), msg("What customers are expected to buy within {horizon} days")},
    {"PERIODVALUES", msg("Values by period: {source}"), msg("By {when}, oldest period first")},
};

const TitleOf& titleOf(std::string_view function) {
    const auto* found =
        std::find_if(std::begin(titles), std::end(titles) - 1, [&](const TitleOf& title) { return title.function == function; });
    return *found;
}

std::string listed(const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& text : texts) all += (all.empty() ? "" : ", ") + text;
    return all;
}

std::string filled(Message message, const TableChoices& choices, const TableContext& context, const Texts& texts) {
    const double horizon = choices.number("horizon").value_or(365);
    return texts.say(message, {{"source", context.sourceName},
                               {"by", choices.text("by")},
                               {"status", choices.text("status")},
                               {"won", listed(choices.texts("won"))},
                               {"lost", listed(choices.texts("lost"))},
                               {"amount", choices.text("amount")},
                               {"opened", choices.text("opened")},
                               {"closed", choices.text("closed")},
                               {"when", choices.text("when")},
                               {"start", choices.text("start")},
                               {"end", choices.text("end")},
                               {"horizon", texts.number(horizon)},
                               {"yearlyRate", texts.percent(choices.number("yearlyRate").value_or(0))}});
}

}  // namespace

std::string tableTitle(const TableChoices& choices, const TableContext& context, const Texts& texts) {
    return filled(titleOf(choices.function).title, choices, context, texts);
}

std::string tableSubtitle(const TableChoices& choices, const TablePreview&, const TableContext& context, const Texts& texts) {
    std::string all = filled(titleOf(choices.function).shows, choices, context, texts);
    const auto add = [&all](const std::string& part) { all += " · " + part; };
    if (!context.date.empty()) add(texts.say(msg("as of {date}"), {{"date", context.date}}));
    std::vector<std::string> filters;
    for (const Criterion& filter : choices.filters) filters.push_back(filter.column + ": " + filter.test);
    if (!filters.empty()) add(texts.say(msg("only {filters}"), {{"filters", listed(filters)}}));
    return all;
}

std::vector<std::string> tableRules(const TableChoices& choices, const TableContext& context, const Texts& texts) {
    std::vector<std::string> sentences;
    for (const Rule& rule : rules)
        if (rule.function == choices.function && (rule.needs.empty() || choices.value(rule.needs) != nullptr))
            sentences.push_back(filled(rule.sentence, choices, context, texts));
    if (!context.severalCurrencies.empty()) sentences.push_back(currencyRule(context.severalCurrencies, texts));
    return sentences;
}

}  // namespace calckpi::panel
