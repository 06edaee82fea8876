// Cases measured at a small and at a large size, told as ratios within one run.
//
//   TwoSizes cases(100'000, 1'000'000);
//   cases.add("sum", sumOfTheColumn);
//   cases.run(argc, argv);
//   for (const auto& [name, times] : cases.medians()) … times.large / times.small …
#pragma once

#include <benchmark/benchmark.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace calckpi {

class TwoSizes {
public:
    // Medians of processor times.
    struct Times {
        double small = 0;
        double large = 0;
    };

    TwoSizes(std::int64_t small, std::int64_t large, int repetitions = 5)
        : small_(small), large_(large), repetitions_(repetitions) {}

    template <class Run, class... More>
    void add(const char* name, Run run, const More&... more) {
        benchmark::RegisterBenchmark(name, run, more...)
            ->Arg(small_)
            ->Arg(large_)
            ->Unit(benchmark::kMillisecond)
            ->Repetitions(repetitions_)
            ->ReportAggregatesOnly();
    }
    void run(int argc, char** argv) {
        benchmark::Initialize(&argc, argv);
        Reporter reporter(*this);
        benchmark::RunSpecifiedBenchmarks(&reporter);
    }
    const std::map<std::string, Times>& medians() const { return medians_; }
    Times median(const std::string& name) const {
        const auto found = medians_.find(name);
        return found == medians_.end() ? Times() : found->second;
    }

private:
    class Reporter : public benchmark::ConsoleReporter {
    public:
        explicit Reporter(TwoSizes& cases) : cases_(cases) {}
        void ReportRuns(const std::vector<Run>& runs) override {
            for (const Run& run : runs) {
                if (run.aggregate_name != "median" || run.error_occurred) continue;
                Times& times = cases_.medians_[run.run_name.function_name];
                const bool isSmall = run.run_name.args == std::to_string(cases_.small_);
                (isSmall ? times.small : times.large) = run.GetAdjustedCPUTime();
            }
            ConsoleReporter::ReportRuns(runs);
        }

    private:
        TwoSizes& cases_;
    };

    std::int64_t small_;
    std::int64_t large_;
    int repetitions_;
    std::map<std::string, Times> medians_;
};

}  // namespace calckpi
