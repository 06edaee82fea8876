#include "core/panel/funnel_model.hpp"

#include "core/panel/controls.hpp"
#include "core/panel/items.hpp"
#include "core/recognition/across.hpp"
#include "core/sheets/figures.hpp"
#include "core/sheets/formula.hpp"
#include "core/sheets/settings.hpp"

#include <algorithm>
#include <utility>

namespace calckpi::panel {
namespace {

// hasRareOptions tells whether something is chosen that waits behind "More options".
bool hasRareOptions(const Choices& choices) {
    const Choices usual;
    return choices.order != usual.order || choices.window || choices.fill != usual.fill || choices.asOf ||
           !choices.filters.empty() || choices.intervals != usual.intervals || choices.live != usual.live ||
           choices.picture != usual.picture;
}

}  // namespace

void FunnelModel::take(Source source) {
    Recognition found = recognise(*source.facts, *source.sample);
    if (splitsBySegment(found.choices.shape)) found.choices.filters = subtotalFilters(*source.facts);
    usable_ = found.usable;
    reason_ = found.reason;
    sourceColumns_ = found.columns;
    begin(std::move(source), found.choices, false);
}

bool FunnelModel::take(Source source, std::string_view settings) {
    std::optional<Choices> choices = readSettings(settings);
    if (!choices) return false;
    usable_ = true;
    reason_.reset();
    sourceColumns_ = sourceColumns(*source.facts);
    more_ = more_ || hasRareOptions(*choices);
    begin(std::move(source), *std::move(choices), true);
    return true;
}

void FunnelModel::begin(Source source, Choices choices, bool keepStages) {
    source_ = std::move(source);
    choices_ = std::move(choices);
    choices_.source = source_.address;
    putLostLast(choices_.stages);
    keepStages_ = keepStages;
    stagesKnown_ = false;
    stagesFound_.clear();
    proposed_.clear();
    stage_ = 0;
    listColumns();
    readOptionTexts();
    filters_.clear();
    findings_.fold();
    preview_.reset();
    formulaProblem_.reset();
}

void FunnelModel::takeAgain(Source source) {
    if (!usable_) return take(std::move(source));  // nothing was chosen yet in cells that were no table
    // More rows may hold more stages, and a list that the user has left as it was is to have them.
    if (source.table->rows() > source_.table->rows() && !proposed_.empty() && choices_.stages == proposed_) keepStages_ = false;
    choices_.source = source.address;
    source_ = std::move(source);
    sourceColumns_ = sourceColumns(*source_.facts);
    listColumns();
    stagesKnown_ = false;
    formulaProblem_.reset();
}

std::optional<Message> FunnelModel::whyUseless() const {
    if (usable_) return std::nullopt;
    return reason_.value_or(
        msg("No funnel was found in these cells. Select a table whose first row holds the headers, with a column of "
            "stages, of events or of dates"));
}

std::vector<ColumnRef> FunnelModel::columnsNeeded() const {
    std::vector<std::string> names;
    if (isAcross(choices_)) {
        names.push_back(choices_.stage);
        for (const ChosenStage& stage : choices_.stages) names.push_back(stage.name);
    } else {
        for (const ColumnField& field : fieldsOf(choices_.shape)) names.push_back(choices_.*field.column);
        // Other columns may hold counts, too.
        if (choices_.shape == Shape::Counts && source_.table->rows() <= mostAcross)
            for (const SourceColumn& column : columns_) names.push_back(column.name);
    }
    names.push_back(choices_.id);  // tells deals that are there twice
    if (const ColumnFacts* currency = source_.facts->column(Role::Currency); currency != nullptr && addsAmounts())
        names.push_back(currency->name);
    if (choices_.shape == Shape::Dates)
        for (const ChosenStage& stage : choices_.stages) names.push_back(stage.name);
    if (splitsBySegment(choices_.shape)) {
        for (const Criterion& filter : choices_.filters) names.push_back(filter.column);
    }
    std::vector<ColumnRef> columns;
    const auto add = [&](const ColumnRef& column) {
        if (source_.table->find(column) && std::find(columns.begin(), columns.end(), column) == columns.end())
            columns.push_back(column);
    };
    for (const std::string& name : names)
        if (!name.empty()) add(columnRef(name, *source_.table));
    if (splitsBySegment(choices_.shape) && !choices_.by.empty()) add(splitColumn(choices_.by, *source_.table));
    if (choices_.shape == Shape::Stages && !stagesKnown_)
        if (const std::optional<std::size_t> opened = openedColumn(*source_.table)) add(static_cast<double>(*opened + 1));
    return columns;
}

void FunnelModel::compute() {
    if (!usable_) return;
    if (!stagesKnown_ && !isAcross(choices_)) findStages();
    stage_ = std::clamp(stage_, 0, std::max(0, sizeOf(choices_.stages) - 1));
    preview_ = panel::preview(source_.table, choices_);
    currencies_ = addsAmounts() ? otherCurrencies(source_, choices_.amount, choices_.filters) : std::nullopt;
    if (currencies_) preview_->findings.push_back(*currencies_);
    formulaProblem_ = formulaProblem(choices_, columnNames(*source_.table), rowNames(*source_.table, choices_));
}

// findStages counts the stages of the data and, where none were chosen yet, chooses them.
void FunnelModel::findStages() {
    stagesFound_.clear();
    // Without a date column chosen there is none to find: all cells would be looked at in vain.
    if (choices_.shape != Shape::Dates || !choices_.stages.empty())
        if (Result<std::vector<FoundStage>> found = panel::findStages(source_.table, choices_)) stagesFound_ = *std::move(found);
    stagesKnown_ = true;
    if (!keepStages_) choices_.stages = proposed_ = chosen(stagesFound_, choices_.shape);
    keepStages_ = true;
}

Reaction FunnelModel::act(const Action& action) {
    if (!usable_) return Next::Nothing;
    if (action.item == Item::ProblemCell && preview_ && preview_->problem) return Reaction::goTo(preview_->problem->first);
    if (action.item == Item::LostAnywhereCell && preview_ && preview_->lostAnywhere)
        return Reaction::goTo(preview_->lostAnywhere->first);
    if (preview_)
        if (Reaction reaction = findings_.act(action, preview_->findings); reaction.next != Next::Nothing) return reaction;
    return actOnChoices(action);
}

Reaction FunnelModel::actOnChoices(const Action& action) {
    Next next = actOnStages(action);
    if (next == Next::Nothing) next = actOnColumns(action);
    if (next == Next::Nothing) next = actOnOptions(action);
    if (next == Next::Compute) formulaProblem_.reset();
    return next;
}

void FunnelModel::showChoices(View& view) const {
    showColumns(view);
    if (choices_.shape != Shape::Counts) showStages(view);  // counts are taken as they are
    showOptions(view);
}

const Wording& FunnelModel::wording() const {
    static constexpr Wording funnel{.insert = msg("Insert funnel table"),
                                    .update = msg("Update funnel table"),
                                    .settingsOf = msg("Settings of the funnel table in {place}")};
    return funnel;
}

PlanContext FunnelModel::planContext() const {
    PlanContext context;
    context.sourceName = source_.name;
    context.filledBelow = source_.filledBelow;
    if (currencies_) context.severalCurrencies = currencies_->column;
    context.columns = columnNames(*source_.table);
    context.rows = rowNames(*source_.table, choices_);
    context.date = asOfText_;
    return context;
}

std::variant<Draft, std::string> FunnelModel::draft(const std::optional<std::string>& before) const {
    if (!ready()) return preview_ ? sentenceOf(*preview_->problem, source_, texts_) : std::string();
    PlanContext context = planContext();
    if (before) context.before = readSettings(*before);
    return Draft{.plan = planFunnel(choices_, *preview_, context, texts_),
                 .kind = KeptKind::Funnel,
                 .settings = written(choices_),
                 .source = choices_.source,
                 .title = texts_.say(before ? wording().update : wording().insert)};
}

}  // namespace calckpi::panel
