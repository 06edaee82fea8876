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

    // Wanted is a conversion that the user has asked for.
    struct Wanted {
        std::size_t column = 0;  // of the source, from 0
        std::string name;
        std::string header;
        ReadingHints hints;
    };
    // candidate is a column that may need one, by its place in the list.
    std::optional<Wanted> candidate(std::int32_t index) const;
    // wanted are those at a place of the list, or all that have cells to convert.
    static constexpr std::int32_t allColumns = -1;
    std::vector<Wanted> wanted(std::int32_t index) const;

private:
    struct Candidate {
        Wanted column;
        std::optional<ColumnConversion> plan{};
    };
    static void plan(Candidate& candidate, const Source& source);
    const Candidate& at(std::int32_t index) const { return candidates_[static_cast<std::size_t>(index)]; }
    std::vector<std::int32_t> toConvert() const;
    void showTogether(View& view, const std::vector<std::int32_t>& columns, const Source& source, const Texts& texts) const;
    void showQuestion(View& view, std::int32_t index, const Source& source, const Texts& texts) const;
    std::string sentenceAt(std::int32_t index, const Source& source, const Texts& texts) const;
    Reaction answer(std::int32_t index, bool second, const Source& source);

    std::vector<Candidate> candidates_;
    bool open_ = false;  // each column is shown on its own
};

// ConvertedCells counts what converting did, for the sentence that says so: cells that were changed, and those that stay.
struct ConvertedCells {
    std::int64_t changed = 0;
    std::int64_t stay = 0;
    void add(const ColumnConversion& plan, std::size_t formulas);
    std::string said(const Texts& texts) const;
};

}  // namespace calckpi::panel
