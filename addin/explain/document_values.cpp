#include "addin/explain/document_values.hpp"

#include "addin/functions/cell_ranges.hpp"
#include "addin/functions/conversion.hpp"
#include "addin/functions/error_value.hpp"
#include "addin/functions/passed.hpp"
#include "core/kpis/catalog.hpp"
#include "core/values/calc_errors.hpp"

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/container/XEnumerationAccess.hpp>
#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/container/XNamed.hpp>
#include <com/sun/star/frame/XLoadable.hpp>
#include <com/sun/star/lang/XComponent.hpp>
#include <com/sun/star/lang/XMultiComponentFactory.hpp>
#include <com/sun/star/sheet/ComplexReference.hpp>
#include <com/sun/star/sheet/NameToken.hpp>
#include <com/sun/star/sheet/ReferenceFlags.hpp>
#include <com/sun/star/sheet/SingleReference.hpp>
#include <com/sun/star/sheet/XArrayFormulaTokens.hpp>
#include <com/sun/star/sheet/XCellRangeData.hpp>
#include <com/sun/star/sheet/XCellRangeReferrer.hpp>
#include <com/sun/star/sheet/XFormulaTokens.hpp>
#include <com/sun/star/sheet/XNamedRange.hpp>
#include <com/sun/star/sheet/XNamedRanges.hpp>
#include <com/sun/star/sheet/XSheetCellRange.hpp>
#include <com/sun/star/sheet/XSpreadsheet.hpp>
#include <com/sun/star/sheet/XSpreadsheets.hpp>
#include <com/sun/star/sheet/XUsedAreaCursor.hpp>
#include <com/sun/star/table/XCell.hpp>
#include <com/sun/star/text/XTextRange.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

using css::sheet::ComplexReference;
using css::sheet::FormulaToken;
using css::sheet::SingleReference;
using css::table::CellRangeAddress;
using css::uno::Any;
using css::uno::Reference;
using css::uno::Sequence;
using css::uno::UNO_QUERY;
using css::uno::UNO_QUERY_THROW;
using rtl::OUString;

