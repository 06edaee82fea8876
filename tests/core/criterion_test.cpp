#include "core/tables/criterion.hpp"
#include "core/values/text.hpp"
#include "tests/support/expect.hpp"
#include "tests/support/memory_table.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace calckpi {
namespace {

using support::MemoryTable;
using support::PlainCulture;
using support::refuses;
using support::Rows;

// matchesSlowly says what a pattern means, one letter at a time and trying everything.
bool matchesSlowly(std::u32string_view pattern, std::u32string_view text) {
    if (pattern.empty()) return text.empty();
    if (pattern.front() == U'*')
        return matchesSlowly(pattern.substr(1), text) || (!text.empty() && matchesSlowly(pattern, text.substr(1)));
    if (text.empty()) return false;
    if (pattern.front() == U'?') return matchesSlowly(pattern.substr(1), text.substr(1));
    const bool escapes =
        pattern.front() == U'~' && pattern.size() > 1 && std::u32string_view(U"*?~").find(pattern[1]) != std::u32string_view::npos;
    const char32_t letter = escapes ? pattern[1] : pattern.front();
    return letter == text.front() && matchesSlowly(pattern.substr(escapes ? 2 : 1), text.substr(1));
}

std::u32string someLetters(support::Dice& dice, std::u32string_view alphabet, std::size_t most) {
    std::u32string text;
    for (std::size_t left = dice.below(most + 1); left > 0; --left) text += alphabet[dice.below(alphabet.size())];
    return text;
}

std::string ascii(std::u32string_view text) {
    std::string result;
    for (const char32_t letter : text) result += static_cast<char>(letter);
    return result;
}

TEST(Pattern, PropertyOfRandomPatternsAgreesWithTryingEverything) {
    support::Dice dice(11);
    int matched = 0;
    for (int round = 0; round < 100'000; ++round) {
        const std::u32string pattern = someLetters(dice, U"ab*?~", 7);
        const std::u32string text = someLetters(dice, dice.oneIn(3) ? U"ab*?~" : U"ab", 7);
        const bool expected = matchesSlowly(pattern, text);
        matched += expected ? 1 : 0;
        ASSERT_EQ(Pattern(pattern).matches(text), expected) << '"' << ascii(pattern) << "\" on \"" << ascii(text) << '"';
    }
    EXPECT_GT(matched, 1000);  // else the inputs would show nothing
}

TEST(Pattern, ValueOfEscapes) {
    EXPECT_TRUE(Pattern(U"50~*").matches(U"50*"));
    EXPECT_FALSE(Pattern(U"50~*").matches(U"500"));
    EXPECT_TRUE(Pattern(U"why~?").matches(U"why?"));
    EXPECT_TRUE(Pattern(U"a~~b").matches(U"a~b"));
    EXPECT_TRUE(Pattern(U"~a").matches(U"~a"));
    EXPECT_TRUE(Pattern(U"a~").matches(U"a~"));
}

TEST(Pattern, EdgeNothing) {
    EXPECT_TRUE(Pattern(U"").matches(U""));
    EXPECT_FALSE(Pattern(U"").matches(U"a"));
    EXPECT_TRUE(Pattern(U"*").matches(U""));
    EXPECT_TRUE(Pattern(U"***").matches(U""));
    EXPECT_FALSE(Pattern(U"?").matches(U""));
    EXPECT_FALSE(Pattern(U"*?").matches(U""));
}

TEST(Pattern, EdgeALetterBeyondAsciiIsOneLetter) {
    EXPECT_TRUE(Pattern(U"caf?").matches(lowered("CAFÉ")));
    EXPECT_TRUE(Pattern(U"?").matches(U"🙂"));
}

TEST(Pattern, EdgeManyRunsOnALongTextStayBoundedWork) {
    // A matcher that tries every way to share the text out among the runs does not live to see the end of this test: there are
    // more than 1e80 ways.
    std::u32string pattern;
    for (int runs = 0; runs < 30; ++runs) pattern += U"*a";
    const std::u32string text(20'000, U'a');
    EXPECT_FALSE(Pattern(pattern + U"*b").matches(text));
    EXPECT_FALSE(Pattern(pattern + U"b").matches(text));
    EXPECT_TRUE(Pattern(pattern + U"*").matches(text));
    EXPECT_TRUE(Pattern(pattern).matches(text));
    EXPECT_TRUE(Pattern(pattern + U"*b").matches(text + U"b"));
}

// One criterion and which of these cells it takes, in their order.
const std::vector<Cell> cells = {Blank{}, 5.0, 1000.0, -5.0, "Partner", "partner web", "5", " Partner", "*", 46027.0};

struct Case {
    Cell criterion;
    std::string takes;  // x for each cell that is taken
};

std::string written(const Cell& criterion) {
    if (const double* number = std::get_if<double>(&criterion)) return support::spoken(*number);
    if (const std::string* text = std::get_if<std::string>(&criterion)) return '"' + *text + '"';
    return "blank";
}

std::string takenBy(const Cell& criterion) {
    const MemoryTable table(Rows{{"any"}});
    const CellTest asked(readCriterion(criterion, table.culture()), table.culture());
    std::string taken;
    for (const Cell& cell : cells) {
        const double* number = std::get_if<double>(&cell);
        const std::string* text = std::get_if<std::string>(&cell);
        const bool takes = number != nullptr ? asked.passesNumber(*number)
                           : text != nullptr ? asked.passesText(*text)
                                             : asked.passesBlank();
        taken += takes ? 'x' : '.';
    }
    return taken;
}

// What Calc's COUNTIFS takes; tests/office/test_criteria.py compares the two in one document.
TEST(Criterion, ValueOfEachOperatorOnEachKindOfCell) {
    const Case cases[] = {
        // blank 5 1000 -5 "Partner" "partner web" "5" " Partner" "*" 2026-01-05
        {"Partner", "....x....."},  {"=PARTNER", "....x....."},   {"<>Partner", "xxxx.xxxxx"},    {"Part*", "....xx...."},
        {"*partner", "....x..x.."}, {"=*", ".xxxxxxxxx"},         {"~*", "........x."},           {"<>*partner*", "xxxx..x.xx"},
        {5.0, ".x........"},        {"5", ".x....x..."},          {"=5", ".x....x..."},           {"<>5", "x.xxxx.xxx"},
        {">=5", ".xx......x"},      {">5", "..x......x"},         {"<5", "...x......"},           {"<=5", ".x.x......"},
        {">=1000", "..x......x"},   {"2026-01-05", ".........x"}, {">=2026-01-05", ".........x"}, {"<2026-01-05", ".xxx......"},
        {"=", "x........."},        {"", "x........."},           {"<>", ".xxxxxxxxx"},           {Blank{}, "x........."},
        {">", "....xxxxx."},        {"<", ".........."},          {">=partner", "....xx...."},    {"<b", "......xxx."},
    };
    for (const Case& one : cases) EXPECT_EQ(takenBy(one.criterion), one.takes) << written(one.criterion);
}

// Read once, with the document's eyes: what a table elsewhere needs to ask the same.
TEST(Criterion, ValueOfThePredicateOfEachSpelling) {
    using Operator = Predicate::Operator;
    const PlainCulture culture;
    const auto read = [&](const Cell& criterion) { return readCriterion(criterion, culture); };
    EXPECT_EQ(read(Blank{}), Predicate());
    EXPECT_EQ(read("<>"), (Predicate{Operator::NotEqual, Predicate::Nothing{}}));
    EXPECT_EQ(read("> "), (Predicate{Operator::Greater, Predicate::Nothing{}}));
    EXPECT_EQ(read(100.0), (Predicate{Operator::Equal, Predicate::Number{100, ""}}));
    EXPECT_EQ(read("100"), (Predicate{Operator::Equal, Predicate::Number{100, "100"}}));
    EXPECT_EQ(read(">=2026-01-05"), (Predicate{Operator::GreaterOrEqual, Predicate::Number{46027, "2026-01-05"}}));
    EXPECT_EQ(read("<=Ent*"), (Predicate{Operator::LessOrEqual, Predicate::Text{"Ent*"}}));
    EXPECT_EQ(read("=Partner"), (Predicate{Operator::Equal, Predicate::Text{"Partner"}}));
}

TEST(Criterion, PropertyOfNotEqualTakesWhatEqualLeaves) {
    for (const char* operand : {"Partner", "part*", "5", "2026-01-05", "~*", ""}) {
        const std::string equal = takenBy(std::string("=") + operand);
        const std::string notEqual = takenBy(std::string("<>") + operand);
        for (std::size_t index = 0; index < cells.size(); ++index)
            EXPECT_NE(equal[index], notEqual[index]) << operand << " at " << index;
    }
}

TEST(RowsThatPass, EdgeWithoutFiltersAllPass) {
    const MemoryTable table(Rows{{"any"}, {Blank{}}, {1.0}, {CellError{532}}});
    EXPECT_EQ(*rowsThatPass(Columns(table), {}), (std::vector<std::uint32_t>{0, 1, 2}));
    EXPECT_EQ(table.timesRead(), std::vector<int>{0});
}

TEST(RowsThatPass, PropertyOfRandomFiltersAgreesWithAskingCellByCell) {
    support::Dice dice(12);
    const std::vector<Cell> channels = {"Partner", "partner", "Web", "Web ", "", Blank{}, 7.0};
    const std::vector<Cell> criteria = {"Partner", "<>partner", "W*", "<>", "=", ">=3", 7.0, "<5", "*e*"};
    for (int round = 0; round < 300; ++round) {
        Rows rows = {{"channel", "amount"}};
        for (std::size_t left = dice.below(20); left > 0; --left)
            rows.push_back({dice.pick(channels), dice.oneIn(4) ? Cell(Blank{}) : Cell(dice.count(9))});
        const MemoryTable table(rows);
        Filters filters;
        for (std::size_t left = dice.below(4); left > 0; --left)
            filters.push_back({ColumnRef(1.0 + dice.count(1)), dice.pick(criteria)});

        const Result<std::vector<std::uint32_t>> pass = rowsThatPass(Columns(table), filters);
        ASSERT_TRUE(pass);
        std::vector<std::uint32_t> passing;
        for (std::size_t row = 1; row < rows.size(); ++row) {
            bool expected = true;
            for (const Filter& filter : filters) {
                const CellTest criterion(readCriterion(filter.criterion, table.culture()), table.culture());
                const Cell& cell = rows[row][static_cast<std::size_t>(std::get<double>(filter.column)) - 1];
                const double* number = std::get_if<double>(&cell);
                const std::string* text = std::get_if<std::string>(&cell);
                const bool empty = text == nullptr ? number == nullptr : text->empty();
                expected = expected && (empty    ? criterion.passesBlank()
                                        : number ? criterion.passesNumber(*number)
                                                 : criterion.passesText(*text));
            }
            if (expected) passing.push_back(static_cast<std::uint32_t>(row - 1));
        }
        EXPECT_EQ(*pass, passing);
    }
}

TEST(RowsThatPass, RefusalOfAMissingColumnAndOfAnErrorCell) {
    const MemoryTable table(Rows{{"channel", "amount"}, {"Web", 1.0}, {"Web", CellError{532}}});
    EXPECT_TRUE(refuses(rowsThatPass(Columns(table), {{"kanal", "Web"}}), Fault::OutsideDomain));
    for (const Filters& filters : {Filters{{"amount", ">0"}}, Filters{{"channel", "Mail"}, {"amount", ">0"}}}) {
        const Result<std::vector<std::uint32_t>> pass = rowsThatPass(Columns(table), filters);
        ASSERT_TRUE(refuses(pass, Fault::ErrorInCell)) << "though no row may have passed before";
        EXPECT_EQ(pass.failure().row, 3);
        EXPECT_EQ(pass.failure().column, 2);
    }
}

}  // namespace
}  // namespace calckpi
