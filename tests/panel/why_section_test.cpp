#include "core/panel/why_section.hpp"

#include "core/panel/items.hpp"
#include "core/panel/panel.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace calckpi::panel {
namespace {

using explain::Explanation;
using explain::LineKind;

RangeAddress at(const char* address) { return *readAddress(address); }

std::vector<Explanation> twoCalls() {
    Explanation inner{.function = "CLV", .lines = {}};
    inner.lines = {{LineKind::Meaning, "Value of a customer", {}},
                   {LineKind::Argument, "churnRate: B2 = 0", at("B2")},
                   {LineKind::Reason, "churnRate is 0", at("B2")},
                   {LineKind::Remedy, "B2 is empty", at("B2")}};
    Explanation outer{.function = "DWINRATE", .lines = {}};
    outer.lines = {{LineKind::Result, "Result: 0.5", {}}, {LineKind::Rows, "3 rows are used, 2 left out", {}}};
    outer.used = {at("Deals.A2:C3"), at("Deals.A6:C6")};
    outer.leftOut = {at("Deals.A4:C5")};
    return {inner, outer};
}

std::vector<std::string> texts(const View& view) {
    std::vector<std::string> all;
    for (const Row& row : view.rows)
        for (const Widget& widget : row.widgets) all.push_back(widget.text);
    return all;
}

std::vector<std::string> shownBy(const WhySection& why) {
    View view;
    why.show(view, Texts());
    return texts(view);
}

TEST(WhySection, ValueOfWhatIsShown) {
    WhySection why;
    EXPECT_TRUE(shownBy(why).empty());
    why.offer("Report.C3");
    EXPECT_EQ(shownBy(why), std::vector<std::string>{"▸ Why this value? (C3)"});
    EXPECT_EQ(why.act({.item = Item::WhyTitle}).next, Next::Explain);
    why.take(twoCalls());
    EXPECT_EQ(shownBy(why), (std::vector<std::string>{"▾ Why this value? (C3)", "", "churnRate is 0", "B2", "B2 is empty",
                                                      "Value of a customer", "churnRate: B2 = 0", "B2"}));
    EXPECT_EQ(why.act({.item = Item::WhyCell, .index = 2}).text, "B2");
    EXPECT_EQ(why.act({.item = Item::WhyCall, .entry = 1}).next, Next::Draw);
    EXPECT_EQ(shownBy(why), (std::vector<std::string>{"▾ Why this value? (C3)", "", "Result: 0.5", "3 rows are used, 2 left out",
                                                      "Show the rows", "Show what is left out"}));
    const Reaction rows = why.act({.item = Item::WhyRows, .index = 0});
    EXPECT_EQ(rows.next, Next::GoToCells);
    EXPECT_EQ(rows.text, "Deals.A2:C3\nDeals.A6:C6");
    EXPECT_EQ(why.act({.item = Item::WhyRows, .index = 1}).text, "Deals.A4:C5");
    EXPECT_EQ(why.act({.item = Item::WhyTitle}).next, Next::Draw);
    EXPECT_EQ(shownBy(why).size(), 1U);
}

TEST(WhySection, ValueOfAFormulaOverTooFewCells) {
    WhySection why;
    why.offer("Report.C3");
    why.act({.item = Item::WhyTitle});
    std::vector<Explanation> calls = twoCalls();
    why.take(calls);
    EXPECT_FALSE(why.needs());
    calls[0].needs = explain::Call::Block{7, 9};
    why.take(calls);
    ASSERT_TRUE(why.needs());
    EXPECT_EQ(why.needs()->columns, 9U);
    const std::vector<std::string> shown = shownBy(why);
    EXPECT_NE(std::find(shown.begin(), shown.end(), "Show the whole table"), shown.end());
    EXPECT_EQ(why.act({.item = Item::WhyResize}).next, Next::ResizeFormula);
    why.act({.item = Item::WhyCall, .entry = 1});
    EXPECT_FALSE(why.needs()) << "the other call has none";
}

TEST(WhySection, ValueOfACellOnASheetWithALongName) {
    WhySection why;
    why.offer("'Entonnoir de conversion. 2'.A5");
    View view;
    why.show(view, Texts());
    const Widget& title = view.rows.front().widgets.front();
    EXPECT_EQ(title.text, "▸ Why this value? (A5)");
    EXPECT_NE(title.help.find("'Entonnoir de conversion. 2'.A5"), std::string::npos) << title.help;
}

TEST(WhySection, EdgeOfAnotherCellAndOfCallsThatAreGone) {
    WhySection why;
    why.offer("C3");
    why.act({.item = Item::WhyTitle});
    why.take(twoCalls());
    why.act({.item = Item::WhyCall, .entry = 1});
    why.offer("C3");  // selected again
    EXPECT_TRUE(why.open());
    why.take({twoCalls()[0]});  // the formula has changed
    EXPECT_EQ(shownBy(why)[1], "churnRate is 0");
    EXPECT_EQ(why.act({.item = Item::WhyCell, .index = 0}).next, Next::Nothing);
    EXPECT_EQ(why.act({.item = Item::WhyCell, .index = 99}).next, Next::Nothing);
    EXPECT_EQ(why.act({.item = Item::Source}).next, Next::Nothing);
    why.offer("D4");
    EXPECT_FALSE(why.open());
    EXPECT_EQ(why.act({.item = Item::WhyCell, .index = 2}).next, Next::Nothing);
    why.offer("");
    EXPECT_TRUE(shownBy(why).empty());
}

TEST(WhySection, ValueOfThePanelAroundIt) {
    Panel panel{Texts()};
    panel.offerWhy("C3");
    EXPECT_EQ(texts(panel.view()).front(), "▸ Why this value? (C3)");
    EXPECT_EQ(panel.act({.item = Item::WhyTitle}).next, Next::Explain);
    panel.takeWhy(twoCalls());
    EXPECT_EQ(panel.act({.item = Item::WhyCell, .index = 2}).next, Next::GoToCells);
    EXPECT_TRUE(panel.explains());
    panel.offerWhy("");
    EXPECT_FALSE(panel.explains());
    EXPECT_NE(texts(panel.view()).front(), "▸ Why this value? (C3)");
}

}  // namespace
}  // namespace calckpi::panel
