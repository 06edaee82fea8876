#include "core/recognition/recognition.hpp"

#include "core/recognition/across.hpp"
#include "core/recognition/column_evidence.hpp"
#include "core/recognition/outcomes.hpp"
#include "core/recognition/repeated_headers.hpp"
#include "core/recognition/vocabulary.hpp"
#include "core/recognition/written_values.hpp"
#include "core/tables/grouping.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace calckpi::panel {
namespace {

// A longer text between quotes is more than Calc takes in a formula on all its versions.
constexpr std::size_t longestName = 250;

// numberOfColumn reads a name that is a column's number.
std::optional<std::size_t> numberOfColumn(std::string_view name, std::size_t columns) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (error != std::errc() || end != name.data() + name.size() || number < 1 || number > columns) return std::nullopt;
    return number;
}

// The weights of headers that name a deal's own id, and an id without saying of what (vocabulary.cpp).
constexpr int idOfDeal = 64;
constexpr int idAlone = 58;

// More rows than these are hardly one stage each, unless the headers say so.
constexpr std::size_t mostStages = 60;

using Facts = ColumnEvidence;

using Place = std::optional<std::size_t>;

// Source is the table as recognition sees it.
class Source {
public:
    Source(const Table& table, std::shared_ptr<const TableEvidence> evidence)
        : table_(table),
          names_(columnNames(table)),
          rows_(table.rows()),
          evidence_(std::move(evidence)),
          facts_(evidence_->columns) {
        const std::vector<std::string>& headers = table.headers();
        for (std::size_t column = 0; column < headers.size(); ++column) {
            stageOfDate_.push_back(stageOfDate(headers[column], facts_[column]));
            ++dateColumns_[static_cast<std::size_t>(stageOfDate_.back())];
        }
        hasHeaders_ = firstRowIsHeaders(table);
        stage_ = best([this](std::size_t column) { return stageScore(column); }, 250);
    }

    FunnelRoles funnelRoles() const {
        return {stage_, statusColumn(stage_), lostStageColumn(), amountColumn(std::nullopt), shape() == Shape::Events};
    }

    Recognition recognised() const {
        Recognition found;
        found.choices = looksAcross() ? rolesAcross() : rolesFor(shape());
        found.usable = hasHeaders_ && rows_ > 0 && complete(found.choices);
        if (found.usable && aggregated(found.choices.shape)) {
            found.usable = false;
            found.reason =
                msg("Each stage has several rows with a count: these are counts by stage and something else. Select the rows of "
                    "one value, or make a pivot table with the stages as rows");
        }
        return found;
    }

    // rolesAcross takes the most columns of counts that are side by side.
    Choices rolesAcross() const {
        Choices choices;
        choices.shape = Shape::Counts;
        choices.across = true;
        const auto [first, last] = countsSideBySide();
        for (std::size_t column = first; column < last; ++column)
            choices.stages.push_back({names_[column], outcomeInText(names_[column])});
        if (first > 0 && first < last && facts_[0].filled > 0) choices.stage = names_[0];
        const auto table = turned(table_, choices);
        if (!table) return choices;
        const Choices rows = Source(*table, evidenceOfTable(*table)).rolesFor(Shape::Counts);
        choices.count = rows.count;
        choices.amount = rows.amount;
        return choices;
    }

