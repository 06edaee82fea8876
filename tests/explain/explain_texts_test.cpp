// "Why this value?" in French and Romanian.
#include "addin/sidebar/panel_texts.hpp"
#include "tests/explain/explained.hpp"
#include "tests/explain/export.hpp"
#include "tests/explain/wrong_formulas.hpp"

#include <gtest/gtest.h>

#include <regex>

namespace calckpi::support {
namespace {

using panel::Language;
using panel::Texts;

Texts textsIn(Language language) { return {language, panel::translationsOf(language)}; }

TEST(ExplainTexts, ValueOfAReasonInEachLanguage) {
    const std::string formula = "=DWINRATE(Data.A:I;\"stage\";\"Won\";\"Lost\")";
    const auto in = [&](Language language) { return reason(explained(formula, exportSheet(), textsIn(language))); };
    EXPECT_EQ(in(Language::English), "No column “stage” in Data.A1:I8. Did you mean “Deal Stage”?");
    EXPECT_EQ(in(Language::French),
              "Pas de colonne «\u00A0stage\u00A0» dans Data.A1:I8. Vouliez-vous dire «\u00A0Deal Stage\u00A0»\u00A0?");
    EXPECT_EQ(in(Language::Romanian), "Nu există coloana „stage” în Data.A1:I8. Ați vrut să spuneți „Deal Stage”?");
}

// Titles, summaries, meanings and the names of arguments are those of the function wizard.
TEST(ExplainTexts, ValueOfACallInFrench) {
    const explain::Explanation why = explained("=WINRATE(3;7)", textsIn(Language::French));
    EXPECT_EQ(lines(why, explain::LineKind::Argument),
              (std::vector<std::string>{"gagnées\u00A0: 3", "perdues\u00A0: 7", "en cours\u00A0: non indiqué, donc 0"}));
    EXPECT_EQ(lines(why, explain::LineKind::Formula), std::vector<std::string>{"gagnées / (gagnées + perdues + en cours)"});
    EXPECT_EQ(lines(why, explain::LineKind::Result), std::vector<std::string>{"Résultat\u00A0: 0,3 (30\u00A0%)"});
    EXPECT_EQ(lines(explained("=CHURNRATE(101;100)", textsIn(Language::French)), explain::LineKind::Argument)[0],
              "perdus\u00A0: 101");
}

// No slot stays unfilled and no sentence English, whatever the formula; a formula's text and error names may be alike.
TEST(ExplainTexts, PropertyThatEveryLineIsTranslated) {
    static const std::regex slot(R"(\{[A-Za-z]+\})");
    std::vector<std::string> formulas;
    for (const WrongFormula& wrong : wrongFormulas()) formulas.push_back(wrong.formula);
    for (const Function& function : catalog())
        for (const Example& example : function.examples())
            if (example.formula.find("Deals") == std::string_view::npos && example.formula.find("Orders") == std::string_view::npos)
                formulas.emplace_back(example.formula);
    for (const Language language : {Language::French, Language::Romanian}) {
        const Texts texts = textsIn(language);
        for (const std::string& formula : formulas) {
            const explain::Explanation english = explained(formula, exportSheet());
            const explain::Explanation other = explained(formula, exportSheet(), texts);
            ASSERT_EQ(english.lines.size(), other.lines.size()) << formula;
            for (std::size_t line = 0; line < other.lines.size(); ++line) {
                EXPECT_FALSE(std::regex_search(other.lines[line].text, slot)) << formula << ": " << other.lines[line].text;
                using enum explain::LineKind;
                const explain::LineKind kind = other.lines[line].kind;
                if (kind == Reason || kind == Rows || kind == Doubt || kind == Meaning) {
                    EXPECT_NE(other.lines[line].text, english.lines[line].text) << formula;
                }
            }
        }
    }
}

}  // namespace
}  // namespace calckpi::support
