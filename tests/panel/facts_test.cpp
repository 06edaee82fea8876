#include "core/recognition/facts.hpp"

#include "core/recognition/role_words.hpp"
#include "tests/panel/sheet.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <ostream>

namespace calckpi::panel {
namespace {

using support::cellsOf;
using support::sheetOf;

// Layout is a table as a product exports it, and what it is: see tests/data/layouts.
struct Layout {
    std::string name;
    std::string source;
    std::string rows;
    std::vector<std::string> roles;
    std::vector<std::string> lines;
};

void PrintTo(const Layout& layout, std::ostream* out) { *out << layout.name << " (" << layout.source << ")"; }

void addLine(Layout& layout, const std::string& line) {
    if (layout.rows.empty()) {
        layout.rows = line.substr(std::string("rows ").size());
    } else if (layout.lines.size() == 1 && layout.roles.empty()) {
        for (const std::string_view role : cellsOf(line)) layout.roles.emplace_back(role);
    } else {
        layout.lines.push_back(line);
    }
}

std::vector<Layout> layouts() {
    std::vector<Layout> all;
    std::vector<std::filesystem::path> files;
    for (const auto& file : std::filesystem::directory_iterator(CALCKPI_LAYOUTS)) files.push_back(file.path());
    std::sort(files.begin(), files.end());
    for (const std::filesystem::path& path : files) {
        std::ifstream file(path);
        for (std::string line; std::getline(file, line);) {
            if (line.empty() || line.front() == '#') continue;
            if (line.front() == '[')
                all.push_back({line.substr(1, line.find(']') - 1), line.substr(line.find(']') + 2), {}, {}, {}});
            else
                addLine(all.back(), line);
        }
    }
    return all;
}

std::string roleOf(const ColumnFacts& column) { return column.role ? std::string(nameOf(*column.role)) : "."; }

class TablesOfProducts : public testing::TestWithParam<Layout> {};

TEST_P(TablesOfProducts, HaveTheirRowsAndRoles) {
    const Layout& layout = GetParam();
    const auto table = sheetOf(layout.lines);
    const TableFacts facts = factsOf(*table);
    EXPECT_EQ(nameOf(facts.rows), layout.rows);
    ASSERT_EQ(facts.columns.size(), layout.roles.size());
    for (std::size_t column = 0; column < layout.roles.size(); ++column)
        EXPECT_EQ(roleOf(facts.columns[column]), layout.roles[column]) << table->headers()[column];
}

INSTANTIATE_TEST_SUITE_P(, TablesOfProducts, testing::ValuesIn(layouts()), [](const auto& layout) { return layout.param.name; });

}  // namespace
}  // namespace calckpi::panel
