// Leave without us: our formulas of the selected cells, of the sheet or of the document become their values. What becomes what is
// said before.
#pragma once

#include "core/panel/model.hpp"

#include <optional>
#include <string>
#include <vector>

namespace calckpi::panel {

enum class LeaveItem : std::uint16_t { Open = 1200, Title, WhereLabel, Where, Line, Leave, Close };

// LeaveScope is where formulas are looked for, in the order of the drop-down.
enum class LeaveScope : std::uint8_t { Selection, Sheet, Document };

// SheetFormulas is how many formulas of ours a sheet has, and how many of them fill a whole table.
struct SheetFormulas {
    std::string sheet;
    std::int64_t formulas = 0;
    std::int64_t tables = 0;
};

class LeaveSection {
public:
    bool open() const { return open_; }
    LeaveScope scope() const { return scope_; }
    // take says what there is in the scope; done says that it has been done.
    void take(std::vector<SheetFormulas> found) { found_ = std::move(found); }
    void done() { open_ = false; }

    void show(View& view, const Texts& texts) const;
    // act does what the user did to the section; Next::Nothing if it was another control.
    Reaction act(const Action& action);

private:
    bool open_ = false;
    LeaveScope scope_ = LeaveScope::Document;
    std::optional<std::vector<SheetFormulas>> found_;
};

}  // namespace calckpi::panel
