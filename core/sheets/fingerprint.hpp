// Fingerprints tell cells that we wrote from those that the user has typed or changed, when a table on sheets of its own is written
// again. A document keeps those of all cells of a sheet, each once.
//
//   Fingerprints written;
//   written.add("=SUM($'KPI data'.$A$1:$A$9)");
//   written.has("=SUM($Data.$B$4:$B$12)")       // yes: what a formula refers to moves as sheets and rows do
//   readFingerprints(written.text())
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

namespace calckpi::panel {

class Fingerprints {
public:
    // A cell is given as it is typed, a formula in Calc's own notation.
    void add(std::string_view cell) { prints_.insert(printOf(cell)); }
    bool has(std::string_view cell) const { return prints_.contains(printOf(cell)); }
    bool empty() const { return prints_.empty(); }
    std::string text() const;
    friend Fingerprints readFingerprints(std::string_view text);

private:
    static std::uint32_t printOf(std::string_view cell);
    std::set<std::uint32_t> prints_;
};

Fingerprints readFingerprints(std::string_view text);

// withoutReferences is a formula without what changes as cells and sheets move; texts that are no formulas stay.
std::string withoutReferences(std::string_view cell);

}  // namespace calckpi::panel
