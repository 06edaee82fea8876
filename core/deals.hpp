// One number from a deal table: the export as it is, its columns named by their headers.
//
//   =DWINRATE(Deals.A:H; "stage"; "Won"; "Lost"; "closed"; "channel"; "Partner")
#pragma once

#include "core/choice.hpp"
#include "core/criterion.hpp"
#include "core/function.hpp"
#include "core/sales.hpp"
#include "core/table.hpp"

namespace calckpi {

using TableHandle = std::shared_ptr<const Table>;

struct BasisWords {
    enum Value { Closed, Created };
    static constexpr Word<Value> words[] = {{"closed", Closed}, {"created", Created}};
};
using Basis = Choice<BasisWords>;

Result<Share> dWinRate(const TableHandle& table, const ColumnRef& status, const Values& won, const Values& lost, Optional<Basis> basis,
                       const Filters& filters);

// Notes and meanings that the deal table functions share stand here once.
namespace notes {
inline constexpr std::string_view tableMeaning = "Range whose first row holds the headers; whole columns are welcome";
inline constexpr std::string_view statusMeaning = "Column of the deal's state: its header or its number in the range";
inline constexpr std::string_view wonMeaning = "Text that means won, or a list of such texts";
inline constexpr std::string_view lostMeaning = "Text that means lost, or a list of such texts";
inline constexpr std::string_view filtersMeaning =
    "Pairs of a column and a criterion as in SUMIFS, such as \"Partner\", \">=1000\", \"<>\" or \"Ent*\"; all must hold";
inline constexpr std::string_view states =
    "A deal is won or lost by the texts given, open with any other text: a misspelt text counts nothing. Rows without a state are not "
    "counted. Case and outer blanks do not matter";
inline constexpr std::string_view criteria =
    "Criteria are read as SUMIFS reads them with wildcards enabled and whole cells matched, whatever the document's settings";
inline constexpr std::string_view errorCells = "An error in a column that is used is passed on; other columns are not read";
}  // namespace notes

inline constexpr Function dealFunctions[] = {
    describe<&dWinRate>({
        .name = "DWINRATE",
        .family = Family::DealTable,
        .title = "Win rate from a deal table",
        .summary = "Share of the closed deals of a table that were won, or of all its deals",
        .formula = "{won} / ({won} + {lost}); of all deals with \"created\"",
        .parameters = {{"table", notes::tableMeaning},
                       {"status", notes::statusMeaning},
                       {"won", notes::wonMeaning},
                       {"lost", notes::lostMeaning},
                       {"basis", "Share of the closed deals, or of all created ones", "closed"},
                       {"filters", notes::filtersMeaning}},
        .notes = {notes::states, notes::errorCells, notes::criteria,
                  "No row left by the filters is #N/A; rows but none closed is #DIV/0!"},
        .caution = notes::fewDeals,
        .benchmark = notes::averageWinRate,
        .source = notes::winRateSource,
        .related = {"WINRATE", "CLOSERATIO"},
        .examples = {{"=DWINRATE(Deals.A1:G13;\"stage\";\"Won\";\"Lost\")", 0.5, "4 won, 4 lost"},
                     {"=DWINRATE(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"created\")", 1.0 / 3, "4 won of 12 created"},
                     {"=DWINRATE(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"closed\";\"channel\";\"Partner\")", 2.0 / 3},
                     {"=DWINRATE(Deals.A:G;4;\"won\";{\"lost\";\"proposal\"};;\"amount\";\">=1000\")", 0.5,
                      "By the column's number; proposals count as lost"},
                     {"=DWINRATE(Deals.A:G;\"phase\";\"Won\";\"Lost\")", Fault::OutsideDomain, "No such header"},
                     {"=DWINRATE(Deals.A:G;\"stage\";\"Won\";\"Lost\";;\"channel\";\"Fair\")", Fault::NothingToCompute,
                      "No such channel"},
                     {"=DWINRATE(Deals.A:G;\"stage\";\"Won\";\"Lost\";;\"owner\";\"Cleo\")", Fault::DivideByZero,
                      "None of Cleo's deals has closed"}},
    }),
};

}  // namespace calckpi
