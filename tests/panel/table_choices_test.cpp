// Choices of tables: what can be chosen, the formula and the call that come of it, and the text that a document keeps.
#include "core/sheets/table_choices.hpp"

#include "core/kpis/catalog.hpp"
#include "core/recognition/recognition.hpp"
#include "tests/support/formula.hpp"
#include "tests/support/memory_table.hpp"
#include "tests/support/random.hpp"
#include "tests/support/tables.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace calckpi::panel {
namespace {

using support::Dice;
using Names = std::vector<std::string>;

TableChoices someChoices() {
    TableChoices choices{.function = "SEGMENTS", .source = "$Deals.$A$1:$G$8801"};
    choices.set("by", "owner");
    choices.set("status", "stage");
    choices.set("won", Names{"Won", "Closed \"won\""});
    choices.set("lost", Names{"Lost"});
    choices.filters = {{"channel", "<>Partner"}};
    return choices;
}

TEST(TableChoices, ValueOfTheFormula) {
    EXPECT_EQ(tableFormula(someChoices()),
              "ORG.CALCKPI.KPI.SEGMENTS($Deals.$A$1:$G$8801;\"owner\";\"stage\";{\"Won\"|\"Closed \"\"won\"\"\"};\"Lost\";;;;0;"
              "\"channel\";\"<>Partner\")");
    TableChoices choices{.function = "CLVPREDICT", .source = "Sales"};
    choices.set("customer", "2");
    choices.set("when", "2026");
    choices.set("horizon", 182.5);
    EXPECT_EQ(tableFormula(choices, {"2026", "2"}, true), "ORG.CALCKPI.KPI.CLVPREDICT(Sales;2;\"2026\";;182.5)")
        << "2 is the number of a column, 2026 a header; nothing is written for what is left out at the end";
    choices.function = "CLVHOLDOUT";
    choices.set("view", "tracking");
    choices.set("until", 45658.0);
    EXPECT_EQ(tableFormula(choices), "ORG.CALCKPI.KPI.CLVHOLDOUT(Sales;2;2026;45658;\"tracking\";;;;0)")
        << "the same choices call another function with those it takes";
    choices.function = "NOSUCH";
    EXPECT_EQ(tableFormula(choices), "ORG.CALCKPI.KPI.NOSUCH()");
}

TEST(TableChoices, ValueOfWhatIsSet) {
    TableChoices choices = someChoices();
    choices.set("by", "channel");
    EXPECT_EQ(choices.text("by"), "channel");
    choices.set("by", "");
    EXPECT_EQ(choices.value("by"), nullptr);
    choices.set("lost", Names{});
    EXPECT_EQ(choices.value("lost"), nullptr);
    choices.set("horizon", std::numeric_limits<double>::quiet_NaN());
    EXPECT_EQ(choices.value("horizon"), nullptr);
    EXPECT_EQ(choices.texts("won"), (Names{"Won", "Closed \"won\""}));
    EXPECT_EQ(choices.texts("status"), Names{"stage"});
    EXPECT_EQ(choices.texts("lost"), Names());
    EXPECT_EQ(choices.text("won"), "") << "a list is no text";
    EXPECT_EQ(choices.number("by"), std::nullopt);
    choices.set("limit", 30.0);
    EXPECT_EQ(choices.number("limit"), 30.0);
    EXPECT_EQ(choices.texts("limit"), Names());
}

// Every function that has a table here can be chosen completely: each field is named, and the words of options are those it takes.
TEST(TableChoices, PropertyOfAllFields) {
    for (const TableKind& kind : tableKinds()) {
        const Function* function = find(kind.function);
        ASSERT_NE(function, nullptr) << kind.function;
        EXPECT_TRUE(function->givesTable && function->takesTable()) << kind.function;
        EXPECT_EQ(kindOf(kind.function), &kind);
        const std::vector<TableField> fields = fieldsOf(kind);
        std::size_t required = 0;
        for (const TableField& field : fields) {
            const std::string where = std::string(kind.function) + ", " + std::string(field.parameter->name);
            EXPECT_FALSE(field.label.one.empty()) << where << " needs a label";
            required += field.required ? 1 : 0;
            EXPECT_EQ(field.words.empty(), field.kind != FieldKind::Option) << where;
            for (const std::string_view word : field.words) {
                EXPECT_FALSE(wordLabel(word).one.empty() && word != "errors" && word != "frequency" && word != "tracking")
                    << where << ": " << word;
                EXPECT_NE(field.parameter->options.find('"' + std::string(word) + '"'), std::string_view::npos) << where;
            }
            const auto* word = std::get_if<std::string_view>(&field.parameter->fallback);
            EXPECT_TRUE(word == nullptr || std::find(field.words.begin(), field.words.end(), *word) != field.words.end()) << where;
        }
        EXPECT_GE(fields.size(), required + 1) << kind.function;
    }
    EXPECT_EQ(kindOf("DWINRATE"), nullptr);
    EXPECT_TRUE(fieldsOf({"NOSUCH", {}, {}, {}}).empty());
    EXPECT_EQ(labelOf("nothing"), Message());
}

TEST(TableChoices, ValueOfTheFieldsOfSomeFunctions) {
    const auto field = [](std::string_view function, std::string_view name) {
        for (TableField& each : fieldsOf(*kindOf(function)))
            if (each.parameter->name == name) return std::move(each);
        throw std::runtime_error("no such field");
    };
    EXPECT_EQ(field("SEGMENTS", "won").kind, FieldKind::States);
    EXPECT_EQ(field("KPIPERIODS", "asOf").kind, FieldKind::Date);
    EXPECT_EQ(field("KPIPERIODS", "period").kind, FieldKind::Option);
    EXPECT_EQ(field("CLVPREDICT", "horizon").kind, FieldKind::Number);
    EXPECT_EQ(field("CLVPREDICT", "until").kind, FieldKind::Date);
    EXPECT_FALSE(field("CLVPREDICT", "until").required);
    EXPECT_TRUE(field("MRRPLANS", "interval").orNumber);
    EXPECT_TRUE(field("STUCKDEALS", "limit").orNumber);
    EXPECT_FALSE(field("SEGMENTS", "amount").orNumber);
    EXPECT_TRUE(field("SEGMENTS", "by").required);
    EXPECT_FALSE(field("SEGMENTS", "amount").required);
}

using support::Rows;

const Rows& dealRows() {
    static const Rows rows = {{"owner", "stage", "amount", "opened", "closed", "2026", "channel"},
                              {"Ana", "Won", 1200.0, 46027.0, 46047.0, 1.0, "Web"},
                              {"Ben", "Closed \"won\"", 800.0, 46029.0, 46054.0, 2.0, "Web"},
                              {"Ana", "Lost", 500.0, 46031.0, 46033.0, 3.0, "Partner"},
                              {"Ben", "Demo", 900.0, 46062.0, Blank{}, 4.0, "Web"},
                              {Blank{}, "Lost", 100.0, 46063.0, 46065.0, 5.0, "Phone"}};
    return rows;
}
const TableHandle& deals() {
    static const TableHandle table = std::make_shared<support::MemoryTable>(dealRows());
    return table;
}

// The formula that a sheet holds, evaluated, is the call of the core with the same choices.
TEST(TableChoices, PropertyThatTheFormulaIsTheCall) {
    const std::vector<std::string> columns = columnNames(*deals());
    Dice dice(11);
    int tables = 0;
    for (int round = 0; round < 2000; ++round) {
        const TableKind& kind = tableKinds()[dice.below(tableKinds().size())];
        TableChoices choices{.function = std::string(kind.function), .source = "Deals.A:G"};
        for (const TableField& field : fieldsOf(kind)) {
            if (!field.required && dice.oneIn(2)) continue;
            switch (field.kind) {
                case FieldKind::Column: {
                    const std::string_view name = field.parameter->name;
                    const bool date = name == "opened" || name == "closed" || name == "when" || name == "start" || name == "end";
                    const std::vector<std::string> dates = {"opened", "closed", "Opened "};
                    choices.set(name, date                 ? dice.pick(dates)
                                      : name == "amount"   ? std::string("amount")
                                      : name == "status"   ? std::string("stage")
                                      : name == "interval" ? std::string("2026")
                                                           : dice.pick(columns));
                    break;
                }
                case FieldKind::States:
                    choices.set(field.parameter->name,
                                field.parameter->name == "lost" ? Names{"Lost"} : Names{"Won", "Closed \"won\""});
                    break;
                case FieldKind::Option: choices.set(field.parameter->name, std::string(dice.pick(field.words))); break;
                case FieldKind::Date: choices.set(field.parameter->name, 46055 + dice.count(20)); break;
                case FieldKind::Number: choices.set(field.parameter->name, dice.share()); break;
            }
        }
        if (dice.oneIn(3)) choices.filters.push_back({"channel", "Web"});
        const Result<calckpi::Outcome> called = find(choices.function)->call(argumentsOf(choices, deals()), {});
        const Result<calckpi::Outcome> evaluated = support::evaluate(
            "=" + tableFormula(choices, columns).substr(std::string("ORG.CALCKPI.KPI.").size()), {"Deals", dealRows()});
        ASSERT_TRUE(support::sameOutcome(called, evaluated)) << tableFormula(choices, columns);
        tables += called ? 1 : 0;
    }
    EXPECT_GT(tables, 500);
}

TEST(TableChoices, EdgeOfTextsThatAFormulaCannotHold) {
    TableChoices choices = someChoices();
    EXPECT_EQ(tableFormulaProblem(choices), std::nullopt);
    choices.set("won", Names{"Won", std::string(1001, 'x')});
    EXPECT_TRUE(tableFormulaProblem(choices).has_value());
    choices.set("won", Names{std::string(1001, 'x')});
    EXPECT_EQ(tableFormulaProblem(choices), std::nullopt) << "one alone is written in pieces";
    choices.set("won", Names(300, std::string(100, 'x')));
    EXPECT_TRUE(tableFormulaProblem(choices).has_value());
}

const std::vector<std::string> pieces = {"Won", " ",    "\n",     "\r\n", "%",  "%0A", "\"", "end",  "table 1", "é",
                                         "ț",   "\xFF", "item x", "日本", "\t", "=",   ";",  "\x7F", "text a"};

std::string anyText(Dice& dice) {
    std::string text;
    for (std::size_t left = 1 + dice.below(4); left > 0; --left) text += dice.pick(pieces);
    return text;
}

TableChoices anyChoices(Dice& dice) {
    TableChoices choices{.function = anyText(dice)};
    if (dice.oneIn(2)) choices.source = anyText(dice);
    for (std::size_t left = dice.below(6); left > 0; --left) {
        Names list;
        for (std::size_t items = 1 + dice.below(4); items > 0; --items) list.push_back(dice.oneIn(9) ? "" : anyText(dice));
        const std::string name = anyText(dice);
        switch (dice.below(3)) {
            case 0: choices.set(name, dice.between(-1e6, 1e6)); break;
            case 1: choices.set(name, anyText(dice)); break;
            default: choices.set(name, list);
        }
    }
    for (std::size_t left = dice.below(3); left > 0; --left)
        choices.filters.push_back({anyText(dice), dice.oneIn(4) ? "" : anyText(dice)});
    choices.live = dice.oneIn(2);
    choices.picture = dice.oneIn(2);
    return choices;
}

TEST(TableSettings, ValueOfTheText) {
    TableChoices choices = someChoices();
    choices.set("limit", 0.1);
    EXPECT_EQ(written(choices),
              "table 1\nfunction SEGMENTS\nsource $Deals.$A$1:$G$8801\nargument by\ntext owner\nargument status\ntext stage\n"
              "argument won\nitem Won\nitem Closed \"won\"\nargument lost\nitem Lost\nargument limit\nnumber 0.1\n"
              "filter-column channel\nfilter-test <>Partner\nlive yes\npicture yes\nend");
}

TEST(TableSettings, PropertyThatAllChoicesComeBack) {
    Dice dice(7);
    for (int round = 0; round < 3000; ++round) {
        const TableChoices choices = anyChoices(dice);
        const std::string text = written(choices);
        const std::optional<TableChoices> read = readTableSettings(text);
        ASSERT_TRUE(read.has_value()) << text;
        ASSERT_EQ(*read, choices) << text;
        ASSERT_EQ(written(*read), text);
    }
}

TEST(TableSettings, EdgeOfNothingThatIsWritten) {
    TableChoices choices{.function = "RFM"};
    choices.arguments = {{"a", std::nan("")}, {"b", std::string()}, {"c", Names()}};
    EXPECT_EQ(readTableSettings(written(choices)), TableChoices{.function = "RFM"});
}

// Whatever is cut off, doubled or exchanged, a text is either refused or gives choices that say the same again.
TEST(TableSettings, PropertyOfDamagedTexts) {
    Dice dice(9);
    int refused = 0;
    for (int round = 0; round < 3000; ++round) {
        std::string text = written(anyChoices(dice));
        const std::size_t place = dice.below(text.size());
        if (dice.oneIn(3))
            text.resize(place);
        else if (dice.oneIn(2))
            text.erase(place, 1 + dice.below(9));
        else
            text.insert(place, dice.pick(pieces));
        const std::optional<TableChoices> read = readTableSettings(text);
        refused += read ? 0 : 1;
        if (!read) continue;
        ASSERT_EQ(readTableSettings(written(*read)), read) << text;
    }
    EXPECT_GT(refused, 1000);
}

TEST(TableSettings, RefusalOfWhatItDoesNotKnow) {
    const std::string sound = written(someChoices());
    const auto with = [&sound](const std::string& what, const std::string& other) {
        std::string text = sound;
        return text.replace(text.find(what), what.size(), other);
    };
    ASSERT_TRUE(readTableSettings(with("owner", "seller")).has_value());
    for (const std::string& text : {std::string(),
                                    std::string("table 1\nend"),
                                    with("table 1", "table 2"),
                                    with("table 1", "funnel 1"),
                                    with("function SEGMENTS\n", ""),
                                    with("function SEGMENTS", "function"),
                                    with("text owner", "number owner"),
                                    with("text owner", "number inf"),
                                    with("text owner\n", ""),
                                    with("text owner", "text owner\ntext owner"),
                                    with("text owner", "text owner\nitem owner"),
                                    with("argument by", "argument "),
                                    with("argument status", "argument by"),
                                    with("item Won", "text Won"),
                                    with("filter-test <>Partner\n", ""),
                                    with("filter-column channel\n", ""),
                                    with("live yes", "live maybe"),
                                    with("live yes", "live yes\nlive yes"),
                                    with("picture yes", "colour red"),
                                    sound + "\nx",
                                    with("source ", "text "),
                                    std::string("table 1\ntext a\nfunction RFM\nend"),
                                    std::string("table 1\nfunction RFM\nargument a\nend")})
        EXPECT_EQ(readTableSettings(text), std::nullopt) << text;
}

}  // namespace
}  // namespace calckpi::panel
