// What the tables of the catalog's table functions look like in a sheet:
//
//   title
//   what is shown, as of when, of which rows
//
//   headers        | pictures beside the table, over the columns of numbers that they are drawn from
//   rows …         |
//   spare rows     |
//   the rules, small
//
//   planTable(choices, previewTable(source, choices), context, texts)
#pragma once

#include "core/sheets/document_plan.hpp"
#include "core/sheets/table_choices.hpp"
#include "core/sheets/table_preview.hpp"
#include "core/texts/message.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace calckpi::panel {

// TableContext is what the choices do not say.
struct TableContext {
    std::string sourceName{};            // what a reader calls the source: the sheet or the database range
    std::vector<std::string> columns{};  // columnNames of the source
    std::string date{};                  // the preview's lastDate as the user's locale writes it
    std::string until{};                 // the preview's until, for a forecast
    std::int32_t filledBelow = 0;        // cells right below the source that are filled, and no data
    std::string severalCurrencies{};     // the column that shows several currencies, if amounts of several are added
};

// planTable lays out the table of the choices, on one sheet; the preview must have no problem. Its live table is in block "table",
// its rules in "notes"; titles of pictures do not depend on the data.
DocumentPlan planTable(const TableChoices& choices, const TablePreview& preview, const TableContext& context, const Texts& texts);

}  // namespace calckpi::panel
