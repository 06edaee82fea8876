// The formulas of a KPI sheet, and the two sheets behind it that they look things up on: the live arrays and the typed figures. An
// array is written once it is asked for.
//
//   KpiFormulas formulas(choices, context, texts);
//   formulas.figure(row, When::Before)      // what is in the cell, and whether anything can
//   formulas.dataSheet()                    // all arrays that were asked for
#pragma once

#include "core/dates/moment.hpp"
#include "core/sheets/kpi_calls.hpp"
#include "core/sheets/kpi_sheet_plan.hpp"

#include <limits>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace calckpi::panel {

// When is whose figure is meant: that of the period shown, of those it is compared with, or of a period of the trend.
enum class When : std::uint8_t { Shown, Before, LastYear, SoFar, SoFarLastYear, Trend };

// Arrays is up to when an array counts: all data, or as of a day that makes a running period comparable.
enum class Arrays : std::uint8_t { Whole, Before, LastYear, Year, YearBefore, YearToShown };

// KpiRow is a KPI of the sheet, of a template or the user's own.
struct KpiRow {
    std::string id;
    std::string name;
    std::string formula;
    Unit unit = Unit::Count;
    Better better = Better::More;
    CellRole look = CellRole::Count;
};

struct KpiFormula {
    Formula text{};
    bool isArray = false;
    bool possible = true;
};

// In the rows that are repeated on each page, Calc 7.4 reads a formula's empty text from a file as 0.
constexpr const char* blankInHead = "\" \"";

// PlacedArray is an array on the sheet of the data.
struct PlacedArray {
    std::string block;
    std::int32_t rows = 0;     // with spare ones
    std::int32_t rowsNow = 0;  // that it gives now
    std::vector<CellRole> roles{};

    // Columns are counted from 1, rows from 0.
    Reference cell(std::int32_t row, std::int32_t column) const { return {block, {2 + row, column - 1}, Fixed::All}; }
    Reference column(std::int32_t column) const { return {block, {2, column - 1, rows, 1}, Fixed::All}; }
    CellRole roleOfColumn(std::int32_t column) const { return roles.at(static_cast<std::size_t>(column - 1)); }
};

class KpiFormulas {
public:
    KpiFormulas(const KpiSheetChoices& choices, const KpiSheetContext& context, const Texts& texts);

    // rows are the KPIs that the sources allow.
    const std::vector<KpiRow>& rows() const { return rows_; }

    const InputLayout& inputs() const { return inputs_; }

    // figure is a KPI's formula; `period` is the cell that holds the first day of the trend's period.
    KpiFormula figure(const KpiRow& row, When when, const Reference& period = {});
    Formula target(const KpiRow& row, When when, const Reference& period = {}) const;
    bool hasTrend(const KpiRow& row);
    std::optional<Formula> nameOfSegment(const KpiRow& row, const Reference& value);
    // longestSegment is how many letters the longest of these names has now.
    std::size_t longestSegment(const KpiRow& row);
    // longestName is how many letters the longest name in an array has now: of a segment, a stage.
    std::size_t longestName(std::string_view array) const;
    // verdictOf says whether the model that a figure comes from may be believed.
    std::optional<Formula> verdictOf(const KpiRow& row) const;

    bool has(std::string_view id) const;
    std::optional<PlacedArray> array(std::string_view id, Arrays when);
    // largest is the largest number, without its sign, in a column of an array that is there.
    double largest(std::string_view array, std::int32_t column) const;
    Reference pictureData(const KpiRow& row, const Reference& inTrend);
    std::optional<Reference> waterfall();
    std::optional<Reference> winCurve();
    Formula linkToDeal(const PlacedArray& stuck, std::int32_t row) const;

