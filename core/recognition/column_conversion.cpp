#include "core/recognition/column_conversion.hpp"

#include "core/recognition/column_evidence.hpp"
#include "core/recognition/role_words.hpp"
#include "core/recognition/vocabulary.hpp"

#include <algorithm>
#include <cmath>

namespace calckpi::panel {
namespace {

// Digits under such a header are a name: an id, a phone number.
bool speaksOfNames(std::string_view header) {
    const Meaning meaning = headerMeaning(header).meaning;
    return meaning == Meaning::Unit || meaning == Meaning::RowId || meaning == Meaning::Note;
}

bool speaksOfProbability(std::string_view header) {
    return rolesInHeader(header, RowKind::Deals)[static_cast<std::size_t>(Role::Probability)] > 0;
}

bool isPlain(const std::string& text) { return text.find_first_not_of("0123456789 ") == std::string::npos; }

std::string codeOf(const ColumnReading& reading) {
    const bool whole = std::all_of(reading.values.begin(), reading.values.end(),
                                   [](double value) { return std::isnan(value) || value == std::floor(value); });
    const std::string amount = whole ? "#,##0" : "#,##0.00";
    switch (reading.format) {
        case ColumnFormat::None: break;
        case ColumnFormat::Number: return whole ? "0" : "General";
        case ColumnFormat::Money: {
            const std::string sign = "[$" + reading.currency + "]";
            return reading.currency == "$" || reading.currency == "£" ? sign + amount : amount + ' ' + sign;
        }
        case ColumnFormat::Share: {
            const bool points = std::all_of(reading.values.begin(), reading.values.end(), [](double value) {
                return std::isnan(value) || std::abs(value * 100 - std::round(value * 100)) < 1e-9;
            });
            return points ? "0%" : "0.0%";
        }
        case ColumnFormat::Date: return "YYYY-MM-DD";
        case ColumnFormat::DateTime: return "YYYY-MM-DD HH:MM:SS";
        case ColumnFormat::TimeOfDay: return "HH:MM:SS";
    }
    return "General";
}

class Planner {
public:
    Planner(const Column& cells, std::chrono::sys_days nullDate, const ReadingHints& hints) : cells_(cells) {
        std::vector<std::size_t> times(cells.texts().size());
        for (std::size_t row = 0; row < cells.rows(); ++row)
            if (cells.kind(row) == CellKind::Text) ++times[cells.textIndex(row)];
        reading_ = readColumn(cells.texts(), times, nullDate, hints);
        nullDate_ = nullDate;
    }
    bool readable() const { return reading_.format != ColumnFormat::None; }
    bool arePlainDigits() const {
        const std::vector<std::string>& texts = cells_.texts();
        return reading_.format == ColumnFormat::Number && std::all_of(texts.begin(), texts.end(), isPlain);
    }

    ColumnConversion plan() const {
        ColumnConversion plan;
        plan.format = reading_.format;
        plan.formatCode = codeOf(reading_);
        plan.toUtc = reading_.toUtc;
        const std::vector<bool> others = inOtherCurrency();
        for (std::size_t row = 0; row < cells_.rows(); ++row) {
            if (cells_.kind(row) != CellKind::Text) continue;
            const std::size_t text = cells_.textIndex(row);
            if (others[text])
                plan.otherCurrency.push_back(row);
            else if (!std::isnan(reading_.values[text]))
                plan.cells.push_back({row, reading_.values[text]});
            else
                (isWordForEmpty(cells_.texts()[text]) ? plan.emptied : plan.unreadable).push_back(row);
            if (reading_.inDoubt && text == reading_.doubtful && !plan.question) plan.question = question(row);
        }
        return plan;
    }

private:
    // A sign of another currency; a number without a sign is of that of most.
    std::vector<bool> inOtherCurrency() const {
        std::vector<bool> others(cells_.texts().size());
        if (reading_.format != ColumnFormat::Money) return others;
        for (std::size_t text = 0; text < others.size(); ++text)
            if (const auto number = readNumber(cells_.texts()[text]))
                others[text] = !number->currency.empty() && number->currency != reading_.currency;
        return others;
    }
    ReadingQuestion question(std::size_t row) const {
        ReadingQuestion question;
        question.row = row;
        question.text = cells_.texts()[cells_.textIndex(row)];
        question.ofDates = reading_.format == ColumnFormat::Date || reading_.format == ColumnFormat::DateTime;
        if (question.ofDates) {
            const WrittenDate date = readDate(question.text, nullDate_).value_or(WrittenDate{});
            question.first = date.dayFirst.value_or(0);
            question.second = date.monthFirst.value_or(0);
        } else {
            const WrittenNumber number = readNumber(question.text).value_or(WrittenNumber{});
            question.first = number.withDot.value_or(0);
            question.second = number.withComma.value_or(0);
        }
        return question;
    }

