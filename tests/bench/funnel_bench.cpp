// FUNNELEVENTS over a large log, beside std::sort of the same (id, time) keys. Ratios and memory are reported, never asserted.
//
//   funnel_bench    # times, then the ratios and the peak memory taken within this run
#include "core/kpis/funnel.hpp"
#include "tests/bench/ready_table.hpp"
#include "tests/support/random.hpp"

#include <benchmark/benchmark.h>
#include <malloc.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <map>
#include <memory>
#include <new>
#include <string>
#include <utility>
#include <vector>

namespace {

// What the program has allocated, and the most it ever had.
std::size_t allocated = 0;
std::size_t mostAllocated = 0;

void* allocate(std::size_t size) {
    void* memory = std::malloc(size);
    if (memory == nullptr) throw std::bad_alloc();
    allocated += malloc_usable_size(memory);
    mostAllocated = std::max(mostAllocated, allocated);
    return memory;
}

void release(void* memory) noexcept {
    if (memory != nullptr) allocated -= malloc_usable_size(memory);
    std::free(memory);
}

}  // namespace

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void operator delete(void* memory) noexcept { release(memory); }
void operator delete[](void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }
void operator delete[](void* memory, std::size_t) noexcept { release(memory); }

namespace calckpi {
namespace {

const std::vector<std::string>& stageNames() {
    static const std::vector<std::string> names = {"Visit", "Lead", "Demo", "Proposal", "Contract", "Won"};
    return names;
}

// Log of events in random row order, five for each unit: ids as texts and as numbers, times to the minute within a year. One
// event in four is no step.
struct Log {
    TableHandle table;
    std::vector<std::pair<std::uint32_t, double>> keys;  // id and time of the same events
};

const Log& logOf(std::size_t events) {
    static std::map<std::size_t, Log> made;
    Log& log = made[events];
    if (log.table) return log;
    support::Dice dice(7);
    std::vector<std::shared_ptr<Column>> columns(5);
    for (auto& column : columns) {
        column = std::make_shared<Column>();
        column->reserve(events);
    }
    for (std::size_t event = 0; event < events; ++event) {
        const std::size_t unit = dice.below(events / 5);
        const double time = 45'000 + dice.count(365 * 24 * 60) / (24 * 60);
        columns[0]->addText("D-" + std::to_string(unit));
        columns[1]->addNumber(static_cast<double>(unit));
        columns[2]->addText(dice.oneIn(4) ? "Mail" : dice.pick(stageNames()));
        columns[3]->addNumber(time);
        columns[4]->addText(dice.oneIn(2) ? "Web" : "Partner");
        log.keys.emplace_back(static_cast<std::uint32_t>(unit), time);
    }
    log.table = std::make_shared<ReadyTable>(std::vector<std::string>{"deal", "number", "stage", "when", "channel"},
                                             std::vector<ColumnHandle>(columns.begin(), columns.end()));
    return log;
}

void sortOfTheKeys(benchmark::State& state) {
    const Log& log = logOf(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) {
        state.PauseTiming();
        auto keys = log.keys;
        state.ResumeTiming();
        std::sort(keys.begin(), keys.end());
        benchmark::DoNotOptimize(keys.data());
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

Result<OutputGrid> funnelOf(const Log& log, const char* id, OrderWords::Value order, bool split) {
    static const Stages stages = [] {
        Stages made;
        for (const std::string& name : stageNames()) {
            made.names.push_back(name);
            made.keys.push_back(folded(name));
        }
        return made;
    }();
    return funnelEvents(log.table, id, "stage", "when", stages, {order}, Days(90.0),
                        split ? std::optional<ColumnRef>("channel") : std::nullopt, std::nullopt, {1.0}, {});
}

template <OrderWords::Value order, bool numbers, bool split>
void funnelEventsOver(benchmark::State& state) {
    const Log& log = logOf(static_cast<std::size_t>(state.range(0)));
    std::size_t peak = 0;
    for (auto _ : state) {
        mostAllocated = allocated;
        const std::size_t before = allocated;
        const Result<OutputGrid> grid = funnelOf(log, numbers ? "number" : "deal", order, split);
        if (!grid) state.SkipWithError("no table");
        peak = std::max(peak, mostAllocated - before);
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
    state.counters["bytes_per_event"] = static_cast<double>(peak) / static_cast<double>(state.range(0));
}

// The least of several repetitions: what else runs on the machine only ever adds.
class Ratios : public benchmark::ConsoleReporter {
public:
    void ReportRuns(const std::vector<Run>& runs) override {
        for (const Run& run : runs) {
            if (run.error_occurred || run.run_type != Run::RT_Iteration) continue;
            const auto [place, added] = best_.try_emplace(run.benchmark_name(), run.GetAdjustedCPUTime());
            if (!added) place->second = std::min(place->second, run.GetAdjustedCPUTime());
            const auto bytes = run.counters.find("bytes_per_event");
            if (bytes != run.counters.end()) bytes_[run.benchmark_name()] = bytes->second.value;
        }
        ConsoleReporter::ReportRuns(runs);
    }
    void print() const {
        std::printf("\n%-48s %14s %14s %20s\n", "1,000,000 events", "x std::sort", "bytes/event", "x 100,000 events");
        for (const auto& [name, time] : best_) {
            const std::size_t size = name.find("/1000000");
            if (size == std::string::npos) continue;
            const auto bytes = bytes_.find(name);
            const std::string small = name.substr(0, size) + "/100000" + name.substr(size + 8);
            std::printf("%-48s %14.2f %14.1f %20.1f\n", name.substr(0, size).c_str(),
                        time / timeOf("sort of (id, time)/1000000" + name.substr(size + 8)),
                        bytes == bytes_.end() ? 0 : bytes->second, time / timeOf(small));
        }
    }

private:
    double timeOf(const std::string& name) const {
        const auto found = best_.find(name);
        return found == best_.end() ? std::numeric_limits<double>::quiet_NaN() : found->second;
    }
    std::map<std::string, double> best_;
    std::map<std::string, double> bytes_;
};

void add(const char* name, void (*measure)(benchmark::State&)) {
    benchmark::RegisterBenchmark(name, measure)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond)->Repetitions(5);
}

}  // namespace
}  // namespace calckpi

int main(int count, char** words) {
    using namespace calckpi;
    add("sort of (id, time)", sortOfTheKeys);
    add("FUNNELEVENTS, text ids", funnelEventsOver<OrderWords::Ordered, false, false>);
    add("FUNNELEVENTS, number ids", funnelEventsOver<OrderWords::Ordered, true, false>);
    add("FUNNELEVENTS, text ids, by channel", funnelEventsOver<OrderWords::Ordered, false, true>);
    add("FUNNELEVENTS, text ids, strict", funnelEventsOver<OrderWords::Strict, false, false>);
    add("FUNNELEVENTS, text ids, any order", funnelEventsOver<OrderWords::Any, false, false>);
    benchmark::Initialize(&count, words);
    if (benchmark::ReportUnrecognizedArguments(count, words)) return 1;
    Ratios ratios;
    benchmark::RunSpecifiedBenchmarks(&ratios);
    ratios.print();
    return 0;
}
