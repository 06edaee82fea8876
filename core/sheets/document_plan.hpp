// DocumentPlan: what is to be written into a document, as data: sheets, on each of them blocks of cells, and pictures.
//
//   Block months{.id = "months", .row = 3};
//   months.put(0, 0, CellRole::HeaderText, "Month");
//   months.put(0, 1, CellRole::Header, "Won");
//   months.fill({.row = 1, .rows = 12, .columns = 2}, Formula("KPIPERIODS(…)"));
//   Block total{.id = "total", .row = 16};
//   total.put(0, 1, CellRole::Count, Formula("SUM(") + months.cells({.row = 1, .column = 1, .rows = 12}) + ")");
//   const DocumentPlan plan{.sheets = {{.name = "KPIs", .blocks = {months, total}}}};
//
// A plan knows no addresses. Its formulas refer to cells by their block and their place in it; once a Placement says what the
// sheets are called and where on them the plan begins, Addresses makes addresses of the references. All rows and columns are
// counted from 0: those of cells from the upper left cell of their block, those of blocks and pictures from the upper left cell of
// their sheet, or from the cell that a plan of one sheet is placed at.
#pragma once

#include "core/sheets/cell_looks.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace calckpi::panel {

// CellArea is a rectangle of cells.
struct CellArea {
    std::int32_t row = 0;
    std::int32_t column = 0;
    std::int32_t rows = 1;
    std::int32_t columns = 1;
    std::int32_t endRow() const { return row + rows; }  // the one after the last
    std::int32_t endColumn() const { return column + columns; }
    friend bool operator==(const CellArea&, const CellArea&) = default;
};

// Fixed says what of an address has a $: it stays as it is where a user copies the formula to.
enum class Fixed : std::uint8_t { Nothing, Rows, Columns, All };

// Reference is cells of a block, wherever that is placed.
struct Reference {
    std::string block;
    CellArea cells{};
    Fixed fixed = Fixed::Nothing;
    friend bool operator==(const Reference&, const Reference&) = default;
};

// Formula is written in Calc's own notation, without the equals sign: English names, ; between arguments. References stand between
// pieces of its text: Formula("SUM(") + cells + ")".
class Formula {
public:
    using Part = std::variant<std::string, Reference>;

    Formula() = default;
    explicit Formula(Part part) { *this += std::move(part); }
    const std::vector<Part>& parts() const { return parts_; }

    Formula& operator+=(Part part);
    Formula& operator+=(const Formula& other);
    friend Formula operator+(Formula left, Part right) { return std::move(left += std::move(right)); }
    friend Formula operator+(Formula left, const Formula& right) { return std::move(left += right); }
    friend bool operator==(const Formula&, const Formula&) = default;

private:
    std::vector<Part> parts_;
};

using Content = std::variant<std::string, double, Formula>;

struct PlannedCell {
    std::int32_t row = 0;
    std::int32_t column = 0;
    CellRole role = CellRole::Count;
    std::optional<Content> content{};  // none: filled by an array formula, by the user, or empty
};

// PlannedArray is an array formula over all of its cells.
struct PlannedArray {
    CellArea cells{};
    Formula formula{};
};

// Condition is met where its formula is true, written for the upper left cell of its area. Of several the first that is met counts.
struct Condition {
    Formula when{};
    CellRole look = CellRole::Count;
};
struct ConditionalFormat {
    CellArea cells{};
    std::vector<Condition> conditions{};
};

// PlannedName is a name of the document's sheet for cells of a block.
struct PlannedName {
    std::string name;
    CellArea cells{};
};

// DropDown lets the user choose what a cell holds from a list of cells.
struct DropDown {
    CellArea cells{};
    Reference choices{};
};

// Block is cells that belong together, the unit that a planner places.
struct Block {
    std::string id{};  // unique in the plan
    std::int32_t row = 0;
    std::int32_t column = 0;
    bool covered = false;        // numbers that a picture is drawn from and covers, whatever they look like
    std::int32_t spareRows = 0;  // kept free below its cells, for a live table that may grow
    std::vector<PlannedCell> content{};
    std::vector<PlannedArray> arrays{};
    std::vector<ConditionalFormat> formats{};
    std::vector<PlannedName> names{};
    std::vector<DropDown> dropDowns{};

    void put(std::int32_t atRow, std::int32_t atColumn, CellRole role, std::optional<Content> what = std::nullopt) {
        content.push_back({atRow, atColumn, role, std::move(what)});
    }
    void fill(const CellArea& area, Formula formula) { arrays.push_back({area, std::move(formula)}); }
    // cells are what another formula refers to.
    Reference cells(const CellArea& area, Fixed fixed = Fixed::Nothing) const { return {id, area, fixed}; }
    Reference cell(std::int32_t atRow, std::int32_t atColumn, Fixed fixed = Fixed::Nothing) const {
        return {id, {atRow, atColumn}, fixed};
    }
    // area is all of its cells, the spare ones too, on its sheet.
    CellArea area() const;
};

