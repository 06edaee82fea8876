#include "core/tables/query.hpp"

#include "core/dates/moment.hpp"
#include "core/tables/grouping.hpp"
#include "core/values/quantity.hpp"
#include "core/values/read_ahead.hpp"
#include "core/values/sum.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace calckpi {
namespace {

constexpr std::size_t stateCount = 4;
using StateSet = std::array<bool, stateCount>;

StateSet statesOf(const Aggregate& aggregate) {
    StateSet states{};
    if (aggregate.of.empty()) states.fill(true);
    for (const State state : aggregate.of) states[static_cast<std::size_t>(state)] = true;
    states[static_cast<std::size_t>(State::None)] = false;
    return states;
}

// StateFinder tells the states of table rows. Each different text or number is looked up once.
class StateFinder {
public:
    StateFinder(const Frame& frame, const Words& won, const Words& lost, ColumnHandle column) : column_(std::move(column)) {
        for (const std::string& text : column_->texts())
            meanings_.ofText.push_back(won.hasText(text)    ? State::Won
                                       : lost.hasText(text) ? State::Lost
                                       : text.empty()       ? State::None
                                                            : State::Open);
        meanings_.numbering = frame.differentNumbers(*column_);
        for (const double number : meanings_.numbering.numbers())
            meanings_.ofNumber.push_back(won.hasNumber(number) ? State::Won : lost.hasNumber(number) ? State::Lost : State::Open);
    }

    const Column& column() const { return *column_; }
    const Meanings<State>& meanings() const { return meanings_; }

private:
    ColumnHandle column_;
    Meanings<State> meanings_;
};

Result<StateFinder> stateFinder(const Frame& frame, const StatusRule& rule) {
    if (rule.won.overlaps(rule.lost)) return Failure(Fault::OutsideDomain, Wrong::WonAndLost);
    // What a 0 stands for only the whole column tells.
    Result<ColumnHandle> column =
        rule.won.are0() || rule.lost.are0() ? frame.whole().column(rule.column) : frame.column(rule.column);
    if (!column) return column.failure();
    if (rule.won.areAnEmptyCell(**column) || rule.lost.areAnEmptyCell(**column))
        return Failure(Fault::OutsideDomain, Wrong::Missing);
    if (!(*column)->hasNumbers()) return StateFinder(frame, rule.won, rule.lost, *std::move(column));
    const Words won = rule.won.readIn(frame.table().culture());
    const Words lost = rule.lost.readIn(frame.table().culture());
    if (won.overlaps(lost)) return Failure(Fault::OutsideDomain, Wrong::WonAndLost);
    return StateFinder(frame, won, lost, *std::move(column));
}

// Moments of the numbers in one place: enough for a sum, a mean and a count.
struct Moments {
    Sum total;
    std::size_t count = 0;

    void add(double value, std::size_t times = 1) {
        total.add(value);
        count += times;
    }
    void add(const Moments& other) {
        total.add(other.total);
        count += other.count;
    }
    Result<double> sum() const {
        const double sum = total.value();
        if (!std::isfinite(sum)) return Fault::NotFinite;
        return sum;
    }
    // sumOver is the sum over rows of which each has a number or none. No rows have a sum of 0; rows without any number have none:
    // nothing known is not 0.
    Result<double> sumOver(std::size_t rows) const {
        if (count == 0 && rows > 0) return Fault::NothingToCompute;
        return sum();
    }
    Result<double> mean() const {
        if (count == 0) return Fault::NothingToCompute;
        const Result<double> all = sum();
        if (!all) return all;
        return *all / static_cast<double>(count);
    }
};

// Place of a row that is counted: its group and state as one number.
using Place = std::uint32_t;

// Places are numbered state by state, so that what is noted of one state lies close together.
struct Places {
    std::size_t groups;

    std::size_t size() const { return groups * stateCount; }
    Place of(std::size_t group, std::size_t state) const { return static_cast<Place>(state * groups + group); }
    Place of(std::size_t group, State state) const { return of(group, static_cast<std::size_t>(state)); }
};

// Gathering gathers the numbers of one measure by place, for all aggregates of it. Numbers of states that none asks for are not
// gathered.
class Gathering {
public:
    Gathering(Measure measure, Places places)
        : measure_(std::move(measure)), places_(places), wanted_(places.size()), moments_(places.size()) {}

    const Measure& measure() const { return measure_; }
    void wanted(const Aggregate& aggregate) {
        const StateSet states = statesOf(aggregate);
        for (std::size_t state = 0; state < stateCount; ++state)
            if (states[state]) std::fill_n(wanted_.begin() + static_cast<std::ptrdiff_t>(places_.of(0, state)), places_.groups, 1);
        keepsValues_ = keepsValues_ || std::holds_alternative<Statistic>(aggregate.summary);
    }

