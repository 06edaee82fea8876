// DocumentWriter puts funnel tables into a document: new ones on a sheet of their own or at a cell, changed ones where they stand.
// Each change is one undo step. Ask for obstacles first: where there is one, nothing is written.
//
//   DocumentWriter writer(document);
//   if (auto obstacle = writer.obstacleAt(target, plan, source)) …   // say it; a user may agree to FilledCells alone
//   else writer.insertAt(target, plan, settings, "Insert funnel table");
#pragma once

#include "addin/document/funnel_tables.hpp"
#include "core/sheets/sheet_plan.hpp"

#include <string_view>

namespace calckpi::sidebar {

class DocumentWriter {
public:
    explicit DocumentWriter(const css::uno::Reference<css::uno::XInterface>& document) : document_(document) {}

    std::optional<Obstacle> obstacleToNewSheet() const { return sidebar::obstacleToNewSheet(document_); }
    std::optional<Obstacle> obstacleAt(const css::table::CellAddress& target, const panel::SheetPlan& plan,
                                       const std::optional<Area>& source) const;
    std::optional<Obstacle> obstacleToUpdate(const FunnelTable& table, const panel::SheetPlan& plan,
                                             const std::optional<Area>& source) const;

    // insertOnNewSheet adds a sheet at this position and shows it. `title` is what the undo list calls the step.
    FunnelTable insertOnNewSheet(sal_Int16 position, const panel::SheetPlan& plan, const std::string& settings,
                                 const rtl::OUString& title) const;
    // insertAt writes over whatever is there.
    FunnelTable insertAt(const css::table::CellAddress& target, const panel::SheetPlan& plan, const std::string& settings,
                         const rtl::OUString& title) const;
    // update rewrites a table from its upper left cell; the plan must be made for that cell. What lies below moves down if the
    // table needs its place; formats that the user gave to cells of the table stay, and so does a picture drawn from the same
    // cells.
    FunnelTable update(const FunnelTable& table, const panel::SheetPlan& plan, const std::string& settings,
                       const rtl::OUString& title) const;

private:
    css::uno::Reference<css::uno::XInterface> document_;
};

}  // namespace calckpi::sidebar
