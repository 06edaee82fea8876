#include "core/tables/criterion.hpp"

#include "core/values/quantity.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace calckpi {
namespace {

struct Spelling {
    std::string_view text;
    Criterion::Operator meaning;
};

// The two-letter operators come first, so that "<=" is not read as "<" and "=".
constexpr std::array<Spelling, 6> spellings = {{{"<>", Criterion::Operator::NotEqual},
                                                {"<=", Criterion::Operator::LessOrEqual},
                                                {">=", Criterion::Operator::GreaterOrEqual},
                                                {"=", Criterion::Operator::Equal},
                                                {"<", Criterion::Operator::Less},
                                                {">", Criterion::Operator::Greater}}};

Criterion::Operator takeOperator(std::string_view& text) {
    for (const Spelling& spelling : spellings)
        if (text.starts_with(spelling.text)) {
            text.remove_prefix(spelling.text.size());
            return spelling.meaning;
        }
    return Criterion::Operator::Equal;
}

template <class T>
bool compare(const T& left, Criterion::Operator with, const T& right) {
    switch (with) {
        case Criterion::Operator::Equal: return left == right;
        case Criterion::Operator::NotEqual: return left != right;
        case Criterion::Operator::Less: return left < right;
        case Criterion::Operator::LessOrEqual: return left <= right;
        case Criterion::Operator::Greater: return left > right;
        case Criterion::Operator::GreaterOrEqual: return left >= right;
    }
    return false;
}

}  // namespace

Pattern::Pattern(std::u32string_view lowered) {
    for (std::size_t index = 0; index < lowered.size(); ++index) {
        const char32_t letter = lowered[index];
        const char32_t next = index + 1 < lowered.size() ? lowered[index + 1] : 0;
        if (letter == U'~' && (next == U'*' || next == U'?' || next == U'~')) {
            steps_.push_back({Step::Letter, next});
            ++index;
        } else if (letter == U'*') {
            if (steps_.empty() || steps_.back().kind != Step::AnyRun) steps_.push_back({Step::AnyRun, 0});
        } else if (letter == U'?') {
            steps_.push_back({Step::AnyLetter, 0});
        } else {
            steps_.push_back({Step::Letter, letter});
        }
    }
}

bool Pattern::matches(std::u32string_view lowered) const {
    // Only the last run needs another try: what an earlier one could win by being longer, the later one wins as well.
    std::size_t step = 0;
    std::size_t place = 0;
    std::optional<std::size_t> lastRun;
    std::size_t runEnd = 0;
    while (place < lowered.size()) {
        if (step < steps_.size() && steps_[step].kind == Step::AnyRun) {
            lastRun = step++;
            runEnd = place;
        } else if (step < steps_.size() && (steps_[step].kind == Step::AnyLetter || steps_[step].letter == lowered[place])) {
            ++step;
            ++place;
        } else if (lastRun) {
            step = *lastRun + 1;
            place = ++runEnd;
        } else {
            return false;
        }
    }
    while (step < steps_.size() && steps_[step].kind == Step::AnyRun) ++step;
    return step == steps_.size();
}

bool Pattern::hasWildcards() const {
    return std::any_of(steps_.begin(), steps_.end(), [](const Step& step) { return step.kind != Step::Letter; });
}

Criterion::Criterion(const Cell& criterion, const Culture& culture) : culture_(&culture) {
    if (const double* number = std::get_if<double>(&criterion)) {
        target_ = Target::Number;
        number_ = *number;
        return;
    }
    const std::string* written = std::get_if<std::string>(&criterion);
    if (written == nullptr) return;
    std::string_view operand = *written;
    operator_ = takeOperator(operand);
    if (isBlank(operand)) return;
    operand_ = operand;
    if (const std::optional<double> number = culture.numberFromText(operand)) {
        target_ = Target::Number;
        number_ = *number;
        return;
    }
    target_ = Target::Text;
    if (operator_ == Operator::Equal || operator_ == Operator::NotEqual) pattern_.emplace_back(lowered(operand));
}

bool Criterion::matchesBlank() const {
    return target_ == Target::Blank ? operator_ == Operator::Equal : operator_ == Operator::NotEqual;
}

bool Criterion::matchesNumber(double number) const {
    if (target_ == Target::Number) return compare(difference(number, number_), operator_, 0.0);
    // Wildcards see a number as its digits.
    if (!pattern_.empty() && pattern_.front().hasWildcards()) return matchesText(digitsOf(number));
    return operator_ == Operator::NotEqual;
}

bool Criterion::matchesText(std::string_view text) const {
    switch (target_) {
        case Target::Text:
            if (pattern_.empty()) return compare(culture_->compareTexts(text, operand_), operator_, 0);
            return pattern_.front().matches(lowered(text)) == (operator_ == Operator::Equal);
        case Target::Number: {
            // As COUNTIFS does: the criterion "100" finds the number and the text that reads the same, the criterion 100 only the
            // number.
            const bool readsTheSame = !operand_.empty() && lowered(text) == lowered(operand_);
            return operator_ == Operator::Equal ? readsTheSame : operator_ == Operator::NotEqual && !readsTheSame;
        }
        case Target::Blank: break;
    }
    // Every text differs from none and is greater.
    return operator_ == Operator::NotEqual || operator_ == Operator::Greater || operator_ == Operator::GreaterOrEqual;
}

Result<std::vector<std::uint8_t>> rowsThatPass(const Columns& columns, const Filters& filters) {
    std::vector<std::uint8_t> pass(columns.table().rows(), 1);
    for (const Filter& filter : filters) {
        const Result<ColumnHandle> used = columns.use(filter.column);
        if (!used) return used.failure();
        const Column& column = **used;
        const Criterion criterion(filter.criterion, columns.table().culture());
        const std::uint8_t blankPasses = criterion.matchesBlank() ? 1 : 0;
        std::vector<std::uint8_t> textPasses;
        textPasses.reserve(column.texts().size());
        for (const std::string& text : column.texts())
            textPasses.push_back(text.empty() ? blankPasses : criterion.matchesText(text) ? 1 : 0);
        for (std::size_t row = 0; row < pass.size(); ++row) {
            if (pass[row] == 0) continue;
            if (column.kind(row) == CellKind::Number)
                pass[row] = criterion.matchesNumber(column.number(row)) ? 1 : 0;
            else
                pass[row] = column.hasTexts() ? textPasses[column.textIndex(row)] : blankPasses;  // errors are refused by now
        }
    }
    return pass;
}

}  // namespace calckpi
