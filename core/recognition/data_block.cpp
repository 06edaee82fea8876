#include "core/recognition/data_block.hpp"

#include <algorithm>

namespace calckpi::panel {
namespace {

// A click is to be answered at once: of a long table its first and last rows are looked at.
constexpr std::int32_t mostCells = 60'000;
constexpr std::int32_t headRows = 45;  // in which headers and merged cells are looked for
constexpr std::int32_t tailRows = 200;

std::int32_t row(std::size_t index) { return static_cast<std::int32_t>(index); }

bool isBlank(const Grid& cells, std::size_t row) {
    const auto first = cells.cells.begin() + static_cast<std::ptrdiff_t>(row * cells.columns);
    return std::all_of(first, first + static_cast<std::ptrdiff_t>(cells.columns),
                       [](const Cell& cell) { return std::holds_alternative<Blank>(cell); });
}

std::size_t filledIn(const Grid& cells, std::size_t row) {
    const auto first = cells.cells.begin() + static_cast<std::ptrdiff_t>(row * cells.columns);
    return static_cast<std::size_t>(std::count_if(first, first + static_cast<std::ptrdiff_t>(cells.columns),
                                                  [](const Cell& cell) { return !std::holds_alternative<Blank>(cell); }));
}

// joined puts the rows of one grid below another of the same width.
Grid joined(Grid upper, const Grid& lower) {
    upper.rows += lower.rows;
    upper.cells.insert(upper.cells.end(), lower.cells.begin(), lower.cells.end());
    return upper;
}

// Looked is a block that was looked at, and the table found there.
struct Looked {
    DataBlock block;
    Grid cells;
    TableExtent extent;

