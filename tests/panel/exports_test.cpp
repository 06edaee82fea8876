// Exports as CRMs write them, from the raw cells to the funnel: tests/data/exports, and the whole files where they are at hand.

#include "core/recognition/column_conversion.hpp"
#include "core/recognition/recognition.hpp"
#include "core/recognition/stage_list.hpp"
#include "core/recognition/table_extent.hpp"
#include "core/sheets/formula.hpp"
#include "core/sheets/preview.hpp"
#include "core/sheets/settings.hpp"
#include "tests/panel/raw_csv.hpp"
#include "tests/panel/sheet.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace calckpi::panel {
namespace {

using support::readRawCsv;
using support::sheetOf;
using support::tableOf;

struct Export {
    TableExtent extent;
    std::shared_ptr<const support::MemoryTable> table;
    TableFacts facts;
    Recognition found;
};

Export readExport(const std::string& path, char separator = ',') {
    const Grid cells = readRawCsv(path, separator);
    Export made;
    made.extent = extentOf(cells).value();
    made.table = tableOf(cells, made.extent.headerRow, made.extent.lastRow, made.extent.firstColumn, made.extent.lastColumn);
    made.facts = factsOf(*made.table, {}, static_cast<std::int32_t>(made.extent.firstColumn), made.extent.headers);
    made.found = recognise(made.facts, *made.table);
    return made;
}

Choices withStages(const Export& made) {
    Choices choices = made.found.choices;
    choices.source = "$Sheet.$A$1:$N$400";
    choices.stages = chosen(*findStages(made.table, choices));
    return choices;
}

std::string shownStages(const Choices& choices) {
    constexpr const char* outcomes[] = {"", " (won)", " (lost)"};
    std::string text;
    for (const ChosenStage& stage : choices.stages) {
        text += (text.empty() ? "" : ", ") + stage.name + outcomes[static_cast<std::size_t>(stage.outcome)];
        for (const std::string& spelling : stage.spellings) text += " = " + spelling;
    }
    return text;
}

double countAt(const Preview& shown, const std::string& stage) {
    for (const StageFigures& figures : shown.stages)
        if (figures.stage == stage) return figures.count;
    return -1;
}

std::string practice() {
    const char* folder = std::getenv("CALCKPI_CRM_DATA");  // the exports are beside it
    return folder == nullptr ? std::string() : std::string(folder) + "/../exports";
}

TEST(Exports, ValueOfASalesforceReport) {
    const Export made = readExport(CALCKPI_EXPORTS "/salesforce.csv");
    EXPECT_EQ(made.facts.rows, RowKind::Deals);
    EXPECT_EQ(made.facts.column(Role::Amount)->shown, "Amount");
    EXPECT_TRUE(made.facts.column(Role::Amount)->textNumbers);
    EXPECT_EQ(made.facts.column(Role::Amount)->most, 88445);
    EXPECT_TRUE(made.facts.column(Role::Closed)->textDates);
    const Choices choices = withStages(made);
    EXPECT_EQ(choices.stage, "Stage");
    EXPECT_FALSE(choices.statusDecides);
    EXPECT_NE(shownStages(choices).find("Closed Won (won) = closed-won"), std::string::npos) << shownStages(choices);
    const Preview shown = preview(made.table, choices);
    EXPECT_EQ(countAt(shown, "Closed Won"), 4);  // three of one spelling and one of the other
    bool said = false;
    for (const Finding& finding : shown.findings) said = said || (finding.column == "Closed Won" && finding.n == 1);
    EXPECT_TRUE(said);
    EXPECT_NE(formulaOf(choices).find("\"Closed Won\";\"closed-won\"}"), std::string::npos) << formulaOf(choices);
    EXPECT_EQ(readSettings(written(choices)), choices);
    const auto plan = conversionOf(*made.table->look(5), "Amount", made.table->culture().nullDate());
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->cells.size(), 26U);
    EXPECT_TRUE(plan->unreadable.empty());
}

