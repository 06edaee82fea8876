#include "core/panel/splitting.hpp"

#include "core/values/text.hpp"

#include <algorithm>
#include <iterator>

namespace calckpi::panel {

namespace {

// What is a group by its meaning: of an owner there will be more rows.
constexpr Role groups[] = {Role::Stage,    Role::Status,  Role::LostStage, Role::Reason,   Role::Outcome,
                           Role::Currency, Role::Event,   Role::Kind,      Role::Interval, Role::Owner,
                           Role::Team,     Role::Product, Role::Channel,   Role::Region,   Role::Segment};

bool isGroup(const ColumnFacts& column) {
    return column.role && std::find(std::begin(groups), std::end(groups), *column.role) != std::end(groups);
}

}  // namespace

bool isSplittable(const ColumnFacts& column) {
    constexpr std::size_t fewRows = 20;  // among so few, the owners may all be different by chance
    return 10 * column.distinct <= 9 * column.filled || (column.filled <= fewRows && isGroup(column));
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
