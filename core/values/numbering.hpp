// Numbering gives different keys the numbers 0, 1, 2… in the order in which they come.
//
//   NumberNumbering rows;
//   rows.of(2026.0);  // 0
//   rows.of(2027.0);  // 1
//   rows.of(2026.0);  // 0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace calckpi {

// Numbering is an open-addressing table that keeps only the hashes of the keys.
class Numbering {
public:
    explicit Numbering(std::size_t expected) : slots_(std::bit_ceil(2 * expected + 2), unused) { hashes_.reserve(expected); }

    // of gives the number of a key. `same(number)` tells, of a key with the same hash, whether it is the same key.
    template <class Same>
    std::uint32_t of(std::uint64_t hash, Same same) {
        std::size_t place = find(hash, same);
        if (slots_[place] != unused) return slots_[place];
        if (2 * (hashes_.size() + 1) > slots_.size()) {
            grow();
            place = find(hash, same);
        }
        slots_[place] = count();
        hashes_.push_back(hash);
        return slots_[place];
    }
    // known is the number of a key that has one.
    template <class Same>
    std::uint32_t known(std::uint64_t hash, Same same) const {
        return slots_[find(hash, same)];
    }
    std::uint32_t count() const { return static_cast<std::uint32_t>(hashes_.size()); }

private:
    static constexpr std::uint32_t unused = std::numeric_limits<std::uint32_t>::max();

    // find gives the slot of a key, or the unused one where it belongs.
    template <class Same>
    std::size_t find(std::uint64_t hash, Same same) const {
        std::size_t place = placeOf(hash);
        while (slots_[place] != unused && !(hashes_[slots_[place]] == hash && same(slots_[place])))
            place = (place + 1) & (slots_.size() - 1);
        return place;
    }
    std::size_t placeOf(std::uint64_t hash) const { return static_cast<std::size_t>(hash) & (slots_.size() - 1); }
    void grow() {
        slots_.assign(2 * slots_.size(), unused);
        for (std::uint32_t number = 0; number < count(); ++number) {
            std::size_t place = placeOf(hashes_[number]);
            while (slots_[place] != unused) place = (place + 1) & (slots_.size() - 1);
            slots_[place] = number;
        }
    }

    std::vector<std::uint32_t> slots_;
    std::vector<std::uint64_t> hashes_;
};

// NumberNumbering numbers doubles. 0 and -0 are the same.
class NumberNumbering {
public:
    std::uint32_t of(double number) {
        const std::uint32_t index = numbering_.of(hashOf(number), always);
        if (index == numbers_.size()) numbers_.push_back(number);
        return index;
    }
    std::uint32_t known(double number) const { return numbering_.known(hashOf(number), always); }
    const std::vector<double>& numbers() const { return numbers_; }

private:
    static constexpr auto always = [](std::uint32_t) { return true; };
    // hashOf mixes the bits of a number (the finalizer of SplitMix64). Different numbers have different hashes.
    static std::uint64_t hashOf(double number) {
        auto bits = std::bit_cast<std::uint64_t>(number + 0.0);  // -0 + 0 is 0
        bits = (bits ^ (bits >> 30U)) * 0xBF58476D1CE4E5B9U;
        bits = (bits ^ (bits >> 27U)) * 0x94D049BB133111EBU;
        return bits ^ (bits >> 31U);
    }

    Numbering numbering_{64};
    std::vector<double> numbers_;
};

// WordNumbering numbers texts: give it folded ones, or the keys of units.
class WordNumbering {
public:
    explicit WordNumbering(std::size_t expected = 64) : numbering_(expected) {}

    std::uint32_t of(std::string word) {
        const auto same = [&](std::uint32_t other) { return words_[other] == word; };
        const std::uint32_t number = numbering_.of(std::hash<std::string>()(word), same);
        if (number == words_.size()) words_.push_back(std::move(word));
        return number;
    }
    const std::vector<std::string>& words() const { return words_; }
    std::uint32_t count() const { return numbering_.count(); }

private:
    Numbering numbering_;
    std::vector<std::string> words_;
};

}  // namespace calckpi
