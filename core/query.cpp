#include "core/query.hpp"

#include "core/quantity.hpp"
#include "core/text.hpp"

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

// StateFinder tells the states of table rows. Each different text is looked up once.
class StateFinder {
public:
    StateFinder(const StatusRule& rule, ColumnHandle column) : rule_(&rule), column_(std::move(column)) {
        ofText_.reserve(column_->texts().size());
        for (const std::string& text : column_->texts())
            ofText_.push_back(rule.won.hasText(text)    ? State::Won
                              : rule.lost.hasText(text) ? State::Lost
                              : folded(text).empty()    ? State::None
                                                        : State::Open);
    }

    // find writes the state of each table row to `states`.
    void find(std::span<const std::uint32_t> tableRows, State* states) const {
        const Column& column = *column_;
        const State* const ofText = ofText_.data();
        for (const std::uint32_t row : tableRows) {
            switch (column.kind(row)) {
                case CellKind::Text: *states++ = ofText[column.textIndex(row)]; break;
                case CellKind::Number: *states++ = ofNumber(column.number(row)); break;
                case CellKind::Blank:
                case CellKind::Error: *states++ = State::None; break;
            }
        }
    }

private:
    State ofNumber(double number) const {
        return rule_->won.hasNumber(number) ? State::Won : rule_->lost.hasNumber(number) ? State::Lost : State::Open;
    }

    const StatusRule* rule_;
    ColumnHandle column_;
    std::vector<State> ofText_;
};

Result<StateFinder> stateFinder(const Frame& frame, const StatusRule& rule) {
    if (rule.won.overlaps(rule.lost)) return Fault::OutsideDomain;
    Result<ColumnHandle> column = frame.column(rule.column);
    if (!column) return column.failure();
    if (rule.won.areAnEmptyCell(**column) || rule.lost.areAnEmptyCell(**column)) return Fault::OutsideDomain;
    return StateFinder(rule, *std::move(column));
}

// Moments of the numbers in one place: enough for a sum, a mean and a count.
struct Moments {
    double total = 0;
    double lost = 0;  // what rounding took from the total, so that the order of rows does not show in the cents
    std::size_t count = 0;

