// Source: the cells that something is made from, as whoever reads the document hands them to the panel.
#pragma once

#include "core/recognition/data_block.hpp"
#include "core/recognition/facts.hpp"
#include "core/recognition/place.hpp"
#include "core/sheets/data_check.hpp"
#include "core/sheets/kept_kind.hpp"
#include "core/tables/table.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace calckpi::panel {

// Source is a range that the user has selected.
struct Source {
    std::string address;           // as in a formula: $Deals.$A$1:$G$8801
    std::string shown;             // as the user reads it: Deals.A1:G8801
    std::string name;              // what a reader calls it: the sheet or the database range
    std::int32_t firstColumn = 0;  // of its upper left cell in the sheet, both counted from 0
    std::int32_t firstRow = 0;
    TableHandle table;                          // all of it
    TableHandle sample;                         // its first rows
    std::vector<bool> dates;                    // which columns have a date's number format
    std::vector<CurrencyFormat> currencies{};   // that the number formats of cells show
    std::shared_ptr<const TableFacts> facts{};  // of the sample; the panel fills them in
    std::int64_t hidden = 0;                    // rows that a filter or the user hides
    RowsBelow below{};                          // rows of data that are not among them
    std::int32_t filledBelow = 0;               // how many cells of the row right below are filled: of a total, say
    std::vector<std::string> headers{};         // the columns' where the first row does not say all: two header rows

    // cellName is a cell of it as the sheet calls it: F17; nothing for a place that is not known.
    std::string cellName(Place place) const;
};

// Found is a table of ours that the user has selected.
struct Found {
    std::string address;  // as the user reads it
    KeptKind kind = KeptKind::Funnel;
    std::string settings;
    std::vector<Source> others{};  // of what is made from several sources, those after the first
};

}  // namespace calckpi::panel
