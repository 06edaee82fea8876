// Obstacles: what stands in the way of writing cells. They are looked for before anything is written, so that nothing is half done.
#pragma once

#include <com/sun/star/sheet/XSpreadsheet.hpp>
#include <com/sun/star/table/CellRangeAddress.hpp>
#include <com/sun/star/uno/Reference.hxx>
#include <rtl/ustring.hxx>

#include <cstdint>
#include <optional>
#include <vector>

namespace calckpi::sidebar {

using Area = css::table::CellRangeAddress;

enum class ObstacleKind : std::uint8_t {
    ReadOnlyDocument,
    ProtectedDocument,  // no sheets can be added
    FullDocument,       // it has as many sheets as Calc can count
    ProtectedStyles,    // Calc makes no cell styles as long as a sheet is protected
    ProtectedSheet,
    BeyondSheet,  // the sheet ends before the table does
    InSource,     // the cells belong to the source of the table
    MergedCells,
    ArrayFormula,  // cells of an array formula that reaches beyond the table's place
    FilledCells,   // the only one that a user may want to write over
    NoRoomBelow,   // what lies below cannot move down without being torn from what is beside it
    UserCells,     // typed or changed by the user where a table on sheets of its own is written again; may be written over as well
    CopiedSheet,   // a sheet of such a table was copied: which of the two is meant?
};

struct Obstacle {
    ObstacleKind kind = ObstacleKind::FilledCells;
    rtl::OUString cells{};  // "B4:D9", several parted by ", "; empty where no cells are to blame
    rtl::OUString sheet{};  // the name of the protected one
};

// obstacleToWriting is why no cell of the document can be written.
std::optional<Obstacle> obstacleToWriting(const css::uno::Reference<css::uno::XInterface>& document);
// obstacleToChanging is why the cells of a sheet cannot be changed.
std::optional<Obstacle> obstacleToChanging(const css::uno::Reference<css::uno::XInterface>& document, sal_Int16 index);
// obstacleToNewSheets is why the document cannot have this many sheets more.
std::optional<Obstacle> obstacleToNewSheets(const css::uno::Reference<css::uno::XInterface>& document, std::size_t count);
// obstacleToStyles is why the document cannot have another cell style.
std::optional<Obstacle> obstacleToStyles(const css::uno::Reference<css::uno::XInterface>& document);

// obstacleIn looks at the cells of a range, which may reach beyond the sheet. `source` is the range that the table is made from.
// Merged cells of `own`, the table that is to be written again, do not stand in its way.
std::optional<Obstacle> obstacleIn(const css::uno::Reference<css::uno::XInterface>& document, const Area& range,
                                   const std::optional<Area>& source, const std::optional<Area>& own = std::nullopt);

// mergedAreasIn gives the merged areas that have cells in the range.
std::vector<Area> mergedAreasIn(const css::uno::Reference<css::sheet::XSpreadsheet>& sheet, const Area& range);

// filledCells says where a range holds anything, at most three places of it; empty if it does not.
rtl::OUString filledCells(const css::uno::Reference<css::sheet::XSpreadsheet>& sheet, const Area& range);

// addressTexts writes ranges as a user reads them, at most three.
rtl::OUString addressTexts(const std::vector<Area>& ranges);

// tornBelow says which cells are beside those that would move if the cells of the range moved down, so that rows would be torn.
rtl::OUString tornBelow(const css::uno::Reference<css::sheet::XSpreadsheet>& sheet, const Area& range);

css::uno::Reference<css::sheet::XSpreadsheet> sheetOf(const css::uno::Reference<css::uno::XInterface>& document, sal_Int16 sheet);
css::uno::Reference<css::table::XCellRange> cellsOf(const css::uno::Reference<css::sheet::XSpreadsheet>& sheet, const Area& range);
// addressText writes a range as a user reads it: B4:D9, or B4 for a single cell.
rtl::OUString addressText(const Area& range);
bool intersect(const Area& one, const Area& other);
bool contains(const Area& outer, const Area& inner);

}  // namespace calckpi::sidebar
