#include "core/dates/durations.hpp"

#include "core/dates/moment.hpp"

namespace calckpi {

Result<double> daysBetween(const Series<Moment>& starts, const Series<Moment>& ends, const Statistic& statistic) {
    const Result<Pairs> pairs = paired(starts, ends);
    if (!pairs) return pairs.failure().fault == Fault::NothingToCompute ? statistic.of({}) : pairs.failure();
    std::vector<double> days;
    days.reserve(pairs->size());
    for (std::size_t index = 0; index < pairs->size(); ++index) {
        days.push_back(daysFrom(pairs->first[index], pairs->second[index]));
        if (!(days.back() >= 0)) return Failure(Fault::OutsideDomain, Wrong::EndBeforeStart);
    }
    return statistic.of(std::move(days));
}

}  // namespace calckpi
