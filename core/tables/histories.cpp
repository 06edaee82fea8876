#include "core/tables/histories.hpp"

#include "core/dates/moment.hpp"
#include "core/values/sum.hpp"

#include <iterator>
#include <set>
#include <tuple>
#include <utility>

namespace calckpi {
namespace {

// Entry is one row: who, in which period, how much.
struct Entry {
    std::uint32_t customer = 0;
    std::int64_t period = 0;
    double amount = 0;
};

// activitiesOf puts the rows of each customer and period together. The amount orders equal places too, so that their sum does not
// depend on the order of the rows.
std::vector<Activity> activitiesOf(std::vector<Entry> entries, bool withAmounts) {
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
        return std::tie(a.customer, a.period, a.amount) < std::tie(b.customer, b.period, b.amount);
    });
    std::vector<Activity> activities;
    for (auto entry = entries.begin(); entry != entries.end();) {
        const Entry& first = *entry;
        Amounts amounts;
        for (; entry != entries.end() && entry->customer == first.customer && entry->period == first.period; ++entry)
            amounts.add(entry->amount);
        const bool bought = !withAmounts || std::prev(entry)->amount > 0;
        activities.push_back({first.customer, first.period, amounts.value(), bought});
    }
    return activities;
}

}  // namespace

Result<Histories> run(const HistoryQuestion& question, const TableHandle& table) {
    const Result<Frame> frame = Frame::of(table, question.filters);
    if (!frame) return frame.failure();
    Result<Labels> labels = frame->labels(question.customer, Identity::Unit);
    if (!labels) return labels.failure();
    const Result<std::vector<double>> when = frame->numbers(question.when, Wanted::Date);
    if (!when) return when.failure();
    std::vector<double> amounts(question.amount ? 0 : frame->rows());
    if (question.amount) {
        Result<std::vector<double>> read = frame->numbers(*question.amount);
        if (!read) return read.failure();
        amounts = *std::move(read);
    }

    const PeriodNames names{question.period, table->culture().nullDate()};
    Histories histories{labels->names, {}, 0, names};
    std::vector<Entry> entries;
    for (std::size_t row = 0; row < frame->rows(); ++row) {
        const double moment = (*when)[row];
        const bool isLater = question.until && isAfter(moment, *question.until);
        if (labels->ofRow[row] == Labels::none || isMissing(moment) || isLater) continue;
        const double amount = isMissing(amounts[row]) ? 0 : amounts[row];
        entries.push_back({labels->ofRow[row], periodOf(moment, names.period, names.nullDate), amount});
    }
    if (entries.empty()) return Fault::NothingToCompute;
    const Result<std::optional<double>> last = frame->lastTimeIn(question.when);
    if (!last) return last.failure();
    histories.lastPeriod = periodOf(**last, names.period, names.nullDate);
    histories.activities = activitiesOf(std::move(entries), question.amount.has_value());
    return histories;
}

Failure amountsBelow0(const Histories& histories, const HistoryQuestion& question, const TableHandle& table) {
    const Frame frame = *Frame::of(table, question.filters);
    const Labels labels = *frame.labels(question.customer, Identity::Unit);
    const std::vector<double> when = *frame.numbers(question.when, Wanted::Date);
    const std::vector<double> amounts = *frame.numbers(*question.amount);
    std::set<std::pair<std::uint32_t, std::int64_t>> below0;
    for (const Activity& each : histories.activities)
        if (!(each.amount >= 0)) below0.emplace(each.customer, each.period);
    WrongRows wrong;
    for (std::size_t row = 0; row < frame.rows(); ++row)
        if (amounts[row] < 0 && !isMissing(when[row]) &&
            below0.contains({labels.ofRow[row], periodOf(when[row], histories.names.period, histories.names.nullDate)}))
            wrong.add(frame.tableRow(row));
    return frame.blame({Fault::OutsideDomain, Wrong::BelowZero}, *question.amount, wrong);
}

}  // namespace calckpi
