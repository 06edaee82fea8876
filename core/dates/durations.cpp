#include "core/dates/durations.hpp"

#include "core/dates/moment.hpp"

namespace calckpi {

Result<double> daysBetween(const Series<Moment>& starts, const Series<Moment>& ends, const Statistic& statistic) {
    const Result<Pairs> pairs = paired(starts, ends);
    if (!pairs) return pairs.failure().fault == Fault::NothingToCompute ? statistic.of({}) : pairs.failure();
    std::vector<double> days(pairs->size());
    WrongRows wrong;
    for (std::size_t index = 0; index < pairs->size(); ++index) {
        days[index] = daysFrom(pairs->first[index], pairs->second[index]);
        if (!(days[index] >= 0)) wrong.add(pairs->placeOf(index));
    }
    if (!wrong.none()) return Failure(Fault::OutsideDomain, Wrong::EndBeforeStart).in(pairs->columns, wrong.first, wrong.count);
    return statistic.of(std::move(days));
}

}  // namespace calckpi