    std::int32_t headerRow() const { return block.firstRow + row(extent.headerRow); }
    CellPlace header() const { return {headerRow(), block.firstColumn + row(extent.firstColumn)}; }
    // The first empty row among the data.
    std::optional<std::int32_t> firstEmptyRow() const {
        for (const LeftOutRow& left : extent.leftOut)
            if (left.kind == LeftOut::Blank && left.row > extent.firstRow) return block.firstRow + row(left.row);
        return std::nullopt;
    }
    // Above the headers stand titles: rows that are much narrower than the table. A wider row may be headers in part.
    bool hasOnlyTitlesAbove() const {
        const std::size_t above = extent.headerRow + 1 - extent.headerRows;
        const std::size_t width = extent.lastColumn - extent.firstColumn + 1;
        for (std::size_t title = 0; title < above; ++title)
            if (filledIn(cells, title) * 2 > width) return false;
        return true;
    }
};

std::optional<Looked> lookAt(const SheetCells& sheet, DataBlock block) {
    block.lastRow = std::min(block.lastRow, block.firstRow + std::max(headRows, mostCells / block.columns()) - 1);
    DataBlock head = block;
    head.lastRow = std::min(head.lastRow, head.firstRow + headRows - 1);
    Grid cells = sheet.cells(block);
    std::optional<TableExtent> extent = extentOf(cells, sheet.merged(head));
    if (!extent || extent->dataRows == 0) return std::nullopt;
    return Looked{block, std::move(cells), *std::move(extent)};
}

// lastOfLong is the last row of data of a table that is longer than what was looked at.
std::int32_t lastOfLong(const SheetCells& sheet, const Looked& looked, std::int32_t last) {
    DataBlock tail = looked.block;
    tail.firstRow = std::max(looked.headerRow() + 1, last - tailRows + 1);
    tail.lastRow = last;
    DataBlock header = looked.block;
    header.firstRow = header.lastRow = looked.headerRow();
    const auto extent = extentOf(joined(sheet.cells(header), sheet.cells(tail)));
    return extent && extent->headerRow == 0 && extent->dataRows > 0 ? tail.firstRow + row(extent->lastRow) - 1 : last;
}

DataBlock blockOf(const SheetCells& sheet, const Looked& looked, CellPlace cell) {
    DataBlock block = looked.block;
    block.firstColumn += row(looked.extent.firstColumn);
    block.lastColumn = looked.block.firstColumn + row(looked.extent.lastColumn);
    block.firstRow = looked.headerRow();
    block.lastRow = looked.block.firstRow + row(looked.extent.lastRow);
    const std::optional<std::int32_t> empty = looked.firstEmptyRow();
    if (empty && cell.row < *empty) {
        block.lastRow = *empty - 1;
        for (auto left = looked.extent.leftOut.rbegin(); left != looked.extent.leftOut.rend(); ++left)  // totals above that row
            if (looked.block.firstRow + row(left->row) == block.lastRow) --block.lastRow;
    } else if (looked.extent.lastRow + 1 == looked.cells.rows) {
        const std::int32_t last = sheet.region({block.lastRow, block.firstColumn}).lastRow;
        if (last > block.lastRow) block.lastRow = lastOfLong(sheet, looked, last);
    }
    return block;
}

// headerBelow is the place of the headers below a title that is one cell wide.
std::optional<CellPlace> headerBelow(const SheetCells& sheet, DataBlock title, const DataBlock& used) {
    const std::int32_t last = title.lastRow;
    title.firstColumn = std::min(title.firstColumn, used.firstColumn);
    title.lastColumn = std::max(title.lastColumn, used.lastColumn);
    title.lastRow = used.lastRow;
    const std::optional<Looked> looked = lookAt(sheet, title);
    if (!looked || !looked->hasOnlyTitlesAbove() || looked->headerRow() <= last) return std::nullopt;
    return looked->header();
}

bool holds(const Looked& looked, const DataBlock& region) {
    return looked.hasOnlyTitlesAbove() && region.firstRow <= looked.block.firstRow + row(looked.extent.lastRow);
}

}  // namespace

DataBlock blockAround(const SheetCells& sheet, CellPlace cell) {
    const DataBlock region = sheet.region(cell);
    const DataBlock used = sheet.used();
    if (region.columns() == 1 && used.lastRow > region.lastRow && filledIn(sheet.cells(region), 0) > 0)
        if (const std::optional<CellPlace> header = headerBelow(sheet, region, used)) return blockAround(sheet, *header);
    DataBlock below = region;
    below.lastRow = std::max(region.lastRow, used.lastRow);
    DataBlock whole = below;
    whole.firstRow = std::min(region.firstRow, used.firstRow);
    for (DataBlock block : {whole, below}) {
        std::optional<Looked> looked = lookAt(sheet, block);
        if (!looked || !holds(*looked, region)) continue;
        // Below a title, or above an empty row: as wide as the cells around the headers are.
        const CellPlace header = looked->header();
        if (header.row > region.lastRow) return blockAround(sheet, header);
        if (header.row < region.firstRow) {
            const DataBlock around = sheet.region(header);
            block.firstColumn = std::min(block.firstColumn, around.firstColumn);
            block.lastColumn = std::max(block.lastColumn, around.lastColumn);
            looked = lookAt(sheet, block);
        }
        if (looked) return blockOf(sheet, *looked, cell);
    }
    return region;
}

RowsBelow rowsBelow(const SheetCells& sheet, const DataBlock& source, std::optional<std::int32_t> end) {
    DataBlock below = source;
    below.firstRow = source.lastRow + 1;
    below.lastRow = std::min({sheet.used().lastRow, end.value_or(sheet.used().lastRow + 1) - 1,
                              source.lastRow + std::max(headRows, mostCells / source.columns())});
    if (below.lastRow < below.firstRow || source.rows() < 2) return {};
    DataBlock header = source;
    header.lastRow = header.firstRow;
    DataBlock tail = source;
    tail.firstRow = std::max(source.firstRow + 1, source.lastRow - tailRows + 1);
    const Grid lower = sheet.cells(below);
    const auto extent = extentOf(joined(joined(sheet.cells(header), sheet.cells(tail)), lower));
    if (!extent || extent->headerRow != 0) return {};
    const auto known = static_cast<std::size_t>(tail.rows());
    RowsBelow found;
    for (std::size_t index = known + 1; index <= extent->lastRow; ++index) {
        const bool leftOut = std::any_of(extent->leftOut.begin(), extent->leftOut.end(),
                                         [index](const LeftOutRow& left) { return left.row == index; });
        if (!leftOut) ++found.rows;
    }
    if (found.rows == 0) return {};
    found.afterEmptyRow = isBlank(lower, 0);
    found.lastRow = tail.firstRow + row(extent->lastRow) - 1;
    return found;
}

std::vector<std::string> headersOf(const SheetCells& sheet, const DataBlock& source) {
    if (source.firstRow == 0) return {};
    DataBlock head = source;
    --head.firstRow;
    head.lastRow = std::min(source.lastRow, head.firstRow + headRows - 1);
    const auto extent = extentOf(sheet.cells(head), sheet.merged(head));
    if (!extent || extent->headerRow != 1 || extent->headerRows != 2 || extent->firstColumn != 0) return {};
    return extent->headers;
}

}  // namespace calckpi::panel