    Choices rolesFor(Shape shape) const {
        Choices choices;
        choices.shape = shape;
        switch (shape) {
            case Shape::Counts: {
                const Place stage = countedStage();
                const Place count = countColumn();
                choices.stage = name(stage);
                choices.count = name(count);
                choices.amount = name(amountColumn(count));
                break;
            }
            case Shape::Stages:
                choices.stage = name(stage_ ? stage_ : someStage());
                choices.status = name(statusColumn(stage_ ? stage_ : someStage()));
                choices.amount = name(amountColumn(std::nullopt));
                choices.lostStage = name(lostStageColumn());
                choices.statusDecides = statusDecides(table_, choices);
                choices.id = name(dealIdColumn());
                break;
            case Shape::Dates:
                choices.id = name(dealIdColumn());
                for (const std::size_t column : dateStages()) choices.stages.push_back({names_[column], stageOutcome(column)});
                break;
            case Shape::Events: {
                const Place stage = eventStage();
                choices.stage = name(stage);
                choices.id = name(idColumn(stage));
                choices.when = name(whenColumn());
                break;
            }
        }
        return choices;
    }

private:
    // best is the column with the greatest score of at least `least`; of equal ones the first.
    template <class Score>
    Place best(Score score, int least) const {
        Place place;
        for (std::size_t column = 0; column < facts_.size(); ++column) {
            const int found = score(column);
            if (found < least || (place && found <= score(*place))) continue;
            place = column;
        }
        return place;
    }
    std::string name(Place column) const { return column ? names_[*column] : std::string(); }
    bool any(Meaning meaning) const {
        return std::any_of(facts_.begin(), facts_.end(),
                           [meaning](const Facts& facts) { return facts.means(meaning) && facts.filled > 0; });
    }

    // Stage columns. Scores are tenths of a weight: what a header says, then what the cells add to it.
    int stageScore(std::size_t column) const {
        const Facts& facts = facts_[column];
        const bool coded = facts.means(Meaning::Stage) && facts.isNumber() && facts.distinct <= 30;
        if (!facts.isText() && !coded) return 0;
        if (facts.unique() && facts.filled > mostStages) return 0;  // no two deals at the same stage: these are no stages
        int score = static_cast<int>(facts.known * 500);
        switch (facts.header.meaning) {
            case Meaning::Stage: score += facts.header.weight * 10; break;
            case Meaning::Event: score += facts.header.weight * 9; break;
            // Beside a stage it says who is open, won or lost.
            case Meaning::Status: score += facts.header.weight * 5 - (hasStageHeader() ? 300 : 0); break;
            case Meaning::None: break;
            case Meaning::Segment: score -= 200; break;
            case Meaning::Owner:
            case Meaning::Unit:
            case Meaning::Count:
            case Meaning::Duration: score -= 400; break;
            default: return 0;
        }
        if (facts.kind == ColumnKind::Category || coded) score += 150;
        if (facts.kind == ColumnKind::Identifier && !coded) score -= 400;
        if (facts.distinct >= 3 && facts.distinct <= 15) score += 100;
        if (facts.distinct == 1) score -= 150;
        if (facts.distinct > 40) score -= 200;
        if (!facts.means(Meaning::Stage) && isYesAndNo(facts)) score -= 500;
        return score;
    }
    bool hasStageHeader() const {
        constexpr int ofTheStageItself = 88;  // and not of one that it was at before
        return std::any_of(facts_.begin(), facts_.end(), [](const Facts& facts) {
            return facts.means(Meaning::Stage) && facts.header.weight >= ofTheStageItself && facts.filled > 0 && facts.distinct > 1;
        });
    }
    static bool isYesAndNo(const Facts& facts) {
        if (facts.distinct > 2) return false;
        const std::vector<std::string>& texts = facts.cells->texts();
        return std::all_of(texts.begin(), texts.end(), [](const std::string& text) { return text.empty() || isYesOrNo(text); });
    }
    // statusColumn says who has won or lost beside a stage that may not: a status, or a flag of the lost or the won.
    Place statusColumn(Place stage) const {
        return best(
            [this, stage](std::size_t column) {
                const Facts& facts = facts_[column];
                const bool status = facts.means(Meaning::Status) && facts.isText() && facts.known > 0;
                const Outcome flag = facts.means(Meaning::Flag) ? outcomeInText(names_[column]) : Outcome::Step;
                if (column == stage || facts.filled == 0 || facts.isDate() || (!status && flag == Outcome::Step)) return 0;
                const bool says = OutcomeColumn(table_.headers()[column], facts.cells).says();
                return (status ? facts.header.weight : flag == Outcome::Lost ? 2 : 1) + (says ? 1000 : 0);
            },
            1);
    }
    // someStage is the best guess where no column is likely.
    Place someStage() const {
        return best(
            [this](std::size_t column) {
                const Facts& facts = facts_[column];
                return facts.isText() ? 1000 + stageScore(column) + (facts.kind == ColumnKind::Category ? 100 : 0) : 0;
            },
            1);
    }
    Place lostStageColumn() const {
        return best(
            [this](std::size_t column) {
                const Facts& facts = facts_[column];
                const bool text = facts.isText() || facts.filled == 0;
                return facts.means(Meaning::LostStage) && text && column != stage_
                           ? facts.header.weight * 10 + (facts.filled > 0 ? 5 : 0)
                           : 0;
            },
            1);
    }

