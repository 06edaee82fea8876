#include "core/sheets/table_choices.hpp"

#include "core/kpis/catalog.hpp"
#include "core/recognition/recognition.hpp"
#include "core/sheets/formula_parts.hpp"
#include "core/sheets/setting_lines.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace calckpi::panel {
namespace {

// The tables in the order in which they are offered where the data say nothing else.
constexpr TableKind kinds[] = {
    {"SEGMENTS", msg("Win rate by …"), msg("Win rate"), msg("Deals, win rate and revenue of each seller, channel or product")},
    {"KPIPERIODS", msg("KPIs by period"), msg("KPIs by period"), msg("Win rate, revenue, cycle and pipeline month by month")},
    {"STUCKDEALS", msg("Stuck deals"), msg("Stuck deals"), msg("Open deals that are older than deals usually take to be won")},
    {"WINCURVE", msg("Win curve"), msg("Win curve"), msg("How many deals are won and lost by their age")},
    {"COHORTS", msg("Cohorts"), msg("Cohorts"), msg("Customers by the month of their first purchase, and how many come back")},
    {"MRRMOVEMENTS", msg("Recurring revenue from invoices"), msg("Recurring revenue"),
     msg("What came new, grew, shrank and left, month by month")},
    {"MRRPLANS", msg("Recurring revenue from plans"), msg("Recurring revenue"),
     msg("The same from one row for each subscription, with its start and end")},
    {"RFM", msg("Customers (RFM)"), msg("Customers"), msg("How often and how recently each customer bought")},
    {"CLVPREDICT", msg("Customer value forecast"), msg("Customer value"),
     msg("What each customer is expected to buy, and whether to believe it"), "until", "CLVHOLDOUT"},
    {"PERIODVALUES", msg("Values by period"), msg("Values by period"), msg("Rows counted, or a column summed up, month by month")},
};

struct Label {
    std::string_view name;
    Message label;
};
constexpr Label parameterLabels[] = {
    {"by", msg("Split by")},
    {"status", msg("Status")},
    {"won", msg("Won is")},
    {"lost", msg("Lost is")},
    {"amount", msg("Amount")},
    {"opened", msg("Opened")},
    {"closed", msg("Closed")},
    {"stage", msg("Stage")},
    {"customer", msg("Customer")},
    {"when", msg("Date")},
    {"start", msg("Start")},
    {"end", msg("End")},
    {"interval", msg("Paid every … months")},
    {"period", msg("Period")},
    {"unit", msg("Unit of time")},
    {"measure", msg("Show")},
    {"value", msg("Value")},
    {"statistic", msg("Statistic")},
    {"limit", msg("Older than")},
    {"reactivationGap", msg("New again after")},
    {"asOf", msg("As of")},
    {"horizon", msg("Days ahead")},
    {"yearlyRate", msg("Interest rate a year")},
    {"grossMargin", msg("Gross margin")},
    {"model", msg("Model")},
    {"until", msg("Test from")},
};
constexpr Label wordLabels[] = {
    {"day", msg("Day")},
    {"week", msg("Week")},
    {"week/sun", msg("Week from Sunday")},
    {"month", msg("Month")},
    {"quarter", msg("Quarter")},
    {"quarter/4", msg("Quarter of a year from April")},
    {"year", msg("Year")},
    {"year/4", msg("Year from April")},
    {"customers", msg("Customers")},
    {"retention", msg("Share of customers")},
    {"revenue", msg("Revenue")},
    {"revenue retention", msg("Share of revenue")},
    {"count", msg("Count")},
    {"sum", msg("Sum")},
    {"distinct", msg("Different values")},
    {"mean", msg("Mean")},
    {"median", msg("Median")},
    {"p75", msg("Three quarters (p75)")},
    {"p90", msg("Nine tenths (p90)")},
    {"max", msg("Longest")},
    {"mbgnbd", msg("MBG/NBD (usual)")},
    {"bgnbd", msg("BG/NBD")},
    {"pnbd", msg("Pareto/NBD")},
};

Message labelIn(std::span<const Label> labels, std::string_view name) {
    const auto found = std::find_if(labels.begin(), labels.end(), [&](const Label& label) { return label.name == name; });
    return found == labels.end() ? Message{} : found->label;
}

// wordsOf reads the words in quotes; "pNN" is none, it stands for many.
std::vector<std::string_view> wordsOf(std::string_view options) {
    std::vector<std::string_view> words;
    for (std::size_t open = options.find('"'); open != std::string_view::npos; open = options.find('"', open + 1)) {
        const std::size_t close = options.find('"', open + 1);
        const std::string_view word = options.substr(open + 1, close - open - 1);
        if (word != "pNN") words.push_back(word);
        open = close;
    }
    return words;
}

bool isChosen(const Parameter& parameter) {
    return parameter.kind != Kind::Table && parameter.kind != Kind::Filters && parameter.name != "headers" &&
           parameter.name != "confidence";
}

FieldKind fieldKindOf(const Parameter& parameter) {
    if (parameter.kind == Kind::Column) return FieldKind::Column;
    if (parameter.kind == Kind::Values) return FieldKind::States;
    if (!parameter.options.empty()) return FieldKind::Option;
    return parameter.unit == Unit::Moment ? FieldKind::Date : FieldKind::Number;
}

TableField fieldOf(const Parameter& parameter) {
    const FieldKind kind = fieldKindOf(parameter);
    // A column with a number to fall back on may be that number for all rows; a limit may be a number of days.
    const bool orNumber = (kind == FieldKind::Column && std::holds_alternative<double>(parameter.fallback)) ||
                          (kind == FieldKind::Option && parameter.name == "limit");
    return {.parameter = &parameter,
            .kind = kind,
            .label = labelOf(parameter.name),
            .required = !parameter.optional,
            .orNumber = orNumber,
            .words = wordsOf(parameter.options)};
}

const Parameter* parameterOf(std::string_view function, std::string_view name) {
    const Function* found = find(function);
    if (found == nullptr) return nullptr;
    for (const Parameter& parameter : found->parameters())
        if (parameter.name == name) return &parameter;
    return nullptr;
}

// ConstantOf writes a value as an argument.
struct ConstantOf {
    const Parameter& parameter;
    const std::vector<std::string>& columns;
    std::string operator()(double number) const { return std::isfinite(number) ? numberConstant(number) : std::string(); }
    std::string operator()(const std::string& text) const {
        return parameter.kind == Kind::Column ? columnConstant(text, columns) : asConstant(text);
    }
    std::string operator()(const std::vector<std::string>& texts) const {
        return texts.size() == 1 ? asConstant(texts.front()) : listConstant(texts);
    }
};

// ArgumentOf gives the same value to a call in the core.
struct ArgumentOf {
    const Parameter& parameter;
    const Table& table;
    Argument operator()(double number) const { return number; }
    Argument operator()(const std::string& text) const {
        if (parameter.kind != Kind::Column) return text;
        const ColumnRef column = columnRef(text, table);
        if (const double* number = std::get_if<double>(&column)) return *number;
        return text;
    }
    Argument operator()(const std::vector<std::string>& texts) const {
        if (texts.size() == 1) return texts.front();
        return Grid{texts.size(), 1, std::vector<Cell>(texts.begin(), texts.end())};
    }
};

// The settings.
constexpr std::string_view firstLine = "table 1";

bool readAnswer(std::string_view text, bool& value) {
    value = text == "yes";
    return value || text == "no";
}

// SettingsReader takes one line after the other.
class SettingsReader {
public:
    bool take(std::string_view line) {
        const std::size_t blank = line.find(' ');
        if (blank == std::string_view::npos) return false;
        const std::string_view key = line.substr(0, blank);
        const std::string_view value = line.substr(blank + 1);
        // A filter's test follows its column at once, a value its argument.
        if (filterIsOpen_ != (key == "filter-test")) return false;
        if (argumentIsOpen_ && key != "text" && key != "number" && key != "item") return false;
        return takeOnce(key, value) || takeArgument(key, value) || takeFilter(key, value);
    }
    std::optional<TableChoices> done() && {
        if (filterIsOpen_ || argumentIsOpen_ || choices_.function.empty()) return std::nullopt;
        return std::move(choices_);
    }

private:
    bool once(std::string_view key, std::string_view wanted) {
        if (key != wanted || std::find(seen_.begin(), seen_.end(), wanted) != seen_.end()) return false;
        seen_.push_back(wanted);
        return true;
    }
    bool takeOnce(std::string_view key, std::string_view value) {
        return (once(key, "function") && readSettingText(value, choices_.function)) ||
               (once(key, "source") && readSettingText(value, choices_.source)) ||
               (once(key, "live") && readAnswer(value, choices_.live)) ||
               (once(key, "picture") && readAnswer(value, choices_.picture));
    }
    bool takeArgument(std::string_view key, std::string_view value) {
        if (key == "argument") {
            std::string name;
            if (!readSettingText(value, name) || name.empty() || choices_.value(name) != nullptr) return false;
            choices_.arguments.push_back({std::move(name), {}});
            return argumentIsOpen_ = true;
        }
        if (choices_.arguments.empty()) return false;
        ChosenValue& chosen = choices_.arguments.back().value;
        auto* list = std::get_if<std::vector<std::string>>(&chosen);
        if (key == "item" && (argumentIsOpen_ || list != nullptr)) {
            if (argumentIsOpen_) list = &chosen.emplace<std::vector<std::string>>();
            argumentIsOpen_ = false;
            return readSettingText(value, list->emplace_back());
        }
        if (!std::exchange(argumentIsOpen_, false)) return false;
        std::optional<double> number;
        if (key == "number" && readSettingNumber(value, number)) return chosen = *number, true;
        std::string& text = chosen.emplace<std::string>();
        return key == "text" && readSettingText(value, text) && !text.empty();
    }
    bool takeFilter(std::string_view key, std::string_view value) {
        if (key == "filter-column") {
            filterIsOpen_ = true;
            return readSettingText(value, choices_.filters.emplace_back().column);
        }
        if (key != "filter-test") return false;
        filterIsOpen_ = false;
        return readSettingText(value, choices_.filters.back().test);
    }

