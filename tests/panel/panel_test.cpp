#include "core/panel/panel.hpp"
#include "core/sheets/settings.hpp"
#include "tests/panel/sheet.hpp"
#include "tests/panel/user.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace calckpi::panel {
namespace {

using support::Dice;
using support::sheetOf;
using Lines = std::vector<std::string>;

std::shared_ptr<MemoryTable> deals() {
    return sheetOf({"Deal ID|Owner|Stage|Amount|Created date", "D1|Ana|Qualification|100|2025-01-05",
                    "D2|Ana|Proposal|200|2025-01-03", "D3|Bob|Proposal|150|2025-01-04", "D4|Bob|Negotiation|900|2025-01-02",
                    "D5|Cho|Closed Won|400|2025-01-01", "D6|Cho|Closed Lost|300|2025-01-01"});
}

std::shared_ptr<MemoryTable> counts() { return sheetOf({"Stage|Count|Amount", "Lead|100|5000", "Demo|40|3000", "Won|10|900"}); }

std::shared_ptr<MemoryTable> dates() {
    return sheetOf({"Deal|Lead date|Demo date|Won date|Lost date|Owner", "A|2025-01-01|2025-01-05|2025-01-20||Ana",
                    "B|2025-01-02|2025-01-09|||Ana", "C|2025-01-03||||Bob", "D|2025-01-04|||2025-02-01|Bob"});
}

std::shared_ptr<MemoryTable> events() {
    return sheetOf({"user_id|event|timestamp|channel", "u1|visit|2025-01-01 08:00|Ads", "u1|signup|2025-01-02 08:00|Ads",
                    "u1|purchase|2025-01-20 08:00|Ads", "u2|visit|2025-01-03 08:00|Web", "u2|signup|2025-01-04 08:00|Web",
                    "u3|visit|2025-01-05 08:00|Web", "u3|visit|2025-01-06 08:00|Web", "u4|visit|2025-01-07 08:00|Ads",
                    "u4|signup|2025-01-08 08:00|Ads"});
}

std::shared_ptr<MemoryTable> notes() { return sheetOf({"Remark", "call back", "sent the brochure to him", "no answer at all"}); }

// Source

TEST(Panel, ValueOfNothingSelected) {
    User user;
    EXPECT_NE(user.reads(Item::Welcome).find("Click a cell inside your data"), std::string::npos);
    EXPECT_TRUE(user.sees(Item::Source));
    EXPECT_FALSE(user.sees(Item::Insert));
    EXPECT_FALSE(user.panel.ready());
    EXPECT_FALSE(user.panel.needsComputing());
    EXPECT_TRUE(user.panel.columnsNeeded().empty());
    expectSound(user.panel);
    user.panel.takeNothing(msg("The data of this funnel table are gone"));
    EXPECT_EQ(user.reads(Item::Problem), "The data of this funnel table are gone");
    expectSound(user.panel);
}

TEST(Panel, ValueOfAnAddressThatIsNone) {
    for (const bool selected : {false, true}) {
        User user;
        if (selected) user.selects(notes());
        EXPECT_EQ(user.types(Item::Source, "Deals.A1:"), Next::ReadSource);
        EXPECT_EQ(user.reads(Item::Source), "Deals.A1:");
        user.panel.say("\"Deals.A1:\" is not a range or a name of this document");
        EXPECT_EQ(user.reads(Item::Message), "\"Deals.A1:\" is not a range or a name of this document");
        expectSound(user.panel);
    }
}

TEST(Panel, LargeCountsHaveTheRoomTheyNeed) {
    const auto stretch = [](const std::string& largest) {
        User user;
        user.selects(sheetOf({"Stage|Count", "Lead|" + largest, "Won|10"}));
        EXPECT_EQ(user.sees(Item::PreviewHeader, 1)->stretch, user.sees(Item::PreviewRow, 1)->stretch);
        return user.sees(Item::PreviewRow, 1)->stretch;
    };
    EXPECT_LT(stretch("99999"), stretch("262144"));
    EXPECT_LT(stretch("262144"), stretch("1048575"));
}

TEST(Panel, ValueOfASource) {
    User user;
    user.selects(deals());
    EXPECT_EQ(user.reads(Item::Source), "Data.A1:Z99");
    EXPECT_EQ(user.reads(Item::SourceSize), "6 rows \u00B7 5 columns");
    EXPECT_EQ(user.reads(Item::Shape), "a deal, its stage");
    EXPECT_EQ(user.reads(Item::Stage), "Stage");
    EXPECT_EQ(user.reads(Item::Amount), "Amount");
    EXPECT_FALSE(user.sees(Item::LostStage)) << "waits behind More options";
    EXPECT_EQ(user.panel.choices().id, "Deal ID");
    EXPECT_TRUE(user.panel.ready());
    expectSound(user.panel);
}

TEST(Panel, ValueOfCellsThatAreNoTable) {
    User user;
    user.selects(notes());
    EXPECT_NE(user.reads(Item::Problem).find("No funnel was found"), std::string::npos);
    EXPECT_FALSE(user.panel.needsComputing());
    EXPECT_FALSE(user.sees(Item::Insert));
    for (const Item item : {Item::Stage, Item::StageUp, Item::By, Item::Insert}) EXPECT_EQ(user.clicks(item), Next::Nothing);
    expectSound(user.panel);
    // The user fills them in.
    user.changesCells(deals());
    EXPECT_EQ(user.reads(Item::Shape), "a deal, its stage");
    EXPECT_TRUE(user.panel.ready());
}

TEST(Panel, ValueOfPinning) {
    User user;
    user.selects(deals());
    EXPECT_EQ(user.checks(Item::Pin), Next::Draw);
    EXPECT_TRUE(user.panel.pinned());
    EXPECT_TRUE(user.sees(Item::Pin)->on);
    EXPECT_EQ(user.checks(Item::Pin, false), Next::FollowSelection);
    user.checks(Item::Pin);
    user.panel.takeNothing();
    EXPECT_FALSE(user.panel.pinned()) << "the box to lift it is gone";
}

// Columns

TEST(Panel, ValueOfTheFourShapes) {
    User user;
    user.selects(counts());
    EXPECT_EQ(user.reads(Item::Shape), "a stage, its count");
    EXPECT_EQ(user.reads(Item::Count), "Count");
    EXPECT_FALSE(user.sees(Item::StageList)) << "counts are taken as they stand";
    EXPECT_FALSE(user.sees(Item::By));
    EXPECT_EQ(user.counts(), (std::vector<double>{100, 40, 10}));
    EXPECT_TRUE(user.panel.ready());
    user.selects(dates());
    EXPECT_EQ(user.reads(Item::Shape), "a deal, its dates");
    EXPECT_FALSE(user.sees(Item::Stage));
    EXPECT_EQ(user.counts(), (std::vector<double>{4, 2, 1}));
    user.selects(events());
    EXPECT_EQ(user.reads(Item::Shape), "an event");
    EXPECT_EQ(user.reads(Item::Id), "user_id");
    EXPECT_EQ(user.reads(Item::Stage), "event");
    EXPECT_EQ(user.reads(Item::When), "timestamp");
    EXPECT_EQ(user.counts(), (std::vector<double>{4, 3, 1}));
}

TEST(Panel, ValueOfEachShapeChosenForEachTable) {
    for (const auto& table : {deals(), counts(), dates(), events()}) {
        for (const char* shape : {"a stage, its count", "a deal, its stage", "a deal, its dates", "an event"}) {
            User user;
            user.selects(table);
            user.checks(Item::MoreOptions);
            user.chooses(Item::Shape, shape);
            EXPECT_EQ(user.reads(Item::Shape), shape);
            EXPECT_TRUE(user.panel.preview());
            EXPECT_NE(user.panel.ready(), user.panel.preview()->problem.has_value());
            EXPECT_EQ(user.panel.choices().source, "$Data.$A$1:$Z$99");
            expectSound(user.panel);
        }
    }
}

TEST(Panel, ValueOfAnotherShapeKeepsWhatIsInserted) {
    User user;
    user.selects(deals());
    user.checks(Item::MoreOptions);
    user.checks(Item::Intervals);
    user.checks(Item::ValuesOnly);
    user.chooses(Item::Picture, "bars");
    user.chooses(Item::Shape, "an event");
    EXPECT_TRUE(user.panel.choices().intervals);
    EXPECT_FALSE(user.panel.choices().live);
    EXPECT_EQ(user.panel.choices().picture, Picture::Bars);
}

TEST(Panel, ValueOfAnotherStageColumn) {
    User user;
    user.selects(deals());
    user.clicks(Item::StageRemove);
    const Lines edited = user.stages();
    EXPECT_EQ(user.chooses(Item::Stage, "Stage"), Next::Draw) << "the same column: the list stays as the user made it";
    EXPECT_EQ(user.stages(), edited);
    EXPECT_EQ(user.chooses(Item::Stage, "Owner"), Next::Compute);
    const Lines owners = user.stages();
    EXPECT_EQ(std::set<std::string>(owners.begin(), owners.end()), (std::set<std::string>{"Ana", "Bob", "Cho"}));
    EXPECT_EQ(user.panel.choices().id, "Deal ID") << "still tells deals that stand there twice";
    EXPECT_TRUE(user.panel.ready());
}

TEST(Panel, ValueOfOptionalColumns) {
    User user;
    user.selects(deals());
    user.chooses(Item::Amount, "(none)");
    EXPECT_EQ(user.panel.choices().amount, "");
    EXPECT_FALSE(user.sees(Item::Amount));
    user.checks(Item::MoreOptions);
    EXPECT_EQ(user.reads(Item::Amount), "(none)");
    user.chooses(Item::Amount, "Amount");
    EXPECT_EQ(user.panel.choices().amount, "Amount");
    user.chooses(Item::LostStage, "Owner");
    EXPECT_EQ(user.panel.choices().lostStage, "Owner");
}

// Stages

TEST(Panel, ValueOfTheStageList) {
    User user;
    user.selects(deals());
    EXPECT_EQ(user.entries(Item::StageList), (Lines{"1. Qualification \u2013 1", "2. Proposal \u2013 2", "3. Negotiation \u2013 1",
                                                    "4. Closed Won \u2013 1 (won)", "\u2717 Closed Lost \u2013 1 (lost)"}));
    EXPECT_EQ(user.selected(), "1. Qualification \u2013 1");
    EXPECT_EQ(user.reads(Item::StageOutcome), "a step");
    EXPECT_FALSE(user.sees(Item::StageAdd)) << "all are in the list";
}

TEST(Panel, ValueOfMovingStages) {
    User user;
    user.selects(deals());
    EXPECT_EQ(user.clicks(Item::StageUp), Next::Draw) << "it is the first";
    EXPECT_EQ(user.clicks(Item::StageDown), Next::Compute);
    EXPECT_EQ(user.selected(), "2. Qualification \u2013 1");
    EXPECT_EQ(user.stages(), (Lines{"Proposal", "Qualification", "Negotiation", "Closed Won", "Closed Lost"}));
    // 5 have come to the first stage and a lost one may have; Qualification is now above Proposal.
    EXPECT_EQ(user.counts(), (std::vector<double>{6, 3, 2, 1}));
    user.chooses(Item::StageList, "4. Closed Won");
    EXPECT_EQ(user.clicks(Item::StageDown), Next::Draw) << "no step comes below the lost ones";
    user.chooses(Item::StageList, "\u2717 Closed Lost");
    EXPECT_EQ(user.clicks(Item::StageUp), Next::Draw);
    EXPECT_EQ(user.clicks(Item::StageDown), Next::Draw);
    EXPECT_EQ(user.stages().back(), "Closed Lost");
}

TEST(Panel, ValueOfRemovingAndAddingStages) {
    User user;
    user.selects(deals());
    user.chooses(Item::StageList, "2. Proposal");
    EXPECT_EQ(user.clicks(Item::StageRemove), Next::Compute);
    EXPECT_EQ(user.selected(), "2. Negotiation \u2013 1");
    EXPECT_EQ(user.entries(Item::StageAdd), (Lines{"Proposal"}));
    EXPECT_NE(user.reads(Item::DataCheckText).find("2 deals at stages not listed (first: C3)"), std::string::npos)
        << user.reads(Item::DataCheckText);
    EXPECT_EQ(user.chooses(Item::StageAdd, "Proposal"), Next::Compute);
    EXPECT_EQ(user.stages(), (Lines{"Qualification", "Negotiation", "Closed Won", "Proposal", "Closed Lost"}));
    EXPECT_EQ(user.selected(), "4. Proposal \u2013 2");
    for (int times = 0; times < 5; ++times) user.clicks(Item::StageRemove);
    EXPECT_TRUE(user.stages().empty());
    EXPECT_EQ(user.reads(Item::Problem), "Add at least one stage");
    EXPECT_EQ(user.reads(Item::StageOutcome), "");
    EXPECT_FALSE(user.panel.ready());
    EXPECT_EQ(user.clicks(Item::StageRemove), Next::Draw);
    EXPECT_EQ(user.chooses(Item::StageOutcome, "won"), Next::Draw);
    expectSound(user.panel);
    user.chooses(Item::StageAdd, "Closed Lost");
    user.chooses(Item::StageAdd, "Proposal");
    EXPECT_EQ(user.stages(), (Lines{"Proposal", "Closed Lost"}));
    EXPECT_EQ(user.panel.choices().stages.back().outcome, Outcome::Lost);
    EXPECT_TRUE(user.panel.ready());
}

TEST(Panel, ValueOfWonAndLost) {
    User user;
    user.selects(deals());
    user.chooses(Item::StageOutcome, "lost");
    EXPECT_EQ(user.stages(), (Lines{"Proposal", "Negotiation", "Closed Won", "Qualification", "Closed Lost"}))
        << "lost ones stand last";
    EXPECT_EQ(user.selected(), "\u2717 Qualification \u2013 1 (lost)");
    EXPECT_EQ(user.counts(), (std::vector<double>{6, 2, 1}));
    user.chooses(Item::StageOutcome, "won");
    EXPECT_EQ(user.selected(), "4. Qualification \u2013 1 (won)");
    user.chooses(Item::StageOutcome, "a step");
    EXPECT_EQ(user.selected(), "4. Qualification \u2013 1");
}

TEST(Panel, ValueOfLostStagesThatNoFunctionCounts) {
    User user;
    user.selects(dates());
    user.checks(Item::MoreOptions);
    if (user.stages().size() == 3) user.chooses(Item::StageAdd, "Lost date");
    EXPECT_EQ(user.entries(Item::StageList).back(), "\u2717 Lost date \u2013 1 (lost, left out)");
    EXPECT_EQ(user.counts(), (std::vector<double>{4, 2, 1}));
    user.selects(events());
    user.chooses(Item::StageList, "3. purchase");
    user.chooses(Item::StageOutcome, "lost");
    EXPECT_EQ(user.entries(Item::StageList).back(), "\u2717 purchase \u2013 1 (lost, left out)");
    EXPECT_EQ(user.counts(), (std::vector<double>{4, 3}));
}

TEST(Panel, ValueOfDateColumnsAddedAndRemoved) {
    const auto table =
        sheetOf({"Deal|Lead date|Demo date|Won date|Modified date|Signed date", "A|2025-01-01|2025-01-05|2025-01-20|2025-03-01|",
                 "B|2025-01-02|2025-01-09||2025-03-02|", "C|2025-01-03|||2025-03-03|"});
    User user;
    user.selects(table);
    const Lines first = user.stages();
    ASSERT_EQ(first, (Lines{"Lead date", "Demo date", "Won date"}));
    EXPECT_EQ(user.entries(Item::StageAdd), (Lines{"Modified date", "Signed date"})) << "other date columns, and those still empty";
    user.clicks(Item::StageRemove);
    EXPECT_EQ(user.stages(), (Lines{"Demo date", "Won date"}));
    user.changesCells(table);
    EXPECT_EQ(user.entries(Item::StageAdd), (Lines{"Lead date", "Modified date", "Signed date"}))
        << "what was removed can come back";
    user.chooses(Item::StageAdd, "Modified date");
    EXPECT_EQ(user.selected(), "3. Modified date \u2013 3");
    for (int times = 0; times < 3; ++times) user.clicks(Item::StageRemove);
    EXPECT_EQ(user.reads(Item::Problem), "Add at least one stage");
    user.chooses(Item::StageAdd, "Lead date");
    EXPECT_EQ(user.counts(), (std::vector<double>{3}));
    EXPECT_TRUE(user.panel.ready());
}

TEST(Panel, ValueOfAStepTakenTwiceInAnEventLog) {
    User user;
    user.selects(events());
    user.chooses(Item::StageAdd, "visit");
    EXPECT_EQ(user.stages(), (Lines{"visit", "signup", "purchase", "visit"}));
    EXPECT_EQ(user.counts(), (std::vector<double>{4, 3, 1, 0}));
    expectSound(user.panel);
}

TEST(Panel, ValueOfManyStages) {
    Lines lines{"Deal ID|Stage"};
    // Step 1 is in 1 row, step 2 in 2 and so on, up to 60.
    for (int stage = 1; stage <= 60; ++stage)
        for (int row = 0; row < stage; ++row)
            lines.push_back("D" + std::to_string(lines.size()) + "|Step " + std::to_string(stage));
    User user;
    user.selects(sheetOf(lines));
    ASSERT_EQ(user.stages().size(), mostChosen);
    EXPECT_EQ(user.stages().front(), "Step 41");
    EXPECT_EQ(user.reads(Item::StagesNote), "This column holds many stages: the list starts with those in the most rows");
    const Lines others = user.entries(Item::StageAdd);
    ASSERT_EQ(others.size(), mostChosen) << "a menu cannot hold any number";
    EXPECT_EQ(std::count(others.begin(), others.end(), "Step 40"), 1);
    EXPECT_EQ(std::count(others.begin(), others.end(), "Step 20"), 0);
    user.chooses(Item::StageAdd, "Step 40");
    EXPECT_EQ(user.stages().size(), mostChosen + 1);
    const Lines left = user.entries(Item::StageAdd);
    EXPECT_EQ(std::count(left.begin(), left.end(), "Step 20"), 1) << "the next one takes its place";
    expectSound(user.panel);
}

// Right to left

TEST(Panel, ValueOfTextsAmongOthersFromRightToLeft) {
    User user(Texts(Language::English, {}, isRightToLeft("he-IL")));
    user.selects(deals());
    EXPECT_EQ(user.reads(Item::SourceSize), "\u2068\u200E6\u200E rows \u200E\u00B7\u200E \u200E5\u200E columns\u2069");
    EXPECT_EQ(user.entries(Item::StageList).front(), "\u2068\u200E1.\u200E Qualification \u200E\u2013\u200E \u200E1\u200E\u2069");
    EXPECT_EQ(user.reads(Item::Insert), "Insert funnel table");
    const View view = user.panel.view();
    const auto ends = [](const Widget& widget) { return widget.text == "Leave without us \u200E...\u200E"; };
    EXPECT_TRUE(std::any_of(view.rows.begin(), view.rows.end(),
                            [&](const Row& row) { return std::any_of(row.widgets.begin(), row.widgets.end(), ends); }));
    EXPECT_EQ(user.reads(Item::Source), "Data.A1:Z99") << "what is typed stays as it is";
    expectSound(user.panel);
    for (const char* tag : {"ar", "fa_IR", "HE", "ckb", "ug-CN"}) EXPECT_TRUE(isRightToLeft(tag)) << tag;
    for (const char* tag : {"", "en-US", "fr", "ro", "hr", "uz-Latn"}) EXPECT_FALSE(isRightToLeft(tag)) << tag;
}

// Words from right to left have their own order, which a mark between two of them would turn round.
TEST(Panel, EdgeOfWordsFromRightToLeft) {
    User user(Texts(Language::English, {}, true));
    const std::string stage = "\u05E9\u05DC\u05D1 \u05D0.";
    user.selects(sheetOf({"Deal|Stage|Amount", "A|" + stage + "|1", "B|" + stage + "|2", "C|Won|3", "D|Won|4", "E|Lost|5"}));
    std::string all;
    for (const std::string& entry : user.entries(Item::StageList)) all += entry;
    EXPECT_NE(all.find(stage), std::string::npos) << all;
}

// Counts

TEST(Panel, ValueOfCountsThatRise) {
    User user;
    user.selects(sheetOf({"Stage|Count", "Lead|15", "Demo|40", "Won|10"}));
    EXPECT_EQ(user.reads(Item::Problem),
              "Demo counts more than the stage before it. Put the stages in their order in the sheet; if it counts the deals that "
              "are at each stage now, select the list of deals instead (first: B3)");
    EXPECT_FALSE(user.panel.ready());
    EXPECT_EQ(user.sees(Item::Problem)->kind, WidgetKind::Warning);
    EXPECT_EQ(user.reads(Item::ProblemCell), "B3");
    EXPECT_EQ(user.clicks(Item::ProblemCell), Next::GoToCell);
    EXPECT_EQ(user.reaction.cell, (Place{2, 3}));
    user.selects(sheetOf({"Stage|Count", "Lead|100", "Demo|40", "Won|10", "Total|150"}));
    EXPECT_EQ(user.reads(Item::Problem), "Total is a total, not a stage: select the cells without it (first: B5)");
}

// Options

// asOfShown is the reference date of a table with these choices, as the panel shows it.
std::string asOfShown(double asOf) {
    Choices choices = rolesFor(Shape::Events, *events());
    choices.stages = {{"visit"}, {"purchase", Outcome::Won}};
    choices.asOf = asOf;
    User user;
    user.panel.take(sourceOf(events()), FoundFunnel{.address = "Funnel.B4", .choices = choices});
    return user.panel.asOfText();
}

TEST(Panel, ValueOfADateIsItsIsoForm) { EXPECT_EQ(asOfShown(46027), "2026-01-05"); }

TEST(Panel, EdgeOfADateThatNoCalendarHoldsIsItsNumber) {
    EXPECT_EQ(asOfShown(3e307), "3e+307");
    EXPECT_EQ(asOfShown(-1e9), "-1e+09");
}

TEST(Panel, ValueOfSplitBy) {
    User user;
    user.selects(deals());
    EXPECT_EQ(user.chooses(Item::By, "Owner"), Next::Compute);
    EXPECT_EQ(user.panel.preview()->segments, 3U);
    EXPECT_NE(user.reads(Item::DataCheckText).find("3 segments in Owner"), std::string::npos);
    EXPECT_EQ(user.counts(), (std::vector<double>{6, 4, 2, 1})) << "of all together";
    user.chooses(Item::By, "(none)");
    EXPECT_EQ(user.panel.preview()->segments, 0U);
}

TEST(Panel, ValueOfOptionsOfAnEventLog) {
    User user;
    user.selects(events());
    EXPECT_FALSE(user.sees(Item::Order));
    user.checks(Item::MoreOptions);
    user.chooses(Item::Order, "in any order");
    EXPECT_EQ(user.panel.choices().order, EventOrder::Any);
    EXPECT_FALSE(user.sees(Item::Fill));
    user.types(Item::Window, " 7 ");
    EXPECT_EQ(user.panel.choices().window, 7.0);
    EXPECT_EQ(user.counts(), (std::vector<double>{4, 3, 0})) << "the purchase came after 19 days";
    user.types(Item::Window, "");
    EXPECT_EQ(user.panel.choices().window, std::nullopt);
    EXPECT_EQ(user.counts(), (std::vector<double>{4, 3, 1}));
    user.types(Item::AsOf, "2025-01-05");
    EXPECT_EQ(user.panel.asOfText(), "2025-01-05");
    EXPECT_EQ(user.counts().at(1), 2) << "u4 signed up later";
    user.types(Item::AsOf, " ");
    EXPECT_EQ(user.panel.choices().asOf, std::nullopt);
    user.selects(dates());
    EXPECT_FALSE(user.sees(Item::Order));
    EXPECT_FALSE(user.sees(Item::Window));
    user.chooses(Item::Fill, "with its date alone");
    EXPECT_EQ(user.panel.choices().fill, DateFill::Each);
}

TEST(Panel, ValueOfWhatCannotBeRead) {
    User user;
    user.selects(events());
    user.checks(Item::MoreOptions);
    for (const auto& [item, text, reason] : std::vector<std::tuple<Item, std::string, std::string>>{
             {Item::Window, "30 days", "The window is a number of days, such as 30"},
             {Item::Window, "1e999", "The window is a number of days, such as 30"},
             {Item::Window, "inf", "The window is a number of days, such as 30"},
             {Item::Window, "0", "The window must be longer than 0 days"},
             {Item::Window, "-7", "The window must be longer than 0 days"},
             {Item::AsOf, "soon", "\"soon\" is not a date"},
             {Item::AsOf, "0", "\"0\" is not a date"},
             {Item::AsOf, "1e300", "\"1e300\" is not a date"}}) {
        user.types(item, text);
        EXPECT_EQ(user.reads(Item::Problem), reason);
        EXPECT_EQ(user.reads(item), text) << "what was typed stays to be corrected";
        EXPECT_FALSE(user.panel.ready());
        EXPECT_FALSE(user.sees(Item::Insert)->enabled);
        EXPECT_EQ(user.clicks(Item::Insert), Next::Nothing);
        expectSound(user.panel);
        user.types(item, "");
        EXPECT_TRUE(user.panel.ready());
    }
    user.types(Item::Window, "x");
    user.chooses(Item::Shape, "a deal, its stage");
    EXPECT_EQ(user.panel.choices().window, std::nullopt) << "another shape has no window";
}

TEST(Panel, ValueOfNumbersAsPeopleTypeThem) {
    const std::vector<std::tuple<Language, std::string, double>> cases = {{Language::English, "7.5", 7.5},
                                                                          {Language::English, "7,5", 7.5},
                                                                          {Language::English, "1,000", 1000},
                                                                          {Language::English, "1,000.5", 1000.5},
                                                                          {Language::French, "7,5", 7.5},
                                                                          {Language::French, "1\u202F000,5", 1000.5},
                                                                          {Language::French, "1\u00A0000", 1000},
                                                                          {Language::French, "1 000", 1000},
                                                                          {Language::Romanian, "1.000", 1000},
                                                                          {Language::Romanian, "7,5", 7.5},
                                                                          {Language::Romanian, "7.5", 7.5},
                                                                          {Language::Romanian, "1.000,25", 1000.25},
                                                                          {Language::English, "12,345,678", 12345678}};
    for (const auto& [language, text, number] : cases) {
        User user(Texts(language, {}));
        user.selects(events());
        user.checks(Item::MoreOptions);
        user.types(Item::Window, text);
        EXPECT_EQ(user.panel.choices().window, number) << text;
    }
    for (const char* text : {"3 0", "1,00,0", "1.2.3", ",", "1,000,", "--1"}) {
        User user;
        user.selects(events());
        user.checks(Item::MoreOptions);
        user.types(Item::Window, text);
        EXPECT_FALSE(user.panel.choices().window) << text;
    }
}

TEST(Panel, PropertyThatAWindowIsShownAsItIsRead) {
    Dice dice(7);
    for (int round = 0; round < 200; ++round) {
        const Language language = dice.pick(std::vector{Language::English, Language::French, Language::Romanian});
        User user(Texts(language, {}));
        Choices choices;
        choices.shape = Shape::Events;
        choices.window = dice.oneIn(2) ? dice.count(100000) + 1 : std::exp(dice.between(-12, 12));
        user.panel.take(sourceOf(events()), FoundFunnel{"Funnel.A1:G9", choices});
        const std::string shown = user.reads(Item::Window);
        user.types(Item::Window, "1");
        user.types(Item::Window, shown);
        EXPECT_EQ(user.panel.choices().window, choices.window) << shown;
    }
}

TEST(Panel, ValueOfFilters) {
    User user;
    user.selects(deals());
    user.checks(Item::MoreOptions);
    EXPECT_EQ(user.reads(Item::FilterColumn), "(none)");
    EXPECT_FALSE(user.sees(Item::FilterTest));
    EXPECT_EQ(user.chooses(Item::FilterColumn, "Owner"), Next::Draw);
    EXPECT_EQ(user.reads(Item::FilterColumn), "Owner");
    EXPECT_TRUE(user.panel.choices().filters.empty()) << "it asks for nothing yet";
    EXPECT_TRUE(user.panel.ready());
    EXPECT_EQ(user.types(Item::FilterTest, "Ana"), Next::Compute);
    EXPECT_EQ(user.panel.choices().filters, (std::vector<Criterion>{{"Owner", "Ana"}}));
    EXPECT_EQ(user.counts(), (std::vector<double>{2, 1, 0, 0}));
    EXPECT_EQ(user.reads(Item::FilterColumn, 1), "(none)") << "a row for the next one";
    user.chooses(Item::FilterColumn, "Amount", 1);
    user.types(Item::FilterTest, ">150", 1);
    EXPECT_EQ(user.counts(), (std::vector<double>{1, 1, 0, 0}));
    EXPECT_EQ(user.reads(Item::FilterLabel, 1), "and");
    expectSound(user.panel);
    user.chooses(Item::FilterColumn, "(none)");
    EXPECT_EQ(user.panel.choices().filters, (std::vector<Criterion>{{"Amount", ">150"}}));
    EXPECT_EQ(user.reads(Item::FilterTest), ">150");
    user.types(Item::FilterTest, "");
    EXPECT_TRUE(user.panel.choices().filters.empty());
    EXPECT_EQ(user.reads(Item::FilterColumn), "Amount") << "waits to be filled in";
    user.types(Item::FilterTest, "nobody");
    EXPECT_EQ(user.reads(Item::Problem), "The filters leave no row: change or remove one");
    EXPECT_FALSE(user.panel.ready());
}

TEST(Panel, ValueOfAFilterThatIsChanged) {
    User user;
    user.selects(deals());
    user.checks(Item::MoreOptions);
    user.chooses(Item::FilterColumn, "Owner");
    user.types(Item::FilterTest, "Ana");
    EXPECT_EQ(user.types(Item::FilterTest, "<>Ana"), Next::Compute);
    EXPECT_EQ(user.panel.choices().filters, (std::vector<Criterion>{{"Owner", "<>Ana"}}));
    EXPECT_EQ(user.chooses(Item::FilterColumn, "Amount"), Next::Compute);
    EXPECT_EQ(user.panel.choices().filters, (std::vector<Criterion>{{"Amount", "<>Ana"}}));
    expectSound(user.panel);
}

// Without the column there would be no filter: the table could be made, but of other rows.
TEST(Panel, EdgeTheColumnOfAFilterCannotBeLeftOut) {
    User user;
    user.selects(sheetOf({"Deal|Stage|Region", "A|Demo|North", "B|Won|#DIV/0!", "C|Demo|South", "D|Won|North"}));
    user.checks(Item::MoreOptions);
    user.chooses(Item::FilterColumn, "Region");
    user.types(Item::FilterTest, "North");
    EXPECT_NE(user.reads(Item::Problem).find("Region"), std::string::npos) << user.reads(Item::Problem);
    EXPECT_FALSE(user.sees(Item::LeaveOut));
    expectSound(user.panel);
}

TEST(Panel, EdgeWhatIsOnlyReadDoesNothing) {
    User user;
    user.selects(deals());
    const Choices before = user.panel.choices();
    for (const Item item : {Item::SourceTitle, Item::ShapeLabel, Item::StagesTitle, Item::PreviewTitle})
        EXPECT_EQ(user.clicks(item), Next::Nothing);
    EXPECT_EQ(user.panel.choices(), before);
    EXPECT_EQ(user.clicks(Item::PickSource), Next::PickSource);
}

TEST(Panel, ValueOfWhatIsInserted) {
    User user;
    user.selects(deals());
    user.checks(Item::MoreOptions);
    EXPECT_EQ(user.checks(Item::Intervals), Next::Draw);
    EXPECT_EQ(user.checks(Item::ValuesOnly), Next::Draw);
    EXPECT_EQ(user.chooses(Item::Picture, "none"), Next::Draw);
    EXPECT_TRUE(user.panel.choices().intervals);
    EXPECT_FALSE(user.panel.choices().live);
    EXPECT_EQ(user.panel.choices().picture, Picture::None);
    EXPECT_TRUE(user.panel.ready());
}

TEST(Panel, ValueOfStagesThatNoFormulaCanHold) {
    const std::string longName(1200, 'x');
    User user;
    user.selects(sheetOf({"Deal ID|Stage", "D1|Demo", "D2|Demo", "D3|" + longName, "D4|" + longName}));
    ASSERT_EQ(user.stages().size(), 2U);
    if (const auto reason = user.reads(Item::Problem); reason != "(nothing)") {
        EXPECT_NE(reason.find("insert values only"), std::string::npos);
        EXPECT_FALSE(user.panel.ready());
        user.checks(Item::MoreOptions);
        user.checks(Item::ValuesOnly);
        EXPECT_TRUE(user.panel.ready());
    } else {
        ADD_FAILURE() << "1200 characters in a constant";
    }
}

// Preview

TEST(Panel, LostDealsOfAnUnknownStageAreSaidBelowTheCountThatTheySpoil) {
    User user;
    user.selects(sheetOf({"Deal ID|Stage", "D1|Demo", "D2|Proposal", "D3|Won", "D4|Lost", "D5|Lost", "D6|Won"}));
    EXPECT_EQ(user.reads(Item::LostAnywhere), "2 lost deals count here only: their stage is not known");
    EXPECT_FALSE(user.sees(Item::LostAnywhereCell));
    const View view = user.panel.view();
    const auto said = std::find_if(view.rows.begin(), view.rows.end(),
                                   [](const Row& row) { return row.widgets.front().item == ControlId(Item::LostAnywhere); });
    EXPECT_EQ(std::prev(said)->widgets.front().item, ControlId(Item::PreviewBar)) << "of the first stage";
    EXPECT_EQ(std::next(said)->widgets.front().item, ControlId(Item::PreviewRow));
    user.selects(sheetOf({"Deal ID|Stage|Lost at", "D1|Demo|", "D2|Proposal|", "D3|Won|", "D4|Lost|Proposal", "D5|Lost|Demo",
                          "D6|Lost|Nowhere", "D7|Lost|Demo", "D8|Lost|Demo"}));
    user.does({.item = Item::MoreOptions, .on = true});
    user.chooses(Item::LostStage, "Lost at");
    EXPECT_EQ(user.reads(Item::LostAnywhere), "1 lost deal counts here only: Lost at names no stage of the list (first: C7)");
    EXPECT_EQ(user.reads(Item::LostAnywhereCell), "C7");
    EXPECT_EQ(user.clicks(Item::LostAnywhereCell), Next::GoToCell);
    EXPECT_EQ(user.reaction.cell, (Place{3, 7}));
    user.selects(counts());
    EXPECT_FALSE(user.sees(Item::LostAnywhere));
    EXPECT_EQ(user.clicks(Item::LostAnywhereCell), Next::Nothing);
}

TEST(Panel, ValueOfThePreviewsRows) {
    User user;
    user.selects(counts());
    EXPECT_EQ(user.reads(Item::PreviewHeader, 1), "Count");
    // Each row: the stage, its count, the share of the stage before and of the first.
    const Lines expected{"Lead", "100", "", "100%", "Demo", "40", "40%", "40%", "Won", "10", "25%", "10%"};
    Lines shown;
    for (std::int32_t index = 0; index < 12; ++index) shown.push_back(user.reads(Item::PreviewRow, index));
    EXPECT_EQ(shown, expected);
    EXPECT_FALSE(user.sees(Item::PreviewRow, 12));
    EXPECT_EQ(user.sees(Item::PreviewBar, 1)->part, 0.4);
    user.selects(dates());
    EXPECT_EQ(user.reads(Item::PreviewHeader, 4), "Days");
    EXPECT_EQ(user.reads(Item::PreviewRow, 9), "5.5") << "Demo came 4 and 7 days after Lead";
}

// Of random deals, the panel's counts are those of a plain count over the rows.
TEST(Panel, PropertyThatThePreviewCountsTheDeals) {
    Dice dice(11);
    const Lines steps{"Lead", "Demo", "Proposal", "Closed Won"};
    for (int round = 0; round < 60; ++round) {
        Lines lines{"Deal ID|Owner|Stage"};
        std::vector<double> expected(4);
        double inTheList = 0;
        const auto add = [&](const std::string& stage) {
            lines.push_back("D" + std::to_string(lines.size()) + "|" + (dice.oneIn(2) ? "Ana" : "Bob") + "|" + stage);
            const bool ana = lines.back().find("|Ana|") != std::string::npos;
            if (!ana) return;
            const auto place = std::find(steps.begin(), steps.end(), stage);
            if (stage != "Closed Lost" && place == steps.end()) return;
            ++inTheList;
            // One that is lost came to the first stage at least.
            const std::size_t reached = place == steps.end() ? 0 : static_cast<std::size_t>(place - steps.begin());
            for (std::size_t step = 0; step <= reached; ++step) ++expected[step];
        };
        for (const std::string& stage : steps) add(stage);
        for (std::size_t row = dice.below(200); row > 0; --row)
            add(dice.pick(Lines{"Lead", "Demo", "Proposal", "Closed Won", "Closed Lost"}));
        if (inTheList == 0) continue;
        User user;
        user.selects(sheetOf(lines));
        Lines found = user.stages();
        if (found.back() == "Closed Lost") found.pop_back();
        ASSERT_EQ(found, steps);
        user.checks(Item::MoreOptions);
        user.chooses(Item::FilterColumn, "Owner");
        user.types(Item::FilterTest, "ana");
        EXPECT_EQ(user.counts(), expected);
    }
}

TEST(Panel, PropertyThatOnlyColumnsNeededAreRead) {
    for (const auto& make : {deals, counts, dates, events}) {
        for (const std::int32_t shape : {0, 1, 2, 3}) {
            const auto table = make();
            Source source = sourceOf(table);
            source.sample = make();
            Panel panel{Texts()};
            panel.take(source);
            panel.act({.item = Item::Shape, .entry = shape});
            ASSERT_TRUE(panel.needsComputing());
            std::set<std::size_t> needed;
            for (const ColumnRef& column : panel.columnsNeeded()) needed.insert(*table->find(column));
            panel.compute();
            for (std::size_t column = 0; column < table->headers().size(); ++column)
                EXPECT_TRUE(needed.contains(column) || table->timesRead()[column] == 0)
                    << table->headers()[column] << " in shape " << shape;
        }
    }
}

// Data check

TEST(Panel, ValueOfFindings) {
    User user;
    user.selects(
        sheetOf({"Deal ID|Owner|Stage", "D1|Ana|Demo", "D2|Ana|Demo", "D3|Bob|", "D4|Bob|Won", "D1|Cho|Won", "D6|Cho|Pilot"}), 3,
        14);  // from D15 on
    const Lines names = user.stages();
    user.does({.item = Item::StageList,
               .entry = static_cast<std::int32_t>(std::find(names.begin(), names.end(), "Pilot") - names.begin())});
    user.clicks(Item::StageRemove);
    EXPECT_EQ(user.reads(Item::DataCheckText),
              "1 row repeats a deal of Deal ID (first: D20) \u00B7 1 deal at a stage not listed (first: F21) \u00B7 1 deal "
              "without "
              "a stage (first: F18)");
    EXPECT_FALSE(user.sees(Item::Finding));
    EXPECT_EQ(user.clicks(Item::FindingCell), Next::Nothing) << "the list is folded";
    EXPECT_EQ(user.reads(Item::DataCheck), "\u25B8 Details");
    EXPECT_EQ(user.clicks(Item::DataCheck), Next::Draw);
    EXPECT_EQ(user.reads(Item::DataCheck), "\u25BE Found in the data");
    EXPECT_FALSE(user.sees(Item::DataCheckText));
    EXPECT_EQ(user.reads(Item::Finding), "1 row repeats a deal of Deal ID (first: D20)");
    EXPECT_EQ(user.reads(Item::FindingCell), "D20");
    EXPECT_EQ(user.sees(Item::FindingCell)->help, "Select the first such cell");
    EXPECT_EQ(user.clicks(Item::FindingCell, 2), Next::GoToCell);
    EXPECT_EQ(user.reaction.cell, (Place{3, 4}));
    EXPECT_EQ(user.clicks(Item::FindingCell, 1), Next::GoToCell);
    EXPECT_EQ(user.reaction.cell, (Place{3, 7}));
    for (const std::int32_t index : {-1, 3, 100}) EXPECT_EQ(user.clicks(Item::FindingCell, index), Next::Nothing);
    expectSound(user.panel);
    user.clicks(Item::DataCheck);
    EXPECT_FALSE(user.sees(Item::Finding));
}

TEST(Panel, ValueOfAFindingWithoutACell) {
    User user;
    user.selects(sheetOf({"Deal ID|Stage", "D1|Won", "D2|Won", "D3|Lost", "D4|Lost"}));
    user.clicks(Item::DataCheck);
    EXPECT_EQ(user.reads(Item::Finding), "No deal is open: all are done or lost");
    EXPECT_FALSE(user.sees(Item::FindingCell));
    EXPECT_EQ(user.clicks(Item::FindingCell), Next::Nothing);
}

TEST(Panel, ValueOfCellNamesFarToTheRight) {
    User user;
    user.selects(sheetOf({"Deal ID|Stage", "D1|Demo", "D2|Demo", "D3|"}), 700, 1048570);
    EXPECT_NE(user.reads(Item::DataCheckText).find("(first: ZZ1048574)"), std::string::npos) << user.reads(Item::DataCheckText);
}

// Waiting

TEST(Panel, ValueOfProgressStopAndStartAgain) {
    User user;
    user.panel.take(sourceOf(deals()));
    EXPECT_TRUE(user.panel.needsComputing());
    user.panel.progress(0.25);
    expectSound(user.panel);
    EXPECT_EQ(user.sees(Item::Progress)->part, 0.25);
    EXPECT_FALSE(user.panel.ready());
    EXPECT_EQ(user.clicks(Item::Stop), Next::Stop);
    EXPECT_FALSE(user.panel.needsComputing());
    EXPECT_EQ(user.reads(Item::Problem), "Stopped");
    EXPECT_FALSE(user.panel.ready());
    expectSound(user.panel);
    EXPECT_EQ(user.clicks(Item::StartAgain), Next::Compute);
    EXPECT_TRUE(user.panel.ready());
    EXPECT_FALSE(user.sees(Item::StartAgain));
    EXPECT_EQ(user.clicks(Item::Stop), Next::Nothing) << "nothing to stop";
    EXPECT_TRUE(user.panel.ready());
}

TEST(Panel, ValueOfStoppingAfterAChange) {
    User user;
    user.selects(deals());
    user.panel.act({.item = Item::By, .entry = 2});
    user.panel.progress(0.5);
    user.clicks(Item::Stop);
    EXPECT_FALSE(user.panel.ready()) << "the preview was that of other choices";
    EXPECT_EQ(user.chooses(Item::By, "(none)"), Next::Compute) << "any change starts again";
    EXPECT_TRUE(user.panel.ready());
}

TEST(Panel, ValueOfCellsThatChangeWhileTheyAreRead) {
    User user;
    user.panel.take(sourceOf(deals()));
    user.panel.progress(0.5);
    user.changesCells(deals());
    EXPECT_EQ(user.stages().size(), 5U) << "the stages were not found yet";
    EXPECT_TRUE(user.panel.ready());
}

// Insert

TEST(Panel, ValueOfInsertAtACell) {
    User user;
    user.selects(deals());
    EXPECT_EQ(user.reads(Item::Where), "on a new sheet");
    EXPECT_EQ(user.clicks(Item::Insert), Next::Insert);
    EXPECT_FALSE(user.sees(Item::Cell));
    user.chooses(Item::Where, "at a cell");
    EXPECT_TRUE(user.sees(Item::Cell));
    EXPECT_EQ(user.clicks(Item::Insert), Next::Draw) << "where?";
    EXPECT_EQ(user.reads(Item::Message), "Type or pick the upper left cell of the table first");
    EXPECT_FALSE(user.sees(Item::Overwrite));
    EXPECT_EQ(user.clicks(Item::PickCell), Next::PickCell);
    user.panel.takeCell("Data.H3");
    EXPECT_EQ(user.reads(Item::Message), "(nothing)");
    EXPECT_EQ(user.reads(Item::Cell), "Data.H3");
    EXPECT_EQ(user.clicks(Item::Insert), Next::Insert);
    user.types(Item::Cell, "H9");
    EXPECT_EQ(user.reads(Item::Cell), "H9");
    user.chooses(Item::Where, "on a new sheet");
    EXPECT_FALSE(user.sees(Item::Cell));
}

TEST(Panel, ValueOfOverwriting) {
    User user;
    user.selects(deals());
    EXPECT_EQ(user.clicks(Item::Overwrite), Next::Nothing) << "nothing is in the way";
    user.panel.say("The sheet is protected");
    EXPECT_EQ(user.reads(Item::Message), "The sheet is protected");
    EXPECT_EQ(user.clicks(Item::Overwrite), Next::Nothing) << "and this cannot be overwritten";
    user.panel.say("H3:K9 are not empty", true);
    EXPECT_EQ(user.clicks(Item::Overwrite), Next::Overwrite);
    user.chooses(Item::By, "Owner");
    EXPECT_EQ(user.reads(Item::Message), "(nothing)") << "another table needs other cells";
    EXPECT_EQ(user.clicks(Item::Overwrite), Next::Nothing);
    user.panel.say("H3:K9 are not empty", true);
    user.selects(deals());
    EXPECT_EQ(user.reads(Item::Message), "(nothing)");
}

// A table of ours

TEST(Panel, ValueOfATableFound) {
    Choices choices;
    choices.source = "$Data.$A$1:$Z$99";
    choices.shape = Shape::Events;
    choices.id = "user_id";
    choices.stage = "event";
    choices.when = "timestamp";
    choices.stages = {{"visit"}, {"purchase", Outcome::Won}};
    choices.window = 30;
    choices.asOf = support::serialOfIsoDate("2025-01-31");
    choices.filters = {{"channel", "Ads"}};
    choices.live = false;
    User user;
    user.panel.take(sourceOf(events()), FoundFunnel{"Funnel.A1:G9", choices});
    user.waits();
    EXPECT_TRUE(user.panel.updating());
    EXPECT_EQ(user.reads(Item::Welcome), "Settings of the funnel table in Funnel.A1:G9");
    EXPECT_EQ(user.panel.choices(), choices);
    EXPECT_EQ(user.entries(Item::StageList), (Lines{"1. visit \u2013 5", "2. purchase \u2013 1 (won)"}));
    EXPECT_EQ(user.reads(Item::Window), "30") << "what is set stands in sight";
    EXPECT_EQ(user.reads(Item::AsOf), "2025-01-31");
    EXPECT_EQ(user.reads(Item::FilterTest), "Ads");
    EXPECT_EQ(user.counts(), (std::vector<double>{2, 1}));
    EXPECT_EQ(user.reads(Item::Insert), "Update funnel table");
    EXPECT_FALSE(user.sees(Item::Where));
    EXPECT_EQ(user.clicks(Item::Insert), Next::Update);
    expectSound(user.panel);
    EXPECT_EQ(user.clicks(Item::InsertAsNew), Next::Draw);
    EXPECT_FALSE(user.panel.updating());
    EXPECT_EQ(user.panel.choices(), choices);
    EXPECT_EQ(user.clicks(Item::Insert), Next::Insert);
}

TEST(Panel, ValueOfATableWhoseColumnsAreGone) {
    Choices choices;
    choices.source = "$Data.$A$1:$Z$99";
    choices.stage = "Phase";
    choices.by = "Region";
    choices.stages = {{"Demo"}, {"Lost", Outcome::Lost}, {"Won", Outcome::Won}};
    choices.asOf = 1e300;
    User user;
    user.panel.take(sourceOf(deals()), FoundFunnel{"Funnel.A1:G9", choices});
    user.waits();
    EXPECT_EQ(user.reads(Item::Stage), "Phase") << "so that the user sees what is meant";
    EXPECT_EQ(user.reads(Item::By), "Region");
    EXPECT_EQ(user.reads(Item::Problem), "The source has no column Phase, or more than one: choose the columns again");
    EXPECT_FALSE(user.panel.ready());
    expectSound(user.panel);
    user.chooses(Item::Stage, "Stage");
    user.chooses(Item::By, "(none)");
    EXPECT_TRUE(user.panel.ready());
}

TEST(Panel, ValueOfTheSameSourceWithOtherCells) {
    User user;
    user.selects(deals());
    user.clicks(Item::StageRemove);
    user.checks(Item::MoreOptions);
    user.chooses(Item::By, "Owner");
    user.chooses(Item::FilterColumn, "Amount");
    user.types(Item::FilterTest, ">50");
    const Choices before = user.panel.choices();
    user.changesCells(sheetOf({"Deal ID|Owner|Stage|Amount|Created date", "D1|Ana|Qualification|100|2025-01-05",
                               "D2|Ana|Proposal|200|2025-01-03", "D3|Ana|Pilot|150|2025-01-04"}));
    EXPECT_EQ(user.panel.choices(), before);
    EXPECT_EQ(user.counts(), (std::vector<double>{1, 0, 0}));
    EXPECT_EQ(user.entries(Item::StageList).front(), "1. Proposal \u2013 1");
    const Lines others = user.entries(Item::StageAdd);
    EXPECT_EQ(std::set<std::string>(others.begin(), others.end()), (std::set<std::string>{"Pilot", "Qualification"}));
    // A header is renamed.
    user.changesCells(sheetOf({"Deal ID|Rep|Stage|Amount|Created date", "D1|Ana|Proposal|100|2025-01-05"}));
    EXPECT_EQ(user.reads(Item::By), "Owner");
    EXPECT_FALSE(user.panel.ready());
    expectSound(user.panel);
}

// Whatever happens

std::shared_ptr<MemoryTable> randomTable(Dice& dice) {
    const Lines headers{"Deal ID",   "Stage", "Stage", "Amount", "Created date", "Demo date",    "Won date", "event", "user_id",
                        "timestamp", "Count", "",      "2",      "Owner",        "lost at stage"};
    const Lines cells{"",       "A",       "Demo",       "Won",        "Lost",       "Closed Won",       "'12",
                      "3",      "-4",      "0.5",        "2025-01-01", "2025-02-03", "2024-12-31 10:30", "u1",
                      "u2",     "#DIV/0!", "Total",      "100",        "40",         "~ \"x\"",          "1e300",
                      "'$5.25", "'17.506", "'15.10.2025"};
    Lines lines(1);
    const std::size_t columns = 1 + dice.below(7);
    std::vector<Lines> kinds;
    for (std::size_t column = 0; column < columns; ++column) {
        lines[0] += (column == 0 ? "" : "|") + dice.pick(headers);
        // Most columns hold a few sorts of cells.
        Lines kind;
        for (std::size_t sort = 1 + dice.below(6); sort > 0; --sort) kind.push_back(dice.pick(cells));
        kinds.push_back(kind);
    }
    for (std::size_t row = dice.below(12); row > 0; --row) {
        std::string line;
        for (std::size_t column = 0; column < columns; ++column)
            line += (column == 0 ? "" : "|") + (dice.oneIn(4) ? dice.pick(cells) : dice.pick(kinds[column]));
        lines.push_back(line);
    }
    return sheetOf(lines);
}

std::shared_ptr<MemoryTable> anyTable(Dice& dice) {
    switch (dice.below(8)) {
        case 0: return deals();
        case 1: return counts();
        case 2: return dates();
        case 3: return events();
        case 4: return notes();
        default: return randomTable(dice);
    }
}

Choices randomChoices(Dice& dice) {
    const Lines names{"", "Stage", "Owner", "event", "user_id", "timestamp", "2", "99", "gone", "Demo date", "Amount", "Count"};
    Choices choices;
    choices.source = "$Data.$A$1:$Z$99";
    choices.shape = static_cast<Shape>(dice.below(4));
    for (std::string* column :
         {&choices.id, &choices.stage, &choices.count, &choices.when, &choices.amount, &choices.lostStage, &choices.by})
        if (dice.oneIn(2)) *column = dice.pick(names);
    for (std::size_t stage = dice.below(5); stage > 0; --stage)
        choices.stages.push_back(
            {dice.pick(Lines{"Demo", "Won", "A", "", "visit", "Demo date", "2"}), static_cast<Outcome>(dice.below(3))});
    if (dice.oneIn(2)) choices.window = dice.pick(std::vector<double>{30, 0, -1, 0.25, 1e300});
    if (dice.oneIn(2))
        choices.asOf = dice.pick(std::vector<double>{45000, 0, -1, 1e300, -1e300, std::numeric_limits<double>::infinity()});
    if (dice.oneIn(2)) choices.filters.push_back({dice.pick(names), dice.pick(Lines{"", ">3", "Ana"})});
    choices.live = dice.oneIn(2);
    return choices;
}

// Rows of the data that a filter hides are counted, and the panel says so; those added below a table's data are offered.
TEST(Panel, HiddenRowsAndRowsAddedBelowAreTold) {
    User user;
    user.selects(deals());
    EXPECT_FALSE(user.sees(Item::HiddenRows));
    user.panel.takeRows(2, {});
    EXPECT_EQ(user.reads(Item::HiddenRows), "2 rows are hidden, and counted all the same");
    user.panel.takeRows(0, {});
    EXPECT_FALSE(user.sees(Item::HiddenRows));

    Source source = sourceOf(deals());
    source.below = {.rows = 139, .afterEmptyRow = true, .lastRow = 200};
    user.panel.take(source);
    EXPECT_EQ(user.reads(Item::RowsBelow), "139 more rows after an empty row are not counted");
    EXPECT_EQ(user.reads(Item::TakeRowsBelow), "Add them to the data");
    EXPECT_EQ(user.does({.item = Item::TakeRowsBelow}), Next::TakeRowsBelow);
    source.below = {.rows = 1, .lastRow = 14};
    const Choices choices = user.panel.choices();
    user.panel.take(source, FoundFunnel{.address = "Funnel.A1:G9", .choices = choices});
    user.waits();
    EXPECT_EQ(user.reads(Item::RowsBelow), "1 row right below these cells is not counted");
    EXPECT_EQ(user.does({.item = Item::TakeRowsBelow}), Next::TakeRowsBelow);
}

TEST(Panel, ValueOfMoreRowsWithMoreStages) {
    const std::vector<std::string> few = {"Deal|Stage", "A|Lead", "B|Demo", "C|Won"};
    std::vector<std::string> more = few;
    more.insert(more.end(), {"D|Proposal", "E|Lead"});
    User user;
    user.selects(support::sheetOf(few));
    EXPECT_EQ(user.stages(), (std::vector<std::string>{"Lead", "Demo", "Won"}));
    user.changesCells(support::sheetOf(more));
    EXPECT_EQ(user.stages(), (std::vector<std::string>{"Lead", "Demo", "Proposal", "Won"}));
    EXPECT_EQ(user.counts().front(), 5);
    // A list that the user has made is his.
    user.selects(support::sheetOf(few));
    user.does({.item = Item::StageList, .entry = 1});
    user.clicks(Item::StageRemove);
    user.changesCells(support::sheetOf(more));
    EXPECT_EQ(user.stages(), (std::vector<std::string>{"Lead", "Won"}));
}

TEST(Panel, ASourceThatHasMovedKeepsTheChoices) {
    User user;
    user.selects(deals());
    user.does({.item = Item::StageList, .entry = 0});
    user.does({.item = Item::StageRemove});
    const Choices before = user.panel.choices();
    Source moved = sourceOf(deals());
    moved.address = "$Data.$A$3:$Z$101";
    moved.shown = "Data.A3:Z101";
    user.panel.takeAgain(moved);
    user.waits();
    EXPECT_EQ(user.panel.choices().stages, before.stages);
    EXPECT_EQ(user.panel.choices().source, "$Data.$A$3:$Z$101");
    EXPECT_EQ(user.reads(Item::Source), "Data.A3:Z101");
    user.panel.takeTableAt("Funnel.A3:G11");  // no table is shown
    EXPECT_FALSE(user.panel.updating());
}

std::vector<Widget> allOf(const View& view) {
    std::vector<Widget> widgets;
    for (const Row& row : view.rows) widgets.insert(widgets.end(), row.widgets.begin(), row.widgets.end());
    return widgets;
}

Action randomAction(Dice& dice, const FunnelPanel& panel) {
    const Lines texts{"", "30", "0", "-1", "7,5", "2025-01-02", "soon", "1e300", ">=10", "<>A", "*", "Ana", "A1", " ", "\u00e9~"};
    Action action{.item = static_cast<Item>(dice.below(static_cast<std::size_t>(Item::Overwrite) + 1)),
                  .index = dice.whole(-2, 5),
                  .entry = dice.whole(-2, 25),
                  .text = dice.pick(texts),
                  .on = dice.oneIn(2)};
    if (dice.oneIn(5)) return action;
    // Mostly something that can be used now.
    std::vector<Widget> usable;
    for (const Widget& widget : allOf(panel.view()))
        if (canBeUsed(widget.kind)) usable.push_back(widget);
    if (usable.empty()) return action;
    const Widget& widget = dice.pick(usable);
    action.item = widget.item;
    action.index = widget.index;
    if (!widget.entries.empty() && !dice.oneIn(20)) action.entry = static_cast<std::int32_t>(dice.below(widget.entries.size()));
    return action;
}

// Two calls of one formula, as they are explained.
std::vector<explain::Explanation> twoCalls() {
    const std::optional<RangeAddress> cell = readAddress("B2");
    return {{.function = "CLV",
             .lines = {{explain::LineKind::Reason, "churnRate is 0", cell}},
             .used = {*cell},
             .needs = explain::Call::Block{7, 9}},
            {.function = "CAC", .lines = {{explain::LineKind::Result, "Result: 4", cell}}}};
}

TEST(Panel, PropertyThatEveryActionInEveryStateIsSound) {
    Dice dice(2025);
    std::set<Next> seen;
    for (int round = 0; round < 200; ++round) {
        User user;
        for (int step = 0; step < 60; ++step) {
            const std::size_t what = dice.below(40);
            const auto source = [&] {
                Source any = sourceOf(anyTable(dice), dice.whole(0, 800), dice.whole(0, 99));
                any.hidden = dice.whole(0, 2);
                any.below.rows = dice.whole(0, 2);
                return any;
            };
            if (step == 1 || what == 0)
                user.panel.take(source());
            else if (what == 1)
                user.panel.takeAgain(source());
            else if (what == 2)
                user.panel.take(source(), FoundFunnel{"Funnel.A1:G9", randomChoices(dice)});
            else if (what == 3 && dice.oneIn(4))
                user.panel.takeNothing();
            else if (what >= 8 && what <= 10)
                user.panel.say("something", !dice.oneIn(3));
            else if (what == 5)
                user.panel.takeCell("B2");
            else if (what > 35 && user.panel.needsComputing()) {
                user.panel.progress(dice.share());
                Action stop;
                stop.item = Item::Stop;
                if (dice.oneIn(4)) seen.insert(user.panel.act(stop).next);
            } else if (what == 7)
                user.panel.stopped();
            else if (what == 11)
                user.panel.offerWhy(dice.oneIn(3) ? "" : "C3");
            else if (what == 12)
                user.panel.takeWhy(twoCalls());
            else
                seen.insert(user.panel.act(randomAction(dice, user.panel)).next);
            expectSound(user.panel);
            if (what <= 35 && !dice.oneIn(4)) user.waits();
            expectSound(user.panel);
            if (testing::Test::HasFailure()) FAIL() << "round " << round << ", step " << step;
        }
    }
    for (int next = 0; next <= static_cast<int>(Next::Update); ++next)
        EXPECT_TRUE(seen.contains(static_cast<Next>(next))) << "never came to " << next;
}

// The preview shown is that of the choices, however the panel came to them.
TEST(Panel, PropertyThatThePreviewIsThatOfTheChoices) {
    Dice dice(17);
    int compared = 0;
    for (int round = 0; round < 100; ++round) {
        User user;
        const auto table = anyTable(dice);
        user.selects(table);
        for (int step = 0; step < 30; ++step) {
            user.does(randomAction(dice, user.panel));
            if (!user.panel.ready()) continue;
            ++compared;
            const Preview fresh = preview(table, user.panel.choices());
            EXPECT_EQ(fresh.table.cells, user.panel.preview()->table.cells);
            EXPECT_EQ(fresh.findings, user.panel.preview()->findings);
            const std::optional<Choices> kept = readSettings(written(user.panel.choices()));
            ASSERT_TRUE(kept);
            EXPECT_EQ(*kept, user.panel.choices()) << "what the document keeps";
        }
    }
    EXPECT_GT(compared, 300);
}

}  // namespace
}  // namespace calckpi::panel
