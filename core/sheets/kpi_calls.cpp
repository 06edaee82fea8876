#include "core/sheets/kpi_calls.hpp"

#include "core/kpis/catalog.hpp"
#include "core/recognition/role_words.hpp"
#include "core/sheets/formula.hpp"
#include "core/sheets/formula_parts.hpp"
#include "core/values/address.hpp"

#include <algorithm>
#include <charconv>

namespace calckpi::panel {
namespace {

Argument columnValue(const std::string& name) {
    if (!allDigits(name) || name.size() > 5) return name;
    return static_cast<double>(std::stoul(name));
}

// statesArgument is one text, or an inline array of several.
KpiArgument statesArgument(const std::vector<std::string>& texts) {
    if (texts.size() == 1) return {Formula(asConstant(texts.front())), texts.front()};
    Grid grid{.rows = texts.size(), .columns = 1, .cells = {}};
    std::string list;
    for (const std::string& text : texts) {
        list += (list.empty() ? "" : "|") + asConstant(text);
        grid.cells.emplace_back(text);
    }
    // Where no deal is lost, a text that no cell holds.
    if (texts.empty()) return {Formula(asConstant("\u2013")), std::string("\u2013")};
    return {Formula("{" + list + "}"), grid};
}

std::string shortest(double number) {
    char digits[32];
    const auto [end, error] = std::to_chars(std::begin(digits), std::end(digits), number);
    return {digits, error == std::errc() ? end : digits};
}

// Builder writes the arguments of a call.
class Builder {
public:
    Builder(const KpiSource& source, const CallTimes& times) : source_(source), times_(times) {}

    KpiCall begin(std::string_view text) {
        const std::size_t open = text.find('(');
        KpiCall call{.function = std::string(text.substr(0, open)), .arguments = {}};
        std::string_view rest = text.substr(open + 1);
        if (rest.ends_with(')')) rest.remove_suffix(1);
        for (;;) {
            const std::size_t end = std::min(rest.find(';'), rest.size());
            argument(call, rest.substr(0, end));
            if (end == rest.size()) return call;
            rest.remove_prefix(end + 1);
        }
    }
    void criterion(KpiCall& call, const std::string& column, const std::string& test) const {
        call.arguments.push_back({Formula(columnText(column)), columnValue(column)});
        call.arguments.push_back({Formula(asConstant(test)), test});
    }
    void criteria(KpiCall& call, const std::vector<Criterion>& all) const {
        for (const Criterion& each : all) criterion(call, each.column, each.test);
    }
    // until lets pass what a column dates up to the day, within what lies in the period.
    void until(KpiCall& call, const std::string& column) const { before(call, column, times_.asOf); }
    void within(KpiCall& call, const std::string& column) const {
        compared(call, column, ">=", times_.from.cell, times_.from.value);
        before(call, column, times_.to);
    }

private:
    void before(KpiCall& call, const std::string& column, const Instant& day) const {
        compared(call, column, "<", day.cell + "+1", day.value + 1);
    }
    void compared(KpiCall& call, const std::string& column, const std::string& sign, const Formula& cell, double value) const {
        call.arguments.push_back({Formula(columnText(column)), columnValue(column)});
        call.arguments.push_back({Formula("\"" + sign + "\"&(") + cell + ")", sign + shortest(value)});
    }

    void argument(KpiCall& call, std::string_view text) const {
        const std::size_t braces = text.find('{');
        if (braces == std::string_view::npos) return plain(call, text);
        if (braces > 0) plain(call, text.substr(0, braces));  // "0{filters}": more arguments follow
        for (const MeasureUse& use : measuresOf(text)) named(call, use.id);
    }
    static void plain(KpiCall& call, std::string_view text) {
        if (text.empty()) return call.arguments.push_back({});
        if (text.front() == '"') {
            const std::string inside(text.substr(1, text.size() - 2));
            return call.arguments.push_back({Formula(asConstant(inside)), inside});
        }
        double number = 0;
        std::from_chars(text.data(), text.data() + text.size(), number);
        call.arguments.push_back({Formula(std::string(text)), number});
    }
    void named(KpiCall& call, std::string_view name) const {
        if (name == "table") return call.arguments.push_back({Formula(source_.address), {}, true});
        if (name == "state") return column(call, source_.state);
        if (name == "won") return call.arguments.push_back(statesArgument(source_.won));
        if (name == "lost") return call.arguments.push_back(statesArgument(source_.lost));
        if (name == "period") return call.arguments.push_back({Formula(asConstant(times_.period)), times_.period});
        if (name == "asOf")
            return call.arguments.push_back({times_.asOf.cell, times_.asOf.value > 0 ? Argument(times_.asOf.value) : Argument()});
        if (name == "filters") return criteria(call, source_.filters);
        if (name == "until") return until(call, *source_.column(Role::When));
        if (name == "within") return within(call, *source_.column(Role::Closed));
        const bool maybe = name.ends_with('?');
        const std::string* header = source_.column(*roleNamed(maybe ? name.substr(0, name.size() - 1) : name));
        column(call, header == nullptr ? std::string() : *header);
    }
    void column(KpiCall& call, const std::string& header) const {
        if (header.empty()) return call.arguments.push_back({});
        call.arguments.push_back({Formula(columnText(header)), columnValue(header)});
    }

