#include "core/kpis/funnel_events.hpp"

#include "core/values/numbering.hpp"
#include "core/values/quantity.hpp"
#include "core/values/read_ahead.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

namespace calckpi {
namespace {

// The start of a try that never was is farther away than the widest window.
constexpr double never = -std::numeric_limits<double>::infinity();
constexpr double unlimited = std::numeric_limits<double>::max();

bool standsBefore(const Event& left, const Event& right) {
    return left.time < right.time || (left.time == right.time && left.kind < right.kind);
}

// Most units have a handful of events, for which nothing beats an insertion sort.
void sortByTimeAndStep(std::span<Event> events) {
    constexpr std::size_t handful = 24;
    if (events.size() > handful) return std::sort(events.begin(), events.end(), standsBefore);
    for (std::size_t next = 1; next < events.size(); ++next) {
        const Event event = events[next];
        std::size_t place = next;
        for (; place > 0 && standsBefore(event, events[place - 1]); --place) events[place] = events[place - 1];
        events[place] = event;
    }
}

std::size_t endOfGroup(std::span<const Event> events, std::size_t begin) {
    std::size_t end = begin + 1;
    while (end < events.size() && events[end].time == events[begin].time) ++end;
    return end;
}

}  // namespace

std::vector<std::string> StageBlock::texts() const {
    std::vector<std::string> all = names;
    all.insert(all.end(), others.begin(), others.end());
    return all;
}

std::size_t StageBlock::stageOf(std::size_t text) const {
    if (text < size()) return text;
    return text - size() < stageOfOther.size() ? stageOfOther[text - size()] : size();
}

Result<StageBlock> Reader<StageBlock>::read(const Argument& argument) {
    const Grid* grid = std::get_if<Grid>(&argument);
    const bool block = grid != nullptr && grid->rows > 1 && grid->columns > 1;
    if (!block) {
        Result<Stages> list = Reader<Stages>::read(argument);
        if (!list) return list.failure();
        return StageBlock(*std::move(list));
    }
    StageBlock stages;
    for (std::size_t row = 0; row < grid->rows; ++row) {
        const auto begin = grid->cells.begin() + static_cast<std::ptrdiff_t>(row * grid->columns);
        const std::vector<Cell> cells(begin, begin + static_cast<std::ptrdiff_t>(grid->columns));
        Result<Stages> texts = Reader<Stages>::read(Grid{.rows = 1, .columns = grid->columns, .cells = cells});
        if (!texts) continue;  // an empty row
        stages.others.insert(stages.others.end(), texts->names.begin() + 1, texts->names.end());
        stages.stageOfOther.resize(stages.others.size(), stages.size());
        stages.names.push_back(texts->names.front());
        stages.keys.push_back(texts->keys.front());
    }
    if (stages.names.empty()) return Fault::OutsideDomain;
    return stages;
}

Steps::Steps(const StageBlock& stages) : others_(stages.others) {
    for (const std::string& key : stages.keys) {
        const auto known = std::find(keyOfKind_.begin(), keyOfKind_.end(), key);
        const auto kind = static_cast<std::uint32_t>(known - keyOfKind_.begin());
        if (kind == foreign()) {
            keyOfKind_.push_back(key);
            stepsOfKind_.emplace_back();
        }
        stepsOfKind_[kind].insert(stepsOfKind_[kind].begin(), static_cast<std::uint32_t>(kinds_.size()));
        kinds_.push_back(kind);
    }
    for (const std::size_t stage : stages.stageOfOther) kindOfOther_.push_back(kinds_[stage]);
}

EventKinds Steps::kinds() const {
    EventKinds kinds{keyOfKind_, {}, foreign()};
    for (std::uint32_t kind = 0; kind < foreign(); ++kind) kinds.ofText.push_back(kind);
    kinds.texts.insert(kinds.texts.end(), others_.begin(), others_.end());
    kinds.ofText.insert(kinds.ofText.end(), kindOfOther_.begin(), kindOfOther_.end());
    return kinds;
}

StepMatcher::StepMatcher(const StageBlock& stages, Order order, std::optional<double> window)
    : steps_(stages),
      order_(order),
      window_(std::min(window ? milliseconds(*window) : unlimited, unlimited)),
      starts_(stages.size()),
      counts_(steps_.foreign() + std::size_t{1}) {}

const std::vector<Event>& StepMatcher::bestTry(std::span<Event> events) {
    sortByTimeAndStep(events);
    try_.clear();
    switch (order_) {
        case OrderWords::Ordered:
        case OrderWords::Increasing: matchInOrder(events); break;
        case OrderWords::Strict: matchStrictly(events); break;
        case OrderWords::Any: matchAny(events); break;
    }
    return try_;
}

bool StepMatcher::stillRuns(std::span<const Event> events, double asOf) const {
    // Another event may start a try that goes deeper than the best one so far, so the latest start decides.
    const auto latest = std::find_if(events.rbegin(), events.rend(), [this](const Event& event) {
        return order_ == OrderWords::Any ? event.kind != steps_.foreign() : event.kind == steps_.kindAt(0);
    });
    return latest != events.rend() && within(latest->time, asOf);
}

void StepMatcher::matchInOrder(Events events) {
    const Found found = deepestInOrder(events);
    if (found.depth > 0) takeInOrder(events, found);
}

// One pass over the events. Of all tries that have reached a step the one that started last can go furthest, so that its start is
// all there is to remember.
StepMatcher::Found StepMatcher::deepestInOrder(Events events) {
    Found found;
    std::fill(starts_.begin(), starts_.end(), never);
    for (std::size_t begin = 0, end = 0; begin < events.size() && found.depth < steps_.size(); begin = end) {
        end = endOfGroup(events, begin);
        const Events group = events.subspan(begin, end - begin);
        if (group.size() == 1)
            advance(group.front(), found);
        else if (order_ == OrderWords::Increasing)
            advanceOnce(group, found);
        else if (steps_.repeats())
            advanceThrough(group, found);
        else
            for (const Event& event : group) advance(event, found);  // they are in step order
    }
    return found;
}

void StepMatcher::advance(const Event& event, Found& found) {
    if (event.kind == steps_.foreign()) return;
    // The last step first, so that one event does not serve two of them.
    for (const std::uint32_t step : steps_.stepsOf(event.kind)) {
        const double start = step == 0 ? event.time : starts_[step - 1];
        if (!within(start, event.time)) continue;
        starts_[step] = start;
        found.reach(step + std::size_t{1}, event.time);
    }
}

// advanceThrough takes events at the same time in whatever order serves the steps, each event once.
void StepMatcher::advanceThrough(Events group, Found& found) {
    const double time = group.front().time;
    for (const Event& event : group) ++counts_[event.kind];
    startsBefore_ = starts_;
    for (std::size_t from = 0; from < steps_.size(); ++from) {
        const double start = from == 0 ? time : startsBefore_[from - 1];
        if (!within(start, time)) continue;
        std::size_t step = from;
        for (; step < steps_.size() && counts_[steps_.kindAt(step)] > 0; ++step) {
            --counts_[steps_.kindAt(step)];
            starts_[step] = std::max(starts_[step], start);
            found.reach(step + 1, time);
        }
        while (step > from) ++counts_[steps_.kindAt(--step)];
    }
    for (const Event& event : group) counts_[event.kind] = 0;
}

// advanceOnce moves each try by one step at most: the next event has to be later.
void StepMatcher::advanceOnce(Events group, Found& found) {
    const double time = group.front().time;
    for (const Event& event : group) counts_[event.kind] = 1;
    for (std::size_t step = steps_.size(); step-- > 0;) {
        const double start = step == 0 ? time : starts_[step - 1];
        if (counts_[steps_.kindAt(step)] == 0 || !within(start, time)) continue;
        starts_[step] = start;
        found.reach(step + 1, time);
    }
    for (const Event& event : group) counts_[event.kind] = 0;
}

// takeInOrder lists the events of the best try. A try that starts later never finishes earlier; so the first try that can finish
// in time finishes first.
void StepMatcher::takeInOrder(Events events, const Found& found) {
    serving_.clear();
    std::size_t next = 0;
    while (events[next].kind != steps_.kindAt(0) || !within(events[next].time, found.finish)) ++next;
    while (true) {
        try_.push_back(events[next]);
        if (try_.size() == found.depth) return;
        serving_.push_back(next);
        const double time = events[next].time;
        const std::uint32_t kind = steps_.kindAt(try_.size());
        // With a stage listed twice the event of the next step may be before that of this one, at the same time.
        if (steps_.repeats())
            while (next > 0 && events[next - 1].time == time) --next;
        const auto serves = [&](std::size_t place) {
            if (events[place].kind != kind) return false;
            if (events[place].time > time) return true;
            return order_ == OrderWords::Ordered && std::find(serving_.begin(), serving_.end(), place) == serving_.end();
        };
        while (!serves(next)) ++next;
    }
}

// Group tells how events at one time can be in a run of consecutive events. Sorted by the step that each counts as, foreign
// ones last, the run takes the end of its first group, the whole of the groups between and the start of its last group.
class StepMatcher::Group {
public:
    Group(const Steps& steps, std::vector<std::uint32_t>& counts, Events events) : steps_(steps), counts_(counts), events_(events) {
        for (const Event& event : events_) ++counts_[event.kind];
    }
    ~Group() {
        for (const Event& event : events_) counts_[event.kind] = 0;
    }
    Group(const Group&) = delete;
    Group& operator=(const Group&) = delete;

