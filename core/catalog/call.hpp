// How a function of the catalog is called: each argument read by the type that the signature gives it, the first fault passed on.
// Included where rows become a catalog, and there alone: for each row the compiler makes a reader of its own.
#pragma once

#include "core/catalog/function.hpp"

#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <tuple>
#include <utility>

namespace calckpi::detail {

// refusedArgument says what is wrong with an argument that its reader refused.
Failure refusedArgument(const Parameter& parameter, const Argument& argument, std::size_t index, Failure failure);

template <class P>
Result<P> readParameter([[maybe_unused]] const Parameter& parameter, std::span<const Argument> arguments, std::size_t index,
                        [[maybe_unused]] NullDate nullDate) {
    static const Argument absent = Absent{};
    const Argument& given = index < arguments.size() ? arguments[index] : absent;
    const auto blamed = [&](Result<P> result) -> Result<P> {
        if (!result) return refusedArgument(parameter, given, index, result.failure());
        return result;
    };
    if constexpr (Reader<P>::kind == Kind::Filters) {
        return blamed(Reader<P>::read(index < arguments.size() ? arguments.subspan(index) : std::span<const Argument>()));
    } else {
        const auto read = [&](const Argument& argument) -> Result<P> {
            if constexpr (Reader<P>::needsFallback)
                return Reader<P>::read(argument, parameter.fallback, nullDate);
            else
                return readAs<P>(argument, nullDate);
        };
        constexpr Kind kind = Reader<P>::kind;
        // An empty series has nothing to compute; anything else that is required and empty is missing.
        if (!Reader<P>::optional && kind != Kind::Series && isBlankText(scalarOf(given)))
            return Failure(Fault::OutsideDomain, Wrong::Missing).of(index);
        constexpr bool takesOne = kind == Kind::Number || kind == Kind::Text || kind == Kind::Value || kind == Kind::Column;
        if constexpr (takesOne)
            return blamed(read(scalarOf(given)));
        else
            return blamed(read(given));
    }
}

inline Result<Outcome> outcome(double value) {
    if (!std::isfinite(value)) return Fault::NotFinite;
    return Outcome(value);
}
inline Result<Outcome> outcome(std::string value) { return Outcome(std::move(value)); }
inline Result<Outcome> outcome(OutputGrid value) { return Outcome(std::move(value)); }

template <auto function, class... P>
auto compute([[maybe_unused]] NullDate nullDate, P&&... values) {
    if constexpr (Signature<decltype(function)>::asksNullDate)
        return function(nullDate, std::forward<P>(values)...);
    else
        return function(std::forward<P>(values)...);
}

template <auto function, std::size_t... index>
Result<Outcome> callWith(const Function& self, std::span<const Argument> arguments, NullDate nullDate,
                         std::index_sequence<index...>) {
    using S = Signature<decltype(function)>;
    if (arguments.size() > S::arity && !self.takesFilters()) return Fault::OutsideDomain;
    auto read =
        std::tuple{readParameter<typename S::template Parameter<index>>(self.parameterStore[index], arguments, index, nullDate)...};
    Failure failure;
    const bool allRead = ((std::get<index>(read) || (failure = std::get<index>(read).failure(), false)) && ...);
    if (!allRead) return failure;
    auto result = compute<function>(nullDate, *std::move(std::get<index>(read))...);
    if (!result) return blamedArgument(self, arguments, result.failure());
    return outcome(*std::move(result));
}

template <auto function>
Result<Outcome> callErased(const Function& self, std::span<const Argument> arguments, NullDate nullDate) {
    return callWith<function>(self, arguments, nullDate, std::make_index_sequence<Signature<decltype(function)>::arity>());
}

}  // namespace calckpi::detail
