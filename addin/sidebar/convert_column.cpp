#include "addin/sidebar/convert_column.hpp"

#include "addin/document/convert_cells.hpp"
#include "addin/document/undo_step.hpp"
#include "addin/functions/cell_ranges.hpp"
#include "addin/functions/conversion.hpp"
#include "addin/sidebar/refusals.hpp"

#include <cstdint>
#include <optional>
#include <utility>

namespace calckpi::sidebar {
namespace {

struct Planned {
    std::string name;
    Area cells{};  // below the header
    panel::ColumnConversion plan{};
};

std::vector<Planned> plansOf(const Range& data, const SourceTable& table,
                             const std::vector<panel::ConversionSection::Wanted>& wanted) {
    std::vector<Planned> plans;
    for (const panel::ConversionSection::Wanted& each : wanted) {
        if (each.column >= table.headers().size()) continue;
        auto plan = panel::conversionOf(*table.look(each.column), each.header, table.culture().nullDate(), each.hints);
        if (!plan || plan->question) continue;
        Area column = addin::addressOf(data);
        column.StartColumn += static_cast<sal_Int32>(each.column);
        column.EndColumn = column.StartColumn;
        column.EndRow = column.StartRow + static_cast<sal_Int32>(table.rows());
        ++column.StartRow;
        plans.push_back({each.name, column, *std::move(plan)});
    }
    return plans;
}

}  // namespace

ConvertedColumns convertColumns(const Range& data, const css::uno::Reference<css::sheet::XSpreadsheetDocument>& document,
                                const css::uno::Reference<css::uno::XComponentContext>& context,
                                const std::vector<panel::ConversionSection::Wanted>& wanted, const panel::Texts& texts) {
    const SourceTable table(data, document, context);
    const std::vector<Planned> plans = plansOf(data, table, wanted);
    if (plans.empty()) return {};
    if (const auto obstacle = obstacleToConverting(document, plans.front().cells))
        return {sayObstacleToConverting(*obstacle, texts)};
    const auto columns = static_cast<std::int64_t>(plans.size());
    const rtl::OUString title =
        addin::fromUtf8(columns == 1 ? texts.say(panel::msg("Convert {column}"), {{"column", plans.front().name}})
                                     : texts.say(panel::msg("Convert {n} column", "Convert {n} columns"), columns));
    UndoStep step(document, title);
    panel::ConvertedCells cells;
    for (const Planned& each : plans) cells.add(each.plan, convertCells(document, each.cells, each.plan, title));
    step.commit();
    return {cells.said(texts), static_cast<std::size_t>(cells.changed)};
}

}  // namespace calckpi::sidebar
