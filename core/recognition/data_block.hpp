// The cells that a click into a sheet means, and the rows that belong to them further down.
//
//   DataBlock block = blockAround(sheet, {row, column});   // without titles, totals and footers
//   rowsBelow(sheet, block).rows                           // "139 more rows after an empty row"
#pragma once

#include "core/recognition/table_extent.hpp"
#include "core/values/cell.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace calckpi::panel {

// DataBlock are rows and columns of a sheet, first and last, counted from 0.
struct DataBlock {
    std::int32_t firstRow = 0;
    std::int32_t firstColumn = 0;
    std::int32_t lastRow = 0;
    std::int32_t lastColumn = 0;
    std::int32_t rows() const { return lastRow - firstRow + 1; }
    std::int32_t columns() const { return lastColumn - firstColumn + 1; }
    friend bool operator==(const DataBlock&, const DataBlock&) = default;
};

// CellPlace is a cell of a sheet, counted from 0.
struct CellPlace {
    std::int32_t row = 0;
    std::int32_t column = 0;
};

// SheetCells is a sheet whose cells can be looked at.
class SheetCells {
public:
    SheetCells() = default;
    SheetCells(const SheetCells&) = delete;
    SheetCells& operator=(const SheetCells&) = delete;
    virtual ~SheetCells() = default;

    virtual Grid cells(const DataBlock& block) const = 0;
    // merged are the cells of a block that are one, counted within the block.
    virtual std::vector<MergedCells> merged(const DataBlock& block) const = 0;
    // used is the smallest block with all filled cells.
    virtual DataBlock used() const = 0;
    // region is the block of filled cells around a cell, up to empty rows and columns.
    virtual DataBlock region(CellPlace cell) const = 0;
};

// blockAround is the table that a click on a cell means: headers in its first row, up to the first empty row unless the cell stands
// below that. Cells in which no table is found are those of the region.
DataBlock blockAround(const SheetCells& sheet, CellPlace cell);

// RowsBelow are the rows of data that are below a source and are not counted.
struct RowsBelow {
    std::int64_t rows = 0;
    bool afterEmptyRow = false;  // they do not follow right away
    std::int32_t lastRow = 0;    // of the sheet: the source would end there
    friend bool operator==(const RowsBelow&, const RowsBelow&) = default;
};

// rowsBelow looks below a source, down to the end of the sheet or to `end`, the row of something else.
RowsBelow rowsBelow(const SheetCells& sheet, const DataBlock& source, std::optional<std::int32_t> end = {});

// headersOf are the headers of a source where those of its first row do not say all: two header rows. Otherwise there are none.
std::vector<std::string> headersOf(const SheetCells& sheet, const DataBlock& source);

}  // namespace calckpi::panel
