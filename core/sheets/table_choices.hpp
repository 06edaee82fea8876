// TableChoices: all that a table of one of the catalog's table functions is made from, as the user sees it in the sidebar. The
// preview is computed from it (table_preview.hpp), the sheet written from it (table_plan.hpp), and the document keeps it.
//
//   TableChoices choices{.function = "SEGMENTS", .source = "$Deals.$A$1:$G$8801"};
//   choices.set("by", "owner");
//   choices.set("won", std::vector<std::string>{"Won", "Closed won"});
//   tableFormula(choices)    // ORG.CALCKPI.KPI.SEGMENTS($Deals.$A$1:$G$8801;"owner";;{"Won"|"Closed won"};;;;;0)
//
// What can be chosen derives from the function's row in the catalog (fieldsOf). To add a table function to the sidebar, give it a
// line in tableKinds (table_choices.cpp) and a plan (table_plan.cpp); the README shows it.
#pragma once

#include "core/catalog/function.hpp"
#include "core/recognition/choices.hpp"
#include "core/tables/table.hpp"
#include "core/texts/message.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace calckpi::panel {

// ChosenValue is a number or date, a text (a column named by its header as in columnNames, or one of an option's words), or a list
// of texts: what means won.
using ChosenValue = std::variant<double, std::string, std::vector<std::string>>;

struct ChosenArgument {
    std::string parameter;  // its name in the catalog
    ChosenValue value;
    friend bool operator==(const ChosenArgument&, const ChosenArgument&) = default;
};

struct TableChoices {
    std::string function{};                   // its name in the catalog
    std::string source{};                     // the address of the range, as in a formula
    std::vector<ChosenArgument> arguments{};  // one that is not here is left out
    std::vector<Criterion> filters{};
    bool live = true;  // formulas; otherwise values
    bool picture = true;

    const ChosenValue* value(std::string_view parameter) const;
    // text and texts are the value where it is one, or empty; a text is a list of one.
    std::string text(std::string_view parameter) const;
    std::vector<std::string> texts(std::string_view parameter) const;
    std::optional<double> number(std::string_view parameter) const;
    // set chooses a value; an empty text or list is none.
    void set(std::string_view parameter, ChosenValue chosen);
    void unset(std::string_view parameter);
    friend bool operator==(const TableChoices&, const TableChoices&) = default;
};

// TableKind is a table that users can have.
struct TableKind {
    std::string_view function{};
    Message title{};           // in the list of what can be made: "Win rate by …"
    Message sheet{};           // what its sheet is called
    Message makes{};           // one line of what it shows
    std::string_view extra{};  // a parameter of another function that its plan asks for: "until" of CLVHOLDOUT
    std::string_view extraOf{};
};
std::span<const TableKind> tableKinds();
// kindOf is the kind of a function's table; nullptr for a function without one.
const TableKind* kindOf(std::string_view function);

// FieldKind is what an argument is chosen with: a list of headers, a list of words, a field for a date or a number, or a list of
// what may be in the status column.
enum class FieldKind : std::uint8_t { Column, Option, Date, Number, States };

struct TableField {
    const Parameter* parameter = nullptr;
    FieldKind kind = FieldKind::Column;
    Message label{};
    bool required = false;
    bool orNumber = false;                  // a number may be given instead of a column or a word
    std::vector<std::string_view> words{};  // of an option
};

// fieldsOf are the arguments that a user chooses, in the function's order: not the table, the headers and the filters, which all
// tables have alike.
std::vector<TableField> fieldsOf(const TableKind& kind);
// labelOf is what users call a parameter; wordLabel what they call one of an option's words ("quarter/4": "Quarter, year from
// April"), empty for one that is shown as it is.
Message labelOf(std::string_view parameter);
Message wordLabel(std::string_view word);

// tableFormula is the call of the function, without the equals sign: English names, ; between arguments. `columns` are those of the
// source (columnNames). Arguments that the function does not take are left out, so that the same choices can call another function.
std::string tableFormula(const TableChoices& choices, const std::vector<std::string>& columns = {}, bool headers = false);
// tableFormulaProblem tells why the choices cannot be written as a formula; then there are only values.
std::optional<Message> tableFormulaProblem(const TableChoices& choices, const std::vector<std::string>& columns = {});
// argumentsOf are the same arguments for a call in the core.
std::vector<Argument> argumentsOf(const TableChoices& choices, const TableHandle& table, bool headers = false);

// written gives a text that readTableSettings turns into the same choices. A number that is not finite is left out.
std::string written(const TableChoices& choices);
// readTableSettings refuses what it does not know: a text that is damaged or cut off, or of a later version. It does not ask
// whether the function and its parameters are there: a document may have been made by a later version.
std::optional<TableChoices> readTableSettings(std::string_view text);

}  // namespace calckpi::panel
