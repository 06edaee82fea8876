// Days between paired instants, summed up: sales cycles, response times, ramp-up times.
#pragma once

#include "core/values/quantity.hpp"
#include "core/values/series.hpp"
#include "core/statistics/statistic.hpp"

namespace calckpi {

// daysBetween sums up the days from each start to its end. An end before its start is outside the domain. Without pairs there
// is nothing to compute, except a count of 0.
Result<double> daysBetween(const Series<Moment>& starts, const Series<Moment>& ends, const Statistic& statistic);

}  // namespace calckpi
