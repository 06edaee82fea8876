// Moments: dates and times as Calc counts them, in days. Everything that is asked of a date or time is answered here: whether a
// number is one, which comes first, how many days lie between, what a date without a time of day means.
#pragma once

#include "core/values/quantity.hpp"

#include <chrono>
#include <cmath>

namespace calckpi {

// NullDate is the day that a document counts as 0; 1899-12-30 unless its settings say otherwise. A function whose first parameter
// it is gets that of the document that calls it; no user sees this parameter.
struct NullDate {
    std::chrono::sys_days day = std::chrono::year(1899) / 12 / 30;
};

// datesFrom gives the numbers that are dates in a document that counts from this day.
constexpr Domain datesFrom(std::chrono::sys_days nullDate) {
    constexpr std::chrono::sys_days usual = std::chrono::year(1899) / 12 / 30;
    const auto shift = static_cast<double>((nullDate - usual).count());
    return {.least = dates.least - shift, .most = dates.most - shift};
}

inline constexpr double millisecondsADay = 86'400'000;

// nearestWhole rounds. (std::round is a call of a function, and a table asks a million times.)
inline double nearestWhole(double number) {
    constexpr double noDecimals = 0x1.8p52;  // beside it a double has no digits behind the point
    return number + noDecimals - noDecimals;
}

// milliseconds of a time in days, whole. Times are compared by these: 10:00 and 9:00 + one hour are the same time, which their
// doubles need not be, and an event at the very end of its window is within it.
inline double milliseconds(double days) { return nearestWhole(days * millisecondsADay); }

// startOfDay is the midnight at the start of the day, all in milliseconds.
inline double startOfDay(double milliseconds) {
    const double nearest = nearestWhole(milliseconds / millisecondsADay) * millisecondsADay;
    return nearest > milliseconds ? nearest - millisecondsADay : nearest;
}

// dayOf is the day that holds a moment. What is less than half a millisecond before midnight is midnight.
inline double dayOf(double moment) {
    if (nearestWhole(moment) == moment) return moment;  // without a time of day, as most dates are
    return startOfDay(milliseconds(moment)) / millisecondsADay;
}

// isDay is true for a date without a time of day. It stands for the whole of its day: Calc knows no other way to say a day, and
// midnight is not told from it.
inline bool isDay(double moment) { return nearestWhole(moment) * millisecondsADay == milliseconds(moment); }

inline bool isAfter(double moment, double other) { return milliseconds(moment) > milliseconds(other); }

// daysFrom gives the days from a start to an end, in whole milliseconds: the same for the same hours and minutes on any date. It is
// negative for an end before its start, which one without a time of day is not on the start's own day: closed on the day of its
// opening is 0 days.
inline double daysFrom(double start, double end) {
    if (nearestWhole(start) == start && nearestWhole(end) == end) return end - start;  // without times of day, as most dates are
    const double between = milliseconds(end) - milliseconds(start);
    if (between < 0 && isDay(end) && dayOf(start) == dayOf(end)) return 0;
    return between / millisecondsADay;
}

// lastMomentOf gives the last moment that has happened as of a date or time. A date without a time of day stands for all of its
// day: what came in at ten on that morning is not after that date.
inline double lastMomentOf(double asOf) { return isDay(asOf) ? dayOf(asOf) + (millisecondsADay - 1) / millisecondsADay : asOf; }

}  // namespace calckpi
