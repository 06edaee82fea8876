// The culture of an open document: its locale, its formats, its null date.
#pragma once

#include "core/tables/culture.hpp"

#include <com/sun/star/i18n/XCollator.hpp>
#include <com/sun/star/uno/Reference.hxx>
#include <com/sun/star/uno/XComponentContext.hpp>
#include <com/sun/star/util/XNumberFormatter.hpp>

namespace calckpi::addin {

class DocumentCulture final : public Culture {
public:
    DocumentCulture(const css::uno::Reference<css::uno::XInterface>& document,
                    const css::uno::Reference<css::uno::XComponentContext>& context);

    std::optional<double> numberFromText(std::string_view text) const override;
    int compareTexts(std::string_view left, std::string_view right) const override;
    std::chrono::sys_days nullDate() const override;

private:
    css::uno::Reference<css::uno::XInterface> document_;
    css::uno::Reference<css::uno::XComponentContext> context_;
    // Made when first asked for.
    mutable css::uno::Reference<css::i18n::XCollator> collator_;
    mutable css::uno::Reference<css::util::XNumberFormatter> formatter_;
};

}  // namespace calckpi::addin
