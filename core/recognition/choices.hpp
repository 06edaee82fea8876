// Choices: all that a funnel table is made from, as the user sees it in the sidebar. The panel changes it, the preview is computed
// from it, the sheet is written from it, and the document keeps it (settings.hpp), so that the table can be updated later.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace calckpi::panel {

// Shape is what one row of the source is.
enum class Shape : std::uint8_t {
    Counts,  // a stage and how many reached it, or across: the counts of all stages, each under its stage; FUNNEL
    Stages,  // a deal and the stage it is at now: FUNNELSTAGES
    Dates,   // a deal and a date for each stage: FUNNELDATES
    Events,  // something that happened: who, which stage, when: FUNNELEVENTS
};

// Outcome says what a stage text means for a deal.
enum class Outcome : std::uint8_t { Step, Won, Lost };

// ChosenStage is one line of the stage list. Won ones are steps too: the last. In the shape Dates the name is the header of a
// column.
struct ChosenStage {
    std::string name;
    Outcome outcome = Outcome::Step;
    std::vector<std::string> spellings{};  // other texts of the data that mean it: "closed-won" beside "Closed Won"
    friend bool operator==(const ChosenStage&, const ChosenStage&) = default;
};

// Criterion is a filter: a column and what its cells must be, as in SUMIFS.
struct Criterion {
    std::string column;  // header
    std::string test;    // "Europe", ">=1000", "<>Partner"
    friend bool operator==(const Criterion&, const Criterion&) = default;
};

// withoutHeader leaves out the rows that repeat the header of a column.
inline Criterion withoutHeader(const std::string& column) { return {column, "<>" + column}; }

enum class EventOrder : std::uint8_t { Ordered, Increasing, Strict, Any };
enum class DateFill : std::uint8_t { None, Later, Each };
enum class Picture : std::uint8_t { Chart, Bars, None };

// Choices. A column is named by its header; an empty text is no column. Headers are unique in what can be chosen: a column whose
// header is empty or is there twice is named by its number ("3"; see columnName in recognition.hpp).
struct Choices {
    std::string source;  // the address of the range, as in a formula: $Deals.$A$1:$G$8801
    Shape shape = Shape::Stages;
    // Counts: the stages are the headers of columns that are side by side. Then `count` and `amount` name rows, by what stands in
    // the column `stage` or by their number, and `stages` are those headers.
    bool across = false;

    // Columns
    std::string id;         // Events: who; Stages, Dates: the deal, to find rows that repeat one
    std::string stage;      // Counts: the stages; Stages: the present stage; Events: the event
    std::string count;      // Counts
    std::string when;       // Events
    std::string amount;     // Counts: the values; Stages
    std::string lostStage;  // Stages: the stage that a lost deal was lost at
    std::string status;     // Stages: says who has won or lost, beside the stage
    // Stages: the stage never says won or lost, the status does. The formula then asks the status, and the stage where a deal that
    // is lost or open stands; the last of the stages and the lost ones are texts of the status.
    bool statusDecides = false;

    std::vector<ChosenStage> stages;  // in their order; the lost ones last

    // Options
    std::string by;
    EventOrder order = EventOrder::Ordered;
    std::optional<double> window;  // days; Events
    DateFill fill = DateFill::None;
    std::optional<double> asOf;  // a date as Calc counts it; Dates, Events
    std::vector<Criterion> filters;
    bool intervals = false;  // low and high
    bool live = true;        // formulas; otherwise values
    Picture picture = Picture::Chart;

    friend bool operator==(const Choices&, const Choices&) = default;
};

}  // namespace calckpi::panel
