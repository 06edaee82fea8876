#include "addin/sidebar/sheets_job.hpp"

#include "addin/document/typed_cells.hpp"
#include "addin/functions/cell_ranges.hpp"
#include "addin/functions/conversion.hpp"
#include "addin/sidebar/convert_column.hpp"
#include "addin/sidebar/kpi_sources.hpp"
#include "addin/sidebar/office_language.hpp"
#include "addin/sidebar/panel_texts.hpp"
#include "addin/sidebar/refusals.hpp"
#include "addin/sidebar/table_writing.hpp"
#include "core/panel/panel.hpp"

#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/lang/IllegalArgumentException.hpp>
#include <com/sun/star/lang/XServiceInfo.hpp>
#include <com/sun/star/task/XJob.hpp>
#include <cppuhelper/implbase2.hxx>
#include <cppuhelper/supportsservice.hxx>

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <utility>
#include <variant>
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

constexpr std::size_t kpiSheetParts = 3;  // KPIs, data and inputs

// Refused is a sentence why nothing is made.
class Refused : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// chosenValue is a value as macros give it: a number, a text, yes or no, or a list of texts.
panel::ChosenValue chosenValue(const Any& value) {
    bool answer = false;
    double number = 0;
    OUString text;
    Sequence<OUString> texts;
    Sequence<Any> anys;
    if (value >>= answer) return std::string(answer ? "yes" : "no");
    if (value >>= number) return number;
    if (value >>= text) return addin::toUtf8(text);
    std::vector<std::string> list;
    if (value >>= texts)
        for (const OUString& each : texts) list.push_back(addin::toUtf8(each));
    else if (value >>= anys)
        for (const Any& each : anys)
            if (each >>= text) list.push_back(addin::toUtf8(text));
    return list;
}

// Wishes are the values of a call: those of the job itself, and options of what is made.
struct Wishes {
    Document document;
    std::string make = "KPISHEET";
    std::string source;
    std::string cell;
    std::string sheet;
    std::string update;
    std::string language;
    std::string convert;
    std::vector<std::pair<std::string, panel::ChosenValue>> options;

    explicit Wishes(const Sequence<css::beans::NamedValue>& values) {
        const std::pair<std::string_view, std::string*> own[] = {{"make", &make},      {"source", &source}, {"cell", &cell},
                                                                 {"sheet", &sheet},    {"update", &update}, {"language", &language},
                                                                 {"convert", &convert}};
        for (const css::beans::NamedValue& value : values) {
            const std::string name = addin::toUtf8(value.Name);
            if (panel::sameName(name, "document")) {
                document.set(value.Value, UNO_QUERY);
                continue;
            }
            std::string* mine = nullptr;
            for (const auto& [key, member] : own)
                if (panel::sameName(name, key)) mine = member;
            panel::ChosenValue chosen = chosenValue(value.Value);
            if (mine == nullptr)
                options.emplace_back(name, std::move(chosen));
            else
                *mine = panel::textAsked(chosen).value_or("");
        }
        // In whatever order they are written: a template brings its KPIs, and which there are depends on the states.
        std::stable_sort(options.begin(), options.end(),
                         [](const auto& one, const auto& other) { return turnOf(one.first) < turnOf(other.first); });
    }

private:
    static int turnOf(const std::string& option) {
        return panel::sameName(option, "template") ? 0 : panel::sameName(option, "kpis") ? 2 : 1;
    }
};

// hintsOf is how what can be read in two ways is to be read: "day first" goes with the decimal comma, "month first" with the dot.
panel::ReadingHints hintsOf(const std::string& convert) {
    if (convert == "day first")
        return {.decimalSign = panel::DecimalSign::Comma, .dayOrder = panel::DayOrder::DayFirst, .said = true};
    if (convert == "month first")
        return {.decimalSign = panel::DecimalSign::Dot, .dayOrder = panel::DayOrder::MonthFirst, .said = true};
    return {};
}

