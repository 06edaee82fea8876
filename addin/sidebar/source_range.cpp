#include "addin/sidebar/source_range.hpp"

#include "addin/functions/conversion.hpp"
#include "core/values/text.hpp"

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/container/XNameAccess.hpp>
#include <com/sun/star/container/XNamed.hpp>
#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/sheet/XCellRangesQuery.hpp>
#include <com/sun/star/sheet/XCellRangeReferrer.hpp>
#include <com/sun/star/sheet/XCellRangesAccess.hpp>
#include <com/sun/star/sheet/XSheetCellCursor.hpp>
#include <com/sun/star/sheet/XSheetCellRange.hpp>
#include <com/sun/star/sheet/XSheetCellRanges.hpp>
#include <com/sun/star/sheet/XSheetCellRangeContainer.hpp>
#include <com/sun/star/sheet/XSpreadsheet.hpp>
#include <com/sun/star/table/CellContentType.hpp>
#include <com/sun/star/table/CellRangeAddress.hpp>
#include <com/sun/star/util/NumberFormat.hpp>
#include <com/sun/star/util/XNumberFormatsSupplier.hpp>

#include <algorithm>

using css::uno::Any;
using css::uno::Reference;
using css::uno::UNO_QUERY;
using css::uno::UNO_QUERY_THROW;
using rtl::OUString;

