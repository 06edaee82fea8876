#include "core/recognition/written_values.hpp"

#include "core/texts/message.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <charconv>
#include <cmath>
#include <string>
#include <vector>

namespace calckpi::panel {
namespace {

constexpr std::chrono::sys_days nullDate = std::chrono::year(1899) / 12 / 30;
const double none = std::numeric_limits<double>::quiet_NaN();

std::string shown(const std::optional<double>& reading) { return reading ? std::to_string(*reading) : "none"; }

// A text and its two readings; NaN where there is none.
struct NumberCase {
    const char* text;
    double withDot;
    double withComma;
    const char* currency = "";
};

TEST(WrittenNumber, value_every_way_of_writing) {
    const NumberCase cases[] = {
        {"1234", 1234, 1234},
        {"1234.5", 1234.5, none},
        {"1234,5", none, 1234.5},
        {"17.506", 17.506, 17506},
        {"17,506", 17506, 17.506},
        {"1,234.56", 1234.56, none},
        {"1.234,56", none, 1234.56},
        {"1 234,56", none, 1234.56},
        {"1\u00A0234,56", none, 1234.56},
        {"1\u202F234\u202F567,8", none, 1234567.8},
        {"1'234.50", 1234.5, none},
        {"1\u2019234\u2019567", 1234567, 1234567},
        {"12,34,567.8", 1234567.8, none},
        {"0.506", 0.506, none},
        {".5", 0.5, none},
        {"-5", -5, -5},
        {"\u22125,5", none, -5.5},
        {"5-", -5, -5},
        {"(1,234.00)", -1234, none},
        {"+7", 7, 7},
        {"$86,928.00", 86928, none, "$"},
        {"-$5.00", -5, none, "$"},
        {"$-5.00", -5, none, "$"},
        {"($5.00)", -5, none, "$"},
        {"€ 17.506,74", none, 17506.74, "€"},
        {"17 506,74 €", none, 17506.74, "€"},
        {"1.250 lei", 1.25, 1250, "lei"},
        {"EUR 99.00", 99, none, "EUR"},
        {"99.00 RON", 99, none, "RON"},
        {"R$ 1.000,00", none, 1000, "R$"},
        {"CHF 1'000.00", 1000, none, "CHF"},
        {"45%", 0.45, 0.45},
        {"45,5 %", none, 0.455},
        {"100\u00A0%", 1, 1},
        {"0", 0, 0},
        {"-0", 0, 0},
        {"1000 euros", 1000, 1000, "€"},
        {"1,200.50 US Dollars", 1200.5, none, "USD"},
        {"250 de lei", 250, 250, "lei"},
        {"12,5 k€", none, 12500, "€"},
        {"$1.5M", 1500000, none, "$"},
        {"$1.5 M", 1500000, none, "$"},
        {"8K", 8000, 8000},
        {"-2 k", -2000, -2000},
    };
    for (const NumberCase& one : cases) {
        const std::optional<WrittenNumber> number = readNumber(one.text);
        ASSERT_TRUE(number) << one.text;
        const auto same = [](const std::optional<double>& got, double wanted) { return std::isnan(wanted) ? !got : got == wanted; };
        EXPECT_TRUE(same(number->withDot, one.withDot)) << one.text << ": " << shown(number->withDot);
        EXPECT_TRUE(same(number->withComma, one.withComma)) << one.text << ": " << shown(number->withComma);
        EXPECT_EQ(number->currency, one.currency) << one.text;
    }
}

TEST(WrittenNumber, refusal_of_what_is_no_number) {
    for (const char* text :
         {"",      " ",    "abc",     "12 apples", "KPI 5",  "1,23.4",      "1.23.456", "1 23",   "--5",   "-5-",  "(-5)",
          "5 5%%", "$5€",  "5%$",     "1e5",       "0x10",   "1.",          "12:30",    "12M",    "5 k k", "3 k%", "5 euros $",
          "euros", "20kg", "Q4-2025", "in_1P0002", "1,,234", "1.234,567.8", "$",        "€5 EUR", "-",     ".",    ","})
        if (const std::optional<WrittenNumber> number = readNumber(text))
            ADD_FAILURE() << '"' << text << "\" is " << shown(number->withDot) << " or " << shown(number->withComma);
}

// Reading a formatted number gives the number, as each of the three languages writes it.
TEST(WrittenNumber, property_reads_what_is_written) {
    support::Dice dice(20261129);
    for (int round = 0; round < 20'000; ++round) {
        const int decimals = dice.whole(0, 3);
        const double cents = std::round(dice.between(-1, 1) * std::pow(10, dice.whole(0, 12)));
        const double number = cents / std::pow(10, decimals);
        for (const Language language : {Language::English, Language::French, Language::Romanian}) {
            const std::string text = Texts(language, {}).number(number, decimals);
            const std::optional<WrittenNumber> read = readNumber(text);
            ASSERT_TRUE(read) << text;
            const std::optional<double>& meant = language == Language::English ? read->withDot : read->withComma;
            ASSERT_TRUE(meant) << text;
            EXPECT_DOUBLE_EQ(*meant, number) << text;
        }
    }
}

struct DateCase {
    const char* text;
    double dayFirst;
    double monthFirst;
    std::optional<int> offset{};
};

// Serials from LibreOffice Calc: =DATE(2025;3;1) is 45717, =DATE(2025;1;3) is 45660.
TEST(WrittenDate, value_every_way_of_writing) {
    constexpr double minute = 1 / 1440.0;
    const DateCase cases[] = {
        {"2025-03-01", 45717, 45717},
        {"2025/03/01", 45717, 45717},
        {"2025-03-01 10:25", 45717 + 625 * minute, 45717 + 625 * minute},
        {"2025-03-01T21:25:00Z", 45717 + 1285 * minute, 45717 + 1285 * minute, 0},
        {"2025-03-01T02:12:00.612+02:00", 45717 + (132 * 60'000 + 612) / 86'400'000.0, 45717 + (132 * 60'000 + 612) / 86'400'000.0,
         120},
        {"2025-03-01T12:00:00-0530", 45717.5, 45717.5, -330},
        {"20250301", 45717, 45717},
        {"20250301T120000Z", 45717.5, 45717.5, 0},
        {"01.03.2025", 45717, 45717},
        {"1. 3. 2025", 45717, 45717},
        {"15.10.2025 08:56", 45945 + 536 * minute, 45945 + 536 * minute},
        {"3/1/2025", 45660, 45717},
        {"11/27/2025", none, 45988},
        {"27/11/2025", 45988, none},
        {"1-3-25", 45717, 45660},
        {"3/1/29", 47121, 47178},  // 2029-01-03 and 2029-03-01
        {"3/1/30", 10961, 11018},  // 1930
        {"Mar 1, 2025", 45717, 45717},
        {"1 mars 2025", 45717, 45717},
        {"1er mars 2025 à 12:00", 45717.5, 45717.5},
        {"samedi 1 mars 2025", 45717, 45717},
        {"1 martie 2025", 45717, 45717},
        {"01-Mar-25", 45717, 45717},
        {"Sat, 01 Mar 2025 12:00:00 GMT", 45717.5, 45717.5, 0},
        {"14 août 2025", 45883, 45883},
        {"3rd February 2025", 45691, 45691},
        {"12 noiembrie 2025", 45973, 45973},
        {"2025-03-01 12:05 AM", 45717 + 5 * minute, 45717 + 5 * minute},
        {"2025-03-01 12:05 PM", 45717 + 725 * minute, 45717 + 725 * minute},
        {"2025-03-01 2:05 pm", 45717 + 845 * minute, 45717 + 845 * minute},
        {"2025-03-01 11:59:59 PM", 45717 + 86'399 / 86'400.0, 45717 + 86'399 / 86'400.0},
        {"1/3/2025 14h05", 45717 + 845 * minute, 45660 + 845 * minute},
    };
    for (const DateCase& one : cases) {
        const std::optional<WrittenDate> date = readDate(one.text, nullDate);
        ASSERT_TRUE(date) << one.text;
        const auto near = [](const std::optional<double>& got, double wanted) {
            return std::isnan(wanted) ? !got : got && std::abs(*got - wanted) < 1e-10;
        };
        EXPECT_TRUE(near(date->dayFirst, one.dayFirst)) << one.text << ": " << shown(date->dayFirst);
        EXPECT_TRUE(near(date->monthFirst, one.monthFirst)) << one.text << ": " << shown(date->monthFirst);
        EXPECT_EQ(date->offsetMinutes, one.offset) << one.text;
        EXPECT_TRUE(date->hasDay) << one.text;
    }
}

TEST(WrittenDate, value_times_of_day) {
    for (const auto& [text, minutes] : {std::pair("12:05 AM", 5),
                                        {"12:05 PM", 725},
                                        {"1:00 AM", 60},
                                        {"11:59 p.m.", 1439},
                                        {"14:05", 845},
                                        {"14h05", 845},
                                        {"9 AM", 540},
                                        {"00:00", 0}}) {
        const std::optional<WrittenDate> time = readDate(text, nullDate);
        ASSERT_TRUE(time) << text;
        EXPECT_FALSE(time->hasDay) << text;
        EXPECT_DOUBLE_EQ(*time->dayFirst, minutes / 1440.0) << text;
    }
}

TEST(WrittenDate, refusal_of_what_is_no_date) {
    for (const char* text : {"",
                             "Demo",
                             "12",
                             "1.234.567",
                             "192.168.1.1",
                             "06-12-34-56",
                             "2025-13-45",
                             "31/02/2025",
                             "Lot 3/4 2025",
                             "a b c",
                             "13:00 PM",
                             "0:30 AM",
                             "25:00",
                             "12:60",
                             "2025-03-01 noon",
                             "2025-03-01T",
                             "20251301",
                             "market 5, 2025",
                             "5 2025",
                             "May",
                             "May 2025",
                             "99999999",
                             "2025-03-01 10:25 +99:00",
                             "12345678901234567890",
                             "1/2",
                             "3.4",
                             "Sunday"})
        if (const std::optional<WrittenDate> date = readDate(text, nullDate))
            ADD_FAILURE() << '"' << text << "\" is " << shown(date->dayFirst) << " or " << shown(date->monthFirst);
}

// Every day of 400 years, as each of eight formats writes it, is read as that day.
TEST(WrittenDate, property_reads_what_is_written) {
    constexpr const char* english[] = {"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};
    constexpr const char* french[] = {"janvier", "février", "mars",      "avril",   "mai",      "juin",
                                      "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};
    constexpr const char* romanian[] = {"ianuarie", "februarie", "martie",     "aprilie",   "mai",       "iunie",
                                        "iulie",    "august",    "septembrie", "octombrie", "noiembrie", "decembrie"};
    support::Dice dice(7);
    const auto two = [](unsigned number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    for (int day = -20'000; day < 126'000; day += dice.whole(1, 40)) {
        const std::chrono::year_month_day date(nullDate + std::chrono::days(day));
        const std::string year = std::to_string(static_cast<int>(date.year()));
        const auto month = static_cast<unsigned>(date.month());
        const auto dayOfMonth = static_cast<unsigned>(date.day());
        const std::string plain = std::to_string(dayOfMonth);
        const auto reads = [&](const std::string& text, bool monthFirst = false) {
            const std::optional<WrittenDate> read = readDate(text, nullDate);
            ASSERT_TRUE(read) << text;
            EXPECT_EQ(monthFirst ? read->monthFirst : read->dayFirst, static_cast<double>(day)) << text;
        };
        reads(year + "-" + two(month) + "-" + two(dayOfMonth));
        reads(plain + "." + std::to_string(month) + "." + year);
        reads(two(dayOfMonth) + "/" + two(month) + "/" + year);
        reads(std::to_string(month) + "/" + plain + "/" + year, true);
        reads(std::string(english[month - 1]) + " " + plain + ", " + year);
        reads(plain + "-" + std::string(english[month - 1]).substr(0, 3) + "-" + year);
        reads(plain + " " + french[month - 1] + " " + year);
        reads(plain + " " + romanian[month - 1] + " " + year);
    }
}

ColumnReading columnOf(const std::vector<std::string>& texts, const ReadingHints& hints = {}) {
    return readColumn(texts, {}, nullDate, hints);
}

TEST(ColumnReading, value_one_text_settles_the_others) {
    EXPECT_EQ(columnOf({"17.506", "28.786,25"}).values, (std::vector<double>{17506, 28786.25}));
    EXPECT_EQ(columnOf({"17.506", "28,786.25"}).values.front(), 17.506);
    EXPECT_EQ(columnOf({"3/1/2025", "3/25/2025"}).values.front(), 45717);
    EXPECT_EQ(columnOf({"3/1/2025", "25/3/2025"}).values.front(), 45660);
    EXPECT_FALSE(columnOf({"17.506", "28.786,25"}).inDoubt);
}

TEST(ColumnReading, value_two_readings_are_asked_about_once) {
    const ColumnReading amounts = columnOf({"7", "17.506", "28.786"});
    EXPECT_TRUE(amounts.inDoubt);
    EXPECT_EQ(amounts.doubtful, 1U);
    const ColumnReading said = columnOf({"7", "17.506", "28.786"}, {.decimalSign = DecimalSign::Comma, .said = true});
    EXPECT_FALSE(said.inDoubt);
    EXPECT_EQ(said.values, (std::vector<double>{7, 17506, 28786}));
    EXPECT_TRUE(columnOf({"3/4/2025", "5/6/2025"}).inDoubt);
    EXPECT_FALSE(columnOf({"4/4/2025", "5/5/2025"}).inDoubt);
    EXPECT_FALSE(columnOf({"7", "8"}).inDoubt);
}

TEST(ColumnReading, value_formats) {
    EXPECT_EQ(columnOf({"$5.00", "$6.00", "7"}).format, ColumnFormat::Money);
    EXPECT_EQ(columnOf({"$5.00", "$6.00", "€7.00"}).currency, "$");
    EXPECT_EQ(columnOf({"5%", "100%"}).format, ColumnFormat::Share);
    EXPECT_EQ(columnOf({"5", "6,5"}).format, ColumnFormat::Number);
    EXPECT_EQ(columnOf({"2025-03-01", "n/a"}).format, ColumnFormat::Date);
    EXPECT_EQ(columnOf({"2025-03-01", "2025-03-01 10:00"}).format, ColumnFormat::DateTime);
    EXPECT_EQ(columnOf({"10:00", "12:05 AM"}).format, ColumnFormat::TimeOfDay);
    EXPECT_EQ(columnOf({"Demo", "Won", "7"}).format, ColumnFormat::None);
    EXPECT_EQ(columnOf({}).format, ColumnFormat::None);
    EXPECT_EQ(columnOf({"-", "NULL"}).format, ColumnFormat::None);
}

TEST(ColumnReading, value_what_cannot_be_read_stays) {
    const ColumnReading reading = columnOf({"5", "soon", "NULL", "7"});
    EXPECT_EQ(reading.unreadable, 1U);
    EXPECT_TRUE(std::isnan(reading.values[1]));
    EXPECT_TRUE(std::isnan(reading.values[2]));
    EXPECT_TRUE(std::isnan(columnOf({"2025-03-01", "10:00", "2025-03-02"}).values[1])) << "a time of day among dates";
}

TEST(ColumnReading, value_offsets) {
    // All alike: the time as it is written. Different ones: in UTC, or the order of the times would be wrong.
    EXPECT_EQ(columnOf({"2025-03-01T12:00+02:00", "2025-03-01T18:00+02:00"}).values.front(), 45717.5);
    const ColumnReading mixed = columnOf({"2025-03-01T12:00+02:00", "2025-03-01T12:00Z"});
    EXPECT_TRUE(mixed.toUtc);
    EXPECT_DOUBLE_EQ(mixed.values.front(), 45717 + 10 / 24.0);
    EXPECT_EQ(mixed.values.back(), 45717.5);
}

TEST(ColumnReading, value_counts_weigh) {
    EXPECT_EQ(readColumn({"1.5", "1,234.5", "1.234,5"}, {10, 1, 5}, nullDate).decimalSign, DecimalSign::Dot);
    EXPECT_EQ(readColumn({"1.500", "1,234.5", "1.234,5"}, {10, 1, 5}, nullDate).decimalSign, DecimalSign::Comma);
}

TEST(NumberAsDate, value_columns_of_numbers) {
    EXPECT_EQ(numbersAsDates({20240131, 20241231}), NumberAsDate::YearMonthDay);
    EXPECT_EQ(numbersAsDates({20240131, 20241331}), NumberAsDate::None);
    EXPECT_EQ(numbersAsDates({1735689600, 1740787200}), NumberAsDate::UnixSeconds);
    EXPECT_EQ(numbersAsDates({1735689600000, 1740787200123}), NumberAsDate::UnixMilliseconds);
    EXPECT_EQ(numbersAsDates({45717, 45718}), NumberAsDate::None);
    EXPECT_EQ(numbersAsDates({}), NumberAsDate::None);
    EXPECT_EQ(dateOf(20250301, NumberAsDate::YearMonthDay, nullDate), 45717);
    EXPECT_EQ(dateOf(1740787200 + 43200, NumberAsDate::UnixSeconds, nullDate), 45717.5);
    EXPECT_EQ(dateOf(1740787200000, NumberAsDate::UnixMilliseconds, nullDate), 45717);
    EXPECT_TRUE(std::isnan(dateOf(20250230, NumberAsDate::YearMonthDay, nullDate)));
    EXPECT_TRUE(std::isnan(dateOf(45717, NumberAsDate::None, nullDate)));
}

TEST(WordForEmpty, value_of_exports) {
    for (const char* word : {"", " ", "\u00A0", "NULL", "null", "-", "–", "n/a", "N/A", "#N/A", "None", "(blank)", "s.o."})
        EXPECT_TRUE(isWordForEmpty(word)) << word;
    for (const char* word : {"0", "Nadia", "x", "no", "Vide-grenier"}) EXPECT_FALSE(isWordForEmpty(word)) << word;
}

}  // namespace
}  // namespace calckpi::panel
