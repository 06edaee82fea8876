// A range, a document and a component context as the add-in sees them, without an office.
#pragma once

#include <com/sun/star/uno/Any.hxx>
#include <com/sun/star/uno/Reference.hxx>
#include <com/sun/star/uno/XComponentContext.hpp>
#include <com/sun/star/uno/XInterface.hpp>

#include <cstdint>
#include <vector>

namespace calckpi::addin {

// FakeSheet is what is in a sheet from the upper left cell of the table on.
struct FakeSheet {
    std::vector<std::vector<css::uno::Any>> rows;
    std::int32_t error = 532;  // of the cells that hold nothing at all, as Calc hands an error over
};

// What the range is besides its cells.
struct FakePlace {
    std::int32_t column = 0;  // of its upper left cell
    std::int32_t row = 0;
    bool wholeColumns = false;  // it goes down to the end of the sheet
    bool twoSheets = false;     // it goes over to the next sheet
};

// newFakeRange is an XCellRange. It refuses to pass cells outside of what the sheet holds.
css::uno::Reference<css::uno::XInterface> newFakeRange(FakeSheet sheet, FakePlace place = {});
// newFakeDocument reads numbers plainly.
css::uno::Reference<css::uno::XInterface> newFakeDocument();
css::uno::Reference<css::uno::XComponentContext> newFakeContext();

}  // namespace calckpi::addin
