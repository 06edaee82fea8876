// Deals that are open for longer than deals take to be won.
//
//   =STUCKDEALS(Deals.A:H; "stage"; "Won"; "Lost"; "opened"; "closed"; "stage"; "amount")
#pragma once

#include "core/catalog/function.hpp"
#include "core/kpis/periods.hpp"
#include "core/statistics/statistic.hpp"

#include <cstddef>
#include <limits>
#include <optional>
#include <string_view>
#include <variant>

namespace calckpi {

// AgeLimit is an age in days, or the statistic of the won deals' cycles that is the limit: "p90", or "p90/10" of which the ten
// oldest deals are wanted.
class AgeLimit {
public:
    static constexpr std::string_view options = "\"mean\", \"median\", \"p75\", \"p90\" (any \"pNN\"), \"max\"";
    static constexpr std::optional<AgeLimit> fromText(std::string_view text) {
        const std::size_t slash = text.find('/');
        const std::string_view word = text.substr(0, slash);
        const std::optional<Statistic> statistic = word == "count" ? std::nullopt : Statistic::fromText(word);
        const std::optional<std::size_t> most = slash == std::string_view::npos ? all : wholeFrom(text.substr(slash + 1));
        return statistic && most ? std::optional(AgeLimit(*statistic, *most)) : std::nullopt;
    }
    constexpr explicit AgeLimit(double days) : held_(days) {}
    constexpr explicit AgeLimit(const Statistic& statistic, std::size_t most = all) : held_(statistic), most_(most) {}

    const double* days() const { return std::get_if<double>(&held_); }
    const Statistic* statistic() const { return std::get_if<Statistic>(&held_); }
    // most is how many deals are shown at most.
    std::size_t most() const { return most_; }

private:
    static constexpr std::size_t all = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t mostDigits = 7;  // a sheet has a million rows
    static constexpr std::optional<std::size_t> wholeFrom(std::string_view digits) {
        std::size_t number = 0;
        for (const char digit : digits) {
            if (digit < '0' || digit > '9') return std::nullopt;
            number = number * 10 + static_cast<std::size_t>(digit - '0');
        }
        return number == 0 || digits.size() > mostDigits ? std::nullopt : std::optional(number);
    }

    std::variant<double, Statistic> held_;
    std::size_t most_ = all;
};

// 0 days is a limit: all open deals.
template <>
inline constexpr bool neverZero<AgeLimit> = false;

template <>
struct Reader<AgeLimit> : ReaderDefaults {
    static constexpr Kind kind = Kind::Value;
    static constexpr std::string_view options = AgeLimit::options;
    static Result<AgeLimit> read(const Argument& argument) {
        std::optional<AgeLimit> limit;
        if (const double* days = std::get_if<double>(&argument); days != nullptr && Days::domain.holds(*days)) limit.emplace(*days);
        if (const std::string* text = std::get_if<std::string>(&argument)) limit = AgeLimit::fromText(folded(*text));
        if (!limit) return Failure(Fault::OutsideDomain, Wrong::UnknownOption);
        return *limit;
    }
};

Result<OutputGrid> stuckDeals(const TableHandle& table, const ColumnRef& status, const Values& won, const Values& lost,
                              const ColumnRef& opened, const std::optional<ColumnRef>& closed,
                              const std::optional<ColumnRef>& stage, const std::optional<ColumnRef>& amount,
                              Optional<AgeLimit> limit, const std::optional<Moment>& asOf, Optional<Number> headers,
                              const Filters& filters);

inline constexpr Function stuckDealFunctions[] = {
    describe<&stuckDeals>({
        .name = "STUCKDEALS",
        .family = Family::WholeTable,
        .title = "Stuck deals",
        .summary = "Open deals that are older than deals take to be won, the oldest first",
        .formula = "open deals with {asOf} - {opened} > {limit}",
        .parameters = {{"table", notes::tableMeaning},
                       {"status", notes::statusMeaning},
                       {"won", notes::wonMeaning},
                       {"lost", notes::lostMeaning},
                       {"opened", notes::openedColumnMeaning},
                       {"closed", "Column of the date of the close; needed unless {limit} is a number of days"},
                       {"stage", "Column of the deal's stage, to show it"},
                       {"amount", "Column of the deal's amount, to show it"},
                       {"limit",
                        "Days after which a deal is stuck, or the statistic of the won deals' days to their close that sets it",
                        "p90"},
                       {"asOf", notes::dealsAsOfMeaning},
                       {"headers", notes::headersMeaning, 1.0},
                       {"filters", notes::filtersMeaning}},
        .notes =
            {"Rows: the stuck deals, oldest first, equally old ones in the order of the table. Columns: row (counted from 1 below "
             "the headers of {table}), age and limit in days, stage, amount",
             "A statistic is of the days from {opened} to {closed} of the deals won up to {asOf}, those that pass the filters. "
             "With \"p90\" a deal is stuck when nine of ten won deals were won sooner. \"p90/10\" shows the ten oldest of them "
             "alone",
             "A deal that closed after {asOf} is still open then, one that was opened later is not there yet. Deals without "
             "{opened} are skipped",
             "No stuck deal is #N/A, and so is a statistic where none was won. Without {closed} a statistic is Err:502",
             notes::states, notes::asOfDay, notes::textCells, notes::arrayFormula},
        .caution = "Won deals alone set the limit: where few are won, give days",
        .source = "Definition; percentiles as in Calc's PERCENTILE",
        .related = {"DSALESCYCLE", "WINCURVE", "DPIPELINE", "KPIPERIODS"},
        .examples =
            {{"=INDEX(STUCKDEALS(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"opened\";\"closed\";\"stage\";\"amount\");2;1)", 5.0,
              "D-05 is open for longest"},
             {"=INDEX(STUCKDEALS(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"opened\";\"closed\";\"stage\";\"amount\");2;3)", 60.0,
              "Nine of ten deals were won within 60 days"},
             {"=INDEX(STUCKDEALS(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"opened\";\"closed\";;;\"p90/1\");2;1)", 5.0,
              "Only the oldest of them"},
             {"=INDEX(STUCKDEALS(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"opened\";;\"stage\";\"amount\";30;DATE(2026;4;1);0);2;4)",
              "Demo", "The second oldest of those older than 30 days"},
             {"=STUCKDEALS(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"opened\";;;;365)", Fault::NothingToCompute,
              "No deal is that old"},
             {"=STUCKDEALS(Deals.A:G;\"stage\";\"Won\";\"Lost\";\"opened\")", Fault::OutsideDomain,
              "The days of the won deals need their close"}},
    }),
};

}  // namespace calckpi
