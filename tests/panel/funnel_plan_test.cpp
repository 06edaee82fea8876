// The layout of funnel tables and the formulas in them.
#include "core/sheets/formula.hpp"
#include "core/sheets/funnel_plan.hpp"
#include "tests/panel/placed.hpp"
#include "tests/support/formula.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace calckpi::panel {
namespace {

Choices stagesChoices() {
    Choices choices;
    choices.source = "$Deals.$A$1:$G$13";
    choices.shape = Shape::Stages;
    choices.stage = "stage";
    choices.stages = {{"Demo"}, {"Proposal"}, {"Won", Outcome::Won}, {"Lost", Outcome::Lost}};
    return choices;
}

Choices eventsChoices() {
    Choices choices;
    choices.source = "$'My log'.$A:$C";
    choices.shape = Shape::Events;
    choices.id = "id";
    choices.stage = "event";
    choices.when = "when";
    choices.stages = {{"A"}, {"B"}};
    return choices;
}

// previewOf makes a table of stages and falling counts, as the function would give it.
Preview previewOf(std::size_t rows, std::size_t columns, double count = 10) {
    Preview preview;
    preview.table.rows = rows;
    preview.table.columns = columns;
    preview.table.cells.assign(rows * columns, Blank{});
    for (std::size_t row = 0; row < rows; ++row) {
        preview.table.cells[row * columns + (columns == 12 ? 1 : 0)] = "Stage " + std::to_string(row);
        preview.table.cells[row * columns + (columns == 12 ? 2 : 1)] = count - static_cast<double>(row);
    }
    return preview;
}

Placed planned(const Choices& choices, const Preview& preview, const PlanContext& context, const Texts& texts,
               const std::string& corner = {}) {
    return placed(planFunnel(choices, preview, context, texts), corner);
}

const PlannedCell* cellAt(const Placed& plan, std::int32_t row, std::int32_t column) {
    const auto found = std::find_if(plan.cells.begin(), plan.cells.end(),
                                    [&](const PlannedCell& cell) { return cell.row == row && cell.column == column; });
    return found == plan.cells.end() ? nullptr : &*found;
}

std::string shown(const PlannedCell* cell) {
    if (cell == nullptr) return "(no cell)";
    if (!cell->content) return "(empty)";
    if (const auto* text = std::get_if<std::string>(&*cell->content)) return *text;
    if (const auto* formula = std::get_if<Formula>(&*cell->content)) return '=' + textOf(*formula);
    return std::to_string(std::get<double>(*cell->content));
}

std::vector<std::string> headers(const Placed& plan) {
    std::vector<std::string> texts;
    for (const PlannedCell& cell : plan.cells)
        if (cell.row == plan.headerRow && cell.role != CellRole::Helper) texts.push_back(shown(&cell));
    return texts;
}

std::string notes(const Placed& plan) {
    std::string all;
    for (const PlannedCell& cell : plan.cells)
        if (cell.role == CellRole::Note) all += (all.empty() ? "" : " ") + shown(&cell);
    return all;
}

TEST(FormulaText, QuotesDoubledAndLongTextsInPieces) {
    EXPECT_EQ(asConstant("say \"hi\""), "\"say \"\"hi\"\"\"");
    EXPECT_EQ(asConstant(""), "\"\"");
    const std::string longText(5000, 'x');
    const std::string constant = asConstant(longText);
    // Calc 7.4 refuses constants of more than 1,022 characters (Err:513).
    std::size_t longest = 0;
    for (std::size_t from = 0; from < constant.size();) {
        const std::size_t to = std::min(constant.find('&', from), constant.size());
        longest = std::max(longest, to - from - 2);
        from = to + 1;
    }
    EXPECT_LE(longest, 1022U);
    EXPECT_EQ(fromConstant(constant), longText);
}

TEST(FormulaText, PropertyWhatIsQuotedComesBack) {
    for (const std::string& text : {std::string("a\nb \"q\" é & ;|{}"), std::string(3000, '"'), std::string("&\"&\"&"),
                                    "é" + std::string(999, 'a') + "țț\"țț"}) {
        std::string many;
        for (int times = 0; times < 50; ++times) many += text;
        EXPECT_EQ(fromConstant(asConstant(many)), many);
    }
    for (const char* other : {"", "text", "\"open", "\"a\"b", "\"a\"&", "\"a\"&b", "\"a\";\"b\""})
        EXPECT_EQ(fromConstant(other), std::nullopt) << other;
}

TEST(FormulaText, PropertyPiecesAreWholeLetters) {
    std::string text;
    for (int times = 0; times < 2000; ++times) text += "ț";
    const std::string constant = asConstant(text);
    for (std::size_t at = constant.find("\"&\""); at != std::string::npos; at = constant.find("\"&\"", at + 1))
        EXPECT_NE(constant[at + 3] & 0xC0, 0x80) << at;
}

TEST(FormulaOf, StagesWithEveryArgument) {
    Choices choices = stagesChoices();
    EXPECT_EQ(formulaOf(choices),
              "ORG.CALCKPI.KPI.FUNNELSTAGES($Deals.$A$1:$G$13;\"stage\";{\"Demo\"|\"Proposal\"|\"Won\"};{\"Lost\"};;;;0)");
    choices.stages.push_back({"Says \"no\"", Outcome::Lost});
    choices.lostStage = "lost at";
    choices.amount = "4";
    choices.by = "owner";
    choices.filters = {{"channel", "<>Partner"}, {"amount", ">=1000"}};
    EXPECT_EQ(
        formulaOf(choices),
        "ORG.CALCKPI.KPI.FUNNELSTAGES($Deals.$A$1:$G$13;\"stage\";{\"Demo\"|\"Proposal\"|\"Won\"};{\"Lost\"|\"Says \"\"no\"\"\"};"
        "\"lost at\";4;\"owner\";0;\"channel\";\"<>Partner\";\"amount\";\">=1000\")");
}

TEST(FormulaOf, DatesAndEvents) {
    Choices dates;
    dates.source = "$Deals.$A$1:$G$13";
    dates.shape = Shape::Dates;
    dates.stages = {{"opened"}, {"closed", Outcome::Won}};
    EXPECT_EQ(formulaOf(dates), "ORG.CALCKPI.KPI.FUNNELDATES($Deals.$A$1:$G$13;{\"opened\"|\"closed\"};;;;0)");
    dates.fill = DateFill::Later;
    dates.asOf = 46081.5;
    EXPECT_EQ(formulaOf(dates), "ORG.CALCKPI.KPI.FUNNELDATES($Deals.$A$1:$G$13;{\"opened\"|\"closed\"};\"later\";;46081.5;0)");

    Choices events = eventsChoices();
    EXPECT_EQ(formulaOf(events), "ORG.CALCKPI.KPI.FUNNELEVENTS($'My log'.$A:$C;\"id\";\"event\";\"when\";{\"A\"|\"B\"};;;;;0)");
    events.order = EventOrder::Strict;
    events.window = 30;
    events.by = "2";
    EXPECT_EQ(formulaOf(events),
              "ORG.CALCKPI.KPI.FUNNELEVENTS($'My log'.$A:$C;\"id\";\"event\";\"when\";{\"A\"|\"B\"};\"strict\";30;2;;0)");
}

TEST(FormulaOf, EdgeAHeaderOfDigitsIsNoPosition) {
    Choices choices = stagesChoices();
    choices.amount = "2024";
    choices.by = "3";
    EXPECT_NE(formulaOf(choices, {"stage", "2024", "3"}).find(";\"2024\";3;0)"), std::string::npos);
    EXPECT_NE(formulaOf(choices).find(";2024;3;0)"), std::string::npos);
}

TEST(FormulaOf, CountsTakesColumnsWithoutTheHeader) {
    Choices choices;
    choices.shape = Shape::Counts;
    choices.stage = "stage";
    choices.count = "people";
    choices.source = "$'It''s 1.5'.$Y$3:$AB$9";
    const std::vector<std::string> columns = {"note", "stage", "people", "amount"};
    EXPECT_EQ(formulaOf(choices, columns), "ORG.CALCKPI.KPI.FUNNEL($'It''s 1.5'.$Z$4:$Z$9;$'It''s 1.5'.$AA$4:$AA$9;;0)");
    choices.amount = "amount";
    choices.source = "$Sheet1.$A:$D";
    EXPECT_EQ(formulaOf(choices, columns),
              "ORG.CALCKPI.KPI.FUNNEL($Sheet1.$B$2:$B$1048576;$Sheet1.$C$2:$C$1048576;$Sheet1.$D$2:$D$1048576;0)");
    choices.amount.clear();
    choices.source = "Leads";
    EXPECT_EQ(formulaOf(choices, columns),
              "ORG.CALCKPI.KPI.FUNNEL(OFFSET(Leads;1;1;ROWS(Leads)-1;1);OFFSET(Leads;1;2;ROWS(Leads)-1;1);;0)");
}

TEST(FormulaOf, RefusalOfWhatNoFormulaHolds) {
    Choices choices = stagesChoices();
    EXPECT_EQ(formulaProblem(choices), std::nullopt);
    choices.stages[0].name.assign(1100, 'x');
    EXPECT_NE(formulaProblem(choices), std::nullopt);
    choices.stages.assign(900, {std::string(100, 'x')});
    EXPECT_NE(formulaProblem(choices), std::nullopt);
}

// The formulas are those that the add-in computes: what they hold is read back and computed on the sample deals.
TEST(FormulaOf, ValueIsThatOfTheFunction) {
    Choices choices = stagesChoices();
    std::string text = formulaOf(choices).substr(std::string("ORG.CALCKPI.KPI.").size());
    const std::string source = "$Deals.$A$1:$G$13";
    text.replace(text.find(source), source.size(), "Deals.A:G");
    std::replace(text.begin(), text.end(), '|', ';');
    const Result<calckpi::Outcome> computed = support::evaluate("=INDEX(" + text + ";2;2)");
    ASSERT_TRUE(computed);
    EXPECT_EQ(std::get<double>(*computed), 6);  // as in the catalog's example
}

TEST(FunnelPlan, ColumnsWithContentForTheShape) {
    using Headers = std::vector<std::string>;
    Choices stages = stagesChoices();
    EXPECT_EQ(headers(planned(stages, previewOf(3, 11), {}, {})),
              (Headers{"Stage", "Count", "% of previous", "% of first", "Lost anywhere", "Open"}));
    stages.lostStage = "lost at";
    EXPECT_EQ(headers(planned(stages, previewOf(3, 11), {}, {})),
              (Headers{"Stage", "Count", "% of previous", "% of first", "Lost", "Open"}));
    stages.stages.pop_back();  // none is lost
    stages.amount = "amount";
    stages.intervals = true;
    EXPECT_EQ(headers(planned(stages, previewOf(3, 11), {}, {})),
              (Headers{"Stage", "Count", "% of previous", "% of first", "Open", "amount", "Low (95 %)", "High (95 %)"}));
    Choices events = eventsChoices();
    events.by = "channel";
    EXPECT_EQ(headers(planned(events, previewOf(4, 12), {}, {})),
              (Headers{"channel", "Stage", "Count", "% of previous", "% of first", "Open", "Median days"}));
    Choices dates = stagesChoices();
    dates.shape = Shape::Dates;
    dates.fill = DateFill::Each;
    dates.intervals = true;
    EXPECT_EQ(headers(planned(dates, previewOf(3, 11), {}, {})),
              (Headers{"Stage", "Count", "% of previous", "% of first", "Lost", "Median days"}));
    Choices counts;
    counts.shape = Shape::Counts;
    EXPECT_EQ(headers(planned(counts, previewOf(3, 8), {}, {})),
              (Headers{"Stage", "Count", "% of previous", "% of first", "Lost"}));
}

TEST(FunnelPlan, OneArrayFormulaGivesAllColumns) {
    Choices choices = stagesChoices();
    Placed plan = planned(choices, previewOf(3, 11), {}, {});
    ASSERT_EQ(plan.arrays.size(), 1U);
    EXPECT_EQ(textOf(plan.arrays[0].formula), formulaOf(choices));
    EXPECT_EQ(plan.arrays[0].cells.row, 4);
    EXPECT_EQ(plan.arrays[0].cells.rows, 3);
    EXPECT_EQ(plan.arrays[0].cells.columns, 6);
    choices.amount = "amount";
    plan = planned(choices, previewOf(3, 11), {}, {});
    EXPECT_EQ(textOf(plan.arrays[0].formula), "INDEX(" + formulaOf(choices) + ";0;{1;2;3;4;5;6;9})");
    choices.by = "owner";
    choices.intervals = true;
    plan = planned(choices, previewOf(6, 12), {}, {});
    EXPECT_EQ(textOf(plan.arrays[0].formula), "INDEX(" + formulaOf(choices) + ";0;{1;2;3;4;5;6;7;10;11;12})");
}

TEST(FunnelPlan, ValuesOnlyKeepsErrorsAsErrors) {
    Choices choices = stagesChoices();
    choices.live = false;
    choices.picture = Picture::None;
    Preview preview = previewOf(3, 11);
    preview.table.cells[11 + 2] = Failure(Fault::DivideByZero);
    preview.table.cells[22 + 2] = 0.5;
    const Placed plan = planned(choices, preview, {}, {});
    EXPECT_TRUE(plan.arrays.empty());
    EXPECT_EQ(shown(cellAt(plan, 4, 0)), "Stage 0");
    EXPECT_EQ(shown(cellAt(plan, 4, 2)), "(empty)");
    EXPECT_EQ(shown(cellAt(plan, 5, 2)), "=#DIV/0!");
    EXPECT_EQ(shown(cellAt(plan, 6, 2)), "0.500000");
    EXPECT_NE(notes(plan).find("does not follow the data"), std::string::npos);
}

// A formula gives these two names in English; where none does, they are the reader's. A segment may itself be named so.
TEST(FunnelPlan, ValuesOnlySegmentsOfOursAreNamedInTheLanguage) {
    static constexpr Translation french[] = {{"(blank)", {"(vide)"}}, {"All", {"Ensemble"}}};
    Choices choices = stagesChoices();
    choices.by = "owner";
    choices.picture = Picture::None;
    Preview preview = previewOf(9, 12);  // three stages in each of three segments
    for (const std::size_t row : {0U, 1U, 2U}) preview.table.cells[row * 12] = std::string("All");
    for (const std::size_t row : {3U, 4U, 5U}) preview.table.cells[row * 12] = std::string("(blank)");
    for (const std::size_t row : {6U, 7U, 8U}) preview.table.cells[row * 12] = std::string("All");
    choices.live = false;
    const Placed plan = planned(choices, preview, {}, Texts(Language::French, french));
    EXPECT_EQ(shown(cellAt(plan, 6, 0)), "Ensemble");
    EXPECT_EQ(shown(cellAt(plan, 7, 0)), "(vide)");
    EXPECT_EQ(shown(cellAt(plan, 10, 0)), "All");
}

// Without formulas the bars are drawn by the numbers as they are: the longest in a segment has 30 signs, what is open is its end.
TEST(FunnelPlan, ValuesOnlyBarsAreThoseThatTheFormulasDraw) {
    Choices choices = stagesChoices();
    choices.live = false;
    choices.picture = Picture::Bars;
    Preview preview = previewOf(3, 11);  // 10, 9 and 8 deals
    preview.table.cells[5] = 5.0;        // of the first stage 5 are open
    preview.table.cells[22 + 5] = 8.0;
    const auto bar = [](int full, int open) {
        std::string text;
        for (; full > 0; --full) text += "█";
        for (; open > 0; --open) text += "░";
        return text;
    };
    Placed plan = planned(choices, preview, {}, {});
    EXPECT_TRUE(plan.arrays.empty());
    EXPECT_EQ(shown(cellAt(plan, 4, 6)), bar(15, 15));
    EXPECT_EQ(shown(cellAt(plan, 5, 6)), bar(27, 0));
    EXPECT_EQ(shown(cellAt(plan, 6, 6)), bar(0, 24));
    preview.openKnown = false;
    plan = planned(choices, preview, {}, {});
    EXPECT_EQ(shown(cellAt(plan, 4, 4)), bar(30, 0));
    for (const std::size_t row : {0U, 1U, 2U}) preview.table.cells[row * 11 + 1] = 0.0;
    plan = planned(choices, preview, {}, {});
    EXPECT_EQ(shown(cellAt(plan, 4, 4)), "") << "nobody reached any stage";

    Choices split = eventsChoices();
    split.by = "channel";
    split.live = false;
    split.picture = Picture::Bars;
    plan = planned(split, previewOf(4, 12), {}, {});  // 10 and 9, then 8 and 7
    EXPECT_EQ(shown(cellAt(plan, 5, 7)), bar(27, 0));
    EXPECT_EQ(shown(cellAt(plan, 6, 7)), bar(30, 0)) << "the longest of its own segment";
}

// Each error of a value is the one that the function shows in its cell.
TEST(FunnelPlan, PropertyValuesOnlyEveryFaultIsTheErrorOfTheFormula) {
    Choices choices = stagesChoices();
    choices.live = false;
    choices.picture = Picture::None;
    const std::pair<Fault, const char*> errors[] = {
        {Fault::DivideByZero, "=#DIV/0!"}, {Fault::NothingToCompute, "=NA()"},  {Fault::NotANumber, "=#VALUE!"},
        {Fault::NotFinite, "=#NUM!"},      {Fault::OutsideDomain, "=SQRT(-1)"}, {Fault::NoConvergence, "=SQRT(-1)"},
        {Fault::TooLarge, "=SQRT(-1)"},    {Fault::ErrorInCell, "=SQRT(-1)"},
    };
    for (const auto& [fault, formula] : errors) {
        Preview preview = previewOf(3, 11);
        preview.table.cells[2] = Failure(fault);
        EXPECT_EQ(shown(cellAt(planned(choices, preview, {}, {}), 4, 2)), formula);
    }
}

// A column without a header is chosen by its number, which says nothing in a table.
TEST(FunnelPlan, ColumnsChosenByNumberHaveAHeaderInWords) {
    Choices choices = stagesChoices();
    choices.by = "3";
    choices.amount = "4";
    Preview preview = previewOf(6, 12);
    EXPECT_EQ(
        headers(planned(choices, preview, {}, {})),
        (std::vector<std::string>{"Segment", "Stage", "Count", "% of previous", "% of first", "Lost anywhere", "Open", "Value"}));
    preview.table.cells[9] = 2e6;
    EXPECT_EQ(headers(planned(choices, preview, {}, {})).back(), "Value (thousands)");
}

TEST(FunnelPlan, ChartColumnsReferToTheBlockWhereItStands) {
    const Placed plan = planned(stagesChoices(), previewOf(3, 11), {}, {}, "$'A.B'.$C$10");
    ASSERT_EQ(plan.charts.size(), 1U);
    // Stages in column C from row 14 on, six columns, one of air, then the chart's own.
    EXPECT_EQ(plan.charts[0].data.cells, (CellArea{3, 7, 4, 4}));
    EXPECT_EQ(shown(cellAt(plan, 5, 7)), "=C15&\"  \"&FIXED(D15;0)");
    EXPECT_EQ(shown(cellAt(plan, 5, 8)), "=(MAX(D$14:D$16)-D15)/2");
    EXPECT_EQ(shown(cellAt(plan, 5, 9)), "=D15-H15");
    EXPECT_EQ(shown(cellAt(plan, 5, 10)), "=H15");
    EXPECT_GE(plan.columns, 11);
    EXPECT_GE(plan.rows, plan.charts[0].covers.endRow());
}

// A count in a narrow bar could not be read: it is beside the stage's name, also where no part of a bar is open.
TEST(FunnelPlan, ChartLabelsHoldTheCounts) {
    Preview preview = previewOf(3, 11);  // 10, 9 and 8 deals
    preview.openKnown = false;
    Choices choices = stagesChoices();
    const Placed live = planned(choices, preview, {}, {});
    ASSERT_EQ(live.charts.size(), 1U);
    EXPECT_EQ(live.charts[0].data.cells, (CellArea{3, 5, 4, 3})) << "none is open";
    EXPECT_EQ(shown(cellAt(live, 5, 5)), "=A6&\"  \"&FIXED(B6;0)");
    choices.live = false;
    const Placed values = planned(choices, preview, {}, {});
    EXPECT_EQ(shown(cellAt(values, 5, 5)), "Stage 1  9");
}

TEST(FunnelPlan, BarsMeasureEachSegmentByItsOwnFirstStage) {
    Choices choices = eventsChoices();
    choices.by = "channel";
    choices.picture = Picture::Bars;
    const Placed plan = planned(choices, previewOf(4, 12), {}, {});
    EXPECT_TRUE(plan.charts.empty());
    EXPECT_NE(shown(cellAt(plan, 5, 7)).find("MAX(C$5:C$6)"), std::string::npos) << shown(cellAt(plan, 5, 7));
    EXPECT_NE(shown(cellAt(plan, 6, 7)).find("MAX(C$7:C$8)"), std::string::npos) << shown(cellAt(plan, 6, 7));
}

const Block* blockOf(const DocumentPlan& plan, const std::string& id) {
    const std::vector<Block>& blocks = plan.sheets.at(0).blocks;
    const auto found = std::find_if(blocks.begin(), blocks.end(), [&](const Block& block) { return block.id == id; });
    return found == blocks.end() ? nullptr : &*found;
}

TEST(FunnelPlan, ALineEndsEachSegment) {
    Choices choices = eventsChoices();
    EXPECT_TRUE(blockOf(planFunnel(choices, previewOf(2, 11), {}, {}), "table")->formats.empty());
    choices.by = "channel";
    const DocumentPlan plan = planFunnel(choices, previewOf(4, 12), {}, {});
    const std::vector<ConditionalFormat>& formats = blockOf(plan, "table")->formats;
    ASSERT_EQ(formats.size(), 1U);
    EXPECT_EQ(formats[0].cells, (CellArea{1, 0, 4, 7}));
    ASSERT_EQ(formats[0].conditions.size(), 1U);
    EXPECT_EQ(formats[0].conditions[0].look, CellRole::BlockEnd);
    EXPECT_EQ(Addresses(plan, {{"Sheet1"}}).text(formats[0].conditions[0].when, 0), "$A5&\"\"<>$A6&\"\"");
}

// Below the picture, or where that would begin.
TEST(FunnelPlan, SegmentsAreComparedInATableOfTheirOwn) {
    Choices choices = eventsChoices();
    choices.by = "channel";
    choices.picture = Picture::None;
    Preview preview = previewOf(6, 12);  // two stages in each of three segments
    for (std::size_t row = 0; row < 6; ++row)
        preview.table.cells[row * 12] = row < 2   ? std::string("All")
                                        : row < 4 ? std::string("A rather long name")
                                                  : std::string("(blank)");
    Placed plan = planned(choices, preview, {}, {});
    const auto row = [&](std::int32_t at) {
        std::vector<std::string> texts;
        for (std::int32_t column = 8; column < 12; ++column) texts.push_back(shown(cellAt(plan, at, column)));
        return texts;
    };
    using Texts = std::vector<std::string>;
    EXPECT_EQ(row(3), (Texts{"channel", "Stage 0", "Stage 1", "% of first"}));
    EXPECT_EQ(row(5), (Texts{"=IF(A7=\"\";\"\";A7)", "=IF(C7=\"\";\"\";C7)", "=IF(C8=\"\";\"\";C8)", "=IF(E8=\"\";\"\";E8)"}));
    EXPECT_EQ(shown(cellAt(plan, 6, 8)), "=IF(A9=\"\";\"\";A9)");
    EXPECT_EQ(cellAt(plan, 7, 8), nullptr);
    EXPECT_EQ(cellAt(plan, 6, 11)->role, CellRole::Share);
    EXPECT_EQ(plan.columnWidths[8], 18);
    choices.live = false;
    plan = planned(choices, preview, {}, {});
    EXPECT_EQ(row(6), (Texts{"(blank)", "6.000000", "5.000000", "(empty)"}));
    choices.live = true;
    choices.picture = Picture::Chart;
    const DocumentPlan charted = planFunnel(choices, preview, {}, {});
    EXPECT_EQ(blockOf(charted, "comparison")->row, charted.sheets[0].charts.at(0).covers.endRow() + 1);
    choices.by.clear();
    EXPECT_EQ(blockOf(planFunnel(choices, previewOf(2, 11), {}, {}), "comparison"), nullptr);
}

TEST(FunnelPlan, RulesSayWhatIsCounted) {
    PlanContext context;
    context.sourceName = "Deals";
    context.date = "2026-02-28";
    Choices choices = stagesChoices();
    EXPECT_NE(
        notes(planned(choices, previewOf(3, 11), context, {})).find("A deal that is lost (Lost) counts at the first stage only"),
        std::string::npos);
    choices.lostStage = "lost at";
    EXPECT_NE(notes(planned(choices, previewOf(3, 11), context, {})).find("the stage in the column lost at"), std::string::npos);

    Choices events = eventsChoices();
    EXPECT_NE(notes(planned(events, previewOf(2, 11), context, {})).find("as of the latest event. Time is not limited"),
              std::string::npos);
    events.window = 30;
    events.asOf = 46081;
    EXPECT_NE(notes(planned(events, previewOf(2, 11), context, {})).find("within 30 days of the first stage, as of 2026-02-28"),
              std::string::npos);
    events.window = 1;
    EXPECT_NE(notes(planned(events, previewOf(2, 11), context, {})).find("within 1 day of"), std::string::npos);
    events.window = 0.5;
    EXPECT_NE(notes(planned(events, previewOf(2, 11), context, {})).find("within 12 hours of"), std::string::npos);
    events.window = 1.0 / 96;
    EXPECT_NE(notes(planned(events, previewOf(2, 11), context, {})).find("within 15 minutes of"), std::string::npos);
    events.window = 9.0 / 86400;
    EXPECT_NE(notes(planned(events, previewOf(2, 11), context, {})).find("within 9 seconds of"), std::string::npos);
    events.window = 0.5 / 86400;
    EXPECT_NE(notes(planned(events, previewOf(2, 11), context, {})).find("within less than a second of"), std::string::npos);
}

TEST(FunnelPlan, RulesSayEveryOrderOfEventsAndEveryWayToReadDates) {
    PlanContext context;
    context.date = "2026-02-28";
    Choices events = eventsChoices();
    const std::pair<EventOrder, const char*> orders[] = {
        {EventOrder::Ordered, "Stages in their order, other events may lie between, as of the latest event."},
        {EventOrder::Increasing,
         "Stages in their order, each at a later time, other events may lie between, as of the latest event."},
        {EventOrder::Strict, "Stages in their order, no other event between, as of the latest event."},
        {EventOrder::Any,
         "In any order: the row of a stage counts who went through at least so many stages, as of the latest event."}};
    for (const auto& [order, rule] : orders) {
        events.order = order;
        EXPECT_TRUE(notes(planned(events, previewOf(2, 11), context, {})).starts_with(rule)) << rule;
    }
    Choices dates = stagesChoices();
    dates.shape = Shape::Dates;
    const std::pair<DateFill, const char*> fills[] = {
        {DateFill::None, "A deal has reached a stage when the dates of that stage and of all stages before it are there. All that"},
        {DateFill::Later, "A deal has reached a stage when the date of that stage or of a later one is there. All that"},
        {DateFill::Each, "Each stage counts its own dates, whatever the other stages: counts may rise. All that"}};
    for (const auto& [fill, rule] : fills) {
        dates.fill = fill;
        EXPECT_TRUE(notes(planned(dates, previewOf(3, 11), context, {})).starts_with(rule)) << rule;
    }
    dates.asOf = 46081;
    EXPECT_NE(notes(planned(dates, previewOf(3, 11), context, {})).find("Dates after 2026-02-28 have not happened"),
              std::string::npos);
}

TEST(FunnelPlan, SubtitleSaysWhatIsCountedOfWhichRows) {
    PlanContext context;
    context.date = "2026-02-28";
    const auto subtitle = [&](const Choices& choices, std::size_t columns) {
        return shown(cellAt(planned(choices, previewOf(3, columns), context, {}), 1, 0));
    };
    Choices choices = stagesChoices();
    choices.filters = {{"channel", "<>Partner"}, {"amount", ">=1000"}};
    choices.asOf = 46081;
    EXPECT_EQ(subtitle(choices, 11),
              "Deals that reached each stage, from where each is now (column stage) · only channel: <>Partner; amount: >=1000");
    choices.shape = Shape::Dates;
    EXPECT_EQ(subtitle(choices, 11),
              "Deals that reached each stage, from the dates of the stages · as of 2026-02-28 · only "
              "channel: <>Partner; amount: >=1000");
    choices.shape = Shape::Counts;
    choices.count = "people";
    EXPECT_EQ(subtitle(choices, 8), "How many reached each stage, as counted in the column people");
    choices.across = true;
    EXPECT_EQ(subtitle(choices, 8), "How many reached each stage, as counted in the row people");
    choices.stage.clear();
    EXPECT_EQ(subtitle(choices, 8), "How many reached each stage");
    Choices events = eventsChoices();
    events.asOf = 46081;
    EXPECT_EQ(subtitle(events, 11),
              "How many of the column id reached each stage, from the events in the column event · as of 2026-02-28");
}

TEST(FunnelPlan, SegmentsAskForAnUpdateWhenThereAreMore) {
    Choices choices = eventsChoices();
    EXPECT_EQ(notes(planned(choices, previewOf(2, 11), {}, {})).find("IFERROR(ROWS("), std::string::npos);
    choices.by = "channel";
    EXPECT_NE(notes(planned(choices, previewOf(4, 12), {}, {})).find("=IF(IFERROR(ROWS(" + formulaOf(choices) + ");0)=4;\"\";"),
              std::string::npos);
    choices.live = false;
    EXPECT_EQ(notes(planned(choices, previewOf(4, 12), {}, {})).find("ROWS("), std::string::npos);
}

TEST(FunnelPlan, NewRowsRightBelowTheDataAreSaidInTheSheet) {
    const Choices choices = stagesChoices();
    PlanContext context;
    context.columns = {"deal", "stage", "amount"};
    const auto watch = [&](const std::string& least) {
        return "IFERROR(COUNTA(OFFSET(" + choices.source + ";ROWS(" + choices.source + ");0;1));0)>" + least + ";\"New rows stand";
    };
    EXPECT_NE(notes(planned(choices, previewOf(3, 11), context, {})).find(watch("1")), std::string::npos) << "a title is one cell";
    context.filledBelow = 2;  // of a row of totals, which is no news
    EXPECT_NE(notes(planned(choices, previewOf(3, 11), context, {})).find(watch("2")), std::string::npos);
    context = {};
    context.columns = {"stage", "count"};
    EXPECT_NE(notes(planned(choices, previewOf(3, 11), context, {})).find(watch("0")), std::string::npos);
}

TEST(FunnelPlan, LargeAmountsInThousandsSaidInTheHeader) {
    Choices choices = stagesChoices();
    choices.amount = "amount";
    Preview preview = previewOf(3, 11);
    preview.table.cells[8] = 999999.0;
    Placed plan = planned(choices, preview, {}, {});
    EXPECT_EQ(shown(cellAt(plan, 3, 6)), "amount");
    EXPECT_EQ(cellAt(plan, 4, 6)->role, CellRole::Money);
    preview.table.cells[8] = 1000000.0;
    plan = planned(choices, preview, {}, {});
    EXPECT_EQ(shown(cellAt(plan, 3, 6)), "amount (thousands)");
    EXPECT_EQ(cellAt(plan, 4, 6)->role, CellRole::Thousands);
}

TEST(FunnelPlan, PropertyNoTwoCellsInOnePlaceAndAllInTheBlock) {
    for (const Shape shape : {Shape::Counts, Shape::Stages, Shape::Dates, Shape::Events})
        for (const Picture picture : {Picture::Chart, Picture::Bars, Picture::None})
            for (const char* by : {"", "owner"}) {
                Choices choices = stagesChoices();
                choices.shape = shape;
                choices.picture = picture;
                choices.by = by;
                choices.amount = "amount";
                choices.intervals = true;
                const bool split = shape != Shape::Counts && *by != '\0';
                const Placed plan = planned(choices, previewOf(6, shape == Shape::Counts ? 8 : split ? 12 : 11), {}, {});
                std::vector<std::pair<std::int32_t, std::int32_t>> places;
                for (const PlannedCell& cell : plan.cells) {
                    EXPECT_LT(cell.row, plan.rows);
                    EXPECT_LT(cell.column, plan.columns);
                    places.emplace_back(cell.row, cell.column);
                    if (plan.arrays.empty() || !cell.content) continue;
                    const CellArea& array = plan.arrays[0].cells;
                    EXPECT_FALSE(cell.row >= array.row && cell.row < array.endRow() && cell.column < array.columns);
                }
                std::sort(places.begin(), places.end());
                EXPECT_EQ(std::adjacent_find(places.begin(), places.end()), places.end());
                EXPECT_EQ(plan.columnWidths.size(), static_cast<std::size_t>(plan.columns));
            }
}

}  // namespace
}  // namespace calckpi::panel
