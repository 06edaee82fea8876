// Ranges of a document, as users select or write them, and the table in one, read piece by piece.
#pragma once

#include "addin/functions/range_table.hpp"
#include "core/panel/source.hpp"

#include <com/sun/star/frame/XController.hpp>
#include <com/sun/star/sheet/XSpreadsheetDocument.hpp>
#include <com/sun/star/table/CellRangeAddress.hpp>
#include <com/sun/star/table/XCell.hpp>
#include <com/sun/star/table/XCellRange.hpp>

#include <map>
#include <optional>

namespace calckpi::sidebar {

using Range = css::uno::Reference<css::table::XCellRange>;

// dataSelected is the range that a selection means: the selected cells, or the table around a single one. None when no cells are
// selected, or a single cell without data.
Range dataSelected(const css::uno::Any& selection);
// cellSelected is the upper left cell of a selection of cells.
Range cellSelected(const css::uno::Any& selection);
// addressesOf is the address of all selected cells, or nothing if the selection is no cells.
rtl::OUString addressesOf(const css::uno::Any& selection);
// areasOf are the areas of a selection of cells.
std::vector<css::table::CellRangeAddress> areasOf(const css::uno::Any& selection);
// rangeWritten finds a range by what a user writes: A1:G99, Deals.A:G, the name of a range or of a database range. Addresses
// without a sheet are meant on `sheet`.
Range rangeWritten(const std::string& text, const css::uno::Reference<css::sheet::XSpreadsheetDocument>& document,
                   const Range& sheet);

// HiddenRows counts the rows that a filter or the user hides, among the header of a table and the filled rows below it. To count is
// to list each stretch of rows that shows, more than a second where a filter leaves every other of 200,000; the sum of their
// heights is at hand in Calc. So it counts again only when that sum, or the place, is another one.
class HiddenRows {
public:
    std::int64_t in(const Range& range, std::size_t filled);

private:
    css::table::CellRangeAddress place_;
    sal_Int32 height_ = -1;
    std::int64_t count_ = 0;
};

// absoluteAddress is the address as formulas have it: $Deals.$A$1:$G$99.
std::string absoluteAddress(const Range& range);
// shownAddress is the address as users read it: Deals.A1:G99.
std::string shownAddress(const Range& range);

// SourceTable is a table of a document that keeps the columns it has read, so that the panel reads each only once.
class SourceTable final : public Table {
public:
    SourceTable(const Range& range, const css::uno::Reference<css::uno::XInterface>& document,
                const css::uno::Reference<css::uno::XComponentContext>& context);

    std::size_t rows() const override { return range_.rows(); }
    const std::vector<std::string>& headers() const override { return range_.headers(); }
    const Culture& culture() const override { return range_.culture(); }

    // load reads some more of the columns, and tells how much of them is there: 1 when all is.
    double load(const std::vector<ColumnRef>& columns) const;

protected:
    ColumnHandle read(std::size_t index) const override;

private:
    struct Part {
        std::shared_ptr<Column> column = std::make_shared<Column>();
        bool complete = false;
    };
    addin::RangeTable range_;
    mutable std::map<std::size_t, Part> parts_;
};

// sourceOf makes the panel's source of a range. How many rows are hidden, or are below, is not looked for.
panel::Source sourceOf(const Range& range, const css::uno::Reference<css::uno::XInterface>& document,
                       const css::uno::Reference<css::uno::XComponentContext>& context);

}  // namespace calckpi::sidebar
