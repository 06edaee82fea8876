// "What do you want?", and any table from the panel.
#include "core/panel/splitting.hpp"
#include "core/panel/table_model.hpp"
#include "core/recognition/repeated_headers.hpp"
#include "core/sheets/kpi_sheet_choices.hpp"
#include "tests/panel/sheet.hpp"
#include "tests/panel/user.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>

namespace calckpi::panel {
namespace {

using support::Dice;
using support::sheetOf;
using Lines = std::vector<std::string>;

std::shared_ptr<MemoryTable> deals() {
    return sheetOf({"Deal ID|Owner|Channel|Status|Amount|Created date|Close date", "D1|Ana|Web|Won|100|2025-01-05|2025-02-01",
                    "D2|Ana|Phone|Lost|200|2025-01-03|2025-02-02", "D3|Bob|Web|Won|150.5|2025-01-04|2025-02-03",
                    "D4|Bob|Phone|Open|900|2025-01-02|", "D5|Cho|Web|Won|400|2025-01-01|2025-02-05",
                    "D6|Cho|Phone|Lost|300|2025-01-01|2025-03-06"});
}

std::shared_ptr<MemoryTable> invoices() {
    return sheetOf({"Invoice number|Customer|Invoice date|Amount", "I1|Acme|2025-01-05|100", "I2|Acme|2025-02-05|120",
                    "I3|Beta|2025-02-07|80", "I4|Acme|2025-03-05|120", "I5|Cora|2025-03-09|50"});
}

std::shared_ptr<MemoryTable> dealsWithStages() {
    return sheetOf({"Deal ID|Owner|Stage|Amount|Created date", "D1|Ana|Qualification|100|2025-01-05",
                    "D2|Ana|Proposal|200|2025-01-03", "D3|Bob|Proposal|150|2025-01-04", "D5|Cho|Closed Won|400|2025-01-01",
                    "D6|Cho|Closed Lost|300|2025-01-01"});
}

constexpr const char* question = "What do you want?";

// TableUser does in the whole panel what a person does.
class TableUser {
public:
    explicit TableUser(Texts texts = {}) : panel(texts) {}

    Panel panel;

