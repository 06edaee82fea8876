// Places of cells in a source.
#pragma once

#include <cstdint>

namespace calckpi::panel {

// Place is a cell of the source, both counted from 1 as in a table that starts in A1; row 1 holds the headers.
struct Place {
    std::int32_t column = 0;
    std::int32_t row = 0;
    bool known() const { return column > 0 && row > 0; }
    friend bool operator==(const Place&, const Place&) = default;
};

}  // namespace calckpi::panel
