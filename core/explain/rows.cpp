#include "core/explain/rows.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace calckpi::explain {
namespace {

// What rows must have to be used, function by function; a status, where one is asked for, is needed everywhere.
struct Needs {
    std::string_view function;
    std::array<std::string_view, 3> parameters;
};
constexpr Needs needs[] = {
    {"DSALESCYCLE", {"opened", "closed"}},
    {"DRESPONSETIME", {"received", "contacted"}},
    {"DSALES", {"amount"}},
    {"FUNNELEVENTS", {"id", "stage", "when"}},
    {"FUNNELSTAGES", {"stage"}},
    {"COHORTS", {"customer", "when"}},
    {"MRRMOVEMENTS", {"customer", "when"}},
    {"RFM", {"customer", "when"}},
    {"MRRPLANS", {"customer", "start"}},
    {"WINCURVE", {"opened"}},
    {"PERIODVALUES", {"when"}},
    {"STUCKDEALS", {"opened"}},
    {"CLVMODEL", {"customer", "when"}},
    {"CLVPREDICT", {"customer", "when"}},
    {"CLVHOLDOUT", {"customer", "when"}},
};

bool isNeeded(const CallWords& words, std::string_view parameter) {
    const auto* const found = std::find_if(std::begin(needs), std::end(needs),
                                           [&](const Needs& each) { return each.function == words.function().name(); });
    return found != std::end(needs) &&
           std::find(found->parameters.begin(), found->parameters.end(), parameter) != found->parameters.end();
}

// countsIn tells whether rows in a state are what the result is made of; most functions make it of all that have one.
bool countsIn(const CallWords& words, State state) {
    const std::string_view function = words.function().name();
    const bool closed = state == State::Won || state == State::Lost;
    if (function == "DWINVALUE") return closed;
    if (function == "DWINRATE") return closed || (state == State::Open && folded(words.text(*words.indexOf("basis"))) == "created");
    if (function == "DSALES") return state == State::Won;
    if (function == "DPIPELINE" || function == "STUCKDEALS") return state == State::Open;
    return state != State::None;
}

bool isEmptyAt(const Column& column, std::size_t row) {
    return column.kind(row) == CellKind::Blank ||
           (column.kind(row) == CellKind::Text && isBlank(column.texts()[column.textIndex(row)]));
}

Result<Filters> filterOf(const CallWords& words, std::size_t argument) {
    const std::array<Argument, 2> pair = {words.value(argument), words.value(argument + 1)};
    return Reader<Filters>::read(std::span<const Argument>(pair));
}

// readConditions fills in what each condition lets through; the frame of all of them, if they can be read.
std::optional<Frame> readConditions(const CallWords& words, const TableHandle& table, RowFacts& facts) {
    Filters all;
    const std::size_t first = words.function().takesFilters() ? words.function().parameters().size() - 1 : words.count();
    for (std::size_t argument = first; argument < words.count(); argument += 2) {
        const Result<Filters> filter = filterOf(words, argument);
        if (!filter) return std::nullopt;
        if (filter->empty()) continue;
        const Result<Frame> alone = Frame::of(table, *filter);
        if (!alone) return std::nullopt;
        facts.conditions.push_back({argument, alone->rows()});
        all.push_back(filter->front());
    }
    Result<Frame> frame = Frame::of(table, all);
    if (!frame) return std::nullopt;
    facts.passing = frame->rows();
    return *std::move(frame);
}

std::vector<State> readStates(const CallWords& words, const Frame& frame, RowFacts& facts) {
    const std::optional<StatusRule> rule = statusRuleOf(words);
    if (!rule) return {};
    const Result<std::vector<State>> states = statesOf(frame, *rule);
    if (!states) return {};
    facts.states = RowFacts::States{};
    RowFacts::States& counts = *facts.states;
    for (const State state : *states)
        ++(state == State::Won    ? counts.won
           : state == State::Lost ? counts.lost
           : state == State::Open ? counts.open
                                  : counts.none);
    return *states;
}

// readEmpty counts the empty cells of each column that the call names, and marks the rows that lack what the function needs.
void readEmpty(const CallWords& words, const Frame& frame, RowFacts& facts, std::vector<std::uint8_t>& used) {
    const std::span<const Parameter> parameters = words.function().parameters();
    for (std::size_t index = 0; index < parameters.size(); ++index) {
        if (parameters[index].kind != Kind::Column || parameters[index].name == "status") continue;
        const std::optional<std::size_t> column = words.columnOf(index);
        if (!column) continue;
        const ColumnHandle cells = frame.table().look(*column);
        std::size_t empty = 0;
        for (std::size_t row = 0; row < frame.rows(); ++row) {
            if (!isEmptyAt(*cells, frame.tableRow(row))) continue;
            ++empty;
            if (isNeeded(words, parameters[index].name)) used[row] = 0;
        }
        if (empty > 0) facts.empty.push_back({index, *column, empty});
    }
}

// readOneSidedAmounts looks whether won deals can be compared with lost ones by value, where the function does that.
void readOneSidedAmounts(const CallWords& words, const Frame& frame, const std::vector<State>& states, RowFacts& facts) {
    if (words.function().name() != "DWINVALUE" || states.empty()) return;
    const std::optional<std::size_t> column = words.columnOf(*words.indexOf("amount"));
    if (!column) return;
    const Result<std::vector<double>> amounts = frame.numbers(static_cast<double>(*column) + 1);
    if (amounts) facts.oneSided = panel::oneSidedAmounts(frame, states, *amounts);
}

void readExpectedCloses(const CallWords& words, const Frame& frame, const std::vector<State>& states, RowFacts& facts) {
    const std::optional<std::size_t> closed = words.indexOf("closed");
    const std::optional<std::size_t> column = closed ? words.columnOf(*closed) : std::nullopt;
    if (!column || states.empty()) return;
    const ColumnHandle cells = frame.table().look(*column);
    for (std::size_t row = 0; row < frame.rows(); ++row)
        if (states[row] == State::Open && cells->kind(frame.tableRow(row)) == CellKind::Number) ++facts.openWithClose;
}

// readBlankRows looks at one column after the other, and ends with the first that leaves no row without a cell.
void readBlankRows(const Table& table, RowFacts& facts) {
    std::vector<std::size_t> blank(table.rows());
    for (std::size_t row = 0; row < blank.size(); ++row) blank[row] = row;
    for (std::size_t column = 0; column < table.headers().size() && !blank.empty(); ++column) {
        const ColumnHandle cells = table.look(column);
        std::erase_if(blank, [&](std::size_t row) { return !isEmptyAt(*cells, row); });
    }
    // Rows behind the last filled one end the table.
    std::size_t end = table.rows();
    while (!blank.empty() && blank.back() + 1 == end) {
        blank.pop_back();
        --end;
    }
    facts.blankRows = blank.size();
}

}  // namespace

