// Recognition: what a table is, told from its headers and its cells: which of the four shapes, which column is what.
//
//   Recognition found = recognise(sample);      // the first rows are enough
//   found.choices.shape                         // Shape::Stages
//   found.choices.stage                         // "deal_stage"
#pragma once

#include "core/recognition/choices.hpp"
#include "core/recognition/facts.hpp"
#include "core/texts/message.hpp"
#include "core/tables/table.hpp"

#include <optional>
#include <string>
#include <vector>

namespace calckpi::panel {

// SourceColumn is a column as the panel lists it.
struct SourceColumn {
    std::string name;  // see columnNames
    ColumnKind kind = ColumnKind::Empty;
    std::string shown{};  // what it is called where a reader has to tell it from others: see ColumnFacts
};

struct Recognition {
    bool usable = false;  // it has headers and rows from which a funnel can be made
    Choices choices;      // shape and columns; stages come from findStages (stage_list.hpp)
    std::vector<SourceColumn> columns;
    std::optional<Message> reason{};  // why it is not usable, where more can be said than that
};

// columnNames are the headers, each fit to name its column in a formula: one that is empty, that is there twice, that is a
// number of a column or too long for a formula is replaced by the column's number in the range.
std::vector<std::string> columnNames(const Table& table);
// columnRef is the reference that a name of columnNames stands for.
ColumnRef columnRef(const std::string& name, const Table& table);
// splitColumn is the column of a split, which may go by the periods of one: Create Date of "Create Date/quarter/4" (grouping.hpp).
ColumnRef splitColumn(const std::string& by, const Table& table);
// columnIndex is the column's place, counted from 0; nothing for a name that no column has.
std::optional<std::size_t> columnIndex(const std::string& name, const Table& table);

// recognise looks at all cells of the table it is given: hand a sample of a long one over. `dates` says for each column whether the
// cells have a date's number format, which cells alone do not tell; without it, numbers that can be days of the years 1990 to 2100
// under a header that speaks of dates count as dates, and so do those of 2000 to 2035 under a header that says nothing. Texts that
// are dates make a column of dates, too. In the shape Dates the choices hold the date columns as stages, in the order of the table.
Recognition recognise(const Table& sample, const std::vector<bool>& dates = {});
// The same of facts that are known already, those of the sample: the panel reads it once.
Recognition recognise(const TableFacts& facts, const Table& sample);
// subtotalFilters leave out the rows of a report that are subtotals, or repeat the headers; none where there are no such rows.
std::vector<Criterion> subtotalFilters(const TableFacts& facts);

// rolesFor chooses the columns again for a shape that the user picked himself; a column that cannot be told stays empty.
Choices rolesFor(Shape shape, const Table& sample, const std::vector<bool>& dates = {});
Choices rolesFor(Shape shape, const TableFacts& facts, const Table& sample);
// rolesAcross does that for counts that are in rows under their stages (choices.hpp).
Choices rolesAcross(const Table& sample, const std::vector<bool>& dates = {});
Choices rolesAcross(const TableFacts& facts, const Table& sample);
// columnsOf lists the columns.
std::vector<SourceColumn> columnsOf(const Table& sample, const std::vector<bool>& dates = {});
std::vector<SourceColumn> sourceColumns(const TableFacts& facts);
// columnsAcross lists the rows of counts that `choices` can name, as if they were columns.
std::vector<SourceColumn> columnsAcross(const Table& sample, const Choices& choices);

}  // namespace calckpi::panel
