// A KPI sheet that is written again: what was typed keeps its place by figure and period, and our cells are told from the user's.
#include "core/panel/kpi_sheet_model.hpp"
#include "core/recognition/recognition.hpp"
#include "core/sheets/fingerprint.hpp"
#include "core/sheets/kpi_formulas.hpp"
#include "core/sheets/kpi_sheet_plan.hpp"
#include "tests/support/memory_table.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

namespace calckpi::panel {
namespace {

using support::MemoryTable;
using support::Rows;

TEST(Fingerprints, ValueOfFormulasThatMoved) {
    Fingerprints written;
    written.add("=IFNA(INDEX($'KPI data'.$C$23:$C$60;MATCH($'KPI data'.$B$6;$'KPI data'.$A$23:$A$60;0));\"\u2013\")");
    EXPECT_TRUE(
        written.has("=IFNA(INDEX($'Monday''s data'.$D$24:$D$72;MATCH($'Monday''s data'.$C$6;$Data.$A$24:$A$72;0));\"\u2013\")"));
    EXPECT_TRUE(written.has("=IFNA(INDEX(#REF!;MATCH(#REF!;#REF!;0));\"\u2013\")"));
    EXPECT_FALSE(written.has("=IFNA(INDEX($'KPI data'.$C$23:$C$60;MATCH($'KPI data'.$B$6;$'KPI data'.$A$23:$A$60;1));\"\u2013\")"));
    EXPECT_FALSE(written.has("=12"));
    EXPECT_EQ(withoutReferences("{=ORG.CALCKPI.KPI.DSALES($Deals.$A$1:$G$9;\"x;A1\";0.5)}"),
              "{=ORG.CALCKPI.KPI.DSALES(;\"x;A1\";0.5)}");
    EXPECT_EQ(withoutReferences("A1:B2 \"quoted"), "A1:B2 \"quoted") << "a text";
    EXPECT_EQ(withoutReferences("=\"open"), "=\"open");
}

TEST(Fingerprints, PropertyKeptAsText) {
    support::Dice dice(5);
    Fingerprints written;
    EXPECT_TRUE(written.empty());
    std::vector<std::string> cells;
    for (int left = 200; left > 0; --left) cells.push_back("cell " + std::to_string(dice.below(100000)));
    for (const std::string& cell : cells) written.add(cell);
    const Fingerprints read = readFingerprints(written.text());
    EXPECT_EQ(read.text(), written.text());
    for (const std::string& cell : cells) EXPECT_TRUE(read.has(cell));
    EXPECT_FALSE(read.has("another"));
    EXPECT_EQ(readFingerprints(written.text().substr(0, 8) + "!!!!").text(), written.text().substr(0, 8)) << "damaged";
}

TEST(TypedFigures, PropertyNamesGiveTheirKeys) {
    for (const Kpi& kpi : allKpis()) {
        const std::string key = "target " + std::string(kpi.id);
        EXPECT_EQ(inputKeyOf(inputName(key)), key);
    }
    for (const Measure& measure : allMeasures()) EXPECT_EQ(inputKeyOf(inputName(measure.id)), std::string(measure.id));
    EXPECT_EQ(inputKeyOf(inputName("target own-12")), "target own-12");
    for (const std::string_view other : {periodsName, asOfName, std::string_view("CalcKpi_KpiSheet_1")})
        EXPECT_FALSE(inputKeyOf(other));
}

SourceFound dealsTo(double last) {
    Rows rows = {{"Deal", "Stage", "Amount", "Created", "Closed"}};
    for (double day = 45300; day < last; day += 7)
        rows.push_back({"D", static_cast<int>(day) % 2 == 0 ? "Won" : "Lost", 100.0, day, std::min(day + 5, last)});
    const auto table = std::make_shared<MemoryTable>(rows);
    return {"$Deals.$A$1:$E$" + std::to_string(rows.size()), factsOf(*table, {false, false, false, true, true}), table};
}

KpiSheetContext contextOf(const SourceFound& source) {
    KpiSheetContext context;
    context.sources[source.address] = {source.table, columnNames(*source.table)};
    return context;
}

// Update after update, with figures typed at random: each is found by its key, and is in the row of its period.
TEST(KpiUpdate, PropertyTypedFiguresAreNeverLost) {
    support::Dice dice(17);
    TypedFigures typed;
    for (int month = 0; month < 30; ++month) {
        const SourceFound source = dealsTo(45700 + 30 * month);
        KpiSheetContext context = contextOf(source);
        context.typed = typed;
        KpiSheetChoices choices = defaultKpiSheet(dice.oneIn(2) ? "sales-scorecard" : "finance", {source});
        constexpr PeriodWords::Value units[] = {PeriodWords::Month, PeriodWords::Quarter, PeriodWords::Year, PeriodWords::Week};
        choices.unit = units[dice.below(4)];
        choices.periods = 2 + static_cast<std::int32_t>(dice.below(30));
        const InputLayout layout = inputsOf(choices, context);
        typed.columns.clear();
        for (const InputColumn& column : layout.columns) typed.columns.push_back(column.key);
        typed.periods = layout.periods;
        EXPECT_EQ(std::set<double>(typed.periods.begin(), typed.periods.end()).size(), typed.periods.size());
        for (const auto& [key, content] : typed.figures) {
            EXPECT_NE(std::find(typed.columns.begin(), typed.columns.end(), key.first), typed.columns.end()) << key.first;
            EXPECT_NE(std::find(typed.periods.begin(), typed.periods.end(), key.second), typed.periods.end()) << key.second;
        }
        if (typed.columns.empty()) continue;
        const std::string& key = typed.columns[dice.below(typed.columns.size())];
        typed.figures[{key, typed.periods[dice.below(typed.periods.size())]}] = static_cast<double>(month);
    }
    EXPECT_GT(typed.figures.size(), 20U);
}

// Formulas that the user typed refer to cells by their place: a month later columns and rows are where they were.
TEST(KpiUpdate, PropertyAMonthLaterNothingHasMoved) {
    const SourceFound first = dealsTo(45990);
    const SourceFound later = dealsTo(46021);
    const InputLayout before = inputsOf(defaultKpiSheet("sales-scorecard", {first}), contextOf(first));
    KpiSheetContext context = contextOf(later);
    for (const InputColumn& column : before.columns) context.typed.columns.push_back(column.key);
    context.typed.periods = before.periods;
    context.typed.figures[{before.columns.front().key, before.periods.front()}] = 1.0;
    const InputLayout after = inputsOf(defaultKpiSheet("sales-scorecard", {later}), context);
    ASSERT_EQ(after.periods.size(), before.periods.size() + 1);
    EXPECT_TRUE(std::equal(before.periods.begin(), before.periods.end(), after.periods.begin()));
    ASSERT_EQ(after.columns.size(), before.columns.size());
    for (std::size_t index = 0; index < before.columns.size(); ++index)
        EXPECT_EQ(after.columns[index].key, before.columns[index].key);
}

Source asSource(const SourceFound& found, const std::string& sheet) {
    Source source;
    source.address = found.address;
    source.name = source.shown = sheet;
    source.table = source.sample = found.table;
    source.facts = std::make_shared<TableFacts>(found.facts);
    return source;
}

SourceFound invoices() {
    Rows rows = {{"Customer", "Invoice date", "Invoice amount"}};
    for (int month = 0; month < 20; ++month)
        for (const char* customer : {"Ada", "Bo"}) rows.push_back({customer, 45300.0 + 30 * month, 50.0 + month});
    const auto table = std::make_shared<MemoryTable>(rows);
    return {"$Invoices.$A$1:$C$41", factsOf(*table, {false, true, false}), table};
}

TEST(KpiUpdate, ValueOfASheetThatIsThere) {
    KpiSheetModel model{Texts()};
    const SourceFound source = dealsTo(45990);
    model.take(asSource(source, "Deals"));
    EXPECT_TRUE(model.wantsOthers());
    model.takeOthers({asSource(invoices(), "Invoices")});
    EXPECT_FALSE(model.wantsOthers());
    EXPECT_EQ(model.othersUsed(), std::vector<std::string>({"$Invoices.$A$1:$C$41"}));
    model.compute();
    const auto draft = std::get<Draft>(model.draft(std::nullopt));
    EXPECT_EQ(draft.source, source.address);
    EXPECT_EQ(draft.moreSources, model.othersUsed());

    // A month later: the tables have grown.
    const SourceFound later = dealsTo(46021);
    SourceFound other = invoices();
    other.address = "$Invoices.$A$1:$C$43";
    KpiSheetModel again{Texts()};
    EXPECT_FALSE(again.take(asSource(later, "Deals"), "kpi-sheet 1\nend"));
    EXPECT_FALSE(again.take(asSource(later, "Deals"), "kpi-sheet 1\ntemplate none\nend"));
    ASSERT_TRUE(again.takeKept(asSource(later, "Deals"), draft.settings, {asSource(other, "Invoices")}));
    EXPECT_EQ(again.choices().kpis, model.choices().kpis);
    EXPECT_EQ(again.othersUsed(), std::vector<std::string>({other.address}));
    TypedFigures typed;
    typed.asOf = 45980;
    typed.periods = {45992};
    again.takeTyped(typed);
    EXPECT_EQ(again.choices().asOf, 45980);
    again.takeOthers({asSource(other, "Invoices")});
    EXPECT_EQ(again.choices().sources.size(), 2U) << "a sheet keeps its sources";
    again.compute();
    ASSERT_TRUE(again.ready());
    const auto updated = std::get<Draft>(again.draft(draft.settings));
    EXPECT_EQ(updated.title, "Update KPI sheet");
    EXPECT_EQ(updated.source, later.address);
    EXPECT_EQ(readKpiSheetSettings(updated.settings)->sources.at(1).address, other.address);

    // The invoices have grown once more, then they are gone.
    SourceFound most = invoices();
    most.address = "$Invoices.$A$1:$C$45";
    again.takeOthersAgain({asSource(most, "Invoices")});
    EXPECT_EQ(again.othersUsed(), std::vector<std::string>({most.address}));
    again.takeOthersAgain({Source()});
    EXPECT_EQ(again.othersUsed(), std::vector<std::string>({most.address}));
    ASSERT_TRUE(again.takeKept(asSource(later, "Deals"), updated.settings, {Source()}));
    EXPECT_TRUE(again.othersUsed().empty());
    again.compute();
    EXPECT_TRUE(again.ready());
}

}  // namespace
}  // namespace calckpi::panel
