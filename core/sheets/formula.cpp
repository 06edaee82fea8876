#include "core/sheets/formula.hpp"

#include "core/kpis/funnel.hpp"
#include "core/sheets/figures.hpp"
#include "core/sheets/formula_parts.hpp"
#include "core/values/address.hpp"
#include "core/values/text.hpp"

#include <algorithm>

namespace calckpi::panel {
namespace {

template <class Words>
std::string word(typename Words::Value wanted) {
    for (const auto& each : Words::words)
        if (each.value == wanted) return asConstant(each.text);
    return {};
}

// stepArray is the list of the steps: a block where one of them has other spellings, which are beside its name.
std::string stepArray(const std::vector<ChosenStage>& stages) {
    std::size_t columns = 1;
    for (const ChosenStage& stage : stages)
        if (isStep(stage)) columns = std::max(columns, 1 + stage.spellings.size());
    std::string rows;
    for (const ChosenStage& stage : stages) {
        if (!isStep(stage)) continue;
        rows += (rows.empty() ? "" : "|") + asConstant(stage.name);
        for (std::size_t column = 1; column < columns; ++column)
            rows += ';' + (column <= stage.spellings.size() ? asConstant(stage.spellings[column - 1]) : asConstant(""));
    }
    return rows.empty() ? std::string() : '{' + rows + '}';
}

std::string lostArray(const std::vector<ChosenStage>& stages) {
    std::vector<std::string> names;
    for (const ChosenStage& stage : stages) {
        if (isStep(stage)) continue;
        names.push_back(stage.name);
        names.insert(names.end(), stage.spellings.begin(), stage.spellings.end());
    }
    return listConstant(names);
}

// sourceAddress is that of a source that is cells and no name. (A single cell is no table.)
std::optional<RangeAddress> sourceAddress(const std::string& source) {
    std::optional<RangeAddress> address = readAddress(source);
    return address && !address->oneCell() ? address : std::nullopt;
}

// columnBelowHeader is the reference to the cells of a column of the source, without its header. A source that is a name moves and
// grows with it.
std::string columnBelowHeader(const std::string& source, std::size_t index) {
    const std::optional<RangeAddress> cells = sourceAddress(source);
    if (!cells) {
        const std::string column = std::to_string(index);
        return "OFFSET(" + source + ";1;" + column + ";ROWS(" + source + ")-1;1)";
    }
    const std::string letters = lettersOf(cells->column + static_cast<std::int32_t>(index));
    return cells->sheetPart + '$' + letters + '$' + std::to_string(cells->row + 2) + ":$" + letters + '$' +
           std::to_string(cells->lastRow + 1);
}

// cellsInRow is the reference to the cells of one row of the source, its headers being row 0, from one column to another.
std::string cellsInRow(const std::string& source, std::size_t row, std::size_t first, std::size_t last) {
    const std::optional<RangeAddress> cells = sourceAddress(source);
    if (!cells)
        return "OFFSET(" + source + ";" + std::to_string(row) + ";" + std::to_string(first) + ";1;" +
               std::to_string(last - first + 1) + ")";
    const std::string number = '$' + std::to_string(cells->row + 1 + static_cast<std::int32_t>(row));
    const auto letters = [&](std::size_t index) { return '$' + lettersOf(cells->column + static_cast<std::int32_t>(index)); };
    return cells->sheetPart + letters(first) + number + ':' + letters(last) + number;
}

std::optional<std::size_t> indexOf(const std::vector<std::string>& columns, const std::string& name) {
    // As tables find them: the case of a header may have changed since it was chosen.
    const std::string key = folded(name);
    const auto found = std::find_if(columns.begin(), columns.end(), [&key](const auto& column) { return folded(column) == key; });
    if (found == columns.end() || key.empty()) return std::nullopt;
    return static_cast<std::size_t>(found - columns.begin());
}

std::string countsFormula(const Choices& choices, const std::vector<std::string>& columns, const std::vector<std::string>& rows) {
    if (isAcross(choices)) {
        const auto first = choices.stages.empty() ? std::nullopt : indexOf(columns, choices.stages.front().name);
        const auto last = choices.stages.empty() ? std::nullopt : indexOf(columns, choices.stages.back().name);
        const auto row = [&](const std::optional<std::size_t>& index) {
            return index && first && last ? cellsInRow(choices.source, *index, *first, *last) : std::string();
        };
        FunctionCall call("FUNNEL");
        call << row(0) << row(indexOf(rows, choices.count)) << row(indexOf(rows, choices.amount)) << "0";
        return std::move(call).end();
    }
    const auto column = [&](const std::string& name) {
        const auto index = indexOf(columns, name);
        return index ? columnBelowHeader(choices.source, *index) : std::string();
    };
    FunctionCall call("FUNNEL");
    call << column(choices.stage) << column(choices.count) << column(choices.amount) << "0";
    return std::move(call).end();
}

}  // namespace

FillWords::Value fillOf(DateFill fill) {
    switch (fill) {
        case DateFill::Later: return FillWords::Later;
        case DateFill::Each: return FillWords::Each;
        case DateFill::None: break;
    }
    return FillWords::None;
}

OrderWords::Value orderOf(EventOrder order) {
    switch (order) {
        case EventOrder::Increasing: return OrderWords::Increasing;
        case EventOrder::Strict: return OrderWords::Strict;
        case EventOrder::Any: return OrderWords::Any;
        case EventOrder::Ordered: break;
    }
    return OrderWords::Ordered;
}

std::optional<std::string> fromConstant(std::string_view constant) {
    std::string text;
    std::size_t at = 0;
    while (true) {
        if (at >= constant.size() || constant[at] != '"') return std::nullopt;
        for (++at; at < constant.size(); ++at) {
            if (constant[at] != '"')
                text += constant[at];
            else if (at + 1 < constant.size() && constant[at + 1] == '"')
                text += constant[at++];
            else
                break;
        }
        if (at >= constant.size()) return std::nullopt;
        if (++at == constant.size()) return text;
        if (constant[at++] != '&') return std::nullopt;
    }
}

std::string formulaOf(const Choices& choices, const std::vector<std::string>& columns, const std::vector<std::string>& rows) {
    if (choices.shape == Shape::Counts) return countsFormula(choices, columns, rows);
    const auto column = [&](const std::string& name) { return columnConstant(name, columns); };
    const std::string steps = stepArray(choices.stages);
    const std::string asOf = choices.asOf ? numberConstant(*choices.asOf) : std::string();
    const bool stages = choices.shape == Shape::Stages;
    const bool dates = choices.shape == Shape::Dates;
    FunctionCall call(stages ? "FUNNELSTAGES" : dates ? "FUNNELDATES" : "FUNNELEVENTS");
    call << choices.source;
    if (stages) {
        // Where the status decides, it is asked first, and the stage where a deal that is lost or open stands.
        const std::string& first = choices.statusDecides ? choices.status : choices.stage;
        call << column(first) << steps << lostArray(choices.stages)
             << column(choices.statusDecides ? choices.stage : choices.lostStage) << column(choices.amount) << column(choices.by);
    } else if (dates) {
        call << steps << (choices.fill == DateFill::None ? std::string() : word<FillWords>(fillOf(choices.fill)))
             << column(choices.by) << asOf;
    } else {
        call << column(choices.id) << column(choices.stage) << column(choices.when) << steps
             << (choices.order == EventOrder::Ordered ? std::string() : word<OrderWords>(orderOf(choices.order)))
             << (choices.window ? numberConstant(*choices.window) : std::string()) << column(choices.by) << asOf;
    }
    call << "0";
    for (const Criterion& filter : choices.filters) call << column(filter.column) << asConstant(filter.test);
    return std::move(call).end();
}

std::optional<Message> formulaProblem(const Choices& choices, const std::vector<std::string>& columns,
                                      const std::vector<std::string>& rows) {
    const auto tooLong = [](const ChosenStage& stage) { return !fitsAConstant(stage.name); };
    if (choices.shape != Shape::Counts && std::any_of(choices.stages.begin(), choices.stages.end(), tooLong))
        return msg("A stage's name is longer than a formula can hold: shorten it, or insert values only");
    // Beyond this Calc gives up on a formula; it is far above any list of stages that can be read.
    constexpr std::size_t longestFormula = 50000;
    if (formulaOf(choices, columns, rows).size() > longestFormula)
        return msg("There are more stages than a formula can hold: remove some, or insert values only");
    return std::nullopt;
}

}  // namespace calckpi::panel
