// Addresses of cells, as formulas and users write them. An address is parsed, never searched for single characters: a sheet's name
// may hold any of them.
//
//   const auto address = readAddress("$'Q1! net'.$A$1:$G$99");   // sheet "Q1! net", columns 0 to 6, rows 0 to 98
//   shown(*address)                                              // 'Q1! net'.A1:G99
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace calckpi {

// The last row and column that an address can name, counted from 0.
inline constexpr std::int32_t lastSheetRow = 1'048'575;
inline constexpr std::int32_t lastSheetColumn = 16'383;

// RangeAddress is what an address says: a cell, a rectangle of cells, whole columns or whole rows. Columns and rows are counted
// from 0, both ends are part of the range, and the first is never after the last.
struct RangeAddress {
    std::string sheetPart{};               // as written, with its dollar sign, quotes and separator: "$'Q1! net'."; may be empty
    std::optional<std::string> sheet{};    // the sheet's name; none if the address names no sheet
    std::optional<std::string> toSheet{};  // that of the last cell, if the address names one there
    std::int32_t column = 0;
    std::int32_t row = 0;
    std::int32_t lastColumn = 0;
    std::int32_t lastRow = 0;

    bool wholeColumns() const { return row == 0 && lastRow == lastSheetRow; }
    bool oneCell() const { return column == lastColumn && row == lastRow; }
    // spansSheets is true for a range over several sheets, $First.$A$1:$Last.$C$4.
    bool spansSheets() const { return toSheet && toSheet != sheet; }
};

// readAddress reads B4, $A$1:$G$99, A:G, 3:7 and the same with a sheet: $Deals.A1:G99, 'My sheet'!A1. Nothing for any other text. A
// name in quotes is read as Calc writes it, with each ' doubled; one without ends at the last dot or exclamation mark.
std::optional<RangeAddress> readAddress(std::string_view text);

// shown is the address as users read it, without dollar signs: Deals.A1:G99, 'My sheet'.A:G.
std::string shown(const RangeAddress& address);

// lettersOf names a column as Calc does: 0 is A, 26 is AA.
std::string lettersOf(std::int32_t column);
// cellName is a cell's address on its own sheet: (1, 3) is B4.
std::string cellName(std::int32_t column, std::int32_t row);

}  // namespace calckpi
