// Parts of formulas in Calc's own notation: constants and calls of our functions.
//
//   FunctionCall call("DWINRATE");
//   call << "$Deals.$A$1:$G$8801" << asConstant("stage") << listConstant({"Won", "Done"});
//   std::move(call).end()    // ORG.CALCKPI.KPI.DWINRATE($Deals.$A$1:$G$8801;"stage";{"Won"|"Done"})
#pragma once

#include "core/kpis/catalog.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace calckpi::panel {

// openCall begins a call of one of our functions: ORG.CALCKPI.KPI.WINRATE( and then its arguments.
inline std::string openCall(std::string_view function) { return std::string(formulaPrefix).append(function) + '('; }

// FunctionCall writes a function's arguments; an empty text is one that is left out, and at the end it is not written.
class FunctionCall {
public:
    explicit FunctionCall(std::string_view function) : text_(openCall(function)) {}
    FunctionCall& operator<<(const std::string& argument);
    std::string end() && { return std::move(text_) + ')'; }

private:
    std::string text_;
    std::string waiting_{};  // the semicolons of arguments left out
    bool first_ = true;
};

// asConstant is a text as a constant of a formula. A long one is written in pieces, since Calc's constants have at most 1,022
// characters.
std::string asConstant(std::string_view text);
// listConstant is an inline array of one column, empty for no texts. It takes constants alone: none can be written in pieces.
std::string listConstant(const std::vector<std::string>& texts);
// fitsAConstant tells whether a text can be in such an array.
bool fitsAConstant(std::string_view text);
std::string numberConstant(double number);
// columnConstant names a column of the source, whose columns' names these are: they tell a header that is a number, a year say,
// from the number of a column. Without them a name of digits is the number of a column.
std::string columnConstant(const std::string& name, const std::vector<std::string>& columns);

bool allDigits(std::string_view text);

}  // namespace calckpi::panel
