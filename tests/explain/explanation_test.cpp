#include "core/explain/explanation.hpp"

#include "core/explain/reasons.hpp"
#include "core/values/enum_table.hpp"
#include "tests/explain/explained.hpp"
#include "tests/explain/export.hpp"
#include "tests/support/memory_table.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include <regex>

namespace calckpi::explain {
namespace {

using support::explained;
using support::lines;
using support::reason;

bool has(const std::vector<std::string>& texts, const std::string& text) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

// Slots are named by letters; the braces of arrays hold numbers and texts in quotes.
void expectNoSlots(const Explanation& why, std::string_view of) {
    static const std::regex slot(R"(\{[A-Za-z]+\})");
    for (const Line& line : why.lines) {
        EXPECT_FALSE(std::regex_search(line.text, slot)) << of << ": " << line.text;
        EXPECT_FALSE(line.text.empty()) << of;
    }
}

class Examples : public testing::TestWithParam<const Function*> {};
std::vector<const Function*> everyFunction() {
    std::vector<const Function*> functions;
    for (const Function& function : catalog()) functions.push_back(&function);
    return functions;
}
INSTANTIATE_TEST_SUITE_P(, Examples, testing::ValuesIn(everyFunction()),
                         [](const auto& test) { return std::string(test.param->name()); });

TEST_P(Examples, PropertyThatAFaultHasAReasonOfItsOwnAndAValueIsShown) {
    for (const Example& example : GetParam()->examples()) {
        const Explanation why = explained(example.formula);
        EXPECT_EQ(why.function, GetParam()->name());
        expectNoSlots(why, example.formula);
        if (const Fault* fault = std::get_if<Fault>(&example.expected)) {
            ASSERT_TRUE(why.failure) << example.formula;
            EXPECT_EQ(why.failure->fault, *fault) << example.formula;
            EXPECT_FALSE(why.general) << example.formula << ": " << reason(why);
        } else {
            EXPECT_FALSE(why.failure) << example.formula << ": " << reason(why);
            EXPECT_FALSE(lines(why, LineKind::Result).empty()) << example.formula;
        }
    }
}

// Whatever failure a function may give one day, there are words for it.
TEST_P(Examples, PropertyThatEveryFailureHasWords) {
    static const std::regex slot(R"(\{[A-Za-z]+\})");
    const panel::Texts english;
    for (const Example& example : GetParam()->examples().first(1)) {
        const Call call = support::callOf(support::readFormula(example.formula));
        const CallWords words(call, english);
        for (int fault = 0; fault <= static_cast<int>(Fault::ErrorInCell); ++fault)
            for (int wrong = 0; wrong <= static_cast<int>(Wrong::Missing); ++wrong)
                for (std::size_t place = 0; place <= GetParam()->parameters().size() + 1; ++place) {
                    Failure failure(static_cast<Fault>(fault), static_cast<Wrong>(wrong));
                    if (place > GetParam()->parameters().size())
                        failure = failure.at(1, 2, 3);
                    else
                        failure.parameter = static_cast<std::uint8_t>(place);
                    const Reason why = reasonOf(words, failure);
                    EXPECT_FALSE(why.text.empty()) << example.formula << fault << ' ' << wrong << ' ' << place;
                    EXPECT_FALSE(std::regex_search(why.text + why.remedy, slot))
                        << example.formula << ": " << why.text << why.remedy;
                    EXPECT_FALSE(reasonOfCell(words, failure, "rate", "Ana").text.empty());
                }
    }
}

TEST(Explanation, ValueOfACallInWords) {
    const Explanation why = explained("=DWINRATE(Deals.A:G;\"stage\";\"Won\";\"Lost\";;\"channel\";\"Web\";\"owner\";\"Ben\")");
    EXPECT_EQ(lines(why, LineKind::Meaning),
              std::vector<std::string>{"Win rate from a deal table: Share of the closed deals of a table that were won, or of all "
                                       "its deals"});
    EXPECT_EQ(lines(why, LineKind::Formula), std::vector<std::string>{"won / (won + lost); of all deals with \"created\""});
    EXPECT_EQ(lines(why, LineKind::Argument),
              (std::vector<std::string>{"table: Deals.A1:G13, 12 rows below the headers", "status: column D, “stage”", "won: “Won”",
                                        "lost: “Lost”", "basis: left out, so “closed”", "column 1: column C, “channel”",
                                        "criterion 1: “Web”", "column 2: column B, “owner”", "criterion 2: “Ben”"}));
    EXPECT_EQ(lines(why, LineKind::Result), std::vector<std::string>{"Result: 0.333333 (33.3333%)"});
    EXPECT_EQ(lines(why, LineKind::Rows),
              (std::vector<std::string>{"7 rows have “Web” in “channel”", "4 rows have “Ben” in “owner”",
                                        "3 rows meet all conditions", "1 deal won, 2 lost", "3 rows are used, 9 left out"}));
    EXPECT_EQ(lines(why, LineKind::Doubt), std::vector<std::string>{"Only 3 deals are closed: chance decides much of it"});
}

TEST(Explanation, ValueOfSeriesAndExpressions) {
    Explanation why = explained("=CAC({1;2;3;4;5;6;7;8;\"\";10};4)");
    EXPECT_EQ(lines(why, LineKind::Argument)[0], "costs: {1;2;3;4;5;6;7;8;\"\";10} = 9 numbers, 1 empty cell");
    why = explained("=SALESCYCLE({46000;46001.5};{46010;\"\"})");
    EXPECT_EQ(lines(why, LineKind::Argument)[1], "closed: {46010;\"\"} = 2025-12-19, empty");
    Call call{.function = find("WINRATE"),
              .arguments = {{.value = 3.0, .written = "A1*3"}, {.value = 0.0, .written = "B1", .emptyCell = true}}};
    why = explain(call, {});
    EXPECT_EQ(lines(why, LineKind::Argument),
              (std::vector<std::string>{"won: A1*3 = 3", "lost: B1 = empty", "open: left out, so 0"}));
}

TEST(Explanation, ValueOfACellOfATable) {
    Explanation why = explained("=INDEX(KPIPERIODS(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"opened\";\"closed\");5;10)");
    EXPECT_EQ(reason(why),
              "“win rate of created” of “2026-04-01” has nothing to divide by: the number it is a share or mean of is 0");
    why = explained("=INDEX(SEGMENTS(Deals.A:G;\"owner\";\"stage\";\"Won\";\"Lost\");3;6)");
    EXPECT_EQ(lines(why, LineKind::Result),
              (std::vector<std::string>{"Result: a table of 5 rows and 13 columns", "“win rate” of “Ana”: 0.5"}));
    why = explained("=INDEX(SEGMENTS(Deals.A:G;\"owner\";\"stage\";\"Won\";\"Lost\";;;;0);1;6)");
    EXPECT_EQ(lines(why, LineKind::Result)[1], "“6” of “All”: 0.5");
    Call call = support::callOf(support::readFormula("=SEGMENTS(Deals.A:G;\"owner\";\"stage\";\"Won\";\"Lost\")"));
    call.cell = Call::Cell{99, 0};
    EXPECT_EQ(reason(explain(call, {})), "This cell lies beyond the table, and shows #N/A");
    // A formula over too few cells.
    call.cell = Call::Cell{};
    for (const auto& [rows, columns, fits] : {std::tuple{5U, 13U, true}, {9U, 13U, true}, {4U, 13U, false}, {9U, 1U, false}}) {
        call.block = Call::Block{rows, columns};
        const Explanation said = explain(call, {});
        EXPECT_EQ(said.needs.has_value(), !fits);
        const std::vector<std::string> doubts = lines(said, LineKind::Doubt);
        EXPECT_EQ(std::none_of(doubts.begin(), doubts.end(),
                               [](const std::string& text) { return text.starts_with("The formula fills"); }),
                  fits);
    }
    call.block = Call::Block{4, 2};
    EXPECT_EQ(explain(call, {}).needs->rows, 5U);
    EXPECT_EQ(lines(explain(call, {}), LineKind::Doubt).at(0),
              "The formula fills 4 × 2 cells, and its table has 5 rows and 13 columns: the others are not shown");
}

TEST(Explanation, ValueOfDoubts) {
    EXPECT_TRUE(has(lines(explained("=WINRATE(1;0)"), LineKind::Doubt), "Only 1 deal is closed: chance decides"));
    EXPECT_TRUE(lines(explained("=WINRATE(10;10)"), LineKind::Doubt).empty());
    EXPECT_EQ(lines(explained("=CLV(100;0.8;0.0025)"), LineKind::Doubt),
              std::vector<std::string>{"churnRate is 0.0025 (0.25%): was the percentage taken twice, as in 5%/100?"});
    const auto doubts =
        lines(explained("=DWINRATE(Data.A:I;\"Deal Stage\";\"Won\";\"Losst\")", support::exportSheet()), LineKind::Doubt);
    EXPECT_EQ(doubts,
              (std::vector<std::string>{"Only 2 deals are closed: chance decides much of it", "1 row inside the table is empty",
                                        "“Losst” is nowhere in “Deal Stage”", "Did you mean “Lost”?"}));
}

// A win rate by value is 1 where no lost deal has an amount: right as a number, and wrong as what it is read as.
TEST(Explanation, ValueOfAmountsOnOneSideOnly) {
    const auto doubtsOf = [](double lostAmount) {
        support::TestSheet sheet{.name = "Data", .rows = {{"Stage", "Amount"}}};
        for (int deal = 0; deal < 30; ++deal)
            sheet.rows.push_back({deal % 3 == 0 ? "Won" : "Lost", deal % 3 == 0 ? Cell(500.0) : Cell(lostAmount)});
        return explained("=DWINVALUE(Data.A1:B31;\"Stage\";\"Won\";\"Lost\";\"Amount\")", sheet);
    };
    EXPECT_EQ(lines(doubtsOf(500), LineKind::Doubt), std::vector<std::string>());
    const Explanation why = doubtsOf(0);
    EXPECT_EQ(lines(why, LineKind::Doubt),
              std::vector<std::string>{
                  "20 lost deals have no Amount or 0 in it: a win rate by value counts them as nothing, and is too high"});
    const auto doubt =
        std::find_if(why.lines.begin(), why.lines.end(), [](const Line& line) { return line.kind == LineKind::Doubt; });
    ASSERT_TRUE(doubt->cell);
    EXPECT_EQ(shown(*doubt->cell), "Data.B3") << "the first of them";
}

TEST(Explanation, ValueOfExpectedClosesAndRangesThatEndTooEarly) {
    Call call = support::callOf(support::readFormula(
        "=KPIPERIODS(Data.A1:I8;\"Deal Stage\";\"Won\";\"Lost\";\"Opened\";\"close_date\")", support::exportSheet()));
    call.arguments[0].rowsBelow = 12;
    const Explanation why = explain(call, {});
    const auto doubts = lines(why, LineKind::Doubt);
    EXPECT_TRUE(has(doubts, "1 open deal has a date in “close_date”: it is the expected close, and does not count"));
    EXPECT_TRUE(has(doubts, "12 filled rows below Data.A1:I8 are left out"));
    const auto below =
        std::find_if(why.lines.begin(), why.lines.end(), [](const Line& line) { return line.text.starts_with("12 "); });
    ASSERT_TRUE(below != why.lines.end() && below->cell);
    EXPECT_EQ(shown(*below->cell), "Data.A9:I20");
}

// The rows used and those left out are the table's, each once.
TEST(Explanation, PropertyThatEachRowIsUsedOrLeftOut) {
    for (const Function& function : catalog())
        for (const Example& example : function.examples()) {
            const Explanation why = explained(example.formula);
            if (why.used.empty() && why.leftOut.empty()) continue;
            std::int32_t last = 12;  // of most of the samples
            for (const auto& blocks : {why.used, why.leftOut})
                for (const RangeAddress& block : blocks) last = std::max(last, block.lastRow);
            std::vector<int> times(static_cast<std::size_t>(last) + 1);
            for (const auto& blocks : {why.used, why.leftOut})
                for (const RangeAddress& block : blocks)
                    for (std::int32_t row = block.row; row <= block.lastRow; ++row) ++times.at(static_cast<std::size_t>(row));
            EXPECT_EQ(times[0], 0) << example.formula;
            EXPECT_TRUE(std::all_of(times.begin() + 1, times.end(), [](int each) { return each == 1; })) << example.formula;
        }
}

TEST(Explanation, ValueOfTheRowsThatAreUsed) {
    const auto usedBy = [](std::string_view formula) { return lines(explained(formula), LineKind::Rows).back(); };
    EXPECT_EQ(usedBy("=DWINRATE(Deals.A:G;\"stage\";\"Won\";\"Lost\")"), "8 rows are used, 4 left out");
    EXPECT_EQ(usedBy("=DWINRATE(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"created\")"), "12 rows are used, 0 left out");
    EXPECT_EQ(usedBy("=DWINVALUE(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"amount\")"), "8 rows are used, 4 left out");
    EXPECT_EQ(usedBy("=DSALES(Deals.A:G;\"stage\";\"Won\";\"amount\")"), "4 rows are used, 8 left out");
    EXPECT_EQ(usedBy("=DPIPELINE(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"amount\")"), "4 rows are used, 8 left out");
    EXPECT_TRUE(explained("=DWINRATE(Deals.A:G;\"phase\";\"Won\";\"Lost\")").used.empty());  // nothing came of them
    const Explanation why = explained("=DSALESCYCLE(Deals.A:G;\"opened\";\"closed\";;\"owner\";\"Ana\")");
    std::string used;
    for (const RangeAddress& block : why.used) used += shown(block) + ' ';
    EXPECT_EQ(used, "Deals.A2:G3 Deals.A7:G7 Deals.A10:G10 ");
    EXPECT_TRUE(has(lines(why, LineKind::Rows), "“closed” is empty in 1 row"));
    EXPECT_TRUE(has(lines(why, LineKind::Rows), "4 rows are used, 8 left out"));
}

// An error among the arguments is passed on by Calc before our function is called.
TEST(Explanation, ValueOfAnErrorInASeries) {
    const Explanation why = explained("=CAC(Data.J2:J4;10)", support::exportSheet());
    EXPECT_EQ(reason(why), "costs in Data.J4 shows the error #DIV/0!. Correct that cell first");
    EXPECT_EQ(why.failure->cellError, 532);
}

// Faults that nothing more is known of: they say at least their kind.
TEST(Explanation, ValueOfGeneralReasons) {
    const Call call{.function = find("SALESCAPACITY"), .arguments = {{.value = 1.0}, {.value = 2.0}}};
    const CallWords words(call, panel::Texts());
    const Reason why = reasonOf(words, Fault::NotFinite);
    EXPECT_TRUE(why.general);
    EXPECT_EQ(why.text, generalReason(Fault::NotFinite).one);
}

// What is left to say where the rows themselves are short of something.
TEST(Explanation, EdgeOfTablesWithoutWhatIsAskedFor) {
    const auto why = [](std::string_view formula, const support::Rows& rows) {
        return reason(explained(formula, support::TestSheet{.name = "Data", .rows = rows}));
    };
    const support::Rows noStates = {{"stage", "opened", "closed"}, {Blank{}, 46000.0, Blank{}}, {Blank{}, Blank{}, 46010.0}};
    EXPECT_EQ(why("=DWINRATE(Data;\"stage\";\"Won\";\"Lost\")", noStates), "“stage” is empty in all 2 rows that are left");
    EXPECT_EQ(why("=DSALESCYCLE(Data;\"opened\";\"closed\")", noStates), "No row has both “opened” and “closed”");
    EXPECT_EQ(why("=DSALES(Data;1;\"Won\";2;\"mean\")", {{"", "closed"}, {"Lost", 5.0}}), "1 row is left, and it is not won");
    EXPECT_EQ(reason(explained("=RESPONSESLA(0;46003.75;1)")), "received is empty");
}

TEST(Explanation, EdgeOfTablesWithoutAnAddressOrAHeader) {
    support::ReadFormula formula =
        support::readFormula("=DSALES(Data;1;\"Won\";2)",
                             support::TestSheet{.name = "Data", .rows = {{"", "closed"}, {"Won", "soon"}, {Blank{}, Blank{}}}});
    const Explanation why = explain(support::callOf(formula), {});
    EXPECT_EQ(
        reason(why),
        "“closed” is text and no number in 1 row, row 2. Enter it as a number: without a currency, and with the decimal sign of "
        "this document");
    EXPECT_EQ(lines(why, LineKind::Argument)[1], "status: column A, “A”");
    EXPECT_TRUE(lines(why, LineKind::Doubt).empty());  // a row behind the last one is no row inside
}

TEST(Explanation, EdgeOfLongSeriesAndManyBlocks) {
    Grid grid{.rows = 1, .columns = 8, .cells = {1.0, 2.0, "x", CellError{532}, Blank{}, 6.0, 7.0, 8.0}};
    const Call call{.function = find("CAC"), .arguments = {{.value = grid, .written = "A1:H1"}, {.value = 4.0, .written = "4"}}};
    EXPECT_EQ(lines(explain(call, {}), LineKind::Argument)[0], "costs: A1:H1 = 5 numbers, 1 text, 1 error, 1 empty cell");
    support::Rows rows = {{"opened", "closed"}};
    for (int row = 0; row < 3000; ++row) rows.push_back({46000.0, row % 2 == 0 ? Cell(46010.0) : Cell(Blank{})});
    const Explanation why = explained("=DSALESCYCLE(Data.A1:B3001;1;2)", support::TestSheet{.name = "Data", .rows = rows});
    EXPECT_EQ(why.used.size(), 1000U);
}

// Names of arguments are looked up as gettext keeps them: the function's own before the usual ones.
TEST(Explanation, ValueOfTranslatedNames) {
    const panel::Translation translations[] = {{"argument\4atStart", {"au début"}},
                                               {"argument\4lost", {"perdues"}},
                                               {"argument of CHURNRATE\4lost", {"perdus"}},
                                               {"{lost} / {atStart}", {"{lost} : {atStart}"}}};
    const Explanation why = explained("=CHURNRATE(5;100)", panel::Texts(panel::Language::French, translations));
    EXPECT_EQ(lines(why, LineKind::Argument), (std::vector<std::string>{"perdus: 5", "au début: 100"}));
    EXPECT_EQ(lines(why, LineKind::Formula), std::vector<std::string>{"perdus : au début"});
}

}  // namespace
}  // namespace calckpi::explain
