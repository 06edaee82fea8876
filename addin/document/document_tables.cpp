#include "addin/document/document_tables.hpp"

#include "addin/functions/cell_ranges.hpp"
#include "addin/functions/conversion.hpp"
#include "core/sheets/formula.hpp"

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/sheet/CellFlags.hpp>
#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/sheet/XCellRangeReferrer.hpp>
#include <com/sun/star/sheet/XCellRangesQuery.hpp>
#include <com/sun/star/sheet/XNamedRange.hpp>
#include <com/sun/star/sheet/XNamedRanges.hpp>
#include <com/sun/star/sheet/XSheetCellRanges.hpp>
#include <com/sun/star/sheet/XSpreadsheetDocument.hpp>

#include <algorithm>
#include <utility>

using css::uno::Reference;
using css::uno::UNO_QUERY;
using css::uno::UNO_QUERY_THROW;

namespace calckpi::sidebar {

using addin::fromUtf8;
using addin::toUtf8;

namespace {

constexpr const char* prefix = "CalcKpi_";
constexpr const char* settingsEnding = "_Settings";
constexpr const char* sourceEnding = "_Source";
constexpr const char* partEnding = "_Part";
constexpr const char* writtenEnding = "_Written";

Reference<css::sheet::XNamedRanges> namesOf(const Reference<css::sheet::XSpreadsheet>& sheet) {
    const Reference<css::beans::XPropertySet> properties(sheet, UNO_QUERY_THROW);
    return {properties->getPropertyValue("NamedRanges"), UNO_QUERY_THROW};
}

Reference<css::sheet::XNamedRange> nameIn(const Reference<css::sheet::XNamedRanges>& names, const rtl::OUString& name) {
    if (!names->hasByName(name)) return {};
    return {names->getByName(name), UNO_QUERY};
}

void keep(const Reference<css::sheet::XNamedRanges>& names, const rtl::OUString& name, const rtl::OUString& content,
          const Area& range, NameChanges& changes) {
    if (const Reference<css::sheet::XNamedRange> kept = nameIn(names, name); kept.is()) {
        if (kept->getContent() != content) changes.change(kept, content);
        return;
    }
    changes.add(names, name, content, css::table::CellAddress(range.Sheet, range.StartColumn, range.StartRow));
}

rtl::OUString ascii(const char* text) { return rtl::OUString::createFromAscii(text); }

// sourceName is the name of a table's source, counted from 0: CalcKpi_KpiSheet_1_Source, CalcKpi_KpiSheet_1_Source2.
rtl::OUString sourceName(const rtl::OUString& table, std::size_t index) {
    const rtl::OUString name = table + ascii(sourceEnding);
    return index == 0 ? name : name + rtl::OUString::number(static_cast<sal_Int32>(index) + 1);
}

std::string contentOf(const Reference<css::sheet::XNamedRanges>& names, const rtl::OUString& name) {
    const Reference<css::sheet::XNamedRange> kept = nameIn(names, name);
    return kept.is() ? toUtf8(kept->getContent()) : std::string();
}

// beginningOf is how the names of a kind of tables begin: CalcKpi_Funnel_.
rtl::OUString beginningOf(panel::KeptKind kind) { return ascii(prefix) + fromUtf8(panel::keptKindNames[kind]) + ascii("_"); }

std::optional<panel::KeptKind> kindOf(const rtl::OUString& name) {
    for (std::size_t place = 0; place < panel::keptKindNames.all().size(); ++place)
        if (name.startsWith(beginningOf(static_cast<panel::KeptKind>(place)))) return static_cast<panel::KeptKind>(place);
    return std::nullopt;
}

// tableNamed reads what a sheet's names tell of a table. One whose cells were deleted has a name without cells.
std::optional<DocumentTable> tableNamed(const Reference<css::sheet::XNamedRanges>& names, const rtl::OUString& name) {
    const std::optional<panel::KeptKind> kind = kindOf(name);
    const Reference<css::sheet::XNamedRange> settings = nameIn(names, name + ascii(settingsEnding));
    const Reference<css::sheet::XCellRangeReferrer> referrer(nameIn(names, name), UNO_QUERY);
    if (!kind || !settings.is() || !referrer.is()) return std::nullopt;
    const Reference<css::sheet::XCellRangeAddressable> cells(referrer->getReferredCells(), UNO_QUERY);
    const std::optional<std::string> text = panel::fromConstant(toUtf8(settings->getContent()));
    if (!cells.is() || !text) return std::nullopt;
    DocumentTable table{*kind, name, cells->getRangeAddress(), *text, contentOf(names, sourceName(name, 0))};
    for (std::size_t index = 1; names->hasByName(sourceName(name, index)); ++index)
        table.moreSources.push_back(contentOf(names, sourceName(name, index)));
    const std::string part = contentOf(names, name + ascii(partEnding));
    if (part.size() == 1 && part.front() >= '1' && part.front() <= '9') table.part = part.front() - '1';
    const std::optional<std::string> written = panel::fromConstant(contentOf(names, name + ascii(writtenEnding)));
    if (written) table.written = panel::readFingerprints(*written);
    return table;
}

}  // namespace

std::optional<DocumentTable> tableAt(const Reference<css::uno::XInterface>& document, const css::table::CellAddress& cell) {
    const Reference<css::sheet::XNamedRanges> names = namesOf(sheetOf(document, cell.Sheet));
    const Area asked(cell.Sheet, cell.Column, cell.Row, cell.Column, cell.Row);
    for (const rtl::OUString& name : names->getElementNames()) {
        std::optional<DocumentTable> table = tableNamed(names, name);
        if (table && contains(table->range, asked)) return table;
    }
    return std::nullopt;
}

bool hasTables(const Reference<css::uno::XInterface>& document, sal_Int16 sheet) {
    const Reference<css::sheet::XNamedRanges> names = namesOf(sheetOf(document, sheet));
    const css::uno::Sequence<rtl::OUString> all = names->getElementNames();
    return std::any_of(all.begin(), all.end(), [&](const rtl::OUString& name) { return tableNamed(names, name).has_value(); });
}

std::optional<DocumentTable> foundAgain(const Reference<css::uno::XInterface>& document, const DocumentTable& table) {
    const Reference<css::container::XIndexAccess> sheets(
        Reference<css::sheet::XSpreadsheetDocument>(document, UNO_QUERY_THROW)->getSheets(), UNO_QUERY_THROW);
    const auto on = [&](sal_Int32 sheet) {
        return tableNamed(namesOf(sheetOf(document, static_cast<sal_Int16>(sheet))), table.name);
    };
    if (table.range.Sheet < sheets->getCount())
        if (std::optional<DocumentTable> same = on(table.range.Sheet)) return same;
    for (sal_Int32 sheet = 0; sheet < sheets->getCount(); ++sheet)
        if (std::optional<DocumentTable> moved = on(sheet); moved && moved->settings == table.settings) return moved;
    return std::nullopt;
}

namespace {

bool holdsFormulas(const Reference<css::uno::XInterface>& document, const Area& area) {
    const Reference<css::sheet::XCellRangesQuery> cells(cellsOf(sheetOf(document, area.Sheet), area), UNO_QUERY_THROW);
    return cells->queryContentCells(css::sheet::CellFlags::FORMULA)->getRangeAddresses().hasElements();
}

}  // namespace

TableParts partsOf(const Reference<css::uno::XInterface>& document, const DocumentTable& table, std::size_t count) {
    TableParts found{.parts = std::vector<std::optional<DocumentTable>>(count)};
    const Reference<css::container::XIndexAccess> sheets(
        Reference<css::sheet::XSpreadsheetDocument>(document, UNO_QUERY_THROW)->getSheets(), UNO_QUERY_THROW);
    for (sal_Int32 sheet = 0; sheet < sheets->getCount(); ++sheet) {
        std::optional<DocumentTable> here = tableNamed(namesOf(sheetOf(document, static_cast<sal_Int16>(sheet))), table.name);
        if (!here || here->settings != table.settings || here->range.Sheet != sheet) continue;
        if (static_cast<std::size_t>(here->part) >= count) continue;
        std::optional<DocumentTable>& part = found.parts[static_cast<std::size_t>(here->part)];
        if (part && holdsFormulas(document, part->range) != holdsFormulas(document, here->range)) {
            // A copy with values is a keepsake: nothing changes it.
            if (!holdsFormulas(document, part->range)) part = std::move(here);
            continue;
        }
        found.copied = found.copied || part.has_value();
        if (!part || sheet == table.range.Sheet) part = std::move(here);
    }
    return found;
}

void keepTable(const Reference<css::sheet::XSpreadsheet>& sheet, const DocumentTable& table, NameChanges& changes) {
    const Reference<css::sheet::XNamedRanges> names = namesOf(sheet);
    keep(names, table.name, addin::absoluteName(cellsOf(sheet, table.range)), table.range, changes);
    keep(names, table.name + ascii(settingsEnding), fromUtf8(panel::asConstant(table.settings)), table.range, changes);
    if (!table.source.empty()) keep(names, sourceName(table.name, 0), fromUtf8(table.source), table.range, changes);
    for (std::size_t index = 0; index < table.moreSources.size(); ++index)
        keep(names, sourceName(table.name, index + 1), fromUtf8(table.moreSources[index]), table.range, changes);
    for (std::size_t index = table.moreSources.size() + 1; names->hasByName(sourceName(table.name, index)); ++index)
        names->removeByName(sourceName(table.name, index));
    if (table.written.empty()) return;
    keep(names, table.name + ascii(partEnding), rtl::OUString::number(table.part + 1), table.range, changes);
    keep(names, table.name + ascii(writtenEnding), fromUtf8(panel::asConstant(table.written.text())), table.range, changes);
}

rtl::OUString freshName(panel::KeptKind kind, const std::vector<Reference<css::sheet::XSpreadsheet>>& sheets) {
    for (sal_Int32 number = 1;; ++number) {
        const rtl::OUString name = beginningOf(kind) + rtl::OUString::number(number);
        const auto taken = [&](const Reference<css::sheet::XSpreadsheet>& sheet) {
            const Reference<css::sheet::XNamedRanges> names = namesOf(sheet);
            return names->hasByName(name) || names->hasByName(name + ascii(settingsEnding));
        };
        if (std::ranges::none_of(sheets, taken)) return name;
    }
}

}  // namespace calckpi::sidebar
