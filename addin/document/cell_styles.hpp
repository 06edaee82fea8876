// The named cell styles of funnel tables: restyling one restyles all tables of the document.
#pragma once

#include "core/sheets/sheet_plan.hpp"

#include <com/sun/star/uno/Reference.hxx>
#include <rtl/ustring.hxx>

namespace calckpi::sidebar {

// styleName is the internal name of a role's style, the same in every language.
rtl::OUString styleName(panel::CellRole role);
// isOurStyle tells our styles from the user's.
bool isOurStyle(const rtl::OUString& name);

// makeStyles adds the styles that the document does not have yet, with number formats of its locale. It is a part of the undo step
// that is open: undo takes away those that were made and that nothing uses.
void makeStyles(const css::uno::Reference<css::uno::XInterface>& document);

// makePageStyle adds the page style of new sheets, landscape and one page wide, and gives its name; a part of the undo step as
// well.
rtl::OUString makePageStyle(const css::uno::Reference<css::uno::XInterface>& document);

}  // namespace calckpi::sidebar
