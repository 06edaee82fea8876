#include "addin/document/array_formulas.hpp"

#include "addin/document/undo_step.hpp"

#include <com/sun/star/sheet/XArrayFormulaRange.hpp>

using css::uno::Reference;
using css::uno::UNO_QUERY_THROW;

namespace calckpi::sidebar {

void writeArrayFormulas(const Reference<css::uno::XInterface>& document, const ArrayFormulas& formulas) {
    if (formulas.empty()) return;
    const Change write = [formulas](const Reference<css::uno::XInterface>& there) {
        for (const auto& [range, formula] : formulas)
            Reference<css::sheet::XArrayFormulaRange>(cellsOf(sheetOf(there, range.Sheet), range), UNO_QUERY_THROW)
                ->setArrayFormula(formula);
    };
    write(document);
    noteChange(document, {}, write);
}

}  // namespace calckpi::sidebar
