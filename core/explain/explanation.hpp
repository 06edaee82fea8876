// Why a cell shows what it shows: what the function computes, its arguments, the result or the reason there is none, the rows it
// used, and what is doubtful about it. Data, for a panel to draw.
//
//   const Explanation why = explain(call, texts);
//   for (const Line& line : why.lines) show(line.text, line.cell);
#pragma once

#include "core/explain/call.hpp"
#include "core/texts/message.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace calckpi::explain {

enum class LineKind : std::uint8_t {
    Meaning,   // what the function computes
    Formula,   // how
    Argument,  // one argument and what it is worth
    Result,    // what comes out
    Reason,    // why nothing does
    Remedy,    // what to do about it
    Rows,      // what became of the table's rows
    Doubt,     // what may mislead although it is right
};

struct Line {
    LineKind kind{};
    std::string text{};
    std::optional<RangeAddress> cell{};  // where to look
};

struct Explanation {
    std::string function{};  // its name
    std::vector<Line> lines{};
    std::optional<Failure> failure{};
    bool general = false;  // of the failure nothing is known but its kind
    // The table's rows that the result comes from, and the others; neighbours are one range.
    std::vector<RangeAddress> used{};
    std::vector<RangeAddress> leftOut{};
    // The size of the table, where the formula fills fewer rows or columns.
    std::optional<Call::Block> needs{};
};

Explanation explain(const Call& call, const panel::Texts& texts);

// explainUnknown says of a formula with a name that Calc does not know what it may have meant.
Explanation explainUnknown(const UnknownName& name, const std::optional<RangeAddress>& cell, const panel::Texts& texts);

}  // namespace calckpi::explain
