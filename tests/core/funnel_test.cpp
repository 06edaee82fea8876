#include "core/kpis/funnel.hpp"
#include "core/catalog/samples.hpp"
#include "tests/core/funnel_oracle.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace calckpi {
namespace {

using funnel_oracle::alike;
using funnel_oracle::blocksBelowAll;
using funnel_oracle::call;
using funnel_oracle::gridOf;
using funnel_oracle::holds;
using funnel_oracle::keyOf;
using funnel_oracle::listOf;
using funnel_oracle::OutputRows;
using funnel_oracle::sameTables;
using funnel_oracle::shuffledRows;
using funnel_oracle::SlowCount;
using funnel_oracle::stagesNamed;
using funnel_oracle::tableOf;
using funnel_oracle::Unit;
using support::Dice;
using support::gives;
using support::near;
using support::Rows;

double numberAt(const OutputGrid& grid, std::size_t row, std::size_t column) { return std::get<double>(grid.at(row, column)); }

Fault faultAt(const OutputGrid& grid, std::size_t row, std::size_t column) { return std::get<Failure>(grid.at(row, column)).fault; }

Rows sampleDeals() {
    Rows rows;
    for (const auto& line : samples::deals) {
        rows.emplace_back();
        for (const std::string_view typed : line) {
            if (typed.empty())
                rows.back().emplace_back(Blank{});
            else if (const auto date = support::serialOfIsoDate(typed))
                rows.back().emplace_back(*date);
            else if (const auto number = support::plainNumber(typed))
                rows.back().emplace_back(*number);
            else
                rows.back().emplace_back(std::string(typed));
        }
    }
    return rows;
}

// ------- FUNNEL

Result<Outcome> funnelOf(std::vector<Cell> stages, std::vector<Cell> counts, Argument values = Absent{},
                         Argument headers = Absent{}) {
    return call("FUNNEL", {listOf(std::move(stages)), listOf(std::move(counts)), std::move(values), std::move(headers)});
}

// Wilson bounds of 20 of 80 from the contract's own example of RATELOW and RATEHIGH: 0.168062 and 0.354847.
TEST(Funnel, ValueOfEachColumn) {
    const OutputGrid grid = gridOf(funnelOf({"Lead", "Demo", "Won"}, {160.0, 80.0, 20.0}, listOf({9000.0, Blank{}, 1200.0})));
    ASSERT_EQ(grid.rows, 4U);
    ASSERT_EQ(grid.columns, 8U);
    const std::vector<std::string> headers = {"stage", "count", "of previous", "of first", "lost", "low", "high", "value"};
    for (std::size_t column = 0; column < 8; ++column) EXPECT_EQ(std::get<std::string>(grid.at(0, column)), headers[column]);
    EXPECT_EQ(std::get<std::string>(grid.at(3, 0)), "Won");
    EXPECT_EQ(numberAt(grid, 3, 1), 20);
    EXPECT_EQ(numberAt(grid, 3, 2), 0.25);
    EXPECT_EQ(numberAt(grid, 3, 3), 0.125);
    EXPECT_EQ(numberAt(grid, 2, 4), 60);
    EXPECT_EQ(numberAt(grid, 3, 4), 0);
    EXPECT_NEAR(numberAt(grid, 3, 5), 0.168062, 5e-7);
    EXPECT_NEAR(numberAt(grid, 3, 6), 0.354847, 5e-7);
    EXPECT_EQ(numberAt(grid, 3, 7), 1200);
    // What the first stage cannot have, and a value that is not given.
    for (const std::size_t column : {2U, 5U, 6U}) EXPECT_TRUE(std::holds_alternative<Blank>(grid.at(1, column)));
    EXPECT_EQ(numberAt(grid, 1, 3), 1);
    EXPECT_TRUE(std::holds_alternative<Blank>(grid.at(2, 7)));
}

TEST(Funnel, EdgeOfCountsOfZero) {
    const OutputGrid grid = gridOf(funnelOf({"Lead", "Demo", "Won"}, {10.0, 0.0, 0.0}));
    EXPECT_EQ(numberAt(grid, 2, 2), 0);
    for (const std::size_t column : {2U, 5U, 6U}) EXPECT_EQ(faultAt(grid, 3, column), Fault::DivideByZero);
    EXPECT_EQ(numberAt(grid, 3, 3), 0);
    EXPECT_EQ(faultAt(gridOf(funnelOf({"Lead"}, {0.0})), 1, 3), Fault::DivideByZero);
}

TEST(Funnel, EdgeOfHeadersAndEmptyCells) {
    const OutputGrid bare = gridOf(funnelOf({"Lead", "Won"}, {10.0, 4.0}, Absent{}, 0.0));
    EXPECT_EQ(bare.rows, 2U);
    EXPECT_EQ(std::get<std::string>(bare.at(0, 0)), "Lead");
    // A place that is empty in either list is left out of both, so that the counts stay with their stages.
    EXPECT_TRUE(sameTables(funnelOf({"Lead", Blank{}, "Demo", " Won "}, {10.0, 7.0, Blank{}, 4.0}),
                           funnelOf({"Lead", "Won"}, {10.0, 4.0})));
    EXPECT_TRUE(sameTables(call("FUNNEL", {"Lead", 10.0}), funnelOf({"Lead"}, {10.0})));
    EXPECT_TRUE(gives(funnelOf({"Lead"}, {Blank{}}), Fault::NothingToCompute));
}

TEST(Funnel, RefusalOfCountsThatAreNoFunnel) {
    EXPECT_TRUE(gives(funnelOf({"Lead", "Won"}, {4.0, 10.0}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(funnelOf({"Lead", "Won"}, {4.0, -1.0}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(funnelOf({"Lead", "Won"}, {4.0, 3.0, 2.0}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(funnelOf({"Lead", "Won"}, {4.0, 3.0}, listOf({1.0})), Fault::OutsideDomain));
    EXPECT_TRUE(gives(funnelOf({"Lead", "Won"}, {4.0, "3 deals"}), Fault::NotANumber));
    EXPECT_TRUE(gives(call("FUNNEL", {Absent{}, 10.0}), Fault::OutsideDomain));
}

// ------- FUNNELSTAGES

struct StageOptions {
    std::vector<Cell> stages = {"Demo", "Proposal", "Won"};
    bool lost = true;
    bool lostStage = true;
    bool amount = true;
    bool split = true;
    Argument headers = Absent{};
};

Result<Outcome> tableOfStages(const Rows& rows, const StageOptions& options) {
    const auto column = [](bool given, const char* name) { return given ? Argument(name) : Argument(Absent{}); };
    return call("FUNNELSTAGES", {tableOf(rows), "stage", listOf(options.stages),
                                 options.lost ? Argument(listOf({"Lost", "dead"})) : Absent{}, column(options.lostStage, "lost at"),
                                 column(options.amount, "amount"), column(options.split, "owner"), options.headers});
}

Rows someDeals(Dice& dice) {
    static const std::vector<Cell> stages = {"Demo", "demo ", "Proposal", "PROPOSAL", "Won", "won",
                                             "Lost", "Dead",  "New",      Blank{},    " "};
    static const std::vector<Cell> lostAt = {"Demo", "Proposal", "proposal", "Won", "New", "Lost", Blank{}};
    static const std::vector<Cell> owners = {"Ana", "ana", "Ben", "Cleo", "Zoe", Blank{}};
    Rows rows = {{"amount", "Stage", "lost at", "owner"}};
    for (std::size_t left = dice.below(30); left > 0; --left)
        rows.push_back({dice.oneIn(4) ? Cell(Blank{}) : Cell(dice.count(90'000) / 100), dice.pick(stages), dice.pick(lostAt),
                        dice.pick(owners)});
    return rows;
}

std::vector<std::string> namesOf(const std::vector<Cell>& stages) {
    std::vector<std::string> names;
    for (const Cell& stage : stages) names.push_back(std::get<std::string>(stage));
    return names;
}

OutputRows slowStages(const Rows& rows, const StageOptions& options) {
    const std::vector<std::string> names = namesOf(options.stages);
    const auto depthOf = [&](const Cell& cell) {
        for (std::size_t stage = 0; stage < names.size(); ++stage)
            if (keyOf(cell) == folded(names[stage])) return stage + 1;
        return std::size_t{0};
    };
    std::vector<Unit> units;
    for (std::size_t row = 1; row < rows.size(); ++row) {
        std::size_t depth = depthOf(rows[row][1]);
        const std::string stage = keyOf(rows[row][1]);
        const bool lost = options.lost && (stage == "lost" || stage == "dead");
        if (lost) depth = options.lostStage ? std::max<std::size_t>(1, depthOf(rows[row][2])) : 1;
        if (depth == 0 && options.lostStage && !stage.empty()) depth = depthOf(rows[row][2]);  // a status beside the stage
        if (depth == 0) continue;
        Unit unit;
        unit.segment = keyOf(rows[row][3]);
        unit.reached.assign(names.size(), false);
        std::fill_n(unit.reached.begin(), depth, true);
        unit.gaps.resize(names.size());
        unit.open = !lost && depth < names.size();
        const double* amount = std::get_if<double>(&rows[row][0]);
        if (amount != nullptr) unit.amount = *amount;
        units.push_back(unit);
    }
    return funnel_oracle::slowTable(units, names, {.split = options.split, .open = true, .value = options.amount},
                                    funnel_oracle::spellings(rows, 3));
}

TEST(FunnelStages, ValueOfOtherSpellingsInABlock) {
    const Rows rows = {{"stage"}, {"Demo"}, {"demo-call"}, {"Closed Won"}, {"closed-won"}, {"Lost"}};
    const Grid block{.rows = 3, .columns = 2, .cells = {"Demo", "Demo-Call", Blank{}, Blank{}, "Closed Won", "closed-won"}};
    const OutputGrid grid = gridOf(call("FUNNELSTAGES", {tableOf(rows), "stage", block, "Lost"}));
    ASSERT_EQ(grid.rows, 3U);
    EXPECT_EQ(std::get<std::string>(grid.at(2, 0)), "Closed Won");
    EXPECT_EQ(numberAt(grid, 1, 1), 5);
    EXPECT_EQ(numberAt(grid, 2, 1), 2);
    // Another spelling may not be lost at the same time.
    EXPECT_TRUE(gives(call("FUNNELSTAGES", {tableOf(rows), "stage", block, "closed-won"}), Fault::OutsideDomain));
    const Rows log = {{"id", "stage", "when"}, {"a", "demo-call", 1.0}, {"a", "closed-won", 2.0}, {"b", "Demo", 1.0}};
    const OutputGrid events = gridOf(call("FUNNELEVENTS", {tableOf(log), "id", "stage", "when", block}));
    EXPECT_EQ(numberAt(events, 1, 1), 2);
    EXPECT_EQ(numberAt(events, 2, 1), 1);
}

TEST(FunnelStages, ValueOfAStatusBesideTheStage) {
    const Rows rows = {{"status", "stage"}, {"open", "Demo"}, {"open", "Offer"}, {"won", "Demo"}, {"lost", "Offer"}, {"open", "x"}};
    const OutputGrid grid =
        gridOf(call("FUNNELSTAGES", {tableOf(rows), "status", listOf({"Demo", "Offer", "won"}), "lost", "stage"}));
    EXPECT_EQ(numberAt(grid, 1, 1), 4);  // the one at x is not counted
    EXPECT_EQ(numberAt(grid, 2, 1), 3);
    EXPECT_EQ(numberAt(grid, 3, 1), 1);
    EXPECT_EQ(numberAt(grid, 1, 5), 1);
    EXPECT_EQ(numberAt(grid, 2, 5), 1);
}

TEST(FunnelStages, PropertyOfRandomTablesAgreesWithTheSlowTableInEveryCell) {
    Dice dice(51);
    for (int round = 0; round < 3'000; ++round) {
        const Rows rows = someDeals(dice);
        StageOptions options;
        if (dice.oneIn(4)) options.stages = {"Demo", "Proposal", "demo", "Won"};
        options.lost = !dice.oneIn(4);
        options.lostStage = !dice.oneIn(3);
        options.amount = dice.oneIn(2);
        options.split = dice.oneIn(2);
        const Result<Outcome> got = tableOfStages(rows, options);
        if (rows.size() == 1) {
            EXPECT_TRUE(gives(got, Fault::NothingToCompute));
            continue;
        }
        ASSERT_TRUE(holds(gridOf(got), slowStages(rows, options))) << "round " << round;
        ASSERT_TRUE(sameTables(got, tableOfStages(shuffledRows(rows, dice), options))) << "round " << round;
    }
}

TEST(FunnelStages, PropertyOfRandomTablesNotesAreWhatOneCounts) {
    Dice dice(55);
    const std::vector<std::string> names = {"Demo", "Proposal", "Won"};
    std::size_t lostAnywhere = 0;
    for (int round = 0; round < 1'000; ++round) {
        const Rows rows = someDeals(dice);
        const bool lostStage = dice.oneIn(2);
        const bool split = dice.oneIn(2);
        const auto column = [](bool given, const char* name) { return given ? std::optional<ColumnRef>(name) : std::nullopt; };
        const Result<FunnelReport> got = report(StagesFunnel{.stage = "stage",
                                                             .stages = stagesNamed(names),
                                                             .lost = Values({"Lost", "dead"}),
                                                             .lostStage = column(lostStage, "lost at"),
                                                             .by = column(split, "owner")},
                                                tableOf(rows));
        if (rows.size() == 1) {
            EXPECT_FALSE(got);
            continue;
        }
        const auto isOneOf = [](const std::string& key, const std::vector<std::string>& keys) {
            return std::find(keys.begin(), keys.end(), key) != keys.end();
        };
        SlowCount blank, notListed, lost;
        std::size_t units = 0;
        for (std::size_t row = 1; row < rows.size(); ++row) {
            const std::string stage = keyOf(rows[row][1]);
            const bool isLost = isOneOf(stage, {"lost", "dead"});
            if (stage.empty())
                blank.add(1, row);
            else if (!isLost && !isOneOf(stage, {"demo", "proposal", "won"}) &&
                     !(lostStage && isOneOf(keyOf(rows[row][2]), {"demo", "proposal", "won"})))
                notListed.add(1, row);
            else
                ++units;
            if (isLost && !(lostStage && isOneOf(keyOf(rows[row][2]), {"demo", "proposal", "won"})))
                lost.add(lostStage ? 2 : 1, row);
        }
        const FunnelNotes& notes = got->notes;
        ASSERT_EQ(notes.rows, rows.size() - 1);
        ASSERT_EQ(notes.units, units);
        ASSERT_TRUE(alike("blank", notes.blank, blank));
        ASSERT_TRUE(alike("not listed", notes.notListed, notListed));
        ASSERT_TRUE(alike("lost anywhere", notes.lostAnywhere, lost));
        ASSERT_EQ(notes.segments, split ? blocksBelowAll(got->table, 3) : 0);
        ASSERT_EQ(notes.units + notes.blank.count + notes.notListed.count, notes.rows);
        ASSERT_EQ(notes.units, static_cast<std::size_t>(numberAt(got->table, 1, split ? 2 : 1)));
        lostAnywhere += notes.lostAnywhere.count;
    }
    EXPECT_GT(lostAnywhere, 100U);
}

TEST(FunnelStages, PropertySegmentsAddUpToAll) {
    Dice dice(52);
    for (int round = 0; round < 500; ++round) {
        const Result<Outcome> outcome = tableOfStages(someDeals(dice), {.headers = 0.0});
        if (!outcome) continue;
        const OutputGrid grid = gridOf(outcome);
        for (std::size_t stage = 0; stage < 3; ++stage)
            for (const std::size_t column : {2U, 5U, 6U, 9U}) {  // count, lost, open, value
                double total = 0;
                const auto known = [&](std::size_t row) {  // a value that is not known is #N/A
                    return std::holds_alternative<Failure>(grid.at(row, column)) ? 0 : numberAt(grid, row, column);
                };
                for (std::size_t row = 3 + stage; row < grid.rows; row += 3) total += known(row);
                EXPECT_TRUE(near(total, known(stage)));
            }
    }
}

TEST(FunnelStages, ValueOfTheSampleDeals) {
    const auto stages = listOf({"Demo", "Proposal", "Won"});
    const OutputGrid grid = gridOf(call("FUNNELSTAGES", {tableOf(sampleDeals()), "stage", stages, "Lost", Absent{}, "amount"}));
    // 2 demos and 2 proposals open, 4 won, 4 lost somewhere after the demo.
    EXPECT_EQ(numberAt(grid, 1, 1), 12);
    EXPECT_EQ(numberAt(grid, 2, 1), 6);
    EXPECT_EQ(numberAt(grid, 3, 1), 4);
    EXPECT_EQ(numberAt(grid, 1, 4), 4);
    EXPECT_EQ(numberAt(grid, 1, 5), 2);
    EXPECT_EQ(numberAt(grid, 2, 2), 0.5);
    EXPECT_EQ(numberAt(grid, 3, 8), 6350);
    for (const std::size_t column : {6U, 7U}) EXPECT_TRUE(std::holds_alternative<Blank>(grid.at(2, column)));
    const OutputGrid split =
        gridOf(call("FUNNELSTAGES", {tableOf(sampleDeals()), "stage", stages, "Lost", Absent{}, Absent{}, "owner"}));
    EXPECT_EQ(std::get<std::string>(split.at(0, 0)), "segment");
    EXPECT_EQ(std::get<std::string>(split.at(1, 0)), "All");
    EXPECT_EQ(std::get<std::string>(split.at(4, 0)), "Ana");
    EXPECT_EQ(std::get<std::string>(split.at(7, 0)), "Ben");
    EXPECT_EQ(std::get<std::string>(split.at(10, 0)), "Cleo");
}

TEST(FunnelStages, EdgeOfNumbersAsStagesAndFiltersAndColumnsRead) {
    const Rows rows = {
        {"stage", "region", "other"}, {1.0, "N", CellError{532}}, {"2", "N", Blank{}}, {9.0, "N", Blank{}}, {2.0, "S", Blank{}}};
    const auto table = std::make_shared<const support::MemoryTable>(rows);
    const OutputGrid grid = gridOf(call("FUNNELSTAGES", {TableHandle(table), "stage", listOf({1.0, 2.0}), 9.0, Absent{}, Absent{},
                                                         Absent{}, Absent{}, "region", "N"}));
    EXPECT_EQ(numberAt(grid, 1, 1), 3);
    EXPECT_EQ(numberAt(grid, 2, 1), 1);
    EXPECT_EQ(numberAt(grid, 1, 4), 1);
    EXPECT_EQ(table->timesRead()[2], 0);
}

TEST(FunnelStages, RefusalOfWhatCannotBeRead) {
    const Rows rows = sampleDeals();
    const auto stages = [&rows](Argument column, Argument lost, Argument amount, std::vector<Argument> filter = {}) {
        std::vector<Argument> arguments = {tableOf(rows),   std::move(column), listOf({"Demo", "Won"}),
                                           std::move(lost), Absent{},          std::move(amount),
                                           Absent{},        Absent{}};
        arguments.insert(arguments.end(), filter.begin(), filter.end());
        return call("FUNNELSTAGES", arguments);
    };
    EXPECT_TRUE(gives(stages("phase", "Lost", Absent{}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(stages("stage", "won", Absent{}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(stages("stage", "Lost", "owner"), Fault::NotANumber));
    EXPECT_TRUE(gives(stages("stage", "Lost", Absent{}, {"channel", "Fair"}), Fault::NothingToCompute));
}

// ------- FUNNELDATES

struct DateOptions {
    std::string fill = "none";
    bool split = true;
    double asOf = 0;  // 0 for none
    std::vector<Cell> stages = {"Lead", "Demo", "Won"};
};

Result<Outcome> tableOfDates(const Rows& rows, const DateOptions& options) {
    return call("FUNNELDATES",
                {tableOf(rows), listOf(options.stages), options.fill, options.split ? Argument("owner") : Argument(Absent{}),
                 options.asOf == 0 ? Argument(Absent{}) : Argument(options.asOf)});
}

Rows someDates(Dice& dice) {
    static const std::vector<Cell> owners = {"Ana", "ana", "Ben", "Cleo", Blank{}};
    Rows rows = {{"owner", "Won", " lead", "Demo"}};
    const auto date = [&dice] { return dice.oneIn(3) ? Cell(Blank{}) : Cell(45'000 + dice.count(40) / 4); };
    for (std::size_t left = dice.below(25); left > 0; --left) rows.push_back({dice.pick(owners), date(), date(), date()});
    return rows;
}

// A date without a time of day is not before a time on that day.
bool goesBackwards(double from, double to) { return to < from && to != std::floor(from); }

OutputRows slowDates(const Rows& rows, const DateOptions& options) {
    const std::vector<std::string> names = namesOf(options.stages);
    const std::map<std::string, std::size_t> columns = {{"Won", 1}, {"Lead", 2}, {"Demo", 3}};
    std::vector<Unit> units;
    for (std::size_t row = 1; row < rows.size(); ++row) {
        const auto dateOf = [&](std::size_t stage) -> std::optional<double> {
            const double* date = std::get_if<double>(&rows[row][columns.at(names[stage])]);
            if (date == nullptr) return std::nullopt;
            // A date without a time of day stands for its whole day.
            const double compared = options.asOf == std::floor(options.asOf) ? std::floor(*date) : *date;
            if (options.asOf != 0 && compared > options.asOf) return std::nullopt;
            return *date;
        };
        Unit unit;
        unit.segment = keyOf(rows[row][0]);
        unit.gaps.resize(names.size());
        bool some = false;
        for (std::size_t stage = 0; stage < names.size(); ++stage) {
            bool all = true;
            bool any = false;
            for (std::size_t other = 0; other < names.size(); ++other) {
                if (other <= stage) all = all && dateOf(other);
                if (other >= stage) any = any || dateOf(other);
            }
            const bool reached = options.fill == "none" ? all : options.fill == "later" ? any : dateOf(stage).has_value();
            unit.reached.push_back(reached);
            some = some || reached;
            if (reached && stage > 0 && dateOf(stage) && dateOf(stage - 1) && !goesBackwards(*dateOf(stage - 1), *dateOf(stage)))
                unit.gaps[stage] = {std::max(*dateOf(stage) - *dateOf(stage - 1), 0.0)};
        }
        if (some) units.push_back(unit);
    }
    return funnel_oracle::slowTable(units, names, {.split = options.split, .days = true}, funnel_oracle::spellings(rows, 0));
}

TEST(FunnelDates, PropertyOfRandomTablesAgreesWithTheSlowTableInEveryCell) {
    Dice dice(53);
    for (int round = 0; round < 3'000; ++round) {
        const Rows rows = someDates(dice);
        DateOptions options;
        options.fill = dice.pick(std::vector<std::string>{"none", "later", "each"});
        options.split = dice.oneIn(2);
        if (dice.oneIn(3)) options.asOf = 45'000 + dice.count(40) / 4;
        if (dice.oneIn(4)) options.stages = {"Lead", "Won", "Lead"};
        const Result<Outcome> got = tableOfDates(rows, options);
        if (rows.size() == 1) {
            EXPECT_TRUE(gives(got, Fault::NothingToCompute));
            continue;
        }
        ASSERT_TRUE(holds(gridOf(got), slowDates(rows, options))) << "round " << round << ' ' << options.fill;
        ASSERT_TRUE(sameTables(got, tableOfDates(shuffledRows(rows, dice), options))) << "round " << round;
    }
}

TEST(FunnelDates, PropertyOfRandomTablesNotesAreWhatOneCounts) {
    Dice dice(56);
    const std::vector<std::string> names = {"Lead", "Demo", "Won"};
    const std::vector<std::size_t> columns = {2, 3, 1};
    std::size_t backwardUnits = 0;
    for (int round = 0; round < 1'000; ++round) {
        Rows rows = someDates(dice);
        if (dice.oneIn(2)) rows.push_back({"Ana", Blank{}, Blank{}, Blank{}});
        const std::string fill = dice.pick(std::vector<std::string>{"none", "later", "each"});
        const std::optional<Moment> asOf = dice.oneIn(2) ? std::optional<Moment>(45'000 + dice.count(40) / 4) : std::nullopt;
        const Result<FunnelReport> got = report(
            DatesFunnel{.stages = stagesNamed(names), .fill = *Fill::fromText(fill), .by = "owner", .asOf = asOf}, tableOf(rows));
        if (rows.size() == 1) {
            EXPECT_FALSE(got);
            continue;
        }
        SlowCount blank, tooLate, withoutFirst, backwards;
        std::size_t units = 0;
        std::size_t backward = 0;
        for (std::size_t row = 1; row < rows.size(); ++row) {
            std::vector<std::optional<double>> dates;
            bool some = false;
            for (const std::size_t column : columns) {
                const double* date = std::get_if<double>(&rows[row][column]);
                some = some || date != nullptr;
                dates.push_back(date == nullptr ? std::nullopt : std::optional<double>(*date));
                if (!date || !asOf || (*asOf == std::floor(*asOf) ? std::floor(*date) : *date) <= *asOf) continue;
                tooLate.add(column, row);
                dates.back().reset();
            }
            if (!some) blank.add(2, row);
            if (!dates[0] && (dates[1] || dates[2])) withoutFirst.add(2, row);
            units += (fill == "none" ? dates[0].has_value() : dates[0] || dates[1] || dates[2]) ? 1 : 0;
            const std::size_t before = backwards.cells.count;
            for (std::size_t stage = 1; stage < 3; ++stage) {
                const bool reached = fill != "none" || (dates[0] && (stage == 1 || dates[1]));
                if (reached && dates[stage] && dates[stage - 1] && goesBackwards(*dates[stage - 1], *dates[stage]))
                    backwards.add(columns[stage], row);
            }
            backward += backwards.cells.count > before ? 1 : 0;
        }
        const FunnelNotes& notes = got->notes;
        ASSERT_EQ(notes.rows, rows.size() - 1);
        ASSERT_EQ(notes.units, units) << round << fill;
        ASSERT_TRUE(alike("blank", notes.blank, blank));
        ASSERT_TRUE(alike("too late", notes.tooLate, tooLate));
        ASSERT_TRUE(alike("without first", notes.withoutFirst, withoutFirst));
        ASSERT_TRUE(alike("backwards", notes.backwards, backwards)) << round << fill;
        ASSERT_EQ(notes.backwardUnits, backward);
        ASSERT_EQ(notes.segments, blocksBelowAll(got->table, 3));
        backwardUnits += backward;
    }
    EXPECT_GT(backwardUnits, 500U);
}

// A deal without a time of day in its date, one of the morning and one of the next day.
TEST(FunnelDates, ValueAsOfADateIsAllOfThatDay) {
    const Rows rows = {{"Lead"}, {45'000.0}, {45'000.4}, {45'001.0}};
    const auto countAsOf = [&rows](double asOf) {
        return numberAt(gridOf(call("FUNNELDATES", {tableOf(rows), "Lead", Absent{}, Absent{}, asOf})), 1, 1);
    };
    EXPECT_EQ(countAsOf(45'000), 2);
    EXPECT_EQ(countAsOf(45'000.25), 1) << "at six in the morning";
    EXPECT_EQ(countAsOf(45'000.4), 2);
    EXPECT_EQ(countAsOf(45'001), 3);
}

TEST(FunnelDates, PropertyCountsNeverRiseUnlessEachDateStandsForItself) {
    Dice dice(54);
    int rises = 0;
    for (int round = 0; round < 500; ++round) {
        const Rows rows = someDates(dice);
        for (const char* fill : {"none", "later", "each"}) {
            const Result<Outcome> outcome = tableOfDates(rows, {.fill = fill, .split = false});
            if (!outcome) continue;
            const OutputGrid grid = gridOf(outcome);
            for (std::size_t row = 2; row < grid.rows; ++row) {
                if (fill == std::string("each"))
                    rises += numberAt(grid, row, 1) > numberAt(grid, row - 1, 1) ? 1 : 0;
                else
                    EXPECT_LE(numberAt(grid, row, 1), numberAt(grid, row - 1, 1));
            }
        }
    }
    EXPECT_GT(rises, 0);
}

TEST(FunnelDates, ValueOfEachFill) {
    // One deal skipped the demo, one is without its lead date, one was won before its demo.
    const Rows rows = {{"Lead", "Demo", "Won"}, {1.0, 3.0, 7.0}, {1.0, Blank{}, 9.0},
                       {Blank{}, 4.0, 5.0},     {2.0, 8.0, 6.0}, {5.0, Blank{}, Blank{}}};
    const auto countsOf = [&rows](const char* fill) {
        const OutputGrid grid = gridOf(tableOfDates(rows, {.fill = fill, .split = false}));
        return std::vector<double>{numberAt(grid, 1, 1), numberAt(grid, 2, 1), numberAt(grid, 3, 1)};
    };
    EXPECT_EQ(countsOf("none"), (std::vector<double>{4, 2, 2}));
    EXPECT_EQ(countsOf("later"), (std::vector<double>{5, 4, 4}));
    EXPECT_EQ(countsOf("each"), (std::vector<double>{4, 3, 4}));
    const OutputGrid grid = gridOf(tableOfDates(rows, {.split = false}));
    EXPECT_EQ(numberAt(grid, 2, 6), 4);  // 2 and 6 days to the demo
    EXPECT_EQ(numberAt(grid, 3, 7), 4);  // 4 days from demo to won; the deal won before its demo gives none
    const OutputGrid each = gridOf(tableOfDates(rows, {.fill = "each", .split = false}));
    EXPECT_EQ(numberAt(each, 2, 4), -1);
    EXPECT_EQ(faultAt(each, 3, 9), Fault::OutsideDomain);
    // Of the demos only the first had happened by day 3, and nothing was won.
    const OutputGrid early = gridOf(tableOfDates(rows, {.split = false, .asOf = 3}));
    EXPECT_EQ(numberAt(early, 1, 1), 3);
    EXPECT_EQ(numberAt(early, 2, 1), 1);
    EXPECT_EQ(numberAt(early, 3, 1), 0);
    EXPECT_EQ(faultAt(early, 3, 6), Fault::NothingToCompute);
}

TEST(FunnelDates, ValueOfTheSampleDeals) {
    const auto dates = [](std::vector<Argument> more) {
        std::vector<Argument> arguments = {tableOf(sampleDeals()), listOf({"opened", "closed"})};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return gridOf(call("FUNNELDATES", arguments));
    };
    EXPECT_TRUE(near(numberAt(dates({}), 2, 2), 2.0 / 3));
    EXPECT_EQ(numberAt(dates({}), 2, 6), 25);
    EXPECT_EQ(numberAt(dates({}), 2, 7), 30);
    EXPECT_EQ(numberAt(dates({Absent{}, Absent{}, *support::serialOfIsoDate("2026-02-28")}), 2, 1), 4);
    EXPECT_EQ(numberAt(dates({Absent{}, Absent{}, 0.0, 0.0, "channel", "Partner"}), 1, 1), 3);
}

TEST(FunnelDates, RefusalOfWhatCannotBeRead) {
    const TableHandle table = tableOf(sampleDeals());
    EXPECT_TRUE(gives(call("FUNNELDATES", {table, listOf({"opened", "signed"})}), Fault::OutsideDomain));
    EXPECT_TRUE(gives(call("FUNNELDATES", {table, listOf({"opened", "closed"}), "some"}), Fault::OutsideDomain));
    const Result<Outcome> text = call("FUNNELDATES", {table, listOf({"opened", "stage"})});
    ASSERT_TRUE(gives(text, Fault::NotANumber));
    EXPECT_EQ(text.failure().column, 4);
    EXPECT_EQ(text.failure().row, 2);
}

// The examples of FUNNELEVENTS, whose log is the sample table with the owners as units.
TEST(FunnelEvents, ValueOfTheSampleDeals) {
    const auto events = [](Argument order, Argument window) {
        return gridOf(call("FUNNELEVENTS", {tableOf(sampleDeals()), "owner", "stage", "opened", listOf({"Lost", "Won"}),
                                            std::move(order), std::move(window)}));
    };
    EXPECT_EQ(numberAt(events(Absent{}, Absent{}), 2, 2), 0.5);
    EXPECT_EQ(numberAt(events(Absent{}, Absent{}), 2, 6), 42);  // 2026-01-07 to 2026-02-18
    EXPECT_EQ(numberAt(events(Absent{}, 30.0), 2, 6), 15);      // 2026-02-03 to 2026-02-18
    EXPECT_EQ(numberAt(events("any", Absent{}), 2, 1), 2);
}

}  // namespace
}  // namespace calckpi
