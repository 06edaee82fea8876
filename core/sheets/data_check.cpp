#include "core/sheets/data_check.hpp"

#include "core/catalog/argument.hpp"
#include "core/recognition/across.hpp"
#include "core/recognition/one_sided_amounts.hpp"
#include "core/recognition/outcomes.hpp"
#include "core/recognition/recognition.hpp"
#include "core/recognition/vocabulary.hpp"
#include "core/sheets/figures.hpp"
#include "core/tables/query.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

namespace calckpi::panel {
namespace {

// Purpose is what the cells of a used column have to be.
enum class Purpose : std::uint8_t { Label, Date, Amount, Count };

struct UsedColumn {
    std::string name;
    Purpose purpose = Purpose::Label;
    bool byHeader = false;  // the function takes no number for it
};

std::vector<UsedColumn> usedColumns(const Choices& choices) {
    std::vector<UsedColumn> used;
    switch (choices.shape) {
        case Shape::Counts: used = {{choices.stage}, {choices.count, Purpose::Count}, {choices.amount, Purpose::Amount}}; break;
        case Shape::Stages:
            used = {{choices.stage}, {choices.lostStage}, {choices.status}, {choices.amount, Purpose::Amount}};
            break;
        case Shape::Events: used = {{choices.id}, {choices.stage}, {choices.when, Purpose::Date}}; break;
        case Shape::Dates:
            for (std::string& step : steps(choices)) used.push_back({std::move(step), Purpose::Date, true});
            break;
    }
    if (choices.shape != Shape::Counts) {
        used.push_back({choices.by});
        for (const Criterion& filter : choices.filters) used.push_back({filter.column});
    }
    std::erase_if(used, [](const UsedColumn& column) { return column.name.empty(); });
    return used;
}

Result<std::size_t> find(const UsedColumn& column, const Table& table) {
    return table.find(column.byHeader ? ColumnRef(column.name) : columnRef(column.name, table));
}

Place placeOf(std::size_t column, std::size_t tableRow) {
    return {static_cast<std::int32_t>(column) + 1, static_cast<std::int32_t>(tableRow) + 2};
}

bool isWord(const std::string& text) { return !isBlank(text); }

class Findings {
public:
    void add(const WrongRows& rows, Message message, const std::string& column, std::size_t position) {
        if (!rows.none()) list_.push_back({message, rows.count, column, {}, placeOf(position, rows.first)});
    }
    std::vector<Finding> list() && { return std::move(list_); }

private:
    std::vector<Finding> list_;
};

// Ids are compared letter by letter: some CRMs have ids that differ in case alone.
WrongRows repeatsIn(const Column& cells, const Frame& frame) {
    WrongRows repeats;
    std::vector<std::uint8_t> seen(cells.texts().size());
    std::vector<std::pair<double, std::size_t>> numbers;
    for (std::size_t row = 0; row < frame.rows(); ++row) {
        const std::size_t at = frame.tableRow(row);
        if (cells.kind(at) == CellKind::Number) numbers.emplace_back(cells.number(at), at);
        if (cells.kind(at) != CellKind::Text || std::exchange(seen[cells.textIndex(at)], std::uint8_t{1}) == 0) continue;
        if (isWord(cells.texts()[cells.textIndex(at)])) repeats.add(at);
    }
    std::sort(numbers.begin(), numbers.end());
    for (std::size_t index = 1; index < numbers.size(); ++index)
        if (numbers[index].first == numbers[index - 1].first) repeats.add(numbers[index].second);
    return repeats;
}

WrongRows closedAtStepsIn(const Frame& frame, const Choices& choices) {
    const ClosedAtSteps closed = closedAtSteps(frame, choices);
    return {.first = closed.firstRow, .count = static_cast<std::int32_t>(closed.count)};
}

// otherSpellingsOf counts the rows that spell a stage as one of its other texts.
WrongRows otherSpellingsOf(const ChosenStage& stage, const Column& cells, const Frame& frame) {
    const Values spellings = Values(std::vector<Cell>(stage.spellings.begin(), stage.spellings.end()));
    WrongRows rows;
    for (std::size_t row = 0; row < frame.rows(); ++row) {
        const std::size_t at = frame.tableRow(row);
        if (cells.kind(at) == CellKind::Text && spellings.hasText(cells.texts()[cells.textIndex(at)])) rows.add(at);
    }
    return rows;
}

Message textsWhere(Purpose purpose) {
    switch (purpose) {
        case Purpose::Date: return msg("{n} date in {column} is text", "{n} dates in {column} are text");
        case Purpose::Count: return msg("{n} count in {column} is text", "{n} counts in {column} are text");
        case Purpose::Amount:
        case Purpose::Label: break;
    }
    return msg("{n} amount in {column} is text", "{n} amounts in {column} are text");
}

Values valuesOf(const std::vector<std::string>& names) { return Values(std::vector<Cell>(names.begin(), names.end())); }

// The rows that pass the filters, or all of them if the filters cannot be asked. FUNNEL takes none.
Frame frameOf(const TableHandle& table, const Choices& choices) {
    Result<Frame> frame = Frame::of(table, choices.shape == Shape::Counts ? Filters() : filtersOf(choices, *table));
    return frame ? *std::move(frame) : *Frame::of(table, {});
}

// CountsCheck goes through the rows of the shape Counts as FUNNEL does: those without a stage or a count are left out.
struct CountsCheck {
    WrongRows below0;
    WrongRows rising;
    WrongRows incomplete;

