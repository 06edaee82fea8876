#include "addin/sidebar/save_dialog.hpp"

#include "addin/document/values_copy.hpp"
#include "addin/functions/conversion.hpp"

#include <com/sun/star/lang/XInitialization.hpp>
#include <com/sun/star/lang/XMultiComponentFactory.hpp>
#include <com/sun/star/ui/dialogs/ExecutableDialogResults.hpp>
#include <com/sun/star/ui/dialogs/TemplateDescription.hpp>
#include <com/sun/star/ui/dialogs/XFilePicker3.hpp>
#include <rtl/uri.hxx>

using css::uno::Any;
using css::uno::Reference;
using css::uno::Sequence;
using css::uno::UNO_QUERY_THROW;
using rtl::OUString;

namespace calckpi::sidebar {
namespace {

OUString folderOf(const OUString& url) { return url.copy(0, url.lastIndexOf('/') + 1); }

// withExtension is a file's address with the extension of its format, which not every dialog adds.
OUString withExtension(const OUString& url, bool excel) {
    const OUString small = url.toAsciiLowerCase();
    if (small.endsWith(".ods") || small.endsWith(".xlsx")) return url;
    return url + (excel ? OUString(".xlsx") : OUString(".ods"));
}

}  // namespace

OUString copyName(const OUString& documentUrl, const panel::Texts& texts) {
    const OUString file = documentUrl.copy(documentUrl.lastIndexOf('/') + 1);
    const sal_Int32 dot = file.lastIndexOf('.');
    const OUString name = rtl::Uri::decode(dot > 0 ? file.copy(0, dot) : file, rtl_UriDecodeWithCharset, RTL_TEXTENCODING_UTF8);
    if (name.isEmpty()) return addin::fromUtf8(texts.say(panel::msg("Copy with values")));
    return addin::fromUtf8(texts.say(panel::msg("{name} (values)"), {{"name", addin::toUtf8(name)}}));
}

std::optional<OUString> fileOfCopy(const Reference<css::uno::XComponentContext>& context,
                                   const Reference<css::frame::XModel>& document, const panel::Texts& texts) {
    const Reference<css::ui::dialogs::XFilePicker3> picker(
        context->getServiceManager()->createInstanceWithContext("com.sun.star.ui.dialogs.FilePicker", context), UNO_QUERY_THROW);
    const Any kind(css::ui::dialogs::TemplateDescription::FILESAVE_AUTOEXTENSION);
    Reference<css::lang::XInitialization>(picker, UNO_QUERY_THROW)->initialize(Sequence<Any>(&kind, 1));
    const OUString excel = addin::fromUtf8(texts.say(panel::msg("Excel workbook"))) + " (.xlsx)";
    picker->appendFilter(addin::fromUtf8(texts.say(panel::msg("Calc spreadsheet"))) + " (.ods)", "*.ods");
    if (!hasPassword(document)) picker->appendFilter(excel, "*.xlsx");
    picker->setTitle(addin::fromUtf8(texts.say(panel::msg("Save a copy with values"))));
    const OUString url = document->getURL();
    if (!url.isEmpty()) picker->setDisplayDirectory(folderOf(url));
    picker->setDefaultName(copyName(url, texts));
    if (picker->execute() != css::ui::dialogs::ExecutableDialogResults::OK) return std::nullopt;
    const Sequence<OUString> files = picker->getSelectedFiles();
    if (!files.hasElements()) return std::nullopt;
    return withExtension(files[0], picker->getCurrentFilter() == excel);
}

}  // namespace calckpi::sidebar
