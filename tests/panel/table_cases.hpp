// A case for each table that users can have, over made-up deals, invoices and plans with cents, times of day, blanks and accents.
#pragma once

#include "core/recognition/recognition.hpp"
#include "core/sheets/table_choices.hpp"
#include "core/sheets/table_plan.hpp"
#include "tests/support/memory_table.hpp"
#include "tests/support/random.hpp"

#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace calckpi::panel {

using support::Dice;
using support::Rows;

inline TableHandle dealsOf(std::size_t count, std::uint64_t seed = 1) {
    Dice dice(seed);
    const std::vector<Cell> owners = {"Ana Ionescu", "Bruno", "Émile Lefèvre", "Flora", "Ștefan", Blank{}};
    const std::vector<Cell> stages = {"Demo", "Proposal", "Won", "Won", "Lost"};
    Rows rows = {{"Deal", "Owner", "Stage", "Amount", "Opened", "Closed"}};
    for (std::size_t row = 0; row < count; ++row) {
        const double opened = 45658 + dice.count(400) + (dice.oneIn(3) ? 0.625 : 0);
        const Cell stage = dice.pick(stages);
        const std::string& name = std::get<std::string>(stage);
        const bool closed = name == "Won" || name == "Lost";
        rows.push_back({"Deal " + std::to_string(row + 1), dice.pick(owners), stage, std::round(dice.between(50, 90'000)) / 4,
                        opened, closed ? Cell(std::floor(opened) + 1 + dice.count(90)) : Cell(Blank{})});
    }
    return std::make_shared<support::MemoryTable>(rows);
}

// Invoices of customers who buy at rates of their own, and leave.
inline TableHandle invoicesOf(std::size_t customers, std::uint64_t seed = 2) {
    Dice dice(seed);
    Rows rows = {{"Customer", "Date", "Amount"}};
    for (std::size_t customer = 0; customer < customers; ++customer) {
        const double rate = 0.004 + 0.03 * dice.share() * dice.share();
        const double mean = dice.between(20, 400);
        const double leaves = dice.share() * dice.share() * dice.share();
        for (double day = dice.count(250); day < 700; day += 1 - std::log(1 - dice.share()) / rate) {
            rows.push_back({"Customer " + std::to_string(customer + 1), 45292 + std::floor(day),
                            std::round(100 * mean * dice.between(0.5, 1.5)) / 100});
            if (dice.share() < leaves) break;
        }
    }
    return std::make_shared<support::MemoryTable>(rows);
}

inline TableHandle plansOf(std::size_t count, std::uint64_t seed = 3) {
    Dice dice(seed);
    const std::vector<Cell> intervals = {"month", "month", "an", 12.0, Blank{}};
    Rows rows = {{"Customer", "Start", "End", "Price", "Interval"}};
    for (std::size_t row = 0; row < count; ++row) {
        const double start = 45292 + dice.count(500);
        rows.push_back({"Customer " + std::to_string(dice.below(count / 2 + 1)), start,
                        dice.oneIn(3) ? Cell(start + 30 + dice.count(300)) : Cell(Blank{}), dice.count(400) + 0.99,
                        dice.pick(intervals)});
    }
    return std::make_shared<support::MemoryTable>(rows);
}

struct TableCase {
    std::string name;
    TableHandle source;
    TableChoices choices;
};

inline TableChoices chosen(std::string_view function, std::vector<std::pair<std::string, ChosenValue>> values) {
    TableChoices choices{.function = std::string(function), .source = "$Data.$A$1:$F$900"};
    for (auto& [name, value] : values) choices.set(name, std::move(value));
    return choices;
}

inline std::vector<TableCase> tableCases() {
    const std::vector<std::string> won = {"Won"};
    const std::vector<std::string> lost = {"Lost", "Perdue"};
    const TableHandle deals = dealsOf(600);
    const TableHandle few = dealsOf(9, 5);
    const TableHandle invoices = invoicesOf(300);
    const TableHandle plans = plansOf(120);
    std::vector<TableCase> cases;
    const auto add = [&](const std::string& name, const TableHandle& source, TableChoices choices) {
        cases.push_back({name, source, std::move(choices)});
    };
    const std::vector<std::pair<std::string, ChosenValue>> states = {{"status", "Stage"}, {"won", won}, {"lost", lost}};
    const auto with = [](std::vector<std::pair<std::string, ChosenValue>> values,
                         const std::vector<std::pair<std::string, ChosenValue>>& more) {
        values.insert(values.end(), more.begin(), more.end());
        return values;
    };
    const auto full = with(states, {{"amount", "Amount"}, {"opened", "Opened"}, {"closed", "Closed"}});
    add("segments", deals, chosen("SEGMENTS", with(full, {{"by", "Owner"}})));
    add("segments, counts alone", few, chosen("SEGMENTS", with(states, {{"by", "Owner"}})));
    add("segments by month", deals, chosen("SEGMENTS", with(full, {{"by", "Opened/month"}})));
    add("segments of every deal", deals, chosen("SEGMENTS", with(full, {{"by", "Deal"}})));
    add("periods", deals, chosen("KPIPERIODS", full));
    add("periods, few", few,
        chosen("KPIPERIODS", with(states, {{"opened", "Opened"}, {"closed", "Closed"}, {"period", "year/4"}})));
    add("periods, weeks", deals, chosen("KPIPERIODS", with(full, {{"period", "week"}, {"asOf", 45999.0}})));
    add("stuck deals", deals, chosen("STUCKDEALS", with(full, {{"stage", "Stage"}, {"deal", "Deal"}, {"asOf", 46400.0}})));
    add("stuck deals, days", few, chosen("STUCKDEALS", with(states, {{"opened", "Opened"}, {"limit", 5.0}})));
    add("win curve", deals, chosen("WINCURVE", with(states, {{"opened", "Opened"}, {"closed", "Closed"}})));
    add("cohorts", invoices, chosen("COHORTS", {{"customer", "Customer"}, {"when", "Date"}}));
    add("cohorts, revenue", invoices,
        chosen("COHORTS",
               {{"customer", "Customer"}, {"when", "Date"}, {"amount", "Amount"}, {"measure", "revenue"}, {"period", "quarter"}}));
    add("invoices", invoices, chosen("MRRMOVEMENTS", {{"customer", "Customer"}, {"when", "Date"}, {"amount", "Amount"}}));
    add("plans", plans,
        chosen("MRRPLANS", {{"customer", "Customer"},
                            {"start", "Start"},
                            {"end", "End"},
                            {"amount", "Price"},
                            {"interval", "Interval"},
                            {"asOf", 45900.0}}));
    add("customers", invoices, chosen("RFM", {{"customer", "Customer"}, {"when", "Date"}, {"amount", "Amount"}}));
    add("customers, months", invoices,
        chosen("RFM", {{"customer", "Customer"}, {"when", "Date"}, {"amount", "Amount"}, {"unit", "month"}}));
    add("forecast", invoices, chosen("CLVPREDICT", {{"customer", "Customer"}, {"when", "Date"}, {"amount", "Amount"}}));
    add("forecast, not to be believed", invoicesOf(12, 7),
        chosen("CLVPREDICT",
               {{"customer", "Customer"}, {"when", "Date"}, {"amount", "Amount"}, {"model", "bgnbd"}, {"horizon", 90.0}}));
    add("values", deals, chosen("PERIODVALUES", {{"when", "Opened"}}));
    add("values by owner", deals,
        chosen("PERIODVALUES",
               {{"when", "Opened"}, {"by", "Owner"}, {"value", "Amount"}, {"statistic", "sum"}, {"period", "quarter"}}));
    return cases;
}

inline TableContext contextOf(const TableCase& each) {
    return {.sourceName = "Data", .columns = columnNames(*each.source), .date = "2026-02-28", .until = "2025-09-30"};
}

}  // namespace calckpi::panel
