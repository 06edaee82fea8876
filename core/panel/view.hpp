// View: what the panel shows, row by row, as data. Whoever draws it knows nothing of funnels, and whoever decides it nothing of
// windows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace calckpi::panel {

// Item is something the user can read or use. Items that stand there several times have an index.
enum class Item : std::uint8_t {
    // Source
    Welcome,
    WelcomePicture,
    SourceTitle,
    SourceLabel,
    Source,
    PickSource,
    Pin,
    SourceSize,
    HiddenRows,
    RowsBelow,
    TakeRowsBelow,
    // Columns
    ShapeLabel,
    Shape,
    IdLabel,
    Id,
    StageLabel,
    Stage,
    CountLabel,
    Count,
    WhenLabel,
    When,
    LostStageLabel,
    LostStage,
    StatusLabel,
    Status,
    AmountLabel,
    Amount,
    // Stages
    StagesTitle,
    StageList,
    StagesNote,
    StageUp,
    StageDown,
    StageRemove,
    StageOutcomeLabel,
    StageOutcome,
    StageAdd,
    // Options
    ByLabel,
    By,
    MoreOptions,
    OrderLabel,
    Order,
    WindowLabel,
    Window,
    FillLabel,
    Fill,
    AsOfLabel,
    AsOf,
    FilterLabel,
    FilterColumn,
    FilterTest,
    Intervals,
    ValuesOnly,
    PictureLabel,
    Picture,
    // Preview
    PreviewTitle,
    PreviewHeader,
    PreviewRow,
    PreviewBar,
    Progress,
    Stop,
    StartAgain,
    DataCheckText,
    DataCheck,
    Finding,
    FindingCell,
    Problem,
    ProblemCell,
    LeaveOut,
    // Insert
    WhereLabel,
    Where,
    Cell,
    PickCell,
    Insert,
    InsertAsNew,
    Message,
    Overwrite,
};

enum class WidgetKind : std::uint8_t {
    Heading,
    Label,
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
    Item item = Item::Message;
    std::int32_t index = 0;
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
    bool group = false;  // a larger gap above
    friend bool operator==(const Row&, const Row&) = default;
};

struct View {
    std::vector<Row> rows;
    friend bool operator==(const View&, const View&) = default;
};

// Action is what the user did to an item.
struct Action {
    Item item = Item::Message;
    std::int32_t index = 0;
    std::int32_t entry = -1;  // chosen in a drop-down or list
    std::string text{};       // typed
    bool on = false;          // checked
};

}  // namespace calckpi::panel
