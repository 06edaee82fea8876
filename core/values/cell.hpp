// The values a cell holds, and a block of them.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/values/result.hpp"

namespace calckpi {

struct Blank {
    friend constexpr bool operator==(Blank, Blank) = default;
};

// CellError is an error that is in a cell, by Calc's number of it (532 is #DIV/0!).
struct CellError {
    std::uint16_t code;
    friend constexpr bool operator==(CellError, CellError) = default;
};

// Cell is one cell's value. Text is UTF-8. Dates are numbers, as they are in Calc.
using Cell = std::variant<Blank, double, std::string, CellError>;

// Grid is a rectangular block of cells, row by row: an inline array or a range that a function was given.
struct Grid {
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<Cell> cells;  // rows * columns of them

    const Cell& at(std::size_t row, std::size_t column) const { return cells[row * columns + column]; }
};

// OutputCell is one cell of a result table: a fault shows as its error there.
using OutputCell = std::variant<Blank, double, std::string, Failure>;

struct OutputGrid {
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<OutputCell> cells;

    const OutputCell& at(std::size_t row, std::size_t column) const { return cells[row * columns + column]; }
};

}  // namespace calckpi
