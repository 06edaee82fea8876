#include "core/sheets/kpi_sheet_choices.hpp"

#include "core/recognition/recognition.hpp"
#include "core/recognition/role_words.hpp"
#include "core/recognition/stage_list.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <array>

namespace calckpi::panel {
namespace {

// Part is one of a measure's filters: a column, and words or a test.
struct Part {
    std::string_view column;
    std::string_view words;  // separated by commas
    std::string_view test;
};

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(separator), text.size());
        parts.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

std::vector<Part> partsOf(std::string_view filters) {
    std::vector<Part> parts;
    for (const std::string_view each : split(filters, ';')) {
        const std::size_t end = each.find_first_of("~<>=");
        const bool words = each[end] == '~';
        parts.push_back({each.substr(0, end), words ? each.substr(end + 1) : "", words ? "" : each.substr(end)});
    }
    return parts;
}

// inData is the text of a column that has one of the words in it: the most usual of them.
std::optional<std::string> inData(const Column& cells, std::string_view words) {
    std::map<std::string, std::size_t> counts;
    for (std::size_t row = 0; row < cells.rows(); ++row)
        if (cells.kind(row) == CellKind::Text) ++counts[cells.texts()[cells.textIndex(row)]];
    std::optional<std::string> best;
    for (const auto& [text, count] : counts) {
        const std::string key = folded(text);
        const auto holds = [&](std::string_view word) { return key.find(folded(word)) != std::string::npos; };
        const std::vector<std::string_view> all = split(words, ',');
        if (std::any_of(all.begin(), all.end(), holds) && (!best || count > counts[*best])) best = text;
    }
    return best;
}

// findStates looks for texts that mean won or lost: in the status, else in the stage.
void findStates(const SourceFound& found, KpiSource& source) {
    for (const Role role : {Role::Status, Role::Stage}) {
        const std::string* name = source.column(role);
        const std::optional<std::size_t> index = name == nullptr ? std::nullopt : columnIndex(*name, *found.table);
        if (!index) continue;
        const ColumnHandle cells = found.table->look(*index);
        for (const std::string& text : cells->texts()) {
            if (isBlank(text)) continue;
            const Outcome outcome = outcomeOf(text);
            if (outcome == Outcome::Won) addState(source.won, text);
            if (outcome == Outcome::Lost) addState(source.lost, text);
        }
        source.state = *name;
        if (!source.won.empty()) return;
    }
}

void findWords(const SourceFound& found, KpiSource& source) {
    for (const Measure& measure : allMeasures()) {
        if (measure.rows != source.rows) continue;
        for (const Part& part : partsOf(measure.filters)) {
            const std::optional<Role> role = roleNamed(part.column);
            const std::string* column = role ? source.column(*role) : nullptr;
            if (part.words.empty() || column == nullptr) continue;
            const std::optional<std::size_t> index = columnIndex(*column, *found.table);
            if (!index) continue;
            if (std::optional<std::string> text = inData(*found.table->look(*index), part.words))
                source.words.insert_or_assign(std::string(part.words), *std::move(text));
        }
    }
}

// In a list of states, lost ones are told by one text alone where a criterion has to name them.
std::optional<std::string> stateTest(const KpiSource& source, std::string_view state) {
    const std::vector<std::string>& texts = state == "won" ? source.won : source.lost;
    if (source.state.empty() || texts.size() != 1) return std::nullopt;
    return texts.front();
}

}  // namespace

const std::string* KpiSource::column(Role role) const {
    const auto found = columns.find(role);
    return found == columns.end() ? nullptr : &found->second;
}

const KpiSource* KpiSheetChoices::source(RowKind rows) const {
    const auto found = std::find_if(sources.begin(), sources.end(), [&](const KpiSource& each) { return each.rows == rows; });
    return found == sources.end() ? nullptr : &*found;
}

const OwnKpi* KpiSheetChoices::ownKpi(std::string_view id) const {
    const auto found = std::find_if(own.begin(), own.end(), [&](const OwnKpi& each) { return each.id == id; });
    return found == own.end() ? nullptr : &*found;
}

std::string periodWord(const KpiSheetChoices& choices) {
    constexpr std::array days = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    const std::string month = choices.yearStart == 1 ? std::string() : "/" + std::to_string(choices.yearStart);
    switch (choices.unit) {
        case PeriodWords::Day: return "day";
        case PeriodWords::Week: {
            const auto day = static_cast<std::size_t>(std::clamp(choices.weekStart, 1, 7) - 1);
            return day == 0 ? "week" : std::string("week/") + days.at(day);
        }
        case PeriodWords::Month: return "month";
        case PeriodWords::Quarter: return "quarter" + month;
        case PeriodWords::Year: break;
    }
    return "year" + month;
}

