#include "core/sheets/settings.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace calckpi::panel {
namespace {

using support::Dice;

// What users and CRMs put into names, and what would break a line.
const std::vector<std::string> pieces = {"Won",
                                         "a b",
                                         " ",
                                         "  ",
                                         "\n",
                                         "\r\n",
                                         "\t",
                                         "%",
                                         "%0A",
                                         "%2",
                                         "\"",
                                         "'",
                                         ";",
                                         "=",
                                         "end",
                                         "funnel 1",
                                         "é",
                                         "ț",
                                         "\xF0\x9F\x9A\x80",
                                         "\xC2\xA0",
                                         std::string(1, '\0'),
                                         "\x7F",
                                         "\xFF",
                                         "<>Partner",
                                         "step x\nend",
                                         "{n}",
                                         "日本",
                                         "filter-test a"};

std::string anyText(Dice& dice) {
    std::string text;
    for (std::size_t left = dice.below(5); left > 0; --left) text += dice.pick(pieces);
    return text;
}

std::optional<double> anyNumber(Dice& dice) {
    const std::vector<std::optional<double>> numbers = {std::nullopt, 0.0,      30.0,  -1.5,   0.1,
                                                        1.0 / 3,      46022.75, 1e300, 5e-324, dice.between(0, 50'000)};
    return dice.pick(numbers);
}

Choices anyChoices(Dice& dice) {
    Choices choices;
    for (std::string* text : {&choices.source, &choices.id, &choices.stage, &choices.count, &choices.when, &choices.amount,
                              &choices.lostStage, &choices.status, &choices.by})
        *text = anyText(dice);
    choices.shape = static_cast<Shape>(dice.below(4));
    choices.across = dice.oneIn(4);
    for (std::size_t left = dice.below(6); left > 0; --left)
        choices.stages.push_back({anyText(dice), static_cast<Outcome>(dice.below(3))});
    choices.order = static_cast<EventOrder>(dice.below(4));
    choices.window = anyNumber(dice);
    choices.fill = static_cast<DateFill>(dice.below(3));
    choices.asOf = anyNumber(dice);
    for (std::size_t left = dice.below(4); left > 0; --left) choices.filters.push_back({anyText(dice), anyText(dice)});
    choices.intervals = dice.oneIn(2);
    choices.live = dice.oneIn(2);
    choices.picture = static_cast<Picture>(dice.below(3));
    return choices;
}

Choices someChoices() {
    Choices choices;
    choices.source = "$Deals.$A$1:$G$8801";
    choices.stage = "deal_stage";
    choices.stages = {{"Prospecting"}, {"Won", Outcome::Won}, {"Lost", Outcome::Lost}};
    choices.filters = {{"channel", "<>Partner"}};
    choices.window = 30;
    return choices;
}

TEST(Settings, ValueOfTheText) {
    EXPECT_EQ(written(someChoices()),
              "funnel 1\nsource $Deals.$A$1:$G$8801\nstage-column deal_stage\nshape stages\nstep Prospecting\nwon Won\nlost Lost\n"
              "order ordered\nwindow 30\nfill none\nfilter-column channel\nfilter-test <>Partner\nintervals no\nlive yes\n"
              "picture chart\nend");
}

TEST(Settings, ValueOfWhatBreaksALine) {
    Choices choices;
    choices.stage = " 100 %\n";
    EXPECT_NE(written(choices).find("\nstage-column %20100 %25%0A\n"), std::string::npos) << written(choices);
}

TEST(Settings, PropertyThatAllChoicesComeBack) {
    Dice dice(5);
    for (int round = 0; round < 3000; ++round) {
        const Choices choices = anyChoices(dice);
        const std::string text = written(choices);
        const std::optional<Choices> read = readSettings(text);
        ASSERT_TRUE(read.has_value()) << text;
        ASSERT_EQ(*read, choices) << text;
        ASSERT_EQ(written(*read), text);
    }
}

TEST(Settings, EdgeOfOtherLineEnds) {
    std::string text = written(someChoices());
    for (std::size_t place = 0; (place = text.find('\n', place)) != std::string::npos; place += 2) text.insert(place, "\r");
    EXPECT_EQ(readSettings(text), someChoices());
    EXPECT_EQ(readSettings(written(someChoices()) + "\n"), someChoices());
}

TEST(Settings, EdgeOfNumbersThatAreNone) {
    Choices choices;
    choices.window = std::numeric_limits<double>::infinity();
    choices.asOf = std::numeric_limits<double>::quiet_NaN();
    EXPECT_EQ(readSettings(written(choices)), Choices());
}

TEST(Settings, RefusalOfWhatItDoesNotKnow) {
    const std::string sound = written(someChoices());
    const auto with = [&sound](const std::string& what, const std::string& other) {
        std::string text = sound;
        const std::size_t place = text.find(what);
        EXPECT_NE(place, std::string::npos) << what;
        return text.replace(place, what.size(), other);
    };
    ASSERT_TRUE(readSettings(with("Won", "Signed")).has_value());
    for (const std::string& text : {std::string(),
                                    std::string("funnel 1"),
                                    std::string("funnel 1\nend"),
                                    sound + "\nstep More",
                                    sound + "\n\n",
                                    " " + sound,
                                    with("funnel 1", "funnel 2"),
                                    with("funnel 1", "Funnel 1"),
                                    with("shape stages\n", ""),
                                    with("shape stages", "shape Stages"),
                                    with("shape stages", "shape stages\nshape stages"),
                                    with("shape stages", "shape"),
                                    with("step ", "stop "),
                                    with("window 30", "window"),
                                    with("window 30", "window x"),
                                    with("window 30", "window 30 "),
                                    with("window 30", "window inf"),
                                    with("window 30", "window nan"),
                                    with("window 30", "window 1e999"),
                                    with("window 30", "window 30\nwindow 30"),
                                    with("filter-test <>Partner\n", ""),
                                    with("filter-column channel\n", ""),
                                    with("intervals no", "filter-column x"),
                                    with("filter-test", "live yes\nfilter-test"),
                                    with("Won", "Won%"),
                                    with("Won", "Won%2"),
                                    with("Won", "%2x"),
                                    with("Won", "%0a"),
                                    with("Won", "W\ton"),
                                    with("Won", "\rWon"),
                                    with("\nwon", "\n\nwon"),
                                    with("source ", "target "),
                                    with("live yes", "live maybe"),
                                    with("live yes", "live yes\nstage-column again")})
        EXPECT_FALSE(readSettings(text).has_value()) << text;
}

TEST(Settings, RefusalOfATextThatIsCutOff) {
    const std::string sound = written(someChoices());
    for (std::size_t size = 0; size < sound.size(); ++size)
        EXPECT_FALSE(readSettings(std::string_view(sound).substr(0, size)).has_value()) << size;
}

// Whatever is done to a text: it is refused, or it is read as choices that stay what they are.
TEST(Settings, PropertyThatDamageIsNoHarm) {
    Dice dice(17);
    int readable = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::string text = written(anyChoices(dice));
        for (std::size_t left = dice.below(4); left > 0; --left) {
            const std::size_t place = dice.below(text.size());
            if (dice.oneIn(3))
                text.erase(place, dice.below(20));
            else if (dice.oneIn(2))
                text.insert(place, dice.pick(pieces));
            else
                text[place] = static_cast<char>(dice.below(256));
            if (text.empty()) break;
        }
        const std::optional<Choices> read = readSettings(text);
        if (!read) continue;
        ++readable;
        ASSERT_EQ(readSettings(written(*read)), read) << text;
    }
    EXPECT_GT(readable, 1000);
    EXPECT_LT(readable, 19'000);
}

}  // namespace
}  // namespace calckpi::panel
