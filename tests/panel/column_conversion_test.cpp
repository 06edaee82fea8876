#include "core/recognition/column_conversion.hpp"

#include "tests/panel/sheet.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

namespace calckpi::panel {
namespace {

constexpr std::chrono::sys_days nullDate = std::chrono::year(1899) / 12 / 30;

Column columnOf(const std::vector<Cell>& cells) {
    Column column;
    for (const Cell& cell : cells) {
        if (const double* number = std::get_if<double>(&cell))
            column.addNumber(*number);
        else if (const std::string* text = std::get_if<std::string>(&cell))
            column.addText(*text);
        else
            column.addBlank();
    }
    return column;
}

using Converted = std::vector<ConvertedCell>;
using RowList = std::vector<std::size_t>;

TEST(ColumnConversion, ValueOfMoney) {
    const auto plan =
        conversionOf(columnOf({"$86,928.00", "n/a", 5.0, "$780.50", "about 7", "€ 5.00", Blank{}}), "Amount", nullDate);
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->format, ColumnFormat::Money);
    EXPECT_EQ(plan->formatCode, "[$$]#,##0.00");
    EXPECT_EQ(plan->cells, (Converted{{0, 86928}, {3, 780.5}}));
    EXPECT_EQ(plan->emptied, (RowList{1}));
    EXPECT_EQ(plan->unreadable, (RowList{4}));
    EXPECT_EQ(plan->otherCurrency, (RowList{5}));
    EXPECT_EQ(plan->firstRow(), 0U);
    EXPECT_FALSE(plan->question);
}

TEST(ColumnConversion, ValueOfWordsForEmptyAmongNumbers) {
    const auto plan = conversionOf(columnOf({1.5, "n/a", Blank{}, "NULL", 2.5}), "Amount", nullDate);
    ASSERT_TRUE(plan);
    EXPECT_TRUE(plan->cells.empty());
    EXPECT_EQ(plan->emptied, (RowList{1, 3}));
    EXPECT_EQ(plan->firstRow(), 1U);
    EXPECT_FALSE(conversionOf(columnOf({1.5, "n/a", "soon"}), "Amount", nullDate)) << "a word that means something";
    EXPECT_FALSE(conversionOf(columnOf({"n/a", "NULL"}), "Amount", nullDate)) << "no number among them";
}

TEST(ColumnConversion, ValueOfCommasDatesAndTimes) {
    const auto amounts = conversionOf(columnOf({"17.506,74", "5.735,75"}), "Deal - Value", nullDate);
    ASSERT_TRUE(amounts);
    EXPECT_EQ(amounts->cells, (Converted{{0, 17506.74}, {1, 5735.75}}));
    EXPECT_EQ(amounts->formatCode, "General");
    const auto dates = conversionOf(columnOf({"15.10.2025 08:56", "18.02.2025 19:08"}), "Deal - Deal created", nullDate);
    ASSERT_TRUE(dates);
    EXPECT_EQ(dates->format, ColumnFormat::DateTime);
    // 2025-10-15 is day 45945 and 2025-02-18 day 45706, as Calc counts them.
    EXPECT_NEAR(dates->cells[0].value, 45945 + (8 * 60 + 56) / 1440.0, 1e-9);
    EXPECT_NEAR(dates->cells[1].value, 45706 + (19 * 60 + 8) / 1440.0, 1e-9);
    const auto shares = conversionOf(columnOf({"100%", "25 %"}), "Probability (%)", nullDate);
    ASSERT_TRUE(shares);
    EXPECT_EQ(shares->cells, (Converted{{0, 1}, {1, 0.25}}));
    EXPECT_EQ(shares->formatCode, "0%");
    const auto clocks = conversionOf(columnOf({"09:30", "18:00:00"}), "Opening", nullDate);
    ASSERT_TRUE(clocks);
    EXPECT_EQ(clocks->format, ColumnFormat::TimeOfDay);
    EXPECT_EQ(clocks->cells, (Converted{{0, 9.5 / 24}, {1, 0.75}}));
    EXPECT_EQ(conversionOf(columnOf({"12.5 %"}), "Rate", nullDate)->formatCode, "0.0%");
    EXPECT_EQ(conversionOf(columnOf({"5 lei", "7 lei"}), "Suma", nullDate)->formatCode, "#,##0 [$lei]");
}

TEST(ColumnConversion, ValueOfNumbersThatAreDates) {
    // 2025-03-01 is day 45717.
    const auto days = conversionOf(columnOf({20250301.0, Blank{}, 20250302.0}), "event_date", nullDate);
    ASSERT_TRUE(days);
    EXPECT_EQ(days->cells, (Converted{{0, 45717}, {2, 45718}}));
    EXPECT_EQ(days->numbers, NumberAsDate::YearMonthDay);
    const auto seconds = conversionOf(columnOf({1740787200.0, 1740830400.0}), "created_at", nullDate);
    ASSERT_TRUE(seconds);
    EXPECT_EQ(seconds->cells, (Converted{{0, 45717}, {1, 45717.5}}));
    EXPECT_EQ(seconds->formatCode, "YYYY-MM-DD HH:MM:SS");
    EXPECT_FALSE(conversionOf(columnOf({1740787200.0}), "Phone", nullDate));
    EXPECT_FALSE(conversionOf(columnOf({1740787200.0, 3.0}), "created_at", nullDate));
}

TEST(ColumnConversion, ValueOfProbabilitiesUpTo100) {
    const auto shares = conversionOf(columnOf({60.0, Blank{}, 0.0, 100.0, 1.0}), "Probability (%)", nullDate);
    ASSERT_TRUE(shares);
    EXPECT_TRUE(shares->percentages);
    EXPECT_EQ(shares->cells, (Converted{{0, 0.6}, {2, 0}, {3, 1}, {4, 0.01}}));
    EXPECT_EQ(shares->formatCode, "0%");
    EXPECT_EQ(conversionOf(columnOf({12.5, 40.0}), "Probabilitate", nullDate)->formatCode, "0.0%");
}

TEST(ColumnConversion, RefusalOfProbabilitiesThatMayBeShares) {
    EXPECT_FALSE(conversionOf(columnOf({0.6, 0.25, 1.0, 0.0}), "Probability", nullDate));
    EXPECT_FALSE(conversionOf(columnOf({1.0, 0.0}), "Probability", nullDate));
    EXPECT_FALSE(conversionOf(columnOf({60.0, 0.25}), "Probability", nullDate)) << "a quarter of one, or of a hundredth?";
    EXPECT_FALSE(conversionOf(columnOf({60.0, 250.0}), "Probability", nullDate));
    EXPECT_FALSE(conversionOf(columnOf({60.0, -5.0}), "Probability", nullDate));
    EXPECT_FALSE(conversionOf(columnOf({60.0, 40.0}), "Amount", nullDate));
}

TEST(ColumnConversion, ValueOfTheOneQuestion) {
    const Column cells = columnOf({"12", "17.506", "3.250"});
    const auto plan = conversionOf(cells, "Amount", nullDate);
    ASSERT_TRUE(plan && plan->question);
    EXPECT_EQ(plan->question->row, 1U);
    EXPECT_EQ(plan->question->text, "17.506");
    EXPECT_EQ(plan->question->first, 17.506);
    EXPECT_EQ(plan->question->second, 17506);
    EXPECT_FALSE(plan->question->ofDates);
    const auto answered = conversionOf(cells, "Amount", nullDate, {.decimalSign = DecimalSign::Comma, .said = true});
    ASSERT_TRUE(answered);
    EXPECT_FALSE(answered->question);
    EXPECT_EQ(answered->cells, (Converted{{0, 12}, {1, 17506}, {2, 3250}}));
    const auto dates = conversionOf(columnOf({"03/04/2026", "05/06/2026"}), "Close Date", nullDate);
    ASSERT_TRUE(dates && dates->question);
    EXPECT_TRUE(dates->question->ofDates);
    // 2026-04-03 is day 46115, 2026-03-04 day 46085.
    EXPECT_EQ(dates->question->first, 46115);
    EXPECT_EQ(dates->question->second, 46085);
}

TEST(ColumnConversion, RefusalOfNamesAndWords) {
    EXPECT_FALSE(conversionOf(columnOf({"0123", "0456"}), "Deal ID", nullDate));
    EXPECT_FALSE(conversionOf(columnOf({"0722000001", "0722000002"}), "Telefon", nullDate));
    EXPECT_FALSE(conversionOf(columnOf({"75001", "75002"}), "Xyz", nullDate));
    EXPECT_FALSE(conversionOf(columnOf({"Won", "Lost", "5"}), "Amount", nullDate));
    EXPECT_FALSE(conversionOf(columnOf({"n/a", "-"}), "Amount", nullDate));
    EXPECT_FALSE(conversionOf(columnOf({1.0, 2.0}), "Amount", nullDate));
    EXPECT_FALSE(conversionOf(Column(), "Amount", nullDate));
}

// A number as a locale writes it.
std::string formatted(double number, const std::string& thousands, const std::string& decimal) {
    char digits[64];
    std::snprintf(digits, sizeof digits, "%.2f", std::abs(number));
    std::string whole(digits);
    const std::string cents = whole.substr(whole.size() - 2);
    whole.resize(whole.size() - 3);
    for (std::size_t at = whole.size(); at > 3; at -= 3) whole.insert(at - 3, thousands);
    return (number < 0 ? "-" : "") + whole + decimal + cents;
}

// Reading a formatted number gives the number, in every locale: cents always tell which sign is the decimal one.
TEST(ColumnConversion, PropertyFormattedNumbersComeBack) {
    const std::pair<std::string, std::string> locales[] = {
        {",", "."}, {".", ","}, {" ", ","}, {"\u00A0", ","}, {"\u202F", ","}, {"'", "."}, {"\u2019", "."}, {"", "."}, {"", ","}};
    const std::pair<std::string, std::string> signs[] = {{"", ""},     {"$", ""},    {"€ ", ""},  {"", " €"},
                                                         {"", " lei"}, {"EUR ", ""}, {"", " RON"}};
    support::Dice random(14);
    for (const auto& [thousands, decimal] : locales)
        for (const auto& [before, behind] : signs) {
            std::vector<Cell> cells;
            std::vector<double> numbers;
            for (int row = 0; row < 60; ++row) {
                const double cents = static_cast<double>(random.below(row % 2 == 0 ? 100'000 : 2'000'000'000));
                numbers.push_back((random.below(5) == 0 ? -cents : cents) / 100);
                cells.push_back(before + formatted(numbers.back(), thousands, decimal) + behind);
            }
            const auto plan = conversionOf(columnOf(cells), "Amount", nullDate);
            ASSERT_TRUE(plan) << std::get<std::string>(cells[0]);
            ASSERT_EQ(plan->cells.size(), numbers.size())
                << std::get<std::string>(cells[plan->unreadable.empty() ? 0 : plan->unreadable[0]]);
            for (const ConvertedCell& cell : plan->cells)
                EXPECT_EQ(cell.value, numbers[cell.row]) << std::get<std::string>(cells[cell.row]);
            EXPECT_FALSE(plan->question);
        }
}

// Each text has one fate, and each row is named once.
TEST(ColumnConversion, PropertyEveryTextHasOneFate) {
    const char* texts[] = {"$5.00", "7",   "n/a", "x y", "2025-03-01", "12:30", "1.234,5",
                           "(3)",   "45%", "€9",  "-",   "3/4/2025",   " ",     "March 2025"};
    support::Dice random(15);
    for (int round = 0; round < 500; ++round) {
        std::vector<Cell> cells;
        for (int row = 0; row < 12; ++row)
            cells.push_back(random.below(4) == 0 ? Cell(1.5) : Cell(std::string(texts[random.below(std::size(texts))])));
        const Column column = columnOf(cells);
        const auto plan = conversionOf(column, "Amount", nullDate);
        if (!plan) continue;
        std::vector<int> named(cells.size());
        for (const ConvertedCell& cell : plan->cells) ++named[cell.row];
        for (const auto* rows : {&plan->emptied, &plan->unreadable, &plan->otherCurrency})
            for (const std::size_t row : *rows) ++named[row];
        for (std::size_t row = 0; row < cells.size(); ++row)
            EXPECT_EQ(named[row], column.kind(row) == CellKind::Text ? 1 : 0) << row;
    }
}

}  // namespace
}  // namespace calckpi::panel
