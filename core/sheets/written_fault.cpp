#include "core/sheets/written_fault.hpp"

#include "core/values/calc_errors.hpp"

#include <string>
#include <variant>

namespace calckpi::panel {
namespace {

struct ContentOf {
    std::optional<Content> operator()(Blank) const { return std::nullopt; }
    std::optional<Content> operator()(double number) const { return number; }
    std::optional<Content> operator()(const std::string& text) const { return text; }
    std::optional<Content> operator()(const Failure& failure) const { return errorFormula(failure); }
};

}  // namespace

Formula errorFormula(const Failure& failure) {
    const std::string shown = shownError(errorNumber(failure));
    if (failure.fault == Fault::NothingToCompute) return Formula("NA()");
    // Only Calc has a constant for Err:502; the root of a negative number gives it, and an error in other programs too.
    return Formula(shown.starts_with('#') ? shown : "SQRT(-1)");
}

std::optional<Content> contentOf(const OutputCell& cell) { return std::visit(ContentOf(), cell); }

}  // namespace calckpi::panel
