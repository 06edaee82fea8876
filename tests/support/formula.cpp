#include "tests/support/formula.hpp"

#include "tests/support/memory_table.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <optional>
#include <stdexcept>
#include <string>

namespace calckpi::support {
namespace {

Cell sampleCell(std::string_view typed) {
    if (typed.empty()) return Blank{};
    if (const std::optional<double> date = serialOfIsoDate(typed)) return *date;
    if (const std::optional<double> number = plainNumber(typed)) return *number;
    return std::string(typed);
}

// Area is a block of the sample sheet, counted from 0; the last row and column are in it.
struct Area {
    std::size_t firstColumn = 0;
    std::size_t firstRow = 0;
    std::size_t lastColumn = 0;
    std::size_t lastRow = 0;
};

template <class Lines>
TestSheet sheetOf(std::string_view name, const Lines& lines) {
    TestSheet made{.name = std::string(name), .rows = {}};
    for (const auto& line : lines) {
        made.rows.emplace_back();
        for (const std::string_view typed : line) made.rows.back().push_back(sampleCell(typed));
    }
    return made;
}
const TestSheet& sampleSheet() {
    static const TestSheet sheet = sheetOf(samples::dealsSheet, samples::deals);
    return sheet;
}
const TestSheet& ordersSheet() {
    static const TestSheet sheet = sheetOf(samples::ordersSheet, samples::orders());
    return sheet;
}

Rows rowsOf(const TestSheet& sheet, const Area& area) {
    Rows rows;
    for (std::size_t row = area.firstRow; row <= area.lastRow; ++row) {
        const std::vector<Cell>& cells = sheet.rows[row];
        rows.emplace_back(cells.begin() + static_cast<std::ptrdiff_t>(area.firstColumn),
                          cells.begin() + static_cast<std::ptrdiff_t>(area.lastColumn) + 1);
    }
    return rows;
}

// gridOf hands an area over as Calc does where a function takes any value: a single cell as its value, an empty one as 0.
Argument gridOf(const Rows& rows) {
    Grid grid{.rows = rows.size(), .columns = rows.front().size(), .cells = {}};
    for (const std::vector<Cell>& row : rows) grid.cells.insert(grid.cells.end(), row.begin(), row.end());
    if (grid.cells.size() > 1) return grid;
    if (const double* number = std::get_if<double>(&grid.cells.front())) return *number;
    if (const std::string* text = std::get_if<std::string>(&grid.cells.front())) return *text;
    return 0.0;
}

// FormulaReader reads a formula from left to right; each take… function consumes what it returns.
class FormulaReader {
public:
    FormulaReader(std::string_view formula, const TestSheet& sheet)
        : formula_(formula), rest_(formula), asked_(sheet), sheet_(&sheet) {}

    ReadFormula read() {
        expect('=');
        const bool cellOfTable = peek().starts_with("INDEX(");
        if (cellOfTable) rest_.remove_prefix(std::string_view("INDEX(").size());
        ReadFormula result = takeCall();
        if (cellOfTable) {
            expect(';');
            const std::size_t row = takePosition();
            expect(';');
            result.cell = {row, takePosition()};
            expect(')');
        }
        if (!peek().empty()) fail("something follows the call");
        return result;
    }

    Result<Outcome> compute() {
        const ReadFormula formula = read();
        const Result<Outcome> result = formula.function->call(formula.arguments);
        if (!result || !formula.cell) return result;
        return cellAt(*result, formula.cell->first, formula.cell->second);
    }

private:
    ReadFormula takeCall() {
        if (constexpr std::string_view space = "ORG.CALCKPI.KPI."; peek().starts_with(space)) rest_.remove_prefix(space.size());
        const std::string_view name = takeWord();
        const Function* function = find(name);
        if (function == nullptr) fail("no function " + std::string(name));
        expect('(');
        ReadFormula call{.function = function};
        if (!accept(')')) {
            do {
                const std::string_view from = peek();
                call.arguments.push_back(takeArgument(kindOf(*function, call.arguments.size())));
                call.written.emplace_back(from.substr(0, from.size() - rest_.size()));
            } while (accept(';'));
            expect(')');
        }
        return call;
    }

    // A row or column, counted from 1.
    std::size_t takePosition() {
        const double position = takeNumber();
        if (!(position >= 1 && position <= 1e6) || position != std::floor(position))
            fail("a row or column is a whole number from 1");
        return static_cast<std::size_t>(position);
    }

