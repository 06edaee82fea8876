// Movements of recurring revenue: the books that MRRMOVEMENTS keeps from invoices and MRRPLANS from plans.
//
//   MovementBook book(first, last, gapOf(reactivationGap));
//   book.enter(stretches);                                  // of each customer in turn
//   return std::move(book).table(calendar, headers != 0);
#pragma once

#include "core/dates/period.hpp"
#include "core/values/cell.hpp"
#include "core/values/quantity.hpp"
#include "core/values/sum.hpp"

#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace calckpi {

// Stretch is some periods on end, the last one included, in each of which one customer pays the same.
struct Stretch {
    std::int64_t first = 0;
    std::int64_t last = 0;
    double amount = 0;  // 0 or more
};

// Movements of one period.
struct Movements {
    Sum added;
    Sum expansion;
    Sum contraction;
    Sum churned;
    Sum reactivated;
    Sum end;
    double customers = 0;
};

// gapOf reads the reactivation gap. Calc hands an empty cell over as 0; a gap of 0 would make every return new, and reactivated a
// column without a use.
std::optional<Periods> gapOf(const std::optional<Periods>& reactivationGap);

// MovementBook enters each customer's changes under the period in which they happen.
class MovementBook {
public:
    MovementBook(std::int64_t first, std::int64_t last, const std::optional<Periods>& gap)
        : first_(first), last_(last), gap_(gap), periods_(static_cast<std::size_t>(last - first + 1)) {}

    // enter takes all stretches of one customer, oldest first.
    void enter(std::span<const Stretch> customer);

    // table has a row for each period. The end is summed up from the customers, not carried forward: so it is 0 when none is left,
    // and no start is a rounding beside which GRR would be any number.
    OutputGrid table(const PeriodNames& names, bool headers) &&;

private:
    Movements& at(std::int64_t period) { return periods_[static_cast<std::size_t>(period - first_)]; }
    void leave(std::int64_t period, double amount) { at(period).churned.add(amount); }
    void change(std::int64_t period, double from, double to);
    void come(const Stretch& now, const std::optional<std::int64_t>& lastPaid);
    void pay(const Stretch& now);

    std::int64_t first_;
    std::int64_t last_;
    std::optional<Periods> gap_;
    std::vector<Movements> periods_;
};

}  // namespace calckpi
