// Counts that stand across: what the panel makes of them, from the cells to the formula.
#include "core/recognition/across.hpp"

#include "core/sheets/data_check.hpp"
#include "core/sheets/formula.hpp"
#include "core/sheets/preview.hpp"
#include "tests/panel/sheet.hpp"
#include "tests/panel/user.hpp"
#include "tests/support/formula.hpp"
#include "tests/support/memory_table.hpp"
#include "tests/support/tables.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace calckpi::panel {
namespace {

using support::sheetOf;

const std::vector<std::string> months = {"Month|Leads|Demos|Won", "May|120|60|9", "June|140|70|14"};

std::string formulaIn(const User& user) {
    const PlanContext context = user.panel.planContext();
    return formulaOf(user.panel.choices(), context.columns, context.rows);
}

TEST(Across, ValueOfTheFunnelOfARow) {
    User user;
    user.selects(sheetOf(months));
    EXPECT_EQ(user.reads(Item::Shape), "counts of all stages");
    EXPECT_EQ(user.entries(Item::Count), (std::vector<std::string>{"May", "June"}));
    EXPECT_EQ(user.reads(Item::Count), "May");
    EXPECT_EQ(user.counts(), (std::vector<double>{120, 60, 9}));
    EXPECT_EQ(user.reads(Item::PreviewRow, 0), "Leads");
    EXPECT_EQ(formulaIn(user), "ORG.CALCKPI.KPI.FUNNEL($Data.$B$1:$D$1;$Data.$B$2:$D$2;;0)");
    EXPECT_FALSE(user.sees(Item::Stage));
    EXPECT_FALSE(user.sees(Item::StageList));
    expectSound(user.panel);
    // The other month.
    user.chooses(Item::Count, "June");
    EXPECT_EQ(user.counts(), (std::vector<double>{140, 70, 14}));
    EXPECT_EQ(formulaIn(user), "ORG.CALCKPI.KPI.FUNNEL($Data.$B$1:$D$1;$Data.$B$3:$D$3;;0)");
    EXPECT_TRUE(user.panel.ready());
}

TEST(Across, ValueOfASingleRowWithoutALabel) {
    User user;
    user.selects(sheetOf({"Lead|MQL|SQL|Won", "120|60|30|9"}));
    EXPECT_EQ(user.counts(), (std::vector<double>{120, 60, 30, 9}));
    EXPECT_EQ(formulaIn(user), "ORG.CALCKPI.KPI.FUNNEL($Data.$A$1:$D$1;$Data.$A$2:$D$2;;0)");
    EXPECT_FALSE(user.sees(Item::Count));  // nothing to choose
    expectSound(user.panel);
}

// Counts that only rise are of no funnel.
TEST(Across, EdgeOfCountsThatRiseInEveryRow) {
    User user;
    user.selects(sheetOf({"Month|Leads|Demos|Won", "May|9|60|120", "June|14|70|140"}));
    EXPECT_FALSE(user.panel.choices().across);
    expectSound(user.panel);
}

TEST(Across, EdgeOfTheTurnedTable) {
    const auto source = sheetOf({"Month|Leads|Demos|Won", "|120|60|9", "June|140|70|14"});
    const AcrossTable table(*source, {1, 2, 3}, 0);
    EXPECT_EQ(table.headers(), (std::vector<std::string>{"Month", "", "June"})) << "a row without a label has no header";
    EXPECT_EQ(table.culture().numberFromText("12"), source->culture().numberFromText("12"));
    EXPECT_EQ(table.culture().compareTexts("a", "B"), source->culture().compareTexts("a", "B"));
}

TEST(Across, ValueOfAmountsInARow) {
    User user;
    user.selects(sheetOf({"|Qualified|Proposal|Closed Won", "Deals|40|22|9", "Amount|90000|60000|30000"}));
    EXPECT_EQ(user.reads(Item::Amount), "Amount");
    EXPECT_EQ(formulaIn(user), "ORG.CALCKPI.KPI.FUNNEL($Data.$B$1:$D$1;$Data.$B$2:$D$2;$Data.$B$3:$D$3;0)");
    EXPECT_EQ(std::get<double>(user.panel.preview()->table.at(2, 7)), 30000);
}

// A source that is a name moves and grows with its cells; whole columns have their headers in row 1.
TEST(Across, ValueOfFormulasForOtherSources) {
    Choices choices;
    choices.shape = Shape::Counts;
    choices.across = true;
    choices.stages = {{"Leads"}, {"Won", Outcome::Won}};
    choices.stage = "Month";
    choices.count = "may";  // its case may have changed since
    const std::vector<std::string> columns = {"Month", "Leads", "Won"};
    const std::vector<std::string> rows = {"Month", "April", "May"};
    choices.source = "Counts";
    EXPECT_EQ(formulaOf(choices, columns, rows), "ORG.CALCKPI.KPI.FUNNEL(OFFSET(Counts;0;1;1;2);OFFSET(Counts;2;1;1;2);;0)");
    choices.source = "$'My data'.$Y:$AB";
    EXPECT_EQ(formulaOf(choices, columns, rows), "ORG.CALCKPI.KPI.FUNNEL($'My data'.$Z$1:$AA$1;$'My data'.$Z$3:$AA$3;;0)");
}

TEST(Across, ValueOfTheFindingsAndTheirCells) {
    User user;
    user.selects(sheetOf({"Month|Leads|Demos|Won", "May|120|60|9", "June|140|'many|14", "July|10|60|9", "August|10||1"}), 2, 4);
    EXPECT_EQ(user.reads(Item::DataCheckText), "1 other list of counts is left out: choose it under Count to see it (first: D9)");
    user.chooses(Item::Count, "June");
    EXPECT_EQ(user.reads(Item::Problem),
              "June holds a text where a number belongs: correct the cell or choose another column (first: E7)");
    EXPECT_FALSE(user.sees(Item::LeaveOut));
    user.chooses(Item::Count, "July");
    EXPECT_EQ(user.reads(Item::Problem),
              "Demos counts more than the stage before it. Put the stages in their order in the sheet; if it counts the deals that "
              "are at each stage now, select the list of deals instead (first: E8)");
    user.clicks(Item::ProblemCell);
    EXPECT_EQ(user.reaction.cell, (Place{3, 4}));
    user.chooses(Item::Count, "August");
    EXPECT_EQ(user.counts(), (std::vector<double>{10, 1}));
    expectSound(user.panel);
}

TEST(Across, ValueOfATableSelectedAgain) {
    User user;
    user.selects(sheetOf(months));
    user.chooses(Item::Count, "June");
    const Choices kept = user.panel.choices();
    User later;
    later.panel.take(sourceOf(sheetOf({"Month|Leads|Demos|Won", "April|9|9|9", "May|120|60|9", "JUNE|200|70|14"})),
                     FoundFunnel{.address = "Funnel.B4", .choices = kept});
    later.waits();
    EXPECT_EQ(later.counts(), (std::vector<double>{200, 70, 14}));
    EXPECT_EQ(later.reads(Item::Count), "JUNE");
    EXPECT_EQ(formulaIn(later), "ORG.CALCKPI.KPI.FUNNEL($Data.$B$1:$D$1;$Data.$B$4:$D$4;;0)");
    later.changesCells(sheetOf({"Month|Calls|Demos|Won", "May|120|60|9"}));
    EXPECT_EQ(later.reads(Item::Problem), "The columns of the stages are not there any more: choose again what each row is");
    expectSound(later.panel);
}

TEST(Across, ValueOfWhatTheUserPicksHimself) {
    User user;
    user.selects(sheetOf({"Deal|Stage|Rooms|Guests", "A|Demo|9|7", "B|Won|5|4"}));
    EXPECT_EQ(user.panel.choices().shape, Shape::Stages);
    user.chooses(Item::Shape, "counts of all stages");
    EXPECT_EQ(user.counts(), (std::vector<double>{9, 7}));
    EXPECT_EQ(user.entries(Item::Count), (std::vector<std::string>{"A", "B"}));
    user.chooses(Item::Shape, "a deal, its stage");
    EXPECT_EQ(user.counts(), (std::vector<double>{2, 1}));
    EXPECT_EQ(user.reads(Item::Stage), "Stage");
    // Nothing to count.
    user.selects(sheetOf({"Deal|Stage", "A|Demo", "B|Won"}));
    user.chooses(Item::Shape, "counts of all stages");
    EXPECT_EQ(user.reads(Item::Problem), "There are no columns of counts side by side");
    EXPECT_FALSE(user.panel.ready());
    expectSound(user.panel);
}

TEST(Across, RefusalOfPeopleAndOfStagesApart) {
    const auto across = [](const std::vector<std::string>& lines) {
        const Recognition found = recognise(*sheetOf(lines));
        return found.usable && found.choices.across;
    };
    EXPECT_TRUE(across({"Campaign|Impressions|Clicks|Orders", "A|9000|300|12", "B|8000|200|20"}));
    EXPECT_FALSE(across({"Email|Visits|Clicks|Orders", "a@x.com|9|3|1", "b@x.com|8|2|2"}));    // what people did
    EXPECT_FALSE(across({"Month|Leads|Rate|Demos|Won", "May|120|0.5|60|9"}));                  // shares between the stages
    EXPECT_FALSE(across({"Deal|Stage|Lead|Demo", "A|Demo|9|3", "B|Won|8|2", "C|Demo|4|3"}));   // deals
    EXPECT_FALSE(across({"Product|Price|Stock|Weight", "Chair|90|10|7", "Table|100|50|30"}));  // anything
    EXPECT_FALSE(across({"Stage|Leads|Won", "Lead|120|9", "Demo|60|8", "Won|9|7"}));           // stages in the rows
}

// Stages in the rows and a column for each segment: the total is taken, or one that the user picks, and the others are spoken of.
TEST(CountsBySegment, ValueOfOneColumnAtATime) {
    User user;
    user.selects(sheetOf({"Stage|Web|Fair|Total", "Lead|100|50|150", "Demo|40|20|60", "Won|10|8|18"}));
    EXPECT_EQ(user.reads(Item::Count), "Total");
    EXPECT_EQ(user.counts(), (std::vector<double>{150, 60, 18}));
    EXPECT_EQ(user.reads(Item::DataCheckText),
              "2 other lists of counts are left out: choose one under Count to see it (first: B2)");
    user.chooses(Item::Count, "Fair");
    EXPECT_EQ(user.counts(), (std::vector<double>{50, 20, 8}));
    EXPECT_EQ(user.reads(Item::DataCheckText), "1 other list of counts is left out: choose it under Count to see it (first: B2)");
}

TEST(CountsBySegment, RefusalOfALongListSaysWhatToDo) {
    User user;
    user.selects(sheetOf({"Channel|Stage|Deals", "Web|Lead|100", "Web|Demo|40", "Fair|Lead|50", "Fair|Demo|20"}));
    EXPECT_EQ(user.reads(Item::Problem),
              "Each stage has several rows with a count: these are counts by stage and something else. Select the rows of one "
              "value, or make a pivot table with the stages as rows");
    // Which is what he can do.
    user.selects(sheetOf({"Channel|Stage|Deals", "Web|Lead|100", "Web|Demo|40"}));
    EXPECT_EQ(user.counts(), (std::vector<double>{100, 40}));
}

// A wide table: each column of it is read once, however many rows of counts there are to choose from.
TEST(Across, PropertyOfAWideTableIsThatEachColumnIsReadOnce) {
    support::Rows rows(31, std::vector<Cell>(200, 1.0));
    for (std::size_t column = 0; column < 200; ++column) rows[0][column] = "stage " + std::to_string(column);
    const support::MemoryTable source(rows);
    std::vector<std::size_t> stages;
    for (std::size_t column = 0; column < 200; ++column) stages.push_back(column);
    const AcrossTable turned(source, stages, std::nullopt);
    for (std::size_t row = 1; row < turned.headers().size(); ++row) EXPECT_EQ(turned.look(row)->rows(), 200U);
    EXPECT_EQ(source.timesRead(), std::vector<int>(200, 1));
}

// A table whose headers are counted when they are read through, as they are to find a column.
class CountingTable final : public Table {
public:
    explicit CountingTable(const support::Rows& rows) : source_(std::make_shared<const support::MemoryTable>(rows)) {}
    std::size_t rows() const override { return source_->rows(); }
    const std::vector<std::string>& headers() const override {
        ++times_;
        return source_->headers();
    }
    const Culture& culture() const override { return source_->culture(); }
    int times() const { return times_; }

protected:
    ColumnHandle read(std::size_t index) const override { return source_->look(index); }

private:
    TableHandle source_;
    mutable int times_ = 0;
};

TEST(DataCheck, PropertyOfAWideTableOfCountsIsThatItsHeadersAreReadAFixedNumberOfTimes) {
    const auto timesFor = [](std::size_t columns) {
        support::Rows rows = {{"Stage"}, {"Lead"}, {"Demo"}, {"Won"}};
        for (std::size_t column = 1; column < columns; ++column) {
            rows[0].push_back("list " + std::to_string(column));
            for (std::size_t row = 1; row < 4; ++row) rows[row].push_back(static_cast<double>(100 / row));
        }
        const auto table = std::make_shared<const CountingTable>(rows);
        Choices choices;
        choices.shape = Shape::Counts;
        choices.stage = "Stage";
        choices.count = "list 1";
        const std::vector<Finding> findings = checkCells(table, choices);
        EXPECT_EQ(findings.size(), 1U);
        for (const Finding& finding : findings) EXPECT_EQ(finding.n, static_cast<std::int64_t>(columns) - 2);
        return table->times();
    };
    EXPECT_EQ(timesFor(500), timesFor(50));
}

}  // namespace
}  // namespace calckpi::panel
