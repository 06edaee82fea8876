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

TEST(LeaveSection, ValueOfWhatIsSaidBefore) {
    Panel panel{Texts()};  // without any data: what was made of them may be gone
    EXPECT_FALSE(panel.leaves());
    EXPECT_EQ(panel.act({.item = LeaveItem::Open}).next, Next::FindFormulas);
    EXPECT_TRUE(panel.leaves());
    EXPECT_EQ(panel.leaveScope(), LeaveScope::Document);
    EXPECT_FALSE(canLeave(panel)) << "nothing is known yet";
    panel.takeFormulas({{"KPIs", 3, 0}, {"KPI data", 8, 7}, {"Funnel", 1, 1}});
    const std::vector<std::string> expected = {"KPIs: 3 formulas become their values",
                                               "KPI data: 1 formula becomes its value\nKPI data: 7 live tables become plain cells",
                                               "Funnel: 1 live table becomes plain cells"};
    const std::vector<std::string> lines = linesOf(panel);
    ASSERT_EQ(lines.size(), 4U);
    EXPECT_TRUE(std::equal(expected.begin(), expected.end(), lines.begin()));
    EXPECT_EQ(panel.act({.item = LeaveItem::Leave}).next, Next::Leave);
    EXPECT_EQ(panel.act({.item = LeaveItem::Where, .entry = 0}).next, Next::FindFormulas);
    EXPECT_EQ(panel.leaveScope(), LeaveScope::Selection);
    panel.takeFormulas({});
    EXPECT_EQ(linesOf(panel), std::vector<std::string>({"There are no formulas of Calc KPI here"}));
    EXPECT_EQ(panel.act({.item = LeaveItem::Leave}).next, Next::Nothing) << "there is nothing to do";
    panel.act({.item = LeaveItem::Close});
    EXPECT_FALSE(panel.leaves());
    panel.act({.item = LeaveItem::Open});
    panel.haveLeft();
    EXPECT_FALSE(panel.leaves());
    LeaveSection section;
    EXPECT_EQ(section.act({.item = LeaveItem::Where, .entry = 3}).next, Next::Nothing);
}

}  // namespace
}  // namespace calckpi::panel
