#include "core/dates/period.hpp"
#include "tests/core/period_oracle.hpp"

#include <gtest/gtest.h>

namespace calckpi {
namespace {

using support::everyPeriod;
using support::macCalendar;
using support::macNullDate;
using support::periodWords;
using support::usualCalendar;
using support::usualNullDate;
using support::WalkedCalendar;

struct Date {
    int year;
    int month;
    int day;
};

double serial(Date date) { return usualCalendar().serial(date.year, date.month, date.day); }

// The first day of the period that holds a date.
double startOfPeriodWith(Date date, Period period) {
    return startOf(periodOf(serial(date), period, usualNullDate), period, usualNullDate);
}

// The weeks around the ends of years that ISO 8601 is usually explained with, as in Wikipedia's "ISO week date".
TEST(Period, ValueIsoWeeksAtTheEndsOfYears) {
    const struct {
        Date date;
        Date monday;
        const char* week;
    } known[] = {
        {{2005, 1, 1}, {2004, 12, 27}, "2004-W53-6"},   {{2005, 1, 2}, {2004, 12, 27}, "2004-W53-7"},
        {{2005, 1, 3}, {2005, 1, 3}, "2005-W01-1"},     {{2005, 12, 31}, {2005, 12, 26}, "2005-W52-6"},
        {{2006, 1, 1}, {2005, 12, 26}, "2005-W52-7"},   {{2006, 1, 2}, {2006, 1, 2}, "2006-W01-1"},
        {{2007, 1, 1}, {2007, 1, 1}, "2007-W01-1"},     {{2008, 1, 1}, {2007, 12, 31}, "2008-W01-2"},
        {{2008, 12, 28}, {2008, 12, 22}, "2008-W52-7"}, {{2008, 12, 29}, {2008, 12, 29}, "2009-W01-1"},
        {{2009, 1, 1}, {2008, 12, 29}, "2009-W01-4"},   {{2009, 12, 31}, {2009, 12, 28}, "2009-W53-4"},
        {{2010, 1, 3}, {2009, 12, 28}, "2009-W53-7"},   {{2010, 1, 4}, {2010, 1, 4}, "2010-W01-1"},
    };
    for (const auto& [date, monday, week] : known) EXPECT_EQ(startOfPeriodWith(date, PeriodWords::Week), serial(monday)) << week;
}

TEST(Period, ValueMonthsQuartersAndYears) {
    EXPECT_EQ(startOfPeriodWith({2024, 2, 29}, PeriodWords::Month), serial({2024, 2, 1}));
    EXPECT_EQ(startOfPeriodWith({2024, 2, 29}, PeriodWords::Quarter), serial({2024, 1, 1}));
    EXPECT_EQ(startOfPeriodWith({2024, 6, 30}, PeriodWords::Quarter), serial({2024, 4, 1}));
    EXPECT_EQ(startOfPeriodWith({2024, 12, 31}, PeriodWords::Quarter), serial({2024, 10, 1}));
    EXPECT_EQ(startOfPeriodWith({2024, 12, 31}, PeriodWords::Year), serial({2024, 1, 1}));
    // Day 1 of a Calc document is 1899-12-31: it knows no 29 February 1900.
    EXPECT_EQ(serial({1900, 3, 1}), 61);
    EXPECT_EQ(periodOf(60, PeriodWords::Month, usualNullDate) + 1, periodOf(61, PeriodWords::Month, usualNullDate));
}

// Every day from 1583 to 2199, whatever day the document counts from: so with leap years and dates before 1900 and before day 0.
TEST(Period, PropertyEveryDayAgreesWithACalendarWalkedDayByDay) {
    const struct {
        const WalkedCalendar& calendar;
        std::chrono::sys_days nullDate;
    } documents[] = {{usualCalendar(), usualNullDate}, {macCalendar(), macNullDate}};
    for (const auto& [calendar, nullDate] : documents)
        for (std::size_t period = 0; period < everyPeriod.size(); ++period) {
            const std::int64_t offset = periodOf(calendar.first(), everyPeriod[period], nullDate);
            double start = calendar.first();
            for (double day = calendar.first() + 1; day <= calendar.last(); ++day) {
                if (calendar.numberOf(day, period) != calendar.numberOf(day - 1, period)) start = day;
                const std::int64_t number = periodOf(day, everyPeriod[period], nullDate);
                ASSERT_EQ(number - offset, calendar.numberOf(day, period)) << periodWords[period] << " of day " << day;
                // The first week began in 1582, before the calendar.
                if (number == offset && everyPeriod[period] == PeriodWords::Week) continue;
                ASSERT_EQ(startOf(number, everyPeriod[period], nullDate), start) << periodWords[period] << " of day " << day;
            }
        }
}

TEST(Period, PropertyTheNullDateIsOnlyWhereCountingBegins) {
    const double between = 1462;  // from 1899-12-30 to 1904-01-01
    EXPECT_EQ(usualCalendar().serial(1904, 1, 1), between);
    for (const Period period : everyPeriod)
        for (double day = -4000; day < 50000; day += 17) {
            const std::int64_t number = periodOf(day + between, period, usualNullDate);
            ASSERT_EQ(periodOf(day, period, macNullDate), number);
            ASSERT_EQ(startOf(number, period, macNullDate), startOf(number, period, usualNullDate) - between);
        }
}

TEST(Period, EdgeTheTimeOfDayDoesNotMatter) {
    for (const Period period : everyPeriod)
        for (const double day : {-700.0, -1.0, 0.0, 59.0, 60.0, 46022.0, 46023.0})
            for (const double time : {0.25, 0.5, 86399.0 / 86400})
                EXPECT_EQ(periodOf(day + time, period, usualNullDate), periodOf(day, period, usualNullDate)) << day + time;
}

TEST(Period, EdgeTheFarthestDatesLieInTheirPeriods) {
    for (const Period period : everyPeriod)
        for (const double moment : {-mostDays, mostDays}) {
            const std::int64_t number = periodOf(moment, period, usualNullDate);
            EXPECT_LE(startOf(number, period, usualNullDate), moment);
            EXPECT_GT(startOf(number + 1, period, usualNullDate), moment);
        }
}

}  // namespace
}  // namespace calckpi
