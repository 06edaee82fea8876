// Sums whose rounding errors are kept, so that the order of cells or rows does not show in the cents.
#pragma once

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

}  // namespace calckpi
