#include "core/tables/cell_fault.hpp"

#include "core/values/calc_errors.hpp"
#include "core/values/text.hpp"

namespace calckpi {
namespace {

std::string wordsOf(const CellFault& fault) {
    switch (fault.wrong) {
        case Wrong::TextForNumber: return "text, not a number";
        case Wrong::TextForDate: return "text, not a date";
        case Wrong::NoDate: return "a number that is not a date";
        case Wrong::Error: return "the error " + shownError(fault.error);
        case Wrong::EndBeforeStart: return "a date before the one it follows";
        case Wrong::ShareOutside: return "a share that is not from 0 to 1";
        case Wrong::BelowZero: return "an amount that brings a sum below 0";
        case Wrong::HeaderTwice: return "a header that stands there twice";
        default: return "a value that cannot be";
    }
}

}  // namespace

std::optional<CellFault> cellFaultOf(const Failure& failure, const Table& table) {
    const auto columns = static_cast<std::int32_t>(table.headers().size());
    if (failure.fault == Fault::ErrorInCell && failure.parameter > 0) return std::nullopt;  // it is in another argument
    if (failure.row < 1 || failure.column < 1 || failure.column > columns) return std::nullopt;
    const std::string& header = table.headers()[static_cast<std::size_t>(failure.column) - 1];
    return CellFault{std::string(trimmed(header)), failure.column, failure.row, failure.wrong, failure.rows, failure.cellError};
}

std::string inEnglish(const CellFault& fault) {
    const std::string place = fault.header.empty() ? "column " + std::to_string(fault.column) : fault.header;
    const std::string more = fault.rows > 1 ? " and " + std::to_string(fault.rows - 1) + " more" : "";
    return place + ", row " + std::to_string(fault.row) + more + ": " + wordsOf(fault);
}

}  // namespace calckpi