    Place amountColumn(Place count) const {
        return best(
            [this, count](std::size_t column) {
                const Facts& facts = facts_[column];
                if (!facts.means(Meaning::Amount) || column == count || facts.kind != ColumnKind::Number || facts.fractionsOfOne())
                    return 0;
                return facts.header.weight * 10 + (facts.filled * 10 >= rows_ ? 5 : 0);
            },
            1);
    }

    // Counts
    Place countedStage() const {
        return best(
            [this](std::size_t column) {
                const Facts& facts = facts_[column];
                if (!facts.isText()) return 0;
                int score = 1000 + static_cast<int>(facts.known * 500);
                if (facts.means(Meaning::Stage) || facts.means(Meaning::Event) || facts.means(Meaning::Status)) score += 500;
                if (facts.means(Meaning::Segment) || facts.means(Meaning::Owner) || facts.means(Meaning::Note)) score -= 300;
                if (facts.unique()) score += 300;
                if (column == 0) score += 50;
                return score;
            },
            1);
    }
    int countScore(std::size_t column) const {
        const Facts& facts = facts_[column];
        if (!facts.isNumber() || facts.kind == ColumnKind::Date) return 0;
        int score = 500;
        switch (facts.header.meaning) {
            case Meaning::Count: score += 600; break;
            case Meaning::Share:
            case Meaning::Duration:
            case Meaning::Currency:
            case Meaning::RowId: return 0;
            case Meaning::Amount: score -= 100; break;
            default: score += speaksOfDates(facts.header.meaning) ? 50 : 200;
        }
        if (facts.least < 0) return 0;
        if (facts.fractionsOfOne()) score -= 800;
        if (facts.wholeNumbers == facts.numbers) score += 200;
        if (facts.counting && facts.numbers > 2 && facts.least <= 1) score -= 450;  // 1, 2, 3: the numbers of the lines
        if (falls(facts)) score += 100;
        return score;
    }
    Place countColumn() const {
        return best([this](std::size_t column) { return countScore(column); }, 1);
    }
    // falls tells counts that never rise from row to row, the last one aside: that may be a total.
    static bool falls(const Facts& facts) {
        double before = std::numeric_limits<double>::infinity();
        std::size_t numbers = 0;
        for (std::size_t row = 0; row < facts.cells->rows(); ++row) {
            if (facts.cells->kind(row) != CellKind::Number) continue;
            const double number = facts.cells->number(row);
            if (number > before) return numbers >= 3 && numbers + 1 == facts.numbers;
            before = number;
            ++numbers;
        }
        return numbers >= 2;
    }
    bool looksLikeCounts() const {
        const Place stage = countedStage();
        const Place count = countColumn();
        if (!stage || !count || rows_ < 2) return false;
        const Facts& stages = facts_[*stage];
        const bool stageSaid = stages.means(Meaning::Stage) || stages.means(Meaning::Event) || stages.means(Meaning::Status);
        if (rows_ > mostStages && !(stageSaid && facts_[*count].means(Meaning::Count))) return false;
        if (!stages.unique() || stages.filled < 2) return false;
        for (const Facts& facts : facts_)  // a deal has a date, an owner, or a stage that others have too
            if ((facts.isDate() && rows_ > 1) || (facts.filled > 0 && facts.means(Meaning::Owner))) return false;
        if (stage_ && *stage_ != *stage && facts_[*stage_].repeats()) return false;
        const bool unitBeside = std::any_of(facts_.begin(), facts_.end(), [&](const Facts& facts) {
            return &facts != &stages && facts.isText() && facts.means(Meaning::Unit);
        });
        if (unitBeside && !facts_[*count].means(Meaning::Count)) return false;
        const bool silent = stages.means(Meaning::None) || stages.means(Meaning::Unit);
        const bool falling = falls(facts_[*count]) && facts_[*count].filled >= 3 && !facts_[*count].fractionsOfOne();
        return stageSaid || stages.known >= 0.5 || (silent && (facts_[*count].means(Meaning::Count) || falling));
    }
    // Counts across
    bool mayCount(std::size_t column) const {
        const Facts& facts = facts_[column];
        if (!facts.isNumber() || facts.least < 0 || facts.wholeNumbers < facts.numbers || isTotal(names_[column])) return false;
        switch (facts.header.meaning) {
            case Meaning::Share:
            case Meaning::Amount:
            case Meaning::Duration:
            case Meaning::Currency: return false;
            case Meaning::RowId: return isStageWord(names_[column]);
            default: return !speaksOfDates(facts.header.meaning) || isStageWord(names_[column]);
        }
    }
    // The longest run of columns of counts: its first column and the one after it.
    std::pair<std::size_t, std::size_t> countsSideBySide() const {
        std::pair<std::size_t, std::size_t> longest{0, 0};
        for (std::size_t first = 0; first < facts_.size(); ++first) {
            std::size_t last = first;
            while (last < facts_.size() && mayCount(last)) ++last;
            if (last - first > longest.second - longest.first) longest = {first, last};
            first = last;
        }
        return longest;
    }
    bool looksAcross() const {
        constexpr std::size_t mostRows = 60;
        const auto [first, last] = countsSideBySide();
        if (stage_ || rows_ == 0 || rows_ > mostRows || last - first < 2) return false;
        std::size_t words = 0;
        for (std::size_t column = 0; column < facts_.size(); ++column) {
            const bool inside = column >= first && column < last;
            const Facts& facts = facts_[column];
            if (inside && isStageWord(names_[column])) ++words;
            // Stages elsewhere would be left out; people and deals are no rows of counts.
            if (inside || facts.filled == 0) continue;
            if (mayCount(column) && isStageWord(names_[column])) return false;
            if (facts.isText() && (facts.means(Meaning::Unit) || facts.known >= 0.5)) return false;
        }
        return words >= 2 && words * 2 >= last - first && someRowFalls(first, last);
    }
    bool someRowFalls(std::size_t first, std::size_t last) const {
        for (std::size_t row = 0; row < rows_; ++row) {
            std::vector<double> counts;
            for (std::size_t column = first; column < last; ++column)
                if (const Column& cells = *facts_[column].cells; cells.kind(row) == CellKind::Number)
                    counts.push_back(cells.number(row));
            if (counts.size() >= 2 && std::is_sorted(counts.rbegin(), counts.rend())) return true;
        }
        return false;
    }
    // aggregated tells counts by stage and something else: no function makes a funnel of these.
    bool aggregated(Shape shape) const {
        if (shape != Shape::Stages || rows_ > 500) return false;
        const bool counts = std::any_of(facts_.begin(), facts_.end(),
                                        [](const Facts& facts) { return facts.means(Meaning::Count) && facts.isNumber(); });
        return counts && std::none_of(facts_.begin(), facts_.end(), [](const Facts& facts) {
                   return facts.isDate() ||
                          (facts.filled > 0 && (facts.means(Meaning::Unit) || facts.kind == ColumnKind::Identifier));
               });
    }

