// Event logs: the events of each unit in their order, the third question to a table.
//
//   Result<EventLog> log = EventLog::read(frame, {id, stage, when}, kinds, asOf);
//   for (const Event& event : log->eventsOf(0)) …
#pragma once

#include "core/tables/frame.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace calckpi {

// Event has no initial values: a million of them should not be written twice.
struct Event {
    double time;         // in milliseconds
    std::uint32_t kind;  // EventKinds::of its stage
    std::uint32_t row;   // of the frame
};

// EventKinds are the stages that are told apart, each by one text or more.
struct EventKinds {
    std::vector<std::string> texts{};
    std::vector<std::uint32_t> ofText{};  // for each of the texts
    std::uint32_t foreign = 0;            // the kind of every other stage

    std::uint32_t of(std::size_t text) const { return text < ofText.size() ? ofText[text] : foreign; }
};

// LogColumns names the columns of an event log.
struct LogColumns {
    ColumnRef id;
    ColumnRef stage;
    ColumnRef when;
};

// EventLog holds the events of a frame, unit by unit. A day on which an event of the unit has no time of day is one moment, with
// all events of that day. Rows without an id, a stage or a time are no events, and those after `asOf` have not happened.
class EventLog {
public:
    static Result<EventLog> read(const Frame& frame, const LogColumns& columns, const EventKinds& kinds,
                                 std::optional<double> asOf);

    // A unit may have no events.
    std::size_t units() const { return ends_.size(); }
    std::span<Event> eventsOf(std::size_t unit) {
        const std::size_t begin = unit == 0 ? 0 : ends_[unit - 1];
        return {events_.get() + begin, ends_[unit] - begin};
    }
    bool empty() const { return ends_.empty() || ends_.back() == 0; }
    double asOf() const { return asOf_; }  // in milliseconds; the last time in the whole table if none was given

private:
    // joinDays makes one moment of each day of a unit on which one of its events has no time of day (only the units that have one):
    // nobody knows which came first.
    void joinDays(const std::vector<std::uint32_t>& unitsWithDays);

    std::unique_ptr<Event[]> events_;
    std::vector<std::uint32_t> ends_;
    double asOf_ = 0;
};

}  // namespace calckpi
