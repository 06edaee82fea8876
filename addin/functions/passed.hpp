// What Calc passes to a function for an expression: it depends on the rules of array formulas and of references, which only Calc
// knows.
//
//   Passed passed;               // from here on our functions do not compute
//   cell->setTokens(…);          // =GROSSREVENUE(B2:B4*2)
//   passed.arguments()           // the values of B2:B4*2, if the function was called
#pragma once

#include <com/sun/star/uno/Any.hxx>
#include <com/sun/star/uno/Sequence.hxx>

#include <optional>

namespace calckpi::addin {

// Passed keeps the arguments of the first call of its thread while it lives; calls are answered with 0. Calc calls functions on the
// thread that asks for a cell, so nobody else's cells are computed in it. There is one at a time.
class Passed {
public:
    Passed() { one() = this; }
    ~Passed() { one() = nullptr; }
    Passed(const Passed&) = delete;
    Passed& operator=(const Passed&) = delete;

    const std::optional<css::uno::Sequence<css::uno::Any>>& arguments() const { return arguments_; }

    // current is the one that lives, if there is one.
    static Passed* current() { return one(); }
    void keep(const css::uno::Sequence<css::uno::Any>& arguments) {
        if (!arguments_) arguments_ = arguments;
    }

private:
    static Passed*& one() {
        // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): Calc calls functions without a word of who asks
        static thread_local Passed* living = nullptr;
        return living;
    }

    std::optional<css::uno::Sequence<css::uno::Any>> arguments_{};
};

}  // namespace calckpi::addin
