#include "core/recognition/data_block.hpp"

#include "core/recognition/facts.hpp"
#include "core/recognition/recognition.hpp"
#include "core/recognition/stage_list.hpp"
#include "tests/panel/raw_csv.hpp"
#include "tests/panel/sheet.hpp"
#include "tests/support/random.hpp"
#include "tests/support/rounds.hpp"

#include <gtest/gtest.h>

#include <deque>

namespace calckpi::panel {
namespace {

using support::cellOf;
using support::cellsOf;
using support::gridOf;
using support::readRawCsv;
using support::Rows;
using support::tableOf;

// MemorySheet is a sheet whose filled cells begin at A1.
class MemorySheet final : public SheetCells {
public:
    explicit MemorySheet(Grid cells, std::vector<MergedCells> merged = {}) : cells_(std::move(cells)), merged_(std::move(merged)) {}
    explicit MemorySheet(const std::vector<std::string>& lines) {
        Rows rows;
        for (const std::string& line : lines) {
            std::vector<Cell>& row = rows.emplace_back();
            for (const std::string_view cell : cellsOf(line)) row.push_back(cellOf(cell));
        }
        cells_ = gridOf(rows);
    }

    Grid cells(const DataBlock& block) const override {
        read += static_cast<std::size_t>(block.rows()) * static_cast<std::size_t>(block.columns());
        Grid part{static_cast<std::size_t>(block.rows()), static_cast<std::size_t>(block.columns()), {}};
        for (std::int32_t row = block.firstRow; row <= block.lastRow; ++row)
            for (std::int32_t column = block.firstColumn; column <= block.lastColumn; ++column)
                part.cells.push_back(at(row, column));
        return part;
    }
    std::vector<MergedCells> merged(const DataBlock& block) const override {
        std::vector<MergedCells> inside;
        const auto top = static_cast<std::size_t>(block.firstRow);
        const auto left = static_cast<std::size_t>(block.firstColumn);
        for (const MergedCells& cells : merged_)
            if (cells.firstRow >= top && cells.firstColumn >= left)
                inside.push_back({cells.firstRow - top, cells.firstColumn - left, cells.lastRow - top, cells.lastColumn - left});
        return inside;
    }
    DataBlock used() const override {
        return {0, 0, static_cast<std::int32_t>(cells_.rows) - 1, static_cast<std::int32_t>(cells_.columns) - 1};
    }
    // The block grows while a cell beside it, corners included, is filled.
    DataBlock region(CellPlace cell) const override {
        DataBlock block{cell.row, cell.column, cell.row, cell.column};
        for (bool grown = true; grown;) {
            const DataBlock before = block;
            while (anyIn(block.firstRow - 1, block.firstRow - 1, block.firstColumn - 1, block.lastColumn + 1)) --block.firstRow;
            while (anyIn(block.lastRow + 1, block.lastRow + 1, block.firstColumn - 1, block.lastColumn + 1)) ++block.lastRow;
            if (anyIn(block.firstRow - 1, block.lastRow + 1, block.firstColumn - 1, block.firstColumn - 1)) --block.firstColumn;
            if (anyIn(block.firstRow - 1, block.lastRow + 1, block.lastColumn + 1, block.lastColumn + 1)) ++block.lastColumn;
            grown = !(block == before);
        }
        return block;
    }
    const Grid& all() const { return cells_; }

