// KPIs by period: every figure of a deal table month by month, any column counted month by month, and the first day of a period.
//
//   =KPIPERIODS(Deals.A:H; "stage"; "Won"; "Lost"; "opened"; "closed"; "amount")
//   =PERIODVALUES(Leads.A:F; "created"; ; ; "source")
//   =PERIODSTART(TODAY(); "month"; -1)
#pragma once

#include "core/catalog/function.hpp"
#include "core/catalog/output.hpp"
#include "core/dates/period.hpp"
#include "core/kpis/cohorts.hpp"
#include "core/kpis/deals.hpp"
#include "core/statistics/statistic.hpp"

#include <variant>

namespace calckpi {

// ValueStatistic sums up the values of a period: how many, their sum, how many different ones, or a statistic.
class ValueStatistic {
public:
    enum class Kind : unsigned char { Count, Sum, Distinct, Other };
    static constexpr std::string_view options =
        "\"count\", \"sum\", \"mean\", \"median\", \"p75\", \"p90\" (any \"pNN\"), \"distinct\"";
    // fromText reads a folded option; nothing if it is none.
    static constexpr std::optional<ValueStatistic> fromText(std::string_view text) {
        if (text == "count") return ValueStatistic(Kind::Count, {});
        if (text == "sum") return ValueStatistic(Kind::Sum, {});
        if (text == "distinct") return ValueStatistic(Kind::Distinct, {});
        const std::optional<Statistic> other = text == "min" || text == "max" ? std::nullopt : Statistic::fromText(text);
        return other ? std::optional(ValueStatistic(Kind::Other, other)) : std::nullopt;
    }

