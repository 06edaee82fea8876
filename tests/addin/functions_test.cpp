#include "addin/functions/functions.hpp"

#include "addin/functions/conversion.hpp"
#include "addin/functions/error_value.hpp"
#include "core/kpis/catalog.hpp"
#include "tests/addin/fake_office.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <com/sun/star/reflection/InvocationTargetException.hpp>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <rtl/ref.hxx>

namespace calckpi::addin {
namespace {

using css::uno::Any;
using css::uno::Sequence;
using rtl::OUString;

Sequence<Any> values(std::initializer_list<Any> list) { return {list.begin(), static_cast<sal_Int32>(list.size())}; }

Any text(const char* utf8) { return Any(fromUtf8(utf8)); }

Any column(std::initializer_list<Any> cells) {
    Sequence<Sequence<Any>> rows(static_cast<sal_Int32>(cells.size()));
    sal_Int32 row = 0;
    for (const Any& cell : cells) rows.getArray()[row++] = Sequence<Any>(&cell, 1);
    return Any(rows);
}

class FunctionsTest : public testing::Test {
protected:
    Any call(const char* name, const Sequence<Any>& arguments) {
        Sequence<sal_Int16> indexes;
        Sequence<Any> out;
        return functions_->invoke(OUString::createFromAscii(name), arguments, indexes, out);
    }
    double number(const char* name, const Sequence<Any>& arguments) {
        double result = 0;
        EXPECT_TRUE(call(name, arguments) >>= result) << name;
        return result;
    }
    void expectFault(Fault fault, const char* name, const Sequence<Any>& arguments) {
        EXPECT_EQ(std::bit_cast<std::uint64_t>(number(name, arguments)), std::bit_cast<std::uint64_t>(errorValue(fault))) << name;
    }

    // winRate is DWINRATE over a range with the columns stage and amount.
    double winRate(const FakeSheet& sheet, FakePlace place = {}) {
        return number("DWINRATE", values({Any(newFakeDocument()), Any(newFakeRange(sheet, place)), text("stage"), text("Won"),
                                          text("Lost"), Any()}));
    }

