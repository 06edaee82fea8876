// print_templates: writes the KPI templates as JSON to the standard output, for the build: template, KPI, function, seed, needs.
#include "core/recognition/role_words.hpp"
#include "core/sheets/kpi_sheet_choices.hpp"

#include <iostream>
#include <set>
#include <string>

namespace {

using namespace calckpi::panel;

std::string quoted(std::string_view text) {
    std::string result = "\"";
    for (const char each : text) {
        if (each == '"' || each == '\\') result += '\\';
        result += each;
    }
    return result + '"';
}

template <class Items>
std::string listed(const Items& items) {
    std::string list;
    for (const auto& item : items) list += (list.empty() ? "" : ", ") + quoted(item);
    return "[" + list + "]";
}

// needsOf are the tables and columns of a KPI, and the figures that are typed: "Deals.Amount", "typed Sales target".
std::set<std::string> needsOf(const Kpi& kpi) {
    std::set<std::string> needs;
    for (const MeasureUse& use : measuresOf(kpi.formula)) {
        const Measure& measure = *findMeasure(use.id);
        if (measure.from == MeasureFrom::Typed) {
            needs.insert("typed " + std::string(measure.label.one));
            continue;
        }
        const KpiArray* array = findKpiArray(measure.array);
        const std::string rows(nameOf(measure.rows));
        const auto need = [&](Role role) { needs.insert(rows + "." + std::string(nameOf(role))); };
        for (const Role role : rolesIn(array != nullptr ? array->call : measure.call)) need(role);
        if (array == nullptr) need(measure.when);
        if (measure.value) need(*measure.value);
    }
    return needs;
}

void print(const Kpi& kpi, bool last) {
    std::cout << "      {\"id\": " << quoted(kpi.id) << ", \"name\": " << quoted(kpi.name.one)
              << ", \"function\": " << quoted(functionOf(kpi)) << ", \"formula\": " << quoted(kpi.formula)
              << ",\n       \"seed\": " << quoted(kpi.seed) << ", \"needs\": " << listed(needsOf(kpi)) << "}" << (last ? "" : ",")
              << "\n";
}

}  // namespace

int main() {
    std::cout << "{\"templates\": [\n";
    for (const KpiTemplate& each : kpiTemplates()) {
        std::cout << "  {\"id\": " << quoted(each.id) << ", \"name\": " << quoted(each.name.one)
                  << ",\n   \"functions\": " << listed(each.functions) << ",\n   \"kpis\": [\n";
        for (std::size_t index = 0; index < each.kpis.size(); ++index)
            print(*findKpi(each.kpis[index]), index + 1 == each.kpis.size());
        std::cout << "    ]}" << (&each == &kpiTemplates().back() ? "" : ",") << "\n";
    }
    std::cout << "]}\n";
    return std::cout.good() ? 0 : 1;
}