    // open finds the columns, before the first block.
    std::optional<Failure> open(const Frame& frame) {
        const Wanted wanted = measure_.kind == Measure::Kind::Days ? Wanted::Date : Wanted::Number;
        for (const auto& [ref, column] : {std::pair(&measure_.first, &first_), std::pair(&measure_.second, &second_)}) {
            if (measure_.kind == Measure::Kind::Row || (measure_.kind == Measure::Kind::Cell && ref == &measure_.second)) continue;
            const Result<ColumnHandle> used = frame.numberColumn(*ref, wanted);
            if (!used) return used.failure();
            *column = *used;
            hasNumbers_ = hasNumbers_ && (*used)->hasNumbers();
        }
        if (keepsValues_ && hasNumbers_) values_.reserve(frame.rows());
        return std::nullopt;
    }

    template <class Block>
    void addBlock(const Block& tableRows, std::span<const Place> places) {
        if (measure_.kind == Measure::Kind::Row || !hasNumbers_) return;  // of rows see addRows
        const double* const first = first_->numbers().data();
        const double* const second = second_ ? second_->numbers().data() : nullptr;
        switch (measure_.kind) {
            case Measure::Kind::Row: return;
            case Measure::Kind::Cell: return add(tableRows, places, [=](std::size_t row) { return first[row]; });
            case Measure::Kind::Days:
                return add(tableRows, places, [=, this](std::size_t row) {
                    const double days = daysFrom(first[row], second[row]);
                    if (days < 0) wrong_.add(row);
                    return days;
                });
            case Measure::Kind::Weighted:
                return add(tableRows, places, [=, this](std::size_t row) {
                    const double number = first[row] * second[row];
                    if (!isMissing(first[row]) && !isMissing(second[row]) && !Share::domain.holds(second[row])) wrong_.add(row);
                    return number;
                });
        }
    }

    // addRows counts the rows themselves, after the last block.
    void addRows(std::span<const std::uint32_t> rowsAt) {
        rowsAt_ = rowsAt;
        if (measure_.kind != Measure::Kind::Row) return;
        for (std::size_t place = 0; place < rowsAt.size(); ++place) {
            moments_[place].add(rowsAt[place], rowsAt[place]);
            if (keepsValues_) values_.insert(values_.end(), rowsAt[place], {static_cast<Place>(place), 1});
        }
    }

    // failure blames the cells of the second column: ends before their starts, shares that are none.
    std::optional<Failure> failure(const Frame& frame) const {
        if (wrong_.none()) return std::nullopt;
        const Wrong how = measure_.kind == Measure::Kind::Days ? Wrong::EndBeforeStart : Wrong::ShareOutside;
        return frame.blame({Fault::OutsideDomain, how}, measure_.second, wrong_);
    }

    // summarise gives the aggregate's value for each group and, at the end, for all rows.
    std::vector<Result<double>> summarise(const Aggregate& aggregate) const {
        if (const Statistic* statistic = std::get_if<Statistic>(&aggregate.summary))
            return statistics(*statistic, statesOf(aggregate));
        const StateSet states = statesOf(aggregate);
        std::vector<Result<double>> values;
        values.reserve(places_.groups + 1);
        const auto put = [&](const Moments& moments, std::size_t rows) {
            const bool isMean = std::holds_alternative<Aggregate::Mean>(aggregate.summary);
            values.push_back(isMean ? moments.mean() : moments.sumOver(rows));
        };
        Moments all;
        std::size_t allRows = 0;
        for (std::size_t group = 0; group < places_.groups; ++group) {
            Moments ofGroup;
            std::size_t rows = 0;
            for (std::size_t state = 0; state < stateCount; ++state) {
                if (!states[state]) continue;
                ofGroup.add(moments_[places_.of(group, state)]);
                rows += rowsAt_[places_.of(group, state)];
            }
            all.add(ofGroup);
            allRows += rows;
            put(ofGroup, rows);
        }
        put(all, allRows);
        return values;
    }

private:
    struct Value {
        Place place;
        double number;
    };

    // add gathers what `numberOf` gives for each row that is asked for; a missing number is none.
    template <class Block, class NumberOf>
    void add(const Block& tableRows, std::span<const Place> places, NumberOf numberOf) {
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): what is read of it was written before
        std::array<std::uint32_t, Frame::blockRows> asked;
        std::size_t size = 0;
        const std::uint8_t* const wanted = wanted_.data();
        const auto keepIfAsked = [&](std::size_t row) {
            // Written in any case and kept if it is asked for: no branch, for in which state a row is cannot be foreseen.
            asked[size] = static_cast<std::uint32_t>(row);
            size += wanted[places[row]];
        };
        readingAhead(tableRows, keepIfAsked, first_->numbers());
        Moments* const moments = moments_.data();
        const bool keepsValues = keepsValues_;
        for (const std::uint32_t row : std::span(asked).first(size)) {
            const double number = numberOf(tableRows[row]);
            if (isMissing(number)) continue;
            moments[places[row]].add(number);
            if (keepsValues) values_.push_back({places[row], number});
        }
    }

