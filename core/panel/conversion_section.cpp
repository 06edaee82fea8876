#include "core/panel/conversion_section.hpp"

#include "core/panel/controls.hpp"
#include "core/panel/items.hpp"
#include "core/recognition/vocabulary.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace calckpi::panel {
namespace {

// More columns than these are no longer read: the first ones are those that have a role.
constexpr std::size_t mostColumns = 6;

bool isToConvert(const ColumnFacts& column) {
    return column.textNumbers || column.textDates || column.percentages || column.numberDates != NumberAsDate::None;
}

Place placeOf(std::size_t column, std::size_t row) {
    return {static_cast<std::int32_t>(column) + 1, static_cast<std::int32_t>(row) + 2};
}

constexpr Message textRows = msg("{column} is text in {n} row, first {cell}", "{column} is text in {n} rows, first {cell}");
constexpr Message numberRows = msg("{column} holds a number that means a date in {n} row, first {cell}",
                                   "{column} holds numbers that mean dates in {n} rows, first {cell}");
constexpr Message percentRows = msg("{column} holds a percentage without its sign in {n} row, first {cell}",
                                    "{column} holds percentages without their sign in {n} rows, first {cell}");

// cellsOf names the first cells of a list of rows: "G10, G15, G20, \u2026".
std::string cellsOf(const std::vector<std::size_t>& rows, std::size_t column, const Source& source) {
    constexpr std::size_t mostNamed = 8;
    std::string names;
    for (std::size_t index = 0; index < std::min(rows.size(), mostNamed); ++index)
        names += (index == 0 ? "" : ", ") + source.cellName(placeOf(column, rows[index]));
    return rows.size() > mostNamed ? names + ", \u2026" : names;
}

std::string sentenceOf(const std::string& name, std::size_t column, const ColumnConversion& plan, const Source& source,
                       const Texts& texts) {
    const auto rows = static_cast<std::int64_t>(plan.cells.size() + plan.emptied.size());
    std::string said = texts.say(plan.percentages                     ? percentRows
                                 : plan.numbers == NumberAsDate::None ? textRows
                                                                      : numberRows,
                                 rows, {{"column", name}, {"cell", source.cellName(placeOf(column, *plan.firstRow()))}});
    const auto stay = [&](const std::vector<std::size_t>& list, Message message) {
        if (list.empty()) return;
        said += " \u00B7 " + texts.say(message, static_cast<std::int64_t>(list.size()), {{"cell", cellsOf(list, column, source)}});
    };
    stay(plan.unreadable, msg("{n} more cannot be read and stays, first {cell}", "{n} more cannot be read and stay, first {cell}"));
    stay(plan.otherCurrency,
         msg("{n} more has another currency and stays, first {cell}", "{n} more have another currency and stay, first {cell}"));
    return said;
}

// readings are the two numbers or dates that a text may be.
std::vector<std::string> readings(const ReadingQuestion& question, std::chrono::sys_days nullDate, const Texts& texts) {
    const auto shown = [&](double value) {
        if (question.ofDates) return isoDate(std::floor(value), nullDate);
        for (int decimals = 0; decimals < 6; ++decimals)
            if (const double scaled = value * std::pow(10, decimals); std::abs(scaled - std::round(scaled)) < 1e-6)
                return texts.number(value, decimals);
        return texts.number(value, 6);
    };
    return {shown(question.first), shown(question.second)};
}

}  // namespace

void ConversionSection::take(const Source& source, const TableFacts& facts) {
    const std::vector<Candidate> before = std::exchange(candidates_, {});
    std::vector<std::size_t> columns;
    for (const bool withRole : {true, false})
        for (std::size_t column = 0; column < facts.columns.size(); ++column)
            if (isToConvert(facts.columns[column]) && facts.columns[column].role.has_value() == withRole) columns.push_back(column);
    columns.resize(std::min(columns.size(), mostColumns));
    for (const std::size_t column : columns) {
        const std::string& own = source.table->headers()[column];
        const std::string& header = column < source.headers.size() ? source.headers[column] : own;
        Candidate candidate{{column, facts.columns[column].shown, header, {}}, {}};
        for (const Candidate& known : before)
            if (known.column.name == candidate.column.name) candidate.column.hints = known.column.hints;
        candidates_.push_back(std::move(candidate));
    }
}

