#include "core/sheets/document_plan.hpp"

#include "core/values/address.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <cctype>
#include <set>

namespace calckpi::panel {
namespace {

constexpr std::size_t longestName = 31;  // of a sheet, so that other programs can open the file
constexpr std::size_t longestFormula = 65000;
constexpr std::size_t longestText = 32767;

bool overlap(const CellArea& one, const CellArea& other) {
    return one.row < other.endRow() && other.row < one.endRow() && one.column < other.endColumn() && other.column < one.endColumn();
}
bool contains(const CellArea& outer, const CellArea& inner) {
    return outer.row <= inner.row && outer.column <= inner.column && inner.endRow() <= outer.endRow() &&
           inner.endColumn() <= outer.endColumn();
}
CellArea both(const CellArea& one, const CellArea& other) {
    const std::int32_t row = std::min(one.row, other.row);
    const std::int32_t column = std::min(one.column, other.column);
    return {row, column, std::max(one.endRow(), other.endRow()) - row, std::max(one.endColumn(), other.endColumn()) - column};
}
CellArea moved(CellArea area, std::int32_t rows, std::int32_t columns) {
    area.row += rows;
    area.column += columns;
    return area;
}

std::string cellText(std::int32_t row, std::int32_t column, Fixed fixed) {
    const bool rowStays = fixed == Fixed::Rows || fixed == Fixed::All;
    const bool columnStays = fixed == Fixed::Columns || fixed == Fixed::All;
    return (columnStays ? "$" : "") + lettersOf(column) + (rowStays ? "$" : "") + std::to_string(row + 1);
}
std::string areaText(const CellArea& area, Fixed fixed = Fixed::Nothing) {
    const std::string first = cellText(area.row, area.column, fixed);
    if (area.rows == 1 && area.columns == 1) return first;
    return first + ':' + cellText(area.endRow() - 1, area.endColumn() - 1, fixed);
}

// quoted is a sheet's name as an address has it.
std::string quoted(const std::string& name) {
    std::string text = "$'";
    for (const char each : name) {
        text += each;
        if (each == '\'') text += each;
    }
    return text + "'.";
}

// used is what a block's own cells take, counted from its corner.
CellArea used(const Block& block) {
    std::optional<CellArea> all;
    const auto take = [&](const CellArea& area) { all = all ? both(*all, area) : area; };
    for (const PlannedCell& cell : block.content) take({cell.row, cell.column});
    for (const PlannedArray& array : block.arrays) take(array.cells);
    for (const ConditionalFormat& format : block.formats) take(format.cells);
    for (const PlannedName& name : block.names) take(name.cells);
    for (const DropDown& dropDown : block.dropDowns) take(dropDown.cells);
    return all.value_or(CellArea{0, 0, 0, 0});
}

// Check finds what does not fit.
class Check {
public:
    Check(const DocumentPlan& plan, const Placement& placement) : plan_(plan), placement_(placement), addresses_(plan, placement) {}

    std::vector<std::string> run() && {
        if (placement_.size() != plan_.sheets.size())
            say("the plan has " + std::to_string(plan_.sheets.size()) + " sheets, placed are " + std::to_string(placement_.size()));
        std::set<std::string> ids;
        std::set<std::string> names;
        for (std::size_t sheet = 0; sheet < plan_.sheets.size(); ++sheet) {
            checkName(plan_.sheets[sheet].name, names);
            for (const Block& block : plan_.sheets[sheet].blocks) {
                if (block.id.empty() || !ids.insert(block.id).second) say("block \"" + block.id + "\" needs an id of its own");
                checkBlock(block, sheet);
            }
            checkPlaces(sheet);
            checkCharts(plan_.sheets[sheet]);
        }
        return std::move(found_);
    }

private:
    void say(std::string what) { found_.push_back(std::move(what)); }
    static std::string nameOf(const Block& block, const CellArea& cells) {
        return "block \"" + block.id + "\", " + areaText(cells);
    }

    void checkName(const std::string& name, std::set<std::string>& names) {
        if (name.empty() || name.find_first_of("[]*?:/\\") != std::string::npos || name.front() == '\'' || name.back() == '\'')
            say("sheet \"" + name + "\": no sheet can have this name");
        if (lettersIn(name) > longestName) say("sheet \"" + name + "\": the name has more than 31 letters");
        if (!names.insert(folded(name)).second) say("sheet \"" + name + "\": there are two of this name");
    }
    static std::size_t lettersIn(const std::string& text) {
        return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
    }