    mutable std::size_t read = 0;

private:
    Cell at(std::int32_t row, std::int32_t column) const {
        if (row < 0 || column < 0 || row > used().lastRow || column > used().lastColumn) return Blank{};
        return cells_.at(static_cast<std::size_t>(row), static_cast<std::size_t>(column));
    }
    bool anyIn(std::int32_t top, std::int32_t bottom, std::int32_t left, std::int32_t right) const {
        for (std::int32_t row = top; row <= bottom; ++row)
            for (std::int32_t column = left; column <= right; ++column)
                if (!std::holds_alternative<Blank>(at(row, column))) return true;
        return false;
    }
    Grid cells_;
    std::vector<MergedCells> merged_;
};

std::string said(const DataBlock& block) {
    return std::to_string(block.firstRow) + ":" + std::to_string(block.firstColumn) + " to " + std::to_string(block.lastRow) + ":" +
           std::to_string(block.lastColumn);
}

std::string said(const RowsBelow& below) {
    return std::to_string(below.rows) + (below.afterEmptyRow ? " after an empty row to " : " to ") + std::to_string(below.lastRow);
}

TEST(DataBlock, ValueOfASalesforceReport) {
    const MemorySheet sheet(readRawCsv(CALCKPI_EXPORTS "/salesforce.csv"));
    // Title, headers and the first stretch of data mean the same cells; below the empty row all of them are meant.
    for (const CellPlace cell : {CellPlace{0, 0}, CellPlace{3, 0}, CellPlace{5, 2}, CellPlace{9, 4}})
        EXPECT_EQ(said(blockAround(sheet, cell)), "5:0 to 15:13") << cell.row;
    EXPECT_EQ(said(blockAround(sheet, {25, 3})), "5:0 to 33:13");
    const DataBlock block = blockAround(sheet, {9, 4});
    const RowsBelow below = rowsBelow(sheet, block);
    EXPECT_EQ(said(below), "16 after an empty row to 33");
    DataBlock all = block;
    all.lastRow = below.lastRow;
    EXPECT_EQ(rowsBelow(sheet, all), RowsBelow{}) << "the total and the footer are no data";
}

TEST(DataBlock, ValueOfPlainTablesIsTheRegion) {
    for (const char* name : {"hubspot", "stripe", "events"}) {
        const MemorySheet sheet(readRawCsv(std::string(CALCKPI_EXPORTS "/") + name + ".csv"));
        EXPECT_EQ(blockAround(sheet, {3, 1}), sheet.used()) << name;
        EXPECT_EQ(rowsBelow(sheet, sheet.used()), RowsBelow{}) << name;
        EXPECT_EQ(headersOf(sheet, sheet.used()), std::vector<std::string>()) << name;
    }
}

TEST(DataBlock, ValueOfTwoHeaderRows) {
    const std::vector<std::string> lines = {"|||||||",
                                            "||Pipeline history 2025|||||",
                                            "|||||||",
                                            "||Deal|Owner|Stage entry dates|||Amount",
                                            "||||Lead|Qualified|Won|",
                                            "||Deal 0|John|2025-08-15|2025-08-31|2025-10-15|5646",
                                            "||Deal 1|Ana|2025-05-23|||2372",
                                            "||Deal 2|John|2025-09-09|2025-09-16||11691"};
    const MemorySheet sheet(MemorySheet(lines).all(), {{3, 4, 3, 6}});
    for (const CellPlace cell : {CellPlace{1, 2}, CellPlace{3, 4}, CellPlace{6, 3}}) {
        const DataBlock block = blockAround(sheet, cell);
        EXPECT_EQ(said(block), "4:2 to 7:7") << cell.row;
        EXPECT_EQ(headersOf(sheet, block), (std::vector<std::string>{"Deal", "Owner", "Lead", "Qualified", "Won", "Amount"}));
    }
}

TEST(DataBlock, ValueOfTablesBesideAndBelow) {
    const MemorySheet sheet({"Stage|Count|||Deal|Stage|Amount", "Lead|12|||D1|Lead|5", "Won|3|||D2|Won|7", "||||D3|Lost|9",
                             "||||||", "Owner|Quota|||||", "Ana|100|||||", "Ben|90|||||"});
    EXPECT_EQ(said(blockAround(sheet, {1, 0})), "0:0 to 2:1");
    EXPECT_EQ(said(blockAround(sheet, {1, 5})), "0:4 to 3:6");
    EXPECT_EQ(said(blockAround(sheet, {6, 1})), "5:0 to 7:1");
    EXPECT_EQ(rowsBelow(sheet, blockAround(sheet, {1, 0})), RowsBelow{}) << "another table is no more data";
}

TEST(DataBlock, ValueOfRowsRightBelow) {
    const MemorySheet sheet({"Deal|Stage|Amount", "D1|Lead|5", "D2|Won|7", "D3|Lost|9", "D4|Lead|2", "Total||23"});
    EXPECT_EQ(said(rowsBelow(sheet, {0, 0, 2, 2})), "2 to 4");
    EXPECT_EQ(rowsBelow(sheet, {0, 0, 2, 2}, 3), RowsBelow{}) << "something else stands there";
    EXPECT_EQ(rowsBelow(sheet, {0, 0, 0, 2}), RowsBelow{}) << "there are no data yet";
    EXPECT_EQ(said(blockAround(sheet, {2, 2})), "0:0 to 4:2");
}

TEST(DataBlock, EdgeCellsWithoutATableAreTheRegion) {
    const MemorySheet numbers({"1|2|3", "4|5|6"});
    EXPECT_EQ(said(blockAround(numbers, {0, 0})), "0:0 to 1:2");
    // A first row with a header missing here and there is no title.
    const MemorySheet gaps({"Deal||||Owner", "D1|Lead|x|y|Ana", "D2|Won|x|y|Ben", "D3|Lost|x|y|Ana"});
    EXPECT_EQ(said(blockAround(gaps, {2, 2})), "1:0 to 3:4");
    const MemorySheet half({"Deal|Stage|||Owner", "D1|Lead|x|y|Ana", "D2|Won|x|y|Ben", "D3|Lost|x|y|Ana"});
    EXPECT_EQ(said(blockAround(half, {2, 2})), "0:0 to 3:4");
}

TEST(DataBlock, EdgeACellBesideTheTableIsNotTheTable) {
    const MemorySheet sheet({"Deal|Stage|Amount|||", "D1|Lead|5|||a note", "D2|Won|7|||"});
    EXPECT_EQ(said(blockAround(sheet, {1, 5})), "1:5 to 1:5");
    EXPECT_EQ(said(blockAround(sheet, {2, 5})), "1:5 to 2:5") << "as Calc has it";
    EXPECT_EQ(said(blockAround(sheet, {0, 4})), "0:4 to 1:5");
}

// However long a table is, a click is answered from its beginning and its end.
TEST(DataBlock, PropertyLongTables) {
    Rows rows = {{"Report of all deals", Blank{}, Blank{}}, {"Deal", "Stage", "Amount"}};
    for (int deal = 0; deal < 22'000; ++deal) rows.push_back({"D" + std::to_string(deal), "Lead", 5.0 + deal % 7});
    rows.push_back({"Total", Blank{}, 1e5});
    const MemorySheet sheet(gridOf(rows));
    for (const CellPlace cell : {CellPlace{0, 0}, CellPlace{50, 1}, CellPlace{21'000, 2}}) {
        sheet.read = 0;
        EXPECT_EQ(said(blockAround(sheet, cell)), "1:0 to 22001:2");
        EXPECT_LT(sheet.read, 200'000U);
    }
    sheet.read = 0;
    EXPECT_EQ(said(rowsBelow(sheet, {1, 0, 20'001, 2})), "2000 to 22001");
    EXPECT_LT(sheet.read, 100'000U);
}

// Wherever the user clicks, in a table with titles above and a total below it is the same table.
TEST(DataBlock, PropertyEachCellOfATableMeansIt) {
    support::Dice dice(141);
    for (int round = 0; round < support::rounds(60); ++round) {
        Rows rows;
        const auto titles = dice.below(5);
        for (std::size_t title = 0; title < titles; ++title)
            rows.push_back({dice.oneIn(3) ? Cell(Blank{}) : Cell("A title"), Blank{}, Blank{}, Blank{}});
        rows.push_back({"Deal", "Stage", "Amount", "Created"});
        const auto data = 2 + dice.below(30);
        for (std::size_t row = 0; row < data; ++row)
            rows.push_back({"Deal " + std::to_string(row), row % 3 == 0 ? "Won" : "Demo", static_cast<double>(row) + 0.25,
                            45000.0 + static_cast<double>(row)});
        if (dice.oneIn(2)) rows.push_back({"Grand Total", Blank{}, 99.0, Blank{}});
        const MemorySheet sheet(gridOf(rows));
        const auto header = static_cast<std::int32_t>(titles);
        const DataBlock table{header, 0, header + static_cast<std::int32_t>(data), 3};
        for (std::int32_t row = header; row <= table.lastRow; ++row)
            for (std::int32_t column = 0; column < 4; ++column)
                ASSERT_EQ(said(blockAround(sheet, {row, column})), said(table)) << row << ' ' << column;
        EXPECT_EQ(rowsBelow(sheet, table), RowsBelow{});
    }
}

}  // namespace
}  // namespace calckpi::panel
