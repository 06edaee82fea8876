#include "core/tables/table.hpp"
#include "tests/support/expect.hpp"
#include "tests/support/memory_table.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace calckpi {
namespace {

using support::MemoryTable;
using support::refuses;
using support::Rows;

MemoryTable deals() {
    return MemoryTable(Rows{{" Stage\u00A0", "amount", "Owner", "OWNER ", Blank{}},
                            {"Won", 1200.0, "Ana", "x", Blank{}},
                            {"won ", CellError{532}, "Ben", "x", 1.0},
                            {Blank{}, CellError{519}, "Ana", "x", Blank{}}});
}

TEST(Grid, ValueIsRowByRow) {
    const Grid grid{.rows = 2, .columns = 2, .cells = {1.0, "b", CellError{532}, Blank{}}};
    EXPECT_EQ(grid.at(0, 1), Cell("b"));
    EXPECT_EQ(grid.at(1, 0), Cell(CellError{532}));
    EXPECT_NE(grid.at(1, 0), Cell(CellError{519}));
}

TEST(Column, ValueKeepsEqualTextsOnce) {
    Column column;
    column.addText("Won");
    column.addNumber(7);
    column.addText("Lost");
    column.addText("Won");
    column.addText("won");
    EXPECT_EQ(column.rows(), 5U);
    EXPECT_EQ(column.texts(), (std::vector<std::string>{"", "Won", "Lost", "won"}));  // "": of cells that are no text
    EXPECT_EQ(column.textIndex(0), column.textIndex(3));
    EXPECT_EQ(column.kind(1), CellKind::Number);
    EXPECT_EQ(column.number(1), 7);
}

TEST(Column, ValueOfATextAddedAgainByItsIndex) {
    Column column;
    column.addText("Won");
    column.addText("Lost");
    column.addTextAgain(column.textIndex(0));
    EXPECT_EQ(column.rows(), 3U);
    EXPECT_EQ(column.kind(2), CellKind::Text);
    EXPECT_EQ(column.texts()[column.textIndex(2)], "Won");
}

TEST(Column, EdgeAnEmptyTextIsABlankCell) {
    Column column;
    column.addText("");
    column.addBlank();
    column.addText(" \u00A0\t");
    for (std::size_t row = 0; row < 3; ++row) EXPECT_EQ(column.kind(row), CellKind::Blank);
    EXPECT_FALSE(column.hasTexts());
}

TEST(Column, ValueOfTheTopmostError) {
    Column column;
    EXPECT_FALSE(column.firstError());
    column.addNumber(1);
    column.addError(532);
    column.addError(519);
    EXPECT_EQ(column.firstError(), (Column::ErrorCell{1, 532}));
}

TEST(Column, PropertyOfRandomCellsIsThatTheyComeBack) {
    support::Dice dice(9);
    const std::vector<std::string> words = {"Won", "won", "Lost", "É", "", "Proposal"};
    std::vector<Cell> cells;
    Column column;
    for (int row = 0; row < 5000; ++row) {
        switch (dice.below(3)) {
            case 0: cells.emplace_back(dice.between(-1e9, 1e9)); break;
            case 1: cells.emplace_back(dice.pick(words)); break;
            default: cells.emplace_back(Blank{}); break;
        }
        if (const double* number = std::get_if<double>(&cells.back()))
            column.addNumber(*number);
        else if (const std::string* text = std::get_if<std::string>(&cells.back()))
            column.addText(*text);
        else
            column.addBlank();
    }
    ASSERT_EQ(column.rows(), cells.size());
    EXPECT_EQ(column.texts().size(), words.size());
    for (std::size_t row = 0; row < cells.size(); ++row) {
        const Cell back = column.kind(row) == CellKind::Number ? Cell(column.number(row))
                          : column.kind(row) == CellKind::Text ? Cell(column.texts()[column.textIndex(row)])
                                                               : Cell(Blank{});
        EXPECT_EQ(back, cells[row] == Cell(std::string()) ? Cell(Blank{}) : cells[row]);
    }
}

TEST(Table, ValueOfAHeaderWithoutCaseAndOuterBlanks) {
    const MemoryTable table = deals();
    EXPECT_EQ(*table.find("stage"), 0U);
    EXPECT_EQ(*table.find("  STAGE "), 0U);
    EXPECT_EQ(*table.find("Amount"), 1U);
}

TEST(Table, ValueOfAPositionCountedFromOne) {
    const MemoryTable table = deals();
    EXPECT_EQ(*table.find(1.0), 0U);
    EXPECT_EQ(*table.find(5.0), 4U);
}

TEST(Table, RefusalOfAHeaderThatIsMissingOrThereTwice) {
    const MemoryTable table = deals();
    EXPECT_TRUE(refuses(table.find("phase"), Fault::OutsideDomain));
    EXPECT_TRUE(refuses(table.find("stag"), Fault::OutsideDomain));
    EXPECT_TRUE(refuses(table.find("owner"), Fault::OutsideDomain));
    EXPECT_TRUE(refuses(table.find("1"), Fault::OutsideDomain));
}

TEST(Table, RefusalOfAnEmptyHeaderThoughOneIsEmpty) {
    EXPECT_TRUE(refuses(deals().find(""), Fault::OutsideDomain));
    EXPECT_TRUE(refuses(deals().find(" "), Fault::OutsideDomain));
}

TEST(Table, RefusalOfPositionsThatAreNone) {
    const MemoryTable table = deals();
    for (const double position :
         {0.0, -1.0, 6.0, 1.5, 1e308, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()})
        EXPECT_TRUE(refuses(table.find(position), Fault::OutsideDomain)) << position;
}

TEST(Table, ValueOfADoubledHeaderByItsPosition) {
    const Result<ColumnHandle> column = deals().use(3.0);
    ASSERT_TRUE(column);
    EXPECT_EQ((*column)->texts(), (std::vector<std::string>{"", "Ana", "Ben"}));
}

TEST(Table, RefusalOfAnErrorCellSaysWhichAndWhere) {
    const Result<ColumnHandle> column = deals().use("amount");
    ASSERT_TRUE(refuses(column, Fault::ErrorInCell));
    EXPECT_EQ(column.failure().cellError, 532);
    EXPECT_EQ(column.failure().column, 2);
    EXPECT_EQ(column.failure().row, 3);  // the headers are in row 1
}

TEST(Table, PropertyOfUseIsThatOtherColumnsAreNotRead) {
    const MemoryTable table = deals();
    EXPECT_TRUE(table.use("stage"));
    EXPECT_EQ(table.timesRead(), (std::vector<int>{1, 0, 0, 0, 0}));
}

TEST(Table, EdgeHeadersWithoutRows) {
    const MemoryTable table(Rows{{"stage"}});
    EXPECT_EQ(table.rows(), 0U);
    ASSERT_TRUE(table.use("stage"));
    EXPECT_EQ((*table.use("stage"))->rows(), 0U);
}

TEST(Values, ValueOfTextsWhateverTheirCaseAndBlanks) {
    const Values values({"Won", " Closed won "});
    EXPECT_TRUE(values.hasText("WON"));
    EXPECT_TRUE(values.hasText("closed won\u00A0"));
    EXPECT_FALSE(values.hasText("closed"));
    EXPECT_TRUE(values.hasText("Closed \u00A0won"));
    EXPECT_FALSE(values.hasText("Closedwon"));
}

TEST(Values, EdgeANumberIsTheTextOfItsDigits) {
    const Values values({1.0, "2", 0.5});
    for (const double number : {1.0, 2.0, 0.5}) EXPECT_TRUE(values.hasNumber(number)) << number;
    for (const char* text : {"1", "2", "0.5"}) EXPECT_TRUE(values.hasText(text)) << text;
    EXPECT_FALSE(values.hasNumber(0));
    EXPECT_FALSE(values.hasText("1.0"));
}

TEST(Values, EdgeALoneZeroThatStandsNowhereIsAnEmptyCell) {
    Column flags;
    flags.addNumber(1);
    flags.addText("won");
    EXPECT_TRUE(Values({0.0}).areAnEmptyCell(flags));
    EXPECT_FALSE(Values({1.0}).areAnEmptyCell(flags));
    EXPECT_FALSE(Values({0.0, 2.0}).areAnEmptyCell(flags));
    flags.addText(" 0 ");
    EXPECT_FALSE(Values({0.0}).areAnEmptyCell(flags));
}

TEST(Values, EdgeBlankTextsAreNoValues) {
    EXPECT_TRUE(Values({Blank{}, "", "  "}).empty());
    EXPECT_FALSE(Values({Blank{}, "Won"}).hasText(""));
    EXPECT_FALSE(Values({0.0}).empty());
}

TEST(Values, PropertyOfOverlapIsACommonMember) {
    support::Dice dice(10);
    const std::vector<Cell> pool = {"Won", "won ", "Lost", "Open", 1.0, 2.0, Blank{}, ""};
    const auto some = [&] {
        std::vector<Cell> cells;
        for (std::size_t left = dice.below(4); left > 0; --left) cells.push_back(dice.pick(pool));
        return cells;
    };
    for (int round = 0; round < 2000; ++round) {
        const std::vector<Cell> left = some();
        const std::vector<Cell> right = some();
        bool expected = false;
        for (const Cell& cell : left) {
            if (const double* number = std::get_if<double>(&cell)) expected = expected || Values(right).hasNumber(*number);
            if (const std::string* text = std::get_if<std::string>(&cell)) expected = expected || Values(right).hasText(*text);
        }
        EXPECT_EQ(Values(left).overlaps(Values(right)), expected);
        EXPECT_EQ(Values(right).overlaps(Values(left)), expected);
    }
}

// The table of the tests itself.

TEST(MemoryTable, ValueOfNumbersAndIsoDatesInTexts) {
    const MemoryTable table = deals();
    EXPECT_EQ(table.culture().numberFromText("-12.5E2"), -1250);
    EXPECT_EQ(table.culture().numberFromText("+3"), 3);
    // Calc: =DATE(2026;1;5) is 46027, =DATE(1899;12;31) is 1.
    EXPECT_EQ(table.culture().numberFromText("2026-01-05"), 46027);
    EXPECT_EQ(table.culture().numberFromText("1899-12-31"), 1);
}

TEST(MemoryTable, RefusalOfOtherTexts) {
    const MemoryTable table = deals();
    for (const std::string_view text :
         {"", "inf", "nan", "0x10", "1,5", "2026-02-30", "2026-1-5", "5.1.2026", "12 ", "+-3", "1e999"})
        EXPECT_FALSE(table.culture().numberFromText(text)) << '"' << text << '"';
}

}  // namespace
}  // namespace calckpi
