#include "core/values/calc_errors.hpp"

namespace calckpi {

std::string shownError(std::uint16_t number) {
    switch (number) {
        case 503: return "#NUM!";
        case 519: return "#VALUE!";
        case 524: return "#REF!";
        case 525: return "#NAME?";
        case 532: return "#DIV/0!";
        case 32767: return "#N/A";
        default: return "Err:" + std::to_string(number);
    }
}

std::string errorConstant(std::uint16_t number) {
    const std::string shown = shownError(number);
    return shown.starts_with('#') ? shown : "#ERR" + std::to_string(number) + "!";
}

}  // namespace calckpi
