// One row says everything about a function, once. The row is in the header of its family, below the declaration:
//
//   Result<Share> winRate(Count won, Count lost, Optional<Count> open);
//   ... = describe<&winRate>({.name = "WINRATE", .title = "Win rate", ...});
//
// What the compiler can see is not said again: the kinds of the arguments, which of them may be left out, their units and
// domains and the unit of the result come from the signature. A row that contradicts it does not compile; the error names the
// rule, as the name of a function called in describe().
#pragma once

#include "core/catalog/argument.hpp"
#include "core/dates/moment.hpp"
#include "core/values/enum_table.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>

namespace calckpi {

enum class Family : std::uint8_t { Acquisition, Sales, Time, Customers, Finance, Certainty, DealTable, WholeTable };

inline constexpr auto familyTitles = enumTable<Family, std::string_view>({{Family::Acquisition, "Acquisition and marketing"},
                                                                          {Family::Sales, "Sales"},
                                                                          {Family::Time, "Time"},
                                                                          {Family::Customers, "Customers"},
                                                                          {Family::Finance, "Finance and growth"},
                                                                          {Family::Certainty, "Certainty"},
                                                                          {Family::DealTable, "One number from a deal table"},
                                                                          {Family::WholeTable, "Whole tables"}});
constexpr std::string_view familyTitle(Family family) { return familyTitles[family]; }

// What the two arguments of each filter mean. A row says what they mean together.
inline constexpr std::string_view filterColumnMeaning = "Column to look at: its header or its number in the range";
inline constexpr std::string_view filterCriterionMeaning =
    "What the cells of that column must be, as in SUMIFS: \"Partner\", \">=1000\", \"<>\" or \"Ent*\"; all pairs must hold";

inline constexpr std::size_t mostParameters = 16;
inline constexpr std::size_t mostNotes = 8;
inline constexpr std::size_t mostExamples = 10;

// ParameterRow is what an author writes about one parameter.
struct ParameterRow {
    std::string_view name{};     // camelCase, one or more words; the IDL's name
    std::string_view meaning{};  // what to give: a phrase, capital first, no full stop
    Fallback fallback{};         // for Optional<T>: the value when left out
};

// Expected is what an example shows: a number, a text or an error.
using Expected = std::variant<std::monostate, double, std::string_view, Fault>;

// Example is a formula as typed in a cell, arguments separated by semicolons. Formulas may use the sample table of
// core/catalog/samples.hpp, which is on a sheet named Deals.
struct Example {
    std::string_view formula{};
    Expected expected{};
    std::string_view remark{};  // what the example shows, where the formula does not say it
};

// Row is what an author writes about one function. All texts are English; they are the keys of the translations. {name} in a
// text stands for a parameter and is shown as the reader's language calls it.
struct Row {
    std::string_view name{};  // as typed in a cell
    Family family{};
    std::string_view title{};    // the KPI's name in the field
    std::string_view summary{};  // one sentence: what the number tells
    std::string_view formula{};  // how it is computed, in the parameters' names
    // The same in Calc's own functions and operators, where it is exactly the same: the same number and the same errors. The
    // bounds of the parameters are not said again; SQRT(-1) is Err:502. What stands in brackets is left out with the parameters
    // that it names. core/sheets/plain_formula.hpp writes it for a call, tests/office/test_plain_formulas.py holds it to its word.
    std::string_view plain{};
    ParameterRow parameters[mostParameters]{};
    std::string_view notes[mostNotes]{};  // rules worth knowing: what counts, what an option means
    std::string_view caution{};           // when the number misleads
    std::string_view benchmark{};         // a figure people quote, with its source
    std::string_view source{};            // where the formula comes from
    std::string_view related[4]{};        // names of functions to look at next
    Example examples[mostExamples]{};
};

// Parameter is a ParameterRow with what the signature adds.
struct Parameter : ParameterRow {
    Kind kind{};
    bool optional = false;
    Unit unit{};
    Domain domain{};
    std::string_view options{};  // the words an option may be
};

using Outcome = std::variant<double, std::string, OutputGrid>;

// Function is a Row with what the signature adds: what the catalog holds.
struct Function {
    Row row{};
    std::array<Parameter, mostParameters> parameterStore{};
    std::size_t parameterCount = 0;
    std::size_t exampleCount = 0;
    Unit resultUnit{};
    bool givesTable = false;
    bool asksNullDate = false;
    Result<Outcome> (*invoke)(const Function&, std::span<const Argument>, NullDate) = nullptr;

