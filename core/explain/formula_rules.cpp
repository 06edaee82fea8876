#include "core/explain/arithmetic.hpp"
#include "core/explain/rules.hpp"

#include <algorithm>

namespace calckpi::explain {
namespace {

using panel::msg;

// placeOf is the first cell that a term is made of, for one who wants to go there; with `wanted`, one that holds this number.
std::optional<RangeAddress> placeOf(const CallWords& words, const Term& term, std::optional<double> wanted = std::nullopt) {
    for (const std::size_t index : term.arguments) {
        const std::vector<Cell> cells = words.cells(index);
        for (std::size_t cell = 0; cell < cells.size(); ++cell)
            if (words.given(index).place && (!wanted || cells[cell] == Cell(*wanted))) return words.placeOf(index, cell);
    }
    return std::nullopt;
}

// whichAre0 says which numbers make a denominator 0, where it does not say so itself.
std::string whichAre0(const CallWords& words, const Term& denominator) {
    std::string list;
    for (const std::size_t index : denominator.arguments) {
        if (words.number(index) != 0.0 || words.isAbsent(index)) continue;
        const bool empty = words.given(index).emptyCell;
        if (!empty && denominator.arguments.size() == 1) return {};
        const std::string one = empty ? words.texts().say(msg("{cell} ({name}) is empty"),
                                                          {{"cell", words.whereOf(index)}, {"name", words.name(index)}})
                                      : words.texts().say(msg("{name} is 0"), {{"name", words.name(index)}});
        list.append(list.empty() ? "" : ", ").append(one);
    }
    return list;
}

Reason dividedBy0(const CallWords& words, const Term& denominator) {
    return {
        .text = words.texts().say(msg("{denominator} is 0, and nothing can be divided by 0"), {{"denominator", denominator.text}}),
        .remedy = whichAre0(words, denominator),
        .cell = placeOf(words, denominator, 0.0)};
}

Reason negativeDenominator(const CallWords& words, const Term& denominator) {
    Reason reason{.cell = placeOf(words, denominator)};
    reason.text = words.texts().say(msg("{denominator} is {value}, and what is divided by must be above 0"),
                                    {{"denominator", denominator.text}, {"value", words.exactly(denominator.value)}});
    return reason;
}

Reason negativePart(const CallWords& words, const Term& part) {
    Reason reason{.cell = placeOf(words, part)};
    reason.text = words.texts().say(msg("{part} is {value}, and it cannot be below 0"),
                                    {{"part", part.text}, {"value", words.exactly(part.value)}});
    return reason;
}

Reason partAboveWhole(const CallWords& words, const Term& part, const Term& whole) {
    return {
        .text = words.texts().say(
            msg("{part} is {value}, more than {whole}, which is {of}"),
            {{"part", part.text}, {"value", words.exactly(part.value)}, {"whole", whole.text}, {"of", words.exactly(whole.value)}}),
        .remedy = words.texts().say(msg("A part cannot be more than its whole: count both over the same time")),
        .cell = placeOf(words, part)};
}

std::optional<Reason> reasonOfDivision(const CallWords& words, const Failure& failure, const Division& division) {
    const auto& [part, whole] = division;
    if (failure.fault == Fault::DivideByZero && whole.value == 0) return dividedBy0(words, whole);
    if (failure.fault != Fault::OutsideDomain) return std::nullopt;
    if (whole.value < 0) return negativeDenominator(words, whole);
    if (part.value < 0) return negativePart(words, part);
    if (words.function().resultUnit == Unit::Share && part.value > whole.value) return partAboveWhole(words, part, whole);
    return std::nullopt;
}

// Counts of a part and its whole in formulas that are no plain arithmetic.
constexpr std::pair<std::string_view, std::string_view> partsAndWholes[] = {
    {"successes", "trials"}, {"successesA", "trialsA"}, {"successesB", "trialsB"}, {"sA", "nA"}, {"sB", "nB"}};

std::optional<Reason> reasonOfSample(const CallWords& words, const Failure& failure) {
    for (const auto& [partName, wholeName] : partsAndWholes) {
        const std::optional<std::size_t> part = words.indexOf(partName);
        const std::optional<std::size_t> whole = words.indexOf(wholeName);
        if (!part || !whole || !words.number(*part) || !words.number(*whole)) continue;
        const Term ofPart{words.name(*part), *words.number(*part), {*part}};
        const Term ofWhole{words.name(*whole), *words.number(*whole), {*whole}};
        if (failure.fault == Fault::DivideByZero && ofWhole.value == 0) return dividedBy0(words, ofWhole);
        if (failure.fault == Fault::OutsideDomain && ofPart.value > ofWhole.value) return partAboveWhole(words, ofPart, ofWhole);
    }
    return std::nullopt;
}

}  // namespace

std::optional<Reason> reasonOfFormula(const CallWords& words, const Failure& failure) {
    if (failure.fault != Fault::DivideByZero && failure.fault != Fault::OutsideDomain) return std::nullopt;
    if (std::optional<Reason> reason = reasonOfSample(words, failure)) return reason;
    const WorkedOut formula = workedOut(words);
    if (failure.fault == Fault::OutsideDomain) {
        const auto negative = std::find_if(formula.sums.begin(), formula.sums.end(), [](const Term& sum) { return sum.value < 0; });
        if (negative != formula.sums.end()) {
            Reason reason = negativePart(words, *negative);
            reason.remedy = words.texts().say(msg("Give it without a minus sign: the formula takes it off"));
            return reason;
        }
    }
    for (const Division& division : formula.divisions)
        if (std::optional<Reason> reason = reasonOfDivision(words, failure, division)) return reason;
    return std::nullopt;
}

}  // namespace calckpi::explain
