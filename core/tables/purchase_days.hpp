// Who bought on which day: the purchases of a table as the models of lifetime value see them. The purchases that a customer makes
// on one day are one, with the sum of their amounts.
//
//   Result<PurchaseDays> days = purchaseDaysOf(table, {customer, when, amount}, asOf, filters);
//   for (const Purchaser& each : days->customers) each.days.front();   // the day of his first purchase
#pragma once

#include "core/tables/frame.hpp"
#include "core/values/quantity.hpp"

#include <optional>
#include <span>
#include <vector>

namespace calckpi {

struct PurchaseDay {
    double day = 0;  // as Calc counts days
    double amount = 0;
};

struct Purchaser {
    Name name;
    std::span<const PurchaseDay> days;  // oldest first, each once, at least one
};

struct PurchaseDays {
    std::vector<Purchaser> customers;  // numbers by their value, then names as the document sorts them
    double asOf = 0;                   // the day up to which all is known
    std::vector<PurchaseDay> days{};   // what the customers' spans look into

    PurchaseDays() = default;
    PurchaseDays(PurchaseDays&&) = default;
    PurchaseDays& operator=(PurchaseDays&&) = default;
    PurchaseDays(const PurchaseDays&) = delete;
    PurchaseDays& operator=(const PurchaseDays&) = delete;
    ~PurchaseDays() = default;
};

struct PurchaseColumns {
    ColumnRef customer;
    ColumnRef when;
    std::optional<ColumnRef> amount;
};

// purchaseDaysOf reads the purchases up to `asOf`; without it, up to the last date of the whole table, be it in a row that does not
// pass the filters. Rows without a customer or a date are skipped, an amount below 0 is outside the domain, no row left is nothing
// to compute.
Result<PurchaseDays> purchaseDaysOf(const TableHandle& table, const PurchaseColumns& columns, const std::optional<Moment>& asOf,
                                    const Filters& filters);

}  // namespace calckpi
