// The named cell styles of what we write: restyling one restyles all of it in the document.
#pragma once

#include "core/sheets/cell_looks.hpp"

#include <com/sun/star/uno/Reference.hxx>
#include <rtl/ustring.hxx>

#include <set>

namespace calckpi::sidebar {

// isOurStyle tells our styles from the user's.
bool isOurStyle(const rtl::OUString& name);

// hasStyle tells whether the document has the style of a role.
bool hasStyle(const css::uno::Reference<css::uno::XInterface>& document, panel::CellRole role);

// makeStyles adds the styles of these roles that the document does not have yet, with number formats of its locale. It is a part of
// the undo step that is open: undo takes away those that were made and that nothing uses.
void makeStyles(const css::uno::Reference<css::uno::XInterface>& document, const std::set<panel::CellRole>& roles);

// makePageStyle adds the page style of new sheets, landscape and one page wide, and gives its name; a part of the undo step as
// well.
rtl::OUString makePageStyle(const css::uno::Reference<css::uno::XInterface>& document);

}  // namespace calckpi::sidebar
