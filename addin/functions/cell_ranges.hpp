// Where a range of cells lies, as the office says it.
#pragma once

#include <com/sun/star/table/CellRangeAddress.hpp>
#include <com/sun/star/uno/Reference.hxx>
#include <com/sun/star/uno/XInterface.hpp>
#include <rtl/ustring.hxx>

namespace calckpi::addin {

// addressOf is the place of a range, a sheet or a cursor.
css::table::CellRangeAddress addressOf(const css::uno::Reference<css::uno::XInterface>& range);
// absoluteName is the address as formulas have it: $Deals.$A$1:$G$99.
rtl::OUString absoluteName(const css::uno::Reference<css::uno::XInterface>& range);

}  // namespace calckpi::addin
