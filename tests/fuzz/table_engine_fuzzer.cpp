// Every function of the catalog over random arguments and tables.
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/properties.hpp"

#include <algorithm>
#include <optional>

namespace calckpi::fuzz {
namespace {

std::vector<Argument> asArguments(const std::vector<Given>& given, bool upsideDown) {
    std::vector<Argument> arguments;
    for (const Given& each : given) {
        if (const Rows* rows = std::get_if<Rows>(&each)) {
            Rows order = *rows;
            if (upsideDown) std::reverse(order.begin() + 1, order.end());
            arguments.emplace_back(std::make_shared<const support::MemoryTable>(order));
        } else {
            std::visit(
                [&](const auto& value) {
                    if constexpr (!std::is_same_v<std::remove_cvref_t<decltype(value)>, Rows>) arguments.emplace_back(value);
                },
                each);
        }
    }
    return arguments;
}

// largestIn is the largest number of the tables: rounding is measured by it.
double largestIn(const std::vector<Given>& given) {
    double largest = 0;
    for (const Given& each : given)
        if (const Rows* rows = std::get_if<Rows>(&each))
            for (const std::vector<Cell>& row : *rows)
                for (const Cell& cell : row)
                    if (const double* number = std::get_if<double>(&cell)) largest = std::max(largest, std::abs(*number));
    return largest;
}

bool sameCell(const OutputCell& left, const OutputCell& right, double scale) {
    const double* one = std::get_if<double>(&left);
    const double* other = std::get_if<double>(&right);
    if (one != nullptr && other != nullptr) return near(*one, *other, scale);
    return left == right;
}

bool sameOutcome(const Result<Outcome>& left, const Result<Outcome>& right, double scale) {
    // Which of two bad cells is told depends on the order.
    if (!left || !right) return !left && !right;
    if (left->index() != right->index()) return false;
    if (const double* number = std::get_if<double>(&*left)) return near(*number, std::get<double>(*right), scale);
    const OutputGrid* one = std::get_if<OutputGrid>(&*left);
    if (one == nullptr) return std::get<std::string>(*left) == std::get<std::string>(*right);
    const OutputGrid& other = std::get<OutputGrid>(*right);
    return one->rows == other.rows && one->columns == other.columns &&
           std::equal(one->cells.begin(), one->cells.end(), other.cells.begin(),
                      [&](const OutputCell& a, const OutputCell& b) { return sameCell(a, b, scale); });
}

// Columns by the names in a table's first row; nothing if the caller asked for none.
std::optional<std::size_t> columnNamed(const OutputGrid& grid, std::string_view name) {
    for (std::size_t column = 0; column < grid.columns; ++column)
        if (const std::string* text = std::get_if<std::string>(&grid.at(0, column)); text != nullptr && *text == name)
            return column;
    return std::nullopt;
}

std::optional<double> numberAt(const OutputGrid& grid, std::size_t row, std::string_view name) {
    const std::optional<std::size_t> column = columnNamed(grid, name);
    if (!column) return std::nullopt;
    const double* number = std::get_if<double>(&grid.at(row, *column));
    return number == nullptr ? std::nullopt : std::optional(*number);
}

// requireParts: what the parts of a table say fits together.
void requireParts(const Function& function, const OutputGrid& grid, double scale) {
    const std::string_view name = function.name();
    for (std::size_t row = 1; row < grid.rows; ++row) {
        const bool boundsOfShares = !name.starts_with("CLV");  // those are bounds of parameters and of money
        for (const std::string_view share : {"retention", "win rate", "low", "high", "share won", "share lost"})
            if (const auto value = numberAt(grid, row, share); value && (boundsOfShares || (share != "low" && share != "high")))
                require(*value >= 0 && *value <= 1 + 1e-9, "a share lies between 0 and 1", name);
        const auto low = numberAt(grid, row, "low");
        const auto high = numberAt(grid, row, "high");
        if (low && high) require(*low <= *high, "low is not above high", name);
        if (name == "MRRMOVEMENTS") {
            double sum = 0;
            for (const char* part : {"start", "new", "expansion", "contraction", "churned", "reactivated"})
                sum += numberAt(grid, row, part).value_or(0);
            if (const auto end = numberAt(grid, row, "end"))
                require(near(sum, *end, scale * 100), "end is start and movements", name);
        }
        if (name == "SEGMENTS") {
            const auto deals = numberAt(grid, row, "deals");
            double parts = 0;
            for (const char* part : {"won", "lost", "open"}) parts += numberAt(grid, row, part).value_or(0);
            if (deals) require(parts == *deals, "deals are won, lost or open", name);
        }
        if (name == "FUNNELSTAGES" || name == "FUNNELEVENTS") {
            const auto ofPrevious = numberAt(grid, row, "of previous");
            if (ofPrevious) require(*ofPrevious >= 0 && *ofPrevious <= 1, "a stage has no more units than the one before", name);
        }
    }
}

}  // namespace
}  // namespace calckpi::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace calckpi;
    using namespace calckpi::fuzz;
    Input input({data, size});
    const Function& function = input.function();
    const std::vector<Given> given = input.arguments(function);
    const Result<Outcome> result = function.call(asArguments(given, false));
    requireSound(result, function.name());
    if (!function.takesTable()) return 0;
    // Sums of larger numbers may be lost in rounding, or overflow in one order only.
    const double scale = largestIn(given);
    if (scale > 1e12) return 0;
    require(sameOutcome(result, function.call(asArguments(given, true)), scale), "the order of the rows does not matter",
            function.name());
    if (result && function.givesTable) requireParts(function, std::get<OutputGrid>(*result), scale);
    return 0;
}
