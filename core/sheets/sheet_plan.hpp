// SheetPlan: what a funnel table looks like in a sheet, cell by cell, as data. Writing it into a document knows nothing of funnels.
//
//   title                                         (row 0)
//   what is counted, as of when, of which rows
//
//   headers          | picture beside the table, over the columns of numbers that it is drawn from
//   stages …         |
//   the rules, small
#pragma once

#include "core/recognition/choices.hpp"
#include "core/sheets/formula.hpp"
#include "core/texts/message.hpp"
#include "core/sheets/preview.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace calckpi::panel {

// CellRole is what a cell is, and with that its named cell style and its number format. Thousands are amounts shown in thousands.
enum class CellRole : std::uint8_t {
    Title,
    Subtitle,
    Header,
    HeaderText,
    Stage,
    Count,
    Share,
    Days,
    Money,
    Thousands,
    Bar,
    Helper,
    Note,
};

struct Formula {
    std::string text;  // in Calc's own notation, without the equals sign: English names, ; between arguments
    friend bool operator==(const Formula&, const Formula&) = default;
};
using Content = std::variant<std::string, double, Formula>;

// Rows and columns are counted from 0, from the upper left cell of the block.
struct PlannedCell {
    std::int32_t row = 0;
    std::int32_t column = 0;
    CellRole role = CellRole::Count;
    std::optional<Content> content{};  // none: filled by an array formula, or empty
};

struct PlannedArray {
    std::int32_t row = 0;
    std::int32_t column = 0;
    std::int32_t rows = 0;
    std::int32_t columns = 0;
    Formula formula;
};

// PlannedChart is the funnel picture: bars lying, centred by an unfilled series before them. Its numbers stand in columns side by
// side, under their headers: the labels, the gap before the bar, the bar, and where units can be open their part of it.
struct PlannedChart {
    std::int32_t headerRow = 0;
    std::int32_t lastRow = 0;
    std::int32_t labelColumn = 0;
    bool open = false;
    // The cells that the picture covers; none of them holds anything but the numbers it is drawn from.
    std::int32_t left = 0;
    std::int32_t top = 0;
    std::int32_t right = 0;
    std::int32_t bottom = 0;
    std::string title;       // of a split table, whose picture shows all segments together
    std::string splitTitle;  // what it would be
};

struct SheetPlan {
    std::string sheetName;
    std::string source;  // the address of the data, which the document keeps up to date as cells move
    // The block: everything that is written, and what the picture covers.
    std::int32_t rows = 0;
    std::int32_t columns = 0;
    std::vector<PlannedCell> cells;
    std::vector<PlannedArray> arrays;
    std::vector<std::int32_t> columnWidths;  // in characters: each column's longest text
    std::int32_t headerRow = 0;
    std::optional<PlannedChart> chart{};
};

// PlanContext is what the choices do not say.
struct PlanContext {
    std::string sourceName{};            // what a reader calls the source: the sheet or the database range
    std::vector<std::string> columns{};  // columnNames of the source (recognition.hpp)
    std::vector<std::string> rows{};     // rowNames of the source (across.hpp)
    std::string date{};                  // asOf as the user's locale writes it
    std::string blockAddress{};          // the upper left cell, $Funnel.$B$4: formulas refer to cells of the block; empty for A1
};

// planSheet lays out the funnel table of the choices; the preview, which must have no problem, tells how many rows it has.
SheetPlan planSheet(const Choices& choices, const Preview& preview, const PlanContext& context, const Texts& texts);

}  // namespace calckpi::panel
