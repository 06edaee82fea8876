// The pictures of tables: formulas beside the table that look into it, and charts and shades made of them. They follow a live table
// as it grows within its spare rows.
#pragma once

#include "core/sheets/table_sheet.hpp"

namespace calckpi::panel {

// nameCurves heads the columns of two curves with their bounds: a curve is named at its end.
void nameCurves(Block& block, const std::string& first, const std::string& second);

void pictureSegments(TableSheet& sheet, const TableContext& context);
void picturePeriods(TableSheet& sheet, const TableContext& context);
void pictureCohorts(TableSheet& sheet, const TableContext& context);
void pictureMovements(TableSheet& sheet, const TableContext& context);
void pictureWinCurve(TableSheet& sheet, const TableContext& context);
void pictureCustomers(TableSheet& sheet, const TableContext& context);

}  // namespace calckpi::panel
