// What an action has opened in the panel, and what is therefore to be brought into sight.
#include "core/panel/items.hpp"
#include "core/panel/kpi_sheet_model.hpp"
#include "core/panel/leave_section.hpp"
#include "core/panel/opened.hpp"
#include "core/panel/own_kpi_section.hpp"
#include "core/panel/panel.hpp"
#include "tests/panel/sheet.hpp"
#include "tests/panel/user.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace calckpi::panel {
namespace {

// Sees is a panel and what its last action has opened.
class Sees {
public:
    Sees() {
        Source source = sourceOf(support::sheetOf({"Deal ID|Stage|Amount|Created|Closed|Owner",
                                                   "D1|Won|100|2025-01-02|2025-02-03|Ana", "D2|Lost|200|2025-01-05|2025-03-03|Ben",
                                                   "D3|Demo|300|2025-02-02||Ana", "D4|Won|100|2025-02-02|2025-03-03|Ana"}));
        source.dates = {false, false, false, true, true, false};
        panel.take(std::move(source));
        panel.want("KPISHEET");
        waits();
    }
    void waits() {
        if (panel.needsComputing()) panel.compute();
    }
    std::optional<Opened> opens(const Action& action) {
        const View before = panel.view();
        const Next next = panel.act(action).next;
        if (next == Next::FindFormulas) panel.takeFormulas({});
        waits();
        return calckpi::panel::opens(next) ? openedBetween(before, panel.view(), {action.item, action.index}) : std::nullopt;
    }
    // rows are those from the first to the last of what was opened, each by its first widget.
    std::vector<ControlKey> rows(const Opened& opened) const {
        std::vector<ControlKey> keys;
        for (const Row& row : panel.view().rows) {
            const ControlKey key(row.widgets.front().item, row.widgets.front().index);
            if (!keys.empty() || key == opened.first) keys.push_back(key);
            if (key == opened.last) return keys;
        }
        ADD_FAILURE() << "there is no last row";
        return keys;
    }

    Panel panel{Texts()};
};

bool holds(const std::vector<ControlKey>& keys, ControlId item) {
    return std::any_of(keys.begin(), keys.end(), [&](const ControlKey& key) { return key.first == item; });
}

TEST(Opened, TheSectionAndTheControlThatOpensIt) {
    Sees sees;
    const std::optional<Opened> more = sees.opens({.item = Item::MoreOptions, .on = true});
    ASSERT_TRUE(more);
    EXPECT_EQ(more->first, ControlKey(Item::MoreOptions, 0));
    EXPECT_TRUE(holds(sees.rows(*more), KpiItem::ToleranceLabel));
    EXPECT_FALSE(holds(sees.rows(*more), KpiItem::Template));
    EXPECT_EQ(sees.opens({.item = Item::MoreOptions, .on = false}), std::nullopt) << "what is folded shows nothing more";
}

TEST(Opened, ASectionInPlaceOfItsButton) {
    Sees sees;
    const std::optional<Opened> leave = sees.opens({.item = LeaveItem::Open});
    ASSERT_TRUE(leave);
    EXPECT_EQ(leave->first, ControlKey(LeaveItem::Title, 0));
    EXPECT_EQ(leave->last, ControlKey(LeaveItem::Copy, 0));
    const std::optional<Opened> closed = sees.opens({.item = LeaveItem::Close});
    ASSERT_TRUE(closed) << "the button is there again, where the keys find it";
    EXPECT_EQ(closed->first, ControlKey(LeaveItem::Open, 0));
    EXPECT_EQ(closed->last, closed->first);
}

// The KPIs that are not ticked stand between the others, above the box that shows them, and the missing ones below it.
TEST(Opened, WhatComesAboveTheControl) {
    Sees sees;
    const std::optional<Opened> all = sees.opens({.item = KpiItem::AllKpis, .on = true});
    ASSERT_TRUE(all);
    const std::vector<ControlKey> rows = sees.rows(*all);
    EXPECT_EQ(all->first.first, ControlId(KpiItem::Check));
    EXPECT_TRUE(holds(rows, KpiItem::AllKpis));
    EXPECT_EQ(all->last.first, ControlId(KpiItem::Missing));
}

TEST(Opened, NotWhatOtherChoicesBring) {
    Sees sees;
    EXPECT_EQ(sees.opens({.item = KpiItem::Check, .on = false}), std::nullopt) << "though the next KPI moves up";
    EXPECT_EQ(sees.opens({.item = KpiItem::Template, .entry = 1}), std::nullopt);
    View stays;
    stays.rows.push_back({{Widget{.kind = WidgetKind::Warning, .item = Item::Message}}, false, true});
    EXPECT_EQ(openedBetween(View(), stays), std::nullopt) << "a row that stays in sight anyway";
}

// From the menu, no control has been used.
TEST(Opened, WithoutAControl) {
    Sees sees;
    const View before = sees.panel.view();
    sees.panel.beginLeaving();
    const std::optional<Opened> leave = openedBetween(before, sees.panel.view());
    ASSERT_TRUE(leave);
    EXPECT_EQ(leave->first, ControlKey(LeaveItem::Title, 0));
}

}  // namespace
}  // namespace calckpi::panel
