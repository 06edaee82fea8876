// From what a caller passes to what a function's signature asks for. The type of a parameter says how it is read, what it
// may be and what kind of argument a spreadsheet has to pass.
#pragma once

#include "core/values/cell.hpp"
#include "core/tables/criterion.hpp"
#include "core/dates/moment.hpp"
#include "core/values/quantity.hpp"
#include "core/values/result.hpp"
#include "core/values/series.hpp"
#include "core/tables/table.hpp"
#include "core/values/text.hpp"

#include <concepts>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace calckpi {

struct Absent {};  // an optional argument that was left out

// Argument is one value as the caller has it.
using Argument = std::variant<Absent, double, std::string, Grid, std::shared_ptr<const Table>>;

// Kind of a parameter, as a spreadsheet has to know it.
enum class Kind : std::uint8_t { Number, Text, Value, Series, Table, Column, Values, Filters };

// A spreadsheet passes filters as so many pairs of a column and a criterion, each an argument of its own with a name of its own.
// (With one list without an end Calc would call all arguments by the first's name, and nothing could ever follow the list.) Six are
// a time from and to and four more, and Calc's hint with all their names still fits a screen 1,366 pixels wide.
inline constexpr std::size_t mostFilters = 6;

// placesOf is how many arguments a parameter of this kind takes.
constexpr std::size_t placesOf(Kind kind) { return kind == Kind::Filters ? 2 * mostFilters : 1; }

// scalarOf takes an array of one for its only cell: what Calc passes for A1:A1 or {0}.
inline Argument scalarOf(const Argument& argument) {
    const Grid* grid = std::get_if<Grid>(&argument);
    if (grid == nullptr || grid->cells.size() != 1) return argument;
    if (const double* number = std::get_if<double>(&grid->cells.front())) return *number;
    if (const std::string* text = std::get_if<std::string>(&grid->cells.front())) return *text;
    return Absent{};
}

// isBlankText is true for an argument that is a text of blanks alone, or of nothing: it is empty.
inline bool isBlankText(const Argument& argument) {
    const std::string* text = std::get_if<std::string>(&argument);
    return text != nullptr && isBlank(*text);
}

// isEmpty is true for a cell that holds nothing: none at all, or a text of blanks alone.
inline bool isEmpty(const Cell& cell) {
    const std::string* text = std::get_if<std::string>(&cell);
    return std::holds_alternative<Blank>(cell) || (text != nullptr && isBlank(*text));
}

// Fallback is the value an optional argument has when it is left out; none means that the function does without.
using Fallback = std::variant<std::monostate, double, std::string_view>;

// Optional is a parameter that may be left out and then has the value its row states.
template <class T>
struct Optional {
    T value;
    constexpr operator const T&() const { return value; }  // NOLINT(google-explicit-constructor): it is its value
    constexpr operator double() const                      // NOLINT(google-explicit-constructor): so that formulas read as formulas
        requires std::is_convertible_v<T, double> && std::is_class_v<T> {
        return value;
    }
    constexpr const T* operator->() const { return &value; }
};

// OptionText is a parameter that takes one of a few words. It reads itself from folded text and lists its words:
//   static constexpr std::string_view options = "\"closed\", \"created\"";
//   static constexpr std::optional<T> fromText(std::string_view);
template <class T>
concept OptionText = requires(std::string_view text) {
    { T::fromText(text) } -> std::same_as<std::optional<T>>;
    { T::options } -> std::convertible_to<std::string_view>;
};

// Reader<P> knows parameter type P: its kind, whether it may be left out, its unit, domain and options, and how to read it.
template <class P>
struct Reader;

struct ReaderDefaults {
    static constexpr bool optional = false;
    static constexpr bool needsFallback = false;
    static constexpr Unit unit = Unit::Number;
    static constexpr Domain domain{};
    static constexpr std::string_view options{};
};

// domainIn is the domain of a quantity in a document that counts its dates from `nullDate`.
template <class Q>
constexpr Domain domainIn(NullDate nullDate) {
    if constexpr (Q::unit == Unit::Moment)
        return datesFrom(nullDate.day);
    else
        return Q::domain;
}

template <Unit u, Domain d>
struct Reader<Quantity<u, d>> : ReaderDefaults {
    static constexpr Kind kind = Kind::Number;
    static constexpr Unit unit = u;
    static constexpr Domain domain = d;
    static Result<Quantity<u, d>> read(const Argument& argument, NullDate nullDate = {}) {
        const double* number = std::get_if<double>(&argument);
        if (number == nullptr) return std::holds_alternative<Absent>(argument) ? Fault::OutsideDomain : Fault::NotANumber;
        if (!domainIn<Quantity<u, d>>(nullDate).holds(*number)) return Fault::OutsideDomain;
        return Quantity<u, d>(*number);
    }
};

