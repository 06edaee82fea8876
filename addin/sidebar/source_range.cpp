#include "addin/sidebar/source_range.hpp"

#include "addin/functions/cell_ranges.hpp"
#include "addin/functions/conversion.hpp"
#include "addin/sidebar/sheet_view.hpp"
#include "core/values/address.hpp"
#include "core/values/text.hpp"

#include <com/sun/star/awt/Size.hpp>
#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/beans/XPropertyState.hpp>
#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/container/XNameAccess.hpp>
#include <com/sun/star/container/XNamed.hpp>
#include <com/sun/star/sheet/XCellRangesQuery.hpp>
#include <com/sun/star/sheet/XCellRangeReferrer.hpp>
#include <com/sun/star/sheet/XSheetCellRange.hpp>
#include <com/sun/star/sheet/XSheetCellRanges.hpp>
#include <com/sun/star/sheet/XSheetCellRangeContainer.hpp>
#include <com/sun/star/sheet/XSpreadsheet.hpp>
#include <com/sun/star/sheet/XUniqueCellFormatRangesSupplier.hpp>
#include <com/sun/star/table/CellContentType.hpp>
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

using addin::absoluteName;
using addin::addressOf;
using addin::fromUtf8;
using addin::toUtf8;

// The columns are recognised from the first rows: fewer if there are many columns.
constexpr std::size_t sampleRows = 1000;
constexpr std::size_t fewestSampleRows = 20;
constexpr std::size_t sampleCells = 100000;
constexpr std::size_t rowsAtOnce = 50000;

bool isOneCell(const Range& range) {
    const css::table::CellRangeAddress address = addressOf(range);
    return address.StartColumn == address.EndColumn && address.StartRow == address.EndRow;
}

