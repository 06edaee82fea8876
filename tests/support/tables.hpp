// Result tables in tests: comparing them cell by cell, and saying where they differ.
#pragma once

#include "core/values/cell.hpp"
#include "tests/support/expect.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

namespace calckpi::support {

inline OutputGrid gridOf(const Result<Outcome>& result) {
    if (!result) throw std::runtime_error("a table was expected, but got " + spoken(result));
    return std::get<OutputGrid>(*result);
}

// numberAt is the number in a cell; it throws, and so fails the test, if there is none.
inline double numberAt(const OutputGrid& grid, std::size_t row, std::size_t column) {
    if (row >= grid.rows || column >= grid.columns) throw std::runtime_error("the table has no such cell");
    return std::get<double>(grid.at(row, column));
}

// toGrid makes a table of rows; a short row ends with empty cells.
inline OutputGrid toGrid(const std::vector<std::vector<OutputCell>>& rows) {
    OutputGrid grid;
    for (const auto& row : rows) grid.columns = std::max(grid.columns, row.size());
    for (const auto& row : rows) {
        grid.cells.insert(grid.cells.end(), row.begin(), row.end());
        grid.cells.resize(++grid.rows * grid.columns, Blank{});
    }
    return grid;
}

inline std::string spoken(const OutputCell& cell) {
    if (std::holds_alternative<Blank>(cell)) return "nothing";
    if (const Failure* failure = std::get_if<Failure>(&cell)) return spoken(*failure);
    if (const double* number = std::get_if<double>(&cell)) return spoken(*number);
    return '"' + std::get<std::string>(cell) + '"';
}

inline bool sameCell(const OutputCell& got, const OutputCell& expected) {
    const double* left = std::get_if<double>(&got);
    const double* right = std::get_if<double>(&expected);
    if (left != nullptr && right != nullptr) return std::abs(*left - *right) <= 1e-12 + 1e-9 * std::abs(*right);
    return got == expected;
}

inline testing::AssertionResult sameTable(const OutputGrid& got, const OutputGrid& expected) {
    if (got.rows != expected.rows || got.columns != expected.columns)
        return testing::AssertionFailure() << "got " << got.rows << " by " << got.columns << ", expected " << expected.rows
                                           << " by " << expected.columns;
    for (std::size_t row = 0; row < got.rows; ++row)
        for (std::size_t column = 0; column < got.columns; ++column)
            if (!sameCell(got.at(row, column), expected.at(row, column)))
                return testing::AssertionFailure()
                       << "row " << row + 1 << ", column " << column + 1 << ": got " << spoken(got.at(row, column)) << ", expected "
                       << spoken(expected.at(row, column));
    return testing::AssertionSuccess();
}

// sameOutcome compares two calls: both the same table or both the same fault, whichever cell is to blame.
inline testing::AssertionResult sameOutcome(const Result<Outcome>& got, const Result<Outcome>& expected) {
    if (got && expected) return sameTable(gridOf(got), gridOf(expected));
    if (!got && !expected && got.failure().fault == expected.failure().fault) return testing::AssertionSuccess();
    return testing::AssertionFailure() << "got " << (got ? "a table" : spoken(got.failure())) << ", expected "
                                       << (expected ? "a table" : spoken(expected.failure()));
}

}  // namespace calckpi::support
