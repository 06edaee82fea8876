// Moments: dates and times as Calc counts them, in days.
#pragma once

#include <cmath>

namespace calckpi {

inline constexpr double millisecondsADay = 86'400'000;

// milliseconds of a time in days, whole. Times are compared by these: 10:00 and 9:00 + one hour are the same time, which their
// doubles need not be, and an event at the very end of its window is within it.
inline double milliseconds(double days) { return std::round(days * millisecondsADay); }

inline bool isAfter(double moment, double other) { return milliseconds(moment) > milliseconds(other); }

// daysBetween gives the same days for the same hours and minutes on any date.
inline double daysBetween(double from, double to) { return (milliseconds(to) - milliseconds(from)) / millisecondsADay; }

// lastMomentOf gives the last moment that has happened as of a date or time. A date without a time of day stands for all of its
// day: what came in at ten on that morning is not after that date.
inline double lastMomentOf(double asOf) {
    const bool timeOfDay = std::fmod(milliseconds(asOf), millisecondsADay) != 0;
    return timeOfDay ? asOf : asOf + (millisecondsADay - 1) / millisecondsADay;
}

}  // namespace calckpi