std::string yearWord(const KpiSheetChoices& choices) {
    return choices.yearStart == 1 ? "year" : "year/" + std::to_string(choices.yearStart);
}

std::optional<std::int32_t> periodsAYear(PeriodWords::Value unit) {
    switch (unit) {
        case PeriodWords::Day: break;
        case PeriodWords::Week: return 52;
        case PeriodWords::Month: return 12;
        case PeriodWords::Quarter: return 4;
        case PeriodWords::Year: return 1;
    }
    return std::nullopt;
}

KpiSource sourceOf(const SourceFound& found, const KpiSource* before) {
    KpiSource source{.address = found.address, .rows = before != nullptr ? before->rows : found.facts.rows};
    if (before != nullptr) {
        source.filters = before->filters;
        for (const auto& [role, name] : before->columns)
            if (columnIndex(name, *found.table)) source.columns.emplace(role, name);
    } else {
        source.filters = subtotalFilters(found.facts);
    }
    const bool said = before != nullptr && before->statesSaid && columnIndex(before->state, *found.table);
    if (said) {
        source.state = before->state;
        source.won = before->won;
        source.lost = before->lost;
        source.statesSaid = true;
    }
    for (const ColumnFacts& column : found.facts.columns) {
        if (!column.role || column.textDates || column.percentages) continue;  // what the functions cannot take as it is
        source.columns.emplace(*column.role, column.name);
        if (column.kind == ColumnKind::Number && column.most) source.most.emplace(*column.role, *column.most);
    }
    if (source.rows == RowKind::Deals && !said) findStates(found, source);
    findWords(found, source);
    return source;
}

std::optional<KpiSource> statesSaid(const KpiSource& source, const Table& table, bool won, const std::vector<std::string>& texts) {
    for (const Role role : {Role::Status, Role::Stage}) {
        const std::string* name = source.column(role);
        const std::optional<std::size_t> index = name == nullptr ? std::nullopt : columnIndex(*name, table);
        if (!index) continue;
        std::vector<std::string> those;
        const ColumnHandle cells = table.look(*index);
        for (const std::string& text : cells->texts())
            if (std::any_of(texts.begin(), texts.end(), [&](const std::string& each) { return folded(each) == folded(text); }))
                addState(those, text);
        if (those.empty()) continue;
        KpiSource changed = source;
        std::vector<std::string>& others = won ? changed.lost : changed.won;
        if (changed.state != *name) others.clear();
        std::erase_if(others, [&](const std::string& text) { return std::find(those.begin(), those.end(), text) != those.end(); });
        (won ? changed.won : changed.lost) = std::move(those);
        changed.state = *name;
        changed.statesSaid = true;
        return changed;
    }
    return std::nullopt;
}

KpiSheetChoices defaultKpiSheet(std::string_view templateId, const std::vector<SourceFound>& found) {
    KpiSheetChoices choices{.templateId = std::string(templateId)};
    for (const SourceFound& each : found)
        if (each.facts.rows != RowKind::Other) choices.sources.push_back(sourceOf(each));
    const KpiTemplate* what = findTemplate(templateId);
    if (what == nullptr) return choices;
    choices.kpis = proposedKpis(choices);
    choices.sections.assign(what->sections.begin(), what->sections.end());
    return choices;
}

std::vector<std::string> proposedKpis(const KpiSheetChoices& choices) {
    const KpiTemplate* what = findTemplate(choices.templateId);
    std::vector<std::string> kpis;
    for (const std::string_view id : what->kpis.first(what->ticked)) {
        const Kpi& kpi = *findKpi(id);
        // What waits for typed figures alone is proposed where the template is made of such.
        const bool typedAlone = typedBy(kpi, choices).size() == measuresOf(kpi.formula).size();
        if (!missingFor(kpi, choices) && (!typedAlone || what->id == "finance")) kpis.emplace_back(id);
    }
    return kpis;
}

std::string_view bestTemplate(const std::vector<SourceFound>& found) {
    std::string_view best = kpiTemplates().front().id;
    double most = 0;
    for (const KpiTemplate& each : kpiTemplates()) {
        const KpiSheetChoices choices = defaultKpiSheet(each.id, found);
        const auto fromData = std::count_if(choices.kpis.begin(), choices.kpis.end(),
                                            [&](const std::string& id) { return typedBy(*findKpi(id), choices).empty(); });
        const double share = static_cast<double>(fromData) / static_cast<double>(each.ticked);
        if (share > most) {
            most = share;
            best = each.id;
        }
    }
    return best;
}

