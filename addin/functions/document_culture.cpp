#include "addin/functions/document_culture.hpp"

#include "addin/functions/conversion.hpp"

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/i18n/CollatorOptions.hpp>
#include <com/sun/star/lang/Locale.hpp>
#include <com/sun/star/lang/XMultiComponentFactory.hpp>
#include <com/sun/star/util/NotNumericException.hpp>
#include <com/sun/star/util/XNumberFormatsSupplier.hpp>

using css::uno::Reference;
using css::uno::UNO_QUERY_THROW;

namespace calckpi::addin {

DocumentCulture::DocumentCulture(const Reference<css::uno::XInterface>& document,
                                 const Reference<css::uno::XComponentContext>& context)
    : document_(document), context_(context) {}

std::optional<double> DocumentCulture::numberFromText(std::string_view text) const {
    if (!formatter_.is()) {
        const Reference<css::util::XNumberFormatsSupplier> formats(document_, css::uno::UNO_QUERY);
        if (!formats.is()) return std::nullopt;
        formatter_.set(context_->getServiceManager()->createInstanceWithContext("com.sun.star.util.NumberFormatter", context_),
                       UNO_QUERY_THROW);
        formatter_->attachNumberFormatsSupplier(formats);
    }
    try {
        return formatter_->convertStringToNumber(0, fromUtf8(text));
    } catch (const css::util::NotNumericException&) {
        return std::nullopt;
    }
}

int DocumentCulture::compareTexts(std::string_view left, std::string_view right) const {
    if (!collator_.is()) {
        css::lang::Locale locale;
        if (const Reference<css::beans::XPropertySet> settings(document_, css::uno::UNO_QUERY); settings.is())
            settings->getPropertyValue("CharLocale") >>= locale;
        collator_.set(context_->getServiceManager()->createInstanceWithContext("com.sun.star.i18n.Collator", context_),
                      UNO_QUERY_THROW);
        collator_->loadDefaultCollator(locale, css::i18n::CollatorOptions::CollatorOptions_IGNORE_CASE);
    }
    return collator_->compareString(fromUtf8(left), fromUtf8(right));
}

std::chrono::sys_days DocumentCulture::nullDate() const { return nullDateOf(document_).day; }

}  // namespace calckpi::addin
