// The templates of KPI sheets: each names only what is there, and all that is there can be reached by one of them.
#include "core/kpis/catalog.hpp"
#include "core/recognition/role_words.hpp"
#include "core/sheets/kpi_templates.hpp"
#include "core/sheets/kpi_formulas.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace calckpi::panel {
namespace {

std::string functionsNamed(const KpiArray& array) { return std::string(functionsOf(array.call).front()); }

TEST(KpiTemplates, PropertyIdsAreUnique) {
    const auto unique = [](auto rows) {
        std::set<std::string_view> ids;
        for (const auto& row : rows) EXPECT_TRUE(ids.insert(row.id).second) << row.id;
    };
    unique(kpiTemplates());
    unique(allKpis());
    unique(allMeasures());
    unique(allKpiArrays());
}

TEST(KpiTemplates, PropertyEveryNameIsThere) {
    for (const KpiTemplate& each : kpiTemplates()) {
        EXPECT_LE(each.ticked, each.kpis.size()) << each.id;
        for (const std::string_view kpi : each.kpis) EXPECT_NE(findKpi(kpi), nullptr) << each.id << ": " << kpi;
        for (const std::string_view kpi : each.pictures)
            EXPECT_NE(std::find(each.kpis.begin(), each.kpis.end(), kpi), each.kpis.end()) << each.id << ": " << kpi;
        for (const std::string_view function : each.functions) EXPECT_NE(find(function), nullptr) << each.id << ": " << function;
    }
    for (const Kpi& kpi : allKpis()) {
        EXPECT_FALSE(measuresOf(kpi.formula).empty()) << kpi.id;
        for (const MeasureUse& use : measuresOf(kpi.formula)) EXPECT_NE(findMeasure(use.id), nullptr) << kpi.id << ": " << use.id;
        if (!functionOf(kpi).empty()) {
            EXPECT_NE(find(functionOf(kpi)), nullptr) << kpi.id << ": " << functionOf(kpi);
        }
    }
    for (const Measure& measure : allMeasures()) {
        if (!measure.array.empty()) {
            EXPECT_NE(findKpiArray(measure.array), nullptr) << measure.id;
        }
        if (!measure.otherwise.empty()) {
            EXPECT_NE(findMeasure(measure.otherwise), nullptr) << measure.id;
        }
        EXPECT_EQ(measure.from == MeasureFrom::Typed, !measure.label.one.empty()) << measure.id;
    }
}

// A word in capitals before a parenthesis is a function of the catalog or one of these of Calc.
TEST(KpiTemplates, PropertyFormulasCallOnlyKnownFunctions) {
    const std::set<std::string> ofCalc = {"TIME"};
    const auto check = [&](std::string_view formula) {
        for (std::size_t at = formula.find('('); at != std::string_view::npos; at = formula.find('(', at + 1)) {
            std::size_t first = at;
            while (first > 0 && formula[first - 1] >= 'A' && formula[first - 1] <= 'Z') --first;
            const std::string name(formula.substr(first, at - first));
            EXPECT_TRUE(name.empty() || find(name) != nullptr || ofCalc.contains(name)) << name << " in " << formula;
        }
        EXPECT_EQ(std::count(formula.begin(), formula.end(), '{'), std::count(formula.begin(), formula.end(), '}')) << formula;
    };
    for (const Kpi& kpi : allKpis()) check(kpi.formula);
    for (const Measure& measure : allMeasures())
        if (measure.from != MeasureFrom::Segment) check(measure.call);
    for (const KpiArray& array : allKpiArrays()) check(array.call);
}

// Braces of a call are the source's words or columns with a role.
TEST(KpiTemplates, PropertyCallsNameRolesThatAreThere) {
    const std::set<std::string_view> words = {"table", "state", "won", "lost", "period", "asOf", "filters", "until", "within"};
    const auto check = [&](std::string_view call) {
        for (const MeasureUse& use : measuresOf(call)) {
            const std::string_view name = use.id.ends_with('?') ? use.id.substr(0, use.id.size() - 1) : use.id;
            EXPECT_TRUE(words.contains(name) || roleNamed(name)) << name << " in " << call;
        }
    };
    for (const KpiArray& array : allKpiArrays()) check(array.call);
    for (const Measure& measure : allMeasures()) check(measure.call);
}

TEST(KpiTemplates, PropertyEveryKpiBelongsToATemplate) {
    std::set<std::string_view> reached;
    for (const KpiTemplate& each : kpiTemplates()) reached.insert(each.kpis.begin(), each.kpis.end());
    for (const Kpi& kpi : allKpis()) EXPECT_TRUE(reached.contains(kpi.id)) << kpi.id;
}

TEST(KpiTemplates, PropertyEveryMeasureIsUsed) {
    std::set<std::string_view> used;
    for (const Kpi& kpi : allKpis())
        for (const MeasureUse& use : measuresOf(kpi.formula)) used.insert(use.id);
    for (const Measure& measure : allMeasures()) used.insert(measure.otherwise);
    for (const Measure& measure : allMeasures()) EXPECT_TRUE(used.contains(measure.id)) << measure.id;
}

TEST(KpiTemplates, PropertyEveryFunctionOfTheCatalogCanBeReached) {
    std::set<std::string> reached = {"PERIODSTART", "PERIODVALUES"};  // of the sheet itself
    const auto take = [&](std::string_view formula) {
        for (const std::string_view name : functionsOf(formula)) reached.emplace(name);
    };
    for (const KpiTemplate& each : kpiTemplates()) reached.insert(each.functions.begin(), each.functions.end());
    for (const Kpi& kpi : allKpis()) {
        take(kpi.formula);
        reached.emplace(functionOf(kpi));
    }
    for (const Measure& measure : allMeasures()) take(measure.call);
    for (const KpiArray& array : allKpiArrays()) reached.insert(functionsNamed(array));
    for (const Function& function : catalog()) EXPECT_TRUE(reached.contains(std::string(function.name()))) << function.name();
}

// The eleven classic KPIs come first, in the order in which they were asked for.
TEST(KpiTemplates, ValueOfTheSalesScorecard) {
    const KpiTemplate& scorecard = *findTemplate("sales-scorecard");
    std::vector<std::string> seeds;
    for (const std::string_view id : scorecard.kpis) {
        const std::string_view seed = findKpi(id)->seed;
        if (!seed.starts_with("S0/4.")) continue;
        const std::string number(seed.substr(5, seed.find(' ') == std::string_view::npos ? seed.npos : seed.find(' ') - 5));
        if (seeds.empty() || seeds.back() != number) seeds.push_back(number);
    }
    seeds.erase(std::unique(seeds.begin(), seeds.end()), seeds.end());
    const std::vector<std::string> wanted = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"};
    ASSERT_GE(seeds.size(), wanted.size());
    EXPECT_TRUE(std::equal(wanted.begin(), wanted.end(), seeds.begin()));
}

TEST(KpiTemplates, ValueOfTheStuckDealsThatAreShown) {
    const KpiArray* array = findKpiArray("stuck deals");
    ASSERT_NE(array, nullptr);
    EXPECT_NE(std::string(array->call).find("\"p90/" + std::to_string(array->listed) + "\""), std::string::npos)
        << "as many as the array gives";
}

TEST(KpiTemplates, ValueOfPieces) {
    const std::vector<FormulaPiece> pieces = piecesOf("GROWTHRATE({mrr};{mrr:ly})");
    ASSERT_EQ(pieces.size(), 5U);
    EXPECT_EQ(pieces[0].text, "GROWTHRATE(");
    EXPECT_EQ(pieces[1].measure, (MeasureUse{"mrr", ""}));
    EXPECT_EQ(pieces[3].measure, (MeasureUse{"mrr", "ly"}));
    EXPECT_EQ(functionsOf("CLV(ARPA({a};{b});{c})"), (std::vector<std::string_view>{"CLV", "ARPA"}));
}

}  // namespace
}  // namespace calckpi::panel
