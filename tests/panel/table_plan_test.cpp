// Previews of tables against the functions called directly, and the plans that are made of them.
#include "core/sheets/table_plan.hpp"

#include "core/kpis/catalog.hpp"
#include "core/sheets/table_preview.hpp"
#include "core/sheets/table_text.hpp"
#include "tests/panel/placed.hpp"
#include "tests/panel/sheet.hpp"
#include "tests/panel/table_cases.hpp"
#include "tests/support/tables.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace calckpi::panel {
namespace {

// whatIsSaid is the problem of a preview in English, or nothing.
std::string whatIsSaid(const TablePreview& preview) { return preview.problem ? said(*preview.problem, Texts()) : std::string(); }

TEST(TablePreview, PropertyThatItIsWhatTheFunctionGives) {
    for (const TableCase& each : tableCases()) {
        const TablePreview preview = previewTable(each.source, each.choices);
        ASSERT_EQ(whatIsSaid(preview), "") << each.name;
        const auto called = find(each.choices.function)->call(argumentsOf(each.choices, each.source));
        EXPECT_TRUE(support::sameTable(preview.table, support::gridOf(called))) << each.name;
        for (const TableColumn& column : preview.columns) {
            EXPECT_LT(column.place, preview.table.columns) << each.name;
            EXPECT_FALSE(headerOf(column, Texts()).empty()) << each.name << ", column " << column.place;
        }
    }
}

// However a table is placed, live or as values, with and without pictures, its plan fits.
TEST(TablePlan, PropertyThatEveryTableFits) {
    for (TableCase each : tableCases())
        for (const bool live : {true, false})
            for (const bool picture : {true, false}) {
                each.choices.live = live;
                each.choices.picture = picture;
                const TablePreview preview = previewTable(each.source, each.choices);
                ASSERT_EQ(whatIsSaid(preview), "") << each.name;
                const DocumentPlan plan = planTable(each.choices, preview, contextOf(each), Texts());
                EXPECT_EQ(misfits(plan, defaultPlacement(plan)), std::vector<std::string>()) << each.name << live << picture;
                EXPECT_EQ(misfits(plan, {{"Sheet1", 9, 2}}), std::vector<std::string>()) << each.name;
                EXPECT_EQ(plan.sheets.size(), 1U);
            }
}

// Each thing that can be wrong is said in words, with the cell to blame where there is one.
TEST(TablePreview, RefusalsInWords) {
    const auto source = support::sheetOf({"Owner|Stage|Amount|Opened|Closed", "Ana|Won|100|2026-01-05|2026-01-25",
                                          "Ben|Lost|200|2026-01-07|2026-02-01", "Ana|Demo|300|2026-02-09|"});
    const auto full = [](std::string_view function, std::vector<std::pair<std::string, ChosenValue>> more = {}) {
        std::vector<std::pair<std::string, ChosenValue>> values = {{"status", "Stage"},
                                                                   {"won", std::vector<std::string>{"Won"}},
                                                                   {"lost", std::vector<std::string>{"Lost"}},
                                                                   {"opened", "Opened"},
                                                                   {"closed", "Closed"},
                                                                   {"by", "Owner"}};
        values.insert(values.end(), more.begin(), more.end());
        return chosen(function, values);
    };
    const auto told = [&](const TableChoices& choices, const TableHandle& table) {
        return whatIsSaid(previewTable(table, choices));
    };
    EXPECT_EQ(told(full("KPIPERIODS"), source), "");
    EXPECT_EQ(told(full("NOSUCH"), source), "This version of Calc KPI does not know the function of this table");
    EXPECT_EQ(told(full("SEGMENTS", {{"by", ""}}), source), "Choose the column for Split by");
    EXPECT_EQ(told(full("SEGMENTS", {{"won", ""}}), source), "Choose which texts in the status mean won");
    EXPECT_EQ(told(full("SEGMENTS", {{"lost", ""}}), source), "Choose which texts in the status mean lost");
    EXPECT_EQ(told(full("SEGMENTS", {{"by", "Ownr"}}), source), "The source has no column Ownr. Did you mean Owner?");
    EXPECT_EQ(told(full("SEGMENTS", {{"amount", "Region"}}), source),
              "The source has no column Region, or more than one: choose the columns again");
    EXPECT_EQ(told(full("SEGMENTS", {{"lost", std::vector<std::string>{"Lost", "won"}}}), source),
              "One text is chosen for both won and lost: remove it from one of them");
    EXPECT_EQ(told(full("KPIPERIODS", {{"period", "moon"}}), source), "Period cannot be this: choose another value");
    EXPECT_EQ(told(full("STUCKDEALS", {{"asOf", 46090.0}}), source), "") << "28 days open, and won deals take 20";
    EXPECT_EQ(told(full("STUCKDEALS", {{"limit", 90.0}}), source), "No open deal is older than the limit: none is stuck");
    EXPECT_EQ(told(full("KPIPERIODS", {{"asOf", 45000.0}}), source), "Nothing has happened up to the reference date");
    TableChoices filtered = full("SEGMENTS");
    filtered.filters = {{"Owner", "Nobody"}};
    EXPECT_EQ(told(filtered, source), "The filters leave no row: change or remove one");
    filtered.filters = {{"", "Nobody"}};
    EXPECT_EQ(told(filtered, source), "Choose a column for each filter");
    EXPECT_EQ(told(full("SEGMENTS"), support::sheetOf({"Owner|Stage|Amount|Opened|Closed"})),
              "The source has no rows below its headers");
    EXPECT_EQ(told(chosen("CLVPREDICT", {{"customer", "Owner"}, {"when", "Opened"}, {"amount", "Amount"}}),
                   support::sheetOf({"Owner|Opened|Amount", "Ana|2026-01-05|10", "Ben|2026-01-06|20"})),
              "Nobody bought twice: there is nothing to forecast from");
    EXPECT_EQ(told(chosen("RFM", {{"customer", "Owner"}, {"when", "Opened"}, {"amount", "Amount"}}),
                   support::sheetOf({"Owner|Opened|Amount", "|2026-01-05|10"})),
              "No row has all that this table is made from");
    const TableHandle farAway = support::sheetOf({"Owner|Opened|Amount", "Ana|1800-01-05|10", "Ben|2926-01-06|20"});
    EXPECT_EQ(told(chosen("MRRMOVEMENTS", {{"customer", "Owner"}, {"when", "Opened"}, {"amount", "Amount"}}), farAway),
              "The table would be too large for a sheet: choose a longer period, or check the dates for a wrong year");
}

// Groups that are numbers are columns named by their digits.
TEST(TablePreview, ValueOfGroupsThatAreNumbers) {
    const auto source = support::sheetOf({"Region|Opened", "12|2026-01-05", "7.5|2026-01-07", "North|2026-01-09"});
    const TablePreview preview = previewTable(source, chosen("PERIODVALUES", {{"when", "Opened"}, {"by", "Region"}}));
    std::vector<std::string> names;
    for (const TableColumn& column : preview.columns)
        if (!column.name.empty()) names.push_back(column.name);
    EXPECT_EQ(names, std::vector<std::string>({"7.5", "12", "North"}));
}

TEST(TablePreview, RefusalsOfCells) {
    const auto problem = [](const std::string& line, std::string_view function = "KPIPERIODS") {
        const auto source = support::sheetOf({"Who|Stage|Amount|Opened|Closed", "Ana|Won|100|2026-01-05|2026-01-25", line});
        TableChoices choices = chosen(function, {{"status", "Stage"},
                                                 {"won", std::vector<std::string>{"Won"}},
                                                 {"lost", std::vector<std::string>{"Lost"}},
                                                 {"opened", "Opened"},
                                                 {"closed", "Closed"},
                                                 {"amount", "Amount"},
                                                 {"customer", "Who"},
                                                 {"when", "Opened"}});
        return *previewTable(source, choices).problem;
    };
    const Finding text = problem("Ben|Lost|200|2026-01-07|'soon");
    EXPECT_EQ(text.first, (Place{5, 3}));
    EXPECT_EQ(text.column, "Closed");
    EXPECT_TRUE(said(text, Texts()).starts_with("Closed holds a text where a date belongs"));
    EXPECT_TRUE(
        said(problem("Ben|Won|'many|2026-01-07|2026-01-09"), Texts()).starts_with("Amount holds a text where a number belongs"));
    EXPECT_TRUE(said(problem("Ben|Won|10|20260107|2026-01-09"), Texts()).starts_with("Opened holds a number that is not a date"));
    EXPECT_TRUE(said(problem("Ben|Won|#DIV/0!|2026-01-07|2026-01-09"), Texts()).starts_with("Amount holds an error"));
    EXPECT_EQ(said(problem("Ben|Won|10|2026-01-17|2026-01-09"), Texts()),
              "1 row ends before it starts, by Closed: correct the date or choose other columns");
    EXPECT_TRUE(said(problem("Ben|Won|-10|2026-01-17|2026-01-09", "MRRMOVEMENTS"), Texts())
                    .starts_with("Amount brings a customer's amounts of one period below 0"));
}

TEST(TablePreview, ValueOfFindings) {
    const auto source = support::sheetOf({"Who|Stage|Amount|Opened|Closed", "Ana|Won|100|2026-01-05|2026-01-25",
                                          "Ben|Won|200|2026-01-07|", "Cleo|Demo|300||", "Dan||300|2026-01-09|"});
    const TableChoices choices = chosen("KPIPERIODS", {{"status", "Stage"},
                                                       {"won", std::vector<std::string>{"Won"}},
                                                       {"lost", std::vector<std::string>{"Lost"}},
                                                       {"opened", "Opened"},
                                                       {"closed", "Closed"}});
    std::vector<std::string> told;
    for (const Finding& finding : previewTable(source, choices).findings) told.push_back(said(finding, Texts()));
    EXPECT_EQ(told, (std::vector<std::string>{"1 row without Stage is left out", "1 row without Opened is left out",
                                              "1 won or lost deal has no date in Closed"}));
    TableChoices nothingWon = choices;
    nothingWon.set("won", std::vector<std::string>{"Signed"});
    const TablePreview preview = previewTable(source, nothingWon);
    EXPECT_TRUE(std::any_of(preview.findings.begin(), preview.findings.end(), [](const Finding& finding) {
        return said(finding, Texts()) == "No row is won: choose which texts in Stage mean won";
    }));
    const auto errors = support::sheetOf({"Who|When|Amount", "Ana|2026-01-05|#DIV/0!", "Ben|'soon|'x", "Ben|20260101|1"});
    told.clear();
    for (const Finding& finding :
         previewTable(errors, chosen("RFM", {{"customer", "Who"}, {"when", "When"}, {"amount", "Amount"}})).findings)
        told.push_back(said(finding, Texts()));
    EXPECT_EQ(told, (std::vector<std::string>{"1 date in When is text", "1 number in When is not a date", "1 error in Amount",
                                              "1 amount in Amount is text"}));
}

// More than a sheet lists well is refused before it is computed.
TEST(TablePreview, EdgeOfTooManyCustomers) {
    Rows rows = {{"Customer", "Date", "Amount"}};
    for (int number = 0; number <= 50'000; ++number) rows.push_back({static_cast<double>(number), 46000.0, 1.0});
    const TableHandle many = std::make_shared<support::MemoryTable>(rows);
    EXPECT_TRUE(whatIsSaid(previewTable(many, chosen("RFM", {{"customer", "Customer"}, {"when", "Date"}, {"amount", "Amount"}})))
                    .starts_with("Customer names more customers than a sheet lists well"));
    EXPECT_TRUE(whatIsSaid(previewTable(many, chosen("PERIODVALUES", {{"when", "Date"}, {"by", "Customer"}})))
                    .starts_with("Customer has too many different values to split by"));
}

// Every text of a plan is a whole sentence: no slot is left open, and every column is wide enough for the longest word of its
// header.
TEST(TablePlan, PropertyOfItsTexts) {
    for (const TableCase& each : tableCases()) {
        const TablePreview preview = previewTable(each.source, each.choices);
        const PlannedSheet sheet = planTable(each.choices, preview, contextOf(each), Texts()).sheets.at(0);
        for (const Block& block : sheet.blocks)
            for (const PlannedCell& cell : block.content) {
                const std::string* text = cell.content ? std::get_if<std::string>(&*cell.content) : nullptr;
                if (text == nullptr) continue;
                EXPECT_EQ(text->find('{'), std::string::npos) << each.name << ": " << *text;
                const bool header = cell.role == CellRole::Header || cell.role == CellRole::HeaderText;
                const auto column = static_cast<std::size_t>(block.column + cell.column);
                if (!header || column >= sheet.columnWidths.size()) continue;
                EXPECT_LE(longestWord(*text), static_cast<std::size_t>(sheet.columnWidths[column])) << each.name << ": " << *text;
            }
    }
}

// The values of a table that is not live are those of the preview, under the headers of its columns.
TEST(TablePlan, PropertyThatValuesAreThoseOfThePreview) {
    for (TableCase each : tableCases()) {
        each.choices.live = false;
        const TablePreview preview = previewTable(each.source, each.choices);
        const PlannedSheet sheet = planTable(each.choices, preview, contextOf(each), Texts()).sheets.at(0);
        const Block& table = sheet.blocks.at(1);
        ASSERT_EQ(table.id, "table");
        EXPECT_TRUE(table.arrays.empty()) << each.name;
        const std::int32_t leading = each.choices.function == "STUCKDEALS" ? 1 : 0;
        std::size_t compared = 0;
        for (const PlannedCell& cell : table.content) {
            if (cell.row == 0 || cell.column < leading) continue;
            const auto place = static_cast<std::size_t>(cell.column - leading);
            const double* number = cell.content ? std::get_if<double>(&*cell.content) : nullptr;
            if (number == nullptr || place >= preview.columns.size()) continue;
            EXPECT_EQ(numberAt(preview.table, static_cast<std::size_t>(cell.row) - 1, preview.columns[place].place), *number)
                << each.name;
            ++compared;
        }
        EXPECT_GT(compared, preview.table.rows) << each.name;
    }
}

// A live table is one array formula of the function, with rows to grow into, and says when they are used up.
TEST(TablePlan, PropertyThatALiveTableIsOneFormula) {
    for (const TableCase& each : tableCases()) {
        const TablePreview preview = previewTable(each.source, each.choices);
        const PlannedSheet sheet = planTable(each.choices, preview, contextOf(each), Texts()).sheets.at(0);
        const Block& table = sheet.blocks.at(1);
        ASSERT_FALSE(table.arrays.empty()) << each.name;
        EXPECT_LT(static_cast<std::int32_t>(preview.table.rows), table.arrays.front().cells.rows) << each.name;
        const std::string formula = std::get<std::string>(table.arrays.front().formula.parts().at(0));
        EXPECT_NE(formula.find(tableFormula(each.choices, columnNames(*each.source))), std::string::npos) << each.name;
    }
}

TEST(TablePlan, ValueOfASmallTable) {
    const auto source = support::sheetOf({"Owner|Stage|Amount", "Ana|Won|1200000", "Ben|Lost|200", "Ana|Lost|300"});
    TableChoices choices = chosen("SEGMENTS", {{"by", "Owner"},
                                               {"status", "Stage"},
                                               {"won", std::vector<std::string>{"Won"}},
                                               {"lost", std::vector<std::string>{"Lost"}},
                                               {"amount", "Amount"}});
    choices.source = "$Deals.$A$1:$C$4";
    choices.filters = {{"Amount", ">0"}};
    const TableContext context{.sourceName = "Deals", .columns = columnNames(*source), .date = "", .until = ""};
    const Placed plan = placed(planTable(choices, previewTable(source, choices), context, Texts()));
    EXPECT_EQ(plan.sheetName, "Win rate");
    const auto text = [&](std::int32_t row, std::int32_t column) {
        for (const PlannedCell& cell : plan.cells)
            if (cell.row == row && cell.column == column && cell.content) {
                if (const auto* words = std::get_if<std::string>(&*cell.content)) return *words;
                if (const auto* formula = std::get_if<Formula>(&*cell.content)) return '=' + textOf(*formula);
            }
        return std::string();
    };
    EXPECT_EQ(text(0, 0), "Win rate by Owner: Deals");
    EXPECT_EQ(text(1, 0), "Deals, most first · only Amount: >0");
    EXPECT_EQ(text(3, 0), "Owner");
    EXPECT_EQ(text(3, 9), "Revenue (thousands)");
    ASSERT_EQ(plan.arrays.size(), 1U);
    EXPECT_EQ(textOf(plan.arrays[0].formula),
              "IFNA(IF({1|1|1|1|1|1};ORG.CALCKPI.KPI.SEGMENTS($Deals.$A$1:$C$4;\"Owner\";\"Stage\";\"Won\";\"Lost\";\"Amount\";;;0;"
              "\"Amount\";\">0\"));\"\")");
    EXPECT_EQ(
        text(10, 0),
        "=IF(A10=\"\";\"\";\"The table has no free rows left, and what comes next would be missing: select a cell of it and press "
        "Update in the sidebar\")");
    EXPECT_EQ(plan.charts.size(), 1U);
}

// A mean stays as it is beside sums in thousands: 2,361 would be 2. One that is as large itself is in thousands too.
TEST(TablePlan, MeansBesideSumsInThousands) {
    const auto planOf = [](const std::vector<std::string>& rows) {
        const auto source = support::sheetOf(rows);
        TableChoices choices = chosen("SEGMENTS", {{"by", "Owner"},
                                                   {"status", "Stage"},
                                                   {"won", std::vector<std::string>{"Won"}},
                                                   {"lost", std::vector<std::string>{"Lost"}},
                                                   {"amount", "Amount"}});
        choices.source = "$Deals.$A$1:$C$" + std::to_string(rows.size());
        const TableContext context{.sourceName = "Deals", .columns = columnNames(*source), .date = "", .until = ""};
        return placed(planTable(choices, previewTable(source, choices), context, Texts()));
    };
    const auto at = [](const Placed& plan, std::int32_t row, std::int32_t column) -> const PlannedCell& {
        return *std::find_if(plan.cells.begin(), plan.cells.end(),
                             [&](const PlannedCell& cell) { return cell.row == row && cell.column == column; });
    };
    const Placed small = planOf({"Owner|Stage|Amount", "Ana|Won|900000.5", "Ana|Won|100", "Ben|Won|450000", "Ana|Lost|300"});
    EXPECT_EQ(std::get<std::string>(*at(small, 3, 9).content), "Revenue (thousands)");
    EXPECT_EQ(std::get<std::string>(*at(small, 3, 11).content), "Average sale");
    EXPECT_EQ(at(small, 4, 9).role, CellRole::Thousands);
    EXPECT_EQ(at(small, 4, 11).role, CellRole::MoneyEach);
    const Placed large = planOf({"Owner|Stage|Amount", "Ana|Won|1500000", "Ben|Won|1700000.25", "Ana|Lost|300"});
    EXPECT_EQ(std::get<std::string>(*at(large, 3, 11).content), "Average sale (thousands)");
    EXPECT_EQ(at(large, 4, 11).role, CellRole::Thousands);
}

// A deal that is stuck is linked to its row, whatever its sheet is called; a source that is a name has no link.
TEST(TablePlan, ValueOfLinks) {
    const auto source = support::sheetOf({"Deal|Stage|Opened", "It's|Won|2026-01-05", "Beta|Demo|2026-01-07"});
    const auto link = [&](const std::string& address, bool live, const std::string& deal) {
        TableChoices choices = chosen("STUCKDEALS", {{"status", "Stage"},
                                                     {"won", std::vector<std::string>{"Won"}},
                                                     {"lost", std::vector<std::string>{"Lost"}},
                                                     {"opened", "Opened"},
                                                     {"limit", 0.0}});
        choices.source = address;
        choices.live = live;
        choices.set("deal", deal);
        choices.set("asOf", 46100.0);
        const TableContext context{.sourceName = "Deals", .columns = columnNames(*source), .date = "", .until = ""};
        const Placed plan = placed(planTable(choices, previewTable(source, choices), context, Texts()));
        for (const PlannedCell& cell : plan.cells)
            if (cell.row == 4 && cell.column == 0) return textOf(std::get<Formula>(*cell.content));
        return std::string();
    };
    EXPECT_EQ(link("$'My deals'.$B$3:$D$5", true, "Deal"),
              "IF(B5=\"\";\"\";HYPERLINK(\"#'My deals'.B\"&B5+3;INDEX($'My deals'.$B$3:$D$5;B5+1;1)&\"\"))");
    EXPECT_EQ(link("$Deals.$A$1:$C$3", true, ""), "IF(B5=\"\";\"\";HYPERLINK(\"#Deals.A\"&B5+1;\"Row \"&B5))");
    EXPECT_EQ(link("Deals", true, ""), "IF(B5=\"\";\"\";\"Row \"&B5)");
}

}  // namespace
}  // namespace calckpi::panel
