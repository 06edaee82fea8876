// What a function gives back: a value, or the reason there is none.
//
//   Result<Share> closed = ratio(won, won + lost);
//   if (!closed) return closed.failure();
//
// Faults are values inside the core; the add-in turns them into Calc's error cells in one place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <variant>

namespace calckpi {

// Fault names everything that can be wrong, and the error a user sees for it.
enum class Fault : std::uint8_t {
    DivideByZero,      // #DIV/0!  the denominator is zero
    NothingToCompute,  // #N/A     no rows or values are left
    OutsideDomain,     // Err:502  a negative count, a rate above 1, won above total, an unknown option
    NotANumber,        // #VALUE!  text where a number or a date belongs
    NotFinite,         // #NUM!    the result is too large for a number
    NoConvergence,     // Err:523  an iteration reached its cap
    TooLarge,          // Err:538  the table has more rows or columns than a sheet can show
    ErrorInCell,       // the error that is in a used cell, passed on as it is
};

// Wrong says what is wrong with the cell or the argument that a fault comes from.
enum class Wrong : std::uint8_t {
    Unsaid,         // no cell and no argument alone is to blame
    TextForNumber,  // a text where a number belongs
    TextForDate,    // a text where a date belongs
    NoDate,         // a number that Calc cannot show as a date: 20240131
    Error,          // an error is in the cell
    EndBeforeStart,
    ShareOutside,  // a probability below 0 or above 1
    BelowZero,     // an amount, or a sum of amounts, that cannot be negative
    NoHeader,      // no column of the table has this header
    HeaderTwice,   // two columns have it
    NoPosition,    // the table has no column of this number
    WonAndLost,    // one text means both: won and lost, or a stage and lost
    UnknownOption,
    OutsideBounds,  // a number, or a kind of value, that the argument may not be
    Missing,        // a required argument that is empty
};

// WrongRows counts table rows that are wrong in the same way, and keeps the topmost one. They come in any order.
struct WrongRows {
    std::size_t first = 0;  // the row below the headers is 0
    std::int32_t count = 0;
    constexpr void add(std::size_t tableRow) {
        if (count++ == 0 || tableRow < first) first = tableRow;
    }
    constexpr bool none() const { return count == 0; }
};

// Failure is a fault and, as far as it is known, what has to be corrected.
struct Failure {
    Fault fault = Fault::OutsideDomain;
    Wrong wrong = Wrong::Unsaid;
    // The argument to blame, counted from 1; 0 when it is none or the cells of the table are.
    std::uint8_t parameter = 0;
    // Calc's number of the error found in a cell (532 is #DIV/0!); only with Fault::ErrorInCell.
    std::uint16_t cellError = 0;
    // The first cell to blame, both counted from 1; 0 when no single cell is. It is one of the table, as in a sheet whose table
    // starts in its first row (so row 1 holds the headers), or of a series: then `parameter` says which one, and the row and the
    // column are those in its block.
    std::int32_t column = 0;
    std::int32_t row = 0;
    // How many rows are wrong in the same way, this one with them.
    std::int32_t rows = 0;

    constexpr Failure() = default;
    constexpr Failure(Fault what) : fault(what) {}  // NOLINT(google-explicit-constructor): a fault alone is a failure
    constexpr Failure(Fault what, Wrong how) : fault(what), wrong(how) {}
    // at blames a cell, and as many rows as are like it.
    constexpr Failure at(std::int32_t atColumn, std::int32_t atRow, std::int32_t rowsLikeIt = 1) const {
        Failure placed = *this;
        placed.column = atColumn;
        placed.row = atRow;
        placed.rows = rowsLikeIt;
        return placed;
    }
    // The same of a column and table rows, counted from 0.
    constexpr Failure at(std::size_t atColumn, const WrongRows& wrongRows) const {
        return at(static_cast<std::int32_t>(atColumn) + 1, static_cast<std::int32_t>(wrongRows.first) + 2, wrongRows.count);
    }
    // in blames a place in a block of as many columns, counted from 0 row by row, and as many places as are like it.
    constexpr Failure in(std::size_t columns, std::size_t place, std::int32_t placesLikeIt = 1) const {
        return at(static_cast<std::int32_t>(place % columns) + 1, static_cast<std::int32_t>(place / columns) + 1, placesLikeIt);
    }
    // of blames an argument by its index, counted from 0.
    constexpr Failure of(std::size_t argument) const {
        Failure told = *this;
        told.parameter = static_cast<std::uint8_t>(argument + 1);
        return told;
    }
    friend constexpr bool operator==(const Failure&, const Failure&) = default;
};

template <class T>
class Result;

// A value that becomes a T, and neither a failure nor a result.
template <class U, class T>
concept ValueOf = std::is_convertible_v<U&&, T> && !std::is_same_v<std::remove_cvref_t<U>, Result<T>> &&
                  !std::is_same_v<std::remove_cvref_t<U>, Failure> && !std::is_same_v<std::remove_cvref_t<U>, Fault>;

// Another type, whose values become a T.
template <class U, class T>
concept AnotherFor = !std::is_same_v<U, T> && std::is_convertible_v<U, T>;

// Result holds a T or a Failure. Test it before use; `*result` on a failure is a programming error.
template <class T>
class [[nodiscard]] Result {
public:
    using Value = T;

    constexpr Result(Failure failure) : held_(failure) {}     // NOLINT(google-explicit-constructor): a body returns either
    constexpr Result(Fault fault) : held_(Failure(fault)) {}  // NOLINT(google-explicit-constructor): the same
    template <ValueOf<T> U>
    // NOLINTNEXTLINE(google-explicit-constructor,bugprone-forwarding-reference-overload): the same; ValueOf is no Result
    constexpr Result(U&& value) : held_(T(std::forward<U>(value))) {}
    // A computed number becomes the quantity the signature promises: `return ratio(won, closed);` in a Result<Share>.
    template <AnotherFor<T> U>
    // NOLINTNEXTLINE(google-explicit-constructor): the same
    constexpr Result(const Result<U>& other) : held_(other ? Held(T(*other)) : Held(other.failure())) {}

    constexpr explicit operator bool() const { return std::holds_alternative<T>(held_); }
    constexpr const T& operator*() const& { return *std::get_if<T>(&held_); }
    constexpr T&& operator*() && { return std::move(*std::get_if<T>(&held_)); }
    constexpr const T* operator->() const { return std::get_if<T>(&held_); }
    constexpr const Failure& failure() const { return *std::get_if<Failure>(&held_); }

private:
    using Held = std::variant<T, Failure>;
    Held held_;
};

}  // namespace calckpi
