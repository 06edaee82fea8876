#include "core/panel/why_section.hpp"

#include "core/panel/controls.hpp"
#include "core/panel/items.hpp"

#include <initializer_list>
#include <utility>

namespace calckpi::panel {
namespace {

using explain::Explanation;
using explain::Line;
using explain::LineKind;

// What the links to rows show, by their index.
enum Rows : std::int32_t { Used, LeftOut };

std::string listed(const std::vector<RangeAddress>& ranges) {
    std::string list;
    for (const RangeAddress& range : ranges) list.append(list.empty() ? "" : "\n").append(shown(range));
    return list;
}

// showLines shows those of some kinds, each with a link to its cell. The link's index is the place of the line.
void showLines(View& view, const Explanation& why, std::initializer_list<LineKind> kinds, const Texts& texts) {
    bool first = true;
    for (const LineKind kind : kinds)
        for (std::size_t place = 0; place < why.lines.size(); ++place) {
            const Line& line = why.lines[place];
            if (line.kind != kind) continue;
            const bool wrong = kind == LineKind::Reason;
            Row row{{sentence(wrong ? WidgetKind::Warning : WidgetKind::Note, Item::WhyLine, line.text)},
                    std::exchange(first, false)};
            // An argument names its cell itself, and a remedy is that of the reason above.
            if (line.cell && kind != LineKind::Remedy)
                row.widgets.push_back(link(Item::WhyCell, shown(*line.cell),
                                           shown(*line.cell) + ": " + line.text + ". " + texts.say(msg("Select these cells"))));
            for (Widget& widget : row.widgets) widget.index = static_cast<std::int32_t>(place);
            view.rows.push_back(std::move(row));
        }
}

void showRowLinks(View& view, const Explanation& why, const Texts& texts) {
    Row row;
    const auto add = [&](const std::vector<RangeAddress>& ranges, Rows which, Message text) {
        if (ranges.empty()) return;
        Widget widget = link(Item::WhyRows, texts.say(text), texts.say(msg("Select them in the sheet")));
        widget.index = which;
        row.widgets.push_back(std::move(widget));
    };
    add(why.used, Used, msg("Show the rows"));
    add(why.leftOut, LeftOut, msg("Show what is left out"));
    if (!row.widgets.empty()) view.rows.push_back(std::move(row));
}

}  // namespace

void WhySection::offer(std::string cell) {
    if (cell == cell_) return;
    cell_ = std::move(cell);
    calls_.clear();
    chosen_ = 0;
    open_ = false;
}

void WhySection::take(std::vector<Explanation> calls) {
    calls_ = std::move(calls);
    if (chosen_ >= calls_.size()) chosen_ = 0;
}

void WhySection::show(View& view, const Texts& texts) const {
    if (cell_.empty()) return;
    // The cell is on the sheet that the user sees.
    const std::string title = texts.say(msg("Why this value? ({cell})"), {{"cell", cell_.substr(cell_.rfind('.') + 1)}});
    const Message help = open_ ? msg("Fold the explanation") : msg("Show how the cell comes to its value");
    addRow(view, link(Item::WhyTitle, (open_ ? "\u25BE " : "\u25B8 ") + title, cell_ + ": " + texts.say(help)));
    if (!open_) return;
    if (chosen_ < calls_.size()) showCall(view, texts);
}

void WhySection::showCall(View& view, const Texts& texts) const {
    if (calls_.size() > 1) {
        std::vector<std::string> names;
        for (const Explanation& call : calls_) names.push_back(call.function);
        addRow(view,
               dropDown(Item::WhyCall, texts.say(msg("Function")), texts.say(msg("Which function of the formula is explained")),
                        std::move(names), static_cast<std::int32_t>(chosen_)));
    }
    const Explanation& why = calls_[chosen_];
    showLines(view, why, {LineKind::Reason, LineKind::Remedy, LineKind::Result, LineKind::Doubt}, texts);
    if (why.needs)
        addRow(view, button(Item::WhyResize, texts.say(msg("Show the whole table")),
                            texts.say(msg("Let the formula fill as many cells as its table has; one Undo takes it back"))));
    showLines(view, why, {LineKind::Rows}, texts);
    showRowLinks(view, why, texts);
    showLines(view, why, {LineKind::Meaning, LineKind::Formula}, texts);
    showLines(view, why, {LineKind::Argument}, texts);
}

Reaction WhySection::act(const Action& action) {
    if (action.item == Item::WhyTitle) {
        open_ = !open_;
        return open_ ? Next::Explain : Next::Draw;
    }
    if (chosen_ >= calls_.size()) return Next::Nothing;
    const Explanation& why = calls_[chosen_];
    if (action.item == Item::WhyCall) {
        chosen_ = static_cast<std::size_t>(action.entry);
        return Next::Draw;
    }
    if (action.item == Item::WhyResize) return Next::ResizeFormula;
    if (action.item == Item::WhyRows) return {Next::GoToCells, listed(action.index == Used ? why.used : why.leftOut)};
    const auto line = static_cast<std::size_t>(action.index);
    if (action.item == Item::WhyCell && line < why.lines.size() && why.lines[line].cell)
        return {Next::GoToCells, shown(*why.lines[line].cell)};
    return Next::Nothing;
}

}  // namespace calckpi::panel
