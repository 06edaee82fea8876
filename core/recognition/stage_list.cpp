#include "core/recognition/stage_list.hpp"

#include "core/recognition/outcomes.hpp"
#include "core/recognition/recognition.hpp"
#include "core/recognition/repeated_headers.hpp"
#include "core/recognition/vocabulary.hpp"
#include "core/recognition/written_values.hpp"
#include "core/values/numbering.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <iterator>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <span>
#include <unordered_map>

namespace calckpi::panel {
namespace {

constexpr std::uint32_t noStage = std::numeric_limits<std::uint32_t>::max();

// Words and histories are asked for as many stages; columns with more texts hold no stages.
constexpr std::size_t mostWithWords = 1000;
constexpr std::size_t mostWithHistory = 64;

// spellingKey is the same for spellings of one stage: "Closed Won", "closed-won", "CLOSED_WON". A sign counts as a blank only
// between letters or digits: "A-" and "A+" are two stages.
std::string spellingKey(std::string key) {
    const auto isDigit = [](char byte) { return byte >= '0' && byte <= '9'; };
    const auto isPart = [&](char byte) { return (byte >= 'a' && byte <= 'z') || isDigit(byte) || (byte & 0x80) != 0; };
    for (std::size_t at = 1; at + 1 < key.size(); ++at) {
        const bool sign = key[at] == '-' || key[at] == '_' || key[at] == '/' || key[at] == '.';
        const bool inNumber = isDigit(key[at - 1]) && isDigit(key[at + 1]);  // 1.5, 3-4
        if (sign && !inNumber && isPart(key[at - 1]) && isPart(key[at + 1])) key[at] = ' ';
    }
    return key;
}

// StageColumn counts the texts of a column in one pass. Case and blanks do not matter; a number is the text of its digits.
// Spellings of one stage are merged where the function that counts them can be told so.
class StageColumn {
public:
    StageColumn(ColumnHandle cells, bool merges) : cells_(std::move(cells)) {
        const std::vector<std::string>& texts = cells_->texts();
        std::vector<std::size_t> rowsOfText(texts.size());
        for (std::size_t row = 0; row < cells_->rows(); ++row) {
            if (cells_->kind(row) == CellKind::Text) ++rowsOfText[cells_->textIndex(row)];
            if (isNumber(row)) ++rowsOfNumber_[cells_->number(row)].rows;
        }
        WordNumbering byKey(texts.size());
        std::vector<std::size_t> rowsOfSpelling;
        std::vector<std::vector<std::pair<std::string, std::string_view>>> textsOfStage;
        const auto add = [&](const std::string& key, std::string_view spelling, std::size_t rows) {
            const std::uint32_t number = byKey.of(merges ? spellingKey(key) : key);
            if (number == stages_.size()) {
                stages_.push_back({std::string(spelling), 0, Outcome::Step});
                rowsOfSpelling.push_back(0);
                textsOfStage.emplace_back();
            }
            auto& known = textsOfStage[number];
            if (std::none_of(known.begin(), known.end(), [&key](const auto& text) { return text.first == key; }))
                known.emplace_back(key, spelling);
            FoundStage& stage = stages_[number];
            std::size_t& most = rowsOfSpelling[number];
            // The name is what most rows spell, so that the order of the rows does not show.
            if (rows > most || (rows == most && spelling < stage.name)) {
                most = rows;
                stage.name = spelling;
            }
            stage.rows += rows;
            return number;
        };
        ofText_.reserve(texts.size());
        for (std::size_t index = 0; index < texts.size(); ++index) {
            const std::string key = folded(texts[index]);
            ofText_.push_back(key.empty() || rowsOfText[index] == 0 ? noStage : add(key, trimmed(texts[index]), rowsOfText[index]));
        }
        for (std::size_t stage = 0; stage < stages_.size(); ++stage)
            for (const auto& [key, spelling] : textsOfStage[stage])
                if (key != folded(stages_[stage].name)) stages_[stage].spellings.emplace_back(spelling);
        for (auto& [number, found] : rowsOfNumber_) {
            const std::string digits = digitsOf(number);
            found.stage = add(digits, digits, found.rows);
        }
    }

