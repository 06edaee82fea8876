// The panel's model of KPI sheets: what it shows of a table of deals, what it hears, what it wants written.
#include "core/dates/period.hpp"
#include "core/panel/findings_section.hpp"
#include "core/panel/funnel_model.hpp"
#include "core/panel/items.hpp"
#include "core/panel/kpi_sheet_model.hpp"
#include "core/panel/panel.hpp"
#include "core/panel/table_model.hpp"
#include "tests/support/memory_table.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

namespace calckpi::panel {
namespace {

using support::MemoryTable;
using support::Rows;

// Two years of deals, one a week.
Rows dealRows() {
    Rows rows = {{"Deal ID", "Stage", "Amount", "Created", "Closed", "Owner"}};
    for (int week = 0; week < 104; ++week) {
        const double opened = 45300 + 7 * week;
        const bool open = week % 5 == 4;
        rows.push_back({"D-" + std::to_string(week),
                        open            ? "Demo"
                        : week % 2 == 0 ? "Won"
                                        : "Lost",
                        100.0 + week, opened, open ? Cell(Blank{}) : Cell(opened + 20), week % 3 == 0 ? "Ana" : "Ben"});
    }
    return rows;
}

Source deals(const Rows& rows = dealRows()) {
    Source source;
    source.address = "$Deals.$A$1:$F$105";
    source.shown = source.name = "Deals";
    source.table = source.sample = std::make_shared<MemoryTable>(rows);
    source.dates = {false, false, false, true, true, false};
    source.facts = std::make_shared<TableFacts>(factsOf(*source.table, source.dates));
    return source;
}

template <class Enum>
std::vector<Widget> widgetsOf(const View& view, Enum item) {
    std::vector<Widget> found;
    for (const Row& row : view.rows)
        for (const Widget& widget : row.widgets)
            if (widget.item == ControlId(item)) found.push_back(widget);
    return found;
}

TEST(KpiSheetModel, ValueOfWhatIsShownAndWritten) {
    KpiSheetModel model{Texts()};
    model.take(deals());
    EXPECT_EQ(model.choices().templateId, "sales-scorecard");
    EXPECT_FALSE(model.whyUseless());
    EXPECT_FALSE(model.ready());
    EXPECT_FALSE(model.columnsNeeded().empty());
    model.compute();
    EXPECT_TRUE(model.ready());
    View atFirst;
    model.showPreview(atFirst);
    EXPECT_EQ(widgetsOf(atFirst, KpiItem::Check).size(), 8U) << "so that the button to insert is in sight";
    EXPECT_TRUE(widgetsOf(atFirst, KpiItem::Missing).empty());
    EXPECT_EQ(model.act({.item = KpiItem::AllKpis, .on = true}).next, Next::Draw);
    View view;
    model.showChoices(view);
    model.showPreview(view);
    EXPECT_EQ(widgetsOf(view, KpiItem::Template).at(0).entries.size(), kpiTemplates().size());
    const std::vector<Widget> checks = widgetsOf(view, KpiItem::Check);
    const auto won =
        std::find_if(checks.begin(), checks.end(), [](const Widget& each) { return each.text.starts_with("Deals won: "); });
    ASSERT_NE(won, checks.end()) << "with its present value";
    EXPECT_TRUE(won->on);
    const std::vector<Widget> missing = widgetsOf(view, KpiItem::Missing);
    EXPECT_TRUE(std::any_of(missing.begin(), missing.end(), [](const Widget& each) {
        return each.text == "Lead-to-opportunity rate: Needs a table of your leads";
    }));
    EXPECT_EQ(model.act({.item = KpiItem::Check, .index = won->index, .on = false}).next, Next::Draw);
    EXPECT_EQ(std::count(model.choices().kpis.begin(), model.choices().kpis.end(), "deals-won"), 0);
    model.act({.item = KpiItem::Check, .index = won->index, .on = true});
    EXPECT_EQ(std::count(model.choices().kpis.begin(), model.choices().kpis.end(), "deals-won"), 1);
    const auto draft = model.draft(std::nullopt);
    ASSERT_TRUE(std::holds_alternative<Draft>(draft));
    EXPECT_EQ(std::get<Draft>(draft).plan.sheets.size(), 3U);
    EXPECT_EQ(readKpiSheetSettings(std::get<Draft>(draft).settings), model.choices());
    model.forget();
    EXPECT_FALSE(model.ready());
}

TEST(KpiSheetModel, ValueOfWhatIsChosen) {
    KpiSheetModel model{Texts()};
    model.take(deals());
    EXPECT_EQ(model.act({.item = KpiItem::Unit, .entry = 1}).next, Next::Compute);
    EXPECT_EQ(model.act({.item = KpiItem::Year, .entry = 3}).next, Next::Compute);
    EXPECT_EQ(model.act({.item = KpiItem::Template, .entry = 1}).next, Next::Compute);
    EXPECT_EQ(model.choices().templateId, "pipeline-forecast");
    EXPECT_EQ(model.choices().unit, PeriodWords::Quarter);
    EXPECT_EQ(model.choices().yearStart, 4);
    for (const std::int32_t index : {0, 1, 2}) model.act({.item = KpiItem::Compare, .index = index, .on = false});
    EXPECT_FALSE(model.choices().previous || model.choices().lastYear || model.choices().yearToDate);
    model.act({.item = Item::WithPicture, .on = false});
    EXPECT_FALSE(model.choices().pictures);
    model.act({.item = Item::MoreOptions, .on = true});
    View view;
    model.showChoices(view);
    EXPECT_EQ(widgetsOf(view, KpiItem::Compare).size(), 3U);
    EXPECT_EQ(widgetsOf(view, KpiItem::Year).at(0).entries.size(), 12U);
    for (const Action& beside : {Action{.item = KpiItem::Template, .entry = 99}, Action{.item = KpiItem::Unit, .entry = -1},
                                 Action{.item = KpiItem::Year, .entry = 12}, Action{.item = Item::Insert}})
        EXPECT_EQ(model.act(beside).next, Next::Nothing);
    model.takeAgain(deals());
    EXPECT_FALSE(model.ready());
    EXPECT_TRUE(std::holds_alternative<std::string>(model.draft(std::nullopt)));
    EXPECT_FALSE(model.take(deals(), "kpi-sheet 1\nend"));
}

Source invoices() {
    Rows rows = {{"Customer", "Invoice date", "Invoice amount"}};
    for (int month = 0; month < 25; ++month)
        for (const char* customer : {"Ada", "Bo", "Cy"}) rows.push_back({customer, 45300.0 + 30 * month, 50.0 + month});
    Source source;
    source.address = "$Invoices.$A$1:$C$76";
    source.shown = source.name = "Invoices";
    source.table = source.sample = std::make_shared<MemoryTable>(rows);
    source.dates = {false, true, false};
    source.facts = std::make_shared<TableFacts>(factsOf(*source.table, source.dates));
    return source;
}

// Person reads the whole view and acts on it as a user does.
class Person {
public:
    explicit Person(KpiSheetModel& model) : model_(model) { waits(); }
    void waits() {
        if (model_.wantsOthers()) model_.takeOthers({invoices()});
        model_.compute();
    }
    View sees() const {
        View view;
        model_.showChoices(view);
        model_.showPreview(view);
        return view;
    }
    template <class Enum>
    void does(Enum item, Action action) {
        action.item = item;
        if (model_.act(action).next == Next::Compute) waits();
    }
    template <class Enum>
    void chooses(Enum item, const std::string& entry) {
        const std::vector<std::string> entries = widgetsOf(sees(), item).at(0).entries;
        const auto found = std::find(entries.begin(), entries.end(), entry);
        ASSERT_NE(found, entries.end()) << entry;
        does(item, {.entry = static_cast<std::int32_t>(found - entries.begin())});
    }
    std::vector<std::string> texts(ControlId item) const {
        std::vector<std::string> all;
        for (const Widget& widget : widgetsOf(sees(), item)) all.push_back(widget.text);
        return all;
    }

private:
    KpiSheetModel& model_;
};

TEST(KpiSheetModel, ValueOfSeveralTables) {
    KpiSheetModel model{Texts()};
    model.take(deals());
    Person person(model);
    EXPECT_EQ(person.texts(KpiItem::OtherSource), std::vector<std::string>({"Invoices: invoices or orders"}));
    EXPECT_TRUE(widgetsOf(person.sees(), KpiItem::OtherSource).at(0).on) << "a kind that was not there yet";
    const auto canShow = [&](const char* id) { return whyNot(*findKpi(id), model.choices(), Texts()).empty(); };
    EXPECT_TRUE(canShow("mrr"));
    person.does(KpiItem::OtherSource, {.index = 0, .on = false});
    EXPECT_FALSE(canShow("mrr"));
    EXPECT_EQ(model.choices().sources.size(), 1U);
    person.does(KpiItem::OtherSource, {.index = 0, .on = true});
    EXPECT_EQ(model.act({.item = KpiItem::OtherSource, .index = 0, .on = true}).next, Next::Nothing) << "twice";
    EXPECT_EQ(model.act({.item = KpiItem::OtherSource, .index = 7, .on = true}).next, Next::Nothing);
    EXPECT_TRUE(canShow("mrr"));
    const auto draft = std::get<Draft>(model.draft(std::nullopt));
    EXPECT_EQ(draft.moreSources, std::vector<std::string>({"$Invoices.$A$1:$C$76"}));
    EXPECT_EQ(misfits(draft.plan, defaultPlacement(draft.plan)), std::vector<std::string>());
}

TEST(KpiSheetModel, ValueOfKpisOfTheUsersOwn) {
    KpiSheetModel model{Texts()};
    model.take(deals());
    Person person(model);
    person.does(Item::MoreOptions, {.on = true});
    person.chooses(OwnItem::Statistic, "Sum of a column");
    person.does(OwnItem::Add, {});
    EXPECT_EQ(widgetsOf(person.sees(), OwnItem::Problem).at(0).text, "Choose the column first");
    person.chooses(OwnItem::Value, "Amount");
    person.chooses(OwnItem::When, "Closed");
    person.does(Item::FilterColumn, {.index = 100, .entry = 6});  // below "none" and five others: Owner
    person.does(Item::FilterTest, {.index = 100, .text = "Ana"});
    EXPECT_TRUE(model.choices().sources.at(0).filters.empty()) << "its filters are not those of the table";
    person.does(OwnItem::Add, {});
    ASSERT_EQ(model.choices().own.size(), 1U);
    const OwnKpi own = model.choices().own.at(0);
    EXPECT_EQ(own.id, "own-1");
    EXPECT_EQ(own.name, "Sum of Amount");
    EXPECT_EQ(own.filters, (std::vector<Criterion>{{"Owner", "Ana"}}));

    // The last complete month by hand: the data end in it or after.
    const Source source = deals();
    double last = 0;
    for (int week = 0; week < 104; ++week) last = std::max(last, 45300.0 + 7 * week + (week % 5 == 4 ? 0 : 20));
    const std::int64_t month = periodOf(last, Period(PeriodWords::Month), source.table->culture().nullDate()) - 1;
    const double from = startOf(month, Period(PeriodWords::Month), source.table->culture().nullDate());
    const double to = startOf(month + 1, Period(PeriodWords::Month), source.table->culture().nullDate());
    double sum = 0;
    for (int week = 0; week < 104; ++week) {
        const double closed = 45300.0 + 7 * week + 20;
        if (week % 5 != 4 && week % 3 == 0 && closed >= from && closed < to) sum += 100.0 + week;
    }
    EXPECT_GT(sum, 0);
    EXPECT_EQ(person.texts(KpiItem::Own), std::vector<std::string>({"Sum of Amount: " + Texts().number(sum, 0)}));

    // Another one of a name, from the other table; both are in the sheet and its settings.
    person.chooses(OwnItem::Source, "Invoices");
    person.chooses(OwnItem::Statistic, "How many different ones");
    person.chooses(OwnItem::Value, "Customer");
    person.chooses(OwnItem::Better, "Neither");
    person.does(OwnItem::Name, {.text = " Buyers "});
    person.does(OwnItem::Add, {});
    EXPECT_EQ(person.texts(KpiItem::Own).at(1), "Buyers: 3");
    const auto draft = std::get<Draft>(model.draft(std::nullopt));
    EXPECT_EQ(readKpiSheetSettings(draft.settings)->own, model.choices().own);
    EXPECT_EQ(model.choices().kpis.back(), "own-2");
    EXPECT_EQ(misfits(draft.plan, defaultPlacement(draft.plan)), std::vector<std::string>());

    // They outlive another template, until they are removed; then their number is not given again while its target is kept.
    person.does(KpiItem::Template, {.entry = 1});
    EXPECT_EQ(model.choices().own.size(), 2U);
    person.does(KpiItem::Own, {.index = 0, .on = false});
    EXPECT_EQ(std::count(model.choices().kpis.begin(), model.choices().kpis.end(), "own-1"), 0);
    person.does(KpiItem::Own, {.index = 0, .on = true});
    EXPECT_EQ(std::count(model.choices().kpis.begin(), model.choices().kpis.end(), "own-1"), 1);
    TypedFigures typed;
    typed.columns = {"target own-1"};
    model.takeTyped(typed);
    person.does(KpiItem::RemoveOwn, {.index = 0});
    EXPECT_EQ(model.choices().own.size(), 1U);
    person.does(OwnItem::Add, {});  // of customers still: "Different ones in Customer"
    EXPECT_EQ(model.choices().own.back().id, "own-3");
    EXPECT_EQ(model.choices().own.back().name, "Different ones in Customer");
    for (const Action& beside : {Action{.item = OwnItem::Source, .entry = 9}, Action{.item = OwnItem::Statistic, .entry = 4},
                                 Action{.item = OwnItem::Better, .entry = 3}, Action{.item = KpiItem::Own, .index = 9},
                                 Action{.item = KpiItem::RemoveOwn, .index = 9}})
        EXPECT_EQ(model.act(beside).next, Next::Nothing);
    // A table that is no longer in use takes its columns with it.
    person.does(KpiItem::OtherSource, {.index = 0, .on = false});
    model.takeOthersAgain({});
    EXPECT_EQ(missingColumn(model.choices().own.at(0), nullptr), "Invoice date");
    EXPECT_EQ(missingColumn({.id = "x", .name = "x", .source = "", .when = "Closed", .statistic = "sum", .value = "Gone"}, &source),
              "Gone");
}

// One that counts rows is called after its date, unless the user names it; its value is that of the rows by hand.
TEST(KpiSheetModel, ValueOfRowsCounted) {
    KpiSheetModel model{Texts()};
    model.take(deals());
    Person person(model);
    person.does(Item::MoreOptions, {.on = true});
    person.does(OwnItem::Add, {});
    ASSERT_EQ(model.choices().own.size(), 1U);
    EXPECT_EQ(model.choices().own.at(0).name, "Rows by Created");
    const std::vector<std::string> shown = person.texts(KpiItem::Own);
    ASSERT_EQ(shown.size(), 1U);
    EXPECT_TRUE(shown.at(0) == "Rows by Created: 4" || shown.at(0) == "Rows by Created: 5") << shown.at(0) << ": one a week";
}

// The sections of a template are called by what they show.
TEST(KpiSheetModel, ValueOfTheSectionsOfRecurringRevenue) {
    KpiSheetModel model{Texts()};
    model.take(invoices());
    Person person(model);
    person.does(Item::MoreOptions, {.on = true});
    person.chooses(KpiItem::Template, Texts().say(findTemplate("recurring-revenue")->name));
    EXPECT_EQ(person.texts(KpiItem::Section),
              std::vector<std::string>({"Recurring revenue, step by step", "Retention of customers"}));
}

// A macro gives the last day of the data as a date or as a text.
TEST(KpiSheetModel, ValueOfAskedDays) {
    KpiSheetModel model{Texts()};
    model.take(deals());
    EXPECT_EQ(model.ask("AsOf", std::string("2025-06-30")), Asked::Taken);
    EXPECT_EQ(model.choices().asOf, 45838);
    EXPECT_EQ(model.ask("asof", std::string("last summer")), Asked::NoValue);
    EXPECT_EQ(model.ask("AsOf", std::string()), Asked::Taken);
    EXPECT_FALSE(model.choices().asOf);
    EXPECT_EQ(model.ask("AsOf", 45838.0), Asked::Taken);
    EXPECT_EQ(model.choices().asOf, 45838);
}

TEST(KpiSheetModel, ValueOfOptions) {
    KpiSheetModel model{Texts()};
    model.take(deals());
    Person person(model);
    person.does(Item::MoreOptions, {.on = true});
    person.does(KpiItem::Tolerance, {.text = "2.5 %"});
    EXPECT_DOUBLE_EQ(model.choices().tolerance, 0.025);
    person.does(KpiItem::Tolerance, {.text = "much"});
    EXPECT_EQ(model.refusal(), "The tolerance is a share of the target in per cent, such as 1");
    person.does(KpiItem::Tolerance, {.text = "3"});
    person.does(KpiItem::Periods, {.text = "121"});
    EXPECT_EQ(model.refusal(), "The sheet shows 2 to 120 periods");
    EXPECT_EQ(widgetsOf(person.sees(), KpiItem::Periods).at(0).text, "121");
    person.does(KpiItem::Periods, {.text = "24"});
    EXPECT_EQ(model.choices().periods, 24);
    EXPECT_EQ(model.refusal(), "");
    person.does(KpiItem::AsOf, {.text = "yesterday"});
    EXPECT_EQ(model.refusal(), "\"yesterday\" is not a date");
    person.does(KpiItem::AsOf, {.text = "2025-06-30"});
    EXPECT_EQ(model.choices().asOf, 45838);
    EXPECT_EQ(model.refusal(), "");
    person.does(KpiItem::AsOf, {.text = ""});
    EXPECT_FALSE(model.choices().asOf);
    EXPECT_TRUE(widgetsOf(person.sees(), KpiItem::Week).empty());
    person.does(KpiItem::Unit, {.entry = 2});
    person.chooses(KpiItem::Week, "Sun");
    EXPECT_EQ(model.choices().weekStart, 7);
    EXPECT_EQ(model.act({.item = KpiItem::Week, .entry = 7}).next, Next::Nothing);
    const std::size_t sections = model.choices().sections.size();
    person.does(KpiItem::Section, {.index = 0, .on = false});
    EXPECT_EQ(model.choices().sections.size(), sections - 1);
    person.does(KpiItem::Section, {.index = 0, .on = true});
    EXPECT_EQ(model.choices().sections.size(), sections);
    EXPECT_EQ(model.act({.item = KpiItem::Section, .index = 99, .on = true}).next, Next::Nothing);
}

// Filters hold for all that is computed of the table; what takes whole columns cannot be shown then.
TEST(KpiSheetModel, ValueOfFilters) {
    KpiSheetModel model{Texts()};
    model.take(deals());
    Person person(model);
    person.does(Item::MoreOptions, {.on = true});
    person.does(Item::FilterColumn, {.index = 0, .entry = 6});
    person.does(Item::FilterTest, {.index = 0, .text = "Ana"});
    EXPECT_EQ(model.choices().sources.at(0).filters, (std::vector<Criterion>{{"Owner", "Ana"}}));
    person.does(KpiItem::Template, {.entry = 1});
    EXPECT_EQ(model.choices().sources.at(0).filters.size(), 1U);
    const auto draft = std::get<Draft>(model.draft(std::nullopt));
    EXPECT_NE(draft.settings.find("filter-test Ana"), std::string::npos);
    KpiSheetChoices filtered;
    filtered.sources.push_back({.address = "$Leads.$A$1:$B$9", .rows = RowKind::Leads});
    filtered.sources.back().columns = {{Role::Received, "Received"}, {Role::Contacted, "Contacted"}};
    EXPECT_EQ(whyNot(*findKpi("lead-response-limit"), filtered, Texts()), "");
    filtered.sources.back().filters = {{"Source", "Web"}};
    EXPECT_EQ(whyNot(*findKpi("lead-response-limit"), filtered, Texts()), "Cannot be computed of filtered rows");
}

// withRows are other rows in the place of those of a source.
Source withRows(const Rows& rows, std::vector<bool> dates) {
    Source source = deals();
    source.table = source.sample = std::make_shared<MemoryTable>(rows);
    source.dates = std::move(dates);
    source.facts = std::make_shared<TableFacts>(factsOf(*source.table, source.dates));
    return source;
}

// Deals in which columns are missing, any of them: there is a sentence why not, or a sheet.
TEST(KpiSheetModel, PropertyWithoutAnyOfItsColumns) {
    const Rows headers = {{"Deal ID", "Stage", "Amount", "Created", "Closed", "Owner", "Product", "Channel"}};
    std::size_t sheets = 0;
    for (unsigned kept = 1; kept < 256; kept += 7) {
        Rows rows;
        std::vector<bool> dates;
        for (int row = -1; row < 20; ++row) {
            const double opened = 45300 + 7 * row;
            const Cell cells[] = {"D-" + std::to_string(row),
                                  row % 3 == 0   ? "Won"
                                  : row % 3 == 1 ? "Lost"
                                                 : "Demo",
                                  100.25 + row,
                                  opened,
                                  row % 3 == 2 ? Cell(Blank{}) : Cell(opened + 20),
                                  row % 2 == 0 ? "Ana" : "Ben",
                                  row % 4 == 0 ? "Basic" : "Pro",
                                  row % 5 == 0 ? "Web" : "Phone"};
            rows.emplace_back();
            for (std::size_t column = 0; column < 8; ++column)
                if ((kept >> column & 1U) != 0) rows.back().push_back(row < 0 ? headers[0][column] : cells[column]);
        }
        for (std::size_t column = 0; column < 8; ++column)
            if ((kept >> column & 1U) != 0) dates.push_back(column == 3 || column == 4);
        const Source source = withRows(rows, dates);
        if (whyNoKpiSheet(source)) continue;
        KpiSheetModel model{Texts()};
        model.take(source);
        for (const KpiTemplate& each : kpiTemplates()) {
            const auto index = static_cast<std::int32_t>(&each - kpiTemplates().data());
            model.act({.item = KpiItem::Template, .entry = index});
            model.compute();
            const auto draft = model.draft(std::nullopt);
            const auto* why = std::get_if<std::string>(&draft);
            if (why == nullptr) ++sheets;
            EXPECT_TRUE(why == nullptr || !why->empty()) << kept << ", " << each.id;
        }
    }
    EXPECT_GT(sheets, 20U);
}

// With one running month of data it is this month that is shown: there is none before it.
TEST(KpiSheetModel, ValueOfOnePeriodAlone) {
    Rows rows = {{"Deal ID", "Stage", "Amount", "Created", "Closed"}};
    for (int deal = 0; deal < 20; ++deal)
        rows.push_back(
            {"D-" + std::to_string(deal), deal % 4 == 0 ? "Won" : "Lost", 100.0 + deal, 46327.0 + deal % 9, 46330.0 + deal % 9});
    KpiSheetModel model{Texts()};
    model.take(withRows(rows, {false, false, false, true, true}));
    model.compute();
    model.act({.item = KpiItem::AllKpis, .on = true});
    View view;
    model.showPreview(view);
    const std::vector<Widget> checks = widgetsOf(view, KpiItem::Check);
    EXPECT_TRUE(std::any_of(checks.begin(), checks.end(), [](const Widget& each) { return each.text == "Win rate: 25%"; }));
    const auto draft = model.draft(std::nullopt);
    const DocumentPlan& plan = std::get<Draft>(draft).plan;
    for (const PlannedCell& cell : plan.sheets.front().blocks.front().content) {
        if (cell.row != 2 || cell.column != 1) continue;
        for (const auto& part : std::get<Formula>(*cell.content).parts())
            if (const auto* text = std::get_if<std::string>(&part)) {
                EXPECT_EQ(text->find("PERIODSTART"), std::string::npos) << "the latest period itself, and not the one before";
            }
    }
}

// Amounts in several currencies are added as they are, and the panel and the sheet say so, until a filter leaves one.
TEST(KpiSheetModel, ValueOfSeveralCurrencies) {
    Rows rows = {{"Deal ID", "Stage", "Amount", "Currency", "Created", "Closed"}};
    for (int deal = 0; deal < 60; ++deal)
        rows.push_back({"D-" + std::to_string(deal), deal % 4 == 0 ? "Won" : "Lost", 100.0 + deal, deal % 3 == 0 ? "USD" : "EUR",
                        46000.0 + 7 * deal, 46010.0 + 7 * deal});
    const Source source = withRows(rows, {false, false, false, false, true, true});
    KpiSheetModel model{Texts()};
    model.take(source);
    model.compute();
    View view;
    model.showPreview(view);
    ASSERT_EQ(widgetsOf(view, Item::Finding).size(), 1U);
    EXPECT_TRUE(widgetsOf(view, Item::Finding)
                    .front()
                    .text.starts_with("20 rows have another currency than most in Currency, and their amounts are added as they "
                                      "are: filter one currency"))
        << widgetsOf(view, Item::Finding).front().text;
    EXPECT_FALSE(otherCurrencies(source, "Amount", {{"Currency", "EUR"}}));
    EXPECT_FALSE(otherCurrencies(deals(), "Amount", {}));
    const auto draft = model.draft(std::nullopt);
    std::vector<std::string> rules;
    for (const Block& block : std::get<Draft>(draft).plan.sheets.front().blocks)
        for (const PlannedCell& cell : block.content)
            if (block.id == "rules" && std::holds_alternative<std::string>(*cell.content))
                rules.push_back(std::get<std::string>(*cell.content));
    EXPECT_EQ(std::count(rules.begin(), rules.end(), "Amounts are in several currencies, see Currency, and added as they are"), 1);
}

// Deals of which those of one state have no amount, or have 0 where the number is even.
Source withoutAmounts(const std::string& state, int every = 1) {
    Rows rows = {{"Deal ID", "Stage", "Amount", "Created", "Closed"}};
    for (int deal = 0; deal < 60; ++deal) {
        const std::string stage = deal % 3 == 0 ? "Won" : "Lost";
        const bool without = stage == state && deal % every == 0;
        rows.push_back({"D-" + std::to_string(deal), stage,
                        !without        ? Cell(100.0 + deal)
                        : deal % 2 == 0 ? Cell(0.0)
                                        : Cell(Blank{}),
                        46000.0 + 7 * deal, 46010.0 + 7 * deal});
    }
    return withRows(rows, {false, false, false, true, true});
}

std::vector<std::string> rulesIn(const DocumentPlan& plan) {
    std::vector<std::string> rules;
    for (const Block& block : plan.sheets.front().blocks)
        for (const PlannedCell& cell : block.content)
            if (block.id == "rules" && std::holds_alternative<std::string>(*cell.content))
                rules.push_back(std::get<std::string>(*cell.content));
    return rules;
}

// A win rate by value is no rate where most of the deals on one side, and not on the other, have no amount or 0: the panel and the
// sheet say so, of the KPI that is ticked, and of the deals that pass.
TEST(KpiSheetModel, ValueOfAmountsOnOneSide) {
    const ClosedDeals deals{"Stage", {"Won"}, {"Lost"}, "Amount"};
    const auto found = [&](const Source& source, const std::vector<Criterion>& filters = {}) {
        return amountsOnOneSide(source.table, deals, filters);
    };
    for (const auto& [state, n, sentence] :
         {std::tuple("Lost", 40,
                     "40 lost deals have no Amount or 0 in it: a win rate by value counts them as nothing, and is too high"),
          std::tuple("Won", 20,
                     "20 won deals have no Amount or 0 in it: a win rate by value counts them as nothing, and is too low")}) {
        const Source source = withoutAmounts(state);
        ASSERT_TRUE(found(source)) << state;
        EXPECT_EQ(found(source)->n, n);
        KpiSheetModel model{Texts()};
        model.take(source);
        model.compute();
        View view;
        model.showPreview(view);
        ASSERT_EQ(widgetsOf(view, Item::Finding).size(), 1U) << state;
        EXPECT_TRUE(widgetsOf(view, Item::Finding).front().text.starts_with(sentence))
            << widgetsOf(view, Item::Finding).front().text;
        const auto draft = model.draft(std::nullopt);
        std::string rules;
        for (const std::string& line : rulesIn(std::get<Draft>(draft).plan)) rules += line + " ";
        EXPECT_NE(rules.find(sentence), std::string::npos) << rules;
        const std::span<const std::string_view> all = findTemplate("sales-scorecard")->kpis;
        const auto place = std::find(all.begin(), all.end(), "win-rate-value") - all.begin();
        model.act({.item = KpiItem::Check, .index = static_cast<std::int32_t>(place), .on = false});
        view = {};
        model.showPreview(view);
        EXPECT_TRUE(widgetsOf(view, Item::Finding).empty()) << "no ticked KPI compares amounts";
        const auto without = model.draft(std::nullopt);
        for (const std::string& line : rulesIn(std::get<Draft>(without).plan))
            EXPECT_EQ(line.find("a win rate by value"), std::string::npos) << line;
    }
    EXPECT_FALSE(found(withoutAmounts("Neither")));
    EXPECT_FALSE(found(withoutAmounts("Lost", 2))) << "half of them is not most";
    EXPECT_FALSE(found(withoutAmounts("Lost"), {{"Stage", "Won"}})) << "no lost deal passes";
    EXPECT_FALSE(amountsOnOneSide(withoutAmounts("Lost").table, {"Stage", {"Won"}, {"Lost"}, "Stage"}, {}))
        << "texts are no amounts";
    EXPECT_FALSE(amountsOnOneSide(withoutAmounts("Lost").table, {"Stage", {"Won"}, {"Lost"}, "Price"}, {})) << "no such column";
}

// Deals with an owner, without a column of currencies or with one that says so for each third.
Rows dealsInCurrencies(bool named) {
    Rows rows = {{"Deal ID", "Stage", "Amount", named ? "Currency" : "Region", "Created", "Closed", "Owner"}};
    for (int deal = 0; deal < 60; ++deal)
        rows.push_back({"D-" + std::to_string(deal), deal % 4 == 0 ? "Won" : "Lost", 100.0 + deal, deal % 3 == 0 ? "USD" : "EUR",
                        46000.0 + 7 * deal, 46010.0 + 7 * deal, deal % 2 == 0 ? "Ana" : "Ben"});
    return rows;
}

struct SaidOfCurrencies {
    std::optional<Finding> inPanel;
    std::ptrdiff_t below = 0;  // lines of the written sheet
};

// saidOfCurrencies makes something of a source: what the panel finds in the column, and how many lines below say the same.
SaidOfCurrencies saidOfCurrencies(const Source& source, std::string_view what, const std::string& column) {
    Panel panel{Texts()};
    panel.take(source);
    panel.want(what);
    EXPECT_FALSE(panel.columnsNeeded().empty());
    panel.compute();
    SaidOfCurrencies all;
    const auto* funnel = dynamic_cast<const FunnelModel*>(&panel.model());
    const auto* table = dynamic_cast<const TableModel*>(&panel.model());
    for (const Finding& each : funnel != nullptr ? funnel->preview()->findings : table->preview()->findings)
        if (each.column == column && each.message.one.find("currency than most") != std::string_view::npos) all.inPanel = each;
    const auto draft = panel.draft(std::nullopt);
    const std::string line = "Amounts are in several currencies, see " + column + ", and added as they are";
    std::string text;
    for (const Block& block : std::get<Draft>(draft).plan.sheets.front().blocks)
        for (const PlannedCell& cell : block.content)
            if (block.id == "notes" && std::holds_alternative<std::string>(*cell.content))
                text += std::get<std::string>(*cell.content) + " ";
    for (std::size_t at = text.find(line); at != std::string::npos; at = text.find(line, at + 1)) ++all.below;
    return all;
}

// So do funnels and tables, in the panel and below what is written.
TEST(SeveralCurrencies, ValueOfFunnelsAndTables) {
    const Source source = withRows(dealsInCurrencies(true), {false, false, false, false, true, true, false});
    for (const char* what : {"FUNNEL", "SEGMENTS"}) {
        const SaidOfCurrencies all = saidOfCurrencies(source, what, "Currency");
        ASSERT_TRUE(all.inPanel) << what;
        EXPECT_EQ(all.inPanel->n, 20) << what;
        EXPECT_EQ(all.below, 1) << what;
    }
    const SaidOfCurrencies all = saidOfCurrencies(source, "WINCURVE", "Currency");
    EXPECT_FALSE(all.inPanel) << "which adds no amounts";
    EXPECT_EQ(all.below, 0);
}

// The same where nothing but the number formats of the cells tells the currencies apart.
TEST(SeveralCurrencies, ValueByNumberFormats) {
    Rows rows = dealsInCurrencies(false);
    rows[6][2] = Blank{};  // an empty cell is in no currency
    Source source = withRows(rows, {false, false, false, false, true, true, false});
    source.currencies = {{2, 0, 9, "$"}, {2, 10, 40, "\u20AC"}, {2, 50, 99, "\u20AC"}, {0, 0, 59, "$"}};
    for (const char* what : {"FUNNEL", "SEGMENTS"}) {
        const SaidOfCurrencies all = saidOfCurrencies(source, what, "Amount");
        ASSERT_TRUE(all.inPanel) << what;
        EXPECT_EQ(all.inPanel->n, 9) << what;
        EXPECT_EQ(all.inPanel->first, (Place{3, 2})) << what;
        EXPECT_EQ(all.below, 1) << what;
    }
    EXPECT_EQ(otherCurrencies(source, "Amount", {{"Region", "USD"}})->n, 4) << "of every third row, one of which is empty or not";
    EXPECT_FALSE(otherCurrencies(source, "Amount", {{"Deal ID", "D-1?"}})) << "all of one currency";
    EXPECT_FALSE(otherCurrencies(source, "", {})) << "no amounts";
    EXPECT_FALSE(otherCurrencies(source, "Amount", {{"Nothing", "1"}})) << "no such column";
    source.currencies = {{2, 0, 59, "$"}};
    EXPECT_FALSE(saidOfCurrencies(source, "SEGMENTS", "Amount").inPanel);
    KpiSheetModel model{Texts()};
    source.currencies.push_back({2, 30, 34, "\u20AC"});
    model.take(source);
    model.compute();
    View view;
    model.showPreview(view);
    ASSERT_EQ(widgetsOf(view, Item::Finding).size(), 1U);
    EXPECT_TRUE(widgetsOf(view, Item::Finding)
                    .front()
                    .text.starts_with("5 amounts in Amount are shown in another currency than most, and are added as they are"))
        << widgetsOf(view, Item::Finding).front().text;
}

// draftOf is a sheet with so many KPIs of the user's own.
std::variant<Draft, std::string> draftOf(int ownKpis) {
    KpiSheetModel model{Texts()};
    model.take(deals());
    KpiSheetChoices choices = model.choices();
    choices.kpis.clear();
    for (int number = 1; number <= ownKpis; ++number) {
        choices.own.push_back({.id = "own-" + std::to_string(number),
                               .name = "Amount above " + std::to_string(number),
                               .source = choices.sources.at(0).address,
                               .when = "Closed",
                               .statistic = "sum",
                               .value = "Amount",
                               .filters = {{"Amount", ">" + std::to_string(number)}}});
        choices.kpis.push_back(choices.own.back().id);
    }
    EXPECT_TRUE(model.takeKept(deals(), written(choices), {}));
    model.compute();
    return model.draft(std::nullopt);
}

// A sheet has room for some of them; more are refused with the number of columns, and nothing is written.
TEST(KpiSheetModel, ValueOfTwoHundredKpis) {
    const auto some = draftOf(40);
    ASSERT_TRUE(std::holds_alternative<Draft>(some)) << std::get<std::string>(some);
    const DocumentPlan& plan = std::get<Draft>(some).plan;
    EXPECT_EQ(misfits(plan, defaultPlacement(plan)), std::vector<std::string>());
    for (const PlannedSheet& sheet : plan.sheets) EXPECT_LE(sheet.area().endColumn(), 1024);
    const auto many = draftOf(200);
    ASSERT_TRUE(std::holds_alternative<std::string>(many)) << std::get<Draft>(many).plan.sheets[1].area().endColumn();
    EXPECT_EQ(std::get<std::string>(many), "So many KPIs need 2,476 columns on a sheet, and Calc has 1,024: tick fewer");
}

// What is said where no KPI can be: in the panel, beside a button that cannot be pressed, and to who asks for a draft.
std::string whyNothing(KpiSheetModel& model) {
    model.compute();
    EXPECT_FALSE(model.ready());
    const auto draft = model.draft(std::nullopt);
    if (!std::holds_alternative<std::string>(draft)) return "a draft";
    View view;
    model.showPreview(view);
    const std::vector<Widget> warnings = widgetsOf(view, Item::Problem);
    EXPECT_EQ(warnings.size(), 1U);
    if (!warnings.empty()) {
        EXPECT_EQ(warnings.front().text, std::get<std::string>(draft));
    }
    return std::get<std::string>(draft);
}

std::size_t templateAt(std::string_view id) { return static_cast<std::size_t>(findTemplate(id) - kpiTemplates().data()); }

TEST(KpiSheetModel, RefusalOfATemplateWithoutData) {
    KpiSheetModel model{Texts()};
    model.take(deals());
    model.act({.item = KpiItem::Template, .entry = static_cast<std::int32_t>(templateAt("recurring-revenue"))});
    EXPECT_EQ(whyNothing(model),
              "These data give no KPI of the template Recurring revenue. Monthly recurring revenue: Needs a table of "
              "invoices or orders");
    model.act({.item = KpiItem::Template, .entry = static_cast<std::int32_t>(templateAt("sales-scorecard"))});
    for (std::int32_t index = 0; index < 60; ++index) model.act({.item = KpiItem::Check, .index = index, .on = false});
    EXPECT_EQ(whyNothing(model), "Tick a KPI first");
}

// withHeader are the deals with another header over one of their columns.
Source withHeader(const std::string& header, const std::string& now) {
    Rows rows = dealRows();
    for (Cell& cell : rows[0])
        if (cell == Cell(header)) cell = now;
    return deals(rows);
}

// An update of data that have lost a column: the sheet names what it leaves out, and where nothing is left it is not written.
TEST(KpiSheetModel, ValueOfAColumnThatIsGone) {
    KpiSheetModel model{Texts()};
    model.take(deals());
    std::string settings = written(model.choices());
    const std::string won = "kpi deals-won\n";
    ASSERT_NE(settings.find(won), std::string::npos);
    settings.replace(settings.find(won), won.size(), "kpi gone-for-good\n");
    ASSERT_TRUE(model.takeKept(withHeader("Amount", "Zzz"), settings, {}));
    model.compute();
    View view;
    model.showPreview(view);
    std::vector<std::string> said;
    for (const Widget& each : widgetsOf(view, KpiItem::Missing)) said.push_back(each.text);
    EXPECT_EQ(std::count(said.begin(), said.end(), "Won value: Needs a column with the amount"), 1);
    EXPECT_EQ(std::count(said.begin(), said.end(), "gone-for-good: There is no such KPI any more"), 1);
    const auto draft = model.draft(settings);
    ASSERT_TRUE(std::holds_alternative<Draft>(draft));
    EXPECT_NE(std::get<Draft>(draft).settings.find("kpi won-value\n"), std::string::npos) << "which comes back with its column";
    std::string all;
    for (const std::string& rule : rulesIn(std::get<Draft>(draft).plan)) all += rule + " ";
    const std::size_t at = all.find("Left out, as the data do not have what they need: ");
    ASSERT_NE(at, std::string::npos) << all;
    EXPECT_NE(all.find("Won value", at), std::string::npos) << all;
    EXPECT_NE(all.find("gone-for-good", at), std::string::npos) << all;
    ASSERT_TRUE(model.takeKept(withHeader("Closed", "Zzz"), settings, {}));
    EXPECT_EQ(
        whyNothing(model),
        "None of the KPIs of this sheet can be computed any more. Forecast accuracy: Needs a column with the date of closing");
}

TEST(KpiSheetModel, RefusalSaysWhatToDo) {
    const Rows header = {{"Deal ID", "Stage", "Amount", "Created", "Closed"}};
    const auto of = [&](const std::function<std::vector<Cell>(int)>& row, bool dates) {
        Rows rows = header;
        for (int deal = 0; deal < 40; ++deal) rows.push_back(row(deal));
        return withRows(rows, {false, false, false, dates, dates});
    };
    const auto why = [](const Source& source) {
        const std::optional<Message> message = whyNoKpiSheet(source);
        return message ? Texts().say(*message) : std::string();
    };
    EXPECT_EQ(why(of(
                  [](int deal) {
                      return std::vector<Cell>{"D" + std::to_string(deal), "Won", 5.0 + deal, 46000.0 + deal, 46010.0 + deal};
                  },
                  true)),
              "");
    EXPECT_EQ(why(of(
                  [](int deal) {
                      return std::vector<Cell>{"D" + std::to_string(deal), "Won", 5.0 + deal,
                                               "2026-01-" + std::to_string(10 + deal % 9),
                                               "2026-02-" + std::to_string(10 + deal % 9)};
                  },
                  false)),
              "needs dates, and those of these data are texts or plain numbers: convert them first");
    EXPECT_EQ(why(of(
                  [](int deal) {
                      return std::vector<Cell>{"D" + std::to_string(deal), "Demo", 5.0 + deal, 46000.0 + deal, Blank{}};
                  },
                  true)),
              "needs deals that are won or lost, and none is yet");
    EXPECT_EQ(why(of(
                  [](int deal) {
                      return std::vector<Cell>{"D" + std::to_string(deal), deal % 2 == 0 ? "Blue" : "Green", 5.0 + deal,
                                               46000.0 + deal, 46010.0 + deal};
                  },
                  true)),
              "")
        << "the user can say which";
}

// Where no text of the data means won, the fields for it come first, and what is typed makes the KPIs possible.
TEST(KpiSheetModel, ValueOfStatesThatTheUserSays) {
    Rows rows = {{"Deal ID", "Stage", "Amount", "Created", "Closed"}};
    const char* const stages[] = {"Blue", "Green", "Red", "Demo"};
    for (int deal = 0; deal < 40; ++deal)
        rows.push_back({"D" + std::to_string(deal), stages[deal % 4], 5.25 + deal, 46000.0 + deal,
                        deal % 4 == 3 ? Cell(Blank{}) : Cell(46010.5 + deal)});
    const Source source = withRows(rows, {false, false, false, true, true});
    EXPECT_FALSE(whyNoKpiSheet(source));
    KpiSheetModel model{Texts()};
    model.take(source);
    model.compute();
    EXPECT_FALSE(model.ready());
    Person person(model);
    EXPECT_EQ(widgetsOf(person.sees(), KpiItem::Won).size(), 1U);

    person.does(KpiItem::Won, {.text = " green ;RED"});
    const auto deals = [&]() -> const KpiSource& { return *model.choices().source(RowKind::Deals); };
    EXPECT_EQ(deals().won, std::vector<std::string>({"Green", "Red"}));
    EXPECT_TRUE(model.ready());
    EXPECT_EQ(person.texts(Item::Finding),
              std::vector<std::string>({"No text means lost: each deal that is not won counts as open"}));
    person.does(KpiItem::Lost, {.text = "Blue"});
    EXPECT_EQ(deals().lost, std::vector<std::string>({"Blue"}));
    EXPECT_EQ(person.texts(Item::Finding), std::vector<std::string>());
    // Of each stage ten deals: 20 won, 10 lost.
    const auto says = [](const std::vector<std::string>& texts, const std::string& begin) {
        return std::any_of(texts.begin(), texts.end(), [&](const std::string& each) { return each.starts_with(begin); });
    };
    EXPECT_TRUE(says(person.texts(KpiItem::Check), "Win rate: "));

    // A text that is in no cell is said, and nothing is written with it; nor is what was there lost.
    person.does(KpiItem::Won, {.text = "Violet"});
    EXPECT_EQ(model.refusal(), "\"Violet\" is in no cell of the column Stage");
    EXPECT_EQ(widgetsOf(person.sees(), KpiItem::Won).at(0).text, "Violet");
    EXPECT_EQ(deals().won, std::vector<std::string>({"Green", "Red"}));
    // Of several it is the one that is named.
    person.does(KpiItem::Won, {.text = "red; Violet"});
    EXPECT_EQ(model.refusal(), "\"Violet\" is in no cell of the column Stage");
    EXPECT_EQ(deals().won, std::vector<std::string>({"Red"}));
    person.does(KpiItem::Won, {.text = "red"});
    EXPECT_EQ(model.refusal(), "");
    // An emptied field asks the data again.
    person.does(KpiItem::Won, {.text = ""});
    EXPECT_EQ(model.refusal(), "");
    EXPECT_TRUE(deals().won.empty());
    EXPECT_TRUE(deals().lost.empty());
}

// Where the data say it, the fields are for few people.
TEST(KpiSheetModel, ValueOfStatesThatAreFound) {
    KpiSheetModel model{Texts()};
    model.take(deals());
    model.compute();
    Person person(model);
    EXPECT_TRUE(widgetsOf(person.sees(), KpiItem::Won).empty());
    person.does(Item::MoreOptions, {.on = true});
    EXPECT_FALSE(widgetsOf(person.sees(), KpiItem::Won).at(0).text.empty());
    EXPECT_EQ(widgetsOf(person.sees(), KpiItem::Lost).size(), 1U);
}

// The unit column names the currency that the number formats or a column tell; of several it says none.
TEST(KpiSheetModel, ValueOfTheCurrency) {
    const auto unitOf = [](const Source& source, const char* kpi) {
        KpiSheetModel model{Texts()};
        model.take(source);
        model.compute();
        const auto draft = model.draft(std::nullopt);
        std::map<std::int32_t, std::pair<std::string, std::string>> rows;
        for (const Block& block : std::get<Draft>(draft).plan.sheets.front().blocks)
            for (const PlannedCell& cell : block.content)
                if (const auto* text = cell.content ? std::get_if<std::string>(&*cell.content) : nullptr;
                    block.id == "scorecard" && text != nullptr)
                    (cell.column == 0 ? rows[cell.row].first : cell.column == 1 ? rows[cell.row].second : rows[-1].first) = *text;
        for (const auto& [row, texts] : rows)
            if (texts.first == kpi) return texts.second;
        return std::string("absent");
    };
    Source source = deals();
    EXPECT_EQ(unitOf(source, "Won value"), "");
    source.currencies = {{2, 0, 103, "\u20AC"}};
    EXPECT_EQ(unitOf(source, "Won value"), "\u20AC");
    EXPECT_EQ(unitOf(source, "Sales velocity"), "\u20AC a day");
    EXPECT_EQ(unitOf(source, "Deals won"), "");
    source.currencies = {{2, 0, 50, "\u20AC"}, {2, 51, 103, "$"}};
    EXPECT_EQ(unitOf(source, "Won value"), "");
    EXPECT_EQ(unitOf(withRows(dealsInCurrencies(true), {false, false, false, false, true, true, false}), "Won value"), "");
    Rows rows = dealsInCurrencies(true);
    const auto column = std::find(rows[0].begin(), rows[0].end(), Cell("Currency")) - rows[0].begin();
    for (std::size_t row = 1; row < rows.size(); ++row) rows[row][static_cast<std::size_t>(column)] = "EUR";
    EXPECT_EQ(unitOf(withRows(rows, {false, false, false, false, true, true, false}), "Won value"), "EUR");
}

TEST(KpiSheetModel, RefusalOfWhatHasNoKpi) {
    Source names = deals();
    names.table = names.sample = std::make_shared<MemoryTable>(Rows{{"Name"}, {"Ana"}});
    names.facts = std::make_shared<TableFacts>(factsOf(*names.table));
    EXPECT_TRUE(whyNoKpiSheet(names));
    EXPECT_FALSE(whyNoKpiSheet(deals()));
}

}  // namespace
}  // namespace calckpi::panel
