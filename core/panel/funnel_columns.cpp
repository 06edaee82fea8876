#include "core/panel/funnel_model.hpp"

#include "core/panel/controls.hpp"
#include "core/panel/items.hpp"
#include "core/recognition/across.hpp"
#include "core/recognition/outcomes.hpp"
#include "core/sheets/figures.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <utility>

namespace calckpi::panel {
namespace {

// Counts across have the entry behind the shapes.
constexpr auto shapeEntries = enumTable<Shape, Message>({{Shape::Counts, msg("a stage, its count")},
                                                         {Shape::Stages, msg("a deal, its stage")},
                                                         {Shape::Dates, msg("a deal, its dates")},
                                                         {Shape::Events, msg("an event")}});

// What each row is: the four shapes, and counts across.
constexpr auto acrossEntry = static_cast<std::int32_t>(shapeEntries.all().size());
std::int32_t shapeEntry(const Choices& choices) {
    return isAcross(choices) ? acrossEntry : static_cast<std::int32_t>(choices.shape);
}

constexpr Message amountHelp = msg("The column to add up beside the counts");

}  // namespace

const std::vector<ColumnField>& fieldsOf(Shape shape) {
    static const std::vector<ColumnField> counts = {
        {Item::StageLabel, Item::Stage, msg("Stage"), msg("The column with the names of the stages"), &Choices::stage, false},
        {Item::CountLabel, Item::Count, msg("Count"), msg("The column that says how many reached each stage"), &Choices::count,
         false},
        {Item::AmountLabel, Item::Amount, msg("Amount"), amountHelp, &Choices::amount, true}};
    static const std::vector<ColumnField> stages = {
        {Item::StageLabel, Item::Stage, msg("Stage"), msg("The column with the stage that the deal is at now"), &Choices::stage,
         false},
        {Item::LostStageLabel, Item::LostStage, msg("Lost at stage"), msg("The column with the stage that a lost deal was lost at"),
         &Choices::lostStage, true},
        {Item::StatusLabel, Item::Status, msg("Status"), msg("The column that says which deals are won or lost, beside the stage"),
         &Choices::status, true},
        {Item::AmountLabel, Item::Amount, msg("Amount"), amountHelp, &Choices::amount, true}};
    static const std::vector<ColumnField> dates = {};
    static const std::vector<ColumnField> events = {
        {Item::IdLabel, Item::Id, msg("Who"), msg("The column with the id of the deal or person"), &Choices::id, false},
        {Item::StageLabel, Item::Stage, msg("What"), msg("The column with the name of the event or stage"), &Choices::stage, false},
        {Item::WhenLabel, Item::When, msg("At time"), msg("The column with the time of the event"), &Choices::when, false}};
    switch (shape) {
        case Shape::Counts: return counts;
        case Shape::Stages: return stages;
        case Shape::Dates: return dates;
        case Shape::Events: return events;
    }
    return dates;
}

// listColumns lists what the drop-downs of columns show: the columns, or the rows of counts across.
void FunnelModel::listColumns() { columns_ = isAcross(choices_) ? columnsAcross(*source_.sample, choices_) : sourceColumns_; }

// chooseColumns takes other columns and finds the stages again.
void FunnelModel::chooseColumns(Choices choices) {
    choices_ = std::move(choices);
    if (choices_.shape != Shape::Dates && !isAcross(choices_)) choices_.stages.clear();
    putLostLast(choices_.stages);
    listColumns();
    stagesFound_.clear();
    stagesKnown_ = false;
    keepStages_ = false;
    stage_ = 0;
}

// chooseShape takes another reading of the rows, and keeps what is to be inserted.
void FunnelModel::chooseShape(std::int32_t entry) {
    Choices choices = entry == acrossEntry ? rolesAcross(*source_.facts, *source_.sample)
                                           : rolesFor(static_cast<Shape>(entry), *source_.facts, *source_.sample);
    choices.source = choices_.source;
    if (splitsBySegment(choices.shape)) choices.filters = subtotalFilters(*source_.facts);
    choices.intervals = choices_.intervals;
    choices.live = choices_.live;
    choices.picture = choices_.picture;
    windowText_.clear();
    asOfText_.clear();
    filters_.clear();
    chooseColumns(std::move(choices));
}

void FunnelModel::showColumns(View& view) const {
    std::vector<std::string> shapes = entriesOf(shapeEntries, texts_);
    shapes.push_back(texts_.say(msg("counts of all stages")));
    addField(view, Item::ShapeLabel, texts_.say(msg("Each row is")),
             dropDown(Item::Shape, "", texts_.say(msg("What one row of the data is")), std::move(shapes), shapeEntry(choices_)),
             true);
    for (const ColumnField& field : fieldsOf(choices_.shape)) {
        // The stages of counts across are the headers. One row of counts leaves nothing to choose.
        if (isAcross(choices_) && (field.item == Item::Stage || columns_.size() < 2)) continue;
        // What few need waits behind "More options", unless it was found.
        if (field.optional && !more_ && (choices_.*field.column).empty()) continue;
        // A status that says no more than the stage does is nothing to decide.
        const bool told = !choices_.statusDecides && (!preview_ || preview_->openKnown);
        if (field.item == Item::Status && !more_ && told) continue;
        addField(view, field.label, texts_.say(field.text),
                 columnDropDown(field.item, "", texts_.say(field.help), columns_, choices_.*field.column, field.optional, texts_));
    }
}

Next FunnelModel::actOnColumns(const Action& action) {
    if (action.item == Item::Shape) {
        if (action.entry == shapeEntry(choices_)) return Next::Draw;
        chooseShape(action.entry);
        return Next::Compute;
    }
    if (action.item == Item::LeaveOut) {
        leaveOut(inTheWay());
        return Next::Compute;
    }
    for (const ColumnField& field : fieldsOf(choices_.shape))
        if (field.item == action.item) return chooseColumn(field, columnOfEntry(columns_, action.entry, field.optional));
    return Next::Nothing;
}

// chooseColumn takes a column for one of the fields. Where that says which stages there are, the list is made again.
Next FunnelModel::chooseColumn(const ColumnField& field, std::string column) {
    Choices choices = choices_;
    choices.*field.column = std::move(column);
    if (choices == choices_) return Next::Draw;
    const bool said = field.item == Item::Stage || field.item == Item::Status || field.item == Item::LostStage;
    if (said) choices.statusDecides = statusDecides(*source_.sample, choices);
    const bool otherList = choices.statusDecides != choices_.statusDecides || (choices.statusDecides && said);
    if (otherList || field.item == Item::Stage || (choices_.shape == Shape::Counts && field.item == Item::Count))
        chooseColumns(std::move(choices));
    else
        choices_ = std::move(choices);
    return Next::Compute;
}

// inTheWay is the column whose cells are the problem, if the table can be made without it.
std::string FunnelModel::inTheWay() const {
    if (!preview_ || !preview_->problem || !preview_->problem->first.known()) return {};
    const auto is = [&](const std::string& name) { return folded(name) == folded(preview_->problem->column); };
    bool optional = false;
    for (const ColumnField& field : fieldsOf(choices_.shape)) {
        if (!is(choices_.*field.column)) continue;
        if (!field.optional) return {};
        optional = true;
    }
    if (choices_.shape == Shape::Dates &&
        std::any_of(choices_.stages.begin(), choices_.stages.end(), [&](const ChosenStage& stage) { return is(stage.name); }))
        return {};
    if (splitsBySegment(choices_.shape)) {
        if (std::any_of(choices_.filters.begin(), choices_.filters.end(),
                        [&](const Criterion& filter) { return is(filter.column); }))
            return {};
        optional = optional || is(choices_.by);
    }
    return optional ? preview_->problem->column : std::string();
}

void FunnelModel::leaveOut(const std::string& column) {
    for (const ColumnField& field : fieldsOf(choices_.shape))
        if (std::string& name = choices_.*field.column; field.optional && folded(name) == folded(column)) name.clear();
    if (folded(choices_.by) == folded(column)) choices_.by.clear();
}

}  // namespace calckpi::panel