    std::vector<FoundStage>& stages() { return stages_; }
    std::size_t rows() const { return cells_->rows(); }
    std::uint32_t stageAt(std::size_t row) const {
        if (cells_->kind(row) == CellKind::Text) return ofText_[cells_->textIndex(row)];
        return isNumber(row) ? rowsOfNumber_.at(cells_->number(row)).stage : noStage;
    }

private:
    bool isNumber(std::size_t row) const { return cells_->kind(row) == CellKind::Number && !std::isnan(cells_->number(row)); }

    struct OfNumber {
        std::size_t rows = 0;
        std::uint32_t stage = noStage;
    };
    ColumnHandle cells_;
    std::vector<FoundStage> stages_;
    std::vector<std::uint32_t> ofText_;
    std::unordered_map<double, OfNumber> rowsOfNumber_;
};

// Times reads a column of dates, be they numbers or texts; NaN where there is none.
class Times {
public:
    Times(ColumnHandle cells, const Table& table)
        : cells_(std::move(cells)), ofText_(datesInTexts(cells_->texts(), table.culture().nullDate())) {}
    double at(std::size_t row) const {
        if (cells_->kind(row) == CellKind::Number) return cells_->number(row);
        return cells_->kind(row) == CellKind::Text ? ofText_[cells_->textIndex(row)] : missing;
    }

private:
    ColumnHandle cells_;
    std::vector<double> ofText_;
};

double median(std::vector<double>& numbers) {
    const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>(numbers.size() / 2);
    std::nth_element(numbers.begin(), middle, numbers.end());
    return *middle;
}

// Precedence tells the order of stages from the units that came to several of them: a stage is before those that most units
// came to later. Unlike typical dates it does not suffer from deals that are young or few.
class Precedence {
public:
    explicit Precedence(std::size_t stages) : stages_(stages), before_(stages * stages) {}

    // add takes the times at which one unit came to each stage, NaN where it did not.
    void add(std::span<const double> times) {
        for (std::size_t left = 0; left < stages_; ++left) {
            if (std::isnan(times[left])) continue;
            for (std::size_t right = left + 1; right < stages_; ++right) {
                if (times[left] < times[right]) ++before_[left * stages_ + right];
                if (times[right] < times[left]) ++before_[right * stages_ + left];
            }
        }
    }
    // place is the smaller the more stages come after this one and the fewer before it.
    int place(std::size_t stage) const {
        int place = 0;
        for (std::size_t other = 0; other < stages_; ++other) {
            const std::size_t earlier = before_[stage * stages_ + other];
            const std::size_t later = before_[other * stages_ + stage];
            place += static_cast<int>(later > earlier) - static_cast<int>(earlier > later);
        }
        return place;
    }
    // certain tells whether enough units came to `left` first and then to `right`, and not the other way.
    bool certain(std::size_t left, std::size_t right) const {
        const std::size_t yes = before_[left * stages_ + right];
        const std::size_t no = before_[right * stages_ + left];
        return yes >= 3 && yes >= 2 * no;
    }

private:
    std::size_t stages_;
    std::vector<std::size_t> before_;
};

// Evidence is what the data tell of the order: the smaller, the earlier.
struct Evidence {
    std::vector<double> place;  // for each stage
    bool certain = false;       // outweighs the words
};

// fallingCounts is the evidence where there is no other.
Evidence fallingCounts(const std::vector<FoundStage>& stages) {
    Evidence evidence;
    for (const FoundStage& stage : stages) evidence.place.push_back(-static_cast<double>(stage.rows));
    return evidence;
}

// Histories reads an event log: the first time at which each of some units came to each stage. A sample of the units is enough, the
// first ones in the table, but all of their rows.
class Histories {
public:
    static constexpr std::size_t mostUnits = 5000;

