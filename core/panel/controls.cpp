#include "core/panel/controls.hpp"

#include "core/values/text.hpp"

#include <utility>

namespace calckpi::panel {

Widget heading(ControlId item, std::string text) { return {.kind = WidgetKind::Heading, .item = item, .text = std::move(text)}; }

Widget label(ControlId item, std::string text) {
    return {.kind = WidgetKind::Label, .item = item, .text = std::move(text), .stretch = 5};
}

Widget dropDown(ControlId item, std::string name, std::string help, std::vector<std::string> entries, std::int32_t selected) {
    return {.kind = WidgetKind::DropDown,
            .item = item,
            .help = std::move(help),
            .name = std::move(name),
            .entries = std::move(entries),
            .selected = selected,
            .stretch = 9};
}

Widget edit(ControlId item, std::string name, std::string help, std::string text) {
    return {.kind = WidgetKind::Edit,
            .item = item,
            .text = std::move(text),
            .help = std::move(help),
            .name = std::move(name),
            .stretch = 9};
}

Widget check(ControlId item, std::string text, std::string help, bool on) {
    return {.kind = WidgetKind::Check, .item = item, .text = std::move(text), .help = std::move(help), .on = on};
}

Widget button(ControlId item, std::string text, std::string help, bool enabled) {
    return {.kind = WidgetKind::Button,
            .item = item,
            .text = std::move(text),
            .help = std::move(help),
            .enabled = enabled,
            .stretch = 0};
}

Widget link(ControlId item, std::string text, std::string help) {
    return {.kind = WidgetKind::Link, .item = item, .text = std::move(text), .help = std::move(help), .stretch = 0};
}

Widget sentence(WidgetKind kind, ControlId item, std::string text) { return {.kind = kind, .item = item, .text = std::move(text)}; }

Widget columnDropDown(ControlId item, std::string name, std::string help, const std::vector<SourceColumn>& columns,
                      const std::string& chosen, bool optional, const Texts& texts) {
    std::vector<std::string> entries;
    if (optional) entries.push_back(texts.say(msg("(none)")));
    std::int32_t selected = optional && chosen.empty() ? 0 : -1;
    for (const SourceColumn& column : columns) {
        if (!chosen.empty() && selected < 0 && folded(column.name) == folded(chosen)) selected = sizeOf(entries);
        entries.push_back(column.shown);
    }
    Widget widget = dropDown(item, std::move(name), std::move(help), std::move(entries), selected);
    if (selected < 0) widget.text = chosen;
    return widget;
}

std::string columnOfEntry(const std::vector<SourceColumn>& columns, std::int32_t entry, bool optional) {
    const std::int32_t place = optional ? entry - 1 : entry;
    return place < 0 ? std::string() : columns[static_cast<std::size_t>(place)].name;
}

void addRow(View& view, Widget widget, bool group) { view.rows.push_back({{std::move(widget)}, group}); }

void addField(View& view, ControlId labelItem, const std::string& text, Widget field, bool group) {
    field.name = text;
    view.rows.push_back({{label(labelItem, text), std::move(field)}, group});
}

}  // namespace calckpi::panel
