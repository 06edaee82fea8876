// The sidebar's preview over 100,000 rows, beside the function alone whose table it shows: what the data check adds.
//
//   preview_bench    # times, then the ratios taken within this run
#include "core/tables/kept_table.hpp"
#include "core/sheets/preview.hpp"
#include "tests/support/memory_table.hpp"
#include "tests/support/random.hpp"

#include <benchmark/benchmark.h>

#include <cstdio>
#include <map>
#include <memory>
#include <string>

namespace calckpi::panel {
namespace {

const std::vector<std::string> stageNames = {"Visit", "Lead", "Demo", "Proposal", "Contract", "Won"};

// One export with all shapes' columns: ids as texts, one stage in twenty not listed, one date in ten before the one it follows.
const TableHandle& source() {
    static const TableHandle table = [] {
        support::Dice dice(7);
        support::Rows rows = {
            {"id", "deal", "stage", "when", "amount", "owner", "Visit", "Lead", "Demo", "Proposal", "Contract", "Won"}};
        for (int row = 0; row < 100'000; ++row) {
            double date = 45'000 + dice.count(365);
            rows.push_back({"D-" + std::to_string(row), "D-" + std::to_string(dice.below(20'000)),
                            dice.oneIn(20)  ? "Nurture"
                            : dice.oneIn(5) ? "Lost"
                                            : dice.pick(stageNames),
                            date + dice.share(), dice.between(100, 5000), "Owner " + std::to_string(dice.below(40))});
            for (std::size_t stage = 0; stage < stageNames.size(); ++stage) {
                rows.back().push_back(dice.oneIn(6) ? Cell(Blank{}) : Cell(date));
                date += dice.oneIn(10) ? -3 : dice.count(20);
            }
        }
        return std::make_shared<KeptTable>(std::make_shared<support::MemoryTable>(rows));
    }();
    return table;
}

Choices choicesOf(Shape shape) {
    Choices choices;
    choices.shape = shape;
    choices.id = shape == Shape::Events ? "deal" : "id";
    choices.stage = "stage";
    choices.when = "when";
    choices.amount = "amount";
    choices.by = "owner";
    for (const std::string& name : stageNames) choices.stages.push_back({name, name == "Won" ? Outcome::Won : Outcome::Step});
    choices.stages.push_back({"Lost", Outcome::Lost});
    choices.window = 90;
    return choices;
}

Result<OutputGrid> functionAlone(Shape shape) {
    static const Stages stages = [] {
        Stages made;
        for (const std::string& name : stageNames) {
            made.names.push_back(name);
            made.keys.push_back(folded(name));
        }
        return made;
    }();
    const std::optional<ColumnRef> by = "owner";
    if (shape == Shape::Dates) return funnelDates(source(), stages, {FillWords::None}, by, std::nullopt, {0.0}, {});
    if (shape == Shape::Events)
        return funnelEvents(source(), "deal", "stage", "when", stages, {OrderWords::Ordered}, Days(90), by, std::nullopt, {0.0},
                            {});
    const Values lost({Cell(std::string("Lost"))});
    return funnelStages(source(), "stage", stages, lost, std::nullopt, ColumnRef("amount"), by, {0.0}, {});
}

template <Shape shape, bool alone>
void measure(benchmark::State& state) {
    const Choices choices = choicesOf(shape);
    for (auto _ : state) {
        if (alone) {
            if (!functionAlone(shape)) state.SkipWithError("no table");
        } else if (preview(source(), choices).problem) {
            state.SkipWithError("no preview");
        }
    }
}

// The least of several repetitions: what else runs on the machine only ever adds.
class Ratios : public benchmark::ConsoleReporter {
public:
    void ReportRuns(const std::vector<Run>& runs) override {
        for (const Run& run : runs) {
            if (run.error_occurred || run.run_type != Run::RT_Iteration) continue;
            const auto [place, added] = best_.try_emplace(run.run_name.function_name, run.GetAdjustedCPUTime());
            if (!added) place->second = std::min(place->second, run.GetAdjustedCPUTime());
        }
        ConsoleReporter::ReportRuns(runs);
    }
    void print(const char* shape) const {
        const double whole = best_.at(std::string("preview, ") + shape);
        std::printf("%-10s %8.1f ms, %4.2f x the function alone\n", shape, whole,
                    whole / best_.at(std::string("function, ") + shape));
    }

private:
    std::map<std::string, double> best_;
};

template <Shape shape>
void add(const char* name) {
    const auto with = [](const std::string& title, void (*run)(benchmark::State&)) {
        benchmark::RegisterBenchmark(title.c_str(), run)->Unit(benchmark::kMillisecond)->Repetitions(5);
    };
    with(std::string("function, ") + name, measure<shape, true>);
    with(std::string("preview, ") + name, measure<shape, false>);
}

}  // namespace
}  // namespace calckpi::panel

int main(int count, char** words) {
    using namespace calckpi::panel;
    add<Shape::Stages>("stages");
    add<Shape::Dates>("dates");
    add<Shape::Events>("events");
    benchmark::Initialize(&count, words);
    if (benchmark::ReportUnrecognizedArguments(count, words)) return 1;
    Ratios ratios;
    benchmark::RunSpecifiedBenchmarks(&ratios);
    for (const char* shape : {"stages", "dates", "events"}) ratios.print(shape);
    return 0;
}
