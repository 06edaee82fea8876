#include "addin/document/cell_styles.hpp"

#include "addin/functions/conversion.hpp"
#include "addin/document/undo_step.hpp"

#include <com/sun/star/awt/FontWeight.hpp>
#include <com/sun/star/awt/Size.hpp>
#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/container/XNameContainer.hpp>
#include <com/sun/star/lang/Locale.hpp>
#include <com/sun/star/lang/XMultiServiceFactory.hpp>
#include <com/sun/star/sheet/XHeaderFooterContent.hpp>
#include <com/sun/star/style/XStyle.hpp>
#include <com/sun/star/style/XStyleFamiliesSupplier.hpp>
#include <com/sun/star/table/BorderLine2.hpp>
#include <com/sun/star/table/CellHoriJustify.hpp>
#include <com/sun/star/table/CellVertJustify2.hpp>
#include <com/sun/star/text/XText.hpp>
#include <com/sun/star/util/NumberFormat.hpp>
#include <com/sun/star/util/XNumberFormatTypes.hpp>
#include <com/sun/star/util/XNumberFormats.hpp>
#include <com/sun/star/util/XNumberFormatsSupplier.hpp>

#include <algorithm>
#include <vector>

using calckpi::panel::CellLook;
using calckpi::panel::CellRole;
using calckpi::panel::NumberLook;
using calckpi::panel::Side;
using css::uno::Any;
using css::uno::Reference;
using css::uno::UNO_QUERY_THROW;

namespace calckpi::sidebar {

using addin::fromUtf8;

namespace {

// Formats writes the number formats of a document in its locale.
class Formats {
public:
    explicit Formats(const Reference<css::uno::XInterface>& document)
        : formats_(Reference<css::util::XNumberFormatsSupplier>(document, UNO_QUERY_THROW)->getNumberFormats()) {
        Reference<css::beans::XPropertySet>(document, UNO_QUERY_THROW)->getPropertyValue("CharLocale") >>= locale_;
    }

    sal_Int32 key(NumberLook look) const {
        switch (look) {
            case NumberLook::Count: return converted("#,##0");
            // French sets a blank before the sign. It is in quotes: alone it would be written to XLSX files as the sign for
            // thousands, and 67 % would be read as 0 %.
            case NumberLook::Share:
                return converted(locale_.Language == "fr" ? fromUtf8("[<0.1]0.0\"\u00a0\"%;0\"\u00a0\"%") : "[<0.1]0.0%;0%");
            // The unit is said: beside changes in per cent a bare number would be read as one.
            case NumberLook::Points: return converted(signedNumber("0.0\"\u00a0" + pointsWord() + "\""));
            case NumberLook::Change:
                return converted(locale_.Language == "fr" ? fromUtf8("+0\"\u00a0\"%;-0\"\u00a0\"%;0\"\u00a0\"%") : "+0%;-0%;0%");
            case NumberLook::Days: return converted("#,##0.0");
            case NumberLook::Money: return money();
            case NumberLook::Thousands: return converted("#,##0,");
            case NumberLook::Number: return converted("#,##0.00");
            case NumberLook::Date: return standard(css::util::NumberFormat::DATE);
            case NumberLook::Month: return converted("MMM YYYY");
            case NumberLook::Tick: return converted(fromUtf8("[=1]\"✓\";[=0]\"…\";General"));
            case NumberLook::None: break;
        }
        return 0;
    }

private:
    static rtl::OUString signedNumber(const std::string& code) { return fromUtf8("+" + code + ";-" + code + ";" + code); }
    std::string pointsWord() const { return locale_.Language == "ro" ? "pp" : "pts"; }
    sal_Int32 converted(const rtl::OUString& code) const {
        return formats_->addNewConverted(code, css::lang::Locale("en", "US", rtl::OUString()), locale_);
    }
    sal_Int32 standard(sal_Int16 kind) const {
        return Reference<css::util::XNumberFormatTypes>(formats_, UNO_QUERY_THROW)->getStandardFormat(kind, locale_);
    }
    // money is the locale's currency without its decimals.
    sal_Int32 money() const {
        const sal_Int32 usual = standard(css::util::NumberFormat::CURRENCY);
        const rtl::OUString code = formats_->generateFormat(usual, locale_, true, false, 0, 1);
        const sal_Int32 found = formats_->queryKey(code, locale_, false);
        return found >= 0 ? found : formats_->addNew(code, locale_);
    }

