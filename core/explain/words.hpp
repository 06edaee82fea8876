// A call in words of the reader's language: what its arguments are called, what they are worth, where they are.
#pragma once

#include "core/explain/call.hpp"
#include "core/texts/message.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace calckpi::explain {

class CallWords {
public:
    CallWords(const Call& call, const panel::Texts& texts) : call_(&call), texts_(texts) {}

    const Call& call() const { return *call_; }
    const Function& function() const { return *call_->function; }
    const panel::Texts& texts() const { return texts_; }

    // Arguments are counted from 0; those of filters are more than there are parameters.
    std::size_t count() const { return call_->arguments.size(); }
    const GivenArgument& given(std::size_t index) const;
    const Argument& value(std::size_t index) const { return given(index).value; }
    bool isAbsent(std::size_t index) const { return std::holds_alternative<Absent>(value(index)); }
    // parameterOf is the parameter that an argument belongs to.
    const Parameter& parameterOf(std::size_t index) const;
    std::optional<std::size_t> indexOf(std::string_view parameterName) const;
    bool isFilter(std::size_t index) const { return parameterOf(index).kind == Kind::Filters; }
    // name is what the function wizard calls the argument in the reader's language: "won", "criterion 2".
    std::string name(std::size_t index) const;
    // translated is a text of the catalog, its {parameters} called by their names.
    std::string translated(std::string_view english) const;

    // number is the one number that an argument is worth, or its default where it was left out.
    std::optional<double> number(std::size_t index) const;
    // numbers are all that it holds; a text or an empty cell is none.
    std::vector<double> numbers(std::size_t index) const;
    // cells are what it holds, row by row, empty cells among them.
    std::vector<Cell> cells(std::size_t index) const;
    // text is that of an argument, or of its only cell; a number's digits.
    std::string text(std::size_t index) const;

    // shown is a number as its unit asks for, with six digits that count: dates as ISO dates, shares with their percentage.
    std::string shown(double value, Unit unit) const;
    std::string shown(const Cell& cell, Unit unit) const;
    // shownValue is what one value is worth, "empty" for a cell that holds nothing.
    std::string shownValue(std::size_t index) const;
    // exactly is a number with all its decimals: one that misses a bound by a hair is not shown as the bound.
    std::string exactly(double value) const;
    // placeOf is where a cell of an argument stands, by its place in cells(); nothing for an inline array.
    std::optional<RangeAddress> placeOf(std::size_t index, std::size_t cell) const;
    // whereOf is an argument as a user would point at it: its address, or how it was written, or its name.
    std::string whereOf(std::size_t index) const;

    // table is the function's table, if it has one.
    TableHandle table() const;
    // columnOf is the place of the column that an argument names, if there is just one.
    std::optional<std::size_t> columnOf(std::size_t index) const;
    // header is what a column is called; one without a header by its letters.
    std::string header(std::size_t column) const;
    // cellOfTable is the address of a table cell, both counted from 1, row 1 holding the headers; a sheet is named only where the
    // formula names one.
    std::optional<RangeAddress> cellOfTable(std::int32_t column, std::int32_t row) const;
    // addressOf is a cell of the table in words, as address or, where it is not known, as row.
    std::string addressOf(std::int32_t column, std::int32_t row) const;

private:
    const Call* call_;
    panel::Texts texts_;
};

}  // namespace calckpi::explain
