// Business time against a slow and obvious count: minute after minute, each looked up in a real calendar.
#include "core/dates/calendar.hpp"

#include "core/kpis/timing.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace calckpi {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr double friday = 46031;  // 2026-01-09
constexpr double monday = 46034;
constexpr double nine = 9.0 / 24;
constexpr double five = 17.0 / 24;
constexpr double millisecond = 1.0 / 86'400'000;  // instants are read in whole ones
constexpr double noise = 1e-9;                    // what the properties must hold to

// The null dates that Calc offers: 1899-12-30, 1900-01-01 and 1904-01-01, which are days of the week of their own.
constexpr NullDate nullDates[] = {
    {}, {std::chrono::year(1900) / std::chrono::January / 1}, {std::chrono::year(1904) / std::chrono::January / 1}};

// weekdayOf gives the day of the week of a serial number, 0 being Monday, by the calendar of the standard library.
int weekdayOf(long day, NullDate nullDate = {}) {
    return static_cast<int>(std::chrono::weekday(nullDate.day + days(day)).iso_encoding()) - 1;
}

Series<Moment> holidayList(const std::vector<double>& holidays) { return Series<Moment>(holidays); }

Weekend weekendOf(std::string_view text) { return *Weekend::fromText(text); }

double openTime(double start, double end, double opening, double closing, std::string_view weekend = "0000011",
                const std::vector<double>& holidays = {}) {
    const Result<Calendar> calendar = Calendar::of(opening, closing, weekendOf(weekend), holidayList(holidays));
    return *calendar->openTime(start, end);
}

class Dice {
public:
    explicit Dice(unsigned seed) : engine_(seed) {}
    // upTo gives a whole number from 0 to most.
    long upTo(long most) { return static_cast<long>(engine_() % static_cast<unsigned long>(most + 1)); }

private:
    std::mt19937_64 engine_;
};

constexpr long minutesPerDay = 24 * 60;

// Business is a random business whose hours, holidays and weekend are in whole minutes and days.
struct Business {
    long opening = 0;  // minute of the day
    long closing = 0;
    double closingCell = 0;
    std::string weekend;
    std::set<long> holidays;
    NullDate nullDate;
    std::vector<double> holidayCells;  // unsorted, some twice, some with a time of day

    Business(Dice& dice, long firstDay, long lastDay) {
        nullDate = nullDates[dice.upTo(2)];
        opening = dice.upTo(minutesPerDay - 1);
        closing = dice.upTo(3) == 0 ? minutesPerDay : opening + 1 + dice.upTo(minutesPerDay - opening - 1);
        // Midnight at the end of the day is 1 or, as Calc's TIME(24;0;0) has it, 0.
        closingCell = closing == minutesPerDay && dice.upTo(1) == 0 ? 0 : static_cast<double>(closing) / minutesPerDay;
        for (int weekday = 0; weekday < 7; ++weekday) weekend += dice.upTo(3) == 0 ? '1' : '0';
        for (long left = dice.upTo(12); left > 0; --left) {
            const long day = firstDay + dice.upTo(lastDay - firstDay);
            holidays.insert(day);
            holidayCells.push_back(static_cast<double>(day) + (dice.upTo(1) == 0 ? 0 : 0.7));
            if (dice.upTo(2) == 0) holidayCells.push_back(static_cast<double>(day));
        }
    }

    bool open(long minute) const {
        const long day = minute / minutesPerDay;
        const long ofDay = minute % minutesPerDay;
        return ofDay >= opening && ofDay < closing && weekend[static_cast<std::size_t>(weekdayOf(day, nullDate))] == '0' &&
               !holidays.contains(day);
    }

    double counted(long start, long end) const {
        long openMinutes = 0;
        for (long minute = start; minute < end; ++minute) openMinutes += open(minute) ? 1 : 0;
        return static_cast<double>(openMinutes) / minutesPerDay;
    }

    Result<double> computed(double start, double end) const {
        const Result<Calendar> calendar = Calendar::of(static_cast<double>(opening) / minutesPerDay, closingCell,
                                                       weekendOf(weekend), holidayList(holidayCells), nullDate);
        return calendar->openTime(start, end);
    }

