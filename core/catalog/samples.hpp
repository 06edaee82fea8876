// The tables that the examples of table functions use. In the tests and in the sample documents each is on a sheet of its name,
// from A1; the reference shows each once.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace calckpi::samples {

inline constexpr std::string_view dealsSheet = "Deals";

// Cells as a user types them; dates are ISO dates. The mess is that of real exports: case, blanks, a row without an amount.
inline constexpr std::array<std::array<std::string_view, 7>, 13> deals = {{
    {"deal", "owner", "channel", "stage", "amount", "opened", "closed"},
    {"D-01", "Ana", "Partner", "Won", "1200", "2026-01-05", "2026-02-04"},
    {"D-02", "Ana", "Web", "Lost", "800", "2026-01-07", "2026-01-27"},
    {"D-03", "Ben", "Partner", "won", "2400", "2026-01-12", "2026-03-13"},
    {"D-04", "Ben", "Web", "Won", "950", "2026-01-20", "2026-01-30"},
    {"D-05", "Cleo", "Web", "Proposal", "3100", "2026-02-02", ""},
    {"D-06", "Ana", "Partner", "LOST", "1500", "2026-02-03", "2026-03-05"},
    {"D-07", "Ben", "Web", "Lost ", "600", "2026-02-10", "2026-02-20"},
    {"D-08", "Cleo", "Partner", "Demo", "", "2026-02-16", ""},
    {"D-09", "Ana", "Web", "Won", "1800", "2026-02-18", "2026-04-19"},
    {"D-10", "Ben", "Web", "Lost", "700", "2026-03-02", "2026-03-22"},
    {"D-11", "Cleo", "Web", "Proposal", "2200", "2026-03-09", ""},
    {"D-12", "Ana", "Partner", "Demo", "500", "2026-03-16", ""},
}};

inline constexpr std::string_view ordersSheet = "Orders";

// Orders of a shop, simulated with a fixed seed: customers buy at rates of their own, may leave after each purchase, and spend
// around an amount of their own.
std::vector<std::array<std::string, 3>> orders();

}  // namespace calckpi::samples
