#include "core/panel/filters_section.hpp"

#include "core/panel/controls.hpp"
#include "core/panel/items.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <utility>

namespace calckpi::panel {

void FiltersSection::show(View& view, const std::vector<Criterion>& filters, const std::vector<SourceColumn>& columns,
                          const Texts& texts, std::int32_t first) const {
    std::vector<Criterion> all = filters;
    all.push_back({waiting_, ""});
    for (std::size_t index = 0; index < all.size(); ++index) {
        Row row;
        row.widgets.push_back(label(Item::FilterLabel, texts.say(index == 0 ? msg("Only where") : msg("and"))));
        row.widgets.push_back(columnDropDown(Item::FilterColumn, texts.say(msg("Filter by")),
                                             texts.say(msg("Only rows that pass the filter are counted")), columns,
                                             all[index].column, true, texts));
        if (!all[index].column.empty()) {
            row.widgets.push_back(edit(Item::FilterTest, texts.say(msg("is")),
                                       texts.say(msg("A value, or a condition such as >=1000, <>Partner or Ent*")),
                                       all[index].test));
            row.widgets.back().stretch = 5;
        }
        for (Widget& widget : row.widgets) widget.index = first + static_cast<std::int32_t>(index);
        view.rows.push_back(std::move(row));
    }
}

Next FiltersSection::act(const Action& action, std::vector<Criterion>& filters, const std::vector<SourceColumn>& columns,
                         std::int32_t first) {
    const std::int32_t place = action.index - first;
    if (place < 0 || place > static_cast<std::int32_t>(filters.size())) return Next::Nothing;
    const auto index = static_cast<std::size_t>(place);
    if (action.item == Item::FilterColumn) return chooseColumn(index, columnOfEntry(columns, action.entry, true), filters);
    if (action.item == Item::FilterTest) return typeTest(index, std::string(trimmed(action.text)), filters);
    return Next::Nothing;
}

Next FiltersSection::chooseColumn(std::size_t index, const std::string& column, std::vector<Criterion>& filters) {
    if (index == filters.size()) {
        waiting_ = column;
        return Next::Draw;
    }
    if (column.empty())
        filters.erase(filters.begin() + static_cast<std::ptrdiff_t>(index));
    else
        filters[index].column = column;
    return Next::Compute;
}

Next FiltersSection::typeTest(std::size_t index, const std::string& test, std::vector<Criterion>& filters) {
    if (index == filters.size()) {
        if (test.empty()) return Next::Draw;
        filters.push_back({std::exchange(waiting_, {}), test});
    } else if (test.empty()) {
        // A filter that asks for nothing waits to be filled in.
        waiting_ = filters[index].column;
        filters.erase(filters.begin() + static_cast<std::ptrdiff_t>(index));
    } else {
        filters[index].test = test;
    }
    return Next::Compute;
}

void showSubtotals(View& view, const std::vector<Criterion>& filters, const TableFacts& facts, const Texts& texts) {
    const ColumnFacts* column = facts.named(facts.filledInData);
    const auto leavesOut = [&](const Criterion& filter) { return filter.test == "<>" && column && filter.column == column->name; };
    const auto ofHeaders = [](const Criterion& filter) { return filter == withoutHeader(filter.column); };
    std::vector<std::string> notes;
    if (std::any_of(filters.begin(), filters.end(), leavesOut))
        notes.push_back(texts.say(msg("Rows without {column} are left out: they are subtotals"), {{"column", column->shown}}));
    if (std::any_of(filters.begin(), filters.end(), ofHeaders))
        notes.push_back(texts.say(msg("Rows that repeat the headers are left out")));
    for (std::size_t place = 0; place < notes.size(); ++place) {
        Widget note = sentence(WidgetKind::Note, Item::SubtotalsNote, std::move(notes[place]));
        note.index = static_cast<std::int32_t>(place);
        addRow(view, std::move(note));
    }
}

}  // namespace calckpi::panel
