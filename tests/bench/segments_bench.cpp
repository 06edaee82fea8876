// SEGMENTS over large tables, beside one pass that sums the amount column. Ratios are reported, never asserted.
//
//   segments_bench    # times, then the ratios taken within this run
#include "core/kpis/segments.hpp"
#include "tests/bench/ready_table.hpp"
#include "tests/bench/two_sizes.hpp"
#include "tests/support/random.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace calckpi {
namespace {

// Deals in random order: a thousand sellers (as texts and as numbers), a third won, a third lost, some cells empty.
TableHandle deals(std::size_t rows) {
    static std::map<std::size_t, TableHandle> made;
    TableHandle& table = made[rows];
    if (table) return table;
    support::Dice dice(1);
    static const std::vector<std::string> stages = {"Won", "Lost", "Proposal"};
    std::vector<std::shared_ptr<Column>> columns(6);
    for (auto& column : columns) {
        column = std::make_shared<Column>();
        column->reserve(rows);
    }
    for (std::size_t row = 0; row < rows; ++row) {
        const std::size_t seller = dice.below(1000);
        const double opened = 45000 + dice.count(700);
        columns[0]->addText("Seller " + std::to_string(seller));
        columns[1]->addNumber(static_cast<double>(seller));
        columns[2]->addText(dice.pick(stages));
        if (dice.oneIn(50))
            columns[3]->addBlank();
        else
            columns[3]->addNumber(dice.between(100, 10000));
        columns[4]->addNumber(opened);
        columns[5]->addNumber(opened + dice.count(120));
    }
    table = std::make_shared<ReadyTable>(std::vector<std::string>{"seller", "number", "stage", "amount", "opened", "closed"},
                                         std::vector<ColumnHandle>(columns.begin(), columns.end()));
    return table;
}

void sumOfTheAmountColumn(benchmark::State& state) {
    const TableHandle table = deals(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) {
        const ColumnHandle amounts = *table->use("amount");
        double total = 0;
        for (std::size_t row = 0; row < amounts->rows(); ++row)
            if (amounts->kind(row) == CellKind::Number) total += amounts->number(row);
        benchmark::DoNotOptimize(total);
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

// The same sum without its rounding errors, as all sums of the core are.
void exactSumOfTheAmountColumn(benchmark::State& state) {
    const TableHandle table = deals(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) {
        const ColumnHandle amounts = *table->use("amount");
        double total = 0;
        double lost = 0;
        for (std::size_t row = 0; row < amounts->rows(); ++row) {
            if (amounts->kind(row) != CellKind::Number) continue;
            const double value = amounts->number(row);
            const double next = total + value;
            lost += std::abs(total) >= std::abs(value) ? (total - next) + value : (value - next) + total;
            total = next;
        }
        benchmark::DoNotOptimize(total + lost);
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

struct Asked {
    const char* by = "seller";
    bool amount = false;
    bool cycle = false;
    Filters filters{};
};

void segmentsOf(benchmark::State& state, const Asked& asked) {
    const TableHandle table = deals(static_cast<std::size_t>(state.range(0)));
    const auto given = [](bool wanted, const char* header) { return wanted ? std::optional<ColumnRef>(header) : std::nullopt; };
    for (auto _ : state) {
        const Result<OutputGrid> grid =
            segments(table, asked.by, "stage", Values({"won"}), Values({"lost"}), given(asked.amount, "amount"),
                     given(asked.cycle, "opened"), given(asked.cycle, "closed"), Optional<Number>{1}, asked.filters);
        if (!grid || grid->rows != 1002) state.SkipWithError("not a header, 1000 segments and a total");
        benchmark::DoNotOptimize(grid->cells.data());
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

// What was measured as multiples of one pass over the amounts, and the growth from the small to the large table.
void show(const TwoSizes& cases) {
    std::printf("\n%-34s %12s %12s %12s\n", "1,000,000 rows, in times of", "sum", "exact sum", "100,000 rows");
    const double pass = cases.median("sum").large;
    const double exactPass = cases.median("exact sum").large;
    for (const auto& [name, times] : cases.medians())
        std::printf("%-34s %12.2f %12.2f %12.2f\n", name.c_str(), times.large / pass, times.large / exactPass,
                    times.large / times.small);
}

}  // namespace
}  // namespace calckpi

int main(int argc, char** argv) {
    using namespace calckpi;
    TwoSizes cases(100'000, 1'000'000);
    cases.add("sum", sumOfTheAmountColumn);
    cases.add("exact sum", exactSumOfTheAmountColumn);
    cases.add("segments: counts", segmentsOf, Asked{});
    cases.add("segments: and revenue", segmentsOf, Asked{.amount = true});
    cases.add("segments: and cycle", segmentsOf, Asked{.amount = true, .cycle = true});
    cases.add("segments: by a number, and revenue", segmentsOf, Asked{.by = "number", .amount = true});
    cases.add("segments: and revenue, filtered", segmentsOf, Asked{.amount = true, .filters = {{"amount", std::string("<>")}}});
    cases.run(argc, argv);
    show(cases);
    return 0;
}