    Histories(const StageColumn& stages, std::size_t count, const ColumnHandle& ids, const Times& times)
        : stages_(count), slotOfText_(ids->texts().size(), noStage) {
        for (std::size_t row = 0; row < stages.rows(); ++row) {
            const std::uint32_t stage = stages.stageAt(row);
            if (stage == noStage) continue;
            const std::uint32_t slot = slotAt(*ids, row);
            if (slot == noStage) continue;
            const double time = times.at(row);
            double& first = first_[slot * stages_ + stage];
            if (!(first <= time) && !std::isnan(time)) first = time;
        }
    }
    Precedence precedence(std::span<const std::size_t> kept) const {
        Precedence precedence(kept.size());
        std::vector<double> times(kept.size());
        for (std::size_t slot = 0; slot < slots_; ++slot) {
            for (std::size_t index = 0; index < kept.size(); ++index) times[index] = first_[slot * stages_ + kept[index]];
            precedence.add(times);
        }
        return precedence;
    }

private:
    std::uint32_t slotAt(const Column& ids, std::size_t row) {
        if (ids.kind(row) == CellKind::Text) return take(slotOfText_[ids.textIndex(row)]);
        if (ids.kind(row) != CellKind::Number) return noStage;
        const auto found = slotOfNumber_.find(ids.number(row));
        if (found != slotOfNumber_.end()) return found->second;
        if (slots_ == mostUnits) return noStage;
        return take(slotOfNumber_.try_emplace(ids.number(row), noStage).first->second);
    }
    std::uint32_t take(std::uint32_t& slot) {
        if (slot == noStage && slots_ < mostUnits) {
            slot = static_cast<std::uint32_t>(slots_++);
            first_.resize(slots_ * stages_, missing);
        }
        return slot;
    }