    Result<Outcome> cellAt(const Outcome& outcome, std::size_t row, std::size_t column) const {
        const OutputGrid* grid = std::get_if<OutputGrid>(&outcome);
        if (grid == nullptr) fail("INDEX takes a cell of a table");
        if (row > grid->rows || column > grid->columns) fail("no such cell in the table");
        const OutputCell& cell = grid->at(row - 1, column - 1);
        if (const double* number = std::get_if<double>(&cell)) return *number;
        if (const std::string* text = std::get_if<std::string>(&cell)) return *text;
        if (const Failure* failure = std::get_if<Failure>(&cell)) return *failure;
        fail("the cell is empty");
    }

    static Kind kindOf(const Function& function, std::size_t index) {
        const std::span<const Parameter> parameters = function.parameters();
        return index < parameters.size() ? parameters[index].kind : Kind::Value;
    }

    Argument takeArgument(Kind kind) {
        if (next() == ';' || next() == ')') return Absent{};
        if (next() == '"') return takeText();
        if (next() == '{') return takeArray();
        const TestSheet& other = ordersSheet();
        for (const TestSheet* sheet : {&asked_, &other}) {
            if (!peek().substr(next() == '$' ? 1 : 0).starts_with(sheet->name + '.')) continue;
            sheet_ = sheet;
            const Rows rows = rowsOf(*sheet_, takeReference());
            if (kind == Kind::Table) return std::make_shared<const MemoryTable>(rows);
            return gridOf(rows);
        }
        if (accept(asked_.name)) {
            if (next() != ';' && next() != ')') fail("the whole sheet is a table");
            return std::make_shared<const MemoryTable>(asked_.rows);
        }
        return takeSum();
    }

    // Numbers joined by plus signs: DATE(2026;1;5)+TIME(9;30;0).
    double takeSum() {
        double sum = takeTerm();
        while (accept('+')) sum += takeTerm();
        return sum;
    }

    double takeTerm() {
        if (next() < 'A' || next() > 'Z') return takeNumber();
        const std::string_view name = takeWord();
        expect('(');
        const double first = takeNumber();
        expect(';');
        const double second = takeNumber();
        expect(';');
        const double third = takeNumber();
        expect(')');
        if (name == "DATE") return date(first, second, third);
        if (name == "TIME") return (first * 60 + second) / (24 * 60) + third / (24 * 60 * 60);
        fail("no nested function " + std::string(name));
    }

    double date(double year, double month, double day) const {
        char text[16];
        std::snprintf(text, sizeof text, "%04.0f-%02.0f-%02.0f", year, month, day);
        const std::optional<double> serial = serialOfIsoDate(text);
        if (!serial) fail("no such date");
        return *serial;
    }

    double takeNumber() {
        std::size_t size = 0;
        const std::string_view from = peek();
        const auto take = [&](std::string_view letters) {
            const std::size_t before = size;
            while (size < from.size() && letters.find(from[size]) != std::string_view::npos) ++size;
            return size > before;
        };
        const auto takeOne = [&](std::string_view letters) {
            const bool there = size < from.size() && letters.find(from[size]) != std::string_view::npos;
            size += there ? 1 : 0;
            return there;
        };
        constexpr std::string_view digits = "0123456789";
        takeOne("+-");
        take(digits);
        if (takeOne(".")) take(digits);
        if (takeOne("eE")) {
            takeOne("+-");
            take(digits);
        }
        const std::optional<double> number = plainNumber(from.substr(0, size));
        if (!number) fail("a number is expected");
        rest_ = from.substr(size);
        return *number;
    }

    std::string takeText() {
        expect('"');
        std::string text;
        while (true) {
            const std::size_t quote = rest_.find('"');
            if (quote == std::string_view::npos) fail("a text has no end");
            text += rest_.substr(0, quote);
            rest_.remove_prefix(quote + 1);
            if (!rest_.starts_with('"')) return text;
            text += '"';
            rest_.remove_prefix(1);
        }
    }

    Grid takeArray() {
        expect('{');
        Grid grid;
        do {
            const std::size_t before = grid.cells.size();
            do grid.cells.push_back(takeArrayCell());
            while (accept(';'));
            const std::size_t columns = grid.cells.size() - before;
            if (grid.rows > 0 && columns != grid.columns) fail("the rows of an array have different lengths");
            grid.columns = columns;
            ++grid.rows;
        } while (accept('|'));
        expect('}');
        return grid;
    }

