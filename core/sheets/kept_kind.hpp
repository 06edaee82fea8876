// KeptKind says what made a table that a document keeps, and so who can read its settings. Its name is a part of the names that
// the document knows the table by: CalcKpi_Funnel_1.
#pragma once

#include "core/values/enum_table.hpp"

#include <cstdint>
#include <string_view>

namespace calckpi::panel {

enum class KeptKind : std::uint8_t {
    Funnel,
    Table,  // what a function of the catalog gives; the settings name the function
    KpiSheet,
};

inline constexpr auto keptKindNames = enumTable<KeptKind, std::string_view>(
    {{KeptKind::Funnel, "Funnel"}, {KeptKind::Table, "Table"}, {KeptKind::KpiSheet, "KpiSheet"}});

}  // namespace calckpi::panel
