// The tokens of a formula, as the office hands them over, and the calls of our functions among them.
//
//   const FormulaWords words(document);
//   for (const CallTokens& call : callsIn(words, tokens, {0, tokens.size()})) …
#pragma once

#include "core/catalog/function.hpp"
#include "core/explain/call.hpp"

#include <com/sun/star/sheet/FormulaToken.hpp>
#include <com/sun/star/uno/Reference.hxx>
#include <com/sun/star/uno/XInterface.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace calckpi::addin {

using Tokens = std::vector<css::sheet::FormulaToken>;

// FormulaWords are the numbers that this office gives to the parts of formulas.
struct FormulaWords {
    explicit FormulaWords(const css::uno::Reference<css::uno::XInterface>& document);

    sal_Int32 push = 0;  // a value or a reference
    sal_Int32 external = 0;
    sal_Int32 name = 0;
    sal_Int32 databaseRange = 0;
    sal_Int32 missing = 0;
    sal_Int32 unknown = 0;  // a name that Calc does not know
    sal_Int32 spaces = 0;
    sal_Int32 whitespace = 0;
    sal_Int32 open = 0;
    sal_Int32 close = 0;
    sal_Int32 separator = 0;
    sal_Int32 arrayOpen = 0;
    // Operators and functions of Calc.
    sal_Int32 times = 0;
    sal_Int32 index = 0;
    sal_Int32 rows = 0;
    sal_Int32 columns = 0;
    sal_Int32 offset = 0;
    sal_Int32 indirect = 0;
};

// Span is a part of a formula, from a token up to, but not, another.
struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool empty() const { return begin == end; }
};

// CallTokens is a call of one of our functions, from its name to its closing parenthesis.
struct CallTokens {
    const Function* function = nullptr;
    Span all{};
    std::vector<Span> arguments{};
};

// callsIn finds the outermost of our calls in a part of a formula; the inner ones are in their arguments.
std::vector<CallTokens> callsIn(const FormulaWords& words, const Tokens& tokens, Span part);

// callEnd is the end of the call of a function whose name is at `place`, behind its closing parenthesis; nothing if it is no call.
std::optional<std::size_t> callEnd(const FormulaWords& words, const Tokens& tokens, std::size_t place);

// unknownNameIn is the first name in a part of a formula that Calc does not know.
std::optional<explain::UnknownName> unknownNameIn(const FormulaWords& words, const Tokens& tokens, Span part);

// trimmed is the part without blanks around it and without parentheses around all of it.
Span trimmed(const FormulaWords& words, const Tokens& tokens, Span part);

// argumentsAt splits what is between a parenthesis and its partner; `end` becomes the place behind the partner.
std::vector<Span> argumentsAt(const FormulaWords& words, const Tokens& tokens, std::size_t open, std::size_t& end);

}  // namespace calckpi::addin
