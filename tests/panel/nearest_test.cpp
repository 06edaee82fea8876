#include "core/recognition/nearest.hpp"

#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace calckpi::panel {
namespace {

std::string meant(std::string_view text, const std::vector<std::string>& words) {
    const std::optional<std::size_t> place = nearest(text, words);
    return place ? words[*place] : "";
}

TEST(Nearest, ValueOfHeadersThatAreMeant) {
    const std::vector<std::string> headers = {"Deal ID", "Deal Stage", "Amount", "close_date", "Owner", "", "Étape de vente"};
    EXPECT_EQ(meant("stage", headers), "Deal Stage");
    EXPECT_EQ(meant("Amuont", headers), "Amount");  // two letters swapped are one slip
    EXPECT_EQ(meant("closeDate", headers), "close_date");
    EXPECT_EQ(meant("owners", headers), "Owner");
    EXPECT_EQ(meant("etape", headers), "Étape de vente");
    EXPECT_EQ(meant("amount of the deal", headers), "Amount");
}

TEST(Nearest, EdgeThatNothingIsNear) {
    EXPECT_EQ(meant("region", {"Deal ID", "Amount"}), "");
    EXPECT_EQ(meant("", {"", "Amount"}), "");
    EXPECT_EQ(meant(" ", {"Amount"}), "");
    EXPECT_EQ(meant("stage", {}), "");
    EXPECT_EQ(meant("???", {"Amount"}), "");
}

TEST(Nearest, PropertyThatSlipsCountWhatWasChanged) {
    support::Dice dice(41);
    const std::string letters = "abcdefghij";
    for (int round = 0; round < 2000; ++round) {
        std::string word;
        for (int size = dice.whole(1, 12); size > 0; --size) word += letters[dice.below(10)];
        std::string changed = word;
        const std::size_t place = dice.below(word.size());
        switch (dice.below(3)) {
            case 0: changed.insert(place, 1, 'z'); break;
            case 1: changed.erase(place, 1); break;
            default: changed[place] = 'z'; break;
        }
        EXPECT_EQ(slips(word, changed), 1U) << word << ' ' << changed;
        EXPECT_EQ(slips(changed, word), 1U) << word << ' ' << changed;
        EXPECT_EQ(slips(word, ' ' + word + ' '), 0U);
        EXPECT_EQ(nearest(word, {word, changed}), 0U);
    }
}

}  // namespace
}  // namespace calckpi::panel
