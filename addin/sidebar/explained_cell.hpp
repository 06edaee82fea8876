// The selected cell, as "Why this value?" sees it.
#pragma once

#include "core/explain/explanation.hpp"
#include "core/texts/message.hpp"

#include <com/sun/star/sheet/XSpreadsheetDocument.hpp>
#include <com/sun/star/table/XCell.hpp>
#include <com/sun/star/uno/Any.hxx>
#include <com/sun/star/uno/XComponentContext.hpp>

#include <string>
#include <vector>

namespace calckpi::sidebar {

class ExplainedCell {
public:
    // follow takes what is selected, and gives the address of a cell with one of our formulas; of anything else nothing.
    std::string follow(const css::uno::Any& selection);
    std::vector<explain::Explanation> explain(const css::uno::Reference<css::sheet::XSpreadsheetDocument>& document,
                                              const css::uno::Reference<css::uno::XComponentContext>& context,
                                              const panel::Texts& texts) const;
    // cells are the ranges of some addresses, a line for each, to be selected. Those without a sheet are on the cell's own.
    css::uno::Any cells(const std::string& addresses, const css::uno::Reference<css::sheet::XSpreadsheetDocument>& document) const;

    const css::uno::Reference<css::table::XCell>& cell() const { return cell_; }

private:
    css::uno::Reference<css::table::XCell> cell_{};
};

}  // namespace calckpi::sidebar
