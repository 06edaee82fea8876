// The rows of a table that a call uses and those that it leaves out, and why.
//
//   if (const std::optional<RowFacts> facts = rowFactsOf(words)) say(facts->passing);
#pragma once

#include "core/explain/words.hpp"
#include "core/recognition/one_sided_amounts.hpp"
#include "core/tables/query.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace calckpi::explain {

struct RowFacts {
    std::size_t rows = 0;  // of the table, without its headers
    // What each condition lets through.
    struct Condition {
        std::size_t argument;  // that of its column; the criterion is the next one
        std::size_t rows;      // which it alone lets through
    };
    std::vector<Condition> conditions{};
    std::size_t passing = 0;  // rows that meet all conditions

    // What the rows are by their status, for functions that ask for it.
    struct States {
        std::size_t won = 0;
        std::size_t lost = 0;
        std::size_t open = 0;
        std::size_t none = 0;  // no status at all
    };
    std::optional<States> states{};

    // Columns that are empty in some of the rows that pass.
    struct Empty {
        std::size_t argument;
        std::size_t column;
        std::size_t rows;
    };
    std::vector<Empty> empty{};
    std::optional<panel::OneSidedAmounts> oneSided{};  // for functions that compare won with lost by value
    std::size_t openWithClose = 0;                     // open deals with a date in the column of closes
    std::size_t blankRows = 0;                         // rows inside the table in which no cell is filled

    // Table rows from 0: those that pass, are in a state that counts and have what the function cannot do without, and the others.
    std::vector<std::uint32_t> used{};
    std::vector<std::uint32_t> leftOut{};
};

// rowFactsOf gives nothing for a function without a table, or while its columns cannot be read.
std::optional<RowFacts> rowFactsOf(const CallWords& words);

// statusRuleOf is how the call tells won from lost, if it does.
std::optional<StatusRule> statusRuleOf(const CallWords& words);

// addressesOf are the cells of table rows, neighbours together; at most so many blocks of them.
std::vector<RangeAddress> addressesOf(const CallWords& words, const std::vector<std::uint32_t>& rows);

// An address without end would be of no use to a reader: so many blocks of rows are listed at most.
inline constexpr std::size_t mostBlocks = 1000;

}  // namespace calckpi::explain