    Reference<css::util::XNumberFormats> formats_;
    css::lang::Locale locale_;
};

struct Family {
    const char* name;
    const char* service;
};
constexpr Family cellStyles{"CellStyles", "com.sun.star.style.CellStyle"};
constexpr Family pageStyles{"PageStyles", "com.sun.star.style.PageStyle"};

Reference<css::container::XNameContainer> styles(const Reference<css::uno::XInterface>& document, const char* family) {
    const Reference<css::style::XStyleFamiliesSupplier> families(document, UNO_QUERY_THROW);
    return {families->getStyleFamilies()->getByName(rtl::OUString::createFromAscii(family)), UNO_QUERY_THROW};
}

Reference<css::beans::XPropertySet> newStyle(const Reference<css::uno::XInterface>& document, const Family& kind,
                                             const Reference<css::container::XNameContainer>& family, const rtl::OUString& name) {
    const Reference<css::lang::XMultiServiceFactory> factory(document, UNO_QUERY_THROW);
    const Reference<css::style::XStyle> style(factory->createInstance(rtl::OUString::createFromAscii(kind.service)),
                                              UNO_QUERY_THROW);
    family->insertByName(name, Any(style));
    return {style, UNO_QUERY_THROW};
}

css::table::CellHoriJustify justified(Side side) {
    switch (side) {
        case Side::Centre: return css::table::CellHoriJustify_CENTER;
        case Side::Right: return css::table::CellHoriJustify_RIGHT;
        case Side::Left: break;
    }
    return css::table::CellHoriJustify_LEFT;
}

void dress(const Reference<css::beans::XPropertySet>& style, const CellLook& look, const Formats& formats) {
    if (look.colour >= 0) style->setPropertyValue("CharColor", Any(look.colour));
    if (look.fill >= 0) style->setPropertyValue("CellBackColor", Any(look.fill));
    if (look.lineBelow) {
        css::table::BorderLine2 line;
        line.Color = panel::colours::lineGrey;
        line.LineWidth = 26;  // hundredths of a millimetre: thin
        line.OuterLineWidth = 26;
        style->setPropertyValue("BottomBorder2", Any(line));
    }
    if (look.condition) return;
    style->setPropertyValue("HoriJustify", Any(justified(look.side)));
    style->setPropertyValue("VertJustify", Any(sal_Int32(css::table::CellVertJustify2::CENTER)));
    if (look.number != NumberLook::None) style->setPropertyValue("NumberFormat", Any(formats.key(look.number)));
    if (look.points > 0) style->setPropertyValue("CharHeight", Any(look.points));
    if (look.bold) style->setPropertyValue("CharWeight", Any(css::awt::FontWeight::BOLD));
    if (!look.lineBelow) return;
    style->setPropertyValue("IsTextWrapped", Any(true));
    // Headers beside one another are not to be read as one.
    if (look.side == Side::Right) style->setPropertyValue("ParaLeftMargin", Any(sal_Int32(180)));
}

constexpr const char* landscape = "KPI Landscape";

bool isParent(const Reference<css::container::XNameContainer>& family, const rtl::OUString& name) {
    const css::uno::Sequence<rtl::OUString> others = family->getElementNames();
    return std::any_of(others.begin(), others.end(), [&](const rtl::OUString& other) {
        return Reference<css::style::XStyle>(family->getByName(other), UNO_QUERY_THROW)->getParentStyle() == name;
    });
}

// countUses makes Calc 7.4 look which styles are in use. It does so again when it is asked for one that it does not know yet; of
// others it tells what it saw last, which may be before an undo.
void countUses(const Reference<css::uno::XInterface>& document, const Reference<css::container::XNameContainer>& family,
               const Family& kind) {
    const rtl::OUString unknown = "KPI Unknown";
    if (family->hasByName(unknown)) return;
    Reference<css::style::XStyle>(newStyle(document, kind, family, unknown), UNO_QUERY_THROW)->isInUse();
    family->removeByName(unknown);
}

// removeUnused takes away those of the styles that no cell, sheet or other style has meanwhile come to use.
void removeUnused(const Reference<css::uno::XInterface>& document, const Family& kind, const std::vector<rtl::OUString>& names) {
    const Reference<css::container::XNameContainer> family = styles(document, kind.name);
    countUses(document, family, kind);
    for (const rtl::OUString& name : names) {
        if (!family->hasByName(name) || isParent(family, name)) continue;
        if (!Reference<css::style::XStyle>(family->getByName(name), UNO_QUERY_THROW)->isInUse()) family->removeByName(name);
    }
}

// makeUndoable makes the styles of these names that the document does not have; the office itself would not undo that.
void makeUndoable(const Reference<css::uno::XInterface>& document, const Family& kind, const std::vector<rtl::OUString>& names,
                  const Change& make) {
    const Reference<css::container::XNameContainer> family = styles(document, kind.name);
    std::vector<rtl::OUString> missing;
    for (const rtl::OUString& name : names)
        if (!family->hasByName(name)) missing.push_back(name);
    if (missing.empty()) return;
    noteChange(
        document, [=](const Reference<css::uno::XInterface>& there) { removeUnused(there, kind, missing); }, make);
    make(document);
}

void addStyles(const Reference<css::uno::XInterface>& document, const std::set<CellRole>& roles) {
    const Reference<css::container::XNameContainer> family = styles(document, cellStyles.name);
    const Formats formats(document);
    for (const CellRole role : roles) {
        const CellLook& look = panel::lookOf(role);
        const rtl::OUString name = rtl::OUString::createFromAscii(look.style);
        if (!family->hasByName(name)) dress(newStyle(document, cellStyles, family, name), look, formats);
    }
}

// numberPages writes "2 / 3" below the right end of each page.
void numberPages(const Reference<css::uno::XInterface>& document, const Reference<css::beans::XPropertySet>& style) {
    const Reference<css::lang::XMultiServiceFactory> factory(document, UNO_QUERY_THROW);
    Reference<css::sheet::XHeaderFooterContent> footer(style->getPropertyValue("RightPageFooterContent"), UNO_QUERY_THROW);
    footer->getLeftText()->setString("");
    footer->getCenterText()->setString("");
    const Reference<css::text::XText> text = footer->getRightText();
    text->setString("");
    const auto add = [&](const char* field) {
        const Reference<css::text::XTextContent> content(factory->createInstance(rtl::OUString::createFromAscii(field)),
                                                         UNO_QUERY_THROW);
        text->insertTextContent(text->getEnd(), content, false);
    };
    add("com.sun.star.text.TextField.PageNumber");
    text->insertString(text->getEnd(), " / ", false);
    add("com.sun.star.text.TextField.PageCount");
    const Reference<css::text::XTextCursor> all = text->createTextCursor();
    all->gotoStart(false);
    all->gotoEnd(true);
    const Reference<css::beans::XPropertySet> letters(all, UNO_QUERY_THROW);
    letters->setPropertyValue("CharHeight", Any(8.0F));
    letters->setPropertyValue("CharColor", Any(panel::colours::grey));
    style->setPropertyValue("RightPageFooterContent", Any(footer));
}

void addPageStyle(const Reference<css::uno::XInterface>& document) {
    const rtl::OUString name = rtl::OUString::createFromAscii(landscape);
    const Reference<css::container::XNameContainer> family = styles(document, pageStyles.name);
    if (family->hasByName(name)) return;
    const Reference<css::beans::XPropertySet> style = newStyle(document, pageStyles, family, name);
    // The paper is that of the document, turned.
    css::awt::Size paper(21000, 29700);
    style->getPropertyValue("Size") >>= paper;
    if (paper.Width < paper.Height) std::swap(paper.Width, paper.Height);
    style->setPropertyValue("IsLandscape", Any(true));
    style->setPropertyValue("Size", Any(paper));
    style->setPropertyValue("ScaleToPagesX", Any(sal_Int16(1)));
    style->setPropertyValue("ScaleToPagesY", Any(sal_Int16(0)));  // as many pages down as it takes
    style->setPropertyValue("HeaderIsOn", Any(false));
    constexpr sal_Int32 edge = 1500;
    for (const char* margin : {"LeftMargin", "RightMargin", "TopMargin", "BottomMargin"})
        style->setPropertyValue(rtl::OUString::createFromAscii(margin), Any(edge));
    numberPages(document, style);
}

}  // namespace

bool isOurStyle(const rtl::OUString& name) {
    return std::ranges::any_of(panel::cellLooks(), [&](const CellLook& look) { return name.equalsAscii(look.style); });
}

bool hasStyle(const Reference<css::uno::XInterface>& document, CellRole role) {
    return styles(document, cellStyles.name)->hasByName(rtl::OUString::createFromAscii(panel::lookOf(role).style));
}

void makeStyles(const Reference<css::uno::XInterface>& document, const std::set<CellRole>& roles) {
    std::vector<rtl::OUString> names;
    for (const CellRole role : roles) names.push_back(rtl::OUString::createFromAscii(panel::lookOf(role).style));
    makeUndoable(document, cellStyles, names, [roles](const Reference<css::uno::XInterface>& there) { addStyles(there, roles); });
}

rtl::OUString makePageStyle(const Reference<css::uno::XInterface>& document) {
    const rtl::OUString name = rtl::OUString::createFromAscii(landscape);
    makeUndoable(document, pageStyles, {name}, addPageStyle);
    return name;
}

}  // namespace calckpi::sidebar
