// What must hold between the rows of a catalog. Broken rules stop the compiler; see core/catalog/function.hpp.
#pragma once

#include "core/catalog/function.hpp"

#include <array>
#include <cstddef>
#include <span>

namespace calckpi {

namespace detail {
void a_function_name_appears_once_in_the_catalog();
void a_related_function_must_be_another_one_of_the_catalog();
}  // namespace detail

// join puts families together and checks the rules between rows.
template <std::size_t... sizes>
consteval std::array<Function, (sizes + ...)> join(const Function (&... families)[sizes]) {
    std::array<Function, (sizes + ...)> all{};
    std::size_t place = 0;
    const auto add = [&](std::span<const Function> family) {
        for (const Function& function : family) all[place++] = function;
    };
    (add(families), ...);

    const auto count = [&](std::string_view name) {
        std::size_t found = 0;
        for (const Function& function : all) found += function.name() == name ? 1 : 0;
        return found;
    };
    for (const Function& function : all) {
        if (count(function.name()) != 1) detail::a_function_name_appears_once_in_the_catalog();
        for (const std::string_view related : function.row.related)
            if (!related.empty() && (related == function.name() || count(related) != 1))
                detail::a_related_function_must_be_another_one_of_the_catalog();
    }
    return all;
}

}  // namespace calckpi
