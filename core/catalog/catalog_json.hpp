// The catalog as JSON. At build time everything outside C++ derives from it: the IDL, Calc's registration, the translation
// template, the reference and the office tests.
#pragma once

#include "core/catalog/function.hpp"

#include <ostream>
#include <span>

namespace calckpi {

void writeCatalog(std::ostream& out, std::span<const Function> functions);

}  // namespace calckpi
