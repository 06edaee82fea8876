// The commands of the menus: vnd.org.calckpi:ShowFunnel opens the funnel deck of the sidebar, ShowReference and ShowSample?sales
// open what the extension carries for reading and trying.
#pragma once

#include <com/sun/star/uno/XComponentContext.hpp>
#include <com/sun/star/uno/XInterface.hpp>

namespace calckpi::sidebar {

css::uno::Reference<css::uno::XInterface> newLauncher(const css::uno::Reference<css::uno::XComponentContext>& context);

}  // namespace calckpi::sidebar
