#include "core/tables/cell_fault.hpp"

#include "core/values/text.hpp"

namespace calckpi {
namespace {

CellFault::Kind kindOf(const Failure& failure) {
    if (failure.fault == Fault::ErrorInCell) return CellFault::Kind::Error;
    if (failure.fault != Fault::NotANumber) return CellFault::Kind::Unlikely;
    return failure.wanted == Wanted::Date ? CellFault::Kind::TextNotADate : CellFault::Kind::TextNotANumber;
}

std::string wordsOf(const CellFault& fault) {
    switch (fault.kind) {
        case CellFault::Kind::TextNotADate: return "text, not a date";
        case CellFault::Kind::TextNotANumber: return "text, not a number";
        case CellFault::Kind::Error: return "the error " + shownError(fault.error);
        case CellFault::Kind::Unlikely: return "a value that cannot be, such as a date before the one it follows";
    }
    return {};
}

}  // namespace

std::optional<CellFault> cellFaultOf(const Failure& failure, const Table& table) {
    const auto columns = static_cast<std::int32_t>(table.headers().size());
    if (failure.row < 1 || failure.column < 1 || failure.column > columns) return std::nullopt;
    const std::string& header = table.headers()[static_cast<std::size_t>(failure.column) - 1];
    return CellFault{std::string(trimmed(header)), failure.column, failure.row, kindOf(failure), failure.cellError};
}

std::string inEnglish(const CellFault& fault) {
    const std::string place = fault.header.empty() ? "column " + std::to_string(fault.column) : fault.header;
    return place + ", row " + std::to_string(fault.row) + ": " + wordsOf(fault);
}

std::string shownError(std::uint16_t error) {
    switch (error) {
        case 503: return "#NUM!";
        case 519: return "#VALUE!";
        case 524: return "#REF!";
        case 525: return "#NAME?";
        case 532: return "#DIV/0!";
        case 32767: return "#N/A";
        default: return "Err:" + std::to_string(error);
    }
}

}  // namespace calckpi
