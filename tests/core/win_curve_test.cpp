#include "core/kpis/win_curve.hpp"
#include "tests/support/memory_table.hpp"
#include "tests/support/random.hpp"
#include "tests/support/random_deals.hpp"
#include "tests/support/tables.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <set>
#include <string>

namespace calckpi {
namespace {

using support::Dice;
using support::gridOf;
using support::MemoryTable;
using support::numberAt;
using support::refuses;
using support::Rows;
using support::sameOutcome;
using support::sameTable;
using support::toGrid;

enum CurveColumn : std::size_t { Days, AtRisk, Won, Lost, ShareWon, ShareLost, Low, High };

TableHandle tableOf(const Rows& rows) { return std::make_shared<const MemoryTable>(rows); }

Result<Outcome> curveOf(const TableHandle& table, const std::vector<Argument>& more = {}, const char* won = "won",
                        const char* lost = "lost") {
    std::vector<Argument> arguments = {table, "opened", "closed", "stage", won, lost};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return winCurveFunctions[0].call(arguments);
}

// A deal by its age and what became of it: 'w' won, 'l' lost, 'o' still open at that age.
struct Seen {
    double days = 0;
    char end = 'o';
};

// The deals seen on `today`: open ones were opened just so long before it, closed ones at any earlier day.
constexpr double today = 46000;
Rows dealsOf(const std::vector<Seen>& deals) {
    Rows rows = {{"opened", "closed", "stage"}};
    for (const auto& [days, end] : deals) {
        const double earlier = end == 'o' ? 0 : static_cast<double>(rows.size() % 3);
        const double opened = today - days - earlier;
        // What stands as the expected close of an open deal must not matter.
        rows.push_back({opened, end == 'o' ? Cell(today + 90) : Cell(opened + days),
                        end == 'w'   ? "Won"
                        : end == 'l' ? "Lost"
                                     : "Demo"});
    }
    return rows;
}

// The deals as one would read them from a messy table by hand.
std::vector<Seen> seenByHand(const Rows& rows, std::optional<double> asOf) {
    struct Deal {
        double opened;
        double closed;
        char state;
    };
    std::vector<Deal> deals;
    std::vector<double> times;  // of the table, whatever else its rows say
    for (const auto& row : Rows(rows.begin() + 1, rows.end())) {
        const char state = support::stateByHand(row);
        const auto opened = support::numberIn(row, support::Opened);
        const auto closed = support::numberIn(row, support::Closed);
        if (opened) times.push_back(*opened);
        if (closed && (state == 'w' || state == 'l')) times.push_back(*closed);
        if (state == ' ' || !opened || (state != 'o' && !closed)) continue;
        deals.push_back({*opened, state == 'o' ? *opened : *closed, state});
    }
    // A date without a time of day stands for its whole day, of which is seen what happened.
    const auto happened = [&](double when) {
        return !asOf || (*asOf == std::floor(*asOf) ? std::floor(when) <= *asOf : when <= *asOf);
    };
    double now = asOf.value_or(-1e9);
    for (const double when : times)
        if (happened(when)) now = std::max(now, when);
    std::vector<Seen> seen;
    for (const Deal& deal : deals) {
        if (!happened(deal.opened)) continue;
        if (deal.state != 'o' && happened(deal.closed))
            seen.push_back({deal.closed - deal.opened, deal.state});
        else
            seen.push_back({now - deal.opened, 'o'});
    }
    return seen;
}

double countOf(const std::vector<Seen>& seen, auto isCounted) {
    return static_cast<double>(std::count_if(seen.begin(), seen.end(), isCounted));
}

// The shares by Efron's redistribution to the right, another way to the same estimate: each deal weighs 1 / n; a deal still open
// hands its weight on in equal parts to all that were seen longer; the share won is the weight of the won deals.
std::map<double, std::pair<double, double>> sharesByRedistribution(std::vector<Seen> seen) {
    // At one age what closes comes before what is still open.
    std::sort(seen.begin(), seen.end(),
              [](const Seen& a, const Seen& b) { return a.days != b.days ? a.days < b.days : (a.end == 'o') < (b.end == 'o'); });
    std::vector<double> weights(seen.size(), 1.0 / static_cast<double>(seen.size()));
    std::map<double, std::pair<double, double>> shares;
    double won = 0;
    double lost = 0;
    for (std::size_t deal = 0; deal < seen.size(); ++deal) {
        if (seen[deal].end == 'o')
            for (std::size_t later = deal + 1; later < seen.size(); ++later)
                weights[later] += weights[deal] / static_cast<double>(seen.size() - deal - 1);
        else
            (seen[deal].end == 'w' ? won : lost) += weights[deal];
        if (seen[deal].end != 'o') shares[seen[deal].days] = {won, lost};
    }
    return shares;
}

// Marubini and Valsecchi 1995, formula 10.12, as it is printed: sums over the ages up to t of the distances F(t) - F(tj).
double varianceByHand(const std::vector<Seen>& seen, const std::map<double, std::pair<double, double>>& shares, double age) {
    double variance = 0;
    double open = 1;
    for (const auto& [days, share] : shares) {
        if (days > age) break;
        const double n = countOf(seen, [days = days](const Seen& deal) { return deal.days >= days; });
        const double won = countOf(seen, [days = days](const Seen& deal) { return deal.days == days && deal.end == 'w'; });
        const double closed = countOf(seen, [days = days](const Seen& deal) { return deal.days == days && deal.end != 'o'; });
        const double distance = shares.at(age).first - share.first;
        if (n > closed) variance += distance * distance * closed / (n * (n - closed));
        variance += open * open * (n - won) / n * won / (n * n);
        variance -= 2 * distance * open * won / (n * n);
        open = 1 - share.first - share.second;
    }
    return variance;
}

constexpr double z95 = 1.959963984540054;  // R's qnorm(0.975)

OutputCell boundByHand(double share, double variance, double z) {
    const double error = std::sqrt(variance) / ((1 - share) * std::log(1 - share));
    return 1 - std::pow(1 - share, std::exp(-z * error));
}

Result<Outcome> curveByHand(const std::vector<Seen>& seen) {
    std::vector<std::vector<OutputCell>> table = {{"days", "at risk", "won", "lost", "share won", "share lost", "low", "high"}};
    if (seen.empty()) return Fault::NothingToCompute;
    const auto shares = sharesByRedistribution(seen);
    if (shares.empty()) return Fault::NothingToCompute;
    for (const auto& [age, share] : shares) {
        const auto upTo = [&seen, age = age](char end) {
            return countOf(seen, [age, end](const Seen& deal) { return deal.days <= age && deal.end == end; });
        };
        const double left =
            countOf(seen, [age = age](const Seen& deal) { return deal.days > age || (deal.days == age && deal.end == 'o'); });
        const bool none = upTo('w') == 0;
        const bool all = upTo('l') == 0 && left == 0;
        const OutputCell nothing = Failure(Fault::NothingToCompute);
        const double variance = varianceByHand(seen, shares, age);
        table.push_back({age, countOf(seen, [age = age](const Seen& deal) { return deal.days >= age; }),
                         countOf(seen, [age = age](const Seen& deal) { return deal.days == age && deal.end == 'w'; }),
                         countOf(seen, [age = age](const Seen& deal) { return deal.days == age && deal.end == 'l'; }), share.first,
                         share.second, none || all ? nothing : boundByHand(share.first, variance, -z95),
                         none || all ? nothing : boundByHand(share.first, variance, z95)});
    }
    return Outcome(toGrid(table));
}

std::vector<Seen> randomSeen(Dice& dice, const std::string& ends) {
    std::vector<Seen> seen;
    const std::size_t longest = dice.oneIn(2) ? 8 : 200;
    for (std::size_t left = 1 + dice.below(40); left > 0; --left)
        seen.push_back({dice.count(longest), ends[dice.below(ends.size())]});
    return seen;
}

std::optional<OutputGrid> curveOfSeen(const std::vector<Seen>& seen) {
    const Result<Outcome> result = curveOf(tableOf(dealsOf(seen)), {today, 0.0});
    if (!result) return std::nullopt;
    return gridOf(result);
}

TEST(WinCurve, PropertyEveryCellAgreesWithTheTableByHand) {
    Dice dice(51);
    for (int trial = 0; trial < 2000; ++trial) {
        Rows rows = support::randomDeals(dice, 30, false);
        if (dice.oneIn(2))  // with times of day
            for (std::size_t row = 1; row < rows.size(); ++row)
                for (const std::size_t column : {support::Opened, support::Closed})
                    if (double* when = std::get_if<double>(&rows[row][column]))
                        *when += (column == support::Closed ? 0.5 : 0) +
                                 (dice.oneIn(2) ? dice.count(3) / 8 : std::round(dice.share() * 36e6) / 864e5);
        std::optional<double> asOf;
        if (dice.oneIn(2)) asOf = 45995 + dice.count(60) + (dice.oneIn(4) ? 0.5 : 0);
        const Argument argument = asOf ? Argument(*asOf) : dice.oneIn(2) ? Argument(0.0) : Argument(Absent{});
        ASSERT_TRUE(sameOutcome(curveOf(tableOf(rows), {argument}), curveByHand(seenByHand(rows, asOf)))) << "trial " << trial;
    }
}

TEST(WinCurve, PropertyTheOrderOfTheRowsDoesNotMatter) {
    Dice dice(52);
    for (int trial = 0; trial < 300; ++trial) {
        const Rows rows = support::randomDeals(dice, 30, false);
        Rows body(rows.begin() + 1, rows.end());
        dice.shuffle(body);
        body.insert(body.begin(), rows.front());
        const Result<Outcome> one = curveOf(tableOf(rows));
        const Result<Outcome> other = curveOf(tableOf(body));
        ASSERT_EQ(static_cast<bool>(one), static_cast<bool>(other));
        if (one) {
            ASSERT_EQ(gridOf(one).cells, gridOf(other).cells) << "to the last digit";
        }
    }
}

TEST(WinCurve, PropertyWithoutOpenDealsItEndsAtTheClosedShares) {
    Dice dice(53);
    for (int trial = 0; trial < 300; ++trial) {
        const std::vector<Seen> seen = randomSeen(dice, "wl");
        const OutputGrid grid = curveOfSeen(seen).value();
        const double all = static_cast<double>(seen.size());
        const double won = countOf(seen, [](const Seen& deal) { return deal.end == 'w'; });
        EXPECT_NEAR(numberAt(grid, grid.rows - 1, ShareWon), won / all, 1e-12);
        EXPECT_NEAR(numberAt(grid, grid.rows - 1, ShareLost), 1 - won / all, 1e-12);
        for (std::size_t row = 0; row < grid.rows; ++row) {
            // At each age the share is the plain one of the deals, and its variance the binomial one.
            const double age = numberAt(grid, row, Days);
            const double share = countOf(seen, [age](const Seen& deal) { return deal.end == 'w' && deal.days <= age; }) / all;
            EXPECT_NEAR(numberAt(grid, row, ShareWon), share, 1e-12);
            if (!std::holds_alternative<double>(grid.at(row, Low))) continue;
            EXPECT_NEAR(numberAt(grid, row, Low), std::get<double>(boundByHand(share, share * (1 - share) / all, -z95)), 1e-9);
            EXPECT_NEAR(numberAt(grid, row, High), std::get<double>(boundByHand(share, share * (1 - share) / all, z95)), 1e-9);
        }
    }
}

// Kaplan and Meier's product limit with Greenwood's variance, which know nothing of competing ends.
TEST(WinCurve, PropertyWithoutLostDealsItIsKaplanMeiersComplement) {
    Dice dice(54);
    for (int trial = 0; trial < 300; ++trial) {
        const std::vector<Seen> seen = randomSeen(dice, "wo");
        const std::optional<OutputGrid> grid = curveOfSeen(seen);
        std::set<double> ages;
        for (const Seen& deal : seen)
            if (deal.end == 'w') ages.insert(deal.days);
        ASSERT_EQ(grid.has_value(), !ages.empty());
        if (!grid) continue;
        ASSERT_EQ(grid->rows, ages.size());
        double survival = 1;
        double greenwood = 0;
        std::size_t row = 0;
        for (const double age : ages) {
            const double n = countOf(seen, [age](const Seen& deal) { return deal.days >= age; });
            const double d = countOf(seen, [age](const Seen& deal) { return deal.days == age && deal.end == 'w'; });
            survival *= 1 - d / n;
            EXPECT_NEAR(numberAt(*grid, row, ShareWon), 1 - survival, 1e-12);
            EXPECT_EQ(numberAt(*grid, row, ShareLost), 0);
            if (n > d) {
                greenwood += d / (n * (n - d));
                EXPECT_NEAR(numberAt(*grid, row, Low),
                            std::get<double>(boundByHand(1 - survival, survival * survival * greenwood, -z95)), 1e-9);
                EXPECT_NEAR(numberAt(*grid, row, High),
                            std::get<double>(boundByHand(1 - survival, survival * survival * greenwood, z95)), 1e-9);
            } else {
                EXPECT_EQ(numberAt(*grid, row, ShareWon), 1) << "exactly: all are won";
                EXPECT_EQ(grid->at(row, Low), OutputCell(Failure(Fault::NothingToCompute)));
                EXPECT_EQ(grid->at(row, High), OutputCell(Failure(Fault::NothingToCompute)));
            }
            ++row;
        }
    }
}

TEST(WinCurve, PropertyWonAndLostSwappedSwapTheColumns) {
    Dice dice(55);
    for (int trial = 0; trial < 300; ++trial) {
        const TableHandle table = tableOf(dealsOf(randomSeen(dice, "wlo")));
        const Result<Outcome> one = curveOf(table, {today, 0.0});
        const Result<Outcome> other = curveOf(table, {today, 0.0}, "lost", "won");
        ASSERT_EQ(static_cast<bool>(one), static_cast<bool>(other));
        if (!one) continue;
        const OutputGrid grid = gridOf(one);
        const OutputGrid swapped = gridOf(other);
        ASSERT_EQ(grid.rows, swapped.rows);
        for (std::size_t row = 0; row < grid.rows; ++row)
            for (const auto& [left, right] : std::vector<std::pair<std::size_t, std::size_t>>{
                     {Days, Days}, {AtRisk, AtRisk}, {Won, Lost}, {Lost, Won}, {ShareWon, ShareLost}, {ShareLost, ShareWon}})
                ASSERT_EQ(grid.at(row, left), swapped.at(row, right)) << "row " << row;
    }
}

TEST(WinCurve, PropertySharesRiseAndLieWithinTheirBounds) {
    Dice dice(56);
    for (int trial = 0; trial < 500; ++trial) {
        const std::optional<OutputGrid> grid = curveOfSeen(randomSeen(dice, dice.oneIn(3) ? "wloooo" : "wwlo"));
        if (!grid) continue;
        for (std::size_t row = 0; row < grid->rows; ++row) {
            const double share = numberAt(*grid, row, ShareWon);
            EXPECT_GE(share, 0);
            EXPECT_LE(share + numberAt(*grid, row, ShareLost), 1 + 1e-12);
            if (row > 0) {
                EXPECT_GT(numberAt(*grid, row, Days), numberAt(*grid, row - 1, Days));
                EXPECT_LT(numberAt(*grid, row, AtRisk), numberAt(*grid, row - 1, AtRisk));
                EXPECT_GE(share, numberAt(*grid, row - 1, ShareWon));
                EXPECT_GE(numberAt(*grid, row, ShareLost), numberAt(*grid, row - 1, ShareLost));
            }
            ASSERT_EQ(std::holds_alternative<double>(grid->at(row, Low)), share > 0 && share < 1) << share;
            if (!(share > 0) || !(share < 1)) continue;
            EXPECT_GT(numberAt(*grid, row, Low), 0);
            EXPECT_LE(numberAt(*grid, row, Low), share);
            EXPECT_GE(numberAt(*grid, row, High), share);
            EXPECT_LE(numberAt(*grid, row, High), 1);
        }
    }
}

std::vector<Seen> seenAt(const std::vector<double>& won, const std::vector<double>& open) {
    std::vector<Seen> seen;
    for (const double days : open) seen.push_back({days, 'o'});
    for (const double days : won) seen.push_back({days, 'w'});
    return seen;
}

// Remission under 6-MP, Freireich and others 1963 (Blood 21), as in Kleinbaum and Klein, Survival Analysis, chapter 2. The bounds
// are on the scale log(-log), as Stata's "sts list" prints them for these data.
TEST(WinCurve, ValueFreireichTreated) {
    const OutputGrid grid =
        curveOfSeen(seenAt({6, 6, 6, 7, 10, 13, 16, 22, 23}, {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35})).value();
    const struct {
        double days, atRisk, ended, survival, low, high;
    } published[] = {{6, 21, 3, 0.8571, 0.6197, 0.9516},  {7, 17, 1, 0.8067, 0.5631, 0.9228},  {10, 15, 1, 0.7529, 0.5032, 0.8894},
                     {13, 12, 1, 0.6902, 0.4316, 0.8491}, {16, 11, 1, 0.6275, 0.3675, 0.8049}, {22, 7, 1, 0.5378, 0.2678, 0.7468},
                     {23, 6, 1, 0.4482, 0.1881, 0.6801}};
    ASSERT_EQ(grid.rows, std::size(published));
    for (std::size_t row = 0; row < grid.rows; ++row) {
        const auto& expected = published[row];
        EXPECT_EQ(numberAt(grid, row, Days), expected.days);
        EXPECT_EQ(numberAt(grid, row, AtRisk), expected.atRisk);
        EXPECT_EQ(numberAt(grid, row, Won), expected.ended);
        EXPECT_NEAR(1 - numberAt(grid, row, ShareWon), expected.survival, 0.00005001);
        EXPECT_NEAR(1 - numberAt(grid, row, High), expected.low, 0.00005001);
        EXPECT_NEAR(1 - numberAt(grid, row, Low), expected.high, 0.00005001);
    }
}

// The control group of the same study, where all remissions ended. First lines of "sts list" in Germán Rodríguez' notes on the
// Gehan data (data.princeton.edu/pop509/gehan.html).
TEST(WinCurve, ValueFreireichControls) {
    const OutputGrid grid =
        curveOfSeen(seenAt({1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23}, {})).value();
    EXPECT_NEAR(1 - numberAt(grid, 0, ShareWon), 0.9048, 0.00005001);
    EXPECT_NEAR(1 - numberAt(grid, 0, High), 0.6700, 0.00005001);
    EXPECT_NEAR(1 - numberAt(grid, 0, Low), 0.9753, 0.00005001);
    EXPECT_NEAR(1 - numberAt(grid, 1, ShareWon), 0.8095, 0.00005001);
    EXPECT_NEAR(1 - numberAt(grid, 1, High), 0.5689, 0.00005001);
    EXPECT_NEAR(1 - numberAt(grid, 1, Low), 0.9239, 0.00005001);
    EXPECT_EQ(numberAt(grid, grid.rows - 1, ShareWon), 1);
}

// Five deals by hand. Won at 1, lost at 2, open at 3, won at 4, lost at 5; S is the share still open before the age.
//   age  at risk  S     share won            share lost
//   1    5        1     1/5                  0
//   2    4        4/5   1/5                  4/5 * 1/4 = 1/5
//   4    2        3/5   1/5 + 3/5 * 1/2 = 1/2  1/5
//   5    1        3/10  1/2                  1/5 + 3/10 = 1/2
// Variance of the share won (Marubini and Valsecchi 1995) at age 1: 1 * 4/5 * 1/25 = 4/125, the binomial 1/5 * 4/5 / 5. At age 4:
//   (3/10)^2 * (1/(5*4) + 1/(4*3)) + (4/125 + 9/25 * 1/2 * 1/4) - 2 * 3/10 * 1/25 = 3/250 + 77/1000 - 3/125 = 13/200
TEST(WinCurve, ValueAalenJohansenByHand) {
    const std::vector<Seen> seen = {{4, 'w'}, {2, 'l'}, {3, 'o'}, {5, 'l'}, {1, 'w'}};
    const double fifth = 1.0 / 5;
    EXPECT_TRUE(sameTable(
        gridOf(curveOf(tableOf(dealsOf(seen)), {today})),
        toGrid({{"days", "at risk", "won", "lost", "share won", "share lost", "low", "high"},
                {1.0, 5.0, 1.0, 0.0, fifth, 0.0, boundByHand(fifth, 4.0 / 125, -z95), boundByHand(fifth, 4.0 / 125, z95)},
                {2.0, 4.0, 0.0, 1.0, fifth, fifth, boundByHand(fifth, 4.0 / 125, -z95), boundByHand(fifth, 4.0 / 125, z95)},
                {4.0, 2.0, 1.0, 0.0, 0.5, fifth, boundByHand(0.5, 13.0 / 200, -z95), boundByHand(0.5, 13.0 / 200, z95)},
                {5.0, 1.0, 0.0, 1.0, 0.5, 0.5, boundByHand(0.5, 13.0 / 200, -z95), boundByHand(0.5, 13.0 / 200, z95)}})));
}

// Six spells of the tests of the Python package lifelines (lifelines/tests/test_estimation.py, TestAalenJohansenFitter), whose
// variances and 95 % bounds were made with SAS: durations 1 to 6, events 0 1 1 2 2 0, event 2 being of interest. SAS puts its
// bounds on the scale log(-log(share)), we ours on that of Kaplan and Meier, log(-log(1 - share)); so the standard error is taken
// back from ours, and SAS's bounds are made of it.
TEST(WinCurve, ValueAalenJohansenOfSas) {
    const OutputGrid grid = curveOfSeen({{1, 'o'}, {2, 'l'}, {3, 'l'}, {4, 'w'}, {5, 'w'}, {6, 'o'}}).value();
    ASSERT_EQ(grid.rows, 4U);
    for (const std::size_t row : {0U, 1U}) EXPECT_EQ(grid.at(row, Low), OutputCell(Failure(Fault::NothingToCompute)));
    const struct {
        std::size_t row;
        double share, variance, low, high;
    } published[] = {{2, 0.2, 0.032, 0.00836904, 0.58185303}, {3, 0.4, 0.048, 0.05197575, 0.75281579}};
    for (const auto& [row, share, variance, low, high] : published) {
        EXPECT_NEAR(numberAt(grid, row, ShareWon), share, 1e-12);
        const double width = std::log(std::log1p(-numberAt(grid, row, High)) / std::log1p(-numberAt(grid, row, Low)));
        const double error = width / (2 * z95) * (1 - share) * -std::log(1 - share);
        EXPECT_NEAR(error * error, variance, 1e-9);
        const double step = z95 * error / (share * -std::log(share));
        EXPECT_NEAR(std::pow(share, std::exp(step)), low, 0.00000001);
        EXPECT_NEAR(std::pow(share, std::exp(-step)), high, 0.00000001);
    }
}

// Deaths of breast cancer among 305 patients, deaths of other causes competing: Satagopan and others, A note on competing risks in
// survival data analysis, British Journal of Cancer 91, 2004, table 2. It lists the first nine patients, follows the other 296
// beyond 27 months, and prints percents with one decimal.
TEST(WinCurve, ValueSatagopanBreastCancer) {
    std::vector<Seen> seen = {{7, 'o'}, {10, 'w'}, {14, 'o'}, {16, 'w'}, {18, 'l'}, {23, 'w'}, {24, 'o'}, {26, 'l'}, {27, 'w'}};
    seen.resize(305, {28, 'o'});
    const OutputGrid grid = curveOfSeen(seen).value();
    const struct {
        double months, atRisk, survival;
    } published[] = {{10, 304, 99.7}, {16, 302, 99.3}, {18, 301, 99.0}, {23, 300, 98.7}, {26, 298, 98.3}, {27, 297, 98.0}};
    ASSERT_EQ(grid.rows, std::size(published));
    for (std::size_t row = 0; row < grid.rows; ++row) {
        EXPECT_EQ(numberAt(grid, row, Days), published[row].months);
        EXPECT_EQ(numberAt(grid, row, AtRisk), published[row].atRisk);
        const double open = 1 - numberAt(grid, row, ShareWon) - numberAt(grid, row, ShareLost);
        EXPECT_NEAR(100 * open, published[row].survival, 0.05001);
    }
    // Its cumulative incidence adds up terms that are rounded to 0.3 each.
    const std::vector<std::size_t> deaths = {0, 1, 3, 5};
    for (std::size_t death = 0; death < deaths.size(); ++death) {
        const double terms = static_cast<double>(death + 1);
        EXPECT_NEAR(100 * numberAt(grid, deaths[death], ShareWon), 0.3 * terms, 0.05001 * terms);
    }
}

// Ten deals won one by one: 0.1 added up ten times is not 1, the share is.
TEST(WinCurve, EdgeAllWonIsExactlyOne) {
    for (std::size_t deals = 1; deals <= 60; ++deals) {
        std::vector<Seen> seen;
        for (std::size_t deal = 0; deal < deals; ++deal) seen.push_back({static_cast<double>(deal), 'w'});
        const OutputGrid grid = curveOfSeen(seen).value();
        EXPECT_EQ(numberAt(grid, deals - 1, ShareWon), 1);
        EXPECT_EQ(grid.at(deals - 1, High), OutputCell(Failure(Fault::NothingToCompute)));
    }
}

TEST(WinCurve, EdgeAsOfTakesBackWhatCameLater) {
    const Rows rows = {{"opened", "closed", "stage"}, {100.0, 110.0, "Won"}, {100.0, 130.0, "Lost"}, {120.0, Blank{}, "Demo"}};
    const TableHandle table = tableOf(rows);
    // On day 115 one deal is won and one open, the third is not there yet.
    EXPECT_TRUE(sameTable(gridOf(curveOf(table, {115.0, 0.0})),
                          toGrid({{10.0, 2.0, 1.0, 0.0, 0.5, 0.0, boundByHand(0.5, 0.125, -z95), boundByHand(0.5, 0.125, z95)}})));
    EXPECT_EQ(gridOf(curveOf(table, {109.0 + 1})).rows, 2U) << "a close on the date itself is seen";
    EXPECT_TRUE(refuses(curveOf(table, {109.5}), Fault::NothingToCompute)) << "nothing is closed yet";
    EXPECT_TRUE(refuses(curveOf(table, {99.0}), Fault::NothingToCompute)) << "nothing is there yet";
    EXPECT_TRUE(sameOutcome(curveOf(table), curveOf(table, {130.0}))) << "the last date of the table";
    EXPECT_TRUE(sameOutcome(curveOf(table, {0.0}), curveOf(table))) << "0 is what an empty cell gives";
}

// One deal is won at ten in the morning of the day, one was opened at noon: both are seen as of that day.
TEST(WinCurve, ValueAsOfADateIsAllOfThatDay) {
    const TableHandle table =
        tableOf({{"opened", "closed", "stage"}, {100.0, 110.4, "Won"}, {110.5, Blank{}, "Demo"}, {100.0, 110.7, "Lost"}});
    const OutputGrid day = gridOf(curveOf(table, {110.0, 0.0}));
    ASSERT_EQ(day.rows, 2U);
    EXPECT_EQ(numberAt(day, 0, Days), 10.4);
    EXPECT_EQ(numberAt(day, 0, AtRisk), 2) << "the deal of noon has been seen for 0.2 days";
    const OutputGrid hour = gridOf(curveOf(table, {110.6, 0.0}));
    ASSERT_EQ(hour.rows, 1U);
    EXPECT_EQ(numberAt(hour, 0, AtRisk), 2) << "the later close is still open then";
    EXPECT_TRUE(refuses(curveOf(table, {1e9}), Fault::OutsideDomain));
}

// The same two hours on three dates, whose doubles differ: one age, and so one row.
TEST(WinCurve, EdgeEqualAgesAreOneRow) {
    Rows rows = {{"opened", "closed", "stage"}};
    for (const double day : {46000.0, 46001.0, 46123.0}) rows.push_back({day + 9.0 / 24, day + 11.0 / 24, "Won"});
    rows.push_back({46000 + 8.0 / 24, 46000 + 10.0 / 24, "Lost"});
    const OutputGrid grid = gridOf(curveOf(tableOf(rows), {Absent{}, 0.0}));
    ASSERT_EQ(grid.rows, 1U);
    EXPECT_EQ(numberAt(grid, 0, Won), 3);
    EXPECT_EQ(numberAt(grid, 0, Lost), 1);
}

Rows threeDeals() {
    return {{"opened", "closed", "stage", "note"},
            {46000.0, 46010.0, "Won", "x"},
            {46001.0, 46030.0, "Lost", "y"},
            {46002.0, Blank{}, "Demo", CellError{532}}};
}

TEST(WinCurve, RefusalTextSaysWhereItStands) {
    for (const std::size_t column : {0U, 1U}) {
        Rows rows = threeDeals();
        rows[3][column] = "soon";
        const Result<Outcome> result = curveOf(tableOf(rows));
        ASSERT_FALSE(result);
        EXPECT_EQ(result.failure(), Failure(Fault::NotANumber, Wrong::TextForDate).at(static_cast<std::int32_t>(column) + 1, 4));
    }
}

TEST(WinCurve, RefusalErrorCellsArePassedOnFromUsedColumnsOnly) {
    EXPECT_TRUE(curveOf(tableOf(threeDeals()))) << "the note is not read";
    for (const std::size_t column : {0U, 1U, 2U}) {
        Rows rows = threeDeals();
        rows[2][column] = CellError{503};
        Failure expected = Failure(Fault::ErrorInCell, Wrong::Error).at(static_cast<std::int32_t>(column) + 1, 3);
        expected.cellError = 503;
        const Result<Outcome> result = curveOf(tableOf(rows));
        ASSERT_FALSE(result);
        EXPECT_EQ(result.failure(), expected);
    }
}

TEST(WinCurve, RefusalOfWhatCannotBe) {
    Rows rows = threeDeals();
    rows[1][1] = 45999.0;
    EXPECT_TRUE(refuses(curveOf(tableOf(rows)), Fault::OutsideDomain)) << "closed before it was opened";
    rows = threeDeals();
    rows[2][1] = 2026010500.0;
    EXPECT_TRUE(refuses(curveOf(tableOf(rows)), Fault::OutsideDomain)) << "a close in no calendar";
    EXPECT_TRUE(refuses(curveOf(tableOf(threeDeals()), {}, "won", "WON "), Fault::OutsideDomain)) << "won and lost at once";
    for (std::size_t column = 1; column <= 3; ++column) {
        std::vector<Argument> arguments = {tableOf(threeDeals()), "opened", "closed", "stage", "won", "lost"};
        arguments[column] = "nonesuch";
        EXPECT_TRUE(refuses(winCurveFunctions[0].call(arguments), Fault::OutsideDomain)) << column;
    }
    EXPECT_TRUE(refuses(curveOf(tableOf({threeDeals().front()})), Fault::NothingToCompute));
    EXPECT_TRUE(refuses(curveOf(tableOf(threeDeals()), {Absent{}, Absent{}, "stage", "none"}), Fault::NothingToCompute));
    EXPECT_TRUE(refuses(curveOf(tableOf(threeDeals()), {Absent{}, Absent{}, "stage", "demo"}), Fault::NothingToCompute))
        << "none closed";
}

TEST(WinCurve, PropertyOnlyNamedColumnsAreReadAndOnce) {
    const auto table = std::make_shared<const MemoryTable>(threeDeals());
    EXPECT_TRUE(curveOf(table));
    EXPECT_EQ(table->timesRead(), (std::vector<int>{1, 1, 1, 0}));
}

TEST(WinCurve, PropertyWithoutHeadersOnlyTheFirstRowIsGone) {
    const OutputGrid with = gridOf(curveOf(tableOf(threeDeals())));
    const OutputGrid without = gridOf(curveOf(tableOf(threeDeals()), {Absent{}, 0.0}));
    ASSERT_EQ(with.rows, without.rows + 1);
    EXPECT_EQ(with.at(0, Days), OutputCell("days"));
    for (std::size_t row = 0; row < without.rows; ++row)
        for (std::size_t column = 0; column < without.columns; ++column)
            EXPECT_EQ(without.at(row, column), with.at(row + 1, column));
}

}  // namespace
}  // namespace calckpi