    // run gives how many steps after the first `done` ones are at the start of the group; for a run that begins here (done
    // is 0) more events of step 1 may be before it.
    std::size_t run(std::size_t done) {
        std::size_t best = 0;
        const std::size_t taken = take(done, [&](std::size_t length) {
            const bool othersStandElsewhere = std::all_of(events_.begin(), events_.end(), [&](const Event& event) {
                return event.kind == steps_.foreign() || counts_[event.kind] == 0 ||
                       (done == 0 && event.kind == steps_.kindAt(0)) ||
                       steps_.stepsOf(event.kind).front() + std::size_t{1} >= done + length;
            });
            if (othersStandElsewhere) best = length;
        });
        giveBack(done, taken);
        return best;
    }
    // goesOn tells whether a run that takes `length` steps after the first `done` ones here can go on in the next group.
    bool goesOn(std::size_t done, std::size_t length) {
        bool goes = false;
        const std::size_t taken = take(done, [&](std::size_t soFar) {
            if (soFar != length) return;
            goes = std::all_of(events_.begin(), events_.end(), [&](const Event& event) {
                return counts_[event.kind] == 0 || (done == 0 && event.kind == steps_.kindAt(0));
            });
        });
        giveBack(done, taken);
        return goes;
    }

private:
    // take removes events that serve the next steps, as long as there are any, and tells `see` after each.
    template <class See>
    std::size_t take(std::size_t done, See see) {
        std::size_t length = 0;
        while (done + length < steps_.size() && counts_[steps_.kindAt(done + length)] > 0) {
            --counts_[steps_.kindAt(done + length)];
            see(++length);
        }
        return length;
    }
    void giveBack(std::size_t done, std::size_t length) {
        while (length > 0) ++counts_[steps_.kindAt(done + --length)];
    }