    TableChoices choices_;
    std::vector<std::string_view> seen_;
    bool argumentIsOpen_ = false;
    bool filterIsOpen_ = false;
};

struct WriteValue {
    SettingWriter& out;
    void operator()(double number) const { out.number("number", number); }
    void operator()(const std::string& text) const { out.text("text", text); }
    void operator()(const std::vector<std::string>& texts) const {
        for (const std::string& text : texts) out.text("item", text);
    }
};

bool isNothing(const ChosenValue& value) {
    if (const double* number = std::get_if<double>(&value)) return !std::isfinite(*number);
    if (const std::string* text = std::get_if<std::string>(&value)) return text->empty();
    return std::get<std::vector<std::string>>(value).empty();
}

}  // namespace

const ChosenValue* TableChoices::value(std::string_view parameter) const {
    for (const ChosenArgument& argument : arguments)
        if (argument.parameter == parameter) return &argument.value;
    return nullptr;
}

std::string TableChoices::text(std::string_view parameter) const {
    const ChosenValue* chosen = value(parameter);
    const std::string* text = chosen == nullptr ? nullptr : std::get_if<std::string>(chosen);
    return text == nullptr ? std::string() : *text;
}

std::vector<std::string> TableChoices::texts(std::string_view parameter) const {
    const ChosenValue* chosen = value(parameter);
    if (chosen == nullptr) return {};
    if (const std::string* text = std::get_if<std::string>(chosen)) return {*text};
    const auto* list = std::get_if<std::vector<std::string>>(chosen);
    return list == nullptr ? std::vector<std::string>() : *list;
}

