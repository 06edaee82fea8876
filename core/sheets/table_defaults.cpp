#include "core/sheets/table_defaults.hpp"

#include "core/kpis/catalog.hpp"
#include "core/recognition/outcomes.hpp"
#include "core/recognition/recognition.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace calckpi::panel {
namespace {

// Wanted says which roles a parameter's column may have, the likeliest first, and what is said where there is none.
struct Wanted {
    std::string_view parameter;
    std::vector<Role> roles;
    Message missing{};
};

const std::vector<Wanted>& wantedRoles() {
    static const std::vector<Wanted> wanted = {
        {"by",
         {Role::Owner, Role::Channel, Role::Team, Role::Region, Role::Product, Role::Segment, Role::Kind},
         msg("needs a column to split by: seller, channel, product")},
        {"status", {Role::Status, Role::Stage}, msg("needs a column that says which deals are won and lost")},
        {"amount", {Role::Amount}, msg("needs a column with amounts")},
        {"opened", {Role::Opened}, msg("needs a column with the date on which deals were opened")},
        {"closed", {Role::Closed}, msg("needs a column with the date on which deals were closed")},
        {"stage", {Role::Stage}, {}},
        {"customer", {Role::Customer}, msg("needs a column with the customer")},
        {"when",
         {Role::When, Role::Closed, Role::Received, Role::Opened, Role::Start, Role::Hired, Role::Published},
         msg("needs a column with dates")},
        {"start", {Role::Start}, msg("needs a column with the start of each plan")},
        {"end", {Role::End}, msg("needs a column with the end of each plan")},
        {"interval", {Role::Interval}, {}},
    };
    return wanted;
}

const Wanted* wantedFor(std::string_view parameter) {
    const auto& all = wantedRoles();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Wanted& wanted) { return wanted.parameter == parameter; });
    return found == all.end() ? nullptr : &*found;
}

// A split makes sense by a column of few words that come again; the dates and the status say other things.
const ColumnFacts* columnToSplitBy(const TableFacts& facts) {
    const ColumnFacts* best = nullptr;
    for (const ColumnFacts& column : facts.columns) {
        const bool groups = column.kind == ColumnKind::Category && !column.role && column.distinct > 1 && column.distinct <= 50;
        if (groups && (best == nullptr || column.distinct < best->distinct)) best = &column;
    }
    return best;
}

const ColumnFacts* columnFor(std::string_view parameter, const TableFacts& facts) {
    const Wanted* wanted = wantedFor(parameter);
    if (wanted == nullptr) return nullptr;
    for (const Role role : wanted->roles)
        if (const ColumnFacts* column = facts.column(role); column != nullptr && (parameter != "by" || column->distinct > 1))
            return column;
    return parameter == "by" ? columnToSplitBy(facts) : nullptr;
}

// States are the texts of a column that mean won and lost, in the order in which they appear.
struct States {
    std::vector<std::string> won;
    std::vector<std::string> lost;
    bool complete() const { return !won.empty() && !lost.empty(); }
};

std::string textAt(const Column& cells, std::size_t row) {
    if (cells.kind(row) == CellKind::Number) return digitsOf(cells.number(row));
    return cells.kind(row) == CellKind::Text ? std::string(trimmed(cells.texts()[cells.textIndex(row)])) : std::string();
}

States statesIn(const std::string& column, const Table& sample) {
    States states;
    const std::optional<std::size_t> index = columnIndex(column, sample);
    if (!index) return states;
    const ColumnHandle cells = sample.look(*index);
    const OutcomeColumn outcomes(sample.headers()[*index], cells);
    for (std::size_t row = 0; row < cells->rows(); ++row) {
        const Outcome outcome = outcomes.at(row);
        if (outcome == Outcome::Step) continue;
        std::vector<std::string>& list = outcome == Outcome::Won ? states.won : states.lost;
        const std::string text = textAt(*cells, row);
        const auto same = [&](const std::string& other) { return folded(other) == folded(text); };
        if (!text.empty() && std::none_of(list.begin(), list.end(), same)) list.push_back(text);
    }
    return states;
}

// chooseStates takes the column that says both what is won and what is lost; the status knows better than the stage.
void chooseStates(TableChoices& choices, const TableFacts& facts, const Table& sample) {
    const ColumnFacts* candidates[] = {facts.column(Role::Status), facts.column(Role::Stage)};
    const ColumnFacts* best = nullptr;
    States states;
    for (const ColumnFacts* column : candidates) {
        if (column == nullptr) continue;
        States found = statesIn(column->name, sample);
        if (best != nullptr && (states.complete() || !found.complete())) continue;
        best = column;
        states = std::move(found);
    }
    if (best == nullptr) return;
    choices.set("status", best->name);
    choices.set("won", states.won);
    choices.set("lost", states.lost);
}

