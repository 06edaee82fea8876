// What a series of ten times as many cells costs: about ten times as much, or a sheet of 100,000 rows would hang. Prints the time
// of both lengths and their ratio; nothing is asserted, since machines are shared and noisy.
//
//   tests/bench/run core
#include "tests/support/formula.hpp"
#include "tests/support/random.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <map>
#include <string>
#include <vector>

namespace calckpi {
namespace {

using support::Dice;

constexpr std::int64_t lengths[] = {10'000, 100'000};
constexpr std::int64_t longest = 100'000;
constexpr double blank = std::numeric_limits<double>::quiet_NaN();

// Columns that stand for what users have: dates in no order, gaps, amounts, answers.
struct Columns {
    std::vector<double> starts, ends, amounts, forecasts, shares, answers;
};

Columns columnsOf(std::size_t length, std::uint64_t seed) {
    Dice dice(seed);
    Columns columns;
    for (std::size_t row = 0; row < length; ++row) {
        columns.starts.push_back(dice.between(43000, 46000));
        columns.ends.push_back(dice.oneIn(10) ? blank : columns.starts.back() + dice.between(0, 400));
        columns.amounts.push_back(dice.between(1, 100000));
        columns.forecasts.push_back(dice.between(1, 100000));
        columns.shares.push_back(dice.oneIn(10) ? blank : dice.share());
        columns.answers.push_back(dice.count(10));
    }
    return columns;
}

std::vector<double> holidays() {
    Dice dice(92);
    return dice.times(200, [&dice] { return 43000 + dice.count(3400); });
}

// A call whose series have the length that is asked for.
struct Case {
    const char* title;
    const char* function;
    std::vector<Argument> (*arguments)(const Columns& columns);
};

constexpr double nine = 9.0 / 24;
constexpr double five = 17.0 / 24;

const Case cases[] = {
    {"one series, a sum", "GROSSREVENUE", [](const Columns& c) -> std::vector<Argument> { return {support::range(c.amounts)}; }},
    {"one series, NPS", "NPS", [](const Columns& c) -> std::vector<Argument> { return {support::range(c.answers)}; }},
    {"one series, NPS's margin", "NPSMARGIN",
     [](const Columns& c) -> std::vector<Argument> { return {support::range(c.answers)}; }},
    {"pairs, weighted pipeline", "WEIGHTEDPIPELINE",
     [](const Columns& c) -> std::vector<Argument> {
         return {support::range(c.amounts), support::range(c.shares)};
     }},
    {"pairs, one number against all", "WEIGHTEDPIPELINE",
     [](const Columns& c) -> std::vector<Argument> {
         return {support::range(c.amounts), 0.5};
     }},
    {"pairs, quota streak", "QUOTASTREAK",
     [](const Columns& c) -> std::vector<Argument> {
         return {support::range(c.amounts), support::range(c.forecasts), "longest"};
     }},
    {"pairs, mean of days", "SALESCYCLE",
     [](const Columns& c) -> std::vector<Argument> {
         return {support::range(c.starts), support::range(c.ends)};
     }},
    {"pairs, median of days", "SALESCYCLE",
     [](const Columns& c) -> std::vector<Argument> {
         return {support::range(c.starts), support::range(c.ends), "median"};
     }},
    {"pairs, 90th percentile of days", "SALESCYCLE",
     [](const Columns& c) -> std::vector<Argument> {
         return {support::range(c.starts), support::range(c.ends), "p90"};
     }},
    {"forecast, MAPE", "FORECASTERROR",
     [](const Columns& c) -> std::vector<Argument> {
         return {support::range(c.amounts), support::range(c.forecasts), "mape"};
     }},
    {"forecast, RMSE", "FORECASTERROR",
     [](const Columns& c) -> std::vector<Argument> {
         return {support::range(c.amounts), support::range(c.forecasts), "rmse"};
     }},
    {"forecast, MASE with training", "FORECASTERROR",
     [](const Columns& c) -> std::vector<Argument> {
         return {support::range(c.amounts), support::range(c.forecasts), "mase", support::range(c.amounts)};
     }},
    {"forecast accuracy, WAPE", "FORECASTACCURACY",
     [](const Columns& c) -> std::vector<Argument> {
         return {support::range(c.amounts), support::range(c.forecasts)};
     }},
    {"business time, 200 holidays, median", "LEADRESPONSETIME",
     [](const Columns& c) -> std::vector<Argument> {
         return {support::range(c.starts), support::range(c.ends), "median", nine, five, support::range(holidays())};
     }},
    {"business time, 200 holidays, in time", "RESPONSESLA",
     [](const Columns& c) -> std::vector<Argument> {
         return {support::range(c.starts), support::range(c.ends), 2.0, nine, five, support::range(holidays())};
     }},
    {"business time, as many holidays", "BUSINESSTIME",
     [](const Columns& c) -> std::vector<Argument> {
         return {43000.0, 46000.0, nine, five, support::range(c.starts)};
     }},
};

// run computes with several short series in turn, as many cells together as the long one has: else the short one
// would stay in the processor's caches and its random branches be learnt by heart, and the ratio would be the processor's.
void run(benchmark::State& state, const Case& each) {
    const Function* function = find(each.function);
    const std::int64_t length = state.range(0);
    std::vector<std::vector<Argument>> calls;
    for (std::int64_t seed = 1; seed <= longest / length; ++seed)
        calls.push_back(each.arguments(columnsOf(static_cast<std::size_t>(length), static_cast<std::uint64_t>(seed))));
    std::size_t turn = 0;
    for (auto iteration : state) {
        static_cast<void>(iteration);
        const Result<Outcome> result = function->call(calls[turn]);
        turn = (turn + 1) % calls.size();
        if (!result) {
            state.SkipWithError("an error was computed");
            return;
        }
        benchmark::DoNotOptimize(*result);
    }
}

// Ratios keeps the shortest time of each case and length, and prints one line for each case.
class Ratios : public benchmark::BenchmarkReporter {
public:
    bool ReportContext(const Context&) override { return true; }
    void ReportRuns(const std::vector<Run>& runs) override {
        for (const Run& each : runs) {
            if (each.error_occurred) std::printf("%s: %s\n", each.benchmark_name().c_str(), each.error_message.c_str());
            if (each.error_occurred || each.run_type != Run::RT_Iteration) continue;
            double& best = times_[each.run_name.function_name].emplace(each.run_name.args, each.GetAdjustedCPUTime()).first->second;
            best = std::min(best, each.GetAdjustedCPUTime());
        }
    }
    void Finalize() override {
        std::printf("%-40s", "microseconds");
        for (const std::int64_t length : lengths) std::printf(" %10lld       ", static_cast<long long>(length));
        std::printf("\n");
        for (const Case& each : cases) {
            std::printf("%-40s", each.title);
            double before = 0;
            for (const std::int64_t length : lengths) {
                const double time = times_[each.title][std::to_string(length)];
                std::printf(" %10.0f", time);
                if (before > 0)
                    std::printf(" x%4.1f ", time / before);
                else
                    std::printf("       ");
                before = time;
            }
            std::printf("\n");
        }
    }

private:
    std::map<std::string, std::map<std::string, double>> times_;
};

}  // namespace
}  // namespace calckpi

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    for (const auto& each : calckpi::cases)
        benchmark::RegisterBenchmark(each.title, calckpi::run, each)
            ->Apply([](benchmark::internal::Benchmark* registered) {
                for (const std::int64_t length : calckpi::lengths) registered->Arg(length);
            })
            ->Unit(benchmark::kMicrosecond)
            ->MinTime(0.1)
            ->Repetitions(5);
    calckpi::Ratios ratios;
    benchmark::RunSpecifiedBenchmarks(&ratios);
}
