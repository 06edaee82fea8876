// CSV files as raw cells: what is above, between and below a table is there, too. Numbers are numbers, all else is text, as in
// Calc's import without the recognition of special numbers.
#pragma once

#include "core/values/cell.hpp"
#include "tests/support/memory_table.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace calckpi::support {

inline Grid gridOf(const Rows& rows) {
    Grid grid{.rows = rows.size(), .columns = 0, .cells = {}};
    for (const std::vector<Cell>& row : rows) grid.columns = std::max(grid.columns, row.size());
    for (const std::vector<Cell>& row : rows) {
        grid.cells.insert(grid.cells.end(), row.begin(), row.end());
        grid.cells.insert(grid.cells.end(), grid.columns - row.size(), Blank{});
    }
    return grid;
}

inline Cell rawCell(const std::string& field) {
    if (field.empty()) return Blank{};
    if (const auto number = plainNumber(field)) return *number;
    return field;
}

inline Grid readRawCsv(const std::filesystem::path& path, char separator = ',') {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("no file " + path.string());
    std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    Rows rows;
    std::string field;
    std::vector<Cell> row;
    bool quoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char letter = text[at];
        if (letter == '"' && quoted && at + 1 < text.size() && text[at + 1] == '"') {
            field += text[at++];
        } else if (letter == '"') {
            quoted = !quoted;
        } else if ((letter == separator || letter == '\n') && !quoted) {
            row.push_back(rawCell(field));
            field.clear();
            if (letter == '\n') rows.push_back(std::exchange(row, {}));
        } else if (letter != '\r') {
            field += letter;
        }
    }
    return gridOf(rows);
}

// tableOf is the table in a part of some cells, its headers in the first row.
inline std::shared_ptr<MemoryTable> tableOf(const Grid& grid, std::size_t header, std::size_t last, std::size_t left,
                                            std::size_t right) {
    Rows rows;
    for (std::size_t row = header; row <= last; ++row) {
        std::vector<Cell>& cells = rows.emplace_back();
        for (std::size_t column = left; column <= right; ++column) {
            const Cell& cell = grid.at(row, column);
            const bool blankHeader = row == header && std::holds_alternative<Blank>(cell);
            cells.push_back(blankHeader ? Cell(std::string()) : cell);
        }
    }
    return std::make_shared<MemoryTable>(rows);
}

}  // namespace calckpi::support
