// Why: "Why this value?" without the panel, as a UNO job, so that tests can ask for it from outside.
//
// execute takes named values: Document, Cell, Language. It answers with a sequence of texts for each call of the cell's formula:
// the function's name, "general" or nothing, the rows used and those left out ("Deals.A2:G5 Deals.A9:G9"), and then for each line
// its kind, its text and its cell, tab-separated.
#pragma once

#include <com/sun/star/task/XJob.hpp>
#include <com/sun/star/uno/XComponentContext.hpp>
#include <cppuhelper/implbase1.hxx>

namespace calckpi::probe {

class Why final : public cppu::WeakImplHelper1<css::task::XJob> {
public:
    explicit Why(css::uno::Reference<css::uno::XComponentContext> context) : context_(std::move(context)) {}
    css::uno::Any SAL_CALL execute(const css::uno::Sequence<css::beans::NamedValue>& values) override;

private:
    css::uno::Reference<css::uno::XComponentContext> context_;
};

}  // namespace calckpi::probe
