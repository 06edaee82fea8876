#include "core/kpis/catalog.hpp"
#include "core/tables/cell_fault.hpp"
#include "tests/support/expect.hpp"
#include "tests/support/memory_table.hpp"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>
#include <string>

namespace calckpi {
namespace {

using support::MemoryTable;
using support::Rows;

constexpr std::size_t deals = 16;

// Every second deal is closed, 10 days after its opening.
Rows dealRows() {
    Rows rows = {{"Owner", "stage", " Amount ", "opened", "close_date", "chance", "note"}};
    for (std::size_t deal = 0; deal < deals; ++deal) {
        const double opened = 46000 + 3 * static_cast<double>(deal);
        const bool closed = deal % 2 == 0;
        rows.push_back({deal % 3 == 0 ? "Ana" : "Ben", closed ? (deal % 4 == 0 ? "Won" : "Lost") : "Demo", 100.0, opened,
                        closed ? Cell(opened + 10) : Cell(Blank{}), 0.5, "x"});
    }
    return rows;
}

// Use says what a column of a call holds; "" is a column of texts.
struct Call {
    std::string_view name;
    std::vector<Argument> arguments;  // after the table
    std::map<std::string, std::string> uses;
};

Argument stages(std::vector<Cell> names) {
    const std::size_t rows = names.size();
    return Grid{.rows = rows, .columns = 1, .cells = std::move(names)};
}

std::vector<Call> tableCalls() {
    return {
        {"DWINRATE", {"stage", "Won", "Lost"}, {{"stage", ""}}},
        {"DWINVALUE", {"stage", "Won", "Lost", "amount"}, {{"stage", ""}, {"Amount", "number"}}},
        {"DSALESCYCLE", {"opened", "close_date"}, {{"opened", "date"}, {"close_date", "date"}}},
        {"DSALES", {"stage", "Won", "amount"}, {{"stage", ""}, {"Amount", "number"}}},
        {"DPIPELINE", {"stage", "Won", "Lost", "amount", "chance"}, {{"stage", ""}, {"Amount", "number"}, {"chance", "number"}}},
        {"DSALESVELOCITY",
         {"stage", "Won", "Lost", "amount", "opened", "close_date"},
         {{"stage", ""}, {"Amount", "number"}, {"opened", "date"}, {"close_date", "date"}}},
        {"DRESPONSETIME", {"opened", "close_date"}, {{"opened", "date"}, {"close_date", "date"}}},
        {"SEGMENTS",
         {"owner", "stage", "Won", "Lost", "amount", "opened", "close_date"},
         {{"Owner", ""}, {"stage", ""}, {"Amount", "number"}, {"opened", "date"}, {"close_date", "date"}}},
        {"FUNNELSTAGES",
         {"stage", stages({"Demo", "Won"}), "Lost", Absent{}, "amount", "owner"},
         {{"stage", ""}, {"Amount", "number"}, {"Owner", ""}}},
        {"FUNNELDATES",
         {stages({"opened", "close_date"}), Absent{}, "owner"},
         {{"Owner", ""}, {"opened", "date"}, {"close_date", "date"}}},
        {"FUNNELEVENTS", {"owner", "stage", "opened", stages({"Demo", "Won"})}, {{"Owner", ""}, {"stage", ""}, {"opened", "date"}}},
        {"COHORTS", {"owner", "opened", Absent{}, "revenue", "amount"}, {{"Owner", ""}, {"opened", "date"}, {"Amount", "number"}}},
        {"MRRMOVEMENTS", {"owner", "opened", "amount"}, {{"Owner", ""}, {"opened", "date"}, {"Amount", "number"}}},
        {"WINCURVE", {"opened", "close_date", "stage", "Won", "Lost"}, {{"stage", ""}, {"opened", "date"}, {"close_date", "date"}}},
        {"RFM", {"owner", "opened", "amount"}, {{"Owner", ""}, {"opened", "date"}, {"Amount", "number"}}},
    };
}

Result<Outcome> outcomeOf(const Call& call, const std::shared_ptr<const MemoryTable>& table) {
    std::vector<Argument> arguments = call.arguments;
    arguments.insert(arguments.begin(), std::shared_ptr<const Table>(table));
    for (const Function& function : catalog())
        if (function.name() == call.name) return function.call(arguments);
    throw std::invalid_argument("no such function");
}

std::size_t columnOf(const std::string& header) {
    const Rows rows = dealRows();
    for (std::size_t column = 0; column < rows[0].size(); ++column)
        if (std::get<std::string>(rows[0][column]).find(header) != std::string::npos) return column;
    throw std::invalid_argument("no such column");
}

std::optional<CellFault> faultOf(const Call& call, const Rows& rows) {
    const auto table = std::make_shared<const MemoryTable>(rows);
    const Result<Outcome> result = outcomeOf(call, table);
    if (result) return std::nullopt;
    return cellFaultOf(result.failure(), *table);
}

TEST(CellFault, PropertyAllFunctionsThatReadATableAreTried) {
    std::set<std::string_view> tried;
    for (const Call& call : tableCalls()) {
        tried.insert(call.name);
        EXPECT_TRUE(outcomeOf(call, std::make_shared<const MemoryTable>(dealRows()))) << call.name;
    }
    for (const Function& function : catalog())
        if (function.takesTable()) {
            EXPECT_TRUE(tried.contains(function.name())) << function.name();
        }
}

TEST(CellFault, PropertyATextAmongDatesOrNumbersIsFoundByItsPlace) {
    for (const Call& call : tableCalls())
        for (const auto& [header, use] : call.uses) {
            if (use.empty()) continue;
            Rows rows = dealRows();
            const std::size_t column = columnOf(header);
            rows[9][column] = "soon";
            rows[12][column] = "later";
            const auto fault = faultOf(call, rows);
            ASSERT_TRUE(fault) << call.name << ' ' << header;
            EXPECT_EQ(inEnglish(*fault), header + ", row 10: text, not a " + use) << call.name;
            EXPECT_EQ(fault->column, static_cast<std::int32_t>(column) + 1) << call.name;
        }
}

TEST(CellFault, PropertyAnErrorInAUsedColumnIsFoundByItsPlace) {
    for (const Call& call : tableCalls()) {
        for (const auto& [header, use] : call.uses) {
            Rows rows = dealRows();
            rows[9][columnOf(header)] = CellError{532};
            rows[12][columnOf(header)] = CellError{503};
            const auto fault = faultOf(call, rows);
            ASSERT_TRUE(fault) << call.name << ' ' << header;
            EXPECT_EQ(inEnglish(*fault), header + ", row 10: the error #DIV/0!") << call.name;
        }
        Rows unused = dealRows();
        unused[9][columnOf("note")] = CellError{532};
        EXPECT_TRUE(outcomeOf(call, std::make_shared<const MemoryTable>(unused))) << call.name;
    }
}

// An error in a column that only a filter looks at is one in a used column.
TEST(CellFault, EdgeOfAnErrorInAFilter) {
    Rows rows = dealRows();
    rows[3][columnOf("note")] = CellError{32767};
    Call call = tableCalls()[0];
    call.arguments.insert(call.arguments.end(), {Absent{}, "note", "x"});
    const auto fault = faultOf(call, rows);
    ASSERT_TRUE(fault);
    EXPECT_EQ(inEnglish(*fault), "note, row 4: the error #N/A");
}

TEST(CellFault, PropertyACloseBeforeItsOpeningIsFoundByItsPlace) {
    for (const Call& call : tableCalls()) {
        if (!call.uses.contains("close_date") || call.name == "FUNNELDATES") continue;  // a funnel leaves negative days out
        Rows rows = dealRows();
        rows[9][columnOf("close_date")] = 45000.0;  // of a won deal
        const auto fault = faultOf(call, rows);
        ASSERT_TRUE(fault) << call.name;
        EXPECT_EQ(*fault, (CellFault{"close_date", 5, 10, CellFault::Kind::Unlikely})) << call.name;
    }
    Rows far = dealRows();
    far[9][columnOf("opened")] = 20260105e3;
    for (const Call& call : tableCalls()) {
        if (call.name != "COHORTS" && call.name != "MRRMOVEMENTS" && call.name != "RFM" && call.name != "WINCURVE") continue;
        const auto fault = faultOf(call, far);
        ASSERT_TRUE(fault) << call.name;
        EXPECT_EQ(*fault, (CellFault{"opened", 4, 10, CellFault::Kind::Unlikely})) << call.name;
    }
}

TEST(CellFault, EdgeWhereNoCellIsToBlame) {
    const MemoryTable table(dealRows());
    EXPECT_FALSE(cellFaultOf(Fault::DivideByZero, table));
    EXPECT_FALSE(cellFaultOf(Fault::OutsideDomain, table));
    EXPECT_FALSE(cellFaultOf(Failure(Fault::NotANumber).at(8, 2), table)) << "the table has 7 columns";
}

TEST(CellFault, ValueOfTheWords) {
    EXPECT_EQ(inEnglish({"close_date", 5, 17, CellFault::Kind::TextNotADate}), "close_date, row 17: text, not a date");
    EXPECT_EQ(inEnglish({"", 5, 17, CellFault::Kind::TextNotANumber}), "column 5, row 17: text, not a number");
    EXPECT_EQ(inEnglish({"close_date", 5, 17, CellFault::Kind::Unlikely}),
              "close_date, row 17: a value that cannot be, such as a date before the one it follows");
    // Numbers and names of errors as in LibreOffice's help, "Error Codes in LibreOffice Calc".
    const std::map<std::uint16_t, std::string> errors = {{503, "#NUM!"},   {519, "#VALUE!"}, {524, "#REF!"},   {525, "#NAME?"},
                                                         {532, "#DIV/0!"}, {32767, "#N/A"},  {502, "Err:502"}, {508, "Err:508"}};
    for (const auto& [number, shown] : errors) EXPECT_EQ(shownError(number), shown);
}

}  // namespace
}  // namespace calckpi
