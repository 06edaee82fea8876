#include "core/tables/event_log.hpp"

#include "core/dates/moment.hpp"
#include "core/values/numbering.hpp"
#include "core/values/quantity.hpp"
#include "core/values/read_ahead.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace calckpi {
namespace {

// Farther away than any time.
constexpr double never = -std::numeric_limits<double>::infinity();
constexpr double unlimited = std::numeric_limits<double>::max();

// Units are the numbers of the units: for each row of the frame that of its unit, Labels::none where the id is empty. Ids are told
// apart as Frame::labels does for Identity::Unit, but without names: there are many ids and none is shown.
struct Units {
    std::vector<std::uint32_t> ofRow;
    std::uint32_t count = 0;  // some may have no row
};

// differAsTheyAre says that no two ids are the same but for case and blanks: they are of plain letters and digits and have small
// letters or capitals, not both.
bool differAsTheyAre(const std::vector<std::string>& ids) {
    bool capitals = false;
    bool small = false;
    bool others = false;
    for (const std::string& id : ids)
        for (const char letter : id) {
            capitals |= letter >= 'A' && letter <= 'Z';
            small |= letter >= 'a' && letter <= 'z';
            others |= letter <= ' ' || letter > '~';
        }
    return !others && !(capitals && small);
}

Units unitsOfTexts(const Frame& frame, const Column& ids) {
    const std::vector<std::string>& names = ids.texts();
    if (differAsTheyAre(names)) {
        Units units{std::vector<std::uint32_t>(frame.rows()), static_cast<std::uint32_t>(names.size() - 1)};
        static_assert(Column::noText - 1U == Labels::none);
        for (std::size_t row = 0; row < frame.rows(); ++row) units.ofRow[row] = ids.textIndex(frame.tableRow(row)) - 1;
        return units;
    }
    std::vector<std::uint8_t> occurs(names.size(), frame.filtered() ? 0 : 1);
    for (std::size_t row = 0; frame.filtered() && row < frame.rows(); ++row) occurs[ids.textIndex(frame.tableRow(row))] = 1;

    WordNumbering numbering(names.size());
    std::vector<std::uint32_t> unitOfText(names.size(), Labels::none);
    for (std::uint32_t text = 0; text < names.size(); ++text) {
        if (occurs[text] == 0) continue;
        if (std::string key = unitKey(names[text]); !key.empty()) unitOfText[text] = numbering.of(std::move(key));
    }
    Units units{std::vector<std::uint32_t>(frame.rows()), numbering.count()};
    std::uint32_t* next = units.ofRow.data();
    frame.inBlocks([&, texts = ids.textIndexes()](const auto& block) {
        readingAhead(
            block, [&](std::size_t place) { next[place] = unitOfText[texts[block[place]]]; }, texts);
        next += block.size();
    });
    return units;
}

// unitsOfNumbers: most ids that are numbers are counted up, and then each is its own number.
Units unitsOfNumbers(const Frame& frame, const Column& ids) {
    Units units{std::vector<std::uint32_t>(frame.rows(), Labels::none)};
    double least = unlimited;
    double most = -unlimited;
    bool whole = true;
    for (std::size_t row = 0; row < frame.rows(); ++row) {
        const double id = ids.number(frame.tableRow(row));
        whole = whole && (isMissing(id) || isWholeNumber(id));
        least = id < least ? id : least;
        most = id > most ? id : most;
    }
    if (whole && least <= most && most - least < static_cast<double>(frame.rows())) {
        for (std::size_t row = 0; row < frame.rows(); ++row) {
            const double id = ids.number(frame.tableRow(row));
            if (!isMissing(id)) units.ofRow[row] = static_cast<std::uint32_t>(id - least);
        }
        units.count = static_cast<std::uint32_t>(most - least) + 1;
        return units;
    }
    NumberNumbering numbering;
    for (std::size_t row = 0; row < frame.rows(); ++row) {
        const double id = ids.number(frame.tableRow(row));
        if (!isMissing(id)) units.ofRow[row] = numbering.of(id);
    }
    units.count = static_cast<std::uint32_t>(numbering.numbers().size());
    return units;
}

Result<Units> unitsOf(const Frame& frame, const ColumnRef& id) {
    const Result<ColumnHandle> used = frame.column(id);
    if (!used) return used.failure();
    const Column& ids = **used;
    if (!ids.hasNumbers() && !ids.hasTexts()) return Units{std::vector<std::uint32_t>(frame.rows(), Labels::none)};
    if (!ids.hasNumbers()) return unitsOfTexts(frame, ids);
    if (!ids.hasTexts()) return unitsOfNumbers(frame, ids);
    // Numbers among texts are the same id as their digits.
    Result<Labels> labels = frame.labels(id, Identity::Unit);
    if (!labels) return labels.failure();
    const auto count = static_cast<std::uint32_t>(labels->names.size());
    return Units{(*std::move(labels)).ofRow, count};
}

// SortByUnit brings the events of each unit together. It goes in two steps, first into parts of neighbouring units, then each part
// by itself: so what is written at a time lies in the processor's cache, however many events there are. `cursors` tells for each
// unit where its events begin, and in the end where they end.
class SortByUnit {
public:
    SortByUnit(std::vector<std::uint32_t>& cursors, std::size_t events)
        : cursors_(cursors),
          events_(std::make_unique_for_overwrite<Event[]>(events)),
          units_(std::make_unique_for_overwrite<std::uint32_t[]>(events)) {
        constexpr std::size_t eventsInCache = 16'384;
        while ((cursors.size() >> shift_) > events / eventsInCache + 1) ++shift_;
        for (std::size_t unit = 0; unit < cursors.size(); unit += std::size_t{1} << shift_) begins_.push_back(cursors[unit]);
        ends_ = begins_;
        begins_.push_back(static_cast<std::uint32_t>(events));
    }
    void add(std::uint32_t unit, const Event& event) {
        const std::uint32_t place = ends_[unit >> shift_]++;
        events_[place] = event;
        units_[place] = unit;
    }
    std::unique_ptr<Event[]> sorted() && {
        std::vector<Event> part;
        for (std::size_t index = 0; index + 1 < begins_.size(); ++index) {
            const std::uint32_t begin = begins_[index];
            part.assign(events_.get() + begin, events_.get() + begins_[index + 1]);
            for (std::uint32_t place = 0; place < part.size(); ++place) events_[cursors_[units_[begin + place]]++] = part[place];
        }
        return std::move(events_);
    }

private:
    std::vector<std::uint32_t>& cursors_;
    std::unique_ptr<Event[]> events_;
    std::unique_ptr<std::uint32_t[]> units_;
    unsigned shift_ = 0;
    std::vector<std::uint32_t> begins_;
    std::vector<std::uint32_t> ends_;
};

}  // namespace

