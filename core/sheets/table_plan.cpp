#include "core/sheets/table_plan.hpp"

#include "core/sheets/formula_parts.hpp"
#include "core/sheets/forecast_plan.hpp"
#include "core/sheets/table_pictures.hpp"
#include "core/sheets/table_rules.hpp"
#include "core/sheets/table_sheet.hpp"
#include "core/values/address.hpp"

#include <algorithm>
#include <iterator>

namespace calckpi::panel {
namespace {

using Planner = DocumentPlan (*)(const TableChoices&, const TablePreview&, const TableContext&, const Texts&);

TableSheet sheetOf(const TableChoices& choices, const TablePreview& preview, const TableContext& context, const Texts& texts,
                   std::int32_t leading = 0) {
    TableSheet sheet(choices, preview, context, texts, leading);
    for (std::string& sentence : tableRules(choices, context, texts)) sheet.rule(std::move(sentence));
    return sheet;
}

// planWith is a table with what `picture` adds to it.
template <void (*picture)(TableSheet&, const TableContext&)>
DocumentPlan planWith(const TableChoices& choices, const TablePreview& preview, const TableContext& context, const Texts& texts) {
    TableSheet sheet = sheetOf(choices, preview, context, texts);
    picture(sheet, context);
    return std::move(sheet).finish();
}

// linkTo is the formula of a link to a row of the source, by the row's number below the headers: "#Deals.A17". A source that is a
// name moves, and no link could follow it.
Formula linkTo(const TableChoices& choices, const TableContext& context, const Formula& row, const Texts& texts) {
    const std::string deal = choices.text("deal");
    const auto found = std::find(context.columns.begin(), context.columns.end(), deal);
    const Formula rowName = sentenceFormula(texts, msg("Row {n}"), {{"n", row}});
    const Formula name = found == context.columns.end() ? rowName
                                                        : Formula("INDEX(" + choices.source + ";") + row + "+1;" +
                                                              std::to_string(found - context.columns.begin() + 1) + ")&\"\"";
    const std::optional<RangeAddress> cells = readAddress(choices.source);
    if (!cells || !choices.live) return name;
    std::string sheet = cells->sheetPart;
    if (sheet.starts_with('$')) sheet.erase(0, 1);
    return Formula("HYPERLINK(" + asConstant("#" + sheet + lettersOf(cells->column)) + "&") + row + "+" +
           std::to_string(cells->row + 1) + ";" + name + ")";
}

DocumentPlan planStuckDeals(const TableChoices& choices, const TablePreview& preview, const TableContext& context,
                            const Texts& texts) {
    TableSheet sheet = sheetOf(choices, preview, context, texts, 1);
    const std::string deal = choices.text("deal");
    sheet.lead(choices.live ? CellRole::Link : CellRole::Text, deal.empty() ? texts.say(msg("Deal")) : deal, 24,
               [&](std::int32_t row) {
                   const Formula number(sheet.cell(row, 0));
                   return Formula("IF(") + number + "=\"\";\"\";" + linkTo(choices, context, number, texts) + ")";
               });
    return std::move(sheet).finish();
}

DocumentPlan planPlain(const TableChoices& choices, const TablePreview& preview, const TableContext& context, const Texts& texts) {
    return sheetOf(choices, preview, context, texts).finish();
}

constexpr std::pair<std::string_view, Planner> planners[] = {
    {"SEGMENTS", &planWith<&pictureSegments>},
    {"KPIPERIODS", &planWith<&picturePeriods>},
    {"COHORTS", &planWith<&pictureCohorts>},
    {"MRRMOVEMENTS", &planWith<&pictureMovements>},
    {"MRRPLANS", &planWith<&pictureMovements>},
    {"WINCURVE", &planWith<&pictureWinCurve>},
    {"RFM", &planWith<&pictureCustomers>},
    {"STUCKDEALS", &planStuckDeals},
    {"CLVPREDICT", &planForecast},
};

}  // namespace

DocumentPlan planTable(const TableChoices& choices, const TablePreview& preview, const TableContext& context, const Texts& texts) {
    const auto* found = std::find_if(std::begin(planners), std::end(planners),
                                     [&](const auto& planner) { return planner.first == choices.function; });
    return (found == std::end(planners) ? &planPlain : found->second)(choices, preview, context, texts);
}

}  // namespace calckpi::panel
