// DocumentListener hears what is selected in a window and what changes in its document.
#pragma once

#include <com/sun/star/frame/XController.hpp>
#include <com/sun/star/util/XModifyListener.hpp>
#include <com/sun/star/view/XSelectionChangeListener.hpp>
#include <cppuhelper/implbase2.hxx>

#include <functional>

namespace calckpi::sidebar {

class DocumentListener final : public cppu::WeakImplHelper2<css::view::XSelectionChangeListener, css::util::XModifyListener> {
public:
    DocumentListener(std::function<void()> selected, std::function<void()> changed)
        : selected_(std::move(selected)), changed_(std::move(changed)) {}

    void attach(const css::uno::Reference<css::frame::XController>& controller);
    // detach ends it: the office may still hold it, and nothing is told any more.
    void detach(const css::uno::Reference<css::frame::XController>& controller);

    void SAL_CALL selectionChanged(const css::lang::EventObject& event) override;
    void SAL_CALL modified(const css::lang::EventObject& event) override;
    void SAL_CALL disposing(const css::lang::EventObject& event) override;

private:
    std::function<void()> selected_;
    std::function<void()> changed_;
    bool attached_ = false;
};

}  // namespace calckpi::sidebar
