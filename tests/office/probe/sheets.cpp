#include "tests/office/probe/sheets.hpp"

#include "addin/functions/cell_ranges.hpp"
#include "addin/functions/conversion.hpp"
#include "addin/functions/range_table.hpp"
#include "addin/document/convert_cells.hpp"
#include "addin/document/document_writer.hpp"
#include "addin/document/our_formulas.hpp"
#include "addin/document/values_copy.hpp"
#include "addin/sidebar/kpi_sources.hpp"
#include "addin/sidebar/panel_texts.hpp"
#include "addin/sidebar/sheet_view.hpp"
#include "addin/sidebar/table_writing.hpp"
#include "core/panel/panel.hpp"
#include "core/sheets/preview.hpp"
#include "core/recognition/recognition.hpp"
#include "core/recognition/facts.hpp"
#include "core/sheets/funnel_plan.hpp"
#include "core/sheets/kpi_sheet_plan.hpp"
#include "core/recognition/vocabulary.hpp"
#include "core/sheets/settings.hpp"
#include "core/sheets/table_plan.hpp"
#include "tests/office/probe/small_kpi_sheet.hpp"

#include <com/sun/star/beans/NamedValue.hpp>
#include <com/sun/star/container/XNameAccess.hpp>
#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/sheet/XCellAddressable.hpp>
#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/sheet/XCellRangeReferrer.hpp>
#include <com/sun/star/sheet/XSpreadsheetDocument.hpp>

using css::uno::Any;
using css::uno::Reference;
using css::uno::UNO_QUERY_THROW;

namespace calckpi::probe {
namespace {

// Request is what execute is asked.
struct Request {
    Reference<css::uno::XInterface> document;
    rtl::OUString what;
    rtl::OUString settings;
    Reference<css::sheet::XCellAddressable> target;
    Reference<css::table::XCellRange> source;
    rtl::OUString language;
    rtl::OUString date;
    bool overwrite = false;
    bool fail = false;

