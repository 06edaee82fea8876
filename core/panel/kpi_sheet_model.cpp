#include "core/panel/kpi_sheet_model.hpp"

#include "core/panel/controls.hpp"
#include "core/panel/items.hpp"
#include "core/recognition/recognition.hpp"
#include "core/sheets/kpi_values.hpp"

#include <algorithm>
#include <utility>

namespace calckpi::panel {
namespace {

constexpr PeriodWords::Value units[] = {PeriodWords::Month, PeriodWords::Quarter, PeriodWords::Week, PeriodWords::Year};

std::vector<SourceFound> foundIn(const Source& source) { return {{source.address, *source.facts, source.sample}}; }

// fromData are the KPIs of a template that need no typed figure.
std::size_t fromData(const KpiSheetChoices& choices) {
    return static_cast<std::size_t>(std::count_if(choices.kpis.begin(), choices.kpis.end(),
                                                  [&](const std::string& id) { return typedBy(*findKpi(id), choices).empty(); }));
}

}  // namespace

std::optional<Message> whyNoKpiSheet(const Source& source) {
    if (kpisFrom(source) > 0) return std::nullopt;
    return msg("needs columns of dates and of what is counted: deals, invoices, leads, activities or the like");
}

int kpisFrom(const Source& source) {
    const std::vector<SourceFound> found = foundIn(source);
    return static_cast<int>(fromData(defaultKpiSheet(bestTemplate(found), found)));
}

std::vector<SourceFound> KpiSheetModel::found() const { return {{source_.address, *source_.facts, source_.table}}; }

void KpiSheetModel::take(Source source) {
    source_ = std::move(source);
    choose(bestTemplate(foundIn(source_)));
}

void KpiSheetModel::takeAgain(Source source) {
    source_ = std::move(source);
    for (KpiSource& each : choices_.sources) each.address = source_.address;
    computed_ = false;
}

void KpiSheetModel::choose(std::string_view templateId) {
    const KpiSheetChoices before = choices_;
    choices_ = defaultKpiSheet(templateId, foundIn(source_));
    if (!before.templateId.empty()) {
        choices_.unit = before.unit;
        choices_.yearStart = before.yearStart;
    }
    computed_ = false;
    values_.clear();
}

std::optional<Message> KpiSheetModel::whyUseless() const {
    if (source_.table->rows() > 0) return std::nullopt;
    return msg("There are no rows below the headers. Select a table whose first row holds the headers");
}

std::vector<ColumnRef> KpiSheetModel::columnsNeeded() const {
    std::vector<ColumnRef> columns;
    for (const KpiSource& source : choices_.sources)
        for (const auto& [role, name] : source.columns) columns.push_back(columnRef(name, *source_.table));
    return columns;
}

void KpiSheetModel::compute() {
    // The words that mean won, lost or a meeting are looked for in all rows.
    const std::vector<SourceFound> all = found();
    for (std::size_t index = 0; index < choices_.sources.size(); ++index) choices_.sources[index] = sourceOf(all[index]);
    const std::map<std::string, KpiSheetContext::Source> sources = context().sources;
    KpiValues values(choices_, sources);
    values_.clear();
    for (const std::string_view id : findTemplate(choices_.templateId)->kpis) {
        const Kpi& kpi = *findKpi(id);
        if (missingFor(kpi, choices_)) continue;
        const Result<double> value = values.of(id);
        if (!value) continue;
        values_[std::string(id)] = kpi.unit == Unit::Share                                ? texts_.percent(*value)
                                   : kpi.unit == Unit::Days || kpi.unit == Unit::Number   ? texts_.number(*value, 1)
                                   : kpi.unit == Unit::Ratio || kpi.unit == Unit::Periods ? texts_.number(*value, 2)
                                                                                          : texts_.number(*value, 0);
    }
    computed_ = true;
}

KpiSheetContext KpiSheetModel::context() const {
    KpiSheetContext context;
    context.title = source_.name;
    context.nullDate = source_.table->nullDate();
    context.sources[source_.address] = {source_.table, columnNames(*source_.table)};
    return context;
}

// tick takes a KPI in or out; those that are in stay in the template's order.
void KpiSheetModel::tick(std::size_t kpi, bool on) {
    const std::span<const std::string_view> all = findTemplate(choices_.templateId)->kpis;
    std::vector<std::string> kpis;
    for (std::size_t index = 0; index < all.size(); ++index) {
        const bool in = std::find(choices_.kpis.begin(), choices_.kpis.end(), all[index]) != choices_.kpis.end();
        if (index == kpi ? on : in) kpis.emplace_back(all[index]);
    }
    choices_.kpis = std::move(kpis);
}

Reaction KpiSheetModel::act(const Action& action) {
    if (action.item == ControlId(Item::MoreOptions)) {
        more_ = action.on;
        return Next::Draw;
    }
    if (action.item == ControlId(Item::WithPicture)) {
        choices_.pictures = action.on;
        return Next::Draw;
    }
    return actOnKpis(action);
}

Reaction KpiSheetModel::actOnKpis(const Action& action) {
    const auto among = [&](std::int32_t count) { return action.entry >= 0 && action.entry < count; };
    switch (static_cast<KpiItem>(action.item.number())) {
        case KpiItem::Template:
            if (!among(sizeOf(kpiTemplates()))) return Next::Nothing;
            choose(kpiTemplates()[static_cast<std::size_t>(action.entry)].id);
            return Next::Compute;
        case KpiItem::Unit:
            if (!among(static_cast<std::int32_t>(std::size(units)))) return Next::Nothing;
            choices_.unit = units[static_cast<std::size_t>(action.entry)];
            return Next::Compute;
        case KpiItem::Year:
            if (!among(12)) return Next::Nothing;
            choices_.yearStart = action.entry + 1;
            return Next::Compute;
        case KpiItem::Check: tick(static_cast<std::size_t>(action.index), action.on); return Next::Draw;
        case KpiItem::Compare:
            (action.index == 0 ? choices_.previous : action.index == 1 ? choices_.lastYear : choices_.yearToDate) = action.on;
            return Next::Draw;
        default: return Next::Nothing;
    }
}

std::string KpiSheetModel::withValue(const Kpi& kpi) const {
    const std::string name = texts_.say(kpi.name);
    if (const auto value = values_.find(std::string(kpi.id)); value != values_.end())
        return texts_.say(msg("{kpi}: {value}"), {{"kpi", name}, {"value", value->second}});
    if (!typedBy(kpi, choices_).empty()) return texts_.say(msg("{kpi} (with figures to type in)"), {{"kpi", name}});
    return name;
}

void KpiSheetModel::showChoices(View& view) const {
    std::vector<std::string> names;
    std::int32_t selected = 0;
    for (const KpiTemplate& each : kpiTemplates()) {
        if (each.id == choices_.templateId) selected = sizeOf(names);
        names.push_back(texts_.say(each.name));
    }
    addField(view, KpiItem::TemplateLabel, texts_.say(msg("Template")),
             dropDown(KpiItem::Template, "", texts_.say(findTemplate(choices_.templateId)->purpose), names, selected), true);
    const std::vector<std::string> unitNames = {texts_.say(msg("Month")), texts_.say(msg("Quarter")), texts_.say(msg("Week")),
                                                texts_.say(msg("Year"))};
    const auto unit = static_cast<std::int32_t>(std::find(std::begin(units), std::end(units), choices_.unit) - std::begin(units));
    addField(view, KpiItem::UnitLabel, texts_.say(msg("Periods")),
             dropDown(KpiItem::Unit, "", texts_.say(msg("How long a period is")), unitNames, unit));
    addRow(view, check(Item::MoreOptions, texts_.say(msg("More options")), texts_.say(msg("What few people need")), more_));
    if (!more_) return;
    std::vector<std::string> months;
    const std::string all = texts_.say(msg("(Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec)"));
    for (std::size_t at = 1; at < all.size(); at = all.find_first_of(" )", at) + 1)
        months.push_back(all.substr(at, all.find_first_of(" )", at) - at));
    addField(view, KpiItem::YearLabel, texts_.say(msg("The year begins in")),
             dropDown(KpiItem::Year, "", texts_.say(msg("The first month of the business year")), months, choices_.yearStart - 1));
    const auto compare = [&](std::int32_t index, Message text, bool on) {
        Widget widget = check(KpiItem::Compare, texts_.say(text), texts_.say(msg("A comparison of the scorecard")), on);
        widget.index = index;
        addRow(view, std::move(widget));
    };
    compare(0, msg("Compare with the period before"), choices_.previous);
    compare(1, msg("Compare with last year"), choices_.lastYear);
    compare(2, msg("Show the year to date"), choices_.yearToDate);
    addRow(view, check(Item::WithPicture, texts_.say(msg("With pictures")), texts_.say(msg("Small charts of the KPIs")),
                       choices_.pictures));
}

void KpiSheetModel::showPreview(View& view) const {
    if (!computed_) return;
    const std::span<const std::string_view> all = findTemplate(choices_.templateId)->kpis;
    for (std::size_t index = 0; index < all.size(); ++index) {
        const Kpi& kpi = *findKpi(all[index]);
        if (missingFor(kpi, choices_)) continue;
        const bool on = std::find(choices_.kpis.begin(), choices_.kpis.end(), all[index]) != choices_.kpis.end();
        Widget widget = check(KpiItem::Check, withValue(kpi), std::string(kpi.formula), on);
        widget.index = static_cast<std::int32_t>(index);
        addRow(view, std::move(widget));
    }
    // Those that cannot be shown, with the reason.
    bool first = true;
    for (std::size_t index = 0; index < all.size(); ++index) {
        const Kpi& kpi = *findKpi(all[index]);
        const std::string reason = whyNot(kpi, choices_, texts_);
        if (reason.empty()) continue;
        Widget note = sentence(WidgetKind::Note, KpiItem::Missing,
                               texts_.say(msg("{kpi}: {value}"), {{"kpi", texts_.say(kpi.name)}, {"value", reason}}));
        note.index = static_cast<std::int32_t>(index);
        addRow(view, std::move(note), std::exchange(first, false));
    }
}

const Wording& KpiSheetModel::wording() const {
    static constexpr Wording sheet{.insert = msg("Insert KPI sheet"),
                                   .update = msg("Update KPI sheet"),
                                   .settingsOf = msg("Settings of the KPI sheet in {place}")};
    return sheet;
}

std::variant<Draft, std::string> KpiSheetModel::draft(const std::optional<std::string>&) const {
    if (!ready()) return texts_.say(msg("Tick a KPI first"));
    return Draft{.plan = planKpiSheet(choices_, context(), texts_),
                 .kind = KeptKind::KpiSheet,
                 .settings = written(choices_),
                 .source = source_.address,
                 .title = texts_.say(wording().insert)};
}

}  // namespace calckpi::panel
