#include "core/recognition/table_extent.hpp"

#include "core/recognition/vocabulary.hpp"
#include "core/recognition/vocabulary_file.hpp"
#include "core/recognition/written_values.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <unordered_map>

namespace calckpi::panel {
namespace {

constexpr std::size_t mostTitleRows = 40;  // rows above the headers are looked through so far
constexpr std::size_t mostRowsBelow = 50;  // that tell how wide a table is

// saysSomething is asked of every cell: letters and digits at the beginning need no closer look.
bool saysSomething(const std::string& text) {
    const bool plain = !text.empty() && text.front() > ' ' && text.front() <= '~';
    return plain || !folded(text).empty();
}

bool isFilled(const Cell& cell) {
    if (const std::string* text = std::get_if<std::string>(&cell)) return saysSomething(*text);
    return !std::holds_alternative<Blank>(cell);
}

const std::string* wordIn(const Cell& cell) {
    const std::string* text = std::get_if<std::string>(&cell);
    return text != nullptr && saysSomething(*text) ? text : nullptr;
}

// isName is true for a text that is neither a number nor a date: a header, a name.
bool isName(const Cell& cell) {
    constexpr std::chrono::sys_days any = std::chrono::year(1899) / 12 / 30;
    const std::string* text = wordIn(cell);
    return text != nullptr && !readNumber(*text) && !readDate(*text, any);
}

// saysTotal tells "Total", "Grand Total" and "Zoe Subtotal".
bool saysTotal(const Cell& cell) {
    const std::string* text = wordIn(cell);
    if (text == nullptr) return false;
    const std::string plain = plainWords(*text);
    const std::vector<std::string_view> words = splitWords(plain);
    if (words.empty() || words.size() > 8) return false;
    return isTotal(plain) || isTotal(words.front()) || isTotal(words.back()) || plain.ends_with("sous total");
}

class Sheet {
public:
    Sheet(const Grid& cells, std::span<const MergedCells> merged) : cells_(cells), merged_(merged) {}

    std::optional<TableExtent> extent() {
        const std::optional<std::size_t> header = findHeader();
        if (!header) return std::nullopt;
        extent_.headerRow = *header;
        findColumns();
        extent_.headers = headers();
        findRows();
        return extent_;
    }

private:
    const Cell& at(std::size_t row, std::size_t column) const { return cells_.at(row, column); }
    std::size_t filledIn(std::size_t row, std::size_t first, std::size_t last) const {
        std::size_t filled = 0;
        for (std::size_t column = first; column <= last; ++column) filled += isFilled(at(row, column)) ? 1 : 0;
        return filled;
    }
    std::size_t filledIn(std::size_t row) const { return cells_.columns == 0 ? 0 : filledIn(row, 0, cells_.columns - 1); }
    std::size_t namesIn(std::size_t row) const {
        std::size_t names = 0;
        for (std::size_t column = 0; column < cells_.columns; ++column) names += isName(at(row, column)) ? 1 : 0;
        return names;
    }
    // widthBelow is how many cells the fullest of the next rows fills.
    std::size_t widthBelow(std::size_t row) const {
        std::size_t width = 0;
        for (std::size_t below = row + 1; below < std::min(cells_.rows, row + 1 + mostRowsBelow); ++below)
            width = std::max(width, filledIn(below));
        return width;
    }

