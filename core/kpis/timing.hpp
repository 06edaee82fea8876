// Time: how long people wait, how long things take, how old they are.
#pragma once

#include "core/dates/calendar.hpp"
#include "core/catalog/function.hpp"
#include "core/kpis/sales.hpp"
#include "core/statistics/statistic.hpp"

namespace calckpi {

template <>
struct Reader<Weekend> : ReaderDefaults {
    static constexpr Kind kind = Kind::Value;
    static constexpr std::string_view options = Weekend::options;
    static Result<Weekend> read(const Argument& argument) {
        std::optional<Weekend> weekend;
        if (const double* number = std::get_if<double>(&argument)) weekend = Weekend::fromNumber(*number);
        if (const std::string* text = std::get_if<std::string>(&argument)) weekend = Weekend::fromText(trimmed(*text));
        if (!weekend) return Fault::OutsideDomain;
        return *weekend;
    }
};

Result<Days> leadResponseTime(NullDate nullDate, const Series<Moment>& received, const Series<Moment>& contacted,
                              Optional<Statistic> statistic, const std::optional<TimeOfDay>& opening,
                              const std::optional<TimeOfDay>& closing, const std::optional<Series<Moment>>& holidays,
                              const std::optional<Weekend>& weekend);
Result<Share> responseSla(NullDate nullDate, const Series<Moment>& received, const Series<Moment>& contacted, Days limit,
                          const std::optional<TimeOfDay>& opening, const std::optional<TimeOfDay>& closing,
                          const std::optional<Series<Moment>>& holidays, const std::optional<Weekend>& weekend);
Result<Days> businessTime(NullDate nullDate, Moment start, Moment end, Optional<TimeOfDay> opening, Optional<TimeOfDay> closing,
                          const std::optional<Series<Moment>>& holidays, Optional<Weekend> weekend);
Result<Days> rampTime(const Series<Moment>& hired, const Series<Moment>& productive, Optional<Statistic> statistic);
Result<Days> timeToValue(const Series<Moment>& signedOn, const Series<Moment>& valued, Optional<Statistic> statistic);
Result<Days> resolutionTime(const Series<Moment>& opened, const Series<Moment>& solved, Optional<Statistic> statistic);
Result<Days> contentAge(const Series<Moment>& published, Moment asOf, Optional<Statistic> statistic);

// Notes and meanings that the rows of this family share are here, once.
namespace notes {
inline constexpr std::string_view openingMeaning = "Time of day the business opens, such as TIME(9;0;0)";
inline constexpr std::string_view closingMeaning =
    "Time of day the business closes, after {opening}; 0 and 1 are midnight at the end of the day";
inline constexpr std::string_view holidaysMeaning = "Dates on which the business is closed all day";
inline constexpr std::string_view weekendMeaning =
    "Closed days of the week: a number, or seven 0 and 1 from Monday on, 1 for closed";
inline constexpr std::string_view responseHours =
    "With {opening} and {closing} it counts business time, from Monday to Friday unless {weekend} says otherwise, without them all "
    "time; one of the two alone, or {holidays} or {weekend} without them, is Err:502";
inline constexpr std::string_view weekends =
    "{weekend} is as in NETWORKDAYS.INTL: 1 Saturday and Sunday, 2 Sunday and Monday, up to 7 Friday and Saturday; 11 Sunday only, "
    "12 "
    "Monday only, up to 17 Saturday only; \"0000011\" closes Saturday and Sunday, \"1111111\" leaves no time open: 0";
inline constexpr std::string_view sameDayHours =
    "Hours across midnight are not known: {closing} must come after {opening} on the same day. A {closing} of 0 is "
    "midnight at its end, and to Calc an empty cell is 0. Clock changes are ignored";
inline constexpr std::string_view holidayList = "{holidays} may be in any order, repeat, fall on a weekend and carry a time of day";
inline constexpr std::string_view endBeforeStart =
    "An end before its start is Err:502, never a negative number of days; one without a time of day is not before a start on that "
    "day: 0 days";
inline constexpr std::string_view percentiles = "Definition; percentiles as in Calc's PERCENTILE";
}  // namespace notes

inline constexpr Function timeFunctions[] = {
    describe<&leadResponseTime>({
        .name = "LEADRESPONSETIME",
        .family = Family::Time,
        .title = "Lead response time",
        .summary = "Days from a lead's arrival to the first contact with it",
        .formula = "{statistic} of the time from {received} to {contacted}",
        .parameters = {{"received", "When each lead came in"},
                       {"contacted", "When each was first contacted, in the same order"},
                       {"statistic", "How to sum up", "mean"},
                       {"opening", notes::openingMeaning},
                       {"closing", notes::closingMeaning},
                       {"holidays", notes::holidaysMeaning},
                       {"weekend", notes::weekendMeaning}},
        .notes = {notes::responseHours, notes::weekends, notes::sameDayHours, notes::pairsInStep, notes::endBeforeStart},
        .caution = "Leads that nobody answered are missing, and one forgotten lead outweighs many quick answers in the mean: look "
                   "at the median and at RESPONSESLA",
        .benchmark = "Within 5 minutes is widely quoted (Oldroyd, Lead Response Management Study, MIT and InsideSales.com, 2007)",
        .source = notes::percentiles,
        .related = {"RESPONSESLA", "BUSINESSTIME", "RESOLUTIONTIME"},
        .examples = {{"=LEADRESPONSETIME({46003.5;46003.5};{46003.625;46003.75})", 0.1875, "4 h 30 min"},
                     {"=LEADRESPONSETIME({46003.5;46003.5;46003.5};{46003.625;46003.75;46009.5};\"median\")", 0.25},
                     {"=LEADRESPONSETIME(DATE(2026;1;9)+TIME(16;30;0);DATE(2026;1;12)+TIME(10;30;0);;TIME(9;0;0);TIME(18;0;0))",
                      0.125, "Friday 16:30 to Monday 10:30, open from 9:00 to 18:00: 3 hours"},
                     {"=LEADRESPONSETIME(46031.6875;46035.4375;;0.375;0.75;DATE(2026;1;12))", 0.125,
                      "Friday 16:30 to Tuesday 10:30, Monday being a holiday"},
                     {"=LEADRESPONSETIME(46031.75;46032.5;;0.375;TIME(24;0;0);;\"0000001\")", 0.375,
                      "Friday 18:00 to Saturday 12:00, open from 9:00 to midnight and closed on Sunday only"},
                     {"=LEADRESPONSETIME({46003.5;46003.5};{46003.625;\"\"};\"count\")", 1.0, "One of two leads was answered"},
                     {"=LEADRESPONSETIME(46003.5;46003.25)", Fault::OutsideDomain, "Contacted before it came in"},
                     {"=LEADRESPONSETIME(46003.5;46003.75;;0.375)", Fault::OutsideDomain, "Opening without closing"},
                     {"=LEADRESPONSETIME({46003.5;46004.5};{\"\";\"\"})", Fault::NothingToCompute, "No lead was answered"}},
    }),
    describe<&responseSla>({
        .name = "RESPONSESLA",
        .family = Family::Time,
        .title = "Response within the limit",
        .summary = "Share of the leads that were contacted in time",
        .formula = "leads contacted within {limit} of being received / leads, by {received}",
        .parameters = {{"received", "When each lead came in"},
                       {"contacted", "When each was first contacted, in the same order; empty if never"},
                       {"limit", "Longest time that is in time, in days: TIME(1;0;0) is an hour"},
                       {"opening", notes::openingMeaning},
                       {"closing", notes::closingMeaning},
                       {"holidays", notes::holidaysMeaning},
                       {"weekend", notes::weekendMeaning}},
        .notes = {"An unanswered lead counts as missed; a row without a time in {received} is skipped", notes::responseHours,
                  notes::weekends, notes::sameDayHours, notes::endBeforeStart},
        .caution = "Leads that came in within the last {limit} may still be answered in time, yet they count as missed",
        .benchmark =
            "Within an hour a lead is nearly seven times as likely to be qualified as an hour later (Oldroyd, McElheran and "
            "Elkington, The Short Life of Online Sales Leads, Harvard Business Review, March 2011)",
        .source = "Definition",
        .related = {"LEADRESPONSETIME", "BUSINESSTIME", "RATELOW"},
        .examples = {{"=RESPONSESLA({46003.5;46003.5;46003.5;46003.5};{46003.51;46003.53;46003.75;\"\"};TIME(1;0;0))", 0.5,
                      "Two in time, one late, one never answered"},
                     {"=RESPONSESLA(46031.6875;46034.4375;TIME(3;0;0);TIME(9;0;0);TIME(18;0;0))", 1.0,
                      "Friday 16:30 to Monday 10:30 is 3 business hours, and 3 hours are allowed"},
                     {"=RESPONSESLA(46031.6875;46034.4375;TIME(3;0;0))", 0.0, "The same with the weekend counted"},
                     {"=RESPONSESLA(46031.6875;46034.4375;TIME(3;0;0);TIME(9;0;0);TIME(18;0;0);;11)", 0.0,
                      "The same, open on Saturday as well"},
                     {"=RESPONSESLA(46003.5;46003.25;1)", Fault::OutsideDomain, "Contacted before it came in"},
                     {"=RESPONSESLA(46003.5;46003.75;-1)", Fault::OutsideDomain},
                     {"=RESPONSESLA({\"\";\"\"};{46003.75;46004};1)", Fault::NothingToCompute, "No lead came in"}},
    }),
    describe<&businessTime>({
        .name = "BUSINESSTIME",
        .family = Family::Time,
        .title = "Business time",
        .summary = "Open time between two instants, in days",
        .formula = "sum over the open days of the time from {opening} to {closing} that lies between {start} and {end}",
        .parameters = {{"start", "Date and time it begins"},
                       {"end", "Date and time it ends"},
                       {"opening", notes::openingMeaning, 0.375},
                       {"closing", notes::closingMeaning, 17.0 / 24},
                       {"holidays", notes::holidaysMeaning},
                       {"weekend", notes::weekendMeaning, "0000011"}},
        .notes = {notes::weekends, notes::holidayList, notes::sameDayHours, notes::endBeforeStart},
        .caution = "It is in days of 24 hours, as all times in Calc: multiply by 24 for hours, and do not read it as working days. "
                   "A weekend typed as 0000011 into a cell becomes the number 11, Sunday only: it must be a text",
        .source = "Definition; weekends as in Calc's NETWORKDAYS.INTL",
        .related = {"LEADRESPONSETIME", "RESPONSESLA", "RESOLUTIONTIME"},
        .examples = {{"=BUSINESSTIME(DATE(2026;1;9)+TIME(16;30;0);DATE(2026;1;12)+TIME(9;30;0))", 1.0 / 24,
                      "Friday 16:30 to Monday 9:30 is one hour"},
                     {"=BUSINESSTIME(DATE(2026;1;9);DATE(2026;1;16))", 40.0 / 24, "A week is 40 hours"},
                     {"=BUSINESSTIME(DATE(2026;1;9);DATE(2026;1;16);TIME(6;0;0);TIME(18;0;0);{46034;46035})", 1.5,
                      "Twelve hours a day, and Monday and Tuesday are holidays"},
                     {"=BUSINESSTIME(DATE(2026;1;9);DATE(2026;1;16);0;TIME(24;0;0);;\"0000000\")", 7.0,
                      "Always open: the hour 24 is 0 to Calc"},
                     {"=BUSINESSTIME(DATE(2026;1;9);DATE(2026;1;16);TIME(6;0;0);TIME(18;0;0);;11)", 3.0, "Closed on Sunday only"},
                     {"=BUSINESSTIME(DATE(2026;1;12);DATE(2026;1;9))", Fault::OutsideDomain, "It ends before it begins"},
                     {"=BUSINESSTIME(DATE(2026;1;9);DATE(2026;1;16);9;17)", Fault::OutsideDomain, "9:00 is TIME(9;0;0)"},
                     {"=BUSINESSTIME(DATE(2026;1;9);DATE(2026;1;16);TIME(18;0;0);TIME(6;0;0))", Fault::OutsideDomain,
                      "A night shift"},
                     {"=BUSINESSTIME(DATE(2026;1;9);DATE(2026;1;16);;;;8)", Fault::OutsideDomain, "No such weekend"}},
    }),
    describe<&rampTime>({
        .name = "RAMPTIME",
        .family = Family::Time,
        .title = "Ramp-up time",
        .summary = "Days from a seller's hiring to full productivity",
        .formula = "{statistic} of ({productive} - {hired})",
        .parameters = {{"hired", "When each seller was hired"},
                       {"productive", "When each became fully productive, in the same order"},
                       {"statistic", "How to sum up", "mean"}},
        .notes = {notes::pairsInStep, notes::endBeforeStart},
        .caution =
            "Sellers who left before they were productive are missing, and so are those still ramping up: the true time is longer",
        .benchmark = "About 3 months for sales development and 5 for account executives are widely quoted (The Bridge Group, Sales "
                     "Development and SaaS AE Metrics reports)",
        .source = notes::percentiles,
        .related = {"SALESCAPACITY", "TIMETOVALUE", "SALESPRODUCTIVITY"},
        .examples = {{"=RAMPTIME({46000;46010};{46090;46130})", 105.0},
                     {"=RAMPTIME({46000;46010;46020};{46090;46130;\"\"};\"max\")", 120.0, "The third is still ramping up"},
                     {"=RAMPTIME({46000;46010;46020};{46090;46130})", Fault::OutsideDomain, "Three hirings, two other dates"}},
    }),
    describe<&timeToValue>({
        .name = "TIMETOVALUE",
        .family = Family::Time,
        .title = "Time to value",
        .summary = "Days from a customer's signature to the first value they get",
        .formula = "{statistic} of ({valued} - {signed})",
        .parameters = {{"signed", "When each customer signed"},
                       {"valued", "When each first got what they bought it for, in the same order"},
                       {"statistic", "How to sum up", "mean"}},
        .notes = {notes::pairsInStep, notes::endBeforeStart},
        .caution = "Customers who have not got there yet are missing, and what counts as value must not change from month to month",
        .source = notes::percentiles,
        .related = {"RAMPTIME", "RESOLUTIONTIME", "CHURNRATE"},
        .examples = {{"=TIMETOVALUE({46000;46000;46000};{46007;46014;46060};\"median\")", 14.0},
                     {"=TIMETOVALUE({46000;46000;46000};{46007;46014;46060})", 27.0, "The mean is ruled by the slow one"},
                     {"=TIMETOVALUE(46000;45999)", Fault::OutsideDomain, "Value before the signature"}},
    }),
    describe<&resolutionTime>({
        .name = "RESOLUTIONTIME",
        .family = Family::Time,
        .title = "Resolution time",
        .summary = "Days from a request's opening to its solution",
        .formula = "{statistic} of ({solved} - {opened})",
        .parameters = {{"opened", "When each request was opened"},
                       {"solved", "When each was solved, in the same order"},
                       {"statistic", "How to sum up", "mean"}},
        .notes = {notes::pairsInStep, notes::endBeforeStart},
        .caution = "Requests still open are missing, and they are the hard ones; a few long ones rule the mean, so look at "
                   "\"median\" and \"p90\"",
        .source = notes::percentiles,
        .related = {"LEADRESPONSETIME", "BUSINESSTIME", "CSAT", "CES"},
        .examples = {{"=RESOLUTIONTIME({46000.5;46001.5};{46000.75;46003.25})", 1.0},
                     {"=RESOLUTIONTIME({46000;46000;46000;46000;46000};{46001;46002;46003;46004;46015};\"p90\")", 10.6},
                     {"=RESOLUTIONTIME({46000;\"?\"};{46001;46002})", Fault::NotANumber, "A text is not a date"}},
    }),
    describe<&contentAge>({
        .name = "CONTENTAGE",
        .family = Family::Time,
        .title = "Content age",
        .summary = "Days since the content pieces were published",
        .formula = "{statistic} of ({asOf} - {published})",
        .parameters = {{"published", "When each piece was published"},
                       {"asOf", "Day on which the age is taken, such as TODAY()"},
                       {"statistic", "How to sum up", "mean"}},
        .notes = {"Empty cells are skipped; a piece published after {asOf} is Err:502, but not one of the same day as of a date "
                  "without a time of day: 0 days"},
        .caution =
            "Old is not bad: a piece that still sells needs no successor. Give the date of the last revision for pieces that "
            "are kept up to date",
        .source = notes::percentiles,
        .related = {"USAGERATE", "CONTENTROI"},
        .examples = {{"=CONTENTAGE({46000;46100;46200};46300)", 200.0},
                     {"=CONTENTAGE({46000;46100;46200};46300;\"max\")", 300.0, "The oldest piece"},
                     {"=CONTENTAGE({46000;46100;46200};46150)", Fault::OutsideDomain, "One piece is not yet published"}},
    }),
};

}  // namespace calckpi
