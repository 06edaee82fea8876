// Funnels: how many units (deals, people) reached each stage, from counts, deals or events.
//
//   =FUNNEL({"Lead";"Demo";"Won"};{100;40;10})
//   =FUNNELSTAGES(Deals.A:H;"stage";{"Demo";"Proposal";"Won"};"Lost";"lost at";"amount";"owner")
#pragma once

#include "core/kpis/deals.hpp"
#include "core/kpis/funnel_events.hpp"
#include "core/catalog/output.hpp"

namespace calckpi {

// StageNames is a list of stages with its empty places, so that it stays in step with a list of counts.
struct StageNames {
    std::vector<std::string> places;  // trimmed; empty for an empty cell
};

template <>
struct Reader<StageNames> : ReaderDefaults {
    static constexpr Kind kind = Kind::Values;
    static Result<StageNames> read(const Argument& argument);
};

struct FillWords {
    enum Value { None, Later, Each };
    static constexpr Word<Value> words[] = {{"none", None}, {"later", Later}, {"each", Each}};
};
using Fill = Choice<FillWords>;

// CellCount counts cells of a table and tells where the first one is: its column and row are counted from 1, the headers being
// row 1, as in Failure.
struct CellCount {
    std::size_t count = 0;
    std::int32_t column = 0;
    std::int32_t row = 0;

