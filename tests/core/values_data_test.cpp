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
    // A bare date is not before a time on its day: closed on the day of its opening.
    {"f01_same_day_date_only_close", "=DSALESCYCLE(T;\"created\";\"closed\";\"mean\";\"deal\";\"a\")", 0.0},
    // Two opaque ids that differ only in case are two customers.
    {"f02_case_sensitive_ids", "=INDEX(COHORTS(T;\"id\";\"t\";;\"customers\";;0);1;2)", 2.0},
    // 20240131 is no date.
    {"f03_yyyymmdd", "=DSALESCYCLE(T;\"open\";\"close\")", Fault::OutsideDomain},
    // The clock is the whole table's: who bought last in January has churned in February, and there is a March.
    {"f04_filter_moves_as_of", "=INDEX(MRRMOVEMENTS(T;\"c\";\"d\";\"a\";;;;\"plan\";\"Basic\");3;6)", -10.0},
    {"f04_filter_moves_as_of", "=INDEX(MRRMOVEMENTS(T;\"c\";\"d\";\"a\";;;;\"plan\";\"Basic\");4;1)", 45352.0},
    {"f04b_filter_moves_as_of_events", "=INDEX(FUNNELEVENTS(T;\"id\";\"event\";\"t\";{\"A\";\"B\"};;7;;;;\"ch\";\"X\");2;5)", 2.0},
    {"f04b_filter_moves_as_of_events", "=INDEX(FUNNELEVENTS(T;\"id\";\"event\";\"t\";{\"A\";\"B\"};;7;;;;\"ch\";\"X\");2;6)", 0.0},
    // A text finds true cells.
    {"f05_boolean_state", "=DWINRATE(T;\"iswon\";\"TRUE\";\"FALSE\";\"created\")", 1.0 / 3},
    {"f05_boolean_state", "=DWINRATE(T;\"iswon\";1;\"0\")", 1.0 / 3},
    // The expected close of an open deal has not happened: the deal has been open for 20 days, and is lost to no one. 60 is no
    // share.
    {"f06_expected_close_and_percent", "=INDEX(WINCURVE(T;\"created\";\"close\";\"stage\";\"Closed Won\";\"Closed Lost\";;0);2;1)",
     20.0},
    {"f06_expected_close_and_percent",
     "=INDEX(KPIPERIODS(T;\"stage\";\"Closed Won\";\"Closed Lost\";\"created\";\"close\";\"amt\");2;2)", 0.0},
    {"f06_expected_close_and_percent", "=DPIPELINE(T;\"stage\";\"Closed Won\";\"Closed Lost\";\"amt\";\"Probability (%)\")",
     Fault::OutsideDomain},
    // Customers that are numbers come back as numbers, the least first: VLOOKUP finds 7.
    {"f07_numeric_ids_and_dates_as_text", "=INDEX(RFM(T;\"cust\";\"d\";\"a\";;;0);1;1)", 7.0},
    {"f07_numeric_ids_and_dates_as_text", "=INDEX(RFM(T;\"cust\";\"d\";\"a\";;;0);1;2)", 1.0},
    // A refund makes nobody active: y has bought in January alone.
    {"f08_refund", "=INDEX(COHORTS(T;\"c\";\"d\";;;\"a\";0);1;4)", 2.0 / 3},
    // A no-break blank is a blank.
    {"f09_inner_nbsp", "=DWINRATE(T;\"s\";\"Closed Won\";\"Closed Lost\")", 0.5},
    // A cell with one blank in it is empty.
    {"f10_blank_only_cell", "=GROSSREVENUE(T.A2:A3)", 5.0},
    // As payments who pays yearly, or every 30 days, churns and returns; as plans neither: 1200 a year are 100 a month.
    {"f11_yearly_and_30_day_plans", "=INDEX(MRRMOVEMENTS(T;\"c\";\"d\";\"a\");3;6)", -1220.0},
    {"f11_as_plans", "=INDEX(MRRPLANS(T;\"c\";\"start\";\"end\";\"a\";\"every\";;;DATE(2024;3;1));2;3)", 210.0},
    {"f11_as_plans", "=INDEX(MRRPLANS(T;\"c\";\"start\";\"end\";\"a\";\"every\";;;DATE(2024;3;1));3;6)", 0.0},
    {"f11_as_plans", "=INDEX(MRRPLANS(T;\"c\";\"start\";\"end\";\"a\";\"every\";;;DATE(2024;3;1));4;8)", 210.0},
    // Open deals of which none has an amount: nothing known is not 0.
    {"f12_pipeline_no_amount", "=DPIPELINE(T;\"st\";\"Won\";\"Lost\";\"amt\")", Fault::NothingToCompute},
};
INSTANTIATE_TEST_SUITE_P(Files, ValuesData, testing::ValuesIn(rows));

}  // namespace
}  // namespace calckpi