void EventLog::joinDays(const std::vector<std::uint32_t>& unitsWithDays) {
    std::vector<double> days;
    for (const std::uint32_t unit : unitsWithDays) {
        days.clear();
        for (const Event& event : eventsOf(unit))
            if (startOfDay(event.time) == event.time) days.push_back(event.time);
        std::sort(days.begin(), days.end());
        for (Event& event : eventsOf(unit))
            if (std::binary_search(days.begin(), days.end(), startOfDay(event.time))) event.time = startOfDay(event.time);
    }
}

Result<EventLog> EventLog::read(const Frame& frame, const LogColumns& columns, const EventKinds& kinds,
                                std::optional<double> asOf) {
    Result<Units> found = unitsOf(frame, columns.id);
    if (!found) return found.failure();
    const Result<ColumnHandle> stageColumn = frame.column(columns.stage);
    if (!stageColumn) return stageColumn.failure();
    const Result<ColumnHandle> timeColumn = frame.numberColumn(columns.when, Wanted::Date);
    if (!timeColumn) return timeColumn.failure();
    Units units = *std::move(found);
    std::vector<std::uint32_t>& unitOfRow = units.ofRow;
    EventLog log;
    log.ends_.assign(units.count, 0);
    const std::span<const double> times = (*timeColumn)->numbers();
    if (times.empty()) return log;

    const LabelFinder stages(frame, *stageColumn);
    std::vector<std::uint32_t> kindOfLabel;
    kindOfLabel.reserve(stages.count());
    const Words words = wordsFor(kinds.texts, **stageColumn, frame.table().culture());
    for (std::size_t label = 0; label < stages.count(); ++label) {
        const Name name = stages.nameOf(label);
        kindOfLabel.push_back(kinds.of(name.number ? words.ofNumber(*name.number) : words.ofText(name.text)));
    }

    // First the number of events of each unit, then each event to its place.
    const double until = asOf ? milliseconds(*asOf) : unlimited;
    std::uint32_t count = 0;
    std::size_t first = 0;
    frame.inBlocks([&](const auto& block) {
        stages.find(block, [&](std::size_t place, std::uint32_t stage) {
            std::uint32_t& unit = unitOfRow[first + place];
            const double time = times[block[place]];
            if (stage == Labels::none || isMissing(time) || (asOf && milliseconds(time) > until)) unit = Labels::none;
            if (unit == Labels::none) return;
            ++log.ends_[unit];
            ++count;
        });
        first += block.size();
    });
    log.asOf_ = asOf ? until : milliseconds((*frame.lastTimeIn(columns.when)).value_or(never));
    std::uint32_t begin = 0;
    for (std::uint32_t& end : log.ends_) begin += std::exchange(end, begin);
    SortByUnit byUnit(log.ends_, count);
    std::vector<std::uint32_t> unitsWithDays;
    first = 0;
    frame.inBlocks([&](const auto& block) {
        stages.find(block, [&](std::size_t place, std::uint32_t stage) {
            const std::uint32_t unit = unitOfRow[first + place];
            const double time = times[block[place]];
            if (unit == Labels::none) return;
            const Event event{milliseconds(time), kindOfLabel[stage], static_cast<std::uint32_t>(first + place)};
            if (isDay(time)) unitsWithDays.push_back(unit);
            byUnit.add(unit, event);
        });
        first += block.size();
    });
    log.events_ = std::move(byUnit).sorted();
    // Where all are dates there is nothing to join.
    if (unitsWithDays.size() < count) {
        std::sort(unitsWithDays.begin(), unitsWithDays.end());
        unitsWithDays.erase(std::unique(unitsWithDays.begin(), unitsWithDays.end()), unitsWithDays.end());
        log.joinDays(unitsWithDays);
    }
    return log;
}

}  // namespace calckpi