    void checkBlock(const Block& block, std::size_t sheet) {
        const CellArea cells = used(block);
        if (cells.row < 0 || cells.column < 0) say(nameOf(block, {}) + ": cells stand before its corner");
        std::set<std::pair<std::int32_t, std::int32_t>> filled;
        for (const PlannedCell& cell : block.content) {
            const CellArea here{cell.row, cell.column};
            if (!filled.emplace(cell.row, cell.column).second) say(nameOf(block, here) + ": planned twice");
            if (!cell.content) continue;
            if (const auto* text = std::get_if<std::string>(&*cell.content); text != nullptr && lettersIn(*text) > longestText)
                say(nameOf(block, here) + ": the text is longer than a cell holds");
            if (const auto* formula = std::get_if<Formula>(&*cell.content)) checkFormula(*formula, sheet, nameOf(block, here));
            for (const PlannedArray& array : block.arrays)
                if (contains(array.cells, here)) say(nameOf(block, here) + ": an array formula fills it already");
        }
        for (std::size_t index = 0; index < block.arrays.size(); ++index) {
            const PlannedArray& array = block.arrays[index];
            checkFormula(array.formula, sheet, nameOf(block, array.cells));
            for (std::size_t before = 0; before < index; ++before)
                if (overlap(array.cells, block.arrays[before].cells))
                    say(nameOf(block, array.cells) + ": two array formulas overlap");
        }
        for (const ConditionalFormat& format : block.formats)
            for (const Condition& condition : format.conditions) {
                checkFormula(condition.when, sheet, nameOf(block, format.cells));
                if (!lookOf(condition.look).condition)
                    say(nameOf(block, format.cells) + ": a condition cannot make " + lookOf(condition.look).style + " of a cell");
            }
        for (const PlannedName& name : block.names) checkCellName(name.name);
        for (const DropDown& dropDown : block.dropDowns) checkReference(dropDown.choices, nameOf(block, dropDown.cells));
    }

    void checkCellName(const std::string& name) {
        const auto fits = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; };
        if (name.empty() || std::isdigit(static_cast<unsigned char>(name.front())) != 0 ||
            !std::all_of(name.begin(), name.end(), fits) || readAddress(name))
            say("name \"" + name + "\": cells cannot be called so");
        if (!cellNames_.insert(folded(name)).second) say("name \"" + name + "\": given twice");
    }

    void checkReference(const Reference& reference, const std::string& where) {
        const Block* block = find(reference.block);
        if (block == nullptr) return say(where + ": there is no block \"" + reference.block + "\"");
        CellArea all = used(*block);
        all = {0, 0, all.endRow() + block->spareRows, all.endColumn()};
        if (!contains(all, reference.cells))
            say(where + ": block \"" + reference.block + "\" ends before " + areaText(reference.cells));
    }

    void checkFormula(const Formula& formula, std::size_t sheet, const std::string& where) {
        for (const Formula::Part& part : formula.parts())
            if (const auto* reference = std::get_if<Reference>(&part)) checkReference(*reference, where);
        if (const std::string text = addresses_.text(formula, sheet); text.empty() || text.size() > longestFormula)
            say(where + (text.empty() ? ": the formula is empty" : ": the formula is longer than Calc takes"));
    }

    void checkPlaces(std::size_t index) {
        const PlannedSheet& sheet = plan_.sheets[index];
        for (std::size_t one = 0; one < sheet.blocks.size(); ++one)
            for (std::size_t other = 0; other < one; ++other)
                if (overlap(sheet.blocks[one].area(), sheet.blocks[other].area()))
                    say("blocks \"" + sheet.blocks[other].id + "\" and \"" + sheet.blocks[one].id + "\" overlap");
        const CellArea all = sheet.area();
        if (static_cast<std::size_t>(all.endColumn()) < sheet.columnWidths.size())
            say("sheet \"" + sheet.name + "\": more widths than columns");
        if (index >= placement_.size()) return;
        const SheetPlace& at = placement_[index];
        if (all.row + at.row < 0 || all.column + at.column < 0 || all.endRow() + at.row > lastSheetRow + 1 ||
            all.endColumn() + at.column > lastSheetColumn + 1)
            say("sheet \"" + sheet.name + "\" ends before " + areaText(moved(all, at.row, at.column)));
    }

    void checkCharts(const PlannedSheet& sheet) {
        for (const PlannedChart& chart : sheet.charts) {
            const std::string where = "picture over " + areaText(chart.covers);
            checkReference(chart.data, where);
            const auto [least, most] = columnsOf(chart.kind);
            const std::int32_t columns = chart.data.cells.columns;
            if (columns < least || columns > most || chart.data.cells.rows < 2)
                say(where + ": drawn from " + areaText(chart.data.cells) + ", which are not the columns of its kind");
            for (const Block& block : sheet.blocks) {
                const CellArea cells = block.area();
                if (!overlap(cells, chart.covers)) continue;
                const bool hidden =
                    block.covered || std::all_of(block.content.begin(), block.content.end(), [&](const PlannedCell& cell) {
                        return cell.role == CellRole::Helper ||
                               !overlap(chart.covers, moved({cell.row, cell.column}, block.row, block.column));
                    });
                if (!hidden) say(where + ": it would hide cells of block \"" + block.id + "\"");
            }
            for (const PlannedChart& other : sheet.charts)
                if (&other < &chart && overlap(other.covers, chart.covers)) say(where + ": another picture is there");
        }
    }

