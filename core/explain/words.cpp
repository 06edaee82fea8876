#include "core/explain/words.hpp"

#include "core/recognition/vocabulary.hpp"
#include "core/tables/cell_fault.hpp"
#include "core/values/calc_errors.hpp"

#include <algorithm>
#include <cmath>

namespace calckpi::explain {
namespace {

using panel::Message;
using panel::msg;
using panel::Texts;

// contextOf separates a text from what it is a text of, as gettext does.
constexpr char contextEnd = '\x04';

std::optional<std::string> saidIn(std::string_view context, std::string_view text, const Texts& texts) {
    const std::string key = std::string(context) + contextEnd + std::string(text);
    std::string said = texts.say(Message{key});
    if (said == key) return std::nullopt;
    return said;
}

// argumentName is what a language calls an argument; a few are called differently in one function.
std::string argumentName(std::string_view function, std::string_view word, const Texts& texts) {
    if (const auto particular = saidIn("argument of " + std::string(function), word, texts)) return *particular;
    return saidIn("argument", word, texts).value_or(std::string(word));
}

// plain writes a number with as many decimals as it has.
std::string plain(double value, const Texts& texts) {
    const std::string digits = digitsOf(value);
    if (digits.find_first_of("eE") != std::string::npos) return digits;
    const std::size_t point = digits.find('.');
    return texts.number(value, point == std::string::npos ? 0 : static_cast<int>(digits.size() - point - 1));
}

// rounded has six digits that count, and cents in any case: what somebody wants to read.
double rounded(double value) {
    if (value == 0 || !std::isfinite(value)) return value;
    const double scale = std::pow(10.0, std::clamp(5 - static_cast<int>(std::floor(std::log10(std::abs(value)))), 2, 15));
    const double scaled = std::round(value * scale);
    return std::abs(scaled) < 0x1p52 ? scaled / scale : value;
}

// timeOfDay is the time of a moment, " 09:30", and nothing for a bare date.
std::string timeOfDay(double moment) {
    const auto minutes = static_cast<int>(std::lround((moment - std::floor(moment)) * 24 * 60));
    if (minutes == 0 || minutes >= 24 * 60) return {};
    const auto twoDigits = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return ' ' + twoDigits(minutes / 60) + ':' + twoDigits(minutes % 60);
}

}  // namespace

const GivenArgument& CallWords::given(std::size_t index) const {
    static const GivenArgument none;
    return index < call_->arguments.size() ? call_->arguments[index] : none;
}

const Parameter& CallWords::parameterOf(std::size_t index) const {
    return function().parameters()[std::min(index, function().parameters().size() - 1)];
}

std::optional<std::size_t> CallWords::indexOf(std::string_view parameterName) const {
    const std::span<const Parameter> parameters = function().parameters();
    for (std::size_t index = 0; index < parameters.size(); ++index)
        if (parameters[index].name == parameterName) return index;
    return std::nullopt;
}

std::string CallWords::name(std::size_t index) const {
    if (!isFilter(index)) return argumentName(function().name(), parameterOf(index).name, texts_);
    const std::size_t place = index + 1 - function().parameters().size();
    const std::string_view word = place % 2 == 0 ? "column" : "criterion";
    return argumentName(function().name(), word, texts_) + ' ' + std::to_string(place / 2 + 1);
}

std::string CallWords::translated(std::string_view english) const {
    std::string text = texts_.say(Message{english});
    for (std::size_t open = text.find('{'); open != std::string::npos; open = text.find('{', open + 1)) {
        const std::size_t close = text.find('}', open);
        if (close == std::string::npos) break;
        const std::string word = text.substr(open + 1, close - open - 1);
        text.replace(open, close - open + 1, argumentName(function().name(), word, texts_));
    }
    return text;
}

std::optional<double> CallWords::number(std::size_t index) const {
    const Argument scalar = scalarOf(value(index));
    if (const double* number = std::get_if<double>(&scalar)) return *number;
    if (!std::holds_alternative<Absent>(scalar)) return std::nullopt;
    if (const double* fallback = std::get_if<double>(&parameterOf(index).fallback)) return *fallback;
    return std::nullopt;
}

std::vector<double> CallWords::numbers(std::size_t index) const {
    std::vector<double> numbers;
    for (const Cell& cell : cells(index))
        if (const double* number = std::get_if<double>(&cell)) numbers.push_back(*number);
    return numbers;
}

std::vector<Cell> CallWords::cells(std::size_t index) const {
    const Argument& argument = value(index);
    if (const Grid* grid = std::get_if<Grid>(&argument)) return grid->cells;
    if (const double* number = std::get_if<double>(&argument)) return {*number};
    if (const std::string* text = std::get_if<std::string>(&argument)) return {*text};
    return {};
}

std::string CallWords::text(std::size_t index) const {
    const std::vector<Cell> held = cells(index);
    if (held.empty()) return {};
    if (const std::string* text = std::get_if<std::string>(&held.front())) return std::string(trimmed(*text));
    if (const double* number = std::get_if<double>(&held.front())) return digitsOf(*number);
    return {};
}

std::string CallWords::shown(double value, Unit unit) const {
    if (unit == Unit::Moment && dates.holds(value)) return panel::isoDate(value, call_->nullDate.day) + timeOfDay(value);
    std::string text = plain(rounded(value), texts_);
    if (unit == Unit::Share && value != 0)
        text += " (" + texts_.say(msg("{percent}%"), {{"percent", plain(rounded(value * 100), texts_)}}) + ")";
    return text;
}

std::string CallWords::shownValue(std::size_t index) const {
    const std::vector<Cell> held = cells(index);
    return given(index).emptyCell || held.empty() ? texts_.say(msg("empty")) : shown(held.front(), parameterOf(index).unit);
}

std::string CallWords::exactly(double value) const { return plain(value, texts_); }

std::string CallWords::shown(const Cell& cell, Unit unit) const {
    if (const double* number = std::get_if<double>(&cell)) return shown(*number, unit);
    if (const std::string* text = std::get_if<std::string>(&cell))
        return texts_.say(msg("“{text}”"), {{"text", std::string(trimmed(*text))}});
    if (const CellError* error = std::get_if<CellError>(&cell)) return shownError(error->code);
    return {};
}

std::optional<RangeAddress> CallWords::placeOf(std::size_t index, std::size_t cell) const {
    const std::optional<RangeAddress>& place = given(index).place;
    if (!place) return std::nullopt;
    const auto columns = static_cast<std::size_t>(place->lastColumn - place->column) + 1;
    RangeAddress at = *place;
    at.column = at.lastColumn = place->column + static_cast<std::int32_t>(cell % columns);
    at.row = at.lastRow = place->row + static_cast<std::int32_t>(cell / columns);
    return at;
}

std::string CallWords::whereOf(std::size_t index) const {
    if (const std::optional<RangeAddress>& place = given(index).place) return calckpi::shown(*place);
    return given(index).written.empty() ? name(index) : given(index).written;
}

TableHandle CallWords::table() const {
    if (!function().takesTable()) return nullptr;
    const auto* table = std::get_if<TableHandle>(&value(0));
    return table == nullptr ? nullptr : *table;
}

std::optional<std::size_t> CallWords::columnOf(std::size_t index) const {
    const Result<ColumnRef> column = Reader<ColumnRef>::read(scalarOf(value(index)));
    if (!table() || !column || leftOut<ColumnRef>(scalarOf(value(index)))) return std::nullopt;
    const Result<std::size_t> found = table()->find(*column);
    if (!found) return std::nullopt;
    return *found;
}

std::string CallWords::header(std::size_t column) const {
    const std::string_view header = trimmed(table()->headers()[column]);
    if (!header.empty()) return std::string(header);
    const std::int32_t first = given(0).place ? given(0).place->column : 0;
    return lettersOf(first + static_cast<std::int32_t>(column));
}

std::optional<RangeAddress> CallWords::cellOfTable(std::int32_t column, std::int32_t row) const {
    if (!given(0).place) return std::nullopt;
    RangeAddress at = *given(0).place;
    at.column = at.lastColumn = at.column + column - 1;
    at.row = at.lastRow = at.row + row - 1;
    return at;
}

std::string CallWords::addressOf(std::int32_t column, std::int32_t row) const {
    if (const auto at = cellOfTable(column, row)) return calckpi::shown(*at);
    return texts_.say(msg("row {row}"), {{"row", texts_.number(std::int64_t{row})}});
}

}  // namespace calckpi::explain
