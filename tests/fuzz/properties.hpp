// What must hold of every result, whatever the arguments.
#pragma once

#include "core/catalog/function.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace calckpi::fuzz {

// require stops the fuzzer, which then keeps the input.
inline void require(bool holds, std::string_view what, std::string_view where = {}) {
    if (holds) return;
    std::fprintf(stderr, "Broken: %.*s (%.*s)\n", static_cast<int>(what.size()), what.data(), static_cast<int>(where.size()),
                 where.data());
    std::abort();
}

inline bool documented(const Failure& failure) {
    switch (failure.fault) {
        case Fault::DivideByZero:
        case Fault::NothingToCompute:
        case Fault::OutsideDomain:
        case Fault::NotANumber:
        case Fault::NotFinite:
        case Fault::NoConvergence:
        case Fault::TooLarge:
        case Fault::ErrorInCell: return failure.column >= 0 && failure.row >= 0;
    }
    return false;
}

// requireSound: a finite number, a text, a table of such, or a documented fault.
inline void requireSound(const Result<Outcome>& result, std::string_view where) {
    // What a sheet of Calc can show.
    constexpr std::size_t mostRows = 1'048'576;
    constexpr std::size_t mostColumns = 1'024;
    if (!result) return require(documented(result.failure()), "a fault is documented", where);
    if (const double* number = std::get_if<double>(&*result)) return require(std::isfinite(*number), "a number is finite", where);
    const OutputGrid* grid = std::get_if<OutputGrid>(&*result);
    if (grid == nullptr) return;
    require(grid->cells.size() == grid->rows * grid->columns, "a table is a rectangle", where);
    require(grid->rows > 0 && grid->columns > 0, "a table is not empty", where);
    require(grid->rows <= mostRows && grid->columns <= mostColumns, "a table fits in a sheet", where);
    for (const OutputCell& cell : grid->cells) {
        if (const double* number = std::get_if<double>(&cell)) require(std::isfinite(*number), "a number is finite", where);
        if (const Failure* failure = std::get_if<Failure>(&cell)) require(documented(*failure), "a fault is documented", where);
    }
}

// near compares two ways to compute the same, relative to the largest number that went into it.
inline bool near(double left, double right, double scale) { return std::abs(left - right) <= 1e-9 * std::max(1.0, scale); }

}  // namespace calckpi::fuzz
