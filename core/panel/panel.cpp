#include "core/panel/panel.hpp"

#include "core/recognition/across.hpp"
#include "core/sheets/figures.hpp"
#include "core/sheets/formula.hpp"
#include "core/recognition/vocabulary.hpp"
#include "core/values/address.hpp"
#include "core/values/enum_table.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace calckpi::panel {
namespace {

constexpr Message noColumn = msg("(none)");

std::vector<std::string> said(const Texts& texts, std::initializer_list<Message> messages) {
    std::vector<std::string> sentences;
    for (const Message message : messages) sentences.push_back(texts.say(message));
    return sentences;
}

// entriesOf lists what a drop-down shows for the values of an enum, in their order: the entry's place is the value.
template <class Enum, std::size_t size>
std::vector<std::string> entriesOf(const EnumTable<Enum, Message, size>& table, const Texts& texts) {
    std::vector<std::string> entries;
    for (const Message& message : table.all()) entries.push_back(texts.say(message));
    return entries;
}

constexpr auto outcomeEntries =
    enumTable<Outcome, Message>({{Outcome::Step, msg("a step")}, {Outcome::Won, msg("won")}, {Outcome::Lost, msg("lost")}});
constexpr auto orderEntries = enumTable<EventOrder, Message>({{EventOrder::Ordered, msg("in order, with others")},
                                                              {EventOrder::Increasing, msg("in order, each later")},
                                                              {EventOrder::Strict, msg("in order, nothing between")},
                                                              {EventOrder::Any, msg("in any order")}});
constexpr auto fillEntries = enumTable<DateFill, Message>({{DateFill::None, msg("with all dates up to it")},
                                                           {DateFill::Later, msg("with its date or a later one")},
                                                           {DateFill::Each, msg("with its date alone")}});
constexpr auto pictureEntries = enumTable<Picture, Message>(
    {{Picture::Chart, msg("a chart")}, {Picture::Bars, msg("bars in cells")}, {Picture::None, msg("none")}});
// Counts across have the entry behind the shapes.
constexpr auto shapeEntries = enumTable<Shape, Message>({{Shape::Counts, msg("a stage, its count")},
                                                         {Shape::Stages, msg("a deal, its stage")},
                                                         {Shape::Dates, msg("a deal, its dates")},
                                                         {Shape::Events, msg("an event")}});

// withoutGroups takes the marks between thousands out of "1,000", where they stand as they should: "7,5" stays.
void withoutGroups(std::string& number, char mark) {
    const std::size_t first = number.find(mark);
    if (first == 0 || first > 3) return;
    std::size_t at = first;
    const auto isDigit = [&](std::size_t place) { return place < number.size() && number[place] >= '0' && number[place] <= '9'; };
    for (; at < number.size() && number[at] == mark; at += 4)
        if (!isDigit(at + 1) || !isDigit(at + 2) || !isDigit(at + 3) || isDigit(at + 4)) return;
    if (number.find(mark, at) == std::string::npos) std::erase(number, mark);
}

// A number as people type it: 30, 7.5 or 7,5, and 1,000 as the language writes it.
std::optional<double> typedNumber(std::string_view text, Language language) {
    std::string digits(trimmed(text));
    for (const std::string_view space : {"\u00A0", "\u202F"})
        for (std::size_t at = 0; (at = digits.find(space, at)) != std::string::npos;) digits.replace(at, space.size(), " ");
    withoutGroups(digits, ' ');
    if (language == Language::English) withoutGroups(digits, ',');
    if (language == Language::Romanian) withoutGroups(digits, '.');
    std::replace(digits.begin(), digits.end(), ',', '.');
    double number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size() || !std::isfinite(number)) return std::nullopt;
    return number;
}

