#include "core/statistics/statistic.hpp"

#include "core/values/series.hpp"

#include <algorithm>
#include <cmath>

namespace calckpi {

Result<double> Statistic::of(std::vector<double> values) const {
    const auto count = static_cast<double>(values.size());
    if (kind_ == Kind::Count) return count;
    if (values.empty()) return Fault::NothingToCompute;
    if (kind_ == Kind::Mean) return sum(values) / count;

    const double place = percent_ / 100 * (count - 1);
    const double below = std::floor(place);
    const auto lower = values.begin() + static_cast<std::ptrdiff_t>(below);
    std::nth_element(values.begin(), lower, values.end());
    if (place == below) return *lower;
    const double upper = *std::min_element(lower + 1, values.end());
    return *lower + (place - below) * (upper - *lower);
}

}  // namespace calckpi
