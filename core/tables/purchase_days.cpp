#include "core/tables/purchase_days.hpp"

#include "core/dates/moment.hpp"
#include "core/values/sum.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace calckpi {
namespace {

// Purchase is a row of the table that counts.
struct Purchase {
    std::uint32_t customer;
    double day;
    double amount;
};

struct Purchases {
    std::vector<Purchase> rows;
    std::vector<std::size_t> ofCustomer;  // how many rows each label has
};

Result<Purchases> purchasesOf(const Frame& frame, const LabelFinder& labels, const PurchaseColumns& columns,
                              const std::vector<double>& when, const std::vector<double>& amounts, double until) {
    Purchases purchases;
    purchases.rows.reserve(frame.rows());
    purchases.ofCustomer.resize(labels.count());
    std::size_t blockStart = 0;
    WrongRows belowZero;
    frame.inBlocks([&](const auto& block) {
        labels.find(block, [&](std::size_t place, std::uint32_t label) {
            const std::size_t row = blockStart + place;
            if (label == Labels::none || isMissing(when[row]) || isAfter(when[row], until)) return;
            const double amount = columns.amount && !isMissing(amounts[row]) ? amounts[row] : 0;
            if (amount < 0) belowZero.add(frame.tableRow(row));
            purchases.rows.push_back({label, dayOf(when[row]), amount});
            ++purchases.ofCustomer[label];
        });
        blockStart += block.size();
    });
    if (!belowZero.none()) return frame.blame({Fault::OutsideDomain, Wrong::BelowZero}, *columns.amount, belowZero);
    return purchases;
}

// mergedDays puts the days of a customer in order and together; it gives the end of what is left. The amounts of a day are summed
// up in their order, so that the order of the rows does not show.
PurchaseDay* mergedDays(PurchaseDay* begin, PurchaseDay* end) {
    std::sort(begin, end,
              [](const PurchaseDay& a, const PurchaseDay& b) { return std::tie(a.day, a.amount) < std::tie(b.day, b.amount); });
    PurchaseDay* kept = begin;
    for (PurchaseDay* first = begin; first != end; ++kept) {
        Sum amount;
        const double day = first->day;
        for (; first != end && first->day == day; ++first) amount.add(first->amount);
        *kept = {day, amount.value()};
    }
    return kept;
}

// byCustomer sorts the rows by customer, in time that grows with their number only.
std::vector<Purchaser> byCustomer(const Purchases& purchases, const LabelFinder& labels, std::vector<PurchaseDay>& days) {
    std::vector<std::size_t> next;
    std::size_t start = 0;
    for (const std::size_t count : purchases.ofCustomer) {
        next.push_back(start);
        start += count;
    }
    days.resize(start);
    for (const Purchase& purchase : purchases.rows) days[next[purchase.customer]++] = {purchase.day, purchase.amount};
    std::vector<Purchaser> customers;
    for (std::size_t label = 0; label < next.size(); ++label) {
        if (purchases.ofCustomer[label] == 0) continue;
        PurchaseDay* begin = days.data() + (next[label] - purchases.ofCustomer[label]);
        PurchaseDay* end = mergedDays(begin, days.data() + next[label]);
        customers.push_back({labels.nameOf(label), {begin, end}});
    }
    return customers;
}

}  // namespace

Result<PurchaseDays> purchaseDaysOf(const TableHandle& table, const PurchaseColumns& columns, const std::optional<Moment>& asOf,
                                    const Filters& filters) {
    const Result<Frame> frame = Frame::of(table, filters);
    if (!frame) return frame.failure();
    const Result<ColumnHandle> customer = frame->column(columns.customer);
    if (!customer) return customer.failure();
    const Result<std::vector<double>> when = frame->numbers(columns.when, Wanted::Date);
    if (!when) return when.failure();
    Result<std::vector<double>> amounts = std::vector<double>();
    if (columns.amount) amounts = frame->numbers(*columns.amount);
    if (!amounts) return amounts.failure();

    std::optional<double> now = asOf;
    if (!now) {
        const Result<std::optional<double>> last = frame->lastTimeIn(columns.when);
        if (!last) return last.failure();
        now = *last;
    }
    if (!now) return Fault::NothingToCompute;
    const LabelFinder labels(*frame, *customer, Identity::Unit);
    const Result<Purchases> purchases = purchasesOf(*frame, labels, columns, *when, *amounts, lastMomentOf(*now));
    if (!purchases) return purchases.failure();
    if (purchases->rows.empty()) return Fault::NothingToCompute;
    PurchaseDays result;
    result.asOf = dayOf(*now);
    result.customers = byCustomer(*purchases, labels, result.days);
    std::sort(result.customers.begin(), result.customers.end(),
              [&table](const Purchaser& a, const Purchaser& b) { return comesBefore(a.name, b.name, table->culture()); });
    return result;
}

}  // namespace calckpi
