// User does in the panel what a person does, and reads what it shows: by the words that are there.
//
//   User user;
//   user.selects(sheetOf({"Deal|Stage", "Alpha|Demo"}));
//   user.chooses(Item::Shape, "an event");
//   user.entries(Item::StageList)          // "1. Demo – 1"
#pragma once

#include "core/panel/funnel_model.hpp"
#include "core/panel/items.hpp"
#include "core/panel/panel.hpp"
#include "core/sheets/settings.hpp"
#include "tests/support/memory_table.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace calckpi::panel {

using support::MemoryTable;

// sourceOf is a table that is in the sheet Data with its upper left cell in column and row, counted from 0.
inline Source sourceOf(std::shared_ptr<MemoryTable> table, std::int32_t column = 0, std::int32_t row = 0) {
    return {.address = "$Data.$A$1:$Z$99",
            .shown = "Data.A1:Z99",
            .name = "Data",
            .firstColumn = column,
            .firstRow = row,
            .table = table,
            .sample = table,
            .dates = {}};
}

// FoundFunnel is a funnel table that the user has selected.
struct FoundFunnel {
    std::string address;
    Choices choices;
};

// FunnelPanel is the panel while it makes a funnel: it lets tests look into what is chosen.
class FunnelPanel : public Panel {
public:
    explicit FunnelPanel(Texts texts = {}) : Panel(texts, {funnelOffer()}) {}
    using Panel::take;
    void take(Source source, FoundFunnel table) {
        Found found{std::move(table.address), KeptKind::Funnel, written(table.choices)};
        if (!take(source, std::move(found))) take(std::move(source));
    }
    const FunnelModel& funnel() const { return dynamic_cast<const FunnelModel&>(model()); }
    const Choices& choices() const { return funnel().choices(); }
    const std::optional<Preview>& preview() const { return funnel().preview(); }
    const std::string& asOfText() const { return funnel().asOfText(); }
    PlanContext planContext() const { return funnel().planContext(); }
};

class User {
public:
    explicit User(Texts texts = {}) : panel(texts) {}

    FunnelPanel panel;
    Reaction reaction;  // the last one

    void selects(std::shared_ptr<MemoryTable> table, std::int32_t column = 0, std::int32_t row = 0) {
        panel.take(sourceOf(std::move(table), column, row));
        waits();
    }
    void changesCells(std::shared_ptr<MemoryTable> table) {
        panel.takeAgain(sourceOf(std::move(table)));
        waits();
    }
    void waits() {
        if (panel.needsComputing()) panel.compute();
    }

    Next does(const Action& action) {
        reaction = panel.act(action);
        if (reaction.next == Next::Compute) waits();
        return reaction.next;
    }
    Next clicks(Item item, std::int32_t index = 0) { return does({.item = item, .index = index}); }
    Next checks(Item item, bool on = true) { return does({.item = item, .on = on}); }
    Next types(Item item, std::string text, std::int32_t index = 0) {
        return does({.item = item, .index = index, .text = std::move(text)});
    }
    // chooses an entry by its text, or the beginning of it.
    Next chooses(Item item, const std::string& entry, std::int32_t index = 0) {
        const std::vector<std::string> all = entries(item, index);
        const auto place = std::find_if(all.begin(), all.end(), [&](const std::string& text) { return text.starts_with(entry); });
        if (place == all.end()) {
            ADD_FAILURE() << "no entry " << entry;
            return Next::Nothing;
        }
        return does({.item = item, .index = index, .entry = static_cast<std::int32_t>(place - all.begin())});
    }

    std::optional<Widget> sees(Item item, std::int32_t index = 0) const {
        for (const Row& row : panel.view().rows)
            for (const Widget& widget : row.widgets)
                if (widget.item == item && widget.index == index) return widget;
        return std::nullopt;
    }
    std::string reads(Item item, std::int32_t index = 0) const {
        const std::optional<Widget> widget = sees(item, index);
        if (!widget) return "(nothing)";
        if (widget->kind != WidgetKind::DropDown || !widget->text.empty()) return widget->text;
        return widget->selected < 0 ? "" : widget->entries.at(static_cast<std::size_t>(widget->selected));
    }
    std::vector<std::string> entries(Item item, std::int32_t index = 0) const {
        const std::optional<Widget> widget = sees(item, index);
        return widget ? widget->entries : std::vector<std::string>();
    }
    // selected is the marked line of the stage list.
    std::string selected() const {
        const std::optional<Widget> list = sees(Item::StageList);
        return list && list->selected >= 0 ? list->entries.at(static_cast<std::size_t>(list->selected)) : "";
    }
    // counts are those of the preview.
    std::vector<double> counts() const {
        std::vector<double> numbers;
        if (panel.preview())
            for (const StageFigures& stage : panel.preview()->stages) numbers.push_back(stage.count);
        return numbers;
    }
    std::vector<std::string> stages() const {
        std::vector<std::string> names;
        for (const ChosenStage& stage : panel.choices().stages) names.push_back(stage.name);
        return names;
    }
};

inline bool canBeUsed(WidgetKind kind) {
    switch (kind) {
        case WidgetKind::Edit:
        case WidgetKind::DropDown:
        case WidgetKind::Check:
        case WidgetKind::Button:
        case WidgetKind::MainButton:
        case WidgetKind::List:
        case WidgetKind::Link: return true;
        default: return false;
    }
}

// expectSoundView checks what holds of every view, whatever is made.
inline void expectSoundView(const Panel& panel) {
    std::set<std::pair<ControlId, std::int32_t>> items;
    for (const Row& row : panel.view().rows) {
        EXPECT_FALSE(row.widgets.empty());
        for (const Widget& widget : row.widgets) {
            const std::string name = "item " + std::to_string(widget.item.number()) + " " + widget.text;
            EXPECT_TRUE(items.emplace(widget.item, widget.index).second) << name << " stands there twice";
            EXPECT_GE(widget.selected, -1) << name;
            EXPECT_LT(widget.selected, static_cast<std::int32_t>(widget.entries.size())) << name;
            EXPECT_TRUE(widget.part >= 0 && widget.part <= 1) << name << widget.part;
            EXPECT_TRUE(widget.openPart >= 0 && widget.openPart <= 1) << name << widget.openPart;
            EXPECT_EQ(widget.text.find('{'), std::string::npos) << name;
            // Some versions of the office draw only one line of a link.
            EXPECT_TRUE(widget.kind != WidgetKind::Link || widget.text.size() <= 40) << name;
            if (!canBeUsed(widget.kind)) continue;
            EXPECT_FALSE(widget.kind == WidgetKind::Link ? widget.text.empty() : widget.text.empty() && widget.name.empty())
                << name;
            EXPECT_FALSE(widget.help.empty()) << name;
        }
    }
    for (const ColumnRef& column : panel.columnsNeeded()) EXPECT_TRUE(panel.source()->table->find(column));
}

// expectSound checks what holds in every state.
inline void expectSound(const FunnelPanel& panel) {
    expectSoundView(panel);
    if (panel.ready()) {
        ASSERT_TRUE(panel.source() && panel.preview());
        EXPECT_FALSE(panel.preview()->problem);
        EXPECT_GT(panel.preview()->table.rows, 0U);
        EXPECT_FALSE(panel.needsComputing());
    }
    const std::vector<ChosenStage>& stages = panel.choices().stages;
    EXPECT_TRUE(
        std::is_partitioned(stages.begin(), stages.end(), [](const ChosenStage& stage) { return stage.outcome != Outcome::Lost; }));
}

}  // namespace calckpi::panel
