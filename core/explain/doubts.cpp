#include "core/explain/doubts.hpp"

#include "core/explain/rules.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace calckpi::explain {
namespace {

using panel::msg;

std::int64_t counted(std::size_t rows) { return static_cast<std::int64_t>(rows); }

// With fewer closed deals a true rate of 30 % is seen as 10 % or 50 % every now and then.
constexpr double fewDeals = 20;
constexpr std::string_view ratesOfDeals[] = {"WINRATE", "DWINRATE", "DWINVALUE", "DSALESVELOCITY", "SEGMENTS", "WINCURVE"};
// Below this a share of a percentage is likelier than a share: 5% of 5% is 0.0025.
constexpr double tinyShare = 0.005;

class Doubts {
public:
    explicit Doubts(const CallWords& words) : words_(words) {}
    std::vector<Line> lines() && { return std::move(lines_); }

    void add(std::string text, std::optional<RangeAddress> cell = std::nullopt) {
        lines_.push_back({LineKind::Doubt, std::move(text), std::move(cell)});
    }

    void addFewDeals(const std::optional<RowFacts>& facts) {
        double closed = fewDeals;
        if (facts && facts->states)
            closed = static_cast<double>(facts->states->won + facts->states->lost);
        else if (words_.function().name() == "WINRATE")
            closed = words_.number(0).value_or(closed) + words_.number(1).value_or(closed);
        const bool isRate =
            std::find(std::begin(ratesOfDeals), std::end(ratesOfDeals), words_.function().name()) != std::end(ratesOfDeals);
        if (!isRate || !(closed > 0 && closed < fewDeals)) return;
        add(words_.texts().say(
            msg("Only {n} deal is closed: chance decides", "Only {n} deals are closed: chance decides much of it"),
            static_cast<std::int64_t>(closed)));
    }

    void addTinyShares() {
        for (std::size_t index = 0; index < words_.count(); ++index) {
            const Parameter& parameter = words_.parameterOf(index);
            const bool isOne = parameter.kind == Kind::Number || parameter.kind == Kind::Value;
            const std::optional<double> number = words_.number(index);
            if (!isOne || words_.isAbsent(index) || parameter.unit != Unit::Share || !number) continue;
            if (*number == 0 || !(std::abs(*number) < tinyShare)) continue;
            add(words_.texts().say(msg("{name} is {value}: was the percentage taken twice, as in 5%/100?"),
                                   {{"name", words_.name(index)}, {"value", words_.shown(*number, Unit::Share)}}),
                words_.placeOf(index, 0));
        }
    }

    void addSeveral() {
        for (std::size_t index = 0; index < words_.count(); ++index) {
            const GivenArgument& given = words_.given(index);
            if (given.several && given.several->way == Several::Way::InLine)
                add(words_.texts().say(
                        msg("{name} takes one value: of {range} it is {cell}, in line with the formula"),
                        {{"name", words_.name(index)}, {"range", shown(*given.several->place)}, {"cell", words_.whereOf(index)}}),
                    given.place);
            if (given.several && given.several->way == Several::Way::Each)
                add(words_.texts().say(msg("The function is computed for the {n} value of {name}, here for {value}",
                                           "The function is computed for each of the {n} values of {name}, here for {value}"),
                                       counted(given.several->all.cells.size()),
                                       {{"name", words_.name(index)}, {"value", words_.shownValue(index)}}),
                    given.place);
            if (given.valuesAsArray > 1 && !std::holds_alternative<Grid>(given.value))  // an error has its reason
                add(words_.texts().say(msg("{written} takes one cell of each range, in line with the formula; Ctrl+Shift+Enter "
                                           "computes with the {n} value",
                                           "{written} takes one cell of each range, in line with the formula; Ctrl+Shift+Enter "
                                           "computes with all {n} values"),
                                       counted(given.valuesAsArray), {{"written", given.written}}));
        }
    }

    void addShortRanges() {
        for (std::size_t index = 0; index < words_.count(); ++index) {
            const GivenArgument& given = words_.given(index);
            if (given.rowsBelow == 0 || !given.place) continue;
            RangeAddress below = *given.place;
            below.lastRow += given.rowsBelow;
            below.row = given.place->lastRow + 1;
            add(words_.texts().say(msg("{n} filled row below {range} is left out", "{n} filled rows below {range} are left out"),
                                   given.rowsBelow, {{"range", words_.whereOf(index)}}),
                below);
        }
    }

    void addOfRows(const RowFacts& facts) {
        if (facts.openWithClose > 0)
            add(words_.texts().say(msg("{n} open deal has a date in “{column}”: it is the expected close, and does not count",
                                       "{n} open deals have a date in “{column}”: these are expected closes, and do not count"),
                                   counted(facts.openWithClose),
                                   {{"column", words_.header(*words_.columnOf(*words_.indexOf("closed")))}}));
        if (facts.oneSided) {
            const std::size_t amount = *words_.columnOf(*words_.indexOf("amount"));
            add(words_.texts().say(facts.oneSided->message(), facts.oneSided->deals, {{"column", words_.header(amount)}}),
                words_.cellOfTable(static_cast<std::int32_t>(amount) + 1, static_cast<std::int32_t>(facts.oneSided->first) + 2));
        }
        if (facts.blankRows > 0)
            add(words_.texts().say(msg("{n} row inside the table is empty", "{n} rows inside the table are empty"),
                                   counted(facts.blankRows)));
        if (const std::optional<Reason> stray = strayWord(words_)) {
            add(stray->text, stray->cell);
            if (!stray->remedy.empty()) add(stray->remedy, stray->cell);
        }
    }

private:
    const CallWords& words_;
    std::vector<Line> lines_;
};

}  // namespace

std::vector<Line> doubtsOf(const CallWords& words, const std::optional<RowFacts>& facts) {
    Doubts doubts(words);
    doubts.addFewDeals(facts);
    doubts.addTinyShares();
    doubts.addSeveral();
    doubts.addShortRanges();
    if (facts) doubts.addOfRows(*facts);
    return std::move(doubts).lines();
}

}  // namespace calckpi::explain