namespace calckpi::addin {
namespace {

namespace flags = css::sheet::ReferenceFlags;

// isDeleted is true for a reference to cells that are gone, #REF!.
bool isDeleted(const SingleReference& reference) {
    return (reference.Flags & (flags::COLUMN_DELETED | flags::ROW_DELETED | flags::SHEET_DELETED)) != 0;
}

sal_Int32 columnOf(const SingleReference& reference, sal_Int32 from) {
    return (reference.Flags & flags::COLUMN_RELATIVE) != 0 ? from + reference.RelativeColumn : reference.Column;
}
sal_Int32 rowOf(const SingleReference& reference, sal_Int32 from) {
    return (reference.Flags & flags::ROW_RELATIVE) != 0 ? from + reference.RelativeRow : reference.Row;
}
sal_Int32 sheetOf(const SingleReference& reference, sal_Int32 from) {
    return (reference.Flags & flags::SHEET_RELATIVE) != 0 ? from + reference.RelativeSheet : reference.Sheet;
}

SingleReference absoluteReference(sal_Int32 column, sal_Int32 row, sal_Int32 sheet) {
    SingleReference reference;
    reference.Column = column;
    reference.Row = row;
    reference.Sheet = sheet;
    reference.Flags = flags::SHEET_3D;
    return reference;
}

// tokenIndexOf is the number by which tokens call a name or a database range.
sal_Int32 tokenIndexOf(const Any& named) {
    sal_Int32 index = -1;
    const Reference<css::beans::XPropertySet> properties(named, UNO_QUERY);
    if (properties.is()) properties->getPropertyValue("TokenIndex") >>= index;
    return index;
}

// withIndex is what among the elements of a collection has this number.
template <class Wanted>
Reference<Wanted> withIndex(const Reference<css::uno::XInterface>& collection, sal_Int32 index) {
    const Reference<css::container::XIndexAccess> all(collection, UNO_QUERY);
    for (sal_Int32 place = 0; all.is() && place < all->getCount(); ++place)
        if (tokenIndexOf(all->getByIndex(place)) == index) return {all->getByIndex(place), UNO_QUERY};
    return {};
}

Reference<css::uno::XInterface> collectionOf(const Reference<css::uno::XInterface>& owner, const char* property) {
    Reference<css::uno::XInterface> collection;
    const Reference<css::beans::XPropertySet> properties(owner, UNO_QUERY);
    if (properties.is()) properties->getPropertyValue(OUString::createFromAscii(property)) >>= collection;
    return collection;
}

Sequence<FormulaToken> sequenceOf(const Tokens& tokens) { return {tokens.data(), static_cast<sal_Int32>(tokens.size())}; }

Tokens tokensOf(const Sequence<FormulaToken>& tokens) { return {tokens.begin(), tokens.end()}; }

Cell cellOf(const Any& value, const Reference<css::table::XCellRange>& range, sal_Int32 column, sal_Int32 row) {
    if (double number = 0; value >>= number) {
        if (std::isfinite(number)) return number;
        return CellError{errorIn(number)};
    }
    if (OUString text; value >>= text) {
        if (text.isEmpty()) return Blank{};
        return toUtf8(text);
    }
    return CellError{errorCode(range->getCellByPosition(column, row)->getError())};
}

// gridOf is what Calc passes as any value.
Grid gridOf(const Any& passed) {
    const auto cell = [](const Any& value) -> Cell {
        if (double number = 0; value >>= number) return number;
        if (OUString text; (value >>= text) && !text.isEmpty()) return toUtf8(text);
        return Blank{};
    };
    Sequence<Sequence<Any>> rows;
    if (!(passed >>= rows)) return {1, 1, {cell(passed)}};
    Grid grid{.rows = static_cast<std::size_t>(rows.getLength()), .columns = 0, .cells = {}};
    for (const Sequence<Any>& row : rows) {
        grid.columns = static_cast<std::size_t>(row.getLength());
        std::transform(row.begin(), row.end(), std::back_inserter(grid.cells), cell);
    }
    return grid;
}

// Rows of the sheet for errors and arrays: the first holds the errors. Blocks of values stand to the right.
constexpr sal_Int32 firstArrayRow = 2;
constexpr sal_Int32 blockColumn = 1000;

void setName(const Reference<css::container::XIndexAccess>& sheets, sal_Int32 index, const OUString& name) {
    Reference<css::container::XNamed>(sheets->getByIndex(index), UNO_QUERY_THROW)->setName(name);
}

}  // namespace

References::References(const Reference<css::sheet::XSpreadsheetDocument>& document, css::table::CellAddress position,
                       const FormulaWords& words)
    : document_(document), position_(position), words_(words) {}

Tokens References::meaningOf(const FormulaToken& token) const {
    if (css::sheet::NameToken name; token.OpCode == words_.name && (token.Data >>= name)) {
        Reference<css::uno::XInterface> owner(document_);
        if (name.Sheet >= 0)
            Reference<css::container::XIndexAccess>(document_->getSheets(), UNO_QUERY_THROW)->getByIndex(name.Sheet) >>= owner;
        const auto named = withIndex<css::sheet::XFormulaTokens>(collectionOf(owner, "NamedRanges"), name.Index);
        return named.is() ? tokensOf(named->getTokens()) : Tokens{token};
    }
    if (css::sheet::NameToken name; token.OpCode == words_.databaseRange && (token.Data >>= name)) {
        const auto range = withIndex<css::sheet::XCellRangeReferrer>(collectionOf(document_, "DatabaseRanges"), name.Index);
        if (!range.is()) return {token};
        const CellRangeAddress at = addin::addressOf(range->getReferredCells());
        return {tokenOf(at)};
    }
    return {token};
}

Tokens References::expanded(const Tokens& tokens, Span part) const {
    Tokens all;
    for (std::size_t place = part.begin; place < part.end; ++place) {
        const Tokens meaning = meaningOf(tokens[place]);
        FormulaToken parenthesis;
        parenthesis.OpCode = words_.open;
        if (meaning.size() > 1) all.push_back(parenthesis);
        all.insert(all.end(), meaning.begin(), meaning.end());
        parenthesis.OpCode = words_.close;
        if (meaning.size() > 1) all.push_back(parenthesis);
    }
    return all;
}

std::optional<CellRangeAddress> References::addressOf(const FormulaToken& token) const {
    if (token.OpCode != words_.push) return std::nullopt;
    SingleReference first;
    SingleReference last;
    if (ComplexReference range; token.Data >>= range) {
        first = range.Reference1;
        last = range.Reference2;
    } else if (token.Data >>= first) {
        last = first;
    } else {
        return std::nullopt;
    }
    const sal_Int32 sheet = sheetOf(first, position_.Sheet);
    const Reference<css::container::XIndexAccess> sheets(document_->getSheets(), UNO_QUERY_THROW);
    if (isDeleted(first) || isDeleted(last) || sheet < 0 || sheet >= sheets->getCount()) return std::nullopt;
    const auto [left, right] = std::minmax({columnOf(first, position_.Column), columnOf(last, position_.Column)});
    const auto [top, bottom] = std::minmax({rowOf(first, position_.Row), rowOf(last, position_.Row)});
    return CellRangeAddress(static_cast<sal_Int16>(sheet), left, top, right, bottom);
}

FormulaToken References::tokenOf(const CellRangeAddress& range) const {
    ComplexReference reference;
    reference.Reference1 = absoluteReference(range.StartColumn, range.StartRow, range.Sheet);
    reference.Reference2 = absoluteReference(range.EndColumn, range.EndRow, range.Sheet);
    FormulaToken token;
    token.OpCode = words_.push;
    token.Data <<= reference;
    return token;
}

Reference<css::table::XCellRange> References::rangeAt(const CellRangeAddress& address) const {
    const Reference<css::container::XIndexAccess> sheets(document_->getSheets(), UNO_QUERY_THROW);
    const Reference<css::table::XCellRange> sheet(sheets->getByIndex(address.Sheet), UNO_QUERY_THROW);
    return sheet->getCellRangeByPosition(address.StartColumn, address.StartRow, address.EndColumn, address.EndRow);
}

sal_Int32 lastUsedRow(const Reference<css::table::XCellRange>& range) {
    const Reference<css::sheet::XSheetCellRange> inSheet(range, UNO_QUERY_THROW);
    const Reference<css::sheet::XUsedAreaCursor> cursor(inSheet->getSpreadsheet()->createCursor(), UNO_QUERY_THROW);
    cursor->gotoEndOfUsedArea(false);
    return addressOf(cursor).EndRow;
}

Grid gridOf(const Reference<css::table::XCellRange>& range) {
    const Sequence<Sequence<Any>> rows = Reference<css::sheet::XCellRangeData>(range, UNO_QUERY_THROW)->getDataArray();
    Grid grid;
    grid.rows = static_cast<std::size_t>(rows.getLength());
    grid.columns = grid.rows == 0 ? 0 : static_cast<std::size_t>(rows[0].getLength());
    grid.cells.reserve(grid.rows * grid.columns);
    for (sal_Int32 row = 0; row < rows.getLength(); ++row)
        for (sal_Int32 column = 0; column < rows[row].getLength(); ++column)
            grid.cells.push_back(cellOf(rows[row][column], range, column, row));
    return grid;
}

Scratch::~Scratch() {
    const Reference<css::lang::XComponent> component(model_, UNO_QUERY);
    if (component.is()) component->dispose();
}

Reference<css::sheet::XSpreadsheetDocument> Scratch::model() {
    if (model_.is()) return model_;
    model_.set(context_->getServiceManager()->createInstanceWithContext("com.sun.star.sheet.SpreadsheetDocument", context_),
               UNO_QUERY_THROW);
    Reference<css::frame::XLoadable>(model_, UNO_QUERY_THROW)->initNew();
    // Dates are counted and texts are read as the document does.
    const Reference<css::beans::XPropertySet> from(references_.document(), UNO_QUERY_THROW);
    const Reference<css::beans::XPropertySet> to(model_, UNO_QUERY_THROW);
    for (const char* property : {"NullDate", "CharLocale", "IgnoreCase", "MatchWholeCell", "Wildcards", "RegularExpressions"}) {
        const OUString name = OUString::createFromAscii(property);
        to->setPropertyValue(name, from->getPropertyValue(name));
    }
    nameSheets();
    return model_;
}

// nameSheets gives the model the sheets of the document: INDIRECT knows them by their names.
void Scratch::nameSheets() {
    const Reference<css::container::XIndexAccess> from(references_.document()->getSheets(), UNO_QUERY_THROW);
    const Reference<css::container::XIndexAccess> to(model_->getSheets(), UNO_QUERY_THROW);
    for (sal_Int32 index = 0; index < to->getCount(); ++index) setName(to, index, "calckpi " + OUString::number(index));
    for (sal_Int32 index = 0; index < from->getCount(); ++index) {
        const OUString name = Reference<css::container::XNamed>(from->getByIndex(index), UNO_QUERY_THROW)->getName();
        if (index < to->getCount())
            setName(to, index, name);
        else
            model_->getSheets()->insertNewByName(name, static_cast<sal_Int16>(index));
    }
}

void Scratch::copyNames() {
    if (std::exchange(namesCopied_, true)) return;
    const Reference<css::sheet::XNamedRanges> from(collectionOf(references_.document(), "NamedRanges"), UNO_QUERY_THROW);
    const Reference<css::sheet::XNamedRanges> to(collectionOf(model(), "NamedRanges"), UNO_QUERY_THROW);
    for (const OUString& name : from->getElementNames()) {
        const Reference<css::sheet::XNamedRange> range(from->getByName(name), UNO_QUERY_THROW);
        to->addNewByName(name, range->getContent(), range->getReferencePosition(), range->getType());
    }
}

Reference<css::table::XCellRange> Scratch::sheet(sal_Int32 index) {
    const Reference<css::sheet::XSpreadsheets> sheets = model()->getSheets();
    const Reference<css::container::XIndexAccess> byIndex(sheets, UNO_QUERY_THROW);
    while (byIndex->getCount() <= index)
        sheets->insertNewByName("calckpi " + OUString::number(byIndex->getCount()), static_cast<sal_Int16>(byIndex->getCount()));
    return {byIndex->getByIndex(index), UNO_QUERY_THROW};
}

void Scratch::copy(const CellRangeAddress& address) {
    if (!copied_.emplace(address.Sheet, address.StartColumn, address.StartRow, address.EndColumn, address.EndRow).second) return;
    const Reference<css::table::XCellRange> source = references_.rangeAt(address);
    const sal_Int32 lastRow = std::min(address.EndRow, std::max(address.StartRow, lastUsedRow(source)));
    const auto part = [&](const Reference<css::table::XCellRange>& of) {
        return of->getCellRangeByPosition(0, 0, address.EndColumn - address.StartColumn, lastRow - address.StartRow);
    };
    const Reference<css::table::XCellRange> target = part(
        sheet(address.Sheet)->getCellRangeByPosition(address.StartColumn, address.StartRow, address.EndColumn, address.EndRow));
    Sequence<Sequence<Any>> data = Reference<css::sheet::XCellRangeData>(part(source), UNO_QUERY_THROW)->getDataArray();
    // An error cell has no value: it would crash LibreOffice 7.4 in a column in which nothing stands yet.
    std::vector<std::tuple<sal_Int32, sal_Int32, std::uint16_t>> errors;
    for (sal_Int32 row = 0; row < data.getLength(); ++row)
        for (sal_Int32 column = 0; column < data[row].getLength(); ++column) {
            const Cell cell = cellOf(data[row][column], source, column, row);
            if (const auto* error = std::get_if<CellError>(&cell)) {
                errors.emplace_back(column, row, error->code);
                data.getArray()[row].getArray()[column] <<= 0.0;
            }
        }
    Reference<css::sheet::XCellRangeData>(target, UNO_QUERY_THROW)->setDataArray(data);
    for (const auto& [column, row, code] : errors)
        target->getCellByPosition(column, row)->setFormula(fromUtf8("=" + errorConstant(code)));
}

FormulaToken Scratch::errorToken(std::uint16_t code) {
    // A sheet of its own behind those of the document, a column for each error.
    const Reference<css::container::XIndexAccess> sheets(references_.document()->getSheets(), UNO_QUERY_THROW);
    const sal_Int32 place = code % 1000;
    sheet(sheets->getCount())->getCellByPosition(place, 0)->setFormula(fromUtf8("=" + errorConstant(code)));
    FormulaToken token;
    token.OpCode = references_.words().push;
    token.Data <<= absoluteReference(place, 0, sheets->getCount());
    return token;
}

// absolute refers to the same cells from anywhere.
Tokens Scratch::absolute(Tokens tokens) const {
    for (FormulaToken& token : tokens) {
        if (const std::optional<CellRangeAddress> at = references_.addressOf(token)) token = references_.tokenOf(*at);
    }
    return tokens;
}

Grid Scratch::arrayOf(const Tokens& tokens, sal_Int32 rows, sal_Int32 columns) {
    // Beside the errors, on the sheet behind those of the document.
    const Reference<css::container::XIndexAccess> sheets(references_.document()->getSheets(), UNO_QUERY_THROW);
    const Reference<css::table::XCellRange> range =
        sheet(sheets->getCount())->getCellRangeByPosition(0, firstArrayRow, columns - 1, firstArrayRow + rows - 1);
    const Reference<css::sheet::XArrayFormulaTokens> array(range, UNO_QUERY_THROW);
    array->setArrayTokens(sequenceOf(absolute(tokens)));
    Grid grid = gridOf(range);
    array->setArrayTokens({});
    return grid;
}

sal_Int32 Scratch::sizeOf(sal_Int32 function, const Tokens& tokens) {
    Tokens size(2);
    size[0].OpCode = function;
    size[1].OpCode = references_.words().open;
    size.insert(size.end(), tokens.begin(), tokens.end());
    size.emplace_back().OpCode = references_.words().close;
    const Grid grid = arrayOf(size, 1, 1);
    const double* count = std::get_if<double>(&grid.cells.front());
    constexpr double most = 1'048'576;
    return count != nullptr && *count >= 1 && *count <= most ? static_cast<sal_Int32>(*count) : 1;
}

void Scratch::copyAll(const Tokens& tokens) {
    for (const FormulaToken& token : tokens) {
        if (token.OpCode == references_.words().indirect) copyNames();
        if (const auto address = references_.addressOf(token)) copy(*address);
    }
}

Grid Scratch::plainValueOf(const Tokens& tokens) {
    const css::table::CellAddress& at = references_.position();
    const Reference<css::table::XCell> cell = sheet(at.Sheet)->getCellByPosition(at.Column, at.Row);
    Reference<css::sheet::XFormulaTokens>(cell, UNO_QUERY_THROW)->setTokens(sequenceOf(tokens));
    Grid grid = gridOf(Reference<css::table::XCellRange>(cell, UNO_QUERY_THROW));
    cell->setFormula("");
    return grid;
}

// callOf is a call of a function with the expression as its first argument and 1 for every other one that it needs.
Tokens Scratch::callOf(const Function& function, const Tokens& tokens) const {
    const FormulaWords& words = references_.words();
    Tokens call(2);
    call[0].OpCode = words.external;
    call[0].Data <<= fromUtf8(receivers_.service + std::string(function.name()));
    call[1].OpCode = words.open;
    call.insert(call.end(), tokens.begin(), tokens.end());
    for (const Parameter& parameter : function.parameters().subspan(1)) {
        if (parameter.optional) break;
        call.emplace_back().OpCode = words.separator;
        call.emplace_back().OpCode = words.push;
        call.back().Data <<= 1.0;
    }
    call.emplace_back().OpCode = words.close;
    return call;
}

std::optional<Any> Scratch::passedTo(const Function& function, const Tokens& tokens, bool asArray) {
    const Tokens call = callOf(function, tokens);
    model();
    const Passed passed;
    if (asArray)
        arrayOf(call, 1, 1);
    else
        plainValueOf(call);
    const sal_Int32 place = function.takesDocument() ? 1 : 0;
    if (!passed.arguments() || passed.arguments()->getLength() <= place) return std::nullopt;
    return (*passed.arguments())[place];
}

std::optional<CellRangeAddress> Scratch::referenceOf(const Tokens& tokens, bool asArray) {
    copyAll(tokens);
    const std::optional<Any> passed = passedTo(*receivers_.ofRanges, tokens, asArray);
    const Reference<css::table::XCellRange> range(passed.value_or(Any()), UNO_QUERY);
    if (!range.is()) return std::nullopt;
    const CellRangeAddress address = addin::addressOf(range);
    const Reference<css::container::XIndexAccess> sheets(references_.document()->getSheets(), UNO_QUERY_THROW);
    return address.Sheet < sheets->getCount() ? std::optional(address) : std::nullopt;
}

Grid Scratch::valueOf(const Tokens& tokens, bool asArray) {
    copyAll(tokens);
    if (const std::optional<Any> passed = passedTo(*receivers_.ofValues, tokens, asArray)) return gridOf(*passed);
    // Calc does not call a function with an error.
    if (asArray) return arrayOf(tokens, sizeOf(references_.words().rows, tokens), sizeOf(references_.words().columns, tokens));
    return plainValueOf(tokens);
}

std::size_t Scratch::sizeAsArray(const Tokens& tokens) {
    return static_cast<std::size_t>(sizeOf(references_.words().rows, tokens)) *
           static_cast<std::size_t>(sizeOf(references_.words().columns, tokens));
}

FormulaToken Scratch::blockToken(const Grid& grid) {
    const Reference<css::container::XIndexAccess> sheets(references_.document()->getSheets(), UNO_QUERY_THROW);
    const Reference<css::table::XCellRange> on = sheet(sheets->getCount());
    for (std::size_t place = 0; place < grid.cells.size(); ++place) {
        const auto row = static_cast<sal_Int32>(place / grid.columns);
        const Reference<css::table::XCell> cell =
            on->getCellByPosition(blockColumn + static_cast<sal_Int32>(place % grid.columns), blockRow_ + row);
        const Cell& value = grid.cells[place];
        if (const double* number = std::get_if<double>(&value)) cell->setValue(*number);
        if (const auto* error = std::get_if<CellError>(&value)) cell->setFormula(fromUtf8("=" + errorConstant(error->code)));
        if (const std::string* text = std::get_if<std::string>(&value))
            Reference<css::text::XTextRange>(cell, UNO_QUERY_THROW)->setString(fromUtf8(*text));
    }
    CellRangeAddress block(static_cast<sal_Int16>(sheets->getCount()), blockColumn, blockRow_, blockColumn, blockRow_);
    block.EndColumn += static_cast<sal_Int32>(grid.columns) - 1;
    block.EndRow += static_cast<sal_Int32>(grid.rows) - 1;
    blockRow_ = block.EndRow + 1;
    return references_.tokenOf(block);
}

Receivers receiversOfCatalog() { return {std::string(serviceName) + '.', find("GROSSREVENUE"), find("DSALESCYCLE")}; }

}  // namespace calckpi::addin
