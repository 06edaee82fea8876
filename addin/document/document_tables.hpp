// Tables of ours that a document knows again. Each has three names on its sheet: CalcKpi_Funnel_1 for its cells, so that it is
// found wherever they move, CalcKpi_Funnel_1_Source for the data it is made from, and CalcKpi_Funnel_1_Settings for the text that
// tells how. The middle of the name is its kind, which says who can read the settings.
#pragma once

#include "addin/document/name_changes.hpp"
#include "addin/document/obstacles.hpp"
#include "core/sheets/fingerprint.hpp"
#include "core/sheets/kept_kind.hpp"

#include <com/sun/star/table/CellAddress.hpp>

#include <optional>
#include <string>
#include <vector>

namespace calckpi::sidebar {

struct DocumentTable {
    panel::KeptKind kind = panel::KeptKind::Funnel;
    rtl::OUString name;
    Area range;
    std::string settings;
    std::string source;                      // the address where the data are now; it may differ from the one in the settings
    std::vector<std::string> moreSources{};  // of what is made from several tables
    sal_Int32 part = 0;                      // of what is on several sheets, which of them this is, counted from 0
    panel::Fingerprints written{};           // likewise: of the cells that we wrote there
};

// tableAt finds the table that a cell belongs to.
std::optional<DocumentTable> tableAt(const css::uno::Reference<css::uno::XInterface>& document,
                                     const css::table::CellAddress& cell);

// hasTables tells whether a sheet has a table of ours.
bool hasTables(const css::uno::Reference<css::uno::XInterface>& document, sal_Int16 sheet);

// foundAgain finds a table after the document has changed, where it is now: by its name on its sheet or, when sheets were
// moved, by its name and its settings.
std::optional<DocumentTable> foundAgain(const css::uno::Reference<css::uno::XInterface>& document, const DocumentTable& table);

// partsOf are the sheets that a table is on, as many as asked for; none for one that is not there. Of a sheet that was copied
// the one of `table` is taken, and `copied` says that there are others.
struct TableParts {
    std::vector<std::optional<DocumentTable>> parts{};
    bool copied = false;
};
TableParts partsOf(const css::uno::Reference<css::uno::XInterface>& document, const DocumentTable& table, std::size_t count);

// keepTable writes the names of a table, new or changed.
void keepTable(const css::uno::Reference<css::sheet::XSpreadsheet>& sheet, const DocumentTable& table, NameChanges& changes);

// freshName is the name that the next table of a kind gets: free on all of the sheets, which it is to be on.
rtl::OUString freshName(panel::KeptKind kind, const std::vector<css::uno::Reference<css::sheet::XSpreadsheet>>& sheets);

}  // namespace calckpi::sidebar
