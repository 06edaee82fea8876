#include "addin/sidebar/document_listener.hpp"

#include <com/sun/star/util/XModifyBroadcaster.hpp>
#include <com/sun/star/view/XSelectionSupplier.hpp>

using css::uno::Reference;
using css::uno::UNO_QUERY;

namespace calckpi::sidebar {

void DocumentListener::attach(const Reference<css::frame::XController>& controller) {
    attached_ = true;
    const Reference<css::view::XSelectionSupplier> selection(controller, UNO_QUERY);
    if (selection.is()) selection->addSelectionChangeListener(this);
    if (!controller.is()) return;
    const Reference<css::util::XModifyBroadcaster> changes(controller->getModel(), UNO_QUERY);
    if (changes.is()) changes->addModifyListener(this);
}

void DocumentListener::detach(const Reference<css::frame::XController>& controller) {
    attached_ = false;
    const Reference<css::view::XSelectionSupplier> selection(controller, UNO_QUERY);
    if (selection.is()) selection->removeSelectionChangeListener(this);
    if (!controller.is()) return;
    const Reference<css::util::XModifyBroadcaster> changes(controller->getModel(), UNO_QUERY);
    if (changes.is()) changes->removeModifyListener(this);
}

void SAL_CALL DocumentListener::selectionChanged(const css::lang::EventObject&) {
    if (attached_) selected_();
}

void SAL_CALL DocumentListener::modified(const css::lang::EventObject&) {
    if (attached_) changed_();
}

void SAL_CALL DocumentListener::disposing(const css::lang::EventObject&) {}

}  // namespace calckpi::sidebar
