#include "core/panel/preview_frame.hpp"

#include "core/panel/controls.hpp"
#include "core/panel/items.hpp"

namespace calckpi::panel {

bool PreviewFrame::show(View& view, bool stale, const Texts& texts) const {
    addRow(view, heading(Item::PreviewTitle, texts.say(msg("Preview"))), true);
    if (progress_) {
        view.rows.push_back({{Widget{.kind = WidgetKind::Progress,
                                     .item = Item::Progress,
                                     .name = texts.say(msg("Reading the data")),
                                     .part = *progress_},
                              button(Item::Stop, texts.say(msg("Stop")), texts.say(msg("Stop reading the data")))},
                             false});
        return false;
    }
    if (!stopped_ || stale) return true;
    view.rows.push_back({{sentence(WidgetKind::Note, Item::Problem, texts.say(msg("Stopped"))),
                          button(Item::StartAgain, texts.say(msg("Start again")), texts.say(msg("Read the data to the end")))},
                         false});
    return false;
}

}  // namespace calckpi::panel
