#include "addin/document/values_copy.hpp"

#include "addin/document/our_formulas.hpp"

#include <com/sun/star/beans/PropertyValue.hpp>
#include <com/sun/star/document/MacroExecMode.hpp>
#include <com/sun/star/document/UpdateDocMode.hpp>
#include <com/sun/star/frame/XComponentLoader.hpp>
#include <com/sun/star/frame/XController.hpp>
#include <com/sun/star/frame/XFrame.hpp>
#include <com/sun/star/frame/XStorable.hpp>
#include <com/sun/star/io/SequenceInputStream.hpp>
#include <com/sun/star/io/SequenceOutputStream.hpp>
#include <com/sun/star/lang/IllegalArgumentException.hpp>
#include <com/sun/star/sheet/XCalculatable.hpp>
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

// The address of a document that is written to a stream of the arguments, or read from one.
constexpr char ofStream[] = "private:stream";

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

// Opened is a document that nobody sees, and that is closed in the end. It is loaded by the window of another one.
class Opened {
public:
    Opened(const Reference<css::uno::XComponentContext>& context, const Reference<css::frame::XModel>& other,
           const Sequence<sal_Int8>& file, const Any& password) {
        const Reference<css::frame::XComponentLoader> loader(other->getCurrentController()->getFrame(), UNO_QUERY_THROW);
        // Nothing of the document may run or ask: it is the one that the user sees.
        Arguments arguments(password);
        arguments.add("InputStream", Any(css::io::SequenceInputStream::createStreamFromSequence(context, file)))
            .add("Hidden", Any(true))
            .add("FilterName", Any(OUString(ownFormat)))
            .add("MacroExecutionMode", Any(css::document::MacroExecMode::NEVER_EXECUTE))
            .add("UpdateDocMode", Any(css::document::UpdateDocMode::NO_UPDATE));
        document_.set(loader->loadComponentFromURL(ofStream, "_blank", 0, arguments.all()), UNO_QUERY_THROW);
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

// stored is the file that the document would be saved as, in memory.
Sequence<sal_Int8> stored(const Reference<css::uno::XComponentContext>& context, const Reference<css::frame::XModel>& document,
                          const Any& password) {
    const Reference<css::io::XSequenceOutputStream> stream = css::io::SequenceOutputStream::create(context);
    Arguments arguments(password);
    arguments.add("FilterName", Any(OUString(ownFormat))).add("OutputStream", Any(Reference<css::io::XOutputStream>(stream.get())));
    Reference<css::frame::XStorable>(document, UNO_QUERY_THROW)->storeToURL(ofStream, arguments.all());
    return stream->getWrittenBytes();
}

}  // namespace

bool hasPassword(const Reference<css::frame::XModel>& document) { return encryptionOf(document).hasValue(); }

std::optional<Obstacle> saveValuesCopy(const Reference<css::uno::XComponentContext>& context,
                                       const Reference<css::frame::XModel>& document, const OUString& url) {
    if (url == document->getURL()) throw css::lang::IllegalArgumentException("the copy would replace the document", nullptr, 1);
    for (const OurFormulas::OnSheet& on : ourFormulas(document, {}).sheets)
        if (const auto obstacle = obstacleToChanging(document, on.formulas.front().cells.Sheet)) return obstacle;
    // First as it is and in memory, so that nothing is replaced before all is done; in the office's own format, whatever the copy
    // is called: another one would not hold all of it.
    const Any password = encryptionOf(document);
    const Opened copy(context, document, stored(context, document, password), password);
    leaveWithout(copy.document(), ourFormulas(copy.document(), {}), WhatIsLeft::Values, {});
    // The file holds what was computed last, and whoever opens it sees that: the formulas that used ours too.
    Reference<css::sheet::XCalculatable>(copy.document(), UNO_QUERY_THROW)->calculateAll();
    const OUString format = url.toAsciiLowerCase().endsWith(".xlsx") ? OUString(excelFormat) : OUString(ownFormat);
    copy.document()->storeToURL(url, Arguments(password).add("FilterName", Any(format)).add("Overwrite", Any(true)).all());
    return std::nullopt;
}

}  // namespace calckpi::sidebar
