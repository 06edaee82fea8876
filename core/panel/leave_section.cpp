#include "core/panel/leave_section.hpp"

#include "core/panel/controls.hpp"

namespace calckpi::panel {
namespace {

constexpr auto scopes = enumTable<LeaveScope, Message>({{LeaveScope::Selection, msg("In the selected cells")},
                                                        {LeaveScope::Sheet, msg("On this sheet")},
                                                        {LeaveScope::Document, msg("In the whole document")}});

std::string lineOf(const SheetFormulas& found, const Texts& texts) {
    const std::int64_t cells = found.formulas - found.tables;
    std::string line = cells == 0
                           ? std::string()
                           : texts.say(msg("{sheet}: {n} formula becomes its value", "{sheet}: {n} formulas become their values"),
                                       cells, {{"sheet", found.sheet}});
    if (found.tables == 0) return line;
    if (!line.empty()) line += "\n";
    return line + texts.say(msg("{sheet}: {n} live table becomes plain cells", "{sheet}: {n} live tables become plain cells"),
                            found.tables, {{"sheet", found.sheet}});
}

}  // namespace

void LeaveSection::show(View& view, const Texts& texts) const {
    if (!open_) {
        addRow(view, button(LeaveItem::Open, texts.say(msg("Leave without us ...")),
                            texts.say(msg("Turn the formulas of Calc KPI into values, for people who do not have the extension"))));
        return;
    }
    addRow(view, heading(LeaveItem::Title, texts.say(msg("Turn KPI formulas into values"))), true);
    addField(view, LeaveItem::WhereLabel, texts.say(msg("Where")),
             dropDown(LeaveItem::Where, "", texts.say(msg("Other formulas stay as they are")), entriesOf(scopes, texts),
                      static_cast<std::int32_t>(scope_)));
    std::int32_t index = 0;
    const auto say = [&](std::string text) {
        Widget note = sentence(WidgetKind::Note, LeaveItem::Line, std::move(text));
        note.index = index++;
        addRow(view, std::move(note));
    };
    const bool any = found_ && !found_->empty();
    if (found_ && !any) say(texts.say(msg("There are no formulas of Calc KPI here")));
    if (any) {
        for (const SheetFormulas& each : *found_) say(lineOf(each, texts));
        say(texts.say(msg("Errors stay errors. Undo brings the formulas back; to keep both, save a copy of the document first")));
    }
    view.rows.push_back(
        {{button(LeaveItem::Leave, texts.say(msg("Turn into values")), texts.say(msg("One Undo brings the formulas back")), any),
          button(LeaveItem::Close, texts.say(msg("Close")), texts.say(msg("Change nothing")))},
         false});
}

Reaction LeaveSection::act(const Action& action) {
    switch (static_cast<LeaveItem>(action.item.number())) {
        case LeaveItem::Open: open_ = true; break;
        case LeaveItem::Where:
            if (action.entry < 0 || action.entry > 2) return Next::Nothing;
            scope_ = static_cast<LeaveScope>(action.entry);
            break;
        case LeaveItem::Close: open_ = false; return Next::Draw;
        case LeaveItem::Leave: return Next::Leave;
        default: return Next::Nothing;
    }
    found_.reset();
    return Next::FindFormulas;
}

}  // namespace calckpi::panel
