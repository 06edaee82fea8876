#include "core/kpis/timing.hpp"

#include "core/dates/durations.hpp"
#include "core/dates/moment.hpp"

#include <cmath>

namespace calckpi {
namespace {

using Hour = std::optional<TimeOfDay>;
using Holidays = std::optional<Series<Moment>>;
using ClosedDays = std::optional<Weekend>;

// Clock measures the time between two instants: all of it, or the business time in it.
class Clock {
public:
    // of takes both hours for business time and neither for all time. Half of them, or closed days that would not be heeded, are
    // outside the domain rather than silently something else.
    static Result<Clock> of(NullDate nullDate, const Hour& opening, const Hour& closing, const Holidays& holidays,
                            const ClosedDays& weekend) {
        Clock clock;
        if (opening && closing) {
            const Result<Calendar> calendar = Calendar::of(*opening, *closing, weekend.value_or(Weekend()), holidays, nullDate);
            if (!calendar) return calendar.failure();
            clock.calendar_ = *calendar;
        } else if (opening || closing || weekend || !holidayDays(holidays).empty()) {
            return Fault::OutsideDomain;
        }
        return clock;
    }

    // between has no value for an end before its start.
    std::optional<double> between(double start, double end) const {
        const double days = daysFrom(start, end);
        if (!(days >= 0)) return std::nullopt;
        if (!calendar_) return days;
        return days == 0 ? 0 : calendar_->openTimeOf(start, end);
    }

private:
    std::optional<Calendar> calendar_;
};

bool inTime(double elapsed, double limit) { return !isAfter(elapsed, limit); }

Failure endBeforeStart(const WrongRows& places, std::size_t columns) {
    return Failure(Fault::OutsideDomain, Wrong::EndBeforeStart).in(columns, places.first, places.count);
}

}  // namespace

Result<Days> leadResponseTime(NullDate nullDate, const Series<Moment>& received, const Series<Moment>& contacted,
                              Optional<Statistic> statistic, const Hour& opening, const Hour& closing, const Holidays& holidays,
                              const ClosedDays& weekend) {
    const Result<Clock> clock = Clock::of(nullDate, opening, closing, holidays, weekend);
    if (!clock) return clock.failure();
    const Result<Pairs> leads = paired(received, contacted);
    if (!leads) return leads.failure().fault == Fault::NothingToCompute ? statistic->of({}) : leads.failure();
    std::vector<double> waits;
    waits.reserve(leads->size());
    WrongRows wrong;
    for (std::size_t lead = 0; lead < leads->size(); ++lead) {
        const std::optional<double> wait = clock->between(leads->first[lead], leads->second[lead]);
        if (!wait) wrong.add(leads->placeOf(lead));
        waits.push_back(wait.value_or(0));
    }
    if (!wrong.none()) return endBeforeStart(wrong, leads->columns);
    return statistic->of(std::move(waits));
}

Result<Share> responseSla(NullDate nullDate, const Series<Moment>& received, const Series<Moment>& contacted, Days limit,
                          const Hour& opening, const Hour& closing, const Holidays& holidays, const ClosedDays& weekend) {
    const Result<Clock> clock = Clock::of(nullDate, opening, closing, holidays, weekend);
    if (!clock) return clock.failure();
    const std::span<const double> starts = received.places();
    const std::span<const double> ends = contacted.places();
    if (starts.size() != ends.size() && !received.single() && !contacted.single()) return Fault::OutsideDomain;
    const std::size_t length = received.single() ? ends.size() : starts.size();
    double leads = 0;
    double answeredInTime = 0;
    WrongRows wrong;
    for (std::size_t lead = 0; lead < length; ++lead) {
        const double start = starts[received.single() ? 0 : lead];
        const double end = ends[contacted.single() ? 0 : lead];
        if (std::isnan(start)) continue;
        ++leads;
        if (std::isnan(end)) continue;
        const std::optional<double> wait = clock->between(start, end);
        if (!wait) wrong.add(lead);
        if (wait && inTime(*wait, limit)) ++answeredInTime;
    }
    if (!wrong.none()) return endBeforeStart(wrong, received.single() ? contacted.columns() : received.columns());
    if (leads == 0) return Fault::NothingToCompute;
    return answeredInTime / leads;
}

Result<Days> businessTime(NullDate nullDate, Moment start, Moment end, Optional<TimeOfDay> opening, Optional<TimeOfDay> closing,
                          const Holidays& holidays, Optional<Weekend> weekend) {
    const Result<Calendar> calendar = Calendar::of(opening.value, closing.value, weekend.value, holidays, nullDate);
    if (!calendar) return calendar.failure();
    return calendar->openTime(start, end);
}

Result<Days> rampTime(const Series<Moment>& hired, const Series<Moment>& productive, Optional<Statistic> statistic) {
    return daysBetween(hired, productive, statistic);
}

Result<Days> timeToValue(const Series<Moment>& signedOn, const Series<Moment>& valued, Optional<Statistic> statistic) {
    return daysBetween(signedOn, valued, statistic);
}

Result<Days> resolutionTime(const Series<Moment>& opened, const Series<Moment>& solved, Optional<Statistic> statistic) {
    return daysBetween(opened, solved, statistic);
}

Result<Days> contentAge(const Series<Moment>& published, Moment asOf, Optional<Statistic> statistic) {
    return daysBetween(published, Series<Moment>({asOf}, true), statistic);
}

}  // namespace calckpi
