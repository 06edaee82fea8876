#include "core/texts/message.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace calckpi::panel {
namespace {

constexpr Message deals = {"{n} deal in {column}", "{n} deals in {column}"};
constexpr Message insert = {"Insert funnel table"};

constexpr Translation french[] = {
    {"Insert funnel table", {"Insérer le tableau"}},
    {"{n} deal in {column}", {"{n} affaire dans {column}", "{n} affaires dans {column}"}},
};
constexpr Translation romanian[] = {
    {"Insert funnel table", {"Inserați tabelul"}},
    {"{n} deal in {column}", {"{n} tranzacție în {column}", "{n} tranzacții în {column}", "{n} de tranzacții în {column}"}},
};

Texts textsOf(Language language) {
    if (language == Language::French) return {language, french};
    if (language == Language::Romanian) return {language, romanian};
    return {};
}

TEST(Message, ValueOfTheLanguageOfATag) {
    EXPECT_EQ(languageOf("fr"), Language::French);
    EXPECT_EQ(languageOf("FR-CA"), Language::French);
    EXPECT_EQ(languageOf("ro_RO.UTF-8"), Language::Romanian);
    for (const char* tag : {"", "-", "en-US", "frp", "frr-DE", "de", "rom", "fro", "zh-Hant"})
        EXPECT_EQ(languageOf(tag), Language::English) << tag;
}

TEST(Message, ValueOfASentence) {
    EXPECT_EQ(Texts().say(insert), "Insert funnel table");
    EXPECT_EQ(textsOf(Language::French).say(insert), "Insérer le tableau");
    EXPECT_EQ(textsOf(Language::Romanian).say(insert), "Inserați tabelul");
}

// The numbers are the examples of Unicode CLDR's plural rules: French one 0, 1, other 2…; Romanian one 1, few 0, 2~16, 101, 1001,
// other 20~35, 100, 1000.
TEST(Message, ValueOfEachPluralForm) {
    const auto say = [](Language language, std::int64_t n) { return textsOf(language).say(deals, n, {{"column", "X"}}); };
    EXPECT_EQ(say(Language::English, 0), "0 deals in X");
    EXPECT_EQ(say(Language::English, 1), "1 deal in X");
    EXPECT_EQ(say(Language::English, 1001), "1,001 deals in X");
    EXPECT_EQ(say(Language::French, 0), "0 affaire dans X");
    EXPECT_EQ(say(Language::French, 1), "1 affaire dans X");
    EXPECT_EQ(say(Language::French, 2), "2 affaires dans X");
    EXPECT_EQ(say(Language::Romanian, 1), "1 tranzacție în X");
    for (const int few : {0, 2, 16, 19, 101, 119, 1001})
        EXPECT_EQ(say(Language::Romanian, few).find(" de "), std::string::npos) << few;
    for (const int many : {20, 35, 100, 120, 1000, 8800})
        EXPECT_NE(say(Language::Romanian, many).find(" de tranzacții"), std::string::npos) << many;
    EXPECT_EQ(say(Language::English, std::numeric_limits<std::int64_t>::min()), "-9,223,372,036,854,775,808 deals in X");
}

TEST(Message, EdgeOfAMissingTranslationIsEnglish) {
    const Texts texts(Language::Romanian, {});
    EXPECT_EQ(texts.say(insert), "Insert funnel table");
    EXPECT_EQ(texts.say(deals, 21, {{"column", "X"}}), "21 deals in X");
    EXPECT_EQ(textsOf(Language::French).say({"Zebra"}), "Zebra");
    EXPECT_EQ(textsOf(Language::French).say({"A"}), "A");
}

TEST(Message, EdgeOfSlots) {
    const Texts texts;
    EXPECT_EQ(texts.say({"{a}{b}{a}"}, {{"a", "1"}, {"b", "2"}}), "121");
    // What a user's text holds is not taken for a slot.
    EXPECT_EQ(texts.say({"{a} and {b}"}, {{"a", "{b}"}, {"b", "{a}"}}), "{b} and {a}");
    EXPECT_EQ(texts.say({"{unknown} { {} {a"}, {{"a", "1"}}), "{unknown} { {} {a");
    EXPECT_EQ(texts.say({"{{a}}"}, {{"a", "1"}}), "{1}");
    EXPECT_EQ(texts.say({"{n}"}), "{n}");
    EXPECT_EQ(texts.say({"{n}"}, 7, {{"n", "seven"}}), "seven");
    EXPECT_EQ(texts.say({""}), "");
}

TEST(Message, ValueOfNumbers) {
    const Texts english;
    const Texts inFrench(Language::French, {});
    const Texts inRomanian(Language::Romanian, {});
    EXPECT_EQ(english.number(1234567.891, 2), "1,234,567.89");
    EXPECT_EQ(inFrench.number(1234567.891, 2), "1\u202F234\u202F567,89");
    EXPECT_EQ(inRomanian.number(1234567.891, 2), "1.234.567,89");
    EXPECT_EQ(english.number(999.0), "999");
    EXPECT_EQ(english.number(-1234.5, 1), "-1,234.5");
    EXPECT_EQ(english.number(std::int64_t{8800}), "8,800");
}

TEST(Message, EdgeOfNumbers) {
    const Texts texts;
    EXPECT_EQ(texts.number(2.5), "3");  // as Calc
    EXPECT_EQ(texts.number(-2.5), "-3");
    EXPECT_EQ(texts.number(999.5), "1,000");
    EXPECT_EQ(texts.number(-0.4), "0");
    EXPECT_EQ(texts.number(0.05, -3), "0");
    EXPECT_EQ(texts.number(1, 99).size(), std::string("1.").size() + 15);
    EXPECT_EQ(texts.number(std::numeric_limits<double>::quiet_NaN()), "–");
    EXPECT_EQ(texts.number(std::numeric_limits<double>::infinity(), 2), "–");
    EXPECT_EQ(texts.number(std::numeric_limits<double>::max(), 15).size(), 309U + 102 + 16);
}

TEST(Message, ValueOfPercents) {
    const Texts english;
    EXPECT_EQ(english.percent(0.424), "42%");
    EXPECT_EQ(english.percent(0.0834), "8.3%");
    EXPECT_EQ(english.percent(1), "100%");
    EXPECT_EQ(english.percent(12.5), "1,250%");
    EXPECT_EQ(english.percent(0.0996), "10%");
    EXPECT_EQ(english.percent(0.0994), "9.9%");
    EXPECT_EQ(english.percent(-0.05), "-5.0%");
    EXPECT_EQ(english.percent(std::numeric_limits<double>::quiet_NaN()), "–");
    EXPECT_EQ(Texts(Language::French, {}).percent(0.083), "8,3\u00A0%");
    EXPECT_EQ(Texts(Language::Romanian, {}).percent(0.083), "8,3%");
}

}  // namespace
}  // namespace calckpi::panel
