// Distinct counts the different words, numbers and blanks among some cells, as segments are told apart; it stops beyond the most
// that is asked for.
//
//   Distinct(50'000).in(frame, *table->look(2)) < 50'000
#pragma once

#include "core/tables/frame.hpp"
#include "core/values/text.hpp"

#include <string>
#include <unordered_set>
#include <vector>

namespace calckpi::panel {

class Distinct {
public:
    explicit Distinct(std::size_t most) : most_(most) {}
    std::size_t in(const Frame& frame, const Column& cells) {
        std::vector<bool> seen(cells.texts().size(), false);
        for (std::size_t row = 0; row < frame.rows() && count() <= most_; ++row) {
            const std::size_t at = frame.tableRow(row);
            if (cells.kind(at) == CellKind::Number) numbers_.insert(cells.number(at));
            if (cells.kind(at) == CellKind::Blank) blank_ = true;
            if (cells.kind(at) != CellKind::Text || seen[cells.textIndex(at)]) continue;
            seen[cells.textIndex(at)] = true;
            words_.insert(folded(cells.texts()[cells.textIndex(at)]));
        }
        return count();
    }

private:
    std::size_t count() const { return words_.size() + numbers_.size() + (blank_ ? 1 : 0); }

    std::size_t most_;
    std::unordered_set<std::string> words_;
    std::unordered_set<double> numbers_;
    bool blank_ = false;
};

}  // namespace calckpi::panel
