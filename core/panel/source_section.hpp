// The section of the source: its address, how many rows and columns it has, and what the user should know of its rows.
#pragma once

#include "core/panel/model.hpp"

#include <optional>
#include <string>

namespace calckpi::panel {

class SourceSection {
public:
    // take shows an address that was read from the document.
    void take(std::string address) { address_ = std::move(address); }
    void unpin() { pinned_ = false; }
    bool pinned() const { return pinned_; }
    const std::string& address() const { return address_; }  // as the user reads or typed it

    // show shows the source; `settings` says where the table is whose settings are shown, if one is.
    void show(View& view, const Source& source, const std::optional<std::string>& settings, const Texts& texts) const;
    // showNothing asks for cells; `why` says why there are none.
    void showNothing(View& view, const std::optional<Message>& why, const Texts& texts) const;
    // act does what the user did to the section; Next::Nothing if it was another control.
    Reaction act(const Action& action);

private:
    void showAddress(View& view, const Texts& texts) const;

    std::string address_;
    bool pinned_ = false;
};

}  // namespace calckpi::panel
