// Widgets draws a panel::View with AWT controls and tells what the user does to them. What its controls mean it does not know.
#pragma once

#include "core/panel/view.hpp"

#include <com/sun/star/awt/XControl.hpp>
#include <com/sun/star/awt/XControlContainer.hpp>
#include <com/sun/star/awt/XWindow.hpp>
#include <com/sun/star/container/XNameContainer.hpp>
#include <com/sun/star/lang/XMultiServiceFactory.hpp>
#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/uno/Reference.hxx>
#include <com/sun/star/uno/XComponentContext.hpp>
#include <rtl/ref.hxx>
#include <rtl/ustring.hxx>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace calckpi::sidebar {

class Widgets {
public:
    // window is a container window of the office with a dialog model; pictures stand in the folder of that URL. onLeave is called
    // when the user wants the keys to go back to the document.
    Widgets(const css::uno::Reference<css::uno::XComponentContext>& context, const css::uno::Reference<css::awt::XWindow>& window,
            const rtl::OUString& pictures, std::function<void(const panel::Action&)> onAction, std::function<void()> onLeave);
    ~Widgets();
    Widgets(const Widgets&) = delete;
    Widgets& operator=(const Widgets&) = delete;

    // show makes the controls say what the view says. It does not place them.
    void show(const panel::View& view);
    // place lays the controls out in the width, and gives the height that they take.
    sal_Int32 place(sal_Int32 width);
    // heightFor is the height that place would give.
    sal_Int32 heightFor(sal_Int32 width);
    sal_Int32 minimalWidth();
    // takeFocus focuses the control that the view names for it.
    void takeFocus();
    // hasFocus tells whether any control has it.
    bool hasFocus() const;

private:
    class Listener;
    // Shown is a control and the widget that it shows; a bar has a second control for its open part.
    struct Shown {
        css::uno::Reference<css::beans::XPropertySet> model;
        css::uno::Reference<css::awt::XWindow> window;
        panel::Widget widget;
        bool visible = false;
        bool fresh = true;
        std::string whole{};       // of a name, a link or a drop-down: its text,
        bool shortened = false;    // of which the end is not shown
        sal_Int32 wholeWidth = 0;  // what it would take then
        css::awt::Rectangle place{};
    };
    using Key = std::pair<panel::ControlId, std::int32_t>;

    Shown& control(const panel::Widget& widget, bool openPart);
    void describe(Shown& shown, const panel::Widget& widget);
    void setVisible(Shown& shown, bool visible);
    void fit(Shown& shown, sal_Int32 room);
    void move(Shown& shown, sal_Int32 x, sal_Int32 y, sal_Int32 width, sal_Int32 height);
    css::awt::Size preferred(const Shown& shown) const;
    sal_Int32 wholeWidth(const Shown& shown) const;
    sal_Int32 heightOf(const Shown& shown, sal_Int32 width) const;
    sal_Int32 roomOf(const Shown& shown, sal_Int32 width) const;
    sal_Int32 layOut(sal_Int32 width, bool really);
    sal_Int32 pixels(sal_Int32 appFont) const;
    void acted(const panel::Action& action);
    void typed(Key key);
    void left(Key key);
    void openMenu(Key key);
    void orderTabs();

    css::uno::Reference<css::uno::XComponentContext> context_;
    css::uno::Reference<css::awt::XWindow> window_;
    css::uno::Reference<css::awt::XControlContainer> controls_;
    css::uno::Reference<css::lang::XMultiServiceFactory> models_;
    css::uno::Reference<css::container::XNameContainer> modelNames_;
    rtl::OUString pictures_;
    std::function<void(const panel::Action&)> onAction_;
    std::function<void()> onLeave_;
    std::map<Key, Shown> shown_;
    std::map<Key, Shown> openParts_;
    panel::View view_;
    bool showing_ = false;
    rtl::Reference<Listener> listener_;
};

}  // namespace calckpi::sidebar
