// The customers of CDNOW (tests/data/cdnow.txt), on which the models of lifetime value were published.
#pragma once

#include "core/statistics/lifetime_models.hpp"
#include "tests/support/memory_table.hpp"

#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace calckpi::support {

inline constexpr double cdnowStart = 35431;  // 1997-01-01, day 0 of the file
inline constexpr double cdnowUntil = 35703;  // 1997-09-30, up to which the published fits look
inline constexpr double cdnowAsOf = 35976;   // 1998-06-30, the last day
inline constexpr double daysPerWeek = 7;

struct CdnowPurchase {
    double day;  // since the start
    double amount;
};

// cdnow gives the purchases of each customer, as they are in the file.
inline const std::vector<std::vector<CdnowPurchase>>& cdnow() {
    static const auto customers = [] {
        std::ifstream file(CALCKPI_DATA "/cdnow.txt");
        std::vector<std::vector<CdnowPurchase>> read;
        for (std::string line; std::getline(file, line);) {
            if (line.starts_with('#')) continue;
            std::istringstream stream(line);
            char colon = 0;
            double cents = 0;
            read.emplace_back();
            for (CdnowPurchase purchase{}; stream >> purchase.day >> colon >> cents;)
                read.back().push_back({purchase.day, cents / 100});
        }
        if (read.size() != 2357) throw std::runtime_error("no customers of CDNOW");
        return read;
    }();
    return customers;
}

// CdnowCustomer is a customer as of 1997-09-30, in weeks.
struct CdnowCustomer {
    PurchaseHistory history;
    double mean = 0;  // of the repeats; 0 without
};

inline std::vector<CdnowCustomer> cdnowCustomers() {
    std::vector<CdnowCustomer> result;
    for (const auto& purchases : cdnow()) {
        std::map<double, double> days;
        for (const CdnowPurchase& each : purchases)
            if (each.day <= cdnowUntil - cdnowStart) days[each.day] += each.amount;
        const double first = days.begin()->first;
        CdnowCustomer customer;
        customer.history = {static_cast<double>(days.size() - 1), (days.rbegin()->first - first) / daysPerWeek,
                            (cdnowUntil - cdnowStart - first) / daysPerWeek};
        for (const auto& [day, amount] : days)
            if (day != first) customer.mean += amount / customer.history.repeats;
        result.push_back(customer);
    }
    return result;
}

inline std::vector<PurchaseHistory> cdnowHistories() {
    std::vector<PurchaseHistory> histories;
    for (const CdnowCustomer& each : cdnowCustomers()) histories.push_back(each.history);
    return histories;
}

// cdnowTable has a row for each purchase: customer (a number), when, amount.
inline TableHandle cdnowTable() {
    static const TableHandle table = [] {
        Rows rows = {{"customer", "when", "amount"}};
        double number = 0;
        for (const auto& purchases : cdnow()) {
            ++number;
            for (const CdnowPurchase& each : purchases) rows.push_back({number, cdnowStart + each.day, each.amount});
        }
        return std::make_shared<const MemoryTable>(rows);
    }();
    return table;
}

}  // namespace calckpi::support
