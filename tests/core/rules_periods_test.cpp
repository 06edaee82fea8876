// One rule for every function that takes a period as a word. The functions are found in the catalog, so that none is forgotten.
#include "core/dates/period.hpp"
#include "core/kpis/catalog.hpp"
#include "tests/support/memory_table.hpp"
#include "tests/support/tables.hpp"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace calckpi {
namespace {

using support::MemoryTable;
using support::Rows;
using support::sameOutcome;

bool takesAPeriod(const Parameter& parameter) { return parameter.options == Period::options; }

bool takesAPeriod(const Function& function) {
    return std::ranges::any_of(function.parameters(), [](const Parameter& each) { return takesAPeriod(each); });
}

// Purchases on both sides of each start: of a week on Sunday, of a quarter and a year in April, and a 29 February.
TableHandle purchases() {
    Rows rows = {{"customer", "when", "amount", "until"}};
    for (const double day : {45290.0, 45351.0, 45352.0, 45382.999, 45383.0, 45387.0, 45388.5, 45389.0, 45474.0, 45748.0})
        rows.push_back({day < 45383 ? "Ana" : "Ben", day, 100.0, day + 40});
    return std::make_shared<const MemoryTable>(rows);
}

// What each required argument is in that table; a function that asks for more needs its line here.
const std::map<std::string_view, Argument> arguments = {{"table", Argument(purchases())},
                                                        {"customer", "customer"},
                                                        {"when", "when"},
                                                        {"amount", "amount"},
                                                        {"start", "when"},
                                                        {"end", "until"},
                                                        {"status", "customer"},
                                                        {"won", "Ana"},
                                                        {"lost", "Ben"},
                                                        {"opened", "when"},
                                                        {"closed", "until"},
                                                        {"date", 45387.5}};

Result<Outcome> withPeriod(const Function& function, const Argument& period) {
    std::vector<Argument> given;
    for (const Parameter& parameter : function.parameters()) {
        if (takesAPeriod(parameter))
            given.push_back(period);
        else if (parameter.kind != Kind::Filters)
            given.push_back(parameter.optional ? Argument(Absent{}) : arguments.at(parameter.name));
    }
    return function.call(given);
}

testing::AssertionResult sameResult(const Result<Outcome>& one, const Result<Outcome>& other) {
    return one && std::holds_alternative<double>(*one) ? support::same(one, other) : sameOutcome(one, other);
}

template <class Check>
void forEachFunctionWithAPeriod(Check check) {
    std::size_t functions = 0;
    for (const Function& function : catalog()) {
        if (!takesAPeriod(function)) continue;
        ++functions;
        const testing::ScopedTrace trace(__FILE__, __LINE__, std::string(function.name()));
        check(function);
    }
    EXPECT_GE(functions, 6U);
}

TEST(RulesOfPeriods, ACapitalOrABlankMakesNoOtherPeriod) {
    forEachFunctionWithAPeriod([](const Function& function) {
        for (const auto& [written, plain] : {std::pair("Month", "month"),
                                             {" WEEK/Sun ", "week/sun"},
                                             {"Quarter / 4", "quarter/4"},
                                             {"YEAR/ 4", "year/4"},
                                             {"year/1", "year"},
                                             {"quarter/10", "quarter"},
                                             {"week/mon", "week"}})
            EXPECT_TRUE(sameResult(withPeriod(function, written), withPeriod(function, plain))) << written;
    });
}

TEST(RulesOfPeriods, AnotherStartIsAnotherPeriod) {
    forEachFunctionWithAPeriod([](const Function& function) {
        for (const auto& [one, other] : {std::pair("week", "week/sun"), {"quarter", "quarter/3"}, {"year", "year/4"}})
            EXPECT_FALSE(sameResult(withPeriod(function, one), withPeriod(function, other))) << other;
    });
}

TEST(RulesOfPeriods, AWrongStartIsOutsideTheDomain) {
    forEachFunctionWithAPeriod([](const Function& function) {
        for (const char* word : {"month/3", "day/mon", "quarter/13", "quarter/0", "year/", "week/xyz", "week/1", "fortnight"})
            EXPECT_TRUE(support::refuses(withPeriod(function, word), Fault::OutsideDomain)) << word;
        EXPECT_TRUE(support::refuses(withPeriod(function, 4.0), Fault::OutsideDomain));
    });
}

}  // namespace
}  // namespace calckpi
