// A call of every catalog function that reads a table, over one table of deals, with what each column that it uses holds: for rules
// that must hold in all of them. A new function adds its row here.
#pragma once

#include "core/kpis/catalog.hpp"
#include "tests/support/memory_table.hpp"

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace calckpi::support {

inline constexpr std::size_t deals = 16;

// Every second deal is closed, 10 days after its opening.
inline Rows dealRows() {
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
struct TableCall {
    std::string_view name;
    std::vector<Argument> arguments;  // after the table
    std::map<std::string, std::string> uses;
};

inline Argument stages(std::vector<Cell> names) {
    const std::size_t rows = names.size();
    return Grid{.rows = rows, .columns = 1, .cells = std::move(names)};
}

inline std::vector<TableCall> tableCalls() {
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
        {"MRRPLANS",
         {"owner", "opened", "close_date", "amount"},
         {{"Owner", ""}, {"opened", "date"}, {"close_date", "date"}, {"Amount", "number"}}},
        {"KPIPERIODS",
         {"stage", "Won", "Lost", "opened", "close_date", "amount"},
         {{"stage", ""}, {"Amount", "number"}, {"opened", "date"}, {"close_date", "date"}}},
        {"PERIODVALUES", {"opened", "amount", "sum", "owner"}, {{"Owner", ""}, {"opened", "date"}, {"Amount", "number"}}},
        {"STUCKDEALS",
         {"stage", "Won", "Lost", "opened", "close_date", "stage", "amount", 5.0},
         {{"stage", ""}, {"Amount", "number"}, {"opened", "date"}, {"close_date", "date"}}},
        {"RFM", {"owner", "opened", "amount"}, {{"Owner", ""}, {"opened", "date"}, {"Amount", "number"}}},
        {"CLVMODEL", {"owner", "opened", "amount"}, {{"Owner", ""}, {"opened", "date"}, {"Amount", "number"}}},
        {"CLVPREDICT", {"owner", "opened", "amount"}, {{"Owner", ""}, {"opened", "date"}, {"Amount", "number"}}},
        {"CLVHOLDOUT",
         {"owner", "opened", 46020.0, Absent{}, Absent{}, "amount"},
         {{"Owner", ""}, {"opened", "date"}, {"Amount", "number"}}},
    };
}

inline Result<Outcome> outcomeOf(const TableCall& call, const TableHandle& table) {
    std::vector<Argument> arguments = call.arguments;
    arguments.insert(arguments.begin(), table);
    for (const Function& function : catalog())
        if (function.name() == call.name) return function.call(arguments);
    throw std::invalid_argument("no such function");
}

inline std::size_t columnOf(const std::string& header) {
    const Rows rows = dealRows();
    for (std::size_t column = 0; column < rows[0].size(); ++column)
        if (std::get<std::string>(rows[0][column]).find(header) != std::string::npos) return column;
    throw std::invalid_argument("no such column");
}

}  // namespace calckpi::support