    const Steps& steps_;
    std::vector<std::uint32_t>& counts_;
    Events events_;
};

void StepMatcher::matchStrictly(Events events) {
    // Where a run began decides all that follows, but for how many steps its first group served.
    struct Run {
        std::size_t begin = 0;
        std::size_t served = 0;  // in the first group
        std::size_t done = 0;
    };
    std::vector<Run> runs;
    std::vector<Run> next;
    Found found;
    Run best;
    for (std::size_t begin = 0, end = 0; begin < events.size() && found.depth < steps_.size(); begin = end) {
        end = endOfGroup(events, begin);
        Group group(steps_, counts_, events.subspan(begin, end - begin));
        next.clear();
        runs.push_back({.begin = begin});
        for (const Run& run : runs) {
            if (!within(events[run.begin].time, events[begin].time)) continue;
            const bool starts = run.done == 0;
            const std::size_t length = group.run(run.done);
            if (run.done + length > found.depth) {
                found.reach(run.done + length, events[begin].time);
                best = {run.begin, starts ? length : run.served, found.depth};
            }
            // A run has to take the whole of a later group to go on; of its first one it takes as much as it can, or less.
            const std::size_t left = steps_.size() - 1 - run.done;
            for (std::size_t served = std::min(end - begin, left); served >= (starts ? 1 : end - begin); --served)
                if (group.goesOn(run.done, served)) next.push_back({run.begin, starts ? served : run.served, run.done + served});
        }
        std::swap(runs, next);
    }
    takeRun(events, best.begin, best.served, found.depth);
}

// takeRun lists the events of a run that began with the group at `begin`. Which of several events alike serves a step does not
// matter.
void StepMatcher::takeRun(Events events, std::size_t begin, std::size_t served, std::size_t depth) {
    serving_.clear();
    std::size_t group = begin;
    while (try_.size() < depth) {
        if (try_.size() == served) group = endOfGroup(events, begin);
        const std::uint32_t kind = steps_.kindAt(try_.size());
        std::size_t place = group;
        while (events[place].kind != kind || std::find(serving_.begin(), serving_.end(), place) != serving_.end()) ++place;
        if (events[place].time > events[group].time)
            for (group = place; events[group - 1].time == events[place].time;) --group;
        serving_.push_back(place);
        try_.push_back(events[place]);
    }
}

void StepMatcher::matchAny(Events events) {
    Found found;
    const auto wanted = [this](std::uint32_t kind) { return steps_.stepsOf(kind).size(); };
    std::fill(counts_.begin(), counts_.end(), 0U);
    std::size_t done = 0;
    std::size_t first = 0;
    for (const Event& event : events) {
        if (event.kind == steps_.foreign()) continue;
        for (; !within(events[first].time, event.time); ++first) {
            const std::uint32_t kind = events[first].kind;
            if (kind != steps_.foreign() && counts_[kind]-- <= wanted(kind)) --done;
        }
        if (counts_[event.kind]++ < wanted(event.kind)) found.reach(++done, event.time);
        if (found.depth == steps_.size()) break;
    }
    std::fill(counts_.begin(), counts_.end(), 0U);
    for (const Event& event : events) {
        if (try_.size() == found.depth) break;
        if (event.kind == steps_.foreign() || !within(event.time, found.finish)) continue;
        if (counts_[event.kind]++ < wanted(event.kind)) try_.push_back(event);
    }
    std::fill(counts_.begin(), counts_.end(), 0U);
}

}  // namespace calckpi
