// Text as users compare it: in words, without regard to case, blanks and how accents are stored; and ids, which may need regard to
// case. All text in the core is UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace calckpi {

// trimmed drops blanks at both ends: spaces, tabs, line ends, no-break blanks (CRM exports are full of them).
std::string_view trimmed(std::string_view text);

// isBlank is true for a text of nothing but blanks, or of nothing at all: an empty cell.
bool isBlank(std::string_view text);

// folded gives the form in which two texts are equal when a user would call them the same: trimmed, with one space for each run of
// blanks, in lower case letter by letter (É and é, Ș and ș; ß stays itself), and with accents as NFC stores them.
std::string folded(std::string_view text);

// unitKey gives the form in which the ids of units (deals, customers) are compared: an opaque id exactly, any other text folded.
// An opaque id has 10 or more letters, digits, _ and -, among them a digit, a capital and a small letter: in Salesforce's, and in
// what random generators make, case tells two of them apart.
std::string unitKey(std::string_view text);

// lowered is in lower case and otherwise as it is: what SUMIFS compares.
std::u32string lowered(std::string_view text);

// digitsOf writes a number as a text: how a number is compared with texts. Whole numbers have all their digits, others up to 15 as
// Calc shows them. 0 has no sign.
std::string digitsOf(double number);

// allDigitsOf writes as many digits as tell the number from all others: the form in which ids that are numbers are compared.
std::string allDigitsOf(double number);

}  // namespace calckpi
