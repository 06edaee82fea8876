// Conversion in place: what becomes of each cell of a column whose numbers, money, dates or times stand as texts, and of dates and
// percentages that stand as plain numbers. It is a plan; whoever writes the document carries it out.
//
//   std::optional<ColumnConversion> plan = conversionOf(*cells, "Amount", nullDate);
//   plan->cells          // {{0, 86928}, {1, 28323}, …}: the row and its value
//   plan->unreadable     // rows that stay as they are
//   plan->question       // "17.506": 17.506 or 17506? Ask once, and plan again with what was said
#pragma once

#include "core/recognition/written_values.hpp"
#include "core/tables/table.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace calckpi::panel {

// ConvertedCell is a cell and the number that it becomes. Rows are those of the table, from 0.
struct ConvertedCell {
    std::size_t row = 0;
    double value = 0;
    friend bool operator==(const ConvertedCell&, const ConvertedCell&) = default;
};

// ReadingQuestion shows a cell that can be read in two ways, as all others of its column can.
struct ReadingQuestion {
    std::size_t row = 0;
    std::string text;
    double first = 0;   // with a decimal dot, or the day first
    double second = 0;  // with a decimal comma, or the month first
    bool ofDates = false;
};

struct ColumnConversion {
    ColumnFormat format = ColumnFormat::None;
    std::string formatCode;  // a number format as Calc takes it in English (US): "#,##0.00", "YYYY-MM-DD HH:MM"
    std::vector<ConvertedCell> cells;
    std::vector<std::size_t> emptied;           // words for empty: NULL, n/a
    std::vector<std::size_t> unreadable;        // neither read nor empty; they stay
    std::vector<std::size_t> otherCurrency;     // amounts of another currency than most: they stay, too
    NumberAsDate numbers = NumberAsDate::None;  // plain numbers become dates
    bool percentages = false;                   // plain numbers become shares: 60 becomes 60%
    bool toUtc = false;                         // times had different offsets and are those of UTC now
    std::optional<ReadingQuestion> question{};

    // firstRow is the first cell to change.
    std::optional<std::size_t> firstRow() const;
};

// conversionOf plans a column; nothing for one whose texts are neither numbers nor dates, or that has none. Columns of ids keep
// their texts: `header` says which these are.
std::optional<ColumnConversion> conversionOf(const Column& cells, std::string_view header, std::chrono::sys_days nullDate,
                                             const ReadingHints& hints = {});

}  // namespace calckpi::panel
