// KPI sheets as plans: what they show, by which formulas, and that they fit, for every template.
#include "core/kpis/catalog.hpp"
#include "core/recognition/recognition.hpp"
#include "core/sheets/kpi_formulas.hpp"
#include "core/sheets/kpi_sheet_plan.hpp"
#include "core/sheets/kpi_values.hpp"
#include "tests/support/csv.hpp"
#include "tests/support/memory_table.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iterator>

namespace calckpi::panel {
namespace {

using support::MemoryTable;
using support::Rows;

// madeOf is a source with the roles of its columns; an empty name is a column without one.
SourceFound madeOf(const std::string& sheet, RowKind rows, const Rows& cells, const std::map<std::string, Role>& roles) {
    SourceFound found{.address = "$" + sheet + ".$A$1:$" + std::string(1, static_cast<char>('A' + cells.front().size() - 1)) + "$" +
                                 std::to_string(cells.size()),
                      .facts = {},
                      .table = std::make_shared<MemoryTable>(cells)};
    found.facts.rows = rows;
    for (const std::string& name : columnNames(*found.table)) {
        ColumnFacts column;
        column.name = name;
        if (const auto role = roles.find(name); role != roles.end()) column.role = role->second;
        const ColumnHandle held = found.table->look(*columnIndex(name, *found.table));
        if (held->hasNumbers()) {
            column.kind = ColumnKind::Number;
            for (const double number : held->numbers())
                if (!isMissing(number)) column.most = std::max(column.most.value_or(number), number);
        }
        found.facts.columns.push_back(column);
    }
    return found;
}

std::filesystem::path crmExport() {
    const char* folder = std::getenv("CALCKPI_CRM_DATA");
    return std::filesystem::path(folder == nullptr ? "" : folder) / "sales_pipeline.csv";
}

SourceFound crmDeals() {
    const Rows cells = support::readCsv(crmExport());
    Rows dated = cells;
    for (std::size_t row = 1; row < dated.size(); ++row)
        for (std::size_t column : {5U, 6U})
            if (const std::string* text = std::get_if<std::string>(&dated[row][column])) {
                int month = 0, day = 0, year = 0;
                std::sscanf(text->c_str(), "%d/%d/%d", &month, &day, &year);
                char iso[16];
                std::snprintf(iso, sizeof iso, "%04d-%02d-%02d", year, month, day);
                dated[row][column] = *support::serialOfIsoDate(iso);
            }
    return madeOf("Deals", RowKind::Deals, dated,
                  {{"opportunity_id", Role::Deal},
                   {"sales_agent", Role::Owner},
                   {"product", Role::Product},
                   {"account", Role::Customer},
                   {"deal_stage", Role::Stage},
                   {"engage_date", Role::Opened},
                   {"close_date", Role::Closed},
                   {"close_value", Role::Amount}});
}

KpiSheetContext contextOf(const std::vector<SourceFound>& sources) {
    KpiSheetContext context;
    for (const SourceFound& source : sources) context.sources[source.address] = {source.table, columnNames(*source.table)};
    context.title = "Deals";
    context.today = 46000;
    return context;
}

TEST(KpiSheet, ValueOfTheCrmScorecard) {
    if (!std::filesystem::exists(crmExport()))
        GTEST_SKIP() << "absent: CALCKPI_CRM_DATA does not name a folder with sales_pipeline.csv";
    const std::vector<SourceFound> sources = {crmDeals()};
    const KpiSheetChoices choices = defaultKpiSheet("sales-scorecard", sources);
    EXPECT_EQ(choices.sources.at(0).won, std::vector<std::string>({"Won"}));
    const DocumentPlan plan = planKpiSheet(choices, contextOf(sources), Texts());
    EXPECT_EQ(misfits(plan, defaultPlacement(plan)), std::vector<std::string>());
}

// Tables of every kind with all the columns that a measure can ask for, small and made by dice.
std::vector<SourceFound> allKinds(std::uint64_t seed, std::size_t rows) {
    support::Dice dice(seed);
    const auto table = [&](const std::string& sheet, RowKind kind, const std::vector<std::pair<std::string, Role>>& columns,
                           const std::function<std::vector<Cell>()>& row) {
        Rows cells(1);
        std::map<std::string, Role> roles;
        for (const auto& [name, role] : columns) {
            cells[0].emplace_back(name);
            roles[name] = role;
        }
        for (std::size_t left = rows; left > 0; --left) cells.push_back(row());
        return madeOf(sheet, kind, cells, roles);
    };
    const auto day = [&](double within = 700) { return 45300 + std::floor(dice.share() * within); };
    const auto later = [&](double from) { return from + std::floor(dice.share() * 60); };
    const auto maybe = [&](double value) -> Cell { return dice.oneIn(4) ? Cell(Blank{}) : Cell(value); };
    const auto word = [&](std::vector<Cell> words) { return dice.pick(words); };
    std::vector<SourceFound> all;
    all.push_back(table("Deals", RowKind::Deals,
                        {{"Id", Role::Deal},
                         {"Stage", Role::Stage},
                         {"Amount", Role::Amount},
                         {"Opened", Role::Opened},
                         {"Closed", Role::Closed},
                         {"Seller", Role::Owner},
                         {"Product", Role::Product},
                         {"Source", Role::Channel},
                         {"Region", Role::Region},
                         {"Chance", Role::Probability},
                         {"List price", Role::ListPrice},
                         {"Proposed", Role::Proposed},
                         {"Pre-sales", Role::Presales}},
                        [&] {
                            const double opened = day();
                            const Cell stage = word({"Won", "Lost", "Demo", "Proposal", "Won"});
                            const bool open = stage == Cell("Demo") || stage == Cell("Proposal");
                            const double amount = 100 + std::floor(dice.share() * 900000) / 100;
                            return std::vector<Cell>{"D-" + std::to_string(dice.below(1000000)),
                                                     stage,
                                                     maybe(amount),
                                                     opened,
                                                     open ? Cell(Blank{}) : Cell(later(opened)),
                                                     word({"Ana", "Ben", "\u00C9mile"}),
                                                     word({"Basic", "Pro"}),
                                                     word({"Web", "LinkedIn", "Partner"}),
                                                     word({"North", "South"}),
                                                     dice.share(),
                                                     amount * 1.1,
                                                     maybe(later(opened)),
                                                     word({"yes", "no"})};
                        }));
    all.push_back(table(
        "Invoices", RowKind::Transactions, {{"Customer", Role::Customer}, {"Date", Role::When}, {"Amount", Role::Amount}}, [&] {
            return std::vector<Cell>{"C-" + std::to_string(dice.below(20)), day(), 10 + std::floor(dice.share() * 1000)};
        }));
    all.push_back(table("Leads", RowKind::Leads,
                        {{"Received", Role::Received},
                         {"Contacted", Role::Contacted},
                         {"Source", Role::Channel},
                         {"MQL", Role::Qualified},
                         {"SQL", Role::SalesQualified},
                         {"Opportunity", Role::Converted},
                         {"Owner", Role::Owner}},
                        [&] {
                            const double received = day();
                            return std::vector<Cell>{received,
                                                     maybe(later(received)),
                                                     word({"Web", "LinkedIn"}),
                                                     maybe(later(received)),
                                                     maybe(later(received)),
                                                     maybe(later(received)),
                                                     word({"Ana", "Ben"})};
                        }));
    all.push_back(table("Activities", RowKind::Activities,
                        {{"Date", Role::When},
                         {"Type", Role::Kind},
                         {"Owner", Role::Owner},
                         {"Minutes", Role::Minutes},
                         {"Outcome", Role::Outcome}},
                        [&] {
                            return std::vector<Cell>{day(),
                                                     word({"Call", "E-mail", "Meeting", "Demo", "Proposal", "Signature", "Training",
                                                           "Coaching", "Cadence", "Onboarding", "Pre-sales"}),
                                                     word({"Ana", "Ben"}), 15.0 * (1 + static_cast<double>(dice.below(8))),
                                                     word({"done", "completed", "passed"})};
                        }));
    all.push_back(table("Surveys", RowKind::Surveys, {{"Date", Role::When}, {"Score", Role::Score}}, [&] {
        return std::vector<Cell>{day(), static_cast<double>(dice.below(11))};
    }));
    all.push_back(table("Tickets", RowKind::Tickets,
                        {{"Opened", Role::Opened},
                         {"First answer", Role::FirstAnswer},
                         {"Solved", Role::Solved},
                         {"Type", Role::Kind},
                         {"Escalated", Role::Escalated}},
                        [&] {
                            const double opened = day();
                            return std::vector<Cell>{opened, maybe(later(opened)), maybe(later(opened)), word({"Bug", "How-to"}),
                                                     maybe(later(opened))};
                        }));
    all.push_back(table("People", RowKind::People,
                        {{"Hired", Role::Hired}, {"Productive", Role::Productive}, {"Left", Role::Left}, {"Source", Role::Channel}},
                        [&] {
                            const double hired = day();
                            return std::vector<Cell>{hired, maybe(later(hired)), maybe(later(hired)), word({"Referral", "Agency"})};
                        }));
    all.push_back(table("Content", RowKind::Content,
                        {{"Published", Role::Published},
                         {"Updated", Role::Updated},
                         {"Used", Role::Used},
                         {"Cost", Role::Cost},
                         {"Sales", Role::Attributed},
                         {"Shares", Role::Shares},
                         {"Views", Role::Views}},
                        [&] {
                            const double published = day();
                            return std::vector<Cell>{published,
                                                     maybe(later(published)),
                                                     maybe(later(published)),
                                                     100 + std::floor(dice.share() * 900),
                                                     std::floor(dice.share() * 5000),
                                                     static_cast<double>(dice.below(50)),
                                                     static_cast<double>(dice.below(5000))};
                        }));
    return all;
}

// Calc 7.4 reads an empty text of a formula in such a row from a file as 0.
std::ptrdiff_t emptyTextsInRepeatedRows(const PlannedSheet& sheet) {
    std::ptrdiff_t found = 0;
    for (const Block& block : sheet.blocks)
        found += std::count_if(block.content.begin(), block.content.end(), [&](const PlannedCell& cell) {
            const auto* formula = cell.content ? std::get_if<Formula>(&*cell.content) : nullptr;
            return formula != nullptr && block.row + cell.row < sheet.page.repeatedRows &&
                   std::any_of(formula->parts().begin(), formula->parts().end(), [](const auto& part) {
                       const auto* text = std::get_if<std::string>(&part);
                       return text != nullptr &&
                              (text->find(";\"\")") != std::string::npos || text->find(";\"\";") != std::string::npos);
                   });
        });
    return found;
}

// Whatever the template, the data and the language, a plan fits.
TEST(KpiSheet, PropertyEveryTemplateFits) {
    constexpr PeriodWords::Value units[] = {PeriodWords::Month, PeriodWords::Quarter, PeriodWords::Week, PeriodWords::Year};
    for (const std::size_t rows : {2U, 40U}) {
        const std::vector<SourceFound> sources = allKinds(7, rows);
        std::size_t next = 0;
        for (const KpiTemplate& what : kpiTemplates()) {
            KpiSheetChoices choices = defaultKpiSheet(what.id, sources);
            if (rows > 2) {
                choices.kpis.assign(what.kpis.begin(), what.kpis.end());
            }
            choices.unit = units[next++ % std::size(units)];
            choices.periods = 6;
            const DocumentPlan plan = planKpiSheet(choices, contextOf(sources), Texts());
            EXPECT_EQ(misfits(plan, defaultPlacement(plan)), std::vector<std::string>()) << what.id;
            EXPECT_EQ(plan.sheets.size(), 3U);
            for (const PlannedSheet& sheet : plan.sheets)
                EXPECT_EQ(emptyTextsInRepeatedRows(sheet), 0) << what.id << ", " << sheet.name;
        }
    }
}

// What is printed: each block below the head begins a section, and the last row is read by somebody, whatever the sources: it is no
// formula, which may have nothing to say and a page of its own.
TEST(KpiSheet, PropertyOfPages) {
    const std::vector<SourceFound> all = allKinds(9, 40);
    for (const KpiTemplate& what : kpiTemplates())
        for (const std::size_t count : {std::size_t{1}, std::size_t{3}, all.size()}) {
            const std::vector<SourceFound> sources(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count));
            const PlannedSheet sheet = planKpiSheet(defaultKpiSheet(what.id, sources), contextOf(sources), Texts()).sheets.at(0);
            std::int32_t last = 0;
            for (const Block& block : sheet.blocks) {
                last = std::max(last, block.area().endRow() - 1);
                if (block.row < sheet.page.repeatedRows) continue;
                const std::vector<std::int32_t>& sections = sheet.page.sections;
                EXPECT_NE(std::find(sections.begin(), sections.end(), block.row - 1), sections.end()) << what.id << block.id;
            }
            EXPECT_TRUE(std::is_sorted(sheet.page.sections.begin(), sheet.page.sections.end()));
            EXPECT_EQ(sheet.page.sections.front(), sheet.page.repeatedRows);
            for (const Block& block : sheet.blocks)
                for (const PlannedCell& cell : block.content)
                    EXPECT_TRUE(block.row + cell.row < last ||
                                (cell.content && std::holds_alternative<std::string>(*cell.content)));
        }
}

TEST(KpiSheet, ValueOfWhatIsProposed) {
    const std::vector<SourceFound> sources = allKinds(3, 60);
    for (const KpiTemplate& what : kpiTemplates()) {
        const KpiSheetChoices choices = defaultKpiSheet(what.id, sources);
        EXPECT_GE(choices.kpis.size(), what.ticked / 2) << what.id;
        for (const std::string& id : choices.kpis) EXPECT_EQ(whyNot(*findKpi(id), choices, Texts()), "") << id;
    }
}

// Products have long names and amounts are large: the column beside the KPIs has room for the names, and money is in thousands also
// where it is one number for all rows.
TEST(KpiSheet, ValueOfTheUnitColumn) {
    Rows cells = {{"Deal ID", "Stage", "Amount", "Created", "Closed", "Product", "Probability"}};
    for (int deal = 0; deal < 60; ++deal)
        cells.push_back({"D-" + std::to_string(deal),
                         deal % 3 == 0   ? "Won"
                         : deal % 3 == 1 ? "Lost"
                                         : "Demo",
                         250'000.0 + deal, 45300.0 + 9 * deal, deal % 3 == 2 ? Cell(Blank{}) : Cell(45320.0 + 9 * deal),
                         deal % 2 == 0 ? "Onboarding, on site" : "Basic", 0.5});
    const std::vector<SourceFound> sources = {madeOf("Deals", RowKind::Deals, cells,
                                                     {{"Deal ID", Role::Deal},
                                                      {"Stage", Role::Stage},
                                                      {"Amount", Role::Amount},
                                                      {"Created", Role::Opened},
                                                      {"Closed", Role::Closed},
                                                      {"Product", Role::Product},
                                                      {"Probability", Role::Probability}})};
    const KpiSheetChoices choices = defaultKpiSheet("sales-scorecard", sources);
    const DocumentPlan plan = planKpiSheet(choices, contextOf(sources), Texts());
    EXPECT_GE(plan.sheets[0].columnWidths.at(1), 19);
    const std::vector<Block>& blocks = plan.sheets[0].blocks;
    const Block& scorecard =
        *std::find_if(blocks.begin(), blocks.end(), [](const Block& block) { return block.id == "scorecard"; });
    std::map<std::string, std::int32_t> rows;
    for (const PlannedCell& cell : scorecard.content)
        if (const auto* name = cell.content ? std::get_if<std::string>(&*cell.content) : nullptr;
            name != nullptr && cell.column == 0)
            rows[*name] = cell.row;
    for (const char* name : {"Pipeline value", "Weighted pipeline"}) {
        ASSERT_TRUE(rows.contains(name)) << name;
        const auto value = std::find_if(scorecard.content.begin(), scorecard.content.end(),
                                        [&](const PlannedCell& cell) { return cell.row == rows[name] && cell.column == 2; });
        ASSERT_NE(value, scorecard.content.end());
        EXPECT_EQ(value->role, CellRole::Thousands) << name;
    }
}

// Sales of a few coins keep their decimals in the tables of segments: a mean of 12.40 is not 12.
TEST(KpiSheet, ValueOfSmallMeansOfSegments) {
    const auto roleOfMean = [](double amount) {
        Rows cells = {{"Stage", "Amount", "Created", "Closed", "Product"}};
        for (int deal = 0; deal < 60; ++deal)
            cells.push_back({deal % 3 == 0 ? "Won" : "Lost", amount + 0.25 * (deal % 4), 45300.0 + 5 * deal, 45303.5 + 5 * deal,
                             deal % 2 == 0 ? "Pen" : "Book"});
        const std::vector<SourceFound> sources = {madeOf("Deals", RowKind::Deals, cells,
                                                         {{"Stage", Role::Stage},
                                                          {"Amount", Role::Amount},
                                                          {"Created", Role::Opened},
                                                          {"Closed", Role::Closed},
                                                          {"Product", Role::Product}})};
        const DocumentPlan plan = planKpiSheet(defaultKpiSheet("sales-scorecard", sources), contextOf(sources), Texts());
        for (const Block& block : plan.sheets.at(0).blocks)
            for (const PlannedCell& header : block.content)
                if (block.id == "segments products" && header.content == std::optional<Content>("Average sale"))
                    for (const PlannedCell& cell : block.content)
                        if (cell.row > header.row && cell.column == header.column) return cell.role;
        return CellRole::Title;
    };
    EXPECT_EQ(roleOfMean(12.4), CellRole::Number);
    EXPECT_EQ(roleOfMean(250'000), CellRole::Count);
}

// However many deals are stuck, the live array has a cell for those that the sheet lists, and says nothing of more.
TEST(KpiSheet, ValueOfTheTenOldestStuckDeals) {
    Rows cells = {{"Stage", "Amount", "Created", "Closed"}};
    for (int deal = 0; deal < 60; ++deal)
        cells.push_back({deal < 20 ? "Won" : "Demo, second visit", 10.0 * deal, 45300.0 + deal,
                         deal < 20 ? Cell(45310.0 + deal) : Cell(Blank{})});
    const std::vector<SourceFound> sources = {
        madeOf("Deals", RowKind::Deals, cells,
               {{"Stage", Role::Stage}, {"Amount", Role::Amount}, {"Created", Role::Opened}, {"Closed", Role::Closed}})};
    const DocumentPlan plan = planKpiSheet(defaultKpiSheet("sales-scorecard", sources), contextOf(sources), Texts());
    const auto blockIn = [&](std::size_t sheet, const std::string& id) -> const Block& {
        const std::vector<Block>& blocks = plan.sheets.at(sheet).blocks;
        return *std::find_if(blocks.begin(), blocks.end(), [&](const Block& block) { return block.id == id; });
    };
    const Block& array = blockIn(1, "array stuck deals");
    EXPECT_EQ(array.arrays.at(0).cells, (CellArea{2, 0, 10, 5}));
    EXPECT_EQ(array.area().rows, 12) << "title, headers, ten rows";
    EXPECT_EQ(blockIn(0, "stuck").area().rows, 12);
    EXPECT_GE(plan.sheets[0].columnWidths.at(1), 18) << "the longest stage";
}

// Invoices of customers of whom some buy often and some never again.
std::vector<SourceFound> invoices() {
    support::Dice dice(17);
    Rows cells = {{"Customer", "Date", "Amount"}};
    for (int customer = 0; customer < 300; ++customer) {
        const double gap = -40 * std::log(1 - dice.share());
        const double dropout = dice.share() * dice.share();
        const double usual = 20 + 60 * dice.share();
        double day = 45300 + std::floor(100 * dice.share());
        do {
            cells.push_back({"C" + std::to_string(customer), day, std::round(usual * (50 + 100 * dice.share())) / 100});
            day += 1 - std::floor(gap * std::log(1 - dice.share()));
        } while (day < 45700 && dice.share() >= dropout);
    }
    return {madeOf("Invoices", RowKind::Transactions, cells,
                   {{"Customer", Role::Customer}, {"Date", Role::When}, {"Amount", Role::Amount}})};
}

// What today's customers are worth is the sum of CLVPREDICT, with the verdict of CLVMODEL beside it, before the number.
TEST(KpiSheet, ValueOfWhatTodaysCustomersAreExpectedToBuy) {
    const std::vector<SourceFound> sources = invoices();
    const KpiSheetChoices choices = defaultKpiSheet("recurring-revenue", sources);
    const std::string id = "customer-value-expected";
    ASSERT_NE(std::find(choices.kpis.begin(), choices.kpis.end(), id), choices.kpis.end());
    const KpiSheetContext context = contextOf(sources);
    const DocumentPlan plan = planKpiSheet(choices, context, Texts());
    EXPECT_EQ(misfits(plan, defaultPlacement(plan)), std::vector<std::string>());
    const Addresses addresses(plan, defaultPlacement(plan));
    const std::vector<Block>& blocks = plan.sheets[0].blocks;
    const Block& scorecard =
        *std::find_if(blocks.begin(), blocks.end(), [](const Block& block) { return block.id == "scorecard"; });
    std::map<std::int32_t, std::string> cells;  // of its row, by column
    for (const PlannedCell& cell : scorecard.content) {
        const auto* name = cell.content ? std::get_if<std::string>(&*cell.content) : nullptr;
        if (cell.column != 0 || name == nullptr || *name != "Expected of today's customers in 365 days") continue;
        for (const PlannedCell& other : scorecard.content)
            if (other.row == cell.row && other.content)
                if (const auto* formula = std::get_if<Formula>(&*other.content)) cells[other.column] = addresses.text(*formula, 0);
    }
    EXPECT_NE(cells[2].find("INDEX(ORG.CALCKPI.KPI.CLVPREDICT(" + sources[0].address + ";\"Customer\";\"Date\";\"Amount\";365;"),
              std::string::npos)
        << cells[2];
    EXPECT_NE(cells[2].find(";1;8)"), std::string::npos) << cells[2];
    EXPECT_NE(cells[1].find("MATCH(INDEX(ORG.CALCKPI.KPI.CLVMODEL(" + sources[0].address), std::string::npos) << cells[1];
    EXPECT_NE(cells[1].find("Verdict: nobody leaves"), std::string::npos) << cells[1];
    KpiValues values(choices, context.sources);
    const Result<calckpi::Outcome> all =
        calckpi::find("CLVPREDICT")
            ->call(std::vector<Argument>{sources[0].table, std::string("Customer"), std::string("Date"), std::string("Amount")});
    ASSERT_TRUE(values.of(id));
    EXPECT_EQ(*values.of(id), std::get<double>(std::get<OutputGrid>(*all).at(1, 7)));
}

// Plans tell by their start how far the data go.
TEST(KpiSheet, ValueOfPlansOfCustomers) {
    Rows cells = {{"Customer", "Starts", "Ends", "Fee"}};
    for (int customer = 0; customer < 12; ++customer)
        cells.push_back({"C" + std::to_string(customer), 45292.0 + 31 * customer, Cell(Blank{}), 100.0 + customer});
    const std::vector<SourceFound> sources = {
        madeOf("Plans", RowKind::Subscriptions, cells,
               {{"Customer", Role::Customer}, {"Starts", Role::Start}, {"Ends", Role::End}, {"Fee", Role::Amount}})};
    const std::optional<KpiCall> days = dayCall(defaultKpiSheet("recurring-revenue", sources).sources.at(0));
    ASSERT_TRUE(days);
    const Result<calckpi::Outcome> byDay = compute(*days, sources[0].table);
    ASSERT_TRUE(byDay);
    const OutputGrid& grid = std::get<OutputGrid>(*byDay);
    EXPECT_EQ(std::get<double>(grid.at(grid.rows - 1, 0)), 45292.0 + 31 * 11);
    const DocumentPlan plan = planKpiSheet(defaultKpiSheet("recurring-revenue", sources), contextOf(sources), Texts());
    EXPECT_EQ(misfits(plan, defaultPlacement(plan)), std::vector<std::string>());
}

// What a KPI lacks is said by the name of the column.
TEST(KpiSheet, ValueOfWhatIsMissing) {
    const std::vector<SourceFound> sources = {madeOf("Deals", RowKind::Deals,
                                                     {{"Stage", "Created"}, {"Won", 46000.0}, {"Lost", 46001.0}},
                                                     {{"Stage", Role::Stage}, {"Created", Role::Opened}})};
    const KpiSheetChoices choices = defaultKpiSheet("sales-scorecard", sources);
    EXPECT_EQ(whyNot(*findKpi("deals-won"), choices, Texts()), "Needs a column with the date of closing");
    const std::vector<SourceFound> open = {
        madeOf("Deals", RowKind::Deals, {{"Stage", "Created", "Closed"}, {"Demo", 46000.0, Blank{}}, {"Demo", 46001.0, Blank{}}},
               {{"Stage", Role::Stage}, {"Created", Role::Opened}, {"Closed", Role::Closed}})};
    EXPECT_EQ(whyNot(*findKpi("deals-won"), defaultKpiSheet("sales-scorecard", open), Texts()),
              "No text in the column Stage means that a deal is won");
}

// The cell that keeps a figure from being computed is named: an amount that is text does so for all that is read with it.
TEST(KpiValues, RefusalNamesTheCell) {
    Rows cells = {{"Stage", "Amount", "Created", "Closed"}};
    for (int deal = 0; deal < 40; ++deal)
        cells.push_back({deal % 2 == 0 ? "Won" : "Lost", deal == 17 ? Cell("many") : Cell(10.0 * deal), 45300.0 + 9 * deal,
                         45310.0 + 9 * deal});
    const std::vector<SourceFound> sources = {
        madeOf("Deals", RowKind::Deals, cells,
               {{"Stage", Role::Stage}, {"Amount", Role::Amount}, {"Created", Role::Opened}, {"Closed", Role::Closed}})};
    const KpiSheetChoices choices = defaultKpiSheet("sales-scorecard", sources);
    const KpiSheetContext context = contextOf(sources);
    KpiValues values(choices, context.sources);
    ASSERT_TRUE(values.period()) << "dates are read alone";
    EXPECT_FALSE(values.of("won-value"));
    ASSERT_TRUE(values.cellFault());
    EXPECT_EQ(values.cellFault()->source, sources[0].address);
    EXPECT_EQ(values.cellFault()->failure.row, 19) << "with the headers in row 1";
}

TEST(KpiSheetSettings, PropertyWrittenAndRead) {
    const std::vector<SourceFound> sources = allKinds(5, 20);
    for (const KpiTemplate& what : kpiTemplates()) {
        KpiSheetChoices choices = defaultKpiSheet(what.id, sources);
        choices.unit = PeriodWords::Quarter;
        choices.yearStart = 4;
        choices.asOf = 45999.25;
        choices.lastYear = false;
        choices.sources[0].filters.push_back({"Region", "North\n% "});
        choices.own.push_back({.id = "own-1",
                               .name = "Calls to \u00C9mile",
                               .source = choices.sources[3].address,
                               .when = "Date",
                               .statistic = "sum",
                               .value = "Minutes",
                               .filters = {{"Owner", "Ana"}, {"Type", "Call"}},
                               .better = Better::Less});
        choices.kpis.emplace_back("own-1");
        const std::string text = written(choices);
        EXPECT_EQ(readKpiSheetSettings(text), choices) << text;
        for (std::size_t end = 0; end + 1 < text.size(); end += 37) EXPECT_FALSE(readKpiSheetSettings(text.substr(0, end)));
    }
    EXPECT_FALSE(readKpiSheetSettings("table 1\nend"));
    EXPECT_FALSE(readKpiSheetSettings("kpi-sheet 1\ntemplate x\nperiods 1\nend"));
    EXPECT_FALSE(readKpiSheetSettings("kpi-sheet 1\ntemplate x\nunit eon\nend"));
    EXPECT_FALSE(readKpiSheetSettings("kpi-sheet 1\ncolumn Stage\nend"));
}

// The present values are those of the last complete period, by the function of the whole table.
TEST(KpiValues, PropertyAsInTheWholeTable) {
    const std::vector<SourceFound> sources = allKinds(9, 60);
    const KpiSheetChoices choices = defaultKpiSheet("sales-scorecard", sources);
    const std::map<std::string, KpiSheetContext::Source> tables = contextOf(sources).sources;
    KpiValues values(choices, tables);
    ASSERT_TRUE(values.period());
    const KpiCall call =
        kpiCall(findKpiArray("deals")->call, *choices.source(RowKind::Deals), {.asOf = {{}, *values.period() + 40}});
    const Result<calckpi::Outcome> table = compute(call, sources[0].table);
    ASSERT_TRUE(table);
    const OutputGrid& grid = std::get<OutputGrid>(*table);
    bool found = false;
    for (std::size_t row = 0; row < grid.rows; ++row) {
        if (std::get<double>(grid.at(row, 0)) != *values.period()) continue;
        found = true;
        const double won = std::get<double>(grid.at(row, 3));
        const double lost = std::get<double>(grid.at(row, 4));
        EXPECT_EQ(*values.of("deals-won"), won);
        EXPECT_EQ(*values.of("deals-created"), std::get<double>(grid.at(row, 2)));
        if (won + lost > 0) {
            EXPECT_DOUBLE_EQ(*values.of("win-rate"), won / (won + lost));
            EXPECT_LE(*values.of("win-rate-low"), *values.of("win-rate"));
        }
    }
    EXPECT_TRUE(found);
    EXPECT_FALSE(values.of("cac")) << "it waits for typed costs";
    EXPECT_FALSE(values.of("nothing"));
}

TEST(KpiValues, PropertyEveryTemplate) {
    const std::vector<SourceFound> sources = allKinds(21, 120);
    const std::map<std::string, KpiSheetContext::Source> tables = contextOf(sources).sources;
    std::size_t known = 0;
    for (const KpiTemplate& what : kpiTemplates()) {
        const KpiSheetChoices choices = defaultKpiSheet(what.id, sources);
        KpiValues values(choices, tables);
        for (const std::string_view id : what.kpis) known += values.of(id) ? 1U : 0U;
    }
    EXPECT_GT(known, 40U);
}

}  // namespace
}  // namespace calckpi::panel
