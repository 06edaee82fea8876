// print_catalog: writes the catalog as JSON to the standard output, for the build.
#include "core/kpis/catalog.hpp"
#include "core/catalog/catalog_json.hpp"

#include <iostream>

int main() {
    calckpi::writeCatalog(std::cout, calckpi::catalog());
    return std::cout.good() ? 0 : 1;
}
