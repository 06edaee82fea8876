#include "core/explain/results.hpp"
#include "core/explain/rules.hpp"
#include "core/explain/unknown_names.hpp"
#include "core/values/calc_errors.hpp"

#include <algorithm>
#include <string>

namespace calckpi::explain {
namespace {

using panel::Message;
using panel::msg;

// Calc's number of #REF!: cells that a formula referred to are gone.
constexpr std::uint16_t errorOfReferences = 524;

std::int64_t counted(std::size_t values) { return static_cast<std::int64_t>(values); }

// Several values where one is taken.

constexpr Message tooMany = msg("{name} takes one value, and {range} has {n}", "{name} takes one value, and {range} has {n}");

bool isSummed(const Parameter& parameter) {
    return parameter.options.empty() && parameter.kind != Kind::Column && parameter.kind != Kind::Filters &&
           (parameter.unit == Unit::Number || parameter.unit == Unit::Count || parameter.unit == Unit::Money);
}

// giveOne is the advice to give one value; of what is counted the sum may be meant.
std::string giveOne(const CallWords& words, std::size_t index, const std::string& range) {
    const bool forEach = takesOne(words.parameterOf(index));
    Message message = msg("Give one of them");
    if (forEach) message = msg("Give one of them. Ctrl+Shift+Enter gives a result for each");
    if (isSummed(words.parameterOf(index)))
        message = forEach ? msg("Give one of them, or their sum: SUM({range}). Ctrl+Shift+Enter gives a result for each")
                          : msg("Give one of them, or their sum: SUM({range})");
    return words.texts().say(message, {{"range", range}});
}

Reason tooManyValues(const CallWords& words, std::size_t index, const Grid& all, const std::optional<RangeAddress>& place,
                     Message message) {
    const std::string range = place ? calckpi::shown(*place) : words.given(index).written;
    Reason reason{.remedy = giveOne(words, index, range), .cell = place};
    reason.text = words.texts().say(message, counted(all.cells.size()),
                                    {{"name", words.name(index)}, {"range", range.empty() ? words.name(index) : range}});
    return reason;
}

Reason notInLine(const CallWords& words, std::size_t index, const Several& several) {
    Message message = tooMany;
    if (several.all.columns == 1)
        message = msg("{name} takes one value, and the {n} cell of {range} is not in the row of the formula",
                      "{name} takes one value, and none of the {n} cells of {range} is in the row of the formula");
    if (several.all.rows == 1)
        message = msg("{name} takes one value, and the {n} cell of {range} is not in the column of the formula",
                      "{name} takes one value, and none of the {n} cells of {range} is in the column of the formula");
    return tooManyValues(words, index, several.all, several.place, message);
}

// unpaired says which argument has more values than this one.
Reason unpaired(const CallWords& words, std::size_t index, const Several& several) {
    std::size_t other = index;
    for (std::size_t each = 0; each < words.count(); ++each)
        if (const auto& more = words.given(each).several; more && more->way == Several::Way::Each) other = each;
    return {.text = words.texts().say(
                msg("{one} has {left} cells and {other} has {right}"),
                {{"one", words.name(index)},
                 {"left", words.texts().number(counted(several.all.cells.size()))},
                 {"other", words.name(other)},
                 {"right", words.texts().number(counted(words.given(other).several.value_or(several).all.cells.size()))}}),
            .remedy = words.texts().say(msg("They go together cell by cell: give as many of both, in the same order")),
            .cell = several.place};
}

// Errors in an argument.

Reason unknownName(const CallWords& words, std::size_t index, const UnknownName& name, std::optional<RangeAddress> cell) {
    return {
        .text = words.texts().say(msg("{name} shows the error {value}: Calc does not know “{word}”"),
                                  {{"name", words.name(index)}, {"value", shownError(errorOfNames)}, {"word", shownName(name)}}),
        .remedy = nameRemedy(name, words.texts()),
        .cell = std::move(cell)};
}

Reason cutExpression(const CallWords& words, std::size_t index) {
    const GivenArgument& given = words.given(index);
    return {.text = words.texts().say(msg("{written} takes one cell of each range, and none is in line with the formula"),
                                      {{"written", given.written}}),
            .remedy = words.texts().say(
                msg("Ctrl+Shift+Enter computes with the {n} value", "Ctrl+Shift+Enter computes with all {n} values"),
                counted(given.valuesAsArray)),
            .cell = {}};
}

// correct says what to correct: the cell, the reference to it, or this part of the formula.
std::string correct(const CallWords& words, const GivenArgument& given, std::uint16_t error, bool hasCell) {
    if (hasCell) return words.texts().say(msg("Correct that cell first"));
    if (error == errorOfReferences)
        return words.texts().say(msg("The cells that it referred to are gone: enter the reference anew"));
    return words.texts().say(msg("Correct {written} first"), {{"written", given.written}});
}

Reason errorShown(const CallWords& words, std::size_t index, std::size_t cell, std::uint16_t error) {
    const GivenArgument& given = words.given(index);
    const bool elsewhere = given.origin.has_value();
    Reason reason{.cell = elsewhere ? given.origin : words.placeOf(index, cell)};
    if (given.unknown) return unknownName(words, index, *given.unknown, reason.cell);
    const Message message =
        elsewhere ? msg("{name} shows the error {value}, which comes from {cell}") : msg("{name} shows the error {value}");
    reason.text = words.texts().say(message, {{"name", namedCell(words, index, cell)},
                                              {"value", shownError(error)},
                                              {"cell", elsewhere ? calckpi::shown(*given.origin) : std::string()}});
    reason.remedy = correct(words, given, error, reason.cell.has_value());
    return reason;
}

Reason noRange(const CallWords& words, std::size_t index) {
    return {.text = words.texts().say(msg("{name} has to be a range of cells, and {written} is none"),
                                      {{"name", words.name(index)}, {"written", words.given(index).written}}),
            .remedy = words.translated(words.parameterOf(index).meaning),
            .cell = {}};
}

std::optional<Reason> errorIn(const CallWords& words, std::size_t index) {
    const bool isTable = words.parameterOf(index).kind == Kind::Table;
    const std::vector<Cell> cells = words.cells(index);
    const auto found =
        std::find_if(cells.begin(), cells.end(), [](const Cell& cell) { return std::holds_alternative<CellError>(cell); });
    if (found == cells.end()) return std::nullopt;
    const GivenArgument& given = words.given(index);
    const std::uint16_t error = std::get<CellError>(*found).code;
    if (isTable && error == errorNumber(Fault::NotANumber)) return noRange(words, index);
    if (given.several && given.several->way == Several::Way::NotInLine) return notInLine(words, index, *given.several);
    if (given.several && given.several->way == Several::Way::Unpaired) return unpaired(words, index, *given.several);
    if (given.valuesAsArray > 1 && error == errorNumber(Fault::NotANumber)) return cutExpression(words, index);
    return errorShown(words, index, static_cast<std::size_t>(found - cells.begin()), error);
}

}  // namespace

std::string namedCell(const CallWords& words, std::size_t index, std::size_t cell) {
    const std::string name = words.name(index);
    const std::optional<Several>& several = words.given(index).several;
    if (!several && words.cells(index).size() < 2) return name;
    if (const std::optional<RangeAddress> place = words.placeOf(index, cell))
        return words.texts().say(msg("{name} in {cell}"), {{"name", name}, {"cell", calckpi::shown(*place)}});
    return words.texts().say(msg("Value {place} of {name}"),
                             {{"name", name}, {"place", words.texts().number(counted((several ? several->taken : cell) + 1))}});
}

std::optional<Reason> reasonOfErrors(const CallWords& words) {
    for (std::size_t index = 0; index < words.count(); ++index)
        if (std::optional<Reason> reason = errorIn(words, index)) return reason;
    return std::nullopt;
}

std::optional<Reason> reasonOfSeveral(const CallWords& words) {
    for (std::size_t index = 0; index < words.count(); ++index) {
        const Kind kind = words.parameterOf(index).kind;
        const Grid* all = std::get_if<Grid>(&words.value(index));
        if (kind == Kind::Table && !words.isAbsent(index) && !words.table()) return noRange(words, index);
        const bool isOne = kind == Kind::Value || kind == Kind::Column || kind == Kind::Filters;
        if (!isOne || all == nullptr || all->cells.size() < 2) continue;
        return tooManyValues(words, index, *all, words.given(index).place, tooMany);
    }
    return std::nullopt;
}

}  // namespace calckpi::explain
