// What was found in the data: one line at first, unfolded a list with a link to the first cell of each; and a problem, with the
// cell to blame.
#pragma once

#include "core/panel/model.hpp"
#include "core/sheets/data_check.hpp"

#include <optional>
#include <string>
#include <vector>

namespace calckpi::panel {

class FindingsSection {
public:
    void fold() { open_ = false; }
    void show(View& view, const std::vector<Finding>& findings, const Source& source, const Texts& texts) const;
    // act does what the user did to the list; Next::Nothing if it was another control.
    Reaction act(const Action& action, const std::vector<Finding>& findings);

private:
    bool open_ = false;
};

// otherCurrencies are those of a source whose amounts stand in a column (see data_check.hpp).
std::optional<Finding> otherCurrencies(const Source& source, const std::string& amount, const std::vector<Criterion>& filters);

// sentenceOf is a finding about the cells of a source, with the first of them as its sheet calls it.
std::string sentenceOf(const Finding& finding, const Source& source, const Texts& texts);

// addCellLink adds a link to the first cell of a finding to the last row, which is its sentence.
void addCellLink(View& view, ControlId item, const Finding& finding, const Source& source, const Texts& texts);

// showProblem says why there is no preview, and offers to leave out `inTheWay`, the column to blame, unless that is empty.
void showProblem(View& view, const Finding& problem, const std::string& inTheWay, const Source& source, const Texts& texts);

}  // namespace calckpi::panel
