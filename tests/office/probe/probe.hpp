// The functions of the probe.
#pragma once

#include "core/catalog/function.hpp"

#include <span>

namespace calckpi::probe {

std::span<const Function> functions();

// functionOf is one of them by its name.
const Function& functionOf(std::string_view name);

}  // namespace calckpi::probe
