// What is proposed for tables: which of them a source can give, the likeliest first, and their choices.
#include "core/sheets/table_defaults.hpp"

#include "core/kpis/catalog.hpp"
#include "core/sheets/table_preview.hpp"
#include "tests/panel/sheet.hpp"

#include <gtest/gtest.h>

namespace calckpi::panel {
namespace {

using Names = std::vector<std::string>;

const std::vector<std::string> dealLines = {"Deal name|Owner|Deal stage|Amount|Create date|Close date|Lead source",
                                            "Alpha|Ana|Closed won|1200|2026-01-05|2026-01-25|Web",
                                            "Beta|Bruno|Closed lost|800|2026-01-07|2026-02-01|Web",
                                            "Gamma|Ana|Demo|500|2026-01-09||Partner",
                                            "Delta|Bruno|Closed won|900|2026-02-09|2026-03-11|Phone",
                                            "Epsilon|Ana|Demo|700|2026-02-19||Web",
                                            "Zeta|Bruno|Closed lost|650|2026-04-01|2026-04-12|Phone"};
const std::vector<std::string> invoiceLines = {"Invoice number|Customer|Invoice date|Total",
                                               "F1|Acme|2026-01-05|100",
                                               "F2|Bolt|2026-01-25|120",
                                               "F3|Acme|2026-02-05|100",
                                               "F4|Acme|2026-03-05|110",
                                               "F5|Bolt|2026-03-25|120"};
const std::vector<std::string> planLines = {"Customer|Plan|Start date|End date|Price|Billing interval",
                                            "Acme|Pro|2026-01-05||100|month", "Bolt|Basic|2026-01-25|2026-03-01|1200|year",
                                            "Cleo|Pro|2026-02-05||100|month", "Dan|Basic|2026-03-01||50|month"};

TableChoices proposed(std::string_view function, const std::vector<std::string>& lines) {
    const auto sample = support::sheetOf(lines);
    return defaultTableChoices(*find(function), factsOf(*sample), *sample);
}

std::string whyNotFor(std::string_view function, const std::vector<std::string>& lines) {
    const auto missing = whyNot(*find(function), factsOf(*support::sheetOf(lines)));
    return missing ? std::string(missing->sentence.one) : std::string();
}

TEST(TableDefaults, ValueOfDeals) {
    const TableChoices choices = proposed("SEGMENTS", dealLines);
    EXPECT_EQ(choices.text("by"), "Owner");
    EXPECT_EQ(choices.text("status"), "Deal stage");
    EXPECT_EQ(choices.texts("won"), Names{"Closed won"});
    EXPECT_EQ(choices.texts("lost"), Names{"Closed lost"});
    EXPECT_EQ(choices.text("amount"), "Amount");
    EXPECT_EQ(choices.text("opened"), "Create date");
    EXPECT_EQ(choices.text("closed"), "Close date");
    EXPECT_EQ(proposed("STUCKDEALS", dealLines).text("deal"), "Deal name");
    EXPECT_EQ(proposed("KPIPERIODS", dealLines).text("period"), "") << "months";
    EXPECT_EQ(proposed("PERIODVALUES", dealLines).text("by"), "") << "for the user to say";
}

TEST(TableDefaults, ValueOfPlans) {
    const TableChoices choices = proposed("MRRPLANS", planLines);
    EXPECT_EQ(choices.text("customer"), "Customer");
    EXPECT_EQ(choices.text("start"), "Start date");
    EXPECT_EQ(choices.text("end"), "End date");
    EXPECT_EQ(choices.text("amount"), "Price");
    EXPECT_EQ(choices.text("interval"), "Billing interval");
    EXPECT_EQ(choices.text("period"), "week") << "two months are too few points";
}

TEST(TableDefaults, EdgeOfDealsWithoutCloses) {
    std::vector<std::string> lines = {"Deal name|Owner|Status|Create date", "Alpha|Ana|Won|2026-01-05", "Beta|Ana|Lost|2026-02-05",
                                      "Gamma|Ana|Open|2026-03-05"};
    EXPECT_EQ(proposed("STUCKDEALS", lines).number("limit"), 90.0);
    EXPECT_EQ(whyNotFor("KPIPERIODS", lines), "needs a column with the date on which deals were closed");
    EXPECT_EQ(whyNotFor("SEGMENTS", lines), "needs a column to split by: seller, channel, product") << "Ana alone is no split";
}

TEST(TableDefaults, ValueOfWhatIsMissing) {
    EXPECT_EQ(whyNotFor("COHORTS", dealLines), "needs a column with the customer");
    EXPECT_EQ(whyNotFor("SEGMENTS", dealLines), "");
    EXPECT_EQ(whyNotFor("SEGMENTS", invoiceLines), "needs a column to split by: seller, channel, product");
    EXPECT_EQ(whyNotFor("MRRPLANS", invoiceLines), "needs a column with the start of each plan");
    EXPECT_EQ(whyNotFor("FUNNELEVENTS", invoiceLines), "needs another column");
}

TEST(TableDefaults, ValueOfTheLikeliest) {
    const auto first = [](const std::vector<std::string>& lines, std::size_t count) {
        Names names;
        for (const TableKind* kind : likeliestTables(factsOf(*support::sheetOf(lines)))) names.emplace_back(kind->function);
        EXPECT_EQ(names.size(), tableKinds().size());
        names.resize(count);
        return names;
    };
    EXPECT_EQ(first(dealLines, 3), (Names{"SEGMENTS", "KPIPERIODS", "STUCKDEALS"}));
    EXPECT_EQ(first(invoiceLines, 3), (Names{"MRRMOVEMENTS", "COHORTS", "RFM"}));
    EXPECT_EQ(first(planLines, 1), Names{"MRRPLANS"});
}

// What is proposed as possible is a table, not a list of things to choose.
TEST(TableDefaults, PropertyThatWhatIsProposedIsATable) {
    for (const auto& lines : {dealLines, invoiceLines, planLines}) {
        const auto sample = support::sheetOf(lines);
        const TableFacts facts = factsOf(*sample);
        for (const TableKind* kind : likeliestTables(facts)) {
            if (whyNot(*find(kind->function), facts)) continue;
            const TablePreview preview = previewTable(sample, defaultTableChoices(*find(kind->function), facts, *sample));
            EXPECT_FALSE(preview.problem && kind->function != "STUCKDEALS" && kind->function != "CLVPREDICT")
                << kind->function << ": " << (preview.problem ? said(*preview.problem, Texts()) : "");
        }
    }
}

}  // namespace
}  // namespace calckpi::panel
