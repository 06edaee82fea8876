// What the verdict of CLVMODEL means to users.
#pragma once

#include "core/texts/message.hpp"

#include <string_view>

namespace calckpi::panel {

struct Verdict {
    std::string_view word;  // as CLVMODEL says it
    Message sentence;       // above a forecast
    Message name;           // beside a number
};
inline constexpr Verdict verdicts[] = {
    {"ok", msg("Verdict: the model holds; trust it as far as the test below confirms it"), msg("Verdict: ok")},
    {"weak: few repeat buyers", msg("Verdict: weak, since few customers bought again: take the figures as a rough guess"),
     msg("Verdict: weak, few bought again")},
    {"customers buy at one rate", msg("Verdict: no forecast: all customers buy at one rate, and the model cannot tell them apart"),
     msg("Verdict: all buy at one rate")},
    {"nobody leaves", msg("Verdict: no forecast: nobody seems to leave, so that no end can be told"),
     msg("Verdict: nobody leaves")},
    {"customers leave alike", msg("Verdict: no forecast: all customers leave alike, and the model cannot tell them apart"),
     msg("Verdict: all leave alike")},
    {"not found", msg("Verdict: no forecast: no parameters fit these purchases"), msg("Verdict: no model found")},
};

inline constexpr int verdictRow = 7;  // of CLVMODEL without headers, from 0; its word is in the second column

}  // namespace calckpi::panel
