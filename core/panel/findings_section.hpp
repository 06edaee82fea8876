// What was found in the data: one line at first, unfolded a list with a link to the first cell of each; and a problem, with the
// cell to blame.
#pragma once

#include "core/panel/model.hpp"

#include <string>
#include <vector>

namespace calckpi::panel {

// SaidFinding is a finding in the user's words.
struct SaidFinding {
    std::string sentence{};
    Place first{};  // the first cell that shows it, if there is one
};

class FindingsSection {
public:
    void fold() { open_ = false; }
    void show(View& view, const std::vector<SaidFinding>& findings, const Source& source, const Texts& texts) const;
    // act does what the user did to the list; Next::Nothing if it was another control.
    Reaction act(const Action& action, const std::vector<SaidFinding>& findings);

private:
    bool open_ = false;
};

// showProblem says why there is no preview.
void showProblem(View& view, const SaidFinding& problem, const Source& source, const Texts& texts);

}  // namespace calckpi::panel