namespace calckpi::sidebar {
namespace {

using addin::fromUtf8;
using addin::toUtf8;

// The columns are recognised from the first rows: fewer if there are many columns.
constexpr std::size_t sampleRows = 1000;
constexpr std::size_t fewestSampleRows = 20;
constexpr std::size_t sampleCells = 100000;
constexpr std::size_t rowsAtOnce = 50000;

css::table::CellRangeAddress addressOf(const Range& range) {
    return Reference<css::sheet::XCellRangeAddressable>(range, UNO_QUERY_THROW)->getRangeAddress();
}

bool isOneCell(const Range& range) {
    const css::table::CellRangeAddress address = addressOf(range);
    return address.StartColumn == address.EndColumn && address.StartRow == address.EndRow;
}

Reference<css::sheet::XSpreadsheet> sheetOf(const Range& range) {
    return Reference<css::sheet::XSheetCellRange>(range, UNO_QUERY_THROW)->getSpreadsheet();
}

// regionAround is the block of filled cells around a cell.
Range regionAround(const Range& cell) {
    const Reference<css::sheet::XSheetCellCursor> cursor =
        sheetOf(cell)->createCursorByRange(Reference<css::sheet::XSheetCellRange>(cell, UNO_QUERY_THROW));
    cursor->collapseToCurrentRegion();
    const css::table::CellRangeAddress address = addressOf(Range(cursor, UNO_QUERY_THROW));
    return sheetOf(cell)->getCellRangeByPosition(address.StartColumn, address.StartRow, address.EndColumn, address.EndRow);
}

Range firstOf(const Any& selection) {
    if (Range range(selection, UNO_QUERY); range.is()) return range;
    const Reference<css::sheet::XSheetCellRangeContainer> several(selection, UNO_QUERY);
    if (!several.is()) return {};
    const Reference<css::container::XIndexAccess> ranges(several, UNO_QUERY_THROW);
    return ranges->getCount() == 0 ? Range() : Range(ranges->getByIndex(0), UNO_QUERY);
}

Range referredBy(const Reference<css::container::XNameAccess>& names, const OUString& name) {
    if (!names.is() || !names->hasByName(name)) return {};
    const Reference<css::sheet::XCellRangeReferrer> referrer(names->getByName(name), UNO_QUERY);
    return referrer.is() ? Range(referrer->getReferredCells()) : Range();
}

Reference<css::container::XNameAccess> collection(const Reference<css::uno::XInterface>& document, const char* property) {
    return {Reference<css::beans::XPropertySet>(document, UNO_QUERY_THROW)->getPropertyValue(OUString::createFromAscii(property)),
            UNO_QUERY};
}

OUString absoluteName(const Range& range) {
    OUString name;
    Reference<css::beans::XPropertySet>(range, UNO_QUERY_THROW)->getPropertyValue("AbsoluteName") >>= name;
    return name;
}

// nameOf is what a reader calls a range: the database range that it is, or its sheet.
std::string nameOf(const Range& range, const Reference<css::uno::XInterface>& document) {
    const css::table::CellRangeAddress address = addressOf(range);
    const Reference<css::container::XNameAccess> databases = collection(document, "DatabaseRanges");
    for (const OUString& name : databases->getElementNames()) {
        const Range other = referredBy(databases, name);
        if (!other.is()) continue;
        const css::table::CellRangeAddress theirs = addressOf(other);
        if (theirs.Sheet == address.Sheet && theirs.StartColumn == address.StartColumn && theirs.EndColumn == address.EndColumn &&
            theirs.StartRow == address.StartRow && theirs.EndRow == address.EndRow)
            return toUtf8(name);
    }
    return toUtf8(Reference<css::container::XNamed>(sheetOf(range), UNO_QUERY_THROW)->getName());
}

// dateColumns tells which columns have a date's number format in their first number.
std::vector<bool> dateColumns(const Range& range, std::size_t columns, std::size_t rows,
                              const Reference<css::uno::XInterface>& document) {
    constexpr std::size_t looked = 20;
    const Reference<css::util::XNumberFormatsSupplier> supplier(document, UNO_QUERY);
    std::vector<bool> dates(columns, false);
    if (!supplier.is()) return dates;
    for (std::size_t column = 0; column < columns; ++column) {
        for (std::size_t row = 1; row <= std::min(rows, looked); ++row) {
            const Reference<css::table::XCell> cell =
                range->getCellByPosition(static_cast<sal_Int32>(column), static_cast<sal_Int32>(row));
            if (cell->getType() == css::table::CellContentType_EMPTY || cell->getType() == css::table::CellContentType_TEXT)
                continue;
            sal_Int32 key = 0;
            Reference<css::beans::XPropertySet>(cell, UNO_QUERY_THROW)->getPropertyValue("NumberFormat") >>= key;
            sal_Int16 type = 0;
            supplier->getNumberFormats()->getByKey(key)->getPropertyValue("Type") >>= type;
            dates[column] = (type & css::util::NumberFormat::DATE) != 0;
            break;
        }
    }
    return dates;
}

}  // namespace

Range dataSelected(const Any& selection) {
    const Range range = firstOf(selection);
    if (!range.is() || !isOneCell(range)) return range;
    const Range region = regionAround(range);
    return isOneCell(region) ? Range() : region;
}

Range cellSelected(const Any& selection) {
    const Range range = firstOf(selection);
    return range.is() ? range->getCellRangeByPosition(0, 0, 0, 0) : range;
}

Range rangeWritten(const std::string& text, const Reference<css::sheet::XSpreadsheetDocument>& document, const Range& sheet) {
    const OUString name = fromUtf8(trimmed(text)).replace('!', '.');
    if (name.isEmpty()) return {};
    for (const char* names : {"NamedRanges", "DatabaseRanges"})
        if (const Range range = referredBy(collection(document, names), name); range.is()) return range;
    const Reference<css::sheet::XCellRangesAccess> sheets(document->getSheets(), UNO_QUERY_THROW);
    try {
        if (name.indexOf('.') < 0) return sheet.is() ? sheet->getCellRangeByName(name) : Range();
        const css::uno::Sequence<Range> ranges = sheets->getCellRangesByName(name);
        return ranges.getLength() > 0 ? ranges[0] : Range();
    } catch (const css::uno::Exception&) {  // not an address
        return {};
    }
}

OUString addressesOf(const Any& selection) {
    if (const Range range(selection, UNO_QUERY); range.is()) return absoluteName(range);
    const Reference<css::sheet::XSheetCellRangeContainer> several(selection, UNO_QUERY);
    return several.is() ? several->getRangeAddressesAsString() : OUString();
}

Range withRowsBelow(const Range& range) {
    const css::table::CellRangeAddress own = addressOf(range);
    const css::table::CellRangeAddress region = addressOf(regionAround(range->getCellRangeByPosition(0, 0, 0, 0)));
    if (region.EndRow <= own.EndRow) return range;
    return sheetOf(range)->getCellRangeByPosition(own.StartColumn, own.StartRow, own.EndColumn, region.EndRow);
}

std::int64_t hiddenRows(const Range& range, std::size_t filled) {
    const css::table::CellRangeAddress own = addressOf(range);
    const auto last = std::min(static_cast<sal_Int32>(filled), own.EndRow - own.StartRow);
    const Reference<css::sheet::XCellRangesQuery> cells(range->getCellRangeByPosition(0, 0, own.EndColumn - own.StartColumn, last),
                                                        UNO_QUERY_THROW);
    const css::uno::Sequence<css::table::CellRangeAddress> visible = cells->queryVisibleCells()->getRangeAddresses();
    if (!visible.hasElements()) return 0;  // all columns are hidden, which says nothing of the rows
    // Between hidden columns the rows come again.
    std::int64_t hidden = std::int64_t(last) + 1;
    for (const css::table::CellRangeAddress& part : visible)
        if (part.StartColumn == visible[0].StartColumn) hidden -= part.EndRow - part.StartRow + 1;
    return hidden;
}

std::string absoluteAddress(const Range& range) { return toUtf8(absoluteName(range)); }

std::string shownAddress(const Range& range) {
    const std::string absolute = absoluteAddress(range);
    std::string shown;
    bool quoted = false;
    for (const char letter : absolute) {
        if (letter == '\'') quoted = !quoted;
        if (letter != '$' || quoted) shown += letter;
    }
    return shown;
}

SourceTable::SourceTable(const Range& range, const Reference<css::uno::XInterface>& document,
                         const Reference<css::uno::XComponentContext>& context)
    : range_(range, document, context) {}

double SourceTable::load(const std::vector<ColumnRef>& columns) const {
    std::vector<std::size_t> indexes;
    for (const ColumnRef& column : columns)
        if (const Result<std::size_t> index = find(column)) indexes.push_back(*index);
    if (indexes.empty() || rows() == 0) return 1;
    std::size_t complete = 0;
    for (const std::size_t index : indexes) {
        Part& part = parts_[index];
        if (part.complete) {
            ++complete;
            continue;
        }
        if (part.column->rows() == 0) part.column->reserve(rows());
        range_.append(*part.column, index, part.column->rows(), rowsAtOnce);
        part.complete = part.column->rows() >= rows();
        if (part.complete) ++complete;
        const double partly = part.complete ? 0 : static_cast<double>(part.column->rows()) / static_cast<double>(rows());
        return (static_cast<double>(complete) + partly) / static_cast<double>(indexes.size());
    }
    return 1;
}

ColumnHandle SourceTable::read(std::size_t index) const {
    Part& part = parts_[index];
    if (!part.complete) {
        range_.append(*part.column, index, part.column->rows(), rows() - part.column->rows());
        part.complete = true;
    }
    return part.column;
}

panel::Source sourceOf(const Range& range, const Reference<css::uno::XInterface>& document,
                       const Reference<css::uno::XComponentContext>& context) {
    panel::Source source;
    source.address = absoluteAddress(range);
    source.shown = shownAddress(range);
    source.name = nameOf(range, document);
    source.firstColumn = addressOf(range).StartColumn;
    source.firstRow = addressOf(range).StartRow;
    source.table = std::make_shared<SourceTable>(range, document, context);
    const auto columns = static_cast<sal_Int32>(source.table->headers().size());
    const std::size_t most =
        std::clamp(sampleCells / std::max<std::size_t>(1, source.table->headers().size()), fewestSampleRows, sampleRows);
    const auto rows = static_cast<sal_Int32>(std::min(source.table->rows(), most));
    source.sample = columns == 0
                        ? source.table
                        : std::make_shared<SourceTable>(range->getCellRangeByPosition(0, 0, columns - 1, rows), document, context);
    source.dates = dateColumns(range, source.table->headers().size(), source.table->rows(), document);
    source.hidden = hiddenRows(range, source.table->rows());
    return source;
}

}  // namespace calckpi::sidebar
