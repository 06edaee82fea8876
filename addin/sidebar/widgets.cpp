#include "addin/sidebar/widgets.hpp"

#include "addin/functions/conversion.hpp"

#include <com/sun/star/awt/FontWeight.hpp>
#include <com/sun/star/awt/Key.hpp>
#include <com/sun/star/awt/MenuItemStyle.hpp>
#include <com/sun/star/awt/PopupMenu.hpp>
#include <com/sun/star/awt/PopupMenuDirection.hpp>
#include <com/sun/star/awt/PosSize.hpp>
#include <com/sun/star/awt/ScrollBarOrientation.hpp>
#include <com/sun/star/awt/XActionListener.hpp>
#include <com/sun/star/awt/XAdjustmentListener.hpp>
#include <com/sun/star/awt/XButton.hpp>
#include <com/sun/star/awt/XCheckBox.hpp>
#include <com/sun/star/awt/XControlModel.hpp>
#include <com/sun/star/awt/XFixedHyperlink.hpp>
#include <com/sun/star/awt/XFocusListener.hpp>
#include <com/sun/star/awt/XItemListener.hpp>
#include <com/sun/star/awt/XKeyListener.hpp>
#include <com/sun/star/awt/XLayoutConstrains.hpp>
#include <com/sun/star/awt/XListBox.hpp>
#include <com/sun/star/awt/XMouseListener.hpp>
#include <com/sun/star/awt/XScrollBar.hpp>
#include <com/sun/star/awt/XTabController.hpp>
#include <com/sun/star/awt/XTextComponent.hpp>
#include <com/sun/star/awt/XUnitConversion.hpp>
#include <com/sun/star/awt/XUnoControlContainer.hpp>
#include <com/sun/star/awt/XWindow2.hpp>
#include <com/sun/star/util/MeasureUnit.hpp>
#include <cppuhelper/implbase6.hxx>

#include <algorithm>

using css::uno::Any;
using css::uno::Reference;
using css::uno::Sequence;
using css::uno::UNO_QUERY;
using css::uno::UNO_QUERY_THROW;
using rtl::OUString;

