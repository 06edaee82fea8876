// The word that somebody meant: the one that the fewest slips of the finger turn into what was written.
//
//   nearest("stge", {"deal", "stage"})    // 1
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace calckpi::panel {

// slips counts the letters to insert, drop, exchange or swap with their neighbour to make one text of the other, case and blanks
// apart.
std::size_t slips(std::string_view left, std::string_view right);

// nearest gives the place of the word that is meant: one that contains all of the text's words or is contained in it, or is few
// slips away. Nothing if none is near, or the text is empty.
std::optional<std::size_t> nearest(std::string_view text, const std::vector<std::string>& words);

}  // namespace calckpi::panel