// Making is one call: what the panel does for somebody who selects, chooses and presses Insert or Update.
class Making {
public:
    Making(const Reference<css::uno::XComponentContext>& context, const Wishes& wishes, const panel::TypedFigures& typed)
        : context_(context),
          wishes_(wishes),
          typed_(typed),
          sources_(wishes.document, context),
          panel_(textsFor(context, wishes)) {}

    OUString made() {
        const std::optional<DocumentTable> table = tableToUpdate();
        table ? takeTable(*table) : takeSource();
        if (converts()) return addin::fromUtf8(converted_);
        choose();
        auto drafted = panel_.draft(table ? std::optional(table->settings) : std::nullopt);
        if (const auto* why = std::get_if<std::string>(&drafted)) throw Refused(*why);
        auto draft = std::get<panel::Draft>(std::move(drafted));
        if (!table && !wishes_.sheet.empty()) draft.plan.sheets.front().name = wishes_.sheet;
        const Written written = write(table, draft);
        if (!written.table) throw Refused(written.refusal);
        const Area& cells = written.table->range;
        const Reference<css::container::XIndexAccess> sheets(wishes_.document->getSheets(), UNO_QUERY_THROW);
        const Range sheet(sheets->getByIndex(cells.Sheet), UNO_QUERY_THROW);
        return addin::fromUtf8(
            shownAddress(sheet->getCellRangeByPosition(cells.StartColumn, cells.StartRow, cells.EndColumn, cells.EndRow)));
    }

private:
    static panel::Texts textsFor(const Reference<css::uno::XComponentContext>& context, const Wishes& wishes) {
        if (wishes.language.empty()) return officeTexts(context);
        const panel::Language language = panel::languageOf(wishes.language);
        return {language, panel::translationsOf(language)};
    }
    void refuse(const std::string& sentence) const {
        if (!sentence.empty()) throw Refused(sentence);
    }
    std::string notThere(const std::string& text) const {
        return panel_.texts().say(panel::msg("\"{text}\" is not a range or a name of this document"), {{"text", text}});
    }
    Range firstSheet() const {
        const Reference<css::container::XIndexAccess> sheets(wishes_.document->getSheets(), UNO_QUERY_THROW);
        return {sheets->getByIndex(0), UNO_QUERY};
    }
    Range written(const std::string& text) const {
        Range range = rangeWritten(text, wishes_.document, firstSheet());
        if (!range.is()) throw Refused(notThere(text));
        return range;
    }

