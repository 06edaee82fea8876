// KpiSidebar: the panel in one window of the office. It carries what happens in the document to panel::Panel, and what the panel
// decides back to the document. What is made it does not know: it writes what the panel has drafted.
//
// Its parts: document_listener (selection and changes), source_reader (the cells of the data), range_picker (cells picked with the
// mouse), table_writing (drafts into the document), widgets (the controls).
#pragma once

#include "addin/document/document_tables.hpp"
#include "addin/document/our_formulas.hpp"
#include "addin/sidebar/document_listener.hpp"
#include "addin/sidebar/explained_cell.hpp"
#include "addin/sidebar/later.hpp"
#include "addin/sidebar/range_picker.hpp"
#include "addin/sidebar/source_reader.hpp"
#include "addin/sidebar/table_writing.hpp"
#include "addin/sidebar/widgets.hpp"
#include "core/panel/panel.hpp"

#include <com/sun/star/awt/XWindow.hpp>
#include <com/sun/star/frame/XController.hpp>
#include <com/sun/star/frame/XFrame.hpp>
#include <com/sun/star/uno/XComponentContext.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>

namespace calckpi::sidebar {

class KpiSidebar : public std::enable_shared_from_this<KpiSidebar> {
public:
    // layoutChanged is called when the panel has become higher or lower.
    KpiSidebar(const css::uno::Reference<css::uno::XComponentContext>& context,
               const css::uno::Reference<css::frame::XFrame>& frame, const css::uno::Reference<css::awt::XWindow>& window,
               std::function<void()> layoutChanged);
    ~KpiSidebar();
    KpiSidebar(const KpiSidebar&) = delete;
    KpiSidebar& operator=(const KpiSidebar&) = delete;

    // close ends all that the panel does. It may come in the middle of anything: a control that is given a text now and then lets
    // the office do other things first, such as closing the document.
    void close();
    sal_Int32 heightFor(sal_Int32 width) { return showing_ ? height_ : widgets_.heightFor(width); }
    sal_Int32 minimalWidth() { return widgets_.minimalWidth(); }
    sal_Int32 minimalHeight() { return widgets_.minimalHeight(); }
    // For is what the panel is opened for: to make something, to leave without our formulas, or to say that there is no sample.
    enum class For : std::uint8_t { Making, Leaving, TellingOfNoSample };
    // giveFocus lets the keys go to the panel of a window of the office, if it has one: F6 does not reach it.
    static void giveFocus(const css::uno::Reference<css::frame::XFrame>& frame, For purpose);
    // enter lets the keys go to this panel, as soon as its window is there.
    void enter();
    // resized places the controls again.
    void resized();

private:
    css::uno::Reference<css::frame::XController> controller() const;
    css::uno::Reference<css::sheet::XSpreadsheetDocument> document() const;
    Range activeSheet() const;
    rtl::OUString selected() const;

    // guarded does something that a document may refuse at any time: cells are gone with their sheet, a document with its window.
    // Then the panel has no source. No exception leaves the panel: the office would end.
    void guarded(const std::function<void()>& what);
    void giveUp(const panel::Message& why);
    void followSelection();
    void followFormula();
    void followDocument();
    bool showTableAt(const Range& cell);
    bool showTable(const DocumentTable& table);
    void takeTyped(const DocumentTable& table);
    void takeSourcesAgain(const DocumentTable& table);
    void readSource(const Range& range);
    void readAgain();
    void readTyped(const std::string& address);
    void followTable();
    void followRows();
    void work();
    void draw();
    void act();
    void acted(const panel::Action& action);
    void follow(const panel::Reaction& reaction);
    void reveal(const panel::View& before, panel::ControlKey by = {});
    std::vector<Area> areasToLeave() const;
    OurFormulas findFormulas();
    void begin(For purpose);
    void leave();
    void saveValues();
    void sayUnless(bool done, const panel::Message& otherwise);
    void goTo(panel::Place place);
    void convert(std::int32_t index);
    using Wanted = panel::ConversionSection::Wanted;
    // Said is a sentence, of something that went well or of what stands in the way.
    struct Said {
        std::string sentence{};
        bool done = false;
    };
    void show(const Said& said);
    Said left(const OurFormulas& found);
    Said converted(const std::vector<Wanted>& wanted);
    void explain();
    void resizeFormula();
    void goToCells(const std::string& addresses);
    void pick(RangePicker::What what, const std::string& now);
    void picked(const rtl::OUString& address);
    void write(const panel::Reaction& reaction);
    Written written(const panel::Reaction& reaction);
    Written update(bool overwrite);
    Written insert(const std::string& cell, bool overwrite);

    css::uno::Reference<css::uno::XComponentContext> context_;
    css::uno::Reference<css::frame::XFrame> frame_;
    css::uno::Reference<css::awt::XWindow> window_;
    std::function<void()> layoutChanged_;
    panel::Panel panel_;
    rtl::Reference<DocumentListener> listener_;
    SourceReader reader_;
    RangePicker picker_;
    ExplainedCell explained_;
    // What was selected when the user typed or picked the source: it is followed again once something else is selected.
    rtl::OUString selectedAtChoice_;
    rtl::OUString followed_;              // what was selected when the selection was followed last
    std::optional<DocumentTable> table_;  // the table that it belongs to, if one of ours is selected
    sal_Int32 height_ = 0;
    bool showing_ = false;
    bool showAgain_ = false;
    bool closed_ = false;
    Later selectionSettled_;
    Later dataSettled_;
    Later documentSettled_;
    Later nextStep_;
    // What the user did and the panel has not done yet: a control must not change while it tells of its change.
    std::deque<panel::Action> actions_;
    Later nextAction_;
    Later enter_;
    const std::chrono::steady_clock::time_point made_ = std::chrono::steady_clock::now();
    Later leave_;      // the keys go back to the cells, once the control has done with the key
    Widgets widgets_;  // last: it acts on all others
};

}  // namespace calckpi::sidebar
