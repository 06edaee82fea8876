// Criteria as SUMIFS understands them: "LinkedIn", ">=1000", "<>", "Ent*".
#pragma once

#include "core/cell.hpp"
#include "core/result.hpp"
#include "core/table.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace calckpi {

// Pattern is a text with wildcards: * for any run of letters, ? for one, ~ before either or before itself takes it as it is.
// Case does not matter. Matching is linear in the text.
class Pattern {
public:
    explicit Pattern(std::u32string_view lowered);
    bool matches(std::u32string_view lowered) const;

private:
    struct Step {
        enum Kind : unsigned char { Letter, AnyLetter, AnyRun } kind;
        char32_t letter = 0;
    };
    std::vector<Step> steps_;
};

// Criterion is what one filter asks of a cell.
class Criterion {
public:
    // The operators as written; a criterion without one asks for equality.
    enum class Operator : unsigned char { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual };

    // `table` tells how its document reads numbers and dates.
    Criterion(const Cell& criterion, const Table& table);

    bool matchesBlank() const;
    bool matchesNumber(double number) const;
    bool matchesText(std::string_view text) const;

private:
    enum class Target : unsigned char { Blank, Number, Text };
    Operator operator_ = Operator::Equal;
    Target target_ = Target::Blank;
    double number_ = 0;
    std::u32string text_;  // the operand as written; empty if the criterion is a number itself
    std::vector<Pattern> pattern_;  // one for a text asked for equality, otherwise none
};

// Filter is one pair of a table function's last arguments.
struct Filter {
    ColumnRef column;
    Cell criterion;
};
using Filters = std::vector<Filter>;

// rowsThatPass marks the rows of `table` for which all filters hold: 1, else 0.
Result<std::vector<std::uint8_t>> rowsThatPass(const Table& table, const Filters& filters);

}  // namespace calckpi
