// Formulas as a user types them, computed without Calc:
//
//   evaluate("=CAC({30000;50000;20000};400)")   // 250
//
// What it knows is what the catalog's examples need: one call of a catalog function with numbers, texts, inline arrays (`;` next
// column, `|` next row, "" in an array stands for a blank cell), empty arguments, references to the sample sheet Deals, and
// DATE(year;month;day), TIME(hour;minute;second) and their sum as arguments. Around the call may stand INDEX(…;row;column), which
// takes one cell of the table that the function gives. Functions may be called by their full names, ORG.CALCKPI.KPI.CAC.
#pragma once

#include "core/kpis/catalog.hpp"
#include "core/catalog/samples.hpp"
#include "tests/support/memory_table.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace calckpi::support {

// evaluate computes a formula. One that cannot be read is a mistake in the test and throws std::invalid_argument.
Result<Outcome> evaluate(std::string_view formula);

// TestSheet stands in for a sheet of the document that formulas refer to instead of the sample sheet: Data.A1:C9, $Data.$A$1:$C$9,
// or Data alone for the whole sheet as a table.
struct TestSheet {
    std::string name;
    Rows rows;  // all of the same length
};
Result<Outcome> evaluate(std::string_view formula, const TestSheet& sheet);

// ReadFormula is a formula taken apart and not computed.
struct ReadFormula {
    const Function* function = nullptr;
    std::vector<Argument> arguments{};
    std::vector<std::string> written{};                         // each argument as it is in the formula
    std::optional<std::pair<std::size_t, std::size_t>> cell{};  // row and column, from 1, of INDEX around the call
};
ReadFormula readFormula(std::string_view formula);
ReadFormula readFormula(std::string_view formula, const TestSheet& sheet);

// call computes a catalog function; an unknown name throws std::invalid_argument.
Result<Outcome> call(std::string_view name, const std::vector<Argument>& arguments);

// row makes an inline array of one row.
Grid row(std::vector<Cell> cells);

// column makes a range of one column, as Calc hands it over.
Grid column(std::vector<Cell> cells);
// range makes a range of numbers in one column; NaN stands for an empty cell.
Grid range(const std::vector<double>& numbers);

}  // namespace calckpi::support
