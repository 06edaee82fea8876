#include "tests/office/probe/small_kpi_sheet.hpp"

#include <cmath>
#include <iterator>
#include <string>
#include <vector>

namespace calckpi::probe {
namespace {

using panel::Block;
using panel::CellRole;
using panel::Content;
using panel::Fixed;
using panel::Formula;
using panel::PlannedSheet;

using Row = std::vector<std::optional<Content>>;

// numbers is a block of which the first row holds headers and the first column labels.
Block numbers(const char* id, std::int32_t row, CellRole role, const std::vector<Row>& rows) {
    Block block{.id = id, .row = row};
    for (std::int32_t at = 0; at < static_cast<std::int32_t>(rows.size()); ++at)
        for (std::int32_t column = 0; column < static_cast<std::int32_t>(rows[static_cast<std::size_t>(at)].size()); ++column) {
            const bool header = at == 0;
            const CellRole look = column == 0 ? (header ? CellRole::HeaderText : CellRole::Text) : header ? CellRole::Header : role;
            block.put(at, column, look, rows[static_cast<std::size_t>(at)][static_cast<std::size_t>(column)]);
        }
    return block;
}

constexpr std::optional<Content> none = std::nullopt;

Block months() {
    constexpr const char* names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov, to the 12th"};
    constexpr double won[] = {210, 230, 198, 260, 275, 240, 300, 310, 290, 335};
    std::vector<Row> rows = {{"Month", "Won", "Running", "Target", "Zero line"}};
    for (std::size_t index = 0; index < std::size(names); ++index) {
        const bool complete = index < std::size(won);
        const bool last = index + 1 == std::size(won);
        rows.push_back({names[index], complete ? std::optional<Content>(won[index]) : none,
                        last        ? std::optional<Content>(won[index])
                        : !complete ? std::optional<Content>(180.0)
                                    : none,
                        280.0, 0.0});
    }
    Block block = numbers("months", 0, CellRole::Count, rows);
    block.spareRows = 2;
    block.names.push_back({"Months", {1, 0, 11, 1}});
    return block;
}

Block owners() {
    return numbers("owners", 16, CellRole::Share,
                   {{"Owner", "Win rate", "Few deals", "Above", "Below"},
                    {"Ana Ionescu  42% of 212", 0.42, none, 0.07, 0.06},
                    {"Bruno  37% of 180", 0.37, none, 0.07, 0.07},
                    {"Carla  33% of 95", 0.33, none, 0.10, 0.09},
                    {"Dan  25% of 61", 0.25, none, 0.12, 0.09},
                    {"Émile  25% of 12", none, 0.25, 0.28, 0.16},
                    {"Flora  14% of 7", none, 0.14, 0.37, 0.11}});
}

Block ages() {
    std::vector<Row> rows = {{"Days", "Won", "Won, low", "Won, high", "Lost", "Lost, low", "Lost, high"}};
    for (int step = 0; step <= 12; ++step) {
        const double won = 0.42 * (1 - std::exp(-step / 4.0));
        const double lost = 0.28 * (1 - std::exp(-step / 6.0));
        const double width = 0.004 * step;
        rows.push_back({15.0 * step, won, won - width, won + width, lost, lost - width, lost + width});
    }
    return numbers("ages", 25, CellRole::Share, rows);
}

Block movements() {
    return numbers("movements", 41, CellRole::Count,
                   {{"Movement", "Gap", "Total", "Rise", "Fall"},
                    {"Start\n120", 0.0, 120.0, none, none},
                    {"New\n▲ 34", 120.0, none, 34.0, none},
                    {"Expansion\n▲ 18", 154.0, none, 18.0, none},
                    {"Contraction\n▼ 11", 161.0, none, none, 11.0},
                    {"Churned\n▼ 19", 142.0, none, none, 19.0},
                    {"End\n142", 0.0, 142.0, none, none}});
}

// live gives three rows now, and may give five.
Block live() {
    Block block{.id = "live", .row = 50};
    block.fill({0, 0, 5, 2}, panel::withSpareRows(Formula("{1;2|3;4|5;6}"), 5));
    for (std::int32_t row = 0; row < 5; ++row)
        for (std::int32_t column = 0; column < 2; ++column) block.put(row, column, CellRole::Count);
    return block;
}

Block inputs() {
    Block block{.id = "inputs"};
    block.put(0, 0, CellRole::HeaderText, "Input");
    block.put(0, 1, CellRole::Header, "Target");
    block.put(1, 0, CellRole::Text, "Won value");
    block.put(1, 1, CellRole::Input, 280.0);
    block.names.push_back({"WonTarget", {1, 1}});
    return block;
}

// scorecard shows the chosen month beside its target, marked by colour and sign.
Block scorecard(const Block& data, const Block& typed) {
    Block block{.id = "scorecard", .row = 3};
    const char* headers[] = {"Month", "Won", "Target", "Difference", "Mark"};
    for (std::int32_t column = 0; column < 5; ++column)
        block.put(0, column, column == 0 ? CellRole::HeaderText : CellRole::Header, headers[column]);
    block.put(1, 0, CellRole::Text, "Aug");
    block.put(1, 1, CellRole::Money,
              Formula("INDEX(") + data.cells({1, 1, 11, 1}, Fixed::All) + ";MATCH(" + block.cell(1, 0) + ";" +
                  data.cells({1, 0, 11, 1}, Fixed::All) + ";0))");
    block.put(1, 2, CellRole::Money, Formula(typed.cell(1, 1, Fixed::All)));
    block.put(1, 3, CellRole::Number, Formula(block.cell(1, 1)) + "-" + block.cell(1, 2));
    block.put(1, 4, CellRole::Text, Formula("IF(") + block.cell(1, 3) + ">0;\"▲\";IF(" + block.cell(1, 3) + "<0;\"▼\";\"●\"))");
    const panel::Reference difference = block.cell(1, 3, Fixed::Columns);
    block.formats.push_back({{1, 3, 1, 2},
                             {{Formula(difference) + ">0", CellRole::Better},
                              {Formula(difference) + "<0", CellRole::Worse},
                              {Formula(difference) + "=0", CellRole::OnTarget}}});
    block.dropDowns.push_back({{1, 0}, data.cells({1, 0, 11, 1}, Fixed::All)});
    return block;
}

// heatMap is filled by one array formula, and coloured by its values.
Block heatMap() {
    Block block{.id = "heat", .row = 7};
    block.fill({0, 0, 2, 5}, Formula("{0.05;0.25;0.45;0.65;0.85|0.85;0.65;0.45;0.25;0.05}"));
    for (std::int32_t row = 0; row < 2; ++row)
        for (std::int32_t column = 0; column < 5; ++column) block.put(row, column, CellRole::Share);
    const std::pair<const char*, CellRole> steps[] = {{">=0.8", CellRole::Heat5},
                                                      {">=0.6", CellRole::Heat4},
                                                      {">=0.4", CellRole::Heat3},
                                                      {">=0.2", CellRole::Heat2},
                                                      {">=0", CellRole::Heat1}};
    panel::ConditionalFormat format{{0, 0, 2, 5}, {}};
    for (const auto& [test, look] : steps) format.conditions.push_back({Formula(block.cell(0, 0)) + test, look});
    block.formats.push_back(format);
    return block;
}

}  // namespace

panel::DocumentPlan smallKpiSheet() {
    const Block month = months();
    const Block owner = owners();
    const Block age = ages();
    const Block movement = movements();
    const Block typed = inputs();
    Block title{.id = "title"};
    title.put(0, 0, CellRole::Title, "Sales scorecard");
    title.put(1, 0, CellRole::Subtitle, "Won value in thousands · 2026");
    PlannedSheet front{.name = "KPIs", .blocks = {title, scorecard(month, typed), heatMap()}};
    using enum panel::ChartKind;
    front.charts = {
        {.kind = TargetLine, .data = month.cells({0, 0, 12, 5}), .covers = {10, 0, 14, 4}, .title = "Won value and its target"},
        {.kind = IntervalBars,
         .data = owner.cells({0, 0, 7, 5}),
         .covers = {10, 4, 14, 4},
         .title = "Win rate by owner, 95 % interval"},
        {.kind = BoundedCurves,
         .data = age.cells({0, 0, 14, 7}),
         .covers = {25, 0, 14, 4},
         .title = "Decided by age of the deal, days"},
        {.kind = Waterfall,
         .data = movement.cells({0, 0, 7, 5}),
         .covers = {25, 4, 14, 4},
         .title = "Recurring revenue, November"}};
    front.columnWidths.assign(8, 14);
    front.frozenRows = 3;
    front.page.repeatedRows = 3;
    PlannedSheet data{.name = "KPI data", .blocks = {month, owner, age, movement, live()}};
    data.columnWidths = {24, 10, 10, 10, 10, 10, 10};
    PlannedSheet typedIn{.name = "KPI inputs", .blocks = {typed}, .columnWidths = {20, 10}};
    return {.sheets = {front, data, typedIn}};
}

}  // namespace calckpi::probe
