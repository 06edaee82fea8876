// Calendar periods: days, ISO weeks (from Monday), months, quarters and years.
#pragma once

#include "core/values/choice.hpp"

#include <chrono>
#include <cstdint>

namespace calckpi {

struct PeriodWords {
    enum Value { Day, Week, Month, Quarter, Year };
    static constexpr Word<Value> words[] = {{"day", Day}, {"week", Week}, {"month", Month}, {"quarter", Quarter}, {"year", Year}};
};
using Period = Choice<PeriodWords>;

// Calendar dates beyond this many days from the null date are typing errors, not dates.
inline constexpr double mostDays = 1e7;

// periodOf numbers the period in which a moment lies; neighbouring periods have neighbouring numbers. `moment` is Calc's number of
// it, counted from `nullDate`, and at most mostDays from it.
std::int64_t periodOf(double moment, Period period, std::chrono::sys_days nullDate);

// startOf gives the first day of a period, counted from `nullDate`.
double startOf(std::int64_t number, Period period, std::chrono::sys_days nullDate);

}  // namespace calckpi
