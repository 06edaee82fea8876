// What the sidebar has to know of the office that it runs in.
#pragma once

#include "core/texts/message.hpp"

#include <com/sun/star/uno/XComponentContext.hpp>
#include <rtl/ustring.hxx>

namespace calckpi::sidebar {

// officeTexts are the panel's sentences in the language of the office's interface.
panel::Texts officeTexts(const css::uno::Reference<css::uno::XComponentContext>& context);
// extensionFolder is where the extension's files are, as a URL that ends with a slash.
rtl::OUString extensionFolder(const css::uno::Reference<css::uno::XComponentContext>& context);
inline rtl::OUString picturesFolder(const css::uno::Reference<css::uno::XComponentContext>& context) {
    return extensionFolder(context) + "icons/";
}

}  // namespace calckpi::sidebar