    // Dates
    enum class DateRole : std::uint8_t { None, Entered, Named, Won, Lost, Created, Closed, Unknown };
    DateRole stageOfDate(const std::string& header, const Facts& facts) const {
        // A stage that nobody has reached yet has an empty column.
        const bool mayBe = facts.isDate() || (facts.filled == 0 && facts.means(Meaning::EnteredDate));
        if (!mayBe) return DateRole::None;
        const std::string stage = stageInDateHeader(header);
        const Outcome outcome = outcomeInText(stage);
        if (facts.means(Meaning::EnteredDate)) return outcome == Outcome::Lost ? DateRole::Lost : DateRole::Entered;
        if (outcome == Outcome::Won) return DateRole::Won;
        if (outcome == Outcome::Lost) return DateRole::Lost;
        if (facts.means(Meaning::OtherDate) || facts.means(Meaning::EventTime)) return DateRole::None;
        if (facts.means(Meaning::CreatedDate)) return DateRole::Created;
        if (facts.means(Meaning::ClosedDate)) return DateRole::Closed;
        if (!stage.empty() && usualPlace(stage)) return DateRole::Named;
        return stage.empty() ? DateRole::None : DateRole::Unknown;
    }
    std::size_t dateColumns(DateRole role) const { return dateColumns_[static_cast<std::size_t>(role)]; }
    Outcome stageOutcome(std::size_t column) const {
        return stageOfDate_[column] == DateRole::Lost ? Outcome::Lost : outcomeInText(stageInDateHeader(names_[column]));
    }
    bool takes(DateRole role) const {
        switch (role) {
            case DateRole::Entered:
            case DateRole::Named:
            case DateRole::Won:
            case DateRole::Lost: return true;
            case DateRole::Created: return dateColumns(DateRole::Entered) == 0;
            case DateRole::Closed: return dateColumns(DateRole::Entered) + dateColumns(DateRole::Won) == 0;
            case DateRole::Unknown: return dateColumns(DateRole::Entered) + dateColumns(DateRole::Named) < 2;
            case DateRole::None: return false;
        }
        return false;
    }
    std::vector<std::size_t> dateStages() const {
        std::vector<std::size_t> columns;
        std::vector<std::size_t> all;
        std::size_t steps = 0;
        for (std::size_t column = 0; column < facts_.size(); ++column) {
            if (facts_[column].isDate()) all.push_back(column);
            if (!takes(stageOfDate_[column])) continue;
            columns.push_back(column);
            if (stageOfDate_[column] != DateRole::Lost) ++steps;
        }
        return steps >= 2 ? columns : all;
    }
    bool looksLikeDates() const {
        const std::size_t entered = dateColumns(DateRole::Entered);
        const std::size_t named = dateColumns(DateRole::Named);
        const std::size_t unknown = dateColumns(DateRole::Unknown);
        const bool stageSaid = stage_ && facts_[*stage_].means(Meaning::Stage);
        if (entered >= 2 || named >= (stageSaid ? 3U : 2U)) return true;
        if (stage_)
            return !stageSaid && !facts_[*stage_].means(Meaning::Event) && facts_[*stage_].known < 0.5 && named + unknown >= 3;
        return dateStages().size() >= 2 && entered + named + unknown > 0;
    }

