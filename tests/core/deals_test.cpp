#include "core/deals.hpp"
#include "tests/support/expect.hpp"
#include "tests/support/formula.hpp"
#include "tests/support/memory_table.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>

namespace calckpi {
namespace {

using support::call;
using support::gives;
using support::MemoryTable;
using support::numberOf;
using support::row;
using support::Rows;
using support::same;
using support::shows;

TableHandle tableOf(const Rows& rows) { return std::make_shared<const MemoryTable>(rows); }

Result<Outcome> winRateOf(const Rows& rows, const std::vector<Argument>& more = {}) {
    std::vector<Argument> arguments = {tableOf(rows), "stage", "won", "lost"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return call("DWINRATE", arguments);
}

// Some rows of a messy export: stage, channel, amount.
Rows someDeals(support::Dice& dice, std::size_t most) {
    static const std::vector<Cell> stages = {"Won",      "won",  " WON",     "won\u00A0", "Lost", "LOST ", "\tlost",
                                             "Proposal", "Demo", "Won back", 7.0,         "  ",   Blank{}};
    static const std::vector<Cell> channels = {"Partner", "partner", "Web", "Fair", Blank{}};
    Rows rows = {{"Channel", " STAGE ", "amount"}};
    for (std::size_t left = dice.below(most + 1); left > 0; --left)
        rows.push_back({dice.pick(channels), dice.pick(stages), dice.oneIn(4) ? Cell(Blank{}) : Cell(dice.count(2000))});
    return rows;
}

// A word without case and outer blanks, as far as the words above go.
std::string plainWord(const Cell& cell) {
    const std::string* text = std::get_if<std::string>(&cell);
    if (text == nullptr) return "";
    std::string word;
    for (const char letter : *text)
        if (std::string_view(" \t\xC2\xA0").find(letter) == std::string_view::npos || (!word.empty() && letter == ' '))
            word += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    while (word.ends_with(' ')) word.pop_back();
    return word;
}

// The win rate row by row, as one would count it by hand.
template <class Keep>
Result<Outcome> countedByHand(const Rows& rows, bool created, Keep keep) {
    double won = 0;
    double lost = 0;
    double open = 0;
    for (std::size_t index = 1; index < rows.size(); ++index) {
        if (!keep(rows[index])) continue;
        const Cell& stage = rows[index][1];
        const std::string word = plainWord(stage);
        if (word == "won")
            ++won;
        else if (word == "lost")
            ++lost;
        else if (!word.empty() || std::holds_alternative<double>(stage))
            ++open;
    }
    if (won + lost + open == 0) return Fault::NothingToCompute;
    const double whole = won + lost + (created ? open : 0);
    if (whole == 0) return Fault::DivideByZero;
    return Outcome(won / whole);
}

TEST(DWinRate, PropertyOfRandomTablesAgreesWithCountingByHand) {
    support::Dice dice(61);
    const auto all = [](const std::vector<Cell>&) { return true; };
    for (int round = 0; round < 500; ++round) {
        const Rows rows = someDeals(dice, 25);
        EXPECT_TRUE(same(winRateOf(rows), countedByHand(rows, false, all)));
        EXPECT_TRUE(same(winRateOf(rows, {"closed"}), countedByHand(rows, false, all)));
        EXPECT_TRUE(same(winRateOf(rows, {"Created "}), countedByHand(rows, true, all)));
    }
}

TEST(DWinRate, PropertyOfRandomFiltersAgreesWithCountingByHand) {
    struct Known {
        std::vector<Argument> filter;
        bool (*keeps)(const std::vector<Cell>&);
    };
    static const std::vector<Known> filters = {
        {{"channel", "Partner"}, [](const std::vector<Cell>& deal) { return plainWord(deal[0]) == "partner"; }},
        {{" CHANNEL", "<>partner"}, [](const std::vector<Cell>& deal) { return plainWord(deal[0]) != "partner"; }},
        {{1.0, "*e*"}, [](const std::vector<Cell>& deal) { return plainWord(deal[0]).find('e') != std::string::npos; }},
        {{1.0, "<>"}, [](const std::vector<Cell>& deal) { return !plainWord(deal[0]).empty(); }},
        {{"amount", ">=1000"},
         [](const std::vector<Cell>& deal) {
             return std::holds_alternative<double>(deal[2]) && std::get<double>(deal[2]) >= 1000;
         }},
        {{3.0, "="}, [](const std::vector<Cell>& deal) { return std::holds_alternative<Blank>(deal[2]); }},
    };
    support::Dice dice(62);
    for (int round = 0; round < 1000; ++round) {
        const Rows rows = someDeals(dice, 30);
        const bool created = dice.oneIn(2);
        std::vector<Argument> more = {created ? Argument("created") : Argument(Absent{})};
        std::vector<const Known*> asked;
        for (std::size_t left = dice.below(4); left > 0; --left) {
            asked.push_back(&dice.pick(filters));
            more.insert(more.end(), asked.back()->filter.begin(), asked.back()->filter.end());
        }
        const auto keep = [&asked](const std::vector<Cell>& deal) {
            return std::all_of(asked.begin(), asked.end(), [&deal](const Known* known) { return known->keeps(deal); });
        };
        EXPECT_TRUE(same(winRateOf(rows, more), countedByHand(rows, created, keep)));
    }
}

TEST(DWinRate, PropertyOfTheOrderOfRowsDoesNotMatter) {
    support::Dice dice(63);
    for (int round = 0; round < 200; ++round) {
        const Rows rows = someDeals(dice, 30);
        Rows deals(rows.begin() + 1, rows.end());
        dice.shuffle(deals);
        deals.insert(deals.begin(), rows.front());
        EXPECT_TRUE(same(winRateOf(rows), winRateOf(deals)));
        EXPECT_TRUE(same(winRateOf(rows, {"created", "amount", "<1000"}), winRateOf(deals, {"created", "amount", "<1000"})));
    }
}

TEST(DWinRate, PropertyOfWonAndLostSwappedIsTheComplement) {
    support::Dice dice(64);
    for (int round = 0; round < 200; ++round) {
        const Rows rows = someDeals(dice, 30);
        const Result<Outcome> rate = winRateOf(rows);
        const Result<Outcome> swapped = call("DWINRATE", {tableOf(rows), "stage", "lost", "won"});
        if (rate)
            EXPECT_TRUE(support::near(numberOf(rate) + numberOf(swapped), 1));
        else
            EXPECT_TRUE(same(rate, swapped));
    }
}

TEST(DWinRate, PropertyOfItIsTheWinRateOfTheCounts) {
    EXPECT_TRUE(same(support::evaluate("=DWINRATE(Deals.A:G;\"stage\";\"Won\";\"Lost\")"), support::evaluate("=WINRATE(4;4)")));
    EXPECT_TRUE(same(support::evaluate("=DWINRATE(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"created\")"),
                     support::evaluate("=WINRATE(4;4;4)")));
}

TEST(DWinRate, PropertyOfOtherColumnsAreNotRead) {
    const auto table = std::make_shared<const MemoryTable>(
        Rows{{"owner", "stage", "amount"}, {CellError{532}, "won", 5.0}, {"Ana", "lost", CellError{519}}});
    EXPECT_TRUE(gives(call("DWINRATE", {table, "stage", "won", "lost"}), 0.5));
    EXPECT_EQ(table->timesRead(), (std::vector<int>{0, 1, 0}));
}

TEST(DWinRate, ValueOfListsOfWords) {
    const Rows rows = {{"stage"}, {"Closed Won"}, {"Signed"}, {"Closed Lost"}, {"No decision"}, {"Demo"}};
    EXPECT_TRUE(
        gives(call("DWINRATE", {tableOf(rows), "stage", row({"closed won", "SIGNED "}), row({"Closed Lost", Blank{}})}), 2.0 / 3));
    EXPECT_TRUE(gives(call("DWINRATE", {tableOf(rows), "stage", "Signed", row({"Closed Lost", "No decision"}), "created"}), 0.2));
}

TEST(DWinRate, ValueOfStatesAsNumbers) {
    const Rows rows = {{"won?"}, {1.0}, {0.0}, {1.0}, {2.0}, {Blank{}}};
    EXPECT_TRUE(gives(call("DWINRATE", {tableOf(rows), "won?", 1.0, 0.0}), 2.0 / 3));
    EXPECT_TRUE(gives(call("DWINRATE", {tableOf(rows), "won?", row({1.0, 2.0}), 0.0}), 0.75));
}

TEST(DWinRate, ValueOfARangeOfTheSheetAsTheListOfWords) {
    // D3 is Lost, D6 Proposal.
    EXPECT_TRUE(shows("=DWINRATE(Deals.A1:G13;\"stage\";\"won\";Deals.D3)", 0.5));
    EXPECT_TRUE(shows("=DWINRATE(Deals.A1:G13;\"stage\";\"won\";Deals.D6:D7)", 0.4));
}

TEST(DWinRate, EdgeOneRowAndNoRow) {
    EXPECT_TRUE(gives(winRateOf({{"stage"}, {"Won"}}), 1.0));
    EXPECT_TRUE(gives(winRateOf({{"stage"}, {"Lost"}}), 0.0));
    EXPECT_TRUE(gives(winRateOf({{"stage"}, {"Demo"}}), Fault::DivideByZero));
    EXPECT_TRUE(gives(winRateOf({{"stage"}, {"Demo"}}, {"created"}), 0.0));
    EXPECT_TRUE(gives(winRateOf({{"stage"}, {Blank{}}}, {"created"}), Fault::NothingToCompute));
    EXPECT_TRUE(gives(winRateOf({{"stage"}}), Fault::NothingToCompute));
    EXPECT_TRUE(shows("=DWINRATE(Deals.A1:G1;\"stage\";\"Won\";\"Lost\")", Fault::NothingToCompute));
}

TEST(DWinRate, EdgeAnEmptyColumn) {
    const Rows rows = {{Blank{}}, {Blank{}}, {Blank{}}};
    EXPECT_TRUE(gives(winRateOf(rows), Fault::OutsideDomain));
    EXPECT_TRUE(gives(call("DWINRATE", {tableOf(rows), 1.0, "won", "lost"}), Fault::NothingToCompute));
}

TEST(DWinRate, EdgeADoubledHeaderCanBeNamedByItsPosition) {
    const Rows rows = {{"stage", "Stage"}, {"Won", "Lost"}};
    EXPECT_TRUE(gives(winRateOf(rows), Fault::OutsideDomain));
    EXPECT_TRUE(gives(call("DWINRATE", {tableOf(rows), 2.0, "won", "lost"}), 0.0));
}

TEST(DWinRate, EdgeTheBasisOfAnEmptyCellIsClosed) {
    const Rows rows = {{"stage"}, {"Won"}, {"Demo"}};
    EXPECT_TRUE(gives(winRateOf(rows, {0.0}), 1.0));
    EXPECT_TRUE(gives(winRateOf(rows, {" "}), 1.0));
    EXPECT_TRUE(gives(winRateOf(rows, {Absent{}}), 1.0));
}

TEST(DWinRate, RefusalOfAnErrorCellSaysWhere) {
    const Rows rows = {{"stage", "amount"}, {"Won", 5.0}, {"Won", CellError{519}}, {CellError{532}, 5.0}};
    const Result<Outcome> inStatus = winRateOf(rows);
    ASSERT_TRUE(gives(inStatus, Fault::ErrorInCell));
    EXPECT_EQ(inStatus.failure().cellError, 532);
    EXPECT_EQ(inStatus.failure().column, 1);
    EXPECT_EQ(inStatus.failure().row, 4);
    const Rows clean = {rows[0], rows[1], rows[2]};
    const Result<Outcome> inFilter = winRateOf(clean, {Absent{}, "amount", ">0"});
    ASSERT_TRUE(gives(inFilter, Fault::ErrorInCell));
    EXPECT_EQ(inFilter.failure().cellError, 519);
    EXPECT_EQ(inFilter.failure().column, 2);
    EXPECT_EQ(inFilter.failure().row, 3);
}

TEST(DWinRate, RefusalOfWordsThatMeanBoth) {
    const Rows rows = {{"stage"}, {"Won"}};
    EXPECT_TRUE(gives(call("DWINRATE", {tableOf(rows), "stage", "won", "WON "}), Fault::OutsideDomain));
    EXPECT_TRUE(
        gives(call("DWINRATE", {tableOf(rows), "stage", row({"won", "Closed"}), row({"lost", "closed"})}), Fault::OutsideDomain));
}

TEST(DWinRate, Refusals) {
    const Rows rows = {{"stage", "channel"}, {"Won", "Web"}};
    EXPECT_TRUE(gives(winRateOf(rows, {"open"}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(winRateOf(rows, {Absent{}, "channel"}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(winRateOf(rows, {Absent{}, "channel", "Web", "stage"}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(winRateOf(rows, {Absent{}, "kanal", "Web"}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(winRateOf(rows, {Absent{}, 3.0, "Web"}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(winRateOf(rows, {Absent{}, 1.5, "Web"}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(winRateOf(rows, {Absent{}, "channel", row({"Web", "Fair"})}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(winRateOf(rows, {Absent{}, "channel", "Fair"}), Fault::NothingToCompute));
    EXPECT_TRUE(gives(call("DWINRATE", {tableOf(rows), "stage", "won"}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(call("DWINRATE", {tableOf(rows), "stage", "", "lost"}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(call("DWINRATE", {tableOf(rows), "stage", "won", row({Blank{}, " "})}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(call("DWINRATE", {row({"stage", "won"}), "stage", "won", "lost"}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(call("DWINRATE", {}), Fault::OutsideDomain));
}

}  // namespace
}  // namespace calckpi
