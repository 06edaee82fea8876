#include "core/explain/rules.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace calckpi::explain {
namespace {

using panel::msg;

using Rule = std::optional<Reason> (*)(const CallWords&, const Failure&);

// Arguments that another one asks for.

struct Need {
    std::string_view function;
    std::string_view missing;
    std::string_view by;
};
constexpr Need needs[] = {{"PERIODVALUES", "value", "statistic"},
                          {"STUCKDEALS", "closed", "limit"},
                          {"COHORTS", "amount", "measure"},
                          {"FORECASTERROR", "training", "measure"}};

std::string givenOr(const CallWords& words, std::size_t index) {
    const std::string_view* fallback = std::get_if<std::string_view>(&words.parameterOf(index).fallback);
    return words.isAbsent(index) && fallback != nullptr ? std::string(*fallback) : words.text(index);
}

std::optional<Reason> neededByAnother(const CallWords& words, const Failure& failure) {
    const bool isScaled = failure.fault == Fault::NothingToCompute && words.function().name() == "FORECASTERROR";
    if (failure.wrong != Wrong::Missing && !isScaled) return std::nullopt;
    for (const Need& need : needs) {
        if (need.function != words.function().name()) continue;
        const std::size_t missing = *words.indexOf(need.missing);
        const std::size_t by = *words.indexOf(need.by);
        if (!words.isAbsent(missing)) continue;
        return Reason{
            .text = words.texts().say(msg("{name} is missing: “{option}” of {by} needs it"),
                                      {{"name", words.name(missing)}, {"option", givenOr(words, by)}, {"by", words.name(by)}}),
            .remedy = words.translated(words.parameterOf(missing).meaning),
            .cell = words.placeOf(by, 0)};
    }
    return std::nullopt;
}

std::optional<Reason> tooMany(const CallWords& words, const Failure& failure) {
    const std::size_t most = words.function().parameters().size();
    if (failure.fault != Fault::OutsideDomain || words.function().takesFilters() || words.count() <= most) return std::nullopt;
    return Reason{.text = words.texts().say(msg("{function} takes {n} argument, and more are given",
                                                "{function} takes {n} arguments, and more are given"),
                                            static_cast<std::int64_t>(most), {{"function", std::string(words.function().name())}}),
                  .remedy = {},
                  .cell = {}};
}

// Business hours.

std::optional<Reason> hoursAreFractions(const CallWords& words, const Failure& failure) {
    if (failure.fault != Fault::OutsideDomain || failure.parameter == 0) return std::nullopt;
    const std::size_t index = failure.parameter - std::size_t{1};
    const std::string_view name = words.parameterOf(index).name;
    if ((name != "opening" && name != "closing") || !words.number(index)) return std::nullopt;
    return Reason{
        .text = words.texts().say(msg("{name} is {value}, which Calc counts as days and not as a time of day"),
                                  {{"name", words.name(index)}, {"value", words.shown(*words.number(index), Unit::Number)}}),
        .remedy = words.texts().say(msg("Give a time: 9:00 in a cell, or =TIME(9;0;0)")),
        .cell = words.placeOf(index, 0)};
}

std::optional<Reason> hoursTogether(const CallWords& words, const Failure& failure) {
    const std::optional<std::size_t> opening = words.indexOf("opening");
    const std::optional<std::size_t> closing = words.indexOf("closing");
    if (failure.fault != Fault::OutsideDomain || failure.parameter != 0 || !opening || !closing) return std::nullopt;
    const bool optionalHours = std::holds_alternative<std::monostate>(words.parameterOf(*opening).fallback);
    if (!optionalHours) return std::nullopt;
    if (words.isAbsent(*opening) != words.isAbsent(*closing))
        return Reason{.text = words.texts().say(msg("{one} and {other} go together: give both or neither"),
                                                {{"one", words.name(*opening)}, {"other", words.name(*closing)}}),
                      .remedy = {},
                      .cell = {}};
    for (const std::string_view name : {"weekend", "holidays"}) {
        const std::optional<std::size_t> days = words.indexOf(name);
        if (days && words.isAbsent(*opening) && !words.isAbsent(*days))
            return Reason{.text = words.texts().say(
                              msg("{name} counts only with {one} and {other}: give both"),
                              {{"name", words.name(*days)}, {"one", words.name(*opening)}, {"other", words.name(*closing)}}),
                          .remedy = {},
                          .cell = {}};
    }
    return std::nullopt;
}

std::optional<Reason> hoursInOrder(const CallWords& words, const Failure& failure) {
    const std::optional<std::size_t> opening = words.indexOf("opening");
    const std::optional<std::size_t> closing = words.indexOf("closing");
    if (failure.fault != Fault::OutsideDomain || failure.parameter != 0 || !opening || !closing) return std::nullopt;
    const std::optional<double> opens = words.number(*opening);
    const std::optional<double> closes = words.number(*closing);
    if (!opens || !closes || *closes == 0 || *opens < *closes) return std::nullopt;
    return Reason{.text = words.texts().say(msg("{closing} is not after {opening}"),
                                            {{"closing", words.name(*closing)}, {"opening", words.name(*opening)}}),
                  .remedy = words.texts().say(msg("Hours past midnight cannot be given: count both days")),
                  .cell = words.placeOf(*closing, 0)};
}

// Numbers that must be above 0, whole, or between two others.

std::optional<Reason> aboveZero(const CallWords& words, const Failure& failure) {
    if (failure.fault != Fault::OutsideDomain) return std::nullopt;
    for (const std::string_view name : {"periodsPerYear", "window"}) {
        const std::optional<std::size_t> index = words.indexOf(name);
        if (!index || words.isAbsent(*index) || words.number(*index) != 0.0) continue;
        return Reason{.text = words.texts().say(msg("{name} is 0, and it must be above 0"), {{"name", words.name(*index)}}),
                      .remedy = words.translated(words.parameterOf(*index).meaning),
                      .cell = words.placeOf(*index, 0)};
    }
    return std::nullopt;
}

std::optional<Reason> confidenceInside(const CallWords& words, const Failure& failure) {
    const std::optional<std::size_t> index = words.indexOf("confidence");
    if (failure.fault != Fault::OutsideDomain || failure.parameter != 0 || !index || !words.number(*index)) return std::nullopt;
    if (*words.number(*index) > 0 && *words.number(*index) < 1) return std::nullopt;
    return Reason{
        .text = words.texts().say(msg("{name} is {value}, and it must be above 0 and below 1: nothing is certain"),
                                  {{"name", words.name(*index)}, {"value", words.shown(*words.number(*index), Unit::Share)}}),
        .remedy = words.texts().say(msg("Give 95% or another share")),
        .cell = words.placeOf(*index, 0)};
}

// What must be a whole number; counts of a sample only with the exact methods.
struct WholeNumbers {
    std::string_view function;
    std::string_view parameter;
    std::string_view option;
};
constexpr WholeNumbers wholeNumbers[] = {
    {"NPS", "scores", ""},
    {"NPSMARGIN", "scores", ""},
    {"PALIVE", "repeats", ""},
    {"EXPECTEDPURCHASES", "repeats", ""},
    {"EXPECTEDSPEND", "repeats", ""},
    {"RETENTIONVALUE", "renewals", ""},
    {"RETENTIONVALUE", "periods", ""},
    {"RETENTIONCURVE", "periods", ""},
    {"CLVFIT", "repeats", ""},
    {"SPENDFIT", "repeats", ""},
    {"RATELOW", "successes", "exact"},
    {"RATELOW", "trials", "exact"},
    {"RATEHIGH", "successes", "exact"},
    {"RATEHIGH", "trials", "exact"},
    {"RATETEST", "successesA", "fisher"},
    {"RATETEST", "trialsA", "fisher"},
    {"RATETEST", "successesB", "fisher"},
    {"RATETEST", "trialsB", "fisher"},
    {"PERIODSTART", "shift", ""},
};

std::optional<Reason> wholeNumber(const CallWords& words, const Failure& failure) {
    if (failure.fault != Fault::OutsideDomain) return std::nullopt;
    for (const auto& [function, parameter, option] : wholeNumbers) {
        if (function != words.function().name()) continue;
        const std::size_t index = *words.indexOf(parameter);
        const std::vector<double> numbers = words.numbers(index);
        const auto broken =
            std::find_if(numbers.begin(), numbers.end(), [](double number) { return number != std::floor(number); });
        if (broken == numbers.end() || (!option.empty() && folded(words.text(*words.indexOf("method"))) != option)) continue;
        const std::vector<Cell> cells = words.cells(index);
        const auto cell = static_cast<std::size_t>(std::find(cells.begin(), cells.end(), Cell(*broken)) - cells.begin());
        Reason reason{.cell = words.placeOf(index, cell)};
        reason.text = words.texts().say(msg("{name} is {value}, and it must be a whole number"),
                                        {{"name", words.name(index)}, {"value", words.shown(*broken, Unit::Number)}});
        if (!option.empty())
            reason.remedy = words.texts().say(msg("“{option}” takes whole counts only: choose another method for weighted ones"),
                                              {{"option", std::string(option)}});
        return reason;
    }
    return std::nullopt;
}

// What is too large, and models without parameters.

std::optional<Reason> lifeWithoutEnd(const CallWords& words, const Failure& failure) {
    if (failure.fault != Fault::NotFinite || words.function().name() != "RETENTIONVALUE") return std::nullopt;
    return Reason{
        .text =
            words.texts().say(msg("With a first parameter of 1 or less some customers stay for ever, and their value has no end")),
        .remedy = words.texts().say(
            msg("Give {discountRate} or {periods}"),
            {{"discountRate", words.name(*words.indexOf("discountRate"))}, {"periods", words.name(*words.indexOf("periods"))}}),
        .cell = {}};
}

std::optional<Reason> tooLargeNumber(const CallWords& words, const Failure& failure) {
    if (failure.fault != Fault::NotFinite) return std::nullopt;
    std::optional<std::size_t> largest;
    double size = 1e100;  // no figure of a business is larger
    std::size_t cell = 0;
    for (std::size_t index = 0; index < words.count(); ++index) {
        const std::vector<Cell> cells = words.cells(index);
        for (std::size_t place = 0; place < cells.size(); ++place) {
            const double* number = std::get_if<double>(&cells[place]);
            if (number == nullptr || !finite(*number) || !(std::abs(*number) > size)) continue;
            largest = index;
            size = std::abs(*number);
            cell = place;
        }
    }
    if (!largest) return std::nullopt;
    return Reason{.text = words.texts().say(msg("The result is too large for a number: {name} holds {value}"),
                                            {{"name", words.name(*largest)}, {"value", words.shown(size, Unit::Number)}}),
                  .remedy = {},
                  .cell = words.placeOf(*largest, cell)};
}

std::optional<Reason> noModel(const CallWords& words, const Failure& failure) {
    if (failure.fault != Fault::NoConvergence) return std::nullopt;
    const std::string_view function = words.function().name();
    const panel::Texts& texts = words.texts();
    if (function == "EXPECTEDSPEND")
        return Reason{
            .text = texts.say(msg("With a second parameter of 1 or less the model has no mean spend")),
            .remedy = texts.say(msg("Customers' spends differ too much, or they are too few: look at SPENDFIT and CLVMODEL")),
            .cell = {}};
    if (function.starts_with("RETENTION"))
        return Reason{.text = texts.say(msg("No retention model fits: nobody left, or all left at one rate")),
                      .remedy = texts.say(msg("Give more periods, or cohorts of which some left")),
                      .cell = {}};
    if (function == "SPENDFIT")
        return Reason{.text = texts.say(msg("No spend model fits: all customers spend alike, or they are too few")),
                      .remedy = {},
                      .cell = {}};
    return Reason{
        .text = texts.say(msg("No model of purchases fits: all customers buy at one rate, nobody leaves, or they are too few")),
        .remedy = texts.say(msg("Give a longer time or more customers; a hundred are few")),
        .cell = {}};
}

std::optional<Reason> nothingAfter(const CallWords& words, const Failure& failure) {
    const std::optional<std::size_t> until = words.indexOf("until");
    if (failure.fault != Fault::OutsideDomain || failure.parameter != 0 || !until || !words.number(*until)) return std::nullopt;
    return Reason{
        .text = words.texts().say(msg("No purchase comes after {name}, {date}: there is nothing to compare the forecast with"),
                                  {{"name", words.name(*until)}, {"date", words.shown(*words.number(*until), Unit::Moment)}}),
        .remedy = words.texts().say(msg("Give a date some weeks before the last purchase")),
        .cell = words.placeOf(*until, 0)};
}

constexpr Rule rules[] = {tooMany,        neededByAnother,  hoursAreFractions, hoursTogether,   hoursInOrder,
                          aboveZero,      confidenceInside, wholeNumber,       reasonOfSeries,  reasonOfRows,
                          lifeWithoutEnd, noModel,          tooLargeNumber,    reasonOfFormula, nothingAfter};

}  // namespace

std::optional<Reason> ruledReason(const CallWords& words, const Failure& failure) {
    for (const Rule rule : rules)
        if (std::optional<Reason> reason = rule(words, failure)) return reason;
    return std::nullopt;
}

}  // namespace calckpi::explain
