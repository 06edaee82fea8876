// Predictive lifetime value, from numbers and columns: fitting the models of how customers buy, spend and stay, and what they
// expect of one customer.
//
//   =CLVFIT(B2:B2358; C2:C2358; D2:D2358; "bgnbd")            r, alpha, a, b
//   =EXPECTEDPURCHASES(2; 30.43; 38.86; 39; G2:G5; "bgnbd")   purchases of one customer in the next 39 weeks
#pragma once

#include "core/catalog/function.hpp"
#include "core/catalog/output.hpp"
#include "core/statistics/lifetime_models.hpp"
#include "core/values/choice.hpp"

#include <array>
#include <optional>
#include <vector>

namespace calckpi {

struct PurchaseModelWords {
    using Value = PurchaseModel;
    static constexpr Word<Value> words[] = {
        {"mbgnbd", PurchaseModel::MbgNbd}, {"bgnbd", PurchaseModel::BgNbd}, {"pnbd", PurchaseModel::ParetoNbd}};
};
using PurchaseModelChoice = Choice<PurchaseModelWords>;

// Survivors are the cohorts of a range: a single row or column is one cohort, of a block each row is one. Blanks may end a cohort.
struct Survivors {
    std::vector<CohortSurvivors> cohorts;
};

template <>
struct Reader<Survivors> : ReaderDefaults {
    static constexpr Kind kind = Kind::Series;
    static constexpr Unit unit = Unit::Count;
    static constexpr Domain domain = notNegative;
    static Result<Survivors> read(const Argument& argument);
};

inline constexpr double mostTableRows = 1'048'576;  // of a sheet

// namesOf gives the names of a model's parameters, in their order.
std::array<const char*, 4> namesOf(PurchaseModel model);
inline constexpr std::array<const char*, 3> spendNames = {"p", "q", "gamma"};

Result<Share> pAlive(Count repeats, Periods recency, Periods age, const Series<Number>& parameters,
                     Optional<PurchaseModelChoice> model);
Result<Count> expectedPurchases(Count repeats, Periods recency, Periods age, Periods horizon, const Series<Number>& parameters,
                                Optional<PurchaseModelChoice> model, Optional<Multiple> discountRate);
Result<Spending> expectedSpend(Count repeats, Spending mean, const Series<Number>& parameters);
Result<Money> retentionValue(Money value, const Series<Number>& parameters, Optional<Multiple> discountRate,
                             Optional<Count> renewals, const std::optional<Periods>& periods);

Result<OutputGrid> clvFit(const Series<Count>& repeats, const Series<Periods>& recency, const Series<Periods>& age,
                          Optional<PurchaseModelChoice> model, Optional<Number> headers);
Result<OutputGrid> spendFit(const Series<Count>& repeats, const Series<Spending>& means, Optional<Number> headers);
Result<OutputGrid> retentionFit(const Survivors& survivors, Optional<Number> headers);
Result<OutputGrid> retentionCurve(const Survivors& survivors, Optional<Periods> periods, Optional<Share> confidence,
                                  Optional<Number> headers);

namespace notes {
inline constexpr std::string_view repeatsMeaning = "Number of purchase days after the first";
inline constexpr std::string_view recencyMeaning = "Time from the first to the last purchase; 0 without repeats";
inline constexpr std::string_view ageMeaning = "Time from the first purchase until now";
inline constexpr std::string_view modelMeaning = "Which model";
inline constexpr std::string_view purchaseParametersMeaning = "The four parameters, in the order of CLVFIT";
inline constexpr std::string_view models =
    "\"mbgnbd\" lets customers leave after any purchase, \"bgnbd\" only after a repeat, \"pnbd\" at any time; \"bgnbd\" says of "
    "everybody who bought once that he still is a customer, however long ago that was";
inline constexpr std::string_view anyTime =
    "Any unit of time will do, if it is the same everywhere; alpha and beta are in that unit, the other parameters have none";
inline constexpr std::string_view impossibleHistory =
    "Repeats that are not whole numbers, a recency above the age, a recency of 0 with repeats or above 0 without, and parameters "
    "that are not above 0 are Err:502";
inline constexpr std::string_view foundOrNot =
    "Err:523 where there are no parameters to find: all customers buy at one rate, nobody leaves, or the data are too few";
inline constexpr std::string_view nobodyTwice = "Without rows, or where nobody bought twice, it is #N/A";
inline constexpr std::string_view purchaseCaution =
    "Look at CLVHOLDOUT first. The data must hold every customer's first purchase, and the model knows no season, no trend and no "
    "change of prices";
inline constexpr std::string_view spendCaution =
    "Spend must not rise or fall with the number of purchases: look at the correlation in CLVMODEL. The model knows no change of "
    "prices; look at CLVHOLDOUT first";
inline constexpr std::string_view contractCaution =
    "Only for customers who leave at a moment that is seen, such as the end of a contract. One cohort has seen one time: the model "
    "knows no season, no trend and no change of prices";
inline constexpr std::string_view purchaseSource =
    "Fader, Hardie and Lee, Counting Your Customers the Easy Way, Marketing Science 24, 2005 (BG/NBD); Batislam, Denizel and "
    "Filiztekin, International Journal of Research in Marketing 24, 2007 (MBG/NBD); Schmittlein, Morrison and Colombo, Management "
    "Science 33, 1987 (Pareto/NBD)";
inline constexpr std::string_view spendSource =
    "Fader and Hardie, The Gamma-Gamma Model of Monetary Value, note 025, 2013; Fader, Hardie and Lee, RFM and CLV, Journal of "
    "Marketing Research 42, 2005";
inline constexpr std::string_view contractSource =
    "Fader and Hardie, How to Project Customer Retention, Journal of Interactive Marketing 21, 2007; Customer-Base Valuation in a "
    "Contractual Setting, Marketing Science 29, 2010";
inline constexpr std::string_view survivorsMeaning =
    "How many are left of a cohort: its size, then after each period; or a block with one cohort per row";
inline constexpr std::string_view survivorRules =
    "Blanks end a cohort, or are a blank row. Survivors that rise are Err:502; a cohort without a first period says nothing, and "
    "none "
    "that says anything is #N/A";
}  // namespace notes

inline constexpr Function lifetimeFunctions[] = {
    describe<&pAlive>({
        .name = "PALIVE",
        .family = Family::Customers,
        .title = "Probability of being alive",
        .summary = "Probability that a customer who buys without a contract still is one",
        .formula = "mbgnbd: 1 / (1 + a / (b + x) * ((alpha + T) / (alpha + tx))^(r + x)), with x = {repeats}, tx = {recency}, T = "
                   "{age} and r, alpha, a, b the {parameters}; bgnbd: b + x - 1 instead of b + x, and 1 at x = 0",
        .parameters = {{"repeats", notes::repeatsMeaning},
                       {"recency", notes::recencyMeaning},
                       {"age", notes::ageMeaning},
                       {"parameters", notes::purchaseParametersMeaning},
                       {"model", notes::modelMeaning, "mbgnbd"}},
        .notes = {notes::models, notes::anyTime, notes::impossibleHistory},
        .caution = notes::purchaseCaution,
        .source = notes::purchaseSource,
        .related = {"CLVFIT", "EXPECTEDPURCHASES", "CLVPREDICT", "RFM"},
        .examples =
            {{"=PALIVE(2;30.43;38.86;{0.243;4.414;0.793;2.426};\"bgnbd\")", 0.726578570081, "A customer of CDNOW, in weeks"},
             {"=PALIVE(2;30.43;38.86;{0.525;6.183;0.891;1.614})", 0.706202265118, "The usual model, with its own parameters"},
             {"=PALIVE(0;0;38.86;{0.243;4.414;0.793;2.426};\"bgnbd\")", 1.0, "Nobody leaves before the first repeat"},
             {"=PALIVE(2;40;38.86;{0.243;4.414;0.793;2.426})", Fault::OutsideDomain, "Bought after now"},
             {"=PALIVE(2;30.43;38.86;{0.243;4.414;0.793})", Fault::OutsideDomain, "A parameter is missing"}},
    }),
    describe<&expectedPurchases>({
        .name = "EXPECTEDPURCHASES",
        .family = Family::Customers,
        .title = "Expected purchases",
        .summary = "Purchases expected of a customer within a time from now on",
        .formula = "P(alive) * purchases while alive within {horizon} after {age}, each counted (1 + {discountRate})^-t; both "
                   "given {repeats} and "
                   "{recency}, under the {parameters}",
        .parameters = {{"repeats", notes::repeatsMeaning},
                       {"recency", notes::recencyMeaning},
                       {"age", notes::ageMeaning},
                       {"horizon", "Time from now on in which purchases count"},
                       {"parameters", notes::purchaseParametersMeaning},
                       {"model", notes::modelMeaning, "mbgnbd"},
                       {"discountRate", "Interest rate per unit of time", 0.0}},
        .notes = {"0 for {repeats}, {recency} and {age} is a new customer, whose first purchase is not counted",
                  "With {discountRate} a purchase at time t counts (1 + {discountRate})^-t", notes::models, notes::anyTime,
                  notes::impossibleHistory},
        .caution = notes::purchaseCaution,
        .source = notes::purchaseSource,
        .related = {"CLVFIT", "PALIVE", "EXPECTEDSPEND", "CLVPREDICT"},
        .examples = {{"=EXPECTEDPURCHASES(2;30.43;38.86;39;{0.243;4.414;0.793;2.426};\"bgnbd\")", 1.22602817477, "In 39 weeks"},
                     {"=EXPECTEDPURCHASES(0;0;0;52;{0.243;4.414;0.793;2.426};\"bgnbd\")", 1.4460505954,
                      "A new customer's first year"},
                     {"=EXPECTEDPURCHASES(2;30.43;38.86;39;{0.243;4.414;0.793;2.426};\"bgnbd\";0.002)", 1.18209533398,
                      "Later purchases count less"},
                     {"=EXPECTEDPURCHASES(2;30.43;38.86;-1;{0.243;4.414;0.793;2.426})", Fault::OutsideDomain},
                     {"=EXPECTEDPURCHASES(1.5;30.43;38.86;39;{0.243;4.414;0.793;2.426})", Fault::OutsideDomain, "Half a repeat"}},
    }),
    describe<&expectedSpend>({
        .name = "EXPECTEDSPEND",
        .family = Family::Customers,
        .title = "Expected spend",
        .summary = "Mean purchase expected of a customer, between his own mean so far and that of all",
        .formula = "p * (gamma + {repeats} * {mean}) / (p * {repeats} + q - 1), with p, q, gamma the {parameters}",
        .parameters = {{"repeats", notes::repeatsMeaning},
                       {"mean", "Mean amount of these repeats; without repeats it does not matter"},
                       {"parameters", "The three parameters, in the order of SPENDFIT"}},
        .notes = {"Without repeats it is the mean of all customers, p * gamma / (q - 1)",
                  "With a q of 1 or less the customers have no mean: Err:523. Parameters that are not above 0, and repeats that "
                  "are not whole numbers, are Err:502"},
        .caution = notes::spendCaution,
        .source = notes::spendSource,
        .related = {"SPENDFIT", "EXPECTEDPURCHASES", "CLVPREDICT", "AVERAGESALE"},
        .examples = {{"=EXPECTEDSPEND(2;22.35;{6.25;3.74;15.44})", 24.6637139108, "He spent 22.35, all spend 35.22"},
                     {"=EXPECTEDSPEND(0;0;{6.25;3.74;15.44})", 35.2189781022, "Nothing is known of him"},
                     {"=EXPECTEDSPEND(2;22.35;{6.25;0.9;15.44})", Fault::NoConvergence, "The model has no mean"},
                     {"=EXPECTEDSPEND(2;-5;{6.25;3.74;15.44})", Fault::OutsideDomain}},
    }),
    describe<&retentionValue>({
        .name = "RETENTIONVALUE",
        .family = Family::Customers,
        .title = "Value of a customer with a contract",
        .summary = "What a customer who renews period by period will pay, counted in money of today",
        .formula =
            "{value} * sum over t from 0 of S(n + t) / S(n) / (1 + {discountRate})^t, with n = {renewals} and S(t) the share "
            "left after t periods: S(t) = B(a, b + t) / B(a, b), with a and b the {parameters}",
        .parameters = {{"value", "Payment or margin per period"},
                       {"parameters", "The two parameters, in the order of RETENTIONFIT"},
                       {"discountRate", "Interest rate per period", 0.0},
                       {"renewals", "How often he has renewed already", 0.0},
                       {"periods", "Number of payments that count; all if left out"}},
        .notes = {"The first payment comes at once. Who has renewed more often is more likely to renew again",
                  "Without {discountRate} and {periods} a lifetime without bound (a of 1 or less) is #NUM!",
                  "Renewals and periods that are not whole numbers, and parameters that are not above 0, are Err:502"},
        .caution = notes::contractCaution,
        .source = notes::contractSource,
        .related = {"RETENTIONFIT", "RETENTIONCURVE", "CLV", "RENEWALRATE"},
        .examples = {{"=RETENTIONVALUE(100;{0.668;3.806};0.1)", 592.259640761, "A new customer, at 10 % interest"},
                     {"=RETENTIONVALUE(100;{0.668;3.806};0.1;4)", 727.005217977, "One who has renewed four times"},
                     {"=RETENTIONVALUE(100;{2;3})", 400.0, "100 * (a + b - 1) / (a - 1)"},
                     {"=RETENTIONVALUE(100;{2;3};0;0;2)", 160.0, "100 now and 60 expected after a period"},
                     {"=RETENTIONVALUE(100;{0.668;3.806})", Fault::NotFinite, "Some stay for ever"},
                     {"=RETENTIONVALUE(100;{0.668;-3.806};0.1)", Fault::OutsideDomain}},
    }),
};

// The functions that give tables.
inline constexpr Function lifetimeFitFunctions[] = {
    describe<&clvFit>({
        .name = "CLVFIT",
        .family = Family::WholeTable,
        .title = "Parameters of purchase behaviour",
        .summary = "Parameters of a model of how customers buy and leave, from repeats, recency and age of each",
        .formula = "the parameters under which {repeats}, {recency} and {age} of all customers are likeliest (maximum likelihood)",
        .parameters = {{"repeats", "Column of the number of purchase days after the first"},
                       {"recency", "Column of the time from the first to the last purchase"},
                       {"age", "Column of the time from the first purchase until now, or one for all"},
                       {"model", notes::modelMeaning, "mbgnbd"},
                       {"headers", notes::headersMeaning, 1.0}},
        .notes =
            {"Rows: r, alpha, a, b (in \"pnbd\" r, alpha, s, beta), then the log likelihood. Columns: parameter, value, standard "
             "error. RFM gives the columns that are needed",
             notes::models, notes::anyTime, notes::impossibleHistory, notes::foundOrNot,
             "A row with an empty cell is skipped. Without rows, or where nobody bought twice, it is #N/A", notes::arrayFormula},
        .caution =
            "With fewer than 100 repeat buyers forecasts may miss by half; CLVMODEL says so. The model knows no season, no trend "
            "and no change of prices, and needs every customer's first purchase",
        .source = notes::purchaseSource,
        .related = {"CLVMODEL", "RFM", "PALIVE", "EXPECTEDPURCHASES"},
        .examples = {{"=INDEX(CLVFIT({0;2;1;2;0;4;1;0;1;1;1;1;0;3;0;18};{0;6;21;23;0;34;14;0;1;4;6;1;0;11;0;38};40);2;2)",
                      1.59159350746, "The r of 16 customers: few, and known to a factor of 3"},
                     {"=INDEX(CLVFIT({0;0};{0;0};{39;39});2;2)", Fault::NothingToCompute, "Nobody bought twice"},
                     {"=INDEX(CLVFIT({1;2};{40;10};{39;39});2;2)", Fault::OutsideDomain, "Bought after now"},
                     {"=INDEX(CLVFIT({1;1;1};{10;10;10};{39;39;39});2;2)", Fault::NoConvergence, "All alike"}},
    }),
    describe<&spendFit>({
        .name = "SPENDFIT",
        .family = Family::WholeTable,
        .title = "Parameters of spend",
        .summary = "Parameters of a model of what customers spend, from repeats and mean purchase of each (Gamma-Gamma)",
        .formula = "the parameters under which the {means} of {repeats} purchases are likeliest (maximum likelihood)",
        .parameters = {{"repeats", "Column of the number of purchase days after the first"},
                       {"means", "Column of the mean amount of these repeats"},
                       {"headers", notes::headersMeaning, 1.0}},
        .notes =
            {"Rows: p, q, gamma, then the log likelihood. Columns: parameter, value, standard error. Gamma is in the unit of money",
             "Rows without repeats, with a mean of 0 or with an empty cell are skipped; none left is #N/A. A mean below 0 and "
             "repeats that are not whole numbers are Err:502",
             "Err:523 where there are no parameters to find: all customers spend alike, or the data are too few",
             notes::arrayFormula},
        .caution = notes::spendCaution,
        .source = notes::spendSource,
        .related = {"CLVMODEL", "EXPECTEDSPEND", "CLVFIT", "RFM"},
        .examples = {{"=INDEX(SPENDFIT({2;1;3;1;4;7;12;1;6;3};{53;36;51;36;33;59;20;8;22;27});2;2)", 3.20822319319,
                      "The p of 10 customers"},
                     {"=INDEX(SPENDFIT({0;0};{0;0});2;2)", Fault::NothingToCompute, "Nobody bought twice"},
                     {"=INDEX(SPENDFIT({2;1};{22;-12});2;2)", Fault::OutsideDomain},
                     {"=INDEX(SPENDFIT({2;1;3};{20;20;20});2;2)", Fault::NoConvergence, "All spend alike"}},
    }),
    describe<&retentionFit>({
        .name = "RETENTIONFIT",
        .family = Family::WholeTable,
        .title = "Parameters of retention",
        .summary = "Parameters of a model of how customers with a contract leave, from the survivors of a cohort (sBG)",
        .formula =
            "the a and b under which the {survivors} are likeliest, leaving at a renewal having a beta distribution of a and b",
        .parameters = {{"survivors", notes::survivorsMeaning}, {"headers", notes::headersMeaning, 1.0}},
        .notes =
            {"Rows: a, b, then the log likelihood. Columns: parameter, value, standard error. COHORTS with \"customers\" gives "
             "such "
             "a block: take its columns from 0 on",
             "A single row or column is one cohort", notes::survivorRules,
             "Err:523 where there are no parameters to find: nobody leaves, all leave with the same probability, or fewer than two "
             "periods were seen",
             notes::arrayFormula},
        .caution = notes::contractCaution,
        .source = notes::contractSource,
        .related = {"RETENTIONCURVE", "RETENTIONVALUE", "COHORTS", "RENEWALRATE"},
        .examples = {{"=INDEX(RETENTIONFIT({1000;869;743;653;593;551;517;491});2;2)", 0.668088351106,
                      "The a of Fader and Hardie's high end customers"},
                     {"=INDEX(RETENTIONFIT({1000;869;743;653;593;551;517;491});3;2)", 3.80609496406, "And their b"},
                     {"=INDEX(RETENTIONFIT({1000;1000;1000});2;2)", Fault::NoConvergence, "Nobody left"},
                     {"=INDEX(RETENTIONFIT({1000;900;950});2;2)", Fault::OutsideDomain, "Customers came back"}},
    }),
    describe<&retentionCurve>({
        .name = "RETENTIONCURVE",
        .family = Family::WholeTable,
        .title = "Retention curve",
        .summary = "Survivors of a cohort as seen and as a model continues them, with the retention rate of each period",
        .formula =
            "model = size * S(t), S(t) = B(a, b + t) / B(a, b); retention rate = (b + t - 1) / (a + b + t - 1), with a and b "
            "of RETENTIONFIT over {survivors}",
        .parameters = {{"survivors", notes::survivorsMeaning},
                       {"periods", "Number of periods to add to those seen", 12.0},
                       {"confidence", "How often such bounds hold the rate, if the model does; strictly between 0 and 1", 0.95},
                       {"headers", notes::headersMeaning, 1.0}},
        .notes =
            {"Rows: the periods seen and {periods} more, from 0, the cohort's size. Columns: period, survivors (empty where not "
             "seen), model, retention rate of the model, and its low and high bound",
             "Of a block, survivors and model are those of the cohorts old enough for the period; after the last one seen the "
             "model "
             "goes on with the oldest",
             "The bounds are what the parameters leave open (delta method on the logit), not what the world does",
             notes::survivorRules, notes::foundOrNot, notes::arrayFormula},
        .caution = notes::contractCaution,
        .source = notes::contractSource,
        .related = {"RETENTIONFIT", "RETENTIONVALUE", "COHORTS"},
        .examples = {{"=INDEX(RETENTIONCURVE({1000;869;743;653;593;551;517;491});2;3)", 1000.0, "All are there at the start"},
                     {"=INDEX(RETENTIONCURVE({1000;869;743;653;593;551;517;491};5);14;3)", 377.999071597,
                      "After 12 periods, 5 more than seen"},
                     {"=INDEX(RETENTIONCURVE({1000;900;950});2;3)", Fault::OutsideDomain, "Customers came back"},
                     {"=INDEX(RETENTIONCURVE({1000});2;3)", Fault::NothingToCompute, "Only the cohort's size"}},
    }),
};

}  // namespace calckpi