std::optional<std::vector<Criterion>> criteriaOf(const Measure& measure, const KpiSource& source) {
    std::vector<Criterion> criteria;
    for (const Part& part : partsOf(measure.filters)) {
        if (part.column == "state") {
            const std::optional<std::string> test = stateTest(source, part.test.substr(1));
            if (!test) return std::nullopt;
            criteria.push_back({source.state, *test});
            continue;
        }
        const std::string* column = source.column(*roleNamed(part.column));
        if (column == nullptr) return std::nullopt;
        if (part.words.empty()) {
            criteria.push_back({*column, std::string(part.test)});
            continue;
        }
        const auto word = source.words.find(std::string(part.words));
        if (word == source.words.end()) return std::nullopt;
        criteria.push_back({*column, word->second});
    }
    criteria.insert(criteria.end(), source.filters.begin(), source.filters.end());
    return criteria;
}

namespace {

// missingOf is what a source does not have of a measure.
std::optional<MissingForKpi> missingOf(const Measure& measure, const KpiArray* array, const KpiSource& source) {
    std::vector<Role> needed = rolesIn(array != nullptr ? array->call : measure.call);
    if (array == nullptr && !measure.nowOnly) needed.push_back(measure.when);
    if (measure.value) needed.push_back(*measure.value);
    for (const Part& part : partsOf(measure.filters))
        if (const std::optional<Role> role = roleNamed(part.column)) needed.push_back(*role);
    for (const Role role : needed)
        if (source.column(role) == nullptr) return MissingForKpi{source.rows, role};
    const bool states = (array != nullptr ? array->call : measure.call).find("{state}") != std::string_view::npos;
    if (states && source.won.empty()) return MissingForKpi{source.rows, Role::Stage};
    if (!criteriaOf(measure, source)) return MissingForKpi{source.rows, Role::Kind};
    if (measure.from == MeasureFrom::Series && !source.filters.empty()) return MissingForKpi{.rows = source.rows, .filtered = true};
    if (measure.value && source.most.contains(*measure.value)) {
        const double most = source.most.at(*measure.value);
        if (most < measure.mostFrom || most > measure.mostTo) return MissingForKpi{source.rows, measure.value, true};
    }
    return std::nullopt;
}

}  // namespace

std::optional<ResolvedMeasure> resolve(std::string_view id, const KpiSheetChoices& choices, MissingForKpi* missing) {
    const Measure* measure = findMeasure(id);
    if (measure == nullptr) return std::nullopt;
    if (measure->from == MeasureFrom::Typed) return ResolvedMeasure{.measure = measure};
    const KpiArray* array = measure->array.empty() ? nullptr : findKpiArray(measure->array);
    if (array != nullptr && !array->instead.empty())
        if (const KpiArray* instead = findKpiArray(array->instead); choices.source(instead->rows) != nullptr) array = instead;
    const RowKind rows = array == nullptr ? measure->rows : array->rows;
    const KpiSource* source = choices.source(rows);
    const std::optional<MissingForKpi> lacks =
        source == nullptr ? std::optional(MissingForKpi{rows}) : missingOf(*measure, array, *source);
    if (!lacks) return ResolvedMeasure{measure, source, array};
    if (!measure->otherwise.empty())
        if (const auto other = resolve(measure->otherwise, choices)) return other;
    if (missing != nullptr) *missing = *lacks;
    return std::nullopt;
}

std::optional<MissingForKpi> missingFor(const Kpi& kpi, const KpiSheetChoices& choices) {
    for (const MeasureUse& use : measuresOf(kpi.formula)) {
        MissingForKpi missing;
        if (!resolve(use.id, choices, &missing)) return missing;
    }
    return std::nullopt;
}

std::vector<const Measure*> typedBy(const Kpi& kpi, const KpiSheetChoices& choices) {
    std::vector<const Measure*> typed;
    for (const MeasureUse& use : measuresOf(kpi.formula)) {
        const std::optional<ResolvedMeasure> resolved = resolve(use.id, choices);
        if (resolved && resolved->source == nullptr && std::find(typed.begin(), typed.end(), resolved->measure) == typed.end())
            typed.push_back(resolved->measure);
    }
    return typed;
}

