// The grammar of the help texts, as far as the compiler does not look at it. What it refuses, row by row, is in
// core/catalog/function.hpp and, broken, in must_not_compile.cpp.
#include "core/kpis/catalog.hpp"
#include "tests/support/formula.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace calckpi {
namespace {

// The rules themselves, at compile time.
static_assert(detail::isSentence("Win rate") && detail::isSentence("12 months") && detail::isSentence("{won} first") &&
              detail::isSentence("\"wape\" bears it"));
static_assert(!detail::isSentence("") && !detail::isSentence("win rate") && !detail::isSentence("Win rate.") &&
              !detail::isSentence("Win  rate"));
static_assert(!detail::isSentence("Win rate ") && !detail::isSentence(" Win rate"));
static_assert(detail::isFunctionName("NPS") && detail::isFunctionName("WIN2") && !detail::isFunctionName("2WIN") &&
              !detail::isFunctionName("Win"));
static_assert(!detail::isFunctionName("") && !detail::isFunctionName("B") && !detail::isFunctionName("WIN.RATE"));
static_assert(detail::isCamelCase("won") && detail::isCamelCase("newCustomers") && !detail::isCamelCase("NewCustomers"));
static_assert(!detail::isCamelCase("") && !detail::isCamelCase("new_customers") && !detail::isCamelCase("new customers"));
static_assert(detail::isIdlWord("property") && detail::isIdlWord("string") && detail::isIdlWord("optional") &&
              detail::isIdlWord("any"));
static_assert(detail::isIdlWord("in") && !detail::isIdlWord("stage") && !detail::isIdlWord("Property"));

constexpr Row wonAndLost = {.parameters = {{"won"}, {"lost"}}};
static_assert(detail::placeholdersExist("{won} / {lost}", wonAndLost) && detail::placeholdersExist("", wonAndLost));
static_assert(!detail::placeholdersExist("{open}", wonAndLost) && !detail::placeholdersExist("{}", wonAndLost));
static_assert(!detail::placeholdersExist("{won", wonAndLost) && !detail::placeholdersExist("{Won}", wonAndLost));

struct Text {
    std::string_view function;
    std::string_view field;
    std::string_view text;
};

// Everything that users read as a phrase of its own.
std::vector<Text> phrases() {
    std::vector<Text> texts;
    for (const Function& function : catalog()) {
        const Row& row = function.row;
        const auto add = [&](std::string_view field, std::string_view text) {
            if (!text.empty()) texts.push_back({row.name, field, text});
        };
        add("title", row.title);
        add("summary", row.summary);
        add("caution", row.caution);
        add("benchmark", row.benchmark);
        add("source", row.source);
        for (const std::string_view note : row.notes) add("note", note);
        for (const Parameter& parameter : function.parameters()) add(parameter.name, parameter.meaning);
        for (const Example& example : function.examples()) add("remark", example.remark);
    }
    return texts;
}

std::ostream& operator<<(std::ostream& out, const Text& text) {
    return out << text.function << ", " << text.field << ": " << text.text;
}

TEST(Grammar, PhrasesEndWithoutAPunctuationMark) {
    for (const Text& text : phrases())
        EXPECT_FALSE(std::regex_search(text.text.begin(), text.text.end(), std::regex("[;:,\\t\\n]$"))) << text;
}

TEST(Grammar, PhrasesAreOfPlainLettersOnOneLine) {
    // English needs no more, and a pasted no-break space or curly quote would make a key that no translation finds.
    for (const Text& text : phrases())
        EXPECT_TRUE(std::all_of(text.text.begin(), text.text.end(), [](char letter) { return letter >= ' ' && letter <= '~'; }))
            << text;
}

TEST(Grammar, PhrasesHaveNoDoubledWords) {
    for (const Text& text : phrases())
        EXPECT_FALSE(std::regex_search(text.text.begin(), text.text.end(), std::regex("\\b([A-Za-z]+) \\1\\b"))) << text;
}

TEST(Grammar, BracketsAndQuotesAreClosed) {
    for (const Text& text : phrases()) {
        const auto times = [&text](char letter) { return std::count(text.text.begin(), text.text.end(), letter); };
        EXPECT_EQ(times('('), times(')')) << text;
        EXPECT_EQ(times('{'), times('}')) << text;
        EXPECT_EQ(times('"') % 2, 0) << text;
    }
}

TEST(Grammar, FormulasUseEveryNumber) {
    for (const Function& function : catalog()) {
        for (const Parameter& parameter : function.parameters()) {
            if (parameter.kind != Kind::Number) continue;
            EXPECT_NE(function.row.formula.find('{' + std::string(parameter.name) + '}'), std::string_view::npos)
                << function.name() << ": " << parameter.name << " is not in " << function.row.formula;
        }
    }
}

TEST(Grammar, RelatedFunctionsAreOthersAndNamedOnce) {
    for (const Function& function : catalog()) {
        std::set<std::string_view> seen;
        for (const std::string_view related : function.row.related) {
            if (related.empty()) continue;
            EXPECT_NE(find(related), nullptr) << function.name() << " relates to " << related;
            EXPECT_NE(related, function.name());
            EXPECT_TRUE(seen.insert(related).second) << function.name() << " relates to " << related << " twice";
        }
        EXPECT_FALSE(seen.empty()) << function.name();
    }
}

TEST(Grammar, ExamplesAreNotRepeated) {
    for (const Function& function : catalog()) {
        std::set<std::string_view> seen;
        for (const Example& example : function.examples()) EXPECT_TRUE(seen.insert(example.formula).second) << example.formula;
    }
}

// The words in quotes of an option list such as "mean", "p90" (any "pNN").
std::vector<std::string> words(std::string_view options) {
    static const std::regex quoted("\"([^\"]+)\"");
    const std::string text(options);
    std::vector<std::string> result;
    for (std::sregex_iterator found(text.begin(), text.end(), quoted), end; found != end; ++found)
        result.push_back((*found)[1].str());
    return result;
}

TEST(Grammar, FallbackWordsAreAmongTheOptions) {
    for (const Function& function : catalog())
        for (const Parameter& parameter : function.parameters()) {
            const std::string_view* fallback = std::get_if<std::string_view>(&parameter.fallback);
            if (fallback == nullptr) continue;
            const std::vector<std::string> options = words(parameter.options);
            EXPECT_NE(std::find(options.begin(), options.end(), *fallback), options.end())
                << function.name() << ": " << parameter.name;
        }
}

TEST(Grammar, MeasuresOfForecastsAreExplainedInTheNotes) {
    for (const char* name : {"FORECASTERROR", "FORECASTACCURACY"})
        for (const Parameter& parameter : find(name)->parameters())
            for (const std::string& word : words(parameter.options)) {
                const auto explains = [&word](std::string_view note) {
                    return note.find('"' + word + '"') != std::string_view::npos;
                };
                EXPECT_TRUE(std::any_of(std::begin(find(name)->row.notes), std::end(find(name)->row.notes), explains))
                    << name << ": " << word;
            }
}

}  // namespace
}  // namespace calckpi
