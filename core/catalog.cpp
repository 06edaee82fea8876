#include "core/catalog.hpp"

#include "core/acquisition.hpp"
#include "core/catalog_rules.hpp"
#include "core/certainty.hpp"
#include "core/cohorts.hpp"
#include "core/customers.hpp"
#include "core/deals.hpp"
#include "core/finance.hpp"
#include "core/funnel.hpp"
#include "core/sales.hpp"
#include "core/segments.hpp"
#include "core/timing.hpp"
#include "core/win_curve.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace calckpi {
namespace {

constexpr auto everyFunction =
    join(acquisitionFunctions, salesFunctions, timeFunctions, customersFunctions, financeFunctions, certaintyFunctions,
         dealFunctions, funnelFunctions, segmentFunctions, cohortFunctions, winCurveFunctions);

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