    explicit Request(const css::uno::Sequence<css::beans::NamedValue>& values) {
        for (const css::beans::NamedValue& value : values) {
            if (value.Name == "Document") value.Value >>= document;
            if (value.Name == "Do") value.Value >>= what;
            if (value.Name == "Settings") value.Value >>= settings;
            if (value.Name == "Target") value.Value >>= target;
            if (value.Name == "Source") value.Value >>= source;
            if (value.Name == "Language") value.Value >>= language;
            if (value.Name == "Date") value.Value >>= date;
            if (value.Name == "Overwrite") value.Value >>= overwrite;
            if (value.Name == "Fail") value.Value >>= fail;
        }
    }
};

constexpr const char* names[] = {"ReadOnlyDocument", "ProtectedDocument", "FullDocument", "ProtectedStyles", "ProtectedSheet",
                                 "BeyondSheet",      "InSource",          "MergedCells",  "ArrayFormula",    "FilledCells",
                                 "NoRoomBelow",      "UserCells",         "CopiedSheet"};

rtl::OUString said(const sidebar::Obstacle& obstacle) {
    return rtl::OUString::createFromAscii(names[static_cast<std::size_t>(obstacle.kind)]) + " " + obstacle.cells;
}

rtl::OUString said(const sidebar::DocumentTable& table) { return table.name + " " + sidebar::addressText(table.range); }

// insertTable inserts the table of the settings on a new sheet, or updates it.
rtl::OUString insertTable(const Request& request, const std::optional<sidebar::DocumentTable>& here,
                          const Reference<css::uno::XComponentContext>& context) {
    const std::string settings = addin::toUtf8(request.settings);
    const std::optional<panel::TableChoices> choices = panel::readTableSettings(settings);
    if (!choices) return "no such settings";
    const auto source = std::make_shared<const addin::RangeTable>(request.source, request.document, context);
    const panel::Language language = panel::languageOf(addin::toUtf8(request.language));
    const panel::Texts texts(language, panel::translationsOf(language));
    const panel::TablePreview preview = panel::previewTable(source, *choices);
    if (preview.problem) return "problem: " + addin::fromUtf8(panel::said(*preview.problem, texts));
    const panel::TableContext about{.sourceName = "Data",
                                    .columns = panel::columnNames(*source),
                                    .date = addin::toUtf8(request.date),
                                    .until = panel::isoDate(preview.until, source->culture().nullDate())};
    const panel::DocumentPlan plan = panel::planTable(*choices, preview, about, texts);
    const sidebar::DocumentWriter writer(request.document);
    const sidebar::Keep keep{panel::KeptKind::Table, settings, choices->source};
    const bool update = request.what == "updateTable" && here;
    sidebar::UndoStep step(request.document, update ? rtl::OUString("Update table") : rtl::OUString("Insert table"));
    const sidebar::DocumentTable written =
        update ? writer.update(step, *here, plan, keep) : writer.insertSheets(step, 1, plan, keep);
    step.commit();
    if (!update) writer.show(written, plan);
    return said(written);
}

// insertPlan inserts a plan that is no funnel's.
rtl::OUString insertPlan(const Request& request) {
    panel::DocumentPlan plan = smallKpiSheet();
    if (request.what == "insertMisfit") plan.sheets[0].blocks[1].row = 1;
    const sidebar::DocumentWriter writer(request.document);
    sidebar::UndoStep step(request.document, "Insert KPI sheet");
    const sidebar::DocumentTable written = writer.insertSheets(step, 1, plan, {panel::KeptKind::KpiSheet, "small", ""});
    step.commit();
    writer.show(written, plan);
    return said(written);
}

// insertKpiSheet writes the KPI sheet that a template proposes for ranges of the document, one address a line in the settings;
// before them stands the template, and what the periods are; after these
// "all" takes every KPI that the data allow.
rtl::OUString insertKpiSheet(const Request& request, const Reference<css::uno::XComponentContext>& context) {
    const panel::Language language = panel::languageOf(addin::toUtf8(request.language));
    const panel::Texts texts(language, panel::translationsOf(language));
    std::vector<std::string> lines;
    const std::string settings = addin::toUtf8(request.settings);
    for (std::size_t at = 0; at < settings.size();) {
        const std::size_t end = std::min(settings.find('\n', at), settings.size());
        lines.push_back(settings.substr(at, end - at));
        at = end + 1;
    }
    std::vector<panel::SourceFound> found;
    panel::KpiSheetContext plannedIn;
    for (std::size_t line = 2; line < lines.size(); ++line) {
        const Reference<css::container::XNameAccess> byName(
            Reference<css::sheet::XSpreadsheetDocument>(request.document, UNO_QUERY_THROW)->getSheets(), UNO_QUERY_THROW);
        const std::string name = lines[line].substr(0, lines[line].find('.'));
        const Reference<css::table::XCellRange> sheet(byName->getByName(addin::fromUtf8(name)), UNO_QUERY_THROW);
        const Reference<css::table::XCellRange> cells =
            sheet->getCellRangeByName(addin::fromUtf8(lines[line].substr(lines[line].find('.') + 1)));
        const auto table = std::make_shared<const addin::RangeTable>(cells, request.document, context);
        const std::string address = addin::toUtf8(addin::absoluteName(cells));
        const panel::Source source = sidebar::sourceOf(cells, request.document, context);
        found.push_back({address, panel::factsOf(*source.sample, source.dates, source.firstColumn, source.headers), table});
        plannedIn.sources[address] = {table, panel::columnNames(*table)};
        if (plannedIn.title.empty()) plannedIn.title = name;
    }
    panel::KpiSheetChoices choices = panel::defaultKpiSheet(lines.at(0), found);
    std::vector<std::string> more;
    for (std::size_t index = 1; index < choices.sources.size(); ++index) more.push_back(choices.sources[index].address);
    if (lines.at(1).ends_with(" all"))
        choices.kpis.assign(panel::findTemplate(lines.at(0))->kpis.begin(), panel::findTemplate(lines.at(0))->kpis.end());
    if (lines.at(1) == "quarter") choices.unit = PeriodWords::Quarter;
    if (lines.at(1) == "week") choices.unit = PeriodWords::Week;
    const panel::DocumentPlan plan = panel::planKpiSheet(choices, plannedIn, texts);
    const sidebar::DocumentWriter writer(request.document);
    sidebar::UndoStep step(request.document, "Insert KPI sheet");
    const sidebar::DocumentTable written =
        writer.insertSheets(step, 1, plan,
                            {panel::KeptKind::KpiSheet, panel::written(choices),
                             choices.sources.empty() ? std::string() : choices.sources.front().address, more});
    step.commit();
    writer.show(written, plan);
    return said(written);
}

// leave turns our formulas into plain ones or, if the settings say so, into values: those of Source, or of the whole document. It
// answers how many are plain, values and tables on each sheet.
rtl::OUString leave(const Request& request) {
    std::vector<sidebar::Area> areas;
    if (request.source.is())
        areas.push_back(Reference<css::sheet::XCellRangeAddressable>(request.source, UNO_QUERY_THROW)->getRangeAddress());
    const sidebar::OurFormulas found = sidebar::ourFormulas(request.document, areas);
    if (const auto obstacle = sidebar::obstacleToLeaving(request.document, found)) return said(*obstacle);
    const bool values = request.settings == "Values";
    sidebar::leaveWithout(request.document, found, values ? sidebar::WhatIsLeft::Values : sidebar::WhatIsLeft::PlainFormulas,
                          "Leave without Calc KPI");
    rtl::OUString answer;
    for (const sidebar::OurFormulas::OnSheet& on : found.sheets) {
        sal_Int64 plain = 0;
        sal_Int64 tables = 0;
        for (const sidebar::OurFormula& formula : on.formulas) {
            if (formula.plain && !values) ++plain;
            if (formula.table()) ++tables;
        }
        const auto all = static_cast<sal_Int64>(on.formulas.size());
        answer += on.name + " " + rtl::OUString::number(plain) + " " + rtl::OUString::number(all - plain - tables) + " " +
                  rtl::OUString::number(tables) + "\n";
    }
    return answer;
}

// saveValues saves a copy with values to the address in the settings.
rtl::OUString saveValues(const Request& request, const Reference<css::uno::XComponentContext>& context) {
    const auto obstacle = sidebar::saveValuesCopy(context, {request.document, UNO_QUERY_THROW}, request.settings);
    return obstacle ? said(*obstacle) : rtl::OUString("saved");
}

// updateKpiSheet updates the KPI sheet of the target as the panel does it. The settings are lines of "with KEY VALUE", which change
// those that the document keeps.
rtl::OUString updateKpiSheet(const Request& request, const sidebar::DocumentTable& table,
                             const Reference<css::uno::XComponentContext>& context) {
    const panel::Language language = panel::languageOf(addin::toUtf8(request.language));
    const panel::Texts texts(language, panel::translationsOf(language));
    const Reference<css::sheet::XSpreadsheetDocument> document(request.document, UNO_QUERY_THROW);
    const sidebar::KpiSources sources(document, context);
    const sidebar::Range first = sources.whole(table.source);
    if (!first.is()) return "the data are gone";
    std::string settings = table.settings;
    if (!request.settings.isEmpty()) settings.insert(settings.rfind("end"), addin::toUtf8(request.settings) + "\n");
    panel::Panel panel(texts);
    if (!panel.take(sidebar::sourceOf(first, document, context), {"", table.kind, settings, sources.at(table.moreSources)}))
        return "no such settings";
    panel.takeTyped(sidebar::typedCells(document, sidebar::partsOf(document, table, 3)).figures);
    panel.compute();
    const auto draft = panel.draft(table.settings);
    if (const auto* why = std::get_if<std::string>(&draft)) return addin::fromUtf8(*why);
    const sidebar::TableWriting writing(document, {}, texts, request.overwrite);
    const sidebar::Written written = writing.over(table, std::get<panel::Draft>(draft));
    return written.table ? said(*written.table) : addin::fromUtf8(written.refusal);
}

// dataAround says which cells a click on a cell means, and how many rows of data are below them.
rtl::OUString dataAround(const Request& request) {
    const sidebar::Range data = sidebar::dataAround(request.source);
    const panel::RowsBelow below = sidebar::rowsBelow(data, {});
    rtl::OUString said =
        sidebar::addressText(Reference<css::sheet::XCellRangeAddressable>(data, UNO_QUERY_THROW)->getRangeAddress());
    if (below.rows > 0)
        said += (below.afterEmptyRow ? rtl::OUString(" gap ") : rtl::OUString(" ")) + rtl::OUString::number(below.rows);
    for (const std::string& header : sidebar::headersOf(data)) said += "|" + addin::fromUtf8(header);
    return said;
}

// convert turns the cells of a column whose header is the first cell; "Comma" says how 1.234 is to be read.
rtl::OUString convert(const Request& request, const Reference<css::uno::XComponentContext>& context) {
    const addin::RangeTable table(request.source, request.document, context);
    sidebar::Area column = Reference<css::sheet::XCellRangeAddressable>(request.source, UNO_QUERY_THROW)->getRangeAddress();
    ++column.StartRow;
    if (const auto obstacle = sidebar::obstacleToConverting(request.document, column)) return said(*obstacle);
    panel::ReadingHints hints;
    if (request.settings == "Comma") hints = {.decimalSign = panel::DecimalSign::Comma, .said = true};
    const auto plan = panel::conversionOf(*table.look(0), table.headers()[0], table.culture().nullDate(), hints);
    if (!plan) return "nothing to convert";
    if (plan->question) return addin::fromUtf8(plan->question->text + "?");
    const std::size_t formulas = sidebar::convertCells(request.document, column, *plan, "Convert");
    return rtl::OUString::number(static_cast<sal_Int64>(plan->cells.size() - formulas)) + " of " +
           rtl::OUString::number(static_cast<sal_Int64>(plan->cells.size() + plan->unreadable.size()));
}

}  // namespace

Any SAL_CALL Sheets::execute(const css::uno::Sequence<css::beans::NamedValue>& values) {
    const Request request(values);
    const css::table::CellAddress target = request.target.is() ? request.target->getCellAddress() : css::table::CellAddress();
    const std::optional<sidebar::DocumentTable> here =
        request.target.is() ? sidebar::tableAt(request.document, target) : std::optional<sidebar::DocumentTable>();
    if (request.what == "find")
        return Any(here ? addin::fromUtf8(addin::toUtf8(here->name) + " " + here->source + "\n" + here->settings)
                        : rtl::OUString());

    if (request.what == "insertTable" || request.what == "updateTable") return Any(insertTable(request, here, context_));
    if (request.what == "dataAround") return Any(dataAround(request));
    if (request.what == "convert") return Any(convert(request, context_));
    if (request.what == "insertPlan" || request.what == "insertMisfit") return Any(insertPlan(request));

    if (request.what == "leave") return Any(leave(request));
    if (request.what == "saveValues") return Any(saveValues(request, context_));
    if (request.what == "insertKpiSheet") return Any(insertKpiSheet(request, context_));
    if (request.what == "updateKpiSheet")
        return Any(here ? updateKpiSheet(request, *here, context_) : rtl::OUString("nothing to do"));

    const std::string settings = addin::toUtf8(request.settings);
    const std::optional<panel::Choices> choices = panel::readSettings(settings);
    if (!choices) return Any(rtl::OUString("no such settings"));
    const auto source = std::make_shared<const addin::RangeTable>(request.source, request.document, context_);
    const panel::Preview preview = panel::preview(source, *choices);
    if (preview.problem) return Any("problem: " + addin::fromUtf8(preview.problem->message.one));
    panel::PlanContext context;
    context.sourceName = "Deals";
    context.columns = panel::columnNames(*source);
    context.date = addin::toUtf8(request.date);
    if (here) context.before = panel::readSettings(here->settings);
    const panel::Language language = panel::languageOf(addin::toUtf8(request.language));
    const panel::DocumentPlan plan =
        panel::planFunnel(*choices, preview, context, panel::Texts(language, panel::translationsOf(language)));

    const sidebar::DocumentWriter writer(request.document);
    const sidebar::Area area = Reference<css::sheet::XCellRangeAddressable>(request.source, UNO_QUERY_THROW)->getRangeAddress();
    std::optional<sidebar::Obstacle> obstacle;
    if (request.what == "insertSheet") obstacle = writer.obstacleToNewSheets(plan);
    if (request.what == "insertAt") obstacle = writer.obstacleAt(target, plan, area);
    if (request.what == "update" && here) obstacle = writer.obstacleToUpdate(*here, plan, area);
    if (obstacle && !(request.overwrite && obstacle->kind == sidebar::ObstacleKind::FilledCells)) return Any(said(*obstacle));
    const bool update = request.what == "update";
    if (!update && request.what != "insertSheet" && request.what != "insertAt") return Any(rtl::OUString("nothing to do"));
    if (update && !here) return Any(rtl::OUString("nothing to do"));
    const sidebar::Keep keep{panel::KeptKind::Funnel, settings, choices->source};
    sidebar::UndoStep step(request.document, update ? rtl::OUString("Update funnel table") : rtl::OUString("Insert funnel table"));
    const sidebar::DocumentTable written = update ? writer.update(step, *here, plan, keep)
                                           : request.what == "insertSheet"
                                               ? writer.insertSheets(step, static_cast<sal_Int16>(area.Sheet + 1), plan, keep)
                                               : writer.insertAt(step, target, plan, keep);
    if (request.fail) throw css::uno::RuntimeException("as the test asked for");
    step.commit();
    if (request.what == "insertSheet") writer.show(written, plan);
    return Any(said(written));
}

}  // namespace calckpi::probe

extern "C" SAL_DLLPUBLIC_EXPORT css::uno::XInterface* calckpi_Sheets_get_implementation(
    css::uno::XComponentContext* context, const css::uno::Sequence<css::uno::Any>& /* arguments */) {
    const css::uno::Reference<css::uno::XInterface> sheets(*new calckpi::probe::Sheets(context));
    sheets->acquire();
    return sheets.get();
}
