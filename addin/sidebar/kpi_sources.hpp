// The tables of a document that a KPI sheet can be made from.
#pragma once

#include "addin/document/document_tables.hpp"
#include "addin/sidebar/source_range.hpp"

#include <optional>
#include <string>
#include <vector>

namespace calckpi::sidebar {

// tableAround is the table around a cell, with its rows below empty ones: nobody can be asked for them. Another range is taken as
// it is.
Range tableAround(const Range& range);

class KpiSources {
public:
    KpiSources(const css::uno::Reference<css::sheet::XSpreadsheetDocument>& document,
               const css::uno::Reference<css::uno::XComponentContext>& context)
        : document_(document), context_(context) {}

    // whole is the range at an address together with the rows that have been added right below it; none for one that is gone.
    Range whole(const std::string& address) const;
    // at are the sources at addresses; one that is gone has no table.
    std::vector<panel::Source> at(const std::vector<std::string>& addresses) const;
    // ranges are the first tables of all sheets but one (counted from 0), without the sheets that we wrote.
    std::vector<Range> ranges(std::optional<sal_Int16> but = {}) const;
    // beside are the first tables of all other sheets than that of the range, without the sheets that we wrote.
    std::vector<panel::Source> beside(const Range& range) const;

private:
    css::uno::Reference<css::sheet::XSpreadsheetDocument> document_;
    css::uno::Reference<css::uno::XComponentContext> context_;
};

}  // namespace calckpi::sidebar
