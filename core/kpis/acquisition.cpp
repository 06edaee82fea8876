#include "core/kpis/acquisition.hpp"

#include <functional>
#include <numeric>

namespace calckpi {
namespace {

Result<double> product(const Series<Share>& rates) {
    const std::vector<double> values = rates.values();
    if (values.empty()) return Fault::NothingToCompute;
    return std::accumulate(values.begin(), values.end(), 1.0, std::multiplies<>());
}

}  // namespace

Result<Share> conversionRate(Count converted, Count total) { return shareOf(converted, total); }

Result<Share> leadToOpportunity(Count opportunities, Count leads) { return shareOf(opportunities, leads); }

Result<Share> closeRatio(Count closed, Count engaged) { return shareOf(closed, engaged); }

Result<Money> costPerLead(Spending cost, Count leads) { return ratio(cost, leads); }

Result<Money> cac(const Series<Money>& costs, Count newCustomers) {
    const Result<double> spent = total(costs);
    if (!spent) return spent.failure();
    return ratio(*spent, newCustomers);
}

Result<Periods> cacPayback(Spending cac, Spending arpa, Optional<Share> grossMargin) { return ratio(cac, arpa * grossMargin); }

Result<Ratio> contentRoi(Money attributedSales, Spending cost) { return ratio(attributedSales, cost); }

Result<Rate> roi(Money gain, Spending investment) { return ratio(gain, investment); }

Result<Share> clickThroughRate(Count clicks, Count impressions) { return shareOf(clicks, impressions); }

Result<Share> usageRate(Count used, Count available) { return shareOf(used, available); }

Result<Ratio> touchPoints(Count touches, Count meetings) { return ratio(touches, meetings); }

Result<Count> requiredVolume(Count target, const Series<Share>& rates) {
    const Result<double> passing = product(rates);
    if (!passing) return passing.failure();
    return ratio(target, *passing);
}

Result<Count> expectedVolume(Count volume, const Series<Share>& rates) {
    const Result<double> passing = product(rates);
    if (!passing) return passing.failure();
    return volume * *passing;
}

}  // namespace calckpi
