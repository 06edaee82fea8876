// Segments: the deals of a table by seller, channel, product or month, side by side.
//
//   =SEGMENTS(Deals.A:H; "channel"; "stage"; "Won"; "Lost"; "amount"; "opened"; "closed")
#pragma once

#include "core/kpis/deals.hpp"
#include "core/tables/frame.hpp"
#include "core/catalog/function.hpp"
#include "core/catalog/output.hpp"

namespace calckpi {

Result<OutputGrid> segments(const TableHandle& table, const ColumnRef& by, const ColumnRef& status, const Values& won,
                            const Values& lost, const std::optional<ColumnRef>& amount, const std::optional<ColumnRef>& opened,
                            const std::optional<ColumnRef>& closed, Optional<Number> headers, const Filters& filters);

inline constexpr Function segmentFunctions[] = {
    describe<&segments>({
        .name = "SEGMENTS",
        .family = Family::WholeTable,
        .title = "Segments",
        .summary = "Deals, win rate and revenue of each seller, channel, product or month, and of all together",
        .formula = "for each value of {by}: deals, won, lost, open, win rate = won / (won + lost), low, high, p-value, revenue, "
                   "share of revenue, average sale, median cycle",
        .parameters = {{"table", notes::tableMeaning},
                       {"by", "Column with the segments, or a column of dates with a period, as in \"opened/month\""},
                       {"status", notes::statusMeaning},
                       {"won", notes::wonMeaning},
                       {"lost", notes::lostMeaning},
                       {"amount", "Column of the deal's amount; without it the columns of money are empty"},
                       {"opened", notes::openedColumnMeaning},
                       {"closed", notes::closedColumnMeaning},
                       {"headers", notes::headersMeaning, 1.0},
                       {"filters", notes::filtersMeaning}},
        .notes =
            {notes::states,
             "The first row, \"All\", is of all deals. Then the segment with most deals comes first; of equal ones the lower "
             "number, "
             "then the texts in their order. An empty cell in {by} is the segment \"(blank)\"",
             notes::periodsOfBy,
             "Low and high are Wilson's 95 % interval of the win rate. The p-value compares it with that of all other segments "
             "together, as RATETEST with \"z\"; \"All\" has none. Revenue, average sale and median cycle are of the won deals; "
             "the cycle needs {opened} and {closed}",
             "In a cell of the table #DIV/0! says that no deal of the segment has closed or that there is nothing to share, #N/A "
             "that none was won, or for money that no won deal has an amount. No row left is #N/A",
             notes::closeBeforeOpening, notes::textCells, notes::arrayFormula},
        .caution = "Among 20 equal segments one has a p-value below 0.05 by chance: look at the interval and at the next period "
                   "before rewarding anybody",
        .source = "Wilson 1927 (interval); pooled two-proportion z test",
        .related = {"DWINRATE", "DSALES", "RATETEST", "RATELOW"},
        .examples =
            {{"=INDEX(SEGMENTS(Deals.A:G;\"channel\";\"stage\";\"Won\";\"Lost\");3;1)", "Web", "The segment with most deals"},
             {"=INDEX(SEGMENTS(Deals.A:G;\"channel\";\"stage\";\"Won\";\"Lost\");4;6)", 2.0 / 3, "Partner's win rate"},
             {"=INDEX(SEGMENTS(Deals.A:G;\"channel\";\"stage\";\"Won\";\"Lost\");3;9)", 0.465208818452, "2 of 5 against 2 of 3"},
             {"=INDEX(SEGMENTS(Deals.A:G;\"channel\";\"stage\";\"Won\";\"Lost\";\"amount\");3;11)", 2750.0 / 6350,
              "Web's share of the revenue"},
             {"=INDEX(SEGMENTS(Deals.A:G;\"channel\";\"stage\";\"Won\";\"Lost\";;\"opened\";\"closed\";0);2;13)", 35.0,
              "Days, without the header row"},
             {"=INDEX(SEGMENTS(Deals.A:G;\"owner\";\"stage\";\"Won\";\"Lost\";;;;;\"channel\";\"Web\");2;2)", 7.0,
              "All deals from the web"},
             {"=INDEX(SEGMENTS(Deals.A:G;\"owner\";\"stage\";\"Won\";\"Lost\");5;6)", Fault::DivideByZero,
              "None of Cleo's deals has closed"},
             {"=INDEX(SEGMENTS(Deals.A:G;\"opened/month\";\"stage\";\"Won\";\"Lost\");3;1)", 46023.0,
              "2026-01-01: January comes first"},
             {"=SEGMENTS(Deals.A:G;\"region\";\"stage\";\"Won\";\"Lost\")", Fault::OutsideDomain, "No such header"}},
    }),
};

}  // namespace calckpi
