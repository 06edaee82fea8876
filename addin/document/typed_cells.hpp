// What the user has typed into the sheet of inputs of a table on several sheets, and in which cells it stands.
#pragma once

#include "addin/document/document_tables.hpp"
#include "core/sheets/typed_figures.hpp"

#include <set>
#include <utility>

namespace calckpi::sidebar {

// SheetCell is a cell of a sheet: its row and its column.
using SheetCell = std::pair<sal_Int32, sal_Int32>;

struct TypedCells {
    panel::TypedFigures figures;
    sal_Int16 sheet = -1;  // none
    std::set<SheetCell> cells;
};

// typedCells reads them by the names of the sheet. The first row of a period counts.
TypedCells typedCells(const css::uno::Reference<css::uno::XInterface>& document, const TableParts& table);

}  // namespace calckpi::sidebar