    // The header is the first row of names that is nearly as wide as what is below it, or the lower one of two such rows.
    std::optional<std::size_t> findHeader() {
        for (std::size_t row = 0; row < std::min(cells_.rows, mostTitleRows); ++row) {
            const std::size_t filled = filledIn(row);
            const std::size_t width = filled == 0 ? 0 : widthBelow(row);
            if (width == 0) continue;
            if (isPair(row, width)) {
                extent_.headerRows = 2;
                return row + 1;
            }
            if (namesIn(row) * 10 >= filled * 8 && filled * 10 >= width * 6 && (filled >= 2 || width == 1)) return row;
        }
        return std::nullopt;
    }
    // isPair is true for a row of group headers above the headers of their columns: each fills columns that the other leaves empty.
    bool isPair(std::size_t row, std::size_t width) const {
        if (row + 2 >= cells_.rows || namesIn(row + 1) < filledIn(row + 1)) return false;
        std::size_t both = 0;
        std::size_t upper = 0;
        std::size_t lower = 0;
        bool otherwiseBelow = false;
        for (std::size_t column = 0; column < cells_.columns; ++column) {
            const bool above = isFilled(at(row, column));
            const bool below = isFilled(at(row + 1, column));
            if (above && below) ++both;
            if (above && !below && hasCells(row + 2, column)) ++upper;
            if (below && !above) ++lower;
            if (below) otherwiseBelow = otherwiseBelow || holdsNumbers(row + 2, column);
        }
        const bool grouped = std::any_of(merged_.begin(), merged_.end(), [row](const MergedCells& cells) {
            return cells.firstRow == row && cells.lastRow == row && cells.lastColumn > cells.firstColumn;
        });
        return lower > 0 && both <= lower && (upper > 0 || grouped) && (both + upper + lower) * 10 >= width * 6 &&
               (grouped || otherwiseBelow);
    }
    bool hasCells(std::size_t first, std::size_t column) const {
        for (std::size_t row = first; row < std::min(cells_.rows, first + mostRowsBelow); ++row)
            if (isFilled(at(row, column))) return true;
        return false;
    }
    bool holdsNumbers(std::size_t first, std::size_t column) const {
        std::size_t numbers = 0;
        std::size_t filled = 0;
        for (std::size_t row = first; row < std::min(cells_.rows, first + mostRowsBelow); ++row) {
            if (!isFilled(at(row, column))) continue;
            ++filled;
            if (!isName(at(row, column))) ++numbers;
        }
        return numbers * 2 > filled;
    }

    bool isHeader(std::size_t column) const {
        return isFilled(at(extent_.headerRow, column)) || (extent_.headerRows == 2 && isFilled(at(extent_.headerRow - 1, column)));
    }
    // The columns are those from the first to the last that has a header; beside the headers stands something else.
    void findColumns() {
        std::size_t first = 0;
        while (first + 1 < cells_.columns && !isHeader(first)) ++first;
        std::size_t last = cells_.columns - 1;
        while (last > first && !isHeader(last)) --last;
        extent_.firstColumn = first;
        extent_.lastColumn = last;
    }

    std::string textAt(std::size_t row, std::size_t column) const {
        if (const double* number = std::get_if<double>(&at(row, column))) return digitsOf(*number);
        const std::string* text = wordIn(at(row, column));
        return text == nullptr ? std::string() : std::string(trimmed(*text));
    }
    // groupOf is the header of the group that a column is in: the next one in the upper row, to the left.
    std::string groupOf(std::size_t column) const {
        for (std::size_t left = column + 1; left > extent_.firstColumn; --left)
            if (std::string text = textAt(extent_.headerRow - 1, left - 1); !text.empty()) return text;
        return {};
    }
    std::vector<std::string> headers() const {
        std::vector<std::string> headers;
        for (std::size_t column = extent_.firstColumn; column <= extent_.lastColumn; ++column)
            headers.push_back(textAt(extent_.headerRow, column));
        if (extent_.headerRows == 1) return headers;
        std::unordered_map<std::string, std::size_t> times;
        for (const std::string& header : headers) ++times[folded(header)];
        for (std::size_t column = extent_.firstColumn; column <= extent_.lastColumn; ++column) {
            std::string& header = headers[column - extent_.firstColumn];
            if (header.empty())
                header = textAt(extent_.headerRow - 1, column);
            else if (times[folded(header)] > 1)
                header = groupOf(column) + ' ' + header;
        }
        return headers;
    }

