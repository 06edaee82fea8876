// A question to a table, as a value: which columns, which rows, how grouped, what to sum up. What runs it over columns stands
// apart, so that the same question can later go to a database.
//
//   Query query;
//   query.status = StatusRule{column, won, lost};
//   query.by = owner;
//   const FigureId won = query.ask({.of = {State::Won}});
//   const FigureId sale = query.ask({.measure = cells(amount), .of = {State::Won}, .summary = Aggregate::Mean{}});
//   Result<Answer> answer = run(query, table);
//   ... answer->total[won] ... answer->groups[0][sale] ...
#pragma once

#include "core/tables/frame.hpp"
#include "core/values/result.hpp"
#include "core/statistics/statistic.hpp"
#include "core/tables/table.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace calckpi {

// State of a deal: won or lost by the words given, open with any other, none without one.
enum class State : std::uint8_t { None, Won, Lost, Open };

// StatusRule says which column tells the state, and which of its texts or numbers mean won and lost.
struct StatusRule {
    ColumnRef column;
    Values won;
    Values lost;
};

// statesOf gives the state of each row of the frame. A word that means won and lost at once is outside the domain.
Result<std::vector<State>> statesOf(const Frame& frame, const StatusRule& rule);

// lastTimeOfDeals is the table's own clock: the last opening, or close of a closed deal, in the whole table before the filters, up
// to `until`. The expected close of an open deal has not happened. Nothing without any.
Result<std::optional<double>> lastTimeOfDeals(const Frame& frame, const ColumnRef& opened, const ColumnRef& closed,
                                              const StatusRule& rule, double until);

// Measure is the number that a row contributes; a row with an empty cell in it contributes nothing.
struct Measure {
    enum class Kind : std::uint8_t {
        Row,       // 1
        Cell,      // the cell of `first`
        Days,      // the days from `first` to `second` (see daysFrom); an end before its start is outside the domain
        Weighted,  // `first` times the share in `second`; one that is not from 0 to 1 is outside the domain
    };
    Kind kind = Kind::Row;
    ColumnRef first{};
    ColumnRef second{};
    friend bool operator==(const Measure&, const Measure&) = default;
};
inline Measure rows() { return {}; }
inline Measure cells(ColumnRef column) { return {Measure::Kind::Cell, std::move(column), {}}; }
inline Measure days(ColumnRef from, ColumnRef to) { return {Measure::Kind::Days, std::move(from), std::move(to)}; }
inline Measure weighted(ColumnRef amount, ColumnRef share) {
    return {Measure::Kind::Weighted, std::move(amount), std::move(share)};
}

// Aggregate sums up a measure over the rows in certain states.
struct Aggregate {
    struct Sum {};
    struct Mean {};
    using Summary = std::variant<Sum, Mean, Statistic>;  // sums and means need no list of the values

    Measure measure{};
    std::vector<State> of{};  // empty: all rows, whatever their state
    Summary summary = Sum{};
};

// FigureId is what the figures of one aggregate are found by in an answer.
enum class FigureId : std::size_t {};

struct Query {
    std::optional<StatusRule> status{};
    std::optional<ColumnRef> by{};  // a column, or one of dates with a period: see core/tables/grouping.hpp
    Filters filters{};
    std::vector<Aggregate> aggregates{};

    FigureId ask(Aggregate aggregate) {
        aggregates.push_back(std::move(aggregate));
        return FigureId{aggregates.size() - 1};
    }
};

// Answer holds a value for each group and aggregate. The sum of no rows is 0, and so is their count; every other summary of nothing
// is a fault, and so is the sum over rows of which none has a number.
struct Answer {
    struct Group {
        Name name{};
        bool blank = false;                    // the group of the rows with an empty cell in `by`; it has no name
        std::vector<Result<double>> values{};  // in the order of the aggregates
        const Result<double>& operator[](FigureId id) const { return values[static_cast<std::size_t>(id)]; }
    };
    std::vector<Group> groups{};  // in no particular order, but periods in time, none left out between; without `by` none
    bool inTime = false;          // the groups are periods
    Group total{};                // over all rows
};

// run answers a query in one pass over the rows. Rows without a state are left out when the query has a status rule. No rows left
// is NothingToCompute. In the columns of a measure a text is a fault whatever the state of its row; a number outside the domain is
// one where it would be summed up.
Result<Answer> run(const Query& query, const TableHandle& table);

}  // namespace calckpi
