#include "core/sheets/written_fault.hpp"

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
    switch (failure.fault) {
        case Fault::DivideByZero: return Formula("#DIV/0!");
        case Fault::NothingToCompute: return Formula("NA()");
        case Fault::NotANumber: return Formula("#VALUE!");
        case Fault::NotFinite: return Formula("#NUM!");
        case Fault::OutsideDomain:
        case Fault::NoConvergence:
        case Fault::TooLarge:
        case Fault::ErrorInCell: break;
    }
    // Calc has no constant for Err:502; the root of a negative number gives it.
    return Formula("SQRT(-1)");
}

std::optional<Content> contentOf(const OutputCell& cell) { return std::visit(ContentOf(), cell); }

}  // namespace calckpi::panel
