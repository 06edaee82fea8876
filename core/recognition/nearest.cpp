#include "core/recognition/nearest.hpp"

#include "core/recognition/vocabulary.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <array>

namespace calckpi::panel {
namespace {

// No header that somebody types is longer; what is longer is compared by its beginning.
constexpr std::size_t longest = 64;

std::u32string lettersOf(std::string_view text) {
    std::u32string letters = lowered(folded(text));
    if (letters.size() > longest) letters.resize(longest);
    return letters;
}

// hasAllWords tells whether each of the words of one plain text is a word of the other: "stage" of "deal stage".
bool hasAllWords(std::string_view text, std::string_view words) {
    if (words.empty()) return false;
    const std::string padded = ' ' + std::string(text) + ' ';
    while (!words.empty()) {
        const std::size_t end = std::min(words.find(' '), words.size());
        if (padded.find(' ' + std::string(words.substr(0, end)) + ' ') == std::string::npos) return false;
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return true;
}

// slipsInAWord compares a text with each of several words alone, which costs one slip more.
std::size_t slipsInAWord(std::string_view text, std::string_view words) {
    std::size_t fewest = longest;
    while (!words.empty()) {
        const std::size_t end = std::min(words.find(' '), words.size());
        fewest = std::min(fewest, slips(text, words.substr(0, end)) + 1);
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return fewest;
}

}  // namespace

std::size_t slips(std::string_view left, std::string_view right) {
    const std::u32string a = lettersOf(left);
    const std::u32string b = lettersOf(right);
    // Rows of the table of all beginnings: the one before the last, the last, the one that is filled.
    std::array<std::array<std::size_t, longest + 1>, 3> rows{};
    for (std::size_t column = 0; column <= b.size(); ++column) rows[0][column] = column;
    for (std::size_t row = 1; row <= a.size(); ++row) {
        const auto& before = rows[(row + 2) % 3];
        const auto& beforeThat = rows[(row + 1) % 3];
        auto& now = rows[row % 3];
        now[0] = row;
        for (std::size_t column = 1; column <= b.size(); ++column) {
            const std::size_t exchanged = before[column - 1] + (a[row - 1] == b[column - 1] ? 0 : 1);
            now[column] = std::min({before[column] + 1, now[column - 1] + 1, exchanged});
            if (row > 1 && column > 1 && a[row - 1] == b[column - 2] && a[row - 2] == b[column - 1])
                now[column] = std::min(now[column], beforeThat[column - 2] + 1);
        }
    }
    return rows[a.size() % 3][b.size()];
}

std::optional<std::size_t> nearest(std::string_view text, const std::vector<std::string>& words) {
    const std::string plain = plainWords(text);
    if (isBlank(text)) return std::nullopt;
    std::optional<std::size_t> best;
    std::size_t fewest = 0;
    for (std::size_t place = 0; place < words.size(); ++place) {
        const std::string word = plainWords(words[place]);
        if (isBlank(words[place])) continue;
        const bool partly = hasAllWords(word, plain) || hasAllWords(plain, word);
        const std::size_t away = std::min({slips(plain, word), slips(text, words[place]), slipsInAWord(plain, word)});
        // A third of the letters may be wrong.
        const bool near = partly || away * 3 <= std::max(lettersOf(text).size(), lettersOf(words[place]).size());
        const std::size_t cost = 2 * away - (partly ? away : 0);
        if (near && (!best || cost < fewest)) {
            best = place;
            fewest = cost;
        }
    }
    return best;
}

}  // namespace calckpi::panel
