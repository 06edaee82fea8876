// Formulas without our functions: what becomes of a cell when its document goes to people who do not have the extension.
//
//   plainFormula("=ORG.CALCKPI.KPI.ARPA(A1;B1)")   // =IF(SIGN(B1)<0;SQRT(-1);A1/B1)
//   plainFormula("=ORG.CALCKPI.KPI.CAC(A1:A3;4)")  // nothing: Calc's SUM would skip the text that CAC refuses
//
// A formula is plain only where it is exact, whatever the cells hold that it refers to: the same number and the same error, for
// texts, empty cells and errors too. The catalog's row says how a function is written; what may stand as its arguments is decided
// here, once for all. Numbers are the same as Calc's own operators take them to be: a difference of nearly equal ones is 0.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace calckpi::panel {

// plainFormula takes a formula of one cell in Calc's own notation, with the equals sign. Nothing where one of our functions in it
// has no plain formula that is exact.
std::optional<std::string> plainFormula(std::string_view formula);

// functionsIn are the names of our functions that a formula calls, each once, as they stand in it. A text that looks like a call is
// none.
std::vector<std::string> functionsIn(std::string_view formula);

}  // namespace calckpi::panel
