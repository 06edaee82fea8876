// The panel's model of KPI sheets: what it shows of a table of deals, what it hears, what it wants written.
#include "core/panel/items.hpp"
#include "core/panel/kpi_sheet_model.hpp"
#include "tests/support/memory_table.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

namespace calckpi::panel {
namespace {

using support::MemoryTable;
using support::Rows;

// Two years of deals, one a week.
Source deals() {
    Rows rows = {{"Deal ID", "Stage", "Amount", "Created", "Closed", "Owner"}};
    for (int week = 0; week < 104; ++week) {
        const double opened = 45300 + 7 * week;
        const bool open = week % 5 == 4;
        rows.push_back({"D-" + std::to_string(week),
                        open            ? "Demo"
                        : week % 2 == 0 ? "Won"
                                        : "Lost",
                        100.0 + week, opened, open ? Cell(Blank{}) : Cell(opened + 20), week % 3 == 0 ? "Ana" : "Ben"});
    }
    Source source;
    source.address = "$Deals.$A$1:$F$105";
    source.shown = source.name = "Deals";
    source.table = source.sample = std::make_shared<MemoryTable>(rows);
    source.dates = {false, false, false, true, true, false};
    source.facts = std::make_shared<TableFacts>(factsOf(*source.table, source.dates));
    return source;
}

template <class Enum>
std::vector<Widget> widgetsOf(const View& view, Enum item) {
    std::vector<Widget> found;
    for (const Row& row : view.rows)
        for (const Widget& widget : row.widgets)
            if (widget.item == ControlId(item)) found.push_back(widget);
    return found;
}

TEST(KpiSheetModel, ValueOfWhatIsShownAndWritten) {
    KpiSheetModel model{Texts()};
    model.take(deals());
    EXPECT_EQ(model.choices().templateId, "sales-scorecard");
    EXPECT_FALSE(model.whyUseless());
    EXPECT_FALSE(model.ready());
    EXPECT_FALSE(model.columnsNeeded().empty());
    model.compute();
    EXPECT_TRUE(model.ready());
    View view;
    model.showChoices(view);
    model.showPreview(view);
    EXPECT_EQ(widgetsOf(view, KpiItem::Template).at(0).entries.size(), kpiTemplates().size());
    const std::vector<Widget> checks = widgetsOf(view, KpiItem::Check);
    const auto won =
        std::find_if(checks.begin(), checks.end(), [](const Widget& each) { return each.text.starts_with("Deals won: "); });
    ASSERT_NE(won, checks.end()) << "with its present value";
    EXPECT_TRUE(won->on);
    const std::vector<Widget> missing = widgetsOf(view, KpiItem::Missing);
    EXPECT_TRUE(std::any_of(missing.begin(), missing.end(), [](const Widget& each) {
        return each.text == "Lead-to-opportunity rate: Needs a table of your leads";
    }));
    EXPECT_EQ(model.act({.item = KpiItem::Check, .index = won->index, .on = false}).next, Next::Draw);
    EXPECT_EQ(std::count(model.choices().kpis.begin(), model.choices().kpis.end(), "deals-won"), 0);
    model.act({.item = KpiItem::Check, .index = won->index, .on = true});
    EXPECT_EQ(std::count(model.choices().kpis.begin(), model.choices().kpis.end(), "deals-won"), 1);
    const auto draft = model.draft(std::nullopt);
    ASSERT_TRUE(std::holds_alternative<Draft>(draft));
    EXPECT_EQ(std::get<Draft>(draft).plan.sheets.size(), 3U);
    EXPECT_EQ(readKpiSheetSettings(std::get<Draft>(draft).settings), model.choices());
    model.forget();
    EXPECT_FALSE(model.ready());
}

TEST(KpiSheetModel, ValueOfWhatIsChosen) {
    KpiSheetModel model{Texts()};
    model.take(deals());
    EXPECT_EQ(model.act({.item = KpiItem::Unit, .entry = 1}).next, Next::Compute);
    EXPECT_EQ(model.act({.item = KpiItem::Year, .entry = 3}).next, Next::Compute);
    EXPECT_EQ(model.act({.item = KpiItem::Template, .entry = 1}).next, Next::Compute);
    EXPECT_EQ(model.choices().templateId, "pipeline-forecast");
    EXPECT_EQ(model.choices().unit, PeriodWords::Quarter);
    EXPECT_EQ(model.choices().yearStart, 4);
    for (const std::int32_t index : {0, 1, 2}) model.act({.item = KpiItem::Compare, .index = index, .on = false});
    EXPECT_FALSE(model.choices().previous || model.choices().lastYear || model.choices().yearToDate);
    model.act({.item = Item::WithPicture, .on = false});
    EXPECT_FALSE(model.choices().pictures);
    model.act({.item = Item::MoreOptions, .on = true});
    View view;
    model.showChoices(view);
    EXPECT_EQ(widgetsOf(view, KpiItem::Compare).size(), 3U);
    EXPECT_EQ(widgetsOf(view, KpiItem::Year).at(0).entries.size(), 12U);
    for (const Action& beside : {Action{.item = KpiItem::Template, .entry = 99}, Action{.item = KpiItem::Unit, .entry = -1},
                                 Action{.item = KpiItem::Year, .entry = 12}, Action{.item = Item::Insert}})
        EXPECT_EQ(model.act(beside).next, Next::Nothing);
    model.takeAgain(deals());
    EXPECT_FALSE(model.ready());
    EXPECT_TRUE(std::holds_alternative<std::string>(model.draft(std::nullopt)));
    EXPECT_FALSE(model.take(deals(), "kpi-sheet 1\nend"));
}

TEST(KpiSheetModel, RefusalOfWhatHasNoKpi) {
    Source names = deals();
    names.table = names.sample = std::make_shared<MemoryTable>(Rows{{"Name"}, {"Ana"}});
    names.facts = std::make_shared<TableFacts>(factsOf(*names.table));
    EXPECT_TRUE(whyNoKpiSheet(names));
    EXPECT_FALSE(whyNoKpiSheet(deals()));
}

}  // namespace
}  // namespace calckpi::panel
