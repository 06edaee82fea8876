#include "core/tables/frame.hpp"

#include "core/dates/moment.hpp"
#include "core/values/quantity.hpp"
#include "core/values/text.hpp"

#include <map>
#include <numeric>
#include <utility>

namespace calckpi {
bool comesBefore(const Name& left, const Name& right, const Culture& culture) {
    if (left.number && right.number) return *left.number < *right.number;
    if (left.number || right.number) return left.number.has_value();
    const int order = culture.compareTexts(left.text, right.text);
    return order != 0 ? order < 0 : left.text < right.text;
}

// Each different text is folded once, each row only looks up a number.
LabelFinder::LabelFinder(const Frame& frame, ColumnHandle column, Identity identity) : column_(std::move(column)) {
    const std::vector<std::string>& texts = column_->texts();
    // What is only in rows that do not pass has no label. The usual column, of texts in rows that all pass, needs no look at
    // them.
    std::vector<std::uint8_t> textOccurs(texts.size(), frame.filtered() ? 0 : 1);
    if (frame.filtered() && column_->hasTexts())
        frame.inBlocks([&, indexes = column_->textIndexes()](const auto& block) {
            for (const std::size_t row : block) textOccurs[indexes[row]] = 1;
        });
    WordNumbering byKey(texts.size());
    std::vector<std::uint8_t> manySpellings;  // for each label
    std::vector<std::uint32_t>& ofText = meanings_.ofText;
    ofText.resize(texts.size(), Labels::none);
    for (std::size_t text = 0; text < texts.size(); ++text) {
        if (textOccurs[text] == 0) continue;
        std::string key = identity == Identity::Unit ? unitKey(texts[text]) : folded(texts[text]);
        if (key.empty()) continue;
        ofText[text] = byKey.of(std::move(key));
        if (ofText[text] == texts_.size()) {
            texts_.emplace_back(trimmed(texts[text]));
            manySpellings.push_back(0);
        } else {
            manySpellings[ofText[text]] = 1;
        }
    }
    firstNumber_ = texts_.size();
    meanings_.numbering = frame.differentNumbers(*column_);
    labelNumbers(byKey, manySpellings, identity);
    if (std::find(manySpellings.begin(), manySpellings.end(), 1) != manySpellings.end()) chooseSpellings(frame, manySpellings);
}

LabelFinder::LabelFinder(const Frame& frame, ColumnHandle column, Period period, Periods periods)
    : column_(std::move(column)), inTime_(true) {
    const std::chrono::sys_days nullDate = frame.table().culture().nullDate();
    meanings_.ofText.assign(column_->texts().size(), Labels::none);
    meanings_.numbering = frame.differentNumbers(*column_);
    for (const double moment : meanings_.numbering.numbers())
        meanings_.ofNumber.push_back(static_cast<std::uint32_t>(periodOf(moment, period, nullDate) - periods.first));
    for (std::int64_t number = periods.first; number <= periods.last; ++number) {
        numbers_.push_back(startOf(number, period, nullDate));
        texts_.push_back(digitsOf(numbers_.back()));
    }
}

// The numbers of groups are visited from the least one, so that those of a chain follow each other; the least stands for all.
void LabelFinder::labelNumbers(WordNumbering& byKey, std::vector<std::uint8_t>& manySpellings, Identity identity) {
    const std::vector<double>& numbers = meanings_.numbering.numbers();
    meanings_.ofNumber.resize(numbers.size());
    std::vector<std::uint32_t> rising(numbers.size());
    std::iota(rising.begin(), rising.end(), 0U);
    if (identity == Identity::Group)
        std::sort(rising.begin(), rising.end(),
                  [&](std::uint32_t left, std::uint32_t right) { return numbers[left] < numbers[right]; });
    std::optional<std::uint32_t> before;
    for (const std::uint32_t place : rising) {
        const double number = numbers[place] + 0.0;  // -0 is 0
        std::uint32_t& label = meanings_.ofNumber[place];
        if (identity == Identity::Group && before && nearlyEqual(numbers[*before], number))
            label = meanings_.ofNumber[*before];
        else
            label = byKey.of(identity == Identity::Unit ? allDigitsOf(number) : digitsOf(number));
        before = place;
        if (label == texts_.size()) {
            texts_.push_back(byKey.words()[label]);
            numbers_.push_back(number);
            manySpellings.push_back(0);
        } else if (label < firstNumber_) {
            manySpellings[label] = 1;
        }
    }
}

void LabelFinder::chooseSpellings(const Frame& frame, const std::vector<std::uint8_t>& manySpellings) {
    std::vector<std::size_t> textTimes(meanings_.ofText.size());
    std::vector<std::size_t> numberTimes(meanings_.ofNumber.size());
    frame.inBlocks([&](const auto& block) {
        for (const std::size_t row : block) {
            if (column_->kind(row) == CellKind::Text)
                ++textTimes[column_->textIndex(row)];
            else if (column_->kind(row) == CellKind::Number)
                ++numberTimes[meanings_.numbering.known(column_->number(row))];
        }
    });
    // In the order of code points; blanks around it make no other spelling.
    std::map<std::pair<std::uint32_t, std::string>, std::size_t> times;
    for (std::size_t text = 0; text < meanings_.ofText.size(); ++text)
        if (meanings_.ofText[text] != Labels::none && manySpellings[meanings_.ofText[text]] != 0)
            times[{meanings_.ofText[text], std::string(trimmed(column_->texts()[text]))}] += textTimes[text];
    for (std::size_t number = 0; number < meanings_.ofNumber.size(); ++number)
        if (const std::uint32_t label = meanings_.ofNumber[number]; manySpellings[label] != 0)
            times[{label, digitsOf(meanings_.numbering.numbers()[number])}] += numberTimes[number];
    std::vector<std::size_t> most(texts_.size());
    for (const auto& [spelling, count] : times) {
        const auto& [label, text] = spelling;
        if (count <= most[label]) continue;
        most[label] = count;
        texts_[label] = text;
    }
}

Result<Frame> Frame::of(TableHandle table, const Filters& filters) {
    Columns columns(*table);
    if (filters.empty()) return Frame(std::move(table), std::move(columns), std::nullopt);
    Result<std::vector<std::uint32_t>> rows = rowsThatPass(columns, filters);
    if (!rows) return rows.failure();
    return Frame(std::move(table), std::move(columns), *std::move(rows));
}

Failure Frame::blame(Failure failure, const ColumnRef& column, const WrongRows& rows) const {
    return failure.at(*table_->find(column), rows);
}

WrongRows Frame::textsIn(const Column& column) const {
    WrongRows wrong;
    if (!column.hasTexts()) return wrong;
    for (std::size_t row = 0; row < rows(); ++row)
        if (column.kind(tableRow(row)) == CellKind::Text) wrong.add(tableRow(row));
    return wrong;
}

WrongRows Frame::noDatesIn(const Column& column) const {
    WrongRows wrong;
    if (!column.hasNumbers()) return wrong;
    const Domain dates = datesFrom(table_->culture().nullDate());
    const std::span<const double> numbers = column.numbers();
    // The usual column has none: no branch but for what all rows say. An empty cell is neither less nor more.
    unsigned some = 0;
    for (const double number : numbers)
        some |= static_cast<unsigned>(number < dates.least) | static_cast<unsigned>(number > dates.most);
    if (some == 0) return wrong;
    for (std::size_t row = 0; row < rows(); ++row) {
        const double number = numbers[tableRow(row)];
        if (!isMissing(number) && !dates.holds(number)) wrong.add(tableRow(row));
    }
    return wrong;
}

Result<std::optional<double>> Frame::lastTimeIn(const ColumnRef& column) const {
    const Result<ColumnHandle> used = columns_.use(column);
    if (!used) return used.failure();
    const Domain dates = datesFrom(table_->culture().nullDate());
    double last = -std::numeric_limits<double>::infinity();
    for (const double time : (*used)->numbers()) last = time > last && time <= dates.most ? time : last;
    return last < dates.least ? std::nullopt : std::optional(last);
}

Result<ColumnHandle> Frame::numberColumn(const ColumnRef& column, Wanted wanted) const {
    const Result<ColumnHandle> used = this->column(column);
    if (!used) return used;
    if (const WrongRows texts = textsIn(**used); !texts.none())
        return blame({Fault::NotANumber, wanted == Wanted::Date ? Wrong::TextForDate : Wrong::TextForNumber}, column, texts);
    if (wanted == Wanted::Number) return used;
    if (const WrongRows noDates = noDatesIn(**used); !noDates.none())
        return blame({Fault::OutsideDomain, Wrong::NoDate}, column, noDates);
    return used;
}

Result<std::vector<double>> Frame::numbers(const ColumnRef& column, Wanted wanted) const {
    const Result<ColumnHandle> used = numberColumn(column, wanted);
    if (!used) return used.failure();
    const Column& cells = **used;
    const std::span<const double> ofTable = cells.numbers();
    if (ofTable.empty()) return std::vector<double>(rows(), missing);
    if (!some_) return std::vector<double>(ofTable.begin(), ofTable.end());
    std::vector<double> result;
    result.reserve(rows());
    for (const std::uint32_t row : *some_) result.push_back(ofTable[row]);
    return result;
}

NumberNumbering Frame::differentNumbers(const Column& column) const {
    NumberNumbering numbering;
    if (!column.hasNumbers()) return numbering;
    inBlocks([&, numbers = column.numbers()](const auto& block) {
        for (const std::size_t row : block)
            if (!isMissing(numbers[row])) numbering.of(numbers[row]);
    });
    return numbering;
}

Result<Labels> Frame::labels(const ColumnRef& column, Identity identity) const {
    const Result<ColumnHandle> used = this->column(column);
    if (!used) return used.failure();
    return labels(LabelFinder(*this, *used, identity));
}

Labels Frame::labels(const LabelFinder& finder) const {
    Labels result;
    result.ofRow.resize(rows());
    std::uint32_t* next = result.ofRow.data();
    inBlocks([&](const auto& block) {
        finder.find(block, [next](std::size_t place, std::uint32_t label) { next[place] = label; });
        next += block.size();
    });
    result.names.reserve(finder.count());
    for (std::size_t label = 0; label < finder.count(); ++label) result.names.push_back(finder.nameOf(label));
    result.inTime = finder.inTime();
    return result;
}

}  // namespace calckpi
