#include "addin/sidebar/array_formulas.hpp"

#include <com/sun/star/document/XUndoAction.hpp>
#include <com/sun/star/document/XUndoManagerSupplier.hpp>
#include <com/sun/star/sheet/XArrayFormulaRange.hpp>
#include <cppuhelper/implbase1.hxx>
#include <cppuhelper/weakref.hxx>

using css::uno::Reference;
using css::uno::UNO_QUERY_THROW;

namespace calckpi::sidebar {
namespace {

void write(const Reference<css::uno::XInterface>& document, const ArrayFormulas& formulas) {
    for (const auto& [range, formula] : formulas) {
        const Reference<css::sheet::XArrayFormulaRange> cells(cellsOf(sheetOf(document, range.Sheet), range), UNO_QUERY_THROW);
        cells->setArrayFormula(formula);
    }
}

// The sheet is asked for anew each time: that of an undone insertion comes back as another object. The document, which owns the
// undo list, is held weakly.
class Rewriting final : public cppu::WeakImplHelper1<css::document::XUndoAction> {
public:
    Rewriting(const Reference<css::uno::XInterface>& document, ArrayFormulas formulas)
        : document_(document), formulas_(std::move(formulas)) {}

    rtl::OUString SAL_CALL getTitle() override { return {}; }
    void SAL_CALL undo() override {}
    void SAL_CALL redo() override {
        const Reference<css::uno::XInterface> document(document_);
        if (document.is()) write(document, formulas_);
    }

private:
    css::uno::WeakReference<css::uno::XInterface> document_;
    ArrayFormulas formulas_;
};

}  // namespace

void writeArrayFormulas(const Reference<css::uno::XInterface>& document, const ArrayFormulas& formulas) {
    if (formulas.empty()) return;
    write(document, formulas);
    const Reference<css::document::XUndoManagerSupplier> supplier(document, UNO_QUERY_THROW);
    supplier->getUndoManager()->addUndoAction(new Rewriting(document, formulas));
}

}  // namespace calckpi::sidebar
