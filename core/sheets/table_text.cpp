#include "core/sheets/table_text.hpp"

#include "core/sheets/data_check.hpp"
#include "core/sheets/figures.hpp"
#include "core/sheets/formula_parts.hpp"

#include <algorithm>
#include <cmath>

namespace calckpi::panel {
namespace {

std::string joined(const std::vector<std::string>& texts, std::string_view between) {
    std::string all;
    for (const std::string& text : texts) {
        if (!all.empty()) all += between;
        all += text;
    }
    return all;
}

std::string filtersText(const std::vector<Criterion>& filters) {
    std::vector<std::string> each;
    for (const Criterion& filter : filters) each.push_back(filter.column + ": " + filter.test);
    return joined(each, "; ");
}

// windowText says a window in the largest unit that gives a whole number.
std::string windowText(double days, const Texts& texts) {
    const auto whole = [](double number) { return std::abs(number - std::round(number)) < 1e-6 && std::round(number) >= 1; };
    const auto said = [&](Message message, double n) { return texts.say(message, static_cast<std::int64_t>(std::round(n))); };
    if (whole(days)) return said(msg("within {n} day of the first stage", "within {n} days of the first stage"), days);
    if (whole(days * 24)) return said(msg("within {n} hour of the first stage", "within {n} hours of the first stage"), days * 24);
    const double minutes = days * 24 * 60;
    if (minutes >= 1) return said(msg("within {n} minute of the first stage", "within {n} minutes of the first stage"), minutes);
    if (minutes * 60 < 1) return texts.say(msg("within less than a second of the first stage"));
    return said(msg("within {n} second of the first stage", "within {n} seconds of the first stage"), minutes * 60);
}

std::string lostNames(const Choices& choices) {
    std::vector<std::string> names;
    for (const ChosenStage& stage : choices.stages)
        if (!isStep(stage)) names.push_back(stage.name);
    return joined(names, ", ");
}

void addStagesRules(std::vector<std::string>& rules, const Choices& choices, const Texts& texts) {
    rules.push_back(texts.say(msg("A deal at a stage has reached all stages before it")));
    if (losesAny(choices)) {
        const std::string lost = lostNames(choices);
        const std::string& lostAt = choices.statusDecides ? choices.stage : choices.lostStage;
        if (lostAt.empty())
            rules.push_back(
                texts.say(msg("A deal that is lost ({lost}) counts at the first stage only: the table does not say where it "
                              "was lost"),
                          {{"lost", lost}}));
        else
            rules.push_back(
                texts.say(msg("A deal that is lost ({lost}) has reached the stage in the column {column}, or the first one if "
                              "that is empty or not listed"),
                          {{"lost", lost}, {"column", lostAt}}));
    }
    rules.push_back(texts.say(msg("Deals at a stage that is not listed are not counted")));
}

void addDatesRules(std::vector<std::string>& rules, const Choices& choices, const PlanContext& context, const Texts& texts) {
    switch (choices.fill) {
        case DateFill::None:
            rules.push_back(
                texts.say(msg("A deal has reached a stage when the dates of that stage and of all stages before it are there")));
            break;
        case DateFill::Later:
            rules.push_back(texts.say(msg("A deal has reached a stage when the date of that stage or of a later one is there")));
            break;
        case DateFill::Each:
            rules.push_back(texts.say(msg("Each stage counts its own dates, whatever the other stages: counts may rise")));
            break;
    }
    if (choices.asOf && !context.date.empty())
        rules.push_back(texts.say(msg("Dates after {date} have not happened"), {{"date", context.date}}));
    rules.push_back(texts.say(msg("All that have not moved on are lost: dates do not show who may still do so")));
    rules.push_back(texts.say(msg("Days are counted from the stage before, over the deals that have both dates in that order")));
}

void addEventsRules(std::vector<std::string>& rules, const Choices& choices, const PlanContext& context, const Texts& texts) {
    std::vector<std::string> first;
    switch (choices.order) {
        case EventOrder::Ordered: first.push_back(texts.say(msg("Stages in their order, other events may lie between"))); break;
        case EventOrder::Increasing:
            first.push_back(texts.say(msg("Stages in their order, each at a later time, other events may lie between")));
            break;
        case EventOrder::Strict: first.push_back(texts.say(msg("Stages in their order, no other event between"))); break;
        case EventOrder::Any:
            first.push_back(texts.say(msg("In any order: the row of a stage counts who went through at least so many stages")));
            break;
    }
    if (choices.window) first.push_back(windowText(*choices.window, texts));
    first.push_back(choices.asOf && !context.date.empty() ? texts.say(msg("as of {date}"), {{"date", context.date}})
                                                          : texts.say(msg("as of the latest event")));
    rules.push_back(joined(first, ", "));
    rules.push_back(choices.window ? texts.say(msg("Who has time left is open, not lost"))
                                   : texts.say(msg("Time is not limited: all that have not gone through are open, none is lost")));
    rules.push_back(texts.say(msg("Days are counted from the stage before")));
}

}  // namespace

Formula newRowsBelow(const std::string& source, std::size_t columns, std::int32_t filledBelow) {
    // A single cell may be the title of something that is there; a row of data has more.
    const std::int32_t others = std::max(filledBelow, columns > 2 ? 1 : 0);
    return Formula("IFERROR(COUNTA(OFFSET(" + source + ";ROWS(" + source + ");0;1));0)>" + std::to_string(others));
}

std::string newRowsSentence(const Texts& texts) {
    return texts.say(msg(
        "New rows stand right below the data: select a cell of this table, add them to the data and press Update in the sidebar"));
}

Formula newRowsNote(const std::string& source, std::size_t columns, std::int32_t filledBelow, const Texts& texts) {
    return Formula("IF(") + newRowsBelow(source, columns, filledBelow) + ";" + asConstant(newRowsSentence(texts)) + ";\"\")";
}

std::string subtitleOf(const Choices& choices, const PlanContext& context, const Texts& texts) {
    std::vector<std::string> parts;
    switch (choices.shape) {
        case Shape::Counts:
            if (!choices.across)
                parts.push_back(
                    texts.say(msg("How many reached each stage, as counted in the column {column}"), {{"column", choices.count}}));
            else if (choices.stage.empty())
                parts.push_back(texts.say(msg("How many reached each stage")));
            else
                parts.push_back(
                    texts.say(msg("How many reached each stage, as counted in the row {row}"), {{"row", choices.count}}));
            break;
        case Shape::Stages:
            parts.push_back(texts.say(msg("Deals that reached each stage, from where each is now (column {column})"),
                                      {{"column", choices.stage}}));
            break;
        case Shape::Dates: parts.push_back(texts.say(msg("Deals that reached each stage, from the dates of the stages"))); break;
        case Shape::Events:
            parts.push_back(texts.say(msg("How many of the column {id} reached each stage, from the events in the column {column}"),
                                      {{"id", choices.id}, {"column", choices.stage}}));
            break;
    }
    const bool dated = choices.shape == Shape::Dates || choices.shape == Shape::Events;
    if (dated && choices.asOf && !context.date.empty()) parts.push_back(texts.say(msg("as of {date}"), {{"date", context.date}}));
    if (choices.shape != Shape::Counts && !choices.filters.empty())
        parts.push_back(texts.say(msg("only {filters}"), {{"filters", filtersText(choices.filters)}}));
    return joined(parts, " · ");
}

std::vector<std::string> rulesOf(const Choices& choices, const PlanContext& context, const Texts& texts, bool openKnown) {
    std::vector<std::string> rules;
    switch (choices.shape) {
        case Shape::Counts:
            rules.push_back(texts.say(msg("Shares of the counts as they are given: they need not be of the same people")));
            break;
        case Shape::Stages:
            addStagesRules(rules, choices, texts);
            if (!openKnown)
                rules.push_back(texts.say(msg("Open and lost are left out: the column {column} shows them, the stages do not"),
                                          {{"column", choices.status}}));
            break;
        case Shape::Dates: addDatesRules(rules, choices, context, texts); break;
        case Shape::Events: addEventsRules(rules, choices, context, texts); break;
    }
    if (hasBounds(choices))
        rules.push_back(texts.say(msg("Low and high bound the share of the stage before with 95 % confidence (Wilson)")));
    if (!context.severalCurrencies.empty()) rules.push_back(currencyRule(context.severalCurrencies, texts));
    if (!choices.live) rules.push_back(texts.say(msg("Values only: the table does not follow the data")));
    return rules;
}

std::size_t lettersIn(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::size_t longestWord(std::string_view text) {
    std::size_t longest = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        longest = std::max(longest, lettersIn(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return longest;
}

std::vector<std::string> inLines(const std::vector<std::string>& sentences, std::size_t letters) {
    const std::string all = joined(sentences, ". ");
    std::vector<std::string> lines;
    for (std::string_view rest = all; !rest.empty();) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        const std::string_view word = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (lines.empty() || lettersIn(lines.back()) + 1 + lettersIn(word) > letters)
            lines.emplace_back(word);
        else
            (lines.back() += ' ') += word;
    }
    return lines;
}

}  // namespace calckpi::panel
