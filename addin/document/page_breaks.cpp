#include "addin/document/page_breaks.hpp"

#include "addin/document/charts.hpp"
#include "addin/document/undo_step.hpp"

#include <com/sun/star/awt/Size.hpp>
#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/container/XNameAccess.hpp>
#include <com/sun/star/style/XStyleFamiliesSupplier.hpp>
#include <com/sun/star/table/XColumnRowRange.hpp>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <set>

using css::uno::Any;
using css::uno::Reference;
using css::uno::UNO_QUERY_THROW;
using Properties = css::uno::Reference<css::beans::XPropertySet>;

namespace calckpi::sidebar {
namespace {

// Paper is what a page has for cells, in hundredths of a millimetre.
struct Paper {
    double width = 0;
    double height = 0;
};

Paper paperOf(const Reference<css::uno::XInterface>& document, const Reference<css::sheet::XSpreadsheet>& sheet) {
    rtl::OUString name;
    Properties(sheet, UNO_QUERY_THROW)->getPropertyValue("PageStyle") >>= name;
    const Reference<css::container::XNameAccess> styles(
        Reference<css::style::XStyleFamiliesSupplier>(document, UNO_QUERY_THROW)->getStyleFamilies()->getByName("PageStyles"),
        UNO_QUERY_THROW);
    const Properties page(styles->getByName(name), UNO_QUERY_THROW);
    css::awt::Size size;
    page->getPropertyValue("Size") >>= size;
    const auto sum = [&](std::initializer_list<const char*> properties) {
        sal_Int32 all = 0;
        for (const char* property : properties) {
            sal_Int32 one = 0;
            page->getPropertyValue(rtl::OUString::createFromAscii(property)) >>= one;
            all += one;
        }
        return all;
    };
    const auto isOn = [&](const char* property) {
        return page->getPropertyValue(rtl::OUString::createFromAscii(property)) == Any(true);
    };
    sal_Int32 taken = sum({"TopMargin", "BottomMargin"});
    if (isOn("HeaderIsOn")) taken += sum({"HeaderHeight", "HeaderBodyDistance"});
    if (isOn("FooterIsOn")) taken += sum({"FooterHeight", "FooterBodyDistance"});
    return {.width = double(size.Width - sum({"LeftMargin", "RightMargin"})), .height = double(size.Height - taken)};
}

// startsOf are the rows that begin a page.
std::set<sal_Int32> startsOf(const Reference<css::uno::XInterface>& document, const Area& cells,
                             const std::vector<sal_Int32>& sections) {
    const Reference<css::sheet::XSpreadsheet> sheet = sheetOf(document, cells.Sheet);
    const auto sizeOf = [&](sal_Int32 from, sal_Int32 end) {
        return end > from ? rectangleOf(sheet, Area(cells.Sheet, cells.StartColumn, from, cells.EndColumn, end - 1))
                          : css::awt::Rectangle();
    };
    const css::awt::Rectangle head = sizeOf(cells.StartRow, sections.front());
    const Paper paper = paperOf(document, sheet);
    // The office prints in whole per cents of the size, the next smaller ones; and leaves some room for what it rounds.
    const double scale = std::min(1.0, std::floor(100 * paper.width / std::max(head.Width, 1)) / 100 - 0.01);
    std::vector<double> heights;
    for (std::size_t index = 0; index < sections.size(); ++index)
        heights.push_back(sizeOf(sections[index], index + 1 < sections.size() ? sections[index + 1] : cells.EndRow + 1).Height);
    std::set<sal_Int32> starts;
    if (scale <= 0) return starts;
    const std::vector<bool> begin = panel::beginPages(heights, paper.height / scale * 0.99 - head.Height);
    for (std::size_t index = 0; index < sections.size(); ++index)
        if (begin[index]) starts.insert(sections[index]);
    return starts;
}

Properties rowOf(const Reference<css::uno::XInterface>& document, sal_Int16 sheet, sal_Int32 row) {
    const Reference<css::table::XColumnRowRange> cells(sheetOf(document, sheet), UNO_QUERY_THROW);
    return {cells->getRows()->getByIndex(row), UNO_QUERY_THROW};
}

std::set<sal_Int32> breaksIn(const Reference<css::uno::XInterface>& document, const Area& cells) {
    std::set<sal_Int32> rows;
    for (sal_Int32 row = cells.StartRow + 1; row <= cells.EndRow; ++row)
        if (rowOf(document, cells.Sheet, row)->getPropertyValue("IsManualPageBreak") == Any(true)) rows.insert(row);
    return rows;
}

void setBreaks(const Reference<css::uno::XInterface>& document, const Area& cells, const std::set<sal_Int32>& wanted) {
    const WithoutNotes silence(document);  // the office would go to each of them to undo it
    const auto set = [&](sal_Int32 row, bool starts) {
        rowOf(document, cells.Sheet, row)->setPropertyValue("IsStartOfNewPage", Any(starts));
    };
    for (const sal_Int32 row : breaksIn(document, cells))
        if (!wanted.contains(row)) set(row, false);
    for (const sal_Int32 row : wanted) set(row, true);
}

}  // namespace

void breakPages(const Reference<css::uno::XInterface>& document, const Area& cells, const std::vector<sal_Int32>& sections,
                sal_Int32 lastBefore) {
    if (sections.empty()) return;
    Area all = cells;
    all.EndRow = std::max(all.EndRow, lastBefore);
    const std::set<sal_Int32> before = breaksIn(document, all);
    const std::set<sal_Int32> wanted = startsOf(document, cells, sections);
    if (before == wanted) return;
    setBreaks(document, all, wanted);
    noteChange(
        document, [=](const Reference<css::uno::XInterface>& there) { setBreaks(there, all, before); },
        [=](const Reference<css::uno::XInterface>& there) { setBreaks(there, all, wanted); });
}

}  // namespace calckpi::sidebar
