// Facts of a table: what each column holds and what its rows are, told from headers and cells. All that the sidebar proposes is
// chosen from them.
//
//   TableFacts facts = factsOf(sample);        // the first rows are enough
//   facts.rows                                 // RowKind::Deals
//   facts.column(Role::Amount)->name           // "Deal value"
#pragma once

#include "core/recognition/written_values.hpp"
#include "core/tables/table.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace calckpi::panel {

// ColumnKind is what most filled cells of a column are.
enum class ColumnKind : std::uint8_t { Empty, Number, Date, Category, Identifier, Text };

// Role is what a column is for in a table of its kind. No two columns of a table have the same role. The words of headers for
// each role are in vocabulary.txt under "role".
enum class Role : std::uint8_t {
    // What the row is about
    Deal,      // the deal's id, or its name where there is no id
    Customer,  // who buys, pays, asks, answers or acts: the account, the user, the lead
    Ticket,
    Person,   // an employee
    Content,  // the title or address of an article, a page, a document
    // Where it stands
    Stage,
    Status,     // open, won or lost beside the stage; paid or open of an invoice; a flag such as "Is won" too
    LostStage,  // the stage that a lost deal was lost at
    Reason,     // why it was lost, cancelled, left
    Outcome,    // of an activity
    Escalated,  // a flag or a date
    Presales,   // whether pre-sales took part
    // Money and other numbers
    Amount,  // of the deal, the invoice, the plan per interval
    ListPrice,
    Probability,
    Currency,
    Score,    // a survey's answer
    Minutes,  // how long an activity took
    Quota,
    Pay,
    Cost,
    Attributed,  // sales that a piece of content brought
    Shares,
    Views,
    // Times
    Opened,         // the deal or the ticket was created
    Closed,         // the deal was won or lost
    ExpectedClose,  // it is forecast to close
    Proposed,       // the proposal was sent
    Received,       // the lead came in
    Contacted,      // it was first contacted
    Qualified,      // it became a marketing qualified lead
    SalesQualified,
    Converted,    // it became an opportunity
    When,         // of an event, an activity, a payment, a survey; the month of inputs
    Start,        // of a plan
    End,          // of a plan: the day from which it does not run any more
    FirstAnswer,  // of a ticket
    Solved,
    Hired,
    Productive,  // a seller's ramp is over
    Left,
    Published,
    Updated,
    Used,    // a piece of content was last used
    Valued,  // the customer first got something out of what was bought
    // Groups
    Event,     // what happened
    Kind,      // of a deal, an activity, a survey, a ticket, a piece of content
    Interval,  // of a plan: month, year
    Owner,     // the seller or agent
    Team,
    Product,  // or plan
    Channel,  // or source
    Region,
    Segment,  // industry, size and the like
};

// RowKind is what one row of a table is.
enum class RowKind : std::uint8_t {
    Deals,
    Transactions,   // invoices, orders, payments
    Subscriptions,  // or plans
    Leads,
    Activities,
    Events,  // product or web analytics, histories of stages
    Surveys,
    Tickets,
    People,
    Content,
    InputsByMonth,  // a month and figures of it, one or more columns
    Other,
};

// ColumnFacts are what is known of one column from the sample.
struct ColumnFacts {
    std::string name;   // the header, or the column's number: see columnNames in recognition.hpp
    std::string shown;  // as a reader knows it: the header; "Stage (C)" where two columns have it, "(C)" for one without
    ColumnKind kind = ColumnKind::Empty;
    std::optional<Role> role{};
    bool textDates = false;    // of kind Date, but its cells are texts
    bool textNumbers = false;  // of kind Number, but its cells are texts: "$86,928.00", "17.506,74", "45 %"
    // Of kind Date, but its cells are plain numbers: 20250131, seconds since 1970.
    NumberAsDate numberDates = NumberAsDate::None;
    bool percentages = false;  // of the role Probability, but its cells are numbers up to 100: 60 where 60% is meant
    std::size_t filled = 0;    // cells that are neither empty nor a word for it: NULL, n/a
    std::size_t distinct = 0;  // different values
    // Of the numbers or dates, texts that are read as such included.
    std::optional<double> least{};
    std::optional<double> most{};
};

struct TableEvidence;

struct TableFacts {
    std::vector<ColumnFacts> columns;  // as in the table
    RowKind rows = RowKind::Other;
    std::size_t sampleRows = 0;
    // The column that all rows of data fill, and no subtotal between them: a filter "<>" on it leaves these out. Empty where there
    // are none.
    std::string filledInData{};

    // column is the one with a role, if there is one.
    const ColumnFacts* column(Role role) const;
    const ColumnFacts* named(const std::string& name) const;

    // What the cells show, for recognise in recognition.hpp: so that they are read once.
    std::shared_ptr<const TableEvidence> evidence;
};

// factsOf looks at all cells of the table it is given: hand a sample of a long one over. `dates` says for each column whether the
// cells have a date's number format (see recognise in recognition.hpp), `firstColumn` is the sheet's column that the table starts
// in, counted from 0. `headers` are those of the sheet where they say more than the table's own: two header rows joined
// (table_extent.hpp).
TableFacts factsOf(const Table& sample, const std::vector<bool>& dates = {}, std::int32_t firstColumn = 0,
                   const std::vector<std::string>& headers = {});

// shownNames are headers as a reader tells columns apart.
std::vector<std::string> shownNames(const std::vector<std::string>& headers, std::int32_t firstColumn);

}  // namespace calckpi::panel
