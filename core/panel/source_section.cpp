#include "core/panel/source_section.hpp"

#include "core/panel/controls.hpp"
#include "core/panel/items.hpp"

#include <utility>

namespace calckpi::panel {
namespace {

std::string sizeOfTable(const Table& table, const Texts& texts) {
    return texts.say(msg("{n} row", "{n} rows"), static_cast<std::int64_t>(table.rows())) + " \u00B7 " +
           texts.say(msg("{n} column", "{n} columns"), static_cast<std::int64_t>(table.headers().size()));
}

constexpr Message rightBelow =
    msg("{n} row right below these cells is not counted", "{n} rows right below these cells are not counted");
constexpr Message behindAnEmptyRow =
    msg("{n} more row after an empty row is not counted", "{n} more rows after an empty row are not counted");

// showRowsBelow offers the rows of data that are below.
void showRowsBelow(View& view, const RowsBelow& below, bool updating, const Texts& texts) {
    addRow(view, sentence(WidgetKind::Warning, Item::RowsBelow,
                          texts.say(below.afterEmptyRow ? behindAnEmptyRow : rightBelow, below.rows)));
    addRow(view, button(Item::TakeRowsBelow, texts.say(msg("Add it to the data", "Add them to the data"), below.rows),
                        texts.say(updating ? msg("Make these rows part of the data; Update then writes the table with them")
                                           : msg("Make these rows part of the data"))));
}

}  // namespace

void SourceSection::showAddress(View& view, const Texts& texts) const {
    view.rows.push_back({{edit(Item::Source, texts.say(msg("Data")),
                               texts.say(msg("The cells with the data: a range, columns, or a name")), address_),
                          button(Item::PickSource, texts.say(msg("Pick")), texts.say(msg("Pick the cells with the mouse")))},
                         false});
}

void SourceSection::showNothing(View& view, const std::optional<Message>& why, const Texts& texts) const {
    addRow(view, sentence(WidgetKind::Picture, Item::WelcomePicture, ""));
    addRow(view,
           sentence(WidgetKind::Note, Item::Welcome,
                    texts.say(msg("Click a cell inside your data, or select the columns: deals, an event log or counts, with a "
                                  "header row"))));
    if (why) addRow(view, sentence(WidgetKind::Warning, Item::Problem, texts.say(*why)));
    addRow(view, heading(Item::SourceTitle, texts.say(msg("Data"))), true);
    showAddress(view, texts);
}

void SourceSection::show(View& view, const Source& source, const std::optional<std::string>& settings, const Texts& texts) const {
    Widget title = heading(Item::SourceTitle, texts.say(msg("Data")));
    title.stretch = 0;
    Widget pin = check(Item::Pin, texts.say(msg("Keep")), texts.say(msg("Keep these cells, whatever is selected next")), pinned_);
    pin.stretch = 0;
    Widget size = sentence(WidgetKind::Aside, Item::SourceSize, sizeOfTable(*source.table, texts));
    size.help = size.text;
    view.rows.push_back({{std::move(title), std::move(size), std::move(pin)}, true});
    showAddress(view, texts);
    if (source.hidden > 0)
        addRow(
            view,
            sentence(WidgetKind::Note, Item::HiddenRows,
                     texts.say(msg("{n} row is hidden, and counted all the same", "{n} rows are hidden, and counted all the same"),
                               source.hidden)));
    if (settings) addRow(view, sentence(WidgetKind::Note, Item::Welcome, *settings));
    if (source.below.rows > 0) showRowsBelow(view, source.below, settings.has_value(), texts);
}

Reaction SourceSection::act(const Action& action) {
    switch (itemOf(action.item)) {
        case Item::Source: address_ = action.text; return {Next::ReadSource, address_};
        case Item::PickSource: return {Next::PickSource, address_};
        case Item::TakeRowsBelow: return Next::TakeRowsBelow;
        case Item::Pin: pinned_ = action.on; return pinned_ ? Next::Draw : Next::FollowSelection;
        default: return Next::Nothing;
    }
}

}  // namespace calckpi::panel
