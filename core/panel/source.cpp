#include "core/panel/source.hpp"

#include "core/values/address.hpp"

namespace calckpi::panel {

std::string Source::cellName(Place place) const {
    return place.known() ? calckpi::cellName(firstColumn + place.column - 1, firstRow + place.row - 1) : std::string();
}

}  // namespace calckpi::panel
