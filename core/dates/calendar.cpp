#include "core/dates/calendar.hpp"

#include "core/dates/moment.hpp"

#include <algorithm>

namespace calckpi {
namespace {

constexpr std::int64_t daysPerWeek = 7;

// sortOnce sorts days and keeps one of each. Days that lie close together, as holidays do, are marked in a calendar instead.
void sortOnce(std::vector<double>& days) {
    if (days.empty()) return;
    const auto [first, last] = std::minmax_element(days.begin(), days.end());
    if (const double span = *last - *first; span < 16.0 * static_cast<double>(days.size())) {
        const double firstDay = *first;
        std::vector<std::uint8_t> marked(static_cast<std::size_t>(span) + 1);
        for (const double day : days) marked[static_cast<std::size_t>(day - firstDay)] = 1;
        days.clear();
        for (std::size_t place = 0; place < marked.size(); ++place)
            if (marked[place] != 0) days.push_back(firstDay + static_cast<double>(place));
        return;
    }
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());
}

}  // namespace

std::vector<double> holidayDays(const std::optional<Series<Moment>>& holidays) {
    std::vector<double> days;
    if (!holidays) return days;
    for (const double holiday : holidays->values())
        if (holiday != 0) days.push_back(dayOf(holiday));
    return days;
}

Calendar::Calendar(double opening, double closing, Weekend weekend, NullDate nullDate)
    : opening_(milliseconds(opening)),
      closing_(milliseconds(closing)),
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
    sortOnce(days);
    std::erase_if(days, [&](double day) { return weekend.closed(calendar.weekOf(day).weekday); });
    return calendar;
}

Calendar::Week Calendar::weekOf(double day) const {
    const auto days = static_cast<std::int64_t>(day - firstMonday_);
    const std::int64_t weeks = days / daysPerWeek - (days % daysPerWeek < 0 ? 1 : 0);
    return {weeks, static_cast<int>(days - weeks * daysPerWeek)};
}

// openUpTo is the open time before an instant, in milliseconds, from some far Monday on: only differences of it mean anything.
double Calendar::openUpTo(double instant) const {
    const double time = milliseconds(instant);
    const double midnight = startOfDay(time);
    const double day = midnight / millisecondsADay;
    const Week week = weekOf(day);
    const auto holiday = std::lower_bound(holidays_.begin(), holidays_.end(), day);
    const double days = static_cast<double>(week.number) * openDaysOfWeek_.back() + openDaysOfWeek_[week.weekday] -
                        static_cast<double>(holiday - holidays_.begin());
    const bool open = !weekend_.closed(week.weekday) && (holiday == holidays_.end() || *holiday != day);
    return days * (closing_ - opening_) + (open ? std::clamp(time - midnight, opening_, closing_) - opening_ : 0);
}

Result<double> Calendar::openTime(double start, double end) const {
    if (!dates_.holds(start) || !dates_.holds(end)) return Failure(Fault::OutsideDomain, Wrong::NoDate);
    const double days = daysFrom(start, end);
    if (!(days >= 0)) return Failure(Fault::OutsideDomain, Wrong::EndBeforeStart);
    return days == 0 ? 0 : openTimeOf(start, end);
}

}  // namespace calckpi
