#include "core/sheets/table_preview.hpp"

#include "core/kpis/catalog.hpp"
#include "core/recognition/nearest.hpp"
#include "core/recognition/recognition.hpp"
#include "core/sheets/distinct.hpp"
#include "core/sheets/preview.hpp"
#include "core/tables/kept_table.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <utility>

namespace calckpi::panel {
namespace {

struct KnownColumn {
    Message header;
    CellRole role;
};
using KnownColumns = std::vector<KnownColumn>;

// knownColumns are a function's columns, in its order; those of COHORTS and PERIODVALUES go on.
KnownColumns knownColumns(const std::string& function) {
    using enum CellRole;
    if (function == "SEGMENTS")
        return {{msg("Segment"), Text},
                {msg("Deals"), Count},
                {msg("Won"), Count},
                {msg("Lost"), Count},
                {msg("Open"), Count},
                {msg("Win rate"), Share},
                {msg("Low (95 %)"), Share},
                {msg("High (95 %)"), Share},
                {msg("p-value against the rest"), Number},
                {msg("Revenue"), Money},
                {msg("Share of revenue"), Share},
                {msg("Average sale"), MoneyEach},
                {msg("Median days to win"), Days}};
    if (function == "KPIPERIODS")
        return {{msg("Period"), Date},
                {msg("Complete"), Tick},
                {msg("Created"), Count},
                {msg("Won"), Count},
                {msg("Lost"), Count},
                {msg("Open at the end"), Count},
                {msg("Win rate"), Share},
                {msg("Low (95 %)"), Share},
                {msg("High (95 %)"), Share},
                {msg("Win rate of created"), Share},
                {msg("Revenue"), Money},
                {msg("Average sale"), MoneyEach},
                {msg("Median days to win"), Days},
                {msg("Mean days to win"), Days},
                {msg("Pipeline at the end"), Money}};
    if (function == "MRRMOVEMENTS" || function == "MRRPLANS")
        return {{msg("Period"), Date},       {msg("Start"), Money},       {msg("New"), Money},         {msg("Expansion"), Money},
                {msg("Contraction"), Money}, {msg("Churned"), Money},     {msg("Reactivated"), Money}, {msg("End"), Money},
                {msg("Customers"), Count},   {msg("GRR"), Share},         {msg("NRR"), Share},         {msg("Gross churn"), Share},
                {msg("Net churn"), Share},   {msg("Quick ratio"), Number}};
    if (function == "WINCURVE")
        return {{msg("Days"), Days},       {msg("At risk"), Count},    {msg("Won"), Count},        {msg("Lost"), Count},
                {msg("Share won"), Share}, {msg("Share lost"), Share}, {msg("Low (95 %)"), Share}, {msg("High (95 %)"), Share}};
    if (function == "RFM")
        return {{msg("Customer"), Text},
                {msg("Repeats"), Count},
                {msg("From first to last"), Count},
                {msg("Since the first"), Count},
                {msg("Mean repeat purchase"), Money}};
    if (function == "STUCKDEALS")
        return {{msg("Row"), Count},
                {msg("Age in days"), Count},
                {msg("Limit in days"), Count},
                {msg("Stage"), Text},
                {msg("Amount"), Money}};
    if (function == "CLVPREDICT")
        return {{msg("Customer"), Text},
                {msg("Repeats"), Count},
                {msg("Days from first to last"), Count},
                {msg("Days since the first"), Count},
                {msg("Still a customer"), Share},
                {msg("Expected purchases"), Number},
                {msg("Expected amount of each"), MoneyEach},
                {msg("Value"), Money},
                {msg("Low (95 %)"), Money},
                {msg("High (95 %)"), Money}};
    if (function == "COHORTS") return {{msg("First purchase"), Date}, {msg("Customers"), Count}};
    if (function == "PERIODVALUES") return {{msg("Period"), Date}, {msg("Complete"), Tick}};
    return {};
}

CellRole measureRole(const TableChoices& choices) {
    const std::string measure = choices.text("measure");
    if (measure == "customers") return CellRole::Count;
    if (measure == "revenue") return CellRole::Money;
    return CellRole::Share;
}

// valueRole is that of a column's values summed up: of counts a count, of other numbers what an amount looks like.
CellRole valueRole(const TableChoices& choices) {
    const std::string statistic = choices.text("statistic");
    return statistic.empty() || statistic == "count" || statistic == "distinct" ? CellRole::Count : CellRole::Money;
}

bool saysNothing(const OutputGrid& table, std::size_t column) {
    for (std::size_t row = 0; row < table.rows; ++row)
        if (!std::holds_alternative<Blank>(table.at(row, column))) return false;
    return true;
}

std::string textAt(const OutputGrid& table, std::size_t row, std::size_t column) {
    const OutputCell& cell = table.at(row, column);
    if (const std::string* text = std::get_if<std::string>(&cell)) return *text;
    const double* number = std::get_if<double>(&cell);
    return number == nullptr ? std::string() : digitsOf(*number);
}

// Used is a column that the choices use, and what its cells have to be.
struct Used {
    enum class As : std::uint8_t { Label, Date, Number };
    std::string name;
    std::string parameter;
    As as = As::Label;
    bool required = false;
};

Used::As useOf(std::string_view parameter) {
    constexpr std::string_view dates[] = {"opened", "closed", "when", "start", "end"};
    if (std::find(std::begin(dates), std::end(dates), parameter) != std::end(dates)) return Used::As::Date;
    return parameter == "amount" ? Used::As::Number : Used::As::Label;
}

std::vector<Used> usedBy(const TableChoices& choices) {
    std::vector<Used> used;
    const TableKind* kind = kindOf(choices.function);
    if (kind == nullptr) return used;
    for (const TableField& field : fieldsOf(*kind)) {
        const std::string name = field.kind == FieldKind::Column ? choices.text(field.parameter->name) : std::string();
        if (!name.empty()) used.push_back({name, std::string(field.parameter->name), useOf(field.parameter->name), field.required});
    }
    for (const Criterion& filter : choices.filters) used.push_back({filter.column, "", Used::As::Label, false});
    return used;
}

std::optional<std::size_t> placeOf(const Used& used, const Table& table) {
    if (used.parameter != "by") return columnIndex(used.name, table);
    const Result<std::size_t> place = table.find(splitColumn(used.name, table));
    return place ? std::optional(*place) : std::nullopt;
}

Finding notThere(const std::string& name, const Table& table) {
    const std::vector<std::string> names = columnNames(table);
    if (const std::optional<std::size_t> meant = nearest(name, names))
        return {.message = msg("The source has no column {column}. Did you mean {other}?"), .column = name, .other = names[*meant]};
    return {.message = msg("The source has no column {column}, or more than one: choose the columns again"), .column = name};
}

// toChoose says the first thing that is missing, in the words of the field.
std::optional<Finding> toChoose(const TableChoices& choices) {
    for (const TableField& field : fieldsOf(*kindOf(choices.function))) {
        if (!field.required || choices.value(field.parameter->name) != nullptr) continue;
        if (field.kind == FieldKind::States)
            return Finding{.message = field.parameter->name == "won" ? msg("Choose which texts in the status mean won")
                                                                     : msg("Choose which texts in the status mean lost")};
        return Finding{.message = msg("Choose the column for {field}"), .field = field.label};
    }
    const auto unnamed = [](const Criterion& filter) { return filter.column.empty(); };
    if (std::any_of(choices.filters.begin(), choices.filters.end(), unnamed))
        return Finding{.message = msg("Choose a column for each filter")};
    return std::nullopt;
}

std::optional<Finding> problemBefore(const TableChoices& choices, const Table& table) {
    if (kindOf(choices.function) == nullptr)
        return Finding{.message = msg("This version of Calc KPI does not know the function of this table")};
    if (std::optional<Finding> missing = toChoose(choices)) return missing;
    for (const Used& used : usedBy(choices))
        if (!placeOf(used, table)) return notThere(used.name, table);
    if (table.rows() == 0) return Finding{.message = msg("The source has no rows below its headers")};
    return std::nullopt;
}

Frame frameOf(const TableHandle& table, const TableChoices& choices) {
    Result<Frame> frame = Frame::of(table, filtersOf(choices.filters, *table));
    return frame ? *std::move(frame) : *Frame::of(table, {});
}

// tooLarge says why a table would be too large, before any of it is computed.
std::optional<Finding> tooLarge(const TableHandle& table, const TableChoices& choices) {
    const bool lists = choices.function == "RFM" || choices.function == "CLVPREDICT";
    const std::string name = choices.text(lists ? "customer" : "by");
    const std::optional<std::size_t> index = name.empty() ? std::nullopt : columnIndex(name, *table);
    if (!index) return std::nullopt;
    // The groups of PERIODVALUES are side by side.
    constexpr std::size_t mostAside = 200;
    const std::size_t most = choices.function == "PERIODVALUES" ? mostAside : mostTableRows;
    if (Distinct(most).in(frameOf(table, choices), *table->look(*index)) < most) return std::nullopt;
    if (lists)
        return Finding{.message = msg("{column} names more customers than a sheet lists well, which is 50,000: add a filter"),
                       .column = name};
    return Finding{
        .message = msg("{column} has too many different values to split by: choose a column with fewer, or add a filter"),
        .column = name};
}

Message cellProblem(const Failure& failure) {
    if (failure.fault == Fault::ErrorInCell) return msg("{column} holds an error: correct the cell or choose another column");
    switch (failure.wrong) {
        case Wrong::TextForDate:
            return msg(
                "{column} holds a text where a date belongs: convert the cells in place, correct this one or choose another "
                "column");
        case Wrong::NoDate:
            return msg(
                "{column} holds a number that is not a date, such as 20260105: convert the cells in place, correct this one or "
                "choose another column");
        case Wrong::EndBeforeStart:
            return msg("{n} row ends before it starts, by {column}: correct the date or choose other columns",
                       "{n} rows end before they start, by {column}: correct the dates or choose other columns");
        case Wrong::BelowZero:
            return msg("{column} brings a customer's amounts of one period below 0: correct the cell or add a filter");
        default: return msg("{column} holds a text where a number belongs: correct the cell or choose another column");
    }
}

std::string nameOfColumn(std::int32_t column, const Table& table) {
    const std::vector<std::string> names = columnNames(table);
    const auto index = static_cast<std::size_t>(column) - 1;
    return index < names.size() ? names[index] : std::string();
}

}  // namespace

std::optional<Finding> cellFinding(const Failure& failure, const Table& table) {
    if (failure.row <= 0 || failure.column <= 0) return std::nullopt;
    return Finding{.message = cellProblem(failure),
                   .n = std::max(failure.rows, 1),
                   .column = nameOfColumn(failure.column, table),
                   .first = {failure.column, failure.row}};
}

namespace {

// Problem says why the function gives no table.
Finding problemOf(const Failure& failure, const TableChoices& choices, const TableHandle& table) {
    if (std::optional<Finding> cell = cellFinding(failure, *table)) return *std::move(cell);
    if (failure.fault == Fault::NothingToCompute) {
        if (frameOf(table, choices).empty()) return {.message = msg("The filters leave no row: change or remove one")};
        if (choices.function == "STUCKDEALS") return {.message = msg("No open deal is older than the limit: none is stuck")};
        if (choices.function == "CLVPREDICT") return {.message = msg("Nobody bought twice: there is nothing to forecast from")};
        if (choices.number("asOf")) return {.message = msg("Nothing has happened up to the reference date")};
        return {.message = msg("No row has all that this table is made from")};
    }
    if (failure.fault == Fault::TooLarge)
        return {.message =
                    msg("The table would be too large for a sheet: choose a longer period, or check the dates for a wrong year")};
    if (failure.wrong == Wrong::WonAndLost)
        return {.message = msg("One text is chosen for both won and lost: remove it from one of them")};
    const Function* function = find(choices.function);
    if (failure.parameter > 0 && failure.parameter <= function->parameters().size()) {
        const Parameter& parameter = function->parameters()[failure.parameter - 1U];
        if (failure.wrong == Wrong::Missing)
            return {.message = msg("Choose the column for {field}"), .field = labelOf(parameter.name)};
        return {.message = msg("{field} cannot be this: choose another value"), .field = labelOf(parameter.name)};
    }
    return {.message = msg("These choices give no table: change the columns or the options")};
}

// Check looks at the columns that are used, in one pass over each.
class Check {
public:
    Check(const TableHandle& table, const TableChoices& choices)
        : table_(table), choices_(choices), frame_(frameOf(table, choices)) {}

