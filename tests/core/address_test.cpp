#include "core/values/address.hpp"

#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <string>

namespace calckpi {
namespace {

// Each as Calc 7.4 or a user writes it, what it means, and how it is shown.
struct Written {
    const char* text;
    const char* sheet;  // nullptr: none
    RangeAddress cells;
    const char* shown;
};

TEST(Address, ValueOfWhatCalcAndUsersWrite) {
    constexpr std::int32_t end = lastSheetRow;
    const Written all[] = {
        {"B4", nullptr, {.column = 1, .row = 3, .lastColumn = 1, .lastRow = 3}, "B4"},
        {"$A$1:$G$99", nullptr, {.lastColumn = 6, .lastRow = 98}, "A1:G99"},
        {"g99:a1", nullptr, {.lastColumn = 6, .lastRow = 98}, "A1:G99"},
        {"A:G", nullptr, {.lastColumn = 6, .lastRow = end}, "A:G"},
        {"$Deals.$A:$G", "Deals", {.lastColumn = 6, .lastRow = end}, "Deals.A:G"},
        {"3:7", nullptr, {.row = 2, .lastColumn = lastSheetColumn, .lastRow = 6}, "A3:XFD7"},
        {"XFD1048576",
         nullptr,
         {.column = lastSheetColumn, .row = end, .lastColumn = lastSheetColumn, .lastRow = end},
         "XFD1048576"},
        {"$Deals.$A$1:$G$99", "Deals", {.lastColumn = 6, .lastRow = 98}, "Deals.A1:G99"},
        {"Deals!A1:G99", "Deals", {.lastColumn = 6, .lastRow = 98}, "Deals!A1:G99"},
        {"$'Q1!'.$A$1:$C$9", "Q1!", {.lastColumn = 2, .lastRow = 8}, "'Q1!'.A1:C9"},
        {"'Q1!'!A1", "Q1!", {}, "'Q1!'!A1"},
        {"Q1!.A1", "Q1!", {}, "Q1!.A1"},
        {"$'a.b'.$A$1:$C$4", "a.b", {.lastColumn = 2, .lastRow = 3}, "'a.b'.A1:C4"},
        {"a.b.A1:C4", "a.b", {.lastColumn = 2, .lastRow = 3}, "a.b.A1:C4"},
        {"$'L''été : $5'.$A$1:$C$4", "L'été : $5", {.lastColumn = 2, .lastRow = 3}, "'L''été : $5'.A1:C4"},
        {"$Deals.$A$1:$Deals.$C$4", "Deals", {.lastColumn = 2, .lastRow = 3}, "Deals.A1:C4"},
    };
    for (const Written& each : all) {
        const std::optional<RangeAddress> read = readAddress(each.text);
        ASSERT_TRUE(read) << each.text;
        EXPECT_EQ(read->sheet, each.sheet == nullptr ? std::nullopt : std::optional<std::string>(each.sheet)) << each.text;
        EXPECT_EQ(read->column, each.cells.column) << each.text;
        EXPECT_EQ(read->row, each.cells.row) << each.text;
        EXPECT_EQ(read->lastColumn, each.cells.lastColumn) << each.text;
        EXPECT_EQ(read->lastRow, each.cells.lastRow) << each.text;
        EXPECT_FALSE(read->spansSheets()) << each.text;
        EXPECT_EQ(shown(*read), each.shown);
    }
}

TEST(Address, ValueOfARangeOverSheets) {
    EXPECT_TRUE(readAddress("$First.$A$1:$Last.$C$4")->spansSheets());
    EXPECT_TRUE(readAddress("$'a.b'.$A$1:$'a.c'.$C$4")->spansSheets());
    EXPECT_FALSE(readAddress("$'a.b'.$A$1:$C$4")->spansSheets());
}

TEST(Address, RefusalOfWhatIsNone) {
    for (const char* text : {"",
                             "A",
                             "7",
                             "Deals",
                             "A0",
                             "A1048577",
                             "XFE1",
                             "AAAA1",
                             "A1:",
                             ":A1",
                             "A1:B",
                             "A:3",
                             "A1:B2:C3",
                             "Deals.",
                             "Deals.#REF!",
                             "#REF!",
                             "'Deals.A1",
                             "''.A1",
                             "'Deals'A1",
                             "A$",
                             "$",
                             "A1 B2",
                             "file:///x.ods#$Deals.A1",
                             "99999999999",
                             "Größe.A1.",
                             "A1;B2"})
        EXPECT_FALSE(readAddress(text)) << text;
}

// Any name that a sheet can have comes back from its address, quoted as Calc quotes it.
TEST(Address, PropertyEverySheetNameComesBack) {
    support::Dice dice(12);
    const std::string letters = "aZ9 .!$'#&-_,;()\"";
    for (int round = 0; round < 2000; ++round) {
        std::string name = "x";
        for (std::size_t left = dice.below(6); left > 0; --left) name += letters[dice.below(letters.size())];
        name += "y";
        std::string quoted;
        for (const char letter : name) quoted += letter == '\'' ? "''" : std::string(1, letter);
        const auto column = static_cast<std::int32_t>(dice.below(100));
        const auto row = static_cast<std::int32_t>(dice.below(1000));
        const std::string cells = lettersOf(column) + std::to_string(row + 1) + ":" + cellName(column + 3, row + 5);
        const std::optional<RangeAddress> read = readAddress("$'" + quoted + "'." + cells);
        ASSERT_TRUE(read) << name;
        EXPECT_EQ(read->sheet, name);
        EXPECT_EQ(read->column, column);
        EXPECT_EQ(read->lastRow, row + 5);
        EXPECT_EQ(shown(*read), "'" + quoted + "'." + cells);
    }
}

TEST(Address, ValueOfColumnLetters) {
    const std::pair<std::int32_t, const char*> all[] = {{0, "A"}, {25, "Z"}, {26, "AA"}, {701, "ZZ"}, {702, "AAA"}, {16383, "XFD"}};
    for (const auto& [column, letters] : all) EXPECT_EQ(lettersOf(column), letters);
}

}  // namespace
}  // namespace calckpi
