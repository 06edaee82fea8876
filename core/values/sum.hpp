// Sums whose rounding errors are kept, so that the order of cells or rows does not show in the cents.
#pragma once

#include "core/values/quantity.hpp"

#include <cmath>

namespace calckpi {

class Sum {
public:
    void add(double value) {
        // The error of one addition, exactly (Knuth, The Art of Computer Programming 2, 4.2.2, theorem B). It needs no comparison
        // of the two numbers, which no processor could foresee.
        const double next = total_ + value;
        const double added = next - total_;
        lost_ += (total_ - (next - added)) + (value - added);
        total_ = next;
    }
    void add(const Sum& other) {
        add(other.total_);
        lost_ += other.lost_;
    }
    // value is infinite or no number where the numbers are too large.
    double value() const { return std::isfinite(lost_) ? total_ + lost_ : total_; }

private:
    double total_ = 0;
    double lost_ = 0;  // what rounding took from the total
};

// An invoice and its credit notes leave 0, not the rounding of their decimals: what is this small beside the amounts that it was
// computed from is none. Amounts whose size is no number any more leave nothing that is one: beside infinity all is small.
inline double withoutRounding(double difference, double size) {
    if (!finite(size)) return size;
    return std::abs(difference) <= 1e-12 * size ? 0 : difference;
}

// Amounts adds up money of either sign, without the rounding of its decimals.
class Amounts {
public:
    void add(double amount) {
        total_.add(amount);
        size_ += std::abs(amount);
    }
    void add(const Amounts& other) {
        total_.add(other.total_);
        size_ += other.size_;
    }
    double value() const { return withoutRounding(total_.value(), size_); }

private:
    Sum total_;
    double size_ = 0;  // of all amounts, without their signs
};

}  // namespace calckpi
