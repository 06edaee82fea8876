// Criteria as SUMIFS understands them: "LinkedIn", ">=1000", "<>", "Ent*".
#pragma once

#include "core/values/cell.hpp"
#include "core/values/result.hpp"
#include "core/tables/table.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
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

// Predicate is what a criterion asks of a cell, read once as its document reads it: a range tests its cells by it (CellTest), and
// what keeps its rows elsewhere can write it in its own language.
struct Predicate {
    // The operators as written; a criterion without one asks for equality.
    enum class Operator : unsigned char { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual };
    // What the cell is compared with: nothing, a number or a text. Of a number `written` is how the criterion has it, which finds
    // the texts that read the same; empty if the criterion is a number itself. A text asked for equality may have wildcards.
    struct Nothing {
        friend bool operator==(const Nothing&, const Nothing&) = default;
    };
    struct Number {
        double value;
        std::string written;
        friend bool operator==(const Number&, const Number&) = default;
    };
    struct Text {
        std::string text;
        friend bool operator==(const Text&, const Text&) = default;
    };

    Operator operation = Operator::Equal;
    std::variant<Nothing, Number, Text> operand{};

    bool isEquality() const { return operation == Operator::Equal || operation == Operator::NotEqual; }
    friend bool operator==(const Predicate&, const Predicate&) = default;
};

// readCriterion reads a criterion, its numbers and dates as the document does.
Predicate readCriterion(const Cell& criterion, const Culture& culture);

// CellTest tells the cells that a predicate holds for. It agrees with COUNTIFS in a document with wildcards enabled and whole cells
// matched, Calc's defaults; an office test compares them cell by cell. Two things are otherwise: a cell is empty here as it is to
// all functions, with a formula that shows an empty text or with a text of blanks alone, and wildcards see a date as the number it
// is.
class CellTest {
public:
    // `culture`, which must outlive the test, tells how the document sorts texts.
    CellTest(Predicate predicate, const Culture& culture);

    bool passesBlank() const;
    bool passesNumber(double number) const;
    bool passesText(std::string_view text) const;

private:
    bool passesText(std::string_view text, const Predicate::Number& wanted) const;
    bool passesText(std::string_view text, const Predicate::Text& wanted) const;

    Predicate predicate_;
    const Culture* culture_;
    std::optional<Pattern> pattern_;  // of a text asked for equality
};

// Filter is one pair of a table function's last arguments.
struct Filter {
    ColumnRef column;
    Cell criterion;
};
using Filters = std::vector<Filter>;

// rowsThatPass are the rows of a table for which all filters hold, in their order. Of each filter's column the rows are read that
// passed the ones before.
Result<std::vector<std::uint32_t>> rowsThatPass(const Columns& columns, const Filters& filters);

}  // namespace calckpi
