#include "core/tables/table.hpp"

#include "core/values/quantity.hpp"

#include <algorithm>
#include <cmath>

namespace calckpi {

void Column::addText(std::string_view text) {
    if (isBlank(text)) return addBlank();
    if (!hasTexts_) startWith(noText, textIndexes_, hasTexts_);
    auto found = indexOfText_.find(text);
    if (found == indexOfText_.end()) {
        found = indexOfText_.emplace(text, static_cast<std::uint32_t>(texts_.size())).first;
        texts_.emplace_back(text);
    }
    add(CellKind::Text, missing, found->second);
}

void Column::addBlanks(std::size_t count) {
    kinds_.insert(kinds_.end(), count, CellKind::Blank);
    if (hasNumbers_) numbers_.insert(numbers_.end(), count, missing);
    if (hasTexts_) textIndexes_.insert(textIndexes_.end(), count, noText);
}

void Column::addError(std::uint16_t code) {
    if (!firstError_) firstError_ = ErrorCell{rows(), code};
    add(CellKind::Error, missing, noText);
}

WrongRows errorsIn(const Column& cells) {
    WrongRows errors;
    if (!cells.firstError()) return errors;
    for (std::size_t row = cells.firstError()->row; row < cells.rows(); ++row)
        if (cells.kind(row) == CellKind::Error) errors.add(row);
    return errors;
}

Result<std::size_t> Table::find(const ColumnRef& column) const {
    const std::vector<std::string>& names = headers();
    if (const double* position = std::get_if<double>(&column)) {
        if (!(*position >= 1 && *position <= static_cast<double>(names.size())) || *position != std::floor(*position))
            return Failure(Fault::OutsideDomain, Wrong::NoPosition);
        return static_cast<std::size_t>(*position) - 1;
    }
    const std::string wanted = folded(std::get<std::string>(column));
    const auto matches = [&wanted](const std::string& header) { return folded(header) == wanted; };
    const auto first = std::find_if(names.begin(), names.end(), matches);
    if (wanted.empty() || first == names.end()) return Failure(Fault::OutsideDomain, Wrong::NoHeader);
    if (const auto second = std::find_if(first + 1, names.end(), matches); second != names.end())
        return Failure(Fault::OutsideDomain, Wrong::HeaderTwice).at(static_cast<std::int32_t>(second - names.begin()) + 1, 1);
    return static_cast<std::size_t>(first - names.begin());
}

Result<ColumnHandle> Table::use(const ColumnRef& column) const {
    const Result<std::size_t> index = find(column);
    if (!index) return index.failure();
    return unlessErrors(*index, read(*index));
}

Result<ColumnHandle> Table::use(const ColumnRef& column, std::span<const std::uint32_t> rows) const {
    const Result<std::size_t> index = find(column);
    if (!index) return index.failure();
    return unlessErrors(*index, readRows(*index, rows));
}

Result<ColumnHandle> Table::unlessErrors(std::size_t index, ColumnHandle cells) const {
    if (const auto& error = cells->firstError()) {
        Failure failure(Fault::ErrorInCell, Wrong::Error);
        failure.cellError = error->code;
        return failure.at(index, errorsIn(*cells));
    }
    return cells;
}

Result<ColumnHandle> Columns::use(const ColumnRef& column) const {
    const Result<std::size_t> index = table_->find(column);
    if (!index) return index.failure();
    if (const auto known = read_->whole.find(*index); known != read_->whole.end()) return known->second;
    Result<ColumnHandle> used = table_->use(column);
    if (used) read_->whole.emplace(*index, *used);
    return used;
}

Result<ColumnHandle> Columns::use(const ColumnRef& column, std::span<const std::uint32_t> rows) const {
    const Result<std::size_t> index = table_->find(column);
    if (!index) return index.failure();
    for (const ByIndex* read : {&read_->whole, &read_->inRows})
        if (const auto known = read->find(*index); known != read->end()) return known->second;
    Result<ColumnHandle> used = table_->use(column, rows);
    if (used) read_->inRows.emplace(*index, *used);
    return used;
}

bool Words::Word::is(const Word& other) const { return key == other.key || nearlyEqual(number, other.number); }

void Words::add(const Cell& word) {
    if (const double* number = std::get_if<double>(&word)) words_.push_back({digitsOf(*number), *number});
    if (const std::string* text = std::get_if<std::string>(&word); text != nullptr && !isBlank(*text))
        words_.push_back({folded(*text)});
}

Words Words::readIn(const Culture& culture) const {
    Words read = *this;
    for (Word& word : read.words_) {
        if (!isMissing(word.number)) continue;
        if (const std::optional<double> number = culture.numberFromText(word.key))
            word.number = *number;
        else if (word.key == "true" || word.key == "false")
            word.number = word.key == "true" ? 1 : 0;
    }
    return read;
}

std::size_t Words::ofKey(std::string_view folded) const {
    const auto found = std::find_if(words_.begin(), words_.end(), [folded](const Word& word) { return word.key == folded; });
    return static_cast<std::size_t>(found - words_.begin());
}

std::size_t Words::ofNumber(double number) const {
    const Word wanted = {digitsOf(number), number};
    const auto found = std::find_if(words_.begin(), words_.end(), [&wanted](const Word& word) { return word.is(wanted); });
    return static_cast<std::size_t>(found - words_.begin());
}

bool Words::overlaps(const Words& other) const {
    return std::any_of(words_.begin(), words_.end(), [&other](const Word& word) {
        return std::any_of(other.words_.begin(), other.words_.end(), [&word](const Word& another) { return word.is(another); });
    });
}

Words wordsFor(const std::vector<std::string>& texts, const Column& column, const Culture& culture) {
    Words words;
    for (const std::string& text : texts) words.add(text);
    return column.hasNumbers() ? words.readIn(culture) : words;
}

Values::Values(const std::vector<Cell>& values) {
    for (const Cell& value : values) add(value);
}

bool Values::areAnEmptyCell(const Column& lookedForIn) const {
    if (!are0()) return false;
    const std::span<const double> numbers = lookedForIn.numbers();
    if (std::find(numbers.begin(), numbers.end(), 0.0) != numbers.end()) return false;
    return std::none_of(lookedForIn.texts().begin(), lookedForIn.texts().end(),
                        [](const std::string& text) { return folded(text) == "0"; });
}

}  // namespace calckpi