std::optional<double> TableChoices::number(std::string_view parameter) const {
    const ChosenValue* chosen = value(parameter);
    const double* number = chosen == nullptr ? nullptr : std::get_if<double>(chosen);
    return number == nullptr ? std::nullopt : std::optional(*number);
}

void TableChoices::set(std::string_view parameter, ChosenValue chosen) {
    if (isNothing(chosen)) return unset(parameter);
    for (ChosenArgument& argument : arguments)
        if (argument.parameter == parameter) return void(argument.value = std::move(chosen));
    arguments.push_back({std::string(parameter), std::move(chosen)});
}

void TableChoices::unset(std::string_view parameter) {
    std::erase_if(arguments, [&](const ChosenArgument& argument) { return argument.parameter == parameter; });
}

std::span<const TableKind> tableKinds() { return kinds; }

const TableKind* kindOf(std::string_view function) {
    const auto* found =
        std::find_if(std::begin(kinds), std::end(kinds), [&](const TableKind& kind) { return kind.function == function; });
    return found == std::end(kinds) ? nullptr : found;
}

std::vector<TableField> fieldsOf(const TableKind& kind) {
    std::vector<TableField> fields;
    const Function* function = find(kind.function);
    if (function == nullptr) return fields;
    for (const Parameter& parameter : function->parameters())
        if (isChosen(parameter)) fields.push_back(fieldOf(parameter));
    if (const Parameter* extra = parameterOf(kind.extraOf, kind.extra)) {
        fields.push_back(fieldOf(*extra));
        fields.back().required = false;  // its plan finds one
    }
    return fields;
}

