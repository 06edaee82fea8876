#include "addin/sidebar/kpi_sample.hpp"

#include "addin/document/undo_step.hpp"
#include "addin/functions/conversion.hpp"
#include "addin/sidebar/office_language.hpp"
#include "addin/sidebar/sheet_view.hpp"
#include "addin/sidebar/sheets_job.hpp"
#include "core/sheets/kpi_templates.hpp"

#include <com/sun/star/awt/XWindow.hpp>
#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/frame/XController.hpp>
#include <com/sun/star/frame/XFrame.hpp>
#include <com/sun/star/frame/XModel.hpp>
#include <com/sun/star/lang/IllegalArgumentException.hpp>
#include <com/sun/star/sheet/XCellRangeData.hpp>
#include <com/sun/star/sheet/XSpreadsheetView.hpp>
#include <com/sun/star/util/XModifiable.hpp>

#include <vector>

using css::uno::Any;
using css::uno::Reference;
using css::uno::Sequence;
using css::uno::UNO_QUERY;
using css::uno::UNO_QUERY_THROW;
using rtl::OUString;

namespace calckpi::sidebar {
namespace {

using Document = Reference<css::sheet::XSpreadsheetDocument>;

constexpr char inputs[] = "Inputs";

Reference<css::sheet::XSpreadsheet> sheetAt(const Document& document, sal_Int32 index) {
    const Reference<css::container::XIndexAccess> sheets(document->getSheets(), UNO_QUERY_THROW);
    return {sheets->getByIndex(index), UNO_QUERY_THROW};
}

// takeInputs reads the figures, and takes their sheet away.
panel::TypedFigures takeInputs(const Document& document) {
    const Reference<css::sheet::XSpreadsheets> sheets = document->getSheets();
    const Reference<css::sheet::XSpreadsheet> sheet(sheets->getByName(inputs), UNO_QUERY_THROW);
    const SheetView view(sheet);
    const Sequence<Sequence<Any>> rows =
        Reference<css::sheet::XCellRangeData>(view.rangeOf(view.used()), UNO_QUERY_THROW)->getDataArray();
    panel::TypedFigures typed;
    for (sal_Int32 row = 1; row < rows.getLength(); ++row)
        for (sal_Int32 column = 1; column < rows[row].getLength(); ++column) {
            OUString figure;
            double month = 0;
            double value = 0;
            if ((rows[0][column] >>= figure) && (rows[row][0] >>= month) && (rows[row][column] >>= value))
                typed.figures[{addin::toUtf8(figure), month}] = value;
        }
    sheets->removeByName(inputs);
    return typed;
}

Sequence<css::beans::NamedValue> callFor(const Document& document, const panel::KpiTemplate& what, const OUString& sheet) {
    const std::vector<css::beans::NamedValue> values = {
        {"Document", Any(document)}, {"Template", Any(addin::fromUtf8(what.id))}, {"Sheet", Any(sheet)}};
    return {values.data(), static_cast<sal_Int32>(values.size())};
}

// show shows the first sheet of a document that was loaded hidden.
void show(const Document& document) {
    const Reference<css::frame::XController> controller =
        Reference<css::frame::XModel>(document, UNO_QUERY_THROW)->getCurrentController();
    const Reference<css::sheet::XSpreadsheetView> view(controller, UNO_QUERY);
    if (!view.is()) return;
    view->setActiveSheet(sheetAt(document, 0));
    controller->getFrame()->getContainerWindow()->setVisible(true);
}

// fill makes a KPI sheet of each template, and lets them stand before the tables that they are made from.
void fill(const Reference<css::uno::XComponentContext>& context, const Document& document, const panel::Texts& texts) {
    const panel::TypedFigures typed = takeInputs(document);
    std::vector<OUString> made;
    for (const panel::KpiTemplate& each : panel::kpiTemplates()) {
        const OUString name = addin::fromUtf8(texts.say(each.name));
        try {
            makeSheets(context, callFor(document, each, name), typed);
            made.push_back(name);
        } catch (const css::lang::IllegalArgumentException&) {  // one that the tables do not allow; the others are shown
        }
    }
    for (std::size_t index = 0; index < made.size(); ++index)
        document->getSheets()->moveByName(made[index], static_cast<sal_Int16>(index));
}

}  // namespace

void addKpiSheets(const Reference<css::uno::XComponentContext>& context, const Document& document) {
    const panel::Texts texts = officeTexts(context);
    {
        const NoUndo nothing(document);
        fill(context, document, texts);
    }
    Reference<css::util::XModifiable>(document, UNO_QUERY_THROW)->setModified(false);
    show(document);
}

}  // namespace calckpi::sidebar
