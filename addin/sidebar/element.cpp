#include "addin/sidebar/element.hpp"

#include "addin/sidebar/kpi_sidebar.hpp"
#include "addin/sidebar/office_language.hpp"

#include <com/sun/star/awt/ContainerWindowProvider.hpp>
#include <com/sun/star/awt/XControl.hpp>
#include <com/sun/star/awt/XWindowPeer.hpp>
#include <com/sun/star/beans/PropertyValue.hpp>
#include <com/sun/star/lang/DisposedException.hpp>
#include <com/sun/star/lang/XServiceInfo.hpp>
#include <com/sun/star/ui/UIElementType.hpp>
#include <com/sun/star/ui/XSidebar.hpp>
#include <com/sun/star/ui/XSidebarPanel.hpp>
#include <com/sun/star/ui/XToolPanel.hpp>
#include <com/sun/star/ui/XUIElement.hpp>
#include <com/sun/star/ui/XUIElementFactory.hpp>
#include <cppuhelper/basemutex.hxx>
#include <cppuhelper/compbase4.hxx>
#include <cppuhelper/implbase2.hxx>
#include <cppuhelper/supportsservice.hxx>

#include <algorithm>

using css::uno::Reference;
using css::uno::UNO_QUERY;
using css::uno::UNO_QUERY_THROW;
using rtl::OUString;

namespace calckpi::sidebar {
namespace {

css::uno::Sequence<OUString> oneName(const OUString& name) { return {&name, 1}; }

constexpr char panelUrl[] = "private:resource/toolpanel/CalcKpi/Funnel";

using ElementBase =
    cppu::WeakComponentImplHelper4<css::ui::XUIElement, css::ui::XToolPanel, css::ui::XSidebarPanel, css::awt::XWindowListener>;

class Element final : private cppu::BaseMutex, public ElementBase {
public:
    Element(const Reference<css::uno::XComponentContext>& context, const Reference<css::frame::XFrame>& frame,
            const Reference<css::awt::XWindow>& parent, const Reference<css::ui::XSidebar>& sidebar)
        : ElementBase(m_aMutex), frame_(frame), sidebar_(sidebar) {
        window_ = css::awt::ContainerWindowProvider::create(context)->createContainerWindow(
            extensionFolder(context) + "sidebar/funnel.xdl", OUString(), Reference<css::awt::XWindowPeer>(parent, UNO_QUERY_THROW),
            nullptr);
        // Before there is any control: at this moment the office marks a letter for the Alt key in each of them, also in the user's
        // data.
        window_->setVisible(true);
        panel_ = std::make_shared<KpiSidebar>(context, frame, window_, [this] {
            if (sidebar_.is()) sidebar_->requestLayout();
        });
    }
    // listen is apart from the constructor: there nobody holds the object yet.
    void listen() { window_->addWindowListener(this); }

    // XUIElement
    Reference<css::frame::XFrame> SAL_CALL getFrame() override { return frame_; }
    OUString SAL_CALL getResourceURL() override { return panelUrl; }
    sal_Int16 SAL_CALL getType() override { return css::ui::UIElementType::TOOLPANEL; }
    Reference<css::uno::XInterface> SAL_CALL getRealInterface() override { return static_cast<css::ui::XToolPanel*>(this); }

    // XToolPanel
    Reference<css::awt::XWindow> SAL_CALL getWindow() override { return window_; }
    Reference<css::accessibility::XAccessible> SAL_CALL
    createAccessible(const Reference<css::accessibility::XAccessible>&) override {
        return {window_, UNO_QUERY};
    }

    // XSidebarPanel
    css::ui::LayoutSize SAL_CALL getHeightForWidth(sal_Int32 width) override {
        const sal_Int32 height = panel_ ? panel_->heightFor(width) : 0;
        const sal_Int32 least = panel_ ? std::min(panel_->minimalHeight(), height) : 0;
        return {least, height, height};
    }
    sal_Int32 SAL_CALL getMinimalWidth() override { return panel_ ? panel_->minimalWidth() : 0; }

    // XWindowListener
    void SAL_CALL windowResized(const css::awt::WindowEvent&) override {
        if (panel_) panel_->resized();
    }
    void SAL_CALL windowMoved(const css::awt::WindowEvent&) override {}
    void SAL_CALL windowShown(const css::lang::EventObject&) override {}
    void SAL_CALL windowHidden(const css::lang::EventObject&) override {}
    void SAL_CALL disposing(const css::lang::EventObject&) override {}

private:
    void SAL_CALL disposing() override {
        if (panel_) panel_->close();
        panel_.reset();
        if (window_.is()) {
            window_->removeWindowListener(this);
            // The window does not end its model, and the models of the controls hold that of the window as it holds them.
            const Reference<css::lang::XComponent> model(Reference<css::awt::XControl>(window_, UNO_QUERY_THROW)->getModel(),
                                                         UNO_QUERY);
            window_->dispose();
            if (model.is()) model->dispose();
        }
        window_.clear();
        sidebar_.clear();
        frame_.clear();
    }

    Reference<css::frame::XFrame> frame_;
    Reference<css::awt::XWindow> window_;
    Reference<css::ui::XSidebar> sidebar_;
    std::shared_ptr<KpiSidebar> panel_;
};

class Factory final : public cppu::WeakImplHelper2<css::ui::XUIElementFactory, css::lang::XServiceInfo> {
public:
    explicit Factory(const Reference<css::uno::XComponentContext>& context) : context_(context) {}

    Reference<css::ui::XUIElement> SAL_CALL
    createUIElement(const OUString& url, const css::uno::Sequence<css::beans::PropertyValue>& arguments) override {
        if (url != panelUrl) throw css::container::NoSuchElementException(url, *this);
        Reference<css::frame::XFrame> frame;
        Reference<css::awt::XWindow> parent;
        Reference<css::ui::XSidebar> sidebar;
        for (const css::beans::PropertyValue& argument : arguments) {
            if (argument.Name == "Frame") argument.Value >>= frame;
            if (argument.Name == "ParentWindow") argument.Value >>= parent;
            if (argument.Name == "Sidebar") argument.Value >>= sidebar;
        }
        if (!frame.is() || !parent.is()) throw css::lang::IllegalArgumentException("Frame and ParentWindow are needed", *this, 1);
        const rtl::Reference<Element> element(new Element(context_, frame, parent, sidebar));
        element->listen();
        return element.get();
    }

    OUString SAL_CALL getImplementationName() override { return "org.calckpi.SidebarFactory"; }
    sal_Bool SAL_CALL supportsService(const OUString& name) override { return cppu::supportsService(this, name); }
    css::uno::Sequence<OUString> SAL_CALL getSupportedServiceNames() override { return oneName(getImplementationName()); }

private:
    Reference<css::uno::XComponentContext> context_;
};

}  // namespace

Reference<css::uno::XInterface> newPanelFactory(const Reference<css::uno::XComponentContext>& context) {
    return static_cast<css::ui::XUIElementFactory*>(new Factory(context));
}

}  // namespace calckpi::sidebar
