// The quantities KPIs are made of. A parameter's type says its unit and the values it may have; a result's type says the unit
// that a sheet should show it in.
//
//   Result<Share> closeRatio(Count closed, Count engaged);
#pragma once

#include "core/values/enum_table.hpp"
#include "core/values/result.hpp"

#include <cstdint>
#include <limits>
#include <string_view>

namespace calckpi {

// Unit of a number, as the reference shows it and the demo's sheet formats it.
enum class Unit : unsigned char { Number, Count, Share, Ratio, Money, MoneyPerDay, Days, Moment, Periods, Points };

inline constexpr auto unitNames = enumTable<Unit, std::string_view>({{Unit::Number, "number"},
                                                                     {Unit::Count, "count"},
                                                                     {Unit::Share, "share"},
                                                                     {Unit::Ratio, "ratio"},
                                                                     {Unit::Money, "money"},
                                                                     {Unit::MoneyPerDay, "money per day"},
                                                                     {Unit::Days, "days"},
                                                                     {Unit::Moment, "date"},
                                                                     {Unit::Periods, "periods"},
                                                                     {Unit::Points, "points"}});
constexpr std::string_view unitName(Unit unit) { return unitNames[unit]; }

// Domain of a parameter: the closed interval its values must lie in.
struct Domain {
    double least = -std::numeric_limits<double>::infinity();
    double most = std::numeric_limits<double>::infinity();
    // Says what must hold, so that NaN is outside every domain.
    constexpr bool holds(double value) const { return value >= least && value <= most; }
};

// Quantity is a double that carries its unit and domain in its type. It converts freely from and to double, but not
// silently from one quantity to another.
template <Unit unitOfThis, Domain domainOfThis = Domain{}>
class Quantity {
public:
    static constexpr Unit unit = unitOfThis;
    static constexpr Domain domain = domainOfThis;

    constexpr Quantity(double value) : value_(value) {}   // NOLINT(google-explicit-constructor): formulas read as formulas
    constexpr operator double() const { return value_; }  // NOLINT(google-explicit-constructor): the same

private:
    double value_;
};

inline constexpr Domain notNegative{.least = 0};

// Dates are the numbers that Calc shows as one, counted from 1899-12-30: from 1582-10-15, the first day of the calendar we use, to
// the last millisecond of 9999-12-31. Before, a cell shows the Julian calendar's date and YEAR another one (LibreOffice 7.4: a cell
// of -115859 shows 1582-10-04, its YEAR, MONTH and DAY are 1582-10-14), so that no month of it would be right; beyond, nobody has
// deals, and 20240131 or the seconds of 1970 end up there. From half a millisecond before midnight on it is the next year.
inline constexpr Domain dates{.least = -115'858, .most = 2'958'466 - 0.75 / 86'400'000};

using Number = Quantity<Unit::Number>;                               // a figure whose unit depends on an option
using Count = Quantity<Unit::Count, notNegative>;                    // deals, leads, customers; weighted counts may have decimals
using Share = Quantity<Unit::Share, Domain{.least = 0, .most = 1}>;  // a part of a whole, as a fraction
using Margin = Quantity<Unit::Share, Domain{.most = 1}>;             // a share of revenue that is kept; a loss is negative
using Rate = Quantity<Unit::Share>;                                  // a fraction that may fall below 0 or rise above 1
using Multiple = Quantity<Unit::Ratio, notNegative>;                 // how many times, never negative
using Ratio = Quantity<Unit::Ratio>;                                 // how many times; negative where the numerator is
using Money = Quantity<Unit::Money>;                                 // the sheet's own unit; refunds and credits are negative
using Spending = Quantity<Unit::Money, notNegative>;                 // money that cannot be negative: a budget, a quota, a price
using MoneyPerDay = Quantity<Unit::MoneyPerDay>;
using Days = Quantity<Unit::Days, notNegative>;        // a duration; Calc's own time unit
using Moment = Quantity<Unit::Moment, dates>;          // a date and time as Calc counts them, in days
using Periods = Quantity<Unit::Periods, notNegative>;  // months, quarters or years, whatever the rates are per
using Points = Quantity<Unit::Points>;                 // a score's points, not a percentage

constexpr bool finite(double value) {
    return value >= std::numeric_limits<double>::lowest() && value <= std::numeric_limits<double>::max();
}

// ratio is numerator / denominator. A zero denominator is a fault, and so is a negative one: no KPI here divides by less than
// nothing, and the quotient would look plausible. A sum that overflowed is a fault too: dividing by it would show 0.
constexpr Result<double> ratio(double numerator, double denominator) {
    if (denominator == 0) return Fault::DivideByZero;
    if (!finite(numerator) || !finite(denominator)) return Fault::NotFinite;
    if (!(denominator > 0)) return Fault::OutsideDomain;
    return numerator / denominator;
}

// isWholeNumber is true for the whole numbers that a double holds exactly, each beside its neighbours.
constexpr bool isWholeNumber(double number) {
    constexpr double exact = 0x1p53;
    return number >= -exact && number <= exact && static_cast<double>(static_cast<std::int64_t>(number)) == number;
}

// nearlyEqual is Calc's own idea of equal numbers: sums of decimals miss each other by their last bits (0.7 + 0.1 is not 0.8), and
// a user who sees =A1=B1 show TRUE must not be told that one is greater. Whole numbers are equal only if they are the same.
constexpr bool nearlyEqual(double a, double b) {
    if (a == b) return true;
    const double apart = a > b ? a - b : b - a;
    const double ofA = a < 0 ? -a : a;
    const double ofB = b < 0 ? -b : b;
    return apart < (ofA < ofB ? ofA : ofB) * 0x1p-48 && !(isWholeNumber(a) && isWholeNumber(b));
}

// difference is a - b, and exactly 0 where the two are nearly equal.
constexpr double difference(double a, double b) { return nearlyEqual(a, b) ? 0 : a - b; }

// contained gives `part` if it lies between 0 and `whole`; a part that misses a border by last bits is the border itself.
constexpr Result<double> contained(double part, double whole) {
    const double slack = whole * 0x1p-48;
    if (!finite(part)) return Fault::NotFinite;
    if (!(part >= -slack && part <= whole + slack)) return Fault::OutsideDomain;
    return part < 0 ? 0 : part > whole ? whole : part;
}

// shareOf is part / whole for a part that is contained in its whole.
constexpr Result<Share> shareOf(Count part, Count whole) {
    if (whole == 0) return Fault::DivideByZero;
    if (!finite(whole)) return Fault::NotFinite;
    const Result<double> inside = contained(part, whole);
    if (!inside) return inside.failure();
    return ratio(*inside, whole);
}

}  // namespace calckpi
