// Previews of tables against the functions called directly, and the plans that are made of them.
#include "core/sheets/table_plan.hpp"

#include "core/kpis/catalog.hpp"
#include "core/sheets/table_preview.hpp"
#include "tests/panel/placed.hpp"
#include "tests/panel/table_cases.hpp"
#include "tests/support/tables.hpp"

#include <gtest/gtest.h>

namespace calckpi::panel {
namespace {

// whatIsSaid is the problem of a preview in English, or nothing.
std::string whatIsSaid(const TablePreview& preview) { return preview.problem ? said(*preview.problem, Texts()) : std::string(); }

TEST(TablePreview, PropertyThatItIsWhatTheFunctionGives) {
    for (const TableCase& each : tableCases()) {
        const TablePreview preview = previewTable(each.source, each.choices);
        ASSERT_EQ(whatIsSaid(preview), "") << each.name;
        const auto called = find(each.choices.function)->call(argumentsOf(each.choices, each.source));
        EXPECT_TRUE(support::sameTable(preview.table, support::gridOf(called))) << each.name;
        for (const TableColumn& column : preview.columns) {
            EXPECT_LT(column.place, preview.table.columns) << each.name;
            EXPECT_FALSE(headerOf(column, Texts()).empty()) << each.name << ", column " << column.place;
        }
    }
}

// However a table is placed, live or as values, with and without pictures, its plan fits.
TEST(TablePlan, PropertyThatEveryTableFits) {
    for (TableCase each : tableCases())
        for (const bool live : {true, false})
            for (const bool picture : {true, false}) {
                each.choices.live = live;
                each.choices.picture = picture;
                const TablePreview preview = previewTable(each.source, each.choices);
                ASSERT_EQ(whatIsSaid(preview), "") << each.name;
                const DocumentPlan plan = planTable(each.choices, preview, contextOf(each), Texts());
                EXPECT_EQ(misfits(plan, defaultPlacement(plan)), std::vector<std::string>()) << each.name << live << picture;
                EXPECT_EQ(misfits(plan, {{"Sheet1", 9, 2}}), std::vector<std::string>()) << each.name;
                EXPECT_EQ(plan.sheets.size(), 1U);
            }
}

}  // namespace
}  // namespace calckpi::panel
