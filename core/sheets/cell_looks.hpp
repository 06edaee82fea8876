// How cells look, by what they show: each role has a named cell style, so that restyling one restyles it in the whole document.
//
//   const CellLook& look = lookOf(CellRole::Share);   // "KPI Share", right aligned, in per cent
#pragma once

#include <cstdint>
#include <span>

namespace calckpi::panel {

// CellRole is the unit of a number or the purpose of a text; the last ones are what a condition makes of a cell that has a role.
enum class CellRole : std::uint8_t {
    Title,
    Subtitle,
    Section,     // the title of a block
    Header,      // above numbers
    HeaderText,  // above texts
    Text,
    Count,
    Share,
    Points,  // the difference of two shares
    Change,  // how much more or less, as a share of what was before
    Days,
    Money,
    Thousands,  // an amount shown in thousands
    MoneyEach,  // that of one of many: a mean, which stays as it is where their sums are shown in thousands
    Number,     // with two decimals: what has no unit
    Date,
    Month,
    HeaderMonth,  // a month above numbers
    HeaderDate,
    PickedMonth,  // for the user to choose another
    PickedDate,
    Mark,    // a sign that says better or worse
    Link,    // to another cell
    Tick,    // 1 for what is complete, 0 for what still runs
    Bar,     // block characters
    Helper,  // numbers that a picture is drawn from and covers
    Input,   // for the user to type into
    Note,
    // Conditions
    Better,
    Worse,
    OnTarget,
    Doubtful,  // few data
    Heat1,     // five steps of one hue
    Heat2,
    Heat3,
    Heat4,
    Heat5,
    BlockEnd,  // the last row of several that belong together
};

enum class Side : std::uint8_t { Left, Centre, Right };
enum class NumberLook : std::uint8_t { None, Count, Share, Points, Change, Days, Money, Thousands, Number, Date, Month, Tick };

struct CellLook {
    CellRole role{};
    const char* style = nullptr;  // the same in every language
    Side side = Side::Left;
    NumberLook number = NumberLook::None;
    float points = 0;  // height of the letters; 0: that of the document
    bool bold = false;
    std::int32_t colour = -1;  // of the text; -1: automatic
    std::int32_t fill = -1;
    bool lineBelow = false;  // a thin one, and long texts are wrapped
    bool condition = false;  // sets nothing but colours and a line: all else is that of the cell's own role
};

std::span<const CellLook> cellLooks();
const CellLook& lookOf(CellRole role);

// Colours of pictures and cells: one calm hue and its tints, which differ in grey print too.
namespace colours {
inline constexpr std::int32_t blue = 0x1F5C99;
inline constexpr std::int32_t soft = 0x6C9BCB;  // dark lines are seen on it
inline constexpr std::int32_t tint = 0xA9C4E0;
inline constexpr std::int32_t faint = 0xD3E1F0;
inline constexpr std::int32_t pale = 0xEEF3F8;
inline constexpr std::int32_t grey = 0x6B6B6B;  // dark enough to be read on white by everybody: 5.3 to 1
inline constexpr std::int32_t lineGrey = 0x9AA5B1;
inline constexpr std::int32_t better = 0x2E7D32;
inline constexpr std::int32_t worse = 0xC62828;
}  // namespace colours

}  // namespace calckpi::panel