    void add(double value, std::size_t times = 1) {
        // Knuth's exact sum of two numbers, which needs no comparison (The Art of Computer Programming 2, 4.2.2, theorem B).
        const double next = total + value;
        const double added = next - total;
        lost += (total - (next - added)) + (value - added);
        total = next;
        count += times;
    }
    void add(const Moments& other) {
        add(other.total, other.count);
        lost += other.lost;
    }
    Result<double> sum() const {
        const double sum = std::isfinite(lost) ? total + lost : total;
        if (!std::isfinite(sum)) return Fault::NotFinite;
        return sum;
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
constexpr Place placeOf(std::size_t group, State state) {
    return static_cast<Place>(group * stateCount + static_cast<std::size_t>(state));
}

// RowOfBlock is a row of the block at hand that an aggregate asks for.
struct RowOfBlock {
    std::uint32_t tableRow;
    Place place;
};

// Gathering gathers the numbers of one measure by place, for all aggregates of it. Numbers of states that none asks for are not
// gathered.
class Gathering {
public:
    Gathering(Measure measure, std::size_t places) : measure_(std::move(measure)), moments_(places) {}

    const Measure& measure() const { return measure_; }
    void wanted(const Aggregate& aggregate) {
        const StateSet states = statesOf(aggregate);
        for (std::size_t state = 0; state < stateCount; ++state) wanted_[state] = wanted_[state] || states[state];
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
        }
        return std::nullopt;
    }

    void addBlock(std::span<const std::uint32_t> tableRows, std::span<const Place> places) {
        std::array<RowOfBlock, Frame::blockRows> asked;  // NOLINT: what is read of it was written before
        std::size_t size = 0;
        const auto select = [&](auto isThere) {
            for (std::size_t row = 0; row < tableRows.size(); ++row) {
                asked[size] = {tableRows[row], places[row]};
                // No branch: in which state a row is cannot be foreseen.
                size +=
                    static_cast<std::size_t>(static_cast<unsigned>(wanted_[places[row] % stateCount]) & isThere(tableRows[row]));
            }
        };
        const auto isNumber = [](const Column& column, std::size_t row) {
            return static_cast<unsigned>(column.kind(row) == CellKind::Number);
        };
        const auto add = [&](auto numberOf) {
            for (const RowOfBlock& row : std::span(asked).first(size)) {
                const double number = numberOf(row.tableRow);
                moments_[row.place].add(number);
                if (keepsValues_) values_.push_back({row.place, number});
            }
        };
        const Column* first = first_.get();
        const Column* second = second_.get();
        const auto bothThere = [&](std::size_t row) { return isNumber(*first, row) & isNumber(*second, row); };
        switch (measure_.kind) {
            case Measure::Kind::Row: return;  // see addRows
            case Measure::Kind::Cell:
                select([&](std::size_t row) { return isNumber(*first, row); });
                return add([&](std::size_t row) { return first->number(row); });
            case Measure::Kind::Days:
                select(bothThere);
                return add([&](std::size_t row) {
                    const double days = second->number(row) - first->number(row);
                    if (!(days >= 0)) outsideDomain(row);
                    return days;
                });
            case Measure::Kind::Weighted:
                select(bothThere);
                return add([&](std::size_t row) {
                    const double share = second->number(row);
                    if (!Share::domain.holds(share)) outsideDomain(row);
                    return first->number(row) * share;
                });
        }
    }

    // addRows counts the rows themselves, after the last block.
    void addRows(std::span<const std::size_t> rowsAt) {
        if (measure_.kind != Measure::Kind::Row) return;
        for (std::size_t place = 0; place < rowsAt.size(); ++place) {
            moments_[place].add(static_cast<double>(rowsAt[place]), rowsAt[place]);
            if (keepsValues_) values_.insert(values_.end(), rowsAt[place], {static_cast<Place>(place), 1});
        }
    }

    // rowOutsideDomain is the first table row whose number in the second column is outside the domain.
    std::optional<std::size_t> rowOutsideDomain() const { return rowOutsideDomain_; }

    // summarise gives the aggregate's value for each group and, at the end, for all rows.
    std::vector<Result<double>> summarise(const Aggregate& aggregate) const {
        if (const Statistic* statistic = std::get_if<Statistic>(&aggregate.summary))
            return statistics(*statistic, statesOf(aggregate));
        const StateSet states = statesOf(aggregate);
        std::vector<Result<double>> values;
        values.reserve(groups() + 1);
        const auto put = [&](const Moments& moments) {
            values.push_back(std::holds_alternative<Aggregate::Mean>(aggregate.summary) ? moments.mean() : moments.sum());
        };
        Moments all;
        for (std::size_t group = 0; group < groups(); ++group) {
            Moments ofGroup;
            for (std::size_t state = 0; state < stateCount; ++state) {
                const Moments& part = moments_[group * stateCount + state];
                if (states[state]) ofGroup.add(part);
            }
            all.add(ofGroup);
            put(ofGroup);
        }
        put(all);
        return values;
    }

private:
    struct Value {
        Place place;
        double number;
    };

    std::size_t groups() const { return moments_.size() / stateCount; }
    void outsideDomain(std::size_t row) {
        if (!rowOutsideDomain_) rowOutsideDomain_ = row;
    }

    std::vector<Result<double>> statistics(const Statistic& statistic, const StateSet& states) const {
        // The values of a group stand together, group after group.
        std::vector<std::size_t> ends(groups() + 1);
        for (std::size_t place = 0; place < moments_.size(); ++place)
            if (states[place % stateCount]) ends[place / stateCount + 1] += moments_[place].count;
        for (std::size_t group = 0; group < groups(); ++group) ends[group + 1] += ends[group];
        std::vector<double> sorted(ends.back());
        std::vector<std::size_t> next(ends.begin(), ends.end() - 1);
        for (const Value& value : values_)
            if (states[value.place % stateCount]) sorted[next[value.place / stateCount]++] = value.number;

        std::vector<Result<double>> results;
        results.reserve(groups() + 1);
        for (std::size_t group = 0; group < groups(); ++group)
            results.push_back(statistic.of(std::vector<double>(sorted.begin() + static_cast<std::ptrdiff_t>(ends[group]),
                                                               sorted.begin() + static_cast<std::ptrdiff_t>(ends[group + 1]))));
        results.push_back(statistic.of(std::move(sorted)));
        return results;
    }

    Measure measure_;
    StateSet wanted_{};
    bool keepsValues_ = false;
    ColumnHandle first_{};
    ColumnHandle second_{};
    std::vector<Moments> moments_;
    std::vector<Value> values_{};
    std::optional<std::size_t> rowOutsideDomain_{};
};

// gatheringsOf has one gathering for each different measure of the query.
std::vector<Gathering> gatheringsOf(const Query& query, std::size_t places) {
    std::vector<Gathering> gatherings;
    for (const Aggregate& aggregate : query.aggregates) {
        auto found = std::find_if(gatherings.begin(), gatherings.end(),
                                  [&](const Gathering& gathering) { return gathering.measure() == aggregate.measure; });
        if (found == gatherings.end()) found = gatherings.emplace(gatherings.end(), aggregate.measure, places);
        found->wanted(aggregate);
    }
    return gatherings;
}

}  // namespace