    // An array has no way to write an empty cell; the catalog writes "".
    Cell takeArrayCell() {
        if (next() != '"') return takeNumber();
        std::string text = takeText();
        if (text.empty()) return Blank{};
        return text;
    }

    // Deals.A1:G13, Deals.A:G, Deals.E2.
    Area takeReference() {
        accept('$');
        takeWord();
        expect('.');
        Area area;
        const bool wholeColumns = !takeAddress(area.firstColumn, area.firstRow);
        area.lastColumn = area.firstColumn;
        area.lastRow = area.firstRow;
        if (accept(':')) {
            const bool alsoWhole = !takeAddress(area.lastColumn, area.lastRow);
            if (wholeColumns != alsoWhole) fail("a range has two whole columns or two cells");
        } else if (wholeColumns) {
            fail("a column alone is no range");
        }
        if (wholeColumns) area.lastRow = sheet_->rows.size() - 1;
        if (area.lastColumn < area.firstColumn || area.lastRow < area.firstRow) fail("a range ends before it starts");
        return area;
    }

    // True if the address names a row as well.
    bool takeAddress(std::size_t& column, std::size_t& row) {
        accept('$');
        const char letter = next();
        if (letter < 'A' || letter >= static_cast<char>('A' + std::min<std::size_t>(sheet_->rows.front().size(), 26)))
            fail("no such column on the sheet");
        column = static_cast<std::size_t>(letter - 'A');
        rest_ = peek().substr(1);
        if (rest_.starts_with('$')) rest_.remove_prefix(1);
        if (rest_.empty() || rest_.front() < '0' || rest_.front() > '9') return false;
        const double number = takeNumber();
        if (!(number >= 1 && number <= static_cast<double>(sheet_->rows.size()))) fail("no such row on the sheet");
        row = static_cast<std::size_t>(number) - 1;
        return true;
    }

    std::string_view takeWord() {
        const std::string_view from = peek();
        const auto end = std::find_if_not(from.begin(), from.end(), [](char letter) {
            return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
        });
        const auto size = static_cast<std::size_t>(end - from.begin());
        if (size == 0) fail("a name is expected");
        rest_ = from.substr(size);
        return from.substr(0, size);
    }

    std::string_view peek() {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size()));
        return rest_;
    }
    char next() { return peek().empty() ? '\0' : peek().front(); }
    bool accept(std::string_view word) {
        if (!peek().starts_with(word)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }
    bool accept(char letter) {
        if (next() != letter) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void expect(char letter) {
        if (!accept(letter)) fail(std::string("expected ") + letter);
    }
    [[noreturn]] void fail(const std::string& why) const {
        throw std::invalid_argument(std::string(formula_) + " cannot be read at \"" + std::string(rest_) + "\": " + why);
    }

    std::string_view formula_;
    std::string_view rest_;
    const TestSheet& asked_;
    const TestSheet* sheet_;  // that of the reference being read
};

}  // namespace

Result<Outcome> evaluate(std::string_view formula) { return evaluate(formula, sampleSheet()); }

Result<Outcome> evaluate(std::string_view formula, const TestSheet& sheet) { return FormulaReader(formula, sheet).compute(); }

ReadFormula readFormula(std::string_view formula) { return FormulaReader(formula, sampleSheet()).read(); }

ReadFormula readFormula(std::string_view formula, const TestSheet& sheet) { return FormulaReader(formula, sheet).read(); }

Result<Outcome> call(std::string_view name, const std::vector<Argument>& arguments) {
    const Function* function = find(name);
    if (function == nullptr) throw std::invalid_argument("no function " + std::string(name));
    return function->call(arguments);
}

Grid row(std::vector<Cell> cells) {
    const std::size_t columns = cells.size();
    return {.rows = 1, .columns = columns, .cells = std::move(cells)};
}

Grid column(std::vector<Cell> cells) {
    const std::size_t rows = cells.size();
    return {.rows = rows, .columns = 1, .cells = std::move(cells)};
}

Grid range(const std::vector<double>& numbers) {
    std::vector<Cell> cells;
    cells.reserve(numbers.size());
    for (const double number : numbers) cells.push_back(std::isnan(number) ? Cell(Blank{}) : Cell(number));
    return column(std::move(cells));
}

}  // namespace calckpi::support