std::optional<StatusRule> statusRuleOf(const CallWords& words) {
    const std::optional<std::size_t> status = words.indexOf("status");
    const std::optional<std::size_t> won = words.indexOf("won");
    const std::optional<std::size_t> lost = words.indexOf("lost");
    if (!status || !won || !words.columnOf(*status)) return std::nullopt;
    return StatusRule{static_cast<double>(*words.columnOf(*status)) + 1, Values(words.cells(*won)),
                      Values(lost ? words.cells(*lost) : std::vector<Cell>())};
}

std::optional<RowFacts> rowFactsOf(const CallWords& words) {
    const TableHandle table = words.table();
    if (!table) return std::nullopt;
    RowFacts facts;
    facts.rows = table->rows();
    const std::optional<Frame> frame = readConditions(words, table, facts);
    if (!frame) return std::nullopt;
    const std::vector<State> states = readStates(words, *frame, facts);
    std::vector<std::uint8_t> used(frame->rows(), 1);
    for (std::size_t row = 0; row < states.size(); ++row) used[row] = countsIn(words, states[row]) ? 1 : 0;
    readEmpty(words, *frame, facts, used);
    readExpectedCloses(words, *frame, states, facts);
    readOneSidedAmounts(words, *frame, states, facts);
    readBlankRows(*table, facts);
    for (std::size_t row = 0; row < used.size(); ++row)
        if (used[row] != 0) facts.used.push_back(static_cast<std::uint32_t>(frame->tableRow(row)));
    auto next = facts.used.begin();
    for (std::uint32_t row = 0; row < facts.rows; ++row) {
        if (next != facts.used.end() && *next == row)
            ++next;
        else
            facts.leftOut.push_back(row);
    }
    return facts;
}

std::vector<RangeAddress> addressesOf(const CallWords& words, const std::vector<std::uint32_t>& rows) {
    std::vector<RangeAddress> blocks;
    if (!words.given(0).place) return blocks;
    for (const std::uint32_t row : rows) {
        RangeAddress block = *words.given(0).place;
        block.row = block.lastRow = block.row + static_cast<std::int32_t>(row) + 1;
        if (!blocks.empty() && blocks.back().lastRow + 1 == block.row) {
            blocks.back().lastRow = block.row;
        } else if (blocks.size() < mostBlocks) {
            blocks.push_back(block);
        } else {
            break;
        }
    }
    return blocks;
}

}  // namespace calckpi::explain
