#include "tests/office/probe/why.hpp"

#include "addin/explain/why.hpp"
#include "addin/functions/conversion.hpp"
#include "addin/sidebar/panel_texts.hpp"
#include "tests/office/probe/probe.hpp"

#include <com/sun/star/beans/NamedValue.hpp>

#include <vector>

using css::uno::Any;
using css::uno::Reference;
using css::uno::Sequence;
using rtl::OUString;

namespace calckpi::probe {
namespace {

constexpr const char* kinds[] = {"Meaning", "Formula", "Argument", "Result", "Reason", "Remedy", "Rows", "Doubt"};

OUString listed(const std::vector<RangeAddress>& blocks) {
    std::string text;
    for (const RangeAddress& block : blocks) text.append(text.empty() ? "" : " ").append(shown(block));
    return addin::fromUtf8(text);
}

Sequence<OUString> told(const explain::Explanation& why) {
    std::vector<OUString> all = {addin::fromUtf8(why.function), why.general ? OUString("general") : OUString(), listed(why.used),
                                 listed(why.leftOut)};
    for (const explain::Line& line : why.lines)
        all.push_back(OUString::createFromAscii(kinds[static_cast<std::size_t>(line.kind)]) + "\t" + addin::fromUtf8(line.text) +
                      "\t" + (line.cell ? addin::fromUtf8(shown(*line.cell)) : OUString()));
    return {all.data(), static_cast<sal_Int32>(all.size())};
}

}  // namespace

Any SAL_CALL Why::execute(const Sequence<css::beans::NamedValue>& values) {
    Reference<css::uno::XInterface> document;
    Reference<css::table::XCell> cell;
    OUString language;
    for (const css::beans::NamedValue& value : values) {
        if (value.Name == "Document") value.Value >>= document;
        if (value.Name == "Cell") value.Value >>= cell;
        if (value.Name == "Language") value.Value >>= language;
    }
    const panel::Language spoken = panel::languageOf(addin::toUtf8(language));
    const panel::Texts texts(spoken, panel::translationsOf(spoken));
    const addin::Receivers receivers{"org.calckpi.test.Probe.", &functionOf("PROBEVALUES"), &functionOf("PROBEREAD")};
    std::vector<Any> calls;
    for (const explain::Explanation& why : addin::whyThisValue(cell, document, context_, texts, receivers))
        calls.emplace_back(told(why));
    return Any(Sequence<Any>(calls.data(), static_cast<sal_Int32>(calls.size())));
}

}  // namespace calckpi::probe

extern "C" SAL_DLLPUBLIC_EXPORT css::uno::XInterface* calckpi_Why_get_implementation(
    css::uno::XComponentContext* context, const css::uno::Sequence<css::uno::Any>& /* arguments */) {
    const css::uno::Reference<css::uno::XInterface> why(*new calckpi::probe::Why(context));
    why->acquire();
    return why.get();
}