    rtl::Reference<Functions> functions_{new Functions({catalog(), "org.calckpi.Kpi", "org.calckpi.XKpi"}, newFakeContext())};
};

FakeSheet deals() {
    return {{{text("stage"), text("amount")}, {text("Won"), Any(10.0)}, {text("Lost"), text("")}, {text("Won"), Any(5.0)}}};
}

TEST_F(FunctionsTest, ValueOfEachKindOfScalar) {
    EXPECT_DOUBLE_EQ(number("WINRATE", values({Any(3.0), Any(7.0), Any()})), 0.3);
    EXPECT_DOUBLE_EQ(number("WINRATE", values({Any(3.0), Any(7.0), Any(90.0)})), 0.03);
    EXPECT_DOUBLE_EQ(number("WINRATE", values({Any(3.0), Any(7.0)})), 0.3);
    EXPECT_DOUBLE_EQ(
        number("FORECASTERROR", values({column({Any(1000.0), Any(10.0)}), column({Any(950.0), Any(25.0)}), text("MAPE"), Any()})),
        0.775);
}

TEST_F(FunctionsTest, ValueOfASeriesSkipsEmptyCells) {
    EXPECT_DOUBLE_EQ(number("CAC", values({column({Any(30000.0), text(""), Any(70000.0)}), Any(400.0)})), 250.0);
    EXPECT_DOUBLE_EQ(number("CAC", values({Any(100000.0), Any(400.0)})), 250.0);
}

TEST_F(FunctionsTest, RefusalOfTextInASeries) {
    expectFault(Fault::NotANumber, "CAC", values({column({Any(1.0), text("n/a")}), Any(400.0)}));
    expectFault(Fault::NotANumber, "CAC", values({text("n/a"), Any(400.0)}));
    expectFault(Fault::NotANumber, "WINRATE", values({Any(3.0), Any(7.0), text("many")}));
}

TEST_F(FunctionsTest, RefusalOfWhatIsNoValueAtAll) {
    expectFault(Fault::OutsideDomain, "WINRATE", values({Any(css::uno::Reference<css::uno::XInterface>()), Any(7.0)}));
    expectFault(Fault::OutsideDomain, "WINRATE", {});
    expectFault(Fault::OutsideDomain, "DWINRATE", values({Any(), Any(), text("stage"), text("won"), text("lost"), Any()}));
    expectFault(Fault::OutsideDomain, "DWINRATE", {});
    expectFault(Fault::NotANumber, "WINRATE", values({Any(std::numeric_limits<double>::quiet_NaN()), Any(7.0)}));
    expectFault(Fault::NotFinite, "WINRATE", values({Any(std::numeric_limits<double>::infinity()), Any(7.0)}));
}

// An array that a formula computes, {=CAC(A1:A3/B1:B3;400)}, holds its errors as Calc keeps them inside.
TEST_F(FunctionsTest, ValueOfAnErrorInAnArrayIsThatError) {
    const Any error(errorValue(Fault::DivideByZero));
    expectFault(Fault::DivideByZero, "CAC", values({column({Any(30000.0), error}), Any(400.0)}));
    expectFault(Fault::DivideByZero, "WINRATE", values({Any(3.0), Any(7.0), error}));
    expectFault(Fault::DivideByZero, "WINRATE", values({Any(3.0), Any(7.0), column({error})}));
    const double infinity = std::numeric_limits<double>::infinity();
    for (const double count : {infinity, -infinity})
        expectFault(Fault::NotFinite, "FUNNEL",
                    values({column({text("Demo"), text("Won")}), column({Any(count), Any(count)}), Any(), Any()}));
}

TEST_F(FunctionsTest, EdgeOfRaggedAndEmptyRows) {
    Sequence<Sequence<Any>> ragged(3);
    ragged.getArray()[0] = values({Any(30000.0), Any(50000.0)});
    ragged.getArray()[1] = values({Any(20000.0)});
    EXPECT_DOUBLE_EQ(number("CAC", values({Any(ragged), Any(400.0)})), 250.0);
    expectFault(Fault::NothingToCompute, "CAC", values({Any(Sequence<Sequence<Any>>()), Any(400.0)}));
}

TEST_F(FunctionsTest, ValueOfTextKeepsEveryLetter) {
    for (const char* word : {"Gagné", "Câștigată", "ربح", "🏆 won", ""}) EXPECT_EQ(toUtf8(fromUtf8(word)), word);
}

TEST_F(FunctionsTest, ValueOfARangeIsThatOfItsUsedRows) {
    EXPECT_DOUBLE_EQ(winRate(deals()), 2.0 / 3);
    EXPECT_DOUBLE_EQ(winRate(deals(), {.column = 2, .row = 5}), 2.0 / 3);
    EXPECT_DOUBLE_EQ(winRate(deals(), {.wholeColumns = true}), 2.0 / 3);
}

TEST_F(FunctionsTest, RefusalOfARangeOverTwoSheets) {
    EXPECT_THROW(winRate(deals(), {.twoSheets = true}), css::reflection::InvocationTargetException);
}

TEST_F(FunctionsTest, ValueOfFiltersIsThatOfThePairsGiven) {
    const auto filtered = [this](std::initializer_list<Any> filters) {
        std::vector<Any> all = {
            Any(newFakeDocument()), Any(newFakeRange(deals())), text("stage"), text("Won"), text("Lost"), Any()};
        all.insert(all.end(), filters);
        all.resize(6 + placesOf(Kind::Filters));  // Calc fills up what is left out
        return number("DWINRATE", {all.data(), static_cast<sal_Int32>(all.size())});
    };
    EXPECT_DOUBLE_EQ(filtered({}), 2.0 / 3);
    EXPECT_DOUBLE_EQ(filtered({text("amount"), Any(10.0)}), 1);
    EXPECT_DOUBLE_EQ(filtered({Any(), Any(), text("stage"), text("Lost")}), 0);
}

// The document of the tests counts from 1904-01-01, on which 2026-01-09, a Friday, is day 44569.
TEST_F(FunctionsTest, ValueOfDatesIsByTheDocumentThatCalls) {
    const double friday = 44569;
    const auto hours = [&](const Any& document, double first) {
        return 24 * number("BUSINESSTIME", values({document, Any(first + 16.5 / 24), Any(first + 3 + 9.5 / 24)}));
    };
    EXPECT_NEAR(hours(Any(newFakeDocument()), friday), 1, 1e-6);
    EXPECT_NEAR(hours(Any(), friday + 1462), 1, 1e-6);  // from 1899-12-30
}

TEST_F(FunctionsTest, ValueOfAnErrorCellIsItsError) {
    FakeSheet sheet = deals();
    sheet.rows[2][0] = Any();
    sheet.error = 524;  // #REF!
    EXPECT_EQ(std::bit_cast<std::uint64_t>(winRate(sheet)) & 0xffff'ffffU, 524U);
}

// Passed on, 0 or what is no number of an error would be a NaN that Calc shows as a value.
TEST_F(FunctionsTest, EdgeOfACellThatIsNothingCalcKnowsIsAnError) {
    FakeSheet sheet = deals();
    sheet.rows[2][0] = Any(true);  // Calc has no such cells; getError gives 0
    EXPECT_EQ(std::bit_cast<std::uint64_t>(winRate(sheet)) & 0xffff'ffffU, 519U);
    sheet.rows[2][0] = Any();
    sheet.error = 0x10000;
    EXPECT_EQ(std::bit_cast<std::uint64_t>(winRate(sheet)) & 0xffff'ffffU, 519U);
}

TEST_F(FunctionsTest, RefusalOfAnUnknownNameIsAnExceptionTheAdapterLetsThrough) {
    EXPECT_THROW(call("NOSUCHFUNCTION", {}), css::reflection::InvocationTargetException);
}

TEST_F(FunctionsTest, PropertyOfEveryFunctionAnswersAnyArgumentsWithoutAnException) {
    const Any strange[] = {Any(),    Any(0.0), Any(-1.0), Any(1e308), text(""), text("won"), column({Any(1.0), text("x"), Any()}),
                           Any(true)};
    for (const Function& function : catalog()) {
        EXPECT_TRUE(functions_->hasMethod(fromUtf8(function.name())));
        for (const Any& each : strange) {
            std::size_t count = function.takesDocument() ? 1 : 0;
            for (const Parameter& parameter : function.parameters()) count += placesOf(parameter.kind);
            Sequence<Any> arguments(static_cast<sal_Int32>(count));
            for (Any& argument : arguments) argument = each;
            EXPECT_NO_THROW(call(std::string(function.name()).c_str(), arguments)) << function.name();
        }
    }
}

TEST_F(FunctionsTest, ValueOfTheTypesCalcLooksFor) {
    Sequence<css::uno::Type> types;
    ASSERT_TRUE(call("getTypes", {}) >>= types);
    EXPECT_EQ(types[0].getTypeName(), OUString("org.calckpi.XKpi"));
    bool supported = false;
    ASSERT_TRUE(call("supportsService", values({text("org.calckpi.Kpi")})) >>= supported);
    EXPECT_TRUE(supported);
    ASSERT_TRUE(call("supportsService", values({text("com.sun.star.sheet.AddIn")})) >>= supported);
    EXPECT_FALSE(supported);
}

}  // namespace
}  // namespace calckpi::addin
