// Several values where a function takes one, texts among numbers, words that Calc does not know: of every function of the catalog
// and every argument. What Calc itself makes of them is watched by the office test.
#include "core/explain/explanation.hpp"

#include "core/explain/results.hpp"
#include "core/explain/unknown_names.hpp"
#include "core/explain/words.hpp"
#include "tests/explain/explained.hpp"
#include "tests/explain/export.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace calckpi::explain {
namespace {

using support::callOf;
using support::explained;
using support::exportSheet;
using support::lines;
using support::readFormula;
using support::reason;

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

bool anyContains(const std::vector<std::string>& texts, const std::string& part) {
    return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) { return contains(text, part); });
}

std::string nameOf(const Call& call, std::size_t index) { return CallWords(call, {}).name(index); }

// soundCalls are the examples that give a value.
std::vector<Call> soundCalls(const Function& function) {
    std::vector<Call> calls;
    for (const Example& example : function.examples())
        if (!std::holds_alternative<Fault>(example.expected)) calls.push_back(callOf(readFormula(example.formula)));
    return calls;
}

// withValue has another value for one of the arguments.
Call withValue(Call call, std::size_t index, Grid grid, const std::string& written) {
    call.arguments[index] = {.value = std::move(grid), .written = written, .place = readAddress(written)};
    return call;
}

Cell cellOf(const Argument& value) {
    if (const double* number = std::get_if<double>(&value)) return *number;
    if (const std::string* text = std::get_if<std::string>(&value)) return *text;
    return Blank{};
}

// everyArgument calls `check` with each argument of each sound example that holds one value, its index and its kind.
template <class Check>
void everyArgument(Check check) {
    for (const Function& function : catalog())
        for (const Call& call : soundCalls(function))
            for (std::size_t index = 0; index < std::min(call.arguments.size(), function.parameters().size()); ++index)
                if (const Cell cell = cellOf(call.arguments[index].value); !std::holds_alternative<Blank>(cell))
                    check(call, index, function.parameters()[index], cell);
}

TEST(GivenValues, PropertyThatAnArrayIsComputedForEachOfItsValues) {
    std::size_t checked = 0;
    everyArgument([&](const Call& call, std::size_t index, const Parameter& parameter, const Cell& cell) {
        if (!takesOne(parameter)) return;
        const Call each = withValue(call, index, {2, 1, {cell, std::string("x")}}, "{…}");
        const Explanation one = explain(call, {});
        const Explanation why = explain(each, {});
        EXPECT_EQ(lines(why, LineKind::Result), lines(one, LineKind::Result)) << call.function->name() << ' ' << index;
        EXPECT_TRUE(anyContains(lines(why, LineKind::Doubt), "for each of the 2 values of " + nameOf(call, index)))
            << call.function->name();
        Call second = each;
        second.cell = Call::Cell{1, 0};
        EXPECT_TRUE(call.function->givesTable || explain(second, {}).failure) << call.function->name();
        ++checked;
    });
    EXPECT_GT(checked, 200U);
}

TEST(GivenValues, PropertyThatOfARangeTheCellInLineIsTaken) {
    everyArgument([](Call call, std::size_t index, const Parameter& parameter, const Cell& cell) {
        if (!takesOne(parameter)) return;
        call.position = {2, 9};
        const Explanation one = explain(call, {});
        const Explanation inRow = explain(withValue(call, index, {3, 1, {Blank{}, cell, Blank{}}}, "A2:A4"), {});
        EXPECT_EQ(lines(inRow, LineKind::Result), lines(one, LineKind::Result)) << call.function->name();
        EXPECT_TRUE(anyContains(lines(inRow, LineKind::Doubt), "of A2:A4 it is A3, in line with the formula"));
        const Explanation inColumn = explain(withValue(call, index, {1, 3, {Blank{}, Blank{}, cell}}, "H9:J9"), {});
        EXPECT_EQ(lines(inColumn, LineKind::Result), lines(one, LineKind::Result)) << call.function->name();
        EXPECT_TRUE(anyContains(lines(inColumn, LineKind::Doubt), "it is J9"));
        for (const auto& [grid, range] : {std::pair(Grid{3, 1, {cell, cell, cell}}, "A4:A6"),
                                          {Grid{1, 3, {cell, cell, cell}}, "A4:C4"},
                                          {Grid{2, 2, {cell, cell, cell, cell}}, "I2:J3"}}) {
            const Explanation why = explain(withValue(call, index, grid, range), {});
            EXPECT_TRUE(contains(reason(why), nameOf(call, index) + " takes one value")) << reason(why);
            const auto told =
                std::find_if(why.lines.begin(), why.lines.end(), [](const Line& line) { return line.kind == LineKind::Reason; });
            ASSERT_TRUE(told != why.lines.end() && told->cell) << call.function->name();
            EXPECT_EQ(shown(*told->cell), range);
        }
    });
}

