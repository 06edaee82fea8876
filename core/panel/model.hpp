// Model: one thing that can be made of a source: a funnel, the table of a function, a KPI sheet. It knows neither windows nor the
// document. The panel (panel.hpp) puts the sections around it that all models share: the source, the frame of the preview with
// progress and Stop, and where to insert.
//
//   model.take(source);                                  // or take(source, settings) for a table that is already there
//   load(model.columnsNeeded()), model.compute();
//   model.showChoices(view), model.showPreview(view);
//   Reaction reaction = model.act({Item::StageUp});      // Next::Compute: the preview is of other choices now
//   model.draft(before)                                  // what is to be written, or why nothing is
#pragma once

#include "core/panel/asked.hpp"
#include "core/panel/source.hpp"
#include "core/panel/view.hpp"
#include "core/sheets/document_plan.hpp"
#include "core/sheets/typed_figures.hpp"
#include "core/tables/frame.hpp"
#include "core/texts/message.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace calckpi::panel {

// Next is what is to be done after an action.
enum class Next : std::uint8_t {
    Nothing,
    Draw,        // show the view again
    Compute,     // load columnsNeeded and call compute
    ReadSource,  // the user typed an address: `text`
    PickSource,  // let the user pick a range with the mouse, first the one in `text`
    PickCell,
    TakeRowsBelow,    // the rows right below the source belong to it
    Convert,          // turn cells into numbers or dates: those of the panel's conversions(index)
    FollowSelection,  // the source is no longer pinned
    GoToCell,         // select `cell` of the source
    ResizeFormula,    // let the explained formula fill as many cells as its table has
    Explain,          // say why the selected cell shows what it shows
    GoToCells,        // select the ranges in `text`, a line for each; those without a sheet are on that of the explained cell
    Stop,
    Insert,     // on a new sheet, or with a `text` at that cell
    Overwrite,  // the same, although the cells of the last message are not empty
    Update,
    ShowReference,
    ShowSample,    // the sample document whose name is the `text`
    FindFormulas,  // tell takeFormulas which formulas of ours there are in the panel's leaveScope
    Leave,         // turn them into what the panel's leaveInto says
    SaveValues,    // save a copy of the document in which they are values
};

// opens is true for what shows more of what there is, and leaves the choices as they are.
constexpr bool opens(Next next) { return next == Next::Draw || next == Next::Explain || next == Next::FindFormulas; }

// Reaction is the answer to an action, with what there is to know for it.
struct Reaction {
    Next next = Next::Nothing;
    std::string text{};  // an address as the user wrote it
    Place cell{};        // in the source, counted from 1
    std::int32_t index = 0;
    Reaction() = default;
    Reaction(Next what, std::string why = {}) : next(what), text(std::move(why)) {}  // NOLINT(google-explicit-constructor)
    static Reaction goTo(Place place) {
        Reaction reaction(place.known() ? Next::GoToCell : Next::Nothing);
        reaction.cell = place;
        return reaction;
    }
};

// Draft is what is to be written, and by what the document is to know it again.
struct Draft {
    DocumentPlan plan{};
    KeptKind kind = KeptKind::Funnel;
    std::string settings{};
    std::string source{};                    // the address of the data
    std::vector<std::string> moreSources{};  // those of more tables that it is made from
    std::string title{};                     // of the undo step
};

// Wording is what the shared sections call what the model makes.
struct Wording {
    Message insert;      // "Insert funnel table"
    Message update;      // "Update funnel table"
    Message settingsOf;  // "Settings of the funnel table in {place}"
};

class Model {
public:
    Model() = default;
    Model(const Model&) = delete;
    Model& operator=(const Model&) = delete;
    virtual ~Model() = default;

    // take shows a source, with choices told from it.
    virtual void take(Source source) = 0;
    // take shows the source of a table that is there, with its settings; false, and nothing is changed, if they cannot be read.
    virtual bool take(Source source, std::string_view settings) = 0;
    // takeKept is the same for what is made from several sources: `others` are those after the first, in the order of the settings.
    // One that is gone has no table.
    // NOLINTNEXTLINE(performance-unnecessary-value-param): kept by who overrides it
    virtual bool takeKept(Source source, std::string_view settings, std::vector<Source>) {
        return take(std::move(source), settings);
    }
    // takeAgain shows the same source with other cells in it, or at another place; the choices stay.
    virtual void takeAgain(Source source) = 0;
    // wantsOthers asks for the other tables of the document, takeOthers gets them.
    virtual bool wantsOthers() const { return false; }
    virtual void takeOthers(std::vector<Source>) {}  // NOLINT(performance-unnecessary-value-param): kept by who overrides it
    // othersUsed are the addresses of the sources after the first, takeOthersAgain gets them as they are now, in this order.
    virtual std::vector<std::string> othersUsed() const { return {}; }
    virtual void takeOthersAgain(std::vector<Source>) {}  // NOLINT(performance-unnecessary-value-param): kept by who overrides it
    // takeTyped gets what the user has typed into a sheet that is there.
    virtual void takeTyped(TypedFigures) {}  // NOLINT(performance-unnecessary-value-param): kept by who overrides it
    // whyUseless says why nothing can be made of the source.
    virtual std::optional<Message> whyUseless() const = 0;

    // act does what the user did to one of the controls that the model shows.
    virtual Reaction act(const Action& action) = 0;
    // ask chooses an option by its name, as a macro does it; the names are those of the catalog's parameters and of the settings.
    virtual Asked ask(std::string_view option, const ChosenValue& value) = 0;
    virtual std::vector<ColumnRef> columnsNeeded() const = 0;
    // compute makes the preview of the choices, once the columns that it needs have been read.
    virtual void compute() = 0;
    // forget drops a preview that is not that of the choices: the user did not want to wait for it.
    virtual void forget() = 0;

    // showChoices shows what there is to choose, showPreview what comes of it; the preview is below its own heading.
    virtual void showChoices(View& view) const = 0;
    virtual void showPreview(View& view) const = 0;
    // refusal says which of the choices cannot be read or written; it stands where the preview would.
    virtual std::string refusal() const { return {}; }
    // ready tells whether the preview is there and has no problem.
    virtual bool ready() const = 0;
    virtual const Wording& wording() const = 0;
    // draft is what is to be written, or a sentence why nothing is. `before` are the settings of the table that it is to replace.
    virtual std::variant<Draft, std::string> draft(const std::optional<std::string>& before) const = 0;
};

}  // namespace calckpi::panel