    std::vector<Finding> run() && {
        for (const Used& used : usedBy(choices_)) {
            const std::optional<std::size_t> index = placeOf(used, *table_);
            if (!index || std::find(known_.begin(), known_.end(), *index) != known_.end()) continue;
            known_.push_back(*index);
            check(used, *index);
        }
        checkStates();
        return std::move(findings_);
    }

private:
    void add(const WrongRows& rows, Message message, const std::string& column, std::size_t index) {
        if (rows.none()) return;
        const Place first{static_cast<std::int32_t>(index) + 1, static_cast<std::int32_t>(rows.first) + 2};
        findings_.push_back({.message = message, .n = rows.count, .column = column, .first = first});
    }
    void check(const Used& used, std::size_t index) {
        const ColumnHandle cells = table_->look(index);
        add(errorsIn(*cells), msg("{n} error in {column}", "{n} errors in {column}"), used.name, index);
        if (used.as != Used::As::Label)
            add(frame_.textsIn(*cells),
                used.as == Used::As::Date ? msg("{n} date in {column} is text", "{n} dates in {column} are text")
                                          : msg("{n} amount in {column} is text", "{n} amounts in {column} are text"),
                used.name, index);
        if (used.as == Used::As::Date)
            add(frame_.noDatesIn(*cells), msg("{n} number in {column} is not a date", "{n} numbers in {column} are not dates"),
                used.name, index);
        if (used.required && used.parameter != "by" && used.parameter != "closed" && used.parameter != "end")
            add(rowsWhere([&](std::size_t row) { return isEmptyAt(*cells, row); }),
                msg("{n} row without {column} is left out", "{n} rows without {column} are left out"), used.name, index);
    }
    // A closed deal without the day that it was closed on counts in no period.
    void checkStates() {
        const std::optional<std::size_t> status = indexOf("status");
        if (!status || choices_.value("won") == nullptr) return;
        const ColumnHandle states = table_->look(*status);
        const Values won = valuesOf("won");
        const Values lost = valuesOf("lost");
        const auto is = [&](const Values& values, std::size_t row) {
            return states->kind(row) == CellKind::Text && values.hasText(states->texts()[states->textIndex(row)]);
        };
        if (rowsWhere([&](std::size_t row) { return is(won, row); }).none() && !statesAreNumbers(*states))
            findings_.push_back(
                {.message = msg("No row is won: choose which texts in {column} mean won"), .column = choices_.text("status")});
        const std::optional<std::size_t> closed = indexOf("closed");
        if (!closed) return;
        const ColumnHandle closes = table_->look(*closed);
        add(rowsWhere([&](std::size_t row) { return isEmptyAt(*closes, row) && (is(won, row) || is(lost, row)); }),
            msg("{n} won or lost deal has no date in {column}", "{n} won or lost deals have no date in {column}"),
            choices_.text("closed"), *closed);
    }
    Values valuesOf(std::string_view parameter) const {
        const std::vector<std::string> texts = choices_.texts(parameter);
        return Values(std::vector<Cell>(texts.begin(), texts.end()));
    }
    bool statesAreNumbers(const Column& states) const { return states.hasNumbers(); }
    std::optional<std::size_t> indexOf(std::string_view parameter) const {
        const std::string name = choices_.text(parameter);
        return name.empty() ? std::nullopt : columnIndex(name, *table_);
    }
    static bool isEmptyAt(const Column& cells, std::size_t row) {
        if (cells.kind(row) == CellKind::Text) return isBlank(cells.texts()[cells.textIndex(row)]);
        return cells.kind(row) == CellKind::Blank;
    }
    template <class Suits>
    WrongRows rowsWhere(Suits suits) const {
        WrongRows rows;
        for (std::size_t row = 0; row < frame_.rows(); ++row)
            if (suits(frame_.tableRow(row))) rows.add(frame_.tableRow(row));
        return rows;
    }

