#include "core/recognition/column_evidence.hpp"

#include "core/recognition/written_values.hpp"
#include "core/values/numbering.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <unordered_map>
#include <utility>

namespace calckpi::panel {
namespace {

// Days of the years 1990 to 2100, and of those that a bare number is taken for a date of, as Calc counts them from 1899-12-30.
constexpr double firstDay = 32874;
constexpr double lastDay = 73415;
constexpr double firstBareDay = 36526;
constexpr double lastBareDay = 49674;

class Labelling {
public:
    explicit Labelling(const Column& cells) : ofText_(cells.texts().size(), noLabel) {
        WordNumbering byKey(cells.texts().size());
        for (std::size_t index = 0; index < cells.texts().size(); ++index)
            if (!isWordForEmpty(cells.texts()[index])) ofText_[index] = byKey.of(folded(cells.texts()[index]));
        next_ = byKey.count();
    }
    std::uint32_t ofText(std::size_t index) const { return ofText_[index]; }
    std::uint32_t ofNumber(double number) {
        const auto [found, added] = ofNumber_.try_emplace(number, next_);
        if (added) ++next_;
        return found->second;
    }
    std::size_t size() const { return next_; }

private:
    std::vector<std::uint32_t> ofText_;
    std::unordered_map<double, std::uint32_t> ofNumber_;
    std::uint32_t next_ = 0;
};

// readCells counts what the cells are; the kind comes after that.
void readCells(ColumnEvidence& facts) {
    const Column& cells = *facts.cells;
    Labelling labelling(cells);
    facts.labels.assign(cells.rows(), noLabel);
    double before = std::numeric_limits<double>::quiet_NaN();
    for (std::size_t row = 0; row < cells.rows(); ++row) {
        if (cells.kind(row) == CellKind::Text) {
            facts.labels[row] = labelling.ofText(cells.textIndex(row));
            if (facts.labels[row] == noLabel) continue;
            ++facts.texts;
        } else if (cells.kind(row) == CellKind::Number) {
            const double number = cells.number(row);
            facts.labels[row] = labelling.ofNumber(number);
            ++facts.numbers;
            if (number == std::floor(number)) ++facts.wholeNumbers;
            facts.least = std::min(facts.least, number);
            facts.most = std::max(facts.most, number);
            if (!std::isnan(before) && number != before + 1) facts.counting = false;
            before = number;
        } else {
            continue;
        }
        ++facts.filled;
    }
    facts.distinct = labelling.size();
}

// KindOf tells the kind of a column whose cells were read.
class KindOf {
public:
    KindOf(ColumnEvidence& facts, const Table& table, const std::string& header, std::optional<bool> dateFormat)
        : facts_(facts), table_(table), stageWord_(isStageWord(header)), dateFormat_(dateFormat) {}

