#include "addin/functions/functions.hpp"

#include "addin/functions/conversion.hpp"
#include "addin/functions/passed.hpp"

#include <com/sun/star/beans/UnknownPropertyException.hpp>
#include <com/sun/star/lang/IllegalArgumentException.hpp>
#include <com/sun/star/lang/XMultiComponentFactory.hpp>
#include <com/sun/star/lang/XServiceInfo.hpp>
#include <com/sun/star/lang/XTypeProvider.hpp>
#include <com/sun/star/reflection/InvocationTargetException.hpp>
#include <com/sun/star/script/XInvocationAdapterFactory2.hpp>
#include <cppuhelper/exc_hlp.hxx>
#include <rtl/ref.hxx>

#include <exception>
#include <iterator>
#include <optional>
#include <vector>

using css::uno::Any;
using css::uno::Reference;
using css::uno::RuntimeException;
using css::uno::Sequence;
using css::uno::Type;

namespace calckpi::addin {
namespace {

// The adapter lets no other exception than this one through.
[[noreturn]] void rethrowAsTargetException(const rtl::OUString& message, const Any& cause) {
    throw css::reflection::InvocationTargetException(message, nullptr, cause);
}

Any answerOf(const Function& function, const Sequence<Any>& values, const Reference<css::uno::XComponentContext>& context) {
    const std::vector<Argument> arguments = toArguments(function, values, context);
    Reference<css::uno::XInterface> document;
    if (function.takesDocument() && values.hasElements()) values[0] >>= document;
    return toAny(function.call(arguments, nullDateOf(document)));
}

}  // namespace

Functions::Functions(const AddIn& addIn, const Reference<css::uno::XComponentContext>& context)
    : service_(fromUtf8(addIn.service)), interface_(fromUtf8(addIn.interface)), context_(context) {
    for (const Function& function : addIn.functions) functions_.emplace(fromUtf8(function.name()), &function);
}

Any SAL_CALL Functions::invoke(const rtl::OUString& name, const Sequence<Any>& arguments, Sequence<sal_Int16>&, Sequence<Any>&) {
    try {
        return answer(name, arguments);
    } catch (const css::uno::Exception& exception) {
        rethrowAsTargetException(exception.Message, cppu::getCaughtException());
    } catch (const std::exception& exception) {
        const rtl::OUString message = fromUtf8(exception.what());
        rethrowAsTargetException(message, Any(RuntimeException(message, nullptr)));
    }
}

Any Functions::answer(const rtl::OUString& name, const Sequence<Any>& arguments) const {
    const auto found = functions_.find(name);
    if (Passed* passed = Passed::current(); passed != nullptr && found != functions_.end()) {
        passed->keep(arguments);
        return Any(0.0);
    }
    if (found != functions_.end()) return answerOf(*found->second, arguments, context_);

    if (name == "getTypes") return Any(types());
    if (name == "getImplementationId") return Any(Sequence<sal_Int8>());
    if (name == "getImplementationName") return Any(service_);
    if (name == "getSupportedServiceNames") return Any(Sequence<rtl::OUString>(&service_, 1));
    if (name == "supportsService") {
        rtl::OUString asked;
        return Any(arguments.getLength() == 1 && (arguments[0] >>= asked) && asked == service_);
    }
    throw css::lang::IllegalArgumentException("no function of this name: " + name, nullptr, 0);
}

Sequence<Type> Functions::types() const {
    const Type all[] = {Type(css::uno::TypeClass_INTERFACE, interface_), cppu::UnoType<css::lang::XTypeProvider>::get(),
                        cppu::UnoType<css::lang::XServiceInfo>::get()};
    return {all, static_cast<sal_Int32>(std::size(all))};
}

sal_Bool SAL_CALL Functions::hasMethod(const rtl::OUString& name) { return functions_.find(name) != functions_.end(); }

Reference<css::beans::XIntrospectionAccess> SAL_CALL Functions::getIntrospection() { return {}; }

void SAL_CALL Functions::setValue(const rtl::OUString& name, const Any&) {
    throw css::beans::UnknownPropertyException(name, nullptr);
}

Any SAL_CALL Functions::getValue(const rtl::OUString& name) { throw css::beans::UnknownPropertyException(name, nullptr); }

sal_Bool SAL_CALL Functions::hasProperty(const rtl::OUString&) { return false; }

Reference<css::uno::XInterface> newAddIn(const AddIn& addIn, const Reference<css::uno::XComponentContext>& context) {
    const Reference<css::script::XInvocationAdapterFactory2> adapters(
        context->getServiceManager()->createInstanceWithContext("com.sun.star.script.InvocationAdapterFactory", context),
        css::uno::UNO_QUERY_THROW);
    const rtl::Reference<Functions> functions(new Functions(addIn, context));
    return adapters->createAdapter(functions.get(), functions->types());
}

}  // namespace calckpi::addin
