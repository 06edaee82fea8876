#include "core/values/text.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace calckpi {
namespace {

// Texts of a few pieces: letters of one to four bytes, blanks of all sorts, and bytes that are no UTF-8.
std::string someText(support::Dice& dice) {
    static const std::vector<std::string> pieces = {"a",      "Z",    "É",    "ș",        "Ț",   "ß",      "Я",
                                                    "語",     "🙂", " ",    "\t",       "\n",  "\u00A0", "\u202F",
                                                    "\uFEFF", "\x80", "\xC3", "\xE2\x82", "\xFF"};
    std::string text;
    for (std::size_t left = dice.below(8); left > 0; --left) text += dice.pick(pieces);
    return text;
}

TEST(Trimmed, ValueWithoutOuterBlanks) {
    EXPECT_EQ(trimmed("  Closed  Won \r\n"), "Closed  Won");
    EXPECT_EQ(trimmed("\t\u00A0Won\u202F \u00A0"), "Won");
    EXPECT_EQ(trimmed("\uFEFFdeal"), "deal");
}

TEST(Trimmed, EdgeNothingButBlanks) {
    EXPECT_EQ(trimmed(""), "");
    EXPECT_EQ(trimmed(" \u00A0\t \u202F\r\n"), "");
}

TEST(Trimmed, EdgeALetterThatEndsLikeABlankStays) {
    // à is C3 A0, a no-break space C2 A0.
    EXPECT_EQ(trimmed("voilà"), "voilà");
}

TEST(Folded, ValueOfLettersBeyondAscii) {
    EXPECT_EQ(folded("GAGNÉ"), "gagné");
    EXPECT_EQ(folded("CÂȘTIGAT, PIERDUTĂ, ÎNȚELES"), "câștigat, pierdută, înțeles");
    EXPECT_EQ(folded("ПОБЕДА ΝΊΚΗ"), "победа νίκη");
    EXPECT_EQ(folded("Straße"), "straße");
    EXPECT_EQ(folded("勝 🙂"), "勝 🙂");
}

TEST(Folded, ValueKeepsInnerBlanks) { EXPECT_EQ(folded(" Closed  Won "), "closed  won"); }

TEST(Folded, EdgeDifferentLettersStayDifferent) {
    EXPECT_NE(folded("gagne"), folded("gagné"));
    EXPECT_NE(folded("ş"), folded("ș"));  // cedilla and comma below
}

TEST(Folded, PropertyOfFoldingTwiceIsFoldingOnce) {
    support::Dice dice(7);
    for (int round = 0; round < 5000; ++round) {
        const std::string text = someText(dice);
        EXPECT_EQ(folded(folded(text)), folded(text));
        EXPECT_EQ(folded(trimmed(text)), folded(text));
        EXPECT_EQ(folded(" \u00A0" + text + "\r\n"), folded(text));
    }
}

TEST(Folded, EdgeBytesThatAreNoUtf8BecomeReplacements) {
    EXPECT_EQ(folded("a\xFFz"), "a\uFFFDz");
    EXPECT_EQ(folded("Won\xC3"), "won\uFFFD");
    EXPECT_EQ(folded("\xE2\x82"), "\uFFFD\uFFFD");
    EXPECT_EQ(folded("\xF7\xBF\xBF\xBF"), "\uFFFD");  // beyond the last code point
}

TEST(Lowered, ValueIsOneLetterPerCodePointAndKeepsBlanks) {
    EXPECT_EQ(lowered(" Éa "), U" éa ");
    EXPECT_EQ(lowered("🙂"), U"🙂");
    EXPECT_EQ(lowered(""), U"");
}

TEST(Lowered, PropertyOfFoldedIsLoweredWithoutOuterBlanks) {
    support::Dice dice(8);
    for (int round = 0; round < 2000; ++round) {
        const std::string text = someText(dice);
        EXPECT_EQ(lowered(folded(text)), lowered(trimmed(text)));
    }
}

}  // namespace
}  // namespace calckpi
