// The catalog: every function there is, family by family. All that users see of a function derives from here.
#pragma once

#include "core/catalog/function.hpp"

#include <span>
#include <string_view>

namespace calckpi {

std::span<const Function> catalog();

// find gives the function of this name, in capitals; nullptr if there is none.
const Function* find(std::string_view name);

}  // namespace calckpi