    constexpr std::string_view name() const { return row.name; }
    constexpr std::span<const Parameter> parameters() const { return {parameterStore.data(), parameterCount}; }
    constexpr std::span<const Example> examples() const { return {row.examples, exampleCount}; }
    constexpr bool takesFilters() const { return parameterCount > 0 && parameterStore[parameterCount - 1].kind == Kind::Filters; }
    constexpr bool takesTable() const { return parameterCount > 0 && parameterStore[0].kind == Kind::Table; }
    constexpr bool takesDates() const {
        return std::ranges::any_of(parameters(), [](const Parameter& parameter) { return parameter.unit == Unit::Moment; });
    }
    // takesDocument: whether it must know the document that calls it, to count and read as this does.
    constexpr bool takesDocument() const { return takesTable() || asksNullDate || takesDates(); }

    // call computes the function, its dates counted from `nullDate` or, with a table, as this counts them. Too few arguments are
    // filled up as left out; too many are outside the domain. No function computes with an error.
    Result<Outcome> call(std::span<const Argument> arguments, NullDate nullDate = {}) const;
};

// blamedArgument completes a failure by the argument that it comes from, where this can be told: the column that the table does not
// have, the text for lost that also means won.
Failure blamedArgument(const Function& function, std::span<const Argument> arguments, Failure failure);

namespace detail {

template <class F>
struct Signature;
template <class R, class... P>
struct Signature<R (*)(P...)> {
    using Value = typename R::Value;
    template <std::size_t index>
    using Parameter = std::remove_cvref_t<std::tuple_element_t<index, std::tuple<P...>>>;
    static constexpr std::size_t arity = sizeof...(P);
    static constexpr bool asksNullDate = false;
};
template <class R, class... P>
struct Signature<R (*)(NullDate, P...)> : Signature<R (*)(P...)> {
    static constexpr bool asksNullDate = true;
};

// callErased reads the arguments as the function's signature has them, and calls it. Its body, in core/catalog/call.hpp, is
// compiled once, where the catalog is put together, and not by each file that includes a row.
template <auto function>
Result<Outcome> callErased(const Function& self, std::span<const Argument> arguments, NullDate nullDate);

template <class P>
constexpr bool fallbackFits(const Fallback& fallback) {
    if constexpr (!Reader<P>::needsFallback) {
        return std::holds_alternative<std::monostate>(fallback);
    } else if constexpr (Reader<P>::options.empty()) {
        const double* number = std::get_if<double>(&fallback);
        return number != nullptr && Reader<P>::domain.holds(*number);
    } else {
        const std::string_view* text = std::get_if<std::string_view>(&fallback);
        return text != nullptr && decltype(P::value)::fromText(*text).has_value();
    }
}

constexpr bool isUpper(char letter) { return letter >= 'A' && letter <= 'Z'; }
constexpr bool isLower(char letter) { return letter >= 'a' && letter <= 'z'; }
constexpr bool isDigit(char letter) { return letter >= '0' && letter <= '9'; }

constexpr bool isFunctionName(std::string_view name) {
    if (name.size() < 2 || !isUpper(name.front())) return false;
    return std::ranges::all_of(name, [](char letter) { return isUpper(letter) || isDigit(letter); });
}

constexpr bool isCamelCase(std::string_view name) {
    if (name.empty() || !isLower(name.front())) return false;
    return std::ranges::all_of(name, [](char letter) { return isUpper(letter) || isLower(letter) || isDigit(letter); });
}

// Words that unoidl-write refuses as a parameter's name, each tried.
constexpr bool isIdlWord(std::string_view name) {
    constexpr std::string_view words[] = {
        "any",         "attribute", "boolean",        "bound",        "byte",      "char",     "const",    "constants",
        "constrained", "double",    "enum",           "exception",    "float",     "hyper",    "in",       "inout",
        "interface",   "long",      "maybeambiguous", "maybedefault", "maybevoid", "module",   "optional", "out",
        "property",    "raises",    "readonly",       "removable",    "sequence",  "service",  "short",    "singleton",
        "string",      "struct",    "transient",      "type",         "typedef",   "unsigned", "void"};
    return std::ranges::find(words, name) != std::end(words);
}

// isSentence is the grammar of what users read: capital (or a number, parameter or option) first, no full stop, no outer or
// doubled blanks.
constexpr bool isSentence(std::string_view text) {
    if (text.empty() || !(isUpper(text.front()) || isDigit(text.front()) || text.front() == '{' || text.front() == '"'))
        return false;
    return text.back() != '.' && text.back() != ' ' && text.find("  ") == std::string_view::npos;
}

// Every {placeholder} of a text must be one of the row's parameters.
constexpr bool placeholdersExist(std::string_view text, const Row& row) {
    for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
        const std::size_t close = text.find('}', open);
        if (close == std::string_view::npos) return false;
        const std::string_view word = text.substr(open + 1, close - open - 1);
        bool found = false;
        for (const ParameterRow& parameter : row.parameters) found = found || (!word.empty() && parameter.name == word);
        if (!found) return false;
    }
    return true;
}

// namesParameter tells whether a text has {name} in it.
constexpr bool namesParameter(std::string_view text, std::string_view name) {
    for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1))
        if (at > 0 && text[at - 1] == '{' && text.substr(at + name.size()).starts_with('}')) return true;
    return false;
}

