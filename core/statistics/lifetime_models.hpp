// Models of how customers buy and leave, in plain numbers:
//
//   BG/NBD, MBG/NBD, Pareto/NBD   how often a customer who leaves unnoticed buys again
//   Gamma-Gamma                   how much he spends
//   sBG                           how long a customer with a contract stays
//
//   const PurchaseFit fit = fitPurchases(PurchaseModel::BgNbd, customers);
//   if (fit.found()) Future(fit.model, fit.parameters(), {2, 30.43, 38.86}).purchases(39)
//
// Each customer buys at a rate of his own, gamma distributed with r and alpha. In BG/NBD he leaves after a repeat purchase with a
// probability of his own, beta distributed with a and b; in MBG/NBD after any purchase, the first included; in Pareto/NBD at a rate
// of his own, gamma distributed with s and beta.
//
// Sources: Fader, Hardie and Lee, Counting Your Customers the Easy Way, Marketing Science 24, 2005 (BG/NBD); Batislam, Denizel and
// Filiztekin, International Journal of Research in Marketing 24, 2007 (MBG/NBD); Schmittlein, Morrison and Colombo, Management
// Science 33, 1987 (Pareto/NBD); Fader and Hardie, The Gamma-Gamma Model of Monetary Value, note 025, 2013; Fader and Hardie, How
// to Project Customer Retention, Journal of Interactive Marketing 21, 2007 (sBG).
#pragma once

#include "core/values/result.hpp"
#include "core/statistics/newton.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace calckpi {

enum class PurchaseModel : std::uint8_t { MbgNbd, BgNbd, ParetoNbd };

// PurchaseHistory is what the models know of a customer: his repeats, and the times from his first purchase to his last and to now.
// It must hold what isPossible says.
struct PurchaseHistory {
    double repeats = 0;
    double recency = 0;
    double age = 0;
    friend constexpr bool operator==(const PurchaseHistory&, const PurchaseHistory&) = default;
};

// isPossible says that the repeats are whole, that the last purchase lies between the first and now, and that it is another one
// than the first exactly where there are repeats.
bool isPossible(const PurchaseHistory& history);

// r, alpha, a, b; of Pareto/NBD r, alpha, s, beta. Alpha and beta are in the unit of time, the others have none.
using PurchaseParameters = std::array<double, 4>;

// logLikelihood of histories, with its derivatives by the parameters.
Dual<4> logLikelihood(PurchaseModel model, const PurchaseParameters& parameters, std::span<const PurchaseHistory> customers);

// FitVerdict says whether the parameters of a fit may be believed.
enum class FitVerdict : std::uint8_t {
    Ok,
    Weak,          // few repeat buyers: numbers, but not certain ones
    OneRate,       // all customers buy at the same rate: r and alpha grow without end
    NobodyLeaves,  // the probability or rate of leaving falls to 0
    LeaveAlike,    // all customers leave with the same probability or rate
    NotFound,
};

struct PurchaseFit {
    PurchaseModel model{};
    Maximum<4> maximum{};  // in the customers' unit of time
    FitVerdict verdict = FitVerdict::NotFound;

    bool found() const { return maximum.end == MaximumEnd::Found; }
    const PurchaseParameters& parameters() const { return maximum.parameters; }
    double logLikelihood() const { return maximum.value; }
};

inline constexpr double fewRepeatBuyers = 100;
inline constexpr double weakErrorOfALog = 1;

// fitPurchases finds the parameters under which the histories are likeliest. At least one must have a repeat. `start` is where the
// search begins, in units of the mean age.
PurchaseFit fitPurchases(PurchaseModel model, std::span<const PurchaseHistory> customers,
                         const PurchaseParameters& start = {1, 1, 1, 1});

// Future is what a model expects of one customer.
class Future {
public:
    Future(PurchaseModel model, const PurchaseParameters& parameters, const PurchaseHistory& history);

    // alive is the probability that the customer has not left.
    double alive() const { return alive_; }
    // purchases are those expected within `horizon` from now on.
    Result<double> purchases(double horizon) const;
    // discountedPurchases counts a purchase at time t as (1 + rate)^−t.
    Result<double> discountedPurchases(double horizon, double rate) const;

private:
    Result<double> whileAlive(double horizon) const;
    Result<double> untilDropout(double horizon) const;
    Result<double> worthOf(double d, double end) const;

    PurchaseModel model_;
    double alive_ = 0;
    // Of the distributions as the customer's history leaves them: his rate has gamma(shape, scale), his dropout beta(a, b), or
    // gamma(a, b) in Pareto/NBD.
    double shape_ = 0;
    double scale_ = 0;
    double a_ = 0;
    double b_ = 0;
};

// Spender is a customer's number of repeats and the mean spent in one.
struct Spender {
    double repeats = 0;
    double mean = 0;
};

using SpendParameters = std::array<double, 3>;  // p, q, gamma; gamma is in the unit of money

struct SpendFit {
    Maximum<3> maximum{};

    bool found() const { return maximum.end == MaximumEnd::Found; }
    // The model's mean is infinite at a q of 1 and below.
    bool hasMean() const { return found() && maximum.parameters[1] > 1; }
};

Dual<3> spendLogLikelihood(const SpendParameters& parameters, std::span<const Spender> spenders);

// fitSpend takes customers with repeats and a mean above 0, at least one.
SpendFit fitSpend(std::span<const Spender> spenders, const SpendParameters& start = {1, 2, 1});

// meanSpend is the expected mean purchase; a q of at most 1 has none.
Result<double> meanSpend(const SpendParameters& parameters, const Spender& spender);

using RetentionParameters = std::array<double, 2>;  // a and b of the beta distribution of leaving at a renewal

// Survivors of one cohort: its size, and how many were left after each period. They do not rise.
using CohortSurvivors = std::vector<double>;

Dual<2> retentionLogLikelihood(const RetentionParameters& parameters, std::span<const CohortSurvivors> cohorts);

// fitRetention takes cohorts of which one has at least one period.
Maximum<2> fitRetention(std::span<const CohortSurvivors> cohorts, const RetentionParameters& start = {1, 1});

// shareLeft is the share of a cohort that is left after so many periods.
double shareLeft(const RetentionParameters& parameters, double periods);

// rateOfRetention is the share of those left after period − 1 who are left after `period`.
double rateOfRetention(const RetentionParameters& parameters, double period);

// expectedLifetime counts the payments of a customer who has renewed so many times: one at once, one with each further renewal,
// that after t periods as (1 + rate)^−t; with `payments` no more than so many. Without end it is not finite.
Result<double> expectedLifetime(const RetentionParameters& parameters, double rate, double renewals,
                                const std::optional<double>& payments);

}  // namespace calckpi