    std::optional<DocumentTable> tableToUpdate() const {
        if (wishes_.update.empty()) return std::nullopt;
        const Area cell = addin::addressOf(written(wishes_.update));
        std::optional<DocumentTable> table = tableAt(wishes_.document, {cell.Sheet, cell.StartColumn, cell.StartRow});
        if (!table) throw Refused(panel_.texts().say(panel::msg("This table is not there any more")));
        return table;
    }
    // takeTable takes the settings of a table, and its data with the rows that have been added.
    void takeTable(const DocumentTable& table) {
        range_ = sources_.whole(table.source);
        if (!range_.is()) throw Refused(panel_.texts().say(panel::msg("The data of this table are gone")));
        panel::Found found{addin::toUtf8(addressText(table.range)), table.kind, table.settings, sources_.at(table.moreSources)};
        if (!panel_.take(source(), std::move(found)))
            throw Refused(panel_.texts().say(panel::msg("The data of this table are gone")));
        if (table.kind == panel::KeptKind::KpiSheet)
            panel_.takeTyped(typedCells(wishes_.document, partsOf(wishes_.document, table, kpiSheetParts)).figures);
    }
    panel::Source source() const { return sourceOf(range_, wishes_.document, context_); }
    // takeSource takes the range that is asked for, or the first table of the document that it can be made of.
    void takeSource() {
        const std::vector<Range> candidates =
            wishes_.source.empty() ? sources_.ranges() : std::vector<Range>{written(wishes_.source)};
        std::string why = panel_.texts().say(panel::msg("There is no table in this document"));
        for (const Range& candidate : candidates) {
            const Range data = tableAround(candidate);
            range_ = data.is() ? data : candidate;
            panel_.take(source());
            if (!wishes_.convert.empty()) convert();
            why = converts() ? std::string() : panel_.whyNot(wishes_.make);
            if (why.empty()) break;
        }
        refuse(why);
        panel_.want(wishes_.make);
        if (panel_.wantsOthers()) panel_.takeOthers(sources_.beside(range_));
        panel_.takeTyped(typed_);
    }
    bool converts() const { return panel::sameName(wishes_.make, "CONVERT"); }
    // convert turns texts into the numbers and dates that they are, as long as there are columns of such.
    void convert() {
        for (std::size_t changed = 1; changed > 0; panel_.take(source())) {
            changed = 0;
            for (std::int32_t index = 0; auto wanted = panel_.conversion(index); ++index) {
                wanted->hints = hintsOf(wishes_.convert);
                const ConvertedColumns column = convertColumns(range_, wishes_.document, context_, {*wanted}, panel_.texts());
                changed += column.changed;
                if (column.changed > 0)
                    converted_ +=
                        panel_.texts().say(panel::msg("{kpi}: {value}"), {{"kpi", wanted->name}, {"value", column.said}}) + "\n";
            }
        }
    }
    void choose() {
        refuse(panel_.whyNothing());
        // Of a KPI sheet no figures are needed to choose.
        if (!panel::sameName(wishes_.make, "KPISHEET")) panel_.compute();
        for (const auto& [option, value] : wishes_.options) refuse(panel_.ask(option, value));
        panel_.compute();
        refuse(panel_.whyNothing());
    }
    Written write(const std::optional<DocumentTable>& table, const panel::Draft& draft) const {
        const TableWriting writing(wishes_.document, addin::addressOf(range_), panel_.texts());
        if (table) return writing.over(*table, draft);
        if (wishes_.cell.empty()) return writing.toNewSheet(draft);
        const Area corner = addin::addressOf(written(wishes_.cell));
        return writing.at({corner.Sheet, corner.StartColumn, corner.StartRow}, draft);
    }

    Reference<css::uno::XComponentContext> context_;
    const Wishes& wishes_;
    const panel::TypedFigures& typed_;
    KpiSources sources_;
    panel::Panel panel_;
    Range range_;
    std::string converted_;  // what became of each column, a line each
};

class SheetsJob final : public cppu::WeakImplHelper2<css::task::XJob, css::lang::XServiceInfo> {
public:
    explicit SheetsJob(const Reference<css::uno::XComponentContext>& context) : context_(context) {}

    // XJob
    Any SAL_CALL execute(const Sequence<css::beans::NamedValue>& values) override { return Any(makeSheets(context_, values)); }

    // XServiceInfo
    OUString SAL_CALL getImplementationName() override { return "org.calckpi.Sheets"; }
    sal_Bool SAL_CALL supportsService(const OUString& name) override { return cppu::supportsService(this, name); }
    Sequence<OUString> SAL_CALL getSupportedServiceNames() override {
        const OUString name("org.calckpi.Sheets");
        return {&name, 1};
    }

private:
    Reference<css::uno::XComponentContext> context_;
};

}  // namespace

OUString makeSheets(const Reference<css::uno::XComponentContext>& context, const Sequence<css::beans::NamedValue>& values,
                    const panel::TypedFigures& typed) {
    const auto refusal = [](std::string_view sentence) {
        return css::lang::IllegalArgumentException(addin::fromUtf8(sentence), {}, 0);
    };
    const Wishes wishes(values);
    if (!wishes.document.is()) throw refusal("Document: this is no spreadsheet");
    try {
        return Making(context, wishes, typed).made();
    } catch (const Refused& why) {
        throw refusal(why.what());
    } catch (...) {  // of the office too
        throw refusal(officeTexts(context).say(whyNotWritten(std::current_exception())));
    }
}

Reference<css::uno::XInterface> newSheetsJob(const Reference<css::uno::XComponentContext>& context) {
    return static_cast<css::task::XJob*>(new SheetsJob(context));
}

}  // namespace calckpi::sidebar
