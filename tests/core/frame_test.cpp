#include "core/tables/frame.hpp"
#include "tests/support/expect.hpp"
#include "tests/support/memory_table.hpp"
#include "tests/support/random.hpp"
#include "tests/support/random_deals.hpp"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>
#include <string>

namespace calckpi {
namespace {

using support::MemoryTable;
using support::refuses;
using support::Rows;

Frame frameOf(const Rows& rows, const Filters& filters = {}) {
    return *Frame::of(std::make_shared<const MemoryTable>(rows), filters);
}

std::vector<std::string> textsOf(const Labels& labels) {
    std::vector<std::string> texts;
    for (const Name& name : labels.names) texts.push_back(name.text);
    return texts;
}

Filters pass(const char* criterion) { return {{ColumnRef("keep"), Cell(criterion)}}; }

TEST(Frame, ValueOfTheRowsThatPassInTheirOrder) {
    const Rows rows = {{"keep", "amount"}, {"x", 1.0}, {"y", 2.0}, {"x", 3.0}, {"x", Blank{}}};
    const Frame frame = frameOf(rows, pass("x"));
    EXPECT_EQ(frame.rows(), 3U);
    EXPECT_TRUE(frame.filtered());
    EXPECT_EQ(frame.tableRow(1), 2U);
    const std::vector<double> amounts = *frame.numbers("amount");
    EXPECT_EQ(amounts[0], 1);
    EXPECT_EQ(amounts[1], 3);
    EXPECT_TRUE(isMissing(amounts[2]));
    EXPECT_TRUE(frameOf(rows, pass("z")).empty());
    EXPECT_EQ(frameOf(rows).rows(), 4U);
    EXPECT_EQ(frameOf(rows).tableRow(3), 3U);
}

TEST(Frame, PropertyOfBlocksIsEachRowOnceInOrder) {
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{1}, Frame::blockRows, Frame::blockRows + 1, 2 * Frame::blockRows + 7})
        for (const bool filtered : {false, true}) {
            Rows rows = {{"keep"}};
            for (std::size_t row = 0; row < size; ++row) rows.push_back({row % 3 == 0 ? "x" : "y"});
            const Frame frame = filtered ? frameOf(rows, pass("x")) : frameOf(rows);
            std::vector<std::size_t> seen;
            frame.inBlocks([&](const auto& block) {
                EXPECT_LE(block.size(), Frame::blockRows);
                for (const std::size_t row : block) seen.push_back(row);
            });
            ASSERT_EQ(seen.size(), frame.rows());
            for (std::size_t row = 0; row < seen.size(); ++row) EXPECT_EQ(seen[row], frame.tableRow(row));
        }
}

TEST(Frame, PropertyOfAColumnIsReadOnceHoweverOftenItIsAskedFor) {
    const auto table = std::make_shared<const MemoryTable>(Rows{{"owner", "amount"}, {"Ana", 1.0}});
    const Frame frame = *Frame::of(table, {});
    EXPECT_EQ(table->timesRead(), (std::vector<int>{0, 0}));
    EXPECT_TRUE(frame.numbers("amount") && frame.numbers(2.0) && frame.labels(" AMOUNT"));
    EXPECT_EQ(table->timesRead(), (std::vector<int>{0, 1}));
}

TEST(Frame, PropertyOfAColumnThatAFilterReadIsNotReadAgain) {
    const auto table = std::make_shared<const MemoryTable>(Rows{{"owner", "amount"}, {"Ana", 1.0}, {"Ben", 2.0}});
    const Frame frame = *Frame::of(table, {{ColumnRef("amount"), Cell(">1")}, {ColumnRef(2.0), Cell("<9")}});
    EXPECT_EQ(*frame.numbers("Amount"), std::vector<double>{2.0});
    EXPECT_EQ(table->timesRead(), (std::vector<int>{0, 1}));
}

TEST(Frame, PropertyOfOtherColumnsIsThatTheRowsThatPassAreAskedFor) {
    const auto table =
        std::make_shared<const MemoryTable>(Rows{{"owner", "amount"}, {"Ana", 1.0}, {"Ben", 2.0}, {"Ana", 3.0}, {"Ben", 4.0}});
    const Frame frame = *Frame::of(table, {{ColumnRef("owner"), Cell("Ana")}});
    const ColumnHandle amounts = *frame.column("amount");
    EXPECT_EQ(amounts->rows(), 4U);
    EXPECT_EQ(amounts->number(2), 3.0);
    EXPECT_EQ(amounts->kind(1), CellKind::Blank) << "the table leaves out what nobody asks for";
    EXPECT_EQ(*frame.lastTimeIn("amount"), 4.0) << "which is before any filter";
    EXPECT_EQ((*frame.whole().column("amount"))->number(3), 4.0);
    EXPECT_EQ(table->timesRead(), (std::vector<int>{1, 2})) << "the whole column is read once, whoever asks for it";
    EXPECT_EQ((*frame.column("amount"))->number(3), 4.0) << "and serves all then";
}