    // The label's column and those of the kind.
    static std::pair<std::int32_t, std::int32_t> columnsOf(ChartKind kind) {
        switch (kind) {
            case ChartKind::FunnelBars: return {3, 4};
            case ChartKind::BoundedCurves: return {4, 7};
            case ChartKind::IntervalBars:
            case ChartKind::TargetLine:
            case ChartKind::Waterfall: break;
        }
        return {5, 5};
    }

    const Block* find(const std::string& id) const {
        for (const PlannedSheet& sheet : plan_.sheets)
            for (const Block& block : sheet.blocks)
                if (block.id == id) return &block;
        return nullptr;
    }

    const DocumentPlan& plan_;
    const Placement& placement_;
    Addresses addresses_;
    std::set<std::string> cellNames_;
    std::vector<std::string> found_;
};

}  // namespace

std::vector<bool> beginPages(const std::vector<double>& heights, double room) {
    std::vector<bool> begin;
    double used = 0;
    for (const double height : heights) {
        begin.push_back(used > 0 && used + height > room);
        used = begin.back() ? height : used + height;
        while (room > 0 && used > room) used -= room;  // the last page of what is longer than one
    }
    return begin;
}

Formula& Formula::operator+=(Part part) {
    auto* text = std::get_if<std::string>(&part);
    auto* last = parts_.empty() ? nullptr : std::get_if<std::string>(&parts_.back());
    if (text != nullptr && last != nullptr)
        *last += *text;
    else if (text == nullptr || !text->empty())
        parts_.push_back(std::move(part));
    return *this;
}

Formula& Formula::operator+=(const Formula& other) {
    for (const Part& part : other.parts_) *this += part;
    return *this;
}

CellArea Block::area() const {
    CellArea cells = used(*this);
    cells.rows += spareRows;
    return moved(cells, row, column);
}

CellArea PlannedSheet::area() const {
    CellArea all{0, 0, 0, 0};
    for (const Block& block : blocks) all = both(all, block.area());
    for (const PlannedChart& chart : charts) all = both(all, chart.covers);
    return all;
}

CellArea pictureOver(const CellArea& data, std::int32_t endColumn) {
    constexpr std::int32_t fewestRows = 14;
    return {data.row + 1, data.column, std::max(data.rows - 1, fewestRows), endColumn - data.column};
}

Addresses::Addresses(const DocumentPlan& plan, Placement placement) : placement_(std::move(placement)) {
    for (std::size_t sheet = 0; sheet < std::min(plan.sheets.size(), placement_.size()); ++sheet)
        for (const Block& block : plan.sheets[sheet].blocks)
            corners_.insert_or_assign(block.id,
                                      Corner{sheet, placement_[sheet].row + block.row, placement_[sheet].column + block.column});
}

std::optional<std::pair<std::size_t, CellArea>> Addresses::place(const Reference& reference) const {
    const auto found = corners_.find(reference.block);
    if (found == corners_.end()) return std::nullopt;
    const Corner& corner = found->second;
    return std::pair(corner.sheet, moved(reference.cells, corner.row, corner.column));
}

std::string Addresses::of(const Reference& reference, std::size_t onSheet) const {
    const auto found = place(reference);
    if (!found) return "#REF!";
    const auto& [sheet, cells] = *found;
    return (sheet == onSheet ? std::string() : quoted(placement_[sheet].name)) + areaText(cells, reference.fixed);
}

std::string Addresses::text(const Formula& formula, std::size_t onSheet) const {
    std::string text;
    for (const Formula::Part& part : formula.parts()) {
        if (const auto* piece = std::get_if<std::string>(&part))
            text += *piece;
        else
            text += of(std::get<Reference>(part), onSheet);
    }
    return text;
}

Formula withSpareRows(const Formula& formula, std::int32_t rows) {
    std::string all = "1";
    for (std::int32_t row = 1; row < rows; ++row) all += "|1";
    return Formula("IFNA(IF({" + all + "};") + formula + ");\"\")";
}

std::vector<std::string> misfits(const DocumentPlan& plan, const Placement& placement) { return Check(plan, placement).run(); }

Placement defaultPlacement(const DocumentPlan& plan) {
    Placement placement;
    for (const PlannedSheet& sheet : plan.sheets) placement.push_back({.name = sheet.name});
    return placement;
}

}  // namespace calckpi::panel