    const TableHandle& table_;
    const TableChoices& choices_;
    Frame frame_;
    std::vector<std::size_t> known_;
    std::vector<Finding> findings_;
};

std::vector<TableColumn> columnsOf(const TableChoices& choices, const OutputGrid& table, const OutputGrid& headers) {
    std::vector<TableColumn> columns;
    const KnownColumns known = knownColumns(choices.function);
    for (std::size_t place = 0; place < table.columns; ++place) {
        if (place >= known.size()) {
            const bool total = place + 1 == table.columns && choices.function == "PERIODVALUES";
            columns.push_back({.place = place,
                               .role = choices.function == "COHORTS" ? measureRole(choices) : valueRole(choices),
                               .header = total ? msg("Total") : Message{},
                               .name = total ? std::string() : textAt(headers, 0, place)});
        } else if (!saysNothing(table, place)) {
            columns.push_back({.place = place, .role = known[place].role, .header = known[place].header});
        }
    }
    return columns;
}

// giveNames puts the user's own headers in place of ours, where a column shows one of his, and months in place of dates.
void giveNames(std::vector<TableColumn>& columns, const TableChoices& choices) {
    const std::string period = choices.text("period");
    const bool months = choices.function != "RFM" && (period.empty() || period == "month");
    // What a reader looks for first is first.
    if (choices.function == "STUCKDEALS")
        std::stable_sort(columns.begin(), columns.end(), [](const TableColumn& left, const TableColumn& right) {
            return (left.place + 2) % 5 < (right.place + 2) % 5;
        });
    for (TableColumn& column : columns) {
        const auto take = [&](std::string_view parameter) {
            const std::string name = choices.text(parameter);
            if (!name.empty() && !std::all_of(name.begin(), name.end(), [](unsigned char c) { return c >= '0' && c <= '9'; }))
                column.name = name;
        };
        if (column.role == CellRole::Date && months) column.role = CellRole::Month;
        if (choices.function == "SEGMENTS" && column.place == 0) take("by");
        if ((choices.function == "RFM" || choices.function == "CLVPREDICT") && column.place == 0) take("customer");
        const std::string unit = choices.text("unit");
        if (choices.function == "RFM" && (unit.empty() || unit == "day") && column.place == 2)
            column.header = msg("Days from first to last");
        if (choices.function == "RFM" && (unit.empty() || unit == "day") && column.place == 3)
            column.header = msg("Days since the first");
        if (choices.function == "STUCKDEALS" && column.place == 3) take("stage");
        if (choices.function == "STUCKDEALS" && column.place == 4) take("amount");
    }
}

// lastDateIn is the last date of the columns that a table takes its end from.
std::optional<double> lastDateIn(const TableHandle& table, const TableChoices& choices) {
    if (const std::optional<double> asOf = choices.number("asOf")) return asOf;
    std::optional<double> last;
    for (const Used& used : usedBy(choices)) {
        const std::optional<std::size_t> index = placeOf(used, *table);
        if (used.as != Used::As::Date || !index) continue;
        const ColumnHandle cells = table->look(*index);
        for (std::size_t row = 0; row < cells->rows(); ++row)
            if (cells->kind(row) == CellKind::Number) last = std::max(last.value_or(cells->number(row)), cells->number(row));
    }
    return last;
}

// isLastPeriodOver asks for the first day of the period after the last one.
bool isLastPeriodOver(const TableChoices& choices, const TablePreview& preview, const Table& table) {
    const std::optional<double> start = preview.table.rows == 0 ? std::nullopt : numberAt(preview.table, preview.table.rows - 1, 0);
    if (!start || !preview.lastDate) return false;
    const std::string period = choices.text("period");
    const Argument unit = period.empty() ? Argument(Absent{}) : Argument(period);
    const Result<calckpi::Outcome> next =
        find("PERIODSTART")->call(std::vector<Argument>{*start, unit, 1.0}, {table.culture().nullDate()});
    return next && std::floor(*preview.lastDate) + 1 >= std::get<double>(*next);
}

// Forecast fills in what is beside a forecast of customer values. Its test looks back from three quarters of the time.
class Forecast {
public:
    Forecast(const TableHandle& table, TableChoices choices, TablePreview& preview)
        : table_(table), choices_(std::move(choices)), preview_(preview) {}

