// The controls that views are made of, each in the form that all sections give it.
#pragma once

#include "core/panel/view.hpp"
#include "core/recognition/recognition.hpp"
#include "core/texts/message.hpp"
#include "core/values/enum_table.hpp"

#include <string>
#include <vector>

namespace calckpi::panel {

Widget heading(ControlId item, std::string text);
Widget label(ControlId item, std::string text);
Widget dropDown(ControlId item, std::string name, std::string help, std::vector<std::string> entries, std::int32_t selected);
Widget edit(ControlId item, std::string name, std::string help, std::string text);
Widget check(ControlId item, std::string text, std::string help, bool on);
Widget button(ControlId item, std::string text, std::string help, bool enabled = true);
Widget link(ControlId item, std::string text, std::string help);
// sentence is a note or a warning, over the width of the panel.
Widget sentence(WidgetKind kind, ControlId item, std::string text);

// columnDropDown lists columns; an optional one may be none, which is the first entry. A chosen one that is gone is still named.
Widget columnDropDown(ControlId item, std::string name, std::string help, const std::vector<SourceColumn>& columns,
                      const std::string& chosen, bool optional, const Texts& texts);
// columnOfEntry is the name of the column that the user took from it.
std::string columnOfEntry(const std::vector<SourceColumn>& columns, std::int32_t entry, bool optional);

// addRow adds a row of one control, addField one of a field with its label before it, which is also the field's name.
void addRow(View& view, Widget widget, bool group = false);
void addField(View& view, ControlId labelItem, const std::string& text, Widget field, bool group = false);

// entriesOf lists what a drop-down shows for the values of an enum, in their order: the entry's place is the value.
template <class Enum, std::size_t size>
std::vector<std::string> entriesOf(const EnumTable<Enum, Message, size>& table, const Texts& texts) {
    std::vector<std::string> entries;
    for (const Message& message : table.all()) entries.push_back(texts.say(message));
    return entries;
}

std::int32_t sizeOf(const auto& list) { return static_cast<std::int32_t>(list.size()); }

}  // namespace calckpi::panel
