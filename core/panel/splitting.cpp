#include "core/panel/splitting.hpp"

#include "core/values/text.hpp"

#include <algorithm>
#include <iterator>

namespace calckpi::panel {

bool isSplittable(const ColumnFacts& column) {
    constexpr std::size_t fewRows = 20;  // among so few, values may all be different by chance
    return column.filled <= fewRows || 10 * column.distinct <= 9 * column.filled;
}

std::vector<SourceColumn> splittableOf(const std::vector<SourceColumn>& columns, const TableFacts& facts,
                                       const std::string& chosen) {
    std::vector<SourceColumn> splittable;
    std::copy_if(columns.begin(), columns.end(), std::back_inserter(splittable), [&](const SourceColumn& column) {
        const ColumnFacts* known = facts.named(column.name);
        return known == nullptr || isSplittable(*known) || folded(column.name) == folded(chosen);
    });
    return splittable;
}

}  // namespace calckpi::panel
