#include "addin/range_table.hpp"

#include "addin/conversion.hpp"

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/i18n/CollatorOptions.hpp>
#include <com/sun/star/lang/Locale.hpp>
#include <com/sun/star/lang/XMultiComponentFactory.hpp>
#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/sheet/XCellRangeData.hpp>
#include <com/sun/star/sheet/XSheetCellRange.hpp>
#include <com/sun/star/sheet/XSpreadsheet.hpp>
#include <com/sun/star/sheet/XUsedAreaCursor.hpp>
#include <com/sun/star/table/CellRangeAddress.hpp>
#include <com/sun/star/table/XCell.hpp>
#include <com/sun/star/util/NotNumericException.hpp>
#include <com/sun/star/util/XNumberFormatsSupplier.hpp>
#include <com/sun/star/util/XNumberFormatter.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>

using css::uno::Any;
using css::uno::Reference;
using css::uno::Sequence;
using css::uno::UNO_QUERY_THROW;

namespace calckpi::addin {
namespace {

css::table::CellRangeAddress addressOf(const Reference<css::uno::XInterface>& range) {
    return Reference<css::sheet::XCellRangeAddressable>(range, UNO_QUERY_THROW)->getRangeAddress();
}

// usedEnd is the last cell of the sheet that holds anything.
css::table::CellRangeAddress usedArea(const Reference<css::table::XCellRange>& range) {
    const Reference<css::sheet::XSheetCellRange> inSheet(range, UNO_QUERY_THROW);
    const Reference<css::sheet::XUsedAreaCursor> cursor(inSheet->getSpreadsheet()->createCursor(), UNO_QUERY_THROW);
    cursor->gotoEndOfUsedArea(false);
    return addressOf(cursor);
}

Sequence<Sequence<Any>> dataOf(const Reference<css::table::XCellRange>& range, sal_Int32 left, sal_Int32 top, sal_Int32 right,
                               sal_Int32 bottom) {
    return Reference<css::sheet::XCellRangeData>(range->getCellRangeByPosition(left, top, right, bottom), UNO_QUERY_THROW)
        ->getDataArray();
}

// A header that is a number (a year) is named by its digits.
std::string headerText(const Any& value) {
    if (rtl::OUString text; value >>= text) return toUtf8(text);
    if (double number = 0; value >>= number) {
        char digits[32];
        std::snprintf(digits, sizeof digits, "%.15g", number);
        return digits;
    }
    return {};
}

}  // namespace

RangeTable::RangeTable(Reference<css::table::XCellRange> range, Reference<css::uno::XInterface> document,
                       Reference<css::uno::XComponentContext> context)
    : range_(std::move(range)), document_(std::move(document)), context_(std::move(context)) {
    const css::table::CellRangeAddress asked = addressOf(range_);
    const css::table::CellRangeAddress used = usedArea(range_);
    const sal_Int32 lastRow = std::min(asked.EndRow, used.EndRow) - asked.StartRow;
    const sal_Int32 lastColumn = std::min(asked.EndColumn, used.EndColumn) - asked.StartColumn;
    if (lastRow < 0 || lastColumn < 0) return;
    rows_ = static_cast<std::size_t>(lastRow);
    const Sequence<Sequence<Any>> header = dataOf(range_, 0, 0, lastColumn, 0);
    for (const Any& value : header[0]) headers_.push_back(headerText(value));
}

ColumnHandle RangeTable::read(std::size_t index) const {
    auto column = std::make_shared<Column>();
    if (rows_ == 0) return column;
    const auto position = static_cast<sal_Int32>(index);
    const Sequence<Sequence<Any>> rows = dataOf(range_, position, 1, position, static_cast<sal_Int32>(rows_));
    column->reserve(rows_);
    for (sal_Int32 row = 0; row < rows.getLength(); ++row) {
        const Any& value = rows[row][0];
        if (double number = 0; value >>= number) column->addNumber(number);
        else if (rtl::OUString text; value >>= text) column->addText(toUtf8(text));
        else column->addError(static_cast<std::uint16_t>(range_->getCellByPosition(position, row + 1)->getError()));
    }
    return column;
}

std::optional<double> RangeTable::numberFromText(std::string_view text) const {
    // No number or date is without a digit; most criteria are, and asking the office is slow.
    if (std::none_of(text.begin(), text.end(), [](char letter) { return letter >= '0' && letter <= '9'; })) return std::nullopt;
    const Reference<css::util::XNumberFormatsSupplier> formats(document_, css::uno::UNO_QUERY);
    if (!formats.is()) return std::nullopt;
    const Reference<css::util::XNumberFormatter> formatter(
        context_->getServiceManager()->createInstanceWithContext("com.sun.star.util.NumberFormatter", context_), UNO_QUERY_THROW);
    formatter->attachNumberFormatsSupplier(formats);
    try {
        return formatter->convertStringToNumber(0, fromUtf8(text));
    } catch (const css::util::NotNumericException&) {
        return std::nullopt;
    }
}

int RangeTable::compareTexts(std::string_view left, std::string_view right) const {
    if (!collator_.is()) {
        css::lang::Locale locale;
        if (const Reference<css::beans::XPropertySet> settings(document_, css::uno::UNO_QUERY); settings.is())
            settings->getPropertyValue("CharLocale") >>= locale;
        collator_.set(context_->getServiceManager()->createInstanceWithContext("com.sun.star.i18n.Collator", context_), UNO_QUERY_THROW);
        collator_->loadDefaultCollator(locale, css::i18n::CollatorOptions::CollatorOptions_IGNORE_CASE);
    }
    return collator_->compareString(fromUtf8(left), fromUtf8(right));
}

}  // namespace calckpi::addin
