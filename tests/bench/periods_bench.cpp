// KPIPERIODS and its neighbours over large tables, beside one pass that sums up the columns they read. Ratios are reported, never
// asserted.
//
//   periods_bench    # times, then the ratios taken within this run
#include "core/kpis/periods.hpp"
#include "core/kpis/plans.hpp"
#include "tests/bench/ready_table.hpp"
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

// Ratios prints what was measured as multiples of one pass over the numbers, and the growth from the small to the large table.
class Ratios : public benchmark::ConsoleReporter {
public:
    void ReportRuns(const std::vector<Run>& runs) override {
        for (const Run& run : runs)
            if (run.aggregate_name == "median" && !run.error_occurred)
                seconds_[run.run_name.function_name][run.run_name.args] = run.GetAdjustedCPUTime();
        ConsoleReporter::ReportRuns(runs);
    }
    void Finalize() override {
        std::printf("\n%-34s %12s %12s\n", "1,000,000 rows, in times of", "sum", "100,000 rows");
        const double pass = seconds_["sum of three columns"]["1000000"];
        for (auto& [name, bySize] : seconds_)
            std::printf("%-34s %12.2f %12.2f\n", name.c_str(), bySize["1000000"] / pass, bySize["1000000"] / bySize["100000"]);
    }

private:
    std::map<std::string, std::map<std::string, double>> seconds_;
};

}  // namespace
}  // namespace calckpi

int main(int argc, char** argv) {
    using namespace calckpi;
    const auto measured = [](const char* name, auto run, const auto&... more) {
        benchmark::RegisterBenchmark(name, run, more...)
            ->Arg(100000)
            ->Arg(1000000)
            ->Unit(benchmark::kMillisecond)
            ->Repetitions(5)
            ->ReportAggregatesOnly();
    };
    measured("sum of three columns", sumOfThreeColumns);
    measured("KPIs by period", kpis, Filters{});
    measured("KPIs by period, filtered", kpis, Filters{{"amount", std::string("<>")}});
    measured("values: sums by seller", values, "sum");
    measured("values: medians by seller", values, "median");
    measured("plans", plans);
    benchmark::Initialize(&argc, argv);
    Ratios ratios;
    benchmark::RunSpecifiedBenchmarks(&ratios);
    return 0;
}