TEST(GivenValues, PropertyThatWhereOneValueIsTakenSeveralAreTheReason) {
    std::size_t checked = 0;
    everyArgument([&](const Call& call, std::size_t index, const Parameter& parameter, const Cell& cell) {
        if (parameter.kind != Kind::Value && parameter.kind != Kind::Column) return;
        const Explanation why = explain(withValue(call, index, {2, 1, {cell, cell}}, "K1:K2"), {});
        ASSERT_TRUE(why.failure) << call.function->name() << ' ' << index;
        EXPECT_EQ(reason(why).find(nameOf(call, index) + " takes one value, and K1:K2 has 2. Give one of them"), 0U) << reason(why);
        ++checked;
    });
    EXPECT_GT(checked, 200U);
}

TEST(GivenValues, PropertyThatATextAmongNumbersIsPointedAt) {
    std::size_t checked = 0;
    for (const Function& function : catalog())
        for (const Call& call : soundCalls(function))
            for (std::size_t index = 0; index < std::min(call.arguments.size(), function.parameters().size()); ++index) {
                const Grid* grid = std::get_if<Grid>(&call.arguments[index].value);
                if (function.parameters()[index].kind != Kind::Series || grid == nullptr || grid->cells.size() < 2) continue;
                Grid wrong = *grid;
                wrong.cells[1] = std::string("17");
                const Explanation why = explain(withValue(call, index, wrong, "{…}"), {});
                EXPECT_EQ(reason(why).find("Value 2 of " + nameOf(call, index) + " is the text “17”"), 0U) << reason(why);
                EXPECT_TRUE(function.parameters()[index].unit == Unit::Moment ||
                            contains(reason(why), "Give it without quotes: 17"));
                ++checked;
            }
    EXPECT_GT(checked, 50U);
}

TEST(GivenValues, EdgeOfResultsThatDoNotFit) {
    Call call = callOf(readFormula("=WINRATE({3;4};{7;8})"));
    call.block = Call::Block{1, 1};
    EXPECT_EQ(lines(explain(call, {}), LineKind::Doubt)[0],
              "The formula fills 1 × 1 cells, and has 1 × 2 results: the others are not shown");
    EXPECT_EQ(explain(call, {}).needs->columns, 2U);
    call.block = Call::Block{2, 3};
    call.cell = Call::Cell{1, 1};  // the one row of results stands for all
    EXPECT_EQ(lines(explain(call, {}), LineKind::Result), std::vector<std::string>{"Result: 0.333333 (33.3333%)"});
    call.cell = Call::Cell{0, 2};
    EXPECT_EQ(reason(explain(call, {})), "This cell lies beyond the table, and shows #N/A");
    Call uneven = callOf(readFormula("=WINRATE({3|4};{7|8|9})"));
    uneven.cell = Call::Cell{2, 0};
    EXPECT_EQ(reason(explain(uneven, {})),
              "won has 2 cells and lost has 3. They go together cell by cell: give as many of both, in the same order");
}

TEST(GivenValues, EdgeOfArrayFormulasOverRanges) {
    Call call = callOf(readFormula("=WINRATE(Data.C2:C4;7)", exportSheet()));
    call.isArray = true;
    call.cell = Call::Cell{1, 0};
    const Explanation why = explain(call, {});
    EXPECT_EQ(lines(why, LineKind::Result).size(), 1U);
    EXPECT_TRUE(anyContains(lines(why, LineKind::Doubt), "for each of the 3 values of won"));
    // Empty cells are 0, and errors stay errors.
    call.arguments[0].value = Grid{3, 1, {Blank{}, CellError{532}, std::string("x")}};
    call.cell = Call::Cell{0, 0};
    EXPECT_EQ(lines(explain(call, {}), LineKind::Result), std::vector<std::string>{"Result: 0"});
    EXPECT_TRUE(contains(lines(explain(call, {}), LineKind::Argument)[0], "here empty"));
    call.cell = Call::Cell{1, 0};
    EXPECT_EQ(reason(explain(call, {})), "won in Data.C3 shows the error #DIV/0!. Correct that cell first");
    call.cell = Call::Cell{2, 0};
    EXPECT_EQ(reason(explain(call, {})).find("won in Data.C4 is the text “x”"), 0U);
}

