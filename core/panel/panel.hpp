// Panel: what the sidebar shows and does, whatever is made. It asks what the user wants, and holds the sections that all models
// share (source, frame of the preview, insert, help) around the model of that, takes what happened in the document, and says what
// is to be done next.
//
//   panel.take(source);                                  // the user selected a range
//   while (panel.needsComputing()) load(panel.columnsNeeded()), panel.compute();
//   draw(panel.view());
//   Reaction reaction = panel.act({Item::StageUp});      // the user clicked
#pragma once

#include "core/panel/conversion_section.hpp"
#include "core/panel/insert_section.hpp"
#include "core/panel/leave_section.hpp"
#include "core/panel/model.hpp"
#include "core/panel/offers.hpp"
#include "core/panel/preview_frame.hpp"
#include "core/panel/source_section.hpp"
#include "core/panel/why_section.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace calckpi::panel {

class Panel {
public:
    explicit Panel(Texts texts, std::vector<Offer> offers = allOffers());

    // What happens
    void take(Source source);
    // take shows the settings of a table of ours, of which a cell is selected, and the source that it is made from; false, and
    // nothing is changed, if they cannot be read.
    bool take(Source source, Found table);
    // takeAgain shows the same source with other cells in it, or at another place; the choices stay.
    void takeAgain(Source source);
    // takeOthers offers the other tables of the document, where what is made can use them; takeOthersAgain shows those that it uses
    // with other cells in them.
    bool wantsOthers() const { return source_ && model_->wantsOthers(); }
    void takeOthers(std::vector<Source> others);
    std::vector<std::string> othersUsed() const { return model_->othersUsed(); }
    void takeOthersAgain(std::vector<Source> others);
    // takeTyped gives what the user has typed into the sheets that are shown.
    void takeTyped(TypedFigures typed) { model_->takeTyped(std::move(typed)); }
    void takeRows(std::int64_t hidden, RowsBelow below);  // how many there are now
    // takeTableAt says where the table is that is shown, after it has moved.
    void takeTableAt(std::string address);
    // takeTableAway leaves the choices of a table that no longer exists as those of a new one.
    void takeTableAway() { found_.reset(); }
    // takeNothing says why there is no source: nothing selected, or a selection that is no range.
    void takeNothing(std::optional<Message> why = {});
    // offerWhy says which cell with one of our formulas is selected, takeWhy what there is to say of it.
    void offerWhy(std::string cell) { why_.offer(std::move(cell)); }
    void takeWhy(std::vector<explain::Explanation> calls) { why_.take(std::move(calls)); }
    Reaction act(const Action& action);
    // ask chooses an option by its name for what is made; empty, or a sentence why that cannot be.
    std::string ask(std::string_view option, const ChosenValue& value);
    void takeCell(std::string address) { insert_.takeCell(std::move(address)); }  // the target that the user picked
    void progress(double done) { frame_.progress(done); }
    // want chooses what is made, by the name of its offer, for this source and later ones that it can be made of.
    void want(std::string_view name);
    void stopped();  // the user did not want to wait for what is needed
    // takeFormulas says which formulas of ours there are in the scope in which the user wants to be without them, haveLeft that
    // they are gone now; beginLeaving is asked for from the menu.
    bool leaves() const { return leave_.open(); }
    LeaveScope leaveScope() const { return leave_.scope(); }
    LeaveInto leaveInto() const { return leave_.into(); }
    void beginLeaving() { leave_.begin(); }
    void takeFormulas(std::vector<SheetFormulas> found) { leave_.take(std::move(found)); }
    void haveLeft() { leave_.done(); }
    // say shows a sentence above the main button, or where that would stand; `canOverwrite` offers to do it all the same.
    void say(std::string sentence, bool canOverwrite = false) { insert_.say(std::move(sentence), canOverwrite); }
    void tell(std::string sentence) { insert_.tell(std::move(sentence)); }  // what has been done

    // What is to be done
    std::vector<ColumnRef> columnsNeeded() const;
    void compute();
    bool needsComputing() const { return source_ && stale_; }
    // conversion is that of a column, by its place among those that may need one.
    std::optional<ConversionSection::Wanted> conversion(std::int32_t index) const { return conversions_.candidate(index); }
    // conversions are those that the user has asked for, by the index of the reaction.
    std::vector<ConversionSection::Wanted> conversions(std::int32_t index) const { return conversions_.wanted(index); }
    // draft is what is to be written, or why nothing is. `before` are the settings of the table that it is to replace.
    std::variant<Draft, std::string> draft(const std::optional<std::string>& before) const { return model_->draft(before); }

    // What there is
    View view() const;
    const Model& model() const { return *model_; }
    const Source* source() const { return source_ ? &*source_ : nullptr; }
    const Texts& texts() const { return texts_; }
    bool pinned() const { return from_.pinned(); }
    bool updating() const { return found_.has_value(); }
    const std::string& whyCell() const { return why_.cell(); }
    bool explains() const { return why_.open(); }
    // whyNot says why something cannot be made of the source: that with the name of its offer, or what is made now. Empty if it
    // can.
    std::string whyNot(std::string_view name) const;
    std::string whyNothing() const;
    std::optional<explain::Call::Block> whyNeeds() const { return why_.needs(); }
    // ready tells whether a table can be inserted.
    bool ready() const { return source_ && !stale_ && model_->ready() && model_->refusal().empty(); }

private:
    // Listed is an offer as the menu shows it.
    struct Listed {
        const Offer* offer = nullptr;
        std::optional<Message> whyNot{};
    };
    void list();
    void choose(const Offer& offer);
    const Offer& likeliest() const;
    Model& modelOf(const Offer& offer);
    bool takesSettings(const Offer& offer, const Source& source, const Found& table);
    void begin(Source source);
    bool hasToCompute() const;
    void showWhat(View& view) const;
    bool shows(const Action& action) const;
    Reaction actOnSections(const Action& action);
    View content() const;
    void showPreview(View& view) const;

    Texts texts_;
    std::optional<Source> source_;
    std::optional<Found> found_;
    std::optional<Message> nothing_;  // why there is no source
    WhySection why_;
    SourceSection from_;
    ConversionSection conversions_;
    PreviewFrame frame_;
    InsertSection insert_;
    LeaveSection leave_;
    std::vector<Offer> offers_;
    std::vector<Listed> listed_;                                 // for the source, the likeliest first
    std::string_view wanted_{};                                  // what the user asked for
    const Offer* made_ = nullptr;                                // what is made
    std::map<std::string_view, std::unique_ptr<Model>> models_;  // by the names of their offers, made when they are first asked for
    Model* model_ = nullptr;                                     // of what is made
    bool stale_ = false;                                         // the preview is not that of the choices and cells
};

}  // namespace calckpi::panel
