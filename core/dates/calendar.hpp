// Business time: the hours in which a business is open, between two instants.
//
//   const Result<Calendar> calendar = Calendar::of(9.0 / 24, 17.0 / 24, Weekend(), std::nullopt);
//   calendar->openTime(46003 + 16.5 / 24, 46006 + 9.5 / 24);  // Friday 16:30 to Monday 9:30: 1.0 / 24
//
// Instants are Calc's: days since the document's null date, which decides the days of the week. Clock changes are ignored: Calc's
// dates know none.
#pragma once

#include "core/dates/moment.hpp"
#include "core/values/quantity.hpp"
#include "core/values/series.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace calckpi {

using TimeOfDay = Quantity<Unit::Days, Domain{.least = 0, .most = 1}>;  // a fraction of a day; 1 is midnight at its end

// Weekend is the days of the week on which a business is closed, as NETWORKDAYS.INTL knows them: a number, or seven letters
// from Monday on, 1 for a closed day. Saturday and Sunday unless said otherwise. All seven days may be closed; then no time is
// open, as NETWORKDAYS.INTL counts 0 days.
class Weekend {
public:
    static constexpr std::string_view options = "1-7, 11-17, \"0000011\"";

    constexpr Weekend() : Weekend(0b1100000) {}

    // fromNumber: 1 is Saturday and Sunday, 2 Sunday and Monday, … 7 Friday and Saturday; 11 is Sunday only, … 17 Saturday only.
    static constexpr std::optional<Weekend> fromNumber(double number) {
        for (unsigned place = 0; place < 7; ++place) {
            if (number == 1 + place) return Weekend(1U << (place + 5) % 7 | 1U << (place + 6) % 7);
            if (number == 11 + place) return Weekend(1U << (place + 6) % 7);
        }
        return std::nullopt;
    }
    // fromText takes the seven letters, or a number as text.
    static constexpr std::optional<Weekend> fromText(std::string_view text) {
        if (text.size() == 1) return fromNumber(text[0] - '0');
        if (text.size() == 2) return fromNumber((text[0] - '0') * 10 + (text[1] - '0'));
        if (text.size() != 7 || text.find_first_not_of("01") != std::string_view::npos) return std::nullopt;
        unsigned days = 0;
        for (unsigned weekday = 0; weekday < 7; ++weekday) days |= (text[weekday] == '1' ? 1U : 0U) << weekday;
        return Weekend(days);
    }

    // closed says it of a day of the week, 0 being Monday.
    constexpr bool closed(int weekday) const { return (days_ >> static_cast<unsigned>(weekday) & 1U) != 0; }

private:
    constexpr explicit Weekend(unsigned days) : days_(days) {}
    unsigned days_;  // a bit for each closed day of the week, the lowest being Monday
};

// Calendar is the opening hours of a business: the same on every day that is neither weekend nor holiday.
class Calendar {
public:
    // of builds a calendar. Closing must come after opening: a shift across midnight is outside the domain. A closing of 0 is
    // midnight at the end of the day, for Calc's TIME(24;0;0) is 0. Holidays may be in any order, twice, on weekends and with a
    // time of day; each closes its whole day.
    static Result<Calendar> of(TimeOfDay opening, TimeOfDay closing, Weekend weekend, const std::optional<Series<Moment>>& holidays,
                               NullDate nullDate = {});

    // openTime is the open time from start to end, in days and whole milliseconds. An end before its start is outside the domain;
    // one without a time of day is not before a start on its day. The work does not grow with the days between.
    Result<double> openTime(double start, double end) const;
    // openTimeOf is that of two dates of which the first is the earlier one.
    double openTimeOf(double start, double end) const { return (openUpTo(end) - openUpTo(start)) / millisecondsADay; }

private:
    Calendar(double opening, double closing, Weekend weekend, NullDate nullDate);

    struct Week {
        std::int64_t number;
        int weekday;  // 0 is Monday
    };
    Week weekOf(double day) const;
    double openUpTo(double instant) const;

    double opening_;  // in milliseconds since midnight, as closing
    double closing_;
    Weekend weekend_;
    Domain dates_;                            // the numbers that are dates
    double firstMonday_;                      // the number of a Monday
    std::array<double, 8> openDaysOfWeek_{};  // open days among the first 0, 1, … 7 days of a week that starts on Monday
    std::vector<double> holidays_;            // sorted, without those that are closed anyway
};

// holidayDays are the days of a list of holidays. A lone empty cell reaches us as the number 0; nobody keeps a holiday of 1899.
std::vector<double> holidayDays(const std::optional<Series<Moment>>& holidays);

}  // namespace calckpi
