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

TEST(Folded, ValueOfARunOfBlanksIsOneSpace) {
    for (const char* text :
         {"Closed  Won", "Closed\u00A0Won", " closed\t\r\n WON", "Closed\u2009\u202FWon\uFEFF", "Closed\u3000Won"})
        EXPECT_EQ(folded(text), "closed won") << text;
    EXPECT_NE(folded("ClosedWon"), folded("Closed Won"));
}

// e with U+0301 is é; ș is s with a comma below; in Vietnamese the two marks of ệ may be in either order.
TEST(Folded, ValueOfAccentsIsTheSameHoweverTheyAreStored) {
    const std::pair<const char*, const char*> spellings[] = {{"GAGNE\u0301", "gagné"},
                                                             {"CA\u0302S\u0326TIGAT", "câștigat"},
                                                             {"A\u030Angstro\u0308m", "ångström"},
                                                             {"e\u0323\u0302", "ệ"},
                                                             {"e\u0302\u0323", "ệ"},
                                                             {"ê\u0323", "ệ"},
                                                             {"ẹ\u0302", "ệ"},
                                                             {"И\u0306", "й"},
                                                             {"\u0397\u0301", "ή"},
                                                             {"\u304B\u3099", "が"},
                                                             {"\u1112\u1161\u11AB", "한"},
                                                             {"\uD558\u11AB", "한"},
                                                             {"I\u0307stanbul", "istanbul"},
                                                             {"\u0130stanbul", "istanbul"},
                                                             {"q\u0301", "q\u0301"}};
    for (const auto& [spelling, expected] : spellings) EXPECT_EQ(folded(spelling), expected) << spelling;
}

TEST(UnitKey, ValueOfAnOpaqueIdKeepsItsCase) {
    EXPECT_NE(unitKey("0015000000GvAAa"), unitKey("0015000000GvAAA"));
    EXPECT_EQ(unitKey(" 0015000000GvAAa\u00A0"), unitKey("0015000000GvAAa"));
    EXPECT_NE(unitKey("a-B_3456789"), unitKey("a-B_345678A"));
}

TEST(UnitKey, EdgeTextsThatAreNoOpaqueIdAreComparedAsWords) {
    for (const auto& [left, right] : std::vector<std::pair<const char*, const char*>>{{"Ana1@Example.org", "ana1@example.ORG"},
                                                                                      {"Anna Maria 2", "anna  maria 2"},
                                                                                      {"aB3456789", "ab3456789"},
                                                                                      {"AB34567890", "ab34567890"},
                                                                                      {"AnnaMariaLee", "annamarialee"},
                                                                                      {"Société12345", "SOCIÉTÉ12345"}})
        EXPECT_EQ(unitKey(left), unitKey(right)) << left;
}

TEST(Digits, ValueOfNumbers) {
    EXPECT_EQ(digitsOf(-0.0), "0");
    EXPECT_EQ(digitsOf(0.1 + 0.2), "0.3");
    EXPECT_EQ(allDigitsOf(-0.0), "0");
    EXPECT_EQ(allDigitsOf(0.1 + 0.2), "0.30000000000000004");
    EXPECT_EQ(allDigitsOf(1234567890123457), "1234567890123457");
    EXPECT_EQ(allDigitsOf(100000), "100000");
    EXPECT_EQ(allDigitsOf(1e300), "1e+300");
    EXPECT_EQ(digitsOf(1234567890123457), "1234567890123457");
}

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

}  // namespace
}  // namespace calckpi