    constexpr Kind kind() const { return kind_; }
    constexpr bool ofNumbers() const { return kind_ == Kind::Sum || kind_ == Kind::Other; }
    constexpr const Statistic& other() const { return *other_; }  // of Kind::Other

private:
    constexpr ValueStatistic(Kind kind, std::optional<Statistic> other) : kind_(kind), other_(other) {}
    Kind kind_;
    std::optional<Statistic> other_;
};

Result<OutputGrid> kpiPeriods(const TableHandle& table, const ColumnRef& status, const Values& won, const Values& lost,
                              const ColumnRef& opened, const ColumnRef& closed, const std::optional<ColumnRef>& amount,
                              Optional<Period> period, const std::optional<Moment>& asOf, Optional<Number> headers,
                              const Filters& filters);
Result<OutputGrid> periodValues(const TableHandle& table, const ColumnRef& when, const std::optional<ColumnRef>& value,
                                Optional<ValueStatistic> statistic, const std::optional<ColumnRef>& by, Optional<Period> period,
                                const std::optional<Moment>& asOf, Optional<Number> headers, const Filters& filters);
Result<Moment> periodStart(NullDate nullDate, Moment date, Optional<Period> period, Optional<Number> shift);

namespace notes {
inline constexpr std::string_view completePeriods =
    "Complete is 1 once {asOf} is on or after the last day of the period; until then it is 0 and the figures are not final";
inline constexpr std::string_view dealsAsOfMeaning =
    "Date up to which deals were seen; the last {opened}, or close of a closed deal, in the whole table, before the filters, if "
    "left out";
}  // namespace notes

inline constexpr Function periodFunctions[] = {
    describe<&kpiPeriods>({
        .name = "KPIPERIODS",
        .family = Family::WholeTable,
        .title = "KPIs by period",
        .summary =
            "Deals created, won, lost and open, win rate, revenue, average sale, cycle and pipeline of each day, week, month, "
            "quarter or year",
        .formula =
            "for each period: created by {opened}; won, lost, win rate = won / (won + lost), revenue, average sale and cycle by "
            "{closed}; open and pipeline at its end",
        .parameters = {{"table", notes::tableMeaning},
                       {"status", notes::statusMeaning},
                       {"won", notes::wonMeaning},
                       {"lost", notes::lostMeaning},
                       {"opened", notes::openedColumnMeaning},
                       {"closed", notes::closedColumnMeaning},
                       {"amount", "Column of the deal's amount; without it the columns of money are empty"},
                       {"period", notes::periodMeaning, "month"},
                       {"asOf", notes::dealsAsOfMeaning},
                       {"headers", notes::headersMeaning, 1.0},
                       {"filters", notes::filtersMeaning}},
        .notes =
            {"Rows: every period from the first opening or close to {asOf}, oldest first, none left out. Columns: its first day, "
             "complete, created, won, lost, open at the end, win rate, low, high (Wilson's 95 % interval), win rate of the deals "
             "created in it, revenue, average sale, median cycle, mean cycle, pipeline at the end",
             notes::completePeriods,
             "What came after {asOf} has not happened: a deal closed later is open, and the expected close of an open deal counts "
             "nowhere. Pipeline is of today's amounts. The win rate of created deals is the cohort's and rises with its age",
             "A period without a deal has counts and sums of 0 and #N/A for the rest; rates are #DIV/0! where none closed or was "
             "created, averages #N/A where none was won, money #N/A where no deal of it has an amount. No deal left is #N/A, more "
             "than 10,000 periods are Err:538",
             "A deal without {opened} is in no period's created or open, a closed one without {closed} only in created and their "
             "win "
             "rate; rows without a state are not counted. A close before its opening is Err:502 (on the same day a close without a "
             "time of day is not before), a text that means "
             "both won and lost too",
             notes::asOfDay, notes::textCells, notes::arrayFormula},
        .caution = "The last period is still running: compare complete ones. Its win rate comes from the quick deals first",
        .source = "Definition; Wilson 1927 (interval)",
        .related = {"PERIODVALUES", "SEGMENTS", "DWINRATE", "PERIODSTART"},
        .examples = {{"=INDEX(KPIPERIODS(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"opened\";\"closed\");2;3)", 4.0,
                      "Created in January"},
                     {"=INDEX(KPIPERIODS(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"opened\";\"closed\");4;7)", 1.0 / 3,
                      "Win rate of March: one of three"},
                     {"=INDEX(KPIPERIODS(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"opened\";\"closed\";\"amount\");3;11)", 1200.0,
                      "Revenue of February"},
                     {"=INDEX(KPIPERIODS(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"opened\";\"closed\";\"amount\";\"quarter\");2;15)",
                      7600.0, "Pipeline at the end of March; a deal that was won in April was in it"},
                     {"=INDEX(KPIPERIODS(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"opened\";\"closed\");5;10)", Fault::DivideByZero,
                      "No deal was created in April"},
                     {"=KPIPERIODS(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"closed\";\"opened\")", Fault::OutsideDomain,
                      "Closed before it was opened"}},
    }),
    describe<&periodValues>({
        .name = "PERIODVALUES",
        .family = Family::WholeTable,
        .title = "Values by period",
        .summary =
            "How many rows of a table fall into each day, week, month, quarter or year, or the sum, mean or another statistic "
            "of a column, side by side for each seller, channel or kind",
        .formula = "for each period: {statistic} of {value} for each value of {by}, and of all",
        .parameters = {{"table", notes::tableMeaning},
                       {"when", "Column of the date that puts a row into its period"},
                       {"value", "Column of what is summed up; without it \"count\" counts the rows"},
                       {"statistic", notes::howToSumUp, "count"},
                       {"by", "Column with the groups, one column of the result for each"},
                       {"period", notes::periodMeaning, "month"},
                       {"asOf", "Date up to which rows count; the last {when} of the whole table, before the filters, if left out"},
                       {"headers", notes::headersMeaning, 1.0},
                       {"filters", notes::filtersMeaning}},
        .notes =
            {"Rows: every period from the first {when} to {asOf}, oldest first, none left out. Columns: its first day, complete, "
             "one "
             "for each value of {by} (numbers, then texts in their order, so that columns stay put), total",
             notes::completePeriods,
             "\"count\" counts the rows whose {value} is not empty, \"distinct\" the different values, told apart as customers "
             "are; "
             "the total of \"distinct\", \"mean\" or \"median\" is of all rows together. An empty cell in {by} is \"(blank)\"",
             "Where there is no row, \"count\", \"sum\" and \"distinct\" are 0 and the others #N/A; of rows without any {value} "
             "the "
             "sum is #N/A too. \"sum\" and the statistics need {value}, else Err:502",
             "Rows without {when} are skipped. No row left up to {asOf} is #N/A; more than 10,000 periods, or more groups than a "
             "sheet has columns, are Err:538",
             notes::asOfDay, notes::textCells, notes::arrayFormula},
        .caution = "The last period is still running: a lower count there is no fall",
        .source = "Definition; percentiles as in Calc's PERCENTILE",
        .related = {"KPIPERIODS", "PERIODSTART", "COHORTS"},
        .examples =
            {{"=INDEX(PERIODVALUES(Deals.A:G;\"opened\");3;3)", 5.0, "Rows of February"},
             {"=INDEX(PERIODVALUES(Deals.A:G;\"opened\";\"amount\";\"sum\";\"channel\");2;3)", 3600.0, "Partner in January"},
             {"=INDEX(PERIODVALUES(Deals.A:G;\"opened\";\"owner\";\"distinct\";;\"quarter\";;0);1;3)", 3.0,
              "Owners who opened a deal in the quarter"},
             {"=INDEX(PERIODVALUES(Deals.A:G;\"closed\";\"amount\";\"median\");2;3)", 875.0, "Of 800 and 950"},
             {"=PERIODVALUES(Deals.A:G;\"opened\";;\"sum\")", Fault::OutsideDomain, "The sum of what?"},
             {"=INDEX(PERIODVALUES(Deals.A:G;\"opened\";\"owner\";\"mean\");2;3)", Fault::NotANumber, "A name is not a number"}},
    }),
};

inline constexpr Function periodTimeFunctions[] = {
    describe<&periodStart>({
        .name = "PERIODSTART",
        .family = Family::Time,
        .title = "First day of a period",
        .summary = "First day of the period that holds a date, or of one some periods before or after",
        .formula = "first day of the {period} of {date}, {shift} periods on",
        .parameters = {{"date", "Date, with or without a time of day, such as TODAY()"},
                       {"period", notes::periodMeaning, "month"},
                       {"shift", "Periods to go on; -1 is the one before, -12 months or -4 quarters the same a year before", 0.0}},
        .notes =
            {"The last day of the period is the first day of the next one less 1",
             "A {shift} that is not a whole number, and a first day that is not a date from 1582-10-15 to 9999-12-31, are Err:502"},
        .source = "Definition; weeks from Monday as in ISO 8601",
        .related = {"KPIPERIODS", "PERIODVALUES"},
        .examples = {{"=PERIODSTART(DATE(2026;2;17))", 46054.0, "2026-02-01"},
                     {"=PERIODSTART(DATE(2026;2;17);\"year/4\")", 45748.0, "2025-04-01, where the year begins in April"},
                     {"=PERIODSTART(DATE(2026;2;17);\"week\")", 46069.0, "Monday, 2026-02-16"},
                     {"=PERIODSTART(DATE(2026;2;17);\"month\";-12)", 45689.0, "2025-02-01"},
                     {"=PERIODSTART(DATE(2026;2;17);\"fortnight\")", Fault::OutsideDomain, "No such period"}},
    }),
};

}  // namespace calckpi