TEST(Exports, ValueOfAStatusBesideTheStage) {
    const Export made = readExport(CALCKPI_EXPORTS "/pipedrive.csv", ';');
    EXPECT_EQ(made.facts.rows, RowKind::Deals);
    EXPECT_EQ(made.facts.column(Role::Stage)->name, "Deal - Stage");
    EXPECT_EQ(made.facts.column(Role::Status)->name, "Deal - Status");
    EXPECT_EQ(made.facts.column(Role::Opened)->name, "Deal - Deal created");
    EXPECT_TRUE(made.facts.column(Role::Amount)->textNumbers);
    const Choices choices = withStages(made);
    EXPECT_TRUE(choices.statusDecides);
    EXPECT_EQ(shownStages(choices),
              "Lead In, Contact Made, Demo Scheduled, Proposal Made, Negotiations Started, won (won), lost (lost)");
    // Counted by hand from the file: each deal at its stage, those won at the last.
    std::map<std::string, double> standing;
    double deals = 0;
    const ColumnHandle stage = made.table->look(3);
    const ColumnHandle status = made.table->look(4);
    for (std::size_t row = 0; row < stage->rows(); ++row) {
        ++deals;
        const bool won = status->texts()[status->textIndex(row)] == "won";
        ++standing[won ? "won" : stage->texts()[stage->textIndex(row)]];
    }
    const Preview shown = preview(made.table, choices);
    ASSERT_FALSE(shown.problem);
    EXPECT_EQ(countAt(shown, "Lead In"), deals);
    EXPECT_EQ(countAt(shown, "Contact Made"), deals - standing["Lead In"]);
    EXPECT_EQ(countAt(shown, "Negotiations Started"), standing["Negotiations Started"] + standing["won"]);
    EXPECT_EQ(countAt(shown, "won"), standing["won"]);
    for (const Finding& finding : shown.findings) EXPECT_NE(finding.column, "Deal - Status");
    EXPECT_NE(formulaOf(choices).find("FUNNELSTAGES($Sheet.$A$1:$N$400;\"Deal - Status\";{\"Lead In\"|"), std::string::npos)
        << formulaOf(choices);
    EXPECT_NE(formulaOf(choices).find("\"won\"};{\"lost\"};\"Deal - Stage\""), std::string::npos) << formulaOf(choices);
    EXPECT_EQ(readSettings(written(choices)), choices);
}

TEST(Exports, ValueOfInvoicesIsNoFunnelOfDeals) {
    const Export made = readExport(CALCKPI_EXPORTS "/stripe.csv");
    EXPECT_EQ(made.facts.rows, RowKind::Transactions);
    EXPECT_FALSE(made.found.usable);
    EXPECT_TRUE(made.found.reason);
    EXPECT_EQ(made.facts.column(Role::Customer)->name, "Customer");
    EXPECT_EQ(made.facts.column(Role::When)->name, "Date (UTC)");
    EXPECT_EQ(made.facts.column(Role::Amount)->name, "Amount Paid");
}

TEST(Exports, ValueOfAnEventLog) {
    const Export made = readExport(CALCKPI_EXPORTS "/events.csv");
    EXPECT_EQ(made.facts.rows, RowKind::Events);
    EXPECT_TRUE(made.facts.column(Role::When)->textDates);
    EXPECT_EQ(made.found.choices.shape, Shape::Events);
    const auto plan = conversionOf(*made.table->look(2), "timestamp", made.table->culture().nullDate());
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->cells.size(), 39U);
}

TEST(Exports, ValueOfACleanExportWithTextDates) {
    const Export made = readExport(CALCKPI_EXPORTS "/hubspot.csv");
    EXPECT_EQ(made.facts.rows, RowKind::Deals);
    EXPECT_TRUE(made.facts.column(Role::Closed)->textDates);
    EXPECT_TRUE(made.facts.column(Role::Opened)->textDates);
    EXPECT_EQ(made.found.choices.amount, "Amount");
}

TEST(Exports, ValueOfABooleanWonFlag) {
    const auto table = sheetOf({"Deal|Phase|Is won|Amount", "A|Lead|0|5", "B|Demo|1|7", "C|Offer|0|9", "D|Offer|1|4"});
    Choices choices = recognise(*table).choices;
    EXPECT_TRUE(choices.statusDecides);
    choices.stages = chosen(*findStages(table, choices));
    EXPECT_EQ(shownStages(choices), "Lead, Demo, Offer, Is won (won) = 1");
    const Preview shown = preview(table, choices);
    EXPECT_EQ(countAt(shown, "Lead"), 4);
    EXPECT_EQ(countAt(shown, "Offer"), 3);
    EXPECT_EQ(countAt(shown, "Is won"), 2);
}

