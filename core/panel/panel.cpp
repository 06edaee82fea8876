#include "core/panel/panel.hpp"

#include "core/panel/controls.hpp"
#include "core/panel/help_section.hpp"
#include "core/panel/items.hpp"
#include "core/recognition/facts.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace calckpi::panel {
namespace {

// hasRightToLeft is true for a word in Hebrew, Arabic or another script from right to left: U+0590 to U+08FF.
bool hasRightToLeft(std::string_view word) {
    return std::any_of(word.begin(), word.end(), [](char each) {
        const auto byte = static_cast<unsigned char>(each);
        return (byte >= 0xD6 && byte <= 0xDF) || byte == 0xE0;
    });
}

// isMarked is true for a word with a sign or a digit: at the end of a line these go to the other side.
bool isMarked(std::string_view word) {
    const auto isLetter = [](char each) { return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z'); };
    return !std::all_of(word.begin(), word.end(), isLetter) && !hasRightToLeft(word);
}

// marked has a mark "from left to right" on both sides of such words. The office orders each line of a text by itself, wherever
// it breaks it.
std::string marked(std::string_view text) {
    constexpr std::string_view leftToRight = "\u200E";
    std::string all;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, end);
        const bool marks = !word.empty() && isMarked(word);
        all.append(marks ? leftToRight : "").append(word).append(marks ? leftToRight : "");
        if (end < text.size()) all += ' ';
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return all;
}

// setApart keeps the words and numbers of each text together in their own direction, in a panel from right to left: "60 rows" would
// read "rows 60" there. Names of columns have whatever direction their letters have.
void setApart(View& view) {
    const auto apart = [](std::string& text) {
        constexpr std::string_view firstStrongIsolate = "\u2068";  // NOLINT(misc-misleading-bidirectional): the end is below
        constexpr std::string_view end = "\u2069";
        if (!text.empty()) text = std::string(firstStrongIsolate).append(marked(text)).append(end);
    };
    for (Row& row : view.rows)
        for (Widget& widget : row.widgets) {
            apart(widget.help);
            switch (widget.kind) {
                case WidgetKind::Heading:
                case WidgetKind::Figure:
                case WidgetKind::Button:
                case WidgetKind::MainButton: widget.text = marked(widget.text); break;
                case WidgetKind::Label:
                case WidgetKind::Aside:
                case WidgetKind::Note:
                case WidgetKind::Warning:
                case WidgetKind::Link: apart(widget.text); break;
                case WidgetKind::List: std::for_each(widget.entries.begin(), widget.entries.end(), apart); break;
                default: break;
            }
        }
}

Source withFacts(Source source) {
    source.facts = std::make_shared<const TableFacts>(factsOf(*source.sample, source.dates, source.firstColumn, source.headers));
    return source;
}

std::vector<Source> allWithFacts(std::vector<Source> sources) {
    for (Source& source : sources)
        if (source.table) source = withFacts(std::move(source));
    return sources;
}

// leavesMessage tells what the user can do while the sentence of the last attempt still says what is so.
bool leavesMessage(Item item) {
    switch (item) {
        case Item::Overwrite:
        case Item::DataCheck:
        case Item::FindingCell:
        case Item::LostAnywhereCell:
        case Item::ProblemCell:
        case Item::PickSource:
        case Item::PickCell: return true;
        default: return false;
    }
}

}  // namespace

Panel::Panel(Texts texts, std::vector<Offer> offers) : texts_(texts), offers_(std::move(offers)) { choose(offers_.front()); }

void Panel::take(Source source) {
    begin(withFacts(std::move(source)));
    choose(likeliest());
    model_->take(*source_);
    found_.reset();
    stale_ = hasToCompute();
}

bool Panel::take(Source source, Found table) {
    source = withFacts(std::move(source));
    const auto reader =
        std::find_if(offers_.begin(), offers_.end(), [&](const Offer& offer) { return takesSettings(offer, source, table); });
    if (reader == offers_.end()) return false;
    begin(std::move(source));
    choose(*reader);
    found_ = std::move(table);
    stale_ = hasToCompute();
    return true;
}

bool Panel::takesSettings(const Offer& offer, const Source& source, const Found& table) {
    if (offer.kind != table.kind) return false;
    return modelOf(offer).takeKept(source, table.settings, allWithFacts(table.others));
}

// list puts what can be made first, and of that the likeliest.
void Panel::list() {
    listed_.clear();
    for (const Offer& offer : offers_) listed_.push_back({&offer, offer.whyNot(*source_)});
    std::stable_sort(listed_.begin(), listed_.end(), [&](const Listed& one, const Listed& other) {
        if (one.whyNot.has_value() != other.whyNot.has_value()) return !one.whyNot;
        return one.offer->likeliness(*source_) > other.offer->likeliness(*source_);
    });
}

const Offer& Panel::likeliest() const {
    for (const Listed& listed : listed_)
        if (listed.offer->name == wanted_ && !listed.whyNot) return *listed.offer;
    return *listed_.front().offer;
}

Model& Panel::modelOf(const Offer& offer) {
    std::unique_ptr<Model>& model = models_[offer.name];
    if (!model) model = offer.make(texts_);
    return *model;
}

void Panel::choose(const Offer& offer) {
    made_ = &offer;
    model_ = &modelOf(offer);
}

void Panel::want(std::string_view name) {
    const auto offer = std::find_if(offers_.begin(), offers_.end(), [&](const Offer& each) { return each.name == name; });
    if (offer == offers_.end()) return;
    wanted_ = offer->name;
    if (!source_ || made_ == &*offer) return;
    choose(*offer);
    model_->take(*source_);
    found_.reset();
    frame_.begin();
    stale_ = hasToCompute();
}

