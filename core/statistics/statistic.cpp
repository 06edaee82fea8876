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

    // The 90th percentile of 108 values lies at 96.3. In hundredths that is a whole number, and what is left of it behind 96 is
    // 0.3; 96.3 - 96 is less than that in the computer's numbers, and a limit of 103.5 days would be shown as 103.
    const double hundredths = percent_ * (count - 1);
    const double below = std::floor(hundredths / 100);
    const double behind = (hundredths - 100 * below) / 100;
    const auto lower = values.begin() + static_cast<std::ptrdiff_t>(below);
    std::nth_element(values.begin(), lower, values.end());
    if (behind <= 0) return *lower;
    const double upper = *std::min_element(lower + 1, values.end());
    return *lower + behind * (upper - *lower);
}

}  // namespace calckpi
