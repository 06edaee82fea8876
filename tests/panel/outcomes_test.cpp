// A status beside the stage: what it says of won, lost and open deals, and that no number is shown that it contradicts.
#include "core/recognition/outcomes.hpp"

#include "core/sheets/formula.hpp"
#include "core/recognition/stage_list.hpp"
#include "tests/panel/placed.hpp"
#include "tests/panel/sheet.hpp"
#include "tests/panel/user.hpp"

#include <gtest/gtest.h>

namespace calckpi::panel {
namespace {

using support::sheetOf;

// Pipedrive keeps the stage that a deal was won or lost at.
const std::vector<std::string> beside = {"Deal|Stage|Status|Amount", "A|Qualified|Open|10",     "B|Proposal Made|Won|20",
                                         "C|Qualified|Lost|30",      "D|Proposal Made|Open|40", "E|Qualified|Open|50",
                                         "F|Demo Scheduled|Lost|60"};

std::vector<std::string> headers(const Placed& plan) {
    std::vector<std::string> texts;
    for (const PlannedCell& cell : plan.cells)
        if (cell.row == plan.headerRow && cell.content && cell.role != CellRole::Helper)
            if (const std::string* text = std::get_if<std::string>(&*cell.content)) texts.push_back(*text);
    return texts;
}

std::string notes(const Placed& plan) {
    std::string all;
    for (const PlannedCell& cell : plan.cells)
        if (cell.role == CellRole::Note && cell.content)
            if (const std::string* text = std::get_if<std::string>(&*cell.content)) all += *text + " ";
    return all;
}

Placed planOf(const User& user) {
    return placed(planFunnel(user.panel.choices(), *user.panel.preview(), user.panel.planContext(), user.panel.texts()));
}

TEST(StatusBeside, ValueOfWhatTheStagesDoNotTell) {
    User user;
    user.selects(sheetOf(beside));
    EXPECT_EQ(user.panel.choices().status, "Status");
    // The status says who has won or lost, the stage where.
    EXPECT_TRUE(user.panel.choices().statusDecides);
    EXPECT_EQ(user.counts(), (std::vector<double>{6, 3, 2, 1}));
    EXPECT_TRUE(user.panel.preview()->openKnown);
    EXPECT_EQ(user.panel.preview()->stages[0].open, 2.0);
    EXPECT_EQ(user.reads(Item::Status), "Status");
    EXPECT_NE(notes(planOf(user)).find("A deal that is lost (Lost) has reached the stage in the column Stage"), std::string::npos);
    expectSound(user.panel);
}

// Choices kept from before, or whose stages the user has set himself, do not ask the status.
TEST(StatusBeside, ValueOfWhatTheStagesDoNotTellAlone) {
    User user;
    user.selects(sheetOf(beside));
    Choices choices = user.panel.choices();
    choices.statusDecides = false;
    choices.stages = {{"Qualified"}, {"Demo Scheduled"}, {"Proposal Made"}};
    const auto table = sheetOf(beside);
    const Preview shown = preview(table, choices);
    EXPECT_FALSE(shown.openKnown);
    ASSERT_EQ(shown.findings.size(), 1U);
    EXPECT_EQ(shown.findings[0].n, 2);
    const Placed plan = placed(planFunnel(choices, shown, user.panel.planContext(), user.panel.texts()));
    EXPECT_EQ(headers(plan), (std::vector<std::string>{"Stage", "Count", "% of previous", "% of first", "Amount"}));
    EXPECT_EQ(textOf(plan.arrays[0].formula), "INDEX(" + formulaOf(choices) + ";0;{1;2;3;4;9})");
    EXPECT_NE(notes(plan).find("Open and lost are left out: the column Status shows them, the stages do not"), std::string::npos);
    // Without the status they are shown.
    user.chooses(Item::Status, "(none)");
    EXPECT_TRUE(user.panel.preview()->openKnown);
    EXPECT_EQ(user.panel.preview()->stages[0].open, 3.0);
    EXPECT_EQ(headers(planOf(user))[4], "Open");
}

TEST(StatusBeside, ValueOfTheColumnThatTheSentenceSpeaksOf) {
    User user;
    user.selects(sheetOf({"Deal|Where|Stage|Status", "A|Qualified|Qualified|Open", "B|Won|Proposal Made|Won",
                          "C|Lost|Qualified|Lost", "D|Proposal Made|Proposal Made|Open", "E|Qualified|Qualified|Open"}));
    user.chooses(Item::Stage, "Where");
    user.checks(Item::MoreOptions);
    user.chooses(Item::LostStage, "Stage");
    EXPECT_TRUE(user.panel.preview()->openKnown);
    EXPECT_EQ(user.counts(), (std::vector<double>{5, 2, 1}));
    EXPECT_EQ(user.panel.preview()->stages[0].open, 2.0);
}

TEST(StatusBeside, ValueOfAStatusThatSaysTheSame) {
    User user;
    user.selects(sheetOf({"Deal|Deal Stage|Is Closed Won", "A|Demo|0", "B|Closed Won|1", "C|Closed Lost|0", "D|Demo|0"}));
    EXPECT_EQ(user.panel.choices().status, "Is Closed Won");
    EXPECT_TRUE(user.panel.preview()->openKnown);
    EXPECT_EQ(user.panel.preview()->stages[0].open, 2.0);
    EXPECT_FALSE(user.sees(Item::Status));  // nothing to decide
    user.checks(Item::MoreOptions);
    EXPECT_EQ(user.reads(Item::Status), "Is Closed Won");
}

// Stages may have names of their own for the end.
TEST(StatusBeside, ValueOfMarks) {
    std::vector<std::string> lines = {"Deal|Deal Stage|Status"};
    for (int times = 0; times < 3; ++times)
        for (const char* row : {"Discovery|Open", "Signed off|Won", "No go|Lost", "Proposal|Open"})
            lines.push_back("D" + std::to_string(lines.size()) + "|" + row);
    const auto outcomes = [](const std::vector<std::string>& cells) {
        User user;
        user.selects(sheetOf(cells));
        std::string text;
        for (const ChosenStage& stage : user.panel.choices().stages)
            text += stage.name + (stage.outcome == Outcome::Won ? " won, " : stage.outcome == Outcome::Lost ? " lost, " : ", ");
        return text;
    };
    EXPECT_EQ(outcomes(lines), "Discovery, Proposal, Signed off won, No go lost, ");
    // One deal lost at another stage: the stages do not say the end.
    lines.push_back("X|Discovery|Lost");
    EXPECT_EQ(outcomes(lines), "Discovery, No go, Proposal, Signed off, Won won, Lost lost, ");
}

TEST(StatusBeside, EdgeOfFiltersAndTheLastStage) {
    User user;
    user.selects(sheetOf(beside));
    Choices choices = user.panel.choices();
    choices.statusDecides = false;
    choices.stages = {{"Qualified"}, {"Demo Scheduled"}, {"Proposal Made"}};
    const auto table = sheetOf(beside);
    EXPECT_FALSE(preview(table, choices).openKnown);
    choices.filters = {{"Deal", "D"}};
    EXPECT_TRUE(preview(table, choices).openKnown);
    // Deals at the last stage are done, whatever their status.
    choices.filters = {{"Deal", "B"}};
    EXPECT_TRUE(preview(table, choices).openKnown);
    choices.filters.clear();
    choices.stages = {{"Qualified"}, {"Proposal Made"}, {"Qualified"}};
    EXPECT_FALSE(preview(table, choices).openKnown);
    choices.status = "nowhere";
    EXPECT_FALSE(preview(table, choices).problem == std::nullopt);
}

TEST(StatusBeside, ValueOfFlags) {
    const auto said = [](const std::string& header, const std::string& cell) {
        return OutcomeColumn(header, sheetOf({header, cell})->look(0)).at(0);
    };
    EXPECT_EQ(said("Is Closed Won", "true"), Outcome::Won);
    EXPECT_EQ(said("Is Closed Won", "1"), Outcome::Won);
    EXPECT_EQ(said("Is Closed Won", "0"), Outcome::Step);
    EXPECT_EQ(said("Is lost", "Yes"), Outcome::Lost);
    EXPECT_EQ(said("Perdu", "oui"), Outcome::Lost);
    EXPECT_EQ(said("Câștigat", "da"), Outcome::Won);
    EXPECT_EQ(said("Status", "Closed Won"), Outcome::Won);
    EXPECT_EQ(said("Statut", "Perdue"), Outcome::Lost);
    EXPECT_EQ(said("Statut", "Ouverte"), Outcome::Step);
    EXPECT_EQ(said("Status", "1"), Outcome::Step);
}

TEST(ColumnInTheWay, ValueOfTheWayOut) {
    User user;
    user.selects(sheetOf({"Deal|Stage|Amount", "A|Demo|10", "B|Won|'ten", "C|Demo|30"}));
    EXPECT_EQ(user.reads(Item::Problem),
              "Amount holds a text where a number belongs: correct the cell or choose another column (first: C3)");
    EXPECT_EQ(user.reads(Item::LeaveOut), "Leave out Amount");
    expectSound(user.panel);
    user.clicks(Item::LeaveOut);
    EXPECT_EQ(user.panel.choices().amount, "");
    EXPECT_EQ(user.counts(), (std::vector<double>{3, 1}));
    EXPECT_TRUE(user.panel.ready());
    EXPECT_FALSE(user.sees(Item::LeaveOut));
    // An error in the column to split by, and one that is needed.
    user.selects(sheetOf({"Deal|Stage|Owner", "A|Demo|Ana", "B|Won|#DIV/0!", "C|Demo|Ben"}));
    user.chooses(Item::By, "Owner");
    EXPECT_EQ(user.reads(Item::LeaveOut), "Leave out Owner");
    user.clicks(Item::LeaveOut);
    EXPECT_TRUE(user.panel.ready());
    user.chooses(Item::By, "Stage");
    user.changesCells(sheetOf({"Deal|Stage|Owner", "A|Demo|Ana", "B|#DIV/0!|Ben", "C|Demo|Ben"}));
    EXPECT_FALSE(user.panel.ready());
    EXPECT_FALSE(user.sees(Item::LeaveOut));
}

TEST(DealIds, ValueOfTheSentenceWhereTheyRepeat) {
    const auto check = [](const std::vector<std::string>& lines) {
        User user;
        user.selects(sheetOf(lines));
        return user.panel.preview()->findings.empty() ? "" : said(user.panel.preview()->findings[0], Texts(), "A3");
    };
    std::vector<std::string> lines = {"Deal ID|Stage|Amount"};
    for (int row = 0; row < 10; ++row) lines.push_back("D-" + std::to_string(row / 2) + (row % 2 == 0 ? "|Demo|10" : "|Won|20"));
    EXPECT_EQ(check(lines),
              "5 rows repeat deals of Deal ID, and each row counts as a deal: if the rows are a history, choose that each row is "
              "an event "
              "(first: A3)");
    lines = {"Deal ID|Stage|Amount", "D-0|Demo|10"};
    for (int row = 0; row < 10; ++row) lines.push_back("D-" + std::to_string(row) + (row % 2 == 0 ? "|Demo|10" : "|Won|20"));
    EXPECT_EQ(check(lines), "1 row repeats a deal of Deal ID (first: A3)");
}

}  // namespace
}  // namespace calckpi::panel
