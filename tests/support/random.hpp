// Random inputs for properties, the same in every run.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace calckpi::support {

// Dice throws the same numbers for the same seed on every platform, which the distributions of <random> do not promise.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}

    // below gives a whole number from 0 to limit - 1.
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(engine_() % limit); }
    // share gives a number from 0 up to, but not, 1.
    double share() { return static_cast<double>(engine_() >> 11U) * 0x1p-53; }
    double between(double least, double most) { return least + share() * (most - least); }
    // count gives a whole number from 0 to most, as a double.
    double count(std::size_t most) { return static_cast<double>(below(most + 1)); }
    // whole gives a whole number from least to most.
    int whole(int least, int most) { return least + static_cast<int>(below(static_cast<std::size_t>(most - least) + 1)); }
    bool oneIn(std::size_t times) { return below(times) == 0; }

    // times makes a list of as many numbers, each drawn by `draw`.
    template <class Draw>
    std::vector<double> times(std::size_t length, Draw draw) {
        std::vector<double> numbers(length);
        for (double& number : numbers) number = draw();
        return numbers;
    }

    template <class T>
    const T& pick(const std::vector<T>& items) {
        return items[below(items.size())];
    }
    template <class T>
    void shuffle(std::vector<T>& items) {
        for (std::size_t left = items.size(); left > 1; --left) std::swap(items[left - 1], items[below(left)]);
    }

private:
    std::mt19937_64 engine_;
};

}  // namespace calckpi::support
