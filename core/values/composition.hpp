// Letters with their accents as one character: the spelling NFC of what may be spelt NFD ("e" and an acute accent that follows).
#pragma once

#include <string>

namespace calckpi {

// compose gives texts in lower case that look alike the same characters. It knows the Latin, Greek and Cyrillic letters with the
// combining diacritical marks, Japanese sound marks and Korean syllables; other texts stay as they are.
void compose(std::u32string& lowered);

}  // namespace calckpi
