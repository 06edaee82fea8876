#include "core/tables/query.hpp"
#include "tests/support/expect.hpp"
#include "tests/support/memory_table.hpp"
#include "tests/support/random.hpp"
#include "tests/support/random_deals.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>

namespace calckpi {
namespace {

using support::MemoryTable;
using support::refuses;
using support::Rows;

TableHandle tableOf(const Rows& rows) { return std::make_shared<const MemoryTable>(rows); }

StatusRule stage() { return {"stage", Values({"won"}), Values({"lost"})}; }
Statistic statistic(const char* name) { return *Statistic::fromText(name); }

const Rows fewDeals = {{"owner", "stage", "amount", "share"}, {"Ana", "won", 10.0, 0.5},   {"Ana", "lost", 20.0, 0.5},
                       {"Ben", "won", Blank{}, 1.0},          {"Ben", "demo", 40.0, 0.25}, {Blank{}, "demo", 80.0, Blank{}},
                       {"Cleo", Blank{}, 160.0, 1.0}};

TEST(Query, ValueOfGroupsAndTotal) {
    const Query query = {.status = stage(),
                         .by = "owner",
                         .aggregates = {{},
                                        {.of = {State::Won}},
                                        {.measure = cells("amount")},
                                        {.measure = cells("amount"), .of = {State::Won, State::Open}, .summary = Aggregate::Mean{}},
                                        {.measure = weighted("amount", "share"), .of = {State::Open}}}};
    const Result<Answer> answer = run(query, tableOf(fewDeals));
    ASSERT_TRUE(answer);
    ASSERT_EQ(answer->groups.size(), 3U);  // Cleo's row has no state
    std::map<std::string, std::vector<double>> values;
    for (const Answer::Group& group : answer->groups) {
        EXPECT_EQ(group.blank, group.name.text.empty());
        EXPECT_FALSE(group.name.number);
        for (const Result<double>& value : group.values) values[group.name.text].push_back(value ? *value : -1);
    }
    EXPECT_EQ(values["Ana"], (std::vector<double>{2, 1, 30, 10, 0}));
    EXPECT_EQ(values["Ben"], (std::vector<double>{2, 1, 40, 40, 10}));
    EXPECT_EQ(values[""], (std::vector<double>{1, 0, 80, 80, -1}));  // the one open deal has no share: nothing is known
    for (std::size_t index = 0; index < 5; ++index) {
        const double expected[] = {5, 2, 150, 130.0 / 3, 10};
        EXPECT_TRUE(support::near(*answer->total.values[index], expected[index])) << index;
    }
}

TEST(Query, ValueWithoutStatusIsOfAllRows) {
    const Result<Answer> answer = run({.aggregates = {{}, {.measure = cells("amount")}}}, tableOf(fewDeals));
    ASSERT_TRUE(answer);
    EXPECT_TRUE(answer->groups.empty());
    EXPECT_EQ(*answer->total.values[0], 6);
    EXPECT_EQ(*answer->total.values[1], 310);
}

TEST(Query, ValueOfSummariesOfNothing) {
    const Query query = {.status = stage(),
                         .aggregates = {{.measure = days("amount", "share"), .of = {State::Won}},
                                        {.measure = days("amount", "share"), .of = {State::Won}, .summary = Aggregate::Mean{}},
                                        {.measure = days("amount", "share"), .of = {State::Won}, .summary = statistic("median")},
                                        {.measure = days("amount", "share"), .of = {State::Won}, .summary = statistic("count")}}};
    const Result<Answer> answer = run(query, tableOf({fewDeals[0], fewDeals[3], fewDeals[4]}));
    ASSERT_TRUE(answer);
    EXPECT_TRUE(refuses(answer->total.values[0], Fault::NothingToCompute));  // a won deal, but no days
    EXPECT_TRUE(refuses(answer->total.values[1], Fault::NothingToCompute));
    EXPECT_TRUE(refuses(answer->total.values[2], Fault::NothingToCompute));
    EXPECT_EQ(*answer->total.values[3], 0);
}

TEST(Query, ValueOfAStatisticOfRows) {
    const Result<Answer> answer =
        run({.status = stage(), .by = "owner", .aggregates = {{.summary = statistic("count")}, {.summary = statistic("max")}}},
            tableOf(fewDeals));
    ASSERT_TRUE(answer);
    EXPECT_EQ(*answer->total.values[0], 5);
    EXPECT_EQ(*answer->total.values[1], 1);
}

TEST(Query, ValueOfGroupsOfNumbers) {
    const Result<Answer> answer =
        run({.by = "year", .aggregates = {{}}}, tableOf({{"year"}, {2026.0}, {2025.0}, {"2025"}, {2024.0}, {2024.0}}));
    ASSERT_TRUE(answer);
    std::map<std::string, std::optional<double>> numbers;
    for (const Answer::Group& group : answer->groups) numbers[group.name.text] = group.name.number;
    EXPECT_EQ(numbers, (std::map<std::string, std::optional<double>>{{"2024", 2024.0}, {"2025", std::nullopt}, {"2026", 2026.0}}));
}

// 1e16 + 1 is not a number a double can hold; a plain sum loses each of the small ones.
TEST(Query, EdgeSumsKeepWhatRoundingTakes) {
    Rows rows = {{"owner", "amount"}, {"Ana", 1e16}};
    for (int row = 0; row < 5000; ++row) rows.push_back({row % 2 == 0 ? "Ana" : "Ben", 1.0});
    rows.push_back({"Ben", -1e16});
    const Result<Answer> answer = run({.by = "owner", .aggregates = {{.measure = cells("amount")}}}, tableOf(rows));
    ASSERT_TRUE(answer);
    EXPECT_EQ(*answer->total.values[0], 5000);
}

TEST(Query, EdgeASumTooLargeForANumberIsAFaultOfItsGroupAlone) {
    const Result<Answer> answer = run(
        {.by = "owner", .aggregates = {{.measure = cells("amount")}, {.measure = cells("amount"), .summary = Aggregate::Mean{}}}},
        tableOf({{"owner", "amount"}, {"Ana", 1.7e308}, {"Ana", 1.7e308}, {"Ben", 1.0}}));
    ASSERT_TRUE(answer);
    for (const Answer::Group& group : answer->groups)
        for (const Result<double>& value : group.values) {
            if (group.name.text == "Ana") {
                EXPECT_TRUE(refuses(value, Fault::NotFinite));
            } else
                EXPECT_EQ(*value, 1);
        }
    EXPECT_TRUE(refuses(answer->total.values[0], Fault::NotFinite));
}

TEST(Query, PropertyOfRandomTablesAgreesWithAPassForEachGroupAndAggregate) {
    support::Dice dice(91);
    const std::vector<std::vector<State>> stateSets = {{}, {State::Won}, {State::Lost, State::Won}, {State::Open}};
    for (int round = 0; round < 400; ++round) {
        const Rows rows = support::randomDeals(dice, 60);
        const Rows deals = support::dealsOf(rows);
        Query query = {.status = stage(), .by = "owner", .aggregates = {}};
        for (int left = 0; left < 4; ++left) {
            const std::vector<Measure> measures = {calckpi::rows(), cells("amount"), days("opened", "closed"),
                                                   weighted("amount", "probability")};
            const std::vector<Aggregate::Summary> summaries = {Aggregate::Sum{}, Aggregate::Mean{}, statistic("p90"),
                                                               statistic("count")};
            query.aggregates.push_back({dice.pick(measures), dice.pick(stateSets), dice.pick(summaries)});
        }
        const Result<Answer> answer = run(query, tableOf(rows));

        const auto valueByHand = [&](const Aggregate& aggregate, const std::string* owner) -> Result<double> {
            std::vector<double> values;
            bool anyRow = false;
            for (const std::vector<Cell>& deal : deals) {
                if (owner != nullptr && support::plainWord(deal[support::Owner]) != *owner) continue;
                const char state = support::stateByHand(deal);
                const State asState = state == 'w' ? State::Won : state == 'l' ? State::Lost : State::Open;
                const auto& wanted = aggregate.of;
                if (state == ' ' || (!wanted.empty() && std::find(wanted.begin(), wanted.end(), asState) == wanted.end())) continue;
                anyRow = true;
                const auto amount = support::numberIn(deal, support::Amount);
                const auto opened = support::numberIn(deal, support::Opened);
                const auto closed = support::numberIn(deal, support::Closed);
                const auto probability = support::numberIn(deal, support::Probability);
                switch (aggregate.measure.kind) {
                    case Measure::Kind::Row: values.push_back(1); break;
                    case Measure::Kind::Cell:
                        if (amount) values.push_back(*amount);
                        break;
                    case Measure::Kind::Days:
                        if (opened && closed) values.push_back(support::daysByHand(*opened, *closed));
                        break;
                    case Measure::Kind::Weighted:
                        if (amount && probability) values.push_back(*amount * *probability);
                        break;
                }
            }
            if (const Statistic* asked = std::get_if<Statistic>(&aggregate.summary)) return asked->of(values);
            if (std::holds_alternative<Aggregate::Sum>(aggregate.summary) && !(anyRow && values.empty()))
                return support::sumByHand(values);
            if (values.empty()) return Fault::NothingToCompute;
            return support::sumByHand(values) / static_cast<double>(values.size());
        };
        const auto agrees = [&](const Answer::Group& group, const std::string* owner) {
            for (std::size_t index = 0; index < query.aggregates.size(); ++index) {
                const Result<double> expected = valueByHand(query.aggregates[index], owner);
                const Result<double>& got = group.values.at(index);
                ASSERT_EQ(static_cast<bool>(got), static_cast<bool>(expected));
                if (got)
                    EXPECT_NEAR(*got, *expected, 1e-9);
                else
                    EXPECT_EQ(got.failure(), expected.failure());
            }
        };
        std::map<std::string, bool> owners;
        for (const std::vector<Cell>& deal : deals)
            if (support::stateByHand(deal) != ' ') owners[support::plainWord(deal[support::Owner])] = false;
        if (owners.empty()) {
            EXPECT_TRUE(refuses(answer, Fault::NothingToCompute));
            continue;
        }
        ASSERT_TRUE(answer);
        for (const Answer::Group& group : answer->groups) {
            const std::string owner = support::plainWord(group.name.text);
            ASSERT_TRUE(owners.contains(owner)) << group.name.text;
            EXPECT_FALSE(std::exchange(owners[owner], true)) << group.name.text << " is there twice";
            agrees(group, &owner);
        }
        EXPECT_TRUE(std::all_of(owners.begin(), owners.end(), [](const auto& owner) { return owner.second; }));
        agrees(answer->total, nullptr);
    }
}

TEST(Query, RefusalsOfColumnsComeBeforeThoseOfRows) {
    const TableHandle empty = tableOf({{"owner", "stage", "amount"}});
    EXPECT_TRUE(refuses(run({.aggregates = {{}}}, empty), Fault::NothingToCompute));
    EXPECT_TRUE(refuses(run({.aggregates = {{.measure = cells("revenue")}}}, empty), Fault::OutsideDomain));
    EXPECT_TRUE(refuses(run({.by = "team", .aggregates = {{}}}, empty), Fault::OutsideDomain));
    EXPECT_TRUE(refuses(run({.status = StatusRule{"stage", Values({"won"}), Values({"Won "})}, .aggregates = {{}}}, empty),
                        Fault::OutsideDomain));
}

}  // namespace
}  // namespace calckpi
