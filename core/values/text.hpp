// Text as users compare it: without regard to case and outer blanks. All text in the core is UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace calckpi {

// trimmed drops blanks at both ends: space, tab, line ends, no-break space (CRM exports are full of them).
std::string_view trimmed(std::string_view text);

// isBlank tells a text of nothing but blanks, or of nothing at all: an empty cell.
bool isBlank(std::string_view text);

// folded gives the form in which two texts are equal when a user would call them the same: trimmed and in lower case, letter by
// letter (É and é, Ș and ș; ß stays itself).
std::string folded(std::string_view text);

// lowered is folded without the trimming: what SUMIFS compares.
std::u32string lowered(std::string_view text);

// digitsOf writes a number as a text, with up to 15 significant digits: how a number is compared with texts.
std::string digitsOf(double number);

}  // namespace calckpi
