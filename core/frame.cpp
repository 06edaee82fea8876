#include "core/frame.hpp"

#include "core/text.hpp"

#include <map>
#include <utility>

namespace calckpi {
namespace {

std::string digitsWithoutSign0(double number) { return digitsOf(number == 0 ? 0 : number); }

// No way out in the middle: so the compiler looks at many cells at once.
bool hasNumbers(const Column& column) {
    std::uint8_t found = 0;
    for (std::size_t row = 0; row < column.rows(); ++row) found |= static_cast<std::uint8_t>(column.kind(row) == CellKind::Number);
    return found != 0;
}

}  // namespace

// Each different text is folded once, each row only looks up a number.
LabelFinder::LabelFinder(const Frame& frame, ColumnHandle column) : column_(std::move(column)) {
    std::unordered_map<std::string, std::uint32_t> byText;
    std::vector<std::uint8_t> manySpellings;  // for each label
    const auto labelOf = [&](const std::string& text) {
        std::string key = folded(text);
        if (key.empty()) return Labels::none;
        const auto [place, isNew] = byText.emplace(std::move(key), static_cast<std::uint32_t>(names_.size()));
        if (isNew) {
            names_.emplace_back(trimmed(text));
            manySpellings.push_back(0);
        } else {
            manySpellings[place->second] = 1;
        }
        return place->second;
    };
    // What stands only in rows that do not pass has no label. The usual column, of texts in rows that all pass, needs no look at
    // them.
    std::vector<std::uint8_t> textOccurs(column_->texts().size(), frame.filtered() ? 0 : 1);
    if (frame.filtered() || hasNumbers(*column_))
        frame.inBlocks([&](std::span<const std::uint32_t> block) {
            for (const std::uint32_t row : block) {
                if (column_->kind(row) == CellKind::Number)
                    ofNumber_.try_emplace(column_->number(row), Labels::none);
                else if (column_->kind(row) == CellKind::Text)
                    textOccurs[column_->textIndex(row)] = 1;
            }
        });
    ofText_.resize(textOccurs.size(), Labels::none);
    for (std::size_t text = 0; text < ofText_.size(); ++text)
        if (textOccurs[text] != 0) ofText_[text] = labelOf(column_->texts()[text]);
    firstNumber_ = names_.size();
    for (auto& [number, label] : ofNumber_) {
        label = labelOf(digitsWithoutSign0(number));
        if (label < firstNumber_) continue;
        // Numbers that differ beyond their digits share a label: the least stands for them.
        if (label - firstNumber_ == numbers_.size()) numbers_.push_back(number);
        double& shown = numbers_[label - firstNumber_];
        shown = std::min(shown, number);
    }
    if (std::find(manySpellings.begin(), manySpellings.end(), 1) != manySpellings.end()) chooseSpellings(frame, manySpellings);
}

void LabelFinder::find(std::span<const std::uint32_t> tableRows, std::uint32_t* labels) const {
    const Column& column = *column_;
    const std::uint32_t* const ofText = ofText_.data();
    if (ofNumber_.empty()) {
        for (const std::uint32_t row : tableRows)
            *labels++ = column.kind(row) == CellKind::Text ? ofText[column.textIndex(row)] : Labels::none;
        return;
    }
    for (const std::uint32_t row : tableRows) {
        switch (column.kind(row)) {
            case CellKind::Text: *labels++ = ofText[column.textIndex(row)]; break;
            case CellKind::Number: *labels++ = ofNumber_.find(column.number(row))->second; break;
            case CellKind::Blank:
            case CellKind::Error: *labels++ = Labels::none; break;
        }
    }
}

void LabelFinder::chooseSpellings(const Frame& frame, const std::vector<std::uint8_t>& manySpellings) {
    std::vector<std::size_t> textTimes(ofText_.size());
    std::unordered_map<double, std::size_t> numberTimes;
    frame.inBlocks([&](std::span<const std::uint32_t> block) {
        for (const std::uint32_t row : block) {
            if (column_->kind(row) == CellKind::Text)
                ++textTimes[column_->textIndex(row)];
            else if (column_->kind(row) == CellKind::Number)
                ++numberTimes[column_->number(row)];
        }
    });
    // In the order of code points; blanks around it make no other spelling.
    std::map<std::pair<std::uint32_t, std::string>, std::size_t> times;
    for (std::size_t text = 0; text < ofText_.size(); ++text)
        if (ofText_[text] != Labels::none && manySpellings[ofText_[text]] != 0)
            times[{ofText_[text], std::string(trimmed(column_->texts()[text]))}] += textTimes[text];
    for (const auto& [number, count] : numberTimes)
        if (const std::uint32_t label = ofNumber_.at(number); manySpellings[label] != 0)
            times[{label, digitsWithoutSign0(number)}] += count;
    std::vector<std::size_t> most(names_.size());
    for (const auto& [spelling, count] : times) {
        const auto& [label, text] = spelling;
        if (count <= most[label]) continue;
        most[label] = count;
        names_[label] = text;
    }
}

Result<Frame> Frame::of(TableHandle table, const Filters& filters) {
    if (filters.empty()) return Frame(std::move(table), std::nullopt);
    const Result<std::vector<std::uint8_t>> pass = rowsThatPass(*table, filters);
    if (!pass) return pass.failure();
    std::vector<std::uint32_t> rows;
    rows.reserve(pass->size());
    for (std::size_t row = 0; row < pass->size(); ++row)
        if ((*pass)[row] != 0) rows.push_back(static_cast<std::uint32_t>(row));
    return Frame(std::move(table), std::move(rows));
}

Result<ColumnHandle> Frame::column(const ColumnRef& column) const {
    const Result<std::size_t> index = table_->find(column);
    if (!index) return index.failure();
    const auto known = columns_.find(*index);
    if (known != columns_.end()) return known->second;
    const Result<ColumnHandle> used = table_->use(column);
    if (used) columns_.emplace(*index, *used);
    return used;
}

Failure Frame::failureAt(Fault fault, const ColumnRef& column, std::size_t tableRow) const {
    return Failure(fault).at(static_cast<std::int32_t>(*table_->find(column)) + 1, static_cast<std::int32_t>(tableRow) + 2);
}

Result<ColumnHandle> Frame::numberColumn(const ColumnRef& column, Wanted wanted) const {
    const Result<ColumnHandle> used = this->column(column);
    if (!used || (*used)->texts().empty()) return used;
    // A text of blanks alone is an empty cell.
    const Column& cells = **used;
    std::vector<std::uint8_t> isWord;
    for (const std::string& text : cells.texts()) isWord.push_back(trimmed(text).empty() ? 0 : 1);
    for (std::size_t row = 0; row < rows(); ++row) {
        const std::size_t at = tableRow(row);
        if (cells.kind(at) == CellKind::Text && isWord[cells.textIndex(at)] != 0)
            return failureAt(Fault::NotANumber, column, at).where(wanted);
    }
    return used;
}

Result<std::vector<double>> Frame::numbers(const ColumnRef& column, Wanted wanted) const {
    const Result<ColumnHandle> used = numberColumn(column, wanted);
    if (!used) return used.failure();
    const Column& cells = **used;
    std::vector<double> result;
    result.reserve(rows());
    inBlocks([&](std::span<const std::uint32_t> block) {
        for (const std::uint32_t row : block) result.push_back(cells.kind(row) == CellKind::Number ? cells.number(row) : missing);
    });
    return result;
}

Result<Labels> Frame::labels(const ColumnRef& column) const {
    const Result<ColumnHandle> used = this->column(column);
    if (!used) return used.failure();
    const LabelFinder finder(*this, *used);
    Labels result;
    result.ofRow.resize(rows());
    std::uint32_t* next = result.ofRow.data();
    inBlocks([&](std::span<const std::uint32_t> block) {
        finder.find(block, next);
        next += block.size();
    });
    result.names = finder.names();
    return result;
}

}  // namespace calckpi