// usualPeriod is months, unless the dates span less than two of them or more than five years.
std::string usualPeriod(const TableFacts& facts, std::string_view dates) {
    const ColumnFacts* column = columnFor(dates, facts);
    if (column == nullptr || !column->least || !column->most) return {};
    const double days = *column->most - *column->least;
    if (days < 62) return "week";
    return days > 15 * 365.0 ? "year" : days > 5 * 365.0 ? "quarter" : "";
}

bool hasParameter(const Function& function, std::string_view name) {
    const auto parameters = function.parameters();
    return std::any_of(parameters.begin(), parameters.end(), [&](const Parameter& each) { return each.name == name; });
}

// How well a table suits the rows of a source.
int fit(std::string_view function, RowKind rows) {
    const auto among = [&](std::initializer_list<std::string_view> functions) {
        const auto* found = std::find(functions.begin(), functions.end(), function);
        return found == functions.end() ? 0 : static_cast<int>(functions.end() - found) + 1;
    };
    switch (rows) {
        case RowKind::Deals: return among({"SEGMENTS", "KPIPERIODS", "STUCKDEALS", "WINCURVE", "PERIODVALUES"});
        case RowKind::Transactions: return among({"MRRMOVEMENTS", "COHORTS", "RFM", "CLVPREDICT", "PERIODVALUES"});
        case RowKind::Subscriptions: return among({"MRRPLANS", "COHORTS", "PERIODVALUES"});
        case RowKind::Events: return among({"COHORTS", "PERIODVALUES"});
        case RowKind::Leads:
        case RowKind::Activities:
        case RowKind::Surveys:
        case RowKind::Tickets:
        case RowKind::People:
        case RowKind::Content: return among({"PERIODVALUES"});
        case RowKind::InputsByMonth:
        case RowKind::Other: break;
    }
    return 0;
}

}  // namespace

std::optional<MissingRole> whyNot(const Function& function, const TableFacts& facts) {
    for (const Parameter& parameter : function.parameters()) {
        if (parameter.optional || parameter.kind != Kind::Column || columnFor(parameter.name, facts) != nullptr) continue;
        const Wanted* wanted = wantedFor(parameter.name);
        return MissingRole{parameter.name, wanted == nullptr ? msg("needs another column") : wanted->missing};
    }
    return std::nullopt;
}

TableChoices defaultTableChoices(const Function& function, const TableFacts& facts, const Table& sample) {
    TableChoices choices;
    choices.function = std::string(function.name());
    for (const Parameter& parameter : function.parameters()) {
        if (parameter.kind == Kind::Values && parameter.name == "won") chooseStates(choices, facts, sample);
        if (parameter.kind != Kind::Column || parameter.name == "status") continue;
        // Values by period are counted; what is summed up or split by is for the user to say.
        if (function.name() == "PERIODVALUES" && parameter.optional) continue;
        if (const ColumnFacts* column = columnFor(parameter.name, facts)) choices.set(parameter.name, column->name);
    }
    if (hasParameter(function, "period"))
        choices.set("period", usualPeriod(facts, hasParameter(function, "opened")  ? "opened"
                                                 : hasParameter(function, "start") ? "start"
                                                                                   : "when"));
    if (function.name() == "STUCKDEALS") {
        if (const ColumnFacts* deal = facts.column(Role::Deal)) choices.set("deal", deal->name);
        // How long deals take can only be told where their closes are known.
        constexpr double daysWithoutCloses = 90;
        if (choices.value("closed") == nullptr) choices.set("limit", daysWithoutCloses);
    }
    return choices;
}

std::vector<const TableKind*> likeliestTables(const TableFacts& facts) {
    std::vector<std::pair<int, const TableKind*>> ranked;
    for (const TableKind& kind : tableKinds()) {
        const bool possible = !whyNot(*find(kind.function), facts);
        ranked.emplace_back(possible ? fit(kind.function, facts.rows) : -1, &kind);
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& left, const auto& right) { return left.first > right.first; });
    std::vector<const TableKind*> kinds;
    for (const auto& [rank, kind] : ranked) kinds.push_back(kind);
    return kinds;
}

}  // namespace calckpi::panel