template <OptionText T>
struct Reader<T> : ReaderDefaults {
    static constexpr Kind kind = Kind::Text;
    static constexpr std::string_view options = T::options;
    static Result<T> read(const Argument& argument) {
        const std::string* text = std::get_if<std::string>(&argument);
        if (text == nullptr) return Fault::OutsideDomain;
        if (const std::optional<T> option = T::fromText(folded(*text))) return *option;
        return Fault::OutsideDomain;
    }
};

// Whether the number 0 is no value of T. Options and columns are no numbers, and day 0 is no date of business.
template <class T>
inline constexpr bool neverZero = OptionText<T> || std::is_same_v<T, ColumnRef>;
template <Unit u, Domain d>
inline constexpr bool neverZero<Quantity<u, d>> = u == Unit::Moment;

template <class Q>
struct Reader<Series<Q>> : ReaderDefaults {
    static constexpr Kind kind = Kind::Series;
    static constexpr Unit unit = Q::unit;
    static constexpr Domain domain = Q::domain;
    // In a block the first cell that is no such number is to blame: a text before a number outside the domain.
    static Result<Series<Q>> read(const Argument& argument, NullDate nullDate = {}) {
        const auto holds = [nullDate](double number) { return domainIn<Q>(nullDate).holds(number); };
        if (const double* number = std::get_if<double>(&argument)) {
            if (!holds(*number)) return Fault::OutsideDomain;
            // Calc hands a reference to one empty cell over as 0, and no deal was opened on day 0.
            const bool empty = neverZero<Q> && *number == 0;
            return Series<Q>({empty ? Series<Q>::blank : *number}, true);
        }
        if (isBlankText(argument)) return Series<Q>({Series<Q>::blank}, true);
        const Grid* grid = std::get_if<Grid>(&argument);
        if (grid == nullptr) return std::holds_alternative<Absent>(argument) ? Fault::OutsideDomain : Fault::NotANumber;
        std::vector<double> places;
        places.reserve(grid->cells.size());
        bool sound = true;
        for (const Cell& cell : grid->cells) {
            if (const double* number = std::get_if<double>(&cell)) {
                sound = sound && holds(*number);
                places.push_back(*number);
            } else {
                sound = sound && isEmpty(cell);
                places.push_back(Series<Q>::blank);
            }
        }
        if (!sound) return refused(*grid, holds);
        return Series<Q>(std::move(places), false, grid->columns);
    }

private:
    template <class Holds>
    static Failure refused(const Grid& grid, Holds holds) {
        WrongRows texts;
        WrongRows outside;
        for (std::size_t place = 0; place < grid.cells.size(); ++place) {
            const double* number = std::get_if<double>(&grid.cells[place]);
            if (number == nullptr && !isEmpty(grid.cells[place])) texts.add(place);
            if (number != nullptr && !holds(*number)) outside.add(place);
        }
        if (!texts.none()) return Failure(Fault::NotANumber).in(grid.columns, texts.first, texts.count);
        return Failure(Fault::OutsideDomain).in(grid.columns, outside.first, outside.count);
    }
};

template <>
struct Reader<std::shared_ptr<const Table>> : ReaderDefaults {
    static constexpr Kind kind = Kind::Table;
    static Result<std::shared_ptr<const Table>> read(const Argument& argument) {
        if (const auto* table = std::get_if<std::shared_ptr<const Table>>(&argument)) return *table;
        return Fault::OutsideDomain;
    }
};

template <>
struct Reader<ColumnRef> : ReaderDefaults {
    static constexpr Kind kind = Kind::Column;
    static Result<ColumnRef> read(const Argument& argument) {
        if (const double* position = std::get_if<double>(&argument)) return ColumnRef(*position);
        if (const std::string* header = std::get_if<std::string>(&argument)) return ColumnRef(*header);
        return Fault::OutsideDomain;
    }
};

template <>
struct Reader<Values> : ReaderDefaults {
    static constexpr Kind kind = Kind::Values;
    static Result<Values> read(const Argument& argument) {
        std::vector<Cell> cells;
        if (const Grid* grid = std::get_if<Grid>(&argument)) cells = grid->cells;
        if (const double* number = std::get_if<double>(&argument)) cells = {*number};
        if (const std::string* text = std::get_if<std::string>(&argument)) cells = {*text};
        Values values(cells);
        if (values.empty()) return Fault::OutsideDomain;
        return values;
    }
};

