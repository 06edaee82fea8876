#include "core/panel/leave_section.hpp"

#include "core/panel/controls.hpp"

#include <utility>

namespace calckpi::panel {
namespace {

constexpr auto scopes = enumTable<LeaveScope, Message>({{LeaveScope::Selection, msg("In the selected cells")},
                                                        {LeaveScope::Sheet, msg("On this sheet")},
                                                        {LeaveScope::Document, msg("In the whole document")}});

constexpr auto kinds =
    enumTable<LeaveInto, Message>({{LeaveInto::Plain, msg("Plain, else values")}, {LeaveInto::Values, msg("Values only")}});

std::string namesOf(const CalledBy& called) {
    std::string names;
    for (const std::string& name : called.functions) names += (names.empty() ? "" : ", ") + name;
    return names;
}

CalledBy together(CalledBy all, const CalledBy& more) {
    all.formulas += more.formulas;
    all.functions.insert(more.functions.begin(), more.functions.end());
    return all;
}

}  // namespace

std::string LeaveSection::lineOf(const SheetFormulas& found, const Texts& texts) const {
    std::string lines;
    const auto say = [&](const Message& message, const CalledBy& called) {
        if (called.formulas == 0) return;
        if (!lines.empty()) lines += "\n";
        lines += texts.say(message, called.formulas, {{"sheet", found.sheet}, {"functions", namesOf(called)}});
    };
    const bool plain = into_ == LeaveInto::Plain;
    if (plain)
        say(msg("{sheet}: {n} formula becomes a plain formula ({functions})",
                "{sheet}: {n} formulas become plain formulas ({functions})"),
            found.plain);
    say(msg("{sheet}: {n} formula becomes its value ({functions})", "{sheet}: {n} formulas become their values ({functions})"),
        plain ? found.values : together(found.plain, found.values));
    say(msg("{sheet}: {n} live table becomes plain cells ({functions})",
            "{sheet}: {n} live tables become plain cells ({functions})"),
        found.tables);
    return lines;
}

void LeaveSection::showFound(View& view, const Texts& texts) const {
    std::int32_t index = 0;
    const auto say = [&](std::string text) {
        Widget note = sentence(WidgetKind::Note, LeaveItem::Line, std::move(text));
        note.index = index++;
        addRow(view, std::move(note));
    };
    if (found_->empty()) return say(texts.say(msg("There are no formulas of Calc KPI here")));
    for (const SheetFormulas& each : *found_) say(lineOf(each, texts));
    say(
        texts.say(msg("Where the extension is missing, and in XLSX files that go there, live tables show #NAME? instead of their "
                      "figures")));
    say(texts.say(
        msg("Values follow no new figures, nor the period that is chosen on a KPI sheet. Errors stay errors. Undo brings the "
            "formulas back")));
}

void LeaveSection::show(View& view, const Texts& texts) const {
    if (!open_) {
        addRow(view, button(LeaveItem::Open, texts.say(msg("Leave without us ...")),
                            texts.say(msg("Turn the formulas of Calc KPI into values or plain formulas, for people who do not have "
                                          "the extension"))));
        return;
    }
    addRow(view, heading(LeaveItem::Title, texts.say(msg("Leave without Calc KPI"))), true);
    addField(view, LeaveItem::WhereLabel, texts.say(msg("Where")),
             dropDown(LeaveItem::Where, "", texts.say(msg("Other formulas stay as they are")), entriesOf(scopes, texts),
                      static_cast<std::int32_t>(scope_)));
    addField(
        view, LeaveItem::IntoLabel, texts.say(msg("Into")),
        dropDown(LeaveItem::Into, "",
                 texts.say(msg(
                     "A plain formula gives the same number and the same error, whatever its cells hold; where there is none, the "
                     "value stays")),
                 entriesOf(kinds, texts), static_cast<std::int32_t>(into_)));
    if (found_) showFound(view, texts);
    const bool any = found_ && !found_->empty();
    view.rows.push_back(
        {{button(LeaveItem::Leave, texts.say(msg("Replace formulas")), texts.say(msg("One Undo brings the formulas back")), any),
          button(LeaveItem::Close, texts.say(msg("Close")), texts.say(msg("Change nothing")))},
         false});
    addRow(view, button(LeaveItem::Copy, texts.say(msg("Save a copy with values ...")),
                        texts.say(msg("A copy of the whole document for people who do not have the extension: all formulas of Calc "
                                      "KPI are values there, and this document stays as it is"))));
}

void LeaveSection::begin() {
    open_ = true;
    first_ = true;
    scope_ = LeaveScope::Document;
    found_.reset();
}

Reaction LeaveSection::act(const Action& action) {
    switch (static_cast<LeaveItem>(action.item.number())) {
        case LeaveItem::Open:
            begin();
            first_ = false;
            break;
        case LeaveItem::Where:
            if (action.entry < 0 || action.entry > 2) return Next::Nothing;
            scope_ = static_cast<LeaveScope>(action.entry);
            break;
        case LeaveItem::Into:
            if (action.entry < 0 || action.entry > 1) return Next::Nothing;
            into_ = static_cast<LeaveInto>(action.entry);
            return Next::Draw;
        case LeaveItem::Close: open_ = false; return Next::Draw;
        case LeaveItem::Leave: return Next::Leave;
        case LeaveItem::Copy: return Next::SaveValues;
        default: return Next::Nothing;
    }
    found_.reset();
    return Next::FindFormulas;
}

}  // namespace calckpi::panel
