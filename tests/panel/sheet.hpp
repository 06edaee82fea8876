// Tables written as they look in a sheet, for the tests of the panel.
//
//   sheetOf({"Deal|Stage|Created", "Alpha|Demo|2025-03-01", "Beta|Won|2025-03-02 14:30"})
//
// A cell that reads as a number or an ISO date is one, as after opening a file; one that starts with ' is a text.
#pragma once

#include "tests/support/memory_table.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace calckpi::support {

inline Cell cellOf(std::string_view text) {
    if (text.empty()) return Blank{};
    if (text.front() == '\'') return std::string(text.substr(1));
    if (text == "#DIV/0!") return CellError{532};
    if (const auto date = serialOfIsoDate(text)) return *date;
    if (text.size() == 16 && text[10] == ' ' && text[13] == ':') {
        const auto day = serialOfIsoDate(text.substr(0, 10));
        const auto hour = plainNumber(text.substr(11, 2));
        const auto minute = plainNumber(text.substr(14, 2));
        if (day && hour && minute) return *day + *hour / 24 + *minute / 1440;
    }
    if (const auto number = plainNumber(text)) return *number;
    return std::string(text);
}

inline std::vector<std::string_view> cellsOf(std::string_view line) {
    std::vector<std::string_view> cells;
    for (;;) {
        const std::size_t bar = line.find('|');
        cells.push_back(line.substr(0, bar));
        if (bar == std::string_view::npos) return cells;
        line.remove_prefix(bar + 1);
    }
}

inline std::shared_ptr<MemoryTable> sheetOf(const std::vector<std::string>& lines) {
    Rows rows;
    for (const std::string& line : lines) {
        std::vector<Cell>& row = rows.emplace_back();
        for (const std::string_view cell : cellsOf(line))
            row.push_back(rows.size() > 1 ? cellOf(cell) : cell.empty() ? Cell(Blank{}) : Cell(std::string(cell)));
    }
    return std::make_shared<MemoryTable>(rows);
}

}  // namespace calckpi::support