// The rules. Each is called only when it is broken; not being constexpr, it stops the compiler and its name is the message.
void a_row_describes_each_parameter_of_its_function_and_no_more();
void a_function_name_is_of_capitals_and_digits();
void a_parameter_name_is_one_camelCase_word();
void a_parameter_name_must_not_be_an_idl_word();
void a_parameter_name_appears_once();
void a_title_starts_with_a_capital_and_has_no_full_stop();
void a_summary_starts_with_a_capital_and_has_no_full_stop();
void a_meaning_starts_with_a_capital_and_has_no_full_stop();
void a_note_starts_with_a_capital_and_has_no_full_stop();
void a_formula_and_a_source_must_be_given();
void a_plain_formula_is_of_numbers_alone_and_names_each_parameter();
void a_placeholder_must_name_a_parameter();
void an_optional_parameter_states_a_fallback_in_its_domain_and_no_other_does();
void a_required_parameter_must_not_follow_an_optional_one();
void a_row_has_two_examples_or_more_one_of_them_failing();
void an_example_calls_its_function_and_states_what_it_shows();

template <class P>
consteval Parameter withSignature(const ParameterRow& row) {
    if (!fallbackFits<P>(row.fallback)) an_optional_parameter_states_a_fallback_in_its_domain_and_no_other_does();
    return {row, Reader<P>::kind, Reader<P>::optional, Reader<P>::unit, Reader<P>::domain, Reader<P>::options};
}

template <auto function, std::size_t... index>
consteval void addSignature(Function& result, std::index_sequence<index...>) {
    using S = Signature<decltype(function)>;
    ((result.parameterStore[index] = withSignature<typename S::template Parameter<index>>(result.row.parameters[index])), ...);
}

consteval void checkTexts(const Row& row) {
    if (!isFunctionName(row.name)) a_function_name_is_of_capitals_and_digits();
    if (!isSentence(row.title)) a_title_starts_with_a_capital_and_has_no_full_stop();
    if (!isSentence(row.summary)) a_summary_starts_with_a_capital_and_has_no_full_stop();
    if (row.formula.empty() || row.source.empty()) a_formula_and_a_source_must_be_given();
    for (const std::string_view note : row.notes)
        if (!note.empty() && !isSentence(note)) a_note_starts_with_a_capital_and_has_no_full_stop();
    for (const std::string_view note : {row.caution, row.benchmark})
        if (!note.empty() && !isSentence(note)) a_note_starts_with_a_capital_and_has_no_full_stop();
    for (const std::string_view text : {row.summary, row.formula, row.caution})
        if (!placeholdersExist(text, row)) a_placeholder_must_name_a_parameter();
    for (const std::string_view note : row.notes)
        if (!placeholdersExist(note, row)) a_placeholder_must_name_a_parameter();
}

