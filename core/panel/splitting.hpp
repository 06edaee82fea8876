// Which columns a table can be split by.
#pragma once

#include "core/recognition/facts.hpp"
#include "core/recognition/recognition.hpp"

#include <string>
#include <vector>

namespace calckpi::panel {

// isSplittable tells whether a column has groups: one in which almost every row has a value of its own has none,
// unless it is an owner, a region or the like and the rows are few.
bool isSplittable(const ColumnFacts& column);

// splittableOf are the columns that have groups, and the chosen one.
std::vector<SourceColumn> splittableOf(const std::vector<SourceColumn>& columns, const TableFacts& facts,
                                       const std::string& chosen);

}  // namespace calckpi::panel
