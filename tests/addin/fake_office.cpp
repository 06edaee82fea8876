#include "tests/addin/fake_office.hpp"

#include "addin/functions/conversion.hpp"
#include "tests/support/memory_table.hpp"

#include <com/sun/star/beans/UnknownPropertyException.hpp>
#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/i18n/XCollator.hpp>
#include <com/sun/star/lang/IndexOutOfBoundsException.hpp>
#include <com/sun/star/lang/XMultiComponentFactory.hpp>
#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/sheet/XCellRangeData.hpp>
#include <com/sun/star/sheet/XSheetCellCursor.hpp>
#include <com/sun/star/sheet/XSpreadsheet.hpp>
#include <com/sun/star/sheet/XUsedAreaCursor.hpp>
#include <com/sun/star/table/XCell.hpp>
#include <com/sun/star/util/Date.hpp>
#include <com/sun/star/util/NotNumericException.hpp>
#include <com/sun/star/util/XNumberFormatsSupplier.hpp>
#include <com/sun/star/util/XNumberFormatter.hpp>
#include <cppuhelper/implbase1.hxx>
#include <cppuhelper/implbase2.hxx>
#include <cppuhelper/implbase6.hxx>

#include <algorithm>
#include <memory>

namespace calckpi::addin {
namespace {

using css::beans::XPropertyChangeListener;
using css::beans::XVetoableChangeListener;
using css::uno::Any;
using css::uno::Reference;
using css::uno::RuntimeException;
using css::uno::Sequence;
using css::uno::XComponentContext;
using css::uno::XInterface;
using rtl::OUString;

[[noreturn]] void refuse(const char* what) { throw RuntimeException(OUString::createFromAscii(what), nullptr); }

class FakeCell final : public cppu::WeakImplHelper1<css::table::XCell> {
public:
    explicit FakeCell(sal_Int32 error) : error_(error) {}
    OUString SAL_CALL getFormula() override { return {}; }
    void SAL_CALL setFormula(const OUString&) override { refuse("a function changes no cell"); }
    double SAL_CALL getValue() override { return 0; }
    void SAL_CALL setValue(double) override { refuse("a function changes no cell"); }
    css::table::CellContentType SAL_CALL getType() override { return css::table::CellContentType_EMPTY; }
    sal_Int32 SAL_CALL getError() override { return error_; }

private:
    sal_Int32 error_;
};

// NoProperties answers what is not asked for here.
class NoProperties : public css::beans::XPropertySet {
public:
    Reference<css::beans::XPropertySetInfo> SAL_CALL getPropertySetInfo() override { return {}; }
    void SAL_CALL setPropertyValue(const OUString&, const Any&) override { refuse("a function changes no property"); }
    void SAL_CALL addPropertyChangeListener(const OUString&, const Reference<XPropertyChangeListener>&) override {}
    void SAL_CALL removePropertyChangeListener(const OUString&, const Reference<XPropertyChangeListener>&) override {}
    void SAL_CALL addVetoableChangeListener(const OUString&, const Reference<XVetoableChangeListener>&) override {}
    void SAL_CALL removeVetoableChangeListener(const OUString&, const Reference<XVetoableChangeListener>&) override {}
};

constexpr sal_Int32 lastRowOfSheet = 1'048'575;

// FakeRange is the range, its sheet and a cursor in it, whichever is asked for: all three are a rectangle of the same cells.
class FakeRange final
    : public cppu::WeakImplHelper6<css::sheet::XSpreadsheet, css::sheet::XSheetCellCursor, css::sheet::XUsedAreaCursor,
                                   css::sheet::XCellRangeAddressable, css::sheet::XCellRangeData, NoProperties> {
public:
    FakeRange(std::shared_ptr<const FakeSheet> sheet, const FakePlace& place, const css::table::CellRangeAddress& address)
        : sheet_(std::move(sheet)), place_(place), address_(address) {}

    Reference<css::table::XCell> SAL_CALL getCellByPosition(sal_Int32 column, sal_Int32 row) override {
        return new FakeCell(at(column, row).hasValue() ? 0 : sheet_->error);
    }
    Reference<css::table::XCellRange> SAL_CALL getCellRangeByPosition(sal_Int32 left, sal_Int32 top, sal_Int32 right,
                                                                      sal_Int32 bottom) override {
        if (left < 0 || top < 0 || right < left || bottom < top || right > address_.EndColumn - address_.StartColumn ||
            bottom > address_.EndRow - address_.StartRow)
            throw css::lang::IndexOutOfBoundsException();
        css::table::CellRangeAddress part = address_;
        part.EndColumn = part.StartColumn + right;
        part.EndRow = part.StartRow + bottom;
        part.StartColumn += left;
        part.StartRow += top;
        return static_cast<css::sheet::XSpreadsheet*>(new FakeRange(sheet_, place_, part));
    }
    Reference<css::table::XCellRange> SAL_CALL getCellRangeByName(const OUString&) override { refuse("not asked for"); }

    Sequence<Sequence<Any>> SAL_CALL getDataArray() override {
        const css::table::CellRangeAddress used = usedAddress();
        if (address_.EndRow > used.EndRow || address_.EndColumn > used.EndColumn) refuse("cells are read that hold nothing");
        Sequence<Sequence<Any>> rows(address_.EndRow - address_.StartRow + 1);
        for (sal_Int32 row = 0; row < rows.getLength(); ++row) {
            Sequence<Any> cells(address_.EndColumn - address_.StartColumn + 1);
            for (sal_Int32 column = 0; column < cells.getLength(); ++column) cells.getArray()[column] = at(column, row);
            rows.getArray()[row] = cells;
        }
        return rows;
    }
    void SAL_CALL setDataArray(const Sequence<Sequence<Any>>&) override { refuse("a function changes no cell"); }

    css::table::CellRangeAddress SAL_CALL getRangeAddress() override { return address_; }
    Reference<css::sheet::XSpreadsheet> SAL_CALL getSpreadsheet() override { return this; }
    Reference<css::sheet::XSheetCellCursor> SAL_CALL createCursor() override {
        return new FakeRange(sheet_, place_, {0, 0, 0, address_.EndColumn, lastRowOfSheet});
    }
    Reference<css::sheet::XSheetCellCursor> SAL_CALL createCursorByRange(const Reference<css::sheet::XSheetCellRange>&) override {
        refuse("not asked for");
    }
    void SAL_CALL gotoStartOfUsedArea(sal_Bool) override { refuse("not asked for"); }
    void SAL_CALL gotoEndOfUsedArea(sal_Bool) override { address_ = usedAddress(); }
    void SAL_CALL collapseToCurrentRegion() override {}
    void SAL_CALL collapseToCurrentArray() override {}
    void SAL_CALL collapseToMergedArea() override {}
    void SAL_CALL expandToEntireColumns() override {}
    void SAL_CALL expandToEntireRows() override {}
    void SAL_CALL collapseToSize(sal_Int32, sal_Int32) override {}

    Any SAL_CALL getPropertyValue(const OUString& name) override {
        if (name != "AbsoluteName") throw css::beans::UnknownPropertyException(name, nullptr);
        return Any(OUString::createFromAscii(place_.twoSheets ? "$'a.b'.$A$1:$Deals.$C$4" : "$'a.b'.$A$1:$C$4"));
    }

private:
    // usedAddress is the last cell that holds something.
    css::table::CellRangeAddress usedAddress() const {
        std::size_t columns = 1;
        for (const std::vector<Any>& row : sheet_->rows) columns = std::max(columns, row.size());
        const sal_Int32 column = place_.column + static_cast<sal_Int32>(columns) - 1;
        const sal_Int32 row = place_.row + std::max(static_cast<sal_Int32>(sheet_->rows.size()), 1) - 1;
        return {0, column, row, column, row};
    }
    Any at(sal_Int32 column, sal_Int32 row) const {
        const auto inColumn = static_cast<std::size_t>(column + address_.StartColumn - place_.column);
        const auto inRow = static_cast<std::size_t>(row + address_.StartRow - place_.row);
        if (inRow >= sheet_->rows.size() || inColumn >= sheet_->rows[inRow].size()) return Any(OUString());
        return sheet_->rows[inRow][inColumn];
    }

    std::shared_ptr<const FakeSheet> sheet_;
    FakePlace place_;
    css::table::CellRangeAddress address_;
};

class FakeDocument final : public cppu::WeakImplHelper2<css::util::XNumberFormatsSupplier, NoProperties> {
public:
    Reference<css::beans::XPropertySet> SAL_CALL getNumberFormatSettings() override { return {}; }
    Reference<css::util::XNumberFormats> SAL_CALL getNumberFormats() override { return {}; }
    Any SAL_CALL getPropertyValue(const OUString& name) override {
        if (name == "NullDate") return Any(css::util::Date(1, 1, 1904));
        return {};
    }
};

class FakeFormatter final : public cppu::WeakImplHelper1<css::util::XNumberFormatter> {
public:
    void SAL_CALL attachNumberFormatsSupplier(const Reference<css::util::XNumberFormatsSupplier>&) override {}
    Reference<css::util::XNumberFormatsSupplier> SAL_CALL getNumberFormatsSupplier() override { return {}; }
    sal_Int32 SAL_CALL detectNumberFormat(sal_Int32, const OUString&) override { return 0; }
    double SAL_CALL convertStringToNumber(sal_Int32, const OUString& text) override {
        const std::optional<double> number = support::plainNumber(toUtf8(text));
        if (!number) throw css::util::NotNumericException();
        return *number;
    }
    OUString SAL_CALL convertNumberToString(sal_Int32, double) override { return {}; }
    sal_Int32 SAL_CALL queryColorForNumber(sal_Int32, double, sal_Int32) override { return 0; }
    OUString SAL_CALL formatString(sal_Int32, const OUString&) override { return {}; }
    sal_Int32 SAL_CALL queryColorForString(sal_Int32, const OUString&, sal_Int32) override { return 0; }
    OUString SAL_CALL getInputString(sal_Int32, double) override { return {}; }
};

class FakeCollator final : public cppu::WeakImplHelper1<css::i18n::XCollator> {
public:
    sal_Int32 SAL_CALL compareSubstring(const OUString&, sal_Int32, sal_Int32, const OUString&, sal_Int32, sal_Int32) override {
        refuse("not asked for");
    }
    sal_Int32 SAL_CALL compareString(const OUString& left, const OUString& right) override {
        return left.compareToIgnoreAsciiCase(right);
    }
    sal_Int32 SAL_CALL loadDefaultCollator(const css::lang::Locale&, sal_Int32) override { return 0; }
    sal_Int32 SAL_CALL loadCollatorAlgorithm(const OUString&, const css::lang::Locale&, sal_Int32) override { return 0; }
    Sequence<OUString> SAL_CALL listCollatorAlgorithms(const css::lang::Locale&) override { return {}; }
    void SAL_CALL loadCollatorAlgorithmWithEndUserOption(const OUString&, const css::lang::Locale&,
                                                         const Sequence<sal_Int32>&) override {}
    Sequence<sal_Int32> SAL_CALL listCollatorOptions(const OUString&) override { return {}; }
};

class FakeContext final : public cppu::WeakImplHelper2<XComponentContext, css::lang::XMultiComponentFactory> {
public:
    Any SAL_CALL getValueByName(const OUString&) override { return {}; }
    Reference<css::lang::XMultiComponentFactory> SAL_CALL getServiceManager() override { return this; }
    Reference<XInterface> SAL_CALL createInstanceWithContext(const OUString& service,
                                                             const Reference<XComponentContext>&) override {
        if (service == "com.sun.star.util.NumberFormatter") return static_cast<css::util::XNumberFormatter*>(new FakeFormatter);
        if (service == "com.sun.star.i18n.Collator") return static_cast<css::i18n::XCollator*>(new FakeCollator);
        return {};
    }
    Reference<XInterface> SAL_CALL createInstanceWithArgumentsAndContext(const OUString&, const Sequence<Any>&,
                                                                         const Reference<XComponentContext>&) override {
        return {};
    }
    Sequence<OUString> SAL_CALL getAvailableServiceNames() override { return {}; }
};

}  // namespace

Reference<XInterface> newFakeRange(FakeSheet sheet, FakePlace place) {
    std::size_t columns = 1;
    for (const std::vector<Any>& row : sheet.rows) columns = std::max(columns, row.size());
    const sal_Int32 lastColumn = place.column + static_cast<sal_Int32>(columns) - 1;
    const sal_Int32 lastRow = place.row + std::max(static_cast<sal_Int32>(sheet.rows.size()), 1) - 1;
    const css::table::CellRangeAddress address(0, place.column, place.row, lastColumn,
                                               place.wholeColumns ? lastRowOfSheet : lastRow);
    return static_cast<css::sheet::XSpreadsheet*>(
        new FakeRange(std::make_shared<const FakeSheet>(std::move(sheet)), place, address));
}

Reference<XInterface> newFakeDocument() { return static_cast<css::util::XNumberFormatsSupplier*>(new FakeDocument); }

Reference<XComponentContext> newFakeContext() { return new FakeContext; }

}  // namespace calckpi::addin
