#include "core/recognition/facts.hpp"

#include "core/recognition/column_evidence.hpp"
#include "core/recognition/recognition.hpp"
#include "core/recognition/role_words.hpp"
#include "core/recognition/table_extent.hpp"
#include "core/recognition/written_values.hpp"
#include "core/values/address.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <unordered_map>
#include <utility>

namespace calckpi::panel {
namespace {

// What the cells of a column with a role may be.
enum class Cells : std::uint8_t {
    Name,    // texts, or numbers that are ids
    Words,   // texts that repeat, or codes
    Number,  // numbers, also as texts
    Time,    // dates, also as texts
    Any,     // a flag or a date
};

Cells cellsOf(Role role) {
    switch (role) {
        case Role::Deal:
        case Role::Customer:
        case Role::Ticket:
        case Role::Person:
        case Role::Content: return Cells::Name;
        case Role::Stage:
        case Role::LostStage:
        case Role::Reason:
        case Role::Outcome:
        case Role::Currency:
        case Role::Event:
        case Role::Kind:
        case Role::Interval:
        case Role::Owner:
        case Role::Team:
        case Role::Product:
        case Role::Channel:
        case Role::Region:
        case Role::Segment: return Cells::Words;
        case Role::Amount:
        case Role::ListPrice:
        case Role::Probability:
        case Role::Score:
        case Role::Minutes:
        case Role::Quota:
        case Role::Pay:
        case Role::Cost:
        case Role::Attributed:
        case Role::Shares:
        case Role::Views: return Cells::Number;
        case Role::Status:
        case Role::Escalated:
        case Role::Presales: return Cells::Any;
        default: return Cells::Time;
    }
}

// wanted are the roles that rows of a kind have, beside those of all kinds.
std::span<const Role> wanted(RowKind rows) {
    static constexpr Role deals[] = {Role::Deal,   Role::Customer,      Role::Stage,     Role::Status,      Role::LostStage,
                                     Role::Reason, Role::Presales,      Role::ListPrice, Role::Probability, Role::Opened,
                                     Role::Closed, Role::ExpectedClose, Role::Proposed,  Role::Qualified,   Role::SalesQualified,
                                     Role::Kind,   Role::Team,          Role::Segment};
    static constexpr Role transactions[] = {Role::Customer, Role::When, Role::Status, Role::Kind};
    static constexpr Role subscriptions[] = {Role::Customer, Role::Start, Role::End,   Role::Interval,
                                             Role::Status,   Role::Kind,  Role::Reason};
    static constexpr Role leads[] = {Role::Customer,       Role::Received,  Role::Contacted, Role::Qualified,
                                     Role::SalesQualified, Role::Converted, Role::Stage,     Role::Status,
                                     Role::Reason,         Role::Score,     Role::Kind,      Role::Segment};
    static constexpr Role activities[] = {Role::Customer, Role::When, Role::Kind, Role::Outcome, Role::Minutes, Role::Team};
    static constexpr Role events[] = {Role::Deal, Role::Customer, Role::Event, Role::When};
    static constexpr Role surveys[] = {Role::Customer, Role::When, Role::Score, Role::Kind, Role::Segment};
    static constexpr Role tickets[] = {Role::Ticket, Role::Customer, Role::Opened,    Role::FirstAnswer, Role::Solved,
                                       Role::Kind,   Role::Status,   Role::Escalated, Role::Team,        Role::Segment};
    static constexpr Role people[] = {Role::Person, Role::Hired, Role::Productive, Role::Left,   Role::Team,
                                      Role::Quota,  Role::Pay,   Role::Kind,       Role::Status, Role::Reason};
    static constexpr Role content[] = {Role::Content,    Role::Published, Role::Updated, Role::Used,    Role::Kind,  Role::Cost,
                                       Role::Attributed, Role::Shares,    Role::Views,   Role::Minutes, Role::Status};
    static constexpr Role months[] = {Role::When};
    static constexpr Role other[] = {Role::Customer, Role::Stage, Role::Status,   Role::Opened, Role::Closed,
                                     Role::When,     Role::Kind,  Role::Interval, Role::Team,   Role::Segment};
    switch (rows) {
        case RowKind::Deals: return deals;
        case RowKind::Transactions: return transactions;
        case RowKind::Subscriptions: return subscriptions;
        case RowKind::Leads: return leads;
        case RowKind::Activities: return activities;
        case RowKind::Events: return events;
        case RowKind::Surveys: return surveys;
        case RowKind::Tickets: return tickets;
        case RowKind::People: return people;
        case RowKind::Content: return content;
        case RowKind::InputsByMonth: return months;
        case RowKind::Other: return other;
    }
    return other;
}

// Groups that rows of any kind may have; a table of inputs has none.
constexpr Role common[] = {Role::Owner, Role::Product, Role::Channel, Role::Region, Role::Currency};
bool mayHaveAmount(RowKind rows) {
    return rows == RowKind::Deals || rows == RowKind::Transactions || rows == RowKind::Subscriptions || rows == RowKind::Leads ||
           rows == RowKind::Events || rows == RowKind::Other;
}

std::vector<Role> rolesOf(RowKind rows) {
    const std::span<const Role> own = wanted(rows);
    std::vector<Role> roles(own.begin(), own.end());
    if (rows == RowKind::InputsByMonth) return roles;
    roles.insert(roles.end(), std::begin(common), std::end(common));
    if (mayHaveAmount(rows)) roles.push_back(Role::Amount);
    return roles;
}

// rowsOfTexts says in how many rows each text of a column stands.
std::vector<std::size_t> rowsOfTexts(const Column& cells) {
    std::vector<std::size_t> rows(cells.texts().size());
    for (std::size_t row = 0; row < cells.rows(); ++row)
        if (cells.kind(row) == CellKind::Text) ++rows[cells.textIndex(row)];
    return rows;
}

// isPlain tells digits and nothing else: an id, a phone number, a postal code.
bool isPlain(const std::string& text) { return text.find_first_not_of("0123456789 ") == std::string::npos; }

// mayBeNumbers tells a column of texts whose header does not speak of names: ids are digits too.
bool mayBeNumbers(const ColumnEvidence& evidence) {
    switch (evidence.header.meaning) {
        case Meaning::Unit:
        case Meaning::RowId:
        case Meaning::Note:
        case Meaning::Stage:
        case Meaning::Status:
        case Meaning::Event: return false;
        case Meaning::Amount:
        case Meaning::Count:
        case Meaning::Share:
        case Meaning::Duration: return true;
        default: break;
    }
    const std::vector<std::string>& texts = evidence.cells->texts();
    return !std::all_of(texts.begin(), texts.end(), isPlain);
}

void widen(ColumnFacts& facts, double number) {
    if (std::isnan(number)) return;
    facts.least = std::min(facts.least.value_or(number), number);
    facts.most = std::max(facts.most.value_or(number), number);
}

bool areNumbers(ColumnFormat format) {
    return format == ColumnFormat::Number || format == ColumnFormat::Money || format == ColumnFormat::Share;
}

bool areDates(ColumnFormat format) { return format == ColumnFormat::Date || format == ColumnFormat::DateTime; }

// readStrays tells texts among numbers or dates that are such, too, or words for empty: a function takes neither.
void readStrays(ColumnFacts& facts, const ColumnEvidence& evidence, std::chrono::sys_days nullDate) {
    const bool dates = evidence.kind == ColumnKind::Date;
    if (!dates && (evidence.kind != ColumnKind::Number || !mayBeNumbers(evidence))) return;
    const std::vector<std::size_t> rows = rowsOfTexts(*evidence.cells);
    const bool emptyAlone = evidence.texts == 0 && std::any_of(rows.begin(), rows.end(), [](std::size_t n) { return n > 0; });
    const ColumnFormat format = readColumn(evidence.cells->texts(), rows, nullDate).format;
    if (emptyAlone || (dates ? areDates(format) : areNumbers(format))) (dates ? facts.textDates : facts.textNumbers) = true;
}

// readTexts tells texts that are numbers or dates.
void readTexts(ColumnFacts& facts, const ColumnEvidence& evidence, std::chrono::sys_days nullDate) {
    if (!evidence.cells->hasTexts()) return;
    if (!evidence.textDates && evidence.numbers * 2 > evidence.filled) return readStrays(facts, evidence, nullDate);
    if (evidence.texts == 0 || (!evidence.textDates && !mayBeNumbers(evidence))) return;
    const std::vector<std::string>& texts = evidence.cells->texts();
    const ColumnReading reading = readColumn(texts, rowsOfTexts(*evidence.cells), nullDate);
    const bool numbers = areNumbers(reading.format);
    if (!evidence.textDates && !numbers) return;
    if (numbers && !evidence.textDates) {
        facts.kind = ColumnKind::Number;
        facts.textNumbers = true;
    }
    for (const double value : reading.values) widen(facts, value);
}

// readNumberDates tells dates that stand as plain numbers, under a header that speaks of dates.
void readNumberDates(ColumnFacts& facts, const ColumnEvidence& evidence, std::chrono::sys_days nullDate) {
    if (!speaksOfDates(evidence.header.meaning) || evidence.kind == ColumnKind::Date || !evidence.cells->hasNumbers()) return;
    std::vector<double> numbers;
    for (const double number : evidence.cells->numbers())
        if (!isMissing(number)) numbers.push_back(number);
    facts.numberDates = numbersAsDates(numbers);
    if (facts.numberDates == NumberAsDate::None) return;
    facts.kind = ColumnKind::Date;
    facts.least = dateOf(*facts.least, facts.numberDates, nullDate);
    facts.most = dateOf(*facts.most, facts.numberDates, nullDate);
}

ColumnFacts factsOfColumn(const std::string& name, const std::string& shown, const ColumnEvidence& evidence,
                          std::chrono::sys_days nullDate) {
    ColumnFacts facts{.name = name, .shown = shown, .kind = evidence.kind};
    facts.textDates = evidence.textDates;
    facts.filled = evidence.filled;
    facts.distinct = evidence.distinct;
    if (evidence.numbers > 0) {
        facts.least = evidence.least;
        facts.most = evidence.most;
    }
    readTexts(facts, evidence, nullDate);
    readNumberDates(facts, evidence, nullDate);
    return facts;
}

class Reader {
public:
    Reader(const Table& sample, std::shared_ptr<const TableEvidence> evidence, std::vector<std::string> headers,
           std::int32_t firstColumn)
        : sample_(sample), headers_(std::move(headers)), table_(std::move(evidence)), evidence_(table_->columns) {
        const std::vector<std::string> names = columnNames(sample);
        const std::vector<std::string> shown = shownNames(headers_, firstColumn);
        for (std::size_t column = 0; column < names.size(); ++column)
            columns_.push_back(factsOfColumn(names[column], shown[column], evidence_[column], sample.culture().nullDate()));
    }

