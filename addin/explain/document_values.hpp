// What the parts of a formula are worth, without a change to the document: references are read where they are, other expressions
// are computed in a model of their own that no window shows.
#pragma once

#include "addin/explain/formula_tokens.hpp"
#include "core/values/cell.hpp"

#include <com/sun/star/sheet/XSpreadsheetDocument.hpp>
#include <com/sun/star/table/CellAddress.hpp>
#include <com/sun/star/table/CellRangeAddress.hpp>
#include <com/sun/star/table/XCellRange.hpp>
#include <com/sun/star/uno/XComponentContext.hpp>

#include <optional>
#include <set>
#include <string>
#include <tuple>

namespace calckpi::addin {

// References resolves those of a formula's tokens, and the names that stand for them.
class References {
public:
    // `position` is the cell of the formula, which relative references are counted from.
    References(const css::uno::Reference<css::sheet::XSpreadsheetDocument>& document, css::table::CellAddress position,
               const FormulaWords& words);

    const css::uno::Reference<css::sheet::XSpreadsheetDocument>& document() const { return document_; }
    const css::table::CellAddress& position() const { return position_; }
    const FormulaWords& words() const { return words_; }
    // expanded has what names and database ranges stand for in their place.
    Tokens expanded(const Tokens& tokens, Span part) const;
    // addressOf is the range that a token refers to; of several sheets it is the first.
    std::optional<css::table::CellRangeAddress> addressOf(const css::sheet::FormulaToken& token) const;
    // tokenOf refers to a range from anywhere.
    css::sheet::FormulaToken tokenOf(const css::table::CellRangeAddress& range) const;
    css::uno::Reference<css::table::XCellRange> rangeAt(const css::table::CellRangeAddress& address) const;

private:
    Tokens meaningOf(const css::sheet::FormulaToken& token) const;

    css::uno::Reference<css::sheet::XSpreadsheetDocument> document_;
    css::table::CellAddress position_;
    const FormulaWords& words_;
};

// gridOf reads a range as it is, error cells included.
Grid gridOf(const css::uno::Reference<css::table::XCellRange>& range);

// lastUsedRow is that of the range's sheet.
sal_Int32 lastUsedRow(const css::uno::Reference<css::table::XCellRange>& range);

// Receivers are functions of ours that an expression is passed to, to see what Calc makes of it.
struct Receivers {
    std::string service;       // that the functions' names begin with, with its dot
    const Function* ofValues;  // whose first parameter takes any values
    const Function* ofRanges;  // whose first parameter is a table
};
Receivers receiversOfCatalog();

// Scratch computes expressions in a model that has the cells which they refer to in the same places.
class Scratch {
public:
    Scratch(const References& references, const Receivers& receivers,
            const css::uno::Reference<css::uno::XComponentContext>& context)
        : references_(references), receivers_(receivers), context_(context) {}
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    // referenceOf is the range that an expression of expanded tokens refers to, if it does: OFFSET(…), INDEX(…), IF(…).
    std::optional<css::table::CellRangeAddress> referenceOf(const Tokens& tokens, bool asArray);
    // valueOf is what Calc passes to a function for an expression of expanded tokens; `asArray` as in array formulas.
    Grid valueOf(const Tokens& tokens, bool asArray);
    // sizeAsArray is how many values the expression has in an array formula.
    std::size_t sizeAsArray(const Tokens& tokens);
    // blockToken refers to cells that hold these values.
    css::sheet::FormulaToken blockToken(const Grid& grid);
    // errorToken is a token that is worth an error.
    css::sheet::FormulaToken errorToken(std::uint16_t code);

private:
    css::uno::Reference<css::sheet::XSpreadsheetDocument> model();
    css::uno::Reference<css::table::XCellRange> sheet(sal_Int32 index);
    void copy(const css::table::CellRangeAddress& address);
    void copyAll(const Tokens& tokens);
    void copyNames();
    void nameSheets();
    Tokens callOf(const Function& function, const Tokens& tokens) const;
    std::optional<css::uno::Any> passedTo(const Function& function, const Tokens& tokens, bool asArray);
    Grid plainValueOf(const Tokens& tokens);
    Tokens absolute(Tokens tokens) const;
    Grid arrayOf(const Tokens& tokens, sal_Int32 rows, sal_Int32 columns);
    sal_Int32 sizeOf(sal_Int32 function, const Tokens& tokens);

    const References& references_;
    const Receivers& receivers_;
    css::uno::Reference<css::uno::XComponentContext> context_;
    css::uno::Reference<css::sheet::XSpreadsheetDocument> model_{};
    sal_Int32 blockRow_ = 0;
    bool namesCopied_ = false;
    std::set<std::tuple<sal_Int32, sal_Int32, sal_Int32, sal_Int32, sal_Int32>> copied_{};
};

}  // namespace calckpi::addin
