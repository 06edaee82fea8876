#include "core/panel/insert_section.hpp"

#include "core/panel/controls.hpp"
#include "core/panel/items.hpp"
#include "core/values/text.hpp"

#include <utility>

namespace calckpi::panel {

void InsertSection::takeCell(std::string address) {
    cell_ = std::move(address);
    atCell_ = true;
    message_.clear();
}

void InsertSection::say(std::string sentence, bool canOverwrite) {
    message_ = std::move(sentence);
    canOverwrite_ = canOverwrite;
    done_ = false;
}

void InsertSection::tell(std::string sentence) {
    say(std::move(sentence), false);
    done_ = true;
}

void InsertSection::showMessage(View& view) const {
    if (message_.empty()) return;
    addRow(view, sentence(done_ ? WidgetKind::Note : WidgetKind::Warning, Item::Message, message_), true);
    view.rows.back().inSight = true;
}

void InsertSection::show(View& view, bool updating, bool ready, const Wording& wording, const Texts& texts) const {
    showMessage(view);
    if (!message_.empty() && canOverwrite_ && ready) {
        addRow(view, button(Item::Overwrite, texts.say(msg("Overwrite these cells")),
                            texts.say(msg("Insert the table and replace what is there; Undo brings it back"))));
        view.rows.back().inSight = true;
    }
    if (!updating) showPlace(view, texts);
    addRow(view,
           {.kind = WidgetKind::MainButton,
            .item = Item::Insert,
            .text = texts.say(updating ? wording.update : wording.insert),
            .help = texts.say(updating ? msg("Rewrite the table in its place; one Undo takes it back")
                                       : msg("One Undo takes all of it away again")),
            .enabled = ready},
           updating);
    view.rows.back().inSight = true;
    if (updating)
        addRow(view, button(Item::InsertAsNew, texts.say(msg("Insert as a new table instead")),
                            texts.say(msg("Leave this table as it is"))));
}

void InsertSection::showPlace(View& view, const Texts& texts) const {
    addField(view, Item::WhereLabel, texts.say(msg("Insert")),
             dropDown(Item::Where, "", texts.say(msg("Where the table goes")),
                      {texts.say(msg("on a new sheet")), texts.say(msg("at a cell"))}, atCell_ ? 1 : 0),
             true);
    if (atCell_)
        view.rows.push_back({{edit(Item::Cell, texts.say(msg("Cell")), texts.say(msg("The upper left cell of the table")), cell_),
                              button(Item::PickCell, texts.say(msg("Pick")), texts.say(msg("Pick the cell with the mouse")))},
                             false});
}

Reaction InsertSection::act(const Action& action, bool updating, bool ready, const Texts& texts) {
    switch (itemOf(action.item)) {
        case Item::Where: atCell_ = action.entry == 1; return Next::Draw;
        case Item::Cell: cell_ = action.text; return Next::Draw;
        case Item::PickCell: return {Next::PickCell, cell_};
        case Item::Insert: return !ready ? Next::Nothing : updating ? Next::Update : insert(Next::Insert, texts);
        case Item::Overwrite: return ready ? insert(Next::Overwrite, texts) : Next::Nothing;
        default: return Next::Nothing;
    }
}

Reaction InsertSection::insert(Next next, const Texts& texts) {
    if (!atCell_) return next;
    if (!trimmed(cell_).empty()) return {next, cell_};
    say(texts.say(msg("Type or pick the upper left cell of the table first")), false);
    return Next::Draw;
}

}  // namespace calckpi::panel