    // Events
    Place eventStage() const {
        const Place place = best(
            [this](std::size_t column) {
                const int score = stageScore(column);
                return facts_[column].means(Meaning::Event) ? score + 100 : score;
            },
            250);
        return place ? place : someStage();
    }
    int idScore(std::size_t column) const {
        const Facts& facts = facts_[column];
        if (facts.filled == 0 || facts.isDate()) return 0;
        if (facts.means(Meaning::Unit))
            return facts.header.weight * 10 + (facts.repeats() ? 300 : 0) - (facts.filled * 2 < rows_ ? 300 : 0);
        const bool silent = facts.means(Meaning::None);
        if (silent && facts.kind != ColumnKind::Category && facts.repeats()) {
            const bool wholes = facts.numbers == 0 || facts.wholeNumbers == facts.numbers;
            return wholes && (facts.numbers == 0 || facts.most >= 100 || facts.distinct > 20) ? 400 : 50;
        }
        if (facts.means(Meaning::RowId)) return 20;
        return (silent && facts.texts > 0) || facts.means(Meaning::Segment) ? 10 : 0;
    }
    Place idColumn(Place stage) const {
        return best([this, stage](std::size_t column) { return column == stage ? 0 : idScore(column); }, 1);
    }
    // dealIdColumn tells the rows of deals apart. Names may repeat, and so may the person's or the account's id. Ids said to be the
    // deals' own are taken even if they repeat: the data check then says so.
    Place dealIdColumn() const {
        const auto score = [this](std::size_t column) {
            const Facts& facts = facts_[column];
            if (!facts.means(Meaning::Unit) || facts.isDate() || facts.filled * 2 < rows_) return 0;
            const int weight = facts.header.weight;
            if (facts.repeats()) return weight >= idOfDeal ? weight - idOfDeal + 1 : 0;
            return weight >= idOfDeal || weight == idAlone || plainWords(names_[column]) == "record id" ? weight : 0;
        };
        return best(score, 1);
    }
    int whenScore(std::size_t column) const {
        const Facts& facts = facts_[column];
        int score = facts.isDate() ? 1000 : 0;
        switch (facts.header.meaning) {
            case Meaning::EventTime:
                score += facts.isDate() || facts.isNumber() ? 500 : 0;
                if (!facts.isDate() && facts.least >= 19000101 && facts.most <= 21001231) score -= 100;  // 20250301: the day alone
                break;
            case Meaning::EnteredDate: score += 350; break;
            case Meaning::Date: score += facts.isDate() ? 300 : 0; break;
            case Meaning::CreatedDate: score += 250; break;
            case Meaning::ClosedDate: score -= 100; break;
            case Meaning::OtherDate: score += plainWords(names_[column]).find("modif") != std::string::npos ? 200 : -200; break;
            default: break;
        }
        if (facts.filled == 0) return 0;
        if (!facts.isDate() && !facts.means(Meaning::EventTime)) return 0;
        return score + (facts.withHours * 2 > facts.filled ? 60 : 0) + (facts.filled == rows_ ? 40 : 0);
    }
    Place whenColumn() const {
        return best([this](std::size_t column) { return whenScore(column); }, 1);
    }
    // differentPairs is the share of rows whose pair of texts is in no row above: in a history, where a unit comes to each
    // stage once, nearly all.
    double differentPairs(const Facts& left, const Facts& right) const {
        std::unordered_set<std::uint64_t> pairs;
        std::size_t rows = 0;
        for (std::size_t row = 0; row < rows_; ++row) {
            if (left.labels[row] == noLabel || right.labels[row] == noLabel) continue;
            ++rows;
            pairs.insert(static_cast<std::uint64_t>(left.labels[row]) << 32U | right.labels[row]);
        }
        return rows == 0 ? 0 : static_cast<double>(pairs.size()) / static_cast<double>(rows);
    }
    bool looksLikeEvents() const {
        const Place stage = eventStage();
        const Place id = idColumn(stage);
        const Place when = whenColumn();
        if (!stage || !id || !when || *id == *stage || rows_ < 2) return false;
        const Facts& ids = facts_[*id];
        const Facts& stages = facts_[*stage];
        const Facts& times = facts_[*when];
        const bool eventSaid = stages.means(Meaning::Event);
        if (idScore(*id) < 300 || (stageScore(*stage) < 250 && !eventSaid)) return false;
        int score = ids.repeats() ? 40 : -40;
        if (ids.means(Meaning::Unit)) score += ids.header.weight >= 60 ? 25 : 15;
        if (eventSaid) score += 40;
        if (times.means(Meaning::EventTime)) score += 30;
        if (times.withHours * 2 > times.filled) score += 10;
        const double pairs = differentPairs(ids, stages);
        if (pairs > 0.9 && ids.repeats()) score += 15;
        if (pairs < 0.6 && !eventSaid) score -= 40;
        if (any(Meaning::Amount)) score -= 25;
        if (any(Meaning::ClosedDate) || any(Meaning::CreatedDate)) score -= times.means(Meaning::CreatedDate) ? 5 : 15;
        // A deal that is in one row only is no history, whatever repeats beside it.
        for (const Facts& facts : facts_)
            if (!eventSaid && facts.means(Meaning::Unit) && facts.unique() && rows_ > 3 && facts.header.weight >= ids.header.weight)
                score -= 60;
        return score >= 50;
    }

