// The job org.calckpi.Sheets: macros and programs make with it what the panel makes, by the same models, plans and writer.
//
//   createUnoService("org.calckpi.Sheets").execute(Array(Document, Make, …))      ' NamedValues; see the reference
//
// It returns the cells that were written ("KPIs.A1:P63"). What stands in the way comes as an IllegalArgumentException, whose
// message is the sentence that the panel would show.
#pragma once

#include "core/sheets/typed_figures.hpp"

#include <com/sun/star/beans/NamedValue.hpp>
#include <com/sun/star/uno/XComponentContext.hpp>
#include <com/sun/star/uno/XInterface.hpp>

namespace calckpi::sidebar {

// makeSheets does what the named values of a call ask for. A new KPI sheet takes over the figures of `typed` as if they had been
// typed into it.
rtl::OUString makeSheets(const css::uno::Reference<css::uno::XComponentContext>& context,
                         const css::uno::Sequence<css::beans::NamedValue>& values, const panel::TypedFigures& typed = {});

css::uno::Reference<css::uno::XInterface> newSheetsJob(const css::uno::Reference<css::uno::XComponentContext>& context);

}  // namespace calckpi::sidebar
