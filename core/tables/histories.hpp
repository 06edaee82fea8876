// Histories: who did what when, the second question to a table. Customers' amounts, summed up by period.
//
//   const Result<Histories> histories = run(HistoryQuestion{.customer = customer, .when = date, .amount = amount, .period = month},
//   table); histories->forEachCustomer([&](std::span<const Activity> activities) { … });   // oldest first
#pragma once

#include "core/dates/period.hpp"
#include "core/tables/frame.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace calckpi {

struct HistoryQuestion {
    ColumnRef customer{};
    ColumnRef when{};
    std::optional<ColumnRef> amount{};
    Period period{PeriodWords::Month};
    std::optional<double> until{};  // later rows are left out
    Filters filters{};
};

// Activity is what one customer did in one period.
struct Activity {
    std::uint32_t customer = 0;
    std::int64_t period = 0;
    double amount = 0;
    bool bought = false;  // in a row with an amount above 0, or in any row where no amounts are read
};

struct Histories {
    std::vector<Name> customers;
    std::vector<Activity> activities;  // by customer, then by period; one for each customer and period
    std::int64_t lastPeriod = 0;       // of the table before the filters, whoever bought in it
    PeriodNames names;

    template <class Visit>
    void forEachCustomer(Visit visit) const {
        for (auto first = activities.begin(); first != activities.end();) {
            const auto last =
                std::find_if(first, activities.end(), [&](const Activity& one) { return one.customer != first->customer; });
            visit(std::span<const Activity>(first, last));
            first = last;
        }
    }
};

// run answers it. Rows without a customer or a date are skipped, and an empty amount is 0; no row left is NothingToCompute.
Result<Histories> run(const HistoryQuestion& question, const TableHandle& table);

// amountsBelow0 blames the amounts that bring a customer's sum of a period below 0.
Failure amountsBelow0(const Histories& histories, const HistoryQuestion& question, const TableHandle& table);

}  // namespace calckpi
