// Texts of columns that are numbers or dates become such, in one undo step.
#pragma once

#include "addin/sidebar/source_range.hpp"
#include "core/panel/conversion_section.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace calckpi::sidebar {

struct ConvertedColumns {
    std::string said;         // what has been done or what stands in the way; empty where there was nothing to do
    std::size_t changed = 0;  // cells
};

// convertColumns plans the conversions again, as the cells are now. What can be read in two ways, and nobody has said how, stays.
ConvertedColumns convertColumns(const Range& data, const css::uno::Reference<css::sheet::XSpreadsheetDocument>& document,
                                const css::uno::Reference<css::uno::XComponentContext>& context,
                                const std::vector<panel::ConversionSection::Wanted>& wanted, const panel::Texts& texts);

}  // namespace calckpi::sidebar
