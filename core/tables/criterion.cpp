#include "core/tables/criterion.hpp"

#include "core/values/quantity.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>
#include <utility>

namespace calckpi {
namespace {

using Operator = Predicate::Operator;

struct Spelling {
    std::string_view text;
    Operator meaning;
};

// The two-letter operators come first, so that "<=" is not read as "<" and "=".
constexpr std::array<Spelling, 6> spellings = {{{"<>", Operator::NotEqual},
                                                {"<=", Operator::LessOrEqual},
                                                {">=", Operator::GreaterOrEqual},
                                                {"=", Operator::Equal},
                                                {"<", Operator::Less},
                                                {">", Operator::Greater}}};

Operator takeOperator(std::string_view& text) {
    for (const Spelling& spelling : spellings)
        if (text.starts_with(spelling.text)) {
            text.remove_prefix(spelling.text.size());
            return spelling.meaning;
        }
    return Operator::Equal;
}

template <class T>
bool compare(const T& left, Operator with, const T& right) {
    switch (with) {
        case Operator::Equal: return left == right;
        case Operator::NotEqual: return left != right;
        case Operator::Less: return left < right;
        case Operator::LessOrEqual: return left <= right;
        case Operator::Greater: return left > right;
        case Operator::GreaterOrEqual: return left >= right;
    }
    return false;
}

// keepThosePassing takes rows out whose cells do not pass.
void keepThosePassing(std::vector<std::uint32_t>& rows, const Column& column, const CellTest& test) {
    const std::uint8_t blankPasses = test.passesBlank() ? 1 : 0;
    std::vector<std::uint8_t> textPasses;
    textPasses.reserve(column.texts().size());
    for (const std::string& text : column.texts()) textPasses.push_back(text.empty() ? blankPasses : test.passesText(text) ? 1 : 0);
    std::size_t size = 0;
    for (const std::uint32_t row : rows) {
        // Written in any case and kept if it passes: no branch that cannot be foreseen. Errors are refused by now.
        rows[size] = row;
        if (column.kind(row) == CellKind::Number)
            size += test.passesNumber(column.number(row)) ? 1 : 0;
        else
            size += column.hasTexts() ? textPasses[column.textIndex(row)] : blankPasses;
    }
    rows.resize(size);
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

Predicate readCriterion(const Cell& criterion, const Culture& culture) {
    if (const double* number = std::get_if<double>(&criterion)) return {.operand = Predicate::Number{*number, {}}};
    const std::string* written = std::get_if<std::string>(&criterion);
    if (written == nullptr) return {};
    std::string_view operand = *written;
    const Operator operation = takeOperator(operand);
    if (isBlank(operand)) return {operation};
    if (const std::optional<double> number = culture.numberFromText(operand))
        return {operation, Predicate::Number{*number, std::string(operand)}};
    return {operation, Predicate::Text{std::string(operand)}};
}

CellTest::CellTest(Predicate predicate, const Culture& culture) : predicate_(std::move(predicate)), culture_(&culture) {
    const auto* text = std::get_if<Predicate::Text>(&predicate_.operand);
    if (text != nullptr && predicate_.isEquality()) pattern_.emplace(lowered(text->text));
}

bool CellTest::passesBlank() const {
    const bool asksForNothing = std::holds_alternative<Predicate::Nothing>(predicate_.operand);
    return predicate_.operation == (asksForNothing ? Operator::Equal : Operator::NotEqual);
}

bool CellTest::passesNumber(double number) const {
    if (const auto* wanted = std::get_if<Predicate::Number>(&predicate_.operand))
        return compare(difference(number, wanted->value), predicate_.operation, 0.0);
    // Wildcards see a number as its digits.
    if (pattern_ && pattern_->hasWildcards()) return passesText(digitsOf(number));
    return predicate_.operation == Operator::NotEqual;
}

bool CellTest::passesText(std::string_view text) const {
    if (const auto* wanted = std::get_if<Predicate::Text>(&predicate_.operand)) return passesText(text, *wanted);
    if (const auto* wanted = std::get_if<Predicate::Number>(&predicate_.operand)) return passesText(text, *wanted);
    // Every text differs from none and is greater.
    return predicate_.operation == Operator::NotEqual || predicate_.operation == Operator::Greater ||
           predicate_.operation == Operator::GreaterOrEqual;
}

bool CellTest::passesText(std::string_view text, const Predicate::Text& wanted) const {
    if (!pattern_) return compare(culture_->compareTexts(text, wanted.text), predicate_.operation, 0);
    return pattern_->matches(lowered(text)) == (predicate_.operation == Operator::Equal);
}

// As COUNTIFS does: the criterion "100" finds the number and the text that reads the same, the criterion 100 only the number.
bool CellTest::passesText(std::string_view text, const Predicate::Number& wanted) const {
    const bool readsTheSame = !wanted.written.empty() && lowered(text) == lowered(wanted.written);
    return predicate_.operation == Operator::Equal ? readsTheSame : predicate_.operation == Operator::NotEqual && !readsTheSame;
}

Result<std::vector<std::uint32_t>> rowsThatPass(const Columns& columns, const Filters& filters) {
    std::vector<std::uint32_t> rows(columns.table().rows());
    std::iota(rows.begin(), rows.end(), 0U);
    for (const Filter& filter : filters) {
        const bool isFirst = &filter == &filters.front();
        const Result<ColumnHandle> used = isFirst ? columns.use(filter.column) : columns.use(filter.column, rows);
        if (!used) return used.failure();
        keepThosePassing(rows, **used,
                         CellTest(readCriterion(filter.criterion, columns.table().culture()), columns.table().culture()));
    }
    return rows;
}

}  // namespace calckpi
