// Counts that are in a row, each under the stage it is of:
//
//   Month | Lead | Demo | Won
//   May   |  120 |   60 |   9
//   June  |  140 |   80 |  12
//
// AcrossTable shows them as if each stage were a row: Month | May | June over "Lead | 120 | 140". All that is known of stages and
// their counts then holds of these, too. A table without a column of labels has one without a header.
#pragma once

#include "core/recognition/choices.hpp"
#include "core/recognition/place.hpp"
#include "core/tables/table.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace calckpi::panel {

class AcrossTable final : public Table {
public:
    AcrossTable(const Table& source, std::vector<std::size_t> stages, std::optional<std::size_t> labels);

    std::size_t rows() const override { return stages_.size(); }
    const std::vector<std::string>& headers() const override { return headers_; }
    const Culture& culture() const override { return source_.culture(); }

    // inSource is a place in this table as a place in the source.
    Place inSource(Place place) const;

protected:
    ColumnHandle read(std::size_t index) const override;

private:
    const Table& source_;
    // cellsOf reads a column of the source once: each column here takes a cell of each of them.
    const Column& cellsOf(std::size_t stage) const;

    std::vector<std::size_t> stages_;  // columns of the source
    std::vector<std::string> headers_;
    mutable std::vector<ColumnHandle> cells_;  // for each of the stages
};

// mostAcross is how many rows of counts can be chosen from: a longer table is a list.
inline constexpr std::size_t mostAcross = 400;

// turned is the table of the choices, if they are across and their columns are there.
std::shared_ptr<const AcrossTable> turned(const Table& source, const Choices& choices);
// turned are the choices for the turned table.
Choices turned(const Choices& choices);

// rowNames are the names of the rows of counts, as choices call them; the first one is that of the headers.
std::vector<std::string> rowNames(const Table& source, const Choices& choices);

}  // namespace calckpi::panel
