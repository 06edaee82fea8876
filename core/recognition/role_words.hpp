// What the words of a header say of a column's role and of the kind of the rows.
#pragma once

#include "core/recognition/facts.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace calckpi::panel {

inline constexpr std::size_t roleCount = static_cast<std::size_t>(Role::Segment) + 1;
inline constexpr std::size_t rowKindCount = static_cast<std::size_t>(RowKind::Other) + 1;

// RoleScores says for each role how well a header names it; 0 where it does not.
using RoleScores = std::array<int, roleCount>;
RoleScores rolesInHeader(std::string_view header, RowKind rows);

// RowVotes says for each kind of rows how much a header speaks for it.
using RowVotes = std::array<int, rowKindCount>;
RowVotes rowsInHeader(std::string_view header);

// As the headings of the vocabulary name them.
std::string_view nameOf(Role role);
// roleNamed is the role of this name.
std::optional<Role> roleNamed(std::string_view name);
std::string_view nameOf(RowKind rows);

}  // namespace calckpi::panel
