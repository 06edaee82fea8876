// A document that only notes what is done to its undo list and its views.
#pragma once

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/document/XUndoManagerSupplier.hpp>
#include <com/sun/star/frame/XModel.hpp>
#include <cppuhelper/implbase3.hxx>
#include <cppuhelper/implbase1.hxx>
#include <com/sun/star/document/XUndoManager.hpp>
#include <com/sun/star/uno/RuntimeException.hpp>
#include <rtl/ref.hxx>

#include <string>

namespace calckpi::addin {

// What the office says of itself when something goes wrong: a text that no user is to see.
inline constexpr char officeText[] = "sc/source/ui/unoobj/docuno.cxx:1234 N3com3sun4star3uno16RuntimeExceptionE";

// FakeUndo throws at the call of that name, and counts what is open.
class FakeUndo final : public cppu::WeakImplHelper1<css::document::XUndoManager> {
public:
    std::string fails;
    int contexts = 0;
    int locks = 0;
    int actions = 0;
    int undone = 0;
    int cleared = 0;

    void call(const char* name) const {
        if (fails == name) throw css::uno::RuntimeException(rtl::OUString::createFromAscii(officeText), nullptr);
    }

    void SAL_CALL enterUndoContext(const rtl::OUString&) override {
        call("enter");
        ++contexts;
    }
    void SAL_CALL enterHiddenUndoContext() override { ++contexts; }
    void SAL_CALL leaveUndoContext() override {
        --contexts;
        call("leave");
    }
    void SAL_CALL addUndoAction(const css::uno::Reference<css::document::XUndoAction>&) override {
        call("add");
        ++actions;
    }
    void SAL_CALL undo() override { ++undone; }
    void SAL_CALL redo() override {}
    sal_Bool SAL_CALL isUndoPossible() override { return actions > 0; }
    sal_Bool SAL_CALL isRedoPossible() override { return false; }
    rtl::OUString SAL_CALL getCurrentUndoActionTitle() override { return {}; }
    rtl::OUString SAL_CALL getCurrentRedoActionTitle() override { return {}; }
    css::uno::Sequence<rtl::OUString> SAL_CALL getAllUndoActionTitles() override { return {}; }
    css::uno::Sequence<rtl::OUString> SAL_CALL getAllRedoActionTitles() override { return {}; }
    void SAL_CALL clear() override { ++cleared; }
    void SAL_CALL clearRedo() override {}
    void SAL_CALL reset() override {}
    void SAL_CALL addUndoManagerListener(const css::uno::Reference<css::document::XUndoManagerListener>&) override {}
    void SAL_CALL removeUndoManagerListener(const css::uno::Reference<css::document::XUndoManagerListener>&) override {}
    void SAL_CALL lock() override {
        call("lock");
        ++locks;
    }
    void SAL_CALL unlock() override { --locks; }
    sal_Bool SAL_CALL isLocked() override { return locks > 0; }
    css::uno::Reference<css::uno::XInterface> SAL_CALL getParent() override { return {}; }
    void SAL_CALL setParent(const css::uno::Reference<css::uno::XInterface>&) override {}
};

class FakeUndoableDocument final
    : public cppu::WeakImplHelper3<css::frame::XModel, css::document::XUndoManagerSupplier, css::beans::XPropertySet> {
public:
    rtl::Reference<FakeUndo> undo{new FakeUndo};
    int frozen = 0;
    bool undoEnabled = true;

    css::uno::Reference<css::document::XUndoManager> SAL_CALL getUndoManager() override { return undo.get(); }
    void SAL_CALL lockControllers() override {
        undo->call("freeze");
        ++frozen;
    }
    void SAL_CALL unlockControllers() override {
        --frozen;
        undo->call("unfreeze");
    }
    sal_Bool SAL_CALL hasControllersLocked() override { return frozen > 0; }
    sal_Bool SAL_CALL attachResource(const rtl::OUString&, const css::uno::Sequence<css::beans::PropertyValue>&) override {
        return false;
    }
    rtl::OUString SAL_CALL getURL() override { return {}; }
    css::uno::Sequence<css::beans::PropertyValue> SAL_CALL getArgs() override { return {}; }
    void SAL_CALL connectController(const css::uno::Reference<css::frame::XController>&) override {}
    void SAL_CALL disconnectController(const css::uno::Reference<css::frame::XController>&) override {}
    css::uno::Reference<css::frame::XController> SAL_CALL getCurrentController() override { return {}; }
    void SAL_CALL setCurrentController(const css::uno::Reference<css::frame::XController>&) override {}
    css::uno::Reference<css::uno::XInterface> SAL_CALL getCurrentSelection() override { return {}; }
    void SAL_CALL dispose() override {}
    void SAL_CALL addEventListener(const css::uno::Reference<css::lang::XEventListener>&) override {}
    void SAL_CALL removeEventListener(const css::uno::Reference<css::lang::XEventListener>&) override {}

    // Its only property is IsUndoEnabled.
    void SAL_CALL setPropertyValue(const rtl::OUString&, const css::uno::Any& value) override {
        undo->call("set");
        value >>= undoEnabled;
    }
    css::uno::Any SAL_CALL getPropertyValue(const rtl::OUString&) override { return css::uno::Any(undoEnabled); }
    css::uno::Reference<css::beans::XPropertySetInfo> SAL_CALL getPropertySetInfo() override { return {}; }
    void SAL_CALL addPropertyChangeListener(const rtl::OUString&,
                                            const css::uno::Reference<css::beans::XPropertyChangeListener>&) override {}
    void SAL_CALL removePropertyChangeListener(const rtl::OUString&,
                                               const css::uno::Reference<css::beans::XPropertyChangeListener>&) override {}
    void SAL_CALL addVetoableChangeListener(const rtl::OUString&,
                                            const css::uno::Reference<css::beans::XVetoableChangeListener>&) override {}
    void SAL_CALL removeVetoableChangeListener(const rtl::OUString&,
                                               const css::uno::Reference<css::beans::XVetoableChangeListener>&) override {}
};

}  // namespace calckpi::addin
