// A range of a sheet as a table: trimmed to what is used, read a column at a time.
#pragma once

#include "addin/functions/document_culture.hpp"
#include "core/tables/table.hpp"

#include <com/sun/star/table/XCellRange.hpp>
#include <com/sun/star/uno/Reference.hxx>
#include <com/sun/star/uno/XComponentContext.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace calckpi::addin {

// Each call reads its columns itself. Two calls could share them only as long as nothing has changed, and nothing tells an add-in
// so: a volatile formula among the data (RAND, NOW, INDIRECT) gets another value in each recalculation, soft or hard, without any
// event of the document, and while a macro holds an action lock a cell that it changes is read again by the next formula before the
// document says that it was modified (tests/office/test_whole_tables.py shows both).
class RangeTable final : public Table {
public:
    // `document` is the calling document; it decides how texts are read as numbers and dates.
    RangeTable(const css::uno::Reference<css::table::XCellRange>& range, const css::uno::Reference<css::uno::XInterface>& document,
               const css::uno::Reference<css::uno::XComponentContext>& context);

    std::size_t rows() const override { return rows_; }
    const std::vector<std::string>& headers() const override { return headers_; }
    const Culture& culture() const override { return culture_; }
    // readTogether says which columns one call will ask for beside those of its filters. Those that are side by side are read in
    // one go, once the first of them is asked for: a fifth faster than one by one.
    void readTogether(std::vector<std::size_t> columns);
    // append adds some rows of a column to what was read of it before: for those who read a long one piece by piece.
    void append(Column& column, std::size_t index, std::size_t first, std::size_t count) const;

protected:
    ColumnHandle read(std::size_t index) const override;
    ColumnHandle readRows(std::size_t index, std::span<const std::uint32_t> rows) const override;

private:
    // Columns side by side, from the first to the last one.
    struct Neighbours {
        std::size_t first;
        std::size_t last;
        std::size_t size() const { return last - first + 1; }
    };
    // Kept is a column read with a neighbour.
    struct Kept {
        ColumnHandle cells;
        std::optional<std::vector<std::uint32_t>> rows;  // those that it holds; without them all
    };

    Neighbours neighboursOf(std::size_t index) const;
    bool hasErrors(const Neighbours& columns) const;
    void appendAll(std::span<Column* const> columns, std::size_t index, std::size_t first, std::size_t count) const;

    css::uno::Reference<css::table::XCellRange> range_;
    DocumentCulture culture_;
    std::vector<std::string> headers_;
    std::size_t rows_ = 0;
    std::vector<std::size_t> together_;  // in their order, each once
    mutable std::map<std::size_t, Kept> kept_;
};

}  // namespace calckpi::addin