std::vector<ColumnRef> ConversionSection::columnsNeeded() const {
    std::vector<ColumnRef> columns;
    for (const Candidate& candidate : candidates_) columns.emplace_back(static_cast<double>(candidate.column.column + 1));
    return columns;
}

void ConversionSection::plan(Candidate& candidate, const Source& source) {
    const Wanted& wanted = candidate.column;
    candidate.plan = conversionOf(*source.table->look(wanted.column), wanted.header, source.table->nullDate(), wanted.hints);
}

void ConversionSection::compute(const Source& source) {
    for (Candidate& candidate : candidates_) plan(candidate, source);
}

void ConversionSection::show(View& view, const Source& source, const Texts& texts) const {
    for (std::int32_t index = 0; index < sizeOf(candidates_); ++index) {
        const auto& [wanted, plan] = candidates_[static_cast<std::size_t>(index)];
        if (!plan || !plan->firstRow()) continue;
        Widget said = sentence(WidgetKind::Warning, Item::TextColumn, sentenceOf(wanted.name, wanted.column, *plan, source, texts));
        said.index = index;
        addRow(view, std::move(said));
        if (plan->question) {
            Widget means = dropDown(Item::TextMeans, texts.say(msg("{text} means"), {{"text", plan->question->text}}),
                                    texts.say(msg("How the texts of this column are to be read")),
                                    readings(*plan->question, source.table->nullDate(), texts), -1);
            means.text = texts.say(msg("{text} means"), {{"text", plan->question->text}});
            means.index = index;
            addRow(view, std::move(means));
        }
        Widget convert = button(Item::ConvertInPlace, texts.say(msg("Convert in place")),
                                texts.say(msg("Turn these cells into numbers or dates; one Undo takes it back")), !plan->question);
        convert.index = index;
        addRow(view, std::move(convert));
    }
}

std::optional<ConversionSection::Wanted> ConversionSection::wanted(std::int32_t index) const {
    if (index < 0 || index >= sizeOf(candidates_)) return std::nullopt;
    return candidates_[static_cast<std::size_t>(index)].column;
}

Reaction ConversionSection::act(const Action& action, const Source& source) {
    if (!wanted(action.index)) return Next::Nothing;
    Candidate& candidate = candidates_[static_cast<std::size_t>(action.index)];
    if (action.item == Item::ConvertInPlace) {
        Reaction reaction = Next::Convert;
        reaction.index = action.index;
        return reaction;
    }
    if (action.item != Item::TextMeans || !candidate.plan || !candidate.plan->question || action.entry < 0) return Next::Nothing;
    const bool second = action.entry == 1;
    candidate.column.hints = {.decimalSign = second ? DecimalSign::Comma : DecimalSign::Dot,
                              .dayOrder = second ? DayOrder::MonthFirst : DayOrder::DayFirst,
                              .said = true};
    plan(candidate, source);
    return Next::Draw;
}

std::string converted(const ColumnConversion& plan, std::size_t formulas, const Texts& texts) {
    const auto changed = static_cast<std::int64_t>(plan.cells.size() + plan.emptied.size() - formulas);
    const auto stay = static_cast<std::int64_t>(plan.unreadable.size() + plan.otherCurrency.size() + formulas);
    std::string said = texts.say(msg("{n} cell was converted", "{n} cells were converted"), changed);
    if (stay > 0) said += " \u00B7 " + texts.say(msg("{n} cell stays as it was", "{n} cells stay as they were"), stay);
    return said;
}

}  // namespace calckpi::panel
