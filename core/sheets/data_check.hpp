// The data check: what is to be said of the cells that a funnel is made from, and why there is no funnel.
//
//   const std::vector<Finding> findings = checkCells(table, choices);            // whether there is a funnel or not
//   const std::vector<Finding> more = findingsOf(report.notes, choices, *table);  // what the funnel left out
//   const Finding why = problemOf(result.failure(), choices, table);
#pragma once

#include "core/kpis/funnel.hpp"
#include "core/recognition/choices.hpp"
#include "core/recognition/place.hpp"
#include "core/texts/message.hpp"
#include "core/values/result.hpp"
#include "core/tables/table.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace calckpi::panel {

// Finding is one fact about the data, with the first cell that shows it: "12 dates in closed are text".
struct Finding {
    Message message;
    std::int64_t n = 0;    // {n} in the message, if it has a plural
    std::string column{};  // {column} in the message
    std::string stage{};   // {stage} in the message
    Place first{};
    Message field{};      // {field}: what an argument is called
    std::string other{};  // {other}: what may have been meant
    friend bool operator==(const Finding&, const Finding&) = default;
};

// said is the sentence of a finding. With the address of its first cell, as the user's sheet calls it, it says that too.
std::string said(const Finding& finding, const Texts& texts, std::string_view firstCell = {});

// steps and lost are the names of the chosen stages that are counted, and of those that mean lost.
std::vector<std::string> steps(const Choices& choices);
std::vector<std::string> lost(const Choices& choices);

// filtersOf are filters, or those of the choices, as the functions take them.
Filters filtersOf(const std::vector<Criterion>& criteria, const Table& table);
Filters filtersOf(const Choices& choices, const Table& table);

// problemOf choices alone: what must be chosen before there can be a table.
std::optional<Finding> problemOf(const Choices& choices, const Table& table);
// problemOf a function's failure.
Finding problemOf(const Failure& failure, const Choices& choices, const TableHandle& table);

// checkCells looks at the columns that the choices use, in one pass over each: error cells, texts where numbers or dates belong,
// deals that are there twice; in the shape Counts all that there is to say.
std::vector<Finding> checkCells(const TableHandle& table, const Choices& choices);
// findingsOf says what a funnel left out.
std::vector<Finding> findingsOf(const FunnelNotes& notes, const Choices& choices, const Table& table);

// lostAnywhere says how many lost deals count at the first stage for want of their own.
std::optional<Finding> lostAnywhere(const FunnelNotes& notes, const Choices& choices, const Table& table);

// CurrencyFormat is a stretch of cells whose number formats show one currency. Column and rows are counted from 0, below the
// headers.
struct CurrencyFormat {
    std::size_t column = 0;
    std::size_t firstRow = 0;
    std::size_t lastRow = 0;
    std::string currency{};
};

// AmountColumns are the columns that tell in which currency amounts are: one that names currencies, and that of the amounts, by the
// number formats of its cells. Either may be empty.
struct AmountColumns {
    std::string currency{};
    std::string amount{};
};

// otherCurrencies are the rows that pass whose amounts are in another currency than most: nothing converts them, they are added as
// they are. The column of the finding is the one that tells.
std::optional<Finding> otherCurrencies(const TableHandle& table, const AmountColumns& columns,
                                       const std::vector<CurrencyFormat>& formats, const std::vector<Criterion>& filters);
// currencyOf is the one currency of the amounts of all rows that pass; empty where nothing tells it, or where there are several.
std::string currencyOf(const TableHandle& table, const AmountColumns& columns, const std::vector<CurrencyFormat>& formats,
                       const std::vector<Criterion>& filters);
// currencyRule says so below what is made of them.
std::string currencyRule(const std::string& column, const Texts& texts);

// ClosedDeals are the columns of deals that are compared by value, with the words for won and lost.
struct ClosedDeals {
    std::string state{};
    std::vector<std::string> won{};
    std::vector<std::string> lost{};
    std::string amount{};
};

// amountsOnOneSide says so where most of the won or most of the lost deals that pass have no amount, or 0, and the others have one:
// what they say of won and lost by value is then no rate. The first such deal is named.
std::optional<Finding> amountsOnOneSide(const TableHandle& table, const ClosedDeals& deals, const std::vector<Criterion>& filters);

// StageCounts are the cells of the shape Counts, row by row as they are in the source: FUNNEL takes its stages from there.
struct StageCounts {
    std::vector<Cell> names;
    std::vector<Cell> counts;
    std::vector<Cell> amounts;  // none without the column
    std::string nameOf(std::size_t row) const;
};
Result<StageCounts> stageCounts(const TableHandle& table, const Choices& choices);

}  // namespace calckpi::panel
