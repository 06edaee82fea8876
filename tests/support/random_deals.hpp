// Random deal tables as messy as real exports, and the slow obvious reading of them that the fast code must agree with.
#pragma once

#include "tests/support/memory_table.hpp"
#include "tests/support/random.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

namespace calckpi::support {

// The columns of a random deal table.
enum DealColumn : std::size_t { Owner, Stage, Amount, Opened, Closed, Probability };

// Amounts have cents; dates have times of day or none, and a close without one may be on the day of its opening.
inline Rows randomDeals(Dice& dice, std::size_t most, bool withTimes = true) {
    static const std::vector<Cell> owners = {
        "Ana", "ana", "ANA ", " Ana", "Ben", "ben\u00A0", "Cleo", "Big Co", "big\u00A0\u00A0co",
        7.0,   "7",   8.0,    12.0,   0.3,   -0.0,        0.0,    "  ",     Blank{}};
    static const std::vector<Cell> stages = {"Won",  "won",  "WON",      "won ", "\u00A0Won", "Won", "Lost", "LOST ",
                                             "lost", "Demo", "Proposal", "Demo", 1.0,         "  ",  Blank{}};
    Rows rows = {{"Owner", "Stage", "Amount", "Opened", "Closed", "Probability"}};
    for (std::size_t left = dice.below(most + 1); left > 0; --left) {
        const double day = 46000 + dice.count(20);
        const double opened = withTimes && dice.oneIn(2) ? day + dice.count(86399) / 86400 : day;
        const double closed = withTimes && dice.oneIn(3) ? opened + dice.share() * 30 : day + dice.count(30);
        rows.push_back({dice.pick(owners), dice.pick(stages), dice.whole(-10'000, 90'000) / 100.0, opened, closed, dice.share()});
        if (rows.back()[Owner] == Cell(0.3) && dice.oneIn(2)) rows.back()[Owner] = 0.1 + 0.2;
        for (std::size_t column = Amount; column <= Probability; ++column)
            if (dice.oneIn(5)) rows.back()[column] = dice.oneIn(4) ? Cell(" ") : Cell(Blank{});
    }
    return rows;
}

// By hand from the rules: whole milliseconds, and an end without a time of day is not before a start on that day.
inline double daysByHand(double from, double to) {
    if (to == std::floor(to) && std::floor(from) == to) return 0;
    return (std::nearbyint(to * 86400e3) - std::nearbyint(from * 86400e3)) / 86400e3;
}

// A text without case and outer blanks, as far as the texts above go; a number's digits; empty for an empty cell.
inline std::string plainWord(const Cell& cell) {
    if (const double* number = std::get_if<double>(&cell)) {
        char digits[32];
        std::snprintf(digits, sizeof digits, "%.15g", *number == 0 ? 0 : *number);
        return digits;
    }
    const std::string* text = std::get_if<std::string>(&cell);
    if (text == nullptr) return "";
    std::string word;
    for (const char letter : *text)
        if (std::string_view(" \t\xC2\xA0").find(letter) == std::string_view::npos)
            word += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    return word;
}

// The id of a unit: one of 10 or more letters, digits, _ and -, with a digit, a capital and a small letter, is itself.
inline std::string unitByHand(const Cell& cell) {
    const std::string* text = std::get_if<std::string>(&cell);
    if (text == nullptr || text->size() < 10) return plainWord(cell);
    bool kinds[3] = {};
    for (const char letter : *text) {
        const std::size_t kind = letter >= '0' && letter <= '9'   ? 0
                                 : letter >= 'A' && letter <= 'Z' ? 1
                                 : letter >= 'a' && letter <= 'z' ? 2
                                                                  : 3;
        if (kind == 3 && letter != '_' && letter != '-') return plainWord(cell);
        if (kind < 3) kinds[kind] = true;
    }
    return kinds[0] && kinds[1] && kinds[2] ? *text : plainWord(cell);
}

// 'w', 'l' or 'o' for a deal that is won, lost or open, ' ' for a row without a state.
inline char stateByHand(const std::vector<Cell>& deal) {
    const std::string word = plainWord(deal[Stage]);
    return word.empty() ? ' ' : word == "won" ? 'w' : word == "lost" ? 'l' : 'o';
}

inline std::optional<double> numberIn(const std::vector<Cell>& deal, DealColumn column) {
    const double* number = std::get_if<double>(&deal[column]);
    if (number == nullptr) return std::nullopt;
    return *number;
}

// The amounts of the deals in one state.
inline std::vector<double> amountsByHand(const Rows& deals, char state) {
    std::vector<double> amounts;
    for (const std::vector<Cell>& deal : deals)
        if (const auto amount = numberIn(deal, Amount); amount && stateByHand(deal) == state) amounts.push_back(*amount);
    return amounts;
}

// The days from opening to close of the deals in one state, or of all for 'a'.
inline std::vector<double> daysByHand(const Rows& deals, char state) {
    std::vector<double> days;
    for (const std::vector<Cell>& deal : deals) {
        const auto opened = numberIn(deal, Opened);
        const auto closed = numberIn(deal, Closed);
        if (opened && closed && (state == 'a' || stateByHand(deal) == state)) days.push_back(daysByHand(*opened, *closed));
    }
    return days;
}

inline double countByHand(const Rows& deals, char state) {
    return static_cast<double>(
        std::count_if(deals.begin(), deals.end(), [state](const std::vector<Cell>& deal) { return stateByHand(deal) == state; }));
}

inline double sumByHand(const std::vector<double>& values) {
    long double total = 0;
    for (const double value : values) total += value;
    return static_cast<double>(total);
}

inline double medianByHand(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

// The rows below the headers, and a table of them again.
inline Rows dealsOf(const Rows& rows) { return Rows(rows.begin() + 1, rows.end()); }
inline Rows withHeaders(const Rows& rows, Rows deals) {
    deals.insert(deals.begin(), rows.front());
    return deals;
}

}  // namespace calckpi::support
