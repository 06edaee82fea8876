#include "core/dates/period.hpp"

#include "core/dates/moment.hpp"

namespace calckpi {
namespace {

constexpr std::int64_t monthsPerYear = 12;
constexpr std::int64_t monthsPerQuarter = 3;
constexpr std::int64_t daysPerWeek = 7;
// 1970-01-01, day 0 of sys_days, was a Thursday: its ISO week began 3 days before.
constexpr std::int64_t daysSinceMonday = 3;

constexpr std::int64_t floorDivide(std::int64_t value, std::int64_t by) {
    return value >= 0 ? value / by : -((-value + by - 1) / by);
}

std::int64_t monthOf(std::chrono::sys_days day) {
    const std::chrono::year_month_day date(day);
    return static_cast<int>(date.year()) * monthsPerYear + static_cast<unsigned>(date.month()) - 1;
}

std::chrono::sys_days firstDay(std::int64_t month) {
    const std::int64_t year = floorDivide(month, monthsPerYear);
    return std::chrono::sys_days(std::chrono::year(static_cast<int>(year)) /
                                 std::chrono::month(static_cast<unsigned>(month - year * monthsPerYear + 1)) / 1);
}

}  // namespace

std::int64_t periodOf(double moment, Period period, std::chrono::sys_days nullDate) {
    const std::chrono::sys_days day = nullDate + std::chrono::days(static_cast<std::int64_t>(dayOf(moment)));
    const std::int64_t number = day.time_since_epoch().count();
    const std::int64_t start = period.start();
    switch (period.unit()) {
        case PeriodWords::Day: return number;
        case PeriodWords::Week: return floorDivide(number + daysSinceMonday - start, daysPerWeek);
        case PeriodWords::Month: return monthOf(day);
        case PeriodWords::Quarter: return floorDivide(monthOf(day) - start, monthsPerQuarter);
        case PeriodWords::Year: return floorDivide(monthOf(day) - start, monthsPerYear);
    }
    return number;
}

double startOf(std::int64_t number, Period period, std::chrono::sys_days nullDate) {
    std::chrono::sys_days day{};
    const std::int64_t start = period.start();
    switch (period.unit()) {
        case PeriodWords::Day: day += std::chrono::days(number); break;
        case PeriodWords::Week: day += std::chrono::days(number * daysPerWeek - daysSinceMonday + start); break;
        case PeriodWords::Month: day = firstDay(number); break;
        case PeriodWords::Quarter: day = firstDay(number * monthsPerQuarter + start); break;
        case PeriodWords::Year: day = firstDay(number * monthsPerYear + start); break;
    }
    return static_cast<double>((day - nullDate).count());
}

}  // namespace calckpi
