#include "addin/sidebar/office_language.hpp"

#include "addin/functions/conversion.hpp"
#include "addin/sidebar/panel_texts.hpp"

#include <com/sun/star/beans/PropertyValue.hpp>
#include <com/sun/star/container/XNameAccess.hpp>
#include <com/sun/star/deployment/PackageInformationProvider.hpp>
#include <com/sun/star/lang/XMultiComponentFactory.hpp>
#include <com/sun/star/lang/XMultiServiceFactory.hpp>

using css::uno::Any;
using css::uno::Reference;
using css::uno::UNO_QUERY_THROW;
using rtl::OUString;

namespace calckpi::sidebar {

panel::Texts officeTexts(const Reference<css::uno::XComponentContext>& context) {
    const Reference<css::lang::XMultiServiceFactory> configuration(
        context->getServiceManager()->createInstanceWithContext("com.sun.star.configuration.ConfigurationProvider", context),
        UNO_QUERY_THROW);
    css::uno::Sequence<Any> arguments(1);
    arguments.getArray()[0] <<= css::beans::PropertyValue("nodepath", 0, Any(OUString("/org.openoffice.Setup/L10N")),
                                                          css::beans::PropertyState_DIRECT_VALUE);
    const Reference<css::container::XNameAccess> settings(
        configuration->createInstanceWithArguments("com.sun.star.configuration.ConfigurationAccess", arguments), UNO_QUERY_THROW);
    OUString locale;
    settings->getByName("ooLocale") >>= locale;
    const std::string tag = addin::toUtf8(locale);
    const panel::Language language = panel::languageOf(tag);
    return {language, panel::translationsOf(language), panel::isRightToLeft(tag)};
}

OUString extensionFolder(const Reference<css::uno::XComponentContext>& context) {
    return css::deployment::PackageInformationProvider::get(context)->getPackageLocation("org.calckpi.extension") + "/";
}

}  // namespace calckpi::sidebar
