#include "core/kpis/customers.hpp"

#include <algorithm>
#include <cmath>

namespace calckpi {
namespace {

// keptShare is what gains and losses leave of `starting`, as a share of it.
Result<double> keptShare(double starting, double gains, double losses) {
    if (starting == 0) return Fault::DivideByZero;
    const Result<double> kept = contained(starting + gains - losses, starting + gains);
    if (!kept) return kept.failure();
    return ratio(*kept, starting);
}

}  // namespace

Result<Share> churnRate(Count lost, Count atStart) { return shareOf(lost, atStart); }

Result<Share> retentionRate(Count atEnd, Count acquired, Count atStart) {
    if (atStart == 0) return Fault::DivideByZero;
    const Result<double> stayed = contained(atEnd - acquired, atStart);
    if (!stayed) return stayed.failure();
    return ratio(*stayed, atStart);
}

Result<Share> renewalRate(Count renewed, Count due) { return shareOf(renewed, due); }

Result<Share> employeeRetention(Count stayed, Count atStart) { return shareOf(stayed, atStart); }

Result<Share> referralRate(Count referred, Count hires) { return shareOf(referred, hires); }

Result<Share> annualRate(Share rate, Periods periodsPerYear) {
    if (!(periodsPerYear > 0)) return Fault::OutsideDomain;
    // 1 - (1 - rate)^periods, without losing the digits of a small rate to the ones.
    return -std::expm1(periodsPerYear * std::log1p(-rate));
}

Result<Share> grr(Spending starting, Spending contraction, Spending churned) {
    return keptShare(starting, 0, contraction + churned);
}

Result<Rate> nrr(Spending starting, Spending expansion, Spending contraction, Spending churned) {
    return keptShare(starting, expansion, contraction + churned);
}

Result<Rate> revenueChurn(Spending starting, Spending contraction, Spending churned, Optional<Spending> expansion,
                          Optional<Spending> reactivation) {
    const double gains = expansion + reactivation;
    const double losses = contraction + churned;
    const Result<double> kept = keptShare(starting, gains, losses);
    if (!kept) return kept.failure();
    // Not 1 - kept: a small churn would lose its digits to the ones.
    return ratio(std::min<double>(losses - gains, starting), starting);
}

Result<Multiple> quickRatio(Spending newRevenue, Spending expansion, Spending contraction, Spending churned,
                            Optional<Spending> reactivation) {
    return ratio(newRevenue + expansion + reactivation, contraction + churned);
}

Result<Periods> customerLifespan(Share churnRate) { return ratio(1, churnRate); }

Result<Money> clv(Money arpa, Margin grossMargin, Share churnRate, Optional<Multiple> discountRate) {
    const double margin = arpa * grossMargin;
    // 1 + d - r, with r = 1 - churn, is d + churn: no digits are lost to the ones.
    return ratio(margin * (1 + discountRate), discountRate + churnRate);
}

Result<Money> clvHistoric(Money revenue, Money cost, Count customers) { return ratio(revenue - cost, customers); }

Result<Money> clvOrders(Money orderValue, Multiple ordersPerPeriod, Periods lifespan, Optional<Margin> grossMargin) {
    return orderValue * ordersPerPeriod * lifespan * grossMargin;
}

Result<Ratio> clvToCac(Money clv, Spending cac) { return ratio(clv, cac); }

Result<NpsGroups> npsGroups(const Series<NpsScore>& scores) {
    NpsGroups groups;
    bool whole = true;
    for (const double answer : scores.places()) {
        if (std::isnan(answer)) continue;
        whole = whole && answer == std::floor(answer);
        ++(answer >= 9 ? groups.promoters : answer >= 7 ? groups.passives : groups.detractors);
    }
    if (!whole) return Fault::OutsideDomain;
    if (groups.promoters + groups.passives + groups.detractors == 0) return Fault::NothingToCompute;
    return groups;
}

Result<Points> nps(const Series<NpsScore>& scores) {
    const Result<NpsGroups> groups = npsGroups(scores);
    if (!groups) return groups.failure();
    return npsCounts(groups->promoters, groups->passives, groups->detractors);
}

Result<Points> npsCounts(Count promoters, Count passives, Count detractors) {
    return ratio(100 * (promoters - detractors), promoters + passives + detractors);
}

Result<Share> csat(const Series<SurveyScore>& scores, Optional<SatisfiedScore> satisfiedFrom) {
    const std::vector<double> answers = scores.values();
    if (answers.empty()) return Fault::NothingToCompute;
    const double from = satisfiedFrom;
    const auto satisfied = std::count_if(answers.begin(), answers.end(), [from](double answer) { return answer >= from; });
    return shareOf(static_cast<double>(satisfied), static_cast<double>(answers.size()));
}

Result<Points> ces(const Series<SurveyScore>& scores) {
    const std::vector<double> answers = scores.values();
    if (answers.empty()) return Fault::NothingToCompute;
    return sum(answers) / static_cast<double>(answers.size());
}

}  // namespace calckpi
