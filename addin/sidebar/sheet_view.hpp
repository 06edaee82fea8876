// A sheet of the document as the core looks at it.
//
//   Range data = dataAround(cell);                 // the table that a click on a cell means
//   panel::RowsBelow more = rowsBelow(data, {});   // rows that belong to it and are below
#pragma once

#include "addin/sidebar/source_range.hpp"
#include "core/recognition/data_block.hpp"

#include <com/sun/star/sheet/XSpreadsheet.hpp>

#include <optional>
#include <string>
#include <vector>

namespace calckpi::sidebar {

class SheetView final : public panel::SheetCells {
public:
    // of is the sheet that a range lies on.
    static SheetView of(const Range& range);
    explicit SheetView(const css::uno::Reference<css::sheet::XSpreadsheet>& sheet) : sheet_(sheet) {}

    Grid cells(const panel::DataBlock& block) const override;
    std::vector<panel::MergedCells> merged(const panel::DataBlock& block) const override;
    panel::DataBlock used() const override;
    panel::DataBlock region(panel::CellPlace cell) const override;

    Range rangeOf(const panel::DataBlock& block) const;

private:
    css::uno::Reference<css::sheet::XSpreadsheet> sheet_;
};

// dataAround is the table that a click on a cell means, without titles and totals; see blockAround.
Range dataAround(const Range& cell);
// rowsBelow are the rows of data below a source, as far as `own`, a table that is made from it.
panel::RowsBelow rowsBelow(const Range& source, const std::optional<css::table::CellRangeAddress>& own);
// filledBelow counts the filled cells right below a source.
std::int32_t filledBelow(const Range& source);
// withRowsBelow is a source with these rows.
Range withRowsBelow(const Range& source, const std::optional<css::table::CellRangeAddress>& own);
// headersOf are the headers of a source where its first row does not say all of them.
std::vector<std::string> headersOf(const Range& source);

}  // namespace calckpi::sidebar
