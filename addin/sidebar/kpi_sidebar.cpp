#include "addin/sidebar/kpi_sidebar.hpp"

#include "addin/document/array_formulas.hpp"
#include "addin/document/our_formulas.hpp"
#include "addin/document/values_copy.hpp"
#include "addin/functions/cell_ranges.hpp"
#include "addin/functions/conversion.hpp"
#include "addin/sidebar/convert_column.hpp"
#include "addin/sidebar/help.hpp"
#include "addin/sidebar/kpi_sources.hpp"
#include "addin/sidebar/office_language.hpp"
#include "addin/sidebar/refusals.hpp"
#include "addin/sidebar/save_dialog.hpp"

#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/lang/IllegalArgumentException.hpp>
#include <com/sun/star/sheet/XSpreadsheetView.hpp>
#include <com/sun/star/view/XSelectionSupplier.hpp>
#include <cppuhelper/weakref.hxx>

#include <algorithm>
#include <exception>
#include <variant>
#include <vector>

using css::uno::Any;
using css::uno::Reference;
using css::uno::UNO_QUERY;
using rtl::OUString;

namespace calckpi::sidebar {

using addin::addressOf;

namespace {

using namespace std::chrono_literals;

// A drag of the mouse selects again with each cell; a typed line changes cells one by one.
constexpr auto quietAfterSelection = 150ms;
constexpr auto quietAfterChange = 300ms;
// Between two pieces of a long reading the office has time to draw and to hear the user.
constexpr auto pause = 5ms;

constexpr std::size_t kpiSheetParts = 3;  // KPIs, data and inputs

constexpr panel::Message noSample = panel::msg("The sample document could not be opened");

// All panels there are; only the main thread makes, asks and ends them.
std::vector<KpiSidebar*>& allSidebars() {
    static std::vector<KpiSidebar*> all;
    return all;
}

// The window whose panel is to have the keys, but is only being made, and for what.
css::uno::WeakReference<css::frame::XFrame>& frameToEnter() {
    static css::uno::WeakReference<css::frame::XFrame> frame;
    return frame;
}
KpiSidebar::For& purposeOfEntering() {
    static KpiSidebar::For purpose = KpiSidebar::For::Making;
    return purpose;
}

// countedOf says which functions the formulas of a sheet call, by what becomes of them.
panel::SheetFormulas countedOf(const OurFormulas::OnSheet& on) {
    panel::SheetFormulas counted{.sheet = addin::toUtf8(on.name)};
    for (const OurFormula& formula : on.formulas) {
        panel::CalledBy& kind = formula.table() ? counted.tables : formula.plain ? counted.plain : counted.values;
        ++kind.formulas;
        kind.functions.insert(formula.functions.begin(), formula.functions.end());
    }
    return counted;
}

}  // namespace

KpiSidebar::KpiSidebar(const Reference<css::uno::XComponentContext>& context, const Reference<css::frame::XFrame>& frame,
                       const Reference<css::awt::XWindow>& window, std::function<void()> layoutChanged)
    : context_(context),
      frame_(frame),
      window_(window),
      layoutChanged_(std::move(layoutChanged)),
      panel_(officeTexts(context)),
      listener_(new DocumentListener(
          [this] {
              if (!picker_.picking()) selectionSettled_.in(quietAfterSelection);
          },
          [this] { documentSettled_.in(quietAfterChange); })),
      reader_(context, [this] { dataSettled_.in(quietAfterChange); }),
      picker_([this](const OUString& address) { guarded([&] { picked(address); }); },
              [this] { guarded([this] { picker_.end(controller()); }); }),
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
    listener_->attach(controller());
    allSidebars().push_back(this);
    guarded([this] { followSelection(); });
    if (frameToEnter().get() == frame_) {
        frameToEnter().clear();
        begin(purposeOfEntering());
        enter_.in(50ms);
    }
}

void KpiSidebar::giveFocus(const Reference<css::frame::XFrame>& frame, For purpose) {
    bool given = false;
    for (KpiSidebar* sidebar : allSidebars())
        if (sidebar->frame_ == frame) {
            sidebar->begin(purpose);
            sidebar->enter();
            given = true;
        }
    frameToEnter() = given ? Reference<css::frame::XFrame>() : frame;
    purposeOfEntering() = purpose;
}

