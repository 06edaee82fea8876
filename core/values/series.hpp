// Series of numbers: what a user gives as a range, an inline array or a single number.
#pragma once

#include "core/values/quantity.hpp"
#include "core/values/result.hpp"
#include "core/values/sum.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace calckpi {

inline double sum(std::span<const double> values) {
    Sum sum;
    for (const double value : values) sum.add(value);
    return sum.value();
}

// Series holds numbers of one quantity at their places; empty cells keep their place so that paired series stay in step.
template <class Q>
class Series {
public:
    using Quantity = Q;
    static constexpr double blank = std::numeric_limits<double>::quiet_NaN();

    // `places` holds `blank` for every empty cell. `single` tells a lone number from an array of one. `columns` is how many places
    // are side by side where they come from.
    explicit Series(std::vector<double> places, bool single = false, std::size_t columns = 1)
        : places_(std::move(places)), single_(single), columns_(columns) {}

    std::span<const double> places() const { return places_; }
    bool single() const { return single_; }
    std::size_t columns() const { return columns_; }
    // values are the numbers without the empty places.
    std::vector<double> values() const {
        std::vector<double> result;
        result.reserve(places_.size());
        for (const double place : places_)
            if (!std::isnan(place)) result.push_back(place);
        return result;
    }

private:
    std::vector<double> places_;
    bool single_;
    std::size_t columns_;
};

// total is the sum of a series; an empty one has none.
template <class Q>
Result<double> total(const Series<Q>& series) {
    const std::vector<double> values = series.values();
    if (values.empty()) return Fault::NothingToCompute;
    return sum(values);
}

// Pairs are two series in step: first[i] belongs to second[i].
struct Pairs {
    std::vector<double> first;
    std::vector<double> second;
    std::size_t columns = 1;           // of the block that the places count in
    std::vector<std::size_t> leftOut;  // the places without a pair, in their order

    std::size_t size() const { return first.size(); }
    // placeOf is where a pair came from: as many places further on as were left out before it.
    std::size_t placeOf(std::size_t pair) const {
        const auto isBefore = [&](const std::size_t& place) {
            return place - static_cast<std::size_t>(&place - leftOut.data()) <= pair;
        };
        return pair + static_cast<std::size_t>(std::partition_point(leftOut.begin(), leftOut.end(), isBefore) - leftOut.begin());
    }
};

// paired puts two series in step. A pair with an empty side is left out, a single number stands for every pair, other different
// lengths are a fault. No pair left is a fault too.
template <class A, class B>
Result<Pairs> paired(const Series<A>& a, const Series<B>& b) {
    const std::span<const double> left = a.places();
    const std::span<const double> right = b.places();
    if (left.size() != right.size() && !a.single() && !b.single()) return Fault::OutsideDomain;
    const std::size_t length = a.single() ? right.size() : left.size();
    Pairs pairs;
    pairs.first.resize(length);
    pairs.second.resize(length);
    pairs.columns = a.single() ? b.columns() : a.columns();
    const std::size_t leftStep = a.single() ? 0 : 1;
    const std::size_t rightStep = b.single() ? 0 : 1;
    std::size_t size = 0;
    for (std::size_t index = 0; index < length; ++index) {
        // Written in any case and kept if both are there.
        const double first = pairs.first[size] = left[index * leftStep];
        const double second = pairs.second[size] = right[index * rightStep];
        if (std::isnan(first) || std::isnan(second))
            pairs.leftOut.push_back(index);
        else
            ++size;
    }
    if (size == 0) return Fault::NothingToCompute;
    pairs.first.resize(size);
    pairs.second.resize(size);
    return pairs;
}

}  // namespace calckpi
