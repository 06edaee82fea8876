#include "core/kpis/movements.hpp"

#include "core/catalog/output.hpp"
#include "core/kpis/customers.hpp"

namespace calckpi {
namespace {

std::vector<OutputCell> rowOf(double day, double start, const Movements& of) {
    const double added = of.added.value();
    const double expansion = of.expansion.value();
    const double contraction = of.contraction.value();
    const double churned = of.churned.value();
    const double reactivated = of.reactivated.value();
    return {day,
            start,
            added,
            expansion,
            0.0 - contraction,
            0.0 - churned,
            reactivated,
            of.end.value(),
            of.customers,
            shown(grr(start, contraction, churned)),
            shown(nrr(start, expansion, contraction, churned)),
            shown(revenueChurn(start, contraction, churned, {0.0}, {0.0})),
            shown(revenueChurn(start, contraction, churned, {expansion}, {reactivated})),
            shown(quickRatio(added, expansion, contraction, churned, {reactivated}))};
}

}  // namespace

std::optional<Periods> gapOf(const std::optional<Periods>& reactivationGap) {
    return reactivationGap && *reactivationGap > 0 ? reactivationGap : std::nullopt;
}

void MovementBook::enter(std::span<const Stretch> customer) {
    double before = 0;
    std::optional<std::int64_t> lastPaid;
    for (const Stretch& now : customer) {
        if (before > 0 && now.first > *lastPaid + 1) {
            leave(*lastPaid + 1, before);
            before = 0;
        }
        if (now.amount > 0) {
            if (before > 0)
                change(now.first, before, now.amount);
            else
                come(now, lastPaid);
            pay(now);
            lastPaid = now.last;
        } else if (before > 0) {
            leave(now.first, before);
        }
        before = now.amount;
    }
    if (before > 0 && *lastPaid < last_) leave(*lastPaid + 1, before);
}

void MovementBook::change(std::int64_t period, double from, double to) {
    const double by = withoutRounding(to - from, from);
    (by > 0 ? at(period).expansion : at(period).contraction).add(std::abs(by));
}

void MovementBook::come(const Stretch& now, const std::optional<std::int64_t>& lastPaid) {
    // Away from the period after the last paid one to the one before this.
    const bool back = lastPaid && (!gap_ || static_cast<double>(now.first - *lastPaid - 1) <= *gap_);
    (back ? at(now.first).reactivated : at(now.first).added).add(now.amount);
}

void MovementBook::pay(const Stretch& now) {
    for (std::int64_t period = now.first; period <= now.last; ++period) {
        at(period).end.add(now.amount);
        at(period).customers += 1;
    }
}

OutputGrid MovementBook::table(const PeriodNames& names, bool headers) && {
    OutputTable out({"period", "start", "new", "expansion", "contraction", "churned", "reactivated", "end", "customers", "GRR",
                     "NRR", "gross churn", "net churn", "quick ratio"},
                    headers);
    out.reserve(periods_.size());
    double start = 0;
    std::int64_t number = first_;
    for (const Movements& of : periods_) {
        out.add(rowOf(names.startDay(number++), start, of));
        start = of.end.value();
    }
    return std::move(out).grid();
}

}  // namespace calckpi