    std::size_t stages_;
    std::size_t slots_ = 0;
    std::vector<std::uint32_t> slotOfText_;
    std::unordered_map<double, std::uint32_t> slotOfNumber_;
    std::vector<double> first_;
};

// mostFrequent gives the places of the stages of most rows, in the order of the list.
std::vector<std::size_t> placesOfMostFrequent(const std::vector<FoundStage>& stages, std::size_t most) {
    std::vector<std::size_t> places(stages.size());
    std::iota(places.begin(), places.end(), 0U);
    if (places.size() <= most) return places;
    std::stable_sort(places.begin(), places.end(),
                     [&stages](std::size_t left, std::size_t right) { return stages[left].rows > stages[right].rows; });
    places.resize(most);
    std::sort(places.begin(), places.end());
    return places;
}

bool allCertain(const Precedence& precedence, std::vector<std::size_t> steps) {
    std::stable_sort(steps.begin(), steps.end(), [&precedence](std::size_t left, std::size_t right) {
        return precedence.place(left) < precedence.place(right);
    });
    for (std::size_t index = 1; index < steps.size(); ++index)
        if (!precedence.certain(steps[index - 1], steps[index])) return false;
    return true;
}

std::optional<Evidence> eventEvidence(const Table& table, const Choices& choices, StageColumn& column) {
    const std::vector<FoundStage>& stages = column.stages();
    if (stages.size() > mostWithWords) return std::nullopt;
    const Result<ColumnHandle> ids = table.use(columnRef(choices.id, table));
    const Result<ColumnHandle> when = table.use(columnRef(choices.when, table));
    if (!ids || !when) return std::nullopt;
    const Histories histories(column, stages.size(), *ids, Times(*when, table));
    const std::vector<std::size_t> kept = placesOfMostFrequent(stages, mostWithHistory);
    const Precedence precedence = histories.precedence(kept);
    Evidence evidence;
    evidence.place.assign(stages.size(), std::numeric_limits<double>::infinity());
    std::vector<std::size_t> steps;
    for (std::size_t index = 0; index < kept.size(); ++index) {
        evidence.place[kept[index]] = precedence.place(index);
        if (stages[kept[index]].outcome == Outcome::Step) steps.push_back(index);
    }
    evidence.certain = allCertain(precedence, std::move(steps));
    return evidence;
}

// dealEvidence: the further a deal has come, the longer ago it was opened.
std::optional<Evidence> dealEvidence(const Table& table, StageColumn& column) {
    const std::vector<FoundStage>& stages = column.stages();
    const std::optional<std::size_t> opened = openedColumn(table);
    if (!opened || stages.size() > mostWithWords) return std::nullopt;
    const Times times(table.look(*opened), table);
    std::vector<std::vector<double>> ofStage(stages.size());
    for (std::size_t row = 0; row < column.rows(); ++row) {
        const std::uint32_t stage = column.stageAt(row);
        const double time = times.at(row);
        if (stage != noStage && !std::isnan(time)) ofStage[stage].push_back(time);
    }
    Evidence evidence;
    for (std::size_t stage = 0; stage < stages.size(); ++stage) {
        if (ofStage[stage].empty() && stages[stage].outcome == Outcome::Step) return std::nullopt;
        evidence.place.push_back(ofStage[stage].empty() ? 0 : -median(ofStage[stage]));
    }
    return evidence;
}

// Tells how the rows of a table of counts were put in order: a funnel from the top, or by something else.
Evidence countEvidence(const std::vector<FoundStage>& stages) {
    bool falls = true;
    bool alphabetic = true;
    std::vector<const FoundStage*> rows;
    for (const FoundStage& stage : stages)
        if (stage.outcome != Outcome::Lost) rows.push_back(&stage);
    for (std::size_t row = 1; row < rows.size(); ++row) {
        const bool wonBefore = rows[row - 1]->outcome == Outcome::Won && rows[row]->outcome == Outcome::Step;
        falls = falls && rows[row]->rows <= rows[row - 1]->rows && !wonBefore;
        alphabetic = alphabetic && plainWords(rows[row - 1]->name) <= plainWords(rows[row]->name);
    }
    if (alphabetic && !falls) return fallingCounts(stages);
    Evidence evidence;
    for (std::size_t row = 0; row < stages.size(); ++row) evidence.place.push_back(static_cast<double>(row));
    evidence.certain = falls;
    return evidence;
}

// Order puts the stages in order: those that are steps by numbers in front, by the words, by the data; then won and lost.
template <class FindEvidence>
class Order {
public:
    Order(std::vector<FoundStage>& stages, FindEvidence findEvidence) : stages_(stages), findEvidence_(findEvidence) {}

    void sort() {
        std::vector<std::size_t> steps;
        std::vector<std::size_t> won;
        std::vector<std::size_t> lost;
        for (std::size_t index = 0; index < stages_.size(); ++index)
            (stages_[index].outcome == Outcome::Step  ? steps
             : stages_[index].outcome == Outcome::Won ? won
                                                      : lost)
                .push_back(index);
        sortSteps(steps);
        if (won.size() > 1) sortBy(won, placesInWords(won));
        std::stable_sort(lost.begin(), lost.end(), [this](std::size_t left, std::size_t right) { return moreRows(left, right); });
        steps.insert(steps.end(), won.begin(), won.end());
        steps.insert(steps.end(), lost.begin(), lost.end());
        std::vector<FoundStage> ordered;
        for (const std::size_t index : steps) ordered.push_back(std::move(stages_[index]));
        stages_ = std::move(ordered);
    }

private:
    static constexpr double nowhere = std::numeric_limits<double>::quiet_NaN();