namespace calckpi::sidebar {
namespace {

using addin::fromUtf8;
using addin::toUtf8;
using panel::ControlId;
using panel::Widget;
using panel::WidgetKind;

// One hue, of a middle brightness: it stands out from light and dark themes alike.
constexpr sal_Int32 barColour = 0x3C82C4;
constexpr sal_Int32 openColour = 0x9DBBDA;

// All sizes are in AppFont units, so that they grow with the font and the screen's scale.
constexpr sal_Int32 margin = 5;
constexpr sal_Int32 gap = 2;
constexpr sal_Int32 groupGap = 5;
constexpr sal_Int32 barHeight = 3;
constexpr sal_Int32 buttonHeight = 15;  // the theme asks for more
constexpr sal_Int32 buttonAir = 14;     // that a theme likes around a button's text, and the text can do without
constexpr sal_Int32 narrowest = 155;
constexpr sal_Int32 lowest = 120;  // in less the panel is not scrolled, but the deck
constexpr sal_Int32 lineHeight = 12;
constexpr sal_Int32 mostHelp = 40;

const char* modelOf(WidgetKind kind) {
    switch (kind) {
        case WidgetKind::Edit: return "com.sun.star.awt.UnoControlEditModel";
        case WidgetKind::List: return "com.sun.star.awt.UnoControlListBoxModel";
        case WidgetKind::Check: return "com.sun.star.awt.UnoControlCheckBoxModel";
        case WidgetKind::Button:
        case WidgetKind::DropDown:
        case WidgetKind::MainButton: return "com.sun.star.awt.UnoControlButtonModel";
        case WidgetKind::Link: return "com.sun.star.awt.UnoControlFixedHyperlinkModel";
        case WidgetKind::Picture: return "com.sun.star.awt.UnoControlImageControlModel";
        default: return "com.sun.star.awt.UnoControlFixedTextModel";
    }
}

// isTwoColoured is true for what is drawn by two controls. Progress is: the office's own progress bar lets everything else happen
// while it is given a value, even the end of its window, and crashes then.
bool isTwoColoured(WidgetKind kind) { return kind == WidgetKind::Bar || kind == WidgetKind::Progress; }

bool isText(WidgetKind kind) {
    return kind == WidgetKind::Heading || kind == WidgetKind::Label || kind == WidgetKind::Aside || kind == WidgetKind::Note ||
           kind == WidgetKind::Warning || kind == WidgetKind::Figure;
}

// isLabelled tells whether a row is a field with its label before it.
bool isLabelled(const panel::Row& row) {
    return row.widgets.size() > 1 && row.widgets[0].kind == WidgetKind::Label &&
           (row.widgets[1].kind == WidgetKind::DropDown || row.widgets[1].kind == WidgetKind::Edit);
}

// isTableRow tells whether a row is one of a table: a name, and figures that are below one another.
bool isTableRow(const panel::Row& row) {
    return row.widgets.size() > 1 && row.widgets[0].kind == WidgetKind::Label && row.widgets[1].kind == WidgetKind::Figure;
}

// isName is true for texts that may lose their end where there is not the room: the help lines tell them whole.
bool isName(WidgetKind kind) { return kind == WidgetKind::Label || kind == WidgetKind::Aside || kind == WidgetKind::Link; }

// helpOf is what the help lines say of a widget; of a text whose end is not shown, all of it.
std::string helpOf(const Widget& widget, const std::string& shortened) {
    if (isName(widget.kind) && widget.help == widget.text) return shortened;
    if (shortened.empty() || widget.help.empty()) return shortened + widget.help;
    return shortened + ". " + widget.help;
}

bool wraps(WidgetKind kind) { return kind == WidgetKind::Note || kind == WidgetKind::Warning; }

OUString nameOf(ControlId item, std::int32_t index, bool openPart) {
    return "item" + OUString::number(item.number()) + "." + OUString::number(index) + (openPart ? OUString(".open") : OUString());
}

// withoutShortcut is the text of a user's own cell, in which ~ does not mark a letter for the Alt key.
OUString withoutShortcut(const std::string& text) { return fromUtf8(text).replaceAll("~", "~~"); }

// asMenu is the text of a drop-down.
OUString asMenu(const std::string& chosen) { return fromUtf8("\u25BE ") + withoutShortcut(chosen); }

Sequence<OUString> toSequence(const std::vector<std::string>& texts) {
    Sequence<OUString> sequence(static_cast<sal_Int32>(texts.size()));
    std::transform(texts.begin(), texts.end(), sequence.getArray(), [](const std::string& text) { return fromUtf8(text); });
    return sequence;
}

}  // namespace

// Listener hears all controls. It outlives Widgets only until the last control lets it go, and ignores them after that.
class Widgets::Listener final
    : public cppu::WeakImplHelper6<css::awt::XActionListener, css::awt::XItemListener, css::awt::XFocusListener,
                                   css::awt::XKeyListener, css::awt::XMouseListener, css::awt::XAdjustmentListener> {
public:
    explicit Listener(Widgets* widgets) : widgets_(widgets) {}
    void forget() { widgets_ = nullptr; }
    bool hears() const { return widgets_ != nullptr; }

    void SAL_CALL actionPerformed(const css::awt::ActionEvent& event) override {
        // A click that comes while the view is shown is the user's: a progress bar that is set lets the office handle what waits,
        // and the button beside it is Stop. A menu, which stays until something is chosen, cannot be opened then.
        const std::optional<Key> key = keyOf(event.Source, true);
        if (!key) return;
        if (widgets_->shown_.at(*key).widget.kind != WidgetKind::DropDown)
            widgets_->acted({.item = key->first, .index = key->second});
        else if (!widgets_->showing_)
            widgets_->openMenu(*key);
    }
    void SAL_CALL itemStateChanged(const css::awt::ItemEvent& event) override {
        const std::optional<Key> key = keyOf(event.Source);
        if (!key) return;
        panel::Action action{.item = key->first, .index = key->second};
        if (const Reference<css::awt::XListBox> list(event.Source, UNO_QUERY); list.is()) action.entry = list->getSelectedItemPos();
        if (const Reference<css::awt::XCheckBox> box(event.Source, UNO_QUERY); box.is()) action.on = event.Selected == 1;
        widgets_->acted(action);
    }
    void SAL_CALL focusGained(const css::awt::FocusEvent& event) override {
        if (const std::optional<Key> key = keyOf(event.Source, true)) explain(widgets_->focused_, key);
        if (const std::optional<Key> key = keyOf(event.Source)) widgets_->reveal(*key);
    }
    void SAL_CALL focusLost(const css::awt::FocusEvent& event) override {
        if (const std::optional<Key> key = keyOf(event.Source, true); key && widgets_->focused_ == key)
            explain(widgets_->focused_, std::nullopt);
        if (const std::optional<Key> key = keyOf(event.Source)) widgets_->typed(*key);
    }
    void SAL_CALL mouseEntered(const css::awt::MouseEvent& event) override {
        if (const std::optional<Key> key = keyOf(event.Source, true)) explain(widgets_->hovered_, key);
    }
    void SAL_CALL mouseExited(const css::awt::MouseEvent& event) override {
        if (const std::optional<Key> key = keyOf(event.Source, true); key && widgets_->hovered_ == key)
            explain(widgets_->hovered_, std::nullopt);
    }
    void SAL_CALL mousePressed(const css::awt::MouseEvent&) override {}
    void SAL_CALL mouseReleased(const css::awt::MouseEvent&) override {}
    void SAL_CALL keyPressed(const css::awt::KeyEvent& event) override {
        const std::optional<Key> key = keyOf(event.Source);
        if (!key) return;
        const bool pressed = event.KeyCode == css::awt::Key::RETURN || event.KeyCode == css::awt::Key::SPACE;
        // The office tells of keys that press a link only if it leads to somewhere else.
        if (pressed && widgets_->shown_.at(*key).widget.kind == WidgetKind::Link)
            return widgets_->acted({.item = key->first, .index = key->second});
        if (event.KeyCode == css::awt::Key::RETURN) widgets_->typed(*key);
        if (event.KeyCode == css::awt::Key::ESCAPE) widgets_->left(*key);
    }
    void SAL_CALL keyReleased(const css::awt::KeyEvent&) override {}
    void SAL_CALL adjustmentValueChanged(const css::awt::AdjustmentEvent& event) override {
        if (hears() && !widgets_->showing_) widgets_->scrollTo(event.Value);
    }
    void SAL_CALL disposing(const css::lang::EventObject&) override {}

private:
    void explain(std::optional<Key>& which, const std::optional<Key>& key) {
        which = key;
        if (!widgets_->showing_) widgets_->showHelp();
    }
    // What controls tell while the view is shown is mostly what they have just been told.
    std::optional<Key> keyOf(const Reference<css::uno::XInterface>& source, bool whileShowing = false) const {
        if (widgets_ == nullptr || (widgets_->showing_ && !whileShowing)) return std::nullopt;
        const Reference<css::awt::XWindow> window(source, UNO_QUERY);
        for (const auto& [key, shown] : widgets_->shown_)
            if (shown.window == window) return key;
        return std::nullopt;
    }

    Widgets* widgets_;
};

Widgets::Widgets(const Reference<css::uno::XComponentContext>& context, const Reference<css::awt::XWindow>& window,
                 const OUString& pictures, std::function<void(const panel::Action&)> onAction, std::function<void()> onLeave)
    : context_(context),
      window_(window),
      controls_(window, UNO_QUERY_THROW),
      models_(Reference<css::awt::XControl>(window, UNO_QUERY_THROW)->getModel(), UNO_QUERY_THROW),
      modelNames_(models_, UNO_QUERY_THROW),
      pictures_(pictures),
      onAction_(std::move(onAction)),
      onLeave_(std::move(onLeave)),
      help_(helpLines()),
      listener_(new Listener(this)) {}

Widgets::~Widgets() {
    listener_->forget();
    // A menu that is open is left to itself: endExecute of a GTK menu never comes back.
}

void Widgets::acted(const panel::Action& action) { onAction_(action); }

// typed tells of a text that was changed: once, when the user leaves the field or presses Enter.
void Widgets::typed(Key key) {
    const auto place = shown_.find(key);
    if (place == shown_.end() || place->second.widget.kind != WidgetKind::Edit) return;
    Shown& shown = place->second;
    const std::string text = toUtf8(Reference<css::awt::XTextComponent>(shown.window, UNO_QUERY_THROW)->getText());
    if (text == shown.widget.text) return;
    shown.widget.text = text;
    acted({.item = key.first, .index = key.second, .text = text});
}

// left takes back what was typed and not yet told, as Esc does everywhere.
void Widgets::left(Key key) {
    const Shown& shown = shown_.at(key);
    if (shown.widget.kind == WidgetKind::Edit)
        Reference<css::awt::XTextComponent>(shown.window, UNO_QUERY_THROW)->setText(fromUtf8(shown.widget.text));
    onLeave_();
}

// openMenu shows the entries of a drop-down. It is a menu, since the list of a list box opens at a wrong place: the office does not
// know where in the window the sidebar's panels are.
void Widgets::openMenu(Key key) {
    const Shown& shown = shown_.at(key);
    const std::vector<std::string> entries = shown.widget.entries;
    const Reference<css::awt::XPopupMenu> menu = css::awt::PopupMenu::create(context_);
    sal_Int16 id = 0;
    for (const std::string& entry : entries) {
        ++id;
        menu->insertItem(id, withoutShortcut(entry), css::awt::MenuItemStyle::RADIOCHECK | css::awt::MenuItemStyle::AUTOCHECK,
                         static_cast<sal_Int16>(id - 1));
        if (id == shown.widget.selected + 1) menu->checkItem(id, true);
    }
    const Reference<css::awt::XWindowPeer> peer = Reference<css::awt::XControl>(window_, UNO_QUERY_THROW)->getPeer();
    // While the menu is open, anything may happen: the document may be closed, and the panel with it.
    const rtl::Reference<Listener> listener = listener_;
    const sal_Int16 chosen = menu->execute(peer, shown.place, css::awt::PopupMenuDirection::EXECUTE_DOWN);
    if (!listener->hears()) return;
    if (chosen > 0) acted({.item = key.first, .index = key.second, .entry = chosen - 1});
}

Widgets::Shown& Widgets::control(const Widget& widget, bool openPart) {
    std::map<Key, Shown>& where = openPart ? openParts_ : shown_;
    const Key key(widget.item, widget.index);
    const OUString name = nameOf(widget.item, widget.index, openPart);
    if (const auto known = where.find(key); known != where.end()) {
        if (known->second.widget.kind == widget.kind) return known->second;
        modelNames_->removeByName(name);  // a note has become a warning, or the other way round
        where.erase(known);
    }
    const Reference<css::beans::XPropertySet> model(models_->createInstance(OUString::createFromAscii(modelOf(widget.kind))),
                                                    UNO_QUERY_THROW);
    const auto set = [&](const char* property, const Any& value) {
        model->setPropertyValue(OUString::createFromAscii(property), value);
    };
    if (widget.kind == WidgetKind::Heading) set("FontWeight", Any(css::awt::FontWeight::BOLD));
    if (widget.kind == WidgetKind::Figure) set("Align", Any(sal_Int16(2)));
    if (wraps(widget.kind)) set("MultiLine", Any(true));
    // The office calls a field by the text before it, unless that says that it is no label.
    if (isText(widget.kind) && widget.kind != WidgetKind::Heading && widget.kind != WidgetKind::Label) set("NoLabel", Any(true));
    if (widget.kind == WidgetKind::Link) {
        set("URL", Any(OUString()));
        if (model->getPropertySetInfo()->hasPropertyByName("Tabstop")) set("Tabstop", Any(true));  // or no key would reach it
    }
    if (widget.kind == WidgetKind::DropDown) set("Align", Any(sal_Int16(0)));
    if (widget.kind == WidgetKind::Button || widget.kind == WidgetKind::MainButton) set("FocusOnClick", Any(false));
    if (isTwoColoured(widget.kind)) set("BackgroundColor", Any(openPart ? openColour : barColour));
    if (widget.kind == WidgetKind::Picture) {
        set("Border", Any(sal_Int16(0)));
        set("ScaleMode", Any(sal_Int16(1)));  // keeps its shape
        set("ImageURL", Any(pictures_ + "select.png"));
    }
    modelNames_->insertByName(name, Any(model));
    const Reference<css::awt::XControl> made = controls_->getControl(name);
    Shown shown{.model = model, .window = Reference<css::awt::XWindow>(made, UNO_QUERY_THROW), .widget = widget};
    shown.window->setVisible(false);
    // By kind: a check box is an XButton too, and would tell of each click twice.
    switch (widget.kind) {
        case WidgetKind::DropDown:
        case WidgetKind::Button:
        case WidgetKind::MainButton: Reference<css::awt::XButton>(made, UNO_QUERY_THROW)->addActionListener(listener_.get()); break;
        case WidgetKind::Link:
            Reference<css::awt::XFixedHyperlink>(made, UNO_QUERY_THROW)->addActionListener(listener_.get());
            break;
        case WidgetKind::List: Reference<css::awt::XListBox>(made, UNO_QUERY_THROW)->addItemListener(listener_.get()); break;
        case WidgetKind::Check: Reference<css::awt::XCheckBox>(made, UNO_QUERY_THROW)->addItemListener(listener_.get()); break;
        default: break;
    }
    shown.window->addFocusListener(listener_.get());
    shown.window->addKeyListener(listener_.get());
    shown.window->addMouseListener(listener_.get());
    return where.insert_or_assign(key, std::move(shown)).first->second;
}

// describe hands the widget's values to its control: those that have changed.
void Widgets::describe(Shown& shown, const Widget& widget) {
    const auto set = [&](const char* property, const Any& value) {
        shown.model->setPropertyValue(OUString::createFromAscii(property), value);
    };
    const bool fresh = std::exchange(shown.fresh, false);
    const Widget& old = shown.widget;
    if (fresh || old.text != widget.text) {
        shown.shortened = false;
        if (isName(widget.kind)) shown.whole = widget.text;
        if (widget.kind == WidgetKind::Edit)
            set("Text", Any(fromUtf8(widget.text)));
        else if (widget.kind == WidgetKind::Warning)
            set("Label", Any(withoutShortcut("\u26A0 " + widget.text)));
        else if (widget.kind == WidgetKind::Figure)
            set("Label", Any(withoutShortcut(widget.text) + " "));  // the last digit would be cut at the edge
        else if (widget.kind == WidgetKind::Note || isName(widget.kind))
            set("Label", Any(withoutShortcut(widget.text)));
        else if (isText(widget.kind) || widget.kind == WidgetKind::Check || widget.kind == WidgetKind::Button ||
                 widget.kind == WidgetKind::MainButton)
            set("Label", Any(fromUtf8(widget.text)));
    }
    if (widget.kind == WidgetKind::DropDown) {
        const std::string shownText = !widget.text.empty() ? widget.text
                                      : widget.selected >= 0 && widget.selected < static_cast<std::int32_t>(widget.entries.size())
                                          ? widget.entries[static_cast<std::size_t>(widget.selected)]
                                          : std::string();
        shown.whole = shownText;
        shown.shortened = false;
        set("Label", Any(asMenu(shown.whole)));
    }
    if (fresh || old.enabled != widget.enabled) set("Enabled", Any(widget.enabled));
    if (widget.kind == WidgetKind::List) {
        const bool same = !fresh && old.entries == widget.entries;
        shown.widget = widget;
        setEntries(shown, same ? shown.entries : widget.entries);
    }
    if (widget.kind == WidgetKind::Check) set("State", Any(static_cast<sal_Int16>(widget.on ? 1 : 0)));
    shown.widget = widget;
}

void Widgets::setVisible(Shown& shown, bool visible) {
    if (shown.visible == visible) return;
    shown.visible = visible;
    shown.window->setVisible(visible);
}

void Widgets::show(const panel::View& view) {
    showing_ = true;
    view_ = view;
    std::vector<const Shown*> used;
    for (const panel::Row& row : view_.rows) {
        for (const Widget& widget : row.widgets) {
            Shown& shown = control(widget, false);
            describe(shown, widget);
            used.push_back(&shown);
            if (!isTwoColoured(widget.kind)) continue;
            Shown& open = control(widget, true);
            describe(open, widget);
            used.push_back(&open);
        }
    }
    for (std::map<Key, Shown>* all : {&shown_, &openParts_})
        for (auto& [key, shown] : *all)
            if (std::find(used.begin(), used.end(), &shown) == used.end()) setVisible(shown, false);
    orderTabs();
    showing_ = false;
    showHelp();
}

// orderTabs makes the Tab key follow the view.
void Widgets::orderTabs() {
    sal_Int16 place = 0;
    for (const panel::Row& row : view_.rows)
        for (const Widget& widget : row.widgets) {
            const Shown& shown = shown_.at({widget.item, widget.index});
            const Any now = shown.model->getPropertyValue("TabIndex");
            if (now != Any(place)) shown.model->setPropertyValue("TabIndex", Any(place));
            ++place;
        }
}

sal_Int32 Widgets::pixels(sal_Int32 appFont) const {
    const Reference<css::awt::XUnitConversion> units(Reference<css::awt::XControl>(window_, UNO_QUERY_THROW)->getPeer(), UNO_QUERY);
    if (!units.is()) return appFont * 2;
    return units->convertSizeToPixel(css::awt::Size(100 * appFont, 100 * appFont), css::util::MeasureUnit::APPFONT).Height / 100;
}

css::awt::Size Widgets::preferred(const Shown& shown) const {
    const Reference<css::awt::XLayoutConstrains> constraints(shown.window, UNO_QUERY);
    return constraints.is() ? constraints->getPreferredSize() : css::awt::Size(pixels(50), pixels(12));
}

sal_Int32 Widgets::heightOf(const Shown& shown, sal_Int32 width) const {
    const Reference<css::awt::XLayoutConstrains> constraints(shown.window, UNO_QUERY);
    switch (shown.widget.kind) {
        case WidgetKind::Bar: return pixels(barHeight);
        case WidgetKind::Picture: return pixels(60);
        case WidgetKind::Progress: return pixels(6);
        case WidgetKind::Button:
        case WidgetKind::DropDown: return std::min(preferred(shown).Height, pixels(buttonHeight));
        case WidgetKind::List: return pixels(10) * shown.widget.lines + pixels(4);
        case WidgetKind::Note:
        case WidgetKind::Warning:
            return constraints.is() ? constraints->calcAdjustedSize(css::awt::Size(roomOf(shown, width), 0)).Height : pixels(10);
        case WidgetKind::Check:
            return shown.broken ? constraints->calcAdjustedSize(css::awt::Size(width, 0)).Height : preferred(shown).Height;
        default: return preferred(shown).Height;
    }
}

// breakLines lets the text of a box go over two lines where one has not the room for it. Only there: beside a text of several lines
// the box is not where it is beside one.
void Widgets::breakLines(Shown& shown, sal_Int32 width) {
    if (shown.widget.kind != WidgetKind::Check) return;
    const bool broken = preferred(shown).Width > width;
    if (std::exchange(shown.broken, broken) != broken) shown.model->setPropertyValue("MultiLine", Any(broken));
}

// wholeWidth is what a control needs for all of its text, also while the end is not shown.
sal_Int32 Widgets::wholeWidth(const Shown& shown) const { return shown.shortened ? shown.wholeWidth : preferred(shown).Width; }

// roomOf is the width that a control gets of what there is. The office leaves a line of a sentence that is some pixels too long as
// it is, and its last letter is cut; in a little less room the line ends one word earlier.
sal_Int32 Widgets::roomOf(const Shown& shown, sal_Int32 width) const {
    const Reference<css::awt::XLayoutConstrains> constraints(shown.window, UNO_QUERY);
    if (!wraps(shown.widget.kind) || !constraints.is()) return width;
    constexpr sal_Int32 mostTaken = 16;
    for (sal_Int32 room = width; room > width - mostTaken; room -= 2)
        if (constraints->calcAdjustedSize(css::awt::Size(room, 0)).Width <= room) return room;
    return width;
}

// setEntries shows them in a list, with the widget's entry selected: always, since the user may have changed that.
void Widgets::setEntries(Shown& shown, const std::vector<std::string>& entries) {
    const Widget& widget = shown.widget;
    if (shown.entries != entries) shown.model->setPropertyValue("StringItemList", Any(toSequence(entries)));
    shown.entries = entries;
    Sequence<sal_Int16> selected;
    shown.whole.clear();
    shown.shortened = false;
    if (widget.selected >= 0 && widget.selected < static_cast<std::int32_t>(entries.size())) {
        const auto place = static_cast<sal_Int16>(widget.selected);
        selected = Sequence<sal_Int16>(&place, 1);  // with braces it would be a length
        shown.whole = widget.entries[static_cast<std::size_t>(widget.selected)];
        shown.shortened = shown.whole != entries[static_cast<std::size_t>(widget.selected)];
    }
    shown.model->setPropertyValue("SelectedItems", Any(selected));
}

sal_Int32 Widgets::widthOf(const std::string& text) {
    const auto [known, fresh] = widths_.try_emplace(text, 0);
    if (fresh) {
        sayHelp(text);
        known->second = preferred(help_).Width;
    }
    return known->second;
}

// shortened takes of a list's entry "1. Name \u2013 12 (won)" the end of the name away, so that the number is seen.
std::string Widgets::shortened(const std::string& entry, sal_Int32 room) {
    if (widthOf(entry) <= room) return entry;
    const std::size_t dash = entry.rfind(" \u2013 ");
    const std::string tail = dash == std::string::npos ? std::string() : entry.substr(dash);
    OUString head = fromUtf8(entry.substr(0, dash));
    std::string text = entry;
    constexpr sal_Int32 least = 6;
    const sal_Int32 guess = head.getLength() * room / widthOf(entry) + 2;
    for (sal_Int32 left = std::min(guess, head.getLength() - 1); left >= least && widthOf(text) > room; --left) {
        head = head.copy(0, left);
        text = toUtf8(head) + "\u2026" + tail;
    }
    return text;
}

// shortenEntries gives a list's entries the room that it has: beside its frame, and a bar where they are more than it shows.
void Widgets::shortenEntries(Shown& shown, sal_Int32 width) {
    constexpr std::size_t mostKnown = 1000;
    if (widths_.size() > mostKnown) widths_.clear();
    const std::vector<std::string>& whole = shown.widget.entries;
    const bool scrolls = static_cast<std::size_t>(shown.widget.lines) < whole.size();
    const sal_Int32 room = width - pixels(scrolls ? 13 : 6);
    std::vector<std::string> entries;
    entries.reserve(whole.size());
    for (const std::string& entry : whole) entries.push_back(shortened(entry, room));
    if (entries == shown.entries) return;
    const bool before = std::exchange(showing_, true);  // the list tells of its selection
    setEntries(shown, entries);
    showing_ = before;
}

// shorten ends a name with "\u2026" where it has not the room for it; the help lines tell it whole.
void Widgets::shorten(Shown& shown, sal_Int32 room) {
    if (shown.whole.empty()) return;
    const auto say = [&](const OUString& text) { shown.model->setPropertyValue("Label", Any(text)); };
    const bool opens = shown.widget.kind == WidgetKind::DropDown;
    OUString text = opens ? asMenu(shown.whole) : withoutShortcut(shown.whole);
    if (std::exchange(shown.shortened, false)) say(text);
    const sal_Int32 air = opens ? pixels(buttonAir) : 0;
    shown.wholeWidth = preferred(shown).Width;
    // Of two facts beside one another the first says most.
    if (const sal_Int32 second = text.indexOf(fromUtf8(" \u00B7 "));
        shown.widget.kind == WidgetKind::Aside && second > 0 && shown.wholeWidth > room) {
        text = text.copy(0, second);
        say(text);
        shown.shortened = true;
    }
    for (int attempt = 0; attempt < 4; ++attempt) {
        const sal_Int32 needed = preferred(shown).Width - air;
        if (needed <= room || text.getLength() < 4) return;
        const sal_Int32 letters = std::max<sal_Int32>(3, text.getLength() * room / std::max<sal_Int32>(needed, 1) - 1);
        text = text.copy(0, std::min(letters, text.getLength() - 2)) + OUString(u'\u2026');
        say(text);
        shown.shortened = true;
    }
}

void Widgets::move(Shown& shown, sal_Int32 x, sal_Int32 y, sal_Int32 width, sal_Int32 height) {
    const css::awt::Rectangle place(x, y, std::max<sal_Int32>(width, 1), std::max<sal_Int32>(height, 1));
    if (shown.place.X != place.X || shown.place.Y != place.Y || shown.place.Width != place.Width ||
        shown.place.Height != place.Height) {
        shown.place = place;
        shown.window->setPosSize(place.X, place.Y, place.Width, place.Height, css::awt::PosSize::POSSIZE);
    }
    setVisible(shown, true);
}

sal_Int32 Widgets::layOut(sal_Int32 width, bool really) {
    const sal_Int32 side = pixels(margin);
    const sal_Int32 between = pixels(gap);
    // All fields begin where the longest label ends.
    sal_Int32 labelWidth = 0;
    for (const panel::Row& row : view_.rows)
        if (isLabelled(row)) {
            const Widget& label = row.widgets.front();
            labelWidth = std::max(labelWidth, wholeWidth(shown_.at({label.item, label.index})));
        }
    labelWidth = std::min(labelWidth + between, width * 9 / 20);
    // A figure must never lose a digit; a name may lose its end.
    std::vector<sal_Int32> figureWidths;
    sal_Int32 nameWidth = 0;
    for (const panel::Row& row : view_.rows)
        if (isTableRow(row)) {
            figureWidths.resize(std::max(figureWidths.size(), row.widgets.size()));
            const Widget& name = row.widgets.front();
            nameWidth = std::max(nameWidth, wholeWidth(shown_.at({name.item, name.index})));
            for (std::size_t index = 1; index < row.widgets.size(); ++index) {
                const Widget& figure = row.widgets[index];
                figureWidths[index] = std::max(figureWidths[index], preferred(shown_.at({figure.item, figure.index})).Width);
            }
        }
    sal_Int32 end = side;              // of the rows so far
    sal_Int32 fixedEnd = pixels(gap);  // of those that stay in sight while the others are scrolled
    sal_Int32 away = 0;                // how far rows without room are moved down, out of the window: none is half in sight
    const auto placeOf = [&](const Rows& rows, bool stays) {
        if (!scrolled_.on) return rows.top;
        if (stays) return scrolled_.shown() + rows.top;
        const sal_Int32 top = rows.top - top_;
        if (away == 0 && top + rows.height > scrolled_.shown()) away = scrolled_.window - top;
        return top + away;
    };
    bool first = true;
    for (const panel::Row& row : view_.rows) {
        if (row.widgets.empty()) continue;
        const bool bar = row.widgets.front().kind == WidgetKind::Bar;
        const bool stays = scrolled_.on && row.inSight;
        sal_Int32& at = stays ? fixedEnd : end;
        if (stays || !first) at += bar ? pixels(1) : row.group && !stays ? pixels(groupGap) : between;
        first = first && stays;
        // The widths: what has no stretch takes what its text needs, the others share the rest. What stands alone takes the row, so
        // that its edges are those of the others and no text makes the deck wider.
        const auto count = static_cast<sal_Int32>(row.widgets.size());
        const auto isFixed = [&](const Widget& widget) {
            return count > 1 && (widget.stretch == 0 || (isLabelled(row) && &widget == &row.widgets.front()));
        };
        const auto fixedWidth = [&](const Widget& widget) {
            if (widget.stretch > 0) return labelWidth;
            const sal_Int32 needed = wholeWidth(shown_.at({widget.item, widget.index}));
            return widget.kind == WidgetKind::Link ? std::min(needed, width / 2) : needed;  // what it belongs to needs room, too
        };
        sal_Int32 left = width - 2 * side - (count - 1) * between;
        sal_Int32 stretch = 0;
        for (const Widget& widget : row.widgets) {
            if (isFixed(widget))
                left -= fixedWidth(widget);
            else
                stretch += std::max(widget.stretch, 1);
        }
        left = std::max<sal_Int32>(left, 0);
        std::vector<sal_Int32> widths;
        sal_Int32 height = 0;
        for (const Widget& widget : row.widgets) {
            Shown& shown = shown_.at({widget.item, widget.index});
            widths.push_back(isFixed(widget) ? fixedWidth(widget)
                                             : left * std::max(widget.stretch, 1) / std::max<sal_Int32>(stretch, 1));
            // Only the text of a link can be clicked.
            if (widget.kind == WidgetKind::Link) widths.back() = std::min(widths.back(), wholeWidth(shown));
            breakLines(shown, widths.back());
            height = std::max(height, heightOf(shown, widths.back()));
        }
        if (isTableRow(row))
            for (std::size_t index = 1; index < widths.size(); ++index) {
                const sal_Int32 needed = figureWidths[index] + between;
                const sal_Int32 room = std::clamp<sal_Int32>(nameWidth + 1 - widths[0], 0, std::max(widths[index] - needed, 0));
                const sal_Int32 change = std::max(needed - widths[index], 0) - room;
                widths[index] += change;
                widths[0] -= change;
            }
        if (really) {
            const Rows own{at, height};
            const sal_Int32 y = placeOf(own, stays);
            sal_Int32 x = side;
            for (std::size_t index = 0; index < row.widgets.size(); ++index) {
                const Widget& widget = row.widgets[index];
                Shown& shown = shown_.at({widget.item, widget.index});
                shown.row = stays ? Rows() : own;
                if (bar) {
                    const auto length = static_cast<sal_Int32>(widths[index] * widget.part);
                    const auto open = static_cast<sal_Int32>(length * widget.openPart);
                    const sal_Int32 start = x + (widths[index] - length) / 2;
                    Shown& tail = openParts_.at({widget.item, widget.index});
                    if (length > open)
                        move(shown, start, y, length - open, height);
                    else
                        setVisible(shown, false);
                    if (open > 0)
                        move(tail, start + length - open, y, open, height);
                    else
                        setVisible(tail, false);
                } else if (widget.kind == WidgetKind::Progress) {
                    const sal_Int32 tall = heightOf(shown, widths[index]);
                    const auto done = std::clamp(static_cast<sal_Int32>(widths[index] * widget.part), sal_Int32(1),
                                                 std::max<sal_Int32>(widths[index] - 1, 1));
                    move(shown, x, y + (height - tall) / 2, done, tall);
                    move(openParts_.at({widget.item, widget.index}), x + done, y + (height - tall) / 2, widths[index] - done, tall);
                } else {
                    // A button beside a field is as high as the field.
                    const bool fills = widget.kind == WidgetKind::Button && row.widgets.front().kind == WidgetKind::Edit;
                    const sal_Int32 tall = fills ? height : heightOf(shown, widths[index]);
                    // A link beside a sentence is at its first line.
                    const bool atTop = widget.kind == WidgetKind::Link && wraps(row.widgets.front().kind);
                    if (widget.kind == WidgetKind::DropDown || isName(widget.kind)) shorten(shown, widths[index]);
                    if (widget.kind == WidgetKind::List) shortenEntries(shown, widths[index]);
                    move(shown, x, atTop ? y : y + (height - tall) / 2, roomOf(shown, widths[index]), tall);
                }
                x += widths[index] + between;
            }
        }
        at += height;
    }
    const sal_Int32 help = helpHeight(width);
    scrolled_.moving = end + side;
    scrolled_.fixed = fixedEnd + help + side;
    if (really) {
        helpPlace_ = {side, scrolled_.on ? scrolled_.window - side - help : end + between, width - 2 * side, help};
        showHelp();
    }
    return end + between + help + side;
}

// helpLines is the control that shows help texts.
Widgets::Shown Widgets::helpLines() {
    const Reference<css::beans::XPropertySet> made(models_->createInstance("com.sun.star.awt.UnoControlFixedTextModel"),
                                                   UNO_QUERY_THROW);
    for (const char* property : {"MultiLine", "NoLabel"}) made->setPropertyValue(OUString::createFromAscii(property), Any(true));
    modelNames_->insertByName("help", Any(made));
    return {.model = made,
            .window = Reference<css::awt::XWindow>(controls_->getControl("help"), UNO_QUERY_THROW),
            .widget = {.kind = WidgetKind::Note},
            .visible = true};
}

void Widgets::sayHelp(const std::string& text) {
    if (help_.widget.text == text) return;
    help_.widget.text = text;
    help_.model->setPropertyValue("Label", Any(withoutShortcut(text)));
}

// helpHeight is what the longest help text of the view takes: however it is asked for, nothing moves.
sal_Int32 Widgets::helpHeight(sal_Int32 width) {
    constexpr std::size_t mostKnown = 1000;
    if (helpHeights_.size() > mostKnown) helpHeights_.clear();
    sal_Int32 height = 0;
    for (const panel::Row& row : view_.rows)
        for (const Widget& widget : row.widgets) {
            const Shown& shown = shown_.at({widget.item, widget.index});
            const bool fits = widget.kind == WidgetKind::DropDown ? wholeWidth(shown) - pixels(buttonAir) < width / 2
                                                                  : widget.kind == WidgetKind::List && !shown.shortened;
            const std::string help = helpOf(widget, fits ? std::string() : shown.whole);
            const auto [known, fresh] = helpHeights_.try_emplace({width, help}, 0);
            if (fresh) {
                sayHelp(help);
                known->second = heightOf(help_, width - 2 * pixels(margin));
            }
            height = std::max(height, known->second);
        }
    return std::min(height, pixels(mostHelp));
}

void Widgets::showHelp() {
    std::string help;
    for (const std::optional<Key>& key : {focused_, hovered_}) {
        if (!key) continue;
        const Shown& shown = shown_.at(*key);
        std::string own = helpOf(shown.widget, shown.shortened ? shown.whole : std::string());
        if (shown.visible && !own.empty()) help = std::move(own);
    }
    sayHelp(help);
    move(help_, helpPlace_.X, helpPlace_.Y, roomOf(help_, helpPlace_.Width), helpPlace_.Height);
}

// furniture is a control that shows no widget.
Widgets::Shown Widgets::furniture(const char* model, const char* name) {
    const Reference<css::beans::XPropertySet> made(models_->createInstance(OUString::createFromAscii(model)), UNO_QUERY_THROW);
    made->setPropertyValue("Orientation", Any(css::awt::ScrollBarOrientation::VERTICAL));
    modelNames_->insertByName(OUString::createFromAscii(name), Any(made));
    Shown shown{.model = made,
                .window = Reference<css::awt::XWindow>(controls_->getControl(OUString::createFromAscii(name)), UNO_QUERY_THROW)};
    shown.window->setVisible(false);
    return shown;
}

sal_Int32 Widgets::contentWidth() const {
    return scrolled_.on ? size_.Width - std::clamp(preferred(*scrollBar_).Width, pixels(6), pixels(12)) : size_.Width;
}

void Widgets::hideScrollBar() {
    top_ = 0;
    for (std::optional<Shown>* each : {&scrollBar_, &line_})
        if (*each) setVisible(**each, false);
}

void Widgets::showScrollBar() {
    const auto set = [&](const char* property, sal_Int32 value) {
        const OUString name = OUString::createFromAscii(property);
        if (scrollBar_->model->getPropertyValue(name) != Any(value)) scrollBar_->model->setPropertyValue(name, Any(value));
    };
    set("ScrollValueMax", scrolled_.moving);
    set("VisibleSize", scrolled_.shown());
    set("LineIncrement", pixels(lineHeight));
    set("BlockIncrement", std::max(scrolled_.shown() - pixels(lineHeight), pixels(lineHeight)));
    set("ScrollValue", top_);
    move(*scrollBar_, contentWidth(), 0, size_.Width - contentWidth(), scrolled_.shown());
    if (scrolled_.fixed > 0)
        move(*line_, 0, scrolled_.shown(), size_.Width, 1);
    else
        setVisible(*line_, false);
}

// scrollTo shows the rows from there on.
void Widgets::scrollTo(sal_Int32 top) {
    if (!scrolled_.on) return;
    showing_ = true;
    top_ = std::clamp<sal_Int32>(top, 0, scrolled_.last());
    layOut(contentWidth(), true);
    showScrollBar();
    showing_ = false;
}

// reveal scrolls to a control that has the keys.
void Widgets::reveal(Key key) {
    const Rows& row = shown_.at(key).row;
    if (!scrolled_.on || row.height == 0) return;
    const sal_Int32 top = row.top - top_;
    if (top + row.height / 2 >= 0 && top + row.height <= scrolled_.shown()) return;
    reveal(row);
}

void Widgets::reveal(Rows rows) {
    const sal_Int32 top = rows.top - pixels(margin);
    const sal_Int32 end = rows.top + rows.height + pixels(margin);
    if (top < top_ || end - top > scrolled_.shown())
        scrollTo(top);
    else if (end > top_ + scrolled_.shown())
        scrollTo(end - scrolled_.shown());
}

void Widgets::reveal(const panel::Opened& opened) {
    const auto first = shown_.find(opened.first);
    const auto last = shown_.find(opened.last);
    if (first == shown_.end() || last == shown_.end() || first->second.row.height == 0) return;
    const sal_Int32 top = first->second.row.top;
    reveal(Rows{top, last->second.row.top + last->second.row.height - top});
}

void Widgets::takeFocus() {
    const auto first = shown_.find({view_.focus, 0});
    if (first != shown_.end() && first->second.visible) first->second.window->setFocus();
}

bool Widgets::hasFocus() const {
    return std::any_of(shown_.begin(), shown_.end(), [](const auto& each) {
        const Reference<css::awt::XWindow2> window(each.second.window, UNO_QUERY);
        return each.second.visible && window.is() && window->hasFocus();
    });
}

sal_Int32 Widgets::place(sal_Int32 width, sal_Int32 height) {
    size_ = {width, height};
    const sal_Int32 needed = heightFor(width);
    scrolled_ = {.window = height, .on = needed > height && height >= minimalHeight()};
    if (scrolled_.on) {
        if (!scrollBar_) {
            scrollBar_ = furniture("com.sun.star.awt.UnoControlScrollBarModel", "scrollBar");
            Reference<css::awt::XScrollBar>(scrollBar_->window, UNO_QUERY_THROW)->addAdjustmentListener(listener_.get());
            line_ = furniture("com.sun.star.awt.UnoControlFixedLineModel", "line");
            line_->model->setPropertyValue("Orientation", Any(css::awt::ScrollBarOrientation::HORIZONTAL));
        }
        layOut(contentWidth(), false);
        scrollTo(top_);
    } else {
        hideScrollBar();
        layOut(width, true);
    }
    return needed;
}

sal_Int32 Widgets::heightFor(sal_Int32 width) {
    const Scrolled now = std::exchange(scrolled_, {});
    const sal_Int32 height = layOut(width, false);
    scrolled_ = now;
    return height;
}

sal_Int32 Widgets::minimalHeight() { return pixels(lowest); }
sal_Int32 Widgets::minimalWidth() { return pixels(narrowest); }

}  // namespace calckpi::sidebar
