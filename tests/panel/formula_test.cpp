// The formula that is written gives what the preview shows: random tables of every shape, recognised or read in a way that the user
// picks, computed once by the preview and once by reading the formula, as a sheet would.
#include "core/sheets/formula.hpp"
#include "core/sheets/preview.hpp"
#include "core/values/address.hpp"
#include "tests/panel/user.hpp"
#include "tests/support/formula.hpp"
#include "tests/support/random.hpp"
#include "tests/support/tables.hpp"
#include "tests/support/rounds.hpp"

#include <gtest/gtest.h>

#include <array>

namespace calckpi::panel {
namespace {

using support::Dice;
using support::Rows;
using support::TestSheet;

const std::vector<std::string> processes[] = {
    {"Lead", "Demo", "Proposal", "Won", "Lost"},
    {"1 - Contact", "2 - Devis", "3 - Négociation", "Gagnée", "Perdue"},
    {"Nou", "Ofertă", "Negociere", "Câștigat", "Pierdut"},
    {"A \"B\"", "x;y|z", "Won", " lost ", "won"},
};

Cell anyCell(Dice& dice, Cell usual) {
    switch (dice.below(60)) {
        case 0: return CellError{532};
        case 1: return std::string("text");
        case 2:
        case 3: return Blank{};
        case 4: return std::string("  ");
        default: return usual;
    }
}

Cell anyDay(Dice& dice) { return 45000.0 + dice.count(400) + (dice.oneIn(3) ? dice.share() : 0); }

// Odd headers: empty, twice there, of digits.
std::string anyHeader(Dice& dice, const std::string& usual) {
    static const std::vector<std::string> odd = {"", "Stage", "2", "2024", "É t", "a;b", "say \"x\"", "Won", "amount "};
    return dice.oneIn(12) ? dice.pick(odd) : usual;
}

Rows anyDeals(Dice& dice) {
    const std::vector<std::string>& stages = processes[dice.below(std::size(processes))];
    const std::vector<std::string> statuses = {"Open", "Won", "Lost"};
    const std::vector<std::string> owners = {"Ana", "Ben", "ana ", "Çelik"};
    Rows rows = {{"Deal ID", "Deal Stage", "Status", "Amount", "Created date", "Owner", "Lost at stage"}};
    for (Cell& header : rows[0]) header = anyHeader(dice, std::get<std::string>(header));
    const bool clean = !dice.oneIn(3);
    const auto cell = [&](Cell usual) { return clean ? usual : anyCell(dice, usual); };
    for (std::size_t left = dice.below(25); left > 0; --left)
        rows.push_back({cell(7000 + dice.count(30)), cell(dice.pick(stages)), cell(dice.pick(statuses)), cell(dice.count(900)),
                        cell(anyDay(dice)), cell(dice.pick(owners)), cell(dice.pick(stages))});
    return rows;
}

Rows anyDates(Dice& dice) {
    Rows rows = {{"Deal", "Lead date", "Demo date", "Won date", "Owner"}};
    for (Cell& header : rows[0]) header = anyHeader(dice, std::get<std::string>(header));
    const bool clean = !dice.oneIn(3);
    for (std::size_t left = dice.below(20); left > 0; --left) {
        rows.push_back({"D" + std::to_string(left)});
        for (int stage = 0; stage < 3; ++stage) {
            const Cell day = dice.oneIn(3) ? Cell(Blank{}) : anyDay(dice);
            rows.back().push_back(clean ? day : anyCell(dice, day));
        }
        rows.back().push_back(dice.oneIn(2) ? "Ana" : "Ben");
    }
    return rows;
}

Rows anyEvents(Dice& dice) {
    const std::vector<std::string> steps = {"Visit", "Sign up", "Purchase", "mail"};
    Rows rows = {{"user_id", "event", "timestamp", "channel"}};
    for (Cell& header : rows[0]) header = anyHeader(dice, std::get<std::string>(header));
    const bool clean = !dice.oneIn(3);
    const auto cell = [&](Cell usual) { return clean ? usual : anyCell(dice, usual); };
    for (std::size_t left = dice.below(40); left > 0; --left)
        rows.push_back({cell("u" + std::to_string(dice.below(8))), cell(dice.pick(steps)), cell(anyDay(dice)),
                        cell(dice.oneIn(2) ? "Ads" : "Web")});
    return rows;
}

// Counts of stages in columns, of several segments, with amounts; turned they are counts across.
Rows anyCounts(Dice& dice) {
    const std::vector<std::string>& stages = processes[dice.below(3)];
    const std::size_t lists = 1 + dice.below(3);
    Rows rows = {{"Stage"}};
    for (std::size_t list = 0; list < lists; ++list) rows[0].push_back("Count " + std::string(1, static_cast<char>('A' + list)));
    if (dice.oneIn(2)) rows[0].push_back("Amount");
    const bool clean = !dice.oneIn(3);
    double most = 1000;
    for (std::size_t stage = 0; stage < 2 + dice.below(3); ++stage) {
        most = dice.oneIn(15) ? most * 2 : std::floor(most * dice.between(0.3, 1));
        rows.push_back({stages[stage]});
        while (rows.back().size() < rows[0].size()) {
            const Cell count = most - (dice.oneIn(2) ? 0 : std::floor(most / 10));
            rows.back().push_back(clean ? count : anyCell(dice, count));
        }
    }
    return rows;
}

Rows turnedRows(const Rows& rows) {
    Rows turned(rows[0].size());
    for (std::size_t column = 0; column < turned.size(); ++column)
        for (const std::vector<Cell>& row : rows) turned[column].push_back(row[column]);
    return turned;
}

Rows anyRows(Dice& dice) {
    switch (dice.below(5)) {
        case 0: return anyDeals(dice);
        case 1: return anyDates(dice);
        case 2: return anyEvents(dice);
        case 3: return anyCounts(dice);
        default: return turnedRows(anyCounts(dice));
    }
}

// Options that a user may choose for the columns that there are.
void chooseAnything(Dice& dice, Choices& choices, const std::vector<std::string>& columns) {
    if (dice.oneIn(2)) choices.by = dice.pick(columns);
    if (dice.oneIn(4)) choices.filters.push_back({dice.pick(columns), dice.oneIn(2) ? "A*" : "<>Web"});
    if (dice.oneIn(8)) choices.filters.push_back({dice.pick(columns), ">=10"});
    choices.order = static_cast<EventOrder>(dice.below(4));
    choices.fill = static_cast<DateFill>(dice.below(3));
    if (dice.oneIn(3)) choices.window = dice.between(0.5, 90);
    if (dice.oneIn(3)) choices.asOf = 45000 + dice.count(400);
    if (dice.oneIn(3)) choices.lostStage = dice.pick(columns);
    if (dice.oneIn(6)) dice.shuffle(choices.stages);
    if (choices.shape == Shape::Events && !choices.stages.empty() && dice.oneIn(6))
        choices.stages.push_back(choices.stages.front());
    std::stable_partition(choices.stages.begin(), choices.stages.end(),
                          [](const ChosenStage& stage) { return stage.outcome != Outcome::Lost; });
}

TEST(FormulaAndPreview, PropertyThatBothGiveTheSame) {
    Dice dice(31);
    std::array<int, 5> compared{};  // of each shape, and of counts across
    int problems = 0;
    for (int round = 0; round < support::rounds(1200); ++round) {
        Rows rows = anyRows(dice);
        // Headers are texts, and none is a cell that is no header.
        for (Cell& header : rows[0])
            if (!std::holds_alternative<std::string>(header)) header = Blank{};
        const auto table = std::make_shared<MemoryTable>(rows);
        const TestSheet sheet{"Data", rows};
        User user;
        Source source = sourceOf(table);
        source.address =
            "$Data.$A$1:$" + lettersOf(static_cast<std::int32_t>(rows[0].size()) - 1) + "$" + std::to_string(rows.size());
        user.panel.take(std::move(source));
        user.waits();
        expectSound(user.panel);
        if (!user.panel.view().rows.empty() && user.sees(Item::Shape) && dice.oneIn(3))
            user.does({.item = Item::Shape, .entry = static_cast<std::int32_t>(dice.below(5))});
        expectSound(user.panel);
        if (!user.sees(Item::Shape)) continue;
        const PlanContext context = user.panel.planContext();
        Choices choices = user.panel.choices();
        if (dice.oneIn(2) && !choices.across) chooseAnything(dice, choices, context.columns);
        const Preview shown = preview(table, choices);
        const std::string formula = "=" + formulaOf(choices, context.columns, context.rows);
        SCOPED_TRACE("round " + std::to_string(round) + ": " + formula);
        if (shown.problem) {
            ++problems;
            EXPECT_FALSE(said(*shown.problem, Texts()).empty());
            // A problem of a cell is one of the formula, too. (Others are of choices that no formula is written of.)
            if (shown.problem->first.known()) {
                EXPECT_FALSE(support::evaluate(formula, sheet)) << said(*shown.problem, Texts(), "there");
            }
            continue;
        }
        const Result<calckpi::Outcome> written = support::evaluate(formula, sheet);
        ASSERT_TRUE(written) << support::spoken(written.failure());
        EXPECT_TRUE(support::sameTable(support::gridOf(written), shown.table));
        ++compared[choices.across ? 4 : static_cast<std::size_t>(choices.shape)];
        if (HasFailure()) return;
    }
    for (const int times : compared) EXPECT_GT(times, support::rounds(40));
    EXPECT_GT(problems, support::rounds(80));
}

}  // namespace
}  // namespace calckpi::panel
