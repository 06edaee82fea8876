// One rule for every value: how words, ids, blanks, states and numbers are read and compared is the same in all functions. The
// functions are found in the catalog and their arguments by the parameters' names, so that a new function cannot be forgotten.

#include "core/dates/durations.hpp"
#include "core/kpis/catalog.hpp"
#include "core/tables/frame.hpp"
#include "core/values/text.hpp"
#include "tests/support/expect.hpp"
#include "tests/support/formula.hpp"
#include "tests/support/memory_table.hpp"
#include "tests/support/random.hpp"
#include "tests/support/tables.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <memory>
#include <set>
#include <string>

namespace calckpi {
namespace {

using support::Dice;
using support::MemoryTable;
using support::Rows;

const Rows headers = {{"unit", "owner", "state", "amount", "opened date", "closed date", "chance"}};
enum At : std::size_t { UnitAt, OwnerAt, StateAt, AmountAt, OpenedAt, ClosedAt, ChanceAt };

// What the calls ask for.
struct Asked {
    Cell won = "won deal";
    Cell lost = "lost deal";
    std::vector<Cell> stages = {"demo", "won deal"};
};

Argument argumentOf(const Cell& cell) {
    if (const double* number = std::get_if<double>(&cell)) return *number;
    return std::get<std::string>(cell);
}

// The argument for a parameter, by its name. One that nobody has given a meaning here is a failure.
Argument argumentFor(const Function& function, const Parameter& parameter, const TableHandle& table, const Asked& asked) {
    static const std::map<std::string_view, std::string> columns = {{"id", "unit"},
                                                                    {"customer", "unit"},
                                                                    {"by", "owner"},
                                                                    {"status", "state"},
                                                                    {"stage", "state"},
                                                                    {"amount", "amount"},
                                                                    {"value", "amount"},
                                                                    {"opened", "opened date"},
                                                                    {"received", "opened date"},
                                                                    {"when", "opened date"},
                                                                    {"start", "opened date"},
                                                                    {"closed", "closed date"},
                                                                    {"contacted", "closed date"},
                                                                    {"end", "closed date"},
                                                                    {"probability", "chance"}};
    if (parameter.kind == Kind::Table) return table;
    if (parameter.name == "won") return argumentOf(asked.won);
    if (parameter.name == "lost") return argumentOf(asked.lost);
    if (parameter.name == "stages") {
        if (function.name() == "FUNNELDATES") return support::row({"opened date", "closed date"});
        return support::row(asked.stages);
    }
    if (parameter.name == "measure") return "revenue";
    if (parameter.name == "limit") return 1.0;
    if (parameter.name == "until") return 46060.0;
    if (parameter.name == "statistic" && function.name() == "PERIODVALUES") return "sum";
    if (const auto column = columns.find(parameter.name); column != columns.end()) return column->second;
    EXPECT_TRUE(parameter.optional) << function.name() << ": what is " << parameter.name << "?";
    return Absent{};
}

Result<Outcome> outcomeOf(const Function& function, const TableHandle& table, const Asked& asked = {}) {
    std::vector<Argument> arguments;
    for (const Parameter& parameter : function.parameters())
        if (parameter.kind != Kind::Filters) arguments.push_back(argumentFor(function, parameter, table, asked));
    return function.call(arguments);
}
Result<Outcome> outcomeOf(const Function& function, const Rows& rows, const Asked& asked = {}) {
    return outcomeOf(function, std::make_shared<const MemoryTable>(rows), asked);
}

bool has(const Function& function, std::initializer_list<std::string_view> names) {
    return std::any_of(function.parameters().begin(), function.parameters().end(), [&](const Parameter& parameter) {
        return std::find(names.begin(), names.end(), parameter.name) != names.end();
    });
}

std::vector<const Function*> tableFunctions(std::initializer_list<std::string_view> parameters = {"table"}) {
    std::vector<const Function*> functions;
    for (const Function& function : catalog())
        if (function.takesTable() && has(function, parameters)) functions.push_back(&function);
    return functions;
}

// Deals whose texts are tidy: in small letters, with single spaces, and ids that differ by more than their case.
Rows tidyDeals(Dice& dice, std::size_t count) {
    static const std::vector<Cell> units = {"one", "two", "anne marie", "zoé@x.org", 1.0, 2.0, Blank{}};
    static const std::vector<Cell> owners = {"ana", "gagné été", "big co", 0.0, 0.3, 2026.0, Blank{}};
    static const std::vector<Cell> states = {"won deal", "won deal", "lost deal", "demo", "câștig mare", Blank{}};
    Rows rows = headers;
    for (std::size_t left = count; left > 0; --left) {
        // Times of day beside bare dates.
        const double day = 46000 + dice.count(100);
        const double opened = dice.oneIn(2) ? day : day + dice.share();
        const double closed = dice.oneIn(2) ? day + dice.count(30) : opened + dice.between(0, 30);
        rows.push_back(
            {dice.pick(units), dice.pick(owners), dice.pick(states), dice.count(100'000) / 100, opened, closed, dice.share()});
        if (dice.oneIn(6)) rows.back()[dice.oneIn(2) ? AmountAt : ClosedAt] = Blank{};
    }
    return rows;
}

// Each tidy cell as an export may have it.
Cell messy(Dice& dice, const Cell& tidy, std::size_t column) {
    static const std::vector<Cell> blanks = {Blank{}, "", " ", "\u00A0", "\t\n"};
    static const std::vector<std::string> gaps = {" ", "\u00A0", "  ", "\t", "\n", " \u202F "};
    static const std::vector<std::pair<std::string, std::string>> accents = {
        {"é", "e\u0301"}, {"é", "É"}, {"é", "E\u0301"}, {"â", "a\u0302"}, {"ș", "S\u0326"}};
    static const std::vector<std::pair<Cell, Cell>> units = {
        {"one", "0015000000GvAAa"}, {"two", "0015000000GvAAA"}, {1.0, 1234567890123456.0}, {2.0, 1234567890123457.0}};
    if (std::holds_alternative<Blank>(tidy)) return dice.pick(blanks);
    for (const auto& [unit, id] : units)
        if (column == UnitAt && tidy == unit) return id;
    if (column == OwnerAt && tidy == Cell(0.0)) return dice.oneIn(2) ? 0.0 : -0.0;
    if (column == OwnerAt && tidy == Cell(0.3)) return dice.oneIn(2) ? 0.3 : 0.1 + 0.2;
    const std::string* text = std::get_if<std::string>(&tidy);
    if (text == nullptr) return tidy;
    std::string made = dice.oneIn(3) ? dice.pick(gaps) : "";
    for (std::size_t place = 0; place < text->size(); ++place) {
        const auto accent = std::find_if(accents.begin() + static_cast<std::ptrdiff_t>(dice.below(accents.size())), accents.end(),
                                         [&](const auto& each) { return text->substr(place).starts_with(each.first); });
        const char letter = (*text)[place];
        if (letter == ' ') {
            made += dice.pick(gaps);
        } else if (accent != accents.end()) {
            made += accent->second;
            place += accent->first.size() - 1;
        } else {
            made += letter >= 'a' && letter <= 'z' && dice.oneIn(3) ? static_cast<char>(letter - 'a' + 'A') : letter;
        }
    }
    return made + (dice.oneIn(3) ? dice.pick(gaps) : "");
}

// A cell of a result as it is for the tidy table: names are spelt as most rows spell them.
OutputCell tidied(const OutputCell& shown) {
    static const std::vector<std::pair<OutputCell, OutputCell>> units = {
        {"0015000000GvAAa", "one"}, {"0015000000GvAAA", "two"}, {1234567890123456.0, 1.0}, {1234567890123457.0, 2.0}};
    for (const auto& [id, unit] : units)
        if (shown == id) return unit;
    const std::string* text = std::get_if<std::string>(&shown);
    return text == nullptr ? shown : OutputCell(folded(*text));
}

std::vector<std::vector<OutputCell>> tidyRowsOf(const OutputGrid& grid) {
    std::vector<std::vector<OutputCell>> rows(grid.rows);
    for (std::size_t cell = 0; cell < grid.cells.size(); ++cell) rows[cell / grid.columns].push_back(tidied(grid.cells[cell]));
    return rows;
}

// Rows whose names differ may be in another order.
testing::AssertionResult sameRowsInSomeOrder(const OutputGrid& got, const OutputGrid& expected) {
    auto left = tidyRowsOf(got);
    auto right = tidyRowsOf(expected);
    for (const auto& row : right) {
        const auto found = std::find_if(left.begin(), left.end(), [&](const auto& other) {
            return std::equal(row.begin(), row.end(), other.begin(), other.end(), support::sameCell);
        });
        if (found == left.end()) return testing::AssertionFailure() << "nothing like the row of " << support::spoken(row.front());
        left.erase(found);
    }
    if (!left.empty()) return testing::AssertionFailure() << "a row too many: " << support::spoken(left.front().front());
    return testing::AssertionSuccess();
}

TEST(RulesOfValues, MessyCellsCountAsTheTidyOnes) {
    Dice dice(12);
    std::size_t computed = 0;
    for (int round = 0; round < 12; ++round) {
        const Rows tidy = tidyDeals(dice, 40);
        Rows mess = tidy;
        for (std::size_t row = 0; row < mess.size(); ++row)
            for (std::size_t column = 0; column < mess[row].size(); ++column)
                mess[row][column] = messy(dice, tidy[row][column], column);
        for (const Function* function : tableFunctions()) {
            SCOPED_TRACE(function->name());
            const Result<Outcome> expected = outcomeOf(*function, tidy);
            const Result<Outcome> got = outcomeOf(*function, mess);
            ASSERT_EQ(bool(got), bool(expected)) << support::spoken(got) << ", expected " << support::spoken(expected);
            if (!got) continue;
            ++computed;
            if (std::holds_alternative<double>(*got)) {
                EXPECT_TRUE(support::near(std::get<double>(*got), std::get<double>(*expected)));
                continue;
            }
            EXPECT_TRUE(sameRowsInSomeOrder(std::get<OutputGrid>(*got), std::get<OutputGrid>(*expected)));
        }
    }
    EXPECT_GE(computed, 12 * (tableFunctions().size() - 1));
}

// A document that speaks French.
class FrenchCulture final : public support::PlainCulture {
public:
    std::optional<double> numberFromText(std::string_view text) const override {
        if (text == "vrai" || text == "VRAI") return 1;
        if (text == "faux" || text == "FAUX") return 0;
        return PlainCulture::numberFromText(text);
    }
};

class FrenchTable final : public Table {
public:
    explicit FrenchTable(const Rows& rows) : cells_(rows) {}
    std::size_t rows() const override { return cells_.rows(); }
    const std::vector<std::string>& headers() const override { return cells_.headers(); }
    const Culture& culture() const override { return culture_; }

protected:
    ColumnHandle read(std::size_t index) const override { return cells_.look(index); }

private:
    MemoryTable cells_;
    FrenchCulture culture_;
};

TEST(RulesOfValues, AStateGivenAsATextFindsTrueAndNumbersAsACriterionDoes) {
    Dice dice(13);
    const std::vector<std::pair<const char*, const char*>> spellings = {
        {"TRUE", "FALSE"}, {" true ", "False"}, {"1", "0"}, {"VRAI", "FAUX"}, {"1.0", "-0"}};
    const auto functions = tableFunctions({"won", "stages"});
    EXPECT_GE(functions.size(), 9U);
    for (int round = 0; round < 5; ++round) {
        Rows words = tidyDeals(dice, 30);
        Rows flags = words;
        for (std::size_t row = 1; row < words.size(); ++row) {
            const bool won = dice.oneIn(2);
            words[row][StateAt] = won ? "yes" : "no";
            flags[row][StateAt] = won ? 1.0 : dice.oneIn(2) ? 0.0 : -0.0;
        }
        for (const Function* function : functions) {
            if (function->name() == "FUNNELDATES") continue;  // its stages are headers
            const Result<Outcome> expected = outcomeOf(*function, words, {"yes", "no", {"no", "yes"}});
            for (const auto& [yes, no] : spellings) {
                Asked asked{yes, no, {no, yes}};
                const Result<Outcome> got = outcomeOf(*function, std::make_shared<const FrenchTable>(flags), asked);
                SCOPED_TRACE(std::string(function->name()) + ' ' + yes);
                ASSERT_EQ(bool(got), bool(expected)) << support::spoken(got) << ", expected " << support::spoken(expected);
                if (!got) continue;
                if (std::holds_alternative<double>(*got)) {
                    EXPECT_TRUE(support::near(std::get<double>(*got), std::get<double>(*expected)));
                    continue;
                }
                // The names of the stages differ, and nothing else.
                OutputGrid grid = std::get<OutputGrid>(*got);
                for (OutputCell& cell : grid.cells) {
                    if (cell == OutputCell(std::string(yes)) || cell == OutputCell("true")) cell = "yes";
                    if (cell == OutputCell(std::string(no))) cell = "no";
                }
                EXPECT_TRUE(support::sameTable(grid, std::get<OutputGrid>(*expected)));
            }
        }
    }
}

TEST(RulesOfValues, WordsForBothWonAndLostAreRefused) {
    Rows rows = headers;
    rows.push_back({"one", "ana", 1.0, 5.0, 46000.0, 46001.0, 0.5});
    for (const Function* function : tableFunctions({"lost"})) {
        if (!has(*function, {"won"})) continue;
        for (const auto& [won, lost] : std::vector<std::pair<Cell, Cell>>{{"TRUE", 1.0}, {"1", "true"}, {0.3, 0.1 + 0.2}})
            EXPECT_TRUE(support::gives(outcomeOf(*function, rows, {won, lost, {"demo"}}), Fault::OutsideDomain))
                << function->name();
    }
}

bool sameBits(const OutputCell& left, const OutputCell& right) {
    const double* one = std::get_if<double>(&left);
    const double* other = std::get_if<double>(&right);
    if (one != nullptr && other != nullptr) return std::bit_cast<std::uint64_t>(*one) == std::bit_cast<std::uint64_t>(*other);
    return left == right;
}

TEST(RulesOfValues, TheOrderOfTheRowsDoesNotShowInTheLastBit) {
    Dice dice(14);
    for (int round = 0; round < 20; ++round) {
        Rows rows = tidyDeals(dice, 60);
        for (std::size_t row = 1; row < rows.size(); ++row)
            if (double* amount = std::get_if<double>(&rows[row][AmountAt]); amount != nullptr && dice.oneIn(3)) *amount *= 1e9;
        Rows shuffled(rows.begin() + 1, rows.end());
        dice.shuffle(shuffled);
        shuffled.insert(shuffled.begin(), rows.front());
        for (const Function* function : tableFunctions()) {
            SCOPED_TRACE(function->name());
            if (function->name() == "STUCKDEALS") continue;  // it tells rows by their numbers
            const Result<Outcome> one = outcomeOf(*function, rows);
            const Result<Outcome> other = outcomeOf(*function, shuffled);
            ASSERT_EQ(bool(one), bool(other));
            if (!one) continue;
            if (const double* number = std::get_if<double>(&*one)) {
                EXPECT_TRUE(sameBits(*number, std::get<double>(*other))) << *number << " and " << std::get<double>(*other);
                continue;
            }
            const auto& left = std::get<OutputGrid>(*one);
            const auto& right = std::get<OutputGrid>(*other);
            ASSERT_EQ(left.cells.size(), right.cells.size());
            for (std::size_t cell = 0; cell < left.cells.size(); ++cell)
                EXPECT_TRUE(sameBits(left.cells[cell], right.cells[cell]))
                    << support::spoken(left.cells[cell]) << " and " << support::spoken(right.cells[cell]) << " at " << cell;
        }
    }
}

TEST(RulesOfValues, ATextOfBlanksIsAnEmptyPlaceOfASeries) {
    std::set<std::string_view> tried;
    for (const Function& function : catalog())
        for (std::size_t series = 0; series < function.parameters().size(); ++series) {
            if (function.parameters()[series].kind != Kind::Series) continue;
            const auto with = [&](const Cell& place) {
                std::vector<Argument> arguments;
                for (std::size_t index = 0; index < function.parameters().size(); ++index) {
                    const Parameter& parameter = function.parameters()[index];
                    const double number = parameter.unit == Unit::Moment ? 46000 + static_cast<double>(index) : 0.5;
                    if (parameter.kind == Kind::Filters) continue;
                    if (index == series)
                        arguments.emplace_back(support::row({number, place, number}));
                    else if (parameter.kind == Kind::Series)
                        arguments.emplace_back(support::row({number, number, number}));
                    else if (parameter.kind == Kind::Values)
                        arguments.emplace_back(support::row({"a", "b", "c"}));
                    else if (parameter.name == "measure")
                        arguments.emplace_back("mae");
                    else if (parameter.optional)
                        arguments.emplace_back(Absent{});
                    else
                        arguments.emplace_back(number);
                }
                return function.call(arguments);
            };
            const Result<Outcome> expected = with(Blank{});
            if (expected) tried.insert(function.name());
            for (const char* blank : {"", " ", "\u00A0 ", "\t\r\n", "\u2003"}) {
                const Result<Outcome> got = with(blank);
                ASSERT_EQ(bool(got), bool(expected)) << function.name() << ' ' << support::spoken(got);
                if (!got) continue;
                const bool same = std::holds_alternative<double>(*got) ? std::get<double>(*got) == std::get<double>(*expected)
                                                                       : bool(support::sameOutcome(got, expected));
                EXPECT_TRUE(same) << function.name();
            }
        }
    EXPECT_GE(tried.size(), 20U);
}

TEST(RulesOfValues, ANumberInTheCellsIsANumberInTheResult) {
    Dice dice(15);
    Rows rows = tidyDeals(dice, 60);
    for (std::size_t row = 1; row < rows.size(); ++row) {
        rows[row][UnitAt] = 7 + dice.count(3);
        rows[row][OwnerAt] = 45292 + dice.count(3);
    }
    std::size_t tried = 0;
    for (const Function* function : tableFunctions({"by", "customer", "id"})) {
        const Result<Outcome> result = outcomeOf(*function, rows);
        ASSERT_TRUE(result) << function->name() << ' ' << support::spoken(result);
        const auto& grid = std::get<OutputGrid>(*result);
        std::set<double> names;
        for (const OutputCell& cell : grid.cells)
            if (const double* number = std::get_if<double>(&cell)) names.insert(*number);
        for (std::size_t cell = grid.columns; cell < grid.cells.size(); ++cell) {
            for (const char* digits : {"7", "8", "9", "10", "45292", "45293", "45294", "45295"})
                EXPECT_NE(grid.cells[cell], OutputCell(digits)) << function->name();
        }
        if (has(*function, {"by"})) {
            ++tried;
            // FUNNELEVENTS splits four units, and so may have fewer segments than there are owners.
            EXPECT_TRUE(std::any_of(names.begin(), names.end(), [](double name) { return name >= 45292 && name <= 45295; }))
                << function->name();
        }
        if (function->name() == "RFM") {
            ++tried;
            EXPECT_TRUE(names.contains(7) && names.contains(10));
        }
    }
    EXPECT_GE(tried, 6U);
}

TEST(RulesOfValues, CountsThatCalcCallsEqualDoNotRise) {
    const Result<Outcome> result = support::call("FUNNEL", {support::row({"a", "b", "c"}), support::row({0.3, 0.1 + 0.2, 0.2})});
    ASSERT_TRUE(result);
    EXPECT_EQ(support::numberAt(std::get<OutputGrid>(*result), 2, 2), 1);  // of previous
    EXPECT_EQ(support::numberAt(std::get<OutputGrid>(*result), 1, 4), 0);  // lost
    EXPECT_TRUE(support::refuses("FUNNEL", {support::row({"a", "b"}), support::row({0.3, 0.30000001})}, Fault::OutsideDomain));
}

// Whether Calc's = calls two numbers equal, seen in Calc: 0.1 + 0.2 and 0.3, 12345678901234.5 and 12345678901234.52 are;
// 1234567890123456 and 1234567890123457 are not.
TEST(RulesOfValues, GroupsAreOfNumbersThatCalcCallsEqual) {
    const auto groups = [](std::vector<double> years) {
        Rows rows = headers;
        for (const double year : years) rows.push_back({"one", year, "won deal", 1.0, 46000.0, 46001.0, 0.5});
        return std::get<OutputGrid>(*outcomeOf(*find("SEGMENTS"), rows)).rows - 2;  // the header row and all
    };
    EXPECT_EQ(groups({0.3, 0.1 + 0.2}), 1U);
    EXPECT_EQ(groups({12345678901234.5, 12345678901234.52}), 1U);
    EXPECT_EQ(groups({0.0, -0.0}), 1U);
    EXPECT_EQ(groups({1e15 + 1, 1e15 + 2}), 2U);
    EXPECT_EQ(groups({1, 1.0000001}), 2U);
    Dice dice(16);
    for (int round = 0; round < 200; ++round) {
        // Both sides of where 15 digits round up and down.
        const double number = dice.between(0.1, 1);
        double next = number;
        for (std::size_t steps = dice.below(3); steps > 0; --steps) next = std::nextafter(next, 2);
        EXPECT_EQ(groups({number, next}), 1U) << support::spoken(number);
    }
}

TEST(RulesOfValues, MinusZeroIsZeroInDigitsAndNames) {
    EXPECT_EQ(digitsOf(-0.0), "0");
    const Frame frame = *Frame::of(std::make_shared<MemoryTable>(Rows{{"owner"}, {-0.0}, {5.0}}), {});
    const Labels labels = *frame.labels("owner");
    ASSERT_EQ(labels.names.size(), 2U);
    EXPECT_FALSE(std::signbit(*labels.names.front().number));
}

// Ids of ten letters and more that differ in case alone are different units, for distinct values too; shorter words are not.
TEST(RulesOfValues, DistinctValuesAreUnits) {
    const double day = 46030;
    const TableHandle table = std::make_shared<MemoryTable>(Rows{{"when", "id"},
                                                                 {day, "0015000000GvAAa"},
                                                                 {day, "0015000000GvAAA"},
                                                                 {day, "Eva"},
                                                                 {day, "EVA"},
                                                                 {day, "Ab1"},
                                                                 {day, "AB1"}});
    const Function& function = *find("PERIODVALUES");
    const Result<Outcome> outcome =
        function.call(std::vector<Argument>{table, "when", "id", "distinct", Absent{}, "month", Absent{}, 0.0});
    ASSERT_TRUE(outcome);
    EXPECT_EQ(std::get<double>(std::get<OutputGrid>(*outcome).at(0, 2)), 4);
}

// What a filter leaves out may be anything.
TEST(RulesOfValues, WhatNoFilterLetsPassNeedBeNoDate) {
    const TableHandle table = std::make_shared<MemoryTable>(
        Rows{{"opened", "closed", "team"}, {20240131.0, 46000.0, "A"}, {20240131.0, 46000.0, "A"}, {46000.0, 46010.0, "B"}});
    const Result<Outcome> days = find("DSALESCYCLE")->call(std::vector<Argument>{table, "opened", "closed", "mean", "team", "B"});
    ASSERT_TRUE(days);
    EXPECT_EQ(std::get<double>(*days), 10);
}

// The place of a pair is that of its cells, empty ones before them counted.
TEST(RulesOfValues, PlacesAreCountedWithTheEmptyCellsBeforeThem) {
    constexpr double blank = Series<Moment>::blank;
    const Series<Moment> starts({blank, 46000, blank, 46010, 46020});
    const Series<Moment> ends({46001, 46001, blank, 46009, 46021});
    const Result<double> days = daysBetween(starts, ends, *Statistic::fromText("mean"));
    ASSERT_FALSE(days);
    EXPECT_EQ(days.failure().row, 4);
    EXPECT_EQ(days.failure().rows, 1);
}

}  // namespace
}  // namespace calckpi