// The flag as the products write it: Calc's own true and false, words of three languages, a check mark's 1 and 0.
TEST(Exports, PropertyThatEveryWritingOfAWonFlagIsRead) {
    const std::vector<std::pair<std::string, std::string>> writings = {{"'TRUE", "'FALSE"}, {"'true", "'false"}, {"'Yes", "'No"},
                                                                       {"'Oui", "'Non"},    {"'Da", "'Nu"},      {"1", "0"}};
    for (const auto& [yes, no] : writings)
        for (const char* const header : {"Is won", "IsWon", "Won"}) {
            const auto table = sheetOf({std::string("Deal|Phase|") + header + "|Amount", "A|Lead|" + no + "|5",
                                        "B|Demo|" + yes + "|7", "C|Offer|" + no + "|9", "D|Offer|" + yes + "|4"});
            Choices choices = recognise(*table).choices;
            EXPECT_TRUE(choices.statusDecides) << header << yes;
            choices.stages = chosen(*findStages(table, choices));
            const Preview shown = preview(table, choices);
            ASSERT_FALSE(shown.stages.empty()) << header << yes;
            EXPECT_EQ(shown.stages.front().count, 4) << header << yes;
            EXPECT_EQ(shown.stages.back().count, 2) << header << yes << shownStages(choices);
            const Outcome last = choices.stages.back().outcome;
            EXPECT_TRUE(last == Outcome::Won || last == Outcome::Lost) << header << yes;
        }
}

TEST(Exports, EdgeSpellingsThatAreNoneOfOneStage) {
    const auto table = sheetOf({"Deal|Stage", "A|Grade A-", "B|Grade A+", "C|1.5", "D|1-5", "E|Won", "F|Co-sell", "G|co_sell"});
    Choices choices;
    choices.stage = "Stage";
    std::string text;
    const std::vector<FoundStage> found = *findStages(table, choices);
    for (const FoundStage& stage : found) text += stage.name + '/' + std::to_string(stage.spellings.size()) + ' ';
    EXPECT_NE(text.find("Grade A-/0"), std::string::npos) << text;
    EXPECT_NE(text.find("Grade A+/0"), std::string::npos) << text;
    EXPECT_NE(text.find("1-5/0"), std::string::npos) << text;
    EXPECT_NE(text.find("Co-sell/1"), std::string::npos) << text;
}

std::size_t rowsOf(const Export& made, Outcome outcome) {
    std::size_t rows = 0;
    const auto stages = findStages(made.table, made.found.choices);
    for (const FoundStage& stage : *stages) rows += stage.outcome == outcome ? stage.rows : 0;
    return rows;
}

// Over the exports themselves: what their README asks for. The workbook among them is for the sidebar's scenarios: they have an
// office.
TEST(Exports, ExtraWholeFiles) {
    if (!std::filesystem::exists(practice() + "/salesforce.csv"))
        GTEST_SKIP() << "absent: there is no folder of exports beside the one that CALCKPI_CRM_DATA names";
    const Export salesforce = readExport(practice() + "/salesforce.csv");
    EXPECT_EQ(salesforce.extent.dataRows, 180U);
    EXPECT_EQ(salesforce.extent.rowsBehindBlank, 139U);
    EXPECT_EQ(countAt(preview(salesforce.table, withStages(salesforce)), "Closed Won"), 38);
    const Export hubspot = readExport(practice() + "/hubspot.csv");
    EXPECT_EQ(hubspot.extent.dataRows, 240U);
    EXPECT_EQ(countAt(preview(hubspot.table, withStages(hubspot)), "Closed Won"), 55);
    EXPECT_EQ(rowsOf(hubspot, Outcome::Lost), 101U);
    EXPECT_TRUE(hubspot.facts.column(Role::Closed)->textDates);
    const Export pipedrive = readExport(practice() + "/pipedrive.csv", ';');
    EXPECT_TRUE(pipedrive.found.choices.statusDecides);
    EXPECT_TRUE(pipedrive.facts.column(Role::Amount)->textNumbers);
    EXPECT_FALSE(readExport(practice() + "/stripe.csv").found.usable);
    const Export events = readExport(practice() + "/events.csv");
    EXPECT_EQ(events.found.choices.shape, Shape::Events);
    EXPECT_TRUE(events.facts.column(Role::When)->textDates);
}

}  // namespace
}  // namespace calckpi::panel
