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

std::string helpOf(const Texts& texts) { return texts.say(msg("Turn these cells into numbers or dates; one Undo takes it back")); }

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
    candidate.plan =
        conversionOf(*source.table->look(wanted.column), wanted.header, source.table->culture().nullDate(), wanted.hints);
}

void ConversionSection::compute(const Source& source) {
    for (Candidate& candidate : candidates_) plan(candidate, source);
}

// toConvert are the candidates that have cells to convert.
std::vector<std::int32_t> ConversionSection::toConvert() const {
    std::vector<std::int32_t> found;
    for (std::int32_t index = 0; index < sizeOf(candidates_); ++index)
        if (const auto& plan = at(index).plan; plan && plan->firstRow()) found.push_back(index);
    return found;
}

void ConversionSection::show(View& view, const Source& source, const Texts& texts) const {
    const std::vector<std::int32_t> columns = toConvert();
    if (columns.size() > 1 && !open_) return showTogether(view, columns, source, texts);
    if (columns.size() > 1)
        addRow(view, link(Item::ConvertEach,
                          "\u25BE " + texts.say(msg("{n} column to convert", "{n} columns to convert"), sizeOf(columns)),
                          texts.say(msg("Fold the list"))));
    for (const std::int32_t index : columns) {
        Widget said = sentence(WidgetKind::Warning, Item::TextColumn, sentenceAt(index, source, texts));
        said.index = index;
        addRow(view, std::move(said));
        if (at(index).plan->question) showQuestion(view, index, source, texts);
        Widget convert = button(Item::ConvertInPlace, texts.say(msg("Convert in place")), helpOf(texts), !at(index).plan->question);
        convert.index = index;
        addRow(view, std::move(convert));
    }
}

// showTogether says of all columns what it can in one sentence, so that what the user came for stays in sight.
void ConversionSection::showTogether(View& view, const std::vector<std::int32_t>& columns, const Source& source,
                                     const Texts& texts) const {
    std::string others;
    for (std::size_t place = 1; place < columns.size(); ++place)
        others += (place == 1 ? "" : ", ") + at(columns[place]).column.name;
    addRow(view,
           sentence(WidgetKind::Warning, Item::TextColumn,
                    texts.say(msg("{said} \u00B7 {n} more column to convert: {columns}",
                                  "{said} \u00B7 {n} more columns to convert: {columns}"),
                              sizeOf(columns) - 1, {{"said", sentenceAt(columns.front(), source, texts)}, {"columns", others}})));
    bool asked[2] = {false, false};  // of numbers, of dates: what is answered holds for all columns of the kind
    for (const std::int32_t index : columns)
        if (const auto& question = at(index).plan->question; question && !std::exchange(asked[question->ofDates ? 1 : 0], true))
            showQuestion(view, index, source, texts);
    Widget all = button(Item::ConvertAll, texts.say(msg("Convert all")), helpOf(texts), !asked[0] && !asked[1]);
    Widget each = button(Item::ConvertEach, texts.say(msg("One by one")), texts.say(msg("Say of each column what is to be done")));
    all.stretch = each.stretch = 1;
    view.rows.push_back({{std::move(all), std::move(each)}, false});
}

std::string ConversionSection::sentenceAt(std::int32_t index, const Source& source, const Texts& texts) const {
    const Candidate& candidate = at(index);
    return sentenceOf(candidate.column.name, candidate.column.column, *candidate.plan, source, texts);
}

void ConversionSection::showQuestion(View& view, std::int32_t index, const Source& source, const Texts& texts) const {
    const ReadingQuestion& question = *at(index).plan->question;
    const std::string means = texts.say(msg("{text} means"), {{"text", question.text}});
    Widget widget = dropDown(Item::TextMeans, means, texts.say(msg("How the texts of this column are to be read")),
                             readings(question, source.table->culture().nullDate(), texts), -1);
    widget.text = means;
    widget.index = index;
    addRow(view, std::move(widget));
}

std::optional<ConversionSection::Wanted> ConversionSection::candidate(std::int32_t index) const {
    if (index < 0 || index >= sizeOf(candidates_)) return std::nullopt;
    return at(index).column;
}

std::vector<ConversionSection::Wanted> ConversionSection::wanted(std::int32_t index) const {
    std::vector<Wanted> found;
    for (const std::int32_t each : toConvert())
        if (index == allColumns || index == each) found.push_back(at(each).column);
    return found;
}

Reaction ConversionSection::act(const Action& action, const Source& source) {
    switch (itemOf(action.item)) {
        case Item::ConvertEach: open_ = !open_; return Next::Draw;
        case Item::ConvertAll:
        case Item::ConvertInPlace: {
            Reaction reaction = Next::Convert;
            reaction.index = action.item == Item::ConvertAll ? allColumns : action.index;
            return reaction;
        }
        case Item::TextMeans: return answer(action.index, action.entry == 1, source);
        default: return Next::Nothing;
    }
}

// answer says how the texts of a column are read, and those of others that raise the same question: an export has one way.
Reaction ConversionSection::answer(std::int32_t index, bool second, const Source& source) {
    if (index < 0 || index >= sizeOf(candidates_) || !at(index).plan || !at(index).plan->question) return Next::Nothing;
    const bool ofDates = at(index).plan->question->ofDates;
    for (Candidate& candidate : candidates_) {
        if (!candidate.plan || !candidate.plan->question || candidate.plan->question->ofDates != ofDates) continue;
        candidate.column.hints = {.decimalSign = second ? DecimalSign::Comma : DecimalSign::Dot,
                                  .dayOrder = second ? DayOrder::MonthFirst : DayOrder::DayFirst,
                                  .said = true};
        plan(candidate, source);
    }
    return Next::Draw;
}

void ConvertedCells::add(const ColumnConversion& plan, std::size_t formulas) {
    changed += static_cast<std::int64_t>(plan.cells.size() + plan.emptied.size() - formulas);
    stay += static_cast<std::int64_t>(plan.unreadable.size() + plan.otherCurrency.size() + formulas);
}

std::string ConvertedCells::said(const Texts& texts) const {
    std::string line = texts.say(msg("{n} cell was converted", "{n} cells were converted"), changed);
    if (stay > 0) line += " \u00B7 " + texts.say(msg("{n} cell stays as it was", "{n} cells stay as they were"), stay);
    return line;
}

}  // namespace calckpi::panel
