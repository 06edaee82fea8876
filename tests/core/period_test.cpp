#include "core/dates/period.hpp"

#include "core/values/quantity.hpp"
#include "tests/core/period_oracle.hpp"

#include <gtest/gtest.h>

namespace calckpi {
namespace {

using support::everyPeriod;
using support::macCalendar;
using support::macNullDate;
using support::PeriodCase;
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

Period periodOfCase(const PeriodCase& of) { return {of.unit, of.start - 1}; }

TEST(Period, ValueFiscalYearsAndWeeksFromSunday) {
    const Period fiscal(PeriodWords::Year, 3);
    EXPECT_EQ(startOfPeriodWith({2024, 3, 31}, fiscal), serial({2023, 4, 1}));
    EXPECT_EQ(startOfPeriodWith({2024, 4, 1}, fiscal), serial({2024, 4, 1}));
    EXPECT_EQ(startOfPeriodWith({2024, 2, 29}, {PeriodWords::Quarter, 1}), serial({2024, 2, 1}));
    EXPECT_EQ(startOfPeriodWith({2024, 1, 31}, {PeriodWords::Quarter, 1}), serial({2023, 11, 1}));
    // 2026-11-29 is a Sunday.
    EXPECT_EQ(startOfPeriodWith({2026, 11, 28}, {PeriodWords::Week, 6}), serial({2026, 11, 22}));
    EXPECT_EQ(startOfPeriodWith({2026, 11, 29}, {PeriodWords::Week, 6}), serial({2026, 11, 29}));
}

// What is read is folded: in lower case and without outer blanks.
TEST(Period, PropertyEachWordIsReadWithItsStart) {
    for (const PeriodCase& each : everyPeriod) {
        EXPECT_EQ(Period::fromText(each.word), periodOfCase(each)) << each.word;
        const std::size_t slash = each.word.find('/');
        if (slash == std::string::npos) continue;
        const std::string apart = each.word.substr(0, slash) + "  / " + each.word.substr(slash + 1);
        EXPECT_EQ(Period::fromText(apart), periodOfCase(each)) << apart;
    }
}

TEST(Period, EdgeOtherWordsAreNoPeriods) {
    for (const char* word :
         {"",       "/",        "months",      "month/",    "month/3",    "day/1",      "day/mon",     "week/",
          "week/1", "week/xyz", "week/sunday", "quarter/0", "quarter/13", "quarter/-1", "quarter/4.0", "quarter/4/1",
          "year/",  "year/apr", "year/1 2",    "/4",        "year 4",     "year//4",    "hour"})
        EXPECT_EQ(Period::fromText(word), std::nullopt) << word;
}

// Every day from 1583 to 2199, whatever day the document counts from: so with leap years and dates before 1900 and before day 0.
TEST(Period, PropertyEveryDayAgreesWithACalendarWalkedDayByDay) {
    const struct {
        const WalkedCalendar& calendar;
        std::chrono::sys_days nullDate;
    } documents[] = {{usualCalendar(), usualNullDate}, {macCalendar(), macNullDate}};
    for (const auto& [calendar, nullDate] : documents)
        for (std::size_t index = 0; index < everyPeriod.size(); ++index) {
            if (nullDate == macNullDate && index >= 5) break;  // the null date is only where counting begins, as shown below
            const Period period = periodOfCase(everyPeriod[index]);
            const std::int64_t offset = periodOf(calendar.first(), period, nullDate) - calendar.numberOf(calendar.first(), index);
            double start = calendar.first();
            bool startSeen = false;  // the first period began before the calendar, or on its first day
            for (double day = calendar.first() + 1; day <= calendar.last(); ++day) {
                const long walked = calendar.numberOf(day, index);
                if (walked != calendar.numberOf(day - 1, index)) {
                    start = day;
                    startSeen = true;
                }
                const std::int64_t number = periodOf(day, period, nullDate);
                ASSERT_EQ(number - offset, walked) << everyPeriod[index].word << " of day " << day;
                ASSERT_TRUE(!startSeen || startOf(number, period, nullDate) == start)
                    << everyPeriod[index].word << " of day " << day;
            }
        }
}

TEST(Period, PropertyTheNullDateIsOnlyWhereCountingBegins) {
    const double between = 1462;  // from 1899-12-30 to 1904-01-01
    EXPECT_EQ(usualCalendar().serial(1904, 1, 1), between);
    for (const PeriodCase& each : everyPeriod)
        for (double day = -4000; day < 50000; day += 17) {
            const Period period = periodOfCase(each);
            const std::int64_t number = periodOf(day + between, period, usualNullDate);
            ASSERT_EQ(periodOf(day, period, macNullDate), number);
            ASSERT_EQ(startOf(number, period, macNullDate), startOf(number, period, usualNullDate) - between);
        }
}

TEST(Period, EdgeTheTimeOfDayDoesNotMatter) {
    for (const PeriodCase& each : everyPeriod)
        for (const double day : {-700.0, -1.0, 0.0, 59.0, 60.0, 46022.0, 46023.0})
            for (const double time : {0.25, 0.5, 86399.0 / 86400})
                EXPECT_EQ(periodOf(day + time, periodOfCase(each), usualNullDate), periodOf(day, periodOfCase(each), usualNullDate))
                    << day + time;
}

TEST(Period, EdgeTheFarthestDatesLieInTheirPeriods) {
    for (const PeriodCase& each : everyPeriod)
        for (const double moment : {dates.least, dates.most}) {
            const Period period = periodOfCase(each);
            const std::int64_t number = periodOf(moment, period, usualNullDate);
            EXPECT_LE(startOf(number, period, usualNullDate), moment);
            EXPECT_GT(startOf(number + 1, period, usualNullDate), moment);
        }
}

}  // namespace
}  // namespace calckpi
