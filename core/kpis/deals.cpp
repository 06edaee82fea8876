#include "core/kpis/deals.hpp"

#include "core/tables/query.hpp"

namespace calckpi {
namespace {

Result<double> onlyTotal(const TableHandle& table, const std::optional<StatusRule>& status, const Filters& filters,
                         Aggregate aggregate) {
    Query query{.status = status, .filters = filters};
    const FigureId asked = query.ask(std::move(aggregate));
    const Result<Answer> answer = run(query, table);
    if (!answer) return answer.failure();
    return answer->total[asked];
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
    Query query{.status = StatusRule{status, won, lost}, .filters = filters};
    const FigureId wonDeals = query.ask({.of = {State::Won}});
    const FigureId allDeals = query.ask({.of = std::move(whole)});
    const Result<Answer> answer = run(query, table);
    if (!answer) return answer.failure();
    return shareOf(*answer->total[wonDeals], *answer->total[allDeals]);
}

Result<Share> dWinValue(const TableHandle& table, const ColumnRef& status, const Values& won, const Values& lost,
                        const ColumnRef& amount, const Filters& filters) {
    Query query{.status = StatusRule{status, won, lost}, .filters = filters};
    const FigureId ofWon = query.ask({.measure = cells(amount), .of = {State::Won}});
    const FigureId ofLost = query.ask({.measure = cells(amount), .of = {State::Lost}});
    const Result<Answer> answer = run(query, table);
    if (!answer) return answer.failure();
    const Result<double>& wonAmount = answer->total[ofWon];
    const Result<double>& lostAmount = answer->total[ofLost];
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
    Query query{.status = StatusRule{status, won, lost}, .filters = filters};
    const FigureId deals = query.ask({});
    const FigureId wonDeals = query.ask({.of = {State::Won}});
    const FigureId closedDeals = query.ask({.of = {State::Won, State::Lost}});
    const FigureId sale = query.ask({.measure = cells(amount), .of = {State::Won}, .summary = Aggregate::Mean{}});
    const FigureId spell = query.ask({.measure = days(opened, closed), .of = {State::Won}, .summary = Aggregate::Mean{}});
    const Result<Answer> answer = run(query, table);
    if (!answer) return answer.failure();
    const Answer::Group& total = answer->total;
    const Result<Share> winRate = shareOf(*total[wonDeals], *total[closedDeals]);
    const Result<double>& averageSale = total[sale];
    const Result<double>& cycle = total[spell];
    if (!winRate) return winRate.failure();
    if (!averageSale) return averageSale.failure();
    if (!cycle) return cycle.failure();
    return ratio(*total[deals] * *averageSale * *winRate, *cycle);
}

Result<Days> dResponseTime(const TableHandle& table, const ColumnRef& received, const ColumnRef& contacted,
                           Optional<Statistic> statistic, const Filters& filters) {
    return onlyTotal(table, std::nullopt, filters, {.measure = days(received, contacted), .summary = statistic.value});
}

}  // namespace calckpi
