#include "addin/sidebar/explained_cell.hpp"

#include "addin/explain/why.hpp"
#include "addin/functions/cell_ranges.hpp"
#include "addin/sidebar/source_range.hpp"

#include <com/sun/star/lang/XMultiServiceFactory.hpp>
#include <com/sun/star/sheet/XSheetCellRange.hpp>
#include <com/sun/star/sheet/XSheetCellRangeContainer.hpp>
#include <com/sun/star/sheet/XSpreadsheet.hpp>

#include <sstream>

using css::uno::Any;
using css::uno::Reference;
using css::uno::UNO_QUERY;
using css::uno::UNO_QUERY_THROW;

namespace calckpi::sidebar {

std::string ExplainedCell::follow(const Any& selection) {
    cell_.set(selection, UNO_QUERY);
    if (!addin::hasOurFunction(cell_)) cell_.clear();
    return cell_.is() ? shownAddress(Range(cell_, UNO_QUERY_THROW)) : std::string();
}

std::vector<explain::Explanation> ExplainedCell::explain(const Reference<css::sheet::XSpreadsheetDocument>& document,
                                                         const Reference<css::uno::XComponentContext>& context,
                                                         const panel::Texts& texts) const {
    return cell_.is() ? addin::whyThisValue(cell_, document, context, texts) : std::vector<explain::Explanation>();
}

Any ExplainedCell::cells(const std::string& addresses, const Reference<css::sheet::XSpreadsheetDocument>& document) const {
    const Reference<css::sheet::XSheetCellRange> inSheet(cell_, UNO_QUERY_THROW);
    const Range sheet(inSheet->getSpreadsheet(), UNO_QUERY_THROW);
    const Reference<css::lang::XMultiServiceFactory> factory(document, UNO_QUERY_THROW);
    const Reference<css::sheet::XSheetCellRangeContainer> all(factory->createInstance("com.sun.star.sheet.SheetCellRanges"),
                                                              UNO_QUERY_THROW);
    std::istringstream lines(addresses);
    for (std::string line; std::getline(lines, line);)
        if (const Range range = rangeWritten(line, document, sheet); range.is())
            all->addRangeAddress(addin::addressOf(range), false);
    return Any(all);
}

}  // namespace calckpi::sidebar
