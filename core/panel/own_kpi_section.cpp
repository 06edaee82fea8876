#include "core/panel/own_kpi_section.hpp"

#include "core/panel/controls.hpp"
#include "core/recognition/recognition.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <iterator>

namespace calckpi::panel {
namespace {

constexpr std::string_view statistics[] = {"count", "sum", "mean", "distinct"};
// The filters of an own KPI have other places than those of the source.
constexpr std::int32_t firstFilter = 100;

std::vector<SourceColumn> columnsOf(const Source& source, bool dates) {
    std::vector<SourceColumn> columns;
    for (const ColumnFacts& column : source.facts->columns)
        if (!dates || (column.kind == ColumnKind::Date && !column.textDates))
            columns.push_back({column.name, column.kind, column.shown});
    return columns;
}

template <class List>
bool among(const List& list, std::int32_t entry) {
    return entry >= 0 && entry < static_cast<std::int32_t>(std::size(list));
}

}  // namespace

std::string missingColumn(const OwnKpi& own, const Source* source) {
    if (source == nullptr) return own.when;
    std::vector<std::string> asked = {own.when};
    if (!own.value.empty()) asked.push_back(own.value);
    for (const Criterion& filter : own.filters) asked.push_back(filter.column);
    for (const std::string& column : asked)
        if (!columnIndex(column, *source->table)) return column;
    return {};
}

void OwnKpiSection::begin(const std::vector<const Source*>& sources) {
    kpi_ = OwnKpi{.id = {}, .name = {}, .source = {}, .when = {}, .statistic = "count"};
    filters_.clear();
    problem_.reset();
    for (const Source* each : sources) {
        const std::vector<SourceColumn> dates = columnsOf(*each, true);
        if (dates.empty()) continue;
        kpi_.source = each->address;
        kpi_.when = dates.front().name;
        return;
    }
}

const Source* OwnKpiSection::source(const std::vector<const Source*>& sources) const {
    const auto found =
        std::find_if(sources.begin(), sources.end(), [&](const Source* each) { return each->address == kpi_.source; });
    return found == sources.end() ? nullptr : *found;
}

void OwnKpiSection::show(View& view, const std::vector<const Source*>& sources, const Texts& texts) const {
    const Source* from = source(sources);
    if (from == nullptr) return;
    addRow(view, heading(OwnItem::Title, texts.say(msg("A KPI of your own"))), true);
    if (sources.size() > 1) {
        std::vector<std::string> names;
        std::int32_t selected = 0;
        for (const Source* each : sources) {
            if (each == from) selected = sizeOf(names);
            names.push_back(each->name);
        }
        addField(view, OwnItem::SourceLabel, texts.say(msg("Table")),
                 dropDown(OwnItem::Source, "", texts.say(msg("The table whose rows are counted")), names, selected));
    }
    const std::vector<std::string> ways = {texts.say(msg("How many rows")), texts.say(msg("Sum of a column")),
                                           texts.say(msg("Mean of a column")), texts.say(msg("How many different ones"))};
    const auto way = std::find(std::begin(statistics), std::end(statistics), kpi_.statistic) - std::begin(statistics);
    addField(view, OwnItem::StatisticLabel, texts.say(msg("What it counts")),
             dropDown(OwnItem::Statistic, "", texts.say(msg("What the rows of each period are summed up to")), ways,
                      static_cast<std::int32_t>(way)));
    if (!counts())
        addField(view, OwnItem::ValueLabel, texts.say(msg("Column")),
                 columnDropDown(OwnItem::Value, "", texts.say(msg("The column that is summed up")), columnsOf(*from, false),
                                kpi_.value, true, texts));
    addField(view, OwnItem::WhenLabel, texts.say(msg("By the date")),
             columnDropDown(OwnItem::When, "", texts.say(msg("The date by which a row falls into a period")),
                            columnsOf(*from, true), kpi_.when, false, texts));
    filters_.show(view, kpi_.filters, columnsOf(*from, false), texts, firstFilter);
    const std::vector<std::string> directions = {texts.say(msg("More is better")), texts.say(msg("Less is better")),
                                                 texts.say(msg("Neither"))};
    addField(view, OwnItem::BetterLabel, texts.say(msg("Direction")),
             dropDown(OwnItem::Better, "", texts.say(msg("Which way is better, for the marks")), directions,
                      static_cast<std::int32_t>(kpi_.better)));
    addField(view, OwnItem::NameLabel, texts.say(msg("Name")),
             edit(OwnItem::Name, "", texts.say(msg("What the sheet calls it; empty: after what it counts")), kpi_.name));
    if (problem_) addRow(view, sentence(WidgetKind::Warning, OwnItem::Problem, texts.say(*problem_)));
    addRow(view, button(OwnItem::Add, texts.say(msg("Add this KPI")), texts.say(msg("It is kept with the sheet"))));
}

Next OwnKpiSection::act(const Action& action, const std::vector<const Source*>& sources) {
    const Source* from = source(sources);
    if (from == nullptr) return Next::Nothing;
    problem_.reset();
    switch (static_cast<OwnItem>(action.item.number())) {
        case OwnItem::Source:
            if (!among(sources, action.entry)) return Next::Nothing;
            begin({sources[static_cast<std::size_t>(action.entry)]});
            return Next::Draw;
        case OwnItem::Statistic:
            if (!among(statistics, action.entry)) return Next::Nothing;
            kpi_.statistic = statistics[static_cast<std::size_t>(action.entry)];
            if (counts()) kpi_.value.clear();
            return Next::Draw;
        case OwnItem::Value: kpi_.value = columnOfEntry(columnsOf(*from, false), action.entry, true); return Next::Draw;
        case OwnItem::When: kpi_.when = columnOfEntry(columnsOf(*from, true), action.entry, false); return Next::Draw;
        case OwnItem::Better:
            if (action.entry < 0 || action.entry > 2) return Next::Nothing;
            kpi_.better = static_cast<Better>(action.entry);
            return Next::Draw;
        case OwnItem::Name: kpi_.name = std::string(trimmed(action.text)); return Next::Draw;
        default: break;
    }
    const Next next = filters_.act(action, kpi_.filters, columnsOf(*from, false), firstFilter);
    return next == Next::Nothing ? next : Next::Draw;
}

std::string OwnKpiSection::proposedName(const Texts& texts) const {
    if (kpi_.statistic == "sum") return texts.say(msg("Sum of {column}"), {{"column", kpi_.value}});
    if (kpi_.statistic == "mean") return texts.say(msg("Mean of {column}"), {{"column", kpi_.value}});
    if (kpi_.statistic == "distinct") return texts.say(msg("Different ones in {column}"), {{"column", kpi_.value}});
    return texts.say(msg("Rows by {column}"), {{"column", kpi_.when}});
}

std::optional<OwnKpi> OwnKpiSection::made(std::int32_t number, const Texts& texts) {
    if (!counts() && kpi_.value.empty()) {
        problem_ = msg("Choose the column first");
        return std::nullopt;
    }
    OwnKpi made = kpi_;
    made.id = "own-" + std::to_string(number);
    if (made.name.empty()) made.name = proposedName(texts);
    kpi_.name.clear();
    kpi_.filters.clear();
    filters_.clear();
    return made;
}

}  // namespace calckpi::panel
