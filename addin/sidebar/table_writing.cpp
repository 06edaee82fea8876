#include "addin/sidebar/table_writing.hpp"

#include "addin/functions/conversion.hpp"
#include "addin/sidebar/refusals.hpp"

namespace calckpi::sidebar {
namespace {

Keep keepOf(const panel::Draft& draft) { return {draft.kind, draft.settings, draft.source}; }

}  // namespace

std::optional<Written> TableWriting::refused(const std::optional<Obstacle>& obstacle) const {
    if (!obstacle) return std::nullopt;
    const bool filled = obstacle->kind == ObstacleKind::FilledCells;
    if (filled && overwrite_) return std::nullopt;
    return Written{.refusal = sayObstacle(*obstacle, texts_), .canOverwrite = filled};
}

Written TableWriting::toNewSheet(const panel::Draft& draft) const {
    const DocumentWriter writer(document_);
    if (std::optional<Written> refusal = refused(writer.obstacleToNewSheet())) return *refusal;
    UndoStep step(document_, addin::fromUtf8(draft.title));
    const DocumentTable table = writer.insertSheets(step, static_cast<sal_Int16>(data_.Sheet + 1), draft.plan, keepOf(draft));
    step.commit();
    writer.show(table, draft.plan);
    return {.table = table};
}

Written TableWriting::at(const css::table::CellAddress& target, const panel::Draft& draft) const {
    const DocumentWriter writer(document_);
    if (std::optional<Written> refusal = refused(writer.obstacleAt(target, draft.plan, data_))) return *refusal;
    UndoStep step(document_, addin::fromUtf8(draft.title));
    const DocumentTable table = writer.insertAt(step, target, draft.plan, keepOf(draft));
    step.commit();
    return {.table = table};
}

Written TableWriting::over(const DocumentTable& table, const panel::Draft& draft) const {
    const DocumentWriter writer(document_);
    if (std::optional<Written> refusal = refused(writer.obstacleToUpdate(table, draft.plan, data_))) return *refusal;
    UndoStep step(document_, addin::fromUtf8(draft.title));
    const DocumentTable updated = writer.update(step, table, draft.plan, keepOf(draft));
    step.commit();
    return {.table = updated};
}

}  // namespace calckpi::sidebar
