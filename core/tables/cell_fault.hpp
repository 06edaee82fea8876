// The table cell that is to blame for a fault, in words: "close_date, row 17 and 3 more: text, not a date".
//
//   if (const auto fault = cellFaultOf(result.failure(), *table)) say(inEnglish(*fault));
//
// A CellFault is data: who speaks another language words it from its parts.
#pragma once

#include "core/values/result.hpp"
#include "core/tables/table.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace calckpi {

struct CellFault {
    std::string header;       // as it is in the table; empty where the header cell is
    std::int32_t column = 0;  // column and row are counted from 1, the headers being row 1, as in Failure
    std::int32_t row = 0;
    Wrong wrong{};
    std::int32_t rows = 1;    // how many rows are wrong in this way
    std::uint16_t error = 0;  // Calc's number of it (532 is #DIV/0!)

    friend bool operator==(const CellFault&, const CellFault&) = default;
};

// cellFaultOf gives nothing for a failure that no single cell of the table is to blame for.
std::optional<CellFault> cellFaultOf(const Failure& failure, const Table& table);

// inEnglish calls a column without a header by its position: "column 3, row 17: …".
std::string inEnglish(const CellFault& fault);

}  // namespace calckpi
