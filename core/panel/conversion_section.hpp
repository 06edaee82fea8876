// Texts that are numbers or dates: which columns of the source hold such, what they would become, and the offer to turn the cells.
//
// Candidates are told from the sample; what is said of them comes from all rows, once these have been read.
#pragma once

#include "core/panel/model.hpp"
#include "core/recognition/column_conversion.hpp"
#include "core/recognition/facts.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace calckpi::panel {

class ConversionSection {
public:
    // take looks for the columns of a source; what the user has said of columns that are still there is kept.
    void take(const Source& source, const TableFacts& facts);
    std::vector<ColumnRef> columnsNeeded() const;
    // compute plans the conversions once the columns have been read.
    void compute(const Source& source);
    void show(View& view, const Source& source, const Texts& texts) const;
    // act does what the user did to the section; Next::Nothing if it was another control.
    Reaction act(const Action& action, const Source& source);

    // Wanted is a conversion that the user has asked for, by its place in the list.
    struct Wanted {
        std::size_t column = 0;  // of the source, from 0
        std::string name;
        std::string header;
        ReadingHints hints;
    };
    std::optional<Wanted> wanted(std::int32_t index) const;

private:
    struct Candidate {
        Wanted column;
        std::optional<ColumnConversion> plan{};
    };
    static void plan(Candidate& candidate, const Source& source);

    std::vector<Candidate> candidates_;
};

// converted is what is said once cells have been converted: how many, and how many stay as they are.
std::string converted(const ColumnConversion& plan, std::size_t formulas, const Texts& texts);

}  // namespace calckpi::panel
