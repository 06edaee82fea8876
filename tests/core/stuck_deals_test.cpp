#include "core/kpis/stuck_deals.hpp"
#include "tests/support/deals_in_time.hpp"
#include "tests/support/formula.hpp"
#include "tests/support/tables.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

namespace calckpi {
namespace {

using namespace support::deals_in_time;
using support::Dice;
using support::gridOf;
using support::MemoryTable;
using support::numberAt;
using support::refuses;
using support::Rows;
using support::sameOutcome;
using support::sameTable;
using support::toGrid;

TableHandle tableOf(const Rows& rows) { return std::make_shared<const MemoryTable>(rows); }

Result<Outcome> stuckOf(const TableHandle& table, const Argument& closed, const std::vector<Argument>& more = {}) {
    std::vector<Argument> arguments = {table, "stage", "Won", "Lost", "opened", closed};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return support::call("STUCKDEALS", arguments);
}

OutputCell shownByHand(const Cell& cell) {
    if (const double* number = std::get_if<double>(&cell)) return *number;
    const std::string* text = std::get_if<std::string>(&cell);
    if (text == nullptr || *text == " ") return Blank{};
    const std::string word = text->starts_with("\u00A0") ? text->substr(2) : *text;
    return word.substr(0, word.find(' '));
}

// A limit in days, or the median or longest of the won deals.
Result<Outcome> stuckByHand(const Rows& rows, std::string_view group, bool withClosed, const Argument& limit,
                            std::optional<double> asked) {
    double clock = -1e9;
    for (std::size_t row = 1; row < rows.size(); ++row) clock = std::max(clock, numberIn(rows[row], Opened).value_or(-1e9));
    const double asOf = asked.value_or(withClosed ? clockByHand(rows) : clock);
    std::vector<double> won;
    std::vector<std::pair<double, std::size_t>> open;
    for (std::size_t row = 1; row < rows.size(); ++row) {
        const char state = stateByHand(rows[row]);
        const auto opened = numberIn(rows[row], Opened);
        const auto closed = withClosed && state != 'o' ? numberIn(rows[row], Closed) : std::nullopt;
        if (state == ' ' || !opened || (!group.empty() && std::get<std::string>(rows[row][Group]) != group)) continue;
        if (closed && daysByHand(*opened, *closed) < 0) return Fault::OutsideDomain;
        const bool isClosed = state != 'o' && !(closed && !happened(*closed, asOf));
        if (!isClosed && happened(*opened, asOf)) open.emplace_back(-daysByHand(*opened, asOf), row);
        if (isClosed && state == 'w' && closed) won.push_back(daysByHand(*opened, *closed));
    }
    if (!std::holds_alternative<double>(limit) && won.empty()) return Fault::NothingToCompute;
    const double days = std::holds_alternative<double>(limit)   ? std::get<double>(limit)
                        : std::get<std::string>(limit) == "max" ? *std::max_element(won.begin(), won.end())
                                                                : support::medianByHand(won);
    std::sort(open.begin(), open.end());
    std::vector<std::vector<OutputCell>> table = {{"row", "age", "limit", "stage", "amount"}};
    for (const auto& [age, row] : open)
        if (std::round((-age - days) * 86400e3) > 0)
            table.push_back({static_cast<double>(row), -age, days, shownByHand(rows[row][Stage]), shownByHand(rows[row][Amount])});
    if (table.size() == 1) return Fault::NothingToCompute;
    return Outcome(toGrid(table));
}

TEST(StuckDeals, PropertyEveryRowAgreesWithTheDealsByHand) {
    Dice dice(81);
    int shown = 0;
    for (int trial = 0; trial < 1500; ++trial) {
        const Rows rows = randomDealsInTime(dice, 40);
        const std::optional<double> asOf = randomAsOf(dice, rows);
        const Argument limit = dice.pick(std::vector<Argument>{0.0, 3.0, 30.5, "median", "max"});
        const bool withClosed = !std::holds_alternative<double>(limit) || dice.oneIn(2);
        const std::string group = dice.oneIn(3) ? "A" : "";
        std::vector<Argument> more = {"stage", "amount", limit, asOf ? Argument(*asOf) : Absent{}, Absent{}};
        if (!group.empty()) more.insert(more.end(), {"group", group});
        const Result<Outcome> expected = stuckByHand(rows, group, withClosed, limit, asOf);
        const Result<Outcome> got = stuckOf(tableOf(rows), withClosed ? Argument("closed") : Absent{}, more);
        if (expected)
            ASSERT_TRUE(sameOutcome(got, expected)) << "trial " << trial;
        else
            ASSERT_TRUE(refuses(got, expected.failure().fault)) << "trial " << trial;
        shown += expected ? 1 : 0;
    }
    EXPECT_GT(shown, 400);
}

// Ten won deals took 1 to 10 days, so that p90 is 9.1; equal ages are in the order of the rows.
TEST(StuckDeals, ValueByHand) {
    Rows rows = {headers};
    for (double days = 1; days <= 10; ++days) rows.push_back({"Won", 1.0, 46000.0, 46000 + days, "A"});
    rows.push_back({"Demo", 5.0, 46000.0, Blank{}, "A"});
    rows.push_back({"Proposal ", Blank{}, 46000.0, 46500.0, "A"});
    rows.push_back({"Demo", 7.0, 46000.9, Blank{}, "A"});
    rows.push_back({"Demo", 8.0, 45990.0, Blank{}, "A"});
    const auto table = [&](const std::vector<Argument>& more) { return gridOf(stuckOf(tableOf(rows), "closed", more)); };
    EXPECT_TRUE(
        sameTable(table({"stage", "amount", Absent{}, Absent{}, 0.0}),
                  toGrid({{14.0, 20.0, 9.1, "Demo", 8.0}, {11.0, 10.0, 9.1, "Demo", 5.0}, {12.0, 10.0, 9.1, "Proposal", Blank{}}})))
        << "9.1 days are not more than 9.1 days";
    // Neither column is shown unless it is asked for.
    EXPECT_TRUE(sameTable(table({Absent{}, Absent{}, 10.0, Absent{}, 0.0}), toGrid({{14.0, 20.0, 10.0, Blank{}, Blank{}}})));
    // A day later, and as of a day on which most were still open.
    EXPECT_EQ(table({Absent{}, Absent{}, 10.0, 46011.0, 0.0}).rows, 4U);
    EXPECT_EQ(table({Absent{}, Absent{}, 4.0, 46005.0, 0.0}).rows, 9U) << "five of the won, two of the open, the old one and 13";
}

// The first rows of the whole table, and all of it where it has fewer.
TEST(StuckDeals, PropertyANumberAfterTheStatisticShowsTheOldest) {
    Dice dice(82);
    int cut = 0;
    for (int trial = 0; trial < 300; ++trial) {
        const TableHandle table = tableOf(randomDealsInTime(dice, 40));
        const std::string statistic = dice.pick(std::vector<std::string>{"median", "p10", "p90", "mean"});
        const auto limited = [&](const std::string& limit) {
            return stuckOf(table, "closed", {"stage", "amount", limit, Absent{}, 0.0});
        };
        const Result<Outcome> all = limited(statistic);
        for (const std::size_t most : {std::size_t{1}, std::size_t{3}, std::size_t{10}, std::size_t{9'999'999}}) {
            const Result<Outcome> some = limited(statistic + "/" + std::to_string(most));
            ASSERT_EQ(static_cast<bool>(some), static_cast<bool>(all)) << "trial " << trial;
            if (!all) continue;
            OutputGrid first = gridOf(all);
            cut += first.rows > most ? 1 : 0;
            first.rows = std::min(first.rows, most);
            first.cells.resize(first.rows * first.columns);
            ASSERT_TRUE(sameTable(gridOf(some), first)) << "trial " << trial << ", at most " << most;
        }
    }
    EXPECT_GT(cut, 100);
}

TEST(StuckDeals, Refusals) {
    const Rows rows = {headers, {"Won", 1.0, 46000.0, 46010.0, "A"}, {"Demo", 1.0, 46000.0, Blank{}, "A"}};
    EXPECT_TRUE(refuses(stuckOf(tableOf(rows), Absent{}), Fault::OutsideDomain)) << "a statistic needs the closes";
    for (const Argument& limit : {Argument("count"), Argument("30"), Argument(-1.0), Argument("p101"), Argument("p90/"),
                                  Argument("p90/0"), Argument("p90/1.5"), Argument("p90/-1"), Argument("p90/10/1"), Argument("/10"),
                                  Argument("count/3"), Argument("p90/10000000")})
        EXPECT_TRUE(refuses(stuckOf(tableOf(rows), "closed", {Absent{}, Absent{}, limit}), Fault::OutsideDomain));
    EXPECT_TRUE(refuses(stuckOf(tableOf(rows), "closed"), Fault::NothingToCompute)) << "10 days are not more than 10";
    EXPECT_TRUE(refuses(stuckOf(tableOf({headers}), "closed"), Fault::NothingToCompute));
    EXPECT_TRUE(refuses(stuckOf(tableOf({rows[0], rows[2]}), "closed"), Fault::NothingToCompute)) << "none was won";
    const Rows backwards = {headers, {"Lost", 1.0, 46000.0, 45999.0, "A"}};
    EXPECT_EQ(stuckOf(tableOf(backwards), "closed").failure(), Failure(Fault::OutsideDomain, Wrong::EndBeforeStart).at(4, 2));
    Rows text = rows;
    text[2][Amount] = "much";
    EXPECT_TRUE(refuses(stuckOf(tableOf(text), "closed", {Absent{}, "amount", 1.0}), Fault::NotANumber));
}

}  // namespace
}  // namespace calckpi
