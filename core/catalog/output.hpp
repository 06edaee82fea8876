// Writing result tables, row by row.
//
//   Result<OutputTable> out = OutputTable::of({"stage", "count"}, headers.value != 0, stages.size());
//   if (!out) return out.failure();
//   out->add({name, 12.0});
//   return std::move(*out).grid();
#pragma once

#include "core/values/cell.hpp"
#include "core/values/quantity.hpp"
#include "core/values/result.hpp"

#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace calckpi {

// What the rows of all functions that give tables say alike.
namespace notes {
inline constexpr std::string_view headersMeaning = "1 for a first row with the names of the columns, 0 without";
inline constexpr std::string_view arrayFormula =
    "Enter it as an array formula over enough cells: cells beyond the table show #N/A. One cell alone shows the top left one: the "
    "name of the first column or, with {headers} 0, the first value. A table of more than 1,048,576 rows or 1,024 columns is "
    "Err:538";
inline constexpr std::string_view asOfDay =
    "A date without a time of day in {asOf} stands for all of that day; what came later has not happened yet";
}  // namespace notes

// shown turns a value, or the reason there is none, into a cell.
template <class T>
OutputCell shown(const Result<T>& result) {
    if (!result) return result.failure();
    const double value = *result;
    if (!finite(value)) return Failure(Fault::NotFinite);
    return value;
}

// fitsASheet tells whether a sheet can show a table.
constexpr bool fitsASheet(std::size_t rows, std::size_t columns) {
    constexpr std::size_t mostRows = 1'048'576;
    constexpr std::size_t mostColumns = 1'024;
    return rows <= mostRows && columns <= mostColumns;
}

class OutputTable {
public:
    // of makes a table for as many rows below the headers; one that no sheet can show is too large before its first row is written.
    static Result<OutputTable> of(std::vector<std::string> headers, bool withHeaders, std::size_t rows) {
        if (!fitsASheet(rows + (withHeaders ? 1 : 0), headers.size())) return Fault::TooLarge;
        OutputTable table(std::move(headers), withHeaders);
        table.reserve(rows);
        return table;
    }
    // For a table that is known to fit, as one of no more rows than the table it is made of.
    OutputTable(std::vector<std::string> headers, bool withHeaders) {
        grid_.columns = headers.size();
        if (!withHeaders) return;
        grid_.rows = 1;
        for (std::string& header : headers) grid_.cells.emplace_back(std::move(header));
    }

    void reserve(std::size_t rows) { grid_.cells.reserve((grid_.rows + rows) * grid_.columns); }

    void add(std::vector<OutputCell> row) {
        addRow([&row](std::vector<OutputCell>& cells) {
            cells.insert(cells.end(), std::make_move_iterator(row.begin()), std::make_move_iterator(row.end()));
        });
    }
    // addRow has `put` append the cells of a row. A number that is too large to be one, such as the sum of two, becomes its fault.
    template <class Put>
    void addRow(Put put) {
        const std::size_t first = grid_.rows++ * grid_.columns;
        put(grid_.cells);
        for (OutputCell& cell : std::span(grid_.cells).subspan(first))
            if (const double* number = std::get_if<double>(&cell); number != nullptr && !finite(*number))
                cell = Failure(Fault::NotFinite);
        grid_.cells.resize(first + grid_.columns, Blank{});  // a short row ends with empty cells
    }

    OutputGrid grid() && { return std::move(grid_); }

private:
    OutputGrid grid_;
};

}  // namespace calckpi
