// Leave without us: our formulas of the selected cells, of the sheet or of the document become plain formulas where that is exact,
// and their values elsewhere or everywhere. What becomes what is said before. Or a copy of the document has values in their place.
#pragma once

#include "core/panel/model.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace calckpi::panel {

enum class LeaveItem : std::uint16_t { Open = 1200, Title, WhereLabel, Where, Line, Leave, Close, IntoLabel, Into, Copy };

// LeaveScope is where formulas are looked for, in the order of the drop-down.
enum class LeaveScope : std::uint8_t { Selection, Sheet, Document };

// LeaveInto is what our formulas become, in the order of the drop-down.
enum class LeaveInto : std::uint8_t { Plain, Values };

// CalledBy are formulas of one kind: how many, and the functions of ours that they call.
struct CalledBy {
    std::int64_t formulas = 0;
    std::set<std::string> functions{};
};

// SheetFormulas are the formulas of ours that a sheet has: those that can become plain formulas, others, and those that fill a
// table.
struct SheetFormulas {
    std::string sheet;
    CalledBy plain{};
    CalledBy values{};
    CalledBy tables{};
};

class LeaveSection {
public:
    bool open() const { return open_; }
    // first tells whether it stands before all else: it was asked for from the menu.
    bool first() const { return open_ && first_; }
    LeaveScope scope() const { return scope_; }
    LeaveInto into() const { return into_; }
    void begin();
    // take says what there is in the scope; done says that it has been done.
    void take(std::vector<SheetFormulas> found) { found_ = std::move(found); }
    void done() { open_ = false; }

    void show(View& view, const Texts& texts) const;
    // act does what the user did to the section; Next::Nothing if it was another control.
    Reaction act(const Action& action);

private:
    std::string lineOf(const SheetFormulas& found, const Texts& texts) const;
    void showFound(View& view, const Texts& texts) const;

    bool open_ = false;
    bool first_ = false;
    LeaveInto into_ = LeaveInto::Plain;
    LeaveScope scope_ = LeaveScope::Document;
    std::optional<std::vector<SheetFormulas>> found_;
};

}  // namespace calckpi::panel
