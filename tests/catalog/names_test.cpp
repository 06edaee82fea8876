// Names: none that Calc has already, none twice, all found again.
#include "core/kpis/catalog.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

namespace calckpi {
namespace {

const std::filesystem::path source = CALCKPI_SOURCE_DIR;

std::string contentOf(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) throw std::runtime_error("cannot read " + file.string());
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::set<std::string, std::less<>> reservedNames() {
    std::ifstream stream(source / "tests/catalog/reserved-names.txt");
    return {std::istream_iterator<std::string>(stream), {}};
}

TEST(Names, ReservedNamesAreThoseOfLibreOffice) {
    const std::set<std::string, std::less<>> reserved = reservedNames();
    EXPECT_GT(reserved.size(), 500U);
    for (const char* name : {"SUM", "SUMIFS", "XLOOKUP", "PERCENTILE.INC", "RATE"}) EXPECT_TRUE(reserved.contains(name)) << name;
}

TEST(Names, ReservedNamesAreTheSharedOnes) {
    const std::filesystem::path shared = source / "../shared/reserved-names.txt";
    if (!std::filesystem::exists(shared)) GTEST_SKIP() << "../shared is absent: nothing to compare reserved-names.txt with";
    EXPECT_EQ(contentOf(source / "tests/catalog/reserved-names.txt"), contentOf(shared));
}

TEST(Names, NoFunctionHasANameOfCalc) {
    const std::set<std::string, std::less<>> reserved = reservedNames();
    ASSERT_FALSE(reserved.empty());
    for (const Function& function : catalog()) EXPECT_FALSE(reserved.contains(function.name())) << function.name();
}

TEST(Names, NoFunctionLooksLikeACell) {
    // LibreOffice has 16,384 columns, A to XFD; ROI2 would be a cell.
    const std::regex cell("[A-Z]{1,3}[0-9]+");
    for (const Function& function : catalog())
        EXPECT_FALSE(std::regex_match(std::string(function.name()), cell)) << function.name();
}

TEST(Names, EachNameIsThereOnceAndFound) {
    std::set<std::string_view> seen;
    for (const Function& function : catalog()) {
        EXPECT_TRUE(seen.insert(function.name()).second) << function.name();
        EXPECT_EQ(find(function.name()), &function);
    }
}

TEST(Names, UnknownNamesAreNotFound) {
    for (const char* name : {"", "NOSUCHKPI", "winrate", "WINRATE "}) EXPECT_EQ(find(name), nullptr) << name;
}

// The programs that must not compile cover the rules of the two headers, all of them and no other.
TEST(Rules, EachHasAProgramThatMustNotCompile) {
    const auto found = [](const std::string& text, const std::string& pattern) {
        std::set<std::string> names;
        const std::regex regex(pattern);
        for (std::sregex_iterator match(text.begin(), text.end(), regex), end; match != end; ++match)
            names.insert((*match)[1].str());
        return names;
    };
    const std::string headers =
        contentOf(source / "core/catalog/function.hpp") + contentOf(source / "core/catalog/catalog_rules.hpp");
    std::set<std::string> rules = found(headers, "\nvoid (an?_[A-Za-z_]+)\\(\\);");
    EXPECT_GT(rules.size(), 10U);
    rules.insert("everything_is_right");
    EXPECT_EQ(found(contentOf(source / "tests/catalog/must_not_compile.cpp"), "\nnamespace case[0-9]+ \\{  // ([A-Za-z_]+)"),
              rules);
}

}  // namespace
}  // namespace calckpi
