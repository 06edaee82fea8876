// KPI templates: what a KPI sheet can show, as data. A template is a list of KPIs and of the tables below them. A KPI is a formula
// in Calc's notation in which {measures} stand for figures of one period:
//
//   {.id = "win-rate", .name = msg("Win rate"), .formula = "WINRATE({won};{lost})", …}
//
// A measure is a column of a table function's result (KPIPERIODS, MRRMOVEMENTS, …), rows of a source counted or summed up by a
// date, one number of a source, or a figure that the user types in for each period. What a KPI needs follows from its measures.
// The same rows serve every template, so that a KPI has one name, one formula and one row of targets wherever it is shown.
#pragma once

#include "core/recognition/facts.hpp"
#include "core/texts/message.hpp"
#include "core/values/quantity.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace calckpi::panel {

enum class Better : std::uint8_t { More, Less, Neither };

// Nature says what becomes of a measure over several periods.
enum class Nature : std::uint8_t {
    Flow,       // is summed up: deals won, costs
    Stock,      // is that of the last one: open deals, headcount
    Statistic,  // is computed again from the rows: a rate, a median
};

// KpiArray is a live array on the sheet of the data, one row for each period. {table}, {period}, {filters} and the rest are those
// of the source; {Stage} is the column with this role and {Amount?} one that may be missing.
struct KpiArray {
    std::string_view id;
    RowKind rows{};
    std::string_view call;
    std::int32_t columns = 1;
    bool byYear = false;          // called by the year, it gives the figures of the year so far
    std::string_view instead{};   // the array that is used where its source is there
    std::int32_t rowsBefore = 0;  // rows above those of the periods, of which those without any are left out
    std::int32_t spare = 0;       // rows kept free below; 0: as many as of the periods
    std::int32_t listed = 0;      // of a list its first rows are all that is shown, as many as the call asks for
};

// MeasureFrom says where a measure's figures come from.
enum class MeasureFrom : std::uint8_t {
    Array,    // a column of a KpiArray
    Counted,  // PERIODVALUES of a source
    Single,   // one number for all rows of the period, by a function of its own: in the scorecard, never in the trend
    Series,   // the same by a function that takes columns instead of a table
    Segment,  // the best or weakest of the segments
    Typed,    // by the user, for each period
};

struct Measure {
    std::string_view id;
    MeasureFrom from{};
    Nature nature = Nature::Flow;
    // Array, Segment
    std::string_view array{};
    std::int32_t column = 0;  // counted from 1; Single whose call gives a table: of its first row
    // Counted: `statistic` of the column `value` of the rows that fall into the period by `when`. Single, Series: `call`.
    RowKind rows = RowKind::Other;
    Role when{};
    std::string_view statistic = "count";
    std::optional<Role> value{};
    std::string_view call{};
    bool nowOnly = false;  // Single: the rows as they are now, of no period
    // Single of a model: the call of CLVMODEL that says whether to believe it. Its verdict is beside the figure.
    std::string_view model{};
    // Only rows that pass all of these: "Kind~meeting,rendez-vous;Score>=9;Solved=". After ~ stand words, of which one in the data
    // is taken: the same in three languages.
    std::string_view filters{};
    // What the largest value of `value`'s column may be: scores from 0 to 10 are not those from 1 to 5.
    double mostFrom = -std::numeric_limits<double>::infinity();
    double mostTo = std::numeric_limits<double>::infinity();
    // Typed: what the user reads above the cells.
    Message label{};
    Unit unit = Unit::Count;
    // The measure that is in where this one's source is missing.
    std::string_view otherwise{};
};

struct Kpi {
    std::string_view id;  // by which settings, targets and inputs are kept: never changes
    Message name;
    std::string_view formula;
    Unit unit = Unit::Count;
    Better better = Better::More;
    std::string_view seed{};      // where it was asked for
    std::string_view function{};  // the one that gives it, where the formula does not name it
};

// TemplateSection is a table or a picture below the KPIs.
enum class TemplateSection : std::uint8_t {
    SegmentsByOwner,
    SegmentsByProduct,
    SegmentsByChannel,
    SegmentsByRegion,
    WinCurve,
    StuckDeals,
    Waterfall,
    Retention
};

struct KpiTemplate {
    std::string_view id;
    Message name;
    Message purpose;
    std::span<const std::string_view> kpis;  // ids; those ticked first
    std::size_t ticked = 0;                  // how many of them are proposed, where the data allow
    std::span<const TemplateSection> sections{};
    std::span<const std::string_view> pictures{};   // ids of KPIs
    std::span<const std::string_view> functions{};  // more of the subject, above all whole tables: the panel offers them
};

std::span<const KpiTemplate> kpiTemplates();
std::span<const Kpi> allKpis();
std::span<const Measure> allMeasures();
std::span<const KpiArray> allKpiArrays();

const KpiTemplate* findTemplate(std::string_view id);
const Kpi* findKpi(std::string_view id);
const Measure* findMeasure(std::string_view id);
const KpiArray* findKpiArray(std::string_view id);

// MeasureUse is a measure in a formula: {revenue}, or of other periods: {revenue:-1} of the one before, {revenue:ly} of the same a
// year earlier, {revenue:ytd} and {revenue:lytd} of the year so far and of the same part of the last one, {revenue:lyear} of all of
// the last one, {revenue:12} of the last 12 complete ones as a range.
struct MeasureUse {
    std::string_view id;
    std::string_view span{};
    friend bool operator==(const MeasureUse&, const MeasureUse&) = default;
};
// FormulaPiece is a piece of a KPI's formula: text as it is, or a measure.
struct FormulaPiece {
    std::string_view text{};
    std::optional<MeasureUse> measure{};
};
std::vector<FormulaPiece> piecesOf(std::string_view formula);
std::vector<MeasureUse> measuresOf(std::string_view formula);
// functionsOf are the functions that a formula names, each once.
std::vector<std::string_view> functionsOf(std::string_view formula);
// functionOf is the function that gives a KPI.
std::string_view functionOf(const Kpi& kpi);

// rolesIn are the roles that a call names: {Stage}, or the dates that {within} and {until} compare; those that may be missing,
// {Amount?}, are not among them.
std::vector<Role> rolesIn(std::string_view call);
}  // namespace calckpi::panel