std::string whyNot(const Kpi& kpi, const KpiSheetChoices& choices, const Texts& texts) {
    const std::optional<MissingForKpi> missing = missingFor(kpi, choices);
    if (!missing) return {};
    if (missing->filtered) return texts.say(msg("Cannot be computed of filtered rows"));
    if (missing->scale) return texts.say(msg("Needs scores on another scale"));
    if (!missing->role) return texts.say(msg("Needs a table of {rows}"), {{"rows", texts.say(rowsCalled(missing->rows))}});
    if (const std::string* stage = choices.source(missing->rows)->column(Role::Stage);
        stage != nullptr && missing->role == Role::Stage)
        return texts.say(msg("No text in the column {column} means that a deal is won"), {{"column", *stage}});
    if (choices.source(missing->rows)->column(*missing->role) != nullptr)
        return texts.say(msg("No text in the data says so in the column {column}"),
                         {{"column", *choices.source(missing->rows)->column(*missing->role)}});
    return texts.say(msg("Needs a column with {role}"), {{"role", texts.say(roleCalled(*missing->role))}});
}

std::string whyNone(const KpiSheetChoices& choices, const Texts& texts) {
    if (!proposedKpis(choices).empty()) return {};
    const KpiTemplate& what = *findTemplate(choices.templateId);
    for (const std::string_view id : what.kpis) {
        const Kpi& kpi = *findKpi(id);
        if (const std::string reason = whyNot(kpi, choices, texts); !reason.empty())
            return texts.say(msg("These data give no KPI of the template {template}. {kpi}: {reason}"),
                             {{"template", texts.say(what.name)}, {"kpi", texts.say(kpi.name)}, {"reason", reason}});
    }
    return {};
}

Message rowsCalled(RowKind rows) {
    switch (rows) {
        case RowKind::Deals: return msg("your deals");
        case RowKind::Transactions: return msg("invoices or orders");
        case RowKind::Subscriptions: return msg("plans or subscriptions");
        case RowKind::Leads: return msg("your leads");
        case RowKind::Activities: return msg("activities");
        case RowKind::Events: return msg("events");
        case RowKind::Surveys: return msg("survey answers");
        case RowKind::Tickets: return msg("tickets");
        case RowKind::People: return msg("people of the team");
        case RowKind::Content: return msg("pieces of content");
        case RowKind::InputsByMonth: return msg("figures by month");
        case RowKind::Other: break;
    }
    return msg("rows");
}

Message roleCalled(Role role) {
    switch (role) {
        case Role::Deal: return msg("the deal");
        case Role::Customer: return msg("the customer");
        case Role::Stage: return msg("the stage, won and lost in it");
        case Role::Status: return msg("the status");
        case Role::Outcome: return msg("the outcome");
        case Role::Escalated: return msg("escalations");
        case Role::Presales: return msg("whether pre-sales took part");
        case Role::Amount: return msg("the amount");
        case Role::ListPrice: return msg("the list price");
        case Role::Probability: return msg("the probability");
        case Role::Score: return msg("the score");
        case Role::Minutes: return msg("the minutes");
        case Role::Cost: return msg("the cost");
        case Role::Attributed: return msg("the sales attributed");
        case Role::Shares: return msg("how often it was shared");
        case Role::Views: return msg("how often it was viewed");
        case Role::Opened: return msg("the date of opening");
        case Role::Closed: return msg("the date of closing");
        case Role::Proposed: return msg("the date of the proposal");
        case Role::Received: return msg("the date when the lead came in");
        case Role::Contacted: return msg("the date of the first contact");
        case Role::Qualified: return msg("the date when marketing qualified the lead");
        case Role::SalesQualified: return msg("the date when sales qualified the lead");
        case Role::Converted: return msg("the date when the lead became an opportunity");
        case Role::When: return msg("the date");
        case Role::Start: return msg("the start");
        case Role::End: return msg("the end");
        case Role::FirstAnswer: return msg("the date of the first answer");
        case Role::Solved: return msg("the date of the solution");
        case Role::Hired: return msg("the date of hiring");
        case Role::Productive: return msg("the date when the ramp-up was over");
        case Role::Left: return msg("the date of leaving");
        case Role::Published: return msg("the date of publishing");
        case Role::Updated: return msg("the date of the update");
        case Role::Used: return msg("the date of the last use");
        case Role::Valued: return msg("the date of the first benefit");
        case Role::Kind: return msg("the kind");
        case Role::Owner: return msg("the seller");
        case Role::Product: return msg("the product");
        case Role::Channel: return msg("the channel");
        case Role::Region: return msg("the region");
        default: break;
    }
    return msg("this figure");
}

bool comparesAmounts(std::string_view kpi) {
    const Kpi* known = findKpi(kpi);
    return known != nullptr && functionOf(*known) == "DWINVALUE";
}

ClosedDeals closedDealsOf(const KpiSource& source) {
    const std::string* amount = source.column(Role::Amount);
    return {source.state, source.won, source.lost, amount == nullptr ? std::string() : *amount};
}

}  // namespace calckpi::panel
