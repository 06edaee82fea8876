// Movements of recurring revenue from what each customer pays in each period, as one would note them by hand.
#pragma once

#include "tests/support/tables.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace calckpi::support {

inline OutputCell quotient(double numerator, double denominator) {
    if (denominator == 0) return Failure(Fault::DivideByZero);
    if (denominator < 0) return Failure(Fault::OutsideDomain);
    return numerator / denominator;
}

// `starts` are the first days of the periods, all from the first to the last.
inline OutputGrid movementsOf(const std::vector<std::string>& names, const std::map<long, double>& starts,
                              const std::function<double(const std::string& customer, long period)>& amountIn,
                              std::optional<double> gap) {
    std::vector<std::vector<OutputCell>> table = {{"period", "start", "new", "expansion", "contraction", "churned", "reactivated",
                                                   "end", "customers", "GRR", "NRR", "gross churn", "net churn", "quick ratio"}};
    const long first = starts.begin()->first;
    const auto paidIn = [&](const std::string& customer, long period) { return period < first ? 0 : amountIn(customer, period); };
    for (const auto& [now, day] : starts) {
        double start = 0, added = 0, expansion = 0, contraction = 0, churned = 0, reactivated = 0, end = 0, customers = 0;
        for (const std::string& customer : names) {
            const double before = paidIn(customer, now - 1);
            const double amount = paidIn(customer, now);
            start += before;
            end += amount;
            customers += amount > 0 ? 1 : 0;
            if (before > 0 && amount == 0)
                churned += before;
            else if (before > 0 && amount > before)
                expansion += amount - before;
            else if (before > 0)
                contraction += before - amount;
            else if (amount > 0) {
                long absent = 0;  // periods without payment just before this one
                while (now - absent - 1 >= first && paidIn(customer, now - absent - 1) == 0) ++absent;
                const bool paidBefore = now - absent - 1 >= first;
                (paidBefore && (!gap || *gap == 0 || static_cast<double>(absent) <= *gap) ? reactivated : added) += amount;
            }
        }
        table.push_back({day, start, added, expansion, -contraction, -churned, reactivated, end, customers,
                         quotient(start - contraction - churned, start), quotient(start + expansion - contraction - churned, start),
                         quotient(contraction + churned, start), quotient(contraction + churned - expansion - reactivated, start),
                         quotient(added + expansion + reactivated, contraction + churned)});
    }
    return toGrid(table);
}

}  // namespace calckpi::support
