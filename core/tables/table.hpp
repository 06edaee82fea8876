// Tables: columns of cells under headers, read one column at a time and typed once.
//
//   Result<ColumnHandle> status = table.use(column);   // a header's text or a position
//   if (!status) return status.failure();
#pragma once

#include "core/tables/culture.hpp"
#include "core/values/cell.hpp"
#include "core/values/result.hpp"
#include "core/values/text.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

namespace calckpi {

enum class CellKind : std::uint8_t { Blank, Number, Text, Error };

// What a cell that is no number is among numbers.
inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();
inline bool isMissing(double number) { return std::isnan(number); }

// Column holds the data cells of one table column, without its header. Equal texts are kept once and known by their index, so
// that whatever is asked of a text is asked once per text and not once per row.
//
// Numbers and texts lie apart, and a column that has none of a sort keeps no place for it: the usual column is of one sort, and a
// pass over a million rows takes as long as the memory it reads.
class Column {
public:
    struct ErrorCell {
        std::size_t row;
        std::uint16_t code;
        friend bool operator==(const ErrorCell&, const ErrorCell&) = default;
    };
    static constexpr std::uint32_t noText = 0;  // the text index of a cell that is no text; texts()[0] is empty

    void reserve(std::size_t rows) { kinds_.reserve(rows); }
    void addBlank() { add(CellKind::Blank, missing, noText); }
    void addBlanks(std::size_t count);
    void addNumber(double number) {
        if (!hasNumbers_) startWith(missing, numbers_, hasNumbers_);
        add(CellKind::Number, number, noText);
    }
    void addText(std::string_view text);  // one of blanks alone, or of nothing, is a blank cell
    // addTextAgain is addText for a text that the column has: texts()[index], but for the empty one.
    void addTextAgain(std::size_t index) { add(CellKind::Text, missing, static_cast<std::uint32_t>(index)); }
    void addError(std::uint16_t code);

    std::size_t rows() const { return kinds_.size(); }
    CellKind kind(std::size_t row) const { return kinds_[row]; }
    bool hasNumbers() const { return hasNumbers_; }
    bool hasTexts() const { return hasTexts_; }
    // number may be asked for in a column that has numbers, textIndex in one that has texts: there each row has one.
    double number(std::size_t row) const { return numbers_[row]; }
    std::uint32_t textIndex(std::size_t row) const { return textIndexes_[row]; }
    // The same of all rows; empty if no row has one.
    std::span<const double> numbers() const { return numbers_; }
    std::span<const std::uint32_t> textIndexes() const { return textIndexes_; }
    const std::vector<std::string>& texts() const { return texts_; }
    // firstError is the topmost error cell, if there is one.
    const std::optional<ErrorCell>& firstError() const { return firstError_; }

private:
    void add(CellKind kind, double number, std::uint32_t textIndex) {
        kinds_.push_back(kind);
        if (hasNumbers_) numbers_.push_back(number);
        if (hasTexts_) textIndexes_.push_back(textIndex);
    }
    // startWith gives the rows so far their place in a list that is needed from the next row on.
    template <class T>
    void startWith(T none, std::vector<T>& list, bool& has) {
        has = true;
        list.reserve(kinds_.capacity());
        list.assign(rows(), none);
    }
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    std::vector<CellKind> kinds_;
    bool hasNumbers_ = false;
    bool hasTexts_ = false;
    std::vector<double> numbers_;
    std::vector<std::uint32_t> textIndexes_;
    std::vector<std::string> texts_ = {""};
    std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> indexOfText_;
    std::optional<ErrorCell> firstError_;
};

// errorsIn gives the rows of a column with an error cell.
WrongRows errorsIn(const Column& cells);

using ColumnHandle = std::shared_ptr<const Column>;

// ColumnRef names a table's column by its header's text or its position, counted from 1.
using ColumnRef = std::variant<std::string, double>;

// Table is where columns come from: a range of a sheet, or a block in memory in the tests. Only the columns that are asked for
// are read.
class Table {
public:
    Table() = default;
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;
    virtual ~Table() = default;

