#include "core/panel/panel.hpp"

#include "tests/panel/sheet.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace calckpi::panel {
namespace {

using support::sheetOf;

const std::shared_ptr<support::MemoryTable>& log() {
    static const auto table = sheetOf({"User|Event|Time", "Ana|Visit|2026-01-05", "Ana|Buy|2026-01-06", "Ben|Visit|2026-01-07"});
    return table;
}

Choices choicesOfLog() {
    Choices choices = rolesFor(Shape::Events, *log());
    choices.source = "$Log.$A$1:$C$4";
    choices.stages = {{"Visit"}, {"Buy", Outcome::Won}};
    return choices;
}

// shown is the panel with one of our tables selected.
Panel shown(const Choices& choices) {
    Panel panel{Texts()};
    panel.take({.address = choices.source, .shown = {}, .name = {}, .table = log(), .sample = log(), .dates = {}},
               Found{.address = "Funnel.B4", .choices = choices});
    return panel;
}

TEST(PanelDates, ValueOfADateIsItsIsoForm) {
    Choices choices = choicesOfLog();
    choices.asOf = 46027;
    EXPECT_EQ(shown(choices).asOfText(), "2026-01-05");
}

TEST(PanelDates, EdgeOfADateThatNoCalendarHoldsIsItsNumber) {
    Choices choices = choicesOfLog();
    for (const auto& [date, text] : {std::pair(3e307, "3e+307"), std::pair(-1e9, "-1e+09")}) {
        choices.asOf = date;
        EXPECT_EQ(shown(choices).asOfText(), text);
    }
}

}  // namespace
}  // namespace calckpi::panel
