// What funnel tables look like, recorded cell by cell: however plans and their writing change, the same is written.
//
//   expectAsRecorded("fr", recordedFunnels(texts));
//
// Where a text or a table is changed on purpose, run the tests with CALCKPI_RECORD=1, which writes the recordings again, and read
// the difference before it is committed.
#pragma once

#include "core/sheets/figures.hpp"
#include "core/sheets/funnel_plan.hpp"
#include "tests/panel/placed.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace calckpi::panel {

struct ShowContent {
    std::string operator()(const std::string& text) const { return '"' + text + '"'; }
    std::string operator()(double number) const {
        std::ostringstream shown;
        shown.precision(12);
        shown << number;
        return shown.str();
    }
    std::string operator()(const Formula& formula) const { return '=' + textOf(formula); }
};

// asText is a plan, a line for each cell, row by row.
inline std::string asText(const Placed& plan, const std::string& source) {
    std::ostringstream text;
    text << "sheet " << plan.sheetName << ", source " << source << '\n';
    text << plan.rows << " rows, " << plan.columns << " columns, headers in row " << plan.headerRow << "; widths";
    for (const std::int32_t width : plan.columnWidths) text << ' ' << width;
    text << '\n';
    for (const PlannedCell& cell : plan.cells)
        text << cell.row << ' ' << cell.column << ' ' << lookOf(cell.role).style + 4 << ": "  // without KPI
             << (cell.content ? std::visit(ShowContent(), *cell.content) : std::string()) << '\n';
    for (const PlannedArray& array : plan.arrays)
        text << "array " << array.cells.row << ' ' << array.cells.column << ", " << array.cells.rows << " by "
             << array.cells.columns << ": =" << textOf(array.formula) << '\n';
    for (const PlannedChart& chart : plan.charts) {
        const CellArea& data = chart.data.cells;
        text << "chart of rows " << data.row << " to " << data.endRow() - 1 << ", columns from " << data.column
             << (data.columns == 4 ? ", open" : "") << "; covers " << chart.covers.row << ' ' << chart.covers.column << " to "
             << chart.covers.endRow() - 1 << ' ' << chart.covers.endColumn() - 1 << "; title \"" << chart.title << "\"\n";
    }
    return text.str();
}

// MadeUpFunnel is a table as a funnel function gives it: made up, so that no change of a function changes what is recorded.
class MadeUpFunnel {
public:
    MadeUpFunnel(const Choices& choices, std::vector<std::string> stages, std::vector<std::string> segments) : choices_(choices) {
        preview_.table.columns = isSplit(choices) ? 12 : choices.shape == Shape::Counts ? 8 : 11;
        preview_.table.rows = stages.size() * std::max<std::size_t>(segments.size(), 1);
        preview_.table.cells.assign(preview_.table.rows * preview_.table.columns, Blank{});
        for (std::size_t row = 0; row < preview_.table.rows; ++row)
            fill(row, stages[row % stages.size()], segments.empty() ? "" : segments[row / stages.size()], row % stages.size());
    }
    const Preview& preview() const { return preview_; }

private:
    void put(std::size_t row, Figure figure, OutputCell cell) {
        const std::int32_t place = placeOf(figure, choices_);
        if (place <= static_cast<std::int32_t>(preview_.table.columns))
            preview_.table.cells[row * preview_.table.columns + static_cast<std::size_t>(place) - 1] = std::move(cell);
    }
    void fill(std::size_t row, const std::string& stage, const std::string& segment, std::size_t index) {
        const double n = static_cast<double>(index);
        const bool nobody = segment == "Nobody";
        const double count = nobody ? 0 : 1250 - 371 * n;
        put(row, Figure::Stage, stage);
        put(row, Figure::Count, count);
        put(row, Figure::OfFirst, nobody ? OutputCell(Failure(Fault::DivideByZero)) : OutputCell(count / 1250));
        if (index > 0)
            put(row, Figure::OfPrevious, nobody ? OutputCell(Failure(Fault::DivideByZero)) : OutputCell(count / (count + 371)));
        put(row, Figure::Lost, nobody ? 0.0 : 17 + n);
        put(row, Figure::Value, count * 99.95 * (choices_.id.empty() ? 1 : 20));
        if (choices_.shape != Shape::Counts) {
            put(row, Figure::Open, nobody ? 0.0 : 31 * n);
            put(row, Figure::MedianDays, index == 1 ? OutputCell(Failure(Fault::NothingToCompute)) : OutputCell(2.5 * n));
        }
        put(row, Figure::Low, index == 0 ? OutputCell(Blank{}) : OutputCell(0.0625));
        put(row, Figure::High, index == 0 ? OutputCell(Blank{}) : OutputCell(0.9375));
        if (isSplit(choices_)) put(row, Figure::Segment, segment);
    }

