#include "addin/sidebar/funnel_sidebar.hpp"

#include "addin/document/document_writer.hpp"
#include "addin/functions/cell_ranges.hpp"
#include "addin/functions/conversion.hpp"
#include "addin/sidebar/office_language.hpp"
#include "addin/sidebar/refusals.hpp"
#include "core/sheets/settings.hpp"

#include <com/sun/star/beans/PropertyValue.hpp>
#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/container/XNamed.hpp>
#include <com/sun/star/sheet/XRangeSelection.hpp>
#include <com/sun/star/sheet/XRangeSelectionListener.hpp>
#include <com/sun/star/sheet/XSheetCellRange.hpp>
#include <com/sun/star/sheet/XSpreadsheetView.hpp>
#include <com/sun/star/util/XModifyBroadcaster.hpp>
#include <com/sun/star/util/XModifyListener.hpp>
#include <com/sun/star/view/XSelectionChangeListener.hpp>
#include <com/sun/star/view/XSelectionSupplier.hpp>
#include <cppuhelper/implbase3.hxx>
#include <cppuhelper/weakref.hxx>

#include <exception>
#include <vector>

using css::uno::Any;
using css::uno::Reference;
using css::uno::UNO_QUERY;
using rtl::OUString;

namespace calckpi::sidebar {

using addin::addressOf;

namespace {

using namespace std::chrono_literals;

// A drag of the mouse selects anew with each cell; a typed line changes cells one by one.
constexpr auto quietAfterSelection = 150ms;
constexpr auto quietAfterChange = 300ms;
// Between two pieces of a long reading the office has time to draw and to hear the user.
constexpr auto pause = 5ms;

// All panels there are; only the main thread makes, asks and ends them.
std::vector<FunnelSidebar*>& allSidebars() {
    static std::vector<FunnelSidebar*> all;
    return all;
}

// The window whose panel is to have the keys, but is only being made.
css::uno::WeakReference<css::frame::XFrame>& frameToEnter() {
    static css::uno::WeakReference<css::frame::XFrame> frame;
    return frame;
}

OUString sheetNameOf(const Range& range) {
    const Reference<css::sheet::XSheetCellRange> cells(range, css::uno::UNO_QUERY_THROW);
    return Reference<css::container::XNamed>(cells->getSpreadsheet(), css::uno::UNO_QUERY_THROW)->getName();
}

}  // namespace

// DocumentListener hears the document. It is deaf once the panel is gone.
class FunnelSidebar::DocumentListener final
    : public cppu::WeakImplHelper3<css::view::XSelectionChangeListener, css::util::XModifyListener,
                                   css::sheet::XRangeSelectionListener> {
public:
    explicit DocumentListener(FunnelSidebar* sidebar) : sidebar_(sidebar) {}
    void forget() { sidebar_ = nullptr; }

    void SAL_CALL selectionChanged(const css::lang::EventObject&) override {
        if (sidebar_ != nullptr && sidebar_->picking_ == Picking::Nothing) sidebar_->selectionSettled_.in(quietAfterSelection);
    }
    void SAL_CALL modified(const css::lang::EventObject& event) override {
        if (sidebar_ == nullptr) return;
        // The document tells of all changes, an undo among them; the cells of the source only of their own.
        (event.Source == sidebar_->source_ ? sidebar_->dataSettled_ : sidebar_->documentSettled_).in(quietAfterChange);
    }
    void SAL_CALL done(const css::sheet::RangeSelectionEvent& event) override {
        if (sidebar_ != nullptr) sidebar_->guarded([&] { sidebar_->picked(event.RangeDescriptor); });
    }
    void SAL_CALL aborted(const css::sheet::RangeSelectionEvent&) override {
        if (sidebar_ != nullptr) sidebar_->guarded([&] { sidebar_->endPicking(); });
    }
    void SAL_CALL disposing(const css::lang::EventObject& event) override {
        if (sidebar_ != nullptr && event.Source == sidebar_->source_) sidebar_->source_.clear();
    }

private:
    FunnelSidebar* sidebar_;
};

FunnelSidebar::FunnelSidebar(const Reference<css::uno::XComponentContext>& context, const Reference<css::frame::XFrame>& frame,
                             const Reference<css::awt::XWindow>& window, std::function<void()> layoutChanged)
    : context_(context),
      frame_(frame),
      window_(window),
      layoutChanged_(std::move(layoutChanged)),
      panel_(officeTexts(context)),
      listener_(new DocumentListener(this)),
      selectionSettled_(context, [this] { guarded([this] { followSelection(); }); }),
      dataSettled_(context, [this] { guarded([this] { readAgain(); }); }),
      documentSettled_(context, [this] { guarded([this] { followDocument(); }); }),
      nextStep_(context, [this] { guarded([this] { work(); }); }),
      nextAction_(context, [this] { guarded([this] { act(); }); }),
      enter_(context, [this] { guarded([this] { enter(); }); }),
      leave_(context, [this] { guarded([this] { frame_->getComponentWindow()->setFocus(); }); }),
      widgets_(
          context, window, picturesFolder(context),
          [this](const panel::Action& action) {
              actions_.push_back(action);
              nextAction_.in(0ms);
          },
          [this] { leave_.in(0ms); }) {
    const Reference<css::view::XSelectionSupplier> selection(controller(), UNO_QUERY);
    if (selection.is()) selection->addSelectionChangeListener(listener_.get());
    const Reference<css::util::XModifyBroadcaster> changes(document(), UNO_QUERY);
    if (changes.is()) changes->addModifyListener(listener_.get());
    allSidebars().push_back(this);
    guarded([this] { followSelection(); });
    if (frameToEnter().get() == frame_) {
        frameToEnter().clear();
        enter_.in(50ms);
    }
}

void FunnelSidebar::giveFocus(const Reference<css::frame::XFrame>& frame) {
    bool given = false;
    for (FunnelSidebar* sidebar : allSidebars())
        if (sidebar->frame_ == frame) {
            sidebar->enter();
            given = true;
        }
    frameToEnter() = given ? Reference<css::frame::XFrame>() : frame;
}

void FunnelSidebar::enter() {
    widgets_.takeFocus();
    // While a deck opens, the office gives the keys to the cells, more than once.
    if (std::chrono::steady_clock::now() - made_ < 1s) enter_.in(200ms);
}

FunnelSidebar::~FunnelSidebar() { close(); }

void FunnelSidebar::close() {
    if (std::exchange(closed_, true)) return;
    std::erase(allSidebars(), this);
    for (Later* later : {&selectionSettled_, &dataSettled_, &documentSettled_, &nextStep_, &nextAction_, &enter_, &leave_})
        later->cancel();
    actions_.clear();
    listener_->forget();
    try {
        const Reference<css::view::XSelectionSupplier> selection(controller(), UNO_QUERY);
        if (selection.is()) selection->removeSelectionChangeListener(listener_.get());
        const Reference<css::util::XModifyBroadcaster> changes(document(), UNO_QUERY);
        if (changes.is()) changes->removeModifyListener(listener_.get());
        const Reference<css::util::XModifyBroadcaster> cells(source_, UNO_QUERY);
        if (cells.is()) cells->removeModifyListener(listener_.get());
    } catch (const css::uno::Exception&) {  // the document is gone already
    }
}

Reference<css::frame::XController> FunnelSidebar::controller() const { return frame_->getController(); }

Reference<css::sheet::XSpreadsheetDocument> FunnelSidebar::document() const {
    const Reference<css::frame::XController> controller = this->controller();
    return controller.is() ? Reference<css::sheet::XSpreadsheetDocument>(controller->getModel(), UNO_QUERY)
                           : Reference<css::sheet::XSpreadsheetDocument>();
}

Range FunnelSidebar::activeSheet() const {
    const Reference<css::sheet::XSpreadsheetView> view(controller(), UNO_QUERY);
    return view.is() ? Range(view->getActiveSheet(), UNO_QUERY) : Range();
}

void FunnelSidebar::guarded(const std::function<void()>& what) {
    const std::shared_ptr<FunnelSidebar> alive =
        weak_from_this().lock();  // until it is done, even if the window is closed meanwhile
    if (closed_) return;
    try {
        what();
    } catch (const css::uno::Exception&) {
        giveUp(whyGivenUp(std::current_exception()));
    } catch (const std::exception&) {
        giveUp(whyGivenUp(std::current_exception()));
    }
}

void FunnelSidebar::giveUp(const panel::Message& why) {
    if (closed_) return;
    nextStep_.cancel();
    actions_.clear();
    source_.clear();
    table_.reset();
    selectedAtChoice_.clear();
    followed_.clear();
    picking_ = Picking::Nothing;  // what ended a picking tells nobody that it is over
    try {
        panel_.takeNothing(why);
        draw();
    } catch (const css::uno::Exception&) {  // the window is gone as well
    } catch (const std::exception&) {       // nothing can be shown
    }
}

// selected is the address of the selection, or nothing if that is no cells.
OUString FunnelSidebar::selected() const {
    const Reference<css::view::XSelectionSupplier> selection(controller(), UNO_QUERY);
    return selection.is() ? addressesOf(selection->getSelection()) : OUString();
}

void FunnelSidebar::followSelection() {
    if (panel_.pinned()) return;
    // The office tells of the old selection again: when a picking is over, or the document has been saved.
    if (!selectedAtChoice_.isEmpty() && selected() == selectedAtChoice_) return;
    selectedAtChoice_.clear();
    const Reference<css::view::XSelectionSupplier> selection(controller(), UNO_QUERY);
    if (!selection.is() || !document().is()) return;
    followed_ = selected();
    if (const Range cell = cellSelected(selection->getSelection()); cell.is() && showTableAt(cell)) return;
    const Range range = dataSelected(selection->getSelection());
    if (!range.is()) {
        // An empty cell is often just a click beside the table: what the panel shows stays.
        if (panel_.source() == nullptr) {
            panel_.takeNothing();
            draw();
        }
        return;
    }
    if (panel_.source() != nullptr && panel_.source()->address == absoluteAddress(range)) return;
    readSource(range);
}

// followDocument sees what a change has taken away or brought back beside the cells of the source: the table that is shown, by Undo
// most of all, or the sheet of the source.
void FunnelSidebar::followDocument() {
    if (!document().is() || !source_.is() || picking_ != Picking::Nothing) return;
    const Reference<css::container::XIndexAccess> sheets(document()->getSheets(), css::uno::UNO_QUERY_THROW);
    const sal_Int32 before = std::exchange(sheets_, sheets->getCount());
    const OUString sheet = std::exchange(sourceSheet_, sheetNameOf(source_));
    if (sheets_ < before && sourceSheet_ != sheet) return giveUp(panel::msg("These cells are not there any more"));
    if (panel_.updating() && table_) {
        const std::optional<DocumentTable> now = foundAgain(document(), *table_);
        const bool same = now && now->settings == table_->settings;
        table_ = now;
        if (now && !same && showTable(*now)) return;  // an update was undone
        if (now)
            panel_.takeTableAt(addin::toUtf8(addressText(now->range)));
        else
            panel_.takeTableAway();
        draw();
    }
    // Cells that move tell of it, a sheet that gets another name does not.
    if (panel_.source() != nullptr && panel_.source()->address != absoluteAddress(source_)) readAgain();
    if (const panel::Source* shown = panel_.source(); shown != nullptr) {
        const std::int64_t hidden = hiddenRows_.in(source_, shown->table->rows());
        const std::int64_t below = rowsBelow();
        if (hidden != shown->hidden || below != shown->below) {
            panel_.takeRows(hidden, below);
            draw();
        }
    }
    // The office does not tell of the cells that are selected once a sheet has come or gone.
    if (selected() != followed_) followSelection();
}

// showTableAt shows the settings of the funnel table that the cell belongs to, if it does.
bool FunnelSidebar::showTableAt(const Range& cell) {
    const Area address = addressOf(cell);
    const std::optional<DocumentTable> table = tableAt(document(), {address.Sheet, address.StartColumn, address.StartRow});
    if (!table) return false;
    const bool shown = panel_.updating() && table_ && table_->name == table->name && table_->range == table->range &&
                       table_->settings == table->settings;
    return shown || showTable(*table);
}

// showTable shows the settings of a table, if they can be read.
bool FunnelSidebar::showTable(const DocumentTable& table) {
    if (table.kind != TableKind::Funnel) return false;
    std::optional<panel::Choices> choices = panel::readSettings(table.settings);
    if (!choices) return false;  // damaged, or of a later version: the cells are cells like others
    const Range source = rangeWritten(table.source, document(), activeSheet());
    nextStep_.cancel();
    if (!source.is()) {
        table_.reset();
        panel_.takeNothing(panel::msg("The data of this funnel table are gone"));
        draw();
        return true;
    }
    listenTo(source);
    table_ = table;
    choices->source = absoluteAddress(source);
    panel_.take(sourceNow(), panel::Found{addin::toUtf8(addressText(table.range)), *choices});
    work();
    return true;
}

void FunnelSidebar::readSource(const Range& range) {
    const bool same = panel_.source() != nullptr && panel_.source()->address == absoluteAddress(range);
    listenTo(range);
    if (same) return readAgain();
    nextStep_.cancel();
    table_.reset();
    panel_.take(sourceNow());
    work();
}

// readAgain reads the source after its cells have changed, have moved or have become more.
void FunnelSidebar::readAgain() {
    if (!source_.is()) return;
    nextStep_.cancel();
    panel_.takeAgain(sourceNow());
    work();
}

panel::Source FunnelSidebar::sourceNow() {
    panel::Source source = sourceOf(source_, document(), context_);
    source.hidden = hiddenRows_.in(source_, source.table->rows());
    source.below = rowsBelow();
    return source;
}

// rowsBelow counts what has been added below the data of a table; that may be the table itself.
std::int64_t FunnelSidebar::rowsBelow() const {
    if (!table_) return 0;
    const Area larger = addressOf(withRowsBelow(source_));
    return intersect(larger, table_->range) ? 0 : larger.EndRow - addressOf(source_).EndRow;
}

void FunnelSidebar::readWritten() {
    const Range range = rangeWritten(panel_.sourceText(), document(), activeSheet());
    if (!range.is()) {
        panel_.say(panel_.texts().say(panel::msg("\"{text}\" is not a range or a name of this document"),
                                      {{"text", panel_.sourceText()}}));
        return draw();
    }
    selectedAtChoice_ = selected();
    readSource(range);
}

// work reads a piece of the columns that the panel needs, or computes when all of them are there.
void FunnelSidebar::work() {
    if (!panel_.needsComputing()) return draw();
    const auto* table = dynamic_cast<const SourceTable*>(panel_.source()->table.get());
    const auto until = std::chrono::steady_clock::now() + 60ms;
    double done = 0;
    do {
        done = table->load(panel_.columnsNeeded());
    } while (done < 1 && std::chrono::steady_clock::now() < until);
    if (done < 1) {
        panel_.progress(done);
        draw();
        return nextStep_.in(pause);
    }
    panel_.compute();
    draw();
}

void FunnelSidebar::draw() {
    showAgain_ = true;
    if (showing_) return;
    while (std::exchange(showAgain_, false) && !closed_) {
        showing_ = true;
        try {
            widgets_.show(panel_.view());
        } catch (...) {
            showing_ = false;
            throw;
        }
        showing_ = false;
        resized();
    }
}

void FunnelSidebar::resized() {
    if (showing_ || closed_) return;
    const css::awt::Rectangle place = window_->getPosSize();
    const sal_Int32 height = widgets_.place(place.Width);
    if (height == height_) return;
    height_ = height;
    layoutChanged_();
}

void FunnelSidebar::act() {
    while (!actions_.empty()) {
        const panel::Action action = actions_.front();
        actions_.pop_front();
        acted(action);
    }
}

void FunnelSidebar::acted(const panel::Action& action) {
    switch (panel_.act(action)) {
        case panel::Next::Nothing: return;
        case panel::Next::Draw: return draw();
        case panel::Next::Compute: return work();
        case panel::Next::ReadSource: return readWritten();
        case panel::Next::PickSource: return pick(Picking::Source);
        case panel::Next::PickCell: return pick(Picking::Cell);
        case panel::Next::TakeRowsBelow: listenTo(withRowsBelow(source_)); return readAgain();
        case panel::Next::FollowSelection:
            selectedAtChoice_.clear();
            followSelection();
            return draw();
        case panel::Next::GoToCell: return goToCell();
        case panel::Next::Stop: nextStep_.cancel(); return draw();
        case panel::Next::Insert:
        case panel::Next::Update: return insert(false);
        case panel::Next::Overwrite: return insert(true);
    }
}

void FunnelSidebar::goToCell() {
    const panel::Place place = panel_.cellToShow();
    if (!source_.is() || !place.known()) return;
    const Reference<css::view::XSelectionSupplier> selection(controller(), UNO_QUERY);
    if (!selection.is()) return;
    selection->select(Any(source_->getCellRangeByPosition(place.column - 1, place.row - 1, place.column - 1, place.row - 1)));
}

void FunnelSidebar::pick(Picking what) {
    const Reference<css::sheet::XRangeSelection> selection(controller(), UNO_QUERY);
    if (!selection.is()) return;
    endPicking();
    picking_ = what;
    selection->addRangeSelectionListener(listener_.get());
    const bool cell = what == Picking::Cell;
    const auto property = [](const char* name, const Any& value) {
        return css::beans::PropertyValue(OUString::createFromAscii(name), 0, value, css::beans::PropertyState_DIRECT_VALUE);
    };
    css::uno::Sequence<css::beans::PropertyValue> arguments(4);
    const std::string title =
        panel_.texts().say(cell ? panel::msg("Click the upper left cell of the table") : panel::msg("Select the data"));
    arguments.getArray()[0] = property("Title", Any(addin::fromUtf8(title)));
    arguments.getArray()[1] = property("CloseOnMouseRelease", Any(true));
    arguments.getArray()[2] = property("SingleCellMode", Any(cell));
    arguments.getArray()[3] = property("InitialValue", Any(addin::fromUtf8(cell ? panel_.cell() : panel_.sourceText())));
    selection->startRangeSelection(arguments);
}

// endPicking tells what was picked until now. A listener that stayed would hear the next picking twice.
FunnelSidebar::Picking FunnelSidebar::endPicking() {
    const Reference<css::sheet::XRangeSelection> selection(controller(), UNO_QUERY);
    if (selection.is()) selection->removeRangeSelectionListener(listener_.get());
    return std::exchange(picking_, Picking::Nothing);
}

void FunnelSidebar::picked(const OUString& address) {
    const Picking what = endPicking();
    const Range range = rangeWritten(addin::toUtf8(address), document(), activeSheet());
    if (what == Picking::Nothing || !range.is()) return;
    if (what == Picking::Source) {
        selectedAtChoice_ = selected();
        return readSource(dataSelected(Any(range)).is() ? dataSelected(Any(range)) : range);
    }
    panel_.takeCell(shownAddress(range));
    draw();
}

void FunnelSidebar::insert(bool overwrite) {
    try {
        write(overwrite);
    } catch (const css::uno::Exception&) {
        panel_.say(panel_.texts().say(whyNotWritten(std::current_exception())));
    } catch (const std::exception&) {
        panel_.say(panel_.texts().say(whyNotWritten(std::current_exception())));
    }
    draw();
}

void FunnelSidebar::write(bool overwrite) {
    const Reference<css::sheet::XSpreadsheetDocument> document = this->document();
    const panel::Texts& texts = panel_.texts();
    const DocumentWriter writer(document);
    const Area data = addressOf(source_);
    const Keep keep{TableKind::Funnel, panel::written(panel_.choices()), panel_.choices().source};
    const rtl::OUString title =
        addin::fromUtf8(texts.say(panel_.updating() ? panel::msg("Update funnel table") : panel::msg("Insert funnel table")));
    panel::PlanContext context = panel_.planContext();
    const auto plan = [&] { return panel::planFunnel(panel_.choices(), *panel_.preview(), context, texts); };
    const auto inTheWay = [&](const std::optional<Obstacle>& obstacle) {
        if (!obstacle) return false;
        const bool filled = obstacle->kind == ObstacleKind::FilledCells;
        if (filled && overwrite) return false;
        panel_.say(sayObstacle(*obstacle, texts), filled);
        return true;
    };
    if (panel_.updating() && table_) {
        table_ = foundAgain(document, *table_);  // rows may have been inserted above it
        if (!table_) {
            panel_.takeTableAway();
            return panel_.say(texts.say(panel::msg("This funnel table is not there any more")));
        }
        context.before = panel::readSettings(table_->settings);
        const panel::DocumentPlan changed = plan();
        if (inTheWay(writer.obstacleToUpdate(*table_, changed, data))) return;
        UndoStep step(document, title);
        const Area updated = writer.update(step, *table_, changed, keep).range;
        step.commit();
        table_.reset();
        const Reference<css::container::XIndexAccess> sheets(document->getSheets(), css::uno::UNO_QUERY_THROW);
        const Range sheet(sheets->getByIndex(updated.Sheet), css::uno::UNO_QUERY_THROW);
        showTableAt(sheet->getCellRangeByPosition(updated.StartColumn, updated.StartRow, updated.StartColumn, updated.StartRow));
    } else if (panel_.atCell()) {
        const Range cell = rangeWritten(panel_.cell(), document, activeSheet());
        if (!cell.is())
            return panel_.say(texts.say(panel::msg("\"{text}\" is not a cell of this document"), {{"text", panel_.cell()}}));
        const Area corner = addressOf(cell);
        const panel::DocumentPlan wanted = plan();
        const css::table::CellAddress target(corner.Sheet, corner.StartColumn, corner.StartRow);
        if (inTheWay(writer.obstacleAt(target, wanted, data))) return;
        UndoStep step(document, title);
        writer.insertAt(step, target, wanted, keep);
        step.commit();
    } else {
        if (inTheWay(writer.obstacleToNewSheet())) return;
        const panel::DocumentPlan wanted = plan();
        UndoStep step(document, title);
        const DocumentTable inserted = writer.insertSheets(step, static_cast<sal_Int16>(data.Sheet + 1), wanted, keep);
        step.commit();
        writer.show(inserted, wanted);
    }
    panel_.say("");
    frame_->getComponentWindow()->setFocus();  // so that the next key, say Ctrl+Z, is the document's
}

void FunnelSidebar::listenTo(const Range& range) {
    if (Reference<css::util::XModifyBroadcaster> cells(source_, UNO_QUERY); cells.is())
        cells->removeModifyListener(listener_.get());
    source_ = range;
    sourceSheet_ = sheetNameOf(range);
    sheets_ = Reference<css::container::XIndexAccess>(document()->getSheets(), css::uno::UNO_QUERY_THROW)->getCount();
    if (Reference<css::util::XModifyBroadcaster> cells(source_, UNO_QUERY); cells.is()) cells->addModifyListener(listener_.get());
}

}  // namespace calckpi::sidebar
