// What a function gives back: a value, or the reason there is none.
//
//   Result<Share> closed = ratio(won, won + lost);
//   if (!closed) return closed.failure();
//
// Faults are values inside the core; the add-in turns them into Calc's error cells in one place.
#pragma once

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
    ErrorInCell,       // the error that stands in a used cell, passed on as it is
};

// Wanted says what belongs in a table cell where a text stands.
enum class Wanted : std::uint8_t { Number, Date };

// Failure is a fault and, where a table cell is to blame, which one.
struct Failure {
    Fault fault = Fault::OutsideDomain;
    // Calc's number of the error found in a cell (532 is #DIV/0!); only with Fault::ErrorInCell.
    std::uint16_t cellError = 0;
    Wanted wanted = Wanted::Number;  // only with Fault::NotANumber in a table cell
    // The offending table cell, both counted from 1 as in a sheet whose table starts in its first row (so row 1 holds the
    // headers); 0 when no single cell is to blame.
    std::int32_t column = 0;
    std::int32_t row = 0;

    constexpr Failure() = default;
    constexpr Failure(Fault what) : fault(what) {}  // NOLINT(google-explicit-constructor): a fault alone is a failure
    constexpr Failure at(std::int32_t atColumn, std::int32_t atRow) const {
        Failure placed = *this;
        placed.column = atColumn;
        placed.row = atRow;
        return placed;
    }
    constexpr Failure where(Wanted belongs) const {
        Failure told = *this;
        told.wanted = belongs;
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
