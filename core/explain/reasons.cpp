#include "core/explain/reasons.hpp"

#include "core/recognition/nearest.hpp"
#include "core/recognition/written_values.hpp"
#include "core/explain/rules.hpp"
#include "core/tables/cell_fault.hpp"
#include "core/values/enum_table.hpp"
#include "core/values/calc_errors.hpp"

#include <algorithm>
#include <string_view>

namespace calckpi::explain {
namespace {

using panel::Message;
using panel::msg;

constexpr auto generalReasons = enumTable<Fault, Message>({
    {Fault::DivideByZero, msg("Something is divided by 0")},
    {Fault::NothingToCompute, msg("There is nothing to compute on: no row or value is left")},
    {Fault::OutsideDomain, msg("An argument is not what it may be, or the arguments contradict each other")},
    {Fault::NotANumber, msg("There is a text where a number or a date belongs")},
    {Fault::NotFinite, msg("The result is too large for a number")},
    {Fault::NoConvergence, msg("The model finds no parameters in these data")},
    {Fault::TooLarge, msg("The table would have more rows or columns than a sheet")},
    {Fault::ErrorInCell, msg("A cell that is used shows an error")},
});

// What is wrong with cells of a table.
constexpr auto cellReasons = enumTable<Wrong, Message>({
    {Wrong::Unsaid, msg("“{column}” holds a value that it may not have in {n} row, {cell}",
                        "“{column}” holds values that it may not have in {n} rows, first {cell}")},
    {Wrong::TextForNumber,
     msg("“{column}” is text and no number in {n} row, {cell}", "“{column}” is text and no number in {n} rows, first {cell}")},
    {Wrong::TextForDate,
     msg("“{column}” is text and no date in {n} row, {cell}", "“{column}” is text and no date in {n} rows, first {cell}")},
    {Wrong::NoDate, msg("“{column}” holds a number that is not a date in {n} row, {cell}",
                        "“{column}” holds numbers that are not dates in {n} rows, first {cell}")},
    {Wrong::Error, msg("“{column}” shows the error {error} in {n} row, {cell}",
                       "“{column}” shows an error in {n} rows, first {error} in {cell}")},
    {Wrong::EndBeforeStart, msg("“{column}” is before the date that it follows in {n} row, {cell}",
                                "“{column}” is before the date that it follows in {n} rows, first {cell}")},
    {Wrong::ShareOutside,
     msg("“{column}” is not between 0 and 1 in {n} row, {cell}", "“{column}” is not between 0 and 1 in {n} rows, first {cell}")},
    {Wrong::BelowZero, msg("“{column}” is negative in {n} row, {cell}, and brings a sum below 0",
                           "“{column}” is negative in {n} rows, first {cell}, and brings a sum below 0")},
    {Wrong::NoHeader, msg("No column “{column}” in {range}")},
    {Wrong::HeaderTwice, msg("The header “{column}” is there twice, the second time in {cell}")},
    {Wrong::NoPosition, msg("{range} has no column number {column}")},
    {Wrong::WonAndLost, msg("“{column}” holds in {cell} what means two things at once")},
    {Wrong::UnknownOption, msg("“{column}” holds in {cell} a word that is not known")},
    {Wrong::OutsideBounds, msg("“{column}” holds a value that it may not have in {n} row, {cell}",
                               "“{column}” holds values that it may not have in {n} rows, first {cell}")},
    {Wrong::Missing, msg("“{column}” is empty in {n} row, {cell}", "“{column}” is empty in {n} rows, first {cell}")},
});

// What is wrong with an argument.
constexpr auto argumentReasons = enumTable<Wrong, Message>({
    {Wrong::Unsaid, msg("{name} is {value}, which it may not be")},
    {Wrong::TextForNumber, msg("{name} is the text {value}, and it has to be a number")},
    {Wrong::TextForDate, msg("{name} is the text {value}, and it has to be a date")},
    {Wrong::NoDate, msg("{name} is {value}, which is not a date")},
    {Wrong::Error, msg("{name} shows the error {value}")},
    {Wrong::EndBeforeStart, msg("{name} is {value}, before the date that it follows")},
    {Wrong::ShareOutside, msg("{name} is {value}, and a share is between 0 and 1")},
    {Wrong::BelowZero, msg("{name} is {value}, and it cannot be below 0")},
    {Wrong::NoHeader, msg("No column {value} in {range}")},
    {Wrong::HeaderTwice, msg("{range} has two columns {value}")},
    {Wrong::NoPosition, msg("{range} has no column number {value}")},
    {Wrong::WonAndLost, msg("{value} means two things at once: {name} and {other}")},
    {Wrong::UnknownOption, msg("{name} is {value}, which it does not know")},
    {Wrong::OutsideBounds, msg("{name} is {value}, which it may not be")},
    {Wrong::Missing, msg("{name} is missing")},
});

// What a fault means in one cell of a result table.
constexpr auto resultReasons = enumTable<Fault, Message>({
    {Fault::DivideByZero, msg("“{column}” of “{row}” has nothing to divide by: the number it is a share or mean of is 0")},
    {Fault::NothingToCompute, msg("“{column}” of “{row}” has no value to compute on")},
    {Fault::OutsideDomain, msg("“{column}” of “{row}” comes from values that contradict each other")},
    {Fault::NotANumber, msg("“{column}” of “{row}” comes from a text where a number belongs")},
    {Fault::NotFinite, msg("“{column}” of “{row}” is too large for a number")},
    {Fault::NoConvergence, msg("“{column}” of “{row}” comes from a model that finds no parameters in these data")},
    {Fault::TooLarge, msg("“{column}” of “{row}” needs more rows than a sheet has")},
    {Fault::ErrorInCell, msg("“{column}” of “{row}” comes from a cell that shows an error")},
});

// remedies of what is wrong, wherever it is; an empty one where the reason itself says what to do.
constexpr auto remedies = enumTable<Wrong, Message>({
    {Wrong::Unsaid, {}},
    {Wrong::TextForNumber, msg("Enter it as a number: without a currency, and with the decimal sign of this document")},
    {Wrong::TextForDate, msg("Enter it as a date that Calc knows")},
    {Wrong::NoDate, msg("Dates are cells that Calc shows as a date; 20240131 and seconds since 1970 have to be converted")},
    {Wrong::Error, msg("Correct that cell first")},
    {Wrong::EndBeforeStart, msg("Are the two columns swapped? Otherwise correct the dates")},
    {Wrong::ShareOutside, msg("Enter eighty percent as 80% or 0.8")},
    {Wrong::BelowZero, msg("Filter the credit notes and refunds out, or correct the amounts")},
    {Wrong::NoHeader, {}},
    {Wrong::HeaderTwice, msg("Name the column by its number in the range, or rename one of the two")},
    {Wrong::NoPosition, {}},
    {Wrong::WonAndLost, msg("Give each word one meaning")},
    {Wrong::UnknownOption, {}},
    {Wrong::OutsideBounds, {}},
    {Wrong::Missing, {}},
});

std::string remedyOf(const CallWords& words, Wrong wrong) {
    const Message remedy = remedies[wrong];
    return remedy.one.empty() ? std::string() : words.texts().say(remedy);
}

std::string didYouMean(const CallWords& words, std::string_view text, const std::vector<std::string>& known) {
    const std::optional<std::size_t> meant = panel::nearest(text, known);
    if (!meant) return {};
    return words.texts().say(msg("Did you mean “{word}”?"), {{"word", std::string(trimmed(known[*meant]))}});
}

std::string listed(const std::vector<std::string>& headers) {
    std::string list;
    for (const std::string& header : headers)
        if (!isBlank(header)) list.append(list.empty() ? "" : ", ").append(trimmed(header));
    return list;
}

std::string rangeOf(const CallWords& words) {
    return words.given(0).place ? calckpi::shown(*words.given(0).place) : words.whereOf(0);
}

// Cells of a table.

Reason reasonInTable(const CallWords& words, const Failure& failure) {
    const auto column = static_cast<std::size_t>(failure.column) - 1;
    const std::string where = words.addressOf(failure.column, failure.row);
    Reason reason{.remedy = remedyOf(words, failure.wrong), .cell = words.cellOfTable(failure.column, failure.row)};
    reason.text = words.texts().say(
        cellReasons[failure.wrong], std::max(failure.rows, 1),
        {{"column", words.header(column)}, {"cell", where}, {"range", rangeOf(words)}, {"error", shownError(failure.cellError)}});
    return reason;
}

// Arguments that are not what they may be.

// firstWrong is the place of the first cell of an argument for which `isWrong` holds.
template <class IsWrong>
std::optional<std::size_t> firstWrong(const std::vector<Cell>& cells, IsWrong isWrong) {
    const auto found = std::find_if(cells.begin(), cells.end(), isWrong);
    if (found == cells.end()) return std::nullopt;
    return static_cast<std::size_t>(found - cells.begin());
}

// wrongCell is the place of the cell of an argument that its reader refused, the first one where nothing else is known.
std::size_t wrongCell(const CallWords& words, std::size_t index, Wrong wrong) {
    const Domain& domain = words.parameterOf(index).domain;
    const auto isText = [](const Cell& cell) { return std::holds_alternative<std::string>(cell) && !isEmpty(cell); };
    const auto isOutside = [&domain](const Cell& cell) {
        const double* number = std::get_if<double>(&cell);
        return number != nullptr && !domain.holds(*number);
    };
    const bool text = wrong == Wrong::TextForNumber || wrong == Wrong::TextForDate;
    const std::vector<Cell> cells = words.cells(index);
    return (text ? firstWrong(cells, isText) : firstWrong(cells, isOutside)).value_or(0);
}

// outsideBounds says what a number may be; 80 for a share is meant as 80%.
std::string outsideBounds(const CallWords& words, const Parameter& parameter, const std::string& name, double number) {
    const auto say = [&](Message message, double least, double most) {
        return words.texts().say(
            message,
            {{"name", name}, {"value", words.exactly(number)}, {"least", words.exactly(least)}, {"most", words.exactly(most)}});
    };
    const auto [least, most] = parameter.domain;
    constexpr double surelyPercent = 2;  // 1.2 may be 120%, which is no share of a whole either
    if (parameter.unit == Unit::Share && number >= surelyPercent && number / 100 <= most)
        return say(msg("{name} is {value}: give {least} or {most}%"), number / 100, number);
    if (finite(least) && finite(most)) return say(msg("{name} is {value}: it must be between {least} and {most}"), least, most);
    if (number < least) return say(msg("{name} is {value}: it must be {least} or more"), least, most);
    if (number > most) return say(msg("{name} is {value}: it must be {most} or less"), least, most);
    return {};
}

Reason missing(const CallWords& words, std::size_t index) {
    Reason reason{.cell = words.placeOf(index, 0)};
    const std::string name = words.name(index);
    if (words.given(index).emptyCell)
        reason.text =
            words.texts().say(msg("{name} is missing: {cell} is empty"), {{"name", name}, {"cell", words.whereOf(index)}});
    else
        reason.text = words.texts().say(argumentReasons[Wrong::Missing], {{"name", name}});
    const std::string_view meaning = words.parameterOf(index).meaning;
    reason.remedy = words.texts().say(msg("Give {name}: {meaning}"), {{"name", name}, {"meaning", words.translated(meaning)}});
    return reason;
}

// remedyOfText is another one where the text is a number but for its type.
std::string remedyOfText(const CallWords& words, const std::string& text, const Reason& reason) {
    const std::optional<panel::WrittenNumber> number = panel::readNumber(text);
    // With a separator it may be another number in this document.
    const bool plain = number && number->withDot && number->withDot == number->withComma && number->currency.empty();
    if (!plain || number->percent || text.find_first_not_of("0123456789- ") != std::string::npos) return reason.remedy;
    if (!reason.cell) return words.texts().say(msg("Give it without quotes: {value}"), {{"value", digitsOf(*number->withDot)}});
    return words.texts().say(
        msg("It looks like a number and is a text: type it anew, or turn the column into numbers with Data - Text to Columns"));
}

Reason refusedValue(const CallWords& words, std::size_t index, Wrong wrong) {
    const Parameter& parameter = words.parameterOf(index);
    const std::size_t cell = wrongCell(words, index, wrong);
    const std::vector<Cell> cells = words.cells(index);
    const Cell value = cell < cells.size() ? cells[cell] : Cell();
    if (isEmpty(value)) return missing(words, index);
    const std::string name = namedCell(words, index, cell);
    Reason reason{.remedy = remedyOf(words, wrong), .cell = words.placeOf(index, cell)};
    if (const std::string* text = std::get_if<std::string>(&value); wrong == Wrong::TextForNumber && text != nullptr)
        reason.remedy = remedyOfText(words, *text, reason);
    if (const double* number = std::get_if<double>(&value); wrong == Wrong::OutsideBounds && number != nullptr)
        reason.text = outsideBounds(words, parameter, name, *number);
    if (!reason.text.empty()) return reason;
    const double* day = wrong == Wrong::NoDate ? std::get_if<double>(&value) : nullptr;
    const std::string shownValue = day != nullptr ? digitsOf(*day) : words.shown(value, Unit::Number);
    reason.text = words.texts().say(argumentReasons[wrong], {{"name", name}, {"value", shownValue}});
    if (reason.remedy.empty()) reason.remedy = words.translated(parameter.meaning);
    return reason;
}

// optionsOf are the words in the quoted list of a parameter.
std::vector<std::string> optionsOf(const Parameter& parameter) {
    std::vector<std::string> options;
    std::string_view rest = parameter.options;
    for (std::size_t open = rest.find('"'); open != std::string_view::npos; open = rest.find('"')) {
        rest.remove_prefix(open + 1);
        const std::size_t close = std::min(rest.find('"'), rest.size());
        options.emplace_back(rest.substr(0, close));
        rest.remove_prefix(std::min(close + 1, rest.size()));
    }
    return options;
}

Reason unknownOption(const CallWords& words, std::size_t index) {
    const Parameter& parameter = words.parameterOf(index);
    const std::vector<Cell> cells = words.cells(index);
    Reason reason{.cell = words.placeOf(index, 0)};
    reason.text = words.texts().say(
        argumentReasons[Wrong::UnknownOption],
        {{"name", words.name(index)}, {"value", cells.empty() ? std::string() : words.shown(cells.front(), parameter.unit)}});
    reason.remedy = didYouMean(words, words.text(index), optionsOf(parameter));
    if (reason.remedy.empty())
        reason.remedy = words.texts().say(msg("It takes {options}"), {{"options", std::string(parameter.options)}});
    return reason;
}

// unknownHeader is the text of an argument, a lone one or one of a list, that names no column.
std::string unknownHeader(const CallWords& words, std::size_t index) {
    for (const Cell& cell : words.cells(index)) {
        const std::string* text = std::get_if<std::string>(&cell);
        if (text != nullptr && !isBlank(*text) && !words.table()->find(*text)) return std::string(trimmed(*text));
    }
    return words.text(index);
}

Reason noColumn(const CallWords& words, std::size_t index, Wrong wrong) {
    const TableHandle table = words.table();
    const std::string header = table ? unknownHeader(words, index) : words.text(index);
    const std::string value = wrong == Wrong::NoPosition ? header : words.shown(Cell(header), Unit::Number);
    Reason reason{.remedy = remedyOf(words, wrong), .cell = words.placeOf(index, 0)};
    reason.text =
        words.texts().say(argumentReasons[wrong], {{"name", words.name(index)}, {"value", value}, {"range", rangeOf(words)}});
    if (!table) return reason;
    if (wrong == Wrong::NoHeader) reason.remedy = didYouMean(words, header, table->headers());
    if (wrong != Wrong::HeaderTwice && reason.remedy.empty())
        reason.remedy = words.texts().say(msg("Its columns are: {headers}"), {{"headers", listed(table->headers())}});
    return reason;
}

// both are the words that two arguments share.
Reason wonAndLost(const CallWords& words, std::size_t index) {
    Reason reason{.remedy = remedyOf(words, Wrong::WonAndLost), .cell = words.placeOf(index, 0)};
    std::size_t other = words.indexOf("won").value_or(words.indexOf("stages").value_or(0));
    const Values others(words.cells(other));
    std::vector<Cell> cells = words.cells(index);
    const auto shared = std::find_if(cells.begin(), cells.end(), [&](const Cell& cell) {
        const std::string* text = std::get_if<std::string>(&cell);
        const double* number = std::get_if<double>(&cell);
        return (text != nullptr && others.hasText(*text)) || (number != nullptr && others.hasNumber(*number));
    });
    const Cell meant = shared != cells.end() ? *shared : cells.empty() ? Cell() : cells.front();
    const std::string value = words.shown(meant, Unit::Number);
    reason.text = words.texts().say(argumentReasons[Wrong::WonAndLost],
                                    {{"value", value}, {"name", words.name(other)}, {"other", words.name(index)}});
    return reason;
}

// A column without a criterion, or the other way round.
Reason halfFilter(const CallWords& words) {
    const std::size_t first = words.function().parameters().size() - 1;
    for (std::size_t index = first; index < words.count(); index += 2) {
        if (words.isAbsent(index) == words.isAbsent(index + 1)) continue;
        const std::size_t absent = words.isAbsent(index) ? index : index + 1;
        Reason reason = missing(words, absent);
        reason.remedy = words.texts().say(msg("{one} and {other} go together: give both or neither"),
                                          {{"one", words.name(index)}, {"other", words.name(index + 1)}});
        return reason;
    }
    return {.text = words.texts().say(msg("The conditions are pairs of a column and a criterion, six at most")),
            .remedy = {},
            .cell = {}};
}

Reason reasonOfArgument(const CallWords& words, const Failure& failure) {
    const std::size_t index = failure.parameter - std::size_t{1};
    switch (failure.wrong) {
        case Wrong::NoHeader:
        case Wrong::HeaderTwice:
        case Wrong::NoPosition: return noColumn(words, index, failure.wrong);
        case Wrong::UnknownOption: return unknownOption(words, index);
        case Wrong::WonAndLost: return wonAndLost(words, index);
        case Wrong::Missing: return words.isFilter(index) ? halfFilter(words) : missing(words, index);
        default: break;
    }
    if (words.isFilter(index)) return halfFilter(words);
    if (words.isAbsent(index)) return missing(words, index);
    return refusedValue(words, index, failure.wrong);
}

// emptyColumn is the first argument that has to name a column, and is an empty cell: Calc hands it over as 0.
std::optional<std::size_t> emptyColumn(const CallWords& words) {
    for (std::size_t index = 0; index < words.function().parameters().size(); ++index) {
        const Parameter& parameter = words.parameterOf(index);
        if (parameter.kind == Kind::Column && !parameter.optional && leftOut<ColumnRef>(scalarOf(words.value(index)))) return index;
    }
    return std::nullopt;
}

}  // namespace

Message generalReason(Fault fault) { return generalReasons[fault]; }

Reason reasonOf(const CallWords& words, const Failure& failure) {
    const bool inArgument = failure.fault == Fault::ErrorInCell && failure.parameter > 0;  // the cell is not one of the table
    if (!inArgument && failure.column > 0 && failure.row > 0 && words.table() &&
        static_cast<std::size_t>(failure.column) <= words.table()->headers().size())
        return reasonInTable(words, failure);
    if (failure.fault == Fault::ErrorInCell)
        if (std::optional<Reason> reason = reasonOfErrors(words)) return *std::move(reason);
    if (failure.fault == Fault::NotANumber || failure.fault == Fault::OutsideDomain)
        if (std::optional<Reason> reason = reasonOfSeveral(words)) return *std::move(reason);
    if (std::optional<Reason> reason = ruledReason(words, failure)) return *std::move(reason);
    if (failure.parameter > 0) return reasonOfArgument(words, failure);
    if (failure.wrong == Wrong::NoPosition)
        if (const std::optional<std::size_t> index = emptyColumn(words)) return missing(words, *index);
    return {.text = words.texts().say(generalReasons[failure.fault]), .remedy = {}, .cell = {}, .general = true};
}

Reason reasonOfCell(const CallWords& words, const Failure& failure, const std::string& column, const std::string& row) {
    return {.text = words.texts().say(resultReasons[failure.fault], {{"column", column}, {"row", row}}), .remedy = {}, .cell = {}};
}

}  // namespace calckpi::explain