// ChartKind is how a picture shows its cells: headers in the first row, labels in the first column, then for each kind columns in
// this order. No picture has a legend: what a reader has to know of a number is in its label ("Demo  12", "Churned ▼ 19").
enum class ChartKind : std::uint8_t {
    FunnelBars,    // bars lying, centred by an unfilled part: gap, bar[, lighter end of the bar]
    IntervalBars,  // bars lying, with whiskers: value, value to be doubted (of few data; pale), whisker's length beyond, and before
    // A line, what is incomplete of it dashed, and its target: value, incomplete value, target, 0. The zeros are not drawn:
    // whatever the figures become, the axis reaches from them to 0, so that a rise is as high as it is.
    TargetLine,
    BoundedCurves,  // one or two curves, each with its bounds, named at their ends: value, low, high[, value, low, high]
    Waterfall,      // columns that hang between totals: unfilled part, total, rise, fall
};

struct PlannedChart {
    ChartKind kind = ChartKind::FunnelBars;
    Reference data{};
    CellArea covers{};  // on the sheet of the picture
    std::string title{};
    std::string titleBefore{};  // what it was planned with, where the table is one that is updated
};

// pictureOver is what the picture of a table covers: the table's last columns, which it is drawn from, from the row below their
// headers on. Smaller than 14 rows it could not be read.
CellArea pictureOver(const CellArea& data, std::int32_t endColumn);

struct PageSetup {
    std::int32_t repeatedRows = 0;  // printed at the top of each page
    // The rows that sections begin with, each of which is printed on one page, if it has room there.
    std::vector<std::int32_t> sections{};
};

struct PlannedSheet {
    std::string name;  // of a new sheet; one of the document that has it already gets no second
    std::vector<Block> blocks{};
    std::vector<PlannedChart> charts{};
    std::vector<std::int32_t> columnWidths{};  // in characters: each column's longest text
    std::int32_t frozenRows = 0;
    std::int32_t frozenColumns = 0;
    // How many columns at the right end are there for pictures, whether it has one or not: by them the picture of a table is found.
    std::int32_t pictureColumns = 0;
    PageSetup page{};

    // area is everything that is written, and what the pictures cover, from the upper left cell of the sheet.
    CellArea area() const;
};

// beginPages tells which sections begin a page, so that the end of a page tears none that has room on one. Each page has `room` for
// sections; their heights are in the same unit.
std::vector<bool> beginPages(const std::vector<double>& heights, double room);

struct DocumentPlan {
    std::vector<PlannedSheet> sheets{};
};

// SheetPlace is where a planned sheet is: on the sheet of this name, from this cell on.
struct SheetPlace {
    std::string name{};
    std::int32_t row = 0;
    std::int32_t column = 0;
};
using Placement = std::vector<SheetPlace>;  // of the plan's sheets, in their order

// Addresses are those of a plan's cells once it has been placed.
class Addresses {
public:
    Addresses(const DocumentPlan& plan, Placement placement);

    // of is the address of a reference in a formula that is on a sheet of the plan: $B$4:$C$9, on another sheet
    // $'KPI data'.B4. A block that is not there is #REF!.
    std::string of(const Reference& reference, std::size_t onSheet) const;
    // text is a formula as the document has it, without the equals sign.
    std::string text(const Formula& formula, std::size_t onSheet) const;
    // place tells which sheet of the plan the cells are on, and their rows and columns in the document.
    std::optional<std::pair<std::size_t, CellArea>> place(const Reference& reference) const;

private:
    struct Corner {
        std::size_t sheet = 0;
        std::int32_t row = 0;
        std::int32_t column = 0;
    };
    Placement placement_;
    std::map<std::string, Corner, std::less<>> corners_;
};

// withSpareRows is an array formula for cells that have more rows than it gives now: those are empty, not #N/A. (So is a value of
// its own that is #N/A.)
Formula withSpareRows(const Formula& formula, std::int32_t rows);

// misfits says what does not fit in a plan, a sentence each; none if it can be written. They are mistakes of a planner, in English
// for whoever mends it: blocks or pictures that cover each other, references to cells that no block has, texts and formulas that
// are longer than Calc takes, cells beyond the sheet's end. What stands in the way in a user's document is an obstacle.
std::vector<std::string> misfits(const DocumentPlan& plan, const Placement& placement);

// defaultPlacement places each sheet where it begins, under its own name.
Placement defaultPlacement(const DocumentPlan& plan);

}  // namespace calckpi::panel
