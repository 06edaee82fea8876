// UndoStep: changes of a document that one undo takes away; those of a step that is not committed are taken away at once.
//
//   UndoStep step(document, "Insert funnel table");
//   …
//   step.commit();
#pragma once

#include <com/sun/star/document/XUndoManager.hpp>
#include <com/sun/star/frame/XModel.hpp>
#include <com/sun/star/uno/Reference.hxx>
#include <rtl/ustring.hxx>

namespace calckpi::sidebar {

class UndoStep {
public:
    UndoStep(const css::uno::Reference<css::uno::XInterface>& document, const rtl::OUString& title);
    UndoStep(const UndoStep&) = delete;
    UndoStep& operator=(const UndoStep&) = delete;
    ~UndoStep();

    void commit();

private:
    void leave();

    css::uno::Reference<css::frame::XModel> model_;
    css::uno::Reference<css::document::XUndoManager> undo_;
    bool open_ = false;
};

}  // namespace calckpi::sidebar