    const Column& cells_;
    ColumnReading reading_;
    std::chrono::sys_days nullDate_;
};

// fromNumbers plans dates that stand as plain numbers.
std::optional<ColumnConversion> fromNumbers(const Column& cells, std::chrono::sys_days nullDate) {
    std::vector<double> numbers;
    for (const double number : cells.numbers())
        if (!isMissing(number)) numbers.push_back(number);
    const NumberAsDate as = numbersAsDates(numbers);
    if (as == NumberAsDate::None) return std::nullopt;
    const bool days = as == NumberAsDate::YearMonthDay;
    ColumnConversion plan;
    plan.format = days ? ColumnFormat::Date : ColumnFormat::DateTime;
    plan.formatCode = days ? "YYYY-MM-DD" : "YYYY-MM-DD HH:MM:SS";
    plan.numbers = as;
    plan.toUtc = !days;
    for (std::size_t row = 0; row < cells.rows(); ++row)
        if (cells.kind(row) == CellKind::Number) plan.cells.push_back({row, dateOf(cells.number(row), as, nullDate)});
    return plan;
}

// emptying is a plan for a column of numbers in which all texts are words for empty.
std::optional<ColumnConversion> emptying(ColumnConversion plan, const Column& cells) {
    if (!cells.hasNumbers() || plan.emptied.empty() || !plan.unreadable.empty()) return std::nullopt;
    return plan;
}

// fromPercentages plans probabilities of 0 to 100. A fraction of 1 among them would be one or the other: nothing is planned then.
std::optional<ColumnConversion> fromPercentages(const Column& cells) {
    ColumnConversion plan;
    plan.format = ColumnFormat::Share;
    plan.formatCode = "0%";
    plan.percentages = true;
    bool above1 = false;
    for (std::size_t row = 0; row < cells.rows(); ++row) {
        if (cells.kind(row) != CellKind::Number) continue;
        const double number = cells.number(row);
        if (!(number >= 0 && number <= 100) || (number > 0 && number < 1)) return std::nullopt;
        above1 = above1 || number > 1;
        if (number != std::floor(number)) plan.formatCode = "0.0%";
        plan.cells.push_back({row, number / 100});
    }
    return above1 ? std::optional(std::move(plan)) : std::nullopt;
}

}  // namespace

std::optional<std::size_t> ColumnConversion::firstRow() const {
    std::optional<std::size_t> first;
    if (!cells.empty()) first = cells.front().row;
    if (!emptied.empty()) first = std::min(first.value_or(emptied.front()), emptied.front());
    return first;
}

std::optional<ColumnConversion> conversionOf(const Column& cells, std::string_view header, std::chrono::sys_days nullDate,
                                             const ReadingHints& hints) {
    if (speaksOfDates(headerMeaning(header).meaning) && cells.hasNumbers() && !cells.hasTexts())
        return fromNumbers(cells, nullDate);
    if (cells.hasNumbers() && !cells.hasTexts() && speaksOfProbability(header)) return fromPercentages(cells);
    if (!cells.hasTexts() || speaksOfNames(header)) return std::nullopt;
    const Planner planner(cells, nullDate, hints);
    if (!planner.readable()) return emptying(planner.plan(), cells);
    // Plain digits may be a name under a header that says nothing: a postal code.
    if (planner.arePlainDigits() && headerMeaning(header).meaning == Meaning::None) return std::nullopt;
    ColumnConversion plan = planner.plan();
    return plan.cells.empty() ? std::nullopt : std::optional(std::move(plan));
}

}  // namespace calckpi::panel
