#include "addin/functions/conversion.hpp"

#include "addin/functions/error_value.hpp"
#include "addin/functions/range_table.hpp"

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/table/XCellRange.hpp>
#include <com/sun/star/util/Date.hpp>

#include <algorithm>
#include <cmath>

using css::uno::Any;
using css::uno::Reference;
using css::uno::Sequence;
using css::uno::UNO_QUERY;

namespace calckpi::addin {
namespace {

// cellOf takes a number, or the error that it stands for.
Cell cellOf(double number) {
    if (std::isfinite(number)) return number;
    return CellError{errorIn(number)};
}

Cell toCell(const Any& value) {
    if (double number = 0; value >>= number) return cellOf(number);
    // Calc gives an empty cell of a range as an empty text.
    if (rtl::OUString text; value >>= text) {
        if (text.isEmpty()) return Blank{};
        return toUtf8(text);
    }
    return Blank{};
}

Grid toGrid(const Sequence<Sequence<Any>>& rows) {
    Grid grid;
    grid.rows = static_cast<std::size_t>(rows.getLength());
    for (const Sequence<Any>& row : rows) grid.columns = std::max(grid.columns, static_cast<std::size_t>(row.getLength()));
    grid.cells.reserve(grid.rows * grid.columns);
    for (const Sequence<Any>& row : rows) {
        for (const Any& value : row) grid.cells.push_back(toCell(value));
        grid.cells.resize(grid.cells.size() + grid.columns - static_cast<std::size_t>(row.getLength()));
    }
    return grid;
}

Argument toArgument(const Any& value) {
    if (double number = 0; value >>= number) {
        if (std::isfinite(number)) return number;
        return Grid{1, 1, {cellOf(number)}};
    }
    if (rtl::OUString text; value >>= text) return toUtf8(text);
    if (Sequence<Sequence<Any>> rows; value >>= rows) return toGrid(rows);
    return Absent{};
}

}  // namespace

std::string toUtf8(const rtl::OUString& text) {
    // Most texts are ASCII, which needs no converter.
    const sal_Unicode* const begin = text.getStr();
    const sal_Unicode* const end = begin + text.getLength();
    if (std::all_of(begin, end, [](sal_Unicode unit) { return unit < 0x80; })) return {begin, end};
    const rtl::OString bytes = rtl::OUStringToOString(text, RTL_TEXTENCODING_UTF8);
    return {bytes.getStr(), static_cast<std::size_t>(bytes.getLength())};
}

rtl::OUString fromUtf8(std::string_view text) { return {text.data(), static_cast<sal_Int32>(text.size()), RTL_TEXTENCODING_UTF8}; }

NullDate nullDateOf(const Reference<css::uno::XInterface>& document) {
    using namespace std::chrono;
    css::util::Date date(30, 12, 1899);
    if (const Reference<css::beans::XPropertySet> settings(document, UNO_QUERY); settings.is())
        settings->getPropertyValue("NullDate") >>= date;
    return {sys_days(year(date.Year) / date.Month / date.Day)};
}

namespace {

// columnsNamed are the columns of a table that the arguments of a call name, but for those of its filters: these are read first,
// and of the others then what passes.
std::vector<std::size_t> columnsNamed(const Function& function, const std::vector<Argument>& arguments, const Table& table) {
    std::vector<std::size_t> columns;
    std::vector<std::size_t> filters;
    const auto add = [&](std::vector<std::size_t>& to, const Argument& argument) {
        Result<std::size_t> column = Fault::OutsideDomain;
        if (const auto* name = std::get_if<std::string>(&argument)) column = table.find(*name);
        if (const auto* number = std::get_if<double>(&argument)) column = table.find(*number);
        if (column) to.push_back(*column);
    };
    std::size_t place = 0;
    for (const Parameter& parameter : function.parameters()) {
        if (place >= arguments.size()) break;
        if (parameter.kind == Kind::Column) add(columns, arguments[place]);
        if (parameter.kind == Kind::Filters)
            for (; place < arguments.size(); place += 2) add(filters, arguments[place]);
        ++place;
    }
    std::erase_if(columns, [&](std::size_t column) { return std::find(filters.begin(), filters.end(), column) != filters.end(); });
    return columns;
}

}  // namespace

std::vector<Argument> toArguments(const Function& function, const Sequence<Any>& values,
                                  const Reference<css::uno::XComponentContext>& context) {
    std::vector<Argument> arguments;
    arguments.reserve(function.parameters().size());
    const Any* value = values.begin();
    Reference<css::uno::XInterface> document;
    if (function.takesDocument() && value != values.end()) *value++ >>= document;
    std::shared_ptr<RangeTable> table;
    for (const Parameter& parameter : function.parameters()) {
        for (std::size_t left = placesOf(parameter.kind); left > 0 && value != values.end(); --left, ++value) {
            if (parameter.kind != Kind::Table) {
                arguments.push_back(toArgument(*value));
                continue;
            }
            const Reference<css::table::XCellRange> range(*value, UNO_QUERY);
            if (range.is()) table = std::make_shared<RangeTable>(range, document, context);
            if (range.is())
                arguments.emplace_back(TableHandle(table));
            else
                arguments.emplace_back(Absent{});
        }
    }
    if (table) table->readTogether(columnsNamed(function, arguments, *table));
    return arguments;
}

namespace {

struct CellToAny {
    Any operator()(Blank) const { return Any(rtl::OUString()); }
    Any operator()(double number) const { return Any(number); }
    Any operator()(const std::string& text) const { return Any(fromUtf8(text)); }
    Any operator()(const Failure& failure) const { return Any(errorValue(failure)); }
};

struct OutcomeToAny {
    Any operator()(double number) const { return Any(number); }
    Any operator()(const std::string& text) const { return Any(fromUtf8(text)); }
    Any operator()(const OutputGrid& grid) const {
        Sequence<Sequence<Any>> rows(static_cast<sal_Int32>(grid.rows));
        for (std::size_t row = 0; row < grid.rows; ++row) {
            Sequence<Any> cells(static_cast<sal_Int32>(grid.columns));
            for (std::size_t column = 0; column < grid.columns; ++column)
                cells.getArray()[column] = std::visit(CellToAny(), grid.at(row, column));
            rows.getArray()[row] = cells;
        }
        return Any(rows);
    }
};

}  // namespace

Any toAny(const Result<Outcome>& result) {
    if (!result) return Any(errorValue(result.failure()));
    return std::visit(OutcomeToAny(), *result);
}

}  // namespace calckpi::addin
