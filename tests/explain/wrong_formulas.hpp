// Formulas as users get them wrong, and what is to be said of each: wrong_formulas.txt, which the office test reads too.
#pragma once

#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace calckpi::support {

struct WrongFormula {
    std::string formula;
    std::string reason;
    std::string cell{};  // where to look; empty if no cell alone is to blame
};

// wrongFormulas reads blocks of a formula, the reason, and the cell behind an @.
inline std::vector<WrongFormula> wrongFormulas() {
    std::ifstream file(CALCKPI_WRONG_FORMULAS);
    if (!file) throw std::runtime_error("no " CALCKPI_WRONG_FORMULAS);
    std::vector<WrongFormula> all;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.front() == '#') continue;
        if (line.front() == '=')
            all.push_back({line, "", ""});
        else if (line.front() == '@')
            all.back().cell = line.substr(1);
        else
            all.back().reason = line;
    }
    return all;
}

}  // namespace calckpi::support
