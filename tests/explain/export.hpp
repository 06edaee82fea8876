// An export as it comes: dates that are texts, amounts with a currency, probabilities of 80, errors, a header that is there twice.
#pragma once

#include "tests/support/formula.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace calckpi::support {

// A cell as it is in export.txt.
inline Cell exportCell(const std::string& text) {
    if (text.empty()) return Blank{};
    if (text == "#DIV/0!") return CellError{532};
    if (text == "#N/A") return CellError{32767};
    if (const std::optional<double> number = plainNumber(text)) return *number;
    return text;
}

// exportSheet is the sheet Data of export.txt, which the office test fills in too.
inline const TestSheet& exportSheet() {
    static const TestSheet sheet = [] {
        std::ifstream file(CALCKPI_EXPORT);
        if (!file) throw std::runtime_error("no " CALCKPI_EXPORT);
        TestSheet made{.name = "Data", .rows = {}};
        for (std::string line; std::getline(file, line);) {
            std::vector<Cell>& cells = made.rows.emplace_back();
            std::istringstream parts(line + "|");
            for (std::string cell; std::getline(parts, cell, '|');) cells.push_back(exportCell(cell));
        }
        return made;
    }();
    return sheet;
}

}  // namespace calckpi::support