    std::string spoken() const {
        std::ostringstream text;
        text << "null date " << nullDate.day.time_since_epoch().count() << " opening " << opening << " closing " << closing
             << " weekend " << weekend << " holidays";
        for (const long day : holidays) text << ' ' << day;
        return text.str();
    }
};

TEST(Calendar, PropertyOfRandomBusinessesAgreesWithCountingMinutes) {
    Dice dice(3);
    for (int round = 0; round < 400; ++round) {
        const long firstDay = 45900 + dice.upTo(400);
        const Business business(dice, firstDay, firstDay + 30);
        const long start = firstDay * minutesPerDay + dice.upTo(10 * minutesPerDay);
        const long end = start + dice.upTo(20 * minutesPerDay);
        const double expected = business.counted(start, end);
        const double got = *business.computed(static_cast<double>(start) / minutesPerDay, static_cast<double>(end) / minutesPerDay);
        ASSERT_NEAR(got, expected, noise) << "minutes " << start << " to " << end << ", " << business.spoken();
    }
}

TEST(Calendar, PropertyOfDecadesAgreesWithCountingMinutes) {
    Dice dice(5);
    for (int round = 0; round < 3; ++round) {
        const long firstDay = 20000 + dice.upTo(20000);
        const Business business(dice, firstDay, firstDay + 9000);
        const long start = firstDay * minutesPerDay + dice.upTo(minutesPerDay);
        const long end = start + 6000 * minutesPerDay + dice.upTo(2000 * minutesPerDay);
        ASSERT_NEAR(*business.computed(static_cast<double>(start) / minutesPerDay, static_cast<double>(end) / minutesPerDay),
                    business.counted(start, end), noise)
            << business.spoken();
    }
}

TEST(Calendar, PropertyOfASplitIsThatThePartsAddUp) {
    Dice dice(7);
    for (int round = 0; round < 2000; ++round) {
        const Business business(dice, 46000, 46060);
        const double start = 46000 + static_cast<double>(dice.upTo(20'000'000)) / 1e6;
        const double split = start + static_cast<double>(dice.upTo(20'000'000)) / 1e6;
        const double end = split + static_cast<double>(dice.upTo(20'000'000)) / 1e6;
        ASSERT_NEAR(*business.computed(start, split) + *business.computed(split, end), *business.computed(start, end), noise)
            << start << ' ' << split << ' ' << end << ", " << business.spoken();
    }
}