    const Choices& choices_;
    Preview preview_;
};

struct FunnelCase {
    std::string name;
    Choices choices;
    std::vector<std::string> stages;
    std::vector<std::string> segments{};
    std::string corner{};
    bool openKnown = true;
};

inline std::vector<FunnelCase> funnelCases() {
    Choices stages;
    stages.source = "$Deals.$A$1:$G$13";
    stages.stage = "stage";
    stages.stages = {{"Demo"}, {"Proposal"}, {"Won", Outcome::Won}, {"Lost", Outcome::Lost}};
    Choices dates = stages;
    dates.shape = Shape::Dates;
    dates.stages = {{"opened"}, {"proposed"}, {"closed", Outcome::Won}};
    Choices events = stages;
    events.source = "$'My log'.$A:$D";
    events.shape = Shape::Events;
    events.id = "id";
    events.stage = "event";
    events.when = "when";
    events.stages = {{"Visit"}, {"Trial"}, {"Paid"}};
    Choices counts;
    counts.source = "$Counts.$B$2:$D$6";
    counts.shape = Shape::Counts;
    counts.stage = "stage";
    counts.count = "people";
    const std::vector<std::string> three = {"Demo", "Proposal", "Won"};
    const std::vector<std::string> segments = {"All", "Ănă Müller", "Nobody", "(blank)"};
    const std::vector<std::string> longNames = {"Prise de contact par téléphone ou par courriel avec une personne qui décide",
                                                "\"Devis\"", "=Signé; payé & livré"};
    const auto with = [](Choices choices, auto change) {
        change(choices);
        return choices;
    };
    std::vector<FunnelCase> cases;
    cases.push_back({"stages", stages, three});
    cases.push_back({"stages at a cell", stages, three, {}, "$'A.B'.$C$10"});
    cases.push_back({"stages with everything",
                     with(stages,
                          [](Choices& choices) {
                              choices.lostStage = "lost at";
                              choices.amount = "amount";
                              choices.intervals = true;
                              choices.by = "owner";
                              choices.filters = {{"channel", "<>Partner"}, {"amount", ">=1000"}};
                          }),
                     three, segments});
    cases.push_back({"stages by owner as bars, at a cell",
                     with(stages,
                          [](Choices& choices) {
                              choices.by = "3";
                              choices.picture = Picture::Bars;
                          }),
                     three, segments, "$Sheet1.$AA$100"});
    cases.push_back({"stages whose status hides what is open",
                     with(stages, [](Choices& choices) { choices.status = "status"; }),
                     three,
                     {},
                     "",
                     false});
    cases.push_back({"stages without a picture, none lost",
                     with(stages,
                          [](Choices& choices) {
                              choices.picture = Picture::None;
                              choices.stages.pop_back();
                          }),
                     three});
    cases.push_back({"stages with long names",
                     with(stages,
                          [&](Choices& choices) {
                              choices.amount = "Chiffre d'affaires hors taxes prévu pour l'année en cours";
                              for (std::size_t index = 0; index < 3; ++index) choices.stages[index].name = longNames[index];
                          }),
                     longNames});
    cases.push_back({"values only", with(stages, [](Choices& choices) { choices.live = false; }), three});
    cases.push_back({"values only by owner",
                     with(stages,
                          [](Choices& choices) {
                              choices.live = false;
                              choices.by = "owner";
                              choices.amount = "4";
                              choices.intervals = true;
                          }),
                     three, segments});
    cases.push_back({"values only by owner as bars",
                     with(stages,
                          [](Choices& choices) {
                              choices.live = false;
                              choices.by = "owner";
                              choices.picture = Picture::Bars;
                          }),
                     three, segments});
    for (const DateFill fill : {DateFill::None, DateFill::Later, DateFill::Each})
        cases.push_back({"dates, fill " + std::to_string(static_cast<int>(fill)),
                         with(dates,
                              [&](Choices& choices) {
                                  choices.fill = fill;
                                  choices.intervals = true;
                                  choices.asOf = 46081;
                              }),
                         {"opened", "proposed", "closed"}});
    for (const EventOrder order : {EventOrder::Ordered, EventOrder::Increasing, EventOrder::Strict, EventOrder::Any})
        cases.push_back({"events, order " + std::to_string(static_cast<int>(order)),
                         with(events,
                              [&](Choices& choices) {
                                  choices.order = order;
                                  if (order != EventOrder::Any) choices.window = 30;
                              }),
                         {"Visit", "Trial", "Paid"}});
    cases.push_back({"events by channel",
                     with(events,
                          [](Choices& choices) {
                              choices.by = "channel";
                              choices.window = 0.5;
                              choices.asOf = 46081.25;
                          }),
                     {"Visit", "Trial", "Paid"},
                     segments,
                     "$Sheet1.$B$3"});
    cases.push_back({"counts", counts, three});
    cases.push_back({"counts with values in millions and intervals",
                     with(counts,
                          [](Choices& choices) {
                              choices.amount = "amount";
                              choices.id = "larger";
                              choices.intervals = true;
                          }),
                     {"Lead", "Demo", "Won"}});
    cases.push_back({"counts of a name", with(counts, [](Choices& choices) { choices.source = "Leads"; }), three});
    cases.push_back({"counts across",
                     with(counts,
                          [](Choices& choices) {
                              choices.across = true;
                              choices.source = "$Counts.$A$1:$D$3";
                              choices.stages = {{"people"}, {"amount"}};
                              choices.count = "2026";
                              choices.picture = Picture::Bars;
                          }),
                     {"people", "amount"}});
    return cases;
}

