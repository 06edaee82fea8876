#include "core/dates/calendar.hpp"

#include "core/dates/moment.hpp"

#include <algorithm>
#include <cmath>

namespace calckpi {
namespace {

constexpr double daysPerWeek = 7;

}  // namespace

std::vector<double> holidayDays(const std::optional<Series<Moment>>& holidays) {
    std::vector<double> days;
    if (!holidays) return days;
    for (const double holiday : holidays->values())
        if (holiday != 0) days.push_back(dayOf(holiday));
    return days;
}

Calendar::Calendar(double opening, double closing, Weekend weekend, NullDate nullDate)
    : opening_(opening),
      closing_(closing),
      weekend_(weekend),
      dates_(datesFrom(nullDate.day)),
      firstMonday_(1.0 - std::chrono::weekday(nullDate.day).iso_encoding()) {
    for (int weekday = 0; weekday < 7; ++weekday)
        openDaysOfWeek_[weekday + 1] = openDaysOfWeek_[weekday] + (weekend_.closed(weekday) ? 0 : 1);
}

Result<Calendar> Calendar::of(TimeOfDay opening, TimeOfDay closing, Weekend weekend, const std::optional<Series<Moment>>& holidays,
                              NullDate nullDate) {
    const TimeOfDay endOfHours = closing == 0 ? TimeOfDay(1) : closing;
    if (!(opening < endOfHours)) return Fault::OutsideDomain;
    Calendar calendar(opening, endOfHours, weekend, nullDate);
    std::vector<double>& days = calendar.holidays_;
    days = holidayDays(holidays);
    if (!std::all_of(days.begin(), days.end(), [&](double day) { return calendar.dates_.holds(day); })) return Fault::OutsideDomain;
    std::erase_if(days, [&](double day) { return weekend.closed(calendar.weekdayOf(day)); });
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());
    return calendar;
}

// mondayOf is the Monday of the week of a day.
double Calendar::mondayOf(double day) const { return std::floor((day - firstMonday_) / daysPerWeek) * daysPerWeek + firstMonday_; }

int Calendar::weekdayOf(double day) const { return static_cast<int>(day - mondayOf(day)); }

bool Calendar::open(double day) const {
    return !weekend_.closed(weekdayOf(day)) && !std::binary_search(holidays_.begin(), holidays_.end(), day);
}

// openDaysBefore counts the open days before `day`, from some far Monday on: only differences of it mean anything.
double Calendar::openDaysBefore(double day) const {
    const double monday = mondayOf(day);
    const double weeks = (monday - firstMonday_) / daysPerWeek;
    const auto holidays = std::lower_bound(holidays_.begin(), holidays_.end(), day) - holidays_.begin();
    return weeks * openDaysOfWeek_.back() + openDaysOfWeek_[weekdayOf(day)] - static_cast<double>(holidays);
}

// openSinceMidnight is the open time of the instant's day that lies before it, in milliseconds.
double Calendar::openSinceMidnight(double instant) const {
    const double day = dayOf(instant);
    const double opening = milliseconds(opening_);
    return open(day) ? std::clamp(milliseconds(instant) - day * millisecondsADay, opening, milliseconds(closing_)) - opening : 0;
}

Result<double> Calendar::openTime(double start, double end) const {
    if (!dates_.holds(start) || !dates_.holds(end)) return Failure(Fault::OutsideDomain, Wrong::NoDate);
    const double days = daysFrom(start, end);
    if (!(days >= 0)) return Failure(Fault::OutsideDomain, Wrong::EndBeforeStart);
    if (days == 0) return 0.0;
    const double openDays = openDaysBefore(dayOf(end)) - openDaysBefore(dayOf(start));
    // Whole days first: they are at least one if the start's share of its day is to be taken off, so nothing falls below 0.
    const double wholeDays = openDays * (milliseconds(closing_) - milliseconds(opening_));
    return (wholeDays - openSinceMidnight(start) + openSinceMidnight(end)) / millisecondsADay;
}

}  // namespace calckpi
