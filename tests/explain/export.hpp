// An export as it comes: dates that are texts, amounts with a currency, probabilities of 80, a header that is there twice.
#pragma once

#include "tests/support/formula.hpp"

namespace calckpi::support {

// Data.A1:J9. Column by column: an id; its stage; a sound amount; one with a currency; two sound dates; one with texts; one that
// holds 20260131; a chance in percent; an error; and a second "Amount".
inline const TestSheet& exportSheet() {
    constexpr Blank none;
    static const TestSheet sheet{
        .name = "Data",
        .rows = {
            {"Deal ID", "Deal Stage", "Amount", "Price", "Opened", "close_date", "Expected", "Typed", "Chance", "Cost", "amount "},
            {"D1", "Won", 100.0, "100 EUR", 46000.0, 46010.0, "31.01.2026", 20260131.0, 80.0, 10.0, 1.0},
            {"D2", "Lost", 200.0, 200.0, 46001.0, 46011.0, 46050.0, 46000.0, 0.5, 20.0, 1.0},
            {"D3", "Demo", 300.0, 300.0, 46002.0, none, "soon", 46000.0, 20.0, CellError{532}, 1.0},
            {"D4", "Won", -400.0, 400.0, 46003.0, 46013.0, "soon", 46000.0, 0.1, CellError{32767}, 1.0},
            {"D5", "Lost", none, 500.0, 46004.0, 46014.0, none, 46000.0, none, 50.0, 1.0},
            {none, none, none, none, none, none, none, none, none, none, none},
            {"D6", "Proposal", 600.0, "6'000", 46005.0, 46090.0, none, 20260201.0, 0.2, 60.0, 1.0}}};
    return sheet;
}

}  // namespace calckpi::support
