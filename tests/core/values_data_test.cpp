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
    // Two opaque ids that differ only in case are two customers.
    {"f02_case_sensitive_ids", "=INDEX(COHORTS(T;\"id\";\"t\";;\"customers\";;0);1;2)", 2.0},
    // A text finds true cells.
    {"f05_boolean_state", "=DWINRATE(T;\"iswon\";\"TRUE\";\"FALSE\";\"created\")", 1.0 / 3},
    {"f05_boolean_state", "=DWINRATE(T;\"iswon\";1;\"0\")", 1.0 / 3},
    // Customers that are numbers come back as numbers, the least first: VLOOKUP finds 7.
    {"f07_numeric_ids_and_dates_as_text", "=INDEX(RFM(T;\"cust\";\"d\";\"a\";;;0);1;1)", 7.0},
    {"f07_numeric_ids_and_dates_as_text", "=INDEX(RFM(T;\"cust\";\"d\";\"a\";;;0);1;2)", 1.0},
    // A no-break blank is a blank.
    {"f09_inner_nbsp", "=DWINRATE(T;\"s\";\"Closed Won\";\"Closed Lost\")", 0.5},
    // A cell with one blank in it is empty.
    {"f10_blank_only_cell", "=GROSSREVENUE(T.A2:A3)", 5.0},
};
INSTANTIATE_TEST_SUITE_P(Files, ValuesData, testing::ValuesIn(rows));

}  // namespace
}  // namespace calckpi