    TableFacts facts() {
        TableFacts facts;
        facts.sampleRows = sample_.rows();
        if (const auto column = columnWithoutSubtotals(sample_)) facts.filledInData = columns_[*column].name;
        facts.rows = rowKind();
        assignRoles(facts.rows);
        for (ColumnFacts& column : columns_) column.percentages = holdsPercentages(column);
        facts.columns = std::move(columns_);
        facts.evidence = table_;
        return facts;
    }

private:
    bool fits(Role role, std::size_t column) const {
        const ColumnEvidence& cells = evidence_[column];
        if (cells.filled == 0) return true;
        switch (cellsOf(role)) {
            case Cells::Name:
            case Cells::Words:
                return !isDate(column) && !columns_[column].textNumbers &&
                       (cells.isText() || cells.wholeNumbers == cells.numbers || cells.means(Meaning::Unit));
            case Cells::Number: return isNumber(column);
            case Cells::Time: return isDate(column);
            case Cells::Any: return true;
        }
        return false;
    }

    // holdsPercentages tells probabilities of 0 to 100. The functions take shares of 1 only.
    static bool holdsPercentages(const ColumnFacts& column) {
        return column.role == Role::Probability && column.kind == ColumnKind::Number && column.least >= 0.0 && column.most > 1.0 &&
               column.most <= 100.0;
    }

