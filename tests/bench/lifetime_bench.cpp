// Fitting the models of lifetime value, beside a sort of the same customers. Ratios are reported, never asserted.
//
//   lifetime_bench    # times, then the ratios taken within this run
#include "core/kpis/lifetime_tables.hpp"
#include "tests/bench/two_sizes.hpp"
#include "tests/support/random.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

namespace calckpi {
namespace {

constexpr std::int64_t few = 2357;  // as many customers as the sample of CDNOW has
constexpr std::int64_t many = 100 * few;

// Customers of whom some buy often and some never again, in whole days.
const std::vector<PurchaseHistory>& customers(std::int64_t count) {
    static std::map<std::int64_t, std::vector<PurchaseHistory>> made;
    std::vector<PurchaseHistory>& histories = made[count];
    if (!histories.empty()) return histories;
    support::Dice dice(1);
    for (std::int64_t customer = 0; customer < count; ++customer) {
        PurchaseHistory history{0, 0, 188 + dice.count(84)};
        const double rate = std::pow(dice.share(), 3) / 15;
        const double dropout = dice.share();
        double now = 0;
        while (dice.share() >= dropout * dropout) {
            now += 1 + std::floor(-std::log(1 - dice.share()) / rate);
            if (now > history.age) break;
            ++history.repeats;
            history.recency = now;
        }
        histories.push_back(history);
    }
    return histories;
}

void sortOfTheCustomers(benchmark::State& state) {
    const std::vector<PurchaseHistory>& histories = customers(state.range(0));
    for (auto _ : state) {
        std::vector<PurchaseHistory> sorted = histories;
        std::sort(sorted.begin(), sorted.end(), [](const PurchaseHistory& a, const PurchaseHistory& b) {
            return std::tie(a.repeats, a.recency, a.age) < std::tie(b.repeats, b.recency, b.age);
        });
        benchmark::DoNotOptimize(sorted.data());
    }
}

void fitOf(benchmark::State& state, PurchaseModel model) {
    const std::vector<PurchaseHistory>& histories = customers(state.range(0));
    for (auto _ : state) {
        const PurchaseFit fit = fitPurchases(model, histories);
        if (!fit.found()) state.SkipWithError("no maximum");
        benchmark::DoNotOptimize(fit.maximum.value);
    }
}

void spendOf(benchmark::State& state) {
    std::vector<Spender> spenders;
    support::Dice dice(2);
    for (const PurchaseHistory& each : customers(state.range(0)))
        if (each.repeats > 0) spenders.push_back({each.repeats, (10 + 40 * dice.share()) * (0.5 + dice.share() / each.repeats)});
    for (auto _ : state) {
        const SpendFit fit = fitSpend(spenders);
        benchmark::DoNotOptimize(fit.maximum.value);
    }
}

void purchasesOf(benchmark::State& state, double rate) {
    const std::vector<PurchaseHistory>& histories = customers(state.range(0));
    const PurchaseFit fit = fitPurchases(PurchaseModel::MbgNbd, histories);
    for (auto _ : state) {
        double sum = 0;
        for (const PurchaseHistory& each : histories)
            sum += *Future(fit.model, fit.parameters(), each).discountedPurchases(365, rate);
        benchmark::DoNotOptimize(sum);
    }
}

// What was measured in times of the sort, and how it grows with a hundred times the customers.
void show(const TwoSizes& cases) {
    std::printf("\n%-34s %22s %28s\n", "", "2,357 customers, sorts", "235,700 in times of 2,357");
    const double sort = cases.median("sort").small;
    for (const auto& [name, times] : cases.medians())
        std::printf("%-34s %22.1f %28.1f\n", name.c_str(), times.small / sort, times.large / times.small);
}

}  // namespace
}  // namespace calckpi

int main(int argc, char** argv) {
    using namespace calckpi;
    TwoSizes cases(few, many, 3);
    cases.add("sort", sortOfTheCustomers);
    cases.add("fit: mbgnbd", fitOf, PurchaseModel::MbgNbd);
    cases.add("fit: bgnbd", fitOf, PurchaseModel::BgNbd);
    cases.add("fit: pnbd", fitOf, PurchaseModel::ParetoNbd);
    cases.add("fit: spend", spendOf);
    cases.add("purchases", purchasesOf, 0.0);
    cases.add("purchases: discounted", purchasesOf, 0.0003);
    cases.run(argc, argv);
    show(cases);
    return 0;
}
