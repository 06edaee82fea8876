// The names of all that panels show and hear, whatever they make.
#pragma once

#include "core/panel/view.hpp"

#include <cstdint>

namespace calckpi::panel {

// Item is something the user can read or use. Items that are there several times have an index.
enum class Item : std::uint16_t {
    // Why this value?
    WhyTitle,
    WhyCall,
    WhyLine,
    WhyCell,
    WhyRows,
    WhyResize,
    WhatLabel,
    What,
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
    // Texts that are numbers: an index for each column
    TextColumn,
    TextMeans,
    ConvertInPlace,
    ConvertAll,
    ConvertEach,  // shows each column on its own, or all in one sentence
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
    SubtotalsNote,
    Intervals,
    ValuesOnly,
    PictureLabel,
    Picture,
    // Options of tables: an index for each argument
    ChoiceLabel,
    Choice,
    TypedChoice,
    WithPicture,
    // Preview
    PreviewTitle,
    PreviewHeader,
    PreviewRow,
    PreviewBar,
    PreviewRest,
    LostAnywhere,
    LostAnywhereCell,
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
    HelpTitle,
    Reference,
    Sample,
    Overwrite,  // the last one
};

// itemOf is the item that a control shows; none of ours for another number.
constexpr Item itemOf(ControlId control) { return static_cast<Item>(control.number()); }

}  // namespace calckpi::panel
