// The sidebar without an office: recognition, stages, preview and sheet of a random table, then a user who does anything.
#include "core/recognition/across.hpp"
#include "core/sheets/figures.hpp"
#include "core/panel/funnel_model.hpp"
#include "core/panel/items.hpp"
#include "core/panel/panel.hpp"
#include "core/sheets/settings.hpp"
#include "core/sheets/funnel_plan.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/properties.hpp"

#include <algorithm>
#include <cmath>

namespace calckpi::fuzz {
namespace {

using namespace panel;

Rows drawnTable(Input& input) {
    if (input.oneIn(2)) return input.table();
    // Headers and cells as in the exports of CRMs, of which recognition knows many.
    static constexpr std::string_view headers[] = {
        "Deal ID", "Deal Name", "Stage", "dealstage",  "Amount",  "Close Date",       "Created",  "Count",
        "Event",   "Timestamp", "User",  "Étape",      "Montant", "Date de création", "Etapă",    "Sumă",
        "2024",    "3",         "",      "Lost stage", "Owner",   "MQL date",         "SQL date", "Visitors"};
    static constexpr std::string_view texts[] = {
        "1 - New", "2. Qualified", "Closed Won", "Closed Lost", "Visit",      "Signup",           "Purchase", "Gagné",
        "Perdu",   "Câștigat",     "Pierdut",    "Leads",       "2026-01-05", "2026-01-05 10:30", "006A1",    "Acme"};
    Rows rows(1);
    for (std::size_t left = 1 + input.below(8); left > 0; --left) rows.front().emplace_back(std::string(input.pick(headers)));
    for (std::size_t left = input.below(40); left > 0; --left) {
        std::vector<Cell>& row = rows.emplace_back();
        for (std::size_t column = 0; column < rows.front().size(); ++column) {
            const std::size_t byte = input.below(256);
            if (byte >= 224)
                row.push_back(input.cell());
            else if (column % 3 == 0)
                row.emplace_back(std::string(texts[byte % std::size(texts)]));
            else if (column % 3 == 1)
                row.emplace_back(static_cast<double>(byte % 8 == 7 ? byte : 46000 + byte));
            else
                row.emplace_back(static_cast<double>(byte));
        }
    }
    return rows;
}

void requireColumns(const Choices& choices, const Table& table) {
    for (const std::string* column : {&choices.id, &choices.stage, &choices.when, &choices.lostStage, &choices.status, &choices.by})
        require(column->empty() || columnIndex(*column, table).has_value(), "a recognised column is one of the table");
    // Counts across are in rows.
    const std::vector<std::string> rows = choices.across ? rowNames(table, choices) : std::vector<std::string>();
    for (const std::string* name : {&choices.count, &choices.amount})
        require(name->empty() || (choices.across ? std::find(rows.begin(), rows.end(), *name) != rows.end()
                                                 : columnIndex(*name, table).has_value()),
                "recognised counts and amounts are those of the table");
}

void requirePlan(const Choices& choices, const Preview& shown, const Table& table) {
    require(!shown.table.cells.empty(), "a preview without a problem has a table");
    for (const StageFigures& stage : shown.stages)
        for (const std::optional<double>& figure :
             {std::optional(stage.count), stage.ofPrevious, stage.ofFirst, stage.open, stage.medianDays})
            require(!figure || std::isfinite(*figure), "a figure is finite");
    const PlanContext context{.sourceName = "Deals", .columns = columnNames(table), .date = "1/5/26"};
    const DocumentPlan plan = planFunnel(choices, shown, context, Texts());
    require(misfits(plan, {{.name = "Funnel", .row = 3, .column = 1}}).empty(), "the plan fits into a sheet");
}

void checkChoices(Choices choices, const TableHandle& table) {
    requireColumns(choices, *table);
    const Result<std::vector<FoundStage>> found = findStages(table, choices);
    if (found) choices.stages = chosen(*found);
    require(choices.stages.size() <= mostChosen, "no more stages are chosen than can be read");
    const Preview shown = preview(table, choices);
    for (const Finding& finding : shown.findings) static_cast<void>(said(finding, Texts(), "$A$1"));
    if (!shown.problem) requirePlan(choices, shown, *table);
}

// checkUser: whatever is clicked and typed, the panel shows something, and what it made can be kept.
void checkUser(Input& input, const TableHandle& table) {
    Panel panel(Texts(input.oneIn(2) ? Language::French : Language::English, {}), {funnelOffer()});
    const Source source{
        .address = "$Deals.$A$1:$H$48", .shown = "Deals.A1:H48", .name = "Deals", .table = table, .sample = table, .dates = {}};
    std::optional<Found> found;
    if (input.oneIn(4)) {
        Choices kept = rolesFor(static_cast<Shape>(input.below(4)), *table);
        kept.asOf = input.number();
        kept.window = input.number();
        kept.by = input.text();
        kept.stages.push_back({input.text(), static_cast<panel::Outcome>(input.below(3))});
        found = Found{.address = "Funnel.B4", .kind = KeptKind::Funnel, .settings = written(kept)};
    }
    if (!found || !panel.take(source, *found)) panel.take(source);
    const auto& funnel = dynamic_cast<const FunnelModel&>(panel.model());
    for (std::size_t left = 32; left > 0 && !input.empty(); --left) {
        const View view = panel.view();
        // Mostly what can be seen, otherwise anything: clicks arrive late, when the view has changed.
        Action action{.item = static_cast<Item>(input.below(static_cast<std::size_t>(Item::Overwrite) + 1))};
        if (!view.rows.empty() && !input.oneIn(4)) {
            const panel::Row& row = input.pick(view.rows);
            if (!row.widgets.empty()) {
                const Widget& widget = input.pick(row.widgets);
                action.item = widget.item;
                action.index = widget.index;
            }
        }
        action.entry = static_cast<std::int32_t>(input.below(16)) - 1;
        if (input.oneIn(16)) action.index = static_cast<std::int32_t>(input.below(40)) - 8;
        action.text = input.oneIn(2) ? input.text() : std::to_string(input.below(50'000));
        action.on = input.oneIn(2);
        const Next next = panel.act(action).next;
        static_cast<void>(panel.columnsNeeded());
        if (next == Next::Compute || panel.needsComputing()) panel.compute();
        if (input.oneIn(16)) panel.takeAgain(source);
        if (input.oneIn(32)) panel.stopped();
        const std::optional<Choices> back = readSettings(written(funnel.choices()));
        require(back && *back == funnel.choices(), "choices come back from their text");
        if (panel.ready()) requirePlan(funnel.choices(), *funnel.preview(), *table);
    }
    static_cast<void>(panel.view());
}

}  // namespace
}  // namespace calckpi::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace calckpi;
    using namespace calckpi::fuzz;
    Input input({data, size});
    const auto user = input.below(2);
    const auto shape = static_cast<panel::Shape>(input.below(4));
    const auto table = std::make_shared<const support::MemoryTable>(drawnTable(input));
    if (user == 1) {
        checkUser(input, table);
        return 0;
    }
    checkChoices(panel::recognise(*table).choices, table);
    panel::Choices picked = panel::rolesFor(shape, *table);
    require(picked.shape == shape, "the shape is the one that was picked");
    const std::vector<std::string> columns = panel::columnNames(*table);
    if (!columns.empty() && input.oneIn(4)) picked.by = input.pick(columns);
    checkChoices(picked, table);
    return 0;
}
