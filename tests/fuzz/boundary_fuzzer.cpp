// The add-in as Calc calls it, without an office: any name, any arguments, ranges and strange things among them.
#include "addin/functions/conversion.hpp"
#include "addin/functions/functions.hpp"
#include "core/kpis/catalog.hpp"
#include "tests/addin/fake_office.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/properties.hpp"

#include <com/sun/star/awt/Point.hpp>
#include <com/sun/star/reflection/InvocationTargetException.hpp>
#include <com/sun/star/table/CellContentType.hpp>
#include <com/sun/star/uno/RuntimeException.hpp>
#include <rtl/ref.hxx>

#include <algorithm>
#include <bit>

namespace calckpi::fuzz {
namespace {

using namespace addin;
using css::uno::Any;
using css::uno::Reference;
using css::uno::Sequence;
using rtl::OUString;

// oddText may hold halves of letters, which no UTF-8 can say.
OUString oddText(Input& input) {
    std::vector<sal_Unicode> units;
    for (std::size_t left = input.below(8); left > 0; --left) units.push_back(input.bytes().ConsumeIntegral<sal_Unicode>());
    return {units.data(), static_cast<sal_Int32>(units.size())};
}

// strange is what an Any may hold and Calc does not pass today.
Any strange(Input& input, int depth = 0) {
    switch (input.below(depth < 3 ? 15 : 12)) {
        case 0: return {};
        case 1: return Any(true);
        case 2: return Any(static_cast<sal_Int16>(-1));
        case 3: return Any(sal_Int64{1} << 62);
        case 4: return Any(std::bit_cast<double>(0x7ff8'0000'0000'0214));  // an error cell inside a formula's array
        case 5: return Any(std::numeric_limits<double>::infinity());
        case 6: return Any(oddText(input));
        case 7: return Any(css::awt::Point(1, 2));
        case 8: return Any(css::table::CellContentType_TEXT);
        case 9: return Any(Reference<css::uno::XInterface>());
        case 10: return Any(newFakeDocument());
        case 11: return Any(cppu::UnoType<OUString>::get());
        case 12: {
            Sequence<Any> list(static_cast<sal_Int32>(input.below(4)));
            for (Any& each : list) each = strange(input, depth + 1);
            return Any(list);
        }
        case 13: return Any(Sequence<double>(static_cast<sal_Int32>(input.below(4))));
        default: {
            Sequence<Sequence<Any>> rows(static_cast<sal_Int32>(input.below(4)));
            for (Sequence<Any>& row : rows) {
                row.realloc(static_cast<sal_Int32>(input.below(4)));
                for (Any& each : row) each = strange(input, depth + 1);
            }
            return Any(rows);
        }
    }
}

Any fromCell(Input& input, const Cell& cell) {
    if (input.oneIn(64)) return strange(input, 3);
    if (const double* number = std::get_if<double>(&cell)) return Any(*number);
    if (const std::string* text = std::get_if<std::string>(&cell)) return Any(fromUtf8(*text));
    if (std::holds_alternative<CellError>(cell)) return {};
    return Any(OUString());
}

struct ToAny {
    Input& input;
    Any operator()(Absent) const { return {}; }
    Any operator()(double number) const { return Any(number); }
    Any operator()(const std::string& text) const { return Any(fromUtf8(text)); }
    Any operator()(const Grid& grid) const {
        Sequence<Sequence<Any>> rows(static_cast<sal_Int32>(grid.rows));
        for (std::size_t row = 0; row < grid.rows; ++row) {
            Sequence<Any> cells(static_cast<sal_Int32>(grid.columns));
            for (std::size_t column = 0; column < grid.columns; ++column)
                cells.getArray()[column] = fromCell(input, grid.at(row, column));
            rows.getArray()[row] = cells;
        }
        return Any(rows);
    }
    Any operator()(const Rows& table) const {
        FakeSheet sheet;
        for (const std::vector<Cell>& row : table) {
            std::vector<Any>& cells = sheet.rows.emplace_back();
            for (const Cell& cell : row) cells.push_back(fromCell(input, cell));
        }
        if (input.oneIn(8)) sheet.error = static_cast<std::int32_t>(input.below(0x10000));
        FakePlace place{.column = static_cast<std::int32_t>(input.below(4)), .row = static_cast<std::int32_t>(input.below(4))};
        place.wholeColumns = input.oneIn(2);
        place.twoSheets = input.oneIn(64);
        return Any(newFakeRange(std::move(sheet), place));
    }
};

// asCalcPasses gives the arguments in the order of the function's method: the document first if it is asked for, and as many as the
// method has if there are no more.
Sequence<Any> asCalcPasses(Input& input, const Function& function, const std::vector<Given>& given) {
    std::vector<Any> values;
    if (function.takesDocument()) values.emplace_back(input.oneIn(16) ? strange(input) : Any(newFakeDocument()));
    for (const Given& each : given) values.push_back(input.oneIn(32) ? strange(input) : std::visit(ToAny{input}, each));
    std::size_t places = function.takesDocument() ? 1 : 0;
    for (const Parameter& parameter : function.parameters()) places += placesOf(parameter.kind);
    values.resize(std::max(values.size(), places));
    return {values.data(), static_cast<sal_Int32>(values.size())};
}

// requireShown: what Calc can show in a cell.
void requireShown(const Any& value, std::string_view where) {
    if (double number = 0; value >>= number) {
        // An error is a NaN with Calc's number of it; infinity would show as a number.
        require(!std::isinf(number), "a number is finite or an error", where);
        if (std::isnan(number)) {
            const auto bits = std::bit_cast<std::uint64_t>(number);
            require((bits >> 32U) == 0x7ff8'0000 && (bits & 0xffff'ffffU) != 0 && (bits & 0xffff'ffffU) <= 0xffff,
                    "an error has Calc's number", where);
        }
        return;
    }
    require(value.getValueTypeClass() == css::uno::TypeClass_STRING, "a cell is a number or a text", where);
}

void requireAnswer(const Any& answer, std::string_view where) {
    Sequence<Sequence<Any>> rows;
    if (!(answer >>= rows)) return requireShown(answer, where);
    require(rows.getLength() > 0, "a table is not empty", where);
    for (const Sequence<Any>& row : rows) {
        require(row.getLength() == rows[0].getLength(), "a table is a rectangle", where);
        for (const Any& cell : row) requireShown(cell, where);
    }
}

const Reference<css::uno::XComponentContext>& context() {
    static const Reference<css::uno::XComponentContext> made = newFakeContext();
    return made;
}

Functions& functions() {
    static const rtl::Reference<Functions> made(new Functions({catalog(), "org.calckpi.Kpi", "org.calckpi.XKpi"}, context()));
    return *made;
}

Any call(const OUString& name, const Sequence<Any>& arguments) {
    Sequence<sal_Int16> indexes;
    Sequence<Any> out;
    return functions().invoke(name, arguments, indexes, out);
}

// checkFunction: a function of the catalog answers. Only a range that cannot be read as a table is an exception.
void checkFunction(Input& input) {
    const Function& function = input.function();
    const std::vector<Given> given = input.arguments(function);
    const Sequence<Any> arguments = asCalcPasses(input, function, given);
    try {
        requireAnswer(call(fromUtf8(function.name()), arguments), function.name());
    } catch (const css::reflection::InvocationTargetException& exception) {
        const std::string message = toUtf8(exception.Message);
        require(message == "a table lies on one sheet", message, function.name());
    }
}

// checkName: any other method either answers or says that it is not there.
void checkName(Input& input) {
    static constexpr std::string_view names[] = {"getTypes",
                                                 "getImplementationId",
                                                 "getImplementationName",
                                                 "getSupportedServiceNames",
                                                 "supportsService",
                                                 "winrate",
                                                 "WINRATE ",
                                                 ""};
    const OUString name = input.oneIn(2) ? oddText(input) : fromUtf8(input.pick(names));
    Sequence<Any> arguments(static_cast<sal_Int32>(input.below(4)));
    for (Any& each : arguments) each = strange(input);
    try {
        static_cast<void>(call(name, arguments));
    } catch (const css::reflection::InvocationTargetException&) {  // the adapter passes it on
    }
    static_cast<void>(functions().hasMethod(name));
}

}  // namespace
}  // namespace calckpi::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace calckpi::fuzz;
    Input input({data, size});
    if (input.below(16) == 15)
        checkName(input);
    else
        checkFunction(input);
    return 0;
}
