// Frame: the rows of a table that pass the filters, with the columns a function uses, typed.
//
//   Frame frame = ...(Frame::of(table, filters));
//   Result<std::vector<double>> amounts = frame.numbers(amountColumn);    // missing where the cell is empty
//   Result<std::vector<double>> closes = frame.numbers(closedColumn, Wanted::Date);
//   Result<Labels> owners = frame.labels(ownerColumn);                    // a small number for each different text
//
// Every column is read once, and only when it is asked for, be it in a filter. Those of filters come first; of the others a table
// may read the rows that pass and no more.
#pragma once

#include "core/tables/criterion.hpp"
#include "core/values/numbering.hpp"
#include "core/dates/period.hpp"
#include "core/values/read_ahead.hpp"
#include "core/values/result.hpp"
#include "core/tables/table.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace calckpi {

// Name of what several rows have in common: an owner, a customer, a year. What is a number in its cells comes back as one.
struct Name {
    std::string text;                // of a number its digits
    std::optional<double> number{};  // where the cells are numbers

    OutputCell cell() const { return number ? OutputCell(*number) : OutputCell(text); }
    friend bool operator==(const Name&, const Name&) = default;
};

// comesBefore orders names: numbers by their value, then texts as the document sorts them.
bool comesBefore(const Name& left, const Name& right, const Culture& culture);

// Identity says what makes two cells one. Groups are words or numbers, equal as a user would call them: case and blanks do not
// matter, and numbers that Calc's = calls equal, or that have the same digits, are one, as are chains of such numbers. Units
// (deals, customers) are ids: opaque ones are compared exactly (unitKey), and numbers by their value. Either way a number is the
// same as the text of its digits.
enum class Identity : std::uint8_t { Group, Unit };

// Labels tell what is in a column apart by small numbers.
struct Labels {
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();  // an empty cell

    std::vector<std::uint32_t> ofRow;  // for each row of the frame
    // For each label, the text as most rows spell it (of equally frequent spellings the first in the order of code points), so that
    // the order of the rows does not show.
    std::vector<Name> names;
    bool inTime = false;  // the labels are periods, in their order
};

class Frame;

// Meanings are what each different text and number of a column means: a label, a state. To rows they only have to be handed out.
template <class Meaning>
struct Meanings {
    std::vector<Meaning> ofText;  // by text index; that of a cell that is no text means nothing
    NumberNumbering numbering;
    std::vector<Meaning> ofNumber;  // by the number's number in the numbering

    // Look-up of the meaning of a table row in a column of texts alone, the usual one.
    struct InTexts {
        std::span<const std::uint32_t> indexes;
        const Meaning* ofText;
        Meaning operator()(std::size_t row) const { return ofText[indexes[row]]; }
    };
    // The same in any column.
    struct InAnyCells {
        const Column& column;
        const Meanings& meanings;
        std::span<const std::uint32_t> indexes{};  // nothing is gained by reading ahead
        Meaning operator()(std::size_t row) const {
            const double number = column.hasNumbers() ? column.number(row) : missing;
            if (!isMissing(number)) return meanings.ofNumber[meanings.numbering.known(number)];
            return meanings.ofText[column.hasTexts() ? column.textIndex(row) : Column::noText];
        }
    };
    // mapped has `toOther` of each meaning in its place.
    template <class ToOther>
    auto mapped(ToOther toOther) const {
        Meanings<decltype(toOther(Meaning()))> others{.ofText = {}, .numbering = numbering, .ofNumber = {}};
        for (const Meaning& meaning : ofText) others.ofText.push_back(toOther(meaning));
        for (const Meaning& meaning : ofNumber) others.ofNumber.push_back(toOther(meaning));
        return others;
    }
    // lookUp calls `use` with the look-up that suits the column.
    template <class Use>
    void lookUp(const Column& column, Use use) const {
        if (column.hasTexts() && !column.hasNumbers())
            use(InTexts{column.textIndexes(), ofText.data()});
        else
            use(InAnyCells{column, *this});
    }
};

// LabelFinder tells the labels of some table rows when it is asked, for those who do not want a list of all rows.
class LabelFinder {
public:
    LabelFinder(const Frame& frame, ColumnHandle column, Identity identity = Identity::Group);
    // The labels of dates are their periods, from the first to the last, whether a date lies in each or not.
    struct Periods {
        std::int64_t first;
        std::int64_t last;
    };
    LabelFinder(const Frame& frame, ColumnHandle column, Period period, Periods periods);

