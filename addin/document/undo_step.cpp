#include "addin/document/undo_step.hpp"

#include <com/sun/star/document/XActionLockable.hpp>
#include <com/sun/star/document/XUndoAction.hpp>
#include <com/sun/star/document/XUndoManagerSupplier.hpp>
#include <com/sun/star/uno/Exception.hpp>
#include <cppuhelper/implbase1.hxx>
#include <cppuhelper/weakref.hxx>

#include <utility>

using css::uno::Reference;
using css::uno::UNO_QUERY_THROW;

namespace calckpi::sidebar {
namespace {

// The document, which owns the undo list, is held weakly.
class Noted final : public cppu::WeakImplHelper1<css::document::XUndoAction> {
public:
    Noted(const Reference<css::uno::XInterface>& document, Change undo, Change redo)
        : document_(document), undo_(std::move(undo)), redo_(std::move(redo)) {}

    rtl::OUString SAL_CALL getTitle() override { return {}; }
    void SAL_CALL undo() override { make(undo_); }
    void SAL_CALL redo() override { make(redo_); }

private:
    void make(const Change& change) const {
        const Reference<css::uno::XInterface> document(document_);
        if (!document.is() || !change) return;
        try {
            const WithoutNotes silence(document);  // what is noted during an undo or redo would be one more step
            change(document);
        } catch (const css::uno::Exception&) {
            // The office would throw away the whole undo list.
        }
    }

    css::uno::WeakReference<css::uno::XInterface> document_;
    Change undo_;
    Change redo_;
};

Reference<css::document::XUndoManager> undoOf(const Reference<css::uno::XInterface>& document) {
    return Reference<css::document::XUndoManagerSupplier>(document, UNO_QUERY_THROW)->getUndoManager();
}

}  // namespace

void noteChange(const Reference<css::uno::XInterface>& document, Change undo, Change redo) {
    undoOf(document)->addUndoAction(new Noted(document, std::move(undo), std::move(redo)));
}

bool notesAreOff(const Reference<css::uno::XInterface>& document) { return undoOf(document)->isLocked(); }

WithoutNotes::WithoutNotes(const Reference<css::uno::XInterface>& document) : undo_(undoOf(document)) { undo_->lock(); }

WithoutNotes::~WithoutNotes() {
    try {
        undo_->unlock();
    } catch (const css::uno::Exception&) {  // the document is going away
    }
}

NoUndo::NoUndo(const Reference<css::uno::XInterface>& document)
    : document_(document, UNO_QUERY_THROW), silence_(std::in_place, document) {
    document_->setPropertyValue("IsUndoEnabled", css::uno::Any(false));
}

NoUndo::~NoUndo() {
    try {
        document_->setPropertyValue("IsUndoEnabled", css::uno::Any(true));
        silence_.reset();
        undoOf(document_)->clear();
    } catch (const css::uno::Exception&) {  // the document is going away
    }
}

// While nothing is noted there are no steps.
UndoStep::Context::Context(const Reference<css::document::XUndoManager>& undo, const rtl::OUString& title)
    : undo_(undo), open_(!undo->isLocked()) {
    if (open_) undo_->enterUndoContext(title);
}

void UndoStep::Context::end() {
    if (std::exchange(open_, false)) undo_->leaveUndoContext();
}

UndoStep::Context::~Context() {
    try {
        end();
    } catch (const css::uno::Exception&) {  // the document is going away
    }
}

UndoStep::FrozenView::FrozenView(const Reference<css::frame::XModel>& model) : model_(model) { model_->lockControllers(); }

void UndoStep::FrozenView::end() {
    if (std::exchange(frozen_, false)) model_->unlockControllers();
}

UndoStep::FrozenView::~FrozenView() {
    try {
        end();
    } catch (const css::uno::Exception&) {  // the document is going away
    }
}

// The context is entered before the view is frozen, and left after it: should either fail, or the first note, what was begun ends.
UndoStep::UndoStep(const Reference<css::uno::XInterface>& document, const rtl::OUString& title)
    : undo_(undoOf(document)), context_(undo_, title), view_(Reference<css::frame::XModel>(document, UNO_QUERY_THROW)) {
    // So that there is something to undo whatever else is done: the office drops an empty step, and the last one is the user's
    // then.
    if (!undo_->isLocked()) noteChange(document, {}, {});
}

void UndoStep::commit() {
    committed_ = true;
    view_.end();
    context_.end();
}

UndoStep::~UndoStep() {
    if (committed_) return;
    try {
        view_.end();
        context_.end();
        if (undo_->isLocked()) return;  // nothing was noted
        undo_->undo();
        undo_->clearRedo();  // half a change is nothing to be made again
    } catch (const css::uno::Exception&) {
        // The document is going away.
    }
}

}  // namespace calckpi::sidebar
