// The contract: names, the order of arguments, which may be left out and what they are then. A saved document holds
// ORG.CALCKPI.KPI.WINRATE(...) for ever, so this list was written by hand from the description of the functions and not from the
// catalog. Later versions may only append optional arguments.
#include "core/kpis/catalog.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <set>
#include <string>

namespace calckpi {
namespace {

constexpr std::string_view contract[] = {
    // Acquisition and marketing
    "CONVERSIONRATE(converted; total)",
    "LEADTOOPPORTUNITY(opportunities; leads)",
    "CLOSERATIO(closed; engaged)",
    "COSTPERLEAD(cost; leads)",
    "CAC(costs; newCustomers)",
    "CACPAYBACK(cac; arpa; [grossMargin=1])",
    "CONTENTROI(attributedSales; cost)",
    "ROI(gain; investment)",
    "CLICKTHROUGHRATE(clicks; impressions)",
    "USAGERATE(used; available)",
    "TOUCHPOINTS(touches; meetings)",
    "REQUIREDVOLUME(target; rates)",
    "EXPECTEDVOLUME(volume; rates)",
    // Sales; the description gives "current" and "wape" without a name, streak and measure are ours
    "WINRATE(won; lost; [open=0])",
    "AVERAGESALE(revenue; sales)",
    "SALESCYCLE(opened; closed; [statistic=\"mean\"])",
    "SALESVELOCITY(opportunities; averageSale; winRate; cycleDays)",
    "SALESPRODUCTIVITY(revenue; sellers)",
    "SALESEFFICIENCY(newRevenue; spend; [lostRevenue=0])",
    "MAGICNUMBER(revenue; priorRevenue; priorSpend)",
    "QUOTAATTAINMENT(actual; quota)",
    "QUOTASTREAK(actuals; quotas; [streak=\"current\"])",
    "REVENUETOPAY(revenue; pay)",
    "PIPELINECOVERAGE(pipeline; target; [won=0])",
    "WEIGHTEDPIPELINE(amounts; probabilities)",
    "DISCOUNTRATE(listPrices; soldPrices)",
    "SALESCAPACITY(sellers; quota; [attainment=1]; [ramping=0]; [rampShare=0.5])",
    "WINRATELIFT(wonWith; lostWith; wonWithout; lostWithout)",
    "FORECASTACCURACY(actuals; forecasts; [measure=\"wape\"])",
    "FORECASTERROR(actuals; forecasts; measure; [training])",
    // Time; "mean" is the default of every statistic
    "LEADRESPONSETIME(received; contacted; [statistic=\"mean\"]; [opening]; [closing]; [holidays]; [weekend])",
    "RESPONSESLA(received; contacted; limit; [opening]; [closing]; [holidays]; [weekend])",
    // the description says "as in NETWORKDAYS.INTL", which closes Saturday and Sunday when nothing is said
    "BUSINESSTIME(start; end; [opening=TIME(9;0;0)]; [closing=TIME(17;0;0)]; [holidays]; [weekend=\"0000011\"])",
    "RAMPTIME(hired; productive; [statistic=\"mean\"])",
    "TIMETOVALUE(signed; valued; [statistic=\"mean\"])",
    "RESOLUTIONTIME(opened; solved; [statistic=\"mean\"])",
    "CONTENTAGE(published; asOf; [statistic=\"mean\"])",
    "PERIODSTART(date; [period=\"month\"]; [shift=0])",
    // Customers
    "CHURNRATE(lost; atStart)",
    "RETENTIONRATE(atEnd; acquired; atStart)",
    "RENEWALRATE(renewed; due)",
    "EMPLOYEERETENTION(stayed; atStart)",
    "REFERRALRATE(referred; hires)",
    "ANNUALRATE(rate; periodsPerYear)",
    "GRR(starting; contraction; churned)",
    "NRR(starting; expansion; contraction; churned)",
    "REVENUECHURN(starting; contraction; churned; [expansion=0]; [reactivation=0])",
    "QUICKRATIO(newRevenue; expansion; contraction; churned; [reactivation=0])",
    "CUSTOMERLIFESPAN(churnRate)",
    "CLV(arpa; grossMargin; churnRate; [discountRate=0])",
    "CLVHISTORIC(revenue; cost; customers)",
    "CLVORDERS(orderValue; ordersPerPeriod; lifespan; [grossMargin=1])",
    "CLVTOCAC(clv; cac)",
    "PALIVE(repeats; recency; age; parameters; [model=\"mbgnbd\"])",
    "EXPECTEDPURCHASES(repeats; recency; age; horizon; parameters; [model=\"mbgnbd\"]; [discountRate=0])",
    "EXPECTEDSPEND(repeats; mean; parameters)",
    "RETENTIONVALUE(value; parameters; [discountRate=0]; [renewals=0]; [periods])",
    "NPS(scores)",
    "NPSCOUNTS(promoters; passives; detractors)",
    "CSAT(scores; [satisfiedFrom=4])",
    "CES(scores)",
    // Finance and growth
    "GROSSREVENUE(amounts)",
    "NETREVENUE(gross; deductions)",
    "GROSSMARGIN(revenue; costOfGoods)",
    "NETMARGIN(revenue; expenses)",
    "CASHFLOW(inflows; outflows)",
    "AVERAGEREVENUE(revenue; units)",
    "ARPA(revenue; accounts)",
    "MARGINALREVENUE(revenue; priorRevenue; addedUnits)",
    "ACV(contractValue; oneTime; years)",
    "ARR(mrr)",
    "GROWTHRATE(current; previous)",
    "TRAILINGGROWTH(current; samePeriodLastYear; lastYear)",
    "GROWTHCEILING(newRevenue; churnRate)",
    "GROWTHPATH(starting; newRevenue; churnRate; periods)",
    "BURNMULTIPLE(netBurn; netNewArr)",
    "RULEOFFORTY(growth; margin)",
    // Certainty; "wilson" and "z" have no name in the description, method is ours
    "RATELOW(successes; trials; [confidence=0.95]; [method=\"wilson\"])",
    "RATEHIGH(successes; trials; [confidence=0.95]; [method=\"wilson\"])",
    "RATETEST(successesA; trialsA; successesB; trialsB; [method=\"z\"])",
    "RATEDIFFLOW(sA; nA; sB; nB; [confidence=0.95])",
    "RATEDIFFHIGH(sA; nA; sB; nB; [confidence=0.95])",
    "NPSMARGIN(scores; [confidence=0.95])",
    // One number from a deal table
    "DWINRATE(table; status; won; lost; [basis=\"closed\"]; filters...)",
    "DWINVALUE(table; status; won; lost; amount; filters...)",
    "DSALESCYCLE(table; opened; closed; [statistic=\"mean\"]; filters...)",
    "DSALES(table; status; won; amount; [statistic=\"sum\"]; filters...)",
    "DPIPELINE(table; status; won; lost; amount; [probability]; filters...)",
    "DSALESVELOCITY(table; status; won; lost; amount; opened; closed; filters...)",
    "DRESPONSETIME(table; received; contacted; [statistic=\"mean\"]; filters...)",
    // Whole tables
    "FUNNEL(stages; counts; [values]; [headers=1])",
    "FUNNELSTAGES(table; stage; stages; [lost]; [lostStage]; [amount]; [by]; [headers=1]; filters...)",
    "FUNNELDATES(table; stages; [fill=\"none\"]; [by]; [asOf]; [headers=1]; filters...)",
    "FUNNELEVENTS(table; id; stage; when; stages; [order=\"ordered\"]; [window]; [by]; [asOf]; [headers=1]; filters...)",
    "SEGMENTS(table; by; status; won; lost; [amount]; [opened]; [closed]; [headers=1]; filters...)",
    "COHORTS(table; customer; when; [period=\"month\"]; [measure=\"retention\"]; [amount]; [headers=1]; filters...)",
    "MRRMOVEMENTS(table; customer; when; amount; [period=\"month\"]; [reactivationGap]; [headers=1]; filters...)",
    "MRRPLANS(table; customer; start; end; amount; [interval=1]; [period=\"month\"]; [reactivationGap]; [asOf]; [headers=1]; "
    "filters...)",
    "KPIPERIODS(table; status; won; lost; opened; closed; [amount]; [period=\"month\"]; [asOf]; [headers=1]; filters...)",
    "PERIODVALUES(table; when; [value]; [statistic=\"count\"]; [by]; [period=\"month\"]; [asOf]; [headers=1]; filters...)",
    "STUCKDEALS(table; status; won; lost; opened; [closed]; [stage]; [amount]; [limit=\"p90\"]; [asOf]; [headers=1]; filters...)",
    "WINCURVE(table; opened; closed; status; won; lost; [asOf]; [headers=1]; filters...)",
    "RFM(table; customer; when; amount; [unit=\"day\"]; [asOf]; [headers=1]; filters...)",
    // Predictive lifetime value
    "CLVMODEL(table; customer; when; [amount]; [model=\"mbgnbd\"]; [asOf]; [confidence=0.95]; [headers=1]; filters...)",
    "CLVPREDICT(table; customer; when; amount; [horizon=365]; [yearlyRate=0]; [grossMargin=1]; [model=\"mbgnbd\"]; [asOf]; "
    "[headers=1]; filters...)",
    "CLVHOLDOUT(table; customer; when; until; [view=\"errors\"]; [model=\"mbgnbd\"]; [amount]; [asOf]; [headers=1]; filters...)",
    "CLVFIT(repeats; recency; age; [model=\"mbgnbd\"]; [headers=1])",
    "SPENDFIT(repeats; means; [headers=1])",
    "RETENTIONFIT(survivors; [headers=1])",
    "RETENTIONCURVE(survivors; [periods=12]; [confidence=0.95]; [headers=1])",
};

std::string written(const Parameter& parameter) {
    const std::string name(parameter.name);
    if (parameter.kind == Kind::Filters) return name + "...";
    if (!parameter.optional) return name;
    if (const auto* word = std::get_if<std::string_view>(&parameter.fallback))
        return '[' + name + "=\"" + std::string(*word) + "\"]";
    if (const double* number = std::get_if<double>(&parameter.fallback)) {
        char text[64];
        const double minutes = *number * 24 * 60;
        if (parameter.unit == Unit::Days && *number < 1 && minutes == std::round(minutes))
            std::snprintf(text, sizeof text, "TIME(%g;%g;0)", std::floor(minutes / 60), std::fmod(minutes, 60));
        else
            std::snprintf(text, sizeof text, "%g", *number);
        return '[' + name + '=' + text + ']';
    }
    return '[' + name + ']';
}

std::string written(const Function& function) {
    std::string text;
    for (const Parameter& parameter : function.parameters()) text += (text.empty() ? "" : "; ") + written(parameter);
    return std::string(function.name()) + '(' + text + ')';
}

TEST(Contract, EachFunctionIsThereAsDescribed) {
    for (const std::string_view signature : contract) {
        const Function* function = find(signature.substr(0, signature.find('(')));
        ASSERT_NE(function, nullptr) << signature;
        EXPECT_EQ(written(*function), signature);
    }
}

TEST(Contract, NoFunctionIsThereThatIsNotDescribed) {
    const std::set<std::string_view> described(std::begin(contract), std::end(contract));
    for (const Function& function : catalog()) EXPECT_TRUE(described.contains(written(function))) << written(function);
}

}  // namespace
}  // namespace calckpi
