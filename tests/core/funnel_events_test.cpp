#include "core/kpis/funnel_events.hpp"
#include "tests/core/funnel_oracle.hpp"
#include "tests/support/memory_table.hpp"
#include "tests/support/random_deals.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <map>
#include <memory>
#include <set>

namespace calckpi {
namespace {

using funnel_oracle::alike;
using funnel_oracle::blocksBelowAll;
using funnel_oracle::call;
using funnel_oracle::gridOf;
using funnel_oracle::holds;
using funnel_oracle::keyOf;
using funnel_oracle::listOf;
using funnel_oracle::OutputRows;
using funnel_oracle::sameTables;
using funnel_oracle::shuffledRows;
using funnel_oracle::SlowCount;
using funnel_oracle::tableOf;
using funnel_oracle::Unit;
using support::Dice;
using support::gives;
using support::plainWord;
using support::refuses;
using support::Rows;

constexpr double minute = 1.0 / (24 * 60);
// Nine o'clock on a day in 2023; its times have rounding errors that small numbers would hide, and at midnight an event would have
// no time of day.
constexpr double someDay = 45'000.375;
constexpr double noWindow = -1;

constexpr std::array<std::string_view, 4> orders = {"ordered", "strict", "increasing", "any"};

// One letter is a stage: "ABC" are three steps.
Grid stepsOf(std::string_view letters) {
    std::vector<Cell> cells;
    for (const char letter : letters) cells.emplace_back(std::string(1, letter));
    return listOf(std::move(cells));
}

// "0A 30A 45B" is a log of one unit: the minute and the stage of each event.
Rows logOf(std::string_view events) {
    Rows rows = {{"id", "stage", "when"}};
    while (!events.empty()) {
        const std::size_t letter = events.find_first_not_of("0123456789");
        rows.push_back({"u", std::string(1, events[letter]), someDay + std::stod(std::string(events.substr(0, letter))) * minute});
        events.remove_prefix(std::min(letter + 2, events.size()));
    }
    return rows;
}

struct Vector {
    std::string_view events;
    std::string_view steps;
    double window;                  // in minutes
    std::array<double, 4> reached;  // in the orders as listed above
};

Result<Outcome> funnelOf(const Vector& vector, std::string_view order) {
    const Argument window = vector.window == noWindow ? Argument(Absent{}) : Argument(vector.window * minute);
    return call("FUNNELEVENTS",
                {tableOf(logOf(vector.events)), "id", "stage", "when", stepsOf(vector.steps), std::string(order), window});
}

// The steps that the one unit reached.
double stepsReached(const OutputGrid& grid) {
    double steps = 0;
    for (std::size_t row = 1; row < grid.rows; ++row) steps += std::get<double>(grid.at(row, 1));
    return steps;
}

// The vectors of the rules that this add-in states.
TEST(FunnelEvents, ValueOfTheStatedVectors) {
    const std::vector<Vector> vectors = {{"0A 30A 45B 75C", "ABC", 60, {3, 3, 3, 3}},
                                         {"10B 10A", "AB", noWindow, {2, 2, 1, 2}},
                                         {"10A", "AA", noWindow, {1, 1, 1, 1}},
                                         {"0A 5C 9B", "ABC", noWindow, {2, 1, 2, 3}},
                                         {"0A 60B", "AB", 60, {2, 2, 2, 2}},
                                         {"0A 5X 9B", "AB", noWindow, {2, 1, 2, 2}},
                                         {"0B 5A 9B", "AB", noWindow, {2, 2, 2, 2}},
                                         {"0A 5B 9A 12C", "ABC", noWindow, {3, 2, 3, 3}},
                                         {"0A 50B 70A 80B 100C", "ABC", 60, {3, 3, 3, 3}},
                                         {"0A 100A 110B", "AB", 60, {2, 2, 2, 2}}};
    for (const Vector& vector : vectors)
        for (std::size_t order = 0; order < orders.size(); ++order)
            EXPECT_EQ(stepsReached(gridOf(funnelOf(vector, orders[order]))), vector.reached[order])
                << vector.events << ", steps " << vector.steps << ", window " << vector.window << ", " << orders[order];
}

// Derived by hand from the rules: repeated stages and equal times.
TEST(FunnelEvents, EdgeOfRepeatedStagesAndEqualTimes) {
    const std::vector<Vector> vectors = {
        {"0A 0A", "AA", noWindow, {2, 2, 1, 2}},     {"0A 0B 0A", "ABA", noWindow, {3, 3, 1, 3}},
        {"0A 1A 1B", "ABA", noWindow, {3, 3, 2, 3}},  // at minute 1 the A serves step 3, after the B
        {"0A 0X 1B", "AB", noWindow, {2, 1, 2, 2}},   // the foreign event stands between
        {"0A 1X 1B", "AB", noWindow, {2, 2, 2, 2}},   // and here after both
        {"0C 0A 1B", "ABC", noWindow, {2, 1, 2, 3}},  // C stands after A at minute 0, and so between A and B
        {"0A 1A 2B", "AAB", noWindow, {3, 3, 3, 3}}, {"0X 5X", "AB", noWindow, {0, 0, 0, 0}},
        {"0B 5C", "ABC", noWindow, {0, 0, 0, 2}},    {"0A 61B", "AB", 60, {1, 1, 1, 1}}};
    for (const Vector& vector : vectors)
        for (std::size_t order = 0; order < orders.size(); ++order)
            EXPECT_EQ(stepsReached(gridOf(funnelOf(vector, orders[order]))), vector.reached[order])
                << vector.events << ", steps " << vector.steps << ", window " << vector.window << ", " << orders[order];
}

// ------- the obvious way: try every choice of events

struct Plain {
    double time;  // whole units
    char stage;
};

// Better tries first: deeper, earlier to finish, earlier to start, then earlier at each step.
bool better(const std::vector<double>& left, const std::vector<double>& right) {
    if (left.size() != right.size()) return left.size() > right.size();
    if (left.empty()) return false;
    if (left.back() != right.back()) return left.back() < right.back();
    return left < right;
}

void keepBetter(std::vector<double>& best, const std::vector<double>& times) {
    if (better(times, best)) best = times;
}

// tryAll extends a try by every event that may come next.
template <class MayFollow>
void tryAll(const std::vector<Plain>& events, std::vector<std::size_t>& chosen, double window, MayFollow mayFollow,
            std::vector<double>& best) {
    std::vector<double> times;
    for (const std::size_t place : chosen) times.push_back(events[place].time);
    keepBetter(best, times);
    for (std::size_t place = 0; place < events.size(); ++place) {
        if (std::find(chosen.begin(), chosen.end(), place) != chosen.end()) continue;
        if (!chosen.empty() && window != noWindow && events[place].time - times.front() > window) continue;
        if (!chosen.empty() && events[place].time < times.back()) continue;
        if (!mayFollow(chosen, place)) continue;
        chosen.push_back(place);
        tryAll(events, chosen, window, mayFollow, best);
        chosen.pop_back();
    }
}

// Every event of a listed stage counts as any of its steps; then the runs of consecutive events are looked at.
std::vector<double> strictlyByTryingAll(const std::vector<Plain>& events, const std::string& steps, double window) {
    std::vector<double> best;
    std::vector<std::size_t> as(events.size());
    const auto assign = [&](auto self, std::size_t place) -> void {
        if (place < events.size()) {
            bool listed = false;
            for (std::size_t step = 0; step < steps.size(); ++step) {
                if (steps[step] != events[place].stage) continue;
                listed = true;
                as[place] = step;
                self(self, place + 1);
            }
            if (listed) return;
            as[place] = steps.size();
            return self(self, place + 1);
        }
        std::vector<std::pair<double, std::size_t>> sorted;
        for (std::size_t index = 0; index < events.size(); ++index) sorted.emplace_back(events[index].time, as[index]);
        std::sort(sorted.begin(), sorted.end());
        for (std::size_t begin = 0; begin < sorted.size(); ++begin) {
            std::vector<double> times;
            for (std::size_t index = begin; index < sorted.size(); ++index) {
                if (sorted[index].second != times.size() || times.size() == steps.size()) break;
                if (window != noWindow && sorted[index].first - sorted[begin].first > window) break;
                times.push_back(sorted[index].first);
                keepBetter(best, times);
            }
        }
    };
    assign(assign, 0);
    return best;
}

// The times of the steps of the best try.
std::vector<double> bestByTryingAll(const std::vector<Plain>& events, const std::string& steps, double window,
                                    std::string_view order) {
    if (order == "strict") return strictlyByTryingAll(events, steps, window);
    std::vector<double> best;
    std::vector<std::size_t> chosen;
    tryAll(
        events, chosen, window,
        [&](const std::vector<std::size_t>& before, std::size_t place) {
            const char stage = events[place].stage;
            if (order == "any") {
                const auto same = [&](std::size_t other) { return events[other].stage == stage; };
                return std::count_if(before.begin(), before.end(), same) < std::count(steps.begin(), steps.end(), stage);
            }
            if (before.size() == steps.size() || steps[before.size()] != stage) return false;
            return before.empty() || order == "ordered" || events[place].time > events[before.back()].time;
        },
        best);
    return best;
}

Order orderOf(std::string_view word) { return *Order::fromText(word); }

Stages stagesOf(const std::string& letters) {
    std::vector<std::string> names;
    for (const char letter : letters) names.emplace_back(1, letter);
    return funnel_oracle::stagesNamed(names);
}

TEST(StepMatcher, PropertyOfRandomLogsAgreesWithTryingAll) {
    Dice dice(41);
    const std::vector<std::string> lists = {"A", "AB", "AA", "ABC", "ABA", "AAB", "ABB", "AAA", "ABCA", "ABAB", "BACB", "ABCD"};
    int deep = 0;
    for (int round = 0; round < 40'000; ++round) {
        const std::string& steps = dice.pick(lists);
        const double span = dice.pick(std::vector<double>{3, 6, 12});  // short spans have many equal times
        const double window = dice.oneIn(3) ? noWindow : 1 + dice.count(6);
        std::vector<Plain> plain;
        for (std::size_t left = dice.below(8); left > 0; --left)
            plain.push_back({dice.count(static_cast<std::size_t>(span)), "ABCDX"[dice.below(dice.oneIn(2) ? 5 : 3)]});
        for (const std::string_view order : orders) {
            StepMatcher matcher(stagesOf(steps), orderOf(order), window == noWindow ? std::nullopt : std::optional<double>(window));
            const std::vector<std::string>& keys = matcher.steps().keys();
            std::vector<Event> events;
            for (const Plain& event : plain) {
                const auto kind = std::find(keys.begin(), keys.end(), folded(std::string(1, event.stage))) - keys.begin();
                events.push_back({milliseconds(event.time), static_cast<std::uint32_t>(kind), 0});
            }
            std::vector<double> times;
            for (const Event& event : matcher.bestTry(events)) times.push_back(event.time / milliseconds(1));
            const std::vector<double> expected = bestByTryingAll(plain, steps, window, order);
            deep += expected.size() > 2 ? 1 : 0;
            std::string log;
            for (const Plain& event : plain) log += std::to_string(static_cast<int>(event.time)) + event.stage + ' ';
            ASSERT_EQ(times, expected) << log << "steps " << steps << " window " << window << ' ' << order;
        }
    }
    EXPECT_GT(deep, 10'000);
}

// Long logs go through the sort of large units.
TEST(StepMatcher, PropertyOfManyEventsOfOneUnitDoesNotDependOnTheirOrder) {
    Dice dice(42);
    for (int round = 0; round < 200; ++round) {
        const std::string steps = dice.pick(std::vector<std::string>{"ABC", "ABA", "AABB"});
        StepMatcher matcher(stagesOf(steps), orderOf(orders[dice.below(4)]), 20.0);
        std::vector<Event> events;
        for (int left = 0; left < 300; ++left)
            events.push_back(
                {milliseconds(dice.count(400)), static_cast<std::uint32_t>(dice.below(matcher.steps().foreign() + 1U)), 0});
        std::vector<Event> shuffled = events;
        dice.shuffle(shuffled);
        const std::vector<Event> best = matcher.bestTry(events);
        const std::vector<Event>& again = matcher.bestTry(shuffled);
        ASSERT_EQ(best.size(), again.size());
        for (std::size_t step = 0; step < best.size(); ++step) {
            EXPECT_EQ(best[step].time, again[step].time);
            EXPECT_EQ(best[step].kind, again[step].kind);
        }
    }
}

// ------- whole tables

struct Options {
    std::string steps;
    std::string_view order = "ordered";
    double window = noWindow;
    bool split = false;
    double asOf = 0;  // 0 for none
};

Result<Outcome> tableOfEvents(const Rows& rows, const Options& options) {
    return call("FUNNELEVENTS", {tableOf(rows), "id", "stage", "when", stepsOf(options.steps), std::string(options.order),
                                 options.window == noWindow ? Argument(Absent{}) : Argument(options.window),
                                 options.split ? Argument("channel") : Argument(Absent{}),
                                 options.asOf == 0 ? Argument(Absent{}) : Argument(options.asOf)});
}

struct Row {
    double time;
    char stage;
    std::string channel;  // folded
};

// The segment of a unit whose best try starts at `start`.
std::string slowSegment(const std::vector<Row>& rows, double start, std::string_view order, const std::string& steps) {
    // At the start of the try, the row of the first step; in any order the row of the first of the listed steps.
    char stage = steps[0];
    if (order == "any")
        for (std::size_t step = steps.size(); step-- > 0;)
            for (const Row& row : rows)
                if (row.time == start && row.stage == steps[step]) stage = steps[step];
    std::string segment;
    const auto take = [&segment](const Row& row) {
        if (!row.channel.empty() && (segment.empty() || row.channel < segment)) segment = row.channel;
    };
    for (const Row& row : rows)
        if (row.time == start && row.stage == stage) take(row);
    if (!segment.empty()) return segment;
    double first = std::numeric_limits<double>::infinity();
    for (const Row& row : rows)
        if (!row.channel.empty()) first = std::min(first, row.time);
    for (const Row& row : rows)
        if (row.time == first) take(row);
    return segment;
}

// A unit's key by hand: numbers by all their digits.
std::string unitOf(const Cell& id) {
    const double* number = std::get_if<double>(&id);
    if (number == nullptr) return support::unitByHand(id);
    std::array<char, 32> digits{};
    std::snprintf(digits.data(), digits.size(), "%.17g", *number + 0.0);
    return digits.data();
}

std::optional<OutputRows> slowEvents(const Rows& rows, const Options& options) {
    std::map<std::string, std::vector<Row>> log;
    double asOf = options.asOf == 0 ? -1 : options.asOf;
    for (std::size_t index = 1; index < rows.size() && options.asOf == 0; ++index)
        if (const double* time = std::get_if<double>(&rows[index][2])) asOf = std::max(asOf, *time);
    for (std::size_t index = 1; index < rows.size(); ++index) {
        const Cell& id = rows[index][0];
        const std::string key = unitOf(id);
        const std::string stage = plainWord(rows[index][1]);
        const double* time = std::get_if<double>(&rows[index][2]);
        if (key.empty() || stage.empty() || time == nullptr) continue;
        // A date without a time of day stands for its whole day.
        if (options.asOf != 0 && (asOf == std::floor(asOf) ? std::floor(*time) : *time) > asOf) continue;
        log[key].push_back({*time, static_cast<char>(stage[0] - 'a' + 'A'), plainWord(rows[index][3])});
    }
    if (log.empty()) return std::nullopt;
    // A day of a unit that holds a date without a time of day is one moment.
    for (auto& [key, events] : log) {
        std::set<double> days;
        for (const Row& row : events)
            if (row.time == std::floor(row.time)) days.insert(row.time);
        for (Row& row : events)
            if (days.contains(std::floor(row.time))) row.time = std::floor(row.time);
    }
    std::vector<Unit> units;
    for (const auto& [key, events] : log) {
        std::vector<Plain> plain;
        for (const Row& row : events) plain.push_back({row.time, row.stage});
        const std::vector<double> times = bestByTryingAll(plain, options.steps, options.window, options.order);
        if (times.empty()) continue;
        Unit unit;
        unit.reached.assign(options.steps.size(), false);
        unit.gaps.resize(options.steps.size());
        for (std::size_t step = 0; step < times.size(); ++step) {
            unit.reached[step] = true;
            if (step > 0) unit.gaps[step] = {times[step] - times[step - 1]};
        }
        const bool done = times.size() == options.steps.size();
        unit.open = !done && options.window == noWindow;
        for (const Row& row : events) {
            const bool starts =
                options.order == "any" ? options.steps.find(row.stage) != std::string::npos : row.stage == options.steps[0];
            if (!done && starts && asOf - row.time <= options.window) unit.open = true;
        }
        unit.segment = slowSegment(events, times.front(), options.order, options.steps);
        units.push_back(unit);
    }
    std::vector<std::string> names;
    for (const char letter : options.steps) names.emplace_back(1, letter);
    return funnel_oracle::slowTable(units, names, {.split = options.split, .open = true, .days = true},
                                    funnel_oracle::spellings(rows, 3));
}

Rows someLog(Dice& dice) {
    static const std::vector<Cell> ids = {
        "u1",   "U1 ", "u2", "u2\u00A0", "u3", 7.0, "7", 0.1 + 0.2, 0.3, -0.0, 0.0, "  ", "0015000000GvAAa", "0015000000gvAAA",
        Blank{}};
    static const std::vector<Cell> plainIds = {1.0, 2.0, 3.0, 4.0, Blank{}};
    static const std::vector<Cell> stages = {"A", "A", "a ", "B", "\u00A0B", "b", "C", "X", "Y", Blank{}};
    static const std::vector<Cell> channels = {"Web", "web", "Partner", "Fair", Blank{}, Blank{}};
    const std::vector<Cell>& some = dice.oneIn(3) ? plainIds : ids;
    const bool times = dice.oneIn(2);  // of the day
    Rows rows = {{"Stage", "ID", "when", "channel"}};
    std::swap(rows[0][0], rows[0][1]);
    for (std::size_t left = dice.below(26); left > 0; --left)
        rows.push_back({dice.pick(some), dice.pick(stages),
                        dice.oneIn(12) ? Cell(Blank{}) : Cell(dice.count(20) + 1 + (times ? dice.count(3) / 4 : 0)),
                        dice.pick(channels)});
    return rows;
}

Options someOptions(Dice& dice) {
    Options options;
    options.steps = dice.pick(std::vector<std::string>{"A", "AB", "ABC", "ABA", "AAB"});
    options.order = orders[dice.below(4)];
    if (!dice.oneIn(3)) options.window = 1 + dice.count(12);
    options.split = dice.oneIn(2);
    if (dice.oneIn(3)) options.asOf = 1 + dice.count(24) + (dice.oneIn(3) ? 0.5 : 0);
    return options;
}

TEST(FunnelEvents, PropertyOfRandomLogsAgreesWithTheSlowTableInEveryCell) {
    Dice dice(43);
    int tables = 0;
    for (int round = 0; round < 6'000; ++round) {
        const Rows rows = someLog(dice);
        // Ids of few kinds give a unit many events; trying all of them takes too long.
        std::map<std::string, int> events;
        for (std::size_t row = 1; row < rows.size(); ++row) ++events[unitOf(rows[row][0])];
        if (std::any_of(events.begin(), events.end(), [](const auto& one) { return one.second > 9; })) continue;
        const Options options = someOptions(dice);
        const std::optional<OutputRows> expected = slowEvents(rows, options);
        const Result<Outcome> got = tableOfEvents(rows, options);
        if (!expected) {
            EXPECT_TRUE(gives(got, Fault::NothingToCompute));
            continue;
        }
        ++tables;
        ASSERT_TRUE(holds(gridOf(got), *expected)) << "round " << round << ' ' << options.order << ' ' << options.steps
                                                   << " window " << options.window << " asOf " << options.asOf;
    }
    EXPECT_GT(tables, 4'000);
}

TEST(FunnelEvents, PropertyOfRandomLogsNotesAreWhatOneCounts) {
    Dice dice(46);
    std::size_t late = 0;
    std::size_t neverStarted = 0;
    for (int round = 0; round < 2'000; ++round) {
        const Rows rows = someLog(dice);
        const std::string steps = dice.pick(std::vector<std::string>{"AB", "BC", "ABA"});
        const std::string_view order = orders[dice.below(4)];
        const std::optional<Moment> asOf = dice.oneIn(2) ? std::optional<Moment>(1 + dice.count(24)) : std::nullopt;
        const Result<FunnelReport> got = report(EventsFunnel{.columns = {"id", "stage", "when"},
                                                             .stages = stagesOf(steps),
                                                             .order = orderOf(order),
                                                             .by = "channel",
                                                             .asOf = asOf},
                                                tableOf(rows));
        SlowCount blank, tooLate, notListed;
        std::map<std::string, std::vector<std::size_t>> events;  // their rows, by unit
        std::map<std::string, bool> started;
        for (std::size_t row = 1; row < rows.size(); ++row) {
            const std::string id = unitOf(rows[row][0]);
            const std::string stage = plainWord(rows[row][1]);
            const double* time = std::get_if<double>(&rows[row][2]);
            if (id.empty() || stage.empty() || time == nullptr) {
                blank.add(id.empty() ? 0 : stage.empty() ? 1 : 2, row);
                continue;
            }
            if (asOf && std::floor(*time) > *asOf) {
                tooLate.add(2, row);
                continue;
            }
            events[id].push_back(row);
            const std::size_t step = steps.find(static_cast<char>(stage[0] - 'a' + 'A'));
            if (step == std::string::npos) notListed.add(1, row);
            started[id] = started[id] || step == 0 || (order == "any" && step != std::string::npos);
        }
        if (events.empty()) {
            EXPECT_FALSE(got);
            continue;
        }
        std::vector<std::size_t> first;  // rows of the units that never started
        std::size_t units = 0;
        for (const auto& [id, where] : events) {
            if (started[id])
                ++units;
            else
                first.push_back(where.front());
        }
        std::sort(first.begin(), first.end());
        SlowCount withoutFirst;
        for (const std::size_t row : first) withoutFirst.add(1, row);
        const FunnelNotes& notes = got->notes;
        ASSERT_EQ(notes.rows, rows.size() - 1);
        ASSERT_EQ(notes.units, units);
        ASSERT_TRUE(alike("blank", notes.blank, blank));
        ASSERT_TRUE(alike("too late", notes.tooLate, tooLate));
        ASSERT_TRUE(alike("not listed", notes.notListed, notListed));
        ASSERT_TRUE(alike("without first", notes.withoutFirst, withoutFirst));
        ASSERT_EQ(notes.segments, blocksBelowAll(got->table, steps.size()));
        late += notes.tooLate.count;
        neverStarted += notes.withoutFirst.count;
    }
    EXPECT_GT(late, 1'000U);
    EXPECT_GT(neverStarted, 1'000U);
}

TEST(FunnelEvents, PropertyRowOrderNeverMatters) {
    Dice dice(44);
    for (int round = 0; round < 1'000; ++round) {
        const Rows rows = someLog(dice);
        const Options options = someOptions(dice);
        ASSERT_TRUE(sameTables(tableOfEvents(rows, options), tableOfEvents(shuffledRows(rows, dice), options)))
            << "round " << round;
    }
}

TEST(FunnelEvents, PropertyCountsNeverRiseAndSegmentsAddUp) {
    Dice dice(45);
    for (int round = 0; round < 1'000; ++round) {
        Options options = someOptions(dice);
        options.split = true;
        const Result<Outcome> outcome = tableOfEvents(someLog(dice), options);
        if (!outcome) continue;
        const OutputGrid grid = gridOf(outcome);
        const std::size_t steps = options.steps.size();
        for (std::size_t row = 2; row < grid.rows; ++row)
            if ((row - 1) % steps != 0) {
                EXPECT_LE(std::get<double>(grid.at(row, 2)), std::get<double>(grid.at(row - 1, 2)));
            }
        for (std::size_t step = 0; step < steps; ++step)
            for (const std::size_t column : {2U, 5U, 6U}) {
                double total = 0;
                for (std::size_t row = 1 + steps + step; row < grid.rows; row += steps)
                    total += std::get<double>(grid.at(row, column));
                EXPECT_EQ(total, std::get<double>(grid.at(1 + step, column)));
            }
    }
}

TEST(FunnelEvents, ValueOfOpenAndLost) {
    const Rows rows = {{"id", "stage", "when"}, {"u", "A", 0.0}, {"u", "B", 10.0},
                       {"u", "A", 100.0},       {"v", "A", 5.0}, {"w", "A", 70.0}};
    // At 110, with 60 days: u may still reach C in the try that began at 100, v's only try has run out, w's has not.
    const OutputGrid grid = gridOf(tableOfEvents(rows, {.steps = "ABC", .window = 60, .asOf = 110}));
    EXPECT_EQ(std::get<double>(grid.at(1, 1)), 3);
    EXPECT_EQ(std::get<double>(grid.at(1, 4)), 1);
    EXPECT_EQ(std::get<double>(grid.at(1, 5)), 1);
    EXPECT_EQ(std::get<double>(grid.at(2, 4)), 0);
    EXPECT_EQ(std::get<double>(grid.at(2, 5)), 1);
    // At the very end of the window a try still runs.
    EXPECT_EQ(std::get<double>(gridOf(tableOfEvents(rows, {.steps = "ABC", .window = 60, .asOf = 130})).at(1, 5)), 1);
    EXPECT_EQ(std::get<double>(gridOf(tableOfEvents(rows, {.steps = "ABC", .window = 60, .asOf = 131})).at(1, 5)), 0);
    // Without a window nothing is lost.
    const OutputGrid endless = gridOf(tableOfEvents(rows, {.steps = "ABC"}));
    for (const std::size_t row : {1U, 2U, 3U}) EXPECT_EQ(std::get<double>(endless.at(row, 4)), 0);
}

// A log with times of day, as of the day of its last event: that event has happened, and a window is looked at in whole days.
TEST(FunnelEvents, ValueAsOfADateIsAllOfThatDay) {
    const Rows rows = {{"id", "stage", "when"}, {"u", "A", 100.4}, {"u", "B", 110.6}, {"v", "A", 100.4}};
    const OutputGrid byTheDay = gridOf(tableOfEvents(rows, {.steps = "AB", .window = 20, .asOf = 110}));
    EXPECT_EQ(std::get<double>(byTheDay.at(2, 1)), 1);
    const OutputGrid byTheHour = gridOf(tableOfEvents(rows, {.steps = "AB", .window = 20, .asOf = 110.25}));
    EXPECT_EQ(std::get<double>(byTheHour.at(2, 1)), 0);
    // v's window ends at 120.4: on day 120 it still runs, on day 121 it has run out.
    EXPECT_EQ(std::get<double>(gridOf(tableOfEvents(rows, {.steps = "AB", .window = 20, .asOf = 120})).at(1, 5)), 1);
    EXPECT_EQ(std::get<double>(gridOf(tableOfEvents(rows, {.steps = "AB", .window = 20, .asOf = 121})).at(1, 5)), 0);
}

// Milliseconds of such a time are no number, and no window holds it: matching ran past the end of the events. Found by fuzzing.
TEST(FunnelEvents, EdgeOfTimesThatAreNoDates) {
    for (const double time : {1e307, -1e307, 1.1e7, -1.1e7})
        for (const char* order : {"ordered", "increasing", "strict", "any"}) {
            const Rows rows = {{"id", "stage", "when"}, {"u", "A", 46023.0}, {"u", "B", time}, {"u", "A", time}};
            const Result<Outcome> got =
                call("FUNNELEVENTS", {tableOf(rows), "id", "stage", "when", stepsOf("AB"), std::string(order)});
            EXPECT_TRUE(refuses(got, Fault::OutsideDomain)) << order << ", " << time;
        }
}

TEST(FunnelEvents, EdgeOfEmptyReferencesAndHeaders) {
    const TableHandle table = tableOf(logOf("0A 30A 45B 75C"));
    const Result<Outcome> plain = call("FUNNELEVENTS", {table, "id", "stage", "when", stepsOf("ABC")});
    // References to empty cells arrive as 0.
    EXPECT_TRUE(sameTables(call("FUNNELEVENTS", {table, "id", "stage", "when", stepsOf("ABC"), 0.0, Absent{}, 0.0, 0.0}), plain));
    const OutputGrid bare =
        gridOf(call("FUNNELEVENTS", {table, "id", "stage", "when", stepsOf("ABC"), Absent{}, Absent{}, Absent{}, Absent{}, 0.0}));
    EXPECT_EQ(bare.rows, 3U);
    EXPECT_EQ(std::get<std::string>(bare.at(0, 0)), "A");
}

TEST(FunnelEvents, RefusalOfWhatCannotBeRead) {
    const auto events = [](const Rows& rows, Argument window = Absent{}, Argument column = "id") {
        return call("FUNNELEVENTS",
                    {tableOf(rows), std::move(column), "stage", "when", stepsOf("AB"), Absent{}, std::move(window)});
    };
    const Rows log = logOf("0A 5B");
    EXPECT_TRUE(gives(events(log, 0.0), Fault::OutsideDomain));
    EXPECT_TRUE(gives(events(log, -1.0), Fault::OutsideDomain));
    EXPECT_TRUE(gives(events(log, Absent{}, "deal"), Fault::OutsideDomain));
    EXPECT_TRUE(gives(events({{"id", "stage", "when"}}), Fault::NothingToCompute));
    EXPECT_TRUE(gives(events({{"id", "stage", "when"}, {Blank{}, "A", 1.0}}), Fault::NothingToCompute));

    const Result<Outcome> text = events({{"id", "stage", "when"}, {"u", "A", 1.0}, {"u", "B", "soon"}});
    ASSERT_TRUE(gives(text, Fault::NotANumber));
    EXPECT_EQ(text.failure().column, 3);
    EXPECT_EQ(text.failure().row, 3);
    const Result<Outcome> error = events({{"id", "stage", "when"}, {"u", CellError{532}, 1.0}});
    ASSERT_TRUE(gives(error, Fault::ErrorInCell));
    EXPECT_EQ(error.failure().cellError, 532);
}

TEST(FunnelEvents, EdgeOnlyNamedColumnsAreReadAndEachOnce) {
    Rows rows = logOf("0A 5B");
    rows[0].emplace_back("other");
    for (std::size_t row = 1; row < rows.size(); ++row) rows[row].emplace_back(CellError{532});
    const auto table = std::make_shared<const support::MemoryTable>(rows);
    ASSERT_TRUE(call("FUNNELEVENTS", {TableHandle(table), "id", "stage", "when", stepsOf("AB")}));
    EXPECT_EQ(table->timesRead(), (std::vector<int>{1, 1, 1, 0}));
}

// More events than are brought together at a time, and one unit with more than that alone.
TEST(EventLog, PropertyOfALongLogIsThatEachEventIsAmongThoseOfItsUnit) {
    Dice dice(57);
    for (const bool texts : {true, false}) {
        Rows rows = {{"id", "stage", "when"}};
        std::map<std::size_t, std::size_t> eventsOf;
        std::vector<std::size_t> idOfRow;
        for (int row = 0; row < 80'000; ++row) {
            const std::size_t id = dice.oneIn(3) ? 0 : dice.below(9'000);
            rows.push_back(
                {texts ? Cell("D-" + std::to_string(id)) : Cell(static_cast<double>(id)), "A", someDay + (row + 0.5) * minute});
            idOfRow.push_back(id);
            ++eventsOf[id];
        }
        const Steps steps(stagesOf("A"));
        const Frame frame = *Frame::of(std::make_shared<const support::MemoryTable>(rows), {});
        EventLog log = *EventLog::read(frame, {"id", "stage", "when"}, steps.kinds(), std::nullopt);
        std::size_t units = 0;
        for (std::size_t unit = 0; unit < log.units(); ++unit) {
            const std::span<Event> events = log.eventsOf(unit);
            if (events.empty()) continue;
            ++units;
            const std::size_t id = idOfRow[events.front().row];
            EXPECT_EQ(events.size(), eventsOf[id]);
            eventsOf[id] = 0;  // a second unit of this id would be wrong
            for (std::size_t index = 0; index < events.size(); ++index) {
                EXPECT_EQ(idOfRow[events[index].row], id);
                EXPECT_TRUE(index == 0 || events[index - 1].row < events[index].row);
                EXPECT_EQ(events[index].time, milliseconds(someDay + (events[index].row + 0.5) * minute));
            }
        }
        EXPECT_EQ(units, eventsOf.size());
    }
}

}  // namespace
}  // namespace calckpi
