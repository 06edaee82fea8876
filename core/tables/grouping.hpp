// What tells the groups of a table apart: the values of a column or, for a column of dates, the periods of the calendar.
//
//   groupsOf(frame, "channel")                 each channel
//   groupsOf(frame, "Create Date/month")       each month from the first to the last, known by its first day
//   groupsOf(frame, "Create Date/quarter/4")   the same by quarters of a year that begins in April
#pragma once

#include "core/dates/period.hpp"
#include "core/tables/frame.hpp"

#include <optional>

namespace calckpi {

// Grouping is what a text in `by` says.
struct Grouping {
    ColumnRef column;
    std::optional<Period> period;
};

// groupingOf reads `by`. A header that is written with the period goes first: it is that column.
Grouping groupingOf(const Table& table, const ColumnRef& by);

// groupsOf labels the rows of a frame by their group. By periods a text is a fault, an empty cell has no label, and more than
// mostPeriods of them are too large.
Result<LabelFinder> groupsOf(const Frame& frame, const ColumnRef& by);

}  // namespace calckpi
