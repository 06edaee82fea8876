// What the office's sidebar asks for: a factory of panels, and the panel as it knows it.
#pragma once

#include <com/sun/star/uno/XComponentContext.hpp>
#include <com/sun/star/uno/XInterface.hpp>

namespace calckpi::sidebar {

css::uno::Reference<css::uno::XInterface> newPanelFactory(const css::uno::Reference<css::uno::XComponentContext>& context);

}  // namespace calckpi::sidebar