Result<std::vector<State>> statesOf(const Frame& frame, const StatusRule& rule) {
    const Result<StateFinder> finder = stateFinder(frame, rule);
    if (!finder) return finder.failure();
    std::vector<State> states(frame.rows());
    State* next = states.data();
    frame.inBlocks([&](std::span<const std::uint32_t> block) {
        finder->find(block, next);
        next += block.size();
    });
    return states;
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
        const Result<ColumnHandle> column = frame.column(*query.by);
        if (!column) return column.failure();
        labels.emplace(frame, *column);
    }
    // The last group holds the rows with an empty cell in `by`, or all rows if there is no `by`.
    const std::size_t lastGroup = labels ? labels->names().size() : 0;
    std::vector<Gathering> gatherings = gatheringsOf(query, (lastGroup + 1) * stateCount);
    for (Gathering& gathering : gatherings)
        if (const std::optional<Failure> failure = gathering.open(frame)) return *failure;

    std::vector<std::size_t> rowsAt((lastGroup + 1) * stateCount);
    std::array<std::uint32_t, Frame::blockRows> labelsOfBlock;
    std::array<State, Frame::blockRows> statesOfBlock;
    std::array<Place, Frame::blockRows> places;
    labelsOfBlock.fill(Labels::none);
    statesOfBlock.fill(State::Open);
    frame.inBlocks([&](std::span<const std::uint32_t> block) {
        if (labels) labels->find(block, labelsOfBlock.data());
        if (states) states->find(block, statesOfBlock.data());
        for (std::size_t row = 0; row < block.size(); ++row)
            places[row] = placeOf(std::min<std::size_t>(labelsOfBlock[row], lastGroup), statesOfBlock[row]);
        const std::span<const Place> placesOfBlock = std::span(places).first(block.size());
        for (const Place place : placesOfBlock) ++rowsAt[place];
        for (Gathering& gathering : gatherings) gathering.addBlock(block, placesOfBlock);
    });
    for (Gathering& gathering : gatherings) {
        if (const std::optional<std::size_t> row = gathering.rowOutsideDomain())
            return frame.failureAt(Fault::OutsideDomain, gathering.measure().second, *row);
        gathering.addRows(rowsAt);
    }

    const auto hasRows = [&](std::size_t group) {
        return rowsAt[placeOf(group, State::Won)] + rowsAt[placeOf(group, State::Lost)] + rowsAt[placeOf(group, State::Open)] > 0;
    };
    Answer answer;
    std::vector<std::size_t> groups;
    for (std::size_t group = 0; group <= lastGroup; ++group)
        if (hasRows(group)) groups.push_back(group);
    if (groups.empty()) return Fault::NothingToCompute;
    if (labels)
        for (const std::size_t group : groups)
            answer.groups.push_back(group == lastGroup ? Answer::Group{.blank = true}
                                                       : Answer::Group{labels->names()[group], labels->numberOf(group)});
    for (const Aggregate& aggregate : query.aggregates) {
        const auto gathering = std::find_if(gatherings.begin(), gatherings.end(),
                                            [&](const Gathering& other) { return other.measure() == aggregate.measure; });
        const std::vector<Result<double>> values = gathering->summarise(aggregate);
        for (std::size_t index = 0; index < answer.groups.size(); ++index)
            answer.groups[index].values.push_back(values[groups[index]]);
        answer.total.values.push_back(values.back());
    }
    return answer;
}

}  // namespace calckpi
