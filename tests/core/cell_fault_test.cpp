#include "core/kpis/catalog.hpp"
#include "core/tables/cell_fault.hpp"
#include "core/values/calc_errors.hpp"
#include "tests/support/expect.hpp"
#include "tests/support/memory_table.hpp"
#include "tests/support/table_calls.hpp"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>
#include <string>

namespace calckpi {
namespace {

using support::columnOf;
using support::dealRows;
using support::MemoryTable;
using support::outcomeOf;
using support::Rows;
using support::tableCalls;
using Call = support::TableCall;

std::optional<CellFault> faultOf(const Call& call, const Rows& rows) {
    const auto table = std::make_shared<const MemoryTable>(rows);
    const Result<Outcome> result = outcomeOf(call, table);
    if (result) return std::nullopt;
    return cellFaultOf(result.failure(), *table);
}

TEST(CellFault, PropertyAllFunctionsThatReadATableAreTried) {
    std::set<std::string_view> tried;
    for (const Call& call : tableCalls()) {
        tried.insert(call.name);
        EXPECT_TRUE(outcomeOf(call, std::make_shared<const MemoryTable>(dealRows()))) << call.name;
    }
    for (const Function& function : catalog())
        if (function.takesTable()) {
            EXPECT_TRUE(tried.contains(function.name())) << function.name();
        }
}

TEST(CellFault, PropertyATextAmongDatesOrNumbersIsFoundByItsPlace) {
    for (const Call& call : tableCalls())
        for (const auto& [header, use] : call.uses) {
            if (use.empty()) continue;
            Rows rows = dealRows();
            const std::size_t column = columnOf(header);
            rows[9][column] = "soon";
            rows[12][column] = "later";
            const auto fault = faultOf(call, rows);
            ASSERT_TRUE(fault) << call.name << ' ' << header;
            EXPECT_EQ(inEnglish(*fault), header + ", row 10 and 1 more: text, not a " + use) << call.name;
            EXPECT_EQ(fault->column, static_cast<std::int32_t>(column) + 1) << call.name;
        }
}

TEST(CellFault, PropertyAnErrorInAUsedColumnIsFoundByItsPlace) {
    for (const Call& call : tableCalls()) {
        for (const auto& [header, use] : call.uses) {
            Rows rows = dealRows();
            rows[9][columnOf(header)] = CellError{532};
            rows[12][columnOf(header)] = CellError{503};
            const auto fault = faultOf(call, rows);
            ASSERT_TRUE(fault) << call.name << ' ' << header;
            EXPECT_EQ(inEnglish(*fault), header + ", row 10 and 1 more: the error #DIV/0!") << call.name;
        }
        Rows unused = dealRows();
        unused[9][columnOf("note")] = CellError{532};
        EXPECT_TRUE(outcomeOf(call, std::make_shared<const MemoryTable>(unused))) << call.name;
    }
}

// An error in a column that only a filter looks at is one in a used column.
TEST(CellFault, EdgeOfAnErrorInAFilter) {
    Rows rows = dealRows();
    rows[3][columnOf("note")] = CellError{32767};
    Call call = tableCalls()[0];
    call.arguments.insert(call.arguments.end(), {Absent{}, "note", "x"});
    const auto fault = faultOf(call, rows);
    ASSERT_TRUE(fault);
    EXPECT_EQ(inEnglish(*fault), "note, row 4: the error #N/A");
}

TEST(CellFault, PropertyACloseBeforeItsOpeningIsFoundByItsPlace) {
    for (const Call& call : tableCalls()) {
        if (!call.uses.contains("close_date") || call.name == "FUNNELDATES") continue;  // a funnel leaves negative days out
        Rows rows = dealRows();
        rows[9][columnOf("close_date")] = 45000.0;  // of a won deal
        rows[13][columnOf("close_date")] = 45000.0;
        const auto fault = faultOf(call, rows);
        ASSERT_TRUE(fault) << call.name;
        EXPECT_EQ(*fault, (CellFault{"close_date", 5, 10, Wrong::EndBeforeStart, 2})) << call.name;
    }
    Rows far = dealRows();
    far[9][columnOf("opened")] = 20260105e3;
    for (const Call& call : tableCalls()) {
        if (!call.uses.contains("opened")) continue;
        const auto fault = faultOf(call, far);
        ASSERT_TRUE(fault) << call.name;
        EXPECT_EQ(*fault, (CellFault{"opened", 4, 10, Wrong::NoDate})) << call.name;
    }
}

// ------- what else is wrong, and with which argument

Result<Outcome> with(const Call& call, std::size_t argument, const Argument& value, const Rows& rows = dealRows()) {
    Call changed = call;
    changed.arguments.resize(std::max(changed.arguments.size(), argument + 1), Absent{});
    changed.arguments[argument] = value;
    return outcomeOf(changed, std::make_shared<const MemoryTable>(rows));
}

testing::AssertionResult fails(const Result<Outcome>& got, const Failure& expected) {
    if (got) return testing::AssertionFailure() << "no failure";
    const Failure& failure = got.failure();
    if (failure == expected) return testing::AssertionSuccess();
    return testing::AssertionFailure() << support::spoken(failure) << ", wrong " << static_cast<int>(failure.wrong) << ", argument "
                                       << static_cast<int>(failure.parameter) << ", rows " << failure.rows;
}

Failure outside(Wrong wrong) { return {Fault::OutsideDomain, wrong}; }

// The place of a parameter of this name, after the table; -1 if there is none.
int argumentNamed(const Call& call, std::string_view name) {
    const auto parameters = find(call.name)->parameters();
    for (std::size_t index = 1; index < parameters.size(); ++index)
        if (parameters[index].name == name) return static_cast<int>(index) - 1;
    return -1;
}

TEST(Blame, PropertyOfColumnsThatAreNotThereOrTwice) {
    int tried = 0;
    for (const Call& call : tableCalls())
        for (std::size_t argument = 0; argument < call.arguments.size(); ++argument) {
            const std::size_t parameter = argument + 1;  // the table is the first one
            if (find(call.name)->parameters()[parameter].kind != Kind::Column) continue;
            const std::string* header = std::get_if<std::string>(&call.arguments[argument]);
            if (header == nullptr) continue;
            ++tried;
            EXPECT_TRUE(fails(with(call, argument, "nowhere"), outside(Wrong::NoHeader).of(parameter))) << call.name;
            for (const double position : {8.0, 0.5, -1.0, 1e300})
                EXPECT_TRUE(fails(with(call, argument, position), outside(Wrong::NoPosition).of(parameter)))
                    << call.name << ' ' << position;
            Rows rows = dealRows();
            rows[0][columnOf("note")] = *header + " ";
            const Result<Outcome> twice = with(call, argument, *header, rows);
            ASSERT_FALSE(twice) << call.name;
            EXPECT_EQ(twice.failure().wrong, Wrong::HeaderTwice) << call.name;
            EXPECT_EQ(twice.failure().column, 7) << call.name << ": the second one";
            EXPECT_EQ(twice.failure().row, 1) << call.name;
            EXPECT_NE(twice.failure().parameter, 0) << call.name;
        }
    EXPECT_GE(tried, 40);
}

TEST(Blame, ValueOfHeadersInListsAndFilters) {
    for (const Call& call : tableCalls()) {
        const std::size_t filters = find(call.name)->parameters().size() - 1;
        Call filtered = call;
        filtered.arguments.resize(filters - 1, Absent{});
        filtered.arguments.insert(filtered.arguments.end(), {"note", "x", "nowhere", "x"});
        EXPECT_TRUE(
            fails(outcomeOf(filtered, std::make_shared<const MemoryTable>(dealRows())), outside(Wrong::NoHeader).of(filters + 2)))
            << call.name;
        if (call.name == "FUNNELDATES") {
            EXPECT_TRUE(fails(with(call, 0, support::stages({"opened", "signed"})), outside(Wrong::NoHeader).of(1)));
        }
    }
}

TEST(Blame, PropertyOfStatesThatMeanTwoThingsOrNothing) {
    int tried = 0;
    for (const Call& call : tableCalls()) {
        const int won = argumentNamed(call, "won");
        const int lost = argumentNamed(call, "lost");
        if (won < 0) continue;
        ++tried;
        EXPECT_TRUE(fails(with(call, static_cast<std::size_t>(won), 0.0), outside(Wrong::Missing).of(won + 1U))) << call.name;
        if (lost < 0) continue;
        EXPECT_TRUE(fails(with(call, static_cast<std::size_t>(lost), " WON "), outside(Wrong::WonAndLost).of(lost + 1U)))
            << call.name;
    }
    EXPECT_GE(tried, 7);
    for (const Call& call : tableCalls())
        if (call.name == "FUNNELSTAGES") {
            EXPECT_TRUE(fails(with(call, 2, "demo"), outside(Wrong::WonAndLost).of(3)));
        }
}

TEST(Blame, PropertyOfArgumentsThatAreMissingOrUnknown) {
    for (const Function& function : catalog()) {
        EXPECT_TRUE(fails(function.call({}), outside(Wrong::Missing).of(0))) << function.name();
        if (function.takesTable()) continue;
        const std::span<const Parameter> parameters = function.parameters();
        std::vector<Argument> ones;
        for (const Parameter& parameter : parameters) ones.emplace_back(parameter.optional ? Argument(Absent{}) : Argument(1.0));
        for (std::size_t index = 0; index < parameters.size(); ++index) {
            if (parameters[index].options.empty()) {
                if (parameters[index].optional || parameters[index].kind == Kind::Values) continue;
                std::vector<Argument> arguments = ones;
                arguments[index] = "one";
                const Wrong wrong = parameters[index].unit == Unit::Moment ? Wrong::TextForDate : Wrong::TextForNumber;
                EXPECT_TRUE(fails(function.call(arguments), Failure(Fault::NotANumber, wrong).of(index))) << function.name();
                continue;
            }
            std::vector<Argument> arguments = ones;
            arguments[index] = "no such word";
            EXPECT_TRUE(fails(function.call(arguments), outside(Wrong::UnknownOption).of(index))) << function.name();
        }
    }
    for (const Call& call : tableCalls())
        for (std::size_t argument = 0; argument + 1 < find(call.name)->parameters().size(); ++argument)
            if (!find(call.name)->parameters()[argument + 1].options.empty()) {
                EXPECT_TRUE(fails(with(call, argument, "no such word"), outside(Wrong::UnknownOption).of(argument + 1)))
                    << call.name;
            }
}

// The cells and arguments that no rule above covers: {function, what is changed, the failure}.
TEST(Blame, ValueOfWhatOneFunctionAloneRefuses) {
    const auto named = [](std::string_view name) {
        for (const Call& call : tableCalls())
            if (call.name == name) return call;
        throw std::invalid_argument("no such function");
    };
    const auto table = [](std::size_t column, const std::map<std::size_t, double>& values) {
        Rows rows = dealRows();
        for (const auto& [row, value] : values) rows[row][column] = value;
        return std::make_shared<const MemoryTable>(rows);
    };
    // Rows 2, 4, 6 … of the sheet are closed, the others open: won 2, 6, 10, 14.
    EXPECT_TRUE(fails(outcomeOf(named("DPIPELINE"), table(5, {{1, 20.0}, {10, 20.0}, {12, -0.1}})),
                      outside(Wrong::ShareOutside).at(6, 11, 2)));
    EXPECT_TRUE(fails(outcomeOf(named("DWINVALUE"), table(2, {{3, -5.0}, {5, -1000.0}, {9, -1.0}})),
                      outside(Wrong::BelowZero).at(3, 6, 2)));
    EXPECT_TRUE(fails(outcomeOf(named("DWINVALUE"), table(2, {{3, -500.0}})), outside(Wrong::BelowZero).at(3, 4, 1)));
    EXPECT_TRUE(fails(with(named("FUNNELEVENTS"), 5, 0.0), outside(Wrong::OutsideBounds).of(6)));
    EXPECT_TRUE(fails(with(named("COHORTS"), 4, Absent{}), outside(Wrong::Missing).of(5)));
}

TEST(CellFault, EdgeWhereNoCellIsToBlame) {
    const MemoryTable table(dealRows());
    EXPECT_FALSE(cellFaultOf(Fault::DivideByZero, table));
    EXPECT_FALSE(cellFaultOf(Fault::OutsideDomain, table));
    EXPECT_FALSE(cellFaultOf(Failure(Fault::NotANumber).at(8, 2), table)) << "the table has 7 columns";
    const Result<Outcome> result =
        find("DWINRATE")
            ->call(std::vector<Argument>{std::make_shared<const MemoryTable>(dealRows()), "stage",
                                         Grid{.rows = 1, .columns = 1, .cells = {CellError{532}}}, "Lost"});
    ASSERT_FALSE(result);
    EXPECT_FALSE(cellFaultOf(result.failure(), table)) << "the error is not in the table";
}

TEST(CellFault, ValueOfTheWords) {
    EXPECT_EQ(inEnglish({"close_date", 5, 17, Wrong::TextForDate}), "close_date, row 17: text, not a date");
    EXPECT_EQ(inEnglish({"", 5, 17, Wrong::TextForNumber}), "column 5, row 17: text, not a number");
    EXPECT_EQ(inEnglish({"close_date", 5, 17, Wrong::EndBeforeStart}), "close_date, row 17: a date before the one it follows");
    EXPECT_EQ(inEnglish({"close_date", 5, 17, Wrong::NoDate, 4}), "close_date, row 17 and 3 more: a number that is not a date");
    // Numbers and names of errors as in LibreOffice's help, "Error Codes in LibreOffice Calc".
    const std::map<std::uint16_t, std::string> errors = {{503, "#NUM!"},   {519, "#VALUE!"}, {524, "#REF!"},   {525, "#NAME?"},
                                                         {532, "#DIV/0!"}, {32767, "#N/A"},  {502, "Err:502"}, {508, "Err:508"}};
    for (const auto& [number, shown] : errors) {
        EXPECT_EQ(shownError(number), shown);
        EXPECT_EQ(errorConstant(number), shown.starts_with('#') ? shown : "#ERR" + std::to_string(number) + "!");
    }
}

}  // namespace
}  // namespace calckpi
