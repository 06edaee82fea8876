#include "core/tables/table.hpp"

#include "core/values/text.hpp"

#include <algorithm>
#include <cmath>

namespace calckpi {

void Column::addText(std::string_view text) {
    if (text.empty()) return addBlank();
    if (!hasTexts_) startWith(noText, textIndexes_, hasTexts_);
    auto found = indexOfText_.find(text);
    if (found == indexOfText_.end()) {
        found = indexOfText_.emplace(text, static_cast<std::uint32_t>(texts_.size())).first;
        texts_.emplace_back(text);
    }
    add(CellKind::Text, missing, found->second);
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
    ColumnHandle cells = read(*index);
    if (const auto& error = cells->firstError()) {
        Failure failure(Fault::ErrorInCell, Wrong::Error);
        failure.cellError = error->code;
        return failure.at(*index, errorsIn(*cells));
    }
    return cells;
}

Result<ColumnHandle> Columns::use(const ColumnRef& column) const {
    const Result<std::size_t> index = table_->find(column);
    if (!index) return index.failure();
    const auto known = read_.find(*index);
    if (known != read_.end()) return known->second;
    const Result<ColumnHandle> used = table_->use(column);
    if (used) read_.emplace(*index, *used);
    return used;
}

Values::Values(const std::vector<Cell>& values) {
    for (const Cell& value : values) {
        std::string word;
        if (const double* number = std::get_if<double>(&value)) word = digitsOf(*number);
        if (const std::string* text = std::get_if<std::string>(&value)) word = folded(*text);
        if (!word.empty()) texts_.push_back(std::move(word));
    }
}

bool Values::hasNumber(double number) const { return hasText(digitsOf(number)); }

bool Values::hasText(std::string_view text) const { return std::find(texts_.begin(), texts_.end(), folded(text)) != texts_.end(); }

bool Values::overlaps(const Values& other) const {
    return std::any_of(texts_.begin(), texts_.end(), [&other](const std::string& text) { return other.hasText(text); });
}

bool Values::areAnEmptyCell(const Column& lookedForIn) const {
    if (texts_.size() != 1 || texts_.front() != "0") return false;
    const std::span<const double> numbers = lookedForIn.numbers();
    if (std::find(numbers.begin(), numbers.end(), 0.0) != numbers.end()) return false;
    return std::none_of(lookedForIn.texts().begin(), lookedForIn.texts().end(),
                        [](const std::string& text) { return folded(text) == "0"; });
}

}  // namespace calckpi
