#include "core/kpis/deals.hpp"

#include "core/tables/query.hpp"

namespace calckpi {
namespace {

// totals gives one value for each aggregate, over all rows that pass.
Result<std::vector<Result<double>>> totals(const TableHandle& table, const std::optional<StatusRule>& status,
                                           const Filters& filters, std::vector<Aggregate> aggregates) {
    const Result<Answer> answer = run({.status = status, .filters = filters, .aggregates = std::move(aggregates)}, table);
    if (!answer) return answer.failure();
    return answer->total.values;
}

Result<double> onlyTotal(const TableHandle& table, const std::optional<StatusRule>& status, const Filters& filters,
                         Aggregate aggregate) {
    const Result<std::vector<Result<double>>> values = totals(table, status, filters, {std::move(aggregate)});
    if (!values) return values.failure();
    return values->front();
}

// amountsBelow0 blames the amounts that bring the sum of a state below 0.
Failure amountsBelow0(const TableHandle& table, const StatusRule& rule, State state, const ColumnRef& amount,
                      const Filters& filters) {
    const Frame frame = *Frame::of(table, filters);
    const std::vector<State> states = *statesOf(frame, rule);
    const std::vector<double> amounts = *frame.numbers(amount);
    WrongRows wrong;
    for (std::size_t row = 0; row < frame.rows(); ++row)
        if (states[row] == state && amounts[row] < 0) wrong.add(frame.tableRow(row));
    return frame.blame({Fault::OutsideDomain, Wrong::BelowZero}, amount, wrong);
}

Aggregate::Summary summaryOf(SalesStatistic statistic) {
    switch (statistic) {
        case SalesWords::Sum: break;
        case SalesWords::Mean: return Aggregate::Mean{};
        case SalesWords::Median: return *Statistic::fromText("median");
        case SalesWords::Count: return *Statistic::fromText("count");
    }
    return Aggregate::Sum{};
}

}  // namespace

Result<Share> dWinRate(const TableHandle& table, const ColumnRef& status, const Values& won, const Values& lost,
                       Optional<Basis> basis, const Filters& filters) {
    std::vector<State> whole = {State::Won, State::Lost};
    if (basis.value == BasisWords::Created) whole.push_back(State::Open);
    const Result<std::vector<Result<double>>> deals =
        totals(table, StatusRule{status, won, lost}, filters, {{.of = {State::Won}}, {.of = std::move(whole)}});
    if (!deals) return deals.failure();
    return shareOf(*(*deals)[0], *(*deals)[1]);
}

Result<Share> dWinValue(const TableHandle& table, const ColumnRef& status, const Values& won, const Values& lost,
                        const ColumnRef& amount, const Filters& filters) {
    const Measure sale = cells(amount);
    const Result<std::vector<Result<double>>> amounts =
        totals(table, StatusRule{status, won, lost}, filters,
               {{.measure = sale, .of = {State::Won}}, {.measure = sale, .of = {State::Lost}}});
    if (!amounts) return amounts.failure();
    const Result<double>& wonAmount = (*amounts)[0];
    const Result<double>& lostAmount = (*amounts)[1];
    if (!wonAmount) return wonAmount.failure();
    if (!lostAmount) return lostAmount.failure();
    if (!(*wonAmount >= 0)) return amountsBelow0(table, {status, won, lost}, State::Won, amount, filters);
    if (!(*lostAmount >= 0)) return amountsBelow0(table, {status, won, lost}, State::Lost, amount, filters);
    return shareOf(*wonAmount, *wonAmount + *lostAmount);
}

Result<Days> dSalesCycle(const TableHandle& table, const ColumnRef& opened, const ColumnRef& closed, Optional<Statistic> statistic,
                         const Filters& filters) {
    return onlyTotal(table, std::nullopt, filters, {.measure = days(opened, closed), .summary = statistic.value});
}

Result<Money> dSales(const TableHandle& table, const ColumnRef& status, const Values& won, const ColumnRef& amount,
                     Optional<SalesStatistic> statistic, const Filters& filters) {
    return onlyTotal(table, StatusRule{status, won, Values({})}, filters,
                     {.measure = cells(amount), .of = {State::Won}, .summary = summaryOf(statistic)});
}

Result<Money> dPipeline(const TableHandle& table, const ColumnRef& status, const Values& won, const Values& lost,
                        const ColumnRef& amount, const std::optional<ColumnRef>& probability, const Filters& filters) {
    return onlyTotal(table, StatusRule{status, won, lost}, filters,
                     {.measure = probability ? weighted(amount, *probability) : cells(amount), .of = {State::Open}});
}

Result<MoneyPerDay> dSalesVelocity(const TableHandle& table, const ColumnRef& status, const Values& won, const Values& lost,
                                   const ColumnRef& amount, const ColumnRef& opened, const ColumnRef& closed,
                                   const Filters& filters) {
    const Result<std::vector<Result<double>>> values =
        totals(table, StatusRule{status, won, lost}, filters,
               {{},
                {.of = {State::Won}},
                {.of = {State::Won, State::Lost}},
                {.measure = cells(amount), .of = {State::Won}, .summary = Aggregate::Mean{}},
                {.measure = days(opened, closed), .of = {State::Won}, .summary = Aggregate::Mean{}}});
    if (!values) return values.failure();
    const double deals = *(*values)[0];
    const Result<Share> winRate = shareOf(*(*values)[1], *(*values)[2]);
    const Result<double>& averageSale = (*values)[3];
    const Result<double>& cycle = (*values)[4];
    if (!winRate) return winRate.failure();
    if (!averageSale) return averageSale.failure();
    if (!cycle) return cycle.failure();
    return ratio(deals * *averageSale * *winRate, *cycle);
}

Result<Days> dResponseTime(const TableHandle& table, const ColumnRef& received, const ColumnRef& contacted,
                           Optional<Statistic> statistic, const Filters& filters) {
    return onlyTotal(table, std::nullopt, filters, {.measure = days(received, contacted), .summary = statistic.value});
}

}  // namespace calckpi