// An expression of ranges is computed with one cell of each, unless the formula is an array formula.
TEST(GivenValues, ValueOfExpressionsThatAreCutToOneCell) {
    Call call{.function = find("CAC"),
              .arguments = {{.value = 10.0, .written = "B2:B4*2", .valuesAsArray = 3}, {.value = 1.0, .written = "1"}}};
    EXPECT_EQ(lines(explain(call, {}), LineKind::Doubt),
              std::vector<std::string>{
                  "B2:B4*2 takes one cell of each range, in line with the formula; Ctrl+Shift+Enter computes with all 3 values"});
    call.arguments[0].value = Grid{1, 1, {CellError{519}}};
    EXPECT_EQ(
        reason(explain(call, {})),
        "B2:B4*2 takes one cell of each range, and none is in line with the formula. Ctrl+Shift+Enter computes with all 3 values");
    EXPECT_TRUE(lines(explain(call, {}), LineKind::Doubt).empty());
}

TEST(GivenValues, ValueOfErrorsAndWhereTheyComeFrom) {
    Call call{.function = find("CAC"),
              .arguments = {{.value = Grid{1, 1, {CellError{532}}}, .written = "1/0"}, {.value = 1.0, .written = "1"}}};
    EXPECT_EQ(reason(explain(call, {})), "costs shows the error #DIV/0!. Correct 1/0 first");
    call.arguments[0].value = Grid{1, 1, {CellError{524}}};
    EXPECT_EQ(reason(explain(call, {})),
              "costs shows the error #REF!. The cells that it referred to are gone: enter the reference anew");
    call.arguments[0].origin = readAddress("Data.B7");
    EXPECT_EQ(reason(explain(call, {})), "costs shows the error #REF!, which comes from Data.B7. Correct that cell first");
    call.arguments[0].unknown = UnknownName{"winrte", true};
    EXPECT_EQ(reason(explain(call, {})), "costs shows the error #NAME?: Calc does not know “WINRTE”. Did you mean “WINRATE”?");
    call.arguments[0].unknown = UnknownName{"somme", true};
    EXPECT_TRUE(contains(reason(explain(call, {})), "“SOMME”. Check how the function is spelt in the language of this Calc"));
    call.arguments[0].unknown = UnknownName{"Won", false};
    EXPECT_TRUE(contains(reason(explain(call, {})),
                         "“Won”. A text is written in quotes: \"Won\". A name has to be defined in this document"));
    call.refusal = 504;
    EXPECT_EQ(
        reason(explain(call, {})),
        "Calc refuses the formula with Err:504 before the function is called. Look at its arrays in braces, its lists of ranges "
        "and its parentheses");
    EXPECT_EQ(explain(call, {}).failure->cellError, 504);
}

TEST(GivenValues, ValueOfMisspeltFunctions) {
    const Explanation why = explainUnknown({"winrte", true}, readAddress("B7"), {});
    EXPECT_EQ(why.function, "WINRTE");
    EXPECT_EQ(reason(why), "Calc does not know “WINRTE”. Did you mean “WINRATE”?");
    for (const auto& [word, meant] : {std::pair("winraet", "WINRATE"), {"dsalescyle", "DSALESCYCLE"}, {"fundel", "FUNNEL"}})
        EXPECT_EQ(nearFunction(word), meant) << word;
    // Calc's own functions in other languages are none of ours.
    for (const char* word :
         {"somme", "moyenne", "nb", "si", "recherchev", "vlookup", "xlookup", "sumproduct", "suma", "media", "summe"})
        EXPECT_EQ(nearFunction(word), std::nullopt) << word;
}

// Each function is near itself when a letter is missing or two are swapped.
TEST(GivenValues, PropertyThatASlipOfTheFingerIsFound) {
    for (const Function& function : catalog()) {
        std::string name(function.name());
        if (name.size() < 6) continue;
        std::swap(name[2], name[3]);
        EXPECT_TRUE(nearFunction(name)) << name;
        name.erase(4, 1);
        if (name.size() >= 8) {
            EXPECT_TRUE(nearFunction(name)) << name;
        }
    }
}

}  // namespace
}  // namespace calckpi::explain