    Shape shape() const {
        if (looksLikeEvents()) return Shape::Events;
        if (looksLikeDates()) return Shape::Dates;
        if (looksLikeCounts()) return Shape::Counts;
        if (stage_ || dateStages().size() < 2) return Shape::Stages;
        return Shape::Dates;
    }

    bool complete(const Choices& choices) const {
        switch (choices.shape) {
            case Shape::Counts:
                return !choices.count.empty() && (choices.across ? choices.stages.size() >= 2 : !choices.stage.empty());
            case Shape::Stages: return stage_.has_value();
            case Shape::Dates: return choices.stages.size() >= 2;
            case Shape::Events: return !choices.id.empty() && !choices.stage.empty() && !choices.when.empty();
        }
        return false;
    }

    // firstRowIsHeaders: a first row that is a row of data has numbers where the column has, or a text that is below it again.
    bool firstRowIsHeaders(const Table& table) const {
        const std::vector<std::string>& headers = table.headers();
        std::size_t filledHeaders = 0;
        std::size_t filledColumns = 0;
        std::size_t likeData = 0;
        bool understood = false;
        for (std::size_t column = 0; column < headers.size(); ++column) {
            const Facts& facts = facts_[column];
            const std::string header = folded(headers[column]);
            if (facts.filled > 0) ++filledColumns;
            if (header.empty()) continue;
            ++filledHeaders;
            if (!facts.means(Meaning::None) && !isStageWord(headers[column])) understood = true;
            const bool date = !std::isnan(datesInTexts({headers[column]}, table.culture().nullDate()).front());
            const bool number = facts.numbers * 2 > facts.filled && isNumber(header);
            const std::vector<std::string>& texts = facts.cells->texts();
            const bool below =
                facts.kind == ColumnKind::Category &&
                std::any_of(texts.begin(), texts.end(), [&header](const std::string& text) { return folded(text) == header; });
            if ((facts.isDate() && (date || number)) || number || below) ++likeData;
        }
        if (filledHeaders == 0) return false;
        if (filledHeaders == 1 && filledColumns >= 3) return false;  // the title of a report
        return likeData == 0 || understood;
    }
    static bool isNumber(std::string_view text) {
        return !text.empty() && text.find_first_not_of("0123456789.,-+ ") == std::string_view::npos;
    }

