// "Why this value?" of the cell that is selected: a line to click at first, unfolded the reason, the arguments, the rows and the
// doubts, each with a link to its cell.
//
//   why.offer("Report.B2");            // a cell with one of our formulas is selected
//   why.act({Item::WhyTitle});         // Next::Explain: take() is to be given what there is to say
#pragma once

#include "core/explain/explanation.hpp"
#include "core/panel/model.hpp"

#include <optional>
#include <string>
#include <vector>

namespace calckpi::panel {

class WhySection {
public:
    // offer says which cell can be explained; an empty address that there is none.
    void offer(std::string cell);
    // take shows the explanations of the cell that was offered, one for each call in its formula.
    void take(std::vector<explain::Explanation> calls);
    const std::string& cell() const { return cell_; }
    bool open() const { return open_; }
    // needs is the size of the table of the call that is shown, where its formula fills fewer cells.
    std::optional<explain::Call::Block> needs() const { return chosen_ < calls_.size() ? calls_[chosen_].needs : std::nullopt; }

    void show(View& view, const Texts& texts) const;
    // act does what the user did to the section; Next::Nothing if it was another control.
    Reaction act(const Action& action);

private:
    void showCall(View& view, const Texts& texts) const;

    std::string cell_{};
    std::vector<explain::Explanation> calls_{};
    std::size_t chosen_ = 0;  // the call that is shown
    bool open_ = false;
};

}  // namespace calckpi::panel