TEST(Frame, RefusalOfAnErrorInARowThatDoesNotPass) {
    const auto table = std::make_shared<const MemoryTable>(Rows{{"owner", "amount"}, {"Ana", 1.0}, {"Ben", CellError{532}}});
    const Frame frame = *Frame::of(table, {{ColumnRef("owner"), Cell("Ana")}});
    const Result<ColumnHandle> amounts = frame.column("amount");
    ASSERT_TRUE(refuses(amounts, Fault::ErrorInCell));
    EXPECT_EQ(amounts.failure().row, 3);
}

TEST(Frame, RefusalOfATextAmongNumbersOnlyInRowsThatPass) {
    const Rows rows = {{"keep", "amount"}, {"x", 1.0}, {"x", " "}, {"y", "n/a"}};
    EXPECT_EQ(frameOf(rows).numbers("amount").failure(), Failure(Fault::NotANumber, Wrong::TextForNumber).at(2, 4));
    const Result<std::vector<double>> numbers = frameOf(rows, pass("x")).numbers("amount");
    ASSERT_TRUE(numbers);
    EXPECT_TRUE(isMissing((*numbers)[1]));  // blanks alone are an empty cell
}

TEST(Frame, RefusalOfAnErrorCellAndAnUnknownHeader) {
    const Frame frame = frameOf({{"keep", "amount"}, {"x", CellError{532}}});
    EXPECT_TRUE(refuses(frame.numbers("amount"), Fault::ErrorInCell));
    EXPECT_TRUE(refuses(frame.labels("amount"), Fault::ErrorInCell));
    EXPECT_TRUE(refuses(frame.numbers("revenue"), Fault::OutsideDomain));
    EXPECT_TRUE(refuses(frame.labels("revenue"), Fault::OutsideDomain));
}

TEST(Labels, ValueOfSpellings) {
    const Labels labels =
        *frameOf({{"owner"}, {"ANA"}, {" Ana"}, {"ana"}, {"Ana\u00A0"}, {Blank{}}, {"Ben"}, {" "}}).labels("owner");
    EXPECT_EQ(labels.ofRow, (std::vector<std::uint32_t>{0, 0, 0, 0, Labels::none, 1, Labels::none}));
    EXPECT_EQ(textsOf(labels), (std::vector<std::string>{"Ana", "Ben"}));
    EXPECT_EQ(textsOf(*frameOf({{"owner"}, {"ana"}, {"Ana"}}).labels("owner")), std::vector<std::string>{"Ana"});  // a tie
}

TEST(Labels, ValueOfANumberIsItsDigits) {
    const Labels labels = *frameOf({{"year"}, {2026.0}, {"2026 "}, {2025.5}, {2025.5}}).labels("year");
    EXPECT_EQ(labels.ofRow[0], labels.ofRow[1]);
    EXPECT_NE(labels.ofRow[0], labels.ofRow[2]);
    EXPECT_EQ(labels.ofRow[2], labels.ofRow[3]);
    EXPECT_EQ(labels.names[labels.ofRow[0]], (Name{"2026", std::nullopt}));  // a text shares it
    EXPECT_EQ(labels.names[labels.ofRow[2]], (Name{"2025.5", 2025.5}));
}

TEST(Labels, ValueOfZerosOfBothSignsIsTheSame) {
    for (const Rows& rows : {Rows{{"n"}, {0.0}, {-0.0}}, Rows{{"n"}, {-0.0}, {0.0}}})
        EXPECT_EQ(textsOf(*frameOf(rows).labels("n")), std::vector<std::string>{"0"});
}

TEST(Labels, EdgeATextOfRowsThatDoNotPassHasNoLabel) {
    const Labels labels =
        *frameOf({{"keep", "owner"}, {"y", "Ben"}, {"x", "Ana"}, {"y", "ANA"}, {"y", "ANA"}}, pass("x")).labels("owner");
    EXPECT_EQ(textsOf(labels), std::vector<std::string>{"Ana"});
}

TEST(Labels, PropertyOfRandomTablesAgreesWithComparingWordByWord) {
    support::Dice dice(81);
    for (int round = 0; round < 300; ++round) {
        const Rows rows = support::randomDeals(dice, 60);
        const bool filtered = dice.oneIn(2);
        const Frame frame = filtered ? frameOf(rows, {{ColumnRef("amount"), Cell(">=300")}}) : frameOf(rows);
        const Labels labels = *frame.labels("owner");
        ASSERT_EQ(labels.ofRow.size(), frame.rows());
        std::set<std::uint32_t> used;
        std::map<std::string, std::uint32_t> labelOfWord;
        for (std::size_t row = 0; row < frame.rows(); ++row) {
            const std::string word = support::plainWord(rows[frame.tableRow(row) + 1][support::Owner]);
            EXPECT_EQ(labels.ofRow[row] == Labels::none, word.empty());
            if (word.empty()) continue;
            EXPECT_EQ(labelOfWord.emplace(word, labels.ofRow[row]).first->second, labels.ofRow[row]) << word;
            EXPECT_EQ(support::plainWord(labels.names.at(labels.ofRow[row]).text), word);
            used.insert(labels.ofRow[row]);
        }
        EXPECT_EQ(used.size(), labelOfWord.size());
        EXPECT_EQ(used.size(), labels.names.size());
    }
}

}  // namespace
}  // namespace calckpi
