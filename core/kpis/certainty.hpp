// Certainty: how far chance alone moves a rate, and whether two rates differ by more than that.
#pragma once

#include "core/values/choice.hpp"
#include "core/kpis/customers.hpp"
#include "core/catalog/function.hpp"

namespace calckpi {

struct IntervalWords {
    enum Value { Wilson, WilsonCorrected, Exact };
    static constexpr Word<Value> words[] = {{"wilson", Wilson}, {"wilsoncc", WilsonCorrected}, {"exact", Exact}};
};
using IntervalMethod = Choice<IntervalWords>;

struct TestWords {
    enum Value { Pooled, Yates, Fisher };
    static constexpr Word<Value> words[] = {{"z", Pooled}, {"yates", Yates}, {"fisher", Fisher}};
};
using TestMethod = Choice<TestWords>;

using Probability = Quantity<Unit::Number, Domain{.least = 0, .most = 1}>;  // a p-value: not a share of anything in the sheet

Result<Share> rateLow(Count successes, Count trials, Optional<Share> confidence, Optional<IntervalMethod> method);
Result<Share> rateHigh(Count successes, Count trials, Optional<Share> confidence, Optional<IntervalMethod> method);
Result<Probability> rateTest(Count successesA, Count trialsA, Count successesB, Count trialsB, Optional<TestMethod> method);
Result<Rate> rateDiffLow(Count successesA, Count trialsA, Count successesB, Count trialsB, Optional<Share> confidence);
Result<Rate> rateDiffHigh(Count successesA, Count trialsA, Count successesB, Count trialsB, Optional<Share> confidence);
Result<Points> npsMargin(const Series<NpsScore>& scores, Optional<Share> confidence);

// Notes and meanings that the rows of this family share are here, once.
namespace notes {
inline constexpr std::string_view confidenceMeaning = "How often such an interval holds the true value; strictly between 0 and 1";
inline constexpr std::string_view intervalMethods =
    "\"wilson\" is the score interval, \"wilsoncc\" the same with continuity correction, \"exact\" the Clopper-Pearson "
    "interval, which is never too narrow";
inline constexpr std::string_view wholeForExact =
    "\"exact\" takes whole counts only, and up to a thousand million trials; otherwise it is Err:502";
inline constexpr std::string_view intervalBorders =
    "With no success the low bound is 0, with nothing but successes the high bound is 1";
inline constexpr std::string_view firstSuccesses = "Number of successes in the first group";
inline constexpr std::string_view firstTrials = "Number of trials in the first group";
inline constexpr std::string_view secondSuccesses = "Number of successes in the second group";
inline constexpr std::string_view secondTrials = "Number of trials in the second group";
inline constexpr std::string_view zeroInside =
    "An interval from RATEDIFFLOW to RATEDIFFHIGH that holds 0 leaves open which rate is higher";
inline constexpr std::string_view oneComparison =
    "It covers chance only, not deals that were chosen, and one comparison: of 20 looks at equal rates one shows a difference";
inline constexpr std::string_view wilsonSource =
    "Wilson 1927; Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17, 1998, pages "
    "857-872; Clopper and Pearson 1934";
inline constexpr std::string_view differenceSource =
    "Newcombe, Interval estimation for the difference between independent proportions, Statistics in Medicine 17, 1998, "
    "pages 873-890, method 10";
}  // namespace notes

inline constexpr Function certaintyFunctions[] = {
    describe<&rateLow>({
        .name = "RATELOW",
        .family = Family::Certainty,
        .title = "Low bound of a rate",
        .summary = "Lowest true rate that fits the successes seen",
        .formula = "(2s + z^2 - z * sqrt(z^2 + 4s * (n - s) / n)) / (2 * (n + z^2)), with s = {successes}, n = {trials} and z the "
                   "normal quantile of {confidence}",
        .parameters = {{"successes", "Number of successes, such as deals won"},
                       {"trials", "Number of trials, such as deals closed"},
                       {"confidence", notes::confidenceMeaning, 0.95},
                       {"method", "Which interval", "wilson"}},
        .notes = {notes::intervalMethods, notes::intervalBorders, notes::wholeForExact},
        .caution =
            "It covers chance only: deals that were picked, or trials that depend on each other, are less certain than it says",
        .benchmark = "95 % is the usual confidence (Fisher, Statistical Methods for Research Workers, 1925)",
        .source = notes::wilsonSource,
        .related = {"RATEHIGH", "RATETEST", "RATEDIFFLOW", "WINRATE"},
        .examples = {{"=RATELOW(20;80)", 0.16806231857542, "With RATEHIGH: a win rate of 25 % may be 17 % to 35 %"},
                     {"=RATELOW(20;80;0.9)", 0.17943457868579},
                     {"=RATELOW(20;80;0.95;\"exact\")", 0.15987964450686},
                     {"=RATELOW(0;12)", 0.0, "No success seen"},
                     {"=RATELOW(0;0)", Fault::DivideByZero},
                     {"=RATELOW(81;80)", Fault::OutsideDomain, "More successes than trials"},
                     {"=RATELOW(20;80;95)", Fault::OutsideDomain, "95 % is 0.95"},
                     {"=RATELOW(2.5;80;0.95;\"exact\")", Fault::OutsideDomain, "The exact interval takes whole counts only"}},
    }),
    describe<&rateHigh>({
        .name = "RATEHIGH",
        .family = Family::Certainty,
        .title = "High bound of a rate",
        .summary = "Highest true rate that fits the successes seen",
        .formula = "(2s + z^2 + z * sqrt(z^2 + 4s * (n - s) / n)) / (2 * (n + z^2)), with s = {successes}, n = {trials} and z the "
                   "normal quantile of {confidence}",
        .parameters = {{"successes", "Number of successes, such as deals won"},
                       {"trials", "Number of trials, such as deals closed"},
                       {"confidence", notes::confidenceMeaning, 0.95},
                       {"method", "Which interval", "wilson"}},
        .notes = {notes::intervalMethods, notes::intervalBorders, notes::wholeForExact},
        .caution =
            "It covers chance only: deals that were picked, or trials that depend on each other, are less certain than it says",
        .benchmark = "95 % is the usual confidence (Fisher, Statistical Methods for Research Workers, 1925)",
        .source = notes::wilsonSource,
        .related = {"RATELOW", "RATETEST", "RATEDIFFHIGH", "WINRATE"},
        .examples = {{"=RATEHIGH(20;80)", 0.35484674619234},
                     {"=RATEHIGH(20;80;0.95;\"wilsoncc\")", 0.36152990677207},
                     {"=RATEHIGH(0;12;0.95;\"exact\")", 0.26464846939705, "Nothing won of 12 still leaves a true rate of 26 %"},
                     {"=RATEHIGH(12;12)", 1.0, "Nothing but successes seen"},
                     {"=RATEHIGH(0;0)", Fault::DivideByZero},
                     {"=RATEHIGH(20;80;0.95;\"wald\")", Fault::OutsideDomain, "No such method"}},
    }),
    describe<&rateTest>({
        .name = "RATETEST",
        .family = Family::Certainty,
        .title = "Test of two rates",
        .summary = "How often chance alone makes two equal rates differ as much as these do (two-sided p-value)",
        .formula = "P(|Z| >= z), with z = |pA - pB| / sqrt(p * (1 - p) * (1 / {trialsA} + 1 / {trialsB})), "
                   "pA = {successesA} / {trialsA}, pB = {successesB} / {trialsB} and p the rate of both together",
        .parameters = {{"successesA", notes::firstSuccesses},
                       {"trialsA", notes::firstTrials},
                       {"successesB", notes::secondSuccesses},
                       {"trialsB", notes::secondTrials},
                       {"method", "Which test", "z"}},
        .notes = {"\"z\" is the pooled test (the chi-squared test of the table), \"yates\" the same with continuity "
                  "correction, \"fisher\" the exact test: the sum of all tables no likelier than the one seen",
                  "\"fisher\" takes whole counts only, and up to a thousand million trials together; otherwise it is Err:502",
                  "When nothing or everything succeeded in both groups the value is 1: there is no difference to explain"},
        .caution =
            "A small value says that the rates differ, not that they differ by much; and of 20 tests between equal rates one "
            "is below 0.05. With fewer than 5 successes or failures expected in a group use \"fisher\"",
        .benchmark = "Below 0.05 is commonly called significant (Fisher, Statistical Methods for Research Workers, 1925)",
        .source = "Pearson 1900; Yates 1934; Fisher 1935; two-sided as in R's fisher.test",
        .related = {"RATEDIFFLOW", "RATEDIFFHIGH", "RATELOW", "WINRATELIFT"},
        .examples = {{"=RATETEST(120;1000;150;1000)", 0.049640386865369, "12 % against 15 %"},
                     {"=RATETEST(120;1000;150;1000;\"fisher\")", 0.057595850868927},
                     {"=RATETEST(3;4;1;4;\"fisher\")", 0.485714285714286, "Fisher's lady tasting tea: 34 of 70"},
                     {"=RATETEST(15;50;25;50;\"yates\")", 0.066192579722193},
                     {"=RATETEST(0;10;0;20)", 1.0},
                     {"=RATETEST(1;10;0;0)", Fault::DivideByZero},
                     {"=RATETEST(11;10;1;10)", Fault::OutsideDomain, "More successes than trials"},
                     {"=RATETEST(1.5;10;1;10;\"fisher\")", Fault::OutsideDomain, "Half a success has no exact test"}},
    }),
    describe<&rateDiffLow>({
        .name = "RATEDIFFLOW",
        .family = Family::Certainty,
        .title = "Low bound of a difference of rates",
        .summary = "Lowest true difference of two rates that fits what was seen, first minus second",
        .formula = "pA - pB - sqrt((pA - lowA)^2 + (highB - pB)^2), with pA = {sA} / {nA}, pB = {sB} / {nB} and lowA and highB "
                   "the Wilson bounds at {confidence}",
        .parameters = {{"sA", notes::firstSuccesses},
                       {"nA", notes::firstTrials},
                       {"sB", notes::secondSuccesses},
                       {"nB", notes::secondTrials},
                       {"confidence", notes::confidenceMeaning, 0.95}},
        .notes = {notes::zeroInside},
        .caution = notes::oneComparison,
        .source = notes::differenceSource,
        .related = {"RATEDIFFHIGH", "RATETEST", "RATELOW", "WINRATELIFT"},
        .examples = {{"=RATEDIFFLOW(56;70;48;80)", 0.052431472402365, "80 % against 60 %: the true difference is 5 to 33 points"},
                     {"=RATEDIFFLOW(120;1000;150;1000;0.9)", -0.055164379301483},
                     {"=RATEDIFFLOW(1;10;0;0)", Fault::DivideByZero},
                     {"=RATEDIFFLOW(1;10;1;10;1)", Fault::OutsideDomain, "Nothing is certain"}},
    }),
    describe<&rateDiffHigh>({
        .name = "RATEDIFFHIGH",
        .family = Family::Certainty,
        .title = "High bound of a difference of rates",
        .summary = "Highest true difference of two rates that fits what was seen, first minus second",
        .formula = "pA - pB + sqrt((highA - pA)^2 + (pB - lowB)^2), with pA = {sA} / {nA}, pB = {sB} / {nB} and highA and lowB "
                   "the Wilson bounds at {confidence}",
        .parameters = {{"sA", notes::firstSuccesses},
                       {"nA", notes::firstTrials},
                       {"sB", notes::secondSuccesses},
                       {"nB", notes::secondTrials},
                       {"confidence", notes::confidenceMeaning, 0.95}},
        .notes = {notes::zeroInside},
        .caution = notes::oneComparison,
        .source = notes::differenceSource,
        .related = {"RATEDIFFLOW", "RATETEST", "RATEHIGH", "WINRATELIFT"},
        .examples = {{"=RATEDIFFHIGH(56;70;48;80)", 0.33387265403691},
                     {"=RATEDIFFHIGH(10;10;0;20)", 1.0},
                     {"=RATEDIFFHIGH(1;10;0;0)", Fault::DivideByZero},
                     {"=RATEDIFFHIGH(1;10;21;20)", Fault::OutsideDomain, "More successes than trials"}},
    }),
    describe<&npsMargin>({
        .name = "NPSMARGIN",
        .family = Family::Certainty,
        .title = "Margin of the net promoter score",
        .summary = "How many points chance alone may move a net promoter score, up or down",
        .formula = "z * 100 * sqrt((p + d - (p - d)^2) / n), with p and d the shares of promoters (9 and 10) and detractors (0 to "
                   "6) among the n {scores}, and z the normal quantile of {confidence}",
        .parameters = {{"scores", "Answers from 0 to 10 to how likely one is to recommend you"},
                       {"confidence", notes::confidenceMeaning, 0.95}},
        .notes = {"The interval is the net promoter score minus the margin to the score plus the margin",
                  "An answer that is not a whole number from 0 to 10 is Err:502", notes::emptyAnswers},
        .caution = "Below some 30 answers it is too small, and with answers all of one kind it is 0 although chance remains; and "
                   "who answers is not chance either",
        .source = "Rocks, Interval Estimation for the Net Promoter Score, The American Statistician 70, 2016, pages 365-372 (Wald "
                  "interval)",
        .related = {"NPS", "NPSCOUNTS", "RATELOW", "CSAT"},
        .examples = {{"=NPSMARGIN({10;9;9;10;9;8;7;3;6;0})", 54.032478230482, "A score of 20 from 10 answers is almost anything"},
                     {"=NPSMARGIN({10;9;9;10;9;8;7;3;6;0};0.8)", 35.329938515569},
                     {"=NPSMARGIN({10;10;9})", 0.0, "Promoters only: the formula sees no scatter"},
                     {"=NPSMARGIN({10;11})", Fault::OutsideDomain, "Answers go to 10"},
                     {"=NPSMARGIN({10;\"n/a\"})", Fault::NotANumber},
                     {"=NPSMARGIN({\"\";\"\"})", Fault::NothingToCompute}},
    }),
};

}  // namespace calckpi