    bool isNumber(std::size_t column) const { return evidence_[column].isNumber() || columns_[column].textNumbers; }
    bool isDate(std::size_t column) const { return columns_[column].kind == ColumnKind::Date; }

    int score(Role role, std::size_t column, const RoleScores& words) const {
        const int said = words[static_cast<std::size_t>(role)];
        if (said == 0 || !fits(role, column)) return 0;
        const ColumnEvidence& cells = evidence_[column];
        int score = said + (cells.filled > 0 ? 10 : -200);
        if (role == Role::Stage || role == Role::Event) score += static_cast<int>(cells.known * 100);
        return std::max(score, 1);
    }

    // assignRoles gives the best pair of role and column first.
    void assignRoles(RowKind rows) {
        struct Pair {
            int score;
            Role role;
            std::size_t column;
        };
        if (rows == RowKind::Deals) assignFunnelRoles(funnelRoles(sample_, table_));
        std::vector<Pair> pairs;
        for (std::size_t column = 0; column < columns_.size(); ++column) {
            const RoleScores words = rolesInHeader(headers_[column], rows);
            for (const Role role : rolesOf(rows))
                if (const int found = score(role, column, words); found > 0) pairs.push_back({found, role, column});
        }
        std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& left, const Pair& right) { return left.score > right.score; });
        for (const Pair& pair : pairs)
            if (!columns_[pair.column].role && !has(pair.role)) columns_[pair.column].role = pair.role;
    }
    // assignFunnelRoles gives deals the columns that a funnel of them is made from. An amount that is text is none to a funnel.
    void assignFunnelRoles(const FunnelRoles& roles) {
        const auto assign = [this](std::optional<std::size_t> column, Role role) {
            if (column && !columns_[*column].role) columns_[*column].role = role;
        };
        assign(roles.stage, Role::Stage);
        assign(roles.lostStage, Role::LostStage);
        assign(roles.status, Role::Status);
        assign(roles.amount, Role::Amount);
    }
    bool has(Role role) const {
        return std::any_of(columns_.begin(), columns_.end(), [role](const ColumnFacts& column) { return column.role == role; });
    }

