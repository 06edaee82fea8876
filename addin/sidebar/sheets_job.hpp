// The job org.calckpi.Sheets: macros and programs make with it what the panel makes, by the same models, plans and writer.
//
//   createUnoService("org.calckpi.Sheets").execute(Array(Document, Make, …))      ' NamedValues; see the reference
//
// It returns the cells that were written ("KPIs.A1:P63"). What stands in the way comes as an IllegalArgumentException, whose
// message is the sentence that the panel would show.
#pragma once

#include <com/sun/star/uno/XComponentContext.hpp>
#include <com/sun/star/uno/XInterface.hpp>

namespace calckpi::sidebar {

css::uno::Reference<css::uno::XInterface> newSheetsJob(const css::uno::Reference<css::uno::XComponentContext>& context);

}  // namespace calckpi::sidebar