TEST(Calendar, PropertyOfALaterEndIsNeverLessTimeAndNeverNegative) {
    Dice dice(11);
    for (int round = 0; round < 200; ++round) {
        const Business business(dice, 46000, 46020);
        const double start = 46000 + static_cast<double>(dice.upTo(10'000'000)) / 1e6;
        double end = start;
        double before = 0;
        for (int step = 0; step < 100; ++step) {
            const double time = *business.computed(start, end);
            ASSERT_GE(time, 0) << start << ' ' << end << ", " << business.spoken();
            ASSERT_GE(time, before - noise) << start << ' ' << end << ", " << business.spoken();
            ASSERT_LE(time, end - start + millisecond) << start << ' ' << end << ", " << business.spoken();
            before = time;
            end += static_cast<double>(dice.upTo(200'000)) / 1e6;
        }
    }
}

TEST(Calendar, PropertyOfAlwaysOpenIsAllTime) {
    Dice dice(13);
    for (int round = 0; round < 2000; ++round) {
        const double start = static_cast<double>(dice.upTo(60'000'000'000)) / 1e6;
        const double end = start + static_cast<double>(dice.upTo(60'000'000'000)) / 1e6;
        ASSERT_NEAR(openTime(start, end, 0, 1, "0000000"), end - start, millisecond) << start << ' ' << end;
    }
}

TEST(Calendar, PropertyOfHolidaysIsThatOrderRepetitionAndTimeOfDayDoNotMatter) {
    const double plain = openTime(friday, friday + 28, nine, five, "0000011", {monday, monday + 3, monday + 9});
    EXPECT_NEAR(plain, (20 - 3) * (five - nine), noise);
    EXPECT_EQ(plain, openTime(friday, friday + 28, nine, five, "0000011",
                              {monday + 9.99, monday, monday + 3.5, monday, monday + 9, monday + 3}));
    // Holidays on the weekend close what is closed.
    EXPECT_EQ(plain,
              openTime(friday, friday + 28, nine, five, "0000011", {monday - 1, monday + 9, monday + 3, monday, monday - 2}));
}

TEST(Calendar, ValueOfFridayToMonday) {
    EXPECT_NEAR(openTime(friday + 16.5 / 24, monday + 9.5 / 24, nine, five), 1.0 / 24, noise);
    EXPECT_NEAR(openTime(friday + 16.5 / 24, monday + 1 + 9.5 / 24, nine, five, "0000011", {monday}), 1.0 / 24, noise);
}

TEST(Calendar, ValueOfAFewMinutesOnOneDay) {
    // Serial numbers near 46000 carry noise of about 1e-11: the half hour is right to far below a second.
    EXPECT_NEAR(openTime(monday + 9.5 / 24, monday + 10.0 / 24, nine, five), 0.5 / 24, 1e-11);
}

TEST(Calendar, EdgeStartAndEndOutsideHours) {
    EXPECT_EQ(openTime(monday + 0.1, monday + 0.2, nine, five), 0);  // before opening
    EXPECT_EQ(openTime(monday + 0.8, monday + 0.9, nine, five), 0);  // after closing
    EXPECT_EQ(openTime(monday + 0.8, monday + 1.2, nine, five), 0);  // overnight
    EXPECT_EQ(openTime(monday - 1.5, monday - 0.5, nine, five), 0);  // on the weekend
    EXPECT_NEAR(openTime(monday + 0.1, monday + 0.9, nine, five), 8.0 / 24, noise);
    EXPECT_NEAR(openTime(monday - 1.5, monday + 0.9, nine, five), 8.0 / 24, noise);
    EXPECT_NEAR(openTime(monday + five, monday + 1 + nine, nine, five), 0, 0);  // from closing to opening: exactly nothing
    EXPECT_EQ(openTime(monday + 0.5, monday + 0.5, nine, five), 0);             // no time at all
}

TEST(Calendar, EdgeMidnightIsAClosingTime) {
    EXPECT_NEAR(openTime(monday, monday + 1, 0.5, 1), 0.5, noise);
    EXPECT_NEAR(openTime(monday, monday + 2, 0, 1), 2, noise);
}

TEST(Calendar, EdgeDaysBeforeTheNullDate) {
    // Day 0 is Saturday 1899-12-30; day -1 is a Friday and day 2 a Monday.
    EXPECT_EQ(weekdayOf(0), 5);
    EXPECT_NEAR(openTime(-1, 0, 0, 1), 1, noise);
    EXPECT_NEAR(openTime(-8.5, 2.25, 0, 1), 6.75, noise);  // Thursday noon to Monday 6:00, two weekends off: 10.75 - 4
}

TEST(Calendar, EdgeAllDaysClosedIsNoOpenTime) { EXPECT_EQ(openTime(friday, friday + 1000.3, nine, five, "1111111"), 0); }

TEST(Calendar, EdgeALoneZeroIsAnEmptyCellAndNoHoliday) {
    EXPECT_TRUE(holidayDays(Series<Moment>({0.0}, true)).empty());
    EXPECT_TRUE(holidayDays(Series<Moment>({Series<Moment>::blank, Series<Moment>::blank})).empty());
    EXPECT_TRUE(holidayDays(std::nullopt).empty());
    EXPECT_EQ(holidayDays(Series<Moment>({46000.5, Series<Moment>::blank})), std::vector<double>{46000});
}

TEST(Calendar, Refusals) {
    const auto refused = [](double opening, double closing) {
        const Result<Calendar> calendar = Calendar::of(opening, closing, Weekend(), std::nullopt);
        return !calendar && calendar.failure().fault == Fault::OutsideDomain;
    };
    EXPECT_TRUE(refused(five, nine));  // overnight
    EXPECT_TRUE(refused(nine, nine));
    EXPECT_TRUE(refused(std::nan(""), five));
    EXPECT_FALSE(refused(0, 0));  // from midnight to midnight
    EXPECT_FALSE(refused(0, 1));
    EXPECT_FALSE(refused(five, 0));
    EXPECT_FALSE(refused(nine, five));

    const Result<Calendar> calendar = Calendar::of(nine, five, Weekend(), std::nullopt);
    for (const auto& [start, end] : std::vector<std::pair<double, double>>{{monday, friday},
                                                                           {monday, monday - 1e-6},
                                                                           {std::nan(""), monday},
                                                                           {monday, std::nan("")},
                                                                           {monday, 1e15},
                                                                           {-1e300, monday}}) {
        const Result<double> time = calendar->openTime(start, end);
        ASSERT_FALSE(time) << start << ' ' << end;
        EXPECT_EQ(time.failure().fault, Fault::OutsideDomain) << start << ' ' << end;
    }
    EXPECT_FALSE(Calendar::of(nine, five, Weekend(), Series<Moment>({1e300})));
}

// closedDays writes a weekend as its seven letters.
std::string closedDays(const std::optional<Weekend>& weekend) {
    if (!weekend) return "none";
    std::string text;
    for (int weekday = 0; weekday < 7; ++weekday) text += weekend->closed(weekday) ? '1' : '0';
    return text;
}

// The numbers are those of NETWORKDAYS.INTL in LibreOffice's help.
TEST(Weekend, ValueOfTheNumbers) {
    const std::vector<std::pair<double, std::string>> numbers = {
        {1, "0000011"},  {2, "1000001"},  {3, "1100000"},  {4, "0110000"},  {5, "0011000"},  {6, "0001100"},  {7, "0000110"},
        {11, "0000001"}, {12, "1000000"}, {13, "0100000"}, {14, "0010000"}, {15, "0001000"}, {16, "0000100"}, {17, "0000010"}};
    for (const auto& [number, text] : numbers) {
        EXPECT_EQ(closedDays(Weekend::fromNumber(number)), text) << number;
        EXPECT_EQ(closedDays(Weekend::fromText(std::to_string(static_cast<int>(number)))), text) << number;
    }
    for (const double number : {0.0, 8.0, 9.0, 10.0, 18.0, 1.5, -1.0, 1e300, std::nan("")})
        EXPECT_EQ(closedDays(Weekend::fromNumber(number)), "none") << number;
}

TEST(Weekend, ValueOfTheText) {
    for (unsigned days = 0; days < 128; ++days) {
        std::string text;
        for (unsigned weekday = 0; weekday < 7; ++weekday) text += (days >> weekday & 1U) != 0 ? '1' : '0';
        EXPECT_EQ(closedDays(Weekend::fromText(text)), text);
    }
    EXPECT_EQ(closedDays(Weekend()), "0000011");
    for (const char* text : {"", "0", "8", "10", "000001", "00000011", "0000012", "abcdefg", "1:", "/1"})
        EXPECT_EQ(closedDays(Weekend::fromText(text)), "none") << text;
}

TEST(Weekend, ReadFromAnArgument) {
    const auto read = [](const Argument& argument) {
        const Result<Weekend> weekend = Reader<Weekend>::read(argument);
        return weekend ? closedDays(*weekend) : "none";
    };
    EXPECT_EQ(read(7.0), "0000110");
    EXPECT_EQ(read(std::string("0000110")), "0000110");
    EXPECT_EQ(read(std::string(" 0000110 ")), "0000110");
    EXPECT_EQ(read(8.0), "none");
    EXPECT_EQ(read(std::string("Friday")), "none");
    EXPECT_EQ(read(Grid{.rows = 1, .columns = 1, .cells = {7.0}}), "none");
}

}  // namespace
}  // namespace calckpi
