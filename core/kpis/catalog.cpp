#include "core/kpis/catalog.hpp"

#include "core/kpis/acquisition.hpp"
#include "core/catalog/call.hpp"
#include "core/catalog/catalog_rules.hpp"
#include "core/kpis/certainty.hpp"
#include "core/kpis/cohorts.hpp"
#include "core/kpis/customers.hpp"
#include "core/kpis/deals.hpp"
#include "core/kpis/finance.hpp"
#include "core/kpis/funnel.hpp"
#include "core/kpis/lifetime.hpp"
#include "core/kpis/lifetime_tables.hpp"
#include "core/kpis/periods.hpp"
#include "core/kpis/plans.hpp"
#include "core/kpis/sales.hpp"
#include "core/kpis/segments.hpp"
#include "core/kpis/stuck_deals.hpp"
#include "core/kpis/timing.hpp"
#include "core/kpis/win_curve.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace calckpi {
namespace {

constexpr auto everyFunction =
    join(acquisitionFunctions, salesFunctions, timeFunctions, periodTimeFunctions, customersFunctions, lifetimeFunctions,
         financeFunctions, certaintyFunctions, dealFunctions, funnelFunctions, segmentFunctions, cohortFunctions, planFunctions,
         winCurveFunctions, periodFunctions, stuckDealFunctions, lifetimeTableFunctions, lifetimeFitFunctions);

}  // namespace

std::span<const Function> catalog() { return everyFunction; }

const Function* find(std::string_view name) {
    static const auto byName = [] {
        std::unordered_map<std::string_view, const Function*> map;
        for (const Function& function : everyFunction) map.emplace(function.name(), &function);
        return map;
    }();
    const auto found = byName.find(name);
    return found == byName.end() ? nullptr : found->second;
}

}  // namespace calckpi
