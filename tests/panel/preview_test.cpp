#include "core/sheets/preview.hpp"
#include "core/kpis/catalog.hpp"
#include "core/tables/kept_table.hpp"
#include "core/catalog/samples.hpp"
#include "tests/panel/sheet.hpp"
#include "tests/support/memory_table.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace calckpi::panel {

void PrintTo(const Finding& finding, std::ostream* out) {
    *out << said(finding, Texts()) << " [n " << finding.n << ", at " << finding.first.column << "/" << finding.first.row << "]";
}

namespace {

using support::Dice;
using support::MemoryTable;
using support::Rows;

TableHandle tableOf(const Rows& rows) { return std::make_shared<MemoryTable>(rows); }

Cell typed(std::string_view text) {
    if (text.empty()) return Blank{};
    if (const auto date = support::serialOfIsoDate(text)) return *date;
    if (const auto number = support::plainNumber(text)) return *number;
    return std::string(text);
}

Rows rowsOf(std::initializer_list<std::initializer_list<std::string_view>> lines) {
    Rows rows;
    for (const auto& line : lines) {
        rows.emplace_back();
        for (const std::string_view text : line) rows.back().push_back(text == "#" ? Cell(CellError{532}) : typed(text));
    }
    return rows;
}

Rows sampleDeals() {
    Rows rows;
    for (const auto& line : samples::deals) {
        rows.emplace_back();
        for (const std::string_view text : line) rows.back().push_back(typed(text));
    }
    return rows;
}

Choices stagesChoices() {
    Choices choices;
    choices.shape = Shape::Stages;
    choices.stage = "stage";
    choices.stages = {{"Demo"}, {"Proposal"}, {"Won", Outcome::Won}, {"Lost", Outcome::Lost}};
    return choices;
}

Choices countsChoices() {
    Choices choices;
    choices.shape = Shape::Counts;
    choices.stage = "stage";
    choices.count = "n";
    return choices;
}

Choices datesChoices() {
    Choices choices;
    choices.shape = Shape::Dates;
    choices.stages = {{"lead"}, {"demo"}, {"won", Outcome::Won}};
    return choices;
}

Choices eventsChoices() {
    Choices choices;
    choices.shape = Shape::Events;
    choices.id = "who";
    choices.stage = "what";
    choices.when = "when";
    choices.stages = {{"A"}, {"B"}};
    return choices;
}

// sentences are the findings in English, each with its first cell as column/row.
std::vector<std::string> sentences(const Preview& shown) {
    std::vector<std::string> list;
    for (const Finding& finding : shown.findings) {
        const std::string cell = std::to_string(finding.first.column) + "/" + std::to_string(finding.first.row);
        list.push_back(said(finding, Texts(), cell));
    }
    return list;
}

std::string problemIn(const Preview& shown) {
    if (!shown.problem) return "no problem";
    return said(*shown.problem, Texts(),
                std::to_string(shown.problem->first.column) + "/" + std::to_string(shown.problem->first.row));
}

using Sentences = std::vector<std::string>;

// The counts are those of the examples of FUNNELSTAGES in the catalog: 12 deals, 6 of them came to a proposal, 2 open after the
// demo.
TEST(Preview, ValueOfDealsAndTheirStage) {
    Choices choices = stagesChoices();
    choices.amount = "amount";
    choices.by = "owner";
    const Preview shown = preview(tableOf(sampleDeals()), choices);
    ASSERT_FALSE(shown.problem) << problemIn(shown);
    ASSERT_EQ(shown.stages.size(), 3U);
    EXPECT_EQ(shown.stages[0].stage, "Demo");
    EXPECT_EQ(shown.stages[0].count, 12);
    EXPECT_FALSE(shown.stages[0].ofPrevious);
    EXPECT_EQ(shown.stages[0].open, 2.0);
    EXPECT_EQ(shown.stages[1].count, 6);
    EXPECT_EQ(shown.stages[1].ofPrevious, 0.5);
    EXPECT_EQ(shown.stages[2].ofFirst, 4.0 / 12);
    EXPECT_FALSE(shown.stages[2].medianDays);
    EXPECT_EQ(shown.segments, 3U);
    EXPECT_EQ(shown.table.rows, 12U);
    EXPECT_EQ(sentences(shown), Sentences{"3 segments in owner"});
}

// Stages that are numbers are called by their digits.
TEST(Preview, EdgeOfCountsOfStagesThatAreNumbers) {
    const Preview shown = preview(tableOf(rowsOf({{"stage", "n"}, {"1", "160"}, {"2.5", "80"}})), countsChoices());
    ASSERT_FALSE(shown.problem) << problemIn(shown);
    ASSERT_EQ(shown.stages.size(), 2U);
    EXPECT_EQ(shown.stages[0].stage, "1");
    EXPECT_EQ(shown.stages[1].stage, "2.5");
}

// Whatever a function refuses, the panel has a sentence for it.
TEST(Preview, PropertyEveryFaultHasASentence) {
    const TableHandle table = tableOf(sampleDeals());
    Choices choices = stagesChoices();
    choices.by = "owner";
    for (const Fault fault : {Fault::DivideByZero, Fault::NothingToCompute, Fault::OutsideDomain, Fault::NotANumber,
                              Fault::NotFinite, Fault::NoConvergence, Fault::TooLarge, Fault::ErrorInCell})
        for (const Choices& some : {choices, countsChoices(), datesChoices(), eventsChoices()})
            EXPECT_FALSE(said(problemOf(fault, some, table), Texts()).empty());
    EXPECT_EQ(said(problemOf(Fault::TooLarge, choices, table), Texts()),
              "The split by owner makes more rows than a sheet has: choose another column");
}

// Split by an id: before anything is computed, the panel says that nobody could read the table.
TEST(Preview, RefusalOfATableThatIsTooLarge) {
    const std::size_t most = mostTableRows / 2;  // blocks of two stages, that of all deals among them
    const auto splitInto = [&](std::size_t segments) {
        std::vector<std::string> rows = {"Stage|Customer"};
        for (std::size_t row = 0; row < segments; ++row) rows.push_back((row % 2 == 0 ? "Demo|C" : "Won|c") + std::to_string(row));
        Choices choices;
        choices.shape = Shape::Stages;
        choices.stage = "Stage";
        choices.stages = {{"Demo"}, {"Won", Outcome::Won}};
        choices.by = "Customer";
        return preview(support::sheetOf(rows), choices);
    };
    const Preview large = splitInto(most);
    ASSERT_TRUE(large.problem);
    EXPECT_EQ(
        said(*large.problem, Texts()),
        "The split by Customer makes more rows than the panel writes, which is 50,000: choose a column with fewer values, or add a "
        "filter");
    EXPECT_EQ(large.table.rows, 0U);
    const Preview fits = splitInto(most - 1);
    EXPECT_FALSE(fits.problem);
    EXPECT_EQ(fits.table.rows, mostTableRows);
}

TEST(Preview, RefusalOfCountsThatAreAList) {
    const auto countsOf = [](std::size_t stages) {
        std::vector<std::string> rows = {"Stage|Count"};
        for (std::size_t row = 0; row < stages; ++row)
            rows.push_back("S" + std::to_string(row) + "|" + std::to_string(1000 - static_cast<int>(row)));
        Choices choices;
        choices.shape = Shape::Counts;
        choices.stage = "Stage";
        choices.count = "Count";
        return preview(support::sheetOf(rows), choices);
    };
    EXPECT_FALSE(countsOf(mostCountedStages).problem);
    EXPECT_TRUE(countsOf(mostCountedStages + 1).problem);
}

TEST(KeptTable, ValueIsThatOfItsSource) {
    const auto source = std::make_shared<MemoryTable>(sampleDeals(), std::chrono::year(1904) / 1 / 1);
    const KeptTable kept(source);
    EXPECT_EQ(kept.culture().nullDate(), source->culture().nullDate());
    EXPECT_EQ(kept.rows(), source->rows());
    EXPECT_EQ(kept.headers(), source->headers());
    EXPECT_EQ(kept.culture().numberFromText("12"), source->culture().numberFromText("12"));
    EXPECT_EQ(kept.culture().compareTexts("a", "B"), source->culture().compareTexts("a", "B"));
}

TEST(Preview, ValueOfCounts) {
    Choices choices = countsChoices();
    choices.amount = "money";
    const Preview shown = preview(
        tableOf(rowsOf({{"stage", "n", "money"}, {"Lead", "160", "9000"}, {"Demo", "80", ""}, {"Won", "20", "1200"}})), choices);
    ASSERT_FALSE(shown.problem) << problemIn(shown);
    ASSERT_EQ(shown.stages.size(), 3U);
    EXPECT_EQ(shown.stages[2].stage, "Won");
    EXPECT_EQ(shown.stages[2].count, 20);
    EXPECT_EQ(shown.stages[2].ofPrevious, 0.25);
    EXPECT_FALSE(shown.stages[2].open);
    EXPECT_EQ(std::get<double>(shown.table.at(2, 7)), 1200);
    EXPECT_TRUE(shown.findings.empty());
}

TEST(Preview, ValueOfMedianDays) {
    const Rows rows =
        rowsOf({{"lead", "demo", "won"}, {"2026-01-01", "2026-01-05", "2026-01-06"}, {"2026-01-01", "2026-01-11", ""}});
    const Preview shown = preview(tableOf(rows), datesChoices());
    ASSERT_EQ(shown.stages.size(), 3U);
    EXPECT_EQ(shown.stages[1].medianDays, 7.0);
    EXPECT_EQ(shown.stages[2].medianDays, 1.0);
    EXPECT_FALSE(shown.stages[2].open);
}

TEST(Preview, ValueOfTheFindingsOnDeals) {
    Choices choices = stagesChoices();
    choices.id = "id";
    choices.lostStage = "lost at";
    choices.by = "channel";
    const Preview shown = preview(tableOf(rowsOf({{"id", "stage", "lost at", "channel"},
                                                  {"1", "Won", "", "Web"},
                                                  {"2", "Nurture", "", "Web"},
                                                  {"1", "", "", "Fair"},
                                                  {"3", "nurture ", "", "Fair"},
                                                  {"4", "Lost", "Nowhere", ""},
                                                  {"5", "Lost", "Proposal", ""},
                                                  {"1", "Won", "", ""}})),
                                  choices);
    EXPECT_EQ(sentences(shown),
              (Sentences{"2 rows repeat deals of id, and each row counts as a deal: if the rows are a history, choose that each "
                         "row is an event (first: 1/4)",
                         "2 deals at stages not listed (first: 2/3)", "1 deal without a stage (first: 2/4)",
                         "No deal is open: all are done or lost", "2 segments in channel"}));
    ASSERT_TRUE(shown.lostAnywhere);
    EXPECT_EQ(said(*shown.lostAnywhere, {}), "1 lost deal counts here only: lost at names no stage of the list");
    EXPECT_EQ(shown.lostAnywhere->first, (Place{3, 6}));
}

TEST(Preview, ValueOfLostDealsWhoseStageNobodyKnows) {
    const Rows rows = rowsOf({{"id", "stage", "lost at"}, {"1", "Demo", ""}, {"2", "Lost", "Demo"}, {"3", "lost", "Proposal"}});
    Choices choices = stagesChoices();
    const Preview unknown = preview(tableOf(rows), choices);
    ASSERT_TRUE(unknown.lostAnywhere);
    EXPECT_EQ(said(*unknown.lostAnywhere, {}), "2 lost deals count here only: their stage is not known");
    EXPECT_FALSE(unknown.lostAnywhere->first.known()) << "all of them, and no cell to mend";
    choices.lostStage = "lost at";
    EXPECT_FALSE(preview(tableOf(rows), choices).lostAnywhere);
}

TEST(Preview, ValueOfTheFindingsOnDates) {
    const Rows rows = rowsOf({{"lead", "demo", "won"},
                              {"2026-01-10", "2026-01-05", "2026-01-01"},
                              {"2026-01-01", "2026-01-05", "2026-01-04"},
                              {"", "", ""},
                              {"", "2026-01-05", ""},
                              {"2026-01-01", "2026-03-05", ""}});
    Choices choices = datesChoices();
    choices.asOf = support::serialOfIsoDate("2026-02-01");
    EXPECT_EQ(sentences(preview(tableOf(rows), choices)),
              (Sentences{"1 deal without any date (first: 1/4)", "1 deal without a date in lead, not counted (first: 1/5)",
                         "2 deals go backwards (first: 2/2)", "1 date after the reference date (first: 2/6)"}));
    choices.asOf.reset();
    choices.fill = DateFill::Later;
    EXPECT_EQ(sentences(preview(tableOf(rows), choices)),
              (Sentences{"1 deal without any date (first: 1/4)", "2 deals go backwards (first: 2/2)"}));
}

TEST(Preview, ValueOfTheFindingsOnEvents) {
    const Rows rows = rowsOf({{"who", "what", "when"},
                              {"x", "A", "10"},
                              {"x", "mail", "11"},
                              {"", "A", "10"},
                              {"y", "", "10"},
                              {"y", "B", ""},
                              {"z", "B", "12"},
                              {"x", "B", "99"}});
    Choices choices = eventsChoices();
    choices.asOf = 50;
    EXPECT_EQ(sentences(preview(tableOf(rows), choices)),
              (Sentences{"1 event at a stage not listed (first: 2/3)", "3 rows do not say who, which stage and when (first: 1/4)",
                         "1 id in who never came to the first stage, not counted (first: 2/7)",
                         "1 event after the reference date (first: 3/8)"}));
}

TEST(Preview, ValueOfTheFindingsOnCounts) {
    const Preview shown =
        preview(tableOf(rowsOf({{"stage", "n"}, {"Lead", "50"}, {"Demo", "80"}, {"", "7"}, {"Won", ""}, {"", ""}, {"X", "-1"}})),
                countsChoices());
    EXPECT_EQ(sentences(shown),
              (Sentences{"1 count in n is below 0 (first: 2/7)", "1 stage counts more than the one before it (first: 2/3)",
                         "2 rows without a stage or without a count, left out (first: 2/4)"}));
}

// Texts and errors are counted although the function stops at the first of them.
TEST(Preview, ValueOfTextsAndErrors) {
    const Rows rows = rowsOf(
        {{"lead", "demo", "won"}, {"2026-01-01", "soon", "#"}, {"next week", "soon", "2026-01-09"}, {"2026-01-03", " ", "#"}});
    const Preview dates = preview(tableOf(rows), datesChoices());
    EXPECT_EQ(sentences(dates), (Sentences{"2 errors in won (first: 3/2)", "1 date in lead is text (first: 1/3)",
                                           "2 dates in demo are text (first: 2/2)"}));
    EXPECT_EQ(problemIn(dates),
              "lead holds a text where a date belongs: convert the cells in place, correct this one or choose another column "
              "(first: 1/3)");
    Choices choices = datesChoices();
    choices.stages = {{"won"}};
    EXPECT_EQ(problemIn(preview(tableOf(rows), choices)),
              "won holds an error: correct the cell or choose another column (first: 3/2)");

    Choices deals = stagesChoices();
    deals.amount = "amount";
    const Preview amounts = preview(tableOf(rowsOf({{"stage", "amount"}, {"Won", "10"}, {"Won", "ten"}})), deals);
    EXPECT_EQ(problemIn(amounts),
              "amount holds a text where a number belongs: correct the cell or choose another column (first: 2/3)");
    EXPECT_EQ(sentences(amounts), Sentences{"1 amount in amount is text (first: 2/3)"});

    const Preview counts = preview(tableOf(rowsOf({{"stage", "n"}, {"Lead", "many"}})), countsChoices());
    EXPECT_EQ(sentences(counts), Sentences{"1 count in n is text (first: 2/2)"});
}

// What the filters leave out is not looked at.
TEST(Preview, EdgeOfFilters) {
    Choices choices = stagesChoices();
    choices.amount = "amount";
    choices.filters = {{"channel", "Web"}};
    const Preview shown = preview(tableOf(rowsOf({{"stage", "amount", "channel"},
                                                  {"Won", "ten", "Fair"},
                                                  {"Nurture", "1", "Fair"},
                                                  {"Demo", "1", "Web"},
                                                  {"Nurture", "1", "Web"}})),
                                  choices);
    EXPECT_FALSE(shown.problem) << problemIn(shown);
    EXPECT_EQ(sentences(shown), Sentences{"1 deal at a stage not listed (first: 1/5)"});
    EXPECT_EQ(shown.stages.front().count, 1);
}

// A column whose header is empty or is there twice is named by its number.
TEST(Preview, EdgeOfColumnsNamedByNumber) {
    Choices choices = stagesChoices();
    choices.stage = "2";
    const Preview shown = preview(tableOf(rowsOf({{"stage", "stage"}, {"Lost", "Won"}, {"Lost", "Nurture"}})), choices);
    ASSERT_FALSE(shown.problem) << problemIn(shown);
    EXPECT_EQ(shown.stages.back().count, 1);
    EXPECT_EQ(sentences(shown), (Sentences{"1 deal at a stage not listed (first: 2/3)", "No deal is open: all are done or lost"}));
}

TEST(Preview, RefusalsSayWhatToDo) {
    const TableHandle deals = tableOf(sampleDeals());
    const auto problem = [](const TableHandle& table, Choices choices, auto change) {
        change(choices);
        return problemIn(preview(table, choices));
    };
    EXPECT_EQ(problem(deals, stagesChoices(), [](Choices& c) { c.stage = ""; }), "Choose the column of the stages");
    EXPECT_EQ(problem(deals, eventsChoices(), [](Choices& c) { c.id = ""; }),
              "Choose the column that says who: deal, person or account");
    EXPECT_EQ(problem(deals, eventsChoices(), [](Choices& c) { c.when = ""; }), "Choose the column of the dates");
    EXPECT_EQ(problem(deals, countsChoices(), [](Choices& c) { c.count = ""; }), "Choose the column of the counts");
    EXPECT_EQ(problem(deals, stagesChoices(),
                      [](Choices& c) {
                          c.stages = {{"Lost", Outcome::Lost}, {" "}};
                      }),
              "Add at least one stage");
    EXPECT_EQ(problem(deals, stagesChoices(), [](Choices& c) { c.by = "region"; }),
              "The source has no column region, or more than one: choose the columns again");
    EXPECT_EQ(problem(deals, datesChoices(), [](Choices&) {}),
              "The source has no column lead, or more than one: choose the columns again");
    EXPECT_EQ(problem(deals, stagesChoices(),
                      [](Choices& c) {
                          c.stages.push_back({"demo ", Outcome::Lost});
                      }),
              "Demo is in the list as a stage and as lost: remove one of the two");
    EXPECT_EQ(problem(deals, stagesChoices(),
                      [](Choices& c) {
                          c.filters = {{"owner", "Nobody"}};
                      }),
              "The filters leave no row: change or remove one");
    EXPECT_EQ(problem(deals, stagesChoices(), [](Choices& c) { c.filters = {{"", "x"}}; }), "Choose a column for each filter");
    const TableHandle log = tableOf(rowsOf({{"who", "what", "when"}, {"x", "A", "10"}}));
    for (const double window : {0.0, -1.0, std::numeric_limits<double>::quiet_NaN()})
        EXPECT_EQ(problem(log, eventsChoices(), [&](Choices& c) { c.window = window; }), "The window must be longer than 0 days");
    EXPECT_EQ(problem(log, eventsChoices(), [](Choices& c) { c.asOf = 5; }), "Nothing has happened up to the reference date");
    const TableHandle mute = tableOf(rowsOf({{"who", "what", "when"}, {"", "A", "10"}}));
    EXPECT_EQ(problem(mute, eventsChoices(), [](Choices&) {}), "No row says who, which stage and when");
    EXPECT_EQ(problem(tableOf(rowsOf({{"stage"}})), stagesChoices(), [](Choices&) {}), "The source has no rows below its headers");
    EXPECT_EQ(problem(tableOf(rowsOf({{"stage", "n"}, {"A", "1"}, {"B", "2"}})), countsChoices(), [](Choices&) {}),
              "B counts more than the stage before it. Put the stages in their order in the sheet; if it counts the deals that are "
              "at each stage now, select the list of deals instead (first: 2/3)");
    EXPECT_EQ(problem(tableOf(rowsOf({{"stage", "n"}, {"A", "1"}, {"B", "-2"}})), countsChoices(), [](Choices&) {}),
              "n holds a count below 0: correct the cell or choose another column (first: 2/3)");
    EXPECT_EQ(problem(tableOf(rowsOf({{"stage", "n"}, {"A", ""}})), countsChoices(), [](Choices&) {}), "No stage has a count");
}

TEST(Preview, PropertyThatEachColumnIsReadOnce) {
    const auto table = std::make_shared<MemoryTable>(sampleDeals());
    Choices choices = stagesChoices();
    choices.id = "deal";
    choices.amount = "amount";
    choices.by = "owner";
    choices.filters = {{"owner", "<>Ben"}};
    preview(table, choices);
    EXPECT_EQ(table->timesRead(), (std::vector<int>{1, 1, 0, 1, 1, 0, 0}));
    const auto kept = std::make_shared<KeptTable>(table);
    preview(kept, choices);
    preview(kept, choices);
    EXPECT_EQ(table->timesRead(), (std::vector<int>{2, 2, 0, 2, 2, 0, 0}));
}

// What a random source is made of: stages, listed or not, and the mess of exports.
Rows anyRows(Dice& dice, bool sound) {
    const std::vector<std::string> stageTexts = {"Demo", "demo ", "PROPOSAL", "Won", "Lost", "Nurture", "", "  ", "7"};
    const auto date = [&](bool text) -> Cell {
        if (dice.oneIn(4)) return Blank{};
        if (!text && dice.oneIn(12)) return std::string("soon");
        if (!text && dice.oneIn(30)) return CellError{532};
        return 46'000 + dice.count(40);
    };
    Rows rows = {{"id", "stage", "lost at", "amount", "owner", "lead", "demo", "won"}};
    for (std::size_t left = dice.below(40); left > 0; --left) {
        const auto text = [&](const std::string& value) { return value.empty() ? Cell(Blank{}) : Cell(value); };
        rows.push_back({dice.oneIn(3) ? Cell(dice.count(20)) : text("D-" + std::to_string(dice.below(30))),
                        text(dice.pick(stageTexts)), text(dice.pick(stageTexts)), date(sound),
                        text(dice.pick<std::string>({"Ana", "Ben", "ana", ""})), date(sound), date(sound), date(sound)});
    }
    return rows;
}

Choices anyChoices(Dice& dice) {
    Choices choices;
    const std::vector<std::string> names = {"", "id", "stage", "lost at", "amount", "owner", "lead", "demo", "won", "3", "none"};
    choices.shape = static_cast<Shape>(dice.below(4));
    for (std::string* column :
         {&choices.id, &choices.stage, &choices.count, &choices.when, &choices.amount, &choices.lostStage, &choices.by})
        *column = dice.pick(names);
    const std::vector<std::string> stages = {"Demo", "Proposal", "Won", "Lost", "lead", "demo", "won", "", "7"};
    for (std::size_t left = dice.below(5); left > 0; --left)
        choices.stages.push_back({dice.pick(stages), static_cast<Outcome>(dice.below(3))});
    choices.order = static_cast<EventOrder>(dice.below(4));
    choices.fill = static_cast<DateFill>(dice.below(3));
    if (dice.oneIn(3)) choices.window = dice.count(20) - 2;
    if (dice.oneIn(3)) choices.asOf = 46'000 + dice.count(40);
    if (dice.oneIn(3)) choices.filters = {{dice.pick(names), dice.pick<std::string>({"Ana", "<>", "", ">46010", "D*"})}};
    return choices;
}

TEST(Preview, PropertyThatThereIsATableOrAProblem) {
    Dice dice(3);
    int tables = 0;
    for (int round = 0; round < 5000; ++round) {
        const Rows rows = anyRows(dice, dice.oneIn(2));
        const Choices choices = anyChoices(dice);
        const Preview shown = preview(tableOf(rows), choices);
        ASSERT_EQ(shown.problem.has_value(), shown.table.rows == 0);
        ASSERT_EQ(shown.problem.has_value(), shown.stages.empty());
        tables += shown.problem ? 0 : 1;
        if (shown.problem) {
            ASSERT_FALSE(said(*shown.problem, Texts()).empty());
            ASSERT_NE(said(*shown.problem, Texts()), "These choices give no table: change the columns, the stages or the options");
        }
        for (const Finding& finding : shown.findings) {
            ASSERT_EQ(said(finding, Texts()).find('{'), std::string::npos) << said(finding, Texts());
            if (!finding.first.known()) continue;
            ASSERT_LE(static_cast<std::size_t>(finding.first.row), rows.size());
            ASSERT_GE(finding.first.row, 2);
        }
    }
    EXPECT_GT(tables, 300);
}

// Counts a finding of a table in the plainest way: row by row, over texts as they are.
struct PlainCount {
    std::int64_t n = 0;
    Place first{};
    void add(std::size_t column, std::size_t row) {
        if (n++ == 0) first = {static_cast<std::int32_t>(column) + 1, static_cast<std::int32_t>(row) + 1};
    }
};

// Finding whose English text for several holds these words.
PlainCount found(const Preview& shown, std::string_view words) {
    for (const Finding& finding : shown.findings)
        if (finding.message.many.find(words) != std::string_view::npos) return {finding.n, finding.first};
    return {};
}

void expectSame(const PlainCount& got, const PlainCount& wanted, const char* what) {
    EXPECT_EQ(got.n, wanted.n) << what;
    EXPECT_EQ(got.first, wanted.first) << what;
}

TEST(Preview, PropertyThatFindingsAreThePlainCounts) {
    Dice dice(11);
    const auto words = [](const Cell& cell) {
        std::string text;
        if (const std::string* each = std::get_if<std::string>(&cell)) text = *each;
        std::erase(text, ' ');
        std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        return text;
    };
    for (int round = 0; round < 500; ++round) {
        const Rows rows = anyRows(dice, true);
        Choices choices = stagesChoices();
        choices.id = "id";
        const Preview deals = preview(tableOf(rows), choices);
        PlainCount notListed;
        PlainCount blank;
        PlainCount repeated;
        std::set<std::string> ids;
        for (std::size_t row = 1; row < rows.size(); ++row) {
            const std::string stage = words(rows[row][1]);
            if (stage.empty())
                blank.add(1, row);
            else if (!std::set<std::string>{"demo", "proposal", "won", "lost"}.contains(stage))
                notListed.add(1, row);
            const double* number = std::get_if<double>(&rows[row][0]);
            if (!ids.insert(number != nullptr ? std::to_string(*number) : words(rows[row][0])).second) repeated.add(0, row);
        }
        expectSame(found(deals, "stages not listed"), notListed, "not listed");
        expectSame(found(deals, "without a stage"), blank, "without a stage");
        expectSame(found(deals, "repeat"), repeated, "repeated");

        const Preview dates = preview(tableOf(rows), datesChoices());
        PlainCount backwards;
        PlainCount noDate;
        PlainCount noFirst;
        for (std::size_t row = 1; row < rows.size(); ++row) {
            const double* date[3];
            for (std::size_t stage = 0; stage < 3; ++stage) date[stage] = std::get_if<double>(&rows[row][5 + stage]);
            if (date[0] == nullptr && date[1] == nullptr && date[2] == nullptr)
                noDate.add(5, row);
            else if (date[0] == nullptr)
                noFirst.add(5, row);
            if (date[0] == nullptr || date[1] == nullptr) continue;
            if (*date[1] < *date[0])
                backwards.add(6, row);
            else if (date[2] != nullptr && *date[2] < *date[1])
                backwards.add(7, row);
        }
        expectSame(found(dates, "backwards"), backwards, "backwards");
        expectSame(found(dates, "without any date"), noDate, "without any date");
        expectSame(found(dates, "without a date in"), noFirst, "without the first date");

        const Rows messy = anyRows(dice, false);
        const Preview broken = preview(tableOf(messy), datesChoices());
        for (std::size_t stage = 0; stage < 3; ++stage) {
            PlainCount texts;
            PlainCount errors;
            for (std::size_t row = 1; row < messy.size(); ++row) {
                if (std::holds_alternative<std::string>(messy[row][5 + stage])) texts.add(5 + stage, row);
                if (std::holds_alternative<CellError>(messy[row][5 + stage])) errors.add(5 + stage, row);
            }
            const auto in = [&](std::string_view many) {
                PlainCount count;
                for (const Finding& finding : broken.findings)
                    if (finding.message.many.find(many) != std::string_view::npos && finding.column == choices.stages.at(0).name)
                        continue;
                    else if (finding.message.many.find(many) != std::string_view::npos &&
                             finding.column == std::get<std::string>(messy[0][5 + stage]))
                        count = {finding.n, finding.first};
                return count;
            };
            expectSame(in("dates in"), texts, "texts");
            expectSame(in("errors in"), errors, "errors");
        }
        if (HasFailure()) break;
    }
}

// The table is that of the function as a formula calls it.
TEST(Preview, PropertyThatTheTableIsTheFormulas) {
    Dice dice(23);
    const auto list = [](const std::vector<std::string>& names) -> Argument {
        return Grid{names.size(), 1, std::vector<Cell>(names.begin(), names.end())};
    };
    for (int round = 0; round < 300; ++round) {
        const TableHandle table = tableOf(anyRows(dice, true));
        Choices choices = stagesChoices();
        if (dice.oneIn(2)) choices.lostStage = "lost at";
        if (dice.oneIn(2)) choices.amount = "amount";
        if (dice.oneIn(2)) choices.by = "owner";
        const auto column = [](const std::string& name) { return name.empty() ? Argument(Absent{}) : Argument(name); };
        const Function* function = find("FUNNELSTAGES");
        ASSERT_NE(function, nullptr);
        const std::vector<Argument> arguments = {table,
                                                 "stage",
                                                 list({"Demo", "Proposal", "Won"}),
                                                 list({"Lost"}),
                                                 column(choices.lostStage),
                                                 column(choices.amount),
                                                 column(choices.by),
                                                 0.0};
        const Result<calckpi::Outcome> wanted = function->call(arguments);
        const Preview shown = preview(table, choices);
        ASSERT_EQ(shown.problem.has_value(), !wanted);
        if (!wanted) continue;
        const OutputGrid& grid = std::get<OutputGrid>(*wanted);
        EXPECT_EQ(shown.table.rows, grid.rows);
        EXPECT_EQ(shown.table.cells, grid.cells);
    }
}

}  // namespace
}  // namespace calckpi::panel
