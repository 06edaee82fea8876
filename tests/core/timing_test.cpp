#include "core/kpis/timing.hpp"
#include "tests/support/expect.hpp"
#include "tests/support/formula.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace calckpi {
namespace {

using support::range;
using support::refuses;
using support::valueOf;

constexpr double friday = 46031;  // 2026-01-09
constexpr double monday = 46034;
constexpr double nine = 9.0 / 24;
constexpr double six = 18.0 / 24;
constexpr double hour = 1.0 / 24;
constexpr double minute = hour / 60;
constexpr double noise = 1e-9;
const Argument none = Absent{};

const double blank = std::nan("");  // an empty cell of a range

TEST(LeadResponseTime, ValueOfAllTimeAndOfBusinessTime) {
    EXPECT_NEAR(valueOf("LEADRESPONSETIME", {range({friday + 0.5, friday + 0.5}), range({friday + 0.75, friday + 1})}), 0.375,
                noise);
    const Argument received = range({friday + 16.5 * hour, friday + 10 * hour});
    const Argument contacted = range({monday + 10.5 * hour, friday + 11 * hour});
    EXPECT_NEAR(valueOf("LEADRESPONSETIME", {received, contacted, std::string("mean"), nine, six}), 2 * hour, noise);
    EXPECT_NEAR(valueOf("LEADRESPONSETIME", {received, contacted, std::string("max"), nine, six}), 3 * hour, noise);
    EXPECT_NEAR(valueOf("LEADRESPONSETIME", {received, contacted, std::string("max"), nine, six, monday}), 1.5 * hour, noise);
    EXPECT_NEAR(valueOf("LEADRESPONSETIME", {received, contacted, std::string("max")}), 66 * hour, noise);
}

TEST(LeadResponseTime, PropertyOfOneLeadIsItsBusinessTime) {
    std::mt19937_64 engine(17);
    const auto upTo = [&engine](unsigned most) { return static_cast<double>(engine() % (most + 1)); };
    for (int round = 0; round < 300; ++round) {
        const double start = friday + upTo(3000) / 100;
        const double end = start + upTo(3000) / 100;
        const double opening = upTo(47) / 48;
        const double closing = upTo(3) == 0 ? 0 : opening + (1 - opening) * (1 + upTo(9)) / 10;
        const Argument holidays = range({friday + upTo(30), blank, friday + upTo(30)});
        const std::vector<Argument> weekends = {none, 2.0, 11.0, std::string("0000000"), std::string("0100011")};
        const Argument& weekend = weekends[static_cast<std::size_t>(upTo(4))];
        const double open = valueOf("BUSINESSTIME", {start, end, opening, closing, holidays, weekend});
        ASSERT_EQ(valueOf("LEADRESPONSETIME", {start, end, none, opening, closing, holidays, weekend}), open)
            << start << ' ' << end;
        ASSERT_EQ(valueOf("RESPONSESLA", {start, end, open, opening, closing, holidays, weekend}), 1) << start << ' ' << end;
        ASSERT_EQ(valueOf("RESPONSESLA", {start, end, std::max(0.0, open - 1e-6), opening, closing, holidays, weekend}),
                  open > 1e-6 ? 0 : 1)
            << start << ' ' << end;
        ASSERT_NEAR(valueOf("LEADRESPONSETIME", {start, end}),
                    valueOf("BUSINESSTIME", {start, end, 0.0, 1.0, none, std::string("0000000")}), noise);
    }
}

// The dates of a formula, counted from another day: numbers that are no dates stay.
std::vector<Argument> counted(std::vector<Argument> arguments, const Function& function, double later) {
    for (std::size_t index = 0; index < arguments.size(); ++index)
        if (double* moment = std::get_if<double>(&arguments[index]); moment != nullptr)
            if (function.parameters()[index].unit == Unit::Moment) *moment -= later;
    return arguments;
}

TEST(NullDate, PropertyItIsOnlyWhereCountingBegins) {
    const NullDate usual;
    const std::map<std::string_view, std::vector<Argument>> hours = {
        {"LEADRESPONSETIME", {none, none, none, nine, six, monday + 3}},
        {"RESPONSESLA", {none, none, 1.5, nine, six, monday + 3}},
        {"BUSINESSTIME", {none, none, nine, six, monday + 3}},
    };
    std::mt19937_64 engine(23);
    for (const Function& function : catalog()) {
        // A result that is a date is counted from the other day too: see periods_test.cpp.
        if (!function.asksNullDate || function.resultUnit == Unit::Moment) continue;
        ASSERT_TRUE(hours.contains(function.name())) << function.name() << ": say what to give it";
        for (int round = 0; round < 100; ++round) {
            std::vector<Argument> arguments = hours.at(function.name());
            const double start = friday + static_cast<double>(engine() % 700) / 100;
            arguments[0] = start;
            arguments[1] = start + static_cast<double>(engine() % 700) / 100;
            const double later = static_cast<double>(engine() % 3000);
            const NullDate other{usual.day + std::chrono::days(static_cast<int>(later))};
            const Result<Outcome> expected = function.call(arguments);
            const Result<Outcome> computed = function.call(counted(arguments, function, later), other);
            ASSERT_TRUE(expected && computed) << function.name();
            ASSERT_NEAR(std::get<double>(*computed), std::get<double>(*expected), noise) << function.name() << ' ' << later;
        }
    }
}

TEST(LeadResponseTime, PropertyOfStatisticsIsTheirOrder) {
    std::mt19937_64 engine(19);
    const auto upTo = [&engine](unsigned most) { return static_cast<double>(engine() % (most + 1)); };
    for (int round = 0; round < 100; ++round) {
        std::vector<double> received;
        std::vector<double> contacted;
        for (int lead = 0; lead < 20; ++lead) {
            received.push_back(friday + upTo(500) / 100);
            contacted.push_back(received.back() + upTo(900) / 100);
        }
        const auto statistic = [&](const char* word, bool business) {
            std::vector<Argument> arguments = {range(received), range(contacted), std::string(word)};
            if (business) arguments.insert(arguments.end(), {nine, six});
            return valueOf("LEADRESPONSETIME", arguments);
        };
        for (const bool business : {false, true}) {
            double before = 0;
            for (const char* word : {"min", "p10", "median", "p75", "p90", "max"}) {
                EXPECT_GE(statistic(word, business), before) << word;
                before = statistic(word, business);
            }
            EXPECT_LE(statistic("mean", business), before);
            EXPECT_EQ(statistic("count", business), 20);
        }
        // Less time is open than passes.
        EXPECT_LE(statistic("mean", true), statistic("mean", false) + noise);
    }
}

TEST(LeadResponseTime, EdgeUnansweredLeadsAreLeftOut) {
    const Argument received = range({friday, friday, blank});
    const Argument contacted = range({friday + 1, blank, friday});
    EXPECT_EQ(valueOf("LEADRESPONSETIME", {received, contacted}), 1);
    EXPECT_EQ(valueOf("LEADRESPONSETIME", {received, contacted, std::string("count")}), 1);
    EXPECT_EQ(valueOf("LEADRESPONSETIME", {range({friday}), range({blank}), std::string("count")}), 0);
    EXPECT_EQ(valueOf("LEADRESPONSETIME", {range({friday}), range({blank}), std::string("count"), nine, six}), 0);
}

TEST(LeadResponseTime, EdgeEmptyHolidaysNeedNoHours) {
    EXPECT_EQ(valueOf("LEADRESPONSETIME", {friday, friday + 1, none, none, none, range({blank, blank})}), 1);
    EXPECT_EQ(valueOf("LEADRESPONSETIME", {friday, friday + 1, none, none, none, 0.0}), 1);  // a lone empty cell
}

TEST(LeadResponseTime, Refusals) {
    EXPECT_TRUE(refuses("LEADRESPONSETIME", {monday, friday}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("LEADRESPONSETIME", {monday, friday, none, nine, six}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("LEADRESPONSETIME", {friday, monday, none, nine}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("LEADRESPONSETIME", {friday, monday, none, none, six}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("LEADRESPONSETIME", {friday, monday, none, six, nine}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("LEADRESPONSETIME", {friday, monday, none, 9.0, 18.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("LEADRESPONSETIME", {friday, monday, none, none, none, range({monday})}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("LEADRESPONSETIME", {friday, monday, none, none, none, none, 1.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("LEADRESPONSETIME", {friday, monday, none, nine, six, none, 8.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("LEADRESPONSETIME", {friday, monday, std::string("average")}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("LEADRESPONSETIME", {range({friday, friday}), range({monday})}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("LEADRESPONSETIME", {std::string("today"), monday}, Fault::NotANumber));
    EXPECT_TRUE(refuses("LEADRESPONSETIME", {range({friday}), range({blank})}, Fault::NothingToCompute));
}

TEST(ResponseSla, ValueOfAnsweredLateAndUnanswered) {
    const Argument received = range({friday, friday, friday, friday, blank});
    const Argument contacted = range({friday + 0.1, friday + 0.2, friday + 0.3, blank, friday});
    EXPECT_EQ(valueOf("RESPONSESLA", {received, contacted, 0.2}), 0.5);
    EXPECT_EQ(valueOf("RESPONSESLA", {received, contacted, 1.0}), 0.75);
    EXPECT_EQ(valueOf("RESPONSESLA", {received, contacted, 0.0}), 0);
}

TEST(ResponseSla, ValueWithinHours) {
    const Argument received = range({friday + 16.5 * hour, friday + 17.5 * hour});
    const Argument contacted = range({monday + 10.5 * hour, monday + 9 * hour});
    EXPECT_EQ(valueOf("RESPONSESLA", {received, contacted, hour, nine, six}), 0.5);
    EXPECT_EQ(valueOf("RESPONSESLA", {received, contacted, 3 * hour, nine, six}), 1);
    EXPECT_EQ(valueOf("RESPONSESLA", {received, contacted, 3 * hour}), 0);
}

// Whatever the minute of the day: five minutes are within five minutes, although serial numbers carry noise.
TEST(ResponseSla, EdgeExactlyTheLimitIsInTime) {
    for (int at = 0; at < 24 * 60; ++at) {
        const double received = friday + at * minute;
        const double contacted = friday + (at + 5) * minute;
        ASSERT_EQ(valueOf("RESPONSESLA", {received, contacted, 5 * minute}), 1) << at;
        ASSERT_EQ(valueOf("RESPONSESLA", {received, contacted, 5 * minute - minute / 60}), 0) << at;
    }
}

TEST(ResponseSla, EdgeALoneEmptyCellIsUnanswered) {
    EXPECT_EQ(valueOf("RESPONSESLA", {friday, 0.0, 1.0}), 0);  // Calc hands an empty cell over as 0
    EXPECT_TRUE(refuses("RESPONSESLA", {0.0, friday, 1.0}, Fault::NothingToCompute));
}

TEST(ResponseSla, PropertyOfALongerLimitIsNeverLess) {
    std::mt19937_64 engine(23);
    const auto upTo = [&engine](unsigned most) { return static_cast<double>(engine() % (most + 1)); };
    std::vector<double> received;
    std::vector<double> contacted;
    std::vector<double> waits;
    for (int lead = 0; lead < 200; ++lead) {
        received.push_back(friday + upTo(1000) / 100);
        waits.push_back(upTo(300) / 100);
        contacted.push_back(lead % 7 == 0 ? blank : received.back() + waits.back());
    }
    double before = 0;
    for (double limit = 0; limit <= 3.2; limit += 0.05) {
        double inTime = 0;
        for (std::size_t lead = 0; lead < waits.size(); ++lead)
            if (!std::isnan(contacted[lead]) && waits[lead] <= limit + noise) ++inTime;
        const double share = valueOf("RESPONSESLA", {range(received), range(contacted), limit});
        EXPECT_NEAR(share, inTime / 200, noise) << limit;
        EXPECT_GE(share, before) << limit;
        before = share;
    }
    EXPECT_NEAR(before, 171.0 / 200, noise);  // 29 of the 200 were never answered
}

TEST(ResponseSla, Refusals) {
    EXPECT_TRUE(refuses("RESPONSESLA", {range({blank}), range({friday}), 1.0}, Fault::NothingToCompute));
    EXPECT_TRUE(refuses("RESPONSESLA", {range({friday, friday}), range({monday}), 1.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("RESPONSESLA", {monday, friday, 1.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("RESPONSESLA", {friday, monday, -1.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("RESPONSESLA", {friday, monday, 1.0, nine}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("RESPONSESLA", {friday, monday, 1.0, none, six}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("RESPONSESLA", {friday, monday, 1.0, none, none, monday}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("RESPONSESLA", {friday, monday, 1.0, none, none, none, std::string("0000011")}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("RESPONSESLA", {friday, std::string("n/a"), 1.0}, Fault::NotANumber));
}

TEST(BusinessTime, ValueOfTheDefaults) {
    EXPECT_NEAR(valueOf("BUSINESSTIME", {friday + 16.5 * hour, monday + 9.5 * hour}), hour, noise);
    EXPECT_NEAR(valueOf("BUSINESSTIME", {friday, friday + 7}), 40 * hour, noise);
    EXPECT_NEAR(valueOf("BUSINESSTIME", {friday, friday + 7, none, none, none, none}), 40 * hour, noise);
}

TEST(BusinessTime, ValueOfWeekends) {
    const auto openDays = [](const Argument& weekend) {
        return valueOf("BUSINESSTIME", {friday, friday + 2, 0.0, 1.0, none, weekend});  // Friday and Saturday
    };
    EXPECT_EQ(openDays(none), 1);
    EXPECT_EQ(openDays(1.0), 1);
    EXPECT_EQ(openDays(7.0), 0);
    EXPECT_EQ(openDays(11.0), 2);
    EXPECT_EQ(openDays(std::string("0000100")), 1);
    EXPECT_EQ(openDays(std::string("1111111")), 0);
    EXPECT_EQ(openDays(0.0), 1);  // a lone empty cell: the default
    EXPECT_EQ(openDays(std::string()), 1);
}

TEST(BusinessTime, Refusals) {
    EXPECT_TRUE(refuses("BUSINESSTIME", {monday, friday}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("BUSINESSTIME", {friday, monday, six, nine}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("BUSINESSTIME", {friday, monday, nine, nine}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("BUSINESSTIME", {friday, monday, 9.0, 17.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("BUSINESSTIME", {friday, monday, -0.1, 0.5}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("BUSINESSTIME", {friday, monday, none, none, none, 8.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("BUSINESSTIME", {friday, monday, none, none, none, std::string("Sunday")}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("BUSINESSTIME", {friday, monday, none, none, std::string("Easter")}, Fault::NotANumber));
    EXPECT_TRUE(refuses("BUSINESSTIME", {std::string("now"), monday}, Fault::NotANumber));
}

// Four functions are days between two series under names of their own.
TEST(Durations, PropertyOfShiftingAllDatesIsNoChange) {
    const std::vector<double> starts = {46000, 46003.5, 46010, blank, 46020.25};
    const std::vector<double> ends = {46001, 46103.5, 46010, 46011, 46021};
    for (const char* name : {"RAMPTIME", "TIMETOVALUE", "RESOLUTIONTIME", "LEADRESPONSETIME"})
        for (const char* word : {"mean", "median", "p75", "min", "max", "count"}) {
            std::vector<double> laterStarts = starts;
            std::vector<double> laterEnds = ends;
            for (double& start : laterStarts) start += 1000;
            for (double& end : laterEnds) end += 1000;
            EXPECT_NEAR(valueOf(name, {range(starts), range(ends), std::string(word)}),
                        valueOf(name, {range(laterStarts), range(laterEnds), std::string(word)}), noise)
                << name << ' ' << word;
        }
    EXPECT_NEAR(valueOf("RAMPTIME", {range(starts), range(ends)}), 25.4375, noise);  // (1 + 100 + 0 + 0.75) / 4
    EXPECT_NEAR(valueOf("TIMETOVALUE", {range(starts), range(ends), std::string("median")}), 0.875, noise);
    EXPECT_NEAR(valueOf("RESOLUTIONTIME", {range(starts), range(ends), std::string("max")}), 100, noise);
}

TEST(Durations, Refusals) {
    for (const char* name : {"RAMPTIME", "TIMETOVALUE", "RESOLUTIONTIME"}) {
        EXPECT_TRUE(refuses(name, {monday, friday}, Fault::OutsideDomain));
        EXPECT_TRUE(refuses(name, {range({friday}), range({blank})}, Fault::NothingToCompute));
        EXPECT_TRUE(refuses(name, {range({friday, friday}), range({monday, monday, monday})}, Fault::OutsideDomain));
        EXPECT_TRUE(refuses(name, {friday, std::string("soon")}, Fault::NotANumber));
        EXPECT_TRUE(refuses(name, {friday}, Fault::OutsideDomain));
    }
}

TEST(ContentAge, ValueAndRefusals) {
    EXPECT_EQ(valueOf("CONTENTAGE", {range({46000, blank, 46200}), 46300.0}), 200);
    EXPECT_EQ(valueOf("CONTENTAGE", {46000.0, 46300.0}), 300);
    EXPECT_EQ(valueOf("CONTENTAGE", {range({46000, 46300}), 46300.0, std::string("min")}), 0);
    EXPECT_TRUE(refuses("CONTENTAGE", {range({46000, 46301}), 46300.0}, Fault::OutsideDomain));
    EXPECT_TRUE(refuses("CONTENTAGE", {range({blank}), 46300.0}, Fault::NothingToCompute));
}

// With its hours a wait of a hundred thousand leads over thirty years each is a matter of arithmetic, not of counting days.
TEST(LeadResponseTime, EdgeManyLeadsOverManyYearsWithManyHolidays) {
    std::vector<double> holidays;
    for (int day = 0; day < 10000; day += 7) holidays.push_back(monday + day);
    const std::vector<double> received(100000, friday);
    const std::vector<double> contacted(100000, friday + 10001);
    // From Friday on: 1429 weeks less two days; of their Mondays all 1429 are holidays, the weekends are closed.
    double openDays = 0;
    for (int day = 0; day < 10001; ++day) {
        const int ofWeek = day % 7;  // 0 is Friday, 1 and 2 the weekend, 3 Monday
        const bool holiday = ofWeek == 3 && day - 3 < 10000;
        openDays += ofWeek != 1 && ofWeek != 2 && !holiday ? 1 : 0;
    }
    EXPECT_NEAR(valueOf("LEADRESPONSETIME", {range(received), range(contacted), none, nine, six, range(holidays)}),
                openDays * (six - nine), 1e-6);
}

}  // namespace
}  // namespace calckpi
