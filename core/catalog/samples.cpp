#include "core/catalog/samples.hpp"

#include <algorithm>
#include <cstddef>
#include <tuple>

namespace calckpi::samples {
namespace {

// Chance gives the same numbers everywhere: Park and Miller's generator, whole numbers only.
class Chance {
public:
    int below(int most) {
        state_ = state_ * 48271 % 2147483647;
        return static_cast<int>(state_ % most);
    }
    template <std::size_t n>
    int among(const std::array<int, n>& choices) {
        return choices[static_cast<std::size_t>(below(static_cast<int>(n)))];
    }

private:
    long long state_ = 20250101;
};

std::string padded(int number, std::size_t digits) {
    const std::string text = std::to_string(number);
    return std::string(digits - std::min(digits, text.size()), '0') + text;
}

// isoDate is a day of 2025 or 2026; 0 is 2025-01-01.
std::string isoDate(int day) {
    constexpr std::array<int, 12> lengths = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int year = 2025 + day / 365;
    day %= 365;
    std::size_t month = 0;
    for (; day >= lengths[month]; ++month) day -= lengths[month];
    return std::to_string(year) + '-' + padded(static_cast<int>(month) + 1, 2) + '-' + padded(day + 1, 2);
}

std::string money(int cents) { return std::to_string(cents / 100) + '.' + padded(cents % 100, 2); }

struct Order {
    int day;
    int customer;
    int cents;
};

// ordersOf is what a customer buys: once on a day within the first five months, then again and again until he leaves.
void addOrdersOf(int customer, Chance& chance, std::vector<Order>& orders) {
    constexpr int lastDay = 423;                                  // 2026-02-28
    const int days = chance.among<6>({12, 20, 35, 60, 90, 150});  // between purchases, on average
    const int leaving = chance.among<5>({3, 10, 25, 45, 70});     // percent, after each purchase
    const int usual = chance.among<6>({12, 18, 25, 40, 70, 110});
    for (int day = chance.below(150); day <= lastDay; ++day) {
        orders.push_back({day, customer, usual * (50 + chance.below(101))});
        if (chance.below(100) < leaving) return;
        while (day <= lastDay && chance.below(days) > 0) ++day;
    }
}

}  // namespace

std::vector<std::array<std::string, 3>> orders() {
    constexpr int customers = 180;
    Chance chance;
    std::vector<Order> simulated;
    for (int customer = 1; customer <= customers; ++customer) addOrdersOf(customer, chance, simulated);
    std::sort(simulated.begin(), simulated.end(),
              [](const Order& a, const Order& b) { return std::tie(a.day, a.customer) < std::tie(b.day, b.customer); });
    std::vector<std::array<std::string, 3>> rows = {{"customer", "date", "amount"}};
    for (const Order& order : simulated) {
        rows.push_back({"C-" + padded(order.customer, 3), isoDate(order.day), money(order.cents)});
    }
    return rows;
}

}  // namespace calckpi::samples
