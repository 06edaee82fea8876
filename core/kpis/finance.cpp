#include "core/kpis/finance.hpp"

#include <cmath>
#include <limits>

namespace calckpi {
namespace {

// outgoing is the total of what goes out. Below 0 it was given with a minus sign and would be added where it is taken off.
Result<double> outgoing(const Series<Money>& amounts) {
    const Result<double> out = total(amounts);
    if (out && !(*out >= 0)) return Fault::OutsideDomain;
    return out;
}

Result<Margin> marginAfter(Money revenue, const Series<Money>& costs) {
    const Result<double> spent = outgoing(costs);
    if (!spent) return spent.failure();
    return ratio(revenue - *spent, revenue);
}

// salesStillPaid is how many periods' sales are still there after `periods`: 1 + q + q^2 + …, with q = 1 - churnRate.
double salesStillPaid(double churnRate, double periods) {
    // Removable singularity at no churn; for the tiniest churn a double cannot tell the sum from a straight line either.
    if (churnRate * (1 + periods) < std::numeric_limits<double>::epsilon()) return periods;
    return -std::expm1(periods * std::log1p(-churnRate)) / churnRate;
}

}  // namespace

Result<Money> grossRevenue(const Series<Money>& amounts) { return total(amounts); }

Result<Money> netRevenue(Money gross, const Series<Money>& deductions) {
    const Result<double> deducted = outgoing(deductions);
    if (!deducted) return deducted.failure();
    return gross - *deducted;
}

Result<Margin> grossMargin(Money revenue, const Series<Money>& costOfGoods) { return marginAfter(revenue, costOfGoods); }

Result<Margin> netMargin(Money revenue, const Series<Money>& expenses) { return marginAfter(revenue, expenses); }

Result<Money> cashFlow(const Series<Money>& inflows, const Series<Money>& outflows) {
    const Result<double> in = total(inflows);
    const Result<double> out = outgoing(outflows);
    if (!in) return in.failure();
    if (!out) return out.failure();
    return *in - *out;
}

Result<Money> averageRevenue(Money revenue, Count units) { return ratio(revenue, units); }

Result<Money> arpa(Money revenue, Count accounts) { return ratio(revenue, accounts); }

Result<Money> marginalRevenue(Money revenue, Money priorRevenue, Count addedUnits) {
    return ratio(revenue - priorRevenue, addedUnits);
}

Result<Money> acv(Spending contractValue, Spending oneTime, Periods years) {
    if (!(oneTime <= contractValue)) return Fault::OutsideDomain;
    return ratio(contractValue - oneTime, years);
}

Result<Money> arr(Spending mrr) {
    constexpr double monthsPerYear = 12;
    return monthsPerYear * mrr;
}

Result<Rate> growthRate(Money current, Money previous) { return ratio(current - previous, previous); }

Result<Money> trailingGrowth(Money current, Money samePeriodLastYear, Money lastYear) {
    return current - samePeriodLastYear + lastYear;
}

Result<Money> growthCeiling(Spending newRevenue, Share churnRate) { return ratio(newRevenue, churnRate); }

Result<Money> growthPath(Spending starting, Spending newRevenue, Share churnRate, Periods periods) {
    if (periods == 0) return Money(starting);  // with all churning, 0 times the logarithm of 0 would be no number
    // The row's formula with K taken apart: where churn is small, K is huge and would swallow the digits of `starting`.
    const double stillThere = std::exp(periods * std::log1p(-churnRate));
    return starting * stillThere + newRevenue * salesStillPaid(churnRate, periods);
}

Result<Ratio> burnMultiple(Money netBurn, Money netNewArr) { return ratio(netBurn, netNewArr); }

Result<Rate> ruleOfForty(Rate growth, Margin margin) { return growth + margin; }

}  // namespace calckpi