    std::vector<Result<double>> statistics(const Statistic& statistic, const StateSet& states) const {
        // The values of a group are together, group after group.
        std::vector<std::size_t> ends(places_.groups + 1);
        for (std::size_t group = 0; group < places_.groups; ++group) {
            ends[group + 1] = ends[group];
            for (std::size_t state = 0; state < stateCount; ++state)
                if (states[state]) ends[group + 1] += moments_[places_.of(group, state)].count;
        }
        std::vector<double> sorted(ends.back());
        std::vector<std::size_t> next(ends.begin(), ends.end() - 1);
        for (const Value& value : values_)
            // NOLINTNEXTLINE(clang-analyzer-core.DivideZero): where there is a value there is a group that it stands in
            if (states[value.place / places_.groups]) sorted[next[value.place % places_.groups]++] = value.number;

        std::vector<Result<double>> results;
        results.reserve(places_.groups + 1);
        for (std::size_t group = 0; group < places_.groups; ++group)
            results.push_back(statistic.of(std::vector<double>(sorted.begin() + static_cast<std::ptrdiff_t>(ends[group]),
                                                               sorted.begin() + static_cast<std::ptrdiff_t>(ends[group + 1]))));
        results.push_back(statistic.of(std::move(sorted)));
        return results;
    }

    Measure measure_;
    Places places_;
    std::vector<std::uint8_t> wanted_;  // for each place 1 or 0
    bool keepsValues_ = false;
    bool hasNumbers_ = true;
    ColumnHandle first_{};
    ColumnHandle second_{};
    std::vector<Moments> moments_;  // for each place
    std::span<const std::uint32_t> rowsAt_{};
    std::vector<Value> values_{};
    WrongRows wrong_{};  // rows whose number in the second column is outside the domain
};

// Always is a look-up that finds the same in all rows.
template <class Meaning>
struct Always {
    explicit Always(Meaning only) : meaning(only) {}
    Meaning meaning;
    std::span<const std::uint32_t> indexes{};
    Meaning operator()(std::size_t) const { return meaning; }
};

// gatheringsOf has one gathering for each different measure of the query.
std::vector<Gathering> gatheringsOf(const Query& query, Places places) {
    std::vector<Gathering> gatherings;
    for (const Aggregate& aggregate : query.aggregates) {
        auto found = std::find_if(gatherings.begin(), gatherings.end(),
                                  [&](const Gathering& gathering) { return gathering.measure() == aggregate.measure; });
        if (found == gatherings.end()) found = gatherings.emplace(gatherings.end(), aggregate.measure, places);
        found->wanted(aggregate);
    }
    return gatherings;
}

// withoutGaps adds the groups between, which are in time; the last group has no time.
std::vector<std::size_t> withoutGaps(const std::vector<std::size_t>& groups, std::size_t lastGroup) {
    std::vector<std::size_t> all;
    for (const std::size_t group : groups) {
        while (group != lastGroup && !all.empty() && all.back() + 1 < group) all.push_back(all.back() + 1);
        all.push_back(group);
    }
    return all;
}

}  // namespace

Result<std::vector<State>> statesOf(const Frame& frame, const StatusRule& rule) {
    const Result<StateFinder> finder = stateFinder(frame, rule);
    if (!finder) return finder.failure();
    std::vector<State> states(frame.rows());
    State* next = states.data();
    frame.inBlocks([&](const auto& block) {
        finder->meanings().lookUp(finder->column(), [&](auto stateOf) {
            readingAhead(
                block, [&, next](std::size_t place) { next[place] = stateOf(block[place]); }, stateOf.indexes);
        });
        next += block.size();
    });
    return states;
}

Result<std::optional<double>> lastTimeOfDeals(const Frame& frame, const ColumnRef& opened, const ColumnRef& closed,
                                              const StatusRule& rule, double until) {
    const Frame whole = frame.whole();
    const Result<std::vector<State>> states = statesOf(whole, rule);
    if (!states) return states.failure();
    const Domain dates = datesFrom(frame.table().culture().nullDate());
    std::optional<double> last;
    const auto happened = [&](const ColumnRef* column, std::size_t row) {
        return column == &opened || (*states)[row] == State::Won || (*states)[row] == State::Lost;
    };
    for (const ColumnRef* const column : {&opened, &closed}) {
        const Result<ColumnHandle> used = whole.column(*column);
        if (!used) return used.failure();
        const std::span<const double> times = (*used)->numbers();
        for (std::size_t row = 0; row < times.size(); ++row)
            if (happened(column, row) && dates.holds(times[row]) && !isAfter(times[row], until) && !(last && *last >= times[row]))
                last = times[row];
    }
    return last;
}

