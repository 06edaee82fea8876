// The catalog against the contract.
#include "core/kpis/catalog.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <fstream>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace calckpi {
namespace {

// contract is each line of contract.txt that is no remark.
std::vector<std::string> contract() {
    std::ifstream file(CALCKPI_SOURCE_DIR "/tests/catalog/contract.txt");
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);)
        if (!line.empty() && line.front() != '#') lines.push_back(line);
    return lines;
}

std::string written(const Parameter& parameter) {
    const std::string name(parameter.name);
    if (parameter.kind == Kind::Filters) return name + "...";
    if (!parameter.optional) return name;
    if (const auto* word = std::get_if<std::string_view>(&parameter.fallback))
        return '[' + name + "=\"" + std::string(*word) + "\"]";
    if (const double* number = std::get_if<double>(&parameter.fallback)) {
        char text[64];
        const double minutes = *number * 24 * 60;
        if (parameter.unit == Unit::Days && *number < 1 && minutes == std::round(minutes))
            std::snprintf(text, sizeof text, "TIME(%g;%g;0)", std::floor(minutes / 60), std::fmod(minutes, 60));
        else
            std::snprintf(text, sizeof text, "%g", *number);
        return '[' + name + '=' + text + ']';
    }
    return '[' + name + ']';
}

std::string written(const Function& function) {
    std::string text;
    for (const Parameter& parameter : function.parameters()) text += (text.empty() ? "" : "; ") + written(parameter);
    return std::string(function.name()) + '(' + text + ')';
}

TEST(Contract, EachFunctionIsThereAsDescribed) {
    for (const std::string& signature : contract()) {
        const Function* function = find(std::string_view(signature).substr(0, signature.find('(')));
        ASSERT_NE(function, nullptr) << signature;
        EXPECT_EQ(written(*function), signature);
    }
}

TEST(Contract, NoFunctionIsThereThatIsNotDescribed) {
    const std::vector<std::string> lines = contract();
    const std::set<std::string> described(lines.begin(), lines.end());
    EXPECT_EQ(described.size(), lines.size()) << "a line stands there twice";
    for (const Function& function : catalog()) EXPECT_TRUE(described.contains(written(function))) << written(function);
}

}  // namespace
}  // namespace calckpi
