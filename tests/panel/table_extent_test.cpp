#include "core/recognition/table_extent.hpp"

#include "core/recognition/facts.hpp"
#include "core/recognition/recognition.hpp"
#include "tests/panel/raw_csv.hpp"
#include "tests/panel/sheet.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

namespace calckpi::panel {
namespace {

using support::cellOf;
using support::cellsOf;
using support::gridOf;
using support::readRawCsv;
using support::Rows;
using support::tableOf;

Grid grid(const std::vector<std::string>& lines) {
    Rows rows;
    for (const std::string& line : lines) {
        std::vector<Cell>& row = rows.emplace_back();
        for (const std::string_view cell : cellsOf(line)) row.push_back(cellOf(cell));
    }
    return gridOf(rows);
}

std::string said(const TableExtent& extent) {
    constexpr const char* kinds[] = {"blank", "subtotal", "total", "note"};
    std::string text = "header " + std::to_string(extent.headerRow) + " columns " + std::to_string(extent.firstColumn) + ".." +
                       std::to_string(extent.lastColumn) + " rows " + std::to_string(extent.firstRow) + ".." +
                       std::to_string(extent.lastRow) + " data " + std::to_string(extent.dataRows);
    for (const LeftOutRow& row : extent.leftOut)
        text += ", " + std::to_string(row.row) + ' ' + kinds[static_cast<std::size_t>(row.kind)];
    return text;
}

std::string saidOf(const Grid& cells, std::span<const MergedCells> merged = {}) {
    const auto extent = extentOf(cells, merged);
    return extent ? said(*extent) : "none";
}

TEST(TableExtent, ValueOfASalesforceReport) {
    const Grid cells = readRawCsv(CALCKPI_EXPORTS "/salesforce.csv");
    const auto extent = extentOf(cells);
    ASSERT_TRUE(extent);
    EXPECT_EQ(said(*extent), "header 5 columns 0..13 rows 6..33 data 26, 16 blank, 21 blank, 34 total, 36 note, 37 note");
    EXPECT_EQ(extent->rowsBehindBlank, 16U);
    EXPECT_EQ(extent->headers[3], "Stage");
}

TEST(TableExtent, ValueOfAPlainTableIsAllOfIt) {
    EXPECT_EQ(saidOf(readRawCsv(CALCKPI_EXPORTS "/pipedrive.csv", ';')), "header 0 columns 0..11 rows 1..29 data 29");
    EXPECT_EQ(saidOf(readRawCsv(CALCKPI_EXPORTS "/stripe.csv")), "header 0 columns 0..14 rows 1..24 data 24");
    EXPECT_EQ(saidOf(readRawCsv(CALCKPI_EXPORTS "/events.csv")), "header 0 columns 0..3 rows 1..39 data 39");
    EXPECT_EQ(saidOf(readRawCsv(CALCKPI_EXPORTS "/hubspot.csv")), "header 0 columns 0..10 rows 1..24 data 24");
}

TEST(TableExtent, ValueOfTwoHeaderRowsUnderATitle) {
    const Grid cells = grid({"|||||||", "||Pipeline history 2025|||||", "|||||||", "||Deal|Owner|Stage entry dates|||Amount",
                             "||||Lead|Qualified|Won|", "||Deal 0|John|2025-08-15|2025-08-31|2025-10-15|5646",
                             "||Deal 1|Ana|2025-05-23|||2372", "||Deal 2|John|2025-09-09|2025-09-16||11691"});
    const std::vector<MergedCells> merged = {{3, 4, 3, 6}};
    for (const auto& known : {std::span<const MergedCells>(), std::span<const MergedCells>(merged)}) {
        const auto extent = extentOf(cells, known);
        ASSERT_TRUE(extent);
        EXPECT_EQ(said(*extent), "header 4 columns 2..7 rows 5..7 data 3");
        EXPECT_EQ(extent->headerRows, 2U);
        EXPECT_EQ(extent->headers, (std::vector<std::string>{"Deal", "Owner", "Lead", "Qualified", "Won", "Amount"}));
        const auto table = tableOf(cells, 4, 7, 2, 7);
        const TableFacts facts = factsOf(*table, {}, 2, extent->headers);
        EXPECT_EQ(facts.column(Role::Deal)->shown, "Deal");
        EXPECT_EQ(facts.column(Role::Deal)->name, "1");  // its header is not in the row that formulas know
        EXPECT_EQ(facts.column(Role::Owner)->shown, "Owner");
        EXPECT_EQ(recognise(facts, *table).choices.shape, Shape::Dates);
    }
}

TEST(TableExtent, ValueOfGroupsWhoseHeadersAreAlike) {
    const auto extent = extentOf(grid({"Owner|2024||2025|", "|Won|Lost|Won|Lost", "Ana|1|2|3|4", "Ben|5|6|7|8"}));
    ASSERT_TRUE(extent);
    EXPECT_EQ(extent->headers, (std::vector<std::string>{"Owner", "2024 Won", "2024 Lost", "2025 Won", "2025 Lost"}));
}

TEST(TableExtent, ValueOfSubtotalsAndTheFilterThatLeavesThemOut) {
    const auto extent = extentOf(grid({"Owner|Deal|Stage|Amount|Amount|Stage", "Ana|A0|Lost|6203|12406|x", "Ana|A1|Won|1996|3992|x",
                                       "Ana Subtotal|||8199|16398|", "Zoe|Z0|Won|7842|15684|x", "Zoe|Z1|Lost|8131|16262|x",
                                       "Zoe Subtotal|||15973|31946|", "Grand Total|||24172|48344|"}));
    ASSERT_TRUE(extent);
    EXPECT_EQ(said(*extent), "header 0 columns 0..5 rows 1..5 data 4, 3 subtotal, 6 total, 7 total");
    EXPECT_EQ(extent->filledInData, 1U);
}

TEST(TableExtent, ValueOfDoubledHeadersIsTheirLetter) {
    EXPECT_EQ(shownNames({"Owner", "Deal", "Stage", "Amount", "amount", "Stage", ""}, 0),
              (std::vector<std::string>{"Owner", "Deal", "Stage (C)", "Amount (D)", "amount (E)", "Stage (F)", "(G)"}));
    EXPECT_EQ(shownNames({"Stage", "Stage"}, 25), (std::vector<std::string>{"Stage (Z)", "Stage (AA)"}));
}

TEST(TableExtent, EdgeLinesThatAreNoTotals) {
    // An account that is called so, and a row whose other cells are filled, are data.
    EXPECT_EQ(saidOf(grid({"Account|Stage|Amount", "Total Energies|Won|5", "Beta|Lost|7", "Total|Won|9"})),
              "header 0 columns 0..2 rows 1..3 data 3");
}

TEST(TableExtent, EdgeASumWithoutAName) {
    EXPECT_EQ(saidOf(grid({"Account|Stage|Amount", "Alpha|Won|5", "Beta|Lost|7", "||12"})),
              "header 0 columns 0..2 rows 1..2 data 2, 3 total");
}

TEST(TableExtent, EdgeASecondTableBelowIsNone) {
    EXPECT_EQ(saidOf(grid({"Account|Stage|Amount", "Alpha|Won|5", "Beta|Lost|7", "||", "Owner|Team|Quota", "Ana|East|100"})),
              "header 0 columns 0..2 rows 1..2 data 2");
}

TEST(TableExtent, RefusalOfCellsWithoutHeaders) {
    EXPECT_EQ(saidOf(Grid{}), "none");
    EXPECT_EQ(saidOf(grid({"1|2|3", "4|5|6"})), "none");
    EXPECT_EQ(saidOf(grid({"||", "||"})), "none");
}

// Whatever is above a table, and wherever it begins, it is the same table.
TEST(TableExtent, PropertyTitlesAndPlaceDoNotMatter) {
    support::Dice random(20261129);
    for (int round = 0; round < 200; ++round) {
        Rows rows;
        const auto titles = static_cast<std::size_t>(random.below(6));
        const auto left = static_cast<std::size_t>(random.below(4));
        const auto data = static_cast<std::size_t>(2 + random.below(30));
        const auto add = [&](std::vector<Cell> cells) {
            std::vector<Cell> row(left, Blank{});
            row.insert(row.end(), cells.begin(), cells.end());
            rows.push_back(std::move(row));
        };
        for (std::size_t title = 0; title < titles; ++title)
            add({random.below(2) == 0 ? Cell(Blank{}) : Cell("A title of the report")});
        add({"Deal", "Stage", "Amount", "Created"});
        std::vector<std::size_t> blanks;
        for (std::size_t row = 0; row < data; ++row) {
            add({"Deal " + std::to_string(row), row % 3 == 0 ? "Won" : "Demo", static_cast<double>(row) + 0.25,
                 45000.0 + static_cast<double>(row)});
            if (row + 1 < data && random.below(8) == 0) {
                blanks.push_back(rows.size());
                add({Blank{}, Blank{}, Blank{}, Blank{}});
            }
        }
        const auto extent = extentOf(gridOf(rows));
        ASSERT_TRUE(extent);
        EXPECT_EQ(extent->headerRow, titles);
        EXPECT_EQ(extent->firstColumn, left);
        EXPECT_EQ(extent->dataRows, data);
        EXPECT_EQ(extent->lastRow + 1, rows.size());
        std::vector<std::size_t> found;
        for (const LeftOutRow& row : extent->leftOut) found.push_back(row.row);
        EXPECT_EQ(found, blanks);
    }
}

}  // namespace
}  // namespace calckpi::panel
