// Leave without us, in the panel: what is said before, and what is asked for.
#include "core/panel/items.hpp"
#include "core/panel/panel.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace calckpi::panel {
namespace {

std::vector<std::string> linesOf(const Panel& panel) {
    std::vector<std::string> lines;
    for (const Row& row : panel.view().rows)
        for (const Widget& widget : row.widgets)
            if (widget.item == ControlId(LeaveItem::Line)) lines.push_back(widget.text);
    return lines;
}

bool canLeave(const Panel& panel) {
    for (const Row& row : panel.view().rows)
        for (const Widget& widget : row.widgets)
            if (widget.item == ControlId(LeaveItem::Leave)) return widget.enabled;
    return false;
}

const std::vector<SheetFormulas> found = {{"KPIs", {3, {"WINRATE", "ROI"}}, {1, {"RATELOW"}}, {}},
                                          {"KPI data", {}, {1, {"PERIODSTART"}}, {7, {"KPIPERIODS", "PERIODVALUES"}}},
                                          {"Funnel", {}, {}, {1, {"FUNNELSTAGES"}}}};

TEST(LeaveSection, WhatBecomesWhatIsSaidBefore) {
    Panel panel{Texts()};  // without any data: what was made of them may be gone
    EXPECT_FALSE(panel.leaves());
    EXPECT_EQ(panel.act({.item = LeaveItem::Open}).next, Next::FindFormulas);
    EXPECT_TRUE(panel.leaves());
    EXPECT_EQ(panel.leaveScope(), LeaveScope::Document);
    EXPECT_EQ(panel.leaveInto(), LeaveInto::Plain);
    EXPECT_FALSE(canLeave(panel)) << "nothing is known yet";
    panel.takeFormulas(found);
    const std::string why =
        "Where the extension is missing, and in XLSX files that go there, live tables show #NAME? instead of their figures";
    const std::string last =
        "Values follow no new figures, nor the period that is chosen on a KPI sheet. Errors stay errors. Undo brings the formulas "
        "back";
    EXPECT_EQ(linesOf(panel),
              std::vector<std::string>(
                  {"KPIs: 3 formulas become plain formulas (ROI, WINRATE)\nKPIs: 1 formula becomes its value (RATELOW)",
                   "KPI data: 1 formula becomes its value (PERIODSTART)\n"
                   "KPI data: 7 live tables become plain cells (KPIPERIODS, PERIODVALUES)",
                   "Funnel: 1 live table becomes plain cells (FUNNELSTAGES)", why, last}));
    EXPECT_EQ(panel.act({.item = LeaveItem::Into, .entry = 1}).next, Next::Draw);
    EXPECT_EQ(panel.leaveInto(), LeaveInto::Values);
    EXPECT_EQ(linesOf(panel).front(), "KPIs: 4 formulas become their values (RATELOW, ROI, WINRATE)");
    EXPECT_EQ(panel.act({.item = LeaveItem::Leave}).next, Next::Leave);
}

TEST(LeaveSection, WhereAndTheEnd) {
    Panel panel{Texts()};
    panel.act({.item = LeaveItem::Open});
    panel.takeFormulas(found);
    EXPECT_EQ(panel.act({.item = LeaveItem::Where, .entry = 0}).next, Next::FindFormulas);
    EXPECT_EQ(panel.leaveScope(), LeaveScope::Selection);
    panel.takeFormulas({});
    EXPECT_EQ(linesOf(panel), std::vector<std::string>({"There are no formulas of Calc KPI here"}));
    EXPECT_EQ(panel.act({.item = LeaveItem::Leave}).next, Next::Nothing) << "there is nothing to do";
    EXPECT_EQ(panel.act({.item = LeaveItem::Copy}).next, Next::SaveValues) << "others may be elsewhere";
    panel.act({.item = LeaveItem::Close});
    EXPECT_FALSE(panel.leaves());
    panel.act({.item = LeaveItem::Open});
    panel.haveLeft();
    EXPECT_FALSE(panel.leaves());
    LeaveSection section;
    EXPECT_EQ(section.act({.item = LeaveItem::Where, .entry = 3}).next, Next::Nothing);
    EXPECT_EQ(section.act({.item = LeaveItem::Into, .entry = 2}).next, Next::Nothing);
}

bool standsFirst(const Panel& panel) { return panel.view().rows.front().widgets.front().item == ControlId(LeaveItem::Title); }

TEST(LeaveSection, AskedForFromTheMenuItStandsBeforeAllElse) {
    Panel panel{Texts()};
    panel.beginLeaving();
    EXPECT_TRUE(panel.leaves());
    EXPECT_TRUE(standsFirst(panel));
    panel.act({.item = LeaveItem::Close});
    EXPECT_FALSE(standsFirst(panel));
    panel.act({.item = LeaveItem::Open});
    EXPECT_FALSE(standsFirst(panel)) << "where the button was";
}

}  // namespace
}  // namespace calckpi::panel
