#include "core/recognition/role_words.hpp"

#include "core/recognition/phrase_book.hpp"
#include "core/recognition/vocabulary.hpp"
#include "core/values/enum_table.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

namespace calckpi::panel {
namespace {

constexpr auto roleNames = enumTable<Role, std::string_view>({{Role::Deal, "Deal"},
                                                              {Role::Customer, "Customer"},
                                                              {Role::Ticket, "Ticket"},
                                                              {Role::Person, "Person"},
                                                              {Role::Content, "Content"},
                                                              {Role::Stage, "Stage"},
                                                              {Role::Status, "Status"},
                                                              {Role::LostStage, "LostStage"},
                                                              {Role::Reason, "Reason"},
                                                              {Role::Outcome, "Outcome"},
                                                              {Role::Escalated, "Escalated"},
                                                              {Role::Presales, "Presales"},
                                                              {Role::Amount, "Amount"},
                                                              {Role::ListPrice, "ListPrice"},
                                                              {Role::Probability, "Probability"},
                                                              {Role::Currency, "Currency"},
                                                              {Role::Score, "Score"},
                                                              {Role::Minutes, "Minutes"},
                                                              {Role::Quota, "Quota"},
                                                              {Role::Pay, "Pay"},
                                                              {Role::Cost, "Cost"},
                                                              {Role::Attributed, "Attributed"},
                                                              {Role::Shares, "Shares"},
                                                              {Role::Views, "Views"},
                                                              {Role::Opened, "Opened"},
                                                              {Role::Closed, "Closed"},
                                                              {Role::ExpectedClose, "ExpectedClose"},
                                                              {Role::Proposed, "Proposed"},
                                                              {Role::Received, "Received"},
                                                              {Role::Contacted, "Contacted"},
                                                              {Role::Qualified, "Qualified"},
                                                              {Role::SalesQualified, "SalesQualified"},
                                                              {Role::Converted, "Converted"},
                                                              {Role::When, "When"},
                                                              {Role::Start, "Start"},
                                                              {Role::End, "End"},
                                                              {Role::FirstAnswer, "FirstAnswer"},
                                                              {Role::Solved, "Solved"},
                                                              {Role::Hired, "Hired"},
                                                              {Role::Productive, "Productive"},
                                                              {Role::Left, "Left"},
                                                              {Role::Published, "Published"},
                                                              {Role::Updated, "Updated"},
                                                              {Role::Used, "Used"},
                                                              {Role::Valued, "Valued"},
                                                              {Role::Event, "Event"},
                                                              {Role::Kind, "Kind"},
                                                              {Role::Interval, "Interval"},
                                                              {Role::Owner, "Owner"},
                                                              {Role::Team, "Team"},
                                                              {Role::Product, "Product"},
                                                              {Role::Channel, "Channel"},
                                                              {Role::Region, "Region"},
                                                              {Role::Segment, "Segment"}});

constexpr auto rowKindNames = enumTable<RowKind, std::string_view>({{RowKind::Deals, "Deals"},
                                                                    {RowKind::Transactions, "Transactions"},
                                                                    {RowKind::Subscriptions, "Subscriptions"},
                                                                    {RowKind::Leads, "Leads"},
                                                                    {RowKind::Activities, "Activities"},
                                                                    {RowKind::Events, "Events"},
                                                                    {RowKind::Surveys, "Surveys"},
                                                                    {RowKind::Tickets, "Tickets"},
                                                                    {RowKind::People, "People"},
                                                                    {RowKind::Content, "Content"},
                                                                    {RowKind::InputsByMonth, "InputsByMonth"},
                                                                    {RowKind::Other, "Other"}});

template <class Enum, std::size_t size>
std::optional<Enum> named(const EnumTable<Enum, std::string_view, size>& names, std::string_view name) {
    const auto* const found = std::find(names.all().begin(), names.all().end(), name);
    if (found == names.all().end()) return std::nullopt;
    return static_cast<Enum>(found - names.all().begin());
}

int numberIn(std::string_view digits) {
    int number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

// RolePhrase is what a phrase of a section "role" says; no role takes words away from all.
struct RolePhrase {
    std::optional<Role> role{};
    int weight = 0;
    std::uint32_t rows = 0;  // a bit for each kind of rows; none for any kind
    bool holdsFor(RowKind kind) const { return rows == 0 || (rows >> static_cast<unsigned>(kind) & 1U) != 0; }
};

const PhraseBook<RolePhrase>& roleBook() {
    static const PhraseBook<RolePhrase> book("role", [](const std::vector<std::string_view>& heading) {
        RolePhrase phrase{named(roleNames, heading[0]), numberIn(heading[1]), 0};
        for (std::size_t word = 2; word < heading.size(); ++word)
            if (const auto rows = named(rowKindNames, heading[word])) phrase.rows |= 1U << static_cast<unsigned>(*rows);
        return phrase;
    });
    return book;
}

struct RowsPhrase {
    RowKind rows = RowKind::Other;
    int weight = 0;
};

const PhraseBook<RowsPhrase>& rowsBook() {
    static const PhraseBook<RowsPhrase> book("rows", [](const std::vector<std::string_view>& heading) {
        return RowsPhrase{named(rowKindNames, heading[0]).value_or(RowKind::Other), numberIn(heading[1])};
    });
    return book;
}

}  // namespace

RoleScores rolesInHeader(std::string_view header, RowKind rows) {
    const std::string text = plainWords(header);
    const std::vector<std::string_view> words = splitWords(text);
    RoleScores scores{};
    int none = 0;
    roleBook().visit(words, [&](std::size_t size, const RolePhrase& found) {
        if (!found.holdsFor(rows)) return;
        // A longer phrase says more, and one that is the whole header most.
        const int score = found.weight * 10 + static_cast<int>(size) * 25 + (size == words.size() ? 300 : 0);
        int& best = found.role ? scores[static_cast<std::size_t>(*found.role)] : none;
        best = std::max(best, score);
    });
    for (int& score : scores)
        if (score <= none) score = 0;
    return scores;
}

RowVotes rowsInHeader(std::string_view header) {
    const std::string text = plainWords(header);
    const std::vector<std::string_view> words = splitWords(text);
    RowVotes votes{};
    rowsBook().visit(words, [&](std::size_t, const RowsPhrase& found) {
        int& vote = votes[static_cast<std::size_t>(found.rows)];
        vote = std::max(vote, found.weight);
    });
    return votes;
}

std::string_view nameOf(Role role) { return roleNames[role]; }
std::optional<Role> roleNamed(std::string_view name) { return named<Role>(roleNames, name); }
std::string_view nameOf(RowKind rows) { return rowKindNames[rows]; }

}  // namespace calckpi::panel
