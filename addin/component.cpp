// What the library exports: the constructors that registration/calckpi.components names.
#include "addin/functions.hpp"
#include "core/catalog.hpp"

#include <com/sun/star/uno/XComponentContext.hpp>
#include <sal/types.h>

extern "C" SAL_DLLPUBLIC_EXPORT css::uno::XInterface* calckpi_Kpi_get_implementation(
    css::uno::XComponentContext* context, const css::uno::Sequence<css::uno::Any>& /* arguments */) {
    css::uno::Reference<css::uno::XInterface> addIn = calckpi::addin::newAddIn(
        {calckpi::catalog(), "org.calckpi.Kpi", "org.calckpi.XKpi"}, context);
    addIn->acquire();
    return addIn.get();
}