void Panel::begin(Source source) {
    from_.take(source.shown);
    source_ = std::move(source);
    nothing_.reset();
    insert_.saidEnough();
    frame_.begin();
    conversions_.take(*source_, *source_->facts);
    list();
}

// hasToCompute tells whether there is anything to be read and made of the source.
bool Panel::hasToCompute() const { return !model_->whyUseless() || !conversions_.columnsNeeded().empty(); }

void Panel::takeAgain(Source source) {
    source = withFacts(std::move(source));
    if (!source_ || model_->whyUseless()) return take(std::move(source));  // nothing was chosen yet
    if (source_->address != source.address) from_.take(source.shown);
    model_->takeAgain(source);
    source_ = std::move(source);
    conversions_.take(*source_, *source_->facts);
    list();
    stale_ = true;
}

void Panel::takeOthers(std::vector<Source> others) {
    model_->takeOthers(allWithFacts(std::move(others)));
    stale_ = stale_ || hasToCompute();
}

void Panel::takeOthersAgain(std::vector<Source> others) {
    model_->takeOthersAgain(allWithFacts(std::move(others)));
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

void Panel::takeRows(std::int64_t hidden, RowsBelow below) {
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
    if (!source_) return {};
    std::vector<ColumnRef> columns = conversions_.columnsNeeded();
    if (model_->whyUseless()) return columns;
    for (ColumnRef& column : model_->columnsNeeded()) columns.push_back(std::move(column));
    return columns;
}

void Panel::compute() {
    if (!source_) return;
    frame_.begin();
    conversions_.compute(*source_);
    if (!model_->whyUseless()) model_->compute();
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

std::string Panel::ask(std::string_view option, const ChosenValue& value) {
    const std::string name(option);
    switch (model_->ask(option, value)) {
        case Asked::Taken: stale_ = true; return {};
        case Asked::NoOption: return texts_.say(msg("There is no option {option} here"), {{"option", name}});
        case Asked::NoValue: break;
    }
    return texts_.say(msg("{option} cannot be \"{value}\" here"), {{"option", name}, {"value", shownAsked(value)}});
}

std::string Panel::whyNot(std::string_view name) const {
    const auto found = std::find_if(listed_.begin(), listed_.end(), [&](const Listed& each) { return each.offer->name == name; });
    if (found == listed_.end())
        return texts_.say(msg("There is nothing of the name {name} to make"), {{"name", std::string(name)}});
    return found->whyNot ? texts_.say(found->offer->title) + " \u2013 " + texts_.say(*found->whyNot) : std::string();
}

std::string Panel::whyNothing() const {
    const std::optional<Message> useless = model_->whyUseless();
    return useless ? texts_.say(*useless) : model_->refusal();
}

Reaction Panel::actOnSections(const Action& action) {
    switch (itemOf(action.item)) {
        case Item::Stop: stopped(); return Next::Stop;
        case Item::StartAgain: return Next::Compute;
        case Item::InsertAsNew: takeTableAway(); return Next::Draw;
        case Item::What:
            want(listed_[static_cast<std::size_t>(action.entry)].offer->name);
            return stale_ ? Next::Compute : Next::Draw;
        default: break;
    }
    Reaction reaction = why_.act(action);
    if (reaction.next == Next::Nothing) reaction = from_.act(action);
    if (reaction.next == Next::Nothing && source_) reaction = conversions_.act(action, *source_);
    if (reaction.next == Next::Nothing) reaction = leave_.act(action);
    if (reaction.next == Next::Nothing) reaction = actOnHelp(action);
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
    if (leave_.first()) leave_.show(view, texts_);
    why_.show(view, texts_);
    showWhat(view);
    if (source_)
        from_.show(view, *source_,
                   found_ ? std::optional(texts_.say(model_->wording().settingsOf, {{"place", found_->address}})) : std::nullopt,
                   texts_);
    else
        from_.showNothing(view, nothing_, texts_);
    if (source_ && !stale_) conversions_.show(view, *source_, texts_);
    const std::optional<Message> useless = source_ ? model_->whyUseless() : std::nullopt;
    if (!source_ || useless) insert_.showMessage(view);
    if (useless) addRow(view, sentence(WidgetKind::Warning, Item::Problem, texts_.say(*useless)), true);
    if (source_ && !useless) {
        model_->showChoices(view);
        showPreview(view);
        insert_.show(view, updating(), ready(), model_->wording(), texts_);
    }
    if (!leave_.first()) leave_.show(view, texts_);
    showHelp(view, texts_);
    return view;
}

// showWhat asks what is to be made. What cannot be says why, and can be chosen all the same: the columns may be others than they
// seem.
void Panel::showWhat(View& view) const {
    if (!source_ || offers_.size() < 2) return;
    std::vector<std::string> entries;
    std::int32_t selected = -1;
    for (const Listed& listed : listed_) {
        if (listed.offer == made_) selected = sizeOf(entries);
        std::string entry = texts_.say(listed.offer->title);
        if (listed.whyNot) entry += " \u2013 " + texts_.say(*listed.whyNot);
        entries.push_back(std::move(entry));
    }
    const std::string question = texts_.say(msg("What do you want?"));
    Widget what = dropDown(Item::What, question, texts_.say(made_->makes), std::move(entries), selected);
    what.text = texts_.say(made_->title);
    addRow(view, heading(Item::WhatLabel, question), true);
    addRow(view, std::move(what));
}

void Panel::showPreview(View& view) const {
    if (!frame_.show(view, stale_, texts_)) return;
    if (const std::string refusal = model_->refusal(); !refusal.empty())
        addRow(view, sentence(WidgetKind::Warning, Item::Problem, refusal));
    else
        model_->showPreview(view);
}

}  // namespace calckpi::panel
