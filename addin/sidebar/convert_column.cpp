#include "addin/sidebar/convert_column.hpp"

#include "addin/document/convert_cells.hpp"
#include "addin/functions/cell_ranges.hpp"
#include "addin/functions/conversion.hpp"
#include "addin/sidebar/refusals.hpp"

namespace calckpi::sidebar {

ConvertedColumn convertColumn(const Range& data, const css::uno::Reference<css::sheet::XSpreadsheetDocument>& document,
                              const css::uno::Reference<css::uno::XComponentContext>& context,
                              const panel::ConversionSection::Wanted& wanted, const panel::Texts& texts) {
    const SourceTable table(data, document, context);
    if (wanted.column >= table.headers().size()) return {};
    const auto plan = panel::conversionOf(*table.look(wanted.column), wanted.header, table.nullDate(), wanted.hints);
    if (!plan || plan->question) return {};
    Area column = addin::addressOf(data);
    column.StartColumn += static_cast<sal_Int32>(wanted.column);
    column.EndColumn = column.StartColumn;
    column.EndRow = column.StartRow + static_cast<sal_Int32>(table.rows());
    ++column.StartRow;
    if (const auto obstacle = obstacleToConverting(document, column)) return {sayObstacleToConverting(*obstacle, texts)};
    const std::string title = texts.say(panel::msg("Convert {column}"), {{"column", wanted.name}});
    const std::size_t formulas = convertCells(document, column, *plan, addin::fromUtf8(title));
    return {panel::converted(*plan, formulas, texts), plan->cells.size() + plan->emptied.size() - formulas};
}

}  // namespace calckpi::sidebar
