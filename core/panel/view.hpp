// View: what the panel shows, row by row, as data. Whoever draws it knows nothing of funnels, and whoever decides it nothing of
// windows.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace calckpi::panel {

// ControlId names something that the user can read or use. What it means is the business of whoever shows it; whoever draws it
// hands it back with an action.
class ControlId {
public:
    constexpr ControlId() = default;
    template <class Enum>
    requires std::is_enum_v<Enum>
    constexpr ControlId(Enum item) : number_(static_cast<std::int32_t>(item)) {}  // NOLINT(google-explicit-constructor): its names
    constexpr std::int32_t number() const { return number_; }
    friend constexpr auto operator<=>(ControlId, ControlId) = default;  // NOLINT(modernize-use-nullptr): what the compiler writes

private:
    std::int32_t number_ = -1;
};

// ControlKey is one of the controls of an item, by its index.
using ControlKey = std::pair<ControlId, std::int32_t>;

enum class WidgetKind : std::uint8_t {
    Heading,
    Label,
    Aside,    // a word or two beside others, which names no field
    Note,     // a sentence, over as many lines as it needs
    Warning,  // a sentence that something is in the way
    Edit,
    DropDown,
    Check,
    Button,
    MainButton,
    List,
    Link,    // a word or two that can be clicked: some versions of the office draw only one line of it
    Figure,  // a number, right aligned
    Bar,     // a bar of the funnel, centred
    Progress,
    Picture,
};

struct Widget {
    WidgetKind kind = WidgetKind::Label;
    ControlId item{};
    std::int32_t index = 0;              // of those that are there several times
    std::string text{};                  // label, typed text or sentence; of a drop-down, what it shows instead of the entry
    std::string help{};                  // for the pointer that rests on it, and for screen readers
    std::string name{};                  // what a screen reader calls it, where there is no text
    std::vector<std::string> entries{};  // of drop-downs and lists
    std::int32_t selected = -1;
    bool on = false;
    bool enabled = true;
    double part = 0;           // Bar: its length as a share of the longest; Progress: how much is done
    double openPart = 0;       // Bar: how much of its length are units still open
    std::int32_t stretch = 1;  // share of the width that its neighbours leave; 0: as wide as its text
    std::int32_t lines = 1;    // List
    friend bool operator==(const Widget&, const Widget&) = default;
};

struct Row {
    std::vector<Widget> widgets;
    bool group = false;    // a larger gap above
    bool inSight = false;  // stays at the bottom of the window while the others are scrolled
    friend bool operator==(const Row&, const Row&) = default;
};

struct View {
    std::vector<Row> rows;
    ControlId focus{};  // of the control that the keys go to when the panel opens
    friend bool operator==(const View&, const View&) = default;
};

// Action is what the user did to an item.
struct Action {
    ControlId item{};
    std::int32_t index = 0;
    std::int32_t entry = -1;  // chosen in a drop-down or list
    std::string text{};       // typed
    bool on = false;          // checked
};

}  // namespace calckpi::panel
