// One object for all functions of the catalog.
//
// Calc calls an add-in through an interface that must exist as a type, but what is behind it is free. This object answers
// every method of org.calckpi.XKpi by looking up its name in the catalog; the office's InvocationAdapterFactory gives it the
// interface's face (newAddIn). So a new function needs no code here.
#pragma once

#include "core/catalog/function.hpp"

#include <com/sun/star/script/XInvocation.hpp>
#include <com/sun/star/uno/XComponentContext.hpp>
#include <cppuhelper/implbase1.hxx>

#include <span>
#include <string_view>
#include <unordered_map>

namespace calckpi::addin {

// AddIn is what an add-in object is made of: its functions, and the service and interface that Calc knows it by.
struct AddIn {
    std::span<const Function> functions;
    std::string_view service;
    std::string_view interface;
};

class Functions final : public cppu::WeakImplHelper1<css::script::XInvocation> {
public:
    Functions(const AddIn& addIn, const css::uno::Reference<css::uno::XComponentContext>& context);

    // types are the interfaces that the object has for Calc.
    css::uno::Sequence<css::uno::Type> types() const;

    // invoke calls a function of the catalog, or one of the methods of XTypeProvider and XServiceInfo.
    css::uno::Any SAL_CALL invoke(const rtl::OUString& name, const css::uno::Sequence<css::uno::Any>& arguments,
                                  css::uno::Sequence<sal_Int16>& outIndexes,
                                  css::uno::Sequence<css::uno::Any>& outArguments) override;
    sal_Bool SAL_CALL hasMethod(const rtl::OUString& name) override;

    // There are no properties.
    css::uno::Reference<css::beans::XIntrospectionAccess> SAL_CALL getIntrospection() override;
    void SAL_CALL setValue(const rtl::OUString& name, const css::uno::Any& value) override;
    css::uno::Any SAL_CALL getValue(const rtl::OUString& name) override;
    sal_Bool SAL_CALL hasProperty(const rtl::OUString& name) override;

private:
    css::uno::Any answer(const rtl::OUString& name, const css::uno::Sequence<css::uno::Any>& arguments) const;

    rtl::OUString service_;
    rtl::OUString interface_;
    css::uno::Reference<css::uno::XComponentContext> context_;
    std::unordered_map<rtl::OUString, const Function*, rtl::OUStringHash> functions_;
};

// newAddIn gives the add-in object, with the interface that Calc calls.
css::uno::Reference<css::uno::XInterface> newAddIn(const AddIn& addIn,
                                                   const css::uno::Reference<css::uno::XComponentContext>& context);

}  // namespace calckpi::addin