// numberToType is a number as typedNumber reads it.
std::string numberToType(double number, Language language) {
    char digits[32];
    std::string text(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
    if (language != Language::English) std::replace(text.begin(), text.end(), '.', ',');
    return text;
}

std::int32_t sizeOf(const auto& list) { return static_cast<std::int32_t>(list.size()); }

Widget heading(Item item, std::string text) { return {.kind = WidgetKind::Heading, .item = item, .text = std::move(text)}; }

Widget label(Item item, std::string text) {
    return {.kind = WidgetKind::Label, .item = item, .text = std::move(text), .stretch = 5};
}

Widget dropDown(Item item, std::string name, std::string help, std::vector<std::string> entries, std::int32_t selected) {
    return {.kind = WidgetKind::DropDown,
            .item = item,
            .help = std::move(help),
            .name = std::move(name),
            .entries = std::move(entries),
            .selected = selected,
            .stretch = 9};
}

Widget edit(Item item, std::string name, std::string help, std::string text) {
    return {.kind = WidgetKind::Edit,
            .item = item,
            .text = std::move(text),
            .help = std::move(help),
            .name = std::move(name),
            .stretch = 9};
}

Widget button(Item item, std::string text, std::string help, bool enabled = true) {
    return {.kind = WidgetKind::Button,
            .item = item,
            .text = std::move(text),
            .help = std::move(help),
            .enabled = enabled,
            .stretch = 0};
}

Widget link(Item item, std::string text, std::string help) {
    return {.kind = WidgetKind::Link, .item = item, .text = std::move(text), .help = std::move(help), .stretch = 0};
}

Widget sentence(WidgetKind kind, Item item, std::string text) { return {.kind = kind, .item = item, .text = std::move(text)}; }

// What each shape asks for: its columns, in the order in which they are shown.
struct ColumnField {
    Item label;
    Item item;
    Message text;
    Message help;
    std::string Choices::*column;
    bool optional;
};
constexpr Message amountHelp = msg("The column to add up beside the counts");
const std::vector<ColumnField>& fieldsOf(Shape shape) {
    static const std::vector<ColumnField> counts = {
        {Item::StageLabel, Item::Stage, msg("Stage"), msg("The column with the names of the stages"), &Choices::stage, false},
        {Item::CountLabel, Item::Count, msg("Count"), msg("The column that says how many reached each stage"), &Choices::count,
         false},
        {Item::AmountLabel, Item::Amount, msg("Amount"), amountHelp, &Choices::amount, true}};
    static const std::vector<ColumnField> stages = {
        {Item::StageLabel, Item::Stage, msg("Stage"), msg("The column with the stage that the deal stands at now"), &Choices::stage,
         false},
        {Item::LostStageLabel, Item::LostStage, msg("Lost at stage"), msg("The column with the stage that a lost deal was lost at"),
         &Choices::lostStage, true},
        {Item::StatusLabel, Item::Status, msg("Status"), msg("The column that says which deals are won or lost, beside the stage"),
         &Choices::status, true},
        {Item::AmountLabel, Item::Amount, msg("Amount"), amountHelp, &Choices::amount, true}};
    static const std::vector<ColumnField> dates = {};
    static const std::vector<ColumnField> events = {
        {Item::IdLabel, Item::Id, msg("Who"), msg("The column that tells deals or people apart"), &Choices::id, false},
        {Item::StageLabel, Item::Stage, msg("What"), msg("The column with the name of the event or stage"), &Choices::stage, false},
        {Item::WhenLabel, Item::When, msg("At time"), msg("The column with the time of the event"), &Choices::when, false}};
    switch (shape) {
        case Shape::Counts: return counts;
        case Shape::Stages: return stages;
        case Shape::Dates: return dates;
        case Shape::Events: return events;
    }
    return dates;
}

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

// What each row is: the four shapes, and counts across.
constexpr auto acrossEntry = static_cast<std::int32_t>(shapeEntries.all().size());
std::int32_t shapeEntry(const Choices& choices) {
    return isAcross(choices) ? acrossEntry : static_cast<std::int32_t>(choices.shape);
}

bool splitsBySegment(Shape shape) { return shape != Shape::Counts; }

// Whatever the order of the steps, the lost ones stand at the end of the list.
void putLostLast(std::vector<ChosenStage>& stages) { std::stable_partition(stages.begin(), stages.end(), isStep); }

// stepsIn is how many steps there are: the place of the first lost one.
std::int32_t stepsIn(const std::vector<ChosenStage>& stages) {
    return static_cast<std::int32_t>(std::count_if(stages.begin(), stages.end(), isStep));
}

// hasRareOptions tells whether something is chosen that waits behind "More options".
bool hasRareOptions(const Choices& choices) {
    const Choices usual;
    return choices.order != usual.order || choices.window || choices.fill != usual.fill || choices.asOf ||
           !choices.filters.empty() || choices.intervals != usual.intervals || choices.live != usual.live ||
           choices.picture != usual.picture;
}

}  // namespace

void Panel::take(Source source, std::optional<Found> table) {
    const Recognition found = recognise(*source.sample, source.dates);
    usable_ = found.usable || table.has_value();
    reason_ = found.reason;
    choices_ = table ? table->choices : found.choices;
    if (!table) choices_.source = source.address;
    sourceText_ = source.shown;
    found_ = std::move(table);
    source_ = std::move(source);
    sourceColumns_ = found.columns;
    listColumns();
    nothing_.reset();
    keepStages_ = found_.has_value();
    stagesKnown_ = false;
    stagesFound_.clear();
    stage_ = 0;
    preview_.reset();
    findings_ = false;
    message_.clear();
    newFilter_.clear();
    more_ = more_ || (found_ && hasRareOptions(choices_));
    putLostLast(choices_.stages);
    windowText_ = choices_.window ? numberToType(*choices_.window, texts_.language()) : "";
    asOfText_ = !choices_.asOf          ? ""
                : isDay(*choices_.asOf) ? isoDate(*choices_.asOf, source_->table->nullDate())
                                        : numberToType(*choices_.asOf, texts_.language());
    wasStopped_ = false;
    progress_.reset();
    stale_ = usable_;
}