inline std::string recordedFunnels(const Texts& texts) {
    std::string all;
    for (const FunnelCase& each : funnelCases()) {
        Preview preview = MadeUpFunnel(each.choices, each.stages, each.segments).preview();
        preview.openKnown = each.openKnown;
        PlanContext context;
        context.sourceName = "Deals";
        context.columns = {"stage", "people", "amount"};
        context.rows = {"2025", "2026"};
        context.date = "2026-02-28";
        all += "== " + each.name + "\n" +
               asText(placed(planFunnel(each.choices, preview, context, texts), each.corner), each.choices.source) + '\n';
    }
    return all;
}

inline void expectAsRecorded(const std::string& name, const std::string& text) {
    const std::string path = std::string(CALCKPI_RECORDINGS) + "/" + name + ".txt";
    if (std::getenv("CALCKPI_RECORD") != nullptr) std::ofstream(path, std::ios::binary) << text;
    std::ifstream file(path, std::ios::binary);
    std::istringstream now(text);
    std::string before;
    std::string line;
    std::string section;
    while (std::getline(now, line)) {
        if (line.starts_with("==")) section = line;
        ASSERT_TRUE(std::getline(file, before)) << path << " ends before " << section;
        ASSERT_EQ(line, before) << path << ", " << section;
    }
    EXPECT_FALSE(std::getline(file, before)) << path << " goes on: " << before;
}

}  // namespace calckpi::panel
