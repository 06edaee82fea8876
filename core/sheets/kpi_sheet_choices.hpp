// KpiSheetChoices: all that a KPI sheet is made from, as the user sees it in the sidebar. The preview is computed from it, the
// three sheets are written from it (kpi_sheet_plan.hpp), and the document keeps it, so that the sheet can be updated later.
//
//   KpiSheetChoices choices = defaultKpiSheet("sales-scorecard", {{"$Deals.$A$1:$G$8801", facts, table}});
//   whyNot(*findKpi("churn-rate"), choices)       // nothing, or "Needs a sheet with invoices or orders"
#pragma once

#include "core/dates/period.hpp"
#include "core/recognition/choices.hpp"
#include "core/recognition/facts.hpp"
#include "core/sheets/data_check.hpp"
#include "core/sheets/kpi_templates.hpp"
#include "core/tables/table.hpp"
#include "core/texts/message.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace calckpi::panel {

// KpiSource is a table of the document that KPIs are computed from.
struct KpiSource {
    std::string address;  // as in a formula: $Deals.$A$1:$G$8801
    RowKind rows = RowKind::Other;
    std::map<Role, std::string> columns{};  // the headers, as in columnNames
    std::map<Role, double> most{};          // the largest number of a column, where it is known
    // Deals: the column that says which are won and lost, and the texts in it that mean so.
    std::string state{};
    std::vector<std::string> won{};
    std::vector<std::string> lost{};
    bool statesSaid = false;  // by the user: the data are not asked again
    std::vector<Criterion> filters{};
    // The texts of the data that the words of measures stand for: of "Kind", "meeting,rendez-vous" is "Meetings".
    std::map<std::string, std::string> words{};

    const std::string* column(Role role) const;
    friend bool operator==(const KpiSource&, const KpiSource&) = default;
};

// OwnKpi is one that the user made by the pattern of all that is counted: count, sum, mean or distinct of a column, for the rows
// that pass filters, by a date.
struct OwnKpi {
    std::string id;  // "own-1": by which targets are kept
    std::string name;
    std::string source;     // the address of one of the sources
    std::string when;       // the column of the date
    std::string statistic;  // as PERIODVALUES takes it
    std::string value{};    // the column that is summed up
    std::vector<Criterion> filters{};
    Better better = Better::More;
    friend bool operator==(const OwnKpi&, const OwnKpi&) = default;
};

struct KpiSheetChoices {
    std::string templateId;
    std::vector<KpiSource> sources{};
    std::vector<std::string> kpis{};  // ids of those that are shown, in their order; own ones among them
    std::vector<OwnKpi> own{};
    // Periods
    PeriodWords::Value unit = PeriodWords::Month;
    std::int32_t periods = 13;
    std::int32_t yearStart = 1;    // the month in which the year begins
    std::int32_t weekStart = 1;    // 1 is Monday
    std::optional<double> asOf{};  // none: the last day of the data
    // Comparisons
    bool previous = true;
    bool lastYear = true;
    bool yearToDate = true;
    double tolerance = 0.01;  // of the target: as near as this is on target
    // Below the KPIs
    std::vector<TemplateSection> sections{};
    bool pictures = true;

    // source is the first of its kind.
    const KpiSource* source(RowKind rows) const;
    const OwnKpi* ownKpi(std::string_view id) const;
    friend bool operator==(const KpiSheetChoices&, const KpiSheetChoices&) = default;
};

// periodWord and yearWord are the periods as functions take them: "month", "quarter/4", "week/sun".
std::string periodWord(const KpiSheetChoices& choices);
std::string yearWord(const KpiSheetChoices& choices);
// periodsAYear is how many periods the same one lies before, a year earlier; none for days, whose date counts.
std::optional<std::int32_t> periodsAYear(PeriodWords::Value unit);

// SourceFound is a table of the document that was looked at.
struct SourceFound {
    std::string address;
    TableFacts facts;
    TableHandle table;
};
// sourceOf chooses columns, states and words for a table. Of one that has been a source before, its kind, its filters and those of
// its columns that are still there stay.
KpiSource sourceOf(const SourceFound& found, const KpiSource* before = nullptr);
// defaultKpiSheet proposes a template's KPIs, as far as the tables allow.
KpiSheetChoices defaultKpiSheet(std::string_view templateId, const std::vector<SourceFound>& found);
// proposedKpis are those that the template of the choices proposes, as far as their sources allow.
std::vector<std::string> proposedKpis(const KpiSheetChoices& choices);
// bestTemplate is the one of which most can be shown.
std::string_view bestTemplate(const std::vector<SourceFound>& found);

// ResolvedMeasure is a measure and where its figures come from with these choices: that of invoices where there are no deals.
struct ResolvedMeasure {
    const Measure* measure = nullptr;
    const KpiSource* source = nullptr;  // none: typed
    const KpiArray* array = nullptr;
};
// Missing is why a measure, and with it a KPI, cannot be shown.
struct MissingForKpi {
    RowKind rows = RowKind::Other;  // a table of this kind, or in it
    std::optional<Role> role{};     // a column
    bool scale = false;             // its numbers are on another scale
    bool filtered = false;          // it takes whole columns, which cannot be filtered
};
// resolve gives a measure's source, or what is missing.
std::optional<ResolvedMeasure> resolve(std::string_view id, const KpiSheetChoices& choices, MissingForKpi* missing = nullptr);
std::optional<MissingForKpi> missingFor(const Kpi& kpi, const KpiSheetChoices& choices);
// whyNot is the reason as a sentence without a full stop, empty for a KPI that can be shown.
std::string whyNot(const Kpi& kpi, const KpiSheetChoices& choices, const Texts& texts);
// whyNone says that none of the KPIs that the template of the choices proposes comes from its sources, and what the first of them
// needs; empty where one does.
std::string whyNone(const KpiSheetChoices& choices, const Texts& texts);
// typedBy are the figures that the user types in for a KPI.
std::vector<const Measure*> typedBy(const Kpi& kpi, const KpiSheetChoices& choices);

// What users call a kind of table and a column's role, for sentences: "needs a column with {role}".
Message rowsCalled(RowKind rows);
Message roleCalled(Role role);

// written gives a text that readKpiSheetSettings turns into the same choices. It refuses what it does not know; whether the KPIs
// are still in the catalog it does not ask.
std::string written(const KpiSheetChoices& choices);
std::optional<KpiSheetChoices> readKpiSheetSettings(std::string_view text);
// withSetting gives the choices with other values of one of their settings ("unit", "periods", "section" …); nothing for a setting
// that there is not, or that cannot have these values.
std::optional<KpiSheetChoices> withSetting(const KpiSheetChoices& choices, std::string_view key,
                                           const std::vector<std::string>& values);
// statesSaid gives a source of deals other texts that mean won, or lost; nothing where no cell of its status or stage has them.
std::optional<KpiSource> statesSaid(const KpiSource& source, const Table& table, bool won, const std::vector<std::string>& texts);

// criteriaOf are the filters of a measure in a source, its words and the filters of the source among them; nothing where a column
// is missing.
std::optional<std::vector<Criterion>> criteriaOf(const Measure& measure, const KpiSource& source);

// comparesAmounts tells whether a KPI sets the amounts of won deals against those of lost ones.
bool comparesAmounts(std::string_view kpi);
// closedDealsOf are the deals of a source with their amounts.
ClosedDeals closedDealsOf(const KpiSource& source);

}  // namespace calckpi::panel
