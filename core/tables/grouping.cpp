#include "core/tables/grouping.hpp"

#include "core/values/text.hpp"

#include <algorithm>
#include <limits>

namespace calckpi {
namespace {

bool isHeader(const Table& table, const std::string& text) {
    const std::string wanted = folded(text);
    return std::any_of(table.headers().begin(), table.headers().end(),
                       [&wanted](const std::string& header) { return folded(header) == wanted; });
}

Result<LabelFinder> periodsOf(const Frame& frame, const ColumnRef& dates, Period period) {
    Result<ColumnHandle> column = frame.numberColumn(dates, Wanted::Date);
    if (!column) return column.failure();
    const std::chrono::sys_days nullDate = frame.table().culture().nullDate();
    std::int64_t first = std::numeric_limits<std::int64_t>::max();
    std::int64_t last = std::numeric_limits<std::int64_t>::min();
    const NumberNumbering different = frame.differentNumbers(**column);
    for (const double moment : different.numbers()) {
        const std::int64_t number = periodOf(moment, period, nullDate);
        first = std::min(first, number);
        last = std::max(last, number);
    }
    if (first <= last && last - first >= mostPeriods) return Fault::TooLarge;
    return LabelFinder(frame, *std::move(column), period, {first, last});
}

}  // namespace

Grouping groupingOf(const Table& table, const ColumnRef& by) {
    const std::string* const text = std::get_if<std::string>(&by);
    if (text == nullptr || isHeader(table, *text)) return {by, std::nullopt};
    // "a/b/month" is the column "a/b" by months, "a/year/4" the column "a" by fiscal years.
    for (std::size_t slash = text->rfind('/'); slash != std::string::npos && slash > 0; slash = text->rfind('/', slash - 1))
        if (const std::optional<Period> period = Period::fromText(folded(text->substr(slash + 1))))
            return {text->substr(0, slash), period};
    return {by, std::nullopt};
}

Result<LabelFinder> groupsOf(const Frame& frame, const ColumnRef& by) {
    const Grouping grouping = groupingOf(frame.table(), by);
    if (grouping.period) return periodsOf(frame, grouping.column, *grouping.period);
    Result<ColumnHandle> column = frame.column(grouping.column);
    if (!column) return column.failure();
    return LabelFinder(frame, *std::move(column));
}

}  // namespace calckpi
