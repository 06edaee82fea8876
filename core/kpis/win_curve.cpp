#include "core/kpis/win_curve.hpp"

#include "core/catalog/output.hpp"
#include "core/statistics/proportions.hpp"
#include "core/tables/spells.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace calckpi {
namespace {

// Curve carries the Aalen-Johansen estimate of the share won and the running sums of its variance (Marubini and Valsecchi 1995,
// formula 10.12, opened up so that each age is visited once).
class Curve {
public:
    void pass(double atRisk, double won, double lost) {
        const double closed = won + lost;
        const double before = open_;
        open_ *= (atRisk - closed) / atRisk;
        // With one kind of close only, what is no longer open is closed that way: the last share is then 1, not 1 but for rounding.
        const double wonBefore = won_;
        won_ = lost_ + lost == 0 ? 1 - open_ : won_ + before * won / atRisk;
        lost_ = wonBefore + won == 0 ? 1 - open_ : lost_ + before * lost / atRisk;
        // What is still open after this age is uncertain by Greenwood's term; with nobody left nothing follows that it could touch.
        const double greenwood = atRisk > closed ? closed / (atRisk * (atRisk - closed)) : 0;
        g0_ += greenwood;
        g1_ += greenwood * won_;
        g2_ += greenwood * won_ * won_;
        own_ += before * before * (atRisk - won) * won / (atRisk * atRisk * atRisk);
        const double cross = before * won / (atRisk * atRisk);
        c0_ += cross;
        c1_ += cross * won_;
    }

    double won() const { return won_; }
    double lost() const { return lost_; }
    double variance() const {
        const double f = won_;
        return std::max(0.0, f * f * g0_ - 2 * f * g1_ + g2_ + own_ - 2 * (f * c0_ - c1_));
    }

    // bound is the share whose log(-log(1 - share)) lies `z` standard errors from the curve's.
    Result<double> bound(double z) const {
        if (!(won_ > 0) || !(won_ < 1)) return Fault::NothingToCompute;
        const double logOpen = std::log1p(-won_);
        const double error = std::sqrt(variance()) / ((1 - won_) * -logOpen);
        return -std::expm1(logOpen * std::exp(z * error));
    }

private:
    double open_ = 1;
    double won_ = 0;
    double lost_ = 0;
    double g0_ = 0;
    double g1_ = 0;
    double g2_ = 0;
    double own_ = 0;
    double c0_ = 0;
    double c1_ = 0;
};

}  // namespace

Result<OutputGrid> winCurve(const TableHandle& table, const ColumnRef& opened, const ColumnRef& closed, const ColumnRef& status,
                            const Values& won, const Values& lost, const std::optional<Moment>& asOf, Optional<Number> headers,
                            const Filters& filters) {
    Result<std::vector<Spell>> told = run(SpellQuestion{opened, closed, {status, won, lost}, asOf, filters}, table);
    if (!told) return told.failure();
    std::vector<Spell> spells = *std::move(told);
    std::sort(spells.begin(), spells.end(), [](const Spell& a, const Spell& b) { return a.days < b.days; });

    const double z = *normalQuantile(0.95);
    Curve curve;
    OutputTable out({"days", "at risk", "won", "lost", "share won", "share lost", "low", "high"}, headers.value != 0);
    auto atRisk = static_cast<double>(spells.size());
    for (auto first = spells.begin(); first != spells.end();) {
        const auto last = std::find_if(first, spells.end(), [&](const Spell& spell) { return spell.days != first->days; });
        const auto count = [&](State end) {
            return static_cast<double>(std::count_if(first, last, [end](const Spell& spell) { return spell.end == end; }));
        };
        const double wonNow = count(State::Won);
        const double lostNow = count(State::Lost);
        if (wonNow + lostNow > 0) {
            curve.pass(atRisk, wonNow, lostNow);
            out.add(
                {first->days, atRisk, wonNow, lostNow, curve.won(), curve.lost(), shown(curve.bound(-z)), shown(curve.bound(z))});
        }
        atRisk -= static_cast<double>(last - first);
        first = last;
    }
    if (curve.won() + curve.lost() == 0) return Fault::NothingToCompute;  // no deal is closed
    return std::move(out).grid();
}

}  // namespace calckpi