    ColumnKind operator()() const {
        if (facts_.filled == 0) return ColumnKind::Empty;
        if (facts_.numbers * 2 > facts_.filled) {
            if (numbersAreDates()) return ColumnKind::Date;
            const bool names = facts_.means(Meaning::Unit) || facts_.means(Meaning::RowId);
            return names || (saysNothing() && counts()) ? ColumnKind::Identifier : ColumnKind::Number;
        }
        if (textsAreDates()) {
            facts_.textDates = true;
            return ColumnKind::Date;
        }
        if (fewTexts()) return ColumnKind::Category;
        if (facts_.unique() || facts_.means(Meaning::Unit) || facts_.means(Meaning::RowId)) return ColumnKind::Identifier;
        return looksLikeCodes() ? ColumnKind::Identifier : ColumnKind::Text;
    }

private:
    bool saysNothing() const { return facts_.means(Meaning::None); }
    bool counts() const { return facts_.counting && facts_.numbers > 2 && facts_.wholeNumbers == facts_.numbers; }
    double shift() const {
        constexpr std::chrono::sys_days usual = std::chrono::year(1899) / 12 / 30;
        return static_cast<double>((usual - table_.culture().nullDate()).count());
    }
    bool numbersAreDates() const {
        const bool within = facts_.least >= firstDay + shift() && facts_.most < lastDay + 1 + shift();
        if (dateFormat_) return *dateFormat_;
        if (!within) return false;
        if (speaksOfDates(facts_.header.meaning)) return true;
        // Stages may be the headers of dates: "Demo", "Proposal".
        const bool open =
            saysNothing() || facts_.means(Meaning::Flag) || facts_.means(Meaning::Unit) || facts_.means(Meaning::Count);
        if (!open || facts_.least < firstBareDay + shift() || facts_.most > lastBareDay + 1 + shift()) return false;
        if (stageWord_) return true;
        return facts_.distinct > 1 && !counts() && tens() * 2 < facts_.numbers;
    }
    // tens counts the numbers that end with 0: of dates every tenth, of amounts most.
    std::size_t tens() const {
        std::size_t count = 0;
        for (std::size_t row = 0; row < facts_.cells->rows(); ++row)
            if (facts_.cells->kind(row) == CellKind::Number && std::fmod(facts_.cells->number(row), 10) == 0) ++count;
        return count;
    }
    bool textsAreDates() const {
        const std::vector<double> days = datesInTexts(facts_.cells->texts(), table_.culture().nullDate());
        std::size_t dates = 0;
        for (std::size_t row = 0; row < facts_.cells->rows(); ++row) {
            if (facts_.cells->kind(row) != CellKind::Text) continue;
            const double day = days[facts_.cells->textIndex(row)];
            if (std::isnan(day)) continue;
            ++dates;
            if (day != std::floor(day)) ++facts_.withHours;
        }
        // Dates that Calc could read when the file was opened, and those that it could not.
        if (dates > 0 && facts_.numbers > 0 && numbersAreDates()) dates += facts_.numbers;
        return dates * 2 > facts_.filled;
    }
    bool fewTexts() const {
        const auto filled = static_cast<double>(facts_.filled);
        return static_cast<double>(facts_.distinct) <= std::min(2 * std::sqrt(filled) + 4, 0.6 * filled + 1) &&
               facts_.distinct < facts_.filled;
    }
    bool looksLikeCodes() const {
        std::size_t codes = 0;
        for (const std::string& text : facts_.cells->texts()) {
            const bool oneWord = text.find(' ') == std::string::npos && text.size() <= 64;
            if (oneWord && (text.find_first_of("0123456789") != std::string::npos || text.find('@') != std::string::npos)) ++codes;
        }
        return codes * 10 > (facts_.cells->texts().size() - 1) * 9;  // the first is the empty one
    }

    ColumnEvidence& facts_;
    const Table& table_;
    bool stageWord_;
    std::optional<bool> dateFormat_;
};

// shareOfKnownStages looks at the texts of a column that has few of them.
double shareOfKnownStages(const ColumnEvidence& facts) {
    constexpr std::size_t few = 60;
    if (facts.texts == 0 || facts.distinct > few) return 0;
    const std::vector<std::string>& texts = facts.cells->texts();
    std::vector<std::size_t> rows(texts.size());
    for (std::size_t row = 0; row < facts.cells->rows(); ++row)
        if (facts.cells->kind(row) == CellKind::Text) ++rows[facts.cells->textIndex(row)];
    std::size_t known = 0;
    for (std::size_t index = 0; index < texts.size(); ++index)
        if (isStageWord(texts[index])) known += rows[index];
    return static_cast<double>(known) / static_cast<double>(facts.filled);
}

}  // namespace

bool speaksOfDates(Meaning meaning) {
    switch (meaning) {
        case Meaning::EventTime:
        case Meaning::EnteredDate:
        case Meaning::CreatedDate:
        case Meaning::ClosedDate:
        case Meaning::OtherDate:
        case Meaning::Date: return true;
        default: return false;
    }
}

bool isStageWord(const std::string& text) { return outcomeInText(text) != Outcome::Step || usualPlace(text).has_value(); }

ColumnEvidence evidenceOf(const Table& table, std::size_t column, const std::string& header, std::optional<bool> dateFormat) {
    ColumnEvidence facts;
    facts.header = headerMeaning(header);
    facts.cells = table.look(column);
    readCells(facts);
    facts.kind = KindOf(facts, table, header, dateFormat)();
    if (facts.isDate() && !facts.textDates) facts.withHours = facts.numbers - facts.wholeNumbers;
    if (facts.isText()) facts.known = shareOfKnownStages(facts);
    return facts;
}

std::shared_ptr<const TableEvidence> evidenceOfTable(const Table& table, const std::vector<bool>& dates,
                                                     const std::vector<std::string>& headers) {
    auto evidence = std::make_shared<TableEvidence>();
    for (std::size_t column = 0; column < table.headers().size(); ++column) {
        const std::string& header = column < headers.size() ? headers[column] : table.headers()[column];
        const std::optional<bool> date = column < dates.size() ? std::optional<bool>(dates[column]) : std::nullopt;
        evidence->columns.push_back(evidenceOf(table, column, header, date));
    }
    return evidence;
}

}  // namespace calckpi::panel
