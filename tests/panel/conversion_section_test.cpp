#include "core/panel/conversion_section.hpp"

#include "core/sheets/kpi_sheet_choices.hpp"
#include "tests/panel/sheet.hpp"
#include "tests/panel/user.hpp"

#include <gtest/gtest.h>

namespace calckpi::panel {
namespace {

using support::sheetOf;

TEST(ConversionSection, ValueOfMoneyAndDates) {
    User user;
    user.selects(sheetOf({"Deal|Stage|Amount|Created", "D1|Lead|'$86,928.00|'15.10.2025", "D2|Won|'$780.50|'18.02.2025",
                          "D3|Won|'about 7|'19.02.2025", "D4|Lead|'n/a|'20.02.2025"}),
                 4, 6);  // its upper left cell is E7
    const std::string amount = "Amount is text in 3 rows, first G8 \u00B7 1 more cannot be read and stays, first G10";
    EXPECT_EQ(user.reads(Item::TextColumn), amount + " \u00B7 1 more column to convert: Created");
    EXPECT_FALSE(user.sees(Item::ConvertInPlace));
    user.clicks(Item::ConvertEach);
    EXPECT_EQ(user.reads(Item::TextColumn), amount);
    EXPECT_EQ(user.reads(Item::TextColumn, 1), "Created is text in 4 rows, first H8");
    EXPECT_EQ(user.reads(Item::ConvertInPlace, 1), "Convert in place");
    EXPECT_EQ(user.clicks(Item::ConvertInPlace, 1), Next::Convert);
    const auto wanted = user.panel.conversions(user.reaction.index);
    ASSERT_EQ(wanted.size(), 1U);
    EXPECT_EQ(wanted[0].column, 3U);
    EXPECT_EQ(wanted[0].header, "Created");
    EXPECT_TRUE(user.panel.conversions(2).empty());
    EXPECT_EQ(user.panel.conversion(1)->header, "Created");
    EXPECT_FALSE(user.panel.conversion(2));
    // All of them at once.
    user.clicks(Item::ConvertEach);
    EXPECT_FALSE(user.sees(Item::TextColumn, 1)) << "the list is folded again";
    EXPECT_EQ(user.clicks(Item::ConvertAll), Next::Convert);
    EXPECT_EQ(user.panel.conversions(user.reaction.index).size(), 2U);
    // Once the cells are numbers there is nothing to be said any more.
    user.changesCells(sheetOf({"Deal|Stage|Amount|Created", "D1|Lead|86928|2025-10-15", "D2|Won|780.5|2025-02-18"}));
    EXPECT_FALSE(user.sees(Item::TextColumn));
}

// Calc has read some of the cells when the file was opened, and left others as texts.
TEST(ConversionSection, ValueOfTextsAmongNumbersAndDates) {
    const auto says = [](const std::string& header, const std::vector<std::string>& cells) {
        std::vector<std::string> lines{"Deal|Stage|" + header};
        for (std::size_t row = 0; row < cells.size(); ++row)
            lines.push_back("D" + std::to_string(row) + (row % 2 == 0 ? "|Lead|" : "|Won|") + cells[row]);
        User user;
        user.selects(sheetOf(lines));
        return user.reads(Item::TextColumn);
    };
    EXPECT_EQ(says("Created", {"2025-01-06", "2025-02-03", "'25/01/2025", "2025-02-07"}), "Created is text in 1 row, first C4");
    EXPECT_EQ(says("Created", {"2025-01-06", "'2025-01-07T10:00:00Z", "'2025-01-08T10:00:00Z", "2025-02-07"}),
              "Created is text in 2 rows, first C3");
    EXPECT_EQ(says("Amount", {"100.5", "'1,200.50", "300", "400"}), "Amount is text in 1 row, first C3");
    EXPECT_EQ(says("Amount", {"100.5", "n/a", "300", "NULL"}), "Amount is text in 2 rows, first C3");
    EXPECT_EQ(says("Created", {"2025-01-06", "2025-02-03", "-", "2025-02-07"}), "Created is text in 1 row, first C4");
    EXPECT_EQ(says("Amount", {"100.5", "soon", "300", "400"}), "(nothing)") << "the data check names it";
    EXPECT_EQ(says("Amount", {"100.5", "200", "300", "400"}), "(nothing)");
    EXPECT_EQ(says("Ticket ID", {"100", "'1,200", "300", "400"}), "(nothing)") << "a name";
}

TEST(ConversionSection, ValueOfTheListOfCellsThatStay) {
    std::vector<std::string> lines{"Deal|Stage|Amount"};
    for (int row = 0; row < 30; ++row) lines.push_back("D" + std::to_string(row) + (row % 3 == 2 ? "|Won|'about" : "|Lead|'$5.25"));
    User user;
    user.selects(sheetOf(lines));
    EXPECT_EQ(user.reads(Item::TextColumn),
              "Amount is text in 20 rows, first C2 \u00B7 10 more cannot be read and stay, first C4, C7, C10, C13, C16, C19, C22, "
              "C25, \u2026");
}

TEST(ConversionSection, ValueOfTheOneQuestion) {
    User user;
    user.selects(sheetOf({"Deal|Stage|Amount", "D1|Lead|'17.506", "D2|Won|'3.250", "D3|Won|'12"}));
    ASSERT_TRUE(user.sees(Item::ConvertInPlace));
    EXPECT_FALSE(user.sees(Item::ConvertInPlace)->enabled);
    EXPECT_EQ(user.reads(Item::TextMeans), "17.506 means");
    EXPECT_EQ(user.entries(Item::TextMeans), (std::vector<std::string>{"17.506", "17,506"}));
    EXPECT_EQ(user.clicks(Item::ConvertInPlace), Next::Nothing) << "as long as it is not known how";
    EXPECT_EQ(user.does({.item = Item::TextMeans, .entry = 1}), Next::Draw);
    EXPECT_FALSE(user.sees(Item::TextMeans));
    EXPECT_EQ(user.clicks(Item::ConvertInPlace), Next::Convert);
    EXPECT_EQ(user.panel.conversions(0).front().hints.decimalSign, DecimalSign::Comma);
    // What was said is known after a change of other cells, too.
    user.changesCells(sheetOf({"Deal|Stage|Amount", "D1|Lead|'17.506", "D2|Won|'3.250", "D3|Lost|'12"}));
    EXPECT_FALSE(user.sees(Item::TextMeans));
}

TEST(ConversionSection, ValueOfDatesWithTwoReadings) {
    User user;
    user.selects(sheetOf({"Deal|Stage|Close Date", "D1|Lead|'03/04/2026", "D2|Won|'05/06/2026"}));
    EXPECT_EQ(user.entries(Item::TextMeans), (std::vector<std::string>{"2026-04-03", "2026-03-04"}));
    user.does({.item = Item::TextMeans, .entry = 0});
    EXPECT_EQ(user.panel.conversions(0).front().hints.dayOrder, DayOrder::DayFirst);
    EXPECT_TRUE(user.panel.conversions(0).front().hints.said);
}

TEST(ConversionSection, ValueOfOneAnswerForAllColumnsThatRaiseTheQuestion) {
    User user;
    user.selects(sheetOf({"Deal|Stage|Amount|Created|Close Date|Expected Revenue",
                          "D1|Lead|'17.506|'03/04/2026|'04/05/2026|'12.250", "D2|Won|'3.250|'05/06/2026|'06/07/2026|'1.125"}));
    ASSERT_TRUE(user.sees(Item::ConvertAll));
    EXPECT_FALSE(user.sees(Item::ConvertAll)->enabled);
    const auto questions = [&] {
        std::vector<std::string> asked;
        for (std::int32_t index = 0; index < 4; ++index)
            if (const auto widget = user.sees(Item::TextMeans, index)) asked.push_back(widget->text);
        return asked;
    };
    EXPECT_EQ(questions(), (std::vector<std::string>{"17.506 means", "03/04/2026 means"})) << "once for numbers, once for dates";
    for (std::int32_t index = 0; index < 4; ++index)
        if (user.sees(Item::TextMeans, index)) user.does({.item = Item::TextMeans, .index = index, .entry = 1});
    EXPECT_TRUE(questions().empty());
    EXPECT_EQ(user.clicks(Item::ConvertAll), Next::Convert);
    for (const auto& wanted : user.panel.conversions(user.reaction.index)) {
        EXPECT_TRUE(wanted.hints.said) << wanted.name;
        EXPECT_EQ(wanted.hints.decimalSign, DecimalSign::Comma) << wanted.name;
        EXPECT_EQ(wanted.hints.dayOrder, DayOrder::MonthFirst) << wanted.name;
    }
}

TEST(ConversionSection, ValueOfNumbersThatAreDates) {
    User user;
    user.selects(sheetOf({"user_id|event|timestamp", "1|visit|1740787200", "1|signup|1740830400", "2|visit|1740830500"}));
    EXPECT_EQ(user.reads(Item::TextColumn), "timestamp holds numbers that mean dates in 3 rows, first C2");
}

TEST(ConversionSection, ValueOfProbabilitiesUpTo100) {
    User user;
    user.selects(sheetOf({"Deal|Stage|Amount|Probability (%)", "D1|Lead|900|20", "D2|Won|500|100", "D3|Demo|700|60"}));
    EXPECT_EQ(user.reads(Item::TextColumn), "Probability (%) holds percentages without their sign in 3 rows, first D2");
    // No figure is weighted with them.
    EXPECT_TRUE(user.panel.source()->facts->column(Role::Probability)->percentages);
    EXPECT_EQ(sourceOf(SourceFound{"", *user.panel.source()->facts, user.panel.source()->table}).columns.count(Role::Probability),
              0U);
    EXPECT_EQ(user.clicks(Item::ConvertInPlace), Next::Convert);
    user.changesCells(sheetOf({"Deal|Stage|Amount|Probability (%)", "D1|Lead|900|0.2", "D2|Won|500|1", "D3|Demo|700|0.6"}));
    EXPECT_FALSE(user.sees(Item::TextColumn));
}

TEST(ConversionSection, ValueOfWhatIsSaidAfterwards) {
    ColumnConversion plan;
    plan.cells = {{0, 1}, {1, 2}, {2, 3}};
    const auto said = [&](std::size_t formulas, int columns = 1) {
        ConvertedCells cells;
        for (int column = 0; column < columns; ++column) cells.add(plan, formulas);
        return cells.said({});
    };
    EXPECT_EQ(said(0), "3 cells were converted");
    EXPECT_EQ(said(0, 2), "6 cells were converted");
    plan.unreadable = {3};
    EXPECT_EQ(said(0), "3 cells were converted \u00B7 1 cell stays as it was");
    EXPECT_EQ(said(1), "2 cells were converted \u00B7 2 cells stay as they were");
}

TEST(ConversionSection, EdgeNoMoreThanSixColumnsThoseWithARoleFirst) {
    User user;
    user.selects(sheetOf({"c1|c2|c3|c4|c5|c6|Deal|Stage|Amount", "'1.50|'2.50|'3.50|'4.50|'5.50|'6.50|D1|Lead|'$5.25",
                          "'1.51|'2.51|'3.51|'4.51|'5.51|'6.51|D2|Won|'$6.25"}));
    EXPECT_EQ(user.reads(Item::TextColumn),
              "Amount is text in 2 rows, first I2 \u00B7 5 more columns to convert: c1, c2, c3, c4, c5");
    user.clicks(Item::ConvertEach);
    EXPECT_EQ(user.reads(Item::TextColumn), "Amount is text in 2 rows, first I2");
    EXPECT_TRUE(user.sees(Item::TextColumn, 5));
    EXPECT_FALSE(user.sees(Item::TextColumn, 6));
}

}  // namespace
}  // namespace calckpi::panel