    explicit CountsCheck(const StageCounts& figures) {
        double before = std::numeric_limits<double>::infinity();
        for (std::size_t row = 0; row < figures.counts.size(); ++row) {
            const double* count = std::get_if<double>(&figures.counts[row]);
            const bool named = !figures.nameOf(row).empty();
            if (count != nullptr && *count < 0) below0.add(row);
            if (named != (count != nullptr)) incomplete.add(row);
            if (!named || count == nullptr) continue;
            if (*count > before) rising.add(row);
            before = *count;
        }
    }
};

// otherCounts tells how many more columns hold counts that fall from stage to stage, those of segments say, and the first of them.
std::pair<std::int32_t, std::size_t> otherCounts(const Table& table, const Choices& choices, const StageCounts& figures) {
    // A longer table is a list, and this would read all of its columns.
    std::pair<std::int32_t, std::size_t> others{0, 0};
    if (table.rows() > mostAcross) return others;
    const std::vector<std::string> names = columnNames(table);
    const std::vector<std::string>& headers = table.headers();
    // To find a column all headers are read: each is found once, not once for each of the others.
    std::vector<std::size_t> chosen;
    for (const std::string* name : {&choices.stage, &choices.count, &choices.amount})
        if (const auto index = name->empty() ? std::nullopt : columnIndex(*name, table)) chosen.push_back(*index);
    for (std::size_t column = 0; column < names.size(); ++column) {
        if (std::find(chosen.begin(), chosen.end(), column) != chosen.end() || isTotal(names[column])) continue;
        const Meaning meaning = headerMeaning(headers[column]).meaning;
        if (meaning == Meaning::Share || meaning == Meaning::Amount || meaning == Meaning::Duration || meaning == Meaning::RowId)
            continue;
        const ColumnHandle cells = table.look(column);
        std::vector<double> numbers;
        bool counts = true;
        for (std::size_t row = 0; row < cells->rows() && counts; ++row) {
            if (figures.nameOf(row).empty() || cells->kind(row) == CellKind::Blank) continue;
            const double number = cells->kind(row) == CellKind::Number ? cells->number(row) : -1;
            counts = number >= 0 && number == std::floor(number);
            numbers.push_back(number);
        }
        if (!counts || numbers.size() < 2 || !std::is_sorted(numbers.rbegin(), numbers.rend())) continue;
        if (others.first++ == 0) others.second = column;
    }
    return others;
}

void checkCounts(const TableHandle& table, const Choices& choices, Findings& findings) {
    const Result<StageCounts> figures = stageCounts(table, choices);
    const Result<std::size_t> column = table->find(columnRef(choices.count, *table));
    if (!figures || !column) return;
    const CountsCheck check(*figures);
    findings.add(check.below0, msg("{n} count in {column} is below 0", "{n} counts in {column} are below 0"), choices.count,
                 *column);
    findings.add(check.rising,
                 msg("{n} stage counts more than the one before it", "{n} stages count more than the one before them"),
                 choices.count, *column);
    const auto [others, place] = otherCounts(*table, choices, *figures);
    if (others > 0)
        findings.add({.first = 0, .count = others},
                     msg("{n} other list of counts is left out: choose it under Count to see it",
                         "{n} other lists of counts are left out: choose one under Count to see it"),
                     choices.count, place);
    findings.add(
        check.incomplete,
        msg("{n} row without a stage or without a count, left out", "{n} rows without a stage or without a count, left out"),
        choices.count, *column);
}

std::string nameOfColumn(std::int32_t column, const Table& table) {
    const std::vector<std::string> names = columnNames(table);
    const auto index = static_cast<std::size_t>(column) - 1;
    return index < names.size() ? names[index] : std::string();
}

Message cellProblem(const Failure& failure) {
    if (failure.fault == Fault::ErrorInCell) return msg("{column} holds an error: correct the cell or choose another column");
    if (failure.wrong == Wrong::TextForDate)
        return msg(
            "{column} holds a text where a date belongs: convert the cells in place, correct this one or choose another "
            "column");
    if (failure.wrong == Wrong::NoDate)
        return msg(
            "{column} holds a number that is not a date, such as 20260105: convert the cells in place, correct this one or choose "
            "another column");
    return msg("{column} holds a text where a number belongs: correct the cell or choose another column");
}

std::vector<std::string> namesOf(const Choices& choices, bool lost) {
    std::vector<std::string> names;
    for (const ChosenStage& stage : choices.stages)
        if ((stage.outcome == Outcome::Lost) == lost && isWord(stage.name)) {
            names.emplace_back(trimmed(stage.name));
            if (lost) names.insert(names.end(), stage.spellings.begin(), stage.spellings.end());
        }
    return names;
}

}  // namespace

std::string said(const Finding& finding, const Texts& texts, std::string_view firstCell) {
    const std::initializer_list<Slot> slots = {
        {"column", finding.column}, {"stage", finding.stage}, {"field", texts.say(finding.field)}, {"other", finding.other}};
    std::string sentence =
        finding.message.many.empty() ? texts.say(finding.message, slots) : texts.say(finding.message, finding.n, slots);
    if (firstCell.empty() || !finding.first.known()) return sentence;
    return texts.say(msg("{finding} (first: {cell})"), {{"finding", std::move(sentence)}, {"cell", std::string(firstCell)}});
}

std::vector<std::string> steps(const Choices& choices) { return namesOf(choices, false); }

std::vector<std::string> lost(const Choices& choices) { return namesOf(choices, true); }

Filters filtersOf(const std::vector<Criterion>& criteria, const Table& table) {
    Filters filters;
    for (const Criterion& each : criteria) filters.push_back({columnRef(each.column, table), each.test});
    return filters;
}
Filters filtersOf(const Choices& choices, const Table& table) { return filtersOf(choices.filters, table); }

std::optional<Finding> problemOf(const Choices& choices, const Table& table) {
    const bool events = choices.shape == Shape::Events;
    const bool counts = choices.shape == Shape::Counts;
    if (events && choices.id.empty()) return Finding{.message = msg("Choose the column that says who: deal, person or account")};
    if (choices.shape != Shape::Dates && choices.stage.empty()) return Finding{.message = msg("Choose the column of the stages")};
    if (counts && choices.count.empty()) return Finding{.message = msg("Choose the column of the counts")};
    if (events && choices.when.empty()) return Finding{.message = msg("Choose the column of the dates")};
    if (!counts &&
        std::any_of(choices.filters.begin(), choices.filters.end(), [](const Criterion& filter) { return filter.column.empty(); }))
        return Finding{.message = msg("Choose a column for each filter")};

    const std::vector<std::string> stepNames = steps(choices);
    if (!counts && stepNames.empty()) return Finding{.message = msg("Add at least one stage")};
    const std::vector<UsedColumn> used = usedColumns(choices);
    const auto notFound = std::find_if(used.begin(), used.end(), [&](const UsedColumn& column) { return !find(column, table); });
    if (notFound != used.end())
        return Finding{.message = msg("The source has no column {column}, or more than one: choose the columns again"),
                       .column = notFound->name};
    if (choices.shape == Shape::Stages) {
        const Values lostNames = valuesOf(lost(choices));
        const auto both =
            std::find_if(stepNames.begin(), stepNames.end(), [&](const std::string& name) { return lostNames.hasText(name); });
        if (both != stepNames.end())
            return Finding{.message = msg("{stage} is in the list as a stage and as lost: remove one of the two"), .stage = *both};
    }
    if (events && choices.window && !(*choices.window > 0)) return Finding{.message = msg("The window must be longer than 0 days")};
    if (table.rows() == 0) return Finding{.message = msg("The source has no rows below its headers")};
    return std::nullopt;
}

Finding problemOf(const Failure& failure, const Choices& choices, const TableHandle& table) {
    // FUNNEL takes lists and no table: once these are read, the place that its failure tells is one in a list.
    const bool inList = choices.shape == Shape::Counts && stageCounts(table, choices);
    if (failure.row > 0 && failure.column > 0 && !inList)
        return {.message = cellProblem(failure),
                .column = nameOfColumn(failure.column, *table),
                .first = {failure.column, failure.row}};
    if (failure.fault == Fault::NothingToCompute) {
        if (choices.shape == Shape::Counts) return {.message = msg("No stage has a count")};
        if (frameOf(table, choices).empty()) return {.message = msg("The filters leave no row: change or remove one")};
        if (choices.asOf) return {.message = msg("Nothing has happened up to the reference date")};
        return {.message = msg("No row says who, which stage and when")};
    }
    const Result<std::size_t> countColumn = table->find(columnRef(choices.count, *table));
    if (choices.shape == Shape::Counts && failure.fault == Fault::OutsideDomain && countColumn) {
        if (const Result<StageCounts> figures = stageCounts(table, choices)) {
            const CountsCheck check(*figures);
            const auto blame = [&](std::size_t row, Message message) {
                return Finding{.message = message,
                               .column = choices.count,
                               .stage = figures->nameOf(row),
                               .first = placeOf(*countColumn, row)};
            };
            if (check.below0.count > 0)
                return blame(check.below0.first, msg("{column} holds a count below 0: correct the cell or choose another column"));
            if (check.rising.count > 0 && isTotal(figures->nameOf(check.rising.first)))
                return blame(check.rising.first, msg("{stage} is a total, not a stage: select the cells without it"));
            // A pivot of today's stages holds how many are at each, not how many have reached it.
            if (check.rising.count > 0)
                return blame(check.rising.first,
                             msg("{stage} counts more than the stage before it. Put the stages in their order in the sheet; if it "
                                 "counts the deals that are at each stage now, select the list of deals instead"));
        }
    }
    if (failure.fault == Fault::TooLarge)
        return {.message = msg("The split by {column} makes more rows than a sheet has: choose another column"),
                .column = choices.by};
    return {.message = msg("These choices give no table: change the columns, the stages or the options")};
}

std::vector<Finding> checkCells(const TableHandle& table, const Choices& choices) {
    const Frame frame = frameOf(table, choices);
    std::vector<UsedColumn> used = usedColumns(choices);
    Findings findings;
    std::vector<std::size_t> known;
    for (const UsedColumn& column : used) {
        const Result<std::size_t> index = find(column, *table);
        if (!index || std::find(known.begin(), known.end(), *index) != known.end()) continue;
        known.push_back(*index);
        findings.add(errorsIn(*table->look(*index)), msg("{n} error in {column}", "{n} errors in {column}"), column.name, *index);
    }
    known.clear();
    for (const UsedColumn& column : used) {
        const Result<std::size_t> index = find(column, *table);
        if (column.purpose == Purpose::Label || !index || std::find(known.begin(), known.end(), *index) != known.end()) continue;
        known.push_back(*index);
        const ColumnHandle cells = table->look(*index);
        findings.add(frame.textsIn(*cells), textsWhere(column.purpose), column.name, *index);
        if (column.purpose == Purpose::Date)
            findings.add(frame.noDatesIn(*cells),
                         msg("{n} number in {column} is not a date", "{n} numbers in {column} are not dates"), column.name, *index);
    }
    if ((choices.shape == Shape::Stages || choices.shape == Shape::Dates) && !choices.id.empty()) {
        if (const Result<std::size_t> index = table->find(columnRef(choices.id, *table))) {
            const WrongRows repeats = repeatsIn(*table->look(*index), frame);
            const bool many = static_cast<std::size_t>(repeats.count) * 5 >= frame.rows();
            findings.add(repeats,
                         many ? msg("{n} row repeats a deal of {column}, and each row counts as a deal: if the rows are a history, "
                                    "choose that each row is an event",
                                    "{n} rows repeat deals of {column}, and each row counts as a deal: if the rows are a history, "
                                    "choose that each row is an event")
                              : msg("{n} row repeats a deal of {column}", "{n} rows repeat deals of {column}"),
                         choices.id, *index);
        }
    }
    findings.add(closedAtStepsIn(frame, choices),
                 msg("{n} deal that is won or lost in {column} is at a stage before the last: open and lost are left out. A column "
                     "with {column} for such deals and the stage for all others would show them",
                     "{n} deals that are won or lost in {column} stand at stages before the last: open and lost are left out. A "
                     "column with {column} for such deals and the stage for all others would show them"),
                 choices.status, columnIndex(choices.status, *table).value_or(0));
    if (const std::optional<std::size_t> stages = columnIndex(choices.stage, *table))
        for (const ChosenStage& stage : choices.stages)
            if (!stage.spellings.empty())
                findings.add(
                    otherSpellingsOf(stage, *table->look(*stages), frame),
                    msg("{n} row with another spelling counts as {column}", "{n} rows with another spelling count as {column}"),
                    stage.name, *stages);
    if (choices.shape == Shape::Counts) checkCounts(table, choices, findings);
    return std::move(findings).list();
}

namespace {

// othersThanMost are the rows of a frame with another currency than most; `ofRow` gives that of a row, or `none`.
WrongRows othersThanMost(const Frame& frame, const std::vector<std::uint32_t>& ofRow, std::size_t currencies, std::uint32_t none) {
    std::vector<std::size_t> rowsOf(currencies);
    for (const std::uint32_t currency : ofRow)
        if (currency != none) ++rowsOf[currency];
    const auto most = static_cast<std::uint32_t>(std::max_element(rowsOf.begin(), rowsOf.end()) - rowsOf.begin());
    WrongRows others;
    for (std::size_t row = 0; row < frame.rows(); ++row)
        if (ofRow[row] != none && ofRow[row] != most) others.add(frame.tableRow(row));
    return others;
}

std::optional<Finding> namedOtherwise(const TableHandle& table, const Frame& frame, const std::string& column) {
    const std::optional<std::size_t> index = columnIndex(column, *table);
    if (!index) return std::nullopt;
    const Labels currencies = frame.labels(LabelFinder(frame, table->look(*index)));
    const WrongRows others = othersThanMost(frame, currencies.ofRow, currencies.names.size(), Labels::none);
    if (others.none()) return std::nullopt;
    return Finding{
        .message = msg("{n} row has another currency than most in {column}, and its amount is added as it is: filter one "
                       "currency",
                       "{n} rows have another currency than most in {column}, and their amounts are added as they are: "
                       "filter one currency"),
        .n = others.count,
        .column = column,
        .first = placeOf(*index, others.first)};
}

// currenciesShown are those of the numbers of a column, row by row of the table; `none` where no currency is shown.
std::vector<std::uint32_t> currenciesShown(const Column& cells, std::size_t column, const std::vector<CurrencyFormat>& formats,
                                           std::vector<std::string>& names) {
    std::vector<std::uint32_t> shown(cells.rows(), Labels::none);
    for (const CurrencyFormat& format : formats) {
        if (format.column != column) continue;
        const auto known = std::find(names.begin(), names.end(), format.currency);
        const auto name = static_cast<std::uint32_t>(known - names.begin());
        if (known == names.end()) names.push_back(format.currency);
        for (std::size_t row = format.firstRow; row <= format.lastRow && row < cells.rows(); ++row)
            if (cells.kind(row) == CellKind::Number) shown[row] = name;
    }
    return shown;
}

std::optional<Finding> shownOtherwise(const TableHandle& table, const Frame& frame, const std::string& column,
                                      const std::vector<CurrencyFormat>& formats) {
    const std::optional<std::size_t> index = columnIndex(column, *table);
    if (!index || formats.empty()) return std::nullopt;
    std::vector<std::string> names;
    const std::vector<std::uint32_t> shown = currenciesShown(*table->look(*index), *index, formats, names);
    std::vector<std::uint32_t> ofRow(frame.rows());
    for (std::size_t row = 0; row < frame.rows(); ++row) ofRow[row] = shown[frame.tableRow(row)];
    const WrongRows others = othersThanMost(frame, ofRow, names.size(), Labels::none);
    if (others.none()) return std::nullopt;
    return Finding{.message = msg("{n} amount in {column} is shown in another currency than most, and is added as it is",
                                  "{n} amounts in {column} are shown in another currency than most, and are added as they are"),
                   .n = others.count,
                   .column = column,
                   .first = placeOf(*index, others.first)};
}

}  // namespace

std::optional<Finding> otherCurrencies(const TableHandle& table, const AmountColumns& columns,
                                       const std::vector<CurrencyFormat>& formats, const std::vector<Criterion>& filters) {
    const Result<Frame> frame = Frame::of(table, filtersOf(filters, *table));
    if (!frame) return std::nullopt;
    if (std::optional<Finding> named = namedOtherwise(table, *frame, columns.currency)) return named;
    return shownOtherwise(table, *frame, columns.amount, formats);
}

std::string currencyOf(const TableHandle& table, const AmountColumns& columns, const std::vector<CurrencyFormat>& formats,
                       const std::vector<Criterion>& filters) {
    const Result<Frame> frame = Frame::of(table, filtersOf(filters, *table));
    if (!frame) return {};
    if (const std::optional<std::size_t> named = columnIndex(columns.currency, *table)) {
        const std::vector<Name> names = frame->labels(LabelFinder(*frame, table->look(*named))).names;
        if (!names.empty()) return names.size() == 1 ? names.front().text : std::string();
    }
    const std::optional<std::size_t> amounts = columnIndex(columns.amount, *table);
    if (!amounts) return {};
    std::vector<std::string> names;
    const std::vector<std::uint32_t> shown = currenciesShown(*table->look(*amounts), *amounts, formats, names);
    std::set<std::uint32_t> used;
    for (std::size_t row = 0; row < frame->rows(); ++row)
        if (const std::uint32_t currency = shown[frame->tableRow(row)]; currency != Labels::none) used.insert(currency);
    return used.size() == 1 ? names.at(*used.begin()) : std::string();
}

std::string currencyRule(const std::string& column, const Texts& texts) {
    return texts.say(msg("Amounts are in several currencies, see {column}, and added as they are"), {{"column", column}});
}

std::optional<Finding> amountsOnOneSide(const TableHandle& table, const ClosedDeals& deals, const std::vector<Criterion>& filters) {
    const std::optional<std::size_t> amount = columnIndex(deals.amount, *table);
    const Result<Frame> frame = Frame::of(table, filtersOf(filters, *table));
    if (!amount || !frame) return std::nullopt;
    const Result<std::vector<State>> states =
        statesOf(*frame, {columnRef(deals.state, *table), valuesOf(deals.won), valuesOf(deals.lost)});
    const Result<std::vector<double>> amounts = frame->numbers(columnRef(deals.amount, *table));
    if (!states || !amounts) return std::nullopt;  // the figures themselves say why
    const std::optional<OneSidedAmounts> found = oneSidedAmounts(*frame, *states, *amounts);
    if (!found) return std::nullopt;
    return Finding{.message = found->message(), .n = found->deals, .column = deals.amount, .first = placeOf(*amount, found->first)};
}

std::optional<Finding> lostAnywhere(const FunnelNotes& notes, const Choices& choices, const Table& table) {
    const CellCount& cells = notes.lostAnywhere;
    if (cells.count == 0) return std::nullopt;
    const auto n = static_cast<std::int64_t>(cells.count);
    if (!saysWhereLost(choices))
        return Finding{.message = msg("{n} lost deal counts here only: its stage is not known",
                                      "{n} lost deals count here only: their stage is not known"),
                       .n = n};
    return Finding{.message = msg("{n} lost deal counts here only: {column} names no stage of the list",
                                  "{n} lost deals count here only: {column} names no stage of the list"),
                   .n = n,
                   .column = nameOfColumn(cells.column, table),
                   .first = {cells.column, cells.row}};
}

std::vector<Finding> findingsOf(const FunnelNotes& notes, const Choices& choices, const Table& table) {
    std::vector<Finding> findings;
    const auto add = [&](const CellCount& cells, Message message, std::size_t count = 0) {
        if (cells.count == 0) return;
        findings.push_back({message,
                            static_cast<std::int64_t>(count == 0 ? cells.count : count),
                            nameOfColumn(cells.column, table),
                            {},
                            {cells.column, cells.row}});
    };
    switch (choices.shape) {
        case Shape::Counts: break;
        case Shape::Stages:
            add(notes.notListed, msg("{n} deal at a stage not listed", "{n} deals at stages not listed"));
            add(notes.blank, msg("{n} deal without a stage", "{n} deals without a stage"));
            break;
        case Shape::Dates:
            add(notes.blank, msg("{n} deal without any date", "{n} deals without any date"));
            if (choices.fill == DateFill::None)
                add(notes.withoutFirst,
                    msg("{n} deal without a date in {column}, not counted", "{n} deals without a date in {column}, not counted"));
            add(notes.backwards, msg("{n} deal goes backwards", "{n} deals go backwards"), notes.backwardUnits);
            add(notes.tooLate, msg("{n} date after the reference date", "{n} dates after the reference date"));
            break;
        case Shape::Events:
            add(notes.notListed, msg("{n} event at a stage not listed", "{n} events at stages not listed"));
            add(notes.blank,
                msg("{n} row does not say who, which stage and when", "{n} rows do not say who, which stage and when"));
            add(notes.withoutFirst, msg("{n} id in {column} never came to the first stage, not counted",
                                        "{n} ids in {column} never came to the first stage, not counted"));
            if (notes.withoutFirst.count > 0) findings.back().column = choices.id;  // the cell is that of an event
            add(notes.tooLate, msg("{n} event after the reference date", "{n} events after the reference date"));
            break;
    }
    return findings;
}

Result<StageCounts> stageCounts(const TableHandle& table, const Choices& choices) {
    const Result<Frame> frame = Frame::of(table, {});
    if (!frame) return frame.failure();
    const auto numbersIn = [&](const std::string& column) -> Result<std::vector<Cell>> {
        const ColumnRef ref = columnRef(column, *table);
        const Result<std::vector<double>> numbers = frame->numbers(ref);
        if (!numbers) return numbers.failure();
        std::vector<Cell> cells;
        for (const double number : *numbers) cells.push_back(isMissing(number) ? Cell(Blank{}) : Cell(number));
        return cells;
    };
    const Result<ColumnHandle> names = frame->column(columnRef(choices.stage, *table));
    if (!names) return names.failure();
    Result<std::vector<Cell>> counts = numbersIn(choices.count);
    if (!counts) return counts.failure();
    StageCounts result;
    result.counts = *std::move(counts);
    if (!choices.amount.empty()) {
        Result<std::vector<Cell>> amounts = numbersIn(choices.amount);
        if (!amounts) return amounts.failure();
        result.amounts = *std::move(amounts);
    }
    const Column& cells = **names;
    for (std::size_t row = 0; row < cells.rows(); ++row) {
        const CellKind kind = cells.kind(row);
        if (kind == CellKind::Number)
            result.names.emplace_back(cells.number(row));
        else if (kind == CellKind::Text)
            result.names.emplace_back(cells.texts()[cells.textIndex(row)]);
        else
            result.names.emplace_back(Blank{});
    }
    return result;
}

std::string StageCounts::nameOf(std::size_t row) const {
    if (const double* number = std::get_if<double>(&names[row])) return digitsOf(*number);
    if (const std::string* text = std::get_if<std::string>(&names[row])) return std::string(trimmed(*text));
    return {};
}

}  // namespace calckpi::panel
