#include "core/panel/funnel_model.hpp"

#include "core/panel/controls.hpp"
#include "core/panel/items.hpp"
#include "core/recognition/vocabulary.hpp"
#include "core/dates/moment.hpp"
#include "core/panel/splitting.hpp"
#include "core/panel/typed_number.hpp"
#include "core/values/text.hpp"

#include <utility>

namespace calckpi::panel {
namespace {

constexpr auto orderEntries = enumTable<EventOrder, Message>({{EventOrder::Ordered, msg("in order, with others")},
                                                              {EventOrder::Increasing, msg("in order, each later")},
                                                              {EventOrder::Strict, msg("in order, nothing between")},
                                                              {EventOrder::Any, msg("in any order")}});
constexpr auto fillEntries = enumTable<DateFill, Message>({{DateFill::None, msg("with all dates up to it")},
                                                           {DateFill::Later, msg("with its date or a later one")},
                                                           {DateFill::Each, msg("with its date alone")}});
constexpr auto pictureEntries = enumTable<Picture, Message>(
    {{Picture::Chart, msg("a chart")}, {Picture::Bars, msg("bars in cells")}, {Picture::None, msg("none")}});

}  // namespace

// readOptionTexts fills the fields with what the choices say.
void FunnelModel::readOptionTexts() {
    windowText_ = choices_.window ? numberToType(*choices_.window, texts_.language()) : "";
    asOfText_ = !choices_.asOf          ? ""
                : isDay(*choices_.asOf) ? isoDate(*choices_.asOf, source_.table->culture().nullDate())
                                        : numberToType(*choices_.asOf, texts_.language());
}

std::vector<SourceColumn> FunnelModel::splitColumns() const { return splittableOf(columns_, *source_.facts, choices_.by); }

void FunnelModel::showOptions(View& view) const {
    const bool splits = splitsBySegment(choices_.shape);
    if (splits)
        addField(view, Item::ByLabel, texts_.say(msg("Split by")),
                 columnDropDown(Item::By, "", texts_.say(msg("One funnel for each value of this column, such as owner or channel")),
                                splitColumns(), choices_.by, true, texts_),
                 true);
    showSubtotals(view, choices_.filters, *source_.facts, texts_);
    addRow(view,
           check(Item::MoreOptions, texts_.say(msg("More options")),
                 texts_.say(msg("Order, window, dates, filters and what to insert")), more_),
           !splits);
    if (more_) showRareOptions(view);
}

void FunnelModel::showRareOptions(View& view) const {
    const Shape shape = choices_.shape;
    if (shape == Shape::Events) {
        addField(view, Item::OrderLabel, texts_.say(msg("Order")),
                 dropDown(Item::Order, "", texts_.say(msg("How the steps must follow one another")),
                          entriesOf(orderEntries, texts_), static_cast<std::int32_t>(choices_.order)));
        addField(view, Item::WindowLabel, texts_.say(msg("Window (days)")),
                 edit(Item::Window, "", texts_.say(msg("Days from the first step within which a step counts; empty for no limit")),
                      windowText_));
    }
    if (shape == Shape::Dates)
        addField(view, Item::FillLabel, texts_.say(msg("A stage counts")),
                 dropDown(Item::Fill, "", texts_.say(msg("Which dates make a stage reached")), entriesOf(fillEntries, texts_),
                          static_cast<std::int32_t>(choices_.fill)));
    if (shape == Shape::Events || shape == Shape::Dates)
        addField(
            view, Item::AsOfLabel, texts_.say(msg("As of")),
            edit(Item::AsOf, "", texts_.say(msg("Only what happened up to this date counts; empty for everything")), asOfText_));
    if (splitsBySegment(shape)) filters_.show(view, choices_.filters, columns_, texts_);
    addRow(view, check(Item::Intervals, texts_.say(msg("With confidence intervals")),
                       texts_.say(msg("The range in which the rate of each step lies with 95 % confidence")), choices_.intervals));
    addRow(view, check(Item::ValuesOnly, texts_.say(msg("Values only")),
                       texts_.say(msg("Insert numbers that do not follow the data, instead of formulas")), !choices_.live));
    addField(view, Item::PictureLabel, texts_.say(msg("Picture")),
             dropDown(Item::Picture, "", texts_.say(msg("How the funnel is drawn beside the table")),
                      entriesOf(pictureEntries, texts_), static_cast<std::int32_t>(choices_.picture)));
}

Next FunnelModel::actOnOptions(const Action& action) {
    switch (itemOf(action.item)) {
        case Item::MoreOptions: more_ = action.on; return Next::Draw;
        case Item::By: choices_.by = columnOfEntry(splitColumns(), action.entry, true); return Next::Compute;
        case Item::Order: choices_.order = static_cast<EventOrder>(action.entry); return Next::Compute;
        case Item::Fill: choices_.fill = static_cast<DateFill>(action.entry); return Next::Compute;
        case Item::Window: return typeWindow(std::string(trimmed(action.text)));
        case Item::AsOf: return typeAsOf(std::string(trimmed(action.text)));
        case Item::Intervals: choices_.intervals = action.on; return Next::Draw;
        case Item::ValuesOnly: choices_.live = !action.on; return Next::Draw;
        case Item::Picture: choices_.picture = static_cast<Picture>(action.entry); return Next::Draw;
        default: return filters_.act(action, choices_.filters, columns_);
    }
}

Next FunnelModel::typeWindow(const std::string& text) {
    windowText_ = text;
    choices_.window = text.empty() ? std::nullopt : typedNumber(text, texts_.language());
    return Next::Compute;
}

Next FunnelModel::typeAsOf(const std::string& text) {
    asOfText_ = text;
    choices_.asOf = text.empty() ? std::nullopt : source_.table->culture().numberFromText(text);
    if (choices_.asOf && !isDay(*choices_.asOf)) choices_.asOf.reset();
    return Next::Compute;
}

// refusal says which of the options cannot be read or written.
std::string FunnelModel::refusal() const {
    const Shape shape = choices_.shape;
    if (shape == Shape::Events && !windowText_.empty() && !choices_.window)
        return texts_.say(msg("The window is a number of days, such as 30"));
    if (shape == Shape::Events && choices_.window && !(*choices_.window > 0))
        return texts_.say(msg("The window must be longer than 0 days"));
    if ((shape == Shape::Events || shape == Shape::Dates) && !asOfText_.empty() && !(choices_.asOf && isDay(*choices_.asOf)))
        return texts_.say(msg("\"{text}\" is not a date"), {{"text", asOfText_}});
    if (choices_.live && formulaProblem_) return texts_.say(*formulaProblem_);
    return {};
}

}  // namespace calckpi::panel