    const Table& table_;
    std::vector<std::string> names_;
    std::size_t rows_;
    std::shared_ptr<const TableEvidence> evidence_;
    const std::vector<Facts>& facts_;  // of the evidence
    std::vector<DateRole> stageOfDate_;
    std::array<std::size_t, 8> dateColumns_{};  // how many of each role
    bool hasHeaders_ = false;
    Place stage_;  // the likely column of stages
};

// isNoSale tells invoices and subscriptions whose status was taken for the stage of a deal.
bool isNoSale(const TableFacts& facts, const Choices& choices) {
    const bool money = facts.rows == RowKind::Transactions || facts.rows == RowKind::Subscriptions;
    if (!money || choices.shape != Shape::Stages) return false;
    const ColumnFacts* stage = facts.named(choices.stage);
    return stage != nullptr && headerMeaning(stage->shown).meaning != Meaning::Stage;
}

}  // namespace

std::vector<std::string> columnNames(const Table& table) {
    const std::vector<std::string>& headers = table.headers();
    std::vector<std::string> keys;
    std::unordered_map<std::string_view, std::size_t> times;
    keys.reserve(headers.size());
    for (const std::string& header : headers) keys.push_back(folded(header));
    for (const std::string& key : keys) ++times[key];
    std::vector<std::string> names;
    for (std::size_t column = 0; column < headers.size(); ++column) {
        const std::string& key = keys[column];
        const bool usable = !key.empty() && times[key] == 1 && key.size() <= longestName && !numberOfColumn(key, headers.size());
        names.push_back(usable ? std::string(trimmed(headers[column])) : std::to_string(column + 1));
    }
    return names;
}

