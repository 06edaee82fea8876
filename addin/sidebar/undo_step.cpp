#include "addin/sidebar/undo_step.hpp"

#include <com/sun/star/document/XActionLockable.hpp>
#include <com/sun/star/document/XUndoManagerSupplier.hpp>
#include <com/sun/star/uno/Exception.hpp>

using css::uno::Reference;
using css::uno::UNO_QUERY;
using css::uno::UNO_QUERY_THROW;

namespace calckpi::sidebar {

UndoStep::UndoStep(const Reference<css::uno::XInterface>& document, const rtl::OUString& title)
    : model_(document, UNO_QUERY_THROW),
      undo_(Reference<css::document::XUndoManagerSupplier>(document, UNO_QUERY_THROW)->getUndoManager()) {
    undo_->enterUndoContext(title);
    open_ = true;
    // Nothing is drawn in between.
    model_->lockControllers();
}

void UndoStep::leave() {
    open_ = false;
    model_->unlockControllers();
    undo_->leaveUndoContext();
}

void UndoStep::commit() { leave(); }

UndoStep::~UndoStep() {
    if (!open_) return;
    try {
        const bool before = undo_->isUndoPossible();
        leave();
        // An empty step leaves nothing to undo behind, and what stands there then is the user's own.
        if (before && undo_->isUndoPossible()) undo_->undo();
    } catch (const css::uno::Exception&) {
        // The document is going away.
    }
}

}  // namespace calckpi::sidebar
