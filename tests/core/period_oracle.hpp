// A calendar walked day by day, as the slow obvious reading of what core/dates/period.hpp computes.
#pragma once

#include "core/dates/period.hpp"

#include <chrono>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

namespace calckpi::support {

// A period as its word says it: a week begins on a weekday from Monday = 1, a quarter and a year in a month from January = 1.
struct PeriodCase {
    std::string word;
    PeriodWords::Value unit;
    int start = 1;
};

// The five as they usually start, in the order of PeriodWords, then each with each start.
inline std::vector<PeriodCase> allPeriods() {
    std::vector<PeriodCase> all = {{"day", PeriodWords::Day},
                                   {"week", PeriodWords::Week},
                                   {"month", PeriodWords::Month},
                                   {"quarter", PeriodWords::Quarter},
                                   {"year", PeriodWords::Year}};
    int weekday = 0;
    for (const char* name : {"mon", "tue", "wed", "thu", "fri", "sat", "sun"})
        all.push_back({std::string("week/") + name, PeriodWords::Week, ++weekday});
    for (int month = 1; month <= 12; ++month) {
        all.push_back({"quarter/" + std::to_string(month), PeriodWords::Quarter, month});
        all.push_back({"year/" + std::to_string(month), PeriodWords::Year, month});
    }
    return all;
}
inline const std::vector<PeriodCase> everyPeriod = allPeriods();

inline constexpr std::chrono::sys_days usualNullDate = std::chrono::year(1899) / 12 / 30;
inline constexpr std::chrono::sys_days macNullDate = std::chrono::year(1904) / 1 / 1;

// WalkedCalendar counts the periods that begin from 1583-01-01, a Saturday, to the end of 2199, with no arithmetic but adding 1.
class WalkedCalendar {
public:
    struct Day {
        int year = 0;
        int month = 0;
        int day = 0;
        std::vector<int> numbers = std::vector<int>(everyPeriod.size());  // of its periods, in the order of everyPeriod
    };

    // `year`, `month` and `day` are the document's null date.
    WalkedCalendar(int year, int month, int day) {
        Day today{1583, 1, 1};
        for (int weekday = 6; today.year < 2200; weekday = weekday == 7 ? 1 : weekday + 1) {
            for (std::size_t period = 0; period < everyPeriod.size(); ++period)
                if (begins(everyPeriod[period], today, weekday)) ++today.numbers[period];
            if (today.year == year && today.month == month && today.day == day) null_ = days_.size();
            days_.push_back(today);
            if (++today.day <= lengthOf(today.year, today.month)) continue;
            today.day = 1;
            if (++today.month <= 12) continue;
            today.month = 1;
            ++today.year;
        }
    }

    double first() const { return -static_cast<double>(null_); }
    double last() const { return static_cast<double>(days_.size() - null_) - 1; }
    const Day& at(double moment) const { return days_.at(placeOf(moment)); }
    long numberOf(double moment, std::size_t period) const { return at(moment).numbers[period]; }

    // startOf walks back from a moment to the first day of its period.
    double startOf(double moment, std::size_t period) const {
        std::size_t place = placeOf(moment);
        const int number = days_.at(place).numbers[period];
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
    static bool begins(const PeriodCase& period, const Day& today, int weekday) {
        switch (period.unit) {
            case PeriodWords::Day: return true;
            case PeriodWords::Week: return weekday == period.start;
            case PeriodWords::Month: return today.day == 1;
            case PeriodWords::Quarter: return today.day == 1 && (today.month + 12 - period.start) % 3 == 0;
            case PeriodWords::Year: return today.day == 1 && today.month == period.start;
        }
        return false;
    }
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
