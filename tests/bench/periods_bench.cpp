// KPIPERIODS and its neighbours over large tables, beside one pass that sums up the columns they read. Ratios are reported, never
// asserted.
//
//   periods_bench    # times, then the ratios taken within this run
#include "core/kpis/periods.hpp"
#include "core/kpis/plans.hpp"
#include "tests/bench/ready_table.hpp"
#include "tests/bench/two_sizes.hpp"
#include "tests/support/random.hpp"

#include <benchmark/benchmark.h>

#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace calckpi {
namespace {

// Deals of three years in random order: a third won, a third lost, some cells empty.
TableHandle deals(std::size_t rows) {
    static std::map<std::size_t, TableHandle> made;
    TableHandle& table = made[rows];
    if (table) return table;
    support::Dice dice(1);
    static const std::vector<std::string> stages = {"Won", "Lost", "Proposal"};
    std::vector<std::shared_ptr<Column>> columns(5);
    for (auto& column : columns) {
        column = std::make_shared<Column>();
        column->reserve(rows);
    }
    for (std::size_t row = 0; row < rows; ++row) {
        const double opened = 45000 + dice.count(1000);
        columns[0]->addText(dice.pick(stages));
        columns[1]->addNumber(opened);
        columns[2]->addNumber(opened + dice.count(120));
        columns[3]->addNumber(dice.between(100, 10000));
        columns[4]->addText("Seller " + std::to_string(dice.below(20)));
    }
    table = std::make_shared<ReadyTable>(std::vector<std::string>{"stage", "opened", "closed", "amount", "seller"},
                                         std::vector<ColumnHandle>(columns.begin(), columns.end()));
    return table;
}

void sumOfThreeColumns(benchmark::State& state) {
    const TableHandle table = deals(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) {
        double total = 0;
        for (const char* name : {"opened", "closed", "amount"})
            for (const double number : (*table->use(name))->numbers()) total += number;
        benchmark::DoNotOptimize(total);
    }
}

void show(benchmark::State& state, const Result<OutputGrid>& grid) {
    if (!grid || grid->rows < 30)
        state.SkipWithError("not the months of three years");
    else
        benchmark::DoNotOptimize(grid->cells.data());
}

void kpis(benchmark::State& state, const Filters& filters) {
    const TableHandle table = deals(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state)
        show(state, kpiPeriods(table, "stage", Values({"won"}), Values({"lost"}), "opened", "closed", ColumnRef("amount"),
                               {Period(PeriodWords::Month)}, std::nullopt, {1}, filters));
}

void values(benchmark::State& state, const char* statistic) {
    const TableHandle table = deals(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state)
        show(state, periodValues(table, "opened", ColumnRef("amount"), {*ValueStatistic::fromText(statistic)}, ColumnRef("seller"),
                                 {Period(PeriodWords::Month)}, std::nullopt, {1}, {}));
}

void plans(benchmark::State& state) {
    const TableHandle table = deals(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state)
        show(state, mrrPlans(table, "seller", "opened", "closed", "amount", {BillingInterval{12.0}}, {Period(PeriodWords::Month)},
                             std::nullopt, std::nullopt, {1}, {}));
}

// What was measured as multiples of one pass over the numbers, and the growth from the small to the large table.
void showRatios(const TwoSizes& cases) {
    std::printf("\n%-34s %12s %12s\n", "1,000,000 rows, in times of", "sum", "100,000 rows");
    const double pass = cases.median("sum of three columns").large;
    for (const auto& [name, times] : cases.medians())
        std::printf("%-34s %12.2f %12.2f\n", name.c_str(), times.large / pass, times.large / times.small);
}

}  // namespace
}  // namespace calckpi

int main(int argc, char** argv) {
    using namespace calckpi;
    TwoSizes cases(100'000, 1'000'000);
    cases.add("sum of three columns", sumOfThreeColumns);
    cases.add("KPIs by period", kpis, Filters{});
    cases.add("KPIs by period, filtered", kpis, Filters{{"amount", std::string("<>")}});
    cases.add("values: sums by seller", values, "sum");
    cases.add("values: medians by seller", values, "median");
    cases.add("plans", plans);
    cases.run(argc, argv);
    showRatios(cases);
    return 0;
}
