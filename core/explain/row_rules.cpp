#include "core/recognition/nearest.hpp"
#include "core/explain/rows.hpp"
#include "core/explain/rules.hpp"

#include <algorithm>

namespace calckpi::explain {
namespace {

using panel::msg;

std::int64_t counted(std::size_t rows) { return static_cast<std::int64_t>(rows); }

std::string conditionOf(const CallWords& words, std::size_t argument) {
    return words.texts().say(msg("“{criterion}” in “{column}”"),
                             {{"criterion", words.text(argument + 1)}, {"column", words.header(*words.columnOf(argument))}});
}

// nearestValue is what a criterion may have meant: a text of its column.
std::string nearestValue(const CallWords& words, std::size_t column, const std::string& text) {
    const ColumnHandle cells = words.table()->look(column);
    const std::vector<std::string>& texts = cells->texts();
    const std::optional<std::size_t> meant = panel::nearest(text, texts);
    if (!meant) return {};
    return words.texts().say(msg("Did you mean “{word}”?"), {{"word", std::string(trimmed(texts[*meant]))}});
}

Reason noRowPasses(const CallWords& words, const RowFacts& facts) {
    Reason reason;
    for (const RowFacts::Condition& condition : facts.conditions) {
        if (condition.rows > 0) continue;
        reason.text = words.texts().say(msg("No row has {condition}"), {{"condition", conditionOf(words, condition.argument)}});
        reason.cell = words.placeOf(condition.argument + 1, 0);
        reason.remedy = nearestValue(words, *words.columnOf(condition.argument), words.text(condition.argument + 1));
        return reason;
    }
    std::string list;
    for (const RowFacts::Condition& condition : facts.conditions)
        list.append(list.empty() ? "" : ", ")
            .append(words.texts().say(msg("{condition}: {n} row", "{condition}: {n} rows"), counted(condition.rows),
                                      {{"condition", conditionOf(words, condition.argument)}}));
    reason.text = words.texts().say(msg("No row meets all conditions at once"));
    reason.remedy = list;
    return reason;
}

// wordNowhere is the first word of an argument that is in no cell of a column.
std::optional<std::string> wordNowhere(const CallWords& words, std::size_t argument, std::size_t column) {
    const ColumnHandle cells = words.table()->look(column);
    for (const Cell& cell : words.cells(argument)) {
        if (isEmpty(cell)) continue;
        const Words word = Values({cell}).readIn(words.table()->culture());
        const bool inTexts =
            std::any_of(cells->texts().begin(), cells->texts().end(), [&](const std::string& text) { return word.hasText(text); });
        const bool inNumbers = std::any_of(cells->numbers().begin(), cells->numbers().end(),
                                           [&](double number) { return !isMissing(number) && word.hasNumber(number); });
        if (inTexts || inNumbers) continue;
        if (const std::string* text = std::get_if<std::string>(&cell)) return std::string(trimmed(*text));
        if (const double* number = std::get_if<double>(&cell)) return digitsOf(*number);
    }
    return std::nullopt;
}

Reason noneClosed(const CallWords& words, const RowFacts& facts) {
    Reason reason{.cell = words.placeOf(*words.indexOf("won"), 0)};
    reason.text =
        words.texts().say(msg("{n} row is left, and it is neither won nor lost", "{n} rows are left, and none is won or lost"),
                          counted(facts.passing));
    const std::optional<Reason> stray = strayWord(words);
    if (stray) reason.remedy = stray->remedy.empty() ? stray->text : stray->text + ". " + stray->remedy;
    return reason;
}

Reason emptyColumn(const CallWords& words, const RowFacts::Empty& empty) {
    return {.text = words.texts().say(
                msg("“{column}” is empty in the {n} row that is left", "“{column}” is empty in all {n} rows that are left"),
                counted(empty.rows), {{"column", words.header(empty.column)}}),
            .remedy = {},
            .cell = words.placeOf(empty.argument, 0)};
}

std::optional<Reason> nothingLeft(const CallWords& words, const RowFacts& facts) {
    if (facts.rows == 0)
        return Reason{.text = words.texts().say(msg("{range} has no rows below its headers"), {{"range", words.whereOf(0)}}),
                      .remedy = {},
                      .cell = words.given(0).place};
    if (facts.passing == 0) return noRowPasses(words, facts);
    for (const RowFacts::Empty& empty : facts.empty)
        if (empty.rows == facts.passing) return emptyColumn(words, empty);
    if (facts.states && facts.states->none == facts.passing)
        return Reason{
            .text = words.texts().say(
                msg("“{column}” is empty in the {n} row that is left", "“{column}” is empty in all {n} rows that are left"),
                counted(facts.passing), {{"column", words.header(*words.columnOf(*words.indexOf("status")))}}),
            .remedy = {},
            .cell = {}};
    return std::nullopt;
}

// noDealStuck is that of STUCKDEALS.
std::optional<Reason> noDealStuck(const CallWords& words, const RowFacts& facts) {
    const std::optional<std::size_t> limit = words.indexOf("limit");
    if (words.function().name() != "STUCKDEALS" || !facts.states) return std::nullopt;
    if (facts.states->open == 0) return Reason{.text = words.texts().say(msg("No deal is open")), .remedy = {}, .cell = {}};
    const std::string given =
        words.isAbsent(*limit) ? std::string(std::get<std::string_view>(words.parameterOf(*limit).fallback)) : words.text(*limit);
    return Reason{.text = words.texts().say(msg("{n} deal is open, and it is not older than the limit, {limit}",
                                                "{n} deals are open, and none is older than the limit, {limit}"),
                                            counted(facts.states->open), {{"limit", given}}),
                  .remedy = words.texts().say(msg("That is good news: no deal is stuck")),
                  .cell = words.placeOf(*limit, 0)};
}

// noneInState says that none of the rows is in the state which the function sums up.
std::optional<Reason> noneInState(const CallWords& words, const RowFacts& facts) {
    if (!facts.states) return std::nullopt;
    const auto& [won, lost, open, none] = *facts.states;
    const std::string_view function = words.function().name();
    if (won + lost == 0 && words.indexOf("lost") && function != "DPIPELINE") return noneClosed(words, facts);
    if (won == 0 && words.indexOf("won") && function != "DPIPELINE")
        return Reason{.text = words.texts().say(msg("{n} row is left, and it is not won", "{n} rows are left, and none is won"),
                                                counted(facts.passing)),
                      .remedy = {},
                      .cell = words.placeOf(*words.indexOf("won"), 0)};
    if (const std::optional<std::size_t> amount = words.indexOf("amount"); amount && words.columnOf(*amount))
        return Reason{.text = words.texts().say(msg("The deals that count have no “{column}”"),
                                                {{"column", words.header(*words.columnOf(*amount))}}),
                      .remedy = {},
                      .cell = words.placeOf(*amount, 0)};
    return std::nullopt;
}

std::optional<Reason> dividedBy0(const CallWords& words, const RowFacts& facts) {
    if (facts.states && facts.states->won + facts.states->lost == 0) return noneClosed(words, facts);
    if (words.function().name() == "DWINVALUE")
        return Reason{
            .text = words.texts().say(msg("The amounts of the won and lost deals add up to 0")), .remedy = {}, .cell = {}};
    if (words.function().name() == "DSALESVELOCITY")
        return Reason{.text = words.texts().say(msg("The mean cycle of the won deals is 0 days, and nothing can be divided by 0")),
                      .remedy = words.texts().say(
                          msg("Are {opened} and {closed} the same column?"),
                          {{"opened", words.name(*words.indexOf("opened"))}, {"closed", words.name(*words.indexOf("closed"))}}),
                      .cell = {}};
    return std::nullopt;
}

// pairless says that no row has both of two dates.
std::optional<Reason> pairless(const CallWords& words, const RowFacts& facts) {
    if (!facts.used.empty() || facts.empty.size() < 2) return std::nullopt;
    return Reason{
        .text = words.texts().say(msg("No row has both “{one}” and “{other}”"),
                                  {{"one", words.header(facts.empty[0].column)}, {"other", words.header(facts.empty[1].column)}}),
        .remedy = {},
        .cell = {}};
}

// nothingYet says that all dates are later than the reference date.
std::optional<Reason> nothingYet(const CallWords& words) {
    const std::optional<std::size_t> asOf = words.indexOf("asOf");
    if (!asOf || words.isAbsent(*asOf) || !words.number(*asOf)) return std::nullopt;
    return Reason{
        .text = words.texts().say(msg("Nothing has happened up to {name}, {date}"),
                                  {{"name", words.name(*asOf)}, {"date", words.shown(*words.number(*asOf), Unit::Moment)}}),
        .remedy = {},
        .cell = words.placeOf(*asOf, 0)};
}

std::optional<Reason> tooLarge(const CallWords& words) {
    for (const std::string_view name : {"by", "period"}) {
        const std::optional<std::size_t> index = words.indexOf(name);
        if (index && !words.isAbsent(*index))
            return Reason{.text = words.texts().say(msg("{name}, {value}, makes a table of more rows or columns than a sheet has"),
                                                    {{"name", words.name(*index)}, {"value", words.text(*index)}}),
                          .remedy = words.texts().say(msg("Choose a longer period or another column, or a condition")),
                          .cell = words.placeOf(*index, 0)};
    }
    return std::nullopt;
}

}  // namespace

std::optional<Reason> strayWord(const CallWords& words) {
    const bool ofStages = !words.indexOf("status");
    const std::optional<std::size_t> column = words.indexOf(ofStages ? "stage" : "status");
    if (!column || !words.table() || !words.columnOf(*column)) return std::nullopt;
    const std::size_t place = *words.columnOf(*column);
    for (const std::string_view name : {"won", "lost", "stages"}) {
        const std::optional<std::size_t> argument = words.indexOf(name);
        const std::optional<std::string> nowhere = argument ? wordNowhere(words, *argument, place) : std::nullopt;
        if (!nowhere) continue;
        return Reason{.text = words.texts().say(msg("“{word}” is nowhere in “{column}”"),
                                                {{"word", *nowhere}, {"column", words.header(place)}}),
                      .remedy = nearestValue(words, place, *nowhere),
                      .cell = words.placeOf(*argument, 0)};
    }
    return std::nullopt;
}

std::optional<Reason> reasonOfRows(const CallWords& words, const Failure& failure) {
    if (!words.table()) return std::nullopt;
    if (failure.fault == Fault::TooLarge) return tooLarge(words);
    if (failure.fault != Fault::NothingToCompute && failure.fault != Fault::DivideByZero) return std::nullopt;
    const std::optional<RowFacts> facts = rowFactsOf(words);
    if (!facts) return std::nullopt;
    if (std::optional<Reason> reason = nothingLeft(words, *facts)) return reason;
    if (failure.fault == Fault::DivideByZero) return dividedBy0(words, *facts);
    if (std::optional<Reason> reason = noDealStuck(words, *facts)) return reason;
    if (std::optional<Reason> reason = pairless(words, *facts)) return reason;
    if (std::optional<Reason> reason = noneInState(words, *facts)) return reason;
    return nothingYet(words);
}

}  // namespace calckpi::explain