void KpiSidebar::begin(For purpose) {
    if (purpose == For::TellingOfNoSample) guarded([this] { sayUnless(false, noSample); });
    if (purpose != For::Leaving) return;
    guarded([this] {
        const panel::View before = panel_.view();
        panel_.beginLeaving();
        findFormulas();
        draw();
        reveal(before);
    });
}

void KpiSidebar::enter() {
    // While a deck opens, the office gives the keys to the cells, more than once. What the user has gone to meanwhile keeps them.
    if (!widgets_.hasFocus()) widgets_.takeFocus();
    if (std::chrono::steady_clock::now() - made_ < 1s) enter_.in(200ms);
}

KpiSidebar::~KpiSidebar() { close(); }

void KpiSidebar::close() {
    if (std::exchange(closed_, true)) return;
    std::erase(allSidebars(), this);
    for (Later* later : {&selectionSettled_, &dataSettled_, &documentSettled_, &nextStep_, &nextAction_, &enter_, &leave_})
        later->cancel();
    actions_.clear();
    try {
        listener_->detach(controller());
        reader_.forget();
    } catch (const css::uno::Exception&) {  // the document is gone already
    }
}

Reference<css::frame::XController> KpiSidebar::controller() const { return frame_->getController(); }

Reference<css::sheet::XSpreadsheetDocument> KpiSidebar::document() const {
    const Reference<css::frame::XController> controller = this->controller();
    return controller.is() ? Reference<css::sheet::XSpreadsheetDocument>(controller->getModel(), UNO_QUERY)
                           : Reference<css::sheet::XSpreadsheetDocument>();
}

Range KpiSidebar::activeSheet() const {
    const Reference<css::sheet::XSpreadsheetView> view(controller(), UNO_QUERY);
    return view.is() ? Range(view->getActiveSheet(), UNO_QUERY) : Range();
}

void KpiSidebar::guarded(const std::function<void()>& what) {
    const std::shared_ptr<KpiSidebar> alive = weak_from_this().lock();  // until it is done, even if the window is closed meanwhile
    if (closed_) return;
    try {
        what();
    } catch (const css::uno::Exception&) {
        giveUp(whyGivenUp(std::current_exception()));
    } catch (const std::exception&) {
        giveUp(whyGivenUp(std::current_exception()));
    }
}

void KpiSidebar::giveUp(const panel::Message& why) {
    if (closed_) return;
    nextStep_.cancel();
    actions_.clear();
    table_.reset();
    selectedAtChoice_.clear();
    followed_.clear();
    picker_.giveUp();
    try {
        panel_.takeNothing(why);
        reader_.forget();
        draw();
    } catch (const css::uno::Exception&) {  // the window is gone as well
    } catch (const std::exception&) {       // nothing can be shown
    }
}

// selected is the address of the selection, or nothing if that is no cells.
OUString KpiSidebar::selected() const {
    const Reference<css::view::XSelectionSupplier> selection(controller(), UNO_QUERY);
    return selection.is() ? addressesOf(selection->getSelection()) : OUString();
}

// followFormula offers to explain the selected cell, if it has one of our formulas. The cells that an explanation has led to are no
// new question.
void KpiSidebar::followFormula() {
    const Reference<css::view::XSelectionSupplier> selection(controller(), UNO_QUERY);
    if (!selection.is() || (!selectedAtChoice_.isEmpty() && selected() == selectedAtChoice_)) return;
    const std::string cell = explained_.follow(selection->getSelection());
    if (cell == panel_.whyCell()) return;
    panel_.offerWhy(cell);
    draw();
}

