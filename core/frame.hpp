// Frame: the rows of a table that pass the filters, with the columns a function uses, typed.
//
//   Frame frame = ...(Frame::of(table, filters));
//   Result<std::vector<double>> amounts = frame.numbers(amountColumn);    // missing where the cell is empty
//   Result<std::vector<double>> closes = frame.numbers(closedColumn, Wanted::Date);
//   Result<Labels> owners = frame.labels(ownerColumn);                    // a small number for each different text
//
// Every column is read once, and only when it is asked for.
#pragma once

#include "core/criterion.hpp"
#include "core/result.hpp"
#include "core/table.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace calckpi {

using TableHandle = std::shared_ptr<const Table>;

// What an empty cell is among numbers.
inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();
inline bool isMissing(double number) { return std::isnan(number); }

// Labels tell the texts of a column apart by small numbers. Case and outer blanks do not matter; a number is the label of its
// digits.
struct Labels {
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();  // an empty cell

    std::vector<std::uint32_t> ofRow;  // for each row of the frame
    // For each label, the text as most rows spell it (of equally frequent spellings the first in the order of code points), so that
    // the order of the rows does not show.
    std::vector<std::string> names;
};

class Frame;

// LabelFinder tells the labels of some table rows when it is asked, for those who do not want a list of all rows.
class LabelFinder {
public:
    LabelFinder(const Frame& frame, ColumnHandle column);

    // find writes the label of each table row to `labels`.
    void find(std::span<const std::uint32_t> tableRows, std::uint32_t* labels) const;
    // names are those of Labels.
    const std::vector<std::string>& names() const { return names_; }
    // numberOf is the number of a label that no text shares.
    std::optional<double> numberOf(std::size_t label) const {
        if (label < firstNumber_) return std::nullopt;
        return numbers_[label - firstNumber_];
    }

private:
    void chooseSpellings(const Frame& frame, const std::vector<std::uint8_t>& manySpellings);

    ColumnHandle column_;
    std::vector<std::uint32_t> ofText_;
    std::unordered_map<double, std::uint32_t> ofNumber_;
    std::vector<std::string> names_;
    std::size_t firstNumber_ = 0;  // the labels of texts come first
    std::vector<double> numbers_;
};

class Frame {
public:
    static Result<Frame> of(TableHandle table, const Filters& filters);

    std::size_t rows() const { return some_ ? some_->size() : table_->rows(); }
    bool empty() const { return rows() == 0; }
    bool filtered() const { return some_.has_value(); }
    const Table& table() const { return *table_; }

    // numbers reads a column of amounts, dates or times. A text is a fault that says where it stands.
    Result<std::vector<double>> numbers(const ColumnRef& column, Wanted wanted = Wanted::Number) const;
    Result<Labels> labels(const ColumnRef& column) const;
    // column is the whole column and `tableRow` the place of a row of the frame in it.
    Result<ColumnHandle> column(const ColumnRef& column) const;
    // numberColumn is `column` for amounts, dates or times: in the rows of the frame a cell that is no number is empty.
    Result<ColumnHandle> numberColumn(const ColumnRef& column, Wanted wanted = Wanted::Number) const;
    std::size_t tableRow(std::size_t row) const { return some_ ? (*some_)[row] : row; }

    // inBlocks hands the table rows over in turn, as many at a time as leave what is noted of them in the processor's cache.
    static constexpr std::size_t blockRows = 2048;
    template <class Visit>
    void inBlocks(Visit visit) const {
        std::vector<std::uint32_t> block(some_ ? 0 : blockRows);
        for (std::size_t first = 0; first < rows(); first += blockRows) {
            const std::size_t size = std::min(blockRows, rows() - first);
            for (std::size_t row = 0; row < block.size(); ++row) block[row] = static_cast<std::uint32_t>(first + row);
            visit(some_ ? std::span(*some_).subspan(first, size) : std::span<const std::uint32_t>(block).first(size));
        }
    }
    // failureAt is a fault of the cell in this column and table row.
    Failure failureAt(Fault fault, const ColumnRef& column, std::size_t tableRow) const;

private:
    using Rows = std::optional<std::vector<std::uint32_t>>;
    Frame(TableHandle table, Rows some) : table_(std::move(table)), some_(std::move(some)) {}

    TableHandle table_;
    Rows some_;  // the table rows that pass, in their order; without filters all rows do
    mutable std::unordered_map<std::size_t, ColumnHandle> columns_;  // those that were read
};

}  // namespace calckpi
