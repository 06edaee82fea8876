// Rules for what is not known, and for what no sheet can show.
#include "core/catalog/output.hpp"
#include "core/kpis/catalog.hpp"
#include "tests/support/expect.hpp"
#include "tests/support/memory_table.hpp"
#include "tests/support/tables.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace calckpi {
namespace {

using support::gives;
using support::MemoryTable;
using support::Rows;

Result<Outcome> call(const char* name, const Rows& rows, std::vector<Argument> arguments) {
    arguments.insert(arguments.begin(), TableHandle(std::make_shared<const MemoryTable>(rows)));
    return find(name)->call(arguments);
}

// Each function that adds up the amounts of a table (but PERIODVALUES, see its oracle), for the deals in one state. The sum is #N/A
// where deals are in it but none has an amount, whatever the others have; 0 where no deal is in it; and known where one of them has
// an amount.
struct AmountSum {
    const char* name;
    std::vector<Argument> arguments;
    const char* state;  // whose amounts are added up
    std::size_t row = 0;
    std::size_t column = 0;  // where the sum is in a table
    bool ratio = false;      // of the sum and the other amounts
};
const Grid stages = {.rows = 2, .columns = 1, .cells = {"Open", "Won"}};
const std::vector<AmountSum> sums = {
    {"DPIPELINE", {"st", "Won", "Lost", "amt"}, "Open"},
    {"DPIPELINE", {"st", "Won", "Lost", "amt", "prob"}, "Open"},
    {"DSALES", {"st", "Won", "amt"}, "Won"},
    {"DWINVALUE", {"st", "Won", "Lost", "amt"}, "Won", 0, 0, true},
    {"SEGMENTS", {"st", "st", "Won", "Lost", "amt"}, "Won", 1, 9},
    {"FUNNELSTAGES", {"st", stages, "Lost", Absent{}, "amt"}, "Won", 2, 8},
    {"KPIPERIODS", {"st", "Won", "Lost", "day", "day", "amt", "year"}, "Won", 1, 10},
    {"KPIPERIODS", {"st", "Won", "Lost", "day", "day", "amt", "year"}, "Open", 1, 14},
};

Result<Outcome> sumOf(const AmountSum& sum, const Rows& rows) {
    const Result<Outcome> result = call(sum.name, rows, sum.arguments);
    if (!result || !std::holds_alternative<OutputGrid>(*result)) return result;
    const OutputCell& cell = std::get<OutputGrid>(*result).at(sum.row, sum.column);
    if (const Failure* failure = std::get_if<Failure>(&cell)) return *failure;
    return std::get<double>(cell);
}

// One deal in each other state, with an amount, and the deals given.
Rows dealsWith(const AmountSum& sum, const Rows& more) {
    Rows rows = {{"st", "amt", "prob", "day"}};
    for (const char* state : {"Open", "Won", "Lost"})
        if (std::string(state) != sum.state) rows.push_back({state, 5.0, 0.5});
    rows.insert(rows.end(), more.begin(), more.end());
    for (std::size_t row = 1; row < rows.size(); ++row) rows[row].emplace_back(46000.0);
    return rows;
}

TEST(RulesOfWhatIsNotKnown, NothingKnownIsNotZero) {
    for (const AmountSum& sum : sums) {
        EXPECT_TRUE(gives(sumOf(sum, dealsWith(sum, {{sum.state, Blank{}, 0.5}, {sum.state, " ", 0.5}})), Fault::NothingToCompute))
            << sum.name;
        EXPECT_TRUE(gives(sumOf(sum, dealsWith(sum, {})), 0.0)) << sum.name;
        const Result<Outcome> known = sumOf(sum, dealsWith(sum, {{sum.state, Blank{}, 1.0}, {sum.state, 15.0, 1.0}}));
        EXPECT_TRUE(gives(known, sum.ratio ? 0.75 : 15.0)) << sum.name;
        EXPECT_TRUE(gives(sumOf(sum, dealsWith(sum, {{sum.state, 0.0, 1.0}})), 0.0)) << sum.name;
    }
}

TEST(RulesOfWhatIsTooLarge, ATableThatNoSheetCanShowIsNotBegun) {
    const std::vector<std::string> headers(1024, "h");
    EXPECT_TRUE(OutputTable::of({"a"}, false, 1'048'576));
    EXPECT_TRUE(OutputTable::of({"a"}, true, 1'048'575));
    EXPECT_TRUE(OutputTable::of(headers, true, 1));
    EXPECT_TRUE(support::refuses(OutputTable::of({"a"}, false, 1'048'577), Fault::TooLarge));
    EXPECT_TRUE(support::refuses(OutputTable::of({"a"}, true, 1'048'576), Fault::TooLarge));
    EXPECT_TRUE(support::refuses(OutputTable::of(std::vector<std::string>(1025, "h"), true, 1), Fault::TooLarge));
}

// An id in `by` makes as many segments as there are rows: 4,000 of them and All, of 300 stages each.
TEST(RulesOfWhatIsTooLarge, AFunnelOfMoreBlocksThanASheetHolds) {
    Grid steps;
    Rows rows = {{"id", "stage", "when"}};
    for (int stage = 0; stage < 300; ++stage) steps.cells.emplace_back("s" + std::to_string(stage));
    steps.rows = steps.cells.size();
    steps.columns = 1;
    for (double id = 0; id < 4000; ++id) rows.push_back({id, "s0", 45000.0});
    EXPECT_TRUE(gives(call("FUNNELSTAGES", rows, {"stage", steps, Absent{}, Absent{}, Absent{}, "id"}), Fault::TooLarge));
    EXPECT_TRUE(gives(call("FUNNELEVENTS", rows, {"id", "stage", "when", steps, Absent{}, Absent{}, "id"}), Fault::TooLarge));
}

}  // namespace
}  // namespace calckpi
