// TablePreview: the table of the choices, computed by the function that the sheet will hold, with the headers that users read, and
// what is to be said of the data.
//
//   const auto kept = std::make_shared<KeptTable>(table);     // while the cells stay as they are
//   const TablePreview shown = previewTable(kept, choices);
//   if (shown.problem) say(said(*shown.problem, texts));
#pragma once

#include "core/sheets/cell_looks.hpp"
#include "core/sheets/data_check.hpp"
#include "core/sheets/table_choices.hpp"

#include <optional>
#include <string>
#include <vector>

namespace calckpi::panel {

// TableColumn is a column of a table as users see it.
struct TableColumn {
    std::size_t place = 0;  // in what the function gives, counted from 0
    CellRole role = CellRole::Count;
    Message header{};    // what it is called,
    std::string name{};  // unless it has a name of its own: the header of a column of the source, a group, an age
};

struct TablePreview {
    OutputGrid table;                  // what the function gives with headers = 0
    std::vector<TableColumn> columns;  // those that have something to say
    std::vector<Finding> findings;
    std::optional<Finding> problem;  // why there is no table
    std::optional<double> lastDate;  // of the dates that the table is made from, or what was chosen
    bool lastPeriodOver = false;     // of a table by periods: whether its last one ends by then
    // What the customer value forecast shows beside its table.
    OutputGrid model;
    OutputGrid errors;
    OutputGrid tracking;
    double until = 0;  // the day that the test of the forecast looks back from
};

// previewTable computes the table of the choices. What is wrong with them is its problem, never a fault or an exception.
TablePreview previewTable(const TableHandle& source, const TableChoices& choices);

// headerOf is a column's header; of money in thousands it says so.
std::string headerOf(const TableColumn& column, const Texts& texts, bool thousands = false);
// numberAt is a number of a table; nothing where there is none.
std::optional<double> numberAt(const OutputGrid& table, std::size_t row, std::size_t column);

// cellFinding is the cell of a table that a failure is about, if it is about one, and what is wrong with it.
std::optional<Finding> cellFinding(const Failure& failure, const Table& table);

}  // namespace calckpi::panel