    // Rows
    std::size_t filledInTable(std::size_t row) const { return filledIn(row, extent_.firstColumn, extent_.lastColumn); }
    bool someTotal(std::size_t row) const {
        for (std::size_t column = extent_.firstColumn; column <= extent_.lastColumn; ++column)
            if (saysTotal(at(row, column))) return true;
        return false;
    }
    void findRows() {
        const std::size_t first = extent_.headerRow + 1;
        findUsualColumns(first);
        std::optional<std::size_t> end;
        for (std::size_t row = first; row < cells_.rows && !end; ++row) {
            if (row > first && filledInTable(row - 1) == 0 && isAnotherHeader(row)) end = row;
            if (!end) kinds_.push_back(kindOf(row));
        }
        const auto isData = [](const std::optional<LeftOut>& kind) { return !kind; };
        const auto last = std::find_if(kinds_.rbegin(), kinds_.rend(), isData);
        const auto begin = std::find_if(kinds_.begin(), kinds_.end(), isData);
        extent_.firstRow = first + static_cast<std::size_t>(begin == kinds_.end() ? 0 : begin - kinds_.begin());
        extent_.lastRow = last == kinds_.rend() ? extent_.headerRow : first + static_cast<std::size_t>(kinds_.rend() - last) - 1;
        dropUnnamedSum();
        list(first);
        findFilter(first);
    }
    // findUsualColumns finds those that nearly all rows fill, and those of them that hold names.
    void findUsualColumns(std::size_t first) {
        std::size_t rows = 0;
        std::vector<std::size_t> filled(cells_.columns);
        std::vector<std::size_t> names(cells_.columns);
        constexpr std::size_t enough = 500;  // rows
        for (std::size_t row = first; row < std::min(cells_.rows, first + enough); ++row) {
            usualWidth_ = std::max(usualWidth_, filledInTable(row));
            if (filledInTable(row) * 10 < (extent_.lastColumn - extent_.firstColumn + 1) * 4 || someTotal(row)) continue;
            ++rows;
            for (std::size_t column = extent_.firstColumn; column <= extent_.lastColumn; ++column) {
                if (!isFilled(at(row, column))) continue;
                ++filled[column];
                if (isName(at(row, column))) ++names[column];
            }
        }
        for (std::size_t column = extent_.firstColumn; column <= extent_.lastColumn; ++column) {
            if (rows == 0 || filled[column] * 10 < rows * 9) continue;
            (names[column] * 2 > filled[column] ? usualNames_ : usualNumbers_).push_back(column);
        }
    }
    bool lacksSome(std::size_t row, const std::vector<std::size_t>& columns) const {
        return std::any_of(columns.begin(), columns.end(), [&](std::size_t column) { return !isFilled(at(row, column)); });
    }
    // isAnotherHeader is true for a row of names where the table has numbers: a second table begins.
    bool isAnotherHeader(std::size_t row) const {
        const std::size_t filled = filledInTable(row);
        if (filled < 2 || usualNumbers_.empty()) return false;
        return std::all_of(usualNumbers_.begin(), usualNumbers_.end(), [&](std::size_t column) { return isName(at(row, column)); });
    }
    // kindOf is why a row is left out; nothing for a row of data.
    std::optional<LeftOut> kindOf(std::size_t row) const {
        const std::size_t filled = filledInTable(row);
        if (filled == 0) return LeftOut::Blank;
        const bool lacks = lacksSome(row, usualNames_) || lacksSome(row, usualNumbers_);
        if (!lacks) return std::nullopt;
        if (someTotal(row)) return LeftOut::Subtotal;
        std::size_t names = 0;
        for (std::size_t column = extent_.firstColumn; column <= extent_.lastColumn; ++column)
            names += isName(at(row, column)) ? 1 : 0;
        const bool line = names == filled && usualWidth_ >= 3 && filled * 10 <= usualWidth_ * 3;
        return line ? std::optional(LeftOut::Note) : std::nullopt;
    }
    // dropUnnamedSum leaves a last row out that has numbers and none of the names that each row of data has.
    void dropUnnamedSum() {
        if (usualNames_.empty() || extent_.lastRow <= extent_.firstRow) return;
        const std::size_t row = extent_.lastRow;
        for (const std::size_t column : usualNames_)
            if (isFilled(at(row, column))) return;
        const std::size_t first = extent_.headerRow + 1;
        kinds_[row - first] = LeftOut::Subtotal;
        do --extent_.lastRow;
        while (extent_.lastRow > extent_.firstRow && kinds_[extent_.lastRow - first]);
    }
    void list(std::size_t first) {
        bool behindBlank = false;
        std::size_t trailing = kinds_.size();
        while (trailing > 0 && kinds_[trailing - 1] == LeftOut::Blank) --trailing;
        for (std::size_t index = 0; index < trailing; ++index) {
            const std::size_t row = first + index;
            if (!kinds_[index]) {
                ++extent_.dataRows;
                if (behindBlank) ++extent_.rowsBehindBlank;
                continue;
            }
            LeftOut kind = *kinds_[index];
            if (kind == LeftOut::Subtotal && row > extent_.lastRow) kind = LeftOut::Total;
            if (kind == LeftOut::Blank && row > extent_.lastRow) continue;
            if (kind == LeftOut::Blank && row > extent_.firstRow) behindBlank = true;
            extent_.leftOut.push_back({row, kind});
        }
    }
    void findFilter(std::size_t first) {
        if (!extent_.hasRowsBetween()) return;
        for (std::size_t column = extent_.firstColumn; column <= extent_.lastColumn && !extent_.filledInData; ++column) {
            bool tells = true;
            for (std::size_t row = first; row <= extent_.lastRow && tells; ++row) {
                const std::optional<LeftOut>& kind = kinds_[row - first];
                if (!kind) tells = isFilled(at(row, column));
                if (kind == LeftOut::Subtotal || kind == LeftOut::Note) tells = !isFilled(at(row, column));
            }
            if (tells) extent_.filledInData = column;
        }
    }

