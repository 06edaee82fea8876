// Between Calc's values and the core's: Any ⇄ Argument, Outcome.
#pragma once

#include "core/catalog/argument.hpp"
#include "core/catalog/function.hpp"

#include <com/sun/star/uno/Any.hxx>
#include <com/sun/star/uno/Reference.hxx>
#include <com/sun/star/uno/Sequence.hxx>
#include <com/sun/star/uno/XComponentContext.hpp>
#include <rtl/ustring.hxx>

#include <string>
#include <vector>

namespace calckpi::addin {

std::string toUtf8(const rtl::OUString& text);
rtl::OUString fromUtf8(std::string_view text);

// nullDateOf gives the day that a document counts as 0; the usual one where there is no document.
NullDate nullDateOf(const css::uno::Reference<css::uno::XInterface>& document);

// toArguments reads the values that Calc passes to `function`, in the order of its IDL method. What is of no use to the
// function (an object where a number belongs) becomes Absent, which every required parameter refuses.
std::vector<Argument> toArguments(const Function& function, const css::uno::Sequence<css::uno::Any>& values,
                                  const css::uno::Reference<css::uno::XComponentContext>& context);

// toAny gives Calc the result, or the error that its cell shows.
css::uno::Any toAny(const Result<Outcome>& result);

}  // namespace calckpi::addin