    void sortSteps(std::vector<std::size_t>& steps) {
        if (steps.size() < 2) return;
        const bool few = steps.size() <= mostWithWords;
        if (few)
            if (const std::vector<double> numbers = numbersInFront(steps); !numbers.empty()) return sortBy(steps, numbers);
        if (few)
            if (const std::vector<double> places = placesInProcess(steps); !places.empty()) return sortBy(steps, places);
        const std::vector<double> places = few ? placesInWords(steps) : std::vector<double>(steps.size(), nowhere);
        const auto known =
            static_cast<std::size_t>(std::count_if(places.begin(), places.end(), [](double place) { return !std::isnan(place); }));
        if (known == steps.size() && !evidence().certain) return sortBy(steps, places);
        if (known >= 3 && known * 5 >= steps.size() * 3 && !evidence().certain) return sortKnownAndFit(steps, places);
        sortBy(steps, std::vector<double>(steps.size(), 0));
    }

    std::vector<double> numbersInFront(const std::vector<std::size_t>& steps) const {
        std::vector<double> numbers;
        for (const std::size_t step : steps) {
            const std::optional<double> number = numberInFront(stages_[step].name);
            if (!number) return {};
            numbers.push_back(*number);
        }
        return std::adjacent_find(numbers.begin(), numbers.end(), std::not_equal_to<>()) == numbers.end() ? std::vector<double>()
                                                                                                          : numbers;
    }
    std::vector<double> placesInProcess(const std::vector<std::size_t>& steps) const {
        std::vector<std::string> names;
        for (const std::size_t step : steps) names.push_back(stages_[step].name);
        const std::optional<std::vector<std::size_t>> order = usualOrder(names);
        if (!order) return {};
        return {order->begin(), order->end()};
    }
    std::vector<double> placesInWords(const std::vector<std::size_t>& steps) const {
        std::vector<double> places;
        for (const std::size_t step : steps) places.push_back(usualPlace(stages_[step].name).value_or(nowhere));
        return places;
    }

    const Evidence& evidence() {
        if (!evidence_) evidence_ = findEvidence_();
        return *evidence_;
    }
    bool moreRows(std::size_t left, std::size_t right) const {
        if (stages_[left].rows != stages_[right].rows) return stages_[left].rows > stages_[right].rows;
        return stages_[left].name < stages_[right].name;
    }
    bool earlier(std::size_t left, std::size_t right) {
        const double leftPlace = evidence().place[left];
        const double rightPlace = evidence().place[right];
        return leftPlace != rightPlace ? leftPlace < rightPlace : moreRows(left, right);
    }
    // sortBy sorts by the places, equal ones by the data.
    void sortBy(std::vector<std::size_t>& steps, const std::vector<double>& places) {
        std::vector<std::pair<double, std::size_t>> placed;
        for (std::size_t index = 0; index < steps.size(); ++index)
            placed.emplace_back(std::isnan(places[index]) ? 1000 : places[index], steps[index]);
        std::stable_sort(placed.begin(), placed.end(), [this](const auto& left, const auto& right) {
            return left.first != right.first ? left.first < right.first : earlier(left.second, right.second);
        });
        for (std::size_t index = 0; index < steps.size(); ++index) steps[index] = placed[index].second;
    }
    // sortKnownAndFit sorts the stages whose place is known, then puts each other one where the data contradict least.
    void sortKnownAndFit(std::vector<std::size_t>& steps, const std::vector<double>& places) {
        std::vector<std::size_t> known;
        std::vector<double> knownPlaces;
        std::vector<std::size_t> others;
        for (std::size_t index = 0; index < steps.size(); ++index) {
            if (std::isnan(places[index])) {
                others.push_back(steps[index]);
                continue;
            }
            known.push_back(steps[index]);
            knownPlaces.push_back(places[index]);
        }
        sortBy(known, knownPlaces);
        std::stable_sort(others.begin(), others.end(),
                         [this](std::size_t left, std::size_t right) { return earlier(left, right); });
        for (const std::size_t other : others) {
            int wrong = 0;  // at the front: all that the data put before it
            for (const std::size_t step : known) wrong += static_cast<int>(earlier(step, other));
            int least = wrong;
            std::size_t at = 0;
            for (std::size_t index = 0; index < known.size(); ++index) {
                wrong += earlier(known[index], other) ? -1 : 1;
                if (wrong > least) continue;
                least = wrong;
                at = index + 1;
            }
            known.insert(known.begin() + static_cast<std::ptrdiff_t>(at), other);
        }
        steps = std::move(known);
    }