template <>
struct Reader<Stages> : ReaderDefaults {
    static constexpr Kind kind = Kind::Values;
    static Result<Stages> read(const Argument& argument) {
        std::vector<Cell> cells;
        if (const Grid* grid = std::get_if<Grid>(&argument)) cells = grid->cells;
        if (const double* number = std::get_if<double>(&argument)) cells = {*number};
        if (const std::string* text = std::get_if<std::string>(&argument)) cells = {*text};
        Stages stages;
        for (const Cell& cell : cells) {
            std::string name;
            if (const std::string* text = std::get_if<std::string>(&cell)) name = trimmed(*text);
            if (const double* number = std::get_if<double>(&cell)) name = digitsOf(*number);
            if (name.empty()) continue;
            stages.keys.push_back(folded(name));
            stages.names.push_back(std::move(name));
        }
        if (stages.names.empty()) return Fault::OutsideDomain;
        return stages;
    }
};

template <>
struct Reader<Filters> : ReaderDefaults {
    static constexpr Kind kind = Kind::Filters;
    static constexpr bool optional = true;
    // read takes the arguments that are left, at most mostFilters pairs. A pair that is left out is no filter.
    static Result<Filters> read(std::span<const Argument> rest) {
        if (rest.size() % 2 != 0 || rest.size() > 2 * mostFilters) return Fault::OutsideDomain;
        Filters filters;
        for (std::size_t index = 0; index < rest.size(); index += 2) {
            if (std::holds_alternative<Absent>(rest[index]) && std::holds_alternative<Absent>(rest[index + 1])) continue;
            const Result<ColumnRef> column = Reader<ColumnRef>::read(scalarOf(rest[index]));
            if (!column) return column.failure();
            Filter filter{*column, Blank{}};
            const Argument criterion = scalarOf(rest[index + 1]);
            if (const double* number = std::get_if<double>(&criterion))
                filter.criterion = *number;
            else if (const std::string* text = std::get_if<std::string>(&criterion))
                filter.criterion = *text;
            else
                return Fault::OutsideDomain;
            filters.push_back(std::move(filter));
        }
        return filters;
    }
};

// leftOut is true for an optional argument that is empty. Calc hands a reference to an empty cell over as the number 0; where 0 is
// no value it can only mean that. Elsewhere nothing tells the two apart, and 0 it is.
template <class T>
bool leftOut(const Argument& argument) {
    if (std::holds_alternative<Absent>(argument) || isBlankText(argument)) return true;
    if constexpr (neverZero<T>) {
        const double* number = std::get_if<double>(&argument);
        return number != nullptr && *number == 0;
    } else {
        return false;
    }
}

// readAs reads an argument as a P; what a P may be can depend on the calling document.
template <class P>
Result<P> readAs(const Argument& argument, NullDate nullDate) {
    if constexpr (requires { Reader<P>::read(argument, nullDate); })
        return Reader<P>::read(argument, nullDate);
    else
        return Reader<P>::read(argument);
}

template <class T>
constexpr Kind optionalKind = Reader<T>::kind == Kind::Number || Reader<T>::kind == Kind::Text ? Kind::Value : Reader<T>::kind;

template <class T>
struct Reader<Optional<T>> : Reader<T> {
    static constexpr Kind kind = optionalKind<T>;
    static constexpr bool optional = true;
    static constexpr bool needsFallback = true;
    static Result<Optional<T>> read(const Argument& argument, const Fallback& fallback, NullDate nullDate) {
        Result<T> value = readAs<T>(leftOut<T>(argument) ? fromFallback(fallback) : argument, nullDate);
        if (!value) return value.failure();
        return Optional<T>{*std::move(value)};
    }

private:
    static Argument fromFallback(const Fallback& fallback) {
        if (const double* number = std::get_if<double>(&fallback)) return *number;
        if (const std::string_view* text = std::get_if<std::string_view>(&fallback)) return std::string(*text);
        return Absent{};
    }
};

template <class T>
struct Reader<std::optional<T>> : Reader<T> {
    static constexpr Kind kind = optionalKind<T>;
    static constexpr bool optional = true;
    static Result<std::optional<T>> read(const Argument& argument, NullDate nullDate) {
        if (leftOut<T>(argument)) return std::optional<T>();
        Result<T> value = readAs<T>(argument, nullDate);
        if (!value) return value.failure();
        return std::optional<T>(*std::move(value));
    }
};

}  // namespace calckpi
