#include "core/customers.hpp"

namespace calckpi {

Result<Share> churnRate(Count lost, Count atStart) { return shareOf(lost, atStart); }

Result<Money> clv(Money arpa, Margin grossMargin, Share churnRate, Optional<Multiple> discountRate) {
    const double margin = arpa * grossMargin;
    // 1 + d - r, with r = 1 - churn, is d + churn: no digits are lost to the ones.
    return ratio(margin * (1 + discountRate), discountRate + churnRate);
}

Result<Money> clvHistoric(Money revenue, Money cost, Count customers) { return ratio(revenue - cost, customers); }

Result<Ratio> clvToCac(Money clv, Spending cac) { return ratio(clv, cac); }

}  // namespace calckpi