    const Column& column() const { return *column_; }
    const Meanings<std::uint32_t>& meanings() const { return meanings_; }
    // find calls `take` with the place in the block and the label of each table row.
    template <class Block, class Take>
    void find(const Block& tableRows, Take take) const {
        meanings_.lookUp(*column_, [&](auto labelOf) {
            readingAhead(
                tableRows, [&](std::size_t place) { take(place, labelOf(tableRows[place])); }, labelOf.indexes);
        });
    }
    // inTime says that the labels are periods, in their order; the number of each is its first day.
    bool inTime() const { return inTime_; }
    std::size_t count() const { return texts_.size(); }
    // nameOf a label is that of Labels; a number has a label that no text shares.
    Name nameOf(std::size_t label) const {
        return label < firstNumber_ ? Name{texts_[label]} : Name{texts_[label], numbers_[label - firstNumber_]};
    }

private:
    void labelNumbers(WordNumbering& byKey, std::vector<std::uint8_t>& manySpellings, Identity identity);
    void chooseSpellings(const Frame& frame, const std::vector<std::uint8_t>& manySpellings);

    ColumnHandle column_;
    Meanings<std::uint32_t> meanings_;
    std::vector<std::string> texts_;
    std::size_t firstNumber_ = 0;  // the labels of texts come first
    std::vector<double> numbers_;
    bool inTime_ = false;
};

// RowRange is the table rows from one on. (std::views::iota would do, but clang below version 16 cannot compile that of libstdc++.)
class RowRange {
public:
    class Iterator {
    public:
        explicit Iterator(std::size_t row) : row_(row) {}
        std::size_t operator*() const { return row_; }
        Iterator& operator++() {
            ++row_;
            return *this;
        }
        friend bool operator==(Iterator, Iterator) = default;

    private:
        std::size_t row_;
    };

    RowRange(std::size_t first, std::size_t size) : first_(first), size_(size) {}
    std::size_t size() const { return size_; }
    std::size_t operator[](std::size_t place) const { return first_ + place; }
    Iterator begin() const { return Iterator(first_); }
    Iterator end() const { return Iterator(first_ + size_); }

private:
    std::size_t first_;
    std::size_t size_;
};

// Wanted says what the cells of a column are read as.
enum class Wanted : std::uint8_t { Number, Date };

class Frame {
public:
    static Result<Frame> of(TableHandle table, const Filters& filters);

    std::size_t rows() const { return some_ ? some_->size() : table_->rows(); }
    bool empty() const { return rows() == 0; }
    bool filtered() const { return some_.has_value(); }
    const Table& table() const { return *table_; }

    // numbers reads a column of amounts, dates or times. A text is a fault, and so is a number among dates that is none; it says
    // where the first one is and how many there are.
    Result<std::vector<double>> numbers(const ColumnRef& column, Wanted wanted = Wanted::Number) const;
    Result<Labels> labels(const ColumnRef& column, Identity identity = Identity::Group) const;
    Labels labels(const LabelFinder& finder) const;
    // column is a column and `tableRow` the place of a row of the frame in it. What it has in other rows may be left out: `whole`
    // has all of it.
    Result<ColumnHandle> column(const ColumnRef& column) const {
        return some_ ? columns_.use(column, *some_) : columns_.use(column);
    }
    // numberColumn is `column` for amounts, dates or times: in the rows of the frame a cell that is no number is empty.
    Result<ColumnHandle> numberColumn(const ColumnRef& column, Wanted wanted = Wanted::Number) const;
    // differentNumbers numbers those that are in the rows of the frame.
    NumberNumbering differentNumbers(const Column& column) const;
    std::size_t tableRow(std::size_t row) const { return some_ ? (*some_)[row] : row; }

    // inBlocks hands the table rows over in turn, as many at a time as leave what is noted of them in the processor's cache.
    static constexpr std::size_t blockRows = 2048;
    // A block is a list of table rows or, without filters, a range of them: `visit` takes either.
    template <class Visit>
    void inBlocks(Visit visit) const {
        for (std::size_t first = 0; first < rows(); first += blockRows) {
            const std::size_t size = std::min(blockRows, rows() - first);
            if (some_)
                visit(std::span(*some_).subspan(first, size));
            else
                visit(RowRange(first, size));
        }
    }
    // blame is a failure of the cells in this column.
    Failure blame(Failure failure, const ColumnRef& column, const WrongRows& rows) const;
    // textsIn gives the rows of the frame with a text in a column, noDatesIn those with a number that is no date.
    WrongRows textsIn(const Column& column) const;
    WrongRows noDatesIn(const Column& column) const;

    // whole is the table without the filters, for what must not depend on them; columns that were read are not read again.
    Frame whole() const { return {table_, columns_, std::nullopt}; }
    // lastTimeIn is the last date or time of a column in the whole table, before any filter: what is in other cells is none.
    Result<std::optional<double>> lastTimeIn(const ColumnRef& column) const;

private:
    using Rows = std::optional<std::vector<std::uint32_t>>;
    Frame(TableHandle table, Columns columns, Rows some)
        : table_(std::move(table)), columns_(std::move(columns)), some_(std::move(some)) {}

    TableHandle table_;
    Columns columns_;
    Rows some_;  // the table rows that pass, in their order; without filters all rows do
};

}  // namespace calckpi