    virtual std::size_t rows() const = 0;  // data rows, without the header
    virtual const std::vector<std::string>& headers() const = 0;
    // culture is that of the table's document.
    virtual const Culture& culture() const = 0;

    // find gives the index of a column. Case and blanks of a header do not matter; one that is not there, or there twice, is
    // outside the domain, and the failure says which of the two.
    Result<std::size_t> find(const ColumnRef& column) const;
    // use reads a column; an error cell in it is a fault that says where it is.
    Result<ColumnHandle> use(const ColumnRef& column) const;
    // The same for those who look at some rows alone, in their order: cells of others may be blank in it, whatever they hold.
    // Errors in them are faults all the same.
    Result<ColumnHandle> use(const ColumnRef& column, std::span<const std::uint32_t> rows) const;
    // look reads a column as it is, error cells included.
    ColumnHandle look(std::size_t index) const { return read(index); }

protected:
    virtual ColumnHandle read(std::size_t index) const = 0;
    // readRows reads some rows of a column, where that takes less than reading all of them: see `use`. One with error cells is read
    // as a whole.
    virtual ColumnHandle readRows(std::size_t index, std::span<const std::uint32_t>) const { return read(index); }

private:
    Result<ColumnHandle> unlessErrors(std::size_t index, ColumnHandle cells) const;
};

using TableHandle = std::shared_ptr<const Table>;

// Columns reads the columns of a table that are asked for, each once however often it is asked for. Copies share what they read.
class Columns {
public:
    explicit Columns(const Table& table) : table_(&table) {}
    const Table& table() const { return *table_; }
    Result<ColumnHandle> use(const ColumnRef& column) const;
    // Of some rows of a column. Whoever asks again asks for these rows, or for some of them.
    Result<ColumnHandle> use(const ColumnRef& column, std::span<const std::uint32_t> rows) const;

private:
    using ByIndex = std::unordered_map<std::size_t, ColumnHandle>;
    struct Read {
        ByIndex whole;
        ByIndex inRows;
    };

    const Table* table_;
    std::shared_ptr<Read> read_ = std::make_shared<Read>();
};

// Words are texts or numbers that are looked for in cells: states, stages. A text is found whatever its case and blanks; a number
// and the text of its digits are the same: exports hold flags as either. Numbers are equal as Calc's = has it.
class Words {
public:
    void add(const Cell& word);  // an empty cell is no word
    // readIn lets texts find cells as they do in a criterion of SUMIFS: "TRUE" a true cell, "1" a 1, as the document reads
    // them.
    Words readIn(const Culture& culture) const;

    std::size_t size() const { return words_.size(); }
    // Which word a cell is, the first of those that are the same; size() if it is none of them.
    std::size_t ofText(std::string_view text) const { return ofKey(folded(text)); }
    std::size_t ofKey(std::string_view folded) const;
    std::size_t ofNumber(double number) const;
    bool hasText(std::string_view text) const { return ofText(text) < size(); }
    bool hasNumber(double number) const { return ofNumber(number) < size(); }
    bool overlaps(const Words& other) const;

protected:
    struct Word {
        std::string key;  // folded
        double number = missing;
        bool is(const Word& other) const;
    };
    std::vector<Word> words_;
};

// Values is a list of texts or numbers that a status may be: one of them, or an array or range of them.
class Values : public Words {
public:
    explicit Values(const std::vector<Cell>& values);
    bool empty() const { return words_.empty(); }
    // areAnEmptyCell is true for a lone 0 that is nowhere in the column they are looked for: Calc hands a reference to an empty
    // cell over as 0.
    bool areAnEmptyCell(const Column& lookedForIn) const;
    bool are0() const { return size() == 1 && words_.front().key == "0"; }  // and nothing else
};

// Stages is an ordered list of texts: the steps of a funnel. A text that is there twice is two steps.
struct Stages {
    std::vector<std::string> names;  // as given, trimmed
    std::vector<std::string> keys;   // folded: what texts are compared by
    std::size_t size() const { return names.size(); }
};

// wordsFor makes words of texts to be looked for in a column, where numbers are found as well.
Words wordsFor(const std::vector<std::string>& texts, const Column& column, const Culture& culture);

}  // namespace calckpi