    const TableModel& table() const { return dynamic_cast<const TableModel&>(panel.model()); }
    void selects(const std::shared_ptr<MemoryTable>& table) {
        panel.take(sourceOf(table));
        waits();
    }
    void waits() {
        if (panel.needsComputing()) panel.compute();
    }
    Reaction does(const Action& action) {
        const Reaction reaction = panel.act(action);
        if (reaction.next == Next::Compute) waits();
        return reaction;
    }
    Next clicks(Item item) { return does({.item = item}).next; }
    std::optional<Widget> sees(ControlId item, std::int32_t index = 0) const {
        for (const Row& row : panel.view().rows)
            for (const Widget& widget : row.widgets)
                if (widget.item == item && widget.index == index) return widget;
        return std::nullopt;
    }
    // beside is the control that is beside a label.
    std::optional<Widget> beside(const std::string& label) const {
        if (label == question) return sees(Item::What);
        for (const Row& row : panel.view().rows)
            if (row.widgets.size() > 1 && row.widgets[0].text == label) return row.widgets[1];
        return std::nullopt;
    }
    std::string reads(const std::string& label) const {
        const std::optional<Widget> widget = beside(label);
        if (!widget) return "(nothing)";
        if (widget->kind != WidgetKind::DropDown || !widget->text.empty()) return widget->text;
        return widget->selected < 0 ? "" : widget->entries.at(static_cast<std::size_t>(widget->selected));
    }
    Next chooses(const std::string& label, const std::string& entry) {
        const std::optional<Widget> widget = beside(label);
        if (!widget) {
            ADD_FAILURE() << "no " << label;
            return Next::Nothing;
        }
        const auto place = std::find_if(widget->entries.begin(), widget->entries.end(),
                                        [&](const std::string& text) { return text.starts_with(entry); });
        EXPECT_NE(place, widget->entries.end()) << entry;
        return does({.item = widget->item,
                     .index = widget->index,
                     .entry = static_cast<std::int32_t>(place - widget->entries.begin())})
            .next;
    }
    Next types(const std::string& label, const std::string& text) {
        const std::optional<Widget> widget = beside(label);
        if (!widget) {
            ADD_FAILURE() << "no " << label;
            return Next::Nothing;
        }
        return does({.item = widget->item, .index = widget->index, .text = text}).next;
    }
    Next opensMore() { return does({.item = Item::MoreOptions, .on = true}).next; }
    // rows are those of the preview, as texts.
    std::vector<Lines> rows() const {
        std::vector<Lines> rows;
        for (const Row& row : panel.view().rows)
            if (!row.widgets.empty() && row.widgets[0].item == Item::PreviewRow) {
                rows.emplace_back();
                for (const Widget& widget : row.widgets) rows.back().push_back(widget.text);
            }
        return rows;
    }
    std::string problem() const {
        const std::optional<Widget> widget = sees(Item::Problem);
        return widget ? widget->text : "";
    }
};

TEST(WhatDoYouWant, ValueOfDeals) {
    TableUser user;
    user.selects(dealsWithStages());
    EXPECT_EQ(user.reads(question), "Funnel") << "the likeliest stands first and is made";
    const Lines entries = user.beside(question)->entries;
    EXPECT_EQ(entries.front(), "Funnel");
    const auto cohorts =
        std::find_if(entries.begin(), entries.end(), [](const std::string& entry) { return entry.starts_with("Cohorts"); });
    ASSERT_NE(cohorts, entries.end());
    EXPECT_NE(cohorts->find("needs a column with"), std::string::npos) << "what cannot be made says why: " << *cohorts;
    EXPECT_EQ(entries.size(), 2 + tableKinds().size()) << "funnel, tables, KPI sheet";
    expectSoundView(user.panel);
}

TEST(WhatDoYouWant, ValueOfInvoices) {
    TableUser user;
    user.selects(invoices());
    EXPECT_EQ(user.reads(question), "Recurring revenue from invoices");
    EXPECT_TRUE(user.panel.ready()) << user.problem();
    EXPECT_EQ(user.rows().size(), 3U) << "three months";
    EXPECT_EQ(user.rows().front().front(), "2025-01");
    expectSoundView(user.panel);
}

TEST(WhatDoYouWant, ValueOfNothingSelected) {
    TableUser user;
    EXPECT_FALSE(user.beside(question)) << "there is nothing to make it of";
    EXPECT_FALSE(user.panel.ready());
    EXPECT_EQ(user.clicks(Item::Reference), Next::ShowReference);
    expectSoundView(user.panel);
}

TEST(WhatDoYouWant, ValueOfAWishThatLaterSourcesMeet) {
    TableUser user;
    user.selects(deals());
    EXPECT_EQ(user.chooses(question, "Win rate by"), Next::Compute);
    EXPECT_EQ(user.chooses(question, "Win rate by"), Next::Draw) << "it is made already";
    user.selects(invoices());
    EXPECT_EQ(user.reads(question), "Recurring revenue from invoices") << "which have no win rate";
    user.selects(deals());
    EXPECT_EQ(user.reads(question), "Win rate by …");
}

TEST(WhatDoYouWant, ValueOfWhatSeemsImpossible) {
    TableUser user;
    user.selects(dealsWithStages());
    user.chooses(question, "Cohorts");
    EXPECT_EQ(user.reads(question), "Cohorts") << "the columns may be others than they seem";
    EXPECT_FALSE(user.panel.ready());
    EXPECT_NE(user.problem().find("Choose"), std::string::npos) << user.problem();
    user.chooses("Customer", "Owner");
    if (user.reads("Date").empty()) user.chooses("Date", "Created date");
    EXPECT_TRUE(user.panel.ready()) << user.problem();
    expectSoundView(user.panel);
}

TEST(Table, ValueOfAWinRate) {
    TableUser user;
    user.selects(deals());
    user.chooses(question, "Win rate by");
    user.chooses("Split by", "Owner");
    ASSERT_TRUE(user.panel.ready()) << user.problem();
    const std::vector<Lines> rows = user.rows();
    ASSERT_GE(rows.size(), 3U);
    const auto bob = std::find_if(rows.begin(), rows.end(), [](const Lines& row) { return row.front() == "Bob"; });
    ASSERT_NE(bob, rows.end());
    EXPECT_EQ((*bob)[1], "2") << "his deals";
    EXPECT_EQ((*bob)[2], "100%") << "one won, none lost";
    EXPECT_EQ(user.table().choices().texts("won"), Lines{"Won"}) << "what the status column says";
    EXPECT_EQ(user.table().choices().texts("lost"), Lines{"Lost"});
    EXPECT_EQ(user.clicks(Item::Insert), Next::Insert);
}

TEST(Funnel, ValueOfAReportWithSubtotals) {
    TableUser user;
    user.selects(sheetOf({"Owner|Deal|Stage|Amount|Created date", "Ana|A0|Lead|6203|2025-01-05", "Ana|A1|Won|1996|2025-01-06",
                          "Ana Subtotal|||8199|", "Zoe|Z0|Won|7842|2025-01-07", "Zoe|Z1|Lead|8131|2025-01-08",
                          "Zoe Subtotal|||15973|", "Uma|U0|Won|5|2025-01-09"}));
    user.chooses(question, "Funnel");
    ASSERT_TRUE(user.panel.ready()) << user.problem();
    EXPECT_EQ(user.sees(Item::SubtotalsNote)->text, "Rows without Deal are left out: they are subtotals");
    EXPECT_FALSE(user.sees(Item::DataCheckText)) << "that rows without a stage are no deals is no news";
    EXPECT_EQ(user.rows().front()[1], "5");
    // Split by owner, a subtotal is no owner.
    user.chooses("Split by", "Owner");
    for (const Lines& row : user.rows()) EXPECT_EQ(row.front().find("Subtotal"), std::string::npos) << row.front();
    // Other rows than deals are asked for with the same filter.
    user.chooses("Each row is", "a deal, its dates");
    EXPECT_TRUE(user.sees(Item::SubtotalsNote));
    user.chooses("Each row is", "counts of all stages");
    EXPECT_FALSE(user.sees(Item::SubtotalsNote));
}

// Reports in pages repeat the headers on each.
TEST(Funnel, ValueOfRowsThatRepeatTheHeaders) {
    TableUser user;
    user.selects(sheetOf({"Owner|Deal|Stage|Amount|Created date", "Ana|A0|Lead|6203|2025-01-05", "Ana|A1|Won|1996|2025-01-06",
                          "Owner|Deal|Stage|Amount|Created date", "Zoe|Z0|Won|7842|2025-01-07", "Zoe|Z1|Lead|8131|2025-01-08",
                          "owner|deal|stage|amount|created date", "Uma|U0|Won|5|2025-01-09"}));
    user.chooses(question, "Funnel");
    ASSERT_TRUE(user.panel.ready()) << user.problem();
    EXPECT_EQ(user.sees(Item::SubtotalsNote)->text, "Rows that repeat the headers are left out");
    EXPECT_EQ(user.rows().front()[1], "5");
    EXPECT_EQ(user.sees(Item::StageList)->entries.size(), 2U);
    user.chooses("Split by", "Owner");
    for (const Lines& row : user.rows()) EXPECT_NE(row.front(), "Owner");
}

TEST(RepeatedHeaders, PropertyThatTheyAreToldFromData) {
    Dice dice(7);
    for (int round = 0; round < 200; ++round) {
        support::Rows rows = {{"Stage*", "Owner", "Amount"}};
        bool repeated = false;
        for (std::size_t row = 0; row < 2 + dice.below(20); ++row) {
            const bool again = dice.below(8) == 0;
            repeated = repeated || again;
            // A word that is in its own header alone repeats nothing: an owner may be called Owner.
            rows.push_back(again ? std::vector<Cell>{"Stage*", " owner", "AMOUNT"}
                                 : std::vector<Cell>{"Won", dice.below(4) == 0 ? "Owner" : "Ana", 5.0});
        }
        const MemoryTable table{support::Rows(rows)};
        std::vector<ColumnHandle> columns;
        for (std::size_t column = 0; column < 3; ++column) columns.push_back(table.look(column));
        const std::optional<std::size_t> told = repeatedHeader(table.headers(), columns);
        EXPECT_EQ(told.has_value(), repeated);
        if (told) {
            EXPECT_EQ(*told, 1U) << "a criterion takes * for any signs";
        }
    }
    EXPECT_EQ(repeatedHeader({}, {}), std::nullopt);
}

TEST(KpiSheet, ValueOfAReportWithSubtotals) {
    const auto table =
        sheetOf({"Owner|Deal|Stage|Amount|Created date|Close date", "Ana|A0|Lead|6203|2025-01-05|",
                 "Ana|A1|Won|1996|2025-01-06|2025-01-09", "Ana Subtotal|||8199||", "Zoe|Z0|Won|7842|2025-01-07|2025-01-09",
                 "Zoe|Z1|Lost|8131|2025-01-08|2025-01-10", "Zoe Subtotal|||15973||"});
    const TableFacts facts = factsOf(*table);
    const KpiSource source = sourceOf(SourceFound{"A1:F7", facts, table});
    EXPECT_EQ(source.filters, (std::vector<Criterion>{{"Deal", "<>"}}));
    KpiSource taken;
    taken.filters = {{"Owner", "Ana"}};
    EXPECT_EQ(sourceOf(SourceFound{"A1:F7", facts, table}, &taken).filters, taken.filters) << "what the user chose stays";
    TableUser user;
    user.selects(table);
    user.chooses(question, "KPI sheet");
    EXPECT_EQ(user.sees(Item::SubtotalsNote)->text, "Rows without Deal are left out: they are subtotals");
}

TEST(Table, ValueOfAReportWithSubtotals) {
    TableUser user;
    user.selects(sheetOf({"Owner|Deal|Status|Amount|Created date", "Ana|A0|Lost|6203|2025-01-05", "Ana|A1|Won|1996|2025-01-06",
                          "Ana Subtotal|||8199|", "Zoe|Z0|Won|7842|2025-01-07", "Zoe|Z1|Lost|8131|2025-01-08",
                          "Zoe Subtotal|||15973|", "Uma|U0|Won|5|2025-01-09"}));
    user.chooses(question, "Win rate by");
    ASSERT_TRUE(user.panel.ready()) << user.problem();
    EXPECT_EQ(user.table().choices().filters, (std::vector<Criterion>{{"Deal", "<>"}}));
    EXPECT_EQ(user.sees(Item::SubtotalsNote)->text, "Rows without Deal are left out: they are subtotals");
    for (const Lines& row : user.rows()) EXPECT_EQ(row.front().find("Subtotal"), std::string::npos) << row.front();
    // Whoever takes the filter away has the rows again, and is told nothing of it.
    user.opensMore();
    user.does({.item = Item::FilterColumn, .entry = 0});
    EXPECT_TRUE(user.table().choices().filters.empty());
    EXPECT_FALSE(user.sees(Item::SubtotalsNote));
    user.selects(deals());
    EXPECT_TRUE(user.table().choices().filters.empty());
}

TEST(Table, ValueOfDoubledHeadersInTheLists) {
    TableUser user;
    user.selects(sheetOf({"Owner|Deal|Status|Amount|Status|Created date", "Ana|A0|Lost|6203|x|2025-01-05",
                          "Bo|A1|Won|1996|y|2025-01-06", "Bo|A2|Won|7|x|2025-01-07"}));
    user.chooses(question, "Win rate by");
    const Lines entries = user.beside("Status")->entries;
    EXPECT_EQ(std::count(entries.begin(), entries.end(), "Status (C)"), 1);
    EXPECT_EQ(std::count(entries.begin(), entries.end(), "Status (E)"), 1);
    user.chooses("Status", "Status (C)");
    EXPECT_EQ(user.table().choices().text("status"), "3") << "a formula knows it by its number";
    EXPECT_EQ(user.reads("Status"), "Status (C)");
    expectSoundView(user.panel);
}

TEST(Table, ValueOfItsDraft) {
    TableUser user;
    user.selects(deals());
    user.chooses(question, "Win rate by");
    const auto draft = user.panel.draft({});
    const Draft* made = std::get_if<Draft>(&draft);
    ASSERT_NE(made, nullptr);
    EXPECT_EQ(made->kind, KeptKind::Table);
    EXPECT_EQ(made->title, "Insert table");
    EXPECT_EQ(made->source, "$Data.$A$1:$Z$99");
    const std::optional<TableChoices> kept = readTableSettings(made->settings);
    ASSERT_TRUE(kept);
    EXPECT_EQ(*kept, user.table().choices());
    EXPECT_TRUE(misfits(made->plan, defaultPlacement(made->plan)).empty());
    EXPECT_EQ(std::get<Draft>(user.panel.draft(made->settings)).title, "Update table");
}

TEST(Table, ValueOfADraftWithoutATable) {
    TableUser user;
    user.selects(sheetOf({"Owner|Status|Amount", "Ana|Won|much", "Ana|Lost|3"}));
    user.chooses(question, "Win rate by");
    user.opensMore();
    user.chooses("Split by", "Owner");
    user.chooses("Amount", "Amount");
    EXPECT_FALSE(user.panel.ready());
    const auto draft = user.panel.draft({});
    ASSERT_TRUE(std::holds_alternative<std::string>(draft));
    EXPECT_EQ(std::get<std::string>(draft), user.problem());
    EXPECT_EQ(user.does({.item = Item::ProblemCell}).next, Next::GoToCell);
    EXPECT_EQ(user.does({.item = Item::LeaveOut}).next, Next::Compute) << "a table without amounts";
    EXPECT_TRUE(user.panel.ready()) << user.problem();
}

TEST(Table, ValueOfOptions) {
    TableUser user;
    user.selects(invoices());
    EXPECT_EQ(user.reads("Period"), "Month") << "the usual word is shown";
    EXPECT_EQ(user.chooses("Period", "Quarter"), Next::Compute);
    EXPECT_EQ(user.table().choices().text("period"), "quarter");
    EXPECT_EQ(user.rows().size(), 1U);
    EXPECT_EQ(user.chooses("Period", "Quarter"), Next::Draw);
    EXPECT_FALSE(user.beside("New again after")) << "few people need it";
    user.opensMore();
    EXPECT_EQ(user.types("New again after", "two"), Next::Compute);
    EXPECT_EQ(user.problem(), "\"two\" is not a number");
    EXPECT_FALSE(user.panel.ready());
    user.types("New again after", "2");
    EXPECT_EQ(user.table().choices().number("reactivationGap"), 2.0);
    EXPECT_TRUE(user.panel.ready()) << user.problem();
    user.types("New again after", "");
    EXPECT_FALSE(user.table().choices().number("reactivationGap"));
    expectSoundView(user.panel);
}

TEST(Table, ValueOfADateField) {
    TableUser user;
    user.selects(deals());
    user.chooses(question, "KPIs by period");
    user.opensMore();
    user.types("As of", "soon");
    EXPECT_EQ(user.problem(), "\"soon\" is not a date");
    user.types("As of", "2025-02-15");
    EXPECT_EQ(user.table().choices().number("asOf"), support::serialOfIsoDate("2025-02-15"));
    EXPECT_TRUE(user.panel.ready()) << user.problem();
}

TEST(Table, ValueOfAListOfTexts) {
    TableUser user;
    user.selects(deals());
    user.chooses(question, "Win rate by");
    user.opensMore();
    EXPECT_EQ(user.reads("Won is"), "Won");
    EXPECT_EQ(user.types("Won is", " Won ;; Open;"), Next::Compute);
    EXPECT_EQ(user.table().choices().texts("won"), (Lines{"Won", "Open"}));
    user.types("Won is", "");
    EXPECT_FALSE(user.panel.ready()) << "nothing is won";
    user.chooses("Status", "Channel");
    EXPECT_FALSE(user.panel.ready()) << "a channel says nothing of won and lost";
    user.chooses("Status", "Status");
    EXPECT_EQ(user.table().choices().texts("won"), Lines{"Won"}) << "found again";
}

TEST(Table, ValueOfFiltersAndOfWhatIsInserted) {
    TableUser user;
    user.selects(deals());
    user.chooses(question, "Win rate by");
    user.opensMore();
    user.chooses("Only where", "Channel");
    user.does({.item = Item::FilterTest, .text = "Web"});
    EXPECT_EQ(user.table().choices().filters, (std::vector<Criterion>{{"Channel", "Web"}}));
    EXPECT_EQ(user.does({.item = Item::ValuesOnly, .on = true}).next, Next::Draw);
    EXPECT_EQ(user.does({.item = Item::WithPicture, .on = false}).next, Next::Draw);
    EXPECT_FALSE(user.table().choices().live);
    EXPECT_FALSE(user.table().choices().picture);
}

TEST(Table, ValueOfATableFound) {
    TableUser user;
    user.selects(deals());
    user.chooses(question, "Win rate by");
    user.chooses("Split by", "Channel");
    const std::string settings = written(user.table().choices());

    TableUser later;
    Source source = sourceOf(deals());
    source.below = {.rows = 2};
    EXPECT_FALSE(later.panel.take(source, {"Win rate.A1:M9", KeptKind::Table, "table 1\nnonsense"}));
    EXPECT_EQ(later.panel.source(), nullptr) << "nothing is changed";
    ASSERT_TRUE(later.panel.take(source, {"Win rate.A1:M9", KeptKind::Table, settings}));
    later.waits();
    EXPECT_EQ(later.reads(question), "Win rate by …");
    EXPECT_EQ(later.reads("Split by"), "Channel");
    EXPECT_EQ(later.sees(Item::Welcome)->text, "Settings of the table in Win rate.A1:M9");
    EXPECT_EQ(later.sees(Item::RowsBelow)->text, "2 rows right below these cells are not counted");
    EXPECT_EQ(later.does({.item = Item::TakeRowsBelow}).next, Next::TakeRowsBelow);
    EXPECT_EQ(later.sees(Item::Insert)->text, "Update table");
    EXPECT_EQ(later.clicks(Item::Insert), Next::Update);
    later.clicks(Item::InsertAsNew);
    EXPECT_EQ(later.clicks(Item::Insert), Next::Insert);
    expectSoundView(later.panel);
}

TEST(Table, ValueOfSettingsWithNumbersAndDates) {
    TableChoices choices;
    choices.function = "STUCKDEALS";
    choices.source = "$Data.$A$1:$Z$99";
    choices.set("status", std::string("Status"));
    choices.set("opened", std::string("Created date"));
    choices.set("won", std::string("Won"));
    choices.set("lost", std::vector<std::string>{"Lost", "Abandoned"});
    choices.set("limit", 30.0);
    choices.set("asOf", *support::serialOfIsoDate("2025-06-30"));
    choices.filters = {{"Channel", "Phone"}};
    TableUser user;
    ASSERT_TRUE(user.panel.take(sourceOf(deals()), {"Stuck deals.A1:F9", KeptKind::Table, written(choices)}));
    user.waits();
    EXPECT_EQ(user.table().choices(), choices);
    EXPECT_EQ(user.reads("Older than"), "30") << "days, instead of a word";
    EXPECT_EQ(user.reads("As of"), "2025-06-30") << "what is set is in sight";
    EXPECT_EQ(user.reads("Lost is"), "Lost; Abandoned");
    EXPECT_TRUE(user.panel.ready()) << user.problem();

    TableChoices plans;
    plans.function = "MRRPLANS";
    plans.source = choices.source;
    for (const char* column : {"customer", "start", "end", "amount"}) plans.set(column, std::string(column));
    plans.set("interval", 12.0);
    plans.set("reactivationGap", 1.5);
    plans.filters = choices.filters;
    ASSERT_TRUE(user.panel.take(sourceOf(sheetOf({"customer|start|end|amount|Channel", "Acme|2025-01-01||1200|Phone"})),
                                {"Revenue.A1:F9", KeptKind::Table, written(plans)}));
    user.waits();
    EXPECT_EQ(user.reads("Paid every … months"), "12") << "for all plans, instead of a column";
    EXPECT_EQ(user.reads("New again after"), "1.5");
}

TEST(Table, ValueOfASplitByThePeriodsOfAColumn) {
    TableUser user;
    user.selects(deals());
    user.chooses(question, "Win rate by");
    TableChoices choices = user.table().choices();
    for (const std::string period : {"month", "quarter/4", "week/sun"}) {
        choices.set("by", "Created date/" + period);
        ASSERT_TRUE(user.panel.take(sourceOf(deals()), {"Win rate.A1:M9", KeptKind::Table, written(choices)})) << period;
        const std::vector<ColumnRef> needed = user.panel.columnsNeeded();
        EXPECT_NE(std::find(needed.begin(), needed.end(), ColumnRef("Created date")), needed.end()) << period;
        user.waits();
        EXPECT_TRUE(user.panel.ready()) << period << ": " << user.problem();
    }
}

TEST(Table, ValueOfAnotherWishBesideATableFound) {
    TableUser user;
    user.selects(deals());
    user.chooses(question, "Win rate by");
    const std::string settings = written(user.table().choices());
    ASSERT_TRUE(user.panel.take(sourceOf(deals()), {"Win rate.A1:M9", KeptKind::Table, settings}));
    user.waits();
    user.chooses(question, "KPIs by period");
    EXPECT_FALSE(user.panel.updating()) << "another table does not replace it";
    EXPECT_EQ(user.sees(Item::Insert)->text, "Insert table");
}

TEST(Table, ValueOfDataThatAreRenamed) {
    TableUser user;
    user.selects(deals());
    user.chooses(question, "Win rate by");
    user.chooses("Split by", "Owner");
    user.panel.takeAgain(sourceOf(sheetOf({"Deal ID|Rep|Status", "D1|Ana|Won", "D2|Ana|Lost"})));
    user.waits();
    EXPECT_EQ(user.reads("Split by"), "Owner") << "so that the user sees what is meant";
    EXPECT_FALSE(user.panel.ready());
    expectSoundView(user.panel);
}

TEST(Table, ValueOfRowsThatAreNotAllShown) {
    Lines lines{"Invoice number|Customer|Invoice date|Amount"};
    for (int month = 1; month <= 9; ++month)
        lines.push_back("I" + std::to_string(month) + "|Acme|2025-0" + std::to_string(month) + "-05|100");
    TableUser user;
    user.selects(sheetOf(lines));
    EXPECT_EQ(user.rows().size(), 6U);
    EXPECT_EQ(user.rows().back().front(), "2025-09") << "of periods the last ones";
    EXPECT_EQ(user.sees(Item::PreviewRest)->text, "The last 6 of 9 rows");
}

TEST(Table, ValueOfLongHeadersAndOfFiguresThatTellLittle) {
    TableUser user;
    user.selects(deals());
    user.chooses(question, "Win rate by");
    user.chooses("Split by", "Owner");
    Lines headers;
    for (std::int32_t place = 0; place < 4; ++place) headers.push_back(user.sees(Item::PreviewHeader, place)->text);
    EXPECT_EQ(headers, (Lines{"Owner", "Deals", "Win rate", "Revenue"})) << "no p-value in a narrow table";
    user.selects(invoices());
    user.chooses(question, "Customers (RFM)");
    EXPECT_EQ(user.sees(Item::PreviewHeader, 2)->text, "Days from\u2026");
    EXPECT_EQ(user.sees(Item::PreviewHeader, 2)->help, "Days from first to last");
}

TEST(Table, ValueOfRecurringRevenueIsThatAtTheEnd) {
    TableUser user;
    user.selects(invoices());
    user.chooses(question, "Recurring revenue from invoices");
    Lines headers;
    for (std::int32_t place = 0; place < 4; ++place) headers.push_back(user.sees(Item::PreviewHeader, place)->help);
    EXPECT_EQ(headers, (Lines{"Period", "End", "Customers", "NRR"}));
}

// Before any number stands whether to believe it, then the test beside a naive forecast, then what all customers are worth.
TEST(Table, ValueOfAForecastBeginsWithItsVerdict) {
    Lines lines{"Invoice number|Customer|Invoice date|Amount"};
    Dice dice(12);
    for (int customer = 0; customer < 260; ++customer) {
        const double gap = -30 * std::log(1 - dice.share());
        const double dropout = dice.share() * dice.share();
        double day = 100 * dice.share();
        do {
            const auto month = static_cast<int>(day / 28);
            char date[32];
            std::snprintf(date, sizeof date, "2025-%02d-%02d", month + 1, static_cast<int>(day) % 28 + 1);
            lines.push_back("I|C" + std::to_string(customer) + '|' + date + '|' +
                            std::to_string(10 + customer % 90 + dice.below(9)));
            day += 1 - gap * std::log(1 - dice.share());
        } while (day < 12 * 28 && dice.share() >= dropout);
    }
    TableUser user;
    user.selects(sheetOf(lines));
    user.chooses(question, "Customer value forecast");
    EXPECT_EQ(user.sees(Item::PreviewRest, 1)->kind, WidgetKind::Note);
    EXPECT_TRUE(user.sees(Item::PreviewRest, 1)->text.starts_with("Verdict: the model holds"));
    EXPECT_TRUE(user.sees(Item::PreviewRest, 2)->text.starts_with("Test: the model as of 2025-"));
    std::vector<Item> items;
    for (const Row& row : user.panel.view().rows)
        for (const Widget& widget : row.widgets)
            if (const Item item = itemOf(widget.item); item >= Item::PreviewHeader && item <= Item::PreviewRest)
                items.push_back(item);
    EXPECT_EQ(items.front(), Item::PreviewRest) << "no number before the verdict";
    EXPECT_TRUE(user.sees(Item::PreviewRest, 3)->text.starts_with("Model: forecast "));
    EXPECT_TRUE(user.sees(Item::PreviewRest, 4)->text.starts_with("As often as so far: forecast "));
    const std::vector<Lines> rows = user.rows();
    ASSERT_EQ(rows.size(), 6U);
    EXPECT_EQ(rows[0][0], "All");
    Lines headers;
    for (std::int32_t place = 0; place < 3; ++place) headers.push_back(user.sees(Item::PreviewHeader, place)->help);
    EXPECT_EQ(headers, (Lines{"Customer", "Expected purchases", "Value"}));
    EXPECT_FALSE(user.sees(Item::PreviewHeader, 3)) << "names need the room";
    expectSoundView(user.panel);
    // Few customers who all buy at one rate: a warning, and no number of the model.
    user.selects(sheetOf({"Invoice number|Customer|Invoice date|Amount", "1|A|2025-01-01|10", "2|A|2025-01-08|10",
                          "3|B|2025-01-01|10", "4|B|2025-01-08|10", "5|C|2025-01-20|10"}));
    user.chooses(question, "Customer value forecast");
    EXPECT_EQ(user.sees(Item::PreviewRest, 1)->kind, WidgetKind::Warning);
    EXPECT_TRUE(user.sees(Item::PreviewRest, 1)->text.starts_with("Verdict: no forecast"));
    EXPECT_EQ(user.rows().front()[1], "\u2013");
}

TEST(Table, ValueOfEmptyTables) {
    TableUser user;
    user.selects(sheetOf({"Invoice number|Customer|Invoice date|Amount"}));
    EXPECT_FALSE(user.panel.ready());
    EXPECT_FALSE(user.problem().empty());
    expectSoundView(user.panel);
}

TEST(Help, ValueOfTheSamples) {
    TableUser user;
    const std::vector<std::string> names = [&] {
        std::vector<std::string> all;
        for (std::int32_t entry = 0; entry < 9; ++entry) all.push_back(user.does({.item = Item::Sample, .entry = entry}).text);
        return all;
    }();
    EXPECT_EQ(names.front(), "kpi-sheets");
    EXPECT_EQ(names[1], "acquisition-and-marketing");
    EXPECT_EQ(names.back(), "whole-tables");
    EXPECT_EQ(user.sees(Item::Sample)->entries.size(), names.size());
    EXPECT_EQ(user.sees(Item::Sample)->entries.front(), "KPI sheets");
    for (std::size_t place = 1; place < names.size(); ++place)
        EXPECT_EQ(user.sees(Item::Sample)->entries[place], std::string(familyTitle(static_cast<Family>(place - 1))));
}

TEST(Splitting, ValueOfColumnsWithAsManyValuesAsRows) {
    const auto column = [](std::size_t filled, std::size_t distinct) {
        ColumnFacts facts;
        facts.filled = filled;
        facts.distinct = distinct;
        return facts;
    };
    EXPECT_FALSE(isSplittable(column(100, 100)));
    EXPECT_FALSE(isSplittable(column(100, 95)));
    EXPECT_TRUE(isSplittable(column(100, 60)));
    EXPECT_FALSE(isSplittable(column(6, 6))) << "the deals' ids";
    EXPECT_FALSE(isSplittable(column(1, 1)));
    EXPECT_TRUE(isSplittable(column(6, 5)));
    ColumnFacts owners = column(6, 6);
    owners.role = Role::Owner;
    EXPECT_TRUE(isSplittable(owners)) << "so few may differ by chance";
    owners.filled = owners.distinct = 21;
    EXPECT_FALSE(isSplittable(owners));
    ColumnFacts ids = column(6, 6);
    ids.role = Role::Deal;
    EXPECT_FALSE(isSplittable(ids));
}

// Whatever the table and however few its rows: no id, amount or date with a value for each row is offered.
TEST(Splitting, PropertyThatNoColumnOfOneRowEachIsOffered) {
    Dice dice(14);
    for (std::size_t rows = 2; rows <= 40; ++rows) {
        support::Rows cells = {{"Deal ID", "Owner", "Amount", "Created", "Stage"}};
        for (std::size_t row = 0; row < rows; ++row)
            cells.push_back({"D" + std::to_string(1000 + row), row % 2 == 0 ? "Ana" : "Ben", 100.25 * static_cast<double>(row + 1),
                             45000.0 + static_cast<double>(row), dice.below(2) == 0 ? "Won" : "Lost"});
        const MemoryTable table{support::Rows(cells)};
        const TableFacts facts = factsOf(table, {false, false, false, true, false});
        std::vector<SourceColumn> columns;
        for (const ColumnFacts& column : facts.columns) columns.push_back({.name = column.name});
        std::string offered;
        for (const SourceColumn& column : splittableOf(columns, facts, "")) offered += column.name + ' ';
        EXPECT_EQ(offered.find("Deal ID"), std::string::npos) << rows << ": " << offered;
        EXPECT_EQ(offered.find("Amount"), std::string::npos) << rows << ": " << offered;
        EXPECT_EQ(offered.find("Created"), std::string::npos) << rows << ": " << offered;
        EXPECT_NE(offered.find("Stage"), std::string::npos) << rows << ": " << offered;
        EXPECT_EQ(splittableOf(columns, facts, "Deal ID").front().name, "Deal ID") << "what is chosen stays";
    }
}

std::shared_ptr<MemoryTable> anyTable(Dice& dice) {
    switch (dice.below(4)) {
        case 0: return deals();
        case 1: return invoices();
        case 2: return dealsWithStages();
        default:
            return sheetOf({"Customer|Start|End|Plan amount|Interval", "Acme|2025-01-01|2025-06-01|100|1",
                            "Beta|2025-02-01||1200|12", "Cora|2025-02-10|soon|50|"});
    }
}

Action randomAction(Dice& dice, const Panel& panel) {
    std::vector<Widget> usable;
    for (const Row& row : panel.view().rows)
        for (const Widget& widget : row.widgets)
            if (canBeUsed(widget.kind) && widget.item != Item::Source) usable.push_back(widget);
    const Widget& widget = dice.pick(usable);
    return {.item = widget.item,
            .index = widget.index,
            .entry = widget.entries.empty() ? -1 : static_cast<std::int32_t>(dice.below(widget.entries.size())),
            .text = dice.pick(Lines{"", "30", "0", "-1", "7,5", "2025-01-02", "soon", "1e300", ">=10", "Won; Lost", "Ana"}),
            .on = dice.oneIn(2)};
}

TEST(Table, PropertyThatEveryActionIsSoundAndThePreviewIsThatOfTheChoices) {
    Dice dice(2026);
    int compared = 0;
    std::set<std::string> functions;
    for (int round = 0; round < 60; ++round) {
        TableUser user(Texts(round % 3 == 0 ? Language::French : Language::English, {}));
        const auto table = anyTable(dice);
        user.selects(table);
        for (int step = 0; step < 40; ++step) {
            user.does(randomAction(dice, user.panel));
            if (dice.oneIn(20)) user.panel.stopped();
            expectSoundView(user.panel);
            const auto* model = dynamic_cast<const TableModel*>(&user.panel.model());
            if (model == nullptr || !user.panel.ready()) continue;
            ++compared;
            functions.insert(model->choices().function);
            EXPECT_EQ(previewTable(table, model->choices()).table.cells, model->preview()->table.cells);
            const auto draft = user.panel.draft({});
            const Draft& made = std::get<Draft>(draft);
            EXPECT_EQ(readTableSettings(made.settings), model->choices()) << made.settings;
            EXPECT_EQ(misfits(made.plan, defaultPlacement(made.plan)), Lines()) << model->choices().function;
            if (testing::Test::HasFailure()) FAIL() << "round " << round << ", step " << step;
        }
    }
    EXPECT_GT(compared, 300);
    EXPECT_GE(functions.size(), 7U);
}

}  // namespace
}  // namespace calckpi::panel