consteval void checkParameters(const Function& function) {
    const std::span<const Parameter> parameters = function.parameters();
    bool optionalSeen = false;
    for (std::size_t index = 0; index < parameters.size(); ++index) {
        const Parameter& parameter = parameters[index];
        if (!isCamelCase(parameter.name)) a_parameter_name_is_one_camelCase_word();
        if (isIdlWord(parameter.name)) a_parameter_name_must_not_be_an_idl_word();
        for (std::size_t other = 0; other < index; ++other)
            if (parameters[other].name == parameter.name) a_parameter_name_appears_once();
        if (!isSentence(parameter.meaning)) a_meaning_starts_with_a_capital_and_has_no_full_stop();
        if (!placeholdersExist(parameter.meaning, function.row)) a_placeholder_must_name_a_parameter();
        if (optionalSeen && !parameter.optional) a_required_parameter_must_not_follow_an_optional_one();
        optionalSeen = parameter.optional;
    }
}

// isPlainNumber tells the parameters that Calc's own operators can take: a number, or several to be summed or multiplied up.
constexpr bool isPlainNumber(const Parameter& parameter) {
    const bool number = parameter.kind == Kind::Number || parameter.kind == Kind::Value || parameter.kind == Kind::Series;
    return number && parameter.options.empty() && parameter.unit != Unit::Moment &&
           (!parameter.optional || std::holds_alternative<double>(parameter.fallback));
}

// bracketsClose tells whether each bracket is closed, and none is that was not opened.
constexpr bool bracketsClose(std::string_view text, char open, char close) {
    int depth = 0;
    for (const char letter : text) {
        if (letter == open) ++depth;
        if (letter == close && --depth < 0) return false;
    }
    return depth == 0;
}

consteval void checkPlain(const Function& function) {
    const std::string_view plain = function.row.plain;
    if (plain.empty()) return;
    if (!placeholdersExist(plain, function.row)) a_placeholder_must_name_a_parameter();
    bool right = !function.givesTable && bracketsClose(plain, '[', ']') && bracketsClose(plain, '(', ')');
    for (const Parameter& parameter : function.parameters())
        right = right && isPlainNumber(parameter) && namesParameter(plain, parameter.name);
    if (!right) a_plain_formula_is_of_numbers_alone_and_names_each_parameter();
}

consteval void checkExamples(const Function& function) {
    bool fails = false;
    bool works = false;
    for (const Example& example : function.examples()) {
        if (!example.formula.starts_with('=') || example.formula.find(function.row.name) == std::string_view::npos ||
            std::holds_alternative<std::monostate>(example.expected))
            an_example_calls_its_function_and_states_what_it_shows();
        (std::holds_alternative<Fault>(example.expected) ? fails : works) = true;
    }
    if (!fails || !works) a_row_has_two_examples_or_more_one_of_them_failing();
}

}  // namespace detail

// describe binds a row to its function and checks the row.
template <auto function>
consteval Function describe(const Row& row) {
    using S = detail::Signature<decltype(function)>;
    Function result;
    result.row = row;
    std::size_t described = 0;
    while (described < mostParameters && !row.parameters[described].name.empty()) ++described;
    if (described != S::arity) detail::a_row_describes_each_parameter_of_its_function_and_no_more();
    result.parameterCount = S::arity;
    while (result.exampleCount < mostExamples && !row.examples[result.exampleCount].formula.empty()) ++result.exampleCount;
    detail::addSignature<function>(result, std::make_index_sequence<S::arity>());
    result.givesTable = std::is_same_v<typename S::Value, OutputGrid>;
    result.asksNullDate = S::asksNullDate;
    if constexpr (requires { S::Value::unit; }) result.resultUnit = S::Value::unit;
    result.invoke = &detail::callErased<function>;
    detail::checkTexts(result.row);
    detail::checkParameters(result);
    detail::checkPlain(result);
    detail::checkExamples(result);
    return result;
}

}  // namespace calckpi
