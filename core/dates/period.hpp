// Calendar periods: days, weeks, months, quarters and years, each from where it starts.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace calckpi {

struct PeriodWords {
    enum Value { Day, Week, Month, Quarter, Year };
};

namespace detail {
// meaningOf is what a word of a list means. (Above its users: clang evaluates no template that a class defines later.)
template <class Value, std::size_t size>
constexpr std::optional<Value> meaningOf(std::string_view word, const std::pair<std::string_view, Value> (&words)[size]) {
    for (const auto& [text, value] : words)
        if (text == word) return value;
    return std::nullopt;
}
}  // namespace detail

// Period is a unit of the calendar and where it starts: a week on a weekday, a quarter and a year in a month. Without a word about
// it weeks are ISO's, from Monday, and years begin in January.
//
//   Period::fromText("year/4")    the fiscal year from April
//   Period::fromText("week/sun")  weeks from Sunday
class Period {
public:
    static constexpr std::string_view options =
        "\"day\", \"week\", \"week/sun\", \"month\", \"quarter\", \"quarter/4\", \"year\", \"year/4\"";

    constexpr Period(PeriodWords::Value unit) : unit_(unit) {}  // NOLINT(google-explicit-constructor): a unit alone starts as usual
    // `start` counts from the usual one: days after Monday for weeks, months after January for quarters and years.
    constexpr Period(PeriodWords::Value unit, int start) : unit_(unit), start_(start) {}

    constexpr PeriodWords::Value unit() const { return unit_; }
    constexpr int start() const { return start_; }
    friend constexpr bool operator==(const Period&, const Period&) = default;

    // fromText reads folded text; nothing if it is no period.
    static constexpr std::optional<Period> fromText(std::string_view text) {
        const std::size_t slash = text.find('/');
        const std::optional<PeriodWords::Value> unit = detail::meaningOf(withoutBlanks(text.substr(0, slash)), units);
        if (!unit || slash == std::string_view::npos) return unit ? std::optional(Period(*unit)) : std::nullopt;
        const std::optional<int> start = startOf(*unit, withoutBlanks(text.substr(slash + 1)));
        return start ? std::optional(Period(*unit, *start)) : std::nullopt;
    }

private:
    using Unit = std::pair<std::string_view, PeriodWords::Value>;
    static constexpr Unit units[] = {{"day", PeriodWords::Day},
                                     {"week", PeriodWords::Week},
                                     {"month", PeriodWords::Month},
                                     {"quarter", PeriodWords::Quarter},
                                     {"year", PeriodWords::Year}};
    using Start = std::pair<std::string_view, int>;
    static constexpr Start weekdays[] = {{"mon", 0}, {"tue", 1}, {"wed", 2}, {"thu", 3}, {"fri", 4}, {"sat", 5}, {"sun", 6}};
    static constexpr Start months[] = {{"1", 0}, {"2", 1}, {"3", 2}, {"4", 3},  {"5", 4},   {"6", 5},
                                       {"7", 6}, {"8", 7}, {"9", 8}, {"10", 9}, {"11", 10}, {"12", 11}};

    static constexpr std::optional<int> startOf(PeriodWords::Value unit, std::string_view word) {
        if (unit == PeriodWords::Week) return detail::meaningOf(word, weekdays);
        if (unit == PeriodWords::Quarter || unit == PeriodWords::Year) return detail::meaningOf(word, months);
        return std::nullopt;
    }
    static constexpr std::string_view withoutBlanks(std::string_view text) {
        while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
        while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
        return text;
    }

    PeriodWords::Value unit_;
    int start_ = 0;
};

// More periods in a row than this are a typing error in a date, and nobody would read their rows.
inline constexpr std::int64_t mostPeriods = 10'000;

// periodOf numbers the period in which a moment lies; neighbouring periods have neighbouring numbers. `moment` is Calc's number of
// it, counted from `nullDate`.
std::int64_t periodOf(double moment, Period period, std::chrono::sys_days nullDate);

// startOf gives the first day of a period, counted from `nullDate`.
double startOf(std::int64_t number, Period period, std::chrono::sys_days nullDate);

// PeriodNames tells the first days of numbered periods.
struct PeriodNames {
    Period period;
    std::chrono::sys_days nullDate;
    double startDay(std::int64_t number) const { return startOf(number, period, nullDate); }
};

}  // namespace calckpi
