// Plans of documents: what their references become, and what is said of those that do not fit.
#include "core/sheets/document_plan.hpp"
#include "core/values/address.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace calckpi::panel {
namespace {

// A KPI sheet in small: data on one sheet, a title, figures and a picture on the other.
DocumentPlan smallPlan() {
    Block data{.id = "data", .row = 2, .spareRows = 4};
    for (const char* header : {"Month", "Won", "Running", "Target", "0"})
        data.put(0, static_cast<std::int32_t>(data.content.size()), CellRole::Header, header);
    data.fill({1, 0, 12, 5}, Formula("KPIPERIODS(Deals)"));
    data.names.push_back({"Months", {1, 0, 12, 1}});
    Block figures{.id = "figures", .row = 3, .column = 1};
    figures.put(0, 0, CellRole::Text, "Won");
    figures.put(0, 1, CellRole::Money, Formula("SUM(") + data.cells({1, 1, 12, 1}, Fixed::All) + ")");
    figures.put(1, 1, CellRole::Share, Formula(figures.cell(0, 1)) + "/" + data.cell(12, 3));
    figures.put(2, 1, CellRole::Month);
    figures.formats.push_back({{1, 1}, {{Formula(figures.cell(1, 1)) + ">=1", CellRole::Better}}});
    figures.dropDowns.push_back({{2, 1}, data.cells({1, 0, 12, 1}, Fixed::All)});
    PlannedSheet front{.name = "KPIs", .blocks = {figures}};
    front.charts.push_back({.kind = ChartKind::TargetLine, .data = data.cells({0, 0, 13, 5}), .covers = {8, 0, 14, 6}});
    return {.sheets = {front, {.name = "KPI data", .blocks = {data}}}};
}

Formula formulaOf(const DocumentPlan& plan, std::size_t cell) {
    return std::get<Formula>(*plan.sheets[0].blocks[0].content.at(cell).content);
}

TEST(DocumentPlan, ValueOfReferencesWhereTheirBlocksAre) {
    const DocumentPlan plan = smallPlan();
    const Addresses byDefault(plan, defaultPlacement(plan));
    EXPECT_EQ(byDefault.text(formulaOf(plan, 1), 0), "SUM($'KPI data'.$B$4:$B$15)");
    EXPECT_EQ(byDefault.text(formulaOf(plan, 2), 0), "C4/$'KPI data'.D15");
    const Addresses moved(plan, {{"It's 1.5", 10, 26}, {"data 2", 100, 0}});
    EXPECT_EQ(moved.text(formulaOf(plan, 1), 0), "SUM($'data 2'.$B$104:$B$115)");
    EXPECT_EQ(moved.text(formulaOf(plan, 2), 0), "AC14/$'data 2'.D115");
    EXPECT_EQ(moved.text(formulaOf(plan, 2), 1), "$'It''s 1.5'.AC14/D115") << "as a cell of the other sheet says it";
    EXPECT_EQ(moved.of({"nowhere", {}}, 0), "#REF!");
}

TEST(DocumentPlan, ValueOfWhatStaysWhereAFormulaIsCopied) {
    const DocumentPlan plan = smallPlan();
    const Addresses addresses(plan, defaultPlacement(plan));
    const std::pair<Fixed, const char*> each[] = {
        {Fixed::Nothing, "A3:B4"}, {Fixed::Rows, "A$3:B$4"}, {Fixed::Columns, "$A3:$B4"}, {Fixed::All, "$A$3:$B$4"}};
    for (const auto& [fixed, text] : each) EXPECT_EQ(addresses.of({"data", {0, 0, 2, 2}, fixed}, 1), text);
}

// No section is torn that has room on a page, and none begins a page that it has room before.
TEST(DocumentPlan, PropertyOfPages) {
    support::Dice dice(16);
    for (int round = 0; round < 2000; ++round) {
        const double room = 100;
        const std::vector<double> heights =
            dice.times(1 + dice.below(12), [&] { return dice.oneIn(10) ? dice.whole(101, 400) : dice.whole(1, 100); });
        const std::vector<bool> begin = beginPages(heights, room);
        ASSERT_EQ(begin.size(), heights.size());
        double at = 0;  // from the top of the first page
        for (std::size_t index = 0; index < heights.size(); ++index) {
            const double before = at - std::floor(at / room) * room;
            const double used = at > 0 && before == 0 ? room : before;
            if (begin[index]) {
                EXPECT_GT(used + heights[index], room);
                at = std::ceil(at / room) * room;
            } else if (heights[index] <= room && used < room) {
                EXPECT_LE(used + heights[index], room);
            }
            at += heights[index];
        }
        EXPECT_FALSE(begin[0]);
    }
    EXPECT_EQ(beginPages({40, 50, 20, 250, 60, 50}, 100), (std::vector<bool>{false, false, true, true, true, true}));
}

// Wherever a plan is placed, a reference is as far from the corner as it was planned.
TEST(DocumentPlan, PropertyReferencesMoveWithThePlan) {
    const DocumentPlan plan = smallPlan();
    for (std::int32_t row = 0; row < 2000; row += 137)
        for (std::int32_t column = 0; column < 900; column += 71) {
            const Addresses addresses(plan, {{"KPIs", row, column}, {"KPI data", 0, 0}});
            const auto cell = readAddress(addresses.of({"figures", {2, 1}}, 0));
            ASSERT_TRUE(cell);
            EXPECT_EQ(cell->row, row + 3 + 2);
            EXPECT_EQ(cell->column, column + 1 + 1);
        }
}

TEST(DocumentPlan, ValueOfTheCellsThatArePlanned) {
    const DocumentPlan plan = smallPlan();
    EXPECT_EQ(plan.sheets[1].blocks[0].area(), (CellArea{2, 0, 17, 5})) << "with its spare rows";
    EXPECT_EQ(plan.sheets[0].area(), (CellArea{0, 0, 22, 6})) << "with its picture";
}

TEST(Formula, PropertyPiecesOfTextAreOne) {
    const Formula formula = Formula("A") + "" + "B" + (Formula("C") + Reference{"x", {}}) + "D";
    ASSERT_EQ(formula.parts().size(), 3U);
    EXPECT_EQ(std::get<std::string>(formula.parts()[0]), "ABC");
    EXPECT_EQ(std::get<std::string>(formula.parts()[2]), "D");
}

TEST(Misfits, NoneInAPlanThatFits) {
    const DocumentPlan plan = smallPlan();
    EXPECT_EQ(misfits(plan, defaultPlacement(plan)), std::vector<std::string>());
}

// Each change of the plan is one mistake, and is named.
TEST(Misfits, RefusalOfEachMistake) {
    const auto figures = [](DocumentPlan& plan) -> Block& { return plan.sheets[0].blocks[0]; };
    const auto data = [](DocumentPlan& plan) -> Block& { return plan.sheets[1].blocks[0]; };
    const std::pair<const char*, std::function<void(DocumentPlan&)>> mistakes[] = {
        {"there is no block \"dta\"",
         [&](DocumentPlan& plan) {
             figures(plan).put(3, 1, CellRole::Count, Formula(Reference{"dta", {}}));
         }},
        {"block \"data\" ends before A18",
         [&](DocumentPlan& plan) { figures(plan).put(3, 1, CellRole::Count, Formula(data(plan).cell(17, 0))); }},
        {"block \"figures\", A1: planned twice", [&](DocumentPlan& plan) { figures(plan).put(0, 0, CellRole::Text, "again"); }},
        {"block \"data\", B2: an array formula fills it already",
         [&](DocumentPlan& plan) { data(plan).put(1, 1, CellRole::Count, 5.0); }},
        {"block \"data\", C9:D14: two array formulas overlap",
         [&](DocumentPlan& plan) {
             data(plan).fill({8, 2, 6, 2}, Formula("F()"));
         }},
        {"the formula is empty", [&](DocumentPlan& plan) { figures(plan).put(3, 1, CellRole::Count, Formula()); }},
        {"the formula is longer than Calc takes",
         [&](DocumentPlan& plan) { figures(plan).put(3, 1, CellRole::Count, Formula(std::string(70000, '1'))); }},
        {"the text is longer than a cell holds",
         [&](DocumentPlan& plan) { figures(plan).put(3, 1, CellRole::Text, std::string(40000, 'x')); }},
        {"cells stand before its corner", [&](DocumentPlan& plan) { figures(plan).put(-1, 1, CellRole::Text, "x"); }},
        {"needs an id of its own", [&](DocumentPlan& plan) { plan.sheets[0].blocks.push_back({.row = 30}); }},
        {"blocks \"figures\" and \"more\" overlap",
         [&](DocumentPlan& plan) {
             Block more{.id = "more", .row = 4, .column = 2};
             more.put(0, 0, CellRole::Text, "x");
             plan.sheets[0].blocks.push_back(more);
         }},
        {"a condition cannot make KPI Money of a cell",
         [&](DocumentPlan& plan) { figures(plan).formats[0].conditions[0].look = CellRole::Money; }},
        {"name \"B12\": cells cannot be called so", [&](DocumentPlan& plan) { data(plan).names[0].name = "B12"; }},
        {"name \"months\": given twice",
         [&](DocumentPlan& plan) {
             data(plan).names.push_back({"months", {}});
         }},
        {"sheet \"a/b\": no sheet can have this name", [&](DocumentPlan& plan) { plan.sheets[0].name = "a/b"; }},
        {"has more than 31 letters", [&](DocumentPlan& plan) { plan.sheets[0].name = std::string(32, 'x'); }},
        {"there are two of this name", [&](DocumentPlan& plan) { plan.sheets[0].name = "kpi DATA"; }},
        {"more widths than columns", [&](DocumentPlan& plan) { plan.sheets[1].columnWidths.assign(6, 8); }},
        {"it would hide cells of block \"figures\"", [&](DocumentPlan& plan) { plan.sheets[0].charts[0].covers.row = 5; }},
        {"which are not the columns of its kind",
         [&](DocumentPlan& plan) { plan.sheets[0].charts[0].kind = ChartKind::FunnelBars; }},
        {"another picture is there", [&](DocumentPlan& plan) { plan.sheets[0].charts.push_back(plan.sheets[0].charts[0]); }},
    };
    for (const auto& [said, make] : mistakes) {
        DocumentPlan plan = smallPlan();
        make(plan);
        const std::vector<std::string> found = misfits(plan, defaultPlacement(plan));
        ASSERT_EQ(found.size(), 1U) << said << (found.empty() ? "" : " but " + found[0]);
        EXPECT_NE(found[0].find(said), std::string::npos) << found[0];
    }
}

TEST(Misfits, RefusalBeyondTheSheet) {
    const DocumentPlan plan = smallPlan();
    EXPECT_EQ(misfits(plan, {{"KPIs", 1048576 - 22, 0}, {"KPI data", 0, 0}}), std::vector<std::string>());
    EXPECT_EQ(misfits(plan, {{"KPIs", 1048576 - 21, 0}, {"KPI data", 0, 0}}),
              std::vector<std::string>({"sheet \"KPIs\" ends before A1048556:F1048577"}));
    EXPECT_EQ(misfits(plan, {{"KPIs", 0, 0}}).front(), "the plan has 2 sheets, placed are 1");
}

// The looks of cells differ by what they show, and each has a style of its own.
TEST(CellLooks, PropertyEachRoleHasItsStyle) {
    std::vector<std::string> names;
    for (const CellLook& look : cellLooks()) {
        names.emplace_back(look.style);
        EXPECT_TRUE(names.back().starts_with("KPI ")) << names.back();
        EXPECT_EQ(&lookOf(look.role), &look);
        // What a condition sets beside colours would hide the cell's own number format and side.
        EXPECT_TRUE(!look.condition || (look.number == NumberLook::None && look.points == 0)) << names.back();
    }
    std::sort(names.begin(), names.end());
    EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
}

}  // namespace
}  // namespace calckpi::panel