    std::vector<FoundStage>& stages_;
    FindEvidence findEvidence_;
    std::optional<Evidence> evidence_;
};

void tellOutcomes(std::vector<FoundStage>& stages) {
    if (stages.size() > mostWithWords) return;
    for (FoundStage& stage : stages) stage.outcome = outcomeOf(stage.name);
}

// tellOutcomesByStatus marks the stages that have names of their own for won and lost, "Signed off" and "No go", by the status
// beside them: if it follows from the stage. If deals of one stage differ in status, the stage they are at is no outcome.
void tellOutcomesByStatus(const Table& table, const Choices& choices, StageColumn& column) {
    constexpr std::size_t fewest = 3;
    constexpr double afterAllSteps = 84;
    std::vector<FoundStage>& stages = column.stages();
    const std::optional<std::size_t> status = columnIndex(choices.status, table);
    if (choices.status.empty() || !status || stages.size() > mostWithWords) return;
    const OutcomeColumn outcomes(table.headers()[*status], table.look(*status));
    std::vector<std::array<std::size_t, 3>> rows(stages.size());
    for (std::size_t row = 0; row < column.rows(); ++row)
        if (const std::uint32_t stage = column.stageAt(row); stage != noStage)
            ++rows[stage][static_cast<std::size_t>(outcomes.at(row))];
    const auto differ = [](const std::array<std::size_t, 3>& counts) {
        return std::count(counts.begin(), counts.end(), std::size_t{0}) < 2;
    };
    if (std::any_of(rows.begin(), rows.end(), differ)) return;
    for (std::size_t stage = 0; stage < stages.size(); ++stage) {
        const bool known = stages[stage].outcome != Outcome::Step || usualPlace(stages[stage].name).value_or(100) < afterAllSteps;
        if (known || stages[stage].rows < fewest) continue;
        for (const Outcome outcome : {Outcome::Won, Outcome::Lost})
            if (rows[stage][static_cast<std::size_t>(outcome)] > 0) stages[stage].outcome = outcome;
    }
}

// countsOf replaces the rows of each stage by the counts that are beside it, and leaves out the total.
void readCounts(const Table& table, const Choices& choices, StageColumn& column) {
    std::vector<FoundStage>& stages = column.stages();
    if (const Result<ColumnHandle> counts = table.use(columnRef(choices.count, table))) {
        for (FoundStage& stage : stages) stage.rows = 0;
        for (std::size_t row = 0; row < column.rows(); ++row) {
            const std::uint32_t stage = column.stageAt(row);
            if (stage == noStage || (*counts)->kind(row) != CellKind::Number) continue;
            const double count = std::round((*counts)->number(row));
            if (count >= 1 && count < 1e15) stages[stage].rows += static_cast<std::size_t>(count);
        }
    }
    if (stages.size() <= mostWithWords) std::erase_if(stages, [](const FoundStage& stage) { return isTotal(stage.name); });
}

// Dates

std::vector<std::size_t> dateColumns(const Table& table, const Choices& choices) {
    std::vector<std::size_t> columns;
    const std::vector<std::string> names = columnNames(table);
    std::unordered_map<std::string, std::size_t> ofKey;
    for (std::size_t column = 0; column < names.size(); ++column) ofKey.emplace(folded(names[column]), column);
    const auto add = [&](const std::vector<ChosenStage>& stages) {
        for (const ChosenStage& stage : stages)
            if (const auto column = ofKey.find(folded(stage.name)); column != ofKey.end()) columns.push_back(column->second);
    };
    add(choices.stages);
    if (columns.empty()) add(rolesFor(Shape::Dates, table).stages);
    std::sort(columns.begin(), columns.end());
    columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
    return columns;
}

Evidence dateEvidence(const std::vector<Times>& columns, std::size_t rows) {
    Evidence evidence;
    // Columns before one another, in as many rows as take no time to compare.
    constexpr std::size_t mostComparisons = 20'000'000;
    const bool compared = columns.size() <= mostWithHistory;
    const std::size_t step = std::max<std::size_t>(
        1, rows / std::max<std::size_t>(1, mostComparisons / std::max<std::size_t>(1, columns.size() * columns.size())));
    Precedence precedence(compared ? columns.size() : 0);
    std::vector<double> times(columns.size());
    for (std::size_t row = 0; compared && row < rows; row += step) {
        for (std::size_t column = 0; column < columns.size(); ++column) times[column] = columns[column].at(row);
        precedence.add(times);
    }
    // Where the rows tell nothing the typical dates do; then the order of the table stays.
    std::vector<std::pair<double, double>> places;
    for (std::size_t column = 0; column < columns.size(); ++column) {
        std::vector<double> dates;
        for (std::size_t row = 0; row < rows; ++row)
            if (const double time = columns[column].at(row); !std::isnan(time)) dates.push_back(time);
        places.emplace_back(compared ? precedence.place(column) : 0,
                            dates.empty() ? std::numeric_limits<double>::infinity() : median(dates));
    }
    std::vector<std::size_t> order(columns.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(),
                     [&places](std::size_t left, std::size_t right) { return places[left] < places[right]; });
    evidence.place.resize(columns.size());
    for (std::size_t place = 0; place < order.size(); ++place) evidence.place[order[place]] = static_cast<double>(place);
    return evidence;
}

Result<std::vector<FoundStage>> findDateStages(const Table& table, const Choices& choices) {
    const std::vector<std::string> names = columnNames(table);
    std::vector<FoundStage> stages;
    std::vector<Times> columns;
    std::size_t rows = 0;
    for (const std::size_t index : dateColumns(table, choices)) {
        const Result<ColumnHandle> cells = table.use(static_cast<double>(index + 1));
        if (!cells) return cells.failure();
        rows = (*cells)->rows();
        FoundStage stage{names[index], 0, outcomeOf(stageInDateHeader(names[index]))};
        for (std::size_t row = 0; row < rows; ++row)
            if ((*cells)->kind(row) != CellKind::Blank) ++stage.rows;
        stages.push_back(std::move(stage));
        columns.emplace_back(*cells, table);
    }
    const Evidence evidence = dateEvidence(columns, rows);
    std::vector<std::size_t> order(stages.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
        if (stages[left].outcome != stages[right].outcome) return stages[left].outcome < stages[right].outcome;
        return evidence.place[left] < evidence.place[right];
    });
    std::vector<FoundStage> ordered;
    for (const std::size_t index : order) ordered.push_back(std::move(stages[index]));
    return ordered;
}

// comesByItself tells events that trackers send without anybody having done a step: page_view, $pageview, "Page View".
bool comesByItself(std::string_view event) {
    constexpr std::string_view names[] = {"pageview",     "pageviewed", "viewedpage",     "pageleave",      "screenview", "screen",
                                          "scroll",       "click",      "autocapture",    "userengagement", "heartbeat",  "ping",
                                          "sessionstart", "sessionend", "sessionstarted", "sessionended"};
    std::string letters;
    for (const char letter : folded(event))
        if (letter >= 'a' && letter <= 'z') letters += letter;
    return std::find(std::begin(names), std::end(names), letters) != std::end(names);
}

}  // namespace

