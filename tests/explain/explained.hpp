// Formulas explained without Calc, as a user types them.
#pragma once

#include "core/explain/explanation.hpp"
#include "tests/support/formula.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace calckpi::support {

// callOf reads a formula; whole columns end where the sheet's rows do.
inline explain::Call callOf(const ReadFormula& formula) {
    // Formulas stand in A20 of a sheet of their own.
    explain::Call call{.function = formula.function, .position = {19, 0}};
    for (std::size_t index = 0; index < formula.arguments.size(); ++index) {
        explain::GivenArgument given{.value = formula.arguments[index], .written = formula.written[index]};
        given.place = readAddress(given.written);
        // The sheets of the tests hold no 0, which is how Calc hands a single empty cell over.
        given.emptyCell = given.place && given.place->oneCell() && std::get_if<double>(&given.value) != nullptr &&
                          std::get<double>(given.value) == 0;
        const auto* table = std::get_if<TableHandle>(&given.value);
        if (given.place && table != nullptr)
            given.place->lastRow = std::min(given.place->lastRow, given.place->row + static_cast<std::int32_t>((*table)->rows()));
        call.arguments.push_back(std::move(given));
    }
    if (formula.cell) call.cell = explain::Call::Cell{formula.cell->first - 1, formula.cell->second - 1};
    return call;
}

inline explain::Explanation explained(std::string_view formula, const panel::Texts& texts = {}) {
    return explain::explain(callOf(readFormula(formula)), texts);
}
inline explain::Explanation explained(std::string_view formula, const TestSheet& sheet, const panel::Texts& texts = {}) {
    return explain::explain(callOf(readFormula(formula, sheet)), texts);
}

inline std::vector<std::string> lines(const explain::Explanation& why, explain::LineKind kind) {
    std::vector<std::string> texts;
    for (const explain::Line& line : why.lines)
        if (line.kind == kind) texts.push_back(line.text);
    return texts;
}

// reason is why a formula fails and what to do, in one line: "No column “phase” in Deals.A1:G13. Did you mean “stage”?".
inline std::string reason(const explain::Explanation& why) {
    std::string text;
    for (const explain::Line& line : why.lines)
        if (line.kind == explain::LineKind::Reason || line.kind == explain::LineKind::Remedy)
            text.append(text.empty() ? "" : ". ").append(line.text);
    return text;
}

}  // namespace calckpi::support