    const KpiSource& source_;
    const CallTimes& times_;
};

}  // namespace

Formula KpiCall::formula() const {
    Formula text(openCall(function));
    std::size_t given = arguments.size();
    while (given > 0 && arguments[given - 1].text.parts().empty()) --given;
    for (std::size_t index = 0; index < given; ++index) {
        if (index > 0) text += ";";
        text += arguments[index].text;
    }
    return text + ")";
}

std::string columnText(const std::string& name) { return allDigits(name) && name.size() <= 5 ? name : asConstant(name); }

std::string columnCells(const KpiSource& source, const std::string& column, const std::vector<std::string>& columns) {
    const auto found = std::find(columns.begin(), columns.end(), column);
    const auto index = static_cast<std::int32_t>(found - columns.begin());
    const std::optional<RangeAddress> cells = readAddress(source.address);
    if (!cells || cells->oneCell())
        return "OFFSET(" + source.address + ";1;" + std::to_string(index) + ";ROWS(" + source.address + ")-1;1)";
    const std::string letters = "$" + lettersOf(cells->column + index) + "$";
    return cells->sheetPart + letters + std::to_string(cells->row + 2) + ":" + letters + std::to_string(cells->lastRow + 1);
}

KpiCall kpiCall(std::string_view text, const KpiSource& source, const CallTimes& times) {
    return Builder(source, times).begin(text);
}

KpiCall kpiCall(const Measure& measure, const KpiSource& source, const CallTimes& times) {
    Builder builder(source, times);
    const std::vector<Criterion> criteria = criteriaOf(measure, source).value_or(std::vector<Criterion>());
    if (measure.from == MeasureFrom::Counted) {
        const std::string value = measure.value ? "{" + std::string(nameOf(*measure.value)) + "}" : std::string();
        KpiCall call = builder.begin("PERIODVALUES({table};{" + std::string(nameOf(measure.when)) + "};" + value + ";\"" +
                                     std::string(measure.statistic) + "\";;{period};{asOf};0");
        builder.criteria(call, criteria);
        return call;
    }
    KpiCall call = builder.begin(measure.call);
    builder.criteria(call, criteria);
    if (!measure.nowOnly) builder.within(call, *source.column(measure.when));
    return call;
}

KpiCall ownCall(const OwnKpi& own, const KpiSource& source, const CallTimes& times) {
    Builder builder(source, times);
    KpiCall call = builder.begin("PERIODVALUES({table}");
    call.arguments.push_back({Formula(columnText(own.when)), columnValue(own.when)});
    if (own.value.empty())
        call.arguments.emplace_back();
    else
        call.arguments.push_back({Formula(columnText(own.value)), columnValue(own.value)});
    call.arguments.push_back({Formula(asConstant(own.statistic)), own.statistic});
    call.arguments.emplace_back();
    const KpiCall rest = builder.begin("X({period};{asOf};0");
    call.arguments.insert(call.arguments.end(), rest.arguments.begin(), rest.arguments.end());
    builder.criteria(call, own.filters);
    builder.criteria(call, source.filters);
    return call;
}

Result<calckpi::Outcome> compute(const KpiCall& call, const TableHandle& table) {
    const Function* function = find(call.function);
    if (function == nullptr) return Fault::OutsideDomain;
    std::vector<Argument> arguments;
    for (const KpiArgument& each : call.arguments) arguments.push_back(each.isTable ? Argument(table) : each.value);
    return function->call(arguments, NullDate{table->culture().nullDate()});
}

}  // namespace calckpi::panel
