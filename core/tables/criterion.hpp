// Criteria as SUMIFS understands them: "LinkedIn", ">=1000", "<>", "Ent*".
#pragma once

#include "core/values/cell.hpp"
#include "core/values/result.hpp"
#include "core/tables/table.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace calckpi {

// Pattern is a text with wildcards: * for any run of letters, ? for one, ~ before either or before itself takes it as it is.
// Case does not matter. Matching takes at most the text's length times the pattern's.
class Pattern {
public:
    explicit Pattern(std::u32string_view lowered);
    bool matches(std::u32string_view lowered) const;
    bool hasWildcards() const;

private:
    struct Step {
        enum Kind : unsigned char { Letter, AnyLetter, AnyRun } kind = Letter;
        char32_t letter = 0;
    };
    std::vector<Step> steps_;
};

// Criterion is what one filter asks of a cell. It agrees with COUNTIFS in a document with wildcards enabled and whole cells
// matched, Calc's defaults; an office test compares them cell by cell. Two things are otherwise: a cell is empty here as it is to
// all functions, with a formula that shows an empty text or with a text of blanks alone, and wildcards see a date as the number it
// is.
class Criterion {
public:
    // The operators as written; a criterion without one asks for equality.
    enum class Operator : unsigned char { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual };

    // `culture`, which must outlive the criterion, tells how the document reads numbers and dates and sorts texts.
    Criterion(const Cell& criterion, const Culture& culture);

    bool matchesBlank() const;
    bool matchesNumber(double number) const;
    bool matchesText(std::string_view text) const;

private:
    enum class Target : unsigned char { Blank, Number, Text };
    Operator operator_ = Operator::Equal;
    Target target_ = Target::Blank;
    double number_ = 0;
    std::string operand_;  // as written; empty if the criterion is a number itself
    const Culture* culture_;
    std::vector<Pattern> pattern_;  // one for a text asked for equality, otherwise none
};

// Filter is one pair of a table function's last arguments.
struct Filter {
    ColumnRef column;
    Cell criterion;
};
using Filters = std::vector<Filter>;

// rowsThatPass marks the rows of a table for which all filters hold: 1, else 0.
Result<std::vector<std::uint8_t>> rowsThatPass(const Columns& columns, const Filters& filters);

}  // namespace calckpi
