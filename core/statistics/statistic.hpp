// One number that sums up many: the `statistic` option of durations.
#pragma once

#include "core/values/result.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace calckpi {

// Statistic is "mean", "median", "min", "max", "count" or a percentile "p75", "p90", any "pNN" from p0 to p100.
class Statistic {
public:
    static constexpr std::string_view options = "\"mean\", \"median\", \"p75\", \"p90\" (any \"pNN\"), \"min\", \"max\", \"count\"";
    // fromText reads a folded option; nothing if it is none.
    static constexpr std::optional<Statistic> fromText(std::string_view text) {
        if (text == "mean") return Statistic(Kind::Mean, 0);
        if (text == "count") return Statistic(Kind::Count, 0);
        if (text == "min") return Statistic(Kind::Percentile, 0);
        if (text == "median") return Statistic(Kind::Percentile, 50);
        if (text == "max") return Statistic(Kind::Percentile, 100);
        return percentile(text);
    }

    // of sums up `values`, in any order. Percentiles are inclusive, as Calc's PERCENTILE: the value at place p·(n − 1) of the
    // sorted ones, straight between neighbours. No values have no statistic, but a count of 0.
    Result<double> of(std::vector<double> values) const;

private:
    enum class Kind : unsigned char { Mean, Count, Percentile };
    constexpr Statistic(Kind kind, double percent) : kind_(kind), percent_(percent) {}

    static constexpr std::optional<Statistic> percentile(std::string_view text) {
        if (text.size() < 2 || text.size() > 8 || text.front() != 'p' || text[1] == '.' || text.back() == '.') return std::nullopt;
        double percent = 0;
        double scale = 0;  // 0 before the decimal point
        for (const char letter : text.substr(1)) {
            if (letter == '.' && scale == 0) {
                scale = 1;
            } else if (letter >= '0' && letter <= '9') {
                percent = percent * 10 + (letter - '0');
                scale *= 10;
            } else {
                return std::nullopt;
            }
        }
        if (scale > 0) percent /= scale;
        if (!(percent <= 100)) return std::nullopt;
        return Statistic(Kind::Percentile, percent);
    }

    Kind kind_;
    double percent_;
};

}  // namespace calckpi
