// Recognition: any cells have an extent or none, any table has facts, and what is said of a table is true of it.
#include "core/recognition/recognition.hpp"
#include "core/recognition/role_words.hpp"
#include "core/recognition/stage_list.hpp"
#include "core/recognition/table_extent.hpp"
#include "core/values/text.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/properties.hpp"

#include <set>

namespace calckpi::fuzz {
namespace {

using namespace panel;

Cell cellFrom(Input& input) {
    switch (input.below(4)) {
        case 0: return Blank{};
        case 1: return input.number();
        default: return input.text();
    }
}

Grid gridFrom(Input& input) {
    Grid grid{.rows = input.below(12), .columns = input.below(7), .cells = {}};
    for (std::size_t left = grid.rows * grid.columns; left > 0; --left) grid.cells.push_back(cellFrom(input));
    return grid;
}

void checkExtent(const Grid& grid) {
    const std::optional<TableExtent> extent = extentOf(grid);
    if (!extent) return;
    require(extent->headerRow < grid.rows && extent->headerRows <= extent->headerRow + 1, "the headers are in the cells");
    require(extent->firstColumn <= extent->lastColumn && extent->lastColumn < grid.columns, "the columns are in the cells");
    require(extent->headers.size() == extent->lastColumn - extent->firstColumn + 1, "each column has a header");
    require(extent->lastRow < grid.rows && extent->lastRow >= extent->headerRow, "the data are in the cells, below the headers");
    require(extent->rowsBehindBlank <= extent->dataRows, "rows behind an empty one are rows");
    std::size_t between = 0;
    std::size_t before = extent->headerRow;
    for (const LeftOutRow& row : extent->leftOut) {
        require(row.row > before && row.row < grid.rows, "what is left out stands in its order below the headers");
        before = row.row;
        if (row.row < extent->lastRow) ++between;
    }
    require(extent->dataRows == 0 || extent->dataRows + between == extent->lastRow - extent->headerRow,
            "each row up to the last is data or left out");
}

void checkFacts(const TableHandle& table) {
    const TableFacts facts = factsOf(*table);
    require(facts.columns.size() == table->headers().size(), "each column has facts");
    std::set<Role> roles;
    for (const ColumnFacts& column : facts.columns) {
        require(columnIndex(column.name, *table).has_value(), "a column is found by its name");
        require(column.filled <= table->rows() && column.distinct <= column.filled, "no more values than cells");
        require(!column.least || *column.least <= *column.most, "the least is no more than the most");
        if (column.role) require(roles.insert(*column.role).second, "no two columns have the same role");
    }
    const Recognition found = recognise(facts, *table);
    require(found.columns.size() == facts.columns.size(), "each column is listed");
    Choices choices = found.choices;
    if (const auto stages = findStages(table, choices)) choices.stages = chosen(*stages);
    for (const ChosenStage& stage : choices.stages)
        for (const std::string& spelling : stage.spellings)
            require(folded(spelling) != folded(stage.name) || choices.statusDecides, "another spelling is another text");
}

}  // namespace
}  // namespace calckpi::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace calckpi::fuzz;
    Input input({data, size});
    if (input.oneIn(2)) {
        checkExtent(gridFrom(input));
        return 0;
    }
    checkFacts(std::make_shared<calckpi::support::MemoryTable>(input.table()));
    return 0;
}