    const Grid& cells_;
    std::span<const MergedCells> merged_;
    TableExtent extent_;
    std::vector<std::optional<LeftOut>> kinds_;  // of the rows below the headers
    std::vector<std::size_t> usualNames_;
    std::vector<std::size_t> usualNumbers_;
    std::size_t usualWidth_ = 0;
};

// Columns are those of a table, read once.
using TableColumns = std::vector<ColumnHandle>;

Cell cellAt(const Column& column, std::size_t row) {
    switch (column.kind(row)) {
        case CellKind::Number: return column.number(row);
        case CellKind::Text: return column.texts()[column.textIndex(row)];
        case CellKind::Error: return CellError{};
        case CellKind::Blank: break;
    }
    return Blank{};
}

// mayHaveSubtotals looks for a narrow row that says that it is one: to lay out all cells takes its time.
bool mayHaveSubtotals(const TableColumns& columns, std::size_t rows) {
    std::vector<std::size_t> filled(rows);
    for (const ColumnHandle& column : columns)
        for (std::size_t row = 0; row < rows; ++row) filled[row] += column->kind(row) == CellKind::Blank ? 0 : 1;
    const std::size_t most = rows == 0 ? 0 : *std::max_element(filled.begin(), filled.end());
    for (std::size_t row = 0; row < rows; ++row) {
        if (filled[row] * 3 > most * 2) continue;
        if (std::any_of(columns.begin(), columns.end(),
                        [row](const ColumnHandle& column) { return saysTotal(cellAt(*column, row)); }))
            return true;
    }
    return false;
}

}  // namespace

std::optional<std::size_t> columnWithoutSubtotals(const Table& table) {
    TableColumns columns;
    for (std::size_t column = 0; column < table.headers().size(); ++column) columns.push_back(table.look(column));
    if (!mayHaveSubtotals(columns, table.rows())) return std::nullopt;
    Grid grid{.rows = table.rows() + 1, .columns = columns.size(), .cells = {}};
    for (const std::string& header : table.headers()) grid.cells.emplace_back(header);
    for (std::size_t row = 0; row < table.rows(); ++row)
        for (const ColumnHandle& column : columns) grid.cells.push_back(cellAt(*column, row));
    const std::optional<TableExtent> extent = extentOf(grid);
    return extent && extent->headerRow == 0 ? extent->filledInData : std::nullopt;
}

std::optional<std::size_t> TableExtent::firstOf(LeftOut kind) const {
    const auto found = std::find_if(leftOut.begin(), leftOut.end(), [kind](const LeftOutRow& row) { return row.kind == kind; });
    return found == leftOut.end() ? std::nullopt : std::optional(found->row);
}

std::optional<TableExtent> extentOf(const Grid& cells, std::span<const MergedCells> merged) {
    if (cells.rows == 0 || cells.columns == 0) return std::nullopt;
    return Sheet(cells, merged).extent();
}

}  // namespace calckpi::panel
