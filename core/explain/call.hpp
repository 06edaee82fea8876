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

// Several are the values of an argument that takes one, and what Calc makes of them.
struct Several {
    enum class Way : std::uint8_t {
        InLine,     // it takes the cell in the formula's row or column
        NotInLine,  // there is none, and the formula shows #VALUE!
        Each,       // it computes the formula for each of them
        Unpaired,   // another argument has more of them: there is none for this result, which is #VALUE!
    };
    Way way{};
    Grid all{};
    std::optional<RangeAddress> place{};  // of all of them, for a reference
    std::size_t taken = 0;                // which one is taken, counted from 0 row by row
};

// UnknownName is a word of a formula that Calc knows neither as a function nor as a name: the cell shows #NAME?.
struct UnknownName {
    std::string word{};
    bool isFunction = false;  // a parenthesis follows it
};

// GivenArgument is an argument and what only the document knows of it.
struct GivenArgument {
    Argument value = Absent{};
    std::string written{};  // as in the formula: B2, Deals.A1:G99, 5%, "Won"; empty if it was left out
    // Where its cells are, for a reference: of a table as far down as its sheet is used.
    std::optional<RangeAddress> place{};
    bool emptyCell = false;  // a reference to one cell that holds nothing; its value is then 0
    // How many rows directly below the range are filled, and so left out.
    std::int32_t rowsBelow = 0;
    // How many values an expression of ranges has in an array formula, where it has one in this.
    std::size_t valuesAsArray = 1;
    // Of the first error in it: the cell that it comes from, if that is another one, and the name that is not known.
    std::optional<RangeAddress> origin{};
    std::optional<UnknownName> unknown{};
    // Set where several values were given and `value` is what became of them.
    std::optional<Several> several{};
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
    bool isArray = false;       // an array formula, entered with Ctrl+Shift+Enter
    Cell position{};            // of the formula in its sheet
    std::uint16_t refusal = 0;  // Calc's number of an error that it shows without having called the function

    std::vector<Argument> values() const {
        std::vector<Argument> values;
        values.reserve(arguments.size());
        for (const GivenArgument& argument : arguments) values.push_back(argument.value);
        return values;
    }
};

}  // namespace calckpi::explain
