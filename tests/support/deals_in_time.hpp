// Random deals over some months, as messy as real exports, and the slow obvious reading of their dates: times of day up to 23:59,
// dates alone, leap days, gaps, expected closes of open deals, closed deals without a close and deals without an opening.
#pragma once

#include "tests/support/memory_table.hpp"
#include "tests/support/random.hpp"
#include "tests/support/random_deals.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace calckpi::support::deals_in_time {

enum Column : std::size_t { Stage, Amount, Opened, Closed, Group };
inline const std::vector<Cell> headers = {"stage", "amount", "opened", "closed", "group"};

inline double randomTimeOfDay(Dice& dice) { return dice.oneIn(3) ? 0.99931 : dice.share() * 0.999; }

inline Rows randomDealsInTime(Dice& dice, std::size_t most) {
    static const std::vector<Cell> stages = {"Won",   "won ", "WON",  "\u00A0Won", "Lost", "lost",
                                             "LOST ", "Demo", "Demo", 1.0,         " ",    Blank{}};
    // Around day 0, a leap day, the turn of a fiscal year.
    const double base = dice.pick(std::vector<double>{-30, 45320, 46080});
    const std::size_t span = dice.pick(std::vector<std::size_t>{0, 5, 60, 400});
    Rows rows = {headers};
    for (std::size_t left = dice.below(most + 1); left > 0; --left) {
        const double opened = base + dice.count(span);
        const double closed = opened + dice.count(dice.oneIn(3) ? 200 : 20);
        rows.push_back({dice.pick(stages), dice.count(9999) / 100 - 5, opened, closed, dice.oneIn(2) ? "A" : "B"});
        std::vector<Cell>& row = rows.back();
        if (dice.oneIn(3)) row[Opened] = opened + randomTimeOfDay(dice);
        if (dice.oneIn(3)) row[Closed] = closed + 1 + randomTimeOfDay(dice);
        if (dice.oneIn(300)) row[Closed] = opened - 3;
        for (const Column column : {Amount, Opened, Closed})
            if (dice.oneIn(7)) row[column] = dice.oneIn(4) ? Cell(" ") : Cell(Blank{});
    }
    return rows;
}

inline std::optional<double> numberIn(const std::vector<Cell>& row, Column column) {
    const double* number = std::get_if<double>(&row[column]);
    return number == nullptr ? std::nullopt : std::optional(*number);
}

// 'w', 'l' or 'o' for a deal that is won, lost or open, ' ' for a row without a state.
inline char stateByHand(const std::vector<Cell>& deal) {
    const std::string word = plainWord(deal[Stage]);
    return word.empty() ? ' ' : word == "won" ? 'w' : word == "lost" ? 'l' : 'o';
}

// A date without a time of day stands for all of its day.
inline bool happened(double when, double asOf) { return asOf == std::floor(asOf) ? std::floor(when) <= asOf : when <= asOf; }
using support::daysByHand;

// The last opening, or close of a closed deal, in the whole table.
inline double clockByHand(const Rows& rows) {
    double last = -1e9;
    for (std::size_t row = 1; row < rows.size(); ++row) {
        const char state = stateByHand(rows[row]);
        last = std::max(last, numberIn(rows[row], Opened).value_or(-1e9));
        if (state == 'w' || state == 'l') last = std::max(last, numberIn(rows[row], Closed).value_or(-1e9));
    }
    return last;
}

// Some day or time near the deals, or none.
inline std::optional<double> randomAsOf(Dice& dice, const Rows& rows) {
    const auto some = rows.size() > 1 ? numberIn(dice.pick(Rows(rows.begin() + 1, rows.end())), Opened) : std::nullopt;
    if (!some || dice.oneIn(2)) return std::nullopt;
    const double asOf = (dice.oneIn(2) ? std::floor(*some) : *some) + dice.count(100) - 20;
    return asOf == 0 ? std::nullopt : std::optional(asOf);
}

// The deals of a group, or of all for "".
inline Rows dealsOf(const Rows& rows, std::string_view group) {
    Rows deals;
    for (std::size_t row = 1; row < rows.size(); ++row)
        if (group.empty() || std::get<std::string>(rows[row][Group]) == group) deals.push_back(rows[row]);
    return deals;
}

}  // namespace calckpi::support::deals_in_time
