#include "addin/functions/cell_ranges.hpp"

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/sheet/XCellRangeAddressable.hpp>

using css::uno::Reference;
using css::uno::UNO_QUERY_THROW;

namespace calckpi::addin {

css::table::CellRangeAddress addressOf(const Reference<css::uno::XInterface>& range) {
    return Reference<css::sheet::XCellRangeAddressable>(range, UNO_QUERY_THROW)->getRangeAddress();
}

rtl::OUString absoluteName(const Reference<css::uno::XInterface>& range) {
    rtl::OUString name;
    Reference<css::beans::XPropertySet>(range, UNO_QUERY_THROW)->getPropertyValue("AbsoluteName") >>= name;
    return name;
}

}  // namespace calckpi::addin
