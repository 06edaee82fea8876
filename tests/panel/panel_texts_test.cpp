#include "addin/sidebar/panel_texts.hpp"
#include "core/sheets/data_check.hpp"
#include "tests/panel/recordings.hpp"
#include "tests/panel/sheet.hpp"
#include "tests/panel/user.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace calckpi::panel {
namespace {

TEST(PanelTexts, PropertyThatTheTablesAreSortedAndFull) {
    EXPECT_TRUE(translationsOf(Language::English).empty());
    const auto french = translationsOf(Language::French);
    const auto romanian = translationsOf(Language::Romanian);
    ASSERT_EQ(french.size(), romanian.size());
    ASSERT_GT(french.size(), 30U);
    for (std::size_t index = 0; index < french.size(); ++index) {
        EXPECT_EQ(french[index].english, romanian[index].english);
        if (index > 0) {
            EXPECT_LT(french[index - 1].english, french[index].english);
        }
        EXPECT_FALSE(french[index].forms[0].empty()) << french[index].english;
        EXPECT_FALSE(romanian[index].forms[0].empty()) << romanian[index].english;
        EXPECT_EQ(french[index].forms[1].empty(), romanian[index].forms[2].empty()) << french[index].english;
        EXPECT_TRUE(french[index].forms[2].empty());
    }
}

TEST(PanelTexts, ValueOfAFindingInEachLanguage) {
    Choices choices;
    choices.shape = Shape::Dates;
    FunnelNotes notes;
    notes.backwards = {1200, 2, 17};
    notes.backwardUnits = 1200;
    const support::MemoryTable table(support::Rows{{"lead", "demo"}});
    const std::vector<Finding> findings = findingsOf(notes, choices, table);
    ASSERT_EQ(findings.size(), 1U);
    const auto in = [&](Language language) { return said(findings[0], Texts(language, translationsOf(language)), "B17"); };
    EXPECT_EQ(in(Language::English), "1,200 deals go backwards (first: B17)");
    EXPECT_EQ(in(Language::French), "1\u202F200 affaires reviennent en arrière (première cellule\u00A0: B17)");
    EXPECT_EQ(in(Language::Romanian), "1.200 de tranzacții merg înapoi (prima celulă: B17)");
}

// What the panel says is said in the user's language: the same view, with other words.
TEST(PanelTexts, PropertyThatTheWholePanelIsTranslated) {
    const std::vector<std::vector<std::string>> tables = {
        {"Deal ID|Owner|Stage|Amount", "D1|Ana|Demo|10", "D2|Bob|Demo|20", "D3|Bob|Won|30", "D4|Bob||30", "D5|Ana|Lost|30"},
        {"Stage|Count", "Lead|100", "Demo|40", "Won|10"},
        {"Stage|Count", "Lead|10", "Demo|40", "Won|10"},
        {"Deal|Lead date|Demo date|Lost date", "A|2025-01-01|2025-01-02|", "B|2025-01-03||2025-01-04"},
        {"user_id|event|timestamp", "u1|visit|2025-01-01 08:00", "u1|signup|2025-01-02 08:00", "u2|visit|2025-01-03 08:00",
         "u2|signup|2025-01-03 09:00"},
        {"Month|Leads|Demos|Won", "May|120|60|9", "June|140|70|14"},
        {"Leads|Demos|Won", "120|60|9"},
        {"Channel|Stage|Deals", "Web|Lead|100", "Web|Demo|40", "Fair|Lead|50", "Fair|Demo|20"},
        {"Deal ID|Stage|Status|Amount", "A|Demo|Open|10", "A|Proposal|Won|20", "C|Demo|Lost|30", "D|Proposal|Open|40"},
        {"Deal|Stage|Amount", "A|Demo|'ten", "B|Won|20", "C|Demo|30"},
        {"Remark", "call back", "sent the brochure"}};
    for (const Language language : {Language::French, Language::Romanian}) {
        for (const auto& lines : tables) {
            User english;
            User other(Texts(language, translationsOf(language)));
            for (User* user : {&english, &other}) {
                user->selects(support::sheetOf(lines));
                user->does({.item = Item::MoreOptions, .on = true});
                user->does({.item = Item::DataCheck});
                user->does({.item = Item::Where, .entry = 1});
                user->does({.item = Item::FilterColumn, .entry = 1});
                user->does({.item = Item::Insert});
            }
            const View left = english.panel.view();
            const View right = other.panel.view();
            ASSERT_EQ(left.rows.size(), right.rows.size());
            for (std::size_t row = 0; row < left.rows.size(); ++row) {
                ASSERT_EQ(left.rows[row].widgets.size(), right.rows[row].widgets.size());
                for (std::size_t index = 0; index < left.rows[row].widgets.size(); ++index) {
                    const Widget& one = left.rows[row].widgets[index];
                    const Widget& two = right.rows[row].widgets[index];
                    EXPECT_EQ(one.item, two.item);
                    EXPECT_EQ(one.selected, two.selected);
                    EXPECT_EQ(one.entries.size(), two.entries.size());
                    const bool fromTheCells = one.item == Item::PreviewRow || one.kind == WidgetKind::Edit;
                    const bool cellName = one.item == Item::FindingCell || one.item == Item::ProblemCell;
                    EXPECT_TRUE(one.text.empty() || fromTheCells || cellName || one.text != two.text) << one.text;
                    EXPECT_TRUE(one.help.empty() || fromTheCells || one.help != two.help) << one.help;
                }
            }
            expectSound(other.panel);
        }
    }
}

TEST(PanelTexts, ValueOfFunnelTablesInEachLanguage) {
    expectAsRecorded("fr", recordedFunnels(Texts(Language::French, translationsOf(Language::French))));
    expectAsRecorded("ro", recordedFunnels(Texts(Language::Romanian, translationsOf(Language::Romanian))));
}

}  // namespace
}  // namespace calckpi::panel