    RowKind rowKind() const {
        if (isInputsByMonth()) return RowKind::InputsByMonth;
        RowVotes sum{};
        for (const std::string& header : headers_) {
            const RowVotes votes = rowsInHeader(header);
            for (std::size_t kind = 0; kind < sum.size(); ++kind) sum[kind] += votes[kind];
        }
        addStructure(sum);
        constexpr int enough = 8;
        const auto* const best = std::max_element(sum.begin(), sum.end());
        return *best < enough ? RowKind::Other : static_cast<RowKind>(best - sum.begin());
    }

    // addStructure lets the cells speak: stages that are won and lost for deals; a kind without what each row of it has is none.
    void addStructure(RowVotes& votes) const {
        const auto vote = [&votes](RowKind kind) -> int& { return votes[static_cast<std::size_t>(kind)]; };
        bool date = false;
        bool number = false;
        for (std::size_t column = 0; column < columns_.size(); ++column) {
            const ColumnEvidence& cells = evidence_[column];
            date = date || isDate(column);
            number = number || isNumber(column);
            const bool stage = cells.means(Meaning::Stage) || cells.means(Meaning::Status);
            if (stage && wonOrLost(cells)) vote(RowKind::Deals) += cells.means(Meaning::Stage) ? 8 : 5;
        }
        if (funnelRoles(sample_, table_).history) vote(RowKind::Events) += 10;
        if (!date)
            for (const RowKind kind :
                 {RowKind::Transactions, RowKind::Subscriptions, RowKind::Activities, RowKind::Events, RowKind::Content})
                vote(kind) = 0;
        if (!number)
            for (const RowKind kind : {RowKind::Transactions, RowKind::Surveys}) vote(kind) = 0;
        vote(RowKind::InputsByMonth) = 0;
        vote(RowKind::Other) = 0;
    }
    static bool wonOrLost(const ColumnEvidence& cells) {
        const std::vector<std::string>& texts = cells.cells->texts();
        return cells.distinct <= 60 && std::any_of(texts.begin(), texts.end(),
                                                   [](const std::string& text) { return outcomeInText(text) != Outcome::Step; });
    }

