#include "core/panel/opened.hpp"

#include <algorithm>
#include <set>

namespace calckpi::panel {
namespace {

ControlKey keyOf(const Widget& widget) { return {widget.item, widget.index}; }

std::set<ControlKey> keysOf(const View& view) {
    std::set<ControlKey> keys;
    for (const Row& row : view.rows)
        for (const Widget& widget : row.widgets) keys.insert(keyOf(widget));
    return keys;
}

// wasTicked is true for a box whose tick was taken away: that folds something, or takes it off.
bool wasTicked(const View& view, ControlKey box) {
    for (const Row& row : view.rows)
        for (const Widget& widget : row.widgets)
            if (keyOf(widget) == box) return widget.kind == WidgetKind::Check && widget.on;
    return false;
}

}  // namespace

std::optional<Opened> openedBetween(const View& before, const View& after, ControlKey by) {
    if (wasTicked(before, by)) return std::nullopt;
    const std::set<ControlKey> known = keysOf(before);
    const auto isNew = [&](const Widget& widget) { return !known.contains(keyOf(widget)); };
    const auto brought = [&](const Widget& widget) { return keyOf(widget) == by; };
    std::optional<ControlKey> control;
    std::optional<Opened> opened;
    for (const Row& row : after.rows) {
        if (row.inSight || row.widgets.empty()) continue;
        const ControlKey first = keyOf(row.widgets.front());
        if (std::any_of(row.widgets.begin(), row.widgets.end(), brought)) control = first;
        if (std::none_of(row.widgets.begin(), row.widgets.end(), isNew)) continue;
        if (!opened) opened = Opened{control.value_or(first), first};
        opened->last = first;
    }
    return opened;
}

}  // namespace calckpi::panel
