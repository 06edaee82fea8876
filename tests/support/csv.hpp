// CSV files as Calc imports them with dates recognised.
//
//   const TestSheet sheet{"T", readCsv("tests/data/values/f05_boolean_state.csv")};
//   evaluate("=DWINRATE(T;\"iswon\";\"TRUE\";\"FALSE\")", sheet);
#pragma once

#include "tests/support/memory_table.hpp"

#include <filesystem>
#include <string_view>

namespace calckpi::support {

// importedCell reads one field: a number, an ISO date with or without a time of day, TRUE and FALSE as the 1 and 0 that Calc
// stores, any other text as it is.
Cell importedCell(std::string_view field);

// readCsv reads a file whose first line holds the headers; short lines end with empty cells. A file that cannot be read throws.
Rows readCsv(const std::filesystem::path& file);

}  // namespace calckpi::support