Reference<css::sheet::XSpreadsheet> sheetOf(const Range& range) {
    return Reference<css::sheet::XSheetCellRange>(range, UNO_QUERY_THROW)->getSpreadsheet();
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

Range sheetNamed(const Reference<css::sheet::XSpreadsheetDocument>& document, const std::string& name) {
    const Reference<css::sheet::XSpreadsheets> sheets = document->getSheets();
    return sheets->hasByName(fromUtf8(name)) ? Range(sheets->getByName(fromUtf8(name)), UNO_QUERY) : Range();
}

// cellsAt are the cells of a sheet at an address, or none where the sheet ends before.
Range cellsAt(const Range& sheet, const RangeAddress& address) {
    const css::table::CellRangeAddress whole = addressOf(sheet);
    if (address.lastColumn > whole.EndColumn || address.lastRow > whole.EndRow) return {};
    return sheet->getCellRangeByPosition(address.column, address.row, address.lastColumn, address.lastRow);
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

// currencyOf is the currency that a number format shows, or nothing.
std::string currencyOf(const Reference<css::util::XNumberFormatsSupplier>& supplier, const Reference<css::uno::XInterface>& cells) {
    sal_Int32 key = 0;
    sal_Int16 type = 0;
    OUString symbol;
    Reference<css::beans::XPropertySet>(cells, UNO_QUERY_THROW)->getPropertyValue("NumberFormat") >>= key;
    const Reference<css::beans::XPropertySet> format = supplier->getNumberFormats()->getByKey(key);
    format->getPropertyValue("Type") >>= type;
    if ((type & css::util::NumberFormat::CURRENCY) != 0) format->getPropertyValue("CurrencySymbol") >>= symbol;
    return toUtf8(symbol);
}

// currencyFormats are the stretches of cells that are shown in a currency, column by column.
std::vector<panel::CurrencyFormat> currencyFormats(const Range& range, std::size_t columns, std::size_t rows,
                                                   const Reference<css::uno::XInterface>& document) {
    std::vector<panel::CurrencyFormat> formats;
    const Reference<css::util::XNumberFormatsSupplier> supplier(document, UNO_QUERY);
    if (!supplier.is() || rows == 0) return formats;
    for (std::size_t column = 0; column < columns; ++column) {
        const auto place = static_cast<sal_Int32>(column);
        const Range cells = range->getCellRangeByPosition(place, 1, place, static_cast<sal_Int32>(rows));
        if (Reference<css::beans::XPropertyState>(cells, UNO_QUERY_THROW)->getPropertyState("NumberFormat") !=
            css::beans::PropertyState_AMBIGUOUS_VALUE) {
            if (const std::string currency = currencyOf(supplier, cells); !currency.empty())
                formats.push_back({column, 0, rows - 1, currency});
            continue;
        }
        const sal_Int32 first = addressOf(cells).StartRow;
        const Reference<css::container::XIndexAccess> alike(
            Reference<css::sheet::XUniqueCellFormatRangesSupplier>(cells, UNO_QUERY_THROW)->getUniqueCellFormatRanges(),
            UNO_QUERY_THROW);
        for (sal_Int32 index = 0; index < alike->getCount(); ++index) {
            const Reference<css::sheet::XSheetCellRanges> areas(alike->getByIndex(index), UNO_QUERY_THROW);
            const std::string currency = currencyOf(supplier, areas);
            if (currency.empty()) continue;
            for (const css::table::CellRangeAddress& area : areas->getRangeAddresses())
                formats.push_back({column, static_cast<std::size_t>(area.StartRow - first),
                                   static_cast<std::size_t>(area.EndRow - first), currency});
        }
    }
    return formats;
}

// heightOf is the sum of the heights of the rows that show, in hundredths of a millimetre.
sal_Int32 heightOf(const Range& cells) {
    css::awt::Size size;
    Reference<css::beans::XPropertySet>(cells, UNO_QUERY_THROW)->getPropertyValue("Size") >>= size;
    return size.Height;
}

std::int64_t countHidden(const Range& cells) {
    const css::uno::Sequence<css::table::CellRangeAddress> visible =
        Reference<css::sheet::XCellRangesQuery>(cells, UNO_QUERY_THROW)->queryVisibleCells()->getRangeAddresses();
    if (!visible.hasElements()) return 0;  // all columns are hidden, which says nothing of the rows
    const css::table::CellRangeAddress all = addressOf(cells);
    std::int64_t hidden = std::int64_t(all.EndRow) - all.StartRow + 1;
    // Between hidden columns the rows come again.
    for (const css::table::CellRangeAddress& part : visible)
        if (part.StartColumn == visible[0].StartColumn) hidden -= part.EndRow - part.StartRow + 1;
    return hidden;
}

}  // namespace

Range dataSelected(const Any& selection) {
    const Range range = firstOf(selection);
    if (!range.is() || !isOneCell(range)) return range;
    const Range data = dataAround(range);
    return isOneCell(data) ? Range() : data;
}

Range cellSelected(const Any& selection) {
    const Range range = firstOf(selection);
    return range.is() ? range->getCellRangeByPosition(0, 0, 0, 0) : range;
}

std::vector<css::table::CellRangeAddress> areasOf(const Any& selection) {
    if (const Range range(selection, UNO_QUERY); range.is()) return {addressOf(range)};
    const Reference<css::sheet::XSheetCellRanges> several(selection, UNO_QUERY);
    std::vector<css::table::CellRangeAddress> areas;
    if (several.is())
        for (const css::table::CellRangeAddress& area : several->getRangeAddresses()) areas.push_back(area);
    return areas;
}

Range rangeWritten(const std::string& text, const Reference<css::sheet::XSpreadsheetDocument>& document, const Range& sheet) {
    const std::string written(trimmed(text));
    if (written.empty()) return {};
    for (const char* names : {"NamedRanges", "DatabaseRanges"})
        if (const Range range = referredBy(collection(document, names), fromUtf8(written)); range.is()) return range;
    const std::optional<RangeAddress> address = readAddress(written);
    if (!address || address->spansSheets()) return {};
    const Range there = address->sheet ? sheetNamed(document, *address->sheet) : sheet;
    return there.is() ? cellsAt(there, *address) : Range();
}

OUString addressesOf(const Any& selection) {
    if (const Range range(selection, UNO_QUERY); range.is()) return absoluteName(range);
    const Reference<css::sheet::XSheetCellRangeContainer> several(selection, UNO_QUERY);
    return several.is() ? several->getRangeAddressesAsString() : OUString();
}

std::int64_t HiddenRows::in(const Range& range, std::size_t filled) {
    const css::table::CellRangeAddress own = addressOf(range);
    const auto last = std::min(static_cast<sal_Int32>(filled), own.EndRow - own.StartRow);
    const Range cells = range->getCellRangeByPosition(0, 0, own.EndColumn - own.StartColumn, last);
    const css::table::CellRangeAddress place = addressOf(cells);
    const sal_Int32 height = heightOf(cells);
    if (height == height_ && place == place_) return count_;
    count_ = countHidden(cells);
    place_ = place;
    height_ = height;
    return count_;
}

std::string absoluteAddress(const Range& range) { return toUtf8(absoluteName(range)); }

std::string shownAddress(const Range& range) {
    const std::string absolute = absoluteAddress(range);
    const std::optional<RangeAddress> address = readAddress(absolute);
    return address ? shown(*address) : absolute;
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
    source.headers = headersOf(range);
    source.dates = dateColumns(range, source.table->headers().size(), source.table->rows(), document);
    source.currencies = currencyFormats(range, source.table->headers().size(), source.table->rows(), document);
    return source;
}

}  // namespace calckpi::sidebar