    void make() {
        preview_.until = choices_.number("until").value_or(usualUntil());
        choices_.set("until", preview_.until);
        preview_.model = tableOf("CLVMODEL");
        preview_.errors = tableOf("CLVHOLDOUT");
        choices_.set("view", "tracking");
        preview_.tracking = tableOf("CLVHOLDOUT");
    }

private:
    OutputGrid tableOf(std::string_view function) {
        choices_.function = std::string(function);
        // The test counts purchases, not money: an amount would turn its figures into money.
        TableChoices asked = choices_;
        if (function == "CLVHOLDOUT") asked.unset("amount");
        const Result<calckpi::Outcome> result = find(function)->call(argumentsOf(asked, table_));
        if (!result) return {};
        const OutputGrid* grid = std::get_if<OutputGrid>(&*result);
        return grid == nullptr ? OutputGrid{} : *grid;
    }
    double usualUntil() const {
        const std::optional<std::size_t> index = columnIndex(choices_.text("when"), *table_);
        const ColumnHandle cells = table_->look(*index);
        double first = preview_.lastDate.value_or(0);
        for (std::size_t row = 0; row < cells->rows(); ++row)
            if (cells->kind(row) == CellKind::Number) first = std::min(first, cells->number(row));
        return std::floor(first + (preview_.lastDate.value_or(first) - first) * 3 / 4);
    }