Message labelOf(std::string_view parameter) { return labelIn(parameterLabels, parameter); }

Message wordLabel(std::string_view word) { return labelIn(wordLabels, word); }

std::string tableFormula(const TableChoices& choices, const std::vector<std::string>& columns, bool headers) {
    const Function* function = find(choices.function);
    FunctionCall call(choices.function);
    if (function == nullptr) return std::move(call).end();
    for (const Parameter& parameter : function->parameters()) {
        const ChosenValue* chosen = choices.value(parameter.name);
        if (parameter.kind == Kind::Table)
            call << choices.source;
        else if (parameter.name == "headers")
            call << (headers ? std::string() : "0");
        else if (parameter.kind != Kind::Filters)
            call << (chosen == nullptr ? std::string() : std::visit(ConstantOf{parameter, columns}, *chosen));
    }
    for (const Criterion& filter : choices.filters) call << columnConstant(filter.column, columns) << asConstant(filter.test);
    return std::move(call).end();
}

std::optional<Message> tableFormulaProblem(const TableChoices& choices, const std::vector<std::string>& columns) {
    for (const ChosenArgument& argument : choices.arguments) {
        const auto* list = std::get_if<std::vector<std::string>>(&argument.value);
        if (list != nullptr && list->size() > 1 && !std::all_of(list->begin(), list->end(), fitsAConstant))
            return msg("A text for won or lost is longer than a formula can hold: insert values only");
    }
    // A plan puts the call into others; Calc gives up beyond 64 K.
    constexpr std::size_t longestCall = 20'000;
    if (tableFormula(choices, columns).size() > longestCall)
        return msg("The choices are longer than a formula can hold: choose fewer texts, or insert values only");
    return std::nullopt;
}

std::vector<Argument> argumentsOf(const TableChoices& choices, const TableHandle& table, bool headers) {
    std::vector<Argument> arguments;
    const Function* function = find(choices.function);
    if (function == nullptr) return arguments;
    for (const Parameter& parameter : function->parameters()) {
        const ChosenValue* chosen = choices.value(parameter.name);
        if (parameter.kind == Kind::Table)
            arguments.emplace_back(table);
        else if (parameter.name == "headers")
            arguments.emplace_back(headers ? 1.0 : 0.0);
        else if (parameter.kind != Kind::Filters)
            arguments.push_back(chosen == nullptr || isNothing(*chosen) ? Argument(Absent{})
                                                                        : std::visit(ArgumentOf{parameter, *table}, *chosen));
    }
    for (const Criterion& filter : choices.filters) {
        const ColumnRef column = columnRef(filter.column, *table);
        const double* number = std::get_if<double>(&column);
        arguments.push_back(number == nullptr ? Argument(filter.column) : Argument(*number));
        arguments.emplace_back(filter.test);
    }
    return arguments;
}

std::string written(const TableChoices& choices) {
    SettingWriter out(firstLine);
    out.text("function", choices.function);
    if (!choices.source.empty()) out.text("source", choices.source);
    for (const ChosenArgument& argument : choices.arguments) {
        if (isNothing(argument.value)) continue;
        out.text("argument", argument.parameter);
        std::visit(WriteValue{out}, argument.value);
    }
    for (const Criterion& filter : choices.filters) {
        out.text("filter-column", filter.column);
        out.text("filter-test", filter.test);
    }
    out.line("live", choices.live ? "yes" : "no");
    out.line("picture", choices.picture ? "yes" : "no");
    return std::move(out).done();
}

std::optional<TableChoices> readTableSettings(std::string_view text) {
    SettingsReader reader;
    if (!readSettingLines(text, firstLine, [&](std::string_view line) { return reader.take(line); })) return std::nullopt;
    return std::move(reader).done();
}

}  // namespace calckpi::panel
