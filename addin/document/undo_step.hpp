// UndoStep: changes of a document that one undo takes away; those of a step that is not committed are taken away at once.
//
//   UndoStep step(document, "Insert funnel table");
//   …
//   step.commit();
//
// Calc notes most changes itself. What it does not, or not well, is added to the open step with noteChange.
#pragma once

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/document/XUndoManager.hpp>
#include <com/sun/star/frame/XModel.hpp>
#include <com/sun/star/uno/Reference.hxx>
#include <rtl/ustring.hxx>

#include <functional>
#include <optional>

namespace calckpi::sidebar {

class UndoStep {
public:
    UndoStep(const css::uno::Reference<css::uno::XInterface>& document, const rtl::OUString& title);
    UndoStep(const UndoStep&) = delete;
    UndoStep& operator=(const UndoStep&) = delete;
    ~UndoStep();

    void commit();

private:
    // Context and FrozenView each end what they began, whatever is thrown between; a second end does nothing.
    class Context {
    public:
        Context(const css::uno::Reference<css::document::XUndoManager>& undo, const rtl::OUString& title);
        Context(const Context&) = delete;
        Context& operator=(const Context&) = delete;
        ~Context();
        void end();

    private:
        css::uno::Reference<css::document::XUndoManager> undo_;
        bool open_ = true;
    };
    class FrozenView {
    public:
        explicit FrozenView(const css::uno::Reference<css::frame::XModel>& model);
        FrozenView(const FrozenView&) = delete;
        FrozenView& operator=(const FrozenView&) = delete;
        ~FrozenView();
        void end();

    private:
        css::uno::Reference<css::frame::XModel> model_;
        bool frozen_ = true;
    };

    css::uno::Reference<css::document::XUndoManager> undo_;
    Context context_;
    FrozenView view_;  // nothing is drawn in between
    bool committed_ = false;
};

// A Change is asked for its document each time: objects of sheets and charts do not survive an undo.
using Change = std::function<void(const css::uno::Reference<css::uno::XInterface>& document)>;

// noteChange says how to take back a change that has been made, and how to make it again.
void noteChange(const css::uno::Reference<css::uno::XInterface>& document, Change undo, Change redo);

// notesAreOff tells whether nothing is noted now.
bool notesAreOff(const css::uno::Reference<css::uno::XInterface>& document);

// WithoutNotes keeps Calc from noting changes, for those that noteChange tells of.
class WithoutNotes {
public:
    explicit WithoutNotes(const css::uno::Reference<css::uno::XInterface>& document);
    WithoutNotes(const WithoutNotes&) = delete;
    WithoutNotes& operator=(const WithoutNotes&) = delete;
    ~WithoutNotes();

private:
    css::uno::Reference<css::document::XUndoManager> undo_;
};

// NoUndo lets a document be filled whose changes are not to be undone, which spares most of the time: nothing is noted, and in the
// end, whatever is thrown between, the list is empty and open again.
class NoUndo {
public:
    explicit NoUndo(const css::uno::Reference<css::uno::XInterface>& document);
    NoUndo(const NoUndo&) = delete;
    NoUndo& operator=(const NoUndo&) = delete;
    ~NoUndo();

private:
    css::uno::Reference<css::beans::XPropertySet> document_;
    std::optional<WithoutNotes> silence_;
};

}  // namespace calckpi::sidebar