    const TableHandle& table_;
    TableChoices choices_;
    TablePreview& preview_;
};

Result<calckpi::Outcome> called(const TableChoices& choices, const TableHandle& table, bool headers) {
    return find(choices.function)->call(argumentsOf(choices, table, headers));
}

// withoutFirstRow is a table without its headers.
OutputGrid withoutFirstRow(const OutputGrid& all) {
    OutputGrid table;
    table.columns = all.columns;
    table.rows = all.rows - 1;
    table.cells.assign(all.cells.begin() + static_cast<std::ptrdiff_t>(all.columns), all.cells.end());
    return table;
}

}  // namespace

TablePreview previewTable(const TableHandle& source, const TableChoices& choices) {
    const TableHandle table = std::make_shared<KeptTable>(source);
    TablePreview preview;
    preview.problem = problemBefore(choices, *table);
    if (!preview.problem) preview.problem = tooLarge(table, choices);
    if (preview.problem) return preview;
    preview.findings = Check(table, choices).run();
    const Result<calckpi::Outcome> result = called(choices, table, true);
    if (!result) {
        preview.problem = problemOf(result.failure(), choices, table);
        return preview;
    }
    const auto& all = std::get<OutputGrid>(*result);
    preview.table = withoutFirstRow(all);
    if (preview.table.rows > mostTableRows) {
        preview.problem = problemOf(Fault::TooLarge, choices, table);
        return preview;
    }
    preview.columns = columnsOf(choices, preview.table, all);
    giveNames(preview.columns, choices);
    preview.lastDate = lastDateIn(table, choices);
    preview.lastPeriodOver = isLastPeriodOver(choices, preview, *table);
    if (choices.function == "CLVPREDICT") Forecast(table, choices, preview).make();
    return preview;
}

std::string headerOf(const TableColumn& column, const Texts& texts, bool thousands) {
    const std::string name = column.name.empty() ? texts.say(column.header) : column.name;
    return thousands ? texts.say(msg("{column} (thousands)"), {{"column", name}}) : name;
}

std::optional<double> numberAt(const OutputGrid& table, std::size_t row, std::size_t column) {
    if (row >= table.rows || column >= table.columns) return std::nullopt;
    const double* number = std::get_if<double>(&table.at(row, column));
    return number == nullptr ? std::nullopt : std::optional(*number);
}

}  // namespace calckpi::panel
