// A call of one of our functions as it is in a formula: what each argument is worth, how it was written and where its cells are.
//
//   Call call{.function = find("WINRATE"), .arguments = {{.value = 3.0, .written = "B2", .place = readAddress("B2")}, {.value
//   = 7.0}}};
#pragma once

#include "core/catalog/function.hpp"
#include "core/values/address.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace calckpi::explain {

// GivenArgument is an argument and what only the document knows of it.
struct GivenArgument {
    Argument value = Absent{};
    std::string written{};  // as in the formula: B2, Deals.A1:G99, 5%, "Won"; empty if it was left out
    // Where its cells are, for a reference: of a table as far down as its sheet is used.
    std::optional<RangeAddress> place{};
    bool emptyCell = false;  // a reference to one cell that holds nothing; its value is then 0
    // How many rows directly below the range are filled, and so left out.
    std::int32_t rowsBelow = 0;
};

// Call is a function with its arguments in the order of its parameters; filters are two arguments each.
struct Call {
    const Function* function = nullptr;
    std::vector<GivenArgument> arguments{};
    NullDate nullDate{};
    // The cell of the result that is asked about, counted from 0; none stands for the first one, or for a single number.
    struct Cell {
        std::size_t row = 0;
        std::size_t column = 0;
    };
    std::optional<Cell> cell{};
    // How many rows and columns of cells the formula fills, if it is this call and nothing else.
    struct Block {
        std::size_t rows = 1;
        std::size_t columns = 1;
    };
    std::optional<Block> block{};

    std::vector<Argument> values() const {
        std::vector<Argument> values;
        values.reserve(arguments.size());
        for (const GivenArgument& argument : arguments) values.push_back(argument.value);
        return values;
    }
};

}  // namespace calckpi::explain
