#include "core/panel/table_model.hpp"

#include "core/panel/controls.hpp"
#include "core/panel/items.hpp"
#include "core/kpis/catalog.hpp"
#include "core/recognition/stage_list.hpp"
#include "core/recognition/vocabulary.hpp"
#include "core/sheets/table_defaults.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <utility>

namespace calckpi::panel {
namespace {

// statesOf are the texts of a column that mean won, or lost.
std::vector<std::string> statesOf(const Table& table, const std::string& column, bool won) {
    std::vector<std::string> states;
    const std::optional<std::size_t> index = columnIndex(column, table);
    if (!index) return states;
    const ColumnHandle cells = table.look(*index);
    for (const std::string& text : cells->texts())
        if (!text.empty() && outcomeOf(text) == (won ? Outcome::Won : Outcome::Lost)) addState(states, text);
    return states;
}

std::vector<SourceColumn> columnsOf(const TableFacts& facts) {
    std::vector<SourceColumn> columns;
    for (const ColumnFacts& column : facts.columns) columns.push_back({column.name, column.kind, column.shown});
    return columns;
}

}  // namespace

TableModel::TableModel(const TableKind& kind, Texts texts) : kind_(kind), texts_(texts), fields_(fieldsOf(kind)) {}

void TableModel::take(Source source) {
    TableChoices choices = defaultTableChoices(*find(kind_.function), *source.facts, *source.sample);
    keepStates_ = false;
    choices.filters = subtotalFilters(*source.facts);
    begin(std::move(source), std::move(choices));
}

bool TableModel::take(Source source, std::string_view settings) {
    std::optional<TableChoices> choices = readTableSettings(settings);
    if (!choices || choices->function != kind_.function) return false;
    keepStates_ = true;
    more_ = more_ || !choices->filters.empty() || !choices->live || !choices->picture;
    begin(std::move(source), *std::move(choices));
    return true;
}

void TableModel::begin(Source source, TableChoices choices) {
    source_ = std::move(source);
    choices_ = std::move(choices);
    choices_.source = source_.address;
    columns_ = columnsOf(*source_.facts);
    readTyped();
    filters_.clear();
    findings_.fold();
    preview_.reset();
    formulaProblem_.reset();
}

void TableModel::takeAgain(Source source) {
    source_ = std::move(source);
    choices_.source = source_.address;
    columns_ = columnsOf(*source_.facts);
    formulaProblem_.reset();
}

std::optional<Message> TableModel::whyUseless() const {
    if (source_.table->rows() > 0) return std::nullopt;
    return msg("There are no rows below the headers. Select a table whose first row holds the headers");
}

std::vector<ColumnRef> TableModel::columnsNeeded() const {
    std::vector<ColumnRef> columns;
    const auto add = [&](const std::string& name) {
        if (name.empty()) return;
        const ColumnRef column = splitColumn(name, *source_.table);
        if (source_.table->find(column) && std::find(columns.begin(), columns.end(), column) == columns.end())
            columns.push_back(column);
    };
    for (const TableField& field : fields_)
        if (field.kind == FieldKind::Column) add(choices_.text(field.parameter->name));
    for (const Criterion& filter : choices_.filters) add(filter.column);
    if (const ColumnFacts* currency = source_.facts->column(Role::Currency); currency != nullptr && addsAmounts())
        add(currency->name);
    return columns;
}

// addsAmounts says that a column of amounts is chosen.
bool TableModel::addsAmounts() const { return !choices_.text("amount").empty(); }

void TableModel::compute() {
    if (!keepStates_) findStates();
    preview_ = previewTable(source_.table, choices_);
    currencies_ = addsAmounts() ? otherCurrencies(source_, choices_.text("amount"), choices_.filters) : std::nullopt;
    if (currencies_) preview_->findings.push_back(*currencies_);
    formulaProblem_ = tableFormulaProblem(choices_, columnNames(*source_.table));
}

// findStates takes for won and lost what the status column says.
void TableModel::findStates() {
    for (const TableField& field : fields_) {
        if (field.kind != FieldKind::States) continue;
        const std::string_view parameter = field.parameter->name;
        choices_.set(parameter, statesOf(*source_.table, choices_.text("status"), parameter == "won"));
    }
    keepStates_ = true;
    readTyped();
}

Reaction TableModel::act(const Action& action) {
    if (action.item == Item::ProblemCell && preview_ && preview_->problem) return Reaction::goTo(preview_->problem->first);
    if (preview_)
        if (Reaction reaction = findings_.act(action, preview_->findings); reaction.next != Next::Nothing) return reaction;
    Reaction reaction = actOnChoices(action);
    if (reaction.next == Next::Compute) formulaProblem_.reset();
    return reaction;
}

Reaction TableModel::actOnChoices(const Action& action) {
    const auto field = static_cast<std::size_t>(action.index);
    switch (itemOf(action.item)) {
        case Item::Choice: return chooseEntry(fields_[field], action.entry);
        case Item::TypedChoice: return typeValue(fields_[field], std::string(trimmed(action.text)));
        case Item::MoreOptions: more_ = action.on; return Next::Draw;
        case Item::ValuesOnly: choices_.live = !action.on; return Next::Draw;
        case Item::WithPicture: choices_.picture = action.on; return Next::Draw;
        case Item::LeaveOut:
            for (const TableField& each : fields_)
                if (!each.required && folded(choices_.text(each.parameter->name)) == folded(inTheWay()))
                    choices_.unset(each.parameter->name);
            return Next::Compute;
        default: return filters_.act(action, choices_.filters, columns_);
    }
}

// inTheWay is the column whose cells are the problem, if the table can be made without it.
std::string TableModel::inTheWay() const {
    if (!preview_ || !preview_->problem || !preview_->problem->first.known()) return {};
    const std::string& column = preview_->problem->column;
    bool optional = false;
    for (const TableField& field : fields_) {
        if (field.kind != FieldKind::Column || folded(choices_.text(field.parameter->name)) != folded(column)) continue;
        if (field.required) return {};
        optional = true;
    }
    return optional ? column : std::string();
}

void TableModel::showPreview(View& view) const {
    if (!preview_) return;
    if (preview_->problem) {
        showProblem(view, *preview_->problem, inTheWay(), source_, texts_);
    } else {
        showTableFigures(view, *preview_, choices_, source_.table->culture().nullDate(), texts_);
    }
    findings_.show(view, preview_->findings, source_, texts_);
}

const Wording& TableModel::wording() const {
    static constexpr Wording table{
        .insert = msg("Insert table"), .update = msg("Update table"), .settingsOf = msg("Settings of the table in {place}")};
    return table;
}

std::variant<Draft, std::string> TableModel::draft(const std::optional<std::string>& before) const {
    if (!ready()) return preview_ ? sentenceOf(*preview_->problem, source_, texts_) : std::string();
    TableContext context;
    context.sourceName = source_.name;
    context.columns = columnNames(*source_.table);
    context.filledBelow = source_.filledBelow;
    if (currencies_) context.severalCurrencies = currencies_->column;
    if (preview_->lastDate) context.date = isoDate(*preview_->lastDate, source_.table->culture().nullDate());
    if (preview_->until > 0) context.until = isoDate(preview_->until, source_.table->culture().nullDate());
    return Draft{.plan = planTable(choices_, *preview_, context, texts_),
                 .kind = KeptKind::Table,
                 .settings = written(choices_),
                 .source = choices_.source,
                 .title = texts_.say(before ? wording().update : wording().insert)};
}

}  // namespace calckpi::panel
