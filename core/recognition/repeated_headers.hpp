// Rows that repeat the headers: reports in pages have them on each page, and files put together have them where the next one
// begins.
#pragma once

#include "core/tables/table.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace calckpi::panel {

// repeatedHeader is the place of a column that tells such rows from the others: a filter "<>" and its header leaves them out.
// Nothing where no row repeats the headers of two columns or more.
std::optional<std::size_t> repeatedHeader(const std::vector<std::string>& headers, const std::vector<ColumnHandle>& columns);

}  // namespace calckpi::panel
