#include "core/panel/funnel_model.hpp"

#include "core/panel/controls.hpp"
#include "core/panel/items.hpp"
#include "core/recognition/outcomes.hpp"
#include "core/recognition/vocabulary.hpp"
#include "core/sheets/figures.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <utility>

namespace calckpi::panel {
namespace {

constexpr auto outcomeEntries =
    enumTable<Outcome, Message>({{Outcome::Step, msg("a step")}, {Outcome::Won, msg("won")}, {Outcome::Lost, msg("lost")}});

// stepsIn is how many steps there are: the place of the first lost one.
std::int32_t stepsIn(const std::vector<ChosenStage>& stages) {
    return static_cast<std::int32_t>(std::count_if(stages.begin(), stages.end(), isStep));
}

// isAmong tells whether a list names the stage.
bool isAmong(const auto& stages, const std::string& name) {
    return std::any_of(stages.begin(), stages.end(), [&](const auto& stage) { return folded(stage.name) == folded(name); });
}

}  // namespace

void putLostLast(std::vector<ChosenStage>& stages) { std::stable_partition(stages.begin(), stages.end(), isStep); }

// candidates are the stages of the data, and in the shape Dates the columns that may hold the dates of one.
std::vector<FoundStage> FunnelModel::candidates() const {
    std::vector<FoundStage> found = stagesFound_;
    if (choices_.shape != Shape::Dates) return found;
    for (const SourceColumn& column : columns_) {
        // A formula names these columns by their headers. What is empty in the first rows may hold the last stage's dates.
        const bool named = std::holds_alternative<std::string>(columnRef(column.name, *source_.table));
        if (named && !isAmong(found, column.name) && (column.kind == ColumnKind::Date || column.kind == ColumnKind::Empty))
            found.push_back({column.name, 0, outcomeOf(stageInDateHeader(column.name))});
    }
    return found;
}

// addable lists the stages that can be added: in an event log a step may be taken twice. Of many it lists those of the most rows,
// as a menu cannot hold them all.
std::vector<FoundStage> FunnelModel::addable() const {
    std::vector<FoundStage> stages;
    std::vector<FoundStage> listed;
    for (FoundStage& stage : candidates()) (isAmong(choices_.stages, stage.name) ? listed : stages).push_back(std::move(stage));
    stages = mostFrequent(std::move(stages), mostChosen);
    if (choices_.shape == Shape::Events) stages.insert(stages.end(), listed.begin(), listed.end());
    return stages;
}

// lineOf is a line of the list: "2. Demo \u2013 17". The steps are numbered.
std::string FunnelModel::lineOf(const ChosenStage& stage, std::int32_t& number) const {
    std::string line = stage.outcome == Outcome::Lost ? "\u2717" : std::to_string(++number) + ".";
    line += " " + stage.name;
    if (stagesKnown_) {
        const auto found = std::find_if(stagesFound_.begin(), stagesFound_.end(),
                                        [&](const FoundStage& other) { return folded(other.name) == folded(stage.name); });
        line += " \u2013 " + texts_.number(found == stagesFound_.end() ? 0 : static_cast<std::int64_t>(found->rows));
    }
    if (stage.outcome == Outcome::Won) line += " (" + texts_.say(msg("won")) + ")";
    // Only the functions of present stages can tell who is lost.
    if (stage.outcome == Outcome::Lost)
        line += " (" + texts_.say(choices_.shape == Shape::Stages ? msg("lost") : msg("lost, left out")) + ")";
    return line;
}

void FunnelModel::showStages(View& view) const {
    const std::string title = texts_.say(msg("Stages"));
    addRow(view, heading(Item::StagesTitle, title), true);
    Widget list{.kind = WidgetKind::List,
                .item = Item::StageList,
                .help = texts_.say(msg("The stages in the order of the funnel")),
                .name = title,
                .selected = choices_.stages.empty() ? -1 : stage_,
                .lines = std::clamp(sizeOf(choices_.stages), 4, 5)};
    std::int32_t number = 0;
    for (const ChosenStage& stage : choices_.stages) list.entries.push_back(lineOf(stage, number));
    addRow(view, std::move(list));
    if (stagesFound_.size() > mostChosen)
        addRow(view, sentence(WidgetKind::Note, Item::StagesNote,
                              texts_.say(msg("This column holds many stages: the list starts with those in the most rows"))));
    showStageButtons(view);
    addField(view, Item::StageOutcomeLabel, texts_.say(msg("Stage means")),
             dropDown(Item::StageOutcome, "", texts_.say(msg("What the selected stage means")), entriesOf(outcomeEntries, texts_),
                      someStage() ? static_cast<std::int32_t>(choices_.stages[static_cast<std::size_t>(stage_)].outcome) : -1));
    std::vector<std::string> others;
    for (FoundStage& stage : addable()) others.push_back(std::move(stage.name));
    if (others.empty()) return;
    Widget add =
        dropDown(Item::StageAdd, "", texts_.say(msg("Stages of the data that are not in the list")), std::move(others), -1);
    add.text = texts_.say(msg("Add a stage"));
    addRow(view, std::move(add));
}

void FunnelModel::showStageButtons(View& view) const {
    Row row;
    row.widgets = {
        button(Item::StageUp, texts_.say(msg("Up")), texts_.say(msg("Move the selected stage up"))),
        button(Item::StageDown, texts_.say(msg("Down")), texts_.say(msg("Move the selected stage down"))),
        button(Item::StageRemove, texts_.say(msg("Remove")), texts_.say(msg("Take the selected stage out of the funnel")))};
    for (Widget& widget : row.widgets) widget.stretch = 1;
    view.rows.push_back(std::move(row));
}

Next FunnelModel::actOnStages(const Action& action) {
    switch (itemOf(action.item)) {
        case Item::StageList: stage_ = action.entry; return Next::Draw;
        case Item::StageUp: return moveStageTo(stage_ - 1);
        case Item::StageDown: return moveStageTo(stage_ + 1);
        case Item::StageRemove: return removeStage();
        case Item::StageOutcome: return changeOutcome(static_cast<Outcome>(action.entry));
        case Item::StageAdd: return addStage(addable()[static_cast<std::size_t>(action.entry)]);
        default: return Next::Nothing;
    }
}

// A step does not come below the lost ones.
Next FunnelModel::moveStageTo(std::int32_t place) {
    std::vector<ChosenStage>& stages = choices_.stages;
    const auto at = [&](std::int32_t index) { return stages.begin() + index; };
    if (!someStage() || place < 0 || place >= sizeOf(stages) || isStep(*at(stage_)) != isStep(*at(place))) return Next::Draw;
    std::swap(*at(stage_), *at(place));
    stage_ = place;
    return Next::Compute;
}

Next FunnelModel::removeStage() {
    if (!someStage()) return Next::Draw;
    choices_.stages.erase(choices_.stages.begin() + stage_);
    stage_ = std::clamp(stage_, 0, std::max(0, sizeOf(choices_.stages) - 1));
    return Next::Compute;
}

Next FunnelModel::changeOutcome(Outcome outcome) {
    if (!someStage()) return Next::Draw;
    std::vector<ChosenStage>& stages = choices_.stages;
    ChosenStage stage = stages[static_cast<std::size_t>(stage_)];
    const bool wasStep = isStep(stage);
    stage.outcome = outcome;
    if (isStep(stage) != wasStep) {
        stages.erase(stages.begin() + stage_);
        stage_ = stepsIn(stages);
        stages.insert(stages.begin() + stage_, std::move(stage));
    } else {
        stages[static_cast<std::size_t>(stage_)] = std::move(stage);
    }
    return Next::Compute;
}

Next FunnelModel::addStage(const FoundStage& added) {
    std::vector<ChosenStage>& stages = choices_.stages;
    stage_ = added.outcome == Outcome::Lost ? sizeOf(stages) : stepsIn(stages);
    stages.insert(stages.begin() + stage_, {added.name, added.outcome});
    if (choices_.shape == Shape::Dates) stagesKnown_ = false;  // how many dates the column has
    return Next::Compute;
}

}  // namespace calckpi::panel