Result<Answer> run(const Query& query, const TableHandle& table) {
    const Result<Frame> filtered = Frame::of(table, query.filters);
    if (!filtered) return filtered.failure();
    const Frame& frame = *filtered;

    std::optional<StateFinder> states;
    if (query.status) {
        Result<StateFinder> finder = stateFinder(frame, *query.status);
        if (!finder) return finder.failure();
        states = *std::move(finder);
    }
    std::optional<LabelFinder> labels;
    if (query.by) {
        Result<LabelFinder> finder = groupsOf(frame, *query.by);
        if (!finder) return finder.failure();
        labels = *std::move(finder);
    }
    // The last group holds the rows with an empty cell in `by`, or all rows if there is no `by`.
    const auto lastGroup = static_cast<std::uint32_t>(labels ? labels->count() : 0);
    const Places places{lastGroup + std::size_t{1}};
    std::vector<Gathering> gatherings = gatheringsOf(query, places);
    for (Gathering& gathering : gatherings)
        if (const std::optional<Failure> failure = gathering.open(frame)) return *failure;

    // The place of a row is the first one of its state, and as many further on as its group says.
    const auto firstPlaces =
        states ? states->meanings().mapped([&](State state) { return places.of(0, state); }) : Meanings<Place>();
    const auto groups = labels ? labels->meanings().mapped([&](std::uint32_t label) { return std::min(label, lastGroup); })
                               : Meanings<std::uint32_t>();
    std::vector<std::uint32_t> rowsAt(places.size());
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): what is read of it was written before
    std::array<Place, Frame::blockRows> placesOfBlock;
    frame.inBlocks([&](const auto& block) {
        const std::span<Place> placeOf = std::span(placesOfBlock).first(block.size());
        const auto placeAll = [&](auto groupOf, auto firstPlaceOf) {
            // What is captured by value stays in the processor's registers.
            const auto placeRow = [=, count = rowsAt.data()](std::size_t row) {
                const Place place = firstPlaceOf(block[row]) + groupOf(block[row]);
                placeOf[row] = place;
                ++count[place];
            };
            readingAhead(block, placeRow, groupOf.indexes, firstPlaceOf.indexes);
        };
        const auto placeByState = [&](auto groupOf) {
            if (states)
                firstPlaces.lookUp(states->column(), [&](auto firstPlaceOf) { placeAll(groupOf, firstPlaceOf); });
            else
                placeAll(groupOf, Always(places.of(0, State::Open)));
        };
        if (labels)
            groups.lookUp(labels->column(), placeByState);
        else
            placeByState(Always(lastGroup));
        for (Gathering& gathering : gatherings) gathering.addBlock(block, placeOf);
    });
    for (Gathering& gathering : gatherings) {
        if (const std::optional<Failure> failure = gathering.failure(frame)) return *failure;
        gathering.addRows(rowsAt);
    }

    const auto hasRows = [&](std::size_t group) {
        const auto has = [&](State state) { return rowsAt[places.of(group, state)] > 0; };
        return has(State::Won) || has(State::Lost) || has(State::Open);
    };
    Answer answer;
    std::vector<std::size_t> groupsSeen;
    for (std::size_t group = 0; group <= lastGroup; ++group)
        if (hasRows(group)) groupsSeen.push_back(group);
    if (groupsSeen.empty()) return Fault::NothingToCompute;
    if (labels && labels->inTime()) groupsSeen = withoutGaps(groupsSeen, lastGroup);
    answer.groups.reserve(labels ? groupsSeen.size() : 0);
    answer.inTime = labels && labels->inTime();
    if (labels)
        for (const std::size_t group : groupsSeen) {
            answer.groups.push_back(group == lastGroup ? Answer::Group{.blank = true} : Answer::Group{labels->nameOf(group)});
            answer.groups.back().values.reserve(query.aggregates.size());
        }
    for (const Aggregate& aggregate : query.aggregates) {
        const auto gathering = std::find_if(gatherings.begin(), gatherings.end(),
                                            [&](const Gathering& other) { return other.measure() == aggregate.measure; });
        const std::vector<Result<double>> values = gathering->summarise(aggregate);
        for (std::size_t index = 0; index < answer.groups.size(); ++index)
            answer.groups[index].values.push_back(values[groupsSeen[index]]);
        answer.total.values.push_back(values.back());
    }
    return answer;
}

}  // namespace calckpi
