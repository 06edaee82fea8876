// Written values: numbers, money, shares, dates and times that are in cells as texts, as exports have them. No function computes
// with them (a text where a number belongs is #VALUE!); the panel reads them and offers to turn the cells into numbers.
//
//   readNumber("$86,928.00")->withDot            // 86928, in "$"
//   readNumber("17.506")                         // 17.506 or 17506: two readings
//   readDate("15.10.2025 08:56", nullDate)       // 2025-10-15 8:56
//   readColumn(texts, hints)                     // how a whole column is to be read: one cell in doubt is settled by the others
//
// A text is read only if all of it is understood: "12 apples" is none. Reading is exact: the digits become the nearest number.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace calckpi::panel {

// WrittenNumber is a text as a number, if the decimal sign is a dot and if it is a comma. Both are the same where neither stands in
// the text, and only one is there where the other makes no sense: 1,234.56.
struct WrittenNumber {
    std::optional<double> withDot{};
    std::optional<double> withComma{};
    std::string currency{};  // as written: "$", "EUR", "lei"; empty without one
    bool percent = false;    // 45% is 0.45
};

// readNumber reads digits with a decimal sign (dot or comma), with thousands set apart by blanks, dots, commas or apostrophes where
// they belong (Indian ones too), a sign before or behind or parentheses for less than 0, and a currency or a percent sign before or
// behind.
std::optional<WrittenNumber> readNumber(std::string_view text);

// WrittenDate is a text as a date, a date and time, or a time of day, counted in days from the null date. 3/4/2025 has two
// readings; one is missing where it is no date.
struct WrittenDate {
    std::optional<double> dayFirst{};
    std::optional<double> monthFirst{};
    bool hasTime = false;
    bool hasDay = true;                // false: a time of day alone, as a share of the day
    std::optional<int> offsetMinutes;  // from UTC, where it is written: 0 for Z. The readings are the time as written, not shifted
};

// readDate reads ISO 8601 (T, Z, offsets, fractions, without separators too), day.month.year, month/day/year and the like, years of
// two digits as Calc does (1930 to 2029), and months by their names or abbreviations in English, French and Romanian, with or
// without a weekday. 12:05 AM is five past midnight.
std::optional<WrittenDate> readDate(std::string_view text, std::chrono::sys_days nullDate);

// How the texts of a column are to be read.
enum class ColumnFormat : std::uint8_t { None, Number, Money, Share, Date, DateTime, TimeOfDay };
enum class DecimalSign : std::uint8_t { Dot, Comma };
enum class DayOrder : std::uint8_t { DayFirst, MonthFirst };

// ColumnReading says how the texts of a column are read as numbers or dates.
struct ColumnReading {
    ColumnFormat format = ColumnFormat::None;  // what most texts are; None: no column of such texts
    DecimalSign decimalSign = DecimalSign::Dot;
    DayOrder dayOrder = DayOrder::DayFirst;
    bool inDoubt = false;          // each reading fits all texts, and they differ: the user has to say which is meant
    std::size_t doubtful = 0;      // the index of the first text with two readings, if inDoubt
    std::string currency{};        // of Money, the one of most texts
    bool toUtc = false;            // the offsets differ: times are shifted to UTC
    std::vector<double> values{};  // for each text; NaN where it cannot be read
    std::size_t unreadable = 0;    // texts that are neither read nor words for empty
};

// What a column is likely to be, where its texts leave it open: the decimal sign of the document, and what the user has said.
struct ReadingHints {
    DecimalSign decimalSign = DecimalSign::Dot;
    DayOrder dayOrder = DayOrder::DayFirst;
    bool said = false;  // the user has said so: nothing is in doubt
};

// readColumn decides on one reading for all texts: each text counts as often as `times` says (once, if that is empty). At least
// half must be readable, otherwise the format is None.
ColumnReading readColumn(const std::vector<std::string>& texts, const std::vector<std::size_t>& times,
                         std::chrono::sys_days nullDate, const ReadingHints& hints = {});

// datesInTexts reads the dates among some texts, whatever the others are; NaN for those. Dates in doubt are read as most texts ask
// for, otherwise the day first.
std::vector<double> datesInTexts(const std::vector<std::string>& texts, std::chrono::sys_days nullDate);

// isWordForEmpty is true for the words that exports write into empty cells: NULL, n/a, "-", (blank), s.o.
bool isWordForEmpty(std::string_view text);

// NumberAsDate are dates that stand as plain numbers: 20250131, and seconds or milliseconds since 1970.
enum class NumberAsDate : std::uint8_t { None, YearMonthDay, UnixSeconds, UnixMilliseconds };

// numbersAsDates tells whether all numbers of a column are such dates of the years 1990 to 2099. Ids can look like that: ask it
// only of columns whose header speaks of dates.
NumberAsDate numbersAsDates(const std::vector<double>& numbers);

// dateOf is the date that such a number stands for, counted from the null date; NaN where it is none.
double dateOf(double number, NumberAsDate as, std::chrono::sys_days nullDate);

}  // namespace calckpi::panel
