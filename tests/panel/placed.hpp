// A plan of one sheet as it is in a document: its formulas with addresses, its rows and columns those from its upper left cell.
//
//   const Placed table = placed(planFunnel(choices, preview, context, texts), "$C$10");
#pragma once

#include "core/sheets/document_plan.hpp"
#include "core/values/address.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace calckpi::panel {

struct Placed {
    std::string sheetName;
    std::int32_t rows = 0;
    std::int32_t columns = 0;
    std::int32_t headerRow = 0;  // the last of those that are frozen
    std::vector<std::int32_t> columnWidths;
    std::vector<PlannedCell> cells;
    std::vector<PlannedArray> arrays;
    std::vector<PlannedChart> charts;
};

// textOf is a formula that has its addresses.
inline std::string textOf(const Formula& formula) {
    EXPECT_EQ(formula.parts().size(), 1U);
    return std::get<std::string>(formula.parts().at(0));
}

inline Placed placed(const DocumentPlan& plan, const std::string& corner = {}) {
    SheetPlace place{.name = "Sheet1"};
    if (const auto cell = readAddress(corner)) place = {"Sheet1", cell->row, cell->column};
    EXPECT_EQ(misfits(plan, {place}), std::vector<std::string>());
    const Addresses addresses(plan, {place});
    const PlannedSheet& sheet = plan.sheets.at(0);
    const CellArea area = sheet.area();
    Placed all{sheet.name, area.endRow(), area.endColumn(), sheet.frozenRows - 1, sheet.columnWidths, {}, {}, sheet.charts};
    for (const Block& block : sheet.blocks) {
        for (PlannedCell cell : block.content) {
            cell.row += block.row;
            cell.column += block.column;
            if (cell.content)
                if (const auto* formula = std::get_if<Formula>(&*cell.content)) cell.content = Formula(addresses.text(*formula, 0));
            all.cells.push_back(std::move(cell));
        }
        for (PlannedArray array : block.arrays) {
            array.cells.row += block.row;
            array.cells.column += block.column;
            array.formula = Formula(addresses.text(array.formula, 0));
            all.arrays.push_back(std::move(array));
        }
    }
    for (PlannedChart& chart : all.charts) {
        const auto found = addresses.place(chart.data);
        if (!found) continue;
        chart.data.cells = found->second;
        chart.data.cells.row -= place.row;
        chart.data.cells.column -= place.column;
    }
    std::sort(all.cells.begin(), all.cells.end(), [](const PlannedCell& left, const PlannedCell& right) {
        return std::pair(left.row, left.column) < std::pair(right.row, right.column);
    });
    return all;
}

}  // namespace calckpi::panel