    // Dates
    Formula asOf() const { return Formula(date(1)); }
    Formula running() const { return Formula(date(6)); }
    Formula lastIsRunning() const { return Formula(date(3)); }
    // anyFails is whether one of the arrays gives nothing but an error: what is looked up in it would be a dash, as if it waited.
    Formula anyFails() const;
    Formula periodAtFirst();
    Formula periodOf(std::int32_t index) const;
    Reference periodList() const { return {"trend", {1, 2, 1, choices_.periods}, Fixed::All}; }
    Formula dayText(const Formula& day) const;
    Formula toTheDay() const;
    static Formula number(double value);

    std::vector<std::string> rules() const;

    PlannedSheet dataSheet();
    PlannedSheet inputSheet() const;

private:
    struct Operand;  // a measure in a formula

    void writeDates();
    void nameInputs(Block& block) const;
    std::optional<std::string> oneSidedAmounts() const;
    static Reference date(std::int32_t row) { return {"dates", {row, 1}, Fixed::All}; }
    CallTimes timesOf(Arrays when, bool byYear) const;
    Operand operand(const MeasureUse& use, When when, const Reference& period, const std::optional<Reference>& dataKeys);
    Operand ofArray(std::string_view id, std::int32_t column, Nature nature, bool byYear, const MeasureUse& use, When when,
                    const Reference& period);
    Operand ofTyped(const Measure& measure, const MeasureUse& use, When when, const Reference& period,
                    const std::optional<Reference>& dataKeys) const;
    Formula lastTwelve(const Reference& values, const Reference& keys, const Reference& dataKeys, When when,
                       const Reference& period) const;
    Formula seriesFormula(const Measure& measure, const KpiSource& source, const CallTimes& times) const;
    static Formula ratesOfMany(const PlacedArray& table, std::int32_t column);
    Formula shortPeriod(const Formula& day) const;
    std::string nameOf(std::string_view measure) const;
    static std::vector<double> largestOf(const OutputGrid& grid);
    static std::size_t longestNameIn(const OutputGrid& grid);
    const Measure* segmentOf(const KpiRow& row) const;
    double singleNow(const ResolvedMeasure& measure) const;
    static std::string withNamespace(std::string_view text);
    Operand ofSingle(const ResolvedMeasure& resolved, When when);
    Operand ofSegment(const ResolvedMeasure& resolved, When when);
    Formula key(When when, const Reference& period) const;
    Formula shifted(const Formula& key, std::int32_t periods) const;
    std::int32_t yearInPeriods() const;
    std::optional<PlacedArray> place(const std::string& id, const KpiCall& call, const std::string& title,
                                     const std::vector<std::string>& headers, const std::string& roles, std::int32_t columns,
                                     std::int32_t rowsNow, std::int32_t spare);
    std::optional<OutputGrid> now(const KpiCall& call, const KpiSource& source) const;
    Reference inputColumn(const std::string& key) const;
    CellRole lookOf(const KpiRow& row);
    CellRole moneyLook(double most) const;
    std::int32_t spareRows() const;

    const KpiSheetChoices& choices_;
    const KpiSheetContext& context_;
    const Texts& texts_;
    std::string period_;
    std::string year_;
    std::vector<KpiRow> rows_;
    InputLayout inputs_;
    double asOfNow_ = 0;
    Formula lastDay_;
    double firstDay_ = std::numeric_limits<double>::infinity();  // of the data as they are now
    std::map<std::string, PlacedArray> placed_;
    std::map<std::string, std::vector<double>> most_;  // of each column of an array
    std::map<std::string, std::size_t> longest_;       // of the names in it
    PlannedSheet data_{};
    std::int32_t nextColumn_ = 0;
};

// dayCall gives a table whose last row is the last day of the data; nothing for a source without a date.
std::optional<KpiCall> dayCall(const KpiSource& source);

// inputLayout is where the typed figures stand, as of a day. What was typed before is kept, if only below the others.
InputLayout inputLayout(const KpiSheetChoices& choices, const KpiSheetContext& context, double asOf,
                        const std::vector<KpiRow>& rows);

// kpiRows are the rows of the choices, with names in the user's language.
std::vector<KpiRow> kpiRows(const KpiSheetChoices& choices, const Texts& texts);

}  // namespace calckpi::panel
