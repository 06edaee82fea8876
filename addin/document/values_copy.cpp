#include "addin/document/values_copy.hpp"

#include "addin/document/our_formulas.hpp"

#include <com/sun/star/beans/PropertyValue.hpp>
#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/document/MacroExecMode.hpp>
#include <com/sun/star/document/UpdateDocMode.hpp>
#include <com/sun/star/frame/XComponentLoader.hpp>
#include <com/sun/star/frame/XStorable.hpp>
#include <com/sun/star/lang/XMultiComponentFactory.hpp>
#include <com/sun/star/uno/Exception.hpp>
#include <com/sun/star/util/XCloseable.hpp>

#include <vector>

using css::beans::PropertyValue;
using css::uno::Any;
using css::uno::Reference;
using css::uno::Sequence;
using css::uno::UNO_QUERY_THROW;
using rtl::OUString;

namespace calckpi::sidebar {
namespace {

constexpr char encryption[] = "EncryptionData";
constexpr char ownFormat[] = "calc8";
constexpr char excelFormat[] = "Calc MS Excel 2007 XML";

PropertyValue named(const OUString& name, const Any& value) { return {name, 0, value, css::beans::PropertyState_DIRECT_VALUE}; }

// encryptionOf is by what a document was opened or saved with a password; nothing without.
Any encryptionOf(const Reference<css::frame::XModel>& document) {
    for (const PropertyValue& each : document->getArgs())
        if (each.Name == encryption) return each.Value;
    return {};
}

// Arguments of loading and storing; with the password of the document, if it has one.
class Arguments {
public:
    explicit Arguments(const Any& password) {
        if (password.hasValue()) add(encryption, password);
    }
    Arguments& add(const char* name, const Any& value) {
        values_.push_back(named(OUString::createFromAscii(name), value));
        return *this;
    }
    Sequence<PropertyValue> all() const { return {values_.data(), static_cast<sal_Int32>(values_.size())}; }

private:
    std::vector<PropertyValue> values_;
};

// Opened is a document that nobody sees, and that is closed in the end.
class Opened {
public:
    Opened(const Reference<css::uno::XComponentContext>& context, const OUString& url, const Any& password) {
        const Reference<css::frame::XComponentLoader> desktop(
            context->getServiceManager()->createInstanceWithContext("com.sun.star.frame.Desktop", context), UNO_QUERY_THROW);
        // Nothing of the document may run or ask: it is the one that the user sees.
        Arguments arguments(password);
        arguments.add("Hidden", Any(true))
            .add("MacroExecutionMode", Any(css::document::MacroExecMode::NEVER_EXECUTE))
            .add("UpdateDocMode", Any(css::document::UpdateDocMode::NO_UPDATE));
        document_.set(desktop->loadComponentFromURL(url, "_blank", 0, arguments.all()), UNO_QUERY_THROW);
    }
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;
    ~Opened() {
        try {
            Reference<css::util::XCloseable>(document_, UNO_QUERY_THROW)->close(true);
        } catch (const css::uno::Exception&) {  // somebody else holds it, and closes it then
        }
    }
    const Reference<css::frame::XStorable>& document() const { return document_; }

private:
    Reference<css::frame::XStorable> document_;
};

}  // namespace

bool hasPassword(const Reference<css::frame::XModel>& document) { return encryptionOf(document).hasValue(); }

std::optional<Obstacle> saveValuesCopy(const Reference<css::uno::XComponentContext>& context,
                                       const Reference<css::frame::XModel>& document, const OUString& url) {
    const Any password = encryptionOf(document);
    // Removed by the office, together with the object.
    const Reference<css::beans::XPropertySet> file(
        context->getServiceManager()->createInstanceWithContext("com.sun.star.io.TempFile", context), UNO_QUERY_THROW);
    OUString between;
    file->getPropertyValue("Uri") >>= between;
    Reference<css::frame::XStorable>(document, UNO_QUERY_THROW)
        ->storeToURL(between, Arguments(password).add("FilterName", Any(OUString(ownFormat))).all());
    const Opened copy(context, between, password);
    const OurFormulas found = ourFormulas(copy.document(), {});
    if (const auto obstacle = obstacleToLeaving(copy.document(), found)) return obstacle;
    leaveWithout(copy.document(), found, WhatIsLeft::Values, {});
    const OUString format(url.toAsciiLowerCase().endsWith(".xlsx") ? excelFormat : ownFormat);
    copy.document()->storeToURL(url, Arguments(password).add("FilterName", Any(format)).add("Overwrite", Any(true)).all());
    return std::nullopt;
}

}  // namespace calckpi::sidebar
