// The vocabulary as data: vocabulary.txt, which is compiled in.
//
//   for (const VocabularySection* section : sectionsOf("place"))
//       add(section->words[0], section->phrases);      // "40", {"demo*", "demo scheduled", …}
#pragma once

#include <string_view>
#include <vector>

namespace calckpi::panel {

// VocabularySection is what is under one heading: [header Currency 130] is of the kind "header", its words are "Currency" and
// "130".
struct VocabularySection {
    std::string_view kind;
    std::vector<std::string_view> words;
    std::vector<std::string_view> phrases;
};

// vocabulary gives all sections in the order of the file.
const std::vector<VocabularySection>& vocabulary();
std::vector<const VocabularySection*> sectionsOf(std::string_view kind);

// splitWords parts a text at its blanks.
std::vector<std::string_view> splitWords(std::string_view text);

}  // namespace calckpi::panel
