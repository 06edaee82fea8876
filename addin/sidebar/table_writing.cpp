#include "addin/sidebar/table_writing.hpp"

#include "addin/functions/conversion.hpp"
#include "addin/sidebar/refusals.hpp"

namespace calckpi::sidebar {
namespace {

Keep keepOf(const panel::Draft& draft) { return {draft.kind, draft.settings, draft.source, draft.moreSources}; }

}  // namespace

std::optional<Written> TableWriting::refused(const std::optional<Obstacle>& obstacle) const {
    if (!obstacle) return std::nullopt;
    const bool filled = obstacle->kind == ObstacleKind::FilledCells || obstacle->kind == ObstacleKind::UserCells;
    if (filled && overwrite_) return std::nullopt;
    return Written{.refusal = sayObstacle(*obstacle, texts_), .canOverwrite = filled};
}

Written TableWriting::toNewSheet(const panel::Draft& draft) const {
    const DocumentWriter writer(document_);
    if (std::optional<Written> refusal = refused(writer.obstacleToNewSheets(draft.plan))) return *refusal;
    UndoStep step(document_, addin::fromUtf8(draft.title));
    const DocumentTable table = writer.insertSheets(step, static_cast<sal_Int16>(data_.Sheet + 1), draft.plan, keepOf(draft));
    step.commit();
    writer.show(table, draft.plan);
    return {.table = table};
}

Written TableWriting::at(const css::table::CellAddress& target, const panel::Draft& draft) const {
    if (draft.plan.sheets.size() > 1)
        return {.refusal = texts_.say(panel::msg("A KPI sheet is made on sheets of its own, not at a cell"))};
    const DocumentWriter writer(document_);
    if (std::optional<Written> refusal = refused(writer.obstacleAt(target, draft.plan, data_))) return *refusal;
    UndoStep step(document_, addin::fromUtf8(draft.title));
    const DocumentTable table = writer.insertAt(step, target, draft.plan, keepOf(draft));
    step.commit();
    return {.table = table};
}

Written TableWriting::over(const DocumentTable& table, const panel::Draft& draft) const {
    if (draft.plan.sheets.size() > 1) return overSheets(table, draft);
    const DocumentWriter writer(document_);
    if (std::optional<Written> refusal = refused(writer.obstacleToUpdate(table, draft.plan, data_))) return *refusal;
    UndoStep step(document_, addin::fromUtf8(draft.title));
    const DocumentTable updated = writer.update(step, table, draft.plan, keepOf(draft));
    step.commit();
    return {.table = updated};
}

Written TableWriting::overSheets(const DocumentTable& table, const panel::Draft& draft) const {
    const DocumentWriter writer(document_);
    const TableParts parts = partsOf(document_, table, draft.plan.sheets.size());
    const TypedCells typed = typedCells(document_, parts);
    if (std::optional<Written> refusal = refused(writer.obstacleToUpdateSheets(parts, typed, draft.plan))) return *refusal;
    UndoStep step(document_, addin::fromUtf8(draft.title));
    const DocumentTable updated = writer.updateSheets(step, parts, typed, draft.plan, keepOf(draft));
    step.commit();
    return {.table = updated};
}

}  // namespace calckpi::sidebar