std::optional<std::size_t> openedColumn(const Table& table) {
    std::optional<std::size_t> column;
    int best = 0;
    for (std::size_t index = 0; index < table.headers().size(); ++index) {
        const HeaderMeaning header = headerMeaning(table.headers()[index]);
        const int weight = header.meaning == Meaning::CreatedDate ? 2 : header.meaning == Meaning::Date ? 1 : 0;
        if (weight <= best) continue;
        best = weight;
        column = index;
    }
    return column;
}

std::vector<FoundStage> mostFrequent(std::vector<FoundStage> stages, std::size_t most) {
    std::vector<FoundStage> kept;
    for (const std::size_t place : placesOfMostFrequent(stages, most)) kept.push_back(std::move(stages[place]));
    return kept;
}

Outcome outcomeOf(std::string_view stage) { return outcomeInText(stage); }

namespace {

// leaveOutHeader leaves out the stage "Stage" of the column Stage, where rows repeat the headers.
void leaveOutHeader(std::vector<FoundStage>& stages, const Choices& choices, const Table& table) {
    const auto index = columnIndex(choices.stage, table);
    const std::string header = index ? folded(table.headers()[*index]) : std::string();
    const auto isHeader = [&](const FoundStage& stage) { return folded(stage.name) == header; };
    if (header.empty() || std::none_of(stages.begin(), stages.end(), isHeader)) return;
    std::vector<ColumnHandle> columns;
    for (std::size_t column = 0; column < table.headers().size(); ++column) columns.push_back(table.look(column));
    if (repeatedHeader(table.headers(), columns)) std::erase_if(stages, isHeader);
}

}  // namespace