void KpiSidebar::followSelection() {
    followFormula();
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
void KpiSidebar::followDocument() {
    if (panel_.explains()) explain();
    if (!document().is() || !reader_.range().is() || picker_.picking()) return;
    if (reader_.isGone(document())) return giveUp(panel::msg("These cells are not there any more"));
    followTable();
    // Cells that move tell of it, a sheet that gets another name does not.
    if (panel_.source() != nullptr && panel_.source()->address != absoluteAddress(reader_.range())) readAgain();
    followRows();
    // The office does not tell of the cells that are selected once a sheet has come or gone.
    if (selected() != followed_) followSelection();
}

// followTable shows what a change has made of the table whose settings are shown.
void KpiSidebar::followTable() {
    if (!panel_.updating() || !table_) return;
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

// followRows says how many rows are hidden, or have been added below.
void KpiSidebar::followRows() {
    const panel::Source* shown = panel_.source();
    if (shown == nullptr) return;
    const std::int64_t hidden = reader_.hiddenRows(shown->table->rows());
    const panel::RowsBelow below = reader_.rowsBelow(table_);
    if (hidden == shown->hidden && below == shown->below) return;
    panel_.takeRows(hidden, below);
    draw();
}

// showTableAt shows the settings of the table of ours that the cell belongs to, if it does.
bool KpiSidebar::showTableAt(const Range& cell) {
    const Area address = addressOf(cell);
    const std::optional<DocumentTable> table = tableAt(document(), {address.Sheet, address.StartColumn, address.StartRow});
    if (!table) return false;
    const bool shown = panel_.updating() && table_ && table_->name == table->name && table_->range == table->range &&
                       table_->settings == table->settings;
    return shown || showTable(*table);
}

// showTable shows the settings of a table. Where they cannot be read, damaged or of a later version, its cells are like others.
bool KpiSidebar::showTable(const DocumentTable& table) {
    const KpiSources sources(document(), context_);
    const bool sheets = table.kind == panel::KeptKind::KpiSheet;
    // A sheet that is updated month after month takes in the rows that have been added.
    const Range source = sheets ? sources.whole(table.source) : rangeWritten(table.source, document(), activeSheet());
    if (!source.is()) {
        nextStep_.cancel();
        table_.reset();
        panel_.takeNothing(panel::msg("The data of this table are gone"));
        draw();
        return true;
    }
    if (!panel_.take(reader_.read(source, document(), table),
                     {addin::toUtf8(addressText(table.range)), table.kind, table.settings, sources.at(table.moreSources)}))
        return false;
    if (sheets) takeTyped(table);
    nextStep_.cancel();
    reader_.follow(source, document());
    table_ = table;
    work();
    return true;
}

void KpiSidebar::takeTyped(const DocumentTable& table) {
    panel_.takeTyped(typedCells(document(), partsOf(document(), table, kpiSheetParts)).figures);
}

// takeSourcesAgain reads the tables of a KPI sheet once more, with the rows that have been added, before it is written.
void KpiSidebar::takeSourcesAgain(const DocumentTable& table) {
    const KpiSources sources(document(), context_);
    if (const Range source = sources.whole(absoluteAddress(reader_.range())); source.is()) {
        reader_.follow(source, document());
        panel_.takeAgain(reader_.read(source, document(), table_));
    }
    panel_.takeOthersAgain(sources.at(panel_.othersUsed()));
    takeTyped(table);
    nextStep_.cancel();
    panel_.compute();
}

void KpiSidebar::readSource(const Range& range) {
    const bool same = panel_.source() != nullptr && panel_.source()->address == absoluteAddress(range);
    reader_.follow(range, document());
    if (same) return readAgain();
    nextStep_.cancel();
    table_.reset();
    panel_.take(reader_.read(range, document(), table_));
    work();
}

// readAgain reads the source after its cells have changed, have moved or have become more.
void KpiSidebar::readAgain() {
    if (!reader_.range().is()) return;
    nextStep_.cancel();
    panel_.takeAgain(reader_.read(reader_.range(), document(), table_));
    work();
}

void KpiSidebar::readTyped(const std::string& address) {
    const Range range = rangeWritten(address, document(), activeSheet());
    if (!range.is()) {
        panel_.say(panel_.texts().say(panel::msg("\"{text}\" is not a range or a name of this document"), {{"text", address}}));
        return draw();
    }
    selectedAtChoice_ = selected();
    readSource(range);
}

// work reads a piece of the columns that the panel needs, or computes when all of them are there.
void KpiSidebar::work() {
    if (panel_.wantsOthers()) panel_.takeOthers(KpiSources(document(), context_).beside(reader_.range()));
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

void KpiSidebar::draw() {
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

void KpiSidebar::resized() {
    if (showing_ || closed_) return;
    const css::awt::Rectangle place = window_->getPosSize();
    const sal_Int32 height = widgets_.place(place.Width, place.Height);
    if (height == height_) return;
    height_ = height;
    layoutChanged_();
}

void KpiSidebar::act() {
    while (!actions_.empty()) {
        const panel::Action action = actions_.front();
        actions_.pop_front();
        acted(action);
    }
}

// acted does what the user did. What other choices bring, a preview or the fields of a template, is not what was opened.
void KpiSidebar::acted(const panel::Action& action) {
    const panel::View before = panel_.view();
    const panel::Reaction reaction = panel_.act(action);
    follow(reaction);
    if (panel::opens(reaction.next)) reveal(before, {action.item, action.index});
}

// reveal brings into sight what has been opened since.
void KpiSidebar::reveal(const panel::View& before, panel::ControlKey by) {
    if (closed_) return;
    if (const std::optional<panel::Opened> opened = panel::openedBetween(before, panel_.view(), by)) widgets_.reveal(*opened);
}

void KpiSidebar::follow(const panel::Reaction& reaction) {
    switch (reaction.next) {
        case panel::Next::Nothing: return;
        case panel::Next::Draw: return draw();
        case panel::Next::Compute: return work();
        case panel::Next::ReadSource: return readTyped(reaction.text);
        case panel::Next::PickSource: return pick(RangePicker::What::Source, reaction.text);
        case panel::Next::PickCell: return pick(RangePicker::What::Cell, reaction.text);
        case panel::Next::TakeRowsBelow: reader_.follow(reader_.withRowsBelow(table_), document()); return readAgain();
        case panel::Next::Convert: return convert(reaction.index);
        case panel::Next::FollowSelection:
            selectedAtChoice_.clear();
            followSelection();
            return draw();
        case panel::Next::GoToCell: return goTo(reaction.cell);
        case panel::Next::Explain: return explain();
        case panel::Next::ResizeFormula: return resizeFormula();
        case panel::Next::GoToCells: return goToCells(reaction.text);
        case panel::Next::Stop: nextStep_.cancel(); return draw();
        case panel::Next::Insert:
        case panel::Next::Update:
        case panel::Next::Overwrite: return write(reaction);
        case panel::Next::ShowReference:
            return sayUnless(showReference(context_, frame_),
                             panel::msg("This office cannot show web pages: the reference needs Writer"));
        case panel::Next::FindFormulas: findFormulas(); return draw();
        case panel::Next::Leave: return leave();
        case panel::Next::SaveValues: return saveValues();
        case panel::Next::ShowSample: return sayUnless(showSample(context_, frame_, addin::fromUtf8(reaction.text)), noSample);
    }
}

// convert turns the cells of columns into numbers or dates. What can be made of the data is told again then, unless the settings of
// a table are shown.
void KpiSidebar::convert(std::int32_t index) {
    const std::vector<Wanted> wanted = panel_.conversions(index);
    if (wanted.empty() || !reader_.range().is()) return;
    Said said;
    try {
        said = converted(wanted);
    } catch (const css::uno::Exception&) {
        said.sentence = panel_.texts().say(panel::msg("Calc could not convert the cells, and nothing was changed"));
    }
    if (panel_.updating())
        readAgain();
    else {
        nextStep_.cancel();
        panel_.take(reader_.read(reader_.range(), document(), table_));
        work();
    }
    show(said);
}

void KpiSidebar::show(const Said& said) {
    if (said.done)
        panel_.tell(said.sentence);
    else
        panel_.say(said.sentence);
    draw();
}

// converted says what has been done or what stands in the way.
KpiSidebar::Said KpiSidebar::converted(const std::vector<Wanted>& wanted) {
    const ConvertedColumns columns = convertColumns(reader_.range(), document(), context_, wanted, panel_.texts());
    return {columns.said, columns.changed > 0};
}

// areasToLeave are where the user wants values instead of our formulas; none for the whole document.
std::vector<Area> KpiSidebar::areasToLeave() const {
    if (panel_.leaveScope() == panel::LeaveScope::Document) return {};
    if (panel_.leaveScope() == panel::LeaveScope::Sheet) return {addressOf(activeSheet())};
    const Reference<css::view::XSelectionSupplier> selection(controller(), UNO_QUERY);
    return selection.is() ? areasOf(selection->getSelection()) : std::vector<Area>();
}

OurFormulas KpiSidebar::findFormulas() {
    if (!document().is()) return {};
    const std::vector<Area> areas = areasToLeave();
    const bool nothing = areas.empty() && panel_.leaveScope() != panel::LeaveScope::Document;
    OurFormulas found = nothing ? OurFormulas() : ourFormulas(document(), areas);
    std::vector<panel::SheetFormulas> said;
    for (const OurFormulas::OnSheet& on : found.sheets) said.push_back(countedOf(on));
    panel_.takeFormulas(std::move(said));
    return found;
}

void KpiSidebar::leave() {
    Said said;
    try {
        said = left(findFormulas());
    } catch (const css::uno::Exception&) {
        said.sentence = panel_.texts().say(panel::msg("Calc could not convert the cells, and nothing was changed"));
    }
    show(said);
}

KpiSidebar::Said KpiSidebar::left(const OurFormulas& found) {
    if (found.empty()) return {};
    if (const auto obstacle = obstacleToLeaving(document(), found)) return {sayObstacleToConverting(*obstacle, panel_.texts())};
    const bool plain = panel_.leaveInto() == panel::LeaveInto::Plain;
    leaveWithout(document(), found, plain ? WhatIsLeft::PlainFormulas : WhatIsLeft::Values,
                 addin::fromUtf8(panel_.texts().say(panel::msg("Leave without Calc KPI"))));
    panel_.haveLeft();
    return {panel_.texts().say(panel::msg("The formulas of Calc KPI are replaced. Undo brings them back")), true};
}

// saveValues saves a copy of the document, where the user wants it.
void KpiSidebar::saveValues() {
    const Reference<css::frame::XModel> model(document(), UNO_QUERY);
    if (!model.is()) return;
    Said said;
    try {
        const std::optional<OUString> file = fileOfCopy(context_, model, panel_.texts());
        if (!file || closed_) return;
        const std::optional<Obstacle> obstacle = saveValuesCopy(context_, model, *file);
        if (obstacle)
            said.sentence = sayObstacleToConverting(*obstacle, panel_.texts());
        else
            said = {panel_.texts().say(panel::msg("The copy is saved. This document is as it was")), true};
    } catch (const css::lang::IllegalArgumentException&) {
        said.sentence = panel_.texts().say(panel::msg("The copy needs a name of its own: that file is this document"));
    } catch (const css::uno::Exception&) {
        said.sentence = panel_.texts().say(panel::msg("The copy could not be saved"));
    }
    show(said);
}

// sayUnless says what could not be done.
void KpiSidebar::sayUnless(bool done, const panel::Message& otherwise) {
    if (done) return;
    panel_.say(panel_.texts().say(otherwise));
    draw();
}

void KpiSidebar::goTo(panel::Place place) {
    const Reference<css::view::XSelectionSupplier> selection(controller(), UNO_QUERY);
    const Range& source = reader_.range();
    if (!source.is() || !selection.is()) return;
    selection->select(Any(source->getCellRangeByPosition(place.column - 1, place.row - 1, place.column - 1, place.row - 1)));
}

void KpiSidebar::explain() {
    panel_.takeWhy(explained_.explain(document(), context_, panel_.texts()));
    draw();
}

// resizeFormula lets the explained formula fill as many cells as its table has.
void KpiSidebar::resizeFormula() {
    const auto needs = panel_.whyNeeds();
    if (!needs || !document().is()) return;
    std::string why;
    try {
        const Area from = formulaAreaOf(explained_.cell());
        Area to = from;
        to.EndRow = std::max(from.EndRow, from.StartRow + static_cast<sal_Int32>(needs->rows) - 1);
        to.EndColumn = std::max(from.EndColumn, from.StartColumn + static_cast<sal_Int32>(needs->columns) - 1);
        if (const auto obstacle = obstacleToResizing(document(), from, to))
            why = obstacle->kind == ObstacleKind::FilledCells
                      ? panel_.texts().say(panel::msg("The table needs {cells}: move what stands there to another place first"),
                                           {{"cells", addin::toUtf8(obstacle->cells)}})
                      : sayObstacle(*obstacle, panel_.texts());
        else
            sidebar::resizeFormula(document(), from, to, addin::fromUtf8(panel_.texts().say(panel::msg("Show the whole table"))));
    } catch (const css::uno::Exception&) {
        why = panel_.texts().say(whyNotWritten(std::current_exception()));
    }
    explain();
    panel_.say(why);
    draw();
}

void KpiSidebar::goToCells(const std::string& addresses) {
    const Reference<css::view::XSelectionSupplier> selection(controller(), UNO_QUERY);
    if (!selection.is() || !document().is()) return;
    selection->select(explained_.cells(addresses, document()));
    selectedAtChoice_ = selected();
}

void KpiSidebar::pick(RangePicker::What what, const std::string& now) {
    const panel::Message title =
        what == RangePicker::What::Cell ? panel::msg("Click the upper left cell of the table") : panel::msg("Select the data");
    picker_.start(what, controller(), addin::fromUtf8(panel_.texts().say(title)), addin::fromUtf8(now));
}

void KpiSidebar::picked(const OUString& address) {
    const RangePicker::What what = picker_.end(controller());
    const Range range = rangeWritten(addin::toUtf8(address), document(), activeSheet());
    if (what == RangePicker::What::Nothing || !range.is()) return;
    if (what == RangePicker::What::Source) {
        selectedAtChoice_ = selected();
        return readSource(dataSelected(Any(range)).is() ? dataSelected(Any(range)) : range);
    }
    panel_.takeCell(shownAddress(range));
    draw();
}

void KpiSidebar::write(const panel::Reaction& reaction) {
    Written result;
    try {
        result = written(reaction);
        if (result.table) frame_->getComponentWindow()->setFocus();  // so that the next key, say Ctrl+Z, is the document's
    } catch (const css::uno::Exception&) {
        result.refusal = panel_.texts().say(whyNotWritten(std::current_exception()));
    } catch (const std::exception&) {
        result.refusal = panel_.texts().say(whyNotWritten(std::current_exception()));
    }
    panel_.say(result.refusal, result.canOverwrite);
    draw();
}

Written KpiSidebar::written(const panel::Reaction& reaction) {
    const bool overwrite = reaction.next == panel::Next::Overwrite;
    return panel_.updating() && table_ ? update(overwrite) : insert(reaction.text, overwrite);
}

Written KpiSidebar::update(bool overwrite) {
    table_ = foundAgain(document(), *table_);  // rows may have been inserted above it
    if (!table_) {
        panel_.takeTableAway();
        return {.refusal = panel_.texts().say(panel::msg("This table is not there any more"))};
    }
    if (table_->kind == panel::KeptKind::KpiSheet) takeSourcesAgain(*table_);
    const auto draft = panel_.draft(table_->settings);
    if (const auto* why = std::get_if<std::string>(&draft)) return {.refusal = *why};
    const TableWriting writing(document(), addressOf(reader_.range()), panel_.texts(), overwrite);
    Written result = writing.over(*table_, std::get<panel::Draft>(draft));
    if (result.table) {
        table_.reset();
        showTable(*result.table);
    }
    return result;
}

Written KpiSidebar::insert(const std::string& cell, bool overwrite) {
    const auto draft = panel_.draft({});
    if (const auto* why = std::get_if<std::string>(&draft)) return {.refusal = *why};
    const TableWriting writing(document(), addressOf(reader_.range()), panel_.texts(), overwrite);
    if (cell.empty()) return writing.toNewSheet(std::get<panel::Draft>(draft));
    const Range target = rangeWritten(cell, document(), activeSheet());
    if (!target.is())
        return {.refusal = panel_.texts().say(panel::msg("\"{text}\" is not a cell of this document"), {{"text", cell}})};
    const Area corner = addressOf(target);
    return writing.at({corner.Sheet, corner.StartColumn, corner.StartRow}, std::get<panel::Draft>(draft));
}

}  // namespace calckpi::sidebar
