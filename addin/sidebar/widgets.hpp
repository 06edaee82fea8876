// Widgets draws a panel::View with AWT controls and tells what the user does to them. What its controls mean it does not know.
//
// The help text of the control under the pointer, or else of the focused one, is shown in lines at the bottom that are kept free
// for it: a tooltip would cover the controls beside it, and no key would bring it up.
#pragma once

#include "core/panel/opened.hpp"
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

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace calckpi::sidebar {

class Widgets {
public:
    // window is a container window of the office with a dialog model; pictures are in the folder of that URL. onLeave is called
    // when the user wants the keys to go back to the document.
    Widgets(const css::uno::Reference<css::uno::XComponentContext>& context, const css::uno::Reference<css::awt::XWindow>& window,
            const rtl::OUString& pictures, std::function<void(const panel::Action&)> onAction, std::function<void()> onLeave);
    ~Widgets();
    Widgets(const Widgets&) = delete;
    Widgets& operator=(const Widgets&) = delete;

    // show makes the controls say what the view says. It does not place them.
    void show(const panel::View& view);
    // place lays the controls out in a window of that size, and gives the height that all of them take. Where the window is not as
    // high, some are scrolled, by a bar beside them: the office's decks could do that as well, but with a bar that lies over them.
    sal_Int32 place(sal_Int32 width, sal_Int32 height);
    // heightFor is the height that place would give.
    sal_Int32 heightFor(sal_Int32 width);
    sal_Int32 minimalWidth();
    sal_Int32 minimalHeight();
    // reveal scrolls as little as shows what was opened; where not all of it has room, its beginning.
    void reveal(const panel::Opened& opened);
    // takeFocus focuses the control that the view names for it.
    void takeFocus();
    // hasFocus tells whether any control has it.
    bool hasFocus() const;

private:
    class Listener;
    // Rows is a piece of the panel's height, counted from its top.
    struct Rows {
        sal_Int32 top = 0;
        sal_Int32 height = 0;
    };
    // Scrolled says what is shown of a panel that is higher than its window. Some rows stay at the bottom.
    struct Scrolled {
        sal_Int32 window = 0;  // the height of the window
        sal_Int32 moving = 0;  // of all rows that are scrolled
        sal_Int32 fixed = 0;   // of those that stay
        bool on = false;
        sal_Int32 shown() const { return window - fixed; }
        sal_Int32 last() const { return std::max<sal_Int32>(moving - shown(), 0); }
    };
    // Shown is a control and the widget that it shows; a bar has a second control for its open part.
    struct Shown {
        css::uno::Reference<css::beans::XPropertySet> model;
        css::uno::Reference<css::awt::XWindow> window;
        panel::Widget widget{};
        bool visible = false;
        bool fresh = true;
        std::string whole{};                 // of a name, a link or a drop-down: its text; of a list, its selected entry,
        bool shortened = false;              // of which the end is not shown
        bool broken = false;                 // of a box: its text goes over several lines
        sal_Int32 wholeWidth = 0;            // what it would take then
        std::vector<std::string> entries{};  // of a list, as they are shown
        css::awt::Rectangle place{};
        Rows row{};  // where its row is among all that are scrolled
    };
    using Key = panel::ControlKey;

    Shown& control(const panel::Widget& widget, bool openPart);
    void describe(Shown& shown, const panel::Widget& widget);
    void setVisible(Shown& shown, bool visible);
    void shorten(Shown& shown, sal_Int32 room);
    void shortenEntries(Shown& shown, sal_Int32 width);
    std::string shortened(const std::string& entry, sal_Int32 room);
    sal_Int32 widthOf(const std::string& text);
    void setEntries(Shown& shown, const std::vector<std::string>& entries);
    void move(Shown& shown, sal_Int32 x, sal_Int32 y, sal_Int32 width, sal_Int32 height);
    css::awt::Size preferred(const Shown& shown) const;
    sal_Int32 wholeWidth(const Shown& shown) const;
    sal_Int32 heightOf(const Shown& shown, sal_Int32 width) const;
    void breakLines(Shown& shown, sal_Int32 width);
    sal_Int32 roomOf(const Shown& shown, sal_Int32 width) const;
    sal_Int32 layOut(sal_Int32 width, bool really);
    Shown helpLines();
    sal_Int32 helpHeight(sal_Int32 width);
    void sayHelp(const std::string& text);
    void showHelp();
    void showScrollBar();
    sal_Int32 contentWidth() const;
    void scrollTo(sal_Int32 top);
    void reveal(Key key);
    void reveal(Rows rows);
    Shown furniture(const char* model, const char* name);
    void hideScrollBar();
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
    css::awt::Size size_{};  // of the window
    Scrolled scrolled_;
    sal_Int32 top_ = 0;  // how much is scrolled out of sight
    std::optional<Shown> scrollBar_;
    std::optional<Shown> line_;  // above what stays at the bottom
    Shown help_;
    css::awt::Rectangle helpPlace_{};
    std::map<std::pair<sal_Int32, std::string>, sal_Int32> helpHeights_;  // at a width, of a text
    std::map<std::string, sal_Int32> widths_;                             // of texts
    std::optional<Key> hovered_;
    std::optional<Key> focused_;
    bool showing_ = false;
    rtl::Reference<Listener> listener_;
};

}  // namespace calckpi::sidebar