Result<std::vector<FoundStage>> findStages(const TableHandle& table, const Choices& choices) {
    if (choices.shape == Shape::Dates) return findDateStages(*table, choices);
    const Result<ColumnHandle> cells = table->use(columnRef(choices.stage, *table));
    if (!cells) return cells.failure();
    const bool events = choices.shape == Shape::Events;
    StageColumn column(*cells, events || choices.shape == Shape::Stages);
    tellOutcomes(column.stages());
    if (choices.shape == Shape::Stages && !choices.statusDecides) tellOutcomesByStatus(*table, choices, column);
    if (choices.shape == Shape::Counts) readCounts(*table, choices, column);
    const auto evidence = [&]() -> Evidence {
        std::optional<Evidence> found;
        if (choices.shape == Shape::Counts) return countEvidence(column.stages());
        if (events) found = eventEvidence(*table, choices, column);
        if (choices.shape == Shape::Stages) found = dealEvidence(*table, column);
        return found ? *std::move(found) : fallingCounts(column.stages());
    };
    Order(column.stages(), evidence).sort();
    std::vector<FoundStage> stages = std::move(column.stages());
    leaveOutHeader(stages, choices, *table);
    if (const auto status = columnIndex(choices.status, *table); choices.statusDecides && status) {
        std::vector<FoundStage> outcomes = outcomesIn(table->headers()[*status], table->look(*status));
        std::stable_sort(outcomes.begin(), outcomes.end(),
                         [](const FoundStage& left, const FoundStage& right) { return left.outcome < right.outcome; });
        stages.insert(stages.end(), outcomes.begin(), outcomes.end());
    }
    return stages;
}

void addState(std::vector<std::string>& states, const std::string& text) {
    const auto same = [&](const std::string& other) { return folded(other) == folded(text); };
    if (std::none_of(states.begin(), states.end(), same)) states.emplace_back(trimmed(text));
}

std::vector<ChosenStage> chosen(const std::vector<FoundStage>& found, Shape shape) {
    std::vector<FoundStage> wanted = found;
    std::erase_if(wanted, [shape](const FoundStage& stage) {
        return isWordForEmpty(stage.name) || (shape == Shape::Events && comesByItself(stage.name));
    });
    if (wanted.size() < 2) wanted = found;
    std::vector<ChosenStage> stages;
    for (FoundStage& stage : mostFrequent(std::move(wanted), mostChosen))
        stages.push_back({std::move(stage.name), stage.outcome, std::move(stage.spellings)});
    return stages;
}

}  // namespace calckpi::panel
