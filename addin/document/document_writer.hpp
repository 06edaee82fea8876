// DocumentWriter puts plans into a document, each within an undo step that its caller opened. It knows what a plan is, and nothing
// of what it is a plan of. Ask for obstacles first: where there is one, nothing is to be written.
//
//   DocumentWriter writer(document);
//   if (auto obstacle = writer.obstacleAt(target, plan, source)) …   // say it; a user may agree to FilledCells alone
//   UndoStep step(document, "Insert funnel table");
//   writer.insertAt(step, target, plan, {panel::KeptKind::Funnel, settings, source});
//   step.commit();
#pragma once

#include "addin/document/document_tables.hpp"
#include "addin/document/typed_cells.hpp"
#include "addin/document/undo_step.hpp"
#include "core/sheets/document_plan.hpp"

namespace calckpi::sidebar {

// Keep says by what the document is to know a table again.
struct Keep {
    panel::KeptKind kind = panel::KeptKind::Funnel;
    std::string settings;
    std::string source;  // the address of the data, which the document keeps up to date as cells move
    std::vector<std::string> moreSources{};
};

class DocumentWriter {
public:
    explicit DocumentWriter(const css::uno::Reference<css::uno::XInterface>& document) : document_(document) {}

    std::optional<Obstacle> obstacleToNewSheets(const panel::DocumentPlan& plan) const;
    std::optional<Obstacle> obstacleAt(const css::table::CellAddress& target, const panel::DocumentPlan& plan,
                                       const std::optional<Area>& source) const;
    std::optional<Obstacle> obstacleToUpdate(const DocumentTable& table, const panel::DocumentPlan& plan,
                                             const std::optional<Area>& source) const;

    // insertSheets adds the plan's sheet at this position; several are added behind all others. The table it gives is that of the
    // first; all of them are kept.
    DocumentTable insertSheets(const UndoStep& step, sal_Int16 position, const panel::DocumentPlan& plan, const Keep& keep) const;
    // insertAt writes a plan of one sheet over whatever is there.
    DocumentTable insertAt(const UndoStep& step, const css::table::CellAddress& target, const panel::DocumentPlan& plan,
                           const Keep& keep) const;
    // update rewrites a table of one sheet from its upper left cell. What lies below moves down if the table needs its place;
    // formats that the user gave to cells of the table stay, and so does a picture drawn from the same cells.
    DocumentTable update(const UndoStep& step, const DocumentTable& table, const panel::DocumentPlan& plan, const Keep& keep) const;
    // updateSheets rewrites a table on several sheets, each from where it begins. `typed` are the cells that the plan takes over.
    // Sheets that were deleted are added behind all others. What the user typed elsewhere stays, unless a planned cell needs its
    // place: that is the obstacle UserCells.
    DocumentTable updateSheets(const UndoStep& step, const TableParts& table, const TypedCells& typed,
                               const panel::DocumentPlan& plan, const Keep& keep) const;
    std::optional<Obstacle> obstacleToUpdateSheets(const TableParts& table, const TypedCells& typed,
                                                   const panel::DocumentPlan& plan) const;
    // write writes the plan's cells, styles, names and pictures over whatever is there, on sheets that exist. A plan that does not
    // fit is refused with an IllegalArgumentException that says why, before anything is written.
    void write(const UndoStep& step, const panel::DocumentPlan& plan, const panel::Placement& placement) const;

    // show brings the first of new sheets to the front, with the rows and columns in sight that each is to keep there. That is no
    // change of the document: no undo takes it back.
    void show(const DocumentTable& table, const panel::DocumentPlan& plan) const;

private:
    css::uno::Reference<css::uno::XInterface> document_;
};

}  // namespace calckpi::sidebar
