#include "addin/sidebar/kpi_sources.hpp"

#include "addin/functions/cell_ranges.hpp"
#include "addin/sidebar/sheet_view.hpp"

#include <com/sun/star/container/XIndexAccess.hpp>

using css::uno::Reference;
using css::uno::UNO_QUERY_THROW;

namespace calckpi::sidebar {
namespace {

constexpr sal_Int32 mostSheets = 40;  // that are looked at

}  // namespace

Range tableAround(const Range& range) {
    const Range data = dataSelected(css::uno::Any(range));
    return data.is() && addin::addressOf(data) != addin::addressOf(range) ? withRowsBelow(data, std::nullopt) : data;
}

Range KpiSources::whole(const std::string& address) const {
    const Range range = rangeWritten(address, document_, {});
    if (!range.is()) return range;
    const panel::RowsBelow below = rowsBelow(range, std::nullopt);
    return below.rows > 0 && !below.afterEmptyRow ? withRowsBelow(range, std::nullopt) : range;
}

std::vector<panel::Source> KpiSources::at(const std::vector<std::string>& addresses) const {
    std::vector<panel::Source> sources;
    for (const std::string& address : addresses) {
        const Range range = whole(address);
        sources.push_back(range.is() ? sourceOf(range, document_, context_) : panel::Source());
    }
    return sources;
}

std::vector<Range> KpiSources::ranges(std::optional<sal_Int16> but) const {
    std::vector<Range> found;
    const Reference<css::container::XIndexAccess> sheets(document_->getSheets(), UNO_QUERY_THROW);
    for (sal_Int32 index = 0; index < sheets->getCount() && index < mostSheets; ++index) {
        if (index == but || hasTables(document_, static_cast<sal_Int16>(index))) continue;
        const Reference<css::sheet::XSpreadsheet> sheet = sheetOf(document_, static_cast<sal_Int16>(index));
        const panel::DataBlock used = SheetView(sheet).used();
        const Range first = sheet->getCellRangeByPosition(used.firstColumn, used.firstRow, used.firstColumn, used.firstRow);
        const Range data = tableAround(first);
        if (data.is()) found.push_back(data);
    }
    return found;
}

std::vector<panel::Source> KpiSources::beside(const Range& range) const {
    std::vector<panel::Source> sources;
    for (const Range& data : ranges(addin::addressOf(range).Sheet)) sources.push_back(sourceOf(data, document_, context_));
    return sources;
}

}  // namespace calckpi::sidebar
