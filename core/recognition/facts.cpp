#include "core/recognition/facts.hpp"

#include "core/recognition/column_evidence.hpp"
#include "core/recognition/outcomes.hpp"
#include "core/recognition/recognition.hpp"
#include "core/recognition/role_words.hpp"

#include <algorithm>
#include <cmath>
#include <span>

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

class Reader {
public:
    Reader(const Table& sample, const std::vector<bool>& dates) : headers_(sample.headers()), sampleRows_(sample.rows()) {
        const std::vector<std::string> names = columnNames(sample);
        for (std::size_t column = 0; column < names.size(); ++column) {
            evidence_.push_back(
                evidenceOf(sample, column, column < dates.size() ? std::optional<bool>(dates[column]) : std::nullopt));
            columns_.push_back(factsOfColumn(names[column], evidence_.back()));
        }
    }

    TableFacts facts() {
        TableFacts facts;
        facts.sampleRows = sampleRows_;
        facts.rows = rowKind();
        assignRoles(facts.rows);
        facts.columns = std::move(columns_);
        return facts;
    }

private:
    static ColumnFacts factsOfColumn(const std::string& name, const ColumnEvidence& evidence) {
        ColumnFacts facts{.name = name, .kind = evidence.kind};
        facts.textDates = evidence.textDates;
        facts.filled = evidence.filled;
        facts.distinct = evidence.distinct;
        if (evidence.numbers > 0) {
            facts.least = evidence.least;
            facts.most = evidence.most;
        }
        return facts;
    }

    bool fits(Role role, std::size_t column) const {
        const ColumnEvidence& cells = evidence_[column];
        if (cells.filled == 0) return true;
        switch (cellsOf(role)) {
            case Cells::Name: return !cells.isDate() && (cells.isText() || cells.wholeNumbers == cells.numbers);
            case Cells::Words: return !cells.isDate() && (cells.isText() || cells.wholeNumbers == cells.numbers);
            case Cells::Number: return cells.isNumber() || columns_[column].textNumbers;
            case Cells::Time: return cells.isDate();
            case Cells::Any: return true;
        }
        return false;
    }

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
        std::vector<Pair> pairs;
        for (std::size_t column = 0; column < columns_.size(); ++column) {
            const RoleScores words = rolesInHeader(headers_[column], rows);
            for (const Role role : rolesOf(rows))
                if (const int found = score(role, column, words); found > 0) pairs.push_back({found, role, column});
        }
        std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& left, const Pair& right) { return left.score > right.score; });
        for (const Pair& pair : pairs)
            if (!columns_[pair.column].role && !has(pair.role)) columns_[pair.column].role = pair.role;
        if (rows == RowKind::Deals && !has(Role::Stage)) statusIsStage();
    }
    // Where deals have a status alone, it is the stage.
    void statusIsStage() {
        for (std::size_t column = 0; column < columns_.size(); ++column)
            if (columns_[column].role == Role::Status && evidence_[column].isText()) columns_[column].role = Role::Stage;
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
        const auto best = std::max_element(sum.begin(), sum.end());
        return *best < enough ? RowKind::Other : static_cast<RowKind>(best - sum.begin());
    }

    // addStructure lets the cells speak: stages that are won and lost for deals; a kind without what each row of it has is none.
    void addStructure(RowVotes& votes) const {
        const auto vote = [&votes](RowKind kind) -> int& { return votes[static_cast<std::size_t>(kind)]; };
        bool date = false;
        bool number = false;
        for (std::size_t column = 0; column < columns_.size(); ++column) {
            const ColumnEvidence& cells = evidence_[column];
            date = date || cells.isDate();
            number = number || cells.isNumber() || columns_[column].textNumbers;
            const bool stage = cells.means(Meaning::Stage) || cells.means(Meaning::Status);
            if (stage && wonOrLost(cells)) vote(RowKind::Deals) += cells.means(Meaning::Stage) ? 8 : 5;
        }
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

    const std::vector<std::string>& headers_;
    std::size_t sampleRows_;
    std::vector<ColumnEvidence> evidence_;
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

TableFacts factsOf(const Table& sample, const std::vector<bool>& dates) { return Reader(sample, dates).facts(); }

}  // namespace calckpi::panel
