// A copy of a document in which our formulas are values, for people who do not have the extension. The document itself, whether it
// is modified and what can be undone, stay as they are.
#pragma once

#include "addin/document/obstacles.hpp"

#include <com/sun/star/frame/XModel.hpp>
#include <com/sun/star/uno/XComponentContext.hpp>

#include <optional>

namespace calckpi::sidebar {

// hasPassword tells whether a document is encrypted; its copy then has the same password, which only the office's own format keeps.
bool hasPassword(const css::uno::Reference<css::frame::XModel>& document);

// saveValuesCopy writes the copy to a file, as XLSX if its name ends so, otherwise as ODS. It gives what stands in the way of
// values; then no file is written. It throws what the office throws where a file cannot be written, and IllegalArgumentException
// for the file of the document itself.
std::optional<Obstacle> saveValuesCopy(const css::uno::Reference<css::uno::XComponentContext>& context,
                                       const css::uno::Reference<css::frame::XModel>& document, const rtl::OUString& url);

}  // namespace calckpi::sidebar
