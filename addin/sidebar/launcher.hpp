// The command vnd.org.calckpi:ShowFunnel of the menus: it opens the funnel deck of the sidebar.
#pragma once

#include <com/sun/star/uno/XComponentContext.hpp>
#include <com/sun/star/uno/XInterface.hpp>

namespace calckpi::sidebar {

css::uno::Reference<css::uno::XInterface> newLauncher(const css::uno::Reference<css::uno::XComponentContext>& context);

}  // namespace calckpi::sidebar
