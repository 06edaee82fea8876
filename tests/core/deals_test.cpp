#include "core/kpis/deals.hpp"
#include "tests/support/expect.hpp"
#include "tests/support/formula.hpp"
#include "tests/support/memory_table.hpp"
#include "tests/support/random.hpp"
#include "tests/support/random_deals.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
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

// Calc hands A1:A1 and {0} over as an array of one: it is its only cell, and one that holds no value is left out.
TEST(DWinRate, EdgeAnArrayOfOneIsItsOnlyCell) {
    const Rows rows = {{"stage", "amount"}, {"won", 5.0}, {"lost", 5.0}, {"won", 7.0}, {"won", 9.0}};
    const auto one = [](Cell cell) { return Argument(row({std::move(cell)})); };
    const auto rate = [&](Argument column, Argument criterion) {
        return winRateOf(rows, {Absent{}, std::move(column), std::move(criterion)});
    };
    EXPECT_TRUE(gives(rate("amount", 5.0), 0.5));
    EXPECT_TRUE(gives(rate(one("amount"), one(5.0)), 0.5));
    EXPECT_TRUE(gives(rate(one(2.0), one(">6")), 1));
    EXPECT_TRUE(gives(winRateOf(rows, {one(Blank{})}), 0.75)) << "the basis is left out";
    EXPECT_TRUE(gives(rate(one(Blank{}), one(5.0)), Fault::OutsideDomain));
    EXPECT_TRUE(gives(rate("amount", one(Blank{})), Fault::OutsideDomain));
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

// The other functions, each beside the same number worked out by hand.

using support::amountsByHand;
using support::countByHand;
using support::daysByHand;
using support::dealsOf;
using support::randomDeals;
using support::sumByHand;

Result<Outcome> of(const char* name, const Rows& rows, std::vector<Argument> more) {
    more.insert(more.begin(), tableOf(rows));
    return call(name, more);
}

bool anyState(const Rows& deals) {
    return std::any_of(deals.begin(), deals.end(), [](const std::vector<Cell>& deal) { return support::stateByHand(deal) != ' '; });
}

Result<Outcome> meanByHand(const std::vector<double>& values) {
    if (values.empty()) return Fault::NothingToCompute;
    return Outcome(sumByHand(values) / static_cast<double>(values.size()));
}

Result<Outcome> winValueByHand(const Rows& deals) {
    if (!anyState(deals)) return Fault::NothingToCompute;
    for (const char state : {'w', 'l'})
        if (countByHand(deals, state) > 0 && amountsByHand(deals, state).empty()) return Fault::NothingToCompute;
    const double won = sumByHand(amountsByHand(deals, 'w'));
    const double lost = sumByHand(amountsByHand(deals, 'l'));
    if (won < 0 || lost < 0) return Fault::OutsideDomain;
    if (won + lost == 0) return Fault::DivideByZero;
    return Outcome(won / (won + lost));
}

Result<Outcome> salesByHand(const Rows& deals, std::string_view statistic) {
    if (!anyState(deals)) return Fault::NothingToCompute;
    const std::vector<double> sales = amountsByHand(deals, 'w');
    if (statistic == "sum" && countByHand(deals, 'w') > 0 && sales.empty()) return Fault::NothingToCompute;
    if (statistic == "sum") return Outcome(sumByHand(sales));
    if (statistic == "count") return Outcome(static_cast<double>(sales.size()));
    if (statistic == "mean") return meanByHand(sales);
    if (sales.empty()) return Fault::NothingToCompute;
    return Outcome(support::medianByHand(sales));
}

Result<Outcome> pipelineByHand(const Rows& deals, bool isWeighted) {
    if (!anyState(deals)) return Fault::NothingToCompute;
    std::vector<double> amounts = amountsByHand(deals, 'o');
    if (isWeighted) {
        amounts.clear();
        for (const std::vector<Cell>& deal : deals) {
            const auto amount = support::numberIn(deal, support::Amount);
            const auto probability = support::numberIn(deal, support::Probability);
            if (amount && probability && support::stateByHand(deal) == 'o') amounts.push_back(*amount * *probability);
        }
    }
    if (amounts.empty() && countByHand(deals, 'o') > 0) return Fault::NothingToCompute;
    return Outcome(sumByHand(amounts));
}

Result<Outcome> velocityByHand(const Rows& deals) {
    if (!anyState(deals)) return Fault::NothingToCompute;
    const double won = countByHand(deals, 'w');
    const double closed = won + countByHand(deals, 'l');
    const Result<Outcome> sale = meanByHand(amountsByHand(deals, 'w'));
    const Result<Outcome> cycle = meanByHand(daysByHand(deals, 'w'));
    if (closed == 0) return Fault::DivideByZero;
    if (!sale || !cycle) return Fault::NothingToCompute;
    if (numberOf(cycle) == 0) return Fault::DivideByZero;
    return Outcome((closed + countByHand(deals, 'o')) * numberOf(sale) * (won / closed) / numberOf(cycle));
}

Result<Outcome> cycleByHand(const Rows& deals, std::string_view statistic) {
    if (deals.empty()) return Fault::NothingToCompute;
    std::vector<double> days = daysByHand(deals, 'a');
    if (statistic == "count") return Outcome(static_cast<double>(days.size()));
    if (days.empty()) return Fault::NothingToCompute;
    if (statistic == "mean") return meanByHand(days);
    if (statistic == "max") return Outcome(*std::max_element(days.begin(), days.end()));
    return Outcome(support::medianByHand(days));
}

// near without the relative error of a difference of large numbers.
testing::AssertionResult alike(const Result<Outcome>& got, const Result<Outcome>& expected) {
    if (got && expected && std::abs(numberOf(got) - numberOf(expected)) <= 1e-9) return testing::AssertionSuccess();
    return same(got, expected);
}

// Each function with its arguments after the table, and the same by hand.
struct Known {
    const char* name;
    std::vector<Argument> arguments;
    Result<Outcome> (*byHand)(const Rows& deals);
};

const std::vector<Known>& everyFunction() {
    static const std::vector<Known> functions = {
        {"DWINVALUE", {"stage", "won", "lost", "amount"}, winValueByHand},
        {"DSALES", {"stage", "won", "amount", Absent{}}, [](const Rows& deals) { return salesByHand(deals, "sum"); }},
        {"DSALES", {"stage", "won", "amount", "sum"}, [](const Rows& deals) { return salesByHand(deals, "sum"); }},
        {"DSALES", {"stage", "won", "amount", "Mean"}, [](const Rows& deals) { return salesByHand(deals, "mean"); }},
        {"DSALES", {"stage", "won", "amount", "median"}, [](const Rows& deals) { return salesByHand(deals, "median"); }},
        {"DSALES", {"stage", "won", "amount", "count"}, [](const Rows& deals) { return salesByHand(deals, "count"); }},
        {"DPIPELINE", {"stage", "won", "lost", "amount", Absent{}}, [](const Rows& deals) { return pipelineByHand(deals, false); }},
        {"DPIPELINE", {2.0, "won", "lost", 3.0, 0.0}, [](const Rows& deals) { return pipelineByHand(deals, false); }},
        {"DPIPELINE",
         {"stage", "won", "lost", "amount", "probability"},
         [](const Rows& deals) { return pipelineByHand(deals, true); }},
        {"DSALESVELOCITY", {"stage", "won", "lost", "amount", "opened", "closed"}, velocityByHand},
        {"DSALESCYCLE", {"opened", "closed", Absent{}}, [](const Rows& deals) { return cycleByHand(deals, "mean"); }},
        {"DSALESCYCLE", {"opened", "closed", "median"}, [](const Rows& deals) { return cycleByHand(deals, "median"); }},
        {"DSALESCYCLE", {"opened", "closed", "count"}, [](const Rows& deals) { return cycleByHand(deals, "count"); }},
        {"DRESPONSETIME", {"opened", "closed", Absent{}}, [](const Rows& deals) { return cycleByHand(deals, "mean"); }},
        {"DRESPONSETIME", {"opened", "closed", "max"}, [](const Rows& deals) { return cycleByHand(deals, "max"); }},
    };
    return functions;
}

TEST(DealTable, PropertyOfRandomTablesAgreesWithWorkingThemOutByHand) {
    support::Dice dice(65);
    for (int round = 0; round < 600; ++round) {
        const Rows rows = randomDeals(dice, round % 3 == 0 ? 4 : 40);
        for (const Known& known : everyFunction())
            ASSERT_TRUE(alike(of(known.name, rows, known.arguments), known.byHand(dealsOf(rows))))
                << known.name << ", round " << round;
    }
}

TEST(DealTable, PropertyOfFiltersIsTheNumberOfTheRowsThatPass) {
    support::Dice dice(66);
    for (int round = 0; round < 300; ++round) {
        const Rows rows = randomDeals(dice, 40);
        Rows kept;
        for (const std::vector<Cell>& deal : dealsOf(rows))
            if (const auto opened = support::numberIn(deal, support::Opened); opened && *opened < 46010) kept.push_back(deal);
        for (const Known& known : everyFunction()) {
            std::vector<Argument> arguments = known.arguments;
            arguments.insert(arguments.end(), {"opened", "<46010"});
            ASSERT_TRUE(alike(of(known.name, rows, arguments), known.byHand(kept))) << known.name << ", round " << round;
        }
    }
}

TEST(DealTable, PropertyOfPairsLeftOutAreNoFilters) {
    support::Dice dice(68);
    for (int round = 0; round < 100; ++round) {
        const Rows rows = randomDeals(dice, 40);
        const std::size_t place = dice.below(mostFilters);
        for (const Known& known : everyFunction()) {
            std::vector<Argument> arguments = known.arguments;
            arguments.insert(arguments.end(), {"opened", "<46010"});
            const Result<Outcome> expected = of(known.name, rows, arguments);
            arguments.resize(known.arguments.size());
            for (std::size_t pair = 0; pair < mostFilters; ++pair) {
                arguments.push_back(pair == place ? Argument("opened") : Absent{});
                arguments.push_back(pair == place ? Argument("<46010") : Absent{});
            }
            ASSERT_TRUE(alike(of(known.name, rows, arguments), expected)) << known.name << ", pair " << place;
        }
    }
}

TEST(DealTable, RefusalOfHalfAPairAndOfMorePairsThanThereAreArguments) {
    const Rows rows = {{"stage", "channel", "amount", "opened", "closed", "probability", "received", "contacted"},
                       {"won", "Web", 5.0, 46000.0, 46001.0, 0.5, 46000.0, 46001.0}};
    for (const Known& known : everyFunction()) {
        const auto refused = [&](const std::vector<Argument>& filters) {
            std::vector<Argument> arguments = known.arguments;
            arguments.insert(arguments.end(), filters.begin(), filters.end());
            const Result<Outcome> outcome = of(known.name, rows, arguments);
            return !outcome && outcome.failure().fault == Fault::OutsideDomain;
        };
        EXPECT_TRUE(refused({Absent{}, "Web"})) << known.name;
        EXPECT_TRUE(refused({Absent{}, Absent{}, "channel", Absent{}})) << known.name;
        EXPECT_FALSE(refused(std::vector<Argument>(2 * mostFilters, Absent{}))) << known.name;
        EXPECT_TRUE(refused(std::vector<Argument>(2 * mostFilters + 2, Absent{}))) << known.name;
    }
}

TEST(DealTable, PropertyOfTheOrderOfRowsDoesNotMatter) {
    support::Dice dice(67);
    for (int round = 0; round < 100; ++round) {
        const Rows rows = randomDeals(dice, 40);
        Rows deals = dealsOf(rows);
        dice.shuffle(deals);
        for (const Known& known : everyFunction())
            EXPECT_TRUE(
                alike(of(known.name, rows, known.arguments), of(known.name, support::withHeaders(rows, deals), known.arguments)))
                << known.name;
    }
}

TEST(DealTable, EdgeA0ThatOnlyRowsThatDoNotPassHaveIsNoEmptyCell) {
    const auto table =
        std::make_shared<const MemoryTable>(Rows{{"owner", "is won"}, {"Ana", 1.0}, {"Ana", 1.0}, {"Ben", 0.0}, {"Cem", 2.0}});
    EXPECT_TRUE(gives(call("DWINRATE", {table, "is won", 1.0, 0.0, Absent{}, "owner", "Ana"}), 1.0));
    const auto without = std::make_shared<const MemoryTable>(Rows{{"owner", "is won"}, {"Ana", 1.0}, {"Cem", 2.0}});
    EXPECT_TRUE(support::refuses(call("DWINRATE", {without, "is won", 1.0, 0.0, Absent{}, "owner", "Ana"}), Fault::OutsideDomain));
}

TEST(DealTable, PropertyOfEachUsedColumnIsReadOnceAndNoOther) {
    const auto table = std::make_shared<const MemoryTable>(
        Rows{{"Owner", "Stage", "Amount", "Opened", "Closed", "Probability"}, {"Ana", "won", 5.0, 46000.0, 46001.0, 0.5}});
    EXPECT_TRUE(call("DSALESVELOCITY", {table, "stage", "won", "lost", "amount", "opened", "closed"}));
    EXPECT_EQ(table->timesRead(), (std::vector<int>{0, 1, 1, 1, 1, 0}));
}

TEST(DealTable, PropertyOfTheVelocityIsThatOfItsFourFigures) {
    EXPECT_TRUE(same(support::evaluate("=DSALESVELOCITY(Deals.A:G;\"stage\";\"won\";\"lost\";\"amount\";\"opened\";\"closed\")"),
                     support::evaluate("=SALESVELOCITY(12;1587.5;0.5;40)")));
}

TEST(DealTable, EdgeOnlyDealsThatCountMayBeOutsideTheDomain) {
    // A probability that is none, and dates the wrong way round.
    const std::vector<Cell> headers = {"Owner", "Stage", "Amount", "Opened", "Closed", "Probability"};
    const Rows lost = {headers,
                       {"Ana", "lost", 5.0, 46010.0, 46000.0, 20.0},
                       {"Ana", "open", 8.0, Blank{}, Blank{}, 0.25},
                       {"Ana", "won", 6.0, 46000.0, 46002.0, 1.0}};
    EXPECT_TRUE(gives(of("DPIPELINE", lost, {"stage", "won", "lost", "amount", "probability"}), 2.0));
    EXPECT_TRUE(gives(of("DSALESVELOCITY", lost, {"stage", "won", "lost", "amount", "opened", "closed"}), 3 * 6 * 0.5 / 2));
    EXPECT_EQ(of("DSALESCYCLE", lost, {"opened", "closed"}).failure(),
              Failure(Fault::OutsideDomain, Wrong::EndBeforeStart).at(5, 2));
    Rows open = lost;
    open[1][1] = "demo";
    EXPECT_EQ(of("DPIPELINE", open, {"stage", "won", "lost", "amount", "probability"}).failure(),
              Failure(Fault::OutsideDomain, Wrong::ShareOutside).at(6, 2));
    open[1][5] = -0.1;
    EXPECT_TRUE(gives(of("DPIPELINE", open, {"stage", "won", "lost", "amount", "probability"}), Fault::OutsideDomain));
}

TEST(DealTable, EdgeAmountsBelowZero) {
    const std::vector<Cell> headers = {"Stage", "Amount"};
    EXPECT_TRUE(
        gives(of("DWINVALUE", {headers, {"won", 10.0}, {"lost", -5.0}}, {"stage", "won", "lost", "amount"}), Fault::OutsideDomain));
    EXPECT_TRUE(
        gives(of("DWINVALUE", {headers, {"won", 10.0}, {"won", -4.0}, {"lost", 2.0}}, {"stage", "won", "lost", "amount"}), 0.75));
    EXPECT_TRUE(gives(of("DSALES", {headers, {"won", 10.0}, {"won", -14.0}}, {"stage", "won", "amount"}), -4.0));
    EXPECT_TRUE(gives(of("DSALES", {headers, {"won", 1e308}, {"won", 1e308}}, {"stage", "won", "amount"}), Fault::NotFinite));
    EXPECT_TRUE(
        gives(of("DWINVALUE", {headers, {"won", 1e308}, {"won", 1e308}}, {"stage", "won", "lost", "amount"}), Fault::NotFinite));
}

TEST(DealTable, RefusalOfATextAmongNumbersSaysWhere) {
    const Rows rows = {{"Stage", "Amount", "Opened", "Closed"}, {"won", 5.0, 46000.0, 46001.0}, {"open", "tbd", 46000.0, "soon"}};
    for (const char* name : {"DWINVALUE", "DPIPELINE"})
        EXPECT_EQ(of(name, rows, {"stage", "won", "lost", "amount"}).failure(),
                  Failure(Fault::NotANumber, Wrong::TextForNumber).at(2, 3))
            << name;
    EXPECT_EQ(of("DSALES", rows, {"stage", "won", "amount"}).failure(), Failure(Fault::NotANumber, Wrong::TextForNumber).at(2, 3));
    EXPECT_EQ(of("DSALESCYCLE", rows, {"opened", "closed"}).failure(), Failure(Fault::NotANumber, Wrong::TextForDate).at(4, 3));
    EXPECT_TRUE(gives(of("DSALES", rows, {"stage", "won", "amount", Absent{}, "stage", "won"}), 5.0));  // the text is filtered away
}

TEST(DealTable, RefusalOfHeadersAndOptionsThatAreNone) {
    const Rows rows = {{"Stage", "Amount", "Opened", "Closed"}, {"won", 5.0, 46000.0, 46001.0}};
    EXPECT_TRUE(gives(of("DWINVALUE", rows, {"stage", "won", "lost", "revenue"}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(of("DWINVALUE", rows, {"stage", "won", "lost"}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(of("DPIPELINE", rows, {"stage", "won", "lost", "amount", "chance"}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(of("DSALES", rows, {"stage", "won", "amount", "p90"}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(of("DSALESCYCLE", rows, {"opened", "closed", "total"}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(of("DSALESCYCLE", rows, {"opened"}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(of("DRESPONSETIME", rows, {"opened", "closed", Absent{}, "stage", "lost"}), Fault::NothingToCompute));
}

}  // namespace
}  // namespace calckpi
