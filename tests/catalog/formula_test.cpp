// The tests' own reader of formulas: what it reads, and that it refuses what it cannot read.
#include "tests/support/expect.hpp"
#include "tests/support/formula.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace calckpi {
namespace {

using support::evaluate;
using support::shows;

TEST(Formula, ValueOfNumbers) {
    EXPECT_TRUE(shows("=ROI(-5;10)", -0.5));
    EXPECT_TRUE(shows("=ROI(+.5;1.)", 0.5));
    EXPECT_TRUE(shows("=ROI(1.5e3;1E+4)", 0.15));
    EXPECT_TRUE(shows("=ROI(1E-3;1)", 0.001));
}

TEST(Formula, ValueOfTextsWithQuotesAndSeparators) {
    EXPECT_TRUE(shows("=DWINRATE(Deals.A:G;\"stage\";\"Won\";\"Lost\";;\"owner\";\"<>a \"\"b\"\"; (c)\")", 0.5));
    EXPECT_TRUE(shows("=CAC(\"\";1)", Fault::NothingToCompute));
}

TEST(Formula, ValueOfArraysRowByRow) {
    EXPECT_TRUE(shows("=WEIGHTEDPIPELINE({1;2|3;4};{1;0|0;1})", 5.0));
    EXPECT_TRUE(shows("=CAC({ 1 ; \"\" | 3 ; -4 };1)", 0.0));
}

TEST(Formula, ValueOfEmptyArguments) {
    EXPECT_TRUE(shows("=WINRATE(3;7;)", 0.3));
    EXPECT_TRUE(shows("=WINRATE(;)", Fault::OutsideDomain));
    EXPECT_TRUE(shows("=WINRATE(3;7;;)", Fault::OutsideDomain));  // four arguments, one too many
}

TEST(Formula, ValueOfDatesAndTimes) {
    // Calc: =DATE(2026;1;5) is 46027, =TIME(6;0;0) is 0.25.
    EXPECT_TRUE(shows("=AVERAGESALE(DATE(2026;1;5);1)", 46027.0));
    EXPECT_TRUE(shows("=AVERAGESALE(DATE(2026;1;5)+TIME(6;0;0);1)", 46027.25));
    EXPECT_TRUE(shows("=AVERAGESALE(TIME(12;30;36);1)", 0.52125));
    EXPECT_TRUE(shows("=AVERAGESALE(DATE(1899;12;30);1)", 0.0));
}

TEST(Formula, ValueOfReferencesToTheSampleSheet) {
    EXPECT_TRUE(shows("=AVERAGESALE(Deals.E2;1)", 1200.0));
    EXPECT_TRUE(shows("=CAC(Deals.E2:E4;1)", 4400.0));
    EXPECT_TRUE(shows("=CAC(Deals.E9;1)", 0.0));  // a single empty cell comes as 0
    EXPECT_TRUE(shows("=CAC(Deals.E8:E9;1)", 600.0));
    EXPECT_TRUE(shows("=CAC(Deals.E1:E2;1)", Fault::NotANumber));
    EXPECT_TRUE(shows("=SALESCYCLE(Deals.F2;Deals.G2)", 30.0));
}

// Partner has 5 deals and Web 7 on the sample sheet, and none of Cleo's has closed.
TEST(Formula, ValueOfACellOfATable) {
    EXPECT_TRUE(shows("=INDEX(SEGMENTS(Deals.A:G;\"channel\";\"stage\";\"Won\";\"Lost\");1;1)", Expected("segment")));
    EXPECT_TRUE(shows("=INDEX( SEGMENTS(Deals.A:G;\"channel\";\"stage\";\"Won\";\"Lost\") ; 4 ; 2 )", 5.0));
    EXPECT_TRUE(shows("=INDEX(SEGMENTS(Deals.A:G;\"owner\";\"stage\";\"Won\";\"Lost\");5;6)", Fault::DivideByZero));
    EXPECT_TRUE(shows("=INDEX(SEGMENTS(Deals.A:G;\"region\";\"stage\";\"Won\";\"Lost\");4;6)", Fault::OutsideDomain));
}

TEST(Formula, RefusalOfCellsThatAreNone) {
    const std::string start = "=INDEX(SEGMENTS(Deals.A:G;\"channel\";\"stage\";\"Won\";\"Lost\");";
    for (const char* rest : {"5;1)", "1;14)", "0;1)", "1;0)", "1.5;1)", "-1;1)", "1)", "1;1", "1;1))", "1;1;1)", "\"1\";1)",
                             "2;9)"})  // a cell that is there but empty: all have no rest to compare it with
        EXPECT_THROW(static_cast<void>(evaluate(start + rest)), std::invalid_argument) << rest;
    EXPECT_THROW(static_cast<void>(evaluate("=INDEX(WINRATE(3;7);1;1)")), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(evaluate("=INDEX(NOSUCHKPI(3;7);1;1)")), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(evaluate("=INDEX(INDEX(WINRATE(3;7);1;1);1;1)")), std::invalid_argument);
}

TEST(Formula, RefusalOfWhatCannotBeRead) {
    for (const char* formula : {"",
                                "WINRATE(3;7)",
                                "=",
                                "=WINRATE",
                                "=WINRATE(3;7",
                                "=WINRATE(3;7))",
                                "=WINRATE(3;7)+1",
                                "=WINRATE(3,7)",
                                "=WINRATE(3;seven)",
                                "=WINRATE(3;--7)",
                                "=WINRATE(3;1E999)",
                                "=WINRATE(3;1E)",
                                "=WINRATE(3;.)",
                                "=WINRATE(3;NOW())",
                                "=WINRATE(3;DATE(2026;2;30))",
                                "=WINRATE(3;DATE(2026;2))",
                                "=NOSUCHKPI(1)",
                                "=winrate(3;7)",
                                "=CAC({1;2;400)",
                                "=CAC({};400)",
                                "=CAC({1;};400)",
                                "=CAC({1;2|3};400)",
                                "=CAC({1;DATE(2026;1;1)};400)",
                                "=CAC(\"open;400)",
                                "=CAC(Deals.H1;400)",
                                "=CAC(Deals.A14;400)",
                                "=CAC(Deals.A0;400)",
                                "=CAC(Deals.B:A;400)",
                                "=CAC(Deals.A1:B;400)",
                                "=CAC(Deals.A;400)",
                                "=CAC(Sheet1.A1;400)"})
        EXPECT_THROW(static_cast<void>(evaluate(formula)), std::invalid_argument) << formula;
}

TEST(Formula, RefusalOfAnUnknownNameInACall) {
    EXPECT_THROW(static_cast<void>(support::call("NOSUCHKPI", {})), std::invalid_argument);
}

// Comparisons that cannot fail would make every test above worthless.

TEST(Expect, RefusalOfWhatIsNotEqual) {
    EXPECT_FALSE(shows("=WINRATE(3;7)", 0.30000001));
    EXPECT_FALSE(shows("=WINRATE(3;7)", Fault::DivideByZero));
    EXPECT_FALSE(shows("=WINRATE(3;7)", Expected("0.3")));
    EXPECT_FALSE(shows("=WINRATE(3;7)", Expected()));
    EXPECT_FALSE(shows("=WINRATE(0;0)", 0.0));
    EXPECT_FALSE(shows("=WINRATE(0;0)", Fault::OutsideDomain));
    EXPECT_FALSE(support::same(evaluate("=WINRATE(0;0)"), evaluate("=WINRATE(-1;0)")));
    EXPECT_FALSE(support::same(evaluate("=WINRATE(1;1)"), evaluate("=WINRATE(1;2)")));
    EXPECT_FALSE(support::same(evaluate("=WINRATE(1;1)"), evaluate("=WINRATE(0;0)")));
    EXPECT_THROW(support::numberOf(evaluate("=WINRATE(0;0)")), std::runtime_error);
}

TEST(Expect, ValueOfTheMessageNamesFormulaGotAndExpected) {
    const testing::AssertionResult result = shows("=WINRATE(0;0)", 0.5);
    EXPECT_STREQ(result.message(), "=WINRATE(0;0): got DivideByZero, expected 0.5");
}

}  // namespace
}  // namespace calckpi
