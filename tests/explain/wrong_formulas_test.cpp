// What is said of formulas that users get wrong, each with its reason, its remedy and the cell to look at.
#include "tests/explain/wrong_formulas.hpp"

#include "tests/explain/explained.hpp"
#include "tests/explain/export.hpp"

#include <gtest/gtest.h>

namespace calckpi::support {
namespace {

std::string cellOf(const explain::Explanation& why) {
    for (const explain::Line& line : why.lines)
        if (line.kind == explain::LineKind::Reason && line.cell) return shown(*line.cell);
    return {};
}

TEST(WrongFormulas, ValueOfTheReasonOfEach) {
    const std::vector<WrongFormula> all = wrongFormulas();
    ASSERT_GE(all.size(), 80U);
    for (const WrongFormula& wrong : all) {
        const explain::Explanation why = explained(wrong.formula, exportSheet());
        EXPECT_EQ(reason(why), wrong.reason) << wrong.formula;
        EXPECT_EQ(cellOf(why), wrong.cell) << wrong.formula;
        EXPECT_TRUE(why.failure && !why.general) << wrong.formula;
    }
}

}  // namespace
}  // namespace calckpi::support
