#include "core/sheets/cell_looks.hpp"

#include <algorithm>

namespace calckpi::panel {
namespace {

using colours::blue;
using colours::grey;
using colours::pale;

constexpr std::int32_t white = 0xFFFFFF;

constexpr CellLook looks[] = {
    {.role = CellRole::Title, .style = "KPI Title", .points = 14, .bold = true},
    {.role = CellRole::Subtitle, .style = "KPI Subtitle", .colour = grey},
    {.role = CellRole::Section, .style = "KPI Section", .points = 11, .bold = true},
    {.role = CellRole::Header, .style = "KPI Header", .side = Side::Right, .bold = true, .fill = pale, .lineBelow = true},
    {.role = CellRole::HeaderText, .style = "KPI Header Text", .bold = true, .fill = pale, .lineBelow = true},
    {.role = CellRole::Text, .style = "KPI Text"},
    {.role = CellRole::Count, .style = "KPI Count", .side = Side::Right, .number = NumberLook::Count},
    {.role = CellRole::Share, .style = "KPI Share", .side = Side::Right, .number = NumberLook::Share},
    {.role = CellRole::Points, .style = "KPI Points", .side = Side::Right, .number = NumberLook::Points},
    {.role = CellRole::Change, .style = "KPI Change", .side = Side::Right, .number = NumberLook::Change},
    {.role = CellRole::Days, .style = "KPI Days", .side = Side::Right, .number = NumberLook::Days},
    {.role = CellRole::Money, .style = "KPI Money", .side = Side::Right, .number = NumberLook::Money},
    {.role = CellRole::Thousands, .style = "KPI Money Thousands", .side = Side::Right, .number = NumberLook::Thousands},
    {.role = CellRole::MoneyEach, .style = "KPI Money Mean", .side = Side::Right, .number = NumberLook::Money},
    {.role = CellRole::Number, .style = "KPI Number", .side = Side::Right, .number = NumberLook::Number},
    {.role = CellRole::Date, .style = "KPI Date", .side = Side::Right, .number = NumberLook::Date},
    {.role = CellRole::Month, .style = "KPI Month", .number = NumberLook::Month},
    {.role = CellRole::HeaderMonth,
     .style = "KPI Header Month",
     .side = Side::Right,
     .number = NumberLook::Month,
     .bold = true,
     .fill = pale,
     .lineBelow = true},
    {.role = CellRole::HeaderDate,
     .style = "KPI Header Date",
     .side = Side::Right,
     .number = NumberLook::Date,
     .bold = true,
     .fill = pale,
     .lineBelow = true},
    {.role = CellRole::PickedMonth,
     .style = "KPI Picked Month",
     .number = NumberLook::Month,
     .bold = true,
     .colour = blue,
     .fill = pale},
    {.role = CellRole::PickedDate,
     .style = "KPI Picked Date",
     .number = NumberLook::Date,
     .bold = true,
     .colour = blue,
     .fill = pale},
    {.role = CellRole::Mark, .style = "KPI Mark", .side = Side::Centre},
    {.role = CellRole::Link, .style = "KPI Link", .colour = blue},
    {.role = CellRole::Tick, .style = "KPI Tick", .side = Side::Centre, .number = NumberLook::Tick, .colour = grey},
    {.role = CellRole::Bar, .style = "KPI Bar", .side = Side::Centre, .points = 8, .colour = blue},
    // Without a number format of its own, Calc gives each formula that of the cells it refers to, and undo does not take it away.
    // Longer than its cell, it is to be covered by the picture.
    {.role = CellRole::Helper, .style = "KPI Helper", .number = NumberLook::Count, .points = 8, .colour = grey},
    {.role = CellRole::Input, .style = "KPI Input", .side = Side::Right, .colour = blue, .fill = pale},
    {.role = CellRole::Note, .style = "KPI Note", .points = 8, .colour = grey},
    {.role = CellRole::Better, .style = "KPI Better", .colour = colours::better, .condition = true},
    {.role = CellRole::Worse, .style = "KPI Worse", .colour = colours::worse, .condition = true},
    {.role = CellRole::OnTarget, .style = "KPI On Target", .colour = grey, .condition = true},
    {.role = CellRole::Doubtful, .style = "KPI Doubtful", .colour = grey, .condition = true},
    {.role = CellRole::Heat1, .style = "KPI Heat 1", .fill = 0xE6EEF6, .condition = true},
    {.role = CellRole::Heat2, .style = "KPI Heat 2", .fill = 0xBFD3E6, .condition = true},
    {.role = CellRole::Heat3, .style = "KPI Heat 3", .fill = 0x8FB1D1, .condition = true},
    {.role = CellRole::Heat4, .style = "KPI Heat 4", .colour = white, .fill = 0x3F74A8, .condition = true},
    {.role = CellRole::Heat5, .style = "KPI Heat 5", .colour = white, .fill = 0x17487A, .condition = true},
    {.role = CellRole::BlockEnd, .style = "KPI Block End", .lineBelow = true, .condition = true},
};

constexpr bool inTheOrderOfTheRoles() {
    for (std::size_t index = 0; index < std::size(looks); ++index)
        if (static_cast<std::size_t>(looks[index].role) != index) return false;
    return std::size(looks) == static_cast<std::size_t>(CellRole::BlockEnd) + 1;
}
static_assert(inTheOrderOfTheRoles());

}  // namespace

std::span<const CellLook> cellLooks() { return looks; }

const CellLook& lookOf(CellRole role) { return looks[static_cast<std::size_t>(role)]; }

}  // namespace calckpi::panel
