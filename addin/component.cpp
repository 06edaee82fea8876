// What the library exports: the constructors that registration/calckpi.components names.
#include "addin/functions/functions.hpp"
#include "addin/sidebar/element.hpp"
#include "addin/sidebar/launcher.hpp"
#include "addin/sidebar/sheets_job.hpp"
#include "core/kpis/catalog.hpp"

#include <com/sun/star/uno/XComponentContext.hpp>
#include <sal/types.h>

namespace {

// The office takes a constructor's result over with one reference of its own.
css::uno::XInterface* handedOver(const css::uno::Reference<css::uno::XInterface>& made) {
    made->acquire();
    return made.get();
}

}  // namespace

extern "C" SAL_DLLPUBLIC_EXPORT css::uno::XInterface* calckpi_Kpi_get_implementation(
    css::uno::XComponentContext* context, const css::uno::Sequence<css::uno::Any>& /* arguments */) {
    return handedOver(calckpi::addin::newAddIn({calckpi::catalog(), calckpi::serviceName, "org.calckpi.XKpi"}, context));
}

extern "C" SAL_DLLPUBLIC_EXPORT css::uno::XInterface* calckpi_SidebarFactory_get_implementation(
    css::uno::XComponentContext* context, const css::uno::Sequence<css::uno::Any>& /* arguments */) {
    return handedOver(calckpi::sidebar::newPanelFactory(context));
}

extern "C" SAL_DLLPUBLIC_EXPORT css::uno::XInterface* calckpi_SidebarLauncher_get_implementation(
    css::uno::XComponentContext* context, const css::uno::Sequence<css::uno::Any>& /* arguments */) {
    return handedOver(calckpi::sidebar::newLauncher(context));
}

extern "C" SAL_DLLPUBLIC_EXPORT css::uno::XInterface* calckpi_Sheets_get_implementation(
    css::uno::XComponentContext* context, const css::uno::Sequence<css::uno::Any>& /* arguments */) {
    return handedOver(calckpi::sidebar::newSheetsJob(context));
}
