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
    return static_cast<std::size_t>(std::count_if(choices.kpis.begin(), choices.kpis.end(), [&](const std::string& id) {
        const Kpi* kpi = findKpi(id);
        return kpi != nullptr && typedBy(*kpi, choices).empty();
    }));
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

// found are the tables that the sheet is made from: the selected one and those of the others that are in use.
std::vector<SourceFound> KpiSheetModel::found() const {
    std::vector<SourceFound> all = {{source_.address, *source_.facts, source_.table}};
    for (const std::string& address : othersUsed())
        if (const Source* other = sourceAt(address)) all.push_back({address, *other->facts, other->table});
    return all;
}

const Source* KpiSheetModel::sourceAt(const std::string& address) const {
    if (address == source_.address) return &source_;
    const auto other = std::find_if(others_.begin(), others_.end(), [&](const Source& each) { return each.address == address; });
    return other == others_.end() ? nullptr : &*other;
}

std::vector<std::string> KpiSheetModel::othersUsed() const {
    std::vector<std::string> addresses;
    for (const KpiSource& each : choices_.sources)
        if (each.address != source_.address) addresses.push_back(each.address);
    return addresses;
}

// readdress gives the sources of the choices the addresses at which they are now.
void KpiSheetModel::readdress(const std::map<std::string, std::string>& addresses) {
    const auto change = [&](std::string& address) {
        if (const auto now = addresses.find(address); now != addresses.end()) address = now->second;
    };
    for (KpiSource& each : choices_.sources) change(each.address);
    for (OwnKpi& each : choices_.own) change(each.source);
}

void KpiSheetModel::take(Source source) {
    source_ = std::move(source);
    others_.clear();
    othersTaken_ = false;
    typed_ = {};
    choices_ = {};
    choose(bestTemplate(foundIn(source_)));
}

bool KpiSheetModel::takeKept(Source source, std::string_view settings, std::vector<Source> others) {
    std::optional<KpiSheetChoices> choices = readKpiSheetSettings(settings);
    if (!choices || findTemplate(choices->templateId) == nullptr) return false;
    source_ = std::move(source);
    others_ = std::move(others);
    othersTaken_ = false;
    typed_ = {};
    choices_ = *std::move(choices);
    std::map<std::string, std::string> addresses;
    std::vector<KpiSource> there;
    for (std::size_t index = 0; index < choices_.sources.size(); ++index) {
        // What is made from a table that is gone waits for it.
        if (index > others_.size() || (index > 0 && !others_[index - 1].table)) continue;
        addresses[choices_.sources[index].address] = index == 0 ? source_.address : others_[index - 1].address;
        there.push_back(choices_.sources[index]);
    }
    std::erase_if(others_, [](const Source& each) { return !each.table; });
    choices_.sources = std::move(there);
    readdress(addresses);
    forgetValues();
    return true;
}

void KpiSheetModel::takeAgain(Source source) {
    readdress({{source_.address, source.address}});
    source_ = std::move(source);
    forgetValues();
}

// takeOthers uses a table of a kind that is not there yet at once; a sheet that is updated keeps its sources.
void KpiSheetModel::takeOthers(std::vector<Source> others) {
    const bool kept = !others_.empty() || !typed_.periods.empty();
    othersTaken_ = true;
    for (Source& other : others) {
        if (sourceAt(other.address) != nullptr) continue;
        const RowKind rows = other.facts->rows;
        if (!kept && rows != RowKind::Other && choices_.source(rows) == nullptr)
            choices_.sources.push_back(sourceOf(SourceFound{other.address, *other.facts, other.sample}));
        others_.push_back(std::move(other));
    }
    forgetValues();
}

void KpiSheetModel::takeOthersAgain(std::vector<Source> others) {
    const std::vector<std::string> used = othersUsed();
    std::map<std::string, std::string> addresses;
    for (std::size_t index = 0; index < std::min(used.size(), others.size()); ++index) {
        const auto same = [&](const Source& each) { return each.address == used[index]; };
        const auto place = std::find_if(others_.begin(), others_.end(), same);
        if (place == others_.end() || !others[index].table) continue;
        addresses[used[index]] = others[index].address;
        *place = std::move(others[index]);
    }
    readdress(addresses);
    forgetValues();
}

void KpiSheetModel::takeTyped(TypedFigures typed) {
    if (typed.asOf != typed_.asOf) choices_.asOf = typed.asOf;
    typed_ = std::move(typed);
}

void KpiSheetModel::forgetValues() {
    computed_ = false;
    values_.clear();
}

void KpiSheetModel::choose(std::string_view templateId) {
    const KpiSheetChoices before = choices_;
    choices_ = defaultKpiSheet(templateId, found());
    for (KpiSource& source : choices_.sources)
        for (const KpiSource& old : before.sources)
            if (old.address == source.address) source.filters = old.filters;
    if (!before.templateId.empty()) takeOptions(before);
    forgetValues();
}

// takeOptions keeps what is chosen whatever the template is.
void KpiSheetModel::takeOptions(const KpiSheetChoices& before) {
    const std::vector<std::string> kpis = choices_.kpis;
    const std::vector<TemplateSection> sections = choices_.sections;
    const std::vector<KpiSource> sources = choices_.sources;
    const std::string templateId = choices_.templateId;
    choices_ = before;
    choices_.templateId = templateId;
    choices_.sources = sources;
    choices_.sections = sections;
    choices_.kpis = kpis;
    for (const OwnKpi& own : choices_.own) choices_.kpis.push_back(own.id);
}

std::optional<Message> KpiSheetModel::whyUseless() const {
    if (source_.table->rows() > 0) return std::nullopt;
    return msg("There are no rows below the headers. Select a table whose first row holds the headers");
}

std::vector<ColumnRef> KpiSheetModel::columnsNeeded() const {
    std::vector<ColumnRef> columns;
    // Those of other tables are read as they are asked for.
    for (const KpiSource& source : choices_.sources)
        if (source.address == source_.address)
            for (const auto& [role, name] : source.columns)
                if (columnIndex(name, *source_.table)) columns.push_back(columnRef(name, *source_.table));
    return columns;
}

void KpiSheetModel::compute() {
    // The words that mean won, lost or a meeting are looked for in all rows.
    for (KpiSource& each : choices_.sources)
        if (const Source* at = sourceAt(each.address)) each = sourceOf({at->address, *at->facts, at->table}, &each);
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
    for (const KpiSource& each : choices_.sources)
        if (const Source* at = sourceAt(each.address)) context.sources[each.address] = {at->table, columnNames(*at->table)};
    context.typed = typed_;
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
    for (const OwnKpi& own : choices_.own)
        if (std::find(choices_.kpis.begin(), choices_.kpis.end(), own.id) != choices_.kpis.end()) kpis.push_back(own.id);
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

std::variant<Draft, std::string> KpiSheetModel::draft(const std::optional<std::string>& before) const {
    if (!ready()) return texts_.say(msg("Tick a KPI first"));
    std::vector<std::string> addresses;
    for (const KpiSource& each : choices_.sources) addresses.push_back(each.address);
    const std::string first = addresses.empty() ? source_.address : addresses.front();
    if (!addresses.empty()) addresses.erase(addresses.begin());
    return Draft{.plan = planKpiSheet(choices_, context(), texts_),
                 .kind = KeptKind::KpiSheet,
                 .settings = written(choices_),
                 .source = first,
                 .moreSources = std::move(addresses),
                 .title = texts_.say(before ? wording().update : wording().insert)};
}

}  // namespace calckpi::panel
