// The office's dialog that asks where a copy of a spreadsheet is to be saved.
#pragma once

#include "addin/sidebar/office_language.hpp"

#include <com/sun/star/frame/XFrame.hpp>
#include <com/sun/star/frame/XModel.hpp>
#include <com/sun/star/uno/XComponentContext.hpp>

#include <optional>

namespace calckpi::sidebar {

// fileOfCopy is the address of the file that the user chose, with its extension, or nothing. A document with a password can be
// copied in the office's own format alone.
std::optional<rtl::OUString> fileOfCopy(const css::uno::Reference<css::uno::XComponentContext>& context,
                                        const css::uno::Reference<css::frame::XModel>& document, const panel::Texts& texts);

// copyName proposes the copy's name: "Deals (values)" for a document .../Deals.ods.
rtl::OUString copyName(const rtl::OUString& documentUrl, const panel::Texts& texts);

}  // namespace calckpi::sidebar
