#include "core/tables/spells.hpp"

#include "core/dates/moment.hpp"

#include <algorithm>
#include <limits>

namespace calckpi {
namespace {

Result<std::vector<Spell>> spellsIn(const Frame& frame, const SpellQuestion& question) {
    const Result<std::vector<State>> read = statesOf(frame, question.status);
    if (!read) return read.failure();
    const std::vector<State>& states = *read;
    const Result<std::vector<double>> openings = frame.numbers(question.opened, Wanted::Date);
    if (!openings) return openings.failure();
    const std::vector<double>& opened = *openings;
    const Result<std::vector<double>> closes = frame.numbers(question.closed, Wanted::Date);
    if (!closes) return closes.failure();
    const std::vector<double>& closed = *closes;
    const auto isClosed = [&](std::size_t row) { return states[row] == State::Won || states[row] == State::Lost; };
    const auto counts = [&](std::size_t row) {
        return states[row] != State::None && !isMissing(opened[row]) && (!isClosed(row) || !isMissing(closed[row]));
    };
    const double until = question.asOf ? lastMomentOf(*question.asOf) : std::numeric_limits<double>::infinity();
    const auto happened = [until](double moment) { return !isAfter(moment, until); };
    // With a date alone, or none, deals were seen up to the last thing that happened in the table.
    const Result<std::optional<double>> last = lastTimeOfDeals(frame, question.opened, question.closed, question.status, until);
    if (!last) return last.failure();
    constexpr double never = -std::numeric_limits<double>::infinity();
    const double now = std::max(question.asOf.value_or(never), last->value_or(never));
    WrongRows backwards;
    for (std::size_t row = 0; row < frame.rows(); ++row)
        if (counts(row) && isClosed(row) && daysFrom(opened[row], closed[row]) < 0) backwards.add(frame.tableRow(row));
    if (!backwards.none()) return frame.blame({Fault::OutsideDomain, Wrong::EndBeforeStart}, question.closed, backwards);

    std::vector<Spell> spells;
    for (std::size_t row = 0; row < frame.rows(); ++row) {
        if (!counts(row) || !happened(opened[row])) continue;
        const bool seenClosed = isClosed(row) && happened(closed[row]);
        spells.push_back(seenClosed ? Spell{daysFrom(opened[row], closed[row]), states[row]}
                                    : Spell{daysFrom(opened[row], now), State::Open});
    }
    if (spells.empty()) return Fault::NothingToCompute;
    return spells;
}

}  // namespace

Result<std::vector<Spell>> run(const SpellQuestion& question, const TableHandle& table) {
    const Result<Frame> frame = Frame::of(table, question.filters);
    if (!frame) return frame.failure();
    return spellsIn(*frame, question);
}

}  // namespace calckpi
