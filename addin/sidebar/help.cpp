#include "addin/sidebar/help.hpp"

#include "addin/sidebar/kpi_sample.hpp"
#include "addin/sidebar/office_language.hpp"

#include <com/sun/star/beans/PropertyValue.hpp>
#include <com/sun/star/container/XNameAccess.hpp>
#include <com/sun/star/frame/XComponentLoader.hpp>
#include <com/sun/star/lang/XMultiComponentFactory.hpp>
#include <com/sun/star/util/XCloseable.hpp>

#include <exception>

using css::uno::Any;
using css::uno::Reference;
using css::uno::Sequence;
using rtl::OUString;

namespace calckpi::sidebar {
namespace {

OUString languageOf(const Reference<css::uno::XComponentContext>& context) {
    switch (officeTexts(context).language()) {
        case panel::Language::English: break;
        case panel::Language::French: return "fr";
        case panel::Language::Romanian: return "ro";
    }
    return "en";
}

// load has the office open a file; as a template it gives a document without a name. None where that is not possible.
Reference<css::lang::XComponent> load(const FrameHandle& frame, const OUString& url, bool asTemplate, bool hidden = false) {
    css::beans::PropertyValue properties[2];
    properties[0].Name = "AsTemplate";
    properties[0].Value <<= asTemplate;
    properties[1].Name = "Hidden";
    properties[1].Value <<= hidden;
    const Reference<css::frame::XComponentLoader> loader(frame, css::uno::UNO_QUERY);
    if (!loader.is()) return {};
    try {
        return loader->loadComponentFromURL(url, "_blank", 0, Sequence<css::beans::PropertyValue>(properties, 2));
    } catch (const css::uno::Exception&) {  // a file that is gone, or of a kind that the office cannot open
        return {};
    }
}

void close(const Reference<css::lang::XComponent>& document) {
    try {
        Reference<css::util::XCloseable>(document, css::uno::UNO_QUERY_THROW)->close(true);
    } catch (const css::uno::Exception&) {  // it is closed already
    }
}

// showsWebPages tells whether there is a filter for them, which Writer brings. Without one the office would ask the user for
// another.
bool showsWebPages(const Reference<css::uno::XComponentContext>& context) {
    const Reference<css::container::XNameAccess> filters(
        context->getServiceManager()->createInstanceWithContext("com.sun.star.document.FilterFactory", context),
        css::uno::UNO_QUERY);
    return filters.is() && filters->hasByName("HTML");
}

// withKpiSheets makes the KPI sheets of their sample; should that fail, nobody sees what there is of it.
bool withKpiSheets(const Reference<css::uno::XComponentContext>& context, const Reference<css::lang::XComponent>& sample) {
    try {
        addKpiSheets(context, {sample, css::uno::UNO_QUERY_THROW});
        return true;
    } catch (const css::uno::Exception&) {
        close(sample);
    } catch (const std::exception&) {
        close(sample);
    }
    return false;
}

}  // namespace

bool showReference(const Reference<css::uno::XComponentContext>& context, const FrameHandle& frame) {
    return showsWebPages(context) &&
           load(frame, extensionFolder(context) + "reference/reference." + languageOf(context) + ".html", false).is();
}

bool showSample(const Reference<css::uno::XComponentContext>& context, const FrameHandle& frame, const OUString& name) {
    // Anybody can call a command: it opens files of this folder and no others.
    for (sal_Int32 index = 0; index < name.getLength(); ++index)
        if (name[index] != u'-' && !(name[index] >= u'a' && name[index] <= u'z')) return false;
    const Reference<css::lang::XComponent> sample = load(
        frame, extensionFolder(context) + "samples/" + languageOf(context) + "/" + name + ".fods", true, name == kpiSheetsSample);
    return sample.is() && (name != kpiSheetsSample || withKpiSheets(context, sample));
}

}  // namespace calckpi::sidebar