    friend bool operator==(const CellCount&, const CellCount&) = default;
};

// FunnelNotes say what a funnel's table cannot show: what it leaves out, and how much it holds. What the shape of the table does
// not know is 0. "Rows" are those that pass the filters.
struct FunnelNotes {
    std::size_t rows = 0;
    std::size_t units = 0;     // deals, or units of a log, that reached some stage
    std::size_t segments = 0;  // blocks after "All"; 0 without `by`
    CellCount blank;           // deals without a stage or without any date; rows of a log without an id, a stage or a time
    CellCount notListed;       // deals at a stage neither listed nor lost; events that are no step
    CellCount lostAnywhere;    // lost deals that count for the first stage only: where they were lost is not told, or not listed
    CellCount tooLate;         // dates and events after `asOf`
    CellCount withoutFirst;    // deals with a date, but none at the first stage; units of a log that never began (their top row)
    CellCount backwards;       // dates before that of the stage before: they give no days
    std::size_t backwardUnits = 0;  // deals with one or more of these
};

// FunnelReport is a funnel's table and the notes on it, made in one go: so they cannot disagree.
struct FunnelReport {
    OutputGrid table;
    FunnelNotes notes;
};

Result<OutputGrid> funnel(const StageNames& stages, const Series<Count>& counts, const std::optional<Series<Money>>& values,
                          Optional<Number> headers);
Result<OutputGrid> funnelStages(const TableHandle& table, const ColumnRef& stage, const StageBlock& stages,
                                const std::optional<Values>& lost, const std::optional<ColumnRef>& lostStage,
                                const std::optional<ColumnRef>& amount, const std::optional<ColumnRef>& by,
                                Optional<Number> headers, const Filters& filters);
Result<OutputGrid> funnelDates(const TableHandle& table, const Stages& stages, Optional<Fill> fill,
                               const std::optional<ColumnRef>& by, std::optional<Moment> asOf, Optional<Number> headers,
                               const Filters& filters);
Result<OutputGrid> funnelEvents(const TableHandle& table, const ColumnRef& id, const ColumnRef& stage, const ColumnRef& when,
                                const StageBlock& stages, Optional<Order> order, std::optional<Days> window,
                                const std::optional<ColumnRef>& by, std::optional<Moment> asOf, Optional<Number> headers,
                                const Filters& filters);

// The same as questions, for those who show a funnel together with what it leaves out. The first row holds headers, unless not
// wanted.
struct StagesFunnel {
    ColumnRef stage{};
    StageBlock stages{};
    std::optional<Values> lost{};
    std::optional<ColumnRef> lostStage{};
    std::optional<ColumnRef> amount{};
    std::optional<ColumnRef> by{};
    bool headers = true;
    Filters filters{};
};
struct DatesFunnel {
    Stages stages{};
    Fill fill;
    std::optional<ColumnRef> by{};
    std::optional<Moment> asOf{};
    bool headers = true;
    Filters filters{};
};
struct EventsFunnel {
    LogColumns columns{};
    StageBlock stages{};
    Order order;
    std::optional<Days> window{};
    std::optional<ColumnRef> by{};
    std::optional<Moment> asOf{};
    bool headers = true;
    Filters filters{};
};
Result<FunnelReport> report(const StagesFunnel& funnel, const TableHandle& table);
Result<FunnelReport> report(const DatesFunnel& funnel, const TableHandle& table);
Result<FunnelReport> report(const EventsFunnel& funnel, const TableHandle& table);

namespace notes {
inline constexpr std::string_view stagesMeaning =
    "Stages in their order, as a list or range; case and blanks do not matter, and a stage listed twice is two stages; in a range "
    "of several columns each row is a stage, and further cells are other spellings of it";
inline constexpr std::string_view byMeaning =
    "Column to split by, such as owner or channel, or a column of dates with a period, as in \"opened/month\"; empty for one "
    "funnel over all";
inline constexpr std::string_view funnelColumns =
    "Columns: stage, count, of previous, of first, lost, open, median days, mean days, value, low, high; what cannot be known is "
    "empty, as the rate of the first stage; low and high bound the rate of previous (Wilson, 95 %); the last stage has none lost "
    "or open";
inline constexpr std::string_view funnelSegments =
    "Rows: the stages as listed; with {by} the segment is the first column, a block All comes first, then a block for each segment "
    "by the count of its first stage, largest first, equal ones in text order, periods in time; the blocks add up to All; segments "
    "without a unit at any stage are left out, but no period between; an empty cell is (blank); more than 10,000 periods are "
    "Err:538";
inline constexpr std::string_view funnelOfNothing =
    "No row left is #N/A; where rows are left but none counts, the counts are 0 and the rates #DIV/0!";
inline constexpr std::string_view funnelCaution =
    "Rates of small counts vary by chance: look at low and high before comparing two segments";
}  // namespace notes

inline constexpr Function funnelFunctions[] = {
    describe<&funnel>({
        .name = "FUNNEL",
        .family = Family::WholeTable,
        .title = "Funnel from counts",
        .summary =
            "Table of how many reach each stage, which share of the stage before and of the first stage that is, and how many are "
            "lost between stages",
        .formula =
            "of previous = {counts} / {counts} of the stage before; of first = {counts} / {counts} of the first stage; lost = "
            "{counts} - {counts} of the next stage",
        .parameters = {{"stages", "Names of the stages in their order, as a list or range"},
                       {"counts", "How many reached each stage, in the same order; a count never rises along the stages"},
                       {"values", "Amount at each stage, shown beside it"},
                       {"headers", notes::headersMeaning, 1.0}},
        .notes =
            {"Columns: stage, count, of previous, of first, lost, low, high, value; low and high bound the rate of previous "
             "(Wilson, 95 %); of previous, low and high of the first stage are empty, as is value where none is given; the last "
             "stage has none lost",
             "Rows: the stages as listed; a stage with an empty name or count is left out",
             "A count above that of the stage before is Err:502; the rate of a stage after a count of 0 is #DIV/0!; no stage "
             "left is #N/A",
             notes::arrayFormula},
        .caution = "Counts of the same month are not the same people: those who reach the last stage today became leads long ago",
        .source = "Definition; interval of Wilson, Journal of the American Statistical Association 22, 1927",
        .related = {"FUNNELSTAGES", "FUNNELDATES", "FUNNELEVENTS", "CONVERSIONRATE"},
        .examples = {{"=INDEX(FUNNEL({\"Lead\";\"Won\"};{100;20});3;3)", 0.2, "Share of the leads won"},
                     {"=INDEX(FUNNEL({\"Lead\";\"Demo\";\"Won\"};{100;40;10});4;4)", 0.1, "Share of the first stage"},
                     {"=INDEX(FUNNEL({\"Lead\";\"Demo\";\"Won\"};{100;40;10};;0);2;5)", 30.0,
                      "Lost after the demo, without headers"},
                     {"=INDEX(FUNNEL({\"Lead\";\"Won\"};{80;20});3;6)", 0.16806231857542, "Low end of the rate, as RATELOW"},
                     {"=INDEX(FUNNEL({\"Lead\";\"Won\"};{100;20};{5000;1200});3;8)", 1200.0},
                     {"=INDEX(FUNNEL({\"Lead\";\"Demo\";\"Won\"};{100;0;0});4;3)", Fault::DivideByZero, "Nobody had a demo"},
                     {"=FUNNEL({\"Lead\";\"Won\"};{20;100})", Fault::OutsideDomain, "More won than there were leads"}},
    }),
    describe<&funnelStages>({
        .name = "FUNNELSTAGES",
        .family = Family::WholeTable,
        .title = "Funnel from deals and their stage",
        .summary = "Funnel of a table with one row per deal and the stage it is at now",
        .formula = "count of a stage = deals standing at it or at a later one of the {stages}, or lost there",
        .parameters =
            {{"table", notes::tableMeaning},
             {"stage", "Column of the deal's present stage: its header or its number in the range"},
             {"stages", notes::stagesMeaning},
             {"lost", "Text that means lost in {stage}, or a list of such texts; none of them may be one of the {stages}"},
             {"lostStage", "Column of the stage that a lost deal was lost at"},
             {"amount",
              "Column of the amount; value is the sum over the deals that reached the stage, #N/A if none of them has one"},
             {"by", notes::byMeaning},
             {"headers", notes::headersMeaning, 1.0},
             {"filters", notes::filtersMeaning}},
        .notes = {"A deal at a stage has reached all stages before it; if the stage is listed twice, the first is meant; deals "
                  "before the last stage are open. A lost deal has reached the stages up to its {lostStage}, and only the first "
                  "one if that is empty, not listed or not given. Deals at a stage that is neither listed nor {lost} are not "
                  "counted, unless their {lostStage} is listed: they stand at that one, so that {stage} may be a status (open, "
                  "won, lost) and {lostStage} the stage",
                  notes::funnelColumns, notes::funnelSegments, "Days between stages are not known from a present stage",
                  notes::funnelOfNothing, notes::textCells, notes::arrayFormula},
        .caution = notes::funnelCaution,
        .source = "Definition; rules of this add-in, stated in the notes",
        .related = {"FUNNELDATES", "FUNNELEVENTS", "FUNNEL", "DWINRATE"},
        .examples = {{"=INDEX(FUNNELSTAGES(Deals.A:G;\"stage\";{\"Demo\";\"Proposal\";\"Won\"};\"Lost\");3;3)", 0.5,
                      "6 of the 12 deals came to a proposal; where the 4 lost ones were lost is not known"},
                     {"=INDEX(FUNNELSTAGES(Deals.A:G;\"stage\";{\"Demo\";\"Proposal\";\"Won\"};\"Lost\");2;6)", 2.0,
                      "Open after the demo"},
                     {"=INDEX(FUNNELSTAGES(Deals.A:G;\"stage\";{\"Demo\";\"Proposal\";\"Won\"};\"Lost\";;\"amount\");4;9)", 6350.0,
                      "Amount of the deals won"},
                     {"=INDEX(FUNNELSTAGES(Deals.A:G;\"stage\";{\"Demo\";\"Proposal\";\"Won\"};\"Lost\";;;\"owner\");5;1)", "Ana",
                      "The segment with the most deals comes first after All"},
                     {"=FUNNELSTAGES(Deals.A:G;\"phase\";{\"Demo\";\"Won\"})", Fault::OutsideDomain, "No such header"},
                     {"=FUNNELSTAGES(Deals.A:G;\"stage\";{\"Demo\";\"Won\"};\"Lost\";;;;;\"channel\";\"Fair\")",
                      Fault::NothingToCompute, "No such channel"}},
    }),
    describe<&funnelDates>({
        .name = "FUNNELDATES",
        .family = Family::WholeTable,
        .title = "Funnel from deals and the dates of their stages",
        .summary = "Funnel of a table with one row per deal and a date column for each stage",
        .formula =
            "count of a stage = rows with a date at it and at all {stages} before it; with \"later\", at it or a later one; with "
            "\"each\", at it",
        .parameters = {{"table", notes::tableMeaning},
                       {"stages", "Headers of the date columns in the order of the stages, as a list or range"},
                       {"fill",
                        "Which dates make a stage reached: its own and all before it, its own or any later one, or its own alone",
                        "none"},
                       {"by", notes::byMeaning},
                       {"asOf", "Day up to which dates have happened; empty for all dates"},
                       {"headers", notes::headersMeaning, 1.0},
                       {"filters", notes::filtersMeaning}},
        .notes =
            {"Days from the stage before are taken over the deals that are counted at the stage and have both dates; a date before "
             "that of the stage before gives none, and one without a time of day on the same day gives 0; no days at all are #N/A",
             "All that have not moved on are lost: dates do not show which of them may still move on, so open is empty. With "
             "\"each\" a count may be above that of the stage before, lost is then negative, and low and high are Err:502",
             notes::asOfDay, notes::funnelColumns, notes::funnelSegments, notes::funnelOfNothing, notes::textCells,
             notes::arrayFormula},
        .caution = notes::funnelCaution,
        .source = "Definition; rules of this add-in, stated in the notes",
        .related = {"FUNNELSTAGES", "FUNNELEVENTS", "FUNNEL", "DSALESCYCLE"},
        .examples = {{"=INDEX(FUNNELDATES(Deals.A:G;{\"opened\";\"closed\"});3;3)", 2.0 / 3, "8 of 12 deals have closed"},
                     {"=INDEX(FUNNELDATES(Deals.A:G;{\"opened\";\"closed\"});3;7)", 25.0, "Median days from opened to closed"},
                     {"=INDEX(FUNNELDATES(Deals.A:G;{\"opened\";\"closed\"};;;DATE(2026;2;28));3;2)", 4.0,
                      "Closed by the end of February"},
                     {"=INDEX(FUNNELDATES(Deals.A:G;{\"opened\";\"closed\"};;;;0;\"channel\";\"Partner\");2;2)", 3.0},
                     {"=FUNNELDATES(Deals.A:G;{\"opened\";\"signed\"})", Fault::OutsideDomain, "No such header"},
                     {"=FUNNELDATES(Deals.A:G;{\"opened\";\"stage\"})", Fault::NotANumber, "The stage is not a date"}},
    }),
    describe<&funnelEvents>({
        .name = "FUNNELEVENTS",
        .family = Family::WholeTable,
        .title = "Funnel from an event log",
        .summary = "Funnel of a log with one row per event: who, which stage, when, in any row order",
        .formula = "count of a stage = units whose best try did the {stages} up to it in order, within the {window} from the first",
        .parameters = {{"table", notes::tableMeaning},
                       {"id", "Column with the unit's id: deal, person, account; case matters only in ids such as 0015000000GvAAa"},
                       {"stage", "Column of the event's stage"},
                       {"when", "Column of the event's date and time"},
                       {"stages", notes::stagesMeaning},
                       {"order",
                        "Steps in order with other events between, the same at strictly later times, consecutive events only, or "
                        "any order",
                        "ordered"},
                       {"window", "Days from the first step to the step counted, inclusive; empty for no limit"},
                       {"by",
                        "Column to split by, such as channel, or a column of dates with a period, as in \"opened/month\": its "
                        "value in the row that "
                        "made step 1, otherwise the first value of the unit in time"},
                       {"asOf",
                        "Time up to which events have happened; empty for the latest time in the whole table, before the filters"},
                       {"headers", notes::headersMeaning, 1.0},
                       {"filters", notes::filtersMeaning}},
        .notes =
            {"Each event of step 1 starts a try, which takes the first event that can serve the next step; one event serves one "
             "step. The deepest try counts, of equally deep ones the earliest to finish, then the earliest to start. Equal "
             "times, to the millisecond, count as in step order, events that are no step last; all events of a unit on a day are "
             "at one time if one of them has no time of day. With \"any\" the row of a step counts the units that did at least so "
             "many of the steps. Rows without {id}, {stage} or {when} are no events",
             "A unit that has not done all steps is open while the {window} of one of its tries has not run out at {asOf}, and "
             "lost afterwards; without a {window} nothing is ever lost. Days run from the step before, in the same try; no days at "
             "all are #N/A",
             "As of a date without a time of day all of that day has happened, and a {window} that ends on it has not run out",
             notes::funnelColumns, notes::funnelSegments,
             "No event left is #N/A; where no unit did the first step, the counts are 0 and the rates #DIV/0!", notes::textCells,
             notes::arrayFormula},
        .caution = "Funnels of other tools count by other rules: compare order, window and repeats before comparing numbers",
        .source = "Definition; rules of this add-in, stated in the notes",
        .related = {"FUNNELDATES", "FUNNELSTAGES", "FUNNEL"},
        .examples = {{"=INDEX(FUNNELEVENTS(Deals.A:G;\"owner\";\"stage\";\"opened\";{\"Lost\";\"Won\"});3;3)", 0.5,
                      "Ana, unlike Ben, won a deal opened after a lost one"},
                     {"=INDEX(FUNNELEVENTS(Deals.A:G;\"owner\";\"stage\";\"opened\";{\"Lost\";\"Won\"});3;7)", 42.0,
                      "Days from Ana's first lost deal"},
                     {"=INDEX(FUNNELEVENTS(Deals.A:G;\"owner\";\"stage\";\"opened\";{\"Lost\";\"Won\"};;30);3;7)", 15.0,
                      "Within 30 days, from her second one"},
                     {"=INDEX(FUNNELEVENTS(Deals.A:G;\"owner\";\"stage\";\"opened\";{\"Lost\";\"Won\"};\"any\");3;2)", 2.0,
                      "In whatever order"},
                     {"=FUNNELEVENTS(Deals.A:G;\"owner\";\"stage\";\"opened\";{\"Lost\";\"Won\"};;0)", Fault::OutsideDomain,
                      "A window must be above 0"},
                     {"=FUNNELEVENTS(Deals.A:G;\"owner\";\"stage\";\"owner\";{\"Lost\";\"Won\"})", Fault::NotANumber,
                      "The owner is not a date"}},
    }),
};

}  // namespace calckpi
