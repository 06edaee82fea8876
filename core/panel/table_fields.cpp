#include "core/panel/controls.hpp"
#include "core/panel/items.hpp"
#include "core/panel/splitting.hpp"
#include "core/panel/table_model.hpp"
#include "core/panel/typed_number.hpp"
#include "core/panel/typed_texts.hpp"
#include "core/recognition/vocabulary.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <utility>

namespace calckpi::panel {
namespace {

std::string wordText(std::string_view word, const Texts& texts) {
    const Message label = wordLabel(word);
    return label.one.empty() ? std::string(word) : texts.say(label);
}

Message helpOf(FieldKind kind) {
    switch (kind) {
        case FieldKind::Column: return msg("The column of the data that says it");
        case FieldKind::Option: return msg("How the table is made");
        case FieldKind::Date: return msg("A date; empty for what is usual");
        case FieldKind::Number: return msg("A number; empty for what is usual");
        case FieldKind::States: return msg("What the status column says then; several texts with ; between them");
    }
    return {};
}

}  // namespace

// isRare is true for what waits behind "More options": what most people leave as it is, or what was found.
bool TableModel::isRare(const TableField& field) const {
    switch (field.kind) {
        case FieldKind::Column:
            return !field.required && choices_.value(field.parameter->name) == nullptr && field.parameter->name != "by";
        case FieldKind::Option: return field.parameter->name == "model" || field.parameter->name == "unit";
        case FieldKind::States: return choices_.value(field.parameter->name) != nullptr;
        case FieldKind::Date:
        case FieldKind::Number: return true;
    }
    return false;
}

std::vector<SourceColumn> TableModel::columnsFor(const TableField& field) const {
    return field.parameter->name == "by" ? splittableOf(columns_, *source_.facts, choices_.text("by")) : columns_;
}

void TableModel::showChoices(View& view) const {
    bool first = true;
    const auto show = [&](bool rare) {
        for (std::size_t place = 0; place < fields_.size(); ++place) {
            const TableField& field = fields_[place];
            if (isRare(field) != rare) continue;
            addField(view, Item::ChoiceLabel, texts_.say(field.label), control(field), std::exchange(first, false));
            for (Widget& widget : view.rows.back().widgets) widget.index = static_cast<std::int32_t>(place);
        }
    };
    show(false);
    showSubtotals(view, choices_.filters, *source_.facts, texts_);
    addRow(view,
           check(Item::MoreOptions, texts_.say(msg("More options")), texts_.say(msg("Dates, filters and what to insert")), more_),
           true);
    if (!more_) return;
    show(true);
    filters_.show(view, choices_.filters, columns_, texts_);
    addRow(view, check(Item::ValuesOnly, texts_.say(msg("Values only")),
                       texts_.say(msg("Insert numbers that do not follow the data, instead of formulas")), !choices_.live));
    addRow(view, check(Item::WithPicture, texts_.say(msg("With a picture")), texts_.say(msg("Draw the table beside it")),
                       choices_.picture));
}

Widget TableModel::control(const TableField& field) const {
    const std::string help = texts_.say(helpOf(field.kind));
    const std::string_view name = field.parameter->name;
    if (field.kind == FieldKind::Column) {
        Widget widget = columnDropDown(Item::Choice, "", help, columnsFor(field), choices_.text(name), !field.required, texts_);
        if (const std::optional<double> number = choices_.number(name)) widget.text = numberToType(*number, texts_.language());
        return widget;
    }
    if (field.kind != FieldKind::Option) return edit(Item::TypedChoice, "", help, shownValue(field));
    std::vector<std::string> entries;
    for (const std::string_view word : field.words) entries.push_back(wordText(word, texts_));
    const std::string_view* usual = std::get_if<std::string_view>(&field.parameter->fallback);
    const std::string chosen = choices_.value(name) == nullptr && usual != nullptr ? std::string(*usual) : choices_.text(name);
    const auto found = std::find(field.words.begin(), field.words.end(), chosen);
    Widget widget = dropDown(Item::Choice, "", help, std::move(entries),
                             found == field.words.end() ? -1 : static_cast<std::int32_t>(found - field.words.begin()));
    if (widget.selected < 0) widget.text = choices_.number(name) ? numberToType(*choices_.number(name), texts_.language()) : chosen;
    return widget;
}

// readTyped fills the fields with what the choices say.
void TableModel::readTyped() {
    typed_.clear();
    for (const TableField& field : fields_) {
        const std::string_view name = field.parameter->name;
        const std::optional<double> number = choices_.number(name);
        std::string& text = typed_[std::string(name)];
        if (field.kind == FieldKind::States)
            text = textsToType(choices_.texts(name));
        else if (field.kind == FieldKind::Date && number && isDay(*number))
            text = isoDate(*number, source_.table->culture().nullDate());
        else if (number)
            text = numberToType(*number, texts_.language());
    }
}

std::string TableModel::shownValue(const TableField& field) const {
    const auto found = typed_.find(field.parameter->name);
    return found == typed_.end() ? std::string() : found->second;
}

Next TableModel::chooseEntry(const TableField& field, std::int32_t entry) {
    const std::string_view name = field.parameter->name;
    const TableChoices before = choices_;
    if (field.kind == FieldKind::Column)
        choices_.set(name, columnOfEntry(columnsFor(field), entry, !field.required));
    else
        choices_.set(name, std::string(field.words[static_cast<std::size_t>(entry)]));
    if (choices_ == before) return Next::Draw;
    if (name == "status") keepStates_ = false;  // another column says it in other words
    return Next::Compute;
}

Next TableModel::typeValue(const TableField& field, const std::string& text) {
    const std::string_view name = field.parameter->name;
    typed_[std::string(name)] = text;
    if (field.kind == FieldKind::States) {
        choices_.set(name, typedTexts(text));
        keepStates_ = true;
        return Next::Compute;
    }
    const std::optional<double> number = text.empty()                    ? std::nullopt
                                         : field.kind == FieldKind::Date ? source_.table->culture().numberFromText(text)
                                                                         : typedNumber(text, texts_.language());
    if (number && (field.kind != FieldKind::Date || isDay(*number)))
        choices_.set(name, *number);
    else
        choices_.unset(name);
    return Next::Compute;
}

Asked TableModel::ask(std::string_view option, const ChosenValue& value) {
    if (sameName(option, "picture")) {
        const std::optional<bool> answer = answerAsked(value);
        choices_.picture = answer.value_or(choices_.picture);
        return answer ? Asked::Taken : Asked::NoValue;
    }
    const auto field = std::find_if(fields_.begin(), fields_.end(),
                                    [&](const TableField& each) { return sameName(each.parameter->name, option); });
    if (field == fields_.end()) return Asked::NoOption;
    std::optional<ChosenValue> chosen = asked(*field, value);
    if (!chosen) return Asked::NoValue;
    choices_.set(field->parameter->name, *std::move(chosen));
    readTyped();
    return Asked::Taken;
}

// asked is a value as the choices hold it, if the field can have it.
std::optional<ChosenValue> TableModel::asked(const TableField& field, const ChosenValue& value) const {
    const bool number = std::holds_alternative<double>(value);
    switch (field.kind) {
        case FieldKind::Date:
        case FieldKind::Number: return number ? std::optional(value) : std::nullopt;
        case FieldKind::States: return textsAsked(value).empty() ? std::nullopt : std::optional<ChosenValue>(textsAsked(value));
        case FieldKind::Column: return columnAsked(value, *source_.facts);
        case FieldKind::Option: break;
    }
    if (number) return field.orNumber ? std::optional(value) : std::nullopt;
    const std::string text = textAsked(value).value_or("");
    return std::find(field.words.begin(), field.words.end(), text) == field.words.end() ? std::nullopt
                                                                                        : std::optional<ChosenValue>(text);
}

// unreadable says what is wrong with a text that the user typed.
std::string TableModel::unreadable(const TableField& field) const {
    const std::string text = shownValue(field);
    if (text.empty() || choices_.value(field.parameter->name) != nullptr) return {};
    if (field.kind == FieldKind::Date) return texts_.say(msg("\"{text}\" is not a date"), {{"text", text}});
    return field.kind == FieldKind::Number ? texts_.say(msg("\"{text}\" is not a number"), {{"text", text}}) : std::string();
}

std::string TableModel::refusal() const {
    for (const TableField& field : fields_)
        if (std::string why = unreadable(field); !why.empty()) return why;
    return choices_.live && formulaProblem_ ? texts_.say(*formulaProblem_) : std::string();
}

}  // namespace calckpi::panel
