// The section at the end: where the table is to stand, and the button that writes it; above it what was said of the last attempt.
#pragma once

#include "core/panel/model.hpp"

#include <string>

namespace calckpi::panel {

class InsertSection {
public:
    // takeCell is the target that the user picked.
    void takeCell(std::string address);
    // say shows a sentence above the main button, or where that would stand; `canOverwrite` offers to do it all the same.
    void say(std::string sentence, bool canOverwrite);
    // tell shows there what has been done.
    void tell(std::string sentence);
    void saidEnough() { message_.clear(); }

    void showMessage(View& view) const;
    // show shows all of it; `updating` for a table that is already there.
    void show(View& view, bool updating, bool ready, const Wording& wording, const Texts& texts) const;
    // act does what the user did to the section; Next::Nothing if it was another control, or nothing can be written.
    Reaction act(const Action& action, bool updating, bool ready, const Texts& texts);

private:
    void showPlace(View& view, const Texts& texts) const;
    Reaction insert(Next next, const Texts& texts);

    bool atCell_ = false;
    std::string cell_;
    std::string message_;
    bool done_ = false;  // the message tells of something that went well
    bool canOverwrite_ = false;
};

}  // namespace calckpi::panel