    // Inputs by month: one date a row, no two alike and all on the same day of their month, and figures beside it.
    bool isInputsByMonth() const {
        std::size_t figures = 0;
        std::optional<std::size_t> month;
        for (std::size_t column = 0; column < columns_.size(); ++column) {
            const ColumnEvidence& cells = evidence_[column];
            if (cells.filled == 0) continue;
            if (cells.isDate() && !month) {
                month = column;
            } else if (cells.isNumber()) {
                ++figures;
            } else {
                return false;
            }
        }
        return month && figures > 0 && areMonths(evidence_[*month]);
    }
    static bool areMonths(const ColumnEvidence& cells) {
        if (cells.textDates || cells.withHours > 0 || !cells.unique() || cells.filled < 2) return false;
        std::vector<double> days;
        for (std::size_t row = 0; row < cells.cells->rows(); ++row)
            if (cells.cells->kind(row) == CellKind::Number) days.push_back(cells.cells->number(row));
        std::sort(days.begin(), days.end());
        for (std::size_t day = 1; day < days.size(); ++day)
            if (const double apart = days[day] - days[day - 1]; apart < 28 || apart > 92) return false;
        return true;
    }

    const Table& sample_;
    std::vector<std::string> headers_;
    std::shared_ptr<const TableEvidence> table_;
    const std::vector<ColumnEvidence>& evidence_;  // of the table
    std::vector<ColumnFacts> columns_;
};

}  // namespace

const ColumnFacts* TableFacts::column(Role role) const {
    const auto found =
        std::find_if(columns.begin(), columns.end(), [role](const ColumnFacts& column) { return column.role == role; });
    return found == columns.end() ? nullptr : &*found;
}

const ColumnFacts* TableFacts::named(const std::string& name) const {
    const auto found =
        std::find_if(columns.begin(), columns.end(), [&name](const ColumnFacts& column) { return column.name == name; });
    return found == columns.end() ? nullptr : &*found;
}

std::vector<std::string> shownNames(const std::vector<std::string>& headers, std::int32_t firstColumn) {
    std::unordered_map<std::string, std::size_t> times;
    for (const std::string& header : headers) ++times[folded(header)];
    std::vector<std::string> names;
    for (std::size_t column = 0; column < headers.size(); ++column) {
        std::string name(trimmed(headers[column]));
        if (times[folded(name)] > 1 || name.empty())
            name += (name.empty() ? "(" : " (") + lettersOf(firstColumn + static_cast<std::int32_t>(column)) + ")";
        names.push_back(std::move(name));
    }
    return names;
}

TableFacts factsOf(const Table& sample, const std::vector<bool>& dates, std::int32_t firstColumn,
                   const std::vector<std::string>& headers) {
    std::vector<std::string> all = sample.headers();
    for (std::size_t column = 0; column < std::min(all.size(), headers.size()); ++column)
        if (!headers[column].empty()) all[column] = headers[column];
    auto evidence = evidenceOfTable(sample, dates, all);
    return Reader(sample, std::move(evidence), std::move(all), firstColumn).facts();
}

}  // namespace calckpi::panel
