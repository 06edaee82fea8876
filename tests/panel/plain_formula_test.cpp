// Formulas without our functions: which become plain, how they are written, and which must stay a value because a cell could hold
// what Calc's own functions take otherwise. That they give the same in Calc is seen there, in tests/office/test_plain_formulas.py.
#include "core/sheets/plain_formula.hpp"

#include "core/kpis/catalog.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace calckpi::panel {
namespace {

const std::string ours = "ORG.CALCKPI.KPI.";

// plain puts the service before each name in square quotes: "=~ROI(A1;B1)".
std::string plain(const std::string& text) {
    std::string formula;
    for (const char letter : text)
        if (letter == '~')
            formula += ours;
        else
            formula += letter;
    return plainFormula(formula).value_or("");
}

TEST(PlainFormula, LiteralsNeedNoGuards) {
    EXPECT_EQ(plain("=~WINRATE(3;7)"), "=3/(3+7)");
    EXPECT_EQ(plain("=~WINRATE(3;7;90)"), "=3/(3+7+90)");
    EXPECT_EQ(plain("=~WINRATE(3;7;)"), "=3/(3+7)");
    EXPECT_EQ(plain("=~ROI(-500;1000)"), "=(-500)/1000");
    EXPECT_EQ(plain("=~CAC({30000|50000|20000};400)"), "=SUM({30000|50000|20000})/400");
    EXPECT_EQ(plain("=~CASHFLOW({900;-300};1E+3)"), "=IF(SIGN(SUM(1E+3))<0;SQRT(-1);SUM({900;-300})-SUM(1E+3))");
    EXPECT_EQ(plain("=~CLV(100;0.8;0.03)"), "=100*0.8/(0.03)");
    EXPECT_EQ(plain("=~CLV(100;0.8;0.03;0.01)"), "=100*0.8*(1+0.01)/(0.01+0.03)");
}

TEST(PlainFormula, WhatMayBeOutsideTheBoundsIsGuarded) {
    EXPECT_EQ(plain("=~ROI(A1;1000)"), "=A1/1000") << "any gain will do";
    EXPECT_EQ(plain("=~ROI(5;A1)"), "=IF(SIGN(A1)<0;SQRT(-1);5/A1)");
    EXPECT_EQ(plain("=~ARPA($A1;Data.B$2)"), "=IF(OR(SIGN(Data.B$2)<0;SIGN($A1)>1);SQRT(-1);$A1/Data.B$2)");
    EXPECT_EQ(plain("=~GROWTHCEILING(5000;'My data'.A1)"),
              "=IF(OR(SIGN('My data'.A1)<0;SIGN('My data'.A1-1)>0);SQRT(-1);5000/'My data'.A1)");
}

TEST(PlainFormula, ErrorsOfExpressionsComeFirstThenThoseOfCellsFromTheEnd) {
    EXPECT_EQ(plain("=~WINRATE(A1;B1)"), "=IF(OR(SIGN(B1)<0;SIGN(A1)<0);SQRT(-1);A1/(A1+B1))");
    EXPECT_EQ(plain("=~WINRATE(A1;2*B1;SUM(C1:C9))"),
              "=IF(OR(SIGN(2*B1)<0;SIGN(SUM(C1:C9))<0;SIGN(A1)<0);SQRT(-1);A1/(A1+(2*B1)+SUM(C1:C9)))");
    EXPECT_EQ(plain("=~ROI(INDEX(B$2:B$9;MATCH(A1;A$2:A$9;0));C1)"),
              "=IF(OR(MATCH(A1;A$2:A$9;0)<0;SIGN(C1)<0;SIGN(INDEX(B$2:B$9;MATCH(A1;A$2:A$9;0)))>1);SQRT(-1);"
              "INDEX(B$2:B$9;MATCH(A1;A$2:A$9;0))/C1)");
}

TEST(PlainFormula, CallsWithinFormulasAndWithinCalls) {
    EXPECT_EQ(plain("=ROUND( ~WINRATE(3;7) ; 2)&\"~ROI(1;2)\""), "=ROUND( (3/(3+7)) ; 2)&\"" + ours + "ROI(1;2)\"");
    EXPECT_EQ(plain("=2^~ARR(3)+~WINRATE(1;1)"), "=2^(12*3)+(1/(1+1))");
    EXPECT_EQ(plain("=~CUSTOMERLIFESPAN(~CHURNRATE(1;4))"),
              "=IF(OR(SIGN(IF(SIGN(1-4)>0;SQRT(-1/4);1/4))<0;SIGN(IF(SIGN(1-4)>0;SQRT(-1/4);1/4)-1)>0);SQRT(-1);"
              "1/IF(SIGN(1-4)>0;SQRT(-1/4);1/4))");
    EXPECT_EQ(plain("=~ROI(~ARR(3)*2;4)"), "=((12*3)*2)/4");
    EXPECT_EQ(plain("=~ROI(-(3+A1)%;4)"), "=(-(3+A1)%)/4");
    EXPECT_EQ(plain("=~ROI(COUNTIFS(A1:A9;\">=\"&B1;'It''s'.C1:C9;\"a;b)\");4)"),
              "=COUNTIFS(A1:A9;\">=\"&B1;'It''s'.C1:C9;\"a;b)\")/4");
    EXPECT_EQ(plain("=~ROI(SUMPRODUCT((A1:A9>=2)*(B1:B9<>C1)*(D1:D9<1.5E-3));4)"),
              "=SUMPRODUCT((A1:A9>=2)*(B1:B9<>C1)*(D1:D9<1.5E-3))/4");
    EXPECT_EQ(plain("=A1+1"), "=A1+1") << "nothing of ours";
}

TEST(PlainFormula, WhatCouldDifferIsNone) {
    const std::vector<std::string> values = {
        "{=~WINRATE(3;7)}",                             // an array formula
        "=~RATELOW(3;7)",                               // no plain formula
        "=~NOSUCHFUNCTION(3;7)",                        // of a later version
        "=~WINRATE(-1;7)",                              // outside the bounds
        "=~WINRATE(3)",                                 // an argument is missing
        "=~WINRATE()",                                  //
        "=~WINRATE(3;7;1;1)",                           // one too many
        "=~WINRATE(3;7",                                // no end
        "=~WINRATE(3;7;C1)",                            // a text in C1 is refused, Calc would take "5" for 5
        "=~CAC(A1:A3;4)",                               // Calc's SUM skips texts
        "=~CAC(A1;4)",                                  // the same of one cell
        "=~WINRATE({3};7)",                             // an array where a number belongs
        "=~WINRATE(A1:A3;7)",                           // the cell beside the formula
        "=~WINRATE(won;7)",                             // a name may stand for anything
        "=~WINRATE(\"3\";7)",                           // a text
        "=~WINRATE(IF(A1>0;A1;B1);7)",                  // may give a cell or a range
        "=~WINRATE(RAND();7)",                          // another number each time
        "=~WINRATE(SUM(OFFSET(A1;1;1));7)",             //
        "=~WINRATE(SUM(won);7)",                        //
        "=~WINRATE(SUM({1;2});7)",                      //
        "=~WINRATE(SUM(A1;7)",                          //
        "=~WINRATE(A1>3;7)",                            // a truth value
        "=~WINRATE(A1;7)+~RATELOW(3;7)",                // one of two
        "=~WINRATE(~RATELOW(3;7);7)",                   // one in the other
        "=~WINRATE(3*{1;2};7)",                         // arrays
        "=~CAC({1;\"x\"};7)",                           //
        "=~CAC(-{1;2};7)",                              //
        "=~CAC({1;2}%;7)",                              //
        "=~CAC(({1;2});7)",                             //
        "=~WINRATE((3;7)",                              //
        "=~WINRATE($A$1:$B.A1;7)",                      // cells of several sheets
        "=~ROI(INDEX(B2:C9;MATCH(A1;A2:A9;0));C1)",     // a row of two
        "=~ROI(INDEX(B2:B9;A1);C1)",                    // 0 is the whole column
        "=~ROI(INDEX(B2:B9;MATCH(A1;A2:A10;0));C1)",    // may be below the column
        "=~ROI(INDEX(B2:B9;MATCH(A1;A2:A9));C1)",       // the next smaller one
        "=~ROI(INDEX(B2:B9;MATCH(A1;A2:A9;1));C1)",     //
        "=~ROI(INDEX(B2:B9;MATCH(A1+1;A2:A9;0));C1)",   //
        "=~ROI(INDEX(B2:B9;MATCH(\"x\";A2:A9;0));C1)",  //
        "=~ROI(INDEX(B2:B9;MATCH(A1;A2:A9;0;1));C1)",   //
        "=~ROI(INDEX(B2:B9;MATCH(A1;A2:A9;0);1);C1)",   //
        "=~ROI(INDEX(B2:B9;MATCH(A1;won;0));C1)",       //
        "=~ROI(5E;2)",
        "=~ROI(5EA;2)",
        "=~ROI(-A1:A3;2)",
        "=~ROI(-{1;2};2)",
        "=~ROI((A1;2)",
        "=~ROI(A1 B1;2)",  // an intersection
    };
    for (const std::string& formula : values) EXPECT_EQ(plain(formula), "") << formula;
    std::string nested = "1";
    for (int depth = 0; depth < 9; ++depth) nested = ours + "CHURNRATE(" + nested + "/A1;A2)";
    EXPECT_FALSE(plainFormula("=" + nested)) << "too long to be read";
}

TEST(PlainFormula, SearchByANumber) {
    EXPECT_EQ(plain("=~ARR(INDEX(B2:B9;MATCH(7;A2:A9;0)))"),
              "=IF(SIGN(INDEX(B2:B9;MATCH(7;A2:A9;0)))<0;SQRT(-1);12*INDEX(B2:B9;MATCH(7;A2:A9;0)))");
}

TEST(PlainFormula, FunctionsThatAFormulaCalls) {
    using Names = std::vector<std::string>;
    EXPECT_EQ(functionsIn("=" + ours + "WINRATE(3;7)+" + ours + "ROI(" + ours + "WINRATE(1;1);2)"), Names({"WINRATE", "ROI"}));
    EXPECT_EQ(functionsIn("{=" + ours + "FUNNEL(A1:A3)}"), Names({"FUNNEL"}));
    EXPECT_EQ(functionsIn("=\"" + ours + "WINRATE(3;7)\""), Names());
    EXPECT_EQ(functionsIn("=\"a\"\"" + ours + "WINRATE(3;7)\"&1"), Names());
    EXPECT_EQ(functionsIn("=SUM(A1;'" + ours + "ROI(1)'.B2)"), Names());
    EXPECT_EQ(functionsIn("=" + ours + "WINRATE"), Names()) << "not called";
    EXPECT_EQ(functionsIn("=\"" + ours + "WINRATE(3;7)"), Names()) << "a text without an end";
    EXPECT_EQ(functionsIn(""), Names());
}

// Every function that computes a number from numbers alone has a plain formula, or is one of those that cannot: their last digits
// are other ones, or they look at each number of a list.
TEST(PlainFormula, FunctionsWithoutOne) {
    std::vector<std::string> without;
    for (const Function& function : catalog()) {
        bool numbers = !function.givesTable && !function.takesDocument();
        for (const Parameter& parameter : function.parameters()) numbers = numbers && detail::isPlainNumber(parameter);
        if (numbers && function.row.plain.empty()) without.emplace_back(function.name());
    }
    EXPECT_EQ(without, std::vector<std::string>({"WEIGHTEDPIPELINE", "DISCOUNTRATE", "ANNUALRATE", "NPS", "CSAT", "CES",
                                                 "EXPECTEDSPEND", "GROWTHPATH", "RATEDIFFLOW", "RATEDIFFHIGH", "NPSMARGIN"}));
}

}  // namespace
}  // namespace calckpi::panel