ColumnRef columnRef(const std::string& name, const Table& table) {
    if (const std::optional<std::size_t> number = numberOfColumn(name, table.headers().size())) return static_cast<double>(*number);
    return name;
}

ColumnRef splitColumn(const std::string& by, const Table& table) {
    const ColumnRef whole = columnRef(by, table);
    return table.find(whole) ? whole : groupingOf(table, by).column;
}

std::optional<std::size_t> columnIndex(const std::string& name, const Table& table) {
    const Result<std::size_t> index = table.find(columnRef(name, table));
    if (!index) return std::nullopt;
    return *index;
}

FunnelRoles funnelRoles(const Table& sample, const std::shared_ptr<const TableEvidence>& evidence) {
    return Source(sample, evidence).funnelRoles();
}

Recognition recognise(const TableFacts& facts, const Table& sample) {
    Recognition found = Source(sample, facts.evidence).recognised();
    found.columns = sourceColumns(facts);
    if (found.usable && isNoSale(facts, found.choices)) {
        found.usable = false;
        found.reason =
            msg("Each row is an invoice, a payment or a subscription: its status is not a stage of a sale. Recurring revenue and "
                "cohorts fit such data");
    }
    return found;
}

std::vector<Criterion> subtotalFilters(const TableFacts& facts) {
    std::vector<Criterion> filters;
    if (!facts.filledInData.empty()) filters.push_back({facts.filledInData, "<>"});
    std::vector<std::string> headers;
    std::vector<ColumnHandle> columns;
    for (std::size_t column = 0; facts.evidence && column < facts.columns.size(); ++column) {
        headers.push_back(facts.columns[column].name);
        columns.push_back(facts.evidence->columns[column].cells);
    }
    if (const auto again = repeatedHeader(headers, columns)) filters.push_back(withoutHeader(headers[*again]));
    return filters;
}

Recognition recognise(const Table& sample, const std::vector<bool>& dates) { return recognise(factsOf(sample, dates), sample); }

Choices rolesFor(Shape shape, const TableFacts& facts, const Table& sample) {
    return Source(sample, facts.evidence).rolesFor(shape);
}

Choices rolesFor(Shape shape, const Table& sample, const std::vector<bool>& dates) {
    return rolesFor(shape, factsOf(sample, dates), sample);
}

Choices rolesAcross(const TableFacts& facts, const Table& sample) { return Source(sample, facts.evidence).rolesAcross(); }

Choices rolesAcross(const Table& sample, const std::vector<bool>& dates) { return rolesAcross(factsOf(sample, dates), sample); }

std::vector<SourceColumn> sourceColumns(const TableFacts& facts) {
    std::vector<SourceColumn> columns;
    // As the cells are: a number that stands as a text is none to a formula.
    for (std::size_t column = 0; column < facts.columns.size(); ++column)
        columns.push_back({facts.columns[column].name, facts.evidence->columns[column].kind, facts.columns[column].shown});
    return columns;
}

std::vector<SourceColumn> columnsOf(const Table& sample, const std::vector<bool>& dates) {
    return sourceColumns(factsOf(sample, dates));
}

std::vector<SourceColumn> columnsAcross(const Table& sample, const Choices& choices) {
    const auto table = turned(sample, choices);
    if (!table) return {};
    std::vector<SourceColumn> columns = sourceColumns(factsOf(*table));
    columns.erase(columns.begin());                                   // the stages
    for (SourceColumn& column : columns) column.shown = column.name;  // they are rows, and have no letters
    return columns;
}

}  // namespace calckpi::panel