void Panel::takeNothing(std::optional<Message> why) {
    source_.reset();
    found_.reset();
    preview_.reset();
    progress_.reset();
    message_.clear();
    nothing_ = why;
    pinned_ = false;  // there is nothing to keep
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

void Panel::takeCell(std::string address) {
    cell_ = std::move(address);
    atCell_ = true;
    message_.clear();
}

void Panel::takeAgain(Source source) {
    // Nothing was chosen yet in cells that were no table.
    if (!source_ || !usable_) return take(std::move(source));
    if (choices_.source != source.address) {
        choices_.source = source.address;
        sourceText_ = source.shown;
    }
    source_ = std::move(source);
    sourceColumns_ = columnsOf(*source_->sample, source_->dates);
    listColumns();
    stagesKnown_ = false;
    stale_ = true;
}

void Panel::stopped() {
    if (!stale_) return;
    progress_.reset();
    wasStopped_ = true;
    preview_.reset();  // it was that of other choices
    stale_ = false;
}

void Panel::say(std::string sentence, bool canOverwrite) {
    message_ = std::move(sentence);
    canOverwrite_ = canOverwrite;
}

// listColumns lists what the drop-downs of columns show: the columns, or the rows of counts across.
void Panel::listColumns() { columns_ = isAcross(choices_) ? columnsAcross(*source_->sample, choices_) : sourceColumns_; }

std::vector<ColumnRef> Panel::columnsNeeded() const {
    if (!source_) return {};
    std::vector<std::string> names;
    if (isAcross(choices_)) {
        names.push_back(choices_.stage);
        for (const ChosenStage& stage : choices_.stages) names.push_back(stage.name);
    } else {
        for (const ColumnField& field : fieldsOf(choices_.shape)) names.push_back(choices_.*field.column);
        // Other columns may hold counts, too.
        if (choices_.shape == Shape::Counts && source_->table->rows() <= mostAcross)
            for (const SourceColumn& column : columns_) names.push_back(column.name);
    }
    names.push_back(choices_.id);  // tells deals that stand there twice
    if (choices_.shape == Shape::Dates)
        for (const ChosenStage& stage : choices_.stages) names.push_back(stage.name);
    if (splitsBySegment(choices_.shape)) {
        names.push_back(choices_.by);
        for (const Criterion& filter : choices_.filters) names.push_back(filter.column);
    }
    std::vector<ColumnRef> columns;
    const auto add = [&](const ColumnRef& column) {
        if (source_->table->find(column) && std::find(columns.begin(), columns.end(), column) == columns.end())
            columns.push_back(column);
    };
    for (const std::string& name : names)
        if (!name.empty()) add(columnRef(name, *source_->table));
    if (choices_.shape == Shape::Stages && !stagesKnown_)
        if (const std::optional<std::size_t> opened = openedColumn(*source_->table)) add(static_cast<double>(*opened + 1));
    return columns;
}

void Panel::compute() {
    if (!source_ || !usable_) return;
    progress_.reset();
    wasStopped_ = false;
    if (!stagesKnown_ && !isAcross(choices_)) {
        stagesFound_.clear();
        // Without a date column chosen there is none to find: all cells would be looked at in vain.
        if (choices_.shape != Shape::Dates || !choices_.stages.empty())
            if (Result<std::vector<FoundStage>> found = findStages(source_->table, choices_)) stagesFound_ = *std::move(found);
        stagesKnown_ = true;
        if (!keepStages_) choices_.stages = chosen(stagesFound_);
        keepStages_ = true;
    }
    stage_ = std::clamp(stage_, 0, std::max(0, sizeOf(choices_.stages) - 1));
    preview_ = panel::preview(source_->table, choices_);
    formulaProblem_ = formulaProblem(choices_, columnNames(*source_->table), rowNames(*source_->table, choices_));
    stale_ = false;
}

PlanContext Panel::planContext() const {
    PlanContext context;
    context.sourceName = source_->name;
    context.columns = columnNames(*source_->table);
    context.rows = rowNames(*source_->table, choices_);
    context.date = asOfText_;
    return context;
}

// chooseColumns takes other columns and finds the stages anew.
void Panel::chooseColumns(Choices choices) {
    choices_ = std::move(choices);
    if (choices_.shape != Shape::Dates && !isAcross(choices_)) choices_.stages.clear();
    putLostLast(choices_.stages);
    listColumns();
    stagesFound_.clear();
    stagesKnown_ = false;
    keepStages_ = false;
    stage_ = 0;
    stale_ = true;
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

Next Panel::act(const Action& action) {
    if (!shows(action)) return Next::Nothing;
    switch (action.item) {
        case Item::Overwrite:
        case Item::DataCheck:
        case Item::FindingCell:
        case Item::ProblemCell:
        case Item::PickSource:
        case Item::PickCell: break;  // the sentence still says what is so
        default: message_.clear();
    }
    switch (action.item) {
        case Item::Source: sourceText_ = action.text; return Next::ReadSource;
        case Item::PickSource: return Next::PickSource;
        case Item::TakeRowsBelow: return Next::TakeRowsBelow;
        case Item::Pin: pinned_ = action.on; return pinned_ ? Next::Draw : Next::FollowSelection;
        case Item::Stop: stopped(); return Next::Stop;
        case Item::StartAgain: stale_ = true; return Next::Compute;
        case Item::DataCheck: findings_ = !findings_; return Next::Draw;
        case Item::ProblemCell:
            if (!preview_ || !preview_->problem || !preview_->problem->first.known()) return Next::Nothing;
            cellToShow_ = preview_->problem->first;
            return Next::GoToCell;
        case Item::FindingCell:
            if (!preview_ || action.index < 0 || action.index >= sizeOf(preview_->findings)) return Next::Nothing;
            cellToShow_ = preview_->findings[static_cast<std::size_t>(action.index)].first;
            return cellToShow_.known() ? Next::GoToCell : Next::Nothing;
        case Item::MoreOptions: more_ = action.on; return Next::Draw;
        case Item::Where: atCell_ = action.entry == 1; return Next::Draw;
        case Item::Cell: cell_ = action.text; return Next::Draw;
        case Item::PickCell: return Next::PickCell;
        case Item::Insert:
            if (!ready()) return Next::Nothing;
            if (found_) return Next::Update;
            if (!atCell_ || !trimmed(cell_).empty()) return Next::Insert;
            say(texts_.say(msg("Type or pick the upper left cell of the table first")));
            return Next::Draw;
        case Item::InsertAsNew: takeTableAway(); return Next::Draw;
        case Item::Overwrite: return ready() ? Next::Overwrite : Next::Nothing;
        default: break;
    }
    if (!source_ || !usable_) return Next::Nothing;
    Next next = actOnStages(action);
    if (next == Next::Nothing) next = actOnOptions(action);
    if (next == Next::Compute) stale_ = true;
    return next;
}

Next Panel::actOnStages(const Action& action) {
    std::vector<ChosenStage>& stages = choices_.stages;
    const auto at = [&](std::int32_t place) { return stages.begin() + place; };
    const bool some = stage_ >= 0 && stage_ < sizeOf(stages);
    const auto moveTo = [&](std::int32_t place) {
        // A step does not come below the lost ones.
        if (!some || place < 0 || place >= sizeOf(stages) || isStep(*at(stage_)) != isStep(*at(place))) return Next::Draw;
        std::swap(*at(stage_), *at(place));
        stage_ = place;
        return Next::Compute;
    };
    switch (action.item) {
        case Item::StageList: stage_ = action.entry; return Next::Draw;
        case Item::StageUp: return moveTo(stage_ - 1);
        case Item::StageDown: return moveTo(stage_ + 1);
        case Item::StageRemove:
            if (!some) return Next::Draw;
            stages.erase(at(stage_));
            stage_ = std::clamp(stage_, 0, std::max(0, sizeOf(stages) - 1));
            return Next::Compute;
        case Item::StageOutcome: {
            if (!some) return Next::Draw;
            ChosenStage stage = *at(stage_);
            stage.outcome = static_cast<Outcome>(action.entry);
            if (isStep(stage) != isStep(*at(stage_))) {
                stages.erase(at(stage_));
                stage_ = stepsIn(stages);
                stages.insert(at(stage_), std::move(stage));
            } else {
                *at(stage_) = std::move(stage);
            }
            return Next::Compute;
        }
        case Item::StageAdd: {
            const FoundStage added = addable()[static_cast<std::size_t>(action.entry)];
            stage_ = added.outcome == Outcome::Lost ? sizeOf(stages) : stepsIn(stages);
            stages.insert(at(stage_), {added.name, added.outcome});
            if (choices_.shape == Shape::Dates) stagesKnown_ = false;  // how many dates the column has
            return Next::Compute;
        }
        default: return Next::Nothing;
    }
}

Next Panel::actOnOptions(const Action& action) {
    // The first entry of an optional column stands for none.
    const auto columnOfEntry = [&](std::int32_t entry, bool optional) -> std::string {
        const std::int32_t place = optional ? entry - 1 : entry;
        return place < 0 ? std::string() : columns_[static_cast<std::size_t>(place)].name;
    };
    for (const ColumnField& field : fieldsOf(choices_.shape)) {
        if (field.item != action.item) continue;
        Choices choices = choices_;
        choices.*field.column = columnOfEntry(action.entry, field.optional);
        if (choices == choices_) return Next::Draw;
        if (field.item == Item::Stage || (choices_.shape == Shape::Counts && field.item == Item::Count))
            chooseColumns(std::move(choices));
        else
            choices_ = std::move(choices);
        return Next::Compute;
    }
    switch (action.item) {
        case Item::Shape: {
            if (action.entry == shapeEntry(choices_)) return Next::Draw;
            Choices choices = action.entry == acrossEntry
                                  ? rolesAcross(*source_->sample, source_->dates)
                                  : rolesFor(static_cast<Shape>(action.entry), *source_->sample, source_->dates);
            choices.source = choices_.source;
            choices.intervals = choices_.intervals;
            choices.live = choices_.live;
            choices.picture = choices_.picture;
            windowText_.clear();
            asOfText_.clear();
            newFilter_.clear();
            chooseColumns(std::move(choices));
            return Next::Compute;
        }
        case Item::LeaveOut: {
            const std::string column = folded(inTheWay());
            for (const ColumnField& field : fieldsOf(choices_.shape))
                if (std::string& name = choices_.*field.column; field.optional && folded(name) == column) name.clear();
            if (folded(choices_.by) == column) choices_.by.clear();
            return Next::Compute;
        }
        case Item::By: choices_.by = columnOfEntry(action.entry, true); return Next::Compute;
        case Item::Order: choices_.order = static_cast<EventOrder>(action.entry); return Next::Compute;
        case Item::Fill: choices_.fill = static_cast<DateFill>(action.entry); return Next::Compute;
        case Item::Window:
            windowText_ = trimmed(action.text);
            choices_.window = windowText_.empty() ? std::nullopt : typedNumber(windowText_, texts_.language());
            return Next::Compute;
        case Item::AsOf:
            asOfText_ = trimmed(action.text);
            choices_.asOf = asOfText_.empty() ? std::nullopt : source_->table->numberFromText(asOfText_);
            if (choices_.asOf && !isDay(*choices_.asOf)) choices_.asOf.reset();
            return Next::Compute;
        case Item::FilterColumn: {
            const auto index = static_cast<std::size_t>(action.index);
            const std::string column = columnOfEntry(action.entry, true);
            if (index == choices_.filters.size()) {
                newFilter_ = column;
                return Next::Draw;
            }
            if (column.empty())
                choices_.filters.erase(choices_.filters.begin() + static_cast<std::ptrdiff_t>(index));
            else
                choices_.filters[index].column = column;
            return Next::Compute;
        }
        case Item::FilterTest: {
            const auto index = static_cast<std::size_t>(action.index);
            const std::string test(trimmed(action.text));
            if (index == choices_.filters.size()) {
                if (test.empty()) return Next::Draw;
                choices_.filters.push_back({std::exchange(newFilter_, {}), test});
            } else if (test.empty()) {
                // A filter that asks for nothing waits to be filled in.
                newFilter_ = choices_.filters[index].column;
                choices_.filters.erase(choices_.filters.begin() + static_cast<std::ptrdiff_t>(index));
            } else {
                choices_.filters[index].test = test;
            }
            return Next::Compute;
        }
        case Item::Intervals: choices_.intervals = action.on; return Next::Draw;
        case Item::ValuesOnly: choices_.live = !action.on; return Next::Draw;
        case Item::Picture: choices_.picture = static_cast<Picture>(action.entry); return Next::Draw;
        default: return Next::Nothing;
    }
}

// inTheWay is the column whose cells are the problem, if the table can be made without it.
std::string Panel::inTheWay() const {
    if (!preview_ || !preview_->problem || !preview_->problem->first.known()) return {};
    const auto is = [&](const std::string& name) { return folded(name) == folded(preview_->problem->column); };
    bool optional = false;
    for (const ColumnField& field : fieldsOf(choices_.shape)) {
        if (!is(choices_.*field.column)) continue;
        if (!field.optional) return {};
        optional = true;
    }
    if (choices_.shape == Shape::Dates &&
        std::any_of(choices_.stages.begin(), choices_.stages.end(), [&](const ChosenStage& stage) { return is(stage.name); }))
        return {};
    if (splitsBySegment(choices_.shape)) {
        if (std::any_of(choices_.filters.begin(), choices_.filters.end(),
                        [&](const Criterion& filter) { return is(filter.column); }))
            return {};
        optional = optional || is(choices_.by);
    }
    return optional ? preview_->problem->column : std::string();
}

// addable lists the stages that can be added: in an event log a step may be taken twice. Of many it lists those of the most rows,
// as a menu cannot hold them all.
std::vector<FoundStage> Panel::addable() const {
    std::vector<FoundStage> candidates = stagesFound_;
    if (choices_.shape == Shape::Dates)
        for (const SourceColumn& column : columns_) {
            // A formula names these columns by their headers. What is empty in the first rows may hold the last stage's dates.
            const bool named = std::holds_alternative<std::string>(columnRef(column.name, *source_->table));
            const bool known = std::any_of(candidates.begin(), candidates.end(),
                                           [&](const FoundStage& other) { return folded(other.name) == folded(column.name); });
            if (named && !known && (column.kind == ColumnKind::Date || column.kind == ColumnKind::Empty))
                candidates.push_back({column.name, 0, outcomeOf(stageInDateHeader(column.name))});
        }
    std::vector<FoundStage> stages;
    std::vector<FoundStage> listed;
    for (FoundStage& stage : candidates) {
        const bool inList = std::any_of(choices_.stages.begin(), choices_.stages.end(),
                                        [&](const ChosenStage& other) { return folded(other.name) == folded(stage.name); });
        (inList ? listed : stages).push_back(std::move(stage));
    }
    stages = mostFrequent(std::move(stages), mostChosen);
    if (choices_.shape == Shape::Events) stages.insert(stages.end(), listed.begin(), listed.end());
    return stages;
}

// cellName is a cell of the source as the sheet calls it: F17.
std::string Panel::cellName(Place place) const {
    if (!source_ || !place.known()) return {};
    return calckpi::cellName(source_->firstColumn + place.column - 1, source_->firstRow + place.row - 1);
}

// cellLink stands beside the sentence of a finding. Who hears it alone is told the sentence as well.
Widget Panel::cellLink(Item item, const Finding& finding) const {
    return link(item, cellName(finding.first), sayFinding(finding) + ". " + texts_.say(msg("Select the first such cell")));
}

std::string Panel::sayFinding(const Finding& finding) const { return said(finding, texts_, cellName(finding.first)); }

// unreadable says which of the options cannot be read or written.
std::string Panel::unreadable() const {
    const Shape shape = choices_.shape;
    if (shape == Shape::Events && !windowText_.empty() && !choices_.window)
        return texts_.say(msg("The window is a number of days, such as 30"));
    if (shape == Shape::Events && choices_.window && !(*choices_.window > 0))
        return texts_.say(msg("The window must be longer than 0 days"));
    if ((shape == Shape::Events || shape == Shape::Dates) && !asOfText_.empty() && !(choices_.asOf && isDay(*choices_.asOf)))
        return texts_.say(msg("\"{text}\" is not a date"), {{"text", asOfText_}});
    if (choices_.live && formulaProblem_ && !stale_) return texts_.say(*formulaProblem_);
    return {};
}

View Panel::view() const {
    View view = content();
    if (texts_.mirrored()) setApart(view);
    return view;
}

View Panel::content() const {
    View view;
    showSource(view);
    if (!source_ || !usable_) showMessage(view);
    if (!source_) return view;
    if (!usable_) {
        view.rows.push_back(
            {{sentence(WidgetKind::Warning, Item::Problem,
                       texts_.say(reason_.value_or(msg("No funnel was found in these cells. Select a table whose first row holds "
                                                       "the headers, with a column of stages, of events or of dates"))))},
             true});
        return view;
    }
    showColumns(view);
    if (choices_.shape != Shape::Counts) showStages(view);  // counts are taken as they stand
    showOptions(view);
    showPreview(view);
    showInsert(view);
    return view;
}

void Panel::showSource(View& view) const {
    if (!source_) {
        view.rows.push_back({{sentence(WidgetKind::Picture, Item::WelcomePicture, "")}, false});
        view.rows.push_back({{sentence(WidgetKind::Note, Item::Welcome,
                                       texts_.say(msg("Click a cell inside your data, or select the columns: deals, an event log "
                                                      "or counts, with a header row")))},
                             false});
        if (nothing_) view.rows.push_back({{sentence(WidgetKind::Warning, Item::Problem, texts_.say(*nothing_))}, false});
    }
    const std::string name = texts_.say(msg("Data"));
    Widget address = edit(Item::Source, name, texts_.say(msg("The cells with the data: a range, columns, or a name")), sourceText_);
    view.rows.push_back({{heading(Item::SourceTitle, name)}, !source_});
    view.rows.push_back(
        {{std::move(address), button(Item::PickSource, texts_.say(msg("Pick")), texts_.say(msg("Pick the cells with the mouse")))},
         false});
    if (!source_) return;
    Widget pin{.kind = WidgetKind::Check,
               .item = Item::Pin,
               .text = texts_.say(msg("Keep")),
               .help = texts_.say(msg("Keep these cells, whatever is selected next")),
               .on = pinned_,
               .stretch = 0};
    const auto rows = static_cast<std::int64_t>(source_->table->rows());
    const auto columns = static_cast<std::int64_t>(source_->table->headers().size());
    Widget extent =
        sentence(WidgetKind::Label, Item::SourceSize,
                 texts_.say(msg("{n} row", "{n} rows"), rows) + " \u00B7 " + texts_.say(msg("{n} column", "{n} columns"), columns));
    view.rows.push_back({{std::move(extent), std::move(pin)}, false});
    if (source_->hidden > 0)
        view.rows.push_back({{sentence(WidgetKind::Note, Item::HiddenRows,
                                       texts_.say(msg("{n} row is hidden, and counted all the same",
                                                      "{n} rows are hidden, and counted all the same"),
                                                  source_->hidden))},
                             false});
    if (found_)
        view.rows.push_back({{sentence(WidgetKind::Note, Item::Welcome,
                                       texts_.say(msg("Settings of the funnel table in {place}"), {{"place", found_->address}}))},
                             false});
    if (!found_ || source_->below == 0) return;
    view.rows.push_back({{sentence(WidgetKind::Warning, Item::RowsBelow,
                                   texts_.say(msg("{n} row right below these cells is not counted",
                                                  "{n} rows right below these cells are not counted"),
                                              source_->below))},
                         false});
    view.rows.push_back({{button(Item::TakeRowsBelow, texts_.say(msg("Add it to the data", "Add them to the data"), source_->below),
                                 texts_.say(msg("Make these rows part of the data; Update then writes the table with them")))},
                         false});
}

// columnDropDown lists the columns. A chosen one that is gone is still named.
Widget Panel::columnDropDown(Item item, std::string name, std::string help, const std::string& chosen, bool optional) const {
    std::vector<std::string> entries;
    if (optional) entries.push_back(texts_.say(noColumn));
    std::int32_t selected = optional && chosen.empty() ? 0 : -1;
    for (const SourceColumn& column : columns_) {
        if (!chosen.empty() && selected < 0 && folded(column.name) == folded(chosen)) selected = sizeOf(entries);
        entries.push_back(column.name);
    }
    Widget widget = dropDown(item, std::move(name), std::move(help), std::move(entries), selected);
    if (selected < 0) widget.text = chosen;
    return widget;
}

void Panel::showColumns(View& view) const {
    const std::string each = texts_.say(msg("Each row is"));
    std::vector<std::string> shapes = entriesOf(shapeEntries, texts_);
    shapes.push_back(texts_.say(msg("counts of all stages")));
    view.rows.push_back({{label(Item::ShapeLabel, each), dropDown(Item::Shape, each, texts_.say(msg("What one row of the data is")),
                                                                  std::move(shapes), shapeEntry(choices_))},
                         true});
    for (const ColumnField& field : fieldsOf(choices_.shape)) {
        // The stages of counts across are the headers. One row of counts leaves nothing to choose.
        if (isAcross(choices_) && (field.item == Item::Stage || columns_.size() < 2)) continue;
        // What few need waits behind "More options", unless it was found.
        if (field.optional && !more_ && (choices_.*field.column).empty()) continue;
        // A status that says no more than the stage does is nothing to decide.
        if (field.item == Item::Status && !more_ && (!preview_ || preview_->openKnown)) continue;
        const std::string text = texts_.say(field.text);
        view.rows.push_back({{label(field.label, text),
                              columnDropDown(field.item, text, texts_.say(field.help), choices_.*field.column, field.optional)},
                             false});
    }
}

void Panel::showStages(View& view) const {
    const std::string title = texts_.say(msg("Stages"));
    view.rows.push_back({{heading(Item::StagesTitle, title)}, true});
    Widget list{.kind = WidgetKind::List,
                .item = Item::StageList,
                .help = texts_.say(msg("The stages in the order of the funnel")),
                .name = title,
                .selected = choices_.stages.empty() ? -1 : stage_,
                .lines = std::clamp(sizeOf(choices_.stages), 4, 8)};
    std::int32_t number = 0;
    for (const ChosenStage& stage : choices_.stages) {
        std::string line = stage.outcome == Outcome::Lost ? "\u2717" : std::to_string(++number) + ".";
        line += " " + stage.name;
        if (stagesKnown_) {
            const auto found = std::find_if(stagesFound_.begin(), stagesFound_.end(),
                                            [&](const FoundStage& other) { return folded(other.name) == folded(stage.name); });
            line += " \u2013 " + texts_.number(found == stagesFound_.end() ? 0 : static_cast<std::int64_t>(found->rows));
        }
        if (stage.outcome == Outcome::Won) line += " (" + texts_.say(msg("won")) + ")";
        // Only the functions of present stages can tell who is lost.
        if (stage.outcome == Outcome::Lost)
            line += " (" + texts_.say(choices_.shape == Shape::Stages ? msg("lost") : msg("lost, left out")) + ")";
        list.entries.push_back(std::move(line));
    }
    view.rows.push_back({{std::move(list)}, false});
    if (stagesFound_.size() > mostChosen)
        view.rows.push_back(
            {{sentence(WidgetKind::Note, Item::StagesNote,
                       texts_.say(msg("This column holds many stages: the list starts with those in the most rows")))},
             false});
    const bool some = stage_ >= 0 && stage_ < sizeOf(choices_.stages);
    const auto equal = [](Widget widget) {
        widget.stretch = 1;
        return widget;
    };
    view.rows.push_back({{equal(button(Item::StageUp, texts_.say(msg("Up")), texts_.say(msg("Move the selected stage up")))),
                          equal(button(Item::StageDown, texts_.say(msg("Down")), texts_.say(msg("Move the selected stage down")))),
                          equal(button(Item::StageRemove, texts_.say(msg("Remove")),
                                       texts_.say(msg("Take the selected stage out of the funnel"))))},
                         false});
    const std::string meaning = texts_.say(msg("Stage means"));
    view.rows.push_back(
        {{label(Item::StageOutcomeLabel, meaning),
          dropDown(Item::StageOutcome, meaning, texts_.say(msg("What the selected stage means")), entriesOf(outcomeEntries, texts_),
                   some ? static_cast<std::int32_t>(choices_.stages[static_cast<std::size_t>(stage_)].outcome) : -1)},
         false});
    std::vector<std::string> others;
    for (FoundStage& stage : addable()) others.push_back(std::move(stage.name));
    if (others.empty()) return;
    Widget add =
        dropDown(Item::StageAdd, "", texts_.say(msg("Stages of the data that are not in the list")), std::move(others), -1);
    add.text = texts_.say(msg("Add a stage"));
    view.rows.push_back({{std::move(add)}, false});
}

void Panel::showOptions(View& view) const {
    const Shape shape = choices_.shape;
    bool first = true;
    const auto add = [&](Item labelItem, Message text, Widget widget) {
        widget.name = texts_.say(text);
        view.rows.push_back({{label(labelItem, texts_.say(text)), std::move(widget)}, std::exchange(first, false)});
    };
    if (splitsBySegment(shape))
        add(Item::ByLabel, msg("Split by"),
            columnDropDown(Item::By, "", texts_.say(msg("One funnel for each value of this column, such as owner or channel")),
                           choices_.by, true));
    view.rows.push_back({{Widget{.kind = WidgetKind::Check,
                                 .item = Item::MoreOptions,
                                 .text = texts_.say(msg("More options")),
                                 .help = texts_.say(msg("Order, window, dates, filters and what to insert")),
                                 .on = more_}},
                         std::exchange(first, false)});
    if (!more_) return;
    if (shape == Shape::Events) {
        add(Item::OrderLabel, msg("Order"),
            dropDown(Item::Order, "", texts_.say(msg("How the steps must follow one another")), entriesOf(orderEntries, texts_),
                     static_cast<std::int32_t>(choices_.order)));
        add(Item::WindowLabel, msg("Window (days)"),
            edit(Item::Window, "", texts_.say(msg("Days from the first step within which a step counts; empty for no limit")),
                 windowText_));
    }
    if (shape == Shape::Dates)
        add(Item::FillLabel, msg("A stage counts"),
            dropDown(Item::Fill, "", texts_.say(msg("Which dates make a stage reached")), entriesOf(fillEntries, texts_),
                     static_cast<std::int32_t>(choices_.fill)));
    if (shape == Shape::Events || shape == Shape::Dates)
        add(Item::AsOfLabel, msg("As of"),
            edit(Item::AsOf, "", texts_.say(msg("Only what happened up to this date counts; empty for everything")), asOfText_));
    if (splitsBySegment(shape)) {
        std::vector<Criterion> filters = choices_.filters;
        filters.push_back({newFilter_, ""});
        for (std::size_t index = 0; index < filters.size(); ++index) {
            Widget column =
                columnDropDown(Item::FilterColumn, texts_.say(msg("Filter by")),
                               texts_.say(msg("Only rows that pass the filter are counted")), filters[index].column, true);
            column.index = static_cast<std::int32_t>(index);
            Row row{{label(Item::FilterLabel, texts_.say(index == 0 ? msg("Only where") : msg("and"))), std::move(column)}, false};
            row.widgets[0].index = static_cast<std::int32_t>(index);
            if (!filters[index].column.empty()) {
                Widget test =
                    edit(Item::FilterTest, texts_.say(msg("is")),
                         texts_.say(msg("A value, or a condition such as >=1000, <>Partner or Ent*")), filters[index].test);
                test.index = static_cast<std::int32_t>(index);
                test.stretch = 5;
                row.widgets.push_back(std::move(test));
            }
            view.rows.push_back(std::move(row));
        }
    }
    view.rows.push_back({{Widget{.kind = WidgetKind::Check,
                                 .item = Item::Intervals,
                                 .text = texts_.say(msg("With confidence intervals")),
                                 .help = texts_.say(msg("The range in which the rate of each step lies with 95 % confidence")),
                                 .on = choices_.intervals}},
                         false});
    view.rows.push_back({{Widget{.kind = WidgetKind::Check,
                                 .item = Item::ValuesOnly,
                                 .text = texts_.say(msg("Values only")),
                                 .help = texts_.say(msg("Insert numbers that do not follow the data, instead of formulas")),
                                 .on = !choices_.live}},
                         false});
    add(Item::PictureLabel, msg("Picture"),
        dropDown(Item::Picture, "", texts_.say(msg("How the funnel is drawn beside the table")), entriesOf(pictureEntries, texts_),
                 static_cast<std::int32_t>(choices_.picture)));
}

void Panel::showPreview(View& view) const {
    view.rows.push_back({{heading(Item::PreviewTitle, texts_.say(msg("Preview")))}, true});
    if (progress_) {
        view.rows.push_back({{Widget{.kind = WidgetKind::Progress,
                                     .item = Item::Progress,
                                     .name = texts_.say(msg("Reading the data")),
                                     .part = *progress_},
                              button(Item::Stop, texts_.say(msg("Stop")), texts_.say(msg("Stop reading the data")))},
                             false});
        return;
    }
    if (wasStopped_ && !stale_) {
        view.rows.push_back(
            {{sentence(WidgetKind::Note, Item::Problem, texts_.say(msg("Stopped"))),
              button(Item::StartAgain, texts_.say(msg("Start again")), texts_.say(msg("Read the data to the end")))},
             false});
        return;
    }
    if (const std::string reason = unreadable(); !reason.empty()) {
        view.rows.push_back({{sentence(WidgetKind::Warning, Item::Problem, reason)}, false});
        return;
    }
    if (!preview_) return;
    if (preview_->problem) {
        Row problem{{sentence(WidgetKind::Warning, Item::Problem, sayFinding(*preview_->problem))}, false};
        if (preview_->problem->first.known()) problem.widgets.push_back(cellLink(Item::ProblemCell, *preview_->problem));
        view.rows.push_back(std::move(problem));
        if (const std::string column = inTheWay(); !column.empty())
            view.rows.push_back({{button(Item::LeaveOut, texts_.say(msg("Leave out {column}"), {{"column", column}}),
                                         texts_.say(msg("Make the table without this column")))},
                                 false});
    } else {
        const bool days = std::any_of(preview_->stages.begin(), preview_->stages.end(),
                                      [](const StageFigures& stage) { return stage.medianDays.has_value(); });
        std::int32_t index = 0;
        // A cell of the preview's table: the stage's name, or a figure.
        const auto cell = [&](Item item, std::string text, std::string help = "") {
            return Widget{.kind = WidgetKind::Figure,
                          .item = item,
                          .index = index++,
                          .text = std::move(text),
                          .help = std::move(help),
                          .stretch = 2};
        };
        const auto named = [&](Item item, std::string text) {
            Widget widget = cell(item, std::move(text));
            widget.kind = WidgetKind::Label;
            widget.stretch = 4;
            return widget;
        };
        double longest = 0;
        for (const StageFigures& stage : preview_->stages) longest = std::max(longest, stage.count);
        // Figures are cut where they end: a million of which "048,575" is left would be another number.
        const auto countCell = [&](Item item, std::string text) {
            Widget widget = cell(item, std::move(text));
            widget.stretch = longest >= 1e6 ? 4 : longest >= 1e5 ? 3 : widget.stretch;
            return widget;
        };
        Row header{{named(Item::PreviewHeader, ""), countCell(Item::PreviewHeader, texts_.say(msg("Count"))),
                    cell(Item::PreviewHeader, texts_.say(msg("Prev.")), texts_.say(msg("Share of the stage before"))),
                    cell(Item::PreviewHeader, texts_.say(msg("First")), texts_.say(msg("Share of the first stage")))},
                   false};
        if (days)
            header.widgets.push_back(
                cell(Item::PreviewHeader, texts_.say(msg("Days")), texts_.say(msg("Median days from the stage before"))));
        view.rows.push_back(std::move(header));
        index = 0;
        std::int32_t bar = 0;
        for (const StageFigures& stage : preview_->stages) {
            const auto share = [&](const std::optional<double>& part) { return part ? texts_.percent(*part) : std::string(); };
            Row row{{named(Item::PreviewRow, stage.stage), countCell(Item::PreviewRow, texts_.number(stage.count)),
                     cell(Item::PreviewRow, share(stage.ofPrevious)), cell(Item::PreviewRow, share(stage.ofFirst))},
                    false};
            row.widgets.front().help = stage.stage;
            if (days)
                row.widgets.push_back(
                    cell(Item::PreviewRow, stage.medianDays ? texts_.number(*stage.medianDays, 1) : std::string()));
            view.rows.push_back(std::move(row));
            view.rows.push_back({{Widget{.kind = WidgetKind::Bar,
                                         .item = Item::PreviewBar,
                                         .index = bar++,
                                         .part = longest > 0 ? stage.count / longest : 0,
                                         .openPart = stage.open && stage.count > 0 ? *stage.open / stage.count : 0}},
                                 false});
        }
    }
    if (preview_->findings.empty()) return;
    if (!findings_) {
        std::string line;
        for (const Finding& finding : preview_->findings) line += (line.empty() ? "" : " \u00B7 ") + sayFinding(finding);
        view.rows.push_back({{sentence(WidgetKind::Note, Item::DataCheckText, std::move(line)),
                              link(Item::DataCheck, "\u25B8 " + texts_.say(msg("Details")),
                                   texts_.say(msg("Show what was found in the data, line by line")))},
                             true});
        return;
    }
    view.rows.push_back(
        {{link(Item::DataCheck, "\u25BE " + texts_.say(msg("Found in the data")), texts_.say(msg("Fold the list")))}, true});
    for (std::int32_t index = 0; index < sizeOf(preview_->findings); ++index) {
        const Finding& finding = preview_->findings[static_cast<std::size_t>(index)];
        Row row{{sentence(WidgetKind::Note, Item::Finding, sayFinding(finding))}, false};
        if (finding.first.known()) row.widgets.push_back(cellLink(Item::FindingCell, finding));
        for (Widget& widget : row.widgets) widget.index = index;
        view.rows.push_back(std::move(row));
    }
}

void Panel::showMessage(View& view) const {
    if (!message_.empty()) view.rows.push_back({{sentence(WidgetKind::Warning, Item::Message, message_)}, true});
}

void Panel::showInsert(View& view) const {
    showMessage(view);
    if (!message_.empty() && canOverwrite_ && ready()) {
        view.rows.push_back({{button(Item::Overwrite, texts_.say(msg("Overwrite these cells")),
                                     texts_.say(msg("Insert the table and replace what stands there; Undo brings it back")))},
                             false});
    }
    if (!found_) {
        const std::string where = texts_.say(msg("Insert"));
        Widget place = dropDown(Item::Where, where, texts_.say(msg("Where the table is to stand")),
                                said(texts_, {msg("on a new sheet"), msg("at a cell")}), atCell_ ? 1 : 0);
        view.rows.push_back({{label(Item::WhereLabel, where), std::move(place)}, true});
        if (atCell_)
            view.rows.push_back(
                {{edit(Item::Cell, texts_.say(msg("Cell")), texts_.say(msg("The upper left cell of the table")), cell_),
                  button(Item::PickCell, texts_.say(msg("Pick")), texts_.say(msg("Pick the cell with the mouse")))},
                 false});
    }
    view.rows.push_back({{Widget{.kind = WidgetKind::MainButton,
                                 .item = Item::Insert,
                                 .text = texts_.say(found_ ? msg("Update funnel table") : msg("Insert funnel table")),
                                 .help = texts_.say(found_ ? msg("Write the table anew in its place; one Undo takes it back")
                                                           : msg("One Undo takes all of it away again")),
                                 .enabled = ready()}},
                         found_.has_value()});
    if (found_)
        view.rows.push_back({{button(Item::InsertAsNew, texts_.say(msg("Insert as a new table instead")),
                                     texts_.say(msg("Leave this table as it is")))},
                             false});
}

}  // namespace calckpi::panel
