// The small inputs on which version 0.1 gave a wrong number, or an error where a right value exists: tests/data/values. T is the
// whole sheet.

#include "tests/support/csv.hpp"
#include "tests/support/expect.hpp"
#include "tests/support/formula.hpp"
#include "tests/support/tables.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace calckpi {
namespace {

support::TestSheet sheetOf(std::string_view file) {
    return {"T", support::readCsv(std::string(CALCKPI_DATA "/values/") + std::string(file) + ".csv")};
}

struct Row {
    std::string_view file;
    std::string_view formula;
    Expected expected;
};

class ValuesData : public testing::TestWithParam<Row> {};

TEST_P(ValuesData, ValueOfTheInputIsRight) {
    const Row& row = GetParam();
    EXPECT_TRUE(support::gives(support::evaluate(row.formula, sheetOf(row.file)), row.expected)) << row.file << ' ' << row.formula;
}

constexpr Row rows[] = {
    // A cell with one blank in it is empty.
    {"f10_blank_only_cell", "=GROSSREVENUE(T.A2:A3)", 5.0},
};
INSTANTIATE_TEST_SUITE_P(Files, ValuesData, testing::ValuesIn(rows));

}  // namespace
}  // namespace calckpi
