// Every example of the catalog, computed without Calc and compared. The same examples run in a real Calc in the office tests.
#include "core/kpis/catalog.hpp"
#include "tests/support/expect.hpp"
#include "tests/support/formula.hpp"

#include <gtest/gtest.h>

#include <string>

namespace calckpi {
namespace {

class Examples : public testing::TestWithParam<const Function*> {};

std::vector<const Function*> everyFunction() {
    std::vector<const Function*> functions;
    for (const Function& function : catalog()) functions.push_back(&function);
    return functions;
}

INSTANTIATE_TEST_SUITE_P(, Examples, testing::ValuesIn(everyFunction()),
                         [](const auto& test) { return std::string(test.param->name()); });

TEST_P(Examples, ShowWhatTheRowSays) {
    for (const Example& example : GetParam()->examples())
        EXPECT_TRUE(support::shows(example.formula, example.expected)) << "an example of " << GetParam()->name();
}

TEST_P(Examples, CallTheirOwnFunctionFirst) {
    // The compiler sees only that the name occurs: CAC does in CACPAYBACK. Of a table an example may take one cell.
    const std::string call = std::string(GetParam()->name()) + '(';
    for (const Example& example : GetParam()->examples())
        EXPECT_TRUE(example.formula.starts_with('=' + call) ||
                    (GetParam()->givesTable && example.formula.starts_with("=INDEX(" + call)))
            << example.formula;
}

}  // namespace
}  // namespace calckpi
