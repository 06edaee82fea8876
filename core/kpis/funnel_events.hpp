// Events of a log matched against the steps of a funnel: who reached which step, and when.
//
//   StepMatcher matcher(stages, OrderWords::Ordered, 30.0);            // a window of 30 days
//   Result<EventLog> log = EventLog::read(frame, columns, matcher.steps().kinds(), asOf);
//   const std::vector<Event>& best = matcher.bestTry(log->eventsOf(0));  // one event for each step that unit 0 reached
//
// The rules, for one unit: a try starts with an event of step 1 and takes, step by step, the first event that can serve the next
// one. The unit counts its deepest try; of equally deep ones the earliest to finish, of those the earliest to start. Events at
// the same time are in step order, those that are no step last. One event serves one step, and an event of a stage that is
// listed twice may serve either.
#pragma once

#include "core/catalog/argument.hpp"
#include "core/values/choice.hpp"
#include "core/tables/event_log.hpp"
#include "core/dates/moment.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace calckpi {

struct OrderWords {
    enum Value { Ordered, Increasing, Strict, Any };
    static constexpr Word<Value> words[] = {{"ordered", Ordered}, {"increasing", Increasing}, {"strict", Strict}, {"any", Any}};
};
using Order = Choice<OrderWords>;

// StageBlock is an ordered list of stages, or a block of them: each of its rows is a stage, its name and then other texts that mean
// it.
struct StageBlock : Stages {
    StageBlock() = default;
    StageBlock(Stages list) : Stages(std::move(list)) {}  // NOLINT(google-explicit-constructor): a list is a block of one column

    std::vector<std::string> others{};
    std::vector<std::size_t> stageOfOther{};

    // texts are the names, then the others; stageOf is the stage that a place in them stands for, size() behind the last.
    std::vector<std::string> texts() const;
    std::size_t stageOf(std::size_t text) const;
};

template <>
struct Reader<StageBlock> : ReaderDefaults {
    static constexpr Kind kind = Kind::Values;
    static Result<StageBlock> read(const Argument& argument);
};

// Steps of a funnel. Steps of the same stage are of one kind; kinds are numbered as they first are in the list.
class Steps {
public:
    explicit Steps(const StageBlock& stages);

    std::size_t size() const { return kinds_.size(); }
    std::uint32_t kindAt(std::size_t step) const { return kinds_[step]; }
    // keys are what tells the kinds apart: for each kind the folded text of its stage.
    const std::vector<std::string>& keys() const { return keyOfKind_; }
    // kinds are the keys, then other spellings of them, each with its kind.
    EventKinds kinds() const;
    std::uint32_t foreign() const { return static_cast<std::uint32_t>(stepsOfKind_.size()); }
    bool repeats() const { return foreign() < size(); }
    // stepsOf gives the steps of a kind, the last one first.
    const std::vector<std::uint32_t>& stepsOf(std::uint32_t kind) const { return stepsOfKind_[kind]; }

private:
    std::vector<std::uint32_t> kinds_;
    std::vector<std::string> keyOfKind_;
    std::vector<std::string> others_;
    std::vector<std::uint32_t> kindOfOther_;
    std::vector<std::vector<std::uint32_t>> stepsOfKind_;
};

class StepMatcher {
public:
    // `window` is in days.
    StepMatcher(const StageBlock& stages, Order order, std::optional<double> window);

    const Steps& steps() const { return steps_; }
    // bestTry gives the events that serve step 1, 2 and so on in the unit's best try; none if it never started. It sorts
    // `events`. The answer holds until the next call.
    const std::vector<Event>& bestTry(std::span<Event> events);
    // stillRuns tells whether the window of some try has not run out at `asOf`, in milliseconds. Events are sorted.
    bool stillRuns(std::span<const Event> events, double asOf) const;

private:
    using Events = std::span<const Event>;
    struct Found {
        std::size_t depth = 0;
        double finish = 0;
        void reach(std::size_t steps, double time) {
            if (steps > depth) *this = {steps, time};
        }
    };
    // Group of events at the same time, as the number of its events of each kind.
    class Group;

    bool within(double start, double time) const { return time - start <= window_; }
    void matchInOrder(Events events);
    Found deepestInOrder(Events events);
    void advance(const Event& event, Found& found);
    void advanceThrough(Events group, Found& found);
    void advanceOnce(Events group, Found& found);
    void takeInOrder(Events events, const Found& found);
    void matchStrictly(Events events);
    void takeRun(Events events, std::size_t begin, std::size_t served, std::size_t depth);
    void matchAny(Events events);

    Steps steps_;
    Order order_;
    double window_;  // in milliseconds; the largest double where there is none
    std::vector<Event> try_;
    std::vector<double> starts_;  // for each step the latest start of a try that has reached it
    std::vector<double> startsBefore_;
    std::vector<std::uint32_t> counts_;  // for each kind
    std::vector<std::size_t> serving_;   // the places of the events in try_
};

}  // namespace calckpi
