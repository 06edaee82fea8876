#include "core/explain/rules.hpp"

#include "core/dates/moment.hpp"
#include "core/statistics/lifetime_models.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace calckpi::explain {
namespace {

using panel::msg;

std::int64_t counted(std::size_t values) { return static_cast<std::int64_t>(values); }

// Series that need not be in step with the others.
constexpr std::string_view alone[] = {"parameters", "holidays", "training", "survivors", "rates", "inflows", "outflows"};

// inStepWith tells the arguments of which value by value belongs together.
std::vector<std::size_t> seriesOf(const CallWords& words) {
    std::vector<std::size_t> series;
    const std::span<const Parameter> parameters = words.function().parameters();
    for (std::size_t index = 0; index < parameters.size() && !words.table(); ++index) {
        const bool stages = parameters[index].kind == Kind::Values;
        const bool apart = std::find(std::begin(alone), std::end(alone), parameters[index].name) != std::end(alone);
        if ((stages || parameters[index].kind == Kind::Series) && !apart && !words.isAbsent(index)) series.push_back(index);
    }
    return series;
}

bool isSingle(const CallWords& words, std::size_t index) { return !std::holds_alternative<Grid>(words.value(index)); }

std::optional<Reason> outOfStep(const CallWords& words, const Failure& failure) {
    if (failure.fault != Fault::OutsideDomain || failure.parameter != 0) return std::nullopt;
    const std::vector<std::size_t> series = seriesOf(words);
    for (std::size_t place = 1; place < series.size(); ++place) {
        const std::size_t one = series.front();
        const std::size_t other = series[place];
        const std::size_t left = words.cells(one).size();
        const std::size_t right = words.cells(other).size();
        if (left == right || isSingle(words, one) || isSingle(words, other)) continue;
        return Reason{.text = words.texts().say(msg("{one} has {left} cells and {other} has {right}"),
                                                {{"one", words.name(one)},
                                                 {"left", words.texts().number(counted(left))},
                                                 {"other", words.name(other)},
                                                 {"right", words.texts().number(counted(right))}}),
                      .remedy = words.texts().say(msg("They go together cell by cell: give as many of both, in the same order")),
                      .cell = words.placeOf(other, 0)};
    }
    return std::nullopt;
}

// pairAt gives the numbers of two arguments at one place; a single number goes with all.
std::optional<std::pair<double, double>> pairAt(const std::vector<Cell>& left, const std::vector<Cell>& right, std::size_t place) {
    const double* one = left.empty() ? nullptr : std::get_if<double>(&left[left.size() == 1 ? 0 : place]);
    const double* other = right.empty() ? nullptr : std::get_if<double>(&right[right.size() == 1 ? 0 : place]);
    if (one == nullptr || other == nullptr) return std::nullopt;
    return std::pair(*one, *other);
}

std::optional<Reason> endBeforeStart(const CallWords& words, const Failure& failure) {
    if (failure.wrong != Wrong::EndBeforeStart) return std::nullopt;
    std::vector<std::size_t> dated;
    for (std::size_t index = 0; index < words.function().parameters().size(); ++index)
        if (words.parameterOf(index).unit == Unit::Moment) dated.push_back(index);
    if (dated.size() < 2) return std::nullopt;
    const std::vector<Cell> starts = words.cells(dated[0]);
    const std::vector<Cell> ends = words.cells(dated[1]);
    for (std::size_t place = 0; place < std::max(starts.size(), ends.size()); ++place) {
        const auto pair = pairAt(starts, ends, place);
        if (!pair || daysFrom(pair->first, pair->second) >= 0) continue;
        return Reason{.text = words.texts().say(msg("{end}, {later}, is before {start}, {earlier}"),
                                                {{"end", words.name(dated[1])},
                                                 {"later", words.shown(pair->second, Unit::Moment)},
                                                 {"start", words.name(dated[0])},
                                                 {"earlier", words.shown(pair->first, Unit::Moment)}}),
                      .remedy = words.texts().say(msg("Are the two swapped? Otherwise correct the dates")),
                      .cell = words.placeOf(dated[1], ends.size() == 1 ? 0 : place)};
    }
    return std::nullopt;
}

// Counts that may not rise: of a funnel from stage to stage, of a cohort from period to period.
std::optional<Reason> rising(const CallWords& words, const Failure& failure) {
    if (failure.fault != Fault::OutsideDomain) return std::nullopt;
    for (const std::string_view name : {"counts", "survivors"}) {
        const std::optional<std::size_t> index = words.indexOf(name);
        if (!index || (failure.parameter != 0 && failure.parameter != *index + 1)) continue;
        const std::vector<Cell> cells = words.cells(*index);
        const double* before = nullptr;
        for (std::size_t place = 0; place < cells.size(); ++place) {
            const double* now = std::get_if<double>(&cells[place]);
            if (now == nullptr) continue;
            if (before != nullptr && *now > *before)
                return Reason{
                    .text = words.texts().say(msg("{name} rises from {before} to {now}, and it may only fall"),
                                              {{"name", words.name(*index)},
                                               {"before", words.shown(*before, Unit::Number)},
                                               {"now", words.shown(*now, Unit::Number)}}),
                    .remedy = words.texts().say(
                        name == "counts" ? msg("Put the stages in their order, and count in each whoever came at least so far")
                                         : msg("Count in each period only those of the first one; each row is one cohort")),
                    .cell = words.placeOf(*index, place)};
            before = now;
        }
    }
    return std::nullopt;
}

// Purchases of a customer that cannot be.
std::optional<Reason> impossibleHistory(const CallWords& words, const Failure& failure) {
    const std::optional<std::size_t> repeats = words.indexOf("repeats");
    const std::optional<std::size_t> recency = words.indexOf("recency");
    const std::optional<std::size_t> age = words.indexOf("age");
    if (failure.fault != Fault::OutsideDomain || failure.parameter != 0 || !repeats || !recency || !age) return std::nullopt;
    const std::vector<Cell> times = words.cells(*recency);
    const std::vector<Cell> ages = words.cells(*age);
    const std::vector<Cell> purchases = words.cells(*repeats);
    for (std::size_t place = 0; place < std::max({times.size(), ages.size(), purchases.size()}); ++place) {
        const auto time = pairAt(times, ages, place);
        const auto bought = pairAt(purchases, times, place);
        const auto cell = words.placeOf(*recency, times.size() == 1 ? 0 : place);
        if (time && time->first > time->second)
            return Reason{.text = words.texts().say(msg("{recency} is {time}, more than {age}, which is {all}"),
                                                    {{"recency", words.name(*recency)},
                                                     {"time", words.shown(time->first, Unit::Number)},
                                                     {"age", words.name(*age)},
                                                     {"all", words.shown(time->second, Unit::Number)}}),
                          .remedy = words.texts().say(msg("No purchase is later than now")),
                          .cell = cell};
        if (bought && (bought->first > 0) != (bought->second > 0))
            return Reason{.text = words.texts().say(msg("{repeats} is {purchases} and {recency} is {time}: both are 0, or neither"),
                                                    {{"repeats", words.name(*repeats)},
                                                     {"purchases", words.shown(bought->first, Unit::Number)},
                                                     {"recency", words.name(*recency)},
                                                     {"time", words.shown(bought->second, Unit::Number)}}),
                          .remedy = words.translated(words.parameterOf(*recency).meaning),
                          .cell = cell};
    }
    return std::nullopt;
}

std::optional<Reason> modelParameters(const CallWords& words, const Failure& failure) {
    const std::optional<std::size_t> index = words.indexOf("parameters");
    if (failure.fault != Fault::OutsideDomain || failure.parameter != 0 || !index) return std::nullopt;
    const std::string_view function = words.function().name();
    const std::size_t wanted = function == "RETENTIONVALUE" ? 2 : function == "EXPECTEDSPEND" ? 3 : 4;
    const std::vector<double> numbers = words.numbers(*index);
    const std::string meaning = words.translated(words.parameterOf(*index).meaning);
    if (numbers.size() != wanted)
        return Reason{
            .text = words.texts().say(
                msg("{name} has {n} number, and it takes {wanted}", "{name} has {n} numbers, and it takes {wanted}"),
                counted(numbers.size()), {{"name", words.name(*index)}, {"wanted", words.texts().number(counted(wanted))}}),
            .remedy = meaning,
            .cell = words.placeOf(*index, 0)};
    const auto wrong = std::find_if(numbers.begin(), numbers.end(), [](double number) { return !(number > 0); });
    if (wrong == numbers.end()) return std::nullopt;
    return Reason{.text = words.texts().say(msg("{name} holds {value}, and all of them must be above 0"),
                                            {{"name", words.name(*index)}, {"value", words.shown(*wrong, Unit::Number)}}),
                  .remedy = meaning,
                  .cell = words.placeOf(*index, 0)};
}

// Nothing to compute on.

std::optional<Reason> emptySeries(const CallWords& words, const Failure& failure) {
    if (failure.fault != Fault::NothingToCompute || words.table()) return std::nullopt;
    const std::span<const Parameter> parameters = words.function().parameters();
    for (std::size_t index = 0; index < parameters.size(); ++index) {
        const bool given = parameters[index].kind == Kind::Series && !words.isAbsent(index);
        if (!given || !words.numbers(index).empty()) continue;
        return Reason{
            .text = words.texts().say(msg("{name} holds no number: all its cells are empty"), {{"name", words.name(index)}}),
            .remedy = words.texts().say(msg("Enter 0 where 0 is meant")),
            .cell = words.placeOf(index, 0)};
    }
    const std::vector<std::size_t> series = seriesOf(words);
    for (const std::size_t index : series)
        if (isSingle(words, index) && words.number(index) == 0.0 && parameters[index].unit == Unit::Moment)
            return Reason{.text = words.texts().say(msg("{name} is empty"), {{"name", words.name(index)}}),
                          .remedy = {},
                          .cell = words.placeOf(index, 0)};
    return std::nullopt;
}

std::optional<Reason> noPair(const CallWords& words, const Failure& failure) {
    const std::vector<std::size_t> series = seriesOf(words);
    if (failure.fault != Fault::NothingToCompute || series.size() < 2) return std::nullopt;
    const std::vector<Cell> left = words.cells(series[0]);
    const std::vector<Cell> right = words.cells(series[1]);
    for (std::size_t place = 0; place < std::max(left.size(), right.size()); ++place)
        if (pairAt(left, right, place)) return std::nullopt;
    return Reason{.text = words.texts().say(msg("Nowhere do {one} and {other} both have a number in the same place"),
                                            {{"one", words.name(series[0])}, {"other", words.name(series[1])}}),
                  .remedy = {},
                  .cell = words.placeOf(series[1], 0)};
}

std::optional<Reason> tooFewTold(const CallWords& words, const Failure& failure) {
    if (failure.fault != Fault::NothingToCompute || words.table()) return std::nullopt;
    if (const auto training = words.indexOf("training"); training && words.numbers(*training).size() == 1)
        return Reason{
            .text = words.texts().say(msg("{name} has one number, and a step needs two"), {{"name", words.name(*training)}}),
            .remedy = {},
            .cell = words.placeOf(*training, 0)};
    if (const auto survivors = words.indexOf("survivors"))
        return Reason{.text = words.texts().say(msg("{name} holds the size of a cohort and no period after it"),
                                                {{"name", words.name(*survivors)}}),
                      .remedy = words.translated(words.parameterOf(*survivors).meaning),
                      .cell = words.placeOf(*survivors, 0)};
    if (const auto repeats = words.indexOf("repeats"))
        return Reason{
            .text = words.texts().say(msg("Nobody bought twice: {name} is 0 everywhere"), {{"name", words.name(*repeats)}}),
            .remedy = words.translated(words.parameterOf(*repeats).meaning),
            .cell = words.placeOf(*repeats, 0)};
    return std::nullopt;
}

// Forecast errors are divided by the actual values, or by their steps.
std::optional<Reason> actualsOf0(const CallWords& words, const Failure& failure) {
    const std::optional<std::size_t> index = words.indexOf("actuals");
    if (failure.fault != Fault::DivideByZero || !index || !words.indexOf("measure")) return std::nullopt;
    const std::vector<Cell> cells = words.cells(*index);
    const auto zero = std::find(cells.begin(), cells.end(), Cell(0.0));
    const std::string measure = folded(words.text(*words.indexOf("measure")));
    if (measure == "mase")
        return Reason{.text = words.texts().say(msg("{name} never changes, and the error is divided by its steps"),
                                                {{"name", words.name(*words.indexOf("training"))}}),
                      .remedy = {},
                      .cell = words.placeOf(*words.indexOf("training"), 0)};
    if (zero != cells.end() && (measure == "mape" || measure == "mpe"))
        return Reason{.text = words.texts().say(msg("{name} holds a 0, and “{option}” divides by each of them"),
                                                {{"name", words.name(*index)}, {"option", measure}}),
                      .remedy = words.texts().say(msg("\"wape\" divides by their sum")),
                      .cell = words.placeOf(*index, static_cast<std::size_t>(zero - cells.begin()))};
    return Reason{
        .text = words.texts().say(msg("{name} adds up to 0, and the error is divided by it"), {{"name", words.name(*index)}}),
        .remedy = {},
        .cell = words.placeOf(*index, 0)};
}

}  // namespace

std::optional<Reason> reasonOfSeries(const CallWords& words, const Failure& failure) {
    for (const auto rule :
         {outOfStep, endBeforeStart, rising, impossibleHistory, modelParameters, emptySeries, noPair, tooFewTold, actualsOf0})
        if (std::optional<Reason> reason = rule(words, failure)) return reason;
    return std::nullopt;
}

}  // namespace calckpi::explain
