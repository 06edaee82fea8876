#include "core/panel/panel.hpp"

#include "core/panel/controls.hpp"
#include "core/panel/funnel_model.hpp"
#include "core/panel/items.hpp"

#include <algorithm>
#include <utility>

namespace calckpi::panel {
namespace {

// setApart keeps the words and numbers of each text together in their own direction, in a panel from right to left: "60 rows" would
// read "rows 60" there. Names of columns have whatever direction their letters have.
void setApart(View& view) {
    const auto apart = [](std::string& text) {
        constexpr std::string_view firstStrongIsolate = "\u2068";  // NOLINT(misc-misleading-bidirectional): the end is below
        constexpr std::string_view end = "\u2069";
        if (!text.empty()) text = std::string(firstStrongIsolate).append(text).append(end);
    };
    for (Row& row : view.rows)
        for (Widget& widget : row.widgets) switch (widget.kind) {
                case WidgetKind::Label:
                case WidgetKind::Note:
                case WidgetKind::Warning:
                case WidgetKind::Link: apart(widget.text); break;
                case WidgetKind::List: std::for_each(widget.entries.begin(), widget.entries.end(), apart); break;
                default: break;
            }
}

// leavesMessage tells what the user can do while the sentence of the last attempt still says what is so.
bool leavesMessage(Item item) {
    switch (item) {
        case Item::Overwrite:
        case Item::DataCheck:
        case Item::FindingCell:
        case Item::ProblemCell:
        case Item::PickSource:
        case Item::PickCell: return true;
        default: return false;
    }
}

}  // namespace

Panel::Panel(Texts texts) : texts_(texts), model_(std::make_unique<FunnelModel>(texts)) {}

void Panel::take(Source source) {
    model_->take(source);
    found_.reset();
    begin(std::move(source));
}

bool Panel::take(Source source, Found table) {
    if (!model_->take(source, table.settings)) return false;
    found_ = std::move(table);
    begin(std::move(source));
    return true;
}

void Panel::begin(Source source) {
    from_.take(source.shown);
    source_ = std::move(source);
    nothing_.reset();
    insert_.saidEnough();
    frame_.begin();
    stale_ = !model_->whyUseless();
}

void Panel::takeAgain(Source source) {
    if (!source_ || model_->whyUseless()) return take(std::move(source));  // nothing was chosen yet
    if (source_->address != source.address) from_.take(source.shown);
    model_->takeAgain(source);
    source_ = std::move(source);
    stale_ = true;
}

void Panel::takeNothing(std::optional<Message> why) {
    source_.reset();
    found_.reset();
    insert_.saidEnough();
    frame_.begin();
    nothing_ = why;
    from_.unpin();  // there is nothing to keep
    stale_ = false;
}

void Panel::takeRows(std::int64_t hidden, std::int64_t below) {
    if (!source_) return;
    source_->hidden = hidden;
    source_->below = below;
}

void Panel::takeTableAt(std::string address) {
    if (found_) found_->address = std::move(address);
}

void Panel::stopped() {
    if (!needsComputing()) return;
    frame_.stop();
    model_->forget();
    stale_ = false;
}

std::vector<ColumnRef> Panel::columnsNeeded() const {
    return source_ && !model_->whyUseless() ? model_->columnsNeeded() : std::vector<ColumnRef>();
}

void Panel::compute() {
    if (!source_ || model_->whyUseless()) return;
    frame_.begin();
    model_->compute();
    stale_ = false;
}

// shows tells whether the user can do that now. The view may have changed since he saw it: while a menu was open, say.
bool Panel::shows(const Action& action) const {
    const View shown = view();
    for (const Row& row : shown.rows)
        for (const Widget& widget : row.widgets) {
            if (widget.item != action.item || widget.index != action.index) continue;
            const bool chooses = widget.kind == WidgetKind::DropDown || widget.kind == WidgetKind::List;
            return widget.enabled && (!chooses || (action.entry >= 0 && action.entry < sizeOf(widget.entries)));
        }
    return false;
}

Reaction Panel::act(const Action& action) {
    if (!shows(action)) return Next::Nothing;
    if (!leavesMessage(itemOf(action.item))) insert_.saidEnough();
    Reaction reaction = actOnSections(action);
    if (reaction.next == Next::Nothing && source_) reaction = model_->act(action);
    if (reaction.next == Next::Compute) stale_ = true;
    return reaction;
}

Reaction Panel::actOnSections(const Action& action) {
    switch (itemOf(action.item)) {
        case Item::Stop: stopped(); return Next::Stop;
        case Item::StartAgain: return Next::Compute;
        case Item::InsertAsNew: takeTableAway(); return Next::Draw;
        default: break;
    }
    Reaction reaction = from_.act(action);
    return reaction.next != Next::Nothing ? reaction : insert_.act(action, updating(), ready(), texts_);
}

View Panel::view() const {
    View view = content();
    view.focus = Item::Source;
    if (texts_.mirrored()) setApart(view);
    return view;
}

View Panel::content() const {
    View view;
    if (source_)
        from_.show(view, *source_,
                   found_ ? std::optional(texts_.say(model_->wording().settingsOf, {{"place", found_->address}})) : std::nullopt,
                   texts_);
    else
        from_.showNothing(view, nothing_, texts_);
    const std::optional<Message> useless = source_ ? model_->whyUseless() : std::nullopt;
    if (!source_ || useless) insert_.showMessage(view);
    if (useless) addRow(view, sentence(WidgetKind::Warning, Item::Problem, texts_.say(*useless)), true);
    if (!source_ || useless) return view;
    model_->showChoices(view);
    showPreview(view);
    insert_.show(view, updating(), ready(), model_->wording(), texts_);
    return view;
}

void Panel::showPreview(View& view) const {
    if (!frame_.show(view, stale_, texts_)) return;
    if (const std::string refusal = model_->refusal(); !refusal.empty())
        addRow(view, sentence(WidgetKind::Warning, Item::Problem, refusal));
    else
        model_->showPreview(view);
}

}  // namespace calckpi::panel
