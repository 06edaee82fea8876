// Panel: all that the funnel sidebar decides. It takes what the user did, tells what is to be done next, and says what to show.
//
//   panel.take(source);                                  // the user selected a range
//   while (work) load(panel.columnsNeeded()), panel.compute();
//   draw(panel.view());
//   Next next = panel.act({Item::StageUp});              // the user clicked
#pragma once

#include "core/recognition/choices.hpp"
#include "core/texts/message.hpp"
#include "core/sheets/preview.hpp"
#include "core/recognition/recognition.hpp"
#include "core/sheets/funnel_plan.hpp"
#include "core/recognition/stage_list.hpp"
#include "core/panel/view.hpp"
#include "core/tables/frame.hpp"

#include <optional>
#include <string>
#include <vector>

namespace calckpi::panel {

// Source is a range that the user has selected.
struct Source {
    std::string address;           // as in a formula: $Deals.$A$1:$G$8801
    std::string shown;             // as the user reads it: Deals.A1:G8801
    std::string name;              // what a reader calls it: the sheet or the database range
    std::int32_t firstColumn = 0;  // of its upper left cell in the sheet, both counted from 0
    std::int32_t firstRow = 0;
    TableHandle table;        // all of it
    TableHandle sample;       // its first rows
    std::vector<bool> dates;  // which columns have a date's number format
    std::int64_t hidden = 0;  // rows that a filter or the user hides
    std::int64_t below = 0;   // filled rows right below the source of a table, which have been added since
};

// Next is what the UNO part has to do after an action.
enum class Next : std::uint8_t {
    Nothing,
    Draw,        // show the view again
    Compute,     // load columnsNeeded and call compute
    ReadSource,  // the user typed an address: sourceText
    PickSource,  // let the user pick a range with the mouse
    PickCell,
    TakeRowsBelow,    // the rows right below the source belong to it
    FollowSelection,  // the source is no longer pinned
    GoToCell,         // select cellToShow of the source
    Stop,
    Insert,
    Overwrite,  // insert although the cells of the last message are not empty
    Update,
};

// Found is a funnel table of ours that the user has selected.
struct Found {
    std::string address;  // as the user reads it
    Choices choices;
};

class Panel {
public:
    explicit Panel(Texts texts) : texts_(texts) {}

    // What happens
    // take shows a source; with `table`, a cell of one of our tables is selected and the source is that table's.
    void take(Source source, std::optional<Found> table = {});
    // takeAgain shows the same source with other cells in it, or at another place; the choices stay.
    void takeAgain(Source source);
    void takeRows(std::int64_t hidden, std::int64_t below);  // how many there are now
    // takeTableAt says where the table is that is shown, after it has moved.
    void takeTableAt(std::string address);
    // takeTableAway leaves the choices of a table that is not there any more, as those of a new one.
    void takeTableAway() { found_.reset(); }
    // takeNothing says why there is no source: nothing selected, or a selection that is no range.
    void takeNothing(std::optional<Message> why = {});
    Next act(const Action& action);
    void takeCell(std::string address);  // the target that the user picked
    void progress(double done) { progress_ = done; }
    void stopped();  // the user did not want to wait for what is needed
    // say shows a sentence above the main button, or where that would stand; `canOverwrite` offers to do it all the same.
    void say(std::string sentence, bool canOverwrite = false);

    // What is to be done
    std::vector<ColumnRef> columnsNeeded() const;
    // compute finds the stages, if they are not chosen yet, and the preview.
    void compute();
    bool needsComputing() const { return source_ && stale_; }

    // What there is
    View view() const;
    const Choices& choices() const { return choices_; }
    const std::optional<Preview>& preview() const { return preview_; }
    const Source* source() const { return source_ ? &*source_ : nullptr; }
    const Texts& texts() const { return texts_; }
    // planContext tells what a plan of the table has to know besides the choices, but for the place where it is to stand.
    PlanContext planContext() const;
    bool pinned() const { return pinned_; }
    bool updating() const { return found_.has_value(); }
    bool atCell() const { return atCell_; }
    const std::string& cell() const { return cell_; }
    const std::string& sourceText() const { return sourceText_; }
    const std::string& asOfText() const { return asOfText_; }
    Place cellToShow() const { return cellToShow_; }
    // ready tells whether a table can be inserted.
    bool ready() const { return preview_ && !preview_->problem && !stale_ && unreadable().empty(); }

private:
    void listColumns();
    void chooseColumns(Choices choices);
    bool shows(const Action& action) const;
    Next actOnStages(const Action& action);
    Next actOnOptions(const Action& action);
    std::vector<FoundStage> addable() const;
    std::string inTheWay() const;
    Widget columnDropDown(Item item, std::string name, std::string help, const std::string& chosen, bool optional) const;
    View content() const;
    void showSource(View& view) const;
    void showColumns(View& view) const;
    void showStages(View& view) const;
    void showOptions(View& view) const;
    void showPreview(View& view) const;
    void showMessage(View& view) const;
    void showInsert(View& view) const;
    std::string sayFinding(const Finding& finding) const;
    Widget cellLink(Item item, const Finding& finding) const;
    std::string cellName(Place place) const;
    std::string unreadable() const;

    Texts texts_;
    std::optional<Source> source_;
    std::optional<Found> found_;
    std::optional<Message> nothing_;
    std::vector<SourceColumn> sourceColumns_;
    std::vector<SourceColumn> columns_;  // the same, or the rows of counts where these stand across
    bool usable_ = false;
    std::optional<Message> reason_;  // why it is not usable
    Choices choices_;
    std::vector<FoundStage> stagesFound_;
    bool stagesKnown_ = false;  // those found belong to the columns chosen
    bool keepStages_ = false;   // the chosen stages come from a table's settings
    std::int32_t stage_ = 0;    // selected in the list
    bool more_ = false;
    bool findings_ = false;  // unfolded
    std::optional<double> progress_;
    bool wasStopped_ = false;
    std::optional<Preview> preview_;
    std::optional<Message> formulaProblem_;
    bool stale_ = false;
    bool pinned_ = false;
    bool atCell_ = false;
    std::string cell_;
    std::string sourceText_;
    std::string windowText_, asOfText_;  // as typed
    std::string newFilter_;              // the column of a filter that has no condition yet
    std::string message_;
    bool canOverwrite_ = false;
    Place cellToShow_;
};

}  // namespace calckpi::panel
