// The contract: names, the order of arguments, which may be left out and what they are then. A saved document holds
// ORG.CALCKPI.KPI.WINRATE(...) for ever, so this list was written by hand from the description of the functions and not from the
// catalog. Later versions may only append optional arguments.
#include "core/catalog.hpp"

#include <gtest/gtest.h>

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
    // Customers
    "CHURNRATE(lost; atStart)",
    "CLV(arpa; grossMargin; churnRate; [discountRate=0])",
    "CLVHISTORIC(revenue; cost; customers)",
    "CLVTOCAC(clv; cac)",
    // One number from a deal table
    "DWINRATE(table; status; won; lost; [basis=\"closed\"]; filters...)",
};

std::string written(const Parameter& parameter) {
    const std::string name(parameter.name);
    if (parameter.kind == Kind::Filters) return name + "...";
    if (!parameter.optional) return name;
    if (const auto* word = std::get_if<std::string_view>(&parameter.fallback))
        return '[' + name + "=\"" + std::string(*word) + "\"]";
    if (const double* number = std::get_if<double>(&parameter.fallback)) {
        char text[32];
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
