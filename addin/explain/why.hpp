// "Why this value?" for a cell of a document. The document, its undo list and its modified flag stay as they are.
//
//   for (const explain::Explanation& why : whyThisValue(cell, document, context, texts)) …
#pragma once

#include "addin/explain/document_values.hpp"
#include "core/explain/explanation.hpp"
#include "core/texts/message.hpp"

#include <com/sun/star/table/XCell.hpp>
#include <com/sun/star/uno/XComponentContext.hpp>

#include <vector>

namespace calckpi::addin {

// whyThisValue explains each call of one of our functions in the cell's formula: those that fail first, the innermost before what
// is computed with it, then the others from the outside in. Empty for a cell without one.
std::vector<explain::Explanation> whyThisValue(const css::uno::Reference<css::table::XCell>& cell,
                                               const css::uno::Reference<css::uno::XInterface>& document,
                                               const css::uno::Reference<css::uno::XComponentContext>& context,
                                               const panel::Texts& texts, const Receivers& receivers = receiversOfCatalog());

// hasOurFunction tells whether there is anything to explain, at the cost of reading the cell's formula: one of our functions, or a
// name that may be one misspelt.
bool hasOurFunction(const css::uno::Reference<css::table::XCell>& cell);

}  // namespace calckpi::addin
