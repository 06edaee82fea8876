// The table within some cells: exports have titles above the headers, two header rows, empty rows, subtotals, totals and footers.
//
//   std::optional<TableExtent> extent = extentOf(cells, merged);
//   extent->headerRow                 // 5: the row whose texts name the columns to a formula
//   extent->firstRow, ->lastRow       // 6 and 187: the data; a source begins at headerRow and ends at lastRow
//   extent->leftOut                   // {53, Blank}, {188, Total}, {190, Note}
#pragma once

#include "core/recognition/choices.hpp"
#include "core/tables/table.hpp"
#include "core/values/cell.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace calckpi::panel {

// MergedCells are the rows and columns, first and last, of cells that are one.
struct MergedCells {
    std::size_t firstRow = 0;
    std::size_t firstColumn = 0;
    std::size_t lastRow = 0;
    std::size_t lastColumn = 0;
};

enum class LeftOut : std::uint8_t {
    Blank,     // an empty row between rows of data
    Subtotal,  // between them, too
    Total,     // behind them
    Note,      // a line of text: of a group, or a footer
};

struct LeftOutRow {
    std::size_t row = 0;
    LeftOut kind = LeftOut::Blank;
    friend bool operator==(const LeftOutRow&, const LeftOutRow&) = default;
};

// TableExtent says where in the cells the table is. All rows and columns are counted from 0 in these cells.
struct TableExtent {
    std::size_t headerRow = 0;   // the last header row, right above the data
    std::size_t headerRows = 1;  // 2 with a row of group headers above it
    std::size_t firstColumn = 0;
    std::size_t lastColumn = 0;
    std::size_t firstRow = 0;  // of the data
    std::size_t lastRow = 0;
    std::size_t dataRows = 0;  // without those that are left out
    // What the columns are called, from firstColumn on: a column whose header is in the upper row alone has it from there, and
    // lower headers that are alike have the group's in front ("2024 Won", "2025 Won"). Formulas know the texts of headerRow only.
    std::vector<std::string> headers;
    std::vector<LeftOutRow> leftOut;  // below the headers, in their order; totals and footers behind lastRow, too
    // Rows of data behind the first empty row: whoever takes the cells up to that row loses them.
    std::size_t rowsBehindBlank = 0;
    // A column that is empty in all subtotals between the data and filled in the data: a filter "<>" on it leaves them out.
    std::optional<std::size_t> filledInData{};

    bool hasRowsBetween() const { return firstOf(LeftOut::Subtotal).has_value(); }
    std::optional<std::size_t> firstOf(LeftOut kind) const;
};

// extentOf finds the first table; nothing if no row is a header.
std::optional<TableExtent> extentOf(const Grid& cells, std::span<const MergedCells> merged = {});

// columnWithoutSubtotals is the place of the column that all rows of data of a table fill and no subtotal between them does;
// nothing for a table without subtotals.
std::optional<std::size_t> columnWithoutSubtotals(const Table& table);

}  // namespace calckpi::panel
