// Formulas: the call of a funnel function that the choices stand for, in Calc's own notation.
//
//   formulaOf(choices)   // ORG.CALCKPI.KPI.FUNNELSTAGES($Deals.$A$1:$G$8801;"stage";{"Demo"|"Won"};{"Lost"};;;;0)
#pragma once

#include "core/kpis/funnel.hpp"
#include "core/recognition/choices.hpp"
#include "core/sheets/formula_parts.hpp"
#include "core/texts/message.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace calckpi::panel {

// formulaOf is the call of the function that gives the table, without the equals sign: English names, ; between arguments.
// `columns` are those of the source (columnNames in recognition.hpp): the shape Counts needs them, and they tell a header that is a
// number, a year say, from the number of a column; without them a name of digits is the number of a column. `rows` are the names of
// the rows of counts across (rowNames in across.hpp).
std::string formulaOf(const Choices& choices, const std::vector<std::string>& columns = {},
                      const std::vector<std::string>& rows = {});

// formulaProblem tells why the choices cannot be written as a formula; then there are only values.
std::optional<Message> formulaProblem(const Choices& choices, const std::vector<std::string>& columns = {},
                                      const std::vector<std::string>& rows = {});

// fromConstant reads what asConstant (formula_parts.hpp) wrote, and nothing else.
std::optional<std::string> fromConstant(std::string_view constant);

// The words of the functions for the choices.
FillWords::Value fillOf(DateFill fill);
OrderWords::Value orderOf(EventOrder order);

}  // namespace calckpi::panel
