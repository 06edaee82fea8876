// One rule for what is empty: a cell without anything, an empty text and a text of blanks alone are the same in cells, places of a
// series, criteria and arguments. And for the first cell to blame in a block of cells. The functions are found in the catalog.
#include "core/kpis/catalog.hpp"
#include "tests/support/expect.hpp"
#include "tests/support/memory_table.hpp"
#include "tests/support/random.hpp"
#include "tests/support/table_calls.hpp"
#include "tests/support/tables.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace calckpi {
namespace {

using support::dealRows;
using support::MemoryTable;
using support::Rows;
using support::TableCall;
using support::tableCalls;

const std::vector<std::string> blanks = {"", " ", "\u00A0", "\t\r\n", " \u202F\u2003", "\u200B"};

bool sameCells(const Result<Outcome>& left, const Result<Outcome>& right) {
    if (!left || !right) return !left && !right && left.failure() == right.failure();
    if (const double* number = std::get_if<double>(&*left)) return *number == std::get<double>(*right);
    return bool(support::sameOutcome(left, right));
}

// A call of a function of numbers, with two columns of two places for each series.
std::vector<Argument> plainCall(const Function& function) {
    std::vector<Argument> arguments;
    for (const Parameter& parameter : function.parameters()) {
        const double number = parameter.unit == Unit::Moment ? 46000.0 + static_cast<double>(arguments.size()) : 0.5;
        const Cell score = parameter.unit == Unit::Points ? Cell(5.0) : Cell(number);
        if (parameter.name == "measure")
            arguments.emplace_back("mae");
        else if (parameter.kind == Kind::Series)
            arguments.emplace_back(Grid{.rows = 2, .columns = 2, .cells = {score, score, score, score}});
        else if (parameter.kind == Kind::Values)
            arguments.emplace_back(Grid{.rows = 2, .columns = 2, .cells = {"a", "b", "c", "d"}});
        else if (parameter.optional)
            arguments.emplace_back(Absent{});
        else
            arguments.emplace_back(number);
    }
    return arguments;
}

// Every function with a call of it, the table among the arguments.
std::vector<std::pair<const Function*, std::vector<Argument>>> everyCall() {
    std::vector<std::pair<const Function*, std::vector<Argument>>> calls;
    for (const Function& function : catalog())
        if (!function.takesTable()) calls.emplace_back(&function, plainCall(function));
    for (const TableCall& each : tableCalls()) {
        std::vector<Argument> arguments = each.arguments;
        arguments.insert(arguments.begin(), TableHandle(std::make_shared<const MemoryTable>(dealRows())));
        arguments.resize(find(each.name)->parameters().size() - 1, Absent{});
        calls.emplace_back(find(each.name), std::move(arguments));
    }
    return calls;
}

TEST(RulesOfBlanks, AnOptionalArgumentOfBlanksIsLeftOut) {
    std::size_t tried = 0;
    for (const auto& [function, plain] : everyCall())
        for (std::size_t index = 0; index < plain.size(); ++index) {
            if (!function->parameters()[index].optional) continue;
            ++tried;
            std::vector<Argument> arguments = plain;
            arguments[index] = Absent{};
            const Result<Outcome> expected = function->call(arguments);
            for (const std::string& blank : blanks) {
                arguments[index] = blank;
                EXPECT_TRUE(sameCells(function->call(arguments), expected))
                    << function->name() << ' ' << function->parameters()[index].name;
            }
        }
    EXPECT_GE(tried, 60U);
}

TEST(RulesOfBlanks, ARequiredArgumentOfBlanksIsMissing) {
    std::size_t tried = 0;
    for (const auto& [function, plain] : everyCall())
        for (std::size_t index = 0; index < plain.size(); ++index) {
            const Parameter& parameter = function->parameters()[index];
            if (parameter.optional || parameter.kind == Kind::Series || parameter.kind == Kind::Table) continue;
            ++tried;
            std::vector<Argument> arguments = plain;
            for (const std::string& blank : blanks) {
                arguments[index] = blank;
                const Result<Outcome> result = function->call(arguments);
                ASSERT_FALSE(result) << function->name() << ' ' << parameter.name;
                EXPECT_EQ(result.failure(), Failure(Fault::OutsideDomain, Wrong::Missing).of(index))
                    << function->name() << ' ' << parameter.name;
            }
        }
    EXPECT_GE(tried, 100U);
}

// In each column that a function reads a blank text is the empty cell.
TEST(RulesOfBlanks, ACellOfBlanksIsEmptyInEveryColumn) {
    for (const TableCall& call : tableCalls())
        for (const auto& [header, use] : call.uses) {
            const auto with = [&, column = support::columnOf(header)](const Cell& cell) {
                Rows rows = dealRows();
                rows[9][column] = cell;
                rows[12][column] = cell;
                return support::outcomeOf(call, std::make_shared<const MemoryTable>(rows));
            };
            const Result<Outcome> expected = with(Blank{});
            for (const std::string& blank : blanks) EXPECT_TRUE(sameCells(with(blank), expected)) << call.name << ' ' << header;
        }
}

TEST(RulesOfBlanks, ACellOfBlanksIsEmptyToACriterion) {
    std::size_t kept = 0;
    for (const TableCall& call : tableCalls())
        for (const Cell& criterion :
             std::vector<Cell>{"<>", "=", "", " ", "=\u00A0", "<>x", "x", "*", "?*", "<>?*", ">a", "<=x", 0.0}) {
            const auto with = [&](const Cell& cell) {
                Rows rows = dealRows();
                for (std::size_t row = 1; row < rows.size(); row += 3) rows[row][support::columnOf("note")] = cell;
                TableCall filtered = call;
                filtered.arguments.resize(find(call.name)->parameters().size() - 2, Absent{});
                const double* number = std::get_if<double>(&criterion);
                filtered.arguments.insert(
                    filtered.arguments.end(),
                    {"note", number != nullptr ? Argument(*number) : Argument(std::get<std::string>(criterion))});
                return support::outcomeOf(filtered, std::make_shared<const MemoryTable>(rows));
            };
            const Result<Outcome> expected = with(Blank{});
            kept += expected ? 1 : 0;
            for (const std::string& blank : blanks)
                EXPECT_TRUE(sameCells(with(blank), expected)) << call.name << ' ' << support::spoken(with(blank));
        }
    EXPECT_GE(kept, 100U);
}

// By hand: which of the cells "x", 5 and an empty one a criterion takes, whichever way it is empty.
TEST(RulesOfBlanks, ValueOfCriteriaOfEmptyCells) {
    for (const std::string& blank : blanks) {
        const auto table = std::make_shared<const MemoryTable>(
            Rows{{"state", "note"}, {"won", "x"}, {"lost", 5.0}, {"won", blank}, {"won", Blank{}}});
        const auto share = [&](const char* criterion) {
            return find("DWINRATE")->call(std::vector<Argument>{table, "state", "won", "lost", Absent{}, "note", criterion});
        };
        EXPECT_TRUE(support::gives(share("<>"), 0.5)) << blank.size();
        for (const char* empty : {"", "=", " ", "=\u00A0"}) EXPECT_TRUE(support::gives(share(empty), 1.0)) << empty;
        EXPECT_TRUE(support::gives(share("*"), 0.5)) << "a number counts as its digits";
        EXPECT_TRUE(support::gives(share("<>x"), 2.0 / 3));
    }
}

// ------- the first cell to blame in a series

Failure blamed(Fault fault, Wrong wrong, std::size_t argument) {
    return Failure(fault, wrong).of(argument).in(2, 1, 2);  // the second and third of two by two places
}

TEST(Blame, PropertyOfTheFirstPlaceOfASeries) {
    std::size_t tried = 0;
    for (const auto& [function, plain] : everyCall())
        for (std::size_t index = 0; index < plain.size(); ++index) {
            const Parameter& parameter = function->parameters()[index];
            const auto with = [call = &plain, called = function, in = index](const Cell& one, const Cell& other) {
                std::vector<Argument> arguments = *call;
                Grid& grid = std::get<Grid>(arguments[in]);
                grid.cells[1] = one;
                grid.cells[2] = other;
                const Result<Outcome> result = find(called->name())->call(arguments);
                return result ? Failure() : result.failure();
            };
            const Grid* given = std::get_if<Grid>(&plain[index]);
            if (given == nullptr || given->columns != 2) continue;
            Failure error = blamed(Fault::ErrorInCell, Wrong::Error, index);
            error.cellError = 532;
            EXPECT_EQ(with(CellError{532}, CellError{503}), error) << function->name();
            if (parameter.kind != Kind::Series) continue;
            ++tried;
            const bool isDate = parameter.unit == Unit::Moment;
            EXPECT_EQ(with("soon", "later"), blamed(Fault::NotANumber, isDate ? Wrong::TextForDate : Wrong::TextForNumber, index))
                << function->name();
            if (parameter.domain.least > -1e300) {
                EXPECT_EQ(with(parameter.domain.least - 1, parameter.domain.least - 2),
                          blamed(Fault::OutsideDomain, isDate ? Wrong::NoDate : Wrong::OutsideBounds, index))
                    << function->name();
            }
        }
    EXPECT_GE(tried, 30U);
}

TEST(Blame, PropertyOfAnEndBeforeItsStartInSeries) {
    std::size_t tried = 0;
    for (const auto& [function, plain] : everyCall()) {
        if (function->takesTable() || plain.size() < 2 || function->parameters()[0].unit != Unit::Moment ||
            function->parameters()[1].unit != Unit::Moment)
            continue;
        ++tried;
        std::vector<Argument> arguments = plain;
        for (std::size_t index = 2; index < plain.size(); ++index)
            if (function->parameters()[index].name == "holidays") arguments[index] = Absent{};  // none without opening hours
        Failure expected = Failure(Fault::OutsideDomain, Wrong::EndBeforeStart).of(1);
        if (Grid* ends = std::get_if<Grid>(&arguments[1])) {
            ends->cells[1] = ends->cells[2] = 45000.0;
            expected = blamed(Fault::OutsideDomain, Wrong::EndBeforeStart, 1);
        } else if (Grid* starts = std::get_if<Grid>(&arguments[0])) {
            starts->cells[1] = starts->cells[2] = 47000.0;  // after the one end
            expected = blamed(Fault::OutsideDomain, Wrong::EndBeforeStart, 0);
        } else {
            arguments[1] = 45000.0;
        }
        const Result<Outcome> result = function->call(arguments);
        ASSERT_FALSE(result) << function->name();
        EXPECT_EQ(result.failure(), expected) << function->name();
    }
    EXPECT_GE(tried, 8U);
}

}  // namespace
}  // namespace calckpi
