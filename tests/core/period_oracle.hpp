// A calendar walked day by day, as the slow obvious reading of what core/dates/period.hpp computes.
#pragma once

#include "core/dates/period.hpp"

#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <vector>

namespace calckpi::support {

inline constexpr std::array<Period, 5> everyPeriod = {PeriodWords::Day, PeriodWords::Week, PeriodWords::Month, PeriodWords::Quarter,
                                                      PeriodWords::Year};
inline constexpr std::array<const char*, 5> periodWords = {"day", "week", "month", "quarter", "year"};

inline constexpr std::chrono::sys_days usualNullDate = std::chrono::year(1899) / 12 / 30;
inline constexpr std::chrono::sys_days macNullDate = std::chrono::year(1904) / 1 / 1;

// WalkedCalendar counts the periods that begin from 1583-01-01, a Saturday, to the end of 2199, with no arithmetic but adding 1.
class WalkedCalendar {
public:
    struct Day {
        int year = 0;
        int month = 0;
        int day = 0;
        std::array<long, 5> numbers{};  // of the day, week, month, quarter and year
    };

    // `year`, `month` and `day` are the document's null date.
    WalkedCalendar(int year, int month, int day) {
        Day today{1583, 1, 1, {}};
        for (int weekday = 6; today.year < 2200; weekday = weekday == 7 ? 1 : weekday + 1) {
            if (weekday == 1) ++today.numbers[PeriodWords::Week];
            if (today.year == year && today.month == month && today.day == day) null_ = days_.size();
            days_.push_back(today);
            ++today.numbers[PeriodWords::Day];
            if (++today.day <= lengthOf(today.year, today.month)) continue;
            today.day = 1;
            ++today.numbers[PeriodWords::Month];
            if (++today.month > 12) {
                today.month = 1;
                ++today.year;
                ++today.numbers[PeriodWords::Year];
            }
            if (today.month % 3 == 1) ++today.numbers[PeriodWords::Quarter];
        }
    }

    double first() const { return -static_cast<double>(null_); }
    double last() const { return static_cast<double>(days_.size() - null_) - 1; }
    const Day& at(double moment) const { return days_.at(placeOf(moment)); }
    long numberOf(double moment, std::size_t period) const { return at(moment).numbers[period]; }

    // startOf walks back from a moment to the first day of its period.
    double startOf(double moment, std::size_t period) const {
        std::size_t place = placeOf(moment);
        const long number = days_.at(place).numbers[period];
        while (place > 0 && days_[place - 1].numbers[period] == number) --place;
        return static_cast<double>(place) - static_cast<double>(null_);
    }
    // serial gives the number of a date.
    double serial(int year, int month, int day) const {
        for (std::size_t place = 0; place < days_.size(); ++place)
            if (days_[place].year == year && days_[place].month == month && days_[place].day == day)
                return static_cast<double>(place) - static_cast<double>(null_);
        throw std::invalid_argument("no such date");
    }

private:
    static int lengthOf(int year, int month) {
        if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }
    std::size_t placeOf(double moment) const {
        return static_cast<std::size_t>(static_cast<long>(null_) + std::lround(std::floor(moment)));
    }

    std::vector<Day> days_;
    std::size_t null_ = 0;
};

inline const WalkedCalendar& usualCalendar() {
    static const WalkedCalendar calendar(1899, 12, 30);
    return calendar;
}
inline const WalkedCalendar& macCalendar() {
    static const WalkedCalendar calendar(1904, 1, 1);
    return calendar;
}

}  // namespace calckpi::support
